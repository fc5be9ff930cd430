import { methodNotAllowed, unavailable } from '../../../auth/refuse.ts'
import { web } from '../../../dependencies.ts'
import { introspectForPage } from '../../../playground/introspect-for-page.ts'

export async function POST(request: Request): Promise<Response> {
  try {
    return await introspectForPage(await web(), request)
  } catch (fault) {
    return unavailable(fault)
  }
}

function refuse(): Response {
  return methodNotAllowed('POST')
}

export { refuse as DELETE, refuse as GET, refuse as PATCH, refuse as PUT }
