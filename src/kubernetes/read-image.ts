import { nameOf } from './node.js'
import { type ManifestImage, odd, type OddImage, originOf, type Place } from './place.js'

/** What an image extractor makes of a text: `{ problem }` when it cannot. */
export type Transform = (value: string) => string | { readonly problem: string }

/** The image at a place, as it is written; a blank one is absent, as for Kubernetes and Kyverno. */
export function readImage(place: Place, transform?: Transform): ManifestImage | OddImage {
  const { node, resource } = place
  if (node === undefined || (node.kind === 'scalar' && (node.value === null || node.value === '')))
    return odd('absent', place, 'an image', 'none')
  if (node.kind !== 'scalar' || typeof node.value !== 'string')
    return odd('unusable', place, 'an image as text', nameOf(node))
  const made = transform ? transform(node.value) : node.value
  if (typeof made !== 'string') return odd('unusable', place, 'an image', made.problem)
  const wrong = wrongIn(made)
  if (wrong !== undefined)
    return odd('unusable', place, 'an image', `${wrong}: ${JSON.stringify(shortened(made))}`)
  return {
    kind: 'image',
    text: made,
    isWritten: transform === undefined,
    origin: originOf(place),
    node,
    resource,
  }
}

/** The API server refuses surrounding spaces; some tools pass over the whole resource then. */
function wrongIn(text: string): string | undefined {
  if (text.includes('{{')) return 'a template that is not rendered'
  if (text.trim() === '') return 'white space alone'
  if (/^\s|\s$/.test(text)) return 'one with white space around it'
  if (/\s/.test(text)) return 'one with white space in it'
  return undefined
}

function shortened(text: string): string {
  return text.length > 200 ? `${text.slice(0, 200)}…` : text
}
