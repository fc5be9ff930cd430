import { notFound } from '../../../auth/refuse.ts'

/** Whatever is not there is a JSON 404, under any method. */
function handle(): Response {
  return notFound()
}

export {
  handle as DELETE,
  handle as GET,
  handle as HEAD,
  handle as OPTIONS,
  handle as PATCH,
  handle as POST,
  handle as PUT,
}
