import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { Tool } from '../report/document.js'
import { version } from './version.js'

/** Its record `policy-engines.sha256` stands for it: it is large, and read only when a policy asks. */
const engines = 'policy-engines.wasm.br'

/**
 * What program gave the answer. The hash is over the name and the bytes of each of its files, in the order of the names:
 * `for f in $(ls dist | grep -vx policy-engines.wasm.br | LC_ALL=C sort); do printf '%s\0' "$f"; cat "dist/$f"; done | sha256sum`.
 *
 * @param folder where the bundle lies; undefined when the program is used as a library
 */
export function describeProgram(folder: string | undefined): Tool {
  const tool = { name: 'verify-image', version }
  if (folder === undefined) return { ...tool, sha256: null }
  try {
    const hash = createHash('sha256')
    // Twenty files that were just loaded: read one by one they cost a third of what promises for them would.
    for (const name of readdirSync(folder).sort()) {
      if (name === engines) continue
      hash.update(`${name}\0`).update(readFileSync(path.join(folder, name)))
    }
    return { ...tool, sha256: hash.digest('hex') }
  } catch {
    return { ...tool, sha256: null }
  }
}
