export const id = 5115;
export const ids = [5115];
export const modules = {

/***/ 9085:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Jt: () => (/* binding */ spdxRoots),
/* harmony export */   Py: () => (/* binding */ cycloneDxAbout),
/* harmony export */   dj: () => (/* binding */ spdxAbout)
/* harmony export */ });
/* harmony import */ var _claim_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(99993);
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(49839);


/** Packages that an operating system installs. Where they are, the file system of an image was looked at. */
const systemPackage = /^pkg:(?:deb|rpm|apk|alpm)\//;
const imagePackage = /^pkg:(?:oci|docker)\//;
const sourcePackage = /^pkg:(?:github|gitlab|bitbucket)\//;
/** Ids of described packages that are kept; a document describes one thing. */
const mostRoots = 1000;
/** CycloneDX's type of component, as syft and trivy choose it: a folder is a file to syft, an application to trivy. */
const componentTypes = new Map([
    ['container', 'image'],
    ['application', 'source'],
    ['framework', 'source'],
    ['library', 'source'],
    ['file', 'source'],
]);
/** SPDX 2.3, 7.24. syft calls a folder FILE, trivy SOURCE. */
const purposes = new Map([
    ['CONTAINER', 'image'],
    ['APPLICATION', 'source'],
    ['FRAMEWORK', 'source'],
    ['LIBRARY', 'source'],
    ['SOURCE', 'source'],
    ['FILE', 'source'],
]);
/** How syft and trivy begin the namespaces of their documents: by the kind of thing that was looked at. */
const namespaces = [
    [/^https:\/\/anchore\.com\/syft\/image\//, 'image'],
    [/^https:\/\/anchore\.com\/syft\/(?:dir|file)\//, 'source'],
    [/^https?:\/\/(?:trivy\.dev|aquasecurity\.github\.io\/trivy)\/container_image\//, 'image'],
    [/^https?:\/\/(?:trivy\.dev|aquasecurity\.github\.io\/trivy)\/(?:filesystem|repository)\//, 'source'],
];
/** Whether a CycloneDX document lists an image or the source: by the thing itself, and by what is in it. */
function cycloneDxAbout(document) {
    const root = (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .objectField */ .qV)((0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .objectField */ .qV)(document, 'metadata'), 'component');
    const signs = new Set();
    add(signs, componentTypes.get((0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .field */ .ZZ)(root, 'type')));
    add(signs, ofPackageUrl((0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .textField */ .M8)(root, 'purl') ?? ''));
    const isSystem = (component) => systemPackage.test((0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .textField */ .M8)(component, 'purl') ?? '');
    if ((0,_claim_js__WEBPACK_IMPORTED_MODULE_1__/* .objects */ .JD)(document, 'components').some(isSystem))
        signs.add('image');
    return verdictOf(signs);
}
/** The packages that an SPDX document is about: `documentDescribes`, or the relationship DESCRIBES, both ways. */
function spdxRoots(document) {
    const described = new Set();
    const keep = (id) => {
        if (typeof id === 'string' && described.size < mostRoots)
            described.add(id);
    };
    (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .listField */ .FZ)(document, 'documentDescribes')?.forEach(keep);
    const own = (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .textField */ .M8)(document, 'SPDXID') ?? 'SPDXRef-DOCUMENT';
    for (const one of (0,_claim_js__WEBPACK_IMPORTED_MODULE_1__/* .objects */ .JD)(document, 'relationships')) {
        const [from, to] = [(0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .textField */ .M8)(one, 'spdxElementId'), (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .textField */ .M8)(one, 'relatedSpdxElement')];
        const type = (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .textField */ .M8)(one, 'relationshipType');
        if (type === 'DESCRIBES' && from === own)
            keep(to);
        if (type === 'DESCRIBED_BY' && to === own)
            keep(from);
    }
    return (0,_claim_js__WEBPACK_IMPORTED_MODULE_1__/* .objects */ .JD)(document, 'packages').filter((one) => described.has((0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .field */ .ZZ)(one, 'SPDXID')));
}
/** Whether an SPDX document lists an image or the source. */
function spdxAbout(document, roots) {
    const built = buildkitTarget(document);
    if (built !== undefined)
        return built;
    const signs = new Set();
    const namespace = (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .textField */ .M8)(document, 'documentNamespace') ?? '';
    add(signs, namespaces.find(([form]) => form.test(namespace))?.[1]);
    for (const root of roots) {
        add(signs, purposes.get((0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .field */ .ZZ)(root, 'primaryPackagePurpose')));
        for (const url of packageUrls(root))
            add(signs, ofPackageUrl(url));
    }
    const isSystem = (one) => packageUrls(one).some((url) => systemPackage.test(url));
    if ((0,_claim_js__WEBPACK_IMPORTED_MODULE_1__/* .objects */ .JD)(document, 'packages').some(isSystem))
        signs.add('image');
    return verdictOf(signs);
}
/**
 * buildkit has every file system scanned as a folder, the image's too, and says by the folder's name which it was:
 * `sbom` is the image, `sbom-context` the build context, `sbom-…` a stage of the build (buildkit,
 * frontend/attestations/sbom). Older scanners gave the whole path.
 */
function buildkitTarget(document) {
    const name = (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .textField */ .M8)(document, 'name');
    if (name === undefined)
        return undefined;
    const creators = (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .listField */ .FZ)((0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .objectField */ .qV)(document, 'creationInfo'), 'creators');
    const isBuildkit = creators?.some((one) => typeof one === 'string' && one.startsWith('Tool: buildkit-'));
    if (name === '/run/src/core' || name === '/run/src/core/sbom')
        return 'image';
    if (name === '/run/src/extras/context' || name === '/run/src/extras/sbom-context')
        return 'source';
    if (name.startsWith('/run/src/extras/'))
        return 'unknown';
    if (isBuildkit !== true)
        return undefined;
    if (name === 'sbom')
        return 'image';
    if (name === 'sbom-context')
        return 'source';
    return name.startsWith('sbom-') ? 'unknown' : undefined;
}
function packageUrls(one) {
    return (0,_claim_js__WEBPACK_IMPORTED_MODULE_1__/* .objects */ .JD)(one, 'externalRefs').flatMap((reference) => (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .textField */ .M8)(reference, 'referenceType') === 'purl' ? ((0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .textField */ .M8)(reference, 'referenceLocator') ?? []) : []);
}
function ofPackageUrl(url) {
    if (imagePackage.test(url))
        return 'image';
    return sourcePackage.test(url) ? 'source' : undefined;
}
function add(signs, sign) {
    if (sign !== undefined)
        signs.add(sign);
}
/** Signs that contradict each other tell nothing. */
function verdictOf(signs) {
    const [only, ...others] = signs;
    return only === undefined || others.length > 0 ? 'unknown' : only;
}


/***/ }),

/***/ 5115:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  readPredicate: () => (/* binding */ readPredicate)
});

