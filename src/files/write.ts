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
export async function writeReport(
  file: string,
  text: string | Iterable<string>,
  input = 'result-file',
): Promise<Problem | undefined> {
  // Drawn, not the number of the process: in containers every run has the same one, and all may share a folder.
  const temporary = path.join(path.dirname(file), `.verify-image-${randomBytes(8).toString('hex')}.tmp`)
  try {
    await mkdir(path.dirname(file), { recursive: true })
    const before = await lstat(file).catch(() => undefined)
    if (before && !before.isFile()) {
      return unwritable(
        file,
        before.isSymbolicLink() ? 'a symbolic link is there' : 'something else than a file is there',
        input,
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
    return unwritable(file, describe(error), input)
  }
}

/** Takes away a report of an earlier run; nothing else that lies there. What stays shows when it is written. */
export async function withdrawReport(file: string): Promise<void> {
  const there = await lstat(file).catch(() => undefined)
  if (there?.isFile()) await unlink(file).catch(() => undefined)
}

function unwritable(file: string, why: string, input: string): Problem {
  return { code: 'output-unwritable', message: `${input}: cannot write ${file}: ${why}` }
}

/**
 * Writes manifests below a folder, each under the name it was read by; one from elsewhere under its last part. Names
 * that meet are told, not overwritten.
 *
 * @returns the first problem; what was written before it stays
 */
export async function writeManifests(
  folder: string,
  manifests: readonly { readonly file: string; readonly text: string }[],
): Promise<Problem | undefined> {
  const taken = new Set<string>()
  for (const { file, text } of manifests) {
    const relative = path.relative('.', file)
    const isBelow = relative !== '' && !relative.startsWith('..') && !path.isAbsolute(relative)
    const name = file === 'standard input' ? 'manifests.yaml' : isBelow ? relative : path.basename(file)
    const target = path.join(folder, name)
    if (taken.has(target))
      return unwritable(target, 'two manifests would be written there', 'pinned-manifests')
    taken.add(target)
    const problem = await writeReport(target, text, 'pinned-manifests')
    if (problem) return problem
  }
  return undefined
}
