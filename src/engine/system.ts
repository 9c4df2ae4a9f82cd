import { randomFillSync } from 'node:crypto'

/** What a module may ask of the system (WASI preview 1): time and random numbers. There are no files and no network. */
export interface System {
  readonly imports: (module: WebAssembly.Module) => WebAssembly.Imports
  /** Memory is known only once the module runs. */
  readonly attach: (memory: WebAssembly.Memory) => void
  /** What the module wrote: why it ended itself. */
  readonly said: () => string
}

type Call = (...numbers: never[]) => number

const success = 0
const badDescriptor = 8
const unsupported = 52
/** Said by a module that breaks down, at most so much of it is kept. */
const mostSaid = 4000

export function newSystem(): System {
  let memory: WebAssembly.Memory | undefined
  let said = ''
  const view = (): DataView => new DataView(memory?.buffer ?? new ArrayBuffer(0))
  const setNumber = (at: number, value: number): number => {
    view().setUint32(at, value, true)
    return success
  }
  const calls = new Map<string, Call>(
    Object.entries({
      clock_time_get: (clock: number, _precision: bigint, at: number) => {
        const now = clock === 0 ? BigInt(Date.now()) * 1_000_000n : process.hrtime.bigint()
        view().setBigUint64(at, now, true)
        return success
      },
      random_get: (at: number, size: number) => {
        randomFillSync(new Uint8Array(view().buffer, at, size))
        return success
      },
      args_sizes_get: (count: number, size: number) => setNumber(count, 0) + setNumber(size, 0),
      args_get: () => success,
      environ_sizes_get: (count: number, size: number) => setNumber(count, 0) + setNumber(size, 0),
      environ_get: () => success,
      fd_write: (_descriptor: number, vectors: number, count: number, written: number) => {
        let all = 0
        for (let index = 0; index < count; index++) {
          const at = view().getUint32(vectors + 8 * index, true)
          const size = view().getUint32(vectors + 8 * index + 4, true)
          if (said.length < mostSaid)
            said += Buffer.from(view().buffer, at, Math.min(size, mostSaid)).toString()
          all += size
        }
        return setNumber(written, all)
      },
      fd_prestat_get: () => badDescriptor,
      fd_fdstat_get: (_descriptor: number, at: number) => {
        new Uint8Array(view().buffer, at, 24).fill(0)
        return success
      },
      fd_fdstat_set_flags: () => success,
      sched_yield: () => success,
      // Whatever is waited for is there: nothing here sleeps, the caller holds the time.
      poll_oneoff: (_in: number, _out: number, count: number, events: number) => setNumber(events, count),
      proc_exit: (code: number) => {
        throw new Error(`the module ended with ${code}`)
      },
    }),
  )
  return {
    said: () => said.trim(),
    attach: (own) => {
      memory = own
    },
    imports: (module) => {
      const out: Record<string, Record<string, Call>> = {}
      for (const { module: from, name } of WebAssembly.Module.imports(module)) {
        out[from] = { ...out[from], [name]: calls.get(name) ?? (() => unsupported) }
      }
      return out
    },
  }
}
