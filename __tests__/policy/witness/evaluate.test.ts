import { describe, expect, it } from 'vitest'
import {
  evaluateWitness,
  type Evaluation,
  type EvaluationRequest,
} from '../../../src/policy/witness/evaluate.js'
import type { EvidenceSource } from '../../../src/policy/witness/evidence.js'
import { readPolicy } from '../../../src/policy/witness/policy.js'
import type { WitnessPolicy } from '../../../src/policy/witness/policy-model.js'
import { profiles } from '../../../src/policy/witness/profile.js'
import {
  agreeable,
  collection,
  digest,
  environment,
  envelope,
  maker,
  policyOf,
  type StepSaid,
  witnessStatement,
} from './made.js'

const me = maker()
const other = maker()
const nothing = [{ type: environment, attestation: { os: 'linux', hostname: 'h', username: 'u' } }]

function policy(
  steps: Readonly<Record<string, StepSaid>>,
  more: Record<string, unknown> = {},
): WitnessPolicy {
  const read = readPolicy(Buffer.from(JSON.stringify(policyOf(steps, me, more))), 'p.json', profiles.cilock)
  if (!read.policy) throw new Error(JSON.stringify(read.problems))
  return read.policy
}

async function evaluate(
  steps: WitnessPolicy,
  envelopes: readonly EvidenceSource[],
  subjects: readonly string[],
  more: Partial<EvaluationRequest> = {},
): Promise<Evaluation> {
  return evaluateWitness({
    policy: steps,
    envelopes,
    subjects,
    profile: profiles.cilock,
    now: 1_795_300_000_000,
    ask: agreeable().ask,
    ...more,
  })
}

function statusOf(evaluation: Evaluation): string {
  if (evaluation.kind === 'wants') return `wants ${evaluation.digests.map((one) => one.charAt(0)).join('')}`
  const { finding } = evaluation
  return 'code' in finding ? `${finding.status} ${finding.code}` : finding.status
}

const link = (name: string, subject: string, next: string): EvidenceSource =>
  collection({ name, attestations: nothing, subjects: [digest(subject)], backRefs: [digest(next)] }, me)
const chain = [link('one', '1', '2'), link('two', '2', '3'), link('three', '3', '4')]

function permutations<Item>(items: readonly Item[]): readonly (readonly Item[])[] {
  if (items.length < 2) return [items]
  return items.flatMap((item, at) =>
    permutations([...items.slice(0, at), ...items.slice(at + 1)]).map((rest) => [item, ...rest]),
  )
}

describe('a search by what passed collections refer back to', () => {
  const four = [...chain, link('four', '4', '5')]
  const stepsOf = (names: readonly string[]): WitnessPolicy =>
    policy(Object.fromEntries(names.map((name) => [name, {}])))

  const ofWitness = 'https://witness.dev/attestations/environment/v0.1'
  const witnessChain = ['1', '2', '3'].map((at): EvidenceSource => {
    const said = { name: ['one', 'two', 'three'][Number(at) - 1] ?? '', subjects: [digest(at)] }
    const next = {
      attestations: [{ type: ofWitness, attestation: {} }],
      backRefs: [digest(String(Number(at) + 1))],
    }
    return { bytes: envelope(witnessStatement({ ...said, ...next }), me), where: at, origin: 'given' }
  })

  it.each([
    ['cilock', chain, environment],
    ['witness', witnessChain, ofWitness],
  ] as const)('comes to the same in every order: %s', async (name, links, type) => {
    for (const names of permutations(['one', 'two', 'three'])) {
      const verdicts = new Set<string>()
      const steps = policy(Object.fromEntries(names.map((step) => [step, { types: [type] }])))
      for (const envelopes of permutations(links)) {
        verdicts.add(statusOf(await evaluate(steps, envelopes, [digest('1')], { profile: profiles[name] })))
      }
      expect([...verdicts]).toEqual(['met'])
    }
  })

  it('goes three rounds, whatever the order of four steps', async () => {
    for (const names of permutations(['one', 'two', 'three', 'four'])) {
      const said = await evaluate(stepsOf(names), four, [digest('1')])
      expect(statusOf(said)).toBe('unmet attestation-missing')
    }
  })

  it('asks for what it needs, at most twice', async () => {
    const steps = stepsOf(['one', 'two', 'three'])
    const searched = new Set([digest('1')])
    const first = await evaluate(steps, chain.slice(0, 1), [digest('1')], { searched })
    expect(statusOf(first)).toBe('wants 2')
    const second = await evaluate(steps, chain.slice(0, 2), [digest('1')], {
      searched: searched.add(digest('2')),
    })
    expect(statusOf(second)).toBe('wants 3')
    expect(
      statusOf(await evaluate(steps, chain, [digest('1')], { searched: searched.add(digest('3')) })),
    ).toBe('met')
    expect(statusOf(await evaluate(steps, chain.slice(0, 2), [digest('1')], { searched }))).toBe(
      'unmet attestation-missing',
    )
  })

  it('asks for nothing once all is proven, and never for the empty tree', async () => {
    const empty = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'
    const hub = collection(
      { name: 'one', attestations: nothing, subjects: [digest('1')], backRefs: [empty] },
      me,
    )
    const searched = new Set([digest('1')])
    expect(statusOf(await evaluate(stepsOf(['one']), [hub], [digest('1')], { searched }))).toBe('met')
    const two = await evaluate(stepsOf(['one', 'two']), [hub], [digest('1')], { searched })
    expect(statusOf(two)).toBe('unmet attestation-missing')
  })
})

