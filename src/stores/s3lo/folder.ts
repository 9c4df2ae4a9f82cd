import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { fileFault, readPieces, readWhole } from '../../files/read.js'
import { found } from '../../network/lookup.js'
import type { ObjectStore } from './objects.js'

/** Objects as files below a folder, relative to the working directory, as `local://` means it. */
export function openFolder(root: string): ObjectStore {
  const where = (key: string): string => path.resolve(root, ...key.split('/'))
  return {
    where,
    get: async (key, limit) => readWhole(where(key), limit, 'storage'),
    stream: async (key, limit, open, call) => readPieces(where(key), limit, 'storage', open(), call.signal),
    names: async (prefix, most) => {
      try {
        return found((await readdir(where(prefix))).sort().slice(0, most))
      } catch (error) {
        return fileFault(error, where(prefix), 'storage', () => found([]))
      }
    },
  }
}
