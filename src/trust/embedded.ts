import type { Problem } from '../verdict/finding.js'

/** The public instance, as sigstore's own clients carry it. */
export const publicMirror = 'https://tuf-repo-cdn.sigstore.dev'

/** What came with this program of the public instance, as old as its release. */
export interface Embedded {
  /** The first root of its TUF repository. */
  readonly tufRoot: Uint8Array
  readonly trustedRoot: Uint8Array
}

export async function embedded(): Promise<Embedded | Problem> {
  const seeds = (await import('@sigstore/tuf/seeds.json', { with: { type: 'json' } })).default
  const seed = seeds[publicMirror]
  const trustedRoot = seed?.targets['trusted_root.json']
  if (seed === undefined || trustedRoot === undefined)
    return { code: 'internal-error', service: 'trust', message: 'no trusted root is embedded' }
  return {
    tufRoot: Buffer.from(seed['root.json'], 'base64'),
    trustedRoot: Buffer.from(trustedRoot, 'base64'),
  }
}
