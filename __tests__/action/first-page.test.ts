import { readFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectRun, folderOf, runFaces } from '../harness/cluster-policies.js'
import { putImage, signSimply } from '../harness/registry-images.js'
import { type LoopbackRegistry, openRegistry } from '../harness/registry.js'
import { newKey } from '../harness/store.js'

/**
 * The policy of the first page that Kyverno had about verifying images (1.4.2), with a key and a registry of ours. The
 * page's images are `test-verify-image`, its pattern says `test-image-verify`: as printed it matches none of them.
 */
const ours = newKey()
const somebody = newKey()
let registry: LoopbackRegistry
const digests = new Map<string, string>()

beforeAll(async () => {
  registry = await openRegistry()
  const repository = 'kyverno/test-verify-image'
  for (const tag of ['signed', 'unsigned', 'signed-by-someone-else'])
    digests.set(tag, putImage(registry.holdings, repository, tag))
  signSimply(registry.holdings, repository, digests.get('signed') ?? '', ours)
  signSimply(registry.holdings, repository, digests.get('signed-by-someone-else') ?? '', somebody)
})
afterAll(async () => registry.stop())

const printed = 'test-image-verify'
const mended = 'test-verify-image'

function pagePolicy(name: string): string {
  return `apiVersion: kyverno.io/v1
kind: ClusterPolicy
metadata:
  name: check-image
spec:
  validationFailureAction: enforce
  background: false
  rules:
    - name: check-image
      match:
        resources:
          kinds:
            - Pod
      verifyImages:
      - image: "${registry.host}/kyverno/${name}:*"
        key: |-
${ours.publicPem.trim().replaceAll(/^/gm, '          ')}
`
}

const imageOf = (tag: string): string => `${registry.host}/kyverno/test-verify-image:${tag}`

/** As somebody writes it: comments, order, quoting, an anchor, Windows line ends in one place. */
function manifestOf(tag: string): string {
  return `# the one that ships
kind: Pod
apiVersion: v1
metadata: {name: ${tag}, labels: &who {app: 'shop'}}
spec:
  nodeSelector: *who
  containers:
  - image: "${imageOf(tag)}"   # the tag moves
    name: web\r
    args: ['--image=${imageOf(tag)}']
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${tag}
spec:
  selector: {matchLabels: {app: shop}}
  template:
    metadata: {labels: {app: shop}}
    spec:
      initContainers:
      - {name: first, image: '${imageOf(tag)}'}
      containers:
      - name: web
        image: ${imageOf(tag)}
`
}

