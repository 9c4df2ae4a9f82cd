import { describe, expect, it } from 'vitest'
import type { Answer, Question } from '../../../src/engine/question.js'
import { type BuildMatter, judgeBuild } from '../../../src/gate/build/verdict.js'
import type { BuildFacts, Envelopes, Fact } from '../../../src/policy/part.js'
import type { EvidenceSource } from '../../../src/policy/witness/evidence.js'
import type { ImageDigests } from '../../../src/policy/witness/image.js'
import { readPolicy } from '../../../src/policy/witness/policy.js'
import { profiles } from '../../../src/policy/witness/profile.js'
import { met, type Problem } from '../../../src/verdict/finding.js'
import * as made from '../../harness/built-image.js'
import { agreeable, base64 } from '../../policy/witness/made.js'

const { hands, signBill, signBuild } = made
const image = made.newBuiltImage({ salt: 'verdict' })
const digests: ImageDigests = { signed: image.digest, platforms: [image.platforms[0]] }
const scanType = 'https://acme.example/scan/v1'
const now = new Date('2026-11-21T00:00:00Z')
const down: Problem = { code: 'server-error', service: 'registry', message: 'down' }
const away: Problem = { code: 'unreachable', service: 'archivista', message: 'away' }

/** A policy's matter; a number is that of steps of a chain, each found by what the one before refers back to. */
function matterOf(policy: Record<string, unknown>, more: Partial<BuildMatter> = {}): BuildMatter {
  const read = readPolicy(Buffer.from(JSON.stringify(policy)), 'policy.json', profiles.cilock)
  if (!read.policy) throw new Error(JSON.stringify(read.problems))
  return {
    policy: read.policy,
    signed: met('policy-signed', 'signed'),
    profile: profiles.cilock,
    given: { sources: [], problems: [] },
    subjects: [],
    ask: agreeable().ask,
    now,
    ...more,
  }
}

const source = (
  bytes: Buffer,
  where: string,
  origin: EvidenceSource['origin'] = 'found',
): EvidenceSource => ({ bytes, where, origin })
const build = source(signBuild(made.buildOf(image)), 'build')
const bill = source(signBill(made.billOf(image)), 'bill')
const plain = made.policyOf(made.plainSteps())

function scan(by = hands.builder): EvidenceSource {
  const statement = {
    _type: 'https://in-toto.io/Statement/v0.1',
    subject: [{ name: 'image', digest: { sha256: made.bare(image.digest) } }],
    predicateType: scanType,
    predicate: {},
  }
  return source(signBuild(statement, by), `scan by ${by.id}`)
}

const withScan = (required: boolean): Record<string, unknown> =>
  made.policyOf(made.plainSteps(), {
    externalAttestations: {
      scan: {
        name: 'scan',
        predicateType: scanType,
        required,
        functionaries: [{ type: 'publickey', publickeyid: hands.builder.id }],
      },
    },
  })

interface World {
  readonly likely?: Partial<Envelopes>
  readonly all?: Partial<Envelopes>
  readonly search?: (digests: readonly string[], nth: number) => Partial<Envelopes>
  /** How often evidence may still appear, and what happens while it is waited for. */
  readonly waits?: number
  readonly waited?: () => void
  readonly digests?: ImageDigests | Problem | null
}

interface Looked {
  readonly facts: BuildFacts
  readonly asked: string[]
}

const whole = ({ sources = [], problems = [] }: Partial<Envelopes> = {}): Envelopes => ({ sources, problems })

/** Facts that write down what was asked for. */
function look(world: World): Looked {
  const asked: string[] = []
  let [searches, waits] = [0, world.waits ?? 0]
  const { search } = world
  return {
    asked,
    facts: {
      ...(world.digests !== null && { digests: async () => Promise.resolve(world.digests ?? digests) }),
      attached: async (which) => {
        asked.push(which)
        return Promise.resolve(whole(which === 'all' ? (world.all ?? world.likely) : world.likely))
      },
      ...(search && {
        search: async (wanted: readonly string[]) => {
          asked.push('search')
          return Promise.resolve(whole(search(wanted, ++searches)))
        },
      }),
      again: async () => {
        asked.push('again')
        world.waited?.()
        return Promise.resolve(waits-- > 0)
      },
    },
  }
}

