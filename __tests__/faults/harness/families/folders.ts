import { cpSync, mkdirSync } from 'node:fs'
import path from 'node:path'
import * as made from '../../../harness/built-image.js'
import { layLayout } from '../../../harness/laid-layout.js'
import { newHoldings } from '../../../harness/registry-answers.js'
import { putImage, signByBundle, signSimply } from '../../../harness/registry-images.js'
import { temporaryFolder } from '../../../harness/run.js'
import { digestOf, manifest, newKey, newRecord, signedImage, writeStore } from '../../../harness/store.js'
import { type Family, type FilePlace, type ImageKind, imageKinds } from '../place.js'

const mebibyte = 1024 * 1024
const key = newKey()

export const folders: Family = {
  name: 'folders',
  title: 'Folders and OCI layouts',
  about:
    'An image in a local folder, signed as s3lo does, one in an OCI layout, whose build is judged by a signed policy, and two that lie there with their signatures as cosign makes them: beside a tag, and in a bundle.',
  open: async () => {
    const record = `manifests/app/v1/signatures/${key.id}.json`
    const folder = (name: string, file: string, more: Partial<FilePlace>): FilePlace => ({
      kind: 'file',
      name,
      service: 'storage',
      file: path.join('store', file),
      limit: 4 * mebibyte,
      run: (image) => {
        const cwd = temporaryFolder()
        const forged = newRecord(newKey(), 'store/app:v1', digestOf(manifest))
        writeStore(path.join(cwd, 'store'), {
          ...signedImage(key, 'store'),
          ...(image === 'other' && { [record]: forged }),
        })
        return {
          inputs: { image: 'local://store/app:v1', key: key.publicPem },
          cwd,
          digest: digestOf(manifest),
        }
      },
      ...more,
    })

    const built = made.newBuiltImage({ salt: 'faults' })
    const stranger = { 'build.json': made.signBuild(made.buildOf(built), made.hands.stranger) }
    const plain = made.plainPolicy()
    const evidence = {
      signed: made.layEvidence(built, plain),
      other: made.layEvidence(built, { ...plain, ...stranger }),
    }
    for (const laid of Object.values(evidence)) {
      mkdirSync(path.join(laid, 'image'))
      made.layBuilt(path.join(laid, 'image'), built)
    }
    const layout = (name: string, file: string, more: Partial<FilePlace> = {}): FilePlace => ({
      kind: 'file',
      name,
      service: 'storage',
      file,
      limit: 4 * mebibyte,
      run: (image: ImageKind) => {
        const cwd = path.join(temporaryFolder(), 'laid')
        cpSync(evidence[image], cwd, { recursive: true })
        return { inputs: { image: 'oci-layout://image:v1', ...made.usualInputs }, cwd, digest: built.digest }
      },
      ...more,
    })
    const policy = { service: 'engine', chosen: true } as const
    return Promise.resolve({
      places: [
        // The bytes of a manifest are the image: other bytes are another image.
        folder('manifest in a folder', 'manifests/app/v1/manifest.json', {
          unsealed: true,
          flips: /"digest":"sha256:/,
        }),
        folder('record in a folder', record, {
          absence: true,
          unsealed: true,
          limit: mebibyte,
          flips: /"signature":"/,
        }),
        layout('oci-layout', 'image/oci-layout'),
        layout('index.json', 'image/index.json', { flips: /sha256:/, named: ['image/blobs/'] }),
        layout('manifest in a layout', path.join('image/blobs/sha256', built.digest.replace('sha256:', ''))),
        ...signatures(),
        layout('signed policy', 'policy.json', { ...policy, unsealed: true, flips: /"sig":"/ }),
        layout('key of the policy', 'policy.pub', {
          ...policy,
          service: 'key',
          unsealed: true,
          flips: /KEY-----\n.{50}/,
        }),
        layout('evidence about the build', 'build.json', { ...policy, unsealed: true, flips: /"sig":"/ }),
      ],
      stop: async () => Promise.resolve(),
    })
  },
}

/** What cosign lays beside an image in a layout, a file for each part of it. */
function signatures(): readonly FilePlace[] {
  const laid = (
    signWith: typeof signSimply,
    name: string,
    // By the text that only its bytes hold.
    held: RegExp,
    more: Partial<FilePlace>,
  ): FilePlace => {
    const beside = { signed: newHoldings(), other: newHoldings() }
    const [digest = ''] = imageKinds.map((image) => {
      const put = putImage(beside[image], 'app')
      signWith(beside[image], 'app', put, image === 'signed' ? key : newKey())
      return put
    })
    return {
      kind: 'file',
      name,
      service: 'storage',
      file: (image) => {
        const { blobs, manifests } = beside[image].repository('app')
        const files = [...blobs, ...[...manifests].map(([own, { bytes }]) => [own, bytes] as const)]
        const found = files.filter(([, bytes]) => held.test(bytes.toString('utf8')))
        if (found.length !== 1) throw new Error(`${name}: ${found.length} files hold ${held.source}`)
        return path.join('image/blobs/sha256', String(found[0]?.[0]).replace('sha256:', ''))
      },
      limit: mebibyte,
      run: (image) => {
        const cwd = temporaryFolder()
        layLayout(path.join(cwd, 'image'), beside[image], 'app', 'copied')
        const inputs = { image: 'oci-layout://image:v1', key: key.publicPem, 'insecure-ignore-tlog': 'true' }
        return { inputs, cwd, digest }
      },
      ...more,
    }
  }
  return [
    laid(signSimply, 'signature in a layout', /docker-manifest-digest/, {
      flips: /docker-manifest-digest":"sha256:/,
    }),
    laid(signSimply, 'manifest of a signature', /cosign\/signature/, {
      limit: 4 * mebibyte,
      flips: /cosign\/signature":"/,
    }),
    laid(signByBundle, 'bundle in a layout', /dsseEnvelope/, { flips: /"payload":"/ }),
    laid(signByBundle, 'manifest of a bundle', /bundle\.content/, {
      limit: 4 * mebibyte,
      flips: /"layers":\[.*?sha256:/,
    }),
  ]
}
