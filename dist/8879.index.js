export const id = 8879;
export const ids = [8879];
export const modules = {

/***/ 28879:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   claimedIdentity: () => (/* binding */ claimedIdentity),
/* harmony export */   claimsOf: () => (/* binding */ claimsOf),
/* harmony export */   cosignClaims: () => (/* binding */ cosignClaims),
/* harmony export */   mismatch: () => (/* binding */ mismatch),
/* harmony export */   patternProblem: () => (/* binding */ patternProblem),
/* harmony export */   readIdentity: () => (/* binding */ readIdentity)
/* harmony export */ });
/* harmony import */ var _sigstore_core__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(83917);
/* harmony import */ var _sigstore_core__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(_sigstore_core__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var re2js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(2856);
/* harmony import */ var _verdict_request_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(54620);



const fulcio = '1.3.6.1.4.1.57264.1';
const alternativeNames = '2.5.29.17';
const fulcioOtherName = '1.3.6.1.4.1.57264.1.7';
/** The last part of the object identifier of each claim (fulcio, docs/oid-info.md). */
const numbers = {
    'github-workflow-trigger': 2,
    'github-workflow-sha': 3,
    'github-workflow-name': 4,
    'github-workflow-repository': 5,
    'github-workflow-ref': 6,
    'build-signer-uri': 9,
    'build-signer-digest': 10,
    'runner-environment': 11,
    'source-repository-uri': 12,
    'source-repository-digest': 13,
    'source-repository-ref': 14,
    'source-repository-identifier': 15,
    'source-repository-owner-uri': 16,
    'source-repository-owner-identifier': 17,
    'build-config-uri': 18,
    'build-trigger': 20,
    'source-repository-visibility': 22,
};
/** Reads a certificate that was verified. */
function readIdentity(der) {
    const certificate = _sigstore_core__WEBPACK_IMPORTED_MODULE_0__.X509Certificate.parse(Buffer.from(der));
    const extensions = new Map();
    for (const extension of certificate.extensions) {
        // Stryker disable next-line OptionalChaining,StringLiteral: no extension is empty in a certificate that was read
        const oid = extension.subs[0]?.toOID() ?? '';
        if (!oid.startsWith(`${fulcio}.`))
            continue;
        const number = Number(oid.slice(fulcio.length + 1));
        // Stryker disable next-line OptionalChaining: the same
        const value = extension.subs.at(-1)?.value ?? Buffer.alloc(0);
        // From 8 on the value is DER of a UTF8String.
        extensions.set(number, number < 8 ? value.toString('utf8') : derText(value));
    }
    return {
        subjects: subjectsOf(certificate),
        issuer: extensions.get(8) ?? extensions.get(1) ?? '',
        extensions,
    };
}
/** Of a certificate that nobody verified; undefined where it cannot be read, as whoever wrote it may have wanted. */
function claimedIdentity(der) {
    try {
        return readIdentity(der);
    }
    catch {
        return undefined;
    }
}
const claimNames = {
    2: 'githubWorkflowTrigger',
    3: 'githubWorkflowSha',
    4: 'githubWorkflowName',
    5: 'githubWorkflowRepository',
    6: 'githubWorkflowRef',
};
/** What cosign adds to a signature's annotations of its certificate (cosign, pkg/cosign/certextensions.go). */
function cosignClaims(der) {
    const identity = claimedIdentity(der);
    if (identity === undefined)
        return undefined;
    const { subjects, issuer, extensions } = identity;
    const claims = { Subject: subjects[0] ?? '', Issuer: issuer };
    for (const [number, value] of extensions) {
        if (number > 6)
            continue;
        claims[`${fulcio}.${String(number)}`] = value;
        const name = claimNames[number];
        if (name !== undefined)
            claims[name] = value;
    }
    return claims;
}
function derText(value) {
    const long = value[1] === 0x81 ? 3 : value[1] === 0x82 ? 4 : 2;
    return value[0] === 0x0c ? value.subarray(long).toString('utf8') : '';
}
/** General names (RFC 5280, 4.2.1.6): e-mail, DNS name, URI, IP address, and Fulcio's other name. */
function subjectsOf(certificate) {
    const names = certificate.extension(alternativeNames)?.valueObj.subs[0]?.subs ?? [];
    return names.flatMap((name) => {
        if (name.tag.isContextSpecific(1) || name.tag.isContextSpecific(2) || name.tag.isContextSpecific(6)) {
            return [name.value.toString('utf8')];
        }
        if (name.tag.isContextSpecific(7))
            return [address(name.value)];
        const isOwn = name.tag.isContextSpecific(0) && name.subs[0]?.toOID() === fulcioOtherName;
        return isOwn ? [name.subs[1]?.subs[0]?.value.toString('utf8') ?? ''] : [];
    });
}
function address(bytes) {
    return bytes.length === 4 ? [...bytes].join('.') : bytes.toString('hex').replace(/(.{4})(?!$)/g, '$1:');
}
/** What part of a demand an identity does not meet: expected and got; undefined when it meets all. */
function mismatch(identity, demand) {
    const { subject, subjectRegexp, issuer, issuerRegexp } = demand;
    if (subject !== undefined && !identity.subjects.includes(subject)) {
        return `expected the identity ${subject}, got ${list(identity.subjects)}`;
    }
    if (subjectRegexp !== undefined && !identity.subjects.some((one) => matches(subjectRegexp, one))) {
        return `expected an identity like ${subjectRegexp}, got ${list(identity.subjects)}`;
    }
    if (issuer !== undefined && identity.issuer !== issuer) {
        return `expected the issuer ${issuer}, got ${identity.issuer === '' ? 'none' : identity.issuer}`;
    }
    if (issuerRegexp !== undefined && !matches(issuerRegexp, identity.issuer)) {
        return `expected an issuer like ${issuerRegexp}, got ${identity.issuer === '' ? 'none' : identity.issuer}`;
    }
    for (const { number, pattern } of demand.extensions ?? []) {
        const got = identity.extensions.get(number) ?? '';
        if (!matches(pattern, got))
            return `expected extension ${fulcio}.${number} like ${pattern}, got ${got === '' ? 'none' : got}`;
    }
    for (const claim of _verdict_request_js__WEBPACK_IMPORTED_MODULE_1__/* .certificateClaims */ .L) {
        const wanted = demand.claims?.[claim];
        const got = identity.extensions.get(numbers[claim]);
        if (wanted !== undefined && wanted !== got) {
            return `expected the ${claim.replaceAll('-', ' ')} ${wanted}, got ${got === undefined || got === '' ? 'none' : got}`;
        }
    }
    return undefined;
}
/** What an identity says of itself, by name, for reports. */
function claimsOf({ extensions }) {
    return Object.fromEntries(_verdict_request_js__WEBPACK_IMPORTED_MODULE_1__/* .certificateClaims */ .L.flatMap((claim) => {
        const said = extensions.get(numbers[claim]);
        return said === undefined || said === '' ? [] : [[claim, said]];
    }));
}
/** RE2, not anchored, as cosign's. */
function matches(pattern, text) {
    return re2js__WEBPACK_IMPORTED_MODULE_2__/* .RE2JS */ .L3.compile(pattern).matcher(text).find();
}
/** @returns a text that says what is wrong with a pattern */
function patternProblem(pattern) {
    if (pattern.length > _verdict_request_js__WEBPACK_IMPORTED_MODULE_1__/* .longestPattern */ .X)
        return `it is longer than ${_verdict_request_js__WEBPACK_IMPORTED_MODULE_1__/* .longestPattern */ .X} characters`;
    try {
        re2js__WEBPACK_IMPORTED_MODULE_2__/* .RE2JS */ .L3.compile(pattern);
        return undefined;
    }
    catch (error) {
        return error instanceof Error ? error.message : String(error);
    }
}
function list(names) {
    return names.length === 0 ? 'none' : names.join(', ');
}


/***/ })

};
