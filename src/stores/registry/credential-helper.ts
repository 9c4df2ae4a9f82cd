import { readObject, textField } from '../../evidence/json.js'
import { failed, found, type Lookup } from '../../network/lookup.js'
import type { Credential } from './credential.js'

/** A name, never a path: the program is looked up on the path as `docker-credential-<name>`. */
const helperName = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/
/** The user name by which a helper says that the secret is an identity token. */
const tokenUser = '<token>'
const longestWait = 30_000
const answerLimit = 1024 * 1024

/** Asks a credential helper (docker-credential-helpers, README: `get`, the server on stdin, JSON on stdout). */
export async function askHelper(
  helper: string,
  server: string,
  signal: AbortSignal,
): Promise<Lookup<Credential>> {
  if (!helperName.test(helper)) {
    return failed(
      'input-invalid',
      `expected the name of a credential helper, got ${JSON.stringify(helper.slice(0, 100))}`,
    )
  }
  const program = `docker-credential-${helper}`
  const ended = await run(program, server, signal)
  if (ended === undefined)
    return failed('timeout', `${program}: no answer within ${longestWait / 1000} s`, 'registry')
  if (typeof ended === 'string') return failed('input-invalid', `${program}: ${ended}`)
  if (ended.exitCode !== 0) {
    // The one message that helpers agree on; whatever else a helper says may hold a secret.
    if (ended.stdout.includes('credentials not found')) return found({ kind: 'anonymous' })
    return failed('denied', `${program}: ended with exit code ${ended.exitCode}`, 'registry')
  }
  const answer = readObject(Buffer.from(ended.stdout))
  const username = textField(answer, 'Username')
  const secret = textField(answer, 'Secret')
  if (username === undefined || secret === undefined) {
    return failed('denied', `${program}: expected a user name and a secret, got neither`, 'registry')
  }
  if (username === '' && secret === '') return found({ kind: 'anonymous' })
  return found(
    username === tokenUser
      ? { kind: 'identity-token', token: secret }
      : { kind: 'login', username, password: secret },
  )
}

type Ended = { readonly exitCode: number; readonly stdout: string } | string

/** @returns a text that says why there was no answer, undefined when there was none in time */
async function run(program: string, server: string, signal: AbortSignal): Promise<Ended | undefined> {
  const { execFile } = await import('node:child_process')
  return new Promise((resolve) => {
    const ends = { signal, timeout: longestWait, killSignal: 'SIGKILL' } as const
    const options = { ...ends, maxBuffer: answerLimit, windowsHide: true }
    const child = execFile(program, ['get'], options, (error, stdout) => {
      if (error === null) resolve({ exitCode: 0, stdout })
      else if (typeof error.code === 'number') resolve({ exitCode: error.code, stdout })
      // More than any login has is no login, like all else that it should not say.
      else if (error.code === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER') resolve({ exitCode: 0, stdout: '' })
      else if (signal.aborted || child.killed) resolve(undefined)
      // Killed by somebody else: it is there, and gave no login.
      else if (error.signal) resolve({ exitCode: 128, stdout: '' })
      else resolve(error.code === 'ENOENT' ? 'is not on the path' : `failed (${String(error.code)})`)
    })
    // A helper may end without reading what it is asked; how it ended is what counts.
    child.stdin?.on('error', () => undefined)
    child.stdin?.end(server)
  })
}
