// One verification of an image in a registry beside cosign, a bare start and the least that Node can do, with slow
// answers. `node scripts/bench-registry.js [--runs N]` (default 7), or as a part of `npm run bench`.
import { spawn } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { keylessFlags, makeImages } from './bench/signed-images.js'
import { openSlowRegistry } from './bench/slow-registry.js'

const root = path.resolve(import.meta.dirname, '..')
const sbomBytes = 23_000_000
const unrelated = 3

/** What each image may cost, in requests and in requests that wait for one another. */
const images = [
  { name: 'bundle by tag', repository: 'bundle', by: 'tag', requests: 5, chain: 4 },
  { name: '`.sig` by tag', repository: 'legacy', by: 'tag', requests: 4, chain: 3 },
  { name: 'bundle by digest', repository: 'bundle', by: 'digest', requests: 5, chain: 3 },
  { name: '`.sig` by digest', repository: 'legacy', by: 'digest', requests: 4, chain: 2 },
]
const [bundleByTag] = images
// What is no bundle by its type may be one all the same: it is looked at, beside the bundle and not before it.
const crowded = {
  ...bundleByTag,
  name: `bundle by tag beside ${unrelated} SBOMs`,
  repository: 'crowded',
  requests: bundleByTag.requests + unrelated,
}
/** By an identity, with the trusted root at hand: no more requests than by a key. */
const keyless = [
  { ...bundleByTag, name: 'keyless bundle by tag', repository: 'keyless-bundle', keyless: true },
  { ...images[1], name: 'keyless `.sig` by tag', repository: 'keyless-legacy', keyless: true },
]
const heavy = { ...bundleByTag, name: 'bundle by tag beside a 23 MB SBOM bundle', repository: 'heavy' }

/** `most`: how long it may take as a part of another program's time. */
const cases = [
  ...[0, 50, 200].flatMap((delay) => images.map((image) => ({ image, delay, most: budgetOf(image, delay) }))),
  ...[0, 50, 200].flatMap((delay) => keyless.map((image) => ({ image, delay, most: {} }))),
  { image: crowded, delay: 200, most: { cosign: 0.4 } },
  { image: heavy, delay: 0, most: { cosign: 0.1 }, runs: 3 },
]

function budgetOf(image, delay) {
  if (image !== bundleByTag) return {}
  return delay === 200 ? { cosign: 0.55 } : delay === 50 ? { minimal: 1.3 } : {}
}

/** @returns how many cases are over a budget */
export async function benchRegistry(runs) {
  const { repositories, publicKey } = makeImages(sbomBytes, unrelated)
  const registry = await openSlowRegistry(repositories)
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'bench-registry-'))
  const key = path.join(folder, 'key.pub')
  fs.writeFileSync(key, publicKey)
  const cosign = ['cosign', 'cosign.exe']
    .map((name) => path.join(root, '.peers/bin', name))
    .find((file) => fs.existsSync(file))

  const programsFor = ({ repository, by, keyless: isKeyless }) => {
    const reference = by === 'tag' ? 'v1' : repositories.get(repository).image.digest
    const image = `${registry.host}/${repository}${by === 'tag' ? ':' : '@'}${reference}`
    const flags = isKeyless ? [image, ...keylessFlags] : [image, '--key', key, '--insecure-ignore-tlog']
    const minimal = path.join(root, 'scripts/bench/minimal.cjs')
    return {
      bare: [process.execPath, '-e', '0'],
      ...(!isKeyless && {
        minimal: [process.execPath, minimal, registry.host, key, image.slice(registry.host.length + 1)],
      }),
      ours: [process.execPath, path.join(root, 'dist/cli.js'), 'verify', ...flags],
      ...(cosign && { cosign: [cosign, 'verify', ...flags] }),
    }
  }

  const env = { PATH: process.env.PATH, HOME: folder }
  const rows = []
  try {
    for (const one of cases) {
      const programs = programsFor(one.image)
      const wall = Object.fromEntries(Object.keys(programs).map((name) => [name, []]))
      const seen = {}
      // The first round warms the disk cache.
      for (let run = -1; run < Math.min(runs, one.runs ?? runs); run++) {
        for (const [name, command] of Object.entries(programs)) {
          registry.start(one.delay)
          const spent = await timeOf(command, env)
          if (run >= 0) wall[name].push(spent)
          seen[name] = registry.seen()
        }
      }
      rows.push({ ...one, seen, wall: Object.fromEntries(Object.entries(wall).map(toMedian)) })
    }
  } finally {
    registry.stop()
    fs.rmSync(folder, { recursive: true })
  }
  return print(rows, runs, cosign !== undefined)
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
  const end = performance.now()
  if (status !== 0) throw new Error(`${program} ${args.join(' ')}: exit ${status}\n${said}`)
  return end - start
}

function toMedian([name, list]) {
  return [name, [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)]]
}

function print(rows, runs, hasCosign) {
  console.log(`\nRegistry, Node ${process.version}, ${runs} runs each, medians in ms\n`)
  if (!hasCosign) console.log('cosign is not in .peers: bash scripts/install-peers.sh cosign\n')
  const head =
    'image | delay | bare Node | minimal | this | cosign | requests, chain | cosign’s | this / minimal | this / cosign | at most'
  console.log(`| ${head} |\n|${' --- |'.repeat(11)}`)
  let over = 0
  for (const { image, delay, most, wall, seen } of rows) {
    const ms = (name) => (wall[name] === undefined ? '' : wall[name].toFixed(0))
    const ratio = (name) => (wall[name] === undefined ? '' : (wall.ours / wall[name]).toFixed(2))
    const cost = (name) =>
      seen[name] === undefined
        ? ''
        : `${seen[name].requests.length}${delay === 0 ? '' : `, ${seen[name].chain}`}`
    for (const [peer, budget] of Object.entries(most)) {
      if (wall[peer] !== undefined && wall.ours / wall[peer] > budget) over++
    }
    const { requests, chain } = seen.ours
    if (requests.length > image.requests || (delay > 0 && chain > image.chain)) {
      over++
      console.error(`${image.name}: at most ${image.requests} requests in a chain of ${image.chain}, got`)
      console.error(`  ${chain}: ${requests.join('\n  ')}`)
    }
    const budgets = Object.entries(most).map(([peer, budget]) => `${budget} of ${peer}`)
    const cells = [
      image.name,
      delay,
      ...['bare', 'minimal', 'ours', 'cosign'].map(ms),
      cost('ours'),
      cost('cosign'),
      ratio('minimal'),
      ratio('cosign'),
      budgets.join(', '),
    ]
    console.log(`| ${cells.join(' | ')} |`)
  }
  return over
}

if (process.argv[1] === import.meta.filename) {
  const at = process.argv.indexOf('--runs')
  const over = await benchRegistry(at < 0 ? 7 : Number(process.argv[at + 1]))
  if (over > 0) {
    console.error(`${over} over its budget`)
    process.exitCode = 1
  }
}
