import type { BillOfMaterials } from '../verdict/statement-summary.js'
import { claim, known, objects, shortened } from './claim.js'
import { isObject, type JsonObject, listField, objectField, readObject, textField } from './json.js'
import { cycloneDxAbout, spdxAbout, spdxRoots } from './bill-subject.js'

/** A bill of materials that comes as a text inside the statement is parsed up to this size. */
const textLimit = 16 * 1024 * 1024
/** As many tools are named. */
const mostTools = 3

/** With a version behind it (in-toto's own types) or without (cosign's). */
export function isBillType(predicateType: string): boolean {
  return /^https:\/\/(?:spdx\.dev\/Document|cyclonedx\.org\/(?:bom|schema))(?:\/v[\d.]+)?$/.test(
    predicateType,
  )
}

/**
 * Reads SPDX 2 JSON and CycloneDX JSON; the text type of cosign holds the document as a text. The document itself says
 * which of the two it is.
 */
export function readBillOfMaterials(predicate: unknown): BillOfMaterials | undefined {
  const document = documentOf(predicate)
  if (document === undefined) return undefined
  if (textField(document, 'bomFormat') === 'CycloneDX') return readCycloneDx(document)
  const version = textField(document, 'spdxVersion')
  return version?.startsWith('SPDX-') === true ? readSpdx(document, version.slice('SPDX-'.length)) : undefined
}

function documentOf(predicate: unknown): JsonObject | undefined {
  if (isObject(predicate)) return predicate
  return typeof predicate === 'string' && predicate.length <= textLimit
    ? readObject(Buffer.from(predicate))
    : undefined
}

/** CycloneDX 1.2 to 1.6, JSON: the thing itself is `metadata.component`, its components are beside it. */
function readCycloneDx(document: JsonObject): BillOfMaterials {
  const metadata = objectField(document, 'metadata')
  return known({
    kind: 'bill-of-materials' as const,
    format: 'CycloneDX' as const,
    version: claim(document, 'specVersion') ?? '',
    components: listField(document, 'components')?.length ?? 0,
    tool: cycloneDxTools(metadata),
    createdAt: claim(metadata, 'timestamp'),
    about: cycloneDxAbout(document),
    subjectName: claim(objectField(metadata, 'component'), 'name'),
  })
}

/** Up to 1.4 a list of tools, since 1.5 an object with a list of components. */
function cycloneDxTools(metadata: JsonObject | undefined): string | undefined {
  const older = objects(metadata, 'tools')
  const tools = older.length > 0 ? older : objects(objectField(metadata, 'tools'), 'components')
  return listed(
    tools.slice(0, mostTools).map((tool) => {
      const [name, version] = [claim(tool, 'name'), claim(tool, 'version')]
      return name === undefined ? '' : version === undefined ? name : `${name} ${version}`
    }),
  )
}

/** SPDX 2.2 and 2.3, JSON: the thing itself is a package like its components, and described by the document. */
function readSpdx(document: JsonObject, version: string): BillOfMaterials {
  const creation = objectField(document, 'creationInfo')
  const roots = spdxRoots(document)
  return known({
    kind: 'bill-of-materials' as const,
    format: 'SPDX' as const,
    version: shortened(version) ?? '',
    name: claim(document, 'name'),
    // The roots are among them.
    components: (listField(document, 'packages')?.length ?? 0) - roots.length,
    tool: spdxTools(creation),
    createdAt: claim(creation, 'created'),
    about: spdxAbout(document, roots),
    subjectName: roots.length === 1 ? claim(roots[0], 'name') : undefined,
  })
}

/** A creator is `Tool: name-version` (SPDX 2.3, 6.8). */
function spdxTools(creation: JsonObject | undefined): string | undefined {
  const tools = (listField(creation, 'creators') ?? []).filter(
    (one): one is string => typeof one === 'string' && one.startsWith('Tool:'),
  )
  return listed(
    tools.slice(0, mostTools).map((tool) => {
      const text = shortened(tool.slice('Tool:'.length).trim()) ?? ''
      return text.replace(/-(?=v?\d[^-]*$)/, ' ')
    }),
  )
}

function listed(names: readonly string[]): string | undefined {
  return shortened(names.filter((name) => name !== '').join(', '))
}
