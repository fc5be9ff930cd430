// Bundles the benchmarks with our own sources in them, so that what is measured is what an app would run; the peers stay as installed.
import { build } from 'esbuild'

await build({
  entryPoints: [
    'src/main.ts',
    'src/http/load-process.ts',
    'src/protected-route/server-process.ts',
    'src/growth/verify-process.ts',
    'src/ledger/ledger-process.ts',
    'src/token-endpoint/server-process.ts',
  ],
  outbase: 'src',
  outdir: 'dist',
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  logLevel: 'warning',
  plugins: [
    {
      name: 'our sources in, packages out',
      setup({ onResolve }) {
        onResolve({ filter: /^[^.#/]/ }, ({ path, kind }) =>
          kind === 'entry-point' || path.startsWith('@keybound/') ? undefined : { path, external: true },
        )
      },
    },
  ],
})
