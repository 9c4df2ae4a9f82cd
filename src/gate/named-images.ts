import type { LoadedKey } from '../keys/key-source.js'
import type { Problem } from '../verdict/finding.js'
import type { PolicyDemand, Request, Targets } from '../verdict/request.js'
import type { Clock } from './clock.js'
import { lazyEngine } from './policy-engine.js'

/** The images that a run would judge, by the names that it would judge them by. */
export interface NamedImages {
  readonly images: readonly { readonly reference: string; readonly inManifests: boolean }[]
  readonly warnings: readonly string[]
  readonly problems: readonly Problem[]
}

/**
 * What images, manifests and policies name, without asking anybody for anything. Policies matter where they find images
 * in resources that no manifest is known to hold them in.
 */
export async function nameImages(
  targets: Targets & { readonly policies?: PolicyDemand },
  clock: Clock,
): Promise<NamedImages> {
  const engine = lazyEngine()
  // Who must have signed is not asked here; a request names somebody.
  const request: Request = {
    ...targets,
    signers: { keys: ['nobody'], require: 'all' },
    patience: { waitMs: 0, timeoutMs: 0, retries: 0, concurrency: 1 },
  }
  try {
    const { makePlan } = await import('./plan.js')
    const loadKey = async (reference: string): Promise<LoadedKey> =>
      Promise.resolve({ kind: 'failed', reference, problem: unasked })
    const plan = await makePlan(request, { ask: engine.ask, loadKey, now: clock.now(), inputs: undefined })
    const images = plan.targets.map(({ reference, origins }) => ({
      reference,
      inManifests: origins.length > 0,
    }))
    return { images, warnings: plan.warnings, problems: plan.problems }
  } finally {
    engine.close()
  }
}

const unasked: Problem = {
  code: 'internal-error',
  message: 'no key is asked for where images are only named',
}
