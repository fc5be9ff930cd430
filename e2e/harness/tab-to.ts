import type { Locator, Page } from '@playwright/test'

/** Presses Tab until the element has the focus, as somebody without a pointer would. Throws Error where it never comes there. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let presses = 0; presses < 80; presses++) {
    if (await target.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  throw new Error('Tab never came there')
}
