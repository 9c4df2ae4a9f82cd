import type { Service, UnknownCode, UnmetCode } from './codes.js'

/** What a check established, for reports: names as in the evidence, values as strings. Never input to a decision. */
export type Facts = Readonly<Record<string, string>>

/** A signature that was found but does not count, and why: it explains a verdict, it never makes one. */
export interface NearMiss {
  readonly message: string
}

interface Common {
  /** The question asked, a stable name such as `record-found`. */
  readonly check: string
  /** One sentence; says expected and got where there is such a thing. */
  readonly message: string
  /** The same in the words of the peer whose evidence this is (s3lo's reason, say). */
  readonly peerReason?: string
  readonly facts?: Facts
  readonly nearMisses?: readonly NearMiss[]
  readonly children?: readonly Finding[]
}

export interface Met extends Common {
  readonly status: 'met'
  /** None: so a finding can be asked for its code, whatever its status. */
  readonly code?: never
}
export interface Unmet extends Common {
  readonly status: 'unmet'
  readonly code: UnmetCode
}
export interface Unknown extends Common {
  readonly status: 'unknown'
  readonly code: UnknownCode
  readonly service?: Service
}
/** Neutral and listed: a skip, an exception, a rule that only warns, something that was not waited for. */
export interface Exempt extends Common {
  readonly status: 'exempt'
  readonly code?: never
}

/** The answer to one question, in three values (and one that does not count). */
export type Finding = Met | Unmet | Unknown | Exempt

/** Why something could not be found out; what a store, a key source or a parser of inputs returns instead of throwing. */
export interface Problem {
  readonly code: UnknownCode
  readonly service?: Service
  readonly message: string
}

export function met(check: string, message: string, more: Partial<Common> = {}): Met {
  return { ...more, status: 'met', check, message }
}

export function unmet(check: string, code: UnmetCode, message: string, more: Partial<Common> = {}): Unmet {
  return { ...more, status: 'unmet', code, check, message }
}

export function unknown(check: string, problem: Problem, more: Partial<Common> = {}): Unknown {
  return { ...more, ...problem, status: 'unknown', check }
}

export function exempt(check: string, reason: string, more: Partial<Common> = {}): Exempt {
  return { ...more, status: 'exempt', check, message: reason }
}
