import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dist, runCli } from '../harness/run.js'
import { openRegistry, type LoopbackRegistry } from '../harness/registry.js'

const root = path.resolve(import.meta.dirname, '../..')
const key = ['--key', 'examples/keys/release.pub']
const [right, changed] = ['local://examples/hello:v1', 'local://examples/hello:changed']

/** `script` of util-linux gives a program a terminal. */
const hasTerminal = spawnSync('script', ['--version'], { encoding: 'utf8' })
  .output.join('')
  .includes('util-linux')
function onTerminal(
  args: readonly string[],
  columns: number,
  env: Readonly<Record<string, string>> = {},
): string {
  const words = [process.execPath, path.join(dist, 'cli.js'), ...args].map((word) => `'${word}'`).join(' ')
  const ran = spawnSync('script', ['-qefc', `stty cols ${columns}; ${words}`, '/dev/null'], {
    cwd: root,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'] ?? '', HOME: '/nonexistent', TERM: 'xterm', ...env },
  })
  return ran.stdout.replaceAll('\r\n', '\n')
}

describe.skipIf(!hasTerminal)('on a terminal (skipped without script of util-linux)', () => {
  it('has colours', () => {
    expect(onTerminal(['verify', right, ...key], 120)).toContain('\x1b[32m✓ Verified hello:v1\x1b[0m')
    expect(onTerminal(['verify', changed, ...key], 120)).toContain('\x1b[31m✗ Verification FAILED')
  })

  it('has none where nobody wants them', () => {
    expect(onTerminal(['verify', right, ...key], 120, { NO_COLOR: '1' })).not.toContain('\x1b')
    expect(onTerminal(['verify', right, ...key], 120, { TERM: 'dumb' })).not.toContain('\x1b')
  })

  it('breaks long lines at spaces, and no digest', () => {
    const text = onTerminal(['verify', changed, ...key], 60, { NO_COLOR: '1' })
    expect(text).toMatch(/^ {2}Next: {4}/m)
    const lines = text.split('\n').filter((line) => line.trim().includes(' '))
    for (const line of lines)
      expect(line.length <= 60 || /sha256:[0-9a-f]{64}|\S{40}/.test(line), line).toBe(true)
  })

  it('prints JSON as it is', () => {
    const text = onTerminal(['verify', right, ...key, '--output', 'json'], 40)
    expect(JSON.parse(text)).toMatchObject({ verdict: 'verified' })
  })
})

describe('with --quiet', () => {
  it('says nothing of what is verified', async () => {
    expect(await runCli(['verify', right, ...key, '--quiet'], { cwd: root })).toEqual({
      exit: 0,
      stdout: '',
      stderr: '',
    })
  })

  it('says of what is not verified what it always says', async () => {
    const [loud, quiet] = await Promise.all([
      runCli(['verify', changed, ...key], { cwd: root }),
      runCli(['verify', changed, ...key, '-q'], { cwd: root }),
    ])
    expect(quiet).toEqual(loud)
    expect(quiet).toMatchObject({ exit: 1, stdout: '' })
  })

  it('prints what a program reads all the same', async () => {
    const ran = await runCli(['verify', right, ...key, '-q', '-o', 'json'], { cwd: root })
    expect(JSON.parse(ran.stdout)).toMatchObject({ verdict: 'verified' })
  })
})

describe('with --verbose', () => {
  let registry: LoopbackRegistry
  beforeAll(async () => {
    registry = await openRegistry()
  })
  afterAll(async () => registry.stop())

  it('says each request, how it ended, and its time', async () => {
    const image = `${registry.host}/app:v1`
    const ran = await runCli(
      ['verify', image, ...key, '--insecure-ignore-tlog', '--verbose', '--retries', '0'],
      {
        cwd: root,
      },
    )
    expect(ran.exit).toBe(2)
    expect(ran.stderr).toMatch(
      new RegExp(`^ +\\d+ ms {2}404 {2}GET http://${registry.host}/v2/app/manifests/v1$`, 'm'),
    )
    expect(ran.stderr).toContain(`called ${registry.host} 1 times`)
  })

  it('shows no password and no query', async () => {
    const given = `http://someone:secret@${registry.host}/key.pub?token=secret`
    const ran = await runCli(['verify', right, '--key', given, '--verbose', '--retries', '0'], { cwd: root })
    expect(ran.stderr).toMatch(/ ms {2}404 {2}GET http:\/\/127\.0\.0\.1:\d+\/key\.pub$/m)
    expect(`${ran.stdout}${ran.stderr}`).not.toMatch(/secret/)
  })
})
