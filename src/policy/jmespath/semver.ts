import { compareText } from './value.js'

/** A version as github.com/blang/semver reads it: strictly by semver.org 2.0.0. Build metadata does not order. */
export interface Version {
  readonly numbers: readonly [bigint, bigint, bigint]
  readonly prerelease: readonly (bigint | string)[]
}

/** What blang gives for a text that is no version, and Kyverno goes on with. */
export const zeroVersion: Version = { numbers: [0n, 0n, 0n], prerelease: [] }

const number = '(0|[1-9]\\d*)'
const shape = new RegExp(`^${number}\\.${number}\\.${number}(?:-([0-9A-Za-z.-]+))?(?:\\+([0-9A-Za-z.-]+))?$`)
const largest = 2n ** 64n - 1n
const longest = 1000

export function parseVersion(text: string): Version | undefined {
  if (text.length > longest) return undefined
  const [all, major = '', minor = '', patch = '', pre, build] = shape.exec(text) ?? []
  if (all === undefined || build?.split('.').includes('') === true) return undefined
  const prerelease = pre?.split('.') ?? []
  if (prerelease.some((one) => one === '' || /^0\d+$/.test(one))) return undefined
  const numbers = [BigInt(major), BigInt(minor), BigInt(patch)] as const
  if (numbers.some((one) => one > largest)) return undefined
  return { numbers, prerelease: prerelease.map((one) => (/^\d+$/.test(one) ? BigInt(one) : one)) }
}

export function compareVersions(one: Version, other: Version): -1 | 0 | 1 {
  for (const index of [0, 1, 2] as const) {
    const left = one.numbers[index]
    const right = other.numbers[index]
    if (left !== right) return left < right ? -1 : 1
  }
  if (one.prerelease.length === 0 || other.prerelease.length === 0) {
    if (one.prerelease.length === other.prerelease.length) return 0
    return one.prerelease.length === 0 ? 1 : -1
  }
  const length = Math.min(one.prerelease.length, other.prerelease.length)
  for (let index = 0; index < length; index++) {
    const order = comparePrerelease(one.prerelease[index] ?? '', other.prerelease[index] ?? '')
    if (order !== 0) return order
  }
  return one.prerelease.length === other.prerelease.length
    ? 0
    : one.prerelease.length < other.prerelease.length
      ? -1
      : 1
}

function comparePrerelease(one: bigint | string, other: bigint | string): -1 | 0 | 1 {
  if (typeof one === 'bigint' && typeof other === 'bigint') return one === other ? 0 : one < other ? -1 : 1
  if (typeof one === 'bigint') return -1
  if (typeof other === 'bigint') return 1
  return compareText(one, other)
}

type Test = (version: Version) => boolean

/**
 * A range of versions in blang's language: comparators side by side must all hold, `||` is or, `x` stands for any
 * minor or patch number (`>=4.1.x`, `!4.x.x`).
 *
 * @returns undefined for what is no range
 */
export function parseVersionRange(text: string): Test | undefined {
  if (text.length > longest) return undefined
  // A space behind a comparator belongs to it; other spaces part comparators.
  const parts = text
    .replace(/([<>=!])\s+/g, '$1')
    .split(' ')
    .filter((one) => one !== '')
  const groups: Test[][] = [[]]
  for (const one of parts) {
    if (one === '||') {
      if (groups.at(-1)?.length === 0) return undefined
      groups.push([])
      continue
    }
    const test = parseComparator(one)
    if (test === undefined) return undefined
    groups.at(-1)?.push(test)
  }
  if (groups.at(-1)?.length === 0) return undefined
  return (version) => groups.some((group) => group.every((test) => test(version)))
}

const comparators = new Set(['', '=', '==', '!', '!=', '<', '<=', '>', '>='])

function parseComparator(text: string): Test | undefined {
  const start = text.search(/\d/)
  if (start < 0) return undefined
  const sign = text.slice(0, start)
  if (!comparators.has(sign)) return undefined
  const wild = /^(\d+)\.(?:x|x\.x|(\d+)\.x)$/.exec(text.slice(start))
  if (wild === null) {
    const bound = parseVersion(text.slice(start))
    if (bound === undefined) return undefined
    return (version) => holds(sign, compareVersions(version, bound))
  }
  const [, major = '', minor] = wild
  // blang takes `4.x.x` for `4.0.x`, and `4.x` for all of 4.
  const isOfMajor = minor === undefined && !text.endsWith('.x.x')
  const low = parseVersion(`${major}.${minor ?? '0'}.0`)
  const high = parseVersion(
    isOfMajor ? `${BigInt(major) + 1n}.0.0` : `${major}.${BigInt(minor ?? '0') + 1n}.0`,
  )
  if (low === undefined || high === undefined) return undefined
  const isBelow = (version: Version): boolean => compareVersions(version, low) < 0
  const isAbove = (version: Version): boolean => compareVersions(version, high) >= 0
  switch (sign) {
    case '>':
      return isAbove
    case '>=':
      return (version) => !isBelow(version)
    case '<':
      return isBelow
    case '<=':
      return (version) => !isAbove(version)
    case '!':
    case '!=':
      // What blang makes of it is below and above at once, so that nothing meets it; in a cluster neither.
      return () => false
    default:
      return (version) => !isBelow(version) && !isAbove(version)
  }
}

function holds(sign: string, order: -1 | 0 | 1): boolean {
  switch (sign) {
    case '<':
      return order < 0
    case '<=':
      return order <= 0
    case '>':
      return order > 0
    case '>=':
      return order >= 0
    case '!':
    case '!=':
      return order !== 0
    default:
      return order === 0
  }
}
