export const id = 8163;
export const ids = [8163];
export const modules = {

/***/ 48163:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   openCosignKey: () => (/* binding */ openCosignKey)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(77598);
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_crypto__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var _evidence_s3lo_record_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(46794);
/* harmony import */ var _verify_public_key_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(83222);



/** The costs that cosign accepts (secure-systems-lab/go-securesystemslib, encrypted.go); block size 8, lanes 1. */
const costs = [32_768, 65_536, 131_072];
const blockSize = 8;
const lanes = 1;
const keyBytes = 32;
const saltBytes = 32;
const nonceBytes = 24;
const tagBytes = 16;
/** A sealed RSA key of 16,384 bits takes less. */
const largestBody = 65_536;
/**
 * Opens the body of a cosign.key (PEM `ENCRYPTED SIGSTORE PRIVATE KEY`) and gives its public half. `password` is
 * UTF-8 text, empty when there is none. Neither it nor what was opened enters a message.
 */
async function openCosignKey(body, password) {
    const sealed = readSealed(body);
    if (typeof sealed === 'string')
        return { kind: 'refused', reason: sealed };
    const secret = await deriveKey(password, sealed);
    const { xsalsa20poly1305 } = await __webpack_require__.e(/* import() */ 6382).then(__webpack_require__.bind(__webpack_require__, 46382));
    let plaintext;
    try {
        plaintext = xsalsa20poly1305(secret, sealed.nonce).decrypt(sealed.ciphertext);
    }
    catch {
        const got = password === '' ? 'an empty one' : 'one that does not open it, or a damaged file';
        return { kind: 'refused', reason: `expected the password of the encrypted private key, got ${got}` };
    }
    finally {
        secret.fill(0);
    }
    const outcome = (0,_verify_public_key_js__WEBPACK_IMPORTED_MODULE_2__/* .publicKeyFromPkcs8 */ .mi)(plaintext);
    plaintext.fill(0);
    return outcome;
}
/** The fields of the JSON, or why they cannot be those of a cosign.key. */
function readSealed(body) {
    const wrong = (what) => `expected an encrypted private key as cosign writes it, got ${what}`;
    if (body.length > largestBody)
        return wrong(`${body.length} bytes`);
    let document;
    try {
        document = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
    }
    catch {
        return wrong('a body that is not JSON');
    }
    const kdf = pick(document, 'kdf');
    const cipher = pick(document, 'cipher');
    const params = pick(kdf, 'params');
    if (pick(kdf, 'name') !== 'scrypt')
        return wrong('another key derivation than scrypt');
    if (pick(cipher, 'name') !== 'nacl/secretbox')
        return wrong('another cipher than nacl/secretbox');
    const cost = costs.find((candidate) => candidate === pick(params, 'N'));
    if (cost === undefined || pick(params, 'r') !== blockSize || pick(params, 'p') !== lanes) {
        return wrong(`scrypt parameters other than N ${costs.join(', ')}, r ${blockSize}, p ${lanes}`);
    }
    const salt = readBytes(pick(kdf, 'salt'));
    if (salt?.length !== saltBytes)
        return wrong(`a salt that is not ${saltBytes} bytes in base64`);
    const nonce = readBytes(pick(cipher, 'nonce'));
    if (nonce?.length !== nonceBytes)
        return wrong(`a nonce that is not ${nonceBytes} bytes in base64`);
    const ciphertext = readBytes(pick(document, 'ciphertext'));
    if (ciphertext === undefined || ciphertext.length <= tagBytes)
        return wrong('no ciphertext in base64');
    return { cost, salt, nonce, ciphertext };
}
function pick(holder, name) {
    if (typeof holder !== 'object' || holder === null || !Object.hasOwn(holder, name))
        return undefined;
    return holder[name];
}
function readBytes(text) {
    if (typeof text !== 'string')
        return undefined;
    const bytes = (0,_evidence_s3lo_record_js__WEBPACK_IMPORTED_MODULE_1__/* .decodeBase64 */ .y4)(text);
    return 'illegalAt' in bytes ? undefined : bytes;
}
function deriveKey(password, { cost, salt }) {
    // Node's default of 32 MiB is too small for every cost that cosign knows; scrypt needs 128 * N * r and a little.
    const maxmem = 2 * 128 * cost * blockSize;
    return new Promise((resolve, reject) => {
        (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.scrypt)(password, salt, keyBytes, { N: cost, r: blockSize, p: lanes, maxmem }, (error, key) => {
            if (error)
                reject(error);
            else
                resolve(key);
        });
    });
}


/***/ })

};
