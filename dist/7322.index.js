export const id = 7322;
export const ids = [7322];
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

/***/ 27322:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  sarifReport: () => (/* binding */ sarifReport)
});

// EXTERNAL MODULE: ./src/report/outcomes.ts
var outcomes = __webpack_require__(51921);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
// EXTERNAL MODULE: ./src/verdict/result.ts
var result = __webpack_require__(18364);
// EXTERNAL MODULE: ./src/report/build-reasons.ts
var build_reasons = __webpack_require__(81566);
// EXTERNAL MODULE: ./src/report/demands.ts
var demands = __webpack_require__(32734);
// EXTERNAL MODULE: ./src/report/escape.ts
var report_escape = __webpack_require__(14031);
// EXTERNAL MODULE: ./src/report/near-misses.ts
var near_misses = __webpack_require__(84455);
// EXTERNAL MODULE: ./src/report/place.ts
var report_place = __webpack_require__(18141);
// EXTERNAL MODULE: ./src/reference/parse.ts + 1 modules
var parse = __webpack_require__(5411);
;// CONCATENATED MODULE: ./src/report/sarif-places.ts


const longestName = 500;
/**
 * Where an image is asked for: its first line in a manifest, else that in a list of images, else its own name as a path,
 * as scanners of images have it, because code scanning shows no result without one.
 */
function placeOfImage(image, around) {
    const [origin] = placesIn(image.origins ?? [], around);
    const listed = around.listed.get(image.reference);
    return (origin?.place ?? (listed && placeInFile(listed, around)) ?? placeAt(pathOf(nameOfImage(image.reference))));
}
/** Where something stands that is about no image: the file that is named, else the workflow that asked. */
function placeOfRun(named, around) {
    return (named && placeInFile(named, around)) ?? placeAt(pathOf(around.workflow ?? 'verify-image'));
}
/** Those places that are lines of files in the repository. */
function placesIn(origins, around) {
    return origins.flatMap((origin) => {
        const place = placeInFile(origin, around);
        return place ? [{ origin, place }] : [];
    });
}
function placeInFile(at, { inRepository }) {
    // A name that a page would show otherwise than it is names no file there.
    const file = (0,report_escape/* line */.n8)(at.file) === at.file ? inRepository(at.file) : undefined;
    return file === undefined ? undefined : placeAt(pathOf(file), at.line);
}
function placeAt(uri, startLine = 1) {
    return {
        artifactLocation: { uri },
        region: { startLine, startColumn: 1, endLine: startLine, endColumn: 1 },
    };
}
/** A relative path as a URI: a colon (of a port, of `s3://`) would be read as a scheme, which is refused. */
function pathOf(text) {
    const parts = text.split('/').filter((part) => part !== '' && part !== '.' && part !== '..');
    return parts.length === 0 ? 'verify-image' : parts.map((part) => encodeURIComponent(part)).join('/');
}
/** An image without tag and digest: what stays when it is built anew. */
function nameOfImage(text) {
    const reference = (0,parse/* parseReference */.F)(text);
    switch (reference.kind) {
        case 'registry':
            return nameIn(`${reference.registry}/${reference.repository}`);
        case 's3lo':
            return nameIn(`${reference.scheme}/${reference.bucket}/${reference.image}`);
        case 'oci-layout':
            return nameIn(`oci-layout/${reference.path}`);
        case 'unreadable':
            return nameIn(text);
    }
}
function nameIn(text) {
    return (0,report_escape/* shorten */.ml)((0,report_escape/* line */.n8)(text), longestName);
}

// EXTERNAL MODULE: ./src/verdict/codes.ts
var codes = __webpack_require__(24423);
;// CONCATENATED MODULE: ./src/report/sarif-rules.ts

/** GitHub reads 7.0 to 8.9 as high. The verdict ranks no reason above another, and neither does this. */
const severity = '8.0';
const names = Object.keys(codes/* codes */.F4);
function ruleIndexOf(code) {
    return names.indexOf(code);
}
/**
 * Every failure code as a rule, whatever the run came to: rules are to stay the same from run to run. Only what is proven
 * about an image has a security severity; an outage is no finding about it.
 *
 * @param docs URL of the folder with a page for each code
 */
