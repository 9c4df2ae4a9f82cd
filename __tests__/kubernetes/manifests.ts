import { imagesOf } from '../../src/kubernetes/images.js'
import { type Manifest, parseManifest, type Resource } from '../../src/kubernetes/manifest.js'
import type { ManifestImage } from '../../src/kubernetes/place.js'
import type { Digest } from '../../src/reference/reference.js'

export const digest: Digest = `sha256:${'ab'.repeat(32)}`
export const otherDigest: Digest = `sha256:${'cd'.repeat(32)}`

export function read(text: string, file = 'app.yaml'): Manifest {
  return parseManifest(file, text)
}

/** The only resource of a text that has no problem. */
export function resourceIn(text: string, file = 'app.yaml'): Resource {
  const { resources, problems } = read(text, file)
  const [resource] = resources
  if (resource === undefined || resources.length > 1 || problems.length > 0)
    throw new Error(`expected one resource, got ${resources.length} and ${JSON.stringify(problems)}`)
  return resource
}

export function imagesIn(manifest: Manifest): readonly ManifestImage[] {
  return manifest.resources.flatMap((resource) => imagesOf(resource).images)
}

/** A Pod with the containers as given, in flow style. */
export function pod(containers: string): string {
  return `apiVersion: v1\nkind: Pod\nmetadata: {name: app}\nspec: {containers: [${containers}]}\n`
}
