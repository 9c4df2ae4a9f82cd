import type { Problem } from '../verdict/finding.js'

/** The public instance, as sigstore's own clients carry it. */
const publicMirror = 'https://tuf-repo-cdn.sigstore.dev'

/** The trusted root of the public instance that came with this program: as old as its release. */
export async function embeddedRoot(): Promise<Uint8Array | Problem> {
  const seeds = (await import('@sigstore/tuf/seeds.json', { with: { type: 'json' } })).default
  const root = seeds[publicMirror]?.targets['trusted_root.json']
  if (root === undefined)
    return { code: 'internal-error', service: 'trust', message: 'no trusted root is embedded' }
  return Buffer.from(root, 'base64')
}
