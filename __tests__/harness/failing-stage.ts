import { sign } from 'node:crypto'
import { chmodSync, cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { newCertificate } from './certificate.js'
import { keylessFolder, keylessPieces, putKeyless } from './keyless-pieces.js'
import { hangs, page, says } from './registry-faults.js'
import { attestSimply, putImage, signSimply } from './registry-images.js'
import { login, openSigned } from './registry-guarded.js'
import { openRegistry } from './registry.js'
import { dist, type Ran, temporaryFolder } from './run.js'
import { runShell } from './shell.js'
import { type KeyPair, newKey } from './store.js'
import { openTlsFront } from './tls-front.js'

const root = path.resolve(import.meta.dirname, '../..')

export interface FailingStage {
  /** Types one line in the folder of the stage; what it prints names the hosts as the line does. */
  readonly type: (line: string) => Promise<Ran>
  readonly stop: () => Promise<void>
}

/**
 * A folder and registries on this machine where everything that can fail does: `registry.example`, one that asks who is
 * there, and one whose certificate nobody trusts.
 */
export async function openFailingStage(): Promise<FailingStage> {
  const key = newKey()
  const registry = await openRegistry()
  const guarded = await openSigned({ scheme: 'basic', login })
  const untrusted = await openSigned(undefined, { certificate: newCertificate() })
  const front = await openTlsFront(untrusted.port)
  const { holdings } = registry

  putKeyless(holdings, 'team/app', keylessPieces.legacy)
  const signed = putImage(holdings, 'team/keyed')
  signSimply(holdings, 'team/keyed', signed, key)
  attestSimply(holdings, 'team/keyed', signed, key, 'https://example.com/scan', { critical: 2 })
  const forged = putImage(holdings, 'team/forged')
  attestSimply(holdings, 'team/forged', forged, newKey(), 'https://example.com/scan')
  for (const [repository, fault] of [
    ['team/limited', says(429, 'TOOMANYREQUESTS', { 'retry-after': '1' })],
    ['team/down', says(503, 'UNAVAILABLE')],
    ['team/slow', hangs],
    ['team/page', page(200, '<html>Please sign in</html>')],
  ] as const) {
    putImage(holdings, repository)
    registry.fault(repository, 'tag', 'always', fault)
  }

  const folder = temporaryFolder()
  const write = (name: string, text: string): void => {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true })
    writeFileSync(path.join(folder, name), text)
  }
  cpSync(path.join(root, 'examples'), path.join(folder, 'examples'), { recursive: true })
  symlinkSync(dist, path.join(folder, 'dist'))
  write('bin/verify-image', `#!/bin/sh\nexec node ${JSON.stringify(path.join(dist, 'cli.js'))} "$@"\n`)
  chmodSync(path.join(folder, 'bin/verify-image'), 0o755)
  write('cosign.pub', key.publicPem)
  for (const name of ['root', 'other-ca', 'other-rekor', 'no-tsa'])
    cpSync(path.join(keylessFolder, `${name}.json`), path.join(folder, `${name}.json`))
  write(
    'no-criticals.rego',
    'package signature\n\ndefault allow = false\n\nallow { input.predicate.critical == 0 }\n',
  )
  write('broken.yaml', 'kind: ClusterPolicy\nspec: {\n')
  write('old-policy.json', expiredPolicy(key))

  const hosts: readonly (readonly [string, string])[] = [
    ['registry.example', registry.host],
    ['private.example', guarded.host],
    ['untrusted.example', `127.0.0.1:${front.port}`],
  ]
  return {
    type: async (line) => {
      const typed = hosts.reduce((text, [name, host]) => text.replaceAll(name, host), line)
      const ran = await runShell(`PATH="$PWD/bin:$PATH"; ${typed}`, folder, quiet)
      const told = (text: string): string =>
        hosts
          .reduce((said, [name, host]) => said.replaceAll(host, name), text)
          .replaceAll(`${folder}/`, '')
          .replaceAll('http://registry.example', 'https://registry.example')
          .replaceAll(key.id, '3b7804c1a0de95f2')
      return { exit: ran.exit, stdout: told(ran.stdout), stderr: told(ran.stderr) }
    },
    stop: async () => {
      await Promise.all([registry, guarded, front].map(async ({ stop }) => stop()))
      await untrusted.stop()
    },
  }
}

/** No public service is asked, and nothing is kept between runs. */
const quiet = { XDG_CACHE_HOME: '/dev/null/nowhere', TUF_MIRROR: 'http://127.0.0.1:9' }

/** The policy of the examples as it would be after its end, signed anew. */
function expiredPolicy(key: KeyPair): string {
  const source = JSON.parse(
    readFileSync(path.join(root, 'examples/build/policy-source.json'), 'utf8'),
  ) as object
  const { payloadType } = JSON.parse(readFileSync(path.join(root, 'examples/build/policy.json'), 'utf8')) as {
    payloadType: string
  }
  const payload = Buffer.from(JSON.stringify({ ...source, expires: '2025-01-01T00:00:00Z' }))
  const head = `DSSEv1 ${payloadType.length} ${payloadType} ${payload.length} `
  const sig = sign('sha256', Buffer.concat([Buffer.from(head), payload]), key.privateKey).toString('base64')
  return JSON.stringify({
    payload: payload.toString('base64'),
    payloadType,
    signatures: [{ keyid: '', sig }],
  })
}
