import { describe, expect, it } from 'vitest'
import { parseInputs } from '../../src/inputs/parse.js'
import { readList } from '../../src/inputs/values.js'
import { keyFile } from '../../src/keys/file.js'
import { given } from '../harness/given.js'
import { newKey } from '../harness/store.js'

// What can be said of Windows without one: how its paths and line ends are read.

const paths = [
  'C:\\keys\\release.pub',
  'C:/keys/release.pub',
  '\\\\server\\share\\release.pub',
  'keys\\my key.pub',
]

describe('paths of Windows', () => {
  it.each(paths)('%s is a key file', (name) => {
    expect(keyFile.matches(name)).toBe(true)
  })

  it('are taken as they are', () => {
    const { problems, effective } = parseInputs(
      given({
        image: 'oci-layout://C:\\images\\app:v1',
        key: 'C:\\keys\\release.pub\r\nC:\\keys\\other.pub\r\n',
        policy: 'C:\\policies\\*.yaml',
        manifests: 'D:\\a\\deploy\\**\\*.yaml',
        'result-file': 'C:\\results\\verify-result.json',
        'pinned-manifests': 'D:\\a\\pinned',
        'trusted-root': 'C:\\trust\\trusted_root.json',
      }),
      'action',
    )
    expect(problems).toEqual([])
    expect(effective).toMatchObject({
      image: ['oci-layout://C:\\images\\app:v1'],
      key: ['C:\\keys\\release.pub', 'C:\\keys\\other.pub'],
      policy: ['C:\\policies\\*.yaml'],
      manifests: ['D:\\a\\deploy\\**\\*.yaml'],
      'result-file': 'C:\\results\\verify-result.json',
      'pinned-manifests': 'D:\\a\\pinned',
      'trusted-root': 'C:\\trust\\trusted_root.json',
    })
  })

  it('a PEM with line ends of Windows is one item', () => {
    const pem = newKey().publicPem.trim().replaceAll('\n', '\r\n')
    expect(readList(`${pem}\r\nC:\\keys\\other.pub\r\n`)).toEqual([pem, 'C:\\keys\\other.pub'])
  })
})
