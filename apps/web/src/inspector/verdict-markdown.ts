import type { Verdict } from '@keybound/dpop/server'

/** A verdict to paste into an issue or a chat. Of what was judged it repeats what the verdict itself says: no token, proof or secret. */
export function verdictMarkdown(verdict: Verdict): string {
  const judged = verdict.checks.filter(({ status }) => status !== 'skipped')
  const open = verdict.checks.filter(({ status }) => status === 'skipped')
  const first = judged.find(({ status }) => status !== 'pass')
  return [
    `**${verdict.outcome}**${first ? ` by \`${first.id}\` (${first.clause})` : ''}`,
    '',
    '| check | clause | status | expected | received |',
    '|---|---|---|---|---|',
    ...judged.map(
      ({ id, clause, status, expected, received }) =>
        `| \`${id}\` | ${clause} | ${status} | ${cell(expected)} | ${cell(received)} |`,
    ),
    '',
    ...judged.flatMap(({ id, status, because, hint }) =>
      status === 'pass' ? [] : [`- \`${id}\`: ${[because, hint].filter(Boolean).join(' ')}`],
    ),
    ...(open.length > 0 ? ['', `Not judged: ${open.map(({ id }) => `\`${id}\``).join(', ')}`] : []),
    '',
  ].join('\n')
}

function cell(text: string | undefined): string {
  return text === undefined ? '' : `\`${text.replaceAll('`', "'").replaceAll('|', '\\|')}\``
}
