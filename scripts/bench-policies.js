// Twenty images of a manifest against a Kyverno policy, with slow answers, beside twenty cosign calls one after the
// other. `node scripts/bench-policies.js [--runs N]` (default 5), or as a part of `npm run bench`.
import { spawn } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { makeImages } from './bench/signed-images.js'
import { openSlowRegistry } from './bench/slow-registry.js'

const root = path.resolve(import.meta.dirname, '..')
const count = 20
const delay = 50
/** What `kyverno apply` (1.19) took for twenty images in one Pod at that delay, in milliseconds. */
const kyverno = 5650

/** @returns how many cases are over a budget */
export async function benchPolicies(runs) {
  const { repositories, publicKey } = makeImages(1000, 0)
  const names = Array.from({ length: count }, (_, index) => `app-${index + 1}`)
  for (const name of names) repositories.set(name, repositories.get('legacy'))
  const registry = await openSlowRegistry(repositories)
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'bench-policies-'))
  const write = (name, text) => {
    fs.writeFileSync(path.join(folder, name), text)
    return path.join(folder, name)
  }
  const policy = write('policy.yaml', policyText(registry.host, publicKey))
  const key = write('key.pub', publicKey)
  const cases = [
    { name: `${count} images`, images: names, requests: 3 * count, most: 1 / 8 },
    { name: `one image ${count} times`, images: names.map(() => names[0]), requests: 3 },
  ]
  const cosign = ['cosign', 'cosign.exe']
    .map((name) => path.join(root, '.peers/bin', name))
    .find((file) => fs.existsSync(file))
  const env = { PATH: process.env.PATH, HOME: folder }
  let over = 0
  console.log(
    `\nPolicies, Node ${process.version}, ${runs} runs each, medians in ms, ${delay} ms a request\n`,
  )
  console.log(
    '| images in a Pod | this | requests | cosign, one by one | kyverno apply (elsewhere) | this / kyverno | at most |',
  )
  console.log(`|${' --- |'.repeat(7)}`)
  try {
    for (const { name, images, requests, most } of cases) {
      const pod = write('pod.yaml', podText(images.map((image) => `${registry.host}/${image}:v1`)))
      const ours = [
        process.execPath,
        path.join(root, 'dist/cli.js'),
        'verify',
        '--policy',
        policy,
        '--manifests',
        pod,
      ]
      const spent = []
      for (let run = -1; run < runs; run++) {
        registry.start(delay)
        const ms = await timeOf(ours, env)
        if (run >= 0) spent.push(ms)
      }
      const asked = registry.seen().requests.length
      registry.start(delay)
      const start = performance.now()
      for (const image of cosign ? images : [])
        await timeOf(
          [cosign, 'verify', `${registry.host}/${image}:v1`, '--key', key, '--insecure-ignore-tlog'],
          env,
        )
      const loop = performance.now() - start
      const median = [...spent].sort((a, b) => a - b)[Math.floor(spent.length / 2)]
      const ratio = median / kyverno
      if (asked > requests || (most !== undefined && ratio > most)) over++
      const cells = [
        name,
        median.toFixed(0),
        asked,
        cosign ? loop.toFixed(0) : '',
        kyverno,
        ratio.toFixed(2),
        most === undefined ? `${requests} requests` : `${most} of kyverno, ${requests} requests`,
      ]
      console.log(`| ${cells.join(' | ')} |`)
    }
  } finally {
    registry.stop()
    fs.rmSync(folder, { recursive: true })
  }
  return over
}

function podText(images) {
  const containers = images.map((image, index) => ({ name: `c${index}`, image }))
  return JSON.stringify({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'bench' }, spec: { containers } })
}

function policyText(host, publicKeys) {
  const rekor = { ignoreTlog: true, url: 'https://rekor.sigstore.dev' }
  const keys = { publicKeys, rekor, ctlog: { ignoreSCT: true } }
  return JSON.stringify({
    apiVersion: 'kyverno.io/v1',
    kind: 'ClusterPolicy',
    metadata: { name: 'bench' },
    spec: {
      validationFailureAction: 'Enforce',
      rules: [
        {
          name: 'signed',
          match: { any: [{ resources: { kinds: ['Pod'] } }] },
          verifyImages: [{ imageReferences: [`${host}/*`], attestors: [{ entries: [{ keys }] }] }],
        },
      ],
    },
  })
}

async function timeOf([program, ...args], env) {
  const start = performance.now()
  const child = spawn(program, args, { env, cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += chunk))
  const status = await new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', resolve)
  })
  const spent = performance.now() - start
  if (status !== 0) throw new Error(`${program} ${args.join(' ')}: exit ${status}\n${said}`)
  return spent
}

if (process.argv[1] === import.meta.filename) {
  const at = process.argv.indexOf('--runs')
  const over = await benchPolicies(at < 0 ? 5 : Number(process.argv[at + 1]))
  if (over > 0) {
    console.error(`${over} over its budget`)
    process.exitCode = 1
  }
}
