/** Does a port take a WebSocket, and what does it say first? (RFC 6455, by Node's own client.) */

export type WebSocketAnswer =
  | { readonly open: true; readonly firstMessage: string | undefined }
  | { readonly open: false; readonly reason: string }

/**
 * Opens a WebSocket and waits for the first message when one is wanted.
 * @param waitMs for the opening, and again for the message
 */
export async function askWebSocket(
  url: string,
  options: {
    readonly protocol: string | undefined
    readonly wantMessage: boolean
    readonly waitMs: number
    readonly signal: AbortSignal
  }
): Promise<WebSocketAnswer> {
  const socket = new WebSocket(url, options.protocol === undefined ? [] : [options.protocol])
  socket.binaryType = 'arraybuffer'
  try {
    return await new Promise<WebSocketAnswer>((resolve) => {
      const timer = setTimeout(() => {
        const opened = socket.readyState === WebSocket.OPEN
        resolve(
          opened
            ? { open: true, firstMessage: undefined }
            : { open: false, reason: `no answer within ${options.waitMs / 1000} s` }
        )
      }, options.waitMs)
      const end = (answer: WebSocketAnswer): void => {
        clearTimeout(timer)
        resolve(answer)
      }
      options.signal.addEventListener('abort', () => end({ open: false, reason: 'cancelled' }), {
        once: true
      })
      socket.addEventListener('open', () => {
        if (!options.wantMessage) end({ open: true, firstMessage: undefined })
      })
      socket.addEventListener('message', (event: MessageEvent) =>
        end({ open: true, firstMessage: textOf(event.data) })
      )
      socket.addEventListener('close', (event: CloseEvent) =>
        end({ open: false, reason: `closed with code ${event.code}` })
      )
      socket.addEventListener('error', (event: Event) => {
        const said = 'message' in event && typeof event.message === 'string' ? event.message : ''
        end({ open: false, reason: said === '' ? 'the server did not take it' : said })
      })
    })
  } finally {
    socket.close()
  }
}

function textOf(data: unknown): string {
  if (typeof data === 'string') return data
  return data instanceof ArrayBuffer ? Buffer.from(data).toString('latin1') : ''
}
