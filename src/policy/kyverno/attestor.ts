import { X509Certificate } from 'node:crypto'
import type { Manner } from '../../requirement/manner.js'
import type { Requirement, Signer } from '../../requirement/requirement.js'
import type { Problem } from '../../verdict/finding.js'
import type { IdentityDemand, TrustDemand } from '../../verdict/request.js'
import { authoritiesOf } from '../authorities.js'
import { nameOfIdentity } from '../inputs.js'
import { pemBlocks } from '../pem-blocks.js'
import type { Attestor, AttestorSet, ImageVerification } from './model.js'
import { wildcardAsRe2 } from './pattern.js'

/** What is asked of one signer: a signature, or an attestation. */
export type Leaf = (by: Signer, manner: Manner, annotations: ReadonlyMap<string, string>) => Requirement

type Entry = Pick<ImageVerification, 'type' | 'repository' | 'annotations' | 'cosignOCI11'>

/** All sets must be met; Kyverno names them by their path in messages. */
export function requireSets(
  sets: readonly AttestorSet[],
  entry: Entry,
  leaf: Leaf,
  /** Of a PEM with several keys: one entry for each, or the first alone (attestations of Kyverno). */
  keys: 'each' | 'first',
): Requirement {
  const of = sets.map((set) => requireSet(set, entry, leaf, keys))
  const [only, ...others] = of
  return only && others.length === 0 ? only : { kind: 'all', name: 'attestors', of }
}

function requireSet(
  { path, count, entries }: AttestorSet,
  entry: Entry,
  leaf: Leaf,
  keys: 'each' | 'first',
): Requirement {
  const of = entries.flatMap((one) => requireAttestor(one, entry, leaf, keys))
  // Kyverno holds the count against the entries as they are written, and then splits the keys of a PEM.
  return count === undefined || count >= of.length
    ? { kind: 'all', name: path, of }
    : { kind: 'atLeast', name: path, count, of }
}

function requireAttestor(
  attestor: Attestor,
  entry: Entry,
  leaf: Leaf,
  keys: 'each' | 'first',
): readonly Requirement[] {
  const open = (problem: Problem): readonly Requirement[] => [{ kind: 'open', name: attestor.path, problem }]
  if (attestor.kind === 'nested') return [requireSet(attestor.attestor, entry, leaf, keys)]
  if (entry.type === 'Notary')
    return open({
      code: 'unsupported',
      message: `${attestor.path}: type Notary: notation's signatures are not checked here`,
    })
  const annotations = attestor.annotations.size > 0 ? attestor.annotations : entry.annotations
  const manner = mannerOf(attestor, entry)
  if ('code' in manner) return open(manner)
  const ask = (by: Signer): Requirement => leaf(by, manner, annotations)
  switch (attestor.kind) {
    case 'keys': {
      const references = keysOf(attestor)
      if ('code' in references) return open(references)
      const chosen = keys === 'each' ? references : references.slice(0, 1)
      return chosen.map((reference) => ask({ kind: 'key', reference }))
    }
    case 'certificates': {
      if (attestor.cert === undefined) return [ask(anyIdentity())]
      const key = keyOfCertificate(attestor.cert, attestor.certChain)
      return typeof key === 'string'
        ? [ask({ kind: 'key', reference: key })]
        : open({ ...key, message: `${attestor.path}: ${key.message}` })
    }
    case 'keyless': {
      const identities = identitiesOf(attestor)
      // Anybody may have a certificate of the public authorities; of a policy's own, whom they choose to certify.
      if (!('code' in identities) && attestor.roots === undefined && identities.some(isAnybody))
        return open({
          code: 'policy-invalid',
          message: `${attestor.path}: expected subject or issuer, got neither: anybody could have signed`,
        })
      if ('code' in identities)
        return open({ ...identities, message: `${attestor.path}: ${identities.message}` })
      const of = identities.map((identity) => ask(identitySigner(identity)))
      const [only, ...others] = of
      return [only && others.length === 0 ? only : { kind: 'any', name: attestor.path, of }]
    }
  }
}

