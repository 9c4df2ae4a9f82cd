// What a fleet costs: wall time, requests and the peak of memory for 50, 1000 and 5000 images in a loopback registry.
// Fails where the last take twice the memory of the first.
// `node scripts/fleet.js [--images 50,1000,5000] [--bundle DIR] [--face cli|action] [--delay MS]
// [--given images-file|image|manifests]`; with `--shards N` the
// images are planned, judged by N processes, two at a time, and merged, as jobs of a matrix would.
import { fork, spawn } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'

/** The last number of images may take less than so many times the memory of the first. */
const mostRatio = 2
const root = path.resolve(import.meta.dirname, '..')
const option = (name, fallback) => {
  const at = process.argv.indexOf(`--${name}`)
  return at < 0 ? fallback : process.argv[at + 1]
}
const bundle = path.resolve(root, option('bundle', 'dist'))
const counts = option('images', '50,1000,5000').split(',').map(Number)
const face = option('face', 'cli')
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'fleet-'))

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const key = path.join(folder, 'cosign.pub')
fs.writeFileSync(key, publicKey.export({ type: 'spki', format: 'pem' }))

const registry = fork(path.join(import.meta.dirname, 'fleet/registry.js'), [
  privateKey.export({ type: 'pkcs8', format: 'pem' }),
  option('delay', '0'),
])
const say = () => new Promise((resolve) => registry.once('message', resolve))
const { port } = await say()
const requestsSince = async () => {
  registry.send({})
  return (await say()).requests
}

