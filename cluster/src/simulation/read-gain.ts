import type { Gain, Prepared } from './attempt.ts'

/** What a good answer gives; undefined where the request was refused. */
export async function readGain(prepared: Prepared, response: Response): Promise<Gain | undefined> {
  if (prepared.what === 'authorize' || prepared.what === 'approve') {
    const location = response.headers.get('location')
    const code = location && new URL(location).searchParams.get('code')
    return code ? { code } : undefined
  }
  if (!response.ok) return undefined
  if (prepared.what === 'read') return {}
  const body = await response.json()
  return {
    ...(body.request_uri && { requestUri: body.request_uri }),
    ...(body.refresh_token && { refreshToken: body.refresh_token }),
    ...(body.access_token && { accessToken: body.access_token }),
  }
}
