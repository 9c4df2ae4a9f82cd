import { readPem } from '../../keys/pem.js'
import { patternProblem } from '../../verify/identity.js'
import {
  flagOf,
  has,
  lineOf,
  listOf,
  objectOf,
  openFields,
  refuse,
  textMapOf,
  textOf,
  warn,
  within,
  type Fields,
} from '../cluster-image/fields.js'
import type { HashAlgorithm, Identity } from '../cluster-image/model.js'
import type { Attestation, Attestor, CosignAttestor, Text } from './model.js'

type By = CosignAttestor['by']

export function readAttestors(spec: Fields): readonly Attestor[] {
  return listOf(spec, 'attestors').flatMap((item): readonly Attestor[] => {
    const fields = openFields(spec.reading, item, ['name', 'cosign', 'notary'])
    if (fields === undefined) return []
    const name = textOf(fields, 'name')
    if (name === undefined)
      refuse(fields, undefined, { message: 'expected the name of the attestor in "name"' })
    if (has(fields, 'cosign') === has(fields, 'notary')) {
      const got = has(fields, 'cosign') ? 'both' : 'none'
      refuse(fields, undefined, { message: `expected exactly one of cosign and notary, got ${got}` })
      return []
    }
    const line = item.node.line
    if (has(fields, 'cosign')) {
      const cosign = readCosign(fields)
      return name !== undefined && cosign ? [{ kind: 'cosign', name, line, cosign }] : []
    }
    const notary = objectOf(fields, 'notary', ['certs', 'tsaCerts'])
    if (name === undefined || notary === undefined) return []
    const certs = readText(notary, 'certs')
    const tsaCerts = readText(notary, 'tsaCerts')
    return [{ kind: 'notary', name, line, ...(certs && { certs }), ...(tsaCerts && { tsaCerts }) }]
  })
}

const fieldsOfCosign = [
  'key',
  'keyless',
  'certificate',
  'source',
  'ctlog',
  'tuf',
  'trustedRoot',
  'annotations',
]

function readCosign(owner: Fields): CosignAttestor | undefined {
  const fields = objectOf(owner, 'cosign', fieldsOfCosign)
  if (fields === undefined) return undefined
  const given = ['key', 'keyless', 'certificate'].filter((name) => has(fields, name))
  if (given.length !== 1) {
    refuse(fields, undefined, {
      message: `expected exactly one of key, keyless and certificate, got ${given.length === 0 ? 'none' : given.join(' and ')}`,
    })
    return undefined
  }
  const by = readKey(fields) ?? readKeyless(fields) ?? readCertificate(fields)
  const ctlog = objectOf(fields, 'ctlog', [
    'url',
    'rekorPubKey',
    'ctLogPubKey',
    'tsaCertChain',
    'insecureIgnoreTlog',
    'insecureIgnoreSCT',
  ])
  const source = readSource(fields)
  const tuf = readTuf(fields)
  const trustedRoot = readText(fields, 'trustedRoot')
  return (
    by && {
      by,
      ctlog: {
        ...optional(ctlog, ['url', 'rekorPubKey', 'ctLogPubKey', 'tsaCertChain']),
        insecureIgnoreTlog: (ctlog && flagOf(ctlog, 'insecureIgnoreTlog')) ?? false,
        insecureIgnoreSct: (ctlog && flagOf(ctlog, 'insecureIgnoreSCT')) ?? false,
      },
      ...(source && { source }),
      ...(tuf && { tuf }),
      ...(trustedRoot && { trustedRoot }),
      annotations: textMapOf(fields, 'annotations'),
    }
  )
}

function optional<Name extends string>(
  fields: Fields | undefined,
  names: readonly Name[],
): Partial<Record<Name, string>> {
  const texts: Partial<Record<Name, string>> = {}
  for (const name of names) {
    const text = fields && textOf(fields, name)
    if (text !== undefined) texts[name] = text
  }
  return texts
}

const algorithms = ['sha224', 'sha256', 'sha384', 'sha512'] as const

function readKey(owner: Fields): By | undefined {
  const fields = objectOf(owner, 'key', ['data', 'kms', 'expression', 'hashAlgorithm'])
  if (fields === undefined) return undefined
  const said = textOf(fields, 'hashAlgorithm')
  const found = algorithms.find((one) => one === said)
  if (said !== undefined && found === undefined) {
    refuse(fields, 'hashAlgorithm', { message: `expected one of ${algorithms.join(', ')}, got "${said}"` })
  }
  const hashAlgorithm: HashAlgorithm = found ?? 'sha256'
  const given = ['data', 'kms', 'expression'].filter((name) => textOf(fields, name) !== undefined)
  if (given.length !== 1) {
    refuse(fields, undefined, {
      message: `expected exactly one of data, kms and expression, got ${given.length === 0 ? 'none' : given.join(' and ')}`,
    })
    return undefined
  }
  const reference = textOf(fields, 'kms')
  if (reference !== undefined) return { kind: 'kms', reference, hashAlgorithm }
  const expression = textOf(fields, 'expression')
  if (expression !== undefined)
    return { kind: 'key', key: placed(fields, 'expression', expression), hashAlgorithm }
  const text = textOf(fields, 'data') ?? ''
  const outcome = readPem(text)
  if (outcome.kind !== 'key') {
    const reason =
      outcome.kind === 'refused' ? outcome.reason : 'expected a public key, got an encrypted private key'
    refuse(fields, 'data', { message: reason })
  }
  return { kind: 'key', key: { kind: 'text', text }, hashAlgorithm }
}

