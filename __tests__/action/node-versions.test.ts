import { spawnSync } from 'node:child_process'
import { existsSync, writeFileSync } from 'node:fs'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { runAction, runCli, temporaryFolder } from '../harness/run.js'
import { changedIn, flipped, keyIn, newDeepImage, objectsOf } from '../harness/deep-images.js'
import { putImage, signByBundle } from '../harness/registry-images.js'
import { openRegistry } from '../harness/registry.js'
import { newKey, signedImage, writeStore } from '../harness/store.js'

/** Every other Node of this machine that the bundle promises to run on; the tests themselves run on one. */
function otherNodes(): readonly (readonly [version: string, file: string])[] {
  const folders = (process.env['PATH'] ?? '').split(path.delimiter)
  const found = new Map<string, string>()
  for (const folder of folders) {
    const file = path.join(folder, process.platform === 'win32' ? 'node.exe' : 'node')
    if (folder.includes('node_modules') || !existsSync(file)) continue
    const version = spawnSync(file, ['-p', 'process.version'], { encoding: 'utf8' }).stdout.trim()
    if (version !== process.version && /^v(20\.(19|[2-9]\d)|2[2-9]|[3-9]\d)\./.test(version))
      found.set(version, file)
  }
  return [...found]
}

const nodes = otherNodes()
if (nodes.length === 0) console.warn('skipped: no other Node than the one of the tests is on the path')

describe.each(nodes)('the bundle on Node %s', (version, node) => {
  const cwd = temporaryFolder()
  const keys = Array.from({ length: 12 }, newKey)
  const alice = keys[0] ?? newKey()
  beforeAll(() => {
    for (const [index, key] of keys.entries())
      writeFileSync(path.join(cwd, `${String(index)}.pub`), key.publicPem)
    writeStore(path.join(cwd, 'store'), signedImage(alice, 'store'))
  })

  it('verifies and rejects as a command', async () => {
    const good = await runCli(['verify', 'local://store/app:v1', '--key', '0.pub'], { cwd, node })
    expect(good).toMatchObject({ exit: 0, stderr: '' })
    const bad = await runCli(['verify', 'local://store/app:v1', '--key', '1.pub'], { cwd, node })
    expect(bad.exit).toBe(1)
  })

  it('asks a policy in Rego and CUE, and says nothing else', async () => {
    const registry = await openRegistry()
    const policies = {
      'p.rego': 'package signature\nallow { input.predicate.ok }',
      'p.cue': 'predicate: ok!: true',
    }
    for (const [name, text] of Object.entries(policies)) writeFileSync(path.join(cwd, name), text)
    const ends: (number | null)[] = []
    for (const ok of [true, false]) {
      const repository = `policy-${ok}`
      const digest = putImage(registry.holdings, repository)
      signByBundle(registry.holdings, repository, digest, alice, 'https://x.example/v1', { ok })
      const image = `${registry.host}/${repository}:v1`
      const flags = [
        '--attestation-type',
        'https://x.example/v1',
        '--insecure-ignore-tlog',
        '--output',
        'json',
      ]
      const files = ['--attestation-policy', 'p.rego', '--attestation-policy', 'p.cue']
      const ran = await runCli(['verify', image, '--key', '0.pub', ...flags, ...files], { cwd, node })
      ends.push(ran.exit)
      expect(ran.stderr).not.toMatch(/ExperimentalWarning|DeprecationWarning/)
    }
    await registry.stop()
    expect(ends).toEqual([0, 1])
  })

  it('is undetermined for a missing image', async () => {
    const ran = await runAction({ image: 'local://store/none:v1', key: '0.pub' }, { cwd, node })
    expect(ran.exit).toBe(2)
    expect(ran.outputs['failure-code']).toBe('not-found')
  })

  it('reads everything; chunks where Node can unpack them, and else says so', async () => {
    const [whole, chunked] = [newDeepImage({ index: true }), newDeepImage({ chunked: true })]
    const chunk = keyIn(chunked, 'chunks')
    const wrong = changedIn(chunked, { [chunk]: flipped(chunked.files.get(chunk)!, 9) })
    for (const [name, image] of Object.entries({ whole, chunked, wrong }))
      writeStore(path.join(cwd, name), objectsOf(image, alice, name))
    const codes: string[] = []
    for (const name of ['whole', 'chunked', 'wrong']) {
      const ran = await runAction(
        { image: `local://${name}/app:v1`, key: '0.pub', deep: 'true' },
        { cwd, node },
      )
      codes.push(`${String(ran.exit)} ${String(ran.outputs['failure-code'])}`)
    }
    const [major = 0, minor = 0] = version.slice(1).split('.').map(Number)
    const unpacks = major > 23 || (major === 23 && minor >= 8) || (major === 22 && minor >= 15)
    expect(codes).toEqual(['0 ', unpacks ? '0 ' : '2 unsupported', '1 digest-mismatch'])
  })

  it('asks for many keys at the same time without a warning of Node', async () => {
    const server = http.createServer((request, response) => {
      setTimeout(() => response.end(keys[Number(request.url?.slice(1))]?.publicPem), 200)
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    const key = keys.map((_key, index) => `http://127.0.0.1:${String(port)}/${String(index)}`).join('\n')
    const ran = await runAction({ image: 'local://store/app:v1', key, require: '2' }, { cwd, node })
    server.close()
    expect(ran.outputs['failure-code'], ran.stdout).toBe('unsigned')
    expect(ran.exit).toBe(1)
    expect(ran.stderr).toBe('')
  })
})
