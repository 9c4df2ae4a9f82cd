export const id = 6384;
export const ids = [6384];
export const modules = {

/***/ 62903:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   X: () => (/* binding */ readManifestOf),
/* harmony export */   b: () => (/* binding */ readChild)
/* harmony export */ });
/* harmony import */ var _evidence_oci_manifest_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(37372);
/* harmony import */ var _network_lookup_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(13130);
/* harmony import */ var _stores_store_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(34703);
/* harmony import */ var _part_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(71574);




/** The manifest of an image that resolved; where only its digest was asked for, it is read now. */
async function readManifestOf(images, { digest, manifest, where }, service, call) {
    return manifest === undefined
        ? readChild(images, digest, service, call)
        : taken((0,_evidence_oci_manifest_js__WEBPACK_IMPORTED_MODULE_1__/* .parseManifest */ .N)(manifest), where, service);
}
/** A manifest by its digest, held against it: one that an index lists. */
async function readChild({ stream }, digest, service, call) {
    const name = `manifest ${digest}`;
    if (!stream)
        return (0,_network_lookup_js__WEBPACK_IMPORTED_MODULE_2__/* .failed */ .gz)('unsupported', `${name}: parts of images in this kind of store are not read by this version`);
    const { answer, measured } = await (0,_part_js__WEBPACK_IMPORTED_MODULE_0__/* .measure */ .xP)(_stores_store_js__WEBPACK_IMPORTED_MODULE_3__/* .manifestLimit */ .t7, async (open) => stream({ kind: 'manifest', digest }, _stores_store_js__WEBPACK_IMPORTED_MODULE_3__/* .manifestLimit */ .t7, open, call));
    // Whatever lists it says that it is there.
    if (answer.kind === 'absent')
        return (0,_network_lookup_js__WEBPACK_IMPORTED_MODULE_2__/* .failed */ .gz)('response-invalid', `${name}: listed, but ${answer.message}`, service);
    if (answer.kind === 'failed')
        return answer;
    if (!answer.value.whole)
        return (0,_network_lookup_js__WEBPACK_IMPORTED_MODULE_2__/* .failed */ .gz)('limit-exceeded', `${name}: larger than ${_stores_store_js__WEBPACK_IMPORTED_MODULE_3__/* .manifestLimit */ .t7} bytes`, service);
    const got = measured();
    if (got.digest !== digest)
        return (0,_network_lookup_js__WEBPACK_IMPORTED_MODULE_2__/* .failed */ .gz)('response-invalid', `${answer.value.where}: expected ${digest}, got ${got.digest}`, service);
    return taken((0,_evidence_oci_manifest_js__WEBPACK_IMPORTED_MODULE_1__/* .parseManifest */ .N)(got.bytes), answer.value.where, service);
}
function taken(manifest, where, service) {
    if (manifest)
        return (0,_network_lookup_js__WEBPACK_IMPORTED_MODULE_2__/* .found */ .F9)(manifest);
    return (0,_network_lookup_js__WEBPACK_IMPORTED_MODULE_2__/* .failed */ .gz)('response-invalid', `${where}: expected a manifest, got something else`, service);
}


/***/ }),

/***/ 66384:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   readConfigs: () => (/* binding */ readConfigs)
/* harmony export */ });
/* harmony import */ var _evidence_json_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(49839);
/* harmony import */ var _reference_reference_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(71644);
/* harmony import */ var _stores_store_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(34703);
/* harmony import */ var _child_manifest_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(62903);
/* harmony import */ var _subjects_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(28322);





