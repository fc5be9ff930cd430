// npm run build [-- <folder>]: dist/main.js, and one file for each command, that Node runs from any directory. Only what is native stays in node_modules.
import { build } from 'esbuild'

await build({
  entryPoints: {
    main: 'src/main.ts',
    'client-add': 'src/admin/client-add.ts',
    'keys-rotate': 'src/admin/keys-rotate.ts',
    'user-add': 'src/admin/user-add.ts',
  },
  outdir: process.argv[2] ?? 'dist',
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
