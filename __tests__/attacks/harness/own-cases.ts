import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { EvidenceCase } from './evidence-case.js'

/** Where lies what the attacks begin with, and what they found. */
export const dataFolder = path.resolve(import.meta.dirname, '../data')

interface Held {
  /** Trusted roots, which several cases share. */
  readonly roots: Readonly<Record<string, string>>
  readonly cases: readonly EvidenceCase[]
}

/**
 * One piece of evidence or more of each kind, made with throw-away keys: by cosign, s3lo, cilock and an instance of
 * sigstore in tests.
 */
export function ownCases(): readonly EvidenceCase[] {
  const { roots, cases } = JSON.parse(readFileSync(path.join(dataFolder, 'evidence.json'), 'utf8')) as Held
  return cases.map((one) => {
    const root = 'root' in one ? one.root : undefined
    return root === undefined ? one : ({ ...one, root: roots[root] ?? '' } as EvidenceCase)
  })
}
