export const id = 308;
export const ids = [308];
export const modules = {

/***/ 58359:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Lm: () => (/* binding */ resultsOfRules),
/* harmony export */   eq: () => (/* binding */ toKyvernoResults),
/* harmony export */   vY: () => (/* binding */ beside)
/* harmony export */ });
/* harmony import */ var _reference_parse_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5411);
/* harmony import */ var _verdict_result_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(18364);


/**
 * The results of a run as Kyverno would count them: one for each rule, resource and image, and for `verifyImages` one
 * more for each rule and resource, whether all of it is verified. Kyverno leaves out the second one where a rule neither
 * requires an image nor verifies its digest, or where its pattern no longer matches once the digest is there.
 */
function toKyvernoResults(result) {
    return [...resultsOfRules(result), ...beside(result)];
}
/** What the rules say, and no more: nothing where there are none. */
function resultsOfRules({ images, policies = [] }) {
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
    return [...verifying, ...validating];
}
/**
 * What keeps the run from being verified and no rule speaks of: a policy that cannot be read, an image that nothing
 * covers, or what the step's own inputs demand. Without it a list of passes would read as if all were well.
 */
function beside({ images, policies = [], failure }) {
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
        const isUnknown = failed.result === 'error' && !rows.some(({ result }) => result === 'fail');
        return [
            {
                ...about,
                result: failed.result === 'warn' ? 'warn' : 'fail',
                said,
                message: isUnknown ? failed.message : said,
                ...(isUnknown && { isUnknown: true }),
            },
        ];
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
const own = { policy: 'verify-image', rule: '' };
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

/***/ 50308:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   toKyverno: () => (/* binding */ toKyverno)
/* harmony export */ });
/* harmony import */ var _escape_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(14031);
/* harmony import */ var _policy_results_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(66645);
/* harmony import */ var _kyverno_results_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(58359);
/* harmony import */ var _text_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(65655);




/**
 * What `kyverno apply` 1.19 prints about the same policies and manifests, on stdout: a block for each policy and resource
 * that failed, and the counts. Kyverno says nothing of results that are errors; they and everything that nobody checked
 * are told on stderr, in the program's own words.
 */
function toKyverno(result) {
    const results = (0,_kyverno_results_js__WEBPACK_IMPORTED_MODULE_0__/* .toKyvernoResults */ .eq)(result);
    const first = results.filter(({ image }) => image !== undefined);
    const second = results.filter(({ image }) => image === undefined);
    const stdout = [...blocks(first), ...blocks(second)];
    const counts = (0,_policy_results_js__WEBPACK_IMPORTED_MODULE_2__/* .countOutcomes */ .XF)(results);
    const said = _policy_results_js__WEBPACK_IMPORTED_MODULE_2__/* .outcomes */ .KI.map((outcome) => `${outcome}: ${counts[outcome]}`).join(', ');
    stdout.push('', `${said} `);
    return { stdout, stderr: (0,_text_js__WEBPACK_IMPORTED_MODULE_1__/* .toText */ .f)({ ...result, policies: [] }).stderr };
}
function blocks(results) {
    const groups = new Map();
    for (const one of results) {
        if (one.result !== 'fail' && one.result !== 'warn')
            continue;
        const { policy, resource, image = '' } = one;
        const about = resource
            ? `resource ${resource.namespace}/${resource.kind}/${resource.name}`
            : `image ${image}`;
        const ending = one.result === 'warn' ? 'failed as audit warning:' : 'failed:';
        const head = (0,_escape_js__WEBPACK_IMPORTED_MODULE_3__/* .line */ .n8)(`policy ${nameOf(policy)} -> ${about} ${ending}`);
        const group = groups.get(head) ?? { head, failed: [] };
        group.failed.push(one);
        groups.set(head, group);
    }
    return [...groups.values()].flatMap(({ head, failed }) => [
        head,
        ...failed.map(({ rule, said }, index) => (0,_escape_js__WEBPACK_IMPORTED_MODULE_3__/* .line */ .n8)(`${index + 1} - ${rule} ${said}`)),
        '',
    ]);
}
/** Of a policy in a namespace Kyverno prints the name alone. */
function nameOf(policy) {
    return policy.slice(policy.lastIndexOf('/') + 1);
}


/***/ })

};
