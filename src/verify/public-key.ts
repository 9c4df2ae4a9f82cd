import { createHash, createPrivateKey, createPublicKey, type KeyObject, X509Certificate } from 'node:crypto'

export type PublicKeyType = 'ecdsa-p256' | 'ecdsa-p384' | 'ecdsa-p521' | 'rsa' | 'ed25519'

/** A key that may verify signatures: one of the kinds real signers use, in its one canonical encoding. */
export interface PublicKey {
  readonly key: KeyObject
  /** DER of the SubjectPublicKeyInfo. */
  readonly spki: Uint8Array
  /** s3lo's key id: the first 16 hex digits of `sha256`. */
  readonly id: string
  /** SHA-256 of `spki`, 64 hex digits. */
  readonly sha256: string
  readonly type: PublicKeyType
  /** Length of the modulus; RSA only. */
  readonly bits?: number
}

/** `reason` says what was expected and what was got; it never holds key material. */
export type KeyOutcome = { kind: 'key'; key: PublicKey } | { kind: 'refused'; reason: string }

const smallestModulusBits = 2048
/** What OpenSSL still computes with; no KMS makes more than 4096. */
const largestModulusBits = 16_384
/** Far beyond the DER of a key with the largest modulus. */
const largestKeyBytes = 65_536

interface Curve {
  readonly type: PublicKeyType
  readonly coordinateBytes: number
  /** With the curve named by its OID and the point uncompressed. */
  readonly spkiBytes: number
}

/** Curves by OpenSSL's name. */
const curves = new Map<string, Curve>([
  ['prime256v1', { type: 'ecdsa-p256', coordinateBytes: 32, spkiBytes: 91 }],
  ['secp384r1', { type: 'ecdsa-p384', coordinateBytes: 48, spkiBytes: 120 }],
  ['secp521r1', { type: 'ecdsa-p521', coordinateBytes: 66, spkiBytes: 158 }],
])

/** First byte of a point (SEC 1, 2.3.3); compressed (2, 3) and hybrid (6, 7) spellings would hash to other ids. */
const uncompressed = 4

const expected = 'expected an ECDSA P-256, P-384 or P-521, RSA or Ed25519 public key'

/** Reads DER of a SubjectPublicKeyInfo (RFC 5280, 4.1.2.7): what a PEM block `PUBLIC KEY` holds. */
export function publicKeyFromSpki(der: Uint8Array): KeyOutcome {
  return readDer(der, 'SubjectPublicKeyInfo', () => {
    const key = createPublicKey({ key: Buffer.from(der), format: 'der', type: 'spki' })
    return isSame(key.export({ format: 'der', type: 'spki' }), der) ? key : undefined
  })
}

/** Reads DER of a PKCS#1 RSAPublicKey (RFC 8017, A.1.1): what a PEM block `RSA PUBLIC KEY` holds. */
export function publicKeyFromPkcs1(der: Uint8Array): KeyOutcome {
  return readDer(der, 'PKCS#1 RSAPublicKey', () => {
    const key = createPublicKey({ key: Buffer.from(der), format: 'der', type: 'pkcs1' })
    return isSame(key.export({ format: 'der', type: 'pkcs1' }), der) ? key : undefined
  })
}

/** The public half of an unencrypted PKCS#8 private key (RFC 5958), as it lies inside a cosign.key. */
export function publicKeyFromPkcs8(der: Uint8Array): KeyOutcome {
  return readDer(der, 'PKCS#8 private key', () => {
    const copy = Buffer.from(der)
    try {
      return createPublicKey(createPrivateKey({ key: copy, format: 'der', type: 'pkcs8' }))
    } finally {
      copy.fill(0)
    }
  })
}

/** The key that a certificate is for (RFC 5280, 4.1); nothing else of it is looked at. */
export function publicKeyFromCertificate(der: Uint8Array): KeyOutcome {
  try {
    return admit(new X509Certificate(der).publicKey)
  } catch {
    return refused('expected DER of a certificate')
  }
}

/**
 * `read` gives nothing for a spelling other than the canonical one: key ids are hashes of the encoding, so a
 * second spelling of one key would be a second signer. Go's parser refuses those too.
 */
