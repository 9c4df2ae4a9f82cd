import { nearestName } from '../../reference/nearest.js'
import type { Profile } from './profile.js'

const aflock = 'https://aflock.ai/attestations/'
const witness = 'https://witness.dev/attestations/'

/** Attestors with the same name and version in both tools (rookery, attestation/legacy.go). */
const shared = new Set([
  ...(
    'environment git github gitlab jenkins jwt docker oci sbom sarif secretscan lockfiles maven omnitrail ' +
    'system-packages gcp-iit aws aws-codebuild githubwebhook material product command-run'
  )
    .split(' ')
    .map((name) => `${name}/v0.1`),
  'k8smanifest/v0.2',
])

const cilockOnly = new Set([
  ...(
    'github-action github-review trivy govulncheck test-results go-build prowler oscap inspec falco kube-bench ' +
    'docker-bench linkerd-check steampipe asff aws-config pip-install scubagoggles structured-data sinkhole-flows ' +
    'inclusion-proof'
  )
    .split(' ')
    .map((name) => `${name}/v0.1`),
  'configuration/v0.2',
  'product/v0.2',
  'product/v0.3',
  'material/v0.3',
  'command-run/v0.2',
])

const witnessOnly = new Set(['network-trace/v0.1'])

/** Types without a namespace of either tool. */
const common = new Set([
  'https://cyclonedx.org/bom',
  'https://spdx.dev/Document',
  'https://slsa.dev/provenance/v1.0',
  'https://in-toto.io/attestation/link/v0.3',
  'https://openvex.dev/ns',
  'https://slsa.dev/verification_summary/v1',
])

/** Whether the tool has an attestor of that type: it reads the attestation into a struct and writes it anew. */
export function isRegistered(type: string, profile: Profile): boolean {
  if (common.has(type)) return true
  if (type.startsWith(witness)) {
    const name = type.slice(witness.length)
    return shared.has(name) || (profile.name === 'witness' && witnessOnly.has(name))
  }
  if (profile.name === 'witness' || !type.startsWith(aflock)) return false
  const name = type.slice(aflock.length)
  return shared.has(name) || cilockOnly.has(name)
}

/** The same type in the other tool's namespace; undefined where there is none. */
export function aliasOf(type: string): string | undefined {
  if (type.startsWith(aflock) && shared.has(type.slice(aflock.length)))
    return `${witness}${type.slice(aflock.length)}`
  if (type.startsWith(witness) && shared.has(type.slice(witness.length)))
    return `${aflock}${type.slice(witness.length)}`
  return undefined
}

export function isType(got: string, wanted: string, profile: Profile): boolean {
  return got === wanted || (profile.aliases && aliasOf(got) === wanted)
}

/** The name and version of an attestor, `oci/v0.1`, whichever namespace it is in; undefined for other types. */
export function attestorOf(type: string): string | undefined {
  for (const namespace of [aflock, witness]) {
    if (type.startsWith(namespace)) return type.slice(namespace.length)
  }
  return undefined
}

/** What a type that no attestor has most likely means; undefined for types of others. */
export function typeHint(type: string, profile: Profile): string | undefined {
  const attestor = attestorOf(type)
  if (attestor === undefined || isRegistered(type, profile)) return undefined
  const namespace = profile.name === 'witness' ? witness : aflock
  const known = profile.name === 'witness' ? [...shared, ...witnessOnly] : [...shared, ...cilockOnly]
  const nearest = shared.has(attestor) || cilockOnly.has(attestor) ? attestor : nearestName(attestor, known)
  if (nearest === undefined) return `no attestor of ${profile.tool} makes it`
  return nearest === attestor
    ? `${profile.tool} does not make it`
    : `no attestor of ${profile.tool} makes it; did you mean ${namespace}${nearest}?`
}

/** A field of an attestor's struct: whether Go leaves it out when it is empty, otherwise what it writes then. */
type Field = 'omitted' | 'text' | 'null' | 'object'

/**
 * The fields of attestors that are read into structs (rookery, plugins/attestors): others vanish, and those that are
 * never left out are there. Only attestors whose fields are all known are listed.
 */
const fields: ReadonlyMap<string, ReadonlyMap<string, Field>> = new Map(
  Object.entries({
    'git/v0.1': {
      gittool: 'text',
      gitbinpath: 'omitted',
      gitbinhash: 'omitted',
      commithash: 'text',
      author: 'text',
      authoremail: 'text',
      committername: 'text',
      committeremail: 'text',
      commitdate: 'text',
      commitmessage: 'text',
      status: 'omitted',
      commitdigest: 'omitted',
      signature: 'omitted',
      parenthashes: 'omitted',
      treehash: 'omitted',
      refs: 'omitted',
      remotes: 'omitted',
      tags: 'omitted',
      branch: 'omitted',
    },
    'github/v0.1': {
      jwt: 'omitted',
      ciconfigpath: 'text',
      pipelineid: 'text',
      pipelinename: 'text',
      pipelineurl: 'text',
      projecturl: 'text',
      runnerid: 'text',
      cihost: 'text',
      ciserverurl: 'text',
      runnerarch: 'text',
      runneros: 'text',
    },
    'environment/v0.1': { os: 'text', hostname: 'text', username: 'text', variables: 'omitted' },
    'docker/v0.1': { products: 'null' },
    'oci/v0.1': {
      tardigest: 'null',
      manifest: 'null',
      imagetags: 'null',
      diffids: 'null',
      imageid: 'null',
      manifestraw: 'null',
      manifestdigest: 'null',
    },
  } as const).map(([name, known]): [string, ReadonlyMap<string, Field>] => [
    name,
    new Map<string, Field>(Object.entries(known)),
  ]),
)

/** The top-level fields that rules can see of a type; undefined where they are not known. */
export function fieldsOfType(type: string): ReadonlyMap<string, Field> | undefined {
  return fields.get(attestorOf(type) ?? '')
}
