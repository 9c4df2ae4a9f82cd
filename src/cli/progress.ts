import { noneOf, oneMore, progressText } from '../report/progress.js'
import type { Watch } from '../run/answer.js'

const pauseMs = 100

/** Back to the first column, and nothing right of it. */
const blank = '\r\x1b[K'

/** What of a terminal is written to. */
export interface Terminal {
  readonly isTTY?: boolean
  readonly columns?: number
  readonly write: (text: string) => unknown
}

/** One line on a terminal that is written anew as images are decided, and is gone at the end. Nothing where it is none. */
export function liveLine(
  terminal: Terminal,
  now: () => number,
): Required<Pick<Watch, 'planned' | 'decided'>> & {
  /** Writes a line that stays above the live one. */
  readonly say: (text: string) => void
  readonly end: () => void
} {
  let progress = noneOf(0)
  let shown: number | undefined
  const show = (): void => {
    if (terminal.isTTY !== true || progress.total < 2) return
    shown = now()
    // A line that wraps could not be taken back; a terminal of no width does not know its own.
    const width = terminal.columns === undefined || terminal.columns < 2 ? 80 : terminal.columns
    terminal.write(`${blank}${progressText(progress).slice(0, width - 1)}`)
  }
  return {
    planned: (total) => {
      progress = noneOf(total)
      show()
    },
    decided: (image) => {
      progress = oneMore(progress, image)
      if (shown !== undefined && now() - shown >= pauseMs) show()
    },
    say: (text) => {
      if (shown === undefined) terminal.write(`${text}\n`)
      else {
        terminal.write(`${blank}${text}\n`)
        show()
      }
    },
    end: () => {
      if (shown !== undefined) terminal.write(blank)
      shown = undefined
    },
  }
}
