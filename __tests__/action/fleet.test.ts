import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { ResultDocument } from '../../src/report/document.js'
import { type LoopbackRegistry, openRegistry } from '../harness/registry.js'
import { putImage, signByBundle, signSimply } from '../harness/registry-images.js'
import { type Ran, readOutputs, runAction, runCli, temporaryFolder } from '../harness/run.js'
import { newKey } from '../harness/store.js'

const schema = JSON.parse(
  readFileSync(path.resolve(import.meta.dirname, '../../schema/verify-result.schema.json'), 'utf8'),
) as object
const isDocument = new Ajv2020({ strict: false, validateFormats: false }).compile(schema)

const key = newKey()
const usual = ['--key', 'key.pub', '--insecure-ignore-tlog']
let registry: LoopbackRegistry
let cwd = ''
/** Seven signed images, one that is not. */
let signed: readonly string[] = []
let unsigned = ''

beforeAll(async () => {
  registry = await openRegistry()
  signed = Array.from({ length: 7 }, (_, n) => `team/app-${n}`).map((name) => {
    signByBundle(registry.holdings, name, putImage(registry.holdings, name), key)
    return `${registry.host}/${name}:v1`
  })
  putImage(registry.holdings, 'team/unsigned')
  unsigned = `${registry.host}/team/unsigned:v1`
})
afterAll(async () => registry.stop())
beforeEach(() => {
  cwd = temporaryFolder()
  writeFileSync(path.join(cwd, 'key.pub'), key.publicPem)
})

const cli = async (...args: readonly string[]): Promise<Ran> => runCli(args, { cwd })
const put = (name: string, text: string): void => writeFileSync(path.join(cwd, name), text)
const documentIn = (name: string): ResultDocument => {
  const document: unknown = JSON.parse(readFileSync(path.join(cwd, name), 'utf8'))
  expect(isDocument(document), JSON.stringify(isDocument.errors)).toBe(true)
  return document as ResultDocument
}

describe('a file with images', () => {
  it('names them one a line, beside those that are given', async () => {
    put('images', `# the fleet\r\n${signed[1]}\r\n\r\n  ${signed[2]}  \n${signed[1]}\n`)
    const ran = await cli('verify', String(signed[0]), '--images-file', 'images', ...usual, '-o', 'json')
    const document = JSON.parse(ran.stdout) as ResultDocument
    expect(document.images.map(({ reference }) => reference)).toEqual(signed.slice(0, 3))
    expect(document.warnings).toEqual([`image: given more than once and judged once: ${signed[1]}`])
    expect(ran.exit).toBe(0)
  })

  it('works in the action', async () => {
    put('images', signed.join('\n'))
    const ran = await runAction(
      { 'images-file': 'images', key: 'key.pub', 'insecure-ignore-tlog': 'true' },
      { cwd },
    )
    expect(ran.exit, ran.stdout).toBe(0)
    expect(ran.document?.images.map(({ reference }) => reference)).toEqual(signed)
    expect(ran.stdout).toContain('::group::Judging 7 images')
    expect(ran.stdout).toMatch(/\n7 of 7: verified .*\n::endgroup::\n/)
  })

  it.each([
    ['is not there', 'none', 'images-file: no file none'],
    ['is empty', 'empty', 'images-file: expected images in empty, got none'],
    ['is a folder', '.', 'images-file: .: expected a file, got a directory'],
  ])('that %s decides nothing', async (_, file, message) => {
    put('empty', '# nothing\n')
    const ran = await cli('verify', ...signed, '--images-file', file, ...usual, '--result-file', 'r.json')
    expect(ran.exit).toBe(2)
    expect(documentIn('r.json').failure).toMatchObject({ code: 'input-invalid', message })
  })
})

/** Plans, judges every shard as a job would, and merges what the jobs left. */
async function fleet(
  images: readonly string[],
  shards: number,
  lost: readonly number[] = [],
): Promise<{ readonly merged: Ran; readonly exits: readonly (number | null)[] }> {
  put('images', images.join('\n'))
  const planned = await cli(
    'plan',
    '--images-file',
    'images',
    '--shards',
    `${shards}`,
    '--plan-file',
    'p.json',
  )
  expect(planned.exit, planned.stderr).toBe(0)
  const { include } = JSON.parse(planned.stdout) as {
    include: { shard: number; of: number; count: number }[]
  }
  expect(include.map(({ shard, of }) => [shard, of])).toEqual(
    Array.from({ length: shards }, (_, index) => [index + 1, shards]),
  )
  expect(include.reduce((sum, { count }) => sum + count, 0)).toBe(new Set(images).size)
  const exits: (number | null)[] = []
  for (const { shard } of include.filter((one) => !lost.includes(one.shard))) {
    const result = ['--result-file', `shard-${shard}.json`]
    exits.push((await cli('verify', '--plan', 'p.json', '--shard', `${shard}`, ...usual, ...result)).exit)
    expect(documentIn(`shard-${shard}.json`).plan).toMatchObject({ shard, of: shards })
  }
  return {
    merged: await cli('merge', '--plan', 'p.json', 'shard-*.json', '--result-file', 'all.json'),
    exits,
  }
}

