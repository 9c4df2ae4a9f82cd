import { createPrivateKey, createPublicKey } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import {
  certificateAnnotation,
  logEntryAnnotation,
  signatureAnnotation,
} from '../../src/evidence/simple-signing.js'
import type { CosignCheck, CosignDemand } from '../../src/verify/demand.js'
import { checkSimpleSigning } from '../../src/verify/simple-signing.js'
import { newCertificate } from '../harness/certificate.js'
import {
  demandOf,
  everyKind,
  newSigner,
  otherDigest,
  outcome,
  type Signer,
  signerOf,
  simplePayload,
  singleByteChanges,
  someDigest,
} from './sealed.js'

const signer = newSigner()

interface Piece {
  readonly by?: Signer
  readonly payload?: string
  readonly annotations?: Readonly<Record<string, string>>
}

/** Checks a payload with a good signature by `by`; what is given in `annotations` comes on top. */
async function check(piece: Piece, demand: Partial<CosignDemand> = {}): Promise<CosignCheck> {
  const { by = signer, payload = simplePayload(), annotations = {} } = piece
  const bytes = Buffer.from(payload)
  const signed = { [signatureAnnotation]: Buffer.from(by.sign(bytes)).toString('base64') }
  return checkSimpleSigning(
    { format: 'simple-signing', where: 'app:sig', bytes, annotations: { ...signed, ...annotations } },
    demandOf(by, demand),
  )
}

describe('a payload with its signature', () => {
  it.each(everyKind)('counts with %s', async (scheme, by) => {
    const result = await check({ by })
    expect(outcome(result)).toBe('met')
    expect(result).toMatchObject({ scheme, payload: { dockerReference: 'registry.example/app' } })
  })

  it('shows what was signed: place, type and annotations, none of them compared', async () => {
    const payload = simplePayload(someDigest, { team: 'release', build: 7 })
    expect(await check({ payload })).toMatchObject({
      kind: 'checked',
      payload: {
        dockerReference: 'registry.example/app',
        type: 'cosign container image signature',
        optional: { team: 'release', build: 7 },
      },
    })
  })

  it.each(everyKind)('by another %s key does not count and shows nothing of the payload', async (_, by) => {
    const bytes = Buffer.from(simplePayload())
    const [, other] = everyKind.find(([, one]) => one.key.type !== by.key.type) ?? ['', signer]
    for (const forger of [newSigner(), other]) {
      const annotations = { [signatureAnnotation]: Buffer.from(forger.sign(bytes)).toString('base64') }
      const result = await checkSimpleSigning(
        { format: 'simple-signing', where: 'app:sig', bytes, annotations },
        demandOf(by),
      )
      expect(outcome(result)).toBe('signature-invalid')
      expect(result).not.toHaveProperty('payload')
    }
  })

  it('does not count with any one byte of the payload changed', async () => {
    const bytes = Buffer.from(simplePayload(someDigest, { team: 'release' }))
    const annotations = { [signatureAnnotation]: Buffer.from(signer.sign(bytes)).toString('base64') }
    let tried = 0
    for (const changed of singleByteChanges(bytes)) {
      const piece = { format: 'simple-signing', where: 'app:sig', bytes: changed, annotations } as const
      expect(outcome(await checkSimpleSigning(piece, demandOf(signer)))).toBe('signature-invalid')
      tried++
    }
    expect(tried).toBe(bytes.length)
  })

  it('does not count with any one byte of the signature changed', async () => {
    const bytes = Buffer.from(simplePayload())
    for (const changed of singleByteChanges(signer.sign(bytes))) {
      const annotations = { [signatureAnnotation]: Buffer.from(changed).toString('base64') }
      expect(outcome(await check({ annotations }))).toBe('signature-invalid')
    }
  })

  it.each([
    ['empty', ''],
    ['no base64', '!!!!'],
    ['cut off', 'MEUCIQ'],
    ['the bytes of nothing', 'AA=='],
  ])('does not count when the signature is %s', async (_, text) => {
    expect(outcome(await check({ annotations: { [signatureAnnotation]: text } }))).toBe('signature-invalid')
  })

  it('does not count without an annotation for the signature', async () => {
    const piece = { format: 'simple-signing', where: 'app:sig', bytes: Buffer.from(simplePayload()) } as const
    const result = await checkSimpleSigning({ ...piece, annotations: {} }, demandOf(signer))
    expect(outcome(result)).toBe('signature-invalid')
  })
})

describe('the digest that is signed', () => {
  it.each([
    ['another', otherDigest],
    ['in capitals', someDigest.toUpperCase()],
    ['without its algorithm', someDigest.slice(7)],
    ['of another algorithm', `sha512:${'ab'.repeat(64)}`],
    ['followed by a line end', `${someDigest}\n`],
    ['empty', ''],
    ['null', null],
    ['a list', [someDigest]],
  ])('%s is not the digest of the image', async (_, digest) => {
    const result = await check({ payload: simplePayload(digest) })
    expect(outcome(result)).toBe('digest-mismatch')
    expect(result).toMatchObject({ findings: [{ status: 'met', check: 'signature-valid' }, {}, {}] })
  })

  it('said twice, the last one counts, as for the programs that sign', async () => {
    const member = (digest: string): string => `"docker-manifest-digest":"${digest}"`
    const twice = (first: string, last: string): string =>
      `{"critical":{"image":{${member(first)},${member(last)}}},"optional":null}`
    expect(outcome(await check({ payload: twice(otherDigest, someDigest) }))).toBe('met')
    expect(outcome(await check({ payload: twice(someDigest, otherDigest) }))).toBe('digest-mismatch')
  })

  it.each(['hello', '[]', 'null', '{}', '{"critical":"x"}', '', '\ufeff{"critical":{}}'])(
    'is missing where %j is signed',
    async (payload) => {
      expect(outcome(await check({ payload }))).toBe('record-malformed')
    },
  )
})

