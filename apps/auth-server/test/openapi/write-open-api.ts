// npm run openapi: docs/openapi/auth-server.json from the schemas.
import { openApiFile } from '@keybound/testkit/openapi'
import { authServerOpenApi } from './open-api.ts'

openApiFile('auth-server').write(authServerOpenApi())
