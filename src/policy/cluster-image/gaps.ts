import type { Authority, ClusterImagePolicy, EvaluatedPolicy, KeyReference } from './model.js'
import type { TrustRoot } from './trust-root.js'

/** Something that an authority or the whole policy rests on and that is in a cluster only. */
export interface Gap {
  /** The authority that cannot be decided without it; undefined: the policy over all of them. */
  readonly authority?: string
  readonly message: string
  /** What policy-tester says there, where it says something. */
  readonly peerReason?: string
}

/** What of a policy cannot be had here: whatever hangs on it stays unknown, and never passes. */
export function gapsOf(policy: ClusterImagePolicy, trustRoots: readonly TrustRoot[]): readonly Gap[] {
  const top = policy.policy && gapOfPolicy(policy.policy)
  return [
    ...policy.authorities.flatMap((authority) => gapsOfAuthority(authority, trustRoots)),
    ...(top ? [top] : []),
  ]
}

function gapsOfAuthority(authority: Authority, trustRoots: readonly TrustRoot[]): readonly Gap[] {
  if (authority.kind === 'static') return []
  const { name } = authority
  const key = authority.kind === 'key' ? authority.key : authority.caCert
  const refs = [
    authority.kind === 'keyless' ? authority.trustRootRef : undefined,
    authority.ctlog?.trustRootRef,
    authority.timestamp?.trustRootRef,
  ].filter((ref) => ref !== undefined)
  const absent = [...new Set(refs)].filter((ref) => !trustRoots.some((root) => root.name === ref))
  return [
    ...(key === undefined ? [] : gapsOfKey(key, name)),
    ...absent.map((ref) => ({
      authority: name,
      message: `the TrustRoot "${ref}" is not among the policy files`,
      peerReason: `trustRootRef ${ref} not found`,
    })),
    ...authority.attestations.flatMap(({ policy }) => {
      const gap = policy && gapOfPolicy(policy)
      return gap ? [{ ...gap, authority: name }] : []
    }),
  ]
}

function gapsOfKey(key: KeyReference, authority: string): readonly Gap[] {
  if (key.kind !== 'secret' || key.pem !== undefined) return []
  return [
    {
      authority,
      message: `the key is in the Secret ${key.namespace}/${key.name} of the cluster, which is not in the policy file`,
      peerReason: `there are no public keys for authority ${authority}`,
    },
  ]
}

function gapOfPolicy({ source }: EvaluatedPolicy): Gap | undefined {
  if (source.kind !== 'configMap') return undefined
  const place = source.namespace === undefined ? source.name : `${source.namespace}/${source.name}`
  return { message: `the policy is in the ConfigMap ${place} (key ${source.key}) of the cluster` }
}
