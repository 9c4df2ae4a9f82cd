import { attestorOf } from './attestation-types.js'
import type { Attestation } from './collection.js'
import { bindingsOf, type ImageDigests } from './image.js'

/**
 * The rule of the container-image tutorial compares two fields that no attestor writes, so that it never fires. Here
 * it gets them: what cilock has of the image, and what cosign signed. They are equal when the attestation is about the
 * image in question.
 */
export const subjectMatchPackage = 'data.image.subject_match'
export const subjectMatchFields: readonly string[] = ['image_digest', 'cosign_subject']

/** The attestation's JSON with the two fields. */
export function withSubjectMatch({ type, json }: Attestation, image: ImageDigests): string {
  const attestor = attestorOf(type)
  if (attestor !== 'oci/v0.1' && attestor !== 'docker/v0.1') return json
  const value: unknown = JSON.parse(json)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return json
  const has = bindingsOf({ type, json })
  const same = has.some(({ digest }) => digest === image.index || isOf(image, digest))
  const own = has[0]?.digest
  return JSON.stringify({
    ...value,
    image_digest: same ? image.signed : (own ?? null),
    cosign_subject: image.signed,
  })
}

function isOf({ platforms }: ImageDigests, digest: string): boolean {
  return platforms.some(({ manifest, config }) => digest === manifest || digest === config)
}
