import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parseManifest } from '../../src/kubernetes/manifest.js'
import { imagesOf } from '../../src/kubernetes/images.js'
import {
  hasPeerFixtures,
  openPeerFixtures,
  type PeerCase,
  type PeerFixtures,
  type PeerRun,
  peerCases,
} from '../harness/peer-fixtures.js'

/**
 * Every verifyImages case that Kyverno's CLI was asked, on both faces: the command against a registry that lists no
 * referrers, the action against one that does. What must agree, beside the verdict:
 *
 * - Kyverno tells twice of an image, once when it verifies it and once when it validates (`image verified`,
 *   `unverified image`, `missing digest`); one row here stands for both. So the sets of (policy, rule, resource, result)
 *   are equal, and where Kyverno names the image that it verified, our row of that image has its result.
 * - What it could not find out it calls fail, or fail and error; here that is always error, and nothing else.
 */
const cases = peerCases('kyverno-verifyImages')

/** Why our answer is another than Kyverno's, and which it is: verdict, code, the results of the rows. */
const free: Readonly<Record<string, readonly [string, string, readonly string[], string]>> = {
  'k-alg-p384': [
    'verified',
    '',
    ['pass'],
    'a P-384 key signs with SHA-384: each key may use the hash that real signers use',
  ],
  'k-alg-ed25519': ['verified', '', ['pass'], 'cosign 3 signs Ed25519ph; no peer checks it as such'],
  'k-net-ignoretlog': ['verified', '', ['pass'], 'a key needs no log of certificates'],
  'k-ref-star-tag-tagdigest': [
    'undetermined',
    'nothing-to-verify',
    [],
    'a digest escapes the tag pattern: said aloud',
  ],
  'k-ref-exact-tag-digest': ['undetermined', 'nothing-to-verify', [], 'the same'],
  'k-ref-exact-tag-tagdigest': ['undetermined', 'nothing-to-verify', [], 'the same'],
  'k-ref-q-tagdigest': ['undetermined', 'nothing-to-verify', [], 'the same'],
  'k-ref-no-tag-tag': [
    'undetermined',
    'nothing-to-verify',
    [],
    'a pattern without tag covers nothing: said aloud',
  ],
  'k-ref-no-tag-digest': ['undetermined', 'nothing-to-verify', [], 'the same'],
  'k-blob-att-ba': [
    'rejected',
    'attestation-invalid',
    ['fail'],
    'of several keys of an attestation the first counts, as in the cluster',
  ],
  'k-att-customjson': ['rejected', 'policy-denied', ['fail'], 'Data stays a text, as in the cluster'],
  'k-att-customjson-raw': ['rejected', 'policy-denied', ['fail'], 'the same'],
  'k-att-noattestor': [
    'undetermined',
    'policy-invalid',
    ['error'],
    'an attestation by anybody proves nothing',
  ],
  'k-batt-only-as-sig': [
    'rejected',
    'signature-invalid',
    ['fail'],
    'an attestation is no signature of the image',
  ],
  'k-sw-m1v1r1-none': ['rejected', 'unsigned', ['fail'], 'and what failed is not pinned'],
  'k-sw-m1v0r1-none': ['rejected', 'unsigned', ['fail'], 'the same'],
  'k-sw-m1v0r0-none': ['rejected', 'unsigned', ['fail'], 'the same'],
  'k-auto-none': ['undetermined', 'nothing-to-verify', [], 'auto-gen is off: said aloud'],
  'k-skip-mixed': ['verified', '', ['pass', 'skip'], 'and what was skipped is not pinned'],
  'k-down-Ignore': ['undetermined', 'unreachable', ['error'], 'an outage is never a pass'],
  'k-down-att-Ignore': ['undetermined', 'unreachable', ['error'], 'the same'],
  'k-id-noid': [
    'verified',
    '',
    ['pass'],
    'the policy trusts one authority of its own, and all whom it certifies',
  ],
  'k-id-otherroot': ['rejected', 'certificate-untrusted', ['fail'], 'a leaf is no authority'],
  'k-cert-leaf-chain': ['verified', '', ['pass'], 'ignoreSCT counts before the chain is looked at'],
  'k-load-unknown': ['undetermined', 'policy-invalid', [], 'Kyverno drops the policy in silence'],
  'k-ctx-cm': ['verified', '', ['pass'], 'a ConfigMap among the manifests is what the context asks for'],
  'k-imagevolume': ['verified', '', ['pass'], 'image volumes are said aloud'],
  'k-same-twice': ['verified', '', ['pass', 'pass'], 'one image, verified once, a row for each container'],
  'k-secret': ['verified', '', ['pass'], 'pull secrets of the cluster are not needed here'],
  'k-edge-list': ['rejected', 'unsigned', ['fail'], 'Kyverno’s CLI panics over a List'],
  'k-edge-badname': ['rejected', 'unsigned', ['fail'], 'one odd container hides no other'],
  'k-edge-crd': ['undetermined', 'nothing-to-verify', [], 'a kind without known places: said aloud'],
  'k-edge-dupkey': ['undetermined', 'input-invalid', [], 'which of two images runs is for nobody to guess'],
  'k-edge-spaces': ['undetermined', 'input-invalid', [], 'no image has spaces around it'],
  'k-edge-port': ['undetermined', 'nothing-to-verify', [], 'no rule is about a PodTemplate: said aloud'],
}

