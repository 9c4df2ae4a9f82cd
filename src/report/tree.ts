import type { Finding, Unknown, Unmet } from '../verdict/finding.js'
import { checkWords, isOwnName } from './check-words.js'
import { brief } from './escape.js'

/** A requirement as a picture shows it: what is asked, whether it is met, and how that is known. */
export interface TreeNode {
  readonly status: Finding['status']
  readonly label: string
  readonly detail: string
  /** Of what is not met, or not known; only where it was found out, not on the way up. */
  readonly code?: string
  /** It was not needed: what it belongs to is met without it, or does not count. */
  readonly idle: boolean
  readonly children: readonly TreeNode[]
  /** Of parts that a picture of this size has no room for: how many, and what they are. */
  readonly leftOut?: string
}

/** The four answers in words, for those who do not see the colour. */
export const statusWords: Readonly<Record<Finding['status'], string>> = {
  met: 'met',
  unmet: 'not met',
  unknown: 'not known',
  exempt: 'does not count',
}

const deepest = 20
const tally = /^(\d+) of (\d+) proven, (\d+) needed$/

/** A finding that a node stands for, under the name that is shown. */
interface Part {
  readonly finding: Finding
  readonly label: string
  readonly idle: boolean
  readonly depth: number
  isKept: boolean
  parts: readonly Part[]
}

/**
 * What a picture shows of an image's findings. What is not met or not known has room first, then the rest level by
 * level; how much is left out is said where it would stand.
 *
 * @param most how many nodes there may be, at least 1
 */
export function requirementTree(finding: Finding, most: number): TreeNode {
  const root = partOf(finding, false, 0)
  let room = most
  const keep = (part: Part): void => {
    part.isKept = true
    part.parts = partsOf(part)
    room--
  }
  keep(root)
  const failing = [root]
  // It grows as it is walked.
  for (const above of failing)
    for (const part of above.parts) {
      if (room === 0 || part.idle || !isOpen(part.finding)) continue
      keep(part)
      failing.push(part)
    }
  for (let level = [root]; level.length > 0 && room > 0; level = level.flatMap(({ parts }) => parts)) {
    const next = level.flatMap(({ parts }) => parts.filter(({ isKept }) => !isKept))
    // Half a level would make some look better founded than others.
    if (next.length > room && level[0] !== root) break
    for (const part of next.slice(0, room)) keep(part)
  }
  return draw(root)
}

function isOpen(finding: Finding): finding is Unmet | Unknown {
  return finding.status === 'unmet' || finding.status === 'unknown'
}

function partsOf({ finding, idle, depth }: Part): readonly Part[] {
  if (depth >= deepest) return []
  return (finding.children ?? []).map((child) =>
    partOf(child, idle || isNotNeeded(child, finding), depth + 1),
  )
}

function isNotNeeded(child: Finding, { status }: Finding): boolean {
  if (status === 'exempt') return true
  return status === 'met' && isOpen(child)
}

/** A whole of one part says nothing that the part does not say, but for a name that somebody gave it. */
function partOf(finding: Finding, idle: boolean, depth: number): Part {
  let shown = finding
  let name = finding.check
  for (;;) {
    const [only, ...others] = shown.children ?? []
    if (!only || others.length > 0 || only.status !== shown.status || !tally.test(shown.message)) break
    if (isOwnName(name) && isOwnName(only.check) && name !== only.check) break
    shown = only
    if (!isOwnName(name)) name = only.check
  }
  return { finding: shown, label: checkWords(name), idle, depth, isKept: false, parts: [] }
}

function draw({ finding, label, idle, parts, depth }: Part): TreeNode {
  const { status, message } = finding
  const kept = parts.filter(({ isKept }) => isKept)
  const lost =
    depth >= deepest
      ? (finding.children ?? [])
      : parts.filter(({ isKept }) => !isKept).map((part) => part.finding)
  return {
    status,
    label,
    detail: detailOf(message),
    ...(isOpen(finding) &&
      !parts.some((part) => 'code' in part.finding && part.finding.code === finding.code) && {
        code: finding.code,
      }),
    idle,
    children: kept.map(draw),
    // That all parts of what is met are met needs no saying.
    ...((kept.length > 0 || lost.some(isOpen)) &&
      lost.length > 0 && { leftOut: `${lost.length} more: ${countText(lost)}` }),
  }
}

/** `3 met, 1 not met` */
function countText(findings: readonly Finding[]): string {
  const statuses: readonly Finding['status'][] = ['unmet', 'unknown', 'met', 'exempt']
  return statuses
    .map((status) => [findings.filter((one) => one.status === status).length, statusWords[status]] as const)
    .filter(([count]) => count > 0)
    .map(([count, words]) => `${count} ${words}`)
    .join(', ')
}

function detailOf(message: string): string {
  const counted = tally.exec(message)
  if (!counted) return brief(message)
  const [, proven = '', of = '', needed = ''] = counted
  const demand = needed === of ? 'all needed' : needed === '1' ? 'one is enough' : `${needed} needed`
  return `${proven} of ${of} proven, ${demand}`
}

/**
 * What two images have in common whose pictures are the same but for names: checks, answers and codes. Bounded, as a
 * tree may be large: what lies beyond makes no picture.
 */
export function shapeOf(finding: Finding): string {
  const words: string[] = []
  const walk = ({ check, status, children = [], ...rest }: Finding, depth: number): void => {
    if (depth > deepest || words.length >= 1000) return
    words.push(`${depth} ${status} ${check} ${'code' in rest ? rest.code : ''}`)
    for (const child of children) walk(child, depth + 1)
  }
  walk(finding, 0)
  return words.join('\n')
}
