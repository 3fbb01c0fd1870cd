import '../../../lib/stage/index.ts'

import { runAction } from '../../../lib/action/index.ts'
import { action } from './action.ts'

await runAction(action)
