// npm run client:add -- --id <client_id> [--introspects <resource>]… [--opaque] [--rotate] [--replace] < metadata.json
import { parseArgs } from 'node:util'
import { newClient } from '@keybound/authorization-server'
import { wire } from '../dependencies.ts'
import { createLog } from '../log/create-log.ts'
import { command, readInput } from './command.ts'

await command(async (env, storage) => {
  const { values } = parseArgs({
    options: {
      id: { type: 'string' },
      introspects: { type: 'string', multiple: true },
      opaque: { type: 'boolean', default: false },
      rotate: { type: 'boolean', default: false },
      replace: { type: 'boolean', default: false },
    },
  })
  const { id } = values
  if (!id || !/^[\w.~-]{1,128}$/.test(id)) throw new Error('Give it an id: --id <client_id>')
  const { stores } = storage
  const current = await stores.clients.find(id)
  if (current && !values.replace)
    throw new Error(`There is a client ${id} already: --replace it, or take another id`)
  if (current?.registration_access_token_hash)
    throw new Error(`${id} has registered itself, and changes itself (RFC 7592)`)

  const { server } = await wire(env, storage, createLog({ level: 'silent' }))
  const known = server.resources.map(({ identifier }) => identifier)
  for (const resource of values.introspects ?? []) {
    if (!known.includes(resource))
      process.stderr.write(
        `No token is for ${resource} yet: this server issues them for ${known.join(', ')}\n`,
      )
  }
  const administered = {
    introspects: values.introspects ?? [],
    rotate_refresh_tokens: values.rotate,
    ...(values.opaque && { access_token_format: 'opaque' as const }),
  }
  const { client, clientSecret } = newClient(server, id, await readMetadata(), administered, current)
  await stores.saveClient(client)
  const { client_secret_hash: _, ...shown } = client
  return JSON.stringify(
    { ...shown, ...(clientSecret !== undefined && { client_secret: clientSecret }) },
    null,
    2,
  )
})

async function readMetadata(): Promise<unknown> {
  try {
    return JSON.parse(await readInput())
  } catch (cause) {
    throw new Error('The metadata, on standard input, is not JSON', { cause })
  }
}
