import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as made from '../harness/built-image.js'
import { runFaces } from '../harness/cluster-policies.js'
import { type Expected, expectEnding } from '../harness/endings.js'
import { answerFrom, manifestType, sendAnswer } from '../harness/registry-answers.js'
import { hangs, says } from '../harness/registry-faults.js'
import { attestSimply, signByBundle } from '../harness/registry-images.js'
import { type LoopbackRegistry, openRegistry } from '../harness/registry.js'
import { runAction, runCli, temporaryFolder } from '../harness/run.js'
import { newKey } from '../harness/store.js'

const { hands, signBill, signBuild, signPolicy } = made
const anybody = newKey()
const collectionType = 'https://aflock.ai/attestation-collection/v0.1'

let registry: LoopbackRegistry
beforeAll(async () => {
  registry = await openRegistry()
})
afterAll(async () => registry.stop())

let images = 0

interface Stage {
  readonly image: made.BuiltImage
  readonly repository: string
  readonly at: string
  readonly cwd: string
  readonly build: Buffer
  readonly bill: Buffer
}

/** An image with evidence that passes a policy without rules, in a folder of its own. */
function stage(): Stage {
  const image = made.newBuiltImage({ salt: `evidence ${images}` })
  const repository = `evidence-${images++}`
  made.putBuilt(registry.holdings, repository, image)
  const cwd = made.layEvidence(image, { 'policy.json': signPolicy(made.policyOf(made.plainSteps())) })
  const [build, bill] = [
    readFileSync(path.join(cwd, 'build.json')),
    readFileSync(path.join(cwd, 'sbom.json')),
  ]
  return { image, repository, cwd, build, bill, at: `${registry.host}/${repository}:v1` }
}

const usual = { ...made.usualInputs, attestations: '' }

function tarGz(files: Readonly<Record<string, string>>): Buffer {
  const blocks = Object.entries(files).flatMap(([name, content]) => {
    const body = Buffer.from(content)
    const header = Buffer.alloc(512)
    header.write(name, 0)
    header.write('0000644\0', 100)
    header.write(`${body.length.toString(8).padStart(11, '0')}\0`, 124)
    header.write('        ', 148)
    header.write('0', 156)
    header.write('ustar\x0000', 257)
    const sum = header.reduce((total, byte) => total + byte, 0)
    header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
    return [header, body, Buffer.alloc((512 - (body.length % 512)) % 512)]
  })
  return gzipSync(Buffer.concat([...blocks, Buffer.alloc(1024)]))
}

/** As `cilock` writes a bundle: an index by SHA-256, and the envelopes, one a line. */
function bundleOf(envelopes: readonly Buffer[], listed = envelopes): Buffer {
  return tarGz({
    'bundle.json': JSON.stringify({
      version: 1,
      envelopes: listed.map((one) => ({ sha256: made.sha256(one) })),
    }),
    'attestations.jsonl': envelopes.map((one) => `${one.toString()}\n`).join(''),
  })
}

