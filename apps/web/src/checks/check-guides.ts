import type { CheckGuides } from './check-guide.ts'
import { proofGuides } from './proof-guides.ts'
import { requestGuides } from './request-guides.ts'

/** The words for every check of the catalogue; the compiler sees to it that none is missing. */
export const checkGuides: CheckGuides = { ...proofGuides, ...requestGuides }