describe('a fleet on more than one machine', () => {
  it('is verified where every shard is', async () => {
    const before = registry.requests.length
    const { merged, exits } = await fleet(signed, 3)
    expect([...exits, merged.exit]).toEqual([0, 0, 0, 0])
    expect(merged.stdout).toContain('verified: 7 images, 7 verified, 0 rejected, 0 undetermined')
    const all = documentIn('all.json')
    expect(all.images.map(({ reference }) => reference)).toEqual([...signed].sort())
    expect(all.images.every(({ pinned }) => pinned !== null)).toBe(true)
    expect(all.plan).toEqual({ sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as string, of: 3 })
    const asked = registry.requests.slice(before).filter(({ kind }) => kind === 'tag')
    expect(asked).toHaveLength(7)
  })

  it('comes to what one run comes to', async () => {
    await fleet(signed, 2)
    await cli('verify', ...[...signed].sort(), ...usual, '--result-file', 'one.json')
    const [one, all] = [documentIn('one.json'), documentIn('all.json')]
    expect(all.images).toEqual(one.images)
    expect(all.calls).toEqual(one.calls)
    expect(all.keys).toEqual(one.keys)
  })

  it('is rejected where one image is', async () => {
    const { merged, exits } = await fleet([...signed, unsigned], 2)
    expect(exits.toSorted()).toEqual([0, 1])
    expect(merged.exit).toBe(1)
    expect(merged.stderr).toContain('Verification FAILED for unsigned:v1')
    expect(documentIn('all.json')).toMatchObject({ verdict: 'rejected', failure: { code: 'unsigned' } })
  })

  it('is undetermined where a shard is lost', async () => {
    const { merged } = await fleet(signed, 3, [2])
    expect(merged.exit).toBe(2)
    const all = documentIn('all.json')
    expect(all.failure).toMatchObject({
      class: 'infrastructure',
      code: 'internal-error',
      message: 'shard 2 of 3 has no result: its job failed, was ended or never ran',
    })
    expect(all.images.filter(({ verdict }) => verdict === 'undetermined')).toHaveLength(2)
    expect(all.images).toHaveLength(7)
  })

  it('is rejected where one image is and another shard is lost', async () => {
    const { merged } = await fleet([unsigned, ...signed], 4, [1])
    expect(merged.exit).toBe(1)
  })

  it('is undetermined where nothing came back', async () => {
    const { merged } = await fleet(signed, 2, [1, 2])
    expect(merged.exit).toBe(2)
    expect(documentIn('all.json').images).toHaveLength(7)
  })

  it('is judged by the action too', async () => {
    put('images', signed.join('\n'))
    await cli('plan', '--images-file', 'images', '--shard-size', '4', '--plan-file', 'p.json')
    const inputs = { plan: 'p.json', shard: '2', key: 'key.pub', 'insecure-ignore-tlog': 'true' }
    const ran = await runAction(inputs, { cwd })
    expect(ran.exit, ran.stdout).toBe(0)
    expect(ran.document?.plan).toMatchObject({ shard: 2, of: 2 })
    expect(ran.document?.images.map(({ reference }) => reference)).toEqual(signed.slice(3))
  })

  it('sets the outputs of a step', async () => {
    put('images', signed.join('\n'))
    put('out', '')
    put('summary', '')
    const env = { GITHUB_OUTPUT: path.join(cwd, 'out'), GITHUB_STEP_SUMMARY: path.join(cwd, 'summary') }
    const plan = [
      'plan',
      '--images-file',
      'images',
      '--shards',
      '1',
      '--plan-file',
      'p.json',
      '--github-output',
    ]
    expect((await runCli(plan, { cwd, env })).exit).toBe(0)
    const planned = readOutputs(readFileSync(path.join(cwd, 'out'), 'utf8'))
    expect(planned).toEqual({
      matrix: '{"include":[{"shard":1,"of":1,"count":7}]}',
      shards: '1',
      images: '7',
    })
    await cli('verify', '--plan', 'p.json', '--shard', '1', ...usual, '--result-file', 's.json')
    const merge = ['merge', '--plan', 'p.json', 's.json', '--github-output', '--summary']
    expect((await runCli(merge, { cwd, env })).exit).toBe(0)
    const merged = readOutputs(readFileSync(path.join(cwd, 'out'), 'utf8'))
    expect(merged).toMatchObject({ verdict: 'verified', 'failure-code': '' })
    expect(JSON.parse(merged['images'] ?? '')).toHaveLength(7)
    expect(readFileSync(path.join(cwd, 'summary'), 'utf8')).toContain('## ✅ Verified')
    expect((await cli(...merge)).exit).toBe(2)
  })
})

