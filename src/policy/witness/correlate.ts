import { all } from '../../verdict/algebra.js'
import { type Finding, met, unmet } from '../../verdict/finding.js'
import { attestorOf } from './attestation-types.js'
import { billNames, isBill } from './bill-names.js'
import type { Collection } from './collection.js'
import type { PassedCollection } from './conclude.js'
import { type Binding, bindingsOf, type ImageDigests, ociTarHint, sha256Of } from './image.js'
import { structOf } from './json-text.js'

const check = 'image-bound'

/**
 * Whether the collections that a policy passed are about this image and no other. A search links collections by any
 * digest that they share: a tag's text, a base image, a layer, the empty tree, the run of a workflow. Here only what
 * names an image counts: the config in an oci attestation (`imageid`), the manifest or index in a docker attestation
 * (`imagedigest`).
 *
 * Each platform must be bound by some passed collection; of a step whose collections name images one must name this
 * one; and a bill of materials must be of this image: by a digest in it, or by the tar that it was made from.
 */
export function correlateImage(image: ImageDigests, passed: readonly PassedCollection[]): Finding {
  const read = passed.map(({ step, evidence }) => ({
    step,
    where: evidence.where.join(', '),
    collection: evidence.collection,
    bindings: evidence.collection.attestations.flatMap(bindingsOf),
  }))
  const bound = read.filter(({ bindings }) => bindings.some((binding) => isBound(binding, image)))
  const own = new Set(bound.flatMap(({ collection }) => ownDigests(collection, image)))
  const names = new Set([image.signed, image.index ?? image.signed, ...own])
  for (const { manifest, config } of image.platforms) names.add(manifest).add(config)
  const steps = [...new Set(read.map(({ step }) => step))]
  return all(check, [
    ...image.platforms.map((platform) => platformFinding(platform, image, read)),
    ...steps.flatMap((step) =>
      stepFinding(
        step,
        read.filter((one) => one.step === step),
        image,
      ),
    ),
    ...steps.flatMap((step) =>
      billFinding(
        step,
        read.filter((one) => one.step === step),
        names,
      ),
    ),
  ])
}

/** Whether a collection names images, and this one is not among them: a search may link it all the same. */
export function isOfAnother(collection: Collection, image: ImageDigests): boolean {
  const bindings = collection.attestations.flatMap(bindingsOf)
  return bindings.length > 0 && !bindings.some((binding) => isBound(binding, image))
}

interface Read {
  readonly step: string
  readonly where: string
  readonly collection: Collection
  readonly bindings: readonly Binding[]
}

function isBound({ field, digest }: Binding, { index, platforms }: ImageDigests): boolean {
  if (field === 'imageid') return platforms.some(({ config }) => config === digest)
  return digest === index || platforms.some(({ manifest }) => manifest === digest)
}

function spell({ attestor, field, digest }: Binding): string {
  return `${attestor} ${field} ${digest}`
}

function platformFinding(
  { manifest, config }: ImageDigests['platforms'][number],
  { index }: ImageDigests,
  read: readonly Read[],
): Finding {
  const binds = ({ field, digest }: Binding): boolean =>
    field === 'imageid' ? digest === config : digest === manifest || digest === index
  for (const { where, step, bindings } of read) {
    const binding = bindings.find(binds)
    if (!binding) continue
    return met(check, `${manifest} is the image of step ${step} at ${where}: ${spell(binding)}`, {
      facts: { step, where, boundBy: spell(binding) },
    })
  }
  const wanted = `expected a passed build with oci imageid ${config} or docker imagedigest ${[manifest, index].filter(Boolean).join(' or ')}`
  const others = read.flatMap(({ bindings }) => bindings.map(spell))
  if (others.length > 0)
    return unmet(
      check,
      'digest-mismatch',
      `${wanted}, got ${[...new Set(others)].slice(0, mostNamed).join(', ')}`,
    )
  return unmet(check, 'attestation-missing', `${wanted}, got no oci or docker attestation${tarHint(read)}`)
}

const mostNamed = 5

/** The oci attestor reads docker's layout only. */
function tarHint(read: readonly Read[]): string {
  const tar = read.some(({ collection }) =>
    [...collection.products.keys()].some((path) => path.endsWith('.tar')),
  )
  return tar ? `; a tar is among the products: ${ociTarHint}` : ''
}

/** A step that speaks of images must speak of this one. */
function stepFinding(step: string, read: readonly Read[], image: ImageDigests): readonly Finding[] {
  const speaking = read.filter(({ bindings }) => bindings.length > 0)
  if (speaking.length === 0) return []
  const good = speaking.find(({ bindings }) => bindings.some((binding) => isBound(binding, image)))
  if (good) return [met(check, `step ${step} is about this image, at ${good.where}`)]
  const got = [...new Set(speaking.flatMap(({ bindings }) => bindings.map(spell)))]
    .slice(0, mostNamed)
    .join(', ')
  const message = `step ${step}: expected a collection about ${image.signed}, got one about another image: ${got}`
  return [unmet(check, 'digest-mismatch', message)]
}

/**
 * Other names that a build of this image has given it: the tar that it was saved as, docker's manifest.json, and the
 * manifest of a first build that was pushed by a second one. Of a build of several images only what is proven.
 */
function ownDigests({ attestations }: Collection, image: ImageDigests): readonly string[] {
  const saved = attestations.filter(({ type }) => attestorOf(type) === 'oci/v0.1')
  const products = attestations.filter(({ type }) => attestorOf(type) === 'docker/v0.1').flatMap(bindingsOf)
  const only = products.length === 1 ? products.map(({ digest }) => digest) : []
  const files = saved.flatMap((attestation) => {
    const isOwn = saved.length === 1 || bindingsOf(attestation).some((binding) => isBound(binding, image))
    const fields = structOf(attestation.json)
    if (!isOwn || typeof fields === 'string') return []
    return ['imageid', 'tardigest', 'manifestdigest'].flatMap((field) => sha256Of(fields.get(field)) ?? [])
  })
  return [...only, ...files]
}

function billFinding(step: string, read: readonly Read[], names: ReadonlySet<string>): readonly Finding[] {
  const bills = read.flatMap(({ where, collection }) =>
    collection.attestations.filter(isBill).map((bill) => ({ where, collection, ...billNames(bill) })),
  )
  if (bills.length === 0) return []
  const findings = bills.map(({ where, collection, about, digests }): Finding => {
    const named = digests.find((digest) => names.has(digest))
    if (named !== undefined)
      return met(check, `the bill of materials at ${where} is of this image: it names ${named}`)
    if (digests.length > 0) {
      const message = `step ${step}: expected a bill of materials of this image, got one at ${where} of ${[...new Set(digests)].slice(0, mostNamed).join(', ')}`
      return unmet(check, 'digest-mismatch', message)
    }
    const material = [...collection.materials].find(([, digest]) =>
      names.has(`sha256:${digest.get('sha256') ?? ''}`),
    )
    if (material)
      return met(check, `the bill of materials at ${where} was made from ${material[0]}, which is this image`)
    if (about === 'source')
      return met(check, `the bill of materials at ${where} is of the source, not of an image`)
    const message = `step ${step}: expected a bill of materials that can be tied to this image by a digest in it or by its materials, got one at ${where} that cannot`
    return unmet(check, 'attestation-missing', message)
  })
  // As for the policy itself one collection is enough; an older one of another image does not matter.
  const good = findings.find(({ status }) => status === 'met')
  return [good ?? findings[0] ?? []].flat()
}
