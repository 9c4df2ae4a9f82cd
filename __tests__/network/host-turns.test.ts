import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, describe, expect, it } from 'vitest'
import { download } from '../../src/network/https.js'
import { mostAtOnce, openHostTurns, type Turn } from '../../src/network/host-turns.js'
import { newCall } from '../harness/call.js'
import { openWeb, type Web } from '../harness/web.js'

const open: Web[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map(async (server) => server.stop()))
})

async function web(...args: Parameters<typeof openWeb>): Promise<Web> {
  const server = await openWeb(...args)
  open.push(server)
  return server
}

const never = (): { signal: AbortSignal } => ({ signal: new AbortController().signal })
const give = (turn: Turn): void => {
  if (turn.kind === 'go') turn.done()
}
const stateOf = async (turn: Promise<Turn>): Promise<string> =>
  Promise.race([turn.then(({ kind }) => kind), delay(20).then(() => 'waits')])

describe('the turns of a host', () => {
  it(`are ${mostAtOnce} at a time, and the next goes when one is given back`, async () => {
    const turns = openHostTurns()
    const first = await Promise.all(Array.from({ length: mostAtOnce }, async () => turns.take(never())))
    const [next, last] = [turns.take(never()), turns.take(never())]
    expect(await stateOf(next)).toBe('waits')
    give(first[0]!)
    expect([await stateOf(next), await stateOf(last)]).toEqual(['go', 'waits'])
    // Given back twice is given back once.
    give(first[0]!)
    expect(await stateOf(last)).toBe('waits')
    give(await next)
    expect(await stateOf(last)).toBe('go')
  })

  it('are not had during a pause', async () => {
    const turns = openHostTurns()
    turns.pause(80)
    const from = performance.now()
    const turn = await turns.take(never())
    expect(turn.kind).toBe('go')
    expect(performance.now() - from).toBeGreaterThan(70)
  })

  it('wait for the longest pause that was asked for', async () => {
    const turns = openHostTurns()
    turns.pause(100)
    turns.pause(10)
    const turn = turns.take(never())
    await delay(50)
    expect(await stateOf(turn)).toBe('waits')
    expect((await turn).kind).toBe('go')
  })

  it('end with the time of who waits, and keep no place', async () => {
    const turns = openHostTurns()
    turns.pause(60)
    const call = new AbortController()
    const turn = turns.take(call)
    call.abort()
    expect(await turn).toEqual({ kind: 'over', waited: true })
    expect(await turns.take(call)).toEqual({ kind: 'over', waited: false })
    expect((await turns.take(never())).kind).toBe('go')
  })

  it('are refused where the host wants more patience than there is, also to who waits already', async () => {
    const turns = openHostTurns()
    turns.pause(1000)
    const waits = turns.take(never())
    turns.pause(3_600_000)
    expect((await waits).kind).toBe('refused')
    expect((await turns.take(never())).kind).toBe('refused')
  })
})

describe('a host that gets too many requests', () => {
  const ask = async (url: string, retries = 3): ReturnType<typeof download> =>
    download({ url: new URL(url), service: 'registry', limit: 1000 }, newCall({ retries }))

  it('gets none of any image until its pause is over', async () => {
    const arrived: number[] = []
    let refusedAt = 0
    const server = await web((_request, response) => {
      arrived.push(performance.now())
      if (refusedAt === 0) {
        refusedAt = performance.now()
        response.writeHead(429, { 'retry-after': '1' })
      } else response.writeHead(200)
      response.end('x')
    })
    const first = ask(`${server.url}/first`)
    await delay(100)
    const others = Array.from({ length: 50 }, async (_, index) => ask(`${server.url}/${index}`, 0))
    const answers = await Promise.all([first, ...others])
    // Without further attempts: they were not refused, they waited.
    expect(answers.every(({ kind }) => kind === 'found')).toBe(true)
    expect(arrived.filter((at) => at > refusedAt && at < refusedAt + 950)).toEqual([])
    expect(arrived).toHaveLength(52)
  })

  it('keeps no other host waiting', async () => {
    const limited = await web((_request, response) => {
      response.writeHead(429, { 'retry-after': '60' })
      response.end()
    })
    const other = await web((_request, response) => void response.end('x'))
    await ask(limited.url, 0)
    const from = performance.now()
    expect((await ask(other.url)).kind).toBe('found')
    expect(performance.now() - from).toBeLessThan(2000)
  })

  it('is not asked again where it wants more patience than there is', async () => {
    const server = await web((_request, response) => {
      response.writeHead(429, { 'retry-after': '7200' })
      response.end()
    })
    expect(await ask(server.url)).toMatchObject({ kind: 'failed', problem: { code: 'rate-limited' } })
    const later = await ask(`${server.url}/other`)
    expect(later).toMatchObject({ kind: 'failed', problem: { code: 'rate-limited', service: 'registry' } })
    expect(later.kind === 'failed' && later.problem.message).toContain('wants no request for another 7200 s')
    expect(server.requests).toHaveLength(1)
  })

  it('is told of where the pause is longer than the time there is', async () => {
    const server = await web((_request, response) => {
      response.writeHead(429, { 'retry-after': '60' })
      response.end()
    })
    await ask(server.url, 0)
    const call = newCall({ signal: AbortSignal.timeout(100), retries: 3 })
    const answer = await download({ url: new URL(server.url), service: 'registry', limit: 10 }, call)
    expect(answer).toMatchObject({ kind: 'failed', problem: { code: 'timeout' } })
    expect(answer.kind === 'failed' && answer.problem.message).toContain('rate-limited')
  })
})
