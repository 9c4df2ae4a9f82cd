export const id = 6295;
export const ids = [6295];
export const modules = {

/***/ 58359:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   e: () => (/* binding */ toKyvernoResults)
/* harmony export */ });
/* harmony import */ var _reference_parse_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(40099);
/* harmony import */ var _verdict_result_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(18364);


/**
 * The results of a run as Kyverno would count them: one for each rule, resource and image, and for `verifyImages` one
 * more for each rule and resource, whether all of it is verified. Kyverno leaves out the second one where a rule neither
 * requires an image nor verifies its digest, or where its pattern no longer matches once the digest is there.
 */
function toKyvernoResults(result) {
    const { images, policies = [] } = result;
    const byReference = new Map(images.map((image) => [image.reference, image]));
    const verifying = [];
    const groups = new Map();
    for (const row of policies) {
        const image = byReference.get(row.image);
        const finding = image && findingOf(image.finding, row);
        const digest = image?.digest ?? undefined;
        verifying.push({
            ...row,
            said: saidByKyverno(row, finding),
            ...(digest !== undefined && { digest }),
        });
        const id = JSON.stringify([row.resource, row.policy, row.rule]);
        const group = groups.get(id) ?? { rows: [], isVerifyImages: false };
        group.rows.push(row);
        group.isVerifyImages ||= isOfVerifyImages(row, finding);
        groups.set(id, group);
    }
    const validating = [...groups.values()]
        .filter(({ isVerifyImages }) => isVerifyImages)
        .flatMap(({ rows }) => validation(rows, byReference));
    return [...verifying, ...validating, ...beside(result)];
}
/**
 * What keeps the run from being verified and no rule speaks of: a policy that cannot be read, an image that nothing
 * covers, or what the step's own inputs demand. Without it a list of passes would read as if all were well.
 */
function beside({ images, policies = [], failure }) {
    const own = { policy: 'verify-image', rule: '' };
    const spokenOf = new Set(policies.filter(({ result }) => result !== 'pass').map(({ image }) => image));
    const failed = images.flatMap((image) => {
        const { reference, allowed, verdict, digest, origins = [] } = image;
        if (allowed === true || image.failure === null || spokenOf.has(reference))
            return [];
        const { message } = image.failure;
        const resource = origins[0]?.resource;
        return [
            {
                ...own,
                result: verdict === 'rejected' ? 'fail' : 'error',
                said: message,
                message,
                image: reference,
                ...(resource && { resource }),
                ...(digest !== null && { digest }),
            },
        ];
    });
    const isSaid = images.some((image) => image.failure?.message === failure?.message && (!image.allowed || spokenOf.has(image.reference)));
    return failure === null || isSaid
        ? failed
        : [...failed, { ...own, result: 'error', said: failure.message, message: failure.message }];
}
/** What Kyverno's second look says of a rule and a resource. */
function validation(rows, images) {
    const [first] = rows;
    if (!first)
        return [];
    const { policy, rule, resource } = first;
    const about = { policy, rule, ...(resource && { resource }) };
    const skipped = rows.filter(({ result }) => result === 'skip').map(({ image }) => image);
    const names = skipped.length === 0 ? '' : `, skipped images: ${skipped.join(' ')}`;
    const failed = rows.find(({ result }) => result === 'fail' || result === 'error') ??
        rows.find(({ result }) => result === 'warn');
    if (failed) {
        const digest = images.get(failed.image)?.digest ?? undefined;
        const said = digest === undefined
            ? `missing digest for ${failed.image}`
            : `unverified image ${byDigest(failed.image, digest)}`;
        return [{ ...about, result: failed.result === 'warn' ? 'warn' : 'fail', said, message: said }];
    }
    const isVerified = rows.some(({ result }) => result === 'pass');
    const said = `${isVerified ? 'image verified' : 'image skipped'}${names}`;
    return [{ ...about, result: isVerified ? 'pass' : 'skip', said, message: said }];
}
/** Without its tag, as Kyverno writes an image that has a digest. */
function byDigest(image, digest) {
    const reference = (0,_reference_parse_js__WEBPACK_IMPORTED_MODULE_1__/* .parseReference */ .F)(image);
    return reference.kind === 'registry'
        ? `${reference.registry}/${reference.repository}@${digest}`
        : `${image}@${digest}`;
}
const deepestTree = 20;
/** The part of an image's findings that is about a rule; policies call theirs by its name. */
function findingOf(finding, { policy, rule }, depth = 0) {
    if (finding.check === `${policy}/${rule}`)
        return finding;
    if (depth > deepestTree)
        return undefined;
    for (const child of finding.children ?? []) {
        const found = findingOf(child, { policy, rule }, depth + 1);
        if (found)
            return found;
    }
    return undefined;
}
/** Only `verifyImages` has rules with names of their own; an older form has one that is called like its policy. */
function isOfVerifyImages({ policy, rule }, finding) {
    return finding !== undefined || (rule !== '' && rule !== policy);
}
function saidByKyverno({ result, image, message }, finding) {
    if (result === 'pass')
        return finding ? `verified image signatures for ${image}` : message;
    if (result === 'skip' || finding === undefined)
        return message;
    // A rule that only warns carries what it found as its child.
    const failed = finding.status === 'exempt' ? finding.children?.[0] : finding;
    if (failed?.status === 'unknown')
        return `failed to verify image ${image}: ${(0,_verdict_result_js__WEBPACK_IMPORTED_MODULE_0__/* .decidingPart */ .t5)(failed).message}`;
    if (failed?.status !== 'unmet')
        return message;
    const path = pathOf(failed);
    return `failed to verify image ${image}: ${path === '' ? '' : `${path}: `}${reasonOf(failed)}`;
}
/** `.attestors[0].entries[1]…`: the deepest place of the policy that failed. */
function pathOf(finding) {
    let path = '';
    let part = finding;
    for (let depth = 0; part !== undefined && depth <= deepestTree; depth++) {
        if (part.check.startsWith('.'))
            path = part.check;
        const { status } = part;
        part = part.children?.find((child) => child.status === status);
    }
    return path;
}
const invalid = 'no matching signatures: invalid signature when validating ASN.1 encoded signature';
/** What Kyverno says where it says it in one way. */
const words = {
    unsigned: 'no signatures found',
    'signature-invalid': invalid,
    'key-mismatch': invalid,
    'attestation-missing': 'no matching attestations: ',
};
/** Kyverno's words, else our own. */
function reasonOf(finding) {
    const part = (0,_verdict_result_js__WEBPACK_IMPORTED_MODULE_0__/* .decidingPart */ .t5)(finding);
    return words[part.code] ?? part.peerReason ?? part.message;
}


