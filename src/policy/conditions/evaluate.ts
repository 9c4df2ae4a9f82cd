import { type Limits, type Meter, startMeter, usualLimits } from '../jmespath/meter.js'
import { printJson } from '../jmespath/print.js'
import { type FailureCode, Open, Stop } from '../jmespath/stop.js'
import type { Condition, ConditionBlock } from './condition.js'
import { substitute } from './substitute.js'

export interface ConditionOptions {
  /** The JSON context of the variables; parts that are not known yet are marked with OpenPart. */
  readonly data: unknown
  /** Milliseconds since 1970. */
  readonly now: number
  /**
   * `whole`: all variables are worked out before anything is judged, and one that cannot be fails the whole, as
   * Kyverno does with the conditions of an attestation. `each`: as they are reached, as with preconditions and deny.
   */
  readonly substitution: 'whole' | 'each'
  readonly limits?: Limits
}

/** The condition that decided, in JSON and cut short. */
export interface Decided {
  readonly path: string
  readonly key: string
  readonly operator: string
  readonly value: string
  readonly got: string
}

export type ConditionResult =
  | { readonly kind: 'pass'; readonly messages: readonly string[] }
  | {
      readonly kind: 'fail'
      readonly message: string
      /** The policy's own messages of what failed. */
      readonly messages: readonly string[]
      readonly decided: readonly Decided[]
    }
  | { readonly kind: 'failed'; readonly code: FailureCode; readonly message: string; readonly path: string }
  | {
      readonly kind: 'open'
      readonly name: string
      readonly message: string
      /** What it can still turn out to be. */
      readonly possible: readonly ('pass' | 'fail' | 'failed')[]
    }

type Judged =
  | { readonly kind: 'pass'; readonly said: string | undefined }
  | { readonly kind: 'fail'; readonly said: string | undefined; readonly decided: Decided }
  | Extract<ConditionResult, { kind: 'failed' }>
  | { readonly kind: 'open'; readonly name: string; readonly path: string }

type End = 'pass' | 'fail' | 'failed'
type Judge = (condition: Condition) => Judged

/**
 * Judges conditions: every block must hold. Never throws; a hostile policy or document ends with `failed` and the
 * code `limit-exceeded`.
 *
 * A condition that rests on an open part may turn out to hold, not to hold, or to fail (the part may lack what is
 * asked for); the whole is open only when that makes a difference, and says what it can still be.
 */
export function evaluateConditions(
  blocks: readonly ConditionBlock[],
  options: ConditionOptions,
): ConditionResult {
  const meter = startMeter(options.limits ?? usualLimits)
  const results = new Map<Condition, Judged>()
  const judged: Judge = (condition) => {
    const known = results.get(condition) ?? judge(condition, options, meter)
    results.set(condition, known)
    return known
  }
  if (options.substitution === 'whole') {
    const whole = blocks.flatMap(({ any = [], all }) => [...any, ...all]).map(judged)
    const failed = whole.find((one) => one.kind === 'failed')
    if (failed !== undefined) return failed
  }
  const ends = endsOfBlocks(blocks, judged)
  const seen = [...results.values()]
  const open = seen.find((one) => one.kind === 'open')
  // Where everything is worked out first, a part that is open can fail the whole though nothing else rests on it.
  if (options.substitution === 'whole' && open !== undefined) ends.add('failed')
  if (open !== undefined && ends.size > 1) {
    return {
      kind: 'open',
      name: open.name,
      message: `the condition at ${open.path} rests on ${open.name}, which is not known`,
      possible: (['pass', 'fail', 'failed'] as const).filter((one) => ends.has(one)),
    }
  }
  if (ends.has('failed')) return seen.find((one) => one.kind === 'failed') ?? lost
  return ends.has('fail') ? failure(blocks, judged) : { kind: 'pass', messages: passMessages(seen) }
}

/** No way leads here: an end is `failed` only where a condition is. */
const lost: ConditionResult = {
  kind: 'failed',
  code: 'invalid-value',
  message: 'the conditions could not be judged',
  path: '',
}

const allEnds: ReadonlySet<End> = new Set(['pass', 'fail', 'failed'])

function endsOf(judged: Judged): ReadonlySet<End> {
  return judged.kind === 'open' ? allEnds : new Set([judged.kind])
}