/** The configurations of an image by platform, `linux/amd64` or `linux/arm/v7`; of an index those of its images. */
async function readConfigs(images, resolved, service, call) {
    if (resolved.kind !== 'found')
        return unreadable('the image was not found', service);
    const manifest = await (0,_child_manifest_js__WEBPACK_IMPORTED_MODULE_0__/* .readManifestOf */ .X)(images, resolved.value, service, call);
    if (manifest.kind !== 'found')
        return manifest.kind === 'failed' ? manifest.problem : unreadable('it is gone', service);
    const descriptors = [];
    if (manifest.value.manifests === undefined)
        descriptors.push(manifest.value.config);
    else
        for (const { digest } of manifest.value.manifests.filter((one) => !(0,_subjects_js__WEBPACK_IMPORTED_MODULE_1__/* .isAttestation */ .H3)(one))) {
            const read = (0,_reference_reference_js__WEBPACK_IMPORTED_MODULE_2__/* .isDigest */ .Bc)(digest) ? await (0,_child_manifest_js__WEBPACK_IMPORTED_MODULE_0__/* .readChild */ .b)(images, digest, service, call) : undefined;
            if (read?.kind === 'failed')
                return read.problem;
            descriptors.push(read?.kind === 'found' ? read.value.config : undefined);
        }
    const configs = [];
    for (const descriptor of descriptors) {
        const blob = descriptor && (await images.blob?.(descriptor, _stores_store_js__WEBPACK_IMPORTED_MODULE_3__/* .recordLimit */ .$0, call));
        if (blob?.kind === 'failed')
            return blob.problem;
        const object = blob?.kind === 'found' ? (0,_evidence_json_js__WEBPACK_IMPORTED_MODULE_4__/* .readObject */ .Ag)(blob.value) : undefined;
        if (!(0,_evidence_json_js__WEBPACK_IMPORTED_MODULE_4__/* .isObject */ .Gv)(object))
            return unreadable('a configuration of it cannot be read', service);
        const platform = ['os', 'architecture', 'variant'].map((name) => (0,_evidence_json_js__WEBPACK_IMPORTED_MODULE_4__/* .textField */ .M8)(object, name) ?? '');
        configs.push([platform.filter((part) => part !== '').join('/'), object]);
    }
    return { config: Object.fromEntries(configs) };
}
function unreadable(why, service) {
    return { code: 'response-invalid', service, message: `fetchConfigFile: ${why}` };
}


/***/ }),

/***/ 71574:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   NG: () => (/* binding */ openTroubles),
/* harmony export */   gy: () => (/* binding */ unread),
/* harmony export */   on: () => (/* binding */ readPart),
/* harmony export */   qS: () => (/* binding */ listPart),
/* harmony export */   xP: () => (/* binding */ measure)
/* harmony export */ });
/* unused harmony export blobLimit */
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(77598);
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_crypto__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var _reference_reference_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(71644);
/* harmony import */ var _stores_store_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(34703);
/* harmony import */ var _verdict_finding_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(37120);




/** Most bytes of a configuration or a layer. */
const blobLimit = 16 * 1024 ** 3;
/** Parts that could not be read, and parts that are wrong: after so many no further one is read. */
const mostUnread = 10;
const mostWrong = 100;
function openTroubles() {
    let [unread, wrong] = [0, 0];
    return {
        note: (finding) => {
            if (finding.status === 'unknown')
                unread++;
            else
                wrong++;
            return finding;
        },
        isEnough: () => unread >= mostUnread || wrong >= mostWrong,
    };
}
/** What a manifest lists, as a part that can be read. */
function listPart(kind, descriptor, service) {
    const { digest, mediaType, urls, size } = descriptor;
    const refuse = (message) => (0,_verdict_finding_js__WEBPACK_IMPORTED_MODULE_1__/* .unknown */ .L5)(kind, { code: 'unsupported', message: `${kind} ${digest}: ${message}` });
    if (!(0,_reference_reference_js__WEBPACK_IMPORTED_MODULE_2__/* .isDigest */ .Bc)(digest))
        return refuse('only sha256 digests are read');
    if (urls !== undefined || /\bnondistributable\b|\bforeign\b/.test(mediaType)) {
        return refuse('it may be had from elsewhere than this store (urls, or a layer that is not distributed): not read');
    }
    const limit = kind === 'manifest' ? _stores_store_js__WEBPACK_IMPORTED_MODULE_3__/* .manifestLimit */ .t7 : blobLimit;
    if (size !== undefined && size > limit) {
        const message = `${kind} ${digest}: ${size} bytes, more than ${limit}`;
        return (0,_verdict_finding_js__WEBPACK_IMPORTED_MODULE_1__/* .unknown */ .L5)(kind, { code: 'limit-exceeded', service, message });
    }
    return { kind, digest, descriptor };
}
/**
 * Reads a part and compares it with what the signed manifest says of it: content that the store has and that is another
 * is proven wrong; what could not be read is not.
 *
 * @param keep most bytes that are handed back
 */
