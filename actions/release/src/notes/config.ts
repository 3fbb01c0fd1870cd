/** How changes are sorted: the built-in rules, and those of a file. */
import { InputError, messageOf, type InputProblem } from '../../../../lib/failure/index.ts'
import { SECTIONS, type Section } from './sections.ts'

export interface SectionRules {
  /** Labels of pull requests. */
  readonly labels: readonly string[]
  /** Types of conventional commits: `feat`. */
  readonly types: readonly string[]
  /** First words. */
  readonly prefixes: readonly string[]
  /** A change of only such paths. */
  readonly paths: readonly string[]
}

export interface NotesConfig {
  readonly sections: Readonly<Record<Section, SectionRules>>
  /** What is folded away. */
  readonly noise: {
    readonly labels: readonly string[]
    readonly types: readonly string[]
    readonly messages: readonly string[]
    readonly paths: readonly string[]
    readonly authors: readonly string[]
  }
  /** Files whose pinned versions are compared. */
  readonly dockerfiles: readonly string[]
}

/** What NeuroDesk's own log shows: how its people write, and which commits say nothing to a user. */
export const DEFAULT_CONFIG: NotesConfig = {
  sections: {
    'New Features': {
      labels: ['feature', 'enhancement', 'new feature', 'new-tool'],
      types: ['feat'],
      prefixes: [
        'add',
        'adds',
        'added',
        'adding',
        'new',
        'introduce',
        'introduces',
        'introduced',
        'integrate',
        'integrates',
        'integrated',
        'support',
        'create',
        'created'
      ],
      paths: []
    },
    Improvements: {
      labels: ['improvement', 'dependencies'],
      types: ['perf', 'refactor', 'build', 'deps'],
      prefixes: [],
      paths: []
    },
    'Bug Fixes': {
      labels: ['bug', 'fix', 'bugfix'],
      types: ['fix'],
      prefixes: [
        'fix',
        'fixes',
        'fixed',
        'fixing',
        'bugfix',
        'bug fix',
        'hotfix',
        'correct',
        'corrects',
        'corrected',
        'resolve',
        'resolves',
        'resolved',
        'repair',
        'work around',
        'workaround',
        'permission fixes'
      ],
      paths: []
    },
    Removed: {
      labels: ['removed', 'removal', 'deprecated'],
      types: [],
      prefixes: [
        'remove',
        'removes',
        'removed',
        'removing',
        'delete',
        'deletes',
        'deleted',
        'drop',
        'drops',
        'dropped',
        'deprecate',
        'deprecates',
        'deprecated'
      ],
      paths: []
    }
  },
  noise: {
    labels: ['skip-changelog', 'no release notes'],
    types: ['chore', 'ci', 'docs', 'style', 'test', 'tests'],
    messages: [
      'Add files via upload',
      'Merge branch *',
      'Merge pull request *',
      'Merge remote-tracking *',
      'fix typo*',
      'typo*',
      'Update README*',
      'Create README*',
      '*FUNDING.yml',
      'wip*',
      'update',
      'updates',
      'fix test*',
      'fixed test*',
      'Initial commit'
    ],
    paths: ['.github/**', 'docs/**', '*.md', 'LICENSE', '.gitignore', '.gitattributes'],
    authors: ['github-actions[bot]']
  },
  dockerfiles: ['Dockerfile']
}

/** Longest list that a file may hold. */
const MOST = 200

/**
 * Rules from YAML; a list that is given replaces the built-in one, all others stay.
 * @throws InputError with everything that is wrong.
 */
export async function readNotesConfig(text: string, file: string): Promise<NotesConfig> {
  // Loaded only by those who have such a file.
  const { parse } = await import('yaml')
  let value: unknown
  try {
    value = parse(text, { maxAliasCount: 20 })
  } catch (error) {
    throw new InputError([
      { input: 'notes-config', given: file, allowed: `YAML; ${messageOf(error).split('\n', 1)[0] ?? ''}` }
    ])
  }
  const problems: InputProblem[] = []
  const complain = (where: string, allowed: string): void => {
    problems.push({ input: 'notes-config', given: `${file}: ${where}`, allowed })
  }
  const top = objectAt(value ?? {}, 'the file', ['sections', 'noise', 'dockerfiles'], complain)
  const sections = objectAt(top['sections'] ?? {}, 'sections', SECTIONS, complain)
  const rules = (section: Section): SectionRules => {
    const built = DEFAULT_CONFIG.sections[section]
    const given = objectAt(sections[section] ?? {}, `sections: ${section}`, Object.keys(built), complain)
    return listsOf(built, given, `sections: ${section}`, complain)
  }
  const config: NotesConfig = {
    sections: {
      'New Features': rules('New Features'),
      Improvements: rules('Improvements'),
      'Bug Fixes': rules('Bug Fixes'),
      Removed: rules('Removed')
    },
    noise: listsOf(
      DEFAULT_CONFIG.noise,
      objectAt(top['noise'] ?? {}, 'noise', Object.keys(DEFAULT_CONFIG.noise), complain),
      'noise',
      complain
    ),
    dockerfiles: listAt(top['dockerfiles'], 'dockerfiles', complain) ?? DEFAULT_CONFIG.dockerfiles
  }
  if (problems.length > 0) throw new InputError(problems)
  return config
}

type Complain = (where: string, allowed: string) => void

function objectAt(
  value: unknown,
  where: string,
  known: readonly string[],
  complain: Complain
): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    complain(where, `an object with ${known.join(', ')}`)
    return {}
  }
  for (const key of Object.keys(value))
    if (!known.includes(key)) complain(`${where}: ${key}`, `one of ${known.join(', ')}`)
  return value as Record<string, unknown>
}

function listsOf<T extends Readonly<Record<keyof T, readonly string[]>>>(
  built: T,
  given: Record<string, unknown>,
  where: string,
  complain: Complain
): T {
  const merged = Object.entries<readonly string[]>(built).map(([key, list]) => [
    key,
    listAt(given[key], `${where}: ${key}`, complain) ?? list
  ])
  return Object.fromEntries(merged) as T
}

function listAt(value: unknown, where: string, complain: Complain): readonly string[] | undefined {
  if (value === undefined || value === null) return undefined
  const fine =
    Array.isArray(value) &&
    value.length <= MOST &&
    value.every((one): one is string => typeof one === 'string' && one !== '' && one.length <= 200)
  if (fine) return value
  complain(where, `a list of at most ${MOST} texts`)
  return undefined
}
