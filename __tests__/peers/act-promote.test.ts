import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ActRun, type Given, runWorkflow } from '../harness/act.js'
import { type Cosign, openCosign } from '../harness/cosign.js'
import { login, type Registry, startGgcr } from '../harness/registries.js'

// act does not know: rights of the token (`permissions`), environments with their reviewers, `concurrency`,
// `timeout-minutes`. The actions of others and docker are played by those of __tests__/data/act; the registry asks for a
// login, cosign signs, crane copies.

const nowhere = '127.0.0.1:9'
let registry: Registry
let cosign: Cosign
const keys = { release: '', stranger: '' }
let digest = ''

beforeAll(async () => {
  registry = await startGgcr(true)
  cosign = openCosign(registry.signedIn)
  const [release, stranger] = [await cosign.newKey('release'), await cosign.newKey('stranger')]
  keys.release = readFileSync(release.pub, 'utf8')
  keys.stranger = readFileSync(stranger.pub, 'utf8')
  digest = await registry.putImage('organisation/app', 'v1-rc.1')
  await cosign.sign(`${registry.host}/organisation/app@${digest}`, release, 'bundle')
  const strange = await registry.putImage('organisation/app', 'v2-rc.1')
  await cosign.sign(`${registry.host}/organisation/app@${strange}`, stranger, 'bundle')
})
afterAll(async () => registry.stop())

const promote = async (tag: string, changes: Partial<Given> = {}): Promise<ActRun> =>
  runWorkflow({
    workflows: ['promote-registry.yml'],
    replace: { 'ghcr.io': registry.host },
    files: { 'keys/cosign.pub': keys.release, 'README.md': 'Not asked for.' },
    event: 'workflow_dispatch',
    inputs: { tag, release: tag.replace('-rc.1', '') },
    token: login.password,
    ...changes,
  })
const tags = async (): Promise<string> => cosign.crane('ls', `${registry.host}/organisation/app`)
const kept = ['verify-result/verify-report.html', 'verify-result/verify-result.json']

describe('promote-registry.yml', () => {
  it('gives the digest that was verified its release name', async () => {
    const ran = await promote('v1-rc.1')
    expect(ran.exit, ran.log).toBe(0)
    expect(ran.steps).toEqual({
      verify: { 'Fetch the key': 'success', 'Verify the image': 'success', 'Keep the result': 'success' },
      promote: { 'Sign in': 'success', 'Give it its release name': 'success' },
    })
    const image = `${registry.host}/organisation/app`
    expect(ran.calls).toEqual([`copy ${image}@${digest} ${image}:v1`])
    expect((await cosign.crane('digest', `${image}:v1`)).trim()).toBe(digest)
    expect(ran.uploaded).toEqual(kept)
    expect(ran.result()).toMatchObject({ verdict: 'verified', digest })
  })

  it('tells the owner of the image of a rejection, and promotes nothing', async () => {
    const ran = await promote('v2-rc.1')
    expect(ran.exit, ran.log).toBe(1)
    expect(ran.steps).toEqual({
      verify: {
        'Fetch the key': 'success',
        'Verify the image': 'failure',
        'Keep the result': 'success',
        'Tell the owner of the image': 'success',
      },
    })
    expect(ran.log).toContain('Rejected (signature-invalid): do not deploy it.')
    expect(ran.uploaded).toEqual(kept)
    expect(ran.result()).toMatchObject({ verdict: 'rejected', failure: { class: 'supply-chain' } })
    expect(ran.calls).toEqual([])
    expect(await tags()).not.toMatch(/^v2$/m)
  })

  it.each([
    ['a registry that does not answer', { replace: { 'ghcr.io': nowhere } }, 'infrastructure, unreachable'],
    ['a login that is refused', { token: 'another' }, 'infrastructure, denied'],
    [
      'a key that the default branch does not have',
      { files: { 'README.md': '' } },
      'configuration, key-invalid',
    ],
  ])('tells the owner of the pipeline of %s, and promotes nothing', async (_, changes, said) => {
    const ran = await promote('v1-rc.1', { ...changes, inputs: { tag: 'v1-rc.1', release: 'v3' } })
    expect(ran.exit, ran.log).toBe(1)
    expect(ran.steps['verify']).toMatchObject({
      'Verify the image': 'failure',
      'Keep the result': 'success',
      'Tell the owner of the pipeline': 'success',
    })
    expect(Object.keys(ran.steps['verify'] ?? {})).not.toContain('Tell the owner of the image')
    expect(ran.log).toContain(`Undetermined (${said})`)
    expect(Object.keys(ran.steps)).toEqual(['verify'])
    expect(ran.uploaded).toEqual(kept)
    expect(ran.calls).toEqual([])
    expect(await tags()).not.toMatch(/^v3$/m)
  })

  it('does nothing on another branch, whatever key lies there', async () => {
    const ran = await promote('v2-rc.1', { proposed: { 'keys/cosign.pub': keys.stranger } })
    expect(ran.exit, ran.log).toBe(0)
    expect(ran.steps).toEqual({})
    expect(ran.calls).toEqual([])
  })
})
