import { cpSync, mkdirSync } from 'node:fs'
import path from 'node:path'
import * as made from '../../../harness/built-image.js'
import { temporaryFolder } from '../../../harness/run.js'
import { digestOf, manifest, newKey, newRecord, signedImage, writeStore } from '../../../harness/store.js'
import type { Family, FilePlace, ImageKind } from '../place.js'

const mebibyte = 1024 * 1024
const key = newKey()

export const folders: Family = {
  name: 'folders',
  title: 'Folders and OCI layouts',
  about:
    'An image in a local folder, signed as s3lo does, and one in an OCI layout, whose build is judged by a signed policy.',
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
