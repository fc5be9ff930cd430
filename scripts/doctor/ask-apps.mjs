// What a client would see: each app at its public URL, its clock, its documents, and what a page of another origin may read.
import { apps, appsOf } from '../settings.mjs'

/** @typedef {import('../doctor.mjs').Finding} Finding */
/** @typedef {import('../settings.mjs').Settings} Settings */

/** As much as a proof may be ahead (design: 10 s): beyond it, proofs of this machine are refused there. */
const tolerance = 10

/** @param {Settings} settings @returns {Promise<Finding[]>} */
export async function askApps(settings) {
  const answers = await Promise.all(appsOf(settings).map(({ name }) => ready(name, settings)))
  // The lab is there in demo mode alone; what is asked further down is not about it.
  if (answers.some(({ state }, index) => state === 'note' && appsOf(settings)[index]?.name !== 'lab'))
    return answers
  return [
    ...answers,
    ...(await clocks(settings)),
    await issuer(settings),
    await resource(settings),
    await exposure(settings),
  ]
}

/** @param {typeof apps[number]['name']} name @param {Settings} settings @returns {Promise<Finding>} */
async function ready(name, settings) {
  const { url, local } = settings.apps[name]
  const answer = await get(`${local}/readyz`)
  if (answer === undefined)
    return { state: 'note', says: `${name} does not answer at ${local}`, remedy: 'npm start starts it.' }
  if (!answer.ok)
    return {
      state: 'wrong',
      says: `${name} is not ready: ${answer.status}`,
      remedy: `Its log says why: ${settings.data}/log/${name}.log`,
    }
  const outside = await get(`${url}/healthz`)
  if (outside?.ok) return { state: 'well', says: `${name} is ready, and answers at ${url}` }
  return {
    state: 'wrong',
    says: `${name} is ready at ${local}, but its public URL ${url} gives ${outside?.status ?? 'no answer'}`,
    remedy:
      'Set the URL to what clients call, or mend the proxy in front. Proofs are checked against this URL.',
  }
}

/** @param {Settings} settings @returns {Promise<Finding[]>} */
async function clocks(settings) {
  return Promise.all(
    appsOf(settings)
      .filter(({ name }) => name === 'auth-server' || name === 'resource-api')
      .map(async ({ name }) => {
        const answer = await get(`${settings.apps[name].url}/healthz`)
        const off = Math.round((Date.parse(answer?.headers.get('date') ?? '') - Date.now()) / 1000)
        if (Math.abs(off) <= tolerance)
          return { state: /** @type {const} */ ('well'), says: `${name}: its clock and this one agree` }
        return {
          state: /** @type {const} */ ('wrong'),
          says: `${name}: its clock is ${Number.isNaN(off) ? 'not told' : `${off} s from this one`}`,
          remedy: `Proofs made here will be refused by iat.window. Set both clocks by NTP.`,
        }
      }),
  )
}

/** @param {Settings} settings @returns {Promise<Finding>} */
async function issuer(settings) {
  const { url } = settings.apps['auth-server']
  const { origin, pathname } = new URL(url)
  const document = `${origin}/.well-known/oauth-authorization-server${pathname.replace(/\/$/, '')}`
  const metadata = await json(document)
  if (metadata?.issuer === url) return { state: 'well', says: `The issuer is ${url}` }
  return {
    state: 'wrong',
    says: `${document} names the issuer ${metadata?.issuer ?? '(no document)'}, not ${url}`,
    remedy: 'ISSUER_URL of the auth-server and of whoever calls it have to be the same text.',
  }
}

/** @param {Settings} settings @returns {Promise<Finding>} */
async function resource(settings) {
  const { origin, pathname } = new URL(`${settings.apps['resource-api'].url}/api/profile`)
  const document = await json(`${origin}/.well-known/oauth-protected-resource${pathname}`)
  const expected = origin + pathname
  if (
    document?.resource === expected &&
    document.authorization_servers?.includes(settings.apps['auth-server'].url)
  )
    return { state: 'well', says: `The resource is ${expected}, and trusts this issuer` }
  return {
    state: 'wrong',
    says: `The API calls itself ${document?.resource ?? '(no document)'} and trusts ${document?.authorization_servers ?? 'nobody'}`,
    remedy: 'API_URL and ISSUER_URL have to be the same for all apps.',
  }
}

/** Whether a page of the web app could read the challenge and the nonce. @param {Settings} settings @returns {Promise<Finding>} */
async function exposure(settings) {
  const web = new URL(settings.apps.web.url).origin
  const answer = await get(`${settings.apps['resource-api'].url}/api/profile`, { origin: web })
  const exposed = (answer?.headers.get('access-control-expose-headers') ?? '').toLowerCase()
  const allowed = answer?.headers.get('access-control-allow-origin')
  if (allowed === web && ['dpop-nonce', 'www-authenticate'].every((name) => exposed.includes(name)))
    return { state: 'well', says: `Pages of ${web} can read DPoP-Nonce and WWW-Authenticate` }
  return {
    state: 'wrong',
    says: `Pages of ${web} cannot read what the API answers (allowed origin: ${allowed ?? 'none'}, exposed: ${exposed || 'nothing'})`,
    remedy: 'WEB_URL of the API is the origin that may; a proxy in front must leave the CORS headers alone.',
  }
}

/** @param {string} url @param {Record<string, string>} [headers] @returns {Promise<Response | undefined>} */
async function get(url, headers = {}) {
  return fetch(url, { headers, redirect: 'manual', signal: AbortSignal.timeout(3_000) }).catch(
    () => undefined,
  )
}

/** @param {string} url @returns {Promise<any>} */
async function json(url) {
  const answer = await get(url)
  return answer?.ok ? answer.json().catch(() => undefined) : undefined
}
