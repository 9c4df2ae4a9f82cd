import { createHash } from 'node:crypto'
import { field, isObject, listField, objectField, readObject, textField } from '../evidence/json.js'
import { type FleetImage, mostShards } from './split.js'

/** The images of one job. */
export interface Shard {
  /** From 1. */
  readonly shard: number
  /** References that were given by themselves. */
  readonly images: readonly string[]
  /** References that manifests name; some may be among the others too. */
  readonly manifests: readonly string[]
}

/** `plan.json`, schema version 1: which job judges which images. It holds names only, and no secrets. */
export interface FleetPlan {
  readonly schemaVersion: 1
  readonly tool: { readonly name: string; readonly version: string }
  readonly shards: readonly Shard[]
  /** Of all above, as compact JSON in this order: what the result of a shard is bound to. 64 hex digits. */
  readonly sha256: string
}

export function newPlan(shards: readonly (readonly FleetImage[])[], version: string): FleetPlan {
  return sealed(
    { name: 'verify-image', version },
    shards.map((images, index) => ({
      shard: index + 1,
      images: images.filter(({ given }) => given).map(({ reference }) => reference),
      manifests: images.filter(({ inManifests }) => inManifests).map(({ reference }) => reference),
    })),
  )
}

function sealed(tool: FleetPlan['tool'], shards: readonly Shard[]): FleetPlan {
  const content = { schemaVersion: 1 as const, tool, shards }
  return { ...content, sha256: createHash('sha256').update(JSON.stringify(content)).digest('hex') }
}

/** Each image of a shard once, as its result lists them. */
export function referencesOf({ images, manifests }: Shard): readonly string[] {
  return [...new Set([...images, ...manifests])].sort()
}

/** The matrix of jobs (`strategy.matrix`) for GitHub. */
export function matrixOf({ shards }: FleetPlan): {
  readonly include: readonly { readonly shard: number; readonly of: number; readonly count: number }[]
} {
  return {
    include: shards.map((shard) => ({
      shard: shard.shard,
      of: shards.length,
      count: referencesOf(shard).length,
    })),
  }
}

/** @returns a text says what is wrong with it */
export function readPlan(bytes: Uint8Array): FleetPlan | string {
  const document = readObject(bytes)
  if (document === undefined) return 'expected a JSON object, got something else'
  const schemaVersion = field(document, 'schemaVersion')
  if (schemaVersion !== 1) return `expected schemaVersion 1, got ${spell(schemaVersion)}`
  const tool = objectField(document, 'tool')
  const [name, version] = [textField(tool, 'name'), textField(tool, 'version')]
  if (name !== 'verify-image' || version === undefined)
    return `expected a plan of verify-image, got one of ${spell(name)}`
  const listed = listField(document, 'shards') ?? []
  if (listed.length === 0 || listed.length > mostShards)
    return `expected 1 to ${mostShards} shards, got ${listed.length}`
  const seen = new Set<string>()
  const shards: Shard[] = []
  for (const [index, value] of listed.entries()) {
    const shard = readShard(value, index + 1)
    if (typeof shard === 'string') return `shard ${index + 1}: ${shard}`
    for (const reference of referencesOf(shard)) {
      if (seen.has(reference)) return `${spell(reference)} is in more than one shard`
      seen.add(reference)
    }
    shards.push(shard)
  }
  const plan = sealed({ name, version }, shards)
  const sha256 = textField(document, 'sha256')
  // Whatever else stands in the file would be in no result.
  if (sha256 !== plan.sha256) return `expected sha256 ${plan.sha256} for what it holds, got ${spell(sha256)}`
  return plan
}

function readShard(value: unknown, number: number): Shard | string {
  if (!isObject(value) || field(value, 'shard') !== number) return `expected the number ${number}`
  const [images, manifests] = [readReferences(value, 'images'), readReferences(value, 'manifests')]
  if (typeof images === 'string') return images
  if (typeof manifests === 'string') return manifests
  return images.length + manifests.length === 0 ? 'it names no image' : { shard: number, images, manifests }
}

function readReferences(shard: Readonly<Record<string, unknown>>, name: string): readonly string[] | string {
  const list = listField(shard, name)
  if (!list) return `expected a list of ${name}`
  const references = list.filter((one): one is string => typeof one === 'string' && one !== '')
  if (references.length < list.length) return `expected references among ${name}, got something else`
  return new Set(references).size < references.length ? `${name} are named more than once` : references
}

function spell(value: unknown): string {
  const text = value === undefined ? 'nothing' : JSON.stringify(value)
  return text.length > 100 ? `${text.slice(0, 99)}…` : text
}
