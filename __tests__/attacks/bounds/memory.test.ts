import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { readMirror } from '../../../src/policy/cluster-image/mirror.js'
import { runCli, temporaryFolder } from '../../harness/run.js'
import { manifest, newKey, newRecord, digestOf, writeStore } from '../../harness/store.js'
import { openCounts } from '../harness/counts.js'

const count = openCounts('bounds', 'memory')
/** A quarter of what a runner's Node takes without being asked. */
const small = { NODE_OPTIONS: '--max-old-space-size=256' }
const megabyte = 1024 * 1024
const deep = (length: number): string => '['.repeat(length / 2) + ']'.repeat(length / 2)
const members = (length: number): string => {
  const one = (at: number): string => `"${at.toString(36).padStart(6, '0')}":${at % 10}`
  return `{${Array.from({ length: Math.floor(length / 11) }, (_, at) => one(at)).join(',')}}`
}
const key = newKey()
const record = newRecord(key, 'store/app:v1', digestOf(manifest))

/** What lies where an image, a record, a policy or a manifest should, and how it ends. */
const hostile: Readonly<
  Record<string, readonly [Readonly<Record<string, () => string>>, 'rejected' | 'undetermined' | 'verified']>
> = {
  'nothing hostile': [{}, 'verified'],
  'a record of ten megabytes': [{ record: () => record + ' '.repeat(10 * megabyte) }, 'undetermined'],
  'a record that is deep': [{ record: () => deep(megabyte - 2) }, 'rejected'],
  'a record of many members': [{ record: () => members(megabyte - 20) }, 'rejected'],
  'a record of one number': [{ record: () => `{"schemaVersion":${'9'.repeat(megabyte - 30)}}` }, 'rejected'],
  'an index of fifty megabytes': [{ image: () => ' '.repeat(50 * megabyte) }, 'undetermined'],
  'an index that is deep': [{ image: () => deep(4 * megabyte - 2) }, 'undetermined'],
  'a policy of fifty megabytes': [{ policy: () => 'a'.repeat(50 * megabyte) }, 'undetermined'],
  'a policy that is deep': [{ policy: () => deep(megabyte - 2) }, 'undetermined'],
  'a policy of many documents': [{ policy: () => '---\na: b\n'.repeat(100_000) }, 'undetermined'],
  'a policy of aliases that double': [
    {
      policy: () =>
        [
          'a0: &a0 [x, x]',
          ...Array.from({ length: 60 }, (_, at) => `a${at + 1}: &a${at + 1} [*a${at}, *a${at}]`),
        ].join('\n'),
    },
    'undetermined',
  ],
  'manifests of fifty megabytes': [{ manifests: () => '- a\n'.repeat(12 * megabyte) }, 'undetermined'],
  'a manifest that is deep': [{ manifests: () => deep(megabyte) }, 'undetermined'],
  'a key of ten megabytes': [{ key: () => '-----BEGIN PUBLIC KEY-----\n'.repeat(400_000) }, 'undetermined'],
}

describe('a process with little memory', () => {
  it.each(Object.entries(hostile))(
    'ends as it should: %s',
    { timeout: 300_000 },
    async (_, [files, verdict]) => {
      const cwd = temporaryFolder()
      const folder = 'manifests/app/v1'
      writeStore(path.join(cwd, 'store'), {
        [`${folder}/manifest.json`]: files['image']?.() ?? manifest,
        [`${folder}/signatures/${key.id}.json`]: files['record']?.() ?? record,
      })
      const given = ['policy', 'manifests'].flatMap((name) => {
        const text = files[name]?.()
        if (text === undefined) return []
        writeFileSync(path.join(cwd, `${name}.yaml`), text)
        return [`--${name}=${name}.yaml`]
      })
      mkdirSync(path.join(cwd, 'keys'))
      writeFileSync(path.join(cwd, 'keys/release.pub'), files['key']?.() ?? key.publicPem)
      const args = ['verify', 'local://store/app:v1', '--key=keys/release.pub', '--output=json', ...given]
      const ran = await runCli(args, { cwd, env: small })
      expect(ran.exit, ran.stderr.slice(0, 2000)).toBe({ verified: 0, rejected: 1, undetermined: 2 }[verdict])
      expect((JSON.parse(ran.stdout) as { verdict: string }).verdict).toBe(verdict)
      expect(ran.stdout).not.toContain('internal-error')
      expect(ran.stdout.length).toBeLessThan(megabyte)
      count({ inputs: 1 })
    },
  )
})

describe('what is packed', () => {
  it('is unpacked no further than it may be', { timeout: 120_000 }, () => {
    const bomb = gzipSync(Buffer.alloc(512 * megabyte))
    const answer = readMirror(bomb, (bytes, maxOutputLength) => {
      try {
        return gunzipSync(bytes, { maxOutputLength })
      } catch {
        return undefined
      }
    })
    expect(answer).toContain('expected gzip of at most')
    count({ inputs: 1 })
  })
})
