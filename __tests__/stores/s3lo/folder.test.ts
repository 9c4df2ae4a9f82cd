import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { openJournal } from '../../../src/network/journal.js'
import { openFolder } from '../../../src/stores/s3lo/folder.js'
import { temporaryFolder } from '../../harness/run.js'
import { writeStore } from '../../harness/store.js'

const call = { signal: new AbortController().signal, retries: 0, journal: openJournal() }
let root = ''
beforeEach(() => {
  root = temporaryFolder()
})
const get = async (key: string, limit = 100): Promise<string> => {
  const answer = await openFolder(root).get(key, limit, call)
  if (answer.kind === 'failed') return answer.problem.code
  return answer.kind === 'found' ? `found ${Buffer.from(answer.value).toString()}` : answer.kind
}

describe('an object in a folder', () => {
  it('is a file below it', async () => {
    writeStore(root, { 'a/b/c.json': 'content' })
    expect(await get('a/b/c.json')).toBe('found content')
    expect(openFolder(root).where('a/b/c.json')).toBe(path.join(root, 'a', 'b', 'c.json'))
  })

  it('is absent where nothing is, or where a file lies in the way', async () => {
    writeStore(root, { a: 'a file' })
    expect(await get('b')).toBe('absent')
    expect(await get('a/b')).toBe('absent')
    root = path.join(root, 'not-there')
    expect(await get('a')).toBe('absent')
  })

  it('is neither there nor absent where something else lies', async () => {
    mkdirSync(path.join(root, 'folder'))
    symlinkSync('loop', path.join(root, 'loop'))
    expect(await get('folder')).toBe('response-invalid')
    expect(await get('loop')).toBe('server-error')
  })

  it('is read up to a limit', async () => {
    writeStore(root, { a: 'x'.repeat(100), b: 'x'.repeat(101) })
    expect(await get('a')).toBe(`found ${'x'.repeat(100)}`)
    expect(await get('b')).toBe('limit-exceeded')
  })
})

describe('names in a folder', () => {
  const names = async (most: number): Promise<unknown> => {
    const answer = await openFolder(root).names('signatures/', most, call)
    return answer.kind === 'found' ? answer.value : answer
  }

  it('are sorted, and no more than asked for', async () => {
    writeStore(root, { 'signatures/b': '', 'signatures/a': '', 'signatures/c/d': '', other: '' })
    expect(await names(10)).toEqual(['a', 'b', 'c'])
    expect(await names(2)).toEqual(['a', 'b'])
  })

  it('are none where there is no folder, or a file instead', async () => {
    expect(await names(10)).toEqual([])
    writeFileSync(path.join(root, 'signatures'), '')
    expect(await names(10)).toEqual([])
  })
})
