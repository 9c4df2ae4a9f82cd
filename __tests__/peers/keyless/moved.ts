import { describe, it } from 'vitest'
import type { Expected } from '../../harness/endings.js'
import {
  annotation,
  type Companions,
  companionsOf,
  kindNames,
  kinds,
  type LogEntry,
  withCompanions,
} from '../../harness/keyless-signed.js'
import { type Inputs, judge, type Peer } from '../../harness/keyless-verdict.js'
import { releaseSigner, slug, type Stage, type Traits, traitsOf } from './stage.js'

/** What vouches for a signature, taken from another one of the same workflow, or changed. */
interface Moved {
  readonly what: string
  readonly change: (own: Companions, other: Companions) => void
  readonly of: (traits: Traits) => boolean
  readonly inputs?: Inputs
  readonly expected: Expected
  readonly peer: Peer
}

const all = (): boolean => true
const promised = ({ v2 }: Traits): boolean => !v2
const proven = ({ bundle }: Traits): boolean => bundle
const stamped = (traits: Traits): boolean => traits.stamped
const demanded = { 'use-signed-timestamps': 'true' }

/** The annotation that holds the entry of the older format. */
interface OlderEntry {
  SignedEntryTimestamp: string
  Payload: { integratedTime: number }
}

function changeEntry(
  own: Companions,
  other: Companions,
  inBundle: (own: LogEntry, other: LogEntry) => void,
  inOlder: (own: OlderEntry, other: OlderEntry) => void,
): void {
  const [entry, foreign] = [own.material.tlogEntries[0], other.material.tlogEntries[0]]
  if (entry && foreign) inBundle(entry, foreign)
  else {
    const [mine, theirs] = [own, other].map(
      ({ annotations }) => JSON.parse(annotations[annotation.entry] ?? '') as OlderEntry,
    )
    if (!mine || !theirs) throw new Error('there is no entry')
    inOlder(mine, theirs)
    own.annotations[annotation.entry] = JSON.stringify(mine)
  }
}

/** Takes over an annotation, if there is one. */
function take(name: string, own: Companions, other: Companions): void {
  const value = other.annotations[name]
  if (value !== undefined) own.annotations[name] = value
}

