import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, it } from 'vitest'
import { readArguments } from '../../src/cli/arguments.js'
import type { ResultDocument } from '../../src/report/document.js'
import { runCli, temporaryFolder } from '../harness/run.js'

const schema = readFileSync(
  path.resolve(import.meta.dirname, '../../schema/verify-result.schema.json'),
  'utf8',
)
const isDocument = new Ajv2020({ strict: false, validateFormats: false }).compile(
  JSON.parse(schema) as object,
)
const genuine = ['local://examples/hello:v1', '--key', 'examples/keys/release.pub']

/** A run that left its reports, verified, and what a second one makes of them. */
async function afterwards(
  line: readonly string[],
): Promise<{ readonly ran: Awaited<ReturnType<typeof runCli>>; readonly files: readonly string[] }> {
  const folder = temporaryFolder()
  const files = ['result.json', 'page.html', 'found.sarif', 'policy.yaml'].map((name) =>
    path.join(folder, name),
  )
  const reports = ['--result-file', '--html-report', '--sarif-report', '--policy-report'].flatMap(
    (flag, index) => [flag, files[index] ?? ''],
  )
  expect((await runCli(['verify', ...genuine, ...reports])).exit).toBe(0)
  for (const file of files) expect(existsSync(file), file).toBe(true)
  return { ran: await runCli([...line, ...reports]), files }
}

const documentIn = (text: string): ResultDocument => JSON.parse(text) as ResultDocument

describe('a command line that is refused', () => {
  it.each([
    ['with a flag that nobody knows', ['verify', ...genuine, '--certificate-identiy', 'x'], 'identiy'],
    ['with it in front', ['--kee', 'verify', ...genuine], 'unknown flag: --kee; did you mean --key?'],
    [
      'with a flag of another command',
      ['verify', ...genuine, '--bundle', 'b.json'],
      '--bundle is no flag of',
    ],
    ['with two flags that exclude each other', ['verify', ...genuine, '-q', '--verbose'], 'got both'],
    ['of a command that nobody knows', ['verfy', ...genuine], 'unknown command: verfy'],
    ['of no command', ['--key', 'examples/keys/release.pub'], 'expected a command: verify, '],
    ['of a merge', ['merge', '--plan', 'p.json', '--kee', 'x', 'r.json'], 'unknown flag: --kee'],
  ])('%s: no report of an earlier run is left for its own', async (_, line, said) => {
    const { ran, files } = await afterwards(line)
    expect([ran.exit, ran.stdout]).toEqual([2, ''])
    expect(ran.stderr).toContain('Verdict: undetermined (configuration, input-invalid)')
    const [result = '', page = '', ...others] = files.map((file) => readFileSync(file, 'utf8'))
    const document = documentIn(result)
    expect(isDocument(document), JSON.stringify(isDocument.errors)).toBe(true)
    expect(document).toMatchObject({ verified: false, verdict: 'undetermined', images: [], calls: [] })
    expect(document.failure).toMatchObject({ class: 'configuration', code: 'input-invalid' })
    expect(document.failure?.message).toContain(said)
    expect(page).toContain('Undetermined')
    expect(page).not.toContain('>Verified<')
    for (const other of others) expect(other).not.toMatch(/"?result"?: "?pass/)
  })

  it('is a document too, where one was asked for', async () => {
    const ran = await runCli(['verify', ...genuine, '--output', 'json', '--kee', 'x'])
    expect(ran.exit).toBe(2)
    expect(documentIn(ran.stdout)).toMatchObject({
      verdict: 'undetermined',
      failure: { code: 'input-invalid' },
    })
    expect(ran.stderr).toContain('did you mean --key?')
  })

  it('ends with 2 in an audit as well: a slip of the pen switches no gate off', async () => {
    const ran = await runCli(['verify', ...genuine, '--mode', 'audit', '--kee', 'x'])
    expect(ran.exit).toBe(2)
  })

  it('leaves files alone that the command would not have written', async () => {
    const folder = temporaryFolder()
    const [file, other] = [path.join(folder, 'verify-result.json'), path.join(folder, 'folder')]
    writeFileSync(file, 'of another run')
    for (const command of ['inspect', 'verify-bundle', 'plan', 'completion'])
      expect((await runCli([command, '--result-file', file])).exit).toBe(2)
    expect(readFileSync(file, 'utf8')).toBe('of another run')
    expect((await runCli(['verify', ...genuine, '--kee', '--result-file', other])).exit).toBe(2)
    expect(documentIn(readFileSync(other, 'utf8')).verdict).toBe('undetermined')
    expect(readFileSync(file, 'utf8')).toBe('of another run')
  })

  it('has nothing to write where no report was asked for', async () => {
    const folder = temporaryFolder()
    const ran = await runCli(['verify', ...genuine.slice(1), '--kee'], { cwd: folder })
    expect(ran.exit).toBe(2)
    expect(existsSync(path.join(folder, 'verify-result.json'))).toBe(false)
  })
})

describe('arguments', () => {
  const specs = [
    { name: 'key', short: 'k' },
    { name: 'quiet', switch: true as const },
  ]
  const read = (...argv: string[]): unknown => {
    const { words, flags, misuse } = readArguments(argv, specs)
    return { words, flags: Object.fromEntries(flags), misuse }
  }

  it('are read on behind a flag that nobody knows, of which the first is told', () => {
    expect(read('a', '--kee', 'b', '--yek=1', '-k', 'c', '-x', '--quiet')).toEqual({
      words: ['a', 'b'],
      flags: { key: ['c'], quiet: ['true'] },
      misuse: { message: 'unknown flag: --kee', unknown: 'kee' },
    })
    expect(read('-x')).toMatchObject({ misuse: { message: 'unknown flag: -x', unknown: 'x' } })
  })

  it('tell a flag without its value', () => {
    expect(read('a', '--key')).toEqual({
      words: ['a'],
      flags: {},
      misuse: { message: 'flag needs an argument: --key' },
    })
  })

  it('have words behind -- that look like flags', () => {
    expect(read('--', '--kee', '-k')).toEqual({ words: ['--kee', '-k'], flags: {}, misuse: undefined })
  })
})
