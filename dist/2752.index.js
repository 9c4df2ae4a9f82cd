export const id = 2752;
export const ids = [2752];
export const modules = {

/***/ 32734:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   o: () => (/* binding */ answerTo),
/* harmony export */   w: () => (/* binding */ demandsOf)
/* harmony export */ });
/* harmony import */ var _verdict_result_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(18364);

/** What inputs ask by themselves; everything else below an image is a rule of a policy. */
const ofInputs = /^(?:signed-by-(?:all|any|\d+)|inputs|expected-digest|deep)$/;
/** All of their parts must hold, so that each is a demand of its own. */
const joined = new Set(['inputs', 'signed-by-all', 'vouched-for']);
const platform = /^platform (.+)$/;
/**
 * What the inputs demanded of an image, one by one: each signer that must have signed, each type that must be attested, the
 * digest, that all parts were read. Where not even the image was found, it is that. What policies demand is left out.
 */
function demandsOf(finding) {
    if (finding.check !== 'image')
        return isOpen(finding) ? [{ finding }] : [];
    const children = finding.children ?? [];
    if (children.length === 0)
        return isOpen(finding) ? [{ finding }] : [];
    return children.flatMap((child) => demandsBelow(child));
}
function demandsBelow(finding, on) {
    const { check, children = [] } = finding;
    const own = platform.exec(check)?.[1];
    if (own !== undefined)
        return children.flatMap((child) => demandsBelow(child, own));
    if (check === 'policies')
        return children.flatMap((child) => demandsBelow(child, on));
    if (check === 'image-found')
        return isOpen(finding) ? [{ finding }] : [];
    return ofInputs.test(check) ? partsOf(finding, on) : [];
}
function partsOf(finding, on) {
    const { check, children = [] } = finding;
    if (joined.has(check) && children.length > 0)
        return children.flatMap((child) => partsOf(child, on));
    return [{ finding, ...(on !== undefined && { platform: on }) }];
}
function isOpen({ status }) {
    return status === 'unmet' || status === 'unknown';
}
/** How many of its parts are proven: says nothing to whoever does not see them. */
const tally = /^\d+ of \d+ proven, \d+ needed$/;
/** What was found out, in the words of the part that decided it. */
function answerTo({ finding }) {
    if (finding.status === 'unmet' || finding.status === 'unknown')
        return (0,_verdict_result_js__WEBPACK_IMPORTED_MODULE_0__/* .decidingPart */ .t5)(finding).message;
    return provenBy(finding).join('; ');
}
function provenBy(finding) {
    const proven = (finding.children ?? []).filter(({ status }) => status === 'met');
    return tally.test(finding.message) && proven.length > 0
        ? [...new Set(proven.flatMap(provenBy))]
        : [finding.message];
}


/***/ }),

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

/***/ 22752:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  openReportText: () => (/* binding */ openReportText)
});

// UNUSED EXPORTS: toOpenReports

// EXTERNAL MODULE: ./node_modules/yaml/dist/index.js
var dist = __webpack_require__(38815);
// EXTERNAL MODULE: ./src/report/policy-results.ts
var policy_results = __webpack_require__(66645);
// EXTERNAL MODULE: ./src/verdict/codes.ts
var codes = __webpack_require__(24423);
// EXTERNAL MODULE: ./src/verdict/result.ts
var result = __webpack_require__(18364);
// EXTERNAL MODULE: ./src/report/check-words.ts
var check_words = __webpack_require__(27666);
// EXTERNAL MODULE: ./src/report/demands.ts
var demands = __webpack_require__(32734);
// EXTERNAL MODULE: ./src/report/distinct.ts
var distinct = __webpack_require__(75652);
// EXTERNAL MODULE: ./src/report/kyverno-results.ts
var kyverno_results = __webpack_require__(58359);
;// CONCATENATED MODULE: ./src/report/open-results.ts






const source = 'verify-image';
/** What the inputs of the run demand, as the policy that they are. */
const ownPolicy = 'verify-image';
/** Most workloads that a result names: one image may stand in thousands. */
const mostResources = 100;
/**
 * What each rule says of each image, then what the inputs demand of each, one by one, and last what is wrong with the run:
 * a report is never a list of passes where the run is not verified.
 *
 * @param seconds when the run ended, since 1970
 */
