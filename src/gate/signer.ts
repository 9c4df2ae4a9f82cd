import type { Evidence } from '../evidence/evidence.js'
import { predicateTypeOf } from '../evidence/statement.js'
import { keyName } from '../keys/inline.js'
import type { KeyVersion } from '../keys/key-source.js'
import type { Lookup } from '../network/lookup.js'
import type { Ask } from '../requirement/leaves.js'
import type { Look, Resolved } from '../stores/store.js'
import { all, any } from '../verdict/algebra.js'
import { exempt, type Finding, type Problem, unknown, unmet } from '../verdict/finding.js'
import type { IdentityDemand } from '../verdict/request.js'
import type { Signature } from '../verdict/result.js'
import { boundRule } from './bounded-rule.js'
import { type Judged, judgeCosign, judgeRecord, type Named, type Strictness } from './judge.js'
import { type Keyring, versionName } from './keyring.js'
import { search } from './search.js'

/** What asking for one signer came to. */
export interface Answered {
  readonly finding: Finding
  readonly signatures: readonly Signature[]
  /** Nothing that would do is there yet; it may still appear. */
  readonly absent?: true
  /** Some evidence could not be read: there may be more signatures than are seen. */
  readonly unread?: Problem
}

/** The image that is asked about, and how. */
export interface Matter extends Strictness {
  readonly image: Promise<Lookup<Resolved>>
  readonly look: Look
  /** The time of the image. */
  readonly signal: AbortSignal
  /** The manifest of an index that it is about; empty for the image as a whole. */
  readonly about: string
  /** Reads all evidence even when the first piece settles it. */
  readonly thorough: boolean
  /** Other keys' evidence is not seen: what is there for this key is all there will be. */
  readonly byKey: boolean
  readonly attestationsByAnyone?: true
}

/** Has this key signed this image, or attested this of it? The evidence is asked for as soon as the key is known. */
export async function askSigner(asked: Ask, keyring: Keyring, matter: Matter): Promise<Answered> {
  const ask =
    asked.kind === 'attested' && asked.rule ? { ...asked, rule: boundRule(asked.rule, matter.signal) } : asked
  const { by } = ask
  const { reference } = by
  const name = by.kind === 'key' ? keyName(reference) : reference
  const byKey = matter.byKey && !(ask.kind === 'attested' && matter.attestationsByAnyone === true)
  if (by.kind === 'identity' && byKey) {
    const message = 's3lo records are made with keys: no identity can have signed this image'
    return alone(unknown('signer', { code: 'input-invalid', message }))
  }
  if (byKey && ask.kind === 'signed' && Object.keys(ask.annotations ?? {}).length > 0) {
    const message = 's3lo records carry no annotations: none can be demanded of this image'
    return alone(unknown('signer', { code: 'input-invalid', message }))
  }
  const pattern = by.kind === 'identity' ? await wrongPattern(by.identity) : undefined
  if (pattern) return alone(unknown('signer', pattern))
  const loaded = by.kind === 'key' ? await keyring.load(reference) : undefined
  if (loaded?.kind === 'failed') return alone(unknown('key-loaded', loaded.problem))
  const unusable = ask.kind === 'attested' ? await ask.rule?.problem() : undefined
  if (unusable) return alone(unknown('attestation-policy', unusable))
  const keys = loaded?.keys ?? []
  const looked = byKey ? keys.map(({ key }) => key.id) : [keys[0]?.key.id ?? '']
  const channels = looked.flatMap((keyId) =>
    matter.look({
      keyId,
      ...(ask.kind === 'attested' && { predicateType: predicateTypeOf(ask.type) }),
      ...(ask.manner?.only && { only: ask.manner.only }),
    }),
  )
  const resolved = await matter.image
  // Without the image there is nothing that a signature could be about; that is said once, for the image.
  if (resolved.kind !== 'found') return alone(exempt(ask.kind, 'the image was not found'))
  const { digest } = resolved.value
  const named = (version: string | undefined): Named => ({ ask, digest, name: versionName(name, version) })
  const judge = async (evidence: Evidence): Promise<Judged> => {
    if (evidence.format !== 's3lo-record') {
      if (keys.length === 0) return judgeCosign(evidence, named(undefined), undefined, matter)
      return judgeByEach(keys, async ({ key, version }) => judgeCosign(evidence, named(version), key, matter))
    }
    const own = keys.find(({ key }) => key.id === evidence.keyId)
    return own ? judgeRecord(evidence, named(own.version), own.key, matter) : { unrelated: 'an s3lo record' }
  }
  const every = ask.kind === 'attested' && ask.rule?.over === 'every'
  const searched = await search({
    channels,
    judge,
    settles: every ? isDenied : ({ finding }) => finding?.status === 'met',
    thorough: matter.thorough,
  })
  // Asked late: by now most keys have loaded.
  const double = keys.length > 0 && ask.apart ? keyring.sameAs(reference) : undefined
  if (double !== undefined) {
    return alone(exempt(ask.kind, `${name} is the same key as ${keyName(double)}: one signature counts once`))
  }
  const id = keys.map(({ key }) => key.id).join(', ')
  return conclude(ask, { name, id }, searched, { about: matter.about, byKey })
}

