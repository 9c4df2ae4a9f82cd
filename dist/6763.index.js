export const id = 6763;
export const ids = [6763];
export const modules = {

/***/ 56763:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   toCosign: () => (/* binding */ toCosign)
/* harmony export */ });
/* harmony import */ var _reference_parse_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(5411);
/* harmony import */ var _escape_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(14031);
/* harmony import */ var _text_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(65655);



/**
 * What `cosign verify` and `cosign verify-attestation` 3.1 print about the same image: the lines of the checks on
 * stderr, JSON on stdout. An image that is not verified is reported in the program's own words.
 */
function toCosign(result, question) {
    const stdout = [];
    const stderr = [];
    if (question.ignoresLog) {
        const what = question.attestations ? 'attestation' : 'signature';
        stderr.push(`WARNING: Skipping tlog verification is an insecure practice that lacks transparency and auditability verification for the ${what}.`);
    }
    for (const image of result.images) {
        if (image.verdict !== 'verified')
            continue;
        const signatures = image.signatures.filter(({ verified, payload }) => verified && payload !== undefined);
        stderr.push(...header(image, signatures, question));
        if (question.attestations)
            stdout.push(...signatures.flatMap(({ payload }) => payload?.envelope ?? []));
        else
            stdout.push('', goJson(signatures.map((signature) => toSimpleSigning(signature, image))));
    }
    stderr.push(...(0,_text_js__WEBPACK_IMPORTED_MODULE_0__/* .toText */ .f)(result).stderr);
    return { stdout, stderr };
}
function header(image, signatures, { annotations, ignoresLog, keyless }) {
    // cosign says so of bundles even when it was told to look at no entry.
    const log = !ignoresLog || signatures.some(({ format }) => format === 'sigstore-bundle');
    return [
        '',
        `Verification for ${(0,_escape_js__WEBPACK_IMPORTED_MODULE_1__/* .line */ .n8)(titleOf(image))} --`,
        'The following checks were performed on each of these signatures:',
        ...(annotations ? ['  - The specified annotations were verified.'] : []),
        '  - The cosign claims were validated',
        ...(log ? ['  - Existence of the claims in the transparency log was verified offline'] : []),
        keyless
            ? '  - The code-signing certificate was verified using trusted certificate authority certificates'
            : '  - The signatures were verified against the specified public key',
    ];
}
function toSimpleSigning({ payload }, image) {
    return {
        critical: {
            identity: { 'docker-reference': payload?.dockerReference ?? nameOf(image) },
            image: { 'docker-manifest-digest': image.digest },
            type: payload?.type ?? '',
        },
        optional: optionalOf(payload),
    };
}
/** The signed annotations, and beside them what cosign takes from certificate, log entry and timestamp. */
function optionalOf(payload) {
    const { optional = null, certificate, logEntry, timestamp } = payload ?? {};
    if (certificate === undefined && logEntry === undefined && timestamp === undefined)
        return optional;
    return {
        ...optional,
        ...certificate,
        ...(logEntry && { Bundle: logEntry }),
        ...(timestamp !== undefined &&
            timestamp !== '' && { RFC3161Timestamp: JSON.parse(timestamp) }),
    };
}
/** A layout is called by its folder, as `cosign verify --local-image` does. */
function titleOf(image) {
    const reference = (0,_reference_parse_js__WEBPACK_IMPORTED_MODULE_2__/* .parseReference */ .F)(image.reference);
    return reference.kind === 'oci-layout' ? reference.path : nameOf(image);
}
/** The whole name, as go-containerregistry writes it. */
function nameOf(image) {
    const reference = (0,_reference_parse_js__WEBPACK_IMPORTED_MODULE_2__/* .parseReference */ .F)(image.reference);
    return reference.kind === 'registry' ? fullName(reference) : image.reference;
}
function fullName({ registry, repository, tag, digest }) {
    const host = registry === 'docker.io' ? 'index.docker.io' : registry;
    return digest === undefined ? `${host}/${repository}:${String(tag)}` : `${host}/${repository}@${digest}`;
}
const goEscapes = /[<>&\u2028\u2029]/g;
/** JSON as Go's encoding/json writes it: members of maps in order of their bytes, and what HTML reads as escapes. */
function goJson(value) {
    return ordered(value).replace(goEscapes, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
/** Written member by member: an object of JavaScript puts names that are numbers first, whatever order it was made in. */
function ordered(value) {
    if (Array.isArray(value))
        return `[${value.map(ordered).join(',')}]`;
    // A structure keeps the order of its members.
    if (typeof value !== 'object' || value === null || 'SignedEntryTimestamp' in value)
        return JSON.stringify(value);
    const members = Object.entries(value).sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
    return `{${members.map(([name, item]) => `${JSON.stringify(name)}:${ordered(item)}`).join(',')}}`;
}


/***/ })

};
