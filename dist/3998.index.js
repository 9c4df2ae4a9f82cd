export const id = 3998;
export const ids = [3998];
export const modules = {

/***/ 33998:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   embedded: () => (/* binding */ embedded),
/* harmony export */   publicMirror: () => (/* binding */ publicMirror)
/* harmony export */ });
/** The public instance, as sigstore's own clients carry it. */
const publicMirror = 'https://tuf-repo-cdn.sigstore.dev';
async function embedded() {
    const seeds = (await __webpack_require__.e(/* import() */ 8032).then(__webpack_require__.t.bind(__webpack_require__, 8032, 19))).default;
    const seed = seeds[publicMirror];
    const trustedRoot = seed?.targets['trusted_root.json'];
    if (seed === undefined || trustedRoot === undefined)
        return { code: 'internal-error', service: 'trust', message: 'no trusted root is embedded' };
    return {
        tufRoot: Buffer.from(seed['root.json'], 'base64'),
        trustedRoot: Buffer.from(trustedRoot, 'base64'),
    };
}


/***/ })

};
