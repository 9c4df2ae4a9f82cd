import { describe, expect, it } from 'vitest'
import { commands, flagSpecs, strayFlag } from '../../src/cli/commands.js'
import { runCli } from '../harness/run.js'

const genuine = ['verify', 'local://examples/hello:v1', '--key', 'examples/keys/release.pub']

describe('a flag of another command', () => {
  it('is passed over by no command: what nobody looked at would be taken for checked', () => {
    for (const command of commands) {
      const taken = flagSpecs.filter(({ name }) => strayFlag(command.name, [name]) === undefined)
      const known = [...(command.inputs ?? []), ...command.own, 'help', 'version']
      expect(taken.map(({ name }) => name)).toEqual(expect.arrayContaining(known))
      if (command.inputs) expect(taken).toHaveLength(known.length)
    }
  })

  it('is told with the commands that have it', () => {
    expect(strayFlag('verify', ['key', 'bundle'])).toBe('--bundle is no flag of verify, but of verify-bundle')
    expect(strayFlag('plan', ['key'])).toBe('--key is no flag of plan, but of verify, inspect, verify-bundle')
  })

  it.each([
    ['verify', [...genuine, '--bundle', 'app.sigstore.json'], '--bundle'],
    ['verify', [...genuine, '--staging'], '--staging'],
    [
      'verify-bundle',
      ['verify-bundle', '--bundle', 'b', '--key', 'k', 'file', '--annotations', 'a=b'],
      '--annotations',
    ],
    [
      'verify-bundle',
      ['verify-bundle', '--bundle', 'b', '--key', 'k', 'file', '--attestation-type', 'vuln'],
      '--attestation-type',
    ],
    ['inspect', ['inspect', 'local://examples/hello:v1', '--policy', 'p.yaml'], '--policy'],
  ])('ends %s as undetermined, whatever it was about to say: %#', async (command, args, flag) => {
    const ran = await runCli(args)
    expect([ran.exit, ran.stdout]).toEqual([2, ''])
    expect(ran.stderr).toContain(`Error: ${flag} is no flag of ${command}, but of `)
    expect(ran.stderr).toContain('Verdict: undetermined (configuration, input-invalid)')
  })

  it('is the only thing in the way', async () => {
    expect((await runCli(genuine)).exit).toBe(0)
  })
})
