// dist/main.js and the command profile-add: everything but next, which reads its own files, and the native database driver.
import { build } from 'esbuild'

await build({
  entryPoints: { main: 'src/main.ts', 'profile-add': 'src/admin/profile-add.ts' },
  outdir: 'dist',
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  external: ['next', 'better-sqlite3'],
  // CommonJS packages in the bundle call require.
  banner: {
    js: "import { createRequire } from 'node:module';\nconst require = createRequire(import.meta.url);",
  },
  logLevel: 'warning',
})
