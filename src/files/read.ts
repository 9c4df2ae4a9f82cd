import { constants } from 'node:fs'
import { open } from 'node:fs/promises'
import { describe } from '../network/fault.js'
import { absent, failed, found, type Lookup } from '../network/lookup.js'
import type { Sink } from '../network/sink.js'
import type { Service } from '../verdict/codes.js'

/** Windows has no such flag, and no pipes among its files either. */
const nonBlocking = (constants as { O_NONBLOCK?: number }).O_NONBLOCK ?? 0

/** Reads a regular file up to a limit. Pipes and devices are never waited for. */
export async function readWhole(file: string, limit: number, service: Service): Promise<Lookup<Uint8Array>> {
  try {
    const handle = await open(file, constants.O_RDONLY | nonBlocking)
    try {
      const stat = await handle.stat()
      if (!stat.isFile())
        return failed('response-invalid', `${file}: expected a file, got ${kindOf(stat)}`, service)
      if (stat.size > limit) return failed('limit-exceeded', `${file}: larger than ${limit} bytes`, service)
      const bytes = await handle.readFile()
      if (bytes.length > limit)
        return failed('limit-exceeded', `${file}: larger than ${limit} bytes`, service)
      return found(bytes)
    } finally {
      await handle.close()
    }
  } catch (error) {
    return fileFault(error, file, service, () => absent(`object not found: ${file}`))
  }
}

/** Bytes that are read from a file at a time. */
const pieceSize = 1024 * 1024

/**
 * Hands a regular file to a sink, piece by piece.
 *
 * @returns false where there is more than `limit` bytes; nothing or a part of it was read then
 */
export async function readPieces(
  file: string,
  limit: number,
  service: Service,
  sink: Sink,
  signal: AbortSignal,
): Promise<Lookup<boolean>> {
  try {
    const handle = await open(file, constants.O_RDONLY | nonBlocking)
    try {
      const stat = await handle.stat()
      if (!stat.isFile())
        return failed('response-invalid', `${file}: expected a file, got ${kindOf(stat)}`, service)
      if (stat.size > limit) return found(false)
      const buffer = Buffer.allocUnsafe(Math.min(pieceSize, stat.size + 1))
      for (let size = 0; ;) {
        if (signal.aborted) return failed('timeout', `${file}: not read within the time for it`, service)
        const { bytesRead } = await handle.read(buffer, 0, buffer.length, null)
        if (bytesRead === 0) return found(true)
        size += bytesRead
        if (size > limit) return found(false)
        sink(buffer.subarray(0, bytesRead))
      }
    } finally {
      await handle.close()
    }
  } catch (error) {
    return fileFault(error, file, service, () => absent(`object not found: ${file}`))
  }
}

function kindOf(stat: { isDirectory: () => boolean }): string {
  return stat.isDirectory() ? 'a directory' : 'something else'
}

/** @param missing what it means that the file is not there */
export function fileFault<Value>(
  error: unknown,
  file: string,
  service: Service,
  missing: () => Lookup<Value>,
): Lookup<Value> {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return missing()
    case 'EISDIR':
      return failed('response-invalid', `${file}: is a directory`, service)
    case 'EACCES':
    case 'EPERM':
      return failed('denied', `${file}: no right to read it`, service)
    default:
      return failed('server-error', `${file}: ${describe(error)}`, service)
  }
}
