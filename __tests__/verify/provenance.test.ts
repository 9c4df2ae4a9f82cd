import { describe, expect, it } from 'vitest'
import type { Statement } from '../../src/evidence/statement.js'
import type { ProvenanceDemand } from '../../src/verdict/request.js'
import { all } from '../../src/verdict/algebra.js'
import { failureOf } from '../../src/verdict/result.js'
import { checkProvenance } from '../../src/verify/provenance.js'
import {
  bodyOf,
  decades,
  extension,
  nameless,
  newAuthority,
  seal,
  text,
} from '../harness/issued-certificate.js'
import { told } from './told.js'

const commit = '904e2c3e02725e314cf6cf141c4700081298dcbd'
const builder =
  'https://github.com/slsa-framework/slsa-github-generator/.github/workflows/builder.yml@refs/tags/v2.1.0'

/** As slsa-github-generator writes it. */
function old(ref = 'refs/heads/main', changes: object = {}): Statement {
  const uri = `git+https://github.com/team/app@${ref}`
  return statement('https://slsa.dev/provenance/v0.2', {
    builder: { id: builder },
    buildType: 'https://github.com/slsa-framework/slsa-github-generator/container@v1',
    invocation: {
      configSource: { uri, digest: { sha1: commit }, entryPoint: 'release.yml' },
      environment: {},
    },
    materials: [{ uri, digest: { sha1: commit } }],
    ...changes,
  })
}

/** As GitHub's own attestations are. */
function current(ref = 'refs/heads/main', changes: object = {}): Statement {
  return statement('https://slsa.dev/provenance/v1', {
    buildDefinition: {
      buildType: 'https://actions.github.io/buildtypes/workflow/v1',
      externalParameters: {
        workflow: { ref, repository: 'https://github.com/team/app', path: '.github/workflows/release.yml' },
      },
      resolvedDependencies: [
        { uri: `git+https://github.com/team/app@${ref}`, digest: { gitCommit: commit } },
      ],
      ...changes,
    },
    runDetails: { builder: { id: builder } },
  })
}

function statement(predicateType: string, predicate: object): Statement {
  return { predicateType, predicate, subjects: [] } as unknown as Statement
}

/** @returns `met`, or the code and the check that fails */
function judge(given: Statement, demand: ProvenanceDemand, certificate?: Uint8Array): string {
  const finding = all('attested', checkProvenance(given, demand, certificate, 'registry.example/app'))
  const bad = finding.children?.find(({ status }) => status !== 'met')
  return bad === undefined ? finding.status : `${String(failureOf(finding)?.code)} ${bad.check}`
}

describe.each([
  ['0.2', old],
  ['1', current],
])('provenance of version %s', (_, made) => {
  it.each<ProvenanceDemand>([
    { sourceUri: 'github.com/team/app' },
    { sourceUri: 'https://github.com/team/app' },
    { sourceUri: 'git+https://github.com/team/app' },
    { sourceBranch: 'main' },
    { builderId: builder },
    { builderId: builder.slice(0, builder.indexOf('@')) },
    { sourceUri: 'github.com/team/app', sourceBranch: 'main', builderId: builder },
  ])('says what is demanded: %o', (demand) => {
    expect(judge(made(), demand)).toBe('met')
  })

  it.each<[string, ProvenanceDemand]>([
    ['source', { sourceUri: 'github.com/team/app2' }],
    ['source', { sourceUri: 'github.com/team/ap' }],
    ['source', { sourceUri: 'github.com/other/app' }],
    ['source', { sourceUri: 'gitlab.com/team/app' }],
    ['source', { sourceUri: 'github.com/team' }],
    ['branch', { sourceBranch: 'mai' }],
    ['branch', { sourceBranch: 'dev' }],
    ['branch', { sourceBranch: 'refs/heads/main' }],
    ['tag', { sourceTag: 'main' }],
    ['builder', { builderId: builder.replace('v2.1.0', 'v2.1.1') }],
    ['builder', { builderId: `${builder.slice(0, builder.indexOf('@'))}.evil` }],
    ['builder', { builderId: 'https://github.com' }],
    ['builder', { builderId: builder.slice(0, -1) }],
  ])('is denied for another %s: %o', (part, demand) => {
    expect(judge(made(), demand)).toBe(`policy-denied provenance-${part}`)
  })

  it('of a tag is not of a branch of that name, nor the other way round', () => {
    expect(judge(made('refs/tags/v1'), { sourceTag: 'v1' })).toBe('met')
    expect(judge(made('refs/tags/v1'), { sourceTag: 'v1.0' })).toBe('policy-denied provenance-tag')
    expect(judge(made('refs/tags/v1'), { sourceBranch: 'v1' })).toBe('policy-denied provenance-branch')
    expect(judge(made('refs/heads/v1'), { sourceTag: 'v1' })).toBe('policy-denied provenance-tag')
    // Short, it could be either.
    expect(judge(made('v1'), { sourceTag: 'v1' })).toBe('policy-denied provenance-tag')
  })
})

