import type { NamedDigests } from './collection.js'
import { comparable } from './digests.js'
import type { CollectionEvidence } from './evidence.js'
import type { Profile } from './profile.js'

/** Subjects that a collection leads on by, per attestor: go-witness's BackRefs, and what cilock added to them. */
const both = [/\/git\/v0\.1\/commithash:/, /\/(?:github|gitlab)\/v0\.1\/pipelineurl:/]
const cilock = [
  /\/git\/v0\.1\/parenthash:/,
  /\/oci\/v0\.1\/(?:manifestdigest|imageid|imagetag):/,
  /^https:\/\/(?:cyclonedx\.org\/bom|spdx\.dev\/Document)\/(?:imagedigest|name):/,
]

/** What the collection refers back to: what it carries, or what its subjects say. */
export function backRefsOf(
  { collection, statement }: CollectionEvidence,
  profile: Profile,
): readonly NamedDigests[] {
  if (profile.recordedBackRefs && collection.backRefs !== undefined) return collection.backRefs
  const forms = profile.recordedBackRefs ? [...both, ...cilock] : both
  const refs = statement.subjects.filter(
    ({ name }) => name.length < longestName && forms.some((form) => form.test(name)),
  )
  const named = refs.some(({ name }) => name.includes('/imagedigest:'))
  return named ? refs.filter(({ name }) => !/\/(?:bom|Document)\/name:/.test(name)) : refs
}

const longestName = 4096

/** The digests of references that a search can go on with. */
export function digestsOf(refs: readonly NamedDigests[], profile: Profile): readonly string[] {
  return refs.flatMap(({ digests }) => comparable(digests, profile))
}
