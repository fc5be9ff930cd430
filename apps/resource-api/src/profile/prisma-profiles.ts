import { OAuthError } from '@keybound/oauth'
import type { Profile, ProfilePatch, Profiles } from './profiles.ts'

interface Row {
  readonly sub: string
  readonly name: string
  readonly email: string
  readonly locale: string
  readonly updatedAt: number
}

/** What is used of the Prisma model of the table `profiles`. */
interface ProfileTable {
  findUnique(query: { where: { sub: string } }): PromiseLike<Row | null>
  updateManyAndReturn(query: {
    where: { sub: string }
    data: ProfilePatch & { updatedAt: number }
  }): PromiseLike<readonly Row[]>
}

export function prismaProfiles(table: ProfileTable): Profiles {
  return {
    async find(sub) {
      const row = await answered(table.findUnique({ where: { sub } }))
      return row ? profileOf(row) : undefined
    },
    async change(sub, patch, now) {
      const changed = table.updateManyAndReturn({ where: { sub }, data: { ...patch, updatedAt: now } })
      const [row] = await answered(changed)
      return row && profileOf(row)
    },
  }
}

function profileOf({ sub, name, email, locale, updatedAt }: Row): Profile {
  return { sub, name, email, locale, updated_at: updatedAt }
}

async function answered<T>(answer: PromiseLike<T>): Promise<T> {
  try {
    return await answer
  } catch (cause) {
    throw new OAuthError(
      'temporarily_unavailable',
      'store.available',
      'The profiles cannot be read just now.',
      { cause },
    )
  }
}
