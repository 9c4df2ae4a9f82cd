import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { expectEnding } from '../harness/endings.js'
import { putImage, signByBundle } from '../harness/registry-images.js'
import { type LoopbackRegistry, openRegistry } from '../harness/registry.js'
import { runAction, runCli, temporaryFolder } from '../harness/run.js'
import { runShell } from '../harness/shell.js'
import { newKey } from '../harness/store.js'

const root = path.resolve(import.meta.dirname, '../..')
const page = readFileSync(path.join(root, 'docs/attestation-policy.md'), 'utf8')
const blocks = (language: string): readonly string[] =>
  [...page.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'gm'))].map(
    ([, block = '']) => block,
  )
const key = newKey()
const folder = temporaryFolder()
const vuln = 'https://cosign.sigstore.dev/attestation/vuln/v1'

/** A scan as trivy writes it (cosign's COSIGN_VULN_ATTESTATION_SPEC). */
function scan(
  severities: readonly string[],
  finished = new Date(),
  uri = 'pkg:github/aquasecurity/trivy@v0.70.0',
): object {
  const found = severities.map((Severity, at) => ({ VulnerabilityID: `CVE-2026-${at}`, Severity }))
  return {
    scanner: {
      uri,
      version: '0.70.0',
      // A target in which nothing was found has no list.
      result: { Results: [{ Target: 'os' }, { Target: 'app', Vulnerabilities: found }] },
    },
    metadata: { scanStartedOn: finished.toISOString(), scanFinishedOn: finished.toISOString() },
  }
}

const old = new Date(Date.now() - 8 * 24 * 3600 * 1000)
const scans: Readonly<Record<string, readonly object[]>> = {
  good: [scan(['HIGH', 'LOW'])],
  clean: [scan([])],
  critical: [scan(['HIGH', 'CRITICAL'])],
  old: [scan([], old)],
  'good-and-old': [scan([]), scan([], old)],
  'other-scanner': [scan([], new Date(), 'pkg:github/other/scanner')],
  'no-results': [{ ...scan([]), scanner: { uri: 'pkg:github/aquasecurity/trivy', version: '1.0.0' } }],
  none: [],
}

let registry: LoopbackRegistry
beforeAll(async () => {
  registry = await openRegistry()
  writeFileSync(path.join(folder, 'cosign.pub'), key.publicPem)
  for (const [name, predicates] of Object.entries(scans)) {
    const digest = putImage(registry.holdings, name)
    for (const predicate of predicates) signByBundle(registry.holdings, name, digest, key, vuln, predicate)
  }
})
afterAll(async () => registry.stop())

/** The line with this test's image and key, and nobody's log. */
function here(line: string, image: string): string {
  const wanted = { 'verify-image': 'node dist/cli.js', 'ghcr.io/org/app:v1': `${registry.host}/${image}:v1` }
  const whole = Object.entries(wanted).reduce((text, [from, to]) => {
    expect(text).toContain(from)
    return text.replace(from, to)
  }, line)
  return `${whole.replace('cosign.pub', path.join(folder, 'cosign.pub'))} --insecure-ignore-tlog --retries 0`
}

const lines = blocks('sh').flatMap((block) => block.split('\n').filter((line) => line !== ''))

describe('the lines of the page, as typed', () => {
  it('there are two: one with Rego, one with both', () => expect(lines).toHaveLength(2))

  it.each([
    ['good', [0, 0]],
    ['clean', [0, 0]],
    ['critical', [1, 1]],
    ['old', [1, 1]],
    ['good-and-old', [1, 1]],
    ['other-scanner', [0, 1]],
    ['no-results', [1, 1]],
    ['none', [1, 1]],
  ] as const)('for an image whose scan is %s', async (image, exits) => {
    const ran = await Promise.all(lines.map(async (line) => runShell(here(line, image), root)))
    expect(
      ran.map(({ exit }) => exit),
      ran.map(({ stderr }) => stderr).join('\n'),
    ).toEqual(exits)
  })
})

