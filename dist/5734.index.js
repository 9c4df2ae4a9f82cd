export const id = 5734;
export const ids = [5734];
export const modules = {

/***/ 55734:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Q: () => (/* binding */ HttpClient),
/* harmony export */   t: () => (/* binding */ BearerCredentialHandler)
/* harmony export */ });
// @actions/core loads this client, and undici with it, for `getIDToken` alone. That is a megabyte of bundle and a third
// of the start-up for something that is never called here. Were it called after all, it fails loudly.
class HttpClient {
  constructor() {
    throw new Error('OIDC tokens of the runner are not asked for by this program')
  }
}

class BearerCredentialHandler {}


/***/ })

};