// EXTERNAL MODULE: ./src/evidence/claim.ts
var claim = __webpack_require__(99993);
// EXTERNAL MODULE: ./src/evidence/json.ts
var json = __webpack_require__(49839);
// EXTERNAL MODULE: ./src/evidence/bill-subject.ts
var bill_subject = __webpack_require__(9085);
;// CONCATENATED MODULE: ./src/evidence/bill-of-materials.ts



/** A bill of materials that comes as a text inside the statement is parsed up to this size. */
const textLimit = 16 * 1024 * 1024;
/** As many tools are named. */
const mostTools = 3;
/** With a version behind it (in-toto's own types) or without (cosign's). */
function isBillType(predicateType) {
    return /^https:\/\/(?:spdx\.dev\/Document|cyclonedx\.org\/(?:bom|schema))(?:\/v[\d.]+)?$/.test(predicateType);
}
/**
 * Reads SPDX 2 JSON and CycloneDX JSON; the text type of cosign holds the document as a text. The document itself says
 * which of the two it is.
 */
function readBillOfMaterials(predicate) {
    const document = documentOf(predicate);
    if (document === undefined)
        return undefined;
    if ((0,json/* textField */.M8)(document, 'bomFormat') === 'CycloneDX')
        return readCycloneDx(document);
    const version = (0,json/* textField */.M8)(document, 'spdxVersion');
    return version?.startsWith('SPDX-') === true ? readSpdx(document, version.slice('SPDX-'.length)) : undefined;
}
function documentOf(predicate) {
    if ((0,json/* isObject */.Gv)(predicate))
        return predicate;
    return typeof predicate === 'string' && predicate.length <= textLimit
        ? (0,json/* readObject */.Ag)(Buffer.from(predicate))
        : undefined;
}
/** CycloneDX 1.2 to 1.6, JSON: the thing itself is `metadata.component`, its components are beside it. */
function readCycloneDx(document) {
    const metadata = (0,json/* objectField */.qV)(document, 'metadata');
    return (0,claim/* known */.eO)({
        kind: 'bill-of-materials',
        format: 'CycloneDX',
        version: (0,claim/* claim */.B7)(document, 'specVersion') ?? '',
        components: (0,json/* listField */.FZ)(document, 'components')?.length ?? 0,
        tool: cycloneDxTools(metadata),
        createdAt: (0,claim/* claim */.B7)(metadata, 'timestamp'),
        about: (0,bill_subject/* cycloneDxAbout */.Py)(document),
        subjectName: (0,claim/* claim */.B7)((0,json/* objectField */.qV)(metadata, 'component'), 'name'),
    });
}
/** Up to 1.4 a list of tools, since 1.5 an object with a list of components. */
function cycloneDxTools(metadata) {
    const older = (0,claim/* objects */.JD)(metadata, 'tools');
    const tools = older.length > 0 ? older : (0,claim/* objects */.JD)((0,json/* objectField */.qV)(metadata, 'tools'), 'components');
    return listed(tools.slice(0, mostTools).map((tool) => {
        const [name, version] = [(0,claim/* claim */.B7)(tool, 'name'), (0,claim/* claim */.B7)(tool, 'version')];
        return name === undefined ? '' : version === undefined ? name : `${name} ${version}`;
    }));
}
/** SPDX 2.2 and 2.3, JSON: the thing itself is a package like its components, and described by the document. */
function readSpdx(document, version) {
    const creation = (0,json/* objectField */.qV)(document, 'creationInfo');
    const roots = (0,bill_subject/* spdxRoots */.Jt)(document);
    return (0,claim/* known */.eO)({
        kind: 'bill-of-materials',
        format: 'SPDX',
        version: (0,claim/* shortened */.vI)(version) ?? '',
        name: (0,claim/* claim */.B7)(document, 'name'),
        // The roots are among them.
        components: ((0,json/* listField */.FZ)(document, 'packages')?.length ?? 0) - roots.length,
        tool: spdxTools(creation),
        createdAt: (0,claim/* claim */.B7)(creation, 'created'),
        about: (0,bill_subject/* spdxAbout */.dj)(document, roots),
        subjectName: roots.length === 1 ? (0,claim/* claim */.B7)(roots[0], 'name') : undefined,
    });
}
/** A creator is `Tool: name-version` (SPDX 2.3, 6.8). */
function spdxTools(creation) {
    const tools = ((0,json/* listField */.FZ)(creation, 'creators') ?? []).filter((one) => typeof one === 'string' && one.startsWith('Tool:'));
    return listed(tools.slice(0, mostTools).map((tool) => {
        const text = (0,claim/* shortened */.vI)(tool.slice('Tool:'.length).trim()) ?? '';
        return text.replace(/-(?=v?\d[^-]*$)/, ' ');
    }));
}
function listed(names) {
    return (0,claim/* shortened */.vI)(names.filter((name) => name !== '').join(', '));
}

