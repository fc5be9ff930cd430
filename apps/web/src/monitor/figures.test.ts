import { describe, expect, it } from 'vitest'
import { figuresOf, quantile } from './figures.ts'
import { prometheusSamples } from './prometheus-samples.ts'

const text = `# HELP dpop_proofs_total Requests
# TYPE dpop_proofs_total counter
dpop_proofs_total{role="RS",outcome="accepted",check="none"} 5
dpop_proofs_total{role="AS",outcome="accepted",check="none"} 2
dpop_proofs_total{role="RS",outcome="challenged",check="nonce.match"} 3
dpop_proofs_total{role="RS",outcome="rejected",check="jti.unused"} 4
dpop_nonce_challenges_total{role="RS"} 3
dpop_verify_duration_seconds_bucket{le="0.01",role="RS"} 5
dpop_verify_duration_seconds_bucket{le="0.1",role="RS"} 10
dpop_verify_duration_seconds_bucket{le="+Inf",role="RS"} 10
dpop_iat_skew_seconds_bucket{le="0",role="RS"} 1
dpop_iat_skew_seconds_bucket{le="1",role="RS"} 9
dpop_iat_skew_seconds_bucket{le="+Inf",role="RS"} 10
dpop_iat_skew_seconds_bucket{le="0",role="AS"} 0
dpop_iat_skew_seconds_bucket{le="1",role="AS"} 2
dpop_iat_skew_seconds_bucket{le="+Inf",role="AS"} 2
dpop_ledger_entries 7
oauth_tokens_issued_total{grant="authorization_code",token_type="DPoP"} 2
`

describe('the figures of /metrics', () => {
  const figures = figuresOf('resource-api', prometheusSamples(text))

  it('are summed over roles, and by check', () => {
    expect(figures).toMatchObject({
      outcomes: { accepted: 7, rejected: 4, challenged: 3 },
      checks: [
        { check: 'jti.unused', count: 4 },
        { check: 'nonce.match', count: 3 },
      ],
      challenges: 3,
      ledgerEntries: 7,
      tokensIssued: 2,
    })
  })

  it('give what each bucket holds itself', () => {
    expect(figures.skew).toEqual([
      { upTo: 0, count: 1 },
      { upTo: 1, count: 10 },
      { upTo: Number.POSITIVE_INFINITY, count: 1 },
    ])
  })

  it('give quantiles as histogram_quantile does', () => {
    expect(figures.p50).toBeCloseTo(0.01)
    expect(figures.p95).toBeCloseTo(0.091)
    expect(quantile(0.5, [])).toBeUndefined()
    expect(
      quantile(1, [
        { upTo: 1, count: 1 },
        { upTo: Number.POSITIVE_INFINITY, count: 1 },
      ]),
    ).toBe(1)
  })

  it('are none where a server tells none', () => {
    expect(figuresOf('x', prometheusSamples('# nothing\n'))).toMatchObject({
      outcomes: { accepted: 0, rejected: 0, challenged: 0 },
      ledgerEntries: undefined,
      p50: undefined,
    })
  })
})

it('a label may hold what a line must escape', () => {
  expect(prometheusSamples('a{b="x\\"y\\\\z\\n",c="d"} 1')).toEqual([
    { name: 'a', labels: { b: 'x"y\\z\n', c: 'd' }, value: 1 },
  ])
})
