import { isDigest, type Digest } from '../../reference/reference.js'

/** An image as go-containerregistry names it: `nginx` is `index.docker.io/library/nginx:latest`. */
export interface ImageName {
  readonly registry: string
  readonly repository: string
  /** As written; the default is not filled in. */
  readonly tag?: string
  readonly digest?: Digest
  /** The whole name: with the digest if there is one, else with the tag; never with both. */
  readonly name: string
}

const dockerHub = 'index.docker.io'
const dockerHubAlias = 'docker.io'
const repositoryLetters = /^[a-z0-9_\-./]{2,255}$/
const tagLetters = /^[A-Za-z0-9_\-.]{1,128}$/
/** What `url.Parse` of Go takes for an authority and nothing more. */
const authority = /^(?:\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9\-._~!$&'()*+,;=]*)(?::[0-9]*)?$/
const longest = 2048

/**
 * Reads a reference by go-containerregistry's rules with weak validation, as policy-controller and Kyverno's CEL
 * library do. They differ from docker's: `localhost/app` is an image of Docker Hub, `a_/b` is a name.
 *
 * @returns a text that says what is wrong
 */
export function readImageName(text: string): ImageName | string {
  if (text.length > longest) return `longer than ${longest} characters`
  const tagged = readTagged(text)
  if (typeof tagged !== 'string') return finish(tagged)
  const [base = '', digest, ...more] = text.split('@')
  if (digest === undefined || more.length > 0) return tagged
  if (!isDigest(digest)) return `malformed digest "${digest}": expected sha256: and 64 lower-case hex digits`
  const inner = readTagged(base)
  // A tag that cannot be one is part of the name, which then cannot be one either.
  if (typeof inner === 'string') return inner
  return finish({ ...inner, digest })
}

type Parts = Omit<ImageName, 'name'>

function finish(parts: Parts): ImageName {
  const { registry, repository, tag = 'latest', digest } = parts
  return { ...parts, name: `${registry}/${repository}${digest === undefined ? `:${tag}` : `@${digest}`}` }
}

function readTagged(text: string): Parts | string {
  const colon = text.lastIndexOf(':')
  const isTagged = colon >= 0 && !text.slice(colon).includes('/')
  const tag = isTagged ? text.slice(colon + 1) : undefined
  if (tag !== undefined && !tagLetters.test(tag)) return `illegal tag "${tag}"`
  const repository = readRepository(isTagged ? text.slice(0, colon) : text)
  return typeof repository === 'string' ? repository : { ...repository, ...(tag !== undefined && { tag }) }
}

/** A registry with a repository, as in `source.oci`. */
export function readRepository(text: string): Pick<ImageName, 'registry' | 'repository'> | string {
  const slash = text.indexOf('/')
  const first = slash < 0 ? '' : text.slice(0, slash)
  const isRegistry = /[.:]/.test(first)
  const repository = isRegistry ? text.slice(slash + 1) : text
  if (!repositoryLetters.test(repository)) {
    return `illegal name "${repository}": 2 to 255 of a-z, 0-9, _, -, . and / are allowed`
  }
  if (isRegistry && !authority.test(first)) return `"${first}" is not a registry host`
  const registry = !isRegistry || first === dockerHubAlias ? dockerHub : first
  const official = registry === dockerHub && !repository.includes('/')
  return { registry, repository: official ? `library/${repository}` : repository }
}

/** A registry without a repository. */
export function isRegistryName(text: string): boolean {
  return text !== '' && authority.test(text)
}
