import {
  field,
  isObject,
  type JsonObject,
  listField,
  objectField,
  readObject,
  textField,
  texts,
} from './json.js'

export interface Subject {
  readonly name: string
  /** Hex digits by the name of the algorithm. */
  readonly digest: Readonly<Record<string, string>>
  readonly annotations: Readonly<Record<string, string>>
}

/** An in-toto statement (in-toto attestation 1.0, statement.md; 0.1 has the same fields). */
export interface Statement {
  readonly predicateType: string
  readonly subjects: readonly Subject[]
  /** Undefined when there is none or it is no object. */
  readonly predicate: JsonObject | undefined
}

/** The predicate type of a signature in a bundle: a statement that says nothing more (cosign 3). */
export const signaturePredicate = 'https://sigstore.dev/cosign/sign/v1'

/** cosign's short names (cmd/cosign/cli/options/predicate.go); anything else is a type itself. */
const types: ReadonlyMap<string, string> = new Map([
  ['custom', 'https://cosign.sigstore.dev/attestation/v1'],
  ['slsaprovenance', 'https://slsa.dev/provenance/v0.2'],
  ['slsaprovenance02', 'https://slsa.dev/provenance/v0.2'],
  ['slsaprovenance1', 'https://slsa.dev/provenance/v1'],
  ['spdx', 'https://spdx.dev/Document'],
  ['spdxjson', 'https://spdx.dev/Document'],
  ['cyclonedx', 'https://cyclonedx.org/bom'],
  ['link', 'https://in-toto.io/Link/v1'],
  ['vuln', 'https://cosign.sigstore.dev/attestation/vuln/v1'],
  ['openvex', 'https://openvex.dev/ns'],
])

export const shortNames: readonly string[] = [...types.keys()]

/** The predicate type that a name means. */
export function predicateTypeOf(name: string): string {
  return types.get(name) ?? name
}

/** The clearest name of a predicate type, or the type itself where it has none. */
export function shortNameOf(predicateType: string): string {
  return shortNames.findLast((name) => types.get(name) === predicateType) ?? predicateType
}

export function isShortName(name: string): boolean {
  return types.has(name)
}

/** As many as sigstore-go reads (pkg/verify/signature.go). */
const mostSubjects = 1024

/** @returns a text that says what is wrong */
export function parseStatement(payload: Uint8Array): Statement | string {
  const object = readObject(payload)
  if (object === undefined) return 'the payload is no JSON object'
  const listed = field(object, 'subject')
  const list = listed === undefined ? [] : listField(object, 'subject')
  if (list === undefined) return 'its subject is no list'
  if (list.length > mostSubjects) return `it has ${list.length} subjects, more than ${mostSubjects}`
  if (!list.every(isObject)) return 'a subject in it is no object'
  return {
    predicateType: textField(object, 'predicateType') ?? '',
    predicate: objectField(object, 'predicate'),
    subjects: list.map((subject) => ({
      name: textField(subject, 'name') ?? '',
      digest: texts(objectField(subject, 'digest')),
      annotations: texts(objectField(subject, 'annotations')),
    })),
  }
}

/** The first subject that is this manifest; hex in capitals is another text, and another algorithm proves nothing. */
export function subjectOf(statement: Statement, digest: string): Subject | undefined {
  const hex = digest.slice('sha256:'.length)
  return statement.subjects.find(
    (subject) => Object.hasOwn(subject.digest, 'sha256') && subject.digest['sha256'] === hex,
  )
}
