/** test-cvmfs.yml, run on the testbed: one issue for each server that is not well, closed when it is. */
import { afterEach, beforeEach, expect, test } from '@jest/globals'

import { describeWithServices } from '../../../testbed/jest.ts'
import {
  cvmfs,
  issues,
  MINUTE,
  run,
  stageWithGate,
  startApi,
  startServers,
  stopServers
} from './neurodesktop.ts'

describeWithServices(['act'], 'test-cvmfs.yml', () => {
  beforeEach(startServers, MINUTE)
  afterEach(stopServers)

  test(
    'opens no issue for healthy servers, one for a stale one, and closes it on recovery',
    async () => {
      await using stage = await stageWithGate()
      await startApi(stage)
      const healthy = await run(stage, 'test-cvmfs.yml')
      expect(healthy.results).toEqual({ servers: ['success'], report: ['success'] })
      expect(healthy.artifacts).toEqual(['report-cvmfs'])
      expect(issues()).toEqual([])

      await cvmfs.publish({ time: Date.now() - 26 * 3_600_000 })
      await cvmfs.setFault('sydney', 'stale')
      await stage.forget('artifacts')
      const stale = await run(stage, 'test-cvmfs.yml')
      expect(stale.results).toEqual({ servers: ['failure'], report: ['success'] })
      expect(issues()).toEqual([expect.stringContaining('sydney')])
      // What was found the last time came from the cache.
      expect(stale.log).not.toContain('there is none to compare with')

      await cvmfs.setFault('sydney', undefined)
      await stage.forget('artifacts')
      const again = await run(stage, 'test-cvmfs.yml')
      expect(again.results).toEqual({ servers: ['success'], report: ['success'] })
      expect(issues()).toEqual([])
    },
    5 * MINUTE
  )

  test(
    'in a dry run opens no issue',
    async () => {
      await using stage = await stageWithGate()
      await startApi(stage)
      await cvmfs.setFault('sydney', 'refused')
      const result = await run(stage, 'test-cvmfs.yml', {
        event: 'workflow_dispatch',
        inputs: { dry_run: 'true' }
      })
      expect(result.results['report']).toEqual(['success'])
      expect(issues()).toEqual([])
    },
    5 * MINUTE
  )
})
