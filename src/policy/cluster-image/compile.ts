import type { Manner } from '../../requirement/manner.js'
import type { Requirement, Signer } from '../../requirement/requirement.js'
import type { Problem } from '../../verdict/finding.js'
import type { IdentityDemand, TrustDemand } from '../../verdict/request.js'
import type { Part } from '../part.js'
import { nameOfIdentity } from '../inputs.js'
import { ruleOf } from './evaluated-rule.js'
import type {
  AttestationDemand,
  Authority,
  ClusterImagePolicy,
  KeyAuthority,
  KeylessAuthority,
  KeyReference,
} from './model.js'
import { readMirror } from './mirror.js'
import type { Surroundings } from './surroundings.js'
import { topPolicyOf } from './top-policy.js'
import { trustedRootOf } from './trusted-root.js'
import type { TrustSource } from './trust-root.js'

/** A policy over one image: any of its authorities, and its own policy over those that passed. */
export function compileClusterImagePolicy(policy: ClusterImagePolicy, around: Surroundings): Part {
  const authorities = policy.authorities.map((authority) => ({
    authority,
    requirement: requirementOf(authority, around),
  }))
  const name = `ClusterImagePolicy ${policy.name}`
  const any: Requirement = { kind: 'any', name, of: authorities.map(({ requirement }) => requirement) }
  const top = policy.policy && topPolicyOf(policy, policy.policy, authorities, around)
  const requirement: Requirement = top ? { kind: 'all', name, of: [any, top.requirement] } : any
  return {
    policy: policy.name,
    rule: '',
    requirement: policy.mode === 'warn' ? { ...requirement, enforcement: 'warn' } : requirement,
    ...(top && { joints: [top.joint] }),
  }
}

function requirementOf(authority: Authority, around: Surroundings): Requirement {
  const name = `authority ${authority.name}`
  if (authority.kind === 'static') {
    const said = authority.message === undefined ? '' : `: ${authority.message}`
    return authority.action === 'pass'
      ? {
          kind: 'decide',
          name,
          verdict: 'met',
          message: `admitted by static policy, nothing verified${said}`,
        }
      : { kind: 'decide', name, verdict: 'policy-denied', message: `disallowed by static policy${said}` }
  }
  const manner = mannerOf(authority, around)
  if ('code' in manner) return { kind: 'open', name, problem: manner }
  const signers = signersOf(authority)
  if ('code' in signers) return { kind: 'open', name, problem: signers }
  const each = (by: Signer): Requirement =>
    authority.attestations.length === 0
      ? { kind: 'signed', by, manner }
      : {
          kind: 'all',
          name,
          of: authority.attestations.map((demand) => attested(demand, by, manner, around)),
        }
  const [only, ...others] = signers.map(each)
  return only && others.length === 0 ? only : { kind: 'any', name, of: signers.map(each) }
}

function attested(
  { name, predicateType, policy }: AttestationDemand,
  by: Signer,
  manner: Manner,
  { ask }: Surroundings,
): Requirement {
  const rule = policy && ruleOf(name, policy, ask)
  if (rule && 'code' in rule) return { kind: 'open', name, problem: rule }
  return { kind: 'attested', type: predicateType, by, manner, ...(rule && { rule }) }
}

/** A policy may name several identities; one of them must have signed. */
function signersOf(authority: KeyAuthority | KeylessAuthority): readonly Signer[] | Problem {
  if (authority.kind === 'key') {
    const reference = referenceOf(authority.key)
    return typeof reference === 'string' ? [{ kind: 'key', reference }] : reference
  }
  return authority.identities.map(({ issuer, issuerRegExp, subject, subjectRegExp }) => {
    const identity: IdentityDemand = {
      ...(issuer !== undefined && { issuer }),
      ...(issuerRegExp !== undefined && { issuerRegexp: issuerRegExp }),
      ...(subject !== undefined && { subject }),
      ...(subjectRegExp !== undefined && { subjectRegexp: subjectRegExp }),
    }
    return { kind: 'identity', reference: nameOfIdentity(identity), identity }
  })
}

