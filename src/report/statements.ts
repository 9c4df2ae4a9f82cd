import {
  type BillOfMaterials,
  type Provenance,
  type ProvenanceSource,
  severities,
  type StatementSummary,
  type Vex,
  vexStatuses,
  type VulnerabilityScan,
} from '../verdict/statement-summary.js'

/** What an attestation says in one sentence; nothing in it is escaped yet. It is the signer who says it. */
export function sentence(statement: StatementSummary): string {
  switch (statement.kind) {
    case 'provenance':
      return provenance(statement)
    case 'bill-of-materials':
      return bill(statement)
    case 'vulnerability-scan':
      return scan(statement)
    case 'vex':
      return vex(statement)
    case 'unread':
      return `not read: ${statement.reason}`
  }
}

function provenance({ version, source, workingCopy, builder, inconsistent }: Provenance): string {
  // First, because a report may cut the end.
  const doubt = inconsistent === undefined ? '' : ` that contradicts itself (${inconsistent})`
  const from =
    source !== undefined
      ? `built from ${spell(source)}`
      : workingCopy !== undefined
        ? `built from a folder, by its client's word a copy of ${spell(workingCopy)}`
        : 'built from a source that it does not name'
  const by = builder === undefined ? 'a builder that it does not name' : `builder ${builder}`
  return `SLSA provenance ${version}${doubt}: ${from} by ${by}`
}

function spell({ uri, repository, ref, digest }: ProvenanceSource): string {
  const at = ref === undefined || (repository === undefined && uri.includes(ref)) ? '' : ` at ${ref}`
  return `${repository ?? uri}${at}${digest === undefined ? '' : ` (${digest.slice(0, 12)})`}`
}

const subjects: Readonly<Record<BillOfMaterials['about'], string>> = {
  image: ' of the image',
  source: ' of the source',
  unknown: ' of image or source, which is unclear',
}

function bill({ format, version, about, components, tool }: BillOfMaterials): string {
  const by = tool === undefined ? '' : `, by ${tool}`
  return `${format} ${version} SBOM${subjects[about]}, ${count(components, 'component')}${by}`
}

function scan({ scanner, scannerVersion, findings, finishedAt }: VulnerabilityScan): string {
  const version = scannerVersion === undefined ? '' : ` ${scannerVersion}`
  const by = `${scanner ?? 'a scanner that it does not name'}${version}`
  const when = finishedAt === undefined ? '' : `, finished at ${finishedAt}`
  return `Scan by ${by}: ${found(findings)}${when}`
}

function found(findings: VulnerabilityScan['findings']): string {
  if (findings === undefined) return 'its result is in a form that is not counted'
  const counts = severities.filter((name) => findings[name] > 0)
  if (counts.length === 0) return 'nothing found'
  return counts
    .map((name) => `${findings[name]} ${name === 'unknown' ? 'of unknown severity' : name}`)
    .join(', ')
}

function vex({ author, statements }: Vex): string {
  const counts = vexStatuses.filter((name) => statements[name] > 0)
  const said = counts.map((name) => `${statements[name]} ${words[name]}`).join(', ')
  return `OpenVEX${author === undefined ? '' : ` by ${author}`}: ${said === '' ? 'no statements' : said}`
}

const words: Readonly<Record<(typeof vexStatuses)[number], string>> = {
  affected: 'affected',
  under_investigation: 'under investigation',
  fixed: 'fixed',
  not_affected: 'not affected',
  unknown: 'of unknown status',
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`
}