function toOpenResults(result, seconds) {
    const own = result.images.flatMap((image) => ofInputs(image, seconds));
    const told = new Set(own.flatMap((one) => (isGood(one) ? [] : [one.properties['image']])));
    const untold = (0,kyverno_results/* beside */.vY)(result).filter(({ image }) => image === undefined || !told.has(image));
    const rules = (0,kyverno_results/* resultsOfRules */.Lm)(result).map((one) => ofRule(one, seconds));
    return [...rules, ...own, ...untold.map((one) => ofRule(one, seconds))];
}
function isGood({ result }) {
    return result === 'pass' || result === 'skip';
}
function ofRule(one, seconds) {
    const { policy, rule, resource, message, image, digest, isUnknown } = one;
    // An outage is no failure of the image, whatever it is to Kyverno.
    const result = isUnknown ? 'error' : one.result;
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
/** An image that nothing is demanded of has no results: it is not checked. */
function ofInputs(image, seconds) {
    const { finding, allowed, origins = [] } = image;
    if (allowed)
        return [];
    const resources = (0,distinct/* distinct */.d)(origins.flatMap(({ resource }) => resource ?? []))
        .slice(0, mostResources)
        .map(({ kind, namespace, name }) => ({ kind, name, namespace }));
    return (0,demands/* demandsOf */.w)(finding).map((demand) => ({
        message: (0,demands/* answerTo */.o)(demand),
        policy: ownPolicy,
        properties: propertiesOf(demand, image),
        ...(resources.length > 0 && { resources }),
        result: outcomes[demand.finding.status],
        rule: demand.finding.check,
        scored: true,
        source,
        timestamp: { nanos: 0, seconds },
    }));
}
const outcomes = { met: 'pass', unmet: 'fail', unknown: 'error', exempt: 'skip' };
function propertiesOf({ finding, platform }, { reference, digest }) {
    const about = {
        image: reference,
        ...(digest !== null && { digest }),
        ...(platform !== undefined && { platform }),
        asked: (0,check_words/* checkWords */.i)(finding.check),
    };
    if (finding.status !== 'unmet' && finding.status !== 'unknown')
        return about;
    const cause = (0,result/* decidingPart */.t5)(finding);
    return {
        ...about,
        class: (0,codes/* classOf */.Kl)(cause.code),
        code: cause.code,
        ...(cause.status === 'unknown' && cause.service && { service: cause.service }),
        next: codes/* codes */.F4[cause.code].remedy,
    };
}

;// CONCATENATED MODULE: ./src/report/open-report.ts



/**
 * What a run found as reports of OpenReports: of policies of the whole cluster and of what the inputs demand merged into
 * one, as Kyverno's CLI does, and one for each policy that is in a namespace (Kyverno's CLI calls its kind `PolicyReport`,
 * which the schema does not have). What only warns is not scored.
 *
 * @param seconds when the run ended, since 1970
 */
function toOpenReports(result, seconds) {
    const clustered = [];
    const namespaced = new Map();
    // A policy about builds is called by its file, which is in no namespace, whatever slashes it has.
    const files = new Set(result.policyFiles?.map(({ file }) => file));
    for (const one of toOpenResults(result, seconds)) {
        if (!one.policy.includes('/') || files.has(one.policy))
            clustered.push(one);
        else
            namespaced.set(one.policy, [...(namespaced.get(one.policy) ?? []), one]);
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
        source: source,
        summary: (0,policy_results/* countOutcomes */.XF)(results),
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
            .map((report) => (0,dist/* stringify */.As)(report, { version: '1.1', aliasDuplicateObjects: false, lineWidth: 0 }))
            .join('---\n');
    const [only, ...others] = reports;
    const document = others.length === 0 ? only : { apiVersion: 'v1', kind: 'List', items: reports };
    return `${JSON.stringify(document, null, 2)}\n`;
}


/***/ })

};
