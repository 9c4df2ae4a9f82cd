import { readObject, field } from '../../evidence/json.js'
import { bytesOf } from './bytes.js'
import { has, objectOf, openResource, refuse, textOf, within, type Fields, type Reading } from './fields.js'
import { readMetadata } from './read-metadata.js'
import { readSigstoreKeys } from './read-sigstore-keys.js'
import type { TargetNames, TrustRoot, TrustSource } from './trust-root.js'
import type { Located } from '../located.js'

const forms = ['remote', 'repository', 'sigstoreKeys'] as const

/** Reads a TrustRoot: exactly one of remote, repository and sigstoreKeys. */
export function readTrustRoot(reading: Reading, node: Located): TrustRoot | undefined {
  const before = reading.problems.length
  const document = openResource(reading, node)
  if (document === undefined) return undefined
  const metadata = readMetadata(document)
  const spec = objectOf(document, 'spec', forms)
  const given = spec === undefined ? [] : forms.filter((form) => has(spec, form))
  const [form] = given
  if (spec === undefined || form === undefined || given.length > 1) {
    const paths = ['remote', 'repository', 'sigstoreKeys'].map((one) => `spec.${one}`).join(', ')
    refuse(spec ?? document, undefined, {
      message: `expected exactly one of ${forms.join(', ')}, got ${given.length === 0 ? 'none' : given.join(' and ')}`,
      peerReason: `expected exactly one, got ${given.length === 0 ? 'neither' : 'both'}: ${paths}`,
    })
    return undefined
  }
  const source = readSource(spec, form)
  if (metadata === undefined || source === undefined || reading.problems.length > before) return undefined
  return { kind: 'TrustRoot', name: metadata.name, file: reading.file, line: node.line, source }
}

function readSource(spec: Fields, form: (typeof forms)[number]): TrustSource | undefined {
  switch (form) {
    case 'remote':
      return readRemote(spec)
    case 'repository':
      return readRepository(spec)
    case 'sigstoreKeys': {
      const keys = readSigstoreKeys(spec)
      return keys && { kind: 'sigstoreKeys', keys }
    }
  }
}

function readRemote(spec: Fields): TrustSource | undefined {
  const fields = objectOf(spec, 'remote', ['root', 'mirror', 'targets', 'trustedRootTarget'])
  if (fields === undefined) return undefined
  const mirror = textOf(fields, 'mirror')
  if (mirror === undefined) missing(fields, 'mirror', 'the address of the TUF repository')
  else if (!URL.canParse(mirror))
    refuse(fields, 'mirror', { message: `expected an address, got "${mirror}"` })
  const root = readRoot(fields)
  const targets = readTargets(fields)
  return mirror === undefined ? undefined : root && targets && { kind: 'remote', mirror, root, targets }
}

function readRepository(spec: Fields): TrustSource | undefined {
  const fields = objectOf(spec, 'repository', ['root', 'mirrorFS', 'targets', 'trustedRootTarget'])
  if (fields === undefined) return undefined
  const root = readRoot(fields)
  const mirrorFs = bytesOf(fields, 'mirrorFS')
  if (!has(fields, 'mirrorFS')) missing(fields, 'mirrorFS', 'a TUF repository as tar, gzip and base64')
  else if (mirrorFs && !(mirrorFs[0] === 0x1f && mirrorFs[1] === 0x8b)) {
    refuse(fields, 'mirrorFS', { message: 'expected gzip of a tar in base64, got other bytes' })
  }
  const targets = readTargets(fields)
  return root && mirrorFs && targets && { kind: 'repository', root, mirrorFs, targets }
}

const plainName = /^[A-Za-z0-9._-]+(?:\/[A-Za-z0-9._-]+)*$/

function readTargets(fields: Fields): TargetNames | undefined {
  const folder = textOf(fields, 'targets') ?? 'targets'
  const trustedRoot = textOf(fields, 'trustedRootTarget') ?? 'trusted_root.json'
  for (const [name, value] of [
    ['targets', folder],
    ['trustedRootTarget', trustedRoot],
  ] as const) {
    const isPlain = plainName.test(value) && !value.split('/').some((part) => part === '.' || part === '..')
    if (isPlain) continue
    refuse(fields, name, { message: `expected a plain name or path, got "${value}"` })
    return undefined
  }
  return { folder, trustedRoot }
}

function readRoot(fields: Fields): Uint8Array | undefined {
  if (!has(fields, 'root')) {
    missing(fields, 'root', 'the root.json to start from, in base64')
    return undefined
  }
  const bytes = bytesOf(fields, 'root')
  if (bytes === undefined) return undefined
  const root = readObject(bytes)
  if (root !== undefined && field(root, 'signatures') !== undefined) return bytes
  refuse(fields, 'root', {
    message:
      root === undefined
        ? 'expected a root.json in base64, got other bytes'
        : 'expected a root.json with signatures, got none',
    peerReason: `invalid value: ${root === undefined ? 'failed to unmarshal' : 'missing signatures in root.json'}: ${within(fields.path, 'root')}`,
  })
  return undefined
}

function missing(fields: Fields, name: string, what: string): void {
  refuse(fields, undefined, {
    message: `expected ${what} in "${name}"`,
    peerReason: `missing field(s): ${within(fields.path, name)}`,
  })
}
