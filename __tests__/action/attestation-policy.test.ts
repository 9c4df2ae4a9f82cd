import { cpSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createHash } from 'node:crypto'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ResultDocument } from '../../src/report/document.js'
import { type Expected, expectEnding } from '../harness/endings.js'
import { sendAnswer } from '../harness/registry-answers.js'
import { attestSimply, putImage, signByBundle, signSimply } from '../harness/registry-images.js'
import { type LoopbackRegistry, openRegistry } from '../harness/registry.js'
import { dist, type RanAction, runAction, runCli, temporaryFolder } from '../harness/run.js'
import { newKey, signedImage, writeStore } from '../harness/store.js'

const alice = newKey()
const bob = newKey()
const scan = 'https://acme.example/scan/v1'
const good = { passed: true, critical: 0 }
const bad = { passed: false, critical: 3 }

const policies: Readonly<Record<string, string>> = {
  'pass.rego': 'package signature\nimport rego.v1\nallow if input.predicate.passed',
  'pass-v0.rego': 'package signature\nallow { input.predicate.passed }',
  'pass-v1.rego': 'package signature\nallow if input.predicate.passed == true',
  'default.rego': 'package signature\ndefault allow = false\nallow { input.predicate.passed }',
  'object.rego': 'package signature\nallow = {"why": "an object is not true"}',
  'text.rego': 'package signature\nallow = "true"',
  'other-package.rego': 'package sigstore\nallow { true }',
  'whole.rego': `package signature
allow { input.predicateType == "${scan}"; input._type == "https://in-toto.io/Statement/v1"; count(input.subject) == 1 }`,
  'pass.cue': 'predicate: {passed!: true, critical!: <1}',
  'missing.cue': 'predicate: {passed!: true, signedOff!: string}',
  'open.cue': 'predicate: {passed: true, signedOff: string}',
  'syntax.rego': 'package signature\nallow {',
  'unsafe.rego': 'package signature\nallow[x] { true }',
  'network.rego': 'package signature\nallow { http.send({"method": "get", "url": "http://127.0.0.1:1"}) }',
  'conflict.rego': 'package signature\nallow = true { input.subject }\nallow = false { input.subject }',
  'builtin.rego': 'package signature\nallow { to_number(input.predicateType) > 0 }',
  'syntax.cue': 'predicate: {',
  'import.cue': 'import "example.com/x/y"\npredicate: y.P',
  'contradiction.cue': 'predicate: passed: true\npredicate: passed: false',
  'endless.rego': `package signature
xs := numbers.range(1, 3000)
allow { a := xs[_]; b := xs[_]; c := xs[_]; d := xs[_]; a + b + c + d == 0 }`,
  'bomb.rego': `package signature
s0 = sprintf("%1000d", [1])
${Array.from({ length: 8 }, (_, at) => `s${at + 1} = concat("", [${Array<string>(10).fill(`s${at}`).join(',')}])`).join('\n')}
allow { count(s8) > 0 }`,
}

const folder = temporaryFolder()
let registry: LoopbackRegistry
beforeAll(async () => {
  for (const [name, text] of Object.entries(policies)) writeFileSync(path.join(folder, name), text)
  registry = await openRegistry()
})
afterAll(async () => registry.stop())

const at = (name: string): string => path.join(folder, name)

let images = 0
/** An image that carries these attestations, by Alice where nobody else is named. @returns its repository */
function attested(...predicates: readonly (object | readonly [object, typeof alice])[]): string {
  const repository = `attested-${images++}`
  const digest = putImage(registry.holdings, repository)
  for (const one of predicates) {
    const [predicate, key] = Array.isArray(one) ? (one as [object, typeof alice]) : [one, alice]
    signByBundle(registry.holdings, repository, digest, key, scan, predicate)
  }
  return repository
}

function inputsFor(repository: string, policy: readonly string[]): Readonly<Record<string, string>> {
  return {
    image: `${registry.host}/${repository}:v1`,
    key: alice.publicPem,
    'attestation-type': scan,
    'attestation-policy': policy.map((name) => (path.isAbsolute(name) ? name : at(name))).join('\n'),
    'insecure-ignore-tlog': 'true',
    retries: '0',
  }
}

