import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openStage } from '../harness/attack-stage.js'
import { minutes, signedAt } from '../harness/forged-instance.js'
import { bodies } from '../harness/forged-log.js'
import { laySignature, simplySigned } from '../harness/laid-pieces.js'
import { keylessFolder, keylessPieces, keylessSigner, putKeyless } from '../harness/keyless-pieces.js'
import { sendAnswer } from '../harness/registry-answers.js'
import { putImage, signSimply } from '../harness/registry-images.js'
import { type LoopbackRegistry, openRegistry } from '../harness/registry.js'
import { runAction, type RanAction } from '../harness/run.js'
import { newKey } from '../harness/store.js'

const hour = 3_600_000
/** In whole hours, so much longer or shorter ago than a time. */
const ago = (time: Date, more: number): string => `${Math.ceil((Date.now() - time.getTime()) / hour) + more}h`

function expectEnd(ran: RanAction, code = ''): void {
  expect(ran.outputs['failure-code'], ran.outputs['message']).toBe(code)
  expect(ran.outputs['verdict']).toBe(code === '' ? 'verified' : 'rejected')
}

let registry: LoopbackRegistry
beforeAll(async () => {
  registry = await openRegistry()
  for (const [name, piece] of Object.entries(keylessPieces)) putKeyless(registry.holdings, name, piece)
})
afterAll(async () => registry.stop())

const keyless = async (name: string, inputs: Readonly<Record<string, string>>): Promise<RanAction> =>
  runAction({
    image: `${registry.host}/${name}:v1`,
    ...keylessSigner,
    'trusted-root': path.join(keylessFolder, 'root.json'),
    retries: '0',
    ...inputs,
  })

describe('how long ago a signature may have been made', () => {
  it.each(['legacy', 'bundle', 'rekor2'] as const)('is held against proven times (%s)', async (name) => {
    const ran = await keyless(name, {})
    const at = new Date(String(ran.document?.images[0]?.signatures[0]?.times?.[0]?.at))
    expect(at.getTime()).toBeGreaterThan(0)
    expectEnd(await keyless(name, { 'max-age': '3650d' }))
    expectEnd(await keyless(name, { 'max-age': '1ms' }), 'policy-denied')
  })

  const stage = openStage()
  it('is that of the certificate too: whoever logs an old signature anew makes it no younger', async () => {
    const { instance } = stage
    const image = stage.image()
    const signer = instance.certify()
    const signed = simplySigned(signer, image.digest)
    const { annotation: entry } = instance.log.record(bodies['hashedrekord 0.0.1'](signed.logged), signedAt)
    laySignature(image.holdings, image.repository, image.digest, signed, { certificate: signer.pem, entry })
    expectEnd(await stage.byIdentity(image, { 'max-age': ago(minutes.from, 1) }))
    expectEnd(await stage.byIdentity(image, { 'max-age': ago(signedAt, -24) }), 'policy-denied')
  })

  it('is not known of a signature by a key without a log or a timestamp', async () => {
    const { holdings, host } = registry
    const key = newKey()
    signSimply(holdings, 'keyed-only', putImage(holdings, 'keyed-only'), key)
    const inputs = { image: `${host}/keyed-only:v1`, key: key.publicPem, 'insecure-ignore-tlog': 'true' }
    const root = { 'trusted-root': path.join(keylessFolder, 'root.json') }
    expectEnd(await runAction(inputs))
    expectEnd(await runAction({ ...inputs, ...root, 'max-age': '3650d' }), 'timestamp-invalid')
  })

  it('is known of one by a key with the entry of a log', async () => {
    const inputs = {
      key: path.join(keylessFolder, 'k1.pub'),
      'certificate-identity': '',
      'certificate-oidc-issuer': '',
    }
    expectEnd(await keyless('keyed', { ...inputs, 'max-age': '3650d' }))
    expectEnd(await keyless('keyed', { ...inputs, 'max-age': '1ms' }), 'policy-denied')
  })
})

describe('a tag that is looked at once more', () => {
  const verify = async (repository: string, recheck: string): Promise<RanAction> => {
    const { host } = registry
    const inputs = {
      key: key.publicPem,
      'insecure-ignore-tlog': 'true',
      'recheck-tag': recheck,
      retries: '0',
    }
    return runAction({ image: `${host}/${repository}:v1`, ...inputs })
  }
  const key = newKey()
  const laid = (name: string): string => {
    const digest = putImage(registry.holdings, name)
    signSimply(registry.holdings, name, digest, key)
    return digest
  }
  /** From the second time on the tag names something else. */
  const moves = (name: string): void => {
    let count = 0
    registry.fault(name, 'tag', 'always', (response, usual, { method }) => {
      count++
      const moved = `{"schemaVersion":2,"config":{},"layers":[],"mediaType":"${String(usual.headers['content-type'])}"}`
      const headers = { 'content-type': usual.headers['content-type'] }
      sendAnswer(response, count === 1 ? usual : { status: 200, headers, body: Buffer.from(moved) }, method)
    })
  }

  it('and did not move: nothing is said', async () => {
    laid('still')
    const ran = await verify('still', 'true')
    expectEnd(ran)
    expect(ran.document?.warnings).toEqual([])
  })

  it('and moved: the verdict and the outputs stay with what was verified, and a warning says so', async () => {
    const digest = laid('moving')
    moves('moving')
    const ran = await verify('moving', 'true')
    expectEnd(ran)
    expect(ran.outputs['digest']).toBe(digest)
    expect(ran.outputs['images']).toContain(`moving:v1@${digest}`)
    expect(ran.document?.warnings.join()).toMatch(/the tag moved while it was verified: it names sha256:/)
    expect(ran.summary).toContain('the tag moved')
  })

  it('costs a request, so it is not done unasked', async () => {
    laid('unasked')
    moves('unasked')
    const ran = await verify('unasked', 'false')
    expectEnd(ran)
    expect(ran.document?.warnings).toEqual([])
  })
})
