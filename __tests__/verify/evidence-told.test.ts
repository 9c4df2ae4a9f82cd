import { describe, expect, it } from 'vitest'
import type { CosignEvidence } from '../../src/evidence/evidence.js'
import {
  certificateAnnotation,
  logEntryAnnotation,
  signatureAnnotation,
  timestampAnnotation,
} from '../../src/evidence/simple-signing.js'
import { met, unknown, unmet } from '../../src/verdict/finding.js'
import { checkCosign, checkKeyless } from '../../src/verify/cosign.js'
import type { CosignDemand } from '../../src/verify/demand.js'
import type { StatementRule } from '../../src/verify/statement-rule.js'
import { parseTrustedRoot } from '../../src/verify/trust-material.js'
import { newInstance, oidcIssuer, signedAt, workflow } from '../harness/forged-instance.js'
import { bodies } from '../harness/forged-log.js'
import { bundleWith, loggedEnvelope } from '../harness/laid-pieces.js'
import {
  bundleOf,
  demandOf,
  newSigner,
  otherDigest,
  seal,
  signatureStatement,
  simplePayload,
  someDigest,
  toBytes,
} from './sealed.js'
import { toldOf } from './told.js'

const signer = newSigner()
const stranger = newSigner()
const instance = newInstance('told.example')
const certified = instance.certify()
const { id } = signer.key
const type = 'https://spdx.dev/Document'
const hex = someDigest.slice(7)

const simple = (payload: string, annotations: Readonly<Record<string, string>> = {}): CosignEvidence => {
  const bytes = Buffer.from(payload)
  const signature = Buffer.from(signer.sign(bytes)).toString('base64')
  return {
    format: 'simple-signing',
    where: 'app',
    bytes,
    annotations: { [signatureAnnotation]: signature, ...annotations },
  }
}
const envelope = (
  whole: object | string,
  annotations: Readonly<Record<string, string>> = {},
): CosignEvidence => ({ format: 'dsse-envelope', where: 'app', bytes: toBytes(whole), annotations })
const bundle = (whole: object | string): CosignEvidence => ({
  format: 'sigstore-bundle',
  where: 'app',
  bytes: toBytes(whole),
})
const statement = (changes: object = {}): object => signatureStatement(changes)
const sealed = (changes: object = {}, by = [signer], payloadType?: string): ReturnType<typeof seal> =>
  seal(statement(changes), by, payloadType)
const attested = { predicateType: type }
const sbom = { ...attested, predicate: { name: 'app' } }

const good = `met (signature-valid) the signature at app is by key release.pub (${id}) (ecdsa-sha256)`
const facts = [`  keyId: ${id}`, '  scheme: ecdsa-sha256']
const valid = [good, ...facts]
const noLog = 'exempt (log-entry) no entry of a transparency log is asked for (app)'
const notBy = (code: string): readonly string[] => [
  `unmet ${code} (signature-valid) expected a signature by key release.pub (${id}) at app, got one that this key does not verify: another key made it, or it was changed`,
  '  peer: invalid signature when validating ASN.1 encoded signature',
]
const foreign = (key: string): readonly string[] => [
  `unmet key-mismatch (signature-valid) expected a signature by key release.pub (${id}) at app, got one by a certificate for ${key}`,
  '  peer: both public key and certificate were provided but did not match',
]

type Case = readonly [string, CosignEvidence, Partial<CosignDemand>, readonly string[]]