/** Any version of a key may have signed: the first that did, whatever a policy says then, else what the first comes to. */
async function judgeByEach(
  keys: readonly KeyVersion[],
  judge: (key: KeyVersion) => Promise<Judged>,
): Promise<Judged> {
  let first: Judged | undefined
  for (const key of keys) {
    const judged = await judge(key)
    if (judged.finding?.status === 'met' || judged.ruled) return judged
    first ??= judged
  }
  return first ?? { unrelated: 'nothing that can be checked' }
}

function conclude(
  ask: Ask,
  signer: { readonly name: string; readonly id: string },
  { judged, problems }: Awaited<ReturnType<typeof search<Judged>>>,
  { byKey, about }: Pick<Matter, 'byKey' | 'about'>,
): Answered {
  const verb = ask.kind === 'signed' ? 'signed' : `attested (${ask.type})`
  const against =
    ask.kind === 'attested' && ask.rule?.over === 'every' ? exception(judged, problems) : undefined
  if (against) return { ...against, signatures: judged.flatMap(({ signature }) => signature ?? []) }
  const proven = judged.find(({ finding }) => finding?.status === 'met')
  if (proven?.finding) {
    const { keyRef, keyId } = proven.signature ?? { keyRef: signer.name, keyId: signer.id }
    const finding = { ...proven.finding, message: `${verb} by ${spell({ name: keyRef, id: keyId })}` }
    return {
      finding,
      signatures: judged.flatMap(({ signature }) => (signature?.verified ? signature : [])),
      ...(problems[0] && { unread: problems[0] }),
    }
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
    const missing = { ...absentFinding(ask, signer, about), ...(nearMisses.length > 0 && { nearMisses }) }
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

function isDenied({ ruled }: Judged): boolean {
  return ruled?.status === 'unmet'
}

/**
 * Where every statement must say so: one that says otherwise decides, and one that nobody could read or judge leaves it
 * open. Undefined: every statement that is proven says so, if there is one.
 */
function exception(
  judged: readonly Judged[],
  problems: readonly Problem[],
): Pick<Answered, 'finding'> | undefined {
  const denied = judged.find(isDenied)
  if (denied?.finding) return { finding: denied.finding }
  const open = judged.find(({ finding }) => finding?.status === 'unknown')
  if (open?.finding) return { finding: open.finding }
  const [problem] = problems
  const proven = judged.some(({ finding }) => finding?.status === 'met')
  return problem && proven ? { finding: unknown('evidence-read', problem) } : undefined
}

/** The piece that came nearest to a proof explains best. */
function progress(finding: Finding): number {
  return (finding.children ?? []).filter(({ status }) => status === 'met').length
}

function absentFinding(
  ask: Ask,
  signer: { readonly name: string; readonly id: string },
  about: string,
): Finding {
  const of = about === '' ? '' : ` of ${about}`
  const facts = signer.id === '' ? { identity: signer.name } : { keyId: signer.id }
  if (ask.kind === 'attested') {
    const message = `expected an attestation${of} of type ${ask.type} by ${spell(signer)}, got none`
    return all('attested', [unmet('attestation-found', 'attestation-missing', message, { facts })])
  }
  const message = `expected a signature${of} by ${spell(signer)}, got none`
  const peerReason = `no signature found for key ${signer.name}`
  return all('signed', [unmet('record-found', 'unsigned', message, { peerReason, facts })])
}

function alone(finding: Finding): Answered {
  return { finding, signatures: [] }
}

async function wrongPattern({ subjectRegexp, issuerRegexp }: IdentityDemand): Promise<Problem | undefined> {
  const { patternProblem } = await import('../verify/identity.js')
  for (const pattern of [subjectRegexp, issuerRegexp]) {
    const why = pattern === undefined ? undefined : patternProblem(pattern)
    if (why === undefined) continue
    return {
      code: 'input-invalid',
      message: `expected a pattern in RE2, got ${JSON.stringify(pattern)}: ${why}`,
    }
  }
  return undefined
}

/** A key with its id; an identity speaks for itself. */
function spell({ name, id }: { readonly name: string; readonly id: string }): string {
  return id === '' ? name : `${name} (${id})`
}
