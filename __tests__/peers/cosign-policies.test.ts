import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ResultDocument } from '../../src/report/document.js'
import { type Cosign, type CosignKey, openCosign } from '../harness/cosign.js'
import { type Registry, startGgcr } from '../harness/registries.js'
import { runCli, temporaryFolder } from '../harness/run.js'

const scan = 'https://acme.example/scan/v1'
const good = { passed: true, critical: 0 }
const bad = { passed: false, critical: 3 }
const header = 'package signature\n'

const policies: Readonly<Record<string, string>> = {
  'pass.rego': `${header}import rego.v1\nallow if input.predicate.passed`,
  'default.rego': `${header}default allow = false\nallow { input.predicate.passed }`,
  'statement.rego': `${header}allow { input.predicateType == "${scan}"; count(input.subject) == 1; input.predicate.critical < 1 }`,
  'other.rego': 'package sigstore\nallow { true }',
  'text.rego': `${header}allow = "yes"`,
  'not.rego': `${header}allow { not to_number("x") }`,
  'parts.rego': `${header}allow { data.parts.passed }`,
  'parts-2.rego': 'package parts\npassed { input.predicate.passed }',
  'syntax.rego': `${header}allow {`,
  'conflict.rego': `${header}allow = true { input.subject }\nallow = false { input.subject }`,
  'network.rego': `${header}allow { http.send({"method": "get", "url": "http://127.0.0.1:1"}) }`,
  'v1.rego': `${header}allow if input.predicate.passed`,
  'pass.cue': 'predicate: {passed!: true, critical!: <1}',
  'package.cue': 'package policy\npredicate: passed!: true',
  'package-2.cue': 'package policy\npredicate: critical!: #Few\n#Few: <1',
  'required.cue': 'predicate: signedOff!: string',
  'open.cue': 'predicate: {passed: true, signedOff: string}',
  'closed.cue': 'predicate: close({passed!: bool})',
  'syntax.cue': 'predicate: {',
  'if.cue': '@if(prod)\npackage policy\npredicate: critical: 7',
}

/** What is attested of each image, by Alice where nobody else is named. */
const images: Readonly<Record<string, readonly (readonly [object, string?, 'bob'?])[]>> = {
  'one-good': [[good]],
  'one-bad': [[bad]],
  'two-good': [[good], [{ ...good, n: 2 }]],
  'good-bad': [[good], [bad]],
  'bad-good': [[bad], [good]],
  none: [],
  'other-type': [[good, 'https://acme.example/other/v1']],
  'good-and-other-type': [[good], [bad, 'https://acme.example/other/v1']],
  'other-key': [[good, scan, 'bob']],
  'good-and-bad-by-bob': [[good], [bad, scan, 'bob']],
}

let registry: Registry
let cosign: Cosign
let alice: CosignKey
const folder = temporaryFolder()
const at = (name: string): string => path.join(folder, name)

beforeAll(async () => {
  for (const [name, text] of Object.entries(policies)) writeFileSync(at(name), text)
  registry = await startGgcr()
  cosign = openCosign()
  alice = await cosign.newKey('alice')
  const bob = await cosign.newKey('bob')
  for (const [name, attested] of Object.entries(images)) {
    const digest = await registry.putImage(name, 'v1')
    for (const [predicate, type = scan, by] of attested)
      await cosign.attest(
        `${registry.host}/${name}@${digest}`,
        by === 'bob' ? bob : alice,
        'bundle',
        type,
        predicate,
      )
  }
})
afterAll(async () => registry.stop())

async function cosignSays(image: string, files: readonly string[]): Promise<'yes' | 'no'> {
  const { exit } = await cosign.run(
    ...['verify-attestation', '--key', alice.pub, '--insecure-ignore-tlog', '--type', scan],
    ...files.flatMap((name) => ['--policy', at(name)]),
    `${registry.host}/${image}:v1`,
  )
  return exit === 0 ? 'yes' : 'no'
}

async function weSay(image: string, files: readonly string[]): Promise<string> {
  const { stdout, exit } = await runCli([
    ...['verify', `${registry.host}/${image}:v1`, '--key', alice.pub, '--insecure-ignore-tlog'],
    ...['--attestation-type', scan, '--retries', '0', '--output', 'json'],
    ...files.flatMap((name) => ['--attestation-policy', at(name)]),
  ])
  const { verdict, failure } = JSON.parse(stdout) as ResultDocument
  expect(exit).toBe({ verified: 0, rejected: 1, undetermined: 2 }[verdict])
  return failure?.code ?? verdict
}

