import type { CosignEvidence, Evidence, S3loEvidence } from '../evidence/evidence.js'
import { predicateTypeOf } from '../evidence/statement.js'
import { keyName } from '../keys/inline.js'
import type { Lookup } from '../network/lookup.js'
import type { Ask } from '../requirement/leaves.js'
import type { Look, Resolved } from '../stores/store.js'
import { all, any } from '../verdict/algebra.js'
import { exempt, type Finding, unknown, unmet } from '../verdict/finding.js'
import type { LogDemand } from '../verdict/request.js'
import type { Signature } from '../verdict/result.js'
import type { PublicKey } from '../verify/public-key.js'
import { checkRecord } from '../verify/record.js'
import type { Keyring } from './keyring.js'
import { search } from './search.js'

/** What asking for one signer came to. */
export interface Answered {
  readonly finding: Finding
  readonly signatures: readonly Signature[]
  /** Nothing that would do is there yet; it may still appear. */
  readonly absent?: true
}

/** The image that is asked about, and how. */
export interface Matter {
  readonly image: Promise<Lookup<Resolved>>
  readonly look: Look
  /** The manifest of an index that it is about; empty for the image as a whole. */
  readonly about: string
  readonly log: LogDemand
  /** Reads all evidence even when the first piece settles it. */
  readonly thorough: boolean
  /** Other keys' evidence is not seen: what is there for this key is all there will be. */
  readonly byKey: boolean
}

/** What became of one piece of evidence. */
interface Judged {
  /** Undefined: evidence of something else, `unrelated` says of what. */
  readonly finding?: Finding
  readonly unrelated?: string
  readonly signature?: Signature
}

/** Has this key signed this image, or attested this of it? The evidence is asked for as soon as the key is known. */
export async function askSigner(ask: Ask, keyring: Keyring, matter: Matter): Promise<Answered> {
  const { reference } = ask.by
  const name = keyName(reference)
  const loaded = await keyring.load(reference)
  if (loaded.kind === 'failed') return alone(unknown('key-loaded', loaded.problem))
  const wanted = {
    keyId: loaded.key.id,
    ...(ask.kind === 'attested' && { predicateType: predicateTypeOf(ask.type) }),
  }
  const channels = matter.look(wanted)
  const resolved = await matter.image
  // Without the image there is nothing that a signature could be about; that is said once, for the image.
  if (resolved.kind !== 'found') return alone(exempt(ask.kind, 'the image was not found'))
  const { digest } = resolved.value
  const judge = async (evidence: Evidence): Promise<Judged> => {
    const named = { ask, key: loaded.key, name, digest }
    return evidence.format === 's3lo-record'
      ? judgeRecord(evidence, named)
      : judgeCosign(evidence, named, matter.log)
  }
  const searched = await search({
    channels,
    judge,
    settles: ({ finding }) => finding?.status === 'met',
    thorough: matter.thorough,
  })
  // Asked late: by now most keys have loaded.
  const double = keyring.sameAs(reference)
  if (double !== undefined) {
    return alone(exempt(ask.kind, `${name} is the same key as ${keyName(double)}: one signature counts once`))
  }
  return conclude(ask, { key: loaded.key, name }, searched, matter)
}

interface Named {
  readonly ask: Ask
  readonly key: PublicKey
  readonly name: string
  readonly digest: string
}

async function judgeRecord(evidence: S3loEvidence, { ask, key, name, digest }: Named): Promise<Judged> {
  if (ask.kind === 'attested') return { unrelated: 'an s3lo record' }
  const { bytes, location, where, keyId } = evidence
  const check = await checkRecord({ bytes, location, digest, key, where, keyRef: name })
  const finding = all(ask.kind, check.findings)
  const { signedAt, keyRef } = check.record ?? {}
  const claimed = { ...(signedAt !== undefined && { signedAt }), ...(keyRef !== undefined && { keyRef }) }
  const { scheme } = check
  const verified = finding.status === 'met'
  return {
    finding,
    signature: {
      format: 's3lo-record',
      where,
      verified,
      keyRef: name,
      keyId,
      ...(scheme && { scheme }),
      claimed,
    },
  }
}