describe('a plan', () => {
  it('asks nobody and needs no key', async () => {
    const before = registry.requests.length
    const ran = await cli('plan', ...signed, signed[0] ?? '', '--shards', '9', '--plan-file', 'p.json')
    expect(ran.exit, ran.stderr).toBe(0)
    expect(ran.stderr).toMatch(
      /1 references were given more than once[^\n]*\n7 images in 7 shards of at most 1: p\.json/,
    )
    expect(registry.requests).toHaveLength(before)
  })

  it.each([
    [
      'neither count nor size',
      ['--plan-file', 'p.json'],
      'shards: expected either shards or shard-size, got neither',
    ],
    ['both', ['--shards', '2', '--shard-size', '2', '--plan-file', 'p.json'], 'got both'],
    ['too many shards', ['--shards', '257', '--plan-file', 'p.json'], 'from 1 to 256, got "257"'],
    ['no shard', ['--shards', '0', '--plan-file', 'p.json'], 'from 1 to 256, got "0"'],
    ['no file', ['--shards', '2'], 'plan-file: expected a file'],
    ['a list that is not there', ['--shards', '2', '--plan-file', 'p', '--images-file', 'x'], 'no file x'],
  ])('of %s is refused', async (_, args, message) => {
    const ran = await cli('plan', ...signed, ...args)
    expect(ran.exit).toBe(2)
    expect(ran.stdout).toBe('')
    expect(ran.stderr).toContain(message)
  })

  it.each([
    ['plan', ['--shards', '2', '--plan-file', 'p.json', '--key', 'key.pub'], '--key is no flag of plan'],
    ['merge', ['--plan', 'p.json', '--key', 'key.pub'], '--key is no flag of merge'],
    ['verify', ['--shards', '2'], '--shards is no flag of verify'],
  ])('and what goes with it take no flag that they pass over: %s', async (command, args, message) => {
    const ran = await cli(command, ...args)
    expect([ran.exit, ran.stdout]).toEqual([2, ''])
    expect(ran.stderr).toContain(message)
  })

  it('of nothing is refused', async () => {
    const ran = await cli('plan', '--shards', '2', '--plan-file', 'p.json')
    expect([ran.exit, ran.stdout]).toEqual([2, ''])
  })

  it('of more shards than a matrix has says what would do', async () => {
    put('images', Array.from({ length: 1000 }, (_, n) => `r.example/a:${n}`).join('\n'))
    const ran = await cli('plan', '--images-file', 'images', '--shard-size', '3', '--plan-file', 'p.json')
    expect(ran.exit).toBe(2)
    expect(ran.stderr).toContain('at most 256 shards')
    expect(ran.stderr).toContain('got 334: give 4 or more')
  })
})

describe('a shard that cannot be judged', () => {
  const planned = async (): Promise<void> => {
    const ran = await cli('plan', ...signed, '--shards', '2', '--plan-file', 'p.json')
    expect(ran.exit).toBe(0)
  }
  it.each([
    ['a shard without a plan', ['--shard', '1'], 'shard: expected plan too, got nothing'],
    ['a plan without a shard', ['--plan', 'p.json'], 'plan: expected shard too, got nothing'],
    ['a shard that is none', ['--plan', 'p.json', '--shard', '3'], 'from 1 to 2, got "3"'],
    ['a shard that is no number', ['--plan', 'p.json', '--shard', '1.0'], 'got "1.0"'],
    ['a plan that is not there', ['--plan', 'none.json', '--shard', '1'], 'plan: no file none.json'],
    ['a plan that is none', ['--plan', 'key.pub', '--shard', '1'], 'plan: key.pub is no plan'],
    [
      'images beside it',
      ['r.example/a:v1', '--plan', 'p.json', '--shard', '1'],
      'expected no other images beside it',
    ],
    [
      'manifests to be pinned',
      ['--plan', 'p.json', '--shard', '1', '--manifests', 'x.yaml', '--pinned-manifests', 'out'],
      'pinned-manifests: expected a run over all images',
    ],
  ])('for %s is a wrong input', async (_, args, message) => {
    await planned()
    const before = registry.requests.length
    const ran = await cli('verify', ...args, ...usual, '-o', 'json')
    expect(ran.exit).toBe(2)
    const document = JSON.parse(ran.stdout) as ResultDocument
    expect(document.failure).toMatchObject({ code: 'input-invalid' })
    expect(document.failure?.message).toContain(message)
    expect(registry.requests).toHaveLength(before)
  })

  it('of a plan that was changed is a wrong input', async () => {
    await planned()
    put('p.json', readFileSync(path.join(cwd, 'p.json'), 'utf8').replace('app-3', 'app-9'))
    const ran = await cli('verify', '--plan', 'p.json', '--shard', '1', ...usual)
    expect(ran.exit).toBe(2)
    expect(ran.stderr).toContain('for what it holds')
  })
})

