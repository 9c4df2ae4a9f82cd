import type { Call } from '../../network/call.js'
import type { Lookup } from '../../network/lookup.js'
import type { BuildFacts, Envelopes } from '../../policy/part.js'
import type { Archivista } from '../../stores/archivista/archivista.js'
import type { Place, Resolved } from '../../stores/store.js'
import type { Service } from '../../verdict/codes.js'
import type { Patience, Platforms } from '../../verdict/request.js'
import { openAttached } from './attached.js'
import type { Clock } from '../clock.js'
import { readImageDigests } from './image-digests.js'

/** An image that policies about builds ask about, in its store. */
export interface BuiltImage {
  readonly place: Place
  readonly image: Promise<Lookup<Resolved>>
  readonly service: Service
  readonly platforms: Platforms
}

interface Surroundings {
  readonly archivista?: Archivista | undefined
  readonly patience: Pick<Patience, 'waitMs'>
  readonly clock: Clock
}

const firstPoll = 1000
const longestPoll = 15_000

/**
 * What policies about builds may ask for, of an image or of digests alone. Everything is asked once, and again only
 * after a wait for what has not appeared yet.
 */
export function openBuilt(
  about: BuiltImage | undefined,
  { archivista, patience, clock }: Surroundings,
  call: Call,
): BuildFacts {
  const deadline = clock.now().getTime() + patience.waitMs
  const none: Envelopes = { sources: [], problems: [] }
  const beside = (): ((which: 'likely' | 'all') => Promise<Envelopes>) =>
    about ? openAttached(about.place, about.image, call) : async () => Promise.resolve(none)
  let attached = beside()
  let digests: ReturnType<NonNullable<BuildFacts['digests']>> | undefined
  let poll = firstPoll
  return {
    attached: async (which) => attached(which),
    ...(about && {
      digests: async () =>
        (digests ??= about.image.then(async (image) =>
          readImageDigests(image, { ...about, images: about.place.images }, call),
        )),
    }),
    ...(archivista && {
      search: async (wanted) => {
        const { envelopes, problems } = await archivista.envelopesAbout(wanted, call)
        const sources = envelopes.map(({ bytes, where }) => ({ bytes, where, origin: 'found' as const }))
        return { sources, problems }
      },
    }),
    again: async () => {
      const left = deadline - clock.now().getTime()
      if (left <= 0 || call.signal.aborted) return false
      await clock.sleep(Math.min(poll, left), call.signal)
      poll = Math.min(poll * 2, longestPoll)
      attached = beside()
      return !call.signal.aborted
    },
  }
}
