import { afterAll, describe, expect, it } from 'vitest'
import { type ProfileName, profiles } from '../../../src/policy/witness/profile.js'
import { readModule } from '../../../src/policy/witness/rego-text.js'
import { rule } from '../../../src/policy/witness/rules.js'
import { bundledEngine, patient } from '../../harness/policy-engine.js'
import { isThere, read } from './fixtures.js'

interface RegoCase {
  readonly id: string
  readonly title: string
  readonly modules: readonly { readonly name: string; readonly text: string }[]
  readonly input: string
  readonly expected: Readonly<Record<string, { readonly verdict: 'pass' | 'fail' }>>
}

interface RegoCases {
  readonly inputs: Readonly<Record<string, unknown>>
  readonly cases: readonly RegoCase[]
}

const { inputs, cases }: RegoCases = isThere
  ? (JSON.parse(read('rego-cases.json').toString('utf8')) as RegoCases)
  : { inputs: {}, cases: [] }
const engine = bundledEngine()
afterAll(() => engine.close())

/** Rules reach no network and see nothing of the machine. */
const stricter = /http-send|net-lookup|opa-runtime/

for (const [name, peer] of [
  ['cilock', 'cilock-4.1'],
  ['witness', 'witness-0.11'],
] as readonly [ProfileName, string][]) {
  describe.runIf(isThere)(`rules as ${peer} judges them`, () => {
    it.each(cases.filter(({ expected }) => expected[peer] !== undefined))('$id: $title', async (one) => {
      const rules = {
        path: '',
        type: 'T',
        modules: one.modules.map((module) => readModule(module.name, module.text)),
        aiPolicies: 0,
      }
      const input = JSON.stringify(inputs[one.input])
      const ruling = await rule(
        rules,
        'T',
        input,
        async (question) => engine.ask(question, patient),
        profiles[name],
      )
      const expected = name === 'witness' && stricter.test(one.id) ? 'fail' : one.expected[peer]?.verdict
      expect(ruling.kind === 'passed' ? 'pass' : 'fail', JSON.stringify(ruling)).toBe(expected)
    })
  })
}
