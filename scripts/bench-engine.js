// How long the policy engine takes: from nothing to the first answer, and for the answers after it. Each run is a
// process of its own. `--runs N` (default 11); each `--node FILE` is measured too. The first answer has a budget on the
// Node that runs this.
import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'

const root = path.resolve(import.meta.dirname, '..')
const most = 1000
const later = 20

const predicate = { passed: true, critical: 0 }
const statement = JSON.stringify({ _type: 'https://in-toto.io/Statement/v1', subject: [], predicate })
const large = JSON.stringify({
  predicate: {
    ...predicate,
    components: Array.from({ length: 20_000 }, (_, at) => ({ name: `part-${at}`, at })),
  },
})
const rego = (text, inputs) => ({
  language: 'rego',
  files: [{ name: 'policy.rego', text: `package signature\n${text}` }],
  inputs,
  rego: { version: 'v0', queries: ['data.signature.allow'], strict: false },
})
const passed = 'allow { input.predicate.passed; input.predicate.critical < 1 }'
const each = 'allow { count([1 | input.predicate.components[_].at >= 0]) == 20000 }'
const questions = {
  Rego: rego(passed, [statement]),
  'Rego, 20 000 components': rego(each, [large]),
  CUE: {
    language: 'cue',
    files: [{ name: 'policy.cue', text: 'predicate: {passed!: true, critical!: <1}' }],
    inputs: [statement],
    cue: { concrete: true },
  },
}

if (process.argv.includes('--measure')) await measure()
else compare()

/** One process: a line of JSON with milliseconds. */
async function measure() {
  const file = (name) => path.join(root, 'dist', name)
  const times = { first: 0 }
  const start = performance.now()
  const options = { workerData: file('policy-engines.wasm.br'), argv: [], env: {}, execArgv: [] }
  const worker = new Worker(pathToFileURL(file('policy-engine.js')), options)
  const next = async () =>
    new Promise((resolve, reject) => worker.once('message', resolve).once('error', reject))
  const ask = async (question) => {
    worker.postMessage(JSON.stringify(question))
    const { kind, text } = await next()
    if (kind !== 'answer' || /"faults"|"defined":false/.test(text)) throw new Error(`no answer: ${text}`)
  }
  await next()
  await ask(questions.Rego)
  times.first = performance.now() - start
  for (const [name, question] of Object.entries(questions)) {
    await ask(question)
    const from = performance.now()
    for (let at = 0; at < later; at++) await ask(question)
    times[name] = (performance.now() - from) / later
  }
  console.log(JSON.stringify(times))
  await worker.terminate()
}

function compare() {
  const after = (flag) => process.argv.flatMap((word, at) => (word === flag ? [process.argv[at + 1]] : []))
  const runs = Number(after('--runs')[0] ?? 11)
  let over = false
  for (const node of [process.execPath, ...after('--node')]) {
    const run = () => {
      const ran = spawnSync(node, [import.meta.filename ?? process.argv[1], '--measure'], {
        encoding: 'utf8',
      })
      if (ran.status !== 0) throw new Error(ran.stderr)
      return JSON.parse(ran.stdout)
    }
    const all = Array.from({ length: runs }, run)
    const version = spawnSync(node, ['-p', 'process.version'], { encoding: 'utf8' }).stdout.trim()
    for (const name of Object.keys(all[0])) {
      const sorted = all.map((one) => one[name]).sort((a, b) => a - b)
      const middle = sorted[Math.floor(runs / 2)]
      const budget = name === 'first' && node === process.execPath ? most : undefined
      if (budget !== undefined && middle > budget) over = true
      console.log(
        version,
        name.padEnd(24),
        `${middle.toFixed(1)} ms`,
        budget === undefined ? '' : `(at most ${budget})`,
      )
    }
  }
  if (over) {
    console.error('over budget')
    process.exitCode = 1
  }
}
