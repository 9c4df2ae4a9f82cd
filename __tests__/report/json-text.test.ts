import { describe, expect, it } from 'vitest'
import { toDocument } from '../../src/report/document.js'
import { inBlocks, jsonPieces } from '../../src/report/json-text.js'
import { unmet } from '../../src/verdict/finding.js'
import type { Result } from '../../src/verdict/result.js'
import { imageWith } from '../harness/results.js'

const tool = { name: 'verify-image', version: '0', sha256: null }
const result = (count: number, message: string): Result => ({
  verdict: 'undetermined',
  failure: null,
  images: Array.from({ length: count }, () => imageWith(unmet('image', 'unsigned', message))),
  keys: [],
  calls: [{ host: 'registry.example', count: 1 }],
  warnings: ['a\nb', '\u2028"\\'],
  startedAt: '2026-01-01T00:00:00Z',
  finishedAt: '2026-01-01T00:00:00Z',
})

describe('a document in pieces', () => {
  it.each([
    [0, 'x'],
    [1, 'line\nfeed \\n "quoted" 😀 \ud83d'],
    [3, ''],
    [500, 'ü'.repeat(300)],
  ])('of %i images is what JSON.stringify writes', (count, message) => {
    const plan = { sha256: 'ab'.repeat(32), of: 3, shard: 1 }
    for (const document of [
      toDocument(result(count, message), { key: ['a', 'b'], mode: 'enforce' }, tool),
      toDocument(result(count, message), {}, tool, plan),
    ])
      expect([...inBlocks(jsonPieces(document))].join('')).toBe(`${JSON.stringify(document, null, 2)}\n`)
  })

  it('has none of any size', () => {
    const blocks = [...inBlocks(jsonPieces(toDocument(result(2000, 'x'.repeat(1000)), {}, tool)))]
    expect(blocks.length).toBeGreaterThan(10)
    expect(Math.max(...blocks.map(({ length }) => length))).toBeLessThan(128 * 1024)
  })
})
