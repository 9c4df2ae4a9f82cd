import type { Ending } from '../verdict/ending.js'
import type { ImageResult, Result } from '../verdict/result.js'
import type { Tool } from './document.js'
import { outcomeOf, type Outcome } from './outcomes.js'
import { notificationsOf } from './sarif-notifications.js'
import type { Surroundings } from './sarif-places.js'
import { toSarifResults } from './sarif-results.js'
import { sarifRules } from './sarif-rules.js'

const schema = 'https://json.schemastore.org/sarif-2.1.0.json'

/**
 * A run as SARIF 2.1.0 (OASIS), for code scanning and whatever else reads it. Each image that is not verified is one
 * result: of level `error` where it is rejected, of level `warning`, and under a rule of its own class, where nothing is
 * proven. A verified image is none: GitHub makes an alert of every result, also of one of kind `pass`.
 *
 * Where the run is undetermined it also says that it did not succeed, so that a reader does not take what is not in it
 * for mended. `automationDetails` are left to whoever uploads it: two steps must not share a category by accident.
 */
export function sarifReport(
  result: Result,
  { exit, letPass }: Pick<Ending, 'exit' | 'letPass'>,
  { name, version }: Pick<Tool, 'name' | 'version'>,
  surroundings: Surroundings,
): string {
  const { verdict, images, startedAt, finishedAt } = result
  const log = {
    $schema: schema,
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: { name, version, semanticVersion: version, rules: sarifRules(surroundings.docs) },
        },
        invocations: [
          {
            executionSuccessful: verdict !== 'undetermined',
            exitCode: exit,
            startTimeUtc: startedAt,
            endTimeUtc: finishedAt,
            ...notificationsOf(result),
          },
        ],
        columnKind: 'utf16CodeUnits',
        results: toSarifResults(result, surroundings),
        properties: { verdict, letPass, ...countsOf(images) },
      },
    ],
  }
  return `${JSON.stringify(log, null, 2)}\n`
}

/** How many images came to what: also of those that have no result. */
function countsOf(images: readonly ImageResult[]): Readonly<Record<string, number>> {
  const count = (outcome: Outcome): number => images.filter((image) => outcomeOf(image) === outcome).length
  return {
    images: images.length,
    verified: count('verified'),
    rejected: count('rejected'),
    undetermined: count('undetermined'),
    notChecked: count('not-checked'),
  }
}
