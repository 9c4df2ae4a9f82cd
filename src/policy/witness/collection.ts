import { attestorOf, fieldsOfType, isRegistered } from './attestation-types.js'
import { type DigestSet, readDigests } from './digests.js'
import { isNull, itemsOf, jsonProblem, membersOf, structOf, textOf } from './json-text.js'
import { encodingOf, type Leaf, type LeafEncoding } from './merkle.js'
import { collectionTypes, type Profile } from './profile.js'

export interface NamedDigests {
  readonly name: string
  readonly digests: DigestSet
}

/** What one attestor said. */
export interface Attestation {
  readonly type: string
  /** JSON as rules see it. */
  readonly json: string
}

/** A tree of files that is only signed by its root. */
export interface Tree {
  readonly kind: 'material' | 'product'
  readonly root: string
  /** Undefined: the tree came without them. */
  readonly leaves: readonly Leaf[] | undefined
  /** How the leaves come to the root, or why they don't; undefined without leaves. */
  readonly encoding: { readonly encoding: LeafEncoding } | string | undefined
}

/** A signed collection of attestations of one step (in-toto statement with a collection as predicate). */
export interface Collection {
  readonly name: string
  readonly attestations: readonly Attestation[]
  /** Undefined: it carries none, so they follow from its subjects. */
  readonly backRefs: readonly NamedDigests[] | undefined
  readonly trees: readonly Tree[]
  /** Digests by path. */
  readonly materials: ReadonlyMap<string, DigestSet>
  readonly products: ReadonlyMap<string, DigestSet>
}

export interface ReadStatement {
  readonly predicateType: string
  readonly subjects: readonly NamedDigests[]
  /** JSON as it is written. */
  readonly predicate: string
  /** Undefined: the predicate is something else. */
  readonly collection: Collection | undefined
}

/** Git attestors of huge repositories name thousands of files. */
const mostSubjects = 200_000
const mostAttestations = 1000

/**
 * Reads a payload as the tools do (source/memory.go, attestation/collection.go): `_type` is not looked at, and a
 * predicate that is no collection is one without a name.
 *
 * @returns a text that says what is wrong
 */
export function readPayload(payload: Uint8Array, profile: Profile): ReadStatement | string {
  const text = Buffer.from(payload.buffer, payload.byteOffset, payload.length).toString('utf8')
  const problem = jsonProblem(text)
  if (problem !== undefined) return `its payload is no JSON: ${problem}`
  const fields = structOf(text)
  if (typeof fields === 'string') return `its payload: ${fields}`
  const predicateType = textOf(fields.get('predicatetype'))
  if (predicateType === undefined || predicateType === '') return 'its statement has no predicateType'
  const subjects = readSubjects(fields.get('subject'))
  if (typeof subjects === 'string') return subjects
  const predicate = fields.get('predicate') ?? 'null'
  if (!collectionTypes.includes(predicateType))
    return { predicateType, subjects, predicate, collection: undefined }
  const collection = readCollection(predicate, profile)
  return typeof collection === 'string' ? collection : { predicateType, subjects, predicate, collection }
}

function readSubjects(json: string | undefined): readonly NamedDigests[] | string {
  if (json === undefined || isNull(json)) return []
  const items = itemsOf(json)
  if (items === undefined) return 'its subject is no list'
  if (items.length > mostSubjects) return `it has ${items.length} subjects, more than ${mostSubjects}`
  const subjects: NamedDigests[] = []
  for (const item of items) {
    const fields = structOf(item)
    if (typeof fields === 'string') return `a subject in it: ${fields}`
    const name = textOf(fields.get('name'))
    const digests = readDigests(fields.get('digest') ?? 'null', 'any')
    if (name === undefined) return 'the name of a subject in it is no text'
    if (typeof digests === 'string') return digests
    subjects.push({ name, digests })
  }
  return subjects
}

function readCollection(json: string, profile: Profile): Collection | string {
  const fields = structOf(json)
  if (typeof fields === 'string') return `its collection: ${fields}`
  const name = textOf(fields.get('name'))
  const items = isNull(fields.get('attestations') ?? 'null') ? [] : itemsOf(fields.get('attestations') ?? '')
  if (name === undefined || items === undefined) return 'its collection has no name or list of attestations'
  if (items.length > mostAttestations)
    return `it has ${items.length} attestations, more than ${mostAttestations}`
  const attestations: Attestation[] = []
  const files: Files = { trees: [], materials: new Map(), products: new Map() }
  for (const item of items) {
    const attestation = readAttestation(item, profile)
    if (typeof attestation === 'string') return attestation
    const problem = addFiles(attestation, files) ?? digestProblem(attestation)
    if (problem !== undefined) return `its attestation ${attestation.type}: ${problem}`
    attestations.push(attestation)
  }
  const backRefs = readBackRefs(fields.get('backrefs'))
  if (typeof backRefs === 'string') return backRefs
  return { name, attestations, backRefs, ...files }
}

function readAttestation(json: string, profile: Profile): Attestation | string {
  const fields = structOf(json)
  if (typeof fields === 'string') return `an attestation in its collection: ${fields}`
  const type = textOf(fields.get('type'))
  if (type === undefined) return 'an attestation in its collection has no type'
  const raw = fields.get('attestation') ?? 'null'
  if (isRegistered(type, profile)) {
    const read = fieldsOfType(type) === undefined ? undefined : structOf(raw)
    return typeof read === 'string'
      ? `its attestation ${type}: ${read}`
      : { type, json: asWritten(type, raw, profile) }
  }
  return profile.unregisteredTypes === 'raw' ? { type, json: raw } : `attestation not found: ${type}`
}