function keysOf({
  path,
  publicKeys = '',
  kms,
  secret,
}: Extract<Attestor, { kind: 'keys' }>): readonly string[] | Problem {
  if (kms !== undefined && kms !== '') return [kms]
  if (secret !== undefined) return [`k8s://${secret.namespace}/${secret.name}`]
  const text = publicKeys.trim()
  if (!text.startsWith('-----BEGIN')) {
    if (/^[a-z0-9]+:\/\//.test(text)) return [text]
    return {
      code: 'policy-invalid',
      message: `${path}.keys.publicKeys: expected PEM or a reference to a key, got ${JSON.stringify(text.slice(0, 80))}`,
    }
  }
  const blocks = pemBlocks(text, 'PUBLIC KEY')
  return blocks.length > 0 ? blocks : [text]
}

/** Kyverno's own limit. */
const longestChain = 11

/** The key of a certificate, as PEM; with a chain the certificate must have been issued by it. */
function keyOfCertificate(pem: string, chain: string | undefined): string | Problem {
  try {
    const certificate = new X509Certificate(pem)
    const blocks = pemBlocks(chain ?? '', 'CERTIFICATE')
    if (blocks.length > longestChain)
      return {
        code: 'policy-invalid',
        message: `expected at most ${longestChain} certificates in a chain, got ${blocks.length}`,
      }
    const issuers = blocks.map((one) => new X509Certificate(one))
    let current = certificate
    for (let step = 0; chain !== undefined && !issuers.some(({ raw }) => raw.equals(current.raw)); step++) {
      const issuer =
        step < issuers.length
          ? issuers.find((one) => current.checkIssued(one) && current.verify(one.publicKey))
          : undefined
      if (issuer === undefined)
        return { code: 'policy-invalid', message: 'the certificate was not issued by the chain beside it' }
      current = issuer
    }
    return String(certificate.publicKey.export({ type: 'spki', format: 'pem' }))
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    return { code: 'policy-invalid', message: `expected certificates in PEM: ${why}` }
  }
}

function anyIdentity(): Signer {
  return { kind: 'identity', reference: 'anybody with a certificate of these authorities', identity: {} }
}

function isAnybody(identity: IdentityDemand): boolean {
  return Object.keys(identity).length === 0
}

function identitySigner(identity: IdentityDemand): Signer {
  return isAnybody(identity)
    ? anyIdentity()
    : { kind: 'identity', reference: nameOfIdentity(identity), identity }
}

/** Either form of a subject is enough; of an issuer both must hold. Values are wildcard patterns. */
function identitiesOf({
  issuer,
  issuerRegExp,
  subject,
  subjectRegExp,
  roots,
  additionalExtensions,
}: Extract<Attestor, { kind: 'keyless' }>): readonly IdentityDemand[] | Problem {
  // A field that is there was not empty: its variables are, and an empty one would let more signers pass.
  for (const [name, value] of Object.entries({ issuer, issuerRegExp, subject, subjectRegExp, roots }))
    if (value?.trim() === '')
      return { code: 'policy-invalid', message: `${name} is empty once its variables are worked out` }
  const extensions: { number: number; pattern: string }[] = []
  for (const [name, value] of additionalExtensions) {
    const number = extensionNumber(name)
    if (number === undefined)
      return { code: 'policy-invalid', message: `invalid certificate extension ${name}` }
    extensions.push({ number, pattern: wildcardAsRe2(value) })
  }
  const issuers = issuerOf(issuer, issuerRegExp)
  if ('code' in issuers) return issuers
  const common: IdentityDemand = {
    ...issuers,
    ...(extensions.length > 0 && { extensions }),
  }
  const subjects: IdentityDemand[] = [
    ...(subject === undefined || subject === '' ? [] : [subjectOf(subject)]),
    ...(subjectRegExp === undefined || subjectRegExp === '' ? [] : [{ subjectRegexp: subjectRegExp }]),
  ]
  return subjects.length === 0 ? [common] : subjects.map((one) => ({ ...one, ...common }))
}

function subjectOf(subject: string): IdentityDemand {
  return /[*?]/.test(subject) ? { subjectRegexp: wildcardAsRe2(subject) } : { subject }
}

function issuerOf(issuer = '', issuerRegExp = ''): IdentityDemand | Problem {
  const isPattern = /[*?]/.test(issuer)
  if (isPattern && issuerRegExp !== '') {
    if (/^\*+$/.test(issuer)) return { issuerRegexp: issuerRegExp }
    // Both must hold, and there is room for one pattern.
    const message =
      'an issuer with wildcards beside issuerRegExp is not supported: say it all in issuerRegExp'
    return { code: 'unsupported', message }
  }
  return {
    ...(issuer !== '' && (isPattern ? { issuerRegexp: wildcardAsRe2(issuer) } : { issuer })),
    ...(issuerRegExp !== '' && { issuerRegexp: issuerRegExp }),
  }
}

const named: Readonly<Record<string, number>> = {
  githubWorkflowTrigger: 2,
  githubWorkflowSha: 3,
  githubWorkflowName: 4,
  githubWorkflowRepository: 5,
  githubWorkflowRef: 6,
}

/** cosign's names of the older claims, or an object identifier of Fulcio's. */
function extensionNumber(name: string): number | undefined {
  if (Object.hasOwn(named, name)) return named[name]
  const [, number] = /^1\.3\.6\.1\.4\.1\.57264\.1\.(\d{1,3})$/.exec(name) ?? []
  return number === undefined ? undefined : Number(number)
}

function mannerOf(
  attestor: Exclude<Attestor, { kind: 'nested' }>,
  { type, repository, cosignOCI11 }: Entry,
): Manner | Problem {
  const { rekor, ctlog, path } = attestor
  const place = attestor.repository ?? repository
  const roots =
    attestor.kind === 'keyless'
      ? attestor.roots
      : attestor.kind === 'certificates' && attestor.cert === undefined
        ? attestor.certChain
        : undefined
  if ((rekor?.pubkey ?? ctlog?.pubkey ?? ctlog?.tsaCertChain) !== undefined && rekor?.ignoreTlog !== true)
    return {
      code: 'unsupported',
      message: `${path}: keys of logs and authorities of timestamps inside of a policy are not read: give them as trusted-root`,
    }
  const trust: TrustDemand = {
    sct: ctlog?.ignoreSCT === true || attestor.kind === 'keys' ? 'ignore' : 'require',
    signedTimestamps: false,
    ...authoritiesOf(roots ?? '', path),
  }
  return {
    log: rekor?.ignoreTlog === true ? 'ignore' : 'require',
    ...(attestor.kind !== 'keys' && { trust }),
    ...(place !== undefined && place !== '' && { signatureRepository: place }),
    formats: type === 'SigstoreBundle' ? ['sigstore-bundle'] : ['simple-signing', 'dsse-envelope'],
    ...(type === 'SigstoreBundle' && { only: 'referrers' as const }),
    ...(type === 'Cosign' && !cosignOCI11 && { only: 'tags' as const }),
  }
}
