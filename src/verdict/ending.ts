import type { ImageResult, Result } from './result.js'

/** `audit` reports only; configuration failures still fail, or a typing error would switch the gate off. */
export type Mode = 'enforce' | 'audit'
export type OnInfrastructureError = 'fail' | 'warn'

export interface Leniency {
  readonly mode: Mode
  readonly onInfrastructureError: OnInfrastructureError
}

/** How a run ends: the exit code, and whether a failure was let pass on the user's wish. */
export interface Ending {
  readonly exit: 0 | 1 | 2
  readonly letPass: boolean
  /** Whether digests and pinned references may be handed on. */
  readonly handOn: boolean
}

/** What an ending depends on; a Result and the document of one both have it. */
export interface Ended extends Pick<Result, 'verdict' | 'failure'> {
  readonly images: readonly Pick<ImageResult, 'failure' | 'digest' | 'allowed'>[]
}

export function endingOf(result: Ended, leniency: Leniency): Ending {
  if (result.verdict === 'verified') return { exit: 0, letPass: false, handOn: true }
  const exit = result.verdict === 'rejected' ? 1 : 2
  const counted = result.images.filter(({ allowed }) => allowed !== true)
  const failures = [result.failure, ...counted.map((image) => image.failure)]
  // Also where another image's rejection speaks for the run: a typing error must not switch the gate off.
  if (failures.some((failure) => failure?.class === 'configuration'))
    return { exit, letPass: false, handOn: true }
  const warnOnly = result.verdict === 'undetermined' && leniency.onInfrastructureError === 'warn'
  if (leniency.mode === 'audit') return { exit: 0, letPass: true, handOn: !warnOnly }
  const resolved = counted.length > 0 && counted.every((image) => image.digest !== null)
  if (warnOnly && resolved) {
    return { exit: 0, letPass: true, handOn: false }
  }
  return { exit, letPass: false, handOn: true }
}
