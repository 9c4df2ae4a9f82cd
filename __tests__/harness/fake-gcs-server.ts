import { type Peer, peerProgram, startPeer } from './peers.js'
import { send } from './send.js'

export interface FakeGcsServer extends Peer {
  readonly makeBucket: (bucket: string) => Promise<void>
  readonly put: (bucket: string, objects: Readonly<Record<string, string>>) => Promise<void>
}

/** Starts a fake-gcs-server that keeps its objects in memory. */
export async function startFakeGcsServer(): Promise<FakeGcsServer> {
  const peer = await startPeer(peerProgram('fake-gcs-server'), (port) => [
    ...['-scheme', 'http', '-host', '127.0.0.1', '-port', String(port)],
    ...['-backend', 'memory', '-public-host', `127.0.0.1:${port}`],
  ])
  const post = async (path: string, body: string): Promise<void> => {
    await send(`${peer.url}${path}`, 'POST', { 'content-type': 'application/json' }, body)
  }
  return {
    ...peer,
    makeBucket: async (bucket) => post('/storage/v1/b', JSON.stringify({ name: bucket })),
    put: async (bucket, objects) => {
      for (const [key, content] of Object.entries(objects)) {
        const query = new URLSearchParams({ uploadType: 'media', name: key }).toString()
        await post(`/upload/storage/v1/b/${bucket}/o?${query}`, content)
      }
    },
  }
}
