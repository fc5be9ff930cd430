import { dpopFetch } from '@keybound/dpop/client'
import { readJson } from '../answers.ts'
import { prepared, type Step, tokensIn } from './step-tools.ts'

/** The protected request: the token, and a proof for exactly this request and this token. @see RFC 9449 §7.1 */
export const readTheProfile: Step = async (state, tools) => {
  const { signer } = prepared(state)
  const { accessToken } = tokensIn(state)
  const { nonces, clock, settings } = tools
  const fetch = tools.send({
    words: 'Read the profile',
    to: 'resource-api',
    accessToken,
    jkt: signer.jkt,
  })
  await readJson(
    dpopFetch(`${settings.apiUrl}/api/profile`, { key: signer, accessToken, nonces, clock, fetch }),
  )
  return {}
}
