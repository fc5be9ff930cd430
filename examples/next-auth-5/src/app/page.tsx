export default function Page() {
  return (
    <main>
      <p>
        <a href="/api/auth/signin">Sign in</a> · <a href="/profile">Read the profile</a> ·{' '}
        <a href="/api/auth/signout">Sign out</a>
      </p>
      <form method="post" action="/refresh">
        <button type="submit">Refresh the token</button>
      </form>
    </main>
  )
}
