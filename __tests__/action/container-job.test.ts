import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ContainerJob, layContainerJob, whyNoRoot } from '../harness/container-job.js'
import { keylessPieces, keylessSigner, putKeyless } from '../harness/keyless-pieces.js'
import { login, loginInputs, openSigned, signer } from '../harness/registry-guarded.js'
import { putImage, signByBundle } from '../harness/registry-images.js'
import { type LoopbackRegistry, openRegistry } from '../harness/registry.js'
import { dist, temporaryFolder } from '../harness/run.js'
import { newKey } from '../harness/store.js'

const key = newKey()
const stranger = newKey()
const attested = 'https://x.example/v1'

let registry: LoopbackRegistry
beforeAll(async () => {
  registry = await openRegistry()
  for (const [name, by] of [
    ['app', key],
    ['strange', stranger],
  ] as const) {
    const digest = putImage(registry.holdings, name)
    signByBundle(registry.holdings, name, digest, by)
    signByBundle(registry.holdings, name, digest, by, attested, { ok: true })
  }
})
afterAll(async () => registry.stop())

describe('the bundle', () => {
  // musl cannot be tried here. What is no machine code runs on whatever Node there is.
  it('holds no machine code of any system', () => {
    const beginnings = readdirSync(dist, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => [
        name,
        readFileSync(path.join(parentPath, name)).subarray(0, 4).toString('hex'),
      ])
    expect(beginnings.length).toBeGreaterThan(10)
    for (const [name, beginning] of beginnings) {
      expect(name).not.toMatch(/\.(node|so|dll|dylib|exe)$/)
      // ELF, Mach-O of both orders and for several systems, and what Windows starts.
      expect(beginning, name).not.toMatch(/^(7f454c46|cffaedfe|feedfacf|cafebabe|4d5a)/)
    }
  })
})

describe('an empty HOME', () => {
  it('is none: no login and no token is taken from the working directory', async () => {
    const guarded = await openSigned({ scheme: 'basic', login })
    const cwd = temporaryFolder()
    mkdirSync(path.join(cwd, '.docker'))
    const auth = Buffer.from(`${login.username}:${login.password}`).toString('base64')
    writeFileSync(
      path.join(cwd, '.docker/config.json'),
      JSON.stringify({ auths: { [guarded.host]: { auth } } }),
    )
    writeFileSync(path.join(cwd, '.vault-token'), 'a-token-of-the-workspace')
    const ran = await guarded.verify({}, { cwd, env: { HOME: '' } })
    expect([ran.exit, ran.outputs['failure-code']]).toEqual([2, 'denied'])
    const asked = await guarded.verify(
      { ...loginInputs(), key: 'hashivault://release' },
      { cwd, env: { HOME: '', VAULT_ADDR: guarded.url } },
    )
    expect([asked.exit, asked.outputs['message']]).toEqual([2, expect.stringContaining('no token')])
    expect(JSON.stringify(guarded.requests.map(({ headers }) => headers))).not.toContain('of-the-workspace')
    await guarded.stop()
  })
})

const why = whyNoRoot()
if (why !== undefined) console.warn(`skipped: a job in a container: ${why}`)

