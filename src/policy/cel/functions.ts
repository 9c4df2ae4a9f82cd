/** A function for expressions, with its signature in the engine's notation: `string.matches(string): bool`. */
export interface CelFunction {
  readonly signature: string
  readonly run: (...args: never[]) => unknown
}

/** An error of the expression, not of the program: a wrong argument. */
export class CelError extends Error {
  override readonly name = 'CelError'
}
