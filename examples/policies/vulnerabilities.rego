# What a scan of an image must say before the image is promoted: `attestation-policy` for attestations of type vuln.
# Each attestation of that type by the signer must satisfy it; undefined is no.
package signature

import rego.v1

default allow := false

allow if {
	is_array(results)
	count(critical) == 0
	finished_within_a_week
}

results := input.predicate.scanner.result.Results

critical contains found.VulnerabilityID if {
	some target in results
	some found in target.Vulnerabilities
	found.Severity == "CRITICAL"
}

finished_within_a_week if {
	finished := time.parse_rfc3339_ns(input.predicate.metadata.scanFinishedOn)
	age := time.now_ns() - finished
	age >= 0
	age < (((7 * 24) * 3600) * 1000) * 1000000
}
