import { describe, expect, it } from 'vitest'
import { readProvenance } from '../../src/evidence/provenance.js'
import type { Provenance } from '../../src/verdict/statement-summary.js'
import { extentOf, oddValues, spoilt, statementsIn } from './attested.js'

const commit = 'd37a7f740ee7404914456f24dcd90e865a0509e8'
const other = 'ab'.repeat(20)
const old = 'https://slsa.dev/provenance/v0.2'
const current = 'https://slsa.dev/provenance/v1'
const repository = 'git+https://github.com/o/r'

/** As slsa-github-generator's generators write it. */
const generator = {
  builder: {
    id: 'https://github.com/slsa-framework/slsa-github-generator/.github/workflows/x.yml@refs/tags/v2.1.0',
  },
  buildType: 'https://github.com/slsa-framework/slsa-github-generator/container@v1',
  invocation: {
    configSource: {
      uri: `${repository}@refs/tags/v1`,
      digest: { sha1: commit },
      entryPoint: '.github/workflows/release.yml',
    },
    environment: {
      github_event_name: 'push',
      github_event_payload: { base_ref: 'refs/heads/main' },
      github_base_ref: '',
      github_ref: 'refs/tags/v1',
      github_ref_type: 'tag',
      github_sha1: commit,
    },
  },
  metadata: { buildInvocationID: '13531731005-1' },
  materials: [{ uri: `${repository}@refs/tags/v1`, digest: { sha1: commit } }],
}

/** As GitHub's attest-build-provenance writes it. */
const github = {
  buildDefinition: {
    buildType: 'https://actions.github.io/buildtypes/workflow/v1',
    externalParameters: {
      workflow: {
        ref: 'refs/heads/main',
        repository: 'https://github.com/o/r',
        path: '.github/workflows/ci.yml',
      },
    },
    internalParameters: { github: { event_name: 'push', runner_environment: 'github-hosted' } },
    resolvedDependencies: [{ uri: `${repository}@refs/heads/main`, digest: { gitCommit: commit } }],
  },
  runDetails: {
    builder: { id: 'https://github.com/o/r/.github/workflows/ci.yml@refs/heads/main' },
    metadata: { invocationId: 'https://github.com/o/r/actions/runs/1/attempts/1' },
  },
}

const image = { uri: 'pkg:docker/alpine@3.17?platform=linux%2Famd64', digest: { sha256: 'cd'.repeat(32) } }
const gitContext = { uri: 'https://github.com/o/r.git#refs/heads/main', digest: { sha1: commit } }
const added = { uri: 'https://github.com/else/where.git#v2', digest: { sha1: other } }

/** As buildkit writes it for a build of a git repository. */
const buildkitOld = {
  builder: { id: 'https://github.com/o/r/actions/runs/1' },
  buildType: 'https://mobyproject.org/buildkit@v1',
  materials: [image, added, gitContext],
  invocation: {
    configSource: { ...gitContext, entryPoint: 'Dockerfile' },
    environment: { platform: 'linux/amd64' },
  },
  metadata: { buildInvocationID: 'rpv7a389uzil5lqmrgwhijwjz' },
}
const buildkit = {
  buildDefinition: {
    buildType: 'https://github.com/moby/buildkit/blob/master/docs/attestations/slsa-definitions.md',
    externalParameters: {
      configSource: { ...gitContext, path: 'Dockerfile' },
      request: { frontend: 'dockerfile.v0' },
    },
    resolvedDependencies: [image, added, gitContext],
  },
  runDetails: { builder: { id: '' }, metadata: { invocationID: 'rpv7' } },
}

/** As slsa-github-generator's delegator writes it for builders by others. */
const delegated = {
  buildDefinition: {
    buildType: 'https://github.com/slsa-framework/slsa-github-generator/delegator-generic@v0',
    externalParameters: { inputs: {}, vars: {} },
    internalParameters: {
      GITHUB_WORKFLOW_REF: 'o/r/.github/workflows/a@b.yml@refs/heads/main',
      GITHUB_REF_TYPE: 'branch',
    },
    resolvedDependencies: [{ uri: `${repository}@refs/heads/main`, digest: { gitCommit: commit } }],
  },
  runDetails: { builder: { id: 'https://github.com/x/trw/.github/workflows/b.yml@refs/tags/v1' } },
}

