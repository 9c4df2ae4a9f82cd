import net from 'node:net'
import type { AddressInfo } from 'node:net'

export interface RawServer {
  /** `http://127.0.0.1:port`, without a slash at the end. */
  readonly url: string
  readonly port: number
  /** What came, one text a connection. */
  readonly heard: readonly string[]
  readonly stop: () => Promise<void>
}

/** A server on a free port of this machine that speaks no protocol: `answer` gets each connection once it said something. */
export async function openRaw(answer: (socket: net.Socket) => void): Promise<RawServer> {
  const heard: string[] = []
  const sockets = new Set<net.Socket>()
  const server = net.createServer((socket) => {
    const at = heard.push('') - 1
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    // Whoever asks may go away at any time.
    socket.on('error', () => socket.destroy())
    socket.on('data', (chunk: Buffer) => (heard[at] = `${String(heard[at])}${chunk.toString('latin1')}`))
    socket.once('data', () => answer(socket))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    heard,
    stop: async () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  }
}
