import type { Profile, Profiles } from '../src/profile/profiles.ts'

/** Profiles of one process, for tests. */
export function memoryProfiles(seed: readonly Profile[]): Profiles {
  const profiles = new Map(seed.map((profile) => [profile.sub, profile]))
  return {
    find: async (sub) => profiles.get(sub),
    async change(sub, patch, now) {
      const before = profiles.get(sub)
      if (!before) return undefined
      const after = { ...before, ...patch, updated_at: now }
      profiles.set(sub, after)
      return after
    },
  }
}
