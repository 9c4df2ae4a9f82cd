import type { Problem } from '../../verdict/finding.js'

/** Why an expression cannot be used. */
export interface ExpressionProblem {
  /** `unsupported`: it is good where it comes from, and beyond what is computed here. */
  readonly code: 'policy-invalid' | 'unsupported'
  /** One sentence; names the function that is not supported. */
  readonly message: string
  /** From 1, in the expression. */
  readonly line: number
  readonly column: number
}

/** What an expression came to. */
export type Outcome<Value> =
  | { readonly kind: 'value'; readonly value: Value }
  /** It rests on something that is not known (yet), and no answer to it could be left out. */
  | { readonly kind: 'open'; readonly problem: Problem }
  /** It cannot be computed: a field that is not there, a value of another type. */
  | { readonly kind: 'error'; readonly message: string }
