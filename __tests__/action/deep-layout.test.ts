import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { changedIn, type DeepImage, flips, keyIn, newDeepImage } from '../harness/deep-images.js'
import { expectEnding } from '../harness/endings.js'
import { indexType, newHoldings } from '../harness/registry-answers.js'
import { signSimply } from '../harness/registry-images.js'
import { type RanAction, runAction, temporaryFolder } from '../harness/run.js'
import { newKey, writeStore } from '../harness/store.js'

const cwd = temporaryFolder()
const key = newKey()
const refName = 'org.opencontainers.image.ref.name'

/** An image, and beside it its signature. */
function write(name: string, image: DeepImage): void {
  const { digest, root, files } = image
  const holdings = newHoldings()
  signSimply(holdings, 'app', digest, key)
  const beside = holdings.repository('app')
  const manifests = [
    { mediaType: indexType, digest, size: root.length, annotations: { [refName]: 'v1' } },
    ...[...beside.tags].map(([tag, of]) => ({ digest: of, annotations: { [refName]: tag } })),
  ]
  const all = [...beside.blobs, ...[...beside.manifests].map(([of, { bytes }]) => [of, bytes] as const)]
  writeStore(path.join(cwd, name), {
    'oci-layout': '{"imageLayoutVersion":"1.0.0"}',
    'index.json': JSON.stringify({ schemaVersion: 2, manifests }),
    [`blobs/sha256/${digest.slice(7)}`]: root,
    ...Object.fromEntries(all.map(([of, bytes]) => [`blobs/sha256/${of.slice(7)}`, bytes])),
    ...Object.fromEntries(files),
  })
}
const verify = async (image: string, inputs: Readonly<Record<string, string>> = {}): Promise<RanAction> =>
  runAction({ image, key: key.publicPem, 'insecure-ignore-tlog': 'true', deep: 'true', ...inputs }, { cwd })

describe('an image in a layout', () => {
  it('is read whole, and its signature', async () => {
    const image = newDeepImage({ index: true })
    write('good', image)
    const ran = await verify('oci-layout://good:v1')
    expectEnding(ran, 'verified', image.digest)
    const deep = ran.document?.images[0]?.findings.children?.find(({ check }) => check === 'deep')
    expect(deep).toMatchObject({ status: 'met' })
    expect(deep?.message).toContain('4 manifests (1 of attestations), 7 blobs')
  })

  it('is rejected where a part is not there', async () => {
    const image = newDeepImage()
    const missing = keyIn(image, 'blobs')
    write('missing', changedIn(image, { [missing]: undefined }))
    const ran = await verify('oci-layout://missing:v1')
    expectEnding(ran, 'digest-mismatch')
    expect(ran.document?.failure?.message).toContain(
      `object not found: ${path.join(cwd, 'missing')}`.split('/').at(-1),
    )
  })

  it('names every file in which a byte is another one', async () => {
    const all = flips(newDeepImage({ index: true }), 9)
    for (const [at, { image }] of all.entries()) write(`flip-${at}`, image)
    const images = all.map((_, at) => `oci-layout://flip-${at}:v1`).join('\n')
    const ran = await verify(images, { concurrency: '50' })
    expect(ran.exit).toBe(1)
    for (const [index, { key: changed, at }] of all.entries()) {
      const { verdict, failure } = ran.document!.images[index]!
      const what = `${changed} at ${at}: ${JSON.stringify(failure)}`
      expect(`${verdict} ${String(failure?.code)}`, what).toBe('rejected digest-mismatch')
      expect(failure?.message, what).toContain(changed)
    }
  }, 120_000)
})
