import { fieldsOf, placeOf, problemAt, readChoice } from '../fields.js'
import { type Located, topText } from '../located.js'
import type { Problem } from '../problem.js'
import { detect, itemsOf, policyKinds } from './detect.js'
import type { KyvernoException, KyvernoPolicy, Note } from './model.js'
import { readException } from './read-exception.js'
import { readPolicy } from './read-policy.js'

const topFields = ['apiVersion', 'kind', 'metadata', 'spec', 'status'] as const

export interface KyvernoFile {
  readonly policies: readonly KyvernoPolicy[]
  readonly exceptions: readonly KyvernoException[]
  /** Any problem means that what the file asks is not known: Kyverno's CLI drops such a policy and passes. */
  readonly problems: readonly Problem[]
  readonly notes: readonly Note[]
  /** Documents of other systems, left to others. */
  readonly others: readonly Located[]
}

/** Reads Kyverno's policies and exceptions among the documents of a file. One with a problem is not handed on. */
export function readKyverno(file: string, documents: readonly Located[]): KyvernoFile {
  const policies: KyvernoPolicy[] = []
  const exceptions: KyvernoException[] = []
  const problems: Problem[] = []
  const notes: Note[] = []
  const others: Located[] = []

  const one = (document: Located, inList: boolean): void => {
    const reading = { file, problems: [] as Problem[] }
    switch (detect(document)) {
      case 'policy': {
        const policy = readPolicy(reading, document)
        if (policy && reading.problems.length === 0) policies.push(policy)
        break
      }
      case 'exception': {
        const read = readException(reading, document)
        if (read && reading.problems.length === 0) exceptions.push(read.exception)
        if (read) notes.push(...read.notes)
        break
      }
      case 'list':
        if (inList) others.push(document)
        else itemsOf(document).forEach((item) => one(item, true))
        break
      case 'other-kyverno':
        notes.push({
          kind: 'not-evaluated',
          loud: false,
          message: `${topText(document, 'kind') ?? 'a document without kind'} (${topText(document, 'apiVersion') ?? ''}) says nothing about image verification here`,
          origin: { file, line: document.line },
        })
        break
      case 'unknown-kind': {
        // A misspelt policy must not be taken for something else.
        readChoice(fieldsOf(placeOf(reading, document), topFields)('kind'), policyKinds)
        if (topText(document, 'kind') === undefined && reading.problems.length === 0)
          problemAt(placeOf(reading, document), 'missing field kind')
        break
      }
      case 'none':
        others.push(document)
    }
    problems.push(...reading.problems)
  }
  documents.forEach((document) => one(document, false))
  return { policies, exceptions, problems, notes, others }
}
