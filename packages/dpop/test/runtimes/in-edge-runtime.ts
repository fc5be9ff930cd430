import { EdgeVM } from '@edge-runtime/vm'
import { answerHostCall } from './host-crypto.ts'
import type { Report } from './report.ts'

/** The globals of an edge runtime and no others: neither `process` nor `require`, and no import of a `node:` module. */
export async function runInEdgeRuntime(code: string): Promise<Report> {
  const vm = new EdgeVM({ extend: (context) => Object.assign(context, { askHost: answerHostCall }) })
  const strays = vm.evaluate<string>(
    `['process', 'require', 'Buffer', 'global'].filter((name) => name in globalThis).join()`,
  )
  if (strays !== '') throw new Error(`The edge runtime has ${strays}`)
  // An async function, because the suite awaits at its top level and a script of node:vm cannot.
  await vm.evaluate(`(async () => {${code}\n})()`)
  const report = JSON.parse(await vm.evaluate<Promise<string>>('report'))
  return { ...report, version: `@edge-runtime/vm on Node ${process.versions.node}` }
}
