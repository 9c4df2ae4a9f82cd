import { writeFileSync } from 'node:fs'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { runAction, temporaryFolder } from '../harness/run.js'
import { digestOf, manifest, newKey } from '../harness/store.js'

/** A registry without a listing of referrers, which sends on to a page for people that is not there. */
const servers: http.Server[] = []
const key = newKey()
const cwd = temporaryFolder()
let host = ''

async function serve(answer: http.RequestListener): Promise<string> {
  const server = http.createServer(answer)
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `127.0.0.1:${String((server.address() as AddressInfo).port)}`
}

function page(response: http.ServerResponse): void {
  response.writeHead(404, { 'content-type': 'text/html' }).end('<html>not found</html>')
}

beforeAll(async () => {
  writeFileSync(path.join(cwd, 'key.pub'), key.publicPem)
  const people = await serve((_request, response) => page(response))
  host = await serve((request, response) => {
    const { url = '' } = request
    if (url.startsWith('/v2/away/app/referrers/')) {
      response.writeHead(303, { location: `http://${people}/away/app` }).end()
    } else if (url.includes('/referrers/')) {
      page(response)
    } else if (/\/manifests\/(v1|sha256:)/.test(url)) {
      response.setHeader('docker-content-digest', digestOf(manifest))
      response.end(manifest)
    } else {
      response.writeHead(404, { 'content-type': 'application/json' })
      response.end('{"errors":[{"code":"MANIFEST_UNKNOWN"}]}')
    }
  })
})
afterAll(() => servers.forEach((server) => server.close()))

it('an image is unsigned where the registry has no listing and sends on to nothing', async () => {
  const ran = await runAction({ image: `${host}/away/app:v1`, key: 'key.pub' }, { cwd })
  expect(ran.outputs['failure-code'], ran.stdout).toBe('unsigned')
  expect(ran.exit).toBe(1)
})

it('nobody knows where a page for people stands before the listing', async () => {
  const ran = await runAction({ image: `${host}/hidden/app:v1`, key: 'key.pub' }, { cwd })
  expect(ran.outputs['failure-code'], ran.stdout).toBe('response-invalid')
  expect(ran.exit).toBe(2)
})
