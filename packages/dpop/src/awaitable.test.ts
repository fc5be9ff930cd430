import { testKeys } from '@keybound/testkit'
import { expect, test } from 'vitest'
import { isPromise, whenReady } from './awaitable.ts'
import type { KeyCache } from './key/key-cache.ts'
import { signerFromJwk } from './key/signer.ts'
import { checkProof } from './proof/check-proof.ts'
import { createProof } from './proof/create-proof.ts'
import { defaultProofPolicy } from './proof/proof-policy.ts'

/** As the promises of WebCrypto are in an edge sandbox, under Jest and in node:vm: a promise, and no instance of this realm's Promise. */
function promiseOfAnotherRealm<T>(value: T): Promise<T> {
  const promise = Promise.resolve(value)
  Object.setPrototypeOf(promise, {
    // biome-ignore lint/suspicious/noThenProperty: it is what makes a promise
    then: Promise.prototype.then,
    catch: Promise.prototype.catch,
    constructor: Object,
  })
  return promise
}

test('a promise is known by its then, whatever realm it is from', () => {
  expect(promiseOfAnotherRealm(1)).not.toBeInstanceOf(Promise)
  for (const promise of [promiseOfAnotherRealm(1), Promise.resolve(1)]) expect(isPromise(promise)).toBe(true)
  // biome-ignore lint/suspicious/noThenProperty: a member of that name is not enough
  for (const value of [undefined, null, false, true, 0, 'then', {}, { then: true }, () => undefined]) {
    expect(isPromise(value)).toBe(false)
  }
})

test('a value goes on at once, a promise when it is kept', async () => {
  expect(whenReady(1, (value) => value + 1)).toBe(2)
  expect(await whenReady(promiseOfAnotherRealm(1), (value) => value + 1)).toBe(2)
  expect(whenReady(promiseOfAnotherRealm(1), (value) => value)).toBeInstanceOf(Promise)
  await expect(whenReady(Promise.reject(new Error('no')), () => 1)).rejects.toThrow('no')
})

test.each([
  ['false of this realm', false],
  ['a promise of false', Promise.resolve(false)],
  ['a promise of false from another realm', promiseOfAnotherRealm(false)],
  ['no answer at all', undefined],
  ['something else that is true', {}],
])('a signature is refused when verifying it gave %s', async (_, answer) => {
  const signer = await signerFromJwk(testKeys.ES256.privateJwk)
  const request = { method: 'GET', url: 'https://api.example/', now: 1_000_000_000 }
  const keys: KeyCache = {
    find: () => ({
      header: { typ: 'dpop+jwt', alg: 'ES256' },
      publicJwk: signer.publicJwk,
      jkt: signer.jkt,
      verify: () => answer as boolean,
    }),
    offer: () => undefined,
    keep: () => undefined,
    size: 1,
  }
  const checked = checkProof(await createProof(signer, request), {
    ...request,
    policy: defaultProofPolicy,
    keys,
  })
  await expect(checked).rejects.toMatchObject({ reason: 'sig.valid' })
})

test('a signer whose promises come from another realm makes proofs that are accepted', async () => {
  const own = await signerFromJwk(testKeys.ES256.privateJwk)
  const signer = { ...own, sign: (data: Uint8Array<ArrayBuffer>) => promiseOfAnotherRealm(own.sign(data)) }
  const request = { method: 'GET', url: 'https://api.example/', now: 1_000_000_000 }
  const proof = await checkProof(await createProof(signer as typeof own, request), {
    ...request,
    policy: defaultProofPolicy,
  })
  expect(proof.jkt).toBe(own.jkt)
})
