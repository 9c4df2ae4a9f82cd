import { parseInputs } from '../inputs/parse.js'
import { line } from '../report/escape.js'
import { toSummary } from '../report/summary.js'
import { toText } from '../report/text.js'
import { answer } from '../run/answer.js'
import { toAnnotations } from './annotations.js'
import { readInputs, unknownInputs } from './inputs.js'
import { toOutputs } from './outputs.js'

/**
 * The action: inputs of the step in; outputs, annotations, job summary and result file out.
 *
 * @param programFolder where the bundle lies
 * @returns the exit code; nobody but the entry ends the process
 */
export async function action(programFolder?: string): Promise<number> {
  const core = await import('@actions/core')
  const read = parseInputs(
    readInputs((name) => core.getInput(name)),
    'action',
  )
  const strangers = unknownInputs(process.env)
  const parsed =
    strangers.length === 0
      ? read
      : { ...read, request: undefined, problems: [...strangers, ...read.problems] }

  // How many images manifests hold is known when they are read, not here.
  const { images = [], manifests = [] } = parsed.request ?? {}
  const total = manifests.length > 0 ? undefined : images.length
  let count = 0
  const answered = await answer(parsed, programFolder, ({ reference, verdict, allowed }) => {
    if (total === 1) return
    const said = allowed === true ? 'not checked' : verdict
    core.info(line(`${++count}${total === undefined ? '' : ` of ${total}`}: ${said} ${reference}`))
  })
  const { result, ending, pinnedManifests } = answered

  for (const [name, value] of Object.entries(toOutputs(answered, parsed.reports.resultFile)))
    core.setOutput(name, value)
  const text = toText(result, pinnedManifests)
  for (const one of [...text.stdout, ...text.stderr]) core.info(one)
  for (const { level, title, message, place } of toAnnotations(result, ending))
    core[level](message, { title, ...place })
  if (parsed.reports.summary) {
    try {
      await core.summary.addRaw(toSummary(result, ending, pinnedManifests)).write()
    } catch (error) {
      // A report about the verdict never changes it: older servers and some containers have no summary.
      core.info(
        line(
          `The job summary could not be written: ${error instanceof Error ? error.message : String(error)}`,
        ),
      )
    }
  }
  return ending.exit
}
