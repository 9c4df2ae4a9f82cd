import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { answerTo, demandsOf } from '../../src/report/demands.js'
import { type OpenReport, openReportText, toOpenReports } from '../../src/report/open-report.js'
import { withProblem } from '../../src/run/reports.js'
import { all, any, atLeast } from '../../src/verdict/algebra.js'
import { exempt, type Finding, met, unknown, unmet } from '../../src/verdict/finding.js'
import { failure, type ImageResult, type Result } from '../../src/verdict/result.js'
import { aside } from '../harness/findings.js'
import { someDigest } from '../harness/results.js'
import { hostileTexts, origin, registryImage, row, runOver } from './results.js'

const seconds = 1_795_219_201
const there = met('image-found', 'there')
const byAlice = met('signed', 'signed by alice.pub', { children: [met('signature-valid', 'valid')] })
const notByBob = unmet('signed', 'unsigned', 'expected a signature by bob.pub, got none')
const unasked = unknown('signed', { code: 'server-error', service: 'registry', message: 'got 503' })
const outage = unknown('image-found', { code: 'unreachable', service: 'registry', message: 'no route' })
const image = (name: string, finding: Finding, more: Partial<ImageResult> = {}): ImageResult =>
  registryImage(finding, { reference: `registry.example/${name}:v1`, ...more })
const askedOf = (...parts: readonly Finding[]): Finding => all('image', [there, ...parts])
const report = (result: Result): OpenReport => toOpenReports(result, seconds)[0]!
const told = (result: Result): readonly unknown[] =>
  report(result).results.map(({ policy, rule, result: outcome, message }) => [policy, rule, outcome, message])

describe('what the inputs demand, one by one', () => {
  const asked = (finding: Finding): readonly unknown[] =>
    demandsOf(finding).map((demand) => [demand.finding.check, demand.finding.status, answerTo(demand)])

  it('is each signer that must have signed', () => {
    expect(asked(askedOf(all('signed-by-all', [byAlice, notByBob])))).toEqual([
      ['signed', 'met', 'signed by alice.pub'],
      ['signed', 'unmet', 'expected a signature by bob.pub, got none'],
    ])
  })

  it('is one demand where some of the signers are enough', () => {
    expect(asked(askedOf(any('signed-by-any', [notByBob, byAlice])))).toEqual([
      ['signed-by-any', 'met', 'signed by alice.pub'],
    ])
    expect(asked(askedOf(atLeast('signed-by-2', 2, [notByBob, byAlice])))).toEqual([
      ['signed-by-2', 'unmet', 'expected a signature by bob.pub, got none'],
    ])
  })

  it('is the digest, each type of attestation, and that all parts were read', () => {
    const attested = unmet('attested', 'attestation-missing', 'expected spdx, got none')
    const signer = all('signed-by-all', [all('vouched-for', [byAlice, attested])])
    const inputs = all('inputs', [met('expected-digest', 'as expected'), signer])
    expect(asked(askedOf(inputs, exempt('deep', 'not read: already rejected')))).toEqual([
      ['expected-digest', 'met', 'as expected'],
      ['signed', 'met', 'signed by alice.pub'],
      ['attested', 'unmet', 'expected spdx, got none'],
      ['deep', 'exempt', 'not read: already rejected'],
    ])
  })

  it('is asked of each platform where each must be signed', () => {
    const on = (name: string, finding: Finding): Finding =>
      all(`platform ${name}`, [all('signed-by-all', [finding])])
    const finding = askedOf(on('linux/amd64', byAlice), on('linux/arm64', notByBob))
    expect(demandsOf(finding).map(({ platform, finding: { status } }) => [platform, status])).toEqual([
      ['linux/amd64', 'met'],
      ['linux/arm64', 'unmet'],
    ])
  })

  it('is that the image is there, where it was not found; what policies demand is theirs', () => {
    expect(asked(outage)).toEqual([['image-found', 'unknown', 'no route']])
    expect(asked(askedOf(all('policies', [byAlice, all('check-image/check', [notByBob])])))).toEqual([])
    const beside = all('policies', [all('signed-by-all', [byAlice]), all('check-image/check', [notByBob])])
    expect(asked(askedOf(beside))).toEqual([['signed', 'met', 'signed by alice.pub']])
  })
})