/** The inputs without some of them. */
function without(
  inputs: Readonly<Record<string, string>>,
  ...names: readonly string[]
): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(inputs).filter(([name]) => !names.includes(name)))
}

function digestIn(repository: string): string {
  return registry.holdings.repository(repository).tags.get('v1') ?? ''
}

/** Runs both faces, which must agree. @returns the action's run */
async function expectBoth(
  inputs: Readonly<Record<string, string>>,
  expected: Expected,
  digest?: string,
): Promise<RanAction> {
  const ran = await runAction(inputs)
  expectEnding(ran, expected, digest)
  const { image = '', ...flags } = inputs
  const args = Object.entries(flags).flatMap(([name, value]) =>
    (name === 'key' ? [value] : value.split('\n')).map((one) => `--${name}=${one}`),
  )
  const { exit, stdout } = await runCli(['verify', image, '--output=json', ...args])
  const document = JSON.parse(stdout) as ResultDocument
  expect(exit).toBe(ran.exit)
  expect(document.failure).toEqual(ran.document?.failure)
  expect(document.images[0]?.findings).toEqual(ran.document?.images[0]?.findings)
  expect(document.policyFiles).toEqual(ran.document?.policyFiles)
  return ran
}

async function run(repository: string, ...policy: readonly string[]): Promise<RanAction> {
  return runAction(inputsFor(repository, policy))
}

describe('an attestation that satisfies the policy', () => {
  it.each([
    [['pass.rego']],
    [['pass-v0.rego']],
    [['pass-v1.rego']],
    [['default.rego']],
    [['whole.rego']],
    [['pass.cue']],
    [['pass.rego', 'pass.cue']],
  ])('is verified: %j', async (policy) => {
    const repository = attested(good)
    const ran = await expectBoth(inputsFor(repository, policy), 'verified', digestIn(repository))
    expect(ran.document?.policyFiles).toEqual(
      policy.map((name) => ({
        file: at(name),
        language: name.endsWith('.cue') ? 'cue' : 'rego',
        sha256: createHash('sha256')
          .update(policies[name] ?? '')
          .digest('hex'),
      })),
    )
    expect(JSON.stringify(ran.document?.images[0]?.findings)).toContain('attestation-policy')
  })

  it('is verified under the tag .att too', async () => {
    const repository = `attested-${images++}`
    const digest = putImage(registry.holdings, repository)
    attestSimply(registry.holdings, repository, digest, alice, scan, good)
    expectEnding(await run(repository, 'pass.rego', 'pass.cue'), 'verified', digest)
    attestSimply(registry.holdings, repository, digest, alice, scan, bad)
    expectEnding(await run(repository, 'pass.rego'), 'policy-denied')
  })

  it('is verified offline: nobody is asked for anything', async () => {
    const repository = attested(good)
    const ran = await runAction({ ...inputsFor(repository, ['pass.rego', 'pass.cue']), offline: 'true' })
    expectEnding(ran, 'verified', digestIn(repository))
    expect(ran.document?.calls.map(({ host }) => host)).toEqual([registry.host])
  })

  it('with a signature, where one is demanded too', async () => {
    const repository = attested(good)
    const inputs = { ...inputsFor(repository, ['pass.rego']), 'require-signature': 'true' }
    expectEnding(await runAction(inputs), 'unsigned')
    signSimply(registry.holdings, repository, digestIn(repository), alice)
    expectEnding(await runAction(inputs), 'verified', digestIn(repository))
  })
})

