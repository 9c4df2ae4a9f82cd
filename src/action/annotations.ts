import type { Ending } from '../verdict/ending.js'
import type { Failure, Result, Verdict } from '../verdict/result.js'
import { line, shorten } from '../report/escape.js'
import { nearMissesOf } from '../report/near-misses.js'
import { title } from '../report/words.js'

export interface Annotation {
  readonly level: 'error' | 'warning'
  readonly title: string
  readonly message: string
}

/** The runner keeps ten of a kind for a step and cuts a message at 4096 characters. */
const most = 10
const longest = 4000

/** One annotation for each failed image; the tenth speaks for the rest where there are more. */
export function toAnnotations(result: Result, ending: Ending): readonly Annotation[] {
  const level = ending.letPass ? 'warning' : 'error'
  const failed = result.images.filter((image) => image.failure !== null)
  const annotate = (
    verdict: Verdict,
    failure: Failure,
    about: string,
    misses: readonly string[],
  ): Annotation => ({
    level,
    title: title(verdict, failure),
    message: shorten([`${about}${failure.message}`, ...misses, failure.hint].map(line).join('\n'), longest),
  })
  const own = result.failure
  const whole =
    own && !failed.some(({ failure }) => failure?.code === own.code)
      ? [annotate(result.verdict, own, '', [])]
      : []
  const each = failed.flatMap(({ verdict, failure, reference, finding }) =>
    failure ? [annotate(verdict, failure, `${reference}: `, nearMissesOf(finding))] : [],
  )
  const all = [...whole, ...each]
  if (all.length <= most) return all
  const rest = all.length - most + 1
  return [
    ...all.slice(0, most - 1),
    {
      level,
      title: title(result.verdict, result.failure),
      message: `${rest} more images failed: see the job summary and the result file`,
    },
  ]
}
