import { classOf, type Code, type Service, type UnknownCode } from '../../../src/verdict/codes.js'
import type { Manner } from './faults.js'
import type { Outcome } from './outcome.js'

/** What the rule is told of a cell. */
export interface Judged {
  readonly manner: Manner
  /** What the fault may be called where its service answered; undefined: whatever is no fault of the image. */
  readonly codes?: readonly UnknownCode[]
  readonly passes?: true
  readonly when: 'once' | 'always'
  readonly place: {
    readonly service: Service
    readonly chosen?: true
    readonly absence?: true
    readonly unsealed?: true
    readonly credential?: true
    readonly also?: Partial<Record<Manner, readonly UnknownCode[]>>
  }
  /** One of these has to be in the message of a failure that is the service's. */
  readonly names: readonly string[]
  /** What the same image comes to when nothing goes wrong. */
  readonly usual: Pick<Outcome, 'verdict' | 'code'>
  /** What it comes to when the fault stays, where that is known. */
  readonly stayed?: Pick<Outcome, 'verdict'>
}

/** The only two ways in which something that goes wrong may make a rejection. */
export const exceptions = {
  absence:
    'Where the signatures of an image are kept, the keeper says in its own words that there is none. That is what unsigned means; nobody else could know better.',
  'other bytes':
    'The image, its evidence, or what the pipeline says to trust (the key of a policy, a trusted root) was changed where nothing but a signature protects it. A signature that does not fit is what a forgery looks like, and it is called one.',
} as const

export type Exception = keyof typeof exceptions

export type Judgement =
  | { readonly kind: 'right'; readonly exception?: Exception }
  | { readonly kind: 'wrong'; readonly why: string }

/**
 * Whether a cell is right.
 *
 * An image that is not verified when all is well never is when something goes wrong. One that is verified stays so, or
 * it could not be found out, which is the fault of the service that failed and says its name. A fault that passes is
 * asked again, and the result says so. Nothing that goes wrong makes a rejection, `exceptions` apart.
 */
export function judge(outcome: Outcome, told: Judged): Judgement {
  const { usual, place, manner } = told
  const wrong = (why: string): Judgement => ({ kind: 'wrong', why })
  switch (outcome.verdict) {
    case 'verified':
      if (usual.verdict !== 'verified') return wrong('it passes')
      if (told.when === 'once' && told.passes && told.stayed?.verdict === 'undetermined' && !outcome.again)
        return wrong('it was asked again, and the result does not say so')
      return { kind: 'right' }
    case 'rejected': {
      if (usual.verdict === 'rejected' && outcome.code === usual.code) return { kind: 'right' }
      const exception = exceptionOf(place, manner)
      return exception ? { kind: 'right', exception } : wrong('it makes a rejection')
    }
    case 'undetermined': {
      if (told.when === 'once' && told.passes) return wrong('it passes by itself, and was not asked again')
      return judgeBlame(outcome, outcome.code, told)
    }
  }
}

function exceptionOf(place: Judged['place'], manner: Manner): Exception | undefined {
  if (manner === 'absence' && place.absence) return 'absence'
  if (manner === 'other bytes' && place.unsealed) return 'other bytes'
  return undefined
}

function judgeBlame({ message, service }: Outcome, code: Code | undefined, told: Judged): Judgement {
  const { place, manner, codes, names } = told
  const wrong = (why: string): Judgement => ({ kind: 'wrong', why })
  if (code === undefined || code === 'internal-error') return wrong('nobody expected it')
  if (!names.some((name) => message.includes(name))) return wrong('it names nobody')
  if (classOf(code) === 'configuration')
    return place.chosen && manner !== 'outage' ? { kind: 'right' } : wrong(`${code} blames the setting`)
  if (service !== place.service) return wrong(`${String(service)} is blamed for ${place.service}`)
  // What is changed of a credential is a credential no more.
  if (place.credential && manner === 'other bytes' && code === 'denied') return { kind: 'right' }
  const allowed: readonly Code[] | undefined = codes && [...codes, ...(place.also?.[manner] ?? [])]
  if (allowed?.includes(code) === false) return wrong(`${code} is the wrong name for it`)
  return { kind: 'right' }
}
