import type { TransparencyLogEntry } from '@sigstore/bundle'
import { describe, expect, it } from 'vitest'
import { type SignedForm, whyNotOfKind } from '../../src/verify/entry-kinds.js'

const kinds = [
  'hashedrekord 0.0.1',
  'hashedrekord 0.0.2',
  'dsse 0.0.1',
  'dsse 0.0.2',
  'intoto 0.0.1',
  'intoto 0.0.2',
]
/** As real cosign answers: __tests__/peers/log-entries.test.ts asks it. */
const accepted: Readonly<Record<SignedForm, readonly [older: readonly string[], newer: readonly string[]]>> =
  {
    payload: [['hashedrekord 0.0.1'], []],
    envelope: [['dsse 0.0.1', 'intoto 0.0.1', 'intoto 0.0.2'], []],
    'bundled message': [['hashedrekord 0.0.1'], ['hashedrekord 0.0.2']],
    'bundled envelope': [['dsse 0.0.1', 'intoto 0.0.2'], ['hashedrekord 0.0.2']],
  }
const forms = Object.keys(accepted) as readonly SignedForm[]

/** An entry as far as its kind is asked; no origin: it was only promised. */
function entryOf(name: string, origin?: string): TransparencyLogEntry {
  const [kind = '', version = ''] = name.split(' ')
  const checkpoint = { envelope: `${String(origin)}\n1\nroot\n` }
  const inclusionProof = origin === undefined ? undefined : { checkpoint }
  return { kindVersion: { kind, version }, inclusionProof } as unknown as TransparencyLogEntry
}

describe.each(forms)('an entry for a %s', (form) => {
  const [older, newer] = accepted[form]

  it.each(kinds)('of kind %s, by the log that has it', (kind) => {
    expect(whyNotOfKind(entryOf(kind), form) === undefined).toBe(older.includes(kind))
    expect(whyNotOfKind(entryOf(kind, 'log.example - 4711'), form) === undefined).toBe(older.includes(kind))
    expect(whyNotOfKind(entryOf(kind, 'log.example'), form) === undefined).toBe(newer.includes(kind))
  })
})

describe('the generation of a log', () => {
  it.each([
    ['rekor.sigstore.dev - 2605736670972794746', 'older'],
    ['a - b - 1', 'older'],
    ['log2025-1.rekor.sigstore.dev', 'newer'],
    ['log - 12a', 'newer'],
    ['log -1', 'newer'],
    ['log - ', 'newer'],
    ['', 'newer'],
  ])('is told by the origin of its checkpoints: %s', (origin, generation) => {
    expect(whyNotOfKind(entryOf('x 1', origin), 'payload')).toContain(
      `of a log of the ${generation} generation`,
    )
  })

  it('is the older one where the proof has no checkpoint', () => {
    const entry = { ...entryOf('dsse 0.0.1'), inclusionProof: {} } as unknown as TransparencyLogEntry
    expect(whyNotOfKind(entry, 'bundled envelope')).toBeUndefined()
  })
})

it('says what was expected', () => {
  expect(whyNotOfKind(entryOf('dsse 0.0.1', 'log'), 'envelope')).toBe(
    'expected no entry of a log of the newer generation for the envelope, got kind dsse 0.0.1',
  )
  expect(whyNotOfKind(entryOf('dsse 0.0.2'), 'bundled envelope')).toBe(
    'expected an entry of kind dsse 0.0.1 or intoto 0.0.2 of a log of the older generation for the bundled envelope, got kind dsse 0.0.2',
  )
})
