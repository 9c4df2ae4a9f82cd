import { line } from '../report/escape.js'
import { noneOf, oneMore, progressText } from '../report/progress.js'
import type { Watch } from '../run/answer.js'

/** Of so many images each has a line; of more, those that are not verified, and a count from time to time. */
const mostLines = 50
const pauseMs = 5000

/** What of `@actions/core` writes the log. */
interface Log {
  readonly info: (text: string) => void
  readonly startGroup: (title: string) => void
  readonly endGroup: () => void
}

/** The log of a long run: a group that can be folded, with as many lines as can be read. One image has none. */
export function watchInLog(
  log: Log,
  now: () => number,
): Required<Pick<Watch, 'planned' | 'decided'>> & { end: () => void } {
  let progress = noneOf(0)
  let said = 0
  let named = 0
  const isQuiet = (): boolean => progress.total < 2
  return {
    planned: (total) => {
      progress = noneOf(total)
      said = now()
      if (!isQuiet()) log.startGroup(`Judging ${total} images`)
    },
    decided: (image) => {
      progress = oneMore(progress, image)
      if (isQuiet()) return
      const { decided, total } = progress
      const { reference, verdict, allowed } = image
      if (total <= mostLines || (verdict !== 'verified' && allowed !== true && ++named <= mostLines))
        log.info(line(`${decided} of ${total}: ${allowed === true ? 'not checked' : verdict} ${reference}`))
      if (total > mostLines && (decided === total || now() - said >= pauseMs)) {
        said = now()
        log.info(progressText(progress))
      }
    },
    end: () => {
      if (!isQuiet()) log.endGroup()
      progress = noneOf(0)
    },
  }
}
