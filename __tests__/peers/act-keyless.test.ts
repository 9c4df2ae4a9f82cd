import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ActRun, type Given, runWorkflow } from '../harness/act.js'
import {
  bare,
  billOf,
  buildOf,
  hands,
  layBuilt,
  newBuiltImage,
  signBill,
  signBuild,
  signPolicy,
} from '../harness/built-image.js'
import { type Github, openGithub } from '../harness/github.js'
import { issuers, type KeylessWorld, startKeylessWorld } from '../harness/keyless-world.js'
import { type Workflow, workflowClaims } from '../harness/oidc-issuer.js'
import { peerProgram } from '../harness/peers.js'
import { temporaryFolder } from '../harness/run.js'

// Certificates are of a real Fulcio of this machine, whose root and issuer are written into the workflows in the place of
// the public ones; logs are of this machine too. act has no identity token for `id-token: write`: what the release workflow
// would have signed is signed here, by tokens of that issuer, and actions/attest keeps what it would sign.

let world: KeylessWorld
let github: Github
const token = 'a-token-of-the-job'
const app = 'organisation/app'
const workflow: Workflow = {
  repository: app,
  file: 'release.yml',
  ref: 'refs/tags/v1',
  name: 'release',
  event: 'push',
  sha: 'a1'.repeat(20),
}
const other: Workflow = {
  ...workflow,
  repository: 'organisation/other',
  file: 'any.yml',
  ref: 'refs/heads/any',
}
/** A tag with an identity behind it. */
const twoLines = 'v2\nhttps://github.com/organisation/other/.github/workflows/any.yml@refs/heads/any'

// Another world on this machine may have to end first.
beforeAll(async () => {
  world = await startKeylessWorld()
  github = await openGithub()
  github.token = token
}, 240_000)
afterAll(async () => {
  await world.stop()
  await github.stop()
})

const at = (tag: string): string => `${world.registry.host}/${app}:${tag}`
const signingOf = (by: Workflow) =>
  ({ format: 'bundle', log: 'v1', by: world.oidc.token(issuers.github, workflowClaims(by)) }) as const

/** An image that a workflow signed and attested. @returns its digest */
async function putSigned(tag: string, by: Workflow, type: string, predicate: object): Promise<string> {
  const digest = await world.registry.putImage(app, tag)
  const image = `${world.registry.host}/${app}@${digest}`
  await world.sign(image, signingOf(by))
  await world.attest(image, signingOf(by), type, predicate)
  return digest
}

const run = async (name: string, changes: Partial<Given> = {}): Promise<ActRun> =>
  runWorkflow({
    workflows: [name],
    replace: {
      'ghcr.io': world.registry.host,
      'https://token.actions.githubusercontent.com': world.oidc.url(issuers.github),
      'certificate-runner-environment: github-hosted': `certificate-runner-environment: github-hosted\n          trusted-root: ${world.trust()}`,
    },
    files: { 'README.md': '' },
    event: 'workflow_dispatch',
    token,
    env: { GITHUB_API_URL: github.url },
    ...changes,
  })
const inputs = (tag: string, release = 'v1'): Partial<Given> => ({ inputs: { tag, release } })
const kept = ['verify-result/verify-report.html', 'verify-result/verify-result.json']

/** What must be so where nothing is promoted. */
function expectNothing(ran: ActRun, verdict: string, told: string): void {
  expect(ran.exit, ran.log).toBe(1)
  expect(ran.result().verdict).toBe(verdict)
  expect(ran.steps['verify']).toMatchObject({ 'Keep the result': 'success', [told]: 'success' })
  expect(Object.keys(ran.steps['verify'] ?? {}).filter((name) => name.startsWith('Tell'))).toEqual([told])
  expect(ran.steps).not.toHaveProperty('promote')
  expect(ran.uploaded).toEqual(expect.arrayContaining(kept))
  expect(ran.calls).toEqual([])
}

