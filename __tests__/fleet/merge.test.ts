import { describe, expect, it } from 'vitest'
import { merge, type Merged } from '../../src/fleet/merge.js'
import { newPlan } from '../../src/fleet/plan.js'
import { split } from '../../src/fleet/split.js'
import type { ResultDocument } from '../../src/report/document.js'
import { unmet } from '../../src/verdict/finding.js'
import { failure } from '../../src/verdict/result.js'
import { endingOf } from '../../src/verdict/ending.js'
import { type Outcome, shardDigest, shardDocument } from '../harness/shards.js'

const references = Array.from({ length: 9 }, (_, n) => `registry.example/team/app-${n}:v1`)
const plan = newPlan(
  split(
    references.map((reference) => ({ reference, given: true, inManifests: false })),
    { shards: 3 },
  ),
  '1.2.3',
)
const now = '2026-01-02T00:00:00.000Z'

type Content = ResultDocument | Record<string, unknown> | string

const mergedOf = (...contents: readonly Content[]): Merged =>
  merge(
    plan,
    contents.map((content, index) => ({
      name: `${index + 1}.json`,
      content: Buffer.from(typeof content === 'string' ? content : JSON.stringify(content)),
    })),
    '1.2.3',
    now,
  )
const doc = (shard: number, outcomes: Readonly<Record<string, Outcome>> = {}): ResultDocument =>
  shardDocument(plan, shard, outcomes)
const exitOf = ({ result }: Merged): number =>
  endingOf(result, { mode: 'enforce', onInfrastructureError: 'fail' }).exit

describe('the results of all shards', () => {
  it('are one result: every image once, in the order of the plan', () => {
    const merged = mergedOf(doc(3), doc(1), doc(2))
    expect(merged.result).toMatchObject({ verdict: 'verified', failure: null })
    expect(merged.result.images.map(({ reference }) => reference)).toEqual(references)
    expect(exitOf(merged)).toBe(0)
  })

  it('add up what they did, and say once what each says', () => {
    const { result, inputs } = mergedOf(doc(1), doc(2), doc(3))
    expect(result.calls).toEqual([{ host: 'registry.example', count: 15 }])
    expect(result.warnings).toEqual(['said by every shard'])
    expect(result.keys).toHaveLength(1)
    expect(result.startedAt).toBe('2026-01-01T00:00:01.000Z')
    expect(result.finishedAt).toBe('2026-01-01T00:01:03.000Z')
    expect(inputs).toEqual({ key: ['cosign.pub'], image: [], shard: '' })
  })

  it('are rejected where one image is', () => {
    const merged = mergedOf(doc(1), doc(2, { [references[4]!]: 'rejected' }), doc(3))
    expect(merged.result).toMatchObject({ verdict: 'rejected', failure: { code: 'unsigned' } })
    expect(exitOf(merged)).toBe(1)
  })

  it('are undetermined where one image is', () => {
    const merged = mergedOf(doc(1), doc(2, { [references[4]!]: 'undetermined' }), doc(3))
    expect(merged.result).toMatchObject({ verdict: 'undetermined', failure: { code: 'timeout' } })
    expect(exitOf(merged)).toBe(2)
  })
})

