import { withAccess } from '../../../access.ts'
import { otherMethods } from '../../../http/other-methods.ts'
import { changeProfile } from '../../../profile/change-profile.ts'
import { readProfile } from '../../../profile/read-profile.ts'

export const GET = withAccess('profile', readProfile)
export const PATCH = withAccess('profile:write', changeProfile)
export const { POST, PUT, DELETE, OPTIONS } = otherMethods('GET', 'PATCH')
