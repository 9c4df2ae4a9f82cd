import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { readArguments } from '../../src/cli/arguments.js'
import { commands, flagSpecs, inputFlags, ownFlags, strayFlag } from '../../src/cli/commands.js'
import { outputTable } from '../../src/inputs/output-table.js'
import { inputTable } from '../../src/inputs/table.js'
import { codes } from '../../src/verdict/codes.js'
import { certificateClaims } from '../../src/verdict/request.js'
import { commandsOf, pages } from '../harness/documented-commands.js'

const root = path.resolve(import.meta.dirname, '../..')
const read = (page: string): string => readFileSync(path.join(root, page), 'utf8')
const names = (table: readonly { readonly name: string }[]): readonly string[] =>
  table.map(({ name }) => name)

const inputs = names(inputTable)
const outputs = names(outputTable)
/** Of a step that calls `plan` or `merge` with `--github-output`, beside those of the action. */
const outputsOfCommand = ['matrix', 'shards']
const known = new Set<string>([
  ...inputs,
  ...outputs,
  ...names(ownFlags),
  ...names(flagSpecs),
  ...flagSpecs.flatMap(({ also }) => also ?? []),
  ...names(commands),
  ...certificateClaims.map((claim) => `certificate-${claim}`),
  ...Object.keys(codes),
  'verify-image',
  'supply-chain',
  // Checks in the findings.
  'image-found',
  'signed-by-any',
])

/** Words of others that a page speaks of beside its tables: GitHub's, a registry's, cosign's, those of scripts here. */
const others = new Set([
  'bundle-from-oci',
  'check',
  'certificate-chain',
  'continue-on-error',
  'docker-reference',
  'ecr-login',
  'expose-token',
  'github-hosted',
  'github-output',
  'mermaid',
  'no-embedded-trust',
  'node',
  'oci-layout',
  'self-hosted',
  'sk',
  'timeout-minutes',
  'tlog-upload',
  'type',
  'upload-sarif',
  'verify-attestation',
])

const isOfOthers = (page: string): boolean => page.startsWith('docs/coming-from-')

/** What a page says in our words: no blocks, nothing of what others say; of tables about other tools the last cell. */
function ownWords(page: string): string {
  const prose = (read(page).split('## What others say')[0] ?? '').replaceAll(
    /^( *)```\w*\n[\s\S]*?^\1```$/gm,
    '',
  )
  if (!isOfOthers(page)) return prose
  return prose.replaceAll(/^\|.*\|$/gm, (row) => row.split(/(?<!\\)\|/).at(-2) ?? '')
}

