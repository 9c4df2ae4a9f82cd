import { readFileSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ResultDocument } from '../../src/report/document.js'
import { runCli } from '../harness/run.js'
import { sharedFolder } from '../harness/shared.js'

interface Case {
  readonly id: string
  readonly repo: string
  readonly ref: string
  readonly command: 'verify' | 'verify-attestation'
  readonly options: Readonly<Record<string, unknown>>
  readonly expect: { readonly cosign: string }
  readonly ours: 'verified' | 'rejected' | 'undetermined' | 'unsupported' | 'free'
}

const folder = sharedFolder('fixtures/cosign')
const all =
  folder === undefined
    ? []
    : (JSON.parse(readFileSync(path.join(folder, 'index.json'), 'utf8')) as { cases: readonly Case[] }).cases
/** What a key alone decides; the rest asks for a transparency log or an identity. */
const cases = all.filter(({ options }) => options['key'] !== undefined && options['tlog'] === 'ignore')

let server: Server | undefined
let registry = ''

beforeAll(async () => {
  if (folder === undefined) return
  const { serve } = (await import(pathToFileURL(path.join(folder, 'serve.mjs')).href)) as {
    serve: () => Promise<Server>
  }
  server = await serve()
  registry = `127.0.0.1:${String((server.address() as AddressInfo).port)}`
})
afterAll(() => server?.close())

/** The flags that the neutral options mean; undefined where this tool has none on purpose. */
function flagsOf({ options, command }: Case): readonly string[] | undefined {
  if (options['checkClaims'] === false) return undefined
  const text = (name: string): string | undefined =>
    typeof options[name] === 'string' ? options[name] : undefined
  const annotations = Object.entries((options['annotations'] ?? {}) as Readonly<Record<string, string>>)
  const repository = text('signatureRepository')
  const prefix = text('tagPrefix')
  return [
    '--insecure-ignore-tlog',
    '--key',
    path.join(folder ?? '', String(options['key'])),
    ...(command === 'verify-attestation' ? ['--attestation-type', text('type') ?? 'custom'] : []),
    ...annotations.flatMap(([name, value]) => ['-a', `${name}=${value}`]),
    ...(repository === undefined ? [] : ['--signature-repository', `${registry}/${repository}`]),
    ...(prefix === undefined ? [] : ['--attachment-tag-prefix', prefix]),
  ]
}

describe.runIf(folder !== undefined)('the cases that cosign itself judged, with keys', () => {
  it.each(cases.map((one) => [one.id, one] as const))('%s', async (_, one) => {
    const flags = flagsOf(one)
    if (flags === undefined) {
      const ran = await runCli(['verify', 'registry.invalid/a:b', '--key', 'k.pub', '--check-claims=false'])
      expect(ran.exit).toBe(2)
      expect(one.ours).toBe('unsupported')
      return
    }
    const reference = `${registry}/${one.repo}${one.ref.startsWith('sha256:') ? '@' : ':'}${one.ref}`
    const ran = await runCli(['verify', reference, ...flags, '--output', 'json'])
    const { verdict, failure } = JSON.parse(ran.stdout) as ResultDocument
    expect(ran.exit, ran.stderr).toBe({ verified: 0, rejected: 1, undetermined: 2 }[verdict])
    expect(failure?.code).not.toBe('internal-error')
    if (one.ours === 'free') expect(['verified', 'rejected']).toContain(verdict)
    else expect(verdict, JSON.stringify(failure)).toBe(one.ours)
  })

  // cosign names the digest of the first subject, whichever subject matched: ours is always the image's. It lists an
  // attestation as a signature too. What a certificate says comes with the keyless formats.
  const apart = /multi-subject|^att-bundle-signed-verify$|^cert-/
  const agreed = cases.filter(
    (one) => one.ours === 'verified' && one.expect.cosign === 'verified' && !apart.test(one.id),
  )
  it.each(agreed.map((one) => [one.id, one] as const))('%s in the words of cosign', async (_, one) => {
    const golden = (stream: string): string =>
      readFileSync(path.join(folder ?? '', 'golden', `${one.id}.${stream}`), 'utf8')
        .replaceAll('REGISTRY', registry)
        .replace(/^Flag --.*\n/, '')
    const reference = `${registry}/${one.repo}${one.ref.startsWith('sha256:') ? '@' : ':'}${one.ref}`
    const ran = await runCli(['verify', reference, ...(flagsOf(one) ?? []), '--output', 'cosign'])
    expect(ran.stdout).toBe(golden('stdout'))
    expect(ran.stderr).toBe(golden('stderr'))
    expect(ran.exit).toBe(0)
  })
})
