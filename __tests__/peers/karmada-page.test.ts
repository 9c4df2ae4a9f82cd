import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Bash, demandPrograms, openBash } from '../harness/bash.js'
import { newCertificateFor } from '../harness/certificate.js'
import { newInstance, signedAt } from '../harness/forged-instance.js'
import { bodies } from '../harness/forged-log.js'
import { laySignature, simplySigned } from '../harness/laid-pieces.js'
import { type NamedHostsProxy, openNamedHostsProxy } from '../harness/named-hosts-proxy.js'
import { putImage } from '../harness/registry-images.js'
import { says } from '../harness/registry-faults.js'
import { type LoopbackRegistry, openRegistry } from '../harness/registry.js'
import { type Ran, temporaryFolder } from '../harness/run.js'
import { openTufRepository, type TufRepository } from '../harness/tuf-repository.js'

/** The line of Karmada's page about its images (administrator, verify artifacts), with another name in front. */
const line = `verify-image verify docker.io/karmada/karmada-aggregated-apiserver:latest \\
--certificate-oidc-issuer=https://token.actions.githubusercontent.com \\
--certificate-identity-regexp=^https://github.com/karmada-io/karmada/.*$ | jq`

const hub = 'registry-1.docker.io'
const repository = 'karmada/karmada-aggregated-apiserver'
const issuer = 'https://token.actions.githubusercontent.com'
const workflow =
  'https://github.com/karmada-io/karmada/.github/workflows/dockerhub-latest-image.yml@refs/heads/master'
const cwd = temporaryFolder()
const instance = newInstance('instance.example')
const certificate = newCertificateFor([hub])

let bash: Bash
let registry: LoopbackRegistry
let network: NamedHostsProxy
let tuf: TufRepository
let digest: string
beforeAll(async () => {
  demandPrograms(['bash', 'jq'])
  bash = openBash(cwd)
  registry = await openRegistry({ certificate })
  network = await openNamedHostsProxy({ [hub]: registry.port })
  tuf = await openTufRepository()
  tuf.publish({ trustedRoot: Buffer.from(instance.trustedRoot()) })
  writeFileSync(path.join(cwd, 'root.json'), tuf.root)
  writeFileSync(path.join(cwd, 'ca.pem'), certificate.cert)
  digest = lay(repository, 'latest', workflow)
})
afterAll(async () => {
  await network.stop()
  await registry.stop()
  await tuf.stop()
})

/** Signs as Karmada's workflow does: the older format, with an entry in a log. @returns the image's digest */
function lay(name: string, tag: string, by: string): string {
  const own = putImage(registry.holdings, name, tag)
  const said = {
    2: 'push',
    3: 'e5277b63',
    4: 'latest image to DockerHub',
    5: 'karmada-io/karmada',
    6: 'refs/heads/master',
  }
  const signer = instance.certify({ names: [[0x86, by]], issuer, said })
  const signed = simplySigned(signer, own)
  const { annotation: entry } = instance.log.record(bodies['hashedrekord 0.0.1'](signed.logged), signedAt)
  laySignature(registry.holdings, name, own, signed, { certificate: signer.pem, entry })
  return own
}

/** As in a shell that ends with the first command that fails. */
async function run(script: string): Promise<Ran> {
  return bash.run(
    script,
    {
      HTTPS_PROXY: network.url,
      SSL_CERT_FILE: path.join(cwd, 'ca.pem'),
      TUF_MIRROR: tuf.url,
      TUF_ROOT_JSON: path.join(cwd, 'root.json'),
      TUF_ROOT: path.join(cwd, 'cache'),
    },
    ['-o', 'pipefail'],
  )
}

interface Listed {
  readonly critical: object
  readonly optional: Readonly<Record<string, unknown>> & {
    readonly Bundle: {
      readonly SignedEntryTimestamp: string
      readonly Payload: {
        readonly body: string
        readonly integratedTime: number
        readonly logIndex: number
        readonly logID: string
      }
    }
  }
}

