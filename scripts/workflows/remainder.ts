/** What is left of a workflow when some of its jobs have moved. Pure. */
import { isMap, isSeq, parseDocument } from 'yaml'

/** The same workflow under another name, without these jobs, and without needing them. */
export function withoutJobs(text: string, gone: readonly string[], name: string): string {
  const document = parseDocument(text)
  document.set('name', name)
  const concurrency = document.get('concurrency')
  // In the group of its successor it would wait for it, or stop it.
  if (isMap(concurrency)) concurrency.set('group', `rest-${String(concurrency.get('group'))}`)
  else if (concurrency !== undefined) document.set('concurrency', `rest-${String(concurrency)}`)
  const jobs = document.get('jobs')
  if (!isMap(jobs)) return document.toString({ lineWidth: 0 })
  for (const id of gone) jobs.delete(id)
  for (const { value: job } of jobs.items) {
    if (!isMap(job)) continue
    const needs = job.get('needs')
    if (isSeq(needs)) needs.items = needs.items.filter((item) => !gone.includes(String(item)))
    const left = isSeq(needs) ? needs.items.length : gone.includes(String(needs)) ? 0 : 1
    if (needs !== undefined && left === 0) job.delete('needs')
  }
  return document.toString({ lineWidth: 0 })
}
