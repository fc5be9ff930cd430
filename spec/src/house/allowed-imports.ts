/**
 * The direction of dependencies in design.md, as data. `packages` is what a workspace may import of Keybound's own in the program
 * itself; `modules`, where given, is all that it may import from npm (`node:` means Node's own). Tests may import testkit and stores as well.
 */
export interface Rule {
  readonly packages: readonly string[]
  readonly modules?: readonly string[]
}

export const direction: Readonly<Record<string, Rule>> = {
  'packages/oauth': { packages: [], modules: [] },
  'packages/dpop': { packages: ['oauth'], modules: ['jose', 'lru-cache', 'node:'] },
  'packages/authorization-server': { packages: ['oauth', 'dpop'], modules: ['jose', 'zod', 'node:'] },
  'packages/resource-server': {
    packages: ['oauth', 'dpop'],
    modules: ['jose', 'lru-cache', 'hono', 'express', 'node:'],
  },
  'packages/exchange': { packages: ['oauth', 'dpop'], modules: ['@noble/hashes', 'node:'] },
  'packages/monitoring': {
    packages: ['oauth', 'dpop', 'exchange'],
    modules: ['pino', 'prom-client', 'node:'],
  },
  'packages/front-door': { packages: [], modules: ['node:'] },
  'packages/stores': { packages: ['oauth', 'dpop', 'authorization-server', 'prisma'] },
  'packages/testkit': { packages: ['oauth', 'dpop', 'authorization-server', 'spec'] },
  prisma: { packages: [] },
  spec: { packages: [] },
  'apps/auth-server': {
    packages: [
      'oauth',
      'dpop',
      'authorization-server',
      'resource-server',
      'exchange',
      'monitoring',
      'stores',
      'front-door',
    ],
  },
  'apps/resource-api': {
    packages: ['oauth', 'dpop', 'resource-server', 'exchange', 'monitoring', 'stores', 'front-door'],
  },
  'apps/web': {
    packages: ['oauth', 'dpop', 'resource-server', 'exchange', 'monitoring', 'stores', 'front-door'],
  },
  'apps/lab': {
    packages: [
      'oauth',
      'dpop',
      'authorization-server',
      'resource-server',
      'exchange',
      'monitoring',
      'stores',
      'front-door',
    ],
  },
  'apps/cli': { packages: ['oauth', 'dpop'] },
  e2e: {
    packages: [
      'oauth',
      'dpop',
      'resource-server',
      'exchange',
      'monitoring',
      'front-door',
      'testkit',
      'stores',
    ],
  },
  cluster: {
    packages: ['oauth', 'dpop', 'authorization-server', 'resource-server', 'stores', 'prisma', 'testkit'],
  },
  'examples/minimal': { packages: ['dpop', 'resource-server', 'front-door', 'stores'] },
  'examples/next-auth-4': { packages: ['dpop'] },
  'examples/next-auth-5': { packages: ['dpop'] },
  interop: { packages: ['oauth', 'dpop', 'resource-server', 'stores', 'e2e'] },
  bench: {
    packages: ['oauth', 'dpop', 'authorization-server', 'resource-server', 'front-door', 'stores', 'testkit'],
  },
}