// EXTERNAL MODULE: ./src/evidence/provenance.ts
var provenance = __webpack_require__(55342);
// EXTERNAL MODULE: ./src/verdict/statement-summary.ts
var statement_summary = __webpack_require__(68341);
;// CONCATENATED MODULE: ./src/evidence/vex.ts



/** With a version behind it or without. */
function isVexType(predicateType) {
    return /^https:\/\/openvex\.dev\/ns(?:\/v[\d.]+)?$/.test(predicateType);
}
/** Reads OpenVEX (openvex/spec, 0.2.0): statements of which status there are, and how many. */
function readVex(predicate) {
    if (!(0,json/* isObject */.Gv)(predicate))
        return undefined;
    const statements = (0,json/* listField */.FZ)(predicate, 'statements');
    if (statements === undefined)
        return undefined;
    const counts = Object.fromEntries(statement_summary/* vexStatuses */.u.map((status) => [status, 0]));
    for (const one of statements)
        counts[statusOf(one)]++;
    return (0,claim/* known */.eO)({
        kind: 'vex',
        author: (0,claim/* claim */.B7)(predicate, 'author'),
        createdAt: (0,claim/* claim */.B7)(predicate, 'timestamp'),
        statements: counts,
    });
}
function statusOf(statement) {
    const status = (0,json/* isObject */.Gv)(statement) ? (0,json/* field */.ZZ)(statement, 'status') : undefined;
    return statement_summary/* vexStatuses */.u.find((one) => one === status) ?? 'unknown';
}

