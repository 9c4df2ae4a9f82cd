import { describe, expect, it } from 'vitest'
import { commands, inputFlags, ownFlags } from '../../src/cli/commands.js'
import { helpOf, overview } from '../../src/cli/help.js'
import { inputTable } from '../../src/inputs/table.js'
import { runCli } from '../harness/run.js'

const named = (name: string): (typeof commands)[number] => {
  const found = commands.find((command) => command.name === name)
  if (!found) throw new Error(`no command ${name}`)
  return found
}
/** The flags that stand at the beginning of an entry. */
const flagsIn = (text: string): readonly string[] =>
  [...text.matchAll(/^ {2}(-.*)$/gm)].flatMap(([, names = '']) => names.match(/--[\w-]+/g) ?? [])

describe('the help of verify', () => {
  const text = helpOf(named('verify'), {})

  it('has each input once, in the order of the table', () => {
    const names = inputFlags.flatMap((entry) => [
      `--${entry.name}`,
      ...('also' in entry ? [`--${entry.also}`] : []),
    ])
    expect(flagsIn(text)).toEqual([...names, '--output', '--quiet', '--verbose', '--help'])
    expect(names.length).toBeGreaterThanOrEqual(inputTable.length - 1)
  })

  it('says what each is, whole', () => {
    const flat = text.replace(/\s+/g, ' ')
    for (const { description } of inputFlags) expect(flat).toContain(description.replace(/\s+/g, ' '))
  })

  it('has no part without a flag, and none twice', () => {
    const titles = [...text.matchAll(/^(\S.*):$/gm)].map(([, title]) => title)
    expect(new Set(titles).size).toBe(titles.length)
    expect(titles).toContain('Signed build policies')
    expect(text).not.toMatch(/:\n\n/)
  })
})

describe('the help of each command', () => {
  it.each(commands)('$name: usage, an example, and only what it knows', (command) => {
    const text = helpOf(command, {})
    for (const usage of command.usage) expect(text).toContain(`verify-image ${usage}`)
    expect(command.examples.length).toBeGreaterThan(0)
    const own: readonly string[] = [...(command.inputs ?? []), ...command.own, 'help']
    if (command.inputs)
      expect(
        flagsIn(text)
          .map((flag) => flag.slice(2))
          .sort(),
      ).toEqual([...own].sort())
  })

  it.each([40, 60, 100, 250])('is no wider than %i columns, words apart', (columns) => {
    const lines = helpOf(named('verify'), { isTTY: true, columns }).split('\n')
    const widest = Math.min(columns, 100)
    for (const line of lines.filter((one) => one.startsWith('      ')))
      expect(line.length <= widest || !line.trim().includes(' '), line).toBe(true)
  })

  it('is what each flag that is no input says of itself', () => {
    for (const { name, description } of ownFlags) expect(description, name).not.toBe('')
  })
})

describe('the overview', () => {
  it('names every command and how it exits', () => {
    const text = overview('1.2.3')
    expect(text).toContain('verify-image 1.2.3')
    for (const { name, summary } of commands)
      expect(text).toMatch(new RegExp(`^ {2}${name} +${summary}$`, 'm'))
    expect(text).toContain('Exit: 0 verified, 1 rejected')
  })
})

describe('asked on the command line', () => {
  it.each([
    [['--help'], 'Commands:'],
    [['help'], 'Commands:'],
    [['-h'], 'Commands:'],
    [['help', 'merge'], 'verify-image merge --plan FILE'],
    [['merge', '--help'], 'verify-image merge --plan FILE'],
    [['inspect', '-h'], 'verify-image inspect REFERENCE'],
  ])('%j prints it and exits with 0', async (args, wanted) => {
    const ran = await runCli(args)
    expect(ran).toMatchObject({ exit: 0, stderr: '' })
    expect(ran.stdout).toContain(wanted)
  })

  it('with nothing prints it on stderr and exits with 2', async () => {
    const ran = await runCli([])
    expect(ran).toMatchObject({ exit: 2, stdout: '' })
    expect(ran.stderr).toContain('Commands:')
  })

  it.each([
    [['verfy', 'x'], 'unknown command: verfy; did you mean verify?'],
    [['help', 'inspct'], 'unknown command: inspct; did you mean inspect?'],
    [['verify', 'x:v1', '--certificate-identiy', 'y'], 'did you mean --certificate-identity?'],
    [['verify', 'x:v1', '--quiet', '--verbose'], 'expected --quiet or --verbose, got both'],
    [['completion', 'tcsh'], 'completion: expected bash, zsh, fish or powershell, got tcsh'],
    [['completion'], 'completion: expected bash, zsh, fish or powershell, got nothing'],
  ])('%j is undetermined, and says what was meant', async (args, said) => {
    const ran = await runCli(args)
    expect(ran).toMatchObject({ exit: 2, stdout: '' })
    expect(ran.stderr).toContain(said)
    expect(ran.stderr).toContain('undetermined (configuration, input-invalid)')
  })
})
