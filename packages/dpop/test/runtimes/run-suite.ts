// The entry of the bundle: runs in a browser and in an edge runtime.

import { files, skipped } from 'suite:files'
import { startTests } from 'vitest/internal/browser'
import type { Report } from './report.ts'

type VitestRunner = Parameters<typeof startTests>[1]
type File = Awaited<ReturnType<typeof startTests>>[number]
type Task = File['tasks'][number]

const config = {
  root: '/',
  name: '',
  setupFiles: [],
  passWithNoTests: false,
  allowOnly: false,
  testNamePattern: undefined,
  testTimeout: 60_000,
  hookTimeout: 60_000,
  maxConcurrency: 1,
  retry: 0,
  includeTaskLocation: false,
  tags: [],
  tagsFilter: undefined,
  strictTags: false,
  diffOptions: undefined,
  chaiConfig: undefined,
  expect: {},
  sequence: { seed: 0, hooks: 'stack', setupFiles: 'list', shuffle: false, concurrent: false },
}

async function runSuite(): Promise<Omit<Report, 'version'>> {
  const started = Date.now()
  Object.assign(globalThis, { __vitest_worker__: { config, filepath: '', ctx: {}, environment: {} } })
  const runner = {
    config,
    importFile: (path: string) => files[path]?.(),
    onCollected(collected: readonly File[]) {
      for (const { task } of collected.flatMap((file) => testsIn(file, file.name)))
        if (skipped.includes(task.name)) task.mode = 'skip'
    },
  } as unknown as VitestRunner
  const tested = await startTests(Object.keys(files), runner)
  const tests = tested.flatMap((file) => testsIn(file, file.name))
  const state = (wanted: string) => tests.filter(({ task }) => task.result?.state === wanted)
  return {
    passed: state('pass').length,
    skipped: tests.length - state('pass').length - state('fail').length,
    failed: [
      ...tested.filter((file) => file.result?.errors?.length).map((file) => told(file.name, file)),
      ...state('fail').map(({ title, task }) => told(title, task)),
    ],
    took: Date.now() - started,
  }
}

function testsIn(task: File | Task, title: string): { title: string; task: Task }[] {
  if (!('tasks' in task)) return [{ title, task }]
  return task.tasks.flatMap((inner) => testsIn(inner, `${title} > ${inner.name}`))
}

function told(title: string, { result }: File | Task): string {
  return `${title}\n${result?.errors?.map(({ message, stack }) => `${message}\n${stack}`).join('\n')}`
}

Object.assign(globalThis, { report: runSuite().then((report) => JSON.stringify(report)) })
