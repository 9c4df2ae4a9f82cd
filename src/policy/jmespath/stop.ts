/** Why an expression gave no value. `invalid-value`: the type is right and the value is not (a bad time, a division by zero). */
export type FailureCode =
  | 'syntax'
  | 'not-found'
  | 'type'
  | 'invalid-value'
  | 'unknown-function'
  | 'unsupported-function'
  | 'limit-exceeded'

export interface Failure {
  readonly kind: 'failed'
  readonly code: FailureCode
  readonly message: string
  /** Where in the expression, counted in UTF-16 units from 0. */
  readonly at: number
}

/** The end of an evaluation, thrown inside this room only. */
export class Stop extends Error {
  readonly code: FailureCode
  readonly at: number | undefined

  constructor(code: FailureCode, message: string, at?: number) {
    super(message)
    this.code = code
    this.at = at
  }
}

/**
 * Stands in the data for a part that could not be found out yet. Whatever touches it is open, unless the expression
 * is decided before it comes to it.
 */
export class OpenPart {
  readonly name: string

  constructor(name: string) {
    this.name = name
  }
}

/** Thrown where an evaluation touches an open part. */
export class Open extends Error {
  readonly part: string

  constructor(part: string) {
    super(`${part} is not known`)
    this.part = part
  }
}