/** What can come of conditions in a row: `goOn` leads to the next, the other two end it. */
function endsOfRow(conditions: readonly Condition[], goOn: 'pass' | 'fail', judged: Judge): Set<End> {
  const ends = new Set<End>()
  for (const condition of conditions) {
    const possible = endsOf(judged(condition))
    for (const end of possible) if (end !== goOn) ends.add(end)
    if (!possible.has(goOn)) return ends
  }
  return ends.add(goOn)
}

function endsOfBlocks(blocks: readonly ConditionBlock[], judged: Judge): Set<End> {
  const ends = new Set<End>()
  for (const { any, all } of blocks) {
    const ofAny = any === undefined ? new Set<End>(['pass']) : endsOfRow(any, 'fail', judged)
    if (ofAny.has('failed')) ends.add('failed')
    if (!ofAny.has('pass') && !ofAny.has('fail')) return ends
    // Kyverno asks for `all` even when no `any` holds, so that it may fail there.
    const ofAll = endsOfRow(all, 'pass', judged)
    if (ofAll.has('failed')) ends.add('failed')
    if (ofAll.has('fail') || (ofAny.has('fail') && ofAll.has('pass'))) ends.add('fail')
    if (!ofAny.has('pass') || !ofAll.has('pass')) return ends
  }
  return ends.add('pass')
}

function failure(blocks: readonly ConditionBlock[], judged: Judge): ConditionResult {
  for (const { any, all } of blocks) {
    const ofAny = (any ?? []).map(judged)
    const unmet = ofAny.some(({ kind }) => kind === 'pass') ? [] : ofAny
    const firstOfAll = all.map(judged).find(({ kind }) => kind === 'fail')
    const failed = [...unmet, ...(firstOfAll === undefined ? [] : [firstOfAll])].filter(
      (one) => one.kind === 'fail',
    )
    if (failed.length === 0 && !(any?.length === 0)) continue
    return {
      kind: 'fail',
      message:
        failed.length === 0
          ? 'an empty any never holds'
          : failed.map(({ decided }) => tell(decided)).join('; '),
      messages: failed.flatMap(({ said }) => (said === undefined ? [] : [said])),
      decided: failed.map(({ decided }) => decided),
    }
  }
  return lost
}

function passMessages(seen: readonly Judged[]): readonly string[] {
  return seen.flatMap((one) => (one.kind === 'pass' && one.said !== undefined ? [one.said] : []))
}

function tell({ path, key, operator, value, got }: Decided): string {
  const asked = key === got ? key : `${key} (${got})`
  return `the condition at ${path} does not hold: ${asked} ${operator} ${value}`
}

function judge(condition: Condition, options: ConditionOptions, meter: Meter): Judged {
  const { operator, path } = condition
  const scope = { data: options.data, now: options.now, meter }
  // Kyverno works out the message only where it works out everything.
  const isWhole = options.substitution === 'whole'
  const document = {
    key: condition.key,
    value: condition.value,
    message: isWhole ? (condition.message ?? '') : '',
  }
  const substituted = substitute(document, scope)
  if (substituted.kind === 'failed')
    return {
      ...substituted,
      path: path + substituted.path,
      message: `at ${path}${substituted.path}: ${substituted.message}`,
    }
  if (substituted.kind === 'open') return { ...substituted, path: path + substituted.path }
  const { key, value, message } = substituted.value as typeof document
  const said =
    condition.message === undefined || !isWhole || typeof message !== 'string' ? condition.message : message
  try {
    if (operator.holds(key, value, meter)) return { kind: 'pass', said }
    const decided = {
      path,
      key: shown(condition.key),
      operator: operator.name,
      value: shown(value),
      got: shown(key),
    }
    return { kind: 'fail', said, decided }
  } catch (error) {
    if (error instanceof Open) return { kind: 'open', name: error.part, path }
    if (error instanceof Stop)
      return { kind: 'failed', code: error.code, message: `at ${path}: ${error.message}`, path }
    throw error
  }
}

const longestShown = 200

function shown(value: unknown): string {
  let text: string
  try {
    text = printJson(value, startMeter({ ...usualLimits, characters: 10_000 }))
  } catch {
    text = Array.isArray(value) ? '[…]' : '{…}'
  }
  return text.length > longestShown ? `${text.slice(0, longestShown)}…` : text
}
