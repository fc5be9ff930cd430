// npm run openapi: docs/openapi/resource-api.json from the schemas.
import { openApiFile } from '@keybound/testkit/openapi'
import { resourceApiOpenApi } from './open-api.ts'

openApiFile('resource-api').write(resourceApiOpenApi())
