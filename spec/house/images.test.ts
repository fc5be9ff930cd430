import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { root } from '../src/source-files.ts'

const read = (path: string) => readFileSync(join(root, path), 'utf8')

interface Stage {
  readonly from: string
  readonly name: string
  readonly text: string
}

/** The stages of the Dockerfile. */
const stages: Stage[] = read('Dockerfile')
  .split(/^FROM /m)
  .slice(1)
  .map((text) => {
    const [, from = '', name = ''] = /^(\S+) AS (\S+)/.exec(text) ?? []
    return { from, name, text }
  })
const targets = stages.filter(({ from }) => from === 'runtime')

describe('the images', () => {
  test('are one for each app, over one runtime', () => {
    expect(targets.map(({ name }) => name)).toEqual(['auth-server', 'resource-api', 'web', 'lab'])
  })

  test('run as a user without rights, in production, and write to /data alone (OPS-39, OPS-40, OPS-43)', () => {
    const runtime = stages.find(({ name }) => name === 'runtime')?.text ?? ''
    expect(runtime).toMatch(/^USER node$/m)
    expect(runtime).toContain('NODE_ENV=production')
    expect(runtime).toMatch(/^VOLUME \/data$/m)
    for (const { name, text } of targets) expect(text, name).not.toMatch(/^USER|^VOLUME|--chown/m)
  })

  test('say whether they are well, and are started without a shell that would keep signals to itself', () => {
    for (const { name, text } of targets) {
      expect(text, name).toMatch(/^HEALTHCHECK .*\/readyz/m)
      expect(text, name).toMatch(/^CMD \["node", "dist\/main\.js"\]$/m)
    }
  })
})

describe('compose.yaml', () => {
  const compose = read('compose.yaml')
  const app = /^x-app: &app\n(?: {2}.*\n)+/m.exec(compose)?.[0] ?? ''
  const services = [...compose.matchAll(/^ {2}([\w-]+):\n((?: {4}.*\n)+)/gm)].map(
    ([, name = '', text = '']) => ({
      name,
      text,
    }),
  )

  test('starts the apps read-only, without capabilities, new privileges or core dumps (OPS-40, OPS-43)', () => {
    for (const line of [
      'read_only: true',
      'cap_drop: [ALL]',
      'security_opt: ["no-new-privileges:true"]',
      'ulimits: { core: 0 }',
      'stop_grace_period: 12s',
    ])
      expect(app).toContain(`  ${line}\n`)
    const ours = services.filter(({ name }) => /auth-server|resource-api|web|lab|prepare/.test(name))
    expect(ours.length).toBeGreaterThanOrEqual(9)
    for (const { name, text } of ours) {
      expect(text, name).toMatch(/<<: \*(?:app|demo|replica)/)
      expect(text, name).not.toMatch(/read_only|user:|privileged|cap_add/)
    }
  })

  test('lets nobody in but this machine (OPS-44)', () => {
    const ports = [...compose.matchAll(/ports: \[(.*)\]/g)].flatMap(([, list = '']) => list.split(', '))
    expect(ports.length).toBeGreaterThan(0)
    for (const port of ports) expect(port).toMatch(/^"127\.0\.0\.1:/)
  })
})
