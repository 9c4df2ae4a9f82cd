import { describe, expect, it } from 'vitest'
import { type InspectedImage, inspectionJson, inspectionText } from '../../src/report/inspection.js'
import { someDigest } from '../harness/results.js'
import { hostileTexts, keyId } from './results.js'

const layerDigest = `sha256:${'c'.repeat(64)}`
const layerType = 'application/vnd.oci.image.layer.v1.tar+gzip'
const single = {
  layers: [
    { digest: layerDigest, size: 1024 * 1024, mediaType: layerType },
    { digest: `sha256:${'d'.repeat(64)}`, size: 512 * 1024, mediaType: layerType },
  ],
}
const index = {
  manifests: [
    { digest: layerDigest, platform: { os: 'linux', architecture: 'amd64' } },
    { digest: layerDigest, platform: { os: 'linux', architecture: 'arm', variant: 'v7' } },
  ],
}

type Found = InspectedImage['signatures'][number]

/** A record, as the listing of an s3lo store finds it. */
const record: Found = {
  keyId,
  where: `s3://bucket/manifests/app/v1/signatures/${keyId}.json`,
  format: 's3lo-record',
  status: 'claimed',
  keyRef: 'release.key',
  signedAt: '2026-11-21T02:36:03Z',
  schemaVersion: 2,
}
const signature: Found = {
  keyId: '',
  where: 'registry.example/app:x.sig',
  format: 'simple-signing',
  status: 'claimed',
}
const attestation: Found = {
  keyId,
  where: 'registry.example/app@sha256:ab',
  format: 'sigstore-bundle',
  attests: 'https://slsa.dev/provenance/v1',
  status: 'verified',
  keyRef: 'alice.pub',
}

function inspected(manifest: unknown, ...signatures: readonly Found[]): InspectedImage {
  return {
    reference: 's3://bucket/app:v1',
    digest: someDigest,
    manifest: Buffer.from(JSON.stringify(manifest)),
    signatures,
  }
}

describe('an inspection as JSON, with the names of s3lo', () => {
  it('of a single image has its layers and their size', () => {
    expect(inspectionJson(inspected(single))).toEqual({
      reference: 's3://bucket/app:v1',
      digest: someDigest,
      is_index: false,
      layers: single.layers.map(({ digest, size, mediaType }) => ({ digest, size, media_type: mediaType })),
      total_size: 1.5 * 1024 * 1024,
      signatures: [],
    })
  })

  it('of an index has its platforms, and no layers', () => {
    expect(inspectionJson(inspected(index))).toEqual({
      reference: 's3://bucket/app:v1',
      digest: someDigest,
      is_index: true,
      platforms: ['linux/amd64', 'linux/arm/v7'],
      signatures: [],
    })
  })

  it('has of each signature where it lies and how it stands', () => {
    const unreadable: Found = { ...signature, status: 'unreadable', reason: 'cut short' }
    expect(inspectionJson(inspected(single, record, attestation, unreadable))).toMatchObject({
      signatures: [
        {
          key_ref: 'release.key',
          key_id: keyId,
          signed_at: '2026-11-21T02:36:03Z',
          status: 'claimed',
          stored_path: record.where,
          format: 's3lo-record',
          schema_version: 2,
        },
        { key_ref: 'alice.pub', status: 'verified', predicate_type: attestation.attests, signed_at: '' },
        { key_ref: '', key_id: '', status: 'unreadable', reason: 'cut short' },
      ],
    })
  })

  it('has no member for what is not known', () => {
    const { signatures } = inspectionJson(inspected(single, signature)) as { signatures: object[] }
    expect(Object.keys(signatures[0]!)).toEqual(
      'key_ref key_id signed_at status stored_path format'.split(' '),
    )
  })
})

