import { chmodSync, cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { inputTable } from '../../src/inputs/table.js'
import { dist, type Ran, temporaryFolder } from '../harness/run.js'
import { runShell } from '../harness/shell.js'

const root = path.resolve(import.meta.dirname, '../..')
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8')

/** Commands of the blocks for a shell, lines that go on put together. */
function commandsOf(text: string): readonly string[] {
  return [...text.matchAll(/^```sh\n([\s\S]*?)^```$/gm)]
    .flatMap(([, block = '']) => block.replace(/\\\n\s*/g, '').split('\n'))
    .filter((line) => /\bverify-image verify|cli\.js verify/.test(line) && line.includes('polic'))
}

const page = commandsOf(read('docs/build-policies.md'))
const examples = commandsOf(read('examples/README.md')).filter((line) => line.includes('examples/build'))
const coming = commandsOf(read('docs/coming-from-cilock.md'))

/** The examples where a reader has them, and once more under the names that the lines for those who come have. */
const folder = temporaryFolder()
beforeAll(() => {
  cpSync(path.join(root, 'examples'), path.join(folder, 'examples'), { recursive: true })
  cpSync(path.join(root, 'examples/build'), folder, { recursive: true })
  mkdirSync(path.join(folder, 'bin'))
  const program = path.join(folder, 'bin/verify-image')
  writeFileSync(program, `#!/bin/sh\nexec node ${JSON.stringify(path.join(dist, 'cli.js'))} "$@"\n`)
  chmodSync(program, 0o755)
})

const manifest = JSON.parse(read('examples/manifests/hello/v1/manifest.json')) as {
  config: { digest: string }
}

async function here(line: string): Promise<Ran> {
  const there = line
    .replace('node dist/cli.js', 'verify-image')
    .replace('ghcr.io/org/app:v1', 'local://examples/hello:v1')
  const DIGEST = manifest.config.digest.replace('sha256:', '')
  return runShell(`PATH="$PWD/bin:$PATH"; ${there}`, folder, { DIGEST })
}

describe('the commands about build policies, as typed', () => {
  it('are there', () => {
    expect([page.length, examples.length, coming.length]).toEqual([1, 1, 2])
  })

  it.each([...page, ...examples, ...coming])('%s', async (line) => {
    const { exit, stdout, stderr } = await here(line)
    expect(exit, stderr).toBe(0)
    expect(stdout).toContain('✓ Verified')
  })

  it.each([
    ['another image', 'hello:v1', 'hello:changed'],
    ['an attestation less', ',examples/build/docker-sbom.json', ''],
    [
      "somebody else's key for the policy",
      '--policy-key examples/build/policy.pub',
      '--policy-key examples/keys/release.pub',
    ],
    [
      "somebody else's key for the image",
      '--key examples/keys/release.pub',
      '--key examples/build/policy.pub',
    ],
  ])('are rejected with %s', async (_, from, to) => {
    const [line = ''] = page
    expect(line).toContain(from)
    expect((await here(line.replace(from, to))).exit).toBe(1)
  })
})

describe('the example policy', () => {
  const source = JSON.parse(read('examples/build/policy-source.json')) as {
    steps: Record<string, { attestations: { regopolicies?: { module: string }[] }[] }>
  }

  it('is signed as it is shown, and so are its rules', () => {
    const signed = JSON.parse(read('examples/build/policy.json')) as { payload: string }
    expect(JSON.parse(Buffer.from(signed.payload, 'base64').toString())).toEqual(source)
    const modules = Object.values(source.steps).flatMap(({ attestations }) =>
      attestations.flatMap(({ regopolicies = [] }) =>
        regopolicies.map(({ module }) => Buffer.from(module, 'base64').toString()),
      ),
    )
    expect(modules).toEqual([read('examples/build/branch.rego'), read('examples/build/subject-match.rego')])
  })
})

describe('the step of the page and that of the workflow', () => {
  it('ask the same, by inputs that there are', () => {
    const [step] = parse(/```yaml\n([\s\S]*?)```/.exec(read('docs/build-policies.md'))?.[1] ?? '') as [
      { with: Record<string, string> },
    ]
    const workflow = parse(read('examples/workflows/build-to-promote.yml')) as {
      jobs: { verify: { steps: { id?: string; with: Record<string, string> }[] } }
    }
    const given = workflow.jobs.verify.steps.find(({ id }) => id === 'verify')?.with ?? {}
    const known = new Set<string>(inputTable.map(({ name }) => name))
    for (const name of [...Object.keys(step.with), ...Object.keys(given)]) expect(known).toContain(name)
    for (const name of Object.keys(step.with)) expect(Object.keys(given)).toContain(name)
    expect(given['policy']).toBe(step.with['policy'])
  })
})