describe('evidence in files', { timeout: 60_000 }, () => {
  it.each<[string, (stage: Stage) => Readonly<Record<string, string | Buffer>>, string]>([
    ['of a pattern', () => ({}), '*s*.json\nb*.json'],
    ['between commas', () => ({}), 'build.json,sbom.json'],
    ['between commas, with a space', () => ({}), 'build.json, sbom.json'],
    ['that two patterns find', () => ({}), '*b*.json\ns*.json\nb*.json'],
    [
      'as lines',
      ({ build, bill }) => ({ 'all.jsonl': `${build.toString()}\n\n${bill.toString()}\n` }),
      'all.jsonl',
    ],
    ['in a bundle', ({ build, bill }) => ({ 'bundle.tar.gz': bundleOf([build, bill]) }), 'bundle.tar.gz'],
    [
      'beside those of another image',
      () => {
        const image = made.newBuiltImage({ salt: 'another' })
        return { 'c.json': signBuild(made.buildOf(image)), 'd.json': signBill(made.billOf(image)) }
      },
      'build.json\nc.json\nd.json\nsbom.json',
    ],
    [
      'beside one that is not signed by anybody we know',
      ({ image }) => ({ 'c.json': signBuild(made.buildOf(image), hands.stranger) }),
      'c.json\nbuild.json\nsbom.json',
    ],
    ['twice under two names', ({ build }) => ({ 'again.json': build }), 'build.json\nagain.json\nsbom.json'],
  ])('%s: verified', async (_, files, attestations) => {
    const staged = stage()
    for (const [name, content] of Object.entries(files(staged)))
      writeFileSync(path.join(staged.cwd, name), content)
    const ran = await runAction({ image: staged.at, ...usual, attestations }, { cwd: staged.cwd })
    expectEnding(ran, 'verified', staged.image.digest)
    const [first, last] = [hands.builder.id, hands.biller.id]
    const signers = ran.document?.images[0]?.attestations.map(({ keyId }) => keyId)
    expect([...new Set(signers)].sort()).toEqual([first, last].sort())
  })

  it.each<[string, (stage: Stage) => Readonly<Record<string, string | Buffer>>, string, RegExp]>([
    [
      'a file named twice',
      () => ({}),
      'build.json\nsbom.json\nbuild.json',
      /build\.json: expected each attestation once, got it twice/,
    ],
    ['a file that is not there', () => ({}), 'build.json\nsbom.json\nnone.json', /none\.json/],
    [
      'a pattern that finds nothing',
      () => ({}),
      'none*.json',
      /none\*\.json: expected at least one file, got none/,
    ],
    [
      'a file that is no envelope',
      () => ({ 'c.json': '{}' }),
      'build.json\nsbom.json\nc.json',
      /c\.json: expected a DSSE envelope/,
    ],
    [
      'a line that is no envelope',
      ({ build, bill }) => ({ 'all.jsonl': `${build.toString()}\n{\n${bill.toString()}` }),
      'all.jsonl',
      /all\.jsonl:2: expected a DSSE envelope/,
    ],
    [
      'an empty file of lines',
      () => ({ 'all.jsonl': '\n' }),
      'all.jsonl',
      /all\.jsonl: it holds no envelope/,
    ],
    [
      'a bundle that lacks an envelope that it lists',
      ({ build, bill }) => ({ 'b.tar.gz': bundleOf([build], [build, bill]) }),
      'b.tar.gz\nsbom.json',
      /b\.tar\.gz: expected the envelope [0-9a-f]{64}/,
    ],
    [
      'a bundle with an envelope that it does not list',
      ({ build, bill }) => ({ 'b.tar.gz': bundleOf([build, bill], [build]) }),
      'b.tar.gz\nsbom.json',
      /b\.tar\.gz: expected 1 envelopes, got 2/,
    ],
    [
      'a bundle that lists nothing',
      () => ({ 'b.tar.gz': bundleOf([]) }),
      'b.tar.gz\nbuild.json\nsbom.json',
      /b\.tar\.gz: it/,
    ],
    [
      'an archive of something else',
      () => ({ 'b.tar.gz': tarGz({ 'a.txt': 'a' }) }),
      'b.tar.gz\nbuild.json\nsbom.json',
      /b\.tar\.gz: expected a cilock bundle/,
    ],
    [
      'a bundle of zeros without end',
      () => ({ 'b.tar.gz': Buffer.concat(Array<Buffer>(10).fill(gzipSync(Buffer.alloc(60 * 1024 * 1024)))) }),
      'b.tar.gz\nbuild.json\nsbom.json',
      /b\.tar\.gz: it does not unpack to at most/,
    ],
    [
      'a bundle that is cut off',
      ({ build, bill }) => ({ 'b.tar.gz': bundleOf([build, bill]).subarray(0, -40) }),
      'b.tar.gz',
      /b\.tar\.gz: it does not unpack/,
    ],
  ])('%s: undetermined, whatever the rest says', async (_, files, attestations, message) => {
    const staged = stage()
    for (const [name, content] of Object.entries(files(staged)))
      writeFileSync(path.join(staged.cwd, name), content)
    const ran = await runAction({ image: staged.at, ...usual, attestations }, { cwd: staged.cwd })
    expectEnding(ran, 'input-invalid')
    expect(ran.outputs['message']).toMatch(message)
  })

  it('of many megabytes is evidence as any other', async () => {
    const image = made.newBuiltImage({ salt: 'large' })
    const components = Array.from({ length: 60_000 }, (_, at) => ({
      name: `package-${at}`,
      purl: `pkg:npm/package-${at}@1.0.0?${'x'.repeat(100)}`,
    }))
    const large = [made.sayBill(image.digest, components)]
    const bill = signBill(made.billOf(image, { instead: large }))
    expect(bill.length).toBeGreaterThan(12 * 1024 * 1024)
    const cwd = made.layEvidence(image, { ...made.plainPolicy(), 'sbom.json': bill })
    made.putBuilt(registry.holdings, 'large', image)
    const ran = await runAction({ image: `${registry.host}/large:v1`, ...made.usualInputs }, { cwd })
    expectEnding(ran, 'verified', image.digest)
  })

  it('within an attestation of cosign is not taken out of a file, as in cilock', async () => {
    const { at, cwd, build } = stage()
    writeFileSync(path.join(cwd, 'attested.json'), JSON.stringify(nested(build)))
    const attestations = 'attested.json\nsbom.json'
    expectEnding(await runAction({ image: at, ...usual, attestations }, { cwd }), 'attestation-missing')
  })

  it('a folder is no file', async () => {
    const { at, cwd } = stage()
    mkdirSync(path.join(cwd, 'folder.json'))
    const attestations = 'build.json\nsbom.json\nfolder.json'
    expectEnding(await runAction({ image: at, ...usual, attestations }, { cwd }), 'input-invalid')
  })

  it("cilock's plan beside an envelope is left out with a note", async () => {
    const { image, at, cwd } = stage()
    writeFileSync(path.join(cwd, 'build.json.detection.json'), '{"plan":[]}')
    const { action, document } = await runFaces(cwd, { image: at, ...usual, attestations: '*b*.json*' })
    expect(document.warnings).toEqual([expect.stringMatching(/^build\.json\.detection\.json: left out/)])
    expect(action.outputs['verdict']).toBe('verified')
    expect(action.outputs['digest']).toBe(image.digest)
  })

  it("cilock's own flags say the same", async () => {
    const { image, at, cwd } = stage()
    const json = ['--output=json', '--retries=0']
    for (const args of [
      [
        '-p',
        'policy.json',
        '-k',
        'policy.pub',
        '--attestations',
        'build.json',
        '--attestations',
        'sbom.json',
      ],
      ['--policy=policy.json', '--publickey=policy.pub', '--attestations=build.json,sbom.json'],
      ['-p', 'policy.json', '-k', 'policy.pub', '-s', `sha256:${'a'.repeat(64)}`, '--attestations=*b*.json'],
    ]) {
      const { exit, stdout, stderr } = await runCli(['verify', at, ...args, ...json], { cwd })
      expect(exit, stdout + stderr).toBe(0)
      expect(JSON.parse(stdout)).toMatchObject({ verdict: 'verified', digest: image.digest })
    }
  })
})