describe('the OpenReports document without a policy', () => {
  it('has a result for each image and demand: pass, fail, error and skip, each with why', () => {
    const result = runOver([
      image('good', askedOf(all('signed-by-all', [byAlice]))),
      image('bad', askedOf(all('signed-by-all', [notByBob]), exempt('deep', 'not read: already rejected'))),
      image('slow', askedOf(all('signed-by-all', [unasked]))),
      image('lost', outage, { digest: null }),
    ])
    expect(told(result)).toEqual([
      ['verify-image', 'signed', 'pass', 'signed by alice.pub'],
      ['verify-image', 'signed', 'fail', 'expected a signature by bob.pub, got none'],
      ['verify-image', 'deep', 'skip', 'not read: already rejected'],
      ['verify-image', 'signed', 'error', 'got 503'],
      ['verify-image', 'image-found', 'error', 'no route'],
    ])
    expect(report(result)).toMatchObject({
      kind: 'ClusterReport',
      summary: { pass: 1, fail: 1, warn: 0, error: 2, skip: 1 },
    })
  })

  it('says which image and digest, what was asked, and of what failed the code and what next', () => {
    const result = runOver([
      image('bad', askedOf(all('signed-by-all', [notByBob]))),
      image('lost', outage, { digest: null }),
    ])
    const [bad, lost] = report(result).results
    expect(bad).toEqual({
      message: 'expected a signature by bob.pub, got none',
      policy: 'verify-image',
      properties: {
        image: 'registry.example/bad:v1',
        digest: someDigest,
        asked: 'Signed',
        class: 'supply-chain',
        code: 'unsigned',
        next: failure('unsigned', '').hint,
      },
      result: 'fail',
      rule: 'signed',
      scored: true,
      source: 'verify-image',
      timestamp: { nanos: 0, seconds },
    })
    expect(lost?.properties).toMatchObject({ class: 'infrastructure', service: 'registry' })
    expect(lost?.properties).not.toHaveProperty('digest')
  })

  it('names the workloads that an image stands in, each once, and the platform', () => {
    const pod = { kind: 'Pod', namespace: 'shop', name: 'job' }
    const origins = [origin, { ...origin, line: 30 }, { ...origin, resource: pod }]
    const finding = askedOf(all('platform linux/arm64', [all('signed-by-all', [byAlice])]))
    const [one] = report(runOver([image('good', finding, { origins })])).results
    expect(one?.resources).toEqual([{ kind: 'Deployment', namespace: 'shop', name: 'web' }, pod])
    expect(one?.properties['platform']).toBe('linux/arm64')
  })

  it('stands beside what the rules say, and says once what keeps an image from being verified', () => {
    const rule = all('check-image/check', [notByBob])
    const bad = image('bad', askedOf(all('policies', [all('signed-by-all', [byAlice]), rule])))
    const policies = [{ ...row, image: bad.reference, result: 'fail' as const, message: 'says no' }]
    expect(told(runOver([bad], { policies }))).toEqual([
      ['check-image', 'check', 'fail', 'says no'],
      ['check-image', 'check', 'fail', `unverified image registry.example/bad@${someDigest}`],
      ['verify-image', 'signed', 'pass', 'signed by alice.pub'],
    ])
    const nobodys = unknown('policies', { code: 'uncovered', message: 'covered by no policy' })
    const bare = image('bare', askedOf(all('policies', [all('signed-by-all', [byAlice]), nobodys])))
    expect(told(runOver([bare]))).toEqual([
      ['verify-image', 'signed', 'pass', 'signed by alice.pub'],
      ['verify-image', undefined, 'error', 'covered by no policy'],
    ])
  })

  it('calls an outage an error also where Kyverno, on its second look, calls it a failure', () => {
    const lost = image('lost', outage, { digest: null, pinned: null })
    const policies = [{ ...row, image: lost.reference, result: 'error' as const, message: 'no route' }]
    const result = runOver([lost], { policies })
    expect(report(result).summary).toMatchObject({ fail: 0, error: 3 })
    expect(report(result).results.map(({ message }) => message)).toEqual(Array(3).fill('no route'))
    const bad = image('bad', askedOf(all('check-image/check', [notByBob])))
    const both = [...policies, { ...row, image: bad.reference, result: 'fail' as const, message: 'says no' }]
    expect(report(runOver([lost, bad], { policies: both })).summary).toMatchObject({ fail: 2 })
  })

  it('has nothing of an image that nobody checks', () => {
    const good = image('good', askedOf(all('signed-by-all', [byAlice])))
    expect(told(runOver([good, image('left', aside, { allowed: true })]))).toHaveLength(1)
  })

  it('is no list of passes where the run came to nothing', () => {
    const good = runOver([image('good', askedOf(all('signed-by-all', [byAlice])))])
    const failed = withProblem(good, { code: 'output-unwritable', message: 'page.html: a folder is there' })
    expect(told(failed).at(-1)).toEqual(['verify-image', undefined, 'error', 'page.html: a folder is there'])
    const refused = runOver([], { failure: failure('input-invalid', 'mode: expected enforce or audit') })
    expect(told(refused)).toEqual([['verify-image', undefined, 'error', 'mode: expected enforce or audit']])
  })

  it('counts a policy about builds in the report of the cluster: its file is in no namespace', () => {
    const good = image('good', askedOf(all('signed-by-all', [byAlice])))
    const file = 'build/policy.json'
    const policies = [
      { policy: file, rule: '', image: good.reference, result: 'pass' as const, message: 'x' },
    ]
    const policyFiles = [{ file, language: 'witness', sha256: '' }]
    const reports = toOpenReports(runOver([good], { policies, policyFiles }), seconds)
    expect(reports.map(({ kind, results }) => [kind, results.length])).toEqual([['ClusterReport', 2]])
  })

  it('is one of a thousand images', () => {
    const many = Array.from({ length: 1000 }, (_, at) =>
      image(`app-${at}`, askedOf(all('signed-by-all', [at % 10 === 0 ? notByBob : byAlice]))),
    )
    expect(report(runOver(many)).summary).toEqual({ pass: 900, fail: 100, warn: 0, error: 0, skip: 0 })
  })

  it.each(hostileTexts)('%j is a text in it, in JSON and in YAML', (text) => {
    const finding = askedOf(all(`platform ${text}`, [all('signed-by-all', [unmet(text, 'unsigned', text)])]))
    const result = runOver([registryImage(finding, { reference: text, digest: text })])
    const whole = toOpenReports(result, seconds)[0]
    expect(JSON.parse(openReportText(result, 'r.json', seconds))).toEqual(whole)
    expect(parse(openReportText(result, 'r.yaml', seconds))).toEqual(whole)
  })
})