describe('a shard without a result that counts', () => {
  const whole = doc(2)
  const [first, ...others] = whole.images
  const image = first!
  const changed = (more: Record<string, unknown>): Record<string, unknown> => ({ ...whole, ...more })
  const withImage = (more: Record<string, unknown>): Record<string, unknown> =>
    changed({ images: [{ ...image, ...more }, ...others] })
  const text = JSON.stringify(whole)
  const denied = unmet('signed', 'unsigned', 'none')
  const cases: Readonly<Record<string, readonly [string, readonly Content[]]>> = {
    'is missing': ['internal-error', []],
    'is empty': ['internal-error', ['']],
    'was cut short': ['internal-error', [text.slice(0, -10)]],
    'was cut in the middle': ['internal-error', [text.slice(0, text.length / 2)]],
    'is no document': ['internal-error', ['[]']],
    'is nested without end': ['internal-error', ['{"a":'.repeat(50_000)]],
    'is what fits an output': ['internal-error', [changed({ truncated: true })]],
    'is of another schema': ['internal-error', [changed({ schemaVersion: 2 })]],
    'has a member that nobody knows': ['internal-error', [changed({ extra: 1 })]],
    'has no images': ['internal-error', [changed({ images: undefined })]],
    'lists none of its images': [
      'internal-error',
      [changed({ images: [], verdict: 'undetermined', verified: false, failure: failure('timeout', 'x') })],
    ],
    'lists one image less': ['internal-error', [changed({ images: others })]],
    'lists an image twice': ['internal-error', [changed({ images: [...whole.images, image] })]],
    'lists one twice instead of another': ['internal-error', [changed({ images: [others[0], ...others] })]],
    'lists an image of another shard': [
      'internal-error',
      [changed({ images: [doc(1).images[0], ...others] })],
    ],
    'says verified of what is rejected': [
      'internal-error',
      [withImage({ findings: { ...image.findings, children: [denied] } })],
    ],
    'says verified with a failure': ['internal-error', [withImage({ failure: failure('unsigned', 'x') })]],
    'says verified, and its findings do not': [
      'internal-error',
      [withImage({ findings: { status: 'unmet', code: 'unsigned', check: 'x', message: '' } })],
    ],
    'says rejected without a reason that rejects': [
      'internal-error',
      [
        withImage({
          verdict: 'rejected',
          pinned: null,
          failure: failure('timeout', 'x'),
          findings: { status: 'unmet', code: 'timeout', check: 'x', message: '' },
        }),
      ],
    ],
    'pins an image to something else': [
      'internal-error',
      [withImage({ pinned: `other.example/x:v1@${shardDigest}` })],
    ],
    'has a pinned digest that is not the one judged': [
      'internal-error',
      [withImage({ digest: `sha256:${'00'.repeat(32)}` })],
    ],
    'has a digest that is none': ['internal-error', [withImage({ digest: 'sha256:x' })]],
    'says verified as a whole, and an image is not': [
      'internal-error',
      [{ ...doc(2, { [references[4]!]: 'rejected' }), verdict: 'verified', verified: true, failure: null }],
    ],
    'says rejected as a whole, and no image is': [
      'internal-error',
      [changed({ verdict: 'rejected', verified: false, failure: failure('unsigned', 'x') })],
    ],
    'is there twice': ['input-invalid', [whole, whole]],
    'is of another plan': ['input-invalid', [changed({ plan: { ...whole.plan, sha256: '00'.repeat(32) } })]],
    'is of no plan': ['input-invalid', [changed({ plan: undefined })]],
    'is a merged one': ['input-invalid', [changed({ plan: { sha256: plan.sha256, of: 3 } })]],
    'is of another number of shards': ['input-invalid', [changed({ plan: { ...whole.plan, of: 4 } })]],
    'has a number that the plan does not have': [
      'input-invalid',
      [changed({ plan: { ...whole.plan, shard: 4 } })],
    ],
  }

  it.each(Object.entries(cases))('that %s is undetermined, and the rest is judged', (_, [code, contents]) => {
    const merged = mergedOf(doc(1), ...contents, doc(3))
    const { result } = merged
    expect(result).toMatchObject({ verdict: 'undetermined', failure: { code } })
    expect(exitOf(merged)).toBe(2)
    expect(result.images.map(({ reference }) => reference)).toEqual(references)
    expect(result.images.map(({ verdict }) => verdict)).toEqual(
      references.map((_reference, index) => (index >= 3 && index < 6 ? 'undetermined' : 'verified')),
    )
    expect(result.images.filter(({ pinned }) => pinned === null)).toHaveLength(3)
    const said = JSON.stringify([result.failure, result.warnings, result.images[3]?.failure])
    expect(said).toContain('shard 2 of 3')
  })

  it.each(Object.entries(cases))('that %s hides no rejection elsewhere', (_, [, contents]) => {
    const merged = mergedOf(doc(1, { [references[0]!]: 'rejected' }), ...contents, doc(3))
    expect(merged.result).toMatchObject({ verdict: 'rejected', failure: { code: 'unsigned' } })
    expect(exitOf(merged)).toBe(1)
  })

  it('is told with the file that cannot be read', () => {
    const { result } = merge(
      plan,
      [{ name: 'gone.json', content: { code: 'not-found', message: 'no file gone.json' } }],
      '1.2.3',
      now,
    )
    expect(result.verdict).toBe('undetermined')
    expect(result.images).toHaveLength(9)
    expect(result.failure?.message).toContain('gone.json')
    expect(result.startedAt).toBe(now)
  })

  it('may not be replaced by one that nobody asked for', () => {
    const merged = mergedOf(doc(1), doc(2), doc(3), changed({ plan: undefined }))
    expect(merged.result).toMatchObject({ verdict: 'undetermined', failure: { code: 'input-invalid' } })
    expect(exitOf(merged)).toBe(2)
  })
})

describe('a shard that came to nothing by itself', () => {
  const broken = (code: 'policy-invalid' | 'internal-error'): ResultDocument =>
    shardDocument(plan, 2, {}, { verdict: 'undetermined', failure: failure(code, 'its own reason') })

  it.each(['policy-invalid', 'internal-error'] as const)('by %s keeps the whole open', (code) => {
    const { result } = mergedOf(doc(1), broken(code), doc(3))
    expect(result).toMatchObject({
      verdict: 'undetermined',
      failure: { code, message: 'shard 2 of 3: its own reason' },
    })
  })

  it('rejects what it had found out before it was ended', () => {
    const ended = shardDocument(
      plan,
      2,
      { [references[4]!]: 'rejected' },
      { verdict: 'undetermined', failure: failure('internal-error', 'the run was stopped') },
    )
    const { result } = mergedOf(doc(1), ended, doc(3))
    expect(result.verdict).toBe('rejected')
    expect(result.warnings).toContain('shard 2 of 3: the run was stopped')
  })
})

