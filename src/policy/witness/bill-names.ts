import { cycloneDxAbout, spdxAbout, spdxRoots } from '../../evidence/bill-subject.js'
import { isObject, type JsonObject, listField, objectField, textField } from '../../evidence/json.js'
import type { Attestation } from './collection.js'

/** What a bill of materials says it is about. */
export interface BillNames {
  readonly about: 'image' | 'source' | 'unknown'
  /** Digests that name the thing, `sha256:…`. */
  readonly digests: readonly string[]
}

export function isBill({ type }: Attestation): boolean {
  return type === 'https://cyclonedx.org/bom' || type === 'https://spdx.dev/Document'
}

/** Reads the digests by which a bill names its subject: its version, its package URLs, its hashes, trivy's properties. */
export function billNames({ type, json }: Attestation): BillNames {
  const document: unknown = JSON.parse(json)
  if (!isObject(document)) return { about: 'unknown', digests: [] }
  if (type === 'https://cyclonedx.org/bom') {
    const component = objectField(objectField(document, 'metadata'), 'component')
    return { about: cycloneDxAbout(document), digests: component ? componentDigests(component) : [] }
  }
  const roots = spdxRoots(document)
  return { about: spdxAbout(document, roots), digests: roots.flatMap(packageDigests) }
}

const mostMembers = 1000

function objects(object: JsonObject, name: string): readonly JsonObject[] {
  return (listField(object, name) ?? []).slice(0, mostMembers).filter(isObject)
}

function componentDigests(component: JsonObject): readonly string[] {
  const properties = objects(component, 'properties').filter((one) =>
    /:(?:ImageID|RepoDigest)$/.test(textField(one, 'name') ?? ''),
  )
  return [
    ...['version', 'purl', 'bom-ref', 'name'].flatMap((name) => digestsIn(textField(component, name))),
    ...properties.flatMap((one) => digestsIn(textField(one, 'value'))),
    ...objects(component, 'hashes').flatMap((one) => hashOf(one, 'alg', 'content')),
  ]
}

function packageDigests(one: JsonObject): readonly string[] {
  return [
    ...['versionInfo', 'name', 'downloadLocation'].flatMap((name) => digestsIn(textField(one, name))),
    ...objects(one, 'externalRefs').flatMap((reference) =>
      digestsIn(textField(reference, 'referenceLocator')),
    ),
    ...objects(one, 'checksums').flatMap((sum) => hashOf(sum, 'algorithm', 'checksumValue')),
  ]
}

function digestsIn(text = ''): readonly string[] {
  return [...text.slice(0, 4096).matchAll(/sha256(?::|%3[Aa])([0-9a-f]{64})(?![0-9a-f])/g)].map(
    ([, hex = '']) => `sha256:${hex}`,
  )
}

function hashOf(one: JsonObject, algorithm: string, value: string): readonly string[] {
  const isSha256 = /^sha-?256$/i.test(textField(one, algorithm) ?? '')
  return isSha256 ? digestsIn(`sha256:${textField(one, value) ?? ''}`) : []
}