async function readPart(part, keep, reader) {
    const { kind, digest, descriptor } = part;
    const { images, service, turns, call, troubles } = reader;
    const { stream } = images;
    if (stream === undefined) {
        const message = `${kind} ${digest}: parts of images in this kind of store are not read by this version`;
        return { kind: 'failed', finding: (0,_verdict_finding_js__WEBPACK_IMPORTED_MODULE_1__/* .unknown */ .L5)(kind, { code: 'unsupported', message }) };
    }
    const limit = descriptor.size ?? (kind === 'manifest' ? _stores_store_js__WEBPACK_IMPORTED_MODULE_3__/* .manifestLimit */ .t7 : blobLimit);
    const measurement = await turns(async () => troubles.isEnough()
        ? undefined
        : measure(keep, async (open) => stream({ kind, digest }, limit, open, call)));
    if (measurement === undefined)
        return { kind: 'skipped' };
    const { answer, measured } = measurement;
    if (answer.kind === 'absent') {
        const message = `${kind} ${digest}: expected it in the store, but ${answer.message}`;
        return { kind: 'missing', finding: (0,_verdict_finding_js__WEBPACK_IMPORTED_MODULE_1__/* .unmet */ .iY)(kind, 'digest-mismatch', message) };
    }
    if (answer.kind === 'failed')
        return { kind: 'failed', finding: unread(kind, digest, answer.problem) };
    const { where, whole } = answer.value;
    if (!whole && descriptor.size === undefined) {
        const message = `${kind} ${where}: larger than ${limit} bytes`;
        return { kind: 'failed', finding: (0,_verdict_finding_js__WEBPACK_IMPORTED_MODULE_1__/* .unknown */ .L5)(kind, { code: 'limit-exceeded', service, message }) };
    }
    const got = measured();
    if (whole && got.digest === digest && got.size === (descriptor.size ?? got.size)) {
        return { kind: 'right', size: got.size, bytes: got.bytes };
    }
    const size = descriptor.size === undefined ? '' : ` (${descriptor.size} bytes)`;
    const found = whole ? `${got.digest} (${got.size} bytes)` : `more than ${limit} bytes`;
    const finding = (0,_verdict_finding_js__WEBPACK_IMPORTED_MODULE_1__/* .unmet */ .iY)(kind, 'digest-mismatch', `${kind} ${where}: expected ${digest}${size}, got ${found}`, {
        facts: { where, expected: digest, ...(whole && { got: got.digest }) },
    });
    return { kind: 'failed', finding };
}
/** What could not be read, by the name of what it is about. */
function unread(kind, name, problem) {
    return (0,_verdict_finding_js__WEBPACK_IMPORTED_MODULE_1__/* .unknown */ .L5)(kind, { ...problem, message: `${kind} ${name}: ${problem.message}` });
}
/** Measures a body as it comes; of an attempt that failed nothing is left. */
async function measure(keep, read) {
    let hash = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256');
    let size = 0;
    let kept = [];
    const open = () => {
        hash = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256');
        size = 0;
        kept = [];
        return (bytes) => {
            hash.update(bytes);
            // Copied: whoever reads may use its buffer again.
            if (size < keep)
                kept.push(Uint8Array.prototype.slice.call(bytes, 0, keep - size));
            size += bytes.length;
        };
    };
    const answer = await read(open);
    const measured = () => ({
        digest: `sha256:${hash.digest('hex')}`,
        size,
        bytes: Buffer.concat(kept),
    });
    return { answer, measured };
}


/***/ })

};
