/** 303, the one redirect of this server: the browser comes back with GET and without the body, which may have held a password. */
export function seeOther(location: string, cookies: readonly string[] = []): Response {
  const response = new Response(null, { status: 303, headers: { Location: location } })
  for (const cookie of cookies) response.headers.append('Set-Cookie', cookie)
  return response
}
