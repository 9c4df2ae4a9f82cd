import type { Provenance, ProvenanceSource } from '../verdict/statement-summary.js'
import { claim, known, objects, shortened } from './claim.js'
import { asCommit, contradiction, isGit, readSource, readSourceUri } from './git-source.js'
import { field, isObject, type JsonObject, listField, objectField, textField } from './json.js'

const typeForm = /^https:\/\/slsa\.dev\/provenance\/v(0\.1|0\.2|1)(?:$|[.?-])/

export function isProvenanceType(predicateType: string): boolean {
  return typeForm.test(predicateType)
}

/** What a build fetched is looked at so far; a source that is only found further on is not found. */
const mostFetched = 1000

/** A place in the predicate and the source that stands there. */
type Named = readonly [string, ProvenanceSource]

/**
 * Reads SLSA provenance as GitHub, slsa-github-generator, buildkit, GitLab and others write it. Decide nothing by one
 * that is `inconsistent`.
 *
 * @returns undefined when the type is another one, or nothing in it says how the artifact was built
 */
export function readProvenance(predicateType: string, predicate: unknown): Provenance | undefined {
  const version = typeForm.exec(predicateType)?.[1]
  if (version === undefined || !isObject(predicate)) return undefined
  const read = version === '1' ? readNew(predicate) : readOld(predicate, version === '0.1' ? '0.1' : '0.2')
  return (read.builder ?? read.buildType ?? read.source) ? read : undefined
}

/**
 * Version 0.2: source from `invocation.configSource`, else from `materials`; its ref, where the URI has none, from
 * `invocation.environment.github_ref`. slsa-verifier demands that configSource and `materials[0]` are one; here they
 * are compared when the material is a git repository (buildkit lists base images too, in any order).
 *
 * Version 0.1: source from the material at `recipe.definedInMaterial`.
 */
function readOld(predicate: JsonObject, version: '0.1' | '0.2'): Provenance {
  const recipe = objectField(predicate, version === '0.1' ? 'recipe' : 'invocation')
  const config = objectField(recipe, 'configSource')
  const environment = objectField(recipe, 'environment')
  const metadata = objectField(predicate, 'metadata')
  const buildType = version === '0.1' ? claim(recipe, 'type') : claim(predicate, 'buildType')
  const declared =
    version === '0.1'
      ? named('recipe.definedInMaterial', readSource(definedMaterial(predicate, recipe)))
      : named('invocation.configSource', readSource(config))
  const order = version === '0.1' ? 'any' : orderOf(buildType)
  const weighed = weigh(declared, objects(predicate, 'materials'), 'materials', order)
  const { source } = weighed
  const ref = claim(environment, 'github_ref')
  const commit = claim(environment, 'github_sha1')
  const isTriggered = source?.digest === undefined || commit === undefined || commit === source.digest
  return known({
    kind: 'provenance' as const,
    version,
    buildType,
    builder: claim(objectField(predicate, 'builder'), 'id'),
    source: source && known({ ...source, ref: source.ref ?? (isTriggered ? ref : undefined) }),
    sourceField: weighed.from,
    baseRef: baseRefOf(environment, 'github_'),
    workflow: claim(config, 'entryPoint') ?? claim(recipe, 'entryPoint'),
    invocation: claim(metadata, 'buildInvocationID') ?? claim(metadata, 'buildInvocationId'),
    workingCopy: workingCopyOf(objectField(metadata, 'https://mobyproject.org/buildkit@v1#metadata')),
    inconsistent: weighed.inconsistent ?? otherRef(source, ref),
  })
}

function otherRef(source: ProvenanceSource | undefined, ref: string | undefined): string | undefined {
  if (source?.ref === undefined || ref === undefined || source.ref === ref) return undefined
  return shortened(`the source has the ref ${source.ref}, invocation.environment.github_ref is ${ref}`)
}

function definedMaterial(predicate: JsonObject, recipe: JsonObject | undefined): JsonObject | undefined {
  const at = field(recipe, 'definedInMaterial')
  const material = typeof at === 'number' ? listField(predicate, 'materials')?.[at] : undefined
  return isObject(material) ? material : undefined
}

/**
 * Version 1: source from `buildDefinition.externalParameters`: `workflow.repository` and `.ref` (GitHub's build type
 * and slsa-github-generator's), `source` (slsa-github-generator's container builder; GitLab, as a text), or
 * `configSource` (buildkit); else from the one git repository in `resolvedDependencies`. The commit is from there:
 * `digest.gitCommit`. What slsa-github-generator's delegator was triggered by stands in
 * `internalParameters.GITHUB_WORKFLOW_REF`; the source is its first dependency, as in slsa-verifier.
 */
