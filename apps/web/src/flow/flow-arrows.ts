import type { FlowStepId } from './flow-steps.ts'

export const lanes = [
  { name: 'Client', short: 'Client' },
  { name: 'Authorization server', short: 'Auth server' },
  { name: 'Resource API', short: 'API' },
] as const
export type Lane = 0 | 1 | 2

export type FlowArrow =
  | {
      readonly kind: 'arrow'
      readonly from: Lane
      readonly to: Lane
      /** The place in the playground that the arrow leads to. */
      readonly step: FlowStepId | 'side-by-side'
      readonly label: string
      readonly tone?: 'challenge' | 'refused' | 'done'
    }
  | { readonly kind: 'note'; readonly lane: Lane; readonly step: FlowStepId; readonly label: string }
  | { readonly kind: 'divider'; readonly label: string; readonly actor: string }

/** What the picture of the flow shows, top to bottom. Each arrow links to the step of the playground that makes it. */
export const flowArrows: readonly FlowArrow[] = [
  { kind: 'note', lane: 0, step: 'key', label: 'Make a key pair; its private half stays here' },
  { kind: 'arrow', from: 0, to: 1, step: 'par', label: 'Push the request, with a proof' },
  {
    kind: 'arrow',
    from: 1,
    to: 0,
    step: 'par',
    label: '400 use_dpop_nonce, here is a nonce',
    tone: 'challenge',
  },
  { kind: 'arrow', from: 0, to: 1, step: 'par', label: 'The same, with a new proof and the nonce' },
  { kind: 'note', lane: 1, step: 'authorize', label: 'You sign in and consent' },
  { kind: 'arrow', from: 1, to: 0, step: 'authorize', label: 'Back with a one-time code' },
  { kind: 'arrow', from: 0, to: 1, step: 'token', label: 'The code, with a proof' },
  { kind: 'arrow', from: 1, to: 0, step: 'token', label: 'Access token, bound to the key', tone: 'done' },
  {
    kind: 'arrow',
    from: 0,
    to: 2,
    step: 'profile',
    label: 'DPoP token, with a proof for this very request',
  },
  { kind: 'arrow', from: 2, to: 0, step: 'profile', label: '200, your profile', tone: 'done' },
  { kind: 'divider', label: 'Later, someone steals the access token', actor: 'Thief' },
  {
    kind: 'arrow',
    from: 0,
    to: 2,
    step: 'side-by-side',
    label: 'The token as Bearer, or with another key',
  },
  {
    kind: 'arrow',
    from: 2,
    to: 0,
    step: 'side-by-side',
    label: '401, the proof is not by the token’s key',
    tone: 'refused',
  },
]
