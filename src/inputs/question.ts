import type { Problem } from '../verdict/finding.js'
import type { InputEntry } from './entry.js'
import { nearestName } from '../reference/nearest.js'
import type { Given } from './parse.js'
import { type InputName, inputTable } from './table.js'

/** Inputs that only say where a face writes, what it lets pass, and what a step installs. */
const ofFaces = [
  'install',
  'mode',
  'on-infrastructure-error',
  'pinned-manifests',
  'result-file',
  'summary',
  'vsa-outfile',
] as const
type OfFaces = (typeof ofFaces)[number] | `${string}-report`

type Entry = (typeof inputTable)[number]
type ValueOf<One> = One extends { readonly list: true }
  ? string | readonly string[]
  : One extends { readonly switch: true }
    ? boolean | string
    : string | number

/**
 * What a program asks: the inputs by the names that they have everywhere (docs/inputs.md). Lists are a text, one item a
 * line, or a list of texts; switches a boolean; everything else a text or a number. A name without a value (undefined,
 * null, an empty text or list) is refused: whoever asked for a check that is not made must not get a pass.
 */
export type Question = { readonly [One in Entry as Exclude<One['name'], OfFaces>]?: ValueOf<One> }

const asked = inputTable.map(({ name }) => name).filter((name) => !isOfFaces(name))

/**
 * Inputs as a program gives them, as text; and what cannot be one.
 *
 * @param names those that may be given
 */
export function readQuestion(
  question: unknown,
  names: readonly InputName[] = asked,
): { readonly given: Given; readonly problems: readonly Problem[] } {
  const given = new Map<InputName, readonly string[]>()
  const problems: Problem[] = []
  if (typeof question !== 'object' || question === null || Array.isArray(question))
    return { given, problems: [wrong('inputs', 'an object of inputs by their names', question)] }
  for (const [name, value] of Object.entries(question)) {
    const entry = inputTable.find((one) => one.name === name)
    const text = entry && textOf(entry, value)
    if (!entry || !names.includes(entry.name)) problems.push(stray(name, names))
    else if (text === undefined) problems.push(wrong(name, kindOf(entry), value))
    else given.set(entry.name, text)
  }
  return { given, problems }
}

/** The texts of a value; undefined where it says nothing, or is not of the kind that the input has. */
function textOf(entry: InputEntry, value: unknown): readonly string[] | undefined {
  const { name, list: isList = false, switch: isSwitch = false } = entry
  if (typeof value === 'boolean') return isSwitch ? [String(value)] : undefined
  if (typeof value === 'number')
    return !isList && !isSwitch && Number.isFinite(value) ? [String(value)] : undefined
  // As in cilock: an empty issuer demands none.
  if (value === '' && name === 'policy-fulcio-oidc-issuer') return [value]
  const texts: readonly unknown[] = isList && Array.isArray(value) ? value : [value]
  const said = texts.filter((text): text is string => typeof text === 'string' && text.trim() !== '')
  return said.length === texts.length && said.length > 0 ? said : undefined
}

function kindOf({ list: isList, switch: isSwitch }: InputEntry): string {
  return isList ? 'a text or a list of texts' : isSwitch ? 'a boolean or a text' : 'a text or a number'
}

function isOfFaces(name: string): boolean {
  return name.endsWith('-report') || ofFaces.some((one) => one === name)
}

/** Other languages write names together; which one is meant is plain. */
function stray(name: string, names: readonly InputName[]): Problem {
  const spelt = name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
  const near = nearestName(spelt, names)
  const isKnown = inputTable.some((one) => one.name === name)
  const got = isKnown ? 'one that it has no use for' : 'an unknown name'
  const hint = near === undefined ? '' : `; did you mean ${near}?`
  return { code: 'input-invalid', message: `${name}: expected an input of this function, got ${got}${hint}` }
}

function wrong(name: string, expected: string, got: unknown): Problem {
  // Only the kind of what was given: it may be a secret.
  const kind =
    got === '' ? 'an empty text' : got === null ? 'null' : Array.isArray(got) ? 'a list' : typeof got
  return { code: 'input-invalid', message: `${name}: expected ${expected}, got ${kind}` }
}