async function judge(
  matter: BuildMatter,
  world: World,
): Promise<{ verdict: string; fact: Fact; asked: string[] }> {
  const { facts, asked } = look(world)
  const fact = await judgeBuild(matter, facts)
  const { finding } = fact
  const service = 'service' in finding ? finding.service : undefined
  const verdict = ['code' in finding ? finding.code : finding.status, service].filter(Boolean).join(' ')
  return { verdict, fact, asked }
}

describe('how far is looked', () => {
  it.each<[string, Partial<BuildMatter>, World, string, readonly string[]]>([
    [
      'nowhere, where what was named suffices',
      { given: whole({ sources: [build, bill] }) },
      { search: () => ({}) },
      'met',
      [],
    ],
    [
      'at what is likely, and in a search',
      { given: whole({ sources: [build] }) },
      { likely: { sources: [bill] }, search: () => ({}) },
      'met',
      ['likely', 'search'],
    ],
    [
      'without a store of attestations beside the image alone',
      {},
      { likely: { sources: [build, bill] } },
      'met',
      ['likely'],
    ],
    [
      'at the unlikely, where it has to be',
      {},
      { likely: { sources: [build] }, all: { sources: [build, bill] } },
      'met',
      ['likely', 'all'],
    ],
    [
      'once more, where the unlikely is no more',
      {},
      { likely: { sources: [build] } },
      'attestation-missing',
      ['likely', 'all', 'again'],
    ],
    [
      'in no search for what was searched',
      {},
      { search: (wanted) => ({ sources: wanted.includes(made.bare(image.digest)) ? [build, bill] : [] }) },
      'met',
      ['likely', 'search'],
    ],
  ])('%s', async (_, more, world, expected, asked) => {
    const got = await judge(matterOf(plain, more), world)
    expect(got.verdict).toBe(expected)
    expect(got.asked).toEqual(asked)
  })

  it('nothing is asked where the digests of the image cannot be told', async () => {
    const got = await judge(matterOf(plain, { given: whole({ sources: [build, bill] }) }), {
      digests: down,
      waits: 5,
    })
    expect([got.verdict, got.asked]).toEqual(['server-error registry', []])
  })

  it('the seeds are those of the image, and the subjects without the names of their algorithms', async () => {
    const wanted: (readonly string[])[] = []
    const search = (one: readonly string[]): Partial<Envelopes> => {
      wanted.push(one)
      return {}
    }
    const subjects = [`sha256:${'a'.repeat(64)}`, 'b'.repeat(64)]
    await judge(matterOf(plain, { subjects }), { search })
    const [{ manifest, config }] = image.platforms
    expect(wanted[0]).toEqual([...[manifest, config].map(made.bare), 'a'.repeat(64), 'b'.repeat(64)])
  })

  const chain = (length: number): { steps: Record<string, made.StepDemand>; sources: EvidenceSource[] } => {
    const names = Array.from({ length }, (_, at) => `step-${at}`)
    const link = (at: number): made.Said => made.sayTree(made.products, { file: made.sha256(`link ${at}`) })
    const sources = names.map((name, at) => {
      const before =
        at === 0
          ? made.sayDocker(image.digest)
          : { type: made.docker, attestation: {}, ...subjectsOf(link(at - 1)) }
      return source(signBuild(made.collectionOf(name, [before, link(at)])), name)
    })
    const step = { by: [hands.builder], attestations: [{ type: made.docker }] }
    return { sources, steps: Object.fromEntries(names.map((name) => [name, step])) }
  }
  const subjectsOf = ({ subjects = {} }: made.Said): Pick<made.Said, 'subjects'> => ({ subjects })

  it.each([1, 2, 3, 4, 6])(
    'a chain of %i steps takes as many searches, and three at most',
    async (length) => {
      const { steps, sources } = chain(length)
      const { verdict, asked } = await judge(matterOf(made.policyOf(steps)), {
        search: (_, nth) => ({ sources: sources.slice(0, nth) }),
      })
      expect(verdict).toBe(length <= 3 ? 'met' : 'attestation-missing')
      expect(asked.filter((one) => one === 'search')).toHaveLength(Math.min(length, 3))
    },
  )

  it('a store that answers each search with something new is asked three times', async () => {
    const step = { by: [hands.builder], attestations: [{ type: made.docker }] }
    const policy = made.policyOf({ 'step-0': step, 'step-never': step })
    const { verdict, asked } = await judge(matterOf(policy), {
      search: (_, nth) => {
        const link = made.sayTree(made.products, { file: made.sha256(`new ${nth}`) })
        const one = made.collectionOf('step-0', [made.sayDocker(image.digest), link])
        return { sources: nth < 20 ? [source(signBuild(one), `new ${nth}`)] : [] }
      },
    })
    expect(verdict).toBe('attestation-missing')
    expect(asked.filter((one) => one === 'search')).toHaveLength(3)
  })

  it('what the unlikely leads to is searched for as well, as deep and no deeper', async () => {
    const { steps, sources } = chain(3)
    const further = made.sayTree(made.products, { file: made.sha256('further') })
    const unlikely = source(
      signBuild(made.collectionOf('step-x', [made.sayDocker(image.digest), further])),
      'step-x',
    )
    const last = { type: made.docker, attestation: {}, ...subjectsOf(further) }
    const led = source(signBuild(made.collectionOf('step-y', [last])), 'step-y')
    const step = { by: [hands.builder], attestations: [{ type: made.docker }] }
    const policy = made.policyOf({ ...steps, 'step-x': step, 'step-y': step })
    const root = Object.values(further.subjects ?? {})[0]?.['sha256'] ?? ''
    const { verdict, asked } = await judge(matterOf(policy), {
      all: { sources: [unlikely] },
      search: (wanted, nth) => ({
        sources: [...sources.slice(0, Math.min(nth, 3)), ...(wanted.includes(root) ? [led] : [])],
      }),
    })
    expect(verdict).toBe('met')
    expect(asked.filter((one) => one === 'search').length).toBeLessThanOrEqual(5)
  })
})

