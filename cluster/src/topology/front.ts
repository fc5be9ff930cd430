import type { ThrowAwayCa } from '@keybound/testkit/servers'

/** How the platform is seen from outside: TLS with a port for each app, TLS with a path prefix for each on one port, or plain http. */
export type FrontKind = 'tls' | 'prefix' | 'plain'

/** The public base URLs. */
export interface PublicUrls {
  readonly issuer: string
  readonly api: string
}

export function publicUrls(kind: FrontKind, authPort: number, apiPort: number): PublicUrls {
  if (kind === 'prefix')
    return { issuer: `https://localhost:${authPort}/id`, api: `https://localhost:${authPort}/resource` }
  const scheme = kind === 'plain' ? 'http' : 'https'
  return { issuer: `${scheme}://localhost:${authPort}`, api: `${scheme}://localhost:${apiPort}` }
}

export interface Front {
  readonly kind: FrontKind
  readonly authPort: number
  readonly apiPort: number
  /** Ports of the replicas behind. */
  readonly auth: readonly number[]
  readonly apis: readonly number[]
  readonly tls?: ThrowAwayCa
}

/** What stands in nginx's http block. Round robin; a replica that does not answer is left out for a second, and no POST is sent twice. */
export function nginxHttp({ kind, authPort, apiPort, auth, apis, tls }: Front): string {
  const upstreams = `${upstream('auth', auth)}\n${upstream('api', apis)}`
  if (kind === 'prefix') {
    return `${upstreams}
  server {
    ${listen(authPort, tls)}
    location /id { ${pass('auth')} }
    location /.well-known/oauth-authorization-server/id { ${pass('auth')} }
    location /resource/ { ${pass('api', '/')} }
    location /.well-known/oauth-protected-resource/resource/ { ${pass('api', '/.well-known/oauth-protected-resource/')} }
  }`
  }
  return `${upstreams}
  server {
    ${listen(authPort, tls)}
    location / { ${pass('auth')} }
  }
  server {
    ${listen(apiPort, tls)}
    location / { ${pass('api')} }
  }`
}

function upstream(name: string, ports: readonly number[]): string {
  const servers = ports.map((port) => `server 127.0.0.1:${port} max_fails=1 fail_timeout=1s;`)
  return `  upstream ${name} { ${servers.join(' ')} keepalive 64; keepalive_timeout 4s; }`
}

/** The TLS settings of docs/operations.md. */
function listen(port: number, tls: ThrowAwayCa | undefined): string {
  const limits = 'large_client_header_buffers 4 16k; client_max_body_size 64k;'
  if (!tls) return `listen 127.0.0.1:${port}; ${limits}`
  return `listen 127.0.0.1:${port} ssl;
    ssl_certificate ${tls.certificate};
    ssl_certificate_key ${tls.key};
    ssl_protocols TLSv1.2 TLSv1.3;
    ssl_ciphers ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384;
    ssl_session_tickets off;
    ${limits}`
}

function pass(name: string, path = ''): string {
  return `proxy_pass http://${name}${path}; proxy_http_version 1.1; proxy_set_header Host $host; proxy_set_header Connection ""; proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for; proxy_connect_timeout 1s; proxy_read_timeout 30s;`
}
