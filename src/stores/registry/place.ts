import type { Evidence } from '../../evidence/evidence.js'
import type { Call } from '../../network/call.js'
import { failed, found, type Lookup } from '../../network/lookup.js'
import { parseRegistryReference } from '../../reference/registry.js'
import type { Digest, RegistryReference } from '../../reference/reference.js'
import type { Problem } from '../../verdict/finding.js'
import type { RegistryAccess } from '../../verdict/request.js'
import { lookOnce, offersOfReferrers, offersOfTag, readAll, reading } from '../companions.js'
import type { Channel, EvidenceSource, Look, Offer, Place, Reading, Resolved, Wanted } from '../store.js'
import { openRepository, type Repository } from './client.js'
import { listFallback, listReferrers } from './referrers.js'
import { concealing } from './concealed-repository.js'
import { openSession, type Session } from './session.js'

/** Registries of one run: what was learnt of each is shared by its images. */
export type Registries = (reference: RegistryReference) => Place | Problem

export function openRegistries(settings: RegistryAccess): Registries {
  const sessions = new Map<string, Session>()
  const sessionOf = (registry: string, access: RegistryAccess): Session => {
    const session = sessions.get(registry) ?? openSession(registry, access)
    sessions.set(registry, session)
    return session
  }
  const repositoryOf = (registry: string, repository: string, access = settings): Repository => {
    const session = sessionOf(registry, access)
    return concealing(openRepository(session, registry, repository), session)
  }
  return (reference) => {
    const images = repositoryOf(reference.registry, reference.repository)
    const elsewhere = settings.signatureRepository
    if (elsewhere === undefined) return openPlace(reference, images, images, settings.tagPrefix)
    const named = parseRegistryReference(`${elsewhere}:x`)
    if (named.kind === 'unreadable' || named.digest !== undefined) {
      return {
        code: 'input-invalid',
        message: `signature-repository: expected registry/repository, got ${JSON.stringify(elsewhere)}`,
      }
    }
    // The login is for the registry of the images; another one where signatures lie must not get to hear it.
    const { login, ...others } = settings
    const access = named.registry === reference.registry && login ? settings : others
    const evidence = repositoryOf(named.registry, named.repository, access)
    return openPlace(reference, images, evidence, settings.tagPrefix)
  }
}

function openPlace(
  reference: RegistryReference,
  images: Repository,
  evidence: Repository,
  tagPrefix: string,
): Place {
  const read = async (name: string, call: Call): Promise<Lookup<Resolved>> => {
    const manifest = await images.manifest(name, call)
    if (manifest.kind !== 'found') return manifest
    const { digest, bytes } = manifest.value
    return found({ digest, manifest: bytes, where: `${images.name}@${digest}` })
  }
  return {
    images: {
      resolve: async (call, need) => {
        const { digest, tag } = reference
        if (digest === undefined) return read(tag ?? 'latest', call)
        if (need === 'manifest') return read(digest, call)
        const there = await images.has(digest, call)
        return there.kind === 'found' ? found({ digest, where: `${images.name}@${digest}` }) : there
      },
      blob: async (descriptor, limit, call) => images.blob(descriptor, limit, call),
      stream: images.stream,
    },
    evidence: sourceOf(evidence, reference.digest, tagPrefix),
  }
}

/** A digest that is known beforehand is not waited for: all lookups start at once. */
function sourceOf(repository: Repository, known: Digest | undefined, tagPrefix: string): EvidenceSource {
  const look = (image: Promise<Lookup<Resolved>>, call: Call, isChild = false): Look => {
    const digest =
      known === undefined || isChild
        ? image.then((resolved) => (resolved.kind === 'found' ? found(resolved.value.digest) : resolved))
        : Promise.resolve(found(known))
    return lookOnce((wanted) => openChannels(repository, digest, tagPrefix, wanted, call))
  }
  const list: EvidenceSource['list'] = async (image, most, call) => {
    const digest = known ?? (await image)
    if (typeof digest !== 'string' && digest.kind !== 'found') return digest
    return listEvidence(
      repository,
      typeof digest === 'string' ? digest : digest.value.digest,
      tagPrefix,
      most,
      call,
    )
  }
  return { look, list, byKey: false }
}

function openChannels(
  repository: Repository,
  digest: Promise<Lookup<Digest>>,
  tagPrefix: string,
  wanted: Wanted,
  call: Call,
): readonly Channel[] {
  const after = (list: (digest: Digest) => Promise<Lookup<readonly Offer[]>>): Channel =>
    digest.then(async (known) => (known.kind === 'found' ? list(known.value) : known))
  const [suffix, format] =
    wanted.predicateType === undefined
      ? (['sig', 'simple-signing'] as const)
      : (['att', 'dsse-envelope'] as const)
  const tag = (): Channel =>
    after(async (known) =>
      offersOfTag(repository, `${tagPrefix}${known.replace(':', '-')}.${suffix}`, format, wanted, call),
    )
  const referrers = (): Channel => after(async (known) => referrerOffers(repository, known, wanted, call))
  if (wanted.only === 'tags') return [tag()]
  return wanted.only === 'referrers' ? [referrers()] : [tag(), referrers()]
}

async function referrerOffers(
  repository: Repository,
  digest: Digest,
  wanted: Wanted,
  call: Call,
): Promise<Lookup<readonly Offer[]>> {
  const referrers = await listReferrers(repository, digest, call)
  if (referrers.kind !== 'found') return referrers
  const { listed, from } = referrers.value
  if (listed.length > 0) return found(offersOfReferrers(repository, listed, wanted, call))
  if (from === 'api') {
    // A registry that learnt to list may still hold what was written before: asked for when nothing else settles it.
    const read = async (): Promise<Reading> => {
      const older = await listFallback(repository, digest, call)
      return older.kind === 'found'
        ? readAll(offersOfReferrers(repository, older.value, wanted, call))
        : reading(older)
    }
    return found([{ rank: 3, read }])
  }
  const fallback = await listFallback(repository, digest, call)
  if (fallback.kind === 'found') return found(offersOfReferrers(repository, fallback.value, wanted, call))
  if (fallback.kind === 'absent' && from === 'odd') {
    return failed(
      'response-invalid',
      `${repository.name}@${digest}: expected a listing of referrers, got an answer that is none`,
      'registry',
    )
  }
  return fallback
}

/** Everything beside an image, in whatever format; one part that cannot be read is a failure of the whole. */
async function listEvidence(
  repository: Repository,
  digest: Digest,
  tagPrefix: string,
  most: number,
  call: Call,
): Promise<Lookup<readonly Evidence[]>> {
  const wanted: Wanted = { keyId: '' }
  const tag = `${tagPrefix}${digest.replace(':', '-')}`
  const listings = await Promise.all([
    offersOfTag(repository, `${tag}.sig`, 'simple-signing', wanted, call),
    offersOfTag(repository, `${tag}.att`, 'dsse-envelope', wanted, call),
    referrerOffers(repository, digest, wanted, call),
  ])
  const broken = listings.find((listing) => listing.kind === 'failed')
  if (broken?.kind === 'failed') return broken
  const offers = listings.flatMap((listing) => (listing.kind === 'found' ? listing.value : []))
  const { evidence, problems } = await readAll(offers.slice(0, most))
  const [problem] = problems
  return problem ? { kind: 'failed', problem } : found(evidence)
}
