import { type ImageName, readImageName } from '../cluster-image/image-name.js'
import { CelError, type CelFunction } from './functions.js'

/** A reference that was read (Kyverno's image library): go-containerregistry's rules, so `index.docker.io/library/…`. */
export class CelImage {
  readonly name: ImageName
  constructor(name: ImageName) {
    this.name = name
  }
}

function parse(text: string): CelImage {
  const name = readImageName(text)
  if (typeof name === 'string') throw new CelError(`could not parse reference: ${text}`)
  return new CelImage(name)
}

const tagOf = ({ name }: CelImage): string => (name.digest === undefined ? (name.tag ?? 'latest') : '')
const digestOf = ({ name }: CelImage): string => name.digest ?? ''

/** A reference with a digest has no tag in go-containerregistry, whatever was written. */
export const imageFunctions: readonly CelFunction[] = [
  { signature: 'image(string): Image', run: parse },
  { signature: 'parseImageReference(string): Image', run: parse },
  { signature: 'isImage(string): bool', run: (text: string) => typeof readImageName(text) !== 'string' },
  { signature: 'Image.containsDigest(): bool', run: ({ name }: CelImage) => name.digest !== undefined },
  { signature: 'Image.registry(): string', run: ({ name }: CelImage) => name.registry },
  { signature: 'Image.repository(): string', run: ({ name }: CelImage) => name.repository },
  { signature: 'Image.identifier(): string', run: (image: CelImage) => digestOf(image) || tagOf(image) },
  { signature: 'Image.tag(): string', run: tagOf },
  { signature: 'Image.digest(): string', run: digestOf },
]
