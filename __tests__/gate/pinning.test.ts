import { describe, expect, it } from 'vitest'
import { pinVerified } from '../../src/gate/pinning.js'
import type { Plan } from '../../src/gate/target.js'
import { met } from '../../src/verdict/finding.js'
import type { ImageResult, Verdict } from '../../src/verdict/result.js'
import { digest, imagesIn, otherDigest, pod, read } from '../kubernetes/manifests.js'

const result = (reference: string, verdict: Verdict, of: string | null = digest): ImageResult => ({
  reference,
  digest: of,
  pinned: null,
  verdict,
  failure: null,
  signatures: [],
  finding: met('image', ''),
  attempts: [],
})

function planOf(...texts: readonly string[]): Plan {
  const manifests = texts.map((text, index) => read(text, `m${index}.yaml`))
  const places = manifests.flatMap((manifest) =>
    imagesIn(manifest).map((image) => ({ image, reference: image.text })),
  )
  return { targets: [], manifests, places, skipped: [], policyFiles: [], warnings: [], problems: [] }
}
const two = pod(`{name: a, image: 'r.example/a:v1'}, {name: b, image: "r.example/b:v1"}`)

describe('manifests with the digests of what was verified', () => {
  it.each<[string, readonly ImageResult[], string]>([
    [
      'both',
      [result('r.example/a:v1', 'verified'), result('r.example/b:v1', 'verified', otherDigest)],
      pod(`{name: a, image: 'r.example/a:v1@${digest}'}, {name: b, image: "r.example/b:v1@${otherDigest}"}`),
    ],
    [
      'one verified, one rejected',
      [result('r.example/a:v1', 'verified'), result('r.example/b:v1', 'rejected')],
      pod(`{name: a, image: 'r.example/a:v1@${digest}'}, {name: b, image: "r.example/b:v1"}`),
    ],
    ['one undetermined', [result('r.example/a:v1', 'undetermined')], two],
    ['one admitted without a digest', [result('r.example/a:v1', 'verified', null)], two],
    [
      'one with a digest that is none',
      [result('r.example/a:v1', 'verified', "sha256:x'}, {image: evil")],
      two,
    ],
    ['none judged', [], two],
    ['an image that stands nowhere', [result('r.example/c:v1', 'verified')], two],
    ['another tag', [result('r.example/a:v2', 'verified')], two],
  ])('%s', async (_, images, text) => {
    const { manifests, warnings } = await pinVerified(planOf(two), images)
    expect(manifests.map((one) => one.text)).toEqual([text])
    expect(warnings).toEqual([])
  })

  it('each file by itself, also where nothing is pinned', async () => {
    const plan = planOf(two, pod(`{name: a, image: 'r.example/a:v1'}`), '# nothing\n')
    const { manifests } = await pinVerified(plan, [result('r.example/a:v1', 'verified')])
    expect(manifests.map(({ file, changed }) => [file, changed])).toEqual([
      ['m0.yaml', 1],
      ['m1.yaml', 1],
      ['m2.yaml', 0],
    ])
    expect(manifests[2]?.text).toBe('# nothing\n')
  })

  it('a file in which a digest would reach what was not verified is told, with its line', async () => {
    const shared = `apiVersion: v1\nkind: Pod\nmetadata: {name: app, annotations: {was: &i 'r.example/a:v1'}}\nspec: {containers: [{name: a, image: *i}]}\n`
    const { manifests, warnings } = await pinVerified(planOf(shared, two), [
      result('r.example/a:v1', 'verified'),
    ])
    expect(manifests.map(({ file }) => file)).toEqual(['m1.yaml'])
    expect(warnings).toHaveLength(1)
    expect(warnings[0]).toMatch(/^m0\.yaml:\d+: the manifest is not written with digests: [^{]+$/)
  })
})
