import { createProof, generateKey } from '@keybound/dpop/client'
import { RESOURCE } from '../verify/names.ts'
import type { Creator } from './peers.ts'

export async function ours(name: string): Promise<Creator> {
  const signer = await generateKey('ES256')
  return {
    name,
    create: (accessToken) => createProof(signer, { method: 'GET', url: RESOURCE, accessToken }),
  }
}
