import { describe, it } from 'vitest'
import { openStage } from '../harness/attack-stage.js'
import { expectEnding } from '../harness/endings.js'
import { der } from '../verify/der.js'
import { everyKind } from '../verify/sealed.js'
import { laySignature, simplySigned } from '../harness/laid-pieces.js'

const stage = openStage()
const curves = everyKind.filter(([, { key }]) => key.type.startsWith('ecdsa'))
const sizes = { 'ecdsa-p256': 32, 'ecdsa-p384': 48, 'ecdsa-p521': 66 } as const

describe.each(curves)('%s', (_, signer) => {
  const size = sizes[signer.key.type as keyof typeof sizes]
  const pair = (r: readonly number[], s: readonly number[]): Uint8Array =>
    der(0x30, der(0x02, r), der(0x02, s))

  it.each([
    ['two zeros', pair([0], [0])],
    ['a zero and a one', pair([0], [1])],
    ['two zeros in halves', new Uint8Array(2 * size)],
    ['nothing', pair([], [])],
  ])('CVE-2022-21449, Java: %s are a signature of anything', async (_name, signature) => {
    const image = stage.image()
    const { holdings, repository, digest } = image
    const signed = simplySigned(signer, digest)
    laySignature(holdings, repository, digest, { ...signed, logged: { ...signed.logged, signature } })
    expectEnding(await stage.byKey(image, signer), 'signature-invalid')
    laySignature(holdings, repository, digest, signed)
    expectEnding(await stage.byKey(image, signer), 'verified', digest)
  })
})
