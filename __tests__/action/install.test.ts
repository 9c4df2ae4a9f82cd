import { spawnSync } from 'node:child_process'
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { type RanAction, runAction, temporaryFolder } from '../harness/run.js'

const root = path.resolve(import.meta.dirname, '../..')
const key = path.join(root, 'examples/keys/release.pub')
const image = 'local://examples/hello:v1'

let folder: string
let env: Readonly<Record<string, string>>
beforeEach(() => {
  folder = temporaryFolder()
  const [cache, temporary, paths] = ['tool cache', 'temp', 'path'].map((name) => path.join(folder, name)) as [
    string,
    string,
    string,
  ]
  mkdirSync(temporary)
  writeFileSync(paths, '')
  env = { RUNNER_TOOL_CACHE: cache, RUNNER_TEMP: temporary, GITHUB_PATH: paths }
})

const install = async (inputs: Readonly<Record<string, string>> = {}): Promise<RanAction> =>
  runAction({ install: 'true', ...inputs }, { env, cwd: root })
/** What later steps find on their path. */
const added = (): readonly string[] =>
  readFileSync(env['GITHUB_PATH'] ?? '', 'utf8')
    .split('\n')
    .filter((line) => line !== '')
function later(...args: readonly string[]): { readonly status: number | null; readonly stdout: string } {
  // No other Node: the start brings the runner's own.
  const PATH = [...added(), '/bin'].join(path.delimiter)
  return spawnSync('verify-image', [...args], {
    cwd: root,
    encoding: 'utf8',
    env: { PATH, HOME: '/nonexistent' },
  })
}
const cached = (): string => {
  const [version = ''] = readdirSync(path.join(env['RUNNER_TOOL_CACHE'] ?? '', 'verify-image'))
  const [arch = ''] = readdirSync(path.join(env['RUNNER_TOOL_CACHE'] ?? '', 'verify-image', version))
  return path.join(env['RUNNER_TOOL_CACHE'] ?? '', 'verify-image', version, arch)
}

describe.skipIf(process.platform === 'win32')('install', () => {
  it('alone puts the command on the path, and says that nothing was verified', async () => {
    const ran = await install()
    expect(ran).toMatchObject({ exit: 0, outputs: {}, annotations: [], summary: '', document: undefined })
    expect(ran.stdout).toContain('nothing was verified')
    expect(added()).toHaveLength(1)
    expect(later('verify', image, '--key', key)).toMatchObject({ status: 0 })
    expect(later('verify', image.replace(':v1', ':changed'), '--key', key)).toMatchObject({ status: 1 })
    expect(later('--version').stdout).toMatch(/^verify-image \d/)
  })

  it('beside an image does both', async () => {
    const ran = await install({ image, key })
    expect(ran).toMatchObject({ exit: 0, outputs: { verdict: 'verified' } })
    expect(later('verify', image, '--key', key)).toMatchObject({ status: 0 })
  })

  it('is there after a rejection too: the step fails as ever', async () => {
    const ran = await install({ image: image.replace(':v1', ':changed'), key })
    expect(ran).toMatchObject({ exit: 1, outputs: { verdict: 'rejected' } })
    expect(later('--version').status).toBe(0)
  })

  it('takes what is in the tool cache already', async () => {
    await install()
    const before = statSync(path.join(cached(), 'cli.js'))
    await install()
    const { ino, mtimeMs } = statSync(path.join(cached(), 'cli.js'))
    expect([ino, mtimeMs]).toEqual([before.ino, before.mtimeMs])
  })

  it('replaces a copy that is not this program', async () => {
    await install()
    const script = path.join(cached(), 'cli.js')
    appendFileSync(script, '\nprocess.exit(0)\n')
    writeFileSync(path.join(cached(), 'stranger.js'), '')
    await install()
    expect(readFileSync(script, 'utf8')).not.toContain('\nprocess.exit(0)\n')
    expect(existsSync(path.join(cached(), 'stranger.js'))).toBe(false)
    expect(later('verify', image.replace(':v1', ':changed'), '--key', key)).toMatchObject({ status: 1 })
  })

  it.each([
    ['a key without an image', { key }, 'image: expected at least one image reference'],
    ['an image without a key', { image }, 'key: expected at least one key'],
    ['an input that is none', { imgae: image }, 'imgae: expected an input of this action'],
  ])('is no excuse for %s', async (_what, inputs, message) => {
    const ran = await install(inputs)
    expect(ran).toMatchObject({
      exit: 2,
      outputs: { verdict: 'undetermined', 'failure-class': 'configuration' },
    })
    expect(ran.document?.failure?.message).toContain(message)
  })

  it('fails the step where the command cannot be put anywhere, and the image with it', async () => {
    writeFileSync(path.join(folder, 'file'), '')
    env = { ...env, RUNNER_TOOL_CACHE: path.join(folder, 'file', 'cache') }
    const ran = await install({ image, key })
    expect(ran).toMatchObject({ exit: 2, outputs: { verdict: 'undetermined', images: '[]' } })
    expect(ran.document?.failure?.message).toContain('install: the command could not be put on the path')
    expect(added()).toEqual([])
  })

  it('fails the step where there is no runner', async () => {
    const ran = await runAction({ install: 'true' }, { cwd: root })
    expect(ran).toMatchObject({ exit: 2, outputs: { 'failure-code': 'input-invalid' } })
    expect(ran.document?.failure?.message).toContain('expected RUNNER_TOOL_CACHE and RUNNER_TEMP')
  })
})
