/** One container from its source into every store that lacks it: get the bytes, verify them, put them, verify again. */
import { messageOf } from '../../../lib/failure/index.ts'
import { digestsOfFile, NoMksquashfs, SifError } from '../../../lib/sif/index.ts'
import { cacheKey, copyInside, failureOf, put, type Delivery, type Failure } from './deliver.ts'
import type { Room } from './disk.ts'
import { ownFile, settle } from './files.ts'
import { obtain, type CarryContext, type Got } from './obtain.ts'
import type { Job, Source } from './plan.ts'
import { Limited } from './pulls.ts'

export interface Carried {
  readonly id: string
  readonly object: string
  readonly from: 'converted' | 'local' | 'copied'
  readonly deliveries: readonly Delivery[]
  readonly bytes: number
  readonly sha256: string | undefined
  /** The docker image's digest. */
  readonly image: string | undefined
  readonly getMs: number
  readonly ms: number
  /** Bytes over the network, both ways; what is converted counts as the layers' size. */
  readonly movedBytes: number
  /** One for each thing that went wrong; empty when all stores have it. */
  readonly failures: readonly Failure[]
  /** Sources that were to be taken and are no whole SIF: where they lie, and what is wrong with them. */
  readonly damaged: readonly string[]
}

/** Nothing is wrong with it: its registry gives no more for now. */
export function isLeft({ failures }: Carried): boolean {
  return failures.length > 0 && failures.every(({ kind }) => kind === 'limited')
}

/** Never throws for what tools and stores do: it is in `failures`. A cancel is thrown on. */
export async function carry(job: Job, context: CarryContext): Promise<Carried> {
  const started = context.ports.clock.now()
  const failures: Failure[] = []
  const damaged: string[] = []
  const deliveries: Delivery[] = []
  const upload = [...job.upload]
  let sources = [...(job.source === undefined ? [] : [job.source]), ...(job.others ?? [])]
  let movedBytes = 0
  let { sha256 } = job
  const wanted = (): Job => (sha256 === undefined ? job : { ...job, sha256 })
  for (const { store } of job.inside) {
    try {
      const delivery = await copyInside(wanted(), store, context)
      if (delivery === undefined) upload.push(store)
      else {
        deliveries.push(delivery)
        sha256 ??= delivery.sha256
      }
    } catch (error) {
      context.signal.throwIfAborted()
      if (error instanceof SifError) {
        damaged.push(`${cacheKey(context, job.container.object)} in ${store.name}: ${error.message}`)
        sources = sources.filter((one) => !(one.kind === 'store' && one.store === store && one.cached))
        upload.push(store)
      } else failures.push(failureOf(store, error))
    }
  }
  let source: Source | undefined
  let got: Got | undefined
  if (upload.length > 0) {
    let room: Room | undefined
    let stays = 0
    const planned = upload.length
    try {
      const obtained = await obtain(wanted(), sources, { damaged, upload }, context)
      ;({ source, got, room } = obtained)
      movedBytes += got.movedBytes
      const digests = got.digests ?? (await digestsOfFile(context.ports.fs, got.file, context.signal))
      got = { ...got, digests }
      // What it has found damaged on the way is replaced as well.
      const replace = [...(job.replace ?? []), ...upload.slice(planned)]
      await put({ ...wanted(), replace }, upload, { ...got, digests }, context, deliveries, failures)
      if (await settle(job, got.file, failures, context)) stays = digests.bytes
    } catch (error) {
      context.signal.throwIfAborted()
      const required = upload.some((store) => store.required)
      failures.push({ message: messageOf(error), required, ...kindOf(error) })
    } finally {
      await context.ports.fs.rm(ownFile(job, context), { force: true })
      room?.giveBack(stays)
    }
  }
  // What a store copied by itself was read once before.
  movedBytes += deliveries.reduce((sum, { how, bytes }) => sum + (how === 'was there already' ? 0 : bytes), 0)
  return {
    id: job.container.id,
    object: job.container.object,
    from: FROM[(source ?? job.source)?.kind ?? 'store'],
    deliveries,
    bytes: got?.digests?.bytes ?? deliveries[0]?.bytes ?? 0,
    sha256: got?.digests?.sha256 ?? deliveries[0]?.sha256,
    image: got?.image,
    getMs: got?.ms ?? 0,
    ms: context.ports.clock.now() - started,
    movedBytes,
    failures,
    damaged
  }
}

const FROM = { convert: 'converted', local: 'local', store: 'copied' } as const

function kindOf(error: unknown): Pick<Failure, 'kind'> {
  if (error instanceof Limited) return { kind: 'limited' }
  return error instanceof NoMksquashfs ? { kind: 'no-converter' } : {}
}
