import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { DeleteAliasCommand, type SigningAlgorithmSpec } from '@aws-sdk/client-kms'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { newCertificate } from '../harness/certificate.js'
import { type Expected, expectEnding } from '../harness/endings.js'
import { type Kms, type KmsKey, recordCalls, startKms } from '../harness/ministack.js'
import { runAction, type RanAction, temporaryFolder } from '../harness/run.js'
import { newKey, signedImage, writeStore } from '../harness/store.js'
import { openWeb, type Web } from '../harness/web.js'

const signing = 'SIGN_VERIFY' as const
const cwd = temporaryFolder()
let kms: Kms
/** Stands between the program and KMS in every test. */
let proxy: Web

async function run(
  name: string,
  reference: string,
  env: Readonly<Record<string, string>> = {},
): Promise<RanAction> {
  const inputs = { image: `local://store/${name}:v1`, key: reference, retries: '1', timeout: '20s' }
  return runAction(inputs, { cwd, env: { ...kms.environment(proxy.url), ...env } })
}

async function signAs(key: KmsKey, algorithm: SigningAlgorithmSpec, name: string): Promise<void> {
  const place = { bucket: 'store', name, reference: 'awskms:///alias/whatever' }
  writeStore(path.join(cwd, 'store'), await kms.sign(key, algorithm, place))
}

const operations = (): readonly unknown[] => proxy.requests.map(({ headers }) => headers['x-amz-target'])
const once = ['TrentService.GetPublicKey']

beforeAll(async () => void (kms = await startKms()))
afterAll(async () => kms.stop())
beforeEach(async () => void (proxy = await recordCalls(kms.url)))
afterEach(async () => proxy.stop())

describe('a key in KMS', () => {
  it.for([
    ['ECC_NIST_P256', 'ECDSA_SHA_256', 'ecdsa-sha256'],
    ['ECC_NIST_P384', 'ECDSA_SHA_384', 'ecdsa-sha384'],
    ['ECC_NIST_P521', 'ECDSA_SHA_512', 'ecdsa-sha512'],
    ['RSA_2048', 'RSASSA_PKCS1_V1_5_SHA_256', 'rsa-pkcs1-sha256'],
    ['RSA_2048', 'RSASSA_PSS_SHA_256', 'rsa-pss-sha256'],
    ['RSA_3072', 'RSASSA_PKCS1_V1_5_SHA_512', 'rsa-pkcs1-sha512'],
    ['RSA_4096', 'RSASSA_PKCS1_V1_5_SHA_256', 'rsa-pkcs1-sha256'],
  ] as const)(
    'of type %s that signed with %s verifies, by one GetPublicKey',
    async ([spec, algorithm, scheme]) => {
      const name = `${spec}-${algorithm}`.toLowerCase()
      const key = await kms.makeKey({ KeySpec: spec, KeyUsage: signing }, name)
      await signAs(key, algorithm, name)
      const ran = await run(name, `awskms:///alias/${name}`)
      expectEnding(ran, 'verified')
      expect(ran.document).toMatchObject({ keyRef: `awskms:///alias/${name}`, keyID: key.recordId })
      expect(ran.document?.images[0]?.signatures).toMatchObject([{ verified: true, scheme }])
      expect(operations()).toEqual(once)
    },
  )

  it('that did not sign, or signed another image, does not verify', async () => {
    const key = await kms.makeKey({ KeySpec: 'ECC_NIST_P256', KeyUsage: signing }, 'others')
    writeStore(path.join(cwd, 'store'), signedImage(newKey(), 'store', 'unsigned'))
    expectEnding(await run('unsigned', 'awskms:///alias/others'), 'unsigned')
    const objects = await kms.sign(key, 'ECDSA_SHA_256', { bucket: 'store', name: 'a', reference: 'r' })
    const moved = Object.entries(objects).map(([name, content]) => [name.replace('/a/', '/moved/'), content])
    writeStore(path.join(cwd, 'store'), Object.fromEntries(moved) as Record<string, string>)
    expectEnding(await run('moved', 'awskms:///alias/others'), 'signature-invalid')
  })

  it('is asked for once for all images of a run', async () => {
    const key = await kms.makeKey({ KeySpec: 'ECC_NIST_P256', KeyUsage: signing }, 'once')
    await signAs(key, 'ECDSA_SHA_256', 'one')
    await signAs(key, 'ECDSA_SHA_256', 'two')
    const ran = await runAction(
      { image: 'local://store/one:v1\nlocal://store/two:v1', key: 'awskms:///alias/once' },
      { cwd, env: kms.environment(proxy.url) },
    )
    expect(ran.exit, ran.stdout).toBe(0)
    expect(operations()).toEqual(once)
  })
})