describe('what cannot be known', () => {
  const build = collection({ name: 'build', attestations: nothing, subjects: [digest('1')] }, me)
  const rego = [{ name: 'm', module: 'package m\n\ndeny[msg] { msg := "no" }' }]
  const one = policy({ build: { rego } })

  it('a file that is no envelope leaves the verdict open', async () => {
    const junk: EvidenceSource = { bytes: Buffer.from('{"payload":""}'), where: 'junk.json', origin: 'given' }
    expect(statusOf(await evaluate(one, [junk], [digest('1')]))).toBe('unknown input-invalid')
    expect(statusOf(await evaluate(one, [build, junk], [digest('1')]))).toBe('unknown input-invalid')
    expect(statusOf(await evaluate(one, [build, { ...junk, origin: 'found' }], [digest('1')]))).toBe('met')
  })

  it('an outage opens what is unmet and leaves what is met', async () => {
    const missing = { code: 'unreachable', service: 'archivista', message: 'it is down' } as const
    expect(statusOf(await evaluate(one, [], [digest('1')], { missing }))).toBe('unknown unreachable')
    expect(statusOf(await evaluate(one, [build], [digest('1')], { missing }))).toBe('met')
  })

  it('a rule that does not end is asked once, and what follows from it is open too', async () => {
    let asked = 0
    const two = policy({ build: { rego }, next: { rego } })
    const builds = ['a', 'b', 'c'].map((name) =>
      collection(
        {
          name: 'build',
          attestations: [{ type: environment, attestation: { os: name } }],
          subjects: [digest('1')],
        },
        me,
        name,
      ),
    )
    const next = collection({ name: 'next', attestations: nothing, subjects: [digest('2')] }, me)
    const said = await evaluate(two, [...builds, next], [digest('1')], {
      ask: async () => {
        asked += 1
        return Promise.resolve({
          kind: 'failed',
          problem: { code: 'timeout', service: 'engine', message: '30 s' },
        })
      },
    })
    expect(statusOf(said)).toBe('unknown timeout')
    expect(asked).toBe(1)
  })

  it('a module whose package cannot be read denies nothing and passes nothing', async () => {
    const odd = policy({
      build: { rego: [...rego, { name: 'o', module: 'package a[`b`]\n\ndeny[x] { x := 1 }' }] },
    })
    expect(statusOf(await evaluate(odd, [build], [digest('1')]))).toBe('unknown policy-invalid')
  })

  it('one collection that passes is enough beside one that nobody could judge', async () => {
    const good = collection(
      {
        name: 'build',
        attestations: [{ type: environment, attestation: { os: 'z' } }],
        subjects: [digest('1')],
      },
      me,
      'good',
    )
    const { ask } = agreeable()
    const said = await evaluate(one, [build, good], [digest('1')], {
      ask: async (question) =>
        question.inputs[0]?.includes('"z"') === true
          ? ask(question)
          : Promise.resolve({ kind: 'refused', faults: [{ code: 'rego_type_error', message: 'x' }] }),
    })
    expect(statusOf(said)).toBe('met')
  })

  it.each([
    [[], 'at least one subject'],
    [['latest'], 'invalid subject digest'],
    [['sha256:xyz'], 'invalid subject digest'],
    [['a'.repeat(31)], 'invalid subject digest'],
    [['a'.repeat(100_000)], 'invalid subject digest'],
  ])('subjects %j are a mistake', async (subjects, message) => {
    const said = await evaluate(one, [build], subjects)
    expect(statusOf(said)).toBe('unknown input-invalid')
    expect(said.kind === 'judged' && said.finding.message).toContain(message)
  })
})

