import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect } from 'vitest'
import type { ResultDocument } from '../../src/report/document.js'
import { type RanAction, runAction, runCli, temporaryFolder } from './run.js'

/** A key attestor that needs no public service. */
export function keyEntry(pem: string): object {
  return { keys: { publicKeys: pem, rekor: { ignoreTlog: true }, ctlog: { ignoreSCT: true } } }
}

export interface KyvernoPieces {
  readonly name?: string
  /** More of `spec`, of the rule and of its entry, in place of the usual. */
  readonly spec?: object
  readonly rule?: object
  readonly entry?: object
  readonly metadata?: object
}

/** A ClusterPolicy over pods with one rule `check`; JSON, which is YAML too. */
export function kyvernoPolicy(
  references: readonly string[],
  entries: readonly object[],
  more: KyvernoPieces = {},
): string {
  const { name = 'check-image', spec = {}, rule = {}, entry = {}, metadata = {} } = more
  return JSON.stringify({
    apiVersion: 'kyverno.io/v1',
    kind: 'ClusterPolicy',
    metadata: { name, ...metadata },
    spec: {
      validationFailureAction: 'Enforce',
      background: false,
      ...spec,
      rules: [
        {
          name: 'check',
          match: { any: [{ resources: { kinds: ['Pod'] } }] },
          verifyImages: [{ imageReferences: references, attestors: [{ entries }], ...entry }],
          ...rule,
        },
      ],
    },
  })
}

/** A ClusterImagePolicy. */
export function clusterImagePolicy(
  globs: readonly string[],
  authorities: readonly object[],
  more: { readonly name?: string; readonly spec?: object; readonly version?: string } = {},
): string {
  const { name = 'image-policy', spec = {}, version = 'v1beta1' } = more
  return JSON.stringify({
    apiVersion: `policy.sigstore.dev/${version}`,
    kind: 'ClusterImagePolicy',
    metadata: { name },
    spec: { images: globs.map((glob) => ({ glob })), authorities, ...spec },
  })
}

export function podOf(
  images: readonly string[],
  more: { readonly name?: string; readonly metadata?: object } = {},
): string {
  const { name = 'app', metadata = {} } = more
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, ...metadata },
    spec: { containers: images.map((image, index) => ({ name: `c${index}`, image })) },
  })
}

/** Files by name in a folder of their own. @returns the folder */
export function folderOf(files: Readonly<Record<string, string>>): string {
  const folder = temporaryFolder()
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true })
    writeFileSync(path.join(folder, name), text)
  }
  return folder
}

export interface BothFaces {
  readonly action: RanAction
  readonly document: ResultDocument
  /** All that was printed, by either face. */
  readonly said: string
}

/** Runs the action and the command in a folder, which must agree in everything that decides. */
export async function runFaces(cwd: string, inputs: Readonly<Record<string, string>>): Promise<BothFaces> {
  const { image, ...flags }: Readonly<Record<string, string>> = { retries: '1', timeout: '60s', ...inputs }
  const args = Object.entries(flags).flatMap(([name, value]) =>
    (name === 'key' ? [value] : value.split('\n')).map((item) => `--${name}=${item}`),
  )
  const action = await runAction({ retries: '1', timeout: '60s', ...inputs }, { cwd })
  const cli = await runCli(['verify', ...(image?.split('\n') ?? []), '--output=json', ...args], { cwd })
  if (!action.document) throw new Error(`no document: ${action.stdout}${action.stderr}`)
  const document = JSON.parse(cli.stdout) as ResultDocument
  expect(cli.exit, action.outputs['message']).toBe(action.exit)
  expect(document.failure).toEqual(action.document.failure)
  expect(document.policies).toEqual(action.document.policies)
  expect(document.warnings).toEqual(action.document.warnings)
  expect(document.images.map(({ verdict, pinned }) => [verdict, pinned])).toEqual(
    action.document.images.map(({ verdict, pinned }) => [verdict, pinned]),
  )
  return { action, document: action.document, said: action.stdout + action.summary + cli.stderr }
}

/** `verified`, or the code of the failure; and the results of the rows, in order. */
export function expectRun({ action, document }: BothFaces, code: string, rows?: readonly string[]): void {
  const { verdict, failure } = document
  expect(failure?.code ?? verdict, failure?.message).toBe(code)
  expect(action.outputs['verdict']).toBe(verdict)
  expect(action.outputs['failure-code']).toBe(failure?.code ?? '')
  expect(action.exit).toBe({ verified: 0, rejected: 1, undetermined: 2 }[verdict])
  if (rows) expect(document.policies.map(({ result }) => result)).toEqual(rows)
}
