import { OAuthError } from './errors.ts'
import { readBody } from './read-body.ts'

/** Parameters of a form or of a query. An empty value counts as absent. @see RFC 6749 §3.1, §3.2 */
export interface Form {
  /** The value of a parameter; undefined where it is absent or empty. */
  get(name: string): string | undefined
  /** Whether the parameter is there and not empty. */
  has(name: string): boolean
  /** Every value of a parameter that may be repeated; otherwise none or one. */
  getAll(name: string): readonly string[]
  /** Every parameter with a value, in the order sent. */
  entries(): IterableIterator<[name: string, value: string]>
}

/** Which parameters a form may repeat. */
export interface FormOptions {
  /** Parameters that may occur more than once, such as `resource` (RFC 8707); 'all' where the caller judges repeats. */
  readonly repeatable?: readonly string[] | 'all'
}

/** What a request with a form may be like. */
export interface ReadFormOptions extends FormOptions {
  /** Octets; 32 KB by default. */
  readonly limit?: number
  /** Parameters in the URL are refused unless this is true: RFC 6749 §3.2 wants them in the body alone. */
  readonly allowQuery?: boolean
}

/**
 * The form in the body of a request.
 *
 * Throws OAuthError invalid_request: `request.form` for another content type, parameters in the query, a repeated
 * parameter, a broken escape, invalid UTF-8 or a NUL; `body.size` above the limit (presented as 413).
 * Does not check: the method.
 * @see RFC 6749 §3.2
 */
export async function readForm(request: Request, options: ReadFormOptions = {}): Promise<Form> {
  if (options.allowQuery !== true && /^[^#]*\?[^#]/.test(request.url))
    throw malformed('Parameters belong in the body.')
  if (!isFormType(request.headers.get('content-type'))) {
    throw malformed('The content type must be application/x-www-form-urlencoded.')
  }
  const body = await readBody(request, options.limit ?? 32 * 1024, 'request.form')
  return parseForm(body, options)
}

/**
 * The parameters of a body or of a query string (without its question mark).
 *
 * Throws OAuthError invalid_request `request.form`, as readForm.
 */
export function parseForm(text: string, options: FormOptions = {}): Form {
  const values = new Map<string, string[]>()
  for (const pair of text.split('&')) {
    if (pair === '') continue
    const equals = pair.indexOf('=')
    const name = decode(equals < 0 ? pair : pair.slice(0, equals))
    const value = equals < 0 ? '' : decode(pair.slice(equals + 1))
    const seen = values.get(name)
    if (seen === undefined) values.set(name, [value])
    else if (options.repeatable === 'all' || options.repeatable?.includes(name)) seen.push(value)
    else throw malformed('A parameter is repeated.')
  }
  function getAll(name: string): string[] {
    return (values.get(name) ?? []).filter((value) => value !== '')
  }
  return {
    get: (name) => getAll(name)[0],
    has: (name) => getAll(name).length > 0,
    getAll,
    *entries() {
      for (const name of values.keys()) for (const value of getAll(name)) yield [name, value]
    },
  }
}

function isFormType(contentType: string | null): boolean {
  return /^application\/x-www-form-urlencoded[ \t]*(?:;[ \t]*charset="?utf-8"?[ \t]*)?;?$/i.test(
    contentType?.trim() ?? '',
  )
}

function decode(text: string): string {
  let decoded: string
  try {
    decoded = decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    throw malformed('A percent-escape is broken.')
  }
  if (decoded.includes('\0')) throw malformed('A parameter holds a NUL.')
  return decoded
}

function malformed(sentence: string): OAuthError {
  return new OAuthError('invalid_request', 'request.form', sentence)
}
