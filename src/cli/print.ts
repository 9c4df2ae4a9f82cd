import { forScreen } from './screen.js'

/** Writes the lines of a report the way the screen shows them best; elsewhere as they are. */
export async function printReport(stream: NodeJS.WriteStream, lines: readonly string[]): Promise<void> {
  await print(stream, forScreen(lines, stream, process.env))
}

/** Writes text whole; a reader that went away is an error, never a silent loss. */
export async function print(stream: NodeJS.WriteStream, lines: readonly string[]): Promise<void> {
  if (lines.length === 0) return
  await printPieces(stream, [lines.map((one) => `${one}\n`).join('')])
}

/** Writes piece after piece, each when the one before has gone, so that no more than one is held. */
export async function printPieces(stream: NodeJS.WriteStream, pieces: Iterable<string>): Promise<void> {
  for (const piece of pieces)
    await new Promise<void>((resolve, reject) => {
      stream.write(piece, (error) => {
        if (error) reject(error)
        else resolve()
      })
    })
}
