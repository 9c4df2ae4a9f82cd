import type { PolicyResult, Result } from '../../verdict/result.js'
import type { Finding } from '../../verdict/finding.js'
import { distinct } from '../distinct.js'
import type { PlanShard, ResultDocument, Tool } from '../document.js'
import { resourceText, ruleText } from '../place.js'
import { countOutcomes, countsText, type Outcome, worstFirst } from '../policy-results.js'
import { code, folded, html, moreIn, pill, table } from './text.js'

const mostRows = 500
const mostOpen = 50
const mostItems = 200

const statuses: Readonly<Record<Outcome, Finding['status']>> = {
  pass: 'met',
  fail: 'unmet',
  warn: 'exempt',
  error: 'unknown',
  skip: 'exempt',
}

/** What each rule says to each image, what matters first. */
export function policyTable(rows: readonly PolicyResult[]): string {
  if (rows.length === 0) return ''
  const cells = worstFirst(rows)
    .slice(0, mostRows)
    .map(({ result, resource, image, message, ...rule }) => [
      code(ruleText(rule)),
      pill(statuses[result], result),
      [...(resource === undefined ? [] : [resourceText(resource)]), image]
        .map((one) => code(one))
        .join('<br>'),
      result === 'pass' ? '–' : html(message),
    ])
  const heads = ['Rule', 'Result', 'Resource and image', 'What it says']
  const caption = 'What each rule says to each image, what matters first'
  const open = table(caption, heads, cells.slice(0, mostOpen))
  const rest = cells.slice(mostOpen)
  const more = rest.length === 0 ? '' : folded(`${rest.length} more`, table('Further results', heads, rest))
  return `<p>${html(countsText(countOutcomes(rows)))}</p>\n${open}${more}${moreIn(rows.length - mostRows)}`
}

/** What an auditor asks of the run: keys, policies, trust, hosts, inputs and the program. */
export function runFacts(
  { keys, policyFiles = [], trust, calls, startedAt, finishedAt }: Result,
  inputs: ResultDocument['inputs'],
  tool: Tool,
  plan: PlanShard | undefined,
): string {
  const asked = distinct(keys).map(({ reference, id, type, sha256, version }) => [
    `${code(reference)}${version === undefined ? '' : ` version ${html(version)}`}`,
    html(type),
    code(id),
    code(sha256),
  ])
  const read = policyFiles.map(({ file, language, sha256 }) => [code(file), html(language), code(sha256)])
  const given = Object.entries(inputs).flatMap(([name, value]) => {
    const texts = [value].flat().filter((text) => text !== '')
    return texts.length === 0 ? [] : [[code(name), valuesCell(texts)]]
  })
  const program = [
    ['Program', html(`${tool.name} ${tool.version}`)],
    ['Started and finished', `${html(startedAt)}, ${html(finishedAt)}`],
    ...(tool.sha256 === null ? [] : [['SHA-256 of the program', code(tool.sha256)]]),
    ...(plan === undefined
      ? []
      : [
          [
            'Plan',
            `${code(plan.sha256)}, ${plan.shard === undefined ? `all ${plan.of} shards` : `shard ${plan.shard} of ${plan.of}`}`,
          ],
        ]),
    ...(trust === undefined
      ? []
      : [
          ['Trusted root', `${code(trust.name)}, SHA-256 ${code(trust.sha256)}`],
          ...(trust.newestPart === undefined ? [] : [['Its newest part', html(trust.newestPart)]]),
          ...(trust.checkedAt === undefined ? [] : [['Asked at', html(trust.checkedAt)]]),
          ...(trust.expires === undefined ? [] : [['Holds until', html(trust.expires)]]),
        ]),
  ]
  const hosts = calls.slice(0, mostItems).map(({ host, count }) => [code(host), String(count)])
  return [
    table('The program and what it trusted', ['What', 'Which'], program),
    listed('Keys asked for', ['Key', 'Type', 'Id', 'SHA-256'], asked),
    listed('Policies read', ['File', 'Language', 'SHA-256'], read),
    calls.length === 0
      ? '<p>No host was contacted.</p>\n'
      : `${table('Hosts contacted', ['Host', 'Requests'], hosts)}${moreIn(calls.length - mostItems)}`,
    folded('Inputs as they were used, without secrets', listed('Inputs', ['Name', 'Value'], given)),
  ].join('')
}

function listed(caption: string, heads: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return ''
  return `${table(caption, heads, rows.slice(0, mostItems))}${moreIn(rows.length - mostItems)}`
}

function valuesCell(texts: readonly string[]): string {
  const shown = texts.slice(0, 20).map((text) => code(text, 300))
  return [...shown, ...(texts.length > 20 ? [`… and ${texts.length - 20} more`] : [])].join('<br>')
}
