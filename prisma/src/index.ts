export { migrations } from '../generated/migrations.ts'
export { Prisma, PrismaClient } from '../generated/sqlite/client.ts'
export { migrationState } from './migrate/migration-state.ts'
