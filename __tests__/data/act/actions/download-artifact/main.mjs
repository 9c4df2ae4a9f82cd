// One artifact by its name, into the path; or those that a pattern names, each into a folder of its own.
import { cpSync, existsSync, mkdirSync, readdirSync } from 'node:fs'
import path from 'node:path'

const input = (name) => (process.env[`INPUT_${name.toUpperCase()}`] ?? '').trim()
const from = process.env.STANDINS_ARTIFACTS
const into = path.resolve(process.env.GITHUB_WORKSPACE, input('path'))
const take = (name, to) => {
  mkdirSync(to, { recursive: true })
  cpSync(path.join(from, name), to, { recursive: true })
}

if (input('name') !== '') {
  if (!existsSync(path.join(from, input('name')))) throw new Error(`no artifact ${input('name')}`)
  take(input('name'), into)
} else {
  const beginning = input('pattern').replace(/\*$/, '')
  for (const name of readdirSync(from)) if (name.startsWith(beginning)) take(name, path.join(into, name))
}
