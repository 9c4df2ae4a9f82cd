import type { BillOfMaterials } from '../verdict/statement-summary.js'
import { objects } from './claim.js'
import { field, type JsonObject, listField, objectField, textField } from './json.js'

type Sign = 'image' | 'source'

/** Packages that an operating system installs. Where they are, the file system of an image was looked at. */
const systemPackage = /^pkg:(?:deb|rpm|apk|alpm)\//
const imagePackage = /^pkg:(?:oci|docker)\//
const sourcePackage = /^pkg:(?:github|gitlab|bitbucket)\//
/** Ids of described packages that are kept; a document describes one thing. */
const mostRoots = 1000

/** CycloneDX's type of component, as syft and trivy choose it: a folder is a file to syft, an application to trivy. */
const componentTypes: ReadonlyMap<unknown, Sign> = new Map([
  ['container', 'image'],
  ['application', 'source'],
  ['framework', 'source'],
  ['library', 'source'],
  ['file', 'source'],
])

/** SPDX 2.3, 7.24. syft calls a folder FILE, trivy SOURCE. */
const purposes: ReadonlyMap<unknown, Sign> = new Map([
  ['CONTAINER', 'image'],
  ['APPLICATION', 'source'],
  ['FRAMEWORK', 'source'],
  ['LIBRARY', 'source'],
  ['SOURCE', 'source'],
  ['FILE', 'source'],
])

/** How syft and trivy begin the namespaces of their documents: by the kind of thing that was looked at. */
const namespaces: readonly (readonly [RegExp, Sign])[] = [
  [/^https:\/\/anchore\.com\/syft\/image\//, 'image'],
  [/^https:\/\/anchore\.com\/syft\/(?:dir|file)\//, 'source'],
  [/^https?:\/\/(?:trivy\.dev|aquasecurity\.github\.io\/trivy)\/container_image\//, 'image'],
  [/^https?:\/\/(?:trivy\.dev|aquasecurity\.github\.io\/trivy)\/(?:filesystem|repository)\//, 'source'],
]

/** Whether a CycloneDX document lists an image or the source: by the thing itself, and by what is in it. */
export function cycloneDxAbout(document: JsonObject): BillOfMaterials['about'] {
  const root = objectField(objectField(document, 'metadata'), 'component')
  const signs = new Set<Sign>()
  add(signs, componentTypes.get(field(root, 'type')))
  add(signs, ofPackageUrl(textField(root, 'purl') ?? ''))
  const isSystem = (component: JsonObject): boolean => systemPackage.test(textField(component, 'purl') ?? '')
  if (objects(document, 'components').some(isSystem)) signs.add('image')
  return verdictOf(signs)
}

/** The packages that an SPDX document is about: `documentDescribes`, or the relationship DESCRIBES, both ways. */
export function spdxRoots(document: JsonObject): readonly JsonObject[] {
  const described = new Set<unknown>()
  const keep = (id: unknown): void => {
    if (typeof id === 'string' && described.size < mostRoots) described.add(id)
  }
  listField(document, 'documentDescribes')?.forEach(keep)
  const own = textField(document, 'SPDXID') ?? 'SPDXRef-DOCUMENT'
  for (const one of objects(document, 'relationships')) {
    const [from, to] = [textField(one, 'spdxElementId'), textField(one, 'relatedSpdxElement')]
    const type = textField(one, 'relationshipType')
    if (type === 'DESCRIBES' && from === own) keep(to)
    if (type === 'DESCRIBED_BY' && to === own) keep(from)
  }
  return objects(document, 'packages').filter((one) => described.has(field(one, 'SPDXID')))
}

/** Whether an SPDX document lists an image or the source. */
export function spdxAbout(document: JsonObject, roots: readonly JsonObject[]): BillOfMaterials['about'] {
  const built = buildkitTarget(document)
  if (built !== undefined) return built
  const signs = new Set<Sign>()
  const namespace = textField(document, 'documentNamespace') ?? ''
  add(signs, namespaces.find(([form]) => form.test(namespace))?.[1])
  for (const root of roots) {
    add(signs, purposes.get(field(root, 'primaryPackagePurpose')))
    for (const url of packageUrls(root)) add(signs, ofPackageUrl(url))
  }
  const isSystem = (one: JsonObject): boolean => packageUrls(one).some((url) => systemPackage.test(url))
  if (objects(document, 'packages').some(isSystem)) signs.add('image')
  return verdictOf(signs)
}

/**
 * buildkit has every file system scanned as a folder, the image's too, and says by the folder's name which it was:
 * `sbom` is the image, `sbom-context` the build context, `sbom-…` a stage of the build (buildkit,
 * frontend/attestations/sbom). Older scanners gave the whole path.
 */
function buildkitTarget(document: JsonObject): BillOfMaterials['about'] | undefined {
  const name = textField(document, 'name')
  if (name === undefined) return undefined
  const creators = listField(objectField(document, 'creationInfo'), 'creators')
  const isBuildkit = creators?.some((one) => typeof one === 'string' && one.startsWith('Tool: buildkit-'))
  if (name === '/run/src/core' || name === '/run/src/core/sbom') return 'image'
  if (name === '/run/src/extras/context' || name === '/run/src/extras/sbom-context') return 'source'
  if (name.startsWith('/run/src/extras/')) return 'unknown'
  if (isBuildkit !== true) return undefined
  if (name === 'sbom') return 'image'
  if (name === 'sbom-context') return 'source'
  return name.startsWith('sbom-') ? 'unknown' : undefined
}

function packageUrls(one: JsonObject): readonly string[] {
  return objects(one, 'externalRefs').flatMap((reference) =>
    textField(reference, 'referenceType') === 'purl' ? (textField(reference, 'referenceLocator') ?? []) : [],
  )
}

function ofPackageUrl(url: string): Sign | undefined {
  if (imagePackage.test(url)) return 'image'
  return sourcePackage.test(url) ? 'source' : undefined
}

function add(signs: Set<Sign>, sign: Sign | undefined): void {
  if (sign !== undefined) signs.add(sign)
}

/** Signs that contradict each other tell nothing. */
function verdictOf(signs: ReadonlySet<Sign>): BillOfMaterials['about'] {
  const [only, ...others] = signs
  return only === undefined || others.length > 0 ? 'unknown' : only
}
