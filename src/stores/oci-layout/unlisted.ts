import { opendir } from 'node:fs/promises'
import path from 'node:path'
import { type Descriptor, parseManifest } from '../../evidence/oci-manifest.js'
import { fileFault, readWhole } from '../../files/read.js'
import type { Call } from '../../network/call.js'
import { absent, failed, found, type Lookup } from '../../network/lookup.js'
import type { Digest } from '../../reference/reference.js'
import type { Problem } from '../../verdict/finding.js'
import { digestOf } from '../manifest.js'
import { manifestLimit, signatureLimit } from '../store.js'

/** What the folder of blobs holds about an image although nothing lists it. */
export interface Unlisted {
  readonly about: readonly Descriptor[]
  readonly problems: readonly Problem[]
}

/** Files of one saved image: some hundreds in the largest indexes. */
const mostFiles = 10_000
const blobName = /^[0-9a-f]{64}$/
/** One is enough to say that it is not known. */
export const mostProblems = 10
/** Files that are read at the same time. */
const batch = 10

/**
 * `cosign save` writes bundles as manifests that refer to the image, and lists them nowhere; `cosign verify --local-image`
 * reads all blobs to find them (cosign 3.1, pkg/cosign/verify.go, getLocalBundleDescriptors). A blob that is not what it
 * is called may have been one.
 *
 * @param known digests that are looked at elsewhere
 */
export async function findUnlisted(
  blobs: string,
  subject: Digest,
  known: ReadonlySet<string>,
  call: Call,
): Promise<Unlisted> {
  const about: Descriptor[] = []
  const problems: Problem[] = []
  const take = (answer: Lookup<Descriptor>): void => {
    if (answer.kind === 'found') about.push(answer.value)
    if (answer.kind === 'failed') problems.push(answer.problem)
  }
  const names = await namesIn(blobs)
  if (names.kind === 'failed') return { about, problems: [names.problem] }
  const unknown = (names.kind === 'found' ? names.value : []).filter((name) => !known.has(`sha256:${name}`))
  const end = (answer: Lookup<never>): Unlisted => {
    take(answer)
    return { about: about.slice(0, signatureLimit), problems: problems.slice(-mostProblems) }
  }
  for (let at = 0; at < unknown.length; at += batch) {
    if (call.signal.aborted)
      return end(failed('timeout', `${blobs}: not read within the time for it`, 'storage'))
    const some = unknown.slice(at, at + batch)
    const answers = await Promise.all(some.map(async (name) => readOne(blobs, name, subject)))
    for (const answer of answers) take(answer)
    if (about.length > signatureLimit)
      return end(failed('limit-exceeded', `${blobs}: more than ${signatureLimit} signatures`, 'storage'))
  }
  return { about, problems: problems.slice(0, mostProblems) }
}

/** @returns absent for what is not about the subject */
async function readOne(blobs: string, name: string, subject: Digest): Promise<Lookup<Descriptor>> {
  const file = path.join(blobs, name)
  const none = absent(`${file}: nothing about ${subject}`)
  const blob = await readWhole(file, manifestLimit, 'storage')
  // Larger than any manifest.
  if (blob.kind === 'failed' && blob.problem.code === 'limit-exceeded') return none
  if (blob.kind === 'absent')
    return failed('response-invalid', `${file}: a blob of this name, and it is not there`, 'storage')
  if (blob.kind === 'failed') return blob
  const bytes = blob.value
  const digest = digestOf(bytes)
  if (digest !== `sha256:${name}`)
    return failed('response-invalid', `${file}: expected sha256:${name}, got ${digest}`, 'storage')
  // Most are layers: only what begins like an object is parsed.
  if (!/^\s*\{/.test(Buffer.from(bytes.subarray(0, 64)).toString('latin1'))) return none
  const manifest = parseManifest(bytes)
  if (manifest?.subject?.digest !== subject) return none
  const { mediaType = '', artifactType, annotations } = manifest
  return found({ digest, mediaType, annotations, ...(artifactType !== undefined && { artifactType }) })
}

async function namesIn(blobs: string): Promise<Lookup<readonly string[]>> {
  const names: string[] = []
  try {
    for await (const { name } of await opendir(blobs)) {
      if (!blobName.test(name)) continue
      if (names.push(name) > mostFiles)
        return failed('limit-exceeded', `${blobs}: more than ${mostFiles} blobs`, 'storage')
    }
  } catch (error) {
    return fileFault(error, blobs, 'storage', () => absent(`${blobs}: not there`))
  }
  return found(names.sort())
}
