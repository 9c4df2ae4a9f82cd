import { describe, expect, it } from 'vitest'
import { isBundleType, parseBundle, type SigstoreBundle } from '../../src/evidence/sigstore-bundle.js'
import { companionsOfBundle } from '../../src/evidence/transparency.js'

const envelope = { payload: 'AAEC', payloadType: 'any', signatures: [{ sig: 'AAEC' }] }
const bundle = {
  mediaType: 'application/vnd.dev.sigstore.bundle.v0.3+json',
  verificationMaterial: { publicKey: { hint: 'key-1' }, tlogEntries: [] },
  dsseEnvelope: envelope,
}
const parse = (value: unknown): SigstoreBundle | string =>
  parseBundle(Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)))
const withMaterial = (verificationMaterial: unknown): SigstoreBundle | string =>
  parse({ ...bundle, verificationMaterial })

describe('a bundle', () => {
  it('is an envelope and what is needed to verify it', () => {
    expect(parse(bundle)).toEqual({
      signer: { kind: 'key', hint: 'key-1' },
      logEntries: 0,
      envelope: {
        payloadType: 'any',
        payload: Uint8Array.of(0, 1, 2),
        signatures: [Uint8Array.of(0, 1, 2)],
      },
    })
  })

  it.each(['+json;version=0.1', '+json;version=0.2', '+json;version=0.3', '.v0.3+json'])(
    'is of version %s',
    (version) => {
      expect(parse({ ...bundle, mediaType: `application/vnd.dev.sigstore.bundle${version}` })).toMatchObject({
        logEntries: 0,
      })
    },
  )

  it.each([
    'application/vnd.dev.sigstore.bundle+json;version=0.4',
    'application/vnd.dev.sigstore.bundle.v0.4+json',
    'application/vnd.dev.sigstore.bundle.v0.3+json\n',
    ' application/vnd.dev.sigstore.bundle.v0.3+json',
    'application/vnd.dev.sigstore.bundleXv0.3+json',
    'application/json',
    '',
  ])('is not of type %j', (mediaType) => {
    expect(parse({ ...bundle, mediaType })).toContain('its media type is ')
    const bytes = Buffer.from(JSON.stringify({ ...bundle, mediaType }))
    expect(companionsOfBundle(bytes)).toContain('its media type is ')
  })

  it('without a type says so', () => {
    for (const mediaType of [undefined, 7, ''])
      expect(parse({ ...bundle, mediaType })).toBe('its media type is ""')
  })

  it('of another type shows no more of it than a line', () => {
    const said = parse({ ...bundle, mediaType: `${'x'.repeat(10_000)}\n::error::` })
    expect(typeof said === 'string' ? said.length : -1).toBeLessThan(300)
    expect(parse({ ...bundle, mediaType: 'a\nb' })).not.toContain('\n')
  })

  it.each([
    ['nothing', '', 'it is no JSON object'],
    ['a list', '[]', 'it is no JSON object'],
    ['braces without end', '{"a":'.repeat(100_000), 'it is no JSON object'],
    ['no material', { ...bundle, verificationMaterial: undefined }, 'it has no verification material'],
    ['material that is a list', { ...bundle, verificationMaterial: [] }, 'it has no verification material'],
    ['no envelope', { ...bundle, dsseEnvelope: undefined }, 'it holds no signature'],
    ['an envelope that is a text', { ...bundle, dsseEnvelope: 'x' }, 'it holds no signature'],
    [
      'an envelope without a signature',
      { ...bundle, dsseEnvelope: { ...envelope, signatures: [] } },
      'its envelope is unreadable: it holds no signature',
    ],
    [
      'an unreadable envelope beside a message',
      { ...bundle, dsseEnvelope: {}, messageSignature: { signature: 'AAEC' } },
      'its envelope is unreadable: its payload is no base64',
    ],
  ])('is none with %s', (_, value, reason) => {
    expect(parse(value)).toBe(reason)
  })

  it('may sign a message, which is no image', () => {
    const { dsseEnvelope, ...rest } = bundle
    expect(dsseEnvelope).toBe(envelope)
    expect(parse({ ...rest, messageSignature: { signature: 'AAEC' } })).toMatchObject({ envelope: undefined })
  })
})

describe('who signed, as the bundle says', () => {
  const certificate = { rawBytes: 'AAEC' }

  it.each([
    ['a key', { publicKey: { hint: 'x' } }, { kind: 'key', hint: 'x' }],
    ['a key without a hint', { publicKey: {} }, { kind: 'key', hint: '' }],
    ['a key with an odd hint', { publicKey: { hint: ['x'] } }, { kind: 'key', hint: '' }],
    ['nobody', {}, { kind: 'none' }],
    ['a key that is a text', { publicKey: 'x' }, { kind: 'none' }],
    ['an inherited name', { ['__proto__']: { certificate } }, { kind: 'none' }],
    ['a certificate', { certificate }, { kind: 'certificate' }],
    ['a chain', { x509CertificateChain: { certificates: [certificate] } }, { kind: 'certificate' }],
    ['a certificate beside a key', { publicKey: { hint: 'x' }, certificate }, { kind: 'certificate' }],
    ['a certificate of an odd type', { publicKey: { hint: 'x' }, certificate: 7 }, { kind: 'certificate' }],
    [
      'a certificate that is null',
      { publicKey: { hint: 'x' }, certificate: null },
      { kind: 'key', hint: 'x' },
    ],
  ])('%s', (_, material, signer) => {
    expect(withMaterial(material)).toMatchObject({ signer })
  })
})

describe('entries of a transparency log', () => {
  it.each([
    [[{ logIndex: '1' }, { logIndex: '2' }], 2],
    [[], 0],
    [undefined, 0],
    [null, 0],
    [{ length: 5 }, 0],
    ['x', 0],
  ])('%j are counted: %i', (tlogEntries, logEntries) => {
    expect(withMaterial({ tlogEntries })).toMatchObject({ logEntries })
  })
})

describe('a layer', () => {
  it('holds a bundle by the begin of its type, whatever the version', () => {
    expect(isBundleType('application/vnd.dev.sigstore.bundle.v0.9+json')).toBe(true)
    expect(isBundleType('application/vnd.dev.sigstore.bundle+json;version=0.1')).toBe(true)
    expect(isBundleType('application/vnd.dsse.envelope.v1+json')).toBe(false)
    expect(isBundleType('')).toBe(false)
  })
})
