// STANDINS_ARTIFACTS holds a folder for each artifact. As there: names below what all paths have in common, and no second
// artifact of a name unless it is to take the first one's place. The one that STANDINS_LOSE names cannot be kept.
import { cpSync, existsSync, mkdirSync, rmSync, statSync } from 'node:fs'
import path from 'node:path'

const input = (name) => (process.env[`INPUT_${name.toUpperCase()}`] ?? '').trim()
const into = path.join(process.env.STANDINS_ARTIFACTS, input('name'))
const given = input('path')
  .split('\n')
  .map((one) => path.resolve(process.env.GITHUB_WORKSPACE, one.trim()))
const found = given.filter((one) => existsSync(one))

if (process.env.STANDINS_LOSE === input('name')) throw new Error('the store of artifacts does not answer')
if (existsSync(into)) {
  if (input('overwrite') !== 'true') throw new Error(`an artifact with the name ${input('name')} is there`)
  rmSync(into, { recursive: true })
}
if (found.length === 0) {
  console.log(`No files were found with the provided path: ${given.join(', ')}`)
  process.exitCode = input('if-no-files-found') === 'error' ? 1 : 0
}
const folders = given.map((one) => (existsSync(one) && statSync(one).isDirectory() ? one : path.dirname(one)))
const common = folders.reduce((left, right) => {
  let shared = left
  while (path.relative(shared, right).startsWith('..')) shared = path.dirname(shared)
  return shared
})
for (const one of found) {
  const to = path.join(into, path.relative(common, one))
  mkdirSync(path.dirname(to), { recursive: true })
  cpSync(one, to, { recursive: true })
}
