import { readWhole } from '../../files/read.js'
import type { LoadedKey } from '../../keys/key-source.js'
import type { CertificateFile, PolicyTrust } from '../../policy/witness/signed-policy.js'
import { recordLimit } from '../../stores/store.js'
import type { Problem } from '../../verdict/finding.js'
import type { BuildDemand } from '../../verdict/request.js'

/** What signatures of build policies are held against: keys are fetched, certificates read. */
export async function loadPolicyTrust(
  { keys, caRoots, caIntermediates, timestampAuthorities, signer }: BuildDemand,
  loadKey: (reference: string) => Promise<LoadedKey>,
): Promise<PolicyTrust | Problem> {
  const loaded = await Promise.all(keys.map(loadKey))
  for (const one of loaded) if (one.kind === 'failed') return one.problem
  const files = await Promise.all([
    readCertificates('policy-ca-roots', caRoots),
    readCertificates('policy-ca-intermediates', caIntermediates),
    readCertificates('policy-timestamp-servers', timestampAuthorities),
  ])
  for (const one of files) if ('code' in one) return one
  const [roots, intermediates, authorities] = files as [
    readonly CertificateFile[],
    readonly CertificateFile[],
    readonly CertificateFile[],
  ]
  return {
    keys: loaded.flatMap((one) => (one.kind === 'keys' ? one.keys.map(({ key }) => key) : [])),
    roots,
    intermediates,
    authorities,
    signer,
  }
}

async function readCertificates(
  input: string,
  items: readonly string[],
): Promise<readonly CertificateFile[] | Problem> {
  const files: CertificateFile[] = []
  for (const item of items) {
    if (item.startsWith('-----BEGIN')) {
      files.push({ name: input, bytes: Buffer.from(item) })
      continue
    }
    const read = await readWhole(item, recordLimit, 'key')
    if (read.kind === 'absent') return { code: 'input-invalid', message: `${input}: no file ${item}` }
    if (read.kind === 'failed') return { code: 'input-invalid', message: `${input}: ${read.problem.message}` }
    files.push({ name: item, bytes: read.value })
  }
  return files
}
