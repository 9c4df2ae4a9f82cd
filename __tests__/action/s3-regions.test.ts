import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { expectEnding } from '../harness/endings.js'
import { runAction, type RanAction, temporaryFolder } from '../harness/run.js'
import { elsewhere, livesIn } from '../harness/s3-faults.js'
import { openS3Server, type S3Server } from '../harness/s3.js'
import { newKey, signedImage } from '../harness/store.js'

const key = newKey()
const folder = '/bucket/manifests/app/v1'
const manifestTarget = `${folder}/manifest.json?x-id=GetObject`
const recordTarget = `${folder}/signatures/${key.id}.json?x-id=GetObject`

let s3: S3Server

/** As for AWS itself: no endpoint input, so the program has to find out where the bucket lies. */
async function run(
  env: Readonly<Record<string, string>> = {},
  inputs: Readonly<Record<string, string>> = {},
): Promise<RanAction> {
  const credentials = { AWS_ACCESS_KEY_ID: 'someone', AWS_SECRET_ACCESS_KEY: 'something secret' }
  return runAction(
    { image: 's3://bucket/app:v1', key: key.publicPem, retries: '0', timeout: '10s', ...inputs },
    { env: { ...credentials, AWS_ENDPOINT_URL_S3: s3.url, ...env } },
  )
}

const regions = (): readonly string[] => s3.requests.map(({ region }) => region)
const targets = (): readonly string[] => s3.requests.map(({ target }) => target).sort()

/** The bucket lies in this region and says so in one of the two ways that AWS has. */
function placeBucket(region: string, by: 'header' | 'element', named = region): void {
  const hint =
    by === 'header'
      ? elsewhere(301, 'PermanentRedirect', named, by)
      : elsewhere(400, 'AuthorizationHeaderMalformed', named, by)
  s3.fault('', 'always', livesIn(region, hint))
}

beforeEach(async () => {
  s3 = await openS3Server()
  s3.put('bucket', { ...signedImage(key, 'bucket'), ...signedImage(key, 'bucket', 'two') })
})
afterEach(async () => s3.stop())

describe('the requests for one image and one key', () => {
  it('are two GETs of the two objects and nothing else', async () => {
    expectEnding(await run({ AWS_REGION: 'eu-west-1' }), 'verified')
    expect(targets()).toEqual([manifestTarget, recordTarget])
    expect(s3.requests.map(({ method }) => method)).toEqual(['GET', 'GET'])
  })

  it('are on their way at the same time', async () => {
    // Neither is answered before both have come.
    const waiting: (() => void)[] = []
    s3.fault('', 'always', (_request, _response, usual) => {
      waiting.push(usual)
      if (waiting.length === 2) for (const answer of waiting) answer()
    })
    expectEnding(await run({ AWS_REGION: 'eu-west-1' }), 'verified')
    expect(s3.requests).toHaveLength(2)
  })

  it('have the bucket in the path where an endpoint is given, whatever its name', async () => {
    const endpoint = `http://localhost:${s3.port}`
    expectEnding(await run({ AWS_ENDPOINT_URL_S3: 'http://127.0.0.1:1' }, { endpoint }), 'verified')
    expect(targets()).toEqual([manifestTarget, recordTarget])
    expect(s3.requests.map(({ headers }) => headers.host)).toEqual(Array(2).fill(`localhost:${s3.port}`))
  })

  it('are named in the document, with their host', async () => {
    const ran = await run({}, { endpoint: s3.url })
    expect(ran.document?.calls).toEqual([{ host: `127.0.0.1:${s3.port}`, count: 2 }])
  })
})

