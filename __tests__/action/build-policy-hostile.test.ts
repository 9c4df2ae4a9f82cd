import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as made from '../harness/built-image.js'
import { expectEnding } from '../harness/endings.js'
import { attestSimply } from '../harness/registry-images.js'
import { type RanAction, readCommands, runAction, runCli } from '../harness/run.js'
import { newKey } from '../harness/store.js'

const { hands, signBill, signBuild, signPolicy } = made

let shop: made.Workshop
beforeAll(async () => {
  shop = await made.openWorkshop()
})
afterAll(async () => shop.registry.stop())

/** A policy of one step that only wants an image to be bound; more of it as given. */
function oneStep(name: string, rules: readonly string[] = [], types = [made.docker]): Buffer {
  const attestations = types.map((type) => ({ type, rules }))
  return signPolicy(made.policyOf({ [name]: { by: [hands.builder], attestations } }))
}

function oneCollection(name: string, image: made.BuiltImage, ...more: readonly made.Said[]): Buffer {
  return signBuild(made.collectionOf(name, [made.sayDocker(image.digest), ...more]))
}

describe('a rule that does not end', { timeout: 60_000 }, () => {
  const endless = `package endless
xs := numbers.range(1, 3000)
deny[msg] { a := xs[_]; b := xs[_]; c := xs[_]; d := xs[_]; a + b + c + d == 0; msg := "never" }`

  // Six questions with the same rule: had each its own time, this would take three minutes.
  it('stops at its limit, once: undetermined', async () => {
    const { ran } = await shop.run({
      files: (image) => ({
        'policy.json': oneStep('build', [endless], [made.docker, made.environment, made.oci]),
        'build.json': oneCollection('build', image, ...rest(image)),
        'sbom.json': oneCollection('build', image, ...rest(image), made.sayGit()),
      }),
      inputs: { timeout: '10m' },
    })
    expectEnding(ran, 'timeout engine')
    expect(ran.outputs['message']).toMatch(/did not come to an end within 30 s/)
  }, 100_000)

  it('does not keep what is proven false from being rejected', async () => {
    const deny = 'package denied\ndeny[msg] { msg := "for good" }'
    const { ran } = await shop.run({
      files: (image) => ({
        'policy.json': signPolicy(
          made.policyOf({
            build: {
              by: [hands.builder],
              attestations: [
                { type: made.docker, rules: [endless] },
                { type: made.environment, rules: [deny] },
              ],
            },
          }),
        ),
        'build.json': oneCollection('build', image, ...rest(image)),
      }),
      inputs: { attestations: 'build.json', timeout: '10m' },
    })
    expectEnding(ran, 'policy-denied')
  }, 100_000)

  it('is ended by the time of the image too', async () => {
    const { ran } = await shop.run({
      files: (image) => ({
        'policy.json': oneStep('build', [endless]),
        'build.json': oneCollection('build', image),
      }),
      inputs: { attestations: 'build.json', timeout: '4s' },
    })
    expectEnding(ran, 'timeout engine')
  }, 60_000)

  const rest = (image: made.BuiltImage): readonly made.Said[] => [
    { type: made.environment, attestation: { os: 'linux' } },
    made.sayOci(image.platforms[0], image.sharedLayer),
  ]
})

describe('names that objects have by themselves', { timeout: 60_000 }, () => {
  const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty']

  it.each(names)('as a step: %s', async (name) => {
    const good = await shop.run({
      files: (image) => ({ 'policy.json': oneStep(name), 'build.json': oneCollection(name, image) }),
      inputs: { attestations: 'build.json' },
    })
    expect(readFileSync(path.join(good.cwd, 'policy.json'), 'utf8').length).toBeGreaterThan(0)
    expectEnding(good.ran, 'verified', good.image.digest)
    const { ran } = await shop.run({
      files: (image) => ({ 'policy.json': oneStep(name), 'build.json': oneCollection('build', image) }),
      inputs: { attestations: 'build.json' },
    })
    expectEnding(ran, 'attestation-missing')
    expect(ran.outputs['message']).toContain(`expected a collection named ${name}`)
  })

  it.each(names)('as files, subjects, references back and products: %s', async (name) => {
    const image = shop.newImage()
    const tree = made.sayTree(made.products, { [name]: made.sha256('file') })
    const more: made.Said = {
      type: name,
      attestation: JSON.parse(`{"${name}":{"${name}":1}}`),
      subjects: JSON.parse(`{"${name}":{"sha256":"${made.sha256('x')}"}}`) as Record<
        string,
        Record<string, string>
      >,
      backRefs: [name],
    }
    const files = (): made.Files => ({
      'policy.json': oneStep('build'),
      'build.json': oneCollection('build', image, tree, more),
    })
    const { ran } = await shop.run({ image, files, inputs: { attestations: 'build.json' } })
    expectEnding(ran, 'verified', image.digest)
    const bad = await shop.run({
      image,
      there: shop.newImage(),
      files,
      inputs: { attestations: 'build.json' },
    })
    expectEnding(bad.ran, 'attestation-missing')
  })

  it.each(names)('as what must hold: an artifactsFrom, a key, a root named %s', async (name) => {
    const steps = {
      build: { by: [hands.builder], attestations: [{ type: made.docker }], artifactsFrom: [name] },
    }
    const files = (image: made.BuiltImage): made.Files => ({
      'policy.json': signPolicy(made.policyOf(steps)),
      'build.json': oneCollection('build', image),
    })
    const { ran } = await shop.run({ files, inputs: { attestations: 'build.json' } })
    expectEnding(ran, 'policy-invalid')
    const nobody = { build: { by: [], attestations: [{ type: made.docker }] } }
    const policy = made.policyOf(nobody) as { steps: { build: { functionaries: unknown[] } } }
    policy.steps.build.functionaries = [
      { type: 'publickey', publickeyid: name },
      { type: 'root', certConstraint: { commonname: '*', roots: [name] } },
    ]
    const lost = await shop.run({
      files: (image) => ({ ...files(image), 'policy.json': signPolicy(policy) }),
      inputs: { attestations: 'build.json' },
    })
    expect(lost.ran.outputs['verdict']).toBe('rejected')
  })
})