function read(predicate: unknown, type = old): Provenance {
  const provenance = readProvenance(type, predicate)
  if (provenance === undefined) throw new Error('expected provenance')
  return provenance
}

const main = { repository: 'github.com/o/r', ref: 'refs/heads/main', digest: commit }

describe('provenance of version 0.2', () => {
  it('by slsa-github-generator names source, ref, commit, branch of the tag, workflow and run', () => {
    expect(read(generator)).toEqual({
      kind: 'provenance',
      version: '0.2',
      buildType: generator.buildType,
      builder: generator.builder.id,
      source: {
        uri: `${repository}@refs/tags/v1`,
        repository: 'github.com/o/r',
        ref: 'refs/tags/v1',
        digest: commit,
      },
      sourceField: 'invocation.configSource',
      baseRef: 'refs/heads/main',
      workflow: '.github/workflows/release.yml',
      invocation: '13531731005-1',
    })
  })

  const changed = (changes: { config?: object; environment?: object; materials?: unknown }): Provenance =>
    read({
      ...generator,
      invocation: {
        configSource: changes.config ?? generator.invocation.configSource,
        environment: { ...generator.invocation.environment, ...changes.environment },
      },
      materials: changes.materials ?? generator.materials,
    })

  it.each([
    [
      'another repository',
      { materials: [{ uri: 'git+https://github.com/o/fork@refs/tags/v1', digest: { sha1: commit } }] },
      'invocation.configSource names the repository github.com/o/r, materials github.com/o/fork',
    ],
    [
      'another ref',
      { materials: [{ uri: `${repository}@refs/heads/main`, digest: { sha1: commit } }] },
      'invocation.configSource names the ref refs/tags/v1, materials refs/heads/main',
    ],
    [
      'another commit',
      { materials: [{ uri: `${repository}@refs/tags/v1`, digest: { sha1: other } }] },
      `invocation.configSource names the commit ${commit}, materials ${other}`,
    ],
    [
      'the right one only behind a wrong one',
      {
        materials: [
          { uri: 'git+https://github.com/o/fork@x', digest: { sha1: commit } },
          ...generator.materials,
        ],
      },
      'invocation.configSource names the repository github.com/o/r, materials github.com/o/fork',
    ],
    [
      'another ref in the environment',
      { environment: { github_ref: 'refs/heads/dev' } },
      'the source has the ref refs/tags/v1, invocation.environment.github_ref is refs/heads/dev',
    ],
  ])('is inconsistent with %s', (_, changes, said) => {
    expect(changed(changes).inconsistent).toBe(said)
  })

  it('is not inconsistent because there are images among the materials, or none at all', () => {
    for (const materials of [[image, ...generator.materials], [image], [], undefined, [null, 7]])
      expect(changed({ materials })).not.toHaveProperty('inconsistent')
  })

  it('takes the ref from the environment where the URI has none, if the commit is that of the trigger', () => {
    const bare = [{ uri: repository, digest: { sha1: commit } }]
    const config = { uri: repository, digest: { sha1: commit } }
    expect(changed({ config, materials: bare }).source).toMatchObject({ ref: 'refs/tags/v1', digest: commit })
    const moved = [{ uri: repository, digest: { sha1: other } }]
    // A commit made during the release: what was built is no ref any more.
    const released = changed({ materials: moved })
    expect(released.source).toEqual({ uri: repository, repository: 'github.com/o/r', digest: other })
    expect(released.sourceField).toBe('materials')
    expect(released).not.toHaveProperty('inconsistent')
  })

  it('takes the ref from the environment where no commit says that it is of something else', () => {
    const config = { uri: repository, digest: { sha1: commit } }
    const materials = [config]
    const unsaid = { github_sha1: undefined }
    expect(changed({ config, materials, environment: unsaid }).source?.ref).toBe('refs/tags/v1')
    const bare = { uri: repository }
    expect(changed({ config: bare, materials: [bare] }).source).toEqual({
      uri: repository,
      repository: 'github.com/o/r',
      ref: 'refs/tags/v1',
    })
    expect(changed({ config: {}, materials: [] })).not.toHaveProperty('source')
    const elsewhere = { github_sha1: other }
    expect(changed({ config, materials, environment: elsewhere }).source).not.toHaveProperty('ref')
  })

  it('has the source that is declared, with what only the first material knows of it', () => {
    const tagged = `${repository}@refs/tags/v1`
    const ofTag = { uri: tagged, repository: 'github.com/o/r', ref: 'refs/tags/v1' }
    const declare = (config: object, material: object): unknown => {
      const { source, sourceField, inconsistent } = changed({ config, materials: [material] })
      return inconsistent ?? [sourceField, source]
    }
    const sha1 = { digest: { sha1: commit } }
    const from = 'invocation.configSource'
    expect(declare({ uri: tagged, ...sha1 }, { uri: repository, ...sha1 })).toEqual([
      from,
      { ...ofTag, digest: commit },
    ])
    expect(declare({ uri: tagged, ...sha1 }, { uri: repository })).toEqual([
      from,
      { ...ofTag, digest: commit },
    ])
    expect(declare({ uri: tagged }, { uri: repository, ...sha1 })).toEqual([
      from,
      { ...ofTag, digest: commit },
    ])
    // Only a commit without a ref may be one that was made during a release.
    const bare = { uri: repository, repository: 'github.com/o/r', ref: 'refs/tags/v1', digest: commit }
    expect(declare({ uri: repository, ...sha1 }, { uri: tagged, digest: { sha1: other } })).toEqual([
      from,
      bare,
    ])
  })

  it('passes over a commit that belongs to no address', () => {
    const materials = [{ digest: { sha1: other } }, ...generator.materials]
    expect(changed({ materials })).toEqual(read(generator))
  })

  it('reads the id of the run in either spelling', () => {
    expect(read({ ...generator, metadata: { buildInvocationId: '7' } }).invocation).toBe('7')
  })

  it.each([
    ['a push, from the event', { github_event_payload: { base_ref: 'refs/heads/x' } }, 'refs/heads/x'],
    ['the context, before the event', { github_base_ref: 'main' }, 'main'],
    [
      'a release, from its target',
      { github_event_name: 'release', github_event_payload: { release: { target_commitish: 'v1-line' } } },
      'refs/heads/v1-line',
    ],
    ['a tag without a branch', { github_event_payload: { base_ref: null } }, undefined],
    [
      'a push, whatever release it tells of',
      { github_event_payload: { base_ref: 'refs/heads/x', release: { target_commitish: 'y' } } },
      'refs/heads/x',
    ],
    ['a release without a target', { github_event_name: 'release' }, undefined],
    ['another event', { github_event_name: 'workflow_dispatch' }, undefined],
    ['a branch', { github_ref_type: 'branch' }, undefined],
  ])('names the branch beside the tag of %s', (_, environment, baseRef) => {
    expect(changed({ environment }).baseRef).toBe(baseRef)
  })

  it('takes the source from the materials where no field declares it, unless several are possible', () => {
    const without = { ...generator, invocation: {} }
    expect(read(without)).toMatchObject({
      source: { repository: 'github.com/o/r' },
      sourceField: 'materials',
    })
    expect(read({ ...without, materials: [...generator.materials, added] })).not.toHaveProperty('source')
    // Further on there may be another.
    const many = [...generator.materials, ...Array.from({ length: 1000 }, () => image)]
    expect(read({ ...without, materials: many.slice(0, 1000) })).toHaveProperty('source')
    expect(read({ ...without, materials: many })).not.toHaveProperty('source')
  })
})

