import type { Meter } from './meter.js'
import type { ExpressionReference, JsonType } from './value.js'

/** What an argument may be; `numbers` and `texts` are lists of nothing else. */
export type ArgumentType = JsonType | 'any' | 'numbers' | 'texts'

export interface FunctionCall {
  readonly name: string
  readonly meter: Meter
  readonly now: number
  /** Evaluates an expression reference on an element. */
  readonly apply: (reference: ExpressionReference, element: unknown) => unknown
}

export interface FunctionDefinition {
  /** The types of the arguments; the last may be repeated when `isVariadic`. */
  readonly takes: readonly (readonly ArgumentType[])[]
  readonly isVariadic?: boolean
  /** Gets arguments of these types and number only. */
  readonly run: (given: readonly unknown[], call: FunctionCall) => unknown
}

export type FunctionTable = Readonly<Record<string, FunctionDefinition>>
