// For the servers, which run on Node.
export { type CaptureOptions, captureExchange } from './journal/capture-exchange.ts'
export { createJournal, type Journal } from './journal/journal.ts'
export { type Handler, serveJournal } from './journal/serve-journal.ts'
export { parseTraceId, traceHeader } from './journal/trace-id.ts'
