import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Application, Converter, LogLevel, type TypeDocOptions } from 'typedoc'
import type { PluginOptions } from 'typedoc-plugin-markdown'

const packages = fileURLToPath(new URL('../../..', import.meta.url))
const documented = ['dpop', 'resource-server', 'oauth']
/** Two are in the main entry; the third is for the attack lab of this repository alone. */
const parts = ['dpop/client', 'dpop/server', 'dpop/lab']

/**
 * Writes a Markdown file for each entry of the documented packages, made of their docstrings, into the folder, which is emptied. Rejects with Error that says
 * what has no docstring.
 */
export async function generateApiDocs(out: string): Promise<void> {
  const entries = documented.flatMap(entriesOf)
  const options: TypeDocOptions & Partial<PluginOptions> = {
    name: 'Keybound API',
    entryPoints: entries.map(({ file }) => file),
    tsconfig: join(packages, 'resource-server/tsconfig.json'),
    plugin: ['typedoc-plugin-markdown'],
    out,
    router: 'module',
    readme: 'none',
    disableSources: true,
    disableGit: true,
    githubPages: false,
    skipErrorChecking: true,
    sort: ['alphabetical'],
    sortEntryPoints: false,
    logLevel: 'Warn',
    groupOrder: ['Functions', 'Classes', 'Interfaces', 'Type Aliases', 'Variables'],
    excludeExternals: true,
    validation: { notExported: false, invalidLink: true, notDocumented: true },
    packagesRequiringDocumentation: documented.map((name) => `@keybound/${name}`),
    requiredToBeDocumented: ['Class', 'Interface', 'TypeAlias', 'Function', 'Variable'],
    hideBreadcrumbs: true,
    hidePageHeader: true,
    useCodeBlocks: true,
    parametersFormat: 'table',
    interfacePropertiesFormat: 'table',
    typeDeclarationFormat: 'table',
  }
  const app = await Application.bootstrapWithPlugins(options)
  const faults: string[] = []
  app.logger.log = (message, level) => {
    if (level >= LogLevel.Warn) faults.push(message)
  }
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => {
    for (const [index, module] of (project.children ?? []).entries())
      module.name = entries[index]?.name ?? module.name
  })
  const project = await app.convert()
  if (project !== undefined) {
    app.validate(project)
    await app.generateOutputs(project)
  }
  if (project === undefined || faults.length > 0) throw new Error(faults.join('\n'))
}

/** What of a package can be imported: `dpop`, `dpop/testing`. */
function entriesOf(name: string): { name: string; file: string }[] {
  const manifest = JSON.parse(readFileSync(join(packages, name, 'package.json'), 'utf8'))
  return Object.entries<string>(manifest.exports)
    .map(([path, file]) => ({ name: join(name, path), file: join(packages, name, file) }))
    .filter((entry) => !parts.includes(entry.name))
}
