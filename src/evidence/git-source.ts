import type { ProvenanceSource } from '../verdict/statement-summary.js'
import { claim, known, shortened } from './claim.js'
import { type JsonObject, objectField, textField } from './json.js'

/** Longer URIs are shown and never taken apart. */
const longestUri = 2048

const schemeForm = /^([a-z][a-z0-9+.-]*):\/\//i
/** As git takes it: `git@github.com:o/r.git`; nothing with a scheme. */
const scpForm = /^(?:[\w.-]+@)?([a-z0-9-]+(?:\.[a-z0-9-]+)+):(?!\/)/i
/** Nothing that some programs take for the end of the host. */
const userForm = /^(?:[\w.:~%!$&'()*+,;=@-]*@)?$/
const hostForm = /^[a-z0-9-]+(?:\.[a-z0-9-]+)*(?::\d{1,5})?$/
const bareForm = /^[a-z0-9-]+(?:\.[a-z0-9-]+)+\//i
const pathForm = /^(?:\/[\w.~+-]+)+$/
const usualPorts: ReadonlyMap<string, RegExp> = new Map([
  ['https', /:443$/],
  ['ssh', /:22$/],
])
const commitForm = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/

/**
 * Takes a source URI apart: `git+https://host/o/r@ref#folder` (SPDX download location, which SLSA uses),
 * `https://host/o/r.git#ref:folder` (buildkit), either without ref, `git@host:o/r.git`, and `host/o/r`.
 */
export function readSourceUri(text: string): ProvenanceSource | undefined {
  const uri = shortened(withoutUser(text))
  if (uri === undefined || text.length > longestUri) return uri === undefined ? undefined : { uri }
  const scheme = schemeForm.exec(text)?.[1]?.toLowerCase()
  const rest = scheme === undefined ? text : text.slice(scheme.length + '://'.length)
  const scp = scpForm.exec(text)
  if (scheme === undefined && !scp && !bareForm.test(text)) return { uri }
  const whole = scp ? `${String(scp[1])}/${text.slice(scp[0].length)}` : rest
  const [place, fragment] = cut(whole, '#')
  const [authority, remainder] = cut(place, '/')
  const [path, at] = cut(`/${remainder ?? ''}`, '@')
  // In an SPDX location a folder follows the hash; buildkit puts the ref there.
  const hash = scheme?.startsWith('git+') === true ? undefined : cut(fragment ?? '', ':')[0]
  return known({ uri, repository: repositoryName(scheme, authority, path), ref: shortened(at ?? hash ?? '') })
}

/** The source that an object names by `uri` and `digest` (in-toto's ResourceDescriptor, SLSA 0.2's material). */
export function readSource(object: JsonObject | undefined): ProvenanceSource | undefined {
  const read = readSourceUri(textField(object, 'uri') ?? '')
  return read && known({ ...read, digest: commitOf(object) })
}

/** The commit in a set of digests: SLSA 1 calls it gitCommit, 0.2 and buildkit sha1. */
export function commitOf(object: JsonObject | undefined): string | undefined {
  const digests = objectField(object, 'digest')
  return asCommit(claim(digests, 'gitCommit') ?? claim(digests, 'sha1'))
}

export function asCommit(text: string | undefined): string | undefined {
  return text !== undefined && commitForm.test(text) ? text : undefined
}

/** Whether this is a git repository, not an image or a file: by scheme or name, or because its digest is a commit. */
export function isGit(object: JsonObject): boolean {
  const uri = textField(object, 'uri') ?? ''
  return /^(?:git\+|git:|ssh:)/i.test(uri) || /^[^?#]{1,2048}\.git(?:$|[#@])/.test(uri) || isCommitted(object)
}

function isCommitted(object: JsonObject): boolean {
  const digests = objectField(object, 'digest')
  return claim(digests, 'gitCommit') !== undefined || claim(digests, 'sha1') !== undefined
}

/** How two sources contradict each other; undefined when they may well be one. */
export function contradiction(
  [name, one]: readonly [string, ProvenanceSource],
  [otherName, other]: readonly [string, ProvenanceSource],
): string | undefined {
  const differ = (what: string, a: string, b: string): string | undefined =>
    shortened(`${name} names the ${what} ${a}, ${otherName} ${b}`)
  if (one.repository === undefined || other.repository === undefined) {
    return one.uri === other.uri ? undefined : differ('source', one.uri, other.uri)
  }
  if (one.repository !== other.repository) return differ('repository', one.repository, other.repository)
  // Where one has no ref, another commit is no contradiction: a release may be built from a commit made during it.
  if (one.ref === undefined || other.ref === undefined) return undefined
  if (one.ref !== other.ref) return differ('ref', one.ref, other.ref)
  if (one.digest === undefined || other.digest === undefined || one.digest === other.digest) return undefined
  return differ('commit', one.digest, other.digest)
}

function repositoryName(scheme: string | undefined, authority: string, path: string): string | undefined {
  const port = usualPorts.get(scheme?.replace('git+', '') ?? 'ssh')
  const start = authority.lastIndexOf('@') + 1
  const host = authority
    .slice(start)
    .toLowerCase()
    .replace(port ?? '', '')
  const name = path.replace(/\/$/, '').replace(/\.git$/, '')
  const clear =
    userForm.test(authority.slice(0, start)) &&
    hostForm.test(host) &&
    pathForm.test(name) &&
    !/\/\.\.?(?:\/|$)/.test(name) &&
    !name.endsWith('/')
  return clear ? shortened(`${host}${name}`) : undefined
}

/** A token in front of the host is not to be shown. */
function withoutUser(text: string): string {
  const start = schemeForm.exec(text)?.[0].length
  if (start === undefined) return text
  const slash = text.slice(start).search(/[/?#]/)
  const end = slash < 0 ? text.length : start + slash
  const at = text.lastIndexOf('@', end - 1)
  return at < start ? text : text.slice(0, start) + text.slice(at + 1)
}

function cut(text: string, mark: string): readonly [string, string | undefined] {
  const at = text.indexOf(mark)
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)]
}
