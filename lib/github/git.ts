/** Commits, comparisons, files, and a change of several files as one commit. https://docs.github.com/rest/git */
import type { Connection } from './connect.ts'
import { Moved, Rejected, TooLarge } from './failures.ts'
import type { Commit, CommitPlan, Comparison, Git } from './types.ts'

interface Place {
  readonly owner: string
  readonly repo: string
}

/** Commits in one page of a comparison, GitHub's most. */
const PAGE = 100
/** A comparison with more is refused: nobody reads such notes, and it would be hundreds of requests. */
const MOST_COMMITS = 20_000

export function createGit(connection: Connection, at: Place): Git {
  return {
    resolve: async (name) => {
      // Asked for its SHA alone the commit comes without its files; an unknown name is a 422 here.
      try {
        return await connection.find(`commit ${name}`, async (octokit) => {
          const answer = await octokit.rest.repos.getCommit({ ...at, ref: name, per_page: 1 })
          return answer.data.sha
        })
      } catch (error) {
        if (error instanceof Rejected && error.status === 422) return undefined
        throw error
      }
    },

    branch: async (name) =>
      await connection.find(`branch ${name}`, async (octokit) => {
        const answer = await octokit.rest.git.getRef({ ...at, ref: `heads/${name}` })
        return answer.data.object.sha
      }),

    tags: async (prefix = '') => {
      const refs = await connection.ask(
        'tags',
        async (octokit) =>
          await octokit.paginate(octokit.rest.git.listMatchingRefs, { ...at, ref: `tags/${prefix}` })
      )
      const found = new Map<string, string>()
      for (const ref of refs) {
        const name = ref.ref.slice('refs/tags/'.length)
        found.set(
          name,
          ref.object.type === 'tag' ? await peel(connection, at, ref.object.sha) : ref.object.sha
        )
      }
      return found
    },

    tag: async (name) => await findTag(connection, at, name),

    setTag: async (name, sha, expected) => await setTag(connection, at, name, sha, expected),

    mark: async (name) => await findMark(connection, at, name),

    setMark: async (name, sha) => await setMark(connection, at, name, sha),

    compare: async (base, head) => await compare(connection, at, base, head),

    changedPaths: async (sha) =>
      await connection.ask(`files of ${sha}`, async (octokit) => {
        const answer = await octokit.rest.repos.getCommit({ ...at, ref: sha })
        return (answer.data.files ?? []).map((file) => file.filename)
      }),

    file: async (path, ref) =>
      await connection.find(`file ${path}`, async (octokit) => {
        const { data } = await octokit.rest.repos.getContent({ ...at, path, ref })
        if (Array.isArray(data) || data.type !== 'file') return undefined
        if (data.encoding !== 'base64')
          throw new TooLarge(`${path} has ${data.size} bytes: more than 1 MB is not read as text`)
        return Buffer.from(data.content, 'base64').toString('utf8')
      }),

    commitFiles: async (plan) => await commitFiles(connection, at, plan)
  }
}

async function findTag(connection: Connection, at: Place, name: string): Promise<string | undefined> {
  const object = await connection.find(
    `tag ${name}`,
    async (octokit) => (await octokit.rest.git.getRef({ ...at, ref: `tags/${name}` })).data.object
  )
  if (object === undefined) return undefined
  return object.type === 'tag' ? await peel(connection, at, object.sha) : object.sha
}

/** A ref that is made or moved; after a lost answer the ref itself says whether it was done. */
async function setTag(
  connection: Connection,
  at: Place,
  name: string,
  sha: string,
  expected: string | undefined
): Promise<void> {
  const now = await findTag(connection, at, name)
  if (now === sha) return
  if (now !== expected)
    throw new Moved(`tag ${name} is at ${now ?? 'no commit'}, not at ${expected ?? 'none'}`)
  if (expected === undefined) {
    await createRef(connection, { ...at, ref: `refs/tags/${name}`, sha }, `tag ${name}`, async () =>
      findTag(connection, at, name)
    )
    return
  }
  await connection.askWritten(
    `tag ${name}`,
    async (octokit) => await octokit.rest.git.updateRef({ ...at, ref: `tags/${name}`, sha, force: true })
  )
}

/**
 * Makes a ref that was not there a moment ago. When somebody was faster, or the answer was lost, it is looked where
 * the ref is now.
 * @throws Moved when it names another commit
 */
async function createRef(
  connection: Connection,
  wanted: Place & { readonly ref: string; readonly sha: string },
  what: string,
  look: () => Promise<string | undefined>
): Promise<void> {
  let now: string | undefined
  try {
    now = await connection.make(
      what,
      async (octokit) => (await octokit.rest.git.createRef({ ...wanted })).data.object.sha,
      look
    )
  } catch (error) {
    // 422 says "already exists" as well as "no such commit".
    now = error instanceof Rejected ? await look() : undefined
    if (now === undefined) throw error
  }
  if (now !== wanted.sha) throw new Moved(`${what} is at ${now}, not at ${wanted.sha}`)
}

const MARKS = 'neurodesk-ci'

