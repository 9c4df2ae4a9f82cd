import { describe, expect, it } from 'vitest'
import { parse, parseAllDocuments } from 'yaml'
import { toKyverno } from '../../src/report/kyverno.js'
import { toKyvernoResults } from '../../src/report/kyverno-results.js'
import { type OpenReport, openReportText, toOpenReports } from '../../src/report/open-report.js'
import { all } from '../../src/verdict/algebra.js'
import { exempt, type Finding, met, unknown, type Unmet, unmet } from '../../src/verdict/finding.js'
import { failure, type ImageResult, type PolicyResult } from '../../src/verdict/result.js'
import { aside, yes } from '../harness/findings.js'
import { someDigest } from '../harness/results.js'
import { hostileTexts, origin, registryImage, row, runOver } from './results.js'

/** The findings of an image, as a verifyImages rule leaves them. */
const judged = (finding: Finding, path = '.attestors[0]'): Finding =>
  all('image', [met('image-found', 'there'), all('check-image/check', [all(path, [finding])])])
const lacks = (code: Unmet['code'], peerReason?: string): Finding =>
  judged(unmet('signed', code, 'in our words', { ...(peerReason !== undefined && { peerReason }) }))

const image = (name: string, finding: Finding): ImageResult =>
  registryImage(finding, { reference: `registry.example/${name}:v1`, origins: [origin] })
const rowOf = ({ reference }: ImageResult, result: PolicyResult['result'], change = {}): PolicyResult => ({
  ...row,
  image: reference,
  result,
  message: 'in our words',
  ...change,
})
const good = image('good', judged(yes))
const bad = image('bad', lacks('unsigned'))
const pod = { kind: 'Pod', namespace: 'default', name: 'app' }

