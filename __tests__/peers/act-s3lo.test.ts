import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ActRun, type Given, runWorkflow } from '../harness/act.js'
import { type Kms, type KmsKey, kmsRegion, startKms } from '../harness/ministack.js'
import { digestOf, manifest, newKey, signedImage } from '../harness/store.js'
import { type Gateway, startGateway } from '../harness/versitygw.js'

// The bucket is a real S3 gateway's, the key a KMS's on this machine. Played: assuming a role, and the AWS command.

let gateway: Gateway
let kms: Kms
const bucket = 'staging-images'

beforeAll(async () => {
  gateway = await startGateway()
  kms = await startKms()
  const key: KmsKey = await kms.makeKey(
    { KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' },
    'release-signing',
  )
  await gateway.makeBucket(bucket)
  const reference = 'awskms:///alias/release-signing'
  await gateway.put(
    bucket,
    await kms.sign(key, 'ECDSA_SHA_256', { bucket, name: 'app', tag: 'v1', reference }),
  )
  await gateway.put(bucket, signedImage(newKey(), bucket, 'app', 'v2'))
})
afterAll(async () => {
  await gateway.stop()
  await kms.stop()
})

const promote = async (image: string, env: Readonly<Record<string, string>> = {}): Promise<ActRun> => {
  const { AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: secret } = gateway.signIn()
  const role = (name: string): string => `arn:aws:iam::111122223333:role/${name}`
  const given: Given = {
    workflows: ['promote-s3lo.yml'],
    replace: { 'eu-central-1': kmsRegion },
    files: { 'README.md': '' },
    event: 'workflow_dispatch',
    inputs: { image },
    env: {
      AWS_ENDPOINT_URL_S3: gateway.url,
      AWS_ENDPOINT_URL_KMS: kms.url,
      STANDINS_ROLES: JSON.stringify({
        [role('verify-image')]: [id, secret],
        [role('promote-image')]: [id, secret],
      }),
      ...env,
    },
  }
  return runWorkflow(given)
}

describe('promote-s3lo.yml', () => {
  it('promotes the manifest that was verified', async () => {
    const ran = await promote('app:v1')
    expect(ran.exit, ran.log).toBe(0)
    expect(ran.steps['promote']).toEqual({
      'Assume the role that may promote': 'success',
      'Fetch the manifest that was verified': 'success',
      Promote: 'success',
    })
    expect(ran.log).toContain(`Promoting ${digestOf(manifest)}`)
    expect(ran.result()).toMatchObject({ verdict: 'verified', digest: digestOf(manifest) })
  })

  it.each([
    ['app:v2', {}, 'rejected', 'Tell the owner of the image', /Rejected \([a-z-]+\): do not deploy sha256:/],
    [
      'app:v1',
      { AWS_ENDPOINT_URL_S3: 'http://127.0.0.1:9' },
      'undetermined',
      'Tell the owner of the pipeline that a service failed',
      'Undetermined (unreachable): S3 or KMS did not answer.',
    ],
    [
      'app',
      {},
      'undetermined',
      'Tell the owner of the pipeline that the setup is wrong',
      'Undetermined (reference-invalid): an input of this workflow is wrong.',
    ],
  ])('%s with %o is %s: nothing is promoted', async (image, env, verdict, told, said) => {
    const ran = await promote(image, env)
    expect(ran.exit, ran.log).toBe(1)
    expect(ran.steps).toEqual({
      verify: {
        'Assume the role that may read': 'success',
        'Verify the image': 'failure',
        'Keep the result': 'success',
        [told]: 'success',
      },
    })
    expect(ran.log).toMatch(said)
    expect(ran.result().verdict).toBe(verdict)
    expect(ran.uploaded).toEqual(['verify-result/verify-report.html', 'verify-result/verify-result.json'])
  })
})
