import { randomBytes } from 'node:crypto'
import type {
  AuthorizationRequest,
  AuthorizationTransaction,
  Client,
  CodeRecord,
  Grant,
  PushedRequest,
  RefreshTokenRecord,
} from '@keybound/authorization-server'

/** The instant at which every contract begins; fractional, as clocks are. */
export const start = 1_800_000_000.25

export function fresh(prefix: string): string {
  return `${prefix}${randomBytes(16).toString('base64url')}`
}

export function aClient(change: Partial<Client> = {}): Client {
  return {
    client_id: fresh('client-'),
    client_name: 'A client',
    token_endpoint_auth_method: 'none',
    grant_types: ['authorization_code', 'refresh_token'],
    redirect_uris: ['http://127.0.0.1/callback', 'https://client.example/cb?x=1&y=ü'],
    post_logout_redirect_uris: [],
    scope: 'openid profile offline_access',
    dpop_bound_access_tokens: true,
    require_pushed_authorization_requests: false,
    rotate_refresh_tokens: true,
    introspects: [],
    ...change,
  }
}

export function aRequest(change: Partial<AuthorizationRequest> = {}): AuthorizationRequest {
  return {
    clientId: 'client',
    redirectUri: 'https://client.example/cb',
    responseMode: 'query',
    scope: ['openid', 'profile'],
    resources: ['https://api.example/profile'],
    codeChallenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
    prompt: [],
    ...change,
  }
}

export function aGrant(change: Partial<Grant> = {}): Grant {
  return {
    id: fresh('grant-'),
    clientId: 'client',
    subject: 'subject',
    scope: ['openid', 'profile'],
    resources: ['https://api.example/profile'],
    authTime: start - 5,
    createdAt: start,
    expiresAt: start + 86_400,
    ...change,
  }
}

export function aCode(change: Partial<CodeRecord> = {}): CodeRecord {
  return {
    hash: fresh(''),
    request: aRequest(),
    subject: 'subject',
    authTime: start - 5,
    expiresAt: start + 60,
    ...change,
  }
}

export function aRefreshToken(grantId: string, change: Partial<RefreshTokenRecord> = {}): RefreshTokenRecord {
  return {
    hash: fresh(''),
    grantId,
    scope: ['openid', 'profile'],
    issuedAt: start,
    expiresAt: start + 86_400,
    ...change,
  }
}

export function aPushedRequest(change: Partial<PushedRequest> = {}): PushedRequest {
  return { hash: fresh(''), clientId: 'client', request: aRequest(), expiresAt: start + 60, ...change }
}

export function aTransaction(change: Partial<AuthorizationTransaction> = {}): AuthorizationTransaction {
  return {
    id: fresh('txn_'),
    browserHash: fresh(''),
    request: aRequest(),
    createdAt: start,
    expiresAt: start + 600,
    ...change,
  }
}
