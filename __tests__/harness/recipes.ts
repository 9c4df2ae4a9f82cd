import { readFileSync } from 'node:fs'
import path from 'node:path'
import { parse } from 'yaml'

/** One recipe of a page: what is typed into a shell, and what is copied into a workflow. */
export interface Recipe {
  readonly title: string
  readonly text: string
  readonly shell: readonly string[]
  readonly workflows: readonly Snippet[]
}

export interface Step {
  readonly id?: string
  readonly if?: string
  readonly uses?: string
  readonly run?: string
  readonly with?: Readonly<Record<string, string | number | boolean>>
  readonly env?: Readonly<Record<string, string>>
}

export interface Job {
  readonly needs?: string
  readonly permissions?: Readonly<Record<string, string>>
  readonly steps: readonly Step[]
}

/** A part of a workflow: jobs, or the steps of one. */
export interface Snippet {
  readonly text: string
  readonly env: Readonly<Record<string, string>>
  readonly permissions?: Readonly<Record<string, string>>
  readonly jobs: readonly Job[]
}

const root = path.resolve(import.meta.dirname, '../..')

/** The recipes of a page, by their headings. */
export function recipesOf(page: string): ReadonlyMap<string, Recipe> {
  const text = readFileSync(path.join(root, page), 'utf8')
  const parts = text.split(/^## /m).slice(1)
  return new Map(
    parts.map((part) => {
      const title = part.slice(0, part.indexOf('\n'))
      const blocks = (language: string): readonly string[] =>
        [...part.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].flatMap(([, kind, block = '']) =>
          kind === language ? [block] : [],
        )
      return [
        title,
        { title, text: part, shell: blocks('sh'), workflows: blocks('yaml').map(readSnippet) },
      ] as const
    }),
  )
}

function readSnippet(text: string): Snippet {
  const read = parse(text) as {
    env?: Record<string, string>
    permissions?: Record<string, string>
    jobs?: Record<string, Job>
    steps?: Step[]
  }
  const jobs = read.jobs ? Object.values(read.jobs) : [{ steps: read.steps ?? [] }]
  return { text, env: read.env ?? {}, jobs, ...(read.permissions && { permissions: read.permissions }) }
}

/** Steps that verify something. */
export function verifying({ jobs }: Snippet): readonly Step[] {
  return jobs.flatMap(({ steps }) => steps).filter(({ uses }) => uses === 'OWNER/verify-image@COMMIT')
}

/** Puts what stands for something else in its place; what is left of GitHub's expressions is an error of the page. */
export function filled(text: string, places: Readonly<Record<string, string>>): string {
  let out = text
  for (const [name, value] of Object.entries(places)) out = out.replaceAll(name, value)
  const [left] = /\$\{\{.*?\}\}/.exec(out) ?? []
  if (left !== undefined) throw new Error(`nothing is known for ${left}`)
  return out
}

/** The inputs of a step as the runner hands them on. */
export function inputsOf(
  { with: given = {} }: Step,
  places: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(given).map(([name, value]) => [name, filled(String(value), places)]),
  )
}
