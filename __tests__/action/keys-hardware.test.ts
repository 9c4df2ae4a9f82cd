import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { expectEnding } from '../harness/endings.js'
import { expectNoSecret } from '../harness/leaks.js'
import { runAction, runCli, temporaryFolder } from '../harness/run.js'
import { newKey, signedImage, writeStore } from '../harness/store.js'

const cwd = temporaryFolder()
writeStore(path.join(cwd, 'store'), signedImage(newKey(), 'store'))
const image = 'local://store/app:v1'
const pin = 'pin-of-0-the-token'

describe('a key on a hardware token', () => {
  it('is refused plainly, with what to do instead and without its PIN', async () => {
    const key = `pkcs11:token=release;object=signer?module-path=/usr/lib/softhsm2.so&pin-value=${pin}`
    const ran = await runAction({ image, key }, { cwd })
    expectEnding(ran, 'unsupported')
    expect(ran.outputs['message']).toContain('export the public key as PEM')
    expectNoSecret(ran, { pin })
  })

  it.each([['--sk'], ['--sk=true'], ['--slot', 'signature']])(
    'is refused where cosign names it by a flag: %s',
    async (...flags) => {
      const ran = await runCli(['verify', image, ...flags], { cwd })
      expect(ran).toMatchObject({ exit: 2, stdout: '' })
      expect(ran.stderr).toMatch(/^Error: --(sk|slot): keys on hardware tokens \(PKCS#11, PIV\) are not read/)
      expect(ran.stderr).toContain('Verdict: undetermined (configuration, unsupported)')
    },
  )
})
