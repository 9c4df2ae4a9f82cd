import type { Service } from '../verdict/codes.js'
import type { Answer, Call } from './call.js'
import { type HostTurns, turnsOf } from './host-turns.js'
import { failed } from './lookup.js'

/** What is asked, of whom. */
export interface Asked {
  /** `name:port`, or whatever else has limits of its own. */
  readonly host: string
  /** As it is shown in messages. */
  readonly name: string
  readonly service: Service
}

/** Asks a host when it is this call's turn; not at all where the time is over before, or the host wants none for long. */
export async function inTurn<Value>(
  { host, name, service }: Asked,
  call: Call,
  once: (turns: Pick<HostTurns, 'pause'>) => Promise<Answer<Value>>,
): Promise<Answer<Value>> {
  const turns = turnsOf(host)
  const turn = await turns.take(call)
  if (turn.kind === 'refused') {
    const seconds = Math.ceil(turn.leftMs / 1000)
    const message = `${name}: not asked, as the host wants no request for another ${seconds} s`
    return { ...failed('rate-limited', message, service), retryAfterMs: turn.leftMs }
  }
  if (turn.kind === 'over')
    return turn.waited
      ? failed('rate-limited', `${name}: the host wanted a pause until the time for it was over`, service)
      : failed('timeout', `${name}: stopped, as the time for it was over`, service)
  try {
    return await once(turns)
  } finally {
    turn.done()
  }
}
