import { type Exchange, headerOf, proofOf } from '@keybound/exchange'
import { CodeBox } from '../components/code-box.tsx'
import { decodeProof } from './decode-proof.ts'
import { saysOfMember } from './proof-members.ts'
import './proof-view.css'

/** The proof of an exchange taken apart: what each member is, and which part of the request it covers. */
export function ProofView({ exchange, thumbprint }: { exchange: Exchange; thumbprint?: string | undefined }) {
  const proofJwt = proofOf(exchange)
  if (proofJwt === undefined)
    return <p className="text-muted text-sm">This request carried no proof. Nothing shows who sent it.</p>
  const proof = decodeProof(proofJwt)
  if (proof === undefined) return <CodeBox label="Not a JWT">{proofJwt}</CodeBox>
  const { sentAt } = exchange.timings
  return (
    <div className="proof-view grid gap-3">
      <Covered exchange={exchange} nonce={proof.payload.nonce} thumbprint={thumbprint} />
      <Part
        name="Header"
        says="how it is signed, and with whose key"
        members={proof.header}
        sentAt={sentAt}
      />
      <Part name="Payload" says="what is signed" members={proof.payload} sentAt={sentAt} />
      <CodeBox label={<PartLabel name="Signature" says="by the private key that belongs to jwk" />}>
        {proof.signature}
      </CodeBox>
    </div>
  )
}

function PartLabel({ name, says }: { name: string; says: string }) {
  return (
    <>
      <strong className="font-semibold text-text">{name}</strong> {says}
    </>
  )
}

/** The request, as far as a proof covers it. The token itself is not repeated here. */
function Covered(props: { exchange: Exchange; nonce: unknown; thumbprint: string | undefined }) {
  const { request, timings } = props.exchange
  const url = new URL(request.url)
  const [scheme, token] = (headerOf(request.headers, 'authorization') ?? '').split(' ')
  return (
    <CodeBox label={<PartLabel name="The request" says="point at a member below to see what it covers" />}>
      <span data-covered-by="htm">{request.method}</span>{' '}
      <span data-covered-by="htu">{url.origin + url.pathname}</span>
      {url.search}
      {token && (
        <>
          {'\nAuthorization: '}
          {scheme} <span data-covered-by="ath">[access token, {token.length} characters]</span>
        </>
      )}
      {props.thumbprint && (
        <>
          {token ? '\ncnf.jkt of the token: ' : '\nkey of this client: '}
          <span data-covered-by="jwk">{props.thumbprint}</span>
        </>
      )}
      {typeof props.nonce === 'string' && (
        <>
          {'\nDPoP-Nonce the server gave: '}
          <span data-covered-by="nonce">{props.nonce}</span>
        </>
      )}
      {'\nsent at '}
      <span data-covered-by="iat">{timings.sentAt.toFixed(3)}</span>
    </CodeBox>
  )
}

function Part(props: {
  name: string
  says: string
  members: Readonly<Record<string, unknown>>
  sentAt: number
}) {
  return (
    <figure className="min-w-0 rounded-lg border">
      <figcaption className="border-b bg-surface-2 px-3 py-1.5 text-muted text-sm">
        <PartLabel name={props.name} says={props.says} />
      </figcaption>
      <ul className="divide-y">
        {Object.entries(props.members).map(([name, value]) => (
          <Member key={name} name={name} value={value} says={saysOfMember(name, value, props.sentAt)} />
        ))}
      </ul>
    </figure>
  )
}

/** A button, so that the keyboard reaches it and a tap counts as pointing. */
function Member({ name, value, says }: { name: string; value: unknown; says: string | undefined }) {
  return (
    <li>
      <button
        type="button"
        data-member={name}
        className="grid w-full gap-x-3 px-3 py-1.5 text-left hover:bg-surface-2 focus-visible:-outline-offset-2 sm:grid-cols-[3.5rem_minmax(0,1fr)]"
      >
        <code className="font-semibold leading-6">{name}</code>
        <span className="min-w-0">
          <code className="block whitespace-pre-wrap leading-6 [overflow-wrap:anywhere]">
            {typeof value === 'string' ? value : JSON.stringify(value, null, 2)}
          </code>
          {says && <span className="block text-muted text-sm">{says}</span>}
        </span>
      </button>
    </li>
  )
}
