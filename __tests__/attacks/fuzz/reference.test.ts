import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseReference } from '../../../src/reference/parse.js'
import { pin } from '../../../src/reference/reference.js'
import { openCounts } from '../harness/counts.js'
import { attackByFuzz, property } from '../harness/fuzz-attack.js'
import { texts } from '../harness/hostile.js'
import { references as samples, referenceParsers } from '../parsers/reference.js'

const digest = `sha256:${'ab'.repeat(32)}` as const

attackByFuzz('reference', referenceParsers)

const name = fc.stringMatching(/^[a-z0-9]+([._-][a-z0-9]+)*$/)
const written = fc
  .tuple(
    fc.oneof(fc.constant('registry.example'), fc.constant('localhost:5000'), fc.constant('127.0.0.1')),
    fc.array(name, { minLength: 1, maxLength: 3 }),
    fc.stringMatching(/^[A-Za-z0-9_][A-Za-z0-9._-]{0,20}$/),
  )
  .map(([host, path, tag]) => `${host}/${path.join('/')}:${tag}`)

describe('a reference that was pinned', () => {
  const count = openCounts('fuzz', 'reference-properties')

  it('names the same image, now by its digest, and pins to itself', () => {
    property(count, fc.oneof(texts(samples), written), (text) => {
      const reference = parseReference(text)
      if (reference.kind === 'unreadable') return
      const pinned = pin(reference, digest)
      expect(pinned.endsWith(`@${digest}`)).toBe(true)
      const again = parseReference(pinned)
      if (again.kind === 'unreadable') throw new Error(again.reason)
      expect(again).toEqual({ ...reference, digest, text: pinned })
      expect(pin(again, digest)).toBe(pinned)
    })
  })
})
