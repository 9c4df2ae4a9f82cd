import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { openArchivistaServer } from '../../../harness/archivista.js'
import * as made from '../../../harness/built-image.js'
import { clusterImagePolicy, kyvernoPolicy, keyEntry, podOf } from '../../../harness/cluster-policies.js'
import { openGithub } from '../../../harness/github.js'
import type { Answer } from '../../../harness/registry-answers.js'
import { newBundle, putImage, signByBundle, signSimply } from '../../../harness/registry-images.js'
import { openRegistry } from '../../../harness/registry.js'
import { temporaryFolder } from '../../../harness/run.js'
import { newKey } from '../../../harness/store.js'
import type { Family, FilePlace, HttpPlace, ImageKind, Place, Run } from '../place.js'

const keys = { signed: newKey(), other: newKey() }
const provenance = 'https://slsa.dev/provenance/v1'
const scan = 'https://acme.example/scan/v1'
const mebibyte = 1024 * 1024

function json(status: number, body: object): Answer {
  return { status, headers: { 'content-type': 'application/json' }, body: Buffer.from(JSON.stringify(body)) }
}

export const evidence: Family = {
  name: 'evidence',
  title: 'Evidence services',
  about:
    'Attestations that GitHub keeps, and evidence about builds in an Archivista; the image lies in a registry.',
  open: async () => {
    const registry = await openRegistry()
    const github = await openGithub()
    const digests: Record<string, string> = {}
    for (const image of ['signed', 'other'] as const)
      for (const kind of ['listed', 'stored'] as const) {
        const name = `${image}-${kind}`
        const digest = putImage(registry.holdings, name)
        digests[name] = digest
        const bundle = newBundle(digest, keys[image], provenance)
        const listed = kind === 'listed' ? { bundle } : { bundle, at: 'plain' as const }
        github.repositories.set(`team/${name}`, new Map([[digest, [listed]]]))
      }
    // It keeps nothing of this one.
    digests['other-nothing'] = putImage(registry.holdings, 'other-nothing')
    github.repositories.set('team/other-nothing', new Map())

    const atGithub = (
      name: string,
      kind: 'listed' | 'stored' | 'nothing',
      more: Partial<HttpPlace>,
    ): HttpPlace => ({
      kind: 'http',
      name,
      service: 'github',
      upstream: {
        urlOf: ({ url }) => (url.pathname.startsWith('/attestations/') ? github.blobs.url : github.url),
        own: [github.blobs.url, github.url],
        ownInBodies: true,
      },
      matches: ({ url }) => url.pathname.includes('/attestations/sha256'),
      words: (status) => json(status, { message: status === 404 ? 'Not Found' : 'no' }),
      reached: 'by redirect',
      flips: /"sig":"/,
      run: (image, { url }) => {
        const own = `${image}-${image === 'signed' && kind === 'nothing' ? 'listed' : kind}`
        return {
          inputs: {
            image: `${registry.host}/${own}:v1`,
            key: keys.signed.publicPem,
            'attestation-type': provenance,
            'insecure-ignore-tlog': 'true',
            'github-attestations': `team/${own}`,
          },
          env: { GITHUB_API_URL: url },
          digest: digests[own] ?? '',
        }
      },
      ...more,
    })

    const shop = await made.openWorkshop()
    const archivista = { signed: await openArchivistaServer(), other: await openArchivistaServer() }
    const built = shop.newImage()
    const { at } = shop.stage(built)
    const { hands } = made
    for (const [image, builder] of [
      ['signed', hands.builder],
      ['other', hands.stranger],
    ] as const) {
      archivista[image].upload(made.signBuild(made.buildOf(built), builder))
      archivista[image].upload(made.signBill(made.billOf(built)))
    }
    const cwd = made.layEvidence(built, made.plainPolicy())
    const atArchivista = (name: string, matches: RegExp, more: Partial<HttpPlace>): HttpPlace => {
      return {
        kind: 'http',
        name,
        service: 'archivista',
        upstream: (image) => ({ urlOf: () => archivista[image].url, own: [] }),
        matches: ({ url }) => matches.test(url.pathname),
        words: (status) => ({ status, headers: { 'content-type': 'text/plain' }, body: Buffer.from('no\n') }),
        reached: 'by redirect',
        run: (_image, { url }) => ({
          inputs: {
            image: at,
            ...made.usualInputs,
            attestations: '',
            retries: '1',
            'archivista-url': url,
          },
          cwd,
          digest: built.digest,
        }),
        ...more,
      }
    }
    return {
      places: [
        atGithub('GitHub, list', 'listed', { reached: 'by address', absence: true, unsealed: true }),
        atGithub('GitHub, bundle beside the list', 'stored', {
          matches: ({ url }) => url.pathname.startsWith('/attestations/'),
          unsealed: true,
        }),
        atGithub('GitHub, repository', 'nothing', {
          matches: ({ url }) => url.pathname === '/repos/team/other-nothing',
          // It answers the same for what is not there and for what may not be read.
          also: { absence: ['denied'] },
          named: ['GitHub'],
        }),
        atArchivista('Archivista, search', /\/v1\/query$/, {
          reached: 'by address',
          // Another name leads to nothing, for which Archivista answers 500.
          also: { 'other bytes': ['server-error'] },
          flips: /gitoidSha256":"/,
        }),
        atArchivista('Archivista, download', /\/v1\/download\//, {
          reached: 'not alone',
          // It is listed: that it is not there may pass.
          also: { absence: ['server-error'], nonsense: ['server-error'] },
          flips: /"sig":"/,
        }),
      ],
      stop: async () => {
        for (const one of [registry, github, shop.registry, ...Object.values(archivista)]) await one.stop()
      },
    }
  },
}

