import { flagOf, has, lineOf, objectOf, refuse, textOf, warn, within, type Fields } from './fields.js'
import type { EvaluatedPolicy, PolicySource, TopPolicy } from './model.js'

const fieldsOfPolicy = [
  'type',
  'data',
  'remote',
  'configMapRef',
  'fetchConfigFile',
  'includeSpec',
  'includeObjectMeta',
  'includeTypeMeta',
]
const includes = ['fetchConfigFile', 'includeSpec', 'includeObjectMeta', 'includeTypeMeta'] as const

/** Reads the policy of an attestation. What is included of the resource can be asked for at the top only. */
export function readAttestationPolicy(owner: Fields): EvaluatedPolicy | undefined {
  const fields = objectOf(owner, 'policy', fieldsOfPolicy)
  if (fields === undefined) return undefined
  for (const name of includes) {
    if (!has(fields, name)) continue
    refuse(fields, name, {
      message: `"${name}" belongs to the policy of the whole ClusterImagePolicy (spec.policy)`,
      peerReason: `must not set the field(s): ${within(fields.path, name)}`,
    })
  }
  return readEvaluated(fields, lineOf(owner, 'policy'))
}

/** Reads `spec.policy`. */
export function readTopPolicy(spec: Fields): TopPolicy | undefined {
  const fields = objectOf(spec, 'policy', fieldsOfPolicy)
  if (fields === undefined) return undefined
  const flags = {
    fetchConfigFile: flagOf(fields, 'fetchConfigFile') ?? false,
    includeSpec: flagOf(fields, 'includeSpec') ?? false,
    includeObjectMeta: flagOf(fields, 'includeObjectMeta') ?? false,
    includeTypeMeta: flagOf(fields, 'includeTypeMeta') ?? false,
  }
  const policy = readEvaluated(fields, lineOf(spec, 'policy'))
  return policy && { ...policy, ...flags }
}

function readEvaluated(fields: Fields, line: number): EvaluatedPolicy | undefined {
  const said = textOf(fields, 'type')
  const type = said === 'cue' || said === 'rego' ? said : undefined
  if (type === undefined) {
    refuse(fields, 'type', {
      message: `expected cue or rego, got ${said === undefined ? 'none' : `"${said}"`}`,
      peerReason: `invalid value: ${said ?? ''}: ${within(fields.path, 'type')}`,
    })
  }
  const source = readSource(fields)
  return type && source && { type, source, line }
}

function readSource(fields: Fields): PolicySource | undefined {
  const text = textOf(fields, 'data')
  const given = [text !== undefined, has(fields, 'remote'), has(fields, 'configMapRef')].filter(
    Boolean,
  ).length
  const paths = ['configMapRef', 'data', 'remote'].map((one) => within(fields.path, one)).join(', ')
  if (given !== 1) {
    refuse(fields, undefined, {
      message: `expected exactly one of data, remote and configMapRef, got ${given === 0 ? 'none' : String(given)}`,
      peerReason: given === 0 ? `missing field(s): ${paths}` : `expected exactly one, got both: ${paths}`,
    })
  }
  if (text !== undefined) return { kind: 'data', text }
  return has(fields, 'remote') ? readRemote(fields) : readConfigMap(fields)
}

const sha256 = /^[0-9a-fA-F]{64}$/

function readRemote(owner: Fields): PolicySource | undefined {
  const fields = objectOf(owner, 'remote', ['url', 'sha256sum'])
  if (fields === undefined) return undefined
  const url = textOf(fields, 'url')
  const sum = textOf(fields, 'sha256sum')
  const good = url !== undefined && isHttps(url)
  if (!good) {
    refuse(fields, 'url', {
      message: `expected an address that starts with https:// and names a host, got ${url === undefined ? 'none' : `"${url}"`}`,
      peerReason: `invalid value: ${url ?? ''}: ${within(fields.path, 'url')}`,
    })
  }
  if (sum === undefined) {
    refuse(fields, undefined, {
      message: 'expected the SHA-256 of the policy in "sha256sum"',
      peerReason: `missing field(s): ${within(fields.path, 'sha256sum')}`,
    })
  } else if (!sha256.test(sum)) {
    refuse(fields, 'sha256sum', {
      message: `expected 64 hex digits, got "${sum}"; nothing has such a SHA-256`,
    })
  }
  return good && sum !== undefined ? { kind: 'remote', url, sha256: sum.toLowerCase() } : undefined
}

export function isHttps(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : undefined
  return url?.protocol === 'https:' && url.hostname !== ''
}

function readConfigMap(owner: Fields): PolicySource | undefined {
  const fields = objectOf(owner, 'configMapRef', ['name', 'namespace', 'key'])
  if (fields === undefined) return undefined
  const name = textOf(fields, 'name')
  const namespace = textOf(fields, 'namespace')
  const key = textOf(fields, 'key')
  for (const [field, value] of [
    ['name', name],
    ['key', key],
  ] as const) {
    if (value !== undefined) continue
    refuse(fields, undefined, {
      message: `expected the ${field} in "${field}"`,
      peerReason: `missing field(s): ${within(fields.path, field)}`,
    })
  }
  if (name === undefined || key === undefined) return undefined
  warn(owner, 'configMapRef', {
    message: `the policy is in a ConfigMap of the cluster (${name}, key ${key}) and cannot be read here; policy-tester takes it for passed`,
  })
  return { kind: 'configMap', name, key, ...(namespace !== undefined && { namespace }) }
}
