/** @type {import('next').NextConfig} */
export default {
  // Checked by `npm run typecheck` for every workspace at once.
  typescript: { ignoreBuildErrors: true },
}
