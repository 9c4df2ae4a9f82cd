// Builds OPA and CUE as one WebAssembly module: engines/policy-engines.wasm.br, and beside it what it was built from
// and the licences of what is in it.
// `--check` builds again and compares with what is committed. Needs Go; the toolchain is the one that go.mod names.
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import zlib from 'node:zlib'
import { go } from './go.js'
import { writeNotices } from './notices.js'

const folder = import.meta.dirname
const packed = path.join(folder, 'policy-engines.wasm.br')
const record = path.join(folder, 'policy-engines.json')
const notices = path.join(folder, 'NOTICES.txt')

/** Pages of 64 KiB that the module's memory may grow to: 512 MiB. A worker's own limits do not bound it. */
const mostPages = 8192

const check = process.argv.includes('--check')
const work = fs.mkdtempSync(path.join(os.tmpdir(), 'policy-engines-'))
try {
  const module = limitMemory(compile(path.join(work, 'module.wasm')), mostPages)
  const made = describe(module)
  if (check) {
    const committed = fs.readFileSync(record, 'utf8')
    const unpacked = sha256(zlib.brotliDecompressSync(fs.readFileSync(packed)))
    if (committed !== made || unpacked !== JSON.parse(made).sha256) {
      console.error(`engines/ gives another module than is committed: node engines/build.js\n${made}`)
      process.exitCode = 1
    }
    if (fs.readFileSync(notices, 'utf8') !== writeNotices()) {
      console.error('stale: engines/NOTICES.txt; run node engines/build.js')
      process.exitCode = 1
    }
  } else {
    fs.writeFileSync(notices, writeNotices())
    fs.writeFileSync(packed, compress(module))
    fs.writeFileSync(record, made)
    console.log(made.trim(), fs.statSync(packed).size)
  }
} finally {
  fs.rmSync(work, { recursive: true, force: true })
}

/** Equal bytes from any folder of any machine. */
function compile(out) {
  go(
    'build',
    '-buildmode=c-shared',
    '-trimpath',
    '-buildvcs=false',
    '-ldflags=-s -w -buildid=',
    '-o',
    out,
    '.',
  )
  return fs.readFileSync(out)
}

function describe(module) {
  const version = (name) => go('list', '-m', '-f', '{{.Version}}', name).trim()
  const built = {
    sha256: sha256(module),
    bytes: module.length,
    go: go('env', 'GOVERSION').trim(),
    opa: version('github.com/open-policy-agent/opa'),
    cue: version('cuelang.org/go'),
  }
  return `${JSON.stringify(built, null, 2)}\n`
}

function sha256(bytes) {
  return createHash('sha256').update(bytes).digest('hex')
}

function compress(module) {
  const { BROTLI_PARAM_QUALITY, BROTLI_PARAM_LGWIN, BROTLI_PARAM_SIZE_HINT } = zlib.constants
  return zlib.brotliCompressSync(module, {
    params: { [BROTLI_PARAM_QUALITY]: 11, [BROTLI_PARAM_LGWIN]: 24, [BROTLI_PARAM_SIZE_HINT]: module.length },
  })
}

/** Writes a maximum into the memory section, which Go leaves open (WebAssembly core 1.0, 5.5.8). */
function limitMemory(module, pages) {
  let at = 8
  while (at < module.length) {
    const id = module[at]
    const size = readNumber(module, at + 1)
    const start = size.next
    if (id === 5) {
      const [count, flags] = [module[start], module[start + 1]]
      const least = readNumber(module, start + 2)
      if (count !== 1 || flags !== 0)
        throw new Error(`expected one memory without a maximum, got ${count}, ${flags}`)
      const body = Buffer.from([1, 1, ...writeNumber(least.value), ...writeNumber(pages)])
      const section = Buffer.from([5, ...writeNumber(body.length), ...body])
      return Buffer.concat([module.subarray(0, at), section, module.subarray(start + size.value)])
    }
    at = start + size.value
  }
  throw new Error('expected a memory section, found none')
}

/** LEB128. */
function readNumber(bytes, at) {
  let value = 0
  for (let shift = 0; ; shift += 7, at++) {
    value += (bytes[at] & 0x7f) * 2 ** shift
    if (bytes[at] < 0x80) return { value, next: at + 1 }
  }
}

function writeNumber(value) {
  const out = []
  for (let rest = value; ; rest >>>= 7) {
    if (rest < 0x80) return [...out, rest]
    out.push((rest & 0x7f) | 0x80)
  }
}