describe('promote-keyless.yml', () => {
  const provenance = (ref: string): object => ({
    buildDefinition: {
      buildType: 'https://actions.github.io/buildtypes/workflow/v1',
      externalParameters: {
        workflow: { repository: `https://github.com/${app}`, ref, path: '.github/workflows/release.yml' },
      },
      resolvedDependencies: [],
    },
    runDetails: { builder: { id: 'https://github.com/actions/runner/github-hosted' } },
  })
  let digest = ''
  beforeAll(async () => {
    digest = await putSigned('v1-rc.1', workflow, 'slsaprovenance1', provenance('refs/tags/v1'))
    await putSigned('v1-rc.2', other, 'slsaprovenance1', provenance('refs/tags/v1'))
    await putSigned('v2-rc.1', other, 'slsaprovenance1', provenance(`refs/tags/${twoLines}`))
    github.repositories.set(app, new Map())
  })

  it('gives the digest that the release workflow built its release name', async () => {
    const ran = await run('promote-keyless.yml', inputs('v1-rc.1'))
    expect(ran.exit, ran.log).toBe(0)
    expect(ran.steps['promote']).toEqual({ 'Sign in': 'success', 'Give it its release name': 'success' })
    expect(ran.calls).toEqual([`copy ${at('').slice(0, -1)}@${digest} ${at('v1')}`])
    expect(ran.uploaded).toEqual(kept)
    expect(ran.result().calls.map(({ host }) => host)).toContain(new URL(github.url).host)
  })

  it('promotes nothing that another workflow built', async () => {
    const ran = await run('promote-keyless.yml', inputs('v1-rc.2'))
    expectNothing(ran, 'rejected', 'Tell the owner of the image')
    expect(ran.log).toContain('Rejected (identity-mismatch)')
  })

  it('promotes nothing while GitHub does not answer, unless what lies in the registry is enough', async () => {
    github.fault = (_, response) => {
      response.writeHead(503).end()
      return true
    }
    const enough = await run('promote-keyless.yml', inputs('v1-rc.1'))
    const ran = await run('promote-keyless.yml', inputs('v1-rc.2'))
    github.fault = undefined
    expect(enough.exit, enough.log).toBe(0)
    expectNothing(ran, 'undetermined', 'Tell the owner of the pipeline')
    expect(ran.log).toContain('Undetermined (infrastructure, server-error)')
  })

  it('promotes nothing while the registry does not answer', async () => {
    const image = { replace: { 'ghcr.io': '127.0.0.1:9' } }
    const ran = await run('promote-keyless.yml', { ...inputs('v1-rc.1'), ...image })
    expectNothing(ran, 'undetermined', 'Tell the owner of the pipeline')
    expect(ran.log).toContain('Undetermined (infrastructure, unreachable)')
  })

  it('takes a second identity from whoever starts it as one more that must have signed', async () => {
    const ran = await run('promote-keyless.yml', inputs('v2-rc.1', twoLines))
    expectNothing(ran, 'rejected', 'Tell the owner of the image')
  })
})

describe('promote-scanned.yml', () => {
  const policies = path.resolve(import.meta.dirname, '../../examples/policies')
  const files = Object.fromEntries(
    ['vulnerabilities.rego', 'scanner.cue'].map((name) => [
      `policies/${name}`,
      readFileSync(path.join(policies, name), 'utf8'),
    ]),
  )
  const scan = (...severities: readonly string[]): object => {
    const now = new Date().toISOString()
    const found = severities.map((Severity, index) => ({ VulnerabilityID: `CVE-2026-${index}`, Severity }))
    return {
      invocation: { parameters: [], uri: '', event_id: '', 'builder.id': '' },
      scanner: {
        uri: 'pkg:github/aquasecurity/trivy@v0.70.0',
        version: '0.70.0',
        db: { uri: '', version: '' },
        result: { Results: [{ Target: 'app', Vulnerabilities: found }] },
      },
      metadata: { scanStartedOn: now, scanFinishedOn: now },
    }
  }
  let digest = ''
  beforeAll(async () => {
    digest = await putSigned('scanned', workflow, 'vuln', scan('HIGH'))
    await putSigned('critical', workflow, 'vuln', scan('HIGH', 'CRITICAL'))
  })
  const promote = async (tag: string, changes: Partial<Given> = {}): Promise<ActRun> =>
    run('promote-scanned.yml', { ...inputs(tag), files, ...changes })

  it('gives the digest whose scan satisfies both policies its release name', async () => {
    const ran = await promote('scanned')
    expect(ran.exit, ran.log).toBe(0)
    expect(ran.calls).toEqual([`copy ${at('').slice(0, -1)}@${digest} ${at('v1')}`])
    expect(ran.uploaded).toEqual(kept)
  })

  it('promotes nothing that a policy says no to', async () => {
    const ran = await promote('critical')
    expectNothing(ran, 'rejected', 'Tell the owner of the image')
    expect(ran.log).toContain('Rejected (policy-denied)')
  })

  it.each([
    [
      'the registry does not answer',
      { replace: { 'ghcr.io': '127.0.0.1:9' } },
      'infrastructure, unreachable',
    ],
    [
      'the default branch has no policies',
      { files: { 'policies/README.md': '' } },
      'configuration, policy-invalid',
    ],
  ])('promotes nothing while %s', async (_, changes, said) => {
    const ran = await promote('scanned', changes)
    expectNothing(ran, 'undetermined', 'Tell the owner of the pipeline')
    expect(ran.log).toContain(`Undetermined (${said})`)
  })

  it('reads no policy of another branch', async () => {
    const proposed = { 'policies/vulnerabilities.rego': 'package signature\nallow := true' }
    const ran = await promote('critical', { proposed })
    expect([ran.exit, ran.steps]).toEqual([0, {}])
  })
})

