import { describe, it } from 'vitest'
import { openStage } from '../harness/attack-stage.js'
import { expectEnding } from '../harness/endings.js'
import { bundleWith, layBundle, laySignature, simplySigned } from '../harness/laid-pieces.js'
import { statementOf } from '../harness/signing-paths.js'
import { newSigner, seal } from '../verify/sealed.js'

const stage = openStage()
const signer = newSigner()

describe('annotations that are demanded', () => {
  const demanded = { annotations: 'stage=a=b' }

  it.each(['a=b', 'a'] as const)(
    'cosign 3.1: what stands behind a second = is part of the value (%s)',
    async (value) => {
      const ending = value === 'a=b' ? 'verified' : 'annotation-mismatch'
      const image = stage.image()
      const { holdings, repository, digest } = image
      laySignature(holdings, repository, digest, simplySigned(signer, digest, { stage: value }))
      expectEnding(await stage.byKey(image, signer, demanded), ending, digest)
      const bundled = stage.image()
      const subject = [{ digest: { sha256: bundled.digest.slice(7) }, annotations: { stage: value } }]
      layBundle(
        bundled.holdings,
        bundled.repository,
        bundled.digest,
        bundleWith(seal(statementOf(bundled, { subject }), [signer])),
      )
      expectEnding(await stage.byKey(bundled, signer, demanded), ending, bundled.digest)
    },
  )

  it('are those of the image, not of another subject of the same statement', async () => {
    const image = stage.image()
    const own = { digest: { sha256: image.digest.slice(7) } }
    const foreign = { digest: { sha256: stage.image().digest.slice(7) }, annotations: { stage: 'a=b' } }
    layBundle(
      image.holdings,
      image.repository,
      image.digest,
      bundleWith(seal(statementOf(image, { subject: [foreign, own] }), [signer])),
    )
    expectEnding(await stage.byKey(image, signer, demanded), 'annotation-mismatch')
  })

  it('are all in one signature', async () => {
    const image = stage.image()
    const { holdings, repository, digest } = image
    const both = { annotations: 'stage=a=b\nteam=release' }
    laySignature(holdings, repository, digest, simplySigned(signer, digest, { stage: 'a=b' }))
    laySignature(holdings, repository, digest, simplySigned(signer, digest, { team: 'release' }))
    expectEnding(await stage.byKey(image, signer, both), 'annotation-mismatch')
    laySignature(
      holdings,
      repository,
      digest,
      simplySigned(signer, digest, { stage: 'a=b', team: 'release' }),
    )
    expectEnding(await stage.byKey(image, signer, both), 'verified', digest)
  })
})
