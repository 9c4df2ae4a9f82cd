import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { keylessFolder, keylessPieces, keylessSigner, putKeyless } from '../../../harness/keyless-pieces.js'
import type { Answer } from '../../../harness/registry-answers.js'
import { openRegistry } from '../../../harness/registry.js'
import { temporaryFolder } from '../../../harness/run.js'
import { openTufRepository } from '../../../harness/tuf-repository.js'
import type { Family, FilePlace, HttpPlace, ImageKind } from '../place.js'

const stranger = 'https://github.com/team/app/.github/workflows/release.yml@refs/heads/other'
const rootLimit = 16 * 1024 * 1024

export const trust: Family = {
  name: 'trust',
  title: 'Trust',
  about:
    'An image that a workflow signed without a key, and every file that says whom to trust: from a mirror of The Update Framework, or given.',
  open: async () => {
    const registry = await openRegistry()
    const mirror = await openTufRepository()
    putKeyless(registry.holdings, 'app', keylessPieces.bundle)
    mirror.publish({ trustedRoot: readFileSync(path.join(keylessFolder, 'root.json')) })
    const firstRoot = path.join(temporaryFolder(), 'root.json')
    writeFileSync(firstRoot, mirror.root)

    const inputsOf = (image: ImageKind): Readonly<Record<string, string>> => ({
      image: `${registry.host}/app:v1`,
      ...keylessSigner,
      ...(image === 'other' && { 'certificate-identity': stranger }),
    })
    const { digest } = keylessPieces.bundle
    const words = (status: number): Answer => ({
      status,
      headers: { 'content-type': 'application/xml' },
      body: Buffer.from(`<Error><Code>${status}</Code></Error>`),
    })
    const served = (name: string, file: RegExp, more: Partial<HttpPlace> = {}): HttpPlace => ({
      kind: 'http',
      name,
      service: 'trust',
      upstream: { urlOf: () => mirror.url, own: [] },
      matches: ({ url }) => file.test(url.pathname),
      words,
      reached: 'by redirect',
      flips: /"sig":"/,
      run: (image, { url }) => ({
        inputs: { ...inputsOf(image), 'tuf-mirror': url, 'tuf-root': firstRoot },
        digest,
      }),
      ...more,
    })
    const given = (
      name: string,
      file: string,
      lay: (cwd: string) => void,
      inputs: Readonly<Record<string, string>>,
      flips: RegExp,
      more: Partial<FilePlace> = {},
    ): FilePlace => ({
      kind: 'file',
      name,
      service: 'trust',
      chosen: true,
      file,
      limit: rootLimit,
      flips,
      run: (image) => {
        const cwd = temporaryFolder()
        lay(cwd)
        return { inputs: { ...inputsOf(image), ...inputs }, cwd, digest }
      },
      ...more,
    })
    return {
      places: [
        served('next root.json', /\.root\.json$/, { reached: 'by address' }),
        served('timestamp.json', /\/timestamp\.json$/),
        served('snapshot.json', /\.snapshot\.json$/),
        served('targets.json', /\.targets\.json$/),
        served('trusted_root.json', /trusted_root\.json$/, { flips: /"rawBytes": *"/ }),
        given(
          'tuf-root',
          'first.json',
          (cwd) => cpSync(firstRoot, path.join(cwd, 'first.json')),
          { 'tuf-root': 'first.json', 'tuf-mirror': mirror.url },
          /"sig":"/,
          { named: ['tuf-root: '] },
        ),
        given(
          'trusted-root',
          'root.json',
          (cwd) => cpSync(path.join(keylessFolder, 'root.json'), path.join(cwd, 'root.json')),
          { 'trusted-root': 'root.json' },
          /"certificates".{0,40}"rawBytes": *".{200}/,
          { unsealed: true },
        ),
      ],
      stop: async () => {
        await registry.stop()
        await mirror.stop()
      },
    }
  },
}
