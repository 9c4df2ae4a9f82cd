import { systemClock } from '../gate/clock.js'
import { decide } from '../gate/gate.js'
import type { Outside } from '../gate/outside.js'
import { writeManifests } from '../files/write.js'
import { forReports } from '../report/document.js'
import { redact } from '../report/redaction.js'
import { endingOf } from '../verdict/ending.js'
import type { Problem } from '../verdict/finding.js'
import { failure, type Result } from '../verdict/result.js'
import { describeProgram } from './program.js'
import type { ReadInputs } from './read-inputs.js'
import { tellProblem, type Told, told, withdrawReports, writeReports } from './reports.js'
import { secretsOfRequest } from './secrets.js'
import { openYoungGeneration } from './young-generation.js'

/** A run with all it came to, free of secrets, and its reports already written. */
export interface Answer extends Told {
  /** The folder that manifests with digests were written to. */
  readonly pinnedManifests?: string
}

/** How a face follows a run. */
export interface Watch extends Pick<Outside, 'planned' | 'decided' | 'stop' | 'asked'> {
  /** Everything that was verified is kept, for an output that prints it. */
  readonly isWhole?: boolean
}

/** Answers the inputs of a face: decides, or says what is wrong with the inputs; the result file is written either way. */
export async function answer(
  parsed: ReadInputs,
  programFolder: string | undefined,
  { planned, decided, stop, asked, isWhole = false }: Watch = {},
): Promise<Answer> {
  const { secrets, problems: wrong } = await secretsOfRequest(parsed.request)
  await withdrawReports(parsed.reports)
  const young = openYoungGeneration()
  const deciding =
    parsed.request && wrong.length === 0
      ? decide(parsed.request, {
          clock: systemClock,
          ...(!isWhole && { kept: forReports }),
          ...(planned && { planned }),
          ...(stop && { stop }),
          ...(asked && { asked: (one) => asked(redact(one, secrets)) }),
          decided: (image) => {
            young()
            decided?.(redact(image, secrets))
          },
        })
      : refuse([...parsed.problems, ...wrong])
  // Read while the first answers are on their way.
  const tool = describeProgram(programFolder)
  const raw = await deciding
  const result = redact({ ...raw, warnings: [...parsed.warnings, ...raw.warnings] }, secrets)
  const inputs = redact(parsed.effective, secrets)

  const { pinnedManifests: folder } = parsed.reports
  const ending = endingOf(result, parsed.leniency)
  const isPinned = folder !== '' && ending.handOn
  const listed = redact(parsed.listed ?? [], secrets)
  const beside = { inputs, tool, plan: parsed.plan, listed }
  const answered = told(result, ending, beside)
  const problem = await writeReports(
    parsed.reports,
    answered,
    isPinned ? { ...beside, pinnedTo: folder } : beside,
  )
  const failWith = async (why: Problem): Promise<Answer> =>
    tellProblem(parsed.reports, result, why, parsed.leniency, beside)
  if (problem) return failWith(problem)
  if (!isPinned) return answered
  const unpinned = await writeManifests(folder, raw.pinned ?? [])
  return unpinned ? failWith(unpinned) : { ...answered, pinnedManifests: folder }
}

/** The result of inputs that cannot be used: undetermined, with every problem named. */
export function refuse(problems: readonly Problem[]): Result {
  const now = systemClock.now().toISOString()
  const [first] = problems
  const message = problems.map((problem) => problem.message).join('; ')
  return {
    verdict: 'undetermined',
    failure: failure(first?.code ?? 'nothing-to-verify', message),
    images: [],
    keys: [],
    calls: [],
    warnings: [],
    startedAt: now,
    finishedAt: now,
  }
}
