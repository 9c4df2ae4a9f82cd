import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import type { OpenReport } from '../../src/report/open-report.js'
import { type RanAction, runAction, runCli, temporaryFolder } from '../harness/run.js'
import { readSarif, type SarifRun } from '../harness/sarif.js'

const examples = path.resolve(import.meta.dirname, '../../examples')
const key = 'examples/keys/release.pub'
const genuine = 'local://examples/hello:v1'
const changed = 'local://examples/hello:changed'
const absent = 'local://examples/nothing:v1'
/** A folder with the examples: where they lie is part of what is signed. */
function newFolder(): string {
  const cwd = temporaryFolder()
  cpSync(examples, path.join(cwd, 'examples'), { recursive: true })
  return cwd
}
const readFile = (file: string): SarifRun => readSarif(readFileSync(file, 'utf8'))
const readReport = (file: string): OpenReport => parse(readFileSync(file, 'utf8')) as OpenReport
const levels = (run: SarifRun): readonly unknown[] => run.results.map(({ ruleId, level }) => [ruleId, level])
const places = (run: SarifRun): readonly string[] =>
  run.results.map(({ locations: [{ physicalLocation }] }) => {
    const { artifactLocation, region } = physicalLocation
    return `${artifactLocation.uri}:${region.startLine}`
  })

interface Both {
  readonly action: RanAction
  readonly runs: readonly SarifRun[]
  readonly reports: readonly OpenReport[]
  readonly exits: readonly (number | null)[]
}

/** Both faces, with the same flags; what each wrote. */
async function runBoth(
  more: Readonly<Record<string, string>>,
  { cwd = newFolder(), env = {} }: { cwd?: string; env?: Readonly<Record<string, string>> } = {},
): Promise<Both> {
  const files = (face: string): Readonly<Record<string, string>> => ({
    'sarif-report': `out/${face}.sarif`,
    'policy-report': `out/${face}.yaml`,
  })
  const { image = '', ...others } = more
  const action = await runAction({ key, ...more, ...files('action') }, { cwd, env })
  const flags = Object.entries({ key, ...others, ...files('cli') }).map(
    ([name, value]) => `--${name}=${value}`,
  )
  const cli = await runCli(['verify', ...image.split('\n').filter((one) => one !== ''), ...flags], {
    cwd,
    env,
  })
  return {
    action,
    runs: ['action', 'cli'].map((face) => readFile(path.join(cwd, `out/${face}.sarif`))),
    reports: ['action', 'cli'].map((face) => readReport(path.join(cwd, `out/${face}.yaml`))),
    exits: [action.exit, cli.exit],
  }
}

describe('the exports of a run with a key and no policy, by both faces', () => {
  it.each([
    ['verified', [genuine], 0, [], { pass: 1 }, true],
    ['rejected', [changed], 1, [['digest-mismatch', 'error']], { fail: 1 }, true],
    ['undetermined', [absent], 2, [['not-found', 'warning']], { error: 1 }, false],
    [
      'mixed',
      [absent, genuine, changed],
      1,
      [
        ['digest-mismatch', 'error'],
        ['not-found', 'warning'],
      ],
      { pass: 1, fail: 1, error: 1 },
      true,
    ],
  ] as const)('say that it is %s', async (verdict, images, exit, wanted, summary, isSuccessful) => {
    const { action, runs, reports, exits } = await runBoth({ image: images.join('\n') })
    expect(exits).toEqual([exit, exit])
    expect(action.outputs['verdict']).toBe(verdict === 'mixed' ? 'rejected' : verdict)
    for (const run of runs) {
      expect(levels(run)).toEqual(wanted)
      expect(run.invocations[0]).toMatchObject({ executionSuccessful: isSuccessful, exitCode: exit })
    }
    const none = { pass: 0, fail: 0, warn: 0, error: 0, skip: 0 }
    for (const report of reports) expect(report.summary).toEqual({ ...none, ...summary })
  })

  it('have what would have failed in audit, with the exit that passes', async () => {
    const { action, runs, reports, exits } = await runBoth({
      image: [genuine, changed, absent].join('\n'),
      mode: 'audit',
    })
    expect(exits).toEqual([0, 0])
    expect(action.outputs).toMatchObject({ verdict: 'rejected', 'failure-code': 'digest-mismatch' })
    expect(action.summary).toContain('2 of 3 images would have failed it: 1 rejected, 1 undetermined')
    for (const run of runs) {
      expect(levels(run)).toEqual([
        ['digest-mismatch', 'error'],
        ['not-found', 'warning'],
      ])
      expect(run.invocations[0].exitCode).toBe(0)
      expect(run.properties).toMatchObject({ letPass: true, verified: 1, rejected: 1, undetermined: 1 })
    }
    for (const { summary } of reports) expect(summary).toMatchObject({ pass: 1, fail: 1, error: 1 })
  })

  it('fail with a configuration that fails also in audit, and say so', async () => {
    const { runs, reports, exits } = await runBoth({ image: genuine, key: 'nowhere.pub', mode: 'audit' })
    expect(exits).toEqual([2, 2])
    for (const run of runs) {
      expect(levels(run)).toEqual([['key-invalid', 'warning']])
      expect(run.invocations[0]).toMatchObject({
        executionSuccessful: false,
        toolConfigurationNotifications: [{ level: 'error' }],
      })
    }
    for (const { summary } of reports) expect(summary).toMatchObject({ pass: 0, error: 1 })
  })

  it('are written of inputs that cannot be used', async () => {
    const { runs, reports, exits } = await runBoth({ image: genuine, mode: 'adit' })
    expect(exits).toEqual([2, 2])
    for (const run of runs) {
      expect(levels(run)).toEqual([['input-invalid', 'warning']])
      expect(run.results[0]?.message.text).toContain('mode: expected enforce or audit')
      expect(run.invocations[0].executionSuccessful).toBe(false)
    }
    for (const { results } of reports) expect(results).toMatchObject([{ result: 'error' }])
  })

  it('tell of a build policy beside the key', async () => {
    const { runs, reports, exits } = await runBoth({
      image: genuine,
      policy: 'examples/build/policy.json',
      'policy-key': 'examples/build/policy.pub',
      attestations: 'examples/build/docker-build.json',
    })
    expect(exits).toEqual([1, 1])
    for (const run of runs) {
      expect(levels(run)).toEqual([['attestation-missing', 'error']])
      expect(run.results[0]?.properties['rules']).toEqual(['examples/build/policy.json'])
    }
    for (const report of reports) {
      expect(report.kind).toBe('ClusterReport')
      expect(report.results.map(({ policy, result }) => [policy, result])).toEqual([
        ['examples/build/policy.json', 'fail'],
        ['verify-image', 'pass'],
      ])
    }
  })

  it('are not written where nobody asked for them', async () => {
    const cwd = newFolder()
    await runAction({ image: changed, key, 'result-file': 'result.json' }, { cwd })
    expect(readdirSync(cwd).toSorted()).toEqual(['examples', 'result.json'])
  })
})

