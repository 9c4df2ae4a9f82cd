import { GetPublicKeyCommand, KMSClient } from '@aws-sdk/client-kms'
import type { Service } from '../verdict/codes.js'
import { publicKeyFromSpki } from '../verify/public-key.js'
import { awsClientOptions, awsFault, awsRegion, isRegionMissing, watch } from '../network/aws.js'
import { type Answer, ask, type Call } from '../network/call.js'
import { absent, failed, found } from '../network/lookup.js'
import type { AwsKeyName } from './aws-kms-name.js'
import { type KeyLoad, keyInvalid, oneKey } from './key-source.js'

const service: Service = 'key'

/** Errors of KMS that say that this is no key to verify with, whoever asks. */
const unusable: ReadonlySet<string> = new Set([
  'NotFoundException',
  'InvalidArnException',
  'UnsupportedOperationException',
  'InvalidKeyUsageException',
  'DisabledException',
  'KMSInvalidStateException',
  'ValidationException',
])

/** Asks KMS for the public half of a key; the only right needed is `kms:GetPublicKey`. */
export async function fetchAwsKey(reference: string, name: AwsKeyName, call: Call): Promise<KeyLoad> {
  const client = openClient(name)
  try {
    const answer = await ask(`GetPublicKey ${reference}`, service, call, () =>
      getPublicKey(client, reference, name, call),
    )
    if (answer.kind === 'failed') return answer
    if (answer.kind === 'absent') return keyInvalid(answer.message)
    const key = publicKeyFromSpki(answer.value)
    return key.kind === 'key' ? oneKey(key.key) : keyInvalid(`${reference}: ${key.reason}`)
  } finally {
    client.destroy()
  }
}

function openClient({ host, region }: AwsKeyName): KMSClient {
  // An ARN is answered only in its own region.
  const chosen = region ?? awsRegion()
  return new KMSClient({
    ...awsClientOptions(),
    ...(chosen !== undefined && { region: chosen }),
    ...(host !== undefined && { endpoint: `https://${host}` }),
  })
}

async function getPublicKey(
  client: KMSClient,
  reference: string,
  { keyId }: AwsKeyName,
  call: Call,
): Promise<Answer<Uint8Array>> {
  const command = new GetPublicKeyCommand({ KeyId: keyId })
  watch(command, call)
  try {
    const { KeyUsage, PublicKey } = await client.send(command, { abortSignal: call.signal })
    if (KeyUsage !== undefined && KeyUsage !== 'SIGN_VERIFY') {
      return absent(`${reference}: expected a key for SIGN_VERIFY, got one for ${KeyUsage}`)
    }
    if (!PublicKey)
      return failed('response-invalid', `${reference}: KMS answered without a public key`, service)
    return found(PublicKey)
  } catch (error) {
    if (isRegionMissing(error)) {
      return failed('input-invalid', `${reference}: no region; set AWS_REGION or give the key as an ARN`)
    }
    if (error instanceof Error && unusable.has(error.name)) {
      return absent(`${reference}: ${error.name}: ${error.message}`)
    }
    return awsFault(error, reference, service)
  }
}
