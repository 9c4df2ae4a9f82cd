import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { runShell } from '../harness/shell.js'

const root = path.resolve(import.meta.dirname, '../..')
const readme = readFileSync(path.join(root, 'README.md'), 'utf8')

/** The lines of every block that is to be typed into a shell, in the order of the page. */
const typed = [...readme.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].flatMap(([, block = '']) =>
  block.split('\n').filter((line) => line !== ''),
)

describe('the commands of the README, as typed on a fresh clone', () => {
  it('the first verifies an image that the repository carries, without an install', async () => {
    expect(typed[0]).toMatch(/^node dist\/cli\.js verify local:\/\//)
    const ran = await runShell(typed[0] ?? '', root)
    expect(ran.stderr).toBe('')
    expect(ran.stdout).toContain('✓ Verified')
    expect(ran.exit).toBe(0)
  })

  it('the second runs all tests', () => {
    expect(typed[1]).toBe('npm cit')
  })

  it('the third shows the rejection of a changed image', async () => {
    const ran = await runShell(typed[2] ?? '', root)
    expect(ran.stderr).toContain('✗ Verification FAILED')
    expect(ran.stderr).toContain('digest-mismatch')
    expect(ran.exit).toBe(1)
  })
})
