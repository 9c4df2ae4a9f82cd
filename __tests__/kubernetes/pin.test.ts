import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { imagesOf } from '../../src/kubernetes/images.js'
import type { Manifest } from '../../src/kubernetes/manifest.js'
import { type Pinned, pinImages } from '../../src/kubernetes/pin.js'
import type { ManifestImage } from '../../src/kubernetes/place.js'
import { type Digest, isDigest } from '../../src/reference/reference.js'
import { sharedFolder } from '../harness/shared.js'
import { digest, imagesIn, otherDigest, pod, read, resourceIn } from './manifests.js'

function pinAll(manifest: Manifest, give: (image: ManifestImage) => Digest = () => digest): Pinned {
  return pinImages(
    manifest,
    imagesIn(manifest).map((image) => ({ image, digest: give(image) })),
  )
}

function textOf(pinned: Pinned): string {
  if (pinned.kind === 'unpinned') throw new Error(JSON.stringify(pinned.problems))
  return pinned.text
}

function whyNot(pinned: Pinned): readonly string[] {
  return pinned.kind === 'unpinned' ? pinned.problems.map(({ message }) => message) : []
}

describe('a pinned image', () => {
  const d = `@${digest}`
  it.each([
    ['plain', 'image: r.example/a:v1', `image: r.example/a:v1${d}`],
    ['plain with a comment', 'image:   a:v1   # the app', `image:   a:v1${d}   # the app`],
    ['single-quoted', "image: 'a:v1'", `image: 'a:v1${d}'`],
    ['double-quoted', 'image: "a:v1"# x'.replace('#', ' #'), `image: "a:v1${d}" # x`],
    ['with escapes', 'image: "\\x61:v\\u0031"', `image: "\\x61:v\\u0031${d}"`],
    ['over lines', 'image: "a:\\\n      v1"', `image: "a:\\\n      v1${d}"`],
    ['a literal block', 'image: |-\n      a:v1\n\n', `image: |-\n      a:v1${d}\n\n`],
    ['a folded block', 'image: >-   # c\n      a:v1\n', `image: >-   # c\n      a:v1${d}\n`],
    ['with an anchor', 'image: &img a:v1', `image: &img a:v1${d}`],
    ['with a tag of YAML', 'image: !!str a:v1', `image: !!str a:v1${d}`],
    ['as explicit entry', '? image\n    : a:v1', `? image\n    : a:v1${d}`],
    ['without a tag', 'image: localhost:5000/a', `image: localhost:5000/a:latest${d}`],
    ['with the digest already', `image: a:v1${d}`, `image: a:v1${d}`],
    ['with the digest and no tag', `image: a${d}`, `image: a${d}`],
  ])('%s keeps all other letters', (_, before, after) => {
    const around = (image: string) =>
      `# first\napiVersion: v1\nkind: Pod   \nmetadata:\n    name:   app\nspec:\n  containers:\n  - name: 'c'\n    ${image}\n    args: [ "x" ,y ]\n# last`
    for (const end of ['', '\n', '\n\n', '\n...\n']) {
      for (const eol of ['\n', '\r\n']) {
        const write = (image: string) => `${around(image)}${end}`.replaceAll('\n', eol)
        const pinned = pinAll(read(write(before)))
        expect(textOf(pinned)).toBe(write(after))
        expect(pinned).toMatchObject({ changed: before === after ? 0 : 1 })
      }
    }
  })

  it.each([
    ['{"apiVersion":"v1","kind":"Pod","spec":{"containers":[{"image":"a:v1"}]}}', 'app.json'],
    [
      '\uFEFF{\t"apiVersion": "v1", "kind": "Pod",\r\n"spec": {"containers": [{"image" : "\\u0061:v1" }]}}\n{"apiVersion":"v1","kind":"Pod","spec":{"containers":[{"image":"a:v1"}]}}',
      'app.json',
    ],
    [`\uFEFF${pod('{image: a:v1}, {"image":a:v1}, { image: a:v1 , name: b}')}`, 'app.yaml'],
    [
      `---\n{"apiVersion":"v1","kind":"Pod","spec":{"containers":[{"image":"a:v1"}]}}\n---\n${pod('{image: a:v1}')}`,
      'app.yaml',
    ],
    [
      `apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: Pod, spec: {containers: [{image: a:v1}], volumes: [{image: {reference: b:v1}}]}}\n`,
      'app.yaml',
    ],
  ])('stands in %j', (text, file) => {
    const pinned = textOf(pinAll(read(text, file)))
    expect(pinned.replaceAll(`@${digest}`, '')).toBe(text)
    expect(pinned.split(`@${digest}`)).toHaveLength(imagesIn(read(text, file)).length + 1)
  })

  it('may be a block that ends with the text', () => {
    for (const style of ['|', '>', '|+', '>-']) {
      const text = `apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - image: ${style}\n      a:v1`
      expect(textOf(pinAll(read(text)))).toBe(`${text}@${digest}`)
    }
  })

  it('is one of those that are given; the rest stays', () => {
    const manifest = read(pod('{image: a:v1}, {image: a:v1}, {image: b}'))
    const images = imagesIn(manifest)
    expect(textOf(pinImages(manifest, [{ image: images[1]!, digest }]))).toBe(
      pod(`{image: a:v1}, {image: a:v1@${digest}}, {image: b}`),
    )
    expect(pinImages(manifest, [])).toEqual({ kind: 'pinned', text: manifest.text, changed: 0 })
    expect(textOf(pinImages(manifest, images.map((image) => ({ image, digest })).toReversed()))).toBe(
      pod(`{image: a:v1@${digest}}, {image: a:v1@${digest}}, {image: b:latest@${digest}}`),
    )
  })

  it('stands beside documents that cannot be read, which stay as they are', () => {
    const text = `${pod('{image: a:v1}')}---\na: [\n---\nx: 1\nx: 2\n---\n${pod('{image: b:v1}')}`
    expect(textOf(pinAll(read(text))).replaceAll(`@${digest}`, '')).toBe(text)
  })
})

