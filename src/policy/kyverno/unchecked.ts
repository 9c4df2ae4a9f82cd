import { nearMissOf } from './near-miss.js'
import type { Matched } from './match.js'
import type { KyvernoPolicy, KyvernoRule, Note, NoteKind, Origin } from './model.js'
import type { KyvernoImage, UnreadableImage } from './image.js'
import { type Resource, titleOf } from './resource.js'
import type { ResourceImage, View, ViewedImage } from './view.js'
import { matchesAny } from './wildcard.js'

/** As many notes of a kind about one resource as somebody reads; the images themselves are all listed. */
const mostNotes = 50

/** A note that belongs in front of everybody. */
export function noteOf(kind: NoteKind, message: string, origin?: Origin): Note {
  return { kind, loud: true, message, ...(origin && { origin }) }
}

/** What a rule that is about a resource leaves unchecked in it, where Kyverno says nothing. */
export function notesOnRule<Image extends ResourceImage>(
  policy: KyvernoPolicy,
  rule: KyvernoRule,
  resource: Resource,
  { images, looks, faults }: View<Image>,
): readonly Note[] {
  const who = `rule ${policy.name}/${rule.name}`
  const what = titleOf(resource)
  const say = (message: string): Note => noteOf('unchecked', `${who}: ${message}`, rule.origin)
  if (!looks)
    return [
      say(`it is about ${what}, but Kyverno finds no image in a ${resource.kind} without imageExtractors`),
    ]
  return [
    ...faults
      .slice(0, mostNotes)
      .map((fault) =>
        say(`${fault}; Kyverno would leave out ${what} or part of it, here the rest is checked`),
      ),
    ...explained(rule, images).map((message) => say(`${message} (${what})`)),
    ...rule.verifyImages
      .filter(({ attestors, attestations }) => attestors.length + attestations.length === 0)
      .map(({ path }) => say(`${path} has neither attestors nor attestations: it checks no signature`)),
    ...rule.verifyImages.flatMap(({ skipImageReferences }) =>
      skipImageReferences
        .filter((pattern) => pattern.includes('{{'))
        .map((pattern) =>
          say(`the variables of the skipped reference ${pattern} are not known: it skips nothing`),
        ),
    ),
  ]
}

/** Explaining costs more than matching, so that it ends with what is shown. */
function explained<Image extends ResourceImage>(
  rule: KyvernoRule,
  images: readonly ViewedImage<Image>[],
): readonly string[] {
  const messages: string[] = []
  for (const viewed of images.slice(0, 10 * mostNotes)) {
    if (messages.length >= mostNotes) break
    messages.push(...notesOnImage(rule, viewed))
  }
  return messages
}

function notesOnImage<Image extends ResourceImage>(
  rule: KyvernoRule,
  { image: { text, origin }, reference, seen }: ViewedImage<Image>,
): readonly string[] {
  if (reference.kind === 'unreadable') return []
  const patterns = rule.verifyImages.flatMap(({ imageReferences }) => imageReferences)
  if (matchesAny(patterns, reference.matched))
    return seen ? [] : [`${text} is not checked: Kyverno does not look at ${origin.list}`]
  const misses = patterns.flatMap((pattern) => nearMissOf(pattern, reference, text) ?? [])
  return misses.slice(0, 1).map((miss) => `${text} is not checked: ${miss}`)
}

/** Images that nothing at all is about. */
export function notesOnResource(
  resource: Resource,
  images: readonly {
    readonly image: ResourceImage
    readonly reference: KyvernoImage | UnreadableImage
    readonly duties: readonly unknown[]
    readonly skips: readonly unknown[]
  }[],
  rules: readonly { readonly matched: Matched }[],
  unlisted: readonly { readonly text: string }[],
): readonly Note[] {
  const what = titleOf(resource)
  const texts = [...images.map(({ image }) => image.text), ...unlisted.map(({ text }) => text)]
  if (texts.length === 0) return []
  const unreadable = images
    .slice(0, 10 * mostNotes)
    .flatMap(({ image, reference }) =>
      reference.kind === 'unreadable'
        ? noteOf(
            'unchecked',
            `${JSON.stringify(image.text)} of ${what} is no image that a policy could be asked about: ${reference.reason}`,
          )
        : [],
    )
  if (rules.every(({ matched }) => matched.kind === 'does-not-apply'))
    return [
      ...unreadable,
      noteOf('unchecked', `no rule is about ${what}: ${shown(texts)} would run unchecked`),
    ]
  const alone = images.filter(
    ({ duties, skips, reference }) => duties.length + skips.length === 0 && reference.kind === 'image',
  )
  if (alone.length === 0) return unreadable
  return [
    ...unreadable,
    noteOf('unchecked', `no rule covers ${shown(alone.map(({ image }) => image.text))} of ${what}`),
  ]
}

function shown(texts: readonly string[]): string {
  return texts.length > 5 ? `${texts.slice(0, 5).join(', ')} and ${texts.length - 5} more` : texts.join(', ')
}
