import { readFileSync } from 'node:fs'
import path from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, it } from 'vitest'
import { type ResultDocument, toDocument } from '../../src/report/document.js'
import { all, any } from '../../src/verdict/algebra.js'
import { classOf, type Code, codes } from '../../src/verdict/codes.js'
import { type Finding, met, unknown, type Unmet, unmet } from '../../src/verdict/finding.js'
import { failure, type ImageResult, type PolicyResult, type Result } from '../../src/verdict/result.js'
import type { StatementSummary } from '../../src/verdict/statement-summary.js'
import { aside, no, open, yes } from '../harness/findings.js'
import { imageWith, someDigest } from '../harness/results.js'
import {
  attestation,
  bundle,
  envelope,
  keyId,
  logEntry,
  origin,
  record,
  registryImage,
  row,
  runOver,
  simpleSigning,
  statements,
} from './results.js'

const schema = JSON.parse(
  readFileSync(path.resolve(import.meta.dirname, '../../schema/verify-result.schema.json'), 'utf8'),
) as object
const isDocument = new Ajv2020({ strict: false, validateFormats: false }).compile(schema)

const tool = { name: 'verify-image', version: '1.2.3', sha256: 'a1'.repeat(32) }
const inputs = { image: ['s3://bucket/app:v1'], mode: 'enforce' }

/** The document as it is written and read again. */
function write(result: Result): ResultDocument {
  return JSON.parse(JSON.stringify(toDocument(result, inputs, tool))) as ResultDocument
}

function expectValid(document: unknown): void {
  expect(isDocument(document), JSON.stringify(isDocument.errors)).toBe(true)
}

const key = { reference: 'keys/alice.pub', id: keyId, sha256: 'cd'.repeat(32), type: 'ecdsa-p256' }
const verified = { ...imageWith(yes), signatures: [record] }
const withLog = { ...simpleSigning, payload: { ...simpleSigning.payload!, logEntry } }
const cosign = registryImage(yes, { signatures: [withLog, bundle, attestation] })
const tree = all('image', [
  met('image-found', 'there', { facts: { mediaType: 'x' } }),
  any('signed-by-any', [
    unmet('a', 'unsigned', 'x', { peerReason: 'y', nearMisses: [{ message: 'z' }] }),
    open,
  ]),
  aside,
])
const attempts = [{ call: 'GET https://registry.example/v2/', attempt: 2, ended: '503' }]

const attestedImage = (statement: StatementSummary): ImageResult =>
  registryImage(yes, { signatures: [{ ...attestation, statement }] })

function withoutResource({ resource, ...rest }: PolicyResult): PolicyResult {
  expect(resource).toBeDefined()
  return rest
}

const endings: readonly (readonly [string, Result])[] = [
  ['verified', runOver([verified])],
  ['verified by cosign’s evidence', runOver([cosign])],
  ['rejected', runOver([imageWith(no)])],
  ['undetermined', runOver([imageWith(open, null)])],
  ['nothing that counts', runOver([imageWith(aside)])],
  ['a whole tree and attempts', runOver([registryImage(tree, { attempts })])],
  ['attempts for what all images share', runOver([verified], { attempts })],
  ['several images', runOver([verified, cosign, imageWith(no), imageWith(open, null)])],
  ['several keys', runOver([verified], { keys: [key, { ...key, reference: 'b.pub', type: 'ed25519' }] })],
  ['no image', runOver([], { keys: [], calls: [] })],
  ['warnings', runOver([verified], { warnings: ['no anchor'] })],
  ...statements.map(
    (statement) =>
      [`what was attested: ${statement.kind}`, runOver([attestedImage(statement)])] as const satisfies [
        string,
        Result,
      ],
  ),
  [
    'policies over images in manifests',
    runOver(
      [
        registryImage(yes, { origins: [origin] }),
        registryImage(aside, { allowed: true, origins: [{ file: 'a.json', line: 1 }] }),
      ],
      {
        policies: [row, { ...row, rule: '', result: 'skip' }, withoutResource(row)],
        policyFiles: ['policy', 'values', 'rego', 'cue'].map((language) => ({
          file: 'p.yaml',
          language,
          sha256: 'ab'.repeat(32),
        })),
        pinned: [{ file: 'deploy/web.yaml', text: 'secret: no', changed: 1 }],
      },
    ),
  ],
  [
    'a crash beside a verified image',
    runOver([verified], { verdict: 'undetermined', failure: failure('internal-error', 'stopped') }),
  ],
]

