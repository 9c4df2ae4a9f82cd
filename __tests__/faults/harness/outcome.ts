import { type Expected, expectEnding } from '../../harness/endings.js'
import type { Ran, RanAction } from '../../harness/run.js'
import type { ResultDocument } from '../../../src/report/document.js'
import { classOf, codes, type Code, type Service } from '../../../src/verdict/codes.js'

/** What a run came to, as all of its reports agree. */
export interface Outcome {
  readonly verdict: 'verified' | 'rejected' | 'undetermined'
  readonly code?: Code
  readonly service?: Service
  readonly message: string
  /** It was asked again for something. */
  readonly again: boolean
}

/** @returns why the reports of a run cannot be one outcome, where they disagree */
export function readOutcome(ran: RanAction, digest: string): Outcome | string {
  const { document } = ran
  const verdict = document?.verdict
  if (!document || verdict === undefined) return `no result: ${ran.stdout}${ran.stderr}`
  const { failure } = document
  const expected = failure ? [failure.code, failure.service].filter(Boolean).join(' ') : 'verified'
  try {
    expectEnding(ran, expected as Expected, digest)
  } catch (error) {
    return `the reports disagree: ${error instanceof Error ? error.message : String(error)}`
  }
  return {
    verdict,
    ...(failure && { code: failure.code }),
    ...(failure?.service && { service: failure.service }),
    message: failure?.message ?? '',
    again: [document, ...document.images].some(({ attempts = [] }) => attempts.length > 0),
  }
}

/** As it stands in the table: `verified`, `verified again` where it took another attempt, else the code. */
export function cellText({ verdict, code, service, again }: Outcome): string {
  if (verdict === 'verified') return again ? 'verified again' : 'verified'
  return `${verdict} ${code ?? ''}${service ? ` ${service}` : ''}`
}

export function readCell(text: string): Pick<Outcome, 'verdict' | 'again'> & { code?: Code } {
  const [verdict = '', code] = text.split(' ')
  if (verdict === 'verified') return { verdict, again: code === 'again' }
  if ((verdict !== 'rejected' && verdict !== 'undetermined') || code === undefined || !(code in codes))
    throw new Error(`no outcome: ${text}`)
  return { verdict, again: false, code: code as Code }
}

/** @returns what the command says otherwise than the action did */
export function disagreement(command: Ran, outcome: Outcome): string | undefined {
  const { verdict, failure } = JSON.parse(command.stdout) as ResultDocument
  const exit = { verified: 0, rejected: 1, undetermined: 2 }[outcome.verdict]
  const said =
    `${command.exit ?? 'no exit'} ${verdict} ${failure?.code ?? ''} ${failure?.service ?? ''}`.trim()
  const same = `${exit} ${outcome.verdict} ${outcome.code ?? ''} ${outcome.service ?? ''}`.trim()
  return said === same ? undefined : `the command: ${said}; the action: ${same}`
}

export function classOfOutcome({ code }: Pick<Outcome, 'code'>): string {
  return code === undefined ? '' : classOf(code)
}
