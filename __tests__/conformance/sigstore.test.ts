import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { runCli } from '../harness/run.js'
import { sharedFolder } from '../harness/shared.js'

const folder = sharedFolder('conformance')
const names =
  folder === undefined
    ? []
    : readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
        entry.isDirectory() ? [entry.name] : [],
      )

const beacon =
  'https://github.com/sigstore-conformance/extremely-dangerous-public-oidc-beacon/.github/workflows/extremely-dangerous-oidc-beacon.yml@refs/heads/main'
const issuer = 'https://token.actions.githubusercontent.com'

/** The way in which the suite calls its clients. */
function callOf(name: string, by: 'path' | 'digest'): readonly string[] {
  const own = (file: string): string => path.join(folder ?? '', name, file)
  const text = (file: string, usual: string): string =>
    existsSync(own(file)) ? readFileSync(own(file), 'utf8').trim() : usual
  const artifact = existsSync(own('artifact')) ? own('artifact') : path.join(folder ?? '', 'a.txt')
  const digest = createHash('sha256').update(readFileSync(artifact)).digest('hex')
  return [
    'verify-bundle',
    '--bundle',
    own('bundle.sigstore.json'),
    ...(existsSync(own('key.pub'))
      ? ['--key', own('key.pub')]
      : [
          '--certificate-identity',
          text('identity', beacon),
          '--certificate-oidc-issuer',
          text('issuer', issuer),
        ]),
    ...(existsSync(own('trusted_root.json')) ? ['--trusted-root', own('trusted_root.json')] : ['--offline']),
    by === 'path' ? artifact : `sha256:${digest}`,
  ]
}

describe.runIf(names.length > 0).each(['path', 'digest'] as const)(
  'the conformance suite of sigstore, by %s',
  (by) => {
    it.each(names)('%s', async (name) => {
      const ran = await runCli(callOf(name, by))
      // A key that cannot be read is no word about the artifact.
      const failing = name === 'managed-key-wrong-key_fail' ? 2 : 1
      expect(ran.exit, ran.stdout + ran.stderr).toBe(name.endsWith('_fail') ? failing : 0)
    })
  },
)
