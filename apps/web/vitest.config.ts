import { defineProject } from 'vitest/config'

export default defineProject({
  test: {
    include: ['src/**/*.test.{ts,tsx}'],
    // next-auth imports `next/server` without an extension, which only a bundler resolves.
    server: { deps: { inline: ['next-auth', '@auth/core'] } },
  },
})
