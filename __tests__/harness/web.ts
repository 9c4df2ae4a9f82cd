import http from 'node:http'
import https from 'node:https'
import type { SecureContextOptions } from 'node:tls'
import { close, listen } from './s3.js'

export interface Web {
  /** `http://127.0.0.1:port` or `https://…`, without a slash at the end. */
  readonly url: string
  readonly requests: readonly WebRequest[]
  readonly stop: () => Promise<void>
}

export interface WebRequest {
  readonly method: string
  readonly target: string
  readonly headers: http.IncomingHttpHeaders
  readonly body: string
}

/** A web server on a free port of this machine that answers as it is told. */
export async function openWeb(
  answer: (request: WebRequest, response: http.ServerResponse) => void | Promise<void>,
  certificate?: SecureContextOptions,
): Promise<Web> {
  const requests: WebRequest[] = []
  const listener: http.RequestListener = (message, response) => {
    const chunks: Buffer[] = []
    message.on('data', (chunk: Buffer) => chunks.push(chunk))
    message.on('end', () => {
      const { method = '', url: target = '', headers } = message
      const request = { method, target, headers, body: Buffer.concat(chunks).toString('utf8') }
      requests.push(request)
      const failed = (error: unknown): void => void response.destroy(error as Error)
      try {
        Promise.resolve(answer(request, response)).catch(failed)
      } catch (error) {
        failed(error)
      }
    })
  }
  const server = certificate ? https.createServer(certificate, listener) : http.createServer(listener)
  const port = await listen(server, 0)
  return {
    url: `${certificate ? 'https' : 'http'}://127.0.0.1:${port}`,
    requests,
    stop: async () => close(server),
  }
}
