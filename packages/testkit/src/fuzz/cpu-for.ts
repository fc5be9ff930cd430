import process from 'node:process'

/**
 * Milliseconds of this process's CPU that `work` takes, and what it gives. Where that is more than `enough`, the least of three goes: what really takes
 * long takes long each time, and what this process happened to do besides does not. CPU and not time, which says more of the machine.
 */
export async function cpuFor<T>(
  work: () => Promise<T>,
  enough: number,
): Promise<{ readonly milliseconds: number; readonly result: T }> {
  let least = Number.POSITIVE_INFINITY
  for (let go = 1; ; go++) {
    const before = process.cpuUsage()
    const result = await work()
    const { user, system } = process.cpuUsage(before)
    least = Math.min(least, (user + system) / 1000)
    if (least <= enough || go === 3) return { milliseconds: least, result }
  }
}
