/**
 * The first thing that a bundle does: it says in the state of its step that main was there. Post is the same program
 * (`post: dist/index.js`), and one that finds no state would be main. So this comes before the rest is even loaded.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#sending-values-to-the-pre-and-post-actions
 */
import { appendFileSync } from 'node:fs'

const state = process.env['GITHUB_STATE'] ?? ''
if (process.env['STATE_isPost'] !== 'true' && state !== '') appendFileSync(state, 'isPost=true\n')
