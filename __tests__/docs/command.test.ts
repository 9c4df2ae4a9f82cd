import { cpSync, readFileSync, symlinkSync } from 'node:fs'
import path from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { dist, temporaryFolder } from '../harness/run.js'
import { runShell } from '../harness/shell.js'

const root = path.resolve(import.meta.dirname, '../..')
const page = readFileSync(path.join(root, 'docs/command.md'), 'utf8')
const typed = [...page.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].flatMap(([, block = '']) =>
  block.split('\n').filter((line) => line !== ''),
)

/** A folder like a checkout, so that what the lines write goes nowhere else. */
const folder = temporaryFolder()
beforeAll(() => {
  cpSync(path.join(root, 'examples'), path.join(folder, 'examples'), { recursive: true })
  symlinkSync(dist, path.join(folder, 'dist'))
})

describe('each line of the page on the command', () => {
  it('there are some', () => {
    expect(typed.length).toBeGreaterThan(7)
  })

  it.each(typed)('%s', async (line) => {
    const ran = await runShell(line, folder)
    expect(ran).toMatchObject({ exit: 0, stderr: '' })
    const [, file] = / > (\S+)$/.exec(line) ?? []
    const said = file === undefined ? ran.stdout : readFileSync(path.join(folder, file), 'utf8')
    if (line.includes('--quiet')) expect(said).toBe('')
    else expect(said).toMatch(line.includes('verify local') ? /[Vv]erified/ : /verify-image/)
  })
})