describe('an attestation that does not satisfy the policy is rejected', () => {
  it.each<[string, object, readonly string[], RegExp]>([
    ['false', bad, ['default.rego'], /expected data\.signature\.allow .* to be true, got false/],
    ['undefined', bad, ['pass.rego'], /got undefined/],
    ['undefined for want of the package', good, ['other-package.rego'], /got undefined/],
    ['an object', good, ['object.rego'], /got \{"why":"an object is not true"\}/],
    ['a text', good, ['text.rego'], /got "true"/],
    ['an error of a builtin', good, ['builtin.rego'], /got undefined; 1 errors? of builtins? .*to_number/],
    [
      'a contradiction',
      bad,
      ['pass.cue'],
      /pass\.cue:1:\d+: cue_unmet: predicate\.passed: conflicting values/,
    ],
    [
      'a bound',
      { ...good, critical: 2 },
      ['pass.cue'],
      /predicate\.critical: invalid value 2 \(out of bound <1\)/,
    ],
    ['a missing field', good, ['missing.cue'], /predicate\.signedOff: field is required but not present/],
    ['a field that stays open', good, ['open.cue'], /predicate\.signedOff: incomplete value string/],
    ['one of two languages', good, ['pass.rego', 'missing.cue'], /signedOff/],
    ['the other of two languages', good, ['default.rego', 'text.rego', 'pass.cue'].slice(1), /got "true"/],
  ])('%s', async (_, predicate, policy, message) => {
    const ran = await run(attested(predicate), ...policy)
    expectEnding(ran, 'policy-denied')
    expect(ran.outputs['message']).toMatch(message)
    expect(ran.annotations[0]?.message).toMatch(message)
    expect(ran.document?.images[0]?.attestations).toMatchObject([{ verified: false }])
  })

  it('on both faces', async () => {
    await expectBoth(inputsFor(attested(bad), ['default.rego', 'pass.cue']), 'policy-denied')
  })

  it('shows what it says harmlessly', async () => {
    const name = 'hostile.rego'
    const hostile = '\\n::error::pwned </td><script>alert(1)</script> | https://evil.example'
    writeFileSync(at(name), `package signature\nallow = "${hostile}"`)
    const ran = await run(attested(good), name)
    expectEnding(ran, 'policy-denied')
    expect(ran.summary).not.toMatch(/<script|^::/m)
    expect(ran.stdout).not.toMatch(/^\s*::error::/m)
  })
})

describe('every attestation counts that is verified', () => {
  it.each([
    ['the first', [bad, good]],
    ['the second', [good, bad]],
    ['one of many', [good, good, good, bad, good].map((one, n) => ({ ...one, n }))],
  ])('%s says no: rejected', async (_, predicates) => {
    expectEnding(await run(attested(...predicates), 'pass.rego'), 'policy-denied')
    expectEnding(await run(attested(...predicates), 'pass.cue'), 'policy-denied')
  })

  it('all say yes: verified', async () => {
    const repository = attested(good, { ...good, critical: 0, n: 2 })
    expectEnding(await run(repository, 'pass.rego', 'pass.cue'), 'verified', digestIn(repository))
  })

  it('one by another key is not asked about', async () => {
    for (const predicates of [
      [[bad, bob], good],
      [good, [bad, bob]],
    ] as const) {
      const repository = attested(...predicates)
      expectEnding(await run(repository, 'pass.rego', 'pass.cue'), 'verified', digestIn(repository))
    }
    expectEnding(await run(attested([good, bob]), 'pass.rego'), 'attestation-invalid')
  })

  it('one of another type or about another image is not asked about', async () => {
    const repository = attested(good)
    const digest = digestIn(repository)
    signByBundle(registry.holdings, repository, digest, alice, 'https://acme.example/other/v1', bad)
    expectEnding(await run(repository, 'pass.rego'), 'verified', digest)
    expectEnding(await run(attested(), 'pass.rego'), 'attestation-missing')
  })

  it('of several types each', async () => {
    const repository = attested(good)
    const digest = digestIn(repository)
    const other = 'https://acme.example/other/v1'
    const inputs = { ...inputsFor(repository, ['pass.rego']), 'attestation-type': `${scan}\n${other}` }
    expectEnding(await runAction(inputs), 'attestation-missing')
    signByBundle(registry.holdings, repository, digest, alice, other, good)
    expectEnding(await runAction(inputs), 'verified', digest)
    signByBundle(registry.holdings, repository, digest, alice, other, bad)
    expectEnding(await runAction(inputs), 'policy-denied')
  })

  it('of several signers those of each that counts', async () => {
    const repository = attested([bad, bob], good)
    const both = `${alice.publicPem}\n${bob.publicPem}`
    const inputs = { ...inputsFor(repository, ['pass.rego']), key: both }
    expectEnding(await runAction(inputs), 'policy-denied')
    expectEnding(await runAction({ ...inputs, require: 'any' }), 'verified', digestIn(repository))
  })
})