describe('a builder without a ref', () => {
  it('is that one and no shorter one', () => {
    const bare = old('refs/heads/main', { builder: { id: 'https://builder.example/ab' } })
    expect(judge(bare, { builderId: 'https://builder.example/ab' })).toBe('met')
    for (const builderId of ['https://builder.example/a', 'https://builder.example/ab@v1'])
      expect(judge(bare, { builderId })).toBe('policy-denied provenance-builder')
  })
})

describe('a source that nothing declares', () => {
  it('is only something that was fetched', () => {
    const demand = { sourceUri: 'github.com/team/app' }
    const changes = { invocation: {}, builder: { id: 'https://builder.example/b' } }
    expect(judge(old('refs/heads/main', changes), demand)).toBe('policy-denied provenance-source')
  })
})

describe('provenance that contradicts itself', () => {
  it('counts for no demand', () => {
    const other = [{ uri: 'git+https://github.com/evil/app@refs/heads/main', digest: { sha1: commit } }]
    const demand = { sourceUri: 'github.com/team/app' }
    expect(judge(old('refs/heads/main', { materials: other }), demand)).toBe('policy-denied provenance')
    const dependencies = [{ uri: other[0]?.uri, digest: { gitCommit: commit } }]
    expect(judge(current('refs/heads/main', { resolvedDependencies: dependencies }), demand)).toBe(
      'policy-denied provenance',
    )
  })

  it.each([{}, { builder: 1, invocation: [] }, { buildDefinition: { externalParameters: 'x' } }])(
    'or says nothing: %o',
    (predicate) => {
      for (const type of ['https://slsa.dev/provenance/v0.2', 'https://slsa.dev/provenance/v1'])
        expect(judge(statement(type, predicate), { sourceUri: 'github.com/team/app' })).toMatch(
          /^policy-denied/,
        )
    },
  )
})

describe('the certificate of whoever says so', () => {
  const authority = newAuthority('an authority')
  const given = (extensions: readonly Uint8Array[]): Buffer =>
    seal(
      bodyOf({ name: nameless, spki: authority.spki, valid: decades, extensions }, authority.name),
      authority.privateKey,
    )
  const source = (uri: string): Buffer => given([extension('1.3.6.1.4.1.57264.1.12', text(0x0c, uri))])
  const older = (name: string): Buffer => given([extension('1.3.6.1.4.1.57264.1.5', Buffer.from(name))])
  const demand = { sourceUri: 'github.com/team/app' }

  it('has to name the same source, where it names one', () => {
    expect(judge(current(), demand, source('https://github.com/team/app'))).toBe('met')
    expect(judge(current(), demand, older('team/app'))).toBe('met')
    expect(judge(current(), demand, given([]))).toBe('met')
  })

  it('of a workflow elsewhere makes the statement a lie', () => {
    for (const certificate of [source('https://github.com/evil/app'), older('evil/app'), older('team/app2')])
      expect(judge(current(), demand, certificate)).toBe('identity-mismatch certificate-source')
  })
})

