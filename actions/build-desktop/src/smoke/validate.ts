/** As much of JSON Schema (draft 7) as our schemas use. Says everything that is wrong, each with where it is. Pure. */

export interface JsonSchema {
  readonly $schema?: string
  readonly $id?: string
  readonly title?: string
  readonly description?: string
  readonly default?: unknown
  readonly type?: 'object' | 'array' | 'string' | 'integer' | 'boolean'
  readonly enum?: readonly string[]
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly required?: readonly string[]
  readonly additionalProperties?: boolean | JsonSchema
  readonly propertyNames?: { readonly pattern: string }
  readonly minProperties?: number
  readonly items?: JsonSchema
  readonly minItems?: number
  readonly maxItems?: number
  readonly pattern?: string
  readonly minLength?: number
  readonly maxLength?: number
  readonly minimum?: number
  readonly maximum?: number
  readonly oneOf?: readonly { readonly required: readonly string[] }[]
}

export interface Violation {
  /** Keys and indexes from the top. */
  readonly path: readonly (string | number)[]
  readonly message: string
}

/** All violations of `schema` in `value`; [] when there are none. */
export function validate(
  schema: JsonSchema,
  value: unknown,
  path: readonly (string | number)[] = []
): readonly Violation[] {
  if (schema.enum !== undefined) {
    return schema.enum.includes(value as string)
      ? []
      : [{ path, message: `is not one of ${schema.enum.join(', ')}` }]
  }
  switch (schema.type) {
    case 'object':
      return isObject(value) ? validateObject(schema, value, path) : [{ path, message: 'is not a mapping' }]
    case 'array':
      return Array.isArray(value) ? validateArray(schema, value, path) : [{ path, message: 'is not a list' }]
    case 'string':
      return typeof value === 'string'
        ? validateText(schema, value, path)
        : [{ path, message: 'is not a text (quote it)' }]
    case 'integer':
      return validateInteger(schema, value, path)
    case 'boolean':
      return typeof value === 'boolean' ? [] : [{ path, message: 'is neither true nor false' }]
    case undefined:
      return []
  }
}

function validateObject(
  schema: JsonSchema,
  value: Record<string, unknown>,
  path: Violation['path']
): readonly Violation[] {
  const found: Violation[] = []
  const known = schema.properties ?? {}
  for (const name of schema.required ?? []) {
    if (!(name in value)) found.push({ path, message: `lacks ${name}` })
  }
  if (Object.keys(value).length < (schema.minProperties ?? 0)) found.push({ path, message: 'is empty' })
  for (const [name, inner] of Object.entries(value)) {
    const at = [...path, name]
    if (schema.propertyNames !== undefined && !new RegExp(schema.propertyNames.pattern).test(name)) {
      found.push({ path: at, message: `is no name: ${schema.propertyNames.pattern}` })
    }
    const own = Object.hasOwn(known, name) ? known[name] : undefined
    if (own !== undefined) found.push(...validate(own, inner, at))
    else if (typeof schema.additionalProperties === 'object')
      found.push(...validate(schema.additionalProperties, inner, at))
    else if (schema.additionalProperties === false) {
      found.push({ path: at, message: `is not known here; known: ${Object.keys(known).join(', ')}` })
    }
  }
  if (schema.oneOf !== undefined) {
    const names = schema.oneOf.map((choice) => choice.required[0] ?? '')
    const given = names.filter((name) => name in value)
    if (given.length !== 1)
      found.push({
        path,
        message: `has ${given.length === 0 ? 'none' : given.join(' and ')} of ${names.join(', ')}; exactly one is meant`
      })
  }
  return found
}

function validateArray(
  schema: JsonSchema,
  value: readonly unknown[],
  path: Violation['path']
): readonly Violation[] {
  const found: Violation[] = []
  if (value.length < (schema.minItems ?? 0))
    found.push({ path, message: `has ${value.length} entries, at least ${schema.minItems} are needed` })
  if (value.length > (schema.maxItems ?? Infinity))
    found.push({ path, message: `has ${value.length} entries, at most ${schema.maxItems} are allowed` })
  const { items } = schema
  if (items !== undefined)
    value.forEach((inner, index) => found.push(...validate(items, inner, [...path, index])))
  return found
}

function validateText(schema: JsonSchema, value: string, path: Violation['path']): readonly Violation[] {
  if (value.length < (schema.minLength ?? 0)) return [{ path, message: 'is empty' }]
  if (value.length > (schema.maxLength ?? Infinity))
    return [{ path, message: `is longer than ${schema.maxLength} characters` }]
  if (schema.pattern !== undefined && !new RegExp(schema.pattern).test(value)) {
    return [{ path, message: schema.description ?? `does not match ${schema.pattern}` }]
  }
  return []
}

function validateInteger(schema: JsonSchema, value: unknown, path: Violation['path']): readonly Violation[] {
  const { minimum = -Infinity, maximum = Infinity } = schema
  const fine = typeof value === 'number' && Number.isInteger(value) && value >= minimum && value <= maximum
  return fine ? [] : [{ path, message: `is no whole number from ${minimum} to ${maximum}` }]
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
