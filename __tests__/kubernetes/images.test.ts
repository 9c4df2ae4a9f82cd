import { readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Evaluate, ImageExtractor } from '../../src/kubernetes/extractor.js'
import { readManifestReference } from '../../src/kubernetes/image-reference.js'
import { imagesOf, type ResourceImages } from '../../src/kubernetes/images.js'
import { parseManifest } from '../../src/kubernetes/manifest.js'
import { pathText } from '../../src/kubernetes/place.js'
import { sharedFolder } from '../harness/shared.js'
import { digest, pod, resourceIn } from './manifests.js'

const podSpec =
  '{initContainers: [{name: i, image: i:v1}], containers: [{name: a, image: a:v1}, {name: b, image: b:v1}], ' +
  'ephemeralContainers: [{name: e, image: e:v1}], volumes: [{name: d, emptyDir: {}}, {name: v, image: {reference: v:v1}}]}'

function told({ images, odd, unlisted }: ResourceImages): unknown {
  return {
    images: images.map(({ text, origin }) => [origin.list, origin.container, text]),
    odd: odd.map(({ kind, message }) => `${kind}: ${message}`),
    unlisted: unlisted.map(({ text, origin }) => [pathText(origin.path), text]),
  }
}

describe('the images of a kind that runs containers', () => {
  it.each([
    ['v1', 'Pod', (spec: string) => `spec: ${spec}`],
    ['v1', 'ReplicationController', (spec: string) => `spec: {template: {spec: ${spec}}}`],
    ['v1', 'PodTemplate', (spec: string) => `template: {spec: ${spec}}`],
    ['apps/v1', 'Deployment', (spec: string) => `spec: {template: {spec: ${spec}}}`],
    ['extensions/v1beta1', 'Deployment', (spec: string) => `spec: {template: {spec: ${spec}}}`],
    ['apps/v1', 'ReplicaSet', (spec: string) => `spec: {template: {spec: ${spec}}}`],
    ['apps/v1', 'StatefulSet', (spec: string) => `spec: {template: {spec: ${spec}}}`],
    ['apps/v1', 'DaemonSet', (spec: string) => `spec: {template: {spec: ${spec}}}`],
    ['batch/v1', 'Job', (spec: string) => `spec: {template: {spec: ${spec}}}`],
    ['batch/v1', 'CronJob', (spec: string) => `spec: {jobTemplate: {spec: {template: {spec: ${spec}}}}}`],
  ])('%s %s are those of its containers and volumes', (apiVersion, kind, wrap) => {
    const found = imagesOf(resourceIn(`apiVersion: ${apiVersion}\nkind: ${kind}\n${wrap(podSpec)}\n`))
    expect(found.knownFrom).toBe('kubernetes')
    expect(told(found)).toEqual({
      images: [
        ['initContainers', 'i', 'i:v1'],
        ['containers', 'a', 'a:v1'],
        ['containers', 'b', 'b:v1'],
        ['ephemeralContainers', 'e', 'e:v1'],
        ['volumes', 'v', 'v:v1'],
      ],
      odd: [],
      unlisted: [],
    })
  })

  it('say where they stand', () => {
    const resource = resourceIn(
      'apiVersion: apps/v1\nkind: Deployment\nmetadata: {generateName: web-, namespace: shop}\n' +
        'spec:\n  template:\n    spec:\n      containers:\n      - name: a\n        image: a:v1\n',
    )
    expect(imagesOf(resource).images[0]!.origin).toEqual({
      file: 'app.yaml',
      line: 9,
      column: 16,
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      namespace: 'shop',
      name: 'web-*',
      list: 'containers',
      container: 'a',
      path: ['spec', 'template', 'spec', 'containers', 0, 'image'],
    })
  })

  it.each([
    ['a missing image', '{name: c}', 'absent: expected an image at spec.containers[0].image, got none'],
    [
      'an empty image',
      '{name: c, image: ""}',
      'absent: expected an image at spec.containers[0].image, got none',
    ],
    ['null', '{name: c, image: ~}', 'absent: expected an image at spec.containers[0].image, got none'],
    [
      'surrounding spaces',
      '{image: " a:v1"}',
      'unusable: expected an image at spec.containers[0].image, got one with white space around it: " a:v1"',
    ],
    [
      'a line end, as a block scalar leaves it',
      '{image: "a:v1\\n"}',
      'unusable: expected an image at spec.containers[0].image, got one with white space around it: "a:v1\\n"',
    ],
    [
      'inner spaces',
      '{image: "a :v1"}',
      'unusable: expected an image at spec.containers[0].image, got one with white space in it: "a :v1"',
    ],
    [
      'spaces alone',
      '{image: " "}',
      'unusable: expected an image at spec.containers[0].image, got white space alone: " "',
    ],
    [
      'a template',
      '{image: "{{ .Values.image }}"}',
      'unusable: expected an image at spec.containers[0].image, got a template that is not rendered: "{{ .Values.image }}"',
    ],
    [
      'a number',
      '{image: 1.10}',
      'unusable: expected an image as text at spec.containers[0].image, got the number 1.1',
    ],
    [
      'a boolean',
      '{image: on}',
      'unusable: expected an image as text at spec.containers[0].image, got the boolean true',
    ],
    [
      'a mapping',
      '{image: {a: b}}',
      'unusable: expected an image as text at spec.containers[0].image, got a mapping',
    ],
    ['a text as container', 'text', 'unusable: expected a mapping at spec.containers[0], got a text'],
  ])('%s in one container is said and hides no sibling', (_, item, message) => {
    expect(told(imagesOf(resourceIn(pod(`${item}, {name: d, image: d:v1}`))))).toEqual({
      images: [['containers', 'd', 'd:v1']],
      odd: [message],
      unlisted: [],
    })
  })

  it.each([
    ['no name', '{image: a:v1}'],
    ['a name that is a boolean in YAML 1.1', '{name: n, image: a:v1}'],
    ['a name twice', '{name: x, image: a:v1}, {name: x, image: a:v1}'],
  ])('are found in containers with %s, where Kyverno passes over some', (_, items) => {
    const { images, odd } = imagesOf(resourceIn(pod(items)))
    expect(images).toHaveLength(items.split('a:v1').length - 1)
    expect(odd).toEqual([])
  })

  it.each([
    ['apiVersion: v1\nkind: Pod\n', 'unusable: expected a Pod at spec, got nothing'],
    ['apiVersion: v1\nkind: Pod\nspec: text\n', 'unusable: expected a Pod at spec, got a text'],
    ['apiVersion: v1\nkind: Pod\nspec: {}\n', 'absent: expected containers at spec, got none'],
    [
      'apiVersion: v1\nkind: Pod\nspec: {containers: {a: {image: a:v1}}}\n',
      'unusable: expected a list at spec.containers, got a mapping',
    ],
    [
      'apiVersion: v1\nkind: Pod\nspec: {containers: [], volumes: [{image: {}}]}\n',
      'absent: expected an image at spec.volumes[0].image.reference, got none',
    ],
    ['apiVersion: v1\nkind: Pod\nspec: {containers: [], volumes: [{image: a:v1}]}\n', undefined],
  ])('%j lacks them, and that is said', (text, message) => {
    const { images, odd } = imagesOf(resourceIn(text))
    if (message === undefined) expect(images.map((image) => image.text)).toEqual(['a:v1'])
    else expect(odd.map((one) => `${one.kind}: ${one.message}`)).toEqual([message])
  })
})

