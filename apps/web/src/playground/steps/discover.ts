import type { AuthorizationServerMetadata, ProtectedResourceMetadata } from '@keybound/oauth'
import { readJson, wellKnown } from '../answers.ts'
import { StepProblem } from '../step-problem.ts'
import type { Step } from './step-tools.ts'

/** From the resource to its authorization server to the endpoints; each document has to speak for whom it was asked. @see RFC 9728 §3.3 · RFC 8414 §3.3 */
export const discover: Step = async (_, tools) => {
  const { issuer, apiUrl } = tools.settings
  const resource = `${apiUrl}/api/profile`
  const askResource = tools.send({ words: 'The resource names its server', to: 'resource-api' })
  const described = await readJson<ProtectedResourceMetadata>(
    askResource(wellKnown(resource, 'oauth-protected-resource')),
  )
  if (described.resource !== resource) throw new StepProblem('The metadata describe another resource.')
  if (!described.authorization_servers?.includes(issuer))
    throw new StepProblem('The resource does not name the authorization server that is configured here.')
  const askServer = tools.send({ words: 'The server names its endpoints', to: 'auth-server' })
  const metadata = await readJson<AuthorizationServerMetadata>(
    askServer(wellKnown(issuer, 'oauth-authorization-server')),
  )
  if (metadata.issuer !== issuer) throw new StepProblem('The metadata speak for another issuer.')
  return { metadata }
}
