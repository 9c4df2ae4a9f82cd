import type { ClusterImagePolicy } from './cluster-image/model.js'

import { readClusterImageFile } from './cluster-image/read.js'
import type { TrustRoot } from './cluster-image/trust-root.js'
import { readDocuments } from './documents.js'
import type { KyvernoException, KyvernoPolicy, Note } from './kyverno/model.js'
import { readKyverno } from './kyverno/read.js'
import { topText } from './located.js'
import type { ExpressionException } from './image-validating/exception.js'
import type { ImageValidatingPolicy } from './image-validating/model.js'
import { readImageValidatingFile } from './image-validating/read.js'
import { describeNote, problemText } from './problem.js'

/** What the files of the input `policy` hold, told apart by content. */
export interface PolicySet {
  readonly clusterImage: readonly ClusterImagePolicy[]
  readonly trustRoots: readonly TrustRoot[]
  readonly kyverno: readonly KyvernoPolicy[]
  readonly exceptions: readonly KyvernoException[]
  readonly imageValidating: readonly ImageValidatingPolicy[]
  readonly expressionExceptions: readonly ExpressionException[]
  /** Any means that what is asked for is not known. */
  readonly problems: readonly string[]
  readonly warnings: readonly string[]
}

export interface PolicyFileText {
  readonly file: string
  readonly text: string
}

/** Reads policies strictly: a document that nobody here knows, or a field that is misspelt, is a problem. */
export function readPolicySet(files: readonly PolicyFileText[]): PolicySet {
  const clusterImage: ClusterImagePolicy[] = []
  const trustRoots: TrustRoot[] = []
  const kyverno: KyvernoPolicy[] = []
  const exceptions: KyvernoException[] = []
  const imageValidating: ImageValidatingPolicy[] = []
  const expressionExceptions: ExpressionException[] = []
  const problems: string[] = []
  const warnings: string[] = []
  for (const { file, text } of files) {
    const read = readDocuments(file, text)
    const theirs = readKyverno(file, read.documents)
    kyverno.push(...theirs.policies)
    exceptions.push(...theirs.exceptions)
    problems.push(...[...read.problems, ...theirs.problems].map(problemText))
    warnings.push(...theirs.notes.map(noteText))
    for (const policy of theirs.policies) warnings.push(...policy.notes.map(noteText))
    if (read.problems.length > 0) continue
    const rest = theirs.others.map((document) => ({
      apiVersion: topText(document, 'apiVersion') ?? '',
      kind: topText(document, 'kind') ?? '',
      line: document.line,
    }))
    if (rest.some(({ apiVersion }) => apiVersion.startsWith('policy.sigstore.dev'))) {
      const ours = readClusterImageFile(file, read.documents)
      clusterImage.push(...ours.policies)
      trustRoots.push(...ours.trustRoots)
      problems.push(...ours.problems.map(describeNote))
      warnings.push(...ours.warnings.map(describeNote))
    }
    const isExpressions = ({ apiVersion, kind }: Head): boolean =>
      apiVersion.startsWith('policies.kyverno.io/') &&
      (/ImageValidating/i.test(kind) || kind === 'PolicyException')
    if (rest.some(isExpressions)) {
      const ours = readImageValidatingFile(file, read.documents)
      imageValidating.push(...ours.policies)
      expressionExceptions.push(...ours.exceptions)
      problems.push(...ours.problems.map(describeNote))
      warnings.push(...ours.warnings.map(describeNote))
    }
    for (const { apiVersion, kind, line } of rest) {
      if (isExpressions({ apiVersion, kind })) continue
      if (apiVersion.startsWith('policy.sigstore.dev') || (apiVersion === 'v1' && kind === 'Secret')) continue
      const got = apiVersion === '' ? 'a document without apiVersion' : `${kind} of ${apiVersion}`
      problems.push(
        `${file}:${line}: expected a policy of Kyverno (kyverno.io, policies.kyverno.io) or of sigstore's policy-controller (policy.sigstore.dev), got ${got}`,
      )
    }
  }
  const count = clusterImage.length + kyverno.length + imageValidating.length
  if (count === 0 && problems.length === 0)
    problems.push(`expected a policy in ${files.map(({ file }) => file).join(', ')}, got none`)
  return {
    clusterImage,
    trustRoots,
    kyverno,
    exceptions,
    imageValidating,
    expressionExceptions,
    problems,
    warnings,
  }
}

interface Head {
  readonly apiVersion: string
  readonly kind: string
}

/** A note in one line, with its place. */
export function noteText({ message, origin }: Note): string {
  return origin ? `${origin.file}:${origin.line}: ${message}` : message
}
