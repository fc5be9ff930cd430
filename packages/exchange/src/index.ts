export {
  type AttackDescription,
  type AttackOutcome,
  type CodePlace,
  type Column,
  columns,
  type Expected,
} from './attack-outcome.ts'
export { accessTokenOf, type Exchange, type HeaderLines, headerOf, proofOf, refusalOf } from './exchange.ts'
export { toCurl } from './export/to-curl.ts'
export { toHar } from './export/to-har.ts'
export { toJson } from './export/to-json.ts'
export { toMarkdown } from './export/to-markdown.ts'
export { toTypeScript } from './export/to-typescript.ts'
export { newTraceId, traceHeader } from './journal/trace-id.ts'
export { judgeExchange, type Knowledge } from './judge-exchange.ts'
export { boundTo, jwtSegment } from './jwt-segment.ts'
export { recordingFetch } from './recording-fetch.ts'
export { isRedacted, redact, redactText } from './redact.ts'
