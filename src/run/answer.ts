import { systemClock } from '../gate/clock.js'
import { decide } from '../gate/gate.js'
import type { Outside } from '../gate/outside.js'
import { writeManifests, writeReport } from '../files/write.js'
import { forReports, type ResultDocument, type Tool, toDocument } from '../report/document.js'
import { inBlocks, jsonPieces } from '../report/json-text.js'
import { redact } from '../report/redaction.js'
import { type Ending, endingOf } from '../verdict/ending.js'
import type { Problem } from '../verdict/finding.js'
import { failure, type Result } from '../verdict/result.js'
import { writeHtmlReport } from './html-report.js'
import { describeProgram } from './program.js'
import type { ReadInputs } from './read-inputs.js'
import { secretsOfRequest } from './secrets.js'
import { openYoungGeneration } from './young-generation.js'

/** A run with all it came to, free of secrets, and its document already written. */
export interface Answer {
  readonly result: Result
  readonly document: ResultDocument
  readonly ending: Ending
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

  const document = toDocument(result, inputs, tool, parsed.plan)
  const { resultFile, policyReport, vsaFile, htmlReport, pinnedManifests: folder } = parsed.reports
  const page = { inputs, tool, plan: parsed.plan }
  const failWith = async (problem: Problem): Promise<Answer> => {
    const failed = withProblem(result, problem)
    const ending = { ...endingOf(failed, parsed.leniency), handOn: false }
    await withdrawSummaries(vsaFile)
    await writeHtmlReport(htmlReport, failed, ending, page)
    return { result: failed, document: toDocument(failed, inputs, tool, parsed.plan), ending }
  }
  const ending = endingOf(result, parsed.leniency)
  const isPinned = folder !== '' && ending.handOn
  const problem =
    (resultFile === '' ? undefined : await writeReport(resultFile, inBlocks(jsonPieces(document)))) ??
    (policyReport === '' ? undefined : await writePolicyReport(policyReport, result)) ??
    (vsaFile === '' ? undefined : await writeVerificationSummaries(vsaFile, result, tool)) ??
    (await writeHtmlReport(htmlReport, result, ending, isPinned ? { ...page, pinnedTo: folder } : page))
  if (problem) return failWith(problem)
  if (!isPinned) return { result, document, ending }
  const unpinned = await writeManifests(folder, raw.pinned ?? [])
  return unpinned ? failWith(unpinned) : { result, document, ending, pinnedManifests: folder }
}

async function writePolicyReport(file: string, result: Result): Promise<Problem | undefined> {
  const { openReportText } = await import('../report/open-report.js')
  const seconds = Math.floor(Date.parse(result.finishedAt) / 1000)
  return writeReport(file, openReportText(result, file, seconds), 'policy-report')
}

async function writeVerificationSummaries(
  file: string,
  result: Result,
  tool: Tool,
): Promise<Problem | undefined> {
  const { verificationSummaries } = await import('../report/verification-summary.js')
  return writeReport(file, verificationSummaries(result, tool), 'vsa-outfile')
}

/** A summary says nothing of a run that came to nothing: neither this one's nor an older one's is left. */
async function withdrawSummaries(file: string): Promise<void> {
  if (file !== '') await writeReport(file, '', 'vsa-outfile')
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

/** A report that could not be written is no proof for anybody: a rejection stays one, all else is undetermined. */
export function withProblem(result: Result, problem: Problem): Result {
  if (result.verdict === 'rejected') return { ...result, warnings: [...result.warnings, problem.message] }
  return { ...result, verdict: 'undetermined', failure: failure(problem.code, problem.message) }
}
