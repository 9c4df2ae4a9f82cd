import { describe, expect, it } from 'vitest'
import { type CosignQuestion, toCosign } from '../../src/report/cosign.js'
import { toText } from '../../src/report/text.js'
import { failure, type Payload, type Signature } from '../../src/verdict/result.js'
import { no, open, yes } from '../harness/findings.js'
import { someDigest } from '../harness/results.js'
import {
  attestation,
  bundle,
  envelope,
  hostileTexts,
  logEntry,
  record,
  registryImage,
  registryName,
  runOver,
  simpleSigning,
} from './results.js'

const plain: CosignQuestion = { annotations: false, ignoresLog: false, attestations: false, keyless: false }

function sign(payload: Partial<Payload>, signature = simpleSigning): Signature {
  const none: Payload = { dockerReference: null, type: '', optional: null }
  return { ...signature, payload: { ...none, ...signature.payload, ...payload } }
}

/** What is printed about one verified image. */
function print(
  signature: Signature,
  question: Partial<CosignQuestion> = {},
  reference = registryName,
): ReturnType<typeof toCosign> {
  const image = registryImage(yes, { reference, signatures: [signature] })
  return toCosign(runOver([image]), { ...plain, ...question })
}

/** The member `optional` of the first signature, as it is written. */
function optionalOf(optional: Readonly<Record<string, unknown>>): string {
  const text = print(sign({ optional })).stdout[1] ?? ''
  return text.slice(text.indexOf('"optional":') + '"optional":'.length, -'}]'.length)
}

const checks = [
  '',
  `Verification for ${registryName} --`,
  'The following checks were performed on each of these signatures:',
  '  - The cosign claims were validated',
  '  - Existence of the claims in the transparency log was verified offline',
  '  - The signatures were verified against the specified public key',
]
const warning =
  'WARNING: Skipping tlog verification is an insecure practice that lacks transparency and auditability verification for the signature.'

describe('the lines of the checks', () => {
  it('are those of cosign, on stderr', () => {
    expect(print(simpleSigning).stderr).toEqual(checks)
  })

  it('mention annotations where some were demanded, before the claims', () => {
    const { stderr } = print(simpleSigning, { annotations: true })
    expect(stderr).toEqual([
      ...checks.slice(0, 3),
      '  - The specified annotations were verified.',
      ...checks.slice(3),
    ])
  })

  it('warn where the log is ignored, and say nothing of it', () => {
    const { stderr } = print(simpleSigning, { ignoresLog: true })
    expect(stderr).toEqual([warning, ...checks.filter((one) => !one.includes('transparency log'))])
  })

  it('warn of attestations where those were asked for', () => {
    const { stderr } = print(attestation, { ignoresLog: true, attestations: true })
    expect(stderr[0]).toBe(warning.replace('signature.', 'attestation.'))
  })

  it('speak of the log for a bundle even where it is ignored, as cosign does', () => {
    expect(print(bundle, { ignoresLog: true }).stderr).toEqual([warning, ...checks])
  })
})

describe('the signatures', () => {
  it('are JSON in one line behind an empty one', () => {
    const critical = `{"identity":{"docker-reference":"registry.example/team/app"},"image":{"docker-manifest-digest":"${someDigest}"},"type":"cosign container image signature"}`
    expect(print(simpleSigning).stdout).toEqual(['', `[{"critical":${critical},"optional":null}]`])
  })

  it('of a bundle, which names no place, are of the image as asked for', () => {
    const critical = `{"identity":{"docker-reference":"${registryName}"},"image":{"docker-manifest-digest":"${someDigest}"},"type":"https://sigstore.dev/cosign/sign/v1"}`
    expect(print(bundle).stdout[1]).toBe(`[{"critical":${critical},"optional":{}}]`)
  })

  it('are all that were verified in a format of cosign, and no other', () => {
    const unproven = { ...simpleSigning, verified: false }
    const bare: Signature = { ...simpleSigning }
    Reflect.deleteProperty(bare, 'payload')
    const image = registryImage(yes, { signatures: [simpleSigning, unproven, bare, record, bundle] })
    const [, text = ''] = toCosign(runOver([image]), plain).stdout
    const types = (JSON.parse(text) as { critical: { type: string } }[]).map(({ critical }) => critical.type)
    expect(types).toEqual([simpleSigning.payload?.type, bundle.payload?.type])
  })

  it('carry the log entry beside the annotations, its members as cosign keeps them', () => {
    const { stdout } = print(sign({ optional: { zone: 'eu', Author: 'me' }, logEntry }))
    expect(stdout[1]).toContain(
      '"optional":{"Author":"me","Bundle":{"SignedEntryTimestamp":"MEUCIQD","Payload":{"body":"eyJhIjoxfQ==","integratedTime":1795000000,"logIndex":7,"logID":"c0ffee"}},"zone":"eu"}',
    )
    expect(print(sign({ logEntry })).stdout[1]).toContain('"optional":{"Bundle":{"SignedEntry')
  })

  it('of attestations are their envelopes, byte by byte', () => {
    const image = registryImage(yes, {
      signatures: [attestation, sign({ envelope: '{ "b":1 }' }, attestation)],
    })
    expect(toCosign(runOver([image]), { ...plain, attestations: true }).stdout).toEqual([
      envelope,
      '{ "b":1 }',
    ])
  })
})