describe('waiting', () => {
  it('is for what is missing, as often as there is time', async () => {
    const { verdict, asked } = await judge(matterOf(plain), { likely: { sources: [build] }, waits: 2 })
    expect(verdict).toBe('attestation-missing')
    expect(asked.filter((one) => one === 'again')).toHaveLength(3)
  })

  it('ends with what appears', async () => {
    const sources = [build]
    const { verdict, asked } = await judge(matterOf(plain), {
      likely: { sources },
      waits: 9,
      waited: () => void sources.push(bill),
    })
    expect(verdict).toBe('met')
    expect(asked.filter((one) => one === 'again')).toHaveLength(1)
  })

  it.each<[string, World, string]>([
    [
      'what is bad',
      {
        likely: { sources: [source(signBuild(made.buildOf(image), hands.stranger), 'bad'), bill] },
        waits: 9,
      },
      'attestation-invalid',
    ],
    ['an outage', { likely: { sources: [build], problems: [down] }, waits: 9 }, 'server-error registry'],
  ])('is not for %s', async (_, world, expected) => {
    const { verdict, asked } = await judge(matterOf(plain), world)
    expect(verdict).toBe(expected)
    expect(asked).not.toContain('again')
  })
})

describe('statements that are optional', () => {
  const given = whole({ sources: [build, bill] })
  it.each<[string, World, string]>([
    ['are looked for everywhere first: one that is good', { all: { sources: [scan()] } }, 'met'],
    [
      'one that is bad, among the unlikely',
      { all: { sources: [scan(hands.stranger)] } },
      'attestation-invalid',
    ],
    [
      'one that is bad, in a search',
      { search: () => ({ sources: [scan(hands.stranger)] }) },
      'attestation-invalid',
    ],
    ['of which none is there', {}, 'met'],
    ['of which none could be read beside the image', { all: { problems: [down] } }, 'server-error registry'],
    [
      'of which none could be searched for',
      { search: () => ({ problems: [away] }) },
      'unreachable archivista',
    ],
    [
      'one that is good, and another that could not be read',
      { likely: { sources: [scan()] }, all: { sources: [scan()], problems: [down] } },
      'met',
    ],
    [
      'one that is bad, and another that could not be read',
      {
        likely: { sources: [scan(hands.stranger)] },
        all: { sources: [scan(hands.stranger)], problems: [down] },
      },
      'server-error registry',
    ],
  ])('%s', async (_, world, expected) => {
    const { verdict, asked } = await judge(matterOf(withScan(false), { given }), world)
    expect(verdict).toBe(expected)
    expect(asked).toContain('all')
  })
})

