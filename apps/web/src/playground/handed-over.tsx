import { Panel } from '../components/panel.tsx'

/** The end of a visit that another tab of the playground had asked for. */
export function HandedOver() {
  return (
    <Panel title="Done here" id="handed-over">
      <p>
        The other tab, whose memory holds the key, has the answer and goes on. Close this tab and go back to
        it.
      </p>
    </Panel>
  )
}
