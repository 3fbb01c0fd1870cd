/** Issues, comments, labels, pull requests. https://docs.github.com/rest/issues and /pulls */
import { ApiError, invalid, notFound, paged, read, text, write } from '../call.ts'
import type { Call, Routes } from '../call.ts'
import * as present from '../present/index.ts'
import type { Comment, Issue } from '../repository.ts'

/** GitHub's limit for the text of an issue, a comment or a pull request. */
const BODY_LIMIT = 65_536
const TITLE_LIMIT = 256

export const issueRoutes: Routes = {
  'issues/list-for-repo': read('issues', (call) => {
    const { query } = call
    const state = query.get('state') ?? 'open'
    const labels = (query.get('labels') ?? '').split(',').filter((one) => one !== '')
    const since = query.get('since')
    const creator = query.get('creator')
    const found = call.repository.issues.filter(
      (one) =>
        (state === 'all' || one.state === state) &&
        labels.every((label) => one.labels.includes(label)) &&
        (since === null || one.updatedAt >= since) &&
        (creator === null || one.user === creator)
    )
    return paged(call, sorted(call, found), (page) =>
      page.map((one) => present.issue(call.base, call.repository, one))
    )
  }),

  'issues/get': read('issues', (call) => ({
    status: 200,
    body: present.issue(call.base, call.repository, issueOf(call))
  })),

  'issues/create': write('issues', (call) => {
    checkText(call, 'Issue')
    const labels = namesOf(call.body['labels'])
    const assignees = checkAssignees(call, namesOf(call.body['assignees']))
    const issue = call.repository.addIssue({
      title: text(call, 'title') ?? '',
      body: text(call, 'body') ?? '',
      user: call.caller?.login ?? 'someone',
      labels
    })
    issue.assignees = assignees
    return { status: 201, body: present.issue(call.base, call.repository, issue) }
  }),

  'issues/update': write('issues', (call) => {
    const issue = issueOf(call)
    checkText(call, 'Issue')
    const title = text(call, 'title')
    if (title !== undefined) issue.title = title
    if (text(call, 'body') !== undefined) issue.body = text(call, 'body') ?? ''
    if (call.body['labels'] !== undefined) {
      issue.labels = namesOf(call.body['labels'])
      issue.labels.forEach((label) => call.repository.ensureLabel(label))
    }
    if (call.body['assignees'] !== undefined)
      issue.assignees = checkAssignees(call, namesOf(call.body['assignees']))
    const state = text(call, 'state')
    if (state === 'open' || state === 'closed') call.repository.setIssueState(issue, state, reasonOf(call))
    issue.updatedAt = call.repository.timestamp()
    return { status: 200, body: present.issue(call.base, call.repository, issue) }
  }),

  'issues/list-comments': read('issues', (call) => {
    const issue = issueOf(call)
    return paged(call, issue.comments, (page) =>
      page.map((one) => present.comment(call.base, call.repository, issue, one))
    )
  }),

  'issues/create-comment': write('issues', (call) => {
    const issue = issueOf(call)
    checkText(call, 'IssueComment')
    if (issue.locked && !call.may('issues'))
      throw new ApiError(403, 'Unable to create comment because issue is locked.')
    const comment = call.repository.addComment(
      issue,
      text(call, 'body') ?? '',
      call.caller?.login ?? 'someone'
    )
    return { status: 201, body: present.comment(call.base, call.repository, issue, comment) }
  }),

  'issues/get-comment': read('issues', (call) => {
    const { issue, comment } = commentOf(call)
    return { status: 200, body: present.comment(call.base, call.repository, issue, comment) }
  }),

  'issues/update-comment': write('issues', (call) => {
    const { issue, comment } = commentOf(call)
    checkText(call, 'IssueComment')
    comment.body = text(call, 'body') ?? ''
    comment.updatedAt = call.repository.timestamp()
    return { status: 200, body: present.comment(call.base, call.repository, issue, comment) }
  }),

  'issues/delete-comment': write('issues', (call) => {
    const { issue, comment } = commentOf(call)
    issue.comments.splice(issue.comments.indexOf(comment), 1)
    return { status: 204 }
  }),

  'issues/list-labels-for-repo': read('issues', (call) =>
    paged(call, [...call.repository.labels.keys()], (page) =>
      page.map((name) => present.label(call.base, call.repository, name))
    )
  ),

  'issues/create-label': write('issues', (call) => {
    const name = text(call, 'name') ?? ''
    if (call.repository.labels.has(name)) throw invalid('Label', 'name', 'already_exists')
    call.repository.labels.set(name, {
      id: call.repository.world.nextId(),
      color: text(call, 'color') ?? 'ededed',
      description: text(call, 'description') ?? null
    })
    return { status: 201, body: present.label(call.base, call.repository, name) }
  }),

  'issues/add-labels': write('issues', (call) => {
    const issue = issueOf(call)
    const names = namesOf(Array.isArray(call.body) ? call.body : call.body['labels'])
    names.forEach((name) => call.repository.ensureLabel(name))
    issue.labels = [...new Set([...issue.labels, ...names])]
    return { status: 200, body: issue.labels.map((name) => present.label(call.base, call.repository, name)) }
  }),

  'pulls/list': read('pull_requests', (call) => {
    const { query, repository } = call
    const [state, head, base] = [query.get('state') ?? 'open', query.get('head'), query.get('base')]
    const found = repository.issues.filter(
      (one) =>
        one.pull !== undefined &&
        (state === 'all' || one.state === state) &&
        (head === null || head === `${repository.owner}:${one.pull.head}`) &&
        (base === null || base === one.pull.base)
    )
    return paged(call, sorted(call, found), (page) =>
      page.map((one) => present.pull(call.base, repository, one))
    )
  }),

  'pulls/get': read('pull_requests', (call) => ({
    status: 200,
    body: present.fullPull(call.base, call.repository, pullOf(call))
  })),

  'pulls/create': write('pull_requests', (call) => {
    const { repository } = call
    checkText(call, 'PullRequest')
    if (repository.seed.actionsMayOpenPulls === false && call.caller?.login === 'github-actions[bot]') {
      throw new ApiError(403, 'GitHub Actions is not permitted to create or approve pull requests.')
    }
    const [head, base] = [
      (text(call, 'head') ?? '').replace(`${repository.owner}:`, ''),
      text(call, 'base') ?? ''
    ]
    if (!repository.refs.has(`refs/heads/${head}`)) throw invalid('PullRequest', 'head', 'invalid')
    if (!repository.refs.has(`refs/heads/${base}`)) throw invalid('PullRequest', 'base', 'invalid')
    const custom = (message: string): ApiError =>
      new ApiError(422, 'Validation Failed', [{ resource: 'PullRequest', code: 'custom', message }])
    if (
      repository.issues.some(
        (one) => one.state === 'open' && one.pull?.head === head && one.pull.base === base
      )
    ) {
      throw custom(`A pull request already exists for ${repository.owner}:${head}.`)
    }
    const ahead = repository.objects.history(
      repository.commitAt(head),
      repository.objects.ancestors(repository.commitAt(base))
    )
    if (ahead.length === 0) throw custom(`No commits between ${base} and ${head}`)
    const issue = repository.addPull({
      title: text(call, 'title') ?? '',
      body: text(call, 'body') ?? '',
      user: call.caller?.login ?? 'someone',
      head,
      base
    })
    if (issue.pull) issue.pull.draft = call.body['draft'] === true
    return { status: 201, body: present.fullPull(call.base, repository, issue) }
  }),

  'pulls/update': write('pull_requests', (call) => {
    const issue = pullOf(call)
    checkText(call, 'PullRequest')
    const [title, base, state] = [text(call, 'title'), text(call, 'base'), text(call, 'state')]
    if (title !== undefined) issue.title = title
    if (text(call, 'body') !== undefined) issue.body = text(call, 'body') ?? ''
    if (base !== undefined && issue.pull) issue.pull.base = base
    if (state === 'open' || state === 'closed') call.repository.setIssueState(issue, state)
    issue.updatedAt = call.repository.timestamp()
    return { status: 200, body: present.fullPull(call.base, call.repository, issue) }
  }),

  'pulls/list-files': read('pull_requests', (call) => {
    const { repository } = call
    const issue = pullOf(call)
    const head = issue.pull?.mergeCommit ?? repository.find(issue.pull?.head ?? '')
    if (head === undefined) throw notFound()
    const base =
      typeof issue.pull?.mergeCommit !== 'string'
        ? repository.objects.mergeBase(repository.commitAt(issue.pull?.base ?? ''), head)
        : repository.objects.commit(head).parents[0]
    const files = repository.objects.changes(
      base === undefined ? undefined : repository.objects.commit(base).tree,
      repository.objects.commit(head).tree
    )
    return paged(call, files, (page) => page.map((file) => present.change(call.base, repository, file, head)))
  })
}

