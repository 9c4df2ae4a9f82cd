import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { runCli } from '../harness/run.js'
import { sharedFolder } from '../harness/shared.js'

interface Case {
  readonly id: string
  readonly args: readonly string[]
  readonly stdout: string
  readonly stderr: string
  readonly exit: number
  readonly ours?: 'verified' | 'rejected' | 'undetermined' | 'free'
  readonly needs?: string
  readonly env?: Readonly<Record<string, string>>
  readonly envFile?: Readonly<Record<string, string>>
}

/** What s3lo v3 said of its own images, case by case, and what verify-image has to say of them. */
const folder = sharedFolder('fixtures/s3lo')
const { cases } = folder
  ? (JSON.parse(readFileSync(path.join(folder, 'index.json'), 'utf8')) as { cases: readonly Case[] })
  : { cases: [] }

const exits = { verified: [0], rejected: [1], undetermined: [2], free: [0, 1, 2] }
/** Where the same words would repeat a defect: s3lo prints what a record's writer put there as it is. */
const stricter = /inject|escapes/
/** Formats that are s3lo's own; the verdict is the same in one that is ours. */
const foreignFormat = /^(yaml|table)$/

describe.skipIf(!folder)('the cases that s3lo itself judged', () => {
  const cwd = path.join(folder ?? '', 'ws')
  const local = cases.filter(({ needs, args }) => needs === undefined && args.includes('verify'))
  it('are all here', () => expect(local.length).toBeGreaterThan(200))

  it.for(local)('$id', async ({ args, ours = 'free', env, envFile, stdout, stderr, exit, id }) => {
    const fromFiles = Object.entries(envFile ?? {}).map(([name, file]) => [
      name,
      readFileSync(path.join(cwd, file), 'utf8'),
    ])
    const typed = args.map((word) => (foreignFormat.test(word) ? 'json' : word))
    const ran = await runCli(typed, {
      cwd,
      env: { ...env, ...(Object.fromEntries(fromFiles) as Record<string, string>) },
    })
    expect(exits[ours], `${ran.stdout}${ran.stderr}`).toContain(ran.exit)

    if (ran.exit !== exit || exit === 2 || stricter.test(id) || typed.join() !== args.join()) return
    if (args.some((word) => word === 'json' || word === '--output=json')) {
      expect(JSON.parse(ran.stdout)).toMatchObject(JSON.parse(stdout) as object)
    } else {
      expect(ran.stdout).toBe(stdout)
      expect(ran.stderr.startsWith(stderr), ran.stderr).toBe(true)
    }
  })
})
