import type { FlowStepId } from '../../flow/flow-steps.ts'
import { discover } from './discover.ts'
import { generateTheKey } from './generate-the-key.ts'
import { introspectAndRevoke } from './introspect-and-revoke.ts'
import { readTheProfile } from './read-the-profile.ts'
import { redeemTheCode } from './redeem-the-code.ts'
import { refreshTheToken } from './refresh-the-token.ts'
import { requestAuthorization } from './request-authorization.ts'
import type { Step } from './step-tools.ts'

/** What each step does; authorize alone leaves the page, and stands in flow.ts. */
export const steps: Readonly<Record<Exclude<FlowStepId, 'authorize'>, Step>> = {
  key: generateTheKey,
  discover,
  par: requestAuthorization,
  token: redeemTheCode,
  profile: readTheProfile,
  refresh: refreshTheToken,
  revoke: introspectAndRevoke,
}
