import { describe, expect, test } from '@jest/globals'

import { readInputs } from '../../../lib/action/index.ts'
import { readCatalogue } from '../../../lib/catalogue/index.ts'
import type { InputError } from '../../../lib/failure/index.ts'
import { inputVariables } from '../../../testbed/ports.ts'
import { expectedOf, fromRecipe, fromRelease } from '../src/expected.ts'
import { check, inputs, readWords, type Inputs } from '../src/inputs.ts'
import { namedContainers, planCases } from '../src/plan.ts'

function read(given: Readonly<Record<string, string>>): Inputs {
  return readInputs(inputs, inputVariables(given), check)
}

function refused(given: Readonly<Record<string, string>>): readonly string[] {
  try {
    read(given)
  } catch (error) {
    return (error as InputError).problems.map(({ input, given: what }) => `${input}: ${what}`)
  }
  return []
}

const ID = 'tool_1.0.0_20240902'
const FILE = { containers: ID, 'image-path': '/images' }

describe('inputs', () => {
  test('defaults', () => {
    expect(read(FILE)).toMatchObject({
      source: ['file'],
      installer: 'builtin',
      runtimes: ['apptainer'],
      probe: 'start',
      moduleSystem: 'none',
      scheduler: 'none',
      failOn: 'not-ok',
      timeout: 30_000,
      gpu: false
    })
  })

  test('every problem is told at once', () => {
    expect(
      refused({
        containers: 'tool_1.0.0_20240902\nno-date\n../x_1_2\n-x_1_2@latest',
        source: 'file\nsomewhere',
        downloaders: 'wget',
        'setup-commands': 'rm -rf /\n["ok"]\n[]\n[1]',
        env: 'A=1\nno value',
        'bind-paths': '/data\ndata\n/a,b',
        probe: 'all',
        timeout: 'soon'
      })
    ).toEqual([
      'containers: no-date',
      'containers: ../x_1_2',
      'containers: -x_1_2@latest',
      'source: somewhere',
      'setup-commands: rm -rf /',
      'setup-commands: []',
      'setup-commands: [1]',
      'env: no value',
      'downloaders: wget',
      'probe: all',
      'bind-paths: data',
      'bind-paths: /a,b',
      'timeout: soon',
      // A rule between two of them, of which one could not be read.
      'image-path: '
    ])
  })

  test.each([
    [{ containers: ID }, ['image-path: ']],
    [{ containers: '# none', 'image-path': '/x' }, ['containers: ']],
    [{ containers: ID, source: 'store' }, ['stores: ']],
    [{ containers: 'tool@latest', source: 'docker' }, ['catalogue: ']],
    [{ ...FILE, installer: 'neurocommand' }, ['installer-path: ']],
    [{ containers: ID, source: 'installer' }, ['installer: ']],
    [{ ...FILE, downloaders: 'curl' }, ['source: ']],
    [{ containers: ID, source: 'docker', registries: 'docker.io/' }, ['registries: ']],
    [{ ...FILE, registries: 'ghcr.io/x image=y' }, ['registries: ghcr.io/x image=y']],
    [{ ...FILE, registries: 'ghcr.io/x username-env=U' }, ['registries: ghcr.io/x username-env=U']],
    [{ ...FILE, registries: 'ghcr.io/-x' }, ['registries: ghcr.io/-x']],
    [{ ...FILE, registries: 'ghcr.io/NeuroDesk' }, []],
    [
      { containers: ID, source: 'store', stores: 'nectar:neurodesk strange=1' },
      ['stores: nectar:neurodesk strange=1']
    ]
  ])('%j lacks %j', (given, problems) => {
    expect(refused(given)).toEqual(problems)
  })

  test('a setup command is an array, not a line for a shell', () => {
    expect(readWords('["cp", "a b", "/etc"]')).toEqual(['cp', 'a b', '/etc'])
    for (const line of ['cp a b', '{}', '["a", 1]', '[""]', '"cp"']) expect(readWords(line)).toBeUndefined()
  })
})

