import { afterEach, describe, expect, it, vi } from 'vitest'
import { found, failed } from '../../../src/network/lookup.js'
import { openSignIn, type SignedHeaders } from '../../../src/stores/s3lo/sign-in.js'
import type { Answer, Call } from '../../../src/network/call.js'
import { newCall } from '../../harness/call.js'
import { openWeb, type Web } from '../../harness/web.js'

const stops: (() => Promise<void>)[] = []
afterEach(async () => {
  vi.useRealTimers()
  for (const stop of stops.splice(0)) await stop()
})

/** Takes tokens from this one on. */
async function openService(first = 1): Promise<Web> {
  const web = await openWeb(({ headers }, response) => {
    const number = Number(headers.authorization?.replace('Bearer token-number-', '') ?? 0)
    response.writeHead(number >= first ? 200 : 401)
    response.end()
  })
  stops.push(web.stop)
  return web
}

function counting(): { acquire: (call: Call) => Promise<Answer<SignedHeaders>>; count: () => number } {
  let given = 0
  const acquire = async (): Promise<Answer<SignedHeaders>> =>
    Promise.resolve(found({ authorization: `Bearer token-number-${++given}` }))
  return { acquire, count: () => given }
}
const question = ({ url }: Web) => ({ url: new URL(url), service: 'storage', limit: 10 }) as const
const statusOf = async (answer: Promise<Answer<{ status: number }>>): Promise<number | string> => {
  const got = await answer
  return got.kind === 'found' ? got.value.status : got.kind
}

describe('one sign-in', () => {
  it('serves all requests, those at the same time too', async () => {
    const web = await openService()
    const { acquire, count } = counting()
    const signIn = openSignIn(acquire)
    const both = [signIn.send(question(web), newCall()), signIn.send(question(web), newCall())]
    expect(await Promise.all(both.map(statusOf))).toEqual([200, 200])
    expect(await statusOf(signIn.send(question(web), newCall()))).toBe(200)
    expect(count()).toBe(1)
  })

  it('is done again once it is too old, and not before', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: 0 })
    const web = await openService(2)
    const { acquire, count } = counting()
    const signIn = openSignIn(acquire)
    expect(await statusOf(signIn.send(question(web), newCall()))).toBe(401)
    vi.setSystemTime(59_000)
    expect(await statusOf(signIn.send(question(web), newCall()))).toBe(401)
    expect(count()).toBe(1)
    vi.setSystemTime(61_000)
    expect(await statusOf(signIn.send(question(web), newCall()))).toBe(200)
    expect(count()).toBe(2)
  })

  it('that failed is tried anew by the next request', async () => {
    const web = await openService()
    const { acquire } = counting()
    let down = true
    const signIn = openSignIn(async (call) =>
      down ? Promise.resolve(failed('server-error', 'down', 'storage')) : acquire(call),
    )
    expect(await statusOf(signIn.send(question(web), newCall()))).toBe('failed')
    down = false
    expect(await statusOf(signIn.send(question(web), newCall()))).toBe(200)
  })

  it('that only its asker gave up is done by who still waits', async () => {
    const web = await openService()
    const { acquire } = counting()
    const asker = new AbortController()
    const signIn = openSignIn(async (call) => {
      if (call.signal !== asker.signal) return acquire(call)
      await new Promise((resolve) => asker.signal.addEventListener('abort', resolve))
      return failed('timeout', 'stopped', 'storage')
    })
    const first = signIn.send(question(web), newCall({ signal: asker.signal }))
    const second = signIn.send(question(web), newCall())
    asker.abort()
    expect(await statusOf(first)).toBe('failed')
    expect(await statusOf(second)).toBe(200)
  })

  it('is in no text that is cleaned', async () => {
    const web = await openService()
    const signIn = openSignIn(counting().acquire)
    await signIn.send(question(web), newCall())
    expect(signIn.clean('you sent Bearer token-number-1')).toBe('you sent Bearer ***')
  })
})
