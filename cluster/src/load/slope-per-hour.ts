/** By how much the samples, taken every `seconds`, grow in an hour: the slope of the line of least squares. */
export function slopePerHour(samples: readonly number[], seconds: number): number {
  const middle = (samples.length - 1) / 2
  const mean = samples.reduce((sum, each) => sum + each, 0) / samples.length
  let [over, under] = [0, 0]
  for (const [at, each] of samples.entries()) {
    over += (at - middle) * (each - mean)
    under += (at - middle) ** 2
  }
  return (over / under) * (3600 / seconds)
}
