/**
 * A name that a client gave itself, as it may stand on a page: without line breaks, control, zero-width and direction characters,
 * which could make it read as something else, and not longer than a line or two. Escaping is the page's.
 */
export function plainText(text: string): string {
  const plain = text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '').trim()
  return plain.length > 80 ? `${plain.slice(0, 79)}…` : plain
}