describe('where an image stands', () => {
  it('is its line in a list, by its path from the top of the repository', async () => {
    const cwd = newFolder()
    mkdirSync(path.join(cwd, 'lists'))
    writeFileSync(path.join(cwd, 'lists/images.txt'), `# all of them\n\n${genuine}\n${changed}\n${absent}\n`)
    const { runs } = await runBoth({ 'images-file': 'lists/images.txt' }, { cwd })
    for (const run of runs) expect(places(run)).toEqual(['lists/images.txt:4', 'lists/images.txt:5'])
    const above = await runBoth(
      { 'images-file': 'lists/images.txt' },
      { cwd, env: { GITHUB_WORKSPACE: path.dirname(cwd) } },
    )
    for (const run of above.runs) expect(places(run)[0]).toBe(`${path.basename(cwd)}/lists/images.txt:4`)
    const elsewhere = await runBoth(
      { 'images-file': 'lists/images.txt' },
      { cwd, env: { GITHUB_WORKSPACE: path.join(cwd, 'examples') } },
    )
    for (const run of elsewhere.runs) expect(places(run)[0]).toBe('local/examples/hello:1')
  })

  it('is its line in a manifest', async () => {
    const cwd = newFolder()
    const pod = 'apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec:\n  containers:\n'
    mkdirSync(path.join(cwd, 'deploy'))
    writeFileSync(
      path.join(cwd, 'deploy/web.yaml'),
      `${pod}    - { name: a, image: "127.0.0.1:9/team/app:v1" }\n`,
    )
    const { runs, exits, reports } = await runBoth({ manifests: 'deploy/*.yaml', retries: '0' }, { cwd })
    expect(exits).toEqual([2, 2])
    for (const run of runs) {
      expect(places(run)).toEqual(['deploy/web.yaml:6'])
      expect(levels(run)).toEqual([['unreachable', 'warning']])
    }
    for (const { results } of reports)
      expect(results[0]?.resources).toEqual([{ kind: 'Pod', namespace: 'default', name: 'web' }])
  })

  it('is the workflow that asked where it is about no image', async () => {
    const env = {
      GITHUB_REPOSITORY: 'owner/app',
      GITHUB_WORKFLOW_REF: 'owner/app/.github/workflows/audit.yml@refs/heads/main',
    }
    const { runs } = await runBoth({ image: genuine, mode: 'adit' }, { env })
    for (const run of runs) expect(places(run)).toEqual(['.github/workflows/audit.yml:1'])
    const foreign = await runBoth(
      { image: genuine, mode: 'adit' },
      { env: { ...env, GITHUB_REPOSITORY: 'owner/other' } },
    )
    for (const run of foreign.runs) expect(places(run)).toEqual(['verify-image:1'])
  })

  it('has pages for its rules where the runner says where the action is from', async () => {
    const env = {
      GITHUB_SERVER_URL: 'https://github.example',
      GITHUB_ACTION_REPOSITORY: 'owner/verify-image',
      GITHUB_ACTION_REF: 'v1.2.3',
    }
    const [run] = (await runBoth({ image: genuine }, { env })).runs
    expect(run?.tool.driver.rules[0]?.helpUri).toBe(
      'https://github.example/owner/verify-image/blob/v1.2.3/docs/codes/unsigned.md',
    )
    const [other] = (
      await runBoth({ image: genuine }, { env: { ...env, GITHUB_ACTION_REPOSITORY: 'owner/another' } })
    ).runs
    expect(other?.tool.driver.rules[0]).not.toHaveProperty('helpUri')
  })
})

