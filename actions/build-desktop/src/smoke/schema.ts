/**
 * The smoke file: which ways to start the image there are, and what must be true then. This schema is published as
 * docs/schemas/smoke.schema.json (a test holds the two together) and is what a file is checked against.
 */
import type { JsonSchema } from './validate.ts'

const text: JsonSchema = { type: 'string', minLength: 1, maxLength: 4096 }
const port: JsonSchema = { type: 'integer', minimum: 1, maximum: 65_535 }
const duration: JsonSchema = {
  type: 'string',
  pattern: '^[0-9]{1,9}(\\.[0-9]{1,3})?(s|m|h)$',
  description: 'A number with s, m or h.'
}
const size: JsonSchema = {
  type: 'string',
  pattern: '^[0-9]{1,12}(\\.[0-9]{1,3})? ?(B|kB|KB|MB|GB|KiB|MiB|GiB)$',
  description: 'A number with B, kB, MB, GB, KiB, MiB or GiB.'
}
const command: JsonSchema = {
  type: 'array',
  items: { type: 'string', maxLength: 65_536 },
  minItems: 1,
  maxItems: 200
}
const textList: JsonSchema = { type: 'array', items: text, maxItems: 200 }
const env: JsonSchema = {
  type: 'object',
  additionalProperties: { type: 'string', maxLength: 65_536 },
  description: 'Values are texts: quote numbers.'
}
const pathInContainer: JsonSchema = { type: 'string', pattern: '^/[^\\u0000]*$', maxLength: 4096 }
const pattern: JsonSchema = { ...text, description: 'A regular expression of JavaScript, with the flag m.' }

const checks: Readonly<Record<string, JsonSchema>> = {
  http: {
    type: 'object',
    description: 'The container answers an HTTP request.',
    required: ['port'],
    additionalProperties: false,
    properties: {
      port,
      path: { type: 'string', pattern: '^/', maxLength: 4096, default: '/' },
      status: { type: 'integer', minimum: 100, maximum: 599, default: 200 },
      contains: text,
      matches: pattern,
      within: {
        ...duration,
        default: '30s',
        description: 'It may take this long until the answer is as asked.'
      }
    }
  },
  websocket: {
    type: 'object',
    description: 'The container takes a WebSocket (RFC 6455), as noVNC and Jupyter need it.',
    required: ['port', 'path'],
    additionalProperties: false,
    properties: {
      port,
      path: { type: 'string', pattern: '^/', maxLength: 4096 },
      protocol: { ...text, description: 'Subprotocol to ask for, such as binary.' },
      receives: { ...text, description: 'The first message starts with this, such as RFB for a VNC server.' },
      within: { ...duration, default: '30s' }
    }
  },
  command: {
    type: 'object',
    description:
      'A command inside of the container. Arguments, no shell: give ["sh", "-c", "…"] where one is needed.',
    required: ['run'],
    additionalProperties: false,
    properties: {
      run: command,
      user: text,
      env,
      exit: { type: 'integer', minimum: 0, maximum: 255, default: 0 },
      contains: { ...text, description: 'stdout or stderr has this text.' },
      matches: pattern,
      junit: {
        ...pathInContainer,
        description:
          'The command writes a JUnit report here; its tests count one by one, and no test at all is a failure.'
      },
      within: { ...duration, default: '60s' }
    }
  },
  process: {
    type: 'object',
    description: 'A process runs in the container.',
    required: ['name'],
    additionalProperties: false,
    properties: {
      name: {
        ...text,
        description: 'Name of the program, as in /proc/PID/comm or as the last part of its path.'
      },
      user: { ...text, description: 'Number or name of the user that it runs as.' },
      within: { ...duration, default: '10s' }
    }
  },
  file: {
    type: 'object',
    description: 'A file is there, with this owner and these rights.',
    required: ['path'],
    additionalProperties: false,
    properties: {
      path: pathInContainer,
      type: { enum: ['file', 'directory', 'symlink', 'socket', 'device'] },
      owner: { ...text, description: 'Name or number.' },
      group: { ...text, description: 'Name or number.' },
      mode: { type: 'string', pattern: '^[0-7]{3,4}$', description: 'Octal, as a text: "0755".' },
      absent: { type: 'boolean', description: 'true: it must not be there.' }
    }
  },
  log: {
    type: 'object',
    description: 'What the container printed so far.',
    additionalProperties: false,
    properties: {
      contains: text,
      matches: pattern,
      never: { ...pattern, description: 'No line matches this.' },
      within: { ...duration, default: '10s' }
    }
  },
  healthy: {
    type: 'object',
    description: "The image's own health check says healthy.",
    additionalProperties: false,
    properties: { within: { ...duration, default: '120s' } }
  },
  screenshot: {
    type: 'object',
    description: 'A picture of the page in Chromium; untested where there is none.',
    required: ['port'],
    additionalProperties: false,
    properties: {
      port,
      path: { type: 'string', pattern: '^/', maxLength: 4096, default: '/' },
      'wait-for': { ...text, description: 'A JavaScript expression that is true when the page is ready.' },
      'least-colours': {
        type: 'integer',
        minimum: 1,
        maximum: 100_000,
        default: 16,
        description: 'A blank or broken page has few colours, a desktop has many.'
      },
      'most-of-one-colour': {
        type: 'integer',
        minimum: 1,
        maximum: 100,
        default: 97,
        description: 'Per cent of the picture that one colour may fill.'
      },
      within: { ...duration, default: '60s' }
    }
  }
}

