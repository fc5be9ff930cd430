// Preloaded into a replica (NODE_OPTIONS=--import) that is under load: tells its parent once a second what it uses, and changes nothing else.
import process from 'node:process'

setInterval(() => {
  if (!process.connected) return
  const { heapUsed, rss } = process.memoryUsage()
  const { user, system } = process.cpuUsage()
  process.send?.({ heapUsed, rss, cpu: (user + system) / 1e6 })
}, 1000).unref()
