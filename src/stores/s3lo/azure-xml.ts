const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/** The text of the first element of this name that holds text only; undefined where there is none. */
export function elementText(xml: string, name: string): string | undefined {
  const open = `<${name}>`
  const start = xml.indexOf(open)
  const end = start < 0 ? -1 : xml.indexOf('<', start + open.length)
  if (end < 0 || !xml.startsWith(`</${name}>`, end)) return undefined
  return decode(xml.slice(start + open.length, end))
}

/** The names in a page of List Blobs, and where the next page starts; undefined where it is no such page. */
export function readBlobList(xml: string): { names: readonly string[]; next: string } | undefined {
  if (!xml.includes('<EnumerationResults') || !xml.trimEnd().endsWith('</EnumerationResults>'))
    return undefined
  const names = xml
    .split('<Blob>')
    .slice(1)
    .flatMap((blob) => elementText(blob, 'Name') ?? [])
  return { names, next: elementText(xml, 'NextMarker') ?? '' }
}

function decode(text: string): string {
  return text.replaceAll(/&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|(\w{2,4}));/g, (whole, decimal, hex, name) => {
    if (typeof name === 'string') return entities[name] ?? whole
    const point = typeof decimal === 'string' ? Number(decimal) : Number.parseInt(String(hex), 16)
    return point <= 0x10ffff ? String.fromCodePoint(point) : whole
  })
}
