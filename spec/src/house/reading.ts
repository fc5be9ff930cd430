/** The files that READING.md lists, in its order: the targets of links at the head of a list item, `- [path](path) — purpose`. */
export function listedFiles(markdown: string): { readonly path: string; readonly purpose: string }[] {
  return [
    ...markdown.matchAll(/^[ \t]*-[ \t]+\[(?:[^\]\\]|\\.)+\]\(([^)#]+)\)[ \t]*(?:—|–|-)?[ \t]*(.*)$/gm),
  ].map(([, path = '', purpose = '']) => ({ path, purpose: purpose.trim() }))
}

/** What READING.md gets wrong about the files that there are: missing, listed twice, not there, without a word of purpose. */
export function readingFaults(markdown: string, sources: readonly string[]): string[] {
  const listed = listedFiles(markdown)
  const paths = listed.map((file) => file.path)
  return [
    ...sources.filter((path) => !paths.includes(path)).map((path) => `${path} is missing`),
    ...paths.filter((path, index) => paths.indexOf(path) !== index).map((path) => `${path} is listed twice`),
    ...paths.filter((path) => !sources.includes(path)).map((path) => `${path} is no source file`),
    ...listed.filter((file) => file.purpose === '').map((file) => `${file.path} has no purpose`),
  ]
}
