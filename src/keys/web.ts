import { mayCarry } from '../network/url.js'
import { keyName } from './inline.js'
import { type KeySource, keyInvalid } from './key-source.js'
import { keyFromText, keyLimit } from './pem-text.js'

/** `https://…`: a PEM on a web server; plain http only on this machine. */
export const webKey: KeySource = {
  matches: (reference) => /^https?:\/\//.test(reference),
  load: async (reference, call) => {
    const name = keyName(reference)
    if (!URL.canParse(reference)) return keyInvalid(`${name}: expected a URL`)
    const url = new URL(reference)
    if (!mayCarry(url))
      return keyInvalid(`${name}: expected https, got http; a key that travels in the clear proves nothing`)
    // HTTP and TLS are a third of a short run: loaded for such references only.
    const { download } = await import('../network/https.js')
    const answer = await download({ url, service: 'key', limit: keyLimit }, call)
    switch (answer.kind) {
      case 'found':
        return keyFromText(name, Buffer.from(answer.value).toString('utf8'))
      case 'absent':
        return keyInvalid(answer.message)
      case 'failed':
        return answer
    }
  },
}