describe('provenance inputs instead of a type', () => {
  const types = ['https://slsa.dev/provenance/v1', 'https://slsa.dev/provenance/v0.2'] as const
  const uri = 'git+https://github.com/team/app@refs/heads/main'
  const provenance = (type: (typeof types)[number], tier: string): object =>
    type === types[0]
      ? {
          buildDefinition: {
            externalParameters: {
              tier,
              workflow: { repository: 'https://github.com/team/app', ref: 'refs/heads/main', path: 'w.yml' },
            },
            buildType: 'https://actions.github.io/buildtypes/workflow/v1',
          },
          runDetails: { builder: { id: 'https://builder.example/b@v1' } },
        }
      : {
          builder: { id: 'https://builder.example/b@v1' },
          invocation: { configSource: { uri }, parameters: { tier } },
          materials: [{ uri }],
        }
  const policy = `package signature
allow { input.predicate.buildDefinition.externalParameters.tier == "release" }
allow { input.predicate.invocation.parameters.tier == "release" }`

  const verify = async (
    ...tiers: readonly (readonly [(typeof types)[number], string])[]
  ): Promise<RanAction> => {
    writeFileSync(at('tier.rego'), policy)
    const repository = attested()
    for (const [type, tier] of tiers)
      signByBundle(registry.holdings, repository, digestIn(repository), alice, type, provenance(type, tier))
    const inputs = without(inputsFor(repository, ['tier.rego']), 'attestation-type')
    const ran = await runAction({ ...inputs, 'source-uri': 'github.com/team/app' })
    return { ...ran, outputs: { ...ran.outputs, wanted: digestIn(repository) } }
  }

  it.each(types)('%s', async (type) => {
    const ran = await verify([type, 'release'])
    expectEnding(ran, 'verified', ran.outputs['wanted'])
    expectEnding(await verify([type, 'test']), 'policy-denied')
  })

  it('of both versions each must satisfy it', async () => {
    const ran = await verify([types[0], 'release'], [types[1], 'release'])
    expectEnding(ran, 'verified', ran.outputs['wanted'])
    expectEnding(await verify([types[0], 'release'], [types[1], 'test']), 'policy-denied')
    expectEnding(await verify([types[0], 'test'], [types[1], 'release']), 'policy-denied')
  })

  it('none at all is missing', async () => {
    expectEnding(await verify(), 'attestation-missing')
  })
})

describe('a policy that does not load leaves it open', () => {
  it.each<[string, readonly string[], RegExp]>([
    ['Rego that does not parse', ['syntax.rego'], /syntax\.rego:2:\d+: rego_parse_error/],
    ['Rego that does not compile', ['unsafe.rego'], /rego_unsafe_var_error: var x is unsafe/],
    ['Rego that asks the network', ['network.rego'], /undefined function http\.send/],
    ['CUE that does not parse', ['syntax.cue'], /syntax\.cue:1:\d+: cue_parse_error/],
    ['CUE that imports from outside', ['import.cue'], /import\.cue:1:8: cue_compile_error: .*example\.com/],
    ['CUE that contradicts itself', ['contradiction.cue'], /predicate\.passed: conflicting values/],
    ['one of several', ['pass.rego', 'pass.cue', 'syntax.cue'], /syntax\.cue/],
    ['a file that is not there', ['none.rego'], /policy not found: .*none\.rego/],
  ])('%s: whatever attestations are there', async (_, policy, message) => {
    for (const repository of [attested(good), attested()]) {
      const ran = await run(repository, ...policy)
      expectEnding(ran, 'policy-invalid')
      expect(ran.outputs['message']).toMatch(message)
    }
  })

  it('what breaks off over a statement too', async () => {
    const ran = await expectBoth(inputsFor(attested(good), ['conflict.rego']), 'policy-invalid')
    expect(ran.outputs['message']).toMatch(/eval_conflict_error/)
    expectEnding(await run(attested(), 'conflict.rego'), 'attestation-missing')
  })

  it('a folder and a file that is too large', async () => {
    mkdirSync(at('folder.rego'))
    writeFileSync(at('large.rego'), `package signature\n#${'x'.repeat(1024 * 1024)}`)
    for (const name of ['folder.rego', 'large.rego'])
      expectEnding(await run(attested(good), name), 'policy-invalid')
  })

  it.each([
    ['another ending', { 'attestation-policy': 'policy.yaml' }, /files that end in \.rego or \.cue/],
    ['no type', { 'attestation-type': '' }, /attestation-type beside it/],
  ])('%s is refused before anything is asked', async (_, more, message) => {
    const before = registry.requests.length
    const ran = await expectBoth({ ...inputsFor(attested(good), ['pass.rego']), ...more }, 'input-invalid')
    expect(ran.outputs['message']).toMatch(message)
    expect(registry.requests.length).toBe(before)
  })

  it('records of s3lo attest nothing', async () => {
    const cwd = temporaryFolder()
    writeStore(path.join(cwd, 'store'), signedImage(alice, 'store'))
    writeFileSync(path.join(cwd, 'a.pub'), alice.publicPem)
    const inputs = {
      ...inputsFor('none', ['pass.rego']),
      image: 'local://store/app:v1',
      key: 'a.pub',
    }
    const ran = await runAction(inputs, { cwd })
    expect(ran.outputs['verdict']).not.toBe('verified')
    expectEnding(ran, 'attestation-missing')
  })
})

