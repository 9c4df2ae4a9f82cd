import { compareQuantities, parseQuantity } from '../jmespath/quantity.js'
import { inSeconds, parseDuration } from '../jmespath/duration.js'

/** `1-10`, `100m-2`, `1h-2h`: both ends belong to it. */
export interface Range {
  readonly low: string
  readonly high: string
}

const shape = /^([-+]?\d+(?:\.\d+)?[A-Za-z]*)-([-+]?\d+(?:\.\d+)?[A-Za-z]*)$/

export function parseRange(text: string): Range | undefined {
  const [, low, high] = text.length > 1000 ? [] : (shape.exec(text) ?? [])
  return low === undefined || high === undefined ? undefined : { low, high }
}

/** Each end by itself, as durations or as quantities, whichever holds (pkg/engine/pattern). */
export function isInside(text: string, { low, high }: Range): boolean {
  return holds(text, low, (order) => order >= 0) && holds(text, high, (order) => order <= 0)
}

/** Not the opposite of {@link isInside}: what cannot be compared is neither. */
export function isOutside(text: string, { low, high }: Range): boolean {
  return holds(text, low, (order) => order < 0) || holds(text, high, (order) => order > 0)
}

function holds(text: string, end: string, test: (order: number) => boolean): boolean {
  const duration = parseDuration(text)
  const endDuration = parseDuration(end)
  if (
    duration !== undefined &&
    endDuration !== undefined &&
    test(inSeconds(duration) - inSeconds(endDuration))
  )
    return true
  const quantity = parseQuantity(text)
  const endQuantity = parseQuantity(end)
  return quantity !== undefined && endQuantity !== undefined && test(compareQuantities(quantity, endQuantity))
}
