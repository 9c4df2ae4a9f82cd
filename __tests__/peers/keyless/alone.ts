import { describe, expect, it } from 'vitest'
import { kindNames, newImage } from '../../harness/keyless-signed.js'
import { judge } from '../../harness/keyless-verdict.js'
import { releaseSigner, releaseToken, type Stage } from './stage.js'

/** Everything but the registry is gone; to be called last. */
export function verifyAlone(stage: () => Stage): void {
  describe('once no service of the instance is left', () => {
    it('nothing more can be signed', async () => {
      const { world } = stage()
      const image = await newImage(world, 'too-late')
      await world.stopServices()
      const signing = { format: 'bundle', log: 'v1', by: releaseToken(world) } as const
      await expect(world.sign(image.reference, signing)).rejects.toThrow(/connection refused/)
      await judge(world, image, releaseSigner(world), 'unsigned', /no signatures found/)
    })

    it.each(kindNames)('an image signed as %s is verified as before', async (kind) => {
      const { world, images } = stage()
      for (const image of images[kind]) {
        const signer = releaseSigner(world)
        await judge(world, image, signer, 'verified', 'verified')
        await judge(world, image, { ...signer, offline: 'true' }, 'verified', 'verified')
      }
    })
  })
}
