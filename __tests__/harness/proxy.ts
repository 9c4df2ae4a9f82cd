import http from 'node:http'
import net from 'node:net'
import type { Duplex } from 'node:stream'
import { close, listen } from './s3.js'

export interface Proxy {
  /** `127.0.0.1:port` */
  readonly host: string
  /** What was asked for: `CONNECT service.example:443`, with its headers. */
  readonly asked: readonly { readonly line: string; readonly headers: http.IncomingHttpHeaders }[]
  readonly stop: () => Promise<void>
}

/**
 * A proxy on a free port of this machine.
 * @param tunnel the port on this machine to which every tunnel leads, or what it says instead of opening one
 */
export async function openProxy(tunnel: number | string): Promise<Proxy> {
  const asked: { line: string; headers: http.IncomingHttpHeaders }[] = []
  const streams = new Set<Duplex>()
  const server = http.createServer()
  server.on('connect', (request, socket) => {
    asked.push({ line: `CONNECT ${String(request.url)}`, headers: request.headers })
    if (typeof tunnel === 'string') {
      socket.end(tunnel)
      return
    }
    streams.add(socket)
    const far = net.connect(tunnel, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
      socket.pipe(far).pipe(socket)
    })
    streams.add(far)
    far.on('error', () => socket.destroy())
    socket.on('error', () => far.destroy())
  })
  const port = await listen(server, 0)
  return {
    host: `127.0.0.1:${port}`,
    asked,
    stop: async () => {
      for (const stream of streams) stream.destroy()
      await close(server)
    },
  }
}