describe.each(['sarif-report', 'policy-report'])('a %s that cannot be written', (input) => {
  const obstacles: readonly (readonly [string, (cwd: string) => unknown])[] = [
    ['a folder is there', (cwd) => mkdirSync(path.join(cwd, 'report'))],
    ['a symbolic link is there', (cwd) => symlinkSync('elsewhere', path.join(cwd, 'report'))],
  ]

  it.each(obstacles)('makes a verified image undetermined, with no digest: %s', async (_, prepare) => {
    const cwd = newFolder()
    prepare(cwd)
    const ran = await runAction({ image: genuine, key, [input]: 'report' }, { cwd })
    expect(ran.exit).toBe(2)
    expect(ran.outputs).toMatchObject({
      verdict: 'undetermined',
      'failure-class': 'configuration',
      'failure-code': 'output-unwritable',
      digest: '',
      images: '[]',
    })
    expect(ran.outputs['message']).toContain(`${input}: cannot write report`)
    expect(existsSync(path.join(cwd, 'elsewhere'))).toBe(false)
    const cli = await runCli(['verify', genuine, '--key', key, `--${input}`, 'report'], { cwd })
    expect(cli.exit).toBe(2)
    expect(cli.stderr).toContain(`${input}: cannot write report`)
  })

  it('leaves a rejection one', async () => {
    const cwd = newFolder()
    mkdirSync(path.join(cwd, 'report'))
    const ran = await runAction({ image: changed, key, [input]: 'report' }, { cwd })
    expect([ran.exit, ran.outputs['verdict']]).toEqual([1, 'rejected'])
    expect(ran.stdout).toContain(`${input}: cannot write report`)
  })
})

describe('a fleet', () => {
  it('has its results in one file, written by merge, and a lost shard among them', async () => {
    const cwd = newFolder()
    await runCli(['plan', genuine, changed, '--shards', '2', '--plan-file', 'plan.json'], { cwd })
    for (const n of [1, 2])
      await runCli(
        ['verify', '--plan', 'plan.json', '--shard', `${n}`, '--key', key, '--result-file', `${n}.json`],
        { cwd },
      )
    const merge = ['merge', '--plan', 'plan.json', '--sarif-report', 'all.sarif'].concat(
      '--policy-report',
      'all.yaml',
    )
    const reported = (): unknown =>
      readReport(path.join(cwd, 'all.yaml')).results.map(({ result, properties }) => [
        properties['image'],
        result,
        properties['code'],
      ])
    expect((await runCli([...merge, '1.json', '2.json'], { cwd })).exit).toBe(1)
    expect(levels(readFile(path.join(cwd, 'all.sarif')))).toEqual([['digest-mismatch', 'error']])
    expect(reported()).toEqual([
      [changed, 'fail', 'digest-mismatch'],
      [genuine, 'pass', undefined],
    ])
    const lost = await runCli([...merge, '2.json'], { cwd })
    expect(lost.exit).toBe(2)
    const run = readFile(path.join(cwd, 'all.sarif'))
    expect(run.invocations[0].executionSuccessful).toBe(false)
    expect(run.results.map(({ level }) => level)).toEqual(['warning'])
    expect(reported()).toEqual([
      [changed, 'error', 'internal-error'],
      [genuine, 'pass', undefined],
    ])
  })
})

it('keeps secrets out of both', async () => {
  const secret = 'tok-en-of-somebody-4711'
  const cwd = newFolder()
  writeFileSync(path.join(cwd, `${secret}.txt`), `local://${secret}/app:v1\n`)
  await runBoth(
    { 'images-file': `${secret}.txt`, 'registry-username': 'u', 'registry-password': secret },
    { cwd, env: { AWS_SECRET_ACCESS_KEY: secret } },
  )
  for (const file of ['action.sarif', 'cli.sarif', 'action.yaml', 'cli.yaml'])
    expect(readFileSync(path.join(cwd, 'out', file), 'utf8')).not.toContain(secret)
})