const check: JsonSchema = {
  type: 'object',
  description: 'Exactly one kind of check, and a name for it if you like.',
  additionalProperties: false,
  properties: { name: text, ...checks },
  oneOf: Object.keys(checks).map((kind) => ({ required: [kind] }))
}

const profile: JsonSchema = {
  type: 'object',
  description: 'One way to start the image, in the words of docker run.',
  required: ['checks'],
  additionalProperties: false,
  properties: {
    description: text,
    platforms: { ...textList, description: 'Only on these, such as linux/amd64. Default: all.' },
    user: { ...text, description: '--user' },
    env,
    hostname: { type: 'string', pattern: '^[a-zA-Z0-9][a-zA-Z0-9.-]*$', maxLength: 253 },
    ports: {
      type: 'array',
      items: port,
      maxItems: 100,
      description: 'Ports of the container that checks talk to; they are published on free ports of loopback.'
    },
    'shm-size': size,
    'memory-limit': { ...size, description: '--memory' },
    privileged: { type: 'boolean', default: false },
    capabilities: { ...textList, description: '--cap-add' },
    'drop-capabilities': { ...textList, description: '--cap-drop' },
    'security-options': { ...textList, description: '--security-opt, such as apparmor:unconfined.' },
    devices: {
      ...textList,
      description: '--device. A device that the machine does not have makes the profile untested.'
    },
    binds: { ...textList, description: 'FOLDER:/path[:ro]; FOLDER is below the workspace, or absolute.' },
    volumes: { ...textList, description: 'NAME:/path; made anew for the profile and removed afterwards.' },
    tmpfs: {
      type: 'array',
      items: { type: 'string', pattern: '^/[^:,\\u0000]*(:[A-Za-z0-9=,]+)?$', maxLength: 4096 },
      maxItems: 200,
      description: '--tmpfs /path[:options], such as /home/jovyan:exec,mode=1777: an empty folder of its own.'
    },
    files: {
      type: 'object',
      propertyNames: { pattern: '^/[^:,\\u0000]+$' },
      additionalProperties: { type: 'string', maxLength: 65_536 },
      description: 'Text by path: files that the container finds there, to read only, such as an /etc/passwd.'
    },
    'read-only': { type: 'boolean', default: false },
    init: { type: 'boolean', default: false },
    entrypoint: text,
    arguments: { ...command, minItems: 0, description: 'What follows the image on the command line.' },
    'start-up': {
      type: 'object',
      description: 'When the container counts as started. Without it: when it runs.',
      required: ['port'],
      additionalProperties: false,
      properties: {
        port,
        path: { type: 'string', pattern: '^/', maxLength: 4096, default: '/' },
        within: { ...duration, default: '120s', description: 'Longer is a failure.' }
      }
    },
    'most-memory': { ...size, description: 'The container may use this much when all checks are done.' },
    'must-run': {
      type: 'boolean',
      default: true,
      description: 'false: the container may end by itself, with exit code 0.'
    },
    checks: { type: 'array', items: check, minItems: 1, maxItems: 200 }
  }
}

export const smokeSchema: JsonSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'https://neurodesk.org/ci/smoke-1.json',
  title: 'Smoke test of a desktop image',
  type: 'object',
  required: ['profiles'],
  additionalProperties: false,
  properties: {
    $schema: { type: 'string' },
    profiles: {
      type: 'object',
      minProperties: 1,
      propertyNames: { pattern: '^[a-z0-9][a-z0-9-]{0,62}$' },
      additionalProperties: profile
    }
  }
}