describe('shards that are not of one run', () => {
  const other = (
    inputs: ResultDocument['inputs'],
    more: Parameters<typeof shardDocument>[3] = {},
  ): ResultDocument => shardDocument(plan, 2, {}, more, inputs)

  it.each([
    ['another key', { key: ['other.pub'] }],
    ['no key', {}],
    ['another store', { key: ['cosign.pub'], endpoint: 'https://s3.example' }],
    ['another input besides', { key: ['cosign.pub'], 'insecure-ignore-tlog': 'true' }],
  ])('with %s are undetermined', (_, inputs) => {
    const { result } = mergedOf(doc(1), other(inputs), doc(3))
    expect(result).toMatchObject({ verdict: 'undetermined', failure: { code: 'input-invalid' } })
    expect(result.failure?.message).toMatch(
      /^shard 2 of 3 was judged with another (key|endpoint|insecure-ignore-tlog) /,
    )
  })

  it('may differ in where and how fast', () => {
    const inputs = {
      key: ['cosign.pub'],
      concurrency: '50',
      'result-file': 'b.json',
      timeout: '1m',
      'vsa-outfile': 'b.jsonl',
      'html-report': 'b.html',
    }
    expect(mergedOf(doc(1), other(inputs), doc(3)).result.verdict).toBe('verified')
  })

  it('with another content of a policy or a key are undetermined', () => {
    const policyFiles = (sha256: string) => [{ file: 'p.yaml', language: 'policy', sha256 }]
    const one = shardDocument(plan, 1, {}, { policyFiles: policyFiles('aa'.repeat(32)) })
    const two = shardDocument(plan, 2, {}, { policyFiles: policyFiles('bb'.repeat(32)) })
    expect(mergedOf(one, two, doc(3)).result.failure?.message).toContain('another content of p.yaml')
    const keys = [
      { reference: 'cosign.pub', id: '00'.repeat(8), sha256: '00'.repeat(32), type: 'ecdsa-p256' },
    ]
    const { result } = mergedOf(doc(1), shardDocument(plan, 2, {}, { keys }), doc(3))
    expect(result.failure?.message).toContain('another key cosign.pub')
    const rotated = keys.map((key) => ({ ...key, version: '2' }))
    expect(mergedOf(doc(1), shardDocument(plan, 2, {}, { keys: rotated }), doc(3)).result.verdict).toBe(
      'verified',
    )
  })

  it('with another trusted root are undetermined where it is a file, and told of where it is not', () => {
    const trust = (sha256: string) => ({ trust: { name: 'root', sha256 } })
    const [a, b] = [trust('aa'.repeat(32)), trust('bb'.repeat(32))]
    const given = { key: ['cosign.pub'], 'trusted-root': 'root.json' }
    const files = [1, 2, 3].map((shard) => shardDocument(plan, shard, {}, shard === 2 ? b : a, given))
    expect(mergedOf(...files).result.failure?.message).toContain('another content of trusted-root')
    const asked = [1, 2, 3].map((shard) => shardDocument(plan, shard, {}, shard === 2 ? b : a))
    const { result } = mergedOf(...asked)
    expect(result.verdict).toBe('verified')
    expect(result.warnings[0]).toContain('different trusted roots')
  })

  it('by another version are told of', () => {
    const two = { ...doc(2), tool: { ...doc(2).tool, version: '9.9.9' } }
    const { result } = mergedOf(doc(1), two, doc(3))
    expect(result.verdict).toBe('verified')
    expect(result.warnings[0]).toContain('different versions of verify-image: 1.2.3, 9.9.9')
  })
})

describe('images that are not checked', () => {
  it('stay so, and do not count', () => {
    const shard = doc(2)
    const [first, ...others] = shard.images
    const allowed = {
      ...first!,
      verdict: 'undetermined',
      pinned: null,
      allowed: true,
      failure: failure('nothing-to-verify', 'not covered'),
      findings: {
        status: 'unknown',
        code: 'nothing-to-verify',
        check: 'image',
        message: 'not covered',
      },
    }
    const { result } = mergedOf(doc(1), { ...shard, images: [allowed, ...others] }, doc(3))
    expect(result.verdict).toBe('verified')
    expect(result.images.filter((image) => image.allowed)).toHaveLength(1)
    const forged = {
      ...allowed,
      failure: failure('timeout', 'x'),
      findings: { ...allowed.findings, code: 'timeout' },
    }
    expect(mergedOf(doc(1), { ...shard, images: [forged, ...others] }, doc(3)).result.verdict).toBe(
      'undetermined',
    )
  })
})
