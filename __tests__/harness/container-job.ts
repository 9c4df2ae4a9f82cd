import { spawn, spawnSync } from 'node:child_process'
import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import type { ResultDocument } from '../../src/report/document.js'
import { dist, type RanAction, readOutputs, temporaryFolder } from './run.js'

/** A root folder like that of a job with `container:`, as bare as an image can be: Node and what the runner mounts. */
export interface ContainerJob {
  readonly root: string
  readonly run: (
    inputs: Readonly<Record<string, string>>,
    options?: JobOptions,
  ) => Promise<
    Pick<RanAction, 'exit' | 'stdout' | 'stderr' | 'outputs' | 'document'> & { readonly summary: string }
  >
}

interface JobOptions {
  /** Who runs it; nobody has a name there. */
  readonly user?: number
  readonly env?: Readonly<Record<string, string | undefined>>
}

const action = '/__w/_actions/OWNER/verify-image/v1'
const workspace = '/__w/app/app'
const commands = '/__w/_temp/_runner_file_commands'
const node = '/__e/node24/bin/node'

/** Why no process can be given another root here; undefined: it can. */
export function whyNoRoot(): string | undefined {
  if (process.platform !== 'linux') return 'chroot is known of Linux alone'
  if (process.getuid?.() !== 0) return 'only root may call chroot'
  return spawnSync('chroot', ['/', '/proc/self/exe', '--version'], { stdio: 'ignore' }).status === 0
    ? undefined
    : 'chroot does not work here'
}

/** Lays the folders that the runner mounts into a container (runner, ContainerOperationProvider): `/__w`, `/__e`, `/__t`. */
export function layContainerJob(files: Readonly<Record<string, string>>): ContainerJob {
  const root = temporaryFolder()
  chmodSync(root, 0o755)
  const at = (name: string): string => path.join(root, name)
  for (const name of [workspace, commands, '/__t', '/github/home', action, path.dirname(node)])
    mkdirSync(at(name), { recursive: true })
  for (const name of [workspace, commands, '/__t', '/__w/_temp']) chmodSync(at(name), 0o777)
  copyFileSync(process.execPath, at(node))
  chmodSync(at(node), 0o755)
  for (const library of librariesOf(process.execPath)) {
    mkdirSync(path.dirname(at(library)), { recursive: true })
    copyFileSync(realpathSync(library), at(library))
  }
  cpSync(dist, at(`${action}/dist`), { recursive: true })
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(at(`${workspace}/${name}`)), { recursive: true })
    writeFileSync(at(`${workspace}/${name}`), text)
  }
  // Nobody writes there.
  chmodSync(at('/github/home'), 0o555)
  let runs = 0
  return {
    root,
    run: async (inputs, { user = 54321, env = {} } = {}) => {
      const number = runs++
      const [output, summary, paths] = ['set_output', 'step_summary', 'add_path'].map((name) => {
        const file = `${commands}/${name}_${number}`
        writeFileSync(at(file), '')
        chmodSync(at(file), 0o666)
        return file
      }) as [string, string, string]
      const result = `verify-result-${number}.json`
      const given = { 'result-file': result, ...inputs }
      const whole: NodeJS.ProcessEnv = {
        CI: 'true',
        GITHUB_ACTIONS: 'true',
        GITHUB_WORKSPACE: workspace,
        GITHUB_OUTPUT: output,
        GITHUB_STEP_SUMMARY: summary,
        GITHUB_PATH: paths,
        RUNNER_TEMP: '/__w/_temp',
        RUNNER_TOOL_CACHE: '/__t',
        HOME: '/github/home',
        ...Object.fromEntries(
          Object.entries(given).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]),
        ),
        ...env,
      }
      // chroot itself is looked for on the path of the tests; in there, there is none. It starts at the root.
      const start = `process.chdir('${workspace}'); process.argv[1] = '${action}/dist/action.js'; await import('${action}/dist/action.js')`
      const args = [`--userspec=${user}:${user}`, root, node, '--input-type=module', '-e', start]
      const ran = await inRoot(args, whole)
      const file = at(`${workspace}/${result}`)
      return {
        ...ran,
        outputs: readOutputs(readFileSync(at(output), 'utf8')),
        summary: readFileSync(at(summary), 'utf8'),
        document: existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as ResultDocument) : undefined,
      }
    },
  }
}

function librariesOf(program: string): readonly string[] {
  const { stdout } = spawnSync('ldd', [program], { encoding: 'utf8' })
  return [...stdout.matchAll(/(\/\S+) \(0x/g)].flatMap(([, name]) => name ?? [])
}

async function inRoot(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<{ exit: number | null; stdout: string; stderr: string }> {
  return new Promise((resolve, reject) => {
    const chroot = ['/usr/sbin/chroot', '/usr/bin/chroot', '/sbin/chroot'].find((file) => existsSync(file))
    const child = spawn(chroot ?? 'chroot', args, { env, stdio: ['ignore', 'pipe', 'pipe'] })
    const [out, err]: [Buffer[], Buffer[]] = [[], []]
    child.stdout.on('data', (chunk: Buffer) => out.push(chunk))
    child.stderr.on('data', (chunk: Buffer) => err.push(chunk))
    child.on('error', reject)
    child.on('close', (exit) =>
      resolve({
        exit,
        stdout: Buffer.concat(out).toString('utf8'),
        stderr: Buffer.concat(err).toString('utf8'),
      }),
    )
  })
}