function readDer(der: Uint8Array, form: string, read: () => KeyObject | undefined): KeyOutcome {
  if (der.length > largestKeyBytes) {
    return refused(`expected DER of a ${form}, got ${der.length} bytes, more than any key needs`)
  }
  const length = derLength(der)
  if (length === undefined || length > der.length) {
    return refused(`expected DER of a ${form}, got ${der.length} bytes that are no whole DER sequence`)
  }
  if (length < der.length) {
    return refused(`expected DER of a ${form} and nothing more, got ${der.length - length} bytes after it`)
  }
  let key: KeyObject | undefined
  try {
    key = read()
  } catch {
    return refused(`expected DER of a ${form}, got DER that is none or whose key is of an unknown kind`)
  }
  if (key === undefined) {
    return refused(`expected the canonical DER of a ${form}, got another encoding or kind of key`)
  }
  return admit(key)
}

/** How many bytes the DER sequence at the start says it has, header included: there may be fewer. */
function derLength(der: Uint8Array): number | undefined {
  const [tag, first = 0] = der
  if (tag !== 0x30) return undefined
  if (first < 0x80) return 2 + first
  const count = first & 0x7f
  if (count === 0 || count > 3) return undefined
  return 2 + count + der.subarray(2, 2 + count).reduce((length, byte) => length * 256 + byte, 0)
}

function isSame(one: Uint8Array, other: Uint8Array): boolean {
  return Buffer.compare(one, other) === 0
}

function refused(reason: string): KeyOutcome {
  return { kind: 'refused', reason }
}

/** The kinds that are accepted; whatever is not named here is refused. */
function admit(key: KeyObject): KeyOutcome {
  const spki = new Uint8Array(key.export({ format: 'der', type: 'spki' }))
  // Stryker disable next-line StringLiteral: a public key has a type; the compiler does not know
  const type = key.asymmetricKeyType ?? 'unknown'
  if (type === 'ec') return admitEc(key, spki)
  if (type === 'rsa') return admitRsa(key, spki)
  if (type === 'ed25519') return { kind: 'key', key: describe(key, spki, type) }
  if (type === 'rsa-pss') {
    return refused(
      `${expected}, got an RSA key restricted to PSS (id-RSASSA-PSS): give it as a plain RSA key`,
    )
  }
  return refused(`${expected}, got a key of type ${type}`)
}

function admitEc(key: KeyObject, spki: Uint8Array): KeyOutcome {
  const name = key.asymmetricKeyDetails?.namedCurve ?? 'without a name'
  const curve = curves.get(name)
  if (curve === undefined) return refused(`${expected}, got an EC key on the curve ${name}`)
  if (spki.length !== curve.spkiBytes || spki[spki.length - 2 * curve.coordinateBytes - 1] !== uncompressed) {
    return refused('expected an EC key with a named curve and an uncompressed point, got another encoding')
  }
  return { kind: 'key', key: describe(key, spki, curve.type) }
}

function admitRsa(key: KeyObject, spki: Uint8Array): KeyOutcome {
  const { modulusLength: bits = 0, publicExponent: exponent = 0n } = key.asymmetricKeyDetails ?? {}
  if (bits < smallestModulusBits || bits > largestModulusBits) {
    return refused(
      `expected an RSA key of ${smallestModulusBits} to ${largestModulusBits} bits, got ${bits} bits`,
    )
  }
  // As in Go's crypto/rsa: with exponent 1 everybody can sign, and none above 2^31 - 1 is in use.
  if (exponent < 3n || exponent % 2n === 0n || exponent > 0x7fffffffn) {
    return refused('expected an RSA key with an odd exponent from 3 to 2^31 - 1, got another exponent')
  }
  return { kind: 'key', key: { ...describe(key, spki, 'rsa'), bits } }
}

function describe(key: KeyObject, spki: Uint8Array, type: PublicKeyType): PublicKey {
  const sha256 = createHash('sha256').update(spki).digest('hex')
  return { key, spki, id: sha256.slice(0, 16), sha256, type }
}