describe('what could not be read may say no', () => {
  const ways = ['503', '404', 'garbage', 'dropped'] as const

  /** Two attestations, and the digest of the blob of the second. */
  function two(first: object, second: object): readonly [string, string] {
    const repository = attested(first)
    const before = new Set(registry.holdings.repository(repository).blobs.keys())
    signByBundle(registry.holdings, repository, digestIn(repository), alice, scan, second)
    const after = [...registry.holdings.repository(repository).blobs.keys()]
    return [repository, after.findLast((digest) => !before.has(digest)) ?? '']
  }

  function block(repository: string, digest: string, how: (typeof ways)[number]): void {
    registry.fault(repository, 'blob', 'always', (response, usual, request) => {
      if (request.reference !== digest) sendAnswer(response, usual, request.method)
      else if (how === 'dropped') response.destroy()
      else if (how === 'garbage') response.end('{"no":"bundle"}')
      else {
        response.statusCode = Number(how)
        response.end('')
      }
    })
  }

  it.each(ways)(
    'a statement answered %s: undetermined, although another satisfies the policy',
    async (how) => {
      const [repository, digest] = two(good, { ...good, n: 2 })
      block(repository, digest, how)
      const ran = await run(repository, 'pass.rego')
      expect(ran.outputs['verdict'], ran.outputs['message']).toBe('undetermined')
      expect(ran.outputs['failure-class']).toBe('infrastructure')
      expect(ran.exit).toBe(2)
      // Without a policy one attestation is enough, as before.
      const inputs = without(inputsFor(repository, []), 'attestation-policy')
      expectEnding(await runAction(inputs), 'verified', digestIn(repository))
    },
  )

  it.each(ways)('a statement answered %s: rejected all the same where another says no', async (how) => {
    const [repository, digest] = two(bad, good)
    block(repository, digest, how)
    expectEnding(await run(repository, 'pass.rego'), 'policy-denied')
  })

  it.each(ways)('the one that says no answered %s: not verified, and not rejected', async (how) => {
    const [repository, digest] = two(good, bad)
    expectEnding(await run(repository, 'pass.cue'), 'policy-denied')
    block(repository, digest, how)
    expect((await run(repository, 'pass.cue')).outputs['verdict']).toBe('undetermined')
  })

  it('a bundle that is no bundle, properly delivered, holds nothing open: it is by nobody', async () => {
    const repository = attested(good)
    const [, manifest] = [...registry.holdings.repository(repository).manifests].find(([, one]) =>
      one.bytes.includes('sigstore.bundle.content'),
    )!
    const broken = JSON.parse(manifest.bytes.toString()) as { layers: object[] }
    const type = 'application/vnd.dev.sigstore.bundle.v0.3+json'
    broken.layers = [registry.holdings.putBlob(repository, type, '{"no":"bundle"}')]
    registry.holdings.putManifest(repository, broken)
    expectEnding(await run(repository, 'pass.rego'), 'verified', digestIn(repository))
  })

  it.each(['referrers', 'att'] as const)('a listing of %s that fails: undetermined', async (kind) => {
    const repository = attested(good)
    registry.fault(repository, kind, 'always', (response) => {
      response.statusCode = 503
      response.end('')
    })
    const ran = await run(repository, 'pass.rego')
    expect(ran.outputs['verdict']).toBe('undetermined')
    expect(ran.exit).toBe(2)
  })
})

