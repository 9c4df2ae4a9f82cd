import type { EvidenceCase } from './evidence-case.js'

/**
 * Why a change of one byte may leave a verdict as it is. By where the byte stands, and for which evidence; a position
 * that no line explains fails the tests.
 */
export interface Reason {
  readonly part?: RegExp
  readonly place: RegExp
  /** `less`: of the proven times one is missing then. */
  readonly outcome: 'same' | 'less'
  readonly of?: (one: EvidenceCase) => boolean
  readonly why: string
}

const entry = 'verificationMaterial\\.tlogEntries\\[\\]'
const token = '(signedTimestamp|SignedRFC3161Timestamp|timestamps\\[\\]\\.data)'
const byKey = (one: EvidenceCase): boolean => 'key' in one && one.kind !== 'build-policy'

/** A line that comes first is taken first. */
export const reasons: readonly Reason[] = [
  {
    place: /^(keyRef|keyID|algorithm|signedAt)/i,
    outcome: 'same',
    of: ({ kind }) => kind === 's3lo-record',
    why: 'a claim of whoever wrote the record: shown as one, signed by nobody',
  },
  {
    place: /./,
    outcome: 'same',
    of: ({ kind, name }) => kind === 's3lo-record' && /extra-fields|dup-last/.test(name),
    why: 'a member that nobody reads, or that is said again behind it: the last one counts, as for s3lo',
  },
  {
    place: /^verificationMaterial\.publicKey/,
    outcome: 'same',
    why: 'a hint which key signed: it explains a near miss and decides nothing',
  },
  {
    place: /^(dsseEnvelope\.)?signatures\[\]\.keyid/,
    outcome: 'same',
    why: 'a claim which key signed: each key that is asked for is tried',
  },
  {
    place: new RegExp(`^${entry}\\.inclusionProof\\.(rootHash|treeSize)`),
    outcome: 'same',
    why: 'said again by the checkpoint, which the log signed; the checkpoint decides',
  },
  {
    place: new RegExp(`^${entry}\\.(inclusionPromise|integratedTime)`),
    outcome: 'less',
    why: 'without its promise an entry is proven by its inclusion, and proves no time',
  },
  {
    place: new RegExp(`^${entry}(\\.inclusionProof)?\\.(logIndex|hashes) \\(name\\)`),
    outcome: 'same',
    why: 'absent is zero, or an empty list, which is what it says',
  },
  {
    place: new RegExp(`^${entry}\\.inclusionProof`),
    outcome: 'same',
    why: 'a proof that bundles of version 0.1 need not have: the promise of the log is there',
  },
  {
    place: new RegExp(`^${entry}\\.logIndex`),
    outcome: 'same',
    why: 'the index in the whole log, beside a proof that has the index in the tree',
  },
  {
    place: new RegExp(`${token}: (status|version|list of digest algorithms)`),
    outcome: 'same',
    why: 'of a timestamp nobody signs its status, its versions and the list of algorithms',
  },
  {
    place: new RegExp(`${token}: (certificates|name of the signer)`),
    outcome: 'same',
    why: 'certificates in a timestamp, and the name of its signer: those of the trusted root decide',
  },
  {
    place: new RegExp(`${token}: wrapping`),
    outcome: 'same',
    why: 'tags and lengths around the parts of a timestamp: the parts are signed',
  },
  {
    place: new RegExp(`${token}: (digest algorithm of the signer|signature algorithm)`),
    outcome: 'same',
    why: 'names of algorithms in a timestamp: the key says what its signature is, and another digest fails',
  },
  {
    place: /^verificationMaterial\.timestampVerificationData/,
    outcome: 'same',
    of: byKey,
    why: 'a key is asked for, which holds at any time: timestamps are not looked at',
  },
  {
    place: /^verificationMaterial\.timestampVerificationData|SignedRFC3161Timestamp/,
    outcome: 'less',
    why: 'a timestamp that nobody demands: one that proves nothing is passed over, and said so',
  },
  {
    place: /^messageSignature\.messageDigest\.algorithm/,
    outcome: 'same',
    why: 'the digest is compared with one of its own length, whatever it is called',
  },
  {
    part: /^chain$/,
    place: /./,
    outcome: 'same',
    why: 'certificates between the signer and a root, which the trusted root has itself: a wrong one leads nowhere',
  },
  {
    place: /^signatures\[\]\.intermediates/,
    outcome: 'same',
    why: 'certificates between the signer and a root, which the policy has itself: a wrong one leads nowhere',
  },
  {
    part: /^certificate$/,
    place: /^(around|armour of) PEM$/,
    outcome: 'same',
    why: 'text around a PEM block',
  },
  {
    place: /^signatures\[\]\.certificate$/,
    outcome: 'same',
    why: 'text around a PEM block',
  },
  {
    place: /^signatures\[\]\.timestamps\[\]\.type/,
    outcome: 'same',
    why: 'the type of a timestamp: all are read as RFC 3161, and one that is none proves nothing',
  },
  {
    part: /two-sigs/,
    place: /^signatures\[\]/,
    outcome: 'same',
    why: 'one of two signatures by the same step is enough',
  },
  {
    part: /extra-bad/,
    place: /./,
    outcome: 'same',
    why: 'a further envelope that nobody needs: what is proven is proven without it',
  },
  {
    part: /\.json$/,
    place: /./,
    outcome: 'less',
    of: ({ name }) => name.includes('or-semantics'),
    why: 'one of two envelopes of a step is enough: a wrong one is left out',
  },
  {
    place: /^payload$/,
    outcome: 'same',
    of: ({ kind, name }) => kind === 'build-policy' && name.includes('b64-newlines'),
    why: 'the end of a line in base64 is none of its letters',
  },
  {
    place: /^verificationMaterial\.timestampVerificationData(\.rfc3161Timestamps)? \(name\)/,
    outcome: 'same',
    of: ({ name }) => name.includes('bad-timestamp'),
    why: 'a timestamp that nobody demands and that proves nothing as it is',
  },
  {
    place: new RegExp(token),
    outcome: 'same',
    of: ({ name }) => /bad-timestamp|dup-timestamp|second-tsa/.test(name),
    why: 'a second timestamp: one that is good is enough',
  },
]

