import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { writeReport } from '../../src/files/write.js'
import { temporaryFolder } from '../harness/run.js'

const isWindows = process.platform === 'win32'
/** Nothing is forbidden to root, so that nothing can be seen to be. */
const seesRights = !isWindows && process.getuid?.() !== 0

let folder = ''
let file = ''
beforeEach(() => {
  folder = temporaryFolder()
  file = path.join(folder, 'result.json')
})

/** Everything in the folder: what was asked for, and nothing that was left behind. */
function expectOnly(...names: readonly string[]): void {
  expect(readdirSync(folder).sort()).toEqual([...names].sort())
}

describe('a report', () => {
  it('is written whole, into a folder that it makes', async () => {
    const text = `{"a":"ü文😀"}\n${'x'.repeat(1_000_000)}`
    const deep = path.join(folder, 'a/b/result.json')
    expect(await writeReport(deep, text)).toBeUndefined()
    expect(readFileSync(deep, 'utf8')).toBe(text)
    expectOnly('a')
    expect(readdirSync(path.join(folder, 'a/b'))).toEqual(['result.json'])
  })

  it('replaces the one before, also by a shorter one', async () => {
    expect(await writeReport(file, 'long, long ago')).toBeUndefined()
    expect(await writeReport(file, 'new')).toBeUndefined()
    expect(readFileSync(file, 'utf8')).toBe('new')
    expectOnly('result.json')
  })

  it('is a new file: who holds the old one open, or a second name of it, sees no half of it', async () => {
    writeFileSync(file, 'old')
    const before = statSync(file).ino
    expect(await writeReport(file, 'new')).toBeUndefined()
    expect(statSync(file).ino).not.toBe(before)
  })

  it.skipIf(isWindows)('can be written by its owner only', async () => {
    expect(await writeReport(file, 'x')).toBeUndefined()
    expect(statSync(file).mode & 0o022).toBe(0)
  })

  it('may be empty', async () => {
    expect(await writeReport(file, '')).toBeUndefined()
    expect(readFileSync(file, 'utf8')).toBe('')
  })

  it('is written beside what a killed run of the same process number left', async () => {
    // In containers every run has the same number.
    writeFileSync(path.join(folder, `.result.json.${process.pid}.tmp`), 'half of')
    expect(await writeReport(file, 'whole')).toBeUndefined()
    expect(readFileSync(file, 'utf8')).toBe('whole')
  })

  it('may have the longest name there is', async () => {
    file = path.join(folder, 'x'.repeat(255))
    expect(await writeReport(file, 'x')).toBeUndefined()
    expectOnly('x'.repeat(255))
  })

  it('is one of both when two are written at once, and never a mixture', async () => {
    const texts = ['a', 'b'].map((letter) => letter.repeat(1_000_000))
    const problems = await Promise.all(texts.map((text) => writeReport(file, text)))
    expect(problems).toEqual([undefined, undefined])
    expect(texts).toContain(readFileSync(file, 'utf8'))
    expectOnly('result.json')
  })
})

/** The problem that says so, with the name of the file. */
function unwritable(why: string): object {
  return {
    code: 'output-unwritable',
    message: expect.stringContaining(`cannot write ${file}: ${why}`) as string,
  }
}

describe('a report that cannot be written', () => {
  it('says that a directory is there, and leaves it', async () => {
    mkdirSync(file)
    writeFileSync(path.join(file, 'inside'), 'x')
    expect(await writeReport(file, 'x')).toEqual(unwritable('something else than a file is there'))
    expect(readdirSync(file)).toEqual(['inside'])
    expectOnly('result.json')
  })

  it.skipIf(isWindows)('is not written through a symbolic link, nor in its place', async () => {
    writeFileSync(path.join(folder, 'target'), 'precious')
    symlinkSync('target', file)
    expect(await writeReport(file, 'x')).toEqual(unwritable('a symbolic link is there'))
    expect(readFileSync(path.join(folder, 'target'), 'utf8')).toBe('precious')
    expect(lstatSync(file).isSymbolicLink()).toBe(true)
    expectOnly('result.json', 'target')
  })

  it.skipIf(isWindows)('is not written through a link that leads nowhere yet', async () => {
    symlinkSync('target', file)
    expect(await writeReport(file, 'x')).toEqual(unwritable('a symbolic link is there'))
    expect(existsSync(path.join(folder, 'target'))).toBe(false)
    expectOnly('result.json')
  })

  it.skipIf(isWindows)('is not written through a link in place of the new file', async () => {
    const planted = `.result.json.${process.pid}.tmp`
    writeFileSync(path.join(folder, 'target'), 'precious')
    symlinkSync('target', path.join(folder, planted))
    await writeReport(file, 'x')
    expect(readFileSync(path.join(folder, 'target'), 'utf8')).toBe('precious')
    expect(lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink()).not.toBe(true)
  })

  it('says why where a file is in place of its folder', async () => {
    writeFileSync(path.join(folder, 'taken'), 'x')
    file = path.join(folder, 'taken/result.json')
    expect(await writeReport(file, 'x')).toEqual(unwritable('EEXIST'))
    expectOnly('taken')
  })

  it('says why where the name can be none', async () => {
    file = path.join(folder, 'x'.repeat(300))
    expect(await writeReport(file, 'x')).toEqual(unwritable('ENAMETOOLONG'))
    file = path.join(folder, 'a\0b')
    expect((await writeReport(file, 'x'))?.code).toBe('output-unwritable')
    expectOnly()
  })

  it.skipIf(!seesRights)('says why where the folder takes no file', async () => {
    chmodSync(folder, 0o500)
    expect(await writeReport(file, 'x')).toEqual(unwritable('EACCES'))
    expectOnly()
    chmodSync(folder, 0o700)
  })

  // As root too nothing can be made here.
  it.skipIf(!existsSync('/proc/self'))('says why where the file system takes none', async () => {
    file = '/proc/self/result.json'
    expect((await writeReport(file, 'x'))?.code).toBe('output-unwritable')
  })
})
