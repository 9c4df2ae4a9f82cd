import type { Call } from '../network/call.js'
import { type Ask, askId } from '../requirement/leaves.js'
import type { Look, Place } from '../stores/store.js'
import { type Problem, unknown } from '../verdict/finding.js'
import type { Manner } from '../requirement/manner.js'
import type { Bench } from './bench.js'
import { type Answered, askSigner } from './signer.js'
import type { Subject } from './subjects.js'

/** The questions about one manifest, and the answers so far. */
export interface Trial {
  readonly subject: Subject
  readonly answers: ReadonlyMap<string, Answered>
  /** Asks those questions that nobody is asking yet; the promise is kept when all that are open have an answer. */
  readonly ask: (open: readonly Ask[], answered: () => void) => Promise<void>
}

/** Where the evidence lies that is asked for in this manner. */
export type Places = (manner: Manner) => Promise<Place | Problem> | Place

/** Looks that are taken within this time are one: what several signers need is read once. */
const lookMs = 500

export function openTrial(subject: Subject, places: Places, bench: Bench, call: Call): Trial {
  const answers = new Map<string, Answered>()
  const pending = new Map<string, Promise<void>>()
  const latest = new Map<Place, { readonly look: Look; readonly at: number }>()

  const look = (place: Place): Look => {
    const at = performance.now()
    const last = latest.get(place)
    if (last && at - last.at <= lookMs) return last.look
    const taken = place.evidence.look(subject.image, call, subject.isChild)
    latest.set(place, { at, look: taken })
    return taken
  }

  const askOne = async (one: Ask, answered: () => void): Promise<void> => {
    const { image } = subject
    const manner = one.manner ?? {}
    const place = await places(manner)
    if ('code' in place) {
      answers.set(askId(one), { finding: unknown('store-opened', place), signatures: [] })
      answered()
      return
    }
    const { byKey, attestationsByAnyone } = place.evidence
    answers.set(
      askId(one),
      await askSigner(one, bench.keyring, {
        image,
        about: subject.name,
        look: look(place),
        signal: call.signal,
        log: manner.log ?? bench.log,
        acceptUnbound: bench.acceptUnbound,
        ...(bench.maxAgeMs !== undefined && { maxAgeMs: bench.maxAgeMs }),
        vouching:
          one.manner === undefined ? bench.vouching : (bench.manners?.vouching(one.manner) ?? bench.vouching),
        thorough: bench.thorough,
        byKey,
        ...(attestationsByAnyone && { attestationsByAnyone }),
      }),
    )
    pending.delete(askId(one))
    answered()
  }

  return {
    subject,
    answers,
    ask: async (open, answered) => {
      for (const one of open) {
        if (!pending.has(askId(one))) pending.set(askId(one), askOne(one, answered))
      }
      await Promise.all(pending.values())
    },
  }
}