function readKeyless(owner: Fields): By | undefined {
  const fields = objectOf(owner, 'keyless', ['identities', 'roots', 'additionalExtensions'])
  if (fields === undefined) return undefined
  const names = ['issuer', 'subject', 'issuerRegExp', 'subjectRegExp'] as const
  const identities = listOf(fields, 'identities').flatMap((item) => {
    const identity = openFields(owner.reading, item, [...names, 'subjectExpression'])
    if (identity === undefined) return []
    if (has(identity, 'subjectExpression')) {
      refuse(identity, 'subjectExpression', { message: 'subjectExpression is not supported here' })
    }
    const read: Identity = optional(identity, names)
    for (const name of ['issuerRegExp', 'subjectRegExp'] as const) {
      const wrong = read[name] === undefined ? undefined : patternProblem(read[name])
      if (wrong !== undefined)
        refuse(identity, name, { message: `expected a regular expression (RE2): ${wrong}` })
    }
    for (const name of ['issuer', 'subject'] as const) {
      if (read[name]?.includes('*') === true) {
        warn(identity, name, {
          message: `compared letter by letter: the * in "${read[name]}" is no wildcard`,
        })
      }
    }
    return [read]
  })
  if (identities.length === 0)
    warn(fields, undefined, { message: 'no identities: whoever has a certificate counts' })
  const roots = textOf(fields, 'roots')
  return {
    kind: 'keyless',
    identities,
    additionalExtensions: textMapOf(fields, 'additionalExtensions'),
    ...(roots !== undefined && { roots }),
  }
}

function readCertificate(owner: Fields): By | undefined {
  const fields = objectOf(owner, 'certificate', ['cert', 'certChain'])
  if (fields === undefined) return undefined
  const cert = readText(fields, 'cert')
  const certChain = readText(fields, 'certChain')
  if (cert === undefined && certChain === undefined) {
    refuse(fields, undefined, { message: 'expected cert, certChain or both, got none' })
    return undefined
  }
  return { kind: 'certificate', ...(cert && { cert }), ...(certChain && { certChain }) }
}

function readSource(owner: Fields): CosignAttestor['source'] {
  const fields = objectOf(owner, 'source', ['repository', 'PullSecrets', 'tagPrefix'])
  if (fields === undefined) return undefined
  const pullSecrets = listOf(fields, 'PullSecrets').flatMap((item) => {
    const secret = openFields(owner.reading, item, ['name'])
    return (secret && textOf(secret, 'name')) ?? []
  })
  return { ...optional(fields, ['repository', 'tagPrefix']), pullSecrets }
}

function readTuf(owner: Fields): CosignAttestor['tuf'] {
  const fields = objectOf(owner, 'tuf', ['root', 'mirror'])
  const root = fields && objectOf(fields, 'root', ['path', 'data'])
  return fields && { ...optional(root, ['path', 'data']), ...optional(fields, ['mirror']) }
}

/** A field that holds a value or an expression for one. */
function readText(owner: Fields, name: string): Text | undefined {
  const fields = objectOf(owner, name, ['value', 'expression'])
  if (fields === undefined) return undefined
  const text = textOf(fields, 'value')
  const expression = textOf(fields, 'expression')
  if ((text === undefined) === (expression === undefined)) {
    refuse(fields, undefined, {
      message: `expected exactly one of value and expression, got ${text === undefined ? 'none' : 'both'}`,
    })
    return undefined
  }
  return text === undefined ? placed(fields, 'expression', expression ?? '') : { kind: 'text', text }
}

function placed(fields: Fields, name: string, expression: string): Text {
  return { kind: 'expression', expression, field: within(fields.path, name), line: lineOf(fields, name) }
}

export function readAttestations(spec: Fields): readonly Attestation[] {
  return listOf(spec, 'attestations').flatMap((item) => {
    const fields = openFields(spec.reading, item, ['name', 'intoto', 'referrer'])
    if (fields === undefined) return []
    const name = textOf(fields, 'name')
    const given = (['intoto', 'referrer'] as const).filter((one) => has(fields, one))
    const [kind] = given
    const inner = kind && objectOf(fields, kind, ['type'])
    const type = inner && textOf(inner, 'type')
    if (name === undefined)
      refuse(fields, undefined, { message: 'expected the name of the attestation in "name"' })
    if (kind === undefined || given.length > 1) {
      refuse(fields, undefined, {
        message: `expected exactly one of intoto and referrer, got ${given.length === 0 ? 'none' : 'both'}`,
      })
      return []
    }
    if (inner !== undefined && type === undefined)
      refuse(inner, undefined, { message: 'expected the type in "type"' })
    return name === undefined || type === undefined ? [] : [{ name, kind, type }]
  })
}
