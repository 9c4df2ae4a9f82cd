/** Something that happens once, and can be waited for. */
export interface Latch {
  readonly open: () => void
  readonly isOpen: () => boolean
  readonly whenOpen: Promise<void>
}

export function newLatch(): Latch {
  let open = false
  let tell: () => void = () => undefined
  const whenOpen = new Promise<void>((resolve) => (tell = resolve))
  return {
    open: () => {
      open = true
      tell()
    },
    isOpen: () => open,
    whenOpen,
  }
}
