import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newCertificateFor } from '../harness/certificate.js'
import type { ResultDocument } from '../../src/report/document.js'
import { layDocumentedPolicies } from '../harness/documented-policies.js'
import { signer } from '../harness/registry-guarded.js'
import { putImage } from '../harness/registry-images.js'
import { type LoopbackRegistry, openRegistry } from '../harness/registry.js'
import { dist, temporaryFolder } from '../harness/run.js'
import { runShell } from '../harness/shell.js'

const root = path.resolve(import.meta.dirname, '../..')
const pages = ['manifests', 'policies', 'coming-from-kyverno', 'coming-from-policy-controller']
const examples = readFileSync(path.join(root, 'examples/README.md'), 'utf8')

/** What a reader may type: lines of blocks for a shell, and whole commands in tables. */
function commandsOf(text: string): readonly string[] {
  const blocks = [...text.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].flatMap(([, block = '']) =>
    block.split('\n'),
  )
  const cells = [...text.matchAll(/^\|.*$/gm)].flatMap(([row]) =>
    [...row.matchAll(/`([^`]*verify-image [^`]*)`/g)].map(([, command = '']) =>
      command.replaceAll('\\|', '|'),
    ),
  )
  return [...new Set([...blocks, ...cells])].filter((command) => command.includes('verify-image verify'))
}

const commands = [
  ...pages.flatMap((page) => commandsOf(readFileSync(path.join(root, 'docs', `${page}.md`), 'utf8'))),
  ...commandsOf(examples).filter((command) => command.includes('examples/policies')),
]

const exception = `apiVersion: kyverno.io/v2
kind: PolicyException
metadata:
  name: web
  namespace: shop
spec:
  exceptions:
    - policyName: signed-by-release
      ruleNames: [autogen-cronjob-release-key]
  match:
    any:
      - resources: { kinds: [CronJob], names: [nightly] }
`
const inBase64 = (text: string): string => Buffer.from(text).toString('base64')
/** An instance of somebody's own, which nothing here was signed with. */
const trustRoot = (): string => `apiVersion: policy.sigstore.dev/v1alpha1
kind: TrustRoot
metadata:
  name: own
spec:
  sigstoreKeys:
    certificateAuthorities:
      - subject: { organization: own, commonName: own }
        uri: https://fulcio.example
        certChain: ${inBase64(newCertificateFor(['own'], 'own').cert)}
    tLogs:
      - baseURL: https://rekor.example
        hashAlgorithm: sha-256
        publicKey: ${inBase64(signer.publicPem)}
    ctLogs:
      - baseURL: https://ctfe.example
        hashAlgorithm: sha-256
        publicKey: ${inBase64(signer.publicPem)}
`

describe('the commands of the pages about policies and manifests', () => {
  let registry: LoopbackRegistry
  let folder = ''
  beforeAll(async () => {
    registry = await openRegistry()
    folder = temporaryFolder()
    layDocumentedPolicies(folder, registry)
    write('exceptions/web.yaml', exception)
    write('values.yaml', 'globalValues: {}\n')
    write('chart/Chart.yaml', '')
    write('trustroot.yaml', trustRoot())
    // What the lines call: the bundle under its name, and a helm that renders the manifest.
    script('verify-image', `exec node ${JSON.stringify(path.join(dist, 'cli.js'))} "$@"`)
    script('helm', 'exec cat deploy/web.yaml')
  })
  afterAll(async () => registry.stop())

  const write = (name: string, text: string): void => {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true })
    writeFileSync(path.join(folder, name), text)
  }
  const script = (name: string, line: string): void => {
    write(path.join('bin', name), `#!/bin/sh\n${line}\n`)
    chmodSync(path.join(folder, 'bin', name), 0o755)
  }

  it('are there', () => {
    expect(commands.length).toBeGreaterThan(15)
  })

  it.each(commands)('%s', async (command) => {
    const line = command.replaceAll('registry.example', registry.host)
    const ran = await runShell(`PATH="$PWD/bin:$PATH"; ${line}`, folder)
    expect(ran.exit, ran.stderr).toBe(0)
    expect(ran.stdout).toMatch(/✓ Verified|pass: [1-9]/)
  })

  describe('an image that nothing covers, as the page says', () => {
    const page = readFileSync(path.join(root, 'docs/policies.md'), 'utf8')
    const section = /^## What no policy covers\n([\s\S]*?)^## /m.exec(page)?.[1] ?? ''
    const uncovered = async (flags: string, host = registry.host): Promise<string | undefined> => {
      const line = `verify-image verify ${host}/others/app:v1 --retries 0 --output json ${flags}`
      const { stdout, exit } = await runShell(`PATH="$PWD/bin:$PATH"; ${line}`, folder)
      expect(exit).toBe(2)
      return (JSON.parse(stdout) as ResultDocument).failure?.code
    }
    const [kyverno, cluster] = ['--policy policies/kyverno.yaml', '--policy policies/cluster-image.yaml']
    beforeAll(() => void putImage(registry.holdings, 'others/app'))

    it.each([
      [cluster, 'uncovered'],
      [kyverno, 'nothing-to-verify'],
      [`${kyverno} --no-match-policy deny`, 'uncovered'],
      [`${cluster} --no-match-policy warn`, 'nothing-to-verify'],
      [`${cluster} --no-match-policy allow`, 'nothing-to-verify'],
    ])('%s: %s; unreachable where its registry is down', async (flags, code) => {
      expect(section).toContain(`\`${code}\``)
      expect(section).toContain('`unreachable`')
      expect(await uncovered(flags)).toBe(code)
      expect(await uncovered(flags, '127.0.0.1:1')).toBe('unreachable')
    })
  })
})