describe('an image that cannot be pinned', () => {
  it.each([
    ['another digest', pod(`{image: a:v1@${otherDigest}}`), 'pinned to another digest'],
    ['no reference', pod('{image: A/B}'), 'illegal name component'],
    ['a folder', pod('{image: "oci-layout://etc"}'), 'Kubernetes pulls from nowhere else'],
  ])('has %s', (_, text, message) => {
    const pinned = pinAll(read(text))
    expect(whyNot(pinned)).toEqual([expect.stringContaining(message)])
    expect(pinned).toMatchObject({ problems: [{ file: 'app.yaml', line: 4 }] })
  })

  it('is made by an image extractor of another text', () => {
    const manifest = read('apiVersion: x/v1\nkind: T\nimage: docker://a:v1\n')
    const extractors = new Map([['T', [{ path: 'image', jmesPath: 'x' }]]])
    const { images } = imagesOf(manifest.resources[0]!, extractors, () => 'a:v1')
    expect(whyNot(pinImages(manifest, [{ image: images[0]!, digest }]))).toEqual([
      expect.stringContaining('an image extractor makes it of another text'),
    ])
    const plain = imagesOf(
      read('apiVersion: x/v1\nkind: T\nimage: a:v1\n').resources[0]!,
      new Map([['T', [{ path: 'image' }]]]),
    )
    expect(whyNot(pinImages(manifest, [{ image: plain.images[0]!, digest }]))).toEqual([
      expect.stringContaining('it is in another manifest'),
    ])
  })

  it('hides no other problem', () => {
    expect(whyNot(pinAll(read(pod(`{image: A}, {image: a:v1}, {image: b@${otherDigest}}`))))).toHaveLength(2)
  })
})

describe('an image that an anchor repeats', () => {
  it.each([
    ['a text', '{image: &i a:v1}, {image: *i}'],
    ['a container', '&c {image: a:v1}, *c'],
    ['a merged container', '&c {name: c, image: a:v1}, {<<: *c, name: d}'],
  ])('is written once when all uses get one digest: %s', (_, containers) => {
    const manifest = read(pod(containers))
    expect(textOf(pinAll(manifest))).toBe(pod(containers.replace('a:v1', `a:v1@${digest}`)))
    const [first, second] = imagesIn(manifest)
    expect(whyNot(pinImages(manifest, [{ image: first!, digest }]))).toEqual([
      expect.stringContaining('uses it at 2 places, and 1 of them are pinned'),
    ])
    expect(
      whyNot(
        pinImages(manifest, [
          { image: first!, digest },
          { image: first!, digest },
        ]),
      ),
    ).toHaveLength(1)
    expect(
      whyNot(
        pinImages(manifest, [
          { image: first!, digest },
          { image: second!, digest: otherDigest },
        ]),
      ).join(),
    ).toContain('shares it with Pod app spec.containers[0].image')
  })

  it('is not written when something else uses it', () => {
    for (const rest of ['args: [*i]', 'x: {<<: {y: *i}}'])
      expect(whyNot(pinAll(read(`${pod('{image: &i a:v1}')}${rest}\n`)))).toEqual([
        expect.stringContaining('uses it at 2 places, and 1 of them are pinned'),
      ])
  })

  it('may be replaced where it is merged', () => {
    const text = pod('&c {name: c, image: a:v1}, {<<: *c, image: b:v1}')
    const [first] = imagesIn(read(text))
    const manifest = read(text)
    expect(first!.text).toBe('a:v1')
    expect(textOf(pinImages(manifest, [{ image: imagesIn(manifest)[0]!, digest }]))).toBe(
      text.replace('a:v1', `a:v1@${digest}`),
    )
  })

  it('may stand in several resources of a List', () => {
    const text =
      'apiVersion: v1\nkind: List\nitems: [&p {apiVersion: v1, kind: Pod, spec: {containers: [{image: a:v1}]}}, *p]\n'
    expect(textOf(pinAll(read(text)))).toBe(text.replace('a:v1', `a:v1@${digest}`))
  })

  it('is proven by reading the outcome: a key that would change with it keeps the file as it is', () => {
    const pinned = pinAll(read(`${pod('{image: &i a}')}*i : x\n`))
    expect(whyNot(pinned)).toEqual([expect.stringContaining('would change more than its images')])
  })
})

