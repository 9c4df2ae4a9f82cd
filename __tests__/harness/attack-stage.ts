import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll } from 'vitest'
import { pemOf, spkiOf } from './forged-certificate.js'
import { type Changes, type Instance, newInstance, oidcIssuer, workflow } from './forged-instance.js'
import type { Holdings } from './registry-answers.js'
import { putImage } from './registry-images.js'
import { type LoopbackRegistry, openRegistry } from './registry.js'
import { runAction, type RanAction, temporaryFolder } from './run.js'
import type { Signer } from '../verify/sealed.js'

type Inputs = Readonly<Record<string, string>>

/** An image that nobody vouches for yet. */
export interface StagedImage {
  readonly holdings: Holdings
  readonly repository: string
  readonly digest: string
  readonly reference: string
}

/** A registry in the attacker's hands, and an instance of sigstore in which the tests hold all keys. */
export interface Stage {
  readonly instance: Instance
  readonly registry: () => LoopbackRegistry
  readonly image: () => StagedImage
  /** A file with this text. @returns its path */
  readonly file: (text: string) => string
  /** Runs the action for a signer by key; no log is asked unless the inputs say so. */
  readonly byKey: (image: StagedImage, signer: Signer, inputs?: Inputs) => Promise<RanAction>
  /** The same with the entry of a log demanded, as it is by default. */
  readonly byLoggedKey: (
    image: StagedImage,
    signer: Signer,
    inputs?: Inputs,
    changes?: Changes,
  ) => Promise<RanAction>
  /** Runs the action for the usual identity. */
  readonly byIdentity: (image: StagedImage, inputs?: Inputs, changes?: Changes) => Promise<RanAction>
}

/** One for each file of tests. */
export function openStage(): Stage {
  const instance = newInstance('stage.example')
  const folder = temporaryFolder()
  let open: LoopbackRegistry | undefined
  let count = 0
  beforeAll(async () => {
    open = await openRegistry()
  })
  afterAll(async () => open?.stop())

  const registry = (): LoopbackRegistry => {
    if (!open) throw new Error('the stage opens before all tests')
    return open
  }
  const file = (text: string): string => {
    const name = path.join(folder, String(count++))
    writeFileSync(name, text)
    return name
  }
  const run = async ({ reference }: StagedImage, inputs: Inputs): Promise<RanAction> =>
    runAction({ image: reference, retries: '0', timeout: '20s', ...inputs })

  return {
    instance,
    registry,
    file,
    image: () => {
      const { holdings, host } = registry()
      const repository = `app${count++}`
      const digest = putImage(holdings, repository)
      return { holdings, repository, digest, reference: `${host}/${repository}:v1` }
    },
    byKey: async (image, { pair }, inputs = {}) =>
      run(image, {
        key: pemOf('PUBLIC KEY', spkiOf(pair.publicKey)),
        'insecure-ignore-tlog': 'true',
        ...inputs,
      }),
    byLoggedKey: async (image, { pair }, inputs = {}, changes = {}) =>
      run(image, {
        key: pemOf('PUBLIC KEY', spkiOf(pair.publicKey)),
        'trusted-root': file(instance.trustedRoot(changes)),
        ...inputs,
      }),
    byIdentity: async (image, inputs = {}, changes = {}) =>
      run(image, {
        'certificate-identity': workflow,
        'certificate-oidc-issuer': oidcIssuer,
        'trusted-root': file(instance.trustedRoot(changes)),
        ...inputs,
      }),
  }
}
