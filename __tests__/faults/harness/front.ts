import { writeFileSync } from 'node:fs'
import http from 'node:http'
import https from 'node:https'
import path from 'node:path'
import { newCertificateFor } from '../../harness/certificate.js'
import { openNamedHostsProxy } from '../../harness/named-hosts-proxy.js'
import type { Answer } from '../../harness/registry-answers.js'
import { sendAnswer } from '../../harness/registry-answers.js'
import { temporaryFolder } from '../../harness/run.js'
import { close, listen } from '../../harness/s3.js'
import type { Asked, Reach, Upstream } from './place.js'

/** What becomes of one answer. */
export type Spoil = (response: http.ServerResponse, usual: Answer, asked: Asked) => void

export interface Interference {
  readonly matches: (asked: Asked) => boolean
  readonly when: 'once' | 'always'
  readonly spoil: Spoil
}

/** Where connections to a name go instead; undefined: nobody knows the name. */
export interface Detour {
  readonly name: string
  readonly port: number | undefined
}

export interface FrontOptions {
  readonly interference?: Interference | undefined
  readonly detour?: Detour | undefined
  /** What the service says of its own address, if not that of the front. */
  readonly own?: string | undefined
}

export interface Front extends Reach {
  /** How often something went wrong so far. */
  readonly played: () => number
  readonly asked: readonly Asked[]
  readonly stop: () => Promise<void>
}

/** Stands before a server of the harness for one run, and spoils the answers of one kind of request. */
export async function openFront(
  upstream: Upstream,
  { interference, detour, own }: FrontOptions = {},
): Promise<Front> {
  const asked: Asked[] = []
  let played = 0
  let url = ''

  const answer = async (one: Asked, response: http.ServerResponse): Promise<void> => {
    asked.push(one)
    const hit = interference?.matches(one) === true && (interference.when === 'always' || played === 0)
    if (hit) played++
    const usual = await forward(upstream, one, own ?? url)
    if (hit) interference.spoil(response, usual, one)
    else sendAnswer(response, usual, one.method)
  }
  const listener: http.RequestListener = (message, response) => {
    const chunks: Buffer[] = []
    message.on('data', (chunk: Buffer) => chunks.push(chunk))
    message.on('end', () => {
      const { method = '', url: target = '', headers } = message
      const host = headers.host ?? 'localhost'
      const body = Buffer.concat(chunks).toString('utf8')
      answer({ method, target, headers, body, url: new URL(target, `http://${host}`) }, response).catch(
        (error: unknown) => void response.destroy(error as Error),
      )
    })
  }
  const { names } = upstream
  const certificate = names && newCertificateFor(names)
  const server = certificate ? https.createServer(certificate, listener) : http.createServer(listener)
  const port = await listen(server, 0)
  const host = `127.0.0.1:${port}`
  url = `${certificate ? 'https' : 'http'}://${host}`
  if (!names || !certificate) {
    return { url, host, env: {}, asked, played: () => played, stop: async () => close(server) }
  }
  const ports = new Map<string, number>(names.map((name) => [name, port]))
  if (detour?.port !== undefined) ports.set(detour.name, detour.port)
  else if (detour) ports.delete(detour.name)
  const proxy = await openNamedHostsProxy(Object.fromEntries(ports))
  const authority = path.join(temporaryFolder(), 'ca.pem')
  writeFileSync(authority, certificate.cert)
  return {
    url,
    host,
    env: { HTTPS_PROXY: proxy.url, SSL_CERT_FILE: authority },
    asked,
    played: () => played,
    stop: async () => {
      await proxy.stop()
      await close(server)
    },
  }
}

/** Asks the server itself; what it says of its own address leads to the front. */
async function forward(upstream: Upstream, asked: Asked, front: string): Promise<Answer> {
  const to = new URL(asked.target, upstream.urlOf(asked))
  const here = (text: string): string => upstream.own.reduce((rest, one) => rest.replaceAll(one, front), text)
  return new Promise((resolve, reject) => {
    const sent = (to.protocol === 'https:' ? https : http).request(
      to,
      { method: asked.method, headers: asked.headers, agent: false, rejectUnauthorized: false },
      (answer) => {
        const chunks: Buffer[] = []
        answer.on('data', (chunk: Buffer) => chunks.push(chunk))
        answer.on('error', reject)
        answer.on('end', () => {
          const whole = Buffer.concat(chunks)
          const body = upstream.ownInBodies ? Buffer.from(here(whole.toString('latin1')), 'latin1') : whole
          const headers = Object.entries(answer.headers)
            .filter(([name]) => !['connection', 'keep-alive', 'transfer-encoding', 'date'].includes(name))
            .map(([name, value]) => [name, typeof value === 'string' ? here(value) : value])
          const changed = upstream.ownInBodies && { 'content-length': String(body.length) }
          const all = { ...(Object.fromEntries(headers) as http.OutgoingHttpHeaders), ...changed }
          resolve({ status: answer.statusCode ?? 0, headers: all, body })
        })
      },
    )
    sent.on('error', reject)
    sent.end(asked.body)
  })
}
