import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { askHelper } from '../../../src/stores/registry/credential-helper.js'
import { temporaryFolder } from '../../harness/run.js'

const usual = process.env['PATH'] ?? ''
const patient = new AbortController().signal
let folder = ''
beforeEach(() => {
  folder = temporaryFolder()
  process.env['PATH'] = `${folder}${path.delimiter}${usual}`
})
afterEach(() => {
  process.env['PATH'] = usual
})

/** Installs `docker-credential-test` with these lines of shell. */
function install(...lines: readonly string[]): void {
  const script = ['#!/bin/sh', ...lines, ''].join('\n')
  writeFileSync(path.join(folder, 'docker-credential-test'), script, { mode: 0o755 })
}
const prints = (value: object | string): string =>
  `printf '%s' '${typeof value === 'string' ? value : JSON.stringify(value)}'`
const ask = async (server = 'registry.example'): ReturnType<typeof askHelper> =>
  askHelper('test', server, patient)

describe('a credential helper', () => {
  it('is asked for one server, which it reads from its input', async () => {
    install(
      `cat > '${folder}/input'`,
      `printf '%s' "$*" > '${folder}/arguments'`,
      prints({ Username: 'u', Secret: 's' }),
    )
    expect(await ask('registry.example:5000')).toEqual({
      kind: 'found',
      value: { kind: 'login', username: 'u', password: 's' },
    })
    expect(readFileSync(path.join(folder, 'input'), 'utf8')).toBe('registry.example:5000')
    expect(readFileSync(path.join(folder, 'arguments'), 'utf8')).toBe('get')
  })

  it('gives no shell anything to run', async () => {
    install('cat > /dev/null', prints({ Username: 'u', Secret: 's' }))
    const file = path.join(folder, 'made')
    expect(await ask(`$(touch ${file}); touch ${file}`)).toMatchObject({ kind: 'found' })
    expect(existsSync(file)).toBe(false)
  })

  it('may give an identity token', async () => {
    install(prints({ ServerURL: 'x', Username: '<token>', Secret: 'long-lived' }))
    expect(await ask()).toEqual({ kind: 'found', value: { kind: 'identity-token', token: 'long-lived' } })
  })

  it('may have nothing, which it says by a message or by empty texts', async () => {
    const anonymous = { kind: 'found', value: { kind: 'anonymous' } }
    install('echo credentials not found in native keychain', 'exit 1')
    expect(await ask()).toEqual(anonymous)
    install(prints({ Username: '', Secret: '' }))
    expect(await ask()).toEqual(anonymous)
  })

  it('may talk beside its answer', async () => {
    install('echo a warning >&2', prints({ Username: 'u', Secret: 's' }))
    expect(await ask()).toMatchObject({ value: { username: 'u' } })
  })

  it('need not read its input', async () => {
    install('exec 0<&-', prints({ Username: 'u', Secret: 's' }))
    expect(await ask()).toMatchObject({ value: { username: 'u' } })
  })
})

describe('a helper that fails', () => {
  it.each([
    ['with a code', 'exit 3'],
    ['with a message like the one that helpers agree on, but no failure', 'echo credentials not found'],
    ['with text', prints('hello')],
    ['with nothing', 'exit 0'],
    ['with a list', prints('[]')],
    ['without a secret', prints({ Username: 'u' })],
    ['with a secret that is no text', prints({ Username: 'u', Secret: 7 })],
    ['with inherited names', prints('{"__proto__":{"Username":"u","Secret":"s"}}')],
  ])('%s refuses, and nobody signs in without a word', async (_, line) => {
    install(line)
    expect(await ask()).toMatchObject({ kind: 'failed', problem: { code: 'denied', service: 'registry' } })
  })

  it('never has what it says repeated: it may be a secret', async () => {
    install('echo my-secret', 'echo my-secret >&2', 'exit 1')
    const answer = await ask()
    expect(answer).toMatchObject({ problem: { message: 'docker-credential-test: ended with exit code 1' } })
    expect(JSON.stringify(answer)).not.toContain('my-secret')
  })

  it('because it is not there is a matter of the configuration', async () => {
    expect(await ask()).toMatchObject({ kind: 'failed', problem: { code: 'input-invalid' } })
  })

  it('to end is not waited for once the time is over', async () => {
    install('exec sleep 5')
    const ends = new AbortController()
    const asked = askHelper('test', 'registry.example', ends.signal)
    ends.abort()
    expect(await asked).toMatchObject({ kind: 'failed', problem: { code: 'timeout', service: 'registry' } })
    expect(await askHelper('test', 'registry.example', ends.signal)).toMatchObject({
      problem: { code: 'timeout' },
    })
  })
})

describe('the name of a helper', () => {
  it.each(['../evil', '/bin/sh', 'a/b', 'a b', '-x', '.x', '', 'a\n', 'a;b', 'x'.repeat(101), 'a\\b'])(
    'is never %j',
    async (name) => {
      install(prints({ Username: 'u', Secret: 's' }))
      const answer = await askHelper(name, 'registry.example', patient)
      // Refused for what it is: it is not looked for first.
      expect(answer).toMatchObject({
        kind: 'failed',
        problem: {
          code: 'input-invalid',
          message: `expected the name of a credential helper, got ${JSON.stringify(name.slice(0, 100))}`,
        },
      })
    },
  )
})
