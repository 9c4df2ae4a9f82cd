import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { certifiedKey, copyEvidence, flipSignature, signCertified } from '../harness/certified-signature.js'
import {
  clusterImagePolicy,
  expectRun,
  folderOf,
  keyEntry,
  kyvernoPolicy,
  podOf,
  runFaces,
} from '../harness/cluster-policies.js'
import { newAuthority, pemOf } from '../harness/issued-certificate.js'
import { sendAnswer } from '../harness/registry-answers.js'
import { attestSimply, putImage, signByBundle, signSimply } from '../harness/registry-images.js'
import { type LoopbackRegistry, openRegistry } from '../harness/registry.js'
import { runAction } from '../harness/run.js'
import { newKey } from '../harness/store.js'

/** Each way to say verified in a cluster's policy, and the nearest ways to be wrong. */
const alice = newKey()
const bob = newKey()
const root = newAuthority('a root of ours')
const between = newAuthority('between', root)
const foreign = newAuthority('a root of somebody')
const issuer = 'https://accounts.acme.example'
const dev = certifiedKey('dev@acme.example', issuer, between)
const stranger = certifiedKey('dev@acme.example', issuer, foreign)
const scan = 'https://acme.example/scan/v1'

let registry: LoopbackRegistry
const digests = new Map<string, string>()

function put(name: string): string {
  const digest = putImage(registry.holdings, `app/${name}`)
  digests.set(name, digest)
  return digest
}
const place = (name: string): { repository: string; digest: string } => ({
  repository: `app/${name}`,
  digest: digests.get(name) ?? '',
})

beforeAll(async () => {
  registry = await openRegistry()
  const { holdings } = registry
  for (const name of ['signed', 'down-sig', 'down-blob'])
    signSimply(holdings, `app/${name}`, put(name), alice)
  signSimply(holdings, 'app/by-bob', put('by-bob'), bob)
  signSimply(holdings, 'app/by-both', put('by-both'), alice)
  signSimply(holdings, 'app/by-both', digests.get('by-both') ?? '', bob)
  put('unsigned')
  put('copied')
  copyEvidence(holdings, place('signed'), place('copied'), 'sig')
  put('flipped')
  signSimply(holdings, 'app/flipped', digests.get('flipped') ?? '', alice)
  copyEvidence(holdings, place('flipped'), place('flipped'), 'sig', flipSignature)

  const attest = (name: string, ...predicates: readonly object[]): void => {
    put(name)
    for (const predicate of predicates)
      attestSimply(holdings, `app/${name}`, digests.get(name) ?? '', alice, scan, predicate)
  }
  attest('scanned', { passed: true })
  attest('scanned-twice', { passed: true }, { passed: true, n: 2 })
  attest('failed', { passed: false })
  attest('failed-once', { passed: true }, { passed: false })
  attest('half', { passed: true }, { passed: true, half: true })
  attest('half-failed', { passed: false }, { passed: true, half: true })
  attest('fieldless', { other: true })
  put('scanned-by-bob')
  attestSimply(holdings, 'app/scanned-by-bob', digests.get('scanned-by-bob') ?? '', bob, scan, {
    passed: true,
  })
  put('other-type')
  attestSimply(
    holdings,
    'app/other-type',
    digests.get('other-type') ?? '',
    alice,
    'https://acme.example/other/v1',
    { passed: true },
  )
  put('scan-copied')
  copyEvidence(holdings, place('scanned'), place('scan-copied'), 'att')
  put('bundled')
  signByBundle(holdings, 'app/bundled', digests.get('bundled') ?? '', alice)
  put('bundle-by-bob')
  signByBundle(holdings, 'app/bundle-by-bob', digests.get('bundle-by-bob') ?? '', bob)
  put('bundle-attested')
  signByBundle(holdings, 'app/bundle-attested', digests.get('bundle-attested') ?? '', alice, scan, {
    passed: true,
  })

  const chain = pemOf(between.certificate, root.certificate)
  signCertified(holdings, 'app/certified', put('certified'), dev, chain)
  signCertified(holdings, 'app/stranger', put('stranger'), stranger, pemOf(foreign.certificate))
  put('certified-copied')
  copyEvidence(holdings, place('certified'), place('certified-copied'), 'sig')
  put('certified-flipped')
  signCertified(holdings, 'app/certified-flipped', digests.get('certified-flipped') ?? '', dev, chain)
  copyEvidence(holdings, place('certified-flipped'), place('certified-flipped'), 'sig', flipSignature)

  registry.fault('app/down-sig', 'sig', 'always', fail)
  registry.fault('app/down-blob', 'blob', 'always', fail)
  for (const name of ['half', 'half-failed'])
    registry.fault(`app/${name}`, 'blob', 'always', (response, usual, request) => {
      const said = Buffer.from(
        /"payload":"([^"]*)"/.exec(usual.body.toString('utf8'))?.[1] ?? '',
        'base64',
      ).toString()
      if (said.includes('"half":true')) fail(response)
      else sendAnswer(response, usual, request.method)
    })
})
afterAll(async () => registry.stop())

