import { spawnSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { completion } from '../../src/cli/completion.js'
import { commands, inputFlags } from '../../src/cli/commands.js'
import { parseInputs } from '../../src/inputs/parse.js'

const has = (shell: string): boolean => spawnSync(shell, ['-c', 'exit 0']).status === 0

/** What bash would offer after these words, the last of which is still being typed. */
function offered(...words: readonly string[]): readonly string[] {
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'completion-')), 'script')
  writeFileSync(file, completion('bash'))
  const script = `source '${file}'; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _verify_image; printf '%s\\n' "\${COMPREPLY[@]}"`
  const ran = spawnSync('bash', ['-c', script, 'bash', 'verify-image', ...words], { encoding: 'utf8' })
  expect(ran.stderr).toBe('')
  return ran.stdout.split('\n').filter(Boolean)
}

describe.skipIf(!has('bash'))('bash (skipped where there is none)', () => {
  it('offers the commands first', () => {
    expect(offered('')).toEqual([...commands.map(({ name }) => name), '--help', '--version'])
    expect(offered('ver')).toEqual(['verify', 'verify-bundle'])
  })

  it('offers every flag of the command, and none of another', () => {
    const flags = offered('verify', '-')
    for (const { name } of inputFlags) expect(flags).toContain(`--${name}`)
    expect(flags).not.toContain('--shard-size')
    expect(offered('plan', '--sh')).toEqual(['--shards', '--shard-size'])
    expect(offered('verify', 'app:v1', '--certificate-oidc')).toEqual([
      '--certificate-oidc-issuer',
      '--certificate-oidc-issuer-regexp',
    ])
  })

  it('offers values where there are few, and else nothing, so that files are', () => {
    expect(offered('verify', '--output', '')).toEqual(['text', 'json', 'cosign', 'kyverno'])
    expect(offered('verify', '-o', 'j')).toEqual(['json'])
    expect(offered('verify', '--mode', 'a')).toEqual(['audit'])
    expect(offered('completion', '')).toEqual(['bash', 'zsh', 'fish', 'powershell'])
    expect(offered('verify', '--key', '')).toEqual([])
    expect(offered('verify', 'loc')).toEqual([])
  })
})

describe('the values that are offered', () => {
  const values = [...completion('bash').matchAll(/^ {4}--([\w-]+)(?: \| -o)?\) values='(.*)' ;;$/gm)]

  it('are those that the inputs take', () => {
    expect(values.length).toBeGreaterThan(5)
    for (const [, name = '', some = ''] of values.filter(([, flag]) => flag !== 'output'))
      for (const value of some.split(' ')) {
        const given = new Map([
          ['image', ['app:v1']],
          ['key', ['a.pub']],
          [name, [value]],
          ...(name === 'no-match-policy' || name.startsWith('policy-')
            ? [['policy', ['p.yaml']] as const]
            : []),
          ...(name.startsWith('policy-') ? [['policy-key', ['p.pub']] as const] : []),
        ] as const) as Parameters<typeof parseInputs>[0]
        expect(parseInputs(given, 'command').problems, `${name}=${value}`).toEqual([])
      }
  })
})

describe.each([
  ['zsh', ['-n']],
  ['fish', ['--no-execute']],
] as const)('%s', (shell, check) => {
  it('has every command and every flag', () => {
    const text = completion(shell)
    for (const { name } of commands) expect(text).toContain(name)
    for (const { name } of inputFlags) expect(text).toContain(name)
  })

  it.skipIf(!has(shell))('reads it (skipped where there is none)', () => {
    const file = path.join(mkdtempSync(path.join(tmpdir(), 'completion-')), `script.${shell}`)
    writeFileSync(file, completion(shell))
    expect(spawnSync(shell, [...check, file], { encoding: 'utf8' })).toMatchObject({ status: 0, stderr: '' })
  })
})

describe.skipIf(!has('fish'))('fish (skipped where there is none)', () => {
  const offer = (line: string): readonly string[] => {
    const file = path.join(mkdtempSync(path.join(tmpdir(), 'completion-')), 'script.fish')
    writeFileSync(file, completion('fish'))
    const ran = spawnSync('fish', ['--no-config', '-c', `source '${file}'; complete -C '${line}'`], {
      encoding: 'utf8',
    })
    return ran.stdout.split('\n').map((one) => one.split('\t')[0] ?? '')
  }

  it('offers commands, flags and values', () => {
    expect(offer('verify-image ')).toEqual(expect.arrayContaining(commands.map(({ name }) => name)))
    expect(offer('verify-image plan --shard')).toEqual(expect.arrayContaining(['--shards', '--shard-size']))
    expect(offer('verify-image verify --output j')).toContain('json')
  })
})

// No PowerShell is at hand where these tests run: the script is held as text.
describe('powershell', () => {
  const text = completion('powershell')

  it('registers itself for the command, with every command and the flags of each', () => {
    expect(text).toMatch(/^Register-ArgumentCompleter -Native -CommandName 'verify-image' -ScriptBlock \{$/m)
    const tables = new Map(
      [...text.matchAll(/^ {4}'([\w-]+)' = \[ordered\]@\{\n([\s\S]*?)^ {4}\}$/gm)].map(
        ([, name, rows = '']) => [
          name,
          [...rows.matchAll(/^ {6}'(-{1,2}[\w-]+)' = '/gm)].map(([, flag]) => flag),
        ],
      ),
    )
    expect([...tables.keys()]).toEqual(commands.map(({ name }) => name))
    for (const { name } of inputFlags) expect(tables.get('verify')).toContain(`--${name}`)
    expect(tables.get('verify')).toContain('-o')
    expect(tables.get('verify')).not.toContain('--shard-size')
    expect(tables.get('plan')).toContain('--shard-size')
    // Its tables don't tell capitals from small letters, and a name that stands twice is an error.
    for (const [name, flags = []] of tables)
      expect(new Set(flags.map((flag) => flag?.toLowerCase())).size, name).toBe(flags.length)
  })

  it('offers values where there are few', () => {
    expect(text).toContain("    '--output' = @('text', 'json', 'cosign', 'kyverno')\n")
    expect(text).toContain("    '-o' = @('text', 'json', 'cosign', 'kyverno')\n")
    expect(text).toContain("@('bash', 'zsh', 'fish', 'powershell')")
  })

  it('closes what it opens: every quote, brace and bracket', () => {
    const bare = text.replaceAll(/'(?:[^']|'')*'/g, "''").replaceAll(/^#.*$/gm, '')
    const open: string[] = []
    const pairs: Readonly<Record<string, string>> = { '}': '{', ')': '(', ']': '[' }
    for (const one of bare.match(/[{}()[\]]/g) ?? [])
      if (pairs[one] === undefined) open.push(one)
      else expect(open.pop()).toBe(pairs[one])
    expect(open).toEqual([])
    expect(bare.replaceAll("''", '')).not.toMatch(/['"\u2018\u2019]/)
  })
})