describe('a kind that nobody knows', () => {
  it.each([
    [
      'a Pod template',
      'argoproj.io/v1alpha1',
      'Rollout',
      'spec: {template: {spec: {containers: [{name: c, image: a:v1}]}}}',
      [['spec.template.spec.containers[0].image', 'a:v1']],
    ],
    [
      'an operator',
      'monitoring.coreos.com/v1',
      'Prometheus',
      'spec: {image: quay.io/p:v2, baseImage: quay.io/p, logo: {iconImage: "https://x.example/y.png"}, userImage: on}',
      [
        ['spec.image', 'quay.io/p:v2'],
        ['spec.baseImage', 'quay.io/p'],
      ],
    ],
    [
      'Helm values',
      'helm.toolkit.fluxcd.io/v2',
      'HelmRelease',
      'spec: {values: {image: {repository: ghcr.io/x/y, tag: v1}}}',
      [['spec.values.image', 'ghcr.io/x/y']],
    ],
    ['Knative', 'serving.knative.dev/v1', 'Service', 'spec: {image: a}', [['spec.image', 'a']]],
    ['nothing', 'example.com/v1', 'Thing', 'spec: {image: "", images: [a]}', []],
    ['a ConfigMap', 'v1', 'ConfigMap', 'data: {image: a:v1}', []],
    ['a policy', 'kyverno.io/v1', 'ClusterPolicy', 'spec: {rules: [{image: "a:*"}]}', []],
  ])('has what looks like images listed apart: %s', (_, apiVersion, kind, text, unlisted) => {
    const found = imagesOf(resourceIn(`apiVersion: ${apiVersion}\nkind: ${kind}\n${text}\n`))
    expect(found).toMatchObject({ knownFrom: 'nobody', images: [], odd: [] })
    expect(told(found)).toMatchObject({ unlisted })
  })

  it('but has the name of a known one, is read by it, and searched for more', () => {
    const found = imagesOf(
      resourceIn(
        'apiVersion: batch.volcano.sh/v1alpha1\nkind: Job\n' +
          'spec: {template: {spec: {containers: [{image: a:v1}]}}, tasks: [{template: {spec: {containers: [{image: b:v1}]}}}]}\n',
      ),
    )
    expect(found.knownFrom).toBe('nobody')
    expect(told(found)).toEqual({
      images: [['containers', undefined, 'a:v1']],
      odd: [],
      unlisted: [['spec.tasks[0].template.spec.containers[0].image', 'b:v1']],
    })
  })

  it('shows at most 100 of them', () => {
    const text = `apiVersion: x.example/v1\nkind: X\nspec: [${'{image: a},'.repeat(5000)}]\n`
    expect(imagesOf(resourceIn(text)).unlisted).toHaveLength(100)
  })
})

