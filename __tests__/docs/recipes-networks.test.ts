import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { newCertificateFor } from '../harness/certificate.js'
import { keylessFolder, keylessPieces, keylessSigner } from '../harness/keyless-pieces.js'
import { blobsWith, flipIn, layLayout } from '../harness/laid-layout.js'
import { openNamedHostsProxy, refusing } from '../harness/named-hosts-proxy.js'
import { openStage, putSigned, type Stage } from '../harness/recipe-stage.js'
import { type Recipe, recipesOf } from '../harness/recipes.js'
import { page } from '../harness/registry-faults.js'
import { newBundle, putImage, signByBundle, signSimply } from '../harness/registry-images.js'
import { type Holdings, newHoldings } from '../harness/registry-answers.js'
import { openRegistry } from '../harness/registry.js'
import { type RanAction, temporaryFolder } from '../harness/run.js'
import { openTufRepository } from '../harness/tuf-repository.js'
import { openWeb } from '../harness/web.js'

const recipes = recipesOf('docs/recipes-networks.md')
const recipe = (title: string): Recipe => {
  const found = recipes.get(title)
  if (!found) throw new Error(`no recipe ${title}`)
  return found
}

let stage: Stage
const stops: (() => Promise<void>)[] = []
beforeEach(async () => {
  stage = await openStage()
  stops.push(stage.stop)
})
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop()
})

const ends = (ran: RanAction): readonly unknown[] => [
  ran.exit,
  ran.outputs['verdict'],
  ran.outputs['failure-code'],
]
const root = (name: string): string => path.join(keylessFolder, `${name}.json`)
const dead = 'http://127.0.0.1:9'

describe('Air gap', () => {
  const it_ = recipe('Air gap')

  it('needs the registry alone', async () => {
    putSigned(stage.registry.holdings, 'team/app')
    const ran = await stage.step(it_)
    expect(ends(ran)).toEqual([0, 'verified', ''])
    expect(ran.document?.calls.map(({ host }) => host)).toEqual([stage.registry.host])
    stage.put(stage.registry, 'team/app', [stage.release])
    expect((await stage.shell(it_.shell[0] ?? '')).exit).toBe(0)
  })

  it('finds the signatures in a repository of their own', async () => {
    putSigned(stage.staging.holdings, 'signatures')
    putImageOf(stage, 'team/app')
    const repository = `${stage.staging.host}/signatures`
    expect(ends(await stage.step(it_, { 'signature-repository': repository }))).toEqual([0, 'verified', ''])
  })

  it('does without the listing of referrers, where the tag was carried', async () => {
    const { holdings } = stage.registry
    const digest = putSigned(holdings, 'team/app')
    const held = holdings.repository('team/app')
    const listed = [...held.manifests].find(([, { subject }]) => subject === digest)?.[0]
    held.referrers = false
    expect(ends(await stage.step(it_))).toEqual([1, 'rejected', 'unsigned'])
    const type = 'application/vnd.oci.image.manifest.v1+json'
    const size = held.manifests.get(listed ?? '')?.bytes.length
    const index = {
      schemaVersion: 2,
      mediaType: 'application/vnd.oci.image.index.v1+json',
      manifests: [{ mediaType: type, digest: listed, size }],
    }
    holdings.putManifest('team/app', index, digest.replace(':', '-'))
    expect(ends(await stage.step(it_))).toEqual([0, 'verified', ''])
  })

  it('says unsigned of an image whose signatures stayed behind', async () => {
    putImageOf(stage, 'team/app')
    expect(ends(await stage.step(it_))).toEqual([1, 'rejected', 'unsigned'])
    expect((await stage.shell(it_.shell[0] ?? '')).exit).toBe(1)
  })

  it.each([
    ['without the root of the instance', { 'trusted-root': '' }, [1, 'rejected', 'log-entry-invalid']],
    [
      'a root with another authority',
      { 'trusted-root': root('other-ca') },
      [1, 'rejected', 'certificate-untrusted'],
    ],
    [
      'a root that does not know the log',
      { 'trusted-root': root('other-rekor') },
      [1, 'rejected', 'log-entry-invalid'],
    ],
    ['a key on a web server', { key: 'https://keys.example/k.pub' }, [2, 'undetermined', 'input-invalid']],
    ['a key in a KMS', { key: 'awskms:///alias/release' }, [2, 'undetermined', 'input-invalid']],
    [
      'a mirror',
      { 'trusted-root': '', 'tuf-mirror': 'https://tuf.example' },
      [2, 'undetermined', 'input-invalid'],
    ],
  ])('%s', async (_, changes, end) => {
    putSigned(stage.registry.holdings, 'team/app')
    expect(ends(await stage.step(it_, changes))).toEqual(end)
  })
})

