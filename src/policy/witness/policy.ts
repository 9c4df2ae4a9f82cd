import type { Problem } from '../problem.js'
import { claimNames, readCertificates } from './certificate.js'
import type { CertificateConstraint, Roots } from './constraint.js'
import type { Functionary } from './functionary.js'
import { type Moment, parseDuration, parseMoment, zeroTime } from './go-time.js'
import { bytesOf, jsonProblem } from './json-text.js'
import { lintPolicy } from './lint.js'
import { readVerifyingKey } from './policy-key.js'
import type {
  External,
  RequiredAttestation,
  Step,
  TimestampConstraint,
  WitnessPolicy,
} from './policy-model.js'
import type { Profile } from './profile.js'
import {
  fieldsOf,
  flagOf,
  isThere,
  listOf,
  mapOf,
  problemAt,
  type Reading,
  type Spot,
  stringOf,
  stringsOf,
  warnAt,
} from './reading.js'
import { readModule, type RegoModule } from './rego-text.js'
import type { VerifyingKey } from './signers.js'

export interface PolicyReading {
  /** Undefined: it cannot be read. */
  readonly policy: WitnessPolicy | undefined
  readonly problems: readonly Problem[]
  readonly warnings: readonly Problem[]
}

/** Certificates and rules of a large company fit. */
const largestPolicy = 8 * 1024 * 1024

/**
 * Reads the payload of a policy as strictly as its author would want: what Go passes over in silence, and would so ask
 * for less than is written, is a problem; what cannot weaken it is a warning.
 */
export function readPolicy(payload: Uint8Array, file: string, profile: Profile): PolicyReading {
  const reading: Reading = { file, problems: [], warnings: [] }
  const text = Buffer.from(payload.buffer, payload.byteOffset, payload.length).toString('utf8')
  const root: Spot = { reading, path: '', values: [text] }
  const tooLarge = payload.length > largestPolicy ? `it has more than ${largestPolicy} bytes` : undefined
  const broken = tooLarge ?? jsonProblem(text)
  if (broken !== undefined) problemAt(root, `expected the JSON of a policy: ${broken}`)
  else if (!text.trim().startsWith('{')) problemAt(root, 'expected the JSON object of a policy')
  if (reading.problems.length > 0) return { policy: undefined, ...reading }
  const policy = readFields(root, profile)
  lintPolicy(policy, reading, profile)
  return { policy: reading.problems.length > 0 ? undefined : policy, ...reading }
}

function readFields(root: Spot, profile: Profile): WitnessPolicy {
  const field = fieldsOf(root, [
    'expires',
    'roots',
    'timestampauthorities',
    'publickeys',
    'steps',
    'externalAttestations',
  ])
  const ignored = field('externalAttestations')
  if (!profile.cilockFields && isThere(ignored)) warnAt(ignored, `${profile.tool} passes over it`)
  return {
    file: root.reading.file,
    expires: momentOf(field('expires')) ?? zeroTime,
    steps: new Map([...mapOf(field('steps'))].map(([name, spot]) => [name, readStep(name, spot, profile)])),
    externals: profile.cilockFields
      ? new Map([...mapOf(ignored)].map(([name, spot]) => [name, readExternal(name, spot)]))
      : new Map(),
    keys: [...mapOf(field('publickeys')).values()].flatMap((spot) => readKey(spot) ?? []),
    roots: new Map(
      [...mapOf(field('roots'))].flatMap(([id, spot]) => {
        const read = readRoot(spot)
        return read ? [[id, read] as const] : []
      }),
    ),
    authorities: [...mapOf(field('timestampauthorities')).values()].flatMap((spot) => {
      const read = readRoot(spot)
      return read ? [{ anchors: [read.root, ...read.intermediates] }] : []
    }),
  }
}

function momentOf(spot: Spot): Moment | undefined {
  if (!isThere(spot)) return undefined
  const text = stringOf(spot)
  const moment = parseMoment(text)
  if (moment === undefined)
    problemAt(spot, `expected a time of RFC 3339 such as 2035-01-01T00:00:00Z, got ${JSON.stringify(text)}`)
  return moment
}

function readKey(spot: Spot): VerifyingKey | undefined {
  const field = fieldsOf(spot, ['keyid', 'key'])
  const bytes = bytesOf(field('key').values.at(-1))
  const key = bytes === undefined ? 'expected PEM in base64' : readVerifyingKey(bytes)
  if (typeof key === 'string') {
    problemAt(field('key'), key)
    return undefined
  }
  const id = stringOf(field('keyid'))
  if (id === key.keyId) return key
  if (keyService.test(id)) {
    // The tools ask the service only when they are built with it, and refuse the policy otherwise.
    warnAt(field('keyid'), `${id} is not asked: the key that stands beside it counts`)
    return { ...key, keyId: id }
  }
  problemAt(field('keyid'), `public key in policy has expected key id ${id} but got ${key.keyId}`)
  return undefined
}

/** Ids of keys that a service keeps (cryptoutil, kms). */
const keyService = /^(?:awskms|gcpkms|azurekms|hashivault):\/\/\S+$/

function readRoot(spot: Spot): Roots extends ReadonlyMap<string, infer Root> ? Root | undefined : never {
  const field = fieldsOf(spot, ['certificate', 'intermediates'])
  const one = (place: Spot): ReturnType<typeof first> => first(place)
  const root = one(field('certificate'))
  const intermediates = listOf(field('intermediates')).flatMap((place) => one(place) ?? [])
  return root && { root, intermediates }
}

/** Only the first block of a PEM text counts. */
function first(spot: Spot): Exclude<ReturnType<typeof readCertificates>, string>[number] | undefined {
  const bytes = bytesOf(spot.values.at(-1))
  const read = bytes === undefined ? 'expected PEM in base64' : readCertificates(bytes)
  if (typeof read !== 'string') return read[0]
  problemAt(spot, read)
  return undefined
}

