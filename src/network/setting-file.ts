import { constants } from 'node:fs'
import { open } from 'node:fs/promises'
import { describe } from './fault.js'

/** Most bytes of a file that holds credentials. */
const largest = 1024 * 1024

/** Windows has no such flag, and no pipes among its files either. */
const nonBlocking = (constants as { O_NONBLOCK?: number }).O_NONBLOCK ?? 0

export type SettingFile =
  | { readonly kind: 'found'; readonly content: Uint8Array }
  | { readonly kind: 'missing' }
  | { readonly kind: 'unreadable'; readonly reason: string }

/** Reads a file of credentials. Pipes and devices are never waited for. */
export async function readSettingFile(file: string): Promise<SettingFile> {
  try {
    const handle = await open(file, constants.O_RDONLY | nonBlocking)
    try {
      const stat = await handle.stat()
      if (!stat.isFile()) return { kind: 'unreadable', reason: 'expected a file, got something else' }
      if (stat.size > largest) return { kind: 'unreadable', reason: `larger than ${largest} bytes` }
      return { kind: 'found', content: await handle.readFile() }
    } finally {
      await handle.close()
    }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : ''
    if (code === 'ENOENT' || code === 'ENOTDIR') return { kind: 'missing' }
    return { kind: 'unreadable', reason: describe(error) }
  }
}
