/** A piece of DER: where its content begins and ends, counted from the whole. */
interface Element {
  readonly tag: number
  readonly start: number
  readonly content: number
  readonly end: number
}

/**
 * The part of a timestamp response (RFC 3161; RFC 5652, 5.1) that a byte stands in, as far as it matters which parts
 * the signature covers.
 */
export function tokenPartAt(der: Uint8Array, offset: number): string {
  const [response] = elements(der, 0, der.length)
  const [first, second] = response ? inside(der, response) : []
  // Some keep the token without the response around it: it begins with the name of its type.
  const isBare = first?.tag === 0x06
  if (first && !isBare && holds(first, offset)) return 'status'
  const token = isBare ? response : second
  const [, wrapped] = token ? inside(der, token) : []
  const [signedData] = wrapped ? inside(der, wrapped) : []
  if (signedData === undefined || offset < signedData.content) return 'wrapping'
  const [version, algorithms, info, ...others] = inside(der, signedData)
  if (version && holds(version, offset)) return 'version'
  if (algorithms && holds(algorithms, offset)) return 'list of digest algorithms'
  if (info && holds(info, offset)) return isWrapped(der, info, offset) ? 'what is stamped' : 'wrapping'
  const other = others.find((one) => holds(one, offset))
  if (other === undefined || offset < other.content) return 'wrapping'
  if (other.tag === 0xa0) return 'certificates'
  if (other.tag === 0xa1) return 'revocations'
  const [signer] = inside(der, other)
  if (signer === undefined || offset < signer.content) return 'wrapping'
  const names = ['version of the signer', 'name of the signer', 'digest algorithm of the signer']
  const fields = inside(der, signer)
  const index = fields.findIndex((one) => holds(one, offset))
  if (index < names.length) return names[index] ?? 'wrapping'
  const field = fields[index]
  if (field && offset < field.content) return 'wrapping'
  if (field?.tag === 0xa0) return 'signed attributes'
  if (field?.tag === 0xa1) return 'unsigned attributes'
  return field?.tag === 0x04 ? 'signature' : 'signature algorithm'
}

/** In the text itself, behind the name of its type and two wrappers. */
function isWrapped(der: Uint8Array, info: Element, offset: number): boolean {
  const [, outer] = inside(der, info)
  const [text] = outer ? inside(der, outer) : []
  return text !== undefined && offset >= text.content
}

function holds({ start, end }: Element, offset: number): boolean {
  return start <= offset && offset < end
}

function inside(der: Uint8Array, { content, end }: Element): readonly Element[] {
  return elements(der, content, end)
}

function elements(der: Uint8Array, from: number, to: number): readonly Element[] {
  const found: Element[] = []
  for (let at = from; at + 2 <= to;) {
    const short = der[at + 1] ?? 0
    const count = short & 0x80 ? short & 0x7f : 0
    const length = count === 0 ? short : Buffer.from(der).readUIntBE(at + 2, count)
    const content = at + 2 + count
    found.push({ tag: der[at] ?? 0, start: at, content, end: content + length })
    at = content + length
  }
  return found
}