describe('the plan', () => {
  test('has every combination once', () => {
    const given = read({
      ...FILE,
      source: 'file\ninstaller\nfile',
      installer: 'transparent-singularity',
      'installer-path': '/ts',
      runtimes: 'apptainer\nsingularity',
      downloaders: 'aria2\ncurl'
    })
    const { containers } = namedContainers(given.containers, [])
    const cases = planCases(given, containers)
    expect(cases.map(({ number, label }) => `${number} ${label}`)).toEqual([
      `1 ${ID} (file, apptainer)`,
      `2 ${ID} (file, singularity)`,
      `3 ${ID} (installer by aria2, apptainer)`,
      `4 ${ID} (installer by aria2, singularity)`,
      `5 ${ID} (installer by curl, apptainer)`,
      `6 ${ID} (installer by curl, singularity)`
    ])
    expect(cases.map(({ downloader }) => downloader)).toEqual([
      undefined,
      undefined,
      'aria2',
      'aria2',
      'curl',
      'curl'
    ])
  })

  test('one case needs no addition to its name', () => {
    expect(planCases(read(FILE), namedContainers([ID, ID], []).containers).map(({ label }) => label)).toEqual(
      [ID]
    )
  })

  test('names are read from the right, and the latest is the one with the latest date', () => {
    const apps = {
      tool: {
        apps: {
          'tool 1.9.0': { version: '20240101', exec: '' },
          'tool 1.10.0': { version: '20240101', exec: '' },
          'tool 0.9.0': { version: '20231231', exec: '' },
          'toolGUI-tool 1.10.0': { version: '20250101', exec: 'tool --gui' }
        },
        categories: []
      }
    }
    const { containers: catalogue } = readCatalogue(JSON.stringify(apps), {
      file: 'apps.json',
      rules: '2026'
    })
    const { containers, unknown } = namedContainers(
      ['tool@latest', 'my_tool_1.0_20240101', 'other@latest'],
      catalogue
    )
    expect(containers.map(({ id, name, version }) => [id, name, version])).toEqual([
      ['tool_1.10.0_20240101', 'tool', '1.10.0'],
      ['my_tool_1.0_20240101', 'my_tool', '1.0']
    ])
    expect(unknown).toEqual(['other@latest'])
  })
})

describe('expected commands', () => {
  const release = JSON.stringify({
    apps: {
      'fsl 6.0.7': { version: '20231005', exec: '' },
      'fsleyesGUI-fsl 6.0.7': { version: '20231005', exec: '/opt/fsl/bin/fsleyes -std' }
    },
    categories: ['functional imaging']
  })

  test('of a release file', () => {
    expect(fromRelease(release, 'releases/fsl/6.0.7.json')).toEqual([
      { command: 'fsleyes', container: { name: 'fsl', version: '6.0.7' }, from: 'releases/fsl/6.0.7.json' }
    ])
    expect(() => fromRelease('{"apps": {"x 1": {"exec": "x"}}}', 'x')).toThrow('no entry without exec')
    expect(() => fromRelease('{', 'x')).toThrow()
  })

  test('of a recipe', () => {
    const recipe = [
      'name: niftymic',
      'version: 0.9',
      'deploy: {bins: [run, "{{ context.name }}", run], path: [/opt/bin]}',
      'gui_apps: [{name: viewer, exec: viewer --big}]'
    ]
    const container = { name: 'niftymic', version: '0.9' }
    expect(fromRecipe(recipe.join('\n'), 'build.yaml')).toEqual([
      { command: 'run', container, from: 'build.yaml' },
      { command: 'viewer', container, from: 'build.yaml' }
    ])
    expect(() => fromRecipe('deploy: {}', 'x')).toThrow('no name')
  })

  test('are for their container alone', () => {
    const [container] = namedContainers(['fsl_6.0.7_20231005'], []).containers
    if (container === undefined) throw new Error('no container')
    const all = [
      { command: 'everywhere', container: undefined, from: '' },
      { command: 'any', container: { name: 'fsl', version: undefined }, from: '' },
      { command: 'this', container: { name: 'fsl', version: '6.0.7' }, from: '' },
      { command: 'older', container: { name: 'fsl', version: '6.0.5' }, from: '' },
      { command: 'other', container: { name: 'afni', version: undefined }, from: '' }
    ]
    expect(expectedOf(all, container).map(({ command }) => command)).toEqual(['everywhere', 'any', 'this'])
  })
})
