import type { Call } from '../network/call.js'
import type { Lookup } from '../network/lookup.js'
import type { Reference } from '../reference/reference.js'
import type { Place, Resolved } from '../stores/store.js'

/**
 * Resolves a tag once more. The verdict is about the digest that was judged, and so are the outputs: a tag that moved
 * meanwhile is only something to be told.
 *
 * @returns what is to be told, if anything
 */
export async function recheck(
  reference: Reference,
  place: Place,
  image: Lookup<Resolved>,
  call: Call,
): Promise<readonly string[]> {
  if (image.kind !== 'found' || reference.digest !== undefined) return []
  const again = await place.images.resolve(call, 'digest')
  const { digest } = image.value
  switch (again.kind) {
    case 'found':
      return again.value.digest === digest
        ? []
        : [
            `${reference.text}: the tag moved while it was verified: it names ${again.value.digest} now; what is said here is about ${digest}, use that`,
          ]
    case 'absent':
      return [
        `${reference.text}: the tag was taken away while it was verified; what is said here is about ${digest}`,
      ]
    case 'failed':
      return [`${reference.text}: whether the tag moved meanwhile is not known: ${again.problem.message}`]
  }
}
