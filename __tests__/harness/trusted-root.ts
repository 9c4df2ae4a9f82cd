import { createHash, type KeyObject } from 'node:crypto'
import type { Window } from './issued-certificate.js'

/** A log of signatures or of certificates, as a trusted root names it. */
export interface TrustedLog {
  readonly baseUrl: string
  readonly publicKey: KeyObject
  /** By what entries name the log; where it is not the hash of the key alone. */
  readonly id?: Buffer
  readonly valid: Window
}

/** An authority for certificates or timestamps: the root comes last. */
export interface TrustedAuthority {
  readonly uri: string
  readonly chain: readonly Uint8Array[]
  readonly valid: Window
}

export interface TrustedParts {
  readonly logs: readonly TrustedLog[]
  readonly certificateLogs: readonly TrustedLog[]
  readonly authorities: readonly TrustedAuthority[]
  readonly timestampAuthorities: readonly TrustedAuthority[]
}

/** The document (protobuf-specs, sigstore_trustroot.proto) of what is to be trusted. */
export function trustedRootOf(parts: TrustedParts): string {
  const { logs, certificateLogs, authorities, timestampAuthorities } = parts
  return JSON.stringify({
    mediaType: 'application/vnd.dev.sigstore.trustedroot+json;version=0.1',
    tlogs: logs.map(logOf),
    certificateAuthorities: authorities.map(authorityOf),
    ctlogs: certificateLogs.map(logOf),
    timestampAuthorities: timestampAuthorities.map(authorityOf),
  })
}

function logOf({ baseUrl, publicKey, id, valid }: TrustedLog): object {
  const spki = publicKey.export({ type: 'spki', format: 'der' })
  const keyDetails = publicKey.asymmetricKeyType === 'ed25519' ? 'PKIX_ED25519' : 'PKIX_ECDSA_P256_SHA_256'
  const keyId = id ?? createHash('sha256').update(spki).digest()
  return {
    baseUrl,
    hashAlgorithm: 'SHA2_256',
    publicKey: { rawBytes: spki.toString('base64'), keyDetails, validFor: valid },
    logId: { keyId: keyId.toString('base64') },
  }
}

function authorityOf({ uri, chain, valid }: TrustedAuthority): object {
  return {
    subject: { organization: 'keyless.example', commonName: uri },
    uri,
    certChain: {
      certificates: chain.map((one) => ({ rawBytes: Buffer.from(one).toString('base64') })),
    },
    validFor: valid,
  }
}