describe("Kyverno's image extractors", () => {
  const task = resourceIn(
    'apiVersion: tekton.dev/v1\nkind: Task\nspec:\n  steps:\n  - {name: s1, image: "docker://a:v1"}\n' +
      '  - {name: s2, image: b:v1}\n  - {name: s3}\n  - {name: s4, image: 12}\n  map: {x: {image: c:v1}, y: ~}\n  one: d:v1\n',
  )
  const trim: Evaluate = (expression, value) =>
    expression === 'trim' ? value.replace('docker://', '') : { problem: `no ${expression}` }

  it.each<[string, ImageExtractor, readonly unknown[], readonly string[]]>([
    [
      'a list with * and a key',
      { path: '/spec/steps/*', value: 'image', key: 'name', name: 'steps' },
      [
        ['steps', 's1', 'docker://a:v1'],
        ['steps', 's2', 'b:v1'],
      ],
      [
        'absent: expected an image at spec.steps[2].image, got none',
        'unusable: expected an image as text at spec.steps[3].image, got the number 12',
      ],
    ],
    [
      'the last of the path is the value',
      { path: ' spec / map //*/image ' },
      [['custom', undefined, 'c:v1']],
      [],
    ],
    ['a single one', { path: 'spec/one' }, [['custom', undefined, 'd:v1']], []],
    [
      'an expression',
      { path: '/spec/steps/*/image', jmesPath: 'trim' },
      [
        ['custom', undefined, 'a:v1'],
        ['custom', undefined, 'b:v1'],
      ],
      [
        'absent: expected an image at spec.steps[2].image, got none',
        'unusable: expected an image as text at spec.steps[3].image, got the number 12',
      ],
    ],
    [
      'an expression that fails',
      { path: 'spec/one', jmesPath: 'x' },
      [],
      ['unusable: expected an image at spec.one, got no x'],
    ],
    ['nothing there', { path: '/spec/nosuch/*/image' }, [], []],
    [
      'another shape',
      { path: '/spec/steps/image' },
      [],
      ['unusable: expected a mapping at spec.steps, got a list'],
    ],
    [
      'members of a text',
      { path: '/spec/one/*/image' },
      [],
      ['unusable: expected a list or a mapping at spec.one, got a text'],
    ],
    ...['', '/', '/spec/steps/*'].map(
      (broken): [string, ImageExtractor, readonly unknown[], readonly string[]] => [
        `the path ${JSON.stringify(broken)}`,
        { path: broken },
        [],
        [
          `unusable: expected an image extractor whose path ends with the key of the image at the resource, got ${JSON.stringify(broken)}`,
        ],
      ],
    ),
  ])('find images by %s', (_, extractor, images, odd) => {
    const found = imagesOf(task, new Map([['Task', [extractor]]]), trim)
    expect(found.knownFrom).toBe('extractors')
    expect(told(found)).toMatchObject({ images, odd })
  })

  it('with an expression find texts that are not written anywhere', () => {
    const extractors = new Map([['Task', [{ path: 'spec/one', jmesPath: 'trim' }]]])
    expect(imagesOf(task, extractors, trim).images[0]!.isWritten).toBe(false)
    expect(imagesOf(task, extractors).odd[0]!.message).toContain('a jmesPath, which is not evaluated here')
  })

  it('take the place of what is known of a kind, and what they leave out is listed apart', () => {
    const resource = resourceIn(pod('{image: a:v1, other: b:v1}, {image: c:v1}'))
    const extractors = new Map([['Pod', [{ path: '/spec/containers/*/other' }]]])
    expect(told(imagesOf(resource, extractors))).toEqual({
      images: [['custom', undefined, 'b:v1']],
      odd: ['absent: expected an image at spec.containers[1].other, got none'],
      unlisted: [
        ['spec.containers[0].image', 'a:v1'],
        ['spec.containers[1].image', 'c:v1'],
      ],
    })
    expect(imagesOf(resource, new Map([['Task', []]])).images).toHaveLength(2)
  })
})