describe('what is said of provenance', () => {
  const tell = (given: Statement, demand: ProvenanceDemand, certificate?: Uint8Array): readonly string[] =>
    told(checkProvenance(given, demand, certificate, 'app'))
  const denied = (about: string, expected: string, got: string): readonly string[] => [
    `unmet policy-denied (${about}) expected ${expected} at app, got ${got}`,
  ]
  const bare = statement('https://slsa.dev/provenance/v0.2', { buildType: 'x' })
  const fetchedBy = (id: string): Statement =>
    old('refs/heads/main', { invocation: {}, builder: { id }, ...(id === '' && { builder: {} }) })
  const generator = 'https://github.com/slsa-framework/slsa-github-generator/'

  it.each<[string, Statement, ProvenanceDemand, readonly string[]]>([
    [
      'that proves all',
      current(),
      { sourceUri: 'https://github.com/team/app.git', sourceBranch: 'main', builderId: builder },
      [
        'met (provenance-source) built from github.com/team/app, says the provenance at app',
        'met (provenance-branch) built from the branch main, says the provenance at app',
        `met (provenance-builder) built by ${builder}, says the provenance at app`,
      ],
    ],
    [
      'of a tag',
      current('refs/tags/v1'),
      { sourceTag: 'v1' },
      ['met (provenance-tag) built from the tag v1, says the provenance at app'],
    ],
    [
      'of another source',
      current(),
      { sourceUri: 'github.com/other/app' },
      denied('provenance-source', 'the source github.com/other/app', 'https://github.com/team/app'),
    ],
    [
      'of no source',
      bare,
      { sourceUri: 'github.com/team/app' },
      denied('provenance-source', 'the source github.com/team/app', 'none'),
    ],
    [
      'where the source that is asked for is none',
      bare,
      { sourceUri: ' ' },
      denied('provenance-source', 'the source  ', 'none'),
    ],
    [
      'of another branch',
      current(),
      { sourceBranch: 'dev' },
      denied('provenance-branch', 'the branch dev', 'refs/heads/main'),
    ],
    [
      'of a tag where a branch is asked for',
      current('refs/tags/v1'),
      { sourceBranch: 'dev' },
      denied('provenance-branch', 'the branch dev', 'refs/tags/v1'),
    ],
    ['of no branch', bare, { sourceBranch: 'dev' }, denied('provenance-branch', 'the branch dev', 'none')],
    [
      'of another tag',
      current(),
      { sourceTag: 'v1' },
      denied('provenance-tag', 'the tag v1', 'refs/heads/main'),
    ],
    ['of no tag', bare, { sourceTag: 'v1' }, denied('provenance-tag', 'the tag v1', 'none')],
    ['by another', current(), { builderId: 'x' }, denied('provenance-builder', 'the builder x', builder)],
    ['by nobody', bare, { builderId: 'x' }, denied('provenance-builder', 'the builder x', 'none')],
    [
      'that is none',
      statement('https://spdx.dev/Document', {}),
      {},
      denied('provenance', 'provenance that says how the image was built', 'none'),
    ],
    [
      'of what was only fetched',
      fetchedBy('https://builder.example/'),
      { sourceUri: 'github.com/team/app' },
      denied('provenance-source', 'a declared source github.com/team/app', 'one that was only fetched'),
    ],
    [
      'of what was fetched by nobody who says so',
      fetchedBy(''),
      { sourceUri: 'github.com/team/app' },
      denied('provenance-source', 'a declared source github.com/team/app', 'one that was only fetched'),
    ],
    [
      'of what was fetched by one who writes its name at the end of another',
      fetchedBy(`https://builder.example/?${generator}`),
      { sourceUri: 'github.com/team/app' },
      denied('provenance-source', 'a declared source github.com/team/app', 'one that was only fetched'),
    ],
    [
      'that lists its source first',
      fetchedBy(`${generator}.github/workflows/builder.yml@refs/tags/v2.1.0`),
      { sourceUri: 'github.com/team/app' },
      ['met (provenance-source) built from github.com/team/app, says the provenance at app'],
    ],
    ['of which nothing is asked', current(), {}, []],
  ])('%s', (_, given, demand, lines) => {
    expect(tell(given, demand)).toEqual(lines)
  })

  it('that contradicts itself says where', () => {
    const materials = [{ uri: 'git+https://github.com/evil/app@refs/heads/main', digest: { sha1: commit } }]
    expect(tell(old('refs/heads/main', { materials }), {})[0]).toMatch(
      /^unmet policy-denied \(provenance\) expected provenance that agrees with itself at app, got .+/,
    )
  })

  it('of a tag that was on a branch is of that branch', () => {
    const environment = { github_ref_type: 'tag', github_base_ref: 'refs/heads/main' }
    const uri = 'git+https://github.com/team/app@refs/tags/v1'
    const tagged = old('refs/tags/v1', {
      invocation: { configSource: { uri, digest: { sha1: commit }, entryPoint: 'release.yml' }, environment },
    })
    expect(tell(tagged, { sourceBranch: 'main' })).toEqual([
      'met (provenance-branch) built from the branch main, says the provenance at app',
    ])
    expect(tell(tagged, { sourceBranch: 'dev' })).toEqual(
      denied('provenance-branch', 'the branch dev', 'refs/heads/main'),
    )
  })

  it('is held against the certificate', () => {
    const authority = newAuthority('an authority')
    const named = (uri: string): Buffer => {
      const extensions = [extension('1.3.6.1.4.1.57264.1.12', text(0x0c, uri))]
      const subject = { name: nameless, spki: authority.spki, valid: decades, extensions }
      return seal(bodyOf(subject, authority.name), authority.privateKey)
    }
    const demand = { sourceUri: 'github.com/team/app' }
    const source = 'met (provenance-source) built from github.com/team/app, says the provenance at app'
    expect(tell(current(), demand, named('https://github.com/team/app'))).toEqual([
      source,
      'met (certificate-source) the certificate at app was given to https://github.com/team/app',
    ])
    for (const uri of ['https://github.com/evil/app', 'nowhere'])
      expect(tell(current(), demand, named(uri))).toEqual([
        source,
        `unmet identity-mismatch (certificate-source) expected a signer that built github.com/team/app at app, got one of ${uri}`,
      ])
    expect(tell(current(), demand, Buffer.from('none'))).toEqual([
      source,
      'unmet certificate-untrusted (certificate-source) expected a certificate that says whom it was given to at app, got one that cannot be read',
    ])
  })
})
