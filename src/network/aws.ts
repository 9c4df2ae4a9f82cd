import { anyProxy } from './agents.js'
import { certificateAuthorities } from './authorities.js'
import { isTooLong, limitAnswer } from './aws-answer.js'
import { type Answer, type Call, idleLimit } from './call.js'
import { describe, faultCode, isBroken, isNetworkFault } from './fault.js'
import { failed } from './lookup.js'
import type { Service, UnknownCode } from '../verdict/codes.js'
import { RoutedAgent } from './routed-agent.js'
import { retryAfter, statusCode } from './status.js'

/** What the AWS SDK throws, as far as it is looked at. */
export interface AwsError extends Error {
  readonly $metadata?: { readonly httpStatusCode?: number }
  readonly $response?: { readonly headers?: Readonly<Record<string, string>> }
}

/** The options that every AWS client here has: the retries and the limits are ours. */
export function awsClientOptions(): {
  maxAttempts: number
  requestHandler: Record<string, unknown>
} {
  const routed = anyProxy() ? new RoutedAgent() : undefined
  return {
    maxAttempts: 1,
    requestHandler: {
      connectionTimeout: idleLimit,
      requestTimeout: idleLimit,
      socketTimeout: idleLimit,
      httpsAgent: routed ?? { keepAlive: true, maxSockets: 50, ...certificateAuthorities() },
      ...(routed && { httpAgent: routed }),
    },
  }
}

/** The region of the environment; `EU` is the legacy name of eu-west-1. */
export function awsRegion(): string | undefined {
  // A variable that a workflow leaves empty is one that is not set.
  const given = [process.env['AWS_REGION'], process.env['AWS_DEFAULT_REGION']].find((text) => text)
  return given === undefined ? undefined : regionName(given)
}

/** @returns undefined when the text can be no region */
export function regionName(text: string): string | undefined {
  if (text === 'EU') return 'eu-west-1'
  return /^[a-z0-9][a-z0-9-]{1,62}$/.test(text) ? text : undefined
}

/** Whether the SDK found no region, or only a text that can be none. */
export function isRegionMissing(error: unknown): boolean {
  return error instanceof Error && /^Region (is missing$|not accepted)/.test(error.message)
}

interface SignedRequest {
  readonly method: string
  readonly hostname: string
  readonly path: string
  readonly port: number
  readonly headers: Readonly<Record<string, string>>
}

interface AwsAnswer {
  readonly statusCode?: number
}

type Middleware = (
  next: (args: { request: unknown }) => Promise<unknown>,
) => (args: { request: unknown }) => Promise<unknown>

/**
 * Writes down which hosts a command really goes to: the SDK chooses them. What it carries stays out of its errors, and
 * what it is answered has an end.
 *
 * @param streamed what is found is handed on as it comes, and whoever reads it has a limit of his own
 */
export function watch(
  command: { readonly middlewareStack: unknown },
  call: Call,
  { streamed = false } = {},
): void {
  limitAnswer(command, streamed)
  const stack = command.middlewareStack as { add: (middleware: Middleware, options: object) => void }
  stack.add(
    (next) => async (args) => {
      const { method = '', hostname = '', port, path = '', headers } = args.request as Partial<SignedRequest>
      const host = port === undefined ? hostname : `${hostname}:${port}`
      const ended = hostname === '' ? undefined : call.journal.contacted(host, `${method} ${host}${path}`)
      try {
        const answered = await next(args)
        ended?.(String((answered as { readonly response?: AwsAnswer }).response?.statusCode ?? ''))
        return answered
      } catch (error) {
        ended?.(String((error as AwsError).$metadata?.httpStatusCode ?? (error as Error).name))
        hideCredentials(error, headers ?? {})
        throw error
      }
    },
    { step: 'finalizeRequest', priority: 'low', name: 'watch' },
  )
}

/** A service may send back what it was sent; wherever the credentials came from, no report knows them by then. */
function hideCredentials(error: unknown, headers: Readonly<Record<string, string>>): void {
  if (!(error instanceof Error)) return
  const signature = /Signature=([0-9a-f]+)/.exec(headers['authorization'] ?? '')?.[1]
  for (const secret of [signature, headers['x-amz-security-token']]) {
    if (secret === undefined || secret === '') continue
    error.message = error.message.replaceAll(secret, '***')
    error.name = error.name.replaceAll(secret, '***')
  }
}

const throttling: ReadonlySet<string> = new Set([
  'SlowDown',
  'TooManyRequests',
  'TooManyRequestsException',
  'RequestLimitExceeded',
  'Throttling',
  'ThrottlingException',
  'LimitExceededException',
])

/** What a failed call to AWS came to, as far as it does not depend on the service asked. */
export function awsFault(error: unknown, what: string, service: Service): Answer<never> {
  const say = (code: UnknownCode, message: string): Answer<never> =>
    failed(code, `${what}: ${message}`, service)
  if (!(error instanceof Error)) return say('server-error', describe(error))
  if (isTooLong(error)) return say('limit-exceeded', error.message)
  const status = (error as AwsError).$metadata?.httpStatusCode
  if (status === undefined) {
    if (/Credential|TokenProvider|SSO/.test(error.name))
      return say('denied', `no AWS credentials: ${error.message}`)
    if (error.message.startsWith('SSL_CERT_FILE: '))
      return failed('input-invalid', `${what}: ${error.message}`)
    if (error.message.startsWith('Checksum mismatch')) return say('response-invalid', describe(error))
    // The SDK calls a connection that broke a TimeoutError too.
    if (isBroken(error)) return say('unreachable', describe(error))
    if (error.name === 'AbortError' || error.name === 'TimeoutError') return say('timeout', describe(error))
    return say(isNetworkFault(error) ? faultCode(error) : 'server-error', describe(error))
  }
  const pause = retryAfter((error as AwsError).$response?.headers?.['retry-after'])
  const later = (answer: Answer<never>): Answer<never> =>
    pause === undefined ? answer : { ...answer, retryAfterMs: pause }
  if (throttling.has(error.name)) return later(say('rate-limited', `${error.name} (${status})`))
  if (status >= 200 && status < 300) {
    return isNetworkFault(error)
      ? say(faultCode(error), describe(error))
      : say('response-invalid', describe(error))
  }
  if (status === 400) return say('denied', `${error.name}: ${error.message}`)
  return later(say(statusCode(status), `${error.name} (${status}): ${error.message}`))
}