;// CONCATENATED MODULE: ./src/evidence/severity.ts
const words = new Map([
    ['critical', 'critical'],
    ['high', 'high'],
    ['important', 'high'],
    ['medium', 'medium'],
    ['moderate', 'medium'],
    ['low', 'low'],
    ['negligible', 'negligible'],
    ['none', 'negligible'],
]);
/** From worst to best; the first that is reached counts (CVSS 3.1, qualitative severity rating scale). */
const ratings = [
    [9, 'critical'],
    [7, 'high'],
    [4, 'medium'],
    [0.1, 'low'],
    [0, 'negligible'],
];
const scoreForm = /^\d{1,2}(?:\.\d{1,3})?$/;
/** A severity in words or as a CVSS score from 0 to 10; anything else is unknown, never harmless. */
function severityOf(value) {
    if (typeof value === 'number')
        return ofScore(value);
    return typeof value === 'string' && scoreForm.test(value) ? ofScore(Number(value)) : severityOfWord(value);
}
/** A severity in words alone. */
function severityOfWord(value) {
    return (typeof value === 'string' ? words.get(value.toLowerCase()) : undefined) ?? 'unknown';
}
function ofScore(score) {
    return score > 10 ? 'unknown' : (ratings.find(([least]) => score >= least)?.[1] ?? 'unknown');
}
const order = ['critical', 'high', 'medium', 'low', 'negligible'];
/** Of several ratings the worst that is known. */
function worstOf(ratings) {
    return order.find((one) => ratings.includes(one)) ?? 'unknown';
}

;// CONCATENATED MODULE: ./src/evidence/scan-result.ts




/**
 * Counts the findings of a result; every entry of a list is one, whatever it holds: an odd one is not left out. Where
 * something else stands in place of a list, nothing is counted: it could hide findings.
 */
