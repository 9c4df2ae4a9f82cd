import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { randomBytes } from 'node:crypto'
import type { Fetcher } from 'tuf-js'
import { DownloadHTTPError } from 'tuf-js/dist/error.js'
import type { Call } from '../network/call.js'
import { download } from '../network/https.js'
import type { Problem } from '../verdict/finding.js'
import type { TufCache } from './tuf-cache.js'

/** Gets the bytes of a file of the mirror; `undefined`: there is none. */
type Get = (url: string, limit: number) => Promise<Uint8Array | undefined>

/** Reads only what was kept. */
export function cachedFiles(cache: TufCache, folder: string): Fetcher {
  return fetcher(async (url) => cache.read(nameOf(url)), folder)
}

/** Reads the mirror, and remembers what came and what went wrong. */
export interface MirrorFiles {
  readonly fetcher: Fetcher
  /** The bytes of each file that came, in order. */
  readonly came: ReadonlyMap<string, Uint8Array>
  /** The last failure of the mirror: the library tells less of it. */
  readonly problem: () => Problem | undefined
}

export function mirrorFiles(call: Call, folder: string): MirrorFiles {
  const came = new Map<string, Uint8Array>()
  let problem: Problem | undefined
  const get: Get = async (url, limit) => {
    const answer = await download({ url: new URL(url), service: 'trust', limit }, call)
    if (answer.kind === 'found') {
      came.set(nameOf(url), answer.value)
      return answer.value
    }
    if (answer.kind === 'absent') {
      problem = { code: 'response-invalid', service: 'trust', message: answer.message }
      return undefined
    }
    problem = answer.problem
    // Stores that list nothing to strangers refuse what is not there: so the library takes it for a next root, too.
    if (answer.problem.code === 'denied' && isRoot(url)) return undefined
    throw new Error(answer.problem.message)
  }
  return {
    fetcher: fetcher(async (url, limit) => {
      const bytes = await get(url, limit)
      // That there is no newer root is no failure.
      if (bytes !== undefined || isRoot(url)) problem = undefined
      return bytes
    }, folder),
    came,
    problem: () => problem,
  }
}

/** @param folder where a file may lie while it is verified */
function fetcher(get: Get, folder: string): Fetcher {
  const downloadBytes = async (url: string, limit: number): Promise<Buffer> => {
    const bytes = await get(url, limit)
    if (bytes === undefined) throw new DownloadHTTPError(`no such file: ${url}`, 404)
    return Buffer.from(bytes)
  }
  return {
    downloadBytes,
    downloadFile: async (url, limit, handler) => {
      const file = path.join(folder, `download-${randomBytes(8).toString('hex')}`)
      await writeFile(file, await downloadBytes(url, limit), { flag: 'wx' })
      return handler(file)
    },
  }
}

function isRoot(url: string): boolean {
  return /^\d+\.root\.json$/.test(nameOf(url))
}

function nameOf(url: string): string {
  return new URL(url).pathname.split('/').at(-1) ?? ''
}