describe.each(Object.keys(images))('cosign verify-attestation --policy says the same of %s', (image) => {
  it.each([[['pass.rego']], [['parts.rego', 'parts-2.rego']], [['pass.cue']], [['pass.rego', 'pass.cue']]])(
    'with %j',
    async (files) => {
      const [theirs, ours] = await Promise.all([cosignSays(image, files), weSay(image, files)])
      expect(ours === 'verified' ? 'yes' : 'no', ours).toBe(theirs)
      // Nothing here is anybody's outage.
      expect(['verified', 'policy-denied', 'attestation-missing', 'attestation-invalid']).toContain(ours)
    },
  )
})

describe('policies that ask for more, or for what is none', () => {
  it.each<[readonly string[], 'yes' | 'no', string]>([
    [['other.rego'], 'no', 'policy-denied'],
    [['text.rego'], 'no', 'policy-denied'],
    [['not.rego'], 'yes', 'verified'],
    [['default.rego'], 'yes', 'verified'],
    [['statement.rego'], 'yes', 'verified'],
    [['package.cue', 'package-2.cue'], 'yes', 'verified'],
    [['required.cue'], 'no', 'policy-denied'],
    [['closed.cue'], 'no', 'policy-denied'],
    [['pass.rego', 'required.cue'], 'no', 'policy-denied'],
    [['text.rego', 'pass.cue'], 'no', 'policy-denied'],
    // cosign ends these as it ends a rejection; nothing is proven of the image.
    [['syntax.rego'], 'no', 'policy-invalid'],
    [['syntax.cue'], 'no', 'policy-invalid'],
    [['conflict.rego'], 'no', 'policy-invalid'],
    [['pass.cue', 'syntax.cue'], 'no', 'policy-invalid'],
  ])('%j: cosign says %s, and we %s', async (files, theirs, ours) => {
    expect(await cosignSays('one-good', files)).toBe(theirs)
    expect(await weSay('one-good', files)).toBe(ours)
  })
})

describe('where we differ from cosign on purpose', () => {
  it.each<[string, readonly string[], 'yes' | 'no', string]>([
    [
      'a field that the policy constrains and nobody attested passes there',
      ['open.cue'],
      'yes',
      'policy-denied',
    ],
    [
      'a file with a build tag is left out there without a word',
      ['package.cue', 'if.cue'],
      'yes',
      'policy-denied',
    ],
    ['v1 without an import is no Rego there', ['v1.rego'], 'no', 'verified'],
    ['the network can be asked there', ['network.rego'], 'no', 'policy-invalid'],
  ])('%s', async (_, files, theirs, ours) => {
    expect(await cosignSays('one-good', files)).toBe(theirs)
    expect(await weSay('one-good', files)).toBe(ours)
  })

  it('types that cosign knows are written anew there: fields that it does not know are lost to the policy', async () => {
    const digest = await registry.putImage('vuln', 'v1')
    const predicate = { scanner: { uri: 'u', extra: true }, metadata: {}, invocation: {}, extra: true }
    const uri = 'https://cosign.sigstore.dev/attestation/vuln/v1'
    await cosign.attest(`${registry.host}/vuln@${digest}`, alice, 'bundle', uri, predicate)
    writeFileSync(at('extra.rego'), `${header}allow { input.predicate.extra }`)
    const flags = [
      '--key',
      alice.pub,
      '--insecure-ignore-tlog',
      '--type',
      'vuln',
      '--policy',
      at('extra.rego'),
    ]
    const theirs = await cosign.run('verify-attestation', ...flags, `${registry.host}/vuln:v1`)
    expect(theirs.exit).not.toBe(0)
    const ours = await runCli([
      ...[
        'verify',
        `${registry.host}/vuln:v1`,
        '--key',
        alice.pub,
        '--insecure-ignore-tlog',
        '--retries',
        '0',
      ],
      ...['--attestation-type', 'vuln', '--attestation-policy', at('extra.rego')],
    ])
    expect(ours.exit, ours.stderr).toBe(0)
  })
})
