import { gzipSync } from 'node:zlib'
import { expect, type Response, test } from '@playwright/test'
import { platform } from '../harness/platform.ts'
import { watchPage } from '../harness/watch-page.ts'

/** The first load of a content page: kilobytes of gzipped script. */
const most = 200

const paths = [
  '/',
  '/inspector',
  '/checks',
  '/checks/htu.match',
  '/docs',
  '/docs/reading',
  '/lab',
  '/lab/replay',
  '/lab/matrix',
  '/monitor',
  '/playground',
  '/source/packages/dpop/src/proof/check-proof.ts',
  '/profile',
]

for (const path of paths) {
  test(`${path} breaks no policy, asks no other host, and loads at most ${most} kB of script`, async ({
    page,
  }) => {
    const watch = watchPage(page)
    const scripts: Promise<number>[] = []
    function weigh(response: Response): void {
      if (response.request().resourceType() === 'script')
        scripts.push(response.body().then((body) => gzipSync(body).length))
    }
    page.on('response', weigh)
    await page.goto(platform().web + path)
    // The monitor's feeds never end, and its charts come after the page.
    if (path === '/monitor') await page.waitForLoadState('load')
    else await page.waitForLoadState('networkidle')
    // What comes later is not of the first load, and nobody would wait for its body.
    page.off('response', weigh)
    const sizes = await Promise.all(scripts)
    const total = sizes.reduce((sum, size) => sum + size, 0) / 1000
    test.info().annotations.push({ type: 'script', description: `${path}: ${total.toFixed(1)} kB` })
    expect(sizes.length).toBeGreaterThan(0)
    expect(total).toBeLessThanOrEqual(most)
    watch.expectClean()
  })
}
