import type { Signer } from '@keybound/dpop/client'
import { accessTokenHash } from '@keybound/dpop/client'
import * as base64url from 'jose/base64url'

/** What a proof is to be made for. Empty text: it is left out. */
export interface ProofInputs {
  readonly method: string
  readonly url: string
  readonly accessToken: string
  readonly nonce: string
}

/** A proof in the making, every intermediate text kept. */
export interface ProofInSteps {
  /** What the thumbprint is the SHA-256 of: the required members, sorted, without white space (RFC 7638). */
  readonly thumbprintInput: string
  readonly thumbprint: string
  readonly header: object
  readonly claims: object
  readonly signingInput: string
  readonly signature: string
  readonly proofJwt: string
}

/** The same as createProof, one step at a time and in the open. For learning; createProof is for use. */
export async function proofInSteps(
  signer: Signer,
  inputs: ProofInputs,
  moment: { readonly now: number; readonly jti: string },
): Promise<ProofInSteps> {
  const header = { typ: 'dpop+jwt', alg: signer.alg, jwk: signer.publicJwk }
  const claims = {
    jti: moment.jti,
    htm: inputs.method,
    htu: inputs.url.replace(/[?#].*$/s, ''),
    iat: Math.floor(moment.now),
    ...(inputs.accessToken && { ath: await accessTokenHash(inputs.accessToken) }),
    ...(inputs.nonce && { nonce: inputs.nonce }),
  }
  const signingInput = [header, claims].map((part) => base64url.encode(JSON.stringify(part))).join('.')
  const signature = base64url.encode(await signer.sign(new TextEncoder().encode(signingInput)))
  return {
    thumbprintInput: thumbprintInput(signer.publicJwk),
    thumbprint: signer.jkt,
    header,
    claims,
    signingInput,
    signature,
    proofJwt: `${signingInput}.${signature}`,
  }
}

function thumbprintInput(publicJwk: object): string {
  return JSON.stringify(Object.fromEntries(Object.entries(publicJwk).sort(([a], [b]) => (a < b ? -1 : 1))))
}
