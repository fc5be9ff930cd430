import { open, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { env } from '../env.ts'

export interface DocFile {
  /** Relative to the repository: `docs/operations.md`. */
  readonly file: string
  /** Its address: `/docs/operations`. */
  readonly href: string
  /** Its first heading, as written. */
  readonly title: string
}

const atTheTop = ['README.md', 'READING.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'SECURITY.md']

/** Every document of the repository that this site shows. Nothing else can be asked for: an address is looked up here and never becomes a path. */
export async function docFiles(): Promise<readonly DocFile[]> {
  const { sources } = env()
  const [top, docs, packages] = await Promise.all([
    namesIn(sources, false),
    namesIn(join(sources, 'docs'), true),
    namesIn(join(sources, 'packages'), false),
  ])
  const readmes = await Promise.all(
    packages.map(async (name) =>
      (await namesIn(join(sources, 'packages', name), false)).includes('README.md') ? [name] : [],
    ),
  )
  const files = [
    ...atTheTop.filter((name) => top.includes(name)),
    ...docs.filter((name) => name.endsWith('.md')).map((name) => `docs/${name}`),
    ...readmes.flat().map((name) => `packages/${name}/README.md`),
  ]
  return Promise.all(
    files.map(async (file) => ({ file, href: hrefOf(file), title: await titleIn(join(sources, file)) })),
  )
}

/** No more is read of a document than its first line may be long. */
async function titleIn(path: string): Promise<string> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(256), 0, 256, 0)
    return buffer.toString('utf8', 0, bytesRead).split('\n', 1)[0]?.replace(/^#+ */, '') ?? ''
  } finally {
    await file.close()
  }
}

/** `docs/decisions/README.md` is `/docs/decisions`, `README.md` is `/docs/readme`. */
export function hrefOf(file: string): string {
  const path = file
    .replace(/^docs\//, '')
    .replace(/(^|\/)README\.md$/, '')
    .replace(/\.md$/, '')
  return `/docs/${(path === '' ? 'readme' : path).toLowerCase()}`
}

export async function readDoc({ file }: DocFile): Promise<string> {
  return readFile(join(env().sources, file), 'utf8')
}

/** Sorted; none where there is no such folder. Where the app runs without its repository there are no docs, and the page says so. */
async function namesIn(folder: string, recursive: boolean): Promise<string[]> {
  try {
    return (await readdir(folder, { recursive })).sort()
  } catch {
    return []
  }
}
