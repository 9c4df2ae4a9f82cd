import { listField, objectField, readObject } from '../evidence/json.js'
import { type Descriptor, parseManifest, type ParsedManifest } from '../evidence/oci-manifest.js'
import { manifestLimit, type Resolved } from '../stores/store.js'
import { all } from '../verdict/algebra.js'
import type { Service } from '../verdict/codes.js'
import { exempt, type Finding, met, unknown } from '../verdict/finding.js'
import { judgeChunked } from './chunked-layer.js'
import { type Listed, listPart, openTroubles, type Reader, readPart, unread } from './part.js'
import { isAttestation } from './subjects.js'

/** Indexes within indexes. */
const mostDepth = 4
const mostManifests = 1000
const mostBlobs = 10_000

/**
 * Reads everything that a pull of the image could read, from the manifest that was resolved: the manifests of an index,
 * those of attestations too, their configurations and layers. Each must be what the manifest above it says, so that all
 * hangs on the one digest that was signed.
 */
export async function readDeep(
  { manifest, where }: Resolved,
  given: Omit<Reader, 'troubles'>,
): Promise<Finding> {
  const reader: Reader = { ...given, troubles: openTroubles() }
  const state: State = { reader, findings: [], manifests: 0, attestations: 0, blobs: 0, bytes: 0, skipped: 0 }
  const read = manifest === undefined ? undefined : parseManifest(manifest)
  if (manifest === undefined || read === undefined) {
    const message = `${where}: expected an image manifest or an index`
    return unknown('deep', { code: 'unsupported', message })
  }
  state.bytes = manifest.length
  const manifests = await readManifests({ manifest: read, where }, state)
  await readBlobs(manifests, state)
  return conclude(state)
}

interface State {
  readonly reader: Reader
  /** What is not right, in the order of the manifests. */
  readonly findings: Finding[]
  manifests: number
  attestations: number
  blobs: number
  bytes: number
  /** Parts that were not read, as there was enough to say already. */
  skipped: number
}

/** A manifest that is proven, and where it lies. */
interface Proven {
  readonly manifest: ParsedManifest
  readonly where: string
}

/** @returns the manifests of images, in the order of the indexes */
async function readManifests(root: Proven, state: State): Promise<readonly Proven[]> {
  const proven: Proven[] = []
  const seen = new Set<string>()
  let level: readonly Proven[] = [root]
  for (let depth = 0; level.length > 0; depth++) {
    const children: Listed[] = []
    for (const one of level) {
      state.manifests++
      proven.push(one)
      state.findings.push(...emptiness(one))
      for (const descriptor of one.manifest.manifests ?? []) {
        const part = listManifest(descriptor, one.where, state.reader.service)
        if ('check' in part) state.findings.push(part)
        else if (!seen.has(partId(part))) {
          seen.add(partId(part))
          children.push(part)
          if (isAttestation(descriptor)) state.attestations++
        }
      }
    }
    if (children.length > 0 && (depth === mostDepth || seen.size > mostManifests)) {
      const message = `${root.where}: more than ${mostDepth} indexes within each other, or ${mostManifests} manifests`
      state.findings.push(
        unknown('manifest', { code: 'limit-exceeded', service: state.reader.service, message }),
      )
      break
    }
    const read = await Promise.all(children.map(async (part) => readManifest(part, state)))
    state.findings.push(...read.flatMap(({ findings }) => findings))
    level = read.flatMap(({ next }) => next ?? [])
  }
  return proven
}

function listManifest(descriptor: Descriptor, where: string, service: Service): Listed | Finding {
  const { mediaType, digest } = descriptor
  if (mediaType === '' || /\b(manifest|index)\b/.test(mediaType))
    return listPart('manifest', descriptor, service)
  const message = `manifest ${digest}: ${where} lists it as ${mediaType}, which is not read by this version`
  return unknown('manifest', { code: 'unsupported', message })
}

async function readManifest(
  part: Listed,
  state: State,
): Promise<{ readonly findings: readonly Finding[]; readonly next?: Proven }> {
  const { findings, bytes, size = 0 } = await readWhole(part, manifestLimit, state)
  if (bytes === undefined) return { findings }
  state.bytes += size
  const manifest = parseManifest(bytes)
  if (manifest) return { findings, next: { manifest, where: `manifest ${part.digest}` } }
  const message = `manifest ${part.digest}: expected an image manifest or an index, got something else`
  return { findings: [unknown('manifest', { code: 'unsupported', message })] }
}

/** A manifest in a form that is not read lists nothing: nothing would be checked, and all would seem well. */
function emptiness({ manifest, where }: Proven): readonly Finding[] {
  if (manifest.config !== undefined || (manifest.manifests?.length ?? 0) > 0) return []
  const message = `${where}: names neither a configuration nor manifests: this form is not read by this version`
  return [unknown('manifest', { code: 'unsupported', message })]
}

