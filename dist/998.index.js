export const id = 998;
export const ids = [998];
export const modules = {

/***/ 3998:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   embeddedRoot: () => (/* binding */ embeddedRoot)
/* harmony export */ });
/** The public instance, as sigstore's own clients carry it. */
const publicMirror = 'https://tuf-repo-cdn.sigstore.dev';
/** The trusted root of the public instance that came with this program: as old as its release. */
async function embeddedRoot() {
    const seeds = (await __webpack_require__.e(/* import() */ 32).then(__webpack_require__.t.bind(__webpack_require__, 8032, 19))).default;
    const root = seeds[publicMirror]?.targets['trusted_root.json'];
    if (root === undefined)
        return { code: 'internal-error', service: 'trust', message: 'no trusted root is embedded' };
    return Buffer.from(root, 'base64');
}


/***/ })

};
