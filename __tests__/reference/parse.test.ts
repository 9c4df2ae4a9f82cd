import { describe, expect, it } from 'vitest'
import { parseReference } from '../../src/reference/parse.js'
import { type Digest, displayName, isDigest, pin, type Reference } from '../../src/reference/reference.js'

const digest: Digest = `sha256:${'ab'.repeat(32)}`
const otherDigest: Digest = `sha256:${'cd'.repeat(32)}`

function readable(text: string): Reference {
  const reference = parseReference(text)
  if (reference.kind === 'unreadable') throw new Error(reference.reason)
  return reference
}

describe('the place that a reference names', () => {
  it.each([
    ['s3://bucket/app:v1', 's3lo'],
    ['gs://bucket/app:v1', 's3lo'],
    ['az://bucket/app:v1', 's3lo'],
    ['local://store/app:v1', 's3lo'],
    ['oci-layout://dir', 'oci-layout'],
    ['app:v1', 'registry'],
    // A name that only looks like a scheme.
    ['s3/app:v1', 'registry'],
    ['local:v1', 'registry'],
  ])('%s is in %s', (text, kind) => {
    expect(parseReference(text)).toMatchObject({ kind, text })
  })

  it.each(['docker', 'http', 'https', 'oci', 'file', 'S3', 'LOCAL', 'OCI-Layout', 's4', 'x+y.z-1'])(
    '%s:// is no known place, and the known ones are named',
    (scheme) => {
      expect(parseReference(`${scheme}://host/app:v1`)).toMatchObject({
        kind: 'unreadable',
        reason: `"${scheme}://" is no known place; expected s3://, gs://, az://, local://, oci-layout:// or registry/name:tag`,
      })
    },
  )
})

describe('a text that cannot be a reference', () => {
  it('is an empty one', () => {
    expect(parseReference('')).toMatchObject({ kind: 'unreadable' })
  })

  it('is one of more than 2048 characters, of any kind', () => {
    for (const start of ['s3://bucket/', 'oci-layout://', 'registry.example/']) {
      const tag = `${start}app:`
      expect(parseReference(tag + 'x'.repeat(2049 - tag.length))).toMatchObject({
        kind: 'unreadable',
        reason: 'longer than 2048 characters',
      })
    }
    expect(parseReference(`s3://bucket/app:${'x'.repeat(2048 - 16)}`)).toMatchObject({ kind: 's3lo' })
  })

  it.each(['oci-layout://di\nr', 'registry.example/app:v1\n', 'app:v\u00001', ' \u2028'])(
    'is one with a control character: %j',
    (text) => {
      expect(parseReference(text)).toEqual({
        kind: 'unreadable',
        text,
        reason: 'a control character is in it',
      })
    },
  )

  it.each([' app:v1', 'app:v1 ', 'app :v1'])('is a registry reference with a space: %j', (text) => {
    expect(parseReference(text).kind).toBe('unreadable')
  })
})

describe('a digest', () => {
  it('is sha256 and 64 lower-case hex digits, no more and no less', () => {
    expect(isDigest(digest)).toBe(true)
    for (const text of [
      digest.slice(7),
      `${digest}a`,
      digest.slice(0, -1),
      digest.toUpperCase(),
      ` ${digest}`,
    ]) {
      expect(isDigest(text)).toBe(false)
    }
    expect(isDigest(`${digest}\n`)).toBe(false)
    expect(isDigest(`sha256:${'g'.repeat(64)}`)).toBe(false)
  })
})

describe('a reference pinned to what it resolved to', () => {
  it.each([
    ['s3://bucket/app:v1', `s3://bucket/app:v1@${digest}`],
    ['local://./store/org/app:v1', `local://./store/org/app:v1@${digest}`],
    ['oci-layout://pkg/dir', `oci-layout://pkg/dir@${digest}`],
    ['registry.example:5000/app:v1', `registry.example:5000/app:v1@${digest}`],
  ])('%s gets the digest', (text, pinned) => {
    expect(pin(readable(text), digest)).toBe(pinned)
  })

  it.each(['s3://bucket/app:v1', 'oci-layout://dir', 'oci-layout://pkg@1/dir', 'org/app', 'app:v1'])(
    '%s with a digest keeps one, and the one that was resolved',
    (name) => {
      expect(pin(readable(`${name}@${otherDigest}`), digest)).toBe(`${name}@${digest}`)
    },
  )

  it('reads as a reference again', () => {
    for (const text of ['s3://bucket/app:v1', 'oci-layout://dir:v1', 'app:v1']) {
      const first = readable(text)
      expect(readable(pin(first, digest))).toEqual({ ...first, digest, text: `${text}@${digest}` })
    }
  })
})

describe('the short name that s3lo prints', () => {
  it.each([
    ['s3://bucket/org/app:v1', 'app:v1'],
    ['local://store/app:v1', 'app:v1'],
    ['app:v1', 'app:v1'],
  ])('of %s is %s', (text, name) => {
    expect(displayName({ text })).toBe(name)
  })
})
