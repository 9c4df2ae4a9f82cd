import { readFileSync } from 'node:fs'
import path from 'node:path'
import { sharedFolder } from './shared.js'

/** Modules in Rego that were given to cilock and witness, and what those said. */
export interface RegoCase {
  readonly id: string
  readonly modules: readonly { readonly name: string; readonly text: string }[]
  /** JSON. */
  readonly inputText: string
  readonly expected: Readonly<
    Record<'cilock-4.1', { readonly verdict: 'pass' | 'fail'; readonly reasons?: readonly string[] }>
  >
}

/** @returns none, and says so, when the cases are not beside this checkout */
export function regoCases(): readonly RegoCase[] {
  const folder = sharedFolder('fixtures/cilock')
  if (folder === undefined) return []
  const { inputs, cases } = JSON.parse(readFileSync(path.join(folder, 'rego-cases.json'), 'utf8')) as {
    inputs: Readonly<Record<string, unknown>>
    cases: readonly (Omit<RegoCase, 'inputText'> & { readonly input: string })[]
  }
  return cases.map((one) => ({ ...one, inputText: JSON.stringify(inputs[one.input]) }))
}
