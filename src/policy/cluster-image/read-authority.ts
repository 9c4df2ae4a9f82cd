import { patternProblem } from '../../verify/identity.js'
import {
  flagOf,
  has,
  listOf,
  objectOf,
  openFields,
  refuse,
  textOf,
  warn,
  within,
  type Fields,
  type Item,
  type Reading,
} from './fields.js'
import type { Authority, Identity, KeyAuthority, KeylessAuthority } from './model.js'
import { readKey, type Secrets } from './read-key.js'
import { readVerifying } from './read-verifying.js'

const fieldsOfAuthority = [
  'name',
  'key',
  'keyless',
  'static',
  'source',
  'ctlog',
  'attestations',
  'rfc3161timestamp',
  'signatureFormat',
]
const forms = ['key', 'keyless', 'static'] as const
const publicFulcio = 'https://fulcio.sigstore.dev'

/** Reads one of `spec.authorities`: exactly one of key, keyless and static. */
export function readAuthority(
  reading: Reading,
  item: Item,
  index: number,
  secrets: Secrets,
): Authority | undefined {
  const fields = openFields(reading, item, fieldsOfAuthority)
  if (fields === undefined) return undefined
  const given = forms.filter((form) => has(fields, form))
  const [form] = given
  if (form === undefined || given.length > 1) {
    const paths = forms.map((one) => within(fields.path, one)).join(', ')
    refuse(fields, undefined, {
      message: `expected exactly one of ${forms.join(', ')}, got ${given.length === 0 ? 'none' : given.join(' and ')}`,
      peerReason: `expected exactly one, got ${given.length === 0 ? 'neither' : 'both'}: ${paths}`,
    })
    return undefined
  }
  const common = { name: textOf(fields, 'name') ?? `authority-${index}`, line: item.node.line }
  switch (form) {
    case 'key':
      return readKeyed(fields, common, secrets)
    case 'keyless':
      return readKeyless(fields, common, secrets)
    case 'static':
      return readStatic(fields, common)
  }
}

type Common = Pick<Authority, 'name' | 'line'>

function readKeyed(fields: Fields, common: Common, secrets: Secrets): KeyAuthority | undefined {
  const key = readKey(fields, 'key', secrets)
  const verifying = readVerifying(fields)
  if (verifying.signatureFormat === 'bundle') {
    warn(fields, 'signatureFormat', {
      message: 'policy-controller takes bundles of keyless signers only and will refuse every image here',
      peerReason: 'when using the new bundle format, the authority must be keyless',
    })
  }
  if (key === undefined) return undefined
  const log = verifying.timestamp === undefined && verifying.ctlog !== undefined ? 'required' : 'ignored'
  return { ...common, kind: 'key', key: key.reference, hashAlgorithm: key.hashAlgorithm, ...verifying, log }
}

function readKeyless(owner: Fields, common: Common, secrets: Secrets): KeylessAuthority | undefined {
  const fields = objectOf(owner, 'keyless', [
    'url',
    'identities',
    'ca-cert',
    'trustRootRef',
    'insecureIgnoreSCT',
  ])
  if (fields === undefined) return undefined
  const url = textOf(fields, 'url')
  const caCert = readKey(fields, 'ca-cert', secrets)?.reference
  if (url !== undefined && has(fields, 'ca-cert')) {
    refuse(fields, undefined, {
      message: 'expected one of url and ca-cert, got both',
      peerReason: `expected exactly one, got both: ${within(fields.path, 'ca-cert')}, ${within(fields.path, 'url')}`,
    })
  }
  if (url !== undefined && !URL.canParse(url))
    refuse(fields, 'url', { message: `expected an address, got "${url}"` })
  const items = listOf(fields, 'identities')
  if (items.length === 0) {
    refuse(fields, undefined, {
      message: 'expected at least one identity in "identities": without one anybody could have signed',
      peerReason: `missing field(s): ${within(fields.path, 'identities')}`,
    })
  }
  const identities = items.flatMap((item) => readIdentity(fields.reading, item) ?? [])
  const trustRootRef = textOf(fields, 'trustRootRef')
  const insecureIgnoreSct = flagOf(fields, 'insecureIgnoreSCT') ?? false
  const verifying = readVerifying(owner)
  const bundled = verifying.signatureFormat === 'bundle'
  const refs = [verifying.ctlog, verifying.timestamp].filter((one) => one !== undefined)
  if (bundled && refs.some((one) => one.trustRootRef !== trustRootRef)) {
    warn(owner, 'signatureFormat', {
      message:
        'with bundles policy-controller wants one trustRootRef for keyless, ctlog and rfc3161timestamp, and will refuse every image here',
    })
  }
  const logged =
    verifying.timestamp === undefined &&
    (bundled || verifying.ctlog !== undefined || trustRootRef === undefined)
  if (!logged && verifying.timestamp === undefined) {
    warn(owner, 'keyless', {
      message:
        'with trustRootRef and no ctlog the transparency log is not looked at, so nothing proves when the certificate was used',
    })
  }
  if (identities.length === 0) return undefined
  return {
    ...common,
    kind: 'keyless',
    identities,
    ...(caCert === undefined && { url: url ?? publicFulcio }),
    ...(caCert !== undefined && { caCert }),
    ...(trustRootRef !== undefined && { trustRootRef }),
    insecureIgnoreSct,
    ...verifying,
    log: logged ? 'required' : 'ignored',
  }
}

