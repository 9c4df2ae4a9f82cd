import fs from 'node:fs'
import path from 'node:path'
import { allowed } from '../scripts/allowed-licences.js'
import { go } from './go.js'

/** What is written in a licence, by words that no other has. */
const marks = [
  ['MIT', 'Permission is hereby granted, free of charge, to any person obtaining a copy'],
  ['Apache-2.0', 'Apache License Version 2.0, January 2004'],
  ['Apache-2.0', 'Licensed under the Apache License, Version 2.0'],
  ['ISC', 'Permission to use, copy, modify, and/or distribute this software'],
  ['BSD-3-Clause', 'Neither the name of'],
  ['MPL-2.0', 'Mozilla Public License'],
  ['GPL', 'GNU General Public License'],
  ['LGPL', 'Lesser General Public License'],
]
const named = /^(licen[cs]e|copying|notice|patents)([-.].*)?$/i

/** The licences of every Go module that is linked into the WebAssembly, and of Go itself, as engines/NOTICES.txt. */
export function writeNotices() {
  const template = '{{with .Module}}{{if not .Main}}{{.Path}}@{{.Version}}\t{{.Dir}}\t{{$.Dir}}{{end}}{{end}}'
  const packages = go('list', '-deps', '-f', template, '.')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.split('\t'))
  const modules = new Map()
  for (const [name, root, folder] of packages) {
    const files = modules.get(name) ?? new Map()
    // A package may have a licence of its own within its module.
    for (let at = folder; at.startsWith(root); at = path.dirname(at))
      for (const file of fs.readdirSync(at).filter((one) => named.test(one)))
        files.set(path.join(path.relative(root, at), file), path.join(at, file))
    modules.set(name, files)
  }
  modules.set(`Go ${go('env', 'GOVERSION').trim()}`, goItself(go('env', 'GOROOT').trim()))
  const sections = [...modules]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, files]) => section(name, files))
  const rule = `\n${'-'.repeat(80)}\n\n`
  return `policy-engines.wasm.br contains these Go modules.\n${rule}${sections.join(rule)}`
}

function goItself(root) {
  return new Map(['LICENSE', 'PATENTS'].map((name) => [name, path.join(root, name)]))
}

function section(name, files) {
  const texts = [...files]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([file, place]) => ({ file, text: fs.readFileSync(place, 'utf8').replaceAll('\r\n', '\n').trim() }))
  const licences = texts.filter(({ file }) => /licen[cs]e|copying/i.test(path.basename(file)))
  if (licences.length === 0) throw new Error(`${name} has no licence that can be found`)
  for (const { file, text } of licences) {
    const flat = text.replace(/\s+/g, ' ')
    const kinds = marks.filter(([, mark]) => flat.includes(mark)).map(([kind]) => kind)
    const wrong = kinds.find((kind) => !allowed.has(kind))
    if (kinds.length === 0 || wrong)
      throw new Error(`${name} (${file}) has the licence ${wrong ?? 'unknown'}, which is not on the list`)
  }
  return `${name}\n\n${texts.map(({ text }) => text).join('\n\n')}\n`
}
