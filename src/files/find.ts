import { opendir, stat } from 'node:fs/promises'
import path from 'node:path'
import { describe } from '../network/fault.js'

/** Folders and files that are looked at for one pattern: a pattern over a whole disk is a typing error. */
const mostEntries = 200_000

/**
 * Files that a pattern means, in the order of their names: `*` and `?` within a name, `**` for any folders, `[…]` is
 * text. A pattern without any of them is a file as it is named, whether it is there or not. Folders that links lead to
 * are entered only by their own names, and `**` leaves out what begins with a dot.
 *
 * @returns a text that says what is wrong
 */
export async function findFiles(pattern: string, most = mostEntries): Promise<readonly string[] | string> {
  if (!/[*?]/.test(pattern)) return [pattern]
  const { top, segments } = splitPattern(pattern)
  const found = new Set<string>()
  let entries = 0
  // A folder that nobody may look into may hold what the pattern means.
  const closed: string[] = []
  const unread = (why: string): void => void closed.push(why)
  // Several `**` lead to a folder in many ways, each of which finds the same.
  const walked = new Set<string>()
  const walk = async (folder: string, at: number): Promise<boolean> => {
    const state = `${at} ${folder}`
    if (walked.has(state)) return true
    walked.add(state)
    if (++entries > most) return false
    const segment = segments[at]
    if (segment === undefined) return true
    if (!/[*?]/.test(segment)) {
      const next = path.join(folder, segment)
      if (at < segments.length - 1) return walk(next, at + 1)
      if (await isThere(folder, segment, unread)) found.add(next)
      return true
    }
    const isLast = at === segments.length - 1
    if (segment === '**' && !isLast && !(await walk(folder, at + 1))) return false
    for (const { name, kind } of await listFolder(folder, unread)) {
      if (++entries > most) return false
      const next = path.join(folder, name)
      if (segment === '**') {
        if (name.startsWith('.')) continue
        if (kind === 'folder' && !(await walk(next, at))) return false
        if (kind === 'file' && isLast) found.add(next)
      } else if (matches(segment, name)) {
        if (kind === 'file' && isLast) found.add(next)
        if (kind === 'folder' && !isLast && !(await walk(next, at + 1))) return false
      }
    }
    return true
  }
  const whole = await walk(top, 0)
  if (closed[0] !== undefined) return closed[0]
  return whole ? [...found].sort() : `more than ${most} files and folders are in its way`
}

/**
 * The folder that a pattern begins at, and the names below it. A drive belongs to the folder: `C:` is no name below it.
 *
 * @param rules of another system than this one
 */
export function splitPattern(
  pattern: string,
  rules: typeof path.posix = path,
): { readonly top: string; readonly segments: readonly string[] } {
  const root = rules.isAbsolute(pattern) ? rules.parse(pattern).root : ''
  return {
    top: root === '' ? '.' : rules.parse(rules.resolve(root)).root,
    segments: pattern
      .slice(root.length)
      .split(/[/\\]/)
      .filter((segment) => segment !== '' && segment !== '.'),
  }
}

async function isThere(folder: string, name: string, unread: Unread): Promise<boolean> {
  return (await listFolder(folder, unread)).some((entry) => entry.name === name && entry.kind === 'file')
}

/** Told of a folder that is there and cannot be read. */
type Unread = (why: string) => void

async function listFolder(
  folder: string,
  unread: Unread,
): Promise<readonly { readonly name: string; readonly kind: 'file' | 'folder' | 'other' }[]> {
  const out: { name: string; kind: 'file' | 'folder' | 'other' }[] = []
  try {
    for await (const entry of await opendir(folder === '' ? '.' : folder)) {
      const isFile =
        entry.isFile() || (entry.isSymbolicLink() && (await leadsToFile(path.join(folder, entry.name))))
      const kind = entry.isDirectory() ? 'folder' : isFile ? 'file' : 'other'
      out.push({ name: entry.name, kind })
      if (out.length > mostEntries) break
    }
  } catch (error) {
    // What is not there, or is no folder, holds no file.
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code !== 'ENOENT' && code !== 'ENOTDIR') unread(`${folder}: ${describe(error)}`)
  }
  return out.sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** A link that leads nowhere counts as a file: whoever reads it says what is wrong. */
async function leadsToFile(link: string): Promise<boolean> {
  return stat(link).then(
    (target) => target.isFile(),
    () => true,
  )
}

/** Linear in the length of the name for each star, one after the other. */
function matches(pattern: string, name: string): boolean {
  if (name.startsWith('.') && !pattern.startsWith('.')) return false
  let [at, from, star, after] = [0, 0, -1, 0]
  while (from < name.length) {
    if (at < pattern.length && pattern[at] === '*') {
      star = at++
      after = from
    } else if (at < pattern.length && (pattern[at] === '?' || pattern[at] === name[from])) {
      at++
      from++
    } else if (star >= 0) {
      at = star + 1
      from = ++after
    } else return false
  }
  while (pattern[at] === '*') at++
  return at === pattern.length
}
