import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

const root = path.resolve(import.meta.dirname, '../..')

/** A small house beside the real one, held to the same rules by the same files. */
export interface PlantedHouse {
  readonly folder: string
  readonly remove: () => void
}

/** @param files sources by path, such as `src/verdict/planted.ts` */
export function plantHouse(files: Readonly<Record<string, string>>): PlantedHouse {
  const folder = mkdtempSync(path.join(tmpdir(), 'verify-image-house-'))
  for (const name of ['.dependency-cruiser.cjs', 'eslint.config.js', 'tsconfig.json', 'package.json']) {
    copyFileSync(path.join(root, name), path.join(folder, name))
  }
  symlinkSync(path.join(root, 'node_modules'), path.join(folder, 'node_modules'), 'junction')
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true })
    writeFileSync(path.join(folder, file), text)
  }
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

function runTool({ folder }: PlantedHouse, script: string, args: readonly string[]): string {
  const program = path.join(root, 'node_modules', script)
  const ran = spawnSync(process.execPath, [program, ...args], { cwd: folder, encoding: 'utf8' })
  if (ran.stdout === '') throw new Error(`${script} gave no report: ${ran.stderr}`)
  return ran.stdout
}

interface Cruise {
  readonly summary: {
    readonly totalCruised: number
    readonly violations: readonly { readonly from: string; readonly rule: { readonly name: string } }[]
  }
}

/** What `npm run arrows` finds, as `file: rule`, sorted. */
export function cruise(house: PlantedHouse): readonly string[] {
  const args = ['--config', '.dependency-cruiser.cjs', '--output-type', 'json', 'src']
  const report = JSON.parse(runTool(house, 'dependency-cruiser/bin/dependency-cruise.mjs', args)) as Cruise
  if (report.summary.totalCruised === 0) throw new Error('nothing was looked at')
  const found = report.summary.violations.map(({ from, rule }) => `${from}: ${rule.name}`)
  return [...new Set(found)].toSorted()
}

interface Lint {
  readonly filePath: string
  readonly messages: readonly { readonly ruleId: string | null; readonly message: string }[]
}

/** What `eslint` finds, as `file: rule: message`, sorted. */
export function lint(house: PlantedHouse): readonly string[] {
  const report = JSON.parse(runTool(house, 'eslint/bin/eslint.js', ['src', '--format', 'json'])) as Lint[]
  const name = (file: string): string => file.slice(file.indexOf('src')).replaceAll(path.sep, '/')
  const found = report.flatMap(({ filePath, messages }) =>
    messages.map(
      ({ ruleId, message }) =>
        `${name(path.relative(house.folder, filePath))}: ${String(ruleId)}: ${message}`,
    ),
  )
  return found.toSorted()
}
