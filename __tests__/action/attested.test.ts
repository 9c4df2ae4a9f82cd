import type { ResultDocument } from '../../src/report/document.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { expectEnding } from '../harness/endings.js'
import { flagsOf, judgedCases, referenceOf } from '../harness/judged-cases.js'
import { attestSimply, putImage, signByBundle, signSimply } from '../harness/registry-images.js'
import { type LoopbackRegistry, openRegistry } from '../harness/registry.js'
import { runAction, type RanAction, runCli } from '../harness/run.js'
import { newKey } from '../harness/store.js'

const alice = newKey()
const bob = newKey()
const commit = 'd37a7f740ee7404914456f24dcd90e865a0509e8'
const types = {
  provenance: 'https://slsa.dev/provenance/v1',
  bill: 'https://cyclonedx.org/bom',
  scan: 'https://cosign.sigstore.dev/attestation/vuln/v1',
}
const predicates = {
  provenance: {
    buildDefinition: {
      buildType: 'https://actions.github.io/buildtypes/workflow/v1',
      externalParameters: {
        workflow: {
          ref: 'refs/tags/v1',
          repository: 'https://github.com/o/r',
          path: '.github/workflows/ci.yml',
        },
      },
      resolvedDependencies: [
        { uri: 'git+https://github.com/o/r@refs/tags/v1', digest: { gitCommit: commit } },
      ],
    },
    runDetails: { builder: { id: 'https://github.com/o/r/.github/workflows/ci.yml@refs/tags/v1' } },
  },
  bill: {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    metadata: {
      component: { type: 'container', name: 'app' },
      tools: { components: [{ name: 'syft', version: '1.20.0' }] },
    },
    components: Array.from({ length: 143 }, (_, at) => ({ type: 'library', name: `part-${at}` })),
  },
  scan: {
    scanner: {
      uri: 'pkg:github/aquasecurity/trivy',
      version: '0.50.0',
      result: { Results: [{ Vulnerabilities: [{ Severity: 'CRITICAL' }, { Severity: 'HIGH' }] }] },
    },
    metadata: {},
  },
}
const said = {
  provenance:
    'SLSA provenance 1: built from github.com/o/r at refs/tags/v1 (d37a7f740ee7) by builder https://github.com/o/r/.github/workflows/ci.yml@refs/tags/v1',
  bill: 'CycloneDX 1.6 SBOM of the image, 143 components, by syft 1.20.0',
  scan: 'Scan by trivy 0.50.0: 1 critical, 1 high',
}
const shortNames = { provenance: 'slsaprovenance1', bill: 'cyclonedx', scan: 'vuln' }
const names = ['provenance', 'bill', 'scan'] as const

let registry: LoopbackRegistry
beforeAll(async () => {
  registry = await openRegistry()
})
afterAll(async () => registry.stop())

function inputsFor(repository: string, wanted: readonly string[]): Readonly<Record<string, string>> {
  return {
    image: `${registry.host}/${repository}:v1`,
    key: alice.publicPem,
    'attestation-type': wanted.join('\n'),
    'insecure-ignore-tlog': 'true',
    retries: '0',
  }
}

async function verify(repository: string, wanted: readonly string[]): Promise<RanAction> {
  return runAction(inputsFor(repository, wanted))
}

/** As a reader of the page sees it. */
function visible(page: string): string {
  return page
    .replaceAll('<!-- -->', '')
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))
}

