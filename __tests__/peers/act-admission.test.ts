import { readFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ActRun, type Given, runWorkflow } from '../harness/act.js'
import { openCosign } from '../harness/cosign.js'
import { login, type Registry, startGgcr } from '../harness/registries.js'

// Two checkouts of one repository, as git itself makes them: the base's policies and the proposal's manifests.

let registry: Registry
let digest = ''
const keys = { release: '', stranger: '' }
const policy = readFileSync(path.resolve(import.meta.dirname, '../../examples/policies/kyverno.yaml'), 'utf8')

beforeAll(async () => {
  registry = await startGgcr(true)
  const cosign = openCosign(registry.signedIn)
  const [release, stranger] = [await cosign.newKey('release'), await cosign.newKey('stranger')]
  keys.release = readFileSync(release.pub, 'utf8')
  keys.stranger = readFileSync(stranger.pub, 'utf8')
  digest = await registry.putImage('team/app', 'v1')
  await cosign.sign(`${registry.host}/team/app@${digest}`, release, 'legacy')
  const strange = await registry.putImage('team/strange', 'v1')
  await cosign.sign(`${registry.host}/team/strange@${strange}`, stranger, 'legacy')
  await registry.putImage('other/app', 'v1')
})
afterAll(async () => registry.stop())

/** The example policy for this registry, with a key that stands as the one there does. */
function policyOf(key: string): string {
  const indent = ' '.repeat(22)
  const pem = key.trim().replaceAll('\n', `\n${indent}`)
  return policy
    .replaceAll('registry.example', registry.host)
    .replace(/-----BEGIN PUBLIC KEY-----[\s\S]*?-----END PUBLIC KEY-----/, pem)
}
function podOf(image: string): string {
  return `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: web
      image: ${image}
`
}

const propose = async (image: string, { proposed = {}, ...changes }: Partial<Given> = {}): Promise<ActRun> =>
  runWorkflow({
    workflows: ['admission-policies.yml'],
    replace: { 'ghcr.io': registry.host },
    files: {
      'policies/release.yaml': policyOf(keys.release),
      'deploy/web.yaml': podOf('registry.example/old:v0'),
    },
    proposed: { 'deploy/web.yaml': podOf(image), ...proposed },
    event: 'pull_request',
    token: login.password,
    ...changes,
  })
const at = (name: string): string => `${registry.host}/${name}:v1`
const kept = ['policy-report.yaml', 'verify-report.html', 'verify-result.json'].map(
  (name) => `verify-result/${name}`,
)
const told = (ran: ActRun): readonly string[] =>
  Object.keys(ran.steps['verify'] ?? {}).filter((name) => name.startsWith('Tell'))

describe('admission-policies.yml', () => {
  it('keeps the manifests of the pull request with the digests that were verified', async () => {
    const ran = await propose(at('team/app'))
    expect(ran.exit, ran.log).toBe(0)
    expect(Object.values(ran.steps['verify'] ?? {}).every((end) => end === 'success')).toBe(true)
    expect(told(ran)).toEqual([])
    expect(ran.uploaded).toEqual(['pinned/proposed/deploy/web.yaml', ...kept])
    expect(ran.read('pinned/proposed/deploy/web.yaml')).toContain(`${at('team/app')}@${digest}`)
  })

  it('asks for the key of the base branch, also where the pull request brings another policy', async () => {
    const ran = await propose(at('team/strange'), {
      proposed: { 'policies/release.yaml': policyOf(keys.stranger) },
    })
    expect(ran.exit, ran.log).toBe(1)
    expect(told(ran)).toEqual(['Tell the author of the pull request'])
    expect(ran.result().verdict).toBe('rejected')
    expect(ran.uploaded).toEqual(kept)
  })

  it.each([
    ['an image that no policy covers', (): string => at('other/app'), {}, 'configuration, uncovered'],
    ['a login that is refused', (): string => at('team/app'), { token: 'another' }, 'infrastructure, denied'],
  ])('is undetermined for %s', async (_, image, changes, said) => {
    const ran = await propose(image(), changes)
    expect(ran.exit, ran.log).toBe(1)
    expect(told(ran)).toEqual(['Tell the owner of the pipeline'])
    expect(ran.log).toContain(`Undetermined (${said})`)
    expect(ran.uploaded).toEqual(kept)
  })
})