function readScanResult(result) {
    if (Array.isArray(result))
        return { resultFormat: 'in-toto', findings: count(result, inTotoSeverity) };
    if (!(0,json/* isObject */.Gv)(result))
        return undefined;
    return sarif(result) ?? grype(result) ?? trivy(result);
}
/** in-toto vulns: 0.2 has id and severity in the entry, 0.1 in its `vulnerability`; a list of ratings by method. */
function inTotoSeverity(entry) {
    if (!(0,json/* isObject */.Gv)(entry))
        return 'unknown';
    const vulnerability = (0,json/* objectField */.qV)(entry, 'vulnerability') ?? entry;
    return worstOf((0,claim/* objects */.JD)(vulnerability, 'severity').map((rating) => severityOf((0,json/* field */.ZZ)(rating, 'score'))));
}
/** `trivy image --format json`: vulnerabilities by target; without findings a target or all of them may be absent. */
function trivy(result) {
    const isReport = (0,json/* field */.ZZ)(result, 'SchemaVersion') !== undefined && (0,json/* field */.ZZ)(result, 'ArtifactName') !== undefined;
    const targets = isReport ? listOrNone(result, 'Results') : (0,json/* listField */.FZ)(result, 'Results');
    if (targets === undefined)
        return undefined;
    const all = none();
    for (const target of targets) {
        if (!(0,json/* isObject */.Gv)(target))
            return undefined;
        const entries = listOrNone(target, 'Vulnerabilities');
        if (entries === undefined)
            return undefined;
        tally(all, entries, (one) => ((0,json/* isObject */.Gv)(one) ? severityOf((0,json/* field */.ZZ)(one, 'Severity')) : 'unknown'));
    }
    return { resultFormat: 'trivy', findings: all, scanner: 'trivy' };
}
/** `grype -o json`: a match is a vulnerability in a package. */
function grype(result) {
    const matches = (0,json/* listField */.FZ)(result, 'matches');
    if (matches === undefined)
        return undefined;
    const findings = count(matches, (match) => (0,json/* isObject */.Gv)(match) ? severityOf((0,json/* field */.ZZ)((0,json/* objectField */.qV)(match, 'vulnerability'), 'severity')) : 'unknown');
    return { resultFormat: 'grype', findings, scanner: 'grype' };
}
/**
 * SARIF 2.1.0. Scanners give the severity with the rule: `security-severity` (a score, as GitHub reads it), or a word
 * among its tags (trivy). The level of a result is none: an error may be high or critical.
 */
function sarif(result) {
    const runs = (0,json/* listField */.FZ)(result, 'runs');
    if (runs === undefined)
        return undefined;
    const all = none();
    let scanner;
    for (const run of runs) {
        if (!(0,json/* isObject */.Gv)(run))
            return undefined;
        const results = listOrNone(run, 'results');
        if (results === undefined)
            return undefined;
        const driver = (0,json/* objectField */.qV)((0,json/* objectField */.qV)(run, 'tool'), 'driver');
        scanner ??= (0,claim/* claim */.B7)(driver, 'name');
        const severity = ruleSeverities(driver);
        tally(all, results, (one) => ((0,json/* isObject */.Gv)(one) ? severity(one) : 'unknown'));
    }
    return (0,claim/* known */.eO)({ resultFormat: 'sarif', findings: all, scanner });
}
/** What the rule of a result says: the one that it names, or else the one at its index. Each rule is read once. */
function ruleSeverities(driver) {
    const byIndex = new Map();
    const byId = new Map();
    for (const [at, rule] of ((0,json/* listField */.FZ)(driver, 'rules') ?? []).entries()) {
        if (!(0,json/* isObject */.Gv)(rule))
            continue;
        const severity = ruleSeverity(rule);
        byIndex.set(at, severity);
        const id = (0,json/* textField */.M8)(rule, 'id');
        if (id !== undefined)
            byId.set(id, severity);
    }
    return (result) => {
        const id = (0,json/* textField */.M8)(result, 'ruleId') ?? (0,json/* textField */.M8)((0,json/* objectField */.qV)(result, 'rule'), 'id');
        return byId.get(id) ?? byIndex.get((0,json/* field */.ZZ)(result, 'ruleIndex')) ?? 'unknown';
    };
}
/** A tag that is a number is no score. */
function ruleSeverity(rule) {
    const properties = (0,json/* objectField */.qV)(rule, 'properties');
    const score = severityOf((0,json/* field */.ZZ)(properties, 'security-severity'));
    return score === 'unknown' ? worstOf(((0,json/* listField */.FZ)(properties, 'tags') ?? []).map(severityOfWord)) : score;
}
/** A list that may be absent where it would be empty; undefined where something else is in its place. */
function listOrNone(object, name) {
    const value = (0,json/* field */.ZZ)(object, name);
    return value === undefined || value === null ? [] : (0,json/* listField */.FZ)(object, name);
}
function none() {
    return Object.fromEntries(statement_summary/* severities */.g.map((name) => [name, 0]));
}
function count(entries, severity) {
    const all = none();
    tally(all, entries, severity);
    return all;
}
function tally(all, entries, severity) {
    for (const entry of entries)
        all[severity(entry)]++;
}

