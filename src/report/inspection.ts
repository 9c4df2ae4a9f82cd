import { line } from './escape.js'

/** What a report of an inspection is made of; the gate's `Inspection` has this shape. */
export interface InspectedImage {
  readonly reference: string
  readonly digest: string
  readonly manifest: Uint8Array
  readonly signatures: readonly {
    readonly keyId: string
    readonly where: string
    readonly format: string
    readonly attests?: string
    readonly status: 'verified' | 'invalid' | 'claimed' | 'unreadable'
    readonly keyRef?: string
    readonly signedAt?: string
    readonly schemaVersion?: number
    readonly reason?: string
    /** Whom the certificate names. */
    readonly identity?: { readonly subject: string; readonly issuer: string; readonly claims: object }
  }[]
}

interface Layer {
  readonly digest: string
  readonly size: number
  readonly media_type: string
}

interface Contents {
  readonly isIndex: boolean
  readonly layers: readonly Layer[]
  readonly platforms: readonly string[]
}

/** As JSON, with the names that `s3lo inspect -o json` has, and more. */
export function inspectionJson(image: InspectedImage): object {
  const { isIndex, layers, platforms } = readContents(image.manifest)
  return {
    reference: image.reference,
    digest: image.digest,
    is_index: isIndex,
    ...(isIndex ? { platforms } : { layers, total_size: sum(layers) }),
    signatures: image.signatures.map(
      ({ keyId, where, status, keyRef, signedAt, schemaVersion, reason, format, attests, identity }) => ({
        key_ref: keyRef ?? '',
        key_id: keyId,
        signed_at: signedAt ?? '',
        status,
        stored_path: where,
        format,
        ...(attests !== undefined && { predicate_type: attests }),
        ...(schemaVersion !== undefined && { schema_version: schemaVersion }),
        ...(identity && { identity }),
        ...(reason !== undefined && { reason }),
      }),
    ),
  }
}

/** As text, in the order of `s3lo inspect`; each signature says whether it is more than a claim. */
export function inspectionText(image: InspectedImage): readonly string[] {
  const { isIndex, layers, platforms } = readContents(image.manifest)
  const contents = isIndex
    ? ['Type:      multi-arch index', ...platforms.map((platform) => `  ${line(platform)}`)]
    : [
        'Type:      single-arch image',
        `Layers:    ${layers.length}`,
        `Total:     ${megabytes(sum(layers))}`,
        ...(layers.length === 0 ? [] : ['']),
        ...layers.map(
          ({ digest, size }, index) =>
            `  [${index + 1}] ${line(digest.slice(0, 19))}... (${megabytes(size)})`,
        ),
      ]
  const signatures = image.signatures.map(signatureLine)
  return [
    `Reference: ${line(image.reference)}`,
    `Digest:    ${image.digest}`,
    ...contents,
    '',
    'Signatures:',
    ...(signatures.length === 0 ? ['  none'] : signatures),
  ]
}

function signatureLine(signature: InspectedImage['signatures'][number]): string {
  const { keyId, where, status, keyRef = '', signedAt = '', reason, format, attests, identity } = signature
  const said = `${meaning(status, identity)}${reason === undefined ? '' : `: ${line(reason)}`}`
  if (format === 's3lo-record')
    return `  ${keyId}  (key: ${line(keyRef)}, signed: ${line(signedAt)})  ${said}`
  const what = attests === undefined ? 'signature' : `attestation of type ${line(attests)}`
  const named = identity ? `, by ${line(identity.subject)} (issuer ${line(identity.issuer)})` : ''
  const by = keyId === '' ? named : `, key ${line(keyRef)} ${keyId}`
  return `  ${what}  (${format} at ${line(where)}${by})  ${said}`
}

function meaning(status: InspectedImage['signatures'][number]['status'], identity?: object): string {
  switch (status) {
    case 'verified':
      return identity === undefined ? 'verified with the given key' : 'verified for the given identity'
    case 'invalid':
      return 'INVALID'
    case 'claimed':
      return 'a claim, not verified'
    case 'unreadable':
      return 'unreadable record'
  }
}

/** What of the manifest is shown; the bytes are those that were hashed, their content is anybody's. */
function readContents(manifest: Uint8Array): Contents {
  const value = JSON.parse(Buffer.from(manifest).toString('utf8')) as Readonly<Record<string, unknown>>
  const manifests = list(value['manifests'])
  const platforms = manifests.map((entry) => {
    const platform = record(entry['platform'])
    return [platform['os'], platform['architecture'], platform['variant']]
      .filter((part) => typeof part === 'string')
      .join('/')
  })
  const layers = list(value['layers']).map((layer) => ({
    digest: typeof layer['digest'] === 'string' ? layer['digest'] : '',
    size: typeof layer['size'] === 'number' ? layer['size'] : 0,
    media_type: typeof layer['mediaType'] === 'string' ? layer['mediaType'] : '',
  }))
  return { isIndex: Array.isArray(value['manifests']), layers, platforms }
}

function list(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  return Array.isArray(value) ? value.map(record) : []
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {}
}

function sum(layers: readonly Layer[]): number {
  return layers.reduce((total, { size }) => total + size, 0)
}

function megabytes(bytes: number): string {
  return `${(bytes / 1024 / 1024).toFixed(2)} MB`
}
