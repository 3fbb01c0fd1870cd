/** GitHub's published OpenAPI description: its routes, their parameters, and where each part of it stands. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

export type Json = Record<string, unknown>

export interface Route {
  readonly id: string
  readonly method: string
  readonly template: string
  readonly pattern: RegExp
  readonly names: readonly string[]
  readonly literals: number
  readonly specification: Json
}

export function readDescription(): Json {
  const file = createRequire(import.meta.url).resolve('@octokit/openapi/generated/api.github.com.json')
  return JSON.parse(readFileSync(file, 'utf8')) as Json
}

export function readRoutes(description: Json): Route[] {
  const routes: Route[] = []
  for (const [template, methods] of Object.entries(description['paths'] as Record<string, Json>)) {
    for (const [method, value] of Object.entries(methods)) {
      const specification = value as Json
      if (typeof specification['operationId'] !== 'string') continue
      const multi = new Set(
        parametersOf(description, { specification, template, method: method.toUpperCase() })
          .filter((one) => one.multiSegment)
          .map((one) => one.name)
      )
      const names: string[] = []
      const pattern = template.replace(/[.]/g, '\\.').replace(/\{([^}]+)\}/g, (_, name: string) => {
        names.push(name)
        return multi.has(name) ? '(.+)' : '([^/]+)'
      })
      const literals = template.split('/').filter((part) => !part.includes('{')).length
      routes.push({
        id: specification['operationId'],
        method: method.toUpperCase(),
        template,
        pattern: new RegExp(`^${pattern}$`),
        names,
        literals,
        specification
      })
    }
  }
  // `/releases/latest` before `/releases/{release_id}`: the path with more fixed words wins.
  return routes.sort((a, b) => b.literals - a.literals || b.template.length - a.template.length)
}

export interface Parameter {
  readonly name: string
  readonly in: string
  readonly required: boolean
  readonly multiSegment: boolean
  readonly pointer: string
}

export function parametersOf(
  description: Json,
  route: Pick<Route, 'specification' | 'template' | 'method'>
): Parameter[] {
  return ((route.specification['parameters'] ?? []) as Json[]).map((given, at) => {
    const pointer =
      typeof given['$ref'] === 'string' ? given['$ref'].slice(1) : `${pointerOf(route)}/parameters/${at}`
    const parameter = resolve(description, pointer)
    return {
      name: String(parameter['name']),
      in: String(parameter['in']),
      required: parameter['required'] === true,
      multiSegment: parameter['x-multi-segment'] === true,
      pointer
    }
  })
}

export function pointerOf(route: Pick<Route, 'template' | 'method'>): string {
  return `/paths/${escapePointer(route.template)}/${route.method.toLowerCase()}`
}

const escapePointer = (text: string): string =>
  encodeURIComponent(text.replace(/~/g, '~0').replace(/\//g, '~1'))

export function resolve(description: Json, pointer: string): Json {
  let at: unknown = description
  for (const part of pointer.split('/').slice(1)) {
    at = (at as Json)[decodeURIComponent(part).replace(/~1/g, '/').replace(/~0/g, '~')]
  }
  return at as Json
}

/** OpenAPI 3.0 writes "or null" as a flag that JSON Schema does not have where no type stands beside it. */
export function allowNull(node: unknown): void {
  if (typeof node !== 'object' || node === null) return
  if (Array.isArray(node)) {
    node.forEach(allowNull)
    return
  }
  const schema = node as Json
  Object.values(schema).forEach(allowNull)
  if (schema['nullable'] !== true) return
  if (Array.isArray(schema['enum']) && !schema['enum'].includes(null))
    schema['enum'] = [...(schema['enum'] as unknown[]), null]
  if (schema['type'] !== undefined) return
  const words = ['oneOf', 'anyOf', 'allOf'].filter((word) => schema[word] !== undefined)
  if (words.length === 0) return
  const rest = Object.fromEntries(words.map((word) => [word, schema[word]]))
  for (const word of [...words, 'nullable']) Reflect.deleteProperty(schema, word)
  schema['anyOf'] = [rest, { enum: [null] }]
}
