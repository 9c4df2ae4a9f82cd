import { readFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  type LoopbackArchivista,
  onDownload,
  onSearch,
  openArchivistaServer,
  type Outage,
} from '../harness/archivista.js'
import * as made from '../harness/built-image.js'
import { runFaces } from '../harness/cluster-policies.js'
import { type Expected, expectEnding } from '../harness/endings.js'
import { runCli } from '../harness/run.js'
import { gitoidOf } from '../stores/archivista/server.js'

const { hands, signBill, signBuild, signPolicy } = made

let shop: made.Workshop
beforeAll(async () => {
  shop = await made.openWorkshop()
})
afterAll(async () => shop.registry.stop())

let archivista: LoopbackArchivista
beforeEach(async () => {
  archivista = await openArchivistaServer()
})
afterEach(async () => archivista.stop())

/** Inputs by which nothing but Archivista has evidence. */
const only = (more: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> => ({
  attestations: '',
  'archivista-url': archivista.url,
  ...more,
})
const plain = (): made.Files => made.plainPolicy()

/** Steps of which each leads to the next, by a tree that only the two share. */
function chain(image: made.BuiltImage, length: number): { policy: Buffer; envelopes: readonly Buffer[] } {
  const names = Array.from({ length }, (_, at) => `step-${at}`)
  const link = (at: number): made.Said => made.sayTree(made.products, { file: made.sha256(`link ${at}`) })
  const before = (at: number): made.Said => {
    const { subjects = {} } = link(at)
    return { type: made.environment, attestation: {}, subjects }
  }
  const envelopes = names.map((name, at) =>
    signBuild(
      made.collectionOf(name, [
        at === 0 ? { type: made.environment, attestation: {} } : before(at - 1),
        ...(at === 0 ? [made.sayDocker(image.digest)] : []),
        link(at),
      ]),
    ),
  )
  const step = { by: [hands.builder], attestations: [{ type: made.environment }] }
  return {
    envelopes,
    policy: signPolicy(made.policyOf(Object.fromEntries(names.map((name) => [name, step])))),
  }
}

describe('evidence in Archivista', { timeout: 60_000 }, () => {
  it('is found by the digests of the image and by what that leads to, on both faces', async () => {
    const image = shop.newImage()
    const gitoids = [signBuild(made.buildOf(image)), signBill(made.billOf(image))].map(archivista.upload)
    const cwd = made.layEvidence(image, plain())
    const { at } = shop.stage(image)
    const { action, document } = await runFaces(cwd, { image: at, ...made.usualInputs, ...only() })
    expectEnding(action, 'verified', image.digest)
    const found = document.images[0]?.attestations ?? []
    // Each once, though every search finds the build.
    expect(found.map(({ where }) => where)).toEqual(
      gitoids.map((gitoid) => `${archivista.url}/v1/download/${gitoid}`),
    )
    expect(found[0]?.sha256).toBe(made.sha256(signBuild(made.buildOf(image))))
    expect(document.calls.map(({ host }) => host)).toContain(archivista.host)
    const [first] = archivista.searches()
    const [{ manifest, config }] = image.platforms
    expect(first?.variables.digests).toEqual([manifest, config].map(made.bare))
  })

  it.each([
    [1, 'verified', 1],
    [2, 'verified', 2],
    [3, 'verified', 3],
    [4, 'attestation-missing', 3],
  ] as const)('in a chain of %i steps: %s after %i searches', async (length, expected, searches) => {
    const image = shop.newImage()
    const { policy, envelopes } = chain(image, length)
    envelopes.forEach(archivista.upload)
    const { ran } = await shop.run({ image, files: () => ({ 'policy.json': policy }), inputs: only() })
    expectEnding(ran, expected, image.digest)
    expect(archivista.searches()).toHaveLength(searches)
    expect(new Set(archivista.downloads()).size).toBe(archivista.downloads().length)
  })

  it('and the same in a file is one', async () => {
    const image = shop.newImage()
    for (const envelope of [signBuild(made.buildOf(image)), signBill(made.billOf(image))])
      archivista.upload(envelope)
    const { ran } = await shop.run({ image, files: plain, inputs: only({ attestations: 'build.json' }) })
    expectEnding(ran, 'verified', image.digest)
    const [build] = (ran.document?.images[0]?.attestations ?? []).filter(
      ({ keyId }) => keyId === hands.builder.id,
    )
    expect(build?.where).toMatch(/^build\.json, http:[^,]+\/v1\/download\/[0-9a-f]{64}$/)
    expect(ran.document?.images[0]?.attestations).toHaveLength(2)
  })

  it('is not asked for where the files suffice', async () => {
    const { ran, image } = await shop.run({ files: plain, inputs: { 'archivista-url': archivista.url } })
    expectEnding(ran, 'verified', image.digest)
    expect(archivista.requests).toEqual([])
  })

  it('is refused offline, before anybody is asked', async () => {
    const { ran } = await shop.run({ files: plain, inputs: only({ offline: 'true' }) })
    expectEnding(ran, 'input-invalid')
    expect(ran.outputs['message']).toMatch(/archivista-url: expected no other host/)
    expect(archivista.requests).toEqual([])
  })

  // Builds share the text of a tag, so that a search finds those of all images that ever had it.
  it('of other images does not become evidence about this one', async () => {
    const [image, older] = [shop.newImage(), shop.newImage()]
    for (const envelope of [signBuild(made.buildOf(image)), signBill(made.billOf(image))])
      archivista.upload(envelope)
    const other = archivista.upload(signBuild(made.buildOf(older, { run: '1' })))
    const inputs = only({ 'vsa-outfile': 'vsa.jsonl' })
    const { ran, cwd } = await shop.run({ image, files: plain, inputs })
    expectEnding(ran, 'verified', image.digest)
    expect(archivista.downloads()).toContain(other)
    expect(ran.document?.images[0]?.attestations).toHaveLength(2)
    expect(readFileSync(path.join(cwd, 'vsa.jsonl'), 'utf8')).not.toContain(other)
  })

  it('that is signed by a stranger is rejected, also where another is good', async () => {
    const image = shop.newImage()
    archivista.upload(signBuild(made.buildOf(image), hands.stranger))
    archivista.upload(signBill(made.billOf(image)))
    const files = (one: made.BuiltImage): made.Files => ({
      ...plain(),
      'build.json': signBuild(made.buildOf(one)),
    })
    expectEnding((await shop.run({ image, files, inputs: only() })).ran, 'attestation-invalid')
    const { ran } = await shop.run({ image, files, inputs: only({ attestations: 'build.json' }) })
    expectEnding(ran, 'verified', image.digest)
  })

  it('that appears later is waited for', async () => {
    const image = shop.newImage()
    archivista.upload(signBuild(made.buildOf(image)))
    let searches = 0
    archivista.fault = ({ target }) => {
      if (target.endsWith('/v1/query') && ++searches === 5) archivista.upload(signBill(made.billOf(image)))
      return false
    }
    const { ran } = await shop.run({ image, files: plain, inputs: only({ wait: '50s' }) })
    expectEnding(ran, 'verified', image.digest)
    expect(searches).toBeGreaterThanOrEqual(5)
  })
})

const status =
  (code: number) =>
  (response: Parameters<Outage>[1]): void =>
    void response.writeHead(code, { 'content-type': 'text/plain' }).end('no')
const says =
  (body: string) =>
  (response: Parameters<Outage>[1]): void =>
    void response.writeHead(200, { 'content-type': 'application/json' }).end(body)

const outages: readonly [string, () => Outage | undefined, Expected][] = [
  ['answers 500', () => onSearch(status(500)), 'server-error archivista'],
  ['answers 403', () => onSearch(status(403)), 'denied archivista'],
  ['answers 429', () => onSearch(status(429)), 'rate-limited archivista'],
  ['answers 404: no search is there', () => onSearch(status(404)), 'response-invalid archivista'],
  ['breaks the connection', () => onSearch((response) => void response.destroy()), 'unreachable archivista'],
  ['answers a page', () => onSearch(says('<html>')), 'response-invalid archivista'],
  ['answers nothing', () => onSearch(says('')), 'response-invalid archivista'],
  ['answers without data', () => onSearch(says('{"data":null}')), 'response-invalid archivista'],
  [
    'answers with another shape',
    () => onSearch(says('{"data":{"dsses":{}}}')),
    'response-invalid archivista',
  ],
  [
    'answers that its database is away',
    () => onSearch(says('{"errors":[{"message":"db","path":["dsses"]}],"data":null}')),
    'server-error archivista',
  ],
  ['has lost what it lists: 500', () => onDownload(status(500)), 'server-error archivista'],
  ['has lost what it lists: 404', () => onDownload(status(404)), 'server-error archivista'],
  ['breaks downloads off', () => onDownload((response) => void response.destroy()), 'unreachable archivista'],
  ['answers other bytes', () => onDownload(says(signBuild({}).toString())), 'response-invalid archivista'],
]

describe('an Archivista that does not work', { timeout: 60_000 }, () => {
  const stocked = (): made.BuiltImage => {
    const image = shop.newImage()
    archivista.upload(signBuild(made.buildOf(image)))
    archivista.upload(signBill(made.billOf(image)))
    return image
  }

  it.each(outages)('%s: undetermined, neither rejected nor passed', async (_, fault, expected) => {
    const image = stocked()
    archivista.fault = fault()
    const { ran } = await shop.run({ image, files: plain, inputs: only() })
    expectEnding(ran, expected)
    expect(archivista.requests.length).toBeGreaterThan(0)
    // The build is there, the bill may be: what is given is not enough.
    const half = await shop.run({ image, files: plain, inputs: only({ attestations: 'build.json' }) })
    expectEnding(half.ran, expected)
  })

  it.each(outages)('%s: it does not matter where what is there suffices', async (_, fault) => {
    const image = stocked()
    archivista.fault = fault()
    const { ran } = await shop.run({ image, files: plain, inputs: { 'archivista-url': archivista.url } })
    expectEnding(ran, 'verified', image.digest)
  })

  it('is not there', async () => {
    const { url } = archivista
    await archivista.stop()
    const { ran } = await shop.run({ files: plain, inputs: only({ 'archivista-url': url }) })
    expectEnding(ran, 'unreachable archivista')
    archivista = await openArchivistaServer()
  })

  it.each([
    ['searches', () => onSearch(() => undefined)],
    ['downloads', () => onDownload(() => undefined)],
  ])('hangs in %s', async (_, fault) => {
    const image = stocked()
    archivista.fault = fault()
    const { ran } = await shop.run({ image, files: plain, inputs: only({ timeout: '3s' }) })
    expectEnding(ran, 'timeout archivista')
  })

  it('tampers with one envelope', async () => {
    const image = stocked()
    const gitoid = gitoidOf(signBuild(made.buildOf(image)))
    archivista.instead.set(gitoid, signBuild(made.buildOf(made.newBuiltImage({ salt: 'other' }))))
    const { ran } = await shop.run({ image, files: plain, inputs: only() })
    expectEnding(ran, 'response-invalid archivista')
    expect(ran.outputs['message']).toContain(`expected the gitoid ${gitoid}`)
  })

  it('has lost one that is not needed', async () => {
    const image = stocked()
    const lost = archivista.upload(signBuild(made.buildOf(image, { ref: 'refs/heads/other' })))
    archivista.fault = onDownload(() => undefined)
    archivista.fault = ({ target }, response) => {
      if (!target.endsWith(lost)) return false
      status(500)(response)
      return true
    }
    const { ran } = await shop.run({ image, files: plain, inputs: only() })
    expectEnding(ran, 'verified', image.digest)
  })

  it('does not keep a build from being rejected for what it says', async () => {
    archivista.fault = onSearch(status(500))
    const files = (): made.Files => ({
      ...plain(),
      'policy.json': signPolicy(made.policyOf(), hands.stranger),
    })
    const { ran } = await shop.run({ files, inputs: { 'archivista-url': archivista.url } })
    expectEnding(ran, 'policy-untrusted')
  })

  it('has nothing: rejected', async () => {
    const { ran } = await shop.run({ files: plain, inputs: only() })
    expectEnding(ran, 'attestation-missing')
  })

  it('leaves no summary, nor one of an earlier run', async () => {
    archivista.fault = onSearch(status(500))
    const files = (): made.Files => ({ ...plain(), 'vsa.jsonl': 'PASSED' })
    const { ran, cwd } = await shop.run({ files, inputs: only({ 'vsa-outfile': 'vsa.jsonl' }) })
    expectEnding(ran, 'server-error archivista')
    expect(readFileSync(path.join(cwd, 'vsa.jsonl'), 'utf8')).toBe('')
  })
})

describe('headers for Archivista', { timeout: 60_000 }, () => {
  const token = 'top-secret-token-4711'
  const headers = `Authorization: Bearer ${token}\nX-Team: builders-of-4711`

  it('go to it with every request, and to nobody else', async () => {
    const image = shop.newImage()
    archivista.upload(signBuild(made.buildOf(image)))
    archivista.upload(signBill(made.billOf(image)))
    const { ran } = await shop.run({ image, files: plain, inputs: only({ 'archivista-headers': headers }) })
    expectEnding(ran, 'verified', image.digest)
    expect(archivista.requests.length).toBeGreaterThan(3)
    for (const request of archivista.requests)
      expect(request.headers).toMatchObject({
        authorization: `Bearer ${token}`,
        'x-team': 'builders-of-4711',
      })
    expect(JSON.stringify(shop.registry.requests)).not.toContain(token)
  })

  it.each<[string, () => Outage | undefined]>([
    ['where all is well', () => undefined],
    [
      'where the server says them back',
      () => onSearch(says(JSON.stringify({ errors: [{ message: `who is Bearer ${token}?` }] }))),
    ],
    [
      'where it is a page',
      () => onSearch((response) => void response.writeHead(401, { 'content-type': token }).end(token)),
    ],
  ])('are shown nowhere: %s', async (_, fault) => {
    const image = shop.newImage()
    archivista.upload(signBuild(made.buildOf(image)))
    archivista.fault = fault()
    const inputs = only({ 'archivista-headers': headers, 'vsa-outfile': 'vsa.jsonl' })
    const { ran, cwd, at } = await shop.run({ image, files: plain, inputs })
    const typed = await runCli(
      ['verify', at, '-p', 'policy.json', '-k', 'policy.pub', `--archivista-server=${archivista.url}`].concat(
        headers.split('\n').map((header) => `--archivista-headers=${header}`),
        '--retries=0',
      ),
      { cwd },
    )
    const said = [
      JSON.stringify(ran),
      readFileSync(path.join(cwd, 'vsa.jsonl'), 'utf8'),
      JSON.stringify(typed),
    ]
    for (const text of said) {
      expect(text).not.toContain(token)
      expect(text).not.toContain('builders-of-4711')
    }
    expect(ran.document?.inputs['archivista-headers']).toBe('***')
    expect(typed.exit).toBe(ran.exit)
  })

  it.each([
    ['no header', 'top-secret-token-4711'],
    ['one that is the client’s own', 'Host: top-secret-token-4711'],
    ['a line too many', `X: a\u0007top-secret-token-4711`],
  ])('that cannot be sent are refused, and not shown: %s', async (_, value) => {
    const { ran } = await shop.run({ files: plain, inputs: only({ 'archivista-headers': value }) })
    expectEnding(ran, 'input-invalid')
    expect(JSON.stringify(ran)).not.toContain(token)
  })

  it('without the URL that they are for are refused', async () => {
    const { ran } = await shop.run({ files: plain, inputs: { 'archivista-headers': headers } })
    expectEnding(ran, 'input-invalid')
    expect(JSON.stringify(ran)).not.toContain(token)
  })
})
