import type { InputEntry } from './entry.js'

/** With what identities, logs and times are checked, and how strictly. */
export const trustTable = [
  {
    name: 'insecure-ignore-tlog',
    default: 'false',
    switch: true,
    description:
      "No entry in a transparency log is demanded of signatures in cosign's formats (s3lo records have none)",
  },
  {
    name: 'insecure-ignore-sct',
    default: 'false',
    switch: true,
    description: 'No log of certificates has to know the certificate of a keyless signer',
  },
  {
    name: 'use-signed-timestamps',
    default: 'false',
    switch: true,
    description: 'A timestamp by a trusted authority is demanded of keyless signatures',
  },
  {
    name: 'max-age',
    default: '',
    description:
      'How long ago a signature may have been made, such as 12h or 30d, by proven times only (a record that says when it was made proves nothing)',
  },
  {
    name: 'trusted-root',
    default: '',
    description:
      'File with the authorities and logs to trust (trusted_root.json); else they come from tuf-mirror',
  },
  {
    name: 'tuf-mirror',
    default: '',
    description:
      'URL of the TUF repository that hands out the trusted root (TUF_MIRROR); else that of the public Sigstore instance',
  },
  {
    name: 'tuf-root',
    default: '',
    description:
      'File with the first root.json of tuf-mirror (TUF_ROOT_JSON); else that of the public Sigstore instance',
  },
  {
    name: 'offline',
    default: 'false',
    switch: true,
    description:
      'No call but to the store of the image: without trusted-root the root that came with the program is trusted',
  },
  {
    name: 'ca-roots',
    default: '',
    description:
      'File with certificates (PEM) that keyless certificates must lead to, instead of those of the trusted root',
  },
  {
    name: 'ca-intermediates',
    default: '',
    description: 'File with certificates (PEM) between those and ca-roots',
  },
] as const satisfies readonly InputEntry[]
