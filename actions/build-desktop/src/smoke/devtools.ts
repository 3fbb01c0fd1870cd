/** The debugging protocol of Chromium: JSON messages with an id over one WebSocket. */

export interface DevTools {
  /**
   * Sends a command and waits for its result.
   * @param session addresses a page
   * @param limitMs default 30 s
   * @throws NoAnswer after the limit
   */
  send(
    method: string,
    parameters: Readonly<Record<string, unknown>>,
    session?: string,
    limitMs?: number
  ): Promise<Readonly<Record<string, unknown>>>
  close(): void
}

const ANSWER_MS = 30_000

export class NoAnswer extends Error {
  override readonly name = 'NoAnswer'
}

interface Waiting {
  readonly resolve: (result: Readonly<Record<string, unknown>>) => void
  readonly reject: (error: Error) => void
  readonly timer: NodeJS.Timeout
}

/** @param address the `ws://` address that Chromium prints when it starts */
export async function connectDevTools(address: string): Promise<DevTools> {
  const socket = new WebSocket(address)
  const waiting = new Map<number, Waiting>()
  let last = 0
  await new Promise<void>((resolve, reject) => {
    socket.addEventListener('open', () => resolve(), { once: true })
    socket.addEventListener('error', () => reject(new Error(`no connection to Chromium at ${address}`)), {
      once: true
    })
  })
  socket.addEventListener('message', (event: MessageEvent) => {
    const message = JSON.parse(String(event.data)) as {
      id?: number
      result?: Record<string, unknown>
      error?: { message?: string }
    }
    const one = message.id === undefined ? undefined : waiting.get(message.id)
    if (one === undefined || message.id === undefined) return
    waiting.delete(message.id)
    clearTimeout(one.timer)
    if (message.error === undefined) one.resolve(message.result ?? {})
    else one.reject(new Error(`Chromium: ${message.error.message ?? 'unknown error'}`))
  })
  socket.addEventListener('close', () => {
    for (const one of waiting.values()) {
      clearTimeout(one.timer)
      one.reject(new Error('Chromium closed the connection'))
    }
    waiting.clear()
  })
  return {
    send: async (method, parameters, session, limitMs = ANSWER_MS) =>
      await new Promise((resolve, reject) => {
        const id = ++last
        const timer = setTimeout(() => {
          waiting.delete(id)
          reject(new NoAnswer(`Chromium did not answer ${method} within ${limitMs / 1000} s`))
        }, limitMs)
        waiting.set(id, { resolve, reject, timer })
        socket.send(
          JSON.stringify({
            id,
            method,
            params: parameters,
            ...(session === undefined ? {} : { sessionId: session })
          })
        )
      }),
    close: () => socket.close()
  }
}
