// npm run build: one file, dist/main.js, that Node runs from any directory. Only what is native stays in node_modules.
import { build } from 'esbuild'

await build({
  entryPoints: ['src/main.ts'],
  outfile: 'dist/main.js',
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  legalComments: 'none',
  external: ['@node-rs/argon2', 'better-sqlite3'],
  // Some of what is bundled is CommonJS and asks for Node's own modules by require.
  banner: {
    js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
  },
  logLevel: 'warning',
})
