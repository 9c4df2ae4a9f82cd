import { afterAll, beforeAll } from 'vitest'
import { verifyAlone } from './keyless/alone.js'
import { judgeExpiry, judgePromises } from './keyless/expiry.js'
import { verifyGood } from './keyless/good.js'
import { rejectIdentities } from './keyless/identities.js'
import { rejectMoved } from './keyless/moved.js'
import { judgeRoots } from './keyless/roots.js'
import { listMoreEvidence } from './keyless/more-evidence.js'
import { setStage, type Stage } from './keyless/stage.js'

let set: Stage | undefined
const stage = (): Stage => {
  if (!set) throw new Error('the stage was not set')
  return set
}
// Another world on this machine may have to end first.
beforeAll(async () => {
  set = await setStage()
}, 240_000)
afterAll(async () => set?.world.stop())

// One file, so that one world serves all of them: the timestamp server runs once on a machine.
judgeExpiry(stage)
verifyGood(stage)
rejectIdentities(stage)
judgeRoots(stage)
rejectMoved(stage)
judgePromises(stage)
listMoreEvidence(stage)
verifyAlone(stage)
