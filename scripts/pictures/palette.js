// A PNG with at most 256 colours, as large as a picture of a page needs to be: a browser writes all colours it could have.
import zlib from 'node:zlib'

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

/** @param png 8 bits, with or without alpha, as Chromium writes it */
export function withPalette(png) {
  const { width, height, channels, pixels } = decode(png)
  const counts = new Map()
  const colours = new Uint32Array(width * height)
  for (let at = 0; at < colours.length; at++) {
    const from = at * channels
    colours[at] = (pixels[from] << 16) | (pixels[from + 1] << 8) | pixels[from + 2]
    counts.set(colours[at], (counts.get(colours[at]) ?? 0) + 1)
  }
  // Grounds and inks as they are; of the edges of letters those that are there most.
  const ranked = [...counts].sort(([, one], [, other]) => other - one).map(([colour]) => partsOf(colour))
  const palette = ranked.slice(0, 256)
  const indexes = new Map(
    ranked.map((colour, at) => [
      (colour[0] << 16) | (colour[1] << 8) | colour[2],
      at < 256 ? at : nearest(palette, colour),
    ]),
  )
  const rows = Buffer.alloc((width + 1) * height)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) rows[y * (width + 1) + 1 + x] = indexes.get(colours[y * width + x])
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([8, 3, 0, 0, 0], 8)
  const parts = [
    ['IHDR', head],
    ['PLTE', Buffer.from(palette.flat())],
    ['IDAT', zlib.deflateSync(rows, { level: 9, memLevel: 9 })],
    ['IEND', Buffer.alloc(0)],
  ]
  return Buffer.concat([signature, ...parts.map(([type, data]) => chunk(type, data))])
}

const partsOf = (colour) => [colour >> 16, (colour >> 8) & 255, colour & 255]

function nearest(palette, colour) {
  let best = 0
  let least = Infinity
  for (const [at, other] of palette.entries()) {
    const distance = other.reduce((sum, part, index) => sum + (part - colour[index]) ** 2, 0)
    if (distance < least) [best, least] = [at, distance]
  }
  return best
}

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type), data])
  const framed = Buffer.alloc(body.length + 8)
  framed.writeUInt32BE(data.length, 0)
  framed.set(body, 4)
  framed.writeUInt32BE(zlib.crc32(body), body.length + 4)
  return framed
}

/** @returns width and height, where all chunks are whole and their pixels can be unpacked; undefined where not */
export function sizeOf(png) {
  try {
    if (!png.subarray(0, 8).equals(signature)) return undefined
    const parts = []
    for (let at = 8; at < png.length; at += png.readUInt32BE(at) + 12) {
      const body = png.subarray(at + 4, at + 8 + png.readUInt32BE(at))
      if (png.readUInt32BE(at + 8 + png.readUInt32BE(at)) !== zlib.crc32(body)) return undefined
      parts.push({ type: body.toString('latin1', 0, 4), data: body.subarray(4) })
    }
    const [head] = parts
    if (head?.type !== 'IHDR' || parts.at(-1)?.type !== 'IEND') return undefined
    const [width, height] = [head.data.readUInt32BE(0), head.data.readUInt32BE(4)]
    const pixels = zlib.inflateSync(
      Buffer.concat(parts.filter(({ type }) => type === 'IDAT').map(({ data }) => data)),
    )
    return pixels.length >= (width + 1) * height ? { width, height } : undefined
  } catch {
    return undefined
  }
}

function decode(png) {
  const width = png.readUInt32BE(16)
  const height = png.readUInt32BE(20)
  const channels = png[25] === 6 ? 4 : 3
  if (png[24] !== 8 || (png[25] !== 2 && png[25] !== 6) || png[28] !== 0)
    throw new Error('another form of PNG')
  const data = []
  for (let at = 8; at < png.length; at += png.readUInt32BE(at) + 12)
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT')
      data.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)))
  const raw = zlib.inflateSync(Buffer.concat(data))
  const stride = width * channels
  const pixels = Buffer.alloc(stride * height)
  for (let y = 0; y < height; y++) {
    const filter = raw[y * (stride + 1)]
    for (let x = 0; x < stride; x++) {
      const left = x < channels ? 0 : pixels[y * stride + x - channels]
      const up = y === 0 ? 0 : pixels[(y - 1) * stride + x]
      const corner = x < channels || y === 0 ? 0 : pixels[(y - 1) * stride + x - channels]
      const guess = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter]
      pixels[y * stride + x] = raw[y * (stride + 1) + 1 + x] + guess
    }
  }
  return { width, height, channels, pixels }
}

function paeth(left, up, corner) {
  const guess = left + up - corner
  const [toLeft, toUp, toCorner] = [left, up, corner].map((one) => Math.abs(guess - one))
  if (toLeft <= toUp && toLeft <= toCorner) return left
  return toUp <= toCorner ? up : corner
}