/***/ }),

/***/ 46295:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   openReportText: () => (/* binding */ openReportText)
/* harmony export */ });
/* unused harmony export toOpenReports */
/* harmony import */ var yaml__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(38815);
/* harmony import */ var _policy_results_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(66645);
/* harmony import */ var _kyverno_results_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(58359);



const source = 'verify-image';
/**
 * The results of policies as reports of OpenReports: those of policies of the whole cluster merged into one, as Kyverno's
 * CLI does, and one for each policy that is in a namespace (Kyverno's CLI calls its kind `PolicyReport`, which the schema
 * does not have). What only warns is not scored.
 *
 * @param seconds when the run ended, since 1970
 */
function toOpenReports(result, seconds) {
    const clustered = [];
    const namespaced = new Map();
    for (const one of (0,_kyverno_results_js__WEBPACK_IMPORTED_MODULE_1__/* .toKyvernoResults */ .e)(result)) {
        const entry = toResult(one, seconds);
        if (!one.policy.includes('/'))
            clustered.push(entry);
        else
            namespaced.set(one.policy, [...(namespaced.get(one.policy) ?? []), entry]);
    }
    const reports = [...namespaced].map(([policy, results]) => {
        const at = policy.indexOf('/');
        return toReport('Report', { name: policy.slice(at + 1), namespace: policy.slice(0, at) }, results);
    });
    return clustered.length > 0 || reports.length === 0
        ? [toReport('ClusterReport', { name: 'merged' }, clustered), ...reports]
        : reports;
}
function toReport(kind, metadata, results) {
    return {
        apiVersion: 'openreports.io/v1alpha1',
        kind,
        metadata,
        results,
        source,
        summary: (0,_policy_results_js__WEBPACK_IMPORTED_MODULE_2__/* .countOutcomes */ .XF)(results),
    };
}
function toResult(one, seconds) {
    const { policy, rule, resource, result, message, image, digest } = one;
    return {
        message,
        policy,
        properties: { ...(image !== undefined && { image }), ...(digest !== undefined && { digest }) },
        ...(resource && {
            resources: [{ kind: resource.kind, name: resource.name, namespace: resource.namespace }],
        }),
        result,
        ...(rule !== '' && { rule }),
        scored: result !== 'warn',
        source,
        timestamp: { nanos: 0, seconds },
    };
}
/**
 * JSON where the file's name says so, several as a `List`; else YAML, several as documents. Either is for `kubectl`, which
 * reads YAML 1.1: a rule that is called `on` stays a text.
 */
function openReportText(result, file, seconds) {
    const reports = toOpenReports(result, seconds);
    if (!file.toLowerCase().endsWith('.json'))
        return reports
            .map((report) => (0,yaml__WEBPACK_IMPORTED_MODULE_0__/* .stringify */ .As)(report, { version: '1.1', aliasDuplicateObjects: false, lineWidth: 0 }))
            .join('---\n');
    const [only, ...others] = reports;
    const document = others.length === 0 ? only : { apiVersion: 'v1', kind: 'List', items: reports };
    return `${JSON.stringify(document, null, 2)}\n`;
}


/***/ })

};
