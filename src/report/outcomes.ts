import type { Failure, ImageResult, Verdict } from '../verdict/result.js'

/** What an image came to; `not-checked`: nothing is demanded of it, and that is allowed. */
export type Outcome = Verdict | 'not-checked'

/** Images that came to the same by the same code. */
export interface OutcomeGroup {
  readonly outcome: Outcome
  readonly failure: Failure | null
  readonly images: readonly ImageResult[]
}

const order: readonly Outcome[] = ['rejected', 'undetermined', 'not-checked', 'verified']

export function outcomeOf({ verdict, allowed }: ImageResult): Outcome {
  return allowed ? 'not-checked' : verdict
}

/** What wants a reader first; images of one outcome stay in their order. */
export function imagesWorstFirst(images: readonly ImageResult[]): readonly ImageResult[] {
  return order.flatMap((outcome) => images.filter((image) => outcomeOf(image) === outcome))
}

/** Images by outcome and code, the worst outcome first, and of one outcome what concerns most images. */
export function groupOutcomes(images: readonly ImageResult[]): readonly OutcomeGroup[] {
  const groups = new Map<string, { outcome: Outcome; failure: Failure | null; images: ImageResult[] }>()
  for (const image of images) {
    const outcome = outcomeOf(image)
    const failure = outcome === 'not-checked' ? null : image.failure
    const key = `${outcome} ${failure?.code ?? ''} ${failure?.service ?? ''}`
    const known = groups.get(key)
    if (known) known.images.push(image)
    else groups.set(key, { outcome, failure, images: [image] })
  }
  const all = [...groups.values()]
  return order.flatMap((outcome) =>
    all
      .filter((group) => group.outcome === outcome)
      .sort((one, other) => other.images.length - one.images.length),
  )
}

/** `200 images: 3 rejected, 1 undetermined, 196 verified` */
export function outcomesText(images: readonly ImageResult[]): string {
  const counts = order
    .map((outcome) => [images.filter((image) => outcomeOf(image) === outcome).length, outcome] as const)
    .filter(([count]) => count > 0)
    .map(([count, outcome]) => `${count} ${outcome.replace('-', ' ')}`)
  return `${images.length} images: ${counts.join(', ')}`
}
