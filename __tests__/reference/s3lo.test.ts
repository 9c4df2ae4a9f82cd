import { describe, expect, it } from 'vitest'
import { parseReference } from '../../src/reference/parse.js'
import { parseS3loReference } from '../../src/reference/s3lo.js'

const digest = `sha256:${'ab'.repeat(32)}`
const read = (text: string): object => parseReference(text)
const reason = (text: string): string => {
  const parsed = parseReference(text)
  return parsed.kind === 'unreadable' ? parsed.reason : ''
}

describe('a reference as s3lo reads it', () => {
  // The table of s3lo v3.0.3's own parser: bucket, image, tag.
  it.each([
    ['local://mystore/myapp:v1.0', 'mystore', 'myapp', 'v1.0'],
    ['local://./my-store/org/myapp:v1.0', './my-store', 'org/myapp', 'v1.0'],
    ['local://../store/myapp:v1.0', '../store', 'myapp', 'v1.0'],
    ['local:///store/myapp:v1.0', '/store', 'myapp', 'v1.0'],
    // A root is one path component: a deep one is not possible, the rest is the name of the image.
    ['local:///var/lib/store/img:v1', '/var', 'lib/store/img', 'v1'],
    ['local://a/b/c/img:v1', 'a', 'b/c/img', 'v1'],
    ['local://./a/b/img:v1', './a', 'b/img', 'v1'],
    ['s3://my-bucket/org/myapp:v1.0', 'my-bucket', 'org/myapp', 'v1.0'],
    ['gs://my-bucket/myapp:v1.0', 'my-bucket', 'myapp', 'v1.0'],
    ['az://container/myapp:v1.0', 'container', 'myapp', 'v1.0'],
    // The first slash ends a bucket; only a local root has a lead.
    ['s3://./app:v1', '.', 'app', 'v1'],
  ])('%s', (text, bucket, image, tag) => {
    const scheme = text.slice(0, text.indexOf(':'))
    expect(read(text)).toEqual({ kind: 's3lo', scheme, bucket, image, tag, text })
  })

  it('keeps the root as typed, because it is signed: three spellings of a folder are three places', () => {
    const buckets = ['store', './store', '../x'].map((root) => read(`local://${root}/app:v1`))
    expect(buckets).toMatchObject([{ bucket: 'store' }, { bucket: './store' }, { bucket: '../x' }])
  })

  it('begins the tag at the last colon', () => {
    expect(read('s3://bucket/a:b:c')).toMatchObject({ image: 'a:b', tag: 'c' })
    expect(read('local://C:/app:v1')).toMatchObject({ bucket: 'C:', image: 'app', tag: 'v1' })
  })

  // No grammar of OCI and no limit of 128 characters: a tag is any single path segment.
  it.each([
    'v1+build.7',
    'with space',
    '..v1',
    '...',
    '-v1',
    'größe',
    '日本語',
    '%2e%2e',
    'a=b&c',
    '*',
    '$(x)',
    '<b>',
    'x'.repeat(300),
  ])('takes any single path segment as a tag: %s', (tag) => {
    expect(read(`local://store/app:${tag}`)).toMatchObject({ kind: 's3lo', image: 'app', tag })
    expect(read(`s3://bucket/${tag}:v1`)).toMatchObject({ kind: 's3lo', image: tag, tag: 'v1' })
  })
})

describe('a reference that s3lo refuses is refused in its words', () => {
  it.each([
    ['local://store/app:', "empty tag after ':'"],
    ['s3://b/:', "empty tag after ':'"],
    ['s3://b/:v1', 'empty image name'],
    ['s3:///app:v1', 'empty bucket'],
    ['s3://bucket', 'missing image path'],
    ['s3://bucket/', 'missing image name'],
    ['local://store', 'missing image path after storage root "store"'],
    ['local:///store', 'missing image path after storage root "/store"'],
    ['local://./store', 'missing image path after storage root "./store"'],
    ['local://./:v1', 'missing image path after storage root "./:v1"'],
    [
      'local://store/app:..',
      'illegal tag ".." (a tag must be a single path segment and cannot be "." or "..")',
    ],
    [
      'local://store/app:.',
      'illegal tag "." (a tag must be a single path segment and cannot be "." or "..")',
    ],
    [
      'local://store/app:v1/',
      'illegal tag "v1/" (a tag must be a single path segment and cannot be "." or "..")',
    ],
    [
      'local://store/app:a\\b',
      'illegal tag "a\\b" (a tag must be a single path segment and cannot be "." or "..")',
    ],
    ['local://store/../app:v1', 'illegal image name "../app": component ".." is not a valid path segment'],
    ['local://store/./app:v1', 'illegal image name "./app": component "." is not a valid path segment'],
    ['local://store/a\\b:v1', 'illegal image name "a\\b": component "a\\b" is not a valid path segment'],
    ['s3://b/a//b:v1', 'illegal image name "a//b": component "" is not a valid path segment'],
    ['s3://b//a:v1', 'illegal image name "/a": component "" is not a valid path segment'],
    [
      'local://store/app:v1@sha256:xyz',
      'malformed digest "sha256:xyz" (want algo:hex, e.g. sha256:<64 hex chars>)',
    ],
    ['s3://b/app:v1@', 'malformed digest "" (want algo:hex, e.g. sha256:<64 hex chars>)'],
  ])('%s', (text, message) => {
    expect(read(text)).toEqual({ kind: 'unreadable', text, reason: message })
  })

  it('a name without a scheme is none of its references', () => {
    expect(parseS3loReference('store/app:v1')).toMatchObject({
      kind: 'unreadable',
      reason: 'must start with s3://, gs://, az://, or local://',
    })
  })
})

describe('where we are stricter than s3lo', () => {
  it.each(['s3://b/app', 'local://store/org/app', 'local:///var/lib/app'])(
    'a tag is demanded, and named how: %s',
    (text) => {
      expect(reason(text)).toMatch(/^missing tag in ".*": these stores keep images by tag \(e\.g\. .*:v1\)$/)
    },
  )

  it('a digest does not stand for the tag: s3lo would look for it where push never writes', () => {
    expect(reason(`s3://b/app@${digest}`)).toBe(
      `missing tag in "s3://b/app@${digest}": these stores keep images by tag (e.g. s3://b/app:v1)`,
    )
  })

  it('a tag with a digest is one reference, and the digest binds', () => {
    expect(read(`s3://b/app:v1@${digest}`)).toMatchObject({ image: 'app', tag: 'v1', digest })
  })

  it.each([
    `sha512:${'ab'.repeat(64)}`,
    `sha256:${'AB'.repeat(32)}`,
    `sha256:${'ab'.repeat(31)}`,
    `SHA256:${'ab'.repeat(32)}`,
    'ab'.repeat(32),
  ])('a digest is SHA-256 in lower case: %s', (bad) => {
    expect(reason(`s3://b/app:v1@${bad}`)).toBe(
      `malformed digest "${bad}" (want algo:hex, e.g. sha256:<64 hex chars>)`,
    )
  })

  // s3lo signs lines of text: with a line feed in a name, one place could read as another.
  it.each(['\n', '\r', '\0', '\t', '\u001b', '\u007f', '\u0085', '\u2028', '\u2029'])(
    'a control character is refused wherever it stands: %j',
    (character) => {
      for (const text of [
        `local://store/app:v1${character}`,
        `local://sto${character}re/app:v1`,
        `s3://b/a${character}pp:v1`,
        `${character}s3://b/app:v1`,
      ]) {
        expect(read(text)).toEqual({ kind: 'unreadable', text, reason: 'a control character is in it' })
      }
    },
  )
})