describe('an image of a manifest', () => {
  it.each([
    ['nginx', 'docker.io', 'library/nginx', 'latest'],
    ['localhost:5000/a/b', 'localhost:5000', 'a/b', 'latest'],
    ['registry.example:5000/a:v1', 'registry.example:5000', 'a', 'v1'],
  ])('%s is read as a kubelet does', (text, registry, repository, tag) => {
    expect(readManifestReference(text)).toMatchObject({ reference: { registry, repository, tag } })
  })

  it('without a tag has a warning, with a digest it has none', () => {
    expect(readManifestReference('nginx')).toMatchObject({
      warning: expect.stringContaining('latest') as string,
    })
    for (const text of ['nginx:v1', `nginx@${digest}`])
      expect(readManifestReference(text)).not.toHaveProperty('warning')
  })

  it.each([
    'oci-layout://etc',
    's3://b/a:v1',
    'local://s/a:v1',
    'docker://a:v1',
    '',
    'A/B',
    'a:',
    ':v1',
    'a b',
    `a@${digest}x`,
  ])('%j is none', (text) => {
    expect(readManifestReference(text)).toMatchObject({ kind: 'unreadable', text })
  })
})

describe("the manifests of Kyverno's cases", () => {
  const folder = sharedFolder('fixtures/kyverno/manifests')
  /** Images, odd places, images where nobody looks, problems; where other than one image for each that is written. */
  const special: Readonly<Record<string, readonly [number, number, number, number]>> = {
    'i-json-ok.json': [0, 0, 0, 1],
    'i-json.json': [0, 0, 0, 1],
    'k-edge-anchors.yaml': [2, 0, 0, 0],
    'k-edge-broken.yaml': [1, 0, 0, 1],
    'k-edge-crd.yaml': [0, 0, 1, 0],
    'k-edge-dupkey.yaml': [0, 0, 0, 1],
    'k-edge-emptyimage.yaml': [1, 1, 0, 0],
    'k-edge-helm.yaml': [0, 0, 0, 1],
    'k-edge-nokind.yaml': [0, 0, 0, 1],
    'k-edge-spaces.yaml': [0, 1, 0, 0],
    'k-ext-jmes.yaml': [0, 0, 1, 0],
    'k-ext-task.yaml': [0, 0, 2, 0],
  }

  it.runIf(folder !== undefined)('give the images that stand in them', () => {
    const files = readdirSync(folder!)
    expect(files.length).toBeGreaterThan(140)
    const got = files.map((file) => {
      const { resources, problems } = parseManifest(file, readFileSync(path.join(folder!, file), 'utf8'))
      const found = resources.map((resource) => imagesOf(resource))
      const count = (list: (one: ResourceImages) => readonly unknown[]) => found.flatMap(list).length
      return [
        file,
        [count((one) => one.images), count((one) => one.odd), count((one) => one.unlisted), problems.length],
      ]
    })
    const wanted = files.map((file) => {
      const text = readFileSync(path.join(folder!, file), 'utf8')
      const written = text.match(/\b(?:image|reference): *["']?[^\s"']/g) ?? []
      return [file, special[file] ?? [written.length, 0, 0, 0]]
    })
    expect(Object.fromEntries(got)).toEqual(Object.fromEntries(wanted))
  })
})
