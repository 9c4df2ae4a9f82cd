import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse, stringify } from 'yaml'
import { type ActRun, type Given, runWorkflow, type Tree } from '../harness/act.js'
import { openCosign } from '../harness/cosign.js'
import { login, type Registry, startGgcr } from '../harness/registries.js'

// act calls the workflow of the shards once for each of the matrix. But where a called workflow fails it ends the whole
// run, jobs with `always()` too, which GitHub does not: for these cases the job of fleet-shard.yml stands in the place of
// the call, with what it is called with written in.

let registry: Registry
let pub = ''
const image = (name: string): string => `${registry.host}/team/${name}:v1`

beforeAll(async () => {
  registry = await startGgcr(true)
  const cosign = openCosign(registry.signedIn)
  const [release, stranger] = [await cosign.newKey('release'), await cosign.newKey('stranger')]
  pub = readFileSync(release.pub, 'utf8')
  for (const name of ['a', 'b', 'c', 'd', 'e', 'strange']) {
    const digest = await registry.putImage(`team/${name}`, 'v1')
    const by = name === 'strange' ? stranger : release
    await cosign.sign(`${registry.host}/team/${name}@${digest}`, by, 'bundle')
  }
})
afterAll(async () => registry.stop())

const judge = async (names: readonly string[], changes: Partial<Given> = {}): Promise<ActRun> =>
  runWorkflow({
    workflows: ['fleet.yml', 'fleet-shard.yml'],
    replace: { 'ghcr.io': registry.host, 'SHARD_SIZE: 500': 'SHARD_SIZE: 2' },
    files: { 'fleet/images.txt': `${names.map(image).join('\n')}\n`, 'keys/cosign.pub': pub },
    event: 'workflow_dispatch',
    token: login.password,
    ...changes,
  })
type Jobs = Record<string, Record<string, unknown>>

/** The same without a call. */
function withoutCall(texts: Tree): Tree {
  const read = (name: string): { jobs: Jobs; env: object } =>
    parse(texts[name] ?? '') as { jobs: Jobs; env: object }
  const [fleet, shard] = [read('fleet.yml'), read('fleet-shard.yml')]
  const { uses, with: given, ...call } = fleet.jobs['judge'] ?? {}
  if (uses !== './.github/workflows/fleet-shard.yml') throw new Error('another workflow is called')
  const { shard: number } = given as { shard: string }
  const inside = stringify({ ...shard.jobs['verify'], env: shard.env }).replaceAll(
    '${{ inputs.shard }}',
    number,
  )
  fleet.jobs['judge'] = { ...call, ...(parse(inside) as object) }
  return { 'fleet.yml': stringify(fleet) }
}

const step = 'Verify the images of the shard'
const shards = (ran: ActRun): readonly string[] =>
  [...ran.all('verify', step), ...ran.all('judge', step)].toSorted()
const five = ['a', 'b', 'c', 'd', 'e']

describe('fleet.yml', () => {
  it('judges three shards and makes one verdict of them', async () => {
    const ran = await judge(five)
    expect(ran.exit, ran.log).toBe(0)
    expect(shards(ran)).toEqual(['success', 'success', 'success'])
    expect(ran.steps['merge']).toEqual({
      'Fetch verify-image': 'success',
      'Fetch the plan': 'success',
      'Fetch the results': 'success',
      Merge: 'success',
      'Keep the result': 'success',
    })
    expect(ran.uploaded).toEqual([
      'plan/plan.json',
      ...[1, 2, 3].map((shard) => `result-${shard}/verify-result.json`),
      'verify-result/verify-report.html',
      'verify-result/verify-result.json',
    ])
    const { verdict, images } = ran.result()
    expect([verdict, images.length]).toEqual(['verified', 5])
  })

  it('is rejected for one image, and tells the owners of the images', async () => {
    const ran = await judge([...five, 'strange'], { rewrite: withoutCall })
    expect(ran.exit, ran.log).toBe(1)
    expect(shards(ran)).toEqual(['failure', 'success', 'success'])
    expect(ran.steps['merge']).toMatchObject({
      'Keep the result': 'success',
      'Tell the owners of the images': 'success',
    })
    expect(ran.steps['merge']).not.toHaveProperty('Tell the owner of the pipeline')
    expect(ran.result().images.filter(({ verdict }) => verdict === 'verified')).toHaveLength(5)
  })

  it.each([
    ['a login that is refused', { token: 'another' }, 'infrastructure, denied', 5],
    [
      'a shard whose result is lost',
      { env: { STANDINS_LOSE: 'result-2' } },
      'infrastructure, internal-error',
      2,
    ],
  ])('is undetermined with %s, and tells the owner of the pipeline', async (_, changes, said, lost) => {
    const ran = await judge(five, { ...changes, rewrite: withoutCall })
    expect(ran.exit, ran.log).toBe(1)
    expect(ran.steps['merge']).toMatchObject({
      'Keep the result': 'success',
      'Tell the owner of the pipeline': 'success',
    })
    expect(ran.steps['merge']).not.toHaveProperty('Tell the owners of the images')
    expect(ran.log).toContain(`Undetermined (${said})`)
    const { verdict, images } = ran.result()
    expect(verdict).toBe('undetermined')
    expect(images.filter((one) => one.verdict !== 'verified')).toHaveLength(lost)
  })

  it('does nothing on another branch', async () => {
    const ran = await judge(five, { proposed: { 'fleet/images.txt': '' } })
    expect([ran.steps, ran.uploaded]).toEqual([{}, []])
  })
})