describe('A folder across the gap', () => {
  const it_ = recipe('A folder across the gap')
  const [, typed = ''] = it_.shell

  /** What `cosign save` writes. @returns the folder */
  const save = (put: (holdings: Holdings) => void): string => {
    const holdings = newHoldings()
    put(holdings)
    const folder = path.join(stage.folder, 'image')
    layLayout(folder, holdings, 'team/app', 'saved')
    return folder
  }
  const keyless = (): string => save((holdings) => void putSigned(holdings, 'team/app'))

  it('is judged where it arrives, and no host is asked', async () => {
    keyless()
    const ran = await stage.step(it_)
    expect(ends(ran)).toEqual([0, 'verified', ''])
    expect(ran.document?.calls).toEqual([])
    const other = { 'certificate-identity': 'https://github.com/team/other' }
    expect(ends(await stage.step(it_, other))).toEqual([1, 'rejected', 'identity-mismatch'])
  })

  it('is judged by a key', async () => {
    save((holdings) => signByBundle(holdings, 'team/app', putImage(holdings, 'team/app'), stage.release))
    expect((await stage.shell(typed)).exit).toBe(0)
    expect((await stage.shell(typed.replace('release.pub', 'new.pub'))).exit).toBe(1)
  })

  it('goes wrong as the page says', async () => {
    save((holdings) => holdings.putManifest('team/app', keylessPieces.bundle.manifest, 'v1'))
    expect(ends(await stage.step(it_))).toEqual([1, 'rejected', 'unsigned'])
    expect((await stage.shell(typed)).exit).toBe(1)
    for (const text of ['dsseEnvelope', '"subject"']) {
      const files = blobsWith(keyless(), text)
      expect(files.length).toBeGreaterThan(0)
      for (const file of files) writeFileSync(file, readFileSync(file).subarray(0, -1))
      expect(ends(await stage.step(it_))).toEqual([2, 'undetermined', 'response-invalid'])
    }
    const folder = keyless()
    flipIn(path.join(folder, 'blobs/sha256', keylessPieces.bundle.digest.slice(7)))
    expect(ends(await stage.step(it_))).toEqual([2, 'undetermined', 'response-invalid'])
    rmSync(folder, { recursive: true })
    expect(ends(await stage.step(it_))).toEqual([2, 'undetermined', 'not-found'])
    save((holdings) => void (putSigned(holdings, 'team/app'), putImage(holdings, 'team/app', 'v2')))
    expect(ends(await stage.step(it_))).toEqual([2, 'undetermined', 'reference-invalid'])
  })
})

/** The signed image, and nothing beside it. */
function putImageOf({ registry }: Stage, repository: string): void {
  registry.holdings.putManifest(repository, keylessPieces.bundle.manifest, 'v1')
}

