import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newCertificateFor } from '../harness/certificate.js'
import { keylessFolder, keylessPieces, keylessSigner, putKeyless } from '../harness/keyless-pieces.js'
import { type NamedHostsProxy, openNamedHostsProxy } from '../harness/named-hosts-proxy.js'
import { type LoopbackRegistry, openRegistry } from '../harness/registry.js'
import { runAction, type RanAction, temporaryFolder } from '../harness/run.js'

const certificate = newCertificateFor(['registry.test'])
const authority = path.join(temporaryFolder(), 'ca.pem')
writeFileSync(authority, certificate.cert)
const root = path.join(keylessFolder, 'root.json')

let registry: LoopbackRegistry
let network: NamedHostsProxy
beforeAll(async () => {
  registry = await openRegistry({ certificate })
  // All the network there is: the registry, and a refusal of everything else.
  network = await openNamedHostsProxy({ 'registry.test': registry.port })
  for (const [name, piece] of Object.entries(keylessPieces)) putKeyless(registry.holdings, name, piece)
})
afterAll(async () => {
  await network.stop()
  await registry.stop()
})

async function verify(repository: string, inputs: Readonly<Record<string, string>>): Promise<RanAction> {
  return runAction(
    { image: `registry.test/${repository}:v1`, retries: '0', timeout: '20s', ...inputs },
    { env: { HTTPS_PROXY: network.url, SSL_CERT_FILE: authority, TUF_MIRROR: '' } },
  )
}

/** The hosts that were asked for since the last time this was asked. */
function asked(): readonly string[] {
  const lines = network.requests.slice(seen).map(({ line }) => line)
  seen = network.requests.length
  return [...new Set(lines)]
}
let seen = 0

describe('a network that knows the registry and nothing else', () => {
  it.each(['legacy', 'bundle', 'rekor2'] as const)('is enough for keyless evidence (%s)', async (kind) => {
    const ran = await verify(kind, { ...keylessSigner, 'trusted-root': root, offline: 'true' })
    expect(ran.outputs['message']).toContain('is verified')
    expect(ran.exit).toBe(0)
    expect(asked()).toEqual(['CONNECT registry.test:443'])
    expect(ran.document?.calls.map(({ host }) => host)).toEqual(['registry.test'])
  })

  it('is enough for a key and the entry of a log', async () => {
    const key = path.join(keylessFolder, 'k1.pub')
    const ran = await verify('keyed', { key, 'trusted-root': root, offline: 'true' })
    expect(ran.exit, ran.stdout).toBe(0)
    expect(asked()).toEqual(['CONNECT registry.test:443'])
  })

  it('is enough to reject: another identity, and an authority that the embedded root does not know', async () => {
    const other = { ...keylessSigner, 'certificate-identity': 'https://github.com/team/other' }
    const ran = await verify('bundle', { ...other, 'trusted-root': root, offline: 'true' })
    expect(ran.outputs['failure-code']).toBe('identity-mismatch')
    const embedded = await verify('bundle', { ...keylessSigner, offline: 'true' })
    expect(embedded.outputs['failure-class']).toBe('supply-chain')
    expect(embedded.document?.trust?.name).toBe('embedded (public Sigstore)')
    expect(asked()).toEqual(['CONNECT registry.test:443'])
  })

  it('is not enough where a trusted root has to be fetched: nobody is rejected for that', async () => {
    const ran = await verify('bundle', keylessSigner)
    expect(ran.outputs['verdict']).toBe('undetermined')
    expect(ran.document?.failure).toMatchObject({ class: 'infrastructure', service: 'trust' })
    expect(ran.exit).toBe(2)
    expect(asked()).toContain('CONNECT tuf-repo-cdn.sigstore.dev:443')
  })
})