const signatures: readonly Case[] = [
  [
    'a payload with its signature',
    simple(simplePayload()),
    {},
    [...valid, `met (digest-signed) the signature at app is for ${someDigest}`, noLog],
  ],
  [
    'a payload where an attestation is asked for',
    simple(simplePayload()),
    attested,
    ['unrelated: a signature'],
  ],
  [
    'a payload without a signature',
    simple(simplePayload(), { [signatureAnnotation]: '!' }),
    {},
    ['unmet signature-invalid (signature-valid) expected a signature in base64 at app, got none'],
  ],
  [
    'a payload that somebody else signed',
    simple(simplePayload(), {
      [signatureAnnotation]: Buffer.from(stranger.sign(Buffer.from(simplePayload()))).toString('base64'),
    }),
    {},
    notBy('signature-invalid'),
  ],
  [
    'a payload beside a certificate of another key',
    simple(simplePayload(), { [certificateAnnotation]: certified.pem }),
    {},
    foreign(`key ${certified.key.sha256.slice(0, 16)}`),
  ],
  [
    'a payload beside what is no certificate',
    simple(simplePayload(), { [certificateAnnotation]: 'none' }),
    {},
    foreign('an unreadable key'),
  ],
  [
    'a payload about another image',
    simple(simplePayload(otherDigest)),
    {},
    [
      ...valid,
      `unmet digest-mismatch (digest-signed) expected a signature for ${someDigest}, got one for ${otherDigest} at app`,
      `  peer: invalid or missing digest in claim: ${otherDigest}`,
      noLog,
    ],
  ],
  [
    'a payload about nothing',
    simple(simplePayload('')),
    {},
    [
      ...valid,
      `unmet digest-mismatch (digest-signed) expected a signature for ${someDigest}, got one for no digest at app`,
      '  peer: invalid or missing digest in claim: ',
      noLog,
    ],
  ],
  [
    'a payload about something very long',
    simple(simplePayload('x'.repeat(301))),
    {},
    [
      ...valid,
      `unmet digest-mismatch (digest-signed) expected a signature for ${someDigest}, got one for ${'x'.repeat(300)}… at app`,
      `  peer: invalid or missing digest in claim: ${'x'.repeat(300)}…`,
      noLog,
    ],
  ],
  [
    'a payload that is none',
    simple('hello'),
    {},
    [...valid, 'unmet record-malformed (digest-signed) what is signed at app names no image'],
  ],
  [
    'a bundle',
    bundle(bundleOf(sealed())),
    {},
    [...valid, `met (digest-signed) the statement at app is about ${someDigest}`, noLog],
  ],
  [
    'a bundle that is none',
    bundle('hello'),
    {},
    [
      'unmet signature-invalid (signature-valid) expected a sigstore bundle at app, got something unreadable: it is no JSON object',
    ],
  ],
  [
    'a bundle that signs a message',
    bundle({
      ...bundleOf({}),
      dsseEnvelope: undefined,
      messageSignature: { signature: 'AA==' },
    }),
    {},
    [
      'unmet signature-invalid (signature-valid) expected a DSSE envelope in the bundle at app, got the signature of a message',
    ],
  ],
  [
    'a bundle with two signatures',
    bundle(bundleOf(sealed({}, [signer, signer]))),
    {},
    ['unmet signature-invalid (signature-valid) expected one signature in the bundle at app, got 2'],
  ],
  [
    'a bundle with a certificate, where a key is asked for',
    bundle(bundleOf(sealed(), { certificate: { rawBytes: 'AA==' } })),
    {},
    [
      `unmet key-mismatch (signature-valid) expected a signature by key release.pub (${id}) at app, got one by a certificate`,
      '  peer: expected key signature, not certificate',
    ],
  ],
  [
    'a bundle that says which other key made it',
    bundle(
      bundleOf(sealed({}, [stranger]), {
        publicKey: { hint: Buffer.from(stranger.key.sha256, 'hex').toString('base64') },
      }),
    ),
    {},
    [
      ...notBy('signature-invalid'),
      `  near: the bundle at app claims a signature by key ${stranger.key.id}; you asked for ${id}`,
    ],
  ],
  [
    'a bundle that says that this key made it, which is not so',
    bundle(
      bundleOf(sealed({}, [stranger]), {
        publicKey: { hint: Buffer.from(signer.key.sha256, 'hex').toString('base64') },
      }),
    ),
    {},
    notBy('signature-invalid'),
  ],
  [
    'a bundle that says more than a key',
    bundle(
      bundleOf(sealed({}, [stranger]), {
        publicKey: { hint: Buffer.from(`${stranger.key.sha256}00`, 'hex').toString('base64') },
      }),
    ),
    {},
    notBy('signature-invalid'),
  ],
  [
    'a bundle that calls its key something else',
    bundle(bundleOf(sealed({}, [stranger]), { publicKey: { hint: 'somebody' } })),
    {},
    notBy('signature-invalid'),
  ],
  [
    'a bundle with another kind of payload',
    bundle(bundleOf(sealed({}, [signer], 'text/plain'))),
    {},
    ['unmet signature-invalid (signature-valid) expected an in-toto statement at app, got text/plain'],
  ],
  [
    'a bundle with what is no statement',
    bundle(bundleOf(seal('hello', [signer]))),
    {},
    [
      ...valid,
      'unmet signature-invalid (digest-signed) expected an in-toto statement at app, but the payload is no JSON object',
    ],
  ],
  [
    'a bundle about another image',
    bundle(bundleOf(sealed({ subject: [{ digest: { sha256: otherDigest.slice(7) } }] }))),
    {},
    [
      ...valid,
      `unmet digest-mismatch (digest-signed) expected a statement about ${someDigest} at app, got one about ${otherDigest}`,
      '  peer: no matching subject digest found',
      noLog,
    ],
  ],
  [
    'a bundle about several others',
    bundle(bundleOf(sealed({ subject: [{ digest: { sha512: 'ab' } }, { digest: { sha256: 'cd' } }, {}] }))),
    {},
    [
      ...valid,
      `unmet digest-mismatch (digest-signed) expected a statement about ${someDigest} at app, got one about a subject without a SHA-256 digest and 2 more`,
      '  peer: no matching subject digest found',
      noLog,
    ],
  ],
  [
    'a bundle about nothing',
    bundle(bundleOf(sealed({ subject: [] }))),
    {},
    [
      ...valid,
      `unmet digest-mismatch (digest-signed) expected a statement about ${someDigest} at app, got one about no subject`,
      '  peer: no matching subject digest found',
      noLog,
    ],
  ],
  [
    'a bundle with an attestation',
    bundle(bundleOf(sealed(sbom))),
    {},
    [`unrelated: an attestation of type ${type}`],
  ],
  [
    'a bundle without the entry that is demanded',
    bundle(bundleOf(sealed())),
    { log: 'require' },
    [
      ...valid,
      `met (digest-signed) the statement at app is about ${someDigest}`,
      'unmet log-entry-missing (log-entry) expected an entry of a transparency log with the signature at app, got none',
    ],
  ],
  [
    'an entry that nobody can verify here',
    simple(simplePayload(), { [logEntryAnnotation]: '{}' }),
    { log: 'require' },
    [
      ...valid,
      `met (digest-signed) the signature at app is for ${someDigest}`,
      'unknown unsupported (log-entry) the entry of a transparency log at app cannot be verified without a trusted root; with a key, insecure-ignore-tlog waives it',
    ],
  ],
]

