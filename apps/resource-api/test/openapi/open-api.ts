import { openApiDocument } from '@keybound/testkit/openapi'
import { operations } from './operations.ts'

/** docs/openapi/resource-api.json. */
export function resourceApiOpenApi(): object {
  return openApiDocument(
    { title: 'Keybound resource API', description: 'A profile, protected by DPoP-bound access tokens.' },
    operations,
  )
}
