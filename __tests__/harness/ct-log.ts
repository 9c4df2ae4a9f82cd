import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { ASN1Obj, X509Certificate } from '@sigstore/core'
import { der } from '../verify/der.js'
import { extension } from './issued-certificate.js'
import { openWeb, type Web } from './web.js'

/** A log of certificates (RFC 6962) that promises inclusion and keeps no tree: nobody asks for one. */
export interface CtLog extends Pick<Web, 'url' | 'stop'> {
  readonly publicKey: KeyObject
  /** The promise for a certificate of which this would be signed, as it goes into the certificate. */
  readonly promise: (body: Uint8Array, issuerSpki: Uint8Array) => Buffer
}

const poison = '1.3.6.1.4.1.11129.2.4.3'
const embedded = '1.3.6.1.4.1.11129.2.4.2'
/** SHA-256 and ECDSA as TLS numbers them (RFC 5246, 7.4.1.4.1). */
const algorithm = Buffer.from([4, 3])

export async function openCtLog(): Promise<CtLog> {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const id = sha256(publicKey.export({ type: 'spki', format: 'der' }))

  const signed = (body: Uint8Array, issuerSpki: Uint8Array): { timestamp: number; signature: Buffer } => {
    const timestamp = Date.now()
    // RFC 6962, 3.2: version, kind of signature, time, kind of entry, entry, no extensions.
    const over = Buffer.concat([
      Buffer.from([0, 0]),
      number(timestamp, 8),
      number(1, 2),
      sha256(issuerSpki),
      sized(body, 3),
      number(0, 2),
    ])
    return { timestamp, signature: Buffer.concat([algorithm, sized(sign('sha256', over, privateKey), 2)]) }
  }

  const web = await openWeb(({ target, body }, response) => {
    if (!target.endsWith('/ct/v1/add-pre-chain')) {
      response.writeHead(404).end()
      return
    }
    const { chain } = JSON.parse(body) as { chain: readonly string[] }
    const [precertificate, issuer] = chain.map((one) => Buffer.from(one, 'base64'))
    if (!precertificate || !issuer) throw new Error('a certificate comes with its issuer')
    const issuerSpki = X509Certificate.parse(issuer).publicKey
    const { timestamp, signature } = signed(withoutPoison(precertificate), issuerSpki)
    response.writeHead(200, { 'content-type': 'application/json' })
    response.end(
      JSON.stringify({
        sct_version: 0,
        id: id.toString('base64'),
        timestamp,
        extensions: '',
        signature: signature.toString('base64'),
      }),
    )
  })
  return {
    url: web.url,
    stop: web.stop,
    publicKey,
    promise: (body, issuerSpki) => {
      const { timestamp, signature } = signed(body, issuerSpki)
      return Buffer.concat([Buffer.from([0]), id, number(timestamp, 8), number(0, 2), signature])
    },
  }
}

/** The extension of a certificate that carries promises of logs (RFC 6962, 3.3). */
export function promises(...list: readonly Uint8Array[]): Uint8Array {
  return extension(embedded, der(0x04, sized(Buffer.concat(list.map((one) => sized(one, 2))), 2)))
}

/** What will be signed of the certificate without the mark that makes it a precertificate. */
function withoutPoison(precertificate: Buffer<ArrayBuffer>): Buffer {
  const [body] = ASN1Obj.parseBuffer(precertificate).subs
  const extensions = body?.subs.at(-1)?.subs[0]?.subs ?? []
  const at = extensions.findIndex((one) => one.subs[0]?.toOID() === poison)
  if (body === undefined || at < 0) throw new Error('this is no precertificate')
  extensions.splice(at, 1)
  return body.toDER()
}

function sha256(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest()
}

function number(value: number, bytes: number): Buffer {
  return Buffer.from(value.toString(16).padStart(bytes * 2, '0'), 'hex')
}

/** Bytes with their length in front. */
function sized(bytes: Uint8Array, lengthBytes: number): Buffer {
  return Buffer.concat([number(bytes.length, lengthBytes), bytes])
}
