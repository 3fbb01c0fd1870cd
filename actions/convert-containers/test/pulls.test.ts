import { describe, expect, test } from '@jest/globals'

import { ToolError, TransientError } from '../../../lib/failure/index.ts'
import { HttpStatusError } from '../../../lib/http/index.ts'
import type { HttpResponse } from '../../../lib/ports/index.ts'
import {
  createPulls,
  Limited,
  refusalOf,
  watchRateLimit,
  withinLimits,
  type RateLimit
} from '../src/pulls.ts'

const limitOf = (remaining: number): RateLimit => ({
  host: 'registry-1.docker.io',
  limit: 100,
  remaining,
  windowSeconds: 21_600
})

test('watchRateLimit reads what Docker Hub tells', async () => {
  const answer = (url: string, headers: Record<string, string>): HttpResponse => ({
    url,
    status: 200,
    headers,
    latencyMs: 1,
    remoteAddress: undefined,
    body: Buffer.alloc(0)
  })
  const { http, limits } = watchRateLimit({
    request: (url) =>
      Promise.resolve(answer(url, { 'ratelimit-limit': '100;w=21600', 'ratelimit-remaining': '7;w=21600' })),
    stream: () => Promise.reject(new Error('unused'))
  })
  await http.request('https://registry-1.docker.io/v2/x')
  expect(limits.get('registry-1.docker.io')).toEqual({
    host: 'registry-1.docker.io',
    limit: 100,
    remaining: 7,
    windowSeconds: 21_600
  })
})

describe('withinLimits', () => {
  const taking = (pulls: number): { reference: string; pulls: number }[] =>
    ['docker.io/vnmd/a@1', 'ghcr.io/n/b@1', 'docker.io/vnmd/c@1', 'docker.io/vnmd/d@1'].map((reference) => ({
      reference,
      pulls
    }))

  test('begins no build that the registry would refuse half-way', () => {
    const images = taking(2)
    const { within, beyond } = withinLimits(images, [limitOf(5)])
    expect(within).toEqual(images.slice(0, 3))
    expect(beyond).toEqual([
      { image: images[3], reason: 'registry-1.docker.io gives only 5 more of its 100 pulls in 6 h' }
    ])
    expect(withinLimits(images, []).within).toEqual(images)
  })

  test('an Apptainer that asks once takes one; the stream takes none, and goes on when none is left', () => {
    expect(withinLimits(taking(1), [limitOf(2)]).within).toEqual(taking(1).slice(0, 3))
    expect(withinLimits(taking(0), [limitOf(0)]).within).toEqual(taking(0))
  })
})

describe('the account of a run', () => {
  test('goes down with what is taken, under both names of Docker Hub', () => {
    const pulls = createPulls([limitOf(3)])
    pulls.take('docker.io', 2)
    expect(() => pulls.take('docker.io', 2)).toThrow(
      new Limited('registry-1.docker.io gives only 1 more of its 100 pulls in 6 h')
    )
    pulls.take('docker.io', 1)
    pulls.take('ghcr.io', 2)
    expect(pulls.taken).toBe(5)
  })

  test('who refuses a manifest may still give layers; who refuses a layer gives nothing', () => {
    const pulls = createPulls([], new Map([['docker.io', 'no look-ups']]))
    expect(() => pulls.take('docker.io', 1)).toThrow(new Limited('no look-ups'))
    pulls.expectOpen('docker.io')
    pulls.refuse('ghcr.io', 'no manifests')
    expect(() => pulls.take('ghcr.io', 1)).toThrow(new Limited('no manifests'))
    pulls.expectOpen('ghcr.io')
    pulls.close('ghcr.io', 'nothing')
    expect(() => pulls.expectOpen('ghcr.io')).toThrow(new Limited('nothing'))
    expect(() => pulls.take('ghcr.io', 1)).toThrow(new Limited('nothing'))
    pulls.take('quay.io', 1)
    expect(pulls.taken).toBe(1)
  })
})

describe('refusalOf', () => {
  const tool = (detail: string): ToolError =>
    new ToolError({ command: 'apptainer', exitCode: 255, reason: 'exit', summary: 'ended', detail })
  const status = (code: number, body = '', headers = {}): HttpStatusError =>
    new HttpStatusError(
      { url: 'https://docker.io/v2/', status: code, headers, latencyMs: 1, remoteAddress: undefined },
      'GET',
      body
    )

  test.each<[string, unknown, string | undefined]>([
    ['429', status(429), 'HTTP 429'],
    ['429 behind retries', new TransientError('GET', 4, 1, status(429)), 'HTTP 429'],
    ['its code in another answer', status(403, '{"errors":[{"code":"TOOMANYREQUESTS"}]}'), 'HTTP 403'],
    // Apptainer from 1.4 on, and before; a proxy without a code.
    ['Apptainer', tool('FATAL: … GET …: TOOMANYREQUESTS: You have reached …'), 'TOOMANYREQUESTS'],
    ['an older one', tool('toomanyrequests: You have reached your pull rate limit'), 'toomanyrequests'],
    ['a proxy', tool('unexpected status code 429 Too Many Requests'), '429 Too Many Requests'],
    ['503', status(503), undefined],
    ['another end of Apptainer', tool('FATAL: no space left on device, 429 files'), undefined],
    ['another error', new Error('too many requests'), undefined]
  ])('%s', (_title, error, said) => {
    const reason = said === undefined ? undefined : `docker.io gives no more pulls for now (${said})`
    expect(refusalOf(error, 'docker.io', 0)).toBe(reason)
  })

  test('says how long the registry asks to wait', () => {
    expect(refusalOf(status(429, '', { 'retry-after': '7200' }), 'docker.io', 0)).toBe(
      'docker.io gives no more pulls for now, and asks to wait 2 h (HTTP 429)'
    )
  })
})