/** Configurations first: they name what the layers unpack to. */
async function readBlobs(manifests: readonly Proven[], state: State): Promise<void> {
  const configs = new Map<string, Listed>()
  const layers = new Map<string, Listed>()
  const list = (kind: 'config' | 'layer', descriptor: Descriptor, into: Map<string, Listed>): void => {
    const part = listPart(kind, descriptor, state.reader.service)
    if ('check' in part) state.findings.push(part)
    else into.set(partId(part), part)
  }
  for (const { manifest } of manifests) {
    if (manifest.config) list('config', manifest.config, configs)
    for (const layer of manifest.layers) list('layer', layer, layers)
  }
  if (configs.size + layers.size > mostBlobs) {
    const message = `expected at most ${mostBlobs} configurations and layers, got ${configs.size + layers.size}`
    state.findings.push(unknown('layer', { code: 'limit-exceeded', service: state.reader.service, message }))
    return
  }
  const texts = new Map<string, Uint8Array>()
  await readEach(configs.values(), state, async (part) => {
    const { findings, bytes, size } = await readWhole(part, manifestLimit, state)
    if (size !== undefined) countBlob(size, state)
    if (bytes) texts.set(part.digest, bytes)
    return findings
  })
  await readEach(layers.values(), state, async (part) =>
    readLayer(part, diffIdsOf(part, manifests, texts), state),
  )
}

async function readEach(
  parts: Iterable<Listed>,
  state: State,
  read: (part: Listed) => Promise<readonly Finding[]>,
): Promise<void> {
  const findings = await Promise.all([...parts].map(read))
  state.findings.push(...findings.flat())
}

/** s3lo looks for a recipe first and takes a whole layer only where there is none; what lies there must be right. */
async function readLayer(
  layer: Listed,
  diffIds: readonly string[],
  state: State,
): Promise<readonly Finding[]> {
  const { reader } = state
  const { chunked } = reader.images
  if (chunked === undefined) return readWholeLayer(layer, state)
  const recipe = await reader.turns(async () =>
    reader.troubles.isEnough() ? undefined : chunked.recipe(layer.digest, reader.call),
  )
  if (recipe === undefined) {
    state.skipped++
    return []
  }
  if (recipe.kind === 'absent') return readWholeLayer(layer, state)
  if (recipe.kind === 'failed') {
    const finding = reader.troubles.note(unread('recipe', layer.digest, recipe.problem))
    return [finding, ...(await readWhole(layer, 0, state, false)).findings]
  }
  const judged = await judgeChunked({ layer, recipe: recipe.value, chunked, diffIds }, reader)
  if (judged.skipped) state.skipped++
  const beside = await readWhole(layer, 0, state, false)
  const findings = [...judged.findings, ...beside.findings]
  if (findings.length === 0 && !judged.skipped) countBlob(layer.descriptor.size ?? 0, state)
  return findings
}

async function readWholeLayer(layer: Listed, state: State): Promise<readonly Finding[]> {
  const { findings, size } = await readWhole(layer, 0, state)
  if (size !== undefined) countBlob(size, state)
  return findings
}

interface Whole {
  readonly findings: readonly Finding[]
  /** Undefined where it is not right, or was not read. */
  readonly bytes?: Uint8Array
  readonly size?: number
}

/** @param isNeeded false where the part is, or may be, kept in pieces: then there need be no whole one */
async function readWhole(part: Listed, keep: number, state: State, isNeeded = true): Promise<Whole> {
  const read = await readPart(part, keep, state.reader)
  if (read.kind === 'right') return { findings: [], bytes: read.bytes, size: read.size }
  if (read.kind === 'skipped') state.skipped++
  if (read.kind === 'skipped' || (read.kind === 'missing' && !isNeeded)) return { findings: [] }
  return { findings: [state.reader.troubles.note(read.finding)] }
}

function countBlob(size: number, state: State): void {
  state.blobs++
  state.bytes += size
}

/** What the configurations of the images that this layer belongs to say it unpacks to (image-spec, config.md). */
function diffIdsOf(
  layer: Listed,
  manifests: readonly Proven[],
  texts: ReadonlyMap<string, Uint8Array>,
): readonly string[] {
  const diffIds = manifests.flatMap(({ manifest: { config, layers } }) => {
    const text = config && texts.get(config.digest)
    const listed = text && listField(objectField(readObject(text), 'rootfs'), 'diff_ids')
    if (listed?.length !== layers.length) return []
    return layers.flatMap(({ digest }, index) => {
      const diffId = listed[index]
      return digest === layer.digest && typeof diffId === 'string' ? [diffId] : []
    })
  })
  return [...new Set(diffIds)]
}

function partId({ kind, digest, descriptor }: Listed): string {
  return `${kind} ${digest} ${descriptor.size ?? ''}`
}

function conclude({ findings, manifests, attestations, blobs, bytes, skipped }: State): Finding {
  const facts = { manifests: String(manifests), blobs: String(blobs), bytes: String(bytes) }
  if (findings.length === 0) {
    const of = attestations === 0 ? '' : ` (${attestations} of attestations)`
    const message = `${count(manifests, 'manifest')}${of}, ${count(blobs, 'blob')}, ${bytes} bytes are what was signed`
    return met('deep', message, { facts })
  }
  const rest = skipped === 0 ? [] : [exempt('deep', `${count(skipped, 'more part')} not read after these`)]
  const message = `${count(findings.length, 'part')} not right, or not read; ${count(manifests, 'manifest')} and ${count(blobs, 'blob')} are what was signed`
  return { ...all('deep', [...findings, ...rest]), message, facts }
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`
}
