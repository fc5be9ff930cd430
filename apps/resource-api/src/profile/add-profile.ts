import type { Profile } from './profiles.ts'

/** What is used of the Prisma model of the table `profiles`. */
interface ProfileTable {
  create(query: { data: Omit<Profile, 'updated_at'> & { updatedAt: number } }): PromiseLike<unknown>
}

/** One write, so that of two at once one is told. Throws Error where this `sub` has a profile. */
export async function addProfile(
  table: ProfileTable,
  { updated_at: updatedAt, ...rest }: Profile,
): Promise<void> {
  try {
    await table.create({ data: { ...rest, updatedAt } })
  } catch (cause) {
    if ((cause as { code?: unknown }).code !== 'P2002') throw cause
    throw new Error(`${rest.sub} has a profile already`, { cause })
  }
}
