import { defineConfig } from 'vitest/config'

/** These tests read the whole repository, which takes a loaded machine its time. */
export default defineConfig({ test: { testTimeout: 60_000 } })