function readNew(predicate: JsonObject): Provenance {
  const definition = objectField(predicate, 'buildDefinition')
  const details = objectField(predicate, 'runDetails')
  const external = objectField(definition, 'externalParameters')
  const internal = objectField(definition, 'internalParameters')
  const metadata = objectField(details, 'metadata')
  const workflow = objectField(external, 'workflow')
  const config = objectField(external, 'configSource')
  const buildType = claim(definition, 'buildType')
  const trigger = triggerOf(internal)
  const declared =
    named('externalParameters.workflow', workflowSource(workflow)) ??
    named('externalParameters.source', sourceParameter(external)) ??
    named('externalParameters.configSource', readSource(config))
  const dependencies = objects(definition, 'resolvedDependencies')
  const list = 'resolvedDependencies'
  const weighed = weigh(declared ?? trigger?.source, dependencies, list, orderOf(buildType))
  const built =
    declared === undefined && trigger
      ? named(list, readSource(dependencies.slice(0, mostFetched).find(isGit)))
      : undefined
  const source = built?.[1] ?? weighed.source
  return known({
    kind: 'provenance' as const,
    version: '1' as const,
    buildType,
    builder: claim(objectField(details, 'builder'), 'id'),
    source,
    sourceField: built?.[0] ?? weighed.from,
    baseRef: baseRefOf(internal, 'GITHUB_'),
    workflow: claim(workflow, 'path') ?? claim(config, 'path') ?? trigger?.path,
    invocation: claim(metadata, 'invocationId') ?? claim(metadata, 'invocationID'),
    workingCopy: workingCopyOf(objectField(metadata, 'buildkit_metadata')),
    inconsistent:
      weighed.inconsistent ??
      (trigger?.source && source && contradiction(['the source', source], trigger.source)),
  })
}

/** Buildkit lists what it fetched as it came; elsewhere the source is the first. */
function orderOf(buildType: string | undefined): 'source-first' | 'any' {
  return buildType?.includes('buildkit') === true ? 'any' : 'source-first'
}

interface Weighed {
  readonly source?: ProvenanceSource
  /** The field that it is from. */
  readonly from?: string
  readonly inconsistent?: string
}

/** Holds the source that the parameters declare against what the build says it fetched. */
function weigh(
  declared: Named | undefined,
  fetched: readonly JsonObject[],
  list: string,
  order: 'source-first' | 'any',
): Weighed {
  const repositories = fetched
    .slice(0, mostFetched)
    .filter(isGit)
    .flatMap((one) => readSource(one) ?? [])
  const first = repositories[0]
  if (declared === undefined) {
    // Of several it is not known which one was built; buildkit was given a folder, and any repository was added to it.
    if (first === undefined || order === 'any' || fetched.length > mostFetched) return {}
    const alone = repositories.every((one) => contradiction(['', first], ['', one]) === undefined)
    return alone ? { source: first, from: list } : {}
  }
  const [from, source] = declared
  const agrees = (one: ProvenanceSource): boolean => contradiction(declared, ['', one]) === undefined
  const same = order === 'any' ? (repositories.find(agrees) ?? first) : first
  const inconsistent = same && contradiction(declared, [list, same])
  if (inconsistent !== undefined) return { source, from, inconsistent }
  if (same === undefined) return { source, from }
  // A release may be built from a commit that was made during it: that commit has no ref.
  const isOther = same.ref === undefined && same.digest !== undefined && source.digest !== undefined
  if (isOther && same.digest !== source.digest) return { source: same, from: list }
  return { source: known({ ...source, digest: source.digest ?? same.digest }), from }
}

function named(place: string, source: ProvenanceSource | undefined): Named | undefined {
  return source && [place, source]
}

function workflowSource(workflow: JsonObject | undefined): ProvenanceSource | undefined {
  const read = readSourceUri(textField(workflow, 'repository') ?? '')
  return read && known({ ...read, ref: claim(workflow, 'ref') ?? read.ref })
}

function sourceParameter(external: JsonObject | undefined): ProvenanceSource | undefined {
  const text = textField(external, 'source')
  return text === undefined ? readSource(objectField(external, 'source')) : readSourceUri(text)
}

/** `owner/repository/path/of/the.yml@refs/…`: path and ref may hold `@` too. */
function triggerOf(
  internal: JsonObject | undefined,
): { readonly source: Named | undefined; readonly path: string | undefined } | undefined {
  const [file = '', ref, ...others] = claim(internal, 'GITHUB_WORKFLOW_REF')?.split('@refs/') ?? []
  const [owner = '', name = '', ...path] = file.split('/')
  if (ref === undefined || others.length > 0) return undefined
  const source = readSourceUri(`https://github.com/${owner}/${name}`)
  return {
    source: named('internalParameters.GITHUB_WORKFLOW_REF', source && { ...source, ref: `refs/${ref}` }),
    path: shortened(path.join('/')),
  }
}

/** As slsa-verifier finds the branch of a tag (slsaprovenance/common): the context first, then the event. */
function baseRefOf(environment: JsonObject | undefined, prefix: 'github_' | 'GITHUB_'): string | undefined {
  const name = (rest: string): string => (prefix === 'github_' ? prefix + rest : prefix + rest.toUpperCase())
  if (textField(environment, name('ref_type')) !== 'tag') return undefined
  const event = objectField(environment, name('event_payload'))
  const base = claim(environment, name('base_ref'))
  if (base !== undefined) return base
  const trigger = textField(environment, name('event_name'))
  const branch = claim(objectField(event, 'release'), 'target_commitish')
  if (trigger === 'release' && branch !== undefined) return shortened(`refs/heads/${branch}`)
  return trigger === 'push' ? claim(event, 'base_ref') : undefined
}

function workingCopyOf(metadata: JsonObject | undefined): ProvenanceSource | undefined {
  const vcs = objectField(metadata, 'vcs')
  const read = readSourceUri(textField(vcs, 'source') ?? '')
  // The revision of a folder with changes ends with `-dirty`: that is no commit.
  return read && known({ ...read, digest: asCommit(claim(vcs, 'revision')) })
}