describe('the document', () => {
  it.each(endings)('of %s is valid, and says what the run said', (_, result) => {
    const document = write(result)
    expectValid(document)
    expect(document.verdict).toBe(result.verdict)
    expect(document.verified).toBe(result.verdict === 'verified')
    expect(document.failure).toEqual(result.failure)
    expect(document.images.map(({ verdict }) => verdict)).toEqual(result.images.map(({ verdict }) => verdict))
    expect(document).toMatchObject({ schemaVersion: 1, tool, inputs, startedAt: result.startedAt })
  })

  it('is valid where the program is not run from its bundle', () => {
    expectValid({ ...write(runOver([verified])), tool: { ...tool, sha256: null } })
  })

  it('pins what is verified, and nothing else', () => {
    const { images } = write(runOver([verified, imageWith(no), imageWith(open)]))
    expect(images.map(({ pinned }) => pinned)).toEqual([verified.pinned, null, null])
    expect(images.map(({ digest }) => digest)).toEqual([someDigest, someDigest, someDigest])
  })

  it('tells attestations from signatures', () => {
    const [image] = write(runOver([cosign])).images
    expect(image?.signatures.map(({ format }) => format)).toEqual(['simple-signing', 'sigstore-bundle'])
    expect(image?.attestations.map(({ attests }) => attests)).toEqual([attestation.attests])
  })

  it('repeats no envelope and no log entry, and keeps what was signed', () => {
    const text = JSON.stringify(write(runOver([cosign])))
    expect(text).not.toContain(JSON.stringify(envelope).slice(1, -1))
    expect(text).not.toMatch(/"envelope"|logEntry|SignedEntryTimestamp|in-toto/)
    expect(write(runOver([cosign])).images[0]?.signatures[0]?.payload).toEqual(simpleSigning.payload)
  })

  it.each(statements)('says what was attested: $kind', (statement) => {
    const document = write(runOver([attestedImage(statement)]))
    expect(document.images[0]?.attestations[0]?.statement).toEqual(statement)
    const spoil = (change: (statement: Record<string, unknown>) => void): boolean => {
      const copy = structuredClone(document)
      change(copy.images[0]?.attestations[0]?.statement as unknown as Record<string, unknown>)
      return isDocument(copy)
    }
    expect(spoil(() => undefined)).toBe(true)
    expect(spoil((copy) => (copy['extra'] = 1))).toBe(false)
    expect(spoil((copy) => (copy['kind'] = 'rumour'))).toBe(false)
    // A text that is not cut to size, and a number that counts nothing.
    for (const [name, value] of Object.entries(statement)) {
      if (typeof value === 'string')
        expect(
          spoil((copy) => (copy[name] = 'x'.repeat(301))),
          name,
        ).toBe(false)
      else
        expect(
          spoil((copy) => (copy[name] = -1)),
          name,
        ).toBe(false)
    }
  })

  it('says where images stand, what each rule says, and which image nothing covers', () => {
    const [, result] = endings.find(([name]) => name === 'policies over images in manifests')!
    const document = write(result)
    expect(document.policies).toEqual(result.policies)
    expect(document.policyFiles).toEqual(result.policyFiles)
    expect(document.images.map(({ origins }) => origins)).toEqual([[origin], [{ file: 'a.json', line: 1 }]])
    expect(document.images.map(({ allowed }) => allowed)).toEqual([undefined, true])
    // Manifests hold what they hold; the document repeats none of it.
    expect(JSON.stringify(document)).not.toContain('secret: no')
    const none = write(runOver([verified]))
    expect(none.policies).toEqual([])
    expect(none.images[0]?.origins).toEqual([])
  })

  it('has the tree of findings as it was found', () => {
    expect(write(runOver([registryImage(tree)])).images[0]?.findings).toEqual(tree)
  })

  it('is the same for the same run', () => {
    const [, result] = endings.find(([name]) => name === 'several images')!
    expect(JSON.stringify(write(result))).toBe(JSON.stringify(write(structuredClone(result))))
  })
})

