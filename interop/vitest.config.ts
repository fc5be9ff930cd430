import { defineConfig } from 'vitest/config'

/** What needs no platform; the rows have their own runner. */
export default defineConfig({ test: { include: ['harness/**/*.test.ts'] } })
