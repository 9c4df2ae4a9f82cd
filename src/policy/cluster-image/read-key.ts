import { readPem } from '../../keys/pem.js'
import { has, objectOf, refuse, textOf, warn, within, type Fields } from './fields.js'
import type { HashAlgorithm, KeyReference } from './model.js'

/** Secrets of the policy files by name: the one value that each holds, or what is wrong with it. */
export type Secrets = ReadonlyMap<string, { readonly pem: string } | { readonly problem: string }>

/** Where policy-controller runs and its Secrets are, unless it was told otherwise. */
export const controllerNamespace = 'cosign-system'

const fieldsOfKey = ['secretRef', 'data', 'kms', 'hashAlgorithm']
const schemes = ['awskms://', 'azurekms://', 'hashivault://', 'gcpkms://']
const algorithms = ['sha224', 'sha256', 'sha384', 'sha512'] as const

export interface ReadKey {
  readonly reference: KeyReference
  readonly hashAlgorithm: HashAlgorithm
}

/** Reads `key` or `ca-cert`: exactly one of data, kms and secretRef. */
export function readKey(owner: Fields, name: 'key' | 'ca-cert', secrets: Secrets): ReadKey | undefined {
  const fields = objectOf(owner, name, fieldsOfKey)
  if (fields === undefined) return undefined
  const pem = textOf(fields, 'data')
  const kms = textOf(fields, 'kms')
  const forms = [pem !== undefined, kms !== undefined, has(fields, 'secretRef')].filter(Boolean).length
  const paths = ['data', 'kms', 'secretref'].map((one) => within(fields.path, one)).join(', ')
  if (forms !== 1) {
    const got = forms === 0 ? 'neither' : 'both'
    refuse(fields, undefined, {
      message: `expected exactly one of data, kms and secretRef, got ${forms === 0 ? 'none' : String(forms)}`,
      peerReason: `expected exactly one, got ${got}: ${paths}`,
    })
  }
  const hashAlgorithm = readHashAlgorithm(fields)
  const reference =
    pem !== undefined
      ? readData(fields, pem, name)
      : kms !== undefined
        ? readKms(fields, kms)
        : readSecretReference(fields, secrets)
  return reference && { reference, hashAlgorithm }
}

function readHashAlgorithm(fields: Fields): HashAlgorithm {
  const said = textOf(fields, 'hashAlgorithm')
  const found = algorithms.find((one) => one === said?.trim().toLowerCase())
  if (said !== undefined && found === undefined) {
    refuse(fields, 'hashAlgorithm', {
      message: `expected one of ${algorithms.join(', ')}, got "${said}"`,
      peerReason: `invalid value: ${said}: ${within(fields.path, 'hashAlgorithm')}`,
    })
  }
  return found ?? 'sha256'
}

const endOfBlock = '-----END '

function readData(fields: Fields, pem: string, name: 'key' | 'ca-cert'): KeyReference {
  // policy-controller reads `ca-cert` as a public key, so that no certificate is accepted there; ours are certificates.
  if (name === 'ca-cert') {
    if (!pem.includes('-----BEGIN CERTIFICATE-----')) {
      refuse(fields, 'data', { message: 'expected certificates in PEM, got none' })
    } else {
      warn(fields, 'data', {
        message:
          'policy-controller up to 0.15 refuses certificates here; give them in a TrustRoot to be enforced',
      })
    }
    return { kind: 'data', pem }
  }
  const outcome = readPem(pem)
  if (outcome.kind !== 'key') {
    refuse(fields, 'data', {
      message:
        outcome.kind === 'refused'
          ? outcome.reason
          : 'expected a public key in PEM, got an encrypted private key',
      peerReason: `invalid value: ${pem}: ${within(fields.path, 'data')}`,
    })
  } else if (pem.indexOf(endOfBlock) !== pem.lastIndexOf(endOfBlock)) {
    warn(fields, 'data', { message: 'only the first PEM block is read; the others are never tried' })
  }
  return { kind: 'data', pem }
}

function readKms(fields: Fields, reference: string): KeyReference {
  if (!schemes.some((scheme) => reference.startsWith(scheme))) {
    refuse(fields, 'kms', {
      message: `expected a reference that starts with one of ${schemes.join(', ')}, got "${reference}"`,
      peerReason: `invalid value: ${reference}: ${within(fields.path, 'kms')}`,
    })
  } else if (reference.startsWith('awskms://')) {
    const wrong = problemOfAws(reference)
    if (wrong !== undefined) {
      refuse(fields, 'kms', {
        message: wrong,
        peerReason: `invalid value: ${reference}: ${within(fields.path, 'kms')}`,
      })
    }
  }
  return { kind: 'kms', reference }
}

const arn =
  /^arn:aws(?:-us-gov|-cn)?:kms:[a-z0-9-]+:\d{12}:(?:key\/(?:mrk-)?[A-Fa-f0-9]{8}-?(?:[A-Fa-f0-9]{4}-?){3}[A-Fa-f0-9]{12}|alias\/.+)$/

/** policy-controller takes key and alias ARNs only, behind an endpoint or a third slash. */
function problemOfAws(reference: string): string | undefined {
  const rest = reference.slice('awskms://'.length)
  const slash = rest.indexOf('/')
  const expected = 'expected awskms://[ENDPOINT]/ARN, the ARN of a key or an alias'
  if (slash < 0 || /^(?:arn|alias)/.test(rest)) return `${expected}, got "${reference}"`
  const endpoint = rest.slice(0, slash)
  if (endpoint !== '' && !/^[^:]+:\d+$/.test(endpoint))
    return `${expected}, got the endpoint "${endpoint}" without a port`
  return arn.test(rest.slice(slash + 1)) ? undefined : `${expected}, got "${rest.slice(slash + 1)}"`
}

function readSecretReference(fields: Fields, secrets: Secrets): KeyReference | undefined {
  const reference = objectOf(fields, 'secretRef', ['name', 'namespace'])
  if (reference === undefined) return undefined
  const name = textOf(reference, 'name')
  const namespace = textOf(reference, 'namespace') ?? controllerNamespace
  if (name === undefined) {
    refuse(reference, undefined, { message: 'expected the name of a Secret' })
    return undefined
  }
  if (namespace !== controllerNamespace) {
    refuse(reference, 'namespace', {
      message: `expected ${controllerNamespace}, where policy-controller reads Secrets, got "${namespace}"`,
      peerReason: `invalid value: ${namespace}: ${within(fields.path, 'secretref.namespace')}`,
    })
  }
  const secret = secrets.get(name)
  if (secret && 'problem' in secret) refuse(reference, 'name', { message: secret.problem })
  return { kind: 'secret', name, namespace, ...(secret && 'pem' in secret && { pem: secret.pem }) }
}
