/** The containers of dockerfiles/fixture-tools, as a catalogue sees them. Data only. */

export interface FixtureContainer {
  readonly name: string
  readonly version: string
  /** Build date, YYYYMMDD. */
  readonly date: string
  readonly categories: readonly string[]
  /** What it promises to a host. */
  readonly commands: readonly string[]
}

export const FIXTURE_CONTAINERS: readonly FixtureContainer[] = [
  {
    name: 'niihead',
    version: '1.0.0',
    date: '20240902',
    categories: ['data organisation'],
    commands: ['niihead', 'niicheck', 'niiblank']
  },
  {
    name: 'bids-names',
    version: '2.1.4',
    date: '20250115',
    categories: ['bids apps', 'data organisation'],
    commands: ['bids-entities', 'bids-check', 'bids-args']
  },
  {
    name: 'packvol',
    version: '0.9.2',
    date: '20250611',
    categories: ['image conversion'],
    commands: ['packvol', 'volcount', 'voltar']
  }
]

/** NAME_VERSION_DATE, the name of the SIF file and of the folder in CVMFS. */
export function containerName({ name, version, date }: FixtureContainer): string {
  return `${name}_${version}_${date}`
}

/** Repository and tag below a registry's namespace: NAME_VERSION:DATE. */
export function imageName({ name, version, date }: FixtureContainer): string {
  return `${name}_${version}:${date}`
}

/** An apps.json in NeuroDesk's format with these containers. */
export function appsJson(containers: readonly FixtureContainer[] = FIXTURE_CONTAINERS): string {
  const catalogue = Object.fromEntries(
    containers.map(({ name, version, date, categories }) => [
      name,
      { apps: { [`${name} ${version}`]: { version: date, exec: '' } }, categories }
    ])
  )
  return JSON.stringify(catalogue, undefined, 4)
}