describe('a fleet in manifests, held against a policy', () => {
  let deployed: readonly string[] = []
  beforeAll(() => {
    // Kyverno reads signatures in cosign's older format.
    deployed = Array.from({ length: 7 }, (_, n) => `kube/app-${n}`).map((name) => {
      signSimply(registry.holdings, name, putImage(registry.holdings, name), key)
      return `${registry.host}/${name}:v1`
    })
  })
  const pod = (name: string, namespace: string, image: string): string =>
    JSON.stringify({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name, namespace },
      spec: { containers: [{ name: 'c', image }] },
    })
  const policy = (namespace: string): string =>
    JSON.stringify({
      apiVersion: 'kyverno.io/v1',
      kind: 'ClusterPolicy',
      metadata: { name: 'signed' },
      spec: {
        validationFailureAction: 'Enforce',
        rules: [
          {
            name: 'by-key',
            match: { any: [{ resources: { kinds: ['Pod'], namespaces: [namespace] } }] },
            verifyImages: [
              {
                imageReferences: [`${registry.host}/*`],
                attestors: [
                  { entries: [{ keys: { publicKeys: key.publicPem, rekor: { ignoreTlog: true } } }] },
                ],
              },
            ],
          },
        ],
      },
    })
  const from = ['--manifests', 'pods.yaml', '--policy', 'policy.yaml']
  const planned = async (): Promise<void> => {
    put(
      'pods.yaml',
      [...deployed.map((image, n) => pod(`p${n}`, 'prod', image)), pod('u', 'test', unsigned)].join(
        '\n---\n',
      ),
    )
    put('policy.yaml', policy('prod'))
    const ran = await cli('plan', '--manifests', 'pods.yaml', '--shards', '2', '--plan-file', 'p.json')
    expect(ran.exit, ran.stderr).toBe(0)
  }

  it('comes to what one run comes to: by namespace and rule', async () => {
    await planned()
    for (const shard of ['1', '2']) {
      const ran = await cli(
        'verify',
        '--plan',
        'p.json',
        '--shard',
        shard,
        ...from,
        '--result-file',
        `s${shard}.json`,
      )
      expect(ran.exit, ran.stderr).toBe(0)
    }
    const merged = await cli('merge', '--plan', 'p.json', 's1.json', 's2.json', '--result-file', 'all.json')
    expect(merged.exit, merged.stderr).toBe(0)
    expect((await cli('verify', ...from, '--result-file', 'one.json')).exit).toBe(0)
    const [one, all] = [documentIn('one.json'), documentIn('all.json')]
    const byName = ({ images }: ResultDocument): unknown =>
      images.toSorted((a, b) => (a.reference < b.reference ? -1 : 1))
    expect(byName(all)).toEqual(byName(one))
    // What lies in another namespace is covered by no rule, in either.
    expect(all.images.filter(({ allowed }) => allowed).map(({ reference }) => reference)).toEqual([unsigned])
    expect(all.policies.toSorted((a, b) => (a.image < b.image ? -1 : 1))).toEqual(
      one.policies.toSorted((a, b) => (a.image < b.image ? -1 : 1)),
    )
  })

  it('needs the manifests where policies ask for their resources', async () => {
    await planned()
    const ran = await cli('verify', '--plan', 'p.json', '--shard', '1', '--policy', 'policy.yaml')
    expect(ran.exit).toBe(2)
    expect(ran.stderr).toContain('policy: expected manifests too')
  })

  it('is a wrong input where the manifests changed since', async () => {
    await planned()
    put(
      'pods.yaml',
      [...deployed.slice(1), `${registry.host}/team/new:v1`]
        .map((image, n) => pod(`p${n}`, 'prod', image))
        .join('\n---\n'),
    )
    const ran = await cli('verify', '--plan', 'p.json', '--shard', '1', ...from, '-o', 'json')
    expect(ran.exit).toBe(2)
    const { failure, warnings } = JSON.parse(ran.stdout) as ResultDocument
    const said = [failure?.message, ...warnings].join('\n')
    expect(said).toContain(
      `plan: the plan names images that these manifests do not, make it anew: ${deployed[0]}`,
    )
    expect(said).toContain(`name images that the plan does not, make it anew: ${registry.host}/team/new:v1`)
  })
})
