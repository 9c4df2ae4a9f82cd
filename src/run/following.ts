import type { Outside } from '../gate/outside.js'
import { type ImageDocument, toImage } from '../report/document.js'
import { redact } from '../report/redaction.js'
import type { Asked } from '../verdict/result.js'

/** How a program follows a run and ends it. What a listener throws ends the run too, and the promise rejects with it. */
export interface Following {
  /** Ends the run early: what is not decided by then is undetermined. A reason that is text is shown. */
  readonly signal?: AbortSignal
  /** Told how many images are judged, as soon as that is known. */
  readonly planned?: (images: number) => void
  /** Told of each image as it is decided, in no particular order. */
  readonly decided?: (image: ImageDocument) => void
  /** Told of each request as it ends. */
  readonly asked?: (asked: Asked) => void
}

interface Listeners {
  readonly outside: Pick<Outside, 'planned' | 'decided' | 'asked' | 'stop'>
  /** Throws what a listener threw first. */
  readonly rethrow: () => void
}

/** Listeners that get nothing secret, and whose faults are kept out of the run: there one would pass for an outage. */
export function openListeners(
  { signal, planned, decided, asked }: Following,
  secrets: readonly string[],
): Listeners {
  const faults: unknown[] = []
  const ends = new AbortController()
  const tell = (listen: () => void): void => {
    if (faults.length > 0) return
    try {
      listen()
    } catch (error) {
      faults.push(error)
      ends.abort('stopped by a listener')
    }
  }
  return {
    outside: {
      stop: AbortSignal.any([ends.signal, ...(signal ? [signal] : [])]),
      ...(planned && { planned: (images) => tell(() => planned(images)) }),
      ...(decided && { decided: (image) => tell(() => decided(redact(toImage(image), secrets))) }),
      ...(asked && { asked: (one) => tell(() => asked(redact(one, secrets))) }),
    },
    rethrow: () => {
      if (faults.length > 0) throw faults[0]
    },
  }
}
