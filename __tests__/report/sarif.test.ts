import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Surroundings } from '../../src/report/sarif-places.js'
import { sarifReport } from '../../src/report/sarif.js'
import { withProblem } from '../../src/run/reports.js'
import { all as allOf } from '../../src/verdict/algebra.js'
import { codes } from '../../src/verdict/codes.js'
import { endingOf, type Leniency } from '../../src/verdict/ending.js'
import { exempt, type Finding, met, unknown, unmet } from '../../src/verdict/finding.js'
import { failure, type ImageResult, type Result } from '../../src/verdict/result.js'
import { aside, no, open, yes } from '../harness/findings.js'
import { someDigest } from '../harness/results.js'
import { readSarif, type SarifRun } from '../harness/sarif.js'
import { hostileTexts, origin, registryImage, row, runOver } from './results.js'

const tool = { name: 'verify-image', version: '0.1.0' }
const nowhere: Surroundings = { inRepository: () => undefined, listed: new Map() }
const here: Surroundings = { inRepository: (file) => file, listed: new Map() }
const enforce: Leniency = { mode: 'enforce', onInfrastructureError: 'fail' }

const read = (result: Result, around = nowhere, leniency = enforce): SarifRun =>
  readSarif(sarifReport(result, endingOf(result, leniency), tool, around))

const there = met('image-found', 'there')
const signed = (finding: Finding): Finding => allOf('image', [there, allOf('signed-by-all', [finding])])
const image = (name: string, finding: Finding, more: Partial<ImageResult> = {}): ImageResult =>
  registryImage(finding, { reference: `registry.example/team/${name}:v1`, ...more })
const unsigned = signed(unmet('signed', 'unsigned', 'expected a signature by a.pub, got none'))
const outage = unknown('image-found', { code: 'unreachable', service: 'registry', message: 'no route' })

const good = image('good', signed(met('signed', 'signed by a.pub')))
const bad = image('bad', unsigned)
const lost = image('lost', outage, { digest: null, pinned: null })
const left = image('left', aside, { allowed: true })

const uriOf = (run: SarifRun, at = 0): string | undefined =>
  run.results[at]?.locations[0].physicalLocation.artifactLocation.uri
const lineOf = (run: SarifRun, at = 0): number | undefined =>
  run.results[at]?.locations[0].physicalLocation.region.startLine
const hashes = (run: SarifRun): readonly string[] =>
  run.results.map(({ partialFingerprints }) => partialFingerprints.primaryLocationLineHash)

