import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import http from 'node:http'
import net from 'node:net'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { close, listen } from './s3.js'

const folder = path.resolve(import.meta.dirname, '../../.peers')

/** The program of a peer; throws, and says what to do, when it is not installed. */
export function peerProgram(name: string): string {
  const places = [`bin/${name}`, `bin/${name}.exe`, `python/bin/${name}`, `python/Scripts/${name}.exe`]
  const found = places.map((place) => path.join(folder, place)).find((place) => existsSync(place))
  if (found === undefined) throw new Error(`${name} is not in .peers: run bash scripts/install-peers.sh`)
  return found
}

export interface Peer {
  /** `http://127.0.0.1:port` */
  readonly url: string
  readonly stop: () => Promise<void>
}

const longestStart = 60_000

/** Starts a server on a free port and waits until it answers anything at all. */
export async function startPeer(
  program: string,
  argsFor: (port: number) => readonly string[],
  envFor: (port: number) => Readonly<Record<string, string>> = () => ({}),
): Promise<Peer> {
  const port = await freePort()
  const child = spawn(program, argsFor(port), {
    env: { PATH: process.env['PATH'] ?? '', HOME: '/nonexistent', ...envFor(port) },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => (said = `${said}${chunk.toString('utf8')}`.slice(-4000)))
  }
  const ended = new Promise<void>((resolve) => {
    child.on('error', ({ message }) => {
      said += message
      resolve()
    })
    child.on('exit', () => resolve())
  })
  // A test run that is broken off leaves nothing behind.
  const kill = (): void => void child.kill('SIGKILL')
  process.once('exit', kill)
  const stop = async (): Promise<void> => {
    process.off('exit', kill)
    kill()
    await ended
  }
  const isUp = async (): Promise<boolean> => {
    const end = Date.now() + longestStart
    while (Date.now() < end && child.exitCode === null) {
      if (await answers(port)) return true
      await delay(50)
    }
    return false
  }
  if (await Promise.race([isUp(), ended.then(() => false)])) return { url: `http://127.0.0.1:${port}`, stop }
  await stop()
  throw new Error(`${path.basename(program)} did not start: ${said}`)
}

async function freePort(): Promise<number> {
  const server = http.createServer()
  const port = await listen(server, 0)
  await close(server)
  return port
}

async function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1')
    const end = (up: boolean): void => {
      socket.destroy()
      resolve(up)
    }
    socket.on('connect', () => end(true))
    socket.on('error', () => end(false))
  })
}
