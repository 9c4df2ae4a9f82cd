import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ResultDocument } from '../../src/report/document.js'
import { attestSimply } from '../harness/registry-images.js'
import { login, openSigned, type SignedRegistry, signer } from '../harness/registry-guarded.js'
import { dist, type Ran, temporaryFolder } from '../harness/run.js'
import { runShell } from '../harness/shell.js'
import { openWeb } from '../harness/web.js'

const root = path.resolve(import.meta.dirname, '../..')
const schema = JSON.parse(readFileSync(path.join(root, 'schema/verify-result.schema.json'), 'utf8')) as object
const isDocument = new Ajv2020({ strict: false, validateFormats: false }).compile(schema)
const main = JSON.stringify(pathToFileURL(path.join(dist, 'main.js')).href)

let guarded: SignedRegistry
let hanging: { readonly host: string; readonly stop: () => Promise<void> }
beforeAll(async () => {
  guarded = await openSigned({ scheme: 'basic', login })
  const web = await openWeb(() => undefined)
  hanging = { host: new URL(web.url).host, stop: web.stop }
})
afterAll(async () => {
  await guarded.stop()
  await hanging.stop()
})

/** Runs a program that has the library's names, and prints nothing but what it says. */
async function program(
  text: string,
  env: Readonly<Record<string, string>> = {},
  folder = temporaryFolder(),
  cwd = folder,
): Promise<Ran> {
  const file = path.join(folder, 'program.mjs')
  writeFileSync(
    file,
    `import { decide, inspect, readRequest, systemClock, verify } from ${main}
const say = (value) => console.log(JSON.stringify(value))
${text}`,
  )
  return runShell(`node ${JSON.stringify(file)}`, cwd, { TUF_MIRROR: 'http://127.0.0.1:9', ...env })
}
const said = ({ stdout, stderr, exit }: Ran): unknown => {
  expect(stderr).toBe('')
  expect(exit).toBe(0)
  return JSON.parse(stdout) as unknown
}
const question = (more: object = {}): string =>
  JSON.stringify({
    image: `${guarded.host}/app:v1`,
    key: signer.publicPem,
    'insecure-ignore-tlog': true,
    'registry-username': login.username,
    'registry-password': login.password,
    retries: 0,
    ...more,
  })
const hung = (): object => ({ image: `${hanging.host}/app:v1` })

