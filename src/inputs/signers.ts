import type { IdentityDemand, NonEmpty, Signers, Threshold } from '../verdict/request.js'
import { isRefused, readList, readWhole, type Refused } from './values.js'

/**
 * On the command line a repeated `--key` without `--require` means what it means to s3lo and cosign, whose command
 * lines are moved over as they are: the last one counts. Several keys are several signers once `--require` is said.
 */
export function chooseKeys(
  given: readonly string[],
  requireGiven: boolean,
  face: 'action' | 'command' | 'program',
  warnings: string[],
): readonly string[] {
  const last = given.at(-1)
  if (face !== 'command' || given.length < 2 || requireGiven || last === undefined)
    return given.flatMap(readList)
  warnings.push(
    `--key was given ${given.length} times without --require: only the last one counts, as in s3lo and cosign; say --require all, any or a number to ask for several`,
  )
  return readList(last)
}

export function signersOf(
  keys: readonly string[],
  identities: readonly IdentityDemand[],
  require: Threshold,
): Signers | undefined {
  if (isNonEmpty(keys)) return { keys, require, ...(identities.length > 0 && { identities }) }
  return isNonEmpty(identities) ? { keys: [], identities, require } : undefined
}

export function readThreshold(text: string, signers: number): Threshold | Refused {
  if (text === 'all' || text === 'any') return text
  const count = readWhole(text, 1, Math.max(signers, 1))
  return isRefused(count) ? { expected: `all, any or a number from 1 to ${Math.max(signers, 1)}` } : count
}

export function isNonEmpty<Item>(items: readonly Item[]): items is NonEmpty<Item> {
  return items.length > 0
}
