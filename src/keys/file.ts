import { readWhole } from '../files/read.js'
import { type KeySource, keyInvalid } from './key-source.js'
import { keyFromText, keyLimit } from './pem-text.js'

/** A path to a PEM file: what a reference without a scheme means. */
export const keyFile: KeySource = {
  matches: (reference) => !reference.includes('://'),
  load: async (reference) => {
    const file = await readWhole(reference, keyLimit, 'key')
    switch (file.kind) {
      case 'found':
        return keyFromText(reference, Buffer.from(file.value).toString('utf8'))
      case 'absent':
        return keyInvalid(`${reference}: expected a key file, got no such file`)
      case 'failed':
        return keyInvalid(file.problem.message)
    }
  },
}
