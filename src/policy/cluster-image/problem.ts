/** Something in a policy file that keeps it from being applied, or that its author should know. */
export interface PolicyNote {
  readonly file: string
  /** From 1. */
  readonly line: number
  /** The field as one would write it: `spec.authorities[0].key`; empty for the whole document. */
  readonly field: string
  /** One sentence; says expected and got where there is such a thing. */
  readonly message: string
  /** The known name that a misspelt one most likely means. */
  readonly nearest?: string
  /** The same in the words of the peer that enforces the policy. */
  readonly peerReason?: string
}

/** A note in one line, for logs and reports. */
export function describeNote({ file, line, field, message }: PolicyNote): string {
  return `${file}:${line}: ${field === '' ? '' : `${field}: `}${message}`
}
