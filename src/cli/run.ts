import { nearestName } from '../policy/nearest.js'
import { tokensUnsupported } from '../keys/pkcs11.js'
import { line } from '../report/escape.js'
import type { OnStop } from '../run/stop.js'
import { version } from '../run/version.js'
import type { Code } from '../verdict/codes.js'
import type { Problem } from '../verdict/finding.js'
import { readArguments } from './arguments.js'
import { commands, flagSpecs, strayFlag } from './commands.js'
import { print } from './print.js'
import { type OutputFormat, verify } from './verify.js'

const formats: readonly OutputFormat[] = ['text', 'json', 'cosign', 'kyverno']

/**
 * The command.
 *
 * @param argv arguments without program and script
 * @param programFolder where the bundle lies
 * @param onStop tells of a signal that ends the process soon
 * @returns the exit code; nobody but the entry ends the process
 */
export async function cli(argv: readonly string[], programFolder?: string, onStop?: OnStop): Promise<number> {
  const read = readArguments(argv, flagSpecs)
  if ('misuse' in read) {
    // cosign's flags for a key on a hardware token.
    if (read.unknown === 'sk' || read.unknown === 'slot')
      return misuse(`--${read.unknown}: ${tokensUnsupported}`, 'unsupported')
    return misuse(`${read.misuse}${read.unknown === undefined ? '' : hint(read.unknown)}`)
  }
  const { words, flags } = read
  if (flags.has('version')) {
    await print(process.stdout, [`verify-image ${version}`])
    return 0
  }
  const [command, ...rest] = words
  const isHelp = command === 'help' || flags.has('help')
  const named = command === 'help' ? rest[0] : command
  if (named !== undefined && !commands.some(({ name }) => name === named)) {
    const meant = nearestName(
      named,
      commands.map(({ name }) => name),
    )
    return misuse(`unknown command: ${named}${meant === undefined ? '' : `; did you mean ${meant}?`}`)
  }
  if (command === undefined || isHelp) {
    const { helpOf, overview } = await import('./help.js')
    const about = commands.find(({ name }) => name === named)
    const text = about ? helpOf(about, process.stdout) : overview(version)
    await print(isHelp ? process.stdout : process.stderr, [text.trimEnd()])
    return isHelp ? 0 : 2
  }
  const stray = strayFlag(command, flags.keys())
  if (stray !== undefined) return misuse(stray)
  const asked = flags.get('output')?.at(-1) ?? ''
  const output = formats.find((format) => format === asked)
  const problems: readonly Problem[] =
    asked !== '' && output === undefined
      ? [
          {
            code: 'input-invalid',
            message: `output: expected text, json, cosign or kyverno, got ${JSON.stringify(asked)}`,
          },
        ]
      : []
  if (flags.has('quiet') && flags.has('verbose')) return misuse('expected --quiet or --verbose, got both')
  const args = { words: rest, flags }
  if (command === 'completion') return complete(rest)
  if (command === 'verify') return verify(args, output, problems, programFolder, onStop)
  if (command === 'verify-bundle') {
    const { verifyBundle } = await import('./verify-bundle.js')
    return verifyBundle(args, output ?? 'text', problems)
  }
  if (command === 'plan') return (await import('./plan.js')).plan(args, problems)
  if (command === 'merge')
    return (await import('./merge.js')).mergeResults(args, output ?? 'text', problems, programFolder)
  const { inspect } = await import('./inspect.js')
  return inspect(args, output ?? 'text', problems)
}

async function complete([name]: readonly string[]): Promise<number> {
  const { completion, shellNamed } = await import('./completion.js')
  const shell = shellNamed(name)
  if (shell === undefined)
    return misuse(`completion: expected bash, zsh, fish or powershell, got ${name ?? 'nothing'}`)
  await print(process.stdout, [completion(shell).trimEnd()])
  return 0
}

function hint(flag: string): string {
  const meant = nearestName(
    flag,
    flagSpecs.map(({ name }) => name),
  )
  return meant === undefined ? '' : `; did you mean --${meant}?`
}

async function misuse(message: string, code: Code = 'input-invalid'): Promise<number> {
  await print(process.stderr, [
    `Error: ${line(message)}`,
    `  Verdict: undetermined (configuration, ${code})`,
    '  Next:    see verify-image --help',
  ])
  return 2
}
