import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { putImage, signSimply } from '../harness/registry-images.js'
import { signer } from '../harness/registry-guarded.js'
import { type LoopbackRegistry, openRegistry } from '../harness/registry.js'
import { type RanAction, runAction, temporaryFolder } from '../harness/run.js'

const root = path.resolve(import.meta.dirname, '../..')

/** A workload signed, one that is not, a kind that nobody knows, and an image that no policy covers. */
const manifest = (host: string): string => `apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  template:
    spec:
      containers:
        - { name: good, image: ${host}/team/good:v1 } # kept
        - { name: bad, image: ${host}/team/bad:v1 }
        - { name: other, image: ${host}/else/other:v1 }
---
apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: { name: canary, namespace: shop }
spec:
  template: { spec: { containers: [{ name: c, image: ${host}/team/bad:v1 }] } }
`

describe('a pull request with manifests, in the action', () => {
  let registry: LoopbackRegistry
  let ran: RanAction
  let digest = ''
  const folder = temporaryFolder()

  beforeAll(async () => {
    registry = await openRegistry()
    digest = putImage(registry.holdings, 'team/good')
    signSimply(registry.holdings, 'team/good', digest, signer)
    putImage(registry.holdings, 'team/bad')
    putImage(registry.holdings, 'else/other')
    const key = readFileSync(path.join(root, 'examples/keys/release.pub'), 'utf8').trim().split('\n')
    const own = signer.publicPem.trim().split('\n')
    for (const [name, text] of [
      ['policies/kyverno.yaml', readFileSync(path.join(root, 'examples/policies/kyverno.yaml'), 'utf8')],
      ['deploy/web.yaml', manifest(registry.host)],
    ] as const) {
      const here = key.reduce((all, line, at) => all.replaceAll(line, own[at] ?? ''), text)
      mkdirSync(path.dirname(path.join(folder, name)), { recursive: true })
      writeFileSync(path.join(folder, name), here.replaceAll('registry.example', registry.host))
    }
    ran = await runAction(
      {
        policy: 'policies/*.yaml',
        manifests: 'deploy/*.yaml',
        'pinned-manifests': 'pinned',
        'policy-report': 'report.json',
        retries: '0',
      },
      { cwd: folder },
    )
  })
  afterAll(async () => registry.stop())

  it('says each image as it is decided, and how many there are', () => {
    const progress = ran.stdout.split('\n').filter((one) => /^\d+ of 3: /.test(one))
    expect(progress.map((one) => one.replace(/^\d+ of 3: /, '')).toSorted()).toEqual([
      `not checked ${registry.host}/else/other:v1`,
      `rejected ${registry.host}/team/bad:v1`,
      `verified ${registry.host}/team/good:v1`,
    ])
    expect(progress.map((one) => one.slice(0, 1))).toEqual(['1', '2', '3'])
  })

  it('annotates the line of the image that is rejected', () => {
    expect(ran.exit).toBe(1)
    const errors = ran.annotations.filter(({ level }) => level === 'error')
    expect(errors).toMatchObject([{ title: 'Rejected: supply chain', place: 'deploy/web.yaml:9' }])
    expect(errors[0]?.message).toContain(`${registry.host}/team/bad:v1: expected a signature`)
  })

  it('annotates what nobody checks', () => {
    const warnings = ran.annotations.filter(({ level }) => level === 'warning')
    expect(warnings.map(({ message }) => message).join('\n')).toMatch(
      /no rule covers .*else\/other:v1[\s\S]*looks like an image that nobody checks here/,
    )
    expect(warnings.some(({ place }) => place === 'deploy/web.yaml:16')).toBe(true)
  })

  it('hands on what is verified: the digest, and the manifest with it and nothing else', () => {
    expect(ran.outputs['images']).toBe(JSON.stringify([`${registry.host}/team/good:v1@${digest}`]))
    expect(ran.outputs['pinned-manifests']).toBe('pinned')
    const before = readFileSync(path.join(folder, 'deploy/web.yaml'), 'utf8')
    expect(readFileSync(path.join(folder, 'pinned/deploy/web.yaml'), 'utf8')).toBe(
      before.replace('team/good:v1', `team/good:v1@${digest}`),
    )
  })

  it('says in the summary what failed, where, what is not checked and what the policy says', () => {
    for (const part of [
      '## ❌ Rejected: supply chain\n\n3 images: 1 rejected, 1 not checked, 1 verified.\n\n> [!WARNING]\n> - ',
      '- At <code>deploy/web.yaml:9 Deployment/shop/web, container bad</code>',
      '### Not checked\n\n- <code>',
      '### Manifests with digests\n\nIn <code>pinned</code>',
      '- <code>deploy/web.yaml</code>: 1 digest written',
      '### What the policies say\n\n1 pass, 1 fail, 0 warn, 0 error, 0 skip',
      '<code>signed-by-release/autogen-release-key</code>',
    ])
      expect(ran.summary).toContain(part)
  })

  it('has it all in the documents', () => {
    expect(ran.document?.policies.map(({ rule, result }) => [rule, result])).toEqual([
      ['autogen-release-key', 'pass'],
      ['autogen-release-key', 'fail'],
    ])
    expect(ran.document?.images.map(({ origins }) => origins[0]?.line)).toEqual([8, 9, 10])
    expect(ran.document?.images.map(({ allowed }) => allowed)).toEqual([undefined, undefined, true])
    expect(JSON.parse(readFileSync(path.join(folder, 'report.json'), 'utf8'))).toMatchObject({
      kind: 'ClusterReport',
      summary: { pass: 1, fail: 2, error: 0 },
    })
  })
})
