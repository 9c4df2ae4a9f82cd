import http from 'node:http'
import https from 'node:https'
import type { Service, UnknownCode } from '../verdict/codes.js'
import { type Answer, ask, type Call, idleLimit } from './call.js'
import { certificateAuthorities } from './authorities.js'
import { describe, faultCode } from './fault.js'
import { absent, failed, found, type Lookup } from './lookup.js'
import { retryAfter, statusCode } from './status.js'
import { mayCarry, shown } from './url.js'

const mostRedirects = 5

interface Download {
  readonly url: URL
  readonly service: Service
  /** Most bytes that are read. */
  readonly limit: number
}

/** Gets a small document; redirects are followed to https (or loopback) only and without any credentials. */
export async function download(what: Download, call: Call): Promise<Lookup<Uint8Array>> {
  return ask(`GET ${shown(what.url)}`, what.service, call, () => follow(what, call))
}

async function follow(what: Download, call: Call): Promise<Answer<Uint8Array>> {
  let url = what.url
  for (let hop = 0; hop <= mostRedirects; hop++) {
    if (!mayCarry(url)) return failed('input-invalid', `${shown(url)}: expected https, got ${url.protocol}//`)
    const answer = await getOnce(url, what, call)
    if (!('redirect' in answer)) return answer
    if (!URL.canParse(answer.redirect, url.href)) {
      return failed('response-invalid', `${shown(url)}: the redirect leads to no URL`, what.service)
    }
    const next = new URL(answer.redirect, url)
    if (url.protocol === 'https:' && next.protocol !== 'https:') {
      return failed('response-invalid', `${shown(url)}: the redirect leaves https`, what.service)
    }
    url = next
  }
  return failed('response-invalid', `${shown(what.url)}: more than ${mostRedirects} redirects`, what.service)
}

type Once = Answer<Uint8Array> | { readonly redirect: string }

async function getOnce(url: URL, what: Download, call: Call): Promise<Once> {
  call.journal.contacted(url.host)
  const name = shown(url)
  return new Promise((resolve) => {
    const end = (code: UnknownCode, message: string, retryAfterMs?: number): void => {
      const answer = failed(code, `${name}: ${message}`, what.service)
      resolve(retryAfterMs === undefined ? answer : { ...answer, retryAfterMs })
      request.destroy()
    }
    const secure = url.protocol === 'https:'
    const request = (secure ? https : http).get(
      url,
      { signal: call.signal, timeout: idleLimit, ...(secure && certificateAuthorities()) },
      (response) => {
        const status = response.statusCode ?? 0
        const location = response.headers.location
        if (status >= 300 && status < 400 && location !== undefined) {
          resolve({ redirect: location })
          request.destroy()
          return
        }
        if (status === 404 || status === 410) {
          resolve(absent(`${name}: the server answered ${status}`))
          request.destroy()
          return
        }
        if (status !== 200) {
          end(
            statusCode(status),
            `the server answered ${status}`,
            retryAfter(response.headers['retry-after']),
          )
          return
        }
        const chunks: Buffer[] = []
        let size = 0
        response.on('data', (chunk: Buffer) => {
          size += chunk.length
          if (size > what.limit) end('limit-exceeded', `larger than ${what.limit} bytes`)
          else chunks.push(chunk)
        })
        response.on('error', (error) => end(faultCode(error), describe(error)))
        response.on('end', () => {
          if (response.complete) resolve(found(Buffer.concat(chunks)))
          else end('unreachable', 'the answer was cut short')
        })
      },
    )
    request.on('timeout', () => end('timeout', `nothing came for ${idleLimit / 1000} s`))
    request.on('error', (error) => end(faultCode(error), describe(error)))
  })
}