describe.skipIf(why !== undefined)('a job in a container that has Node and nothing else', () => {
  let job: ContainerJob
  beforeAll(() => {
    job = layContainerJob({
      'keys/release.pub': key.publicPem,
      'p.rego': 'package signature\nallow { input.predicate.ok }',
    })
  })
  const inputs = (name = 'app'): Record<string, string> => ({
    image: `${registry.host}/${name}:v1`,
    key: 'keys/release.pub',
    'insecure-ignore-tlog': 'true',
    retries: '0',
  })

  it.each([
    ['a home that cannot be written', {}],
    ['no home, and a user without a name', { HOME: undefined }],
    ['a home that is not there', { HOME: '/root' }],
    ['an empty path', { PATH: '' }],
  ])('verifies and rejects with %s', async (_, env) => {
    const good = await job.run(inputs(), { env })
    expect([good.exit, good.outputs['verdict']], good.stdout + good.stderr).toEqual([0, 'verified'])
    expect(good.summary).toContain('Verified')
    expect(good.document?.verdict).toBe('verified')
    const bad = await job.run(inputs('strange'), { env })
    expect([bad.exit, bad.outputs['failure-code']]).toEqual([1, 'signature-invalid'])
  })

  it('is root there as well as anybody', async () => {
    expect((await job.run(inputs(), { user: 0 })).exit).toBe(0)
  })

  it('asks a policy in Rego', async () => {
    const ran = await job.run({ ...inputs(), 'attestation-type': attested, 'attestation-policy': 'p.rego' })
    expect([ran.exit, ran.outputs['verdict']], ran.stdout + ran.stderr).toEqual([0, 'verified'])
  })

  it('says what is missing of a key that asks for a program', async () => {
    const ran = await job.run({ ...inputs(), key: 'k8s://cosign/release' })
    expect([ran.exit, ran.outputs['verdict']]).toEqual([2, 'undetermined'])
    expect(ran.outputs['message']).toContain('kubectl')
  })

  it('signs in to a registry by its inputs, and to none by a home that is not there', async () => {
    const guarded = await openSigned({ scheme: 'basic', login })
    const usual = { ...inputs(), image: `${guarded.host}/app:v1`, key: signer.publicPem }
    const signedIn = await job.run({ ...usual, ...loginInputs() }, { env: { HOME: undefined } })
    const anonymous = await job.run(usual, { env: { HOME: undefined } })
    await guarded.stop()
    expect([signedIn.exit, signedIn.outputs['verdict']], signedIn.stdout).toEqual([0, 'verified'])
    expect([anonymous.exit, anonymous.outputs['failure-code']]).toEqual([2, 'denied'])
  })

  it('says of a key in Google that nobody is logged in', async () => {
    const key = 'gcpkms://projects/p/locations/global/keyRings/r/cryptoKeys/k/versions/1'
    const env = { HOME: undefined, GCE_METADATA_HOST: '127.0.0.1:9' }
    const ran = await job.run({ ...inputs(), key }, { env })
    expect([ran.exit, ran.outputs['verdict']]).toEqual([2, 'undetermined'])
    expect(ran.outputs['failure-code']).not.toBe('internal-error')
  })

  it('has no folder for what is temporary but the runner’s, and needs no other for a trusted root', async () => {
    putKeyless(registry.holdings, 'keyless', keylessPieces.bundle)
    const env = { HOME: undefined, TUF_MIRROR: 'http://127.0.0.1:9' }
    const asked = { image: `${registry.host}/keyless:v1`, retries: '0', ...keylessSigner }
    const ran = await job.run(asked, { env })
    expect([ran.exit, ran.document?.failure?.service], ran.stdout).toEqual([2, 'trust'])
    expect(ran.outputs['failure-code']).toBe('unreachable')
  })

  it.each(['hashivault://release', 'openbao://release'])('says of %s that there is no token', async (one) => {
    const VAULT_ADDR = registry.url
    const ran = await job.run(
      { ...inputs(), key: one },
      { env: { HOME: undefined, VAULT_ADDR, BAO_ADDR: VAULT_ADDR } },
    )
    expect([ran.exit, ran.outputs['verdict']]).toEqual([2, 'undetermined'])
    expect(ran.outputs['failure-code']).not.toBe('internal-error')
  })

  it('puts the command into the tool cache that is mounted', async () => {
    const ran = await job.run({ install: 'true' })
    expect(ran.exit, ran.stdout).toBe(0)
    expect(readdirSync(path.join(job.root, '__t'))).toContain('verify-image')
  })

  it('is undetermined where its workspace cannot be written', async () => {
    const ran = await job.run({ ...inputs(), 'result-file': '/github/home/verify-result.json' })
    expect([ran.exit, ran.outputs['failure-code']]).toEqual([2, 'output-unwritable'])
  })
})
