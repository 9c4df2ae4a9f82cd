import type { OnStop } from '../run/stop.js'
import { version } from '../run/version.js'
import type { Problem } from '../verdict/finding.js'
import { readArguments } from './arguments.js'
import { commands, flagSpecs, shellNamed } from './commands.js'
import { print } from './print.js'
import { refusalOf, refuse } from './refusal.js'
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
  const typed = readArguments(argv, flagSpecs)
  const { words, flags } = typed
  const wrong = refusalOf(typed)
  if (wrong) return refuse(wrong, typed, programFolder)
  if (flags.has('version')) {
    await print(process.stdout, [`verify-image ${version}`])
    return 0
  }
  const [command, ...rest] = words
  const isHelp = command === 'help' || flags.has('help')
  if (command === undefined || isHelp) {
    const { helpOf, overview } = await import('./help.js')
    const named = command === 'help' ? rest[0] : command
    const about = commands.find(({ name }) => name === named)
    const text = about ? helpOf(about, process.stdout) : overview(version)
    await print(isHelp ? process.stdout : process.stderr, [text.trimEnd()])
    return isHelp ? 0 : 2
  }
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
  const args = { words: rest, flags }
  const shell = command === 'completion' ? shellNamed(rest[0]) : undefined
  if (shell) {
    const { completion } = await import('./completion.js')
    await print(process.stdout, [completion(shell).trimEnd()])
    return 0
  }
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
