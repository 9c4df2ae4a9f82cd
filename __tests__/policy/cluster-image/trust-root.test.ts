import { gzipSync, gunzipSync } from 'node:zlib'
import { readdirSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { readMirror } from '../../../src/policy/cluster-image/mirror.js'
import type { PolicyFile } from '../../../src/policy/cluster-image/read.js'
import { readClusterImageText } from '../policy-files.js'
import { trustedRootOf } from '../../../src/policy/cluster-image/trusted-root.js'
import { parseTrustedRoot } from '../../../src/verify/trust-material.js'
import { fixtures, fixtureText } from './peer-cases.js'

const base64 = (text: string): string => Buffer.from(text).toString('base64')
const root = base64(JSON.stringify({ signed: {}, signatures: [] }))
const read = (spec: unknown, version = 'v1alpha1'): PolicyFile =>
  readClusterImageText(
    't.yaml',
    JSON.stringify({
      apiVersion: `policy.sigstore.dev/${version}`,
      kind: 'TrustRoot',
      metadata: { name: 't' },
      spec,
    }),
  )
const key = base64(
  '-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEgVWgjGn6tGPIT4/Yei9Esw1KZW4Y\nyfU5JmiMyvrh/cdhWjQf/SOAroqVSkxEX0HnHTaE30W/X/0h7oVERwMAiA==\n-----END PUBLIC KEY-----\n',
)
const log = { baseURL: 'https://log', hashAlgorithm: 'sha-256', publicKey: key }
const authority = {
  subject: { organization: 'o', commonName: 'c' },
  uri: 'https://ca',
  certChain: base64('-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n'),
}

describe('a TrustRoot', () => {
  it('names a TUF repository', () => {
    const { trustRoots, problems } = read({ remote: { root, mirror: 'https://tuf.example' } })
    expect(problems).toEqual([])
    expect(trustRoots[0]).toMatchObject({
      name: 't',
      source: {
        kind: 'remote',
        mirror: 'https://tuf.example',
        targets: { folder: 'targets', trustedRoot: 'trusted_root.json' },
      },
    })
  })

  it('holds keys', () => {
    const { trustRoots, problems } = read({
      sigstoreKeys: { certificateAuthorities: [authority], tLogs: [log], ctLogs: [log] },
    })
    expect(problems).toEqual([])
    const source = trustRoots[0]?.source
    if (source?.kind !== 'sigstoreKeys') throw new Error('no keys')
    const json = JSON.parse(trustedRootOf(source.keys)) as Record<string, unknown>
    expect(json).toMatchObject({
      tlogs: [
        {
          baseUrl: 'https://log',
          hashAlgorithm: 'SHA2_256',
          publicKey: { keyDetails: 'PKIX_ECDSA_P256_SHA_256' },
        },
      ],
      certificateAuthorities: [{ uri: 'https://ca', certChain: { certificates: [{ rawBytes: 'MIIB' }] } }],
      timestampAuthorities: [],
    })
  })

  it.each<[string, unknown, string]>([
    ['of no form', {}, 'spec'],
    ['of two forms', { remote: { root, mirror: 'https://x' }, sigstoreKeys: {} }, 'spec'],
    ['without a mirror', { remote: { root } }, 'spec.remote'],
    ['without a root', { remote: { mirror: 'https://x' } }, 'spec.remote'],
    ['with a root of no base64', { remote: { root: '{}', mirror: 'https://x' } }, 'spec.remote.root'],
    ['with a root of no JSON', { remote: { root: base64('x'), mirror: 'https://x' } }, 'spec.remote.root'],
    [
      'with a root nobody signed',
      { remote: { root: base64('{}'), mirror: 'https://x' } },
      'spec.remote.root',
    ],
    [
      'with a target elsewhere',
      { remote: { root, mirror: 'https://x', trustedRootTarget: '../x' } },
      'spec.remote.trustedRootTarget',
    ],
    ['without the repository', { repository: { root } }, 'spec.repository'],
    [
      'with a repository of no gzip',
      { repository: { root, mirrorFS: base64('x') } },
      'spec.repository.mirrorFS',
    ],
    ['of no keys', { sigstoreKeys: {} }, 'spec.sigstoreKeys'],
    [
      'with a log of no key',
      { sigstoreKeys: { certificateAuthorities: [authority], tLogs: [{ ...log, publicKey: base64('x') }] } },
      'spec.sigstoreKeys.tLogs[0].publicKey',
    ],
    [
      'with a log of another hash',
      { sigstoreKeys: { certificateAuthorities: [authority], tLogs: [{ ...log, hashAlgorithm: 'md5' }] } },
      'spec.sigstoreKeys.tLogs[0].hashAlgorithm',
    ],
    [
      'with an authority of no certificate',
      { sigstoreKeys: { certificateAuthorities: [{ ...authority, certChain: base64('x') }] } },
      'spec.sigstoreKeys.certificateAuthorities[0]',
    ],
    [
      'with an authority of no name',
      { sigstoreKeys: { certificateAuthorities: [{ ...authority, subject: {} }] } },
      'spec.sigstoreKeys.certificateAuthorities[0].subject',
    ],
    [
      'with a misspelt field',
      { sigstoreKeys: { certificateAuthorities: [authority], tlogs: [] } },
      'spec.sigstoreKeys.tlogs',
    ],
  ])('%s is a problem', (_, spec, field) => {
    const { trustRoots, problems } = read(spec)
    expect(trustRoots).toEqual([])
    expect(problems.map((one) => one.field)).toContain(field)
  })

  describe.skipIf(fixtures === undefined)('of the cases', () => {
    const files = fixtures === undefined ? [] : readdirSync(path.join(fixtures, 'trustroots'))
    it.each(files)('%s becomes trust', (file) => {
      const { trustRoots, problems } = readClusterImageText(file, fixtureText(`trustroots/${file}`))
      expect(problems).toEqual([])
      const source = trustRoots[0]?.source
      if (source?.kind !== 'sigstoreKeys') throw new Error('no keys')
      const trust = parseTrustedRoot(Buffer.from(trustedRootOf(source.keys)), file)
      if (typeof trust === 'string') throw new Error(trust)
      expect(trust.material.certificateAuthorities).toHaveLength(1)
      expect(trust.material.tlogs).toHaveLength(source.keys.tLogs.length)
    })
  })
})

function entry(name: string, body: string, kind = '0'): Buffer {
  const header = Buffer.alloc(512)
  header.write(name, 0)
  header.write('0000644\0', 100)
  header.write(`${body.length.toString(8).padStart(11, '0')}\0`, 124)
  header.write(kind, 156)
  header.write('ustar\x0000', 257)
  header.fill(' ', 148, 156)
  const sum = header.reduce((total, byte) => total + byte, 0)
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
  return Buffer.concat([header, Buffer.from(body), Buffer.alloc((512 - (body.length % 512)) % 512)])
}
const end = Buffer.alloc(1024)
const gunzip = (bytes: Uint8Array, most: number): Uint8Array | undefined => {
  try {
    return gunzipSync(bytes, { maxOutputLength: most })
  } catch {
    return undefined
  }
}

describe('the repository in a TrustRoot', () => {
  const pack = (...parts: Buffer[]): Buffer => gzipSync(Buffer.concat(parts))

  it('is its files by name', () => {
    const files = readMirror(
      pack(
        entry('repository', '', '5'),
        entry('repository/root.json', '{}'),
        entry('./targets/a', 'b'.repeat(600)),
        end,
      ),
      gunzip,
    )
    if (typeof files === 'string') throw new Error(files)
    expect([...files].map(([name, body]) => [name, body.length])).toEqual([
      ['root.json', 2],
      ['targets/a', 600],
    ])
  })

  it('has no links', () => {
    expect(readMirror(pack(entry('a', '', '2'), end), gunzip)).toEqual(new Map())
  })

  it.each([
    ['a name that leads out', pack(entry('repository/../x', 'a'), end)],
    ['a name from the top', pack(entry('a//b', 'a'), end)],
    ['no gzip', Buffer.from('x')],
    ['an entry cut off', pack(entry('a', 'b'.repeat(600)).subarray(0, 700))],
    ['a wrong sum', pack(entry('a', 'b').fill('x', 0, 3), end)],
    ['a bomb', gzipSync(Buffer.alloc(40 * 1024 * 1024))],
    ['too many files', pack(...Array.from({ length: 1001 }, (_, i) => entry(`f${i}`, '')), end)],
  ])('with %s is refused', (_, bytes) => {
    expect(readMirror(bytes, gunzip)).toEqual(expect.any(String))
  })
})
