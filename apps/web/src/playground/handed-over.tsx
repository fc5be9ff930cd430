import { Notice } from '../components/notice.tsx'

/** The end of a visit that another tab of the playground had asked for. */
export function HandedOver() {
  return (
    <Notice title="Done here">
      <p>
        The other tab, whose memory holds the key, has the answer and goes on. Close this tab and go back to
        it.
      </p>
    </Notice>
  )
}
