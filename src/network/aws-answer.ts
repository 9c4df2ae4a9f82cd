import { Readable } from 'node:stream'

/** Most bytes of a text that the SDK reads whole: a key, a listing, an error. */
const longestText = 4 * 1024 * 1024
const tooLong = 'AnswerTooLong'

interface Answered {
  readonly response?: { readonly statusCode?: number; body?: unknown }
}

type Middleware = (next: (args: unknown) => Promise<Answered>) => (args: unknown) => Promise<Answered>

/**
 * Ends answers that the SDK would read without end, which it does before anybody sees them.
 *
 * @param streamed what is found is handed on as it comes, and whoever reads it has a limit of his own
 */
export function limitAnswer(command: { readonly middlewareStack: unknown }, streamed: boolean): void {
  const stack = command.middlewareStack as { add: (middleware: Middleware, options: object) => void }
  stack.add(
    (next) => async (args) => {
      const answered = await next(args)
      const { response } = answered
      const isFound = (response?.statusCode ?? 0) < 300
      const body = response?.body as Pieces | undefined
      if (response && body && !(isFound && streamed))
        response.body = Readable.from(isFound ? bounded(body) : cut(body), { objectMode: false })
      return answered
    },
    // The last of all: what it gives is what the SDK reads.
    { step: 'deserialize', priority: 'low', name: 'limitAnswer' },
  )
}

/** Whether that was why an answer came to nothing. */
export function isTooLong(error: Error): boolean {
  return error.name === tooLong
}

type Pieces = AsyncIterable<Uint8Array>

async function* bounded(body: Pieces): Pieces {
  let size = 0
  for await (const piece of body) {
    size += piece.length
    if (size > longestText)
      throw Object.assign(new Error(`larger than ${longestText} bytes`), { name: tooLong })
    yield piece
  }
}

/** Of a refusal the beginning tells enough: its status counts, and nobody waits for the rest. */
async function* cut(body: Pieces): Pieces {
  let size = 0
  for await (const piece of body) {
    size += piece.length
    if (size > longestText) return
    yield piece
  }
}