async function judgeCosign(evidence: CosignEvidence, named: Named, log: LogDemand): Promise<Judged> {
  const { ask, key, name, digest } = named
  // Only images in registries need it: the others start without.
  const { checkCosign } = await import('../verify/cosign.js')
  const check = await checkCosign(evidence, {
    key,
    keyRef: name,
    digest,
    log,
    annotations: ask.kind === 'signed' ? (ask.annotations ?? {}) : {},
    ...(ask.kind === 'attested' && { predicateType: predicateTypeOf(ask.type) }),
  })
  if (check.kind === 'unrelated') return { unrelated: check.what }
  const finding = all(ask.kind, check.findings)
  const { format, where } = evidence
  const { scheme, payload } = check
  const verified = finding.status === 'met'
  return {
    finding,
    signature: {
      format,
      where,
      verified,
      keyRef: name,
      keyId: key.id,
      ...(ask.kind === 'attested' && { attests: predicateTypeOf(ask.type) }),
      ...(scheme !== undefined && { scheme }),
      claimed: {},
      ...(verified && payload && { payload }),
    },
  }
}

function conclude(
  ask: Ask,
  { key, name }: { readonly key: PublicKey; readonly name: string },
  { judged, problems }: Awaited<ReturnType<typeof search<Judged>>>,
  { byKey, about }: Pick<Matter, 'byKey' | 'about'>,
): Answered {
  const verb = ask.kind === 'signed' ? 'signed' : `attested (${ask.type})`
  const proven = judged.find(({ finding }) => finding?.status === 'met')
  if (proven?.finding) {
    const finding = { ...proven.finding, message: `${verb} by ${name} (${key.id})` }
    return { finding, signatures: judged.flatMap(({ signature }) => (signature?.verified ? signature : [])) }
  }
  const signatures = judged.flatMap(({ signature }) => signature ?? [])
  const failed = judged.flatMap(({ finding }) => finding ?? []).sort((a, b) => progress(b) - progress(a))
  const parts = [
    ...failed,
    ...problems.map((problem) => unknown(byKey ? 'record-read' : 'evidence-read', problem)),
  ]
  const nearMisses = [...new Set(judged.flatMap(({ unrelated }) => unrelated ?? []))].map((what) => ({
    message: `beside the image lies ${what}, which is not what is asked for`,
  }))
  const [only, ...others] = parts
  if (only === undefined) {
    const missing = { ...absentFinding(ask, name, key, about), ...(nearMisses.length > 0 && { nearMisses }) }
    return { finding: missing, signatures, absent: true }
  }
  const finding = others.length === 0 ? only : any(ask.kind, parts)
  const whole = nearMisses.length > 0 ? { ...finding, nearMisses } : finding
  return {
    finding: whole,
    signatures,
    ...(!byKey && finding.status === 'unmet' && { absent: true as const }),
  }
}

/** The piece that came nearest to a proof explains best. */
function progress(finding: Finding): number {
  return (finding.children ?? []).filter(({ status }) => status === 'met').length
}

function absentFinding(ask: Ask, name: string, key: PublicKey, about: string): Finding {
  const of = about === '' ? '' : ` of ${about}`
  const facts = { keyId: key.id }
  if (ask.kind === 'attested') {
    const message = `expected an attestation${of} of type ${ask.type} by ${name} (${key.id}), got none`
    return all('attested', [unmet('attestation-found', 'attestation-missing', message, { facts })])
  }
  const message = `expected a signature${of} by ${name} (${key.id}), got none`
  const peerReason = `no signature found for key ${name}`
  return all('signed', [unmet('record-found', 'unsigned', message, { peerReason, facts })])
}

function alone(finding: Finding): Answered {
  return { finding, signatures: [] }
}
