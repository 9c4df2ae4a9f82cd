/**
 * What is read of one text. The bundles of custom resource definitions that operators ship, the largest manifests
 * there are, stay well below: some 4 MiB, 100 000 nodes, 60 levels.
 */
export const mostCharacters = 16 * 1024 * 1024
export const mostDocuments = 10_000
/** A node that an alias repeats counts each time: who walks the value meets it each time. */
export const mostNodes = 1_000_000
export const mostLevels = 256
/** Words, marks, line ends and indents of a YAML text: what its parser takes time for. */
export const mostLexemes = 2_000_000
