import { readFileSync } from 'node:fs'
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

/** Why the engines ended themselves; they answer nothing more. */
export class EnginesEnded extends Error {
  override readonly name = 'EnginesEnded'
  readonly why: 'memory' | 'defect'
  constructor(why: 'memory' | 'defect', message: string) {
    super(message)
    this.why = why
  }
}

/** The engines, ready to answer: a question in JSON to an answer in JSON. @throws EnginesEnded */
export type Engines = (question: string) => string

/** @throws when the file cannot be read or is none of ours */
export async function loadEngines(file: string): Promise<Engines> {
  const module = await WebAssembly.compile(brotliDecompressSync(readFileSync(file)))
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
  const last = error instanceof Error ? error.message : String(error)
  const first = said.split('\n')[0] ?? ''
  return new EnginesEnded('defect', first === '' ? last : `${first} (${last})`)
}
