/** What the documents say about files, tests, secrets and lines is so. */
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'

import { describe, expect, test } from '@jest/globals'

import { top } from '../../scripts/repository.ts'
import { textsIn } from '../../scripts/workflows/model.ts'
import { readSets, SECRETS } from '../../scripts/workflows/sets.ts'

const read = (file: string): string => readFileSync(path.join(top, file), 'utf8')
const sets = await readSets(top)

describe('docs/threat-model.md', () => {
  const text = read('docs/threat-model.md')
  // `path`: one name; another name
  const claims = [...text.matchAll(/`([\w./-]+\.test\.ts)`: ((?:(?! \||; `).)+)/g)].flatMap(
    ([, file = '', names = '']) => names.split('; ').map((name) => [file, name.trim()] as const)
  )

  test('names tests', () => {
    expect(claims.length).toBeGreaterThan(20)
  })

  test.each(claims)('%s: %s', (file, name) => {
    const source = read(file)
    expect([name, source.replace(/\s+/g, ' ').includes(name)]).toEqual([name, true])
  })
})

/**
 * What lay below `.github/` of each repository in 2025 and 2026 and runs, or is run: workflows, scripts, composite
 * actions. From the history of their main branches; of 2026-09 and later what single commits show.
 */
const UPSTREAM: Readonly<Record<string, readonly string[]>> = {
  neurodesktop: [
    ...[
      'agentic-issue.yml',
      'agentic-maintenance.yml',
      'agentic-maintenance-rotation.yml',
      'agentic-readiness.yml'
    ],
    ...['agentic-review.yml', 'agentic-worker.yml', 'agentic_worker.py', 'backfill-neurodesktop.yml'],
    ...['backfill-neurodesktop-quay.yml', 'build-neurodesktop.yml', 'build-neurodesktop-dev.yml'],
    ...['build-neurodesktop-multiarch.yml', 'build-neurodesktop-test.OLD.yml', 'build-neurodesktop-test.yml'],
    ...[
      'check-registry-manifest',
      'check_agentic_readiness.py',
      'check_agentic_sandbox.py',
      'check_cvmfs_inventory.sh'
    ],
    ...[
      'code-quality.yml',
      'codespell.yml',
      'crane-copy-retry',
      'create_jupyter_terminal.sh',
      'docker-login-retry'
    ],
    ...[
      'image_test_cleanup.sh',
      'install_cvmfs.sh',
      'issue-fixer.lock.yml',
      'issue-investigator-review.lock.yml'
    ],
    ...['issue-investigator.lock.yml', 'job_failure_issue_template.md', 'jupyter_test_main.yml'],
    ...[
      'jupyterhub_failure_issue_template.md',
      'jupyterhub_server_state.sh',
      'maintenance-abstraction-police.lock.yml'
    ],
    ...[
      'maintenance-dead-code.lock.yml',
      'maintenance-docs-drift.lock.yml',
      'maintenance-flaky-tests.lock.yml'
    ],
    ...[
      'maintenance-review.lock.yml',
      'maintenance-test-coverage.lock.yml',
      'maintenance-test-pruning.lock.yml'
    ],
    ...[
      'maintenance-updates.lock.yml',
      'notebook_(FSL_bet)_workflow.yml',
      'notebook_failure_issue_template.md'
    ],
    ...[
      'on-opening-issue.yml',
      'package-update-radar.lock.yml',
      'pr-image-validation.yml',
      'release-kasm.yml'
    ],
    ...[
      'report-job-failure',
      'report-workflow-failure.yml',
      'report_workflow_failure.cjs',
      'run_fsl_terminal_probe.sh'
    ],
    ...['self-hosted-runner-test.yml', 'test-cvmfs.yml', 'test-objectstorage.yml', 'test_cvmfs.sh'],
    ...['test_cvmfs_1_2_3.sh', 'test_objectstorage.sh', 'unit-tests.yml', 'validate_image_runtime.sh']
  ],
  neurocommand: [
    ...['appsjson-queue.yml', 'build-image.yml', 'cleanup_containers.sh', 'cleanup_neurocontainers.yml'],
    ...[
      'cleanup_stale_containers.py',
      'codespell.yml',
      'consolidate_appsjson_queue.py',
      'consolidate_containers.sh'
    ],
    ...[
      'consolidate_neurocontainers.yml',
      'dispatch-applist-update.yml',
      'free-up-space.sh',
      'generate-doi.yml'
    ],
    ...['get-unpublished-apps.py', 'on-opening-issue.yml', 'publish-doi.py', 'quality.yml', 'sync-icons.yml'],
    ...[
      'sync-menu-categories.yml',
      'sync_menu_categories.py',
      'sync_neurocontainer_icons.py',
      'test-neurocommand.yml'
    ],
    ...[
      'test-zenodo-workflow.yml',
      'test_neurocommand.sh',
      'update-neurocontainers.yml',
      'upload_containers_simg.sh'
    ],
    ...['upload_to_zenodo.sh']
  ],
  'transparent-singularity': [
    ...['on-opening-issue.yml', 'push-to-neurodesk.yml', 'test_apptainer_aria2.sh', 'test_apptainer_curl.sh'],
    ...['test_apptainer_cvmfs.sh', 'test_invalid_container_metadata.sh', 'test_singularity_aria2.sh'],
    ...['test_singularity_curl.sh', 'test_singularity_cvmfs.sh', 'test_transparent_singularity_cvmfs.sh'],
    ...['test_transparent_singularity_download.sh']
  ]
}

describe('docs/migration.md', () => {
  const text = read('docs/migration.md')
  /** The rows of a repository's table: names (some with a star), what happens, why. */
  const rowsOf = (
    name: string
  ): readonly (readonly [names: readonly RegExp[], what: string, why: string])[] => {
    const start = text.indexOf(`\n## ${name}\n`)
    const section = text.slice(start, text.indexOf('\n## ', start + 1))
    return [...section.matchAll(/^\| (`.*) \| (.*) \| (.*) \|$/gm)].map(
      ([, first = '', what = '', why = '']) => [
        [...first.matchAll(/`([^`]+)`/g)].map(
          ([, one = '']) =>
            new RegExp(`^${path.posix.basename(one).replace(/[.()]/g, '\\$&').replaceAll('*', '.*')}$`)
        ),
        what,
        why
      ]
    )
  }

  test.each(Object.entries(UPSTREAM))(
    '%s: every upstream file is replaced, kept or dropped, once, and why',
    (name, files) => {
      for (const file of files) {
        const rows = rowsOf(name).filter(([names]) => names.some((one) => one.test(file)))
        expect([file, rows.length]).toEqual([file, 1])
        const [[, what, why] = [[], '', '']] = rows
        expect([file, what]).toEqual([file, expect.stringMatching(/^(replaced|kept|dropped)\b/)])
        expect([file, why.length > 5]).toEqual([file, true])
      }
    }
  )

  test.each(sets)('$name: every file of the set, and everything that it makes superfluous', (set) => {
    for (const { name } of set.files.filter((file) => file.workflow !== undefined))
      expect(text).toContain(`\`${name}\``)
    for (const file of set.unused) {
      // Families are written with a star.
      const name = path.posix.basename(file)
      const family = name.replace(
        /^(test_(?:apptainer|singularity|transparent_singularity))_.*\.sh$/,
        '$1_*.sh'
      )
      expect([file, text.includes(name) || text.includes(family)]).toEqual([file, true])
    }
  })

  test('every secret', () => {
    for (const name of SECRETS)
      expect([name, text.includes(name) || (name.startsWith('OS_') && text.includes('OS_*'))]).toEqual([
        name,
        true
      ])
  })

  test('every variable', () => {
    const used = sets.flatMap(({ files }) =>
      files.flatMap(({ workflow }) =>
        workflow === undefined
          ? []
          : textsIn(workflow.data).flatMap(({ text: one }) =>
              [...one.matchAll(/\bvars\.(\w+)/g)].map((match) => match[1] ?? '')
            )
      )
    )
    expect(new Set(used).size).toBeGreaterThan(5)
    for (const name of new Set(used)) expect([name, text.includes(`\`${name}\``)]).toEqual([name, true])
  })

  test('the lines after', () => {
    const count = (name: string): number =>
      sets
        .filter((set) => set.name === name)
        .flatMap(({ files }) => files)
        .filter(({ workflow }) => workflow !== undefined)
        .reduce((sum, file) => sum + file.text.split('\n').length - 1, 0)
    const told = ['neurodesktop', 'neurocommand', 'transparent-singularity'].map((name) => {
      const section = text.slice(text.indexOf(`\n## ${name}\n`))
      return [name, Number(/, (\d+) after/.exec(section)?.[1])]
    })
    expect(told).toEqual(sets.map(({ name }) => [name, count(name)]))
  })

  test('every path of this repository', () => {
    for (const [, file = ''] of text.matchAll(/`(scripts\/workflows\/[\w/.-]+)`/g))
      expect([file, existsSync(path.join(top, file))]).toEqual([file, true])
  })
})
