/** What is wrong with a policy file, and where. */
export interface Problem {
  readonly file: string
  readonly line: number
  /** The field as it is written down, `spec.rules[0].name`; empty for the document as a whole. */
  readonly field: string
  readonly message: string
}

/** The problem in one line, as a compiler would say it. */
export function problemText({ file, line, message }: Problem): string {
  return `${file}:${line}: ${message}`
}
