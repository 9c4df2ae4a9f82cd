export const id = 3261;
export const ids = [3261];
export const modules = {

/***/ 63261:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   parseTrustedRoot: () => (/* binding */ parseTrustedRoot),
/* harmony export */   withAuthorities: () => (/* binding */ withAuthorities)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(77598);
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_crypto__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var _sigstore_core__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(83917);
/* harmony import */ var _sigstore_core__WEBPACK_IMPORTED_MODULE_1___default = /*#__PURE__*/__webpack_require__.n(_sigstore_core__WEBPACK_IMPORTED_MODULE_1__);
/* harmony import */ var _sigstore_protobuf_specs__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(19654);
/* harmony import */ var _sigstore_protobuf_specs__WEBPACK_IMPORTED_MODULE_2___default = /*#__PURE__*/__webpack_require__.n(_sigstore_protobuf_specs__WEBPACK_IMPORTED_MODULE_2__);
/* harmony import */ var _sigstore_verify__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(54187);
/* harmony import */ var _evidence_json_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(49839);





/**
 * Reads a `trusted_root.json` (protobuf-specs, sigstore_trustroot.proto). A log whose key has no beginning of validity
 * is passed over, as in sigstore-go: nothing says since when it may be believed.
 *
 * @returns a text that says what is wrong
 */
function parseTrustedRoot(bytes, name) {
    const object = (0,_evidence_json_js__WEBPACK_IMPORTED_MODULE_4__/* .readObject */ .Ag)(bytes);
    if (object === undefined)
        return 'it is no JSON object';
    try {
        const root = _sigstore_protobuf_specs__WEBPACK_IMPORTED_MODULE_2__.TrustedRoot.fromJSON(object);
        const dated = {
            ...root,
            tlogs: root.tlogs.filter((log) => log.publicKey?.validFor?.start !== undefined),
            ctlogs: root.ctlogs.filter((log) => log.publicKey?.validFor?.start !== undefined),
        };
        const nothing = dated.tlogs.length + dated.certificateAuthorities.length + dated.timestampAuthorities.length === 0;
        if (nothing)
            return 'it names no authority and no log';
        const sha256 = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').update(bytes).digest('hex');
        const newest = newestPart(root);
        return {
            material: (0,_sigstore_verify__WEBPACK_IMPORTED_MODULE_3__/* .toTrustMaterial */ .jO)(dated),
            name,
            sha256,
            ...(newest !== undefined && { newestPart: newest }),
        };
    }
    catch (error) {
        return error instanceof Error ? error.message : String(error);
    }
}
function newestPart({ certificateAuthorities, timestampAuthorities, tlogs, ctlogs, }) {
    const starts = [
        ...[...certificateAuthorities, ...timestampAuthorities].map(({ validFor }) => validFor?.start),
        ...[...tlogs, ...ctlogs].map(({ publicKey }) => publicKey?.validFor?.start),
    ];
    return starts
        .flatMap((start) => (start === undefined || Number.isNaN(start.getTime()) ? [] : start.toISOString()))
        .sort()
        .at(-1);
}
const certificateBlock = /-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----/g;
/**
 * The same trust with authorities of certificates of the user's own: each root, with all intermediates below it.
 *
 * @returns a text that says what is wrong
 */
function withAuthorities(trust, roots, intermediates) {
    try {
        const own = certificates(roots.bytes);
        const between = intermediates === undefined ? [] : certificates(intermediates);
        if (own.length === 0)
            return `ca-roots: expected certificates in PEM in ${roots.name}, got none`;
        const always = { start: beginning, end: endOfTime };
        const hash = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').update(roots.bytes);
        return {
            material: {
                tlogs: [],
                ctlogs: [],
                timestampAuthorities: [],
                publicKey: () => {
                    throw new Error('no key is looked up here');
                },
                ...trust?.material,
                certificateAuthorities: own.map((root) => ({ certChain: [...between, root], validFor: always })),
            },
            name: trust === undefined ? roots.name : `${trust.name}, ${roots.name}`,
            sha256: (trust === undefined ? hash : hash.update(trust.sha256)).digest('hex'),
        };
    }
    catch (error) {
        return `ca-roots: ${error instanceof Error ? error.message : String(error)}`;
    }
}
function certificates(bytes) {
    const pem = Buffer.from(bytes).toString('utf8');
    return (pem.match(certificateBlock) ?? []).map((block) => _sigstore_core__WEBPACK_IMPORTED_MODULE_1__.X509Certificate.parse(block));
}
/** Of no concern: a certificate says itself how long it is valid. */
// eslint-disable-next-line no-restricted-globals
const beginning = new Date(0);
// eslint-disable-next-line no-restricted-globals
const endOfTime = new Date(8_640_000_000_000_000);


/***/ })

};
