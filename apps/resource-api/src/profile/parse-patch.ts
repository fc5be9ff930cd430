import { z } from 'zod'
import type { Profile, ProfilePatch } from './profiles.ts'

/** Printable, without control, format (bidirectional, zero-width) and private characters. */
const line = /^[^\p{Cc}\p{Cf}\p{Co}\p{Cs}\u2028\u2029]+$/u

const members = {
  name: z.string().trim().min(1).max(100).regex(line, 'holds characters that do not belong into a name'),
  email: z.email().max(254),
  locale: z
    .string()
    .regex(/^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}$/, 'is no language tag such as en or de-CH'),
}

/** The members that a user may change. */
export const profilePatch = z.strictObject(members).partial()

/** What an administrator says of a new user; whatever else stands there is left out. */
const newProfile = z.object({ sub: z.string().min(1).max(255), ...members })

/**
 * A JSON merge patch of the members that a user may change. All of them are required in a profile, so `null`, which would remove one, is refused.
 * Gives the sentence that says what is wrong, which names members but never their values.
 * @see RFC 7396
 */
export function parsePatch(value: unknown): { readonly patch: ProfilePatch } | { readonly fault: string } {
  const parsed = profilePatch.safeParse(value)
  if (parsed.success) return { patch: parsed.data as ProfilePatch }
  const [issue] = parsed.error.issues
  if (issue?.code === 'unrecognized_keys') return { fault: 'only name, email and locale can be changed' }
  const member = issue?.path[0]
  return { fault: member ? `${String(member)}: ${issue?.message}` : 'the patch is not a JSON object' }
}

/** A profile out of JSON. Throws Error whose message names what is wrong with it. */
export function parseNewProfile(json: string, now: number): Profile {
  const parsed = newProfile.safeParse(JSON.parse(json))
  if (!parsed.success) throw new Error(z.prettifyError(parsed.error))
  return { ...parsed.data, updated_at: now }
}
