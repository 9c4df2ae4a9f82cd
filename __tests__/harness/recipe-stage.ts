import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { parseInputs } from '../../src/inputs/parse.js'
import { inputTable } from '../../src/inputs/table.js'
import { keylessFolder, keylessPieces, keylessSigner, putKeyless } from './keyless-pieces.js'
import { inputsOf, type Recipe, filled, verifying } from './recipes.js'
import type { Holdings } from './registry-answers.js'
import { putImage, signSimply } from './registry-images.js'
import { type LoopbackRegistry, openRegistry } from './registry.js'
import { dist, type Ran, runAction, type RanAction, temporaryFolder } from './run.js'
import { runShell } from './shell.js'
import { type KeyPair, newKey } from './store.js'
import { openWeb } from './web.js'

/** Everything that the recipes speak of: two registries, keys, a folder like a checkout, and crane. */
export interface Stage {
  readonly registry: LoopbackRegistry
  readonly staging: LoopbackRegistry
  readonly folder: string
  /** `release.pub`, `new.pub`; `old.pub` is the first of them. */
  readonly release: KeyPair
  readonly renewed: KeyPair
  /** What crane was called with. */
  readonly copies: readonly string[]
  /** What happens right before crane copies. */
  beforeCopy: () => void
  readonly put: (where: LoopbackRegistry, repository: string, signers: readonly KeyPair[]) => string
  /** Runs one block as it stands on the page. */
  readonly shell: (block: string, env?: Readonly<Record<string, string>>) => Promise<Ran>
  /** Runs the first step of a snippet that verifies. */
  readonly step: (
    recipe: Recipe,
    changes?: Readonly<Record<string, string>>,
    env?: Readonly<Record<string, string>>,
    places?: Readonly<Record<string, string>>,
  ) => Promise<RanAction>
  readonly stop: () => Promise<void>
}

export async function openStage(): Promise<Stage> {
  const [registry, staging] = [await openRegistry(), await openRegistry()]
  const [release, renewed] = [newKey(), newKey()]
  const folder = temporaryFolder()
  const copies: string[] = []
  const hosts: Readonly<Record<string, LoopbackRegistry>> = {
    [registry.host]: registry,
    [staging.host]: staging,
  }
  const web = await openWeb(({ target }, response) => {
    const query = new URL(target, 'http://localhost').searchParams
    const [from, to] = [query.get('from') ?? '', query.get('to') ?? '']
    stage.beforeCopy()
    copies.push(`${from} ${to}`)
    response.writeHead(copy(hosts, from, to) ? 200 : 404).end()
  })

  const places: Readonly<Record<string, string>> = {
    'registry.example': registry.host,
    'staging.example': staging.host,
    'https://token.actions.githubusercontent.com': keylessSigner['certificate-oidc-issuer'],
    '${{ github.actor }}': 'ci',
    '${{ github.token }}': 'a-token',
  }
  write(folder, 'keys/release.pub', release.publicPem)
  write(folder, 'keys/old.pub', release.publicPem)
  write(folder, 'keys/new.pub', renewed.publicPem)
  write(folder, 'trusted_root.json', readFileSync(path.join(keylessFolder, 'root.json'), 'utf8'))
  write(folder, 'sigstore/trusted_root.json', readFileSync(path.join(keylessFolder, 'root.json'), 'utf8'))
  script(folder, 'verify-image', `exec node ${JSON.stringify(path.join(dist, 'cli.js'))} "$@"`)
  script(folder, 'crane', `exec node ${JSON.stringify(path.join(folder, 'crane.mjs'))} "$@"`)
  write(folder, 'crane.mjs', crane)
  // The one on this machine, or where there is none one that knows the few filters of the pages.
  if (spawnSync('jq', ['--version'], { stdio: 'ignore' }).status !== 0) {
    script(folder, 'jq', `exec node ${JSON.stringify(path.join(folder, 'jq.mjs'))} "$@"`)
    write(folder, 'jq.mjs', jq)
  }

  const clean = { TUF_MIRROR: 'http://127.0.0.1:9', XDG_CACHE_HOME: '/dev/null/nowhere' }
  const stage: Stage = {
    registry,
    staging,
    folder,
    release,
    renewed,
    copies,
    beforeCopy: () => undefined,
    put: (where, repository, signers) => {
      const digest = putImage(where.holdings, repository)
      for (const signer of signers) signSimply(where.holdings, repository, digest, signer)
      return digest
    },
    shell: async (block, env = {}) =>
      runShell(`PATH="$PWD/bin:$PATH"\n${filled(block, places)}`, folder, {
        ...clean,
        CRANE_COPIES: web.url,
        ...env,
      }),
    step: async (recipe, changes = {}, env = {}, more = {}) => {
      const [step] = recipe.workflows.flatMap(verifying)
      if (!step) throw new Error(`${recipe.title}: no step verifies`)
      const inputs = { retries: '0', ...inputsOf(step, { ...more, ...places }), ...changes }
      const given = new Map(
        inputTable.flatMap(({ name }) =>
          name in inputs ? [[name, [String(inputs[name as never])]] as const] : [],
        ),
      )
      const { problems } = parseInputs(given, 'action')
      if (problems.length > 0 && Object.keys(changes).length === 0)
        throw new Error(problems.map(({ message }) => message).join('\n'))
      return runAction(inputs, { cwd: folder, env })
    },
    stop: async () => {
      for (const one of [registry, staging, web]) await one.stop()
    },
  }
  return stage
}

