import { openPlatform } from './open-platform.ts'

/** Playwright's global setup. Returns the teardown. */
export default async function startPlatform(): Promise<() => Promise<void>> {
  const { platform, close } = await openPlatform()
  process.env.E2E_PLATFORM = JSON.stringify(platform)
  return close
}
