import { spawn } from 'node:child_process'
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { beforeAll, describe, expect, it } from 'vitest'
import { dist, readOutputs, runAction, runCli, temporaryFolder } from '../harness/run.js'
import { newKey, signedImage, writeStore } from '../harness/store.js'

const schema = JSON.parse(
  readFileSync(path.resolve(import.meta.dirname, '../../schema/verify-result.schema.json'), 'utf8'),
) as object
const isDocument = new Ajv2020({ strict: false, validateFormats: false }).compile(schema)

const alice = newKey()
let cwd = ''
/** A key server that never answers, and the moment at which it is asked. */
async function hang(): Promise<{
  readonly url: string
  readonly asked: Promise<void>
  readonly stop: () => void
}> {
  let ask: () => void
  const asked = new Promise<void>((resolve) => (ask = resolve))
  const server = http.createServer(() => ask())
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const stop = (): void => {
    server.closeAllConnections()
    server.close()
  }
  return { url: `http://127.0.0.1:${port}/key.pub`, asked, stop }
}

beforeAll(() => {
  cwd = temporaryFolder()
  writeFileSync(path.join(cwd, 'alice.pub'), alice.publicPem)
  writeStore(path.join(cwd, 'store'), signedImage(alice, 'store'))
})

/** A copy of the bundle whose program does something else than answer. */
function sabotage(program: string): string {
  const folder = temporaryFolder()
  cpSync(dist, folder, { recursive: true })
  writeFileSync(path.join(folder, 'main.js'), program)
  return folder
}

async function runSabotaged(program: string, env: Record<string, string> = {}) {
  const folder = sabotage(program)
  const output = path.join(cwd, `output-${path.basename(folder)}`)
  const file = path.join(cwd, `${path.basename(folder)}.json`)
  writeFileSync(output, '')
  const child = spawn(process.execPath, [path.join(folder, 'action.js')], {
    cwd,
    env: { GITHUB_OUTPUT: output, 'INPUT_RESULT-FILE': file, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let text = ''
  child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (text += chunk.toString()))
  const exit = await new Promise<number | null>((resolve) => child.on('close', resolve))
  rmSync(folder, { recursive: true })
  return {
    exit,
    text,
    outputs: readOutputs(readFileSync(output, 'utf8')),
    document: JSON.parse(readFileSync(file, 'utf8')) as unknown,
  }
}

describe('a program that does not answer', () => {
  it.for([
    ['throws while it is loaded', "throw new Error('boom')"],
    ['cannot be parsed', 'export const = 1'],
    ['rejects', "export async function action() { throw new Error('boom') }"],
    [
      'throws later',
      "export async function action() { setTimeout(() => { throw new Error('boom') }, 10); await new Promise(() => {}) }",
    ],
    [
      'leaves a rejection unhandled',
      "export async function action() { Promise.reject(new Error('boom')); await new Promise(() => setTimeout(() => {}, 1000)) }",
    ],
    ['never comes to an end', 'export async function action() { await new Promise(() => {}) }'],
    [
      'ends the process itself with the code of a rejection',
      'export async function action() { process.exit(1) }',
    ],
    ['ends the process itself with success', 'export async function action() { process.exit(0) }'],
  ] as const)('is undetermined when it %s', async ([, program]) => {
    const ran = await runSabotaged(program)
    expect(ran.exit, ran.text).toBe(2)
    expect(ran.outputs).toMatchObject({
      verdict: 'undetermined',
      'failure-class': 'infrastructure',
      'failure-code': 'internal-error',
      digest: '',
      images: '[]',
    })
    expect(isDocument(ran.document), JSON.stringify(isDocument.errors)).toBe(true)
    expect(ran.text).toContain('::error title=Undetermined: infrastructure::')
  })

  it('shows neither commands nor secrets of its last error', async () => {
    const program =
      "export async function action() { throw new Error('x\\n::set-output name=verdict::verified\\n' + process.env.AWS_SECRET_ACCESS_KEY + '##[add-mask]y') }"
    const ran = await runSabotaged(program, { AWS_SECRET_ACCESS_KEY: 'very-secret-value' })
    expect(ran.text.split('\n').filter((line) => line.startsWith('::'))).toHaveLength(1)
    expect(ran.text + JSON.stringify(ran.outputs) + JSON.stringify(ran.document)).not.toMatch(
      /very-secret-value|##\[/,
    )
    expect(ran.outputs['verdict']).toBe('undetermined')
  })
})

describe('signals and broken pipes', () => {
  it.for(['SIGTERM', 'SIGINT'] as const)('%s leaves an honest result', async (signal) => {
    const { url, asked, stop } = await hang()
    const ran = await runAction(
      { image: 'local://store/app:v1', key: url },
      { cwd, started: (pid) => void asked.then(() => process.kill(pid, signal)) },
    )
    stop()
    expect(ran.exit).toBe(2)
    expect(ran.outputs).toMatchObject({ verdict: 'undetermined', 'failure-code': 'internal-error' })
    expect(ran.document?.failure?.message).toContain(signal)
  })

  it('a reader that went away is no verdict', async () => {
    const child = spawn(
      process.execPath,
      [path.join(dist, 'cli.js'), 'verify', 'local://store/app:v1', '--key', 'alice.pub'],
      {
        cwd,
        stdio: ['ignore', 'pipe', 'ignore'],
      },
    )
    child.stdout.destroy()
    expect(await new Promise((resolve) => child.on('close', resolve))).toBe(2)
  })

  it('the command gives its document as JSON even then', async () => {
    const { url, asked, stop } = await hang()
    const ran = await runCli(['verify', 'local://store/app:v1', '--key', url, '-o', 'json'], {
      cwd,
      started: (pid) => void asked.then(() => process.kill(pid, 'SIGTERM')),
    })
    stop()
    expect(ran.exit).toBe(2)
    expect(isDocument(JSON.parse(ran.stdout)), JSON.stringify(isDocument.errors)).toBe(true)
  })
})
