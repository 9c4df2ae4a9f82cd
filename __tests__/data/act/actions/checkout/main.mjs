// STANDINS_REPOSITORIES holds a git repository for each `owner/name`, or its files alone at a commit. What is not asked for
// is not there afterwards.
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync } from 'node:fs'
import path from 'node:path'

const input = (name) => (process.env[`INPUT_${name.toUpperCase()}`] ?? '').trim()
const git = (...args) => {
  const { status, stdout, stderr } = spawnSync('git', args, { cwd: into, encoding: 'utf8' })
  if (status !== 0) throw new Error(`git ${args.join(' ')}: ${stderr}`)
  return stdout.trim()
}

const from = path.join(process.env.STANDINS_REPOSITORIES, input('repository'))
const into = path.resolve(process.env.GITHUB_WORKSPACE, input('path'))
const ref = input('ref') || process.env.GITHUB_SHA
const sparse = input('sparse-checkout').split('\n').filter(Boolean)
mkdirSync(into, { recursive: true })
if (existsSync(path.join(from, '.git'))) {
  git('init', '--quiet')
  git('fetch', '--quiet', from, '+refs/heads/*:refs/remotes/origin/*')
  const cone = input('sparse-checkout-cone-mode') === 'true' ? '--cone' : '--no-cone'
  if (sparse.length > 0) git('sparse-checkout', 'set', cone, ...sparse)
  const known = git('for-each-ref', '--format=%(objectname)', `refs/remotes/origin/${ref}`)
  git('checkout', '--quiet', '--detach', known || ref)
} else {
  if (!/^[0-9a-f]{40}$/.test(ref)) throw new Error(`${ref} is no full commit`)
  for (const one of sparse) cpSync(path.join(from, one), path.join(into, one), { recursive: true })
}
