import { createHash, randomBytes } from 'node:crypto'
import { mkdir, readFile, rename, stat, unlink, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { homeFolder } from '../network/home-folder.js'

/**
 * What a mirror served, file by file under the names it has there. Whatever is read is verified again from the first
 * root on, so that nothing here has to be believed; several runs may use it at once.
 */
export interface TufCache {
  readonly read: (name: string) => Promise<Buffer | undefined>
  /** Puts a file there whole, or not at all: without a cache the next run only costs more. */
  readonly keep: (name: string, bytes: Uint8Array) => Promise<void>
  /** When a file was kept last. */
  readonly keptAt: (name: string) => Promise<Date | undefined>
}

/** No separator and no leading dot: a name of the mirror's becomes a file name only like this. */
const safeName = /^[A-Za-z0-9_%-][A-Za-z0-9._%-]{0,199}$/

/** The cache of one mirror and one first root. */
export function openTufCache(mirror: string, firstRoot: Uint8Array): TufCache {
  const name = createHash('sha256').update(mirror).update('\0').update(firstRoot).digest('hex').slice(0, 32)
  const folder = path.join(cacheHome(), 'verify-image', 'tuf', name)
  const fileOf = (file: string): string | undefined =>
    safeName.test(file) ? path.join(folder, file) : undefined
  return {
    read: async (file) => {
      const place = fileOf(file)
      return place === undefined ? undefined : readFile(place).catch(() => undefined)
    },
    keep: async (file, bytes) => {
      const place = fileOf(file)
      if (place === undefined) return
      const temporary = path.join(folder, `.${randomBytes(8).toString('hex')}.tmp`)
      try {
        await mkdir(folder, { recursive: true, mode: 0o700 })
        await writeFile(temporary, bytes, { flag: 'wx', mode: 0o600 })
        await rename(temporary, place)
      } catch {
        await unlink(temporary).catch(() => undefined)
      }
    },
    keptAt: async (file) => {
      const place = fileOf(file)
      if (place === undefined) return undefined
      return stat(place).then(
        ({ mtime }) => mtime,
        () => undefined,
      )
    },
  }
}

/** `TUF_ROOT` is where cosign keeps its own; ours lies beside it under a name of its own. */
function cacheHome(): string {
  const { TUF_ROOT, XDG_CACHE_HOME, LOCALAPPDATA } = process.env
  const given = [TUF_ROOT, XDG_CACHE_HOME].find((folder) => folder !== undefined && path.isAbsolute(folder))
  if (given !== undefined) return given
  if (process.platform === 'win32' && LOCALAPPDATA !== undefined) return LOCALAPPDATA
  // A user without a home, as in some containers, still has a folder for what is temporary.
  const home = homeFolder() ?? path.join(os.tmpdir(), `verify-image-${String(process.getuid?.() ?? '')}`)
  return process.platform === 'darwin' ? path.join(home, 'Library', 'Caches') : path.join(home, '.cache')
}