/** Free cases in which something goes unchecked in Kyverno: what must be said of it, in a warning or as the failure. */
const saidAloud: Readonly<Record<string, RegExp>> = {
  'k-ref-star-tag-tagdigest': /asks for a tag, and an image with a digest has none/,
  'k-ref-exact-tag-digest': /asks for a tag, and an image with a digest has none/,
  'k-ref-exact-tag-tagdigest': /asks for a tag, and an image with a digest has none/,
  'k-ref-q-tagdigest': /asks for a tag, and an image with a digest has none/,
  'k-ref-no-tag-tag': /neither a tag nor a wildcard/,
  'k-ref-no-tag-digest': /neither a tag nor a wildcard/,
  'k-ref-at-tag': /asks for a digest/,
  'k-ref-hub-bare': /Kyverno compares docker\.io\/nginx:latest/,
  'k-auto-none': /autogen-controllers is "none"/,
  'k-auto-crd': /no image in a Service without imageExtractors/,
  'k-ns-policy': /no rule is about Pod\/default\/app/,
  'k-load-unknown': /k-load-unknown\.yaml:32: unknown field .*nosuchfield/,
  'k-imagevolume': /sig\/none:v1 is not checked: Kyverno does not look at volumes/,
  'k-edge-badname': /"SIG" has capitals/,
  'k-edge-crd': /looks like an image that nobody checks here/,
  'k-edge-dupkey': /expected each key once, got "image" again/,
  'k-edge-spaces': /white space around it/,
  'k-edge-port': /no rule is about PodTemplate\/default\/pt/,
}

/** Rows that differ for a reason of their own. */
const rowsOfTheirOwn: Readonly<Record<string, readonly string[]>> = {
  // Kyverno's note of which images were verified is one for all policies: it fails the one that passed too.
  'k-two-policies': ['need-a pass', 'need-b fail'],
  // Changing a digest is a result of its own in Kyverno.
  'k-pin-digestonly': ['check-image fail'],
  // Refused when it is read, so that no rule is asked.
  'k-att-notype': [],
}

/** `mutateDigest` is off, so that Kyverno pins nothing; `pinned-manifests` asks for digests all the same. */
const pinnedAllTheSame = new Set(['k-sw-m0v0r1-a', 'k-sw-m0v0r0-a'])

const codes: Readonly<Record<string, string>> = {
  'k-basic-b': 'signature-invalid',
  'k-blob-1-none': 'unsigned',
  'k-att-bad': 'policy-denied',
  'k-att-two': 'policy-denied',
  'k-att-none': 'attestation-missing',
  'k-bundle-none': 'unsigned',
  'k-index-child': 'unsigned',
  'k-id-badiss': 'identity-mismatch',
  'k-ann-bad': 'annotation-mismatch',
  'k-forge-att': 'attestation-missing',
  'k-forged': 'unsigned',
  'k-down-Fail': 'unreachable',
  'k-keys-kms': 'input-invalid',
  'k-ctx-cm-missing': 'unsupported',
  'k-audit-md': 'policy-invalid',
  'k-load-two-kinds': 'policy-invalid',
  'k-edge-helm': 'input-invalid',
  'k-edge-nokind': 'input-invalid',
}

describe.skipIf(!hasPeerFixtures)('Kyverno’s cases', () => {
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
    expect(cases).toHaveLength(172)
    const open = cases.filter(({ ours }) => ours === 'free').map(({ id }) => id)
    expect(Object.keys(free).sort()).toEqual(open.sort())
  })

  it.concurrent.each(cases.map((one) => [one.id, one] as const))(
    '%s',
    async (_, one) => {
      const [cli, action] = await Promise.all([tagsOnly.run(one, 'cli'), listing.run(one, 'action')])
      for (const [run, { host }] of [
        [cli, tagsOnly],
        [action, listing],
      ] as const) {
        expectVerdict(one, run)
        expectRows(one, run, host)
        expectPinned(one, run, host)
      }
      expectFaces(action, cli)
    },
    120_000,
  )
})

function expectVerdict(one: PeerCase, { document, exit, said }: PeerRun): void {
  const { verdict, failure } = document
  const about = `${one.title}: ${failure?.message ?? ''}`
  const decided = free[one.id]
  if (decided) expect([verdict, failure?.code ?? ''], about).toEqual(decided.slice(0, 2))
  else if (one.ours === 'not-verified') expect(verdict, about).not.toBe('verified')
  else if (one.ours === 'not-rejected') expect(verdict, about).not.toBe('rejected')
  else expect(verdict, about).toBe(one.ours)
  expect(exit).toBe({ verified: 0, rejected: 1, undetermined: 2 }[verdict])
  if (codes[one.id] !== undefined) expect(failure?.code, about).toBe(codes[one.id])
  const aloud = saidAloud[one.id]
  if (aloud) {
    expect([...document.warnings, failure?.message ?? ''].join('\n')).toMatch(aloud)
    expect(said).toMatch(aloud)
  }
  if (one.id.startsWith('k-load-') || one.id === 'k-audit-md')
    expect(failure?.message).toMatch(/^policies\/k-[a-z0-9-]+\.yaml:\d+: .*\bspec\.rules\[0\]/)
}