/** The envelope as `cosign attest --predicate` puts it: inside a statement about the image. */
function nested(envelope: Buffer): object {
  const statement = {
    _type: 'https://in-toto.io/Statement/v0.1',
    subject: [],
    predicateType: collectionType,
    predicate: JSON.parse(envelope.toString()) as object,
  }
  return JSON.parse(signBuild(statement, hands.stranger).toString()) as object
}

/** Puts an image's referrer with one layer. */
function refer(
  { repository, image }: Stage,
  layerType: string,
  content: string,
  annotations: object = {},
): void {
  registry.holdings.putManifest(repository, {
    schemaVersion: 2,
    mediaType: manifestType,
    artifactType: layerType,
    config: registry.holdings.putBlob(repository, 'application/vnd.oci.empty.v1+json', '{}'),
    layers: [registry.holdings.putBlob(repository, layerType, content)],
    subject: { mediaType: manifestType, digest: image.digest, size: 1 },
    annotations,
  })
}

const bundleMedia = 'application/vnd.dev.sigstore.bundle.v0.3+json'
const json = (bytes: Buffer): object => JSON.parse(bytes.toString()) as object

describe('evidence beside the image in its registry', { timeout: 60_000 }, () => {
  const ways: Readonly<Record<string, (stage: Stage, envelope: Buffer) => void>> = {
    'attested under the tag .att': ({ repository, image }, envelope) =>
      attestSimply(registry.holdings, repository, image.digest, anybody, collectionType, json(envelope)),
    'attested as custom, under the tag .att': ({ repository, image }, envelope) =>
      attestSimply(
        registry.holdings,
        repository,
        image.digest,
        anybody,
        'https://cosign.sigstore.dev/attestation/v1',
        { Data: envelope.toString(), Timestamp: '2026-11-21T00:00:00Z' },
      ),
    'attested by a bundle': ({ repository, image }, envelope) =>
      signByBundle(registry.holdings, repository, image.digest, anybody, collectionType, json(envelope)),
    'attested by a bundle of a type that nobody expects': ({ repository, image }, envelope) =>
      signByBundle(
        registry.holdings,
        repository,
        image.digest,
        anybody,
        'https://acme.example/x',
        json(envelope),
      ),
    'in a bundle as it is': (staged, envelope) =>
      refer(
        staged,
        bundleMedia,
        JSON.stringify({ mediaType: bundleMedia, verificationMaterial: {}, dsseEnvelope: json(envelope) }),
      ),
    'as it is': (staged, envelope) =>
      refer(staged, 'application/vnd.dsse.envelope.v1+json', envelope.toString()),
    'as it is, called in-toto': (staged, envelope) =>
      refer(staged, 'application/vnd.in-toto+json', envelope.toString()),
  }
  it.each(Object.entries(ways))('%s: verified', async (_, put) => {
    const staged = stage()
    put(staged, staged.build)
    put(staged, staged.bill)
    const ran = await runAction({ image: staged.at, ...usual }, { cwd: staged.cwd })
    expectEnding(ran, 'verified', staged.image.digest)
    const found = ran.document?.images[0]?.attestations ?? []
    expect(found.map(({ keyId }) => keyId)).toEqual([hands.builder.id, hands.biller.id])
    for (const { where } of found) expect(where).toContain(staged.repository)
  })

  it.each(Object.entries(ways))('%s, signed by a stranger: rejected', async (_, put) => {
    const staged = stage()
    put(staged, signBuild(made.buildOf(staged.image), hands.stranger))
    put(staged, staged.bill)
    const ran = await runAction({ image: staged.at, ...usual }, { cwd: staged.cwd })
    expectEnding(ran, 'attestation-invalid')
  })

  it('under the fallback tag of a registry without the listing', async () => {
    const staged = stage()
    const { repository, image, at, cwd } = staged
    registry.holdings.repository(repository).referrers = false
    for (const envelope of [staged.build, staged.bill])
      signByBundle(registry.holdings, repository, image.digest, anybody, collectionType, json(envelope))
    expectEnding(await runAction({ image: at, ...usual }, { cwd }), 'verified', image.digest)
  })

  it('and in a file is one', async () => {
    const staged = stage()
    for (const envelope of [staged.build, staged.bill])
      refer(staged, 'application/vnd.dsse.envelope.v1+json', envelope.toString())
    const inputs = { image: staged.at, ...usual, attestations: 'build.json' }
    const { action, document } = await runFaces(staged.cwd, inputs)
    expectEnding(action, 'verified', staged.image.digest)
    const [build, bill, ...more] = document.images[0]?.attestations ?? []
    expect(more).toEqual([])
    expect(build?.where).toMatch(new RegExp(`${staged.repository}@sha256:[0-9a-f]{64}, build\\.json$`))
    expect(bill?.where).toContain(staged.repository)
  })

  it('is not asked for where the files suffice', async () => {
    const { at, cwd, image, repository } = stage()
    for (const kind of ['referrers', 'att', 'fallback'] as const)
      registry.fault(repository, kind, 'always', says(500, 'UNKNOWN'))
    const ran = await runAction({ image: at, ...made.usualInputs }, { cwd })
    expectEnding(ran, 'verified', image.digest)
  })

  it.each<[string, string]>([
    ['the build alone', 'build.json'],
    ['nothing', ''],
  ])('is undetermined where the listing fails and the files are %s', async (_, attestations) => {
    for (const kind of ['referrers', 'att'] as const) {
      const { at, cwd, repository } = stage()
      registry.fault(repository, kind, 'always', says(500, 'UNKNOWN'))
      const ran = await runAction({ image: at, ...usual, attestations }, { cwd })
      expectEnding(ran, 'server-error registry')
    }
  })

  it('is undetermined where the listing hangs', async () => {
    const { at, cwd, repository } = stage()
    registry.fault(repository, 'referrers', 'always', hangs)
    const ran = await runAction({ image: at, ...usual, attestations: 'build.json', timeout: '3s' }, { cwd })
    expectEnding(ran, 'timeout registry')
  })

  it('that appears later is waited for', async () => {
    const staged = stage()
    registry.fault(staged.repository, 'referrers', 'always', (response, __, request) => {
      if (request.attempt === 2)
        refer(staged, 'application/vnd.dsse.envelope.v1+json', staged.bill.toString())
      sendAnswer(response, answerFrom(registry.holdings, request), request.method)
    })
    const inputs = { image: staged.at, ...usual, attestations: 'build.json', wait: '50s' }
    const ran = await runAction(inputs, { cwd: staged.cwd })
    expectEnding(ran, 'verified', staged.image.digest)
  })

  it('that never appears is missing', async () => {
    const { at, cwd } = stage()
    const inputs = { image: at, ...usual, attestations: 'build.json', wait: '2s' }
    expectEnding(await runAction(inputs, { cwd }), 'attestation-missing')
  })
})

