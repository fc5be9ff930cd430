import { Trouble } from './scripts.ts'

/** The number that an option says. Throws Trouble where it says none, or one outside of these bounds. */
export function numberIn(
  text: string,
  name: string,
  { least = 1, most }: { readonly least?: number; readonly most?: number } = {},
): number {
  const number = text.trim() === '' ? Number.NaN : Number(text)
  if (number >= least && number <= (most ?? Number.MAX_SAFE_INTEGER)) return number
  const bounds = most === undefined ? `${least} or more` : `from ${least} to ${most}`
  throw new Trouble(`--${name} is a number, ${bounds}, and not ${text}`)
}