function referenceOf(key: KeyReference): string | Problem {
  if (key.kind === 'data') return key.pem
  if (key.kind === 'kms') return key.reference
  if (key.pem !== undefined) return key.pem
  const message = `expected the key of Secret ${key.namespace}/${key.name}, which only a cluster has: put the Secret into a policy file, or the key into the policy`
  return { code: 'unsupported', message }
}

function mannerOf(authority: KeyAuthority | KeylessAuthority, around: Surroundings): Manner | Problem {
  const { source, log, signatureFormat } = authority
  const trust = trustOf(authority, around)
  if (trust && 'code' in trust) return trust
  return {
    log: log === 'required' ? 'require' : 'ignore',
    ...(trust && { trust }),
    ...(source?.oci !== undefined && { signatureRepository: source.oci }),
    ...(source?.tagPrefix !== undefined && { tagPrefix: source.tagPrefix }),
    ...(signatureFormat === 'legacy' && { formats: ['simple-signing', 'dsse-envelope'] as const }),
    ...(signatureFormat === 'bundle' && { formats: ['sigstore-bundle'] as const }),
  }
}

/** Undefined: as the run trusts. */
function trustOf(
  authority: KeyAuthority | KeylessAuthority,
  { trustRoots, gunzip }: Surroundings,
): TrustDemand | Problem | undefined {
  const { ctlog, timestamp } = authority
  const keyless = authority.kind === 'keyless' ? authority : undefined
  const names = [keyless?.trustRootRef, ctlog?.trustRootRef, timestamp?.trustRootRef].filter(
    (name) => name !== undefined,
  )
  const [name, ...others] = [...new Set(names)]
  if (others.length > 0) {
    const message = `expected one TrustRoot for an authority, got ${names.join(', ')}: evidence is held against one at a time`
    return { code: 'unsupported', message }
  }
  const demand: TrustDemand = {
    sct: keyless?.insecureIgnoreSct === true ? 'ignore' : 'require',
    signedTimestamps: timestamp !== undefined,
  }
  const own = keyless?.caCert && referenceOf(keyless.caCert)
  if (own !== undefined && typeof own !== 'string') return own
  const authorities = own === undefined ? {} : { caRoots: { name: 'ca-cert of the policy', text: own } }
  if (name === undefined) return keyless === undefined ? undefined : { ...demand, ...authorities }
  const root = trustRoots.find((one) => one.name === name)
  if (root === undefined) {
    return {
      code: 'policy-invalid',
      message: `trustRootRef ${name}: no TrustRoot of that name is in the policy files`,
    }
  }
  const { source } = root
  switch (source.kind) {
    case 'sigstoreKeys':
      return {
        ...demand,
        ...authorities,
        root: { name: `TrustRoot ${name}`, text: trustedRootOf(source.keys) },
      }
    case 'remote':
      return {
        ...demand,
        ...authorities,
        tufMirror: source.mirror,
        tufRoot: { name: `TrustRoot ${name}`, text: Buffer.from(source.root).toString() },
      }
    case 'repository': {
      const text = rootInMirror(source, gunzip)
      if (typeof text !== 'string')
        return { code: 'trust-root-invalid', message: `TrustRoot ${name}: ${text.problem}` }
      return { ...demand, ...authorities, root: { name: `TrustRoot ${name}`, text } }
    }
  }
}

/** The repository lies in the policy, and is trusted as the policy is: its target is read as it stands there. */
function rootInMirror(
  { mirrorFs, targets }: Extract<TrustSource, { kind: 'repository' }>,
  gunzip: Surroundings['gunzip'],
): string | { readonly problem: string } {
  const files = readMirror(mirrorFs, gunzip)
  if (typeof files === 'string') return { problem: files }
  for (const [path, bytes] of files) {
    const parts = path.split('/')
    const last = parts.at(-1) ?? ''
    // With consistent snapshots a target stands under its hash (TUF specification, 6.2).
    const isTarget =
      last === targets.trustedRoot || last.replace(/^[0-9a-f]{64,128}\./, '') === targets.trustedRoot
    if (isTarget && parts.at(-2) === targets.folder) return Buffer.from(bytes).toString()
  }
  return { problem: `expected ${targets.folder}/${targets.trustedRoot} in its mirrorFS, found none` }
}
