/** A span of seconds in words: `0.4 s`, `12 s`, `3 min`, `2 h`. */
export function age(seconds: number): string {
  const span = Math.abs(seconds)
  if (span < 1) return `${Math.round(span * 1000)} ms`
  if (span < 10) return `${span.toFixed(1)} s`
  if (span < 120) return `${Math.round(span)} s`
  if (span < 7200) return `${Math.round(span / 60)} min`
  return `${Math.round(span / 3600)} h`
}
