import type { Ending } from '../verdict/ending.js'
import type { Failure, Origin, Result, Verdict } from '../verdict/result.js'
import { line, shorten } from '../report/escape.js'
import { nearMissesOf } from '../report/near-misses.js'
import { located, placeText } from '../report/place.js'
import { title } from '../report/words.js'

export interface Annotation {
  readonly level: 'error' | 'warning'
  readonly title: string
  readonly message: string
  /** Where it belongs: the page of changed files shows it there. */
  readonly place?: { readonly file: string; readonly startLine: number }
}

/** The runner keeps ten of a kind for a step and cuts a message at 4096 characters. */
const most = 10
const longest = 4000
const mostPlaces = 5

/**
 * One annotation for each failed image, and, of policies and manifests, one for each warning: what nobody checked must
 * not be found in the log alone. The tenth of a kind speaks for the rest where there are more.
 */
export function toAnnotations(result: Result, ending: Ending): readonly Annotation[] {
  const level = ending.letPass ? 'warning' : 'error'
  const failed = failures(result, level)
  const failing = cut<Annotation>(failed, most, (rest) => ({
    level,
    title: title(result.verdict, result.failure),
    message: `${rest} more images failed: see the job summary and the result file`,
  }))
  const room = level === 'warning' ? most - failing.length : most
  const warned = cut<Annotation>(warnings(result), room, (rest) => ({
    level: 'warning',
    title: aloud,
    message: `${rest} more warnings: see the job summary and the result file`,
  }))
  return [...failing, ...warned]
}

function cut<Item>(
  items: readonly Item[],
  room: number,
  forTheRest: (rest: number) => Item,
): readonly Item[] {
  if (items.length <= room) return items
  return room === 0 ? [] : [...items.slice(0, room - 1), forTheRest(items.length - room + 1)]
}

function failures(result: Result, level: Annotation['level']): readonly Annotation[] {
  const failed = result.images.filter((image) => image.failure !== null && !image.allowed)
  const annotate = (
    verdict: Verdict,
    failure: Failure,
    about: string,
    more: readonly string[],
    origin?: Origin,
  ): Annotation => ({
    level,
    title: title(verdict, failure),
    message: shorten([`${about}${failure.message}`, ...more, failure.hint].map(line).join('\n'), longest),
    ...(origin && placeOf(origin.file, origin.line)),
  })
  const own = result.failure
  const whole =
    own && !failed.some(({ failure }) => failure?.code === own.code && failure.message === own.message)
      ? [annotate(result.verdict, own, '', [], located(own.message, result))]
      : []
  const each = failed.flatMap(({ verdict, failure, reference, finding, origins = [] }) =>
    failure
      ? [
          annotate(
            verdict,
            failure,
            `${reference}: `,
            [...nearMissesOf(finding), ...places(origins)],
            origins[0],
          ),
        ]
      : [],
  )
  return [...whole, ...each]
}

function places(origins: readonly Origin[]): readonly string[] {
  const lines = origins.slice(0, mostPlaces).map((origin) => `at ${placeText(origin)}`)
  return origins.length > mostPlaces ? [...lines, `and ${origins.length - mostPlaces} more places`] : lines
}

const aloud = 'Policies and manifests'

/** Of runs without policies and manifests warnings stay in the log and the summary. */
function warnings(result: Result): readonly Annotation[] {
  if (!result.policyFiles && !result.pinned) return []
  return result.warnings.map((warning): Annotation => {
    const origin = located(warning, result)
    return {
      level: 'warning',
      title: aloud,
      message: shorten(line(warning), longest),
      ...(origin && placeOf(origin.file, origin.line)),
    }
  })
}

/** A name that a runner or a page would show otherwise than it is names no file there. */
function placeOf(file: string, startLine: number): Pick<Annotation, 'place'> {
  return file === 'standard input' || line(file) !== file ? {} : { place: { file, startLine } }
}
