import type { EvidenceCase, Kind, Parts } from './evidence-case.js'

/**
 * A piece that one evidence may be given from another: a whole part, or what stands at a path in its JSON, as
 * `entry/Payload.body`. A number is a place in a list.
 */
export type Piece = string

const entryPieces = ['SignedEntryTimestamp', 'Payload', 'Payload.body', 'Payload.integratedTime'].concat(
  ['logIndex', 'logID'].map((name) => `Payload.${name}`),
)
const legacyPieces = ['evidence', 'certificate', 'chain', 'entry', 'timestamp'].concat(
  entryPieces.map((path) => `entry/${path}`),
)
const envelopePieces = ['payload', 'payloadType', 'signatures']
const logPieces = ['canonicalizedBody', 'inclusionPromise', 'inclusionProof', 'integratedTime'].concat(
  ['logIndex', 'logId', 'kindVersion'],
  ['checkpoint', 'hashes', 'rootHash', 'treeSize', 'logIndex'].map((name) => `inclusionProof.${name}`),
)
const material = 'verificationMaterial'
const materialPieces = ['certificate', 'x509CertificateChain', 'publicKey', 'tlogEntries'].concat(
  ['timestampVerificationData'],
  logPieces.map((path) => `tlogEntries.0.${path}`),
)
const bundlePieces = [
  'mediaType',
  material,
  ...materialPieces.map((path) => `${material}.${path}`),
  'dsseEnvelope',
  ...envelopePieces.map((path) => `dsseEnvelope.${path}`),
  'messageSignature',
  'messageSignature.messageDigest',
  'messageSignature.signature',
].map((path) => `evidence/${path}`)
const recordPieces = ['schemaVersion', 'digest', 'keyRef', 'keyID', 'algorithm', 'signature', 'signedAt']

/** What can be taken from a piece of evidence of a kind. */
export function piecesOf(one: EvidenceCase): readonly Piece[] {
  const pieces: Readonly<Record<Exclude<Kind, 'build-policy'>, readonly Piece[]>> = {
    'simple-signing': [...legacyPieces, 'signature'],
    'dsse-envelope': [...legacyPieces, ...envelopePieces.map((path) => `evidence/${path}`)],
    'sigstore-bundle': ['evidence', ...bundlePieces],
    'artifact-bundle': ['evidence', ...bundlePieces],
    's3lo-record': ['evidence', ...recordPieces.map((path) => `evidence/${path}`)],
  }
  if (one.kind !== 'build-policy') return pieces[one.kind]
  const signed = ['keyid', 'sig', 'certificate', 'intermediates', 'timestamps']
  // A whole envelope is nothing that could be swapped: it says itself what it proves.
  return Object.keys(one.parts).flatMap((part) =>
    [...envelopePieces, ...signed.map((name) => `signatures.0.${name}`)].map((path) => `${part}/${path}`),
  )
}

/**
 * The ways to lay another's whole evidence in its place, none of which is an attack. Of build policies: each envelope
 * that a piece is from may be one's own, the other's, or not be there.
 */
export function wholesale(one: EvidenceCase, others: Parts, pieces: readonly Piece[]): readonly Parts[] {
  if (one.kind !== 'build-policy') return [others]
  return [...new Set(pieces.map(partOf))].reduce<readonly Parts[]>(
    (ways, part) => ways.flatMap((way) => [way, put(way, part, others[part]) ?? way, without(way, part)]),
    [one.parts],
  )
}

export function without(parts: Parts, part: string): Parts {
  return Object.fromEntries(Object.entries(parts).filter(([name]) => name !== part))
}

function partOf(piece: Piece): string {
  return piece.split('/')[0] ?? ''
}

/** What stands there; undefined: nothing. */
export function take(parts: Parts, piece: Piece): unknown {
  const [part = '', path] = piece.split('/')
  const text = Object.hasOwn(parts, part) ? parts[part] : undefined
  if (path === undefined || text === undefined) return text
  return path.split('.').reduce<unknown>((value, name) => memberOf(value, name), JSON.parse(text))
}

/** The same with another piece, or without it; undefined: there is no place for it. */
export function put(parts: Parts, piece: Piece, value: unknown): Parts | undefined {
  const [part = '', path] = piece.split('/')
  if (path === undefined) {
    return typeof value === 'string' ? { ...parts, [part]: value } : without(parts, part)
  }
  const text = parts[part]
  if (text === undefined) return undefined
  const whole: unknown = JSON.parse(text)
  const names = path.split('.')
  const last = names.pop() ?? ''
  const owner = names.reduce<unknown>((one, name) => memberOf(one, name), whole)
  if (typeof owner !== 'object' || owner === null) return undefined
  if (value === undefined) Reflect.deleteProperty(owner, last)
  else Reflect.set(owner, last, value)
  return { ...parts, [part]: JSON.stringify(whole) }
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (Reflect.get(value, name) as unknown) : undefined
}
