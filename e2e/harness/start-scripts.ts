// npm start's own modules, so that the tests start the apps exactly as people do. They belong to no package: they run before anything is installed.
// @boundaries-ignore scripts/ is outside of every package
export { run, start, stop } from '../../scripts/child-processes.mjs'
// @boundaries-ignore scripts/ is outside of every package
export { claimData } from '../../scripts/claim-data.mjs'
// @boundaries-ignore scripts/ is outside of every package
export { prepareData, startKeybound } from '../../scripts/keybound-processes.mjs'
// @boundaries-ignore scripts/ is outside of every package
export { freePorts, readSettings, root } from '../../scripts/settings.mjs'