describe('digests without an image', { timeout: 60_000 }, () => {
  it('are held against the policy, and nothing is handed on', async () => {
    const { image, cwd } = stage()
    const subjects = image.platforms[0].config
    const { action, document } = await runFaces(cwd, { ...made.usualInputs, subjects })
    expectEnding(action, 'verified', '')
    expect(action.outputs['images']).toBe('[]')
    expect(document.images).toMatchObject([{ digest: null, pinned: null, reference: subjects }])
    expect(document.calls).toEqual([])
  })

  it.each<[string, Readonly<Record<string, string>>, Expected]>([
    ['of something else', { subjects: `sha256:${'a'.repeat(64)}` }, 'attestation-missing'],
    ['without evidence', { subjects: 'a'.repeat(64), attestations: '' }, 'attestation-missing'],
    ['that are none', { subjects: 'sha256:short' }, 'input-invalid'],
    ['with a key', { subjects: 'a'.repeat(64), key: 'policy.pub' }, 'input-invalid'],
    ['with a policy of clusters only', { subjects: 'a'.repeat(64), policy: 'policy.pub' }, 'policy-invalid'],
  ])('%s', async (_, more, expected) => {
    const { cwd } = stage()
    const ran = await runAction({ ...made.usualInputs, ...more }, { cwd })
    expectEnding(ran, expected)
    expect(ran.outputs['digest']).toBe('')
  })
})

