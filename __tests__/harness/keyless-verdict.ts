import { expect } from 'vitest'
import { type Expected, expectEnding } from './endings.js'
import type { KeylessImage } from './keyless-signed.js'
import type { KeylessWorld } from './keyless-world.js'
import { runAction, type RanAction } from './run.js'

/** Inputs of the step beside the image. */
export type Inputs = Readonly<Record<string, string>>

/** What cosign says of it: that it is verified, or words of its refusal. */
export type Peer = 'verified' | RegExp

/**
 * Holds the bundled action and cosign to their answers on the same image and the same inputs. The registry is all that
 * the action may have talked to: nothing of the world that signed is needed to verify.
 */
export async function judge(
  world: KeylessWorld,
  image: KeylessImage,
  inputs: Inputs,
  expected: Expected,
  peer: Peer,
): Promise<RanAction> {
  const given = { 'trusted-root': world.trust(), ...inputs }
  const [ran, theirs] = await Promise.all([
    runAction({ image: image.reference, retries: '0', ...given }),
    world.cosign.run(...cosignArgs(given), image.reference),
  ])
  expectEnding(ran, expected, image.digest)
  expect(ran.document?.calls.map(({ host }) => host)).toEqual([world.registry.host])
  if (peer === 'verified') expect(theirs.exit, theirs.stderr).toBe(0)
  else {
    expect(theirs.stderr).toMatch(peer)
    expect(theirs.exit).not.toBe(0)
  }
  return ran
}

/** The flags of cosign are called as the inputs are, but for the type of an attestation. */
function cosignArgs(inputs: Inputs): readonly string[] {
  const { 'attestation-type': type, ...others } = inputs
  const flags = Object.entries(others).map(([name, value]) => `--${name}=${value}`)
  const command = type === undefined ? ['verify'] : ['verify-attestation', `--type=${type}`]
  // A log is not to be asked for an entry that the evidence does not carry.
  return [...command, '--offline', ...flags]
}
