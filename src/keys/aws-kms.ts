import { awsKeyName, type AwsKeyName } from './aws-kms-name.js'
import { type KeySource, keyInvalid } from './key-source.js'

/** `awskms://[host]/<id, ARN or alias>`: the public half is fetched, the check stays here (never `kms:Verify`). */
export const awsKmsKey: KeySource = {
  matches: (reference) => reference.startsWith('awskms:'),
  load: async (reference, call) => {
    const name: AwsKeyName | string = awsKeyName(reference)
    if (typeof name === 'string') return keyInvalid(`${reference}: ${name}`)
    // The SDK is loaded for such references only.
    const { fetchAwsKey } = await import('./aws-kms-client.js')
    return fetchAwsKey(reference, name, call)
  },
}
