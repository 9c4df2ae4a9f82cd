import type { Call } from '../network/call.js'
import { askKeyService } from './key-answer.js'
import { type KeyLoad, keyInvalid } from './key-source.js'
import { transitAccess } from './transit-access.js'
import type { TransitName } from './transit-name.js'
import { readTransitKey } from './transit-versions.js'

/** Asks a transit engine for the public halves of a key; the only right needed is `read` on it. */
export async function fetchTransitKey(reference: string, name: TransitName, call: Call): Promise<KeyLoad> {
  const access = await transitAccess(name)
  if (access.kind === 'failed') return access
  const { url: server, mount, headers, ca } = access.value
  const where = `${mount}/keys/${name.key}`
  const url = new URL(`${server.href.replace(/\/+$/, '')}/v1/${where}`)
  const trust = ca === undefined ? {} : { ca }
  const answer = await askKeyService({ url, headers, trust, needs: `read on ${where}` }, call)
  if (answer.kind === 'failed') return answer
  if (answer.kind === 'absent') return keyInvalid(`${reference}: ${server.host} has no key ${where}`)
  return readTransitKey(reference, answer.value)
}
