import type { Collection } from './collection.js'
import { type DigestSet, sameFile } from './digests.js'
import type { Profile } from './profile.js'

/** Materials overlaid by products: what a step worked on and left behind. */
function artifactsOf({ materials, products }: Collection): ReadonlyMap<string, DigestSet> {
  return new Map([...materials, ...products])
}

/**
 * Whether a step's materials are the artifacts of a step before it, by path (policy/policy.go, compareArtifacts).
 *
 * @returns in the tool's words what is wrong; undefined when they are
 */
export function artifactsProblem(
  step: string,
  own: Collection,
  from: string,
  earlier: Collection,
  profile: Profile,
): string | undefined {
  const artifacts = artifactsOf(earlier)
  let common = 0
  for (const [path, digests] of [...own.materials].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const artifact = artifacts.get(path)
    if (artifact === undefined) continue
    if (!sameFile(digests, artifact, profile)) return `mismatched digests for ${path}`
    common += 1
  }
  if (common > 0 || profile.withoutOverlap === 'pass') return undefined
  const trees = own.trees.filter(({ kind }) => kind === 'material')
  if (own.materials.size === 0 && trees.length > 0) {
    // A signed list without a leaf says that there were no materials; no list says nothing.
    if (trees.some(({ leaves }) => leaves !== undefined)) return undefined
    return `step ${step} carries no verified chain: the collection is leaf-less (no inline material leaves), so its empty material set is unverified and cannot satisfy artifactsFrom ${from}`
  }
  return "no artifacts in common between the step's materials and the referenced step's artifacts"
}
