import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { spkiOf } from '../harness/forged-certificate.js'
import { type Certified, newInstance, oidcIssuer, signedAt, workflow } from '../harness/forged-instance.js'
import { bodies, type Logged } from '../harness/forged-log.js'
import { bundleWith, loggedEnvelope, verifierOf } from '../harness/laid-pieces.js'
import { runCli, temporaryFolder } from '../harness/run.js'
import { statementOf } from '../harness/signing-paths.js'
import { newSigner, seal, type Signer } from '../verify/sealed.js'

/** Bundles beside files: `verify-bundle`, of which most of these advisories were (cosign's `verify-blob`). */
const instance = newInstance('files.example')
const folder = temporaryFolder()
let count = 0
const write = (text: string | Uint8Array): string => {
  const name = path.join(folder, String(count++))
  writeFileSync(name, text)
  return name
}
const root = write(instance.trustedRoot())
const digestOf = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest()

interface Made {
  readonly bundle: object
  readonly logged: Logged
}

/** A message that is signed as it is, or a statement about it. */
const forms = {
  'a message': (signer: Signer | Certified, artifact: Uint8Array): Made => {
    const signature = signer.sign(artifact)
    const messageSignature = {
      messageDigest: { algorithm: 'SHA2_256', digest: digestOf(artifact).toString('base64') },
      signature: Buffer.from(signature).toString('base64'),
    }
    const logged = { message: artifact, signature, verifier: verifierOf(signer) }
    return { bundle: { messageSignature }, logged }
  },
  'a statement': (signer: Signer | Certified, artifact: Uint8Array): Made => {
    const digest = `sha256:${digestOf(artifact).toString('hex')}`
    const dsseEnvelope = seal(statementOf({ digest }), [signer])
    return { bundle: { dsseEnvelope }, logged: loggedEnvelope(signer, dsseEnvelope) }
  },
} as const

const names = Object.keys(forms) as (keyof typeof forms)[]
const ways = names.flatMap((form) => [true, false].map((keyless) => ({ form, keyless })))

function wrap(made: object, signer: Signer | Certified, told: Logged, kind: keyof typeof bodies): object {
  const certificate = 'certificate' in signer ? { certificate: signer.certificate } : {}
  const { entry } = instance.log.record(bodies[kind](told), signedAt)
  const { dsseEnvelope: none, ...rest } = bundleWith({}, { ...certificate, entries: [entry] }) as Record<
    string,
    object
  >
  expect(none).toEqual({})
  return { ...rest, ...made }
}

async function judge(bundle: object | string, artifact: Uint8Array, key?: Signer): Promise<string> {
  const by = key
    ? ['--key', write(verifierOf({ ...key }))]
    : ['--certificate-identity', workflow, '--certificate-oidc-issuer', oidcIssuer]
  const text = typeof bundle === 'string' ? bundle : JSON.stringify(bundle)
  const files = ['--bundle', write(text), '--trusted-root', root, write(artifact)]
  const { exit, stdout, stderr } = await runCli(['verify-bundle', '--output', 'json', ...by, ...files])
  const { verdict, failure } = JSON.parse(stdout) as { verdict: string; failure: { code: string } | null }
  expect({ verified: 0, rejected: 1, undetermined: 2 }[verdict], stderr).toBe(exit)
  return failure?.code ?? verdict
}

