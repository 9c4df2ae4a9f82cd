import type { Digest } from '../../reference/reference.js'
import { matchesGlob } from './glob.js'
import { readImageName } from './image-name.js'
import { selects } from './label-selector.js'
import type { ClusterImagePolicy, ResourceMatch } from './model.js'
import { nameOfResource, type Resource } from './resource.js'

/** An image as it stands in a manifest or on the command line, and the digest it was resolved to. */
export interface CoveredImage {
  readonly written: string
  readonly digest?: Digest
}

/** Which policies an image must pass: all of `policies`, and in each any of its authorities. */
export type Coverage =
  | {
      readonly kind: 'covered'
      readonly policies: readonly [CoveringPolicy, ...CoveringPolicy[]]
      readonly warnings: readonly string[]
    }
  /** What the no-match policy decides. */
  | { readonly kind: 'uncovered'; readonly warnings: readonly string[]; readonly peerReason: string }
  | { readonly kind: 'unreadable'; readonly reason: string }

export interface CoveringPolicy {
  readonly policy: ClusterImagePolicy
  /** The first that matches, as written. */
  readonly glob: string
}

/**
 * Finds the policies for an image. Globs are compared with the whole name as policy-tester does: with the digest when
 * the reference has one, else with the tag. In a cluster only the form with the digest is ever seen; where the two
 * differ, a warning says so.
 *
 * @param resource what the image stands in; policies with `match` cover nothing without it
 */
export function coverageOf(
  policies: readonly ClusterImagePolicy[],
  image: CoveredImage,
  resource?: Resource,
): Coverage {
  const read = readImageName(image.written)
  if (typeof read === 'string') return { kind: 'unreadable', reason: read }
  const pinned = `${read.registry}/${read.repository}@${read.digest ?? image.digest ?? `sha256:${'0'.repeat(64)}`}`
  const warnings: string[] = []
  const covering: CoveringPolicy[] = []
  const names = new Set<string>()
  for (const policy of policies) {
    const label = `ClusterImagePolicy ${policy.name}`
    const matched = matchOf(policy.images, read.name)
    const inCluster = matchOf(policy.images, pinned)
    const raw = matched || inCluster ? undefined : matchOf(policy.images, image.written)
    if (raw !== undefined) {
      warnings.push(`${label} does not cover ${image.written}: "${raw}" would have to match ${read.name}`)
    }
    if (matched === undefined && inCluster === undefined) continue
    if (policy.match.length > 0 && !policy.match.some((one) => matchesResource(one, resource))) {
      if (resource === undefined) {
        warnings.push(
          `${label} is for images in certain resources only and covers none that is given by itself`,
        )
      }
      continue
    }
    if (matched === undefined) {
      warnings.push(
        `${label} covers ${image.written} only where it is pinned: "${String(inCluster)}" does not match ${read.name}`,
      )
      continue
    }
    if (inCluster === undefined) {
      warnings.push(
        `${label} covers ${image.written} by its tag: where policy-controller enforces, "${matched}" never matches, because images arrive as ${pinned}`,
      )
    }
    if (names.has(policy.name)) {
      warnings.push(
        `two ClusterImagePolicies are called ${policy.name}: a cluster keeps one of them, here both must hold`,
      )
    }
    names.add(policy.name)
    covering.push({ policy, glob: matched })
  }
  const [first, ...more] = covering
  if (first) return { kind: 'covered', policies: [first, ...more], warnings }
  return { kind: 'uncovered', warnings, peerReason: `${image.written} is uncovered by policy` }
}

function matchOf(globs: ClusterImagePolicy['images'], name: string): string | undefined {
  return globs.find((glob) => matchesGlob(glob, name))?.text
}

/** Group, resource and version must be the same; `*` stands for any version, and for nothing else. */
export function matchesResource(match: ResourceMatch, resource: Resource | undefined): boolean {
  const { group, version, resource: plural } = nameOfResource(resource ?? { apiVersion: '', kind: '' })
  if (match.resource !== plural || match.group !== group) return false
  if (match.version !== version && match.version !== '*') return false
  return match.selector === undefined || selects(match.selector, resource?.labels ?? new Map())
}