describe('what becomes a result', () => {
  it('is nothing of what is verified, nor of what nobody checks, which is told', () => {
    const run = read(runOver([good, left]))
    expect(run.results).toEqual([])
    expect(run.invocations[0]).toMatchObject({
      executionSuccessful: true,
      exitCode: 0,
      toolExecutionNotifications: [
        { level: 'note', message: { text: '1 image is not checked: no policy covers it.' } },
      ],
      toolConfigurationNotifications: [],
    })
    expect(run.properties).toEqual({
      verdict: 'verified',
      letPass: false,
      images: 2,
      verified: 1,
      rejected: 0,
      undetermined: 0,
      notChecked: 1,
    })
  })

  it('is an error for what is rejected, which says what, why and what next', () => {
    const run = read(runOver([good, bad]))
    expect(run.results).toHaveLength(1)
    expect(run.results[0]).toMatchObject({
      ruleId: 'unsigned',
      level: 'error',
      locations: [{ logicalLocations: [{ name: bad.reference, kind: 'resource' }] }],
      properties: { image: bad.reference, digest: someDigest, verdict: 'rejected', class: 'supply-chain' },
    })
    expect(run.results[0]?.message.text).toBe(
      `${bad.reference} is rejected (unsigned): expected a signature by a.pub, got none. Next: ${codes.unsigned.remedy}`,
    )
    expect(run.invocations[0]).toMatchObject({ executionSuccessful: true, exitCode: 1 })
  })

  it('is a warning for an outage, under a rule that is none of security, and the run did not succeed', () => {
    const run = read(runOver([lost]))
    expect(run.results).toMatchObject([
      {
        ruleId: 'unreachable',
        level: 'warning',
        properties: { verdict: 'undetermined', service: 'registry' },
      },
    ])
    expect(run.results[0]?.message.text).toContain(
      'registry.example/team/lost:v1 could not be judged (infrastructure, unreachable): no route. ',
    )
    const rule = run.tool.driver.rules[run.results[0]?.ruleIndex ?? -1]
    expect(rule?.properties.tags).toEqual(['infrastructure', 'container-image'])
    expect(rule?.properties).not.toHaveProperty('security-severity')
    expect(run.invocations[0]).toMatchObject({
      executionSuccessful: false,
      exitCode: 2,
      toolExecutionNotifications: [
        {
          level: 'error',
          message: { text: 'registry.example/team/lost:v1: no route.' },
          associatedRule: { id: 'unreachable' },
        },
      ],
    })
  })

  it('is both of a mixed run, the rejected first; the outage is told beside it', () => {
    const run = read(runOver([lost, good, bad]))
    expect(run.results.map(({ ruleId, level }) => [ruleId, level])).toEqual([
      ['unsigned', 'error'],
      ['unreachable', 'warning'],
    ])
    // What is proven goes to its readers, whatever else could not be found out.
    expect(run.invocations[0]).toMatchObject({ executionSuccessful: true, exitCode: 1 })
    expect(run.invocations[0].toolExecutionNotifications).toMatchObject([{ level: 'error' }])
  })

  it('is the same in audit: what would have failed', () => {
    const audit = read(runOver([good, bad, lost]), nowhere, { ...enforce, mode: 'audit' })
    expect(audit.results).toEqual(read(runOver([good, bad, lost])).results)
    expect(audit.invocations[0].exitCode).toBe(0)
    expect(audit.properties).toMatchObject({
      verdict: 'rejected',
      letPass: true,
      rejected: 1,
      undetermined: 1,
    })
  })

  it('is the run itself where no image can say it: at the line that is named, else at the workflow', () => {
    const broken = (message: string): Result => ({
      ...runOver([good]),
      verdict: 'undetermined',
      failure: failure('policy-invalid', message),
      policyFiles: [{ file: 'policies/p.yaml', language: 'kyverno', sha256: '' }],
    })
    const around = { ...here, workflow: '.github/workflows/audit.yml' }
    const named = read(broken('policies/p.yaml:3: unknown field'), around)
    expect([uriOf(named), lineOf(named)]).toEqual(['policies/p.yaml', 3])
    expect(named.results[0]?.level).toBe('warning')
    expect(named.invocations[0]).toMatchObject({
      executionSuccessful: false,
      toolExecutionNotifications: [],
      toolConfigurationNotifications: [{ level: 'error', associatedRule: { id: 'policy-invalid' } }],
    })
    const unnamed = read(broken('unknown field'), around)
    expect([uriOf(unnamed), lineOf(unnamed)]).toEqual(['.github/workflows/audit.yml', 1])
    expect(uriOf(read(broken('unknown field')))).toBe('verify-image')
    expect(read(runOver([], { failure: failure('input-invalid', 'mode: x') })).results).toHaveLength(1)
  })

  it('says of each rule that is against an image which it is', () => {
    const policies = ['pass', 'fail', 'error', 'warn', 'skip'].map((result, at) => ({
      ...row,
      image: bad.reference,
      rule: `rule-${at}`,
      result: result as (typeof row)['result'],
    }))
    const [result] = read(runOver([bad], { policies })).results
    expect(result?.properties['rules']).toEqual(['check-image/rule-1', 'check-image/rule-2'])
    expect(result?.message.text).toContain('. Rule: check-image/rule-1. Rule: check-image/rule-2. Next: ')
  })

  it('has a name for an image that has none', () => {
    const [result] = read(runOver([image('', unsigned, { reference: '' })])).results
    expect(result?.message.text).toMatch(/^an empty reference is rejected/)
  })

  it('tells warnings as warnings of the run', () => {
    const run = read(runOver([good], { warnings: ['a pattern without an anchor'] }))
    expect(run.invocations[0].toolExecutionNotifications).toEqual([
      { level: 'warning', message: { text: 'a pattern without an anchor.' } },
    ])
  })
})

