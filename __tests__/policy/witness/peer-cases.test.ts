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
    // OPA words it otherwise since.
    .replace(/(eval_conflict_error): [\s\S]*$/, '$1')
    // A closing quote at the end was lost in the index.
    .replace(/"$/, '')
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
        const wanted = (expected.reasons ?? []).map(normal)
        // A step that nothing led to because another has no collection is said once, there.
        const causes = wanted.some((reason) => reason.startsWith('no collection for'))
          ? wanted.filter((reason) => !reason.includes('not present in any subject'))
          : wanted
        const got = new Set(reasons.map(normal))
        // cilock says nothing when it refuses an optional external.
        if (causes.length === 0) expect([...got].join()).toContain('external attestation "scan"')
        else expect(got).toEqual(new Set(causes))
      })
    }
  })
}

describe.runIf(isThere)("the tutorial's rule", () => {
  const config = '13095839d01955a62fc5b008f96c38eeb38740e1477e1962d1ba168266ddf2b9'
  const one = {
    policy: 'policies/c-tutorial.json',
    policyPublicKey: 'keys/policy.pub',
    attestations: ['attestations/c-docker-build.json', 'attestations/c-docker-sbom.json'],
    subjects: [config],
  }
  const signed = `sha256:${'a'.repeat(64)}`

  it.each([
    ['passes the image that was built', config, []],
    [
      'denies another one, and says which',
      'b'.repeat(64),
      [
        `policy was denied due to: image digest mismatch: cilock has sha256:${config}, cosign signed ${signed}`,
      ],
    ],
  ])('%s', async (_, own, reasons) => {
    const image = { signed, platforms: [{ manifest: signed, config: `sha256:${own}` }] }
    const said = await verify(one, 'cilock', ask, { image })
    expect(said.reasons).toEqual(reasons.map((reason) => expect.stringContaining(reason) as string))
    expect(said.finding.status).toBe(reasons.length === 0 ? 'met' : 'unmet')
  })
})
