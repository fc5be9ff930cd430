import type { Metadata } from 'next'
import { PlaygroundPage } from '../../../playground/playground-page.tsx'

export const metadata: Metadata = { title: 'Playground', referrer: 'no-referrer' }

/** Where the authorization server sends the browser back: the same page, which takes the answer out of the address. */
export default function Page() {
  return <PlaygroundPage returning />
}
