import { readWhole } from '../files/read.js'
import type { Problem } from '../verdict/finding.js'
import type { TrustDemand } from '../verdict/request.js'
import type { Trust } from '../verify/trust-material.js'

/** Most bytes of a trusted root or a file of certificates; the public one has a hundredth of it. */
const rootLimit = 4 * 1024 * 1024

const none: Problem = {
  code: 'unsupported',
  message:
    'trusted-root: expected a file with a trusted root, or offline for the embedded one; this version fetches none by itself',
}

/**
 * Loads whom to trust: the file of `trusted-root`, and with `ca-roots` the authorities of certificates from there
 * instead of its own.
 */
export async function loadTrust(demand: TrustDemand | undefined): Promise<Trust | Problem> {
  const { root, caRoots, caIntermediates, offline } = demand ?? {}
  if (root === undefined && caRoots === undefined && !offline) return none
  const { parseTrustedRoot, withAuthorities } = await import('../verify/trust-material.js')
  const base =
    root === undefined ? (offline === true ? await embedded() : undefined) : await read(root, 'trusted-root')
  if (base && 'code' in base) return base
  const trust = base === undefined ? undefined : parseTrustedRoot(base.bytes, base.name)
  if (typeof trust === 'string') {
    const message = `trusted-root: expected a trusted root in ${String(root)}, but ${trust}`
    return { code: 'trust-root-invalid', message }
  }
  if (caRoots === undefined) return trust ?? none
  const roots = await read(caRoots, 'ca-roots')
  if ('code' in roots) return roots
  const between = caIntermediates === undefined ? undefined : await read(caIntermediates, 'ca-intermediates')
  if (between && 'code' in between) return between
  const own = withAuthorities(trust, roots, between?.bytes)
  return typeof own === 'string' ? { code: 'trust-root-invalid', message: own } : own
}

async function embedded(): Promise<{ name: string; bytes: Uint8Array } | Problem> {
  const { embeddedRoot } = await import('./embedded.js')
  const bytes = await embeddedRoot()
  return 'code' in bytes ? bytes : { name: 'embedded (public Sigstore)', bytes }
}

async function read(file: string, input: string): Promise<{ name: string; bytes: Uint8Array } | Problem> {
  const answer = await readWhole(file, rootLimit, 'trust')
  if (answer.kind === 'absent') return { code: 'trust-root-invalid', message: `${input}: no file ${file}` }
  return answer.kind === 'failed' ? answer.problem : { name: file, bytes: answer.value }
}
