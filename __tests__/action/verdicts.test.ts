import { readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { beforeAll, describe, expect, it } from 'vitest'
import { runAction, runCli, temporaryFolder, type RanAction } from '../harness/run.js'
import { digestOf, manifest, newKey, newRecord, signedImage, writeStore } from '../harness/store.js'

const schema = JSON.parse(
  readFileSync(path.resolve(import.meta.dirname, '../../schema/verify-result.schema.json'), 'utf8'),
) as object
const isDocument = new Ajv2020({ strict: false, validateFormats: false }).compile(schema)

const alice = newKey()
const bob = newKey()
const digest = digestOf(manifest)
const changed = manifest.replace('"size":2', '"size":3')
let cwd = ''

/** What every ending owes, whatever the verdict: all outputs, a valid document, a summary, an exit that fits. */
function expectWhole(ran: RanAction, verdict: string, exit: number): void {
  expect(ran.exit, ran.stdout + ran.stderr).toBe(exit)
  expect(Object.keys(ran.outputs).sort()).toEqual([
    'digest',
    'failure-class',
    'failure-code',
    'image',
    'images',
    'message',
    'pinned-manifests',
    'result',
    'result-file',
    'verdict',
  ])
  expect(ran.outputs['verdict']).toBe(verdict)
  expect(ran.document && isDocument(ran.document), JSON.stringify(isDocument.errors)).toBe(true)
  expect(ran.document?.verdict).toBe(verdict)
  expect(JSON.parse(ran.outputs['result'] ?? '')).toEqual(ran.document)
  const titles = { verified: '✅ Verified', rejected: '❌ Rejected', undetermined: '⚠️ Undetermined' }
  expect(ran.summary).toContain(`## ${titles[verdict as keyof typeof titles]}`)
  expect(ran.annotations.length > 0).toBe(verdict !== 'verified')
}

beforeAll(() => {
  cwd = temporaryFolder()
  writeFileSync(path.join(cwd, 'alice.pub'), alice.publicPem)
  writeFileSync(path.join(cwd, 'bob.pub'), bob.publicPem)
  const record = newRecord(alice, 'store/app:v1', digest)
  writeStore(path.join(cwd, 'store'), {
    ...signedImage(alice, 'store'),
    'manifests/unsigned/v1/manifest.json': manifest,
    'manifests/changed/v1/manifest.json': changed,
    [`manifests/changed/v1/signatures/${alice.id}.json`]: newRecord(alice, 'store/changed:v1', digest),
    'manifests/moved/v1/manifest.json': manifest,
    [`manifests/moved/v1/signatures/${alice.id}.json`]: record,
    'manifests/app/v2/manifest.json': manifest,
    [`manifests/app/v2/signatures/${alice.id}.json`]: record,
    'manifests/broken/v1/manifest.json': manifest,
    [`manifests/broken/v1/signatures/${alice.id}.json`]: record.slice(0, 100),
    'manifests/flipped/v1/manifest.json': manifest,
    [`manifests/flipped/v1/signatures/${alice.id}.json`]: newRecord(bob, 'store/flipped:v1', digest),
    'manifests/page/v1/manifest.json': '<html>sign in</html>',
  })
})

describe('one image, one key', () => {
  it('is verified, with the digest to deploy', async () => {
    const ran = await runAction({ image: 'local://store/app:v1', key: 'alice.pub' }, { cwd })
    expectWhole(ran, 'verified', 0)
    expect(ran.outputs).toMatchObject({
      'failure-class': '',
      'failure-code': '',
      image: 'local://store/app:v1',
      digest,
      images: JSON.stringify([`local://store/app:v1@${digest}`]),
    })
    expect(ran.summary).toContain(`local://store/app:v1@${digest}`)
    expect(ran.document).toMatchObject({
      verified: true,
      digest,
      keyRef: 'alice.pub',
      keyID: alice.id,
      failure: null,
    })
    expect(ran.document?.images[0]?.signatures[0]).toMatchObject({ verified: true, scheme: 'ecdsa-sha256' })
  })

  it.for([
    ['nothing is there', 'unsigned', 'alice.pub', 'unsigned', 'no signature found for key alice.pub'],
    ['another key signed', 'app', 'bob.pub', 'unsigned', 'no signature found for key bob.pub'],
    [
      'the manifest changed',
      'changed',
      'alice.pub',
      'digest-mismatch',
      `manifest changed: signed ${digest}, current ${digestOf(changed)}`,
    ],
    [
      'the record is of another image',
      'moved',
      'alice.pub',
      'signature-invalid',
      'invalid signature: invalid signature when validating ASN.1 encoded signature',
    ],
    [
      'the record is of another tag',
      'app:v2',
      'alice.pub',
      'signature-invalid',
      'invalid signature: invalid signature when validating ASN.1 encoded signature',
    ],
    [
      'the record under this id was made with another key',
      'flipped',
      'alice.pub',
      'signature-invalid',
      'invalid signature: invalid signature when validating ASN.1 encoded signature',
    ],
    [
      'the record is cut short',
      'broken',
      'alice.pub',
      'record-malformed',
      'malformed signature record: unexpected end of JSON input',
    ],
  ] as const)('is rejected when %s', async ([, image, key, code, reason]) => {
    const reference = `local://store/${image.includes(':') ? image : `${image}:v1`}`
    const ran = await runAction({ image: reference, key }, { cwd })
    expectWhole(ran, 'rejected', 1)
    expect(ran.outputs).toMatchObject({ 'failure-class': 'supply-chain', 'failure-code': code, images: '[]' })
    expect(ran.document).toMatchObject({ verified: false, reason, failure: { class: 'supply-chain', code } })
    expect(ran.document?.images[0]?.pinned).toBeNull()
    expect(ran.annotations).toHaveLength(1)
    expect(ran.annotations[0]).toMatchObject({ level: 'error', title: 'Rejected: supply chain' })
    expect(ran.summary).not.toContain('Deploy by digest')
  })

  it('is rejected when one byte of the record is flipped, at any place that is signed', async () => {
    const record = newRecord(alice, 'store/flip:v1', digest)
    const at = record.indexOf('"signature":"') + 20
    const flipped = record.slice(0, at) + (record[at] === 'A' ? 'B' : 'A') + record.slice(at + 1)
    writeStore(path.join(cwd, 'store'), {
      'manifests/flip/v1/manifest.json': manifest,
      [`manifests/flip/v1/signatures/${alice.id}.json`]: flipped,
    })
    expectWhole(await runAction({ image: 'local://store/flip:v1', key: 'alice.pub' }, { cwd }), 'rejected', 1)
  })

  it.for([
    [
      'the image is missing',
      { image: 'local://store/nope:v1', key: 'alice.pub' },
      'infrastructure',
      'not-found',
      'storage',
    ],
    [
      'the store answers a page',
      { image: 'local://store/page:v1', key: 'alice.pub' },
      'infrastructure',
      'response-invalid',
      'storage',
    ],
    [
      'the key is missing',
      { image: 'local://store/app:v1', key: 'nope.pub' },
      'configuration',
      'key-invalid',
      undefined,
    ],
    [
      'the reference has no tag',
      { image: 'local://store/app', key: 'alice.pub' },
      'configuration',
      'reference-invalid',
      undefined,
    ],
    ['no image is given', { key: 'alice.pub' }, 'configuration', 'input-invalid', undefined],
    ['no key is given', { image: 'local://store/app:v1' }, 'configuration', 'input-invalid', undefined],
    [
      'nobody names the account of the store',
      { image: 'az://bucket/app:v1', key: 'alice.pub' },
      'configuration',
      'input-invalid',
      undefined,
    ],
    [
      'a key for a policy is given and no policy',
      { image: 'local://store/app:v1', key: 'alice.pub', 'policy-key': 'p.pub' },
      'configuration',
      'input-invalid',
      undefined,
    ],
    [
      'an input is misspelt',
      { image: 'local://store/app:v1', key: 'alice.pub', 'expected-digst': digest },
      'configuration',
      'input-invalid',
      undefined,
    ],
    [
      'a value is no choice',
      { image: 'local://store/app:v1', key: 'alice.pub', mode: 'adit' },
      'configuration',
      'input-invalid',
      undefined,
    ],
    [
      'more signers are required than given',
      { image: 'local://store/app:v1', key: 'alice.pub', require: '2' },
      'configuration',
      'input-invalid',
      undefined,
    ],
  ] as const)('is undetermined when %s', async ([, inputs, failureClass, code, service]) => {
    const ran = await runAction(inputs, { cwd })
    expectWhole(ran, 'undetermined', 2)
    expect(ran.outputs).toMatchObject({ 'failure-class': failureClass, 'failure-code': code, images: '[]' })
    expect(ran.document?.failure?.service).toBe(service)
    expect(ran.annotations[0]?.title).toBe(`Undetermined: ${failureClass}`)
  })

  it('names the bad input with what was expected and what was got', async () => {
    const ran = await runAction({ image: 'local://store/app:v1', key: 'alice.pub', timeout: 'soon' }, { cwd })
    expect(ran.outputs['message']).toContain(
      'timeout: expected a duration such as 90s, 5m or 1h30m, at most 24h, got "soon"',
    )
    expect(ran.document?.inputs['timeout']).toBe('soon')
  })
})

describe('several keys and images', () => {
  beforeAll(() => {
    writeStore(path.join(cwd, 'store'), {
      ...signedImage(alice, 'store', 'two'),
      [`manifests/two/v1/signatures/${bob.id}.json`]: newRecord(bob, 'store/two:v1', digest),
    })
  })

  it.for([
    ['two', 'all', 0],
    ['two', '2', 0],
    ['app', 'all', 1],
    ['app', 'any', 0],
    ['app', '1', 0],
    ['app', '2', 1],
    ['unsigned', 'any', 1],
  ] as const)('%s with require %s exits %i', async ([image, require, exit]) => {
    const inputs = { image: `local://store/${image}:v1`, key: 'alice.pub\nbob.pub', require }
    expect((await runAction(inputs, { cwd })).exit).toBe(exit)
  })

  it('counts one key given twice once', async () => {
    writeFileSync(path.join(cwd, 'copy.pub'), alice.publicPem)
    const inputs = { image: 'local://store/app:v1', key: 'alice.pub\ncopy.pub', require: '2' }
    expectWhole(await runAction(inputs, { cwd }), 'undetermined', 2)
  })

  it('judges every image and hands on the verified ones only', async () => {
    const image =
      'local://store/app:v1\nlocal://store/unsigned:v1\nlocal://store/nope:v1\nlocal://store/two:v1'
    const ran = await runAction({ image, key: 'alice.pub' }, { cwd })
    expectWhole(ran, 'rejected', 1)
    expect(ran.document?.images.map(({ verdict }) => verdict)).toEqual([
      'verified',
      'rejected',
      'undetermined',
      'verified',
    ])
    expect(JSON.parse(ran.outputs['images'] ?? '')).toEqual([
      `local://store/app:v1@${digest}`,
      `local://store/two:v1@${digest}`,
    ])
    expect(ran.annotations.map(({ title }) => title)).toEqual([
      'Rejected: supply chain',
      'Undetermined: infrastructure',
    ])
  })

  it('keeps to ten annotations and says how many more there are', async () => {
    const image = Array.from({ length: 15 }, (_, n) => `local://store/missing${n}:v1`).join('\n')
    const ran = await runAction({ image, key: 'alice.pub' }, { cwd })
    expect(ran.annotations).toHaveLength(10)
    expect(ran.annotations.at(-1)?.message).toContain('6 more images failed')
  })
})

describe('what else is asked', () => {
  it('binds to the expected digest', async () => {
    const good = { image: 'local://store/app:v1', key: 'alice.pub', 'expected-digest': digest }
    expectWhole(await runAction(good, { cwd }), 'verified', 0)
    const other = await runAction({ ...good, 'expected-digest': digestOf('other') }, { cwd })
    expectWhole(other, 'rejected', 1)
    expect(other.outputs['failure-code']).toBe('digest-mismatch')
  })

  it('binds to the digest in the reference', async () => {
    const pinned = { image: `local://store/app:v1@${digest}`, key: 'alice.pub' }
    expectWhole(await runAction(pinned, { cwd }), 'verified', 0)
    const other = { image: `local://store/app:v1@${digestOf('other')}`, key: 'alice.pub' }
    expectWhole(await runAction(other, { cwd }), 'rejected', 1)
  })

  it('in audit mode says rejected and passes the step', async () => {
    const ran = await runAction(
      { image: 'local://store/unsigned:v1', key: 'alice.pub', mode: 'audit' },
      { cwd },
    )
    expectWhole(ran, 'rejected', 0)
    expect(ran.annotations[0]?.level).toBe('warning')
    expect(ran.summary).toContain('Not everything is verified')
  })

  it('in audit mode still fails for a configuration that checks nothing', async () => {
    const ran = await runAction({ image: 'local://store/app:v1', key: 'nope.pub', mode: 'audit' }, { cwd })
    expectWhole(ran, 'undetermined', 2)
  })

  it('lets an outage pass only where asked, only after the image was found, and hands nothing on', async () => {
    const down = { image: 'local://store/app:v1', key: 'http://127.0.0.1:1/key.pub', retries: '0' }
    expectWhole(await runAction(down, { cwd }), 'undetermined', 2)
    const warned = await runAction({ ...down, 'on-infrastructure-error': 'warn' }, { cwd })
    expectWhole(warned, 'undetermined', 0)
    expect(warned.outputs).toMatchObject({ digest: '', images: '[]', 'failure-code': 'unreachable' })
    const missing = { ...down, image: 'local://store/nope:v1', 'on-infrastructure-error': 'warn' }
    expectWhole(await runAction(missing, { cwd }), 'undetermined', 2)
    const bad = { image: 'local://store/unsigned:v1', key: 'alice.pub', 'on-infrastructure-error': 'warn' }
    expectWhole(await runAction(bad, { cwd }), 'rejected', 1)
  })

  it('is undetermined when the result file cannot be written', async () => {
    symlinkSync(path.join(cwd, 'elsewhere.json'), path.join(cwd, 'link.json'))
    const ran = await runAction(
      { image: 'local://store/app:v1', key: 'alice.pub', 'result-file': 'link.json' },
      { cwd },
    )
    expect(ran.exit).toBe(2)
    expect(ran.outputs).toMatchObject({
      verdict: 'undetermined',
      'failure-code': 'output-unwritable',
      digest: '',
    })
    expect(ran.outputs['images']).toBe('[]')
  })

  it('does without a job summary where the server has none', async () => {
    const ran = await runAction(
      { image: 'local://store/app:v1', key: 'alice.pub' },
      { cwd, env: { GITHUB_STEP_SUMMARY: '' } },
    )
    expect(ran.exit).toBe(0)
    expect(ran.outputs['verdict']).toBe('verified')
  })

  it('gives the same document for the same inputs, times aside, on both faces', async () => {
    const args = [
      'verify',
      'local://store/app:v1',
      'local://store/two:v1',
      '--key',
      'bob.pub',
      '--key',
      'alice.pub',
      '--require',
      'any',
      '-o',
      'json',
    ]
    const timeless = (text: string): unknown =>
      JSON.parse(text, (name, value: unknown) => (/^(started|finished)At$/.test(name) ? 0 : value))
    const [first, second] = await Promise.all([runCli(args, { cwd }), runCli(args, { cwd })])
    expect(timeless(first.stdout)).toEqual(timeless(second.stdout))
    const inputs = {
      image: 'local://store/app:v1\nlocal://store/two:v1',
      key: 'bob.pub\nalice.pub',
      require: 'any',
    }
    const action = await runAction(inputs, { cwd })
    const { images, keys, verdict } = JSON.parse(first.stdout) as typeof action.document & object
    expect(action.document).toMatchObject({ images, keys, verdict })
  })
})
