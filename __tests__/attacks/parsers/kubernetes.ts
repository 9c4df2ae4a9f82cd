import { readFileSync } from 'node:fs'
import path from 'node:path'
import { imagesOf } from '../../../src/kubernetes/images.js'
import { readJson } from '../../../src/kubernetes/json-text.js'
import { parseManifest } from '../../../src/kubernetes/manifest.js'
import { readPlainScalar } from '../../../src/kubernetes/scalar.js'
import { suspects } from '../../../src/kubernetes/suspect.js'
import { readYaml } from '../../../src/kubernetes/yaml-text.js'
import type { Parser } from '../harness/fuzz-attack.js'

const deployment = readFileSync(
  path.resolve(import.meta.dirname, '../../../examples/deploy/web.yaml'),
  'utf8',
)
const cronJob = `apiVersion: batch/v1
kind: CronJob
metadata: {name: a}
spec:
  jobTemplate:
    spec:
      template:
        spec:
          initContainers: &shared
            - {name: i, image: "registry.example/a:v1"} # a comment
          containers: *shared
          volumes:
            - image: {reference: 'registry.example/b:v1'}
`
const list = JSON.stringify({
  apiVersion: 'v1',
  kind: 'List',
  items: [
    {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'a' },
      spec: { containers: [{ name: 'a', image: 'a:1' }] },
    },
  ],
})
export const manifests = [deployment, cronJob, list, 'a: |\n  b\n---\nc: >-\n  d\n...\n']

/** Everything that is read of a manifest. */
function readAll(text: string): unknown {
  const manifest = parseManifest('app.yaml', text)
  return [
    manifest.problems,
    manifest.resources.map((resource) => {
      const { images, ...others } = imagesOf(resource)
      return [images.map(({ origin }) => origin.path), others, suspects(resource, new Set()).length]
    }),
  ]
}

export const kubernetesParsers: readonly Parser[] = [
  { name: 'a manifest', texts: manifests, read: readAll },
  { name: 'YAML', texts: manifests, read: (text: string): unknown => readYaml(text) },
  { name: 'JSON', texts: [list], read: (text: string): unknown => readJson(text) },
  {
    name: 'a scalar',
    texts: ['0x1f', '1.5e3', '.inf', '~', 'yes', '2026-01-01', '0o17', '1_000'],
    read: readPlainScalar,
  },
]
