/** Issues, comments and pull requests. https://docs.github.com/rest/issues, https://docs.github.com/rest/pulls */
import type { RestEndpointMethodTypes } from '@octokit/rest'
import type { Connection } from './connect.ts'
import type { Comment, Issue, Issues, Pull, Pulls } from './types.ts'

type IssueAnswer = RestEndpointMethodTypes['issues']['get']['response']['data']
type CommentAnswer = RestEndpointMethodTypes['issues']['getComment']['response']['data']
type PullAnswer =
  | RestEndpointMethodTypes['pulls']['list']['response']['data'][number]
  | RestEndpointMethodTypes['pulls']['get']['response']['data']

interface Place {
  readonly owner: string
  readonly repo: string
}

const MOST_ISSUES = 1000

export function createIssues(connection: Connection, at: Place): Issues {
  /** Issues that were opened here: GitHub's readers may not know them for a moment. */
  const made = new Set<number>()
  const about = (number: number): Connection['ask'] =>
    made.has(number) ? connection.askWritten : connection.ask
  return {
    list: async (query) =>
      await connection.ask('issues', async (octokit) => {
        const found: Issue[] = []
        const pages = octokit.paginate.iterator(octokit.rest.issues.listForRepo, {
          ...at,
          state: query.state,
          sort: 'updated',
          direction: 'desc',
          per_page: 100,
          ...(query.labels === undefined || query.labels.length === 0
            ? {}
            : { labels: query.labels.join(',') }),
          ...(query.creator === undefined ? {} : { creator: query.creator }),
          ...(query.since === undefined ? {} : { since: query.since })
        })
        const most = query.max ?? MOST_ISSUES
        for await (const page of pages) {
          found.push(...page.data.filter((one) => one.pull_request === undefined).map(toIssue))
          if (found.length >= most) break
        }
        return found.slice(0, most)
      }),

    get: async (number) =>
      await connection.find(`issue ${number}`, async (octokit) =>
        toIssue((await octokit.rest.issues.get({ ...at, issue_number: number })).data)
      ),

    create: async (issue, lookAgain) => {
      const opened = await connection.make(
        `issue "${issue.title}"`,
        async (octokit) =>
          toIssue(
            (
              await octokit.rest.issues.create({
                ...at,
                title: issue.title,
                body: issue.body,
                labels: [...issue.labels],
                assignees: [...issue.assignees]
              })
            ).data
          ),
        lookAgain
      )
      made.add(opened.number)
      return opened
    },

    update: async (number, change) =>
      await about(number)(`issue ${number}`, async (octokit) => {
        const { reason, labels, ...rest } = change
        const answer = await octokit.rest.issues.update({
          ...at,
          issue_number: number,
          ...rest,
          ...(reason === undefined ? {} : { state_reason: reason }),
          ...(labels === undefined ? {} : { labels: [...labels] })
        })
        return toIssue(answer.data)
      }),

    comments: async (number) =>
      await about(number)(`comments of issue ${number}`, async (octokit) =>
        (
          await octokit.paginate(octokit.rest.issues.listComments, {
            ...at,
            issue_number: number,
            per_page: 100
          })
        ).map(toComment)
      ),

    comment: async (number, body, lookAgain) =>
      await connection.make(
        `comment on issue ${number}`,
        async (octokit) =>
          toComment((await octokit.rest.issues.createComment({ ...at, issue_number: number, body })).data),
        lookAgain,
        ...(made.has(number) ? (['written'] as const) : [])
      ),

    editComment: async (id, body) => {
      await connection.ask(
        `comment ${id}`,
        async (octokit) => await octokit.rest.issues.updateComment({ ...at, comment_id: id, body })
      )
    }
  }
}

export function createPulls(connection: Connection, at: Place): Pulls {
  const made = new Set<number>()
  const from: Pulls['from'] = async (head, base, state) =>
    await connection.ask(`pull request of ${head}`, async (octokit) => {
      const answer = await octokit.rest.pulls.list({
        ...at,
        head: `${at.owner}:${head}`,
        base,
        state,
        sort: 'created',
        direction: 'desc',
        per_page: 1
      })
      return answer.data[0] === undefined ? undefined : toPull(answer.data[0])
    })
  return {
    merged: async (since) =>
      await connection.ask('merged pull requests', async (octokit) => {
        const found = new Map<string, Pull>()
        const pages = octokit.paginate.iterator(octokit.rest.pulls.list, {
          ...at,
          state: 'closed',
          sort: 'updated',
          direction: 'desc',
          per_page: 100
        })
        for await (const page of pages) {
          for (const one of page.data)
            if (one.merged_at !== null && one.merge_commit_sha !== null)
              found.set(one.merge_commit_sha, toPull(one))
          // What was merged since then was changed since then, and the list goes back in time.
          const last = page.data.at(-1)
          if (last === undefined || last.updated_at < since) break
        }
        return found
      }),

    from,

    open: async (pull) => {
      const opened = await connection.make(
        `pull request of ${pull.head}`,
        async (octokit) => toPull((await octokit.rest.pulls.create({ ...at, ...pull })).data),
        async () => await from(pull.head, pull.base, 'open')
      )
      made.add(opened.number)
      return opened
    },

    update: async (number, change) =>
      await (made.has(number) ? connection.askWritten : connection.ask)(
        `pull request ${number}`,
        async (octokit) =>
          toPull((await octokit.rest.pulls.update({ ...at, pull_number: number, ...change })).data)
      )
  }
}

function namesOf(labels: readonly (string | { readonly name?: string | null })[]): string[] {
  return labels
    .map((label) => (typeof label === 'string' ? label : (label.name ?? '')))
    .filter((name) => name !== '')
}

function toIssue(one: IssueAnswer): Issue {
  return {
    number: one.number,
    title: one.title,
    body: one.body ?? '',
    state: one.state === 'closed' ? 'closed' : 'open',
    reason: one.state_reason ?? undefined,
    labels: namesOf(one.labels),
    author: one.user?.login ?? '',
    url: one.html_url,
    createdAt: one.created_at,
    updatedAt: one.updated_at,
    closedAt: one.closed_at ?? undefined
  }
}

function toComment(one: CommentAnswer): Comment {
  return {
    id: one.id,
    body: one.body ?? '',
    author: one.user?.login ?? '',
    url: one.html_url,
    createdAt: one.created_at
  }
}

function toPull(one: PullAnswer): Pull {
  return {
    number: one.number,
    title: one.title,
    body: one.body ?? '',
    state: one.state === 'closed' ? 'closed' : 'open',
    labels: namesOf(one.labels),
    author: one.user?.login ?? '',
    url: one.html_url,
    mergedAt: one.merged_at ?? undefined,
    mergeCommit: one.merge_commit_sha ?? undefined
  }
}
