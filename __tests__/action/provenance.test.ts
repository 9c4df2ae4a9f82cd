import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { judgedCases } from '../harness/judged-cases.js'
import { newBundle, putImage, signByBundle } from '../harness/registry-images.js'
import { type LoopbackRegistry, openRegistry } from '../harness/registry.js'
import { runAction, type RanAction } from '../harness/run.js'
import { newKey } from '../harness/store.js'
import { openGithub } from '../harness/github.js'

const key = newKey()
const current = 'https://slsa.dev/provenance/v1'
const older = 'https://slsa.dev/provenance/v0.2'
const uri = 'git+https://github.com/team/app@refs/heads/main'
const predicates = {
  [older]: {
    builder: { id: 'https://builder.example/b@v1' },
    invocation: { configSource: { uri } },
    materials: [{ uri }],
  },
  [current]: {
    buildDefinition: {
      buildType: 'https://actions.github.io/buildtypes/workflow/v1',
      externalParameters: {
        workflow: { repository: 'https://github.com/team/app', ref: 'refs/heads/main', path: 'w.yml' },
      },
    },
    runDetails: { builder: { id: 'https://builder.example/b@v1' } },
  },
}

function expectEnd(ran: RanAction, verdict: string, code = ''): void {
  expect(ran.outputs['failure-code'], ran.outputs['message']).toBe(code)
  expect(ran.outputs['verdict']).toBe(verdict)
  expect(ran.exit).toBe({ verified: 0, rejected: 1, undetermined: 2 }[verdict])
}

describe.each([current, older] as const)('provenance of type %s', (type) => {
  let registry: LoopbackRegistry
  let stop: () => Promise<void>
  let url: string
  beforeAll(async () => {
    registry = await openRegistry()
    const github = await openGithub()
    url = github.url
    const digest = putImage(registry.holdings, 'app')
    github.repositories.set(
      'team/app',
      new Map([[digest, [{ bundle: newBundle(digest, key, type, predicates[type]) }]]]),
    )
    stop = async () => {
      await registry.stop()
      await github.stop()
    }
  })
  afterAll(async () => stop())

  const verify = async (inputs: Readonly<Record<string, string>>): Promise<RanAction> =>
    runAction(
      {
        image: `${registry.host}/app:v1`,
        key: key.publicPem,
        'insecure-ignore-tlog': 'true',
        'github-attestations': 'team/app',
        retries: '0',
        ...inputs,
      },
      { env: { GITHUB_API_URL: url } },
    )

  it('counts where it says what is demanded, whichever version it is', async () => {
    const ran = await verify({
      'source-uri': 'github.com/team/app',
      'source-branch': 'main',
      'builder-id': 'https://builder.example/b',
    })
    expectEnd(ran, 'verified')
    expect(ran.document?.images[0]?.attestations[0]?.attests).toBe(type)
  })

  it.each([
    { 'source-uri': 'github.com/team/other' },
    { 'source-branch': 'dev' },
    { 'source-tag': 'main' },
    { 'builder-id': 'https://builder.example/b@v2' },
  ])('rejects %o', async (inputs) => {
    const ran = await verify(inputs)
    expectEnd(ran, 'rejected', 'policy-denied')
    expect(ran.outputs['message']).toMatch(/expected the .* got /)
  })

  it('is demanded by a source, also beside a signature, which alone is not enough', async () => {
    const digest = putImage(registry.holdings, 'signed')
    signByBundle(registry.holdings, 'signed', digest, key)
    const image = `${registry.host}/signed:v1`
    expectEnd(await verify({ image }), 'verified')
    expectEnd(await verify({ image, 'source-uri': 'github.com/team/app' }), 'rejected', 'attestation-missing')
  })
})

describe('provenance that others made, keyless', () => {
  const judged = judgedCases('public-good')
  let registry = ''
  let stop = (): void => undefined
  beforeAll(async () => {
    if (judged) ({ registry, stop } = await judged.serve())
  })
  afterAll(() => stop())

  const builder = (version: string): string =>
    `https://github.com/slsa-framework/slsa-github-generator/.github/workflows/generator_container_slsa3.yml@refs/tags/${version}`
  const verify = async (version: string, inputs: Readonly<Record<string, string>>): Promise<RanAction> =>
    runAction({
      image: `${registry}/slsa/${version.replaceAll('.', '-')}:v1`,
      'certificate-identity': builder(version),
      'certificate-oidc-issuer': 'https://token.actions.githubusercontent.com',
      offline: 'true',
      retries: '0',
      ...inputs,
    })

  it.runIf(judged).each([
    ['v1.4.0', { 'source-branch': 'main' }],
    ['v1.10.0', { 'source-tag': 'v13.0.30' }],
    ['v2.1.0', { 'source-branch': 'main' }],
  ])('%s says what slsa-verifier asks', async (version, inputs) => {
    const source = 'github.com/slsa-framework/example-package'
    const usual = { 'source-uri': source, 'builder-id': builder(version), ...inputs }
    expectEnd(await verify(version, usual), 'verified')
    expectEnd(await verify(version, { ...usual, 'source-uri': `${source}2` }), 'rejected', 'policy-denied')
    expectEnd(await verify(version, { ...usual, 'builder-id': builder('v9') }), 'rejected', 'policy-denied')
    const other = { ...usual, 'certificate-identity': builder('v9') }
    expectEnd(await verify(version, other), 'rejected', 'identity-mismatch')
  })

  it.runIf(judged)('claims of the certificate are demanded one by one', async () => {
    const claims = {
      'certificate-source-repository-uri': 'https://github.com/slsa-framework/example-package',
      'certificate-source-repository-ref': 'refs/heads/main',
      'certificate-runner-environment': 'github-hosted',
      'certificate-build-signer-uri': builder('v2.1.0'),
      'certificate-source-repository-visibility': 'public',
      'attestation-type': 'slsaprovenance',
    }
    const ran = await verify('v2.1.0', claims)
    expectEnd(ran, 'verified')
    expect(ran.document?.images[0]?.attestations[0]?.identity).toMatchObject({
      subject: builder('v2.1.0'),
      claims: { 'source-repository-uri': 'https://github.com/slsa-framework/example-package' },
    })
    for (const name of Object.keys(claims).filter((one) => one.startsWith('certificate-'))) {
      const refused = await verify('v2.1.0', { ...claims, [name]: 'self-hosted' })
      expectEnd(refused, 'rejected', 'identity-mismatch')
      expect(refused.outputs['message']).toMatch(/expected the .* self-hosted, got /)
    }
  })
})
