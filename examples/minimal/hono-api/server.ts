// A protected API with Hono. ISSUER_URL and API_URL are public URLs; nothing is taken from the Host header.
import { getRequestListener } from '@hono/node-server'
import { openFrontDoor } from '@keybound/front-door'
import { withAccess } from '@keybound/resource-server/hono'
import { Hono } from 'hono'
import { profileAccess } from '../profile-access.ts'

const issuer = process.env.ISSUER_URL ?? 'http://localhost:4000'
const api = process.env.API_URL ?? 'http://localhost:4001'
const answer = profileAccess(issuer, api)

const app = new Hono()
app.get(
  '/api/profile',
  withAccess(answer, 'profile', (c, { subject, jkt }) => c.json({ sub: subject, provedBy: jkt })),
)

// Of two Authorization lines Hono would see the first: the front door refuses such requests.
const door = await openFrontDoor({
  handler: getRequestListener(app.fetch),
  host: '127.0.0.1',
  port: Number(new URL(api).port),
})
console.log(`listening on ${door.url}`)
