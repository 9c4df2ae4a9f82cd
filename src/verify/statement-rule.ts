import type { Finding, Problem } from '../verdict/finding.js'

/** A statement whose signature was verified and that is about the image. */
export interface SignedStatement {
  /** The statement as it was signed: JSON. */
  readonly payload: Uint8Array
  readonly predicateType: string
  /** Where it was found, for messages. */
  readonly where: string
}

/** What a statement must say beyond its type, in whatever language; asked only of statements that are verified. */
export interface StatementRule {
  /** Two rules with one id say the same. */
  readonly id: string
  /** Whether one statement that says so is enough, or every one must (cosign's `--policy`). */
  readonly over: 'some' | 'every'
  /** Why nothing can be asked, whatever statements there are: it does not load, say. */
  readonly problem: () => Promise<Problem | undefined>
  readonly judge: (statement: SignedStatement) => Promise<Finding>
}