describe('what could not be read', () => {
  const sources = [
    build,
    bill,
    scan(),
    scan(hands.stranger),
    source(signBuild(made.buildOf(image), hands.stranger), 'bad build'),
  ]
  const rank: Readonly<Record<string, number>> = { unmet: 0, unknown: 1, met: 2 }

  it.each([
    ['without externals', plain],
    ['with a statement that is demanded', withScan(true)],
    ['with a statement that is optional', withScan(false)],
  ])('makes nothing better, and rejects nothing: %s', async (_, policy) => {
    const subsets = Array.from({ length: 2 ** sources.length }, (__, mask) =>
      sources.filter((___, at) => (mask >> at) % 2 === 1),
    )
    const statusOf = async (
      there: readonly EvidenceSource[],
      problems: readonly Problem[],
    ): Promise<string> =>
      (await judge(matterOf(policy), { likely: { sources: there, problems } })).fact.finding.status
    for (const all of subsets) {
      const full = await statusOf(all, [])
      for (const left of all) {
        const partial = await statusOf(
          all.filter((one) => one !== left),
          [down],
        )
        const which = `${all.map(({ where }) => where).join()} without ${left.where}`
        if (full !== 'met') expect(partial, which).not.toBe('met')
        if (full === 'met') expect(rank[partial], which).toBeGreaterThan(0)
      }
    }
  })

  it('is named, the first of all', async () => {
    const given = whole({
      sources: [build],
      problems: [{ code: 'input-invalid', message: 'attestations: no file x' }],
    })
    const { verdict } = await judge(matterOf(plain, { given }), { likely: { problems: [down] } })
    expect(verdict).toBe('input-invalid')
  })

  it('may be what binds the image: not rejected', async () => {
    const other = made.newBuiltImage({ salt: 'other' })
    const built = source(signBuild(made.buildOf(other)), 'build of another')
    const matter = matterOf(
      made.policyOf({ 'docker-build': { by: [hands.builder], attestations: [{ type: made.docker }] } }),
      { subjects: [other.digest] },
    )
    expect((await judge(matter, { likely: { sources: [built] } })).verdict).toBe('digest-mismatch')
    expect((await judge(matter, { likely: { sources: [built], problems: [down] } })).verdict).toBe(
      'server-error registry',
    )
  })
})

describe('a verdict', () => {
  it('without an image is bound to none', async () => {
    const matter = matterOf(plain, { given: whole({ sources: [build, bill] }), subjects: [image.digest] })
    const { verdict, fact } = await judge(matter, { digests: null })
    expect(verdict).toBe('met')
    expect(JSON.stringify(fact.finding)).not.toContain('image-bound')
    expect((await judge(matterOf(plain), { digests: null })).verdict).toBe('input-invalid')
  })

  it('asks a rule that does not end once, however often evidence is looked for', async () => {
    const asked: Question[] = []
    const ask = async (question: Question): Promise<Answer> => {
      asked.push(question)
      return Promise.resolve({
        kind: 'failed',
        problem: { code: 'timeout', service: 'engine', message: 'endless' },
      })
    }
    const rules = [{ name: 'r', module: base64('package r\ndeny[x] { x := 1 }') }]
    const policy = made.policyOf({
      'docker-build': { by: [hands.builder], attestations: [{ type: made.docker }] },
    })
    const { steps } = policy as { steps: { 'docker-build': { attestations: { regopolicies: unknown }[] } } }
    steps['docker-build'].attestations[0]!.regopolicies = rules
    const more = [made.sayGit(), made.sayGithub()].map((said, at) =>
      source(signBuild(made.buildOf(image, { instead: [said], without: [made.bom] })), `build ${at}`),
    )
    const { verdict } = await judge(matterOf(policy, { ask, given: whole({ sources: [build] }) }), {
      likely: { sources: more },
      all: { sources: [...more, bill] },
      search: () => ({}),
    })
    expect(verdict).toBe('timeout engine')
    expect(asked).toHaveLength(1)
  })
})
