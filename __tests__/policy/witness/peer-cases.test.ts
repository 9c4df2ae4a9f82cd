import { afterAll, describe, expect, it } from 'vitest'
import type { ProfileName } from '../../../src/policy/witness/profile.js'
import type { Ask } from '../../../src/policy/witness/rules.js'
import { bundledEngine, patient } from '../../harness/policy-engine.js'
import { isThere, peerCases, verify } from './fixtures.js'

const engine = bundledEngine()
afterAll(() => engine.close())
const ask: Ask = async (question) => engine.ask(question, patient)

const all = isThere ? peerCases() : []
const names: Readonly<Record<ProfileName, string>> = { cilock: 'cilock-4.1', witness: 'witness-0.11' }

/** Cases of witness that it passes and we do not. */
const stricter = new Map([
  ['w-no-steps', 'a policy that demands nothing proves nothing'],
  ['w-rego-http-send', 'rules reach no network, so the builtin is not there'],
  ['w-rego-net-lookup', 'the same'],
  ['w-rego-opa-runtime', 'rules see nothing of the machine'],
])

/** What the tools refuse before they judge, and OPA's longer messages: our words are others. */
const wordedOtherwise = /policy-invalid|input-invalid/

/** Wording that has nothing to do with the cause: escapes, namespaces, counts, the order of keys. */
function normal(reason: string): string {
  const text = reason
    .replace(/\\u2014/g, '—')
    .replace(/\\/g, '')
    .replace(/^.*policyverify failed: /, '')
    .replaceAll('https://witness.dev/attestations/', 'https://aflock.ai/attestations/')
    .replace(/digest\(s\) \[[^\]]*\] not present in any subject.*$/, 'digest(s) not present in any subject')
    .replace(/no collection passed verification for step (\S+)\..*$/, 'no collection for step $1')
    .replace(/\[?(mismatched digests for [^\]]*?)\]?( failed to verify.*)?$/, '$1')
    .replace(/ fix: pass --policy-uris.*$/, '')
    .replace(/\s+/g, ' ')
    .trim()
  const [head = '', keys] = text.split('for keyids:')
  return keys === undefined
    ? head
    : `${head}for keyids: ${keys
        .trim()
        .split(/ (?=[0-9a-f]{64}:)/)
        .sort()
        .join(' ')}`
}

for (const profile of ['cilock', 'witness'] as const) {
  describe(`cases of ${names[profile]}`, () => {
    for (const one of all) {
      const expected = one.expected[names[profile]]
      if (!expected) continue
      it(`${one.id}: ${one.title}`, async () => {
        const { finding, reasons } = await verify(one, profile, ask)
        const passes = expected.verdict === 'pass' && !(profile === 'witness' && stricter.has(one.id))
        expect(finding.status === 'met', `${finding.message}\n${reasons.join('\n')}`).toBe(passes)
        if (passes || expected.verdict === 'pass') return
        const code = 'code' in finding ? finding.code : ''
        if (wordedOtherwise.test(code)) return
        const wanted = new Set((expected.reasons ?? []).map(normal))
        expect(new Set(reasons.map(normal))).toEqual(wanted)
      })
    }
  })
}
