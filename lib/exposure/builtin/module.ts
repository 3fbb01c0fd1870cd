/** The Lua module file for Lmod: help from the image's README, PATH, and the variables of DEPLOY_ENV_*. Pure. */
import { luaLongString, luaString } from './quote.ts'

export interface ModuleOptions {
  readonly container: string
  readonly name: string
  readonly version: string
  readonly image: string
  readonly readme: string
  readonly variables: readonly { readonly name: string; readonly value: string }[]
}

/** Where it belongs, seen from the folder of containers. */
export function modulePath(name: string, version: string): string {
  return `modules/${name}/${version}.lua`
}

/**
 * The module finds its container beside the folder `modules`, wherever both are moved together.
 * pushenv, unlike setenv, gives back on unload what the variable was before.
 */
export function renderModule(options: ModuleOptions): string {
  const readme = options.readme.trim() === '' ? `${options.name} ${options.version}\n` : options.readme
  const lines = [
    '-- -*- lua -*-',
    `-- ${options.container}. Written by neurodesk-ci; a new installation overwrites it.`,
    `help(${luaLongString(readme)})`,
    `whatis(${luaString(`Name: ${options.name}`)})`,
    `whatis(${luaString(`Version: ${options.version}`)})`,
    `whatis(${luaString(options.image)})`,
    'local containers = myFileName():match("^(.*)/modules/[^/]+/[^/]+$")',
    `local base = containers .. ${luaString(`/${options.container}`)}`,
    `local image = base .. ${luaString(`/${options.image}`)}`,
    'prepend_path("PATH", base)',
    ...options.variables.map(({ name, value }) => `pushenv(${luaString(name)}, ${luaValue(value)})`)
  ]
  return `${lines.join('\n')}\n`
}

/** BASEPATH stands for the image, as transparent-singularity has it. */
function luaValue(value: string): string {
  const parts = value.split('BASEPATH').map((part) => (part === '' ? undefined : luaString(part)))
  const words = parts.flatMap((part, index) => (index === 0 ? [part] : ['image', part]))
  const kept = words.filter((word) => word !== undefined)
  return kept.length === 0 ? '""' : kept.join(' .. ')
}
