import { isShortName, shortNames } from '../evidence/statement.js'
import { keyName } from '../keys/inline.js'
import { isDigest } from '../reference/reference.js'
import type { Leniency } from '../verdict/ending.js'
import type { Problem } from '../verdict/finding.js'
import type { Demands, Request, Targets } from '../verdict/request.js'
import { readAnnotations, readDemand, readPlatforms, readPolicies, readProvenanceDemand } from './demand.js'
import { readBuild } from './build.js'
import { readGithub } from './github.js'
import { readIdentities } from './identity.js'
import { readTrust } from './trust.js'
import { readClusterInputs } from './policies.js'
import { isHttpUrl, withoutUser } from './url.js'
import { nearestName } from '../reference/nearest.js'
import { readRecords } from './records.js'
import { readRegistryAccess } from './registry.js'
import { chooseKeys, isNonEmpty, readThreshold, signersOf } from './signers.js'
import { type InputName, inputTable } from './table.js'
import {
  isRefused,
  readChoice,
  readDuration,
  readList,
  readSwitch,
  readWhole,
  type Refused,
} from './values.js'

/** Inputs as text: what somebody gave, one text for each time it was given. */
export type Given = ReadonlyMap<InputName, readonly string[]>

/** Where the reports go. */
export interface Reports {
  /** Empty: nowhere. */
  readonly resultFile: string
  readonly summary: boolean
  /** The command is put on the path of later steps. */
  readonly install: boolean
  /** Folder for manifests with digests; empty: nowhere. */
  readonly pinnedManifests: string
  /** File for the results of policies and demands as an OpenReports document; empty: nowhere. */
  readonly policyReport: string
  /** File for the verification summaries of images; empty: nowhere. */
  readonly vsaFile: string
  /** File for the report as a page; empty: nowhere. */
  readonly htmlReport: string
  /** File for what is not verified as SARIF; empty: nowhere. */
  readonly sarifReport: string
}

/** What the inputs come to. Reports and leniency are known even where the request is not, so that a failure is reported. */
export interface Parsed {
  readonly request: Request | undefined
  readonly problems: readonly Problem[]
  readonly warnings: readonly string[]
  readonly leniency: Leniency
  readonly reports: Reports
  /** The effective inputs, as the report shows them. */
  readonly effective: Readonly<Record<string, string | readonly string[]>>
}

/** Who gave the inputs: a step, a command line, or a program that uses the library. */
export type Face = 'action' | 'command' | 'program'