describe('a reference to a key in KMS', () => {
  let key: KmsKey
  let multiRegion: KmsKey
  beforeAll(async () => {
    key = await kms.makeKey({ KeySpec: 'ECC_NIST_P256', KeyUsage: signing }, 'release/signer_1')
    multiRegion = await kms.makeKey({ KeySpec: 'ECC_NIST_P256', KeyUsage: signing, MultiRegion: true })
    await signAs(key, 'ECDSA_SHA_256', 'forms')
    await signAs(multiRegion, 'ECDSA_SHA_256', 'everywhere')
  })

  it.for([
    ['an alias', (): string => 'alias/release/signer_1'],
    ['an id', (): string => key.keyId],
    ['an ARN', (): string => key.arn],
    ['an ARN of an alias', (): string => key.arn.replace(/key\/.*/, 'alias/release/signer_1')],
  ] as const)('may be %s', async ([, form]) => {
    expectEnding(await run('forms', `awskms:///${form()}`), 'verified')
    expect(operations()).toEqual(once)
    expect(JSON.parse(proxy.requests[0]?.body ?? '')).toEqual({ KeyId: form() })
  })

  it('may be the id or the ARN of a multi-region key', async () => {
    expect(multiRegion.keyId).toMatch(/^mrk-/)
    expectEnding(await run('everywhere', `awskms:///${multiRegion.keyId}`), 'verified')
    expectEnding(await run('everywhere', `awskms:///${multiRegion.arn}`), 'verified')
  })

  it('that is an ARN goes to its own region, whatever is set', async () => {
    expectEnding(await run('forms', `awskms:///${key.arn}`, { AWS_REGION: 'eu-west-3' }), 'verified')
    expectEnding(await run('forms', `awskms:///${key.arn}`, { AWS_REGION: '' }), 'verified')
    for (const { headers } of proxy.requests) expect(headers.authorization).toContain('/us-east-1/kms/')
  })

  it.for(['', 'eu west/1'])('without a region needs one set, and "%s" is none', async (region) => {
    const ran = await run('forms', 'awskms:///alias/release/signer_1', { AWS_REGION: region })
    expectEnding(ran, 'input-invalid')
    expect(ran.outputs['message']).toContain('set AWS_REGION')
    expect(proxy.requests).toEqual([])
  })

  it('may name another host, which is asked with TLS', async () => {
    const certificate = newCertificate()
    const tls = await recordCalls(kms.url, certificate)
    writeFileSync(path.join(cwd, 'ca.pem'), certificate.cert)
    const reference = `awskms://${new URL(tls.url).host}/alias/release/signer_1`
    const trusting = await run('forms', reference, { SSL_CERT_FILE: 'ca.pem' })
    const strange = await run('forms', reference)
    await tls.stop()
    expectEnding(trusting, 'verified')
    expectEnding(strange, 'tls-failed key')
    expect(tls.requests.map(({ headers }) => headers['x-amz-target'])).toEqual(once)
    expect(proxy.requests).toEqual([])
  })

  it.for(['awskms://alias/release/signer_1', 'awskms:///', 'awskms:///release', 'awskms:///alias/a?b=c'])(
    'that cannot be one is refused, and nobody is asked: %s',
    async (reference) => {
      expectEnding(await run('forms', reference), 'key-invalid')
      expect(proxy.requests).toEqual([])
    },
  )
})

