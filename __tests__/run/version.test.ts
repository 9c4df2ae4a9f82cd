import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { version } from '../../src/run/version.js'

const root = path.resolve(import.meta.dirname, '../..')
const read = (file: string): { version: unknown; packages?: Record<string, { version?: unknown }> } =>
  JSON.parse(readFileSync(path.join(root, file), 'utf8')) as ReturnType<typeof read>

it('the program says the version under which it is published', () => {
  expect(version).toBe(read('package.json').version)
  expect(version).toMatch(/^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/)
})

it('the lock file was written for this version', () => {
  const lock = read('package-lock.json')
  expect(lock.version).toBe(version)
  expect(lock.packages?.['']?.version).toBe(version)
})