const moved: readonly Moved[] = [
  {
    what: 'the log entry of another image',
    of: all,
    change: (own, other) => {
      own.material.tlogEntries = other.material.tlogEntries
      take(annotation.entry, own, other)
    },
    expected: 'log-entry-invalid',
    peer: /signature does not match|calculated root|signature in bundle does not match/,
  },
  {
    what: 'the promise of another image',
    of: promised,
    change: (own, other) => {
      changeEntry(
        own,
        other,
        (mine, theirs) => (mine.inclusionPromise = theirs.inclusionPromise),
        (mine, theirs) => (mine.SignedEntryTimestamp = theirs.SignedEntryTimestamp),
      )
    },
    expected: 'log-entry-invalid',
    peer: /not enough verified log entries|unable to verify SET/,
  },
  {
    what: 'a time one second later than the log promised',
    of: promised,
    change: (own, other) => {
      changeEntry(
        own,
        other,
        (mine) => (mine.integratedTime = String(Number(mine.integratedTime) + 1)),
        (mine) => mine.Payload.integratedTime++,
      )
    },
    expected: 'log-entry-invalid',
    peer: /not enough verified log entries|unable to verify SET/,
  },
  {
    what: 'the proof of another image',
    of: proven,
    change: (own, other) => {
      changeEntry(
        own,
        other,
        (mine, theirs) => Object.assign(mine, { inclusionProof: theirs.inclusionProof }),
        never,
      )
    },
    expected: 'log-entry-invalid',
    peer: /calculated root/,
  },
  {
    what: 'the entry of another image in the proof of its own',
    of: ({ bundle, v2 }) => bundle && !v2,
    change: (own, other) => {
      changeEntry(own, other, (mine, theirs) => (mine.canonicalizedBody = theirs.canonicalizedBody), never)
    },
    expected: 'log-entry-invalid',
    peer: /calculated root|not enough verified log entries/,
  },
  {
    // cosign makes such an entry from the signature and does not read the one that is there.
    what: 'the entry of another image in the proof of its own, in Rekor 2',
    of: ({ v2 }) => v2,
    change: (own, other) => {
      changeEntry(own, other, (mine, theirs) => (mine.canonicalizedBody = theirs.canonicalizedBody), never)
    },
    expected: 'log-entry-invalid',
    peer: 'verified',
  },
  {
    what: 'no log entry',
    of: all,
    change: (own) => {
      own.material.tlogEntries = []
      own.annotations = without(own.annotations, annotation.entry)
    },
    expected: 'log-entry-missing',
    peer: /not enough verified log entries|offline verification failed/,
  },
  {
    what: 'the timestamp of another image, where one is demanded',
    of: stamped,
    inputs: demanded,
    change: moveStamp,
    expected: 'timestamp-invalid',
    peer: /hashed messages don't match|expected at least one verified timestamp/,
  },
  {
    what: 'the timestamp of another image, where nothing else proves a time',
    of: ({ v2 }) => v2,
    change: moveStamp,
    expected: 'timestamp-invalid',
    peer: /hashed messages don't match/,
  },
  {
    what: 'the timestamp of another image, which nobody asks for',
    of: ({ stamped: is, v2 }) => is && !v2,
    change: moveStamp,
    expected: 'verified',
    peer: 'verified',
  },
  {
    what: 'no timestamp, where nothing else proves a time',
    of: ({ v2 }) => v2,
    change: (own) => delete own.material.timestampVerificationData,
    expected: 'timestamp-invalid',
    peer: /not met for verified signed timestamps/,
  },
  {
    what: 'the certificate of another image',
    of: all,
    change: (own, other) => {
      own.material.certificate = other.material.certificate
      take(annotation.certificate, own, other)
    },
    expected: 'signature-invalid',
    peer: /certificate does not match|calculated root|comparing public key PEMs/,
  },
  {
    what: 'everything that lies beside another image',
    of: all,
    change: (own, other) => {
      Object.assign(own.material, other.material)
      for (const name of Object.values(annotation)) take(name, own, other)
    },
    expected: 'signature-invalid',
    peer: /signature does not match|calculated root|signature in bundle does not match/,
  },
  {
    // cosign takes the time of an entry in Rekor 1 from the promise alone; here a timestamp proves it as well.
    what: 'no promise, and a timestamp that proves the time',
    of: ({ bundle, stamped: is, v2 }) => bundle && is && !v2,
    change: (own, other) => changeEntry(own, other, (mine) => delete mine.inclusionPromise, never),
    expected: 'verified',
    peer: /not met for verified log entry integrated timestamps/,
  },
  {
    what: 'no promise, and no other proof of the time',
    of: ({ bundle, stamped: is, v2 }) => bundle && !is && !v2,
    change: (own, other) => changeEntry(own, other, (mine) => delete mine.inclusionPromise, never),
    expected: 'timestamp-invalid',
    peer: /not met for verified log entry integrated timestamps/,
  },
]

function moveStamp(own: Companions, other: Companions): void {
  if (other.material.timestampVerificationData)
    own.material.timestampVerificationData = other.material.timestampVerificationData
  take(annotation.timestamp, own, other)
}

function without(annotations: Record<string, string>, name: string): Record<string, string> {
  return Object.fromEntries(Object.entries(annotations).filter(([one]) => one !== name))
}

function never(): void {
  throw new Error('the older format has none')
}

/** One part of what vouches for a signature belongs to another; everything else, and the signature, is genuine. */
export function rejectMoved(stage: () => Stage): void {
  describe.each(kindNames)('an image signed as %s', (kind) => {
    const { format } = kinds[kind]

    it('is verified with what lies beside it written anew', async () => {
      const { world, images } = stage()
      const name = `${slug(kind)}-anew`
      const image = await withCompanions(world, images[kind][0], format, name, () => undefined)
      await judge(world, image, releaseSigner(world), 'verified', 'verified')
    })

    const rows = moved.filter(({ of }) => of(traitsOf(kind)))
    it.each(rows)('is judged with $what', async ({ what, change, inputs, expected, peer }) => {
      const { world, images } = stage()
      const [one, two] = images[kind]
      const other = await companionsOf(world, two, format)
      const name = `${slug(kind)}-${slug(what)}`
      const image = await withCompanions(world, one, format, name, (own) => change(own, other))
      await judge(world, image, { ...releaseSigner(world), ...inputs }, expected, peer)
    })
  })
}
