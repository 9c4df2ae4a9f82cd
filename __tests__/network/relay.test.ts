import { afterEach, describe, expect, it } from 'vitest'
import { openRelay } from '../../src/network/relay.js'
import { newCall } from '../harness/call.js'
import { openWeb, type Web } from '../harness/web.js'

const stops: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop()
})

async function start(...[answer]: Parameters<typeof openWeb>): Promise<Web> {
  const web = await openWeb(answer)
  stops.push(web.stop)
  return web
}

describe('a relay', () => {
  it('blames nobody before it asked anybody', () => {
    expect(openRelay('key').blame(new Error('why'))).toBeUndefined()
  })

  it('notes whom it asks, and asks for nothing packed', async () => {
    const web = await start((_request, response) => void response.end('{}'))
    const call = newCall()
    const answer = await openRelay('key').send(
      { url: new URL(web.url), headers: { 'Accept-Encoding': 'gzip' } },
      call,
    )
    expect(answer.kind).toBe('found')
    expect(call.journal.calls()).toEqual([{ host: new URL(web.url).host, count: 1 }])
    expect(web.requests[0]?.headers['accept-encoding']).toBeUndefined()
  })

  it.each([
    [400, '{"error":"invalid_grant","error_description":"no"}', 'denied'],
    [400, 'no', 'response-invalid'],
    [401, '', 'denied'],
    [302, '', 'response-invalid'],
    [429, '', 'rate-limited'],
    [503, '', 'server-error'],
    // What was answered well, and yet was of no use.
    [200, '<html>', 'response-invalid'],
  ])('blames an answer %i %j as %s', async (status, body, code) => {
    const web = await start((_request, response) => {
      response.writeHead(status, { 'retry-after': '7' })
      response.end(body)
    })
    const relay = openRelay('key')
    await relay.send({ url: new URL(web.url) }, newCall())
    const blamed = relay.blame(new Error('why'))
    expect(blamed).toMatchObject({ kind: 'failed', problem: { code, service: 'key' } })
    expect(blamed?.retryAfterMs).toBe(status === 200 ? undefined : 7000)
  })

  it('sends nothing in the clear but to this machine and to metadata servers', async () => {
    const relay = openRelay('key')
    const call = newCall()
    expect(await relay.send({ url: new URL('http://token.test/secret?a=b') }, call)).toMatchObject({
      kind: 'failed',
      problem: { code: 'input-invalid', message: 'http://token.test/secret: expected https, got http://' },
    })
    expect(call.journal.calls()).toEqual([])
  })

  it('takes out of a text what was sent and what came', async () => {
    const web = await start((_request, response) => {
      response.end('{"access_token":"given/token+1","value":"subject-token","name":"a-plain-name"}')
    })
    const relay = openRelay('key')
    const form = new URLSearchParams({ client_secret: 'client/secret+1', client_id: 'client-identity' })
    const headers = { Authorization: 'Bearer bearer-token' }
    await relay.send({ url: new URL(web.url), method: 'POST', headers, body: form.toString() }, newCall())
    const body = '{"refresh_token":"refresh-token"}'
    await relay.send({ url: new URL(web.url), method: 'POST', body }, newCall())
    const secrets = ['given/token+1', 'subject-token', 'client/secret+1', 'bearer-token', 'refresh-token']
    for (const secret of secrets) {
      expect(relay.clean(`<${secret}><${encodeURIComponent(secret)}>`)).toBe('<***><***>')
    }
    expect(relay.clean('a-plain-name client-identity')).toBe('a-plain-name client-identity')
  })
})
