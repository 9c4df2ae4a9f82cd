/** An image of a fleet, and who named it. */
export interface FleetImage {
  readonly reference: string
  /** It was given by itself. */
  readonly given: boolean
  /** A manifest names it. */
  readonly inManifests: boolean
}

/** How a fleet is split: into so many shards, or into shards of at most so many images. */
export type Into = { readonly shards: number } | { readonly size: number }

/** Jobs that a matrix of GitHub's may have. */
export const mostShards = 256

/**
 * Splits a fleet into shards whose sizes differ by one at most. Only the references decide what comes where, not their
 * order: they are sorted, so that what lies in one registry and repository comes together, and signs in once.
 */
export function split(images: readonly FleetImage[], into: Into): readonly (readonly FleetImage[])[] {
  const once = new Map<string, FleetImage>()
  for (const image of images) {
    const before = once.get(image.reference)
    once.set(image.reference, {
      reference: image.reference,
      given: image.given || before?.given === true,
      inManifests: image.inManifests || before?.inManifests === true,
    })
  }
  const sorted = [...once.values()].sort((a, b) => (a.reference < b.reference ? -1 : 1))
  const wanted = 'shards' in into ? into.shards : Math.ceil(sorted.length / into.size)
  const count = Math.min(wanted, sorted.length)
  const shards: FleetImage[][] = []
  for (let at = 0; at < count; at++)
    shards.push(
      sorted.slice(Math.floor((at * sorted.length) / count), Math.floor(((at + 1) * sorted.length) / count)),
    )
  return shards
}