;// CONCATENATED MODULE: ./src/evidence/vulnerability-scan.ts



/** cosign's type, and in-toto's with its versions. */
function isScanType(predicateType) {
    return /^https:\/\/(?:cosign\.sigstore\.dev\/attestation\/vuln\/v1|in-toto\.io\/attestation\/vulns(?:\/v0\.[12])?)$/.test(predicateType);
}
/**
 * Reads a scan: the scanner, when it ran, and how many findings its result has. cosign's predicate
 * (specs/COSIGN_VULN_ATTESTATION_SPEC.md) may hold a result of any form; in-toto's (vulns, 0.1 and 0.2) has one.
 */
function readVulnerabilityScan(predicate) {
    if (!(0,json/* isObject */.Gv)(predicate))
        return undefined;
    const scanner = (0,json/* objectField */.qV)(predicate, 'scanner');
    if (scanner === undefined)
        return undefined;
    const metadata = (0,json/* objectField */.qV)(predicate, 'metadata');
    const result = readScanResult((0,json/* field */.ZZ)(scanner, 'result'));
    const scannerUri = (0,claim/* claim */.B7)(scanner, 'uri');
    return (0,claim/* known */.eO)({
        kind: 'vulnerability-scan',
        scanner: result?.scanner ?? (scannerUri === undefined ? undefined : lastName(scannerUri)),
        scannerUri,
        scannerVersion: (0,claim/* claim */.B7)(scanner, 'version'),
        databaseVersion: (0,claim/* claim */.B7)((0,json/* objectField */.qV)(scanner, 'db'), 'version'),
        startedAt: (0,claim/* claim */.B7)(metadata, 'scanStartedOn'),
        finishedAt: (0,claim/* claim */.B7)(metadata, 'scanFinishedOn'),
        resultFormat: result?.resultFormat,
        findings: result?.findings,
    });
}
/** `trivy` of `pkg:github/aquasecurity/trivy@v0.50.0` and of `https://github.com/aquasecurity/trivy`. */
function lastName(uri) {
    const path = uri.replace(/[@?#].*/s, '').replace(/\/$/, '');
    return (0,claim/* shortened */.vI)(path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf(':')) + 1));
}

;// CONCATENATED MODULE: ./src/evidence/predicate.ts




/** A new type is one more line. */
const readers = [
    { reads: provenance/* isProvenanceType */.I, what: 'SLSA provenance', read: provenance/* readProvenance */.C },
    { reads: isBillType, what: 'SPDX 2 or CycloneDX as JSON', read: (_, one) => readBillOfMaterials(one) },
    { reads: isScanType, what: 'a vulnerability scan', read: (_, one) => readVulnerabilityScan(one) },
    { reads: isVexType, what: 'OpenVEX', read: (_, one) => readVex(one) },
];
/** What a statement of this type says; never throws, whatever the predicate is. Time grows with its size, once. */
function readPredicate(predicateType, predicate) {
    const reader = readers.find(({ reads }) => reads(predicateType));
    if (!reader)
        return { kind: 'unread', reason: 'there is no reader for this type' };
    const summary = reader.read(predicateType, predicate);
    return summary ?? { kind: 'unread', reason: `expected ${reader.what}, got something else` };
}


/***/ })

};