/** Numbers that are the same in each run (mulberry32). */
function numbers(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

describe('pinning undone', () => {
  it('gives the same letters back, for many manifests', () => {
    const next = numbers(20261101)
    const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)]!
    let pinnedImages = 0
    for (let round = 0; round < 300; round++) {
      const image = () => {
        const name =
          pick(['a', 'r.example/a-b', 'localhost:5000/x/y', '127.0.0.1:5511/sig/a', 'docker.io/library/z']) +
          pick(['', ':v1', ':1.0_x-y'])
        const inline = pick([
          name,
          `'${name}'`,
          `"${name}"`,
          `!!str ${name}`,
          `&n${Math.floor(next() * 1e9)} ${name}`,
        ])
        return pick([
          inline,
          `${inline}  # note: a:v1`,
          `${inline}\t`,
          `|-\n            ${name}`,
          `>-  # folded\n\n            ${name}\n`,
        ])
      }
      const list = () =>
        Array.from({ length: 1 + Math.floor(next() * 4) }, (_, index) =>
          pick([
            `    - name: c${index}\n      image: ${image()}\n`,
            `    # image: none\n    -   image:   ${image()}\n\n        name: "c${index}"\n`,
            `    - {name: c${index}, image: "x:v${index}"}\n`,
          ]),
        ).join('')
      const document = () =>
        `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: w${round}}\nspec:\n  template:\n   spec:\n    containers:\n${list()}${pick(['', `    initContainers:\n${list()}`])}`
      const text = Array.from({ length: 1 + Math.floor(next() * 3) }, document)
        .join(pick(['---\n', '\n--- # next\n\n', '...\n---\n']))
        .replaceAll('\n', pick(['\n', '\r\n']))
      const manifest = read(text)
      expect(manifest.problems).toEqual([])
      const digests = imagesIn(manifest).map(() => pick([digest, otherDigest]))
      const chosen = imagesIn(manifest).map((one, index) => ({ image: one, digest: digests[index]! }))
      const after = textOf(pinImages(manifest, chosen))
      expect(after.replaceAll(/(?::latest)?@sha256:(?:ab|cd){32}/g, '')).toBe(text)
      expect(imagesIn(read(after)).map((one) => one.text.split('@')[1])).toEqual(digests)
      // What is pinned already stays.
      const again = read(after)
      const same = imagesIn(again).map((one, index) => ({ image: one, digest: digests[index]! }))
      expect(pinImages(again, same)).toEqual({ kind: 'pinned', text: after, changed: 0 })
      pinnedImages += digests.length
    }
    expect(pinnedImages).toBeGreaterThan(1000)
  })
})

interface PinnedCase {
  readonly id: string
  readonly resource: string
  readonly peer_defect?: string
  readonly expect: { readonly pinned?: readonly Readonly<Record<string, readonly string[]>>[] }
}

describe("what Kyverno's mutation writes", () => {
  const folder = sharedFolder('fixtures/kyverno')

  it.runIf(folder !== undefined)('is what is written here, for the images that it pinned', () => {
    const { cases } = JSON.parse(readFileSync(path.join(folder!, 'index.json'), 'utf8')) as {
      cases: readonly PinnedCase[]
    }
    let written = 0
    for (const one of cases) {
      const lists = one.expect.pinned
      if (lists === undefined) continue
      const manifest = read(readFileSync(path.join(folder!, one.resource), 'utf8'), one.resource)
      const theirs = lists.flatMap((list) => [
        ...(list['initContainers'] ?? []),
        ...(list['containers'] ?? []),
      ])
      const images = imagesIn(manifest)
      const pins = images.flatMap((image, index) => {
        const theirDigest = theirs[index]?.split('@')[1] ?? ''
        return isDigest(theirDigest) ? [{ image, digest: theirDigest }] : []
      })
      const after = textOf(pinImages(manifest, pins))
      expect([one.id, imagesIn(read(after)).map(({ text }) => text)]).toEqual([one.id, theirs])
      written += pins.length
    }
    expect(written).toBeGreaterThan(10)
  })

  it('has the registry filled in, which is not done here', () => {
    const manifest = read(pod('{image: nginx}'))
    expect(imagesOf(resourceIn(textOf(pinAll(manifest)))).images[0]!.text).toBe(`nginx:latest@${digest}`)
  })
})
