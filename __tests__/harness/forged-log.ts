import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import type { SealedEnvelope } from '../verify/sealed.js'
import { spkiOf } from './forged-certificate.js'

/** A transparency log that writes down what it is told: also what a real one would refuse. */
export interface ForgedLog {
  readonly baseUrl: string
  readonly publicKey: KeyObject
  readonly id: Buffer
  /** One entry; of the first generation with a promise of the time, of the second with none. */
  readonly record: (body: Body, time?: Date) => RecordedEntry
}

/** An entry as it lies in an annotation, and as a bundle carries it. */
export interface RecordedEntry {
  readonly annotation: string
  readonly entry: BundledEntry
}

export interface BundledEntry {
  readonly integratedTime?: string
  readonly inclusionPromise?: object
  readonly inclusionProof: { readonly checkpoint: { readonly envelope: string } }
  readonly canonicalizedBody: string
  readonly logId: { readonly keyId: string }
}

export interface Body {
  readonly apiVersion: string
  readonly kind: string
  readonly spec: object
}

const hash = (...parts: Uint8Array[]): Buffer =>
  parts.reduce((all, part) => all.update(part), createHash('sha256')).digest()

/** @param claimed the id of another log, which this one passes itself off as */
export function newLog(name: string, generation: 1 | 2, claimed?: Buffer): ForgedLog {
  const { privateKey, publicKey } =
    generation === 1 ? generateKeyPairSync('ec', { namedCurve: 'P-256' }) : generateKeyPairSync('ed25519')
  // The older log calls its trees by a number, by which verifiers tell its checkpoints from those of the newer one; the
  // newer one's id is that of its key in signed notes (C2SP signed-note), of which a note has the first four bytes.
  const origin = generation === 1 ? `${name} - 1` : name
  const spki = spkiOf(publicKey)
  const id =
    claimed ?? (generation === 1 ? hash(spki) : hash(Buffer.from(`${name}\n\x01`), spki.subarray(-32)))
  const algorithm = generation === 1 ? 'sha256' : null

  const record: ForgedLog['record'] = (body, time) => {
    const canonicalizedBody = Buffer.from(JSON.stringify(body)).toString('base64')
    const at = Math.floor((time?.getTime() ?? 0) / 1000)
    // The names in the order of canonical JSON (RFC 8785): the promise is over these bytes.
    const promised = { body: canonicalizedBody, integratedTime: at, logID: id.toString('hex'), logIndex: 0 }
    const promise = sign(algorithm, Buffer.from(JSON.stringify(promised)), privateKey).toString('base64')
    // A tree of one leaf, whose hash is the root (RFC 6962, 2.1).
    const rootHash = hash(Buffer.from([0]), Buffer.from(canonicalizedBody, 'base64')).toString('base64')
    const note = `${origin}\n1\n${rootHash}\n`
    const noted = Buffer.concat([id.subarray(0, 4), sign(algorithm, Buffer.from(note), privateKey)])
    const envelope = `${note}\n\u2014 ${name} ${noted.toString('base64')}\n`
    return {
      annotation: JSON.stringify({ SignedEntryTimestamp: promise, Payload: promised }),
      entry: {
        ...{ logIndex: '0', kindVersion: { kind: body.kind, version: body.apiVersion } },
        logId: { keyId: id.toString('base64') },
        ...(generation === 1 && {
          integratedTime: String(at),
          inclusionPromise: { signedEntryTimestamp: promise },
        }),
        inclusionProof: { logIndex: '0', rootHash, treeSize: '1', hashes: [], checkpoint: { envelope } },
        canonicalizedBody,
      },
    }
  }
  return { baseUrl: `https://${name}`, publicKey, id, record }
}

/** What an entry is about: exchange one part, and it is about something else. */
export interface Logged {
  /** The bytes that were signed. */
  readonly message: Uint8Array
  readonly signature: Uint8Array
  /** PEM of a key or a certificate. */
  readonly verifier: string
  /** Of what was signed as an envelope. */
  readonly envelope?: SealedEnvelope
}

const base64 = (bytes: Uint8Array | string): string => Buffer.from(bytes).toString('base64')
const sha256 = (bytes: Uint8Array | string): object => ({
  algorithm: 'sha256',
  value: hash(Buffer.from(bytes)).toString('hex'),
})

/** Bodies of entries by their kind and version (rekor, pkg/types; rekor-tiles, pkg/types). */
export const bodies = {
  'hashedrekord 0.0.1': ({ message, signature, verifier }: Logged): Body => ({
    apiVersion: '0.0.1',
    kind: 'hashedrekord',
    spec: {
      data: { hash: sha256(message) },
      signature: { content: base64(signature), publicKey: { content: base64(verifier) } },
    },
  }),
  'dsse 0.0.1': ({ signature, verifier, envelope }: Logged): Body => ({
    apiVersion: '0.0.1',
    kind: 'dsse',
    spec: {
      envelopeHash: sha256(JSON.stringify(envelope)),
      payloadHash: sha256(Buffer.from(envelope?.payload ?? '', 'base64')),
      signatures: [{ signature: base64(signature), verifier: base64(verifier) }],
    },
  }),
  'intoto 0.0.1': ({ verifier, envelope }: Logged): Body => ({
    apiVersion: '0.0.1',
    kind: 'intoto',
    spec: { content: { hash: sha256(JSON.stringify(envelope)) }, publicKey: base64(verifier) },
  }),
  'intoto 0.0.2': ({ signature, verifier, envelope }: Logged): Body => ({
    apiVersion: '0.0.2',
    kind: 'intoto',
    spec: {
      content: {
        envelope: {
          payloadType: envelope?.payloadType,
          signatures: [{ publicKey: base64(verifier), sig: base64(base64(signature)) }],
        },
        hash: sha256(JSON.stringify(envelope)),
        payloadHash: sha256(Buffer.from(envelope?.payload ?? '', 'base64')),
      },
    },
  }),
  'hashedrekord 0.0.2': ({ message, signature, verifier }: Logged): Body => {
    const rawBytes = verifier.replace(/-----[A-Z ]+-----|\s/g, '')
    const certified = verifier.includes('CERTIFICATE')
    return {
      apiVersion: '0.0.2',
      kind: 'hashedrekord',
      spec: {
        hashedRekordV002: {
          data: { algorithm: 'SHA2_256', digest: hash(message).toString('base64') },
          signature: {
            content: base64(signature),
            verifier: {
              keyDetails: 'PKIX_ECDSA_P256_SHA_256',
              ...(certified ? { x509Certificate: { rawBytes } } : { publicKey: { rawBytes } }),
            },
          },
        },
      },
    }
  },
} as const
