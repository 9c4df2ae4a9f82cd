import { readPem } from '../../keys/pem.js'
import type { PublicKey } from '../../verify/public-key.js'
import { bytesOf } from './bytes.js'
import { listOf, objectOf, openFields, refuse, textOf, within, type Fields, type Item } from './fields.js'
import type { CertificateAuthority, SigstoreKeys, TransparencyLog } from './trust-root.js'

/** Reads keys and certificates that stand in the TrustRoot itself. */
export function readSigstoreKeys(spec: Fields): SigstoreKeys | undefined {
  const fields = objectOf(spec, 'sigstoreKeys', [
    'certificateAuthorities',
    'tLogs',
    'ctLogs',
    'timestampAuthorities',
  ])
  if (fields === undefined) return undefined
  const authorities = (name: string): readonly CertificateAuthority[] =>
    listOf(fields, name).flatMap((item) => readAuthority(fields, item) ?? [])
  const logs = (name: string): readonly TransparencyLog[] =>
    listOf(fields, name).flatMap((item) => readLog(fields, item) ?? [])
  const before = fields.reading.problems.length
  const keys = {
    certificateAuthorities: authorities('certificateAuthorities'),
    timestampAuthorities: authorities('timestampAuthorities'),
    tLogs: logs('tLogs'),
    ctLogs: logs('ctLogs'),
  }
  if (fields.reading.problems.length > before) return undefined
  if (keys.certificateAuthorities.length + keys.timestampAuthorities.length > 0) return keys
  refuse(fields, undefined, {
    message: 'expected at least one of certificateAuthorities and timestampAuthorities',
    peerReason: `expected exactly one, got neither: ${within(fields.path, 'certificateAuthority')}, ${within(fields.path, 'timestampAuthorities')}`,
  })
  return undefined
}

function readAuthority(owner: Fields, item: Item): CertificateAuthority | undefined {
  const fields = openFields(owner.reading, item, ['subject', 'uri', 'certChain'])
  if (fields === undefined) return undefined
  const subject = objectOf(fields, 'subject', ['organization', 'commonName'])
  const organization =
    (subject && textOf(subject, 'organization')) ?? demand(subject ?? fields, 'organization')
  const commonName = (subject && textOf(subject, 'commonName')) ?? demand(subject ?? fields, 'commonName')
  const uri = textOf(fields, 'uri') ?? demand(fields, 'uri')
  const chain = bytesOf(fields, 'certChain')
  const certificates = chain === undefined ? [] : certificatesOf(Buffer.from(chain).toString('latin1'))
  if (certificates.length === 0) {
    refuse(fields, undefined, {
      message: 'expected certificates in PEM, in base64, in "certChain"',
      peerReason: `missing field(s): ${within(fields.path, 'certchain')}`,
    })
  }
  return { organization, commonName, uri, certificates }
}

const certificateBlock = /-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]+)-----END CERTIFICATE-----/g

function certificatesOf(pem: string): readonly Uint8Array[] {
  return [...pem.matchAll(certificateBlock)].map(
    ([, body = '']) => new Uint8Array(Buffer.from(body, 'base64')),
  )
}

const hashes = new Map<string, TransparencyLog['hashAlgorithm']>([
  ['sha256', 'SHA2_256'],
  ['sha-256', 'SHA2_256'],
  ['sha384', 'SHA2_384'],
  ['sha-384', 'SHA2_384'],
  ['sha512', 'SHA2_512'],
  ['sha-512', 'SHA2_512'],
])

function readLog(owner: Fields, item: Item): TransparencyLog | undefined {
  const fields = openFields(owner.reading, item, ['baseURL', 'hashAlgorithm', 'publicKey'])
  if (fields === undefined) return undefined
  const baseUrl = textOf(fields, 'baseURL') ?? demand(fields, 'baseURL')
  const said = textOf(fields, 'hashAlgorithm') ?? demand(fields, 'hashAlgorithm')
  const hashAlgorithm = hashes.get(said)
  if (hashAlgorithm === undefined) {
    refuse(fields, 'hashAlgorithm', {
      message: `expected one of ${[...hashes.keys()].join(', ')}, got "${said}"`,
    })
  }
  const pem = bytesOf(fields, 'publicKey')
  if (pem === undefined) {
    demand(fields, 'publicKey')
    return undefined
  }
  const outcome = readPem(Buffer.from(pem).toString('latin1'))
  if (outcome.kind !== 'key') {
    const reason =
      outcome.kind === 'refused' ? outcome.reason : 'expected a public key, got an encrypted private key'
    refuse(fields, 'publicKey', { message: reason })
    return undefined
  }
  return (
    hashAlgorithm && { baseUrl, hashAlgorithm, spki: outcome.key.spki, keyDetails: detailsOf(outcome.key) }
  )
}

/** protobuf-specs' name for how a log signs with such a key. */
function detailsOf({ type, bits = 0 }: PublicKey): string {
  switch (type) {
    case 'ecdsa-p256':
      return 'PKIX_ECDSA_P256_SHA_256'
    case 'ecdsa-p384':
      return 'PKIX_ECDSA_P384_SHA_384'
    case 'ecdsa-p521':
      return 'PKIX_ECDSA_P521_SHA_512'
    case 'ed25519':
      return 'PKIX_ED25519'
    case 'rsa':
      // Logs sign with PKCS#1 v1.5; policy-controller notes PSS and then does not look at the note.
      return bits <= 2048
        ? 'PKIX_RSA_PKCS1V15_2048_SHA256'
        : bits <= 3072
          ? 'PKIX_RSA_PKCS1V15_3072_SHA256'
          : 'PKIX_RSA_PKCS1V15_4096_SHA256'
  }
}

/** Says that a field is missing. */
function demand(fields: Fields, name: string): string {
  refuse(fields, undefined, {
    message: `expected "${name}", got none`,
    peerReason: `missing field(s): ${within(fields.path, name)}`,
  })
  return ''
}
