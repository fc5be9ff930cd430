/** At once on Node, where cryptography is synchronous; a promise elsewhere. */
export type Awaitable<T> = T | Promise<T>

/**
 * Whether the value has to be awaited. Asked of its `then`, never by `instanceof`: under Next.js's edge sandbox, Jest and node:vm the promises of
 * WebCrypto belong to another realm, and a promise of `false` that is taken for a value is as good as true.
 */
export function isPromise<T>(value: Awaitable<T>): value is Promise<T> {
  return typeof (value as { then?: unknown } | null | undefined)?.then === 'function'
}

/** Goes on with a value as soon as it is there: at once if it is there already, without the detour that `await` would make. */
export function whenReady<T, R>(value: Awaitable<T>, next: (value: T) => Awaitable<R>): Awaitable<R> {
  return isPromise(value) ? Promise.resolve(value).then(next) : next(value)
}
