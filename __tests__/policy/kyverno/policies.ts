import { expect } from 'vitest'
import { readDocuments } from '../../../src/policy/documents.js'
import type { KyvernoException, KyvernoPolicy } from '../../../src/policy/kyverno/model.js'
import { type KyvernoFile, readKyverno } from '../../../src/policy/kyverno/read.js'
import type { Resource } from '../../../src/policy/kyverno/resource.js'
import type { Found, ResourceImage } from '../../../src/policy/kyverno/view.js'

export const pem = '-----BEGIN PUBLIC KEY-----\nAA==\n-----END PUBLIC KEY-----\n'
export const key = { keys: { publicKeys: pem } }
export const signedBy = [{ entries: [key] }]
export const pods = { any: [{ resources: { kinds: ['Pod'] } }] }
export const entry = { imageReferences: ['r.example/*'], attestors: signedBy }

export type Tree = Readonly<Record<string, unknown>>

export function rule(changes: Tree = {}): Tree {
  return { name: 'check', match: pods, verifyImages: [entry], ...changes }
}

export function policy(spec: Tree = {}, changes: Tree = {}): Tree {
  return {
    apiVersion: 'kyverno.io/v1',
    kind: 'ClusterPolicy',
    metadata: { name: 'p' },
    ...changes,
    spec: { validationFailureAction: 'Enforce', rules: [rule()], ...spec },
  }
}

export function read(...documents: readonly Tree[]): KyvernoFile {
  const text = documents.map((one) => JSON.stringify(one)).join('\n---\n')
  const file = readDocuments('p.yaml', text)
  expect(file.problems).toEqual([])
  return readKyverno('p.yaml', file.documents)
}

export function messages(...documents: readonly Tree[]): readonly string[] {
  return read(...documents).problems.map(({ message }) => message)
}

export function one(document: Tree): KyvernoPolicy {
  const { policies, problems } = read(document)
  expect(problems.map(({ message }) => message)).toEqual([])
  return policies[0]!
}

export function exception(spec: Tree = {}): KyvernoException {
  const { exceptions, problems } = read(exceptionTree(spec))
  expect(problems).toEqual([])
  return exceptions[0]!
}

export function exceptionTree(spec: Tree = {}): Tree {
  return {
    apiVersion: 'kyverno.io/v2',
    kind: 'PolicyException',
    metadata: { name: 'e', namespace: 'team' },
    spec: { match: pods, exceptions: [{ policyName: 'p', ruleNames: ['check'] }], ...spec },
  }
}

export function resource(kind = 'Pod', apiVersion = 'v1', changes: Partial<Resource> = {}): Resource {
  return { apiVersion, kind, name: 'app', namespace: 'default', labels: {}, value: {}, ...changes }
}

/** Containers c0, c1, … with these images. */
export function containers(...texts: readonly string[]): () => Found<ResourceImage> {
  return () => ({
    images: texts.map((text, index) => ({
      text,
      origin: { list: 'containers', container: `c${index}`, path: ['spec', 'containers', index, 'image'] },
    })),
    odd: [],
    unlisted: [],
  })
}