/** Runs the bundle; peak memory as the kernel counted it for the process. */
async function run(args, env = {}, name = 'cli') {
  const peak = path.join(folder, `peak-${Math.random()}`)
  const watch = path.join(folder, 'watch.cjs')
  fs.writeFileSync(
    watch,
    "process.on('exit', () => require('node:fs').writeFileSync(process.env.PEAK_FILE, String(process.resourceUsage().maxRSS)))\n",
  )
  const start = performance.now()
  const child = spawn(
    process.execPath,
    [
      ...option('node', '').split(' ').filter(Boolean),
      '--require',
      watch,
      path.join(bundle, `${name}.js`),
      ...args,
    ],
    {
      cwd: folder,
      env: { PATH: process.env.PATH, HOME: folder, PEAK_FILE: peak, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  let [stdout, stderr] = ['', '']
  child.stdout.on('data', (chunk) => (stdout += chunk))
  child.stderr.on('data', (chunk) => (stderr += chunk))
  const exit = await new Promise((resolve) => child.on('close', resolve))
  const wall = (performance.now() - start) / 1000
  return { exit, wall, megabytes: Number(fs.readFileSync(peak, 'utf8')) / 1024, stdout, stderr }
}

const imagesOf = (count) =>
  Array.from({ length: count }, (_, n) => `127.0.0.1:${port}/team-${Math.floor(n / 100)}/app-${n}:v1`)
const listOf = (count) => {
  const file = path.join(folder, `images-${count}`)
  fs.writeFileSync(file, `${imagesOf(count).join('\n')}\n`)
  return file
}
/** As many Pods in one file, as a deployment would be rendered. */
const manifestOf = (count) => {
  const file = path.join(folder, `pods-${count}.yaml`)
  const pod = (image, n) =>
    `apiVersion: v1\nkind: Pod\nmetadata:\n  name: app-${n}\n  labels: {team: "${n % 100}"}\nspec:\n  containers:\n    - name: app\n      image: ${image}\n      ports: [{containerPort: 8080}]\n`
  fs.writeFileSync(file, imagesOf(count).map(pod).join('---\n'))
  return file
}
const given = option('given', 'images-file')
const flagsOf = (count) =>
  given === 'image'
    ? imagesOf(count)
    : given === 'manifests'
      ? ['--manifests', manifestOf(count)]
      : ['--images-file', listOf(count)]
const inputsOf = (count) =>
  given === 'image'
    ? { INPUT_IMAGE: imagesOf(count).join('\n') }
    : given === 'manifests'
      ? { INPUT_MANIFESTS: manifestOf(count) }
      : { 'INPUT_IMAGES-FILE': listOf(count) }
const usual = ['--key', key, '--insecure-ignore-tlog']

async function whole(count) {
  const resultFile = path.join(folder, 'verify-result.json')
  await requestsSince()
  const ran =
    face === 'action'
      ? await run(
          [],
          {
            ...inputsOf(count),
            INPUT_KEY: key,
            'INPUT_INSECURE-IGNORE-TLOG': 'true',
            'INPUT_RESULT-FILE': resultFile,
            GITHUB_OUTPUT: '/dev/null',
            GITHUB_STEP_SUMMARY: '/dev/null',
          },
          'action',
        )
      : await run([
          'verify',
          ...flagsOf(count),
          ...usual,
          '--output',
          option('output', 'text'),
          '--result-file',
          resultFile,
        ])
  if (option('stderr')) process.stderr.write(ran.stderr.slice(-6000))
  if (ran.exit !== 0)
    throw new Error(`${count} images: exit ${ran.exit}\n${ran.stdout.slice(-2000)}${ran.stderr.slice(-2000)}`)
  const document = JSON.parse(fs.readFileSync(resultFile, 'utf8'))
  const verified = document.images.filter(({ verdict }) => verdict === 'verified').length
  if (verified !== count) throw new Error(`${verified} of ${count} verified`)
  const requests = await requestsSince()
  const size = fs.statSync(resultFile).size / 1e6
  console.log(
    `| ${count} | ${ran.wall.toFixed(1)} | ${requests} | ${ran.megabytes.toFixed(0)} | ${size.toFixed(1)} |`,
  )
  return ran.megabytes
}

/** Processes as jobs: plan, so many shards, two at a time, merge; and once more without one of the results. */
async function sharded(count, shards) {
  const planFile = path.join(folder, 'plan.json')
  await requestsSince()
  const start = performance.now()
  const into = ['--shards', String(shards), '--plan-file', planFile]
  const planned = await run(['plan', '--images-file', listOf(count), ...into])
  if (planned.exit !== 0 || (await requestsSince()) !== 0) throw new Error(`plan: ${planned.stderr}`)
  const { include } = JSON.parse(planned.stdout)
  const results = include.map(({ shard }) => path.join(folder, `shard-${shard}.json`))
  const ran = []
  const queue = include.values()
  const work = async () => {
    for (const { shard } of queue) {
      const result = ['--result-file', results[shard - 1], '--output', 'text']
      const one = await run(['verify', '--plan', planFile, '--shard', String(shard), ...usual, ...result])
      if (one.exit !== 0) throw new Error(`shard ${shard}: ${one.stderr.slice(-2000)}`)
      ran.push(one)
    }
  }
  await Promise.all([work(), work()])
  const requests = await requestsSince()
  const file = path.join(folder, 'all.json')
  const merge = (files) => run(['merge', '--plan', planFile, ...files, '--result-file', file])
  const imagesThat = (document, is) => document.images.filter(({ verdict }) => verdict === is).length
  const merged = await merge(results)
  const wall = (performance.now() - start) / 1000
  const all = JSON.parse(fs.readFileSync(file, 'utf8'))
  if (merged.exit !== 0 || imagesThat(all, 'verified') !== count)
    throw new Error(`merge: exit ${merged.exit}\n${merged.stderr.slice(-2000)}`)
  const lost = await merge(results.slice(1))
  const part = JSON.parse(fs.readFileSync(file, 'utf8'))
  const row = (name, { wall: seconds, megabytes, exit }) =>
    console.log(`| ${name} | ${seconds.toFixed(1)} | ${megabytes.toFixed(0)} | ${exit} |`)
  const most = (name) => Math.max(...ran.map((one) => one[name]))
  console.log('| step | s | peak MB | exit |\n| --- | --- | --- | --- |')
  row('plan', planned)
  row(`each of ${shards} shards, at most`, {
    wall: most('wall'),
    megabytes: most('megabytes'),
    exit: most('exit'),
  })
  row('merge', merged)
  row('merge without shard 1', lost)
  console.log(`\n${count} images, ${requests} requests, ${wall.toFixed(1)} s until ${all.verdict}`)
  const open = imagesThat(part, 'undetermined')
  console.log(`without shard 1: ${part.verdict}, ${open} images undetermined: ${part.failure.message}`)
}

try {
  console.log(
    `Node ${process.version}, ${face}, ${os.cpus().length} cores, ${option('delay', '0')} ms an answer\n`,
  )
  const shards = Number(option('shards', '0'))
  if (shards > 0) await sharded(counts.at(-1), shards)
  else {
    console.log('| images | s | requests | peak MB | result file MB |\n| --- | --- | --- | --- | --- |')
    const peaks = []
    for (const count of counts) peaks.push(await whole(count))
    const ratio = peaks.at(-1) / peaks[0]
    console.log(`\n${counts.at(-1)} images take ${ratio.toFixed(2)} times the memory of ${counts[0]}`)
    if (ratio >= mostRatio) process.exitCode = 1
  }
} finally {
  registry.disconnect()
  if (option('keep')) console.log(folder)
  else fs.rmSync(folder, { recursive: true })
}
