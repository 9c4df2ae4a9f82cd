import { readObject, textField } from '../../evidence/json.js'
import { describe } from '../../network/fault.js'
import { failed, found, type Lookup } from '../../network/lookup.js'
import type { Credential } from './credential.js'

/** A name, never a path: the program is looked up on the path as `docker-credential-<name>`. */
const helperName = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/
/** The user name by which a helper says that the secret is an identity token. */
const tokenUser = '<token>'
const longestWait = 30_000

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
  const ended = await Promise.race([run(program, server), outOfTime(signal)])
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

async function run(program: string, server: string): Promise<{ exitCode: number; stdout: string } | string> {
  const { getExecOutput } = await import('@actions/exec')
  try {
    return await getExecOutput(program, ['get'], {
      input: Buffer.from(server),
      silent: true,
      ignoreReturnCode: true,
    })
  } catch (error) {
    return describe(error)
  }
}

async function outOfTime(signal: AbortSignal): Promise<undefined> {
  return new Promise((resolve) => {
    const end = (): void => resolve(undefined)
    setTimeout(end, longestWait).unref()
    if (signal.aborted) end()
    else signal.addEventListener('abort', end, { once: true })
  })
}
