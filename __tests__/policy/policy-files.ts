import { type PolicyFile, readClusterImageFile } from '../../src/policy/cluster-image/read.js'
import { readDocuments } from '../../src/policy/documents.js'
import { type ImageValidatingFile, readImageValidatingFile } from '../../src/policy/image-validating/read.js'

/** A file of policy-controller's documents from its text, with what is wrong with the text itself. */
export function readClusterImageText(file: string, text: string): PolicyFile {
  const { documents, problems } = readDocuments(file, text)
  const read = readClusterImageFile(file, documents)
  return { ...read, problems: [...problems, ...read.problems] }
}

/** The same of ImageValidatingPolicies. */
export function readImageValidatingText(file: string, text: string): ImageValidatingFile {
  const { documents, problems } = readDocuments(file, text)
  const read = readImageValidatingFile(file, documents)
  return { ...read, problems: [...problems, ...read.problems] }
}
