import { describe, expect, test } from '@jest/globals'

import { TransientError } from '../../../lib/failure/index.ts'
import { HttpStatusError } from '../../../lib/http/index.ts'
import { formatReference, type Registry, type RemoteImage } from '../../../lib/registry/index.ts'
import { findImage } from '../src/images.ts'
import { parseNamespace, type ImageRegistry } from '../src/registries.ts'
import { container } from './samples.ts'

const at = (text: string, optional = false): ImageRegistry => ({
  namespace: parseNamespace(text),
  optional
})
const hub = at('docker.io/vnmd')
const ghcr = at('ghcr.io/neurodesk')
const digest = `sha256:${'a'.repeat(64)}`

function registry(
  answers: Readonly<Record<string, 'there' | 'gone' | 'broken'>>
): Pick<Registry, 'image'> & { asked: string[] } {
  const asked: string[] = []
  return {
    asked,
    image: async (reference, platform) => {
      await Promise.resolve()
      const name = formatReference(reference)
      asked.push(`${name} ${platform.architecture}`)
      const answer = answers[name]
      if (answer === 'broken') throw new Error(`${reference.host} does not answer`)
      if (answer !== 'there') return undefined
      return {
        descriptor: { digest },
        manifest: { layers: [1, 2] },
        compressedSize: 77
      } as unknown as RemoteImage
    }
  }
}

describe('findImage', () => {
  test('the reference is NAMESPACE/NAME_VERSION:DATE, the result is pinned by its digest', async () => {
    expect(hub.namespace).toEqual({ host: 'docker.io', path: 'vnmd' })
    const fake = registry({ 'docker.io/vnmd/fsl_6.0:20250101': 'there' })
    expect(await findImage(container('fsl 6.0'), [hub, ghcr], fake)).toMatchObject({
      kind: 'image',
      image: {
        reference: `docker.io/vnmd/fsl_6.0@${digest}`,
        digest,
        layerCount: 2,
        compressedBytes: 77,
        insecure: false
      }
    })
    expect(fake.asked).toEqual(['docker.io/vnmd/fsl_6.0:20250101 amd64'])
  })

  test('the next registry is asked when the first lacks it or does not answer', async () => {
    for (const first of ['gone', 'broken'] as const) {
      const fake = registry({
        'docker.io/vnmd/fsl_6.0:20250101': first,
        'ghcr.io/neurodesk/fsl_6.0:20250101': 'there'
      })
      expect((await findImage(container('fsl 6.0'), [hub, ghcr], fake)).kind).toBe('image')
    }
  })

  test('no answer from one and a no from the other is not a no', async () => {
    const fake = registry({ 'docker.io/vnmd/fsl_6.0:20250101': 'broken' })
    expect(await findImage(container('fsl 6.0'), [hub, ghcr], fake)).toMatchObject({
      kind: 'unknown',
      reason: 'docker.io does not answer'
    })
    expect((await findImage(container('fsl 6.0'), [hub, ghcr], registry({}))).kind).toBe('absent')
  })

  test('one that gives no more pulls is told as such, and not asked again; the next one is', async () => {
    let asked = 0
    const head = { url: 'https://registry-1.docker.io/v2/', status: 429, headers: { 'retry-after': '7200' } }
    const error = new HttpStatusError({ ...head, latencyMs: 1, remoteAddress: undefined }, 'GET', '')
    const limited: Pick<Registry, 'image'> = {
      image: ({ host }) => {
        if (host !== 'docker.io') return Promise.resolve(undefined)
        asked++
        return Promise.reject(new TransientError('GET manifest', 1, 0, error))
      }
    }
    const limits = { refused: new Map<string, string>(), now: () => 0 }
    const reason = 'docker.io gives no more pulls for now, and asks to wait 2 h (HTTP 429)'
    for (const app of ['fsl 6.0', 'ants 2', 'afni 3']) {
      expect(await findImage(container(app), [hub, ghcr], limited, limits)).toEqual({
        kind: 'limited',
        reason
      })
    }
    expect(asked).toBe(1)
    // Somewhere else nobody answered: then more is unknown than what the limit hides.
    const broken: Pick<Registry, 'image'> = { image: () => Promise.reject(new Error('no answer')) }
    expect(await findImage(container('x 1'), [hub, ghcr], broken, limits)).toEqual({
      kind: 'unknown',
      reason: `no answer; ${reason}`
    })
  })

  test('an optional registry that does not answer is not waited for', async () => {
    const fake = registry({ 'docker.io/vnmd/fsl_6.0:20250101': 'broken' })
    expect((await findImage(container('fsl 6.0'), [at('docker.io/vnmd', true), ghcr], fake)).kind).toBe(
      'absent'
    )
  })

  test('a name that no registry can have is not asked for', async () => {
    const fake = registry({})
    expect(await findImage(container('matlabGUI 2022a'), [hub], fake)).toMatchObject({ kind: 'absent' })
    expect(fake.asked).toEqual([])
  })
})
