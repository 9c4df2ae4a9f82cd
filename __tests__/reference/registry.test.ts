import { describe, expect, it } from 'vitest'
import { parseReference } from '../../src/reference/parse.js'

const digest = `sha256:${'ab'.repeat(32)}`
const read = (text: string): object => parseReference(text)

describe('a registry reference', () => {
  it.each([
    ['ubuntu:24.04', 'docker.io', 'library/ubuntu', '24.04'],
    ['docker.io/ubuntu:1', 'docker.io', 'library/ubuntu', '1'],
    ['index.docker.io/ubuntu:1', 'docker.io', 'library/ubuntu', '1'],
    ['docker.io/library/ubuntu:1', 'docker.io', 'library/ubuntu', '1'],
    ['org/app:v1', 'docker.io', 'org/app', 'v1'],
    ['org/team/app:v1', 'docker.io', 'org/team/app', 'v1'],
    // A first part is a registry when it has a dot, a colon or a capital letter, or is localhost.
    ['registry.example/app:v1', 'registry.example', 'app', 'v1'],
    ['registry.example:5000/org/app:v1', 'registry.example:5000', 'org/app', 'v1'],
    ['localhost/app:v1', 'localhost', 'app', 'v1'],
    ['localhost:5000/app:v1', 'localhost:5000', 'app', 'v1'],
    ['127.0.0.1:5000/app:v1', '127.0.0.1:5000', 'app', 'v1'],
    ['[::1]/app:v1', '[::1]', 'app', 'v1'],
    ['[2001:db8::1]:5000/org/app:v1', '[2001:db8::1]:5000', 'org/app', 'v1'],
    ['Registry/app:v1', 'Registry', 'app', 'v1'],
    ['localhosts/app:v1', 'docker.io', 'localhosts/app', 'v1'],
    ['a.b/c__d/e-f/g---h:v1', 'a.b', 'c__d/e-f/g---h', 'v1'],
    ['app:_x.y-Z', 'docker.io', 'library/app', '_x.y-Z'],
    [`app:${'t'.repeat(128)}`, 'docker.io', 'library/app', 't'.repeat(128)],
  ])('%s', (text, registry, repository, tag) => {
    expect(read(text)).toEqual({ kind: 'registry', registry, repository, tag, text })
  })

  it('may have a digest instead of a tag, or both', () => {
    expect(read(`org/app@${digest}`)).toEqual({
      kind: 'registry',
      registry: 'docker.io',
      repository: 'org/app',
      digest,
      text: `org/app@${digest}`,
    })
    expect(read(`localhost:5000/app:v1@${digest}`)).toMatchObject({
      registry: 'localhost:5000',
      repository: 'app',
      tag: 'v1',
      digest,
    })
  })

  it('is as long as its name may be: 255 characters', () => {
    const longest = 'a'.repeat(255)
    expect(read(`registry.example/${longest}:v1`)).toMatchObject({ repository: longest })
    expect(read(`registry.example/${longest}a:v1`)).toMatchObject({
      kind: 'unreadable',
      reason: 'the name is longer than 255 characters',
    })
  })
})

describe('what is no registry reference', () => {
  it.each([
    ['ubuntu', 'missing tag in "ubuntu" (e.g. ubuntu:v1)'],
    ['localhost:5000/app', 'missing tag in "localhost:5000/app" (e.g. localhost:5000/app:v1)'],
    ['registry.example/:v1', 'empty image name'],
    ['registry.example/', 'empty image name'],
    [':v1', 'empty image name'],
    ['app:', 'illegal tag ""'],
    ['app:-v1', 'illegal tag "-v1"'],
    ['app:.v1', 'illegal tag ".v1"'],
    ['app:v 1', 'illegal tag "v 1"'],
    ['app:größe', 'illegal tag "größe"'],
    [`app:${'t'.repeat(129)}`, `illegal tag "${'t'.repeat(129)}"`],
    ['bad_.host/app:v1', '"bad_.host" is not a registry host'],
    ['-x.example/app:v1', '"-x.example" is not a registry host'],
    ['x.example:port/app:v1', '"x.example:port" is not a registry host'],
    ['x.example:123456/app:v1', '"x.example:123456" is not a registry host'],
    ['[::1/app:v1', '"[::1" is not a registry host'],
    ['[::g]/app:v1', '"[::g]" is not a registry host'],
    ['user:secret@x.example/app:v1', /^malformed digest/],
    ['App:v1', /^illegal name component "App": lower-case letters, digits/],
    ['org/App:v1', /^illegal name component "App"/],
    ['org//app:v1', /^illegal name component ""/],
    ['org/../app:v1', /^illegal name component "\.\."/],
    ['org/app/:v1', /^illegal name component ""/],
    ['org/a..b:v1', /^illegal name component "a\.\.b"/],
    ['org/a___b:v1', /^illegal name component "a___b"/],
    ['org/app-:v1', /^illegal name component "app-"/],
    ['org/a\\b:v1', /^illegal name component/],
    ['app@sha256:abc', 'malformed digest "sha256:abc": expected sha256: and 64 lower-case hex digits'],
    [`app@${digest.toUpperCase()}`, /^malformed digest/],
    [`app@${digest}0`, /^malformed digest/],
    [`app@${digest}@${digest}`, /^malformed digest/],
    [`app@sha512:${'ab'.repeat(64)}`, /^malformed digest/],
    ['app:v1@', 'malformed digest "": expected sha256: and 64 lower-case hex digits'],
    [`@${digest}`, 'empty image name'],
  ])('%s', (text, why) => {
    const reason = typeof why === 'string' ? why : (expect.stringMatching(why) as string)
    expect(read(text)).toEqual({ kind: 'unreadable', text, reason })
  })
})