function fail(response: { statusCode: number; end: (text: string) => unknown }): void {
  response.statusCode = 503
  response.end('')
}

const passed = [{ all: [{ key: '{{ passed }}', operator: 'Equals', value: true }] }]
const attestation = (conditions?: object): object => ({
  attestors: [],
  attestations: [
    { type: scan, attestors: [{ entries: [keyEntry(alice.publicPem)] }], ...(conditions && { conditions }) },
  ],
})
const keyless = (more: object, roots = pemOf(between.certificate, root.certificate)): object => ({
  keyless: {
    ...more,
    roots,
    rekor: { url: 'https://rekor.acme.example', ignoreTlog: true },
    ctlog: { ignoreSCT: true },
  },
})

/** `verified`, or the code. */
type Ending = string
interface Way {
  readonly policy: () => string
  /** Images of `app/…` with the code of each. */
  readonly endings: Readonly<Record<string, Ending>>
}

const everything = (): string => `${registry.host}/**`
const kyverno = (entries: readonly object[], entry: object = {}): string =>
  kyvernoPolicy([`${registry.host}/app/*`], entries, { entry })
const trustRoot = (chain: string): string =>
  JSON.stringify({
    apiVersion: 'policy.sigstore.dev/v1alpha1',
    kind: 'TrustRoot',
    metadata: { name: 'ours' },
    spec: {
      sigstoreKeys: {
        certificateAuthorities: [
          {
            subject: { organization: 'acme', commonName: 'ours' },
            uri: 'https://ca.acme.example',
            certChain: Buffer.from(chain).toString('base64'),
          },
        ],
      },
    },
  })

const identities = { issuer, subject: 'dev@acme.example' }
const keylessAuthority = (identity: object): object => ({
  keyless: { identities: [identity], trustRootRef: 'ours', insecureIgnoreSCT: true },
})

const byKey = {
  signed: 'verified',
  'by-both': 'verified',
  'by-bob': 'signature-invalid',
  copied: 'digest-mismatch',
  flipped: 'signature-invalid',
  unsigned: 'unsigned',
  missing: 'not-found',
  'down-sig': 'server-error',
  'down-blob': 'server-error',
} as const
const byIdentity = {
  certified: 'verified',
  signed: 'key-mismatch',
  stranger: 'certificate-untrusted',
  'certified-copied': 'digest-mismatch',
  'certified-flipped': 'signature-invalid',
  unsigned: 'unsigned',
}

