import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type LoopbackRegistry, openRegistry } from '../harness/registry.js'
import { runAction } from '../harness/run.js'

const key = path.resolve(import.meta.dirname, '../../examples/keys/release.pub')
let registry: LoopbackRegistry
beforeAll(async () => {
  registry = await openRegistry()
})
afterAll(async () => registry.stop())

describe('the log of a step', () => {
  const inputs = (): Record<string, string> => ({
    image: `${registry.host}/app:v1`,
    key,
    'insecure-ignore-tlog': 'true',
  })

  it('has each request where debug logging of steps is on', async () => {
    const { stdout } = await runAction(inputs(), { env: { RUNNER_DEBUG: '1' } })
    expect(stdout).toMatch(
      new RegExp(`^::debug:: +\\d+ ms {2}404 {2}GET http://${registry.host}/v2/app/manifests/v1$`, 'm'),
    )
  })

  it('has none else', async () => {
    const { stdout } = await runAction(inputs())
    expect(stdout).not.toContain('/v2/app')
  })
})