const attestations: readonly Case[] = [
  [
    'an envelope',
    envelope(sealed(sbom)),
    attested,
    [
      ...valid,
      `met (digest-signed) the statement at app is about ${someDigest}`,
      `met (predicate-type) the statement at app is of type ${type}`,
      noLog,
    ],
  ],
  ['an envelope with a signature', envelope(sealed()), attested, ['unrelated: a signature']],
  [
    'an envelope with another attestation',
    envelope(sealed({ predicateType: 'x'.repeat(301) })),
    attested,
    [`unrelated: an attestation of type ${'x'.repeat(300)}…`],
  ],
  [
    'an envelope that is none',
    envelope('hello'),
    attested,
    [
      'unmet attestation-invalid (signature-valid) expected a DSSE envelope at app, got something unreadable: it is no JSON object',
    ],
  ],
  [
    'an envelope that somebody else signed',
    envelope(sealed(sbom, [stranger])),
    attested,
    notBy('attestation-invalid'),
  ],
  [
    'an envelope beside a certificate of another key',
    envelope(sealed(sbom), { [certificateAnnotation]: certified.pem }),
    attested,
    foreign(`key ${certified.key.sha256.slice(0, 16)}`),
  ],
  [
    'an envelope with a hundred signatures by others',
    envelope(
      sealed(
        sbom,
        Array.from({ length: 100 }, () => stranger),
      ),
    ),
    attested,
    notBy('attestation-invalid'),
  ],
  [
    'an envelope with one more',
    envelope(
      sealed(
        sbom,
        Array.from({ length: 101 }, () => stranger),
      ),
    ),
    attested,
    [
      'unknown limit-exceeded (signature-valid) app: 101 signatures in one envelope, more than 100 are not tried',
    ],
  ],
  [
    'an envelope with one more, and a good one among the first',
    envelope(sealed(sbom, [signer, ...Array.from({ length: 100 }, () => stranger)])),
    attested,
    [
      ...valid,
      `met (digest-signed) the statement at app is about ${someDigest}`,
      `met (predicate-type) the statement at app is of type ${type}`,
      noLog,
    ],
  ],
  [
    'an attestation of something that is no object',
    envelope(sealed({ ...attested, predicate: 'SPDX' })),
    attested,
    [
      ...valid,
      `met (digest-signed) the statement at app is about ${someDigest}`,
      'unmet attestation-invalid (predicate-type) expected a predicate that is an object at app, got something else',
      noLog,
    ],
  ],
  [
    'an attestation that says nothing of its source',
    envelope(sealed(sbom)),
    { ...attested, provenance: { sourceUri: 'github.com/team/app' } },
    [
      ...valid,
      `met (digest-signed) the statement at app is about ${someDigest}`,
      `met (predicate-type) the statement at app is of type ${type}`,
      'unmet policy-denied (provenance) expected provenance that says how the image was built at app, got none',
      noLog,
    ],
  ],
]