describe('provenance of version 1', () => {
  it('by GitHub names source, ref, commit, workflow and run', () => {
    expect(read(github, current)).toEqual({
      kind: 'provenance',
      version: '1',
      buildType: github.buildDefinition.buildType,
      builder: github.runDetails.builder.id,
      source: { uri: 'https://github.com/o/r', ...main },
      sourceField: 'externalParameters.workflow',
      workflow: '.github/workflows/ci.yml',
      invocation: 'https://github.com/o/r/actions/runs/1/attempts/1',
    })
  })

  const define = (
    changes: object,
    base: { buildDefinition: object; runDetails: object } = github,
  ): Provenance => read({ ...base, buildDefinition: { ...base.buildDefinition, ...changes } }, current)

  it.each([
    ['repository', { uri: 'git+https://github.com/o/fork@refs/heads/main' }],
    ['ref', { uri: `${repository}@refs/heads/dev` }],
  ])('is inconsistent when the first dependency has another %s', (what, first) => {
    const resolvedDependencies = [{ ...first, digest: { gitCommit: other } }]
    const { inconsistent, source } = define({ resolvedDependencies })
    expect(inconsistent).toContain(`externalParameters.workflow names the ${what} `)
    // The commit of a source that contradicts is nobody's.
    expect(source).not.toHaveProperty('digest')
  })

  it('has no commit where no dependency has one', () => {
    expect(define({ resolvedDependencies: [] }).source).toEqual({
      uri: 'https://github.com/o/r',
      repository: 'github.com/o/r',
      ref: 'refs/heads/main',
    })
  })

  it.each([
    ['slsa-github-generator', { source: { uri: `${repository}@refs/heads/main`, digest: { sha1: commit } } }],
    ['GitLab', { source: 'https://github.com/o/r', entryPoint: 'build' }],
  ])('by %s has its source in a parameter', (_, externalParameters) => {
    const { source, sourceField } = define({ externalParameters })
    expect(source).toMatchObject({ repository: 'github.com/o/r', digest: commit })
    expect(sourceField).toBe('externalParameters.source')
  })

  it('has the source that is declared, whatever else triggered it', () => {
    const { internalParameters } = delegated.buildDefinition
    const { source, sourceField, workflow } = define({ internalParameters })
    expect([source, sourceField, workflow]).toEqual([
      { uri: 'https://github.com/o/r', ...main },
      'externalParameters.workflow',
      '.github/workflows/ci.yml',
    ])
  })

  it.each([
    ['main', 'main'],
    ['', undefined],
  ])('names the branch beside the tag, in capitals (%j)', (base, baseRef) => {
    const names = { GITHUB_REF_TYPE: 'tag', GITHUB_BASE_REF: base, github_base_ref: 'x', BASE_REF: 'x' }
    const internalParameters = { ...delegated.buildDefinition.internalParameters, ...names }
    expect(define({ internalParameters }, delegated).baseRef).toBe(baseRef)
  })

  it('by a delegated builder has the first dependency as source, and the workflow that triggered it', () => {
    expect(read(delegated, current)).toMatchObject({
      source: main,
      sourceField: 'resolvedDependencies',
      workflow: '.github/workflows/a@b.yml',
    })
    expect(read(delegated, current)).not.toHaveProperty('inconsistent')
    const elsewhere = { resolvedDependencies: [{ uri: 'git+https://github.com/o/x@refs/heads/main' }] }
    expect(define(elsewhere, delegated).inconsistent).toBe(
      'internalParameters.GITHUB_WORKFLOW_REF names the repository github.com/o/r, resolvedDependencies github.com/o/x',
    )
    const branched = { resolvedDependencies: [{ uri: `${repository}@refs/heads/dev` }] }
    expect(define(branched, delegated).inconsistent).toBe(
      'internalParameters.GITHUB_WORKFLOW_REF names the ref refs/heads/main, resolvedDependencies refs/heads/dev',
    )
    // Built from a commit made during the release: no ref, and the trigger's is not lent to it.
    const released = define(
      { resolvedDependencies: [{ uri: repository, digest: { sha1: other } }] },
      delegated,
    )
    expect(released.source).toEqual({ uri: repository, repository: 'github.com/o/r', digest: other })
  })

  it('by a delegated builder believes no trigger that is odd, and says what an incomplete one contradicts', () => {
    const triggeredBy = (trigger: unknown): Provenance =>
      define({ internalParameters: { GITHUB_WORKFLOW_REF: trigger } }, delegated)
    for (const odd of ['', 'o/r/a.yml', 'o/r/a.yml@refs/heads/main@refs/heads/dev', 7]) {
      const { source, workflow, inconsistent } = triggeredBy(odd)
      expect([source, workflow, inconsistent], String(odd)).toEqual([
        { uri: `${repository}@refs/heads/main`, ...main },
        undefined,
        undefined,
      ])
    }
    expect(triggeredBy('o@refs/heads/main').inconsistent).toBe(
      'internalParameters.GITHUB_WORKFLOW_REF names the repository github.com/o, resolvedDependencies github.com/o/r',
    )
  })

  it('by a delegated builder looks no further for its source than among the first thousand', () => {
    const images = Array.from({ length: 1000 }, () => image)
    const resolvedDependencies = [...images, ...delegated.buildDefinition.resolvedDependencies]
    expect(define({ resolvedDependencies }, delegated)).toMatchObject({
      source: { uri: 'https://github.com/o/r', repository: 'github.com/o/r', ref: 'refs/heads/main' },
      sourceField: 'internalParameters.GITHUB_WORKFLOW_REF',
    })
    expect(define({ resolvedDependencies: resolvedDependencies.slice(1) }, delegated)).toMatchObject({
      sourceField: 'resolvedDependencies',
    })
  })

  it('without parameters for it has the only repository as its source', () => {
    const externalParameters = { ref: 'refs/heads/main' }
    expect(define({ externalParameters })).toMatchObject({
      source: main,
      sourceField: 'resolvedDependencies',
    })
    const resolvedDependencies = [...github.buildDefinition.resolvedDependencies, added]
    expect(define({ externalParameters, resolvedDependencies })).not.toHaveProperty('source')
  })
})

