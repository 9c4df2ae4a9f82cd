import { randomBytes } from 'node:crypto'
import { constants } from 'node:fs'
import { lstat, mkdir, open, rename, unlink } from 'node:fs/promises'
import path from 'node:path'
import { describe } from '../network/fault.js'
import type { Problem } from '../verdict/finding.js'

/**
 * Writes a report: whole or not at all (a new file, then a rename), and never through a symbolic link, which somebody
 * with a hand in the workspace may have put there.
 *
 * @returns the problem when it could not be written
 */
export async function writeReport(file: string, text: string): Promise<Problem | undefined> {
  // Drawn, not the number of the process: in containers every run has the same one, and all may share a folder.
  const temporary = path.join(path.dirname(file), `.verify-image-${randomBytes(8).toString('hex')}.tmp`)
  try {
    await mkdir(path.dirname(file), { recursive: true })
    const before = await lstat(file).catch(() => undefined)
    if (before && !before.isFile()) {
      return unwritable(
        file,
        before.isSymbolicLink() ? 'a symbolic link is there' : 'something else than a file is there',
      )
    }
    const handle = await open(temporary, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, 0o644)
    try {
      await handle.writeFile(text)
    } finally {
      await handle.close()
    }
    await rename(temporary, file)
    return undefined
  } catch (error) {
    await unlink(temporary).catch(() => undefined)
    return unwritable(file, describe(error))
  }
}

function unwritable(file: string, why: string): Problem {
  return { code: 'output-unwritable', message: `result-file: cannot write ${file}: ${why}` }
}
