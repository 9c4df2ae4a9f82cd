import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { brotliDecompressSync } from 'node:zlib'
import { newSystem } from './system.js'

/** What engines/module.go exports. */
interface Exports {
  readonly memory: WebAssembly.Memory
  readonly _initialize: () => void
  /** @returns where a question of that many bytes is to be put */
  readonly room: (size: number) => number
  /** @returns where the answer lies (upper half) and its size */
  readonly ask: () => bigint
}

/** What brought the engines to their end: the limit of their memory, or of how deep a thread can go. */
export type End = 'memory' | 'depth' | 'defect'

/** Why the engines ended themselves; they answer nothing more. */
export class EnginesEnded extends Error {
  override readonly name = 'EnginesEnded'
  readonly why: End
  constructor(why: End, message: string) {
    super(message)
    this.why = why
  }
}

/** The engines, ready to answer: a question in JSON to an answer in JSON. @throws EnginesEnded */
export type Engines = (question: string) => string

/**
 * @param file beside which lies its record, as `sha256sum` writes one: the hash of the program covers the record alone
 * @throws when the file cannot be read or is not the recorded one
 */
export async function loadEngines(file: string): Promise<Engines> {
  const packed = readFileSync(file)
  const [expected] = readFileSync(file.replace(/\.wasm\.br$/, '.sha256'), 'utf8').split(' ')
  const got = createHash('sha256').update(packed).digest('hex')
  if (got !== expected)
    throw new Error(`${path.basename(file)}: expected SHA-256 ${expected ?? ''}, got ${got}`)
  const module = await WebAssembly.compile(brotliDecompressSync(packed))
  const system = newSystem()
  const instance = await WebAssembly.instantiate(module, system.imports(module))
  const { memory, _initialize, room, ask } = instance.exports as unknown as Exports
  system.attach(memory)
  _initialize()
  return (question) => {
    const bytes = Buffer.from(question)
    try {
      const place = room(bytes.length)
      new Uint8Array(memory.buffer, place, bytes.length).set(bytes)
      const answer = BigInt.asUintN(64, ask())
      return Buffer.from(memory.buffer, Number(answer >> 32n), Number(answer & 0xffff_ffffn)).toString()
    } catch (error) {
      throw describeEnd(error, system.said())
    }
  }
}

/** Go says what is the matter before it ends, on whatever way (runtime/panic.go). */
function describeEnd(error: unknown, said: string): EnginesEnded {
  if (/out of memory|cannot allocate memory/.test(said)) return new EnginesEnded('memory', 'out of memory')
  // Go's calls are calls of the thread: deep input or deep recursion is met by the thread's own limit first.
  if (error instanceof RangeError && error.message.includes('call stack'))
    return new EnginesEnded('depth', error.message)
  const last = error instanceof Error ? error.message : String(error)
  const first = said.split('\n')[0] ?? ''
  return new EnginesEnded('defect', first === '' ? last : `${first} (${last})`)
}
