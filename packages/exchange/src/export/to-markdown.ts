import type { Check } from '@keybound/dpop'
import { type Exchange, type HeaderLines, refusalOf } from '../exchange.ts'

/** The exchanges as a report that an issue or a chat can show. For others redact them first. */
export function toMarkdown(exchanges: readonly Exchange[]): string {
  return `${exchanges.map(section).join('\n\n')}\n`
}

function section(exchange: Exchange): string {
  const { step, from, to, request, response, fault, timings, verdict } = exchange
  const target = new URL(request.url)
  const refusal = refusalOf(exchange)
  return [
    `## ${step}`,
    '',
    `${from} → ${to}, ${new Date(timings.sentAt * 1000).toISOString()}, ${Math.round(timings.took * 1000)} ms`,
    '',
    message(
      [`${request.method} ${target.pathname}${target.search} HTTP/1.1`, `Host: ${target.host}`],
      request,
    ),
    '',
    response
      ? message([`HTTP/1.1 ${response.status}`], response)
      : `No answer: ${fault ?? 'the connection failed'}.`,
    ...(refusal?.reason ? ['', `Refused by \`${refusal.reason}\`: ${refusal.sentence ?? ''}`] : []),
    ...(verdict ? ['', `Verdict: **${verdict.outcome}**`, '', ...table(verdict.checks)] : []),
  ].join('\n')
}

function message(
  start: readonly string[],
  { headers, body }: { headers: HeaderLines; body?: string },
): string {
  const lines = headers
    .filter(([name]) => name.toLowerCase() !== 'host')
    .map(([name, value]) => `${name}: ${value}`)
  const text = [...start, ...lines, ...(body === undefined ? [] : ['', body])].join('\n')
  const fence = '`'.repeat(Math.max(3, ...Array.from(text.matchAll(/`+/g), ([ticks]) => ticks.length + 1)))
  return `${fence}http\n${text}\n${fence}`
}

function table(checks: readonly Check[]): string[] {
  const rows = checks.map(
    ({ id, clause, status, because, expected, received }) =>
      `| ${[`\`${id}\``, clause, status, because, expected, received].map((text) => cell(text ?? '')).join(' | ')} |`,
  )
  return ['| check | clause | status | why | expected | received |', '|---|---|---|---|---|---|', ...rows]
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ')
}
