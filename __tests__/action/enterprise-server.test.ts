import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { newCertificateFor } from '../harness/certificate.js'
import { type NamedHostsProxy, openNamedHostsProxy } from '../harness/named-hosts-proxy.js'
import { newBundle, putImage } from '../harness/registry-images.js'
import { openRegistry } from '../harness/registry.js'
import { runAction, type RanAction, temporaryFolder } from '../harness/run.js'
import { newKey } from '../harness/store.js'
import { openWeb, type Web } from '../harness/web.js'

// A server of one's own as its runners see it: names that only the proxy knows, certificates of the company's authority,
// and the addresses that the runner sets.

const provenance = 'https://slsa.dev/provenance/v1'
const certificate = newCertificateFor(['github.example', 'registry.example'])
const authority = path.join(temporaryFolder(), 'company.pem')
writeFileSync(authority, certificate.cert)
const key = newKey()
const token = 'a-token-of-the-job'

let server: Web
let proxy: NamedHostsProxy
let status = 200
const stops: (() => Promise<void>)[] = []
beforeEach(async () => {
  const registry = await openRegistry({ certificate })
  const digest = putImage(registry.holdings, 'team/app')
  status = 200
  server = await openWeb(({ target, headers }, response) => {
    const known = target.startsWith(`/api/v3/repos/team/app/attestations/${digest}`)
    const allowed = headers.authorization === `Bearer ${token}`
    const attestations = [{ bundle: newBundle(digest, key, provenance) }]
    const code = status !== 200 ? status : known && allowed ? 200 : 404
    response.writeHead(code, { 'content-type': 'application/json' })
    response.end(JSON.stringify(code === 200 ? { attestations } : { message: 'Not Found' }))
  }, certificate)
  proxy = await openNamedHostsProxy({
    'github.example': Number(new URL(server.url).port),
    'registry.example': registry.port,
  })
  stops.push(registry.stop, server.stop, proxy.stop)
})
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop()
})

const run = async (env: Readonly<Record<string, string>> = {}): Promise<RanAction> =>
  runAction(
    {
      image: 'registry.example/team/app:v1',
      key: key.publicPem,
      'insecure-ignore-tlog': 'true',
      'attestation-type': provenance,
      'github-attestations': 'team/app',
      'github-token': token,
      retries: '0',
    },
    {
      env: {
        GITHUB_SERVER_URL: 'https://github.example',
        GITHUB_API_URL: 'https://github.example/api/v3',
        HTTPS_PROXY: proxy.url,
        NODE_EXTRA_CA_CERTS: authority,
        ...env,
      },
    },
  )
const tunnels = (): readonly string[] => [...new Set(proxy.requests.map(({ line }) => line))].sort()

describe('GitHub Enterprise Server behind a proxy', () => {
  it('is asked for attestations through it, and nobody else is', async () => {
    const ran = await run()
    expect([ran.exit, ran.outputs['verdict']], ran.stdout).toEqual([0, 'verified'])
    expect(tunnels()).toEqual(['CONNECT github.example:443', 'CONNECT registry.example:443'])
    expect(ran.document?.calls.map(({ host }) => host).sort()).toEqual(['github.example', 'registry.example'])
  })

  it.each([
    ['is down', 503, {}, 'server-error'],
    ['may not be read', 403, {}, 'denied'],
    ['has a certificate that nobody trusts', 200, { NODE_EXTRA_CA_CERTS: '' }, 'tls-failed'],
  ])('leaves the image undetermined where it %s', async (_, answer, env, code) => {
    status = answer
    const ran = await run(env)
    expect([ran.exit, ran.outputs['verdict'], ran.outputs['failure-code']]).toEqual([2, 'undetermined', code])
  })

  it('is looked for without the proxy where NO_PROXY names it: undetermined where no name leads there', async () => {
    const ran = await run({ NO_PROXY: 'github.example' })
    expect([ran.exit, ran.outputs['verdict'], ran.document?.failure?.service]).toEqual([
      2,
      'undetermined',
      'github',
    ])
    expect(tunnels()).toEqual(['CONNECT registry.example:443'])
    expect(server.requests).toEqual([])
  })
})