describe('an inspection as text, in the order of s3lo', () => {
  it('of a single image', () => {
    expect(inspectionText(inspected(single))).toEqual([
      'Reference: s3://bucket/app:v1',
      `Digest:    ${someDigest}`,
      'Type:      single-arch image',
      'Layers:    2',
      'Total:     1.50 MB',
      '',
      '  [1] sha256:cccccccccccc... (1.00 MB)',
      '  [2] sha256:dddddddddddd... (0.50 MB)',
      '',
      'Signatures:',
      '  none',
    ])
  })

  it('of an image without layers', () => {
    expect(inspectionText(inspected({ layers: [] })).slice(2, 6)).toEqual([
      'Type:      single-arch image',
      'Layers:    0',
      'Total:     0.00 MB',
      '',
    ])
  })

  it('of an index', () => {
    expect(inspectionText(inspected(index)).slice(2, 5)).toEqual([
      'Type:      multi-arch index',
      '  linux/amd64',
      '  linux/arm/v7',
    ])
  })

  const last = (found: Found): string | undefined => inspectionText(inspected(single, found)).at(-1)

  it.each([
    ['claimed', 'a claim, not verified'],
    ['verified', 'verified with the given key'],
    ['invalid', 'INVALID: why'],
    ['unreadable', 'unreadable record: why'],
  ] as const)('says of a record that is %s whether it is more than a claim', (status, words) => {
    const reason = words.endsWith('why') ? { reason: 'why' } : {}
    expect(last({ ...record, status, ...reason })).toBe(
      `  ${keyId}  (key: release.key, signed: 2026-11-21T02:36:03Z)  ${words}`,
    )
  })

  it('shows a record that names neither key nor time', () => {
    const { where, format, status } = record
    expect(last({ keyId, where, format, status })).toBe(
      `  ${keyId}  (key: , signed: )  a claim, not verified`,
    )
  })

  it('names the key of a cosign signature only where one verified it', () => {
    expect(last(signature)).toBe(
      '  signature  (simple-signing at registry.example/app:x.sig)  a claim, not verified',
    )
    expect(last(attestation)).toBe(
      `  attestation of type https://slsa.dev/provenance/v1  (sigstore-bundle at registry.example/app@sha256:ab, key alice.pub ${keyId})  verified with the given key`,
    )
  })

  it('lists every signature', () => {
    expect(inspectionText(inspected(single, record, signature, attestation)).slice(-4)[0]).toBe('Signatures:')
  })
})

describe('a manifest that is anybody’s', () => {
  it.each([
    ['empty', {}],
    ['with layers that are no list', { layers: 'many' }],
    ['with layers of nothing', { layers: [null, 1, 'a', {}, { digest: 1, size: 'big', mediaType: [] }] }],
    ['with manifests of nothing', { manifests: [null, 1, {}, { platform: null }, { platform: { os: 1 } }] }],
  ])('%s is shown as far as it can be', (_, manifest) => {
    const image = inspected(manifest)
    expect(inspectionText(image)[0]).toBe('Reference: s3://bucket/app:v1')
    const json = inspectionJson(image) as { is_index: boolean; layers?: unknown[]; platforms?: unknown[] }
    expect(json.is_index).toBe('manifests' in manifest)
    for (const layer of json.layers ?? []) expect(layer).toEqual({ digest: '', size: 0, media_type: '' })
    for (const platform of json.platforms ?? []) expect(platform).toBe('')
  })

  it.each(hostileTexts)('%j in it, or in a record, opens no line and no command', (text) => {
    const hostile: Found = {
      ...record,
      where: text,
      keyRef: text,
      signedAt: text,
      reason: text,
      status: 'invalid',
    }
    const cosign: Found = { ...attestation, where: text, keyRef: text, attests: text, reason: text }
    const manifests = [
      { layers: [{ digest: text, size: 1, mediaType: text }] },
      { manifests: [{ platform: { os: text, architecture: text, variant: text } }] },
    ]
    for (const manifest of manifests) {
      const lines = inspectionText({ ...inspected(manifest, hostile, cosign), reference: text })
      expect(lines.filter((one) => one.includes('INVALID'))).toHaveLength(1)
      for (const one of lines) expect(one).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]|##\[|^\s*::/u)
    }
  })
})