describe('what kyverno apply prints', () => {
  it('is the counts alone where nothing failed: one of the image, one of the whole', () => {
    expect(toKyverno(runOver([good], { policies: [rowOf(good, 'pass')] }))).toEqual({
      stdout: ['', 'pass: 2, fail: 0, warn: 0, error: 0, skip: 0 '],
      stderr: [],
    })
  })

  it('is a block for each look at a resource that failed', () => {
    const { stdout, stderr } = toKyverno(
      runOver([good, bad], { policies: [rowOf(good, 'pass'), rowOf(bad, 'fail')] }),
    )
    expect(stdout).toEqual([
      'policy check-image -> resource shop/Deployment/web failed:',
      '1 - check failed to verify image registry.example/bad:v1: .attestors[0]: no signatures found',
      '',
      'policy check-image -> resource shop/Deployment/web failed:',
      `1 - check unverified image registry.example/bad@${someDigest}`,
      '',
      '',
      'pass: 1, fail: 2, warn: 0, error: 0, skip: 0 ',
    ])
    expect(stderr[0]).toBe('✗ Verification FAILED for registry.example/bad:v1')
    expect(stderr.join('\n')).not.toContain('Policies:')
  })

  it('numbers what failed of one policy and resource', () => {
    const other = image('other', lacks('unsigned'))
    const policies = [rowOf(bad, 'fail'), rowOf(other, 'fail'), rowOf(other, 'fail', { resource: pod })]
    const { stdout } = toKyverno(runOver([bad, other], { policies }))
    expect(stdout.filter((one) => /^\d - check failed/.test(one)).map((one) => one.slice(0, 1))).toEqual([
      '1',
      '2',
      '1',
    ])
    expect(stdout).toContain('policy check-image -> resource default/Pod/app failed:')
  })

  it.each([
    ['unsigned', undefined, 'no signatures found'],
    [
      'signature-invalid',
      'invalid',
      'no matching signatures: invalid signature when validating ASN.1 encoded signature',
    ],
    [
      'key-mismatch',
      undefined,
      'no matching signatures: invalid signature when validating ASN.1 encoded signature',
    ],
    ['attestation-missing', undefined, 'no matching attestations: '],
    [
      'identity-mismatch',
      'subject mismatch: expected X, received Y',
      'subject mismatch: expected X, received Y',
    ],
    ['policy-denied', undefined, 'in our words'],
  ] as const)('says %s (%s) as: %s', (code, peerReason, said) => {
    const one = image('bad', lacks(code, peerReason))
    const { stdout } = toKyverno(runOver([one], { policies: [rowOf(one, 'fail')] }))
    expect(stdout[1]).toBe(`1 - check failed to verify image registry.example/bad:v1: .attestors[0]: ${said}`)
  })

  it('names the deepest place of the policy that failed', () => {
    const finding = judged(
      all('.attestations[0].attestors[0]', [unmet('attested', 'attestation-missing', 'x')]),
      '.attestations[0]',
    )
    const one = image('bad', finding)
    const { stdout } = toKyverno(runOver([one], { policies: [rowOf(one, 'fail')] }))
    expect(stdout[1]).toContain(': .attestations[0].attestors[0]: no matching attestations: ')
  })

  it('prints no error, as Kyverno prints none, but counts it and says it on stderr', () => {
    const lost = registryImage(
      judged(unknown('image-found', { code: 'unreachable', service: 'registry', message: 'no route' })),
      { reference: 'registry.example/lost:v1', digest: null, pinned: null, origins: [origin] },
    )
    const { stdout, stderr } = toKyverno(runOver([lost], { policies: [rowOf(lost, 'error')] }))
    expect(stdout).toEqual([
      'policy check-image -> resource shop/Deployment/web failed:',
      '1 - check missing digest for registry.example/lost:v1',
      '',
      '',
      'pass: 0, fail: 1, warn: 0, error: 1, skip: 0 ',
    ])
    expect(stderr[0]).toBe('Error: registry.example/lost:v1: no route')
  })

  it('says of what only warns that it is a warning, and why', () => {
    const warned = image(
      'old',
      all('image', [
        yes,
        exempt('check-image/check', 'only a warning', {
          children: [all('.attestors[0]', [unmet('signed', 'unsigned', 'x')])],
        }),
      ]),
    )
    const { stdout } = toKyverno(runOver([warned], { policies: [rowOf(warned, 'warn')] }))
    expect(stdout.slice(0, 2)).toEqual([
      'policy check-image -> resource shop/Deployment/web failed as audit warning:',
      '1 - check failed to verify image registry.example/old:v1: .attestors[0]: no signatures found',
    ])
    expect(stdout.at(-1)).toBe('pass: 0, fail: 0, warn: 2, error: 0, skip: 0 ')
  })

  it('counts skips: of the image, and of the whole where all of it was skipped', () => {
    const left = registryImage(aside, { allowed: true })
    const skip = rowOf(left, 'skip', { message: 'skipping image reference (left*)' })
    const tally = (images: readonly ImageResult[], policies: readonly PolicyResult[]): string | undefined =>
      toKyverno(runOver(images, { policies })).stdout.at(-1)
    expect(tally([good, left], [rowOf(good, 'pass'), skip])).toBe(
      'pass: 2, fail: 0, warn: 0, error: 0, skip: 1 ',
    )
    expect(tally([left], [skip])).toBe('pass: 0, fail: 0, warn: 0, error: 0, skip: 2 ')
    // Kyverno counts nothing where nothing covers the image, and passes; here that is an error of the run.
    expect(tally([left], [])).toBe('pass: 0, fail: 0, warn: 0, error: 1, skip: 0 ')
  })

  it('counts one result for each image of policies that are not of verifyImages', () => {
    const fine = image('good', all('image', [met('ClusterImagePolicy signed', 'x')]))
    const policies = [
      rowOf(fine, 'pass', { policy: 'signed', rule: '' }),
      rowOf(fine, 'pass', { policy: 'in-cel', rule: 'in-cel' }),
    ]
    expect(toKyverno(runOver([fine], { policies })).stdout).toEqual([
      '',
      'pass: 2, fail: 0, warn: 0, error: 0, skip: 0 ',
    ])
  })

  it('speaks of the image where there is no resource, and of a namespaced policy by its name', () => {
    const policies = [rowOf(bad, 'fail', { policy: 'shop/check-image', resource: undefined })]
    const { stdout } = toKyverno(runOver([bad], { policies }))
    expect(stdout[0]).toBe('policy check-image -> image registry.example/bad:v1 failed:')
  })
})