function sarifRules(docs) {
    return names.map((code) => {
        const { class: kind, meaning, remedy } = codes/* codes */.F4[code];
        const isProven = kind === 'supply-chain';
        const verdict = isProven
            ? 'The image is rejected.'
            : `Nothing is proven against the image: the reason is one of ${kind}.`;
        const page = docs === undefined ? undefined : `${docs}/${code}.md`;
        return {
            id: code,
            name: code.replace(/(?:^|-)([a-z])/g, (_, letter) => letter.toUpperCase()),
            shortDescription: { text: meaning },
            fullDescription: { text: `${meaning} ${verdict}` },
            help: {
                text: `${meaning} ${verdict} ${remedy}`,
                markdown: `**${meaning}** ${verdict}\n\n${remedy}${page === undefined ? '' : `\n\n[More about \`${code}\`](${page})`}`,
            },
            ...(page !== undefined && { helpUri: page }),
            defaultConfiguration: { level: isProven ? 'error' : 'warning' },
            properties: isProven
                ? {
                    precision: 'very-high',
                    'security-severity': severity,
                    tags: ['security', 'supply-chain', 'container-image'],
                }
                : { precision: 'very-high', 'problem.severity': 'warning', tags: [kind, 'container-image'] },
        };
    });
}

;// CONCATENATED MODULE: ./src/report/sarif-results.ts










/** GitHub shows the first 5,000 results of a run. */
const mostResults = 5000;
const mostPlaces = 20;
const mostRules = 10;
const longestMessage = 2000;
const sarif_results_longestName = 500;
/**
 * What is not verified, the rejected first: one result for each image, and one for the run itself where what is wrong with
 * it is said of no image. The last one speaks for the rest where there are more than are shown.
 */
function toSarifResults(result, around) {
    const failed = (0,outcomes/* imagesWorstFirst */.qg)(result.images).filter(({ failure, allowed }) => failure && !allowed);
    const own = ofRun(result, failed, around);
    const room = mostResults - (own ? 1 : 0);
    const shown = failed.length > room ? failed.slice(0, room - 1) : failed;
    const [first] = failed.slice(shown.length);
    const told = [
        ...shown.flatMap((image) => ofImage(image, result.policies ?? [], around)),
        ...(first ? ofRest(first, failed.length - shown.length, around) : []),
        ...(own ? [own] : []),
    ];
    const times = new Map();
    return told.map(({ identity, ...one }) => {
        const hash = (0,external_node_crypto_.createHash)('sha256').update(JSON.stringify(identity)).digest('hex').slice(0, 32);
        // Two tags of one image may fail in the same way.
        const nth = (times.get(hash) ?? 0) + 1;
        times.set(hash, nth);
        return { ...one, partialFingerprints: { primaryLocationLineHash: `${hash}:${nth}` } };
    });
}
function ofImage(image, policies, around) {
    const { reference, digest, verdict, failure, finding, origins = [] } = image;
    if (!failure)
        return [];
    const rules = policies.filter((row) => row.image === reference && isAgainst(row)).map(report_place/* ruleText */.Y3);
    const requirement = rules[0] ?? (0,demands/* demandsOf */.w)(finding).find(isOpen)?.finding.check ?? finding.check;
    const also = rules.slice(0, mostRules).map((rule) => `Rule: ${rule}`);
    const misses = (0,near_misses/* nearMissesOf */.i)(finding).map((miss) => `Near miss: ${miss}`);
    const further = (0,build_reasons/* furtherReasons */.Q)(image).map((reason) => `Also: ${reason}`);
    const name = reference === '' ? 'an empty reference' : (0,report_escape/* shorten */.ml)((0,report_escape/* line */.n8)(reference), sarif_results_longestName);
    const elsewhere = placesIn(origins, around).slice(1, mostPlaces + 1);
    return [
        {
            ...common(failure, verdict === 'rejected'),
            message: said([
                `${name} ${saidOf(failure, verdict === 'rejected')}: ${failure.message}`,
                ...further,
                ...misses,
                ...also,
                `Next: ${failure.hint}`,
            ]),
            locations: [
                {
                    physicalLocation: placeOfImage(image, around),
                    logicalLocations: [{ name, kind: 'resource' }],
                },
            ],
            ...(elsewhere.length > 0 && {
                relatedLocations: elsewhere.map(({ origin, place }, id) => ({
                    id,
                    physicalLocation: place,
                    message: said([(0,report_place/* placeText */.Z9)(origin)]),
                })),
            }),
            properties: {
                image: name,
                ...(digest !== null && { digest: (0,report_escape/* line */.n8)(digest) }),
                verdict,
                class: failure.class,
                ...(failure.service && { service: failure.service }),
                ...(rules.length > 0 && {
                    rules: rules.slice(0, mostRules).map((rule) => (0,report_escape/* shorten */.ml)((0,report_escape/* line */.n8)(rule), sarif_results_longestName)),
                }),
            },
            identity: [nameOfImage(reference), failure.code, requirement],
        },
    ];
}
/** What is wrong with the run itself: an input, a policy that cannot be read, a report that cannot be written. */
function ofRun(result, failed, around) {
    const { failure, verdict } = result;
    if (!failure)
        return undefined;
    if (failed.some((image) => image.failure?.code === failure.code && image.failure.message === failure.message))
        return undefined;
    const isRejected = verdict === 'rejected';
    return {
        ...common(failure, isRejected),
        message: said([`The run ${saidOf(failure, isRejected)}: ${failure.message}`, `Next: ${failure.hint}`]),
        locations: [{ physicalLocation: placeOfRun((0,report_place/* located */.t4)(failure.message, result), around) }],
        properties: { verdict, class: failure.class, ...(failure.service && { service: failure.service }) },
        identity: ['', failure.code, 'run'],
    };
}
/** @param first the worst of them */
function ofRest({ failure, verdict }, count, around) {
    if (!failure)
        return [];
    return [
        {
            ...common(failure, verdict === 'rejected'),
            message: said([`${count} more images are not verified: the result file has all of them`]),
            locations: [{ physicalLocation: placeOfRun(undefined, around) }],
            properties: { verdict, class: failure.class },
            identity: ['', failure.code, 'rest'],
        },
    ];
}
function common({ code }, isRejected) {
    return { ruleId: code, ruleIndex: ruleIndexOf(code), level: isRejected ? 'error' : 'warning' };
}
function saidOf({ code, class: kind }, isRejected) {
    return isRejected ? `is rejected (${code})` : `could not be judged (${kind}, ${code})`;
}
/** One line of plain text. A bracket that a parenthesis follows would begin a link, in SARIF as in markdown. */
function said(sentences) {
    const text = sentences.map((one) => (0,report_escape/* shorten */.ml)((0,report_escape/* line */.n8)(one), longestMessage).replace(/[.\s]+$/, '')).join('. ');
    return { text: `${(0,report_escape/* shorten */.ml)(text.replaceAll('](', '] ('), longestMessage)}.` };
}
function isAgainst({ result }) {
    return result === 'fail' || result === 'error';
}
function isOpen({ finding: { status } }) {
    return status === 'unmet' || status === 'unknown';
}

;// CONCATENATED MODULE: ./src/report/sarif-notifications.ts



/** More of a kind would only repeat themselves; the last one says how many there are. */
const most = 100;
/**
 * What kept the run from finding out, which is about the run and not about the images: an outage as a condition of its
 * execution, a mistake as one of its configuration. Warnings, and images that nobody checked, are told too.
 */
function notificationsOf(result) {
    const { images, warnings } = result;
    const unchecked = images.filter((image) => (0,outcomes/* outcomeOf */.sG)(image) === 'not-checked').length;
    const told = [
        ...cut(warnings.map((warning) => ({ level: 'warning', message: said([warning]) }))),
        ...(unchecked === 0 ? [] : [{ level: 'note', message: said([notChecked(unchecked)]) }]),
    ];
    return {
        toolExecutionNotifications: [...failuresOf(result, 'infrastructure'), ...told],
        toolConfigurationNotifications: failuresOf(result, 'configuration'),
    };
}
function notChecked(count) {
    return count === 1
        ? '1 image is not checked: no policy covers it'
        : `${count} images are not checked: no policy covers them`;
}
function failuresOf({ images, failure }, kind) {
    const failed = images.flatMap(({ reference, failure: own, allowed }) => own?.class === kind && !allowed ? [notify(own, `${reference}: `)] : []);
    const isSaid = images.some((image) => image.failure?.message === failure?.message && !image.allowed);
    return cut(failure?.class === kind && !isSaid ? [notify(failure, ''), ...failed] : failed);
}
function notify({ code, message }, about) {
    return {
        level: 'error',
        message: said([`${about}${message}`]),
        associatedRule: { id: code, index: ruleIndexOf(code) },
    };
}
function cut(all) {
    const [first] = all.slice(most - 1);
    if (all.length <= most || !first)
        return all;
    const rest = said([`${all.length - most + 1} more of these: the result file has all of them`]);
    return [...all.slice(0, most - 1), { level: first.level, message: rest }];
}

;// CONCATENATED MODULE: ./src/report/sarif.ts




const schema = 'https://json.schemastore.org/sarif-2.1.0.json';
/**
 * A run as SARIF 2.1.0 (OASIS), for code scanning and whatever else reads it. Each image that is not verified is one
 * result: of level `error` where it is rejected, of level `warning`, and under a rule of its own class, where nothing is
 * proven. A verified image is none: GitHub makes an alert of every result, also of one of kind `pass`.
 *
 * Where the run is undetermined it also says that it did not succeed, so that a reader does not take what is not in it
 * for mended. `automationDetails` are left to whoever uploads it: two steps must not share a category by accident.
 */
function sarifReport(result, { exit, letPass }, { name, version }, surroundings) {
    const { verdict, images, startedAt, finishedAt } = result;
    const log = {
        $schema: schema,
        version: '2.1.0',
        runs: [
            {
                tool: {
                    driver: { name, version, semanticVersion: version, rules: sarifRules(surroundings.docs) },
                },
                invocations: [
                    {
                        executionSuccessful: verdict !== 'undetermined',
                        exitCode: exit,
                        startTimeUtc: startedAt,
                        endTimeUtc: finishedAt,
                        ...notificationsOf(result),
                    },
                ],
                columnKind: 'utf16CodeUnits',
                results: toSarifResults(result, surroundings),
                properties: { verdict, letPass, ...countsOf(images) },
            },
        ],
    };
    return `${JSON.stringify(log, null, 2)}\n`;
}
/** How many images came to what: also of those that have no result. */
function countsOf(images) {
    const count = (outcome) => images.filter((image) => (0,outcomes/* outcomeOf */.sG)(image) === outcome).length;
    return {
        images: images.length,
        verified: count('verified'),
        rejected: count('rejected'),
        undetermined: count('undetermined'),
        notChecked: count('not-checked'),
    };
}


/***/ })

};
