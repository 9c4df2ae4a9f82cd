import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { keylessFolder, keylessPieces, keylessSigner, putKeyless } from '../harness/keyless-pieces.js'
import { listsOf } from '../harness/findings.js'
import { signByBundle } from '../harness/registry-images.js'
import { type LoopbackRegistry, openRegistry } from '../harness/registry.js'
import { runCli } from '../harness/run.js'
import { newKey } from '../harness/store.js'

type State = 'met' | 'unmet' | 'unknown'

const release = newKey()
const stranger = newKey()
const nobody = 'http://127.0.0.1:9'
const root = path.join(keylessFolder, 'root.json')

let registry: LoopbackRegistry
beforeAll(async () => {
  registry = await openRegistry()
  putKeyless(registry.holdings, 'app', keylessPieces.bundle)
  signByBundle(registry.holdings, 'app', keylessPieces.bundle.digest, release)
})
afterAll(async () => registry.stop())

/** A key that signed, one that did not, or one whose server is down. */
const keyOf: Readonly<Record<State, string>> = {
  met: release.publicPem,
  unmet: stranger.publicPem,
  unknown: `${nobody}/key.pub`,
}
/** A workflow that signed, one that did not, or any whose trusted root is not to be had. */
const workflowOf: Readonly<Record<State, readonly string[]>> = {
  met: [`--trusted-root=${root}`],
  unmet: [`--trusted-root=${root}`, '--certificate-source-repository-ref=refs/heads/other'],
  unknown: [`--tuf-mirror=${nobody}`],
}

function expected(states: readonly State[], need: number): string {
  const met = states.filter((state) => state === 'met').length
  const open = states.filter((state) => state === 'unknown').length
  if (met >= need) return 'verified'
  return met + open < need ? 'rejected' : 'undetermined'
}

const combinations = listsOf<State>(['met', 'unmet', 'unknown'], 2)

describe.each(combinations)('a key that is %s and a workflow that is %s', (key, workflow) => {
  it.each(['1', '2', 'any', 'all'])('with %s of them demanded', async (require) => {
    const flags = Object.entries(keylessSigner).map(([name, value]) => `--${name}=${value}`)
    const signers = [`--key=${keyOf[key]}`, ...flags, ...workflowOf[workflow], `--require=${require}`]
    const more = ['--insecure-ignore-tlog', '--insecure-ignore-sct', '--retries=0', '--output=json']
    const timed = ['--use-signed-timestamps']
    const ran = await runCli(['verify', `${registry.host}/app:v1`, ...signers, ...more, ...timed])
    const { verdict } = JSON.parse(ran.stdout) as { verdict: string }
    const need = require === 'all' ? 2 : require === 'any' ? 1 : Number(require)
    expect(verdict, ran.stderr).toBe(expected([key, workflow], need))
    expect(ran.exit).toBe({ verified: 0, rejected: 1, undetermined: 2 }[verdict])
  })
})