export const policies: Family = {
  name: 'policies',
  title: 'Policies and other files',
  about: 'Files that say what an image has to be, read before anything is asked of the registry.',
  open: async () => {
    const registry = await openRegistry()
    const digests: Record<string, string> = {}
    for (const image of ['signed', 'other'] as const) {
      const digest = putImage(registry.holdings, image)
      digests[image] = digest
      signSimply(registry.holdings, image, digest, keys[image])
      signByBundle(registry.holdings, image, digest, keys[image], scan, { passed: true })
    }
    const byPolicy = (image: ImageKind): Readonly<Record<string, string>> => ({
      image: `${registry.host}/${image}:v1`,
    })
    const byKey = (image: ImageKind): Readonly<Record<string, string>> => ({
      ...byPolicy(image),
      key: keys.signed.publicPem,
      'insecure-ignore-tlog': 'true',
    })
    const file = (
      name: string,
      at: string,
      content: (image: ImageKind) => string,
      inputs: (image: ImageKind) => Readonly<Record<string, string>>,
      more: Partial<FilePlace> = {},
    ): FilePlace => ({
      kind: 'file',
      name,
      service: 'engine',
      chosen: true,
      file: at,
      limit: 16 * mebibyte,
      run: (image): Run & { cwd: string } => {
        const cwd = temporaryFolder()
        writeFileSync(path.join(cwd, at), content(image))
        return { inputs: inputs(image), cwd, digest: digests[image] ?? '' }
      },
      ...more,
    })
    const globs = [`${registry.host}/**`]
    const places: readonly Place[] = [
      file(
        'Kyverno policy',
        'kyverno.yaml',
        () => kyvernoPolicy([`${registry.host}/*`], [keyEntry(keys.signed.publicPem)]),
        (image) => ({ ...byPolicy(image), policy: 'kyverno.yaml' }),
        { flips: /BEGIN PUBLIC KEY-----\\n.{50}/, named: ['the key given inline'] },
      ),
      file(
        'ClusterImagePolicy',
        'image-policy.yaml',
        () => clusterImagePolicy(globs, [{ key: { data: keys.signed.publicPem } }]),
        (image) => ({ ...byPolicy(image), policy: 'image-policy.yaml' }),
        { flips: /BEGIN PUBLIC KEY-----\\n.{50}/ },
      ),
      file(
        'attestation policy',
        'scan.rego',
        () => 'package signature\nallow { input.predicate.passed }\n',
        (image) => ({ ...byKey(image), 'attestation-type': scan, 'attestation-policy': 'scan.rego' }),
        { flips: /^packag/ },
      ),
      file(
        'manifests',
        'pod.yaml',
        (image) => podOf([`${registry.host}/${image}:v1`]),
        () => ({
          key: keys.signed.publicPem,
          manifests: 'pod.yaml',
          'insecure-ignore-tlog': 'true',
        }),
        { flips: /^/ },
      ),
    ]
    return { places, stop: registry.stop }
  },
}
