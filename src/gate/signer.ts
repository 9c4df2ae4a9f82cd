import { keyName } from '../keys/inline.js'
import type { Call } from '../network/call.js'
import type { Lookup } from '../network/lookup.js'
import type { Place, Resolved } from '../stores/store.js'
import { all } from '../verdict/algebra.js'
import { exempt, type Finding, unknown, unmet } from '../verdict/finding.js'
import type { Signature } from '../verdict/result.js'
import type { PublicKey } from '../verify/public-key.js'
import { checkRecord } from '../verify/record.js'
import type { Keyring } from './keyring.js'

/** What asking for one signer came to. */
export interface Answered {
  readonly finding: Finding
  readonly signature?: Signature
  /** Nothing is there yet; it may still appear. */
  readonly absent?: true
}

/** Has this key signed this image? The evidence is asked for as soon as the key is known. */
export async function askSigner(
  reference: string,
  keyring: Keyring,
  place: Place,
  image: Promise<Lookup<Resolved>>,
  call: Call,
): Promise<Answered> {
  const name = keyName(reference)
  const loaded = await keyring.load(reference)
  if (loaded.kind === 'failed') return { finding: unknown('key-loaded', loaded.problem) }
  const [resolved, evidence] = await Promise.all([image, place.evidence.find(loaded.key.id, image, call)])
  // Without the image there is nothing that a signature could be about; that is said once, for the image.
  if (resolved.kind !== 'found') return { finding: exempt('signed', 'the image was not found') }
  const double = keyring.sameAs(reference)
  if (double !== undefined) {
    return {
      finding: exempt('signed', `${name} is the same key as ${keyName(double)}: one signature counts once`),
    }
  }
  const { digest } = resolved.value
  switch (evidence.kind) {
    case 'absent':
      return { finding: unsigned(name, loaded.key), absent: true }
    case 'failed':
      return { finding: unknown('record-read', evidence.problem) }
    case 'found': {
      const { bytes, location, where, keyId } = evidence.value
      const check = await checkRecord({ bytes, location, digest, key: loaded.key, where, keyRef: name })
      const finding = { ...all('signed', check.findings) }
      const verified = finding.status === 'met'
      return {
        finding: verified ? { ...finding, message: `signed by ${name} (${loaded.key.id})` } : finding,
        signature: {
          format: 's3lo-record',
          where,
          verified,
          keyRef: name,
          keyId,
          ...(check.scheme !== undefined && { scheme: check.scheme }),
          claimed: {
            ...(check.record && { signedAt: check.record.signedAt, keyRef: check.record.keyRef }),
          },
        },
      }
    }
  }
}

function unsigned(name: string, key: PublicKey): Finding {
  const message = `expected a signature by ${name} (${key.id}), got none`
  const peerReason = `no signature found for key ${name}`
  return all('signed', [unmet('record-found', 'unsigned', message, { peerReason, facts: { keyId: key.id } })])
}