describe('the names that s3lo’s JSON has', () => {
  const peer = unmet('record-found', 'unsigned', 'expected a signature', { peerReason: 'no signature found' })

  it('are there for one image and one key', () => {
    const names = {
      digest: someDigest,
      keyRef: 'keys/alice.pub',
      keyID: keyId,
      signedAt: record.claimed.signedAt,
    }
    expect(write(runOver([verified]))).toMatchObject(names)
    expect(write(runOver([verified]))).not.toHaveProperty('reason')
  })

  it('give the reason in the words of s3lo for its images, in ours for others', () => {
    const images = [imageWith(all('image', [peer])), registryImage(all('image', [peer]))]
    expect(images.map((image) => write(runOver([image])).reason)).toEqual([
      'no signature found',
      'expected a signature',
    ])
    expect(write(runOver([imageWith(open)])).reason).toBe('no answer')
  })

  it('are left out where nothing is known of them', () => {
    const document = write(runOver([imageWith(open, null)], { keys: [] }))
    for (const name of ['digest', 'keyRef', 'keyID', 'signedAt']) expect(document).not.toHaveProperty(name)
  })

  it('are those of the version that signed, where a key has several', () => {
    const [old, latest] = [
      { ...key, version: '1' },
      { ...key, id: 'ef'.repeat(8), version: '2' },
    ]
    const document = write(runOver([verified], { keys: [latest, old] }))
    expect(document).toMatchObject({ keyRef: key.reference, keyID: key.id })
    const elsewhere = { ...old, reference: 'another' }
    expect(write(runOver([verified], { keys: [latest, elsewhere] }))).not.toHaveProperty('keyID')
  })

  it('are absent for several images or keys, as one name cannot speak for two', () => {
    const two = [runOver([verified, imageWith(no)]), runOver([verified], { keys: [key, key] }), runOver([])]
    for (const result of two) {
      for (const name of ['reason', 'digest', 'keyRef', 'keyID', 'signedAt'])
        expect(write(result)).not.toHaveProperty(name)
    }
  })
})

