import type { Sample } from './prometheus-samples.ts'

/** What the monitor shows of one server: the figures of its `/metrics`, and nothing counted a second time. */
export interface Figures {
  readonly server: string
  readonly outcomes: { readonly accepted: number; readonly rejected: number; readonly challenged: number }
  /** Refusals and challenges by the check that made them, most first. */
  readonly checks: readonly { readonly check: string; readonly count: number }[]
  readonly challenges: number
  readonly ledgerEntries: number | undefined
  readonly tokensIssued: number
  /** Seconds; undefined while nothing was verified. */
  readonly p50: number | undefined
  readonly p95: number | undefined
  /** How many proofs had a skew of at most `upTo` seconds and more than the bucket before. */
  readonly skew: readonly { readonly upTo: number; readonly count: number }[]
}

export function figuresOf(server: string, samples: readonly Sample[]): Figures {
  const proofs = samples.filter(({ name }) => name === 'dpop_proofs_total')
  const outcome = (wanted: string) => sum(proofs.filter(({ labels }) => labels.outcome === wanted))
  const duration = buckets(samples, 'dpop_verify_duration_seconds')
  return {
    server,
    outcomes: {
      accepted: outcome('accepted'),
      rejected: outcome('rejected'),
      challenged: outcome('challenged'),
    },
    checks: byCheck(proofs),
    challenges: sum(samples.filter(({ name }) => name === 'dpop_nonce_challenges_total')),
    ledgerEntries: samples.find(({ name }) => name === 'dpop_ledger_entries')?.value,
    tokensIssued: sum(samples.filter(({ name }) => name === 'oauth_tokens_issued_total')),
    p50: quantile(0.5, duration),
    p95: quantile(0.95, duration),
    skew: buckets(samples, 'dpop_iat_skew_seconds'),
  }
}

function byCheck(proofs: readonly Sample[]): Figures['checks'] {
  const counts = new Map<string, number>()
  for (const { labels, value } of proofs) {
    const { outcome, check = 'none' } = labels
    if (outcome !== 'accepted') counts.set(check, (counts.get(check) ?? 0) + value)
  }
  return Array.from(counts, ([check, count]) => ({ check, count })).sort((a, b) => b.count - a.count)
}

function sum(samples: readonly Sample[]): number {
  return samples.reduce((total, { value }) => total + value, 0)
}

type Bucket = { readonly upTo: number; readonly count: number }

/** The buckets of a histogram over all its labels, each with what it holds itself: on the wire they hold what is below, too. */
function buckets(samples: readonly Sample[], name: string): readonly Bucket[] {
  const below = new Map<number, number>()
  for (const { name: each, labels, value } of samples) {
    if (each !== `${name}_bucket`) continue
    const upTo = labels.le === '+Inf' ? Number.POSITIVE_INFINITY : Number(labels.le)
    below.set(upTo, (below.get(upTo) ?? 0) + value)
  }
  const sorted = Array.from(below, ([upTo, count]) => ({ upTo, count })).sort((a, b) => a.upTo - b.upTo)
  return sorted.map(({ upTo, count }, index) => ({ upTo, count: count - (sorted[index - 1]?.count ?? 0) }))
}

/** As histogram_quantile of Prometheus: evenly spread within the bucket; the highest finite bound stands for what is above it. */
export function quantile(share: number, histogram: readonly Bucket[]): number | undefined {
  const total = histogram.reduce((all, { count }) => all + count, 0)
  if (total === 0) return undefined
  let below = 0
  for (const [index, { upTo, count }] of histogram.entries()) {
    const from = histogram[index - 1]?.upTo ?? 0
    if (below + count >= share * total) {
      return upTo === Number.POSITIVE_INFINITY
        ? from
        : from + ((upTo - from) * (share * total - below)) / count
    }
    below += count
  }
  return undefined
}
