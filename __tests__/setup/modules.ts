import { readdirSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'

// All modules of the rooms load before the first test: what they evaluate as they load is then of no single test, which
// would be the only one that a mutant of it is held against.
const source = path.resolve(import.meta.dirname, '../../src')
for (const room of ['verdict', 'requirement', 'verify', 'evidence'])
  for (const name of readdirSync(path.join(source, room)))
    await import(pathToFileURL(path.join(source, room, name)).href)
