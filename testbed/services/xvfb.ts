/** An X server without a screen. */
import { access } from 'node:fs/promises'
import { findTools } from '../tools.ts'
import { startDaemon } from './daemon.ts'
import { clearEstate, createEstate } from './estate.ts'
import { need } from './need.ts'

export interface XvfbService extends AsyncDisposable {
  /** DISPLAY, `:N` with a number that was free. */
  readonly env: Readonly<Record<'DISPLAY', string>>
}

/** Made by the first X server of a machine, and removed by none. */
const SOCKETS = '/tmp/.X11-unix'

/** @param size of its one screen, in pixels */
export async function startXvfb(size = { width: 1280, height: 1024 }): Promise<XvfbService> {
  const tools = findTools()
  const program = need(tools, 'xvfb')
  const isThere = await access(SOCKETS).then(
    () => true,
    () => false
  )
  const estate = await createEstate('xvfb', isThere ? {} : { shared: SOCKETS })
  try {
    const number = /^(\d+)$/m
    const printed = await startDaemon(estate, {
      command: program,
      // It chooses the display, and writes its number when it is ready.
      args: ['-displayfd', '1', '-screen', '0', `${size.width}x${size.height}x24`, '-nolisten', 'tcp'],
      ready: (text) => number.test(text)
    })
    return {
      env: { DISPLAY: `:${number.exec(printed)?.[1] ?? ''}` },
      [Symbol.asyncDispose]: () => clearEstate(estate)
    }
  } catch (error) {
    await clearEstate(estate)
    throw error
  }
}