describe.each([
  ['bundles', signByBundle],
  ['envelopes under the tag .att', attestSimply],
] as const)('what was attested in %s', (form, attest) => {
  const repository = form.split(' ')[0] ?? ''
  const all = Object.values(types)
  let digest = ''
  beforeAll(() => {
    digest = putImage(registry.holdings, repository)
    for (const name of names)
      attest(registry.holdings, repository, digest, alice, types[name], predicates[name])
  })

  it('is in the document, the output and the summary', async () => {
    const ran = await verify(repository, all)
    expectEnding(ran, 'verified', digest)
    const attestations = ran.document?.images[0]?.attestations ?? []
    expect(attestations.map(({ attests }) => attests)).toEqual(all)
    expect(attestations.map(({ statement }) => statement)).toEqual([
      {
        kind: 'provenance',
        version: '1',
        buildType: predicates.provenance.buildDefinition.buildType,
        builder: predicates.provenance.runDetails.builder.id,
        source: {
          uri: 'https://github.com/o/r',
          repository: 'github.com/o/r',
          ref: 'refs/tags/v1',
          digest: commit,
        },
        sourceField: 'externalParameters.workflow',
        workflow: '.github/workflows/ci.yml',
      },
      {
        kind: 'bill-of-materials',
        format: 'CycloneDX',
        version: '1.6',
        components: 143,
        tool: 'syft 1.20.0',
        about: 'image',
        subjectName: 'app',
      },
      {
        kind: 'vulnerability-scan',
        scanner: 'trivy',
        scannerUri: 'pkg:github/aquasecurity/trivy',
        scannerVersion: '0.50.0',
        resultFormat: 'trivy',
        findings: { critical: 1, high: 1, medium: 0, low: 0, negligible: 0, unknown: 0 },
      },
    ])
    expect(JSON.parse(ran.outputs['result'] ?? '')).toEqual(ran.document)
    expect(JSON.stringify(ran.document)).not.toContain('part-7')
    const page = visible(ran.summary)
    expect(page).toContain('### What was attested')
    for (const name of names) expect(page).toContain(`| <code>${shortNames[name]}</code> |`)
    for (const name of names) expect(page).toContain(`| ${said[name]} |`)
  })

  it('is a line each in the text of the command', async () => {
    const { image = '', ...flags } = inputsFor(repository, all)
    const args = Object.entries(flags).flatMap(([name, value]) =>
      value.split('\n\n').map((one) => `--${name}=${one}`),
    )
    const { stdout, exit } = await runCli(['verify', image, '--output=text', ...args])
    expect(exit).toBe(0)
    expect(stdout.split('\n').filter((one) => one.startsWith('  Says:'))).toEqual(
      names.map((name) => `  Says:    ${said[name]}`),
    )
  })

  it('is not there for what was not asked for', async () => {
    const ran = await verify(repository, [types.bill])
    expectEnding(ran, 'verified', digest)
    expect(ran.document?.images[0]?.attestations).toHaveLength(1)
    expect(visible(ran.summary)).toContain(said.bill)
    expect(visible(ran.summary)).not.toContain('SLSA provenance')
  })
})

describe('nothing is said', () => {
  it('of what another key attested, which is shown as not verified', async () => {
    const digest = putImage(registry.holdings, 'foreign')
    signByBundle(registry.holdings, 'foreign', digest, bob, types.bill, predicates.bill)
    const ran = await verify('foreign', [types.bill])
    expectEnding(ran, 'attestation-invalid')
    expect(ran.document?.images[0]?.attestations).toMatchObject([{ verified: false }])
    expect(JSON.stringify(ran.document)).not.toContain('"statement"')
    expect(ran.summary).not.toContain('What was attested')
  })

  it('of a plain signature', async () => {
    const digest = putImage(registry.holdings, 'plain')
    signSimply(registry.holdings, 'plain', digest, alice)
    const ran = await verify('plain', [])
    expectEnding(ran, 'verified', digest)
    expect(JSON.stringify(ran.document)).not.toContain('"statement"')
    expect(ran.summary).not.toContain('What was attested')
  })
})

describe('an attestation that says odd things', () => {
  const hostile = '</td><script>alert(1)</script> | x |\n::error::pwned https://evil.example'

  it('is verified as before: what it says is shown harmlessly, and decides nothing', async () => {
    const digest = putImage(registry.holdings, 'hostile')
    const bill = { bomFormat: 'CycloneDX', specVersion: hostile, metadata: { tools: [{ name: hostile }] } }
    signByBundle(registry.holdings, 'hostile', digest, alice, types.bill, bill)
    signByBundle(registry.holdings, 'hostile', digest, alice, types.scan, { scanner: hostile })
    const ran = await verify('hostile', [types.bill, types.scan])
    expectEnding(ran, 'verified', digest)
    expect(ran.document?.images[0]?.attestations[1]?.statement).toEqual({
      kind: 'unread',
      reason: 'expected a vulnerability scan, got something else',
    })
    expect(ran.summary).not.toMatch(/<script|https:\/\/evil|^::/m)
    expect(ran.stdout).not.toMatch(/^\s*::error/m)
  })
})

const judged = judgedCases('public-good')
const built = (judged?.cases ?? []).filter(
  ({ command, ours }) => command === 'verify-attestation' && ours === 'verified',
)

describe.runIf(built.length > 0)('real provenance, signed with the public-good services', () => {
  it.each(built.map((one) => [one.id, one] as const))('%s names its source', async (_, one) => {
    const { registry: host, stop } = await judged!.serve()
    const flags = flagsOf(one, judged!.folder, host) ?? []
    const ran = await runCli(['verify', referenceOf(one, host), ...flags, '--output', 'json'])
    stop()
    const { images } = JSON.parse(ran.stdout) as ResultDocument
    const [attestation] = images[0]?.attestations ?? []
    expect(attestation).toMatchObject({
      verified: true,
      statement: {
        kind: 'provenance',
        version: '0.2',
        source: { repository: 'github.com/slsa-framework/example-package' },
        sourceField: 'invocation.configSource',
      },
    })
    expect(attestation?.statement).not.toHaveProperty('inconsistent')
  })
})
