import type { Answer, Call } from '../../network/call.js'
import { exchange, type Question, type Reply } from '../../network/exchange.js'
import { isForsaken, type SharedAnswer } from '../registry/shared-answer.js'

/** Headers that sign a request in; none at all for a caller whom nobody knows. */
export type SignedHeaders = Readonly<Record<string, string>>

/** Signs in once for all requests of a run, and again when that is not taken any more. */
export interface SignIn {
  /** Sends as `exchange` does, with the headers; once more with new ones where the old ones were refused (401). */
  readonly send: (question: Question, call: Call) => Promise<Answer<Reply>>
  /** A text without what signed in: a service may send back what it was sent. */
  readonly clean: (text: string) => string
}

/** Shorter ones would blank out ordinary words. */
const shortestSecret = 8

/** For so long, what signs in does not end by itself; milliseconds. */
const shortestLife = 60_000

/** @param acquire asks for the headers; never absent */
export function openSignIn(acquire: (call: Call) => Promise<Answer<SignedHeaders>>): SignIn {
  let current: (SharedAnswer<SignedHeaders> & { readonly since: number }) | undefined
  const secrets = new Set<string>()

  const headers = async (call: Call): Promise<Answer<SignedHeaders>> => {
    for (;;) {
      const asked = (current ??= { answer: acquire(call), asker: call.signal, since: Date.now() })
      const answer = await asked.answer
      if (answer.kind === 'found') {
        const secret = answer.value['authorization']?.replace(/^\w+ /, '') ?? ''
        if (secret.length >= shortestSecret) secrets.add(secret)
        return answer
      }
      // What failed is asked for anew by whoever comes next, and at once where only its asker gave up.
      if (current === asked) current = undefined
      if (!isForsaken(answer, asked, call)) return answer
    }
  }

  return {
    send: async (question, call) => {
      const used = current
      const first = await headers(call)
      if (first.kind !== 'found') return first
      const reply = await exchange(withHeaders(question, first.value), call)
      if (reply.kind !== 'found' || reply.value.status !== 401) return reply
      // No token is too old so soon: the service does not want it.
      if (used === undefined || Date.now() - used.since < shortestLife) return reply
      if (current === used) current = undefined
      const renewed = await headers(call)
      return renewed.kind === 'found' ? exchange(withHeaders(question, renewed.value), call) : renewed
    },
    clean: (text) => [...secrets].reduce((rest, secret) => rest.replaceAll(secret, '***'), text),
  }
}

function withHeaders(question: Question, signed: SignedHeaders): Question {
  return { ...question, headers: { ...question.headers, ...signed } }
}
