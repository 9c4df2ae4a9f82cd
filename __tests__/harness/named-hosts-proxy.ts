import http from 'node:http'
import net from 'node:net'
import { close, listen } from './s3.js'

/** One request to a proxy: `CONNECT host:port`, or a method and the whole URL. */
export interface ProxyRequest {
  readonly line: string
  readonly authorization: string | undefined
}

export interface NamedHostsProxy {
  /** `http://127.0.0.1:port`. */
  readonly url: string
  readonly requests: readonly ProxyRequest[]
  readonly stop: () => Promise<void>
}

/** The answer instead of a tunnel to the `count`th request; undefined lets it through. */
type Refuse = (count: number) => string | undefined

/** Refuses with a status line and a body, always or from one request on. */
export function refusing(status: string, { from = 1, body = '' } = {}): Refuse {
  const answer = `HTTP/1.1 ${status}\r\ncontent-length: ${body.length}\r\nconnection: close\r\n\r\n${body}`
  return (count) => (count >= from ? answer : undefined)
}

/**
 * A proxy on a free port of this machine, the only one who knows where these hosts are.
 *
 * @param hosts ports on this machine by host name
 */
export async function openNamedHostsProxy(
  hosts: Readonly<Record<string, number>>,
  refuse: Refuse = () => undefined,
): Promise<NamedHostsProxy> {
  const requests: ProxyRequest[] = []
  const sockets = new Set<net.Socket>()
  const server = http.createServer((message, response) => {
    const { method = '', url = '', headers } = message
    requests.push({ line: `${method} ${url}`, authorization: headers['proxy-authorization'] })
    const { hostname, pathname, search } = new URL(url)
    const target = { host: '127.0.0.1', port: hosts[hostname], path: `${pathname}${search}`, agent: false }
    const sent = http.request({ ...target, method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(response)
    })
    sent.on('error', () => response.destroy())
    message.pipe(sent)
  })
  server.on('connect', ({ url = '', headers }: http.IncomingMessage, client: net.Socket) => {
    requests.push({ line: `CONNECT ${url}`, authorization: headers['proxy-authorization'] })
    const refusal = refuse(requests.length)
    const port = hosts[url.replace(/:\d+$/, '')]
    client.on('error', () => client.destroy())
    if (refusal !== undefined || port === undefined) {
      client.end(refusal ?? 'HTTP/1.1 502 Bad Gateway\r\ncontent-length: 0\r\n\r\n')
      return
    }
    const target = net.connect(port, '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n')
      client.pipe(target).pipe(client)
    })
    sockets.add(target)
    target.on('close', () => sockets.delete(target))
    target.on('error', () => client.destroy())
  })
  // The server itself forgets a connection that asked for a tunnel.
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  const port = await listen(server, 0)
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    stop: async () => {
      for (const socket of sockets) socket.destroy()
      await close(server)
    },
  }
}