describe('a verification summary', { timeout: 60_000 }, () => {
  const summary = (file: string): readonly Record<string, unknown>[] =>
    readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Record<string, unknown>)

  it.each<[string, string, Expected, string | undefined]>([
    ['PASSED', 'build.json\nsbom.json', 'verified', 'PASSED'],
    ['FAILED', 'build.json', 'attestation-missing', 'FAILED'],
    ['none, and none that is older, while undetermined', 'none.json', 'input-invalid', undefined],
  ])('%s', async (_, attestations, expected, result) => {
    const { image, at, cwd } = stage()
    const file = path.join(temporaryFolder(), 'vsa.jsonl')
    writeFileSync(file, '{"predicate":{"verificationResult":"PASSED"}}\n')
    const ran = await runAction({ image: at, ...usual, attestations, 'vsa-outfile': file }, { cwd })
    expectEnding(ran, expected, image.digest)
    const lines = summary(file)
    expect(lines).toHaveLength(result === undefined ? 0 : 1)
    if (result === undefined) return
    expect(lines[0]).toMatchObject({
      _type: 'https://in-toto.io/Statement/v1',
      subject: [{ name: at, digest: { sha256: made.bare(image.digest) } }],
      predicateType: 'https://slsa.dev/verification_summary/v1',
      predicate: {
        resourceUri: `${at}@${image.digest}`,
        verificationResult: result,
        policy: {
          uri: 'policy.json',
          digest: { sha256: made.sha256(readFileSync(path.join(cwd, 'policy.json'))) },
        },
      },
    })
    const { inputAttestations } = lines[0]?.['predicate'] as {
      inputAttestations: { uri: string; digest: object }[]
    }
    const wanted = attestations.split('\n').map((name) => ({
      uri: name,
      digest: { sha256: made.sha256(readFileSync(path.join(cwd, name))) },
    }))
    expect(inputAttestations).toEqual(wanted)
  })

  it('none, and none that is older, where another report cannot be written', async () => {
    const { at, cwd } = stage()
    const file = path.join(temporaryFolder(), 'vsa.jsonl')
    writeFileSync(file, '{"predicate":{"verificationResult":"PASSED"}}\n')
    const ran = await runAction(
      { image: at, ...made.usualInputs, 'vsa-outfile': file, 'result-file': 'policy.pub/result.json' },
      { cwd },
    )
    expect(ran.outputs['failure-code']).toBe('output-unwritable')
    expect(summary(file)).toEqual([])
  })

  it('that cannot be written is said', async () => {
    const { at, cwd } = stage()
    const ran = await runAction(
      { image: at, ...made.usualInputs, 'vsa-outfile': 'policy.pub/vsa.jsonl' },
      { cwd },
    )
    expect(ran.outputs['failure-code']).toBe('output-unwritable')
    expect(ran.exit).toBe(2)
  })
})
