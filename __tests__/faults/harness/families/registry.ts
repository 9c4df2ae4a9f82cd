import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { authOf, newHelper } from '../../../harness/docker-config.js'
import { ociError } from '../../../harness/registry-answers.js'
import { attestSimply, putImage, signByBundle, signSimply } from '../../../harness/registry-images.js'
import { type LoopbackRegistry, openRegistry } from '../../../harness/registry.js'
import { login } from '../../../harness/registry-guarded.js'
import { temporaryFolder } from '../../../harness/run.js'
import { newKey } from '../../../harness/store.js'
import type { Asked, Family, FilePlace, HttpPlace, ImageKind, ProcessPlace, Run } from '../place.js'

const keys = { signed: newKey(), other: newKey() }
const predicate = 'https://slsa.dev/provenance/v1'

/** How an image is signed; its repositories are named for that. */
const formats = {
  sig: signSimply,
  bundle: signByBundle,
  fallback: signByBundle,
  att: (...[holdings, name, digest, key]: Parameters<typeof signSimply>) =>
    attestSimply(holdings, name, digest, key, predicate),
} as const
type Format = keyof typeof formats

const isManifest = ({ url }: Asked, name: RegExp): boolean => name.test(url.pathname)
const matches = {
  tag: (asked: Asked) => isManifest(asked, /\/manifests\/v1$/),
  head: (asked: Asked) => asked.method === 'HEAD' && isManifest(asked, /\/manifests\/sha256:/),
  manifest: (asked: Asked) => asked.method === 'GET' && isManifest(asked, /\/manifests\/sha256:/),
  sig: (asked: Asked) => isManifest(asked, /\.sig$/),
  att: (asked: Asked) => isManifest(asked, /\.att$/),
  fallback: (asked: Asked) => isManifest(asked, /\/manifests\/sha256-[0-9a-f]{64}$/),
  referrers: (asked: Asked) => isManifest(asked, /\/referrers\//),
  blob: (asked: Asked) => isManifest(asked, /\/blobs\//),
  token: (asked: Asked) => isManifest(asked, /^\/token$/),
} as const

const words = (status: number) => {
  const code = { 401: 'UNAUTHORIZED', 403: 'DENIED', 404: 'MANIFEST_UNKNOWN', 429: 'TOOMANYREQUESTS' }[status]
  return ociError(status, code ?? 'UNKNOWN')
}

export const registry: Family = {
  name: 'registry',
  title: 'Registry',
  about:
    'An image in a registry, signed by a key in each of the formats, and every request that finding the signature takes.',
  open: async () => {
    const open = await openRegistry()
    const guarded = await openRegistry({ auth: { scheme: 'bearer', login } })
    const digests = new Map<string, string>()
    for (const { holdings } of [open, guarded])
      for (const format of ['sig', 'bundle', 'fallback', 'att'] as const)
        for (const image of ['signed', 'other'] as const) {
          const name = `${format}/${image}`
          const digest = putImage(holdings, name)
          digests.set(name, digest)
          holdings.repository(name).referrers = format !== 'fallback'
          formats[format](holdings, name, digest, keys[image])
        }
    const run = (format: Format, image: ImageKind, host: string, at?: 'by digest'): Run => {
      const name = `${format}/${image}`
      const digest = digests.get(name) ?? ''
      return {
        inputs: {
          image: `${host}/${name}${at ? `@${digest}` : ':v1'}`,
          key: keys.signed.publicPem,
          'insecure-ignore-tlog': 'true',
          ...(format === 'att' && { 'attestation-type': predicate }),
        },
        digest,
      }
    }
    const place = (
      name: string,
      format: Format,
      call: keyof typeof matches,
      more: Partial<HttpPlace> = {},
      server: LoopbackRegistry = open,
    ): HttpPlace => ({
      kind: 'http',
      name,
      service: 'registry',
      upstream: { urlOf: () => server.url, own: [server.url] },
      matches: matches[call],
      words,
      reached: 'by redirect',
      flips: /sha256:/,
      run: (image, { host }) => run(format, image, host),
      ...more,
    })
    const signature = { absence: true } as const
    const withLogin = (image: ImageKind, host: string): Run => {
      const own = run('sig', image, host)
      const inputs = {
        ...own.inputs,
        'registry-username': login.username,
        'registry-password': login.password,
      }
      return { ...own, inputs }
    }

    const cwd = temporaryFolder()
    const helper: ProcessPlace = {
      kind: 'process',
      name: 'credential helper',
      service: 'registry',
      named: ['docker-credential-testing', guarded.host],
      chosen: true,
      credential: true,
      shell: () =>
        `printf '%s' '${JSON.stringify({ ServerURL: 'any', Username: login.username, Secret: login.password })}'`,
      run: (image, shell) => {
        const own = run('sig', image, guarded.host)
        const DOCKER_CONFIG = path.join(temporaryFolder(), '.docker')
        mkdirSync(DOCKER_CONFIG)
        writeFileSync(path.join(DOCKER_CONFIG, 'config.json'), '{"credsStore":"testing"}')
        const env = shell === undefined ? {} : newHelper('testing', shell).env
        return { ...own, cwd, env: { DOCKER_CONFIG, ...env } }
      },
    }
    const configuration: FilePlace = {
      kind: 'file',
      name: "docker's configuration",
      service: 'registry',
      chosen: true,
      file: 'config.json',
      limit: 4 * 1024 * 1024,
      credential: true,
      flips: /"auth":"/,
      run: (image) => {
        const folder = temporaryFolder()
        const auths = { [guarded.host]: { auth: authOf(login) } }
        writeFileSync(path.join(folder, 'config.json'), JSON.stringify({ auths }))
        return { ...run('sig', image, guarded.host), cwd: folder, env: { DOCKER_CONFIG: folder } }
      },
      named: ['config.json', guarded.host],
    }

    return {
      places: [
        place('image by tag', 'sig', 'tag', { reached: 'by address', isPlain: true }),
        place('image by digest', 'sig', 'head', {
          run: (image, { host }) => run('sig', image, host, 'by digest'),
        }),
        place('tag .sig', 'sig', 'sig', signature),
        place('payload of .sig', 'sig', 'blob'),
        place('list of referrers, beside .sig', 'sig', 'referrers'),
        place('list of referrers', 'bundle', 'referrers', signature),
        place('manifest of a bundle', 'bundle', 'manifest'),
        place('bundle', 'bundle', 'blob'),
        place('tag .sig, beside a bundle', 'bundle', 'sig', signature),
        place('list of referrers, before the fallback tag', 'fallback', 'referrers', signature),
        place('fallback tag', 'fallback', 'fallback', signature),
        place('tag .att', 'att', 'att', signature),
        place('attestation of .att', 'att', 'blob'),
        place(
          'token service',
          'sig',
          'token',
          {
            reached: 'by realm',
            credential: true,
            flips: /oken-/,
            run: (image, { host }) => withLogin(image, host),
          },
          guarded,
        ),
        helper,
        configuration,
      ],
      stop: async () => {
        await open.stop()
        await guarded.stop()
      },
    }
  },
}
