import { type KeySource, keyInvalid } from './key-source.js'
import { keyFromText } from './pem-text.js'

const scheme = 'env://'

/** `env://NAME`: a variable that holds the PEM. */
export const environmentKey: KeySource = {
  matches: (reference) => reference.startsWith(scheme),
  load: async (reference) => {
    const name = reference.slice(scheme.length)
    const text = process.env[name]
    if (name === '' || text === undefined || text === '') {
      return keyInvalid(`${reference}: expected a PEM in the environment variable ${name}, got nothing`)
    }
    return keyFromText(reference, text)
  },
}
