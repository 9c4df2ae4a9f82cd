import { spawn } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import net from 'node:net'
import path from 'node:path'
import type { ResultDocument } from '../../src/report/document.js'
import { type RanAction, runAction, runCli, temporaryFolder } from './run.js'
import { sharedFolder } from './shared.js'

/** A case of shared/fixtures/kyverno: what was asked of a peer, and what it answered. */
export interface PeerCase {
  readonly id: string
  readonly title: string
  readonly engine: 'kyverno-verifyImages' | 'kyverno-ivpol' | 'policy-controller'
  readonly policy: string
  readonly resource?: string
  readonly image?: string
  readonly trustroot?: string
  readonly args?: readonly string[]
  /** What verify-image should say; `free`: decided in a test of ours. */
  readonly ours: string
  readonly expect: {
    readonly exit: number
    readonly errors?: readonly string[]
    readonly stderr?: string
    readonly results?: readonly {
      readonly policy: string
      readonly rule: string
      readonly resource: string
      readonly result: string
      readonly message: string
      readonly image?: string
    }[]
    readonly pinned?: readonly {
      readonly containers: readonly string[]
      readonly initContainers: readonly string[]
    }[]
  }
}

/** What a face of ours came to. */
export interface PeerRun {
  readonly exit: number | null
  readonly document: ResultDocument
  readonly said: string
  /** The manifest as it came out, if it did. */
  readonly pinned: string | undefined
  readonly action?: RanAction
}

export interface PeerFixtures {
  /** `127.0.0.1:port` as it stands in all files. */
  readonly host: string
  readonly run: (one: PeerCase, face: 'cli' | 'action') => Promise<PeerRun>
  readonly stop: () => void
}

const fixtures = sharedFolder('fixtures/kyverno')
/** In every file of the fixtures; all answers are the same with another host. */
const theirHost = '127.0.0.1:5511'

export const hasPeerFixtures = fixtures !== undefined

/** Read when tests are listed, before any registry runs. */
export function peerCases(engine: PeerCase['engine']): readonly PeerCase[] {
  if (fixtures === undefined) return []
  const { cases } = JSON.parse(readFileSync(path.join(fixtures, 'index.json'), 'utf8')) as {
    readonly cases: readonly PeerCase[]
  }
  return cases.filter((one) => one.engine === engine)
}

/** The registry of the fixtures on a port of its own, and copies of all inputs that name it. */
export async function openPeerFixtures(referrers: 'referrers' | 'tags-only'): Promise<PeerFixtures> {
  if (fixtures === undefined) throw new Error('the fixtures are not beside this checkout')
  const port = await freePort()
  const host = `127.0.0.1:${port}`
  const folder = temporaryFolder()
  for (const part of ['policies', 'manifests', 'exceptions', 'trustroots']) {
    mkdirSync(path.join(folder, part))
    for (const name of readdirSync(path.join(fixtures, part))) {
      const text = readFileSync(path.join(fixtures, part, name), 'utf8')
      writeFileSync(path.join(folder, part, name), text.replaceAll(theirHost, host))
    }
  }
  // A copy: whoever runs it may not read the folder beside the checkout.
  cpSync(path.join(fixtures, 'static-registry.mjs'), path.join(folder, 'registry.mjs'))
  const args = ['registry.mjs', path.join(fixtures, 'registry'), String(port)]
  const registry = spawn(process.execPath, referrers === 'referrers' ? [...args, '--referrers'] : args, {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await new Promise((resolve, reject) => {
    registry.stdout.once('data', resolve)
    registry.once('exit', () => reject(new Error('the registry of the fixtures did not start')))
  })
  const here = (text: string): string => text.replaceAll(theirHost, host)

  return {
    host,
    run: async (one, face) => {
      const pinnedTo = path.join(folder, `pinned-${face}`, one.id)
      const inputs = inputsOf(one, here, pinnedTo)
      const action = face === 'action' ? await runAction(inputs, { cwd: folder }) : undefined
      const cli = action ? undefined : await runCli(flagsOf(inputs), { cwd: folder })
      const file = one.resource === undefined ? '' : path.join(pinnedTo, one.resource)
      const pinned = existsSync(file) && one.resource !== undefined ? readFileSync(file, 'utf8') : undefined
      if (action) {
        if (!action.document) throw new Error(`${one.id}: no document: ${action.stdout}${action.stderr}`)
        const { exit, document, stdout, stderr } = action
        return { exit, document, said: stdout + stderr, pinned, action }
      }
      const { exit = null, stdout = '', stderr = '' } = cli ?? {}
      return { exit, document: JSON.parse(stdout) as ResultDocument, said: stdout + stderr, pinned }
    },
    stop: () => {
      registry.removeAllListeners()
      registry.kill()
    },
  }
}

/** policy-tester's image stands in its resource too: there it is asked about once. */
function inputsOf(
  { policy, trustroot, resource, image, args }: PeerCase,
  here: (text: string) => string,
  pinnedTo: string,
): Readonly<Record<string, string>> {
  return {
    policy: [policy, ...(trustroot === undefined ? [] : [trustroot])].join('\n'),
    ...(resource !== undefined && { manifests: resource, 'pinned-manifests': pinnedTo }),
    ...(image !== undefined && resource === undefined && { image: here(image) }),
    ...(args?.includes('--audit-warn') === true && { 'audit-warn': 'true' }),
    retries: '0',
    timeout: '60s',
  }
}

function flagsOf({ image, ...inputs }: Readonly<Record<string, string>>): readonly string[] {
  const flags = Object.entries(inputs).flatMap(([name, value]) =>
    value.split('\n').map((item) => `--${name}=${item}`),
  )
  return ['verify', ...(image === undefined ? [] : [image]), '--output=json', ...flags]
}

async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = net.createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      const port = typeof address === 'object' && address ? address.port : 0
      server.close(() => resolve(port))
    })
  })
}
