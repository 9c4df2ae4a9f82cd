import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { parseInputs } from '../../src/inputs/parse.js'
import { outputTable } from '../../src/inputs/output-table.js'
import { inputTable } from '../../src/inputs/table.js'
import { keylessFolder, keylessPieces } from '../harness/keyless-pieces.js'
import { openStage, putSigned, type Stage } from '../harness/recipe-stage.js'
import { filled, inputsOf, type Recipe, recipesOf, verifying } from '../harness/recipes.js'
import { says } from '../harness/registry-faults.js'
import { putImage, signByBundle, signSimply } from '../harness/registry-images.js'
import type { RanAction } from '../harness/run.js'
import { readSarif } from '../harness/sarif.js'
import { newKey } from '../harness/store.js'
import { openTransit, transitKeyBody } from '../harness/transit-server.js'

const recipes = recipesOf('docs/recipes.md')
const all = new Map([...recipes, ...recipesOf('docs/recipes-networks.md')])
const recipe = (title: string): Recipe => {
  const found = recipes.get(title)
  if (!found) throw new Error(`no recipe ${title}`)
  return found
}

let stage: Stage
beforeEach(async () => {
  stage = await openStage()
})
afterEach(async () => stage.stop())

const write = (name: string, text: string): void => {
  mkdirSync(path.dirname(path.join(stage.folder, name)), { recursive: true })
  writeFileSync(path.join(stage.folder, name), text)
}
const read = (name: string): string => readFileSync(path.join(stage.folder, name), 'utf8')
const document = (name = 'verify-result.json'): { verdict: string; failure: { code: string } | null } =>
  JSON.parse(read(name)) as never
const ends = (ran: RanAction): readonly unknown[] => [
  ran.exit,
  ran.outputs['verdict'],
  ran.outputs['failure-code'],
]
const down = says(503, 'UNAVAILABLE')
const stranger = newKey()