describe('provenance by buildkit', () => {
  it.each([
    ['0.2', old, buildkitOld, 'invocation.configSource'],
    ['1', current, buildkit, 'externalParameters.configSource'],
  ] as const)(
    'of version %s names the git context, in whatever order things were fetched',
    (_, type, it, field) => {
      const provenance = read(it, type)
      expect(provenance).toMatchObject({ source: main, sourceField: field, workflow: 'Dockerfile' })
      expect(provenance.invocation).toMatch(/^rpv7/)
      expect(provenance).not.toHaveProperty('inconsistent')
    },
  )

  it('is inconsistent when the context was never fetched', () => {
    const materials = [image, added]
    expect(read({ ...buildkitOld, materials }).inconsistent).toContain('github.com/else/where')
    // What is not looked at is not known to have been fetched.
    const late = [...Array.from({ length: 1000 }, () => added), gitContext]
    expect(read({ ...buildkitOld, materials: late.slice(1) })).not.toHaveProperty('inconsistent')
    expect(read({ ...buildkitOld, materials: late }).inconsistent).toContain('github.com/else/where')
  })

  it('of a folder has no source: neither what was added to it nor what the client says of it', () => {
    const vcs = { source: 'https://user:secret@github.com/o/r', revision: commit }
    const folder = {
      ...buildkitOld,
      invocation: { configSource: { entryPoint: 'Dockerfile' } },
      materials: [image, added],
      metadata: { 'https://mobyproject.org/buildkit@v1#metadata': { vcs } },
    }
    const workingCopy = { uri: 'https://github.com/o/r', repository: 'github.com/o/r', digest: commit }
    expect(read(folder)).toMatchObject({ workingCopy })
    expect(read(folder)).not.toHaveProperty('source')
    const definition = {
      ...buildkit.buildDefinition,
      externalParameters: { configSource: { path: 'Dockerfile' } },
    }
    const dirty = { source: 'https://github.com/o/r', revision: `${commit}-dirty` }
    const newer = read(
      { buildDefinition: definition, runDetails: { metadata: { buildkit_metadata: { vcs: dirty } } } },
      current,
    )
    expect(newer.workingCopy).toEqual({ uri: 'https://github.com/o/r', repository: 'github.com/o/r' })
    expect(newer).not.toHaveProperty('source')
  })
})

