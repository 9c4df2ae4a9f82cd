import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { temporaryFolder } from './run.js'

/** @returns the environment in which this is docker's configuration */
export function dockerConfig(config: object | string): { DOCKER_CONFIG: string } {
  const folder = path.join(temporaryFolder(), '.docker')
  mkdirSync(folder)
  const text = typeof config === 'string' ? config : JSON.stringify(config)
  writeFileSync(path.join(folder, 'config.json'), text)
  return { DOCKER_CONFIG: folder }
}

/** `auth` of an entry. */
export function authOf({ username, password }: { username: string; password: string }): string {
  return Buffer.from(`${username}:${password}`).toString('base64')
}

export interface CredentialHelper {
  /** The environment in which it is found. */
  readonly env: { readonly PATH: string }
  /** What it was started with: arguments, then what it read; one line for each start. */
  readonly starts: () => readonly string[]
  /** Of its last start. */
  readonly pid: () => number
}

/** A credential helper `docker-credential-<name>`; `body` is shell. */
export function newHelper(name: string, body: string): CredentialHelper {
  const folder = temporaryFolder()
  const log = path.join(folder, 'starts')
  const pid = path.join(folder, 'pid')
  const file = path.join(folder, `docker-credential-${name}`)
  const lines = ['#!/bin/sh', `echo $$ > '${pid}'`, `echo "$1 $(cat)" >> '${log}'`, body]
  writeFileSync(file, lines.join('\n'))
  chmodSync(file, 0o755)
  return {
    env: { PATH: `${folder}${path.delimiter}${process.env['PATH'] ?? ''}` },
    starts: () => (existsSync(log) ? readFileSync(log, 'utf8').trimEnd().split('\n') : []),
    pid: () => Number(readFileSync(pid, 'utf8')),
  }
}

/** Whether a process is there. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
