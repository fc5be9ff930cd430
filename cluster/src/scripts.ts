// npm start's own modules, so that a cluster starts the apps exactly as people do. They belong to no package: they run before anything is installed.
// @boundaries-ignore scripts/ is outside of every package
export { isStopping, run, start, stop, stopOnSignals } from '../../scripts/child-processes.mjs'
// @boundaries-ignore scripts/ is outside of every package
export { logTail, prepareData } from '../../scripts/keybound-processes.mjs'
// @boundaries-ignore scripts/ is outside of every package
export { turbo } from '../../scripts/set-up.mjs'
// @boundaries-ignore scripts/ is outside of every package
export { root } from '../../scripts/settings.mjs'
// @boundaries-ignore scripts/ is outside of every package
export { complain, say, step, Trouble } from '../../scripts/terminal.mjs'