const spelling =
  'another spelling of the same bytes: the last bits and the padding of base64, or its other alphabet'
const otherCase = 'names of members mean the same in any case, as for cilock and witness'
/** What the tests show for a position that nobody has judged; it is on no list. */
export const unjudged = 'nobody has judged this position'

/** A change that was not refused. */
interface Change {
  readonly one: EvidenceCase
  readonly part: string
  readonly text: string
  readonly changed: string
  readonly at: number
  readonly place: string
  readonly outcome: 'same' | 'less'
}

export function reasonOf({ one, part, text, changed, at, place, outcome }: Change): string {
  if (outcome === 'same' && tokenAt(text, at).equals(tokenAt(changed, at))) return spelling
  if (
    outcome === 'same' &&
    one.kind === 'build-policy' &&
    place.endsWith('(name)') &&
    isOtherCase(text, changed)
  )
    return otherCase
  const reason = reasons.find(
    (line) =>
      line.outcome === outcome &&
      line.place.test(place) &&
      line.part?.test(part) !== false &&
      line.of?.(one) !== false,
  )
  return reason?.why ?? unjudged
}

function isOtherCase(text: string, changed: string): boolean {
  return text.toLowerCase() === changed.toLowerCase()
}

/** The bytes that the base64 around a position means. */
function tokenAt(text: string, at: number): Buffer {
  const ends = /["\n-]/
  let [from, to] = [at, at + 1]
  while (from > 0 && !ends.test(text.charAt(from - 1))) from--
  while (to < text.length && !ends.test(text.charAt(to))) to++
  return Buffer.from(text.slice(from, to), 'base64')
}