describe('provenance of version 0.1', () => {
  const oldest = 'https://slsa.dev/provenance/v0.1'
  const predicate = {
    builder: { id: 'https://cloudbuild.googleapis.com/GoogleHostedWorker' },
    recipe: {
      type: 'https://cloudbuild.googleapis.com/CloudBuildYaml@v0.1',
      definedInMaterial: 1,
      entryPoint: 'x',
    },
    materials: [added, { uri: `${repository}@refs/heads/main`, digest: { sha1: commit } }],
  }

  it('has its source among the materials, where the recipe says', () => {
    expect(read(predicate, oldest)).toEqual({
      kind: 'provenance',
      version: '0.1',
      buildType: predicate.recipe.type,
      builder: predicate.builder.id,
      source: { uri: `${repository}@refs/heads/main`, ...main },
      sourceField: 'recipe.definedInMaterial',
      workflow: 'x',
    })
  })

  it.each([undefined, '1', 1.5, 2, -1, null])('has none where the recipe says %j', (definedInMaterial) => {
    const materials = predicate.materials.slice(1)
    for (const list of [predicate.materials, [materials[0], ...materials], materials]) {
      const recipe = { ...predicate.recipe, definedInMaterial }
      expect(read({ ...predicate, recipe, materials: list }, oldest)).not.toHaveProperty('source')
    }
  })
})

