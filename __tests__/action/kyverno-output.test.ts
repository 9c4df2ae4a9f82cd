import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import type { OpenReport } from '../../src/report/open-report.js'
import { hasPeerFixtures, openPeerFixtures, peerCases, type PeerFixtures } from '../harness/peer-fixtures.js'
import { type Ran, runCli, temporaryFolder } from '../harness/run.js'
import { sharedFolder } from '../harness/shared.js'

const fixtures = sharedFolder('fixtures/kyverno') ?? ''
const folder = temporaryFolder()
const cases = [...peerCases('kyverno-verifyImages'), ...peerCases('kyverno-ivpol')]

/** Each count by itself, and several policies, images, rules, skips and errors. */
const alike = [
  ...'k-basic-a k-basic-b k-blob-1-none k-sets-none k-2of3-a k-att-bad k-att-two k-att-none k-bundle-none'.split(
    ' ',
  ),
  ...'k-auto-deploy k-auto-cron k-order k-ext-task k-ephemeral k-same-twice k-two-rules k-skip-mixed'.split(
    ' ',
  ),
  ...'k-skip-nodig k-skip-digest-m0 k-pre-skip k-mixed-entries-att k-unscored k-fa-audit-warn k-fa-enforce'.split(
    ' ',
  ),
  ...'k-load-norefs k-load-two-kinds i-sig-a i-sig-ab'.split(' '),
]

/** What Kyverno counts otherwise, and what is counted here: every difference is one of these. */
const otherwise: readonly (readonly [string, string, string])[] = [
  [
    'k-ref-star-tag-tag',
    'pass: 2',
    'its pattern asks for a tag: Kyverno looks once only after it pinned the image',
  ],
  ['k-sw-m1v0r0-a', 'pass: 2', 'neither required nor verifyDigest: Kyverno looks once only'],
  ['k-ref-exact-tag-digest', 'error: 1', 'nobody checks it, and Kyverno counts nothing'],
  ['k-auto-none', 'error: 1', 'nobody checks it, and Kyverno counts nothing'],
  ['k-load-unknown', 'error: 1', 'Kyverno drops the policy and says nothing'],
  ['k-edge-badname', 'fail: 2', 'Kyverno leaves out the whole pod, with an unsigned image in it'],
]

describe.runIf(hasPeerFixtures)('--output kyverno beside Kyverno 1.19', () => {
  let registry: PeerFixtures
  beforeAll(async () => {
    registry = await openPeerFixtures('tags-only')
  })
  afterAll(() => registry.stop())

  const run = async (id: string, ...flags: readonly string[]): Promise<Ran> => {
    const one = cases.find((each) => each.id === id)
    expect(one, id).toBeDefined()
    const { policy = '', resource = '', args = [] } = one ?? {}
    for (const file of [policy, resource]) {
      const target = path.join(folder, file)
      mkdirSync(path.dirname(target), { recursive: true })
      const text = readFileSync(path.join(fixtures, file), 'utf8')
      writeFileSync(target, text.replaceAll('127.0.0.1:5511', registry.host))
    }
    const warn = args.includes('--audit-warn') ? ['--audit-warn'] : []
    const asked = [
      '--policy',
      policy,
      '--manifests',
      resource,
      '--output',
      'kyverno',
      '--retries',
      '0',
      ...warn,
    ]
    return runCli(['verify', ...asked, ...flags], { cwd: folder })
  }
  const countsOf = ({ stdout }: Ran): string => stdout.trimEnd().split('\n').at(-1)?.trim() ?? ''
  const expectOf = (
    id: string,
  ): { summary: Record<string, number>; exit: number; results: { message: string }[] } =>
    (cases.find((each) => each.id === id) as unknown as { expect: never }).expect
  const theirs = (id: string): string =>
    Object.entries(expectOf(id).summary)
      .map(([outcome, count]) => `${outcome}: ${count}`)
      .join(', ')

  it.each(alike)('%s has the counts of Kyverno', async (id) => {
    expect(countsOf(await run(id))).toBe(theirs(id))
  })

  it.each(otherwise)('%s has others, %s: %s', async (id, count) => {
    const counts = countsOf(await run(id))
    expect(counts).not.toBe(theirs(id))
    expect(counts).toContain(count)
  })

  it.each(['k-basic-b', 'k-order', 'k-auto-deploy'])(
    '%s has the blocks of Kyverno: policy, resource, rule, the image and why',
    async (id) => {
      const { stdout, exit } = await run(id)
      expect(exit).toBe(expectOf(id).exit)
      const resource = id === 'k-auto-deploy' ? 'default/Deployment/web' : 'default/Pod/app'
      expect(stdout).toContain(`policy check-image -> resource ${resource} failed:\n1 - `)
      const failed = expectOf(id).results.filter(({ message }) =>
        /^(failed to verify|unverified)/.test(message),
      )
      expect(failed.length).toBe(2)
      for (const { message } of failed) {
        // Kyverno goes on below the set of attestors with the kind of the entry.
        const said = message
          .replaceAll('127.0.0.1:5511', registry.host)
          .replace(/(\.attestors\[\d\])\.entries\[\d\]\.keys:/, '$1:')
        expect(stdout).toContain(` ${said}\n`)
      }
    },
  )

  it('says on stderr what Kyverno does not: that an image is unchecked, in which file', async () => {
    const { stdout, stderr, exit } = await run('k-auto-none')
    expect(exit).toBe(2)
    expect(stdout).not.toContain('failed:')
    expect(stderr).toMatch(/Warning: .*would run unchecked/)
    expect(stderr).toMatch(/At: {6}manifests\/.*\.yaml:18 Deployment\/default\/web/)
  })

  it('writes the same results as an OpenReports document', async () => {
    const file = path.join(folder, 'out', 'report.yaml')
    await run('k-order', '--policy-report', file)
    const report = parse(readFileSync(file, 'utf8')) as OpenReport
    expect(report).toMatchObject({ kind: 'ClusterReport', metadata: { name: 'merged' } })
    expect(report.summary).toEqual(expectOf('k-order').summary)
    expect(report.results.map(({ policy, rule }) => `${policy}/${String(rule)}`)).toEqual(
      Array(4).fill('check-image/check'),
    )
    expect(report.results.every(({ resources }) => resources?.[0]?.name === 'app')).toBe(true)
  })

  it('writes a report that names the policy that cannot be read, and not one that is clean', async () => {
    const file = path.join(folder, 'out', 'broken.json')
    const ran = await run('k-load-unknown', '--policy-report', file)
    expect(ran.exit).toBe(2)
    const report = JSON.parse(readFileSync(file, 'utf8')) as OpenReport
    expect(report.summary).toMatchObject({ pass: 0, error: 1 })
    expect(report.results[0]?.message).toMatch(/policies\/k-load-unknown\.yaml:\d+: .*nosuchfield/)
  })

  it('ends undetermined where the report cannot be written, and pins nothing then', async () => {
    writeFileSync(path.join(folder, 'a-file'), '')
    const pinned = path.join(folder, 'not-pinned')
    const ran = await run('k-basic-a', '--policy-report', 'a-file/report.yaml', '--pinned-manifests', pinned)
    expect(ran.exit).toBe(2)
    expect(ran.stderr).toContain('output-unwritable')
    expect(existsSync(pinned)).toBe(false)
  })
})
