import { readManifestReference } from '../../../src/kubernetes/image-reference.js'
import { parseImage } from '../../../src/policy/kyverno/image.js'
import { readImageName, readRepository } from '../../../src/policy/cluster-image/image-name.js'
import { imageName } from '../../../src/policy/jmespath/image-name.js'
import { parseReference } from '../../../src/reference/parse.js'
import { isDigest } from '../../../src/reference/reference.js'
import type { Parser } from '../harness/fuzz-attack.js'

const digest = `sha256:${'ab'.repeat(32)}` as const
export const references = [
  'registry.example:5000/team/app:v1',
  `registry.example/team/app@${digest}`,
  `registry.example/team/app:v1@${digest}`,
  'app:latest',
  's3://bucket/team/app:v1',
  'gs://bucket/app:v1',
  'az://account/container/app:v1',
  'local://./store/app:v1',
  'oci-layout://./dir:v1',
  '[::1]:5000/a/b:c',
  'localhost/app:v1',
]

export const referenceParsers: readonly Parser[] = [
  { name: 'a reference', texts: references, read: parseReference },
  { name: 'a reference in a manifest', texts: references, read: readManifestReference },
  { name: 'an image in Kyverno', texts: references, read: parseImage },
  { name: 'an image in a ClusterImagePolicy', texts: references, read: readImageName },
  { name: 'a repository in a ClusterImagePolicy', texts: references, read: readRepository },
  { name: 'an image in JMESPath', texts: references, read: imageName },
  { name: 'a digest', texts: [digest], read: isDigest },
]
