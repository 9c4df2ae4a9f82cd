import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect } from 'vitest'
import { type Cosign, type Format, openCosign } from './cosign.js'
import { type CtLog, openCtLog } from './ct-log.js'
import { type Authority, newAuthority } from './issued-certificate.js'
import { type LaidEvidence, openEvidence } from './laid-evidence.js'
import type { MintedLeaf } from './minted-leaf.js'
import { type OidcIssuers, openOidcIssuers } from './oidc-issuer.js'
import { type Registry, startGgcr } from './registries.js'
import { openRekorV1, type RekorV1, rekorV1Name } from './rekor-v1.js'
import { temporaryFolder } from './run.js'
import { rekorV2Name, startFulcio, startRekorV2, startTimestampServer } from './sigstore-services.js'
import { trustedRootOf, type TrustedParts } from './trusted-root.js'

/** How something is signed, and what vouches for it. */
export interface Signing {
  readonly format: Format
  readonly log: 'v1' | 'v2' | 'none'
  readonly timestamp?: boolean
  /** A token that Fulcio gives a certificate for, or a certificate that is there. */
  readonly by: string | MintedLeaf
  readonly annotations?: readonly string[]
}

/** Everything that a keyless signature needs, on this machine alone. */
export interface KeylessWorld {
  readonly registry: Registry
  readonly cosign: Cosign
  readonly evidence: LaidEvidence
  readonly oidc: OidcIssuers
  readonly rekorV1: RekorV1
  readonly ctLog: CtLog
  /** Fulcio's. */
  readonly authority: Authority
  /** Writes a trusted root: the right one, or with parts of it changed. @returns its file */
  readonly trust: (change?: (right: TrustedParts) => Partial<TrustedParts>) => string
  readonly sign: (reference: string, signing: Signing) => Promise<void>
  /** @param type an alias of cosign's or a URI */
  readonly attest: (reference: string, signing: Signing, type: string, predicate: object) => Promise<void>
  /** All but the registry. */
  readonly stopServices: () => Promise<void>
  readonly stop: () => Promise<void>
}

/** The issuers: two that speak for workflows, one for people. */
export const issuers = { github: 'github', fork: 'fork', mail: 'mail' } as const
/** What is not on this machine would be reached through here. */
const nowhere = 'http://127.0.0.1:9'
const begun = { start: new Date('2026-01-01T00:00:00Z') }

