/** The files of a TUF repository by path, without the folder `repository/` that it is packed in. */
export type MirrorFiles = ReadonlyMap<string, Uint8Array>

/** Opens gzip, with at most so many bytes coming out; undefined when it cannot. An argument, as this room has no zlib. */
export type Gunzip = (bytes: Uint8Array, mostBytes: number) => Uint8Array | undefined

const mostBytes = 32 * 1024 * 1024
const mostFiles = 1000
const block = 512

/**
 * Reads the TUF repository of a TrustRoot (`mirrorFS`): a tar (POSIX.1-1988, ustar) in gzip. Nothing is written
 * anywhere; the names are keys of a map. Only files count, and no name may lead out of the folder.
 *
 * @returns a text that says what is wrong
 */
export function readMirror(mirrorFs: Uint8Array, gunzip: Gunzip): MirrorFiles | string {
  const tar = gunzip(mirrorFs, mostBytes)
  if (tar === undefined) return `expected gzip of at most ${mostBytes} bytes`
  const files = new Map<string, Uint8Array>()
  for (let at = 0; at + block <= tar.length;) {
    const header = tar.subarray(at, at + block)
    if (header.every((byte) => byte === 0)) return files
    const size = parseInt(text(header, 124, 12).trim() || '0', 8)
    if (!Number.isSafeInteger(size) || size < 0 || at + block + size > tar.length) {
      return `expected a tar, got an entry of ${text(header, 124, 12)} bytes that ends behind it`
    }
    if (!isHeader(header)) return 'expected a tar, got a header whose sum is wrong'
    const body = tar.subarray(at + block, at + block + size)
    at += block + Math.ceil(size / block) * block
    const kind = text(header, 156, 1)
    if (kind !== '' && kind !== '0') continue
    const prefix = text(header, 345, 155)
    const path = (prefix === '' ? text(header, 0, 100) : `${prefix}/${text(header, 0, 100)}`).replace(
      /^\.?\//,
      '',
    )
    if (path.split('/').some((part) => part === '..' || part === ''))
      return `an illegal name is in it: "${path}"`
    if (files.size >= mostFiles) return `more than ${mostFiles} files are in it`
    files.set(path.replace(/^repository\//, ''), body)
  }
  return files
}

/** A text field ends at its first zero byte. */
function text(header: Uint8Array, start: number, length: number): string {
  const bytes = Buffer.from(header.subarray(start, start + length))
  const zero = bytes.indexOf(0)
  return bytes.toString('utf8', 0, zero < 0 ? length : zero)
}

/** The sum of all bytes of a header, its own field taken as blanks. */
function isHeader(header: Uint8Array): boolean {
  const sum = header.reduce((total, byte, index) => total + (index >= 148 && index < 156 ? 32 : byte), 0)
  return parseInt(text(header, 148, 8).trim(), 8) === sum
}
