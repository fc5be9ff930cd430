/**
 * Frozen at build, so nothing here knows a URL, a port or a secret: what depends on one is set at run time, in src/.
 * @type {import('next').NextConfig}
 */
const config = {
  distDir: process.env.NEXT_DIST_DIR ?? '.next',
  poweredByHeader: false,
  compress: false,
  generateEtags: false,
  // Checked by `npm run typecheck` for every workspace at once.
  typescript: { ignoreBuildErrors: true },
  devIndicators: false,
  // A path with a slash more is another path, and there is nothing there: no redirect that repairs it.
  skipTrailingSlashRedirect: true,
  // A build may lie on a read-only disk, so what is rendered anew stays in memory.
  experimental: { isrFlushToDisk: false },
}

export default config
