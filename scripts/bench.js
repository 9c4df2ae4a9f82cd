// Start-up and cost of one verification beside a bare script, in one run, as ratios. `--runs N` (default 21).
// Ratios hold from machine to machine; milliseconds do not.
import { spawnSync } from 'node:child_process'
import { Worker, isMainThread } from 'node:worker_threads'
import fs from 'node:fs'
import http from 'node:http'
import os from 'node:os'
import path from 'node:path'
import { benchFleet } from './bench-fleet.js'
import { benchPolicies } from './bench-policies.js'
import { benchRegistry } from './bench-registry.js'

const root = path.resolve(import.meta.dirname, '..')
const files = path.join(root, 'examples')

/** S3 as far as two GETs need it; in a thread of its own, because the measured programs are waited for. */
function serve() {
  const server = http.createServer((request, response) => {
    const key = decodeURIComponent(new URL(request.url, 'http://s3').pathname).replace(/^\/examples\//, '')
    const file = path.join(files, key)
    if (!fs.existsSync(file)) {
      response.writeHead(404, { 'content-type': 'application/xml' })
      response.end('<Error><Code>NoSuchKey</Code><Message>no</Message></Error>')
      return
    }
    response.end(fs.readFileSync(file))
  })
  server.listen(0, '127.0.0.1', () => console.error(`port ${server.address().port}`))
}

if (!isMainThread) serve()
else await main()

async function main() {
  const at = process.argv.indexOf('--runs')
  const runs = at < 0 ? 21 : Number(process.argv[at + 1])
  const worker = new Worker(new URL(import.meta.url), { stderr: true })
  const port = await new Promise((resolve) =>
    worker.stderr.once('data', (data) => resolve(String(data).match(/\d+/)[0])),
  )

  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'bench-'))
  const bare = path.join(folder, 'bare.mjs')
  fs.writeFileSync(
    bare,
    "import http from 'node:http'\nimport fs from 'node:fs'\nhttp.globalAgent\nfs.readFileSync(process.argv[1])\n",
  )
  const key = path.join(files, 'keys/release.pub')
  const output = path.join(folder, 'output')
  fs.writeFileSync(output, '')
  const actionEnv = (image, more = {}) => ({
    INPUT_IMAGE: image,
    INPUT_KEY: key,
    'INPUT_RESULT-FILE': path.join(folder, 'verify-result.json'),
    GITHUB_OUTPUT: output,
    GITHUB_STEP_SUMMARY: output,
    ...more,
  })
  const aws = { AWS_ACCESS_KEY_ID: 'x', AWS_SECRET_ACCESS_KEY: 'yyyy', AWS_REGION: 'us-east-1' }
  const endpoint = `http://127.0.0.1:${port}`
  const cases = [
    { name: 'node -e 0', args: ['-e', '0'] },
    { name: "bare script: import 'node:http'", args: [bare] },
    {
      name: 'command, local://',
      args: ['dist/cli.js', 'verify', 'local://examples/hello:v1', '--key', key],
      most: 1.6,
    },
    {
      name: 'action, local://',
      args: ['dist/action.js'],
      env: actionEnv('local://examples/hello:v1'),
      most: 1.6,
    },
    {
      name: 'command, s3://',
      args: ['dist/cli.js', 'verify', 's3://examples/hello:v1', '--key', key, '--endpoint', endpoint],
      env: aws,
      most: 2.5,
    },
    {
      name: 'action, s3://',
      args: ['dist/action.js'],
      env: actionEnv('s3://examples/hello:v1', { INPUT_ENDPOINT: endpoint, ...aws }),
      most: 2.5,
    },
  ]
  const wall = new Map(cases.map(({ name }) => [name, []]))
  for (let run = -1; run < runs; run++) {
    for (const { name, args, env } of cases) {
      const start = performance.now()
      const { status, stderr } = spawnSync(process.execPath, args, {
        cwd: root,
        env: { PATH: process.env.PATH, HOME: folder, AWS_EC2_METADATA_DISABLED: 'true', ...env },
      })
      const end = performance.now()
      if (status !== 0) throw new Error(`${name}: exit ${status}\n${stderr}`)
      // The first round warms the disk cache.
      if (run >= 0) wall.get(name).push(end - start)
    }
  }
  await worker.terminate()

  const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)]
  const base = median(wall.get("bare script: import 'node:http'"))
  console.log(`Node ${process.version}, ${runs} runs each, medians\n`)
  console.log('| case | ms | ratio | at most |\n| --- | --- | --- | --- |')
  let over = 0
  for (const { name, most } of cases) {
    const ratio = median(wall.get(name)) / base
    if (most !== undefined && ratio > most) over++
    console.log(`| ${name} | ${median(wall.get(name)).toFixed(0)} | ${ratio.toFixed(2)} | ${most ?? ''} |`)
  }
  // A third of the runs: the slow answers take their time, and scatter little.
  over += await benchRegistry(Math.max(1, Math.round(runs / 3)))
  over += await benchPolicies(Math.max(1, Math.round(runs / 3)))
  over += await benchFleet()
  if (over > 0) {
    console.error(`${over} over its budget`)
    process.exitCode = 1
  }
}