describe('the region of a bucket', () => {
  const profile = (): string => {
    const file = path.join(temporaryFolder(), 'config')
    writeFileSync(file, '[default]\nregion = ca-central-1\n')
    return file
  }

  it.for([
    ['AWS_REGION', () => ({ AWS_REGION: 'eu-west-3' }), 'eu-west-3'],
    ['AWS_DEFAULT_REGION', () => ({ AWS_DEFAULT_REGION: 'eu-west-3' }), 'eu-west-3'],
    ['AWS_REGION before the other', () => ({ AWS_REGION: 'a1', AWS_DEFAULT_REGION: 'b1' }), 'a1'],
    ['AWS_REGION in its legacy form EU', () => ({ AWS_REGION: 'EU' }), 'eu-west-1'],
    ['the other where AWS_REGION is empty', () => ({ AWS_REGION: '', AWS_DEFAULT_REGION: 'b1' }), 'b1'],
    ['nothing where AWS_REGION is empty', () => ({ AWS_REGION: '' }), 'us-east-1'],
    ['nothing where AWS_REGION is no region', () => ({ AWS_REGION: 'eu west/1' }), 'us-east-1'],
    ['the profile', () => ({ AWS_CONFIG_FILE: profile() }), 'ca-central-1'],
    ['nothing', () => ({}), 'us-east-1'],
  ] as const)('is the one of %s to begin with', async ([, env, region]) => {
    expectEnding(await run(env()), 'verified')
    expect(regions()).toEqual([region, region])
  })

  it.for([
    ['a 301 with a header', 'header', 'eu-central-1', 'eu-central-1'],
    ['a 400 with an element', 'element', 'eu-central-1', 'eu-central-1'],
    ['a 301 that says EU', 'header', 'EU', 'eu-west-1'],
    ['a 400 that says EU', 'element', 'EU', 'eu-west-1'],
  ] as const)('is learned from %s, without GetBucketLocation', async ([, by, named, region]) => {
    placeBucket(region, by, named)
    expectEnding(await run({ AWS_REGION: 'us-west-2' }), 'verified')
    expect([...regions()].sort()).toEqual([region, region, 'us-west-2', 'us-west-2'])
    expect(targets()).toEqual([manifestTarget, manifestTarget, recordTarget, recordTarget])
  })

  it('is learned where none is set at all', async () => {
    placeBucket('eu-central-1', 'header')
    expectEnding(await run(), 'verified')
    expect(s3.requests.filter(({ query }) => query.has('location'))).toEqual([])
    expect([...regions()].sort()).toEqual(['eu-central-1', 'eu-central-1', 'us-east-1', 'us-east-1'])
  })

  it('is learned once for all images of a run', async () => {
    placeBucket('eu-central-1', 'header')
    const images = { image: 's3://bucket/app:v1\ns3://bucket/two:v1', concurrency: '1' }
    expect((await run({ AWS_REGION: 'us-west-2' }, images)).exit).toBe(0)
    expect(regions().slice(4)).toEqual(['eu-central-1', 'eu-central-1'])
    expect(s3.requests).toHaveLength(6)
  })

  it.for(['eu-west-1.attacker.test', 'eu-west-1/', '../x', 'x@attacker.test', '', ' '])(
    'is not taken from the hint "%s": it would become part of a host name',
    async (named) => {
      placeBucket('eu-west-1', 'header', named)
      expectEnding(await run({ AWS_REGION: 'us-west-2' }), 'response-invalid storage')
      expect(new Set(regions())).toEqual(new Set(['us-west-2']))
    },
  )

  it('is followed once: a bucket that always says another one is not chased', async () => {
    let count = 0
    s3.fault('', 'always', (request, response, usual) => {
      elsewhere(301, 'PermanentRedirect', `eu-west-${++count}`, 'header')(request, response, usual)
    })
    expectEnding(await run({ AWS_REGION: 'us-west-2' }, { retries: '3' }), 'response-invalid storage')
    expect(s3.requests.length).toBeLessThanOrEqual(4)
  })

  it('is not asked for again by an error that names the region it was asked in', async () => {
    s3.fault('', 'always', elsewhere(403, 'AccessDenied', 'us-west-2', 'header'))
    expectEnding(await run({ AWS_REGION: 'us-west-2' }), 'denied storage')
    expect(s3.requests).toHaveLength(2)
  })

  it('is us-east-1 for an endpoint, as s3lo has it, unless one is set', async () => {
    expectEnding(await run({}, { endpoint: s3.url }), 'verified')
    expectEnding(await run({ AWS_REGION: 'auto' }, { endpoint: s3.url }), 'verified')
    expect(regions()).toEqual(['us-east-1', 'us-east-1', 'auto', 'auto'])
  })
})
