import { createRequire } from 'node:module'
import { findBrowser as find } from '@keybound/testkit/find-browser'
import { chromium } from '@playwright/test'

/** A Chromium to test with; one is installed where there is none. Throws Error that says what to do. */
export function findBrowser(): string {
  const installer = createRequire(import.meta.url).resolve('@playwright/test/cli')
  return find({ own: chromium, installer, env: process.env })
}
