/** One container per known fault, with the finding that must tell it. */
import { existsSync } from 'node:fs'

import type { Severity } from '../../../lib/report/index.ts'
import { SAY, type Program, type Recipe } from './images.ts'

export interface Fault {
  readonly what: string
  readonly recipe: Recipe
  /** What differs from an ordinary run. */
  readonly inputs?: Readonly<Record<string, string>>
  /** The commands that fail, all of them, sorted. Default: not looked at. */
  readonly failed?: readonly string[]
  /** Ids that must be among the findings, by severity. */
  readonly findings: Readonly<Partial<Record<Severity, readonly string[]>>>
}

const BIN = '/opt/tool/bin'
const ENV = { PATH: `${BIN}:/opt/aside:/usr/bin`, DEPLOY_PATH: BIN }
const TOOL: Program = { file: `${BIN}/tool`, text: SAY }

function recipe(name: string, more: Partial<Recipe> = {}): Recipe {
  return {
    id: `${name}_1.0.0_20240902`,
    base: 'aside',
    env: ENV,
    ...more,
    programs: [TOOL, ...(more.programs ?? [])]
  }
}

const program = (name: string, text: string, mode = 0o755): Program => ({
  file: `${BIN}/${name}`,
  text,
  mode
})

/** One program that opens a window where there is a screen, and one that does not reach it. */
export const WINDOW: Recipe = recipe('window', {
  programs: [
    program(
      'window',
      '#!/bin/sh\nif [ -S "/tmp/.X11-unix/X${DISPLAY#:}" ]; then exec sleep 40; fi\necho "Error: cannot open display: $DISPLAY" >&2\nexit 1\n'
    ),
    program('nowindow', '#!/bin/sh\necho "qt.qpa.xcb: could not connect to display" >&2\nexit 1\n')
  ]
})

/** The loader of the host's own programs: with it and without their libraries they do not start. */
const LOADER = ['/lib64/ld-linux-x86-64.so.2', '/lib/ld-linux-aarch64.so.1'].find((file) => existsSync(file))