describe('what no rule speaks of', () => {
  const own = { policy: 'verify-image', rule: '' }

  it('is an error of the run: a policy that cannot be read', () => {
    const broken = failure('policy-invalid', 'p.yaml:3: unknown field')
    const result = runOver([good], {
      verdict: 'undetermined',
      failure: broken,
      policies: [rowOf(good, 'pass')],
    })
    expect(toKyvernoResults(result).at(-1)).toEqual({
      ...own,
      result: 'error',
      said: broken.message,
      message: broken.message,
    })
    const { stdout, stderr } = toKyverno(result)
    expect(stdout.at(-1)).toBe('pass: 2, fail: 0, warn: 0, error: 1, skip: 0 ')
    expect(stderr).toContain('Error: p.yaml:3: unknown field')
  })

  it('is an image that fails what the inputs demand while all rules pass', () => {
    const result = runOver([bad], { policies: [rowOf(bad, 'pass')] })
    expect(toKyvernoResults(result).at(-1)).toMatchObject({ ...own, result: 'fail', image: bad.reference })
  })

  it('is an image that nothing covers where that is not allowed; one that nobody checks is neither', () => {
    const uncovered = registryImage(
      unknown('policies', { code: 'uncovered', message: 'covered by no policy' }),
      {
        reference: 'registry.example/bare:v1',
        origins: [origin],
      },
    )
    const left = registryImage(aside, { allowed: true })
    const results = toKyvernoResults(runOver([good, uncovered, left], { policies: [rowOf(good, 'pass')] }))
    expect(results.filter(({ policy }) => policy === 'verify-image')).toEqual([
      {
        ...own,
        result: 'error',
        said: 'covered by no policy',
        message: 'covered by no policy',
        image: uncovered.reference,
        resource: origin.resource,
        digest: someDigest,
      },
    ])
  })
})

