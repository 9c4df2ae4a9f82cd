import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ActRun, type Given, runWorkflow } from '../harness/act.js'
import { openCosign } from '../harness/cosign.js'
import { login, type Registry, startGgcr } from '../harness/registries.js'
import { readSarif } from '../harness/sarif.js'

let registry: Registry
let key = ''

beforeAll(async () => {
  registry = await startGgcr(true)
  const cosign = openCosign(registry.signedIn)
  const release = await cosign.newKey('release')
  key = readFileSync(release.pub, 'utf8')
  const digest = await registry.putImage('team/app', 'v1')
  await cosign.sign(`${registry.host}/team/app@${digest}`, release, 'legacy')
  await registry.putImage('team/unsigned', 'v1')
})
afterAll(async () => registry.stop())

const podOf = (name: string): string => `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: web
      image: ${registry.host}/team/${name}:v1
`
const audit = async (image: string, changes: Partial<Given> = {}): Promise<ActRun> =>
  runWorkflow({
    workflows: ['audit-first.yml'],
    replace: { 'ghcr.io': registry.host },
    files: { 'keys/cosign.pub': key, 'deploy/web.yaml': podOf(image) },
    event: 'schedule',
    token: login.password,
    ...changes,
  })
const kept = ['policy-report.yaml', 'verify-image.sarif', 'verify-report.html', 'verify-result.json'].map(
  (name) => `audit-first/${name}`,
)
const told = (ran: ActRun): readonly string[] =>
  Object.keys(ran.steps['audit'] ?? {}).filter((name) => name.startsWith('Tell'))

describe('audit-first.yml', () => {
  it('publishes no alert of what is verified', async () => {
    const ran = await audit('app')
    expect(ran.exit, ran.log).toBe(0)
    expect(told(ran)).toEqual([])
    expect(ran.result('audit-first/verify-result.json').verdict).toBe('verified')
    expect(ran.uploaded).toEqual(['alerts.sarif', ...kept])
    expect(readSarif(ran.read('alerts.sarif')).results).toEqual([])
  })

  it('stays green for what a gate would reject, and publishes it at its line', async () => {
    const ran = await audit('unsigned')
    expect(ran.exit, ran.log).toBe(0)
    expect(told(ran)).toEqual(['Tell the owners of the images'])
    expect(ran.result('audit-first/verify-result.json').verdict).toBe('rejected')
    expect(ran.uploaded).toEqual(['alerts.sarif', ...kept])
    const [alert, ...others] = readSarif(ran.read('alerts.sarif')).results
    expect(others).toEqual([])
    expect(alert).toMatchObject({ ruleId: 'unsigned', level: 'error' })
    expect(alert?.locations[0].physicalLocation).toMatchObject({
      artifactLocation: { uri: 'deploy/web.yaml' },
      region: { startLine: 8 },
    })
  })

  it('of an outage stays green where it audits and is red where it publishes: no alert is closed', async () => {
    const ran = await audit('app', { token: 'another' })
    expect(ran.exit, ran.log).toBe(1)
    expect(ran.steps['audit']?.['Verify the images']).toBe('success')
    expect(told(ran)).toEqual(['Tell the owner of the pipeline'])
    expect(ran.result('audit-first/verify-result.json').failure?.class).toBe('infrastructure')
    expect(ran.steps['publish']?.['Publish the alerts']).toBe('failure')
    expect(ran.uploaded).toEqual(kept)
  })

  it('is red of a key that is not there: the gate would be off without anybody knowing', async () => {
    const ran = await audit('app', { files: { 'deploy/web.yaml': podOf('app') } })
    expect(ran.exit, ran.log).toBe(1)
    expect(ran.steps['audit']?.['Verify the images']).toBe('failure')
    expect(ran.uploaded).toEqual(kept)
  })

  it('does nothing on another branch', async () => {
    const ran = await audit('unsigned', { event: 'workflow_dispatch', proposed: { 'x.txt': 'x' } })
    expect(ran.exit, ran.log).toBe(0)
    expect(ran.steps).toEqual({})
  })
})
