import { unknown } from '../verdict/finding.js'
import { failure, failureOf, type ImageResult, type Result } from '../verdict/result.js'
import type { Settled } from './settled.js'
import { type Target, withPlace } from './target.js'

/** A run that is ended from outside decides nothing more: what is not decided by then is undetermined. */
export async function unlessStopped(
  stop: AbortSignal | undefined,
  target: Target,
  decide: () => Promise<Settled>,
): Promise<Settled> {
  if (stop === undefined) return decide()
  if (stop.aborted) return undecided(target, stop)
  let end: (() => void) | undefined
  const stopped = new Promise<Settled>((resolve) => {
    end = () => resolve(undecided(target, stop))
    stop.addEventListener('abort', end)
  })
  try {
    return await Promise.race([decide(), stopped])
  } finally {
    if (end) stop.removeEventListener('abort', end)
  }
}

/**
 * What a run that was ended comes to: it is not finished, so it says nothing for the whole, whatever single images came
 * to. Undefined where every image was decided before that.
 */
export function verdictOfStopped(
  images: readonly ImageResult[],
  stop: AbortSignal | undefined,
): Pick<Result, 'verdict' | 'failure'> | undefined {
  if (stop?.aborted !== true) return undefined
  const open = images.filter(({ finding }) => finding.check === check).length
  if (open === 0) return undefined
  const rejected = images.filter(({ verdict }) => verdict === 'rejected').length
  const among = rejected === 0 ? '' : `, of which ${rejected} ${rejected === 1 ? 'is' : 'are'} rejected`
  const message = `${whyOf('run', stop)} when ${images.length - open} of ${images.length} images were decided${among}`
  return { verdict: 'undetermined', failure: failure('internal-error', message) }
}

const check = 'run-finished'

function undecided(target: Target, stop: AbortSignal): Settled {
  const message = `${whyOf('run', stop)} before this image was decided`
  const finding = unknown(check, { code: 'internal-error', message })
  const result: ImageResult = {
    reference: target.reference,
    digest: null,
    pinned: null,
    verdict: 'undetermined',
    failure: failureOf(finding),
    signatures: [],
    finding,
    attempts: [],
  }
  return { result: withPlace(result, target), rows: [], warnings: [] }
}

/** `the run was stopped by SIGTERM`: with the reason where it is words. */
export function whyOf(what: 'run' | 'inspection', stop: AbortSignal): string {
  return `the ${what} was ${typeof stop.reason === 'string' ? stop.reason : 'stopped'}`
}
