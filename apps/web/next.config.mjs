/**
 * Frozen at build, so nothing here knows a URL, a port or a secret: what depends on one is set at run time (proxy.ts, main.ts).
 * @type {import('next').NextConfig}
 */
const config = {
  distDir: process.env.NEXT_DIST_DIR ?? '.next',
  poweredByHeader: false,
  productionBrowserSourceMaps: false,
  reactStrictMode: true,
  // Checked by `npm run typecheck` for every workspace at once.
  typescript: { ignoreBuildErrors: true },
  devIndicators: false,
  // Read from node_modules when a page with code is asked for: its grammars are not ours to bundle.
  serverExternalPackages: ['shiki'],
  // The front door refuses paths that are not canonical; a redirect that repairs them would hide that.
  skipTrailingSlashRedirect: true,
  // A build may lie on a read-only disk, so what is rendered anew stays in memory.
  experimental: { isrFlushToDisk: false },
}

export default config
