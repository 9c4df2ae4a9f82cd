export const id = 8478;
export const ids = [8478];
export const modules = {

/***/ 98478:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   verificationSummaries: () => (/* binding */ verificationSummaries)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(77598);
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_crypto__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var _distinct_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(75652);


const statementType = 'https://in-toto.io/Statement/v1';
const predicateType = 'https://slsa.dev/verification_summary/v1';
/**
 * SLSA verification summaries (slsa.dev, verification summary v1.0), one in-toto statement a line: each names an image by
 * its digest, the policies that it was held against, and the evidence that decided. They are not signed: whoever attaches
 * one signs it. Of what is undetermined nothing is said, so that the file holds no line for it.
 */
function verificationSummaries(result, tool) {
    const { policyFiles = [], finishedAt } = result;
    return result.images
        .filter(({ verdict, allowed }) => verdict !== 'undetermined' && !allowed)
        .map((image) => {
        const predicate = {
            verifier: { id: 'urn:verify-image', version: { [tool.name]: tool.version } },
            timeVerified: finishedAt,
            resourceUri: image.pinned ?? image.reference,
            policy: policyOf(policyFiles),
            inputAttestations: attestationsOf(image),
            verificationResult: image.verdict === 'verified' ? 'PASSED' : 'FAILED',
            // Levels are a claim about builders, which no policy here makes.
            verifiedLevels: image.verdict === 'verified' ? ['SLSA_BUILD_LEVEL_UNEVALUATED'] : ['FAILED'],
            slsaVersion: '1.0',
        };
        return `${JSON.stringify({ _type: statementType, subject: subjectsOf(image), predicateType, predicate })}\n`;
    })
        .join('');
}
/** An image by its digest; digests that were judged without one by themselves. */
function subjectsOf({ reference, digest }) {
    if (digest !== null)
        return [{ name: reference, digest: { sha256: digest.slice('sha256:'.length) } }];
    return reference.split(', ').map((subject) => {
        const hex = subject.slice(subject.indexOf(':') + 1);
        return { digest: { [algorithms.get(hex.length) ?? 'unknown']: hex } };
    });
}
/** By the number of hex digits. */
const algorithms = new Map([
    [40, 'sha1'],
    [64, 'sha256'],
    [96, 'sha384'],
    [128, 'sha512'],
]);
/** Of several files the digest is that of their list, as `sha256sum` prints it, in the order of the names. */
function policyOf(files) {
    const [only, ...others] = files;
    if (only && others.length === 0)
        return { uri: only.file, digest: { sha256: only.sha256 } };
    const lines = files.map(({ file, sha256 }) => `${sha256}  ${file}\n`).sort();
    const sha256 = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').update(lines.join('')).digest('hex');
    return { uri: files.map(({ file }) => file).join(' '), digest: { sha256 } };
}
function attestationsOf({ signatures }) {
    return (0,_distinct_js__WEBPACK_IMPORTED_MODULE_1__/* .distinct */ .d)(signatures)
        .filter(({ verified }) => verified)
        .map(({ where, sha256 }) => ({ uri: where, ...(sha256 !== undefined && { digest: { sha256 } }) }));
}


/***/ })

};
