import { spawn, spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { ResultDocument } from '../../src/report/document.js'
import { peerProgram } from './peers.js'
import { temporaryFolder } from './run.js'

const root = path.resolve(import.meta.dirname, '../..')
const data = path.resolve(import.meta.dirname, '../data/act')

/** Files by their names, on a branch. */
export type Tree = Readonly<Record<string, string>>

/** A repository that copied example workflows, and what it runs them with. */
export interface Given {
  /** Names of files in examples/workflows; the first one is run. */
  readonly workflows: readonly string[]
  /** What the first lines of the workflow ask to be replaced, and names of this machine for names out there. */
  readonly replace: Readonly<Record<string, string>>
  /** What act cannot do is done here. */
  readonly rewrite?: (texts: Tree) => Tree
  /** The default branch, besides the workflows. */
  readonly files: Tree
  /** A branch that proposes changes; a pull request is of it, and what is dispatched runs on it. */
  readonly proposed?: Tree
  readonly event: 'workflow_dispatch' | 'pull_request' | 'push' | 'schedule'
  readonly inputs?: Readonly<Record<string, string>>
  readonly token?: string
  readonly secrets?: Readonly<Record<string, string>>
  readonly env?: Readonly<Record<string, string>>
}

export interface ActRun {
  readonly exit: number | null
  /** Steps that ran, by the id of their job; a job that was skipped is not there. Of a matrix what came last. */
  readonly steps: Readonly<Record<string, Readonly<Record<string, 'success' | 'failure'>>>>
  /** How each run of a step in a job ended. */
  readonly all: (job: string, step: string) => readonly string[]
  readonly log: string
  /** Names of the files that were uploaded, `artifact/name`. */
  readonly uploaded: readonly string[]
  readonly read: (uploaded: string) => string
  readonly result: (uploaded?: string) => ResultDocument
  /** What the stand-ins for programs were called for. */
  readonly calls: readonly string[]
}

export const repository = 'organisation/deployments'
const commit = 'c0ffee'.repeat(7).slice(0, 40)

/**
 * Runs a workflow with act, jobs on this machine itself. Actions of others are played by those in __tests__/data/act; an
 * action without one is an error. Each job has a folder of its own, as on GitHub.
 */
export async function runWorkflow(given: Given): Promise<ActRun> {
  const folder = temporaryFolder()
  const at = (name: string): string => path.join(folder, name)
  for (const name of ['home', 'artifacts', 'repositories/OWNER', 'docker'])
    mkdirSync(at(name), { recursive: true })
  writeFileSync(at('calls'), '')
  // The action at the commit, as a release holds it.
  const action = at('repositories/OWNER/verify-image')
  mkdirSync(action)
  for (const part of ['action.yml', 'dist'])
    cpSync(path.join(root, part), path.join(action, part), { recursive: true })

  const texts = readWorkflows(given)
  const copied = at(`repositories/${repository}`)
  const base = layRepository(copied, texts, given)
  const event = at('event.json')
  writeFileSync(event, JSON.stringify(eventOf(given, copied, base)))

  const actions = [
    ...Object.values(texts)
      .join('\n')
      .matchAll(/uses: ([^./]\S+)/g),
  ].map(([, name = '']) => repositoryOf(name))
  const flags = [
    ...[given.event, '--json', '--no-skip-checkout', '--no-cache-server', '--use-gitignore=false'],
    ...['-W', path.join(copied, '.github/workflows', given.workflows[0] ?? ''), '-C', copied],
    ...['-e', event, '-a', 'ci', '--defaultbranch', 'main', '-P', 'ubuntu-24.04=-self-hosted'],
    ...['--action-cache-path', at('cache'), '-s', `GITHUB_TOKEN=${given.token ?? 'a-token'}`],
    ...Object.entries(given.secrets ?? {}).flatMap(([name, value]) => ['-s', `${name}=${value}`]),
    ...[...new Set(actions)].flatMap((name) => ['--local-repository', `${name}=${standIn(name, action)}`]),
  ]
  const env = {
    PATH: [path.join(data, 'bin'), path.dirname(process.execPath), '/usr/bin', '/bin'].join(path.delimiter),
    HOME: at('home'),
    DOCKER_CONFIG: at('docker'),
    // Nobody is asked out there.
    TUF_MIRROR: 'http://127.0.0.1:9',
    AWS_EC2_METADATA_DISABLED: 'true',
    STANDINS_ARTIFACTS: at('artifacts'),
    STANDINS_REPOSITORIES: at('repositories'),
    STANDINS_CALLS: at('calls'),
    STANDINS_CRANE: peerProgram('crane'),
    ...given.env,
  }
  // act sets some names of the runner itself, unless it is told.
  const told = Object.entries(given.env ?? {}).flatMap(([name, value]) => ['--env', `${name}=${value}`])
  const { exit, lines } = await runAct([...flags, ...told, '--env', `GITHUB_REPOSITORY=${repository}`], env)
  // The program is large, and was copied for each job.
  for (const name of ['cache', 'repositories/OWNER']) rmSync(at(name), { recursive: true, force: true })
  const uploaded = filesBelow(at('artifacts'))
  const read = (name: string): string => readFileSync(path.join(at('artifacts'), name), 'utf8')
  return {
    exit,
    steps: stepsOf(lines),
    all: (job, name) =>
      endsOf(lines).flatMap(({ jobID, step, stepResult }) =>
        jobID === job && step === name ? [stepResult] : [],
      ),
    // Outputs and summaries are long, and in the result.
    log: lines
      .filter(({ msg = '' }) => !msg.startsWith('  \u2699'))
      .map(({ jobID = '', msg = '' }) => `[${jobID}] ${msg}`)
      .join('\n'),
    uploaded,
    read,
    result: (name = 'verify-result/verify-result.json') => JSON.parse(read(name)) as ResultDocument,
    calls: readFileSync(at('calls'), 'utf8')
      .split('\n')
      .filter((line) => line !== ''),
  }
}

/** The workflows with everything replaced that their first lines name. Throws where a name is in none of them. */
function readWorkflows({ workflows, replace, rewrite = (texts) => texts }: Given): Tree {
  const texts = workflows.map((name) => readFileSync(path.join(root, 'examples/workflows', name), 'utf8'))
  const pairs = Object.entries({ ...replace, '@COMMIT': `@${commit}` })
  const missing = pairs.find(([from]) => !texts.some((text) => text.includes(from)))
  if (missing) throw new Error(`${missing[0]} is in none of ${workflows.join(', ')}`)
  // Where the program alone is fetched, the commit stands by itself.
  pairs.push(['ref: COMMIT', `ref: ${commit}`])
  const filled = texts.map((text) => pairs.reduce((one, [from, to]) => one.replaceAll(from, to), text))
  return rewrite(Object.fromEntries(workflows.map((name, at) => [name, filled[at] ?? ''])))
}

/** @returns the commit of the default branch */
function layRepository(folder: string, texts: Tree, { files, proposed }: Given): string {
  mkdirSync(folder, { recursive: true })
  const git = (...args: readonly string[]): string => {
    const who = ['-c', 'user.name=test', '-c', 'user.email=test@localhost', '-c', 'commit.gpgsign=false']
    const { status, stdout, stderr } = spawnSync('git', [...who, ...args], { cwd: folder, encoding: 'utf8' })
    if (status !== 0) throw new Error(`git ${args.join(' ')}: ${stderr}`)
    return stdout.trim()
  }
  const put = (tree: Tree): void => {
    for (const [name, text] of Object.entries(tree)) {
      const file = path.join(folder, name)
      mkdirSync(path.dirname(file), { recursive: true })
      writeFileSync(file, text)
    }
    git('add', '--all')
    git('commit', '--quiet', '--message', 'Files')
  }
  git('init', '--quiet', '--initial-branch', 'main')
  put({
    ...Object.fromEntries(Object.entries(texts).map(([name, text]) => [`.github/workflows/${name}`, text])),
    ...files,
  })
  const base = git('rev-parse', 'HEAD')
  if (proposed) {
    git('checkout', '--quiet', '-b', 'proposal')
    put(proposed)
  }
  return base
}

function eventOf({ event, inputs = {}, proposed }: Given, folder: string, base: string): object {
  const { stdout } = spawnSync('git', ['rev-parse', 'HEAD'], { cwd: folder, encoding: 'utf8' })
  const common = { repository: { full_name: repository, default_branch: 'main' } }
  const ref = `refs/heads/${proposed ? 'proposal' : 'main'}`
  if (event !== 'pull_request') return { ...common, ref, inputs, after: stdout.trim() }
  const sides = { base: { sha: base, ref: 'main' }, head: { sha: stdout.trim(), ref: 'proposal' } }
  return { ...common, number: 7, pull_request: { number: 7, ...sides } }
}

/** Where an action lies, `owner/name@ref`, also one that is in a folder there. */
function repositoryOf(uses: string): string {
  const [place = '', ref = ''] = uses.split('@')
  return `${place.split('/').slice(0, 2).join('/')}@${ref}`
}

/** The folder that plays a repository with an action. */
function standIn(name: string, action: string): string {
  if (name.startsWith('OWNER/verify-image@')) return action
  const folder = path.join(data, 'actions', name.replace(/@.*$/, '').replace(/^.*\//, ''))
  if (!existsSync(folder)) throw new Error(`nothing in __tests__/data/act/actions stands for ${name}`)
  return folder
}

interface Line {
  readonly jobID?: string
  readonly step?: string
  readonly stage?: string
  readonly stepResult?: string
  readonly msg?: string
}

const longest = 110_000

async function runAct(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<{ exit: number | null; lines: readonly Line[] }> {
  return new Promise((resolve, reject) => {
    const child = spawn(peerProgram('act'), args, {
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: longest,
    })
    const said: Buffer[] = []
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => said.push(chunk))
    child.on('error', reject)
    child.on('close', (exit) => {
      const lines = Buffer.concat(said).toString('utf8').split('\n')
      resolve({ exit, lines: lines.filter((line) => line !== '').map(readLine) })
    })
  })
}

function readLine(line: string): Line {
  try {
    return JSON.parse(line) as Line
  } catch {
    return { msg: line }
  }
}

interface End {
  readonly jobID: string
  readonly step: string
  readonly stepResult: 'success' | 'failure'
}

function endsOf(lines: readonly Line[]): readonly End[] {
  return lines.flatMap(({ jobID, step, stage, stepResult }) =>
    jobID !== undefined && step !== undefined && stage === 'Main' && isEnd(stepResult)
      ? [{ jobID, step, stepResult }]
      : [],
  )
}

function isEnd(said: string | undefined): said is End['stepResult'] {
  return said === 'success' || said === 'failure'
}

function stepsOf(lines: readonly Line[]): ActRun['steps'] {
  const steps: Record<string, Record<string, 'success' | 'failure'>> = {}
  for (const { jobID, step, stepResult } of endsOf(lines)) (steps[jobID] ??= {})[step] = stepResult
  return steps
}

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) =>
      path.relative(folder, path.join(parentPath, name)).replaceAll(path.sep, '/'),
    )
    .sort()
}
