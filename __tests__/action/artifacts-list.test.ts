import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { putImage, signByBundle } from '../harness/registry-images.js'
import { type LoopbackRegistry, openRegistry } from '../harness/registry.js'
import { type RanAction, runAction, runCli, temporaryFolder } from '../harness/run.js'
import { newKey } from '../harness/store.js'

const key = newKey()
const file = path.join(temporaryFolder(), 'artifacts_list')
let registry: LoopbackRegistry
let signed: string
let unsigned: string
beforeAll(async () => {
  registry = await openRegistry()
  signed = putImage(registry.holdings, 'signed')
  signByBundle(registry.holdings, 'signed', signed, key)
  unsigned = putImage(registry.holdings, 'unsigned')
})
afterAll(async () => registry.stop())

const oci = (name: string, digest: string): unknown => ({
  name: `${registry.host}/${name}`,
  digest,
  kind: 'oci',
})
const env = { GITHUB_ARTIFACTS_LIST: file }
const demand = { key: key.publicPem, 'insecure-ignore-tlog': 'true', retries: '0' }
async function run(list: unknown, inputs: Readonly<Record<string, string>> = {}): Promise<RanAction> {
  writeFileSync(file, typeof list === 'string' ? list : JSON.stringify({ version: 1, subjects: list }))
  return runAction({ ...demand, ...inputs }, { env })
}

describe('a step without an image', () => {
  it('judges what earlier steps made', async () => {
    const ran = await run([oci('signed', signed), { name: 'app.tar', digest: signed, kind: 'file' }])
    expect(ran.exit).toBe(0)
    expect(ran.outputs).toMatchObject({
      verdict: 'verified',
      digest: signed,
      images: JSON.stringify([`${registry.host}/signed@${signed}`]),
    })
    expect(ran.document?.inputs).toMatchObject({ image: [`${registry.host}/signed@${signed}`] })
  })

  it('judges all of it', async () => {
    const ran = await run([oci('signed', signed), oci('unsigned', unsigned)])
    expect(ran.exit).toBe(1)
    expect(ran.outputs).toMatchObject({ verdict: 'rejected', 'failure-code': 'unsigned' })
    expect(ran.document?.images.map(({ verdict }) => verdict)).toEqual(['verified', 'rejected'])
  })

  it('takes the digest that was made, wherever the tag leads', async () => {
    const ran = await run([oci('signed:v1', unsigned)])
    expect(ran.exit).not.toBe(0)
    expect(ran.outputs['verdict']).not.toBe('verified')
  })

  it.each([
    ['has nothing to verify where there was none', [], 'image: expected at least one image reference'],
    [
      'nor where only files were made',
      [{ name: 'a', digest: `sha256:${'a'.repeat(64)}`, kind: 'file' }],
      'image: expected at least one',
    ],
    ['nor where the list is switched off', '', 'image: expected at least one image reference'],
    ['is undetermined with a list that is none', '{', 'GITHUB_ARTIFACTS_LIST: expected a JSON object'],
    [
      'and with one of another version',
      '{"version":2,"subjects":[]}',
      'GITHUB_ARTIFACTS_LIST: expected version 1',
    ],
  ])('%s', async (_what, list, message) => {
    const ran = await run(list)
    expect(ran).toMatchObject({
      exit: 2,
      outputs: { verdict: 'undetermined', 'failure-class': 'configuration' },
    })
    expect(ran.document?.failure?.message).toContain(message)
  })

  it('is undetermined where the list is gone', async () => {
    const ran = await runAction(demand, { env: { GITHUB_ARTIFACTS_LIST: `${file}-gone` } })
    expect(ran).toMatchObject({ exit: 2, outputs: { 'failure-code': 'input-invalid' } })
    expect(ran.document?.failure?.message).toContain('GITHUB_ARTIFACTS_LIST: no file')
  })
})

describe('a step with an image', () => {
  it('never looks at the list', async () => {
    const ran = await run('{', { image: `${registry.host}/signed:v1` })
    expect(ran).toMatchObject({ exit: 0, outputs: { verdict: 'verified' } })
  })
})

describe('the command', () => {
  it('takes the same list', async () => {
    writeFileSync(file, JSON.stringify({ version: 1, subjects: [oci('signed', signed)] }))
    const keyFile = path.join(temporaryFolder(), 'key.pub')
    writeFileSync(keyFile, key.publicPem)
    const args = ['verify', '--key', keyFile, '--insecure-ignore-tlog', '--output', 'text']
    const ran = await runCli(args, { env })
    expect(ran).toMatchObject({ exit: 0, stderr: '' })
    expect(ran.stdout).toContain(signed)
  })
})
