/** What is read of one text. */
export interface Limits {
  readonly documents: number
  /** A node that an alias repeats counts each time: who walks the value meets it each time. */
  readonly nodes: number
  readonly levels: number
  /** Words, marks, line ends and indents of a YAML text: what its parser takes time for. */
  readonly lexemes: number
}

export const mostCharacters = 16 * 1024 * 1024

/**
 * The bundles of custom resource definitions that operators ship, the largest manifests there are, stay well below:
 * some 4 MiB, 100 000 nodes, 60 levels.
 */
export const manifestLimits: Limits = {
  documents: 10_000,
  nodes: 1_000_000,
  levels: 256,
  lexemes: 2_000_000,
}
