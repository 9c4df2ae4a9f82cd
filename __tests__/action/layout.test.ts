import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { expectEnding } from '../harness/endings.js'
import { keylessFolder, keylessPieces, keylessSigner, putKeyless } from '../harness/keyless-pieces.js'
import { blobsWith, flipIn, layLayout, type Way, ways } from '../harness/laid-layout.js'
import { type Holdings, indexType, manifestType, newHoldings } from '../harness/registry-answers.js'
import { attestSimply, putImage, signByBundle, signSimply } from '../harness/registry-images.js'
import { type RanAction, runAction, runCli, temporaryFolder } from '../harness/run.js'
import { type KeyPair, newKey } from '../harness/store.js'

const [alice, bob] = [newKey(), newKey()]
const type = 'https://example.com/scan/v1'
const bundleType = 'application/vnd.dev.sigstore.bundle.v0.3+json'
type Form = 'legacy' | 'bundle'
const forms = ['legacy', 'bundle'] as const satisfies readonly Form[]
const each = ways.flatMap((way) => forms.map((form): readonly [Way, Form] => [way, form]))

function sign(holdings: Holdings, digest: string, form: Form, key: KeyPair = alice): void {
  if (form === 'legacy') signSimply(holdings, 'app', digest, key)
  else signByBundle(holdings, 'app', digest, key)
}
function attest(holdings: Holdings, digest: string, form: Form, key: KeyPair = alice): void {
  if (form === 'legacy') attestSimply(holdings, 'app', digest, key, type)
  else signByBundle(holdings, 'app', digest, key, type)
}

interface Layout {
  readonly digest: string
  readonly folder: string
  readonly run: (inputs?: Readonly<Record<string, string>>, suffix?: string) => Promise<RanAction>
}

/** An image, what was made of it by `put`, in a folder. */
function lay(way: Way, put: (holdings: Holdings, digest: string) => void): Layout {
  const holdings = newHoldings()
  const digest = putImage(holdings, 'app')
  put(holdings, digest)
  const cwd = temporaryFolder()
  const folder = path.join(cwd, 'image')
  layLayout(folder, holdings, 'app', way)
  const tag = way === 'saved' ? '' : ':v1'
  const usual = { key: alice.publicPem, 'insecure-ignore-tlog': 'true', offline: 'true' }
  return {
    digest,
    folder,
    run: async (inputs = {}, suffix = tag) =>
      runAction({ image: `oci-layout://image${suffix}`, ...usual, ...inputs }, { cwd }),
  }
}

