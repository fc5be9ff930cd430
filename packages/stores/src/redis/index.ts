export { openRedisStores, type RedisStores } from './open-redis-stores.ts'
