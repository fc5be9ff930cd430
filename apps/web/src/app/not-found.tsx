import { buttonLook } from '../components/button.tsx'
import { Notice } from '../components/notice.tsx'

export default function NotFoundPage() {
  return (
    <Notice
      title="There is nothing here"
      actions={
        <a href="/" className={buttonLook.secondary}>
          To the home page
        </a>
      }
    >
      <p>The address is wrong, or the page has moved.</p>
    </Notice>
  )
}