describe('the policy of Kyverno’s first page', () => {
  it('as printed matches none of the page’s images: said of each, and nothing is verified or asked', async () => {
    const before = registry.requests.filter(({ kind }) => kind === 'sig').length
    for (const tag of digests.keys()) {
      const cwd = folderOf({ 'policy.yaml': pagePolicy(printed), 'app.yaml': manifestOf(tag) })
      const ran = await runFaces(cwd, {
        policy: 'policy.yaml',
        manifests: 'app.yaml',
        'pinned-manifests': 'out',
      })
      expectRun(ran, 'nothing-to-verify', [])
      expect(ran.action.exit).toBe(2)
      expect(ran.document.warnings).toEqual(
        expect.arrayContaining([
          `no rule covers ${imageOf(tag)} of Pod/default/${tag}`,
          `no rule covers ${imageOf(tag)}, ${imageOf(tag)} of Deployment/default/${tag}`,
        ]),
      )
      expect(ran.said).toContain(`no rule covers ${imageOf(tag)}`)
      expect(ran.action.outputs['images']).toBe('[]')
      expect(readFileSync(path.join(cwd, 'out/app.yaml'), 'utf8')).toBe(manifestOf(tag))
    }
    expect(registry.requests.filter(({ kind }) => kind === 'sig').length).toBe(before)
  })

  it('mended: the signed image is verified and pinned, and nothing else of the file is changed', async () => {
    const cwd = folderOf({ 'policy.yaml': pagePolicy(mended), 'app.yaml': manifestOf('signed') })
    const ran = await runFaces(cwd, {
      policy: 'policy.yaml',
      manifests: 'app.yaml',
      'pinned-manifests': 'out',
    })
    expectRun(ran, 'verified', ['pass', 'pass', 'pass'])
    const pinned = `${imageOf('signed')}@${digests.get('signed') ?? ''}`
    const text = manifestOf('signed')
      .replace(`image: "${imageOf('signed')}"`, `image: "${pinned}"`)
      .replace(`image: '${imageOf('signed')}'`, `image: '${pinned}'`)
      .replace(`image: ${imageOf('signed')}\n`, `image: ${pinned}\n`)
    expect(readFileSync(path.join(cwd, 'out/app.yaml'), 'utf8')).toBe(text)
    expect(readFileSync(path.join(cwd, 'app.yaml'), 'utf8')).toBe(manifestOf('signed'))
    expect(ran.action.outputs).toMatchObject({
      verdict: 'verified',
      'failure-code': '',
      digest: digests.get('signed'),
      images: JSON.stringify([pinned]),
      'pinned-manifests': 'out',
    })
    expect(
      ran.document.policies.map(({ policy, rule, resource, result }) => [
        policy,
        rule,
        resource?.kind,
        result,
      ]),
    ).toEqual([
      ['check-image', 'check-image', 'Pod', 'pass'],
      ['check-image', 'autogen-check-image', 'Deployment', 'pass'],
      ['check-image', 'autogen-check-image', 'Deployment', 'pass'],
    ])
    expect(ran.document.images).toHaveLength(1)
    expect(ran.document.images[0]?.origins.map(({ line, container }) => [line, container])).toEqual([
      [8, 'web'],
      [22, 'first'],
      [25, 'web'],
    ])
    expect(ran.action.annotations.filter(({ level }) => level === 'error')).toEqual([])
    expect(ran.action.summary).toContain('## ✅ Verified')
    expect(ran.action.summary).toContain('autogen-check-image')
  })

  it('accepts no log entry, as Kyverno 1.4 did, and says so', async () => {
    const cwd = folderOf({ 'policy.yaml': pagePolicy(mended), 'app.yaml': manifestOf('signed') })
    const { document } = await runFaces(cwd, { policy: 'policy.yaml', manifests: 'app.yaml' })
    expect(document.warnings.join('\n')).toMatch(
      /policy\.yaml:15: .*accepted without a transparency-log entry/,
    )
    expect(document.calls.map(({ host }) => host)).toEqual([registry.host])
  })

  it.each([
    ['unsigned', 'unsigned', /expected a signature/],
    ['signed-by-someone-else', 'signature-invalid', /another key made it/],
  ])('mended: %s is blocked', async (tag, code, message) => {
    const cwd = folderOf({ 'policy.yaml': pagePolicy(mended), 'app.yaml': manifestOf(tag) })
    const ran = await runFaces(cwd, {
      policy: 'policy.yaml',
      manifests: 'app.yaml',
      'pinned-manifests': 'out',
    })
    expectRun(ran, code, ['fail', 'fail', 'fail'])
    expect(ran.action.outputs).toMatchObject({
      verdict: 'rejected',
      'failure-class': 'supply-chain',
      images: '[]',
    })
    expect(ran.action.outputs['message']).toMatch(message)
    const [annotation, ...others] = ran.action.annotations.filter(({ level }) => level === 'error')
    expect(others).toEqual([])
    expect(annotation?.title).toBe('Rejected: supply chain')
    expect(annotation?.message).toMatch(message)
    expect(annotation?.place).toBe('app.yaml:8')
    expect(ran.action.summary).toContain('## ❌ Rejected')
    expect(ran.action.summary).toContain(`Deployment/default/${tag}`)
    expect(readFileSync(path.join(cwd, 'out/app.yaml'), 'utf8')).toBe(manifestOf(tag))
  })

  it('mended: all three in one file, each its own verdict, and only the signed one is pinned', async () => {
    const all = [...digests.keys()].map(manifestOf).join('---\n')
    const cwd = folderOf({ 'policy.yaml': pagePolicy(mended), 'app.yaml': all })
    const ran = await runFaces(cwd, {
      policy: 'policy.yaml',
      manifests: 'app.yaml',
      'pinned-manifests': 'out',
    })
    expect(ran.document.images.map(({ verdict, failure }) => failure?.code ?? verdict)).toEqual([
      'verified',
      'unsigned',
      'signature-invalid',
    ])
    expect(ran.action.exit).toBe(1)
    const text = readFileSync(path.join(cwd, 'out/app.yaml'), 'utf8')
    expect(text.match(/@sha256:[0-9a-f]{64}/g)).toEqual(
      Array<string>(3).fill(`@${digests.get('signed') ?? ''}`),
    )
    expect(text.replaceAll(/@sha256:[0-9a-f]{64}/g, '')).toBe(all)
  })
})