describe('the type', () => {
  it.each(['v1', 'v1.0', 'v1.0?draft', 'v1-rc1'])('%s is read as version 1', (version) => {
    expect(read(github, `https://slsa.dev/provenance/${version}`).version).toBe('1')
  })

  it.each(['v2', 'v10', 'v1x', 'v0.3', ''])('%j is not read', (version) => {
    expect(readProvenance(`https://slsa.dev/provenance/${version}`, github)).toBeUndefined()
  })

  it('of another version is not read because what it is for looks like one', () => {
    for (const type of ['https://slsa.dev/provenance/v2', 'https://slsa.dev/Provenance/v0.2', ''])
      expect(readProvenance(type, generator)).toBeUndefined()
  })

  it('in another place, or for something else, is not read', () => {
    expect(readProvenance(`x${current}`, github)).toBeUndefined()
    expect(readProvenance(current, { bomFormat: 'CycloneDX' })).toBeUndefined()
  })
})

describe('hostile provenance', () => {
  it.each([
    [
      '0.2',
      old,
      {
        ...generator,
        metadata: { 'https://mobyproject.org/buildkit@v1#metadata': { vcs: { source: 'x', revision: 'y' } } },
      },
    ],
    ['1', current, github],
    ['1, delegated', current, delegated],
    ['1, buildkit', current, buildkit],
  ] as const)('of version %s never throws and stays small, whatever stands where', (_, type, document) => {
    for (const one of [...oddValues, ...spoilt(document)]) {
      expect(extentOf(readProvenance(type, one)).longest).toBeLessThanOrEqual(300)
    }
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
  })

  it('does not take what an object inherits for its own', () => {
    const inherited = JSON.parse('{"__proto__":{"buildType":"x","builder":{"id":"y"}}}') as unknown
    expect(readProvenance(old, inherited)).toBeUndefined()
  })

  it('may have many materials and a long URI, of which a part is shown', () => {
    const materials = Array.from({ length: 2000 }, () => generator.materials[0])
    expect(read({ ...generator, materials })).toMatchObject({ source: { digest: commit } })
    const uri = `git+https://github.com/${'o/'.repeat(5000)}r`
    const { source } = read({ ...generator, invocation: { configSource: { uri } } })
    expect(source).toEqual({ uri: `${uri.slice(0, 299)}…` })
    // What is not looked at is not known to agree.
    const late = [...Array.from({ length: 1000 }, () => image), gitContext]
    expect(read({ ...buildkitOld, invocation: {}, buildType: 'x', materials: late })).not.toHaveProperty(
      'source',
    )
  })
})

const real = statementsIn('fixtures/public-good/blobs/sha256').filter(
  ({ predicateType }) => predicateType === old,
)

describe.runIf(real.length > 0)('real provenance by slsa-github-generator', () => {
  it('is read of each of its versions, and consistent', () => {
    const all = real.map(({ predicate }) => read(predicate))
    expect(all.map(({ source }) => source?.ref).sort()).toEqual([
      'refs/heads/main',
      'refs/heads/main',
      'refs/tags/v13.0.30',
    ])
    for (const { source, builder, workflow, inconsistent } of all) {
      expect(source?.repository).toBe('github.com/slsa-framework/example-package')
      expect(source?.digest).toMatch(/^[0-9a-f]{40}$/)
      expect(builder).toMatch(/generator_container_slsa3\.yml@refs\/tags\/v(1\.4\.0|1\.10\.0|2\.1\.0)$/)
      expect(workflow).toContain('.github/workflows/')
      expect(inconsistent).toBeUndefined()
    }
  })
})

const cilock = statementsIn('fixtures/cilock/attestations').filter(
  ({ predicateType }) => predicateType === current,
)

describe.runIf(cilock.length > 0)('real provenance by cilock and witness', () => {
  it('is read', () => {
    for (const { predicate } of cilock)
      expect(read(predicate, current)).toEqual({
        kind: 'provenance',
        version: '1',
        buildType: 'x',
        builder: 'b',
      })
  })
})
