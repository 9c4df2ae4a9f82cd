import { X509Certificate } from 'node:crypto'
import type { Manner } from '../../requirement/manner.js'
import type { Requirement, Signer } from '../../requirement/requirement.js'
import type { Problem } from '../../verdict/finding.js'
import type { IdentityDemand, TrustDemand } from '../../verdict/request.js'
import { nameOfIdentity } from '../inputs.js'
import { authoritiesOf } from '../authorities.js'
import type { Attestation, Attestor, CosignAttestor, Text } from './model.js'

/** What it takes that an attestor has signed an image, or attested it; any of its identities will do. */
export function demandOf(attestor: Attestor, attestation?: Attestation): Requirement {
  const name = `attestor ${attestor.name}`
  const open = (problem: Problem): Requirement => ({ kind: 'open', name, problem })
  if (attestor.kind === 'notary')
    return open({ code: 'unsupported', message: `${name}: notation's signatures are not checked here` })
  if (attestation?.kind === 'referrer')
    return open({
      code: 'unsupported',
      message: `attestation ${attestation.name}: referrers of a type of their own are not checked here`,
    })
  const { cosign } = attestor
  const manner = mannerOf(cosign, name)
  if ('code' in manner) return open(manner)
  const signers = signersOf(cosign, name)
  if ('code' in signers) return open(signers)
  const annotations = Object.fromEntries(cosign.annotations)
  const of = signers.map((by): Requirement =>
    attestation
      ? { kind: 'attested', type: attestation.type, by, manner }
      : { kind: 'signed', by, manner, ...(cosign.annotations.size > 0 && { annotations }) },
  )
  const [only, ...others] = of
  return only && others.length === 0 ? only : { kind: 'any', name, of }
}

function signersOf({ by }: CosignAttestor, name: string): readonly Signer[] | Problem {
  switch (by.kind) {
    case 'kms':
      return [{ kind: 'key', reference: by.reference }]
    case 'key':
      return by.key.kind === 'text' ? [{ kind: 'key', reference: by.key.text.trim() }] : unresolved(name)
    case 'certificate': {
      if (by.cert === undefined) return [anybody]
      if (by.cert.kind !== 'text') return unresolved(name)
      try {
        const key = new X509Certificate(by.cert.text).publicKey.export({ type: 'spki', format: 'pem' })
        return [{ kind: 'key', reference: String(key) }]
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error)
        return { code: 'policy-invalid', message: `${name}: expected a certificate in PEM: ${why}` }
      }
    }
    case 'keyless': {
      if (by.additionalExtensions.size > 0)
        return { code: 'unsupported', message: `${name}: additionalExtensions are not compared here` }
      return by.identities.length === 0 ? [anybody] : by.identities.map(signerOf)
    }
  }
}

const anybody: Signer = {
  kind: 'identity',
  reference: 'anybody with a certificate of these authorities',
  identity: {},
}

/** Compared letter by letter; expressions are RE2 and not anchored. */
function signerOf({
  issuer,
  issuerRegExp,
  subject,
  subjectRegExp,
}: Readonly<Partial<Record<'issuer' | 'issuerRegExp' | 'subject' | 'subjectRegExp', string>>>): Signer {
  const identity: IdentityDemand = {
    ...(issuer !== undefined && { issuer }),
    ...(issuerRegExp !== undefined && { issuerRegexp: issuerRegExp }),
    ...(subject !== undefined && { subject }),
    ...(subjectRegExp !== undefined && { subjectRegexp: subjectRegExp }),
  }
  return { kind: 'identity', reference: nameOfIdentity(identity), identity }
}

function mannerOf({ by, source, ctlog, tuf, trustedRoot }: CosignAttestor, name: string): Manner | Problem {
  if ((ctlog.rekorPubKey ?? ctlog.ctLogPubKey ?? ctlog.tsaCertChain) !== undefined)
    return {
      code: 'unsupported',
      message: `${name}: keys of logs and authorities of timestamps inside of a policy are not read: give them as trustedRoot`,
    }
  if (tuf?.path !== undefined)
    return {
      code: 'unsupported',
      message: `${name}: tuf.root.path is a file of the cluster: give the root as data`,
    }
  if (trustedRoot !== undefined && trustedRoot.kind !== 'text') return unresolved(name)
  const roots =
    by.kind === 'keyless' ? by.roots : by.kind === 'certificate' ? textOf(by.certChain) : undefined
  const trust: TrustDemand = {
    sct: ctlog.insecureIgnoreSct ? 'ignore' : 'require',
    signedTimestamps: false,
    ...(trustedRoot && { root: { name: `trustedRoot of ${name}`, text: trustedRoot.text } }),
    ...(tuf?.mirror !== undefined && { tufMirror: tuf.mirror }),
    ...(tuf?.data !== undefined && {
      tufRoot: { name: `root of ${name}`, text: Buffer.from(tuf.data, 'base64').toString() },
    }),
    ...authoritiesOf(roots ?? '', name),
  }
  return {
    log: ctlog.insecureIgnoreTlog ? 'ignore' : 'require',
    ...(by.kind !== 'key' && by.kind !== 'kms' && { trust }),
    ...(source?.repository !== undefined && { signatureRepository: source.repository }),
    ...(source?.tagPrefix !== undefined && { tagPrefix: source.tagPrefix }),
  }
}

function textOf(text: Text | undefined): string | undefined {
  return text?.kind === 'text' ? text.text : undefined
}

function unresolved(name: string): Problem {
  return {
    code: 'internal-error',
    service: 'engine',
    message: `${name}: an expression of it was not evaluated`,
  }
}