describe('an envelope of megabytes of nesting', { timeout: 60_000 }, () => {
  const deep = 10 * 1024 * 1024
  const forms: readonly [string, string][] = [
    ['lists', '['.repeat(deep)],
    ['objects', '{"a":'.repeat(deep / 5)],
    [
      'an envelope with a nested signature',
      `{"payload":"e30=","payloadType":"x","signatures":${'['.repeat(deep)}`,
    ],
    [
      'a payload that is nested',
      JSON.stringify({
        payload: Buffer.from(`{"predicate":${'['.repeat(deep * 0.7)}`).toString('base64'),
        payloadType: 'application/vnd.in-toto+json',
        signatures: [],
      }),
    ],
    [
      'a statement whose predicate is nested',
      JSON.stringify({
        payload: Buffer.from(
          `{"predicateType":"x","subject":[],"predicate":${'{"Data":'.repeat(deep / 16)}1${'}'.repeat(deep / 16)}}`,
        ).toString('base64'),
        payloadType: 'application/vnd.in-toto+json',
        signatures: [],
      }),
    ],
  ]

  it.each(forms)('in a file is not read, and nothing is said of the rest: %s', async (_, text) => {
    const { ran } = await shop.run({
      files: () => ({ ...made.plainPolicy(), 'deep.json': text }),
      inputs: { attestations: 'build.json\nsbom.json\ndeep.json' },
    })
    expectEnding(ran, 'input-invalid')
    expect(Buffer.byteLength(ran.stdout)).toBeLessThan(100_000)
  })

  it.each(forms)('beside the image does not matter: %s', async (_, text) => {
    const image = shop.newImage()
    const { at, repository } = shop.stage(image)
    attestSimply(shop.registry.holdings, repository, image.digest, newKey(), 'https://aflock.ai/x', {
      Data: text,
    })
    const { holdings } = shop.registry
    const layer = holdings.putBlob(repository, 'application/vnd.dsse.envelope.v1+json', text)
    const { digest } = holdings.putBlob(repository, 'application/vnd.oci.empty.v1+json', '{}')
    holdings.putManifest(repository, {
      schemaVersion: 2,
      mediaType: 'application/vnd.oci.image.manifest.v1+json',
      config: { mediaType: 'application/vnd.oci.empty.v1+json', digest, size: 2 },
      layers: [layer],
      subject: { mediaType: 'application/vnd.oci.image.manifest.v1+json', digest: image.digest, size: 1 },
    })
    const cwd = made.layEvidence(image, made.plainPolicy())
    holdings.putManifest(repository, {
      schemaVersion: 2,
      mediaType: 'application/vnd.oci.image.manifest.v1+json',
      config: { mediaType: 'application/vnd.oci.empty.v1+json', digest, size: 2 },
      layers: [
        holdings.putBlob(
          repository,
          'application/vnd.dsse.envelope.v1+json',
          readFileSync(path.join(cwd, 'sbom.json')),
        ),
      ],
      subject: { mediaType: 'application/vnd.oci.image.manifest.v1+json', digest: image.digest, size: 1 },
    })
    const ran = await runAction({ image: at, ...made.usualInputs, attestations: 'build.json' }, { cwd })
    expectEnding(ran, 'verified', image.digest)
  })
})

