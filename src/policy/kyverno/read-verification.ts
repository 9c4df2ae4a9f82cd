import {
  fieldsOf,
  isThere,
  type Place,
  problemAt,
  readChoice,
  readFlag,
  readList,
  readRaw,
  readText,
  readTextMap,
  readTexts,
  required,
} from '../fields.js'
import type {
  Attestation,
  AttestorSet,
  FailureAction,
  ImageVerification,
  Note,
  RegistryCredentials,
} from './model.js'
import { translateOldForm } from './old-form.js'
import { readAttestors } from './read-attestor.js'
import { checkConditions } from './read-conditions.js'
import { checkPatterns } from './read-match.js'

const fields = [
  'type',
  'imageReferences',
  'skipImageReferences',
  'attestors',
  'attestations',
  'repository',
  'mutateDigest',
  'verifyDigest',
  'required',
  'imageRegistryCredentials',
  'useCache',
  'validate',
  'failureAction',
] as const
/** Of kyverno.io/v1 alone. */
const olderFields = [
  'image',
  'key',
  'roots',
  'subject',
  'issuer',
  'additionalExtensions',
  'annotations',
  'cosignOCI11',
] as const

export interface AroundVerification {
  readonly oldForms: boolean
  readonly failureAction: FailureAction
  readonly notes: Note[]
}

/** Reads an item of verifyImages in any form since Kyverno 1.4 (api/kyverno/v1 ImageVerification). */
export function readVerification(place: Place, index: number, around: AroundVerification): ImageVerification {
  const at = fieldsOf(place, around.oldForms ? [...fields, ...olderFields] : fields)
  const older = (name: (typeof olderFields)[number]): Place =>
    around.oldForms ? at(name) : { ...place, path: `${place.path}.${name}`, node: undefined }
  const origin = { file: place.reading.file, line: place.line }

  const type = readChoice(at('type'), ['Cosign', 'SigstoreBundle', 'Notary']) ?? 'Cosign'
  const references = readTexts(at('imageReferences'))
  const image = readText(older('image')) ?? ''
  const imageReferences = image === '' ? references : [...references, image]
  if (imageReferences.length === 0)
    problemAt(place, `${place.path}: expected an image reference, got none; which images are meant?`)
  for (const name of ['imageReferences', 'skipImageReferences'] as const) checkPatterns(at(name))
  for (const reference of [...readList(at('imageReferences')), older('image')]) {
    const text = reference.node?.kind === 'scalar' ? reference.node.value : undefined
    if (typeof text === 'string' && text.includes('{{'))
      problemAt(
        reference,
        `${reference.path}: a rule should not have variables in its image references, got ${JSON.stringify(text)}`,
      )
  }

  const failureAction = readChoice(at('failureAction'), ['Audit', 'Enforce'])
  const mutateDigest = readFlag(at('mutateDigest')) ?? true
  if (mutateDigest && (failureAction ?? around.failureAction) === 'Audit')
    problemAt(
      isThere(at('mutateDigest')) ? at('mutateDigest') : place,
      `${place.path}.mutateDigest: must be set to false for the failure action Audit (which is the default)`,
    )

  const translated = translateOldForm(
    {
      place,
      key: readText(older('key')) ?? '',
      issuer: readText(older('issuer')) ?? '',
      subject: readText(older('subject')) ?? '',
      roots: readText(older('roots')) ?? '',
      additionalExtensions: readTextMap(older('additionalExtensions')),
      annotations: readTextMap(older('annotations')),
    },
    {
      attestors: readAttestors(at('attestors'), '.attestors'),
      attestations: readList(at('attestations')).map(readAttestation),
    },
    around.notes,
  )
  const { attestors, attestations } = translated
  if (type === 'Notary') checkNotary(at('attestors'), attestors)

  const repository = readText(at('repository'))
  const credentials = readCredentials(at('imageRegistryCredentials'))
  const validate = readValidate(at('validate'))
  return {
    index,
    path: place.path,
    origin,
    type,
    imageReferences,
    skipImageReferences: readTexts(at('skipImageReferences')),
    attestors,
    attestations,
    annotations: translated.annotations,
    ...(repository && { repository }),
    mutateDigest,
    verifyDigest: readFlag(at('verifyDigest')) ?? true,
    required: readFlag(at('required')) ?? true,
    useCache: readFlag(at('useCache')) ?? true,
    cosignOCI11: readFlag(older('cosignOCI11')) ?? false,
    ...(credentials && { imageRegistryCredentials: credentials }),
    ...(failureAction && { failureAction }),
    ...(validate && { validate }),
  }
}

function readAttestation(place: Place, index: number): Attestation {
  const at = fieldsOf(place, ['type', 'predicateType', 'name', 'attestors', 'conditions'])
  const named = [readText(at('type')), readText(at('predicateType'))]
  const type = named.find((text) => text !== undefined && text !== '')
  // Kyverno loads it, and every image fails with "missing type".
  if (!type) required({ ...at('type'), node: undefined })
  const name = readText(at('name'))
  checkConditions(at('conditions'), 'blocks')
  const path = `.attestations[${index}]`
  return {
    path,
    type: type ?? '',
    ...(name && { name }),
    attestors: readAttestors(at('attestors'), `${path}.attestors`),
    conditions: readList(at('conditions')).map(readRaw),
  }
}

function checkNotary(place: Place, sets: readonly AttestorSet[]): void {
  for (const { path, kind } of sets.flatMap(({ entries }) => entries))
    if (kind === 'keys' || kind === 'keyless')
      problemAt(place, `${place.path}: type Notary takes certificates only, got ${kind} at ${path}`)
}

function readCredentials(place: Place): RegistryCredentials | undefined {
  if (!isThere(place)) return undefined
  const at = fieldsOf(place, ['allowInsecureRegistry', 'providers', 'secrets'])
  return {
    allowInsecureRegistry: readFlag(at('allowInsecureRegistry')) ?? false,
    providers: readList(at('providers')).flatMap(
      (one) => readChoice(one, ['default', 'google', 'azure', 'amazon', 'github']) ?? [],
    ),
    secrets: readTexts(at('secrets')),
  }
}

function readValidate(place: Place): ImageVerification['validate'] {
  if (!isThere(place)) return undefined
  const at = fieldsOf(place, ['message', 'deny'])
  const of = fieldsOf(at('deny'), ['conditions'])
  checkConditions(of('conditions'), 'list-or-block')
  const message = readText(at('message'))
  return { deny: readRaw(of('conditions')), ...(message && { message }) }
}