function readIdentity(reading: Reading, item: Item): Identity | undefined {
  const fields = openFields(reading, item, ['issuer', 'issuerRegExp', 'subject', 'subjectRegExp'])
  if (fields === undefined) return undefined
  const issuer = oneForm(fields, 'issuer', 'issuerRegExp')
  const subject = oneForm(fields, 'subject', 'subjectRegExp')
  return issuer && subject && { ...issuer, ...subject }
}

/** Exactly one of a plain form and a regular expression (RE2). */
function oneForm(
  fields: Fields,
  plain: 'issuer' | 'subject',
  pattern: 'issuerRegExp' | 'subjectRegExp',
): Identity | undefined {
  const text = textOf(fields, plain)
  const expression = textOf(fields, pattern)
  const paths = `${within(fields.path, plain)}, ${within(fields.path, pattern)}`
  if (text !== undefined && expression !== undefined) {
    refuse(fields, pattern, {
      message: `expected one of ${plain} and ${pattern}, got both`,
      peerReason: `expected exactly one, got both: ${paths}`,
    })
    return undefined
  }
  if (text !== undefined) {
    if (text.includes('*')) {
      warn(fields, plain, {
        message: `compared letter by letter: the * in "${text}" is no wildcard; use ${pattern}`,
      })
    }
    return { [plain]: text }
  }
  if (expression === undefined) {
    refuse(fields, undefined, {
      message: `expected ${plain} or ${pattern}, got none`,
      peerReason: `missing field(s): ${paths}`,
    })
    return undefined
  }
  const wrong = patternProblem(expression)
  if (wrong !== undefined) {
    refuse(fields, pattern, {
      message: `expected a regular expression (RE2), got "${expression}": ${wrong}`,
      peerReason: `invalid value: ${expression}: ${within(fields.path, pattern)}`,
    })
    return undefined
  }
  if (!expression.startsWith('^') || !expression.endsWith('$')) {
    warn(fields, pattern, {
      message: `not anchored: "${expression}" may match any part of the ${plain}; write ^…$`,
    })
  }
  return { [pattern]: expression }
}

const excluded = ['attestations', 'source', 'ctlog', 'rfc3161timestamp'] as const

function readStatic(owner: Fields, common: Common): Authority | undefined {
  const fields = objectOf(owner, 'static', ['action', 'message'])
  if (fields === undefined) return undefined
  for (const name of excluded) {
    const isList = name === 'attestations' || name === 'source'
    if (isList ? listOf(owner, name).length === 0 : !has(owner, name)) continue
    refuse(owner, name, {
      message: `a static authority verifies nothing: "${name}" has no meaning here`,
      peerReason: `expected exactly one, got both: ${within(owner.path, name)}, ${within(owner.path, 'static')}`,
    })
  }
  const said = textOf(fields, 'action')
  const message = textOf(fields, 'message')
  if (said === undefined) {
    refuse(fields, undefined, {
      message: 'expected pass or fail in "action"',
      peerReason: `missing field(s): ${within(fields.path, 'action')}`,
    })
    return undefined
  }
  if (said !== 'pass' && said !== 'fail') {
    refuse(fields, 'action', {
      message: `expected pass or fail, got "${said}"`,
      peerReason: `invalid value: ${said}: ${within(fields.path, 'action')}`,
    })
    return undefined
  }
  return { ...common, kind: 'static', action: said, ...(message !== undefined && { message }) }
}
