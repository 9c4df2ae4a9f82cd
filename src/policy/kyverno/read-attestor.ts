import {
  exactlyOne,
  fieldsOf,
  isThere,
  type Place,
  problemAt,
  readChoice,
  readFlag,
  readList,
  readText,
  readTextMap,
  readWhole,
  required,
} from '../fields.js'
import type { Attestor, AttestorSet, CtLog, Rekor, SignatureAlgorithm } from './model.js'

export const publicRekor = 'https://rekor.sigstore.dev'
const algorithms = ['sha256', 'sha224', 'sha384', 'sha512'] as const
const deepestNesting = 10
const mostEntries = 1000

/** Reads the attestors of an entry or of an attestation. `path` is how messages call them. */
export function readAttestors(place: Place, path: string): readonly AttestorSet[] {
  return readList(place).map((set, index) => readSet(set, `${path}[${index}]`, 0))
}

function readSet(place: Place, path: string, depth: number): AttestorSet {
  const at = fieldsOf(place, ['count', 'entries'])
  const list = readList(at('entries'))
  if (list.length === 0) problemAt(place, `${place.path}: expected an entry, got none`)
  if (list.length > mostEntries)
    problemAt(
      at('entries'),
      `${at('entries').path}: expected at most ${mostEntries} entries, got ${list.length}`,
    )
  const count = readWhole(at('count'), 1, Number.MAX_SAFE_INTEGER)
  // Counted before a value with several keys becomes several entries, as Kyverno does.
  if (count !== undefined && count > list.length)
    problemAt(
      at('count'),
      `${at('count').path}: expected at most the number of entries (${list.length}), got ${count}`,
    )
  return {
    path,
    count,
    entries: list.slice(0, mostEntries).flatMap((entry, index) => {
      const read = readEntry(entry, `${path}.entries[${index}]`, depth)
      return read ? [read] : []
    }),
  }
}

function readEntry(place: Place, path: string, depth: number): Attestor | undefined {
  const at = fieldsOf(place, [
    'keys',
    'certificates',
    'keyless',
    'attestor',
    'annotations',
    'repository',
    'signatureAlgorithm',
  ])
  const one = exactlyOne(place, [at('keys'), at('certificates'), at('keyless'), at('attestor')])
  const repository = readText(at('repository'))
  const algorithm = readAlgorithm(at('signatureAlgorithm'))
  const annotations = readTextMap(at('annotations'))
  const common = { annotations, ...(repository && { repository }) }
  if (one === undefined) return undefined
  if (isThere(at('keys'))) return { ...common, path: `${path}.keys`, ...readKeys(at('keys'), algorithm) }
  const named = { ...common, signatureAlgorithm: algorithm ?? ('sha256' as const) }
  if (isThere(at('certificates')))
    return { ...named, path: `${path}.certificates`, ...readCertificates(at('certificates')) }
  if (isThere(at('keyless'))) return { ...named, path: `${path}.keyless`, ...readKeyless(at('keyless')) }
  if (depth >= deepestNesting) {
    problemAt(at('attestor'), `${at('attestor').path}: expected at most ${deepestNesting} nested attestors`)
    return undefined
  }
  const nested = `${path}.attestor`
  return { ...named, path: nested, kind: 'nested', attestor: readSet(at('attestor'), nested, depth + 1) }
}

type Own<Kind extends Attestor['kind']> = Omit<
  Extract<Attestor, { kind: Kind }>,
  'path' | 'annotations' | 'repository'
>

function readKeys(place: Place, entryAlgorithm: SignatureAlgorithm | undefined): Own<'keys'> {
  const at = fieldsOf(place, ['publicKeys', 'signatureAlgorithm', 'kms', 'secret', 'rekor', 'ctlog'])
  const publicKeys = readText(at('publicKeys'))
  const kms = readText(at('kms'))
  const of = fieldsOf(at('secret'), ['name', 'namespace'])
  const hasSecret = isThere(at('secret'))
  if (hasSecret) required(of('name'))
  if (hasSecret) required(of('namespace'))
  if (!publicKeys && !kms && !hasSecret)
    problemAt(place, `${place.path}: expected publicKeys, kms or secret, got none of them`)
  return {
    kind: 'keys',
    signatureAlgorithm: readAlgorithm(at('signatureAlgorithm')) ?? entryAlgorithm ?? 'sha256',
    ...(publicKeys && { publicKeys }),
    ...(kms && { kms }),
    ...(hasSecret && {
      secret: { name: readText(of('name')) ?? '', namespace: readText(of('namespace')) ?? '' },
    }),
    ...readLogs(at('rekor'), at('ctlog')),
  }
}

function readCertificates(place: Place): Omit<Own<'certificates'>, 'signatureAlgorithm'> {
  const at = fieldsOf(place, ['cert', 'certChain', 'rekor', 'ctlog'])
  const cert = readText(at('cert'))
  const certChain = readText(at('certChain'))
  if (!cert && !certChain) problemAt(place, `${place.path}: expected cert or certChain, got neither`)
  return {
    kind: 'certificates',
    ...(cert && { cert }),
    ...(certChain && { certChain }),
    ...readLogs(at('rekor'), at('ctlog')),
  }
}

const identity = ['issuer', 'issuerRegExp', 'subject', 'subjectRegExp', 'roots'] as const

function readKeyless(place: Place): Omit<Own<'keyless'>, 'signatureAlgorithm'> {
  const at = fieldsOf(place, [...identity, 'additionalExtensions', 'rekor', 'ctlog'])
  const texts = Object.fromEntries(
    identity.flatMap((name) => {
      const text = readText(at(name))
      return text ? [[name, text]] : []
    }),
  )
  if (!isThere(at('rekor')) && texts['roots'] === undefined)
    problemAt(place, `${place.path}: expected rekor or roots, got neither`)
  return {
    kind: 'keyless',
    ...texts,
    additionalExtensions: readTextMap(at('additionalExtensions')),
    ...readLogs(at('rekor'), at('ctlog'), 'url-needed'),
  }
}

function readAlgorithm(place: Place): SignatureAlgorithm | undefined {
  if (place.node?.kind === 'scalar' && place.node.value === '') return undefined
  return readChoice(place, algorithms)
}

function readLogs(rekor: Place, ctlog: Place, url?: 'url-needed'): { rekor?: Rekor; ctlog?: CtLog } {
  const at = fieldsOf(rekor, ['url', 'pubkey', 'ignoreTlog'])
  const address = readText(at('url'))
  if (address === '' && url) problemAt(at('url'), `${at('url').path}: expected a URL, got an empty text`)
  const pubkey = readText(at('pubkey'))
  const of = fieldsOf(ctlog, ['ignoreSCT', 'pubkey', 'tsaCertChain'])
  const ctKey = readText(of('pubkey'))
  const tsaCertChain = readText(of('tsaCertChain'))
  return {
    ...(isThere(rekor) && {
      rekor: {
        url: address === undefined || address === '' ? publicRekor : address,
        ignoreTlog: readFlag(at('ignoreTlog')) ?? false,
        ...(pubkey && { pubkey }),
      },
    }),
    ...(isThere(ctlog) && {
      ctlog: {
        ignoreSCT: readFlag(of('ignoreSCT')) ?? false,
        ...(ctKey && { pubkey: ctKey }),
        ...(tsaCertChain && { tsaCertChain }),
      },
    }),
  }
}
