import type { Companions } from '../evidence/transparency.js'
import { exempt, type Finding, met, type Problem, unknown, unmet } from '../verdict/finding.js'
import type { IdentityDemand } from '../verdict/request.js'
import { claimsOf, mismatch, readIdentity } from './identity.js'
import type { PublicKey } from './public-key.js'
import {
  beginningOf,
  checkCertificate,
  checkLogEntry,
  type Signed,
  timeOfEntry,
  timeOfStamp,
} from './sigstore.js'
import { judgeAge } from './freshness.js'
import type { Trust } from './trust-material.js'

/** What is demanded beyond a signature by a key, and with what it is checked. */
export interface Vouching {
  readonly trust: Trust | Problem
  /** Now: only where nothing proves a time and none is demanded. */
  readonly now: Date
  readonly sct: 'require' | 'ignore'
  /** A timestamp by an authority is demanded. */
  readonly signedTimestamps: boolean
  /** The certificate has to be valid at every proven time, as sigstore's clients judge files; else at one of them. */
  readonly everyTime?: boolean
  /** How long ago a signature may have been made, by proven times only; undefined: at any time. */
  readonly maxAgeMs?: number
  /** The keyless signer that is asked for; undefined: a key. */
  readonly identity?: IdentityDemand
}

/** A time that is proven, and by what. */
interface Proven {
  readonly time: Date
  readonly by: 'log' | 'timestamp'
}

/**
 * Log entries, timestamps, certificate and identity, each a finding of its own; the signature itself has been verified
 * with `key`.
 */
export function vouch(
  companions: Companions,
  signed: Signed,
  key: PublicKey,
  { trust, now, sct, signedTimestamps, everyTime, maxAgeMs, identity }: Vouching,
  log: 'require' | 'ignore',
  where: string,
): readonly Finding[] {
  const { certificate } = companions
  if (log === 'require' && companions.logEntries.length === 0) {
    const message = `expected an entry of a transparency log with the signature at ${where}, got none`
    return [unmet('log-entry', 'log-entry-missing', message)]
  }
  if ('code' in trust) return [unknown('trust', trust)]
  const { material } = trust
  const findings: Finding[] = []
  const proven: Proven[] = []
  const signer = identity !== undefined && certificate !== undefined ? certificate : key.spki
  const stamps = companions.timestamps.map((der) => timeOfStamp(der, signed, key.key, material))
  const stamped = stamps.filter((stamp) => typeof stamp !== 'string')
  findings.push(
    log === 'require'
      ? checkEntries(companions, signed, signer, key, trust, where, stamped, proven)
      : exempt('log-entry', `no entry of a transparency log is asked for (${where})`),
  )
  if (identity === undefined) {
    const times = [...proven.map(({ time }) => time), ...stamped]
    return maxAgeMs === undefined ? findings : [...findings, judgeAge(times, maxAgeMs, now, where)]
  }
  if (certificate === undefined) {
    return [
      unmet('certificate', 'key-mismatch', `expected a certificate with the signature at ${where}, got none`),
    ]
  }
  proven.push(...stamped.map((time) => ({ time, by: 'timestamp' as const })))
  if (signedTimestamps || stamps.length > 0) findings.push(checkStamps(stamps, signedTimestamps, where))
  // A demanded timestamp is what the certificate is held against, as in cosign.
  const times = proven.filter(({ by }) => by === 'timestamp' || !signedTimestamps).map(({ time }) => time)
  // Nothing demanded proves a time: then the certificate has to be valid as it is looked at.
  const judgedAt = times.length === 0 && log === 'ignore' && !signedTimestamps ? [now] : times
  findings.push(
    judgeCertificate(companions, judgedAt, everyTime === true ? 'every' : 'some', sct, trust, where),
  )
  if (sct === 'ignore')
    findings.push(exempt('certificate-log', `no log of certificates is asked for the certificate (${where})`))
  if (maxAgeMs !== undefined) {
    // Nobody but the authority can make a certificate younger: a log or a timestamp can be had again for an old signature.
    const begins = times.length === 0 ? undefined : beginningOf(certificate)
    findings.push(judgeAge(begins ? [...times, begins] : times, maxAgeMs, now, where))
  }
  findings.push(judgeIdentity(certificate, identity, where))
  return findings
}

