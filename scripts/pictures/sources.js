// docs/pictures/sources.json: of which pages the pictures are. Pixels differ from machine to machine; the pages do not, once
// what differs from run to run is taken out of them.
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { sizeOf } from './palette.js'

const root = path.resolve(import.meta.dirname, '../..')
const { version } = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'))
const sha256 = (content) => createHash('sha256').update(content).digest('hex')

/**
 * The same text for each run: keys are made anew, so names that are made of hashes get a number in the order in which they
 * come; the registry has another port, the folder another name, the program another hash, and it is another time.
 */
export function steady(text, { host, folder }) {
  const numbers = new Map()
  const escaped = host.replace(':', '#58;').replaceAll('.', '#46;')
  return (
    text
      .replaceAll(folder, 'FOLDER')
      .replaceAll(host, 'REGISTRY')
      .replaceAll(escaped, 'REGISTRY')
      .replaceAll(version, 'VERSION')
      .replace(/\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?( ?Z| UTC)?/g, 'TIME')
      // What is left of a name that was cut: a word may look like it.
      .replace(/\b[0-9a-f]{1,11}(?=…|#8230;)/g, 'CUT')
      .replace(/\b[0-9a-f]{12,64}\b/g, (name) => {
        // The beginning of a name stands for the name.
        const known = [...numbers.keys()].find((one) => one.startsWith(name) || name.startsWith(one)) ?? name
        if (!numbers.has(known)) numbers.set(known, numbers.size + 1)
        return `HASH-${numbers.get(known)}`
      })
  )
}

/** What a case gave, as hashes. */
export function sourceOf(ran) {
  const [summary, page] = texts(ran).map(([, text]) => sha256(text))
  return { summary, page }
}

function texts(ran) {
  return [
    ['summary', steady(ran.summaryPage(true), ran)],
    ['page', steady(fs.readFileSync(ran.page, 'utf8'), ran)],
  ]
}

/** @returns problems; the texts that are not as they were are left in the folder */
export function compare(ran, known, folder) {
  return texts(ran).flatMap(([kind, text]) => {
    if (known?.[kind] === sha256(text)) return []
    const file = path.join(folder, `${ran.name}-${kind}.txt`)
    fs.writeFileSync(file, text)
    return [`${ran.name}: the ${kind} is not what its pictures show; it is now ${file}`]
  })
}

export function readSources(folder) {
  return JSON.parse(fs.readFileSync(path.join(folder, 'sources.json'), 'utf8'))
}

export function writeSources(folder, cases) {
  const pictures = Object.fromEntries(
    fs
      .readdirSync(folder)
      .filter((name) => name.endsWith('.png'))
      .sort()
      .map((name) => [name, sha256(fs.readFileSync(path.join(folder, name)))]),
  )
  fs.writeFileSync(path.join(folder, 'sources.json'), `${JSON.stringify({ cases, pictures }, null, 2)}\n`)
}

/** A picture of a page is neither a line nor empty. */
const least = { width: 600, height: 300, bytes: 10_000 }

/** Every picture that the pages name is there, is one, is of the five runs, and no other lies beside. */
export function pictureProblems(project, folder) {
  const { cases, pictures } = readSources(folder)
  const problems = []
  const named = namedPictures(project)
  const there = fs.readdirSync(folder).filter((name) => name.endsWith('.png'))
  for (const name of named)
    if (!there.includes(name)) problems.push(`${name} is named in docs/, and not there`)
  for (const name of there) {
    const bytes = fs.readFileSync(path.join(folder, name))
    if (!named.has(name)) problems.push(`${name} is named on no page`)
    if (pictures[name] !== sha256(bytes))
      problems.push(`${name} is not the picture that sources.json was written with`)
    const size = sizeOf(bytes)
    if (size === undefined) problems.push(`${name} is no PNG`)
    else if (size.width < least.width || size.height < least.height || bytes.length < least.bytes)
      problems.push(`${name} is ${size.width}×${size.height}, ${bytes.length} bytes: too small for a page`)
    if (!Object.keys(cases).some((one) => name.startsWith(`${one}-`))) problems.push(`${name} is of no case`)
  }
  return problems
}

function namedPictures(project) {
  const pages = ['README.md', ...fs.readdirSync(path.join(project, 'docs')).map((name) => `docs/${name}`)]
  const texts = pages
    .filter((name) => name.endsWith('.md'))
    .map((name) => fs.readFileSync(path.join(project, name), 'utf8'))
  return new Set([...texts.join('\n').matchAll(/pictures\/([\w-]+\.png)/g)].map(([, name]) => name))
}
