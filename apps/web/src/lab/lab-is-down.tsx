import { Notice } from '../components/notice.tsx'

/** The lab's servers are not there, and why. */
export function LabIsDown() {
  return (
    <Notice title="The lab is not running">
      <p>
        Its servers can lose their defences, so they exist in demo mode alone: <code>npm start</code> starts
        them,
        <code> KEYBOUND_MODE=hardened</code> does not.
      </p>
    </Notice>
  )
}
