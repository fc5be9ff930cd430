/** At once on Node, where cryptography is synchronous; a promise elsewhere. */
export type Awaitable<T> = T | Promise<T>

/** Goes on with a value as soon as it is there: at once if it is there already, without the detour that `await` would make. */
export function whenReady<T, R>(value: Awaitable<T>, next: (value: T) => Awaitable<R>): Awaitable<R> {
  return value instanceof Promise ? value.then(next) : next(value)
}
