import { readFileSync } from 'node:fs'
import path from 'node:path'
import { brotliDecompressSync } from 'node:zlib'
import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { newSystem } from '../../src/engine/system.js'
import { dist } from '../harness/run.js'

const root = path.resolve(import.meta.dirname, '../..')
const bytes = brotliDecompressSync(readFileSync(path.join(dist, 'policy-engines.wasm.br')))
const record = JSON.parse(readFileSync(path.join(root, 'engines/policy-engines.json'), 'utf8')) as Record<
  string,
  string | number
>

describe('the module', () => {
  it('is the one that the record in engines/ describes', () => {
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(record['sha256'])
    expect(bytes.length).toBe(record['bytes'])
    const modules = readFileSync(path.join(root, 'engines/go.mod'), 'utf8')
    expect(modules).toContain(`github.com/open-policy-agent/opa ${String(record['opa'])}\n`)
    expect(modules).toContain(`cuelang.org/go ${String(record['cue'])}\n`)
    expect(modules).toContain(`toolchain ${String(record['go'])}\n`)
  })

  it('is shipped with the licences of what is in it', () => {
    const notices = readFileSync(path.join(root, 'engines/NOTICES.txt'), 'utf8')
    for (const name of [
      `github.com/open-policy-agent/opa@${String(record['opa'])}`,
      `cuelang.org/go@${String(record['cue'])}`,
      `Go ${String(record['go'])}`,
    ])
      expect(notices).toContain(`\n${name}\n\n`)
    expect(readFileSync(path.join(root, 'THIRD-PARTY-NOTICES.txt'), 'utf8')).toContain(notices)
  })

  it('holds no path of the machine that built it', () => {
    const text = bytes.toString('latin1')
    for (const folder of ['/root/', '/home/', '/work/', '/Users/']) expect(text).not.toContain(`${folder}go/`)
  })

  it('asks the system for nothing that opens a file or a connection', async () => {
    const module = await WebAssembly.compile(bytes)
    const asked = WebAssembly.Module.imports(module).map(({ module: from, name }) => `${from}.${name}`)
    const { imports } = newSystem()
    const { wasi_snapshot_preview1: given = {}, ...others } = imports(module)
    expect(others).toEqual({})
    expect(new Set(asked).size).toBe(Object.keys(given).length)
    const answered = Object.keys(given).filter((name) => {
      try {
        // What is not there says so to whatever it is asked (ENOSYS is 52 in WASI preview 1).
        return given[name]?.() !== 52
      } catch {
        return true
      }
    })
    expect(answered.toSorted()).toEqual([
      'args_get',
      'args_sizes_get',
      'clock_time_get',
      'environ_get',
      'environ_sizes_get',
      'fd_fdstat_get',
      'fd_fdstat_set_flags',
      'fd_prestat_get',
      'fd_write',
      'poll_oneoff',
      'proc_exit',
      'random_get',
      'sched_yield',
    ])
  })

  it('can grow to 512 MiB and no further', async () => {
    const module = await WebAssembly.compile(bytes)
    const instance = await WebAssembly.instantiate(module, newSystem().imports(module))
    const memory = instance.exports['memory'] as { grow: (pages: number) => number; buffer: ArrayBuffer }
    const own = memory.buffer.byteLength / 65_536
    expect(() => memory.grow(8193 - own)).toThrow()
    expect(memory.grow(8192 - own)).toBe(own)
    expect(memory.buffer.byteLength).toBe(512 * 2 ** 20)
  })
})
