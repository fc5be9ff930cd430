import { normaliseHtu } from '../htu/normalise-htu.ts'
import { type Finding, fail, PASS, shown } from '../verdict.ts'

/** Both sides in their normal form, query and fragment ignored on either. */
export function targetMatch(htu: string, url: string): Finding {
  const target = normaliseHtu(url)
  if (target === undefined) {
    return fail('The URL of this request is not an http(s) URI as RFC 3986 writes them.', {
      hint: 'Set the public URL of the server.',
    })
  }
  const claimed = normaliseHtu(htu)
  if (claimed === target) {
    return htu.includes('?') || htu.includes('#')
      ? { ...PASS, hint: 'htu carries a query or a fragment; leave them out (RFC 9449 4.2).' }
      : PASS
  }
  if (claimed === undefined) {
    return fail('The htu is not an absolute http(s) URI as RFC 3986 writes them, or it has userinfo.', {
      expected: target,
      received: visible(htu),
    })
  }
  return fail('The proof was made for another URL.', {
    expected: target,
    received: visible(claimed),
    ...hintFor(claimed, target),
  })
}

function hintFor(claimed: string, target: string): { hint?: string } {
  if (claimed.replace(/^https:/, 'http:') === target) {
    return {
      hint: 'The proof says https and the server is configured as http: is a proxy in front? Set the public URL.',
    }
  }
  if (claimed.replace(/^http:/, 'https:') === target) {
    return { hint: 'The proof says http and the server is configured as https.' }
  }
  if (`${claimed}/` === target || claimed === `${target}/`)
    return { hint: 'A trailing slash makes another URL.' }
  if (claimed.toLowerCase() === target.toLowerCase()) return { hint: 'The case of the path counts.' }
  if (pathOf(claimed) === pathOf(target))
    return { hint: 'The path is right, the host or port is another: was the proof made for another server?' }
  if (pathOf(target).endsWith(pathOf(claimed)) || pathOf(claimed).endsWith(pathOf(target))) {
    return { hint: 'Only a path prefix differs: does a gateway strip it? Set the public URL.' }
  }
  return {}
}

function pathOf(url: string): string {
  return url.slice(url.indexOf('/', 8))
}

/** Without the query and fragment, which may hold a token that was put there by mistake, and without userinfo. */
function visible(htu: string): string {
  return shown(htu.replace(/[?#].*$/s, '').replace(/\/\/[^/]*@/, '//...@'))
}