const annotated = simple(
  simplePayload(someDigest, { team: 'x', list: ['x'], object: {}, nothing: null, number: 7, yes: true }),
)
const wanted = (name: string, got: string): readonly string[] => [
  `unmet annotation-mismatch (annotation) expected the annotation ${name}=y at app, got ${got}`,
  '  peer: missing or incorrect annotation',
]

describe('what is said of', () => {
  it.each([...signatures, ...attestations])('%s', async (_, evidence, demand, lines) => {
    expect(toldOf(await checkCosign(evidence, demandOf(signer, demand)))).toEqual(lines)
  })

  it.each([
    ['team', '"x"'],
    ['list', 'a list'],
    ['object', 'an object'],
    ['nothing', 'null'],
    ['number', '7'],
    ['yes', 'true'],
    ['other', 'none of that name'],
  ])('the annotation %s', async (name, got) => {
    const said = toldOf(await checkCosign(annotated, demandOf(signer, { annotations: { [name]: 'y' } })))
    expect(said.slice(4, 6)).toEqual(wanted(name, got))
  })

  it('an annotation that is as it should be', async () => {
    const said = toldOf(await checkCosign(annotated, demandOf(signer, { annotations: { team: 'x' } })))
    expect(said[4]).toBe('met (annotation) team=x is signed at app')
  })
})

describe('a rule', () => {
  const finding = met('rule', 'it says so')
  const asked: unknown[] = []
  const rule: StatementRule = {
    id: 'a rule',
    over: 'every',
    problem: async () => Promise.resolve(undefined),
    judge: async (one) => {
      asked.push({ ...one, payload: Buffer.from(one.payload).toString('base64') })
      return Promise.resolve(finding)
    },
  }
  const judge = async (evidence: CosignEvidence, demand: Partial<CosignDemand> = {}): Promise<unknown> => {
    const check = await checkCosign(evidence, demandOf(signer, { ...attested, rule, ...demand }))
    return check.kind === 'checked' ? check.ruled : check
  }

  it('is asked of what is proven, with what was signed', async () => {
    const one = sealed(sbom)
    expect(await judge(envelope(one))).toBe(finding)
    expect(asked).toEqual([{ payload: one.payload, predicateType: type, where: 'app' }])
    expect(await judge(bundle(bundleOf(one)))).toBe(finding)
  })

  it('is asked of nothing that is not proven, or not known to be', async () => {
    asked.length = 0
    expect(await judge(envelope(sealed(sbom, [stranger])))).toBeUndefined()
    expect(await judge(envelope(sealed({ ...sbom, subject: [] })))).toBeUndefined()
    expect(await judge(envelope(sealed(sbom)), { annotations: { a: 'b' } })).toBeUndefined()
    expect(
      await judge(envelope(sealed(sbom), { [logEntryAnnotation]: '{}' }), { log: 'require' }),
    ).toBeUndefined()
    expect(asked).toEqual([])
  })

  it('says of what is asked what it says', async () => {
    for (const said of [
      unmet('rule', 'policy-denied', 'no'),
      unknown('rule', { code: 'timeout', message: 'late' }),
    ]) {
      const other: StatementRule = { ...rule, judge: async () => Promise.resolve(said) }
      expect(await judge(envelope(sealed(sbom)), { rule: other })).toBe(said)
    }
  })

  it('is nowhere where none is asked for', async () => {
    expect(await checkCosign(envelope(sealed(sbom)), demandOf(signer, attested))).not.toHaveProperty('ruled')
  })
})

