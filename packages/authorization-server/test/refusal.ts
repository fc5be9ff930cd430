import { expect } from 'vitest'

/** Status, error and rule of a refusal; what holds for every refusal is asserted on the way (T-044, T-054). */
export async function refusal(response: Response): Promise<string> {
  expect(response.headers.get('cache-control')).toBe('no-store')
  expect(response.headers.get('content-type')).toBe('application/json')
  const body = await response.json()
  const wire = /^[\x20-\x21\x23-\x5b\x5d-\x7e]+$/
  expect(body.error).toMatch(wire)
  expect(body.error_description).toMatch(wire)
  expect(Object.keys(body)).toEqual(['error', 'error_description'])
  const [reason] = body.error_description.split(': ')
  return `${response.status} ${body.error} ${reason}`
}
