export const id = 1718;
export const ids = [1718];
export const modules = {

/***/ 71718:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   yamlDocuments: () => (/* binding */ yamlDocuments)
/* harmony export */ });
/* harmony import */ var yaml__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(38815);

/**
 * The characters that build something in YAML, and the ends of lines. The library takes seconds for some 100 000 of
 * them (it compares the keys of a mapping pairwise, and nests as deep as it is told), and a secret in base64 has none.
 */
const building = /[[\]{},:?&*!%#|>\n\r-]/g;
const mostBuilding = 10_000;
const widestIndent = 1000;
/**
 * The documents of a YAML text, empty ones left out. A list of them is a document like any other.
 *
 * @returns undefined for what is no YAML, or more of it than a few manifests have
 */
function yamlDocuments(text) {
    let count = 0;
    for (let found = building.exec(text); found !== null; found = building.exec(text)) {
        if (++count <= mostBuilding)
            continue;
        building.lastIndex = 0;
        return undefined;
    }
    if (text.includes(' '.repeat(widestIndent)))
        return undefined;
    try {
        const documents = (0,yaml__WEBPACK_IMPORTED_MODULE_0__/* .parseAllDocuments */ .hR)(text, { logLevel: 'silent', prettyErrors: false });
        if (!Array.isArray(documents))
            return [];
        if (documents.some(({ errors }) => errors.length > 0))
            return undefined;
        return documents.map((one) => one.toJS()).filter((value) => value !== null);
    }
    catch {
        // More aliases, or deeper nesting, than anybody writes.
        return undefined;
    }
}


/***/ })

};
