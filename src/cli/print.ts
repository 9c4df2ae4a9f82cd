/** Writes text whole; a reader that went away is an error, never a silent loss. */
export async function print(stream: NodeJS.WriteStream, lines: readonly string[]): Promise<void> {
  if (lines.length === 0) return
  const text = lines.map((one) => `${one}\n`).join('')
  await new Promise<void>((resolve, reject) => {
    stream.write(text, (error) => {
      if (error) reject(error)
      else resolve()
    })
  })
}
