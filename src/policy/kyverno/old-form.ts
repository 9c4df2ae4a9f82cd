import { type Place, problemAt } from '../fields.js'
import type { Attestation, Attestor, AttestorSet, Note } from './model.js'
import { publicRekor } from './read-attestor.js'

/** What stood directly in an entry before attestors came (Kyverno 1.4 to 1.6). Absent texts are empty. */
export interface OldForm {
  readonly place: Place
  readonly key: string
  readonly issuer: string
  readonly subject: string
  readonly roots: string
  readonly additionalExtensions: ReadonlyMap<string, string>
  readonly annotations: ReadonlyMap<string, string>
}

export interface Translated {
  readonly attestors: readonly AttestorSet[]
  readonly attestations: readonly Attestation[]
  /** What stays for attestors without annotations of their own. */
  readonly annotations: ReadonlyMap<string, string>
}

/**
 * Puts an old key or identity among the attestors; with attestations it signs those, as Kyverno's conversion means to
 * (v1.19 loses it there: an attestation of anybody would do).
 *
 * - `key`: Kyverno 1.4 to 1.6 asked no transparency log about keys, so neither is one asked here. (v1.19 asks the
 *   public Rekor, and the form has no way to switch that off.)
 * - `issuer`, `subject`, `roots`: a keyless signature with an entry in the public Rekor, as 1.6 asked.
 */
export function translateOldForm(
  old: OldForm,
  current: Omit<Translated, 'annotations'>,
  notes: Note[],
): Translated {
  const keyless = old.issuer !== '' || old.subject !== ''
  const roots = old.roots !== '' || old.additionalExtensions.size > 0
  if (old.key === '' && !keyless && !roots) return { ...current, annotations: old.annotations }
  const origin = { file: old.place.reading.file, line: old.place.line }
  const note = (message: string): void => {
    notes.push({ kind: 'old-form', loud: false, message: `${old.place.path}: ${message}`, origin })
  }
  if (old.key !== '' && (keyless || roots))
    problemAt(old.place, `${old.place.path}: expected key or issuer, subject and roots, got both`)
  if (old.key === '' && !keyless && current.attestors.length > 0) {
    note('roots and additionalExtensions hold for the keyless attestors that name none')
    const complete = (set: AttestorSet): AttestorSet => completeSet(set, old)
    return {
      attestors: current.attestors.map(complete),
      attestations: current.attestations.map((one) => ({ ...one, attestors: one.attestors.map(complete) })),
      annotations: old.annotations,
    }
  }
  note(
    old.key === ''
      ? 'issuer, subject and roots are read as a keyless attestor with an entry in the public Rekor'
      : 'key is read as an attestor; its signatures are accepted without a transparency-log entry, as Kyverno 1.4 did',
  )
  const add = (sets: readonly AttestorSet[], path: string): readonly AttestorSet[] => {
    const at = `${path}[${sets.length}]`
    return [...sets, { path: at, count: undefined, entries: [attestorOf(old, `${at}.entries[0]`)] }]
  }
  if (current.attestations.length === 0)
    return { ...current, attestors: add(current.attestors, '.attestors'), annotations: new Map() }
  note('with attestations, the attestor is theirs')
  return {
    ...current,
    attestations: current.attestations.map((one) => ({
      ...one,
      attestors: add(one.attestors, `${one.path}.attestors`),
    })),
    annotations: new Map(),
  }
}

function attestorOf(old: OldForm, path: string): Attestor {
  const common = { annotations: old.annotations, signatureAlgorithm: 'sha256' } as const
  if (old.key !== '')
    return {
      ...common,
      kind: 'keys',
      path: `${path}.keys`,
      publicKeys: old.key,
      rekor: { url: publicRekor, ignoreTlog: true },
      ctlog: { ignoreSCT: true },
    }
  return {
    ...common,
    kind: 'keyless',
    path: `${path}.keyless`,
    ...(old.issuer && { issuer: old.issuer }),
    ...(old.subject && { subject: old.subject }),
    ...(old.roots && { roots: old.roots }),
    additionalExtensions: old.additionalExtensions,
    rekor: { url: publicRekor, ignoreTlog: false },
  }
}

function completeSet(set: AttestorSet, old: OldForm): AttestorSet {
  const entries = set.entries.map((entry): Attestor => {
    if (entry.kind === 'nested') return { ...entry, attestor: completeSet(entry.attestor, old) }
    if (entry.kind !== 'keyless') return entry
    return {
      ...entry,
      ...(entry.roots === undefined && old.roots !== '' && { roots: old.roots }),
      ...(entry.additionalExtensions.size === 0 && { additionalExtensions: old.additionalExtensions }),
    }
  })
  return { ...set, entries }
}
