import type { Attestation, Attestor } from './model.js'

/**
 * What an evaluation asks of the world. Each may throw an OpenQuestion for what is not known (yet); the answer stays the
 * same for the same question. Attestors come with their expressions evaluated.
 */
export interface Host {
  /** How many of the attestors have signed the image. */
  readonly verifyImageSignatures: (image: string, attestors: readonly Attestor[]) => number
  /** How many of them have signed an attestation of this type for it. */
  readonly verifyAttestationSignatures: (
    image: string,
    attestation: Attestation,
    attestors: readonly Attestor[],
  ) => number
  /** The statement of a verified attestation, or the payload of a referrer, as JSON. */
  readonly extractPayload: (image: string, attestation: Attestation) => unknown
  /** What Kyverno's own function has as fields; others are an error there too. */
  readonly getImageData: (image: string) => Readonly<Record<string, unknown>>
}
