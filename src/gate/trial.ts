import type { Call } from '../network/call.js'
import { type Ask, askId } from '../requirement/leaves.js'
import type { Look, Place } from '../stores/store.js'
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

/** Looks that are taken within this time are one: what several signers need is read once. */
const lookMs = 500

export function openTrial(subject: Subject, place: Place, bench: Bench, call: Call): Trial {
  const answers = new Map<string, Answered>()
  const pending = new Map<string, Promise<void>>()
  let latest: { readonly look: Look; readonly at: number } | undefined

  const look = (): Look => {
    const at = performance.now()
    if (!latest || at - latest.at > lookMs) {
      latest = { at, look: place.evidence.look(subject.image, call, subject.isChild) }
    }
    return latest.look
  }

  const askOne = async (one: Ask, taken: Look, answered: () => void): Promise<void> => {
    const { image } = subject
    const { byKey, attestationsByAnyone } = place.evidence
    answers.set(
      askId(one),
      await askSigner(one, bench.keyring, {
        image,
        about: subject.name,
        look: taken,
        log: bench.log,
        acceptUnbound: bench.acceptUnbound,
        ...(bench.maxAgeMs !== undefined && { maxAgeMs: bench.maxAgeMs }),
        vouching: bench.vouching,
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
      const taken = look()
      for (const one of open) {
        if (!pending.has(askId(one))) pending.set(askId(one), askOne(one, taken, answered))
      }
      await Promise.all(pending.values())
    },
  }
}
