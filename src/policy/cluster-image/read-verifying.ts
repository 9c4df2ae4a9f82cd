import { isRegistryName, readRepository } from './image-name.js'
import { has, listOf, objectOf, openFields, refuse, textOf, warn, within, type Fields } from './fields.js'
import type { AttestationDemand, KeyAuthority, LogDemand, SignatureSource } from './model.js'
import { readAttestationPolicy } from './read-evaluated-policy.js'

type Verifying = Pick<KeyAuthority, 'attestations' | 'source' | 'ctlog' | 'timestamp' | 'signatureFormat'>

/** Reads what an authority has besides its key or its identities. */
export function readVerifying(fields: Fields): Verifying {
  const source = readSource(fields)
  const ctlog = readLog(fields)
  const timestamp = readTimestamp(fields)
  const signatureFormat = readFormat(fields)
  return {
    attestations: readAttestations(fields),
    ...(source && { source }),
    ...(ctlog && { ctlog }),
    ...(timestamp && { timestamp }),
    ...(signatureFormat && { signatureFormat }),
  }
}

function readSource(owner: Fields): SignatureSource | undefined {
  const [item, ...more] = listOf(owner, 'source')
  if (item === undefined) return undefined
  if (more.length > 0) {
    refuse(owner, 'source', {
      message: `expected one source, got ${more.length + 1}`,
      peerReason: `invalid value: source: ${within(owner.path, 'source')}`,
    })
  }
  const fields = openFields(owner.reading, item, ['oci', 'signaturePullSecrets', 'tagPrefix'])
  if (fields === undefined) return undefined
  const oci = textOf(fields, 'oci')
  const tagPrefix = textOf(fields, 'tagPrefix')
  if (oci !== undefined && !isRegistryName(oci) && typeof readRepository(oci) === 'string') {
    refuse(fields, 'oci', {
      message: `expected a registry or a repository in one, got "${oci}"`,
      peerReason: `invalid value: ${oci}: ${within(fields.path, 'oci')}`,
    })
  }
  const pullSecrets = listOf(fields, 'signaturePullSecrets').flatMap((secret) => {
    const entry = openFields(owner.reading, secret, ['name'])
    const name = entry && textOf(entry, 'name')
    if (entry && name === undefined) {
      refuse(entry, undefined, {
        message: 'expected the name of a Secret',
        peerReason: `missing field(s): ${within(secret.path, 'name')}`,
      })
    }
    return name ?? []
  })
  if (pullSecrets.length > 0) {
    warn(fields, 'signaturePullSecrets', {
      message: `the Secrets ${pullSecrets.join(', ')} are in the cluster: the credentials of this step are used instead`,
    })
  }
  return { pullSecrets, ...(oci !== undefined && { oci }), ...(tagPrefix !== undefined && { tagPrefix }) }
}

function readLog(owner: Fields): LogDemand | undefined {
  const fields = objectOf(owner, 'ctlog', ['url', 'trustRootRef'])
  if (fields === undefined) return undefined
  const url = textOf(fields, 'url')
  const trustRootRef = textOf(fields, 'trustRootRef')
  if (url !== undefined && !URL.canParse(url))
    refuse(fields, 'url', { message: `expected an address, got "${url}"` })
  if (url === undefined) {
    warn(owner, 'ctlog', {
      message:
        'without a url policy-controller loses this field when it converts between v1beta1 and v1alpha1, and does not look at the log; here a log entry is demanded',
    })
  }
  return { ...(url !== undefined && { url }), ...(trustRootRef !== undefined && { trustRootRef }) }
}

function readTimestamp(owner: Fields): { readonly trustRootRef: string } | undefined {
  const fields = objectOf(owner, 'rfc3161timestamp', ['trustRootRef'])
  if (fields === undefined) return undefined
  const trustRootRef = textOf(fields, 'trustRootRef')
  if (trustRootRef !== undefined) return { trustRootRef }
  warn(owner, 'rfc3161timestamp', {
    message: 'without a trustRootRef policy-controller asks for no timestamp',
  })
  return undefined
}

function readFormat(fields: Fields): 'legacy' | 'bundle' | undefined {
  const said = textOf(fields, 'signatureFormat')
  if (said === undefined || said === 'legacy' || said === 'bundle') return said
  // policy-controller accepts any text and then looks for the legacy format.
  refuse(fields, 'signatureFormat', { message: `expected legacy or bundle, got "${said}"` })
  return undefined
}

/** cosign's names of predicate types that policy-controller knows, and warns of. */
const shortNames = ['custom', 'slsaprovenance', 'spdx', 'spdxjson', 'cyclonedx', 'link', 'vuln']
const requestUri = /^(?:[a-zA-Z][a-zA-Z0-9+.-]*:|\/)/

function readAttestations(owner: Fields): readonly AttestationDemand[] {
  return listOf(owner, 'attestations').flatMap((item) => {
    const fields = openFields(owner.reading, item, ['name', 'predicateType', 'policy'])
    if (fields === undefined) return []
    const name = textOf(fields, 'name')
    const predicateType = textOf(fields, 'predicateType')
    for (const [field, value] of [
      ['name', name],
      ['predicateType', predicateType],
    ] as const) {
      if (value !== undefined) continue
      refuse(fields, undefined, {
        message: `expected the ${field === 'name' ? 'name' : 'predicate type'} of the attestation in "${field}"`,
        peerReason: `missing field(s): ${within(within(owner.path, 'attestations'), field)}`,
      })
    }
    if (
      predicateType !== undefined &&
      (shortNames.includes(predicateType) || !requestUri.test(predicateType))
    ) {
      warn(fields, 'predicateType', {
        message: `"${predicateType}" is a short name; policy-controller asks for the whole type`,
        peerReason: 'deprecated value, please use RFC 3986 conformant values',
      })
    }
    const policy = readAttestationPolicy(fields)
    const broken = has(fields, 'policy') && policy === undefined
    if (name === undefined || predicateType === undefined || broken) return []
    return [{ name, predicateType, line: item.node.line, ...(policy && { policy }) }]
  })
}
