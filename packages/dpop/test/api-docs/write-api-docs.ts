// npm run api-docs: writes docs/api anew.
import { fileURLToPath } from 'node:url'
import { generateApiDocs } from './generate-api-docs.ts'

await generateApiDocs(fileURLToPath(new URL('../../../../docs/api', import.meta.url)))