const spansOf = (text: string): readonly string[] =>
  [...text.matchAll(/(?<!`)`([^`\n]+)`/g)].map(([, span = '']) => span)

describe.each(pages.filter((page) => page !== 'docs/faults.md'))('%s', (page) => {
  const spans = spansOf(ownWords(page))

  it('says no name with a hyphen that is none of ours', () => {
    const said = spans.flatMap((span) => /^(?:--)?([a-z]+(?:-[a-z]+)+)(?:[ =:].*)?$/.exec(span)?.[1] ?? [])
    expect(said.filter((name) => !known.has(name) && !others.has(name))).toEqual([])
  })

  it('gives no flag that does not exist', () => {
    const flags = spans
      .filter((span) => span.startsWith('--') || /\bverify-image\b/.test(span))
      .flatMap((span) =>
        [...span.matchAll(/(?<=^| )--([a-z][a-z-]*)(?![a-z-]*…)/g)].map(([, name = '']) => name),
      )
    expect(flags.filter((name) => !known.has(name) && !others.has(name))).toEqual([])
  })

  it('types commands and flags that exist', () => {
    for (const { line } of commandsOf(page))
      for (const [, typed = ''] of line.matchAll(/(?:\bverify-image|\bcli\.js) ([^|&>]+)/g))
        expectExists(typed)
  })
})

/** Words as a shell splits them, as far as the pages need it. */
function wordsOf(line: string): readonly string[] {
  const bare = line.replace(/ +# .*$/, '').replaceAll(/\$\([^)]*\)/g, 'x')
  return [...bare.matchAll(/((?:[^\s'"]|'[^']*'|"[^"]*")+)/g)].map(([word]) => word.replaceAll(/['"]/g, ''))
}

function expectExists(typed: string): void {
  const words = readArguments(wordsOf(typed), flagSpecs)
  if (words.misuse) throw new Error(`${typed}: ${words.misuse.message}`)
  const [name = ''] = words.words
  if (name === '' && (words.flags.has('version') || words.flags.has('help'))) return
  const command = commands.find((one) => one.name === name)
  if (!command) throw new Error(`${typed}: no such command`)
  const flags = new Set<string>([...(command.inputs ?? names(inputFlags)), ...command.own, 'help'])
  expect([...words.flags.keys()].filter((flag) => !flags.has(flag))).toEqual([])
  expect(strayFlag(name, words.flags.keys())).toBeUndefined()
}

describe('what does not exist is found', () => {
  it.each(['verify a:v1 --kee k.pub', 'verfy a:v1', 'inspect a:v1 --deep', 'verify a:v1 --shards 3'])(
    '%s',
    (typed) => {
      expect(() => {
        expectExists(typed)
      }).toThrow()
    },
  )
})

interface Step {
  readonly id?: string
  readonly uses?: string
  readonly with?: Readonly<Record<string, unknown>>
}

/** Every step in a piece of a workflow, however deep. */
function stepsIn(value: unknown): readonly Step[] {
  if (Array.isArray(value)) return value.flatMap(stepsIn)
  if (typeof value !== 'object' || value === null) return []
  return 'uses' in value ? [value as Step] : Object.values(value).flatMap(stepsIn)
}

const workflows = globSync('{examples/workflows,.github/workflows}/*.yml', { cwd: root })
const pieces: readonly (readonly [where: string, text: string])[] = [
  ...workflows.map((file) => [file, read(file)] as const),
  ...pages.flatMap((page) =>
    [...read(page).matchAll(/^( *)```ya?ml\n([\s\S]*?)^\1```$/gm)].map(
      ([, , text = '']) => [page, text] as const,
    ),
  ),
].filter(([, text]) => /uses: \S*(?:OWNER\/verify-image|\.\/)/.test(text))

describe('pieces of workflows', () => {
  it('are there', () => {
    expect(pieces.length).toBeGreaterThan(20)
  })

  it.each(pieces)('%s: gives inputs that exist, and reads outputs that exist', (_where, text) => {
    const all = stepsIn(parse(text, { logLevel: 'silent' }))
    const own = all.filter(({ uses = '' }) => /^(?:OWNER\/verify-image@|\.\/$|\.\/?$)/.test(uses))
    for (const step of own)
      expect(Object.keys(step.with ?? {}).filter((name) => !inputs.includes(name))).toEqual([])
    const ids = new Set(own.flatMap(({ id }) => id ?? []))
    const reads = [...text.matchAll(/\bsteps\.([\w-]+)\.outputs\.([\w-]+)/g)]
      .filter(([, id = '']) => ids.has(id))
      .map(([, , name = '']) => name)
    expect(reads.filter((name) => !outputs.includes(name) && !outputsOfCommand.includes(name))).toEqual([])
  })
})

interface Schema {
  readonly $ref?: string
  readonly properties?: Readonly<Record<string, Schema>>
  readonly items?: Schema
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
}
const schema = JSON.parse(read('schema/verify-result.schema.json')) as Schema & {
  readonly $defs?: Record<string, Schema>
}

/** Whether the document has a member at a path such as `images[].origins[]`. */
function hasMember(at: Schema, parts: readonly string[]): boolean {
  if (at.$ref !== undefined) {
    const target = schema.$defs?.[at.$ref.replace('#/$defs/', '')]
    return target !== undefined && hasMember(target, parts)
  }
  const choices = [...(at.anyOf ?? []), ...(at.oneOf ?? [])]
  if (choices.some((one) => hasMember(one, parts))) return true
  const [part, ...rest] = parts
  if (part === undefined) return true
  const [, name = '', list] = /^(\w+)(\[\d*\])?$/.exec(part) ?? []
  const member = at.properties?.[name]
  if (member === undefined) return false
  if (list === undefined) return hasMember(member, rest)
  return member.items !== undefined && hasMember(member.items, rest)
}

/** What is said of the document: a path that begins with one of its members, or a filter of jq over it. */
const members = pages
  .filter((page) => page !== 'docs/faults.md' && !isOfOthers(page))
  .flatMap((page) =>
    [
      ...spansOf(ownWords(page)).filter((span) =>
        /^(?:images|policies|policyFiles|signatures|failure)(?:\[\d*\]|(?=\.[a-z]+[A-Z]|\.code|\.class|\.hint|\.message))(?:\.\w+(?:\[\d*\])?)+$|^\w+\[\]$/.test(
          span,
        ),
      ),
      ...[...read(page).matchAll(/jq (?:-r )?'?(\.[\w.[\]]+)'? verify-result\.json/g)].map(([, path = '']) =>
        path.slice(1),
      ),
    ].map((member) => [page, member] as const),
  )

describe('members of the document', () => {
  it('are spoken of', () => {
    expect(members.length).toBeGreaterThan(5)
  })

  it.each(members)('%s: %s is in the schema', (_page, member) => {
    expect(hasMember(schema, member.split('.'))).toBe(true)
  })

  it('are found missing where they are', () => {
    for (const member of ['images[].pined', 'image[]', 'failure.reason', 'images.digest[]'])
      expect(hasMember(schema, member.split('.')), member).toBe(false)
  })
})

describe('what the code has', () => {
  const everything = pages.map(read).join('\n')

  it.each([...inputs, ...names(ownFlags)])('%s is documented', (name) => {
    expect(everything).toMatch(new RegExp(`\`(?:--)?${name}\`|--${name}\\b`))
  })

  it.each(outputs)('the output %s is documented', (name) => {
    expect(read('docs/inputs.md')).toContain(`\`${name}\``)
  })

  it.each(names(commands))('the command %s is documented', (name) => {
    expect(everything).toMatch(new RegExp(`\\b(?:verify-image|cli\\.js) ${name}\\b|\`${name}\``))
  })
})
