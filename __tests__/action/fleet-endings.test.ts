import { spawn } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ResultDocument } from '../../src/report/document.js'
import { ociError, sendAnswer } from '../harness/registry-answers.js'
import { type LoopbackRegistry, openRegistry, type RegistryRequest } from '../harness/registry.js'
import { putImage, signByBundle } from '../harness/registry-images.js'
import { dist, runAction, runCli, temporaryFolder } from '../harness/run.js'
import { newKey } from '../harness/store.js'

const key = newKey()
const usual = ['--key', 'key.pub', '--insecure-ignore-tlog']
let registry: LoopbackRegistry
let cwd = ''
beforeEach(async () => {
  registry = await openRegistry()
  cwd = temporaryFolder()
  writeFileSync(path.join(cwd, 'key.pub'), key.publicPem)
})
afterEach(async () => registry.stop())

function image(name: string, isSigned = true): string {
  const digest = putImage(registry.holdings, name)
  if (isSigned) signByBundle(registry.holdings, name, digest, key)
  return `${registry.host}/${name}:v1`
}

describe('a fleet that is ended while a registry hangs', () => {
  /** Four images decided, two that never are; ended once both have been asked for. */
  const fleet = (): { readonly images: readonly string[]; readonly asked: Promise<unknown> } => {
    let both: (value: unknown) => void
    const asked = new Promise((resolve) => (both = resolve))
    let count = 0
    const images = [image('a'), image('b'), image('c'), image('bad', false), image('h1'), image('h2')]
    for (const name of ['h1', 'h2'])
      registry.fault(name, 'tag', 'always', () => {
        if (++count === 2) setTimeout(both, 1500)
      })
    return { images, asked }
  }

  it.each(['SIGTERM', 'SIGINT'] as const)(
    'by %s says of the action what it had found out',
    async (signal) => {
      const { images, asked } = fleet()
      const ran = await runAction(
        { image: images.join('\n'), key: 'key.pub', 'insecure-ignore-tlog': 'true' },
        { cwd, started: (pid) => void asked.then(() => process.kill(pid, signal)) },
      )
      expect(ran.exit, ran.stdout).toBe(2)
      expect(ran.outputs).toMatchObject({
        verdict: 'undetermined',
        'failure-class': 'infrastructure',
        'failure-code': 'internal-error',
        message: `undetermined: the run was stopped by ${signal} when 4 of 6 images were decided, of which 1 is rejected`,
      })
      expect(JSON.parse(ran.outputs['images'] ?? '')).toHaveLength(3)
      expect(ran.document?.images.map(({ verdict }) => verdict)).toEqual([
        ...['verified', 'verified', 'verified'],
        'rejected',
        ...['undetermined', 'undetermined'],
      ])
      expect(ran.summary).toContain('## ⚠️ Undetermined')
      expect(ran.annotations.map(({ title }) => title)).toContain('Undetermined: infrastructure')
    },
  )

  it('says of the command the same', async () => {
    const { images, asked } = fleet()
    const ran = await runCli(['verify', ...images, ...usual, '-o', 'json', '--result-file', 'r.json'], {
      cwd,
      started: (pid) => void asked.then(() => process.kill(pid, 'SIGTERM')),
    })
    expect(ran.exit).toBe(2)
    const document = JSON.parse(ran.stdout) as ResultDocument
    expect(document.failure?.message).toContain('stopped by SIGTERM when 4 of 6 images were decided')
    expect(JSON.parse(readFileSync(path.join(cwd, 'r.json'), 'utf8'))).toEqual(document)
  })

  it('and told so twice ends at once', async () => {
    const { images, asked } = fleet()
    const ran = await runCli(['verify', ...images, ...usual, '-o', 'json'], {
      cwd,
      started: (pid) =>
        void asked.then(() => {
          process.kill(pid, 'SIGINT')
          process.kill(pid, 'SIGTERM')
        }),
    })
    expect(ran.exit).toBe(2)
    expect((JSON.parse(ran.stdout) as ResultDocument).verdict).toBe('undetermined')
  })
})

describe('a registry that limits the rate', () => {
  it('is left alone by every image until it may be asked again', async () => {
    const images = Array.from({ length: 40 }, (_, n) => image(`app-${n}`))
    let limitedAt = 0
    registry.fault('app-3', 'tag', 'first', (response, _usual, { method }) => {
      limitedAt = performance.now()
      sendAnswer(response, ociError(429, 'TOOMANYREQUESTS', { 'retry-after': '1' }), method)
    })
    const arrived: number[] = []
    const requests = registry.requests as RegistryRequest[]
    const push = requests.push.bind(requests)
    requests.push = (...all) => {
      arrived.push(performance.now())
      return push(...all)
    }
    const ran = await runCli(
      ['verify', ...images, ...usual, '--concurrency', '5', '--result-file', 'r.json'],
      {
        cwd,
      },
    )
    expect(ran.exit, ran.stderr).toBe(0)
    // Those that were on their way may still come.
    expect(arrived.filter((at) => at > limitedAt + 150 && at < limitedAt + 900)).toEqual([])
    expect(arrived.filter((at) => at > limitedAt + 900).length).toBeGreaterThan(100)
    const { images: judged } = JSON.parse(readFileSync(path.join(cwd, 'r.json'), 'utf8')) as ResultDocument
    expect(judged.flatMap(({ attempts }) => attempts)).toMatchObject([{ attempt: 2 }])
  })
})

describe('progress', () => {
  it('is nothing where nobody looks', async () => {
    const ran = await runCli(['verify', image('a'), image('b'), ...usual, '-o', 'text'], { cwd })
    expect(ran.exit).toBe(0)
    expect(ran.stderr).toBe('')
    expect(ran.stdout).not.toMatch(/\r|\x1b|of 2 images/)
  })

  it.skipIf(!existsSync('/usr/bin/script'))('is one line on a terminal, gone at the end', async () => {
    const command = ['verify', image('a'), image('b'), ...usual, '-o', 'json'].join(' ')
    const child = spawn('script', ['-qec', `${process.execPath} ${dist}/cli.js ${command}`, '/dev/null'], {
      cwd,
      env: { PATH: process.env['PATH'] ?? '', HOME: cwd, TERM: 'xterm' },
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    let said = ''
    child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()))
    expect(await new Promise((resolve) => child.on('close', resolve))).toBe(0)
    const [line = '', rest = ''] = said.split('\r\x1b[K{')
    expect(line).toContain('\r\x1b[K0 of 2 images')
    expect(rest).not.toMatch(/of 2 images|\x1b\[K/)
  })
})

describe('several hundred images in the log of a step', () => {
  it('leave a log that can be read, and the whole in the result file', async () => {
    const images = Array.from({ length: 120 }, (_, n) => image(`many-${n}`, n !== 60))
    writeFileSync(path.join(cwd, 'images'), images.join('\n'))
    const ran = await runAction(
      { 'images-file': 'images', key: 'key.pub', 'insecure-ignore-tlog': 'true' },
      { cwd },
    )
    expect(ran.exit).toBe(1)
    const lines = ran.stdout.split('\n')
    const from = lines.indexOf('::group::Judging 120 images')
    const progress = lines.slice(from + 1, lines.indexOf('::endgroup::'))
    expect(progress.length).toBeLessThan(10)
    expect(progress.join('\n')).toMatch(/rejected .*many-60:v1/)
    expect(progress.at(-1)).toBe('120 of 120 images: 1 rejected')
    expect(lines).toContain('::group::All 120 images')
    expect(ran.document?.images).toHaveLength(120)
    expect(JSON.parse(ran.outputs['images'] ?? '')).toHaveLength(119)
  })
})
