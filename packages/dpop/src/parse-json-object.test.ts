import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { anyText } from '../test/any-text.ts'
import { parseJsonObject } from './parse-json-object.ts'

describe('parseJsonObject', () => {
  test('reads what JSON.parse reads, when that is an object', () => {
    const value = fc.dictionary(anyText, fc.jsonValue({ maxDepth: 4 }))
    fc.assert(
      fc.property(value, fc.constantFrom(0, 2), (object, indent) => {
        const text = JSON.stringify(object, undefined, indent)
        expect(parseJsonObject(text)).toEqual(JSON.parse(text))
      }),
    )
  })

  test.each([
    '',
    '{',
    '{}}',
    'null',
    '1',
    '"x"',
    '[]',
    '[{}]',
    'true',
    '{a:1}',
    "{'a':1}",
    '\ufeff{}',
    '{"a":1,}',
    'NaN',
  ])('is not satisfied by %j', (text) =>
    expect(parseJsonObject(text)).toMatch(/^is not (JSON|a JSON object)$/),
  )

  test.each([
    '{"a":1,"a":1}',
    '{"a":1,"b":2,"\\u0061":3}',
    '{"x":{"a":1,"a":2}}',
    '{"x":[{"a":1},{"b":1,"b":2}]}',
    '{"x":[1,2],"x":1}',
    '{"x":{},"x":1}',
    '{"a\\"":1,"a\\"":2}',
    '{"a\\\\":1,"a\\\\":2}',
    '{ "a" : 1 , "a" : 2 }',
    '{"__proto__":1,"__proto__":2}',
    '{"":1,"":2}',
  ])('refuses the repeated member in %s', (text) => expect(parseJsonObject(text)).toBe('repeats a member'))

  test.each([
    '{"a":"a","b":"b"}',
    '{"a":["a","a",{"a":1},{"a":2}],"b":{"a":1}}',
    '{"a":"\\"a\\":1,\\"a\\"","b":"\\\\"}',
    '{"a":"{\\"a\\":1","b":"]}"}',
  ])('sees no repetition in %s', (text) => expect(parseJsonObject(text)).toEqual(JSON.parse(text)))

  test('a value nested beyond 32 levels is refused, and no depth overflows the stack', () => {
    const nested = (depth: number) => `{"a":${'['.repeat(depth)}${']'.repeat(depth)}}`
    expect(parseJsonObject(nested(31))).toBeTypeOf('object')
    expect(parseJsonObject(nested(32))).toBe('is nested too deeply')
    expect(parseJsonObject(nested(100_000))).toMatch(/^is n/)
    expect(parseJsonObject(`${'{"a":'.repeat(40)}1${'}'.repeat(40)}`)).toBe('is nested too deeply')
  })

  test('a repeated member gives any reader either value, never both: the property behind the rule', () => {
    const names = fc.array(fc.string({ maxLength: 2 }), { minLength: 1, maxLength: 5 })
    fc.assert(
      fc.property(names, (members) => {
        const text = `{${members.map((name) => `${JSON.stringify(name)}:0`).join(',')}}`
        const unique = new Set(members).size === members.length
        expect(typeof parseJsonObject(text)).toBe(unique ? 'object' : 'string')
      }),
    )
  })

  test('members called __proto__ pollute nothing', () => {
    parseJsonObject('{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}')
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
  })
})