describe('what was signed', () => {
  const payloadOf = async (
    evidence: CosignEvidence,
    demand: Partial<CosignDemand> = {},
  ): Promise<unknown> => {
    const check = await checkCosign(evidence, demandOf(signer, demand))
    return check.kind === 'checked' ? check.payload : check
  }

  it('is the annotations of the subject and the predicate’s type, of a statement', async () => {
    const subject = [{ digest: { sha256: hex }, annotations: { team: 'x' } }]
    const signed = {
      dockerReference: null,
      type: 'https://sigstore.dev/cosign/sign/v1',
      optional: { team: 'x' },
    }
    expect(await payloadOf(bundle(bundleOf(sealed({ subject }))))).toEqual(signed)
    expect(await payloadOf(bundle(bundleOf(sealed())))).toEqual({ ...signed, optional: {} })
  })

  it('is the envelope as well, of an attestation', async () => {
    const one = sealed(sbom)
    const payload = (await payloadOf(envelope(one), attested)) as { envelope: string }
    expect(payload).toMatchObject({ dockerReference: null, type, optional: {} })
    expect(JSON.parse(payload.envelope)).toEqual(one)
  })

  it('stands beside what lay there, of a payload', async () => {
    const { pem } = signer.key.spki.length > 0 ? certified : instance.certify()
    const bytes = Buffer.from(simplePayload())
    const annotations = {
      [signatureAnnotation]: Buffer.from(certified.sign(bytes)).toString('base64'),
      [certificateAnnotation]: pem,
      [timestampAnnotation]: '{"SignedRFC3161Timestamp":"AA=="}',
    }
    const check = await checkCosign(
      { format: 'simple-signing', where: 'app', bytes, annotations },
      demandOf(certified),
    )
    expect(check.kind === 'checked' && check.payload).toMatchObject({
      dockerReference: 'registry.example/app',
      type: 'cosign container image signature',
      optional: null,
      certificate: { Subject: workflow, Issuer: oidcIssuer },
      timestamp: '{"SignedRFC3161Timestamp":"AA=="}',
    })
    const bare = await payloadOf(simple(simplePayload()))
    expect(Object.keys(bare as object)).toEqual(['dockerReference', 'type', 'optional'])
    const empty = await payloadOf(simple(simplePayload(), { [certificateAnnotation]: '' }))
    expect(empty).not.toHaveProperty('certificate')
  })
})

describe('a signer that is named by an identity', () => {
  const trust = parseTrustedRoot(Buffer.from(instance.trustedRoot()), 'root')
  if (typeof trust === 'string') throw new Error(trust)
  const vouching = {
    trust,
    now: signedAt,
    sct: 'require',
    signedTimestamps: false,
    identity: { subject: workflow, issuer: oidcIssuer },
  } as const
  const judge = async (evidence: CosignEvidence): Promise<readonly string[]> => {
    const { key, ...demand } = demandOf(signer)
    expect(key).toBe(signer.key)
    return toldOf(await checkKeyless(evidence, { ...demand, vouching, log: 'require' }))
  }
  const whole = sealed({}, [certified])
  const entry = instance.log.record(bodies['dsse 0.0.1'](loggedEnvelope(certified, whole)), signedAt).entry
  const { certificate } = certified

  it('is proven by the key of its certificate', async () => {
    const said = await judge(bundle(bundleWith(whole, { certificate, entries: [entry] })))
    expect(said[0]).toBe(
      `met (signature-valid) the signature at app is by key of its certificate (${certified.key.id}) (ecdsa-sha256)`,
    )
    expect(said.filter((line) => line.startsWith('un'))).toEqual([])
  })

  it.each<[string, CosignEvidence, string]>([
    [
      'evidence that cannot be read',
      bundle('hello'),
      'unmet signature-invalid (signature-valid) expected evidence with a certificate at app, got something unreadable: it is no JSON object',
    ],
    [
      'evidence by a key',
      bundle(bundleWith(whole, { entries: [entry] })),
      'unmet key-mismatch (certificate) expected a signature with a certificate at app, got one by a key',
    ],
    [
      'a certificate that is none',
      bundle(bundleWith(whole, { certificate: Buffer.from('none'), entries: [entry] })),
      'unmet key-mismatch (certificate) the certificate at app is for no usable key: expected DER of a certificate',
    ],
  ])('is not by %s', async (_, evidence, line) => {
    expect(await judge(evidence)).toEqual([line])
  })
})

