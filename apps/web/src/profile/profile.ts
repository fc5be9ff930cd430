import { z } from 'zod'

const shape = z.object({
  sub: z.string(),
  name: z.string(),
  email: z.string(),
  locale: z.string(),
  updated_at: z.union([z.number(), z.string()]),
})

/** A user's profile as the resource API gives it. */
export type Profile = z.infer<typeof shape>

/** Undefined for anything else. */
export function parseProfile(text: string | undefined): Profile | undefined {
  try {
    const parsed = shape.safeParse(JSON.parse(text ?? ''))
    return parsed.success ? parsed.data : undefined
  } catch {
    return undefined
  }
}
