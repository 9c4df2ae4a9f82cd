import { putImage, signByBundle, signSimply } from './registry-images.js'
import { type Kind, type LoopbackRegistry, openRegistry } from './registry.js'
import { newKey } from './store.js'

/** An image for which one call will go wrong, named for that. */
export interface FaultyImage {
  /** Of its repository. */
  readonly name: string
  readonly call: Kind
  /** What it comes to when nothing goes wrong. */
  readonly usual: 'verified' | 'signature-invalid'
  /** The call finds nothing also when all is well. */
  readonly nothing?: true
  /** The call decides nothing: other evidence does. */
  readonly beside?: true
  /** What it comes to when the registry itself says that what is asked for is not there. */
  readonly absent?: 'unsigned' | 'signature-invalid' | 'verified'
  /** By which key each format is made. */
  readonly sig?: 'right' | 'other'
  readonly bundle?: 'right' | 'other'
  /** There is no listing of referrers, only the fallback tag. */
  readonly fallback?: true
  readonly byDigest?: true
  readonly guarded?: true
}

const right = { usual: 'verified' } as const
const other = { usual: 'signature-invalid' } as const

export const faultyImages: readonly FaultyImage[] = [
  { name: 'sig/tag', call: 'tag', ...right, sig: 'right' },
  { name: 'sig/head', call: 'head', ...right, sig: 'right', byDigest: true },
  { name: 'sig/sig', call: 'sig', ...right, sig: 'right', absent: 'unsigned' },
  { name: 'sig/blob', call: 'blob', ...right, sig: 'right' },
  { name: 'sig/referrers', call: 'referrers', ...right, sig: 'right', beside: true },
  { name: 'sig/fallback', call: 'fallback', ...right, sig: 'right', beside: true },
  { name: 'sig/token', call: 'token', ...right, sig: 'right', guarded: true },
  { name: 'bundle/tag', call: 'tag', ...right, bundle: 'right' },
  { name: 'bundle/head', call: 'head', ...right, bundle: 'right', byDigest: true },
  { name: 'bundle/referrers', call: 'referrers', ...right, bundle: 'right', absent: 'unsigned' },
  { name: 'bundle/manifest', call: 'manifest', ...right, bundle: 'right' },
  { name: 'bundle/blob', call: 'blob', ...right, bundle: 'right' },
  { name: 'bundle/sig', call: 'sig', ...right, bundle: 'right', beside: true },
  { name: 'bundle/token', call: 'token', ...right, bundle: 'right', guarded: true },
  {
    name: 'fallback/fallback',
    call: 'fallback',
    ...right,
    bundle: 'right',
    fallback: true,
    absent: 'unsigned',
  },
  { name: 'fallback/manifest', call: 'manifest', ...right, bundle: 'right', fallback: true },
  {
    name: 'fallback/referrers',
    nothing: true,
    call: 'referrers',
    ...right,
    bundle: 'right',
    fallback: true,
    absent: 'verified',
  },
  { name: 'other-sig/sig', call: 'sig', ...other, sig: 'other', absent: 'unsigned' },
  { name: 'other-sig/blob', call: 'blob', ...other, sig: 'other' },
  {
    name: 'other-sig/referrers',
    nothing: true,
    call: 'referrers',
    ...other,
    sig: 'other',
    absent: 'signature-invalid',
  },
  {
    name: 'other-sig/fallback',
    nothing: true,
    call: 'fallback',
    ...other,
    sig: 'other',
    absent: 'signature-invalid',
  },
  {
    name: 'other-bundle/sig',
    nothing: true,
    call: 'sig',
    ...other,
    bundle: 'other',
    absent: 'signature-invalid',
  },
  { name: 'other-bundle/manifest', call: 'manifest', ...other, bundle: 'other' },
  { name: 'other-bundle/blob', call: 'blob', ...other, bundle: 'other' },
  { name: 'right-bundle/sig', call: 'sig', ...right, sig: 'other', bundle: 'right', beside: true },
  {
    name: 'right-bundle/referrers',
    call: 'referrers',
    ...right,
    sig: 'other',
    bundle: 'right',
    absent: 'signature-invalid',
  },
  { name: 'right-bundle/manifest', call: 'manifest', ...right, sig: 'other', bundle: 'right' },
  {
    name: 'right-sig/sig',
    call: 'sig',
    ...right,
    sig: 'right',
    bundle: 'other',
    absent: 'signature-invalid',
  },
  { name: 'right-sig/manifest', call: 'manifest', ...right, sig: 'right', bundle: 'other', beside: true },
]

export const rightKey = newKey()
const keys = { right: rightKey, other: newKey() }

export interface FaultyRegistries {
  /** The registry that an image lies in. */
  readonly of: (name: string) => LoopbackRegistry
  /** One for each image, in their order. */
  readonly references: readonly string[]
  readonly stop: () => Promise<void>
}

/** All images in two registries: one open to everybody, one that wants a token. */
export async function newRegistries(): Promise<FaultyRegistries> {
  const open = await openRegistry()
  const guarded = await openRegistry({ auth: { scheme: 'bearer' } })
  const of = (name: string): LoopbackRegistry =>
    faultyImages.some((image) => image.name === name && image.guarded) ? guarded : open
  const references = faultyImages.map(({ name, sig, bundle, fallback, byDigest }) => {
    const { holdings, host } = of(name)
    const digest = putImage(holdings, name)
    holdings.repository(name).referrers = fallback !== true
    if (sig) signSimply(holdings, name, digest, keys[sig])
    if (bundle) signByBundle(holdings, name, digest, keys[bundle])
    return `${host}/${name}${byDigest ? `@${digest}` : ':v1'}`
  })
  const stop = async (): Promise<void> => {
    await Promise.all([open.stop(), guarded.stop()])
  }
  return { of, references, stop }
}
