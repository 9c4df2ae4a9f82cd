import { objectField, readObject, textField } from '../evidence/json.js'

/** What an error says of itself. */
export interface Refusal {
  /** A name such as `PERMISSION_DENIED`, `KeyNotFound` or `invalid_grant`. */
  readonly code: string
  readonly message: string
  /** The reason within the code; Azure gives one. */
  readonly detail?: string
}

const longestMessage = 600

/**
 * Reads the JSON of an error in the shapes of OAuth (RFC 6749, 5.2: `error`, `error_description`), of Google's
 * google.rpc.Status and of Azure (`error.code`, `error.message`, `error.innererror.code`).
 *
 * @returns undefined where it is none of them
 */
export function readRefusal(body: Uint8Array): Refusal | undefined {
  const document = readObject(body)
  const named = textField(document, 'error')
  if (named !== undefined) return { code: named, message: line(textField(document, 'error_description')) }
  const error = objectField(document, 'error')
  const code = textField(error, 'status') ?? textField(error, 'code')
  if (code === undefined) return undefined
  const detail = textField(objectField(error, 'innererror'), 'code')
  return { code, message: line(textField(error, 'message')), ...(detail !== undefined && { detail }) }
}

function line(text = ''): string {
  return text.replaceAll(/\s+/g, ' ').trim().slice(0, longestMessage)
}
