import { type Ask, askId } from '../requirement/leaves.js'
import { type Finding, unknown, unmet } from '../verdict/finding.js'
import type { Answered } from './signer.js'

type AnswerOf = (ask: Ask) => Answered | undefined

/**
 * One signature counts for one signer: two identities may describe the same certificate, and then need two signatures.
 * Each signer gets a signature of its own as far as there are enough (a maximum matching); one that is left without is
 * as good as not met, and open where some evidence could not be read.
 *
 * @returns the findings that change, by the id of the question
 */
export function countOnce(asks: readonly Ask[], answerOf: AnswerOf): ReadonlyMap<string, Finding> {
  const changed = new Map<string, Finding>()
  for (const group of groups(asks.filter(({ apart }) => apart))) {
    if (group.filter(({ by }) => by.kind === 'identity').length < 2) continue
    const proven = group.filter((ask) => answerOf(ask)?.finding.status === 'met')
    const holders = match(proven, (ask) => signaturesOf(answerOf(ask)))
    const problem = group.map((ask) => answerOf(ask)?.unread).find((one) => one !== undefined)
    for (const ask of proven) {
      if ([...holders.values()].includes(ask)) continue
      const message = `expected a signature of its own by ${ask.by.reference}, got only one that counts for another signer`
      const finding = problem ? unknown(ask.kind, problem) : unmet(ask.kind, 'unsigned', message)
      changed.set(askId(ask), finding)
    }
  }
  return changed
}

/** Signatures and attestations of each type are counted apart. */
function groups(asks: readonly Ask[]): readonly (readonly Ask[])[] {
  const byKind = new Map<string, Ask[]>()
  for (const ask of asks) {
    const kind = ask.kind === 'signed' ? 'signed' : `attested ${ask.type}`
    byKind.set(kind, [...(byKind.get(kind) ?? []), ask])
  }
  return [...byKind.values()]
}

function signaturesOf(answer: Answered | undefined): readonly string[] {
  return (answer?.signatures ?? []).filter(({ verified }) => verified).map(({ where }) => where)
}

/** Augmenting paths, in the order of the signers. @returns the signer of each signature that counts */
function match(asks: readonly Ask[], of: (ask: Ask) => readonly string[]): ReadonlyMap<string, Ask> {
  const holder = new Map<string, Ask>()
  const place = (ask: Ask, tried: Set<string>): boolean =>
    of(ask).some((signature) => {
      if (tried.has(signature)) return false
      tried.add(signature)
      const other = holder.get(signature)
      if (other !== undefined && !place(other, tried)) return false
      holder.set(signature, ask)
      return true
    })
  for (const ask of asks) place(ask, new Set())
  return holder
}