describe('Private Sigstore', () => {
  const it_ = recipe('Private Sigstore')

  it('is trusted from its first root on, from what was kept, and not at all when it is down at first', async () => {
    const tuf = await openTufRepository()
    stops.push(tuf.stop)
    tuf.publish({ trustedRoot: readFileSync(root('root')) })
    writeFileSync(path.join(stage.folder, 'sigstore/root.json'), tuf.root)
    putSigned(stage.registry.holdings, 'team/app')
    const env = { XDG_CACHE_HOME: temporaryFolder() }
    const places = { 'https://tuf.example': tuf.url }
    expect(ends(await stage.step(it_, {}, env, places))).toEqual([0, 'verified', ''])
    const other = { 'certificate-identity': 'https://github.com/team/other' }
    expect(ends(await stage.step(it_, other, env, places))).toEqual([1, 'rejected', 'identity-mismatch'])

    tuf.fault = (_, response) => {
      response.writeHead(503).end()
      return true
    }
    expect(ends(await stage.step(it_, {}, env, places))).toEqual([0, 'verified', ''])
    const fresh = { XDG_CACHE_HOME: temporaryFolder() }
    const failed = await stage.step(it_, {}, fresh, places)
    expect(ends(failed)).toEqual([2, 'undetermined', 'server-error'])
    expect(failed.document?.failure?.service).toBe('trust')
    const away = await stage.step(it_, {}, fresh, { 'https://tuf.example': dead })
    expect(ends(away)).toEqual([2, 'undetermined', 'unreachable'])
    expect(away.document?.failure?.service).toBe('trust')
  })

  it('is not trusted by the first root of another instance, nor for what another one signed', async () => {
    const [tuf, other] = [await openTufRepository(), await openTufRepository()]
    stops.push(tuf.stop, other.stop)
    putSigned(stage.registry.holdings, 'team/app')
    const places = { 'https://tuf.example': tuf.url }
    const run = async (): Promise<RanAction> =>
      stage.step(it_, {}, { XDG_CACHE_HOME: temporaryFolder() }, places)
    tuf.publish({ trustedRoot: readFileSync(root('root')) })
    writeFileSync(path.join(stage.folder, 'sigstore/root.json'), other.root)
    const ran = await run()
    expect([ran.exit, ran.outputs['verdict'], ran.document?.failure?.service]).toEqual([
      2,
      'undetermined',
      'trust',
    ])
    writeFileSync(path.join(stage.folder, 'sigstore/root.json'), tuf.root)
    tuf.publish({ trustedRoot: readFileSync(root('other-ca')) })
    expect(ends(await run())).toEqual([1, 'rejected', 'certificate-untrusted'])
  })
})

describe('GitHub Enterprise Server', () => {
  const it_ = recipe('GitHub Enterprise Server')
  const provenance = 'https://slsa.dev/provenance/v1'
  // A key in the place of the identity: what is asked here is where the attestation comes from.
  const byKey = (): Record<string, string> => ({
    'certificate-identity': '',
    'certificate-oidc-issuer': '',
    key: 'keys/release.pub',
    'insecure-ignore-tlog': 'true',
  })

  it('is asked where GITHUB_API_URL says, below /api/v3', async () => {
    const digest = putImage(stage.registry.holdings, 'team/app')
    let kept = true
    let status = 200
    const server = await openWeb(({ target, headers }, response) => {
      const path = target.split('?')[0]
      const may = headers.authorization === 'Bearer a-token'
      const found =
        path === '/api/v3/repos/team/app'
          ? {}
          : kept && path === `/api/v3/repos/team/app/attestations/${digest}`
            ? { attestations: [{ bundle: newBundle(digest, stage.release, provenance) }] }
            : undefined
      response.writeHead(status === 200 ? (may && found ? 200 : 404) : status, {
        'content-type': 'application/json',
      })
      response.end(JSON.stringify(may && found ? found : { message: 'Not Found' }))
    })
    stops.push(server.stop)
    const run = async (changes = {}): Promise<RanAction> =>
      stage.step(it_, { ...byKey(), ...changes }, { GITHUB_API_URL: `${server.url}/api/v3` })
    const good = await run()
    expect(ends(good), good.stdout).toEqual([0, 'verified', ''])
    expect(JSON.stringify(stage.registry.requests.map(({ headers }) => headers))).not.toContain('a-token')
    const denied = await run({ 'github-token': 'another' })
    expect(ends(denied)).toEqual([2, 'undetermined', 'denied'])
    expect(denied.document?.failure?.service).toBe('github')
    kept = false
    expect(ends(await run())).toEqual([1, 'rejected', 'attestation-missing'])
    status = 503
    expect(ends(await run())).toEqual([2, 'undetermined', 'server-error'])
  })

  it('demands the identity as it stands on the page', async () => {
    putSigned(stage.registry.holdings, 'team/app')
    const issuer = { 'attestation-type': '', 'github-attestations': '', 'github-token': '' }
    const places = {
      'https://github.example/_services/token': keylessSigner['certificate-oidc-issuer'],
      'https://github.example/team': 'https://github.com/team',
    }
    expect(ends(await stage.step(it_, issuer, {}, places))).toEqual([0, 'verified', ''])
    expect(ends(await stage.step(it_, issuer))).toEqual([1, 'rejected', 'identity-mismatch'])
  })
})