function issueOf(call: Call): Issue {
  const found = call.repository.issues.find((one) => one.number === Number(call.parameters['issue_number']))
  if (!found) throw notFound()
  return found
}

function pullOf(call: Call): Issue {
  const found = call.repository.issues.find((one) => one.number === Number(call.parameters['pull_number']))
  if (!found?.pull) throw notFound()
  return found
}

function commentOf(call: Call): { issue: Issue; comment: Comment } {
  for (const issue of call.repository.issues) {
    const comment = issue.comments.find((one) => one.id === Number(call.parameters['comment_id']))
    if (comment) return { issue, comment }
  }
  throw notFound()
}

/** Newest first by creation unless the query says otherwise. */
function sorted(call: Call, issues: readonly Issue[]): Issue[] {
  const key = (one: Issue): string | number =>
    call.query.get('sort') === 'updated' ? one.updatedAt : one.number
  const ascending = [...issues].sort((a, b) =>
    key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : a.number - b.number
  )
  return call.query.get('direction') === 'asc' ? ascending : ascending.reverse()
}

function checkText(call: Call, resource: string): void {
  const [title, body] = [text(call, 'title'), text(call, 'body')]
  if (title !== undefined && title.trim() === '') throw invalid(resource, 'title', 'missing_field')
  if (title !== undefined && title.length > TITLE_LIMIT)
    throw invalid(resource, 'title', 'custom', `title is too long (maximum is ${TITLE_LIMIT} characters)`)
  if (body !== undefined && body.length > BODY_LIMIT)
    throw invalid(resource, 'body', 'custom', `body is too long (maximum is ${BODY_LIMIT} characters)`)
}

/** GitHub refuses somebody who has no access to the repository. */
function checkAssignees(call: Call, names: string[]): string[] {
  const strangers = names.filter(
    (login) => login !== call.repository.owner && call.repository.seed.collaborators?.[login] === undefined
  )
  if (strangers.length > 0)
    throw new ApiError(
      422,
      'Validation Failed',
      strangers.map((value) => ({ resource: 'Issue', field: 'assignees', code: 'invalid', value }))
    )
  return names
}

function namesOf(given: unknown): string[] {
  if (!Array.isArray(given)) return []
  return given.map((one: unknown) =>
    typeof one === 'string' ? one : String((one as { name?: unknown }).name)
  )
}

function reasonOf(call: Call): Issue['stateReason'] {
  const reason = text(call, 'state_reason')
  return reason === 'completed' || reason === 'not_planned' || reason === 'duplicate' || reason === 'reopened'
    ? reason
    : null
}
