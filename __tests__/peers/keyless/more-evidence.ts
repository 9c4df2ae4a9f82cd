import { beforeAll, describe, it } from 'vitest'
import type { Format } from '../../harness/cosign.js'
import { openCtLog } from '../../harness/ct-log.js'
import { type KeylessImage, signImage } from '../../harness/keyless-signed.js'
import { judge } from '../../harness/keyless-verdict.js'
import { fromNow, mintRelease, minute, releaseSigner, type Stage } from './stage.js'

/** Evidence is monotone: what is there besides, and proves nothing, takes nothing away. */
export function listMoreEvidence(stage: () => Stage): void {
  describe.each(['bundle', 'legacy'] as const satisfies readonly Format[])(
    'more evidence than is needed (%s)',
    (format) => {
      let known: KeylessImage
      let stampedLate: KeylessImage
      beforeAll(async () => {
        const { world } = stage()
        const stranger = await openCtLog()
        await stranger.stop()
        const young = { start: fromNow(-minute), end: fromNow(60 * minute) }
        const both = await mintRelease(world, young, [world.ctLog, stranger])
        known = await signImage(world, `known-and-strange-${format}`, { format, log: 'v1', by: both })

        const by = await mintRelease(world, { start: fromNow(-120 * minute), end: fromNow(-60 * minute) })
        world.rekorV1.setClock(fromNow(-90 * minute))
        const signing = { format, log: 'v1', timestamp: true, by } as const
        stampedLate = await signImage(world, `stamped-late-${format}`, signing)
        world.rekorV1.setClock(undefined)
      })

      // One log that is trusted is enough (sigstore-go, pkg/verify: a log that it doesn't know is passed over).
      it('by a certificate that a trusted log and a strange one know: verified', async () => {
        const { world } = stage()
        await judge(world, known, releaseSigner(world), 'verified', 'verified')
      })

      // The promise proves that it was signed in time. Without the timestamp it is verified: evidence is to be monotone.
      it('with a promise in time and a timestamp too late that nobody asks for: verified', async () => {
        const { world } = stage()
        await judge(world, stampedLate, releaseSigner(world), 'verified', 'verified')
      })
    },
  )
}
