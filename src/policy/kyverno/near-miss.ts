import type { KyvernoImage } from './image.js'
import { matchesWildcard } from './wildcard.js'

/**
 * Why a pattern that seems to mean an image does not cover it. Kyverno says nothing about these: the image is simply
 * not checked.
 *
 * @param text the image as it is written in the manifest
 */
export function nearMissOf(pattern: string, image: KyvernoImage, text: string): string | undefined {
  const { registry, path, tag, digest, matched } = image
  if (matchesWildcard(pattern, matched)) return undefined
  const name = `${registry}/${path}`
  const { repository, tagged } = splitTag(pattern)
  if (digest !== undefined) {
    const withTag =
      tag === undefined ? matchesWildcard(repository, name) : matchesWildcard(pattern, `${name}:${tag}`)
    if (tagged && (withTag || matchesWildcard(repository, name)))
      return `its pattern ${pattern} asks for a tag, and an image with a digest has none for Kyverno; ${repository}* would cover both`
  } else if (matchesWildcard(pattern.replace(/@[^@/]*$/, ''), name) && pattern.includes('@'))
    return `its pattern ${pattern} asks for a digest, and the image is named by a tag`
  if (!tagged && matchesWildcard(pattern, name))
    return `its pattern ${pattern} has neither a tag nor a wildcard for one, so it covers no image at all; ${pattern}* would`
  const forms = hubForms(image, text)
  if (forms.some((form) => matchesWildcard(pattern, form)))
    return `its pattern ${pattern} is written for another form of the name; Kyverno compares ${matched}`
  if (matchesWildcard(pattern.toLowerCase(), matched.toLowerCase()))
    return `its pattern ${pattern} differs in capitals`
  return undefined
}

/** The pattern's part before its tag. */
function splitTag(pattern: string): { readonly repository: string; readonly tagged: boolean } {
  const colon = pattern.lastIndexOf(':')
  const tagged = colon > pattern.lastIndexOf('/') && !pattern.includes('@')
  return { repository: tagged ? pattern.slice(0, colon) : pattern, tagged }
}

/** Other names of an image of Docker Hub, and the name as it is written. */
function hubForms({ registry, path, tag, digest }: KyvernoImage, text: string): readonly string[] {
  const end = digest === undefined ? `:${String(tag)}` : `@${digest}`
  if (registry !== 'docker.io' && registry !== 'index.docker.io') return [text]
  const short = path.replace(/^library\//, '')
  const paths = short.includes('/') ? [short] : [short, `library/${short}`]
  return [
    text,
    ...paths.flatMap((one) => ['', 'docker.io/', 'index.docker.io/'].map((host) => `${host}${one}${end}`)),
  ]
}
