/** Hours, minutes and seconds of a NumericDate, local. */
export function timeOf(at: number): string {
  return new Date(at * 1000).toLocaleTimeString(undefined, { hour12: false })
}
