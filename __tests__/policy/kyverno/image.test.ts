import { describe, expect, it } from 'vitest'
import { parseImage } from '../../../src/policy/kyverno/image.js'
import { nearMissOf } from '../../../src/policy/kyverno/near-miss.js'
import { matchesWildcard } from '../../../src/policy/kyverno/wildcard.js'

const digest = `sha256:${'a'.repeat(64)}`
const matched = (text: string): string => {
  const image = parseImage(text)
  return image.kind === 'image' ? image.matched : `unreadable: ${image.reason}`
}

describe('an image', () => {
  it.each([
    ['nginx', 'docker.io/nginx:latest'],
    ['nginx:1.2', 'docker.io/nginx:1.2'],
    ['library/nginx:1.2', 'docker.io/library/nginx:1.2'],
    ['a/b', 'docker.io/a/b:latest'],
    ['ghcr.io/a/b', 'ghcr.io/a/b:latest'],
    ['localhost/a', 'localhost/a:latest'],
    ['localhost:5000/a:v1', 'localhost:5000/a:v1'],
    ['MyHost/a', 'MyHost/a:latest'],
    [`ghcr.io/a/b@${digest}`, `ghcr.io/a/b@${digest}`],
    [`ghcr.io/a/b:v1@${digest}`, `ghcr.io/a/b@${digest}`],
    [`nginx@${digest}`, `docker.io/nginx@${digest}`],
    [`a.io/b@sha512:${'0'.repeat(128)}`, `a.io/b@sha512:${'0'.repeat(128)}`],
    ['[::1]:5000/a:v', '[::1]:5000/a:v'],
    ['127.0.0.1:5511/sig/a:v1', '127.0.0.1:5511/sig/a:v1'],
  ])('%s is compared as %s', (text, expected) => {
    expect(matched(text)).toBe(expected)
  })

  it('has the parts that variables name', () => {
    expect(parseImage(`ghcr.io/a/b:v1@${digest}`)).toEqual({
      kind: 'image',
      registry: 'ghcr.io',
      path: 'a/b',
      name: 'b',
      tag: 'v1',
      digest,
      matched: `ghcr.io/a/b@${digest}`,
    })
    expect(parseImage(`b@${digest}`)).not.toHaveProperty('tag')
  })

  it.each([
    ['127.0.0.1:5511/SIG/None:v1', '"SIG" has capitals'],
    [' a/b', 'spaces around it'],
    ['a/b ', 'spaces around it'],
    ['', '"" is no part of a name'],
    ['a//b', '"" is no part of a name'],
    ['a/b/', '"" is no part of a name'],
    ['ghcr.io/', '"" is no part of a name'],
    ['a b', '"a b" is no part of a name'],
    ['a:b:c', '"b:c" is no tag'],
    ['a:', '"" is no tag'],
    ['a@sha256:00', '"sha256:00" is no digest'],
    [`a@sha256:${'A'.repeat(64)}`, `"sha256:${'A'.repeat(64)}" is no digest`],
    [`a@md5:${'a'.repeat(32)}`, `"md5:${'a'.repeat(32)}" is no digest`],
    ['-a.io/b', '"-a.io" is no registry'],
    ['a.io:x/b', '"a.io:x" is no registry'],
    ['${IMAGE}', '"${IMAGE}" is no part of a name'],
    ['a'.repeat(256), 'its name is longer than 255 characters'],
    ['a'.repeat(3000), 'longer than 2048 characters'],
    ['oci-layout://x', '"oci-layout:" is no registry'],
  ])('%s is none', (text, reason) => {
    expect(matched(text)).toBe(`unreadable: ${reason}`)
  })
})

describe('patterns', () => {
  it.each([
    ['r.io/a:*', 'r.io/a:v1', true],
    ['r.io/a:*', `r.io/a:v1@${digest}`, false],
    ['r.io/a:*', `r.io/a@${digest}`, false],
    ['r.io/a*', `r.io/a:v1@${digest}`, true],
    ['r.io/a@*', `r.io/a:v1@${digest}`, true],
    ['r.io/a@*', 'r.io/a:v1', false],
    ['r.io/a', 'r.io/a', false],
    ['docker.io/nginx*', 'nginx', true],
    ['docker.io/library/nginx*', 'nginx', false],
    ['index.docker.io/library/nginx*', 'nginx', false],
    ['nginx*', 'nginx', false],
    ['docker.io/library/nginx*', 'library/nginx:1.2', true],
    ['*', 'nginx', true],
    ['r.io/*', 'r.io/a/b/c:v1', true],
    ['r.io/A*', 'r.io/a:v1', false],
  ])('%s on %s: %s', (pattern, text, expected) => {
    expect(matchesWildcard(pattern, matched(text))).toBe(expected)
  })

  it.each([
    ['r.io/a:*', `r.io/a:v1@${digest}`, 'asks for a tag'],
    ['r.io/a:*', `r.io/a@${digest}`, 'asks for a tag'],
    ['r.io/*:v?', `r.io/a:v1@${digest}`, 'asks for a tag'],
    ['r.io/a:v1', `r.io/a@${digest}`, 'asks for a tag'],
    ['r.io/a@*', 'r.io/a:v1', 'asks for a digest'],
    ['r.io/a', 'r.io/a:v1', 'neither a tag nor'],
    ['r.io/a', `r.io/a@${digest}`, 'neither a tag nor'],
    ['r.io/?', 'r.io/a:v1', 'neither a tag nor'],
    ['nginx*', 'nginx', 'another form of the name'],
    ['docker.io/library/nginx*', 'nginx', 'another form of the name'],
    ['index.docker.io/library/nginx*', 'nginx', 'another form of the name'],
    ['docker.io/nginx:*', 'library/nginx:1', 'another form of the name'],
    ['r.io/A*', 'r.io/a:v1', 'capitals'],
  ])('%s just misses %s: %s', (pattern, text, why) => {
    const image = parseImage(text)
    expect(image.kind === 'image' && nearMissOf(pattern, image, text)).toContain(why)
  })

  it.each([
    ['r.io/a:*', 'r.io/a:v1'],
    ['r.io/b*', 'r.io/a:v1'],
    ['r.io/b:*', `r.io/a@${digest}`],
    ['q.io/*', 'nginx'],
    ['r.io/a:v2', 'r.io/a:v1'],
  ])('%s and %s have nothing to do with each other, or fit', (pattern, text) => {
    const image = parseImage(text)
    expect(image.kind === 'image' && nearMissOf(pattern, image, text)).toBeUndefined()
  })
})
