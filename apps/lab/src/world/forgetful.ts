import type { CodeRecord, GrantStore, RefreshTokenRecord } from '@keybound/authorization-server'
import type { WorldSettings } from './world-settings.ts'

/** A store of grants that does not keep what a defence needs: the authorization server itself stays as it is. */
export function forgetful(store: GrantStore, forgets: WorldSettings['forgets']): GrantStore {
  return {
    ...store,
    async findCode(hash) {
      const code = await store.findCode(hash)
      return code && forgets.includes('code key') ? withoutCodeKey(code) : code
    },
    async findRefreshToken(hash) {
      const found = await store.findRefreshToken(hash)
      return found && forgets.includes('refresh key')
        ? { ...found, token: withoutRefreshKey(found.token) }
        : found
    },
  }
}

function withoutCodeKey(code: CodeRecord): CodeRecord {
  const { dpopJkt: _, ...request } = code.request
  return { ...code, request }
}

function withoutRefreshKey({ jkt: _, ...token }: RefreshTokenRecord): RefreshTokenRecord {
  return token
}
