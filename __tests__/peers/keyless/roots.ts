import { createHash, generateKeyPairSync } from 'node:crypto'
import { describe, it } from 'vitest'
import type { Expected } from '../../harness/endings.js'
import { newAuthority } from '../../harness/issued-certificate.js'
import { kindNames } from '../../harness/keyless-signed.js'
import { type Inputs, judge, type Peer } from '../../harness/keyless-verdict.js'
import { rekorV1Name } from '../../harness/rekor-v1.js'
import type { TrustedAuthority, TrustedLog, TrustedParts } from '../../harness/trusted-root.js'
import { releaseSigner, type Stage, type Traits, traitsOf } from './stage.js'

interface ChangedRoot {
  readonly what: string
  readonly change: (right: TrustedParts, traits: Traits) => Partial<TrustedParts>
  readonly inputs?: Inputs
  readonly expected: (traits: Traits) => Expected
  /** cosign's answer, or its words in a bundle and in the older format. */
  readonly peer: (traits: Traits) => Peer
}

const ended = { start: new Date('2026-01-01T00:00:00Z'), end: new Date('2026-02-01T00:00:00Z') }
const later = { start: new Date('2099-01-01T00:00:00Z') }
const demanded = { 'use-signed-timestamps': 'true' }

function isOwn({ baseUrl }: TrustedLog, { v2 }: Traits): boolean {
  return baseUrl.endsWith(rekorV1Name) !== v2
}

/** Another key under the id by which entries name the log. */
function otherKey(log: TrustedLog): TrustedLog {
  const spki = log.publicKey.export({ type: 'spki', format: 'der' })
  const id = log.id ?? createHash('sha256').update(spki).digest()
  return { ...log, publicKey: generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey, id }
}

/** The same names and other keys. */
function impostor(authority: TrustedAuthority): TrustedAuthority {
  const root = newAuthority('keyless root')
  return {
    ...authority,
    chain: [newAuthority('keyless intermediate', root).certificate, root.certificate],
  }
}

const always =
  <Value>(value: Value) =>
  (): Value =>
    value
const words =
  (inBundle: RegExp, inOlder: RegExp) =>
  ({ bundle }: Traits): RegExp =>
    bundle ? inBundle : inOlder
const notLogged = words(/not enough verified log entries/, /rekor log public key not found/)
const otherLogKey = words(/not enough verified log entries|no verifiable signatures/, /unable to verify SET/)
const untimelyLog = words(/not enough verified log entries/, /rekor log public key not valid/)
const untrusted = always(/leaf certificate verification failed/)
const unknownToCt = always(/only able to verify 0 SCT entries/)
const unstamped = words(/not met for verified signed timestamps/, /expected at least one verified timestamp/)
const verified = always<Expected & Peer>('verified')

/** Of Rekor 2 a timestamp alone proves the time; of Rekor 1 the log's promise does. */
const timeless = ({ v2 }: Traits): Expected => (v2 ? 'timestamp-invalid' : 'verified')
const timelessPeer = (traits: Traits): Peer => (traits.v2 ? unstamped(traits) : 'verified')
/** In the older format cosign only looks at a timestamp that is there. */
const demandedPeer = (traits: Traits): Peer =>
  traits.bundle || traits.stamped ? unstamped(traits) : 'verified'
/** An entry in Rekor 2 has no time of its own: cosign holds none against the window of the log's key, we the timestamp's. */
const untimelyPeer = (traits: Traits): Peer => (traits.v2 ? 'verified' : untimelyLog(traits))

const roots: readonly ChangedRoot[] = [
  {
    what: 'without the log',
    change: ({ logs }, traits) => ({ logs: logs.filter((log) => !isOwn(log, traits)) }),
    expected: always('log-entry-invalid'),
    peer: notLogged,
  },
  {
    what: 'with another key of the log',
    change: ({ logs }) => ({ logs: logs.map(otherKey) }),
    expected: always('log-entry-invalid'),
    peer: otherLogKey,
  },
  {
    what: 'in which the key of the log was valid before',
    change: ({ logs }) => ({ logs: logs.map((log) => ({ ...log, valid: ended })) }),
    expected: always('log-entry-invalid'),
    peer: untimelyPeer,
  },
  {
    what: 'in which the key of the log becomes valid later',
    change: ({ logs }) => ({ logs: logs.map((log) => ({ ...log, valid: later })) }),
    expected: always('log-entry-invalid'),
    peer: untimelyPeer,
  },
  {
    what: 'without the authority',
    change: always({ authorities: [] }),
    expected: always('certificate-untrusted'),
    peer: untrusted,
  },
  {
    what: 'with an authority of the same name',
    change: ({ authorities }) => ({ authorities: authorities.map(impostor) }),
    expected: always('certificate-untrusted'),
    peer: untrusted,
  },
  {
    what: 'in which the authority was valid before',
    change: ({ authorities }) => ({ authorities: authorities.map((one) => ({ ...one, valid: ended })) }),
    expected: always('certificate-untrusted'),
    peer: untrusted,
  },
  {
    what: 'in which the authority becomes valid later',
    change: ({ authorities }) => ({ authorities: authorities.map((one) => ({ ...one, valid: later })) }),
    expected: always('certificate-untrusted'),
    peer: untrusted,
  },
  {
    what: 'without the log of certificates',
    change: always({ certificateLogs: [] }),
    expected: always('certificate-untrusted'),
    peer: unknownToCt,
  },
  {
    what: 'with another key of the log of certificates',
    change: ({ certificateLogs }) => ({ certificateLogs: certificateLogs.map(otherKey) }),
    expected: always('certificate-untrusted'),
    peer: unknownToCt,
  },
  {
    what: 'in which the key of the log of certificates was valid before',
    change: ({ certificateLogs }) => ({
      certificateLogs: certificateLogs.map((one) => ({ ...one, valid: ended })),
    }),
    expected: always('certificate-untrusted'),
    peer: unknownToCt,
  },
  {
    what: 'without the log of certificates where none is demanded',
    change: always({ certificateLogs: [] }),
    inputs: { 'insecure-ignore-sct': 'true' },
    expected: verified,
    peer: verified,
  },
  {
    what: 'without the timestamp authority',
    change: always({ timestampAuthorities: [] }),
    expected: timeless,
    peer: timelessPeer,
  },
  {
    what: 'without the timestamp authority where a timestamp is demanded',
    change: always({ timestampAuthorities: [] }),
    inputs: demanded,
    expected: always('timestamp-invalid'),
    peer: demandedPeer,
  },
  {
    what: 'with another timestamp authority where a timestamp is demanded',
    change: (right) => ({ timestampAuthorities: right.timestampAuthorities.map(impostor) }),
    inputs: demanded,
    expected: always('timestamp-invalid'),
    peer: demandedPeer,
  },
  {
    what: 'in which the timestamp authority was valid before',
    change: (right) => ({
      timestampAuthorities: right.timestampAuthorities.map((one) => ({ ...one, valid: ended })),
    }),
    expected: timeless,
    peer: timelessPeer,
  },
]

/** The same evidence under a trusted root in which one part is missing or another. */
export function judgeRoots(stage: () => Stage): void {
  describe.each(kindNames)('an image signed as %s', (kind) => {
    const traits = traitsOf(kind)
    it.each(roots)('is judged by a trusted root $what', async ({ change, inputs, expected, peer }) => {
      const { world, images } = stage()
      const root = world.trust((right) => change(right, traits))
      const given = { ...releaseSigner(world), ...inputs, 'trusted-root': root }
      await judge(world, images[kind][0], given, expected(traits), peer(traits))
    })
  })
}
