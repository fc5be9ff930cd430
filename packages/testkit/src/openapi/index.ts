export { type Answer, type Operation, type Operations, openApiDocument } from './open-api-document.ts'
export { openApiFile } from './open-api-file.ts'
