import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import os from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { runShell } from '../harness/shell.js'

const root = path.resolve(import.meta.dirname, '../..')
const dist = path.join(root, 'dist')
const alone = mkdtempSync(path.join(os.tmpdir(), 'verify-image-alone-'))
afterAll(() => rmSync(alone, { recursive: true, force: true }))

/** What a file asks Node for by name; relative names are files beside it. */
function namesIn(code: string): readonly string[] {
  const forms = [
    /createRequire\(import\.meta\.url\)\((["'])([^"'\n]+)\1\)/g,
    /^(?:import|export)[^;'"\n]* from (["'])([^"'\n]+)\1/gm,
    /^import (["'])([^"'\n]+)\1/gm,
  ]
  return forms.flatMap((form) => [...code.matchAll(form)].map(([, , name = '']) => name))
}

describe('dist/ stands alone, as on a runner, where no node_modules is beside it', () => {
  it('verifies an image from a folder with nothing but dist/ and examples/', async () => {
    for (const folder of ['dist', 'examples'])
      cpSync(path.join(root, folder), path.join(alone, folder), { recursive: true })
    const line = 'node dist/cli.js verify local://examples/hello:v1 --key examples/keys/release.pub'
    const ran = await runShell(line, alone)
    expect(ran.stderr).toBe('')
    expect(ran.stdout).toContain('✓ Verified')
    expect(ran.exit).toBe(0)
  })

  it.each(readdirSync(dist).filter((name) => name.endsWith('.js')))(
    '%s asks for nothing but Node’s own modules and files beside it',
    (name) => {
      const names = namesIn(readFileSync(path.join(dist, name), 'utf8'))
      expect(names.filter((one) => !one.startsWith('.') && !isBuiltin(one))).toEqual([])
    },
  )

  it('the reader of names finds one that stays outside', () => {
    expect(namesIn('import * as x from "node-fetch";\nimport "./y.js"')).toEqual(['node-fetch', './y.js'])
    expect(namesIn('a(createRequire(import.meta.url)("left-pad"))')).toEqual(['left-pad'])
  })
})
