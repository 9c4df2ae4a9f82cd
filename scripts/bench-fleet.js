// 1, 50 and 1000 images with 0, 50 and 200 ms an answer, beside the least that Node can do, cosign in a loop and one call
// of cosign. `node scripts/bench-fleet.js [--images 1,50,1000] [--delays 0,50,200]`, or as a part of `npm run bench`.
import { fork, spawn } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'

const root = path.resolve(import.meta.dirname, '..')
/** Longer than this, milliseconds, and cosign is not waited for: its row says so. */
const mostOfCosign = 180_000
/** What cosign takes a request of its chain, as a first guess at how long it will be. */
const chainOfCosign = 9

/** As parts of cosign's time: `loop`, one process an image; `one call`, all images in one process. */
const budgets = [{ count: 50, delay: 50, loop: 1 / 15, 'one call': 1 / 8 }]

/** @returns how many cases are over a budget */
export async function benchFleet({ counts = [1, 50, 1000], delays = [0, 50, 200] } = {}) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'bench-fleet-'))
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const key = path.join(folder, 'cosign.pub')
  fs.writeFileSync(key, publicKey.export({ type: 'spki', format: 'pem' }))
  const registry = await openRegistry(privateKey.export({ type: 'pkcs8', format: 'pem' }))
  const rows = []
  try {
    for (const count of counts)
      for (const delay of delays)
        for (const [name, command] of Object.entries(programsFor(folder, registry.host, key, count))) {
          const isCosign = name !== 'this' && name !== 'minimal'
          if (isCosign && count * (50 + chainOfCosign * delay) > mostOfCosign) continue
          // The first round warms the disk cache and the registry.
          const runs = count > 50 || (isCosign && count > 1) ? 1 : 5
          const ran = []
          for (let run = count > 1 && isCosign ? 0 : -1; run < runs; run++) {
            await registry.start(delay)
            const one = { ...(await measure(command, folder)), ...(await registry.seen()) }
            if (run >= 0) ran.push(one)
          }
          const median = ran.sort((a, b) => a.seconds - b.seconds)[Math.floor(ran.length / 2)]
          rows.push({ name, count, delay, ...median })
        }
  } finally {
    registry.stop()
    fs.rmSync(folder, { recursive: true })
  }
  return print(rows)
}

function programsFor(folder, host, key, count) {
  const images = Array.from({ length: count }, (_, n) => `team-${Math.floor(n / 100)}/app-${n}:v1`)
  const list = path.join(folder, 'images')
  const short = path.join(folder, 'names')
  fs.writeFileSync(list, images.map((image) => `${host}/${image}\n`).join(''))
  fs.writeFileSync(short, images.map((image) => `${image}\n`).join(''))
  const cosign = ['cosign', 'cosign.exe']
    .map((name) => path.join(root, '.peers/bin', name))
    .find((file) => fs.existsSync(file))
  const flags = ['--key', key, '--insecure-ignore-tlog']
  const quoted = (words) => words.map((word) => `'${word}'`).join(' ')
  return {
    minimal: [process.execPath, path.join(root, 'scripts/bench/minimal.cjs'), host, key, `@${short}`],
    this: [process.execPath, path.join(root, 'dist/cli.js'), 'verify', '--images-file', list, ...flags],
    ...(cosign && {
      loop: [
        'sh',
        '-c',
        `while read -r image; do ${quoted([cosign, 'verify'])} "$image" ${quoted(flags)} || exit 1; done < '${list}'`,
      ],
      'one call': [cosign, 'verify', ...images.map((image) => `${host}/${image}`), ...flags],
    }),
  }
}

async function openRegistry(privateKey) {
  const child = fork(path.join(root, 'scripts/fleet/registry.js'), [privateKey, '0'])
  const say = () => new Promise((resolve) => child.once('message', resolve))
  const { port } = await say()
  const tell = async (message) => {
    child.send(message)
    return say()
  }
  return {
    host: `127.0.0.1:${port}`,
    start: async (delay) => tell({ delay }),
    seen: async () => tell({}),
    stop: () => child.disconnect(),
  }
}

/** Wall time, and where `time` of GNU is: the CPU time and the peak of memory of the largest process. */
async function measure(command, folder) {
  const timer = '/usr/bin/time'
  const costs = path.join(folder, 'costs')
  const [program, ...args] = fs.existsSync(timer)
    ? [timer, '--format=%U %S %M', `--output=${costs}`, ...command]
    : command
  const start = performance.now()
  const env = { PATH: process.env.PATH, HOME: folder }
  const child = spawn(program, args, { env, cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += chunk))
  const status = await new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', resolve)
  })
  const seconds = (performance.now() - start) / 1000
  if (status !== 0)
    throw new Error(`${command.slice(0, 4).join(' ')} …: exit ${status}\n${said.slice(-2000)}`)
  if (program !== timer) return { seconds }
  const [user, system, kilobytes] = fs.readFileSync(costs, 'utf8').trim().split(' ').map(Number)
  return { seconds, cpu: user + system, megabytes: kilobytes / 1024 }
}

function print(rows) {
  console.log(`\nFleets, Node ${process.version}, bundles by tag, one key\n`)
  const head = [
    ...['images', 'delay', 'program', 's', 'requests', 'chain', 'kB', 'CPU s', 'peak MB'],
    ...['this / it', 'at most'],
  ]
  console.log(`| ${head.join(' | ')} |\n|${' --- |'.repeat(head.length)}`)
  const names = {
    minimal: 'minimal script',
    this: 'this',
    loop: 'cosign, a loop',
    'one call': 'cosign, one call',
  }
  let over = 0
  for (const { name, count, delay, seconds, requests, chain, bytes, cpu, megabytes } of rows) {
    const own = rows.find((row) => row.name === 'this' && row.count === count && row.delay === delay)
    const ratio = own.seconds / seconds
    const most = budgets.find((one) => one.count === count && one.delay === delay)?.[name]
    if (most !== undefined && ratio > most) over++
    const cells = [
      ...[count, delay, names[name], seconds.toFixed(2), requests, delay === 0 ? '' : chain],
      ...[(bytes / 1000).toFixed(0), cpu?.toFixed(2) ?? '', megabytes?.toFixed(0) ?? ''],
      ...[name === 'this' ? '' : ratio.toFixed(3), most === undefined ? '' : `1/${1 / most}`],
    ]
    console.log(`| ${cells.join(' | ')} |`)
  }
  return over
}

if (process.argv[1] === import.meta.filename) {
  const list = (name) => {
    const at = process.argv.indexOf(`--${name}`)
    return at < 0 ? undefined : process.argv[at + 1].split(',').map(Number)
  }
  const over = await benchFleet({ counts: list('images'), delays: list('delays') })
  if (over > 0) {
    console.error(`${over} over its budget`)
    process.exitCode = 1
  }
}
