import { writeReport } from '../files/write.js'
import type { About } from '../report/html/page.js'
import { inBlocks } from '../report/json-text.js'
import type { Ending } from '../verdict/ending.js'
import type { Problem } from '../verdict/finding.js'
import type { Result } from '../verdict/result.js'

/**
 * Writes the page for people, where one is asked for; what draws it is loaded only then. It says the verdict, so that it
 * is written anew where the verdict changes after it.
 */
export async function writeHtmlReport(
  file: string,
  result: Result,
  ending: Ending,
  about: About,
): Promise<Problem | undefined> {
  if (file === '') return undefined
  const { htmlReport } = await import('../report/html/page.js')
  return writeReport(file, inBlocks(htmlReport(result, ending, about)), 'html-report')
}