describe.each(each)('an image in a layout, %s and signed as %s', (way, form) => {
  it('is verified, and no host was asked', async () => {
    const { run, digest } = lay(way, (holdings, of) => sign(holdings, of, form))
    const ran = await run()
    expectEnding(ran, 'verified', digest)
    expect(ran.document?.calls).toEqual([])
    expectEnding(await run({}, `@${digest}`), 'verified', digest)
  })

  it('is rejected where nobody signed it, or somebody else, or another image', async () => {
    expectEnding(await lay(way, () => undefined).run(), 'unsigned')
    expectEnding(await lay(way, (holdings, of) => sign(holdings, of, form, bob)).run(), 'signature-invalid')
    const { run } = lay(way, (holdings, of) => {
      const other = holdings.putManifest('app', { schemaVersion: 2, mediaType: manifestType, layers: [] })
      const elsewhere = newHoldings()
      sign(elsewhere, other, form)
      // The signature of another image, laid beside this one.
      const { manifests, blobs } = elsewhere.repository('app')
      for (const [digest, bytes] of blobs) holdings.repository('app').blobs.set(digest, bytes)
      for (const { bytes } of manifests.values()) {
        const manifest = JSON.parse(bytes.toString('utf8')) as { subject?: { digest: string } }
        if (form === 'legacy') holdings.putManifest('app', manifest, `${of.replace(':', '-')}.sig`)
        else holdings.putManifest('app', { ...manifest, subject: { ...manifest.subject, digest: of } })
      }
    })
    expectEnding(await run(), 'digest-mismatch')
  })

  it('is judged by its attestations', async () => {
    const { run, digest } = lay(way, (holdings, of) => attest(holdings, of, form))
    expectEnding(await run({ 'attestation-type': type }), 'verified', digest)
    expectEnding(await run({ 'attestation-type': 'https://example.com/other' }), 'attestation-missing')
    expectEnding(await run(), 'unsigned')
    expectEnding(await run({ 'attestation-type': type, key: bob.publicPem }), 'attestation-invalid')
    expectEnding(await run({ 'attestation-type': type, 'require-signature': 'true' }), 'unsigned')
  })

  it('is not judged where a part of its evidence is missing or is another one', async () => {
    const text = form === 'legacy' ? 'docker-manifest-digest' : 'dsseEnvelope'
    for (const hurt of [flipIn, rmSync]) {
      const { run, folder } = lay(way, (holdings, of) => sign(holdings, of, form))
      for (const file of blobsWith(folder, text)) hurt(file)
      expectEnding(await run(), 'response-invalid storage')
    }
    const { run, folder, digest } = lay(way, (holdings, of) => sign(holdings, of, form))
    const manifests = blobsWith(folder, form === 'legacy' ? 'simplesigning' : bundleType)
    for (const file of manifests.filter((one) => !one.endsWith(digest.slice(7)))) flipIn(file)
    expectEnding(await run(), 'response-invalid storage')
  })

  it('is verified by what is whole, whatever else is broken', async () => {
    const { run, folder, digest } = lay(way, (holdings, of) => {
      sign(holdings, of, form)
      attest(holdings, of, form === 'legacy' ? 'bundle' : 'legacy', bob)
    })
    const own = blobsWith(folder, form === 'legacy' ? 'docker-manifest-digest' : 'dsseEnvelope')
    const others = blobsWith(folder, form === 'legacy' ? 'dsseEnvelope' : '"payloadType"').filter(
      (file) => !own.includes(file),
    )
    expect(others.length).toBe(1)
    for (const file of others) flipIn(file)
    expectEnding(await run(), 'verified', digest)
    expectEnding(await run({ 'attestation-type': type, key: bob.publicPem }), 'response-invalid storage')
  })

  it('is told of by the command too: verify, inspect', async () => {
    const { run, folder, digest } = lay(way, (holdings, of) => {
      sign(holdings, of, form)
      attest(holdings, of, form, bob)
    })
    expectEnding(await run(), 'verified', digest)
    const key = path.join(temporaryFolder(), 'alice.pub')
    writeFileSync(key, alice.publicPem)
    const image = `oci-layout://${folder}@${digest}`
    const flags = ['--key', key, '--insecure-ignore-tlog']
    const verified = await runCli(['verify', image, ...flags])
    expect(verified.exit, verified.stderr).toBe(0)
    expect(verified.stdout).toContain(`(${form === 'legacy' ? 'simple-signing' : 'sigstore-bundle'})`)
    const inspected = await runCli(['inspect', image, '--key', key, '--output', 'json'])
    expect(inspected.exit, inspected.stderr).toBe(0)
    const { signatures } = JSON.parse(inspected.stdout) as {
      signatures: { status: string; predicate_type?: string }[]
    }
    const told = signatures.map(({ status, predicate_type: of }) => `${status} ${of ?? ''}`.trim()).sort()
    expect(told).toEqual([`claimed ${type}`, 'verified'].sort())
  })
})