describe('annotations that are demanded', () => {
  const payload = simplePayload(someDigest, { team: 'release', build: 7, flag: true, nested: { team: 'x' } })
  const withAnnotations = async (annotations: Record<string, string>, text = payload): Promise<string> =>
    outcome(await check({ payload: text }, { annotations }))

  it('are met by the same texts, whatever else is signed', async () => {
    expect(await withAnnotations({ team: 'release' })).toBe('met')
    expect(await withAnnotations({})).toBe('met')
  })

  it.each([
    ['another value', { team: 'dev' }],
    ['another case', { team: 'Release' }],
    ['another name', { Team: 'release' }],
    ['an empty value', { team: '' }],
    ['one of two', { team: 'release', stage: 'prod' }],
    ['a number as a text', { build: '7' }],
    ['a boolean as a text', { flag: 'true' }],
    ['an object as a text', { nested: '[object Object]' }],
    ['an inherited name', { constructor: '' }],
    ['the name of the prototype', { ['__proto__']: 'x' }],
    ['the text of an inherited value', { toString: 'function toString() { [native code] }' }],
  ])('are not met by %s', async (_, annotations) => {
    expect(await withAnnotations(annotations)).toBe('annotation-mismatch')
  })

  it.each([null, 'team=release', ['release'], 7])('are not met where optional is %j', async (optional) => {
    expect(await withAnnotations({ team: 'release' }, simplePayload(someDigest, optional))).toBe(
      'annotation-mismatch',
    )
  })

  it('may have names that objects have by themselves', async () => {
    const odd =
      '{"critical":{"image":{"docker-manifest-digest":"D"}},"optional":{"__proto__":"a","constructor":"b"}}'
    const demanded = Object.fromEntries([
      ['__proto__', 'a'],
      ['constructor', 'b'],
    ])
    expect(await withAnnotations(demanded, odd.replace('D', someDigest))).toBe('met')
    expect(await withAnnotations({ constructor: 'a' }, odd.replace('D', someDigest))).toBe(
      'annotation-mismatch',
    )
  })

  it.each([
    [900, 'annotation-mismatch'],
    [100_000, 'record-malformed'],
  ])('are not met by a value that is nested %i deep', async (depth, code) => {
    const deep = `${'['.repeat(depth)}${']'.repeat(depth)}`
    const text = simplePayload(someDigest, { team: 'D' }).replace('"D"', deep)
    expect(await withAnnotations({ team: 'release' }, text)).toBe(code)
  })
})

describe('a certificate beside the signature', () => {
  const certificate = newCertificate()
  const key = createPrivateKey(certificate.key)
  const certified = signerOf({ privateKey: key, publicKey: createPublicKey(key) }, 'sha256')

  it('of the same key changes nothing', async () => {
    const annotations = { [certificateAnnotation]: certificate.cert }
    expect(outcome(await check({ by: certified, annotations }))).toBe('met')
  })

  it('of another key refuses the signature, good as it is', async () => {
    for (const text of [newCertificate().cert, 'no certificate', certificate.key]) {
      const annotations = { [certificateAnnotation]: text }
      expect(outcome(await check({ by: certified, annotations }))).toBe('key-mismatch')
    }
  })

  it('does not make up for a signature by another key', async () => {
    const bytes = Buffer.from(simplePayload())
    const annotations = {
      [certificateAnnotation]: certificate.cert,
      [signatureAnnotation]: Buffer.from(newSigner().sign(bytes)).toString('base64'),
    }
    expect(outcome(await check({ by: certified, annotations }))).toBe('signature-invalid')
  })
})

describe('an entry of a transparency log', () => {
  const entry = JSON.stringify({
    SignedEntryTimestamp: 'cHJvbWlzZQ==',
    Payload: { body: 'Ym9keQ==', integratedTime: 1_700_000_000, logIndex: 5, logID: 'c0ff' },
  })
  const annotations = { [logEntryAnnotation]: entry }

  it('that is demanded and not there is missing', async () => {
    expect(outcome(await check({}, { log: 'require' }))).toBe('log-entry-missing')
  })

  it('that is demanded and there cannot be verified: neither a proof nor a rejection', async () => {
    expect(outcome(await check({ annotations }, { log: 'require' }))).toBe('unsupported')
    expect(outcome(await check({ annotations: { [logEntryAnnotation]: 'x' } }, { log: 'require' }))).toBe(
      'unsupported',
    )
  })

  it('is not looked at where it is waived, and shown as what it claims', async () => {
    const result = await check({ annotations }, { log: 'ignore' })
    expect(outcome(result)).toBe('met')
    expect(result).toMatchObject({ payload: { logEntry: JSON.parse(entry) as object } })
  })

  it('makes up for nothing else', async () => {
    const payload = simplePayload(otherDigest)
    expect(outcome(await check({ payload, annotations }, { log: 'require' }))).toBe('digest-mismatch')
  })
})
