/** Calls the listener when the process is about to be ended, with why: `stopped by SIGTERM`. */
export type OnStop = (listener: (why: string) => void) => void

/** The end of the process as a signal whose reason says why. */
export function stopOn(onStop: OnStop): AbortSignal {
  const stop = new AbortController()
  onStop((why) => stop.abort(why))
  return stop.signal
}
