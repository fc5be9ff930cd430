// Preloaded into the server (NODE_OPTIONS=--import): while the file HOLD_DESCRIPTORS is there, it takes every file descriptor that the
// process may still open, and each one that becomes free, as a crowd of connections would.
import { closeSync, existsSync, openSync } from 'node:fs'
import process from 'node:process'

const held = []

setInterval(() => {
  if (!existsSync(process.env.HOLD_DESCRIPTORS ?? '')) {
    for (const descriptor of held.splice(0)) closeSync(descriptor)
    return
  }
  try {
    for (;;) held.push(openSync('/dev/null'))
  } catch (error) {
    if (error.code !== 'EMFILE') throw error
  }
}, 5).unref()
