// Preloaded into a replica (NODE_OPTIONS=--import) that is under load: tells its parent once a second what it uses, and what its heap holds
// after garbage was collected, which it does once in half a minute.
import process from 'node:process'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc')
let seconds = 0
let heapHeld = 0

setInterval(() => {
  if (!process.connected) return
  if (seconds++ % 30 === 0) {
    collect()
    heapHeld = process.memoryUsage().heapUsed
  }
  const { user, system } = process.cpuUsage()
  process.send?.({ heapHeld, rss: process.memoryUsage.rss(), cpu: (user + system) / 1e6 })
}, 1000).unref()
