import type { Capabilities } from '../../engine/question.js'

export type ProfileName = 'cilock' | 'witness'

/**
 * Where the verifiers differ, one line a difference: cilock 4.1.0 with its default hardening, and witness 0.11.0 (with
 * go-witness 0.10). What both do alike is in the code. Not taken over from witness: that a failed entry of its check of
 * the policy's signature may confer trust, that the order of a map decides (searches go by rounds, as in cilock), and
 * that a policy without steps passes.
 */
export interface Profile {
  readonly name: ProfileName
  readonly tool: string
  /** Predicate types of collections. */
  readonly collections: readonly string[]
  /** `https://aflock.ai/…` and `https://witness.dev/…` of one attestor and version are one type. */
  readonly aliases: boolean
  /** An attestation of a type without an attestor: kept as it is, or the envelope is not read. */
  readonly unregisteredTypes: 'raw' | 'refused'
  /** Fields of a policy that only cilock has: externals, attestationsFrom, timestampConstraint, aipolicies, OIDs. */
  readonly cilockFields: boolean
  /** Which digests of subjects are compared: SHA-256 of 64 digits, gitoid:sha256 and dirHash, or whatever is there. */
  readonly subjectDigests: 'strong' | 'any'
  /** What a certificate's signature comes to when no authority for timestamps is named. */
  readonly withoutAuthority: 'reject' | 'now'
  /** RSA PKCS#1 v1.5 beside PSS. */
  readonly rsaPkcs1: boolean
  readonly leafUsage: 'code-signing' | 'any'
  readonly stampUsage: 'sole' | 'any'
  /** The hash of a timestamp's imprint. */
  readonly stampHash: 'own' | 'sha256'
  /** Of a signature whose certificate cannot be read, keys are tried all the same. */
  readonly keysDespiteBadCertificate: boolean
  readonly constraints: 'globs' | 'exact'
  /** A list of a constraint that is empty, and the certificate has nothing for it either. */
  readonly emptyAgainstAbsent: 'reject' | 'pass'
  /** A constraint beside a key id that matches must hold too. */
  readonly constraintBesideKeyId: boolean
  readonly undefinedDeny: 'reject' | 'pass'
  /** Reasons may be the keys of an object, and others than texts. */
  readonly anyReasons: boolean
  readonly strictBuiltins: boolean
  readonly duplicatePackages: 'reject' | 'merge'
  readonly capabilities: Capabilities
  /** Several attestations of one type in a collection. */
  readonly duplicateTypes: 'every' | 'last'
  readonly noAttestations: 'reject' | 'pass'
  readonly withoutOverlap: 'reject' | 'pass'
  /** When two sets of digests are of one file. */
  readonly sameDigests: 'strongest' | 'some'
  /** `_sbomFormat` is added to an SBOM as it is read. */
  readonly sbomFormat: boolean
  /** References back that a collection carries count; otherwise only those that follow from its subjects. */
  readonly recordedBackRefs: boolean
  /** Roots of trees whose leaf a seed is become seeds. */
  readonly leafBridge: boolean
  /** Constraints on the signer of a policy that are not given. */
  readonly policySigner: { readonly unset: 'none' | 'any'; readonly issuer: string }
  /** Certificates of a file that count as authorities. */
  readonly authorityFile: 'all' | 'first'
}

const cilockCollection = 'https://aflock.ai/attestation-collection/v0.1'
const witnessCollection = 'https://witness.testifysec.com/attestation-collection/v0.1'

/** Collections of either tool, whether or not a profile accepts them. */
export const collectionTypes: readonly string[] = [cilockCollection, witnessCollection]

export const profiles: Readonly<Record<ProfileName, Profile>> = {
  cilock: {
    name: 'cilock',
    tool: 'cilock 4.1',
    collections: collectionTypes,
    aliases: true,
    unregisteredTypes: 'raw',
    cilockFields: true,
    subjectDigests: 'strong',
    withoutAuthority: 'reject',
    rsaPkcs1: false,
    leafUsage: 'code-signing',
    stampUsage: 'sole',
    stampHash: 'own',
    keysDespiteBadCertificate: true,
    constraints: 'globs',
    emptyAgainstAbsent: 'reject',
    constraintBesideKeyId: true,
    undefinedDeny: 'reject',
    anyReasons: true,
    strictBuiltins: true,
    duplicatePackages: 'reject',
    capabilities: {
      version: 'v1.13.1',
      withoutBuiltins: [
        'http.send',
        'opa.runtime',
        'net.lookup_ip_addr',
        'net.cidr_contains',
        'net.cidr_intersects',
        'net.cidr_merge',
        'net.cidr_expand',
      ],
      withoutFeatures: ['template_strings'],
    },
    duplicateTypes: 'every',
    noAttestations: 'reject',
    withoutOverlap: 'reject',
    sameDigests: 'strongest',
    sbomFormat: true,
    recordedBackRefs: true,
    leafBridge: true,
    policySigner: { unset: 'none', issuer: 'https://token.actions.githubusercontent.com' },
    authorityFile: 'all',
  },
  witness: {
    name: 'witness',
    tool: 'witness 0.11',
    collections: [witnessCollection],
    aliases: false,
    unregisteredTypes: 'refused',
    cilockFields: false,
    subjectDigests: 'any',
    withoutAuthority: 'now',
    rsaPkcs1: true,
    leafUsage: 'any',
    stampUsage: 'any',
    stampHash: 'sha256',
    keysDespiteBadCertificate: false,
    constraints: 'exact',
    emptyAgainstAbsent: 'pass',
    constraintBesideKeyId: false,
    undefinedDeny: 'pass',
    anyReasons: false,
    strictBuiltins: false,
    duplicatePackages: 'merge',
    // Stricter than witness, whose rules may call http.send: nothing here reaches the network.
    capabilities: { version: 'v1.15.1', withoutFeatures: ['template_strings'] },
    duplicateTypes: 'last',
    noAttestations: 'pass',
    withoutOverlap: 'pass',
    sameDigests: 'some',
    sbomFormat: false,
    recordedBackRefs: false,
    leafBridge: false,
    policySigner: { unset: 'any', issuer: '' },
    authorityFile: 'first',
  },
}

/** cilock's `--policy-hardening=warn`: what it only warns of then. A step under another's name still ends the reading. */
export function withoutHardening(profile: Profile): Profile {
  return {
    ...profile,
    emptyAgainstAbsent: 'pass',
    constraintBesideKeyId: false,
    duplicatePackages: 'merge',
  }
}

/** Rounds of a search: the seeds, and twice what was found refers back to. */
export const searchRounds = 3
