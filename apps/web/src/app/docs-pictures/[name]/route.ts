import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { env } from '../../../env.ts'

/** A picture of the documents. Its own policy keeps an SVG from running anything. */
export async function GET(_: Request, { params }: { params: Promise<{ name: string }> }): Promise<Response> {
  const { name } = await params
  if (!/^[\w-]+\.svg$/.test(name)) return new Response(null, { status: 404 })
  try {
    const picture = await readFile(join(env().sources, 'docs', name), 'utf8')
    return new Response(picture, {
      headers: {
        'content-type': 'image/svg+xml',
        'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
      },
    })
  } catch {
    return new Response(null, { status: 404 })
  }
}
