'use client'

import { useSyncExternalStore } from 'react'

/** False in what the server rendered, true once script runs: a button that needs it takes no click before, which would be lost. */
export function useAlive(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  )
}

function never(): () => void {
  return () => {}
}
