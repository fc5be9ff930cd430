import { describe, expect, it } from 'vitest'
import { closedPagePolicy, pagePolicy } from './content-security-policy.ts'
import { responseHeaders } from './response-headers.ts'

const at = {
  nonce: 'n0nce',
  issuer: 'https://as.example/tenant',
  apiUrl: 'https://api.example',
  labUrl: 'http://localhost:4002',
  development: false,
}

describe('the content security policy of a page', () => {
  it('allows scripts by nonce alone, calls to the servers alone, and no frame', () => {
    const policy = pagePolicy(at)
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("script-src 'self' 'nonce-n0nce' 'strict-dynamic';")
    expect(policy).toContain(
      "connect-src 'self' https://as.example https://api.example http://localhost:4002;",
    )
    expect(policy).toContain("form-action 'self' https://as.example;")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).not.toContain('unsafe')
  })
})

describe('the content security policy of a page that promises that nothing leaves it', () => {
  it('allows no connection, no form and no script from elsewhere', () => {
    const policy = closedPagePolicy(at)
    expect(policy).toContain("connect-src 'none';")
    expect(policy).toContain("form-action 'none';")
    expect(policy).toContain("script-src 'self' 'nonce-n0nce';")
    expect(policy).not.toMatch(/strict-dynamic|unsafe|https?:/)
  })
})

describe('the headers of every answer', () => {
  it('promise https only where the site has it (OPS-04)', () => {
    expect(responseHeaders('https://web.example').get('Strict-Transport-Security')).toContain(
      'max-age=63072000',
    )
    expect(responseHeaders('http://localhost:3000').has('Strict-Transport-Security')).toBe(false)
  })

  it('keep content to its type, out of frames, and addresses to ourselves (OPS-06)', () => {
    expect(Object.fromEntries(responseHeaders('http://localhost:3000'))).toMatchObject({
      'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
      'X-Content-Type-Options': 'nosniff',
      'X-Frame-Options': 'DENY',
      'Referrer-Policy': 'same-origin',
    })
  })
})
