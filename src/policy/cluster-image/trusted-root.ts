import { createHash } from 'node:crypto'
import type { CertificateAuthority, SigstoreKeys, TransparencyLog } from './trust-root.js'

/** A TrustRoot says nothing of times, so everything in it holds from the beginning, as in policy-controller. */
const always = { start: '1970-01-01T00:00:00Z' }

/** The `trusted_root.json` (protobuf-specs, sigstore_trustroot.proto) that says the same as the keys of a TrustRoot. */
export function trustedRootOf(keys: SigstoreKeys): string {
  return JSON.stringify({
    mediaType: 'application/vnd.dev.sigstore.trustedroot+json;version=0.1',
    tlogs: keys.tLogs.map(logOf),
    certificateAuthorities: keys.certificateAuthorities.map(authorityOf),
    ctlogs: keys.ctLogs.map(logOf),
    timestampAuthorities: keys.timestampAuthorities.map(authorityOf),
  })
}

function authorityOf({ organization, commonName, uri, certificates }: CertificateAuthority): unknown {
  return {
    subject: { organization, commonName },
    uri,
    certChain: { certificates: certificates.map((der) => ({ rawBytes: base64(der) })) },
    validFor: always,
  }
}

function logOf({ baseUrl, hashAlgorithm, spki, keyDetails }: TransparencyLog): unknown {
  return {
    baseUrl,
    hashAlgorithm,
    publicKey: { rawBytes: base64(spki), keyDetails, validFor: always },
    // RFC 6962, 3.2: a log is known by the hash of its key.
    logId: { keyId: createHash('sha256').update(spki).digest('base64') },
  }
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64')
}
