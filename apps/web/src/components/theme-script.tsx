/** Runs before the first paint, so that a pinned theme never flashes. Allowed by the page's CSP nonce. */
const script = `(function(){var d=document.documentElement;d.dataset.script='';try{var t=localStorage.getItem('keybound-theme');if(t==='light'||t==='dark')d.dataset.theme=t}catch(e){}})()`

export function ThemeScript({ nonce }: { nonce: string | undefined }) {
  // biome-ignore lint/security/noDangerouslySetInnerHtml: a constant of this file, under the nonce of this answer.
  return <script nonce={nonce} suppressHydrationWarning dangerouslySetInnerHTML={{ __html: script }} />
}
