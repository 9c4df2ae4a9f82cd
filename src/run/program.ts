import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import type { Tool } from '../report/document.js'
import { version } from './version.js'

/**
 * What program gave the answer. The hash is over the name and the bytes of each of its files, in the order of the names:
 * `for f in $(ls dist | LC_ALL=C sort); do printf '%s\0' "$f"; cat "dist/$f"; done | sha256sum`.
 *
 * @param folder where the bundle lies; undefined when the program is used as a library
 */
export async function describeProgram(folder: string | undefined): Promise<Tool> {
  const tool = { name: 'verify-image', version }
  if (folder === undefined) return { ...tool, sha256: null }
  try {
    const hash = createHash('sha256')
    const names = (await readdir(folder)).sort()
    const files = await Promise.all(names.map(async (name) => readFile(path.join(folder, name))))
    for (const [index, name] of names.entries()) hash.update(`${name}\0`).update(files[index] ?? '')
    return { ...tool, sha256: hash.digest('hex') }
  } catch {
    return { ...tool, sha256: null }
  }
}
