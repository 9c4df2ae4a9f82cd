export const id = 6384;
export const ids = [6384];
export const modules = {

/***/ 66384:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   readConfigs: () => (/* binding */ readConfigs)
/* harmony export */ });
/* harmony import */ var _evidence_json_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(49839);
/* harmony import */ var _evidence_oci_manifest_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(37372);
/* harmony import */ var _reference_reference_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(71644);
/* harmony import */ var _stores_store_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(34703);
/* harmony import */ var _subjects_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(28322);





/** The configurations of an image by platform, `linux/amd64` or `linux/arm/v7`; of an index those of its images. */
async function readConfigs(images, resolved, call) {
    if (resolved.kind !== 'found')
        return unreadable('the image was not found');
    const { manifest: given } = resolved.value;
    const bytes = given ?? (await manifestOf(images, call));
    const manifest = bytes && (0,_evidence_oci_manifest_js__WEBPACK_IMPORTED_MODULE_0__/* .parseManifest */ .N)(bytes);
    if (!manifest)
        return unreadable('its manifest cannot be read');
    const descriptors = [];
    if (manifest.manifests === undefined)
        descriptors.push(manifest.config);
    else
        for (const child of manifest.manifests.filter((one) => !(0,_subjects_js__WEBPACK_IMPORTED_MODULE_1__/* .isAttestation */ .H)(one))) {
            const read = (0,_reference_reference_js__WEBPACK_IMPORTED_MODULE_2__/* .isDigest */ .Bc)(child.digest) ? await images.blob?.(child, _stores_store_js__WEBPACK_IMPORTED_MODULE_3__/* .manifestLimit */ .t7, call) : undefined;
            descriptors.push(read?.kind === 'found' ? (0,_evidence_oci_manifest_js__WEBPACK_IMPORTED_MODULE_0__/* .parseManifest */ .N)(read.value)?.config : undefined);
        }
    const configs = [];
    for (const descriptor of descriptors) {
        const blob = descriptor && (await images.blob?.(descriptor, _stores_store_js__WEBPACK_IMPORTED_MODULE_3__/* .recordLimit */ .$0, call));
        if (blob?.kind === 'failed')
            return blob.problem;
        const object = blob?.kind === 'found' ? (0,_evidence_json_js__WEBPACK_IMPORTED_MODULE_4__/* .readObject */ .Ag)(blob.value) : undefined;
        if (!(0,_evidence_json_js__WEBPACK_IMPORTED_MODULE_4__/* .isObject */ .Gv)(object))
            return unreadable('a configuration of it cannot be read');
        const platform = ['os', 'architecture', 'variant'].map((name) => (0,_evidence_json_js__WEBPACK_IMPORTED_MODULE_4__/* .textField */ .M8)(object, name) ?? '');
        configs.push([platform.filter((part) => part !== '').join('/'), object]);
    }
    return { config: Object.fromEntries(configs) };
}
async function manifestOf(images, call) {
    const again = await images.resolve(call, 'manifest');
    return again.kind === 'found' ? again.value.manifest : undefined;
}
function unreadable(why) {
    return { code: 'response-invalid', service: 'registry', message: `fetchConfigFile: ${why}` };
}


/***/ })

};
