import { describe, expect, it } from 'vitest'
import { watchInLog } from '../../src/action/progress.js'
import { liveLine } from '../../src/cli/progress.js'
import { met, unknown, unmet } from '../../src/verdict/finding.js'
import type { ImageResult } from '../../src/verdict/result.js'
import { imageWith } from '../harness/results.js'

const verified = imageWith(met('image', ''))
const rejected = imageWith(unmet('image', 'unsigned', 'none'))
const undetermined = imageWith(unknown('image', { code: 'timeout', message: 'late' }))
const allowed: ImageResult = { ...undetermined, allowed: true }

describe('the log of a step', () => {
  const watched = (total: number, images: readonly ImageResult[], secondsEach = 0): readonly string[] => {
    const lines: string[] = []
    let now = 0
    const log = watchInLog(
      {
        info: (text) => void lines.push(text),
        startGroup: (title) => void lines.push(`group ${title}`),
        endGroup: () => void lines.push('end'),
      },
      () => now,
    )
    log.planned(total)
    for (const image of images) {
      now += secondsEach * 1000
      log.decided(image)
    }
    log.end()
    return lines
  }

  it('says nothing of one image', () => expect(watched(1, [rejected])).toEqual([]))

  it('has a line for each of a few, in a group', () => {
    expect(watched(3, [verified, rejected, allowed])).toEqual([
      'group Judging 3 images',
      '1 of 3: verified s3://bucket/app:v1',
      '2 of 3: rejected s3://bucket/app:v1',
      '3 of 3: not checked s3://bucket/app:v1',
      'end',
    ])
  })

  it('counts many at a bounded rate, and names those that fail', () => {
    const images = [rejected, ...Array.from({ length: 99 }, () => verified)]
    expect(watched(100, images, 0.1)).toEqual([
      'group Judging 100 images',
      '1 of 100: rejected s3://bucket/app:v1',
      '50 of 100 images: 1 rejected',
      '100 of 100 images: 1 rejected',
      'end',
    ])
  })

  it('names no more than can be read', () => {
    const lines = watched(
      5000,
      Array.from({ length: 5000 }, () => undetermined),
    )
    expect(lines.length).toBeLessThan(60)
    expect(lines.at(-2)).toBe('5000 of 5000 images: 5000 undetermined')
  })

  it('obeys no command in a name', () => {
    const [, line] = watched(2, [{ ...rejected, reference: 'a\n::set-output name=x::y' }])
    expect(line).toBe('1 of 2: rejected a\\n::set-output name=x::y')
  })
})

describe('the line on a terminal', () => {
  const written = (isTTY: boolean | undefined, total: number, columns = 80): readonly string[] => {
    const texts: string[] = []
    let now = 0
    const live = liveLine(
      { ...(isTTY !== undefined && { isTTY }), columns, write: (text) => texts.push(text) },
      () => now,
    )
    live.planned(total)
    for (const image of [rejected, verified, undetermined]) {
      now += 60
      live.decided(image)
    }
    live.end()
    live.end()
    return texts
  }

  it('is rewritten at most ten times a second, and gone at the end', () => {
    expect(written(true, 3)).toEqual([
      '\r\x1b[K0 of 3 images',
      '\r\x1b[K2 of 3 images: 1 rejected',
      '\r\x1b[K',
    ])
  })

  it('never wraps', () => expect(written(true, 3, 10)[1]).toBe('\r\x1b[K2 of 3 im'))

  it('knows no width of a terminal that does not know it', () => {
    expect(written(true, 3, 0)[0]).toBe('\r\x1b[K0 of 3 images')
  })

  it.each([[false, 3] as const, [undefined, 3] as const, [true, 1] as const])(
    'is nothing where nobody looks or waits: %s, %i',
    (isTTY, total) => expect(written(isTTY, total)).toEqual([]),
  )
})
