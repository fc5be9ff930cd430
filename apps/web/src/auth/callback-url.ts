/**
 * Where to go afterwards: a path of this app. Anything else, absolute, scheme-relative, with a backslash, with a control character
 * or malformed, becomes `/`.
 */
export function localPath(wanted: string | null | undefined, webUrl: string): string {
  if (wanted === null || wanted === undefined || wanted === '') return '/'
  // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what is refused; URL parsers drop some of them silently.
  if (wanted.length > 2048 || /[\\\u0000-\u0020\u007f]/.test(wanted)) return '/'
  if (!wanted.startsWith('/') && !wanted.startsWith(`${webUrl}/`)) return '/'
  if (wanted.startsWith('//') || !URL.canParse(wanted, webUrl)) return '/'
  const url = new URL(wanted, webUrl)
  if (url.origin !== webUrl || url.pathname.startsWith('//')) return '/'
  return url.pathname + url.search + url.hash
}
