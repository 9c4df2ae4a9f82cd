import path from 'node:path'
import { withdrawReport, writeReport } from '../files/write.js'
import type { Reports } from '../inputs/parse.js'
import { type ResultDocument, toDocument } from '../report/document.js'
import type { About } from '../report/html/page.js'
import { inBlocks, jsonPieces } from '../report/json-text.js'
import { type Ending, endingOf, type Leniency } from '../verdict/ending.js'
import type { Problem } from '../verdict/finding.js'
import { failure, type Result } from '../verdict/result.js'
import { type Listed, writeSarifReport } from './sarif-report.js'

/** The reports that are files. */
export type Files = Pick<Reports, 'resultFile' | 'policyReport' | 'vsaFile' | 'htmlReport' | 'sarifReport'>

/** A run as its reports tell it. */
export interface Told {
  readonly result: Result
  readonly ending: Ending
  readonly document: ResultDocument
}

export interface Beside extends About {
  /** Where references stand that were listed in files. */
  readonly listed: readonly Listed[]
}

/** What a run is told as, where every report can be written. */
export function told(result: Result, ending: Ending, { inputs, tool, plan }: Beside): Told {
  return { result, ending, document: toDocument(result, inputs, tool, plan) }
}

/**
 * Takes away what an earlier run left under the same names: however this one ends, also killed, nobody takes those for
 * its own.
 *
 * @param needed files that are still to be read; what lies there stays until it is written anew
 */
export async function withdrawReports(files: Files, needed: readonly string[] = []): Promise<void> {
  const { resultFile, policyReport, vsaFile, htmlReport, sarifReport } = files
  const kept = new Set(needed.map((file) => path.resolve(file)))
  for (const file of [resultFile, policyReport, vsaFile, htmlReport, sarifReport])
    if (file !== '' && !kept.has(path.resolve(file))) await withdrawReport(file)
}

/**
 * Writes all reports that were asked for; each is loaded only then.
 *
 * @returns the first problem: what comes after it is not written, as the verdict is another now
 */
export async function writeReports(files: Files, told: Told, beside: Beside): Promise<Problem | undefined> {
  for (const write of writers(files, told, beside, false)) {
    const problem = await write()
    if (problem) return problem
  }
  return undefined
}

/**
 * What a run comes to where a report could not be written. All reports say it, also those that are written already: none
 * of them shows a verdict that the run did not have.
 */
export async function tellProblem(
  files: Files,
  before: Result,
  problem: Problem,
  leniency: Leniency,
  beside: Beside,
): Promise<Told> {
  const result = withProblem(before, problem)
  const failed = told(result, { ...endingOf(result, leniency), handOn: false }, beside)
  // One that cannot be written now either is the problem that is told.
  for (const write of writers(files, failed, beside, true)) await write()
  return failed
}

/** A report that could not be written is no proof for anybody: a rejection stays one, all else is undetermined. */
export function withProblem(result: Result, problem: Problem): Result {
  if (result.verdict === 'rejected') return { ...result, warnings: [...result.warnings, problem.message] }
  return { ...result, verdict: 'undetermined', failure: failure(problem.code, problem.message) }
}

type Write = () => Promise<Problem | undefined>

function writers(
  { resultFile, policyReport, vsaFile, htmlReport, sarifReport }: Files,
  { result, ending, document }: Told,
  beside: Beside,
  isFailed: boolean,
): readonly Write[] {
  const asked = (file: string, write: Write): readonly Write[] => (file === '' ? [] : [write])
  return [
    ...asked(policyReport, async () => writePolicyReport(policyReport, result)),
    // A summary says nothing of a run that came to nothing: neither this one's nor an older one's is left.
    ...asked(vsaFile, async () =>
      isFailed
        ? writeReport(vsaFile, '', 'vsa-outfile')
        : writeVerificationSummaries(vsaFile, result, beside),
    ),
    ...asked(htmlReport, async () => writeHtmlReport(htmlReport, result, ending, beside)),
    ...asked(sarifReport, async () =>
      writeSarifReport(sarifReport, result, ending, beside.tool, beside.listed),
    ),
    // Last: whoever finds it finds the others as well.
    ...asked(resultFile, async () => writeReport(resultFile, inBlocks(jsonPieces(document)))),
  ]
}

async function writePolicyReport(file: string, result: Result): Promise<Problem | undefined> {
  const { openReportText } = await import('../report/open-report.js')
  const seconds = Math.floor(Date.parse(result.finishedAt) / 1000)
  return writeReport(file, openReportText(result, file, seconds), 'policy-report')
}

async function writeVerificationSummaries(
  file: string,
  result: Result,
  { tool }: Beside,
): Promise<Problem | undefined> {
  const { verificationSummaries } = await import('../report/verification-summary.js')
  return writeReport(file, verificationSummaries(result, tool), 'vsa-outfile')
}

/** The page for people; what draws it is loaded only where it is asked for. */
async function writeHtmlReport(
  file: string,
  result: Result,
  ending: Ending,
  about: About,
): Promise<Problem | undefined> {
  const { htmlReport } = await import('../report/html/page.js')
  return writeReport(file, inBlocks(htmlReport(result, ending, about)), 'html-report')
}
