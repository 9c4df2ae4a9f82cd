import { inspected } from '../inputs/subsets.js'
import type { InputName } from '../inputs/table.js'
import { line } from '../report/escape.js'
import { inspectionJson, inspectionText } from '../report/inspection.js'
import { inspectGiven } from '../run/inspection.js'
import type { Problem } from '../verdict/finding.js'
import { classOf, codes } from '../verdict/codes.js'
import type { Arguments } from './arguments.js'
import { print, printReport } from './print.js'
import type { OutputFormat } from './verify.js'

/** `verify-image inspect REFERENCE`: lists signers and decides nothing; exit 0, or 2 when the list could not be made. */
export async function inspect(
  { words, flags }: Arguments,
  output: OutputFormat,
  problems: readonly Problem[],
): Promise<number> {
  const given = new Map<InputName, readonly string[]>([['image', words]])
  for (const name of inspected) {
    const values = flags.get(name)
    if (values) given.set(name, values)
  }
  const found = await inspectGiven(given, 'command', problems)
  if (found.kind === 'failed') return refuse(found.problem, output)
  if (output === 'json') await print(process.stdout, [JSON.stringify(inspectionJson(found), null, 2)])
  else await printReport(process.stdout, inspectionText(found))
  return 0
}

async function refuse(problem: Problem, output: OutputFormat): Promise<number> {
  const { code, message } = problem
  if (output === 'json') {
    const failure = { class: classOf(code), code, message, hint: codes[code].remedy }
    await print(process.stdout, [JSON.stringify({ failure }, null, 2)])
  }
  await printReport(process.stderr, [`Error: ${line(message)}`, `  Next:    ${codes[code].remedy}`])
  return 2
}
