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
