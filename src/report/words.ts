import { codes, type FailureClass, type Service } from '../verdict/codes.js'
import type { Failure, Result, Verdict } from '../verdict/result.js'
import { outcomesText } from './outcomes.js'

/** The verdict in two words for a title: which of the three, and what kind of failure. */
export function title(verdict: Verdict, failure: Failure | null): string {
  if (verdict === 'verified') return 'Verified'
  if (verdict === 'rejected') return 'Rejected: supply chain'
  return failure?.class === 'configuration' ? 'Undetermined: configuration' : 'Undetermined: infrastructure'
}

const turns: Readonly<Record<FailureClass, string>> = {
  'supply-chain': 'The owner of the image: something about the image or its signature is wrong.',
  infrastructure:
    'The owner of the pipeline: a service did not give what is needed, so nothing is known about the image.',
  configuration:
    'The owner of the pipeline: this step is set up wrongly, so nothing is known about the image.',
}

/** Whose turn it is, in one sentence. */
export function turn(failure: Failure | null): string {
  return failure ? turns[failure.class] : 'Nobody: the image may be promoted.'
}

const operators: Readonly<Record<Service, string>> = {
  registry: 'who runs the registry',
  storage: 'who runs the storage',
  key: 'who runs the key service',
  trust: 'who hands out the trusted root',
  github: 'GitHub',
  archivista: 'who runs Archivista',
  engine: '',
}

/** Whose turn it is in a few words, for a table: of an outage also who can look at the other end. */
export function party(failure: Failure | null): string {
  if (failure === null) return 'nobody'
  if (failure.class === 'supply-chain') return 'the owner of the image'
  const operator =
    failure.class === 'infrastructure' && failure.service !== undefined ? operators[failure.service] : ''
  return `the owner of the pipeline${operator === '' ? '' : `, then ${operator}`}`
}

/** The verdict in one sentence, as it stands right below its title. */
export function headline({
  verdict,
  failure,
  images,
}: Pick<Result, 'verdict' | 'failure' | 'images'>): string {
  const [only, ...others] = images
  if (!only) return failure?.message ?? ''
  const own = failure !== null && !images.some((image) => image.failure?.message === failure.message)
  if (others.length > 0) return `${outcomesText(images)}${own ? `; and ${failure.message}` : ''}.`
  if (only.allowed) return `${only.reference}: nothing is demanded of it, so nothing was checked.`
  if (own) return `${only.reference}: ${failure.message}`
  if (verdict === 'verified')
    return only.digest === null
      ? `${only.reference}: a static policy admits it, and nothing was looked at.`
      : `${only.reference}: everything that was asked of it is proven.`
  return `${only.reference}: ${failure === null ? verdict : codes[failure.code].meaning}`
}

/** What a step that passes on its users' wish would have failed for. */
export function spared({ images }: Pick<Result, 'images'>): string {
  const failed = images.filter(({ verdict, allowed }) => verdict !== 'verified' && allowed !== true)
  if (failed.length === 0) return 'the run itself would have failed it'
  const rejected = failed.filter(({ verdict }) => verdict === 'rejected').length
  const counts = `${rejected} rejected, ${failed.length - rejected} undetermined`
  return `${failed.length} of ${images.length} ${images.length === 1 ? 'image' : 'images'} would have failed it: ${counts}`
}

/** Of several images: who has a turn beside the one who has it first. */
export function alsoTurn({ failure, images }: Pick<Result, 'failure' | 'images'>): string {
  const others = images.filter(
    (image) => image.failure && !image.allowed && image.failure.class !== failure?.class,
  )
  const parties = [...new Set(others.map((image) => party(image.failure)))]
  const said = parties.map((one) => {
    const count = others.filter((image) => party(image.failure) === one).length
    return `${one} (${count} ${count === 1 ? 'image' : 'images'})`
  })
  return said.length === 0 ? '' : ` Also: ${said.join('; ')}.`
}

/** One sentence about the whole run. */
export function message({
  verdict,
  failure,
  images,
}: Pick<Result, 'verdict' | 'failure' | 'images'>): string {
  if (failure === null) {
    const counted = images.filter(({ allowed }) => !allowed)
    const unchecked = images.length - counted.length
    const beside =
      unchecked === 0
        ? ''
        : `; ${unchecked} that no policy covers ${unchecked === 1 ? 'is' : 'are'} not checked`
    const [only, ...others] = counted
    if (!only || others.length > 0)
      return `${unchecked === 0 ? 'all ' : ''}${counted.length} images are verified${beside}`
    return only.digest === null
      ? `${only.reference} is admitted by a static policy: nothing was looked at${beside}`
      : `${only.reference} is verified: ${only.digest}${beside}`
  }
  const about =
    images.length > 1
      ? images.find(
          (image) =>
            !image.allowed &&
            image.failure?.code === failure.code &&
            image.failure.message === failure.message,
        )
      : undefined
  return about ? `${verdict}: ${about.reference}: ${failure.message}` : `${verdict}: ${failure.message}`
}
