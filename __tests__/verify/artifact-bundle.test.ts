import { createHash, generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { checkArtifactBundle } from '../../src/verify/artifact-bundle.js'
import type { Vouching } from '../../src/verify/keyless.js'
import type { PublicKey } from '../../src/verify/public-key.js'
import { parseTrustedRoot } from '../../src/verify/trust-material.js'
import { newInstance, oidcIssuer, signedAt, workflow } from '../harness/forged-instance.js'
import { bodies } from '../harness/forged-log.js'
import { pemOf } from '../harness/forged-certificate.js'
import { bundleWith, loggedEnvelope, verifierOf } from '../harness/laid-pieces.js'
import { bundleOf, newSigner, seal, type Signer, signatureStatement, signerOf, toBytes } from './sealed.js'
import { told } from './told.js'

const bytes = Buffer.from('an artifact')
const hashed = (name: string, of: Uint8Array = bytes): Buffer => createHash(name).update(of).digest()
const digest = hashed('sha256')
const hex = digest.toString('hex')
const signer = newSigner()
const stranger = newSigner()
const instance = newInstance('artifact.example')
const certified = instance.certify()

const material = { publicKey: { hint: 'x' } }
function messageBundle(
  by: Signer,
  named: Uint8Array = digest,
  over: Uint8Array = bytes,
  beside: object = material,
): object {
  const { mediaType } = bundleOf({}) as { mediaType: string }
  return {
    mediaType,
    verificationMaterial: beside,
    messageSignature: {
      messageDigest: { algorithm: 'SHA2_256', digest: Buffer.from(named).toString('base64') },
      signature: Buffer.from(by.sign(over)).toString('base64'),
    },
  }
}
const about = (sha256: string): object => signatureStatement({ subject: [{ digest: { sha256 } }] })

interface Otherwise {
  readonly key?: PublicKey | 'certificate'
  /** The digest alone, where the bytes are not there. */
  readonly bare?: boolean
  readonly vouching?: Vouching
  readonly log?: 'require' | 'ignore'
}

async function ask(bundle: object | string, change: Otherwise = {}): Promise<readonly string[]> {
  const { key = signer.key, bare = false, vouching, log = 'ignore' } = change
  const artifact = bare ? { digest } : { digest, bytes }
  const by = key === 'certificate' ? undefined : key
  return told(await checkArtifactBundle(toBytes(bundle), artifact, by, vouching, log))
}

const valid = 'met (signature-valid) the signature is valid (ecdsa-sha256)'
const over = 'met (digest-signed) the signature is over the artifact'
const noLog = 'exempt (log-entry) no entry of a transparency log is asked for'
const wrong = (peer: string): readonly string[] => [
  `unmet signature-invalid (signature-valid) expected a signature over the artifact, got one that its key does not verify: ${peer}`,
]
const refused = (message: string): readonly string[] => [`unmet signature-invalid (bundle-read) ${message}`]
const otherDigest = refused('expected a signature of this artifact, got one of another digest')

describe('a signature over an artifact', () => {
  it('is valid by its key, whether its bytes are there or its digest alone', async () => {
    expect(await ask(messageBundle(signer))).toEqual([valid, over, noLog])
    expect(await ask(messageBundle(signer), { bare: true })).toEqual([valid, over, noLog])
  })

  it('is not by another key', async () => {
    expect(await ask(messageBundle(stranger))).toEqual(
      wrong('invalid signature when validating ASN.1 encoded signature'),
    )
    expect(await ask(messageBundle(stranger), { bare: true })).toEqual(
      wrong('invalid signature over the digest'),
    )
  })

  it('is not over something else, whatever it calls it', async () => {
    const other = Buffer.from('something else')
    for (const bare of [true, false]) {
      expect(await ask(messageBundle(signer, hashed('sha256', other), other), { bare })).toEqual(otherDigest)
      expect((await ask(messageBundle(signer, digest, other), { bare }))[0]).toMatch(
        /^unmet signature-invalid/,
      )
    }
  })

  it('has to name some digest', async () => {
    expect(await ask(messageBundle(signer, new Uint8Array()))).toEqual(
      refused('expected a sigstore bundle, got one that is none: invalid bundle'),
    )
  })

  it.each(['sha384', 'sha512'])(
    'may name it by %s, which is compared where the bytes are there',
    async (name) => {
      expect(await ask(messageBundle(signer, hashed(name)))).toEqual([valid, over, noLog])
      expect(await ask(messageBundle(signer, hashed(name, Buffer.from('else'))))).toEqual(otherDigest)
      expect(await ask(messageBundle(signer, hashed(name)), { bare: true })).toEqual([valid, over, noLog])
    },
  )

  it('names its digest in a length that is none of a hash', async () => {
    expect(await ask(messageBundle(signer, Buffer.alloc(20)))).toEqual(otherDigest)
  })

  it('that a digest alone cannot show is neither proven nor wrong', async () => {
    const ed25519 = signerOf(generateKeyPairSync('ed25519'), null)
    expect(await ask(messageBundle(ed25519), { key: ed25519.key, bare: true })).toEqual([
      'unknown unsupported (signature-valid) a signature by a key of type ed25519 cannot be verified over a SHA-256 digest alone: give the file',
    ])
    expect(await ask(messageBundle(ed25519), { key: ed25519.key })).toEqual([
      'met (signature-valid) the signature is valid (ed25519)',
      over,
      noLog,
    ])
  })
})

describe('a statement about an artifact', () => {
  const bundle = (statement: object | string, by = signer, type?: string): object =>
    bundleOf(seal(statement, [by], type))

  it('is valid by its key, whether the bytes are there or the digest alone', async () => {
    for (const bare of [true, false])
      expect(await ask(bundle(about(hex)), { bare })).toEqual([
        valid,
        'met (digest-signed) the statement is about the artifact',
        noLog,
      ])
  })

  it('about something else says so', async () => {
    expect(await ask(bundle(about('ab'.repeat(32))))).toEqual([
      valid,
      `unmet digest-mismatch (digest-signed) expected a statement about sha256:${hex}, got one about something else`,
      noLog,
    ])
  })

  it('is not by another key', async () => {
    expect(await ask(bundle(about(hex), stranger))).toEqual(
      wrong('invalid signature when validating ASN.1 encoded signature'),
    )
  })

  it('is none of another kind, or without a signature', async () => {
    const none = refused('expected an in-toto statement in the bundle, got something else')
    expect(await ask(bundle(about(hex), signer, 'text/plain'))).toEqual(none)
    expect(await ask(bundle('hello'))).toEqual(
      refused('expected an in-toto statement in the bundle, but the payload is no JSON object'),
    )
    const unsigned = bundleOf({ ...seal(about(hex), [signer]), signatures: [] })
    expect((await ask(unsigned))[0]).toMatch(/^unmet signature-invalid \(bundle-read\) expected /)
  })
})

describe('who signed', () => {
  const trust = parseTrustedRoot(Buffer.from(instance.trustedRoot()), 'root')
  if (typeof trust === 'string') throw new Error(trust)
  const identity = { subject: workflow, issuer: oidcIssuer }
  const vouching: Vouching = { trust, now: signedAt, sct: 'require', signedTimestamps: false, identity }
  const rawBytes = Buffer.from(certified.certificate).toString('base64')
  const signature = certified.sign(bytes)
  const logged = { message: bytes, signature, verifier: pemOf('CERTIFICATE', certified.certificate) }
  const { entry } = instance.log.record(bodies['hashedrekord 0.0.1'](logged), signedAt)
  const beside = { certificate: { rawBytes }, tlogEntries: [entry] }
  const whole = (() => {
    const made = messageBundle(certified, digest, bytes, beside) as { messageSignature: object }
    const sig = Buffer.from(signature).toString('base64')
    return { ...made, messageSignature: { ...made.messageSignature, signature: sig } }
  })()

  it('is proven by certificate, log and identity, whether the bytes are there or the digest alone', async () => {
    for (const bare of [true, false]) {
      const said = await ask(whole, { key: 'certificate', vouching, log: 'require', bare })
      expect(said.filter((line) => !line.startsWith('  ')).map((line) => line.split(')')[0])).toEqual([
        'met (signature-valid',
        'met (digest-signed',
        'met (log-entry',
        'met (certificate',
        'met (identity',
      ])
    }
  })

  it('is asked of the log as the caller says', async () => {
    const unlogged = messageBundle(certified, digest, bytes, { certificate: { rawBytes } })
    const said = await ask(unlogged, { key: 'certificate', vouching, log: 'require' })
    expect(said.at(-1)).toBe(
      'unmet log-entry-missing (log-entry) expected an entry of a transparency log with the signature at the bundle, got none',
    )
  })

  it('is proven of a statement by an entry that stands for its envelope', async () => {
    const envelope = seal(about(Buffer.from(digest).toString('hex')), [certified])
    const told = loggedEnvelope(certified, envelope)
    const asked = { key: 'certificate', vouching, log: 'require' } as const
    for (const [kind, start] of [
      ['dsse 0.0.1', 'met (log-entry)'],
      ['hashedrekord 0.0.1', 'unmet log-entry-invalid (log-entry)'],
    ] as const) {
      const { entry: own } = instance.log.record(bodies[kind](told), signedAt)
      const bundle = bundleWith(envelope, { certificate: certified.certificate, entries: [own] })
      expect((await ask(bundle, asked)).filter((line) => line.startsWith(start))).toHaveLength(1)
    }
  })

  it('is nobody by a certificate where a key is asked for', async () => {
    expect(await ask(whole)).toEqual([
      'unmet key-mismatch (signer) expected a signature by a key, got one by a certificate',
    ])
  })

  it('is nobody without a certificate where one is asked for, or with one that is none', async () => {
    expect(await ask(messageBundle(signer), { key: 'certificate', vouching })).toEqual([
      'unmet key-mismatch (signer) expected a certificate in the bundle, got none',
    ])
    const none = { certificate: { rawBytes: Buffer.from('none').toString('base64') } }
    expect(await ask(messageBundle(signer, digest, bytes, none), { key: 'certificate', vouching })).toEqual([
      'unmet key-mismatch (signer) the certificate is for no usable key: expected DER of a certificate',
    ])
  })

  it('is asked of a log where a key is vouched for', async () => {
    const { identity: nobody, ...byKey } = vouching
    expect(nobody).toBe(identity)
    const said = { message: bytes, signature: signer.sign(bytes), verifier: verifierOf(signer) }
    const { entry: own } = instance.log.record(bodies['hashedrekord 0.0.1'](said), signedAt)
    const made = messageBundle(signer, digest, bytes, { ...material, tlogEntries: [own] }) as {
      messageSignature: object
    }
    const sig = Buffer.from(said.signature).toString('base64')
    const bundle = { ...made, messageSignature: { ...made.messageSignature, signature: sig } }
    for (const bare of [true, false])
      expect((await ask(bundle, { vouching: byKey, log: 'require', bare }))[2]).toMatch(/^met \(log-entry\)/)
  })
})

describe('what is no bundle', () => {
  it.each(['', 'hello', '[]', '{}'])('is refused: %j', async (text) => {
    expect((await ask(text))[0]).toMatch(
      /^unmet signature-invalid \(bundle-read\) expected a sigstore bundle, got one that is none: ./,
    )
  })
})
