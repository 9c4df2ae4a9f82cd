import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { expect, it } from 'vitest'

const root = path.resolve(import.meta.dirname, '../..')

it('a stranger gets from nothing to a bad image that is blocked, by the lines of the README', () => {
  const ran = spawnSync(process.execPath, [path.join(root, 'scripts/stranger.js')], { encoding: 'utf8' })
  expect(ran.stderr).toBe('')
  expect([...ran.stdout.matchAll(/^exit (\d)$/gm)].map(([, exit]) => exit)).toEqual(['0', '1'])
  expect(ran.stdout).toContain('(supply-chain, digest-mismatch)')
  expect(ran.stdout).toContain('no node_modules')
  expect(ran.stdout).toMatch(/A good image passed, a bad one was blocked\.\n$/)
  expect(ran.status).toBe(0)
})
