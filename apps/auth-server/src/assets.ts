import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** A file that the pages link to. Its name holds its hash, so that browsers may keep it for ever. */
export interface Asset {
  readonly path: string
  readonly type: string
  readonly body: string
}

/** Read once at start, from the same depth in src/ and dist/. */
const directory = fileURLToPath(new URL('../assets', import.meta.url))

export const style: Asset = readAsset('style', 'css', 'text/css; charset=utf-8')
export const icon: Asset = readAsset('icon', 'svg', 'image/svg+xml')

function readAsset(name: string, extension: string, type: string): Asset {
  const body = readFileSync(`${directory}/${name}.${extension}`, 'utf8')
  const hash = createHash('sha256').update(body).digest('base64url').slice(0, 12)
  return { path: `/assets/${name}-${hash}.${extension}`, type, body }
}
