import type { RequestListener, Server, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Request } from '../../src/library.js'
import { ociError, sendAnswer } from './registry-answers.js'
import { close } from './s3.js'
import { type JudgedCase, judgedCases } from './judged-cases.js'

const judged = judgedCases('cosign')

/** What a key alone decides; nothing where the cases are not beside this checkout. */
export const keyedCases: readonly JudgedCase[] = (judged?.cases ?? []).filter(
  ({ options }) =>
    options['key'] !== undefined && options['tlog'] === 'ignore' && options['checkClaims'] !== false,
)

/** What becomes of a request instead of its answer. */
export type Blocked = 404 | 403 | 500 | 'dropped'

export interface CaseRegistry {
  /** The request that a case asks, without further attempts. */
  readonly request: (one: JudgedCase) => Request
  /** Runs with one request blocked, or none. @returns each request that came, once, as `METHOD /path` */
  readonly during: (
    block: readonly [string, Blocked] | undefined,
    run: () => Promise<unknown>,
  ) => Promise<readonly string[]>
  readonly stop: () => Promise<void>
}

/** The registry of the cases; one run at a time. */
export async function openCaseRegistry(): Promise<CaseRegistry> {
  const base = judged?.folder ?? ''
  const { serve } = (await import(pathToFileURL(path.join(base, 'serve.mjs')).href)) as {
    serve: () => Promise<Server>
  }
  const server = await serve()
  const host = `127.0.0.1:${String((server.address() as AddressInfo).port)}`
  const [usual] = server.listeners('request') as unknown as readonly RequestListener[]
  const seen = new Set<string>()
  let blocked: readonly [string, Blocked] | undefined
  server.removeAllListeners('request')
  server.on('request', (request, response) => {
    const name = `${request.method ?? ''} ${request.url ?? ''}`
    seen.add(name)
    if (blocked?.[0] === name) block(response, blocked[1], request.method ?? '')
    else usual?.(request, response)
  })
  return {
    request: (one) => requestOf(one, base, host),
    during: async (one, run) => {
      blocked = one
      seen.clear()
      await run()
      return [...seen]
    },
    stop: async () => close(server),
  }
}

function block(response: ServerResponse, how: Blocked, method: string): void {
  const codes = { 404: 'MANIFEST_UNKNOWN', 403: 'DENIED', 500: 'UNKNOWN' }
  if (how === 'dropped') response.socket?.destroy()
  else sendAnswer(response, ociError(how, codes[how]), method)
}

function requestOf({ repo, ref, command, options }: JudgedCase, base: string, host: string): Request {
  const text = (name: string): string | undefined =>
    typeof options[name] === 'string' ? options[name] : undefined
  const repository = text('signatureRepository')
  return {
    images: [`${host}/${repo}${ref.startsWith('sha256:') ? '@' : ':'}${ref}`],
    signers: { keys: [path.join(base, String(options['key']))], require: 'all' },
    log: 'ignore',
    demand: {
      annotations: (options['annotations'] ?? {}) as Readonly<Record<string, string>>,
      ...(command === 'verify-attestation' && { attestationTypes: [text('type') ?? 'custom'] }),
    },
    registry: {
      allowHttp: 'none',
      allowInsecure: 'none',
      tagPrefix: text('tagPrefix') ?? '',
      ...(repository !== undefined && { signatureRepository: `${host}/${repository}` }),
    },
    patience: { waitMs: 0, timeoutMs: 20_000, retries: 0, concurrency: 1 },
  }
}
