// The outermost shell of both faces, in syntax that any Node since 14 can read. Node itself exits 1 on a crash, and 1
// means "rejected" here: so whatever goes wrong outside of a finished answer ends as undetermined, with exit 2, and
// the outputs and the result file say so.
import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const oldest = 20
const folder = path.dirname(fileURLToPath(import.meta.url))
let done = false
let face = 'cli'

export function start(which) {
  face = which
  process.exitCode = 2
  process.on('uncaughtException', (error) => fail(describe(error)))
  process.on('unhandledRejection', (error) => fail(describe(error)))
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => stop(`stopped by ${signal}`))
  for (const stream of [process.stdout, process.stderr]) stream.on('error', (error) => fail(describe(error)))
  process.on('exit', () => fail('the program ended without an answer'))

  const major = Number(process.versions.node.split('.')[0])
  if (major < oldest) {
    fail(`expected Node ${oldest} or newer, got ${process.version}`)
    return
  }
  import('./main.js')
    .then((program) =>
      which === 'action'
        ? program.action(folder, onStop)
        : program.cli(process.argv.slice(2), folder, onStop),
    )
    .then((exit) => {
      done = true
      process.exitCode = exit
      // Whatever still hangs after the answer (a dead file system, say) does not keep the step.
      setTimeout(() => process.exit(exit), 1000).unref()
    })
    .catch((error) => fail(describe(error)))
}

/** A runner that cancels a step sends SIGINT, SIGTERM 7.5 s later, and waits 2.5 s more. */
const grace = 5000
let stopped = () => {}
let mayFinish = false

/** A run that listens has a while to write what it found out by then. */
function onStop(listener) {
  mayFinish = true
  stopped = listener
}

/** The first signal asks, and only once; whoever does not listen, or is asked again, ends here. */
function stop(why) {
  if (!mayFinish) {
    fail(why)
    return
  }
  mayFinish = false
  stopped(why)
  setTimeout(() => fail(why), grace).unref()
}

function describe(error) {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error)
}

function fail(why) {
  if (done) return
  done = true
  process.exitCode = 2
  const message = clean(`undetermined: internal error: ${why}`)
  const now = new Date().toISOString()
  const failure = {
    class: 'infrastructure',
    code: 'internal-error',
    message,
    hint: 'Run again; if it stays, report it with the message.',
  }
  const document = {
    schemaVersion: 1,
    verified: false,
    verdict: 'undetermined',
    failure,
    images: [],
    policies: [],
    keys: [],
    policyFiles: [],
    trust: null,
    inputs: {},
    calls: [],
    warnings: [],
    tool: { name: 'verify-image', version: null, sha256: null },
    startedAt: now,
    finishedAt: now,
  }
  const file = resultFile()
  for (const name of reports) attempt(() => withdraw(given(name)))
  attempt(() => writeResult(file, `${JSON.stringify(document, null, 2)}\n`))
  if (face === 'action') {
    attempt(() => writeOutputs(document, message, file))
    attempt(() => fs.writeSync(1, `::error title=Undetermined: infrastructure::${message}\n`))
  } else {
    if (wantsJson()) attempt(() => fs.writeSync(1, `${JSON.stringify(document, null, 2)}\n`))
    attempt(() => fs.writeSync(2, `Error: ${message}\n`))
  }
  process.exit(2)
}

/** Every part of the report is tried, whatever became of the others. */
function attempt(part) {
  try {
    part()
  } catch {
    // There is nobody left to tell.
  }
}

const secrets = [
  'COSIGN_PASSWORD',
  'INPUT_REGISTRY-PASSWORD',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'GITHUB_TOKEN',
  'ACTIONS_RUNTIME_TOKEN',
]

/** One line without control characters, commands of the runner and known secrets. */
function clean(text) {
  let rest = text
  for (const name of secrets) {
    const value = process.env[name]
    if (value && value.length >= 4) rest = rest.split(value).join('***')
  }
  return rest
    .replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, ' ')
    .replace(/##\[/g, '#[')
    .slice(0, 2000)
}

function flag(name) {
  const at = process.argv.lastIndexOf(`--${name}`)
  if (at >= 0) return process.argv[at + 1] || ''
  const joined = process.argv.filter((word) => word.startsWith(`--${name}=`)).pop()
  return joined ? joined.slice(name.length + 3) : ''
}

function wantsJson() {
  return (
    flag('output') === 'json' ||
    process.argv.some((word, at) => word === '-ojson' || (word === '-o' && process.argv[at + 1] === 'json'))
  )
}

/** What else may have been asked for. One that an earlier run left would be taken for this one's. */
const reports = ['html-report', 'sarif-report', 'policy-report', 'vsa-outfile']

function given(name) {
  return face === 'cli' ? flag(name) : (process.env[`INPUT_${name.toUpperCase()}`] || '').trim()
}

/** Takes away a file that the run would have written anew; nothing else that lies there. */
function withdraw(file) {
  if (file === '') return
  const there = fs.lstatSync(file, { throwIfNoEntry: false })
  if (there && there.isFile()) fs.unlinkSync(file)
}

function resultFile() {
  if (face === 'cli') return flag('result-file')
  const given = (process.env['INPUT_RESULT-FILE'] || '').trim()
  return given || 'verify-result.json'
}

/** A new file and a rename: never half a file, never through a symbolic link. */
function writeResult(file, text) {
  if (file === '') return
  const temporary = path.join(path.dirname(file), `.${path.basename(file)}.${process.pid}.crash`)
  const link = fs.lstatSync(file, { throwIfNoEntry: false })
  if (link && !link.isFile()) return
  fs.writeFileSync(temporary, text, { flag: 'wx' })
  fs.renameSync(temporary, file)
}

function writeOutputs(document, message, file) {
  const target = process.env['GITHUB_OUTPUT']
  if (!target) return
  const outputs = {
    verdict: 'undetermined',
    'failure-class': 'infrastructure',
    'failure-code': 'internal-error',
    message,
    image: '',
    digest: '',
    images: '[]',
    result: JSON.stringify(document),
    'result-file': file,
  }
  // Every value is one line, so name=value cannot be broken out of.
  fs.appendFileSync(
    target,
    Object.entries(outputs)
      .map(([name, value]) => `${name}=${value}\n`)
      .join(''),
  )
}
