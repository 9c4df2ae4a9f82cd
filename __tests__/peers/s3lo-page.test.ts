import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { type Bash, demandPrograms, openBash } from '../harness/bash.js'
import { sealKey } from '../harness/cosign-key.js'
import { type Kms, type KmsKey, startKms } from '../harness/ministack.js'
import { type OpenBao, startOpenBao } from '../harness/openbao.js'
import { type Ran, temporaryFolder } from '../harness/run.js'
import { digestOf, manifest, newKey, newRecord, signedImage, writeStore } from '../harness/store.js'
import { type Gateway, startGateway } from '../harness/versitygw.js'

/** The lines of s3lo's own page about `verify`, with `verify-image` put for `s3lo`; run in bash beside S3 and KMS. */
const digest = digestOf(manifest)
const cosign = newKey()
const cwd = temporaryFolder()
const deployed = path.join(cwd, 'deployed')
const changed = manifest.replace('"size":2', '"size":3')
const stops: (() => Promise<void>)[] = []
let bash: Bash
let kms: Kms
let s3: Gateway
let bao: OpenBao
let release: KmsKey
let environment: Readonly<Record<string, string>>

const run = async (
  script: string,
  env: Readonly<Record<string, string>> = {},
  flags: readonly string[] = [],
): Promise<Ran> => bash.run(script, { ...environment, ...env }, flags)

const verified = (shown: string, key: string): RegExp =>
  new RegExp(
    `^✓ Verified ${shown}\\n  Digest:  ${digest}\\n  Signed:  2026-11-21T00:00:00Z\\n  Key:     ${key}\\n`,
  )
const gone = { AWS_ENDPOINT_URL_S3: 'http://127.0.0.1:1' }

