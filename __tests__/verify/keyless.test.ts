import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import type { CosignEvidence } from '../../src/evidence/evidence.js'
import type { IdentityDemand } from '../../src/verdict/request.js'
import { all } from '../../src/verdict/algebra.js'
import { failureOf } from '../../src/verdict/result.js'
import { checkCosign, checkKeyless } from '../../src/verify/cosign.js'
import { publicKeyFromSpki } from '../../src/verify/public-key.js'
import { parseTrustedRoot, type Trust } from '../../src/verify/trust-material.js'

const folder = path.resolve(import.meta.dirname, '../data/keyless')

/** Evidence made by cosign, Fulcio, Rekor and a timestamp authority, with throw-away keys. */
interface Piece {
  readonly digest: string
  readonly bundle?: object
  readonly payload?: string
  readonly annotations?: Readonly<Record<string, string>>
}
const pieces = JSON.parse(readFileSync(path.join(folder, 'evidence.json'), 'utf8')) as Readonly<
  Record<'legacy' | 'bundle' | 'rekor2' | 'keyed', Piece>
>

function evidenceOf({ bundle, payload = '', annotations = {} }: Piece): CosignEvidence {
  const where = 'registry.example/app'
  return bundle === undefined
    ? { format: 'simple-signing', where, bytes: Buffer.from(payload, 'base64'), annotations }
    : { format: 'sigstore-bundle', where, bytes: Buffer.from(JSON.stringify(bundle)) }
}

function trustOf(name: string): Trust {
  const trust = parseTrustedRoot(readFileSync(path.join(folder, `${name}.json`)), name)
  if (typeof trust === 'string') throw new Error(trust)
  return trust
}

const good: IdentityDemand = {
  subject: 'https://github.com/team/app/.github/workflows/release.yml@refs/heads/main',
  issuer: 'http://127.0.0.1:5720',
}

interface Change {
  readonly identity?: IdentityDemand
  readonly trust?: string
  readonly digest?: string
  readonly log?: 'require' | 'ignore'
  readonly sct?: 'require' | 'ignore'
  readonly signedTimestamps?: boolean
  readonly now?: Date
}

/** @returns `met`, or the code that the evidence fails with */
async function judge(piece: Piece, change: Change = {}): Promise<string> {
  const { identity = good, trust = 'root', digest = piece.digest, log = 'require' } = change
  const check = await checkKeyless(evidenceOf(piece), {
    keyRef: 'an identity',
    digest,
    annotations: {},
    log,
    vouching: {
      trust: trustOf(trust),
      now: change.now ?? new Date('2026-11-21T12:00:00Z'),
      sct: change.sct ?? 'require',
      signedTimestamps: change.signedTimestamps ?? false,
      identity,
    },
  })
  if (check.kind === 'unrelated') return 'unrelated'
  return failureOf(all('signed', check.findings))?.code ?? 'met'
}

describe.each(['legacy', 'bundle', 'rekor2'] as const)('a keyless signature (%s)', (name) => {
  const piece = pieces[name]

  it('is proven by its certificate, its log entry and its time', async () => {
    expect(await judge(piece)).toBe('met')
  })

  it.each<[string, Change, string]>([
    ['another identity', { identity: { ...good, subject: `${String(good.subject)}x` } }, 'identity-mismatch'],
    [
      'a prefix of the identity',
      { identity: { ...good, subject: 'https://github.com/team/app' } },
      'identity-mismatch',
    ],
    ['another issuer', { identity: { ...good, issuer: 'https://issuer.example' } }, 'identity-mismatch'],
    [
      'a pattern that is not met',
      { identity: { issuerRegexp: '.', subjectRegexp: '^https://github.com/other/' } },
      'identity-mismatch',
    ],
    [
      'another workflow',
      { identity: { ...good, claims: { 'github-workflow-ref': 'refs/heads/dev' } } },
      'identity-mismatch',
    ],
    ['another image', { digest: `sha256:${'0'.repeat(64)}` }, 'digest-mismatch'],
    ['a root with another authority', { trust: 'other-ca' }, 'certificate-untrusted'],
    ['a root with another log', { trust: 'other-rekor' }, 'log-entry-invalid'],
    ['a root with another log of certificates', { trust: 'other-ct' }, 'certificate-untrusted'],
  ])('is not for %s', async (_, change, code) => {
    expect(await judge(piece, change)).toBe(code)
  })

  it('is met by patterns and by claims that hold', async () => {
    const identity = {
      subjectRegexp: 'team/app/',
      issuerRegexp: '^http://127',
      claims: { 'github-workflow-ref': 'refs/heads/main' },
    }
    expect(await judge(piece, { identity })).toBe('met')
  })
})