describe('where a result stands', () => {
  it('is the first line of the image in a manifest; the others are related', () => {
    const second = { ...origin, file: 'deploy/job.yaml', line: 7 }
    const run = read(runOver([{ ...bad, origins: [origin, second] }]), here)
    expect([uriOf(run), lineOf(run)]).toEqual(['deploy/web.yaml', 18])
    expect(run.results[0]?.relatedLocations).toMatchObject([
      {
        id: 0,
        physicalLocation: { artifactLocation: { uri: 'deploy/job.yaml' }, region: { startLine: 7 } },
        message: { text: 'deploy/job.yaml:7 Deployment/shop/web, container app.' },
      },
    ])
  })

  it('is a line of a list of images, as the manifest is not there', () => {
    const listed = new Map([[bad.reference, { file: 'images.txt', line: 4 }]])
    expect(lineOf(read(runOver([bad]), { ...here, listed }))).toBe(4)
    const both = read(runOver([{ ...bad, origins: [origin] }]), { ...here, listed })
    expect(uriOf(both)).toBe('deploy/web.yaml')
    const outside = { inRepository: () => undefined, listed }
    expect(uriOf(read(runOver([{ ...bad, origins: [origin] }]), outside))).toBe('registry.example/team/bad')
  })

  it.each([
    ['localhost:5000/team/app:v1', 'localhost%3A5000/team/app'],
    ['app:v1', 'docker.io/library/app'],
    [`ghcr.io/org/app:v1@${someDigest}`, 'ghcr.io/org/app'],
    ['s3://bucket/app:v1', 's3/bucket/app'],
    ['local://../store/app:v1', 'local/store/app'],
    ['oci-layout:///srv/../layout:v1', 'oci-layout/srv/layout'],
    ['sha256:ab, sha256:cd', 'sha256%3Aab%2C%20sha256%3Acd'],
    ['javascript:alert(1)', 'javascript%3Aalert(1)'],
    ['//evil.example/x', 'evil.example/x'],
    ['..', 'verify-image'],
    ['', 'verify-image'],
  ])('is the name of %s as a path that is no address', (reference, uri) => {
    expect(uriOf(read(runOver([image('x', unsigned, { reference })])))).toBe(uri)
  })
})

describe('what tells code scanning that it is the same alert', () => {
  it('is neither a digest, a time, a line nor a tag', () => {
    const before = read(runOver([{ ...bad, origins: [origin] }]), here)
    const later = runOver(
      [
        image('bad', unsigned, {
          reference: 'registry.example/team/bad:v2',
          digest: `sha256:${'cd'.repeat(32)}`,
          origins: [{ ...origin, line: 40 }],
        }),
      ],
      { startedAt: '2027-01-01T00:00:00Z', finishedAt: '2027-01-01T00:00:01Z' },
    )
    expect(hashes(read(later, here))).toEqual(hashes(before))
  })

  it('is another one for another image, code and requirement', () => {
    const other = signed(unmet('signed', 'signature-invalid', 'x'))
    const attested = signed(unmet('attested', 'unsigned', 'x'))
    const runs = [bad, image('other', unsigned), image('bad', other), image('bad', attested)]
    const ruled = runOver([bad], { policies: [{ ...row, image: bad.reference, result: 'fail' }] })
    const all = [...runs.map((one) => runOver([one])), ruled].flatMap((result) => hashes(read(result)))
    expect(new Set(all).size).toBe(5)
  })

  it('counts where two tags of one image fail in the same way', () => {
    const tags = ['v1', 'v2', 'v3'].map((tag) =>
      image('bad', unsigned, { reference: `registry.example/team/bad:${tag}` }),
    )
    expect(hashes(read(runOver(tags))).map((hash) => hash.split(':')[1])).toEqual(['1', '2', '3'])
  })
})

describe('the rules', () => {
  it('are all codes, in every run the same', () => {
    const run = read(runOver([bad]))
    expect(run.tool.driver.rules.map(({ id }) => id)).toEqual(Object.keys(codes))
    expect(read(runOver([good])).tool).toEqual(run.tool)
    for (const { id, properties, defaultConfiguration } of run.tool.driver.rules) {
      const isProven = codes[id as keyof typeof codes].class === 'supply-chain'
      expect([id, properties['security-severity'], defaultConfiguration.level]).toEqual(
        isProven ? [id, '8.0', 'error'] : [id, undefined, 'warning'],
      )
    }
  })

  it('lead to their pages where it is known where those are', () => {
    const docs = 'https://github.com/owner/verify-image/blob/v1/docs/codes'
    const [rule] = read(runOver([bad]), { ...nowhere, docs }).tool.driver.rules
    expect(rule?.helpUri).toBe(`${docs}/unsigned.md`)
    expect(rule?.help.markdown).toContain(`(${docs}/unsigned.md)`)
    expect(read(runOver([bad])).tool.driver.rules[0]).not.toHaveProperty('helpUri')
  })
})

