import type { Stage, StagedImage } from './attack-stage.js'
import { type Certified, type Changes, signedAt } from './forged-instance.js'
import { bodies, type ForgedLog, type Logged, type RecordedEntry } from './forged-log.js'
import {
  bundleWith,
  layBundle,
  layEnvelope,
  laySignature,
  loggedEnvelope,
  type SimplySigned,
  simplySigned,
} from './laid-pieces.js'
import type { RanAction } from './run.js'
import { seal, type SealedEnvelope, signatureStatement, type Signer } from '../verify/sealed.js'

/** Where a signature lies with the entry of a log, and how it is asked for. */
export interface Path {
  readonly name: string
  readonly kind: keyof typeof bodies
  readonly keyless: boolean
  readonly form: 'sig' | 'att' | 'bundle'
}

/** Verifiers have code of its own for each of them. */
export const paths: readonly Path[] = [
  { name: 'a payload by a key', kind: 'hashedrekord 0.0.1', keyless: false, form: 'sig' },
  { name: 'a payload by an identity', kind: 'hashedrekord 0.0.1', keyless: true, form: 'sig' },
  { name: 'an envelope by a key', kind: 'dsse 0.0.1', keyless: false, form: 'att' },
  { name: 'an envelope by an identity', kind: 'intoto 0.0.1', keyless: true, form: 'att' },
  { name: 'a bundle by a key', kind: 'dsse 0.0.1', keyless: false, form: 'bundle' },
  { name: 'a bundle by an identity', kind: 'dsse 0.0.1', keyless: true, form: 'bundle' },
  { name: 'an older bundle', kind: 'intoto 0.0.2', keyless: true, form: 'bundle' },
  { name: 'a bundle of a newer log', kind: 'hashedrekord 0.0.2', keyless: true, form: 'bundle' },
]

export const provenance = 'https://slsa.dev/provenance/v1'

/** What is signed, and what a log is told of it. */
export type Piece = { readonly logged: Logged } & (
  { readonly envelope: SealedEnvelope } | { readonly signed: SimplySigned }
)

/** A statement about an image; a signature unless it has another type. */
export function statementOf({ digest }: Pick<StagedImage, 'digest'>, changes: object = {}): object {
  return signatureStatement({ subject: [{ digest: { sha256: digest.slice('sha256:'.length) } }], ...changes })
}

export function signOn({ form }: Path, signer: Signer | Certified, image: StagedImage): Piece {
  if (form === 'sig') {
    const signed = simplySigned(signer, image.digest)
    return { signed, logged: signed.logged }
  }
  const changes = form === 'att' ? { predicateType: provenance } : {}
  const envelope = seal(statementOf(image, changes), [signer])
  return { envelope, logged: loggedEnvelope(signer, envelope) }
}

/** The log of this instance that entries of the kind go to. */
export function logOf({ kind }: Path, { instance }: Stage): ForgedLog {
  return kind === 'hashedrekord 0.0.2' ? instance.newerLog : instance.log
}

/** Lays the piece with an entry; with a timestamp where the log proves no time. */
export function layOn(
  path: Path,
  piece: Piece,
  signer: Signer | Certified,
  { annotation, entry }: RecordedEntry,
  { holdings, repository, digest }: StagedImage,
  { instance }: Stage,
): void {
  const beside = { entry: annotation, ...('pem' in signer && { certificate: signer.pem }) }
  if ('signed' in piece) laySignature(holdings, repository, digest, piece.signed, beside)
  else if (path.form === 'att') layEnvelope(holdings, repository, digest, piece.envelope, beside)
  else {
    const untimed = path.kind === 'hashedrekord 0.0.2'
    const timestamps = untimed ? [instance.timestamps.stamp(piece.logged.signature, signedAt)] : []
    const certificate = 'certificate' in signer ? { certificate: signer.certificate } : {}
    const bundle = bundleWith(piece.envelope, { ...certificate, entries: [entry], timestamps })
    layBundle(holdings, repository, digest, bundle)
  }
}

/** Asks for the signer of the path: the key, or the usual identity. */
export async function askOn(
  { form, keyless }: Path,
  signer: Signer,
  image: StagedImage,
  stage: Stage,
  inputs: Readonly<Record<string, string>> = {},
  changes: Changes = {},
): Promise<RanAction> {
  const whole = { ...(form === 'att' && { 'attestation-type': provenance }), ...inputs }
  return keyless ? stage.byIdentity(image, whole, changes) : stage.byLoggedKey(image, signer, whole, changes)
}

/** The whole way of a signature that a log took down at a time. */
export async function playOn(
  path: Path,
  signer: Signer | Certified,
  stage: Stage,
  { time = signedAt, inputs = {}, changes = {} }: { time?: Date; inputs?: object; changes?: Changes } = {},
): Promise<readonly [RanAction, string]> {
  const image = stage.image()
  const piece = signOn(path, signer, image)
  const recorded = logOf(path, stage).record(bodies[path.kind](piece.logged), time)
  layOn(path, piece, signer, recorded, image, stage)
  return [await askOn(path, signer, image, stage, { ...inputs }, changes), image.digest]
}