describe('a key in KMS that cannot be had', () => {
  it.for([
    ['a symmetric key', { KeySpec: 'SYMMETRIC_DEFAULT', KeyUsage: 'ENCRYPT_DECRYPT' }],
    ['an RSA key that encrypts', { KeySpec: 'RSA_2048', KeyUsage: 'ENCRYPT_DECRYPT' }],
    ['a key for MACs', { KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' }],
    ['a key on secp256k1', { KeySpec: 'ECC_SECG_P256K1', KeyUsage: signing }],
  ] as const)('is %s', async ([name, spec]) => {
    const alias = name.replaceAll(' ', '-')
    await kms.makeKey(spec, alias)
    writeStore(path.join(cwd, 'store'), signedImage(newKey(), 'store', 'other'))
    const ran = await run('other', `awskms:///alias/${alias}`)
    expectEnding(ran, 'key-invalid')
    expect(ran.outputs['message']).toContain(`awskms:///alias/${alias}`)
    expect(operations()).toEqual(once)
  })

  it('is one whose alias is gone, or that never was', async () => {
    const key = await kms.makeKey({ KeySpec: 'ECC_NIST_P256', KeyUsage: signing }, 'gone')
    await signAs(key, 'ECDSA_SHA_256', 'gone')
    expectEnding(await run('gone', 'awskms:///alias/gone'), 'verified')
    await kms.client.send(new DeleteAliasCommand({ AliasName: 'alias/gone' }))
    expectEnding(await run('gone', 'awskms:///alias/gone'), 'key-invalid')
    const id = '12345678-1234-1234-1234-123456789012'
    expectEnding(await run('gone', `awskms:///${id}`), 'key-invalid')
  })

  /** The stand-in gives out disabled keys and asks for no rights; AWS does not, and these are its answers. */
  it.for([
    [400, 'DisabledException', 'key-invalid', 1],
    [400, 'KMSInvalidStateException', 'key-invalid', 1],
    [400, 'AccessDeniedException', 'denied key', 1],
    [403, 'AccessDeniedException', 'denied key', 1],
    [400, 'UnrecognizedClientException', 'denied key', 1],
    [400, 'ExpiredTokenException', 'denied key', 1],
    [400, 'ThrottlingException', 'rate-limited key', 2],
    [500, 'KMSInternalException', 'server-error key', 2],
    [500, 'DependencyTimeoutException', 'server-error key', 2],
    [503, 'KeyUnavailableException', 'server-error key', 2],
  ] as const satisfies readonly unknown[])(
    'is one for which KMS says %i %s',
    async ([status, type, expected, times]) => {
      const web = await openWeb((_request, response) => {
        response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' })
        response.end(JSON.stringify({ __type: type, message: 'not found: NotFoundException' }))
      })
      writeStore(path.join(cwd, 'store'), signedImage(newKey(), 'store', 'other'))
      const ran = await run('other', 'awskms:///alias/any', { AWS_ENDPOINT_URL_KMS: web.url })
      await web.stop()
      expectEnding(ran, expected satisfies Expected)
      expect(web.requests).toHaveLength(times)
    },
  )

  it.for([
    ['a page', 200, 'text/html', '<html>sign in</html>'],
    ['no key', 200, 'application/x-amz-json-1.1', '{"KeyUsage":"SIGN_VERIFY"}'],
    ['nothing', 200, 'application/x-amz-json-1.1', ''],
    ['a page with 404', 404, 'text/html', '<html>404</html>'],
  ] as const)('is one for which something answers %s', async ([, status, type, body]) => {
    const web = await openWeb((_request, response) => {
      response.writeHead(status, { 'content-type': type })
      response.end(body)
    })
    writeStore(path.join(cwd, 'store'), signedImage(newKey(), 'store', 'other'))
    const ran = await run('other', 'awskms:///alias/any', { AWS_ENDPOINT_URL_KMS: web.url })
    await web.stop()
    expectEnding(ran, 'response-invalid key')
  })

  it('is one for which what comes is no public key', async () => {
    const body = { KeyUsage: signing, PublicKey: Buffer.from('no key').toString('base64') }
    const web = await openWeb((_request, response) => void response.end(JSON.stringify(body)))
    writeStore(path.join(cwd, 'store'), signedImage(newKey(), 'store', 'other'))
    const ran = await run('other', 'awskms:///alias/any', { AWS_ENDPOINT_URL_KMS: web.url })
    await web.stop()
    expectEnding(ran, 'key-invalid')
  })

  it('is any while KMS is down, hangs or has no credentials to look at', async () => {
    const hanging = await openWeb(() => undefined)
    await proxy.stop()
    writeStore(path.join(cwd, 'store'), signedImage(newKey(), 'store', 'other'))
    const inputs = { image: 'local://store/other:v1', key: 'awskms:///alias/any', timeout: '2s' }
    const env = { ...kms.environment(hanging.url) }
    const [down, hung, unknown] = await Promise.all([
      run('other', 'awskms:///alias/any'),
      runAction(inputs, { cwd, env }),
      runAction(inputs, { cwd, env: { ...env, AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '' } }),
    ])
    await hanging.stop()
    expectEnding(down, 'unreachable key')
    expectEnding(hung, 'timeout key')
    expectEnding(unknown, 'denied key')
    expect(hanging.requests).toHaveLength(1)
  })
})
