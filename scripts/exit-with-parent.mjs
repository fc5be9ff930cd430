// Preloaded into each app (node --import): should the script that started it be killed, the app does not stay behind.
import process from 'node:process'

process.channel?.unref()
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'))
