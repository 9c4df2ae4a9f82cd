/** What is wrong with a policy file, and where. */
export interface Problem {
  readonly file: string
  readonly line: number
  /** The field as it is written down, `spec.rules[0].name`; empty for the document as a whole. */
  readonly field: string
  readonly message: string
}

/** A problem, or what its author should know. */
export interface PolicyNote extends Problem {
  /** The known name that a misspelt one most likely means. */
  readonly nearest?: string
  /** The same in the words of the peer that enforces the policy. */
  readonly peerReason?: string
}

/** A note in one line, for logs and reports. */
export function describeNote({ file, line, field, message }: PolicyNote): string {
  return `${file}:${line}: ${field === '' ? '' : `${field}: `}${message}`
}

/** The problem in one line, as a compiler would say it. */
export function problemText({ file, line, message }: Problem): string {
  return `${file}:${line}: ${message}`
}
