// What would be sent, as a file: STANDINS_ARTIFACTS/alerts.sarif. Refuses what GitHub refuses: a run that did not succeed.
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'

const file = (process.env['INPUT_SARIF_FILE'] ?? '').trim()
const text = readFileSync(path.resolve(process.env.GITHUB_WORKSPACE, file), 'utf8')
for (const { invocations = [] } of JSON.parse(text).runs)
  if (invocations.some(({ executionSuccessful }) => !executionSuccessful))
    throw new Error('it did not succeed')
writeFileSync(path.join(process.env.STANDINS_ARTIFACTS, 'alerts.sarif'), text)
