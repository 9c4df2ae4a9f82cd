import { askedText } from '../report/progress.js'
import { line } from '../report/escape.js'
import { toSummary } from '../report/summary.js'
import { message } from '../report/words.js'
import { toText } from '../report/text.js'
import { answer } from '../run/answer.js'
import { toOutputs } from '../run/outputs.js'
import { readInputs } from '../run/read-inputs.js'
import { type OnStop, stopOn } from '../run/stop.js'
import type { Asked } from '../verdict/result.js'
import { toAnnotations } from './annotations.js'
import { givenInputs, unknownInputs } from './inputs.js'
import { watchInLog } from './progress.js'

/** Lines that are shown unfolded. */
const mostOpenLines = 300

/**
 * The action: inputs of the step in; outputs, annotations, job summary and result file out.
 *
 * @param programFolder where the bundle lies
 * @param onStop tells of a signal that ends the process soon
 * @returns the exit code; nobody but the entry ends the process
 */
export async function action(programFolder?: string, onStop?: OnStop): Promise<number> {
  const stop = onStop && stopOn(onStop)
  const core = await import('@actions/core')
  const given = givenInputs((name) => core.getInput(name))
  const read = await readInputs(given, 'action')
  const before = [...unknownInputs(process.env)]
  if (read.reports.install) {
    const { install, isOnlyInstall } = await import('./install.js')
    const installed = await install(programFolder)
    if (typeof installed !== 'string') before.push(installed)
    else if (before.length === 0 && isOnlyInstall(given)) {
      core.info(
        `verify-image is on the path (${line(installed)}); nothing was verified, as no image is given`,
      )
      return 0
    }
  }
  const parsed =
    before.length === 0 ? read : { ...read, request: undefined, problems: [...before, ...read.problems] }

  const log = watchInLog(core, () => performance.now())
  const answered = await answer(parsed, programFolder, {
    ...log,
    ...(stop && { stop }),
    // Whoever turns on debug logging of steps wants to know.
    ...(core.isDebug() && { asked: (one: Asked) => core.debug(askedText(one)) }),
  })
  log.end()
  const { result, ending, pinnedManifests } = answered

  for (const [name, value] of Object.entries(toOutputs(answered, parsed.reports.resultFile)))
    core.setOutput(name, value)
  const text = toText(result, pinnedManifests)
  const lines = [...text.stdout, ...text.stderr]
  // The verdict of a fleet stands below what would be pages of log.
  const isLong = lines.length > mostOpenLines
  if (isLong) core.startGroup(`All ${result.images.length} images`)
  for (const one of lines) core.info(one)
  if (isLong) {
    core.endGroup()
    core.info(line(message(result)))
  }
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
