import { readPem } from '../../keys/pem.js'
import { openFields, refuse, textMapOf, textOf, type Reading } from './fields.js'
import { controllerNamespace } from './read-key.js'
import { readMetadata } from './read-metadata.js'
import type { Located } from '../located.js'

export interface PolicySecret {
  readonly name: string
  readonly content: { readonly pem: string } | { readonly problem: string }
}

const base64 = /^[A-Za-z0-9+/\s]*={0,2}\s*$/

/**
 * Reads a Secret that holds a public key. policy-controller uses the only value of a Secret, whatever its name is; the
 * one in `stringData` goes before that in `data`, as in Kubernetes.
 */
export function readSecret(reading: Reading, node: Located): PolicySecret | undefined {
  const document = openFields(reading, { node, path: '' }, [
    'apiVersion',
    'kind',
    'metadata',
    'type',
    'immutable',
    'data',
    'stringData',
  ])
  const metadata = document && readMetadata(document)
  if (document === undefined || metadata === undefined) return undefined
  const namespace = textOf(metadata.fields, 'namespace')
  if (namespace !== controllerNamespace) {
    refuse(metadata.fields, 'namespace', {
      message: `expected ${controllerNamespace}, where policy-controller reads Secrets, got ${namespace ?? 'none'}`,
      peerReason: `invalid value: ${namespace ?? ''}: metadata.namespace`,
    })
    return undefined
  }
  const values = new Map<string, string>()
  for (const [key, value] of textMapOf(document, 'data')) {
    if (!base64.test(value)) refuse(document, 'data', { message: `"${key}" is not in base64` })
    values.set(key, Buffer.from(value, 'base64').toString('utf8'))
  }
  for (const [key, value] of textMapOf(document, 'stringData')) values.set(key, value)
  const [pem, ...more] = values.values()
  const content =
    pem === undefined
      ? { problem: `the Secret "${metadata.name}" holds nothing: expected one public key` }
      : more.length > 0
        ? {
            problem: `the Secret "${metadata.name}" holds ${more.length + 1} values: expected one public key`,
          }
        : readPem(pem).kind === 'key'
          ? { pem }
          : { problem: `the Secret "${metadata.name}" holds no public key in PEM` }
  return { name: metadata.name, content }
}
