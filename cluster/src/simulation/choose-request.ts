import type { AuthorizationTransaction } from '@keybound/authorization-server'
import type { Random } from '@keybound/testkit'
import type { Gain, Prepared } from './attempt.ts'
import { agreeAgain, authorize, clientCredentials, exchange, push, read, refresh } from './client-requests.ts'
import type { ClientName } from './simulated-platform.ts'

/** Everything that was ever given or sent: clients use what is theirs, and an eavesdropper all of it. */
export interface Holdings {
  readonly requestUris: (readonly [ClientName, string])[]
  readonly transactions: AuthorizationTransaction[]
  readonly codes: (readonly [ClientName, string])[]
  readonly refreshTokens: (readonly [ClientName, string])[]
  readonly accessTokens: string[]
  readonly sent: (readonly [ClientName, Prepared])[]
}

export function emptyHoldings(): Holdings {
  return { requestUris: [], transactions: [], codes: [], refreshTokens: [], accessTokens: [], sent: [] }
}

export function keep(holdings: Holdings, client: ClientName, gain: Gain): void {
  if (gain.requestUri) holdings.requestUris.push([client, gain.requestUri])
  if (gain.code) holdings.codes.push([client, gain.code])
  if (gain.refreshToken) holdings.refreshTokens.push([client, gain.refreshToken])
  if (gain.accessToken) holdings.accessTokens.push(gain.accessToken)
}

/** Something that can be asked now, mostly with what was given or sent before; what lies further on the way is likelier. */
export async function chooseRequest(
  holdings: Holdings,
  random: Random,
  now: number,
): Promise<readonly [ClientName, Prepared]> {
  const { requestUris, transactions, codes, refreshTokens, accessTokens, sent } = holdings
  const possible = [
    ...times(2, 'again'),
    ...times(1, 'client credentials'),
    ...times(1, requestUris.length > 0 ? 'authorize' : 'push'),
    ...times(transactions.length > 0 ? 1 : 0, 'agree'),
    ...times(codes.length > 0 ? 3 : 0, 'exchange'),
    ...times(refreshTokens.length > 0 ? 4 : 0, 'refresh'),
    ...times(accessTokens.length > 0 ? 2 : 0, 'read'),
  ]
  switch (random.pick(possible)) {
    case 'again':
      return random.pick(sent)
    case 'authorize': {
      const [client, requestUri] = random.pick(requestUris)
      return [client, authorize(client, requestUri, (transaction) => transactions.push(transaction))]
    }
    case 'agree': {
      const transaction = random.pick(transactions)
      return [transaction.request.clientId as ClientName, agreeAgain(transaction)]
    }
    case 'exchange': {
      const [client, code] = random.pick(codes)
      return [client, await exchange(client, code, now, random)]
    }
    case 'refresh': {
      const [client, token] = random.pick(refreshTokens)
      return [client, await refresh(client, token, now, random)]
    }
    case 'read':
      return ['app', await read(random.pick(accessTokens), now, random.pick(waysToRead))]
    case 'client credentials':
      return ['service', await clientCredentials(now, random)]
    case 'push': {
      const client = random.pick(['app', 'app', 'shop'] as const)
      return [client, push(client, random)]
    }
  }
}

function times<What extends string>(count: number, what: What): What[] {
  return Array.from({ length: count }, () => what)
}

const waysToRead = ['rightly', 'rightly', 'rightly', 'with another key', 'as bearer'] as const
