export const id = 7946;
export const ids = [7946];
export const modules = {

/***/ 67946:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   runJoints: () => (/* binding */ runJoints)
/* harmony export */ });
/* harmony import */ var node_timers_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(58500);
/* harmony import */ var node_timers_promises__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_timers_promises__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var _verdict_finding_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(37120);
/* harmony import */ var _waiting_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9348);



/**
 * Evaluates policies one after the other: one that breaks off keeps no other from being evaluated.
 *
 * @param signal ends the wait for those that have no answer by then: they stay unevaluated
 */
async function runJoints(joints, facts, signal) {
    const answers = new Map();
    for (const { id, evaluate } of joints) {
        if (answers.has(id))
            continue;
        if (signal?.aborted === true)
            break;
        try {
            const answer = await (signal ? Promise.race([evaluate(facts), late(signal)]) : evaluate(facts));
            if (answer)
                answers.set(id, 'status' in answer ? { finding: answer, signatures: [] } : answer);
        }
        catch (error) {
            const why = error instanceof Error ? error.message : String(error);
            const message = `a policy broke off: ${why}`;
            const broken = (0,_verdict_finding_js__WEBPACK_IMPORTED_MODULE_2__/* .unknown */ .L5)('policy', { code: 'internal-error', service: 'engine', message });
            answers.set(id, { finding: broken, signatures: [] });
        }
    }
    return answers;
}
/** Calls that are stopped say themselves what they were waiting for: whoever asked them may still tell. */
const settleMs = 500;
async function late(signal) {
    await (0,_waiting_js__WEBPACK_IMPORTED_MODULE_1__/* .aborted */ .Q)(signal);
    return (0,node_timers_promises__WEBPACK_IMPORTED_MODULE_0__.setTimeout)(settleMs, undefined, { ref: false });
}


/***/ })

};