describe('the step of the page and that of the workflow', () => {
  const workflow = parse(readFileSync(path.join(root, 'examples/workflows/promote-scanned.yml'), 'utf8')) as {
    jobs: { verify: { steps: readonly { id?: string; with?: Readonly<Record<string, string>> }[] } }
  }
  const [documented] = parse(blocks('yaml')[0] ?? '') as readonly [{ with: Readonly<Record<string, string>> }]
  const step = workflow.jobs.verify.steps.find(({ id }) => id === 'verify')?.with ?? {}

  it('ask what the lines ask', async () => {
    for (const image of ['good', 'critical']) {
      const inputs = {
        ...documented.with,
        image: `${registry.host}/${image}:v1`,
        key: path.join(folder, 'cosign.pub'),
        'insecure-ignore-tlog': 'true',
        'result-file': path.join(folder, `${image}.json`),
      }
      const ran = await runAction(inputs, { cwd: root })
      if (image === 'good') expectEnding(ran, 'verified', registry.holdings.repository(image).tags.get('v1'))
      else expectEnding(ran, 'policy-denied')
    }
  })

  it('name the same type and the same policies', () => {
    expect(step['attestation-type']).toBe(documented.with['attestation-type'])
    expect(step['attestation-policy']?.replaceAll('policies/', 'examples/policies/')).toBe(
      documented.with['attestation-policy'],
    )
  })
})

describe('the examples of the page', () => {
  const [inRego = '', inCue = ''] = [...blocks('rego'), ...blocks('cue')]
  const judge = async (name: string, text: string, predicate: object): Promise<number | null> => {
    const repository = `page-${Math.random().toString(36).slice(2)}`
    const digest = putImage(registry.holdings, repository)
    signByBundle(registry.holdings, repository, digest, key, 'https://x.example/scan', predicate)
    const file = path.join(folder, name)
    writeFileSync(file, text)
    const { exit } = await runCli([
      ...[
        'verify',
        `${registry.host}/${repository}:v1`,
        '--key',
        path.join(folder, 'cosign.pub'),
        '--retries',
        '0',
      ],
      ...[
        '--insecure-ignore-tlog',
        '--attestation-type',
        'https://x.example/scan',
        '--attestation-policy',
        file,
      ],
    ])
    return exit
  }

  it('in Rego', async () => {
    const [fine, critical] = ['low', 'critical'].map((severity) => ({
      passed: true,
      findings: [{ severity }],
    }))
    expect(await judge('page.rego', inRego, fine!)).toBe(0)
    expect(await judge('page.rego', inRego, critical!)).toBe(1)
    expect(await judge('page.rego', inRego, { findings: [] })).toBe(1)
    expect(await judge('page.rego', inRego, { passed: true })).toBe(1)
  })

  it('in CUE, and what it says of the mark', async () => {
    expect(await judge('page.cue', inCue, { passed: true, critical: 0, more: 1 })).toBe(0)
    expect(await judge('page.cue', inCue, { passed: true, critical: 1 })).toBe(1)
    expect(await judge('page.cue', inCue, { critical: 0 })).toBe(1)
    const unmarked = inCue.replaceAll('!', '')
    expect(await judge('unmarked.cue', unmarked, { critical: 0 })).toBe(0)
    expect(await judge('unmarked.cue', unmarked, { passed: true })).toBe(1)
  })

  it('the versions are those that the module holds', () => {
    const { opa = '', cue = '' } = JSON.parse(
      readFileSync(path.join(root, 'engines/policy-engines.json'), 'utf8'),
    ) as Record<string, string>
    expect(page).toContain(`OPA ${opa.slice(1)} and CUE ${cue.slice(1)} themselves`)
    expect(page).toContain(`${opa.slice(1)}, ${cue.slice(1)} `)
  })
})
