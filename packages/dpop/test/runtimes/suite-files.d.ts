declare module 'suite:files' {
  export const files: Readonly<Record<string, () => Promise<unknown>>>
  export const skipped: readonly string[]
}
