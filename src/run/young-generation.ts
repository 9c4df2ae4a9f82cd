import v8 from 'node:v8'

/** Bytes; some dozens of images come to that by themselves. */
const enough = 4 * 1024 * 1024
const every = 32

/**
 * V8 lets the part of the heap for new objects grow with all that ever survived in it, to well over 100 MB, although a
 * fleet holds no more at a time than a few images do. Called for each image that is decided, this ends the growth once
 * the part is as large as it is of use; nothing else about memory changes.
 */
export function openYoungGeneration(): () => void {
  let count = 0
  let isBounded = false
  return () => {
    if (isBounded || ++count % every !== 0) return
    const young = v8.getHeapSpaceStatistics().find(({ space_name: name }) => name === 'new_space')
    if (!young || young.space_size < enough) return
    isBounded = true
    v8.setFlagsFromString('--semi-space-growth-factor=1')
  }
}
