import { describe, expect, test } from '@jest/globals'

import { InputError, type InputProblem } from '../../failure/index.ts'
import * as fields from '../fields.ts'
import { readInputs, readOne, secretsOf, unknownInputs, type InputsOf, type Schema } from '../read.ts'

const schema = {
  fqrn: fields.text({ default: 'neurodesk.ardc.edu.au', pattern: /^[a-z.]+$/, allowed: 'a repository name' }),
  servers: fields.entries({ keys: ['name'], flags: ['required'], allowed: 'a host' }),
  'max-age': fields.duration('24h'),
  'min-free': fields.size(''),
  'dry-run': fields.flag(false),
  mode: fields.choice(['check', 'plan'], 'check'),
  'max-parallel': fields.integer({ default: 8, min: 1, max: 64 }),
  token: fields.secret(),
  only: fields.lines()
} satisfies Schema

function problemsOf(env: Record<string, string>): readonly string[] {
  try {
    readInputs(schema, env)
  } catch (error) {
    if (error instanceof InputError)
      return error.problems.map((problem) => `${problem.input}: ${problem.given}`)
    throw error
  }
  return []
}

describe('readInputs', () => {
  test('gives the defaults when nothing is given', () => {
    expect(readInputs(schema, {})).toEqual({
      fqrn: 'neurodesk.ardc.edu.au',
      servers: [],
      maxAge: 86_400_000,
      minFree: undefined,
      dryRun: false,
      mode: 'check',
      maxParallel: 8,
      token: '',
      only: []
    })
  })

  test('takes an empty text for not given, as the runner passes it', () => {
    expect(readInputs(schema, { 'INPUT_MAX-AGE': '  ' }).maxAge).toBe(86_400_000)
  })

  test('reports every problem of every input at once', () => {
    expect(
      problemsOf({
        INPUT_FQRN: 'A;rm',
        INPUT_SERVERS: 'a.example nonsense\nb.example name=x name=y',
        'INPUT_MAX-AGE': '5 parsecs',
        'INPUT_MIN-FREE': '20 gigs',
        'INPUT_DRY-RUN': 'yes',
        INPUT_MODE: 'destroy',
        'INPUT_MAX-PARALLEL': '65'
      })
    ).toEqual([
      'fqrn: A;rm',
      'servers: a.example nonsense',
      'servers: b.example name=x name=y',
      'max-age: 5 parsecs',
      'min-free: 20 gigs',
      'dry-run: yes',
      'mode: destroy',
      'max-parallel: 65'
    ])
  })

  test('never repeats a secret that it refuses', () => {
    expect(() => readInputs(schema, { INPUT_TOKEN: 'hunter2\nhunter3' })).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('hunter') })
    )
  })

  test('asks for a required input by name', () => {
    expect(() => readInputs({ image: fields.text() }, {})).toThrow(/image: given nothing/)
  })

  describe('rules between inputs', () => {
    const rule = (input: string, given = '', allowed = 'something'): InputProblem => ({
      input,
      given,
      allowed
    })
    const told = (
      env: Record<string, string>,
      check: (inputs: InputsOf<typeof schema>) => readonly InputProblem[]
    ): readonly string[] => {
      try {
        readInputs(schema, env, check)
      } catch (error) {
        if (error instanceof InputError) return error.problems.map(({ input }) => input)
        throw error
      }
      return []
    }
    const needsServers = ({ servers }: InputsOf<typeof schema>): readonly InputProblem[] =>
      servers.length === 0 ? [rule('servers')] : []

    test('are told together with what could not be read', () => {
      expect(told({}, needsServers)).toEqual(['servers'])
      expect(told({ 'INPUT_DRY-RUN': 'perhaps' }, needsServers)).toEqual(['dry-run', 'servers'])
      expect(told({ 'INPUT_DRY-RUN': 'perhaps', INPUT_SERVERS: 'a.example' }, needsServers)).toEqual([
        'dry-run'
      ])
    })

    test('say nothing more of an input that could not be read', () => {
      expect(told({ INPUT_SERVERS: 'x nonsense' }, needsServers)).toEqual(['servers'])
    })

    test.each<[string, string, string, (inputs: InputsOf<typeof schema>) => boolean]>([
      ['the default of a word', 'INPUT_MODE', 'plna', ({ mode }) => mode === 'check'],
      ['the default of a boolean', 'INPUT_DRY-RUN', 'perhaps', ({ dryRun }) => !dryRun],
      ['the default of a duration', 'INPUT_MAX-AGE', 'a while', ({ maxAge }) => maxAge < 30 * 3_600_000],
      ['the default of a number', 'INPUT_MAX-PARALLEL', 'many', ({ maxParallel }) => maxParallel < 9],
      ['a size that nobody gave', 'INPUT_MIN-FREE', 'large', ({ minFree }) => minFree === undefined],
      ['a text that nobody gave', 'INPUT_FQRN', 'A;rm', ({ fqrn }) => fqrn === 'neurodesk.ardc.edu.au'],
      ['a list that nobody gave', 'INPUT_ONLY', 'a\u0007', ({ only }) => only.length === 0],
      ['entries that nobody gave', 'INPUT_SERVERS', 'x nonsense', ({ servers }) => servers.length === 0],
      ['a secret that nobody gave', 'INPUT_TOKEN', 'a\nb', ({ token }) => token === '']
    ])('are not told when they break only with %s', (_what, variable, bad, breaks) => {
      const check = (inputs: InputsOf<typeof schema>): readonly InputProblem[] =>
        breaks(inputs) ? [rule('other')] : []
      expect(told({ [variable]: bad }, check)).not.toContain('other')
      expect(told({}, check)).toEqual(['other'])
    })

    test('are not told when their text names a value that nobody gave', () => {
      const check = ({ mode }: InputsOf<typeof schema>): readonly InputProblem[] => [
        rule('only', 'x', `nothing with mode ${mode}`)
      ]
      expect(told({ INPUT_MODE: 'plna' }, check)).toEqual(['mode'])
    })

    test('that cannot do with a value that nobody gave do not hide what could not be read', () => {
      const check = (): never => {
        throw new TypeError('x is undefined')
      }
      expect(told({ INPUT_MODE: 'plna' }, check)).toEqual(['mode'])
      expect(() => told({}, check)).toThrow(TypeError)
    })
  })

  test('reads one input by itself, whatever became of the others', () => {
    const env = { INPUT_FQRN: 'a.b', INPUT_MODE: 'plna' }
    expect(readOne(schema, env, 'fqrn')).toBe('a.b')
    expect(readOne(schema, env, 'mode')).toBeUndefined()
    expect(readOne(schema, env, 'report-path')).toBeUndefined()
  })
})

