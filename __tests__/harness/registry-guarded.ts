import { putImage, signSimply } from './registry-images.js'
import { type Auth, type LoopbackRegistry, openRegistry, type RegistryOptions } from './registry.js'
import { runAction, type RanAction, type RunOptions } from './run.js'
import { newKey } from './store.js'

export const login = { username: 'ci', password: 'correct horse battery: staple/+' }
export const signer = newKey()

export interface SignedRegistry extends LoopbackRegistry {
  /** Digest of the signed image `app:v1`. */
  readonly digest: string
  /** Runs the action on an image, which is `app:v1` unless the inputs name others. */
  readonly verify: (inputs?: Readonly<Record<string, string>>, options?: RunOptions) => Promise<RanAction>
}

/** A registry that holds one signed image. */
export async function openSigned(auth?: Auth, options: RegistryOptions = {}): Promise<SignedRegistry> {
  const registry = await openRegistry({ ...options, ...(auth && { auth }) })
  const digest = putImage(registry.holdings, 'app')
  signSimply(registry.holdings, 'app', digest, signer)
  return {
    ...registry,
    digest,
    verify: async (inputs = {}, run = {}) => {
      const usual = { image: `${registry.host}/app:v1`, key: signer.publicPem, retries: '1', timeout: '20s' }
      return runAction({ ...usual, 'insecure-ignore-tlog': 'true', ...inputs }, run)
    },
  }
}

/** The inputs that sign in. */
export function loginInputs({ username, password } = login): Record<string, string> {
  return { 'registry-username': username, 'registry-password': password }
}
