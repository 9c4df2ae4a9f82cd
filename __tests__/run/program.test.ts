import { createHash } from 'node:crypto'
import { appendFileSync, cpSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { describeProgram } from '../../src/run/program.js'
import { dist, temporaryFolder } from '../harness/run.js'
import { runShell } from '../harness/shell.js'

const module = 'policy-engines.wasm.br'
const record = 'policy-engines.sha256'

describe('the hash of the program', () => {
  it('is what its documented line gives', async () => {
    const line = /^ \* `(for f in .*sha256sum)`/m.exec(
      readFileSync(path.resolve(dist, '../src/run/program.ts'), 'utf8'),
    )?.[1]
    const { stdout } = await runShell(line ?? '', path.dirname(dist))
    expect(stdout.slice(0, 64)).toBe(describeProgram(dist).sha256)
  })

  it('stands for every file: the module of the engines by its record, all others by themselves', () => {
    const whole = describeProgram(dist).sha256
    const hash = createHash('sha256')
      .update(readFileSync(path.join(dist, module)))
      .digest('hex')
    expect(readFileSync(path.join(dist, record), 'utf8')).toBe(`${hash}  ${module}\n`)
    const copy = temporaryFolder()
    cpSync(dist, copy, { recursive: true })
    expect(describeProgram(copy).sha256).toBe(whole)
    for (const name of [record, 'main.js', 'action.js', readdirSync(dist)[0] ?? '']) {
      cpSync(dist, copy, { recursive: true })
      appendFileSync(path.join(copy, name), ' ')
      expect(describeProgram(copy).sha256, name).not.toBe(whole)
    }
  })

  it('is none where the program is not run from its bundle', () => {
    expect(describeProgram(undefined).sha256).toBeNull()
    expect(describeProgram('/nonexistent').sha256).toBeNull()
  })
})
