// A protected API with Express. ISSUER_URL and API_URL are public URLs; nothing is taken from the Host header.
import { withAccess } from '@keybound/resource-server/express'
import express, { type Response } from 'express'
import { profileAccess } from '../profile-access.ts'

const issuer = process.env.ISSUER_URL ?? 'http://localhost:4000'
const api = process.env.API_URL ?? 'http://localhost:4001'
const answer = profileAccess(issuer, api)

const app = express()
app.get(
  '/api/profile',
  withAccess(answer, 'profile', (_req, res: Response, { subject, jkt }) => {
    res.json({ sub: subject, provedBy: jkt })
  }),
)
app.listen(Number(new URL(api).port), '127.0.0.1', () => console.log(`listening on ${api}`))