describe('evidence', () => {
  const one = policy({ build: {} })
  const said = { name: 'build', attestations: nothing, subjects: [digest('1')] }

  it('counts once, from however many places', async () => {
    const bytes = collection(said, me).bytes
    const spaced = Buffer.from(JSON.stringify(JSON.parse(Buffer.from(bytes).toString('utf8')), null, 2))
    const evaluation = await evaluate(
      one,
      [
        { bytes, where: 'a', origin: 'given' },
        { bytes: spaced, where: 'b', origin: 'found' },
      ],
      [digest('1')],
    )
    if (evaluation.kind !== 'judged') throw new Error('wants more')
    expect(evaluation.passed.map(({ evidence }) => evidence.where)).toEqual([['a', 'b']])
  })

  it('leaves the plan beside an envelope out, with a note', async () => {
    const plan: EvidenceSource = {
      bytes: Buffer.from('{"plan":{}}'),
      where: 'x/build.json.detection.json',
      origin: 'given',
    }
    const evaluation = await evaluate(one, [collection(said, me), plan], [digest('1')])
    expect(statusOf(evaluation)).toBe('met')
    expect(evaluation.kind === 'judged' && evaluation.notes[0]).toContain('detection.json: left out')
  })

  it.each<[string, Buffer | string, string]>([
    ['no predicate type', envelope({}, other), 'unknown input-invalid'],
    [
      'nested too deep',
      envelope(`{"predicateType":"x","predicate":${'['.repeat(100_000)}${']'.repeat(100_000)}}`, me),
      'unknown input-invalid',
    ],
    [
      'nested too deep outside',
      `{"payload":${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}}`,
      'unknown input-invalid',
    ],
    [
      'two spellings of one field',
      envelope('{"predicateType":"a","PREDICATETYPE":"b"}', me),
      'unknown input-invalid',
    ],
    [
      'an image id in two spellings',
      envelope(
        {
          predicateType: 'https://aflock.ai/attestation-collection/v0.1',
          predicate: {
            name: 'build',
            attestations: [
              { type: 'https://aflock.ai/attestations/oci/v0.1', attestation: { imageid: {}, ImageID: {} } },
            ],
          },
        },
        me,
      ),
      'unknown input-invalid',
    ],
    ['a list', '[1]', 'unknown input-invalid'],
    ['signatures that are no list', '{"payload":"e30=","signatures":{}}', 'unknown input-invalid'],
    [
      '10 000 signatures',
      `{"payload":"e30=","signatures":[${'{},'.repeat(10_000)}{}]}`,
      'unknown input-invalid',
    ],
    ['nothing', '', 'unknown input-invalid'],
  ])('%s is no evidence', async (_, bytes, verdict) => {
    const source: EvidenceSource = { bytes: Buffer.from(bytes), where: 'x', origin: 'given' }
    expect(statusOf(await evaluate(one, [source], [digest('1')]))).toBe(verdict)
  })

  it('names like __proto__ are names', async () => {
    const steps = policy(JSON.parse('{"__proto__":{},"constructor":{}}') as Record<string, StepSaid>)
    const envelopes = ['__proto__', 'constructor'].map((name) =>
      collection({ name, attestations: nothing, subjects: [digest('1')] }, me),
    )
    expect([...steps.steps.keys()]).toEqual(['__proto__', 'constructor'])
    expect(statusOf(await evaluate(steps, envelopes, [digest('1')]))).toBe('met')
    expect(statusOf(await evaluate(steps, envelopes.slice(1), [digest('1')]))).toBe(
      'unmet attestation-missing',
    )
  })

  it('of somebody else does not count', async () => {
    const said_ = await evaluate(one, [collection(said, other)], [digest('1')])
    expect(statusOf(said_)).toBe('unmet attestation-invalid')
  })

  it('a thousand envelopes take no long time', async () => {
    const many = Array.from({ length: 1000 }, (_, index) =>
      collection(
        { ...said, subjects: [digest('1'), index.toString(16).padStart(64, '0')] },
        index % 2 ? me : other,
        String(index),
      ),
    )
    const start = performance.now()
    expect(statusOf(await evaluate(one, many, [digest('1')]))).toBe('met')
    expect(performance.now() - start).toBeLessThan(10_000)
  })
})

