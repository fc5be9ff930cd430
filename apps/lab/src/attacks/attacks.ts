import { anotherJwt } from './another-jwt.ts'
import type { Attack } from './attack.ts'
import { bearerDowngrade } from './bearer-downgrade.ts'
import { changedBody } from './changed-body.ts'
import { droppedProof } from './dropped-proof.ts'
import { flood } from './flood.ts'
import { madeInAdvance } from './made-in-advance.ts'
import { noSignature } from './no-signature.ts'
import { oldProof } from './old-proof.ts'
import { otherRequest } from './other-request.ts'
import { otherToken } from './other-token.ts'
import { outlivedRecord } from './outlived-record.ts'
import { privateKeyInside } from './private-key-inside.ts'
import { replay } from './replay.ts'
import { scriptInPage } from './script-in-page.ts'
import { secondReplica } from './second-replica.ts'
import { stolenCode } from './stolen-code.ts'
import { stolenRefreshToken } from './stolen-refresh-token.ts'
import { thiefKey } from './thief-key.ts'
import { twoProofs } from './two-proofs.ts'
import { wrongNonce } from './wrong-nonce.ts'

/** Every attack, in the order in which they are told. */
export const attacks: readonly Attack[] = [
  bearerDowngrade,
  thiefKey,
  replay,
  otherRequest,
  otherToken,
  madeInAdvance,
  oldProof,
  noSignature,
  privateKeyInside,
  anotherJwt,
  twoProofs,
  stolenCode,
  stolenRefreshToken,
  droppedProof,
  wrongNonce,
  secondReplica,
  outlivedRecord,
  flood,
  scriptInPage,
  changedBody,
]
