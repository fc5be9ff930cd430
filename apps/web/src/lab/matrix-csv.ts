import type { AttackDescription, AttackOutcome } from '@keybound/exchange'

/** The outcomes as a table, one a line. @see RFC 4180 */
export function matrixCsv(attacks: readonly AttackDescription[], outcomes: readonly AttackOutcome[]): string {
  const lines = outcomes.map(({ attack: id, column, result, by, asExpected, took }) => {
    const attack = attacks.find((each) => each.id === id)
    return [attack?.number, attack?.title, column, result, by.join(' '), asExpected, took]
  })
  const header = ['number', 'attack', 'column', 'result', 'by', 'as expected', 'milliseconds']
  return [header, ...lines]
    .map((line) => line.map((value) => cell(String(value ?? ''))).join(','))
    .join('\r\n')
}

function cell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