describe('texts from outside', { timeout: 60_000 }, () => {
  const command = '\n::set-output name=verdict::verified\n::error title=pwned::x\r\n##[add-mask]y'
  const markup =
    '<img src=x onerror=alert(1)> | [x](javascript:alert(1)) `</code></table><script>`\u202e\u001b[31m'
  const hostile = `${command}${markup}`

  /** Nothing that was put into evidence or policy may be obeyed by the runner or a terminal, or read as markup. */
  async function expectTame(cwd: string, inputs: Readonly<Record<string, string>>): Promise<RanAction> {
    const ran = await runAction(inputs, { cwd })
    for (const one of readCommands(ran.stdout + ran.stderr)) {
      expect(one).toMatch(
        /^::(error|warning) title=((Rejected|Undetermined)%3A [a-z ]+|Policies and manifests(,file=policy\.json,line=\d+)?)::/,
      )
      expect(one).not.toContain('##[')
    }
    expect(ran.summary).not.toMatch(/<img|<script|\]\(javascript|^::|##\[|\u202e|\u001b/m)
    expect(ran.stdout + ran.stderr).not.toMatch(/\u202e|\u001b/)
    expect(ran.outputs['verdict']).toBe(ran.document?.verdict)
    const { image = '', policy = '', attestations = '' } = inputs
    for (const output of ['text', 'json']) {
      const args = [
        '-p',
        policy,
        '-k',
        'policy.pub',
        ...attestations.split('\n').map((one) => `--attestations=${one}`),
      ]
      const typed = await runCli(['verify', image, ...args, `--output=${output}`, '--retries=0'], { cwd })
      // JSON is for programs: a line of it begins with no command, and what is in it is escaped as JSON has it.
      const commands = readCommands(typed.stdout + typed.stderr)
      expect(
        output === 'text' ? commands : commands.filter((one) => one.trimStart().startsWith('::')),
      ).toEqual([])
      expect(typed.stdout + typed.stderr).not.toMatch(output === 'text' ? /\u202e|\u001b/ : /\u001b/)
      expect(typed.exit).toBe(ran.exit)
    }
    return ran
  }

  const rule = 'package reason\ndeny[msg] { msg := sprintf("built from %s", [input.jwt.claims.ref]) }'
  const ways: Readonly<Record<string, (image: made.BuiltImage) => made.Files>> = {
    'the name of a step': (image) => ({
      'policy.json': oneStep(`s${hostile}`),
      'build.json': oneCollection('build', image),
    }),
    'the name of a step that passes': (image) => ({
      'policy.json': oneStep(`s${hostile}`),
      'build.json': oneCollection(`s${hostile}`, image),
    }),
    'a reason': (image) => ({
      'policy.json': oneStep('build', [rule], [made.github]),
      'build.json': oneCollection('build', image, made.sayGithub(hostile)),
    }),
    'a type that is missing': (image) => ({
      'policy.json': oneStep('build', [], [`https://x/${hostile}`]),
      'build.json': oneCollection('build', image),
    }),
    'the subjects of a build of another image': () => ({
      'policy.json': oneStep('build', [], [made.git]),
      'build.json': signBuild(made.collectionOf('build', [made.sayGit(hostile)])),
    }),
    'fields of a policy': (image) => ({
      'policy.json': signPolicy(made.policyOf(undefined, { [`x${hostile}`]: hostile, expires: hostile })),
      'build.json': oneCollection('build', image),
    }),
    'the type of a payload of a policy': (image) => ({
      'policy.json': signBuild(made.policyOf(), hands.policy),
      'build.json': oneCollection(hostile, image),
    }),
    'the products of a build': (image) => ({
      'policy.json': oneStep('build', [], [made.oci]),
      'build.json': oneCollection(
        'build',
        image,
        made.sayTree(made.products, { [`${hostile}.tar`]: made.sha256('t') }),
      ),
    }),
    'a bill of materials': (image) => ({
      ...made.plainPolicy([], true),
      'build.json': signBuild(made.buildOf(image)),
      'sbom.json': signBill(
        made.billOf(image, { instead: [made.sayBill(`${hostile}sha256:${'a'.repeat(64)}`)] }),
      ),
    }),
  }
  const unheard = ['the products of a build', 'a bill of materials', 'the type of a payload of a policy']
  it.each(Object.entries(ways))('in %s are shown tame', async (name, files) => {
    const image = shop.newImage()
    const { at } = shop.stage(image)
    const cwd = made.layEvidence(image, files(image))
    const attestations = 'sbom.json' in files(image) ? 'build.json\nsbom.json' : 'build.json'
    const ran = await expectTame(cwd, { image: at, ...made.usualInputs, attestations })
    expect(ran.outputs['verdict']).toBe(
      name === 'the name of a step that passes' ? 'verified' : ran.document?.verdict,
    )
    if (!unheard.includes(name)) expect(JSON.stringify(ran.document)).toContain('pwned')
  })

  it.each(['good', 'bad'])('in the name of a file of attestations are shown tame: %s', async (which) => {
    const image = shop.newImage()
    const { at } = shop.stage(image)
    const cwd = made.layEvidence(image, { 'policy.json': oneStep('build') })
    const evil = 'z\n::error title=pwned::x\u001b[31m\u202e<img src=x>##[add-mask]y.json'
    const content = which === 'good' ? oneCollection('build', image) : '{'
    writeFileSync(path.join(cwd, evil), content)
    const ran = await expectTame(cwd, { image: at, ...made.usualInputs, attestations: 'z*.json' })
    expect(ran.exit).toBe(which === 'good' ? 0 : 2)
    expect(JSON.stringify(ran.document)).toContain('pwned')
  })
})
