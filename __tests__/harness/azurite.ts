import { createHmac } from 'node:crypto'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { type Peer, startPeer } from './peers.js'
import { send } from './send.js'

const program = path.resolve(
  import.meta.dirname,
  '../../.peers/azurite/node_modules/azurite/dist/src/blob/main.js',
)
const version = '2021-08-06'

export interface Azurite extends Peer {
  readonly makeContainer: (container: string) => Promise<void>
  readonly put: (container: string, objects: Readonly<Record<string, string>>) => Promise<void>
  /** A shared access signature for the whole account: to read and to list, or what else is said. */
  readonly shared: (permissions?: string) => string
}

/** Starts the blob service of an Azurite with one account. @param key in base64 */
export async function startAzurite(account: string, key: string): Promise<Azurite> {
  if (!existsSync(program)) throw new Error('azurite is not in .peers: run bash scripts/install-peers.sh')
  const peer = await startPeer(
    process.execPath,
    (port) => [
      program,
      ...['--blobHost', '127.0.0.1', '--blobPort', String(port)],
      ...['--inMemoryPersistence', '--silent', '--disableTelemetry'],
    ],
    () => ({ AZURITE_ACCOUNTS: `${account}:${key}` }),
  )
  const hmac = (text: string): string =>
    createHmac('sha256', Buffer.from(key, 'base64')).update(text).digest('base64')

  /** PUT with Shared Key; the query is sorted already. */
  const put = async (name: string, query: string, body: string): Promise<void> => {
    const ours = [`x-ms-date:${new Date().toUTCString()}`, `x-ms-version:${version}`]
    if (query === '') ours.unshift('x-ms-blob-type:BlockBlob')
    ours.sort()
    const type = 'application/octet-stream'
    const length = body === '' ? '' : String(Buffer.byteLength(body))
    const resource = `/${account}/${account}/${name}${query.replaceAll(/[?&]/g, '\n').replaceAll('=', ':')}`
    const text = ['PUT', '', '', length, '', type, '', '', '', '', '', '', ...ours, resource].join('\n')
    const headers = Object.fromEntries(
      ours.map((one) => [one.slice(0, one.indexOf(':')), one.slice(one.indexOf(':') + 1)]),
    )
    const authorization = `SharedKey ${account}:${hmac(text)}`
    const all = { ...headers, 'content-type': type, authorization }
    await send(`${peer.url}/${account}/${name}${query}`, 'PUT', all, body)
  }

  return {
    ...peer,
    makeContainer: async (container) => put(container, '?restype=container', ''),
    put: async (container, objects) => {
      for (const [name, content] of Object.entries(objects)) await put(`${container}/${name}`, '', content)
    },
    shared: (permissions = 'rl') => {
      const fields = { sp: permissions, ss: 'b', srt: 'co', se: '2099-01-01T00:00:00Z', sv: version }
      const { sp, ss, srt, se, sv } = fields
      const text = [account, sp, ss, srt, '', se, '', '', sv, '', ''].join('\n')
      return new URLSearchParams({ ...fields, sig: hmac(text) }).toString()
    },
  }
}