describe('the pages', () => {
  it('have these recipes, with so many blocks for a shell and for a workflow', () => {
    const counts = [...all.values()].map(({ title, shell, workflows }) => [
      title,
      shell.length,
      workflows.length,
    ])
    expect(counts).toEqual([
      ['Promotion gate', 1, 0],
      ['Deploy by digest', 1, 1],
      ['GitOps: a pull request with digests', 1, 1],
      ['A new key', 2, 1],
      ['Audit first', 1, 1],
      ['Evidence for an auditor', 2, 0],
      ['Air gap', 1, 1],
      ['A folder across the gap', 2, 1],
      ['Private Sigstore', 0, 1],
      ['GitHub Enterprise Server', 0, 1],
      ['Self-hosted runners', 0, 1],
      ['Windows', 0, 0],
    ])
  })

  const snippets = [...all.values()].flatMap(({ title, workflows }) =>
    workflows.map((snippet, at) => [`${title} (${at + 1})`, snippet] as const),
  )

  it.each(snippets)('%s: inputs and outputs that there are, and that parse', (_, snippet) => {
    const steps = verifying(snippet)
    expect(steps.length).toBeGreaterThan(0)
    const names = new Set<string>(inputTable.map(({ name }) => name))
    for (const step of steps) {
      for (const name of Object.keys(step.with ?? {})) expect(names).toContain(name)
      const expressions = ['${{ github.actor }}', '${{ github.token }}', '${{ secrets.REGCRED }}']
      const given = inputsOf(step, Object.fromEntries(expressions.map((one) => [one, '{}'])))
      const { problems } = parseInputs(
        new Map(
          Object.entries(given).map(([name, value]) => [
            name as (typeof inputTable)[number]['name'],
            [value],
          ]),
        ),
        'action',
      )
      expect(problems).toEqual([])
    }
    const outputs = new Set<string>(outputTable.map(({ name }) => name))
    for (const [, id, name = ''] of snippet.text.matchAll(/steps\.([\w-]+)\.outputs\.([\w-]+)/g)) {
      expect(steps.map((step) => step.id)).toContain(id)
      expect(outputs).toContain(name)
    }
  })

  it.each(snippets)('%s: others are pinned, and whoever verifies may only read', (_, snippet) => {
    for (const { permissions, steps } of snippet.jobs) {
      for (const { uses } of steps)
        if (uses !== undefined) expect(uses).toMatch(/^OWNER\/verify-image@COMMIT$|@[0-9a-f]{40}$/)
      const rights = Object.values(permissions ?? snippet.permissions ?? {})
      const verifies = steps.some(({ uses }) => uses?.startsWith('OWNER/') === true)
      if (verifies) for (const right of rights) expect(right).toBe('read')
      // No expression of GitHub's in a script: its value would be a part of the script.
      for (const { run = '' } of steps) expect(run).not.toContain('${{')
    }
    for (const line of snippet.text.split('\n').filter((one) => one.includes('@COMMIT')))
      expect(line).toContain('# pin a full commit SHA')
    for (const line of snippet.text.split('\n').filter((one) => /@[0-9a-f]{40}/.test(one)))
      expect(line).toMatch(/ # v\d+\.\d+\.\d+$/)
  })
})

describe('Promotion gate', () => {
  const promote = async (): Promise<number | null> =>
    (await stage.shell(recipe('Promotion gate').shell[0] ?? '')).exit

  it('copies the digest that was verified, and holds what lies in production against it', async () => {
    const digest = stage.put(stage.staging, 'team/app', [stage.release])
    expect(await promote()).toBe(0)
    expect(stage.copies).toEqual([
      `${stage.staging.host}/team/app@${digest} ${stage.registry.host}/team/app:v1`,
    ])
    expect(document('promoted.json').verdict).toBe('verified')
  })

  it.each([
    ['nobody signed', () => stage.put(stage.staging, 'team/app', []), 1, 'unsigned'],
    ['somebody else signed', () => stage.put(stage.staging, 'team/app', [stranger]), 1, 'signature-invalid'],
    [
      'the registry fails',
      () => {
        stage.put(stage.staging, 'team/app', [stage.release])
        stage.staging.fault('', 'tag', 'always', down)
      },
      2,
      'server-error',
    ],
    [
      'the registry fails as signatures are looked up',
      () => {
        stage.put(stage.staging, 'team/app', [stage.release])
        stage.staging.fault('', 'sig', 'always', down)
      },
      2,
      'server-error',
    ],
  ])('copies nothing where %s', async (_, set, exit, code) => {
    set()
    expect(await promote()).toBe(exit)
    expect(document().failure?.code).toBe(code)
    expect(stage.copies).toEqual([])
  })

  it('copies what was verified where the staging tag moves meanwhile', async () => {
    const digest = stage.put(stage.staging, 'team/app', [stage.release])
    stage.beforeCopy = () => void movedTo('team/app', stage.staging)
    expect(await promote()).toBe(0)
    expect(stage.registry.holdings.repository('team/app').tags.get('v1')).toBe(digest)
  })

  it('finds another image under the release tag', async () => {
    const block = recipe('Promotion gate').shell[0] ?? ''
    const digest = stage.put(stage.staging, 'team/app', [stage.release])
    expect(await promote()).toBe(0)
    movedTo('team/app', stage.registry)
    const last = block.slice(block.lastIndexOf('verify-image verify'))
    const ran = await stage.shell(`digest=${digest}\n${last}`)
    expect([ran.exit, document('promoted.json').failure?.code]).toEqual([1, 'digest-mismatch'])
  })

  it('calls the copy unsigned without signature-repository', async () => {
    stage.put(stage.staging, 'team/app', [stage.release])
    const block = recipe('Promotion gate').shell[0] ?? ''
    const ran = await stage.shell(block.replace('--signature-repository staging.example/team/app', ''))
    expect([ran.exit, document('promoted.json').failure?.code]).toEqual([1, 'unsigned'])
  })
})

/** Another, signed image under the same tag. */
function movedTo(repository: string, where: Stage['registry']): string {
  const digest = putImage(where.holdings, repository, 'other')
  signSimply(where.holdings, repository, digest, stage.release)
  where.holdings.repository(repository).tags.set('v1', digest)
  return digest
}

describe('Deploy by digest', () => {
  const it_ = recipe('Deploy by digest')
  const pinned = (name: string, digest: string): string => `${stage.registry.host}/team/${name}:v1@${digest}`

  it('hands on the digest of the first image and all references', async () => {
    const app = stage.put(stage.registry, 'team/app', [stage.release])
    const web = stage.put(stage.registry, 'team/web', [stage.release])
    const ran = await stage.step(it_)
    expect(ends(ran)).toEqual([0, 'verified', ''])
    expect(ran.outputs['digest']).toBe(app)
    expect(JSON.parse(ran.outputs['images'] ?? '')).toEqual([pinned('app', app), pinned('web', web)])
    const typed = await stage.shell(it_.shell[0] ?? '')
    expect([typed.exit, typed.stdout.trim().split('\n').slice(-2)]).toEqual([
      0,
      [pinned('app', app), pinned('web', web)],
    ])
  })

  it('is rejected with one bad image of two, and hands on the good one alone', async () => {
    const app = stage.put(stage.registry, 'team/app', [])
    const web = stage.put(stage.registry, 'team/web', [stage.release])
    const ran = await stage.step(it_)
    expect(ends(ran)).toEqual([1, 'rejected', 'unsigned'])
    expect(ran.outputs['digest']).toBe(app)
    expect(JSON.parse(ran.outputs['images'] ?? '')).toEqual([pinned('web', web)])
    const typed = await stage.shell(it_.shell[0] ?? '')
    expect(typed.exit).toBe(1)
    expect(typed.stdout).not.toContain(`v1@${app}`)
  })

  it('asks for the verdict before anything is deployed', () => {
    const [snippet] = it_.workflows
    const deploys = snippet?.jobs[0]?.steps.filter(({ run }) => run !== undefined) ?? []
    expect(deploys.map((step) => step.if)).toEqual(["${{ steps.verify.outputs.verdict == 'verified' }}"])
  })
})

describe('GitOps', () => {
  const it_ = recipe('GitOps: a pull request with digests')
  const manifest = (image: string): string => `apiVersion: v1
kind: Pod
metadata: { name: app } # kept
spec:
  containers:
    - name: app
      image: ${image}
`

  it('puts digests into the manifests, and changes nothing else', async () => {
    const digest = stage.put(stage.registry, 'team/app', [stage.release])
    const image = `${stage.registry.host}/team/app:v1`
    write('deploy/a/pod.yaml', manifest(image))
    const ran = await stage.step(it_)
    expect(ends(ran)).toEqual([0, 'verified', ''])
    expect(ran.outputs['pinned-manifests']).toBe('pinned')
    rmSync(path.join(stage.folder, 'pinned'), { recursive: true })
    expect((await stage.shell(it_.shell[0] ?? '')).exit).toBe(0)
    expect(read('deploy/a/pod.yaml')).toBe(manifest(`${image}@${digest}`))
    // Once more: what has its digest keeps it, also when the tag has moved.
    movedTo('team/app', stage.registry)
    expect((await stage.shell(it_.shell[0] ?? '')).exit).toBe(0)
    expect(read('deploy/a/pod.yaml')).toBe(manifest(`${image}@${digest}`))
  })

  it('fails at the line of an image that nobody signed, and keeps its tag', async () => {
    stage.put(stage.registry, 'team/app', [])
    const text = manifest(`${stage.registry.host}/team/app:v1`)
    write('deploy/a/pod.yaml', text)
    const ran = await stage.step(it_)
    expect(ends(ran)).toEqual([1, 'rejected', 'unsigned'])
    expect(ran.annotations.map(({ place }) => place)).toEqual(['deploy/a/pod.yaml:7'])
    await stage.shell(it_.shell[0] ?? '')
    expect(read('deploy/a/pod.yaml')).toBe(text)
  })

  it('is undetermined where the registry cannot be asked', async () => {
    stage.put(stage.registry, 'team/app', [stage.release])
    stage.registry.fault('', 'tag', 'always', down)
    write('deploy/a/pod.yaml', manifest(`${stage.registry.host}/team/app:v1`))
    expect(ends(await stage.step(it_))).toEqual([2, 'undetermined', 'server-error'])
  })
})

describe('A new key', () => {
  const it_ = recipe('A new key')

  it.each([
    ['the old key', () => [stage.release]],
    ['the new key', () => [stage.renewed]],
    ['both', () => [stage.release, stage.renewed]],
  ])('takes what %s signed, in the first step', async (_, signers) => {
    stage.put(stage.registry, 'team/app', signers())
    expect(ends(await stage.step(it_))).toEqual([0, 'verified', ''])
  })

  it('takes nothing else', async () => {
    stage.put(stage.registry, 'team/app', [stranger])
    expect(ends(await stage.step(it_))).toEqual([1, 'rejected', 'signature-invalid'])
  })

  it('needs require: any; on a command line the last key alone counts', async () => {
    stage.put(stage.registry, 'team/app', [stage.release])
    expect(ends(await stage.step(it_, { require: '' }))).toEqual([1, 'rejected', 'signature-invalid'])
    const typed = await stage.shell(
      'verify-image verify registry.example/team/app:v1 --key keys/old.pub --key keys/new.pub --insecure-ignore-tlog',
    )
    expect(typed.exit).toBe(1)
    expect(typed.stderr).toContain('Warning: ')
  })

  it('goes on without the file of the old key only where the new one is enough', async () => {
    rmSync(path.join(stage.folder, 'keys/old.pub'))
    stage.put(stage.registry, 'team/app', [stage.release])
    expect(ends(await stage.step(it_))).toEqual([2, 'undetermined', 'key-invalid'])
    stage.put(stage.registry, 'team/app', [stage.renewed])
    expect(ends(await stage.step(it_))).toEqual([0, 'verified', ''])
  })

  it('finds what was not signed anew before the old key goes', async () => {
    const images = ['app', 'web'].map((name) => `registry.example/team/${name}:v1`)
    write('images.txt', filled(images.join('\n'), { 'registry.example': stage.registry.host }))
    stage.put(stage.registry, 'team/app', [stage.release, stage.renewed])
    stage.put(stage.registry, 'team/web', [stage.release])
    const before = await stage.shell(it_.shell[0] ?? '')
    expect(before.exit).toBe(1)
    expect(before.stderr).toContain('FAILED for web:v1')
    expect(before.stderr).not.toContain('FAILED for app:v1')
    stage.put(stage.registry, 'team/web', [stage.renewed])
    expect((await stage.shell(it_.shell[0] ?? '')).exit).toBe(0)
    const ran = await stage.step(it_, { key: 'keys/new.pub', require: '' })
    expect(ends(ran)).toEqual([0, 'verified', ''])
  })

  it('rejects what the old key alone signed, in either format, once it is gone', async () => {
    const only = { key: 'keys/new.pub', require: '' }
    stage.put(stage.registry, 'team/app', [stage.release])
    expect(ends(await stage.step(it_, only))).toEqual([1, 'rejected', 'signature-invalid'])
    const { holdings } = stage.registry
    const digest = putImage(holdings, 'team/app', 'bundled')
    signByBundle(holdings, 'team/app', digest, stage.release)
    const image = `${stage.registry.host}/team/app:bundled`
    expect(ends(await stage.step(it_, { ...only, image }))).toEqual([1, 'rejected', 'signature-invalid'])
    expect(ends(await stage.step(it_, { image }))).toEqual([0, 'verified', ''])
  })

  it('takes all versions of a key in Vault until one is retired', async () => {
    stage.put(stage.registry, 'team/app', [stage.release])
    const both = { '1': stage.release, '2': stage.renewed }
    const run = async (versions: Readonly<Record<string, typeof stage.release>>): Promise<number | null> => {
      const vault = await openTransit('t', transitKeyBody('ecdsa-p256', versions))
      const { exit } = await stage.shell(it_.shell[1] ?? '', { VAULT_ADDR: vault.url, VAULT_TOKEN: 't' })
      await vault.stop()
      return exit
    }
    expect(await run(both)).toBe(0)
    expect(await run({ '2': stage.renewed })).toBe(1)
  })
})

describe('Audit first', () => {
  const it_ = recipe('Audit first')
  const list = async (): Promise<string> => (await stage.shell(it_.shell[0] ?? '')).stdout
  const kept = { 'result-file': 'verify-result.json' }

  it('passes the step and lists what would have failed', async () => {
    stage.put(stage.registry, 'team/app', [])
    expect(ends(await stage.step(it_, kept))).toEqual([0, 'rejected', 'unsigned'])
    expect(await list()).toBe(`rejected\tunsigned\t${stage.registry.host}/team/app:v1\n`)
    const { results } = readSarif(read('verify-image.sarif'))
    expect(results.map(({ ruleId, level }) => [ruleId, level])).toEqual([['unsigned', 'error']])
    expect(read('policy-report.yaml')).toContain('result: fail')
    expect(ends(await stage.step(it_, { ...kept, mode: '' }))).toEqual([1, 'rejected', 'unsigned'])
  })

  it('lists nothing of what is verified', async () => {
    stage.put(stage.registry, 'team/app', [stage.release])
    expect(ends(await stage.step(it_, kept))).toEqual([0, 'verified', ''])
    expect(await list()).toBe('')
    expect(readSarif(read('verify-image.sarif')).results).toEqual([])
    expect(read('policy-report.yaml')).toContain('result: pass')
  })

  it('passes an outage, and no typing error', async () => {
    stage.put(stage.registry, 'team/app', [stage.release])
    expect(ends(await stage.step(it_, { key: 'keys/relase.pub' }))).toEqual([
      2,
      'undetermined',
      'key-invalid',
    ])
    stage.registry.fault('', 'tag', 'always', down)
    expect(ends(await stage.step(it_))).toEqual([0, 'undetermined', 'server-error'])
  })

  it('is not on-infrastructure-error: warn, which lets outages pass alone, and hands on nothing', async () => {
    const warn = { mode: 'enforce', 'on-infrastructure-error': 'warn' }
    stage.put(stage.registry, 'team/app', [])
    expect(ends(await stage.step(it_, warn))).toEqual([1, 'rejected', 'unsigned'])
    stage.put(stage.registry, 'team/app', [stage.release])
    stage.registry.fault('', 'sig', 'always', down)
    const passed = await stage.step(it_, warn)
    expect(ends(passed)).toEqual([0, 'undetermined', 'server-error'])
    expect([passed.outputs['digest'], passed.outputs['images']]).toEqual(['', '[]'])
    stage.registry.fault('', 'tag', 'always', down)
    expect(ends(await stage.step(it_, warn))).toEqual([2, 'undetermined', 'server-error'])
  })
})

describe('Evidence for an auditor', () => {
  const [keep = '', again = ''] = recipe('Evidence for an auditor').shell

  it('is kept, and verified again without the registry', async () => {
    const digest = putSigned(stage.registry.holdings, 'team/app')
    const kept = await stage.shell(keep)
    expect(kept.exit, kept.stderr).toBe(0)
    expect(JSON.parse(read('app.sigstore.json'))).toEqual(keylessPieces.bundle.bundle)
    const { trust, policyFiles, tool } = JSON.parse(read('verify-result.json')) as Record<string, unknown>
    expect(trust).toMatchObject({ sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as string })
    expect(policyFiles).toEqual([])
    expect(JSON.stringify(tool)).toMatch(/[0-9a-f]{64}/)
    stage.registry.fault('', 'tag', 'always', down)
    const later = await stage.shell(again)
    expect(later.exit, later.stderr).toBe(0)
    expect(later.stdout).toContain(digest)
  })

  it.each([
    [
      'the bundle of another image',
      again.replace(/"\$\(jq.*?\)"/, `sha256:${'0'.repeat(64)}`),
      1,
      'digest-mismatch',
    ],
    ['another trusted root', again.replace('trusted_root.json', 'other-ca.json'), 1, 'certificate-untrusted'],
    ['a bundle that was not kept', again.replace('app.sigstore.json', 'gone.json'), 2, 'input-invalid'],
    ['another workflow', again.replace('release.yml', 'other.yml'), 1, 'identity-mismatch'],
  ])('fails with %s', async (_, line, exit, code) => {
    putSigned(stage.registry.holdings, 'team/app')
    expect((await stage.shell(keep)).exit).toBe(0)
    write('other-ca.json', readFileSync(path.join(keylessFolder, 'other-ca.json'), 'utf8'))
    const ran = await stage.shell(line)
    expect(ran.exit, ran.stderr).toBe(exit)
    expect(ran.stderr).toContain(`, ${code})`)
  })
})
