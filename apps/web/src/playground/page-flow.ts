import { systemClock } from '@keybound/oauth'
import { serverJournals } from '../exchange/server-journals.ts'
import { flowSteps } from '../flow/flow-steps.ts'
import { createFlow, type Flow } from './flow.ts'
import type { FlowState, PlaygroundSettings } from './flow-state.ts'
import { browserKeyStore, memoryKeyStore } from './key-store.ts'
import { otherTabs } from './other-tabs.ts'
import { optionsQuery, readOptions } from './playground-options.ts'
import { tabMemory } from './saved-flow.ts'

let opened: Flow | undefined

/** The flow of this page, one per page load: it holds the tokens. On the server one that does nothing, for the first rendering. */
export function flowOfPage(settings: PlaygroundSettings): Flow {
  if (typeof window === 'undefined') return createFlow({ ...inert, settings })
  opened ??= createFlow({
    settings,
    keyStores: { kept: browserKeyStore(), memory: memoryKeyStore() },
    memory: tabMemory(window.sessionStorage),
    otherTabs: otherTabs(),
    fetch: browserFetch,
    journals: settings.journals
      ? serverJournals({ fetch: browserFetch, bases: [settings.issuer, settings.apiUrl] })
      : undefined,
    clock: systemClock,
    navigate: (url) => window.location.assign(url),
  })
  return opened
}

/** Called as a function of the window, whoever holds it. */
const browserFetch: typeof fetch = (input, init) => fetch(input, init)

const inert = {
  keyStores: { kept: memoryKeyStore(), memory: memoryKeyStore() },
  memory: { read: () => undefined, write: () => {}, clear: () => {} },
  otherTabs: { offer: () => {}, listen: () => {} },
  fetch,
  clock: systemClock,
  navigate: () => {},
}

let begun = false

/** Opens the flow from the address and follows its fragment. Gives the function that stops following. */
export function beginOnPage(flow: Flow, returning: boolean): () => void {
  const reload = (event: PageTransitionEvent) => {
    // The page as it was left: what happened since is not in it.
    if (event.persisted) window.location.reload()
  }
  const follow = () => selectFromAddress(flow)
  window.addEventListener('pageshow', reload)
  window.addEventListener('hashchange', follow)
  if (!begun) {
    begun = true
    void begin(flow, new URLSearchParams(window.location.search), returning)
  }
  return () => {
    window.removeEventListener('pageshow', reload)
    window.removeEventListener('hashchange', follow)
  }
}

async function begin(flow: Flow, query: URLSearchParams, returning: boolean): Promise<void> {
  // The code leaves the address at once, and Back does not come here again.
  if (returning) window.history.replaceState(null, '', '/playground')
  const opening = flow.open(readOptions(query), returning ? query : undefined)
  if (returning) showInAddress(flow.get())
  await opening
  if (!returning) selectFromAddress(flow)
}

/** The options and the selected step as an address: `/playground?alg=PS256#token.2`. */
export function showInAddress({ options, selected, shown }: FlowState): void {
  const exchange = shown === undefined ? '' : `.${shown + 1}`
  window.history.replaceState(null, '', `/playground${optionsQuery(options)}#${selected}${exchange}`)
}

function selectFromAddress(flow: Flow): void {
  const [name, number] = window.location.hash.slice(1).split('.')
  const step = flowSteps.find(({ id }) => id === name)
  if (step) flow.select(step.id, number === undefined ? undefined : Number(number) - 1)
}