describe('artifactsFrom', () => {
  const files = (type: 'material' | 'product', hex: string): { type: string; attestation: unknown } => ({
    type: `https://aflock.ai/attestations/${type}/v0.1`,
    attestation: {
      'image.tar': type === 'material' ? { sha256: digest(hex) } : { digest: { sha256: digest(hex) } },
    },
  })
  const steps = policy({ build: {}, scan: { more: { artifactsFrom: ['build'] } } })
  const build = (hex: string): EvidenceSource =>
    collection(
      { name: 'build', attestations: [...nothing, files('product', hex)], subjects: [digest('1')] },
      me,
      `b${hex}`,
    )
  const scan = (hex: string): EvidenceSource =>
    collection(
      { name: 'scan', attestations: [...nothing, files('material', hex)], subjects: [digest('1')] },
      me,
      `s${hex}`,
    )

  it.each<[string, readonly EvidenceSource[], string]>([
    ['the same file', [build('a'), scan('a')], 'met'],
    ['another file', [build('a'), scan('b')], 'unmet digest-mismatch'],
    ['one build of two', [build('a'), build('b'), scan('b')], 'met'],
    ['one scan of two', [build('a'), scan('a'), scan('b')], 'met'],
  ])('%s', async (_, envelopes, verdict) => {
    const said = await evaluate(steps, envelopes, [digest('1')])
    expect(statusOf(said)).toBe(verdict)
    if (said.kind === 'judged' && verdict === 'met') {
      const scans = said.passed.filter(({ step }) => step === 'scan')
      // What does not fit is no proof, though another of the step's collections fits.
      expect(scans).toHaveLength(1)
    }
  })
})

describe('a step without a collection', () => {
  const oci = 'https://aflock.ai/attestations/oci/v0.1'
  const product = {
    type: 'https://aflock.ai/attestations/product/v0.1',
    attestation: { 'out/image.tar': {} },
  }

  it.each<[string, readonly { type: string; attestation: unknown }[], string]>([
    ['says what it lacks', nothing, `one at build.json without ${oci}`],
    ['explains a tar that nobody attested', [...nothing, product], 'none of `type=oci`'],
  ])('%s', async (_, attestations, message) => {
    const steps = policy({ build: { types: [environment, oci] } })
    const said = await evaluate(
      steps,
      [collection({ name: 'build', attestations, subjects: [digest('1')] }, me)],
      [digest('1')],
    )
    expect(statusOf(said)).toBe('unmet attestation-missing')
    expect(said.kind === 'judged' && said.finding.children?.[0]?.message).toContain(message)
  })
})

describe('a key whose id names a key service', () => {
  const id = 'awskms:///alias/builder'
  const named = (by: string): WitnessPolicy =>
    policy(
      { one: { more: { functionaries: [{ type: 'publickey', publickeyid: by }] } } },
      { publickeys: { [id]: { keyid: id, key: Buffer.from(me.pem).toString('base64') } } },
    )
  const one = { name: 'one', attestations: nothing, subjects: [digest('1')] }

  it.each([
    ['counts by the key that stands beside it', id, me, 'met'],
    ['and by no other', id, other, 'unmet attestation-invalid'],
    ['for the functionary of that id alone', me.id, me, 'unmet key-mismatch'],
  ] as const)('%s', async (_, by, signer, verdict) => {
    const said = await evaluate(named(by), [collection(one, signer)], [digest('1')])
    expect(statusOf(said)).toBe(verdict)
  })
})

describe('what could not be fetched', () => {
  const missing = { code: 'unreachable', service: 'archivista', message: 'it is down' } as const
  const scan = (required: boolean): WitnessPolicy =>
    policy(
      { one: {} },
      {
        externalAttestations: {
          scan: {
            name: 'scan',
            predicateType: 'https://scan.example/v1',
            functionaries: [{ type: 'publickey', publickeyid: me.id }],
            required,
          },
        },
      },
    )
  const one = collection({ name: 'one', attestations: nothing, subjects: [digest('1')] }, me)

  it.each([
    ['may hold an optional statement that is bad', false, { missing }, 'unknown unreachable'],
    ['may hold a demanded one that is good', true, { missing }, 'unknown unreachable'],
    ['is needed no more where an optional one is known not to be there', false, {}, 'met'],
    ['nor where a demanded one is known not to be there', true, {}, 'unmet attestation-missing'],
  ] as const)('%s', async (_, required, more, verdict) => {
    expect(statusOf(await evaluate(scan(required), [one], [digest('1')], more))).toBe(verdict)
  })
})