/** What the image does wrong, whoever exposes it. */
export const FAULTS: readonly Fault[] = [
  {
    what: 'a folder of DEPLOY_PATH that is not there',
    recipe: recipe('nofolder', { env: { ...ENV, DEPLOY_PATH: `${BIN}:/opt/missing` } }),
    findings: { error: ['exposure-folder-missing'] }
  },
  {
    what: 'a program of DEPLOY_BINS that is not there',
    recipe: recipe('nobin', { env: { ...ENV, DEPLOY_BINS: 'missingtool' } }),
    findings: { error: ['exposure-bin-missing'] }
  },
  {
    what: 'no promise at all',
    recipe: recipe('nopromise', { env: { PATH: '/opt/aside' } }),
    findings: { error: ['exposure-nothing-promised', 'exposure-list-missing'] }
  },
  {
    what: 'a promise of nothing',
    recipe: recipe('nocommand', {
      env: { ...ENV, DEPLOY_PATH: '/opt/empty' },
      programs: [{ file: '/opt/empty/notes', text: '', mode: 0o644 }]
    }),
    findings: { error: ['exposure-list-missing'] }
  },
  {
    what: 'a promise that only a shell can evaluate, and a variable whose name is none',
    recipe: recipe('evaluated', {
      env: { ...ENV, DEPLOY_ENV_2ND: 'x' },
      environment: 'export DEPLOY_BINS=$(echo tool)\n'
    }),
    findings: { unknown: ['exposure-promise-unreadable'], error: ['exposure-variable-name'] }
  },
  {
    what: 'names that a shell takes apart',
    recipe: recipe('names', {
      programs: [
        program('tool with blank', SAY),
        program('-dash', SAY),
        program('cost$', SAY),
        program('.hidden', SAY)
      ]
    }),
    findings: { warning: ['exposure-promised-unsafe'], notice: ['exposure-not-exposed'] }
  },
  {
    what: 'a name of DEPLOY_BINS that a shell takes apart',
    recipe: recipe('binname', { env: { ...ENV, DEPLOY_BINS: '-dash' } }),
    findings: { error: ['exposure-promised-unsafe'] }
  },
  {
    what: 'a command called singularity',
    recipe: recipe('runtime', {
      programs: [program('singularity', SAY)],
      env: { ...ENV, DEPLOY_BINS: 'bash' }
    }),
    findings: { warning: ['exposure-promised-reserved'], notice: ['exposure-not-exposed'] }
  },
  {
    what: "a command that takes the name of the exposure's own files",
    recipe: recipe('collides', { programs: [program('README.md', SAY), program('ts_uninstall.sh', SAY)] }),
    findings: { warning: ['exposure-promised-collides'] }
  },
  {
    what: 'commands of the host in its way',
    recipe: recipe('shadows', { programs: [program('env', SAY), program('tar', SAY), program('xz', SAY)] }),
    findings: { warning: ['exposure-shadows-host'], notice: ['exposure-not-exposed'] }
  },
  {
    what: 'a command for root alone, a link to nowhere, a command twice',
    recipe: recipe('odd', {
      programs: [program('rootonly', SAY, 0o750), { file: '/opt/second/tool', text: SAY }],
      links: [
        [`${BIN}/dangling`, '/nowhere'],
        [`${BIN}/folderlink`, '/opt/tool']
      ],
      env: { ...ENV, DEPLOY_PATH: `${BIN}:/opt/second` }
    }),
    findings: { warning: ['exposure-root-only', 'exposure-dangling-link', 'exposure-promised-twice'] }
  },
  {
    what: 'programs that do not start',
    recipe: recipe('broken', {
      programs: [
        program('no-interpreter', '#!/usr/bin/nowhere\n'),
        program('wants-missing', '#!/bin/sh\nexec missing-command\n'),
        program('wants-permission', '#!/bin/sh\nexec /opt/tool/lib/data\n'),
        { file: '/opt/tool/lib/data', text: 'no program', mode: 0o644 },
        ...(LOADER === undefined
          ? []
          : [
              { ...program('wants-library', ''), copyOf: '/bin/ls' },
              { file: LOADER, text: '', copyOf: LOADER }
            ]),
        program('crashes', '#!/bin/sh\nkill -SEGV $$\n')
      ]
    }),
    failed: [
      'crashes',
      'no-interpreter',
      ...(LOADER === undefined ? [] : ['wants-library']),
      'wants-missing',
      'wants-permission'
    ],
    findings: {
      error: [
        'exposure-program-missing',
        'exposure-not-executable',
        'exposure-killed',
        ...(LOADER === undefined ? [] : ['exposure-library-missing'])
      ]
    }
  },
  {
    what: 'a program that does not come back from --help',
    recipe: recipe('hangs', { programs: [program('hangs', '#!/bin/sh\nexec sleep 60\n')] }),
    inputs: { probe: 'help', timeout: '10s' },
    findings: { error: ['exposure-never-returns'] }
  },
  {
    what: 'a program that leaves a process behind',
    recipe: recipe('leaves', { programs: [program('leaves', '#!/bin/sh\nsleep 60 > /dev/null 2>&1 &\n')] }),
    findings: { error: ['exposure-orphan-left'] }
  },
  {
    what: 'a program that opens a window, and one that cannot',
    recipe: WINDOW,
    failed: ['nowindow'],
    findings: { error: ['exposure-display-failed'] }
  },
  {
    what: 'no shell inside',
    recipe: {
      id: 'noshell_1.0.0_20240902',
      env: { PATH: '/opt/bin', DEPLOY_PATH: '/opt/bin' },
      programs: [{ file: '/opt/bin/busybox', text: '', isBusybox: true }],
      base: 'empty'
    },
    findings: { unknown: ['exposure-untested'] }
  }
]

export const TEXTS: Recipe = recipe('texts', {
  readme: '# texts\n\nBrackets: ]] ]===] ]======]\nA "quote", a \\ backslash, $HOME, `id`.\n',
  env: {
    ...ENV,
    DEPLOY_ENV_EQUAL: 'a=b=c d',
    DEPLOY_ENV_QUOTES: 'say "hi" it\'s',
    DEPLOY_ENV_BACKSLASH: 'a\\b\\n',
    DEPLOY_ENV_DOLLAR: '$HOME `id` $(id)',
    DEPLOY_ENV_TWICE: 'BASEPATH/opt/a:BASEPATH/opt/b',
    DEPLOY_ENV_EMPTY: ''
  }
})

/** The search path of the image does not lead to the promised programs. */
export const PATHLESS: Recipe = recipe('pathless', { env: { ...ENV, PATH: '/opt/aside:/usr/bin' } })

/** Another program of the same name comes first. */
export const SHADOWED: Recipe = recipe('shadowed', {
  programs: [{ file: '/usr/bin/tool', text: '#!/bin/sh\necho the wrong one\n' }],
  env: { ...ENV, PATH: `/usr/bin:/opt/aside:${BIN}` }
})

/** A name with "_" inside: it is read from the right. */
export const UNDERSCORE: Recipe = { ...recipe('under'), id: 'my_tool_1.0.0_20240902' }

/** A value with "=" in it. */
export const EQUAL: Recipe = recipe('equal', {
  env: { ...ENV, DEPLOY_ENV_TPL: 'BASEPATH/opt/tool -a=1 -b=2' }
})