/** An image that the workflow of the pages signed, keyless. */
export function putSigned(holdings: Holdings, repository: string): string {
  putKeyless(holdings, repository, keylessPieces.bundle)
  return keylessPieces.bundle.digest
}

function write(folder: string, name: string, text: string): void {
  const file = path.join(folder, name)
  mkdirSync(path.dirname(file), { recursive: true })
  writeFileSync(file, text)
}

function script(folder: string, name: string, line: string): void {
  write(folder, `bin/${name}`, `#!/bin/sh\n${line}\n`)
  chmodSync(path.join(folder, 'bin', name), 0o755)
}

/** `host/repository@digest` to `host/repository:tag`, the image alone, as `crane copy` does it. */
function copy(hosts: Readonly<Record<string, LoopbackRegistry>>, from: string, to: string): boolean {
  const [, fromHost = '', fromName = '', digest = ''] = /^([^/]+)\/([^@]+)@(.+)$/.exec(from) ?? []
  const [, toHost = '', toName = '', tag = ''] = /^([^/]+)\/(.+):([^:/]+)$/.exec(to) ?? []
  const held = hosts[fromHost]?.holdings.repository(fromName).manifests.get(digest)
  const target = hosts[toHost]?.holdings.repository(toName)
  if (!held || !target) return false
  target.manifests.set(digest, held)
  target.tags.set(tag, digest)
  return true
}

/** As much of crane as the pages use, over http. */
const crane = `
const [command, reference, to] = process.argv.slice(2)
const fail = (why) => { console.error(why); process.exit(3) }
if (command === 'copy') {
  const query = new URLSearchParams({ from: reference, to })
  if (!(await fetch(process.env.CRANE_COPIES + '/?' + query)).ok) fail('no such image')
} else {
  const [, host, name, , what] = /^([^/]+)\\/(.+?)(@|:)([^/]+)$/.exec(reference) ?? fail('what is ' + reference)
  const kind = { manifest: 'manifests', blob: 'blobs' }[command] ?? fail('what is ' + command)
  const answer = await fetch('http://' + host + '/v2/' + name + '/' + kind + '/' + what)
  if (!answer.ok) fail(reference + ': ' + answer.status)
  process.stdout.write(Buffer.from(await answer.arrayBuffer()))
}
`

const jq = `
import { readFileSync } from 'node:fs'
const [filter, file] = process.argv.slice(2).filter((one) => one !== '-r')
const it = JSON.parse(readFileSync(file ?? 0, 'utf8'))
const filters = {
  '.images[0].digest': () => [it.images[0].digest],
  '.images[].pinned': () => it.images.map(({ pinned }) => pinned),
  '.images[0].signatures[] | select(.verified).where': () =>
    it.images[0].signatures.filter(({ verified }) => verified).map(({ where }) => where),
  '.layers[0].digest': () => [it.layers[0].digest],
  '.images[] | select(.verdict != "verified") | [.verdict, .failure.code, .reference] | @tsv': () =>
    it.images.filter(({ verdict }) => verdict !== 'verified')
      .map(({ verdict, failure, reference }) => [verdict, failure.code, reference].join('\\t')),
}
const run = filters[filter]
if (!run) { console.error('no such filter: ' + filter); process.exit(3) }
for (const line of run()) console.log(line ?? 'null')
`
