/** Classes of SQLSTATE that say: this value cannot be written (22, 23), this statement cannot be run on it (21), another one was in the way (40). */
const aboutOneValue = new Set(['21', '22', '23', '40'])

/** Whether PostgreSQL refused a statement for what was in it, so that nothing of it was written and its parts may be tried one by one. */
export function isRefusedStatement(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return typeof code === 'string' && code.length === 5 && aboutOneValue.has(code.slice(0, 2))
}
