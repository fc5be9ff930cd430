import { CHECKS } from '@keybound/dpop'
import { Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { JudgedRequest } from './judged-request.ts'

/** The figures of one server. Every label has a bounded set of values, whatever a client sends. */
export interface Metrics {
  count(request: JudgedRequest): void
  countPutOff(): void
  /** In the text format of Prometheus. */
  text(): Promise<string>
}

/** `ledgerEntries` is asked when somebody reads the figures. */
export function createMetrics(ledgerEntries?: () => Promise<number>): Metrics {
  const registry = new Registry()
  const registers = [registry]
  const proofs = new Counter({
    name: 'dpop_proofs_total',
    help: 'Requests with a proof, or that should have had one, by outcome and by the check that refused',
    labelNames: ['role', 'outcome', 'check'],
    registers,
  })
  const challenges = new Counter({
    name: 'dpop_nonce_challenges_total',
    help: 'Answers that asked for a nonce (use_dpop_nonce)',
    labelNames: ['role'],
    registers,
  })
  const duration = new Histogram({
    name: 'dpop_verify_duration_seconds',
    help: 'From the arrival of a request with a proof until its answer had left',
    labelNames: ['role'],
    buckets: [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1],
    registers,
  })
  const skew = new Histogram({
    name: 'dpop_iat_skew_seconds',
    help: 'The clock of the server less the iat of the proof',
    labelNames: ['role'],
    buckets: [-60, -10, -5, -2, -1, 0, 1, 2, 5, 10, 20, 60, 300],
    registers,
  })
  const tokens = new Counter({
    name: 'oauth_tokens_issued_total',
    help: 'Token requests granted',
    labelNames: ['grant', 'token_type'],
    registers,
  })
  const putOff = new Counter({
    name: 'http_requests_put_off_total',
    help: 'Requests that got 503 before anything of them was looked at, because the server had all it can do',
    registers,
  })
  if (ledgerEntries) {
    new Gauge({
      name: 'dpop_ledger_entries',
      help: 'Records of used proofs',
      registers,
      async collect() {
        this.set(await ledgerEntries())
      },
    })
  }
  return {
    count({ role, outcome, check, took, iatSkew, issued }) {
      proofs.inc({ role, outcome, check: known(checks, check ?? 'none') })
      if (outcome === 'challenged') challenges.inc({ role })
      duration.observe({ role }, took)
      if (iatSkew !== undefined) skew.observe({ role }, withinADay(iatSkew))
      if (issued) {
        tokens.inc({ grant: known(grants, issued.grant), token_type: known(types, issued.tokenType) })
      }
    },
    countPutOff: () => putOff.inc(),
    text: () => registry.metrics(),
  }
}

const checks = new Set<string>(['none', ...CHECKS.map(({ id }) => id)])
const grants = new Set(['authorization_code', 'refresh_token', 'client_credentials'])
const types = new Set(['DPoP', 'Bearer'])

/** So that an absurd iat cannot spoil the sum. */
function withinADay(seconds: number): number {
  return Math.max(-86_400, Math.min(86_400, seconds))
}

function known(values: ReadonlySet<string>, value: string): string {
  return values.has(value) ? value : 'other'
}
