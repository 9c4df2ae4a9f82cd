import { createHash } from 'node:crypto'
import type { FunctionTable } from './function-table.js'
import { isExternalAddress } from './address.js'
import { parseJson } from './json-text.js'
import { Stop } from './stop.js'
import { parseYaml } from './yaml-text.js'

const hash = (algorithm: 'sha256' | 'sha1' | 'md5'): FunctionTable[string] => ({
  takes: [['string']],
  run: ([text], { meter }) => {
    meter.text((text as string).length)
    return createHash(algorithm)
      .update(text as string)
      .digest('hex')
  },
})

/** Kyverno's functions that read and write encodings. */
export const encodingFunctions: FunctionTable = {
  sha256: hash('sha256'),
  sha1: hash('sha1'),
  md5: hash('md5'),
  base64_encode: {
    takes: [['string']],
    run: ([text], { meter }) => {
      meter.text((text as string).length * 2)
      return Buffer.from(text as string).toString('base64')
    },
  },
  base64_decode: {
    takes: [['string']],
    run: ([text], { meter }) => {
      meter.text((text as string).length)
      // Go's decoder takes line feeds and nothing else that is no base64; Node's would take anything.
      const bare = (text as string).replace(/[\r\n]/g, '')
      if (bare.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(bare))
        throw new Stop('invalid-value', 'base64_decode() expected base64 with its padding')
      return Buffer.from(bare, 'base64').toString('utf8')
    },
  },
  parse_json: {
    takes: [['string']],
    run: ([text], { meter, name }) => {
      meter.text((text as string).length * 4)
      return parsed(name, parseJson(text as string))
    },
  },
  parse_yaml: {
    takes: [['string']],
    run: ([text], { meter, name }) => {
      meter.text((text as string).length * 16)
      return parsed(name, parseYaml(text as string))
    },
  },
  is_external_url: {
    takes: [['string']],
    run: ([url]) => {
      const answer = isExternalAddress(url as string)
      if (answer === undefined)
        throw new Stop(
          'unsupported-function',
          'is_external_url() of a host name is not supported: it would ask the name servers',
        )
      return answer
    },
  },
}

function parsed(name: string, read: ReturnType<typeof parseJson>): unknown {
  if (read.kind === 'parsed') return read.value
  throw new Stop(read.isLimit === true ? 'limit-exceeded' : 'invalid-value', `${name}() ${read.message}`)
}
