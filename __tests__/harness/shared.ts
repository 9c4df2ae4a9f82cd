import { existsSync } from 'node:fs'
import path from 'node:path'

/** Cases made by the peers themselves; beside the project where it is developed, absent in a plain clone. */
const shared = path.resolve(import.meta.dirname, '../../../shared')

/** @returns undefined, and says so, when the cases are not there */
export function sharedFolder(name: string): string | undefined {
  const folder = path.join(shared, name)
  if (existsSync(folder)) return folder
  console.warn(`skipped: the cases in shared/${name} are not beside this checkout`)
  return undefined
}