async function findMark(connection: Connection, at: Place, name: string): Promise<string | undefined> {
  return await connection.find(
    `mark ${name}`,
    async (octokit) => (await octokit.rest.git.getRef({ ...at, ref: `${MARKS}/${name}` })).data.object.sha
  )
}

async function setMark(connection: Connection, at: Place, name: string, sha: string): Promise<void> {
  const now = await findMark(connection, at, name)
  if (now === sha) return
  const ref = `${MARKS}/${name}`
  if (now === undefined) {
    try {
      await createRef(connection, { ...at, ref: `refs/${ref}`, sha }, `mark ${name}`, async () =>
        findMark(connection, at, name)
      )
      return
    } catch (error) {
      // Another run made it meanwhile: a mark is set wherever it is.
      if (!(error instanceof Moved)) throw error
    }
  }
  await connection.askWritten(
    `mark ${name}`,
    async (octokit) => await octokit.rest.git.updateRef({ ...at, ref, sha, force: true })
  )
}

/** The commit behind an annotated tag. */
async function peel(connection: Connection, at: Place, tag: string): Promise<string> {
  return await connection.ask(`tag ${tag}`, async (octokit) => {
    const answer = await octokit.rest.git.getTag({ ...at, tag_sha: tag })
    return answer.data.object.sha
  })
}

async function compare(connection: Connection, at: Place, base: string, head: string): Promise<Comparison> {
  const commits: Commit[] = []
  for (let page = 1; ; page++) {
    const { data } = await connection.ask(
      `comparison ${base}...${head}`,
      async (octokit) =>
        await octokit.rest.repos.compareCommitsWithBasehead({
          ...at,
          basehead: `${base}...${head}`,
          per_page: PAGE,
          page
        })
    )
    if (data.total_commits > MOST_COMMITS)
      throw new TooLarge(
        `${data.total_commits} commits between ${base} and ${head}: at most ${MOST_COMMITS} are read`
      )
    for (const one of data.commits) {
      commits.push({
        sha: one.sha,
        message: one.commit.message,
        parents: one.parents.map((parent) => parent.sha ?? ''),
        author:
          one.author !== null && 'login' in one.author && typeof one.author.login === 'string'
            ? one.author.login
            : undefined,
        authorName: one.commit.author?.name ?? '',
        date: one.commit.committer?.date ?? one.commit.author?.date ?? '',
        url: one.html_url
      })
    }
    if (data.commits.length === 0 || commits.length >= data.total_commits) {
      return {
        status: data.status,
        commits,
        behindBy: data.behind_by,
        mergeBase: data.merge_base_commit.sha,
        url: data.html_url
      }
    }
  }
}

/** Blobs by content in the tree itself, one commit, one ref: either all of it is there afterwards, or nothing. */
async function commitFiles(connection: Connection, at: Place, plan: CommitPlan): Promise<string> {
  const baseTree = await connection.ask(`commit ${plan.parent}`, async (octokit) => {
    const answer = await octokit.rest.git.getCommit({ ...at, commit_sha: plan.parent })
    return answer.data.tree.sha
  })
  const tree = await connection.askWritten('tree', async (octokit) => {
    const entries = [...plan.files].map(([path, content]) => ({
      path,
      mode: '100644' as const,
      type: 'blob' as const,
      ...(content === null ? { sha: null } : { content })
    }))
    const answer = await octokit.rest.git.createTree({ ...at, base_tree: baseTree, tree: entries })
    return answer.data.sha
  })
  // The files are already so: an empty commit would only make noise.
  if (tree === baseTree && plan.expected === plan.parent) return plan.parent
  const commit = await connection.askWritten('commit', async (octokit) => {
    const answer = await octokit.rest.git.createCommit({
      ...at,
      message: plan.message,
      tree,
      parents: [plan.parent]
    })
    return answer.data.sha
  })
  await setBranch(connection, at, plan, commit)
  return commit
}

async function setBranch(connection: Connection, at: Place, plan: CommitPlan, commit: string): Promise<void> {
  const now = async (): Promise<string | undefined> =>
    await connection.find(
      `branch ${plan.branch}`,
      async (octokit) =>
        (await octokit.rest.git.getRef({ ...at, ref: `heads/${plan.branch}` })).data.object.sha
    )
  try {
    if (plan.expected === undefined) {
      await connection.make(
        `branch ${plan.branch}`,
        async (octokit) =>
          (await octokit.rest.git.createRef({ ...at, ref: `refs/heads/${plan.branch}`, sha: commit })).data
            .object.sha,
        async () => ((await now()) === commit ? commit : undefined)
      )
      return
    }
    if (plan.force === true && (await now()) !== plan.expected)
      throw new Moved(`${plan.branch} is no longer at ${plan.expected}`)
    await connection.askWritten(
      `branch ${plan.branch}`,
      async (octokit) =>
        await octokit.rest.git.updateRef({
          ...at,
          ref: `heads/${plan.branch}`,
          sha: commit,
          force: plan.force ?? false
        })
    )
  } catch (error) {
    if (!(error instanceof Rejected)) throw error
    // Either somebody moved the branch, or the first of two answers was lost and the branch is where it should be.
    if ((await now()) === commit) return
    throw new Moved(`${plan.branch} was moved by somebody else: ${error.details}`, { cause: error })
  }
}