describe('build-to-promote.yml', () => {
  const built = temporaryFolder()
  const image = newBuiltImage()
  let cosignKey = { key: '', pub: '' }
  beforeAll(async () => {
    const layout = path.join(built, 'layout')
    layBuilt(layout, image)
    const scratch = `${world.registry.host}/scratch/app:v1`
    await world.cosign.crane('push', layout, scratch)
    cosignKey = await world.cosign.newKey('release')
    for (const [name, by] of [
      ['built', hands.builder],
      ['strange', hands.stranger],
    ] as const) {
      mkdirSync(path.join(built, name))
      await world.cosign.crane('pull', scratch, path.join(built, name, 'image.tar'))
      writeFileSync(path.join(built, name, 'docker-build.json'), signBuild(buildOf(image), by))
      writeFileSync(path.join(built, name, 'docker-sbom.json'), signBill(billOf(image)))
    }
  })

  const push = async (by = 'built', there = '', changes: Partial<Given> = {}): Promise<ActRun> => {
    const root = world.trust()
    const indented = (pem: string): string => pem.trim().replaceAll('\n', '\n    ')
    const placeholder = '-----BEGIN PUBLIC KEY-----\n    …\n    -----END PUBLIC KEY-----'
    return runWorkflow({
      workflows: ['build-to-promote.yml'],
      replace: {
        // Evidence of another build of the same image would count too.
        'ghcr.io/organisation/app': `${world.registry.host}/${by}/app`,
        [`COSIGN_PUBLIC_KEY: |\n    ${placeholder}`]: `COSIGN_PUBLIC_KEY: |\n    ${indented(readFileSync(cosignKey.pub, 'utf8'))}`,
        [`POLICY_PUBLIC_KEY: |\n    ${placeholder}`]: `POLICY_PUBLIC_KEY: |\n    ${indented(hands.policy.pem)}`,
        // Where the job that verifies looks, which may be another place than where was pushed.
        'image: ${{ env.IMAGE }}:': `image: ${there === '' ? '${{ env.IMAGE }}' : there}:`,
        'vsa-outfile: vsa.json': `vsa-outfile: vsa.json\n          trusted-root: ${root}`,
      },
      files: { 'policies/build-policy.json': signPolicy().toString('utf8'), Dockerfile: 'FROM base' },
      event: 'push',
      token,
      secrets: {
        BUILD_KEY: hands.builder.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
        COSIGN_KEY: readFileSync(cosignKey.key, 'utf8'),
        COSIGN_PASSWORD: world.cosign.password,
      },
      env: {
        STANDINS_BUILT: path.join(built, by),
        STANDINS_COSIGN: peerProgram('cosign'),
        STANDINS_REKOR: world.rekorV1.url,
        STANDINS_ROOT: root,
      },
      ...changes,
    })
  }

  it('promotes what was built, attested and signed, and attests that it was verified', async () => {
    const ran = await push()
    expect(ran.exit, ran.log).toBe(0)
    const { digest } = ran.result()
    const name = `${world.registry.host}/built/app`
    expect(ran.calls).toEqual([`copy ${name}@${String(digest)} ${name}:latest`])
    expect(ran.uploaded).toEqual(['attested.json', ...kept, 'verify-result/vsa.json'])
    const attested = JSON.parse(ran.read('attested.json')) as { subject: unknown; predicate: object }
    expect(attested.subject).toEqual([{ name, digest }])
    expect(attested.predicate).toMatchObject({ verificationResult: 'PASSED' })
    expect(bare(String(digest))).toMatch(/^[0-9a-f]{64}$/)
  })

  it('promotes nothing that a stranger says to have built', async () => {
    const ran = await push('strange')
    expectNothing(ran, 'rejected', 'Tell the owner of the image')
  })

  it('promotes nothing while the registry does not answer', async () => {
    const ran = await push('built', '127.0.0.1:9/organisation/app')
    expectNothing(ran, 'undetermined', 'Tell the owner of the pipeline')
    expect(ran.log).toContain('Undetermined (infrastructure, unreachable)')
  })

  it('promotes nothing while the default branch has no policy', async () => {
    const ran = await push('built', '', { files: { 'policies/README.md': '' } })
    expectNothing(ran, 'undetermined', 'Tell the owner of the pipeline')
    expect(ran.log).toContain('Undetermined (configuration, policy-invalid)')
  })
})
