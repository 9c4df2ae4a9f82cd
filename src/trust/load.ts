import { readWhole } from '../files/read.js'
import type { Call } from '../network/call.js'
import { mayCarry, shown } from '../network/url.js'
import type { Problem } from '../verdict/finding.js'
import type { FileOrText, TrustDemand } from '../verdict/request.js'
import type { TrustResult } from '../verdict/result.js'
import type { Trust } from '../verify/trust-material.js'

/** Most bytes of a trusted root or a file of certificates; the public one has a hundredth of it. */
const rootLimit = 4 * 1024 * 1024

/** Whom to trust, and how the report names it. */
export interface LoadedTrust {
  readonly trust: Trust
  readonly result: TrustResult
  readonly warning?: string
}

/** A trusted root as it was read somewhere. */
interface Source {
  readonly name: string
  readonly bytes: Uint8Array
  readonly checked?: Pick<TrustResult, 'checkedAt' | 'expires'>
  readonly warning?: string
}

/**
 * Loads whom to trust: the file of `trusted-root`, with `offline` the root that came with the program, else what the
 * TUF repository hands out. With `ca-roots` the authorities of certificates are those of that file instead.
 *
 * @param withLogs whether anything but the authorities of certificates is needed
 */
export async function loadTrust(
  demand: TrustDemand | undefined,
  withLogs: boolean,
  now: Date,
  call: Call,
): Promise<LoadedTrust | Problem> {
  const { root, caRoots, caIntermediates, offline } = demand ?? {}
  const bare = caRoots !== undefined && root === undefined && offline !== true && !withLogs
  const source = bare
    ? undefined
    : root !== undefined
      ? await readFile(root, 'trusted-root')
      : offline === true
        ? await readEmbedded()
        : await fetchRoot(demand, now, call)
  if (source && 'code' in source) return source

  const { parseTrustedRoot, withAuthorities } = await import('../verify/trust-material.js')
  const base = source && parseTrustedRoot(source.bytes, source.name)
  if (typeof base === 'string') {
    const message = `trusted-root: expected a trusted root in ${String(source?.name)}, but ${base}`
    return { code: 'trust-root-invalid', message }
  }
  const roots = caRoots === undefined ? undefined : await readFile(caRoots, 'ca-roots')
  if (roots && 'code' in roots) return roots
  const between =
    caIntermediates === undefined ? undefined : await readFile(caIntermediates, 'ca-intermediates')
  if (between && 'code' in between) return between
  const trust = roots === undefined ? base : withAuthorities(base, roots, between?.bytes)
  if (typeof trust === 'string') return { code: 'trust-root-invalid', message: trust }
  // Without authorities of one's own there is always a base.
  if (trust === undefined) return { code: 'internal-error', service: 'trust', message: 'nothing to trust' }
  const { name, sha256, newestPart } = trust
  return {
    trust,
    result: { name, sha256, ...(newestPart !== undefined && { newestPart }), ...source?.checked },
    ...(source?.warning !== undefined && { warning: source.warning }),
  }
}

/** The names of the environment are cosign's, so that a job that is set up for it is set up for us. */
async function fetchRoot(demand: TrustDemand | undefined, now: Date, call: Call): Promise<Source | Problem> {
  const { embedded, publicMirror } = await import('./embedded.js')
  const mirror = demand?.tufMirror ?? given('TUF_MIRROR') ?? publicMirror
  if (!URL.canParse(mirror) || !mayCarry(new URL(mirror))) {
    return {
      code: 'input-invalid',
      message: `tuf-mirror: expected an https URL, got ${JSON.stringify(mirror)}`,
    }
  }
  const rootFile = demand?.tufRoot ?? given('TUF_ROOT_JSON')
  const own = rootFile === undefined ? undefined : await readFile(rootFile, 'tuf-root')
  if (own && 'code' in own) return own
  const came = await embedded()
  if ('code' in came) return came
  const { updateTrustedRoot } = await import('./tuf.js')
  const updated = await updateTrustedRoot({ mirror, firstRoot: own?.bytes ?? came.tufRoot }, now, call)
  if ('code' in updated) return updated
  const { bytes, checkedAt, expires, stale } = updated
  const name = `TUF repository ${shown(new URL(mirror))}`
  const warning = `the trusted root is the one of ${checkedAt.toISOString()}, which holds until ${expires}: ${name} could not be asked (${stale?.code ?? ''}: ${stale?.message ?? ''})`
  return {
    name,
    bytes,
    checked: { checkedAt: checkedAt.toISOString(), expires },
    ...(stale && { warning }),
  }
}

function given(name: string): string | undefined {
  const value = process.env[name]
  return value === undefined || value === '' ? undefined : value
}

async function readEmbedded(): Promise<Source | Problem> {
  const came = await (await import('./embedded.js')).embedded()
  return 'code' in came ? came : { name: 'embedded (public Sigstore)', bytes: came.trustedRoot }
}

async function readFile(file: FileOrText, input: string): Promise<Source | Problem> {
  if (typeof file !== 'string') return { name: file.name, bytes: Buffer.from(file.text) }
  const answer = await readWhole(file, rootLimit, 'trust')
  if (answer.kind === 'absent') return { code: 'trust-root-invalid', message: `${input}: no file ${file}` }
  return answer.kind === 'failed' ? answer.problem : { name: file, bytes: answer.value }
}