describe('time', () => {
  it('is not proven where a timestamp is demanded and there is none', async () => {
    expect(await judge(pieces.legacy, { signedTimestamps: true })).toBe('timestamp-invalid')
    expect(await judge(pieces.bundle, { signedTimestamps: true })).toBe('met')
    expect(await judge(pieces.bundle, { signedTimestamps: true, trust: 'no-tsa' })).toBe('timestamp-invalid')
  })

  it('of a newer log is proven by a timestamp alone', async () => {
    expect(await judge(pieces.rekor2, { trust: 'no-tsa' })).toBe('timestamp-invalid')
  })

  it('is now where nothing is demanded that proves another: certificates live for minutes', async () => {
    expect(await judge(pieces.legacy, { log: 'ignore' })).toBe('certificate-expired')
  })

  it('of an entry is that of a log whose key was valid', async () => {
    expect(await judge(pieces.legacy, { trust: 'rekor-ended' })).toBe('log-entry-invalid')
  })
})

describe('parts that were exchanged', () => {
  const swap = (names: readonly string[], from: Piece, to: Piece): Piece => ({
    ...to,
    annotations: {
      ...to.annotations,
      ...Object.fromEntries(names.map((one) => [one, from.annotations?.[one] ?? ''])),
    },
  })

  it('the entry of another signature proves nothing', async () => {
    expect(await judge(swap(['dev.sigstore.cosign/bundle'], pieces.keyed, pieces.legacy))).toBe(
      'log-entry-invalid',
    )
  })

  it('a missing entry or certificate proves nothing', async () => {
    const { annotations = {} } = pieces.legacy
    const without = (name: string): Piece => ({
      ...pieces.legacy,
      annotations: Object.fromEntries(Object.entries(annotations).filter(([one]) => one !== name)),
    })
    expect(await judge(without('dev.sigstore.cosign/bundle'))).toBe('log-entry-missing')
    expect(await judge(without('dev.sigstore.cosign/certificate'))).toBe('key-mismatch')
  })

  it('no flipped byte of the payload is passed over', async () => {
    const bytes = Buffer.from(pieces.legacy.payload ?? '', 'base64')
    for (let at = 0; at < bytes.length; at += 7) {
      const changed = Buffer.from(bytes)
      changed[at] = (changed[at] ?? 0) ^ 1
      expect(await judge({ ...pieces.legacy, payload: changed.toString('base64') })).not.toBe('met')
    }
  })
})

describe('a signature by a key that a log knows', () => {
  const judgeKeyed = async (key: string, trust: string, piece: Piece = pieces.keyed): Promise<string> => {
    const pem = readFileSync(path.join(folder, key), 'utf8').replace(/-----[A-Z ]+-----|\s/g, '')
    const outcome = publicKeyFromSpki(Buffer.from(pem, 'base64'))
    if (outcome.kind !== 'key') throw new Error(outcome.reason)
    const vouching = {
      trust: trustOf(trust),
      now: new Date(0),
      sct: 'require' as const,
      signedTimestamps: false,
    }
    const check = await checkCosign(evidenceOf(piece), {
      key: outcome.key,
      keyRef: key,
      digest: piece.digest,
      annotations: {},
      log: 'require',
      vouching,
    })
    if (check.kind === 'unrelated') return 'unrelated'
    return failureOf(all('signed', check.findings))?.code ?? 'met'
  }

  it('is proven by both, and needs no time', async () => {
    expect(await judgeKeyed('k1.pub', 'root')).toBe('met')
  })

  it('is not by another key, nor known to another log, nor by an entry of somebody else', async () => {
    expect(await judgeKeyed('k2.pub', 'root')).toBe('signature-invalid')
    expect(await judgeKeyed('k1.pub', 'other-rekor')).toBe('log-entry-invalid')
    const { annotations = {} } = pieces.legacy
    const foreign = {
      ...pieces.keyed.annotations,
      'dev.sigstore.cosign/bundle': annotations['dev.sigstore.cosign/bundle'] ?? '',
    }
    expect(await judgeKeyed('k1.pub', 'root', { ...pieces.keyed, annotations: foreign })).toBe(
      'log-entry-invalid',
    )
  })
})