describe('evidence whose entries have to be read', () => {
  it('is refused where it cannot be', async () => {
    const trust = parseTrustedRoot(Buffer.from(instance.trustedRoot()), 'root')
    if (typeof trust === 'string') throw new Error(trust)
    const vouching = { trust, now: signedAt, sct: 'require', signedTimestamps: false } as const
    const odd = bundleOf(sealed(), { publicKey: { hint: 'x' }, tlogEntries: [{ logIndex: '5' }] })
    const said = toldOf(await checkCosign(bundle(odd), demandOf(signer, { log: 'require', vouching })))
    expect(said.at(-1)).toMatch(
      /^unmet log-entry-invalid \(log-entry\) expected a whole bundle at app, got one that is none: ./,
    )
    // Nobody reads them where nothing is asked of them.
    expect(toldOf(await checkCosign(bundle(odd), demandOf(signer, { vouching }))).at(-1)).toBe(noLog)
    const aged = { ...vouching, maxAgeMs: 1000 }
    expect(toldOf(await checkCosign(bundle(odd), demandOf(signer, { vouching: aged }))).at(-1)).toMatch(
      /^unmet/,
    )
  })
})

describe('what lies beside an envelope of the older format', () => {
  const trust = parseTrustedRoot(Buffer.from(instance.trustedRoot()), 'root')
  if (typeof trust === 'string') throw new Error(trust)
  const identity = { subject: workflow, issuer: oidcIssuer }
  const vouching = { trust, now: signedAt, sct: 'require', signedTimestamps: true, identity } as const
  const whole = seal(statement(sbom), [certified])

  const judge = async (stamped: Uint8Array): Promise<readonly string[]> => {
    const SignedRFC3161Timestamp = instance.timestamps.stamp(stamped, signedAt).toString('base64')
    const annotations = {
      [certificateAnnotation]: certified.pem,
      [timestampAnnotation]: JSON.stringify({ SignedRFC3161Timestamp }),
    }
    const { key, ...demand } = demandOf(certified, attested)
    expect(key).toBe(certified.key)
    return toldOf(await checkKeyless(envelope(whole, annotations), { ...demand, vouching }))
  }

  it('is stamped as a whole, not by its signature', async () => {
    expect((await judge(toBytes(whole))).filter((line) => line.startsWith('un'))).toEqual([])
    const bare = Buffer.from(whole.signatures[0]?.sig ?? '', 'base64')
    expect((await judge(bare)).find((line) => line.startsWith('un'))).toMatch(/^unmet timestamp-invalid/)
  })

  it.each([
    ['dsse 0.0.1', /^met \(log-entry\)/],
    ['intoto 0.0.1', /^met \(log-entry\)/],
    ['intoto 0.0.2', /^met \(log-entry\)/],
    ['hashedrekord 0.0.1', /^unmet log-entry-invalid .* for the envelope, got kind hashedrekord 0\.0\.1$/],
  ] as const)('is logged as what it is: %s', async (kind, said) => {
    const { annotation } = instance.log.record(bodies[kind](loggedEnvelope(certified, whole)), signedAt)
    const annotations = { [certificateAnnotation]: certified.pem, [logEntryAnnotation]: annotation }
    const { key, ...demand } = demandOf(certified, { ...attested, log: 'require' })
    expect(key).toBe(certified.key)
    const unstamped = { ...vouching, signedTimestamps: false }
    const lines = toldOf(await checkKeyless(envelope(whole, annotations), { ...demand, vouching: unstamped }))
    expect(lines.find((line) => line.includes('(log-entry)'))).toMatch(said)
  })
})
