/** What pages of other origins may read of an answer: `names` beside what was let before, each once. @see Fetch Standard, Access-Control-Expose-Headers */
export function exposedHeaders(before: string, names: string): string {
  if (before === '' || before === names) return names
  const list = `${before},${names}`.split(',').map((name) => name.trim())
  return [...new Set(list.filter((name) => name !== ''))].join(', ')
}