describe('an index in a layout', () => {
  const amd64 = { os: 'linux', architecture: 'amd64' }
  const put = (holdings: Holdings): { index: string; amd: string; arm: string } => {
    const [amd, arm] = [putImage(holdings, 'app', 'amd64'), putImage(holdings, 'app', 'arm64')]
    const parts = [
      { mediaType: manifestType, digest: amd, size: 1, platform: amd64 },
      { mediaType: manifestType, digest: arm, size: 1, platform: { os: 'linux', architecture: 'arm64' } },
    ]
    const body = { schemaVersion: 2, mediaType: indexType, manifests: parts }
    const index = holdings.putManifest('app', body, 'all')
    for (const tag of ['amd64', 'arm64', 'v1']) holdings.repository('app').tags.delete(tag)
    return { index, amd, arm }
  }

  it.each(forms)('is judged whole, or by its platforms, signed as %s', async (form) => {
    let at = { index: '', amd: '', arm: '' }
    const signed = (...who: readonly (keyof typeof at)[]): Layout =>
      lay('copied', (holdings) => {
        at = put(holdings)
        for (const one of who) sign(holdings, at[one], form)
      })
    const all = signed('index', 'amd', 'arm')
    for (const platforms of ['index', 'all', 'linux/amd64', 'linux/amd64\nlinux/arm64'])
      expectEnding(await all.run({ platforms }, ':all'), 'verified', at.index)
    expectEnding(await all.run({}, ''), 'verified', at.index)
    expectEnding(await all.run({}, `@${at.arm}`), 'verified', at.arm)
    expectEnding(await all.run({ platforms: 'linux/s390x' }, ':all'), 'input-invalid')
    const one = signed('amd')
    expectEnding(await one.run({ platforms: 'linux/amd64' }, ':all'), 'verified', at.index)
    for (const platforms of ['index', 'all', 'linux/arm64'])
      expectEnding(await one.run({ platforms }, ':all'), 'unsigned')
    expectEnding(await one.run({}, `@${at.amd}`), 'verified', at.amd)
    expectEnding(await one.run({}, `@${at.arm}`), 'unsigned')
  })
})

describe('an image in a layout, signed by a workflow', () => {
  const trust = { 'trusted-root': path.join(keylessFolder, 'root.json'), offline: 'true' }
  const root = { 'trusted-root': path.join(keylessFolder, 'other-ca.json') }

  it.each(each)('%s, as %s', async (way, form) => {
    const holdings = newHoldings()
    const piece = keylessPieces[form]
    putKeyless(holdings, 'app', piece)
    const cwd = temporaryFolder()
    layLayout(path.join(cwd, 'image'), holdings, 'app', way)
    const run = async (inputs: Readonly<Record<string, string>> = {}): Promise<RanAction> =>
      runAction(
        { image: `oci-layout://image@${piece.digest}`, ...keylessSigner, ...trust, ...inputs },
        { cwd },
      )
    expectEnding(await run(), 'verified', piece.digest)
    const other = { 'certificate-identity': 'https://github.com/team/other' }
    expectEnding(await run(other), 'identity-mismatch')
    expectEnding(await run(root), 'certificate-untrusted')
  })
})

describe('a folder on the way', () => {
  it('may hold more than one image: each is asked for by its tag, and nothing is mixed up', async () => {
    const holdings = newHoldings()
    const [one, two] = [putImage(holdings, 'app', 'v1'), putImage(holdings, 'app', 'v2')]
    sign(holdings, one, 'bundle')
    sign(holdings, one, 'legacy')
    const cwd = temporaryFolder()
    layLayout(path.join(cwd, 'image'), holdings, 'app', 'copied')
    const run = async (tag: string): Promise<RanAction> =>
      runAction(
        { image: `oci-layout://image${tag}`, key: alice.publicPem, 'insecure-ignore-tlog': 'true' },
        { cwd },
      )
    expectEnding(await run(':v1'), 'verified', one)
    expectEnding(await run(':v2'), 'unsigned')
    expectEnding(await run(`@${two}`), 'unsigned')
    expectEnding(await run(''), 'reference-invalid')
    expectEnding(await run(':v3'), 'not-found storage')
  })

  it('that loses its index is not whole, and whose image is another is no image', async () => {
    const { run, folder, digest } = lay('copied', (holdings, of) => sign(holdings, of, 'legacy'))
    const index = path.join(folder, 'index.json')
    const before = readFileSync(index)
    rmSync(index)
    expectEnding(await run(), 'not-found storage')
    writeFileSync(index, before.subarray(0, before.length / 2))
    expectEnding(await run(), 'response-invalid storage')
    writeFileSync(index, before)
    flipIn(path.join(folder, 'blobs/sha256', digest.slice(7)))
    expectEnding(await run(), 'response-invalid storage')
  })
})
