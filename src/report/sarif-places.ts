import { parseReference } from '../reference/parse.js'
import type { ImageResult, Origin } from '../verdict/result.js'
import { line, shorten } from './escape.js'

/** A line of a file. */
export interface LineOf {
  readonly file: string
  readonly line: number
}

/** What a run knows of where it stands; the report itself looks at nothing. */
export interface Surroundings {
  /** A file by its path from the top of the repository, with slashes; undefined where it does not lie below it. */
  readonly inRepository: (file: string) => string | undefined
  /** Where references stand that were listed in files. */
  readonly listed: ReadonlyMap<string, LineOf>
  /** The workflow that asked, by its path from the top of the repository. */
  readonly workflow?: string
  /** URL of the folder with a page for each failure code. */
  readonly docs?: string
}

export interface PhysicalLocation {
  readonly artifactLocation: { readonly uri: string }
  readonly region: {
    readonly startLine: number
    readonly startColumn: number
    readonly endLine: number
    readonly endColumn: number
  }
}

const longestName = 500

/**
 * Where an image is asked for: its first line in a manifest, else that in a list of images, else its own name as a path,
 * as scanners of images have it, because code scanning shows no result without one.
 */
export function placeOfImage(image: ImageResult, around: Surroundings): PhysicalLocation {
  const [origin] = placesIn(image.origins ?? [], around)
  const listed = around.listed.get(image.reference)
  return (
    origin?.place ?? (listed && placeInFile(listed, around)) ?? placeAt(pathOf(nameOfImage(image.reference)))
  )
}

/** Where something stands that is about no image: the file that is named, else the workflow that asked. */
export function placeOfRun(named: LineOf | undefined, around: Surroundings): PhysicalLocation {
  return (named && placeInFile(named, around)) ?? placeAt(pathOf(around.workflow ?? 'verify-image'))
}

/** Those places that are lines of files in the repository. */
export function placesIn(
  origins: readonly Origin[],
  around: Surroundings,
): readonly { readonly origin: Origin; readonly place: PhysicalLocation }[] {
  return origins.flatMap((origin) => {
    const place = placeInFile(origin, around)
    return place ? [{ origin, place }] : []
  })
}

function placeInFile(at: LineOf, { inRepository }: Surroundings): PhysicalLocation | undefined {
  // A name that a page would show otherwise than it is names no file there.
  const file = line(at.file) === at.file ? inRepository(at.file) : undefined
  return file === undefined ? undefined : placeAt(pathOf(file), at.line)
}

function placeAt(uri: string, startLine = 1): PhysicalLocation {
  return {
    artifactLocation: { uri },
    region: { startLine, startColumn: 1, endLine: startLine, endColumn: 1 },
  }
}

/** A relative path as a URI: a colon (of a port, of `s3://`) would be read as a scheme, which is refused. */
function pathOf(text: string): string {
  const parts = text.split('/').filter((part) => part !== '' && part !== '.' && part !== '..')
  return parts.length === 0 ? 'verify-image' : parts.map((part) => encodeURIComponent(part)).join('/')
}

/** An image without tag and digest: what stays when it is built anew. */
export function nameOfImage(text: string): string {
  const reference = parseReference(text)
  switch (reference.kind) {
    case 'registry':
      return nameIn(`${reference.registry}/${reference.repository}`)
    case 's3lo':
      return nameIn(`${reference.scheme}/${reference.bucket}/${reference.image}`)
    case 'oci-layout':
      return nameIn(`oci-layout/${reference.path}`)
    case 'unreadable':
      return nameIn(text)
  }
}

function nameIn(text: string): string {
  return shorten(line(text), longestName)
}
