import { describe, expect, it } from 'vitest'
import { exampleRequest } from './example-request.ts'
import { fixtureOf } from './fixture.ts'
import { emptyState, readFragment, writeFragment } from './fragment.ts'
import { type Inspection, inspect } from './inspect.ts'
import { verdictMarkdown } from './verdict-markdown.ts'

const example = await exampleRequest(undefined, { now: 1_767_225_600 })
const [proof = ''] = example.proofs
const all: Inspection = { ...example, proof, scheme: 'dpop' }

async function row(inspection: Inspection, id: string) {
  return (await inspect(inspection)).checks.find((check) => check.id === id)
}

describe('what is not known is not judged', () => {
  it.each([
    ['htm.match', { method: undefined }, 'the method'],
    ['htu.match', { url: undefined }, 'the URL'],
    ['nonce.match', { nonce: undefined }, 'the nonce'],
    ['ath.match', { accessToken: undefined }, 'the access token'],
    ['jkt.match', { accessToken: undefined }, 'the access token'],
    ['token.valid', {}, 'the keys of the issuer'],
    ['token.valid', { accessToken: 'opaque' }, 'introspection'],
    ['header.single', { proof: undefined, scheme: undefined }, 'the proof'],
    ['jti.unused', {}, 'the ledger'],
  ] as const)('%s needs more than %o', async (id, unknown, needs) => {
    const check = await row({ ...all, ...unknown }, id)
    expect(check?.status).toBe('skipped')
    expect(check?.because).toContain(`Needs: ${needs}`)
  })

  it('and a fault in the claims of a token is one, whoever signed it', async () => {
    expect(await row({ ...all, now: all.now + 3600 }, 'token.valid')).toMatchObject({ status: 'fail' })
  })
})

it('accepts a good request, with everything known but what only the server knows', async () => {
  expect((await inspect(all)).outcome).toBe('accepted')
})

it('refuses a bound token without a proof under either scheme', async () => {
  expect(await row({ ...all, proof: undefined }, 'header.single')).toMatchObject({ status: 'fail' })
  expect(await row({ ...all, scheme: 'bearer', proof: undefined }, 'scheme.match')).toMatchObject({
    status: 'fail',
  })
})

it('never throws, whatever is pasted as a proof or a token', async () => {
  for (const text of ['', ' ', '…', 'ä', '\u0000', 'a\nb', 'a, b', '....', '💥.💥.💥'])
    for (const given of [{ proof: text }, { accessToken: text }, { proof: text, accessToken: text }])
      expect((await inspect({ ...all, ...given })).outcome).not.toBe('accepted')
})

it('copies as Markdown without token or proof', async () => {
  const text = verdictMarkdown(
    await inspect({ ...all, method: 'PUT', accessToken: `${example.accessToken}x` }),
  )
  expect(text).toMatch(/^\*\*rejected\*\* by `htm\.match` \(RFC 9449 §4\.3 \(8\)\)\n/)
  expect(text).toContain('| `htm.match` | RFC 9449 §4.3 (8) | fail | `PUT` |')
  for (const secret of [proof, example.accessToken, ...proof.split('.')]) expect(text).not.toContain(secret)
})

it('keeps its state in a fragment, and takes no other for one', () => {
  const state = { ...emptyState, text: 'DPoP: ä\n', method: 'GET' }
  expect(readFragment(writeFragment(state))).toEqual(state)
  for (const other of ['', '#main', '#v1.', '#v1.!!', '#v1.AAAA']) expect(readFragment(other)).toBeUndefined()
})

it('gives a fixture that names the check which has to refuse it', async () => {
  expect(fixtureOf(await exampleRequest('two-headers'))).toMatchObject({
    expect: { outcome: 'rejected', check: 'header.single' },
    request: {
      headers: [
        ['Authorization', expect.any(String)],
        ['DPoP', expect.any(String)],
        ['DPoP', expect.any(String)],
      ],
    },
  })
  expect(fixtureOf(await exampleRequest('htu-case'))).toMatchObject({ expect: { outcome: 'accepted' } })
})
