import { createPublicKey, type KeyObject } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import type { SecureContextOptions } from 'node:tls'
import { openWeb, type Web, type WebRequest } from './web.js'

/** The public half of a key, as PEM or as it is. */
type Public = KeyObject | { readonly publicPem: string }

/** The body of `GET /v1/<mount>/keys/<name>`, in the form that OpenBao 2.7 and Vault answer it. */
export function transitKeyBody(
  type: string,
  versions: Readonly<Record<string, Public>>,
  changes: object = {},
): { readonly data: object } {
  const entries = Object.entries(versions).map(([version, key]) => {
    const entry = { name: type, creation_time: '2026-11-21T12:31:08Z', public_key: publicText(type, key) }
    return [version, entry]
  })
  return {
    data: {
      type,
      name: 'release',
      keys: Object.fromEntries(entries) as object,
      latest_version: Math.max(...Object.keys(versions).map(Number)),
      min_available_version: 0,
      min_decryption_version: 1,
      min_encryption_version: 0,
      derived: false,
      soft_deleted: false,
      supports_signing: true,
      ...changes,
    },
  }
}

/** PEM; of Ed25519 the raw key in base64. */
function publicText(type: string, key: Public): string {
  const half = 'publicPem' in key ? createPublicKey(key.publicPem) : key
  if (type !== 'ed25519') return half.export({ type: 'spki', format: 'pem' }).toString()
  return half.export({ type: 'spki', format: 'der' }).subarray(-32).toString('base64')
}

/** A stand-in of Vault or OpenBao: whoever has the token reads `transit/keys/release`, and nothing else is there. */
export async function openTransit(
  token: string,
  body: object,
  certificate?: SecureContextOptions,
): Promise<Web> {
  return openWeb((request, response) => {
    const right = request.headers['x-vault-token'] === token
    if (!right) {
      sendJson(response, 403, { errors: ['permission denied'] })
      return
    }
    if (request.target !== '/v1/transit/keys/release') {
      sendJson(response, 404, { errors: [] })
      return
    }
    sendJson(response, 200, body)
  }, certificate)
}

export function sendJson(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(JSON.stringify(body))
}

/** A body that sends back all that it was sent, as a service under debugging may. */
export function echo({ target, headers, body }: WebRequest): string {
  return `${target}\n${JSON.stringify(headers)}\n${body}`
}
