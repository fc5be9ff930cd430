import { step, turbo } from './scripts.ts'

/** Builds what the cluster runs; quick where nothing has changed. */
export async function build(): Promise<void> {
  const filters = [
    '@keybound/auth-server-app',
    '@keybound/resource-api-app',
    '@keybound/cli-app',
    '@keybound/prisma',
  ]
  await step('Building', (now) => turbo(['build', ...filters.map((name) => `--filter=${name}`)], {}, now))
}
