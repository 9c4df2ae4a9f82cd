import { createHash } from 'node:crypto'
import { X509Certificate } from '@sigstore/core'
import { TrustedRoot } from '@sigstore/protobuf-specs'
import { toTrustMaterial, type TrustMaterial } from '@sigstore/verify'
import { readObject } from '../evidence/json.js'

/** Whom signatures are held against beyond keys: authorities of certificates and timestamps, and logs. */
export interface Trust {
  readonly material: TrustMaterial
  /** Where it was read, for reports. */
  readonly name: string
  /** SHA-256 of the document, 64 hex digits. */
  readonly sha256: string
  /** When the youngest of its parts began to hold, ISO 8601: no part of it is newer. */
  readonly newestPart?: string
}

/**
 * Reads a `trusted_root.json` (protobuf-specs, sigstore_trustroot.proto). A log whose key has no beginning of validity
 * is passed over, as in sigstore-go: nothing says since when it may be believed.
 *
 * @returns a text that says what is wrong
 */
export function parseTrustedRoot(bytes: Uint8Array, name: string): Trust | string {
  const object = readObject(bytes)
  if (object === undefined) return 'it is no JSON object'
  try {
    const root = TrustedRoot.fromJSON(object)
    const dated = {
      ...root,
      tlogs: root.tlogs.filter((log) => log.publicKey?.validFor?.start !== undefined),
      ctlogs: root.ctlogs.filter((log) => log.publicKey?.validFor?.start !== undefined),
    }
    const nothing =
      dated.tlogs.length + dated.certificateAuthorities.length + dated.timestampAuthorities.length === 0
    if (nothing) return 'it names no authority and no log'
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    const newest = newestPart(root)
    return {
      material: toTrustMaterial(dated),
      name,
      sha256,
      ...(newest !== undefined && { newestPart: newest }),
    }
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

function newestPart({
  certificateAuthorities,
  timestampAuthorities,
  tlogs,
  ctlogs,
}: TrustedRoot): string | undefined {
  const starts = [
    ...[...certificateAuthorities, ...timestampAuthorities].map(({ validFor }) => validFor?.start),
    ...[...tlogs, ...ctlogs].map(({ publicKey }) => publicKey?.validFor?.start),
  ]
  return starts
    .flatMap((start) => (start === undefined || Number.isNaN(start.getTime()) ? [] : start.toISOString()))
    .sort()
    .at(-1)
}

const certificateBlock = /-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----/g

/**
 * The same trust with authorities of certificates of the user's own: each root, with all intermediates below it.
 *
 * @returns a text that says what is wrong
 */
export function withAuthorities(
  trust: Trust | undefined,
  roots: { readonly name: string; readonly bytes: Uint8Array },
  intermediates: Uint8Array | undefined,
): Trust | string {
  try {
    const own = certificates(roots.bytes)
    const between = intermediates === undefined ? [] : certificates(intermediates)
    if (own.length === 0) return `ca-roots: expected certificates in PEM in ${roots.name}, got none`
    const always = { start: beginning, end: endOfTime }
    const hash = createHash('sha256').update(roots.bytes)
    return {
      material: {
        tlogs: [],
        ctlogs: [],
        timestampAuthorities: [],
        publicKey: () => {
          throw new Error('no key is looked up here')
        },
        ...trust?.material,
        certificateAuthorities: own.map((root) => ({ certChain: [...between, root], validFor: always })),
      },
      name: trust === undefined ? roots.name : `${trust.name}, ${roots.name}`,
      sha256: (trust === undefined ? hash : hash.update(trust.sha256)).digest('hex'),
    }
  } catch (error) {
    return `ca-roots: ${error instanceof Error ? error.message : String(error)}`
  }
}

function certificates(bytes: Uint8Array): X509Certificate[] {
  const pem = Buffer.from(bytes).toString('utf8')
  return (pem.match(certificateBlock) ?? []).map((block) => X509Certificate.parse(block))
}

/** Of no concern: a certificate says itself how long it is valid. */
// eslint-disable-next-line no-restricted-globals
const beginning = new Date(0)
// eslint-disable-next-line no-restricted-globals
const endOfTime = new Date(8_640_000_000_000_000)
