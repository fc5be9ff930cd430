import { z } from 'zod'

/** One method of one path, as its schemas say. */
export interface Operation {
  readonly summary: string
  readonly description?: string
  /** The names of headers that the request may or must have. */
  readonly headers?: Readonly<Record<string, string>>
  /** Parameters in the query. */
  readonly query?: z.ZodObject
  readonly body?: { readonly type: string; readonly schema: z.ZodType }
  /** By status. `undefined` is an answer without a body that matters. */
  readonly answers: Readonly<Record<number, Answer>>
}

export interface Answer {
  readonly says: string
  readonly type?: string
  readonly schema?: z.ZodType
  readonly headers?: Readonly<Record<string, string>>
}

export type Operations = Readonly<
  Record<string, Readonly<Partial<Record<'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', Operation>>>>
>

/** An OpenAPI 3.1 document, whose schemas are JSON Schema 2020-12 as zod writes it. */
export function openApiDocument(
  info: { title: string; description: string },
  operations: Operations,
): object {
  const paths = Object.entries(operations).map(([path, methods]) => [
    path,
    {
      ...(path.includes('{') && { parameters: pathParameters(path) }),
      ...Object.fromEntries(
        Object.entries(methods).map(([method, it]) => [method.toLowerCase(), described(it)]),
      ),
    },
  ])
  return {
    openapi: '3.1.0',
    info: { ...info, version: '0.1.0', license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    paths: Object.fromEntries(paths),
  }
}

function described({ summary, description, headers = {}, query, body, answers }: Operation): object {
  const parameters = [
    ...Object.entries(headers).map(([name, says]) => ({
      in: 'header',
      name,
      description: says,
      schema: { type: 'string' },
    })),
    ...(query ? queryParameters(query) : []),
  ]
  return {
    summary,
    ...(description !== undefined && { description }),
    ...(parameters.length > 0 && { parameters }),
    ...(body && {
      requestBody: { required: true, content: { [body.type]: { schema: jsonSchema(body.schema, 'input') } } },
    }),
    responses: Object.fromEntries(
      Object.entries(answers).map(([status, answer]) => [status, answered(answer)]),
    ),
  }
}

function answered({ says, type = 'application/json', schema, headers = {} }: Answer): object {
  const named = Object.entries(headers).map(([name, description]) => [
    name,
    { description, schema: { type: 'string' } },
  ])
  return {
    description: says,
    ...(named.length > 0 && { headers: Object.fromEntries(named) }),
    ...(schema && { content: { [type]: { schema: jsonSchema(schema, 'output') } } }),
  }
}

function queryParameters(query: z.ZodObject): object[] {
  const { properties = {}, required = [] } = z.toJSONSchema(query, { io: 'input' })
  return Object.entries(properties).map(([name, schema]) => ({
    in: 'query',
    name,
    required: required.includes(name),
    schema,
  }))
}

function pathParameters(path: string): object[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    in: 'path',
    name,
    required: true,
    schema: { type: 'string' },
  }))
}

/** Without the dialect, which OpenAPI 3.1 has by itself. */
function jsonSchema(schema: z.ZodType, io: 'input' | 'output'): object {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io })
  return rest
}