describe('the OpenReports document', () => {
  const result = runOver([good, bad], {
    policies: [rowOf(good, 'pass'), rowOf(bad, 'fail', { message: 'expected a signature, got none' })],
  })
  const seconds = 1_795_219_201

  it('has the members that Kyverno’s CLI writes, with our messages', () => {
    const [report, ...others] = toOpenReports(result, seconds)
    expect(others).toEqual([])
    expect(report).toMatchObject({
      apiVersion: 'openreports.io/v1alpha1',
      kind: 'ClusterReport',
      metadata: { name: 'merged' },
      source: 'verify-image',
      summary: { pass: 1, fail: 2, warn: 0, error: 0, skip: 0 },
    })
    expect(report?.results[1]).toEqual({
      message: 'expected a signature, got none',
      policy: 'check-image',
      properties: { image: bad.reference, digest: someDigest },
      resources: [{ kind: 'Deployment', name: 'web', namespace: 'shop' }],
      result: 'fail',
      rule: 'check',
      scored: true,
      source: 'verify-image',
      timestamp: { nanos: 0, seconds },
    })
  })

  it('scores nothing that only warns, and names no rule or resource that there is not', () => {
    const policies = [rowOf(good, 'warn', { rule: '', policy: 'signed', resource: undefined })]
    const [report] = toOpenReports(runOver([good], { policies }), seconds)
    expect(report?.results[0]).toMatchObject({ scored: false })
    expect(report?.results[0]).not.toHaveProperty('rule')
    expect(report?.results[0]).not.toHaveProperty('resources')
  })

  it('is one report for each policy in a namespace, beside that of the cluster', () => {
    const policies = ['check-image', 'shop/check', 'shop/check', 'team/check'].map((policy) =>
      rowOf(good, 'pass', { policy, rule: '' }),
    )
    const reports = toOpenReports(runOver([good], { policies }), seconds)
    expect(reports.map(({ kind, metadata, results }) => [kind, metadata, results.length])).toEqual([
      ['ClusterReport', { name: 'merged' }, 1],
      ['Report', { name: 'check', namespace: 'shop' }, 2],
      ['Report', { name: 'check', namespace: 'team' }, 1],
    ])
    expect(toOpenReports(runOver([good], { policies: policies.slice(1) }), seconds)[0]?.kind).toBe('Report')
  })

  it('is there when there are no results: an empty one, or one that says what is wrong', () => {
    expect(toOpenReports(runOver([good]), seconds)).toMatchObject([{ kind: 'ClusterReport', results: [] }])
    const broken = runOver([], { failure: failure('policy-invalid', 'p.yaml:3: wrong') })
    expect(toOpenReports(broken, seconds)).toMatchObject([
      {
        results: [{ policy: 'verify-image', result: 'error', message: 'p.yaml:3: wrong' }],
        summary: { error: 1 },
      },
    ])
  })

  it.each(['report.yaml', 'report', 'a.json.yml'])('is YAML in %s', (file) => {
    expect(parse(openReportText(result, file, seconds))).toEqual(toOpenReports(result, seconds)[0])
  })

  it.each(['report.json', 'REPORT.JSON'])('is JSON in %s', (file) => {
    expect(JSON.parse(openReportText(result, file, seconds))).toEqual(toOpenReports(result, seconds)[0])
  })

  it('is several documents in YAML, and a list in JSON', () => {
    const two = runOver([good], {
      policies: [rowOf(good, 'pass'), rowOf(good, 'pass', { policy: 'shop/check' })],
    })
    const reports = toOpenReports(two, seconds)
    const documents = parseAllDocuments(openReportText(two, 'r.yaml', seconds))
    expect(documents.map((one) => one.toJS() as OpenReport)).toEqual(reports)
    expect(JSON.parse(openReportText(two, 'r.json', seconds))).toEqual({
      apiVersion: 'v1',
      kind: 'List',
      items: reports,
    })
  })

  it.each(['on', 'n', 'Yes', '1e3', '0x1f', '12:30:45', 'null', '~', '- a', '*a', 'a: b', '2026-11-21'])(
    'keeps %j a text, also for who reads YAML 1.1',
    (rule) => {
      const text = openReportText(
        runOver([good], { policies: [rowOf(good, 'pass', { rule })] }),
        'r',
        seconds,
      )
      for (const version of ['1.1', '1.2'] as const)
        expect((parse(text, { version }) as OpenReport).results[0]?.rule).toBe(rule)
    },
  )
})

describe('hostile texts', () => {
  it.each(hostileTexts)('%j is no line, no sequence and no document of its own', (text) => {
    const resource = { kind: text, namespace: text, name: text }
    const finding = judged(unmet('signed', 'policy-denied', text, { peerReason: text }), `.${text}`)
    const one = registryImage(finding, {
      reference: text,
      digest: text,
      origins: [{ ...origin, file: text, resource }],
    })
    const policies = (['pass', 'fail', 'warn', 'error', 'skip'] as const).map((outcome) => ({
      policy: `p${text}`,
      rule: text,
      resource,
      image: text,
      result: outcome,
      message: text,
    }))
    const result = runOver([one], { policies, warnings: [text] })
    const { stdout, stderr } = toKyverno(result)
    for (const printed of [...stdout, ...stderr])
      expect(printed).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]|##\[|^\s*::/u)
    const documents = parseAllDocuments(openReportText(result, 'r.yaml', 0))
    expect(documents.map((document) => document.toJS() as OpenReport)).toEqual(toOpenReports(result, 0))
  })
})
