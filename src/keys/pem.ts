import { decodeBase64 } from '../evidence/s3lo-record.js'
import {
  publicKeyFromPkcs1,
  publicKeyFromSpki,
  type KeyOutcome,
  type PublicKey,
} from '../verify/public-key.js'

/** `encrypted` carries the body of a cosign.key, to be opened with its password. */
export type PemOutcome =
  | { kind: 'key'; key: PublicKey }
  | { kind: 'encrypted'; body: Uint8Array }
  | { kind: 'refused'; reason: string }

interface Block {
  readonly type: string
  readonly body: Uint8Array
}

const begin = '-----BEGIN '
const end = '\n-----END '
const dashes = '-----'

const expected = 'expected a PEM block PUBLIC KEY, RSA PUBLIC KEY or ENCRYPTED SIGSTORE PRIVATE KEY'

/**
 * Reads the first PEM block of a key file; what follows it is not looked at. The text must still have its byte
 * order mark if the file has one (a TextDecoder drops it unless told otherwise): s3lo and cosign refuse such files.
 */
export function readPem(text: string): PemOutcome {
  const block = findBlock(text)
  if (block === undefined) return refused(`${expected}, got ${describeOther(text)}`)
  switch (block.type) {
    case 'PUBLIC KEY':
      return namePem(block.type, publicKeyFromSpki(block.body))
    case 'RSA PUBLIC KEY':
      return namePem(block.type, publicKeyFromPkcs1(block.body))
    case 'ENCRYPTED SIGSTORE PRIVATE KEY':
    case 'ENCRYPTED COSIGN PRIVATE KEY':
      return { kind: 'encrypted', body: block.body }
    case 'CERTIFICATE':
      return refused(`${expected}, got a CERTIFICATE: extract its key with openssl x509 -pubkey -noout`)
    case 'PRIVATE KEY':
    case 'EC PRIVATE KEY':
    case 'RSA PRIVATE KEY':
    case 'ENCRYPTED PRIVATE KEY':
    case 'OPENSSH PRIVATE KEY':
      return refused(
        `${expected}, got a ${block.type}: a check needs the public half only, extract it with openssl pkey -pubout`,
      )
    default:
      return refused(`${expected}, got a PEM block ${block.type}`)
  }
}

function refused(reason: string): PemOutcome {
  return { kind: 'refused', reason }
}

function namePem(type: string, outcome: KeyOutcome): PemOutcome {
  return outcome.kind === 'key' ? outcome : refused(`PEM block ${type}: ${outcome.reason}`)
}

/** What lies there instead, told by its looks only: the text may be a secret and is never quoted. */
function describeOther(text: string): string {
  if (text.trim() === '') return 'an empty file'
  if (text.startsWith('\ufeff')) return 'text that starts with a byte order mark: remove it'
  if (text.trimStart().startsWith('{')) return 'JSON (a JWK?): export the key as PEM'
  if (/^0[\u0080-\uffff]/.test(text) || /[\0\ufffd]/.test(text)) {
    return 'binary data (DER?): convert it with openssl pkey -pubin -inform der'
  }
  if (/^[ \t]+-----BEGIN /m.test(text)) return 'an indented PEM block: its lines must start at the margin'
  if (text.includes(begin)) return 'a PEM block that is cut off, mislabeled or not in base64'
  return 'text without a PEM block'
}

/**
 * The first block that Go's pem.Decode would find: the last BEGIN before an END, both at the start of a line, with
 * labels that agree and good base64 in between; what is no such block is passed over.
 */
function findBlock(text: string): Block | undefined {
  for (let from = 0; ;) {
    const endAt = text.indexOf(end, from)
    if (endAt < 0) return undefined
    const labelAt = endAt + end.length
    const beginAt = text.slice(from, endAt).lastIndexOf(begin) + from
    const atMargin = beginAt === from || (beginAt > from && text[beginAt - 1] === '\n')
    if (atMargin) {
      const start = beginAt + begin.length
      const typeLine = readLine(text, start)
      const type = typeLine.line.slice(0, -dashes.length)
      if (typeLine.line.endsWith(dashes)) {
        const bodyAt = skipHeaders(text, typeLine.next)
        if (bodyAt === undefined || bodyAt > labelAt) return undefined
        const hasHeaders = bodyAt > typeLine.next
        const closed =
          text.startsWith(type + dashes, labelAt) &&
          readLine(text, labelAt + type.length + dashes.length).line === ''
        if (closed && !(hasHeaders && endAt < bodyAt)) {
          const body = decodeBase64(text.slice(bodyAt, Math.max(bodyAt, endAt)).replaceAll(/[ \t]/g, ''))
          if (!('illegalAt' in body)) return { type, body }
        }
      }
    }
    from = labelAt
  }
}

/** A line without its end and trailing blanks, and where the next one starts. */
function readLine(text: string, start: number): { line: string; next: number } {
  const feed = text.indexOf('\n', start)
  if (feed < 0) return { line: text.slice(start).replace(/[ \t]+$/, ''), next: text.length }
  const stop = feed > start && text[feed - 1] === '\r' ? feed - 1 : feed
  return { line: text.slice(start, stop).replace(/[ \t]+$/, ''), next: feed + 1 }
}

/** Where the lines of the form `Key: value` end; nothing when the text ends with them. */
function skipHeaders(text: string, start: number): number | undefined {
  let at = start
  while (at < text.length) {
    const { line, next } = readLine(text, at)
    if (!line.includes(':')) return at
    at = next
  }
  return undefined
}