describe.each(ways)('$form that is signed (keyless: $keyless)', ({ form, keyless }) => {
  const kind = form === 'a message' ? 'hashedrekord 0.0.1' : 'dsse 0.0.1'
  const signerOf = (): Signer | Certified => (keyless ? instance.certify() : newSigner())
  const artifact = Buffer.from('an artifact')
  const splice = async (tell: (own: Logged, other: Logged) => Logged): Promise<string> => {
    const signer = signerOf()
    const { bundle, logged } = forms[form](signer, artifact)
    const other = forms[form](signer, Buffer.from('something else')).logged
    return judge(wrap(bundle, signer, tell(logged, other), kind), artifact, keyless ? undefined : signer)
  }

  it('is proven by its own entry', async () => expect(await splice((own) => own)).toBe('verified'))

  it.each<[string, (own: Logged, other: Logged) => Logged]>([
    [
      'GHSA-8gw7-4j42-w388, CVE-2022-36056: the entry of something else by the same signer',
      (_, other) => other,
    ],
    [
      'GHSA-whqx-f9j3-ch6m, CVE-2026-22703: another signature',
      (own, { signature }) => ({ ...own, signature }),
    ],
    [
      'GHSA-whqx-f9j3-ch6m, CVE-2026-22703: the hash of something else',
      (own, { message, envelope }) => ({ ...own, message, ...(envelope && { envelope }) }),
    ],
    [
      'GHSA-whqx-f9j3-ch6m, CVE-2026-22703: another signer',
      (own) => ({ ...own, verifier: verifierOf(signerOf()) }),
    ],
  ])('%s', async (_, tell) => expect(await splice(tell)).toBe('log-entry-invalid'))

  it('is not of another file', async () => {
    const signer = signerOf()
    const { bundle, logged } = forms[form](signer, artifact)
    const answer = await judge(
      wrap(bundle, signer, logged, kind),
      Buffer.from('x'),
      keyless ? undefined : signer,
    )
    // CVE-2026-31830: the statement is good, and about something else.
    expect(answer).toBe(form === 'a statement' ? 'digest-mismatch' : 'signature-invalid')
  })
})

describe.each(names)('%s that is signed', (form) => {
  const kind = form === 'a message' ? 'hashedrekord 0.0.1' : 'dsse 0.0.1'
  const artifact = Buffer.from('an artifact')

  it('GHSA-fx35-mq7g-6g98: a key stands where the certificate should', async () => {
    const signer = newSigner()
    const { bundle, logged } = forms[form](signer, artifact)
    const whole = wrap(bundle, signer, logged, kind) as { verificationMaterial: object }
    expect(await judge(whole, artifact)).toBe('key-mismatch')
    expect(await judge(whole, artifact, signer)).toBe('verified')
    const certificate = { rawBytes: spkiOf(signer.pair.publicKey).toString('base64') }
    const { publicKey, ...material } = whole.verificationMaterial as { publicKey: object }
    expect(publicKey).toBeDefined()
    const asCertificate = { ...whole, verificationMaterial: { ...material, certificate } }
    expect(await judge(asCertificate, artifact)).toBe('key-mismatch')
  })
})

describe('a statement about a file', () => {
  const artifact = Buffer.from('an artifact')
  const hex = digestOf(artifact).toString('hex')
  const signer = newSigner()
  const play = async (payload: object | string, signers = [signer], type?: string): Promise<string> => {
    const dsseEnvelope = seal(payload, signers, type)
    const ours = Buffer.from(dsseEnvelope.signatures[signers.indexOf(signer)]?.sig ?? '', 'base64')
    const told = { ...loggedEnvelope(signer, dsseEnvelope), signature: ours }
    return judge(wrap({ dsseEnvelope }, signer, told, 'dsse 0.0.1'), artifact, signer)
  }
  const statement = statementOf({ digest: `sha256:${hex}` })

  it('is good as it is made', async () => expect(await play(statement)).toBe('verified'))

  it.each([
    ['no JSON', 'hello'],
    ['cut off', JSON.stringify(statement).slice(0, -1)],
    ['null', 'null'],
    ['with a null as subject', statementOf({ digest: '' }, { subject: null })],
    ['with a null among its subjects', statementOf({ digest: '' }, { subject: [null] })],
  ])('GHSA-w6c6-c85g-mmv6, CVE-2026-39395: %s, counts as read', async (_, payload) =>
    expect(await play(payload)).toBe('signature-invalid'),
  )

  it('of another type of payload is none', async () =>
    expect(await play(statement, [signer], 'application/json')).toBe('signature-invalid'))

  it.each([
    ['behind ours', [signer, newSigner()]],
    ['before ours', [newSigner(), signer]],
  ])('has one signature: another %s is not taken along', async (_, signers) =>
    expect(await play(statement, signers)).not.toBe('verified'),
  )
})
