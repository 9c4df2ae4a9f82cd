import { execFileSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { fileFault, readWhole } from '../../src/files/read.js'
import { absent, type Lookup } from '../../src/network/lookup.js'
import { temporaryFolder } from '../harness/run.js'

const isWindows = process.platform === 'win32'
/** Nothing is forbidden to root, so that nothing can be seen to be. */
const seesRights = !isWindows && process.getuid?.() !== 0

let folder = ''
const at = (name: string): string => path.join(folder, name)

beforeAll(() => {
  folder = temporaryFolder()
  writeFileSync(at('key.pub'), 'a key')
  mkdirSync(at('folder'))
})

async function read(name: string, limit = 100): Promise<Lookup<Uint8Array>> {
  return readWhole(at(name), limit, 'key')
}

describe('a file', () => {
  it('is read byte by byte, whatever is in it', async () => {
    const bytes = Buffer.from([0, 0xff, 0xfe, 0x0a, 0x0d, 0x80])
    writeFileSync(at('bytes'), bytes)
    const got = await read('bytes')
    expect(got.kind === 'found' && Buffer.from(got.value).equals(bytes)).toBe(true)
  })

  it('is read where it is empty', async () => {
    writeFileSync(at('empty'), '')
    expect(await read('empty')).toMatchObject({ kind: 'found', value: { length: 0 } })
  })

  it('is read up to the limit, and not a byte beyond', async () => {
    writeFileSync(at('full'), 'x'.repeat(100))
    writeFileSync(at('over'), 'x'.repeat(101))
    expect((await read('full')).kind).toBe('found')
    expect(await read('over')).toEqual({
      kind: 'failed',
      problem: { code: 'limit-exceeded', message: `${at('over')}: larger than 100 bytes`, service: 'key' },
    })
  })

  it('is refused by its size alone: one that would fill the memory is never read', async () => {
    writeFileSync(at('huge'), '')
    // No disk holds it: it has only holes.
    truncateSync(at('huge'), 2 ** 40)
    expect(await read('huge')).toMatchObject({ problem: { code: 'limit-exceeded' } })
  })

  // Linux says of these that they are empty, and gives more than that.
  it.skipIf(!existsSync('/proc/self/status'))('is measured again where its size is a lie', async () => {
    const lying = await readWhole('/proc/self/status', 100, 'key')
    expect(lying).toMatchObject({ problem: { code: 'limit-exceeded' } })
    expect((await readWhole('/proc/self/status', 100_000, 'key')).kind).toBe('found')
  })

  it.skipIf(isWindows)('is read through a symbolic link', async () => {
    symlinkSync(at('key.pub'), at('link'))
    expect(await read('link')).toMatchObject({ kind: 'found', value: Buffer.from('a key') })
  })
})

describe('what is not there', () => {
  it.each(['nope', 'nope/key.pub', 'key.pub/below'])('%s is absent, which is no failure', async (name) => {
    expect(await read(name)).toEqual({ kind: 'absent', message: `object not found: ${at(name)}` })
  })

  it.skipIf(isWindows)('is absent also behind a link that leads nowhere', async () => {
    symlinkSync(at('gone'), at('dangling'))
    expect((await read('dangling')).kind).toBe('absent')
  })
})

describe('what is no file', () => {
  it('is refused: a directory', async () => {
    expect(await read('folder')).toMatchObject({
      kind: 'failed',
      problem: {
        code: 'response-invalid',
        service: 'key',
        message: expect.stringContaining('directory') as string,
      },
    })
  })

  it.skipIf(isWindows)('is refused and not waited for: a pipe that nobody writes to', async () => {
    execFileSync('mkfifo', [at('pipe')])
    const message = `${at('pipe')}: expected a file, got something else`
    expect(await read('pipe')).toMatchObject({ problem: { code: 'response-invalid', message } })
  })

  it.skipIf(isWindows)('is refused: a device without an end', async () => {
    expect(await readWhole('/dev/zero', 100, 'key')).toMatchObject({ problem: { code: 'response-invalid' } })
  })
})

describe('what cannot be read', () => {
  it.skipIf(!seesRights)('is denied, not absent: a file without rights', async () => {
    writeFileSync(at('secret'), 'x', { mode: 0o000 })
    expect(await read('secret')).toMatchObject({ problem: { code: 'denied', service: 'key' } })
  })

  it.skipIf(!seesRights)('is denied, not absent: a file in a folder without rights', async () => {
    mkdirSync(at('closed'))
    writeFileSync(at('closed/key.pub'), 'x')
    chmodSync(at('closed'), 0o000)
    expect(await read('closed/key.pub')).toMatchObject({ problem: { code: 'denied' } })
    chmodSync(at('closed'), 0o700)
  })

  it.skipIf(isWindows)('fails, and is not absent: a circle of links', async () => {
    symlinkSync(at('there'), at('back'))
    symlinkSync(at('back'), at('there'))
    expect(await read('there')).toMatchObject({ kind: 'failed', problem: { code: 'server-error' } })
  })

  it.each(['a\0b', 'x'.repeat(5000)])('fails, and is not absent: a name that can be none', async (name) => {
    expect((await read(name)).kind).toBe('failed')
  })

  // Root cannot provoke all of these: what the system says is played.
  it.each([
    ['ENOENT', 'absent', undefined],
    ['ENOTDIR', 'absent', undefined],
    ['EISDIR', 'failed', 'response-invalid'],
    ['EACCES', 'failed', 'denied'],
    ['EPERM', 'failed', 'denied'],
    ['EIO', 'failed', 'server-error'],
    ['EMFILE', 'failed', 'server-error'],
  ])('%s is %s %s', (code, kind, problem) => {
    const fault = Object.assign(new Error('from the system'), { code })
    const lookup = fileFault(fault, 'key.pub', 'key', () => absent('not there'))
    expect(lookup.kind).toBe(kind)
    expect(lookup.kind === 'failed' ? lookup.problem.code : undefined).toBe(problem)
  })

  it.each([new Error('odd'), 'odd'])('what is no fault of the system is told as it is: %o', (fault) => {
    expect(fileFault(fault, 'key.pub', 'storage', () => absent('not there'))).toEqual({
      kind: 'failed',
      problem: { code: 'server-error', message: 'key.pub: odd', service: 'storage' },
    })
  })
})
