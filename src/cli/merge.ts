import { parseInputs } from '../inputs/parse.js'
import { merged } from '../inputs/subsets.js'
import { line } from '../report/escape.js'
import { answerMerged } from '../run/merged.js'
import { toOutputs } from '../run/outputs.js'
import type { Problem } from '../verdict/finding.js'
import type { Arguments } from './arguments.js'
import { writeStepOutputs } from './github.js'
import { print } from './print.js'
import { type OutputFormat, report, writeSummary } from './verify.js'

/** `verify-image merge --plan FILE RESULT…`: one verdict of the results of shards; exit as of one run. */
export async function mergeResults(
  { words, flags }: Arguments,
  output: OutputFormat,
  before: readonly Problem[],
  programFolder: string | undefined,
): Promise<number> {
  const parsed = parseInputs(
    new Map([
      // What was judged, and by whom, stands in the results.
      ['image', ['none:v1']],
      ['key', ['none']],
      ...merged.map((name) => [name, flags.get(name) ?? []] as const),
    ]),
    'command',
  )
  const plan = flags.get('plan')?.at(-1)?.trim() ?? ''
  const wrong: Problem[] = [...before, ...parsed.problems]
  if (plan === '')
    wrong.push({ code: 'input-invalid', message: 'plan: expected the plan of the shards, got nothing' })
  if (output !== 'text' && output !== 'json')
    wrong.push({ code: 'input-invalid', message: `output: expected text or json to merge, got ${output}` })
  const { reports, leniency } = parsed
  const demanded = { problems: wrong, plan, files: words, reports, leniency }
  const answered = await answerMerged(demanded, programFolder)
  const unsaid = flags.has('github-output')
    ? await writeStepOutputs(toOutputs(answered, reports.resultFile))
    : undefined
  await report(answered, output === 'json' ? 'json' : 'text', {
    quiet: flags.has('quiet'),
    verbose: flags.has('verbose'),
  })
  if (reports.summary) await writeSummary(answered)
  if (!unsaid) return answered.ending.exit
  await print(process.stderr, [`Error: ${line(unsaid.message)}`])
  // A rejection stays one: what could not be written changes no proof.
  return answered.ending.exit === 1 ? 1 : 2
}
