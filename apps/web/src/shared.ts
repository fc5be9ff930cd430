/** What every bundle of this process shares. main.ts makes the first member and closes the second, without loading what is behind it. */
interface Shared {
  /** Node's own fetch, see http/native-fetch.ts. */
  fetch?: typeof fetch
  /** See dependencies.ts. */
  web?: Promise<{ close(): Promise<void> }> | undefined
}

const place = Symbol.for('keybound.web')
const holder = globalThis as { [place]?: Shared }

holder[place] ??= {}
export const shared: Shared = holder[place]
