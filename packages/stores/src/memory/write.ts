import type { Write } from '@keybound/authorization-server'
import type { MemoryState } from './state.ts'

export type Undo = () => void

/** Makes one conditional write and returns what takes it back, or undefined, with nothing changed, where its condition does not hold. */
export function write(state: MemoryState, write: Write): Undo | undefined {
  switch (write.do) {
    case 'remember': {
      if (state.ledger.isUsed(write.key, write.expiresAt, write.now)) return undefined
      return state.ledger.put(write.key, write.expiresAt)
    }
    case 'consume code': {
      const code = state.codes.get(write.hash)
      if (!code || code.consumedAt !== undefined || write.at >= code.expiresAt) return undefined
      return put(state.codes, write.hash, { ...code, consumedAt: write.at, grantId: write.grantId })
    }
    case 'insert grant':
      return insert(state.grants, write.grant.id, write.grant)
    case 'require live grant': {
      const grant = state.grants.get(write.grantId)
      return grant && grant.revokedAt === undefined ? nothing : undefined
    }
    case 'insert refresh token':
      return insert(state.refreshTokens, write.token.hash, write.token)
    case 'rotate': {
      const token = state.refreshTokens.get(write.hash)
      if (!token || token.rotatedAt !== undefined || token.voidedAt !== undefined) return undefined
      return put(state.refreshTokens, write.hash, {
        ...token,
        rotatedAt: write.at,
        successorHash: write.successorHash,
      })
    }
    case 'rotate again':
      return rotateAgain(state, write)
    case 'spend pushed request': {
      const pushed = state.pushedRequests.get(write.hash)
      if (!pushed || pushed.spent) return undefined
      return put(state.pushedRequests, write.hash, { ...pushed, spent: true })
    }
    case 'finish transaction': {
      const entry = state.transactions.get(write.id)
      if (!entry || entry.finished) return undefined
      return put(state.transactions, write.id, { ...entry, finished: true })
    }
    case 'insert code':
      return insert(state.codes, write.code.hash, write.code)
    case 'insert opaque token':
      return insert(state.opaqueTokens, write.token.hash, write.token)
    case 'revoke grant': {
      const grant = state.grants.get(write.grantId)
      if (!grant || grant.revokedAt !== undefined) return nothing
      return put(state.grants, write.grantId, { ...grant, revokedAt: write.at })
    }
    case 'revoke access token':
      return insert(state.revokedAccessTokens, write.jtiHash, write.expiresAt) ?? nothing
  }
}

/** rotatedAt stays that of the first rotation, so that trying again never prolongs the window. */
function rotateAgain(
  { refreshTokens }: MemoryState,
  { hash, successorHash, newSuccessorHash, rotatedSince, at }: Extract<Write, { do: 'rotate again' }>,
): Undo | undefined {
  const token = refreshTokens.get(hash)
  const successor = refreshTokens.get(successorHash)
  if (token?.successorHash !== successorHash || token.voidedAt !== undefined) return undefined
  if (token.rotatedAt === undefined || token.rotatedAt < rotatedSince) return undefined
  if (!successor || successor.rotatedAt !== undefined || successor.voidedAt !== undefined) return undefined
  const undoToken = put(refreshTokens, hash, { ...token, successorHash: newSuccessorHash })
  const undoSuccessor = put(refreshTokens, successorHash, { ...successor, voidedAt: at })
  return () => {
    undoSuccessor()
    undoToken()
  }
}

function nothing(): void {}

function insert<T>(map: Map<string, T>, key: string, value: T): Undo | undefined {
  return map.has(key) ? undefined : put(map, key, value)
}

function put<T>(map: Map<string, T>, key: string, value: T): Undo {
  const existed = map.has(key)
  const earlier = map.get(key)
  map.set(key, value)
  return () => {
    if (existed) map.set(key, earlier as T)
    else map.delete(key)
  }
}
