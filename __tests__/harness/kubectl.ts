import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { temporaryFolder } from './run.js'

export interface Kubectl {
  /** The environment in which it is found. */
  readonly env: { readonly PATH: string }
  /** The arguments of each start. */
  readonly starts: () => readonly (readonly string[])[]
  /** Of its last start. */
  readonly pid: () => number
}

/**
 * A stand-in of kubectl that does what `body` (shell) says. The real one cannot be installed here and would need a
 * cluster: what it writes is taken from its documentation and from reports of its users.
 */
export function newKubectl(body: string): Kubectl {
  const folder = temporaryFolder()
  const log = path.join(folder, 'starts')
  const pid = path.join(folder, 'pid')
  const file = path.join(folder, 'kubectl')
  const lines = [
    '#!/bin/sh',
    `echo $$ > '${pid}'`,
    `printf '%s\\t' "$@" >> '${log}'`,
    `echo >> '${log}'`,
    body,
  ]
  writeFileSync(file, lines.join('\n'))
  chmodSync(file, 0o755)
  return {
    env: { PATH: `${folder}${path.delimiter}${process.env['PATH'] ?? ''}` },
    starts: () =>
      existsSync(log)
        ? readFileSync(log, 'utf8')
            .trimEnd()
            .split('\n')
            .map((one) => one.trimEnd().split('\t'))
        : [],
    pid: () => Number(readFileSync(pid, 'utf8')),
  }
}

/** What `kubectl get secret … -o json` prints. */
export function secretText(data: Readonly<Record<string, string>>, changes: object = {}): string {
  const encoded = Object.entries(data).map(([name, text]) => [name, Buffer.from(text).toString('base64')])
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'release', namespace: 'signing' },
    type: 'Opaque',
    data: Object.fromEntries(encoded) as object,
    ...changes,
  })
}

/** Shell that prints a text as it is. */
export function prints(text: string): string {
  return `cat <<'END-OF-TEXT'\n${text}\nEND-OF-TEXT`
}

/** Shell that fails as kubectl does: a line on stderr, and 1. */
export function fails(text: string): string {
  return `{ ${prints(text)}\n} >&2\nexit 1`
}
