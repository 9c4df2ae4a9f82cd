export const id = 7946;
export const ids = [7946];
export const modules = {

/***/ 67946:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   runJoints: () => (/* binding */ runJoints)
/* harmony export */ });
/* harmony import */ var _verdict_finding_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(37120);
/* harmony import */ var _waiting_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9348);


/**
 * Evaluates policies one after the other: one that breaks off keeps no other from being evaluated.
 *
 * @param signal ends the wait for those that have no answer by then: they stay unevaluated
 */
async function runJoints(joints, facts, signal) {
    const findings = new Map();
    for (const { id, evaluate } of joints) {
        if (findings.has(id))
            continue;
        if (signal?.aborted === true)
            break;
        try {
            const finding = await (signal ? Promise.race([evaluate(facts), (0,_waiting_js__WEBPACK_IMPORTED_MODULE_0__/* .aborted */ .Q)(signal)]) : evaluate(facts));
            if (finding)
                findings.set(id, finding);
        }
        catch (error) {
            const why = error instanceof Error ? error.message : String(error);
            const message = `a policy broke off: ${why}`;
            findings.set(id, (0,_verdict_finding_js__WEBPACK_IMPORTED_MODULE_1__/* .unknown */ .L5)('policy', { code: 'internal-error', service: 'engine', message }));
        }
    }
    return findings;
}


/***/ })

};
