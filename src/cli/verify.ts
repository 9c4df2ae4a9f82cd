import type { Given, Parsed } from '../inputs/parse.js'
import { type InputName, inputTable } from '../inputs/table.js'
import { parseReference } from '../reference/parse.js'
import { line } from '../report/escape.js'
import { toSummary } from '../report/summary.js'
import type { CosignQuestion } from '../report/cosign.js'
import { askedText } from '../report/progress.js'
import { toText } from '../report/text.js'
import { inBlocks, jsonPieces } from '../report/json-text.js'
import { type Answer, answer } from '../run/answer.js'
import { type ReadInputs, readInputs } from '../run/read-inputs.js'
import { type OnStop, stopOn } from '../run/stop.js'
import { spared } from '../report/words.js'
import type { Problem } from '../verdict/finding.js'
import type { Arguments } from './arguments.js'
import { print, printPieces, printReport } from './print.js'
import { liveLine } from './progress.js'
import type { Asked } from '../verdict/result.js'

/** How much is said beside what was asked for. */
export interface Loudness {
  /** Only of what is not verified. */
  readonly quiet: boolean
  /** Of every request too. */
  readonly verbose: boolean
}

export type OutputFormat = 'text' | 'json' | 'cosign' | 'kyverno'

/** `verify-image verify REFERENCE…`; returns the exit code. Without a format it is the one that `usualOutput` says. */
export async function verify(
  { words, flags }: Arguments,
  asked: OutputFormat | undefined,
  problems: readonly Problem[],
  programFolder: string | undefined,
  onStop?: OnStop,
): Promise<number> {
  const whole = await readInputs(withImages(inputsOf(flags), words), 'command')
  const output = asked ?? usualOutput(whole, process.stdout.isTTY)
  // cosign lists every signature that verifies; whoever did not ask for its list does not wait for all of it.
  const read =
    asked === 'cosign' && whole.request ? { ...whole, request: { ...whole.request, thorough: true } } : whole
  const parsed: ReadInputs =
    problems.length === 0 ? read : { ...read, request: undefined, problems: [...problems, ...read.problems] }
  const [quiet, verbose] = [flags.has('quiet'), flags.has('verbose')]
  const live = liveLine(quiet ? { write: () => true } : process.stderr, () => performance.now())
  const answered = await answer(
    parsed,
    // Hashing the program is for those who say which it was.
    output === 'json' || parsed.reports.resultFile !== '' || parsed.reports.htmlReport !== ''
      ? programFolder
      : undefined,
    {
      planned: live.planned,
      decided: live.decided,
      ...(verbose && { asked: (one: Asked) => live.say(askedText(one)) }),
      ...(onStop && { stop: stopOn(onStop) }),
      isWhole: output === 'cosign',
    },
  )
  live.end()
  await report(answered, output, { quiet, verbose }, cosignQuestion(parsed))
  if (parsed.reports.summary) {
    await writeSummary(answered)
  }
  return answered.ending.exit
}

/**
 * Text; but what is read by a program and is all about images in registries is printed as cosign prints it, so that a
 * line that ends with `| jq` goes on working with another name in front.
 */
function usualOutput({ request }: Parsed, isTerminal: boolean | undefined): OutputFormat {
  if (request?.policies ?? request?.manifests) return 'text'
  const inRegistries = request?.images.every((image) => parseReference(image).kind === 'registry')
  return isTerminal !== true && inRegistries === true ? 'cosign' : 'text'
}

function cosignQuestion({ request }: Parsed): CosignQuestion {
  return {
    annotations: request?.demand?.annotations !== undefined,
    ignoresLog: request?.log === 'ignore',
    attestations:
      request?.demand?.attestationTypes !== undefined || request?.demand?.provenance !== undefined,
    keyless: request?.signers?.keys.length === 0,
  }
}

/** A report about the verdict never changes it. */
export async function writeSummary({ result, ending, pinnedManifests }: Answer): Promise<void> {
  const { summary } = await import('@actions/core')
  try {
    await summary.addRaw(toSummary(result, ending, pinnedManifests)).write()
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    await print(process.stderr, [`Warning: the job summary could not be written: ${line(why)}`])
  }
}

/** The inputs among the flags. */
export function inputsOf(flags: Arguments['flags']): Given {
  return new Map<InputName, readonly string[]>(
    inputTable.flatMap(({ name }) => {
      const values = flags.get(name)
      return values ? [[name, values] as const] : []
    }),
  )
}

/** Words are images as they are: a line feed in one is refused, not split at. */
function withImages(given: Given, words: readonly string[]): Given {
  return words.length === 0 ? given : new Map([...given, ['image', words]])
}

/** What the command prints of an answer. */
export async function report(
  { result, document, ending, pinnedManifests }: Answer,
  output: OutputFormat,
  { quiet, verbose }: Loudness,
  question: CosignQuestion = { annotations: false, ignoresLog: false, attestations: false, keyless: false },
): Promise<void> {
  const text =
    output === 'cosign'
      ? (await import('../report/cosign.js')).toCosign(result, question)
      : output === 'kyverno'
        ? (await import('../report/kyverno.js')).toKyverno(result)
        : toText(result, pinnedManifests)
  if (output === 'json') {
    await printPieces(process.stdout, inBlocks(jsonPieces(document)))
    // s3lo says an error on stderr in every format, and a rejection only in the document.
    if (result.verdict === 'undetermined') await print(process.stderr, text.stderr)
    else
      await print(
        process.stderr,
        result.warnings.map((warning) => `Warning: ${line(warning)}`),
      )
  } else {
    const show = output === 'text' ? printReport : print
    // Whoever asked for a format reads it; of the text, silence says that all is well.
    if (!quiet || output !== 'text') await show(process.stdout, text.stdout)
    await show(process.stderr, text.stderr)
  }
  if (ending.letPass)
    await print(process.stderr, [
      `Warning: not verified; the exit code is 0 because the flags ask for that; ${spared(result)}`,
    ])
  if (!verbose) return
  await print(process.stderr, [
    ...result.calls.map(({ host, count }) => `called ${line(host)} ${count} times`),
    ...[result, ...result.images].flatMap(({ attempts = [] }) =>
      attempts.map(({ call, attempt, ended }) => `attempt ${attempt} of ${line(call)} after ${line(ended)}`),
    ),
  ])
}
