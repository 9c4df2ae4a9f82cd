import type { CtLog } from '../../harness/ct-log.js'
import type { Window } from '../../harness/issued-certificate.js'
import { type KeylessImage, type Kind, kindNames, kinds, signImage } from '../../harness/keyless-signed.js'
import { issuers, type KeylessWorld, startKeylessWorld } from '../../harness/keyless-world.js'
import type { Inputs } from '../../harness/keyless-verdict.js'
import { mintLeaf, type MintedLeaf } from '../../harness/minted-leaf.js'
import { type Workflow, workflowClaims, workflowIdentity } from '../../harness/oidc-issuer.js'

/** The workflow that signs, unless another is named. */
export const release: Workflow = {
  repository: 'team/app',
  file: 'release.yml',
  ref: 'refs/heads/main',
  name: 'release',
  event: 'push',
  sha: 'a1'.repeat(20),
}
export const releaseIdentity = workflowIdentity(release)
export const address = 'dev@keyless.example'

/** The world, and what was signed in it before the first question. */
export interface Stage {
  readonly world: KeylessWorld
  /** Two images of each kind, signed by the release workflow. */
  readonly images: Readonly<Record<Kind, readonly [KeylessImage, KeylessImage]>>
}

/** A new token each time: they don't live long. */
export function releaseToken(world: KeylessWorld): string {
  return world.oidc.token(issuers.github, workflowClaims(release))
}

export async function setStage(): Promise<Stage> {
  const world = await startKeylessWorld()
  const signed: Partial<Record<Kind, readonly [KeylessImage, KeylessImage]>> = {}
  try {
    for (const kind of kindNames) {
      const sign = async (name: string): Promise<KeylessImage> =>
        signImage(world, `${slug(kind)}-${name}`, { ...kinds[kind], by: releaseToken(world) })
      signed[kind] = [await sign('one'), await sign('two')]
    }
  } catch (error) {
    await world.stop()
    throw error
  }
  return { world, images: signed as Stage['images'] }
}

/** What a kind has and has not. */
export interface Traits {
  readonly bundle: boolean
  /** In Rekor 2. */
  readonly v2: boolean
  readonly stamped: boolean
}

export function traitsOf(kind: Kind): Traits {
  const { format, log } = kinds[kind]
  return { bundle: format === 'bundle', v2: log === 'v2', stamped: 'timestamp' in kinds[kind] }
}

export const minute = 60_000
export const fromNow = (ms: number): Date => new Date(Date.now() + ms)

let minted = 0
/** The release workflow's certificate, valid as the test wants it and known to these logs of certificates. */
export async function mintRelease(
  world: KeylessWorld,
  valid: Required<Window>,
  logs: readonly Pick<CtLog, 'promise'>[] = [world.ctLog],
): Promise<MintedLeaf> {
  const demand = { identity: releaseIdentity, issuer: world.oidc.url(issuers.github), valid }
  return mintLeaf(`leaf-${minted++}`, demand, world.authority, logs, world.cosign)
}

/** A name for a repository. */
export function slug(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
}

/** The demand that the release workflow meets. */
export function releaseSigner(world: KeylessWorld): Inputs {
  return {
    'certificate-identity': releaseIdentity,
    'certificate-oidc-issuer': world.oidc.url(issuers.github),
  }
}
