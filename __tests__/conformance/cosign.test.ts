import { readFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ResultDocument } from '../../src/report/document.js'
import { flagsOf, type JudgedCase, judgedCases, referenceOf } from '../harness/judged-cases.js'
import { runCli } from '../harness/run.js'

describe.each(['cosign', 'public-good'] as const)('the cases in %s that cosign itself judged', (name) => {
  const judged = judgedCases(name)
  const { folder = '', cases = [] } = judged ?? {}
  let registry = ''
  let stop = (): void => undefined
  beforeAll(async () => {
    if (judged) ({ registry, stop } = await judged.serve())
  })
  afterAll(() => stop())

  const judge = async (one: JudgedCase, flags: readonly string[]): Promise<void> => {
    const ran = await runCli(['verify', referenceOf(one, registry), ...flags, '--output', 'json'])
    const { verdict, failure } = JSON.parse(ran.stdout) as ResultDocument
    expect(ran.exit, ran.stderr).toBe({ verified: 0, rejected: 1, undetermined: 2 }[verdict])
    expect(failure?.code).not.toBe('internal-error')
    if (one.ours === 'free') expect(['verified', 'rejected']).toContain(verdict)
    else expect(verdict, JSON.stringify(failure)).toBe(one.ours)
  }

  it.runIf(judged).each(cases.map((one) => [one.id, one] as const))('%s', async (_, one) => {
    const flags = flagsOf(one, folder, registry)
    if (flags !== undefined) return judge(one, flags)
    expect(one.ours).toBe('unsupported')
    const ran = await runCli(['verify', 'registry.invalid/a:b', '--key', 'k.pub', '--check-claims=false'])
    expect(ran.exit).toBe(2)
  })

  // The embedded root is that of the public instance: what it signed needs no file.
  const publicCases =
    name === 'public-good' ? cases.filter(({ options }) => options['tlog'] !== 'ignore') : []
  it.runIf(publicCases.length > 0).each(publicCases.map((one) => [one.id, one] as const))(
    '%s with the embedded root',
    async (_, one) => {
      const options = { ...one.options, trustedRoot: undefined }
      await judge(one, [...(flagsOf({ ...one, options }, folder, registry) ?? []), '--offline'])
    },
  )

  // cosign names the digest of the first subject, whichever subject matched: ours is always the image's. It lists an
  // attestation as a signature too.
  const apart = /multi-subject|^att-bundle-signed-verify$/
  const agreed = (name === 'cosign' ? cases : []).filter(
    ({ id, ours, expect: said, options }) =>
      ours === 'verified' && said.cosign === 'verified' && options['output'] !== 'text' && !apart.test(id),
  )
  it.runIf(agreed.length > 0).each(agreed.map((one) => [one.id, one] as const))(
    '%s in the words of cosign',
    async (_, one) => {
      const golden = (stream: string): string =>
        readFileSync(path.join(folder, 'golden', `${one.id}.${stream}`), 'utf8')
          .replaceAll('REGISTRY', registry)
          .replace(/^(Flag --.*\n)+/, '')
      const flags = flagsOf(one, folder, registry) ?? []
      const ran = await runCli(['verify', referenceOf(one, registry), ...flags, '--output', 'cosign'])
      expect(ran.stdout).toBe(golden('stdout'))
      // What cosign passes over in silence we say at the end.
      expect(ran.stderr.replace(/(Warning: the pattern .*\n)+$/, '')).toBe(golden('stderr'))
      expect(ran.exit).toBe(0)
    },
  )
})
