import {
  type AuthorizationServer,
  authorizationServerMetadata,
  clientConfigurationRequest,
  introspectionRequest,
  pushedAuthorizationRequest,
  registrationRequest,
  revocationRequest,
  tokenRequest,
} from '@keybound/authorization-server'
import { icon, style } from './assets.ts'
import type { Dependencies } from './dependencies.ts'
import { account } from './endpoints/account.ts'
import { accountPage } from './endpoints/account-page.ts'
import { asset } from './endpoints/asset.ts'
import { authorize } from './endpoints/authorize.ts'
import { consent } from './endpoints/consent.ts'
import { consentPage } from './endpoints/consent-page.ts'
import { healthz, readyz } from './endpoints/health.ts'
import { login } from './endpoints/login.ts'
import { loginPage } from './endpoints/login-page.ts'
import { logout } from './endpoints/logout.ts'
import { logoutPage } from './endpoints/logout-page.ts'
import { document, keySet } from './endpoints/metadata.ts'
import { signOutEverywhere } from './endpoints/sign-out-everywhere.ts'
import { userinfo } from './endpoints/userinfo.ts'
import { observed } from './log/observed.ts'
import type { IsTrustedProxy } from './routing/request-source.ts'
import type { Endpoint, Route } from './routing/route.ts'
import { type App, serveRoutes } from './routing/serve-routes.ts'

/** The authorization server over HTTP. Everything that it answers is in this table. */
export function createApp(d: Dependencies, isTrustedProxy: IsTrustedProxy = () => false): App {
  return serveRoutes(routes(d), { ...d, isTrustedProxy })
}

export function routes(d: Dependencies): readonly Route[] {
  const { server } = d
  const { base } = d.site
  const protocol = (
    answer: (server: AuthorizationServer, request: Request) => Promise<Response>,
  ): Endpoint => {
    return (request, context) => answer(observed(server, context), request)
  }
  const metadata = document(authorizationServerMetadata(server))
  const wellKnown = '/.well-known'

  return [
    // RFC 8414 puts the well-known part before the issuer's path, OpenID Connect after it.
    publicJson(`${wellKnown}/oauth-authorization-server${base}`, metadata),
    publicJson(`${base}${wellKnown}/openid-configuration`, metadata),
    publicJson(`${base}/jwks`, keySet(d)),

    {
      path: `${base}/par`,
      kind: 'api',
      cors: 'public clients',
      on: { POST: protocol(pushedAuthorizationRequest) },
    },
    { path: `${base}/authorize`, kind: 'page', on: { GET: authorize(d), POST: authorize(d) } },
    { path: `${base}/login`, kind: 'page', on: { GET: loginPage(d), POST: login(d) } },
    { path: `${base}/consent`, kind: 'page', on: { GET: consentPage(d), POST: consent(d) } },
    { path: `${base}/token`, kind: 'api', cors: 'public clients', on: { POST: protocol(tokenRequest) } },
    {
      path: `${base}/userinfo`,
      kind: 'api',
      cors: 'public clients',
      on: { GET: userinfo(d), POST: userinfo(d) },
    },
    { path: `${base}/introspect`, kind: 'api', on: { POST: protocol(introspectionRequest) } },
    {
      path: `${base}/revoke`,
      kind: 'api',
      cors: 'public clients',
      on: { POST: protocol(revocationRequest) },
    },
    { path: `${base}/register`, kind: 'api', on: { POST: protocol(registrationRequest) } },
    {
      path: `${base}/register/:client_id`,
      kind: 'api',
      on: {
        GET: protocol(clientConfigurationRequest),
        PUT: protocol(clientConfigurationRequest),
        DELETE: protocol(clientConfigurationRequest),
      },
    },
    { path: `${base}/logout`, kind: 'page', on: { GET: logoutPage(d), POST: logout(d) } },
    { path: `${base}/logout/everywhere`, kind: 'api', on: { POST: signOutEverywhere(d) } },
    { path: `${base}/account`, kind: 'page', on: { GET: accountPage(d), POST: account(d) } },

    // For whoever starts the process at the root, for whoever knows the issuer beneath it.
    ...[...new Set(['', base])].flatMap((at): Route[] => [
      { path: `${at}/healthz`, kind: 'asset', on: { GET: healthz } },
      { path: `${at}/readyz`, kind: 'asset', on: { GET: readyz(d) } },
    ]),
    { path: base + style.path, kind: 'asset', on: { GET: asset(style) } },
    { path: base + icon.path, kind: 'asset', on: { GET: asset(icon) } },
  ]
}

/** JSON that anyone may read from anywhere. */
function publicJson(path: string, endpoint: Endpoint): Route {
  return { path, kind: 'public', cors: 'anyone', on: { GET: endpoint } }
}
