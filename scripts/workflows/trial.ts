/**
 * The trial form of a workflow: another file name and `name:`, started by hand only, with every dry run switched on,
 * without rights to write and without secrets. It can run beside the old workflows for a week. Pure.
 */
import path from 'node:path'

import { isMap, isScalar, parseDocument, visit, type Document, type YAMLMap } from 'yaml'

export const TRIAL = { file: 'trial-', name: 'Trial: ' }

/**
 * @param files names of the workflows of the set: calls among them go to their trial forms
 * @param keepSecrets secrets that are needed to look
 */
export function toTrial(text: string, files: readonly string[], keepSecrets: readonly string[] = []): string {
  const calls = files.reduce(
    (result, file) =>
      result.replaceAll(
        `uses: ./.github/workflows/${file}`,
        `uses: ./.github/workflows/${TRIAL.file}${file}`
      ),
    text
  )
  const document = parseDocument(calls)
  document.set('name', `${TRIAL.name}${String(document.get('name'))}`)
  keepTriggers(document)
  const concurrency = document.get('concurrency')
  if (isMap(concurrency)) concurrency.set('group', `trial-${String(concurrency.get('group'))}`)
  visit(document, {
    Pair(_, { key, value }, ancestors) {
      if (!isScalar(key)) return
      // `concurrency` and `permissions` of jobs.
      if (key.value === 'permissions' && isMap(value)) readOnly(value)
      if (key.value === 'delete' && isScalar(value) && inWith(ancestors)) value.value = 'false'
    },
    Scalar(at, node) {
      if (at === 'key' || typeof node.value !== 'string') return
      node.value = withoutEffect(node.value, keepSecrets)
    }
  })
  return `# A trial: started by hand, reads and reports, changes nothing.\n#\n${document.toString({ lineWidth: 0 })}`
}

/** Where a trial lies. */
export function trialPath(to: string): string {
  return path.posix.join(path.posix.dirname(to), `${TRIAL.file}${path.posix.basename(to)}`)
}

function keepTriggers(document: Document): void {
  const on = document.get('on')
  if (!isMap(on)) return
  for (const event of on.items.map(({ key }) => String(key))) {
    if (event !== 'workflow_dispatch' && event !== 'workflow_call') on.delete(event)
  }
  if (!on.has('workflow_dispatch')) on.set('workflow_dispatch', null)
  const inputs = isMap(on.get('workflow_dispatch')) ? on.getIn(['workflow_dispatch', 'inputs']) : undefined
  if (!isMap(inputs)) return
  inputs.delete('dry_run')
  if (inputs.items.length === 0) on.set('workflow_dispatch', null)
}

/** `id-token` is no right in the repository: it only says who asks. Roles decide what that is good for. */
function readOnly(permissions: YAMLMap): void {
  for (const pair of permissions.items) {
    if (isScalar(pair.value) && pair.value.value === 'write' && String(pair.key) !== 'id-token')
      pair.value.value = 'read'
  }
}

function inWith(ancestors: readonly unknown[]): boolean {
  return ancestors.some(
    (node) => typeof node === 'object' && node !== null && 'key' in node && String(node.key) === 'with'
  )
}

function withoutEffect(text: string, keepSecrets: readonly string[]): string {
  if (!text.includes('${{')) return text
  return text.replace(/\$\{\{.*?\}\}/gs, (expression) =>
    expression
      .replace(/\binputs\.dry_run\b/g, 'true')
      .replace(/\bsecrets\.(\w+)\b/g, (secret, name: string) => (keepSecrets.includes(name) ? secret : "''"))
  )
}
