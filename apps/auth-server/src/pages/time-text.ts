const steps = [
  { unit: 'day', seconds: 86_400 },
  { unit: 'hour', seconds: 3_600 },
  { unit: 'minute', seconds: 60 },
] as const

const words = new Intl.RelativeTimeFormat('en', { numeric: 'auto' })

/** "4 minutes ago", "in 2 hours". Both times are NumericDates. */
export function timeText(time: number, now: number): string {
  const distance = time - now
  const step = steps.find(({ seconds }) => Math.abs(distance) >= seconds)
  return step ? words.format(Math.round(distance / step.seconds), step.unit) : 'just now'
}
