import type { ReceivedRequest, Requirement } from './protect-resource.ts'

/**
 * The URL that the proof of this request has to name. Scheme, host and prefix are as configured, whatever `Host` says; under a `baseUrl` the path is
 * the request's own, the one that was routed here.
 * @see RFC 9449 §4.3 (9)
 */
export function expectedUrl(request: ReceivedRequest, requirement: Requirement, resource: string): string {
  const { url = resource, baseUrl } = requirement
  return baseUrl === undefined ? url : baseUrl.replace(/\/$/, '') + new URL(request.url).pathname
}