export function parseInputs(given: Given, face: Face): Parsed {
  const problems: Problem[] = []
  const warnings: string[] = []
  const entryOf = (name: InputName): string => {
    const entry = inputTable.find((one) => one.name === name)
    if (entry === undefined) return ''
    return face !== 'action' && 'commandDefault' in entry ? entry.commandDefault : entry.default
  }
  const text = (name: InputName): string => {
    const last = given.get(name)?.at(-1)?.trim() ?? ''
    return last === '' ? entryOf(name) : last
  }
  const list = (name: InputName): readonly string[] => (given.get(name) ?? []).flatMap(readList)
  const refuse = (name: InputName, expected: string, got: string): void => {
    problems.push({
      code: 'input-invalid',
      message: `${name}: expected ${expected}, got ${JSON.stringify(got)}`,
    })
  }
  const read = <Value>(
    name: InputName,
    reader: (given: string) => Value | Refused,
    fallback: Value,
  ): Value => {
    const value = reader(text(name))
    if (!isRefused(value)) return value
    refuse(name, value.expected, text(name))
    return fallback
  }

  // On the command line each word is one image as it is; a line feed in it is refused later, not split at.
  const images = face !== 'action' ? (given.get('image') ?? []) : list('image')
  const cluster = readClusterInputs(text, list, read('audit-warn', readSwitch, false))
  if ('expected' in cluster) refuse(cluster.input as InputName, cluster.expected, cluster.got)
  const { policies, manifests, pinned, report, summaries } =
    'expected' in cluster ? { manifests: [], pinned: '', report: '', summaries: '' } : cluster
  const offline = read('offline', readSwitch, false)
  // An empty flag is one that was given; a workflow gives all of them.
  const isGiven = (name: InputName): boolean =>
    text(name) !== entryOf(name) || (face !== 'action' && given.has(name) && text(name) === '')
  const asked = readBuild(text, list, isGiven, { isPolicyGiven: policies !== undefined, offline })
  if (isRefused(asked)) refuse(asked.input as InputName, asked.expected, asked.got)
  const build = isRefused(asked) ? undefined : asked
  const alone = images.length === 0 && manifests.length === 0 ? (build?.subjects ?? []) : []
  if (images.length === 0 && manifests.length === 0 && alone.length === 0)
    problems.push(
      nothing(
        'image',
        build
          ? 'at least one image reference, manifests, or subjects'
          : 'at least one image reference, or manifests',
      ),
    )
  const keys = chooseKeys(given.get('key') ?? [], given.has('require'), face, warnings)
  const keyless = readIdentities(text, list)
  if ('expected' in keyless) refuse(keyless.input as InputName, keyless.expected, keyless.got)
  const identities = 'expected' in keyless ? [] : keyless.identities
  if (!('expected' in keyless)) warnings.push(...keyless.warnings)
  if (keys.length === 0 && identities.length === 0 && policies === undefined && !('expected' in keyless))
    problems.push(
      manifests.length > 0
        ? {
            code: 'nothing-to-verify',
            message:
              'manifests: nothing is demanded of their images: give a key, an identity (certificate-identity) or a policy',
          }
        : nothing(
            'key',
            'at least one key, identity or policy: an image without a signer to ask for proves nothing',
          ),
    )

  const require = read('require', (value) => readThreshold(value, keys.length + identities.length), 'all')
  const expectedDigest = text('expected-digest')
  if (expectedDigest !== '' && !isDigest(expectedDigest)) {
    refuse('expected-digest', 'sha256: and 64 lower-case hex digits', expectedDigest)
  } else if (expectedDigest !== '' && images.length > 1) {
    refuse('expected-digest', 'one image for it', `${images.length} images`)
  }
  const endpoint = text('endpoint')
  if (endpoint !== '' && !isHttpUrl(endpoint)) {
    problems.push({
      code: 'input-invalid',
      message: `endpoint: invalid endpoint ${JSON.stringify(withoutUser(endpoint))}: must be a full URL with http:// or https:// scheme (e.g. https://s3.example.com)`,
    })
  }
  const annotations = readAnnotations(list('annotations'))
  const provenance = readProvenanceDemand(text)
  if (isRefused(provenance)) refuse(provenance.input as InputName, provenance.expected, provenance.got)
  const demand = readDemand(
    annotations,
    list('attestation-type'),
    read('require-signature', readSwitch, false),
    isRefused(provenance) ? {} : provenance,
    [...new Set(list('attestation-policy'))],
  )
  const unfit = readPolicies(
    list('attestation-policy'),
    list('attestation-type').length > 0 || (!isRefused(provenance) && Object.keys(provenance).length > 0),
  )
  if (unfit) refuse('attestation-policy', unfit.expected, list('attestation-policy').join(', '))
  if (isRefused(demand)) refuse('annotations', demand.expected, list('annotations').join(', '))
  for (const type of list('attestation-type')) {
    const meant = isShortName(type) || type.includes(':') ? undefined : nearestName(type, shortNames)
    if (meant !== undefined)
      refuse('attestation-type', `a predicate type or a short name such as ${meant}`, type)
  }
  const platforms = readPlatforms(list('platforms'))
  if (isRefused(platforms)) refuse('platforms', platforms.expected, list('platforms').join(', '))
  const deep = read('deep', readSwitch, false)
  const registry = readRegistryAccess(text, images)
  if (isRefused(registry)) refuse(registry.input as InputName, registry.expected, registry.got)
  const distant = offline
    ? [...keys, ...(build?.keys ?? [])].find((key) =>
        /^(awskms|gcpkms|azurekms|https?|hashivault|openbao|k8s|gitlab):/.test(key),
      )
    : undefined
  if (distant !== undefined) refuse('offline', 'keys that lie on this machine', keyName(distant))
  const trust = readTrust(text, {
    offline,
    sct: read('insecure-ignore-sct', readSwitch, false) ? 'ignore' : 'require',
    signedTimestamps: read('use-signed-timestamps', readSwitch, false),
  })
  if (isRefused(trust)) refuse(trust.input as InputName, trust.expected, trust.got)
  const github = readGithub(text, offline)
  if (isRefused(github)) refuse(github.input as InputName, github.expected, github.got)
  const records = readRecords(text, read('insecure-accept-unbound-records', readSwitch, false), images)
  if (isRefused(records)) refuse(records.input as InputName, records.expected, records.got)
  else if (records.acceptUnbound)
    warnings.push(
      'insecure-accept-unbound-records: a record of schema 1 signs the digest alone; whoever may write to the store can copy a genuine one to another image, tag or bucket with the same bytes',
    )
  const ignoreLog = read('insecure-ignore-tlog', readSwitch, false)
  const recheckTag = read('recheck-tag', readSwitch, false)
  const patience = {
    waitMs: read('wait', readDuration, 0),
    timeoutMs: read('timeout', (value) => positive(readDuration(value)), 300_000),
    retries: read('retries', (value) => readWhole(value, 0, 20), 3),
    concurrency: read('concurrency', (value) => readWhole(value, 1, 100), 10),
  }
  const leniency: Leniency = {
    mode: read('mode', (value) => readChoice(value, ['enforce', 'audit']), 'enforce'),
    onInfrastructureError: read(
      'on-infrastructure-error',
      (value) => readChoice(value, ['fail', 'warn']),
      'fail',
    ),
  }
  const reports: Reports = {
    resultFile: text('result-file'),
    summary: read('summary', readSwitch, true),
    install: read('install', readSwitch, false),
    pinnedManifests: pinned,
    policyReport: report,
    vsaFile: summaries,
    htmlReport: text('html-report'),
    sarifReport: text('sarif-report'),
  }

  const signers = signersOf(keys, identities, require)
  const withoutImage = (name: InputName, expected: string): void => refuse(name, expected, 'subjects alone')
  if (alone.length > 0) {
    if (signers) withoutImage('image', 'an image that a key or an identity may have signed')
    if (expectedDigest !== '') withoutImage('expected-digest', 'an image that must have it')
    if (deep) withoutImage('deep', 'an image to be read')
  }
  const targets: Targets | undefined = isNonEmpty(images)
    ? { images, ...(manifests.length > 0 && { manifests }) }
    : isNonEmpty(manifests)
      ? { images: [], manifests }
      : isNonEmpty(alone)
        ? { images: [], subjects: alone }
        : undefined
  const demands: Demands | undefined = signers
    ? { signers, ...(policies && { policies }) }
    : policies && { policies }
  const request: Request | undefined =
    problems.length === 0 && targets && demands
      ? {
          ...targets,
          ...demands,
          ...(!isRefused(trust) && { trust }),
          patience,
          log: ignoreLog ? 'ignore' : 'require',
          ...(!isRefused(demand) && Object.keys(demand).length > 0 && { demand }),
          ...(!isRefused(platforms) && platforms !== 'index' && { platforms }),
          ...(deep && { deep }),
          ...(recheckTag && { recheckTag }),
          ...(!isRefused(registry) && { registry }),
          ...(github && !isRefused(github) && { github }),
          ...(!isRefused(records) && Object.keys(records).length > 0 && { records }),
          ...(expectedDigest !== '' && { expectedDigest }),
          ...(endpoint !== '' && { endpoint }),
          ...(build && { build }),
        }
      : undefined
  const effective = Object.fromEntries(
    inputTable.map((entry) => [
      entry.name,
      entry.name === 'image'
        ? images
        : entry.name === 'key'
          ? keys.map(keyName)
          : entry.name === 'endpoint' || entry.name === 'archivista-url'
            ? withoutUser(text(entry.name))
            : 'secret' in entry
              ? text(entry.name) === ''
                ? ''
                : '***'
              : 'list' in entry
                ? list(entry.name)
                : text(entry.name),
    ]),
  )
  return { request, problems, warnings, leniency, reports, effective }
}

function positive(value: number | Refused): number | Refused {
  return value === 0 ? { expected: 'a duration above 0s' } : value
}

function nothing(name: InputName, expected: string): Problem {
  return { code: 'input-invalid', message: `${name}: expected ${expected}, got nothing` }
}