const ways: Readonly<Record<string, Way>> = {
  'Kyverno: a key': { policy: () => kyverno([keyEntry(alice.publicPem)]), endings: byKey },
  'Kyverno: another key': {
    policy: () => kyverno([keyEntry(bob.publicPem)]),
    endings: { signed: 'signature-invalid', 'by-bob': 'verified', 'by-both': 'verified' },
  },
  'Kyverno: two keys in one PEM, both wanted': {
    policy: () => kyverno([keyEntry(alice.publicPem + bob.publicPem)]),
    endings: {
      signed: 'signature-invalid',
      'by-bob': 'signature-invalid',
      'by-both': 'verified',
      unsigned: 'unsigned',
    },
  },
  'Kyverno: two keys in one PEM, one wanted': {
    policy: () =>
      kyverno([], { attestors: [{ count: 1, entries: [keyEntry(alice.publicPem + bob.publicPem)] }] }),
    endings: { signed: 'verified', 'by-bob': 'verified', 'by-both': 'verified', unsigned: 'unsigned' },
  },
  'Kyverno: two sets': {
    policy: () =>
      kyverno([], { attestors: [alice, bob].map(({ publicPem }) => ({ entries: [keyEntry(publicPem)] })) }),
    endings: { signed: 'signature-invalid', 'by-bob': 'signature-invalid', 'by-both': 'verified' },
  },
  'Kyverno: a nested set with a count of its own': {
    policy: () =>
      kyverno([
        { attestor: { count: 1, entries: [keyEntry(bob.publicPem), keyEntry(newKey().publicPem)] } },
        keyEntry(alice.publicPem),
      ]),
    endings: { signed: 'signature-invalid', 'by-bob': 'signature-invalid', 'by-both': 'verified' },
  },
  'Kyverno: a key whose signatures are logged': {
    policy: () => kyverno([{ keys: { publicKeys: alice.publicPem, ctlog: { ignoreSCT: true } } }]),
    endings: { signed: 'log-entry-missing', unsigned: 'unsigned' },
  },
  'Kyverno: bundles': {
    policy: () => kyverno([keyEntry(alice.publicPem)], { type: 'SigstoreBundle' }),
    endings: {
      bundled: 'verified',
      'bundle-by-bob': 'signature-invalid',
      signed: 'unsigned',
      'bundle-attested': 'unsigned',
    },
  },
  'Kyverno: no bundles where cosign’s tags are asked for': {
    policy: () => kyverno([keyEntry(alice.publicPem)]),
    endings: { bundled: 'unsigned', 'bundle-attested': 'unsigned' },
  },
  'Kyverno: an attestation': {
    policy: () => kyverno([], attestation()),
    endings: {
      scanned: 'verified',
      failed: 'verified',
      'scanned-by-bob': 'attestation-invalid',
      'other-type': 'attestation-missing',
      'scan-copied': 'digest-mismatch',
      unsigned: 'attestation-missing',
      half: 'verified',
    },
  },
  'Kyverno: every attestation that is there': {
    policy: () => kyverno([], attestation(passed)),
    endings: {
      scanned: 'verified',
      'scanned-twice': 'verified',
      failed: 'policy-denied',
      'failed-once': 'policy-denied',
      fieldless: 'policy-denied',
      half: 'server-error',
      'half-failed': 'policy-denied',
      'scanned-by-bob': 'attestation-invalid',
      'scan-copied': 'digest-mismatch',
    },
  },
  'Kyverno: a missing field that has a default': {
    policy: () =>
      kyverno([], attestation([{ all: [{ key: "{{ nosuch || '' }}", operator: 'Equals', value: '' }] }])),
    endings: { scanned: 'verified', fieldless: 'verified' },
  },
  'Kyverno: an identity': {
    policy: () => kyverno([keyless(identities)]),
    endings: byIdentity,
  },
  'Kyverno: another subject': {
    policy: () => kyverno([keyless({ ...identities, subject: 'ops@acme.example' })]),
    endings: { certified: 'identity-mismatch', unsigned: 'unsigned' },
  },
  'Kyverno: another issuer': {
    policy: () => kyverno([keyless({ ...identities, issuer: 'https://accounts.acme.example.evil' })]),
    endings: { certified: 'identity-mismatch' },
  },
  'Kyverno: patterns of identities': {
    policy: () => kyverno([keyless({ subject: '*@acme.example', issuer: 'https://accounts.*' })]),
    endings: { certified: 'verified' },
  },
  'Kyverno: patterns that end where they end': {
    policy: () => kyverno([keyless({ subject: '*@acme', issuer: 'https://accounts.*' })]),
    endings: { certified: 'identity-mismatch' },
  },
  'Kyverno: regular expressions are not anchored': {
    policy: () => kyverno([keyless({ subjectRegExp: 'dev@', issuerRegExp: 'acme' })]),
    endings: { certified: 'verified' },
  },
  'Kyverno: a pattern beside a regular expression is not guessed': {
    policy: () => kyverno([keyless({ ...identities, issuer: 'https://*', issuerRegExp: 'acme' })]),
    endings: { certified: 'unsupported' },
  },
  'Kyverno: the certificate of somebody’s authority': {
    policy: () => kyverno([keyless(identities, pemOf(foreign.certificate))]),
    endings: { certified: 'certificate-untrusted', stranger: 'verified' },
  },
  'Kyverno: anybody of the public authorities': {
    policy: () => kyverno([{ keyless: { rekor: { url: 'https://rekor.sigstore.dev' } } }]),
    endings: { certified: 'policy-invalid', unsigned: 'policy-invalid' },
  },
  'Kyverno: the key of a certificate': {
    policy: () =>
      kyverno([
        { certificates: { cert: dev.certificate, rekor: { ignoreTlog: true }, ctlog: { ignoreSCT: true } } },
      ]),
    endings: { certified: 'verified', stranger: 'key-mismatch', signed: 'signature-invalid' },
  },
  'Kyverno: a certificate that its chain did not issue': {
    policy: () =>
      kyverno([
        {
          certificates: {
            cert: dev.certificate,
            certChain: pemOf(foreign.certificate),
            rekor: { ignoreTlog: true },
            ctlog: { ignoreSCT: true },
          },
        },
      ]),
    endings: { certified: 'policy-invalid' },
  },
  'policy-controller: a key': {
    policy: () => clusterImagePolicy([everything()], [{ key: { data: alice.publicPem } }]),
    endings: { ...byKey, bundled: 'verified', 'bundle-by-bob': 'signature-invalid' },
  },
  'policy-controller: any of its authorities': {
    policy: () =>
      clusterImagePolicy(
        [everything()],
        [alice, bob].map(({ publicPem }) => ({ key: { data: publicPem } })),
      ),
    endings: { signed: 'verified', 'by-bob': 'verified', unsigned: 'unsigned', 'down-sig': 'server-error' },
  },
  'policy-controller: all of the policies': {
    policy: () =>
      [alice, bob]
        .map(({ publicPem }, index) =>
          clusterImagePolicy([everything()], [{ key: { data: publicPem } }], { name: `p${index}` }),
        )
        .join('\n---\n'),
    endings: { signed: 'signature-invalid', 'by-both': 'verified' },
  },
  'policy-controller: an attestation, of which one that is right is enough': {
    policy: () =>
      clusterImagePolicy(
        [everything()],
        [
          {
            key: { data: alice.publicPem },
            attestations: [
              {
                name: 'scan',
                predicateType: scan,
                policy: {
                  type: 'rego',
                  data: 'package sigstore\nisCompliant { input.predicate.passed == true }',
                },
              },
            ],
          },
        ],
      ),
    endings: {
      scanned: 'verified',
      'failed-once': 'verified',
      failed: 'policy-denied',
      half: 'verified',
      'half-failed': 'server-error',
      'scanned-by-bob': 'attestation-invalid',
      'scan-copied': 'digest-mismatch',
      unsigned: 'attestation-missing',
    },
  },
  'policy-controller: an attestation with a policy in CUE': {
    policy: () =>
      clusterImagePolicy(
        [everything()],
        [
          {
            key: { data: alice.publicPem },
            attestations: [
              { name: 'scan', predicateType: scan, policy: { type: 'cue', data: 'predicate: passed: true' } },
            ],
          },
        ],
      ),
    endings: { scanned: 'verified', failed: 'policy-denied' },
  },
  'policy-controller: an identity by a TrustRoot': {
    policy: () =>
      `${clusterImagePolicy([everything()], [keylessAuthority(identities)], { version: 'v1alpha1' })}\n---\n${trustRoot(pemOf(between.certificate, root.certificate))}`,
    endings: byIdentity,
  },
  'policy-controller: another identity by a TrustRoot': {
    policy: () =>
      `${clusterImagePolicy([everything()], [keylessAuthority({ ...identities, subject: 'ops@acme.example' })], { version: 'v1alpha1' })}\n---\n${trustRoot(pemOf(between.certificate, root.certificate))}`,
    endings: { certified: 'identity-mismatch' },
  },
  'policy-controller: another TrustRoot': {
    policy: () =>
      `${clusterImagePolicy([everything()], [keylessAuthority(identities)], { version: 'v1alpha1' })}\n---\n${trustRoot(pemOf(foreign.certificate))}`,
    endings: { certified: 'certificate-untrusted', stranger: 'verified' },
  },
  'policy-controller: a TrustRoot that is nowhere': {
    policy: () => clusterImagePolicy([everything()], [keylessAuthority(identities)], { version: 'v1alpha1' }),
    endings: { certified: 'policy-invalid' },
  },
}

