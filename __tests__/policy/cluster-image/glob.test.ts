import { describe, expect, it } from 'vitest'
import { type Glob, matchesGlob, readGlob } from '../../../src/policy/cluster-image/glob.js'
import { readImageName } from '../../../src/policy/cluster-image/image-name.js'

const digest = `sha256:${'5504f2a95018e3d8'.repeat(4)}`
const glob = (text: string): Glob => {
  const read = readGlob(text)
  if (typeof read === 'string') throw new Error(read)
  return read
}
const nameOf = (image: string): string => {
  const read = readImageName(image)
  if (typeof read === 'string') throw new Error(read)
  return read.name
}

describe('a glob is compared with the whole name', () => {
  it.each([
    ['foo', 'index.docker.io/library/foo:latest', true],
    ['foo', 'index.docker.io/library/foo:*', true],
    ['foo', 'index.docker.io/library/*', true],
    ['foo', 'index.docker.io/*/*', true],
    ['foo', 'index.docker.io/*', false],
    ['foo', 'index.docker.**', true],
    ['foo', 'inde**', true],
    ['foo', 'inde*', false],
    ['foo', '**', true],
    ['foo', '***', true],
    ['foo', '*', true],
    ['user/app', '*', false],
    ['user/app', '*/*', true],
    ['foo', '*/*', true],
    ['ghcr.io/foo/bar', '*/*', false],
    ['user/app', 'index.docker.io/user/app:latest', true],
    ['docker.io/library/foo', 'index.docker.io/library/foo:*', true],
    ['foo', 'docker.io/library/foo**', false],
    // policy-controller compares the short name too, in a place where it never has it.
    ['foo', 'foo*', false],
    ['ghcr.io/foo/bar', 'ghcr.io/*/*', true],
    ['ghcr.io/foo', 'ghcr.io/*/*', false],
    ['ghcr.io/foo', 'ghcr.io/**', true],
    ['ghcr.io/foo', '*/**', true],
    ['ghcr.io/foo', 'ghcr.io/foo*', true],
    ['prefix-ghcr.io/foo', 'ghcr.io/foo**', false],
    ['ghcr.io/foo-suffix', 'ghcr.io/foo:latest', false],
    ['ghcrxio.com/foo', 'ghcr.io**', false],
    ['r.io:5000/sig/a:v1', 'r.io:5000/sig/a:v1', true],
    ['r.io:5000/sig/a:v1', 'r.io:5000/SIG/a:v1', false],
    ['r.io:5000/sig/a:v1', 'r.io:5000/s*/a*', true],
    ['r.io:5000/sig/a:v1', 'r.io:5000/sig/a', false],
    [`r.io:5000/sig/a@${digest}`, 'r.io:5000/sig/a:*', false],
    [`r.io:5000/sig/a@${digest}`, 'r.io:5000/sig/a@*', true],
    [`r.io:5000/sig/a:v1@${digest}`, 'r.io:5000/sig/a:v1**', false],
    [`r.io:5000/sig/a:v1@${digest}`, `r.io:5000/sig/a@${digest}`, true],
  ])('%s against %s: %s', (image, pattern, wanted) => {
    expect(matchesGlob(glob(pattern), nameOf(image))).toBe(wanted)
  })

  it.each(['', '.+', '[a-z]*', 'app:v?', 'a b', 'ä', '{a,b}', '#', 'a'.repeat(2049)])(
    '%j is no glob',
    (text) => {
      expect(readGlob(text)).toEqual(expect.any(String))
    },
  )

  it('names of the prototype are globs like any other', () => {
    expect(glob('constructor').parts).toEqual(['constructor'])
  })

  it('takes time in proportion, whatever the glob', () => {
    const name = 'a'.repeat(2000)
    const began = process.hrtime.bigint()
    expect(matchesGlob(glob('*a'.repeat(900) + 'b'), name)).toBe(false)
    expect(matchesGlob(glob('**a'.repeat(600) + '*b'), name)).toBe(false)
    expect(matchesGlob(glob('a*'.repeat(1000)), name)).toBe(true)
    expect(Number(process.hrtime.bigint() - began) / 1e6).toBeLessThan(1000)
  })

  it('agrees with the regular expression that policy-controller makes of it', () => {
    const letters = ['a', '/', '*', '**', ':', '.']
    let seed = 7
    const next = (below: number): number => (seed = (seed * 48271) % 0x7fffffff) % below
    for (let round = 0; round < 3000; round++) {
      const text = Array.from({ length: 1 + next(6) }, () => letters[next(letters.length)]).join('')
      if (text === '*' || text === '*/*') continue
      const name = Array.from({ length: next(8) }, () => 'a/:.'[next(4)]).join('')
      const pattern = text
        .replaceAll('.', '\\.')
        .replaceAll('**', '#')
        .replaceAll('*', '[^/]*')
        .replaceAll('#', '.*')
      expect([text, name, matchesGlob(glob(text), name)]).toEqual([
        text,
        name,
        new RegExp(`^${pattern}$`).test(name),
      ])
    }
  })
})

describe('the name of an image', () => {
  it.each([
    [
      'nginx',
      {
        registry: 'index.docker.io',
        repository: 'library/nginx',
        name: 'index.docker.io/library/nginx:latest',
      },
    ],
    [
      'user/app:v1',
      { registry: 'index.docker.io', repository: 'user/app', tag: 'v1', name: 'index.docker.io/user/app:v1' },
    ],
    // No registry without a dot or a colon, not even localhost.
    [
      'localhost/app',
      {
        registry: 'index.docker.io',
        repository: 'localhost/app',
        name: 'index.docker.io/localhost/app:latest',
      },
    ],
    [
      'localhost:5000/app',
      { registry: 'localhost:5000', repository: 'app', name: 'localhost:5000/app:latest' },
    ],
    [
      `r.io/app:v1@${digest}`,
      { registry: 'r.io', repository: 'app', tag: 'v1', digest, name: `r.io/app@${digest}` },
    ],
  ])('%s', (text, wanted) => {
    expect(readImageName(text)).toEqual(wanted)
  })

  it.each([
    '',
    'a',
    'UPPER/app',
    'app:',
    'app:a b',
    'app@sha256:abc',
    `app@${digest}@${digest}`,
    'r.io/',
    'a'.repeat(3000),
  ])('%j cannot be read', (text) => {
    expect(readImageName(text)).toEqual(expect.any(String))
  })
})
