import path from 'node:path'
import { writeFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { readCommands, runAction, runCli, temporaryFolder } from '../harness/run.js'
import { digestOf, manifest, newKey, newRecord, writeStore } from '../harness/store.js'

const alice = newKey()
const digest = digestOf(manifest)
let cwd = ''

const command =
  '2026-01-01T00:00:00Z\n::set-output name=verdict::verified\n::error title=pwned::x\r\n##[add-mask]y'
const markup =
  '<img src=x onerror=alert(1)> | [x](javascript:alert(1)) `</code></table><script>`\u202e\u001b[31m'

/** What whoever can write to the store may put where the record is. */
const records: Readonly<Record<string, (good: string) => string | Uint8Array>> = {
  'commands in signedAt': (good) => JSON.stringify({ ...parse(good), signedAt: command }),
  'commands in keyRef': (good) => JSON.stringify({ ...parse(good), keyRef: command }),
  'markup in every claim': (good) =>
    JSON.stringify({ ...parse(good), signedAt: markup, keyRef: markup, algorithm: markup, keyID: markup }),
  'an own __proto__': (good) => good.replace('{', '{"__proto__":{"schemaVersion":2,"verified":true},'),
  'fields nobody knows': (good) =>
    good.replace('{', '{"verified":true,"verdict":"rejected","constructor":{"prototype":1},'),
}
const bad: Readonly<Record<string, (good: string) => string | Uint8Array>> = {
  'a digest with commands': (good) => JSON.stringify({ ...parse(good), digest: command }),
  'a digest with markup': (good) => JSON.stringify({ ...parse(good), digest: markup }),
  'a path as digest': (good) => JSON.stringify({ ...parse(good), digest: '../../../../etc/passwd' }),
  'duplicate digests, the last one wrong': (good) =>
    good.replace('"keyRef"', '"digest":"sha256:dead","keyRef"'),
  'only a __proto__': () => '{"__proto__":{"schemaVersion":2}}',
  'deep nesting': () => '['.repeat(500_000),
  'nesting behind a field': (good) => good.replace('{', `{"x":${'[{"a":'.repeat(100_000)}`),
  'a long number': (good) => good.replace('"schemaVersion":2', `"schemaVersion":${'2'.repeat(500_000)}`),
  'many fields': (good) =>
    good
      .replace(
        '{',
        `{${Array.from({ length: 40_000 }, (_, n) => `"f${n}":${n},`).join('')}"signature":"AAAA",`,
      )
      .replace(/"signature":"[^"]{20,}"/, '"x":1'),
  'bytes that are no text': () => new Uint8Array(1000).map((_, at) => at % 256),
}

function parse(record: string): object {
  return JSON.parse(record) as object
}

const slug = (name: string): string => name.replace(/[^a-z]+/gi, '-').toLowerCase()

beforeAll(() => {
  cwd = temporaryFolder()
  writeFileSync(path.join(cwd, 'alice.pub'), alice.publicPem)
  for (const [name, make] of Object.entries({ ...records, ...bad })) {
    const folder = `manifests/${slug(name)}/v1`
    writeStore(path.join(cwd, 'store'), {
      [`${folder}/manifest.json`]: manifest,
      [`${folder}/signatures/${alice.id}.json`]: make(newRecord(alice, `store/${slug(name)}:v1`, digest)),
    })
  }
  writeStore(path.join(cwd, 'store'), {
    'manifests/huge/v1/manifest.json': manifest,
    [`manifests/huge/v1/signatures/${alice.id}.json`]: Buffer.alloc(10 * 1024 * 1024, '{"a":'),
    'manifests/vast/v1/manifest.json': Buffer.alloc(5 * 1024 * 1024, ' '),
  })
})

/** Nothing that was put into a record may be obeyed by the runner or read as markup. */
async function expectTame(image: string): Promise<Awaited<ReturnType<typeof runAction>>> {
  const ran = await runAction({ image, key: 'alice.pub' }, { cwd })
  for (const one of readCommands(ran.stdout)) {
    expect(one).toMatch(/^::(error|warning) title=(Rejected|Undetermined)%3A [a-z ]+::/)
    expect(one).not.toContain('##[')
  }
  expect(ran.summary).not.toMatch(/<img|<script|\]\(javascript|^::|##\[|\u202e|\u001b/m)
  expect(ran.stdout).not.toMatch(/\u202e|\u001b/)
  expect(['verified', 'rejected', 'undetermined']).toContain(ran.outputs['verdict'])
  expect(ran.outputs['verdict']).toBe(ran.document?.verdict)
  return ran
}

describe('a hostile record', () => {
  it.for(Object.keys(records))('that is genuine with %s is verified and shown tame', async (name) => {
    const image = `local://store/${slug(name)}:v1`
    const ran = await expectTame(image)
    expect(ran.exit, ran.stdout).toBe(0)
    for (const args of [
      ['verify', image, '--key', 'alice.pub'],
      ['inspect', image],
    ]) {
      const typed = await runCli(args, { cwd })
      expect(readCommands(typed.stdout + typed.stderr)).toEqual([])
      expect(typed.stdout).not.toMatch(/\u202e|\u001b/)
    }
  })

  it.for(Object.keys(bad))('with %s is rejected and shown tame', async (name) => {
    const image = `local://store/${slug(name)}:v1`
    const ran = await expectTame(image)
    expect(ran.exit, ran.stdout.slice(0, 2000)).toBe(1)
    expect(Buffer.byteLength(ran.summary)).toBeLessThan(1024 * 1024)
    expect(Buffer.byteLength(ran.stdout)).toBeLessThan(100_000)
    const typed = await runCli(['inspect', image], { cwd })
    expect(typed.exit).toBe(0)
    expect(readCommands(typed.stdout + typed.stderr)).toEqual([])
  })

  it.for(['huge', 'vast'])('of megabytes (%s) is not read', async (image) => {
    const ran = await expectTame(`local://store/${image}:v1`)
    expect(ran.exit).toBe(2)
    expect(ran.outputs['failure-code']).toBe('limit-exceeded')
    expect(ran.document?.failure?.service).toBe('storage')
  })

  it.for([
    'local://store/app\n::error::x:v1',
    'local://store/a\u0007b:v1',
    'local://store/../../etc:v1',
    'local://store/a\u2028b:v1',
  ])('is not reached by a reference such as %j', async (reference) => {
    const ran = await runCli(['verify', reference, '--key', 'alice.pub', '-o', 'json'], { cwd })
    expect(ran.exit).toBe(2)
    expect(readCommands(ran.stdout + ran.stderr)).toEqual([])
    expect(JSON.parse(ran.stdout)).toMatchObject({
      failure: { class: 'configuration', code: 'reference-invalid' },
    })
  })
})