function expectRows(one: PeerCase, { document }: PeerRun, host: string): void {
  const { policies, images } = document
  const results = policies.map(({ result }) => result)
  for (const { image, message } of policies) {
    expect(images.map(({ reference }) => reference)).toContain(image)
    expect(message).not.toBe('')
  }
  const decided = free[one.id]
  if (decided) {
    expect([...results].sort()).toEqual(decided[2])
    return
  }
  const own = rowsOfTheirOwn[one.id]
  if (own) {
    expect(policies.map(({ policy, result }) => `${policy} ${result}`)).toEqual(own)
    return
  }
  const theirs = (one.expect.results ?? []).map(({ policy, rule, resource, result }) =>
    [policy, rule, resource, result].join(' '),
  )
  const ours = policies.map(({ policy, rule, resource, result }) =>
    [policy, rule, [resource?.kind, resource?.namespace, resource?.name].join('/'), result].join(' '),
  )
  if (results.includes('error')) {
    // Not found out: never a pass there, and nothing but error here.
    expect(new Set(results)).toEqual(new Set(['error']))
    expect(document.verdict).toBe('undetermined')
    for (const { result } of one.expect.results ?? []) expect(['fail', 'error']).toContain(result)
    const named = (rows: readonly string[]): Set<string> =>
      new Set(rows.map((row) => row.replace(/ \w+$/, '')))
    expect(named(ours)).toEqual(named(theirs))
    return
  }
  expect(new Set(ours)).toEqual(new Set(theirs))
  for (const { rule, image = '', result, message } of one.expect.results ?? []) {
    if (
      !/^(?:verified image (?:signatures|attestations) for|failed to verify image|skipping image)/.test(
        message,
      )
    )
      continue
    const repository = nameOf(image.replace('127.0.0.1:5511', host))
    if (!repository.startsWith(host)) continue
    const row = policies.filter((ours) => ours.rule === rule && nameOf(ours.image) === repository)
    expect(
      row.map((ours) => ours.result),
      `${rule} ${image}`,
    ).toContain(result)
  }
}

/** Kyverno pins what matched; here what was verified is pinned as Kyverno would, and nothing else. */
function expectPinned(one: PeerCase, { document, pinned, exit }: PeerRun, host: string): void {
  if (one.expect.pinned === undefined) return
  expect(pinned, 'a manifest comes out').toBeDefined()
  const verified = new Map(
    document.images.flatMap(({ reference, verdict, pinned: as }) =>
      verdict === 'verified' && as !== null ? [[reference, as] as const] : [],
    ),
  )
  if (exit === 0) expect(verified.size).toBeGreaterThan(0)
  const texts = parseManifest('out', pinned ?? '').resources.flatMap((resource) =>
    imagesOf(resource).images.map(({ text }) => text),
  )
  const theirs = one.expect.pinned.flatMap(({ initContainers, containers }) => [
    ...initContainers,
    ...containers,
  ])
  const expected = theirs.map((text) => {
    const there = text.replace('127.0.0.1:5511', host)
    const written = there.replace(/(:v1)@sha256:[0-9a-f]{64}$/, '$1')
    if (pinnedAllTheSame.has(one.id)) return verified.get(written)
    return verified.has(written) ? there : written
  })
  expect(texts.toSorted()).toEqual(expected.toSorted())
}

/** The faces may not differ in anything but where the registry is. */
function expectFaces({ action, document }: PeerRun, cli: PeerRun): void {
  expect(action?.outputs['verdict']).toBe(document.verdict)
  expect(action?.outputs['failure-code']).toBe(document.failure?.code ?? '')
  expect(document.verdict).toBe(cli.document.verdict)
  expect(document.failure?.code).toBe(cli.document.failure?.code)
  const plain = ({ document: { policies } }: PeerRun): unknown =>
    policies.map(({ policy, rule, resource, result }) => [policy, rule, resource, result])
  expect(plain({ document } as PeerRun)).toEqual(plain(cli))
  // Whatever is not verified shows as an annotation, and nothing of it as a reference to promote.
  if (document.verdict === 'verified') return
  expect(action?.annotations.some(({ level }) => level === 'error')).toBe(true)
  const handed = JSON.parse(action?.outputs['images'] ?? '[]') as readonly unknown[]
  expect(handed).toHaveLength(
    document.images.filter(({ verdict, pinned }) => verdict === 'verified' && pinned !== null).length,
  )
}

function nameOf(reference: string): string {
  return reference.replace(/@.*$/, '').replace(/:[^:/]*$/, '')
}
