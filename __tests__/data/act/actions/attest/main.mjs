// What would be signed, as a file: STANDINS_ARTIFACTS/attested.json.
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'

const input = (name) => (process.env[`INPUT_${name.toUpperCase()}`] ?? '').trim()
const predicate = JSON.parse(
  readFileSync(path.resolve(process.env.GITHUB_WORKSPACE, input('predicate-path')), 'utf8'),
)
if (!/^sha256:[0-9a-f]{64}$/.test(input('subject-digest'))) throw new Error('no digest')
const statement = {
  subject: [{ name: input('subject-name'), digest: input('subject-digest') }],
  predicateType: input('predicate-type'),
  predicate,
}
writeFileSync(path.join(process.env.STANDINS_ARTIFACTS, 'attested.json'), JSON.stringify(statement))
