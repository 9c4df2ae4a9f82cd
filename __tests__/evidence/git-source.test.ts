import { describe, expect, it } from 'vitest'
import { contradiction, isGit, readSource, readSourceUri } from '../../src/evidence/git-source.js'

const commit = '4b220de5058abfd01ff619c9d2ff6b09a049bea0'

describe('the URI of a source', () => {
  it.each([
    ['git+https://github.com/o/r@refs/heads/main', 'github.com/o/r', 'refs/heads/main'],
    ['git+https://github.com/o/r', 'github.com/o/r', undefined],
    ['git+https://github.com/o/r@refs/heads/a@b', 'github.com/o/r', 'refs/heads/a@b'],
    ['git+https://github.com/o/r.git@v1#some/folder', 'github.com/o/r', 'v1'],
    ['git+https://github.com/o/r#some/folder', 'github.com/o/r', undefined],
    [
      'https://github.com/moby/buildkit.git#refs/tags/v0.11.0',
      'github.com/moby/buildkit',
      'refs/tags/v0.11.0',
    ],
    ['https://github.com/o/r.git#main:folder', 'github.com/o/r', 'main'],
    ['https://github.com/o/r.git#:folder', 'github.com/o/r', undefined],
    ['https://GitHub.com:443/o/r/', 'github.com/o/r', undefined],
    ['https://git.example:8443/o/r', 'git.example:8443/o/r', undefined],
    ['git+ssh://git@git.example:22/group/sub/r.git@main', 'git.example/group/sub/r', 'main'],
    ['git@github.com:o/r.git#main', 'github.com/o/r', 'main'],
    ['github.com/o/r', 'github.com/o/r', undefined],
    ['git://git.example/o/r.git', 'git.example/o/r', undefined],
    ['https://github.com/o/o.github.io', 'github.com/o/o.github.io', undefined],
  ])('%s names a repository and a ref', (uri, repository, ref) => {
    expect(readSourceUri(uri)).toMatchObject({ repository })
    expect(readSourceUri(uri)?.ref).toBe(ref)
  })

  it.each([
    'https://github.com/o/r/../x',
    'https://github.com/o/./r',
    'https://github.com/o/..',
    'https://github.com/o/.',
    'https://github.com//o/r',
    'https://github.com/o/r%2f..%2fx',
    'https://github.com/o/r?x=1',
    'https://github.com\\@evil.example/o/r',
    'https://github.com/o/r x',
    'https://github.com',
    'https:///o/r',
    'pkg:docker/alpine@3.17?platform=linux%2Famd64',
    'oci://',
    '/builds/work',
    'https://ｇithub.com/o/r',
    `https://github.com/o/${'r'.repeat(3000)}`,
  ])('%j names no repository that could be compared, and is shown', (uri) => {
    const read = readSourceUri(uri)
    expect(read?.repository).toBeUndefined()
    expect(read?.uri.slice(0, 8)).toBe(uri.slice(0, 8))
    expect(read?.uri.length).toBeLessThanOrEqual(300)
  })

  it.each(['builds/work', '/builds/work@main', 'pkg:docker/alpine@3.17#x', 'https:/github.com/o/r#main'])(
    'without a scheme or a host is nothing but itself: %s',
    (uri) => {
      expect(readSourceUri(uri)).toStrictEqual({ uri })
    },
  )

  it('is not github.com’s because it stands before an @', () => {
    expect(readSourceUri('https://github.com@evil.example/o/r')?.repository).toBe('evil.example/o/r')
    expect(readSourceUri('https://github.com/o/r@evil.example')?.repository).toBe('github.com/o/r')
  })

  it.each(['https://', 'git+https://', 'ssh://'])('shows no token in front of a host: %s', (scheme) => {
    for (const user of ['ghp_secret', 'x:ghp_secret', 'a@b:ghp_secret']) {
      const read = readSourceUri(`${scheme}${user}@github.com/o/r@main`)
      expect(JSON.stringify(read)).not.toContain('secret')
      expect(read).toMatchObject({ uri: `${scheme}github.com/o/r@main`, repository: 'github.com/o/r' })
      expect(readSourceUri(`${scheme}${user}@github.com`)).toStrictEqual({ uri: `${scheme}github.com` })
    }
    const long = `${scheme}x:${'secret'.repeat(1000)}@github.com/o/r`
    expect(readSourceUri(long)).toStrictEqual({ uri: `${scheme}github.com/o/r` })
  })

  it.each(['git@github.com:o/r.git', 'github.com/o/r', 'https://github.com/@o/r', 'https://github.com?@o/r'])(
    'keeps what stands in front of no host: %s',
    (uri) => {
      expect(readSourceUri(uri)?.uri).toBe(uri)
    },
  )

  it('that is none is nothing', () => {
    expect(readSourceUri('')).toBeUndefined()
    for (const object of [undefined, {}, { uri: 7 }, { uri: '' }]) expect(readSource(object)).toBeUndefined()
  })

  it('has a commit beside it: gitCommit or sha1, as hex', () => {
    const at = (digest: unknown): string | undefined =>
      readSource({ uri: 'https://h.example/r.git', digest })?.digest
    expect(at({ gitCommit: commit })).toBe(commit)
    expect(at({ sha1: commit })).toBe(commit)
    for (const digest of [
      { sha256: commit },
      { sha1: 'main' },
      { sha1: commit.toUpperCase() },
      [commit],
      commit,
    ])
      expect(at(digest)).toBeUndefined()
  })
})