beforeAll(async () => {
  demandPrograms(['bash', 'jq'])
  bash = openBash(cwd, { kubectl: `echo "$@" >> "${deployed}"` })
  kms = await startKms()
  stops.push(kms.stop)
  s3 = await startGateway()
  stops.push(s3.stop)
  bao = await startOpenBao()
  stops.push(bao.stop)
  await bao.makeKey('ci-signer', 'ecdsa-p256')
  environment = {
    ...kms.environment(),
    ...s3.signIn(),
    AWS_ENDPOINT_URL_S3: s3.url,
    VAULT_ADDR: bao.url,
    VAULT_TOKEN: bao.rootToken,
  }

  const spec = { KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' } as const
  release = await kms.makeKey(spec, 'release-signer')
  const ci = await kms.makeKey(spec, 'ci-signer')
  await s3.makeBucket('my-bucket')
  const place = { bucket: 'my-bucket', name: 'myapp', tag: 'v1.0' }
  await s3.put('my-bucket', {
    ...signedImage(cosign, 'my-bucket', 'myapp', 'v1.0'),
    ...(await kms.sign(release, 'ECDSA_SHA_256', { ...place, reference: 'awskms:///alias/release-signer' })),
    ...(await kms.sign(ci, 'ECDSA_SHA_256', { ...place, reference: 'awskms:///alias/ci-signer' })),
    ...(await bao.sign('ci-signer', { ...place, reference: 'hashivault://ci-signer' })),
    'manifests/myapp/unsigned/manifest.json': manifest,
    'manifests/myapp/changed/manifest.json': changed,
    [`manifests/myapp/changed/signatures/${cosign.id}.json`]: newRecord(
      cosign,
      'my-bucket/myapp:changed',
      digest,
    ),
  })
  writeStore(path.join(cwd, 'local-s3'), signedImage(cosign, './local-s3', 'alpine', 'latest'))
  writeFileSync(path.join(cwd, 'cosign.pub'), cosign.publicPem)
  writeFileSync(path.join(cwd, 'cosign.key'), sealKey(cosign, 'a password'))
})
afterAll(async () => {
  for (const stop of stops) await stop()
})
beforeEach(() => rmSync(deployed, { force: true }))

describe('the key formats of the page', () => {
  it.for([
    ['AWS KMS alias', () => 'awskms:///alias/release-signer'],
    ['AWS KMS ARN', () => `awskms:///${release.arn}`],
    ['local public key file', () => './cosign.pub'],
    ['local private key file', () => './cosign.key'],
  ] as const satisfies readonly (readonly [string, () => string])[])('verify with: %s', async ([, key]) => {
    const line = `verify-image verify s3://my-bucket/myapp:v1.0 --key ${key()}`
    const ran = await run(line, { COSIGN_PASSWORD: 'a password' })
    expect(ran.stdout).toMatch(verified('myapp:v1.0', key()))
    expect(ran).toMatchObject({ exit: 0, stderr: '' })
  })

  it.for([
    ['HashiCorp Vault', () => `hashivault://${new URL(bao.url).host}/v1/transit/keys/ci-signer`],
    ['HashiCorp Vault, as s3lo really reads it', () => 'hashivault://ci-signer'],
  ] as const satisfies readonly (readonly [string, () => string])[])('verify with: %s', async ([, key]) => {
    const ran = await run(`verify-image verify s3://my-bucket/myapp:v1.0 --key ${key()}`)
    expect(ran.stdout).toMatch(verified('myapp:v1.0', `${key()} \\(version 1\\)`))
    expect(ran).toMatchObject({ exit: 0, stderr: '' })
  })

  it.for([
    // A placeholder: no multi-region key has such an id.
    ['the ARN of the page', 'awskms:///arn:aws:kms:us-east-1:123456789012:key/mrk-abc', 'key-invalid'],
    ['an alias with two slashes', 'awskms://alias/release-signer', 'key-invalid'],
  ] as const)('are answered plainly where they cannot be used: %s', async ([, key, code]) => {
    const ran = await run(`verify-image verify s3://my-bucket/myapp:v1.0 --key '${key}'`)
    expect(ran).toMatchObject({ exit: 2, stdout: '' })
    expect(ran.stderr).toContain(`Verdict: undetermined (configuration, ${code})`)
    expect(ran.stderr).toContain(key.split('://')[0])
    const json = await run(
      `verify-image verify s3://my-bucket/myapp:v1.0 --key '${key}' --output json | jq -r .failure.code`,
    )
    expect(json.stdout.trim()).toBe(code)
  })

  // No stand-in of these two signs; whether their keys verify is shown in __tests__/action/keys-{gcp,azure}.test.ts.
  it.for([
    ['GCP KMS', 'gcpkms://projects/p/locations/l/keyRings/r/cryptoKeys/k'],
    ['Azure Key Vault', 'azurekms://vault.example/key'],
  ] as const)('are asked for with credentials: %s', async ([, key]) => {
    const nobody = {
      METADATA_SERVER_DETECTION: 'none',
      AZURE_POD_IDENTITY_AUTHORITY_HOST: 'http://127.0.0.1:9',
    }
    const ran = await run(`verify-image verify s3://my-bucket/myapp:v1.0 --key '${key}'`, nobody)
    expect(ran).toMatchObject({ exit: 2, stdout: '' })
    expect(ran.stderr).toContain('Verdict: undetermined (infrastructure, denied, service key)')
    expect(ran.stderr).toContain(key)
  })
})

describe('the examples of the page', () => {
  it.for([
    [
      'verify-image verify s3://my-bucket/myapp:v1.0 --key awskms:///alias/release-signer',
      'myapp:v1.0',
      'awskms:///alias/release-signer',
    ],
    ['verify-image verify s3://my-bucket/myapp:v1.0 --key cosign.pub', 'myapp:v1.0', 'cosign.pub'],
    ['verify-image verify local://./local-s3/alpine:latest --key cosign.pub', 'alpine:latest', 'cosign.pub'],
    // Several signers: one line for each.
    [
      'verify-image verify s3://my-bucket/myapp:v1.0 --key awskms:///alias/ci-signer',
      'myapp:v1.0',
      'awskms:///alias/ci-signer',
    ],
  ] as const)('verify: %s', async ([line, shown, key]) => {
    const ran = await run(line)
    expect(ran.stdout).toMatch(verified(shown, key))
    expect(ran).toMatchObject({ exit: 0, stderr: '' })
  })

  const gate = (
    image: string,
  ): string => `verify-image verify ${image} --key awskms:///alias/release-signer \\
  && echo "Deploy approved" || echo "Deploy blocked"`

  it.for([
    ['s3://my-bucket/myapp:v1.0', {}, 'Deploy approved'],
    ['s3://my-bucket/myapp:unsigned', {}, 'Deploy blocked'],
    ['s3://my-bucket/myapp:changed', {}, 'Deploy blocked'],
    ['s3://my-bucket/nothing:v1.0', {}, 'Deploy blocked'],
    ['s3://my-bucket/myapp:v1.0', gone, 'Deploy blocked'],
  ] as const)('gate a deployment: %s %o', async ([image, env, expected]) => {
    const ran = await run(gate(image), { ...env })
    expect(ran.stdout.trim().split('\n').at(-1)).toBe(expected)
    expect(ran.stdout.match(/Deploy/g)).toHaveLength(1)
  })

  it('say what failed in the words of the page', async () => {
    const unsigned = await run('verify-image verify s3://my-bucket/myapp:unsigned --key cosign.pub')
    const reason = '✗ Verification FAILED for myapp:unsigned\n  no signature found for key cosign.pub\n'
    expect(unsigned).toMatchObject({ exit: 1, stdout: '' })
    expect(unsigned.stderr.startsWith(reason), unsigned.stderr).toBe(true)
    const tampered = await run('verify-image verify s3://my-bucket/myapp:changed --key cosign.pub')
    const both = `manifest changed: signed ${digest}, current ${digestOf(changed)}`
    expect(tampered.exit).toBe(1)
    expect(
      tampered.stderr.startsWith(`✗ Verification FAILED for myapp:changed\n  ${both}\n`),
      tampered.stderr,
    ).toBe(true)
  })

  it('give JSON that jq reads, with the names of the page', async () => {
    const names = 'jq -c "{verified, reason, digest, keyRef, keyID, signedAt}"'
    const line = (image: string): string =>
      `set -o pipefail; verify-image verify ${image} --key cosign.pub --output json | ${names}`
    const same = { keyRef: 'cosign.pub', keyID: cosign.id, digest }
    const good = await run(line('s3://my-bucket/myapp:v1.0'))
    expect(good.exit).toBe(0)
    expect(JSON.parse(good.stdout)).toEqual({
      ...same,
      verified: true,
      reason: null,
      signedAt: '2026-11-21T00:00:00Z',
    })
    const bad = await run(line('s3://my-bucket/myapp:unsigned'))
    expect(bad.exit).toBe(1)
    const reason = 'no signature found for key cosign.pub'
    expect(JSON.parse(bad.stdout)).toEqual({ ...same, verified: false, reason, signedAt: null })
    // s3lo prints no JSON here; a script that asks jq must not take nothing for something.
    const down = await bash.run(line('s3://my-bucket/myapp:v1.0 --retries 0'), { ...environment, ...gone })
    expect(down.exit).toBe(2)
    expect(JSON.parse(down.stdout)).toMatchObject({ verified: false, digest: null })
  })
})

describe('the pipelines of the page', () => {
  const step = parse(`
name: Verify image signature
run: |
  verify-image verify s3://my-bucket/myapp:\${{ github.sha }} \\
    --key awskms:///alias/release-signer \\
    --output json | tee verify-result.json
env:
  AWS_REGION: us-east-1
`) as { run: string; env: Record<string, string> }
  const file = path.join(cwd, 'verify-result.json')
  const runStep = async (tag: string, flags: readonly string[], script = step.run): Promise<Ran> => {
    rmSync(file, { force: true })
    return run(script.replace('${{ github.sha }}', tag), step.env, flags)
  }
  const artifact = (): unknown => JSON.parse(readFileSync(file, 'utf8')) as unknown
  /** How a runner starts bash where the step says `shell: bash`, and where it says nothing. */
  const asked = ['-eo', 'pipefail']
  const unasked = ['-e']

  it.for([asked, unasked])('keep the result of a good image as an artifact (bash %s)', async (flags) => {
    const ran = await runStep('v1.0', flags)
    expect(ran).toMatchObject({ exit: 0, stderr: '' })
    expect(artifact()).toMatchObject({ verified: true, verdict: 'verified', digest, schemaVersion: 1 })
    expect(JSON.parse(ran.stdout)).toEqual(artifact())
  })

  it('stop at a bad image with shell: bash, and keep its result too', async () => {
    expect((await runStep('unsigned', asked)).exit).toBe(1)
    expect(artifact()).toMatchObject({ verified: false, verdict: 'rejected', failure: { code: 'unsigned' } })
    expect((await runStep('nothing', asked)).exit).toBe(2)
    expect(artifact()).toMatchObject({ verified: false, verdict: 'undetermined' })
  })

  it('need no pipe: --result-file stops the step in any shell', async () => {
    const script = step.run.replace(
      '--output json | tee verify-result.json',
      '--result-file verify-result.json',
    )
    expect(script).not.toBe(step.run)
    expect((await runStep('unsigned', unasked, script)).exit).toBe(1)
    expect(artifact()).toMatchObject({ verified: false, verdict: 'rejected' })
  })

  const gate = `#!/bin/bash
verify-image verify s3://my-bucket/myapp:\${VERSION} --key awskms:///alias/release-signer
if [ $? -ne 0 ]; then
  echo "Image verification failed. Refusing deployment."
  exit 1
fi
kubectl set image deployment/myapp myapp=...
`

  it('deploy a good image', async () => {
    const ran = await run(gate, { VERSION: 'v1.0' })
    expect(ran.exit, ran.stderr).toBe(0)
    expect(readFileSync(deployed, 'utf8')).toBe('set image deployment/myapp myapp=...\n')
  })

  it.for([
    ['is unsigned', 'unsigned', {}],
    ['was changed', 'changed', {}],
    ['is not there', 'v9', {}],
    ['cannot be asked for', 'v1.0', gone],
    ['has no tag', '', {}],
  ] as const)('do not deploy one that %s', async ([, VERSION, env]) => {
    const ran = await run(gate, { VERSION, ...env })
    expect(ran.exit).toBe(1)
    expect(ran.stdout.trim()).toBe('Image verification failed. Refusing deployment.')
    expect(existsSync(deployed)).toBe(false)
  })
})
