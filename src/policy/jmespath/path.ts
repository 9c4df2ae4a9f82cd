/** Go's filepath.Join of one path on Linux: the shortest equal path; the empty one stays empty. */
export function cleanPath(path: string): string {
  if (path === '') return ''
  const isRooted = path.startsWith('/')
  const kept: string[] = []
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue
    if (part !== '..') kept.push(part)
    else if (kept.length > 0 && kept.at(-1) !== '..') kept.pop()
    else if (!isRooted) kept.push(part)
  }
  const clean = kept.join('/')
  return isRooted ? `/${clean}` : clean === '' ? '.' : clean
}