describe('the line of the page', () => {
  it('prints what the page shows, for jq to read', async () => {
    const ran = await run(line)
    expect(ran.stderr).toBe(`
Verification for index.docker.io/karmada/karmada-aggregated-apiserver:latest --
The following checks were performed on each of these signatures:
  - The cosign claims were validated
  - Existence of the claims in the transparency log was verified offline
  - The code-signing certificate was verified using trusted certificate authority certificates
`)
    expect(ran.exit).toBe(0)
    const [first, ...others] = JSON.parse(ran.stdout) as readonly Listed[]
    expect(others).toEqual([])
    expect(first?.critical).toMatchObject({
      image: { 'docker-manifest-digest': digest },
      type: 'cosign container image signature',
    })
    expect(first?.optional).toMatchObject({
      '1.3.6.1.4.1.57264.1.1': issuer,
      '1.3.6.1.4.1.57264.1.2': 'push',
      '1.3.6.1.4.1.57264.1.3': 'e5277b63',
      '1.3.6.1.4.1.57264.1.4': 'latest image to DockerHub',
      '1.3.6.1.4.1.57264.1.5': 'karmada-io/karmada',
      '1.3.6.1.4.1.57264.1.6': 'refs/heads/master',
      Issuer: issuer,
      Subject: workflow,
      githubWorkflowTrigger: 'push',
    })
    expect(first?.optional.Bundle.SignedEntryTimestamp).toMatch(/^[A-Za-z0-9+/=]{20,}$/)
    expect(first?.optional.Bundle.Payload).toMatchObject({
      body: expect.stringMatching(/^[A-Za-z0-9+/=]{20,}$/) as string,
      integratedTime: Math.floor(signedAt.getTime() / 1000),
      logID: instance.log.id.toString('hex'),
    })
  })

  it('lets jq ask for a part', async () => {
    const part = `${line} -r '.[0].critical.image."docker-manifest-digest", .[0].optional.Bundle.Payload.logIndex'`
    const ran = await run(part)
    expect(ran.stdout).toBe(`${digest}\n0\n`)
  })

  it('prints text where text is asked for', async () => {
    const ran = await run(line.replace(' | jq', ' --output text'))
    expect(ran.stdout).toContain('✓ Verified karmada-aggregated-apiserver:latest')
    expect(ran.stdout).toContain(`  Signer:  ${workflow}`)
    expect(ran.stdout).toContain(`  Time:    ${signedAt.toISOString()} (transparency log)`)
  })
})

describe('the line for what is not right', () => {
  it('prints nothing for jq, says why, and ends with 1: signed by somebody else', async () => {
    lay('karmada/forked', 'latest', workflow.replace('karmada-io', 'karmada-fork'))
    const ran = await run(line.replace('karmada-aggregated-apiserver', 'forked'))
    expect(ran.stdout).toBe('')
    expect(ran.stderr).toContain('(supply-chain, identity-mismatch)')
    expect(ran.exit).toBe(1)
  })

  it('ends with 1: unsigned', async () => {
    putImage(registry.holdings, 'karmada/unsigned', 'latest')
    const ran = await run(line.replace('karmada-aggregated-apiserver', 'unsigned'))
    expect(ran.stderr).toContain('(supply-chain, unsigned)')
    expect(ran.exit).toBe(1)
  })

  it('ends with 2: the registry is down, or the name is misspelt', async () => {
    const missing = await run(line.replace('apiserver', 'apiservre'))
    expect(missing.stderr).toContain('not-found')
    expect(missing.exit).toBe(2)
    lay('karmada/down', 'latest', workflow)
    registry.fault('karmada/down', 'sig', 'always', says(500, 'UNKNOWN'))
    const ran = await run(
      line.replace('karmada-aggregated-apiserver', 'down').replace(' | jq', ' --retries 0 | jq'),
    )
    expect(ran.stdout).toBe('')
    expect(ran.stderr).toContain('(infrastructure, server-error, service registry)')
    expect(ran.exit).toBe(2)
  })
})