describe('each way to say verified, and the nearest ways to be wrong', () => {
  const rows = Object.entries(ways).flatMap(([name, { policy, endings }]) =>
    Object.entries(endings).map(([image, ending]) => [name, image, ending, policy] as const),
  )
  it.concurrent.each(rows)(
    '%s: %s is %s',
    async (_, image, ending, policy) => {
      const reference = `${registry.host}/app/${image}:v1`
      const cwd = folderOf({ 'policy.yaml': policy(), 'app.yaml': podOf([reference]) })
      const ran = await runFaces(cwd, {
        policy: 'policy.yaml',
        manifests: 'app.yaml',
        'pinned-manifests': 'out',
      })
      expectRun(ran, ending)
      const results = ran.document.policies.map(({ result }) => result)
      const { verdict } = ran.document
      if (verdict === 'verified') expect(new Set(results)).toEqual(new Set(['pass']))
      else expect(results).toContain(verdict === 'rejected' ? 'fail' : 'error')
      const digest = digests.get(image) ?? ''
      expect(ran.action.outputs['images']).toBe(
        JSON.stringify(ending === 'verified' ? [`${reference}@${digest}`] : []),
      )
      // By itself, without a manifest, the image is judged alike.
      const alone = await runAction({ image: reference, policy: 'policy.yaml', retries: '1' }, { cwd })
      expect(alone.document?.failure?.code ?? alone.outputs['verdict'], alone.outputs['message']).toBe(ending)
    },
    120_000,
  )
})