describe('many images', () => {
  const many = (count: number, finding: Finding, name: string): readonly ImageResult[] =>
    Array.from({ length: count }, (_, at) => image(`${name}-${at}`, finding))

  it('are all there, a thousand of them', () => {
    const run = read(runOver([...many(300, outage, 'lost'), ...many(700, unsigned, 'bad')]))
    expect(run.results).toHaveLength(1000)
    expect(run.results.slice(0, 700).every(({ level }) => level === 'error')).toBe(true)
    const { toolExecutionNotifications: told } = run.invocations[0]
    expect(told).toHaveLength(100)
    expect(told.at(-1)?.message.text).toBe('201 more of these: the result file has all of them.')
  })

  it('are cut where code scanning would cut them, the rejected kept; the last one speaks for the rest', () => {
    const run = read(runOver([...many(3000, outage, 'lost'), ...many(2500, unsigned, 'bad')]))
    expect(run.results).toHaveLength(5000)
    expect(run.results.filter(({ level }) => level === 'error')).toHaveLength(2500)
    expect(run.results.at(-1)?.message.text).toBe(
      '501 more images are not verified: the result file has all of them.',
    )
    expect(run.properties).toMatchObject({ images: 5500, rejected: 2500, undetermined: 3000 })
  })
})

describe('hostile texts', () => {
  it.each([...hostileTexts, '[a](b)', '{0} {{1}}', '%', 'a'.repeat(100_000), `${'.'.repeat(50_000)}x`])(
    '%j is text: no link, no address, no sequence',
    (text) => {
      const finding = allOf('image', [
        unmet(text, 'policy-denied', text, { peerReason: text, nearMisses: [{ message: text }] }),
        exempt(text, text),
      ])
      const hostile = registryImage(finding, {
        reference: text,
        digest: text,
        origins: [{ file: text, line: 1, resource: { kind: text, namespace: text, name: text } }],
      })
      const result = runOver([hostile, lost], {
        policies: [{ ...row, policy: text, rule: text, image: text, result: 'fail', message: text }],
        warnings: [text],
      })
      for (const around of [here, nowhere])
        expect(read(result, around).results.map(({ level }) => level)).toEqual(['error', 'warning'])
      const own = { ...result, failure: failure('internal-error', text), verdict: 'undetermined' as const }
      expect(read(own, here).results).toHaveLength(3)
    },
  )
})

describe('whatever the run came to', () => {
  const findings: readonly Finding[] = [yes, no, open, aside, unsigned, outage, allOf('image', [yes, open])]
  const runs = fc
    .tuple(
      fc.array(fc.tuple(fc.constantFrom(...findings), fc.boolean()), { maxLength: 8 }),
      fc.constantFrom<Leniency['mode']>('enforce', 'audit'),
      fc.boolean(),
    )
    .map(([list, mode, isUnwritten]) => {
      const images = list.map(([finding, isAllowed], at) =>
        image(`app-${at}`, finding, isAllowed && finding === aside ? { allowed: true } : {}),
      )
      const decided = runOver(images)
      const problem = { code: 'output-unwritable', message: 'cannot write' } as const
      return { result: isUnwritten ? withProblem(decided, problem) : decided, mode }
    })

  it('an image without a result is verified or not checked, and one with a result is neither', () => {
    fc.assert(
      fc.property(runs, ({ result, mode }) => {
        const run = read(result, nowhere, { ...enforce, mode })
        const named = run.results.flatMap(({ properties }) => properties['image'] ?? [])
        const failed = result.images.filter(({ verdict, allowed }) => verdict !== 'verified' && !allowed)
        expect(named.toSorted()).toEqual(failed.map(({ reference }) => reference).toSorted())
        const errors = run.results.filter(({ level }) => level === 'error')
        expect(errors).toHaveLength(result.images.filter(({ verdict }) => verdict === 'rejected').length)
        // No run that is not verified reads as clean, and none that is looks otherwise.
        expect(run.results.length === 0).toBe(result.verdict === 'verified')
        expect(run.invocations[0].executionSuccessful).toBe(result.verdict !== 'undetermined')
      }),
    )
  })
})
