import type { Lookup } from '../../network/lookup.js'
import type { Credential } from './credential.js'
import { basic } from './token.js'

/** What a run sends to one registry to sign in. A registry may send it back: in a header, or in where it sends on to. */
export interface Secrets {
  readonly keepCredential: (credential: Credential) => void
  /** Keeps the value of an `Authorization` header. */
  readonly keepHeader: (header: string) => void
  /** Takes them out of the message of a failure; wherever they came from, no report knows them by then. */
  readonly conceal: <Answer extends Lookup<unknown>>(answer: Answer) => Answer
}

/** Shorter ones would blank out ordinary words. */
const shortestSecret = 4

export function openSecrets(): Secrets {
  const kept = new Set<string>()
  const keep = (secret: string): void => {
    if (secret.length < shortestSecret) return
    // As it is, as a query holds it and as a path holds it.
    for (const form of [
      secret,
      encodeURIComponent(secret),
      new URL(`http://host/${secret}`).pathname.slice(1),
    ])
      kept.add(form)
  }
  const keepHeader = (header: string): void => keep(header.replace(/^\w+ /, ''))
  return {
    keepHeader,
    keepCredential: (credential) => {
      if (credential.kind === 'anonymous') return
      keep(credential.kind === 'login' ? credential.password : credential.token)
      if (credential.kind === 'login') keepHeader(basic(credential))
    },
    conceal: (answer) => {
      if (answer.kind !== 'failed' || kept.size === 0) return answer
      const longestFirst = [...kept].sort((a, b) => b.length - a.length)
      const message = longestFirst.reduce(
        (text, secret) => text.replaceAll(secret, '***'),
        answer.problem.message,
      )
      return { ...answer, problem: { ...answer.problem, message } }
    },
  }
}