describe('the library, from the bundle', () => {
  it('answers with the document of the schema, writes nothing and leaves the exit code alone', async () => {
    const folder = temporaryFolder()
    const ran = await program(`say(await verify(${question()}))`, {}, folder)
    const document = said(ran) as ResultDocument
    expect(isDocument(document), JSON.stringify(isDocument.errors)).toBe(true)
    expect(document).toMatchObject({ verdict: 'verified', tool: { name: 'verify-image', sha256: null } })
    expect(document.images[0]?.pinned).toBe(`${guarded.host}/app:v1@${guarded.digest}`)
    expect(readdirSync(folder)).toEqual(['program.mjs'])
  })

  it('answers a rejection and an outage as it answers a pass', async () => {
    const asks = [
      question({ key: path.join(root, 'examples/keys/other.pub') }),
      question({ image: '127.0.0.1:1/app:v1' }),
    ]
    const ran = await program(`say([await verify(${asks.join('), await verify(')})])`)
    const documents = said(ran) as readonly ResultDocument[]
    expect(documents.map(({ verdict, failure }) => [verdict, failure?.class, failure?.code])).toEqual([
      ['rejected', 'supply-chain', 'signature-invalid'],
      ['undetermined', 'infrastructure', 'unreachable'],
    ])
    for (const document of documents) {
      expect(isDocument(document), JSON.stringify(isDocument.errors)).toBe(true)
      expect(document.images[0]?.pinned).toBeNull()
    }
  })

  it.each([
    ['no question', 'undefined'],
    ['an empty one', '{}'],
    ['a name without a value', "{ image: 'r.io/a:v1', key: 'k.pub', 'expected-digest': process.env.DIGEST }"],
    ['a key that is no file', "{ image: 'local://examples/hello:v1', key: 'k.pub' }"],
  ])('answers %s with a failure of the configuration, and throws nothing', async (_what, given) => {
    const document = said(
      await program(`say(await verify(${given}))`, {}, temporaryFolder(), root),
    ) as ResultDocument
    expect(isDocument(document), JSON.stringify(isDocument.errors)).toBe(true)
    expect(document).toMatchObject({ verdict: 'undetermined', failure: { class: 'configuration' } })
  })

  it('tells listeners of images and requests, with nothing secret', async () => {
    const ran = await program(`
const heard = []
const answer = await verify(${question()}, {
  planned: (images) => heard.push(['planned', images]),
  decided: ({ verdict, pinned }) => heard.push(['decided', verdict, pinned]),
  asked: ({ request, ended, ms }) => heard.push(['asked', request, ended, typeof ms]),
})
say({ heard, answer })`)
    const { heard } = said(ran) as { readonly heard: readonly unknown[] }
    expect(heard).toContainEqual(['planned', 1])
    expect(heard).toContainEqual(['decided', 'verified', `${guarded.host}/app:v1@${guarded.digest}`])
    expect(heard).toContainEqual(['asked', `GET http://${guarded.host}/v2/app/manifests/v1`, '200', 'number'])
    expect(ran.stdout).not.toContain(login.password)
    expect(ran.stdout).not.toContain(Buffer.from(`${login.username}:${login.password}`).toString('base64'))
  })

  it.each(['planned', 'decided', 'asked'])('rejects with what the listener %s throws', async (name) => {
    const ran = await program(`
try {
  await verify(${question()}, { ${name}: () => { throw new Error('mine') } })
  say('resolved')
} catch (error) { say(error.message) }`)
    expect(said(ran)).toBe('mine')
  })

  it('is ended by a signal at once, and lets the process end', { timeout: 30_000 }, async () => {
    const begun = performance.now()
    const ran = await program(`
const controller = new AbortController()
setTimeout(() => controller.abort('stopped by the deploy freeze'), 300)
const answer = await verify(${question(hung())}, { signal: controller.signal })
const found = await inspect(${JSON.stringify(hung())}, { signal: AbortSignal.timeout(300) })
say([answer.verdict, answer.failure.code, answer.failure.message, found])`)
    expect(said(ran)).toEqual([
      'undetermined',
      'internal-error',
      'the run was stopped by the deploy freeze when 0 of 1 images were decided',
      { kind: 'failed', problem: { code: 'internal-error', message: 'the inspection was stopped' } },
    ])
    expect(performance.now() - begun).toBeLessThan(8_000)
  })

  it('is not begun with a signal that has aborted', async () => {
    const ran = await program(`
const answer = await verify(${question()}, { signal: AbortSignal.abort('stopped before') })
say([answer.verdict, answer.failure.message, answer.calls])`)
    expect(said(ran)).toEqual([
      'undetermined',
      'the run was stopped before when 0 of 1 images were decided',
      [],
    ])
  })

  it('does not look at what a step was told', async () => {
    const folder = temporaryFolder()
    const list = path.join(folder, 'list.json')
    writeFileSync(
      list,
      JSON.stringify({ version: 1, subjects: [{ name: 'r.io/a', digest: guarded.digest, kind: 'oci' }] }),
    )
    const others = { ...(JSON.parse(question()) as object), image: undefined }
    const ran = await program(`say(await verify(${JSON.stringify(others)}))`, {
      GITHUB_ARTIFACTS_LIST: list,
      INPUT_IMAGE: 'r.io/b:v1',
    })
    expect(said(ran)).toMatchObject({ images: [], failure: { code: 'input-invalid' } })
  })

  it('evaluates policies in a thread that ends with the run', { timeout: 60_000 }, async () => {
    const folder = temporaryFolder()
    attestSimply(guarded.holdings, 'app', guarded.digest, signer, 'https://example.com/v1', { passed: true })
    writeFileSync(
      path.join(folder, 'p.rego'),
      'package signature\ndefault allow := false\nallow if input.predicate.passed\n',
    )
    const given = question({
      'attestation-type': 'https://example.com/v1',
      'attestation-policy': path.join(folder, 'p.rego'),
    })
    const document = said(await program(`say(await verify(${given}))`)) as ResultDocument
    expect(document.verdict, document.failure?.message).toBe('verified')
    expect(document.policyFiles).toMatchObject([{ language: 'rego' }])
  })

  it('reads a question into the request of the gate, whose answer has more than the document', async () => {
    const ran = await program(`
const read = await readRequest(${question()})
const result = await decide(read.request, { clock: systemClock })
say([read.kind, result.verdict, result.images[0].finding.status, await readRequest({ image: 'r.io/a:v1' })])`)
    expect(said(ran)).toEqual([
      'request',
      'verified',
      'met',
      { kind: 'problems', problems: [expect.objectContaining({ code: 'input-invalid' })] },
    ])
  })
})