describe('the schema', () => {
  it.each(Object.keys(codes) as Code[])('allows %s, of the run, of an image and in the tree', (code) => {
    const finding: Finding =
      classOf(code) === 'supply-chain'
        ? unmet('check', code as Unmet['code'], 'x')
        : unknown('check', { code: code as 'timeout', message: 'x', service: 'registry' })
    const document = write(runOver([imageWith(finding)]))
    expectValid(document)
    expect(document.failure?.code).toBe(code)
  })

  it('lists no code that is none', () => {
    const { $defs } = schema as { $defs: { code: { enum: string[] } } }
    expect($defs.code.enum.toSorted()).toEqual(Object.keys(codes).toSorted())
  })

  const good = write(
    runOver([registryImage(tree, { signatures: cosign.signatures, attempts, origins: [origin] }), verified], {
      policies: [row],
      policyFiles: [{ file: 'p.yaml', language: 'policy', sha256: 'ab'.repeat(32) }],
    }),
  )
  /** A copy with one member changed, or without it; `where` is a path such as `images.0.signatures.0`. */
  const change = (where: string, name: string, value: unknown): unknown => {
    const copy: unknown = structuredClone(good)
    const at = where === '' ? [] : where.split('.')
    const target = at.reduce<unknown>((node, step) => (node as Record<string, unknown>)[step], copy)
    expect(target, where).toBeTypeOf('object')
    if (value === undefined) Reflect.deleteProperty(target as object, name)
    else Reflect.set(target as object, name, value)
    return copy
  }
  const image = 'images.0'
  const part = `${image}.findings.children`

  it('is fulfilled by the document that is spoilt below', () => expectValid(good))

  it.each([
    '',
    'failure',
    'keys.0',
    'calls.0',
    'tool',
    image,
    `${image}.failure`,
    `${image}.signatures.0`,
    `${image}.signatures.0.claimed`,
    `${image}.signatures.0.payload`,
    `${image}.attestations.0`,
    `${image}.attempts.0`,
    `${image}.origins.0`,
    `${image}.origins.0.resource`,
    'policies.0',
    'policies.0.resource',
    'policyFiles.0',
    `${image}.findings`,
    `${part}.1.children.0`,
    `${part}.1.children.0.nearMisses.0`,
  ])('refuses a member too many at "%s"', (where) => {
    expect(isDocument(change(where, 'extra', 1))).toBe(false)
  })

  it.each([
    ['', Object.keys(toDocument(runOver([]), inputs, tool))],
    ['failure', ['class', 'code', 'message', 'hint']],
    ['keys.0', Object.keys(key)],
    ['calls.0', ['host', 'count']],
    ['tool', Object.keys(tool)],
    [image, Object.keys(good.images[0]!)],
    [`${image}.signatures.0`, ['format', 'where', 'verified', 'keyRef', 'keyId', 'claimed']],
    [`${image}.signatures.0.payload`, ['dockerReference', 'type', 'optional']],
    [`${image}.attempts.0`, ['call', 'attempt', 'ended']],
    [`${image}.origins.0`, ['file', 'line']],
    [`${image}.origins.0.resource`, ['kind', 'namespace', 'name']],
    ['policies.0', ['policy', 'rule', 'image', 'result', 'message']],
    ['policies.0.resource', ['kind', 'namespace', 'name']],
    ['policyFiles.0', ['file', 'language', 'sha256']],
    [`${image}.findings`, ['status', 'check', 'message']],
  ])('refuses a member too few at "%s": any of %o', (where, names) => {
    expect(names.length).toBeGreaterThan(1)
    for (const name of names) expect(isDocument(change(where, name, undefined)), name).toBe(false)
  })

  it.each([
    ['an unknown verdict', '', 'verdict', 'maybe'],
    ['an unknown verdict of an image', image, 'verdict', 'ok'],
    ['a verdict that contradicts the failure', '', 'verdict', 'verified'],
    ['verified beside another verdict', '', 'verified', true],
    ['no failure where it is not verified', '', 'failure', null],
    ['an unknown code', 'failure', 'code', 'bad-luck'],
    ['an unknown code in the tree', `${part}.1.children.0`, 'code', 'bad-luck'],
    ['a code of what is met', `${part}.0`, 'code', 'unsigned'],
    ['an unmet part without a code', `${part}.1.children.0`, 'code', undefined],
    ['an unknown class', 'failure', 'class', 'weather'],
    ['an unknown service', `${part}.1.children.1`, 'service', 'pigeon'],
    ['an unknown status', `${image}.findings`, 'status', 'fine'],
    ['a short digest', image, 'digest', 'sha256:ab'],
    ['an id that is no id', 'keys.0', 'id', 'alice'],
    ['a host that was never called', 'calls.0', 'count', 0],
    ['a further version', '', 'schemaVersion', 2],
    ['a result that no rule has', 'policies.0', 'result', 'passed'],
    ['a policy without a name', 'policies.0', 'policy', null],
    ['a rule that is no text', 'policies.0', 'rule', 1],
    ['an image that is no text', 'policies.0', 'image', ['a']],
    ['a message that is no text', 'policies.0', 'message', null],
    ['a resource that is a text', 'policies.0', 'resource', 'Pod/default/app'],
    ['a namespace that is no text', 'policies.0.resource', 'namespace', null],
    ['a line that counts nothing', `${image}.origins.0`, 'line', 0],
    ['a line that is a text', `${image}.origins.0`, 'line', '18'],
    ['a file that is no text', `${image}.origins.0`, 'file', 1],
    ['a container that is no text', `${image}.origins.0`, 'container', null],
    ['a language that nobody reads', 'policyFiles.0', 'language', 'yaml'],
    ['an image that is covered and says so', image, 'allowed', false],
    ['an envelope', `${image}.signatures.0.payload`, 'envelope', envelope],
    ['a log entry', `${image}.signatures.0.payload`, 'logEntry', logEntry],
  ])('refuses %s', (_, where, name, value) => {
    expect(isDocument(change(where, name, value))).toBe(false)
  })
})
