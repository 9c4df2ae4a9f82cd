import { setTimeout as delay } from 'node:timers/promises'
import { describe, it } from 'vitest'
import { type CtLog, openCtLog } from '../../harness/ct-log.js'
import type { Expected } from '../../harness/endings.js'
import type { Format } from '../../harness/cosign.js'
import { annotation, type KeylessImage, signImage, withCompanions } from '../../harness/keyless-signed.js'
import { type Inputs, judge, type Peer } from '../../harness/keyless-verdict.js'
import type { KeylessWorld, Signing } from '../../harness/keyless-world.js'
import { fromNow, mintRelease, minute, releaseSigner, type Stage } from './stage.js'

const ignoreLog = { 'insecure-ignore-tlog': 'true' }
const demandStamp = { 'use-signed-timestamps': 'true' }

interface Aged {
  readonly what: string
  /** When the log says that it made the entry; undefined: there is none. */
  readonly loggedAt: (() => Date) | undefined
  readonly inputs?: Inputs
  readonly expected: Expected
  readonly peer: Peer
}

/** The certificate was valid from two hours ago until one hour ago. */
const aged: readonly Aged[] = [
  {
    what: 'a promise from within its time',
    loggedAt: () => fromNow(-90 * minute),
    expected: 'verified',
    peer: 'verified',
  },
  {
    what: 'a promise from after its time',
    loggedAt: () => fromNow(0),
    expected: 'certificate-expired',
    peer: /integrated time outside certificate validity|certificate expired before observed time/,
  },
  {
    what: 'a promise from before its time',
    loggedAt: () => fromNow(-180 * minute),
    expected: 'certificate-expired',
    peer: /integrated time outside certificate validity|certificate was issued after observed time/,
  },
  {
    what: 'a promise from within its time that is not asked for',
    loggedAt: () => fromNow(-90 * minute),
    inputs: ignoreLog,
    expected: 'certificate-expired',
    peer: /leaf certificate verification failed|expected a signed timestamp to verify an expired/,
  },
  {
    what: 'no proof of a time, where none is asked for',
    loggedAt: undefined,
    inputs: ignoreLog,
    expected: 'certificate-expired',
    peer: /leaf certificate verification failed|expected a signed timestamp to verify an expired/,
  },
  {
    what: 'no log entry',
    loggedAt: undefined,
    expected: 'log-entry-missing',
    peer: /not enough verified log entries|offline verification failed/,
  },
]

const firstSeconds = 8
const mostSeconds = 64

/** Signs with a certificate that ends soon; on a slow machine a little later. */
async function signInTime(
  world: KeylessWorld,
  repository: string,
  signing: Omit<Signing, 'by'>,
): Promise<{ image: KeylessImage; ends: Date }> {
  for (let seconds = firstSeconds; seconds <= mostSeconds; seconds *= 2) {
    const ends = fromNow(seconds * 1000)
    const by = await mintRelease(world, { start: fromNow(-minute), end: ends })
    try {
      const image = await signImage(world, `${repository}-${seconds}`, { ...signing, by })
      if (fromNow(0) < ends) return { image, ends }
    } catch (error) {
      if (fromNow(0) < ends) throw error
    }
  }
  throw new Error(`nothing is signed within ${mostSeconds} s`)
}

async function hasEnded(ends: Date): Promise<void> {
  // Certificates count whole seconds.
  await delay(Math.max(0, ends.getTime() - Date.now()) + 1000)
}

/** Time: a certificate that has expired still counts for what it signed before, if that is proven. */
export function judgeExpiry(stage: () => Stage): void {
  describe.each(['bundle', 'legacy'] as const satisfies readonly Format[])(
    'an image signed (%s) by a certificate that has expired',
    (format) => {
      it.each(aged)('is judged with $what', async ({ what, loggedAt, inputs, expected, peer }) => {
        const { world } = stage()
        const by = await mintRelease(world, { start: fromNow(-120 * minute), end: fromNow(-60 * minute) })
        world.rekorV1.setClock(loggedAt?.())
        const log = loggedAt ? 'v1' : 'none'
        const name = `aged-${format}-${String(aged.findIndex((one) => one.what === what))}`
        const image = await signImage(world, name, { format, log, by })
        world.rekorV1.setClock(undefined)
        await judge(world, image, { ...releaseSigner(world), ...inputs }, expected, peer)
      })

      it('is verified by a timestamp from within its time, and rejected without', async () => {
        const { world } = stage()
        const signing = { format, log: 'none', timestamp: true } as const
        const { image, ends } = await signInTime(world, `short-${format}`, signing)
        const bare = await withCompanions(world, image, format, `bare-${format}`, (own) => {
          delete own.material.timestampVerificationData
          own.annotations[annotation.timestamp] = ''
        })
        await hasEnded(ends)
        const signer = { ...releaseSigner(world), ...ignoreLog }
        await judge(world, image, { ...signer, ...demandStamp }, 'verified', 'verified')
        const now = /leaf certificate verification failed|expected a signed timestamp to verify an expired/
        // A time that is proven counts unasked; cosign takes today's.
        await judge(world, image, signer, 'verified', now)
        await judge(world, bare, signer, 'certificate-expired', now)
      })
    },
  )

  it('an image in Rekor 2 outlives its certificate by a timestamp, and not without', async () => {
    const { world } = stage()
    const signing = { format: 'bundle', log: 'v2', timestamp: true } as const
    const { image, ends } = await signInTime(world, 'short-v2', signing)
    const bare = await withCompanions(world, image, 'bundle', 'bare-v2', (own) => {
      delete own.material.timestampVerificationData
    })
    await hasEnded(ends)
    await judge(world, image, releaseSigner(world), 'verified', 'verified')
    const unstamped = /not met for verified signed timestamps/
    await judge(world, bare, releaseSigner(world), 'timestamp-invalid', unstamped)
    const ignored = { ...releaseSigner(world), ...ignoreLog }
    await judge(world, bare, ignored, 'certificate-expired', /leaf certificate verification failed/)
  })
}

/** A log of certificates must know the certificate: one that is trusted. */
export function judgePromises(stage: () => Stage): void {
  describe.each(['bundle', 'legacy'] as const satisfies readonly Format[])(
    'an image signed (%s) by a certificate',
    (format) => {
      const signed = async (name: string, logs: readonly CtLog[]): Promise<KeylessImage> => {
        const { world } = stage()
        const by = await mintRelease(world, { start: fromNow(-minute), end: fromNow(60 * minute) }, logs)
        return signImage(world, `${name}-${format}`, { format, log: 'v1', by })
      }

      it('that a trusted log knows is verified', async () => {
        const { world } = stage()
        const image = await signed('known', [world.ctLog])
        await judge(world, image, releaseSigner(world), 'verified', 'verified')
      })

      it('that only a strange log knows is rejected', async () => {
        const { world } = stage()
        const stranger = await openCtLog()
        await stranger.stop()
        const image = await signed('strange', [stranger])
        const none = /only able to verify 0 SCT entries/
        await judge(world, image, releaseSigner(world), 'certificate-untrusted', none)
      })

      it('that no log knows is rejected, unless that is not asked for', async () => {
        const { world } = stage()
        const image = await signed('unknown', [])
        const signer = releaseSigner(world)
        const none = /does not include required embedded SCT|only able to verify 0 SCT|no SCT/
        await judge(world, image, signer, 'certificate-untrusted', none)
        const ignoring = { ...signer, 'insecure-ignore-sct': 'true' }
        await judge(world, image, ignoring, 'verified', 'verified')
      })
    },
  )
}