/**
 * What the attestor's struct makes of an attestation: numbers are floats, unknown fields vanish, and fields that are
 * never left out are there.
 */
function asWritten(type: string, raw: string, profile: Profile): string {
  const value: unknown = JSON.parse(raw)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return JSON.stringify(value)
  const known = fieldsOfType(type)
  const format = profile.sbomFormat ? sbomFormats.get(type) : undefined
  if (known === undefined)
    return JSON.stringify(format === undefined ? value : { ...value, _sbomFormat: format })
  const entries = new Map(
    Object.entries(value).map(([name, member]) => [name.toLowerCase(), member as unknown]),
  )
  const written: [string, unknown][] = []
  for (const [name, form] of known) {
    const member = entries.get(name)
    const empty = isEmpty(member)
    if (!empty) written.push([name, member])
    else if (form !== 'omitted') written.push([name, member ?? (form === 'text' ? '' : null)])
  }
  return JSON.stringify(Object.fromEntries(written))
}

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return true
  return typeof value === 'object' && Object.keys(value).length === 0
}

/** cilock tells the two formats apart by a field of its own, which replaces one that is there. */
const sbomFormats: ReadonlyMap<string, string> = new Map([
  ['https://cyclonedx.org/bom', 'cyclonedx'],
  ['https://spdx.dev/Document', 'spdx'],
])

function readBackRefs(json: string | undefined): readonly NamedDigests[] | undefined | string {
  if (json === undefined || isNull(json)) return undefined
  const members = membersOf(json)
  if (members === undefined) return 'the backrefs of its collection are no object'
  const refs: NamedDigests[] = []
  for (const { name, text } of members) {
    const digests = readDigests(text, 'known')
    if (typeof digests === 'string') return digests
    refs.push({ name, digests })
  }
  return refs
}

interface Files {
  readonly trees: Tree[]
  readonly materials: Map<string, DigestSet>
  readonly products: Map<string, DigestSet>
}

/** @returns what is wrong with the files of a material or product attestation */
function addFiles({ type, json }: Attestation, files: Files): string | undefined {
  const [attestor, version] = (attestorOf(type) ?? '').split('/')
  if (attestor !== 'material' && attestor !== 'product') return undefined
  const target = attestor === 'material' ? files.materials : files.products
  if (version === 'v0.3') return addTree(attestor, json, files, target)
  for (const { name, text } of membersOf(json) ?? []) {
    const fields = version === 'v0.1' && attestor === 'material' ? undefined : structOf(text)
    if (typeof fields === 'string') return fields
    const digests = readDigests(fields === undefined ? text : (fields.get('digest') ?? 'null'), 'known')
    if (typeof digests === 'string') return digests
    target.set(name, digests)
  }
  return undefined
}

function addTree(
  kind: Tree['kind'],
  json: string,
  files: Files,
  target: Map<string, DigestSet>,
): string | undefined {
  const fields = structOf(json)
  if (typeof fields === 'string') return fields
  const root = textOf(fields.get('merkleroot'))
  if (root === undefined) return 'its merkleRoot is no text'
  const listed = fields.get('leaves')
  if (listed === undefined || isNull(listed)) {
    files.trees.push({ kind, root, leaves: undefined, encoding: undefined })
    return undefined
  }
  const leaves: Leaf[] = []
  for (const item of itemsOf(listed) ?? []) {
    const leaf = structOf(item)
    const [path, digest] =
      typeof leaf === 'string' ? [] : [textOf(leaf.get('path')), textOf(leaf.get('filedigest'))]
    if (path === undefined || digest === undefined) return 'a leaf of its tree cannot be read'
    leaves.push({ path, digest })
    target.set(path, new Map([['sha256', digest]]))
  }
  files.trees.push({ kind, root, leaves, encoding: encodingOf(leaves, root) })
  return undefined
}

/** Sets of digests in attestors that describe an image or a commit: a name that Go does not know ends its reading. */
function digestProblem({ type, json }: Attestation): string | undefined {
  const sets: string[] = []
  const add = (fields: ReadonlyMap<string, string> | string, ...names: readonly string[]): void => {
    if (typeof fields !== 'string') sets.push(...names.flatMap((name) => fields.get(name) ?? []))
  }
  switch (attestorOf(type) ?? '') {
    case 'oci/v0.1': {
      const fields = structOf(json)
      add(fields, 'tardigest', 'imageid', 'manifestdigest')
      if (typeof fields !== 'string') sets.push(...(itemsOf(fields.get('diffids') ?? '') ?? []))
      break
    }
    case 'git/v0.1':
      add(structOf(json), 'gitbinhash', 'commitdigest')
      break
    case 'docker/v0.1': {
      const fields = structOf(json)
      const products = typeof fields === 'string' ? undefined : membersOf(fields.get('products') ?? 'null')
      for (const { text } of products ?? []) add(structOf(text), 'imagedigest')
      break
    }
    default:
      return undefined
  }
  for (const set of sets) {
    const digests = readDigests(set, 'known')
    if (typeof digests === 'string') return digests
  }
  return undefined
}