describe('unknown inputs', () => {
  test('name the nearest known one', () => {
    expect(
      unknownInputs(schema, { INPUT_MAX_AGE: '1h', INPUT_SERVER: 'x', INPUT_ZEBRA: '', INPUT_MODE: '' })
    ).toEqual([
      'unknown input `max_age` is ignored; did you mean `max-age`?',
      'unknown input `server` is ignored; did you mean `servers`?',
      'unknown input `zebra` is ignored'
    ])
  })
})

test('secretsOf gives the values of secret inputs only', () => {
  expect(secretsOf(schema, { INPUT_TOKEN: ' hunter2 ', INPUT_FQRN: 'a.b' })).toEqual(['hunter2'])
})

describe('the grammar', () => {
  test.each([
    ['90s', 90_000],
    ['15m', 900_000],
    ['2h', 7_200_000],
    ['7d', 604_800_000],
    ['0s', 0],
    ['1.5h', 5_400_000]
  ])('duration %s', (given, ms) => {
    expect(fields.duration('1s').parse(given)).toBe(ms)
  })

  test.each(['', '5', '-1s', '1 h', 's', '1w', '1e3s', 'Infinitys'])('no duration: %j', (given) => {
    expect(() => fields.duration('1s').parse(given)).toThrow(fields.Refusal)
  })

  test.each([
    ['20GB', 20e9],
    ['1.5GiB', 1.5 * 2 ** 30],
    ['100 MB', 100e6],
    ['7B', 7]
  ])('size %s', (given, bytes) => {
    expect(fields.size('').parse(given)).toBe(bytes)
  })

  test.each(['true', 'True', 'TRUE'])('boolean %s', (given) => {
    expect(fields.flag(false).parse(given)).toBe(true)
  })

  test.each(['yes', 'on', '1', 'tRue'])('no boolean: %s', (given) => {
    expect(() => fields.flag(false).parse(given)).toThrow(fields.Refusal)
  })

  test('lists take one value per line and # comments', () => {
    expect(fields.lines().parse('# all\n a \n\nb # the second\r\nc#d\n"e # f"')).toEqual([
      'a',
      'b',
      'c#d',
      '"e # f"'
    ])
  })

  test('entries take attributes, flags and quoted values', () => {
    const field = fields.entries({ keys: ['name', 'owner'], flags: ['required'], allowed: 'a host' })
    const [entry] = field.parse('h.example:8000 name=syd owner="ARDC # Nectar" required # comment')
    expect(entry).toMatchObject({
      value: 'h.example:8000',
      attributes: { name: 'syd', owner: 'ARDC # Nectar' }
    })
    expect([...(entry?.flags ?? [])]).toEqual(['required'])
  })

  test('an entry says all that is wrong with it', () => {
    const field = fields.entries({ keys: ['name'], flags: ['required'], allowed: 'a host' })
    const refusal = (() => {
      try {
        field.parse('h nmae=x required required name="y')
      } catch (error) {
        return error as fields.Refusal
      }
      return undefined
    })()
    expect(refusal?.parts.map((part) => part.allowed)).toEqual([
      'a closing double quote',
      'attributes name=… required instead of "nmae=x"',
      'attribute required only once'
    ])
  })

  test('an attribute cannot reach the prototype', () => {
    const field = fields.entries({ keys: [], flags: [], allowed: 'a host' })
    expect(() => field.parse('h __proto__=x')).toThrow(fields.Refusal)
  })

  test.each([
    ['3', 10, 3],
    ['50%', 5, 3],
    ['0%', 5, 0],
    ['100%', 4, 4]
  ])('%s of %d is at least %d', (given, total, count) => {
    expect(fields.atLeast(fields.countOrPercent('1').parse(given), total)).toBe(count)
  })

  test.each(['101%', '-1', 'half', '%'])('no count: %s', (given) => {
    expect(() => fields.countOrPercent('1').parse(given)).toThrow(fields.Refusal)
  })

  test('text refuses control characters', () => {
    expect(() => fields.text().parse('a\u001bb')).toThrow(fields.Refusal)
  })
})
