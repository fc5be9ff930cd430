import type { Write } from '@keybound/authorization-server'
import type pg from 'pg'
import type { Bulk, Client } from './bulk.ts'
import { bulkWrites } from './bulk-writes.ts'
import { inTransaction } from './in-transaction.ts'

/** What `commit` of a grant store asks for, and what it answers: the first write that did not hold, if any. */
export type Commit = readonly Write[]
export type Refused = Write | undefined

const kinds = Object.keys(bulkWrites) as Write['do'][]

/**
 * Several commits in one transaction, each kind of write one statement. Where every write of all of them held, that is the whole story;
 * otherwise everything is taken back, and each commit has a transaction of its own.
 */
export async function commitTogether(pool: pg.Pool, commits: readonly Commit[]): Promise<readonly Refused[]> {
  const [only] = commits
  if (commits.length === 1 && only) return [await commitAlone(pool, only)]
  const all = commits.flat()
  const refused = await allOrNothing(pool, async (client) => {
    for (const kind of kinds) {
      const writes = all.filter((write) => write.do === kind)
      const missed = await firstMissed(client, writes)
      if (missed) return missed
    }
    return undefined
  })
  if (refused === undefined) return commits.map(() => undefined)
  const answers: Refused[] = []
  for (const commit of commits) answers.push(await commitAlone(pool, commit))
  return answers
}

/** One commit: its writes in their own order, neighbours of one kind as one statement. */
function commitAlone(pool: pg.Pool, commit: Commit): Promise<Refused> {
  return allOrNothing(pool, async (client) => {
    for (let start = 0; start < commit.length; ) {
      let end = start + 1
      while (end < commit.length && commit[end]?.do === commit[start]?.do) end += 1
      const missed = await firstMissed(client, commit.slice(start, end))
      if (missed) return missed
      start = end
    }
    return undefined
  })
}

/** `writes` are of one kind. */
async function firstMissed(client: Client, writes: readonly Write[]): Promise<Refused> {
  const [first] = writes
  if (first === undefined) return undefined
  const held = await (bulkWrites[first.do] as Bulk<Write>)(client, writes)
  return writes.find((_, i) => held[i] !== true)
}

/** Takes everything back when `run` names a refused write. */
function allOrNothing(pool: pg.Pool, run: (client: Client) => Promise<Refused>): Promise<Refused> {
  return inTransaction(pool, run, (refused) => refused !== undefined)
}