function readStep(key: string, spot: Spot, profile: Profile): Step {
  const field = fieldsOf(spot, [
    'name',
    'functionaries',
    'attestations',
    'artifactsFrom',
    'attestationsFrom',
    'externalFrom',
    'allowedUntracked',
    'timestampConstraint',
  ])
  const name = stringOf(field('name'))
  if (name !== key)
    problemAt(field('name'), `step keyed ${JSON.stringify(key)} has mismatched name ${JSON.stringify(name)}`)
  if (isThere(field('allowedUntracked'))) warnAt(field('allowedUntracked'), `${profile.tool} passes over it`)
  for (const own of ['attestationsFrom', 'externalFrom', 'timestampConstraint'] as const) {
    if (!profile.cilockFields && isThere(field(own))) warnAt(field(own), `${profile.tool} passes over it`)
  }
  return {
    path: spot.path,
    name: key,
    functionaries: readFunctionaries(field('functionaries')),
    attestations: listOf(field('attestations')).map((place) => readRules(place, 'type')),
    artifactsFrom: stringsOf(field('artifactsFrom')),
    attestationsFrom: profile.cilockFields ? stringsOf(field('attestationsFrom')) : [],
    externalFrom: profile.cilockFields ? stringsOf(field('externalFrom')) : [],
    timestamps: profile.cilockFields ? readTimestamps(field('timestampConstraint')) : undefined,
  }
}

function readTimestamps(spot: Spot): TimestampConstraint | undefined {
  if (!isThere(spot)) return undefined
  const field = fieldsOf(spot, ['notBefore', 'notAfter', 'maxAge'], true)
  const notBefore = momentOf(field('notBefore'))
  const notAfter = momentOf(field('notAfter'))
  const written = stringOf(field('maxAge'))
  const maxAgeMs = written === '' ? undefined : parseDuration(written)
  if (written !== '' && (maxAgeMs === undefined || maxAgeMs <= 0))
    problemAt(field('maxAge'), `expected a duration such as 720h, got ${JSON.stringify(written)}`)
  if (notBefore === undefined && notAfter === undefined && written === '')
    problemAt(spot, 'expected notBefore, notAfter or maxAge')
  return {
    ...(notBefore !== undefined && { notBefore }),
    ...(notAfter !== undefined && { notAfter }),
    ...(maxAgeMs !== undefined && { maxAgeMs }),
  }
}

function readExternal(key: string, spot: Spot): External {
  const names = ['name', 'predicateType', 'functionaries', 'regopolicies', 'aipolicies', 'required'] as const
  const field = fieldsOf(spot, names)
  const name = stringOf(field('name'))
  if (name !== '' && name !== key)
    problemAt(
      field('name'),
      `external keyed ${JSON.stringify(key)} has mismatched name ${JSON.stringify(name)}`,
    )
  if (stringOf(field('predicateType')) === '') problemAt(field('predicateType'), 'expected a predicate type')
  return {
    path: spot.path,
    name: key,
    functionaries: readFunctionaries(field('functionaries')),
    rules: {
      path: spot.path,
      type: stringOf(field('predicateType')),
      modules: readModules(field('regopolicies')),
      aiPolicies: listOf(field('aipolicies')).length,
    },
    required: flagOf(field('required')) ?? true,
  }
}

function readRules(spot: Spot, type: 'type'): RequiredAttestation {
  const field = fieldsOf(spot, [type, 'regopolicies', 'aipolicies'])
  return {
    path: spot.path,
    type: stringOf(field(type)),
    modules: readModules(field('regopolicies')),
    aiPolicies: listOf(field('aipolicies')).length,
  }
}

function readModules(spot: Spot): readonly RegoModule[] {
  return listOf(spot).map((place) => {
    const field = fieldsOf(place, ['name', 'module'])
    const bytes = bytesOf(field('module').values.at(-1))
    if (bytes === undefined) problemAt(field('module'), 'expected Rego in base64')
    return readModule(stringOf(field('name')), bytes?.toString('utf8') ?? '')
  })
}

function readFunctionaries(spot: Spot): readonly Functionary[] {
  return listOf(spot).map((place) => {
    const field = fieldsOf(place, ['type', 'publickeyid', 'certConstraint'])
    const type = stringOf(field('type'))
    if (type !== '' && type !== 'publickey' && type !== 'root')
      warnAt(field('type'), `expected publickey or root, got ${JSON.stringify(type)}, which is passed over`)
    return {
      publicKeyId: stringOf(field('publickeyid')),
      constraint: readConstraint(field('certConstraint')),
    }
  })
}

/** A constraint that Go does not know is none: here it is a problem, always. */
function readConstraint(spot: Spot): CertificateConstraint | undefined {
  if (!isThere(spot)) return undefined
  const lists = ['dnsnames', 'emails', 'organizations', 'uris', 'roots', 'requiredpolicyoids'] as const
  const field = fieldsOf(spot, ['commonname', 'extensions', ...lists], true)
  const claims = [...new Set(claimNames.values())]
  const extension = fieldsOf(field('extensions'), claims, true)
  return {
    commonName: stringOf(field('commonname')),
    dnsNames: stringsOf(field('dnsnames')),
    emails: stringsOf(field('emails')),
    organizations: stringsOf(field('organizations')),
    uris: stringsOf(field('uris')),
    roots: stringsOf(field('roots')),
    extensions: new Map(
      claims.flatMap((name) =>
        isThere(extension(name)) ? [[name, stringOf(extension(name))] as const] : [],
      ),
    ),
    policyOids: stringsOf(field('requiredpolicyoids')),
  }
}
