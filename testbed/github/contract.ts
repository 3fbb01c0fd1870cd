/**
 * GitHub's REST API as GitHub publishes it (@octokit/openapi): which operation a request is, and whether request
 * and response are what that operation says. It is the testbed's only list of routes.
 */
import { Ajv } from 'ajv'
import type { ValidateFunction } from 'ajv'
import { allowNull, parametersOf, pointerOf, readDescription, readRoutes, resolve } from './description.ts'
import type { Json, Route } from './description.ts'

export interface Operation {
  /** `repos/create-release` */
  readonly id: string
  readonly method: string
  readonly template: string
  /** Values of the path's parameters, decoded. */
  readonly parameters: Readonly<Record<string, string>>
}

export interface Contract {
  /** The operation that a request is; undefined for a path that GitHub does not have. */
  find(method: string, path: string): Operation | undefined
  /** What is wrong with a request; empty when GitHub would accept its form. Query values come as text. */
  checkRequest(operation: Operation, query: URLSearchParams, body: unknown): string[]
  /** What is wrong with a response of ours. */
  checkResponse(operation: Operation, status: number, body: unknown): string[]
}

let shared: Contract | undefined

/** Read once per process: 13 MB of JSON, about 0.3 s; validators are compiled when they are first needed. */
export function loadContract(): Contract {
  shared ??= createContract(readDescription())
  return shared
}

function createContract(description: Json): Contract {
  allowNull(description)
  const ajv = new Ajv({ strict: false, allErrors: true, logger: false, validateSchema: false, formats })
  ajv.addSchema(description, 'github')
  const compiled = new Map<string, ValidateFunction>()
  const validator = (pointer: string, coerce = false): ValidateFunction => {
    const known = compiled.get(pointer)
    if (known) return known
    const made = (coerce ? coercing : ajv).compile({ $ref: `github#${pointer}` })
    compiled.set(pointer, made)
    return made
  }
  const coercing = new Ajv({
    strict: false,
    allErrors: true,
    logger: false,
    validateSchema: false,
    formats,
    coerceTypes: true
  })
  coercing.addSchema(description, 'github')

  const routes = readRoutes(description)
  const routeOf = (operation: Operation): Route => {
    const route = routes.find((one) => one.id === operation.id && one.method === operation.method)
    if (!route) throw new Error(`no route ${operation.id}`)
    return route
  }

  return {
    find(method, path) {
      for (const route of routes) {
        if (route.method !== method) continue
        const match = route.pattern.exec(path)
        if (!match) continue
        const parameters = Object.fromEntries(
          route.names.map((name, at) => [name, decode(match[at + 1] ?? '')])
        )
        return { id: route.id, method, template: route.template, parameters }
      }
      return undefined
    },

    checkRequest(operation, query, body) {
      const route = routeOf(operation)
      const problems: string[] = []
      const declared = parametersOf(description, route)
      for (const [name, value] of query) {
        const parameter = declared.find((one) => one.in === 'query' && one.name === name)
        if (!parameter) problems.push(`query ${name}: not a parameter of ${operation.id}`)
        else
          problems.push(
            ...complaints(validator(`${parameter.pointer}/schema`, true), { value }, `query ${name}`, true)
          )
      }
      for (const parameter of declared) {
        if (parameter.in === 'query' && parameter.required && !query.has(parameter.name))
          problems.push(`query ${parameter.name}: missing`)
        if (parameter.in !== 'path') continue
        const value = operation.parameters[parameter.name] ?? ''
        problems.push(
          ...complaints(
            validator(`${parameter.pointer}/schema`, true),
            { value },
            `path ${parameter.name}`,
            true
          )
        )
      }
      return [...problems, ...checkBody(description, route, body, validator)]
    },

    checkResponse(operation, status, body) {
      const route = routeOf(operation)
      const responses = (route.specification['responses'] ?? {}) as Record<string, Json>
      const declared = responses[String(status)]
      // 401, 403 and the like are not listed for every operation: they have one form everywhere.
      if (declared === undefined) return status >= 400 ? [] : [`status ${status} is none of ${operation.id}`]
      const at =
        typeof declared['$ref'] === 'string'
          ? declared['$ref'].slice(1)
          : `${pointerOf(route)}/responses/${status}`
      const content = (resolve(description, at)['content'] ?? {}) as Record<string, Json>
      if (content['application/json'] === undefined) {
        return body === undefined || status >= 400 || Object.keys(content).length > 0
          ? []
          : [`${operation.id} ${status}: a body where GitHub sends none`]
      }
      return complaints(
        validator(`${at}/content/application~1json/schema`),
        { value: body },
        'response',
        false
      )
    }
  }
}

function checkBody(
  description: Json,
  route: Route,
  body: unknown,
  validator: (pointer: string) => ValidateFunction
): string[] {
  const requestBody = route.specification['requestBody'] as Json | undefined
  if (requestBody === undefined)
    return body === undefined || isEmptyObject(body) ? [] : [`body: ${route.id} takes none`]
  const content = (requestBody['content'] ?? {}) as Record<string, Json>
  const json = content['application/json']
  if (json === undefined) return []
  if (body === undefined) return requestBody['required'] === true ? ['body: missing'] : []
  const pointer = `${pointerOf(route)}/requestBody/content/application~1json/schema`
  const problems = complaints(validator(pointer), { value: body }, 'body', false)
  // GitHub ignores a field that it does not know. To us it is a misspelling, found before it is shipped.
  const known = fieldsOf(description, json['schema'] as Json)
  if (known && typeof body === 'object' && body !== null && !Array.isArray(body)) {
    for (const name of Object.keys(body))
      if (!known.has(name)) problems.push(`body/${name}: not a field of ${route.id}`)
  }
  return problems
}

/** Names of all fields that a schema's variants know; undefined when any name is allowed. */
function fieldsOf(description: Json, schema: Json): Set<string> | undefined {
  if (typeof schema['$ref'] === 'string')
    return fieldsOf(description, resolve(description, schema['$ref'].slice(1)))
  if (schema['additionalProperties'] !== undefined && schema['additionalProperties'] !== false)
    return undefined
  const names = new Set(Object.keys((schema['properties'] ?? {}) as Json))
  for (const word of ['oneOf', 'anyOf', 'allOf'] as const) {
    for (const variant of (schema[word] ?? []) as Json[]) {
      const more = fieldsOf(description, variant)
      if (more === undefined) continue
      for (const name of more) names.add(name)
    }
  }
  return names.size === 0 ? undefined : names
}

function complaints(
  validate: ValidateFunction,
  holder: { value: unknown },
  where: string,
  coerced: boolean
): string[] {
  // Types are coerced in place, so that validator needs to know where the value hangs.
  if (
    validate(
      holder.value,
      coerced
        ? {
            instancePath: '',
            parentData: holder,
            parentDataProperty: 'value',
            rootData: holder,
            dynamicAnchors: {}
          }
        : undefined
    )
  )
    return []
  return (validate.errors ?? [])
    .slice(0, 8)
    .map((error) => `${where}${error.instancePath}: ${error.message ?? 'wrong'}${detail(error.params)}`)
}

function detail(params: Record<string, unknown>): string {
  const text = JSON.stringify(params)
  return text === '{}' ? '' : ` ${text}`
}

const formats = {
  'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/,
  uri: (text: string) => URL.canParse(text),
  email: /@/,
  int64: true,
  int32: true
} as const

function isEmptyObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
