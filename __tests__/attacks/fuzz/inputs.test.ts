import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseInputs } from '../../../src/inputs/parse.js'
import type { InputName } from '../../../src/inputs/table.js'
import { openCounts } from '../harness/counts.js'
import { attackByFuzz, property } from '../harness/fuzz-attack.js'
import { texts } from '../harness/hostile.js'
import { inputLines as lines, inputNames as names, inputsParsers } from '../parsers/inputs.js'

attackByFuzz('inputs', inputsParsers)

describe('inputs of the step', () => {
  const count = openCounts('fuzz', 'inputs-properties')
  const given = fc.array(
    fc.tuple(fc.constantFrom<InputName>(...names), fc.array(texts(lines), { maxLength: 3 })),
    {
      maxLength: 8,
    },
  )

  it.each(['action', 'command'] as const)(
    'come to a request, or to problems that say why not (%s)',
    (face) => {
      property(count, given, (entries) => {
        const { request, problems } = parseInputs(new Map(entries), face)
        expect(request !== undefined || problems.length > 0).toBe(true)
        for (const { code, message } of problems) {
          expect(code).not.toBe('internal-error')
          expect(message).not.toBe('')
        }
        // Without a signer, a key or a policy nothing may be judged.
        const isAsked = entries.some(([name]) => /key|identity|polic|manifests/.test(name))
        if (!isAsked) expect(request).toBeUndefined()
      })
    },
  )
})