describe('JSON as Go writes it', () => {
  it.each([
    ['what HTML reads', { a: '<b>&amp;</b>' }, '{"a":"\\u003cb\\u003e\\u0026amp;\\u003c/b\\u003e"}'],
    ['line separators', { a: '\u2028\u2029' }, '{"a":"\\u2028\\u2029"}'],
    ['control characters', { a: '\0\n\r\t\u001f"\\' }, '{"a":"\\u0000\\n\\r\\t\\u001f\\"\\\\"}'],
    ['names too', { '<a>': 1 }, '{"\\u003ca\\u003e":1}'],
    ['other letters as they are', { a: 'ü文😀\u007f' }, '{"a":"ü文😀\u007f"}'],
    ['null, lists and numbers', { a: [null, true, 1.5, []], b: {} }, '{"a":[null,true,1.5,[]],"b":{}}'],
  ])('escapes %s', (_, optional, text) => {
    expect(optionalOf(optional)).toBe(text)
  })

  it('has the members of maps in order, at every depth', () => {
    const maps = { b: { d: 1, c: [{ f: 1, e: 2 }] }, a: 1, B: 0, _: 2 }
    expect(optionalOf(maps)).toBe('{"B":0,"_":2,"a":1,"b":{"c":[{"e":2,"f":1}],"d":1}}')
  })

  it('orders names that are numbers as text', () => {
    expect(optionalOf({ 9: 'a', 10: 'b', '-': 'c', a: 'd' })).toBe('{"-":"c","10":"b","9":"a","a":"d"}')
  })

  it('orders by bytes, not by the units of JavaScript', () => {
    expect(optionalOf({ '😀': 1, '\uff5e': 2 })).toBe('{"\uff5e":2,"😀":1}')
  })

  it('has a member with the name of a prototype', () => {
    const optional = JSON.parse('{"__proto__":{"b":1,"a":2}}') as Record<string, unknown>
    expect(optionalOf(optional)).toBe('{"__proto__":{"a":2,"b":1}}')
  })
})

describe('the name of an image', () => {
  it.each([
    ['app:v1', 'index.docker.io/library/app:v1'],
    ['team/app:v1', 'index.docker.io/team/app:v1'],
    ['docker.io/app:v1', 'index.docker.io/library/app:v1'],
    ['index.docker.io/team/app:v1', 'index.docker.io/team/app:v1'],
    ['localhost:5000/app:v1', 'localhost:5000/app:v1'],
    [`app@${someDigest}`, `index.docker.io/library/app@${someDigest}`],
    // With both, the digest decides, and is what go-containerregistry keeps.
    [`ghcr.io/a/b:v1@${someDigest}`, `ghcr.io/a/b@${someDigest}`],
  ])('%s is whole: %s', (reference, name) => {
    const { stdout, stderr } = print(bundle, {}, reference)
    expect(stderr[1]).toBe(`Verification for ${name} --`)
    expect(stdout[1]).toContain(`{"docker-reference":"${name}"}`)
  })
})

describe('an image in a layout', () => {
  it('is called by its folder, as cosign does', () => {
    const { stdout, stderr } = print(bundle, {}, 'oci-layout://some/folder:v1')
    expect(stderr[1]).toBe('Verification for some/folder --')
    expect(stdout[1]).toContain('{"docker-reference":"oci-layout://some/folder:v1"}')
  })
})

describe('several images', () => {
  const good = registryImage(yes, { signatures: [simpleSigning] })
  const bad = registryImage(no, { reference: 'registry.example/bad:v1', signatures: [simpleSigning] })

  it('each have their lines and their JSON, and the log is warned of once', () => {
    const other = { ...good, reference: 'registry.example/other:v1' }
    const { stdout, stderr } = toCosign(runOver([good, other]), { ...plain, ignoresLog: true })
    expect(stderr.filter((one) => one === warning)).toHaveLength(1)
    expect(stderr.filter((one) => one.startsWith('Verification for'))).toEqual([
      `Verification for ${registryName} --`,
      'Verification for registry.example/other:v1 --',
    ])
    expect(stdout.map((one) => one.slice(0, 2))).toEqual(['', '[{', '', '[{'])
  })

  it('one that failed beside one that is verified is told in our words, and has no JSON', () => {
    const result = runOver([bad, good])
    const { stdout, stderr } = toCosign(result, plain)
    expect(stdout).toHaveLength(2)
    expect(stderr).toEqual([...checks, ...toText(result).stderr])
    expect(stderr).toContain('✗ Verification FAILED for bad:v1')
    expect(stderr.at(-1)).toBe('rejected: 2 images, 1 verified, 1 rejected, 0 undetermined')
  })
})

describe('what is not verified', () => {
  it.each([
    ['a rejected image', runOver([registryImage(no)])],
    ['an outage', runOver([registryImage(open)])],
    ['no image', runOver([])],
  ])('%s is told in our words, with nothing on stdout', (_, result) => {
    expect(toCosign(result, plain)).toEqual({ stdout: [], stderr: toText(result).stderr })
    expect(toText(result).stderr.length).toBeGreaterThan(0)
  })

  it('a report that could not be written is told too', () => {
    const unwritten = { verdict: 'undetermined', failure: failure('output-unwritable', 'no room') } as const
    const { stderr } = toCosign(runOver([registryImage(yes)], unwritten), plain)
    expect(stderr).toContain('Error: no room')
  })

  it('warnings come last', () => {
    const image = registryImage(yes, { signatures: [simpleSigning] })
    const { stderr } = toCosign(runOver([image], { warnings: ['no anchor\n::error::'] }), plain)
    expect(stderr).toEqual([...checks, 'Warning: no anchor\\n::error::'])
  })

  it.each(hostileTexts)('%j in a signature stays within its line', (text) => {
    const hostile = sign({ dockerReference: text, type: text, optional: { [text]: text } })
    const { stdout, stderr } = print(hostile)
    expect(stdout).toHaveLength(2)
    expect(stdout[1]).not.toMatch(/[\n\r\u001b]/)
    expect(JSON.parse(stdout[1]!)).toMatchObject([{ critical: { type: text }, optional: { [text]: text } }])
    expect(stderr).toEqual(checks)
  })
})
