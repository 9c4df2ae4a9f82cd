import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { readPieces } from '../../src/files/read.js'
import { temporaryFolder } from '../harness/run.js'

const folder = temporaryFolder()
const never = new AbortController().signal

/** What came, and what reading came to. */
async function read(file: string, limit: number, signal = never): Promise<readonly [string, string, number]> {
  const pieces: Buffer[] = []
  const answer = await readPieces(
    file,
    limit,
    'storage',
    (piece) => void pieces.push(Buffer.from(piece)),
    signal,
  )
  const word =
    answer.kind === 'failed'
      ? answer.problem.code
      : answer.kind === 'found'
        ? String(answer.value)
        : answer.kind
  return [word, Buffer.concat(pieces).toString('latin1'), pieces.length]
}
function file(content: string | Buffer): string {
  const name = path.join(folder, `file-${Math.random()}`)
  writeFileSync(name, content)
  return name
}

describe('a file in pieces', () => {
  it('comes whole, in order, in pieces of a mebibyte', async () => {
    const content = Buffer.from(Array.from({ length: 2_500_000 }, (_, at) => at % 251))
    expect(await read(file(content), 2_500_000)).toEqual(['true', content.toString('latin1'), 3])
    expect(await read(file(''), 0)).toEqual(['true', '', 0])
  })

  it('is not read where it is longer than the limit', async () => {
    expect(await read(file('longer'), 5)).toEqual(['false', '', 0])
    expect(await read(file('longer'), 6)).toEqual(['true', 'longer', 1])
  })

  it('that is none, or not there, is told apart', async () => {
    expect((await read(path.join(folder, 'none'), 5))[0]).toBe('absent')
    mkdirSync(path.join(folder, 'folder'))
    expect((await read(path.join(folder, 'folder'), 5))[0]).toBe('response-invalid')
  })

  it.skipIf(process.platform === 'win32')('that is a pipe is not waited for', async () => {
    const pipe = path.join(folder, 'pipe')
    execFileSync('mkfifo', [pipe])
    expect((await read(pipe, 5))[0]).toBe('response-invalid')
  })

  it('is left when the time is over', async () => {
    expect(await read(file('any'), 5, AbortSignal.abort())).toEqual(['timeout', '', 0])
  })
})
