/** The registry lists referrers in an order of its own at each request: signatures are compared one by one, as text. */
function inOrder(stdout: string): string {
  return stdout.replace(/^\[(.*)\]$/m, (_, list: string) =>
    list
      .split(/(?<=\}),(?=\{"critical")/)
      .sort()
      .join('\n'),
  )
}

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Cosign, type CosignKey, type Format, openCosign } from '../harness/cosign.js'
import { type Registry, startGgcr } from '../harness/registries.js'
import { runCli } from '../harness/run.js'

const formats = ['bundle', 'legacy'] as const satisfies readonly Format[]
const ignore = '--insecure-ignore-tlog'

describe.each(formats)('an image signed as %s, in the words of cosign', (format) => {
  let registry: Registry
  let cosign: Cosign
  let alice: CosignKey
  let bob: CosignKey
  let image: string

  beforeAll(async () => {
    registry = await startGgcr()
    cosign = openCosign()
    alice = await cosign.newKey('alice')
    bob = await cosign.newKey('bob')
  })
  afterAll(async () => registry.stop())

  const newImage = async (name: string): Promise<string> => {
    image = `${registry.host}/${name}:v1`
    return `${registry.host}/${name}@${await registry.putImage(name, 'v1')}`
  }
  /** cosign and this program are asked the same, and say the same, stream by stream. */
  const expectSame = async (
    reference: string,
    flags: readonly string[],
    attested: readonly string[] = [],
  ): Promise<void> => {
    const [type] = attested
    const theirs =
      type === undefined
        ? await cosign.run('verify', ...flags, ignore, '--output', 'json', reference)
        : await cosign.run(
            'verify-attestation',
            ...flags,
            ignore,
            '--type',
            type,
            '--output',
            'json',
            reference,
          )
    const asked = type === undefined ? [] : ['--attestation-type', type]
    const ours = await runCli(['verify', reference, ...flags, ignore, ...asked, '--output', 'cosign'])
    expect(theirs.exit, theirs.stderr).toBe(0)
    expect(theirs.stdout.trim()).not.toBe('')
    expect(inOrder(ours.stdout)).toBe(inOrder(theirs.stdout))
    expect(ours.stderr).toBe(theirs.stderr.replace(/^Flag --.*\n/gm, ''))
    expect(ours.exit).toBe(0)
  }

  it('is verified by tag and by digest', async () => {
    const pinned = await newImage('plain')
    await cosign.sign(pinned, alice, format)
    await expectSame(image, ['--key', alice.pub])
    await expectSame(pinned, ['--key', alice.pub])
  })

  it('is verified with annotations, in the order and with the escapes of Go', async () => {
    const annotations = ['-a', 'z=last', '-a', 'env=prod & <more>', '-a', "a=ä \\ 'quoted'"]
    await cosign.sign(await newImage('noted'), alice, format, annotations)
    await expectSame(image, ['--key', alice.pub])
    await expectSame(image, ['--key', alice.pub, '-a', 'z=last'])
    await expectSame(image, ['--key', alice.pub, ...annotations])
  })

  it('is verified for each of two keys', async () => {
    const pinned = await newImage('two')
    await cosign.sign(pinned, alice, format)
    await cosign.sign(pinned, bob, format, ['-a', 'by=bob'])
    await expectSame(image, ['--key', alice.pub])
    await expectSame(image, ['--key', bob.pub])
  })

  it('is verified for two signatures of one key', async () => {
    const pinned = await newImage('twice')
    await cosign.sign(pinned, alice, format, ['-a', 'build=1'])
    await cosign.sign(pinned, alice, format, ['-a', 'build=2'])
    await expectSame(image, ['--key', alice.pub])
    await expectSame(image, ['--key', alice.pub, '-a', 'build=2'])
  })

  it.each(['slsaprovenance1', 'custom', 'https://example.com/predicate/v1'])(
    'is verified with an attestation of type %s',
    async (type) => {
      const pinned = await newImage(`attested-${type.length}`)
      await cosign.attest(pinned, alice, format, type, { buildDefinition: {}, runDetails: {} })
      await cosign.attest(pinned, alice, format, 'vuln', { scanner: {} })
      await expectSame(image, ['--key', alice.pub], [type])
      await expectSame(pinned, ['--key', alice.pub], [type])
    },
  )

  it('is rejected where cosign rejects it', async () => {
    const pinned = await newImage('rejected')
    await cosign.sign(pinned, alice, format, ['-a', 'env=prod'])
    for (const flags of [
      ['--key', bob.pub],
      ['--key', alice.pub, '-a', 'env=dev'],
    ]) {
      const theirs = await cosign.run('verify', ...flags, ignore, image)
      const ours = await runCli(['verify', image, ...flags, ignore, '--output', 'cosign'])
      expect(theirs.exit).not.toBe(0)
      expect(ours.exit).toBe(1)
      expect(ours.stdout).toBe('')
      expect(theirs.stdout).toBe('')
    }
  })
})