describe('what a build fetched', () => {
  const uri = 'https://h.example/o/r'
  it.each([
    { uri: 'git+https://h.example/o/r' },
    { uri: 'git://h.example/o/r' },
    { uri: 'SSH://h.example/o/r' },
    { uri: `${uri}.git` },
    { uri: `${uri}.git#main` },
    { uri: `${uri}.git@main` },
    { uri, digest: { sha1: commit } },
    { uri, digest: { gitCommit: commit } },
    { digest: { gitCommit: 'any' } },
  ])('is a git repository by its scheme, its name or its digest: %j', (object) => {
    expect(isGit(object)).toBe(true)
  })

  it.each([
    {},
    { uri },
    { uri: 7, digest: 'sha1' },
    { uri: 'pkg:docker/openssh:9' },
    { uri: `${uri}?from=git+https` },
    { uri: `${uri}.gitx` },
    { uri: `${uri}?x=.git` },
    { uri: `${uri}#x.git` },
    { uri: '.git' },
    { uri: `${uri}/layer.tar`, digest: { sha256: 'ab'.repeat(32), sha1: '' } },
    { uri, gitCommit: commit },
  ])('is none by what stands elsewhere: %j', (object) => {
    expect(isGit(object)).toBe(false)
  })
})

describe('two sources', () => {
  const base = {
    uri: 'git+https://h.example/o/r@main',
    repository: 'h.example/o/r',
    ref: 'main',
    digest: commit,
  }
  const against = (other: object): string | undefined =>
    contradiction(['a', base], ['b', { ...base, ...other }])

  it('may be one', () => {
    expect(against({})).toBeUndefined()
    expect(against({ uri: 'https://h.example/o/r.git#main' })).toBeUndefined()
    expect(contradiction(['a', base], ['b', { uri: 'x', repository: base.repository }])).toBeUndefined()
    expect(contradiction(['a', { uri: 'odd' }], ['b', { uri: 'odd' }])).toBeUndefined()
    const uncommitted = { uri: base.uri, repository: base.repository, ref: base.ref }
    expect(contradiction(['a', base], ['b', uncommitted])).toBeUndefined()
    expect(contradiction(['a', uncommitted], ['b', base])).toBeUndefined()
  })

  it('contradict each other in repository, ref and commit, and it is said how', () => {
    expect(against({ repository: 'h.example/o/x' })).toBe(
      'a names the repository h.example/o/r, b h.example/o/x',
    )
    expect(against({ ref: 'dev' })).toBe('a names the ref main, b dev')
    expect(against({ digest: 'ab'.repeat(20) })).toBe(`a names the commit ${commit}, b ${'ab'.repeat(20)}`)
    expect(contradiction(['a', base], ['b', { uri: 'odd' }])).toBe(
      'a names the source git+https://h.example/o/r@main, b odd',
    )
    expect(contradiction(['a', { uri: 'odd' }], ['b', base])).toBe(
      'a names the source odd, b git+https://h.example/o/r@main',
    )
  })
})