function checkEntries(
  { logEntries }: Companions,
  signed: Signed,
  signer: Uint8Array,
  key: PublicKey,
  { material }: Trust,
  where: string,
  stamped: readonly Date[],
  proven: Proven[],
): Finding {
  let reason = ''
  let valid = 0
  for (const entry of logEntries) {
    const why = checkLogEntry(entry, signed, signer, key.key, material, stamped)
    if (why !== undefined) {
      reason = why
      continue
    }
    valid++
    const time = timeOfEntry(entry)
    if (time) proven.push({ time, by: 'log' })
  }
  if (valid > 0) {
    const at = proven[0]?.time.toISOString()
    const message = `a trusted transparency log has the signature at ${where}${at === undefined ? '' : `, at ${at}`}`
    return met('log-entry', message, at === undefined ? {} : { facts: { time: at } })
  }
  return unmet(
    'log-entry',
    'log-entry-invalid',
    `expected an entry of a trusted transparency log for the signature at ${where}, got one that does not prove it: ${reason}`,
  )
}

/** A timestamp that nobody demands may prove nothing: then it is passed over, and said so. */
function checkStamps(stamps: readonly (Date | string)[], demanded: boolean, where: string): Finding {
  const time = stamps.find((stamp) => typeof stamp !== 'string')?.toISOString()
  if (time !== undefined)
    return met('timestamp', `a trusted authority saw the signature at ${where} at ${time}`, {
      facts: { time },
    })
  const reason = stamps.find((stamp) => typeof stamp === 'string')
  if (!demanded) return exempt('timestamp', `the timestamp at ${where} proves nothing: ${String(reason)}`)
  const got = reason === undefined ? 'none' : `one that does not prove it: ${reason}`
  return unmet(
    'timestamp',
    'timestamp-invalid',
    `expected a signed timestamp for the signature at ${where}, got ${got}`,
  )
}

function judgeCertificate(
  { certificate = new Uint8Array(), chain }: Companions,
  times: readonly Date[],
  demanded: 'some' | 'every',
  sct: 'require' | 'ignore',
  { material }: Trust,
  where: string,
): Finding {
  if (times.length === 0) {
    const message = `expected a proven time for the certificate at ${where}, got none: neither a log's promise nor a timestamp`
    return unmet('certificate', 'timestamp-invalid', message)
  }
  const why = checkCertificate(certificate, times, demanded, sct, material, chain)
  if (why === undefined) return met('certificate', `the certificate at ${where} leads to a trusted authority`)
  const expired = /expired|not valid at/i.test(why)
  return unmet(
    'certificate',
    expired ? 'certificate-expired' : 'certificate-untrusted',
    `expected a certificate that leads to a trusted authority at ${where}, got one that does not: ${why}`,
  )
}

function judgeIdentity(certificate: Uint8Array, demand: IdentityDemand, where: string): Finding {
  try {
    const identity = readIdentity(certificate)
    const wrong = mismatch(identity, demand)
    const facts = { identity: identity.subjects.join(', '), issuer: identity.issuer, ...claimsOf(identity) }
    if (wrong === undefined)
      return met('identity', `signed by ${facts.identity} (${facts.issuer})`, { facts })
    return unmet('identity', 'identity-mismatch', `${wrong}, at ${where}`, {
      facts,
      nearMisses: [{ message: `signed by ${facts.identity} (issuer ${facts.issuer}): ${wrong}` }],
    })
  } catch {
    return unmet(
      'identity',
      'certificate-untrusted',
      `expected a certificate that says who signed at ${where}`,
    )
  }
}
