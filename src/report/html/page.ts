import type { Ending } from '../../verdict/ending.js'
import type { Result, Verdict } from '../../verdict/result.js'
import type { PlanShard, ResultDocument, Tool } from '../document.js'
import { alsoTurn, headline, spared, title, turn } from '../words.js'
import { attested, deploy, pinnedManifests, vouched } from './evidence.js'
import { failures, glance, notChecked } from './failures.js'
import { type Anchors, anchorsOf, howWeKnow, imageTable } from './images.js'
import { policyTable, runFacts } from './run.js'
import { contentSecurityPolicy, style } from './style.js'
import { html, moreIn, section, statusOf } from './text.js'

const mostWarnings = 50

/** What a report says beside the result. */
export interface About {
  readonly inputs: ResultDocument['inputs']
  readonly tool: Tool
  readonly plan?: PlanShard | undefined
  /** The folder that manifests with digests were written to. */
  readonly pinnedTo?: string | undefined
}

/**
 * The report for people who were not there: one file that loads nothing and runs nothing, light or dark as its reader has
 * it, in pieces. The verdict first; what failed, whose turn it is and what next; then what to deploy, who vouched for it
 * and how that is known. Everything from outside is escaped and bounded.
 */
export function* htmlReport(result: Result, ending: Ending, about: About): Iterable<string> {
  const { images, failure, verdict } = result
  const anchors = anchorsOf(images)
  const name = `${title(verdict, failure)} · verify-image`
  yield `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${contentSecurityPolicy()}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${html(name)}</title>
<style>${style}</style>
</head>
<body>
${banner(result, about)}
<main>
${aloud(result, ending)}`
  yield section('glance', 'At a glance', glance(result))
  yield section(
    'failed',
    'What failed',
    failures(result, (image) => anchors.get(image)),
  )
  yield section('unchecked', 'Not checked', notChecked(result))
  yield section('deploy', 'Deploy by digest', deploy(result, ending))
  yield section('manifests', 'Manifests with digests', pinnedManifests(result, about.pinnedTo))
  yield section('vouched', 'Who vouched for it', vouched(images))
  // Of one image it says all; of many it is what one looks up.
  if (images.length === 1) yield* known(images, anchors)
  yield section('images', 'Images', imageTable(images, anchors))
  yield section('policies', 'What the policies say', policyTable(result.policies ?? []))
  yield section('attested', 'What was attested', attested(images))
  if (images.length > 1) yield* known(images, anchors)
  yield section('run', 'The run', runFacts(result, about.inputs, about.tool, about.plan))
  yield '</main>\n<footer>Made by verify-image. The whole of it, for programs, is the result file (<code>verify-result.json</code>).</footer>\n</body>\n</html>\n'
}

function* known(images: Result['images'], anchors: Anchors): Iterable<string> {
  yield '<section aria-labelledby="known"><h2 id="known">How we know</h2>\n'
  yield* howWeKnow(images, anchors)
  yield '</section>\n'
}

const badges: Readonly<Record<Verdict, string>> = {
  verified: 'M15 28l8 9l16 -19',
  rejected: 'M18 18l18 18M36 18l-18 18',
  undetermined: 'M20 21a7 7 0 1 1 10 6.5q-3 1.6 -3 5M27 39.5v.5',
}

function banner(result: Result, { tool }: About): string {
  const { verdict, failure, images, calls, finishedAt } = result
  const requests = calls.reduce((sum, { count }) => sum + count, 0)
  const facts: readonly (readonly [string, string])[] = [
    ['Images', String(images.length)],
    ['Finished', finishedAt],
    ['Requests', `${requests} to ${calls.length} ${calls.length === 1 ? 'host' : 'hosts'}`],
    ['Program', `${tool.name} ${tool.version}`],
  ]
  const list = facts.map(([name, value]) => `<div><dt>${name}</dt><dd>${html(value)}</dd></div>`).join('')
  return `<header><div class="banner ${statusOf(verdict)}"><svg class="badge" viewBox="0 0 54 54" aria-hidden="true"><circle cx="27" cy="27" r="27"/><path d="${badges[verdict]}"/></svg>
<div><h1>${html(title(verdict, failure))}</h1>
<p>${html(headline(result))}</p>
<p class="turn"><strong>Whose turn:</strong> ${html(`${turn(failure)}${alsoTurn(result)}`)}</p></div></div>
<dl class="facts">${list}</dl></header>`
}

/** What must not be overlooked. */
function aloud(result: Result, { letPass }: Ending): string {
  const { warnings } = result
  const pass = letPass
    ? `<div class="warn"><p>The step passes because its inputs ask for that. <strong>Not everything is verified:</strong> ${html(spared(result))}.</p></div>\n`
    : ''
  if (warnings.length === 0) return pass
  const items = warnings.slice(0, mostWarnings).map((warning) => `<li>${html(warning)}</li>\n`)
  return `${pass}<div class="warn"><strong>Warnings</strong>\n<ul>${items.join('')}</ul>\n${moreIn(warnings.length - mostWarnings)}</div>\n`
}
