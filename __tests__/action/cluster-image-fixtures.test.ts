import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  hasPeerFixtures,
  openPeerFixtures,
  type PeerCase,
  type PeerFixtures,
  type PeerRun,
  peerCases,
} from '../harness/peer-fixtures.js'

/**
 * Every ClusterImagePolicy case that policy-tester was asked, on both faces. policy-tester has errors, no rows: without
 * an error every policy that covers the image has the row pass; an error is a row fail, or error where nothing is proven
 * false, and says the same as its own words (the table below).
 */
const cases = peerCases('policy-controller')

/** Verdict, code, rows, and why it is ours. */
const free: Readonly<Record<string, readonly [string, string, readonly string[], string]>> = {
  'p-key-p384': ['verified', '', ['pass'], 'a P-384 key signs with SHA-384'],
  'p-static-missing': [
    'verified',
    '',
    ['pass'],
    'a static rule asks for no image: admitted, nothing handed on',
  ],
  'p-static-down': ['verified', '', ['pass'], 'the same'],
  'p-warn-fail': [
    'undetermined',
    'nothing-to-verify',
    ['warn'],
    'a policy that only warns proves nothing, and is shown',
  ],
  'p-att-regomsg-custom': [
    'verified',
    '',
    ['pass'],
    'a warning in Rego is no error where the result is true',
  ],
  'p-bundle-default': ['verified', '', ['pass'], 'both formats are evidence'],
  'p-bundle-format': ['verified', '', ['pass'], 'a bundle by a key is evidence'],
  'p-batt-oci11': ['verified', '', ['pass'], 'the same for attestations'],
  'p-batt-oci11-otherkey': ['rejected', 'attestation-invalid', ['fail'], 'by another key'],
  'p-keyless-cacert': [
    'rejected',
    'log-entry-missing',
    ['fail'],
    'ca-cert is a certificate; without ctlog an entry is demanded',
  ],
  'p-keyless-cacert-root': ['rejected', 'log-entry-missing', ['fail'], 'the same'],
  'p-keyless-trustroot': [
    'rejected',
    'log-entry-missing',
    ['fail'],
    'a ctlog that names a TrustRoot demands an entry, as in v1alpha1',
  ],
  'p-load-bundlekey': ['undetermined', 'policy-invalid', [], 'an unknown signatureFormat is an error'],
  'p-secret-stringdata': ['verified', '', ['pass'], 'a Secret beside the policy is used'],
  'p-dup': ['rejected', 'signature-invalid', ['fail', 'pass'], 'two policies with one name both count'],
  'p-configmapref': ['undetermined', 'unsupported', ['error'], 'what is not evaluated passes nothing'],
  'p-configmapref-bad': ['undetermined', 'unsupported', ['error'], 'the same'],
}

/** The words of policy-tester, and the code that says the same; the first that fits. */
const words: readonly (readonly [RegExp, string])[] = [
  [/no signatures found/, 'unsigned'],
  [/no matching signatures: invalid signature/, 'signature-invalid'],
  [/no matching subject digest found/, 'digest-mismatch'],
  [/none of the expected identities matched/, 'identity-mismatch'],
  [/no matching attestations: : /, 'attestation-missing'],
  [/no matching attestations with type/, 'attestation-missing'],
  [/accepted signatures do not match threshold/, 'attestation-invalid'],
  [/rego_parse_error|failed to compile the cue policy/, 'policy-invalid'],
  [/failed evaluating (?:rego|cue) policy/, 'policy-denied'],
  [/disallowed by static policy/, 'policy-denied'],
  [/image tag not found/, 'not-found'],
  [/is uncovered by policy/, 'uncovered'],
  [/there are no public keys/, 'unsupported'],
  // Without a way to the log or its keys policy-tester stops; the signature carries no entry, which is proven here.
  [/searching log query|failed to fetch Fulcio roots/, 'log-entry-missing'],
  [/CIP is invalid/, 'policy-invalid'],
]

const codesOfTheirOwn: Readonly<Record<string, string>> = {
  // policy-tester stops at the authority; here the policy over all of them is asked too, and says no.
  'p-top-rego-fail': 'policy-denied',
  'p-top-cue-len': 'policy-denied',
  // A reference on the command line names its tag; one in a manifest need not.
  'p-glob-nginx-hubname': 'reference-invalid',
  'p-glob-nginx-dockerio': 'reference-invalid',
}

describe.skipIf(!hasPeerFixtures)('policy-controller’s cases', () => {
  let tagsOnly: PeerFixtures
  let listing: PeerFixtures
  beforeAll(async () => {
    tagsOnly = await openPeerFixtures('tags-only')
    listing = await openPeerFixtures('referrers')
  })
  afterAll(() => {
    tagsOnly.stop()
    listing.stop()
  })

  it('are all there, and the free ones are decided', () => {
    expect(cases).toHaveLength(105)
    const open = cases.filter(({ ours }) => ours === 'free').map(({ id }) => id)
    expect(Object.keys(free).sort()).toEqual(open.sort())
  })

  it.concurrent.each(cases.map((one) => [one.id, one] as const))(
    '%s',
    async (_, one) => {
      const [cli, action] = await Promise.all([tagsOnly.run(one, 'cli'), listing.run(one, 'action')])
      for (const run of [cli, action]) expectAnswer(one, run)
      expect(action.action?.outputs['verdict']).toBe(cli.document.verdict)
      expect(action.action?.outputs['failure-code']).toBe(cli.document.failure?.code ?? '')
      expect(action.document.policies.map(({ result }) => result)).toEqual(
        cli.document.policies.map(({ result }) => result),
      )
    },
    180_000,
  )
})

function expectAnswer(one: PeerCase, { document, exit, said }: PeerRun): void {
  const { verdict, failure, policies } = document
  const about = `${one.title}: ${failure?.message ?? ''}`
  const results = policies.map(({ result }) => result)
  expect(exit).toBe({ verified: 0, rejected: 1, undetermined: 2 }[verdict])
  for (const { message, rule } of policies) expect([message === '', rule]).toEqual([false, ''])
  const decided = free[one.id]
  if (decided) {
    expect([verdict, failure?.code ?? '', [...results].sort()], about).toEqual(decided.slice(0, 3))
    return
  }
  if (one.ours === 'not-verified') expect(verdict, about).not.toBe('verified')
  else expect(verdict, about).toBe(one.ours)
  const theirs = [...(one.expect.errors ?? []), one.expect.stderr ?? ''].join('\n').trimStart()
  if (theirs === '') {
    expect([verdict, new Set(results)], about).toEqual(['verified', new Set(['pass'])])
    return
  }
  const code = codesOfTheirOwn[one.id] ?? words.find(([word]) => word.test(theirs))?.[1]
  expect(failure?.code, `${about}\n${theirs}`).toBe(code)
  switch (code) {
    case undefined:
    case 'policy-invalid':
      if (results.length === 0) expect(failure?.message).toMatch(/^policies\/p-[a-z0-9-]+\.yaml:\d+: /)
      break
    case 'uncovered':
    case 'reference-invalid':
      expect(results).toEqual([])
      break
    default:
      expect(results).toContain(verdict === 'rejected' ? 'fail' : 'error')
  }
  const frozen = /disallowed by static policy: (\w[^:]*)/.exec(theirs)
  if (frozen) expect(failure?.message).toContain(frozen[1])
  expect(said).toContain(failure?.message.split('\n')[0]?.slice(0, 60))
}
