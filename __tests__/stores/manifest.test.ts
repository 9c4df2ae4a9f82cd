import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { digestOf, takeManifest } from '../../src/stores/manifest.js'
import { manifest } from '../harness/store.js'

const sha256 = (bytes: string): string => `sha256:${createHash('sha256').update(bytes).digest('hex')}`

describe('a manifest', () => {
  it('is known by the hash of its bytes as they are', () => {
    for (const bytes of [manifest, `${manifest}\n`, ` ${manifest}`, '{}', '{"a":1,"a":2}']) {
      expect(takeManifest(Buffer.from(bytes), 'here')).toEqual({
        kind: 'found',
        value: { digest: sha256(bytes), manifest: Buffer.from(bytes), where: 'here' },
      })
    }
  })

  it('may be nested deeper than anybody nests, and no deeper: nobody’s stack or time is used up', () => {
    const nested = (depth: number): string => `{"a":${'['.repeat(depth)}${']'.repeat(depth)}}`
    expect(takeManifest(Buffer.from(nested(900)), 'here')).toMatchObject({
      kind: 'found',
      value: { digest: sha256(nested(900)) },
    })
    expect(takeManifest(Buffer.from(nested(1_000_000)), 'here').kind).toBe('failed')
    expect(takeManifest(Buffer.from(nested(1_000_000).slice(0, 1_000_000)), 'here').kind).toBe('failed')
  })

  it('is no manifest where it is no JSON object, and is not quoted then', () => {
    for (const bytes of ['', 'sign in', '<html>sign in</html>', '[]', 'null', '7', '{', '\ufeff{}']) {
      expect(takeManifest(Buffer.from(bytes), 'here')).toEqual({
        kind: 'failed',
        problem: {
          code: 'response-invalid',
          service: 'storage',
          message: 'here: expected an image manifest, got something that is no JSON object',
        },
      })
    }
  })
})

describe('a digest', () => {
  it('is SHA-256 in lower case', () => {
    expect(digestOf(new Uint8Array())).toBe(
      'sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    )
    expect(digestOf(Buffer.from('{}'))).toBe(sha256('{}'))
  })
})