export async function startKeylessWorld(): Promise<KeylessWorld> {
  const started: { stop: () => Promise<void> }[] = []
  const stopServices = async (): Promise<void> => {
    await Promise.all(started.splice(0).map(async (one) => one.stop()))
  }
  const keep = <One extends { stop: () => Promise<void> }>(one: One): One => {
    started.push(one)
    return one
  }
  const registry = await startGgcr()
  const stop = async (): Promise<void> => {
    await stopServices()
    await registry.stop()
  }
  try {
    const oidc = keep(await openOidcIssuers())
    const ctLog = keep(await openCtLog())
    const rekorV1 = keep(await openRekorV1())
    const root = newAuthority('keyless root')
    const authority = newAuthority('keyless intermediate', root)
    const accepted = [
      { url: oidc.url(issuers.github), type: 'github-workflow' },
      { url: oidc.url(issuers.fork), type: 'github-workflow' },
      { url: oidc.url(issuers.mail), type: 'email' },
    ] as const
    const fulcio = keep(await startFulcio(authority, root, accepted, ctLog.url))
    const rekorV2 = keep(await startRekorV2())
    const timestamps = keep(await startTimestampServer())
    const cosign = openCosign({ HTTP_PROXY: nowhere, HTTPS_PROXY: nowhere })
    const folder = temporaryFolder()

    const right: TrustedParts = {
      logs: [
        { baseUrl: `https://${rekorV1Name}`, publicKey: rekorV1.publicKey, valid: begun },
        { baseUrl: `https://${rekorV2Name}`, publicKey: rekorV2.publicKey, id: rekorV2.id, valid: begun },
      ],
      certificateLogs: [{ baseUrl: 'https://ct.keyless.example', publicKey: ctLog.publicKey, valid: begun }],
      authorities: [
        {
          uri: 'https://fulcio.keyless.example',
          chain: [authority.certificate, root.certificate],
          valid: begun,
        },
      ],
      timestampAuthorities: [{ uri: 'https://tsa.keyless.example', chain: timestamps.chain, valid: begun }],
    }
    let roots = 0
    const trust: KeylessWorld['trust'] = (change = () => ({})) => {
      const file = path.join(folder, `root-${roots++}.json`)
      writeFileSync(file, trustedRootOf({ ...right, ...change(right) }))
      return file
    }
    const services = {
      fulcio: fulcio.url,
      rekorV1: rekorV1.url,
      rekorV2: rekorV2.url,
      tsa: timestamps.endpoint,
    }
    const run = async (command: string, reference: string, signing: Signing, flags: readonly string[]) => {
      const args = [command, ...signingFlags(signing, services, trust(), folder), ...flags, reference]
      const { exit, stderr } = await cosign.run(...args)
      expect(exit, `cosign ${command} ${reference}: ${stderr}`).toBe(0)
    }
    let predicates = 0
    return {
      registry,
      cosign,
      evidence: openEvidence(registry, cosign),
      oidc,
      rekorV1,
      ctLog,
      authority,
      trust,
      sign: async (reference, signing) => {
        const noted = (signing.annotations ?? []).flatMap((one) => ['-a', one])
        await run('sign', reference, signing, noted)
      },
      attest: async (reference, signing, type, predicate) => {
        const file = path.join(folder, `predicate-${predicates++}.json`)
        writeFileSync(file, JSON.stringify(predicate))
        await run('attest', reference, signing, ['--type', type, '--predicate', file])
      },
      stopServices,
      stop,
    }
  } catch (error) {
    await stop()
    throw error
  }
}

interface Services {
  readonly fulcio: string
  readonly rekorV1: string
  readonly rekorV2: string
  readonly tsa: string
}

/** cosign's own defaults would be sigstore's public services: every service is named, or none is used. */
function signingFlags(
  { format, log, timestamp = false, by }: Signing,
  services: Services,
  root: string,
  folder: string,
): readonly string[] {
  const shape = format === 'legacy' ? ['--new-bundle-format=false'] : []
  const who =
    typeof by === 'string'
      ? [`--identity-token=${by}`, '--oidc-disable-ambient-providers']
      : [`--key=${by.key}`, `--certificate=${by.certificate}`]
  if (log === 'v2') {
    const config = path.join(folder, `signing-${String(timestamp)}.json`)
    writeFileSync(config, signingConfig(services, timestamp))
    return ['--yes', `--trusted-root=${root}`, `--signing-config=${config}`, ...shape, ...who]
  }
  // Given a root, cosign verifies what it signed, at once; a certificate that is there may be out of its time.
  const checked = typeof by === 'string' ? [`--trusted-root=${root}`] : []
  return [
    '--yes',
    '--use-signing-config=false',
    `--fulcio-url=${services.fulcio}`,
    `--rekor-url=${services.rekorV1}`,
    `--tlog-upload=${String(log === 'v1')}`,
    ...(timestamp ? [`--timestamp-server-url=${services.tsa}`] : []),
    ...checked,
    ...shape,
    ...who,
  ]
}

/** Only a signing configuration leads cosign to a log of the second generation (protobuf-specs, sigstore_trustroot). */
function signingConfig({ fulcio, rekorV2, tsa }: Services, timestamp: boolean): string {
  const service = (url: string, majorApiVersion: number): object => ({
    url,
    majorApiVersion,
    validFor: begun,
    operator: 'keyless.example',
  })
  return JSON.stringify({
    mediaType: 'application/vnd.dev.sigstore.signingconfig.v0.2+json',
    caUrls: [service(fulcio, 1)],
    rekorTlogUrls: [service(rekorV2, 2)],
    rekorTlogConfig: { selector: 'ANY' },
    ...(timestamp && { tsaUrls: [service(tsa, 1)], tsaConfig: { selector: 'ANY' } }),
  })
}
