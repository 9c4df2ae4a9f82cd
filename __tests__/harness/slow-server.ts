import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface SlowServer {
  readonly url: string
  /** Lets the answers go, those to come as well. */
  readonly release: () => void
  /** Resolves when a connection with an unanswered request was closed from the other side. */
  readonly givenUp: Promise<void>
  readonly close: () => void
}

/** A server on this machine that holds every answer back until it is told to let go. */
export async function slowServer(body: string): Promise<SlowServer> {
  const server = createServer()
  const held = new Promise<void>((resolve) => server.once('release', resolve))
  const givenUp = new Promise<void>((resolve) => server.once('given-up', resolve))
  server.on('request', (_, response) => {
    response.on('close', () => {
      if (!response.writableFinished) server.emit('given-up')
    })
    void held.then(() => response.end(body))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/key.pub`,
    release: () => void server.emit('release'),
    givenUp,
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}
