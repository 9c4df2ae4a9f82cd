import { describe, expect, it } from 'vitest'
import { openCounts } from '../harness/counts.js'
import { extent } from '../harness/extent.js'
import type { Parser } from '../harness/fuzz-attack.js'
import { giants } from '../harness/giants.js'
import { evidenceParsers } from '../parsers/evidence.js'
import { inputsParsers } from '../parsers/inputs.js'
import { kubernetesParsers } from '../parsers/kubernetes.js'
import { policyParsers } from '../parsers/policy.js'
import { referenceParsers } from '../parsers/reference.js'
import { storesParsers } from '../parsers/stores.js'
import { witnessParsers } from '../parsers/witness.js'

const parsers = [
  ...evidenceParsers,
  ...inputsParsers,
  ...kubernetesParsers,
  ...policyParsers,
  ...referenceParsers,
  ...storesParsers,
  ...witnessParsers,
]
const count = openCounts('bounds', 'parsers')
/** A slice takes each giant, which is smaller there, to some parsers, each time the same. */
const stride = extent(4, 1)

describe.each(parsers.map((parser, index) => ({ name: parser.name, parser, index })))(
  '$name',
  ({ parser, index }) => {
    it('comes to an end with what is long, deep or often', { timeout: 600_000 }, async () => {
      let answered = 0
      const chosen = giants.filter((_, at) => (at + index) % stride === 0)
      for (const { name, text } of chosen) {
        await expect(Promise.resolve(readGiant(parser, text())), name).resolves.not.toThrow()
        answered++
      }
      count({ inputs: answered })
      expect(answered).toBe(chosen.length)
    })
  },
)

async function readGiant(parser: Parser, text: string): Promise<void> {
  if (parser.texts) await parser.read(text)
  else if (parser.bytes) await parser.read(Buffer.from(text, 'latin1'))
  else await parser.read(parsed(text))
}

/** What reads values gets those that JSON holds. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return text
  }
}
