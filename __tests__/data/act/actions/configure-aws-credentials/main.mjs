// STANDINS_ROLES has `access key, secret` for each role.
import { appendFileSync } from 'node:fs'

const roles = JSON.parse(process.env.STANDINS_ROLES)
const role = process.env['INPUT_ROLE-TO-ASSUME']
if (!(role in roles)) throw new Error(`no role ${role}`)
const [id, secret] = roles[role]
const said = {
  AWS_ACCESS_KEY_ID: id,
  AWS_SECRET_ACCESS_KEY: secret,
  AWS_REGION: process.env['INPUT_AWS-REGION'],
  AWS_DEFAULT_REGION: process.env['INPUT_AWS-REGION'],
}
console.log(`::add-mask::${secret}`)
for (const [name, value] of Object.entries(said)) appendFileSync(process.env.GITHUB_ENV, `${name}=${value}\n`)
