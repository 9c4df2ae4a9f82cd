const component = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*'
const path = new RegExp(`^${component}(?:/${component})*$`)
const registry = /^(?:[a-zA-Z0-9](?:[a-zA-Z0-9.-]*[a-zA-Z0-9])?|\[[0-9a-fA-F:]+\])(?::[0-9]+)?$/
const tag = /^\w[\w.-]{0,127}$/
const digest = /^[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}$/

/**
 * An image's name as Kyverno writes it (pkg/utils/image/infos.go): the registry docker.io when none is named, no
 * `library/`, the tag `latest` when neither tag nor digest is named, and the digest instead of the tag when both are.
 */
export function imageName(text: string): string | { readonly wrong: string } {
  const wrong = { wrong: `expected the name of an image, got ${JSON.stringify(text.slice(0, 200))}` }
  if (text.length > 1000) return wrong
  const [named = '', ...digests] = text.split('@')
  const [first = '', ...rest] = named.split('/')
  const isRegistry =
    rest.length > 0 && (/[.:]/.test(first) || first === 'localhost' || first.toLowerCase() !== first)
  const host = isRegistry ? first : 'docker.io'
  const repository = isRegistry ? rest.join('/') : named
  const [name = '', ...tags] = repository.split(':')
  if (digests.length > 1 || tags.length > 1 || !path.test(name) || !registry.test(host)) return wrong
  const [version] = tags
  const [sum] = digests
  if (version !== undefined && !tag.test(version)) return wrong
  if (sum !== undefined && !digest.test(sum)) return wrong
  return sum === undefined ? `${host}/${name}:${version ?? 'latest'}` : `${host}/${name}@${sum}`
}
