import { tokensUnsupported } from '../keys/pkcs11.js'
import { parseInputs } from '../inputs/parse.js'
import { nearestName } from '../reference/nearest.js'
import { inBlocks, jsonPieces } from '../report/json-text.js'
import { line } from '../report/escape.js'
import { answer } from '../run/answer.js'
import type { Problem } from '../verdict/finding.js'
import type { Arguments, Misuse } from './arguments.js'
import { commands, flagSpecs, shellNamed, strayFlag } from './commands.js'
import { print, printPieces } from './print.js'
import { inputsOf, writeSummary } from './verify.js'

/** Why a command line is refused as a whole, before anything of it is done; undefined: it can be followed. */
export function refusalOf({ words, flags, misuse }: Arguments): Problem | undefined {
  if (misuse) return unreadable(misuse)
  if (flags.has('version')) return undefined
  const [command, about] = words
  const isHelp = command === 'help'
  const named = isHelp ? about : command
  if (named !== undefined && !commands.some(({ name }) => name === named))
    return refused(`unknown command: ${named}${meant(named, '', commands)}`)
  if (isHelp || flags.has('help')) return undefined
  if (named === undefined)
    return flags.size > 0
      ? refused(`expected a command: ${commands.map(({ name }) => name).join(', ')}; got none`)
      : undefined
  const stray = strayFlag(named, flags.keys())
  if (stray !== undefined) return refused(stray)
  if (flags.has('quiet') && flags.has('verbose')) return refused('expected --quiet or --verbose, got both')
  if (named === 'completion' && shellNamed(about) === undefined)
    return refused(`completion: expected bash, zsh, fish or powershell, got ${about ?? 'nothing'}`)
  return undefined
}

/**
 * Says it, and with exit 2 ends as undetermined. So do the reports that the line names, as far as it can be read: what
 * an earlier run left there would be taken for this one's.
 */
export async function refuse(
  problem: Problem,
  { words, flags }: Arguments,
  programFolder: string | undefined,
): Promise<number> {
  const [command = '', ...images] = words
  if (strayFlag(command, ['result-file']) === undefined) {
    const parsed = parseInputs(new Map([...inputsOf(flags), ['image', images]]), 'command')
    const answered = await answer({ ...parsed, request: undefined, problems: [problem] }, programFolder)
    if (parsed.reports.summary) await writeSummary(answered)
    if (flags.get('output')?.at(-1) === 'json')
      await printPieces(process.stdout, inBlocks(jsonPieces(answered.document)))
  }
  await print(process.stderr, [
    `Error: ${line(problem.message)}`,
    `  Verdict: undetermined (configuration, ${problem.code})`,
    '  Next:    see verify-image --help',
  ])
  return 2
}

function unreadable({ message, unknown }: Misuse): Problem {
  // cosign's flags for a key on a hardware token.
  if (unknown === 'sk' || unknown === 'slot')
    return { code: 'unsupported', message: `--${unknown}: ${tokensUnsupported}` }
  return refused(unknown === undefined ? message : `${message}${meant(unknown, '--', flagSpecs)}`)
}

function refused(message: string): Problem {
  return { code: 'input-invalid', message }
}

function meant(typed: string, dashes: string, known: readonly { readonly name: string }[]): string {
  const nearest = nearestName(
    typed,
    known.map(({ name }) => name),
  )
  return nearest === undefined ? '' : `; did you mean ${dashes}${nearest}?`
}
