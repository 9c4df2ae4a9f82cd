import { describe, expect, it } from 'vitest'
import { keyName } from '../../src/keys/inline.js'
import { loadKey } from '../../src/keys/load.js'
import { newCall } from '../harness/call.js'

const load = async (reference: string): Promise<unknown> => loadKey(reference, newCall())
const invalid = (message: RegExp): object => ({
  kind: 'failed',
  problem: { code: 'key-invalid', message: expect.stringMatching(message) as string },
})

describe('a reference that can be none', () => {
  it.each([
    'k8s:',
    'k8s://',
    'k8s://signing',
    'k8s://signing/',
    'k8s:///release',
    'k8s://signing/release/cosign.pub',
    'k8s://-n/release',
    'k8s://signing/--all-namespaces',
    'k8s://signing/-o',
    'k8s://signing/release-',
    'k8s://signing/re_lease',
    'k8s://signing/Release',
    'k8s://a.b/release',
    'k8s://signing/a..b',
    'k8s://signing/release --kubeconfig=x',
    'k8s://signing/release\n',
    `k8s://${'a'.repeat(64)}/release`,
    `k8s://signing/${'a'.repeat(254)}`,
  ])('names no secret: %s', async (reference) => {
    expect(await load(reference)).toMatchObject(invalid(/: expected k8s:\/\/<namespace>\/<secret>$/))
  })

  it.each([
    'gitlab:',
    'gitlab://',
    'gitlab:group/project',
    'gitlab:///project',
    'gitlab://group/',
    'gitlab://group//project',
    'gitlab://..',
    'gitlab://../admin',
    'gitlab://group/..',
    'gitlab://-group',
    'gitlab://group%2Fproject',
    'gitlab://group/project?x=y',
    'gitlab://group/project#x',
    'gitlab://me:secret@gitlab.example/group',
    'gitlab://https://gitlab.com/group/project',
    `gitlab://${'a/'.repeat(30)}a`,
  ])('names no project: %s', async (reference) => {
    const loaded = await load(reference)
    expect(loaded).toMatchObject(invalid(/: expected gitlab:\/\/<owner>\/<project>, gitlab:/))
    expect((loaded as { problem: { message: string } }).problem.message).not.toContain('secret')
  })

  it('names no transit key, and the login in it is not shown', async () => {
    expect(await load('hashivault://me:secret@vault.example/v1/transit/keys/a')).toMatchObject(
      invalid(/^hashivault:\/\/vault\.example\/v1\/transit\/keys\/a: expected hashivault:/),
    )
  })

  it('is told every form that there is', async () => {
    const forms =
      /a file, inline PEM, env:\/\/NAME, https:.* awskms:.* hashivault:.* openbao:.* k8s:.* gitlab:/
    expect(await load('ftp://keys.example/a.pub')).toMatchObject(invalid(forms))
  })
})

describe('a key on a hardware token', () => {
  const reference = 'pkcs11:token=release;object=signer?module-path=/usr/lib/softhsm2.so&pin-value=1234567890'

  it('is refused plainly, with what to do instead and without the PIN', async () => {
    const loaded = await load(reference)
    expect(loaded).toMatchObject({ kind: 'failed', problem: { code: 'unsupported' } })
    const { message } = (loaded as { problem: { message: string } }).problem
    expect(message).toMatch(/^pkcs11:token=release;object=signer: keys on hardware tokens .* are not read/)
    expect(message).toContain('export the public key as PEM')
    expect(message).not.toContain('1234567890')
  })

  it('is never shown with its PIN', () => {
    expect(keyName(reference)).toBe('pkcs11:token=release;object=signer')
  })
})
