export type { FeedEvent } from './feed.ts'
export type { JudgedRequest } from './judged-request.ts'
export { type Monitor, type MonitorOptions, openMonitor } from './open-monitor.ts'
export type { SecurityEvent } from './security-event.ts'
