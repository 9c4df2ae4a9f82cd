import { isDigest, type S3loReference, type Unreadable, unreadable } from './reference.js'

const scheme = /^(s3|gs|az|local):\/\//

/**
 * Reads `s3://bucket/image:tag` and its kin as s3lo v3 does (its `pkg/ref`), with three things stricter: a tag is
 * always demanded, also beside a digest, because these stores keep images by tag; the digest is SHA-256.
 */
export function parseS3loReference(text: string): S3loReference | Unreadable {
  const prefix = scheme.exec(text)
  if (!prefix) return unreadable(text, 'must start with s3://, gs://, az://, or local://')
  const name = prefix[1] as S3loReference['scheme']
  const rest = text.slice(prefix[0].length)
  const end = name === 'local' ? endOfLocalRoot(rest) : rest.indexOf('/')
  if (end < 0)
    return unreadable(
      text,
      name === 'local' ? `missing image path after storage root "${rest}"` : 'missing image path',
    )
  const bucket = rest.slice(0, end)
  if (bucket === '') return unreadable(text, 'empty bucket')
  const path = rest.slice(end + 1)
  if (path === '') return unreadable(text, 'missing image name')

  const at = path.indexOf('@')
  const digest = at < 0 ? undefined : path.slice(at + 1)
  if (digest !== undefined && !isDigest(digest)) {
    return unreadable(text, `malformed digest "${digest}" (want algo:hex, e.g. sha256:<64 hex chars>)`)
  }
  const named = at < 0 ? path : path.slice(0, at)
  const colon = named.lastIndexOf(':')
  if (colon < 0)
    return unreadable(
      text,
      `missing tag in "${text}": these stores keep images by tag (e.g. ${name}://${bucket}/${named}:v1)`,
    )
  const image = named.slice(0, colon)
  const tag = named.slice(colon + 1)
  if (tag === '') return unreadable(text, "empty tag after ':'")
  if (image === '') return unreadable(text, 'empty image name')
  if (!isPathSegment(tag)) {
    return unreadable(
      text,
      `illegal tag "${tag}" (a tag must be a single path segment and cannot be "." or "..")`,
    )
  }
  for (const component of image.split('/')) {
    if (!isPathSegment(component)) {
      return unreadable(
        text,
        `illegal image name "${image}": component "${component}" is not a valid path segment`,
      )
    }
  }
  return { kind: 's3lo', scheme: name, bucket, image, tag, text, ...(digest !== undefined && { digest }) }
}

/** The root of a local store is exactly one path component, behind an optional `/`, `./` or `../`. */
function endOfLocalRoot(rest: string): number {
  const lead = ['../', './', '/'].find((start) => rest.startsWith(start)) ?? ''
  const slash = rest.indexOf('/', lead.length)
  return slash === lead.length ? -1 : slash
}

function isPathSegment(segment: string): boolean {
  return segment !== '' && segment !== '.' && segment !== '..' && !/[/\\]/.test(segment)
}
