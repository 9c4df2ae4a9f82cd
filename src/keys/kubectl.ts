import { type Answer, ask, type Call, idleLimit } from '../network/call.js'
import { absent, failed, found, type Lookup } from '../network/lookup.js'
import type { UnknownCode } from '../verdict/codes.js'

/** The names are checked by whoever asks. */
export interface SecretName {
  readonly namespace: string
  readonly name: string
}

type Ended =
  | { readonly kind: 'ended'; readonly exitCode: number; readonly stdout: string; readonly stderr: string }
  | { readonly kind: 'missing' | 'stopped' | 'too-long' }
  | { readonly kind: 'unstartable'; readonly why: string }

const program = 'kubectl'
/** A secret holds 1 MiB (Kubernetes, API limits); in base64, with its metadata beside it, it is longer. */
const outputLimit = 4 * 1024 * 1024

/**
 * Asks the cluster of the current context for a secret, with the program that knows how to sign in there. The right
 * needed is `get` on that one secret.
 */
export async function getSecret(secret: SecretName, call: Call): Promise<Lookup<Uint8Array>> {
  const { namespace, name } = secret
  const what = `${program} get secret -n ${namespace} ${name}`
  return ask(what, 'key', call, async () => {
    // Which host it goes to is known to kubectl alone.
    const ended = call.journal.contacted(program, what)
    const args = ['get', 'secret', '-n', namespace, name, '-o', 'json']
    const came = await run(args, call.signal)
    ended(came.kind === 'ended' ? `exit ${came.exitCode}` : came.kind)
    return settle(what, came)
  })
}

function settle(what: string, ended: Ended): Answer<Uint8Array> {
  switch (ended.kind) {
    case 'missing': {
      const remedy = 'install it before this step, or give the public key as a file'
      return failed('input-invalid', `${program} is not on the path; ${remedy}`)
    }
    case 'unstartable':
      return failed('input-invalid', `${program} could not be started (${ended.why})`)
    case 'stopped':
      return failed(
        'timeout',
        `${what}: no answer within ${idleLimit / 1000} s, or within the time left`,
        'key',
      )
    case 'too-long':
      return failed('limit-exceeded', `${what}: said more than ${outputLimit} bytes`, 'key')
    case 'ended':
      return ended.exitCode === 0 ? found(Buffer.from(ended.stdout)) : fault(what, ended)
  }
}

/** What kubectl writes on stderr, and what it means; the first that matches counts. */
const faults: readonly (readonly [RegExp, UnknownCode, string])[] = [
  [
    /\((?:Forbidden|Unauthorized)\)|must be logged in|provide credentials/,
    'denied',
    'it needs get on this secret',
  ],
  [/getting credentials: /, 'denied', 'the credential plugin gave none'],
  [/\(TooManyRequests\)/, 'rate-limited', 'the API server gets too many requests'],
  [
    /\((?:Server)?Timeout\)|handshake timeout|i\/o timeout|deadline exceeded|Client\.Timeout/,
    'timeout',
    'the API server did not answer in time',
  ],
  [/\(NotFound\)/, 'response-invalid', 'the server knows no secrets: is it an API server?'],
  [/Error from server/, 'server-error', 'the API server failed'],
  [/x509: |tls: /, 'tls-failed', 'no trusted TLS connection to the API server'],
  [
    /localhost:8080 was refused/,
    'unreachable',
    'no API server here, and no other one configured (KUBECONFIG)',
  ],
  [
    /was refused|connection refused|Unable to connect|no such host|no route to host/,
    'unreachable',
    'the API server could not be reached',
  ],
  [
    /current-context|context (?:".{1,200}" )?(?:does not exist|was not found)|no configuration has been provided|loading config file/,
    'input-invalid',
    'the configuration names no cluster (KUBECONFIG)',
  ],
]

/** What it wrote is not quoted: a credential plugin writes there too. */
function fault(what: string, { exitCode, stderr }: Ended & { kind: 'ended' }): Lookup<never> {
  if (/\(NotFound\): (?:secrets|namespaces) "/.test(stderr)) return absent('there is no such secret')
  const known = faults.find(([pattern]) => pattern.test(stderr))
  if (!known) return failed('server-error', `${what}: ended with exit code ${exitCode}`, 'key')
  const [, code, meaning] = known
  return failed(code, `${what}: ${meaning}`, code === 'input-invalid' ? undefined : 'key')
}

async function run(args: readonly string[], signal: AbortSignal): Promise<Ended> {
  const { execFile } = await import('node:child_process')
  return new Promise((resolve) => {
    const ends = { signal, timeout: idleLimit, killSignal: 'SIGKILL' } as const
    const child = execFile(
      program,
      args,
      { ...ends, maxBuffer: outputLimit, windowsHide: true },
      (error, stdout, stderr) => {
        if (error === null) resolve({ kind: 'ended', exitCode: 0, stdout, stderr })
        else if (typeof error.code === 'number')
          resolve({ kind: 'ended', exitCode: error.code, stdout, stderr })
        else if (error.code === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER') resolve({ kind: 'too-long' })
        else if (signal.aborted || child.killed) resolve({ kind: 'stopped' })
        else if (error.code === 'ENOENT') resolve({ kind: 'missing' })
        // Killed by somebody else: it started, and said nothing that counts.
        else if (error.signal) resolve({ kind: 'ended', exitCode: 128, stdout: '', stderr: '' })
        else resolve({ kind: 'unstartable', why: String(error.code) })
      },
    )
    // It is asked nothing: one that waits for a password ends.
    child.stdin?.on('error', () => undefined)
    child.stdin?.end()
  })
}
