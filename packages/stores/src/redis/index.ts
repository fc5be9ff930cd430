export { openRedisLedger, type RedisLedger } from './redis-ledger.ts'