describe('Self-hosted runners', () => {
  const it_ = recipe('Self-hosted runners')
  const certificate = newCertificateFor(['registry.example', 'harbor.example'])
  const authority = path.join(temporaryFolder(), 'company.pem')
  writeFileSync(authority, certificate.cert)

  async function open(refuse?: Parameters<typeof openNamedHostsProxy>[1]): Promise<{
    proxy: string
    run: (
      env: Readonly<Record<string, string>>,
      changes?: Readonly<Record<string, string>>,
    ) => Promise<RanAction>
    asked: () => readonly string[]
  }> {
    const registry = await openRegistry({ certificate })
    stops.push(registry.stop)
    const digest = putImage(registry.holdings, 'team/app')
    signSimply(registry.holdings, 'team/app', digest, stage.release)
    const proxy = await openNamedHostsProxy({ 'registry.example': registry.port }, refuse)
    stops.push(proxy.stop)
    const config = JSON.stringify({ auths: {} })
    return {
      proxy: proxy.url,
      asked: () => proxy.requests.map(({ line }) => line),
      run: async (env, changes = {}) =>
        stage.step(it_, { image: 'registry.example/team/app:v1', timeout: '10s', ...changes }, env, {
          '${{ secrets.REGCRED }}': config,
        }),
    }
  }

  /** The variables of the page, with places of this machine. */
  const env = (proxy: string): Readonly<Record<string, string>> => ({
    ...it_.workflows[0]?.env,
    HTTPS_PROXY: proxy,
    NODE_EXTRA_CA_CERTS: authority,
  })

  it('reach the registry through the proxy, with an authority of their own and no program on the PATH', async () => {
    const { run, proxy, asked } = await open()
    expect(ends(await run({ ...env(proxy), PATH: '/nonexistent' }))).toEqual([0, 'verified', ''])
    expect([...new Set(asked())]).toEqual(['CONNECT registry.example:443'])
  })

  it.each(['SSL_CERT_FILE', 'registry-cacert'])('trust an authority by %s too', async (way) => {
    const { run, proxy } = await open()
    const others = Object.fromEntries(
      Object.entries(env(proxy)).filter(([name]) => name !== 'NODE_EXTRA_CA_CERTS'),
    )
    const ran =
      way === 'SSL_CERT_FILE'
        ? await run({ ...others, SSL_CERT_FILE: authority })
        : await run(others, { 'registry-cacert': authority })
    expect(ends(ran)).toEqual([0, 'verified', ''])
    expect(ends(await run(others))).toEqual([2, 'undetermined', 'tls-failed'])
  })

  it('leave out what NO_PROXY names, and what ends so', async () => {
    const { run, proxy, asked } = await open()
    for (const NO_PROXY of ['registry.example', '.example']) {
      const { exit } = await run({ ...env(proxy), NO_PROXY })
      expect(exit).toBe(2)
    }
    expect(asked()).toEqual([])
  })

  it('are undetermined with a proxy that is down or refuses', async () => {
    const { run, proxy } = await open(refusing('407 Proxy Authentication Required'))
    for (const HTTPS_PROXY of [proxy, dead]) {
      const ran = await run({ ...env(proxy), HTTPS_PROXY })
      expect([ran.exit, ran.outputs['verdict'], ran.document?.failure?.service]).toEqual([
        2,
        'undetermined',
        'registry',
      ])
    }
  })

  it('are undetermined with a page in the place of an answer', async () => {
    stage.put(stage.registry, 'team/app', [stage.release])
    stage.registry.fault('', 'tag', 'always', page(200, '<html>Sign in</html>'))
    const ran = await stage.step(it_, {}, {}, { '${{ secrets.REGCRED }}': '{"auths":{}}' })
    expect(ends(ran)).toEqual([2, 'undetermined', 'response-invalid'])
  })
})