describe('limits', () => {
  it.each([
    ['endless.rego', 'timeout engine', /did not come to an end within 30 s/],
    ['bomb.rego', 'limit-exceeded engine', /more than 512 MiB/],
  ] as const)(
    '%s: undetermined, and the fault of the engine',
    async (name, expected, message) => {
      const repository = attested(good, { ...good, n: 2 })
      const ran = await run(repository, name)
      expectEnding(ran, expected)
      expect(ran.outputs['message']).toMatch(message)
      // Two statements, one wait.
      const { startedAt = '', finishedAt = '' } = ran.document ?? {}
      expect(Date.parse(finishedAt) - Date.parse(startedAt)).toBeLessThan(50_000)
    },
    120_000,
  )

  it('the time of the image ends it too', async () => {
    const inputs = { ...inputsFor(attested(good), ['endless.rego']), timeout: '4s' }
    const ran = await runAction(inputs)
    expectEnding(ran, 'timeout engine')
    expect(ran.outputs['message']).toMatch(/not evaluated within the time/)
  }, 60_000)
})

describe('the engine is loaded for policies alone', () => {
  const copy = temporaryFolder()
  beforeAll(() => {
    cpSync(dist, copy, { recursive: true })
    rmSync(path.join(copy, 'policy-engine.js'))
    rmSync(path.join(copy, 'policy-engines.wasm.br'))
  })

  it('a bundle without it verifies, rejects and checks attestations as before', async () => {
    const repository = attested(good)
    signSimply(registry.holdings, repository, digestIn(repository), alice)
    const inputs = without(inputsFor(repository, []), 'attestation-policy')
    const signature = without(inputs, 'attestation-type')
    expectEnding(await runAction(inputs, { bundle: copy }), 'verified', digestIn(repository))
    expectEnding(await runAction(signature, { bundle: copy }), 'verified', digestIn(repository))
    expectEnding(await runAction({ ...signature, key: bob.publicPem }, { bundle: copy }), 'signature-invalid')
  })

  it('and with a policy it is no pass', async () => {
    const ran = await runAction(inputsFor(attested(good), ['pass.rego']), { bundle: copy })
    expectEnding(ran, 'internal-error engine')
    expect(ran.outputs['message']).toMatch(/policy engine did not start/)
    expectEnding(
      await runAction(inputsFor(attested(bad), ['pass.cue']), { bundle: copy }),
      'internal-error engine',
    )
  })

  it('a link to the bundle will do', async () => {
    const link = path.join(temporaryFolder(), 'dist')
    symlinkSync(dist, link)
    expect(readdirSync(link)).toContain('policy-engine.js')
    const repository = attested(good)
    expectEnding(
      await runAction(inputsFor(repository, ['pass.rego']), { bundle: link }),
      'verified',
      digestIn(repository),
    )
  })
})

it('a run may take longer than one image: each image has its own time', async () => {
  const repositories = Array.from({ length: 4 }, () => attested(good))
  for (const repository of repositories)
    registry.fault(repository, 'referrers', 'always', (response, usual, request) => {
      setTimeout(() => sendAnswer(response, usual, request.method), 2000)
    })
  const [first = ''] = repositories
  const ran = await runAction({
    ...inputsFor(first, ['pass.rego', 'pass.cue']),
    image: repositories.map((one) => `${registry.host}/${one}:v1`).join('\n'),
    concurrency: '1',
    timeout: '5s',
  })
  expectEnding(ran, 'verified', digestIn(first))
}, 60_000)
