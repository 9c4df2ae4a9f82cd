import { createRequire as __WEBPACK_EXTERNAL_createRequire } from "module";
/******/ var __webpack_modules__ = ({

/***/ 11121:
/***/ ((__unused_webpack_module, exports) => {


Object.defineProperty(exports, "__esModule", ({ value: true }));
exports.ASN1TypeError = exports.ASN1ParseError = void 0;
/*
Copyright 2023 The Sigstore Authors.

Licensed under the Apache License, Version 2.0 (the "License");
you may not use this file except in compliance with the License.
You may obtain a copy of the License at

    http://www.apache.org/licenses/LICENSE-2.0

Unless required by applicable law or agreed to in writing, software
distributed under the License is distributed on an "AS IS" BASIS,
WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
See the License for the specific language governing permissions and
limitations under the License.
*/
class ASN1ParseError extends Error {
}
exports.ASN1ParseError = ASN1ParseError;
class ASN1TypeError extends Error {
}
exports.ASN1TypeError = ASN1TypeError;


/***/ }),

/***/ 86027:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {


Object.defineProperty(exports, "__esModule", ({ value: true }));
exports.ASN1Obj = void 0;
/*
Copyright 2023 The Sigstore Authors.

Licensed under the Apache License, Version 2.0 (the "License");
you may not use this file except in compliance with the License.
You may obtain a copy of the License at

    http://www.apache.org/licenses/LICENSE-2.0

Unless required by applicable law or agreed to in writing, software
distributed under the License is distributed on an "AS IS" BASIS,
WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
See the License for the specific language governing permissions and
limitations under the License.
*/
var obj_1 = __nccwpck_require__(50990);
Object.defineProperty(exports, "ASN1Obj", ({ enumerable: true, get: function () { return obj_1.ASN1Obj; } }));


/***/ }),

/***/ 84243:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {


/*
Copyright 2023 The Sigstore Authors.

Licensed under the Apache License, Version 2.0 (the "License");
you may not use this file except in compliance with the License.
You may obtain a copy of the License at

    http://www.apache.org/licenses/LICENSE-2.0

Unless required by applicable law or agreed to in writing, software
distributed under the License is distributed on an "AS IS" BASIS,
WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
See the License for the specific language governing permissions and
limitations under the License.
*/
Object.defineProperty(exports, "__esModule", ({ value: true }));
exports.decodeLength = decodeLength;
exports.encodeLength = encodeLength;
const error_1 = __nccwpck_require__(11121);
// Decodes the length of a DER-encoded ANS.1 element from the supplied stream.
// https://learn.microsoft.com/en-us/windows/win32/seccertenroll/about-encoded-length-and-value-bytes
function decodeLength(stream) {
    const buf = stream.getUint8();
    // If the most significant bit is UNSET the length is just the value of the
    // byte.
    if ((buf & 0x80) === 0x00) {
        return buf;
    }
    // Otherwise, the lower 7 bits of the first byte indicate the number of bytes
    // that follow to encode the length.
    const byteCount = buf & 0x7f;
    // Ensure the encoded length can safely fit in a JS number.
    if (byteCount > 6) {
        throw new error_1.ASN1ParseError('length exceeds 6 byte limit');
    }
    // Iterate over the bytes that encode the length.
    let len = 0;
    for (let i = 0; i < byteCount; i++) {
        const byte = stream.getUint8();
        // The first byte of a multi-byte length must not be zero; a leading zero
        // means the length could have been encoded in fewer bytes (non-minimal).
        if (i === 0 && byte === 0x00) {
            throw new error_1.ASN1ParseError('non-minimal length encoding');
        }
        len = len * 256 + byte;
    }
    // This is a valid ASN.1 length encoding, but we don't support it.
    if (len === 0) {
        throw new error_1.ASN1ParseError('indefinite length encoding not supported');
    }
    // Lengths less than 128 must use the short form; rejecting them here ensures
    // the encoding is minimal (strict DER).
    if (len < 128) {
        throw new error_1.ASN1ParseError('non-minimal length encoding');
    }
    return len;
}
// Translates the supplied value to a DER-encoded length.
function encodeLength(len) {
    if (len < 128) {
        return Buffer.from([len]);
    }
    // Bitwise operations on large numbers are not supported in JS, so we need to
    // use BigInts.
    let val = BigInt(len);
    const bytes = [];
    while (val > 0n) {
        bytes.unshift(Number(val & 255n));
        val = val >> 8n;
    }
    return Buffer.from([0x80 | bytes.length, ...bytes]);
}


/***/ }),

/***/ 50990:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {


Object.defineProperty(exports, "__esModule", ({ value: true }));
exports.ASN1Obj = void 0;
/*
Copyright 2023 The Sigstore Authors.

Licensed under the Apache License, Version 2.0 (the "License");
you may not use this file except in compliance with the License.
You may obtain a copy of the License at

    http://www.apache.org/licenses/LICENSE-2.0

Unless required by applicable law or agreed to in writing, software
distributed under the License is distributed on an "AS IS" BASIS,
WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
See the License for the specific language governing permissions and
limitations under the License.
*/
const stream_1 = __nccwpck_require__(1673);
const error_1 = __nccwpck_require__(11121);
const length_1 = __nccwpck_require__(84243);
const parse_1 = __nccwpck_require__(81044);
const tag_1 = __nccwpck_require__(59343);
class ASN1Obj {
    tag;
    subs;
    value;
    constructor(tag, value, subs) {
        this.tag = tag;
        this.value = value;
        this.subs = subs;
    }
    // Constructs an ASN.1 object from a Buffer of DER-encoded bytes.
    static parseBuffer(buf) {
        const stream = new stream_1.ByteStream(buf);
        const obj = parseStream(stream);
        // Ensure the entire buffer was consumed; trailing data after the top-level
        // object indicates a malformed (or maliciously padded) encoding.
        if (stream.position !== stream.length) {
            throw new error_1.ASN1ParseError('invalid trailing data');
        }
        return obj;
    }
    toDER() {
        const valueStream = new stream_1.ByteStream();
        if (this.subs.length > 0) {
            for (const sub of this.subs) {
                valueStream.appendView(sub.toDER());
            }
        }
        else {
            valueStream.appendView(this.value);
        }
        const value = valueStream.buffer;
        // Concat tag/length/value
        const obj = new stream_1.ByteStream();
        obj.appendChar(this.tag.toDER());
        obj.appendView((0, length_1.encodeLength)(value.length));
        obj.appendView(value);
        return obj.buffer;
    }
    /////////////////////////////////////////////////////////////////////////////
    // Convenience methods for parsing ASN.1 primitives into JS types
    // Returns the ASN.1 object's value as a boolean. Throws an error if the
    // object is not a boolean.
    toBoolean() {
        if (!this.tag.isBoolean()) {
            throw new error_1.ASN1TypeError('not a boolean');
        }
        return (0, parse_1.parseBoolean)(this.value);
    }
    // Returns the ASN.1 object's value as a BigInt. Throws an error if the
    // object is not an integer.
    toInteger() {
        if (!this.tag.isInteger()) {
            throw new error_1.ASN1TypeError('not an integer');
        }
        return (0, parse_1.parseInteger)(this.value);
    }
    // Returns the ASN.1 object's value as an OID string. Throws an error if the
    // object is not an OID.
    toOID() {
        if (!this.tag.isOID()) {
            throw new error_1.ASN1TypeError('not an OID');
        }
        return (0, parse_1.parseOID)(this.value);
    }
    // Returns the ASN.1 object's value as a Date. Throws an error if the object
    // is not either a UTCTime or a GeneralizedTime.
    toDate() {
        switch (true) {
            case this.tag.isUTCTime():
                return (0, parse_1.parseTime)(this.value, true);
            case this.tag.isGeneralizedTime():
                return (0, parse_1.parseTime)(this.value, false);
            default:
                throw new error_1.ASN1TypeError('not a date');
        }
    }
    // Returns the ASN.1 object's value as a number[] where each number is the
    // value of a bit in the bit string. Throws an error if the object is not a
    // bit string.
    toBitString() {
        if (!this.tag.isBitString()) {
            throw new error_1.ASN1TypeError('not a bit string');
        }
        return (0, parse_1.parseBitString)(this.value);
    }
}
exports.ASN1Obj = ASN1Obj;
/////////////////////////////////////////////////////////////////////////////
// Internal stream parsing functions
// Maximum nesting depth for parsed ASN.1 objects. Bounds the mutual recursion
// between parseStream and collectSubs so that deeply nested DER cannot exhaust
// the call stack (denial of service).
const MAX_DEPTH = 100;
function parseStream(stream, depth = 0) {
    if (depth > MAX_DEPTH) {
        throw new error_1.ASN1ParseError('maximum nesting depth exceeded');
    }
    // Parse tag, length, and value from stream
    const tag = new tag_1.ASN1Tag(stream.getUint8());
    const len = (0, length_1.decodeLength)(stream);
    const value = stream.slice(stream.position, len);
    const start = stream.position;
    let subs = [];
    // If the object is constructed, parse its children. Sometimes, children
    // are embedded in OCTESTRING objects, so we need to check those
    // for children as well.
    if (tag.constructed) {
        subs = collectSubs(stream, len, depth);
    }
    else if (tag.isOctetString()) {
        // Attempt to parse children of OCTETSTRING objects. If anything fails,
        // assume the object is not constructed and treat as primitive. This is
        // intentional: it transparently unwraps DER content embedded in an OCTET
        // STRING (e.g. X.509 extnValue, CMS eContent). The error is swallowed
        // because a parse failure simply means the bytes are an opaque primitive
        // value rather than a nested structure.
        try {
            subs = collectSubs(stream, len, depth);
        }
        catch (e) {
            // Fail silently and treat as primitive
        }
    }
    // If there are no children, move stream cursor to the end of the object
    if (subs.length === 0) {
        stream.seek(start + len);
    }
    return new ASN1Obj(tag, value, subs);
}
function collectSubs(stream, len, depth) {
    // Calculate end of object content
    const end = stream.position + len;
    // Make sure there are enough bytes left in the stream. This should never
    // happen, cause it'll get caught when the stream is sliced in parseStream.
    // Leaving as an extra check just in case.
    /* istanbul ignore if */
    if (end > stream.length) {
        throw new error_1.ASN1ParseError('invalid length');
    }
    // Parse all children
    const subs = [];
    while (stream.position < end) {
        subs.push(parseStream(stream, depth + 1));
    }
    // When we're done parsing children, we should be at the end of the object
    if (stream.position !== end) {
        throw new error_1.ASN1ParseError('invalid length');
    }
    return subs;
}


/***/ }),

/***/ 81044:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {


Object.defineProperty(exports, "__esModule", ({ value: true }));
exports.parseInteger = parseInteger;
exports.parseStringASCII = parseStringASCII;
exports.parseTime = parseTime;
exports.parseOID = parseOID;
exports.parseBoolean = parseBoolean;
exports.parseBitString = parseBitString;
/*
Copyright 2023 The Sigstore Authors.

Licensed under the Apache License, Version 2.0 (the "License");
you may not use this file except in compliance with the License.
You may obtain a copy of the License at

    http://www.apache.org/licenses/LICENSE-2.0

Unless required by applicable law or agreed to in writing, software
distributed under the License is distributed on an "AS IS" BASIS,
WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
See the License for the specific language governing permissions and
limitations under the License.
*/
const error_1 = __nccwpck_require__(11121);
const RE_TIME_SHORT_YEAR = /^(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(\.\d{3})?Z$/;
const RE_TIME_LONG_YEAR = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(\.\d{3})?Z$/;
// Parse a BigInt from the DER-encoded buffer
// https://learn.microsoft.com/en-us/windows/win32/seccertenroll/about-integer
function parseInteger(buf) {
    let pos = 0;
    const end = buf.length;
    let val = buf[pos];
    const neg = val > 0x7f;
    // Consume any padding bytes
    const pad = neg ? 0xff : 0x00;
    while (val == pad && ++pos < end) {
        val = buf[pos];
    }
    // Calculate remaining bytes to read
    const len = end - pos;
    if (len === 0)
        return BigInt(neg ? -1 : 0);
    // Handle two's complement for negative numbers
    val = neg ? val - 256 : val;
    // Parse remaining bytes
    let n = BigInt(val);
    for (let i = pos + 1; i < end; ++i) {
        n = n * BigInt(256) + BigInt(buf[i]);
    }
    return n;
}
// Parse an ASCII string from the DER-encoded buffer
// https://learn.microsoft.com/en-us/windows/win32/seccertenroll/about-basic-types#boolean
function parseStringASCII(buf) {
    return buf.toString('ascii');
}
// Parse a Date from the DER-encoded buffer
// https://www.rfc-editor.org/rfc/rfc5280#section-4.1.2.5.1
function parseTime(buf, shortYear) {
    const timeStr = parseStringASCII(buf);
    // Parse the time string into matches - captured groups start at index 1
    const m = shortYear
        ? RE_TIME_SHORT_YEAR.exec(timeStr)
        : RE_TIME_LONG_YEAR.exec(timeStr);
    if (!m) {
        throw new Error('invalid time');
    }
    // Translate dates with a 2-digit year to 4 digits per the spec
    if (shortYear) {
        let year = Number(m[1]);
        year += year >= 50 ? 1900 : 2000;
        m[1] = year.toString();
    }
    // Translate to ISO8601 format and parse
    return new Date(`${m[1]}-${m[2]}-${m[3]}T${m[4]}:${m[5]}:${m[6]}Z`);
}
// Parse an OID from the DER-encoded buffer
// https://learn.microsoft.com/en-us/windows/win32/seccertenroll/about-object-identifier
function parseOID(buf) {
    let pos = 0;
    const end = buf.length;
    // Consume first byte which encodes the first two OID components
    let n = buf[pos++];
    const first = Math.floor(n / 40);
    const second = n % 40;
    let oid = `${first}.${second}`;
    // Consume remaining bytes. Use a BigInt accumulator so that arcs which
    // exceed 32 bits are not silently truncated (a truncated arc could be made
    // to collide with a trusted OID).
    let val = 0n;
    for (; pos < end; ++pos) {
        n = buf[pos];
        val = (val << 7n) + BigInt(n & 0x7f);
        // If the left-most bit is NOT set, then this is the last byte in the
        // sequence and we can add the value to the OID and reset the accumulator
        if ((n & 0x80) === 0) {
            oid += `.${val}`;
            val = 0n;
        }
    }
    return oid;
}
// Parse a boolean from the DER-encoded buffer
// https://learn.microsoft.com/en-us/windows/win32/seccertenroll/about-basic-types#boolean
function parseBoolean(buf) {
    // DER requires a BOOLEAN to be a single byte that is either 0x00 (false) or
    // 0xff (true). Reject any other (non-canonical) encoding.
    if (buf.length !== 1) {
        throw new error_1.ASN1ParseError('invalid boolean');
    }
    switch (buf[0]) {
        case 0x00:
            return false;
        case 0xff:
            return true;
        default:
            throw new error_1.ASN1ParseError('invalid boolean');
    }
}
// Parse a bit string from the DER-encoded buffer
// https://learn.microsoft.com/en-us/windows/win32/seccertenroll/about-bit-string
function parseBitString(buf) {
    // First byte tell us how many unused bits are in the last byte
    const unused = buf[0];
    // The number of unused bits must be in the range 0-7.
    if (unused > 7) {
        throw new error_1.ASN1ParseError('invalid bit string');
    }
    const start = 1;
    const end = buf.length;
    const bits = [];
    for (let i = start; i < end; ++i) {
        const byte = buf[i];
        // The skip value is only used for the last byte
        const skip = i === end - 1 ? unused : 0;
        // Iterate over each bit in the byte (most significant first)
        for (let j = 7; j >= skip; --j) {
            // Read the bit and add it to the bit string
            bits.push((byte >> j) & 0x01);
        }
    }
    return bits;
}


/***/ }),

/***/ 59343:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {


Object.defineProperty(exports, "__esModule", ({ value: true }));
exports.ASN1Tag = void 0;
/*
Copyright 2023 The Sigstore Authors.

Licensed under the Apache License, Version 2.0 (the "License");
you may not use this file except in compliance with the License.
You may obtain a copy of the License at

    http://www.apache.org/licenses/LICENSE-2.0

Unless required by applicable law or agreed to in writing, software
distributed under the License is distributed on an "AS IS" BASIS,
WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
See the License for the specific language governing permissions and
limitations under the License.
*/
const error_1 = __nccwpck_require__(11121);
const UNIVERSAL_TAG = {
    BOOLEAN: 0x01,
    INTEGER: 0x02,
    BIT_STRING: 0x03,
    OCTET_STRING: 0x04,
    OBJECT_IDENTIFIER: 0x06,
    SEQUENCE: 0x10,
    SET: 0x11,
    PRINTABLE_STRING: 0x13,
    UTC_TIME: 0x17,
    GENERALIZED_TIME: 0x18,
};
const TAG_CLASS = {
    UNIVERSAL: 0x00,
    APPLICATION: 0x01,
    CONTEXT_SPECIFIC: 0x02,
    PRIVATE: 0x03,
};
// https://learn.microsoft.com/en-us/windows/win32/seccertenroll/about-encoded-tag-bytes
class ASN1Tag {
    number;
    constructed;
    class;
    constructor(enc) {
        // Bits 0 through 4 are the tag number
        this.number = enc & 0x1f;
        // Bit 5 is the constructed bit
        this.constructed = (enc & 0x20) === 0x20;
        // Bit 6 & 7 are the class
        this.class = enc >> 6;
        if (this.number === 0x1f) {
            throw new error_1.ASN1ParseError('long form tags not supported');
        }
        if (this.class === TAG_CLASS.UNIVERSAL && this.number === 0x00) {
            throw new error_1.ASN1ParseError('unsupported tag 0x00');
        }
    }
    isUniversal() {
        return this.class === TAG_CLASS.UNIVERSAL;
    }
    isContextSpecific(num) {
        const res = this.class === TAG_CLASS.CONTEXT_SPECIFIC;
        return num !== undefined ? res && this.number === num : res;
    }
    isBoolean() {
        return this.isUniversal() && this.number === UNIVERSAL_TAG.BOOLEAN;
    }
    isInteger() {
        return this.isUniversal() && this.number === UNIVERSAL_TAG.INTEGER;
    }
    isBitString() {
        return this.isUniversal() && this.number === UNIVERSAL_TAG.BIT_STRING;
    }
    isOctetString() {
        return this.isUniversal() && this.number === UNIVERSAL_TAG.OCTET_STRING;
    }
    isOID() {
        return (this.isUniversal() && this.number === UNIVERSAL_TAG.OBJECT_IDENTIFIER);
    }
    isUTCTime() {
        return this.isUniversal() && this.number === UNIVERSAL_TAG.UTC_TIME;
    }
    isGeneralizedTime() {
        return this.isUniversal() && this.number === UNIVERSAL_TAG.GENERALIZED_TIME;
    }
    toDER() {
        return this.number | (this.constructed ? 0x20 : 0x00) | (this.class << 6);
    }
}
exports.ASN1Tag = ASN1Tag;


/***/ }),

/***/ 69368:
/***/ (function(__unused_webpack_module, exports, __nccwpck_require__) {


var __importDefault = (this && this.__importDefault) || function (mod) {
    return (mod && mod.__esModule) ? mod : { "default": mod };
};
Object.defineProperty(exports, "__esModule", ({ value: true }));
exports.createPublicKey = createPublicKey;
exports.digest = digest;
exports.verify = verify;
exports.bufferEqual = bufferEqual;
/*
Copyright 2023 The Sigstore Authors.

Licensed under the Apache License, Version 2.0 (the "License");
you may not use this file except in compliance with the License.
You may obtain a copy of the License at

    http://www.apache.org/licenses/LICENSE-2.0

Unless required by applicable law or agreed to in writing, software
distributed under the License is distributed on an "AS IS" BASIS,
WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
See the License for the specific language governing permissions and
limitations under the License.
*/
const crypto_1 = __importDefault(__nccwpck_require__(76982));
function createPublicKey(key, type = 'spki') {
    if (typeof key === 'string') {
        if (key.startsWith('-----')) {
            return crypto_1.default.createPublicKey(key);
        }
        else {
            return crypto_1.default.createPublicKey({
                key: Buffer.from(key, 'base64'),
                format: 'der',
                type: type,
            });
        }
    }
    else {
        return crypto_1.default.createPublicKey({ key, format: 'der', type: type });
    }
}
function digest(algorithm, ...data) {
    const hash = crypto_1.default.createHash(algorithm);
    for (const d of data) {
        hash.update(d);
    }
    return hash.digest();
}
function verify(data, key, signature, algorithm) {
    // The try/catch is to work around an issue in Node 14.x where verify throws
    // an error in some scenarios if the signature is invalid.
    try {
        return crypto_1.default.verify(algorithm, data, key, signature);
    }
    catch (e) {
        /* istanbul ignore next */
        return false;
    }
}
function bufferEqual(a, b) {
    try {
        return crypto_1.default.timingSafeEqual(a, b);
    }
    catch {
        /* istanbul ignore next */
        return false;
    }
}


/***/ }),

/***/ 49032:
/***/ ((__unused_webpack_module, exports) => {


Object.defineProperty(exports, "__esModule", ({ value: true }));
exports.preAuthEncoding = preAuthEncoding;
/*
Copyright 2023 The Sigstore Authors.

Licensed under the Apache License, Version 2.0 (the "License");
you may not use this file except in compliance with the License.
You may obtain a copy of the License at

    http://www.apache.org/licenses/LICENSE-2.0

Unless required by applicable law or agreed to in writing, software
distributed under the License is distributed on an "AS IS" BASIS,
WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
See the License for the specific language governing permissions and
limitations under the License.
*/
const PAE_PREFIX = 'DSSEv1';
// DSSE Pre-Authentication Encoding
function preAuthEncoding(payloadType, payload) {
    const typeBytes = Buffer.from(payloadType, 'utf-8');
    return Buffer.concat([
        Buffer.from(`${PAE_PREFIX} ${typeBytes.length} `, 'ascii'),
        typeBytes,
        Buffer.from(` ${payload.length} `, 'ascii'),
        payload,
    ]);
}


/***/ }),

/***/ 52788:
/***/ ((__unused_webpack_module, exports) => {


Object.defineProperty(exports, "__esModule", ({ value: true }));
exports.base64Encode = base64Encode;
exports.base64Decode = base64Decode;
/*
Copyright 2023 The Sigstore Authors.

Licensed under the Apache License, Version 2.0 (the "License");
you may not use this file except in compliance with the License.
You may obtain a copy of the License at

    http://www.apache.org/licenses/LICENSE-2.0

Unless required by applicable law or agreed to in writing, software
distributed under the License is distributed on an "AS IS" BASIS,
WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
See the License for the specific language governing permissions and
limitations under the License.
*/
const BASE64_ENCODING = 'base64';
const UTF8_ENCODING = 'utf-8';
function base64Encode(str) {
    return Buffer.from(str, UTF8_ENCODING).toString(BASE64_ENCODING);
}
function base64Decode(str) {
    return Buffer.from(str, BASE64_ENCODING).toString(UTF8_ENCODING);
}


/***/ }),

/***/ 83917:
/***/ (function(__unused_webpack_module, exports, __nccwpck_require__) {


var __createBinding = (this && this.__createBinding) || (Object.create ? (function(o, m, k, k2) {
    if (k2 === undefined) k2 = k;
    var desc = Object.getOwnPropertyDescriptor(m, k);
    if (!desc || ("get" in desc ? !m.__esModule : desc.writable || desc.configurable)) {
      desc = { enumerable: true, get: function() { return m[k]; } };
    }
    Object.defineProperty(o, k2, desc);
}) : (function(o, m, k, k2) {
    if (k2 === undefined) k2 = k;
    o[k2] = m[k];
}));
var __setModuleDefault = (this && this.__setModuleDefault) || (Object.create ? (function(o, v) {
    Object.defineProperty(o, "default", { enumerable: true, value: v });
}) : function(o, v) {
    o["default"] = v;
});
var __importStar = (this && this.__importStar) || (function () {
    var ownKeys = function(o) {
        ownKeys = Object.getOwnPropertyNames || function (o) {
            var ar = [];
            for (var k in o) if (Object.prototype.hasOwnProperty.call(o, k)) ar[ar.length] = k;
            return ar;
        };
        return ownKeys(o);
    };
    return function (mod) {
        if (mod && mod.__esModule) return mod;
        var result = {};
        if (mod != null) for (var k = ownKeys(mod), i = 0; i < k.length; i++) if (k[i] !== "default") __createBinding(result, mod, k[i]);
        __setModuleDefault(result, mod);
        return result;
    };
})();
Object.defineProperty(exports, "__esModule", ({ value: true }));
exports.X509SCTExtension = exports.X509Certificate = exports.EXTENSION_OID_SCT = exports.ByteStream = exports.RFC3161Timestamp = exports.pem = exports.json = exports.encoding = exports.dsse = exports.crypto = exports.ASN1Obj = void 0;
/*
Copyright 2023 The Sigstore Authors.

Licensed under the Apache License, Version 2.0 (the "License");
you may not use this file except in compliance with the License.
You may obtain a copy of the License at

    http://www.apache.org/licenses/LICENSE-2.0

Unless required by applicable law or agreed to in writing, software
distributed under the License is distributed on an "AS IS" BASIS,
WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
See the License for the specific language governing permissions and
limitations under the License.
*/
var asn1_1 = __nccwpck_require__(86027);
Object.defineProperty(exports, "ASN1Obj", ({ enumerable: true, get: function () { return asn1_1.ASN1Obj; } }));
exports.crypto = __importStar(__nccwpck_require__(69368));
exports.dsse = __importStar(__nccwpck_require__(49032));
exports.encoding = __importStar(__nccwpck_require__(52788));
exports.json = __importStar(__nccwpck_require__(13327));
exports.pem = __importStar(__nccwpck_require__(1055));
var rfc3161_1 = __nccwpck_require__(20994);
Object.defineProperty(exports, "RFC3161Timestamp", ({ enumerable: true, get: function () { return rfc3161_1.RFC3161Timestamp; } }));
var stream_1 = __nccwpck_require__(1673);
Object.defineProperty(exports, "ByteStream", ({ enumerable: true, get: function () { return stream_1.ByteStream; } }));
var x509_1 = __nccwpck_require__(49358);
Object.defineProperty(exports, "EXTENSION_OID_SCT", ({ enumerable: true, get: function () { return x509_1.EXTENSION_OID_SCT; } }));
Object.defineProperty(exports, "X509Certificate", ({ enumerable: true, get: function () { return x509_1.X509Certificate; } }));
Object.defineProperty(exports, "X509SCTExtension", ({ enumerable: true, get: function () { return x509_1.X509SCTExtension; } }));


/***/ }),

/***/ 13327:
/***/ ((__unused_webpack_module, exports) => {


/*
Copyright 2023 The Sigstore Authors.

Licensed under the Apache License, Version 2.0 (the "License");
you may not use this file except in compliance with the License.
You may obtain a copy of the License at

    http://www.apache.org/licenses/LICENSE-2.0

Unless required by applicable law or agreed to in writing, software
distributed under the License is distributed on an "AS IS" BASIS,
WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
See the License for the specific language governing permissions and
limitations under the License.
*/
Object.defineProperty(exports, "__esModule", ({ value: true }));
exports.canonicalize = canonicalize;
// JSON canonicalization per https://github.com/cyberphone/json-canonicalization
// eslint-disable-next-line @typescript-eslint/no-explicit-any
function canonicalize(object) {
    let buffer = '';
    if (object === null || typeof object !== 'object' || object.toJSON != null) {
        // Primitives or toJSONable objects
        buffer += JSON.stringify(object);
    }
    else if (Array.isArray(object)) {
        // Array - maintain element order
        buffer += '[';
        let first = true;
        object.forEach((element) => {
            if (!first) {
                buffer += ',';
            }
            first = false;
            // recursive call
            buffer += canonicalize(element);
        });
        buffer += ']';
    }
    else {
        // Object - Sort properties before serializing
        buffer += '{';
        let first = true;
        Object.keys(object)
            .sort()
            .forEach((property) => {
            if (!first) {
                buffer += ',';
            }
            first = false;
            buffer += JSON.stringify(property);
            buffer += ':';
            // recursive call
            buffer += canonicalize(object[property]);
        });
        buffer += '}';
    }
    return buffer;
}


/***/ }),

/***/ 91817:
/***/ ((__unused_webpack_module, exports) => {


Object.defineProperty(exports, "__esModule", ({ value: true }));
exports.SHA2_HASH_ALGOS = exports.RSA_SIGNATURE_ALGOS = exports.ECDSA_SIGNATURE_ALGOS = void 0;
exports.ECDSA_SIGNATURE_ALGOS = {
    '1.2.840.10045.4.3.1': 'sha224',
    '1.2.840.10045.4.3.2': 'sha256',
    '1.2.840.10045.4.3.3': 'sha384',
    '1.2.840.10045.4.3.4': 'sha512',
};
exports.RSA_SIGNATURE_ALGOS = {
    '1.2.840.113549.1.1.14': 'sha224',
    '1.2.840.113549.1.1.11': 'sha256',
    '1.2.840.113549.1.1.12': 'sha384',
    '1.2.840.113549.1.1.13': 'sha512',
};
exports.SHA2_HASH_ALGOS = {
    '2.16.840.1.101.3.4.2.1': 'sha256',
    '2.16.840.1.101.3.4.2.2': 'sha384',
    '2.16.840.1.101.3.4.2.3': 'sha512',
};


/***/ }),

/***/ 1055:
/***/ ((__unused_webpack_module, exports) => {


Object.defineProperty(exports, "__esModule", ({ value: true }));
exports.toDER = toDER;
exports.fromDER = fromDER;
/*
Copyright 2023 The Sigstore Authors.

Licensed under the Apache License, Version 2.0 (the "License");
you may not use this file except in compliance with the License.
You may obtain a copy of the License at

    http://www.apache.org/licenses/LICENSE-2.0

Unless required by applicable law or agreed to in writing, software
distributed under the License is distributed on an "AS IS" BASIS,
WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
See the License for the specific language governing permissions and
limitations under the License.
*/
const PEM_HEADER = /-----BEGIN (.*)-----/;
const PEM_FOOTER = /-----END (.*)-----/;
function toDER(certificate) {
    let der = '';
    certificate.split('\n').forEach((line) => {
        if (line.match(PEM_HEADER) || line.match(PEM_FOOTER)) {
            return;
        }
        der += line;
    });
    return Buffer.from(der, 'base64');
}
// Translates a DER-encoded buffer into a PEM-encoded string. Standard PEM
// encoding dictates that each certificate should have a trailing newline after
// the footer.
function fromDER(certificate, type = 'CERTIFICATE') {
    // Base64-encode the certificate.
    const der = certificate.toString('base64');
    // Split the certificate into lines of 64 characters.
    const lines = der.match(/.{1,64}/g) || '';
    return [`-----BEGIN ${type}-----`, ...lines, `-----END ${type}-----`]
        .join('\n')
        .concat('\n');
}


/***/ }),

/***/ 97512:
/***/ ((__unused_webpack_module, exports) => {


Object.defineProperty(exports, "__esModule", ({ value: true }));
exports.RFC3161TimestampVerificationError = void 0;
/*
Copyright 2023 The Sigstore Authors.

Licensed under the Apache License, Version 2.0 (the "License");
you may not use this file except in compliance with the License.
You may obtain a copy of the License at

    http://www.apache.org/licenses/LICENSE-2.0

Unless required by applicable law or agreed to in writing, software
distributed under the License is distributed on an "AS IS" BASIS,
WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
See the License for the specific language governing permissions and
limitations under the License.
*/
class RFC3161TimestampVerificationError extends Error {
}
exports.RFC3161TimestampVerificationError = RFC3161TimestampVerificationError;


/***/ }),

/***/ 20994:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {


/*
Copyright 2023 The Sigstore Authors.

Licensed under the Apache License, Version 2.0 (the "License");
you may not use this file except in compliance with the License.
You may obtain a copy of the License at

    http://www.apache.org/licenses/LICENSE-2.0

Unless required by applicable law or agreed to in writing, software
distributed under the License is distributed on an "AS IS" BASIS,
WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
See the License for the specific language governing permissions and
limitations under the License.
*/
Object.defineProperty(exports, "__esModule", ({ value: true }));
exports.RFC3161Timestamp = void 0;
var timestamp_1 = __nccwpck_require__(92714);
Object.defineProperty(exports, "RFC3161Timestamp", ({ enumerable: true, get: function () { return timestamp_1.RFC3161Timestamp; } }));


/***/ }),

/***/ 92714:
/***/ (function(__unused_webpack_module, exports, __nccwpck_require__) {


var __createBinding = (this && this.__createBinding) || (Object.create ? (function(o, m, k, k2) {
    if (k2 === undefined) k2 = k;
    var desc = Object.getOwnPropertyDescriptor(m, k);
    if (!desc || ("get" in desc ? !m.__esModule : desc.writable || desc.configurable)) {
      desc = { enumerable: true, get: function() { return m[k]; } };
    }
    Object.defineProperty(o, k2, desc);
}) : (function(o, m, k, k2) {
    if (k2 === undefined) k2 = k;
    o[k2] = m[k];
}));
var __setModuleDefault = (this && this.__setModuleDefault) || (Object.create ? (function(o, v) {
    Object.defineProperty(o, "default", { enumerable: true, value: v });
}) : function(o, v) {
    o["default"] = v;
});
var __importStar = (this && this.__importStar) || (function () {
    var ownKeys = function(o) {
        ownKeys = Object.getOwnPropertyNames || function (o) {
            var ar = [];
            for (var k in o) if (Object.prototype.hasOwnProperty.call(o, k)) ar[ar.length] = k;
            return ar;
        };
        return ownKeys(o);
    };
    return function (mod) {
        if (mod && mod.__esModule) return mod;
        var result = {};
        if (mod != null) for (var k = ownKeys(mod), i = 0; i < k.length; i++) if (k[i] !== "default") __createBinding(result, mod, k[i]);
        __setModuleDefault(result, mod);
        return result;
    };
})();
Object.defineProperty(exports, "__esModule", ({ value: true }));
exports.RFC3161Timestamp = void 0;
/*
Copyright 2023 The Sigstore Authors.

Licensed under the Apache License, Version 2.0 (the "License");
you may not use this file except in compliance with the License.
You may obtain a copy of the License at

    http://www.apache.org/licenses/LICENSE-2.0

Unless required by applicable law or agreed to in writing, software
distributed under the License is distributed on an "AS IS" BASIS,
WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
See the License for the specific language governing permissions and
limitations under the License.
*/
const asn1_1 = __nccwpck_require__(86027);
const crypto = __importStar(__nccwpck_require__(69368));
const oid_1 = __nccwpck_require__(91817);
const error_1 = __nccwpck_require__(97512);
const tstinfo_1 = __nccwpck_require__(62925);
const OID_PKCS9_CONTENT_TYPE_SIGNED_DATA = '1.2.840.113549.1.7.2';
const OID_PKCS9_CONTENT_TYPE_TSTINFO = '1.2.840.113549.1.9.16.1.4';
const OID_PKCS9_MESSAGE_DIGEST_KEY = '1.2.840.113549.1.9.4';
class RFC3161Timestamp {
    root;
    constructor(asn1) {
        this.root = asn1;
    }
    static parse(der) {
        const asn1 = asn1_1.ASN1Obj.parseBuffer(der);
        return new RFC3161Timestamp(asn1);
    }
    get status() {
        return this.pkiStatusInfoObj.subs[0].toInteger();
    }
    get contentType() {
        return this.contentTypeObj.toOID();
    }
    get eContentType() {
        return this.eContentTypeObj.toOID();
    }
    get signingTime() {
        return this.tstInfo.genTime;
    }
    get signerIssuer() {
        return this.signerSidObj.subs[0].value;
    }
    get signerSerialNumber() {
        return this.signerSidObj.subs[1].value;
    }
    get signerDigestAlgorithm() {
        const oid = this.signerDigestAlgorithmObj.subs[0].toOID();
        return oid_1.SHA2_HASH_ALGOS[oid];
    }
    get signatureAlgorithm() {
        const oid = this.signatureAlgorithmObj.subs[0].toOID();
        return oid_1.ECDSA_SIGNATURE_ALGOS[oid];
    }
    get signatureValue() {
        return this.signatureValueObj.value;
    }
    get tstInfo() {
        // Need to unpack tstInfo from an OCTET STRING
        return new tstinfo_1.TSTInfo(this.eContentObj.subs[0].subs[0]);
    }
    verify(data, publicKey) {
        if (!this.timeStampTokenObj) {
            throw new error_1.RFC3161TimestampVerificationError('timeStampToken is missing');
        }
        // Check for expected ContentInfo content type
        if (this.contentType !== OID_PKCS9_CONTENT_TYPE_SIGNED_DATA) {
            throw new error_1.RFC3161TimestampVerificationError(`incorrect content type: ${this.contentType}`);
        }
        // Check for expected encapsulated content type
        if (this.eContentType !== OID_PKCS9_CONTENT_TYPE_TSTINFO) {
            throw new error_1.RFC3161TimestampVerificationError(`incorrect encapsulated content type: ${this.eContentType}`);
        }
        // Check that the tstInfo references the correct artifact
        this.tstInfo.verify(data);
        // Check that the signed message digest matches the tstInfo
        this.verifyMessageDigest();
        // Check that the signature is valid for the signed attributes
        this.verifySignature(publicKey);
    }
    verifyMessageDigest() {
        // Check that the tstInfo matches the signed data
        const tstInfoDigest = crypto.digest(this.signerDigestAlgorithm, this.tstInfo.raw);
        const expectedDigest = this.messageDigestAttributeObj.subs[1].subs[0].value;
        if (!crypto.bufferEqual(tstInfoDigest, expectedDigest)) {
            throw new error_1.RFC3161TimestampVerificationError('signed data does not match tstInfo');
        }
    }
    verifySignature(key) {
        // Encode the signed attributes for verification
        const signedAttrs = this.signedAttrsObj.toDER();
        signedAttrs[0] = 0x31; // Change context-specific tag to SET
        // Check that the signature is valid for the signed attributes
        const verified = crypto.verify(signedAttrs, key, this.signatureValue, this.signatureAlgorithm);
        if (!verified) {
            throw new error_1.RFC3161TimestampVerificationError('signature verification failed');
        }
    }
    // https://www.rfc-editor.org/rfc/rfc3161#section-2.4.2
    get pkiStatusInfoObj() {
        // pkiStatusInfo is the first element of the timestamp response sequence
        return this.root.subs[0];
    }
    // https://www.rfc-editor.org/rfc/rfc3161#section-2.4.2
    get timeStampTokenObj() {
        // timeStampToken is the first element of the timestamp response sequence
        return this.root.subs[1];
    }
    // https://datatracker.ietf.org/doc/html/rfc5652#section-3
    get contentTypeObj() {
        return this.timeStampTokenObj.subs[0];
    }
    // https://www.rfc-editor.org/rfc/rfc5652#section-3
    get signedDataObj() {
        const obj = this.timeStampTokenObj.subs.find((sub) => sub.tag.isContextSpecific(0x00));
        return obj.subs[0];
    }
    // https://datatracker.ietf.org/doc/html/rfc5652#section-5.1
    get encapContentInfoObj() {
        return this.signedDataObj.subs[2];
    }
    // https://datatracker.ietf.org/doc/html/rfc5652#section-5.1
    get signerInfosObj() {
        // SignerInfos is the last element of the signed data sequence
        const sd = this.signedDataObj;
        return sd.subs[sd.subs.length - 1];
    }
    // https://www.rfc-editor.org/rfc/rfc5652#section-5.1
    get signerInfoObj() {
        // Only supporting one signer
        return this.signerInfosObj.subs[0];
    }
    // https://datatracker.ietf.org/doc/html/rfc5652#section-5.2
    get eContentTypeObj() {
        return this.encapContentInfoObj.subs[0];
    }
    // https://datatracker.ietf.org/doc/html/rfc5652#section-5.2
    get eContentObj() {
        return this.encapContentInfoObj.subs[1];
    }
    // https://datatracker.ietf.org/doc/html/rfc5652#section-5.3
    get signedAttrsObj() {
        const signedAttrs = this.signerInfoObj.subs.find((sub) => sub.tag.isContextSpecific(0x00));
        return signedAttrs;
    }
    // https://datatracker.ietf.org/doc/html/rfc5652#section-5.3
    get messageDigestAttributeObj() {
        const messageDigest = this.signedAttrsObj.subs.find((sub) => sub.subs[0].tag.isOID() &&
            sub.subs[0].toOID() === OID_PKCS9_MESSAGE_DIGEST_KEY);
        return messageDigest;
    }
    // https://datatracker.ietf.org/doc/html/rfc5652#section-5.3
    get signerSidObj() {
        return this.signerInfoObj.subs[1];
    }
    // https://datatracker.ietf.org/doc/html/rfc5652#section-5.3
    get signerDigestAlgorithmObj() {
        // Signature is the 2nd element of the signerInfoObj object
        return this.signerInfoObj.subs[2];
    }
    // https://datatracker.ietf.org/doc/html/rfc5652#section-5.3
    get signatureAlgorithmObj() {
        // Signature is the 4th element of the signerInfoObj object
        return this.signerInfoObj.subs[4];
    }
    // https://datatracker.ietf.org/doc/html/rfc5652#section-5.3
    get signatureValueObj() {
        // Signature is the 6th element of the signerInfoObj object
        return this.signerInfoObj.subs[5];
    }
}
exports.RFC3161Timestamp = RFC3161Timestamp;


/***/ }),

/***/ 62925:
/***/ (function(__unused_webpack_module, exports, __nccwpck_require__) {


var __createBinding = (this && this.__createBinding) || (Object.create ? (function(o, m, k, k2) {
    if (k2 === undefined) k2 = k;
    var desc = Object.getOwnPropertyDescriptor(m, k);
    if (!desc || ("get" in desc ? !m.__esModule : desc.writable || desc.configurable)) {
      desc = { enumerable: true, get: function() { return m[k]; } };
    }
    Object.defineProperty(o, k2, desc);
}) : (function(o, m, k, k2) {
    if (k2 === undefined) k2 = k;
    o[k2] = m[k];
}));
var __setModuleDefault = (this && this.__setModuleDefault) || (Object.create ? (function(o, v) {
    Object.defineProperty(o, "default", { enumerable: true, value: v });
}) : function(o, v) {
    o["default"] = v;
});
var __importStar = (this && this.__importStar) || (function () {
    var ownKeys = function(o) {
        ownKeys = Object.getOwnPropertyNames || function (o) {
            var ar = [];
            for (var k in o) if (Object.prototype.hasOwnProperty.call(o, k)) ar[ar.length] = k;
            return ar;
        };
        return ownKeys(o);
    };
    return function (mod) {
        if (mod && mod.__esModule) return mod;
        var result = {};
        if (mod != null) for (var k = ownKeys(mod), i = 0; i < k.length; i++) if (k[i] !== "default") __createBinding(result, mod, k[i]);
        __setModuleDefault(result, mod);
        return result;
    };
})();
Object.defineProperty(exports, "__esModule", ({ value: true }));
exports.TSTInfo = void 0;
const crypto = __importStar(__nccwpck_require__(69368));
const oid_1 = __nccwpck_require__(91817);
const error_1 = __nccwpck_require__(97512);
class TSTInfo {
    root;
    constructor(asn1) {
        this.root = asn1;
    }
    get version() {
        return this.root.subs[0].toInteger();
    }
    get genTime() {
        return this.root.subs[4].toDate();
    }
    get messageImprintHashAlgorithm() {
        const oid = this.messageImprintObj.subs[0].subs[0].toOID();
        return oid_1.SHA2_HASH_ALGOS[oid];
    }
    get messageImprintHashedMessage() {
        return this.messageImprintObj.subs[1].value;
    }
    get raw() {
        return this.root.toDER();
    }
    verify(data) {
        const digest = crypto.digest(this.messageImprintHashAlgorithm, data);
        if (!crypto.bufferEqual(digest, this.messageImprintHashedMessage)) {
            throw new error_1.RFC3161TimestampVerificationError('message imprint does not match artifact');
        }
    }
    // https://www.rfc-editor.org/rfc/rfc3161#section-2.4.2
    get messageImprintObj() {
        return this.root.subs[2];
    }
}
exports.TSTInfo = TSTInfo;


/***/ }),

/***/ 1673:
/***/ ((__unused_webpack_module, exports) => {


Object.defineProperty(exports, "__esModule", ({ value: true }));
exports.ByteStream = void 0;
/*
Copyright 2023 The Sigstore Authors.

Licensed under the Apache License, Version 2.0 (the "License");
you may not use this file except in compliance with the License.
You may obtain a copy of the License at

    http://www.apache.org/licenses/LICENSE-2.0

Unless required by applicable law or agreed to in writing, software
distributed under the License is distributed on an "AS IS" BASIS,
WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
See the License for the specific language governing permissions and
limitations under the License.
*/
class StreamError extends Error {
}
class ByteStream {
    static BLOCK_SIZE = 1024;
    buf;
    view;
    start = 0;
    constructor(buffer) {
        if (buffer) {
            this.buf = buffer;
            this.view = Buffer.from(buffer);
        }
        else {
            this.buf = Buffer.alloc(0);
            this.view = Buffer.from(this.buf);
        }
    }
    get buffer() {
        return this.view.subarray(0, this.start);
    }
    get length() {
        return this.view.byteLength;
    }
    get position() {
        return this.start;
    }
    seek(position) {
        this.start = position;
    }
    // Returns a Buffer containing the specified number of bytes starting at the
    // given start position.
    slice(start, len) {
        const end = start + len;
        if (end > this.length) {
            throw new StreamError('request past end of buffer');
        }
        return this.view.subarray(start, end);
    }
    appendChar(char) {
        this.ensureCapacity(1);
        this.view[this.start] = char;
        this.start += 1;
    }
    appendUint16(num) {
        this.ensureCapacity(2);
        const value = new Uint16Array([num]);
        const view = new Uint8Array(value.buffer);
        this.view[this.start] = view[1];
        this.view[this.start + 1] = view[0];
        this.start += 2;
    }
    appendUint24(num) {
        this.ensureCapacity(3);
        const value = new Uint32Array([num]);
        const view = new Uint8Array(value.buffer);
        this.view[this.start] = view[2];
        this.view[this.start + 1] = view[1];
        this.view[this.start + 2] = view[0];
        this.start += 3;
    }
    appendView(view) {
        this.ensureCapacity(view.length);
        this.view.set(view, this.start);
        this.start += view.length;
    }
    getBlock(size) {
        if (size <= 0) {
            return Buffer.alloc(0);
        }
        if (this.start + size > this.view.length) {
            throw new Error('request past end of buffer');
        }
        const result = this.view.subarray(this.start, this.start + size);
        this.start += size;
        return result;
    }
    getUint8() {
        return this.getBlock(1)[0];
    }
    getUint16() {
        const block = this.getBlock(2);
        return (block[0] << 8) | block[1];
    }
    ensureCapacity(size) {
        if (this.start + size > this.view.byteLength) {
            const blockSize = ByteStream.BLOCK_SIZE + (size > ByteStream.BLOCK_SIZE ? size : 0);
            this.realloc(this.view.byteLength + blockSize);
        }
    }
    realloc(size) {
        const newArray = Buffer.alloc(size);
        const newView = Buffer.from(newArray);
        // Copy the old buffer into the new one
        newView.set(this.view);
        this.buf = newArray;
        this.view = newView;
    }
}
exports.ByteStream = ByteStream;


/***/ }),

/***/ 83566:
/***/ (function(__unused_webpack_module, exports, __nccwpck_require__) {


var __createBinding = (this && this.__createBinding) || (Object.create ? (function(o, m, k, k2) {
    if (k2 === undefined) k2 = k;
    var desc = Object.getOwnPropertyDescriptor(m, k);
    if (!desc || ("get" in desc ? !m.__esModule : desc.writable || desc.configurable)) {
      desc = { enumerable: true, get: function() { return m[k]; } };
    }
    Object.defineProperty(o, k2, desc);
}) : (function(o, m, k, k2) {
    if (k2 === undefined) k2 = k;
    o[k2] = m[k];
}));
var __setModuleDefault = (this && this.__setModuleDefault) || (Object.create ? (function(o, v) {
    Object.defineProperty(o, "default", { enumerable: true, value: v });
}) : function(o, v) {
    o["default"] = v;
});
var __importStar = (this && this.__importStar) || (function () {
    var ownKeys = function(o) {
        ownKeys = Object.getOwnPropertyNames || function (o) {
            var ar = [];
            for (var k in o) if (Object.prototype.hasOwnProperty.call(o, k)) ar[ar.length] = k;
            return ar;
        };
        return ownKeys(o);
    };
    return function (mod) {
        if (mod && mod.__esModule) return mod;
        var result = {};
        if (mod != null) for (var k = ownKeys(mod), i = 0; i < k.length; i++) if (k[i] !== "default") __createBinding(result, mod, k[i]);
        __setModuleDefault(result, mod);
        return result;
    };
})();
Object.defineProperty(exports, "__esModule", ({ value: true }));
exports.X509Certificate = exports.EXTENSION_OID_SCT = void 0;
/*
Copyright 2023 The Sigstore Authors.

Licensed under the Apache License, Version 2.0 (the "License");
you may not use this file except in compliance with the License.
You may obtain a copy of the License at

    http://www.apache.org/licenses/LICENSE-2.0

Unless required by applicable law or agreed to in writing, software
distributed under the License is distributed on an "AS IS" BASIS,
WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
See the License for the specific language governing permissions and
limitations under the License.
*/
const asn1_1 = __nccwpck_require__(86027);
const crypto = __importStar(__nccwpck_require__(69368));
const oid_1 = __nccwpck_require__(91817);
const pem = __importStar(__nccwpck_require__(1055));
const ext_1 = __nccwpck_require__(96389);
const EXTENSION_OID_SUBJECT_KEY_ID = '2.5.29.14';
const EXTENSION_OID_KEY_USAGE = '2.5.29.15';
const EXTENSION_OID_SUBJECT_ALT_NAME = '2.5.29.17';
const EXTENSION_OID_BASIC_CONSTRAINTS = '2.5.29.19';
const EXTENSION_OID_AUTHORITY_KEY_ID = '2.5.29.35';
exports.EXTENSION_OID_SCT = '1.3.6.1.4.1.11129.2.4.2';
class X509Certificate {
    root;
    constructor(asn1) {
        this.root = asn1;
    }
    static parse(cert) {
        const der = typeof cert === 'string' ? pem.toDER(cert) : cert;
        const asn1 = asn1_1.ASN1Obj.parseBuffer(der);
        return new X509Certificate(asn1);
    }
    get tbsCertificate() {
        return this.tbsCertificateObj;
    }
    get version() {
        // version number is the first element of the version context specific tag
        const ver = this.versionObj.subs[0].toInteger();
        return `v${(ver + BigInt(1)).toString()}`;
    }
    get serialNumber() {
        return this.serialNumberObj.value;
    }
    get notBefore() {
        // notBefore is the first element of the validity sequence
        return this.validityObj.subs[0].toDate();
    }
    get notAfter() {
        // notAfter is the second element of the validity sequence
        return this.validityObj.subs[1].toDate();
    }
    get issuer() {
        return this.issuerObj.value;
    }
    get subject() {
        return this.subjectObj.value;
    }
    get publicKey() {
        return this.subjectPublicKeyInfoObj.toDER();
    }
    get signatureAlgorithm() {
        const oid = this.signatureAlgorithmObj.subs[0].toOID();
        if (oid_1.RSA_SIGNATURE_ALGOS[oid]) {
            return oid_1.RSA_SIGNATURE_ALGOS[oid];
        }
        return oid_1.ECDSA_SIGNATURE_ALGOS[oid];
    }
    get signatureValue() {
        // Signature value is a bit string, so we need to skip the first byte
        return this.signatureValueObj.value.subarray(1);
    }
    get subjectAltName() {
        const ext = this.extSubjectAltName;
        return ext?.uri || /* istanbul ignore next */ ext?.rfc822Name;
    }
    get extensions() {
        // The extension list is the first (and only) element of the extensions
        // context specific tag
        /* istanbul ignore next */
        const extSeq = this.extensionsObj?.subs[0];
        /* istanbul ignore next */
        return extSeq?.subs || [];
    }
    get extKeyUsage() {
        const ext = this.findExtension(EXTENSION_OID_KEY_USAGE);
        return ext ? new ext_1.X509KeyUsageExtension(ext) : undefined;
    }
    get extBasicConstraints() {
        const ext = this.findExtension(EXTENSION_OID_BASIC_CONSTRAINTS);
        return ext ? new ext_1.X509BasicConstraintsExtension(ext) : undefined;
    }
    get extSubjectAltName() {
        const ext = this.findExtension(EXTENSION_OID_SUBJECT_ALT_NAME);
        return ext ? new ext_1.X509SubjectAlternativeNameExtension(ext) : undefined;
    }
    get extAuthorityKeyID() {
        const ext = this.findExtension(EXTENSION_OID_AUTHORITY_KEY_ID);
        return ext ? new ext_1.X509AuthorityKeyIDExtension(ext) : undefined;
    }
    get extSubjectKeyID() {
        const ext = this.findExtension(EXTENSION_OID_SUBJECT_KEY_ID);
        return ext
            ? new ext_1.X509SubjectKeyIDExtension(ext)
            : /* istanbul ignore next */ undefined;
    }
    get extSCT() {
        const ext = this.findExtension(exports.EXTENSION_OID_SCT);
        return ext ? new ext_1.X509SCTExtension(ext) : undefined;
    }
    get isCA() {
        const ca = this.extBasicConstraints?.isCA || false;
        // If the KeyUsage extension is present, keyCertSign must be set
        /* istanbul ignore else */
        if (this.extKeyUsage) {
            return ca && this.extKeyUsage.keyCertSign;
        }
        // TODO: test coverage for this case
        /* istanbul ignore next */
        return ca;
    }
    extension(oid) {
        const ext = this.findExtension(oid);
        return ext ? new ext_1.X509Extension(ext) : undefined;
    }
    verify(issuerCertificate) {
        // Use the issuer's public key if provided, otherwise use the subject's
        const publicKey = issuerCertificate?.publicKey || this.publicKey;
        const key = crypto.createPublicKey(publicKey);
        return crypto.verify(this.tbsCertificate.toDER(), key, this.signatureValue, this.signatureAlgorithm);
    }
    validForDate(date) {
        return this.notBefore <= date && date <= this.notAfter;
    }
    equals(other) {
        return this.root.toDER().equals(other.root.toDER());
    }
    // Creates a copy of the certificate with a new buffer
    clone() {
        const der = this.root.toDER();
        const clone = Buffer.alloc(der.length);
        der.copy(clone);
        return X509Certificate.parse(clone);
    }
    findExtension(oid) {
        // Find the extension with the given OID. The OID will always be the first
        // element of the extension sequence
        return this.extensions.find((ext) => ext.subs[0].toOID() === oid);
    }
    /////////////////////////////////////////////////////////////////////////////
    // The following properties use the documented x509 structure to locate the
    // desired ASN.1 object
    // https://www.rfc-editor.org/rfc/rfc5280#section-4.1
    // https://www.rfc-editor.org/rfc/rfc5280#section-4.1.1.1
    get tbsCertificateObj() {
        // tbsCertificate is the first element of the certificate sequence
        return this.root.subs[0];
    }
    // https://www.rfc-editor.org/rfc/rfc5280#section-4.1.1.2
    get signatureAlgorithmObj() {
        // signatureAlgorithm is the second element of the certificate sequence
        return this.root.subs[1];
    }
    // https://www.rfc-editor.org/rfc/rfc5280#section-4.1.1.3
    get signatureValueObj() {
        // signatureValue is the third element of the certificate sequence
        return this.root.subs[2];
    }
    // https://www.rfc-editor.org/rfc/rfc5280#section-4.1.2.1
    get versionObj() {
        // version is the first element of the tbsCertificate sequence
        return this.tbsCertificateObj.subs[0];
    }
    // https://www.rfc-editor.org/rfc/rfc5280#section-4.1.2.2
    get serialNumberObj() {
        // serialNumber is the second element of the tbsCertificate sequence
        return this.tbsCertificateObj.subs[1];
    }
    // https://www.rfc-editor.org/rfc/rfc5280#section-4.1.2.4
    get issuerObj() {
        // issuer is the fourth element of the tbsCertificate sequence
        return this.tbsCertificateObj.subs[3];
    }
    // https://www.rfc-editor.org/rfc/rfc5280#section-4.1.2.5
    get validityObj() {
        // version is the fifth element of the tbsCertificate sequence
        return this.tbsCertificateObj.subs[4];
    }
    // https://www.rfc-editor.org/rfc/rfc5280#section-4.1.2.6
    get subjectObj() {
        // subject is the sixth element of the tbsCertificate sequence
        return this.tbsCertificateObj.subs[5];
    }
    // https://www.rfc-editor.org/rfc/rfc5280#section-4.1.2.7
    get subjectPublicKeyInfoObj() {
        // subjectPublicKeyInfo is the seventh element of the tbsCertificate sequence
        return this.tbsCertificateObj.subs[6];
    }
    // Extensions can't be located by index because their position varies. Instead,
    // we need to find the extensions context specific tag
    // https://www.rfc-editor.org/rfc/rfc5280#section-4.1.2.9
    get extensionsObj() {
        return this.tbsCertificateObj.subs.find((sub) => sub.tag.isContextSpecific(0x03));
    }
}
exports.X509Certificate = X509Certificate;


/***/ }),

/***/ 96389:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {


Object.defineProperty(exports, "__esModule", ({ value: true }));
exports.X509SCTExtension = exports.X509SubjectKeyIDExtension = exports.X509AuthorityKeyIDExtension = exports.X509SubjectAlternativeNameExtension = exports.X509KeyUsageExtension = exports.X509BasicConstraintsExtension = exports.X509Extension = void 0;
const stream_1 = __nccwpck_require__(1673);
const sct_1 = __nccwpck_require__(6144);
// https://www.rfc-editor.org/rfc/rfc5280#section-4.1
class X509Extension {
    root;
    constructor(asn1) {
        this.root = asn1;
    }
    get oid() {
        return this.root.subs[0].toOID();
    }
    get critical() {
        // The critical field is optional and will be the second element of the
        // extension sequence if present. Default to false if not present.
        return this.root.subs.length === 3 ? this.root.subs[1].toBoolean() : false;
    }
    get value() {
        return this.extnValueObj.value;
    }
    get valueObj() {
        return this.extnValueObj;
    }
    get extnValueObj() {
        // The extnValue field will be the last element of the extension sequence
        return this.root.subs[this.root.subs.length - 1];
    }
}
exports.X509Extension = X509Extension;
// https://www.rfc-editor.org/rfc/rfc5280#section-4.2.1.9
class X509BasicConstraintsExtension extends X509Extension {
    get isCA() {
        return this.sequence.subs[0]?.toBoolean() ?? false;
    }
    get pathLenConstraint() {
        return this.sequence.subs.length > 1
            ? this.sequence.subs[1].toInteger()
            : undefined;
    }
    // The extnValue field contains a single sequence wrapping the isCA and
    // pathLenConstraint.
    get sequence() {
        return this.extnValueObj.subs[0];
    }
}
exports.X509BasicConstraintsExtension = X509BasicConstraintsExtension;
// https://www.rfc-editor.org/rfc/rfc5280#section-4.2.1.3
class X509KeyUsageExtension extends X509Extension {
    get digitalSignature() {
        return this.bitString[0] === 1;
    }
    get keyCertSign() {
        return this.bitString[5] === 1;
    }
    get crlSign() {
        return this.bitString[6] === 1;
    }
    // The extnValue field contains a single bit string which is a bit mask
    // indicating which key usages are enabled.
    get bitString() {
        return this.extnValueObj.subs[0].toBitString();
    }
}
exports.X509KeyUsageExtension = X509KeyUsageExtension;
// https://www.rfc-editor.org/rfc/rfc5280#section-4.2.1.6
class X509SubjectAlternativeNameExtension extends X509Extension {
    get rfc822Name() {
        return this.findGeneralName(0x01)?.value.toString('ascii');
    }
    get uri() {
        return this.findGeneralName(0x06)?.value.toString('ascii');
    }
    // Retrieve the value of an otherName with the given OID.
    otherName(oid) {
        const otherName = this.findGeneralName(0x00);
        if (otherName === undefined) {
            return undefined;
        }
        // The otherName is a sequence containing an OID and a value.
        // Need to check that the OID matches the one we're looking for.
        const otherNameOID = otherName.subs[0].toOID();
        if (otherNameOID !== oid) {
            return undefined;
        }
        // The otherNameValue is a sequence containing the actual value.
        const otherNameValue = otherName.subs[1];
        return otherNameValue.subs[0].value.toString('ascii');
    }
    findGeneralName(tag) {
        return this.generalNames.find((gn) => gn.tag.isContextSpecific(tag));
    }
    // The extnValue field contains a sequence of GeneralNames.
    get generalNames() {
        return this.extnValueObj.subs[0].subs;
    }
}
exports.X509SubjectAlternativeNameExtension = X509SubjectAlternativeNameExtension;
// https://www.rfc-editor.org/rfc/rfc5280#section-4.2.1.1
class X509AuthorityKeyIDExtension extends X509Extension {
    get keyIdentifier() {
        return this.findSequenceMember(0x00)?.value;
    }
    findSequenceMember(tag) {
        return this.sequence.subs.find((el) => el.tag.isContextSpecific(tag));
    }
    // The extnValue field contains a single sequence wrapping the keyIdentifier
    get sequence() {
        return this.extnValueObj.subs[0];
    }
}
exports.X509AuthorityKeyIDExtension = X509AuthorityKeyIDExtension;
// https://www.rfc-editor.org/rfc/rfc5280#section-4.2.1.2
class X509SubjectKeyIDExtension extends X509Extension {
    get keyIdentifier() {
        return this.extnValueObj.subs[0].value;
    }
}
exports.X509SubjectKeyIDExtension = X509SubjectKeyIDExtension;
// https://www.rfc-editor.org/rfc/rfc6962#section-3.3
class X509SCTExtension extends X509Extension {
    constructor(asn1) {
        super(asn1);
    }
    get signedCertificateTimestamps() {
        const buf = this.extnValueObj.subs[0].value;
        const stream = new stream_1.ByteStream(buf);
        // The overall list length is encoded in the first two bytes -- note this
        // is the length of the list in bytes, NOT the number of SCTs in the list
        const end = stream.getUint16() + 2;
        const sctList = [];
        while (stream.position < end) {
            // Read the length of the next SCT
            const sctLength = stream.getUint16();
            // Slice out the bytes for the next SCT and parse it
            const sct = stream.getBlock(sctLength);
            sctList.push(sct_1.SignedCertificateTimestamp.parse(sct));
        }
        if (stream.position !== end) {
            throw new Error('SCT list length does not match actual length');
        }
        return sctList;
    }
}
exports.X509SCTExtension = X509SCTExtension;


/***/ }),

/***/ 49358:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {


/*
Copyright 2023 The Sigstore Authors.

Licensed under the Apache License, Version 2.0 (the "License");
you may not use this file except in compliance with the License.
You may obtain a copy of the License at

    http://www.apache.org/licenses/LICENSE-2.0

Unless required by applicable law or agreed to in writing, software
distributed under the License is distributed on an "AS IS" BASIS,
WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
See the License for the specific language governing permissions and
limitations under the License.
*/
Object.defineProperty(exports, "__esModule", ({ value: true }));
exports.X509SCTExtension = exports.X509Certificate = exports.EXTENSION_OID_SCT = void 0;
var cert_1 = __nccwpck_require__(83566);
Object.defineProperty(exports, "EXTENSION_OID_SCT", ({ enumerable: true, get: function () { return cert_1.EXTENSION_OID_SCT; } }));
Object.defineProperty(exports, "X509Certificate", ({ enumerable: true, get: function () { return cert_1.X509Certificate; } }));
var ext_1 = __nccwpck_require__(96389);
Object.defineProperty(exports, "X509SCTExtension", ({ enumerable: true, get: function () { return ext_1.X509SCTExtension; } }));


/***/ }),

/***/ 6144:
/***/ (function(__unused_webpack_module, exports, __nccwpck_require__) {


var __createBinding = (this && this.__createBinding) || (Object.create ? (function(o, m, k, k2) {
    if (k2 === undefined) k2 = k;
    var desc = Object.getOwnPropertyDescriptor(m, k);
    if (!desc || ("get" in desc ? !m.__esModule : desc.writable || desc.configurable)) {
      desc = { enumerable: true, get: function() { return m[k]; } };
    }
    Object.defineProperty(o, k2, desc);
}) : (function(o, m, k, k2) {
    if (k2 === undefined) k2 = k;
    o[k2] = m[k];
}));
var __setModuleDefault = (this && this.__setModuleDefault) || (Object.create ? (function(o, v) {
    Object.defineProperty(o, "default", { enumerable: true, value: v });
}) : function(o, v) {
    o["default"] = v;
});
var __importStar = (this && this.__importStar) || (function () {
    var ownKeys = function(o) {
        ownKeys = Object.getOwnPropertyNames || function (o) {
            var ar = [];
            for (var k in o) if (Object.prototype.hasOwnProperty.call(o, k)) ar[ar.length] = k;
            return ar;
        };
        return ownKeys(o);
    };
    return function (mod) {
        if (mod && mod.__esModule) return mod;
        var result = {};
        if (mod != null) for (var k = ownKeys(mod), i = 0; i < k.length; i++) if (k[i] !== "default") __createBinding(result, mod, k[i]);
        __setModuleDefault(result, mod);
        return result;
    };
})();
Object.defineProperty(exports, "__esModule", ({ value: true }));
exports.SignedCertificateTimestamp = void 0;
/*
Copyright 2023 The Sigstore Authors.

Licensed under the Apache License, Version 2.0 (the "License");
you may not use this file except in compliance with the License.
You may obtain a copy of the License at

    http://www.apache.org/licenses/LICENSE-2.0

Unless required by applicable law or agreed to in writing, software
distributed under the License is distributed on an "AS IS" BASIS,
WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
See the License for the specific language governing permissions and
limitations under the License.
*/
const crypto = __importStar(__nccwpck_require__(69368));
const stream_1 = __nccwpck_require__(1673);
class SignedCertificateTimestamp {
    version;
    logID;
    timestamp;
    extensions;
    hashAlgorithm;
    signatureAlgorithm;
    signature;
    constructor(options) {
        this.version = options.version;
        this.logID = options.logID;
        this.timestamp = options.timestamp;
        this.extensions = options.extensions;
        this.hashAlgorithm = options.hashAlgorithm;
        this.signatureAlgorithm = options.signatureAlgorithm;
        this.signature = options.signature;
    }
    get datetime() {
        return new Date(Number(this.timestamp.readBigInt64BE()));
    }
    // Returns the hash algorithm used to generate the SCT's signature.
    // https://www.rfc-editor.org/rfc/rfc5246#section-7.4.1.4.1
    get algorithm() {
        switch (this.hashAlgorithm) {
            /* istanbul ignore next */
            case 0:
                return 'none';
            /* istanbul ignore next */
            case 1:
                return 'md5';
            /* istanbul ignore next */
            case 2:
                return 'sha1';
            /* istanbul ignore next */
            case 3:
                return 'sha224';
            case 4:
                return 'sha256';
            /* istanbul ignore next */
            case 5:
                return 'sha384';
            /* istanbul ignore next */
            case 6:
                return 'sha512';
            /* istanbul ignore next */
            default:
                return 'unknown';
        }
    }
    verify(preCert, key) {
        // Assemble the digitally-signed struct (the data over which the signature
        // was generated).
        // https://www.rfc-editor.org/rfc/rfc6962#section-3.2
        const stream = new stream_1.ByteStream();
        stream.appendChar(this.version);
        stream.appendChar(0x00); // SignatureType = certificate_timestamp(0)
        stream.appendView(this.timestamp);
        stream.appendUint16(0x01); // LogEntryType = precert_entry(1)
        stream.appendView(preCert);
        stream.appendUint16(this.extensions.byteLength);
        /* istanbul ignore next - extensions are very uncommon */
        if (this.extensions.byteLength > 0) {
            stream.appendView(this.extensions);
        }
        return crypto.verify(stream.buffer, key, this.signature, this.algorithm);
    }
    // Parses a SignedCertificateTimestamp from a buffer. SCTs are encoded using
    // TLS encoding which means the fields and lengths of most fields are
    // specified as part of the SCT and TLS specs.
    // https://www.rfc-editor.org/rfc/rfc6962#section-3.2
    // https://www.rfc-editor.org/rfc/rfc5246#section-7.4.1.4.1
    static parse(buf) {
        const stream = new stream_1.ByteStream(buf);
        // Version - enum { v1(0), (255) }
        const version = stream.getUint8();
        // Log ID  - struct { opaque key_id[32]; }
        const logID = stream.getBlock(32);
        // Timestamp - uint64
        const timestamp = stream.getBlock(8);
        // Extensions - opaque extensions<0..2^16-1>;
        const extenstionLength = stream.getUint16();
        const extensions = stream.getBlock(extenstionLength);
        // Hash algo - enum { sha256(4), . . . (255) }
        const hashAlgorithm = stream.getUint8();
        // Signature algo - enum { anonymous(0), rsa(1), dsa(2), ecdsa(3), (255) }
        const signatureAlgorithm = stream.getUint8();
        // Signature  - opaque signature<0..2^16-1>;
        const sigLength = stream.getUint16();
        const signature = stream.getBlock(sigLength);
        // Check that we read the entire buffer
        if (stream.position !== buf.length) {
            throw new Error('SCT buffer length mismatch');
        }
        return new SignedCertificateTimestamp({
            version,
            logID,
            timestamp,
            extensions,
            hashAlgorithm,
            signatureAlgorithm,
            signature,
        });
    }
}
exports.SignedCertificateTimestamp = SignedCertificateTimestamp;


/***/ }),

/***/ 79381:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   y: () => (/* binding */ print)
/* harmony export */ });
/** Writes text whole; a reader that went away is an error, never a silent loss. */
async function print(stream, lines) {
    if (lines.length === 0)
        return;
    const text = lines.map((one) => `${one}\n`).join('');
    await new Promise((resolve, reject) => {
        stream.write(text, (error) => {
            if (error)
                reject(error);
            else
                resolve();
        });
    });
}


/***/ }),

/***/ 55564:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Q: () => (/* binding */ describeFault)
/* harmony export */ });
/** A fault in one line, with its place. */
function describeFault({ code, message, file, row, column, path = [] }) {
    const place = file === undefined || file === '' ? '' : `${file}:${row ?? 0}:${column ?? 0}: `;
    const field = path.length > 0 && !message.startsWith(path.join('.')) ? `${path.join('.')}: ` : '';
    return `${place}${code}: ${field}${message}`;
}


/***/ }),

/***/ 99993:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   B7: () => (/* binding */ claim),
/* harmony export */   JD: () => (/* binding */ objects),
/* harmony export */   eO: () => (/* binding */ known),
/* harmony export */   vI: () => (/* binding */ shortened)
/* harmony export */ });
/* unused harmony export longestClaim */
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(49839);

/** What signers say is shown, compared and kept: no text of theirs is longer. */
const longestClaim = 300;
/** A text that says something, cut to size; one that was cut ends with `…` and so equals none that was not. */
function claim(object, name) {
    const text = (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .textField */ .M8)(object, name);
    return text === undefined ? undefined : shortened(text);
}
/** @returns undefined for an empty text */
function shortened(text) {
    if (text === '')
        return undefined;
    if (text.length <= longestClaim)
        return text;
    // Half of a pair is no character.
    return `${text.slice(0, longestClaim - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}
/** The objects in a list; what is none is left out. */
function objects(object, name) {
    return ((0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .listField */ .FZ)(object, name) ?? []).filter(_json_js__WEBPACK_IMPORTED_MODULE_0__/* .isObject */ .Gv);
}
/** Leaves out the members of which nothing is known. */
function known(members) {
    return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}


/***/ }),

/***/ 73791:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   JL: () => (/* binding */ isGit),
/* harmony export */   _C: () => (/* binding */ asCommit),
/* harmony export */   mF: () => (/* binding */ readSourceUri),
/* harmony export */   o$: () => (/* binding */ readSource),
/* harmony export */   qX: () => (/* binding */ contradiction)
/* harmony export */ });
/* unused harmony export commitOf */
/* harmony import */ var _claim_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(99993);
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(49839);


/** Longer URIs are shown and never taken apart. */
const longestUri = 2048;
const schemeForm = /^([a-z][a-z0-9+.-]*):\/\//i;
/** As git takes it: `git@github.com:o/r.git`. */
const scpForm = /^(?:[\w.-]+@)?([a-z0-9-]+(?:\.[a-z0-9-]+)+):(?!\/)/i;
/** Nothing that some programs take for the end of the host. */
const userForm = /^(?:[\w.:~%!$&'()*+,;=@-]*@)?$/;
const hostForm = /^[a-z0-9-]+(?:\.[a-z0-9-]+)*(?::\d{1,5})?$/;
const bareForm = /^[a-z0-9-]+(?:\.[a-z0-9-]+)+\//i;
const pathForm = /^(?:\/[\w.~+-]+)+$/;
const usualPorts = new Map([
    ['https', /:443$/],
    ['ssh', /:22$/],
]);
const commitForm = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;
/**
 * Takes a source URI apart: `git+https://host/o/r@ref#folder` (SPDX download location, which SLSA uses),
 * `https://host/o/r.git#ref:folder` (buildkit), either without ref, `git@host:o/r.git`, and `host/o/r`.
 */
function readSourceUri(text) {
    const uri = (0,_claim_js__WEBPACK_IMPORTED_MODULE_0__/* .shortened */ .vI)(withoutUser(text.slice(0, longestUri + 1)));
    if (uri === undefined || text.length > longestUri)
        return uri === undefined ? undefined : { uri };
    const scheme = schemeForm.exec(text)?.[1]?.toLowerCase();
    const rest = scheme === undefined ? text : text.slice(scheme.length + '://'.length);
    const scp = scheme === undefined ? scpForm.exec(text) : null;
    if (scheme === undefined && !scp && !bareForm.test(text))
        return { uri };
    const whole = scp ? `${String(scp[1])}/${text.slice(scp[0].length)}` : rest;
    const [place, fragment] = cut(whole, '#');
    const [authority, remainder] = cut(place, '/');
    const [path, at] = cut(`/${remainder ?? ''}`, '@');
    // In an SPDX location a folder follows the hash; buildkit puts the ref there.
    const hash = scheme?.startsWith('git+') === true ? undefined : cut(fragment ?? '', ':')[0];
    return (0,_claim_js__WEBPACK_IMPORTED_MODULE_0__/* .known */ .eO)({ uri, repository: repositoryName(scheme, authority, path), ref: (0,_claim_js__WEBPACK_IMPORTED_MODULE_0__/* .shortened */ .vI)(at ?? hash ?? '') });
}
/** The source that an object names by `uri` and `digest` (in-toto's ResourceDescriptor, SLSA 0.2's material). */
function readSource(object) {
    const read = readSourceUri((0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .textField */ .M8)(object, 'uri') ?? '');
    return read && (0,_claim_js__WEBPACK_IMPORTED_MODULE_0__/* .known */ .eO)({ ...read, digest: commitOf(object) });
}
/** The commit in a set of digests: SLSA 1 calls it gitCommit, 0.2 and buildkit sha1. */
function commitOf(object) {
    const digests = (0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .objectField */ .qV)(object, 'digest');
    return asCommit((0,_claim_js__WEBPACK_IMPORTED_MODULE_0__/* .claim */ .B7)(digests, 'gitCommit') ?? (0,_claim_js__WEBPACK_IMPORTED_MODULE_0__/* .claim */ .B7)(digests, 'sha1'));
}
function asCommit(text) {
    return text !== undefined && commitForm.test(text) ? text : undefined;
}
/** Whether this is a git repository, not an image or a file: by scheme or name, or because its digest is a commit. */
function isGit(object) {
    const uri = (0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .textField */ .M8)(object, 'uri') ?? '';
    return /^(?:git\+|git:|ssh:)/i.test(uri) || /^[^?#]{1,2048}\.git(?:$|[#@])/.test(uri) || isCommitted(object);
}
function isCommitted(object) {
    const digests = (0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .objectField */ .qV)(object, 'digest');
    return (0,_claim_js__WEBPACK_IMPORTED_MODULE_0__/* .claim */ .B7)(digests, 'gitCommit') !== undefined || (0,_claim_js__WEBPACK_IMPORTED_MODULE_0__/* .claim */ .B7)(digests, 'sha1') !== undefined;
}
/** How two sources contradict each other; undefined when they may well be one. */
function contradiction([name, one], [otherName, other]) {
    const differ = (what, a, b) => (0,_claim_js__WEBPACK_IMPORTED_MODULE_0__/* .shortened */ .vI)(`${name} names the ${what} ${a}, ${otherName} ${b}`);
    if (one.repository === undefined || other.repository === undefined) {
        return one.uri === other.uri ? undefined : differ('source', one.uri, other.uri);
    }
    if (one.repository !== other.repository)
        return differ('repository', one.repository, other.repository);
    // Where one has no ref, another commit is no contradiction: a release may be built from a commit made during it.
    if (one.ref === undefined || other.ref === undefined)
        return undefined;
    if (one.ref !== other.ref)
        return differ('ref', one.ref, other.ref);
    if (one.digest === undefined || other.digest === undefined || one.digest === other.digest)
        return undefined;
    return differ('commit', one.digest, other.digest);
}
function repositoryName(scheme, authority, path) {
    const port = usualPorts.get((scheme ?? 'ssh').replace(/^git\+/, ''));
    const start = authority.lastIndexOf('@') + 1;
    const host = authority
        .slice(start)
        .toLowerCase()
        .replace(port ?? '', '');
    const name = path.replace(/\/$/, '').replace(/\.git$/, '');
    const clear = userForm.test(authority.slice(0, start)) &&
        hostForm.test(host) &&
        pathForm.test(name) &&
        !/\/\.\.?(?:\/|$)/.test(name) &&
        !name.endsWith('/');
    return clear ? (0,_claim_js__WEBPACK_IMPORTED_MODULE_0__/* .shortened */ .vI)(`${host}${name}`) : undefined;
}
/** A token in front of the host is not to be shown. */
function withoutUser(text) {
    const start = schemeForm.exec(text)?.[0].length;
    if (start === undefined)
        return text;
    const slash = text.slice(start).search(/[/?#]/);
    const end = slash < 0 ? text.length : start + slash;
    const at = text.lastIndexOf('@', end - 1);
    return at < start ? text : text.slice(0, start) + text.slice(at + 1);
}
function cut(text, mark) {
    const at = text.indexOf(mark);
    return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}


/***/ }),

/***/ 74801:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   E: () => (/* binding */ readString),
/* harmony export */   z: () => (/* binding */ foldName)
/* harmony export */ });
/** Strings of JSON as Go's encoding/json decodes and compares them. */
const replacement = 0xfffd;
const backslash = 0x5c;
/** As many arguments as every JavaScript engine takes. */
const chunkLength = 4096;
const simpleEscapes = new Map([
    [0x62, 0x08],
    [0x66, 0x0c],
    [0x6e, 0x0a],
    [0x72, 0x0d],
    [0x74, 0x09],
]);
/**
 * The text of the string token at `start` to `end`, quotes included, whose syntax has been checked. Each byte of
 * bad UTF-8 becomes one U+FFFD (TextDecoder would join some), each lone surrogate escape too.
 */
function readString(bytes, start, end) {
    const last = end - 1;
    const points = [];
    const chunks = [];
    let at = start + 1;
    while (at < last) {
        const rune = bytes[at] === backslash ? readEscape(bytes, at) : readRune(bytes, at, last);
        points.push(rune.point);
        at += rune.size;
        if (points.length === chunkLength)
            chunks.push(String.fromCodePoint(...points.splice(0)));
    }
    chunks.push(String.fromCodePoint(...points));
    return chunks.join('');
}
function readEscape(bytes, at) {
    const letter = bytes[at + 1] ?? 0;
    if (letter !== 0x75)
        return { point: simpleEscapes.get(letter) ?? letter, size: 2 };
    const unit = readUnit(bytes, at);
    if (unit === undefined || unit < 0xd800 || unit > 0xdfff)
        return { point: unit ?? replacement, size: 6 };
    const low = unit < 0xdc00 ? readUnit(bytes, at + 6) : undefined;
    if (low === undefined || low < 0xdc00 || low > 0xdfff)
        return { point: replacement, size: 6 };
    return { point: 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00), size: 12 };
}
/** The UTF-16 unit of an escape of the form `\u1234`, if there is one. */
function readUnit(bytes, at) {
    if (bytes[at] !== backslash || bytes[at + 1] !== 0x75)
        return undefined;
    const digits = String.fromCharCode(...bytes.subarray(at + 2, at + 6));
    return /^[0-9a-fA-F]{4}$/.test(digits) ? Number.parseInt(digits, 16) : undefined;
}
/** Lead bytes of UTF-8 by length, with the range of the second byte (Unicode 16, table 3-7). */
function readRune(bytes, at, last) {
    const lead = bytes[at] ?? 0;
    if (lead < 0x80)
        return { point: lead, size: 1 };
    const size = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
    const bad = { point: replacement, size: 1 };
    if (lead < 0xc2 || lead > 0xf4 || at + size > last)
        return bad;
    const lowest = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
    const highest = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
    let point = lead & (0xff >> (size + 1));
    for (let index = 1; index < size; index += 1) {
        const byte = bytes[at + index] ?? 0;
        if (byte < (index === 1 ? lowest : 0x80) || byte > (index === 1 ? highest : 0xbf))
            return bad;
        point = (point << 6) | (byte & 0x3f);
    }
    return { point, size };
}
/**
 * Folds a name so that two names fold alike when Go takes them for the same field, as far as names of ASCII
 * letters go: besides A to Z only U+017F (long s) and U+212A (Kelvin) fold to one. toLowerCase folds more.
 */
function foldName(name) {
    return name
        .replaceAll('\u017f', 's')
        .replaceAll('\u212a', 'k')
        .replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());
}


/***/ }),

/***/ 49839:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Ag: () => (/* binding */ readObject),
/* harmony export */   FZ: () => (/* binding */ listField),
/* harmony export */   Gv: () => (/* binding */ isObject),
/* harmony export */   M8: () => (/* binding */ textField),
/* harmony export */   Te: () => (/* binding */ texts),
/* harmony export */   ZZ: () => (/* binding */ field),
/* harmony export */   qV: () => (/* binding */ objectField)
/* harmony export */ });
/** @returns undefined when the bytes are no JSON object in UTF-8 */
function readObject(bytes) {
    try {
        const value = JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8'));
        return isObject(value) ? value : undefined;
    }
    catch {
        return undefined;
    }
}
function isObject(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}
/** The object's own field: names come from outside, and `constructor` is one like any other. */
function field(object, name) {
    return object !== undefined && Object.hasOwn(object, name) ? object[name] : undefined;
}
function textField(object, name) {
    const value = field(object, name);
    return typeof value === 'string' ? value : undefined;
}
function objectField(object, name) {
    const value = field(object, name);
    return isObject(value) ? value : undefined;
}
function listField(object, name) {
    const value = field(object, name);
    return Array.isArray(value) ? value : undefined;
}
/** The members of an object whose values are texts. */
function texts(object) {
    return Object.fromEntries(Object.entries(object ?? {}).filter((entry) => typeof entry[1] === 'string'));
}


/***/ }),

/***/ 37372:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   N: () => (/* binding */ parseManifest)
/* harmony export */ });
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(49839);

/** @returns undefined when the bytes are no JSON object, or a list in it holds what is no descriptor */
function parseManifest(bytes) {
    const object = (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .readObject */ .Ag)(bytes);
    if (object === undefined)
        return undefined;
    const layers = descriptors((0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .listField */ .FZ)(object, 'layers') ?? []);
    const listed = (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .listField */ .FZ)(object, 'manifests');
    const manifests = listed === undefined ? undefined : descriptors(listed);
    if (layers === undefined || (listed !== undefined && manifests === undefined))
        return undefined;
    const config = descriptor((0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .objectField */ .qV)(object, 'config'));
    const subject = descriptor((0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .objectField */ .qV)(object, 'subject'));
    const mediaType = (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .textField */ .M8)(object, 'mediaType');
    const artifactType = (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .textField */ .M8)(object, 'artifactType');
    return {
        layers,
        annotations: (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .texts */ .Te)((0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .objectField */ .qV)(object, 'annotations')),
        ...(mediaType !== undefined && { mediaType }),
        ...(artifactType !== undefined && { artifactType }),
        ...(config && { config }),
        ...(manifests && { manifests }),
        ...(subject && { subject }),
    };
}
function descriptors(list) {
    const read = list.map(descriptor);
    return read.every((one) => one !== undefined) ? read : undefined;
}
function descriptor(value) {
    if (!(0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .isObject */ .Gv)(value))
        return undefined;
    const digest = (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .textField */ .M8)(value, 'digest');
    if (digest === undefined)
        return undefined;
    const size = (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .field */ .ZZ)(value, 'size');
    const urls = (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .listField */ .FZ)(value, 'urls')?.filter((url) => typeof url === 'string') ?? [];
    const artifactType = (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .textField */ .M8)(value, 'artifactType');
    const platform = (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .objectField */ .qV)(value, 'platform');
    const parts = ['os', 'architecture', 'variant'].map((name) => (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .textField */ .M8)(platform, name) ?? '');
    const named = parts.filter((part) => part !== '').join('/');
    return {
        digest,
        mediaType: (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .textField */ .M8)(value, 'mediaType') ?? '',
        annotations: (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .texts */ .Te)((0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .objectField */ .qV)(value, 'annotations')),
        ...(typeof size === 'number' && Number.isSafeInteger(size) && size >= 0 && { size }),
        ...(artifactType !== undefined && { artifactType }),
        ...(urls.length > 0 && { urls }),
        ...(named !== '' && { platform: named }),
    };
}


/***/ }),

/***/ 55342:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   C: () => (/* binding */ readProvenance),
/* harmony export */   I: () => (/* binding */ isProvenanceType)
/* harmony export */ });
/* harmony import */ var _claim_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(99993);
/* harmony import */ var _git_source_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(73791);
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(49839);



const typeForm = /^https:\/\/slsa\.dev\/provenance\/v(0\.1|0\.2|1)(?:$|[.?-])/;
function isProvenanceType(predicateType) {
    return typeForm.test(predicateType);
}
/** What a build fetched is looked at so far; a source that is only found further on is not found. */
const mostFetched = 1000;
/**
 * Reads SLSA provenance as GitHub, slsa-github-generator, buildkit, GitLab and others write it. Decide nothing by one
 * that is `inconsistent`.
 *
 * @returns undefined when the type is another one, or nothing in it says how the artifact was built
 */
function readProvenance(predicateType, predicate) {
    const version = typeForm.exec(predicateType)?.[1];
    if (version === undefined || !(0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .isObject */ .Gv)(predicate))
        return undefined;
    const read = version === '1' ? readNew(predicate) : readOld(predicate, version === '0.1' ? '0.1' : '0.2');
    return (read.builder ?? read.buildType ?? read.source) ? read : undefined;
}
/**
 * Version 0.2: source from `invocation.configSource`, else from `materials`; its ref, where the URI has none, from
 * `invocation.environment.github_ref`. slsa-verifier demands that configSource and `materials[0]` are one; here they
 * are compared when the material is a git repository (buildkit lists base images too, in any order).
 *
 * Version 0.1: source from the material at `recipe.definedInMaterial`.
 */
function readOld(predicate, version) {
    const recipe = (0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .objectField */ .qV)(predicate, version === '0.1' ? 'recipe' : 'invocation');
    const config = (0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .objectField */ .qV)(recipe, 'configSource');
    const environment = (0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .objectField */ .qV)(recipe, 'environment');
    const metadata = (0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .objectField */ .qV)(predicate, 'metadata');
    const buildType = version === '0.1' ? (0,_claim_js__WEBPACK_IMPORTED_MODULE_2__/* .claim */ .B7)(recipe, 'type') : (0,_claim_js__WEBPACK_IMPORTED_MODULE_2__/* .claim */ .B7)(predicate, 'buildType');
    const declared = version === '0.1'
        ? named('recipe.definedInMaterial', (0,_git_source_js__WEBPACK_IMPORTED_MODULE_0__/* .readSource */ .o$)(definedMaterial(predicate, recipe)))
        : named('invocation.configSource', (0,_git_source_js__WEBPACK_IMPORTED_MODULE_0__/* .readSource */ .o$)(config));
    const order = version === '0.1' ? 'any' : orderOf(buildType);
    const weighed = weigh(declared, (0,_claim_js__WEBPACK_IMPORTED_MODULE_2__/* .objects */ .JD)(predicate, 'materials'), 'materials', order);
    const { source } = weighed;
    const ref = (0,_claim_js__WEBPACK_IMPORTED_MODULE_2__/* .claim */ .B7)(environment, 'github_ref');
    const commit = (0,_claim_js__WEBPACK_IMPORTED_MODULE_2__/* .claim */ .B7)(environment, 'github_sha1');
    const isTriggered = source?.digest === undefined || commit === undefined || commit === source.digest;
    return (0,_claim_js__WEBPACK_IMPORTED_MODULE_2__/* .known */ .eO)({
        kind: 'provenance',
        version,
        buildType,
        builder: (0,_claim_js__WEBPACK_IMPORTED_MODULE_2__/* .claim */ .B7)((0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .objectField */ .qV)(predicate, 'builder'), 'id'),
        source: source && (0,_claim_js__WEBPACK_IMPORTED_MODULE_2__/* .known */ .eO)({ ...source, ref: source.ref ?? (isTriggered ? ref : undefined) }),
        sourceField: weighed.from,
        baseRef: baseRefOf(environment, 'github_'),
        workflow: (0,_claim_js__WEBPACK_IMPORTED_MODULE_2__/* .claim */ .B7)(config, 'entryPoint') ?? (0,_claim_js__WEBPACK_IMPORTED_MODULE_2__/* .claim */ .B7)(recipe, 'entryPoint'),
        invocation: (0,_claim_js__WEBPACK_IMPORTED_MODULE_2__/* .claim */ .B7)(metadata, 'buildInvocationID') ?? (0,_claim_js__WEBPACK_IMPORTED_MODULE_2__/* .claim */ .B7)(metadata, 'buildInvocationId'),
        workingCopy: workingCopyOf((0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .objectField */ .qV)(metadata, 'https://mobyproject.org/buildkit@v1#metadata')),
        inconsistent: weighed.inconsistent ?? otherRef(source, ref),
    });
}
function otherRef(source, ref) {
    if (source?.ref === undefined || ref === undefined || source.ref === ref)
        return undefined;
    return (0,_claim_js__WEBPACK_IMPORTED_MODULE_2__/* .shortened */ .vI)(`the source has the ref ${source.ref}, invocation.environment.github_ref is ${ref}`);
}
function definedMaterial(predicate, recipe) {
    const at = (0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .field */ .ZZ)(recipe, 'definedInMaterial');
    const material = typeof at === 'number' ? (0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .listField */ .FZ)(predicate, 'materials')?.[at] : undefined;
    return (0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .isObject */ .Gv)(material) ? material : undefined;
}
/**
 * Version 1: source from `buildDefinition.externalParameters`: `workflow.repository` and `.ref` (GitHub's build type
 * and slsa-github-generator's), `source` (slsa-github-generator's container builder; GitLab, as a text), or
 * `configSource` (buildkit); else from the one git repository in `resolvedDependencies`. The commit is from there:
 * `digest.gitCommit`. What slsa-github-generator's delegator was triggered by stands in
 * `internalParameters.GITHUB_WORKFLOW_REF`; the source is its first dependency, as in slsa-verifier.
 */
function readNew(predicate) {
    const definition = (0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .objectField */ .qV)(predicate, 'buildDefinition');
    const details = (0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .objectField */ .qV)(predicate, 'runDetails');
    const external = (0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .objectField */ .qV)(definition, 'externalParameters');
    const internal = (0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .objectField */ .qV)(definition, 'internalParameters');
    const metadata = (0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .objectField */ .qV)(details, 'metadata');
    const workflow = (0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .objectField */ .qV)(external, 'workflow');
    const config = (0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .objectField */ .qV)(external, 'configSource');
    const buildType = (0,_claim_js__WEBPACK_IMPORTED_MODULE_2__/* .claim */ .B7)(definition, 'buildType');
    const trigger = triggerOf(internal);
    const declared = named('externalParameters.workflow', workflowSource(workflow)) ??
        named('externalParameters.source', sourceParameter(external)) ??
        named('externalParameters.configSource', (0,_git_source_js__WEBPACK_IMPORTED_MODULE_0__/* .readSource */ .o$)(config));
    const dependencies = (0,_claim_js__WEBPACK_IMPORTED_MODULE_2__/* .objects */ .JD)(definition, 'resolvedDependencies');
    const list = 'resolvedDependencies';
    const weighed = weigh(declared ?? trigger?.source, dependencies, list, orderOf(buildType));
    const built = declared === undefined && trigger
        ? named(list, (0,_git_source_js__WEBPACK_IMPORTED_MODULE_0__/* .readSource */ .o$)(dependencies.slice(0, mostFetched).find(_git_source_js__WEBPACK_IMPORTED_MODULE_0__/* .isGit */ .JL)))
        : undefined;
    const source = built?.[1] ?? weighed.source;
    return (0,_claim_js__WEBPACK_IMPORTED_MODULE_2__/* .known */ .eO)({
        kind: 'provenance',
        version: '1',
        buildType,
        builder: (0,_claim_js__WEBPACK_IMPORTED_MODULE_2__/* .claim */ .B7)((0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .objectField */ .qV)(details, 'builder'), 'id'),
        source,
        sourceField: built?.[0] ?? weighed.from,
        baseRef: baseRefOf(internal, 'GITHUB_'),
        workflow: (0,_claim_js__WEBPACK_IMPORTED_MODULE_2__/* .claim */ .B7)(workflow, 'path') ?? (0,_claim_js__WEBPACK_IMPORTED_MODULE_2__/* .claim */ .B7)(config, 'path') ?? trigger?.path,
        invocation: (0,_claim_js__WEBPACK_IMPORTED_MODULE_2__/* .claim */ .B7)(metadata, 'invocationId') ?? (0,_claim_js__WEBPACK_IMPORTED_MODULE_2__/* .claim */ .B7)(metadata, 'invocationID'),
        workingCopy: workingCopyOf((0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .objectField */ .qV)(metadata, 'buildkit_metadata')),
        inconsistent: weighed.inconsistent ??
            (trigger?.source && source && (0,_git_source_js__WEBPACK_IMPORTED_MODULE_0__/* .contradiction */ .qX)(['the source', source], trigger.source)),
    });
}
/** Buildkit lists what it fetched as it came; elsewhere the source is the first. */
function orderOf(buildType) {
    return buildType?.includes('buildkit') === true ? 'any' : 'source-first';
}
/** Holds the source that the parameters declare against what the build says it fetched. */
function weigh(declared, fetched, list, order) {
    const repositories = fetched
        .slice(0, mostFetched)
        .filter(_git_source_js__WEBPACK_IMPORTED_MODULE_0__/* .isGit */ .JL)
        .flatMap((one) => (0,_git_source_js__WEBPACK_IMPORTED_MODULE_0__/* .readSource */ .o$)(one) ?? []);
    const first = repositories[0];
    if (declared === undefined) {
        // Of several it is not known which one was built; buildkit was given a folder, and any repository was added to it.
        if (first === undefined || order === 'any' || fetched.length > mostFetched)
            return {};
        const alone = repositories.every((one) => (0,_git_source_js__WEBPACK_IMPORTED_MODULE_0__/* .contradiction */ .qX)(['', first], ['', one]) === undefined);
        return alone ? { source: first, from: list } : {};
    }
    const [from, source] = declared;
    const agrees = (one) => (0,_git_source_js__WEBPACK_IMPORTED_MODULE_0__/* .contradiction */ .qX)(declared, ['', one]) === undefined;
    const same = order === 'any' ? (repositories.find(agrees) ?? first) : first;
    const inconsistent = same && (0,_git_source_js__WEBPACK_IMPORTED_MODULE_0__/* .contradiction */ .qX)(declared, [list, same]);
    if (inconsistent !== undefined)
        return { source, from, inconsistent };
    if (same === undefined)
        return { source, from };
    // A release may be built from a commit that was made during it: that commit has no ref.
    const isOther = same.ref === undefined && same.digest !== undefined && source.digest !== undefined;
    if (isOther && same.digest !== source.digest)
        return { source: same, from: list };
    return { source: (0,_claim_js__WEBPACK_IMPORTED_MODULE_2__/* .known */ .eO)({ ...source, digest: source.digest ?? same.digest }), from };
}
function named(place, source) {
    return source && [place, source];
}
function workflowSource(workflow) {
    const read = (0,_git_source_js__WEBPACK_IMPORTED_MODULE_0__/* .readSourceUri */ .mF)((0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .textField */ .M8)(workflow, 'repository') ?? '');
    return read && (0,_claim_js__WEBPACK_IMPORTED_MODULE_2__/* .known */ .eO)({ ...read, ref: (0,_claim_js__WEBPACK_IMPORTED_MODULE_2__/* .claim */ .B7)(workflow, 'ref') ?? read.ref });
}
function sourceParameter(external) {
    const text = (0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .textField */ .M8)(external, 'source');
    return text === undefined ? (0,_git_source_js__WEBPACK_IMPORTED_MODULE_0__/* .readSource */ .o$)((0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .objectField */ .qV)(external, 'source')) : (0,_git_source_js__WEBPACK_IMPORTED_MODULE_0__/* .readSourceUri */ .mF)(text);
}
/** `owner/repository/path/of/the.yml@refs/…`: path and ref may hold `@` too. */
function triggerOf(internal) {
    const [file = '', ref, ...others] = (0,_claim_js__WEBPACK_IMPORTED_MODULE_2__/* .claim */ .B7)(internal, 'GITHUB_WORKFLOW_REF')?.split('@refs/') ?? [];
    const [owner = '', name = '', ...path] = file.split('/');
    if (ref === undefined || others.length > 0)
        return undefined;
    const source = (0,_git_source_js__WEBPACK_IMPORTED_MODULE_0__/* .readSourceUri */ .mF)(`https://github.com/${owner}/${name}`);
    return {
        source: named('internalParameters.GITHUB_WORKFLOW_REF', source && { ...source, ref: `refs/${ref}` }),
        path: (0,_claim_js__WEBPACK_IMPORTED_MODULE_2__/* .shortened */ .vI)(path.join('/')),
    };
}
/** As slsa-verifier finds the branch of a tag (slsaprovenance/common): the context first, then the event. */
function baseRefOf(environment, prefix) {
    const name = (rest) => (prefix === 'github_' ? prefix + rest : prefix + rest.toUpperCase());
    if ((0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .textField */ .M8)(environment, name('ref_type')) !== 'tag')
        return undefined;
    const event = (0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .objectField */ .qV)(environment, name('event_payload'));
    const base = (0,_claim_js__WEBPACK_IMPORTED_MODULE_2__/* .claim */ .B7)(environment, name('base_ref'));
    if (base !== undefined)
        return base;
    const trigger = (0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .textField */ .M8)(environment, name('event_name'));
    const branch = (0,_claim_js__WEBPACK_IMPORTED_MODULE_2__/* .claim */ .B7)((0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .objectField */ .qV)(event, 'release'), 'target_commitish');
    if (trigger === 'release' && branch !== undefined)
        return (0,_claim_js__WEBPACK_IMPORTED_MODULE_2__/* .shortened */ .vI)(`refs/heads/${branch}`);
    return trigger === 'push' ? (0,_claim_js__WEBPACK_IMPORTED_MODULE_2__/* .claim */ .B7)(event, 'base_ref') : undefined;
}
function workingCopyOf(metadata) {
    const vcs = (0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .objectField */ .qV)(metadata, 'vcs');
    const read = (0,_git_source_js__WEBPACK_IMPORTED_MODULE_0__/* .readSourceUri */ .mF)((0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .textField */ .M8)(vcs, 'source') ?? '');
    // The revision of a folder with changes ends with `-dirty`: that is no commit.
    return read && (0,_claim_js__WEBPACK_IMPORTED_MODULE_2__/* .known */ .eO)({ ...read, digest: (0,_git_source_js__WEBPACK_IMPORTED_MODULE_0__/* .asCommit */ ._C)((0,_claim_js__WEBPACK_IMPORTED_MODULE_2__/* .claim */ .B7)(vcs, 'revision')) });
}


/***/ }),

/***/ 29339:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   C: () => (/* binding */ isHexDigest),
/* harmony export */   j: () => (/* binding */ parseRecipe)
/* harmony export */ });
/* harmony import */ var _go_string_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(74801);
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(49839);


const names = ['layer', 'size', 'compressedDigest', 'compressedSize', 'chunks'];
const chunkNames = ['digest', 'size', 'compressedSize'];
/** As names of chunks and layers become parts of paths, nothing else will do. */
function isHexDigest(value) {
    return typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);
}
/**
 * Reads a recipe, stricter than s3lo does: whatever two readers could take for two recipes is malformed. Sizes are from
 * 1 to 2^53 - 1, and those of the chunks add up to those of the layer.
 */
function parseRecipe(bytes) {
    const object = readUnambiguously(bytes);
    if (object === undefined)
        return malformed('it is no JSON object, or can be read in two ways');
    const { layer, size, compressedDigest, compressedSize, chunks } = object;
    const alias = otherSpelling(object, names);
    if (alias !== undefined)
        return malformed(`${JSON.stringify(alias)} is no spelling of a field`);
    if (!isHexDigest(layer))
        return malformed(expected('layer', '64 lower-case hex digits', layer));
    if (!isSize(size))
        return malformed(expected('size', 'bytes', size));
    if (!isHexDigest(compressedDigest))
        return malformed(expected('compressedDigest', '64 lower-case hex digits', compressedDigest));
    if (!isSize(compressedSize))
        return malformed(expected('compressedSize', 'bytes', compressedSize));
    if (!Array.isArray(chunks) || chunks.length === 0)
        return malformed(expected('chunks', 'a list with a chunk in it', chunks));
    const read = [];
    for (const [index, item] of chunks.entries()) {
        const chunk = readChunk(item);
        if (typeof chunk === 'string')
            return malformed(`chunk ${index + 1}: ${chunk}`);
        read.push(chunk);
    }
    const sum = (of) => read.reduce((all, chunk) => all + chunk[of], 0);
    if (sum('size') !== size)
        return malformed(`size: its chunks add up to ${sum('size')}, got ${size}`);
    if (sum('compressedSize') !== compressedSize)
        return malformed(`compressedSize: its chunks add up to ${sum('compressedSize')}, got ${compressedSize}`);
    return { kind: 'recipe', recipe: { layer, size, compressedDigest, compressedSize, chunks: read } };
}
function readChunk(item) {
    if (!(0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .isObject */ .Gv)(item))
        return 'expected an object';
    const { digest, size, compressedSize } = item;
    const alias = otherSpelling(item, chunkNames);
    if (alias !== undefined)
        return `${JSON.stringify(alias)} is no spelling of a field`;
    if (!isHexDigest(digest))
        return expected('digest', '64 lower-case hex digits', digest);
    if (!isSize(size))
        return expected('size', 'bytes', size);
    if (!isSize(compressedSize))
        return expected('compressedSize', 'bytes', compressedSize);
    return { digest, size, compressedSize };
}
/**
 * Go takes names without regard to case and the last of several; JSON.parse hides duplicates. So a recipe counts only
 * if writing what was read gives the text again, white space aside: each name once, nothing escaped, plain numbers.
 */
function readUnambiguously(bytes) {
    try {
        const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8');
        const value = JSON.parse(text);
        return (0,_json_js__WEBPACK_IMPORTED_MODULE_1__/* .isObject */ .Gv)(value) && JSON.stringify(value) === text.replace(/[ \t\r\n]/g, '') ? value : undefined;
    }
    catch {
        return undefined;
    }
}
/** @returns a name that Go takes for one of these although it is spelled otherwise */
function otherSpelling(object, known) {
    const folded = new Set(known.map(_go_string_js__WEBPACK_IMPORTED_MODULE_0__/* .foldName */ .z));
    return Object.keys(object).find((name) => !known.includes(name) && folded.has((0,_go_string_js__WEBPACK_IMPORTED_MODULE_0__/* .foldName */ .z)(name)));
}
function isSize(value) {
    return typeof value === 'number' && Number.isSafeInteger(value) && value >= 1;
}
function malformed(reason) {
    return { kind: 'malformed', reason };
}
const longestShown = 80;
function expected(name, what, got) {
    const text = got === undefined ? 'nothing' : JSON.stringify(got);
    return `${name}: expected ${what}, got ${text.length > longestShown ? `${text.slice(0, longestShown)}…` : text}`;
}


/***/ }),

/***/ 46794:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  y4: () => (/* binding */ decodeBase64),
  Hh: () => (/* binding */ parseRecord),
  xD: () => (/* binding */ recordName),
  oO: () => (/* binding */ recordPayload),
  y0: () => (/* binding */ unboundPayload)
});

;// CONCATENATED MODULE: ./src/evidence/go-json.ts
/** As many open brackets as Go allows (scanner.go, maxNestingDepth). */
const maximumDepth = 10_000;
const unexpectedEnd = 'unexpected end of JSON input';
const space = 0x20;
const quote = 0x22;
const backslash = 0x5c;
const openBrace = 0x7b;
const openBracket = 0x5b;
const closers = new Map([
    [openBrace, 0x7d],
    [openBracket, 0x5d],
]);
/**
 * Checks the syntax of the whole input and finds the members of an outermost object, in order, duplicates
 * included. One pass, no recursion, so neither size nor nesting of hostile input matters.
 */
function scanJson(bytes) {
    const open = [];
    const members = [];
    let whole;
    let key;
    let state = 'value';
    let at = 0;
    const finish = (value) => {
        at = value.end;
        if (open.length === 0) {
            whole = value;
            return 'done';
        }
        if (open.length === 1 && key !== undefined)
            members.push({ key, value });
        return 'next';
    };
    for (;;) {
        while (isSpace(bytes[at]))
            at += 1;
        const byte = bytes[at];
        if (byte === undefined) {
            return whole === undefined ? invalid(unexpectedEnd) : { kind: 'valid', value: whole, members };
        }
        const innermost = open.at(-1);
        if ((state === 'first-value' || state === 'first-key' || state === 'next') && innermost !== undefined) {
            if (byte === closers.get(innermost.bracket)) {
                open.pop();
                const kind = innermost.bracket === openBrace ? 'object' : 'array';
                state = finish({ kind, start: innermost.start, end: at + 1 });
                continue;
            }
        }
        switch (state) {
            case 'first-value':
            case 'value': {
                if (byte === openBrace || byte === openBracket) {
                    if (open.length === maximumDepth)
                        return invalid(unexpected(byte, 'exceeded max depth'));
                    open.push({ bracket: byte, start: at });
                    state = byte === openBrace ? 'first-key' : 'first-value';
                    at += 1;
                    break;
                }
                const kind = scalarKind(byte);
                if (kind === undefined)
                    return invalid(unexpected(byte, 'looking for beginning of value'));
                const end = scanScalar(bytes, at, kind);
                if (typeof end === 'string')
                    return invalid(end);
                state = finish({ kind, start: at, end });
                break;
            }
            case 'first-key':
            case 'key': {
                if (byte !== quote)
                    return invalid(unexpected(byte, 'looking for beginning of object key string'));
                const end = scanString(bytes, at);
                if (typeof end === 'string')
                    return invalid(end);
                if (open.length === 1)
                    key = { kind: 'string', start: at, end };
                state = 'colon';
                at = end;
                break;
            }
            case 'colon':
                if (byte !== 0x3a)
                    return invalid(unexpected(byte, 'after object key'));
                state = 'value';
                at += 1;
                break;
            case 'next': {
                const inObject = innermost?.bracket === openBrace;
                if (byte !== 0x2c) {
                    return invalid(unexpected(byte, inObject ? 'after object key:value pair' : 'after array element'));
                }
                state = inObject ? 'key' : 'value';
                at += 1;
                break;
            }
            case 'done':
                return invalid(unexpected(byte, 'after top-level value'));
        }
    }
}
function invalid(reason) {
    return { kind: 'invalid', reason };
}
function isSpace(byte) {
    return byte === 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d;
}
function isDigit(byte) {
    return byte >= 0x30 && byte <= 0x39;
}
function isHex(byte) {
    return isDigit(byte) || (byte >= 0x41 && byte <= 0x46) || (byte >= 0x61 && byte <= 0x66);
}
function scalarKind(first) {
    if (first === quote)
        return 'string';
    if (first === 0x2d || isDigit(first))
        return 'number';
    if (first === 0x74 || first === 0x66)
        return 'bool';
    return first === 0x6e ? 'null' : undefined;
}
function scanScalar(bytes, start, kind) {
    if (kind === 'string')
        return scanString(bytes, start);
    if (kind === 'number')
        return scanNumber(bytes, start);
    if (kind === 'null')
        return scanWord(bytes, start, 'null');
    return scanWord(bytes, start, bytes[start] === 0x74 ? 'true' : 'false');
}
/** Inside a token Go meets the end of the input as if it were a space (scanner.go, eof). */
function byteAt(bytes, at) {
    return bytes[at] ?? space;
}
function scanWord(bytes, start, word) {
    for (let index = 1; index < word.length; index += 1) {
        const byte = byteAt(bytes, start + index);
        if (byte !== word.charCodeAt(index)) {
            return unexpected(byte, `in literal ${word} (expecting '${word.charAt(index)}')`);
        }
    }
    return start + word.length;
}
function scanNumber(bytes, start) {
    let at = start;
    const skipDigits = () => {
        while (isDigit(byteAt(bytes, at)))
            at += 1;
    };
    if (byteAt(bytes, at) === 0x2d)
        at += 1;
    if (!isDigit(byteAt(bytes, at)))
        return unexpected(byteAt(bytes, at), 'in numeric literal');
    if (byteAt(bytes, at) === 0x30)
        at += 1;
    else
        skipDigits();
    if (byteAt(bytes, at) === 0x2e) {
        at += 1;
        if (!isDigit(byteAt(bytes, at))) {
            return unexpected(byteAt(bytes, at), 'after decimal point in numeric literal');
        }
        skipDigits();
    }
    if ((byteAt(bytes, at) | 0x20) === 0x65) {
        at += 1;
        if (byteAt(bytes, at) === 0x2b || byteAt(bytes, at) === 0x2d)
            at += 1;
        if (!isDigit(byteAt(bytes, at)))
            return unexpected(byteAt(bytes, at), 'in exponent of numeric literal');
        skipDigits();
    }
    return at;
}
function scanString(bytes, start) {
    let at = start + 1;
    for (;;) {
        const byte = bytes[at];
        if (byte === undefined)
            return unexpectedEnd;
        if (byte === quote)
            return at + 1;
        if (byte < space)
            return unexpected(byte, 'in string literal');
        at += 1;
        if (byte !== backslash)
            continue;
        const escape = byteAt(bytes, at);
        at += 1;
        if ('"\\/bfnrt'.includes(String.fromCharCode(escape)))
            continue;
        if (escape !== 0x75)
            return unexpected(escape, 'in string escape code');
        for (const end = at + 4; at < end; at += 1) {
            if (!isHex(byteAt(bytes, at))) {
                return unexpected(byteAt(bytes, at), 'in \\u hexadecimal character escape');
            }
        }
    }
}
const namedEscapes = new Map([
    [0x07, '\\a'],
    [0x08, '\\b'],
    [0x09, '\\t'],
    [0x0a, '\\n'],
    [0x0b, '\\v'],
    [0x0c, '\\f'],
    [0x0d, '\\r'],
    [0x27, "\\'"],
    [0x5c, '\\\\'],
]);
/** Go names the byte as the Latin-1 character of that number, even in the middle of UTF-8 (scanner.go, quoteChar). */
function unexpected(byte, context) {
    return `invalid character '${quoteByte(byte)}' ${context}`;
}
function quoteByte(byte) {
    const named = namedEscapes.get(byte);
    if (named !== undefined)
        return named;
    const hex = byte.toString(16).padStart(2, '0');
    if (byte < space || byte === 0x7f)
        return `\\x${hex}`;
    if ((byte >= 0x80 && byte <= 0xa0) || byte === 0xad)
        return `\\u00${hex}`;
    return String.fromCharCode(byte);
}

// EXTERNAL MODULE: ./src/evidence/go-string.ts
var go_string = __nccwpck_require__(74801);
;// CONCATENATED MODULE: ./src/evidence/s3lo-record.ts


/** Names of records in the folder `signatures`: the key id that s3lo gives the signer's key. */
const recordName = /^[0-9a-f]{16}\.json$/;
const textFields = ['digest', 'keyRef', 'keyID', 'algorithm', 'signature', 'signedAt'];
const fields = new Map([...textFields, 'schemaVersion'].map((name) => [(0,go_string/* foldName */.z)(name), name]));
/**
 * Reads a record exactly as Go's json.Unmarshal reads it into s3lo's struct: syntax over the whole input first,
 * names without regard to case, the last duplicate wins, null changes nothing, unknown members are passed over,
 * and of several type errors the first is reported.
 */
function parseRecord(bytes) {
    const scanned = scanJson(bytes);
    if (scanned.kind === 'invalid')
        return { kind: 'malformed', reason: scanned.reason };
    const outermost = scanned.value.kind;
    if (outermost !== 'object' && outermost !== 'null') {
        return malformed(`${outermost} into Go value of type image.SignatureRecord`);
    }
    const record = {
        schemaVersion: 0,
        digest: '',
        keyRef: '',
        keyID: '',
        algorithm: '',
        signature: '',
        signedAt: '',
    };
    let version = 0n;
    for (const { key, value } of scanned.members) {
        const name = fields.get((0,go_string/* foldName */.z)((0,go_string/* readString */.E)(bytes, key.start, key.end)));
        if (name === undefined || value.kind === 'null')
            continue;
        const field = `Go struct field SignatureRecord.${name} of type`;
        if (name === 'schemaVersion') {
            const integer = value.kind === 'number' ? readInteger(bytes, value) : undefined;
            if (integer === undefined)
                return malformed(`${describeNumber(bytes, value)} into ${field} int`);
            version = integer;
        }
        else {
            if (value.kind !== 'string')
                return malformed(`${value.kind} into ${field} string`);
            record[name] = (0,go_string/* readString */.E)(bytes, value.start, value.end);
        }
    }
    record.schemaVersion = Number(version);
    return { kind: 'record', record, schemaVersionText: version.toString() };
}
function malformed(what) {
    return { kind: 'malformed', reason: `json: cannot unmarshal ${what}` };
}
/** Go shows the literal of a number only where a number was in order. */
function describeNumber(bytes, value) {
    return value.kind === 'number' ? `number ${readAscii(bytes, value)}` : value.kind;
}
/** The 64-bit integer that a number token spells without fraction or exponent, as Go's strconv.ParseInt. */
function readInteger(bytes, value) {
    const longest = '-9223372036854775808'.length;
    if (value.end - value.start > longest)
        return undefined;
    const text = readAscii(bytes, value);
    if (!/^-?\d+$/.test(text))
        return undefined;
    const integer = BigInt(text);
    return BigInt.asIntN(64, integer) === integer ? integer : undefined;
}
function readAscii(bytes, value) {
    return new TextDecoder().decode(bytes.subarray(value.start, value.end));
}
/**
 * The bytes that s3lo signs (schema 2): three lines, each ended by one LF. `digest` is `sha256:` and 64 hex.
 * Source: s3lo 3.0, pkg/ref/parse.go, SigningPayload.
 */
function recordPayload(location, digest) {
    const { bucket, image, tag } = location;
    return new TextEncoder().encode(`s3lo-signature-v2\n${bucket}/${image}:${tag}\n${digest}\n`);
}
/** What releases before 3 signed (schema 1): the digest alone, wherever the image lies. */
function unboundPayload(digest) {
    return new TextEncoder().encode(`${digest}\n`);
}
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const usual = /^[A-Za-z0-9+/]*={0,2}$/;
const sextets = new Map(Array.from(alphabet, (letter, value) => [letter, value]));
/**
 * Decodes standard base64 as Go's StdEncoding: CR and LF count for nothing, padding is demanded, left-over bits
 * are ignored. `illegalAt` is the offset that Go's CorruptInputError names.
 */
function decodeBase64(text) {
    // What everybody writes; a bill of materials is millions of letters long.
    if (text.length % 4 === 0 && usual.test(text))
        return Uint8Array.from(Buffer.from(text, 'base64'));
    const bytes = new Uint8Array(Math.ceil((text.length * 3) / 4));
    let length = 0;
    let bits = 0;
    let letters = 0;
    const skipLines = (from) => {
        let at = from;
        while (text[at] === '\n' || text[at] === '\r')
            at += 1;
        return at;
    };
    for (let at = skipLines(0); at < text.length; at = skipLines(at + 1)) {
        const letter = text.charAt(at);
        const value = sextets.get(letter);
        if (value !== undefined) {
            bits = ((bits << 6) | value) & 0xffff;
            letters = (letters + 1) % 4;
            if (letters !== 1)
                bytes[length++] = bits >> (6 - 2 * ((letters + 3) % 4));
            continue;
        }
        if (letter !== '=' || letters < 2)
            return { illegalAt: at };
        let end = at;
        if (letters === 2) {
            end = skipLines(at + 1);
            if (end === text.length)
                return { illegalAt: end };
            if (text[end] !== '=')
                return { illegalAt: end - 1 };
        }
        end = skipLines(end + 1);
        return end < text.length ? { illegalAt: end } : bytes.subarray(0, length);
    }
    return letters === 0 ? bytes.subarray(0, length) : { illegalAt: text.length - letters };
}


/***/ }),

/***/ 63240:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   By: () => (/* binding */ parseStatement),
/* harmony export */   DG: () => (/* binding */ shortNames),
/* harmony export */   O3: () => (/* binding */ isShortName),
/* harmony export */   PI: () => (/* binding */ shortNameOf),
/* harmony export */   T4: () => (/* binding */ predicateTypeOf),
/* harmony export */   et: () => (/* binding */ subjectOf),
/* harmony export */   oo: () => (/* binding */ signaturePredicate)
/* harmony export */ });
/* harmony import */ var _json_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(49839);

/** The predicate type of a signature in a bundle: a statement that says nothing more (cosign 3). */
const signaturePredicate = 'https://sigstore.dev/cosign/sign/v1';
/** cosign's short names (cmd/cosign/cli/options/predicate.go); anything else is a type itself. */
const types = new Map([
    ['custom', 'https://cosign.sigstore.dev/attestation/v1'],
    ['slsaprovenance', 'https://slsa.dev/provenance/v0.2'],
    ['slsaprovenance02', 'https://slsa.dev/provenance/v0.2'],
    ['slsaprovenance1', 'https://slsa.dev/provenance/v1'],
    ['spdx', 'https://spdx.dev/Document'],
    ['spdxjson', 'https://spdx.dev/Document'],
    ['cyclonedx', 'https://cyclonedx.org/bom'],
    ['link', 'https://in-toto.io/Link/v1'],
    ['vuln', 'https://cosign.sigstore.dev/attestation/vuln/v1'],
    ['openvex', 'https://openvex.dev/ns'],
]);
const shortNames = [...types.keys()];
/** The predicate type that a name means. */
function predicateTypeOf(name) {
    return types.get(name) ?? name;
}
/** The clearest name of a predicate type, or the type itself where it has none. */
function shortNameOf(predicateType) {
    return shortNames.findLast((name) => types.get(name) === predicateType) ?? predicateType;
}
function isShortName(name) {
    return types.has(name);
}
/** As many as sigstore-go reads (pkg/verify/signature.go). */
const mostSubjects = 1024;
/** @returns a text that says what is wrong */
function parseStatement(payload) {
    const object = (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .readObject */ .Ag)(payload);
    if (object === undefined)
        return 'the payload is no JSON object';
    const listed = (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .field */ .ZZ)(object, 'subject');
    const list = listed === undefined ? [] : (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .listField */ .FZ)(object, 'subject');
    if (list === undefined)
        return 'its subject is no list';
    if (list.length > mostSubjects)
        return `it has ${list.length} subjects, more than ${mostSubjects}`;
    if (!list.every(_json_js__WEBPACK_IMPORTED_MODULE_0__/* .isObject */ .Gv))
        return 'a subject in it is no object';
    return {
        predicateType: (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .textField */ .M8)(object, 'predicateType') ?? '',
        predicate: (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .objectField */ .qV)(object, 'predicate'),
        subjects: list.map((subject) => ({
            name: (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .textField */ .M8)(subject, 'name') ?? '',
            digest: (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .texts */ .Te)((0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .objectField */ .qV)(subject, 'digest')),
            annotations: (0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .texts */ .Te)((0,_json_js__WEBPACK_IMPORTED_MODULE_0__/* .objectField */ .qV)(subject, 'annotations')),
        })),
    };
}
/** The first subject that is this manifest; hex in capitals is another text, and another algorithm proves nothing. */
function subjectOf(statement, digest) {
    const hex = digest.slice('sha256:'.length);
    return statement.subjects.find((subject) => Object.hasOwn(subject.digest, 'sha256') && subject.digest['sha256'] === hex);
}


/***/ }),

/***/ 49823:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   bT: () => (/* binding */ fileFault),
/* harmony export */   oD: () => (/* binding */ readWhole),
/* harmony export */   ut: () => (/* binding */ readPieces)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(73024);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__nccwpck_require__.n(node_fs__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(51455);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_1___default = /*#__PURE__*/__nccwpck_require__.n(node_fs_promises__WEBPACK_IMPORTED_MODULE_1__);
/* harmony import */ var _network_fault_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(8110);
/* harmony import */ var _network_lookup_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(13130);




/** Windows has no such flag, and no pipes among its files either. */
const nonBlocking = node_fs__WEBPACK_IMPORTED_MODULE_0__.constants.O_NONBLOCK ?? 0;
/** Reads a regular file up to a limit. Pipes and devices are never waited for. */
async function readWhole(file, limit, service) {
    try {
        const handle = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.open)(file, node_fs__WEBPACK_IMPORTED_MODULE_0__.constants.O_RDONLY | nonBlocking);
        try {
            const stat = await handle.stat();
            if (!stat.isFile())
                return (0,_network_lookup_js__WEBPACK_IMPORTED_MODULE_2__/* .failed */ .gz)('response-invalid', `${file}: expected a file, got ${kindOf(stat)}`, service);
            if (stat.size > limit)
                return (0,_network_lookup_js__WEBPACK_IMPORTED_MODULE_2__/* .failed */ .gz)('limit-exceeded', `${file}: larger than ${limit} bytes`, service);
            const bytes = await handle.readFile();
            if (bytes.length > limit)
                return (0,_network_lookup_js__WEBPACK_IMPORTED_MODULE_2__/* .failed */ .gz)('limit-exceeded', `${file}: larger than ${limit} bytes`, service);
            return (0,_network_lookup_js__WEBPACK_IMPORTED_MODULE_2__/* .found */ .F9)(bytes);
        }
        finally {
            await handle.close();
        }
    }
    catch (error) {
        return fileFault(error, file, service, () => (0,_network_lookup_js__WEBPACK_IMPORTED_MODULE_2__/* .absent */ .Ge)(`object not found: ${file}`));
    }
}
/** Bytes that are read from a file at a time. */
const pieceSize = 1024 * 1024;
/**
 * Hands a regular file to a sink, piece by piece.
 *
 * @returns false where there is more than `limit` bytes; nothing or a part of it was read then
 */
async function readPieces(file, limit, service, sink, signal) {
    try {
        const handle = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.open)(file, node_fs__WEBPACK_IMPORTED_MODULE_0__.constants.O_RDONLY | nonBlocking);
        try {
            const stat = await handle.stat();
            if (!stat.isFile())
                return (0,_network_lookup_js__WEBPACK_IMPORTED_MODULE_2__/* .failed */ .gz)('response-invalid', `${file}: expected a file, got ${kindOf(stat)}`, service);
            if (stat.size > limit)
                return (0,_network_lookup_js__WEBPACK_IMPORTED_MODULE_2__/* .found */ .F9)(false);
            const buffer = Buffer.allocUnsafe(Math.min(pieceSize, stat.size + 1));
            for (let size = 0;;) {
                if (signal.aborted)
                    return (0,_network_lookup_js__WEBPACK_IMPORTED_MODULE_2__/* .failed */ .gz)('timeout', `${file}: not read within the time for it`, service);
                const { bytesRead } = await handle.read(buffer, 0, buffer.length, null);
                if (bytesRead === 0)
                    return (0,_network_lookup_js__WEBPACK_IMPORTED_MODULE_2__/* .found */ .F9)(true);
                size += bytesRead;
                if (size > limit)
                    return (0,_network_lookup_js__WEBPACK_IMPORTED_MODULE_2__/* .found */ .F9)(false);
                sink(buffer.subarray(0, bytesRead));
            }
        }
        finally {
            await handle.close();
        }
    }
    catch (error) {
        return fileFault(error, file, service, () => (0,_network_lookup_js__WEBPACK_IMPORTED_MODULE_2__/* .absent */ .Ge)(`object not found: ${file}`));
    }
}
function kindOf(stat) {
    return stat.isDirectory() ? 'a directory' : 'something else';
}
/** @param missing what it means that the file is not there */
function fileFault(error, file, service, missing) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    switch (code) {
        case 'ENOENT':
        case 'ENOTDIR':
            return missing();
        case 'EISDIR':
            return (0,_network_lookup_js__WEBPACK_IMPORTED_MODULE_2__/* .failed */ .gz)('response-invalid', `${file}: is a directory`, service);
        case 'EACCES':
        case 'EPERM':
            return (0,_network_lookup_js__WEBPACK_IMPORTED_MODULE_2__/* .failed */ .gz)('denied', `${file}: no right to read it`, service);
        default:
            return (0,_network_lookup_js__WEBPACK_IMPORTED_MODULE_2__/* .failed */ .gz)('server-error', `${file}: ${(0,_network_fault_js__WEBPACK_IMPORTED_MODULE_3__/* .describe */ .q0)(error)}`, service);
    }
}


/***/ }),

/***/ 38553:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   m: () => (/* binding */ systemClock)
/* harmony export */ });
/* harmony import */ var node_timers_promises__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(58500);
/* harmony import */ var node_timers_promises__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__nccwpck_require__.n(node_timers_promises__WEBPACK_IMPORTED_MODULE_0__);

const systemClock = {
    now: () => new Date(),
    sleep: async (ms, signal) => {
        try {
            await (0,node_timers_promises__WEBPACK_IMPORTED_MODULE_0__.setTimeout)(ms, undefined, { signal });
        }
        catch {
            // Aborted: whoever aborted knows why.
        }
    },
};


/***/ }),

/***/ 34618:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   s: () => (/* binding */ versionName),
/* harmony export */   u: () => (/* binding */ openKeyring)
/* harmony export */ });
/* harmony import */ var _keys_inline_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(80947);
/* harmony import */ var _keys_load_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(66229);


function openKeyring(references, call) {
    const results = new Map();
    const loads = new Map();
    for (const reference of new Set(references)) {
        const load = (0,_keys_load_js__WEBPACK_IMPORTED_MODULE_1__/* .loadKey */ .c)(reference, call).then((result) => {
            results.set(reference, result);
            return result;
        });
        // Whoever needs the key awaits the same promise and sees the failure there.
        load.catch(() => undefined);
        loads.set(reference, load);
    }
    const versionsOf = (reference) => {
        const result = results.get(reference);
        return result?.kind === 'keys' ? result.keys : [];
    };
    const spkisOf = (reference) => versionsOf(reference).map(({ key }) => key.sha256);
    // Of references that are one key, one counts, the same for every image: the first in order that had loaded when it
    // was first asked.
    const counted = new Map();
    return {
        load: async (reference) => {
            const load = loads.get(reference);
            if (!load)
                throw new Error('a key was asked for that is not in the keyring');
            return load;
        },
        sameAs: (reference) => {
            const own = spkisOf(reference);
            if (own.length === 0)
                return undefined;
            const known = own.map((spki) => counted.get(spki)).find((other) => other !== undefined);
            const first = [...loads.keys()].find((other) => spkisOf(other).some((spki) => own.includes(spki)));
            const one = known ?? first ?? reference;
            for (const spki of own)
                counted.set(spki, one);
            return one === reference ? undefined : one;
        },
        loaded: () => [...loads.keys()].flatMap((reference) => {
            const name = (0,_keys_inline_js__WEBPACK_IMPORTED_MODULE_0__/* .keyName */ .x)(reference);
            return versionsOf(reference).map(({ key: { id, sha256, type }, version }) => ({
                reference: name,
                id,
                sha256,
                type,
                ...(version !== undefined && { version }),
            }));
        }),
    };
}
/** A key as it is called where one of its versions is meant. */
function versionName(name, version) {
    return version === undefined ? name : `${name} (version ${version})`;
}


/***/ }),

/***/ 84762:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  W7: () => (/* binding */ fileOf),
  Qx: () => (/* binding */ openStatementPolicy),
  T4: () => (/* binding */ readPolicy)
});

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __nccwpck_require__(77598);
// EXTERNAL MODULE: ./src/files/read.ts
var read = __nccwpck_require__(49823);
// EXTERNAL MODULE: ./src/engine/question.ts
var question = __nccwpck_require__(55564);
// EXTERNAL MODULE: ./src/verdict/algebra.ts
var algebra = __nccwpck_require__(46125);
// EXTERNAL MODULE: ./src/verdict/finding.ts
var finding = __nccwpck_require__(37120);
;// CONCATENATED MODULE: ./src/policy/statement-policy.ts



const check = 'attestation-policy';
/** cosign's rule: `package signature`, `allow` (pkg/cosign/rego/rego.go). */
const query = 'data.signature.allow';
/**
 * A policy in Rego or CUE that every verified statement must satisfy, with the answers of `cosign verify-attestation
 * --policy`: `data.signature.allow` must be true, and undefined is no; the constraints of CUE must hold and (other than
 * there) leave nothing open. The input is the whole statement. Modules are read as v0, as cosign does, and as v1 where only that
 * works.
 *
 * @param load what does not need the engine yet is read when it is asked for first
 */
function compileStatementPolicy(id, load, ask) {
    let version;
    /** Asked about nothing, an engine says whether the policy loads. */
    const ready = async () => (version ??= load().then(async (policy) => prepare(policy, ask)));
    return {
        id,
        over: 'every',
        problem: async () => {
            const known = await ready();
            return typeof known === 'string' ? undefined : known;
        },
        judge: async (statement) => {
            const policy = await load();
            const known = await ready();
            if ('code' in policy)
                return (0,finding/* unknown */.L5)(check, policy);
            if (typeof known !== 'string')
                return (0,finding/* unknown */.L5)(check, known);
            const inputs = [Buffer.from(statement.payload).toString()];
            const parts = [];
            if (policy.rego.length > 0)
                parts.push(judgeRego(await ask(regoQuestion(policy.rego, known, inputs)), statement));
            if (policy.cue.length > 0)
                parts.push(judgeCue(await ask(cueQuestion(policy.cue, inputs)), statement));
            const [only, ...others] = parts;
            return only && others.length === 0 ? only : (0,algebra/* all */.Q7)(check, parts);
        },
    };
}
async function prepare(policy, ask) {
    if ('code' in policy)
        return policy;
    if (policy.cue.length > 0) {
        const answer = await ask(cueQuestion(policy.cue, []));
        if (answer.kind !== 'answered')
            return problemOf(answer);
    }
    if (policy.rego.length === 0)
        return 'v0';
    const older = await ask(regoQuestion(policy.rego, 'v0', []));
    if (older.kind === 'answered')
        return 'v0';
    if (older.kind === 'failed')
        return older.problem;
    if (!older.faults.every(({ code }) => code === 'rego_parse_error'))
        return problemOf(older);
    const newer = await ask(regoQuestion(policy.rego, 'v1', []));
    return newer.kind === 'answered' ? 'v1' : problemOf(newer.kind === 'failed' ? newer : older);
}
function regoQuestion(files, version, inputs) {
    // As in cosign the error of a builtin is undefined; what it hid is said beside the answer.
    return { language: 'rego', files, inputs, rego: { version, queries: [query], strict: false } };
}
function cueQuestion(files, inputs) {
    // Stricter than cosign, where a field that the policy constrains may be missing: what is not there satisfies nothing.
    return { language: 'cue', files, inputs, cue: { concrete: true } };
}
function judgeRego(answer, { where }) {
    if (answer.kind !== 'answered')
        return (0,finding/* unknown */.L5)(check, problemOf(answer));
    const [{ values: [value] = [], faults = [] } = nothing] = answer.results;
    if (value === undefined || faults.length > 0)
        return broken(faults, where);
    const hidden = value.swallowed ?? [];
    const also = hidden.length === 0
        ? ''
        : `; ${hidden.length} errors of builtins were read as undefined, first ${describe(hidden[0])}`;
    const what = `${query} of the statement at ${where}`;
    if (value.defined && value.value === true)
        return (0,finding/* met */.BG)(check, `${what} is true${also}`);
    const got = value.defined ? JSON.stringify(value.value).slice(0, longest) : 'undefined';
    return (0,finding/* unmet */.iY)(check, 'policy-denied', `expected ${what} to be true, got ${got}${also}`, {
        peerReason: value.defined
            ? `expression value, ${got}, is not true`
            : `result is undefined for query '${query}'`,
    });
}
function judgeCue(answer, { where }) {
    if (answer.kind !== 'answered')
        return (0,finding/* unknown */.L5)(check, problemOf(answer));
    const [{ faults = [] } = nothing] = answer.results;
    if (faults.some(({ code }) => code !== 'cue_unmet'))
        return broken(faults, where);
    if (faults.length === 0)
        return (0,finding/* met */.BG)(check, `the statement at ${where} satisfies the policy in CUE`);
    const which = faults.slice(0, mostShown).map(describe).join('; ');
    const more = faults.length > mostShown ? ` and ${faults.length - mostShown} more` : '';
    const message = `expected the statement at ${where} to satisfy the policy in CUE, got ${which}${more}`;
    return (0,finding/* unmet */.iY)(check, 'policy-denied', message, { peerReason: faults[0]?.message ?? '' });
}
const nothing = {};
const mostShown = 3;
const longest = 300;
/** The statement is JSON, so what breaks off is the policy: two rules that contradict each other, say. */
function broken(faults = [], where) {
    const message = `the policy does not come to an answer about the statement at ${where}: ${describe(faults[0])}`;
    return (0,finding/* unknown */.L5)(check, { code: 'policy-invalid', message });
}
function problemOf(answer) {
    if (answer.kind === 'failed')
        return answer.problem;
    const faults = answer.kind === 'refused' ? answer.faults : [];
    const which = faults.slice(0, mostShown).map(describe).join('; ');
    return { code: 'policy-invalid', message: `the policy does not load: ${which}` };
}
function describe(fault) {
    return fault === undefined ? 'nothing' : (0,question/* describeFault */.Q)(fault).slice(0, longest);
}

;// CONCATENATED MODULE: ./src/gate/statement-policy.ts



const mostBytes = 1024 * 1024;
/** The policy that the request names about statements, read once; the engine starts when it is asked first. */
function openStatementPolicy(paths, { ask }) {
    const files = [];
    let loading;
    const load = async () => (loading ??= readAll(paths, files));
    const rule = compileStatementPolicy(`attestation-policy ${paths.join('\n')}`, load, ask);
    // The engine takes half a second to start: beside the first answers, not after them.
    void rule.problem().catch(() => undefined);
    return { rule, files: () => files };
}
async function readAll(paths, read) {
    const texts = { rego: [], cue: [] };
    for (const path of paths) {
        const bytes = await readPolicy(path);
        if ('code' in bytes)
            return bytes;
        const language = path.endsWith('.cue') ? 'cue' : 'rego';
        texts[language].push({ name: path, text: Buffer.from(bytes).toString() });
        read.push(fileOf(path, language, bytes));
    }
    return texts;
}
/** The bytes of a file with a policy. */
async function readPolicy(path) {
    const bytes = await (0,read/* readWhole */.oD)(path, mostBytes, 'engine');
    switch (bytes.kind) {
        case 'found':
            return bytes.value;
        case 'absent':
            return { code: 'policy-invalid', message: `policy not found: ${path}` };
        case 'failed':
            return { code: 'policy-invalid', message: `policy not read: ${bytes.problem.message}` };
    }
}
function fileOf(file, language, bytes) {
    return { file, language, sha256: (0,external_node_crypto_.createHash)('sha256').update(bytes).digest('hex') };
}


/***/ }),

/***/ 28322:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   H: () => (/* binding */ isAttestation),
/* harmony export */   P: () => (/* binding */ findSubjects)
/* harmony export */ });
/* harmony import */ var _evidence_oci_manifest_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(37372);
/* harmony import */ var _evidence_json_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(49839);
/* harmony import */ var _network_lookup_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(13130);
/* harmony import */ var _reference_reference_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(71644);
/* harmony import */ var _stores_store_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(34703);





/** How buildkit marks manifests that describe others and are no images. */
const attestationMark = 'vnd.docker.reference.type';
/** The manifests that the input `platforms` asks for. */
async function findSubjects(reference, place, image, platforms, call) {
    const whole = { name: '', image, isChild: false };
    if (platforms === 'index')
        return [whole];
    if (reference.kind !== 'registry') {
        const message = `platforms: ${reference.text}: only images in registries are signed by platform`;
        return { code: 'input-invalid', message };
    }
    const resolved = await image;
    if (resolved.kind !== 'found')
        return [whole];
    const { manifest: bytes = new Uint8Array(), where } = resolved.value;
    const manifest = (0,_evidence_oci_manifest_js__WEBPACK_IMPORTED_MODULE_0__/* .parseManifest */ .N)(bytes);
    if (manifest?.manifests === undefined) {
        if (platforms === 'all')
            return [whole];
        const own = await ownPlatform(place, manifest?.config, call);
        if (typeof own !== 'string')
            return own;
        const missing = platforms.find((platform) => platform !== 'index' && !matches(platform, own));
        return missing === undefined ? [whole] : absentPlatform(missing, [own]);
    }
    const children = manifest.manifests.filter((entry) => !isAttestation(entry));
    const subjectOf = (entry) => ({
        name: entry.platform ?? entry.digest,
        image: Promise.resolve(childOf(entry, where)),
        isChild: true,
    });
    const index = { ...whole, name: 'index' };
    if (platforms === 'all')
        return [index, ...children.map(subjectOf)];
    const subjects = [];
    for (const platform of platforms) {
        const meant = children.filter((entry) => entry.platform !== undefined && matches(platform, entry.platform));
        if (platform === 'index')
            subjects.push(index);
        else if (meant.length === 0)
            return absentPlatform(platform, children.map((entry) => entry.platform ?? entry.digest));
        subjects.push(...meant.map(subjectOf));
    }
    return subjects;
}
function childOf({ digest }, where) {
    if (!(0,_reference_reference_js__WEBPACK_IMPORTED_MODULE_1__/* .isDigest */ .Bc)(digest)) {
        const message = `${where}: only sha256 digests are read, got ${digest}`;
        return { kind: 'failed', problem: { code: 'unsupported', message } };
    }
    return (0,_network_lookup_js__WEBPACK_IMPORTED_MODULE_2__/* .found */ .F9)({ digest, where: `${where}, manifest ${digest}` });
}
/** Whether an entry of an index describes another one, and is no image. */
function isAttestation({ annotations, platform }) {
    return Object.hasOwn(annotations, attestationMark) || platform === 'unknown/unknown';
}
/** `linux/arm64` means every variant of it. */
function matches(wanted, got) {
    return got === wanted || got.startsWith(`${wanted}/`);
}
function absentPlatform(wanted, there) {
    const message = `platforms: expected a manifest for ${wanted}, got ${there.length === 0 ? 'none' : there.join(', ')}`;
    return { code: 'input-invalid', message };
}
/** What a single image was built for: its configuration says it (image-spec, config.md). */
async function ownPlatform(place, config, call) {
    const blob = config && (await place.images.blob?.(config, _stores_store_js__WEBPACK_IMPORTED_MODULE_3__/* .recordLimit */ .$0, call));
    if (blob?.kind === 'failed')
        return blob.problem;
    const object = blob?.kind === 'found' ? (0,_evidence_json_js__WEBPACK_IMPORTED_MODULE_4__/* .readObject */ .Ag)(blob.value) : undefined;
    if (object === undefined || (0,_evidence_json_js__WEBPACK_IMPORTED_MODULE_4__/* .objectField */ .qV)(object, 'rootfs') === undefined) {
        return {
            code: 'response-invalid',
            service: 'registry',
            message: 'platforms: the image has no readable configuration',
        };
    }
    const parts = ['os', 'architecture', 'variant'].map((name) => (0,_evidence_json_js__WEBPACK_IMPORTED_MODULE_4__/* .textField */ .M8)(object, name) ?? '');
    return parts.filter((part) => part !== '').join('/');
}


/***/ }),

/***/ 72990:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   q: () => (/* binding */ withPlace)
/* harmony export */ });
/** The result of an image with where it stands. */
function withPlace(result, { origins, allowed }) {
    return { ...result, ...(origins.length > 0 && { origins }), ...(allowed && { allowed }) };
}


/***/ }),

/***/ 19979:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  t: () => (/* binding */ openVoucher)
});

// EXTERNAL MODULE: ./src/files/read.ts
var read = __nccwpck_require__(49823);
// EXTERNAL MODULE: ./src/network/url.ts
var url = __nccwpck_require__(49263);
;// CONCATENATED MODULE: ./src/trust/load.ts


/** Most bytes of a trusted root or a file of certificates; the public one has a hundredth of it. */
const rootLimit = 4 * 1024 * 1024;
/**
 * Loads whom to trust: the file of `trusted-root`, with `offline` the root that came with the program, else what the
 * TUF repository hands out. With `ca-roots` the authorities of certificates are those of that file instead.
 *
 * @param withLogs whether anything but the authorities of certificates is needed
 */
async function loadTrust(demand, withLogs, now, call) {
    const { root, caRoots, caIntermediates, offline } = demand ?? {};
    const bare = caRoots !== undefined && root === undefined && offline !== true && !withLogs;
    const source = bare
        ? undefined
        : root !== undefined
            ? await readFile(root, 'trusted-root')
            : offline === true
                ? await readEmbedded()
                : await fetchRoot(demand, now, call);
    if (source && 'code' in source)
        return source;
    const { parseTrustedRoot, withAuthorities } = await Promise.all(/* import() */[__nccwpck_require__.e(9654), __nccwpck_require__.e(4187), __nccwpck_require__.e(3261)]).then(__nccwpck_require__.bind(__nccwpck_require__, 63261));
    const base = source && parseTrustedRoot(source.bytes, source.name);
    if (typeof base === 'string') {
        const message = `trusted-root: expected a trusted root in ${String(source?.name)}, but ${base}`;
        return { code: 'trust-root-invalid', message };
    }
    const roots = caRoots === undefined ? undefined : await readFile(caRoots, 'ca-roots');
    if (roots && 'code' in roots)
        return roots;
    const between = caIntermediates === undefined ? undefined : await readFile(caIntermediates, 'ca-intermediates');
    if (between && 'code' in between)
        return between;
    const trust = roots === undefined ? base : withAuthorities(base, roots, between?.bytes);
    if (typeof trust === 'string')
        return { code: 'trust-root-invalid', message: trust };
    // Without authorities of one's own there is always a base.
    if (trust === undefined)
        return { code: 'internal-error', service: 'trust', message: 'nothing to trust' };
    const { name, sha256, newestPart } = trust;
    return {
        trust,
        result: { name, sha256, ...(newestPart !== undefined && { newestPart }), ...source?.checked },
        ...(source?.warning !== undefined && { warning: source.warning }),
    };
}
/** The names of the environment are cosign's, so that a job that is set up for it is set up for us. */
async function fetchRoot(demand, now, call) {
    const { embedded, publicMirror } = await __nccwpck_require__.e(/* import() */ 3998).then(__nccwpck_require__.bind(__nccwpck_require__, 33998));
    const mirror = demand?.tufMirror ?? given('TUF_MIRROR') ?? publicMirror;
    if (!URL.canParse(mirror) || !(0,url/* mayCarry */.P5)(new URL(mirror))) {
        return {
            code: 'input-invalid',
            message: `tuf-mirror: expected an https URL, got ${JSON.stringify(mirror)}`,
        };
    }
    const rootFile = demand?.tufRoot ?? given('TUF_ROOT_JSON');
    const own = rootFile === undefined ? undefined : await readFile(rootFile, 'tuf-root');
    if (own && 'code' in own)
        return own;
    const came = await embedded();
    if ('code' in came)
        return came;
    const { updateTrustedRoot } = await Promise.all(/* import() */[__nccwpck_require__.e(2830), __nccwpck_require__.e(4706), __nccwpck_require__.e(8202)]).then(__nccwpck_require__.bind(__nccwpck_require__, 48202));
    const updated = await updateTrustedRoot({ mirror, firstRoot: own?.bytes ?? came.tufRoot }, now, call);
    if ('code' in updated)
        return updated;
    const { bytes, checkedAt, expires, stale } = updated;
    const name = `TUF repository ${(0,url/* shown */.SP)(new URL(mirror))}`;
    const warning = `the trusted root is the one of ${checkedAt.toISOString()}, which holds until ${expires}: ${name} could not be asked (${stale?.code ?? ''}: ${stale?.message ?? ''})`;
    return {
        name,
        bytes,
        checked: { checkedAt: checkedAt.toISOString(), expires },
        ...(stale && { warning }),
    };
}
function given(name) {
    const value = process.env[name];
    return value === undefined || value === '' ? undefined : value;
}
async function readEmbedded() {
    const came = await (await __nccwpck_require__.e(/* import() */ 3998).then(__nccwpck_require__.bind(__nccwpck_require__, 33998))).embedded();
    return 'code' in came ? came : { name: 'embedded (public Sigstore)', bytes: came.trustedRoot };
}
async function readFile(file, input) {
    if (typeof file !== 'string')
        return { name: file.name, bytes: Buffer.from(file.text) };
    const answer = await (0,read/* readWhole */.oD)(file, rootLimit, 'trust');
    if (answer.kind === 'absent')
        return { code: 'trust-root-invalid', message: `${input}: no file ${file}` };
    return answer.kind === 'failed' ? answer.problem : { name: file, bytes: answer.value };
}

;// CONCATENATED MODULE: ./src/gate/vouching.ts

function openVoucher(demand, log, clock, call) {
    let once;
    let trusted;
    const warnings = [];
    const sct = demand?.sct ?? 'require';
    const signedTimestamps = demand?.signedTimestamps ?? false;
    const load = async () => {
        const now = clock.now();
        const withLogs = log === 'require' || sct === 'require' || signedTimestamps || demand?.maxAgeMs !== undefined;
        const loaded = await loadTrust(demand, withLogs, now, call);
        const failed = 'code' in loaded;
        if (!failed) {
            trusted = loaded.result;
            if (loaded.warning !== undefined)
                warnings.push(loaded.warning);
        }
        const age = demand?.maxAgeMs === undefined ? {} : { maxAgeMs: demand.maxAgeMs };
        return { trust: failed ? loaded : loaded.trust, now, sct, signedTimestamps, ...age };
    };
    return { load: async () => (once ??= load()), trusted: () => trusted, warnings: () => warnings };
}


/***/ }),

/***/ 9348:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   F: () => (/* binding */ runTrials),
/* harmony export */   Q: () => (/* binding */ aborted)
/* harmony export */ });
/* harmony import */ var node_timers_promises__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(58500);
/* harmony import */ var node_timers_promises__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__nccwpck_require__.n(node_timers_promises__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var _requirement_leaves_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(83459);


/** What is decided waits this long for what else is just arriving, so that reports do not depend on races. */
const settleMs = 250;
const firstPoll = 1000;
const longestPoll = 15_000;
/**
 * Asks until the whole is met, or no answer could change it, or time is up. Evidence that is not there yet is asked
 * for again as long as the run waits and it could still decide.
 *
 * @param over whether there is nothing to ask about: the image was not found
 */
async function runTrials(trials, judgeOn, over, { asks, clock, patience }, call) {
    const deadline = clock.now().getTime() + patience.waitMs;
    const isMet = async () => (await over()) || (await judgeOn(answered)).status === 'met';
    const mayStillBeMet = async () => {
        if (!trials.some(({ answers }) => [...answers.values()].some(({ absent }) => absent)))
            return false;
        return (await judgeOn(unlessAbsent)).status === 'unknown';
    };
    for (let poll = firstPoll;; poll = Math.min(poll * 2, longestPoll)) {
        const left = deadline - clock.now().getTime();
        // A call that hangs does not keep evidence that may appear from being looked for again.
        await askRound(trials, asks, isMet, left > 0 ? poll : undefined, call);
        const rest = deadline - clock.now().getTime();
        if (call.signal.aborted || (await isMet()) || !(await mayStillBeMet())) {
            // What still hangs may matter although nothing has to appear any more.
            if (left > 0)
                await askRound(trials, asks, isMet, undefined, call, true);
            return;
        }
        if (rest <= 0) {
            if (left > 0)
                await askRound(trials, asks, isMet, undefined, call, true);
            return;
        }
        await clock.sleep(Math.min(poll, rest), call.signal);
    }
}
function answered({ answers }, ask) {
    return answers.get((0,_requirement_leaves_js__WEBPACK_IMPORTED_MODULE_1__/* .askId */ .T)(ask));
}
/** What is absent counts as open: it may appear. */
function unlessAbsent(trial, ask) {
    const answer = answered(trial, ask);
    return answer?.absent ? undefined : answer;
}
/** Asks what is open and waits until all have answered, or no further answer could matter, or the round is over. */
async function askRound(trials, asks, isMet, limit, call, pendingOnly = false) {
    const early = new Promise((resolve, reject) => {
        const look = () => {
            isMet().then((yes) => {
                if (yes)
                    setTimeout(resolve, settleMs).unref();
            }, reject);
        };
        look();
        const asked = trials.map(async (trial) => {
            const open = asks.filter((ask) => answered(trial, ask)?.absent ?? !trial.answers.has((0,_requirement_leaves_js__WEBPACK_IMPORTED_MODULE_1__/* .askId */ .T)(ask)));
            return trial.ask(pendingOnly ? [] : open, look);
        });
        Promise.all(asked).then(() => resolve(), reject);
    });
    // Calls that are stopped say themselves what they were waiting for.
    const stopped = aborted(call.signal).then(async () => (0,node_timers_promises__WEBPACK_IMPORTED_MODULE_0__.setTimeout)(settleMs, undefined, { ref: false }));
    const over = limit === undefined ? [] : [(0,node_timers_promises__WEBPACK_IMPORTED_MODULE_0__.setTimeout)(limit, undefined, { ref: false })];
    await Promise.race([early, stopped, ...over]);
}
async function aborted(signal) {
    if (signal.aborted)
        return undefined;
    return new Promise((resolve) => signal.addEventListener('abort', () => resolve(undefined), { once: true }));
}


/***/ }),

/***/ 13915:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   p: () => (/* binding */ nearest)
/* harmony export */ });
/** The known name that a misspelt one most likely means; undefined when none is near. */
function nearest(name, known) {
    const allowed = Math.max(1, Math.floor(name.length / 4));
    let best;
    for (const candidate of known) {
        const distance = editDistance(name, candidate);
        if (distance <= allowed && distance < (best?.distance ?? Infinity))
            best = { name: candidate, distance };
    }
    return best?.name;
}
/** Levenshtein's distance, by the row. Names are short; longer texts count as far. */
function editDistance(a, b) {
    if (a.length > 64 || b.length > 64)
        return Infinity;
    let row = Array.from({ length: b.length + 1 }, (_, index) => index);
    for (let i = 1; i <= a.length; i++) {
        const next = [i];
        for (let j = 1; j <= b.length; j++) {
            const swap = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
            next.push(Math.min(swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
        }
        row = next;
    }
    return row[b.length] ?? Infinity;
}


/***/ }),

/***/ 25590:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  T: () => (/* binding */ parseInputs)
});

// EXTERNAL MODULE: ./src/evidence/statement.ts
var statement = __nccwpck_require__(63240);
// EXTERNAL MODULE: ./src/keys/inline.ts
var inline = __nccwpck_require__(80947);
// EXTERNAL MODULE: ./src/reference/reference.ts
var reference = __nccwpck_require__(71644);
// EXTERNAL MODULE: ./src/evidence/git-source.ts
var git_source = __nccwpck_require__(73791);
;// CONCATENATED MODULE: ./src/inputs/values.ts
function isRefused(value) {
    return typeof value === 'object' && value !== null && 'expected' in value;
}
const units = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };
const longestDuration = 24 * 3_600_000;
/** Reads a duration as Go writes it (`90s`, `1h30m`, `500ms`); a bare `0` too. At most a day, in milliseconds. */
function readDuration(text) {
    const refused = { expected: 'a duration such as 90s, 5m or 1h30m, at most 24h' };
    if (text === '0')
        return 0;
    if (!/^(?:\d{1,9}(?:\.\d{1,9})?(?:ms|s|m|h))+$/.test(text))
        return refused;
    let sum = 0;
    for (const [, count, unit] of text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h)/g)) {
        sum += Number(count) * (units[String(unit)] ?? Number.NaN);
    }
    return sum <= longestDuration ? Math.round(sum) : refused;
}
const longestAge = 3650 * 24 * 3_600_000;
/** Reads an age: a duration as above, or whole hours or days (`720h`, `30d`); at most ten years, in milliseconds, above 0. */
function readAge(text) {
    const [, count, unit] = /^(\d{1,5})([hd])$/.exec(text) ?? [];
    const age = count === undefined ? readDuration(text) : Number(count) * 3_600_000 * (unit === 'd' ? 24 : 1);
    const isAge = !isRefused(age) && age > 0 && age <= longestAge;
    return isAge ? age : { expected: 'an age such as 12h or 30d' };
}
function readWhole(text, least, most) {
    const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
    return value >= least && value <= most ? value : { expected: `a whole number from ${least} to ${most}` };
}
function readChoice(text, choices) {
    return choices.find((choice) => choice === text) ?? { expected: choices.join(' or ') };
}
/** Booleans as YAML 1.2 core schema writes them, as `@actions/core` takes them. */
function readSwitch(text) {
    if (/^(true|True|TRUE)$/.test(text))
        return true;
    if (/^(false|False|FALSE)$/.test(text))
        return false;
    return { expected: 'true or false' };
}
const pemBlock = /-----BEGIN [^\n]*-----[\s\S]*?-----END [^\n]*-----|[^\r\n]+/g;
/** One item a line; a PEM block is one item. Blank lines and the space around items don't count. */
function readList(text) {
    const items = text.match(pemBlock) ?? [];
    return items.map((item) => item.trim()).filter((item) => item !== '');
}

;// CONCATENATED MODULE: ./src/inputs/demand.ts


/** Reads `name=value` a line; a value may hold anything, an equals sign too. */
function readAnnotations(lines) {
    const entries = [];
    for (const text of lines) {
        const equals = text.indexOf('=');
        if (equals <= 0)
            return { expected: 'name=value on each line' };
        entries.push([text.slice(0, equals), text.slice(equals + 1)]);
    }
    const names = new Set(entries.map(([name]) => name));
    if (names.size < entries.length)
        return { expected: 'each name once: one signature cannot carry two values' };
    return Object.fromEntries(entries);
}
/** `index`, `all`, or platforms as `os/architecture[/variant]`, by line or comma. */
function readPlatforms(lines) {
    const items = lines.flatMap(commas);
    if (items.length === 0 || (items.length === 1 && items[0] === 'index'))
        return 'index';
    if (items.length === 1 && items[0] === 'all')
        return 'all';
    const known = items.every((item) => item === 'index' || /^[a-z0-9]+(\/[a-z0-9_.-]+){1,2}$/.test(item));
    return known ? [...new Set(items)] : { expected: 'index, all, or platforms such as linux/amd64' };
}
function commas(text) {
    return readList(text.replaceAll(',', '\n'));
}
/** What provenance must say. */
function readProvenanceDemand(text) {
    const [sourceUri, sourceBranch] = [text('source-uri'), text('source-branch')];
    const [sourceTag, builderId] = [text('source-tag'), text('builder-id')];
    if (sourceUri !== '' && (0,git_source/* readSourceUri */.mF)(sourceUri)?.repository === undefined)
        return {
            input: 'source-uri',
            expected: 'a repository such as github.com/owner/repository',
            got: sourceUri,
        };
    return {
        ...(sourceUri !== '' && { sourceUri }),
        ...(sourceBranch !== '' && { sourceBranch }),
        ...(sourceTag !== '' && { sourceTag }),
        ...(builderId !== '' && { builderId }),
    };
}
/** What the signers must have made. */
function readDemand(annotations, attestationTypes, requireSignature, provenance, policies) {
    if (isRefused(annotations))
        return annotations;
    const isProvenanceAsked = Object.keys(provenance).length > 0;
    const attested = attestationTypes.length > 0 || isProvenanceAsked;
    if (attested && !requireSignature && Object.keys(annotations).length > 0) {
        return {
            expected: 'no annotations with attestation-type (they are of signatures; require-signature asks for both)',
        };
    }
    return {
        ...(Object.keys(annotations).length > 0 && { annotations }),
        ...(attestationTypes.length > 0 && { attestationTypes: [...new Set(attestationTypes)] }),
        ...(isProvenanceAsked && { provenance }),
        ...(isNonEmpty(policies) && { policies }),
        ...(requireSignature && { requireSignature }),
    };
}
/** Files with a policy about attestations. */
function readPolicies(paths, isAttestationAsked) {
    const odd = paths.find((path) => !/\.(rego|cue)$/.test(path));
    if (odd !== undefined)
        return { expected: 'files that end in .rego or .cue' };
    if (paths.length > 0 && !isAttestationAsked)
        return { expected: 'attestation-type beside it, which says what it is about (custom in cosign)' };
    return undefined;
}
function isNonEmpty(items) {
    return items.length > 0;
}

;// CONCATENATED MODULE: ./src/inputs/github.ts
/** Reads whether GitHub is asked for attestations; undefined: it is not. */
function readGithub(text, offline) {
    const repository = text('github-attestations');
    const token = text('github-token');
    if (repository === '' && token === '')
        return undefined;
    const given = repository === '' ? 'github-token' : 'github-attestations';
    if (offline)
        return { input: given, expected: 'no further host beside offline', got: repository };
    if (repository !== '' && !/^[^/\s]+\/[^/\s]+$/.test(repository))
        return { input: given, expected: 'owner/repository', got: repository };
    return { ...(repository !== '' && { repository }), ...(token !== '' && { token }) };
}

// EXTERNAL MODULE: ./src/verdict/request.ts
var request = __nccwpck_require__(54620);
// EXTERNAL MODULE: ./src/verify/identity.ts
var identity = __nccwpck_require__(28879);
;// CONCATENATED MODULE: ./src/inputs/identity.ts


/** Reads the keyless signers: each line of an identity is one, and all share issuer and claims. */
function readIdentities(text, list) {
    const subjects = list('certificate-identity');
    const patterns = list('certificate-identity-regexp');
    const issuer = text('certificate-oidc-issuer');
    const issuerRegexp = text('certificate-oidc-issuer-regexp');
    const claims = Object.fromEntries(request/* certificateClaims */.L.flatMap((claim) => {
        const wanted = text(`certificate-${claim}`);
        return wanted === '' ? [] : [[claim, wanted]];
    }));
    const wrong = (input, expected, got) => ({ input, expected, got });
    const anyOther = issuer !== '' || issuerRegexp !== '' || Object.keys(claims).length > 0;
    if (subjects.length === 0 && patterns.length === 0) {
        return anyOther
            ? wrong('certificate-identity', 'an identity with the issuer', '')
            : { identities: [], warnings: [] };
    }
    if (subjects.length > 0 && patterns.length > 0) {
        return wrong('certificate-identity-regexp', 'an identity in one form', 'both forms');
    }
    if (issuer === '' && issuerRegexp === '')
        return wrong('certificate-oidc-issuer', 'an issuer with the identity', '');
    const shared = {
        ...(issuer !== '' && { issuer }),
        ...(issuerRegexp !== '' && { issuerRegexp }),
        ...(Object.keys(claims).length > 0 && { claims }),
    };
    const loose = [...patterns, issuerRegexp].filter((pattern) => pattern !== '' && !beginsFixed(pattern));
    return {
        identities: [
            ...subjects.map((subject) => ({ subject, ...shared })),
            ...patterns.map((subjectRegexp) => ({ subjectRegexp, ...shared })),
        ],
        warnings: loose.map((pattern) => `the pattern ${JSON.stringify(pattern)} has no anchor (^) at the beginning of each alternative: it is met anywhere in a text`),
    };
}
/** Whether each alternative begins with `^`: a name may end in many ways, but who it begins with is who it is. */
function beginsFixed(pattern) {
    // Nobody is asked by such a one.
    if (pattern.length > identity.longestPattern)
        return true;
    const bare = pattern.replace(/^\(\?[a-zA-Z]+\)/, '');
    // Escaped characters and classes hold no alternatives of their own.
    const plain = bare.replace(/\\[\s\S]/g, '..').replace(/\[\^?\]?[^\]]*\]/g, '.');
    let depth = 0;
    const alternatives = [''];
    for (const character of plain) {
        if (character === '(')
            depth++;
        if (character === ')')
            depth--;
        if (character === '|' && depth <= 0)
            alternatives.push('');
        else
            alternatives.push(`${alternatives.pop() ?? ''}${character}`);
    }
    return alternatives.every((one) => one.startsWith('^'));
}

;// CONCATENATED MODULE: ./src/inputs/url.ts
/** A URL with a host and without credentials. */
function isHttpUrl(text) {
    if (!/^https?:\/\//.test(text) || !URL.canParse(text))
        return false;
    const url = new URL(text);
    return url.hostname !== '' && url.username === '' && url.password === '';
}
/** Up to the last at sign: in a text that is no URL a password may hold any character. */
function withoutUser(text) {
    const [slashes, at] = [text.indexOf('//'), text.lastIndexOf('@')];
    return slashes < 0 || at < slashes + 2 ? text : `${text.slice(0, slashes)}//…${text.slice(at)}`;
}

;// CONCATENATED MODULE: ./src/inputs/trust.ts


/** Reads whom to trust. One source of the trusted root: what is given and not used would only seem to count. */
function readTrust(text, { offline, ...strictness }) {
    const root = text('trusted-root');
    const tufMirror = text('tuf-mirror');
    const tufRoot = text('tuf-root');
    const caRoots = text('ca-roots');
    const caIntermediates = text('ca-intermediates');
    const fetched = tufMirror !== '' ? 'tuf-mirror' : 'tuf-root';
    if ((root !== '' || offline) && (tufMirror !== '' || tufRoot !== '')) {
        const expected = `nothing to fetch from beside ${root !== '' ? 'trusted-root' : 'offline'}`;
        return { input: fetched, expected, got: withoutUser(text(fetched)) };
    }
    if (tufMirror !== '' && !isHttpUrl(tufMirror))
        return { input: 'tuf-mirror', expected: 'an https URL', got: withoutUser(tufMirror) };
    const maxAgeMs = text('max-age') === '' ? undefined : readAge(text('max-age'));
    if (isRefused(maxAgeMs))
        return { input: 'max-age', expected: maxAgeMs.expected, got: text('max-age') };
    return {
        ...(root !== '' && { root }),
        ...(maxAgeMs !== undefined && { maxAgeMs }),
        ...(tufMirror !== '' && { tufMirror }),
        ...(tufRoot !== '' && { tufRoot }),
        ...(offline && { offline }),
        ...(caRoots !== '' && { caRoots }),
        ...(caIntermediates !== '' && { caIntermediates }),
        ...strictness,
    };
}

;// CONCATENATED MODULE: ./src/inputs/policies.ts

function readClusterInputs(text, list, auditWarns) {
    const [files, manifests] = [unique(list('policy')), unique(list('manifests'))];
    const noMatch = text('no-match-policy');
    const chosen = noMatch === '' ? undefined : readChoice(noMatch, ['deny', 'warn', 'allow']);
    if (isRefused(chosen))
        return { ...chosen, input: 'no-match-policy', got: noMatch };
    const pinned = text('pinned-manifests');
    if (pinned !== '' && manifests.length === 0)
        return {
            input: 'pinned-manifests',
            expected: 'manifests, which are written there with digests',
            got: pinned,
        };
    const values = text('policy-values');
    if (values !== '' && files.length === 0)
        return { input: 'policy-values', expected: 'policy, whose variables it gives', got: values };
    const report = text('policy-report');
    if (report !== '' && files.length === 0)
        return { input: 'policy-report', expected: 'policy, whose results are written there', got: report };
    const [first, ...others] = files;
    const named = first === undefined ? undefined : [first, ...others];
    return {
        manifests,
        pinned,
        report,
        ...(named && {
            policies: {
                files: named,
                auditWarns,
                ...(chosen !== undefined && { noMatch: chosen }),
                ...(values !== '' && { values }),
            },
        }),
    };
}
function unique(items) {
    return [...new Set(items)];
}

// EXTERNAL MODULE: ./src/inputs/nearest.ts
var nearest = __nccwpck_require__(13915);
// EXTERNAL MODULE: ./src/reference/parse.ts + 2 modules
var parse = __nccwpck_require__(40099);
;// CONCATENATED MODULE: ./src/inputs/records.ts

/** Reads what s3lo's records may be otherwise than usual. */
function readRecords(text, acceptUnbound, images) {
    const unbound = acceptUnbound ? { acceptUnbound } : {};
    const signed = text('signed-location');
    if (signed === '')
        return unbound;
    const wrong = (expected, got) => ({ input: 'signed-location', expected, got });
    const [image = '', ...others] = images;
    if (others.length > 0)
        return wrong('one image for it', `${images.length} images`);
    const reference = (0,parse/* parseReference */.F)(image);
    if (reference.kind !== 's3lo')
        return wrong("an image in s3lo's layout for it", image);
    // A root of a folder is one path component, a bucket another thing: read as the image's own reference is.
    const location = (0,parse/* parseReference */.F)(`${reference.scheme}://${signed}`);
    if (location.kind !== 's3lo' || location.digest !== undefined)
        return wrong('bucket/image:tag', signed);
    const { bucket, image: name, tag } = location;
    return { ...unbound, signedLocation: { bucket, image: name, tag } };
}

;// CONCATENATED MODULE: ./src/inputs/registry.ts



const host = /^(\[[0-9a-fA-F:]+\]|[a-zA-Z0-9]([a-zA-Z0-9.-]*[a-zA-Z0-9])?)(:[0-9]{1,5})?$/;
/** `true`, `false`, or hosts by line or comma. */
function readHosts(text) {
    if (/^(true|True|TRUE)$/.test(text))
        return 'all';
    if (text === '' || /^(false|False|FALSE)$/.test(text))
        return 'none';
    const hosts = commas(text);
    return hosts.every((one) => host.test(one)) ? hosts : { expected: 'true, false or a list of hosts' };
}
/** Reads the inputs about registries; `text` gives the value of each. */
function readRegistryAccess(text, images) {
    const allowHttp = readHosts(text('allow-http-registry'));
    if (isRefused(allowHttp))
        return wrong('allow-http-registry', allowHttp, text);
    const allowInsecure = readHosts(text('allow-insecure-registry'));
    if (isRefused(allowInsecure))
        return wrong('allow-insecure-registry', allowInsecure, text);
    const repository = text('signature-repository');
    if (repository !== '' && (0,parse/* parseReference */.F)(`${repository}:x`).kind !== 'registry') {
        return wrong('signature-repository', { expected: 'registry/repository without a tag' }, text);
    }
    const tagPrefix = text('attachment-tag-prefix');
    if (!/^(\w[\w.-]{0,40})?$/.test(tagPrefix)) {
        return wrong('attachment-tag-prefix', { expected: 'at most 41 characters of a tag' }, text);
    }
    const username = text('registry-username');
    const password = text('registry-password');
    if ((username === '') !== (password === '')) {
        const input = username === '' ? 'registry-username' : 'registry-password';
        return { input, expected: 'both registry-username and registry-password', got: 'one of them' };
    }
    const registries = registriesOf(images);
    if (username !== '' && registries.size > 1) {
        return { input: 'registry-username', expected: 'one registry for it', got: [...registries].join(', ') };
    }
    const config = text('registry-config');
    const cacert = text('registry-cacert');
    return {
        allowHttp,
        allowInsecure,
        tagPrefix,
        ...(repository !== '' && { signatureRepository: repository }),
        ...(config !== '' && { config }),
        ...(cacert !== '' && { cacert }),
        ...(username !== '' && { login: { username, password } }),
    };
}
function wrong(input, { expected }, text) {
    return { input, expected, got: text(input) };
}
function registriesOf(images) {
    return new Set(images.flatMap((image) => {
        const reference = (0,parse/* parseReference */.F)(image);
        return reference.kind === 'registry' ? [reference.registry] : [];
    }));
}

// EXTERNAL MODULE: ./src/inputs/table.ts + 3 modules
var table = __nccwpck_require__(82231);
;// CONCATENATED MODULE: ./src/inputs/parse.ts














function parseInputs(given, face) {
    const problems = [];
    const warnings = [];
    const entryOf = (name) => {
        const entry = table/* inputTable */.F.find((one) => one.name === name);
        if (entry === undefined)
            return '';
        return face === 'command' && 'commandDefault' in entry ? entry.commandDefault : entry.default;
    };
    const text = (name) => {
        const last = given.get(name)?.at(-1)?.trim() ?? '';
        return last === '' ? entryOf(name) : last;
    };
    const list = (name) => (given.get(name) ?? []).flatMap(readList);
    const refuse = (name, expected, got) => {
        problems.push({
            code: 'input-invalid',
            message: `${name}: expected ${expected}, got ${JSON.stringify(got)}`,
        });
    };
    const read = (name, reader, fallback) => {
        const value = reader(text(name));
        if (!isRefused(value))
            return value;
        refuse(name, value.expected, text(name));
        return fallback;
    };
    // On the command line each word is one image as it is; a line feed in it is refused later, not split at.
    const images = face === 'command' ? (given.get('image') ?? []) : list('image');
    const cluster = readClusterInputs(text, list, read('audit-warn', readSwitch, false));
    if ('expected' in cluster)
        refuse(cluster.input, cluster.expected, cluster.got);
    const { policies, manifests, pinned, report } = 'expected' in cluster ? { manifests: [], pinned: '', report: '' } : cluster;
    if (images.length === 0 && manifests.length === 0)
        problems.push(nothing('image', 'at least one image reference, or manifests'));
    const keys = chooseKeys(given.get('key') ?? [], given.has('require'), face, warnings);
    const keyless = readIdentities(text, list);
    if ('expected' in keyless)
        refuse(keyless.input, keyless.expected, keyless.got);
    const identities = 'expected' in keyless ? [] : keyless.identities;
    if (!('expected' in keyless))
        warnings.push(...keyless.warnings);
    if (keys.length === 0 && identities.length === 0 && policies === undefined && !('expected' in keyless))
        problems.push(manifests.length > 0
            ? {
                code: 'nothing-to-verify',
                message: 'manifests: nothing is demanded of their images: give a key, an identity (certificate-identity) or a policy',
            }
            : nothing('key', 'at least one key, identity or policy: an image without a signer to ask for proves nothing'));
    const require = read('require', (value) => readThreshold(value, keys.length + identities.length), 'all');
    const expectedDigest = text('expected-digest');
    if (expectedDigest !== '' && !(0,reference/* isDigest */.Bc)(expectedDigest)) {
        refuse('expected-digest', 'sha256: and 64 lower-case hex digits', expectedDigest);
    }
    else if (expectedDigest !== '' && images.length > 1) {
        refuse('expected-digest', 'one image for it', `${images.length} images`);
    }
    const endpoint = text('endpoint');
    if (endpoint !== '' && !isHttpUrl(endpoint)) {
        problems.push({
            code: 'input-invalid',
            message: `endpoint: invalid endpoint ${JSON.stringify(withoutUser(endpoint))}: must be a full URL with http:// or https:// scheme (e.g. https://s3.example.com)`,
        });
    }
    const annotations = readAnnotations(list('annotations'));
    const provenance = readProvenanceDemand(text);
    if (isRefused(provenance))
        refuse(provenance.input, provenance.expected, provenance.got);
    const demand = readDemand(annotations, list('attestation-type'), read('require-signature', readSwitch, false), isRefused(provenance) ? {} : provenance, [...new Set(list('attestation-policy'))]);
    const unfit = readPolicies(list('attestation-policy'), list('attestation-type').length > 0 || (!isRefused(provenance) && Object.keys(provenance).length > 0));
    if (unfit)
        refuse('attestation-policy', unfit.expected, list('attestation-policy').join(', '));
    if (isRefused(demand))
        refuse('annotations', demand.expected, list('annotations').join(', '));
    for (const type of list('attestation-type')) {
        const meant = (0,statement/* isShortName */.O3)(type) || type.includes(':') ? undefined : (0,nearest/* nearest */.p)(type, statement/* shortNames */.DG);
        if (meant !== undefined)
            refuse('attestation-type', `a predicate type or a short name such as ${meant}`, type);
    }
    const platforms = readPlatforms(list('platforms'));
    if (isRefused(platforms))
        refuse('platforms', platforms.expected, list('platforms').join(', '));
    const deep = read('deep', readSwitch, false);
    const registry = readRegistryAccess(text, images);
    if (isRefused(registry))
        refuse(registry.input, registry.expected, registry.got);
    const offline = read('offline', readSwitch, false);
    const distant = offline
        ? keys.find((key) => /^(awskms|gcpkms|azurekms|https?|hashivault|openbao|k8s|gitlab):/.test(key))
        : undefined;
    if (distant !== undefined)
        refuse('offline', 'keys that lie on this machine', (0,inline/* keyName */.x)(distant));
    const trust = readTrust(text, {
        offline,
        sct: read('insecure-ignore-sct', readSwitch, false) ? 'ignore' : 'require',
        signedTimestamps: read('use-signed-timestamps', readSwitch, false),
    });
    if (isRefused(trust))
        refuse(trust.input, trust.expected, trust.got);
    const github = readGithub(text, offline);
    if (isRefused(github))
        refuse(github.input, github.expected, github.got);
    const records = readRecords(text, read('insecure-accept-unbound-records', readSwitch, false), images);
    if (isRefused(records))
        refuse(records.input, records.expected, records.got);
    else if (records.acceptUnbound)
        warnings.push('insecure-accept-unbound-records: a record of schema 1 signs the digest alone; whoever may write to the store can copy a genuine one to another image, tag or bucket with the same bytes');
    const ignoreLog = read('insecure-ignore-tlog', readSwitch, false);
    const recheckTag = read('recheck-tag', readSwitch, false);
    const patience = {
        waitMs: read('wait', readDuration, 0),
        timeoutMs: read('timeout', (value) => positive(readDuration(value)), 300_000),
        retries: read('retries', (value) => readWhole(value, 0, 20), 3),
        concurrency: read('concurrency', (value) => readWhole(value, 1, 100), 10),
    };
    const leniency = {
        mode: read('mode', (value) => readChoice(value, ['enforce', 'audit']), 'enforce'),
        onInfrastructureError: read('on-infrastructure-error', (value) => readChoice(value, ['fail', 'warn']), 'fail'),
    };
    const reports = {
        resultFile: text('result-file'),
        summary: read('summary', readSwitch, true),
        pinnedManifests: pinned,
        policyReport: report,
    };
    const signers = signersOf(keys, identities, require);
    const targets = parse_isNonEmpty(images)
        ? { images, ...(manifests.length > 0 && { manifests }) }
        : parse_isNonEmpty(manifests)
            ? { images: [], manifests }
            : undefined;
    const demands = signers
        ? { signers, ...(policies && { policies }) }
        : policies && { policies };
    const request = problems.length === 0 && targets && demands
        ? {
            ...targets,
            ...demands,
            ...(!isRefused(trust) && { trust }),
            patience,
            log: ignoreLog ? 'ignore' : 'require',
            ...(!isRefused(demand) && Object.keys(demand).length > 0 && { demand }),
            ...(!isRefused(platforms) && platforms !== 'index' && { platforms }),
            ...(deep && { deep }),
            ...(recheckTag && { recheckTag }),
            ...(!isRefused(registry) && { registry }),
            ...(github && !isRefused(github) && { github }),
            ...(!isRefused(records) && Object.keys(records).length > 0 && { records }),
            ...(expectedDigest !== '' && { expectedDigest }),
            ...(endpoint !== '' && { endpoint }),
        }
        : undefined;
    const effective = Object.fromEntries(table/* inputTable */.F.map((entry) => [
        entry.name,
        entry.name === 'image'
            ? images
            : entry.name === 'key'
                ? keys.map(inline/* keyName */.x)
                : entry.name === 'endpoint'
                    ? withoutUser(endpoint)
                    : 'secret' in entry
                        ? text(entry.name) === ''
                            ? ''
                            : '***'
                        : 'list' in entry
                            ? list(entry.name)
                            : text(entry.name),
    ]));
    return { request, problems, warnings, leniency, reports, effective };
}
/**
 * On the command line a repeated `--key` without `--require` means what it means to s3lo and cosign, whose command
 * lines are moved over as they are: the last one counts. Several keys are several signers once `--require` is said.
 */
function chooseKeys(given, requireGiven, face, warnings) {
    const last = given.at(-1);
    if (face === 'action' || given.length < 2 || requireGiven || last === undefined)
        return given.flatMap(readList);
    warnings.push(`--key was given ${given.length} times without --require: only the last one counts, as in s3lo and cosign; say --require all, any or a number to ask for several`);
    return readList(last);
}
function signersOf(keys, identities, require) {
    if (parse_isNonEmpty(keys))
        return { keys, require, ...(identities.length > 0 && { identities }) };
    return parse_isNonEmpty(identities) ? { keys: [], identities, require } : undefined;
}
function readThreshold(text, signers) {
    if (text === 'all' || text === 'any')
        return text;
    const count = readWhole(text, 1, Math.max(signers, 1));
    return isRefused(count) ? { expected: `all, any or a number from 1 to ${Math.max(signers, 1)}` } : count;
}
function positive(value) {
    return value === 0 ? { expected: 'a duration above 0s' } : value;
}
function nothing(name, expected) {
    return { code: 'input-invalid', message: `${name}: expected ${expected}, got nothing` };
}
function parse_isNonEmpty(items) {
    return items.length > 0;
}


/***/ }),

/***/ 82231:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  F: () => (/* binding */ inputTable),
  k: () => (/* binding */ reservedInputs)
});

;// CONCATENATED MODULE: ./src/inputs/identity-table.ts
/** Who must have signed, by the certificate: cosign's names, and those that Fulcio gave to what came later. */
const identityTable = [
    {
        name: 'certificate-identity',
        default: '',
        list: true,
        description: 'Keyless signers, one a line: the identity in the certificate, such as a workflow or an e-mail address',
    },
    {
        name: 'certificate-identity-regexp',
        default: '',
        list: true,
        description: 'Keyless signers by pattern, one a line: RE2, met anywhere unless anchored with ^ and $',
    },
    {
        name: 'certificate-oidc-issuer',
        default: '',
        description: 'Who vouched for the identity, such as https://token.actions.githubusercontent.com',
    },
    {
        name: 'certificate-oidc-issuer-regexp',
        default: '',
        description: 'The same by pattern; with both, both must hold',
    },
    {
        name: 'certificate-github-workflow-trigger',
        default: '',
        description: 'The event that started the workflow that signed',
    },
    {
        name: 'certificate-github-workflow-sha',
        default: '',
        description: 'The commit that the workflow ran on that signed',
    },
    {
        name: 'certificate-github-workflow-name',
        default: '',
        description: 'The name of the workflow that signed',
    },
    {
        name: 'certificate-github-workflow-repository',
        default: '',
        description: 'The repository of the workflow that signed',
    },
    {
        name: 'certificate-github-workflow-ref',
        default: '',
        description: 'The ref that the workflow ran on that signed',
    },
    {
        name: 'certificate-build-signer-uri',
        default: '',
        description: 'The workflow that built and signed, with its ref, also where another one called it (Build Signer URI)',
    },
    {
        name: 'certificate-build-signer-digest',
        default: '',
        description: 'The commit of the workflow that built and signed',
    },
    {
        name: 'certificate-runner-environment',
        default: '',
        description: 'Where the workflow ran: github-hosted or self-hosted',
    },
    {
        name: 'certificate-source-repository-uri',
        default: '',
        description: 'The repository that was built, such as https://github.com/owner/repository',
    },
    {
        name: 'certificate-source-repository-digest',
        default: '',
        description: 'The commit that was built',
    },
    {
        name: 'certificate-source-repository-ref',
        default: '',
        description: 'The ref that was built, such as refs/heads/main',
    },
    {
        name: 'certificate-source-repository-identifier',
        default: '',
        description: 'The number of the repository that was built: it stays when a name changes hands',
    },
    {
        name: 'certificate-source-repository-owner-uri',
        default: '',
        description: 'The owner of the repository that was built, such as https://github.com/owner',
    },
    {
        name: 'certificate-source-repository-owner-identifier',
        default: '',
        description: 'The number of the owner of the repository that was built',
    },
    {
        name: 'certificate-build-config-uri',
        default: '',
        description: 'The workflow at the top, with its ref, which may have called the one that signed',
    },
    {
        name: 'certificate-build-trigger',
        default: '',
        description: 'The event that started the build',
    },
    {
        name: 'certificate-source-repository-visibility',
        default: '',
        description: 'Whether the repository was public, private or internal as the signature was made',
    },
];

;// CONCATENATED MODULE: ./src/inputs/cluster-table.ts
/** Inputs about policies and manifests of clusters. */
const clusterTable = [
    {
        name: 'manifests',
        default: '',
        list: true,
        description: 'Kubernetes manifests whose images are judged: files or patterns such as deploy/**/*.yaml, one a line; - is standard input',
    },
    {
        name: 'policy',
        default: '',
        list: true,
        description: 'Files or patterns of policies that images are held against: Kyverno (verifyImages with PolicyExceptions, ImageValidatingPolicy) and sigstore ClusterImagePolicy (with TrustRoots), told apart by content',
    },
    {
        name: 'no-match-policy',
        default: '',
        description: 'What becomes of an image that no policy covers: deny (undetermined), warn or allow (it does not count); left out: deny with a ClusterImagePolicy, allow with Kyverno',
    },
    {
        name: 'policy-values',
        default: '',
        description: "Values file of Kyverno's CLI: what stands for the variables and the labels of namespaces that only a cluster has",
    },
    {
        name: 'audit-warn',
        default: 'false',
        switch: true,
        description: 'What a Kyverno policy in Audit finds is listed and does not count; else it counts like Enforce',
    },
    {
        name: 'pinned-manifests',
        default: '',
        description: 'Folder that the manifests are written to with the digests of verified images: name:tag@sha256:…',
    },
    {
        name: 'policy-report',
        default: '',
        description: 'File that the results of the policies are written to as an OpenReports document, as Kyverno has it: JSON where its name ends in .json, else YAML',
    },
];

;// CONCATENATED MODULE: ./src/inputs/trust-table.ts
/** With what identities, logs and times are checked, and how strictly. */
const trustTable = [
    {
        name: 'insecure-ignore-tlog',
        default: 'false',
        switch: true,
        description: "No entry in a transparency log is demanded of signatures in cosign's formats (s3lo records have none)",
    },
    {
        name: 'insecure-ignore-sct',
        default: 'false',
        switch: true,
        description: 'No log of certificates has to know the certificate of a keyless signer',
    },
    {
        name: 'use-signed-timestamps',
        default: 'false',
        switch: true,
        description: 'A timestamp by a trusted authority is demanded of keyless signatures',
    },
    {
        name: 'max-age',
        default: '',
        description: 'How long ago a signature may have been made, such as 12h or 30d, by proven times only (a record that says when it was made proves nothing)',
    },
    {
        name: 'trusted-root',
        default: '',
        description: 'File with the authorities and logs to trust (trusted_root.json); else they come from tuf-mirror',
    },
    {
        name: 'tuf-mirror',
        default: '',
        description: 'URL of the TUF repository that hands out the trusted root (TUF_MIRROR); else that of the public Sigstore instance',
    },
    {
        name: 'tuf-root',
        default: '',
        description: 'File with the first root.json of tuf-mirror (TUF_ROOT_JSON); else that of the public Sigstore instance',
    },
    {
        name: 'offline',
        default: 'false',
        switch: true,
        description: 'No call but to the store of the image: without trusted-root the root that came with the program is trusted',
    },
    {
        name: 'ca-roots',
        default: '',
        description: 'File with certificates (PEM) that keyless certificates must lead to, instead of those of the trusted root',
    },
    {
        name: 'ca-intermediates',
        default: '',
        description: 'File with certificates (PEM) between those and ca-roots',
    },
];

;// CONCATENATED MODULE: ./src/inputs/table.ts



/** The contract: `action.yml`, the flags, the help and `docs/inputs.md` all say what stands here, and a test holds them to it. */
const inputTable = [
    {
        name: 'image',
        default: '',
        list: true,
        description: 'Images to verify, one a line: registry/name:tag, s3://bucket/name:tag (also gs:// and az://), local://store/name:tag or oci-layout://dir[:tag], each also with @sha256:… (as a command: arguments)',
    },
    {
        name: 'key',
        default: '',
        list: true,
        description: 'Public keys that must have signed, one a line: a PEM file, inline PEM, env://NAME, https://…, awskms:///…, gcpkms://…, azurekms://…, hashivault://…, openbao://…, k8s://namespace/secret, gitlab://project, or a cosign.key with COSIGN_PASSWORD',
    },
    ...identityTable,
    {
        name: 'require',
        default: 'all',
        description: 'How many of the keys must have signed: all, any, or a number',
    },
    {
        name: 'expected-digest',
        default: '',
        description: 'The digest that the image must have besides: sha256:… (for one image)',
    },
    {
        name: 'annotations',
        default: '',
        list: true,
        short: 'a',
        description: 'Annotations that each signature must carry, one a line: name=value',
    },
    {
        name: 'attestation-type',
        default: '',
        list: true,
        description: 'Types that the signers must have attested instead of a signature, one a line: a predicate type or slsaprovenance, slsaprovenance1, spdx, spdxjson, cyclonedx, link, vuln, openvex, custom',
    },
    {
        name: 'source-uri',
        default: '',
        description: 'The repository that SLSA provenance must name as the source, such as github.com/owner/repository',
    },
    { name: 'source-branch', default: '', description: 'The branch that SLSA provenance must name' },
    { name: 'source-tag', default: '', description: 'The tag that SLSA provenance must name' },
    {
        name: 'builder-id',
        default: '',
        description: 'The builder that SLSA provenance must name; without @ref, of any ref',
    },
    {
        name: 'require-signature',
        default: 'false',
        switch: true,
        description: 'With attestation-type: a signature is demanded too',
    },
    {
        name: 'attestation-policy',
        default: '',
        list: true,
        description: 'Files in Rego (data.signature.allow must be true) or CUE, one a line, that every attestation of attestation-type must satisfy',
    },
    {
        name: 'platforms',
        default: 'index',
        list: true,
        description: 'Which manifests of an index must be signed: index (itself), all (itself and every platform), or platforms such as linux/amd64',
    },
    {
        name: 'deep',
        default: 'false',
        switch: true,
        description: 'Reads what a pull would read (manifests of an index, configurations, layers, recipes, chunks) and holds it against the signed digest',
    },
    ...trustTable,
    ...clusterTable,
    {
        name: 'registry-username',
        default: '',
        description: "User for the one registry that all references share; else docker's configuration",
    },
    {
        name: 'registry-password',
        default: '',
        secret: true,
        description: 'Password or token for registry-username',
    },
    {
        name: 'registry-config',
        default: '',
        secret: true,
        description: "docker's config.json or a Kubernetes Secret of type kubernetes.io/dockerconfigjson, as a file or as its text, instead of docker's own configuration",
    },
    {
        name: 'registry-cacert',
        default: '',
        description: 'File with certificate authorities of registries, in PEM',
    },
    {
        name: 'allow-http-registry',
        default: 'false',
        switch: true,
        description: 'Plain http: true for the registries named, or a list of hosts (this machine may always)',
    },
    {
        name: 'allow-insecure-registry',
        default: 'false',
        switch: true,
        description: 'Unchecked certificates: true for the registries named, or a list of hosts',
    },
    {
        name: 'signature-repository',
        default: '',
        description: 'registry/repository where signatures lie instead of beside the image (COSIGN_REPOSITORY)',
    },
    {
        name: 'attachment-tag-prefix',
        default: '',
        description: 'What stands before the tags of signatures and attestations',
    },
    {
        name: 'signed-location',
        default: '',
        description: 'bucket/image:tag that an s3lo record was signed for, where the image was copied since (for one image); else where it lies',
    },
    {
        name: 'insecure-accept-unbound-records',
        default: 'false',
        switch: true,
        description: 's3lo records of schema 1 count too: they sign the digest alone, so anybody can copy them to any place',
    },
    {
        name: 'github-attestations',
        default: '',
        description: 'owner/repository whose attestations GitHub keeps, as further evidence; with github-token alone it is the one of this workflow',
    },
    {
        name: 'github-token',
        default: '',
        secret: true,
        description: 'Token that may read them (attestations: read); what is public needs none. Sent to GITHUB_API_URL only',
    },
    {
        name: 'endpoint',
        default: '',
        description: 'URL of an S3-compatible service (MinIO, R2, Ceph); bucket names then go into the path',
    },
    {
        name: 'mode',
        default: 'enforce',
        description: 'enforce, or audit: the verdict is reported, but only configuration failures fail the step',
    },
    {
        name: 'on-infrastructure-error',
        default: 'fail',
        description: 'fail, or warn: an outage after the image was found does not fail the step; digest and images stay empty (this is fail-open)',
    },
    {
        name: 'recheck-tag',
        default: 'false',
        switch: true,
        description: 'The tag is resolved once more at the end, and a warning says whether it moved meanwhile',
    },
    { name: 'wait', default: '0s', description: 'How long evidence may take to appear, such as 90s or 5m' },
    { name: 'timeout', default: '5m', description: 'Time for each image beyond wait' },
    { name: 'retries', default: '3', description: 'Further attempts after a failure that may pass, 0 to 20' },
    { name: 'concurrency', default: '10', description: 'Images judged at the same time, 1 to 100' },
    {
        name: 'result-file',
        default: 'verify-result.json',
        commandDefault: '',
        description: 'File that the result document is written to',
    },
    {
        name: 'summary',
        default: 'true',
        commandDefault: 'false',
        switch: true,
        description: 'Whether the job summary is written',
    },
];
/** Names that the contract keeps for what later versions can do: given today they must not be passed over. */
const reservedInputs = new Set(`policy-key policy-ca-roots policy-profile attestations
  subjects archivista-url`.split(/\s+/));


/***/ }),

/***/ 80947:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   X: () => (/* binding */ inlineKey),
/* harmony export */   x: () => (/* binding */ keyName)
/* harmony export */ });
/* harmony import */ var _pem_text_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(63136);

/** The PEM itself as the value of the input. */
const inlineKey = {
    matches: (reference) => reference.trimStart().startsWith('-----BEGIN'),
    load: async (reference) => (0,_pem_text_js__WEBPACK_IMPORTED_MODULE_0__/* .keyFromText */ .x)('the key given inline', reference.trimStart()),
};
/**
 * A key reference as it is shown: inline PEM may be a private one and is long besides. Where no login belongs one may
 * stand all the same, and the query of `pkcs11:` may hold a PIN (RFC 7512, 2.4).
 */
function keyName(reference) {
    if (inlineKey.matches(reference))
        return 'inline PEM';
    if (reference.startsWith('pkcs11:'))
        return reference.replace(/\?.*$/s, '');
    if (/^(hashivault|openbao|k8s|gitlab):/.test(reference))
        return reference.replace(/\/\/[^/]*@/, '//');
    if (!/^https?:\/\//.test(reference) || !URL.canParse(reference))
        return reference;
    const url = new URL(reference);
    return url.username === '' && url.password === '' && url.search === ''
        ? reference
        : `${url.protocol}//${url.host}${url.pathname}`;
}


/***/ }),

/***/ 13353:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   G: () => (/* binding */ oneKey),
/* harmony export */   r: () => (/* binding */ keyInvalid)
/* harmony export */ });
function oneKey(key) {
    return { kind: 'keys', keys: [{ key }] };
}
function keyInvalid(message) {
    return { kind: 'failed', problem: { code: 'key-invalid', message } };
}


/***/ }),

/***/ 66229:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  c: () => (/* binding */ loadKey)
});

;// CONCATENATED MODULE: ./src/keys/aws-kms-name.ts
const wanted = 'expected awskms:///<key id>, awskms:///alias/<name> or awskms:///arn:aws:kms:<region>:<account>:(key/<id>|alias/<name>), with a host before the third slash for another endpoint';
const id = '(?:mrk-)?[0-9a-fA-F]{8}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{12}';
const alias = 'alias/[a-zA-Z0-9/_-]{1,250}';
const shape = new RegExp(`^awskms://([^/?#@]*)/((?:arn:aws(?:-[a-z]+)*:kms:([a-z0-9-]+):[0-9]{12}:(?:key/${id}|${alias}))|${id}|${alias})$`);
const hostShape = /^(?:[a-zA-Z0-9](?:[a-zA-Z0-9.-]*[a-zA-Z0-9])?|\[[0-9a-fA-F:]+\])(?::[0-9]{1,5})?$/;
/**
 * Reads an `awskms:` reference (sigstore's form, `kms/aws/client.go`; ids with or without dashes, `mrk-` too).
 *
 * @returns the reason as a string when it cannot be read
 */
function awsKeyName(reference) {
    const parts = shape.exec(reference);
    const [, host = '', keyId, region] = parts ?? [];
    if (keyId === undefined) {
        const twoSlashes = /^awskms:\/\/(?=alias\/|arn:|mrk-|[0-9a-f]{8}-)/.exec(reference);
        const remedy = twoSlashes
            ? `; did you mean awskms:///${reference.slice(twoSlashes[0].length)} (three slashes)?`
            : '';
        return `${wanted}${remedy}`;
    }
    if (host === 'alias' || host.startsWith('arn:'))
        return `${wanted}; did you mean awskms:///${host}/${keyId} (three slashes)?`;
    if (host !== '' && !hostShape.test(host))
        return `"${host}" is no host; ${wanted}`;
    return { keyId, ...(host !== '' && { host }), ...(region !== undefined && { region }) };
}

// EXTERNAL MODULE: ./src/keys/key-source.ts
var key_source = __nccwpck_require__(13353);
;// CONCATENATED MODULE: ./src/keys/aws-kms.ts


/** `awskms://[host]/<id, ARN or alias>`: the public half is fetched, the check stays here (never `kms:Verify`). */
const awsKmsKey = {
    matches: (reference) => reference.startsWith('awskms:'),
    load: async (reference, call) => {
        const name = awsKeyName(reference);
        if (typeof name === 'string')
            return (0,key_source/* keyInvalid */.r)(`${reference}: ${name}`);
        // The SDK is loaded for such references only.
        const { fetchAwsKey } = await Promise.all(/* import() */[__nccwpck_require__.e(3051), __nccwpck_require__.e(2632), __nccwpck_require__.e(6865)]).then(__nccwpck_require__.bind(__nccwpck_require__, 56865));
        return fetchAwsKey(reference, name, call);
    },
};

;// CONCATENATED MODULE: ./src/keys/azure-key-name.ts
const azure_key_name_wanted = 'expected azurekms://<vault host>/<key> or azurekms://<vault host>/<key>/<version>, such as azurekms://release.vault.azure.net/signer';
/** Names as Key Vault allows them; a slash at the end means no version. */
const azure_key_name_shape = /^azurekms:\/\/([^/?#@]+)\/([0-9a-zA-Z-]{1,127})(?:\/([0-9a-zA-Z]{0,64}))?$/;
const azure_key_name_hostShape = /^(?:[a-zA-Z0-9](?:[a-zA-Z0-9.-]*[a-zA-Z0-9])?|\[[0-9a-fA-F:]+\])(?::[0-9]{1,5})?$/;
/**
 * Reads an `azurekms:` reference (sigstore's form, `kms/azure/client.go`).
 *
 * @returns the reason as a string when it cannot be read
 */
function azureKeyName(reference) {
    const [, host = '', key, version = ''] = azure_key_name_shape.exec(reference) ?? [];
    if (key === undefined) {
        const url = /^azurekms:\/\/https?:\/\//.test(reference) ? '; the host stands there without https://' : '';
        return `${azure_key_name_wanted}${url}`;
    }
    if (!azure_key_name_hostShape.test(host) || !URL.canParse(`https://${host}/`))
        return `"${host}" is no host; ${azure_key_name_wanted}`;
    return { host: host.toLowerCase(), key, ...(version !== '' && { version }) };
}

;// CONCATENATED MODULE: ./src/keys/azure-key-vault.ts


/** `azurekms://<vault host>/<key>[/<version>]`: public keys are fetched, the check stays here (never `verify`). */
const azureKeyVaultKey = {
    matches: (reference) => reference.startsWith('azurekms:'),
    load: async (reference, call) => {
        const name = azureKeyName(reference);
        if (typeof name === 'string')
            return (0,key_source/* keyInvalid */.r)(`${reference}: ${name}`);
        // Azure's library is loaded for such references only.
        const { fetchAzureKey } = await Promise.all(/* import() */[__nccwpck_require__.e(2830), __nccwpck_require__.e(3324), __nccwpck_require__.e(1566), __nccwpck_require__.e(8143), __nccwpck_require__.e(1410)]).then(__nccwpck_require__.bind(__nccwpck_require__, 41410));
        return fetchAzureKey(reference, name, call);
    },
};

// EXTERNAL MODULE: ./src/keys/pem-text.ts
var pem_text = __nccwpck_require__(63136);
;// CONCATENATED MODULE: ./src/keys/environment.ts


const scheme = 'env://';
/** `env://NAME`: a variable that holds the PEM. */
const environmentKey = {
    matches: (reference) => reference.startsWith(scheme),
    load: async (reference) => {
        const name = reference.slice(scheme.length);
        const text = process.env[name];
        if (name === '' || text === undefined || text === '') {
            return (0,key_source/* keyInvalid */.r)(`${reference}: expected a PEM in the environment variable ${name}, got nothing`);
        }
        return (0,pem_text/* keyFromText */.x)(reference, text);
    },
};

// EXTERNAL MODULE: ./src/files/read.ts
var read = __nccwpck_require__(49823);
;// CONCATENATED MODULE: ./src/keys/file.ts



/** A path to a PEM file: what a reference without a scheme means. */
const keyFile = {
    matches: (reference) => !reference.includes('://'),
    load: async (reference) => {
        const file = await (0,read/* readWhole */.oD)(reference, pem_text/* keyLimit */.l, 'key');
        switch (file.kind) {
            case 'found':
                return (0,pem_text/* keyFromText */.x)(reference, Buffer.from(file.value).toString('utf8'));
            case 'absent':
                return (0,key_source/* keyInvalid */.r)(`${reference}: expected a key file, got no such file`);
            case 'failed':
                return (0,key_source/* keyInvalid */.r)(file.problem.message);
        }
    },
};

;// CONCATENATED MODULE: ./src/keys/gcp-kms-name.ts
const gcp_kms_name_wanted = 'expected gcpkms://projects/<project>/locations/<location>/keyRings/<ring>/cryptoKeys/<key>, with /cryptoKeyVersions/<number> or /versions/<number> for one version';
/** A project may lie below a domain: `example.com:name`. */
const gcp_kms_name_shape = /^gcpkms:\/\/(projects\/[a-z0-9][a-z0-9.:-]{0,99}\/locations\/[a-z0-9-]{1,63}\/keyRings\/[\w-]{1,63}\/cryptoKeys\/[\w-]{1,63})(?:\/(?:cryptoKeyVersions|versions)\/([1-9][0-9]{0,9}))?$/;
/**
 * Reads a `gcpkms:` reference (sigstore's form, `kms/gcp/client.go`, and the API's own resource name).
 *
 * @returns the reason as a string when it cannot be read
 */
function gcpKeyName(reference) {
    const [, key, version] = gcp_kms_name_shape.exec(reference) ?? [];
    if (key === undefined) {
        const slashes = /^gcpkms:\/{3,}projects\//.test(reference) ? '; write two slashes, not three' : '';
        return `${gcp_kms_name_wanted}${slashes}`;
    }
    return { key, ...(version !== undefined && { version }) };
}

;// CONCATENATED MODULE: ./src/keys/gcp-kms.ts


/** `gcpkms://projects/…`: public keys are fetched, the check stays here. */
const gcpKmsKey = {
    matches: (reference) => reference.startsWith('gcpkms:'),
    load: async (reference, call) => {
        const name = gcpKeyName(reference);
        if (typeof name === 'string')
            return (0,key_source/* keyInvalid */.r)(`${reference}: ${name}`);
        // Google's library is loaded for such references only.
        const { fetchGcpKey } = await Promise.all(/* import() */[__nccwpck_require__.e(3324), __nccwpck_require__.e(4562), __nccwpck_require__.e(2919)]).then(__nccwpck_require__.bind(__nccwpck_require__, 32919));
        return fetchGcpKey(reference, name, call);
    },
};

// EXTERNAL MODULE: ./src/keys/inline.ts
var inline = __nccwpck_require__(80947);
;// CONCATENATED MODULE: ./src/keys/gitlab.ts


const gitlab_scheme = 'gitlab://';
/** A number, or a path as GitLab allows it: nothing else becomes a part of a URL. */
const gitlab_shape = /^(?:[1-9]\d{0,17}|\w[\w.-]{0,254}(?:\/\w[\w.-]{0,254}){0,20})$/;
/** `gitlab://<project>`: the CI/CD variable `COSIGN_PUBLIC_KEY` of a project or group, by path or number. */
const gitlabKey = {
    matches: (reference) => reference.startsWith('gitlab:'),
    load: async (reference, call) => {
        const project = reference.startsWith(gitlab_scheme) ? reference.slice(gitlab_scheme.length) : '';
        if (!gitlab_shape.test(project)) {
            const wanted = 'expected gitlab://<owner>/<project>, gitlab://<group> or gitlab://<number>';
            return (0,key_source/* keyInvalid */.r)(`${(0,inline/* keyName */.x)(reference)}: ${wanted}`);
        }
        // HTTP and TLS are loaded for such references only.
        const { fetchGitlabKey } = await __nccwpck_require__.e(/* import() */ 7202).then(__nccwpck_require__.bind(__nccwpck_require__, 87202));
        return fetchGitlabKey(reference, project, call);
    },
};

// EXTERNAL MODULE: ./src/evidence/json.ts
var json = __nccwpck_require__(49839);
// EXTERNAL MODULE: ./src/evidence/s3lo-record.ts + 1 modules
var s3lo_record = __nccwpck_require__(46794);
;// CONCATENATED MODULE: ./src/keys/kubernetes-secret.ts





const entry = 'cosign.pub';
/** Kubernetes' own patterns (object names and ids: RFC 1123 label and subdomain): no name can be taken for a flag. */
const label = '[a-z0-9](?:[a-z0-9-]*[a-z0-9])?';
const kubernetes_secret_shape = new RegExp(String.raw `^k8s://(${label})/(${label}(?:\.${label})*)$`);
const longestNamespace = 63;
const longestName = 253;
/** `k8s://<namespace>/<secret>`: the entry `cosign.pub` of a secret, as `cosign generate-key-pair k8s://…` writes it. */
const kubernetesKey = {
    matches: (reference) => reference.startsWith('k8s:'),
    load: async (reference, call) => {
        const [, namespace = '', name = ''] = kubernetes_secret_shape.exec(reference) ?? [];
        if (name === '' || name.length > longestName || namespace.length > longestNamespace) {
            return (0,key_source/* keyInvalid */.r)(`${(0,inline/* keyName */.x)(reference)}: expected k8s://<namespace>/<secret>`);
        }
        const { getSecret } = await __nccwpck_require__.e(/* import() */ 1574).then(__nccwpck_require__.bind(__nccwpck_require__, 31574));
        const answer = await getSecret({ namespace, name }, call);
        if (answer.kind === 'failed')
            return answer;
        if (answer.kind === 'absent')
            return (0,key_source/* keyInvalid */.r)(`${reference}: ${answer.message}`);
        return readSecret(reference, answer.value);
    },
};
/** Nothing else of the secret is looked at: beside the public key lie the private one and its password. */
async function readSecret(reference, bytes) {
    const secret = (0,json/* readObject */.Ag)(bytes);
    if ((0,json/* textField */.M8)(secret, 'kind') !== 'Secret') {
        const message = `${reference}: expected a Secret in JSON from kubectl, got something else`;
        return { kind: 'failed', problem: { code: 'response-invalid', message, service: 'key' } };
    }
    const text = (0,json/* textField */.M8)((0,json/* objectField */.qV)(secret, 'data'), entry);
    if (text === undefined)
        return (0,key_source/* keyInvalid */.r)(`${reference}: expected the entry ${entry} in the secret, got none`);
    const pem = (0,s3lo_record/* decodeBase64 */.y4)(text);
    if ('illegalAt' in pem)
        return (0,key_source/* keyInvalid */.r)(`${reference}: expected the entry ${entry} in base64`);
    return (0,pem_text/* keyFromText */.x)(`${reference}, ${entry}`, Buffer.from(pem).toString('utf8'));
}

// EXTERNAL MODULE: ./src/keys/pkcs11.ts
var keys_pkcs11 = __nccwpck_require__(27107);
// EXTERNAL MODULE: ./src/keys/transit-name.ts
var transit_name = __nccwpck_require__(8647);
;// CONCATENATED MODULE: ./src/keys/transit.ts



/**
 * `hashivault://…` and `openbao://…`: keys of a transit engine of Vault or OpenBao. The public halves of all versions
 * are fetched, the check stays here (never `<mount>/verify`).
 */
const transitKey = {
    matches: (reference) => /^(hashivault|openbao):/.test(reference),
    load: async (reference, call) => {
        const name = (0,transit_name/* transitName */.l)(reference);
        if (typeof name === 'string')
            return (0,key_source/* keyInvalid */.r)(`${(0,inline/* keyName */.x)(reference)}: ${name}`);
        // HTTP and TLS are loaded for such references only.
        const { fetchTransitKey } = await __nccwpck_require__.e(/* import() */ 8152).then(__nccwpck_require__.bind(__nccwpck_require__, 18152));
        return fetchTransitKey(reference, name, call);
    },
};

// EXTERNAL MODULE: ./src/network/url.ts
var network_url = __nccwpck_require__(49263);
;// CONCATENATED MODULE: ./src/keys/web.ts




/** `https://…`: a PEM on a web server; plain http only on this machine. */
const webKey = {
    matches: (reference) => /^https?:\/\//.test(reference),
    load: async (reference, call) => {
        const name = (0,inline/* keyName */.x)(reference);
        if (!URL.canParse(reference))
            return (0,key_source/* keyInvalid */.r)(`${name}: expected a URL`);
        const url = new URL(reference);
        if (!(0,network_url/* mayCarry */.P5)(url))
            return (0,key_source/* keyInvalid */.r)(`${name}: expected https, got http; a key that travels in the clear proves nothing`);
        // HTTP and TLS are a third of a short run: loaded for such references only.
        const { download } = await __nccwpck_require__.e(/* import() */ 3043).then(__nccwpck_require__.bind(__nccwpck_require__, 53043));
        const answer = await download({ url, service: 'key', limit: pem_text/* keyLimit */.l }, call);
        switch (answer.kind) {
            case 'found':
                return (0,pem_text/* keyFromText */.x)(name, Buffer.from(answer.value).toString('utf8'));
            case 'absent':
                return (0,key_source/* keyInvalid */.r)(answer.message);
            case 'failed':
                return answer;
        }
    },
};

;// CONCATENATED MODULE: ./src/keys/load.ts











/** Every kind of key reference, in the order in which they are tried. */
const sources = [
    inline/* inlineKey */.X,
    environmentKey,
    webKey,
    awsKmsKey,
    gcpKmsKey,
    azureKeyVaultKey,
    transitKey,
    kubernetesKey,
    gitlabKey,
    keys_pkcs11/* pkcs11Key */.Z,
    keyFile,
];
/** Leads a key reference to its public key. */
async function loadKey(reference, call) {
    const source = sources.find(({ matches }) => matches(reference));
    if (!source) {
        const message = `${(0,inline/* keyName */.x)(reference)}: expected a file, inline PEM, env://NAME, https://…, awskms:///…, gcpkms://…, azurekms://…, hashivault://…, openbao://…, k8s://… or gitlab://…`;
        return { reference, kind: 'failed', problem: { code: 'key-invalid', message } };
    }
    return { reference, ...(await source.load(reference, call)) };
}


/***/ }),

/***/ 63136:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   l: () => (/* binding */ keyLimit),
/* harmony export */   x: () => (/* binding */ keyFromText)
/* harmony export */ });
/* harmony import */ var _key_source_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(13353);
/* harmony import */ var _pem_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(92722);


/** Most bytes of a key file or answer. */
const keyLimit = 1024 * 1024;
/**
 * The public key in a text with a PEM block: a public key, or the public half of an encrypted `cosign.key`, which
 * opens with `COSIGN_PASSWORD` (unset means the empty password, as in cosign without a terminal).
 *
 * @param name how the key is called in messages
 */
async function keyFromText(name, text) {
    const pem = (0,_pem_js__WEBPACK_IMPORTED_MODULE_0__/* .readPem */ .J)(text);
    switch (pem.kind) {
        case 'key':
            return (0,_key_source_js__WEBPACK_IMPORTED_MODULE_1__/* .oneKey */ .G)(pem.key);
        case 'refused':
            return (0,_key_source_js__WEBPACK_IMPORTED_MODULE_1__/* .keyInvalid */ .r)(`${name}: ${pem.reason}`);
        case 'encrypted': {
            const { openCosignKey } = await __nccwpck_require__.e(/* import() */ 8163).then(__nccwpck_require__.bind(__nccwpck_require__, 48163));
            const opened = await openCosignKey(pem.body, process.env['COSIGN_PASSWORD'] ?? '');
            return opened.kind === 'key' ? (0,_key_source_js__WEBPACK_IMPORTED_MODULE_1__/* .oneKey */ .G)(opened.key) : (0,_key_source_js__WEBPACK_IMPORTED_MODULE_1__/* .keyInvalid */ .r)(`${name}: ${opened.reason}`);
        }
    }
}


/***/ }),

/***/ 92722:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   J: () => (/* binding */ readPem)
/* harmony export */ });
/* harmony import */ var _evidence_s3lo_record_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(46794);
/* harmony import */ var _verify_public_key_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(83222);


const begin = '-----BEGIN ';
const end = '\n-----END ';
const dashes = '-----';
const expected = 'expected a PEM block PUBLIC KEY, RSA PUBLIC KEY or ENCRYPTED SIGSTORE PRIVATE KEY';
/**
 * Reads the first PEM block of a key file; what follows it is not looked at. The text must still have its byte
 * order mark if the file has one (a TextDecoder drops it unless told otherwise): s3lo and cosign refuse such files.
 */
function readPem(text) {
    const block = findBlock(text);
    if (block === undefined)
        return refused(`${expected}, got ${describeOther(text)}`);
    switch (block.type) {
        case 'PUBLIC KEY':
            return namePem(block.type, (0,_verify_public_key_js__WEBPACK_IMPORTED_MODULE_1__/* .publicKeyFromSpki */ .W8)(block.body));
        case 'RSA PUBLIC KEY':
            return namePem(block.type, (0,_verify_public_key_js__WEBPACK_IMPORTED_MODULE_1__/* .publicKeyFromPkcs1 */ .fu)(block.body));
        case 'ENCRYPTED SIGSTORE PRIVATE KEY':
        case 'ENCRYPTED COSIGN PRIVATE KEY':
            return { kind: 'encrypted', body: block.body };
        case 'CERTIFICATE':
            return refused(`${expected}, got a CERTIFICATE: extract its key with openssl x509 -pubkey -noout`);
        case 'PRIVATE KEY':
        case 'EC PRIVATE KEY':
        case 'RSA PRIVATE KEY':
        case 'ENCRYPTED PRIVATE KEY':
        case 'OPENSSH PRIVATE KEY':
            return refused(`${expected}, got a ${block.type}: a check needs the public half only, extract it with openssl pkey -pubout`);
        default:
            return refused(`${expected}, got a PEM block ${block.type}`);
    }
}
function refused(reason) {
    return { kind: 'refused', reason };
}
function namePem(type, outcome) {
    return outcome.kind === 'key' ? outcome : refused(`PEM block ${type}: ${outcome.reason}`);
}
/** What lies there instead, told by its looks only: the text may be a secret and is never quoted. */
function describeOther(text) {
    if (text.trim() === '')
        return 'an empty file';
    if (text.startsWith('\ufeff'))
        return 'text that starts with a byte order mark: remove it';
    if (text.trimStart().startsWith('{'))
        return 'JSON (a JWK?): export the key as PEM';
    if (/^0[\u0080-\uffff]/.test(text) || /[\0\ufffd]/.test(text)) {
        return 'binary data (DER?): convert it with openssl pkey -pubin -inform der';
    }
    if (/^[ \t]+-----BEGIN /m.test(text))
        return 'an indented PEM block: its lines must start at the margin';
    if (text.includes(begin))
        return 'a PEM block that is cut off, mislabeled or not in base64';
    return 'text without a PEM block';
}
/**
 * The first block that Go's pem.Decode would find: the last BEGIN before an END, both at the start of a line, with
 * labels that agree and good base64 in between; what is no such block is passed over.
 */
function findBlock(text) {
    for (let from = 0;;) {
        const endAt = text.indexOf(end, from);
        if (endAt < 0)
            return undefined;
        const labelAt = endAt + end.length;
        const beginAt = text.slice(from, endAt).lastIndexOf(begin) + from;
        const atMargin = beginAt === from || (beginAt > from && text[beginAt - 1] === '\n');
        if (atMargin) {
            const start = beginAt + begin.length;
            const typeLine = readLine(text, start);
            const type = typeLine.line.slice(0, -dashes.length);
            if (typeLine.line.endsWith(dashes)) {
                const bodyAt = skipHeaders(text, typeLine.next);
                if (bodyAt === undefined || bodyAt > labelAt)
                    return undefined;
                const hasHeaders = bodyAt > typeLine.next;
                const closed = text.startsWith(type + dashes, labelAt) &&
                    readLine(text, labelAt + type.length + dashes.length).line === '';
                if (closed && !(hasHeaders && endAt < bodyAt)) {
                    const body = (0,_evidence_s3lo_record_js__WEBPACK_IMPORTED_MODULE_0__/* .decodeBase64 */ .y4)(text.slice(bodyAt, Math.max(bodyAt, endAt)).replaceAll(/[ \t]/g, ''));
                    if (!('illegalAt' in body))
                        return { type, body };
                }
            }
        }
        from = labelAt;
    }
}
/** A line without its end and trailing blanks, and where the next one starts. */
function readLine(text, start) {
    const feed = text.indexOf('\n', start);
    if (feed < 0)
        return { line: text.slice(start).replace(/[ \t]+$/, ''), next: text.length };
    const stop = feed > start && text[feed - 1] === '\r' ? feed - 1 : feed;
    return { line: text.slice(start, stop).replace(/[ \t]+$/, ''), next: feed + 1 };
}
/** Where the lines of the form `Key: value` end; nothing when the text ends with them. */
function skipHeaders(text, start) {
    let at = start;
    while (at < text.length) {
        const { line, next } = readLine(text, at);
        if (!line.includes(':'))
            return at;
        at = next;
    }
    return undefined;
}


/***/ }),

/***/ 27107:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Q: () => (/* binding */ tokensUnsupported),
/* harmony export */   Z: () => (/* binding */ pkcs11Key)
/* harmony export */ });
/* harmony import */ var _inline_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(80947);

/** Why a key on a hardware token is not read, and what does instead. */
const tokensUnsupported = 'keys on hardware tokens (PKCS#11, PIV) are not read: a runner has none; export the public key as PEM once and give that (cosign public-key, or pkcs11-tool --read-object --type pubkey)';
/** `pkcs11:…` (RFC 7512), which cosign reads through a module of the token's maker. */
const pkcs11Key = {
    matches: (reference) => reference.startsWith('pkcs11:'),
    load: (reference) => {
        const message = `${(0,_inline_js__WEBPACK_IMPORTED_MODULE_0__/* .keyName */ .x)(reference)}: ${tokensUnsupported}`;
        return Promise.resolve({ kind: 'failed', problem: { code: 'unsupported', message } });
    },
};


/***/ }),

/***/ 8647:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   A: () => (/* binding */ isMount),
/* harmony export */   l: () => (/* binding */ transitName)
/* harmony export */ });
const key = String.raw `\w(?:[\w.-]*\w)?`;
const host = String.raw `(?:[a-zA-Z0-9](?:[a-zA-Z0-9.-]*[a-zA-Z0-9])?|\[[0-9a-fA-F:]+\])(?::[0-9]{1,5})?`;
const mount = String.raw `\w[\w.-]*(?:/\w[\w.-]*)*`;
const shape = new RegExp(`^(hashivault|openbao)://(?:(${host})/v1/(${mount})/keys/)?(${key})$`);
const mountShape = new RegExp(`^${mount}$`);
/**
 * Reads `hashivault://NAME` and `openbao://NAME` (sigstore's form, `kms/hashivault/client.go`, which knows no version
 * in it), and the whole address, `hashivault://host[:port]/v1/<mount>/keys/<name>`, that s3lo's documentation shows.
 *
 * @returns the reason as a string when it cannot be read
 */
function transitName(reference) {
    const [, scheme, at, path, name] = shape.exec(reference) ?? [];
    if ((scheme !== 'hashivault' && scheme !== 'openbao') || name === undefined) {
        const form = reference.startsWith('openbao:') ? 'openbao' : 'hashivault';
        return `expected ${form}://<key name> or ${form}://<host>[:<port>]/v1/<mount>/keys/<key name>`;
    }
    if (at === undefined || path === undefined)
        return { scheme, key: name };
    if (!URL.canParse(`https://${at}`))
        return `"${at}" is no host`;
    return { scheme, key: name, address: { host: at, mount: path } };
}
/** Whether a text can be the path of a secrets engine: nothing else becomes a part of a URL. */
function isMount(text) {
    return mountShape.test(text);
}


/***/ }),

/***/ 8110:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Ie: () => (/* binding */ faultCode),
/* harmony export */   Qr: () => (/* binding */ isBroken),
/* harmony export */   d$: () => (/* binding */ isNetworkFault),
/* harmony export */   q0: () => (/* binding */ describe)
/* harmony export */ });
/** Codes by which Node and OpenSSL name failures of a TLS handshake or a certificate. */
const tlsCode = /^(ERR_TLS|ERR_SSL|EPROTO$|CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE)/;
/** The code of a failure below HTTP, from the error that Node gives. */
function faultCode(error) {
    const codes = errorCodes(error);
    if (codes.some((code) => tlsCode.test(code)))
        return 'tls-failed';
    if (codes.some((code) => /TIMEOUT|TIMEDOUT|AbortError/i.test(code)))
        return 'timeout';
    if (codes.includes('HPE_INVALID_CONSTANT') || codes.some((code) => code.startsWith('HPE_')))
        return 'response-invalid';
    return 'unreachable';
}
/** Whether this came from the network at all, and not from a defect of the program. */
function isNetworkFault(error) {
    return errorCodes(error).some((code) => tlsCode.test(code) ||
        /^(E[A-Z]+|HPE_.*|TimeoutError|AbortError|UND_ERR_.*)$/.test(code) ||
        code === 'ERR_STREAM_PREMATURE_CLOSE');
}
/** Whether the other side ended the connection. */
function isBroken(error) {
    return errorCodes(error).some((code) => code === 'ECONNRESET' || code === 'EPIPE');
}
function errorCodes(error) {
    const codes = [];
    for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth++) {
        codes.push(at.name);
        if ('code' in at && typeof at.code === 'string')
            codes.push(at.code);
        if (at instanceof AggregateError)
            for (const one of at.errors)
                codes.push(...errorCodes(one));
    }
    return codes;
}
/** One line about an error. */
function describe(error) {
    if (error instanceof AggregateError && error.errors.length > 0)
        return describe(error.errors[0]);
    return error instanceof Error ? error.message || error.name : String(error);
}


/***/ }),

/***/ 88353:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   $: () => (/* binding */ sumCalls),
/* harmony export */   _: () => (/* binding */ openJournal)
/* harmony export */ });
function openJournal() {
    const hosts = new Map();
    const attempts = [];
    return {
        contacted: (host) => void hosts.set(host, (hosts.get(host) ?? 0) + 1),
        retried: (attempt) => void attempts.push(attempt),
        calls: () => [...hosts].map(([host, count]) => ({ host, count })).sort((a, b) => (a.host < b.host ? -1 : 1)),
        attempts: () => [...attempts].sort((a, b) => compare(a.call, b.call) || a.attempt - b.attempt),
    };
}
function compare(a, b) {
    return a < b ? -1 : a > b ? 1 : 0;
}
/** Adds up the calls of several journals. */
function sumCalls(journals) {
    const sum = openJournal();
    for (const journal of journals) {
        for (const { host, count } of journal.calls())
            for (let n = 0; n < count; n++)
                sum.contacted(host);
    }
    return sum.calls();
}


/***/ }),

/***/ 13130:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   F9: () => (/* binding */ found),
/* harmony export */   Ge: () => (/* binding */ absent),
/* harmony export */   gz: () => (/* binding */ failed)
/* harmony export */ });
function found(value) {
    return { kind: 'found', value };
}
function absent(message) {
    return { kind: 'absent', message };
}
function failed(code, message, service) {
    return { kind: 'failed', problem: { code, message, ...(service && { service }) } };
}


/***/ }),

/***/ 49263:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   P5: () => (/* binding */ mayCarry),
/* harmony export */   SP: () => (/* binding */ shown),
/* harmony export */   U9: () => (/* binding */ isLoopback),
/* harmony export */   VJ: () => (/* binding */ isMetadataServer)
/* harmony export */ });
/** A URL as it may be shown: without user, password and query. */
function shown(url) {
    return `${url.protocol}//${url.host}${url.pathname}`;
}
/** Plain http is for this machine only. */
function mayCarry(url) {
    return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url));
}
function isLoopback({ hostname }) {
    return /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(hostname);
}
/** Where a cloud tells a machine who it is: at the machine's own link, without TLS and never behind a proxy. */
function isMetadataServer({ hostname }) {
    return /^(169\.254(\.\d{1,3}){2}|metadata\.google\.internal\.?)$/.test(hostname);
}


/***/ }),

/***/ 15725:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   L: () => (/* binding */ nameOfIdentity),
/* harmony export */   j: () => (/* binding */ compileInputs)
/* harmony export */ });
/* harmony import */ var _evidence_provenance_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(55342);
/* harmony import */ var _evidence_statement_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(63240);


/**
 * The step's own inputs as one more policy, which covers every image.
 *
 * @param rule the policy about statements that the demand names
 */
function compileInputs(request, rule) {
    const { keys, require } = request.signers;
    // A key that is named twice is one signer: its one signature must not meet two demands.
    const signers = [
        ...[...new Set(keys)].map((reference) => ({ kind: 'key', reference })),
        ...(request.signers.identities ?? []).map((identity) => ({
            kind: 'identity',
            reference: nameOfIdentity(identity),
            identity,
        })),
    ];
    const each = new Map(signers.map((by) => [`${by.kind} ${by.reference}`, by]));
    const signed = [...each.values()].map((by) => demandOf(by, request.demand ?? {}, rule));
    const signatures = require === 'all'
        ? { kind: 'all', name: 'signed-by-all', of: signed }
        : require === 'any'
            ? { kind: 'any', name: 'signed-by-any', of: signed }
            : { kind: 'atLeast', name: `signed-by-${require}`, count: require, of: signed };
    if (request.expectedDigest === undefined)
        return signatures;
    return {
        kind: 'all',
        name: 'inputs',
        of: [{ kind: 'digest', expected: request.expectedDigest }, signatures],
    };
}
/** What one signer must have made: a signature, attestations instead, or both. */
function demandOf(by, demand, rule) {
    const { annotations = {}, attestationTypes = [], requireSignature = false, provenance } = demand;
    const signed = {
        kind: 'signed',
        by,
        apart: true,
        ...(Object.keys(annotations).length > 0 && { annotations }),
    };
    if (attestationTypes.length === 0 && provenance === undefined)
        return signed;
    const isProvenance = (type) => (0,_evidence_provenance_js__WEBPACK_IMPORTED_MODULE_0__/* .isProvenanceType */ .I)((0,_evidence_statement_js__WEBPACK_IMPORTED_MODULE_1__/* .predicateTypeOf */ .T4)(type));
    const attest = (type) => ({
        kind: 'attested',
        type,
        by,
        apart: true,
        ...(provenance && isProvenance(type) && { provenance }),
        ...(rule && { rule }),
    });
    const attested = attestationTypes.map(attest);
    // Whoever asks for a source means provenance of whichever version there is.
    if (provenance && !attestationTypes.some(isProvenance))
        attested.push({
            kind: 'any',
            name: 'provenance',
            of: ['slsaprovenance1', 'slsaprovenance'].map(attest),
            ...(rule?.over === 'every' && { over: 'every' }),
        });
    const of = requireSignature ? [signed, ...attested] : attested;
    const [only, ...others] = of;
    return only && others.length === 0 ? only : { kind: 'all', name: 'vouched-for', of };
}
/** An identity in one line, for reports. */
function nameOfIdentity({ subject, subjectRegexp, issuer, issuerRegexp, claims = {}, }) {
    const who = subject ?? (subjectRegexp === undefined ? 'anybody' : `/${subjectRegexp}/`);
    const issuers = [issuer, issuerRegexp === undefined ? undefined : `/${issuerRegexp}/`].filter((one) => one !== undefined);
    const also = Object.entries(claims).map(([name, value]) => `${name} ${value}`);
    return [`${who} (issuer ${issuers.join(' and ')})`, ...also].join(', ');
}


/***/ }),

/***/ 40099:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  F: () => (/* binding */ parseReference)
});

// EXTERNAL MODULE: ./src/reference/reference.ts
var reference = __nccwpck_require__(71644);
;// CONCATENATED MODULE: ./src/reference/oci-layout.ts

const layoutScheme = 'oci-layout://';
/** Reads `oci-layout://dir[:tag][@sha256:…]`. Colon and at sign count only in the last path component. */
function parseLayoutReference(text) {
    const rest = text.slice(layoutScheme.length);
    const last = rest.lastIndexOf('@');
    const at = last >= 0 && !/[/\\]/.test(rest.slice(last)) ? last : -1;
    const digest = at < 0 ? undefined : rest.slice(at + 1);
    if (digest !== undefined && !(0,reference/* isDigest */.Bc)(digest)) {
        return (0,reference/* unreadable */.O$)(text, `malformed digest "${digest}": expected sha256: and 64 lower-case hex digits`);
    }
    const named = at < 0 ? rest : rest.slice(0, at);
    const colon = named.lastIndexOf(':');
    const tagged = colon >= 0 && !/[/\\]/.test(named.slice(colon));
    const path = tagged ? named.slice(0, colon) : named;
    const tag = tagged ? named.slice(colon + 1) : undefined;
    if (path === '')
        return (0,reference/* unreadable */.O$)(text, 'missing folder of the layout');
    if (tag === '')
        return (0,reference/* unreadable */.O$)(text, "empty tag after ':'");
    return {
        kind: 'oci-layout',
        path,
        text,
        ...(tag !== undefined && { tag }),
        ...(digest !== undefined && { digest }),
    };
}

// EXTERNAL MODULE: ./src/reference/registry.ts
var registry = __nccwpck_require__(36758);
;// CONCATENATED MODULE: ./src/reference/s3lo.ts

const scheme = /^(s3|gs|az|local):\/\//;
/**
 * Reads `s3://bucket/image:tag` and its kin as s3lo v3 does (its `pkg/ref`), with three things stricter: a tag is
 * always demanded, also beside a digest, because these stores keep images by tag; the digest is SHA-256.
 */
function parseS3loReference(text) {
    const prefix = scheme.exec(text);
    if (!prefix)
        return (0,reference/* unreadable */.O$)(text, 'must start with s3://, gs://, az://, or local://');
    const name = prefix[1];
    const rest = text.slice(prefix[0].length);
    const end = name === 'local' ? endOfLocalRoot(rest) : rest.indexOf('/');
    if (end < 0)
        return (0,reference/* unreadable */.O$)(text, name === 'local' ? `missing image path after storage root "${rest}"` : 'missing image path');
    const bucket = rest.slice(0, end);
    if (bucket === '')
        return (0,reference/* unreadable */.O$)(text, 'empty bucket');
    const path = rest.slice(end + 1);
    if (path === '')
        return (0,reference/* unreadable */.O$)(text, 'missing image name');
    const at = path.indexOf('@');
    const digest = at < 0 ? undefined : path.slice(at + 1);
    if (digest !== undefined && !(0,reference/* isDigest */.Bc)(digest)) {
        return (0,reference/* unreadable */.O$)(text, `malformed digest "${digest}" (want algo:hex, e.g. sha256:<64 hex chars>)`);
    }
    const named = at < 0 ? path : path.slice(0, at);
    const colon = named.lastIndexOf(':');
    if (colon < 0)
        return (0,reference/* unreadable */.O$)(text, `missing tag in "${text}": these stores keep images by tag (e.g. ${name}://${bucket}/${named}:v1)`);
    const image = named.slice(0, colon);
    const tag = named.slice(colon + 1);
    if (tag === '')
        return (0,reference/* unreadable */.O$)(text, "empty tag after ':'");
    if (image === '')
        return (0,reference/* unreadable */.O$)(text, 'empty image name');
    if (!isPathSegment(tag)) {
        return (0,reference/* unreadable */.O$)(text, `illegal tag "${tag}" (a tag must be a single path segment and cannot be "." or "..")`);
    }
    for (const component of image.split('/')) {
        if (!isPathSegment(component)) {
            return (0,reference/* unreadable */.O$)(text, `illegal image name "${image}": component "${component}" is not a valid path segment`);
        }
    }
    return { kind: 's3lo', scheme: name, bucket, image, tag, text, ...(digest !== undefined && { digest }) };
}
/** The root of a local store is exactly one path component, behind an optional `/`, `./` or `../`. */
function endOfLocalRoot(rest) {
    const lead = ['../', './', '/'].find((start) => rest.startsWith(start)) ?? '';
    const slash = rest.indexOf('/', lead.length);
    return slash === lead.length ? -1 : slash;
}
function isPathSegment(segment) {
    return segment !== '' && segment !== '.' && segment !== '..' && !/[/\\]/.test(segment);
}

;// CONCATENATED MODULE: ./src/reference/parse.ts




/** The longest reference read; file systems and object stores end far below it. */
const longestReference = 2048;
const controlCharacter = /[\p{Cc}\u2028\u2029]/u;
/**
 * Reads an image reference of any kind. Control characters are refused everywhere: a line feed in a name would reach
 * the line-based bytes that s3lo signs, and the lines that a runner reads.
 */
function parseReference(text) {
    if (text === '')
        return (0,reference/* unreadable */.O$)(text, 'expected an image reference, got an empty text');
    if (text.length > longestReference)
        return (0,reference/* unreadable */.O$)(text, `longer than ${longestReference} characters`);
    if (controlCharacter.test(text))
        return (0,reference/* unreadable */.O$)(text, 'a control character is in it');
    if (text.startsWith(layoutScheme))
        return parseLayoutReference(text);
    if (/^(s3|gs|az|local):\/\//.test(text))
        return parseS3loReference(text);
    const scheme = /^([a-zA-Z][a-zA-Z0-9+.-]*):\/\//.exec(text);
    if (scheme) {
        return (0,reference/* unreadable */.O$)(text, `"${String(scheme[1])}://" is no known place; expected s3://, gs://, az://, local://, oci-layout:// or registry/name:tag`);
    }
    return (0,registry/* parseRegistryReference */.q)(text);
}


/***/ }),

/***/ 71644:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Bc: () => (/* binding */ isDigest),
/* harmony export */   O$: () => (/* binding */ unreadable),
/* harmony export */   QC: () => (/* binding */ displayName),
/* harmony export */   y_: () => (/* binding */ pin)
/* harmony export */ });
function unreadable(text, reason) {
    return { kind: 'unreadable', text, reason };
}
const digestPattern = /^sha256:[0-9a-f]{64}$/;
function isDigest(text) {
    return digestPattern.test(text);
}
/** The short name that s3lo prints: what follows the last slash. */
function displayName(reference) {
    return reference.text.slice(reference.text.lastIndexOf('/') + 1);
}
/** The reference with the digest that was resolved, ready to be deployed: `name:tag@sha256:…`. */
function pin(reference, digest) {
    const at = reference.digest === undefined ? -1 : reference.text.lastIndexOf('@');
    const name = at < 0 ? reference.text : reference.text.slice(0, at);
    return `${name}@${digest}`;
}


/***/ }),

/***/ 36758:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   q: () => (/* binding */ parseRegistryReference)
/* harmony export */ });
/* harmony import */ var _reference_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(71644);

/** The registry that a reference without one means, and its folder for images without one: docker's rules. */
const defaultRegistry = 'docker.io';
const officialFolder = 'library';
const host = /^(?:\[[0-9a-fA-F:]+\]|[a-zA-Z0-9](?:[a-zA-Z0-9.-]*[a-zA-Z0-9])?)(?::[0-9]{1,5})?$/;
const component = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/;
const tagPattern = /^\w[\w.-]{0,127}$/;
const longestName = 255;
/** Reads `[registry/]name[:tag][@sha256:…]` by the grammar of docker's `distribution/reference`. */
function parseRegistryReference(text) {
    const at = text.indexOf('@');
    const digest = at < 0 ? undefined : text.slice(at + 1);
    if (digest !== undefined && !(0,_reference_js__WEBPACK_IMPORTED_MODULE_0__/* .isDigest */ .Bc)(digest)) {
        return (0,_reference_js__WEBPACK_IMPORTED_MODULE_0__/* .unreadable */ .O$)(text, `malformed digest "${digest}": expected sha256: and 64 lower-case hex digits`);
    }
    const named = at < 0 ? text : text.slice(0, at);
    const slash = named.indexOf('/');
    const first = slash < 0 ? '' : named.slice(0, slash);
    const hasRegistry = /[.:[A-Z]/.test(first) || first === 'localhost';
    const path = hasRegistry ? named.slice(slash + 1) : named;
    const colon = path.lastIndexOf(':');
    const name = colon < 0 ? path : path.slice(0, colon);
    const tag = colon < 0 ? undefined : path.slice(colon + 1);
    if (hasRegistry && !host.test(first))
        return (0,_reference_js__WEBPACK_IMPORTED_MODULE_0__/* .unreadable */ .O$)(text, `"${first}" is not a registry host`);
    if (name === '')
        return (0,_reference_js__WEBPACK_IMPORTED_MODULE_0__/* .unreadable */ .O$)(text, 'empty image name');
    if (name.length > longestName)
        return (0,_reference_js__WEBPACK_IMPORTED_MODULE_0__/* .unreadable */ .O$)(text, `the name is longer than ${longestName} characters`);
    for (const part of name.split('/')) {
        if (!component.test(part)) {
            return (0,_reference_js__WEBPACK_IMPORTED_MODULE_0__/* .unreadable */ .O$)(text, `illegal name component "${part}": lower-case letters, digits and single separators (. _ __ -) are allowed`);
        }
    }
    if (tag !== undefined && !tagPattern.test(tag))
        return (0,_reference_js__WEBPACK_IMPORTED_MODULE_0__/* .unreadable */ .O$)(text, `illegal tag "${tag}"`);
    if (tag === undefined && digest === undefined)
        return (0,_reference_js__WEBPACK_IMPORTED_MODULE_0__/* .unreadable */ .O$)(text, `missing tag in "${text}" (e.g. ${text}:v1)`);
    const registry = !hasRegistry || first === `index.${defaultRegistry}` ? defaultRegistry : first;
    const official = registry === defaultRegistry && !name.includes('/');
    return {
        kind: 'registry',
        registry,
        repository: official ? `${officialFolder}/${name}` : name,
        text,
        ...(tag !== undefined && { tag }),
        ...(digest !== undefined && { digest }),
    };
}


/***/ }),

/***/ 75652:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   d: () => (/* binding */ distinct)
/* harmony export */ });
/** Each item once: several rules that ask the same key about the same image found the same signature. */
function distinct(items) {
    return [...new Map(items.map((item) => [JSON.stringify(item), item])).values()];
}


/***/ }),

/***/ 48101:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   J: () => (/* binding */ toDocument),
/* harmony export */   z: () => (/* binding */ peerReason)
/* harmony export */ });
/* harmony import */ var _reference_parse_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(40099);
/* harmony import */ var _verdict_result_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(18364);
/* harmony import */ var _distinct_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(75652);



function toDocument(result, inputs, tool) {
    const keys = (0,_distinct_js__WEBPACK_IMPORTED_MODULE_1__/* .distinct */ .d)(result.keys);
    const { verdict, failure, calls, warnings, startedAt, finishedAt } = result;
    return {
        schemaVersion: 1,
        verified: verdict === 'verified',
        ...s3loNames(result),
        verdict,
        failure,
        images: result.images.map(toImage),
        policies: result.policies ?? [],
        keys,
        policyFiles: result.policyFiles ?? [],
        trust: result.trust ?? null,
        inputs,
        calls,
        warnings,
        tool,
        startedAt,
        finishedAt,
    };
}
function toImage(image) {
    const { reference, digest, verdict, failure, finding, attempts } = image;
    const signatures = (0,_distinct_js__WEBPACK_IMPORTED_MODULE_1__/* .distinct */ .d)(image.signatures);
    return {
        reference,
        digest,
        pinned: verdict === 'verified' ? image.pinned : null,
        verdict,
        failure,
        signatures: signatures.filter(({ attests }) => attests === undefined).map(withoutBallast),
        attestations: signatures.filter(({ attests }) => attests !== undefined).map(withoutBallast),
        findings: finding,
        origins: image.origins ?? [],
        ...(image.allowed && { allowed: true }),
        attempts,
    };
}
/** Envelopes hold whole bills of materials, and entries of logs are not verified: the document repeats neither. */
function withoutBallast(signature) {
    if (signature.payload === undefined)
        return signature;
    const { dockerReference, type, optional } = signature.payload;
    return { ...signature, payload: { dockerReference, type, optional } };
}
/** s3lo says these for its one image and one key, so that `jq` lines written for it go on working. */
function s3loNames(result) {
    const [image, ...others] = result.images;
    const [latest, ...more] = result.keys;
    // The versions of a key that rotates are one key; other keys may share a name, such as inline PEM.
    const isOneKey = more.every(({ reference, version }) => version !== undefined && reference === latest?.reference);
    if (!image || others.length > 0 || !isOneKey)
        return {};
    const signed = image.signatures.find(({ verified }) => verified)?.keyId;
    const key = result.keys.find(({ id }) => id === signed) ?? latest;
    const reason = peerReason(image);
    const signedAt = image.signatures[0]?.claimed.signedAt ?? '';
    return {
        ...(reason !== undefined && { reason }),
        ...(image.digest !== null && { digest: image.digest }),
        ...(key && { keyRef: key.reference, keyID: key.id }),
        ...(signedAt !== '' && { signedAt }),
    };
}
/** Why an image is not verified: of an image in s3lo's layout in the words of s3lo, whose lines these are. */
function peerReason({ reference, finding, failure }) {
    if (finding.status !== 'unmet' && finding.status !== 'unknown')
        return undefined;
    const isS3lo = (0,_reference_parse_js__WEBPACK_IMPORTED_MODULE_2__/* .parseReference */ .F)(reference).kind === 's3lo';
    return (isS3lo ? (0,_verdict_result_js__WEBPACK_IMPORTED_MODULE_0__/* .decidingPart */ .t5)(finding).peerReason : undefined) ?? failure?.message;
}


/***/ }),

/***/ 14031:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   ml: () => (/* binding */ shorten),
/* harmony export */   n8: () => (/* binding */ line),
/* harmony export */   pN: () => (/* binding */ inCode),
/* harmony export */   tJ: () => (/* binding */ inert)
/* harmony export */ });
/** Characters that move the cursor, hide text or turn its direction: shown as escapes, never sent to a screen. */
const invisible = /[\p{Cc}\p{Cf}\u2028\u2029\ud800-\udfff]/gu;
/**
 * One line for a terminal or a log. Line feeds, ANSI sequences and bidirectional controls show as escapes; so does
 * `##[`, which a runner obeys anywhere in a line.
 */
function line(text) {
    return text
        .replace(invisible, (character) => {
        const code = character.codePointAt(0) ?? 0;
        if (character === '\n')
            return '\\n';
        if (character === '\r')
            return '\\r';
        if (character === '\t')
            return '\\t';
        return code < 0x100 ? `\\x${hex(code, 2)}` : `\\u${hex(code, 4)}`;
    })
        .replaceAll('##[', '#\\x23[')
        .replace(/^(\s*)::/, '$1\\x3a:');
}
function hex(code, digits) {
    return code.toString(16).padStart(digits, '0');
}
/** What HTML and markdown read as markup; as entities they are only characters, in either. */
const markup = /[&<>"'`[\]*_~|\\#]/g;
/** What GitHub makes a link of without being asked; also right after a digit. */
const autolink = /(https?|ftp):|www\./gi;
/** An address of mail is linked even where its at sign is an entity: only a tag breaks it. A digest stays copyable. */
const atSign = /@(?!sha256:)/g;
/** What begins a list, a heading or a block of code where it begins a line. */
const blockStart = /^(?:[-+= ]|\d+[.)](?= |$))/;
/**
 * Text for a markdown page, between tags, in a paragraph or in a table cell, not in an attribute: one line in which
 * nothing is markup and nothing becomes a link.
 */
function inert(text) {
    return line(text)
        .replace(markup, entity)
        .replace(autolink, lastAsEntity)
        .replace(blockStart, lastAsEntity)
        .replace(atSign, '@<!-- -->');
}
function lastAsEntity(lead) {
    return lead.slice(0, -1) + entity(lead.slice(-1));
}
function entity(character) {
    return `&#${String(character.charCodeAt(0))};`;
}
/** Shortens what would flood a report; says so. */
function shorten(text, most) {
    // Half of a pair is no character.
    return text.length <= most ? text : `${text.slice(0, most - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}
const longestCode = 600;
/** In a table cell and elsewhere: HTML's code element, because a code span of markdown can be broken out of. */
function inCode(text) {
    return `<code>${inert(shorten(text, longestCode))}</code>`;
}


/***/ }),

/***/ 84455:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   i: () => (/* binding */ nearMissesOf)
/* harmony export */ });
/** All near misses below a finding that is not met, each once. */
function nearMissesOf(finding) {
    if (finding.status === 'met')
        return [];
    const own = (finding.nearMisses ?? []).map(({ message }) => message);
    return [...new Set([...own, ...(finding.children ?? []).flatMap(nearMissesOf)])];
}


/***/ }),

/***/ 18141:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   P_: () => (/* binding */ whyNotChecked),
/* harmony export */   Y3: () => (/* binding */ ruleText),
/* harmony export */   Z9: () => (/* binding */ placeText),
/* harmony export */   s8: () => (/* binding */ resourceText)
/* harmony export */ });
/** Where an image stands: `deploy/web.yaml:18 Deployment/shop/web, container app`. */
function placeText({ file, line, resource, container }) {
    const what = resource === undefined ? '' : ` ${resourceText(resource)}`;
    return `${file}:${line}${what}${container === undefined ? '' : `, container ${container}`}`;
}
/** Kind, namespace and name, in the order that Kyverno's reports have. */
function resourceText({ kind, namespace, name }) {
    return `${kind}/${namespace}/${name}`;
}
/** The rule with its policy; a policy that has one rule only, or calls it like itself, is named once. */
function ruleText({ policy, rule }) {
    return rule === '' || rule === policy ? policy : `${policy}/${rule}`;
}
/** Why nobody checked an image. */
function whyNotChecked({ reference }, rows) {
    const skip = rows.find(({ image, result }) => image === reference && result === 'skip');
    return skip === undefined ? 'no policy covers it' : `${ruleText(skip)} leaves it out: ${skip.message}`;
}


/***/ }),

/***/ 66645:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   KI: () => (/* binding */ outcomes),
/* harmony export */   WN: () => (/* binding */ countsText),
/* harmony export */   XF: () => (/* binding */ countOutcomes),
/* harmony export */   md: () => (/* binding */ worstFirst)
/* harmony export */ });
/** What a rule can say, in the order in which Kyverno counts it. */
const outcomes = ['pass', 'fail', 'warn', 'error', 'skip'];
function countOutcomes(rows) {
    const counts = { pass: 0, fail: 0, warn: 0, error: 0, skip: 0 };
    for (const { result } of rows)
        counts[result]++;
    return counts;
}
/** `2 pass, 1 fail, 0 warn, 0 error, 1 skip` */
function countsText(counts) {
    return outcomes.map((outcome) => `${counts[outcome]} ${outcome}`).join(', ');
}
const byWeight = ['fail', 'error', 'warn', 'skip', 'pass'];
/** What wants a reader first; what a list that is cut leaves out are passes. */
function worstFirst(rows) {
    return byWeight.flatMap((outcome) => rows.filter(({ result }) => result === outcome));
}


/***/ }),

/***/ 27079:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   E: () => (/* binding */ redact),
/* harmony export */   F: () => (/* binding */ secretsOf)
/* harmony export */ });
/** Variables whose values are never shown, in any report. */
const secretVariables = [
    'COSIGN_PASSWORD',
    'INPUT_REGISTRY-PASSWORD',
    'INPUT_GITHUB-TOKEN',
    'AWS_SECRET_ACCESS_KEY',
    'AWS_SESSION_TOKEN',
    'AWS_CONTAINER_AUTHORIZATION_TOKEN',
    'AZURE_CLIENT_SECRET',
    'AZURE_CLIENT_CERTIFICATE_PASSWORD',
    'AZURE_STORAGE_KEY',
    'AZURE_STORAGE_SAS_TOKEN',
    'AZURE_STORAGE_CONNECTION_STRING',
    'IDENTITY_HEADER',
    'GITHUB_TOKEN',
    'GITLAB_TOKEN',
    'VAULT_TOKEN',
    'BAO_TOKEN',
    'ACTIONS_RUNTIME_TOKEN',
    'ACTIONS_ID_TOKEN_REQUEST_TOKEN',
];
/** Shorter values would blank out ordinary words. */
const shortestSecret = 4;
/** Values of a query are often words; only longer ones are taken for secrets by themselves. */
const shortestValue = 8;
const shortestKeyLine = 16;
/** The secrets that a run knows: values of variables, and what key references carry in a URL. */
function secretsOf(environment, references = [], login, token, further = []) {
    const secrets = [...secretVariables.flatMap((name) => environment[name] ?? []), ...further];
    if (token !== undefined)
        secrets.push(token);
    if (login)
        secrets.push(login.password, Buffer.from(`${login.username}:${login.password}`).toString('base64'));
    secrets.push(...azureStorageSecrets(environment));
    for (const [name, value = ''] of Object.entries(environment)) {
        if (!/^(https?|all)_proxy$/i.test(name))
            continue;
        // Without a scheme the user would be taken for one.
        const proxy = value.includes('://') ? value : `http://${value}`;
        if (URL.canParse(proxy))
            secrets.push(...secretsInUrl(proxy));
    }
    for (const reference of references) {
        const named = /^env:\/\/(.+)$/.exec(reference)?.[1];
        secrets.push(...privateKeyIn(named === undefined ? reference : environment[named]));
        if (/^https?:\/\//.test(reference) && URL.canParse(reference))
            secrets.push(...secretsInUrl(reference));
    }
    return [...new Set(secrets.flatMap(formsOf))]
        .filter((secret) => secret.length >= shortestSecret)
        .sort((a, b) => b.length - a.length);
}
/** What signs in to a storage account, taken out of what it is written in. */
function azureStorageSecrets(environment) {
    const { AZURE_STORAGE_CONNECTION_STRING: connection = '', AZURE_STORAGE_SAS_TOKEN: token = '' } = environment;
    const field = (name) => name.exec(connection)?.[1] ?? '';
    const sas = field(/(?:^|;)\s*SharedAccessSignature\s*=([^;]*)/i);
    return [
        field(/(?:^|;)\s*AccountKey\s*=([^;]*)/i),
        sas,
        ...[sas, token].flatMap((query) => [...new URLSearchParams(query).getAll('sig'), ...sigAsWritten(query)]),
    ].map((secret) => secret.trim());
}
function sigAsWritten(query) {
    return /(?:^|[?&])sig=([^&]+)/.exec(query)?.slice(1) ?? [];
}
/** A private key as a whole and line by line: where it comes back, its lines may be joined or broken otherwise. */
function privateKeyIn(text) {
    if (text?.includes('PRIVATE KEY') !== true)
        return [];
    const lines = text.split(/\s+/).filter((one) => one.length >= shortestKeyLine && !one.startsWith('-'));
    return [text, ...lines];
}
function secretsInUrl(text) {
    const { username, password, search, searchParams } = new URL(text);
    const [user = '', word = ''] = [username, password].map((part) => attempt(decodeURIComponent, part));
    // Also as they are written: the same value can be encoded in more ways than one.
    const written = search
        .slice(1)
        .split('&')
        .map((pair) => pair.slice(pair.indexOf('=') + 1));
    const values = [...searchParams.values(), ...written].filter((value) => value.length >= shortestValue);
    const basic = user === '' && word === '' ? [] : [Buffer.from(`${user}:${word}`).toString('base64')];
    return [username, password, search.slice(1), user, word, ...basic, ...values];
}
/** A secret as it is, and as a URL holds it. */
function formsOf(secret) {
    return [secret, attempt(encodeURIComponent, secret)];
}
/** Text that cannot be changed so (a lone `%`, half a character) stays as it is. */
function attempt(change, text) {
    try {
        return change(text);
    }
    catch {
        return text;
    }
}
/** A copy in which no text holds a secret. */
function redact(value, secrets) {
    if (secrets.length === 0)
        return value;
    return walk(value, (text) => secrets.reduce((rest, secret) => rest.replaceAll(secret, '***'), text));
}
function walk(value, clean) {
    if (typeof value === 'string')
        return clean(value);
    if (Array.isArray(value))
        return value.map((item) => walk(item, clean));
    // Bytes stay bytes: as a plain object they would be no manifest any more.
    if (typeof value !== 'object' || value === null || value instanceof Uint8Array)
        return value;
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, walk(item, clean)]));
}


/***/ }),

/***/ 92182:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   e: () => (/* binding */ sentence)
/* harmony export */ });
/* harmony import */ var _verdict_statement_summary_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(68341);

/** What an attestation says in one sentence; nothing in it is escaped yet. It is the signer who says it. */
function sentence(statement) {
    switch (statement.kind) {
        case 'provenance':
            return provenance(statement);
        case 'bill-of-materials':
            return bill(statement);
        case 'vulnerability-scan':
            return scan(statement);
        case 'vex':
            return vex(statement);
        case 'unread':
            return `not read: ${statement.reason}`;
    }
}
function provenance({ version, source, workingCopy, builder, inconsistent }) {
    // First, because a report may cut the end.
    const doubt = inconsistent === undefined ? '' : ` that contradicts itself (${inconsistent})`;
    const from = source !== undefined
        ? `built from ${spell(source)}`
        : workingCopy !== undefined
            ? `built from a folder, by its client's word a copy of ${spell(workingCopy)}`
            : 'built from a source that it does not name';
    const by = builder === undefined ? 'a builder that it does not name' : `builder ${builder}`;
    return `SLSA provenance ${version}${doubt}: ${from} by ${by}`;
}
function spell({ uri, repository, ref, digest }) {
    const at = ref === undefined || (repository === undefined && uri.includes(ref)) ? '' : ` at ${ref}`;
    return `${repository ?? uri}${at}${digest === undefined ? '' : ` (${digest.slice(0, 12)})`}`;
}
const subjects = {
    image: ' of the image',
    source: ' of the source',
    unknown: ' of image or source, which is unclear',
};
function bill({ format, version, about, components, tool }) {
    const by = tool === undefined ? '' : `, by ${tool}`;
    return `${format} ${version} SBOM${subjects[about]}, ${count(components, 'component')}${by}`;
}
function scan({ scanner, scannerVersion, findings, finishedAt }) {
    const version = scannerVersion === undefined ? '' : ` ${scannerVersion}`;
    const by = `${scanner ?? 'a scanner that it does not name'}${version}`;
    const when = finishedAt === undefined ? '' : `, finished at ${finishedAt}`;
    return `Scan by ${by}: ${found(findings)}${when}`;
}
function found(findings) {
    if (findings === undefined)
        return 'its result is in a form that is not counted';
    const counts = _verdict_statement_summary_js__WEBPACK_IMPORTED_MODULE_0__/* .severities */ .g.filter((name) => findings[name] > 0);
    if (counts.length === 0)
        return 'nothing found';
    return counts
        .map((name) => `${findings[name]} ${name === 'unknown' ? 'of unknown severity' : name}`)
        .join(', ');
}
function vex({ author, statements }) {
    const counts = _verdict_statement_summary_js__WEBPACK_IMPORTED_MODULE_0__/* .vexStatuses */ .u.filter((name) => statements[name] > 0);
    const said = counts.map((name) => `${statements[name]} ${words[name]}`).join(', ');
    return `OpenVEX${author === undefined ? '' : ` by ${author}`}: ${said === '' ? 'no statements' : said}`;
}
const words = {
    affected: 'affected',
    under_investigation: 'under investigation',
    fixed: 'fixed',
    not_affected: 'not affected',
    unknown: 'of unknown status',
};
function count(number, noun) {
    return `${number} ${noun}${number === 1 ? '' : 's'}`;
}


/***/ }),

/***/ 65655:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   f: () => (/* binding */ toText)
/* harmony export */ });
/* unused harmony export digests */
/* harmony import */ var _reference_parse_js__WEBPACK_IMPORTED_MODULE_9__ = __nccwpck_require__(40099);
/* harmony import */ var _reference_reference_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(71644);
/* harmony import */ var _verdict_result_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(18364);
/* harmony import */ var _near_misses_js__WEBPACK_IMPORTED_MODULE_8__ = __nccwpck_require__(84455);
/* harmony import */ var _document_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(48101);
/* harmony import */ var _distinct_js__WEBPACK_IMPORTED_MODULE_7__ = __nccwpck_require__(75652);
/* harmony import */ var _escape_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(14031);
/* harmony import */ var _place_js__WEBPACK_IMPORTED_MODULE_5__ = __nccwpck_require__(18141);
/* harmony import */ var _policy_results_js__WEBPACK_IMPORTED_MODULE_6__ = __nccwpck_require__(66645);
/* harmony import */ var _statements_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(92182);










const longestText = 600;
const mostPlaces = 10;
const mostRows = 200;
/**
 * The report for a terminal. Up to the first indented `Verdict:` it is what `s3lo verify` prints, on the same streams:
 * ✓ on stdout, ✗ and errors on stderr. What policies and manifests add stands below that, and what nobody checked last,
 * where a terminal shows it.
 *
 * @param pinnedTo the folder that manifests with digests were written to
 */
function toText(result, pinnedTo) {
    const stdout = [];
    const stderr = [];
    const rows = result.policies ?? [];
    for (const image of result.images) {
        if (image.verdict === 'verified')
            stdout.push(...verifiedLines(image, rows.length > 0));
        else
            stderr.push(...(image.allowed ? notCheckedLines(image, rows) : failedLines(image, rows.length > 0)));
    }
    // A failure that is no image's: an input, a policy that cannot be read, nothing to verify.
    if (result.failure && !isOfImage(result, result.failure)) {
        stderr.push(`Error: ${(0,_escape_js__WEBPACK_IMPORTED_MODULE_3__/* .line */ .n8)(result.failure.message)}`, ...verdictLines('undetermined', result.failure));
    }
    const target = result.verdict === 'verified' ? stdout : stderr;
    if (rows.length > 0)
        target.push(...policyLines(rows));
    if (result.images.length > 1)
        target.push(tallyLine(result));
    if (pinnedTo !== undefined && result.pinned)
        stdout.push(...pinnedLines(result.pinned, pinnedTo));
    stderr.push(...result.warnings.map((warning) => `Warning: ${(0,_escape_js__WEBPACK_IMPORTED_MODULE_3__/* .line */ .n8)(warning)}`));
    return { stdout, stderr };
}
/** The run's failure is that of an image where one has it; then the image has said it. */
function isOfImage({ images }, { code, message }) {
    return images.some(({ failure, allowed }) => allowed !== true && failure?.code === code && failure.message === message);
}
function tallyLine({ verdict, images }) {
    const count = (one) => images.filter((image) => image.verdict === one && !image.allowed).length;
    const unchecked = images.filter(({ allowed }) => allowed).length;
    const tally = `${count('verified')} verified, ${count('rejected')} rejected, ${count('undetermined')} undetermined`;
    return `${verdict}: ${images.length} images, ${tally}${unchecked === 0 ? '' : `, ${unchecked} not checked`}`;
}
/** s3lo says the last part of the name; of images that policies or manifests name only the whole name says which. */
function nameOf({ reference, origins }, isWhole) {
    return (0,_escape_js__WEBPACK_IMPORTED_MODULE_3__/* .line */ .n8)(isWhole || origins ? reference : (0,_reference_reference_js__WEBPACK_IMPORTED_MODULE_4__/* .displayName */ .QC)({ text: reference }));
}
function placeLines({ origins = [] }) {
    const lines = origins.slice(0, mostPlaces).map((origin) => `  At:      ${(0,_escape_js__WEBPACK_IMPORTED_MODULE_3__/* .line */ .n8)((0,_place_js__WEBPACK_IMPORTED_MODULE_5__/* .placeText */ .Z9)(origin))}`);
    return origins.length > mostPlaces
        ? [...lines, `  At:      … and ${origins.length - mostPlaces} more places`]
        : lines;
}
function notCheckedLines(image, rows) {
    const why = (0,_escape_js__WEBPACK_IMPORTED_MODULE_3__/* .shorten */ .ml)((0,_place_js__WEBPACK_IMPORTED_MODULE_5__/* .whyNotChecked */ .P_)(image, rows), longestText);
    return [`– Not checked: ${nameOf(image, true)}`, `  ${(0,_escape_js__WEBPACK_IMPORTED_MODULE_3__/* .line */ .n8)(why)}`, ...placeLines(image)];
}
function policyLines(rows) {
    const lines = (0,_policy_results_js__WEBPACK_IMPORTED_MODULE_6__/* .worstFirst */ .md)(rows)
        .slice(0, mostRows)
        .map(({ result, resource, image, message, ...rule }) => {
        const where = resource === undefined ? '' : ` ${(0,_place_js__WEBPACK_IMPORTED_MODULE_5__/* .resourceText */ .s8)(resource)}`;
        const said = result === 'pass' ? '' : `: ${(0,_escape_js__WEBPACK_IMPORTED_MODULE_3__/* .shorten */ .ml)(message, longestText)}`;
        return `  ${result.padEnd(5)} ${(0,_escape_js__WEBPACK_IMPORTED_MODULE_3__/* .line */ .n8)(`${(0,_place_js__WEBPACK_IMPORTED_MODULE_5__/* .ruleText */ .Y3)(rule)}${where} ${image}${said}`)}`;
    });
    const more = rows.length > mostRows ? [`  … and ${rows.length - mostRows} more in the result document`] : [];
    return [`Policies: ${(0,_policy_results_js__WEBPACK_IMPORTED_MODULE_6__/* .countsText */ .WN)((0,_policy_results_js__WEBPACK_IMPORTED_MODULE_6__/* .countOutcomes */ .XF)(rows))}`, ...lines, ...more];
}
function pinnedLines(pinned, folder) {
    const lines = pinned.slice(0, mostRows).map(({ file, changed }) => `  ${(0,_escape_js__WEBPACK_IMPORTED_MODULE_3__/* .line */ .n8)(file)}: ${digests(changed)}`);
    const more = pinned.length > mostRows ? [`  … and ${pinned.length - mostRows} more`] : [];
    return [`Manifests with digests, in ${(0,_escape_js__WEBPACK_IMPORTED_MODULE_3__/* .line */ .n8)(folder)}:`, ...lines, ...more];
}
/** How many digests were written into a manifest. */
function digests(count) {
    return count === 0 ? 'none written' : `${count} written`;
}
function verifiedLines(image, isWhole) {
    const signatures = (0,_distinct_js__WEBPACK_IMPORTED_MODULE_7__/* .distinct */ .d)(image.signatures.filter((signature) => signature.verified));
    return [
        `✓ Verified ${nameOf(image, isWhole)}`,
        image.digest === null
            ? '  Digest:  none: a static policy admits it, nothing was looked at'
            : `  Digest:  ${image.digest}`,
        ...placeLines(image),
        ...signatures.flatMap((signature) => [
            signature.format === 's3lo-record'
                ? `  Signed:  ${(0,_escape_js__WEBPACK_IMPORTED_MODULE_3__/* .line */ .n8)(signature.claimed.signedAt ?? '')}`
                : `  Found:   ${(0,_escape_js__WEBPACK_IMPORTED_MODULE_3__/* .line */ .n8)(signature.where)} (${signature.attests === undefined ? signature.format : `${signature.format}, ${(0,_escape_js__WEBPACK_IMPORTED_MODULE_3__/* .line */ .n8)(signature.attests)}`})`,
            ...signerLines(signature),
            ...(signature.statement
                ? [`  Says:    ${(0,_escape_js__WEBPACK_IMPORTED_MODULE_3__/* .line */ .n8)((0,_escape_js__WEBPACK_IMPORTED_MODULE_3__/* .shorten */ .ml)((0,_statements_js__WEBPACK_IMPORTED_MODULE_2__/* .sentence */ .e)(signature.statement), longestText))}`]
                : []),
        ]),
        ...(image.finding.children ?? []).flatMap(({ check, message }) => check === 'deep' ? [`  Read:    ${(0,_escape_js__WEBPACK_IMPORTED_MODULE_3__/* .line */ .n8)(message)}`] : []),
    ];
}
function signerLines({ keyRef, identity, times = [] }) {
    const proven = times.map(({ at, by }) => `  Time:    ${(0,_escape_js__WEBPACK_IMPORTED_MODULE_3__/* .line */ .n8)(at)} (${by === 'timestamp' ? by : 'transparency log'})`);
    if (identity === undefined)
        return [`  Key:     ${(0,_escape_js__WEBPACK_IMPORTED_MODULE_3__/* .line */ .n8)(keyRef)}`, ...proven];
    return [`  Signer:  ${(0,_escape_js__WEBPACK_IMPORTED_MODULE_3__/* .line */ .n8)(identity.subject)}`, `  Issuer:  ${(0,_escape_js__WEBPACK_IMPORTED_MODULE_3__/* .line */ .n8)(identity.issuer)}`, ...proven];
}
function failedLines(image, isWhole) {
    const misses = (0,_near_misses_js__WEBPACK_IMPORTED_MODULE_8__/* .nearMissesOf */ .i)(image.finding).map((miss) => `  Near miss: ${(0,_escape_js__WEBPACK_IMPORTED_MODULE_3__/* .line */ .n8)(miss)}`);
    const verdict = image.failure ? verdictLines(image.verdict, image.failure) : [];
    if (image.verdict === 'rejected') {
        const head = `✗ Verification FAILED for ${nameOf(image, isWhole)}`;
        return [head, `  ${(0,_escape_js__WEBPACK_IMPORTED_MODULE_3__/* .line */ .n8)((0,_document_js__WEBPACK_IMPORTED_MODULE_1__/* .peerReason */ .z)(image) ?? '')}`, ...placeLines(image), ...misses, ...verdict];
    }
    const about = isWhole || image.origins ? `${nameOf(image, true)}: ` : '';
    const said = `Error: ${about}${errorPrefix(image)}${(0,_escape_js__WEBPACK_IMPORTED_MODULE_3__/* .line */ .n8)(image.failure?.message ?? '')}`;
    return [said, ...placeLines(image), ...misses, ...verdict];
}
/** Where s3lo says at which step it stopped. */
function errorPrefix({ finding, reference }) {
    const { kind } = (0,_reference_parse_js__WEBPACK_IMPORTED_MODULE_9__/* .parseReference */ .F)(reference);
    if (finding.status !== 'unknown' || kind === 'registry' || kind === 'oci-layout')
        return '';
    switch ((0,_verdict_result_js__WEBPACK_IMPORTED_MODULE_0__/* .decidingPart */ .t5)(finding).check) {
        case 'image-found':
            return 'read manifest: ';
        case 'record-read':
            return 'read signature: ';
        case 'key-loaded':
            return 'load verification key: ';
        case 'store-opened':
            return 'create storage client: ';
        default:
            return '';
    }
}
function verdictLines(verdict, failure) {
    const service = failure.service === undefined ? '' : `, service ${failure.service}`;
    return [`  Verdict: ${verdict} (${failure.class}, ${failure.code}${service})`, `  Next:    ${failure.hint}`];
}


/***/ }),

/***/ 16548:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   _: () => (/* binding */ evaluate)
/* harmony export */ });
/* harmony import */ var _verdict_algebra_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(46125);
/* harmony import */ var _verdict_finding_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(37120);
/* harmony import */ var _requirement_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(82040);



/**
 * What a requirement comes to on what is known so far. Pure and monotone: a finding that is met or unmet stays so,
 * whatever the leaves that were unknown turn out to be.
 */
function evaluate(requirement, known) {
    const finding = judge(requirement, known);
    if (requirement.kind === 'exempt' || requirement.enforcement !== 'warn')
        return finding;
    // What holds anyway is no warning.
    if (finding.status === 'met')
        return finding;
    return (0,_verdict_finding_js__WEBPACK_IMPORTED_MODULE_2__/* .exempt */ .Is)(finding.check, `only a warning: ${finding.message}`, { children: [finding] });
}
function judge(requirement, known) {
    const each = (of) => of.map((part) => evaluate(part, known));
    switch (requirement.kind) {
        case 'all':
            return (0,_verdict_algebra_js__WEBPACK_IMPORTED_MODULE_0__/* .all */ .Q7)(requirement.name, each(requirement.of));
        case 'any':
            return requirement.over === 'every'
                ? anyUndenied(requirement.name, each(requirement.of))
                : (0,_verdict_algebra_js__WEBPACK_IMPORTED_MODULE_0__/* .any */ .bz)(requirement.name, each(requirement.of));
        case 'atLeast':
            return (0,_verdict_algebra_js__WEBPACK_IMPORTED_MODULE_0__/* .atLeast */ .jZ)(requirement.name, requirement.count, each(requirement.of));
        case 'signed':
            return known.signedBy(requirement);
        case 'attested':
            return known.attestedBy(requirement);
        case 'digest':
            return judgeDigest(requirement.expected, known.digest);
        case 'decide':
            return requirement.verdict === 'met'
                ? (0,_verdict_finding_js__WEBPACK_IMPORTED_MODULE_2__/* .met */ .BG)(requirement.name, requirement.message)
                : (0,_verdict_finding_js__WEBPACK_IMPORTED_MODULE_2__/* .unmet */ .iY)(requirement.name, requirement.verdict, requirement.message);
        case 'exempt':
            return (0,_verdict_finding_js__WEBPACK_IMPORTED_MODULE_2__/* .exempt */ .Is)(requirement.name, requirement.reason);
        case 'open':
            return (0,_verdict_finding_js__WEBPACK_IMPORTED_MODULE_2__/* .unknown */ .L5)(requirement.name, requirement.problem);
        case 'joint':
            return known.joint?.(requirement.id) ?? (0,_verdict_finding_js__WEBPACK_IMPORTED_MODULE_2__/* .unknown */ .L5)(requirement.name, unevaluated);
        case 'program':
            return runProgram(requirement, each(requirement.needs));
    }
}
const unevaluated = {
    code: 'timeout',
    service: 'engine',
    message: 'the policy was not evaluated within the time for the image',
};
/** Any will do, unless a policy denies another; one that is open may be denied yet. */
function anyUndenied(name, parts) {
    const denied = parts.find((part) => part.status === 'unmet' && part.code === 'policy-denied');
    if (denied)
        return (0,_verdict_finding_js__WEBPACK_IMPORTED_MODULE_2__/* .unmet */ .iY)(name, 'policy-denied', denied.message, { children: parts });
    const open = parts.find((part) => part.status === 'unknown');
    if (open?.status !== 'unknown')
        return (0,_verdict_algebra_js__WEBPACK_IMPORTED_MODULE_0__/* .any */ .bz)(name, parts);
    const { code, message, service } = open;
    return (0,_verdict_finding_js__WEBPACK_IMPORTED_MODULE_2__/* .unknown */ .L5)(name, { code, message, ...(service && { service }) }, { children: parts });
}
function judgeDigest(expected, got) {
    const check = 'expected-digest';
    if (expected === got)
        return (0,_verdict_finding_js__WEBPACK_IMPORTED_MODULE_2__/* .met */ .BG)(check, `the image is ${got}, as expected`);
    return (0,_verdict_finding_js__WEBPACK_IMPORTED_MODULE_2__/* .unmet */ .iY)(check, 'digest-mismatch', `expected the image to be ${expected}, got ${got}`);
}
function runProgram(program, needs) {
    const answer = (index) => {
        const need = needs[index];
        if (need?.status === 'met')
            return true;
        if (need?.status === 'unmet')
            return false;
        throw new _requirement_js__WEBPACK_IMPORTED_MODULE_1__/* .OpenQuestion */ .R(need?.status === 'unknown'
            ? { code: need.code, message: need.message, ...(need.service && { service: need.service }) }
            : { code: 'nothing-to-verify', message: `the program asks for part ${index}, which does not count` });
    };
    try {
        return program.run(answer)
            ? (0,_verdict_finding_js__WEBPACK_IMPORTED_MODULE_2__/* .met */ .BG)(program.name, 'the program says yes', { children: needs })
            : (0,_verdict_finding_js__WEBPACK_IMPORTED_MODULE_2__/* .unmet */ .iY)(program.name, 'policy-denied', program.denied, { children: needs });
    }
    catch (thrown) {
        if (thrown instanceof _requirement_js__WEBPACK_IMPORTED_MODULE_1__/* .OpenQuestion */ .R)
            return (0,_verdict_finding_js__WEBPACK_IMPORTED_MODULE_2__/* .unknown */ .L5)(program.name, thrown.problem, { children: needs });
        const message = `the program failed: ${thrown instanceof Error ? thrown.message : String(thrown)}`;
        return (0,_verdict_finding_js__WEBPACK_IMPORTED_MODULE_2__/* .unknown */ .L5)(program.name, { code: 'internal-error', service: 'engine', message }, { children: needs });
    }
}


/***/ }),

/***/ 83459:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   A: () => (/* binding */ asksOf),
/* harmony export */   T: () => (/* binding */ askId)
/* harmony export */ });
/** The questions of a requirement, each once, in the order in which they stand. */
function asksOf(requirement) {
    return [...new Map(leaves(requirement).map((ask) => [askId(ask), ask])).values()];
}
function leaves(requirement) {
    switch (requirement.kind) {
        case 'all':
        case 'any':
        case 'atLeast':
            return requirement.of.flatMap(leaves);
        case 'program':
        case 'joint':
            return requirement.needs.flatMap(leaves);
        case 'signed':
        case 'attested':
            return [requirement];
        case 'digest':
        case 'decide':
        case 'exempt':
        case 'open':
            return [];
    }
}
/** Two questions with one id have one answer. */
function askId(ask) {
    const about = ask.kind === 'signed' ? Object.entries(ask.annotations ?? {}) : [ask.type, ask.provenance, ask.rule?.id];
    return JSON.stringify([ask.kind, ask.by.reference, about, ask.manner, ask.apart]);
}


/***/ }),

/***/ 82040:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   R: () => (/* binding */ OpenQuestion)
/* harmony export */ });
/** Thrown out of a program by a need that is unknown; the evaluator turns it into the finding of the program. */
class OpenQuestion extends Error {
    name = 'OpenQuestion';
    problem;
    constructor(problem) {
        super(problem.message);
        this.problem = problem;
    }
}


/***/ }),

/***/ 40373:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   z: () => (/* binding */ secretsInConfig)
/* harmony export */ });
/**
 * Reads `registry-config` before anything is asked: a wrong input is one whether or not a registry wants to know who
 * asks, and what it holds must be known before anything is shown.
 */
async function secretsInConfig(access) {
    if (access?.config === undefined)
        return [];
    const { readRegistryConfig } = await __nccwpck_require__.e(/* import() */ 8022).then(__nccwpck_require__.bind(__nccwpck_require__, 88022));
    const read = await readRegistryConfig(access.config);
    if (read.kind === 'found')
        return read.value.secrets;
    return read.kind === 'failed' ? read.problem : { code: 'input-invalid', message: read.message };
}


/***/ }),

/***/ 57101:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   o: () => (/* binding */ digestOf),
/* harmony export */   z: () => (/* binding */ takeManifest)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(77598);
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__nccwpck_require__.n(node_crypto__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var _evidence_json_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(49839);
/* harmony import */ var _network_lookup_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(13130);



function digestOf(bytes) {
    return `sha256:${(0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').update(bytes).digest('hex')}`;
}
/**
 * Takes bytes as an image manifest or index. The digest is that of the raw bytes; a body that is no JSON object (a
 * login page, say) is an invalid answer of the store, not an image with a strange digest.
 */
function takeManifest(bytes, where) {
    if (!(0,_evidence_json_js__WEBPACK_IMPORTED_MODULE_1__/* .readObject */ .Ag)(bytes)) {
        return (0,_network_lookup_js__WEBPACK_IMPORTED_MODULE_2__/* .failed */ .gz)('response-invalid', `${where}: expected an image manifest, got something that is no JSON object`, 'storage');
    }
    return (0,_network_lookup_js__WEBPACK_IMPORTED_MODULE_2__/* .found */ .F9)({ digest: digestOf(bytes), manifest: bytes, where });
}


/***/ }),

/***/ 78206:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  j: () => (/* binding */ openStores)
});

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __nccwpck_require__(76760);
var external_node_path_default = /*#__PURE__*/__nccwpck_require__.n(external_node_path_);
// EXTERNAL MODULE: ./src/files/read.ts
var read = __nccwpck_require__(49823);
// EXTERNAL MODULE: ./src/network/lookup.ts
var lookup = __nccwpck_require__(13130);
// EXTERNAL MODULE: ./src/reference/reference.ts
var reference = __nccwpck_require__(71644);
// EXTERNAL MODULE: ./src/evidence/json.ts
var json = __nccwpck_require__(49839);
// EXTERNAL MODULE: ./src/stores/manifest.ts
var manifest = __nccwpck_require__(57101);
// EXTERNAL MODULE: ./src/stores/store.ts
var store = __nccwpck_require__(34703);
;// CONCATENATED MODULE: ./src/stores/oci-layout/layout.ts







const refName = 'org.opencontainers.image.ref.name';
/** What `cosign save` writes beside each manifest: whether it is the image or something about it. */
const cosignKind = 'kind';
const companionName = /^sha256-[0-9a-f]{64}(\.(sig|att|sbom))?$/;
/** Opens an OCI image layout (image-spec 1.1, image-layout.md): `index.json` and `blobs/sha256/<hex>`. */
function openLayout(reference) {
    const resolve = async () => {
        const index = await readIndex(reference.path);
        if (index.kind !== 'found')
            return index;
        const images = index.value.filter((descriptor) => !isCompanion(descriptor));
        const chosen = images.filter((descriptor) => isMeant(descriptor, reference));
        const first = chosen[0];
        if (!first)
            return (0,lookup/* absent */.Ge)(`${reference.text}: not among the ${images.length} images of the layout`);
        if (chosen.some((other) => other.digest !== first.digest)) {
            return (0,lookup/* failed */.gz)('reference-invalid', `${reference.text}: ${chosen.length} images match, name one by its tag or digest`);
        }
        return readBlob(reference.path, first.digest);
    };
    /** Whatever lies beside the image could be a signature in a format that is not read here: then nobody may say unsigned. */
    const find = async (image) => {
        const resolved = await image;
        if (resolved.kind !== 'found')
            return resolved;
        const index = await readIndex(reference.path);
        if (index.kind !== 'found')
            return index;
        for (const descriptor of index.value) {
            if (descriptor.digest === resolved.value.digest)
                continue;
            const about = isCompanion(descriptor) || (await hasSubject(reference.path, descriptor, resolved.value.digest));
            if (!about)
                continue;
            return (0,lookup/* failed */.gz)('unsupported', `${reference.text}: signatures in the formats of cosign are not read by this version (found ${descriptor.digest})`);
        }
        return (0,lookup/* absent */.Ge)(`${reference.text}: the layout holds nothing beside the image`);
    };
    return {
        images: { resolve, stream: streamOf(reference.path) },
        evidence: { look: (image) => () => [find(image)], list: find, byKey: false },
    };
}
async function readIndex(folder) {
    const marker = await (0,read/* readWhole */.oD)(external_node_path_default().join(folder, 'oci-layout'), store/* manifestLimit */.t7, 'storage');
    if (marker.kind !== 'found')
        return marker;
    if ((0,json/* readObject */.Ag)(marker.value)?.['imageLayoutVersion'] !== '1.0.0') {
        return (0,lookup/* failed */.gz)('response-invalid', `${folder}: expected imageLayoutVersion 1.0.0 in the file oci-layout`, 'storage');
    }
    const file = external_node_path_default().join(folder, 'index.json');
    const index = await (0,read/* readWhole */.oD)(file, store/* manifestLimit */.t7, 'storage');
    if (index.kind !== 'found')
        return index;
    const manifests = (0,json/* readObject */.Ag)(index.value)?.['manifests'];
    if (!Array.isArray(manifests))
        return (0,lookup/* failed */.gz)('response-invalid', `${file}: expected a list of manifests`, 'storage');
    const descriptors = [];
    for (const entry of manifests) {
        const digest = (0,json/* isObject */.Gv)(entry) ? entry['digest'] : undefined;
        if (!(0,json/* isObject */.Gv)(entry) || typeof digest !== 'string') {
            return (0,lookup/* failed */.gz)('response-invalid', `${file}: expected a descriptor with a digest`, 'storage');
        }
        descriptors.push({ digest, annotations: (0,json/* isObject */.Gv)(entry['annotations']) ? entry['annotations'] : {} });
    }
    return (0,lookup/* found */.F9)(descriptors);
}
function blobFile(folder, digest) {
    return external_node_path_default().join(folder, 'blobs', 'sha256', digest.slice('sha256:'.length));
}
function streamOf(folder) {
    return async ({ digest }, limit, open, { signal }) => {
        const where = blobFile(folder, digest);
        const whole = await (0,read/* readPieces */.ut)(where, limit, 'storage', open(), signal);
        return whole.kind === 'found' ? (0,lookup/* found */.F9)({ where, whole: whole.value }) : whole;
    };
}
async function readBlob(folder, digest) {
    if (!(0,reference/* isDigest */.Bc)(digest))
        return (0,lookup/* failed */.gz)('unsupported', `${folder}: only sha256 digests are read, got ${digest}`);
    const file = blobFile(folder, digest);
    const blob = await (0,read/* readWhole */.oD)(file, store/* manifestLimit */.t7, 'storage');
    if (blob.kind !== 'found')
        return blob;
    const got = (0,manifest/* digestOf */.o)(blob.value);
    if (got !== digest)
        return (0,lookup/* failed */.gz)('response-invalid', `${file}: expected ${digest}, got ${got}`, 'storage');
    return (0,manifest/* takeManifest */.z)(blob.value, file);
}
async function hasSubject(folder, descriptor, digest) {
    const manifest = await readBlob(folder, descriptor.digest);
    // What cannot be read may well be a signature of the image.
    if (manifest.kind !== 'found')
        return true;
    const subject = (0,json/* readObject */.Ag)(manifest.value.manifest ?? new Uint8Array())?.['subject'];
    return (0,json/* isObject */.Gv)(subject) && subject['digest'] === digest;
}
function isCompanion({ annotations }) {
    const kind = annotations[cosignKind];
    const name = annotations[refName];
    if (typeof kind === 'string' && /^dev\.cosignproject\.cosign\/(sigs|atts|sboms)$/.test(kind))
        return true;
    return typeof name === 'string' && companionName.test(name);
}
function isMeant({ digest, annotations }, reference) {
    if (reference.digest !== undefined)
        return digest === reference.digest;
    if (reference.tag === undefined)
        return true;
    const name = annotations[refName];
    return typeof name === 'string' && (name === reference.tag || name.endsWith(`:${reference.tag}`));
}

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __nccwpck_require__(51455);
;// CONCATENATED MODULE: ./src/stores/s3lo/folder.ts




/** Objects as files below a folder, relative to the working directory, as `local://` means it. */
function openFolder(root) {
    const where = (key) => external_node_path_default().resolve(root, ...key.split('/'));
    return {
        where,
        get: async (key, limit) => (0,read/* readWhole */.oD)(where(key), limit, 'storage'),
        stream: async (key, limit, open, call) => (0,read/* readPieces */.ut)(where(key), limit, 'storage', open(), call.signal),
        names: async (prefix, most) => {
            try {
                return (0,lookup/* found */.F9)((await (0,promises_.readdir)(where(prefix))).sort().slice(0, most));
            }
            catch (error) {
                return (0,read/* fileFault */.bT)(error, where(prefix), 'storage', () => (0,lookup/* found */.F9)([]));
            }
        },
    };
}

// EXTERNAL MODULE: ./src/evidence/s3lo-record.ts + 1 modules
var s3lo_record = __nccwpck_require__(46794);
// EXTERNAL MODULE: ./src/evidence/recipe.ts
var recipe = __nccwpck_require__(29339);
;// CONCATENATED MODULE: ./src/stores/s3lo/objects.ts

/** Most bytes of an object that is held in memory because its store cannot be read in a stream. */
const heldLimit = 64 * 1024 * 1024;
/** @returns false where there is more than `limit` bytes; the rest is not read */
async function streamObject(objects, key, limit, open, call) {
    if (objects.stream)
        return objects.stream(key, limit, open, call);
    const answer = await objects.get(key, Math.min(limit, heldLimit), call);
    if (answer.kind === 'found') {
        open()(answer.value);
        return (0,lookup/* found */.F9)(true);
    }
    if (answer.kind === 'absent' || answer.problem.code !== 'limit-exceeded')
        return answer;
    if (limit <= heldLimit)
        return (0,lookup/* found */.F9)(false);
    return (0,lookup/* failed */.gz)('unsupported', `${objects.where(key)}: larger than ${heldLimit} bytes, the most that is read there`);
}

;// CONCATENATED MODULE: ./src/stores/s3lo/place.ts






/**
 * Opens an image in s3lo's layout: `manifests/<image>/<tag>/manifest.json` and `…/signatures/<keyid>.json`.
 *
 * @param signedLocation what the records have to be signed for; undefined: where the image lies
 */
function openPlace(reference, objects, signedLocation) {
    const { bucket, image, tag } = reference;
    const location = signedLocation ?? { bucket, image, tag };
    const folder = `manifests/${image}/${tag}/`;
    const resolve = async (call) => {
        const key = `${folder}manifest.json`;
        const answer = await objects.get(key, store/* manifestLimit */.t7, call);
        return answer.kind === 'found' ? (0,manifest/* takeManifest */.z)(answer.value, objects.where(key)) : answer;
    };
    const find = async (keyId, call) => {
        const name = `${keyId}.json`;
        if (!s3lo_record/* recordName */.xD.test(name))
            return (0,lookup/* failed */.gz)('internal-error', `"${keyId}" is no key id`, 'storage');
        const key = `${folder}signatures/${name}`;
        const answer = await objects.get(key, store/* recordLimit */.$0, call);
        if (answer.kind !== 'found')
            return answer;
        return (0,lookup/* found */.F9)({ format: 's3lo-record', where: objects.where(key), keyId, location, bytes: answer.value });
    };
    // The id of a key is all a record's name needs: it is read beside the manifest, not after it.
    const look = (_image, call) => ({ keyId }) => [find(keyId, call).then(asChannel)];
    const list = async (_image, most, call) => {
        const names = await objects.names(`${folder}signatures/`, store/* signatureLimit */.OY, call);
        if (names.kind !== 'found')
            return names;
        // Other names are no signatures: an image `app/v1` with the tag `signatures` lies in the same folder.
        const keyIds = names.value.filter((name) => s3lo_record/* recordName */.xD.test(name)).map((name) => name.slice(0, 16));
        const evidence = [];
        for (const keyId of keyIds.slice(0, most)) {
            const one = await find(keyId, call);
            if (one.kind === 'failed')
                return one;
            if (one.kind === 'found')
                evidence.push(one.value);
        }
        return (0,lookup/* found */.F9)(evidence);
    };
    const images = { resolve, stream: place_streamOf(objects), chunked: chunkedLayersOf(objects) };
    return { images, evidence: { look, list, byKey: true } };
}
/** Configurations, whole layers and the manifests of an index lie beside each other. */
function place_streamOf(objects) {
    return async ({ digest }, limit, open, call) => {
        const key = `blobs/${digest.replace(':', '/')}`;
        const whole = await streamObject(objects, key, limit, open, call);
        return whole.kind === 'found' ? (0,lookup/* found */.F9)({ where: objects.where(key), whole: whole.value }) : whole;
    };
}
/** Chunked layers: `recipes/sha256/<hex>` by the layer's digest, `chunks/sha256/<hex>` by that of the content. */
function chunkedLayersOf(objects) {
    return {
        recipe: async (layer, call) => {
            const key = `recipes/${layer.replace(':', '/')}`;
            const answer = await objects.get(key, store/* recipeLimit */.OH, call);
            return answer.kind === 'found' ? (0,lookup/* found */.F9)({ bytes: answer.value, where: objects.where(key) }) : answer;
        },
        chunk: async (name, limit, open, call) => {
            if (!(0,recipe/* isHexDigest */.C)(name))
                return (0,lookup/* failed */.gz)('internal-error', 'no name of a chunk', 'storage');
            const key = `chunks/sha256/${name}`;
            const whole = await streamObject(objects, key, limit, open, call);
            return whole.kind === 'found' ? (0,lookup/* found */.F9)({ where: objects.where(key), whole: whole.value }) : whole;
        },
    };
}
/** What was read already, as the one offer of its place. */
function asChannel(evidence) {
    if (evidence.kind !== 'found')
        return evidence;
    const reading = { evidence: [evidence.value], problems: [] };
    return (0,lookup/* found */.F9)([{ rank: 1, read: async () => Promise.resolve(reading) }]);
}

;// CONCATENATED MODULE: ./src/stores/open.ts



/** https only, beside the image, with docker's configuration. */
const usualAccess = { allowHttp: 'none', allowInsecure: 'none', tagPrefix: '' };
function openStores(settings) {
    const open = openOwn(settings);
    const { github } = settings;
    if (github === undefined)
        return open;
    const beside = __nccwpck_require__.e(/* import() */ 9521).then(__nccwpck_require__.bind(__nccwpck_require__, 79521)).then(({ openBeside }) => openBeside(github));
    return async (reference) => {
        const [place, add] = await Promise.all([open(reference), beside]);
        if ('code' in add)
            return add;
        return 'code' in place ? place : add(place);
    };
}
function openOwn(settings) {
    let s3;
    let gcs;
    let azure;
    let registries;
    return async (reference) => {
        switch (reference.kind) {
            case 'oci-layout':
                return openLayout(reference);
            case 'registry':
                registries ??= __nccwpck_require__.e(/* import() */ 3975).then(__nccwpck_require__.bind(__nccwpck_require__, 33975)).then(({ openRegistries }) => openRegistries(settings.registry ?? usualAccess));
                return (await registries)(reference);
            case 's3lo':
                break;
        }
        const { scheme, bucket } = reference;
        if (settings.endpoint !== undefined && scheme !== 's3') {
            return { code: 'input-invalid', message: `--endpoint is not supported with ${scheme}:// references` };
        }
        const place = (objects) => 'code' in objects ? objects : openPlace(reference, objects, settings.signedLocation);
        switch (scheme) {
            case 'local':
                return place(openFolder(bucket));
            case 's3':
                // The SDK is most of the program's weight: it is loaded for buckets only.
                s3 ??= Promise.all(/* import() */[__nccwpck_require__.e(3051), __nccwpck_require__.e(6208), __nccwpck_require__.e(4323)]).then(__nccwpck_require__.bind(__nccwpck_require__, 64323)).then(({ openS3 }) => openS3(settings.endpoint));
                return place((await s3).bucket(bucket));
            case 'gs': {
                gcs ??= Promise.all(/* import() */[__nccwpck_require__.e(6457), __nccwpck_require__.e(8236)]).then(__nccwpck_require__.bind(__nccwpck_require__, 68236)).then(({ openGcs }) => openGcs());
                const cloud = await gcs;
                return 'code' in cloud ? cloud : place(cloud.bucket(bucket));
            }
            case 'az': {
                azure ??= Promise.all(/* import() */[__nccwpck_require__.e(6457), __nccwpck_require__.e(1232)]).then(__nccwpck_require__.bind(__nccwpck_require__, 61232)).then(({ openAzureBlobs }) => openAzureBlobs());
                const cloud = await azure;
                return 'code' in cloud ? cloud : place(cloud.container(bucket));
            }
        }
    };
}


/***/ }),

/***/ 34703:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   $0: () => (/* binding */ recordLimit),
/* harmony export */   OH: () => (/* binding */ recipeLimit),
/* harmony export */   OY: () => (/* binding */ signatureLimit),
/* harmony export */   UT: () => (/* binding */ bundleLimit),
/* harmony export */   t7: () => (/* binding */ manifestLimit)
/* harmony export */ });
/** Most bytes of a manifest or an index. */
const manifestLimit = 4 * 1024 * 1024;
/** Most bytes of a signature record, a payload or an image's configuration. */
const recordLimit = 1024 * 1024;
/** Most bytes of a recipe of a chunked layer: some 60,000 chunks. */
const recipeLimit = 8 * 1024 * 1024;
/** Most bytes of a bundle or an attestation: they hold whole bills of materials. */
const bundleLimit = 128 * 1024 * 1024;
/** Most signatures of an image that are listed. */
const signatureLimit = 1000;


/***/ }),

/***/ 46125:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Jw: () => (/* binding */ leadingFailure),
/* harmony export */   Q7: () => (/* binding */ all),
/* harmony export */   bz: () => (/* binding */ any),
/* harmony export */   jZ: () => (/* binding */ atLeast)
/* harmony export */ });
/* harmony import */ var _codes_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(24423);
/* harmony import */ var _finding_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(37120);


/**
 * Findings compose as Kleene's strong logic: a composed finding is met or unmet only when no answer to its unknown
 * children could change it. So a finding that is decided stays decided as more answers arrive.
 */
function all(check, children) {
    const counting = children.filter((child) => child.status !== 'exempt');
    if (counting.length === 0)
        return nothingToVerify(check, children);
    return compose(check, children, counting, counting.length);
}
/** @param need how many children must be met, from 1 */
function atLeast(check, need, children) {
    const counting = children.filter((child) => child.status !== 'exempt');
    if (counting.length === 0 || need < 1)
        return nothingToVerify(check, children);
    return compose(check, children, counting, need);
}
function any(check, children) {
    return atLeast(check, 1, children);
}
function compose(check, children, counting, need) {
    const proven = counting.filter((child) => child.status === 'met').length;
    const open = counting.filter((child) => child.status === 'unknown').length;
    const tally = `${String(proven)} of ${String(counting.length)} proven, ${String(need)} needed`;
    if (proven >= need)
        return (0,_finding_js__WEBPACK_IMPORTED_MODULE_1__/* .met */ .BG)(check, tally, { children });
    if (proven + open >= need) {
        // An unmet child does not speak for an undecided whole: the unknown that holds it open does.
        const lead = leadingFailure(counting.filter((child) => child.status === 'unknown'));
        if (lead?.status !== 'unknown')
            return nothingToVerify(check, children);
        const { code, service } = lead;
        return (0,_finding_js__WEBPACK_IMPORTED_MODULE_1__/* .unknown */ .L5)(check, { code, message: tally, ...(service && { service }) }, { children });
    }
    const lead = leadingFailure(need < counting.length ? withEvidence(counting) : counting);
    // Fewer children than needed and none of them false: nobody could meet such a demand.
    if (lead?.status !== 'unmet')
        return nothingToVerify(check, children);
    return (0,_finding_js__WEBPACK_IMPORTED_MODULE_1__/* .unmet */ .iY)(check, lead.code, tally, { children });
}
/** Where one of several would do, an attestation that is there and refused says more than another that is not there. */
function withEvidence(failed) {
    const there = failed.filter((child) => child.status !== 'unmet' || child.code !== 'attestation-missing');
    return there.some((child) => child.status === 'unmet') ? there : failed;
}
function nothingToVerify(check, children) {
    return (0,_finding_js__WEBPACK_IMPORTED_MODULE_1__/* .unknown */ .L5)(check, { code: 'nothing-to-verify', message: 'nothing that counts is demanded here; nothing was proven' }, { children });
}
/**
 * The failure that speaks for several findings: the highest class, then input order.
 *
 * @returns undefined when none failed
 */
function leadingFailure(findings) {
    const failed = findings.filter((finding) => finding.status === 'unmet' || finding.status === 'unknown');
    for (const wanted of _codes_js__WEBPACK_IMPORTED_MODULE_0__/* .classOrder */ .dy) {
        const first = failed.find((finding) => (0,_codes_js__WEBPACK_IMPORTED_MODULE_0__/* .classOf */ .Kl)(finding.code) === wanted);
        if (first)
            return first;
    }
    return undefined;
}


/***/ }),

/***/ 24423:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   F4: () => (/* binding */ codes),
/* harmony export */   Kl: () => (/* binding */ classOf),
/* harmony export */   dy: () => (/* binding */ classOrder)
/* harmony export */ });
const codes = {
    unsigned: {
        class: 'supply-chain',
        meaning: 'No signature by the demanded signer is there.',
        remedy: 'Sign the image with the demanded key, or check that the key and the reference are the intended ones.',
    },
    'signature-invalid': {
        class: 'supply-chain',
        meaning: 'A signature is there, but it does not verify over this image at this place.',
        remedy: 'Find out who wrote it: sign the image anew where it lies now, or treat it as forged.',
    },
    'digest-mismatch': {
        class: 'supply-chain',
        meaning: 'The signed or expected digest is not the digest of the image, or of a part of it.',
        remedy: 'The image changed after it was signed or chosen: promote the signed one, or sign the new one.',
    },
    'key-mismatch': {
        class: 'supply-chain',
        meaning: 'The evidence was made with another key than the demanded one.',
        remedy: 'Compare the key ids; give the right key, or have the image signed by the demanded one.',
    },
    'identity-mismatch': {
        class: 'supply-chain',
        meaning: 'The certificate names another identity than the demanded one.',
        remedy: 'Compare identity and issuer; correct the demand, or have the right workflow sign.',
    },
    'certificate-untrusted': {
        class: 'supply-chain',
        meaning: 'The certificate does not lead to a trusted root.',
        remedy: 'Give the trusted root of the instance that signed, or reject the signer.',
    },
    'certificate-expired': {
        class: 'supply-chain',
        meaning: 'The certificate was not valid at the proven time.',
        remedy: 'Sign again with a valid certificate and a log entry or a timestamp.',
    },
    'log-entry-missing': {
        class: 'supply-chain',
        meaning: 'The evidence carries no transparency log entry although one is demanded.',
        remedy: 'Sign with a log entry, or waive it with insecure-ignore-tlog where a key alone is enough.',
    },
    'log-entry-invalid': {
        class: 'supply-chain',
        meaning: 'The transparency log entry does not prove this signature.',
        remedy: 'Sign again; an entry that belongs to something else is a sign of tampering.',
    },
    'timestamp-invalid': {
        class: 'supply-chain',
        meaning: 'The signed timestamp does not prove a time for this signature.',
        remedy: 'Sign again with a trusted timestamp authority.',
    },
    'annotation-mismatch': {
        class: 'supply-chain',
        meaning: 'The signature does not carry a demanded annotation.',
        remedy: 'Sign with the demanded annotations, or correct the demand.',
    },
    'attestation-missing': {
        class: 'supply-chain',
        meaning: 'No attestation of the demanded type by the demanded signer is there.',
        remedy: 'Attest the image, or correct the demanded type.',
    },
    'attestation-invalid': {
        class: 'supply-chain',
        meaning: 'An attestation is there, but it does not verify for this image.',
        remedy: 'Attest the image anew, or treat the attestation as forged.',
    },
    'policy-denied': {
        class: 'supply-chain',
        meaning: 'A policy was evaluated and says no.',
        remedy: 'Read the message of the rule that denied, and mend the image or its evidence.',
    },
    'policy-untrusted': {
        class: 'supply-chain',
        meaning: 'The policy itself is not signed by the demanded signer.',
        remedy: 'Sign the policy, or give the key that signed it.',
    },
    'policy-expired': {
        class: 'supply-chain',
        meaning: 'The signed policy is past its expiry.',
        remedy: 'Renew and sign the policy.',
    },
    'record-malformed': {
        class: 'supply-chain',
        meaning: 'A signature record is there but cannot be one.',
        remedy: 'Sign the image again; somebody or something overwrote the record.',
    },
    unreachable: {
        class: 'infrastructure',
        meaning: 'The service could not be reached.',
        remedy: 'Check the address and the network, then run again: nothing was found out about the image.',
    },
    'tls-failed': {
        class: 'infrastructure',
        meaning: 'No trusted TLS connection could be made.',
        remedy: 'Give the certificate authority of the service, or repair its certificate.',
    },
    denied: {
        class: 'infrastructure',
        meaning: 'The service refused the credentials or the right.',
        remedy: 'Check the credentials of the step and the rights they have.',
    },
    'not-found': {
        class: 'infrastructure',
        meaning: 'The image itself is not there.',
        remedy: 'Check the reference, and that the push came before this step.',
    },
    'rate-limited': {
        class: 'infrastructure',
        meaning: 'The service answered that it gets too many requests.',
        remedy: 'Run again later, sign in, or lower the concurrency.',
    },
    'server-error': {
        class: 'infrastructure',
        meaning: 'The service failed.',
        remedy: 'Run again later; the status page of the service may know more.',
    },
    timeout: {
        class: 'infrastructure',
        meaning: 'The service did not answer in time.',
        remedy: 'Run again, or give more time.',
    },
    'response-invalid': {
        class: 'infrastructure',
        meaning: 'The service answered something that cannot be the answer.',
        remedy: 'Look for a proxy or a login page in between, and at the service itself.',
    },
    'limit-exceeded': {
        class: 'infrastructure',
        meaning: 'Something was larger than this tool reads.',
        remedy: 'Look at what lies there: it is no usual signature, key or manifest.',
    },
    'internal-error': {
        class: 'infrastructure',
        meaning: 'The tool itself failed or was stopped.',
        remedy: 'Run again; if it stays, report it with the message.',
    },
    'input-invalid': {
        class: 'configuration',
        meaning: 'An input of the step or a flag cannot be used.',
        remedy: 'Correct the input that the message names.',
    },
    'reference-invalid': {
        class: 'configuration',
        meaning: 'The image reference cannot be read.',
        remedy: 'Write registry/name:tag, s3://bucket/name:tag, local://store/name:tag or oci-layout://dir[:tag].',
    },
    'key-invalid': {
        class: 'configuration',
        meaning: 'The key reference leads to no usable public key.',
        remedy: 'Give a PEM public key, a cosign.key with COSIGN_PASSWORD, or one of the references that docs/keys.md lists.',
    },
    'policy-invalid': {
        class: 'configuration',
        meaning: 'The policy cannot be read.',
        remedy: 'Correct the policy file that the message names.',
    },
    'trust-root-invalid': {
        class: 'configuration',
        meaning: 'The trusted root cannot be read.',
        remedy: 'Give a trusted_root.json of the instance that signed.',
    },
    'nothing-to-verify': {
        class: 'configuration',
        meaning: 'There is no image or no requirement, so nothing could be decided.',
        remedy: 'Name at least one image and at least one key, identity or policy.',
    },
    uncovered: {
        class: 'configuration',
        meaning: 'No policy covers the image.',
        remedy: 'Add a policy for it, or say with no-match-policy what shall happen then.',
    },
    'output-unwritable': {
        class: 'configuration',
        meaning: 'A report could not be written.',
        remedy: 'Check the path and its rights.',
    },
    unsupported: {
        class: 'configuration',
        meaning: 'This version cannot do what was asked.',
        remedy: 'See the documentation for what is supported, or use a newer version.',
    },
};
function classOf(code) {
    return codes[code].class;
}
/** The higher class speaks for the whole: what is proven comes first, then what the pipeline's owner can mend. */
const classOrder = ['supply-chain', 'configuration', 'infrastructure'];


/***/ }),

/***/ 37120:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   BG: () => (/* binding */ met),
/* harmony export */   Is: () => (/* binding */ exempt),
/* harmony export */   L5: () => (/* binding */ unknown),
/* harmony export */   iY: () => (/* binding */ unmet)
/* harmony export */ });
function met(check, message, more = {}) {
    return { ...more, status: 'met', check, message };
}
function unmet(check, code, message, more = {}) {
    return { ...more, status: 'unmet', code, check, message };
}
function unknown(check, problem, more = {}) {
    return { ...more, ...problem, status: 'unknown', check };
}
function exempt(check, reason, more = {}) {
    return { ...more, status: 'exempt', check, message: reason };
}


/***/ }),

/***/ 54620:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   L: () => (/* binding */ certificateClaims)
/* harmony export */ });
/**
 * What a certificate says of a workflow that signed, beside identity and issuer, as Fulcio names it (fulcio,
 * docs/oid-info.md); the first five are the older names of GitHub's.
 */
const certificateClaims = [
    'github-workflow-trigger',
    'github-workflow-sha',
    'github-workflow-name',
    'github-workflow-repository',
    'github-workflow-ref',
    'build-signer-uri',
    'build-signer-digest',
    'runner-environment',
    'source-repository-uri',
    'source-repository-digest',
    'source-repository-ref',
    'source-repository-identifier',
    'source-repository-owner-uri',
    'source-repository-owner-identifier',
    'build-config-uri',
    'build-trigger',
    'source-repository-visibility',
];


/***/ }),

/***/ 18364:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   V2: () => (/* binding */ failure),
/* harmony export */   Vj: () => (/* binding */ verdictOf),
/* harmony export */   g5: () => (/* binding */ failureOf),
/* harmony export */   gV: () => (/* binding */ verdictOfRun),
/* harmony export */   t5: () => (/* binding */ decidingPart)
/* harmony export */ });
/* harmony import */ var _codes_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(24423);
/* harmony import */ var _finding_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(37120);
/* harmony import */ var _algebra_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(46125);



function verdictOf(finding) {
    switch (finding.status) {
        case 'met':
            return 'verified';
        case 'unmet':
            return 'rejected';
        case 'unknown':
        case 'exempt':
            return 'undetermined';
    }
}
/** The failure that a finding carries, in the words of the deepest part that decided it; null when met. */
function failureOf(finding) {
    if (finding.status === 'met')
        return null;
    if (finding.status === 'exempt')
        return failure('nothing-to-verify', finding.message);
    const cause = decidingPart(finding);
    return failure(cause.code, cause.message, cause.status === 'unknown' ? cause.service : undefined);
}
function failure(code, message, service) {
    return { class: (0,_codes_js__WEBPACK_IMPORTED_MODULE_0__/* .classOf */ .Kl)(code), code, message, hint: _codes_js__WEBPACK_IMPORTED_MODULE_0__/* .codes */ .F4[code].remedy, ...(service && { service }) };
}
/** Goes down to the part whose code the whole carries. */
function decidingPart(finding) {
    const same = (finding.children ?? []).filter((child) => child.status === finding.status && child.code === finding.code);
    const lead = (0,_algebra_js__WEBPACK_IMPORTED_MODULE_1__/* .leadingFailure */ .Jw)(same);
    return lead ? decidingPart(lead) : finding;
}
/** One verdict for several images: rejected if any is, verified only if all are. */
function verdictOfRun(images, problems = []) {
    if (images.length === 0 && problems.length === 0) {
        return { verdict: 'undetermined', failure: failure('nothing-to-verify', 'no image was given') };
    }
    // Where nothing covers any image, nothing was verified.
    const counted = images.every(({ allowed }) => allowed) ? images : images.filter(({ allowed }) => !allowed);
    // What is wrong with the policies explains why nothing could be held against them.
    const lead = (0,_algebra_js__WEBPACK_IMPORTED_MODULE_1__/* .leadingFailure */ .Jw)([
        ...problems.map((problem) => (0,_finding_js__WEBPACK_IMPORTED_MODULE_2__/* .unknown */ .L5)('run', problem)),
        ...counted.map(({ finding }) => counting(finding)),
    ]);
    if (!lead)
        return { verdict: 'verified', failure: null };
    return { verdict: verdictOf(lead), failure: failureOf(lead) };
}
/** An image cannot be left out of the count: one that nothing was demanded of is not verified. */
function counting(finding) {
    if (finding.status !== 'exempt')
        return finding;
    return (0,_finding_js__WEBPACK_IMPORTED_MODULE_2__/* .unknown */ .L5)(finding.check, { code: 'nothing-to-verify', message: finding.message });
}


/***/ }),

/***/ 68341:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   g: () => (/* binding */ severities),
/* harmony export */   u: () => (/* binding */ vexStatuses)
/* harmony export */ });
const severities = ['critical', 'high', 'medium', 'low', 'negligible', 'unknown'];
const vexStatuses = ['affected', 'under_investigation', 'fixed', 'not_affected', 'unknown'];


/***/ }),

/***/ 46042:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   h: () => (/* binding */ ageless),
/* harmony export */   n: () => (/* binding */ judgeAge)
/* harmony export */ });
/* harmony import */ var _verdict_finding_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(37120);

const second = 1000;
const hour = 3600 * second;
const day = 24 * hour;
/**
 * Whether a signature was made lately, by the earliest time that is proven for it. Claims do not count: whoever wrote
 * them could have written any.
 *
 * @param times proven times; none: nothing is proven
 */
function judgeAge(times, maxAgeMs, now, where) {
    const [earliest] = [...times].sort((a, b) => a.getTime() - b.getTime());
    if (earliest === undefined)
        return ageless(maxAgeMs, where);
    const at = earliest.toISOString();
    return now.getTime() - earliest.getTime() <= maxAgeMs
        ? (0,_verdict_finding_js__WEBPACK_IMPORTED_MODULE_0__/* .met */ .BG)('freshness', `the signature at ${where} is of ${at}, at most ${spell(maxAgeMs)} ago`)
        : (0,_verdict_finding_js__WEBPACK_IMPORTED_MODULE_0__/* .unmet */ .iY)('freshness', 'policy-denied', `${wanted(maxAgeMs, where)}, got one of ${at}`);
}
/** What evidence without any proven time comes to. */
function ageless(maxAgeMs, where) {
    const message = `${wanted(maxAgeMs, where)}, got one for which no time is proven`;
    return (0,_verdict_finding_js__WEBPACK_IMPORTED_MODULE_0__/* .unmet */ .iY)('freshness', 'timestamp-invalid', message);
}
function wanted(maxAgeMs, where) {
    return `expected a signature that is proven to be at most ${spell(maxAgeMs)} old at ${where}`;
}
/** In the largest unit that says it whole. */
function spell(ms) {
    if (ms % day === 0)
        return `${ms / day}d`;
    return ms % hour === 0 ? `${ms / hour}h` : `${ms / second}s`;
}


/***/ }),

/***/ 28879:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

__nccwpck_require__.r(__webpack_exports__);
/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   claimedIdentity: () => (/* binding */ claimedIdentity),
/* harmony export */   claimsOf: () => (/* binding */ claimsOf),
/* harmony export */   cosignClaims: () => (/* binding */ cosignClaims),
/* harmony export */   longestPattern: () => (/* binding */ longestPattern),
/* harmony export */   mismatch: () => (/* binding */ mismatch),
/* harmony export */   patternProblem: () => (/* binding */ patternProblem),
/* harmony export */   readIdentity: () => (/* binding */ readIdentity)
/* harmony export */ });
/* harmony import */ var _sigstore_core__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(83917);
/* harmony import */ var _sigstore_core__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__nccwpck_require__.n(_sigstore_core__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var re2js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(2856);
/* harmony import */ var _verdict_request_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(54620);



const fulcio = '1.3.6.1.4.1.57264.1';
const alternativeNames = '2.5.29.17';
const fulcioOtherName = '1.3.6.1.4.1.57264.1.7';
/** The last part of the object identifier of each claim (fulcio, docs/oid-info.md). */
const numbers = {
    'github-workflow-trigger': 2,
    'github-workflow-sha': 3,
    'github-workflow-name': 4,
    'github-workflow-repository': 5,
    'github-workflow-ref': 6,
    'build-signer-uri': 9,
    'build-signer-digest': 10,
    'runner-environment': 11,
    'source-repository-uri': 12,
    'source-repository-digest': 13,
    'source-repository-ref': 14,
    'source-repository-identifier': 15,
    'source-repository-owner-uri': 16,
    'source-repository-owner-identifier': 17,
    'build-config-uri': 18,
    'build-trigger': 20,
    'source-repository-visibility': 22,
};
/** Reads a certificate that was verified. */
function readIdentity(der) {
    const certificate = _sigstore_core__WEBPACK_IMPORTED_MODULE_0__.X509Certificate.parse(Buffer.from(der));
    const extensions = new Map();
    for (const extension of certificate.extensions) {
        const oid = extension.subs[0]?.toOID() ?? '';
        if (!oid.startsWith(`${fulcio}.`))
            continue;
        const number = Number(oid.slice(fulcio.length + 1));
        const value = extension.subs.at(-1)?.value ?? Buffer.alloc(0);
        // From 8 on the value is DER of a UTF8String.
        extensions.set(number, number < 8 ? value.toString('utf8') : derText(value));
    }
    return {
        subjects: subjectsOf(certificate),
        issuer: extensions.get(8) ?? extensions.get(1) ?? '',
        extensions,
    };
}
/** Of a certificate that nobody verified; undefined where it cannot be read, as whoever wrote it may have wanted. */
function claimedIdentity(der) {
    try {
        return readIdentity(der);
    }
    catch {
        return undefined;
    }
}
const claimNames = {
    2: 'githubWorkflowTrigger',
    3: 'githubWorkflowSha',
    4: 'githubWorkflowName',
    5: 'githubWorkflowRepository',
    6: 'githubWorkflowRef',
};
/** What cosign adds to a signature's annotations of its certificate (cosign, pkg/cosign/certextensions.go). */
function cosignClaims(der) {
    const identity = claimedIdentity(der);
    if (identity === undefined)
        return undefined;
    const { subjects, issuer, extensions } = identity;
    const claims = { Subject: subjects[0] ?? '', Issuer: issuer };
    for (const [number, value] of extensions) {
        if (number > 6)
            continue;
        claims[`${fulcio}.${String(number)}`] = value;
        const name = claimNames[number];
        if (name !== undefined)
            claims[name] = value;
    }
    return claims;
}
function derText(value) {
    const long = value[1] === 0x81 ? 3 : value[1] === 0x82 ? 4 : 2;
    return value[0] === 0x0c ? value.subarray(long).toString('utf8') : '';
}
/** General names (RFC 5280, 4.2.1.6): e-mail, DNS name, URI, IP address, and Fulcio's other name. */
function subjectsOf(certificate) {
    const names = certificate.extension(alternativeNames)?.valueObj.subs[0]?.subs ?? [];
    return names.flatMap((name) => {
        if (name.tag.isContextSpecific(1) || name.tag.isContextSpecific(2) || name.tag.isContextSpecific(6)) {
            return [name.value.toString('utf8')];
        }
        if (name.tag.isContextSpecific(7))
            return [address(name.value)];
        const isOwn = name.tag.isContextSpecific(0) && name.subs[0]?.toOID() === fulcioOtherName;
        return isOwn ? [name.subs[1]?.subs[0]?.value.toString('utf8') ?? ''] : [];
    });
}
function address(bytes) {
    return bytes.length === 4 ? [...bytes].join('.') : bytes.toString('hex').replace(/(.{4})(?!$)/g, '$1:');
}
/** What part of a demand an identity does not meet: expected and got; undefined when it meets all. */
function mismatch(identity, demand) {
    const { subject, subjectRegexp, issuer, issuerRegexp } = demand;
    if (subject !== undefined && !identity.subjects.includes(subject)) {
        return `expected the identity ${subject}, got ${list(identity.subjects)}`;
    }
    if (subjectRegexp !== undefined && !identity.subjects.some((one) => matches(subjectRegexp, one))) {
        return `expected an identity like ${subjectRegexp}, got ${list(identity.subjects)}`;
    }
    if (issuer !== undefined && identity.issuer !== issuer) {
        return `expected the issuer ${issuer}, got ${identity.issuer === '' ? 'none' : identity.issuer}`;
    }
    if (issuerRegexp !== undefined && !matches(issuerRegexp, identity.issuer)) {
        return `expected an issuer like ${issuerRegexp}, got ${identity.issuer === '' ? 'none' : identity.issuer}`;
    }
    for (const { number, pattern } of demand.extensions ?? []) {
        const got = identity.extensions.get(number) ?? '';
        if (!matches(pattern, got))
            return `expected extension ${fulcio}.${number} like ${pattern}, got ${got === '' ? 'none' : got}`;
    }
    for (const claim of _verdict_request_js__WEBPACK_IMPORTED_MODULE_1__/* .certificateClaims */ .L) {
        const wanted = demand.claims?.[claim];
        const got = identity.extensions.get(numbers[claim]);
        if (wanted !== undefined && wanted !== got) {
            return `expected the ${claim.replaceAll('-', ' ')} ${wanted}, got ${got === undefined || got === '' ? 'none' : got}`;
        }
    }
    return undefined;
}
/** What an identity says of itself, by name, for reports. */
function claimsOf({ extensions }) {
    return Object.fromEntries(_verdict_request_js__WEBPACK_IMPORTED_MODULE_1__/* .certificateClaims */ .L.flatMap((claim) => {
        const said = extensions.get(numbers[claim]);
        return said === undefined || said === '' ? [] : [[claim, said]];
    }));
}
/** RE2, not anchored, as cosign's. */
function matches(pattern, text) {
    return re2js__WEBPACK_IMPORTED_MODULE_2__/* .RE2JS */ .L3.compile(pattern).matcher(text).find();
}
/** Whoever writes a policy writes its patterns: the program of a long one takes all memory there is. */
const longestPattern = 10_000;
/** @returns a text that says what is wrong with a pattern */
function patternProblem(pattern) {
    if (pattern.length > longestPattern)
        return `it is longer than ${longestPattern} characters`;
    try {
        re2js__WEBPACK_IMPORTED_MODULE_2__/* .RE2JS */ .L3.compile(pattern);
        return undefined;
    }
    catch (error) {
        return error instanceof Error ? error.message : String(error);
    }
}
function list(names) {
    return names.length === 0 ? 'none' : names.join(', ');
}


/***/ }),

/***/ 83222:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Gz: () => (/* binding */ publicKeyFromCertificate),
/* harmony export */   W8: () => (/* binding */ publicKeyFromSpki),
/* harmony export */   fu: () => (/* binding */ publicKeyFromPkcs1),
/* harmony export */   mi: () => (/* binding */ publicKeyFromPkcs8)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(77598);
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__nccwpck_require__.n(node_crypto__WEBPACK_IMPORTED_MODULE_0__);

const smallestModulusBits = 2048;
/** What OpenSSL still computes with; no KMS makes more than 4096. */
const largestModulusBits = 16_384;
/** Far beyond the DER of a key with the largest modulus. */
const largestKeyBytes = 65_536;
/** Curves by OpenSSL's name. */
const curves = new Map([
    ['prime256v1', { type: 'ecdsa-p256', coordinateBytes: 32, spkiBytes: 91 }],
    ['secp384r1', { type: 'ecdsa-p384', coordinateBytes: 48, spkiBytes: 120 }],
    ['secp521r1', { type: 'ecdsa-p521', coordinateBytes: 66, spkiBytes: 158 }],
]);
/** First byte of a point (SEC 1, 2.3.3); compressed (2, 3) and hybrid (6, 7) spellings would hash to other ids. */
const uncompressed = 4;
const expected = 'expected an ECDSA P-256, P-384 or P-521, RSA or Ed25519 public key';
/** Reads DER of a SubjectPublicKeyInfo (RFC 5280, 4.1.2.7): what a PEM block `PUBLIC KEY` holds. */
function publicKeyFromSpki(der) {
    return readDer(der, 'SubjectPublicKeyInfo', () => {
        const key = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createPublicKey)({ key: Buffer.from(der), format: 'der', type: 'spki' });
        return isSame(key.export({ format: 'der', type: 'spki' }), der) ? key : undefined;
    });
}
/** Reads DER of a PKCS#1 RSAPublicKey (RFC 8017, A.1.1): what a PEM block `RSA PUBLIC KEY` holds. */
function publicKeyFromPkcs1(der) {
    return readDer(der, 'PKCS#1 RSAPublicKey', () => {
        const key = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createPublicKey)({ key: Buffer.from(der), format: 'der', type: 'pkcs1' });
        if (key.asymmetricKeyType !== 'rsa')
            return undefined;
        return isSame(key.export({ format: 'der', type: 'pkcs1' }), der) ? key : undefined;
    });
}
/** The public half of an unencrypted PKCS#8 private key (RFC 5958), as it lies inside a cosign.key. */
function publicKeyFromPkcs8(der) {
    return readDer(der, 'PKCS#8 private key', () => {
        const copy = Buffer.from(der);
        try {
            return (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createPublicKey)((0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createPrivateKey)({ key: copy, format: 'der', type: 'pkcs8' }));
        }
        finally {
            copy.fill(0);
        }
    });
}
/** The key that a certificate is for (RFC 5280, 4.1); nothing else of it is looked at. */
function publicKeyFromCertificate(der) {
    try {
        return admit(new node_crypto__WEBPACK_IMPORTED_MODULE_0__.X509Certificate(der).publicKey);
    }
    catch {
        return refused('expected DER of a certificate');
    }
}
/**
 * `read` gives nothing for a spelling other than the canonical one: key ids are hashes of the encoding, so a
 * second spelling of one key would be a second signer. Go's parser refuses those too.
 */
function readDer(der, form, read) {
    if (der.length > largestKeyBytes) {
        return refused(`expected DER of a ${form}, got ${der.length} bytes, more than any key needs`);
    }
    const length = derLength(der);
    if (length === undefined || length > der.length) {
        return refused(`expected DER of a ${form}, got ${der.length} bytes that are no whole DER sequence`);
    }
    if (length < der.length) {
        return refused(`expected DER of a ${form} and nothing more, got ${der.length - length} bytes after it`);
    }
    let key;
    try {
        key = read();
    }
    catch {
        return refused(`expected DER of a ${form}, got DER that is none or whose key is of an unknown kind`);
    }
    if (key === undefined) {
        return refused(`expected the canonical DER of a ${form}, got another encoding or kind of key`);
    }
    return admit(key);
}
/** Bytes of the DER sequence at the start, header included. */
function derLength(der) {
    const [tag, first = 0] = der;
    if (tag !== 0x30 || der.length < 2)
        return undefined;
    if (first < 0x80)
        return 2 + first;
    const count = first & 0x7f;
    if (count === 0 || count > 3 || der.length < 2 + count)
        return undefined;
    return 2 + count + der.subarray(2, 2 + count).reduce((length, byte) => length * 256 + byte, 0);
}
function isSame(one, other) {
    return Buffer.compare(one, other) === 0;
}
function refused(reason) {
    return { kind: 'refused', reason };
}
/** The kinds that are accepted; whatever is not named here is refused. */
function admit(key) {
    const spki = new Uint8Array(key.export({ format: 'der', type: 'spki' }));
    const type = key.asymmetricKeyType ?? 'unknown';
    if (type === 'ec')
        return admitEc(key, spki);
    if (type === 'rsa')
        return admitRsa(key, spki);
    if (type === 'ed25519')
        return { kind: 'key', key: describe(key, spki, type) };
    if (type === 'rsa-pss') {
        return refused(`${expected}, got an RSA key restricted to PSS (id-RSASSA-PSS): give it as a plain RSA key`);
    }
    return refused(`${expected}, got a key of type ${type}`);
}
function admitEc(key, spki) {
    const name = key.asymmetricKeyDetails?.namedCurve ?? 'without a name';
    const curve = curves.get(name);
    if (curve === undefined)
        return refused(`${expected}, got an EC key on the curve ${name}`);
    if (spki.length !== curve.spkiBytes || spki[spki.length - 2 * curve.coordinateBytes - 1] !== uncompressed) {
        return refused('expected an EC key with a named curve and an uncompressed point, got another encoding');
    }
    return { kind: 'key', key: describe(key, spki, curve.type) };
}
function admitRsa(key, spki) {
    const { modulusLength: bits = 0, publicExponent: exponent = 0n } = key.asymmetricKeyDetails ?? {};
    if (bits < smallestModulusBits || bits > largestModulusBits) {
        return refused(`expected an RSA key of ${smallestModulusBits} to ${largestModulusBits} bits, got ${bits} bits`);
    }
    // As in Go's crypto/rsa: with exponent 1 everybody can sign, and none above 2^31 - 1 is in use.
    if (exponent < 3n || exponent % 2n === 0n || exponent > 0x7fffffffn) {
        return refused('expected an RSA key with an odd exponent from 3 to 2^31 - 1, got another exponent');
    }
    return { kind: 'key', key: { ...describe(key, spki, 'rsa'), bits } };
}
function describe(key, spki, type) {
    const sha256 = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').update(spki).digest('hex');
    return { key, spki, id: sha256.slice(0, 16), sha256, type };
}


/***/ }),

/***/ 20912:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   E: () => (/* binding */ checkRecord)
/* harmony export */ });
/* harmony import */ var _evidence_s3lo_record_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(46794);
/* harmony import */ var _verdict_finding_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(37120);
/* harmony import */ var _signature_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(72061);



const supportedVersion = 2;
/** Longer texts of a record are cut where they are shown: a record may be a megabyte of one number. */
const longestShown = 1000;
const wellFormedDigest = /^sha256:[0-9a-f]{64}$/;
/**
 * Decides whether an s3lo record proves that the key signed this digest at this location. Steps, their order and
 * `peerReason` are those of `s3lo verify` 3.0 (pkg/image/verify.go); keyRef, keyID, algorithm and signedAt of the
 * record are neither signed nor looked at.
 */
async function checkRecord(input) {
    const parsed = (0,_evidence_s3lo_record_js__WEBPACK_IMPORTED_MODULE_0__/* .parseRecord */ .Hh)(input.bytes);
    if (parsed.kind === 'malformed')
        return { findings: [malformedRecord(input, clip(parsed.reason))] };
    const record = clipAll(parsed.record);
    const isUnbound = record.schemaVersion === 1 && input.acceptUnbound === true;
    if (record.schemaVersion !== supportedVersion && !isUnbound) {
        return { record, findings: [unsupportedVersion(input, clip(parsed.schemaVersionText))] };
    }
    const found = (0,_verdict_finding_js__WEBPACK_IMPORTED_MODULE_2__/* .met */ .BG)('record-found', `found a signature record at ${input.where}`, { facts: claims(record) });
    if (record.digest !== input.digest) {
        return { record, findings: [found, await changedManifest(input, record)] };
    }
    const signed = (0,_verdict_finding_js__WEBPACK_IMPORTED_MODULE_2__/* .met */ .BG)('digest-signed', `the record at ${input.where} names the digest ${input.digest}`);
    const decoded = (0,_evidence_s3lo_record_js__WEBPACK_IMPORTED_MODULE_0__/* .decodeBase64 */ .y4)(record.signature);
    if ('illegalAt' in decoded) {
        return { record, findings: [found, signed, malformedEncoding(input, decoded.illegalAt)] };
    }
    // Never what the record says was signed: whoever wrote the record wrote that too.
    const payload = isUnbound ? (0,_evidence_s3lo_record_js__WEBPACK_IMPORTED_MODULE_0__/* .unboundPayload */ .y0)(input.digest) : (0,_evidence_s3lo_record_js__WEBPACK_IMPORTED_MODULE_0__/* .recordPayload */ .oO)(input.location, input.digest);
    const outcome = await (0,_signature_js__WEBPACK_IMPORTED_MODULE_1__/* .verifySignature */ .O)(input.key, payload, decoded);
    if (outcome.kind === 'invalid') {
        const finding = await invalidSignature(input, decoded, outcome.peerReason);
        return { record, findings: [found, signed, finding] };
    }
    const { scheme } = outcome;
    const place = isUnbound ? 'any place (schema 1 binds none)' : spell(input.location);
    const valid = (0,_verdict_finding_js__WEBPACK_IMPORTED_MODULE_2__/* .met */ .BG)('signature-valid', `the signature by key ${nameKey(input)} is valid for ${place} with ${input.digest} (${scheme})`, { facts: { keyId: input.key.id, scheme, location: place, digest: input.digest } });
    return { record, scheme, findings: [found, signed, valid] };
}
function clip(text) {
    return text.length <= longestShown ? text : `${text.slice(0, longestShown)}…`;
}
/** The signature itself is never cut: it is read, not shown. */
function clipAll(record) {
    const { digest, keyRef, keyID, algorithm, signedAt } = record;
    return {
        ...record,
        digest: clip(digest),
        keyRef: clip(keyRef),
        keyID: clip(keyID),
        algorithm: clip(algorithm),
        signedAt: clip(signedAt),
    };
}
function spell({ bucket, image, tag }) {
    return `${bucket}/${image}:${tag}`;
}
function nameKey({ keyRef, key }) {
    return `${keyRef} (${key.id})`;
}
function claims(record) {
    const { digest, keyRef, keyID, algorithm, signedAt } = record;
    return { digest, keyRef, keyID, algorithm, signedAt };
}
function malformedRecord({ where }, reason) {
    return (0,_verdict_finding_js__WEBPACK_IMPORTED_MODULE_2__/* .unmet */ .iY)('record-found', 'record-malformed', `expected an s3lo signature record of schema version ${supportedVersion} at ${where}, got something unreadable: ${reason}`, { peerReason: `malformed signature record: ${reason}` });
}
function unsupportedVersion({ where }, version) {
    return (0,_verdict_finding_js__WEBPACK_IMPORTED_MODULE_2__/* .unmet */ .iY)('record-found', 'record-malformed', `expected a signature record of schema version ${supportedVersion} at ${where}, got version ${version}; sign the image again with s3lo 3`, {
        peerReason: `unsupported signature schema version ${version} (this build verifies version 2); re-sign the image`,
    });
}
function malformedEncoding({ where }, illegalAt) {
    return (0,_verdict_finding_js__WEBPACK_IMPORTED_MODULE_2__/* .unmet */ .iY)('signature-valid', 'record-malformed', `expected a signature in padded standard base64 in the record at ${where}, got text that is none from byte ${illegalAt} on`, { peerReason: `malformed signature encoding: illegal base64 data at input byte ${illegalAt}` });
}
async function changedManifest(input, record) {
    return (0,_verdict_finding_js__WEBPACK_IMPORTED_MODULE_2__/* .unmet */ .iY)('digest-signed', 'digest-mismatch', `expected a record that names the digest ${input.digest}, got ${record.digest === '' ? 'none' : record.digest} at ${input.where}`, {
        peerReason: `manifest changed: signed ${record.digest}, current ${input.digest}`,
        nearMisses: [await explainOtherDigest(input, record)],
    });
}
/** A genuine record of another digest tells that the image was replaced; any other record tells nothing. */
async function explainOtherDigest(input, record) {
    const signature = (0,_evidence_s3lo_record_js__WEBPACK_IMPORTED_MODULE_0__/* .decodeBase64 */ .y4)(record.signature);
    if (wellFormedDigest.test(record.digest) && !('illegalAt' in signature)) {
        const payload = (0,_evidence_s3lo_record_js__WEBPACK_IMPORTED_MODULE_0__/* .recordPayload */ .oO)(input.location, record.digest);
        const outcome = await (0,_signature_js__WEBPACK_IMPORTED_MODULE_1__/* .verifySignature */ .O)(input.key, payload, signature);
        if (outcome.kind === 'valid') {
            const signer = `key ${nameKey(input)} really signed ${record.digest} for ${spell(input.location)}`;
            return { message: `${signer}: the image was changed after it was signed` };
        }
    }
    return {
        message: `the record at ${input.where} is not signed by key ${nameKey(input)} for ${spell(input.location)}: it proves nothing`,
    };
}
async function invalidSignature(input, signature, peerReason) {
    const expected = `expected a signature by key ${nameKey(input)} for ${spell(input.location)} with ${input.digest}`;
    const nearMiss = await explainRespelling(input, signature);
    return (0,_verdict_finding_js__WEBPACK_IMPORTED_MODULE_2__/* .unmet */ .iY)('signature-valid', 'signature-invalid', `${expected}, got one at ${input.where} that does not verify: made with another key, for another place, or forged`, { peerReason: `invalid signature: ${peerReason}`, ...(nearMiss && { nearMisses: [nearMiss] }) });
}
/** Local roots are signed as they were typed, so `./store` and `store` differ: tried to explain, never to accept. */
async function explainRespelling(input, signature) {
    const bucket = respellRoot(input.location.bucket);
    if (bucket === undefined)
        return undefined;
    const location = { ...input.location, bucket };
    const outcome = await (0,_signature_js__WEBPACK_IMPORTED_MODULE_1__/* .verifySignature */ .O)(input.key, (0,_evidence_s3lo_record_js__WEBPACK_IMPORTED_MODULE_0__/* .recordPayload */ .oO)(location, input.digest), signature);
    if (outcome.kind === 'invalid')
        return undefined;
    return {
        message: `valid for ${spell(location)}, not for ${spell(input.location)}: the image was signed with the root spelled ${bucket}`,
    };
}
function respellRoot(bucket) {
    if (bucket.startsWith('./'))
        return bucket.slice(2);
    return bucket.startsWith('/') || bucket.startsWith('../') ? undefined : `./${bucket}`;
}


/***/ }),

/***/ 72061:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  O: () => (/* binding */ verifySignature)
});

// UNUSED EXPORTS: largestSignatureBytes

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __nccwpck_require__(77598);
;// CONCATENATED MODULE: ./src/verify/ecdsa-encoding.ts
/** Two coordinates of P-521: the longest IEEE P1363 signature. */
const longestP1363 = 132;
const sequence = 0x30;
const integer = 0x02;
/**
 * Tells the two encodings apart as sigstore's verifier does: what starts with a DER sequence of two integers is
 * DER (and must then verify as strict DER), anything else is r and s in halves, if it can be. The halves need
 * not be as long as the curve's numbers. Source: sigstore 1.10, pkg/signature/ecdsa.go.
 */
function readEcdsaSignature(bytes) {
    if (startsWithDerPair(bytes))
        return { form: 'der', der: bytes };
    if (bytes.length === 0 || bytes.length > longestP1363 || bytes.length % 2 !== 0)
        return { form: 'neither' };
    const half = bytes.length / 2;
    return { form: 'p1363', der: writeDerPair(bytes.subarray(0, half), bytes.subarray(half)) };
}
/** Go's asn1.Unmarshal into two big integers: bytes after the sequence, and after s inside of it, are let pass. */
function startsWithDerPair(bytes) {
    const outer = readHeader(bytes, sequence);
    if (outer === undefined)
        return false;
    const inner = bytes.subarray(outer.start, outer.end);
    const r = readInteger(inner);
    return r !== undefined && readInteger(inner.subarray(r)) !== undefined;
}
/** The position after a minimally encoded integer, of either sign, at the start of the bytes. */
function readInteger(bytes) {
    const header = readHeader(bytes, integer);
    if (header === undefined || header.start === header.end)
        return undefined;
    const first = bytes[header.start] ?? 0;
    const second = bytes[header.start + 1] ?? 0;
    const padded = (first === 0 && second < 0x80) || (first === 0xff && second >= 0x80);
    return padded && header.end - header.start > 1 ? undefined : header.end;
}
/** Tag and minimally encoded length (X.690, 10.1); the content must be there as a whole. */
function readHeader(bytes, tag) {
    const first = bytes[1];
    if (bytes[0] !== tag || first === undefined || first === 0x80)
        return undefined;
    let start = 2;
    let length = first;
    if (first > 0x80) {
        start += first & 0x7f;
        length = 0;
        if (start > bytes.length)
            return undefined;
        for (const byte of bytes.subarray(2, start)) {
            length = length * 256 + byte;
            if (length === 0 || length > bytes.length)
                return undefined;
        }
        if (length < 0x80)
            return undefined;
    }
    const end = start + length;
    return end > bytes.length ? undefined : { start, end };
}
function writeDerPair(r, s) {
    const content = [...writeInteger(r), ...writeInteger(s)];
    return Uint8Array.from([sequence, ...writeLength(content.length), ...content]);
}
function writeInteger(unsigned) {
    const start = unsigned.findIndex((byte) => byte !== 0);
    const digits = start < 0 ? [0] : [...unsigned.subarray(start)];
    if ((digits[0] ?? 0) >= 0x80)
        digits.unshift(0);
    return [integer, ...writeLength(digits.length), ...digits];
}
/** Lengths here stay below 256. */
function writeLength(length) {
    return length < 0x80 ? [length] : [0x81, length];
}

;// CONCATENATED MODULE: ./src/verify/signature.ts


/** As long as the largest RSA modulus that is accepted; every other signature is shorter. */
const largestSignatureBytes = 2048;
const hashes = {
    // s3lo verifies everything with SHA-256; its signing side, cosign and KMS take the curve's own hash.
    'ecdsa-p256': ['sha256'],
    'ecdsa-p384': ['sha384', 'sha256'],
    'ecdsa-p521': ['sha512', 'sha256'],
    rsa: ['sha256', 'sha384', 'sha512'],
};
const ed25519SignatureBytes = 64;
const ed25519KeyBytes = 32;
/**
 * Verifies a signature by whatever real signers make with a key of this type: ECDSA in DER or IEEE P1363 with the
 * curve's hash or SHA-256, RSA PKCS#1 v1.5 and PSS (salt as long as the hash), Ed25519 pure, prehashed (RFC 8032,
 * 5.1.7) and pure over the SHA-256 of the message (Vault). Hostile bytes are `invalid`, never an exception.
 */
async function verifySignature(key, message, signature) {
    switch (key.type) {
        case 'ecdsa-p256':
        case 'ecdsa-p384':
        case 'ecdsa-p521':
            return verifyEcdsa(key, hashes[key.type], message, signature);
        case 'rsa':
            return verifyRsa(key, message, signature);
        case 'ed25519':
            return verifyEd25519(key, message, signature);
    }
}
function invalid(peerReason) {
    return { kind: 'invalid', peerReason };
}
function verifyEcdsa(key, names, message, signature) {
    const found = readEcdsaSignature(signature);
    if (found.form === 'neither')
        return invalid('ecdsa: Invalid IEEE_P1363 encoded bytes');
    if (found.der.length <= largestSignatureBytes) {
        const input = { key: key.key, dsaEncoding: 'der' };
        const hash = names.find((name) => (0,external_node_crypto_.verify)(name, message, input, found.der));
        if (hash !== undefined)
            return { kind: 'valid', scheme: `ecdsa-${hash}` };
    }
    const form = found.form === 'der' ? 'ASN.1' : 'IEEE_P1363';
    return invalid(`invalid signature when validating ${form} encoded signature`);
}
function verifyRsa(key, message, signature) {
    if (signature.length <= largestSignatureBytes) {
        const pkcs1 = { key: key.key, padding: external_node_crypto_.constants.RSA_PKCS1_PADDING };
        const pss = {
            key: key.key,
            padding: external_node_crypto_.constants.RSA_PKCS1_PSS_PADDING,
            saltLength: external_node_crypto_.constants.RSA_PSS_SALTLEN_DIGEST,
        };
        const schemes = [
            { name: 'rsa-pkcs1', input: pkcs1 },
            { name: 'rsa-pss', input: pss },
        ];
        for (const { name, input } of schemes) {
            const hash = hashes.rsa.find((candidate) => (0,external_node_crypto_.verify)(candidate, message, input, signature));
            if (hash !== undefined)
                return { kind: 'valid', scheme: `${name}-${hash}` };
        }
    }
    return invalid('crypto/rsa: verification error');
}
async function verifyEd25519(key, message, signature) {
    if (signature.length === ed25519SignatureBytes) {
        if ((0,external_node_crypto_.verify)(null, message, key.key, signature))
            return { kind: 'valid', scheme: 'ed25519' };
        const sha256 = (0,external_node_crypto_.createHash)('sha256').update(message).digest();
        if ((0,external_node_crypto_.verify)(null, sha256, key.key, signature))
            return { kind: 'valid', scheme: 'ed25519-sha256' };
        // Node has no Ed25519ph; most runs need none, so it is loaded only here.
        const { ed25519ph } = await Promise.all(/* import() */[__nccwpck_require__.e(9001), __nccwpck_require__.e(1185)]).then(__nccwpck_require__.bind(__nccwpck_require__, 1185));
        const point = key.spki.subarray(-ed25519KeyBytes);
        // zip215 admits encodings of points that RFC 8032 and Go do not.
        if (ed25519ph.verify(signature, message, point, { zip215: false })) {
            return { kind: 'valid', scheme: 'ed25519ph' };
        }
    }
    return invalid('failed to verify signature');
}


/***/ }),

/***/ 42613:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("assert");

/***/ }),

/***/ 20181:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("buffer");

/***/ }),

/***/ 35317:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("child_process");

/***/ }),

/***/ 76982:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("crypto");

/***/ }),

/***/ 24434:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("events");

/***/ }),

/***/ 79896:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("fs");

/***/ }),

/***/ 91943:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("fs/promises");

/***/ }),

/***/ 58611:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("http");

/***/ }),

/***/ 65692:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("https");

/***/ }),

/***/ 69278:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("net");

/***/ }),

/***/ 16698:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:async_hooks");

/***/ }),

/***/ 4573:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:buffer");

/***/ }),

/***/ 31421:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:child_process");

/***/ }),

/***/ 77598:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:crypto");

/***/ }),

/***/ 73024:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs");

/***/ }),

/***/ 51455:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs/promises");

/***/ }),

/***/ 37067:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:http");

/***/ }),

/***/ 32467:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:http2");

/***/ }),

/***/ 44708:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:https");

/***/ }),

/***/ 77030:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:net");

/***/ }),

/***/ 48161:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:os");

/***/ }),

/***/ 76760:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:path");

/***/ }),

/***/ 1708:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:process");

/***/ }),

/***/ 57075:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:stream");

/***/ }),

/***/ 37830:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:stream/web");

/***/ }),

/***/ 58500:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:timers/promises");

/***/ }),

/***/ 41692:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:tls");

/***/ }),

/***/ 73136:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:url");

/***/ }),

/***/ 57975:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:util");

/***/ }),

/***/ 75919:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:worker_threads");

/***/ }),

/***/ 38522:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:zlib");

/***/ }),

/***/ 70857:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("os");

/***/ }),

/***/ 16928:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("path");

/***/ }),

/***/ 932:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("process");

/***/ }),

/***/ 83480:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("querystring");

/***/ }),

/***/ 2203:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("stream");

/***/ }),

/***/ 13193:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("string_decoder");

/***/ }),

/***/ 53557:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("timers");

/***/ }),

/***/ 64756:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("tls");

/***/ }),

/***/ 52018:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("tty");

/***/ }),

/***/ 87016:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("url");

/***/ }),

/***/ 39023:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("util");

/***/ }),

/***/ 28167:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("worker_threads");

/***/ }),

/***/ 2856:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   L3: () => (/* binding */ RE2JS)
/* harmony export */ });
/* unused harmony exports Matcher, MatcherInput, MatcherInputBase, RE2JSCompileException, RE2JSException, RE2JSFlagsException, RE2JSGroupException, RE2JSInternalException, RE2JSSyntaxException, RE2Set, re */
/*!
* re2js
* RE2JS is the JavaScript port of RE2, a regular expression engine that provides linear time matching
*
* @version v2.10.0
* @author Oleksii Vasyliev
* @homepage https://github.com/le0pard/re2js#readme
* @repository [object Object]
* @license MIT
*/
// src/RE2Flags.js
var RE2Flags = class RE2Flags {
	static FOLD_CASE = 1;
	static LITERAL = 2;
	static CLASS_NL = 4;
	static DOT_NL = 8;
	static ONE_LINE = 16;
	static NON_GREEDY = 32;
	static PERL_X = 64;
	static UNICODE_GROUPS = 128;
	static WAS_DOLLAR = 256;
	static LOOKBEHIND = 512;
	static MATCH_NL = RE2Flags.CLASS_NL | RE2Flags.DOT_NL;
	static PERL = RE2Flags.CLASS_NL | RE2Flags.ONE_LINE | RE2Flags.PERL_X | RE2Flags.UNICODE_GROUPS;
	static POSIX = 0;
	static UNANCHORED = 0;
	static ANCHOR_START = 1;
	static ANCHOR_BOTH = 2;
};
// src/PublicFlags.js
/**
* Public flags for RE2JS and RE2Set compilation.
*/
const PublicFlags = {
	CASE_INSENSITIVE: 1,
	DOTALL: 2,
	MULTILINE: 4,
	DISABLE_UNICODE_GROUPS: 8,
	LONGEST_MATCH: 16,
	LOOKBEHINDS: 512
};
// src/Codepoint.js
/**
* Various constants and helper for unicode codepoints.
*/
const ASCII_SIZE = 128;
const ASCII_TO_UPPER = new Int32Array(ASCII_SIZE);
const ASCII_TO_LOWER = new Int32Array(ASCII_SIZE);
const MAX_BMP = 65535;
for (let i = 0; i < ASCII_SIZE; i++) {
	if (i >= 97 && i <= 122) ASCII_TO_UPPER[i] = i - 32;
	else ASCII_TO_UPPER[i] = i;
	if (i >= 65 && i <= 90) ASCII_TO_LOWER[i] = i + 32;
	else ASCII_TO_LOWER[i] = i;
}
var Codepoint = class {
	static CODES = Object.freeze({
		"\x07": 7,
		"\b": 8,
		"	": 9,
		"\n": 10,
		"\v": 11,
		"\f": 12,
		"\r": 13,
		" ": 32,
		"\"": 34,
		$: 36,
		"&": 38,
		"'": 39,
		"(": 40,
		")": 41,
		"*": 42,
		"+": 43,
		"-": 45,
		".": 46,
		0: 48,
		1: 49,
		2: 50,
		3: 51,
		4: 52,
		5: 53,
		6: 54,
		7: 55,
		8: 56,
		9: 57,
		":": 58,
		"<": 60,
		">": 62,
		"?": 63,
		A: 65,
		B: 66,
		C: 67,
		F: 70,
		P: 80,
		Q: 81,
		U: 85,
		Z: 90,
		"[": 91,
		"\\": 92,
		"]": 93,
		"^": 94,
		_: 95,
		"`": 96,
		a: 97,
		b: 98,
		f: 102,
		i: 105,
		m: 109,
		n: 110,
		r: 114,
		s: 115,
		t: 116,
		v: 118,
		x: 120,
		z: 122,
		"{": 123,
		"|": 124,
		"}": 125
	});
	static toUpperCase(codepoint) {
		if (codepoint < ASCII_SIZE) return ASCII_TO_UPPER[codepoint];
		const s = String.fromCodePoint(codepoint).toUpperCase();
		const expectedLen = s.codePointAt(0) > MAX_BMP ? 2 : 1;
		if (s.length > expectedLen) return codepoint;
		const sOrigin = String.fromCodePoint(s.codePointAt(0)).toLowerCase();
		const originExpectedLen = sOrigin.codePointAt(0) > MAX_BMP ? 2 : 1;
		if (sOrigin.length > originExpectedLen || sOrigin.codePointAt(0) !== codepoint) return codepoint;
		return s.codePointAt(0);
	}
	static toLowerCase(codepoint) {
		if (codepoint < ASCII_SIZE) return ASCII_TO_LOWER[codepoint];
		const s = String.fromCodePoint(codepoint).toLowerCase();
		const expectedLen = s.codePointAt(0) > MAX_BMP ? 2 : 1;
		if (s.length > expectedLen) return codepoint;
		const sOrigin = String.fromCodePoint(s.codePointAt(0)).toUpperCase();
		const originExpectedLen = sOrigin.codePointAt(0) > MAX_BMP ? 2 : 1;
		if (sOrigin.length > originExpectedLen || sOrigin.codePointAt(0) !== codepoint) return codepoint;
		return s.codePointAt(0);
	}
};
// src/UnicodeRangeTable.js
var UnicodeRangeTable = class {
	/**
	* @param {Uint32Array | number[]} data
	* @param {boolean} isStride1
	*/
	constructor(data, isStride1 = false) {
		this.data = data;
		this.isStride1 = isStride1;
		this.SIZE = isStride1 ? 2 : 3;
	}
	getLo(index) {
		return this.data[index * this.SIZE];
	}
	getHi(index) {
		return this.data[index * this.SIZE + 1];
	}
	getStride(index) {
		return this.isStride1 ? 1 : this.data[index * this.SIZE + 2];
	}
	get length() {
		return this.data.length / this.SIZE;
	}
};
// src/UnicodeTables.js
const B64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+-";
const B64_MAP = /* @__PURE__ */ new Uint8Array(256);
for (let i = 0; i < 64; i++) B64_MAP[B64.charCodeAt(i)] = i;
const decodeVLQ = (str) => {
	const res = [];
	let value = 0;
	let shift = 0;
	for (let i = 0; i < str.length; i++) {
		const digit = B64_MAP[str.charCodeAt(i)];
		value |= (digit & 31) << shift;
		if ((digit & 32) === 0) {
			res.push(value);
			value = 0;
			shift = 0;
		} else shift += 5;
	}
	return res;
};
const decodeRanges = (str, isStride1) => {
	const res = decodeVLQ(str);
	const numRanges = isStride1 ? res.length / 2 : res.length / 3;
	const out = new Uint32Array(numRanges * 3);
	let current = 0;
	let resIdx = 0;
	for (let i = 0; i < numRanges; i++) {
		current += res[resIdx++];
		out[i * 3] = current;
		current += res[resIdx++];
		out[i * 3 + 1] = current;
		out[i * 3 + 2] = isStride1 ? 1 : res[resIdx++];
	}
	return out;
};
const decodeOrbit = (str) => {
	const res = decodeVLQ(str);
	const map = /* @__PURE__ */ new Map();
	let currentKey = 0;
	for (let i = 0; i < res.length; i += 2) {
		currentKey += res[i];
		const zz = res[i + 1];
		const delta = zz >>> 1 ^ -(zz & 1);
		map.set(currentKey, currentKey + delta);
	}
	return map;
};
var LazyMap = class {
	constructor(initializer) {
		this.initializer = initializer;
		this.cache = /* @__PURE__ */ new Map();
	}
	has(key) {
		return Object.hasOwn(this.initializer, key);
	}
	get(key) {
		if (this.cache.has(key)) return this.cache.get(key);
		const val = this.has(key) ? this.initializer[key]() : null;
		this.cache.set(key, val);
		return val;
	}
};
var UnicodeTables = class {
	static _CASE_ORBIT = null;
	static get CASE_ORBIT() {
		if (!this._CASE_ORBIT) this._CASE_ORBIT = decodeOrbit("rCgCIgCY+rQI4QiCuuBLgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCCgCBgCBgCBgCBgCBgCBgCB+7OB-BB-BB-BB-BB-BBskQB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BC-BB-BB-BB-BB-BB-BB-BByHBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBDCBBBCBBBCBBCCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBCCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBxHBCBBBCBBBCBBB3SBmMBkNBCBBBCBBB8MBCBBB6MB6MBCBBC+EB0MB2MBCBBB6MB+MBiGBmNBiNBCBBBmKBikzCBmNBqNBkIBsNBCBBBCBBBCBBB0NBCBBB0NDCBBB0NBCBBByNByNBCBBBCBBB2NBCBBDCBBCwDFCBCBDBCBCBDBCBCBDBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBB9EBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBCCBCBDBCBBBhGBvDBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBjICCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBH2iVBCBBBlKBwiVB+jVB+jVBCBBBlMBqEBuEBCBBBCBBBCBBBCBBBCBBB+hVB4hVB8hVBjNB7MC5MB5MCzMC1MB+0yCE5MB20yCC9MBu2yCBwyyCBo0yCChNBlNBo0yCBu-UBi0yCDlNC6-UBpNDrNIu+UDzNCm0yCBzNE0yyCBzNBpEBxNBxNBtEG1NLqxyCBkxyCnFoFrBCBBBCBBDCBBEkIBkIBkICoHHsCCqCBqCBqCCgEC+DB+DBmkOBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCC+BBgCBgCBgCBgCBgCBgCBgCBgCBrCBpCBpCBpCBmjOB-BB8BB-BB-BBgEB-BB-BByBBqgOBsDB-BBtwBB-BB-BB-BBsBBgDBCB-BB-BB-BBeB-BB-BB61OB-BB-BB-DB9DB9DBQB7DBmCE9CBrDBPBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBrFB-EBOBnHB3FB-FCCBBBNBCBBCjIBjIBjIBgFBgFBgFBgFBgFBgFBgFBgFBgFBgFBgFBgFBgFBgFBgFBgFBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCB-BB-BB8kMB-BB6kMB-BB-BB-BB-BB-BB-BB-BB-BB-BBokMB-BB-BBkkMBkkMB-BB-BB-BB-BB-BB-BB-BB4jMB-BB-BB-BB-BB-BB-EB-EB-EB-EB-EB-EB-EB-EB-EB-EB-EB-EB-EB-EB-EB-EBCBBBCBoiMBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBJCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBeBCBBBCBBBCBBBCBBBCBBBCBBBCBBBdBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBCgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDL-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-C64CgmOBgmOBgmOBgmOBgmOBgmOBgmOBgmOBgmOBgmOBgmOBgmOBgmOBgmOBgmOBgmOBgmOBgmOBgmOBgmOBgmOBgmOBgmOBgmOBgmOBgmOBgmOBgmOBgmOBgmOBgmOBgmOBgmOBgmOBgmOBgmOBgmOBgmOCgmOGgmODg8FBg8FBg8FBg8FBg8FBg8FBg8FBg8FBg8FBg8FBg8FBg8FBg8FBg8FBg8FBg8FBg8FBg8FBg8FBg8FBg8FBg8FBg8FBg8FBg8FBg8FBg8FBg8FBg8FBg8FBg8FBg8FBg8FBg8FBg8FBg8FBg8FBg8FBg8FBg8FBg8FBg8FBg8FDg8FBg8FBg8FhVg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBg9rCBQBQBQBQBQBQDPBPBPBPBPBPjkC7mMB5mMBnmMBjmMBCBlmMB3lMBpiMBk8kCBCBBG-7FB-7FB-7FB-7FB-7FB-7FB-7FB-7FB-7FB-7FB-7FB-7FB-7FB-7FB-7FB-7FB-7FB-7FB-7FB-7FB-7FB-7FB-7FB-7FB-7FB-7FB-7FB-7FB-7FB-7FB-7FB-7FB-7FB-7FB-7FB-7FB-7FB-7FB-7FB-7FB-7FB-7FB-7FD-7FB-7FB-7F6FoglCEsuHRwjlCyDCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCB0DBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBG1DD97OCCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBQBQBQBQBQBQBQBQBPBPBPBPBPBPBPBPBQBQBQBQBQBQDPBPBPBPBPBPDQBQBQBQBQBQBQBQBPBPBPBPBPBPBPBPBQBQBQBQBQBQBQBQBPBPBPBPBPBPBPBPBQBQBQBQBQBQDPBPBPBPBPBPEQCQCQCQCPCPCPCPBQBQBQBQBQBQBQBQBPBPBPBPBPBPBPBPB0EB0EBsFBsFBsFBsFBoGBoGBgIBgIBgHBgHB8HB8HDQBQBQBQBQBQBQBQBPBPBPBPBPBPBPBPBQBQBQBQBQBQBQBQBPBPBPBPBPBPBPBPBQBQBQBQBQBQBQBQBPBPBPBPBPBPBPBPBQBQCSFPBPBzEBzEBRCxnOFSFrFBrFBrFBrFBREQBQClkOFPBPBnGBnGFQBQCljOCODPBPB-GB-GBNHSF-HB-HB7HB7HBRqJ53OE9tQBrmQH4Bc3BSgBBgBBgBBgBBgBBgBBgBBgBBgBBgBBgBBgBBgBBgBBgBBgBBfBfBfBfBfBfBfBfBfBfBfBfBfBfBfBfECBByZ0BB0BB0BB0BB0BB0BB0BB0BB0BB0BB0BB0BB0BB0BB0BB0BB0BB0BB0BB0BB0BB0BB0BB0BB0BB0BBzBBzBBzBBzBBzBBzBBzBBzBBzBBzBBzBBzBBzBBzBBzBBzBBzBBzBBzBBzBBzBBzBBzBBzBBzBBzB34BgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDBgDB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CB-CBCBBBt-UBruHBt+UB1iVBviVBCBBBCBBBCBBB3hVB5-UB9hVB7hVCCBBCCBBI9jVB9jVBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBICBBBCBBECBBN-lOB-lOB-lOB-lOB-lOB-lOB-lOB-lOB-lOB-lOB-lOB-lOB-lOB-lOB-lOB-lOB-lOB-lOB-lOB-lOB-lOB-lOB-lOB-lOB-lOB-lOB-lOB-lOB-lOB-lOB-lOB-lOB-lOB-lOB-lOB-lOB-lOB-lOC-lOG-lOzoeCBBBCBBBCBBBCBBBCBBBCBl8kCBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBTCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBnECBBBCBBBCBBBCBBBCBBBCBBBCBBDCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBKCBBBCBBBnglCBCBBBCBBBCBBBCBBBCBBECBBBvyyCDCBBBCBBBgDCCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBn0yCB90yCB10yCBh0yCBn0yCCjxyCBzyyCBpxyCBg6BBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBB-CBl0yCBvjlCBCBBBCBBBt2yCBCBBBCBBBCBBBCBBBCBBBCBBBCBBBCBBBhkzCZCBB9a-5Bd-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCB-8rCm6TCBB7gBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCH-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BmlBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvChDwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCBwCFvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvCBvC1DuCBuCBuCBuCBuCBuCBuCBuCBuCBuCBuCCuCBuCBuCBuCBuCBuCBuCBuCBuCBuCBuCBuCBuCBuCBuCCuCBuCBuCBuCBuCBuCBuCCuCBuCCtCBtCBtCBtCBtCBtCBtCBtCBtCBtCBtCCtCBtCBtCBtCBtCBtCBtCBtCBtCBtCBtCBtCBtCBtCBtCCtCBtCBtCBtCBtCBtCBtCCtCBtCk2BgEBgEBgEBgEBgEBgEBgEBgEBgEBgEBgEBgEBgEBgEBgEBgEBgEBgEBgEBgEBgEBgEBgEBgEBgEBgEBgEBgEBgEBgEBgEBgEBgEBgEBgEBgEBgEBgEBgEBgEBgEBgEBgEBgEBgEBgEBgEBgEBgEBgEBgEO-DB-DB-DB-DB-DB-DB-DB-DB-DB-DB-DB-DB-DB-DB-DB-DB-DB-DB-DB-DB-DB-DB-DB-DB-DB-DB-DB-DB-DB-DB-DB-DB-DB-DB-DB-DB-DB-DB-DB-DB-DB-DB-DB-DB-DB-DB-DB-DB-DB-DB-D+CgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCL-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-B74CgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BhrVgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCBgCB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BB-BhB2BB2BB2BB2BB2BB2BB2BB2BB2BB2BB2BB2BB2BB2BB2BB2BB2BB2BB2BB2BB2BB2BB2BB2BB2BD1BB1BB1BB1BB1BB1BB1BB1BB1BB1BB1BB1BB1BB1BB1BB1BB1BB1BB1BB1BB1BB1BB1BB1BB1BtxekCBkCBkCBkCBkCBkCBkCBkCBkCBkCBkCBkCBkCBkCBkCBkCBkCBkCBkCBkCBkCBkCBkCBkCBkCBkCBkCBkCBkCBkCBkCBkCBkCBkCBjCBjCBjCBjCBjCBjCBjCBjCBjCBjCBjCBjCBjCBjCBjCBjCBjCBjCBjCBjCBjCBjCBjCBjCBjCBjCBjCBjCBjCBjCBjCBjCBjCBjC");
		return this._CASE_ORBIT;
	}
	static _Print = null;
	static get Print() {
		if (!this._Print) this._Print = new UnicodeRangeTable(decodeRanges("hB9CBjBLBCpWBDFBFGBCCCBSBCsMBClBBDxBBDCBC2BBJaBFFBSVBC-FBCvBBD6BBDkDBP6BBDwBBDOBCbBDCCBJBGfBIqCBCgFBCHBDBBDVBCGBCEEBCBDIBDBBDDBJFFBCCBDBDYBDCBCFBFBBDVBCGBCBBCBBCBBDCCBDBFBBDCBEIIBCBCIIBPBLCBCIBCCBCVBCGBCBBCEBDJBCCBCCBDQQBCBDLBIGBCCBCHBDBBDVBCGBCBBCEBDIBDBBDCBICBFBBCEBDRBLBBCFBECBCDBEBBCCCBEEBEEBBBELBFEBECBCDBDHHPUBGMBCCBCWBCPBDIBCCBCDBIBBCCBCBBDDBDJBIVBCCBCWBCJBCEBDIBCCBCDBIBBGCBCDBDJBCCBNMBCCBCyBBCCBCFBFPBDZBCCBCRBEXBCIBCDDBFBEFFBEBCCCBGBHJBDCBN5BBFcBmBBBCCCBDBCXBCCCBVBDEBCCCBFBCJBDDBhBnCBCjBBFmBBCjBBCOBCMBmBlGBCGGD4LBCDBDGBCCCBCBDoBBCDBDgBBCDBDGBCCCBCBDOBC4BBCDBDiCBDfBEZBH1CBDFBD-TBCbBE4CBIVBKXBKTBNMBCCBCBBN9CBDJBHJBHNBCKBH4CBIqBBGlCBLeBCLBFLBFEEBoBBDEBMrBBFZBHKBE9BBDgCBCcBDKBHJBHNBDtBBDLBVsCBClFBJ7BBEOBE9BBGqBBDKBJqBBG1QBDFBDlBBDFBDHBCGCBdBD0BBCOBCNBDFBCSBDCBCIBSXBJuBBSBBDaBCMBEhBBPgBBQrEBF5UBXKBWz4BBD9LBGsBBCGGD3BBIBBPXBKGBCGBCGBCGBCGBCGBCGBCGBC9DBjBZBC4CBN1GBbPBC+BBC1CBDmDBGqBBC9CBC1CBKvBBCszcBE2BBK7KBV3FBJ8GBV7BBEJBH3BBJlCBJLBHzDBMdBEtCBCKBFgBBC2BBKNBDJBDmDBZbBLFBDFBDFBKGBCGBC7BBF9DBDJBHj9KBNWBFwBBloItLBDpDBnBGBNEBGZBCEBCCCBCCBCCBoUBhBpBBHyBBCSBCDBFEBCmEBF9FBEFBDFBDFBDCBEGBCGBOBBDLBCZBCSBCBBCOBDNBjB6DBGCBFsBBE3CBCMBEwBwBBsBBjEcBEwBBQbBFjBBKdBGqBBGdBCkBBFNBrB9EBDJBHjBBFjBBFnBBJzBBMLBCOBCGBCBBCKBCOBCGBCBBEzBBN2JBKVBLHBZFBCpBBCIBmCFBDCCBqBBCBBEDDBVBCnCBJIBxBSBCBBGgBBEaBGaBnB3BBFTBDxBBCBBGHBCCBCcBDCBFJBIIBI-BBhBmBBFLBK1BBEcBDaBGZBIDBNGBxCoCB4ByBBOyBBItBBJJBHlBBEcBJBBxGeBCpBBCCBDBBRFBJIBiBtBBJpBBXZBnBbBVWBKtCBFjBBK9BBCEBOYBIJBH0BBCRBJmBBK-CBCTBMRBCuBB-BGBCCCBCBCOBCKBH6BBGJBHDBCHBDBBDVBCGBCBBCEBCJBDBBDCBDHHGGBDGBEEBMJBCDDClBBCJBCDDCDBCJBCBBJBBe7CBCEBfnCBJJBnF1BBDlBBjBkCBMJBHMBU5BBHJBHTBdaBDOBFWB6F7BBlDyCBNHBDDDBGBCBBCdBCBBDLBKJBnCHBDtBBDKBcnCBJyCBOoCBIJB3CHB5ChBBPJBHIBCsBBCNBLcBEfBDVBCNBqCGBCBBCrBBECCBCCBHBJJBHFBCBBCkBBCBBCFBIJBHrBBFJB3HYBIQBCoBBEcB2CQQBwBBO6cBnDuDBCEBMjGBtyCiDBOvhBBRVBL68DBGmSB61G5BBn2B4RBIeBCJBFwCBCJBHdBDFBLlCBLJBCGBCUBGSBxN5BBnG6CBGYBDYBtBqCBF4BBIQBhCEBMGBK1mHBqBfBiDyDB+vIDBCGBCBBCiJBQeeBBBDPPBCBJrMBloCqDBGMBEIBIJBDDBh7D8HBEzNBHWBQQBQtBBDWBKzDB9B1HBLmBBDpCBJvDBWlCB7DTBNTBN2CBKYBoE0CBCmCBCBBDDDBDDBCBCLBCCCBFBCgCBCDBDHBCGBCbBCDBCEBCEEBFBCzKBDjJBD9VBQEBCOBxiBeBHFB2GGBCQBDGBCBBCEBG9BBiBxDxDBrBBENBDJBFBBhKeBS5BBGxOxOBoBB3GqBBFhGhGBdBCVBJBBhHGBCDBCBBCOBCkGBDPBqBrCBFJBFBByYjCBtC8BBjGDBCaBCBBCDDCJBCDBCCCHFFCECBBBCBBCDDCICBCCDDBCGBCDBCDBCCCBIBCQBGCBCEBCQB1BBBvIrBBFjDBNOBDOBCOBCkBBLtFB5BcBOrBBFIBIBBPFB7E4eBEQBEMBE5GBHLBFQQBKBF3BBJJBHnBBJdBDLBFBBPIBoB3KBJNBDMBEKBE4BBCFFBOBDLBFJBIyEBCmDBmgB-2pBBhB9oEBDt0FBDwpHBQtTBjtC9QBjvBq6EBGppIBnkzVvHB", false));
		return this._Print;
	}
	static CATEGORIES = new LazyMap({
		C: () => new UnicodeRangeTable(decodeRanges("AfBgDgBBOrWrWBHHBCBICCVuMuMnBBBzBBBE4B4BBGBcDBHQBXhGhGxBBB8BBBmDNB8BBByBBBQddBCCMEBhBGBsCiFiFJBBDBBXIICCBFBBKBBDBBFHBCDBDGGBaaBEEHDBDBBXIIDGDBCCGDBDBBECBCGBFCCBFBSJBEKKEXXIDDGBBLIEBCCBNBFBBNGBIEEJBBDBBXIIDGGBKKBDDBEEBFBEDBDGGBTTBIBDHHBBBEFFBBBDCCDCBDCBECBNDBGCBEFFBCCBEBCNBWEBOEEYRRBKKEFFBFBDEEDBBFBBLGBXEEYLLGBBKEEFGBDEBEFFBLLELBOEE0BEEHDBRBBbEETCBZKKCBBICBCDBHCCJFBLBBELB7BDBekBBDCCGZZCYYBGGCIILBBFfBpClBlBBCBoBlBlBQOOBjBBnGCCBDBCBB6LFFBIICFFBqBqBFBBiBFFBIICFFBQQ6BFFBkCkCBhBhBBBBbFB3CBBHBB+UCB6CGBXIBZIBVLBOEEDLB-CBBLFBLFBPMMBEB6CGBsBEBnCJBgBNNBCBNDBCCBrBBBGKBtBDBbFBMCB-BBBiCeeBMMBEBLFBPBBvBBBNTBuCnFnFBGB9BCBQCB-BEBsBBBMHBsBEB3QBBHBBnBBBHBBJGCgBBB2BQQPBBHUUBEEKMMBDBbEByBPBDBBcOOBBBjBNBiBOBtEDB7UVBMUB14BBB-LEBuBCCBDBCBB5BGBDNBZIBI4BI-DhBBb6C6CBKB3GZBxC3C3CBoDoDBDBsB-C-C3CIBxBuzcuzcBBB4BIB9KTB5FHB+GTB9BCBLFB5BHBnCHBNFB1DKBfCBvCMMBCBiB4B4BBHBPBBLBBoDXBdJBHBBHBBHIBIII9BDB-DBBLFBl9KLBYDByBjoIBvLBBrDlBBILBGEBbGGCGDrUfBrBFB0BUUFDBGoEoEBCB-FCBHBBHBBHBBECBIIIBLBDBBNbbUDDQBBPhBB8DEBEDBuBCB5COOBBBCuBBvBhEBeCByBOBdDBlBIBfEBsBEBfmBmBBCBPpBB-EBBLFBlBDBlBDBpBHB1BKBNQQIDDMQQIDDBBB1BLB4JIBXJBJXBHrBrBKkCBHBBCtBtBDCBCBBYpCpCBGBKvBBUDDBDBiBCBcEBclBB5BDBVBBzBDDBDBJEEeBBEDBLGBKGBhCfBoBDBNIB3BCBeBBcEBbGBFLBIvCBqC2BB0BMB0BGBvBHBLFBnBCBeHBDvGBgBrBrBEBBDPBHHBKgBBvBHBrBVBblBBdTBYIBvCDBlBIB-BGGBLBaGBLFB2BTTBGBoBIBhDVVBJBTwBwBB8BBICCFQQMFB8BEBLFBFJJBDDBXXIDDGLLBDDBEEBCCBEBCEBIBBICBGKBLCCBCCnBLLCBBCFFLDDBGBDcB9CGGBcBpCHBLlFB3BBBnBhBBmCKBLFBOSB7BFBLFBVbBcBBQDBY4FB9BjDB0CLBJBBCBBJDDfDDBNNBHBLlCBJBBvBBBMaBpCHB0CMBqCGBL1CBJ3CBjBNBLFBKuBuBPJBeCBhBBBXPPBnCBIDDtBCBCDDKHBLFBHDDmBDDHGBLFBtBDBL1HBaGBSqBqBBBBe0CBCOBzBMB8clDBwDGGBJBlGryCBkDMBxhBPBXJB88DEBoS41GB7Bl2BB6RGBgBLLBCByCLLBEBfBBHJBnCJBLIIWEBUvNB7BlGB8CEBaBBarBBsCDB6BGBS-BBGKBIIB3mHoBBhBgDB0D8vIBFIIDkJkJBNBCcBEBBCNBFHBtMjoCBsDEBOCBKGBLBBF-6DB+HCB1NFBYOBSOBvBBBYIB1D7BB3HJBoBBBrCHBxDUBnC5DBVLBVLB4CIBamEB2CoCoCDBBCBBDBBFNNCIIiCFFBJJIddFGGCCBI1K1KBlJlJB-V-VBNBGQQBuiBBgBFBH0GBISSBIIDGGBDB-BgBBCvDBuBCBPBBLDBD-JBgBQB7BEBCvOBrB1GBsBDBC-FBgBXXBGBD-GBIFFDQQmGBBRoBBtCDBLDBDwYBlCrCB+BhGBFccDCCBCCLFFCCCBEBCDBCECEDDCBBCICDCCBFFIKFCLLSEBEGGSzBBDtIBtBDBlDLBQBBQQQmBJBvF3BBeMBtBDBKGBDNBH5EB6eCBSCBOCB7GFBNDBCOBNDB5BHBLFBpBHBfBBNDBDNBKmBB5KHBPBBOCBMCB6BCCBCBRBBNDBLGB0EoDoDBjgBBh3pBfB-oEBBv0FBBypHOBvThtCB-QhvBBs6EEBrpIlkzVBxHvw-FB", false)),
		Cc: () => new UnicodeRangeTable(decodeRanges("AfgDgB", true)),
		Cf: () => new UnicodeRangeTable(decodeRanges("tFzqBzqBBEBXhGhGyBhMhMBxCxCs5D9-B9-BBDBbEByBEBCJBw03B6H6HBBBimEQQj7IPBhjiBDBwmFHBn0rYffB+CB", false)),
		Cn: () => new UnicodeRangeTable(decodeRanges("4bBBHDBICCVuMuMnBBBzBBBE4B4BBGBcDBHKBvI9B9BBmDmDBMB8BBByBBBQddBCCMEBjBEBuHJJBDDBXXICCBBBFBBKBBDBBFHBCDBDGGBaaBEEHDBDBBXIIDGDBCCGDBDBBECBCGBFCCBFBSJBEKKEXXIDDGBBLIEBCCBNBFBBNGBIEEJBBDBBXIIDGGBKKBDDBEEBFBEDBDGGBTTBIBDHHBBBEFFBBBDCCDCBDCBECBNDBGCBEFFBCCBEBCNBWEBOEEYRRBKKEFFBFBDEEDBBFBBLGBXEEYLLGBBKEEFGBDEBEFFBLLELBOEE0BEEHDBRBBbEETCBZKKCBBICBCDBHCCJFBLBBELB7BDBekBBDCCGZZCYYBGGCIILBBFfBpClBlBBCBoBlBlBQOOBjBBnGCCBDBCBB6LFFBIICFFBqBqBFBBiBFFBIICFFBQQ6BFFBkCkCBhBhBBBBbFB3CBBHBB+UCB6CGBXIBZIBVLBOEEDLB-CBBLFBLFBbFB6CGBsBEBnCJBgBNNBCBNDBCCBrBBBGKBtBDBbFBMCB-BBBiCeeBMMBEBLFBPBBvBBBNTBuCnFnFBGB9BCBQCB-BEBsBBBMHBsBEB3QBBHBBnBBBHBBJGCgBBB2BQQPBBHUUBEEKmDmDNBBcOOBBBjBNBiBOBtEDB7UVBMUB14BBB-LEBuBCCBDBCBB5BGBDNBZIBI4BI-DhBBb6C6CBKB3GZBxC3C3CBoDoDBDBsB-C-C3CIBxBuzcuzcBBB4BIB9KTB5FHB+GTB9BCBLFB5BHBnCHBNFB1DKBfCBvCMMBCBiB4B4BBHBPBBLBBoDXBdJBHBBHBBHIBIII9BDB-DBBLFBl9KLBYDByBDBvzIBBrDlBBILBGEBbGGCGDrUfBrBFB0BUUFDBGoEoEBCC-FCBHBBHBBHBBECBIIIBIBGBBNbbUDDQBBPhBB8DEBEDBuBCB5COOBBBCuBBvBhEBeCByBOBdDBlBIBfEBsBEBfmBmBBCBPpBB-EBBLFBlBDBlBDBpBHB1BKBNQQIDDMQQIDDBBB1BLB4JIBXJBJXBHrBrBKkCBHBBCtBtBDCBCBBYpCpCBGBKvBBUDDBDBiBCBcEBclBB5BDBVBBzBDDBDBJEEeBBEDBLGBKGBhCfBoBDBNIB3BCBeBBcEBbGBFLBIvCBqC2BB0BMB0BGBvBHBLFBnBCBeHBDvGBgBrBrBEBBDPBHHBKgBBvBHBrBVBblBBdTBYIBvCDBlBIBlCJBCBBaGBLFB2BTTBGBoBIBhDVVBJBTwBwBB8BBICCFQQMFB8BEBLFBFJJBDDBXXIDDGLLBDDBEEBCCBEBCEBIBBICBGKBLCCBCCnBLLCBBCFFLDDBGBDcB9CGGBcBpCHBLlFB3BBBnBhBBmCKBLFBOSB7BFBLFBVbBcBBQDBY4FB9BjDB0CLBJBBCBBJDDfDDBNNBHBLlCBJBBvBBBMaBpCHB0CMBqCGBL1CBJ3CBjBNBLFBKuBuBPJBeCBhBBBXPPBnCBIDDtBCBCDDKHBLFBHDDmBDDHGBLFBtBDBL1HBaGBSqBqBBBBe0CBCOBzBMB8clDBwDGGBJBlGryCBkDMB3iBJB88DEBoS41GB7Bl2BB6RGBgBLLBCByCLLBEBfBBHJBnCJBLIIWEBUvNB7BlGB8CEBaBBarBBsCDB6BGBS-BBGKBIIB3mHoBBhBgDB0D8vIBFIIDkJkJBNBCcBEBBCNBFHBtMjoCBsDEBOCBKGBLBBJ76DB+HCB1NFBYOBSOBvBBBYIB1D7BB3HJBoBBBjGUBnC5DBVLBVLB4CIBamEB2CoCoCDBBCBBDBBFNNCIIiCFFBJJIddFGGCCBI1K1KBlJlJB-V-VBNBGQQBuiBBgBFBH0GBISSBIIDGGBDB-BgBBCvDBuBCBPBBLDBD-JBgBQB7BEBCvOBrB1GBsBDBC-FBgBXXBGBD-GBIFFDQQmGBBRoBBtCDBLDBDwYBlCrCB+BhGBFccDCCBCCLFFCCCBEBCDBCECEDDCBBCICDCCBFFIKFCLLSEBEGGSzBBDtIBtBDBlDLBQBBQQQmBJBvF3BBeMBtBDBKGBDNBH5EB6eCBSCBOCB7GFBNDBCOBNDB5BHBLFBpBHBfBBNDBDNBKmBB5KHBPBBOCBMCB6BCCBCBRBBNDBLGB0EoDoDBjgBBh3pBfB-oEBBv0FBBypHOBvThtCB-QhvBBs6EEBrpIm8yVBCdBhD-DBxHvw-BB---BBB---BBB", false)),
		Co: () => new UnicodeRangeTable(decodeRanges("gg4B-nGh4hc9--BD9--B", true)),
		Cs: () => new UnicodeRangeTable(decodeRanges("gg2B--B", true)),
		L: () => new UnicodeRangeTable(decodeRanges("hCZBHZBwBLLFGGBVBCeBCpOBFLBPEBICCiEEBCBBDDBCHHCCBCCCBSBCyCBCqEBJlFBClBBDHHBnBBoCaBFDBuBqBBkBBBCiDBCQQBIIBLLBBBDRRCdBe4CBMZZBfBKBBFGGBUBFKKEYYBXBIKBGXBCGBRpBB7B1BBETTIJBQPBFHBDBBDVBCGBCEEBCBERROBBCCBPBBLJJBEBFBBDVBCGBCBBCBBCBBgBDBCUUBBBRIBCCBCVBCGBCBBCEBETTQBBYMMBGBDBBDVBCGBCBBCEBEffBCCBBBQSSCFBECBCDBEBBCCCBEEBEEBBBELBX1B1BBGBCCBCWBCPBEbbBBBCBBDBBfFFBGBCCBCWBCJBCEBEffBBBCBBQBBSIBCCBCoBBDRRGCBJCBZFBGRBEXBCIBCDDBFB7BvBBCBBNGB7BBBCCCBDBCXBCCCBIBCBBKDDBDBCWWBCBhBgCgCBGBCjBBcEB0DqBBVRRBEBFDBEEEBIIBBBFMBNSSBkBBCGGDqBBCsKBCDBDGBCCCBCBDoBBCDBDgBBCDBDGBCCCBCBDOBC4BBCDBDiCBmBPBR1CBDFBErTBDQBCZBGqCBHHBIRBOSBPRBPMBCCBQzBBkBFFkC4CBIEBDhBBCGGBkCBLeByBdBDEBMrBBFZB3BWBK0BBzC+C+CBtBBSHB3BdBOBBLrBBbjBBqBCBLjBBDKBGqBBDCBqBDBCFBCBBEGGB+FBhC1IBDFBDlBBDFBDHBCGCBdBD0BBCGBCEEBBBCGBEDBDFBFMBGCBCGB1DOORMBmDFFDJBCEEBDBHGCBCBCKBDDBGEBF1B1BB8zC8zCBjHBHDBEBBNlBBCGGD3BBIRRBVBKGBCGBCGBCGBCGBCGBCGBCGBxC2O2OBrBrBBDBGBBF1CBHCBC5CBCDBGqBBC9CBSfBxBPBhQ-tGBhCs0VBkCtBBDsIBEPBLBBVuBBReBDlCByBIBDmDBDxCBVQBCCBCDBCWBezBBPxBB-BFBECCBMMBaBLWBacBIuBBdRRBDBCJBLEBCoBBYCBCHBVWBEEEBwBBCEEBDDBDBDCCZCBDKBICBNFBDFBDFBKGBCGBCqBBCNBHyDBej9KBNWBFwBBloItLBDpDBnBGBNEBGCCBIBCMBCEBCCCBCCBCCBqDBiBqLBT-BBD1BBpBLB1DEBCmEBlBZBHZBM4CBEFBDFBDFBDCBkBLBCZBCSBCBBCOBDNBjB6DBmMcBEwBBwBfBOTBCHBHlBBLdBDjBBFHBxB9EBTjBBFjBBFnBBJzBBNKBCOBCGBCBBCKBCOBCGBCBBEzBBN2JBKVBLHBZFBCpBBCIBmCFBDCCBqBBCBBEDDBVBLWBKeBiCSBCBBLVBLZBHZBnB3BBHBBhCQQBCBCCBCcBrBcBEcBkBHBCbBc1BBLVBLSBORBvDoCB4ByBBOyBBOjBBnBbBKWB7HpBBHBBRFB5BcBLJJBUBrBRBvBUBcWBN0BB6BBBDOOBrBBhBYBbjBBeDDJiBBENNBuBBPDBWCCkBRBCYBUBBgCGBCCCBCBCOBCJBIuBBnBHBDBBDVBCGBCBBCEBETTNEBfJBCDDClBBCaaCtBtBBzBBTDBVCBfvBBVBBC5F5FBtBBqBDBlBvBBV8B8BBpBBOoCoCBZBmBGB6FrBB1D-BBgBHBDDDBGBCBBCXBQCC-CHBDmBBRCCdLLBmBBIWWMtBBUTTBnCBoGgBBgBIBCkBBSyByBBcBxDGBCBBClBBWaaBEBCBBCfBPYYBqBBlISBQCCBLBChBB9DwCwCB4cBnHjGBtyCgDBQvhBBSFBa68DBGmSB61GdBj3B4RBIeBSuCBSdBTvBBRDBgBUBGSBxNsBB0G-BBhBYBDYBtBqCBGjCjCBLBhCBBCPPBNNB0mHBqBfBiDyDB+vIDBCGBCBBCiJBQeeBBBDPPBCBJrMBloCqDBGMBEIBIJBn7F0CBCmCBCBBDDDBDDBCBCLBCCCBFBCgCBCDBDHBCGBCbBCDBCEBCEEBFBCzKBDYBCYBCeBCYBCeBCYBCeBCYBCeBCYBCHB15BeBHFBmI9BBzEsBBLGBRiKiKBcBTrBBlPbBlHdBDwGwGBdBCCBCBBCGBDEBKBBhHGBCDBCBBCOBCkGB8BjCBI1lB1lBBCBCaBCBBCDDCJBCDBCCCHFFCECBBBCBBCDDCICBCCDDBCGBCDBCDBCCCBIBCQBGCBCEBCQBlqE-2pBBhB9oEBDt0FBDwpHBQtTBjtC9QBjvBq6EBGppIB", false)),
		LC: () => new UnicodeRangeTable(decodeRanges("hCZBHZB7BLLBVBCeBCiGBCDBFvGBDZBhGDBDBBECBCHHCCBCCCBSBCyCBCqEBJlFBClBBKoBB44ClBBCGGDqBBDCBhV1CBDFBjkCKBGqBBDCBhCrBBgCMBChBBmD1IBDFBDlBBDFBDHBCGCBdBD0BBCGBCEEBBBCGBEDBDFBFMBGCBCGBmIFFDJBCEEBDBHGCBCBCFBFDDBCBGEBF1B1BB8zC8zCB6DBDmDBHDBEBBNlBBCGGzoetBBTbBnEtCBCWBEDBCsCBZBBE2Z2ZBpBBGIBIvCBh6TGBNEBqgBZBHZBmlBvCBhDjBBFjBB1DKBCOBCGBCBBCKBCOBCGBCBBk2ByBBOyBB+CVBLVB74C-BBhrV-BBhBYBDYBtpZ0CBCmCBCBBDDDBDDBCBCLBCCCBFBCgCBCDBDHBCGBCbBCDBCEBCEEBFBCzKBDYBCYBCeBCYBCeBCYBCeBCYBCeBCYBCHB15BJBCTBHFB2uCjCB", false)),
		Ll: () => new UnicodeRangeTable(decodeRanges("hDZB7BqBqBBWBCHBC2BCBQCBuBCDECBBBDCCDEEBFFDEEBBBDDDCCCDCCBCCDEECDDBDDBBBHGDCOCBSCBDDCEEC4BCBFBDDDBCCFICBjCBDZBiGCCEEEBBBTccBhBBCBBECBCWCBDBCGDB0B0BBuBBCgBCK0BCDMCBgDCxBoBBo6CqBBDCB5XFBjkCIBC2D2DBqBBgCMBChBBnD0ECBHBCgDCBHBJFBLHBJHBJFBLHBJHBJNBDHBJHBJHBJEBCBBHEEBBBCBBJDBDBBJHBLCBCBBzIEEBEEcKFDBBJDBF2B2Bs1CvBBCEEBGCFCCBCCBEBGiDCBIICFFNlBBCGG0oesBCUaCoEMCBBBC+BCBGBCCCDICFCCDCCBBBCSCGGGCMCFCCDOCbEE2ZqBBGIBIvCBh6TGBNEBqhBZBumBnBBpEjBB8EKBCOBCGBCBBk4ByBB+DVB75CfBhsVfB8BYBnqZZBbGBCRBbZBbDBCCCBFBCKBbZBbZBbZBbZBbZBbZBbZBbZBbbBdYBCFBbYBCFBbYBCFBbYBCFBbYBCFBC15B15BBIBCTBHFB4vChBB", false)),
		Lm: () => new UnicodeRangeTable(decodeRanges("wVRBFLBPEBICCmEGG-OnHnHlFBBuIBBFgBgBKEEhFoFoF1mBgEgE2R72B72BsDkTkTxOFBvF+BBOjBjBBjBByVOORMBg-CBByHgGgG2OsBsBBDBGiDiDB+C+CBBB34bjnBjnBBEBvIzDzDdBB6DIBxCYYpDDBEBB2OXXqEtDtDWBBoDDBKngVngVuBBBh-BFBCpBBCIB0sBhBhB2K04D04DnrTDB9PCBpBBBnRMBhCBBCPPB9-P9-PBCBCGBCBByhM9BBqGGBud0Q0QsSAB", false)),
		Lo: () => new UnicodeRangeTable(decodeRanges("qFQQhIFFBCBxGBB7ZaBFDBuBfBCJBkBBBCiDBCZZBLLBBBDRRCdBe4CBMZZBfBWVBrBYBIKBGXBCGBRoBB8B1BBETTIJBROBFHBDBBDVBCGBCEEBCBERROBBCCBPBBLJJBEBFBBDVBCGBCBBCBBCBBgBDBCUUBBBRIBCCBCVBCGBCBBCEBETTQBBYMMBGBDBBDVBCGBCBBCEBEffBCCBBBQSSCFBECBCDBEBBCCCBEEBEEBBBELBX1B1BBGBCCBCWBCPBEbbBBBCBBDBBfFFBGBCCBCWBCJBCEBEffBBBCBBQBBSIBCCBCoBBDRRGCBJCBZFBGRBEXBCIBCDDBFB7BvBBCBBNFB8BBBCCCBDBCXBCCCBIBCBBKDDBDBYDBhBgCgCBGBCjBBcEB0DqBBVRRBEBFDBEEEBIIBBBFMBNyDyDBnKBCDBDGBCCCBCBDoBBCDBDgBBCDBDGBCCCBCBDOBC4BBCDBDiCBmBPByDrTBDQBCZBGqCBHHBIRBOSBPRBPMBCCBQzBBpBkCkCBhBBC0BBIEBDhBBCGGBkCBLeByBdBDEBMrBBFZB3BWBK0BBxFuBBSHB3BdBOBBLrBBbjBBqBCBLdByDDBCFBCBBE7hB7hBBCB4-C3BBZWBKGBCGBCGBCGBCGBCGBCGBCGBoR2B2BF1CBJCCB4CBFGGBpBBC9CBSfBxBPBhQ-tGBhC0wUBC2jBBkCnBBJrIBFPBLBBjCyByBBkCBqFoDoDEGBCCBCDBCWBezBBPxBB-BFBECCBMMBaBLWBacBIuBBuBEBDIBLEBCoBBYCBCHBVPBCFBEEEBwBBCEEBDDBDBDCCZBBEKBIPPBEBDFBDFBKGBCGByEiBBej9KBNWBFwBBloItLBDpDBkCCCBIBCMBCEBCCCBCCBCCBqDBiBqLBT-BBD1BBpBLB1DEBCmEBqDJBCsBBDeBEFBDFBDFBDCBkBLBCZBCSBCBBCOBDNBjB6DBmMcBEwBBwBfBOTBCHBHlBBLdBDjBBFHBhEtCBjDnBBJzBB9CzBBN2JBKVBLHB5EFBDCCBqBBCBBEDDBVBLWBKeBiCSBCBBLVBLZBHZBnB3BBHBBhCQQBCBCCBCcBrBcBEcBkBHBCbBc1BBLVBLSBORBvDoCB4FjBBnBDBCxJxJBoBBHBBRCBCBB5BcBLJJBUBrBRBvBUBcWBN0BB6BBBDOOBrBBhBYBbjBBeDDJiBBENNBuBBPDBWCCkBRBCYBUBBgCGBCCCBCBCOBCJBIuBBnBHBDBBDVBCGBCBBCEBETTNEBfJBCDDClBBCaaCtBtBBzBBTDBVCBfvBBVBBC5F5FBtBBqBDBlBvBBV8B8BBpBBOoCoCBZBmBGB6FrBB0GHBDDDBGBCBBCXBQCC-CHBDmBBRCCdLLBmBBIWWMtBBUTTBnCBoGgBBgBIBCkBBSyByBBcBxDGBCBBClBBWaaBEBCBBCfBPYYBnBBCBBlISBQCCBLBChBB9DwCwCB4cBnHjGBtyCgDBQvhBBSFBa68DBGmSB61GdBj3B4RBIeBSuCBSdBTvBB0BUBGSB0NnBB2MqCBGwFwFB0mHBqBfBiDyDBuwIiJBQeeBBBDPPBCBJrMBloCqDBGMBEIBIJBxzI2P2PBrBBiBiKiKBcBTrBBlPaBmHdBDwGwGBdBCCBCBBCGBDEBKiHiHBFBCDBCBBCOBCkGB8pBDBCaBCBBCDDCJBCDBCCCHFFCECBBBCBBCDDCICBCCDDBCGBCDBCDBCCCBIBCQBGCBCEBCQBlqE-2pBBhB9oEBDt0FBDwpHBQtTBjtC9QBjvBq6EBGppIB", false)),
		Lt: () => new UnicodeRangeTable(decodeRanges("lOGDnB2sH2sHBGBJHBJHBNQQwBAB", false)),
		Lu: () => new UnicodeRangeTable(decodeRanges("hCZBmDWBCGBiB2BCDOCDuBCBECEBBCCCBCCBBBDDBCBBCCBEBBCBBCECBCCDCCBCCBBBCCCBEEIJDCMCDQCDDDCCBC4BCIBBCBBDCCBCBCGCiJCCEJJHCCBBBCCCBCCBPBCIBkBDDBBBEWCGDDCBBDyBBxBgBCK2BCBMCD+CCDlBBq6ClBBCGGzW1CB0kCHHBpBBDCBhK0ECKgDCKHBJFBLHBJHBJFBMGCJHBpCDBNDBNDBNEBMDBnIFFECBDCBDEEBDBHGCBCBDDBLBBG+B+B9zCvBBxBCCBBBDGCBCBCDDJCBCgDCJCCFuqeuqeCqBCUaCoEMCE8BCLECBICFCCDCCEUCBDBCEBCOCBCBCCCBQCZs5Vs5VBYBmmBnBBpEjBB9EKBCOBCGBCBBr3ByBB+EVB75CfBhsVfBhCYBoqZZBbZBbZBbCCBGDBDDBCBCHBbZBbBBCDBDHBCGBcBBCDBCEBCEEBFBcZBbZBbZBbZBbZBbZBfYBiBYBiBYBiBYBiBYBiB2pE2pEBgBB", false)),
		M: () => new UnicodeRangeTable(decodeRanges("gYvDB0IGBoIsBBCCCBCCBCCpCKBxBUBRmDmDBFBDFBDBBCDBkBffBZB8CKB7BIBKZZBCBCIBCCBCEBsBCB8BIBrBXBCgBB3BCBCRBCGBLBBeCB5BCCBFBDBBDCBKLLBbbDCB5BCCBDBFBBDCBEffBEEMCB5BCCBGBCCBCCBVBBXFBCCB5BCCBFBDBBDCBICBLBBf8B8BBDBECBCDBKpBpBBDB4BCCBFBCCBCDBIBBMBBeCB5BCCBFBCCBCDBIBBMBBQNNBCB4BBBCGBCCBCDBKLLBeeBBBnCFFBEBCCCBGBTBB+BDDBFBNHBjDDDBHBMGBqCBBcECFBByBTBCBBGKBCjBBKlDlDBSBYDBFCBCCBDGBEDBOLBCLLBCBgWCBzdDBdCBeBBfBBhCfBKuBuBBBBC2D2DBjBjB3DLBFLB8GEB6BJBCcBDxBxBBsBBDLBVEBwBQBnBIBNCBfMB5BNBxBTB5ECBCUBFHHDCBnG-BBxWgBB--CCBuEhDhDBeBrRFBqDBB1udDBCJBhBBBxCBBxIEEFYYBDBF0C0CBzBzBBQBbRBOnBnBBGBaMBtBDBwBNBlBkCkCBMBNJJBuBuBBBBzBCCBBBDBBGBBCqBqBBDBGBBtHHBCBBx5TiXiXBOBRPBuejHjH2EEBn0BCBCBBGDBpBCBFmFmFB+R+RBCBiCEB+JBBuCFBnCKByBDB7DCB2BOBqBDDBLLBCBuBKBI+B+BBBBlBNBRBBtBNNBBBxBNBJDBCBB9CLBHDD+ELBWDB4BBBCGBDBBDCBKLLBDDBFBEEBkCIBCDDCDBCEBCPPBzCzCBQBYyCyCBSBsHGBDIBcBBzCQBrDMBmDOBhIOB2HFBCBBDDBCCCBuEuEBFBDGBEddBIBpBGBCDBJKKBJBvBPBnGHBoGHBCHBzCVBCNB7DFBECCBCCBFBCjCjCBDBCBBCEB8KDBKBBCxBxBBFBEEBYmnFmnFHOBpmLRBhuCEB8BGB5gBCCB1BBIDByCMMBslTslTBizEizEBsBBDWB-QEBEFBJHBDGBfDB1ECB89B2BBFxBBJPPXEBCOBxqBGBCQBDGBCBBCEBlDhFhFBFB4L+B+BBCB9PDB-HBB0HDDIBBG7O7OBFBuDGB29lYvHB", false)),
		Mc: () => new UnicodeRangeTable(decodeRanges("joC4B4BDCBJDBCBBzBBB7BCBHBBDBBLsBsB7BCBjC7B7BBBBJCCB2B2BB7B7BCHHBDDBLLnDBBCBBECBCCBLqBqBBBB+BDB+BBB7BCCBDBDBBCBBKBBdPPB7B7BBBBGCBCCBLrBrBBsCsCBBBHHBTBBrKBBgCsFsFBFFHDDBaaBLLBBBDGBWBBDFBDLLBBB5zBffiEIIBGBCBB7KDBDCBFBBCFBhHBB7BCCKCCBJJBEByExBxBGCCBDBCBB+BffFBBD9B9BDCBCEEBxBxBBGBJBBsFWW35EBB0-dBBD5C5CBzBzBBOBvEBBwBxBxBBFFBDDBBBvDBBDBBZuBuBCuDuDDBBGuHuHBCCBCCBCC0gZCCgEuBuBBBBFBB0DZZB8B8BxBCBKBBO+C+CBBBEBBCrFrFBBBgBBB7BBBCDBDBBDCBKLLB1C1CBBBIDDCDBCBBCmDmDBBBJBBErDrDBBBHCCBCBDuHuHBBBHDBDyDyDBBBJBBCuDuDCBBHoDoDCBBFmImIBBBK4H4HBEBCBBFDDCvEvEBBBJDBF1C1CeBB-BqGqGECCoGPPrDIID2G2GBDBFBBC-K-KBNNxBBBJBBCpvQpvQBBBlxD2BBpDBB0rYBBHFB", false)),
		Me: () => new UnicodeRangeTable(decodeRanges("okBBB1xF-wB-wBBCBCCBsshBCB", false)),
		Mn: () => new UnicodeRangeTable(decodeRanges("gYvDB0IEBqIsBBCCCBCCBCCpCKBxBUBRmDmDBFBDFBDBBCDBkBffBZB8CKB7BIBKZZBCBCIBCCBCEBsBCB8BIBrBXBCfB4BCCFHBFEEBFBLBBe7B7BFDBJVVBbbDBB6BFFBFFBDDBBBEffBEEMBB6BFFBDBCBBFVVBXXBEBC7B7BDCCBCBJIIBMMBff+BNNzBEE4BCCBBBGCBCDBIBBMBBe7B7BDHHGBBVBBdBB6BBBFDBJVVBeepCIIBBBC7C7CDGBNHBjDDDBHBMGBqCBBcEC4BNBCEBCBBGKBCjBBKnDnDBCBCFBCBBDBBaBBFCBRDBODDBHHQgWgWBBBzdCBeBBfBBfBBhCBBCGBJDDBJBKuBuBBBBC2D2DBjBjB3DCBFBBKHHBBB8GBBD7B7BCGBCCCDHBHJBDxBxBBMBCeBDLBVDBxBCCBDBCGGpBIBNBBhBDBDBBCCB5BCCBEECCB7BHBDBB5ECBCMBCGBFHHEBBnG-BBxWMBFEEBKB--CCBuEhDhDBeBrRDBsDBB1udFFBIBhBBBxCBBxIEEFaaBGG4EBBbRBOnBnBBGBaKBvBCBxBDDBCBDBBoBkCkCBEBDBBDBBNJJwB0B0BCCBDBBGBBCrBrBBJJvHDDFx5Tx5TiXPBRPBuejHjH2EEBn0BCBCBBGDBpBCBFmFmFB+R+RBCBiCEB+JBBuCFBnCKByBDB8D3B3BBNBqBDDBLLBBByBDBDBBI+B+BBBBlBEBCHB-BNNB1B1BBHBLDBDgDgDBBBDCCBHHD+E+EEHBWBB6BBBEmBmBBFBEEBnCFBOECPBB2CHBDCBCYY1CFBCFFBCCBvHvHBCBHBBCBBcBB2CHBDCCBrDrDCDDBEBCmDmDCDDBCBCEBkIIBCBBhIBBCFFxEDBDBBFhBhBBIBpBFBDDBJKKBEBDCBvBMBCBBnGCCBBBCqGqGBFBCFBCzCzCBUBDGBCBBCBB7DFBECCBCCBFBCpCpCBEEC8K8KBMMB1B1BBDBGCCYmnFmnFHOBpmLLBECBhuCEB8BGB5gBgCgCBCByC5lT5lTBizEizEBsBBDWBhRCBSHBDGBfDB1ECB89B2BBFxBBJPPXEBCOBxqBGBCQBDGBCBBCEBlDhFhFBFB4L+B+BBCB9PDB-HBB0HDDIBBG7O7OBFBuDGB29lYvHB", false)),
		N: () => new UnicodeRangeTable(decodeRanges("wBJB5DBBGDDBBBitBJBnEJBnGJB9MJB3DJBFFBtDJB3DJB3DJBDFBvDMB0DJBJGBoDJBpDGBISBuDJBhDJB3DJBnCTBtIJBnCJBwWTBybCBwHJBHJBXJBtJJBhEKBmFJBHJB3FJB3CJBnEJBHJB3gBEEBEBHJBnGyBBDEB3W7BBvCVB3TdBqrBqYqYaIBPCB4KDBrEJBfHBCOBhBJBoBOBh7cJB9FJBhKFB7EJBnBJBnGJBXJB3CJB3MJB34UJBuPsBBN4BBSBB2KaBlBDBeJJnEEBrGJBvdHBaGBoBIBsCEBXFBhFBBDPBDtBBhCIB1BBBfCBsCEBpDHBZHBqBGBrKFBxBJBHJB3IeB-EJBrBDBxDGBnEdBhEJB9BJBxEJBITB8HJB3KJB3DJB3LJBnDJBHTBtCLBlNSB+CJB3UJB3CcBkHJBnCJB3BJBnLJBnDUBshBuDBimPJBnpCJB3CJBnEJBCGBvQJBnIWB+KCB6nXJBnuBTBNTBtDYB2iBxBBhqCJBnNJB3PJB4HJBtWIBhEJB4Y6BBCCBCDBtCsBBCOBjeMBk3CJB", false)),
		Nd: () => new UnicodeRangeTable(decodeRanges("wBJnxBJnEJnGJ9MJ3DJ3DJ3DJ3DJ3DJ3DJ3DJ3DJ3DJhDJ3DJnCJ3IJnCJn6BJnBJtJJhEJnFJHJ3FJ3CJnEJHJnuiBJnVJnBJnGJXJ3CJ3MJ34UJnsBJnkCJHJ9YJhEJ9BJxEJ3IJ3KJ3DJ3LJnDJHTtCJnNJnDJ3UJ3CJ3HJnCJ3BJnLJ3uQJnpCJ3CJnEJ3QJ37XJ12CxBhqCJnNJ3PJ4HJ2aJ30EJ", true)),
		Nl: () => new UnicodeRangeTable(decodeRanges("u3FCBwzCiBBDDB-zDaaBHBPCBs1dJBxyW0BBtOJJnEEBrhIuDBm8SCB", false)),
		No: () => new UnicodeRangeTable(decodeRanges("yFBBGDDBBB2pCFB5LFB5DCBmEGB6GGBSIByNJB2hBTB0jBJBhP20B20BEFBHJBnGPBqB3W3WB6BBvCVB3TdBqrB1kB1kBBCBrEJBfHBCOBhBJBoBOBxrdFBymWsBBiCDBSBB2KaBlBDB1pBHBaGBoBIBsCEBXFBhFBBDPBDtBBhCIB1BBBfCBsCEBpDHBZHBqBGBrKFBhLeB-EJBrBDBxDGBnETB8LTBmqBBBvNIBobSB0aUBn8SGB-YWBqhZTBNTBtDYBvqFIBid6BBCCBCDBtCsBBCOBjeMB", false)),
		P: () => new UnicodeRangeTable(decodeRanges("hBCBCFBCDBLBBEBBbCBCccCkBkBGEELBBEEE-VJJzOFBqBBB0BCCDDDtBBBVBBCBBOCCBBBrCDBnDsBsBBMBqHCB3BOBgBmImIBLLtE5D5D6DnMnMNwLwL7CLLBpFpFBNBCmBmBBCBoCrCrCBDBFBBwDFBsFlTlTBHB4EuTuTtBBBvCCBoCBB+ECBCCBmBKB6JBB5GBBhEGBCFBhFBBLGBdCB9DDB8BEB-BBBhCHBM9Z9ZBWBJTBCMBCLBfBBPBB6TDBeBB+hBNBwCBBgBJB0MVBgCDBhBBB8XDBCBBxDwEwEBtBBCfBDLBkNCBFJBDLBRNNjD7C7CjgdBBuICBkDLL0DFB9LDB3CBBpBCBCyByBBwBwBiDMBRBB9DDB-DBBRBB6HzqUzqUBxGxGBIBXiBBCNBCFFCBB2ECBCFBCDBLBBEBBbCBCccCCCBFB7MCB9UxBxB-MoXoXoGgBgBxIIBnBxDxDBFBjCGB6CDByO-J-JjBlElEBDBtBDB+FGBuDBBCDB-DDBxBBBwCDBFOOCCB5CFBsDrJrJBCCBzDzDBDBLBBCpDpD7HWBqDCBdMBtCjEjEBBB9HpIpIBBB8E9C9CBGB0CCBCEB+CJB4GgDgDBDBrBBBmUBBrCMBwFxjBxjBBDB97CBB8zOBBmEiCiCBDBJpRpRBBBoJDBoK9lT9lTovHEB07C-a-aBAB", false)),
		Pc: () => new UnicodeRangeTable(decodeRanges("-Cg-Hg-HBUU-u3BBBZCBwHAB", false)),
		Pd: () => new UnicodeRangeTable(decodeRanges("tB9qB9qB0BiyDiyDmgBqgCqgCBEBiwDDDgBBBFdd-NUUwDxszBxszBBmBmBLqFqFhzD-J-J", false)),
		Pe: () => new UnicodeRangeTable(decodeRanges("pB0B0BgB+1D+1DC-6B-6BqtC4B4BQ7T7TCff-hBMCxChBhBCGC1MUChCCCiBmhBmhBCECtBGCtNICEGCDBB-ozB6G6GeOCESSCCCrF0B0BgBGD", false)),
		Pf: () => new UnicodeRangeTable(decodeRanges("7F+6H+6HEddpuDCCFDDQEE", false)),
		Pi: () => new UnicodeRangeTable(decodeRanges("rFt7Ht7HDBBDaapuDCCFDDQEE", false)),
		Po: () => new UnicodeRangeTable(decodeRanges("hBCBCCBDECBLLBEEBcclCGGPBBI-V-VJzOzOBEBqB3B3BDDDtBBBVBBCBBOCCBBBrCDBnDsBsBBMBqHCB3BOBgBmImIBLLtE5D5D6DnMnMNwLwL7CLLBpFpFBNBCxDxDrCEBFBBwDFBsFlTlTBHBmY9D9DBBBoCBB+ECBCCBmBFBCDB6JBB5GBBhEGBCFBhFBBLGBdCB9DDB8BEB-BBBhCHBMjajaBJJBGBJIBDDBDCBEKBCCCBIB7kDDBCBBxDwEwEBFFBBBDDDBHBCBBCDDBLLBDBCJBDDBCCCBLBDCBtNCB6B+F+FjgdBBuICBkDLL0DFB9LDB3CBBpBCBCyByBBwBwBiDMBRBB9DDB-DBBRBB6HlxUlxUBFBDXXVBBDDBECBCDBICBHCCB2E2EBBBCCBDECBLLBEEBcclBDDB7M7MBBB9UxBxB-MoXoXoGgBgBxIIBnBxDxDBFBjCGB6CDB0ZlElEBDBtBDB+FGBuDBBCDB-DDBxBBBwCDBFOOCCB5CFBsDrJrJBCCBzDzDBDBLBBCpDpD7HWBqDCBdMBtCjEjEBBB9HpIpIBBB8E9C9CBGB0CCBCEB+CJB4GgDgDBDBrBBBmUBBrCMBwFxjBxjBBDB97CBB8zOBBmEiCiCBDBJpRpRBBBoJDBoK9lT9lTovHEB07C-a-aBAB", false)),
		Ps: () => new UnicodeRangeTable(decodeRanges("oBzBzBgB-1D-1DC-6B-6B-rCEEnB4B4BQ7T7TCff-hBMCxChBhBCGC1MUChCCCiBmhBmhBCECaTTCECtNICEGCDipzBipzB4GeeCMCESSCCCrFzBzBgBEEDAB", false)),
		S: () => new UnicodeRangeTable(decodeRanges("kBHHRCBgBCCcCCkBEBCBBDCCBCBDEEfgBgBrODBNNBGGBCCCBPB2DPPBxDxDsErIrIBBB3DCBDDDBvGvGLUUB4H4HIBBpEqLqLBHHB2H2H-DjEjEBGBlEwGwGqBmGmGiGCBQCCBBBDFBVECmEHBCFBCBBGDBmGBBxXJB0WuLuLlL+E+EBgBBiLJBKIBhiBCCBBBMCBOCBOCBOBBmCOOoBCBOCBUhBB-BBBCDBCBBLCCBBBGFBCECFMMBFFBDBGDBC7B7BBFFB2LBFcBD+HBXKByCtCBXnTBtBwBBDeBLyMBX+BBFfBD1LBDpEBmHFBmLBBvBZBC4CBN1GBbPBFOOBNNWBBHBB8CBB0HBBFJBhBlBBKRRBdBMdBJQQBeBLmBBQ-JBhuG-BBx0V2BB6RWBKBBoDBB+EDBLDB+RCBiHPPB+9T+9TpEgBBuLPBhCBB3BHBtBDBjDCCBBBD7E7EHRRBBBgBCCcCCiEGBCGBOBB6JIB6BQBDCBCMBEwBwBBrBB7zBBBwSmWmWBiKiKBGBnjC2kC2kCBbBr6SDBG3qU3qUk7DvHBLCBEzNBHWBQQBgDzDB9B1HBLmBBD7BBGCBXBBIdBF8BBWhCBE7F7FB1CBrbaagBaagBaagBaagBaa9B-PB4BDBzBHBCNBCBBp2BwNwNttCEE+DiOiOBvIvIBqBBFjDBNOBDOBCOBCkBBYgFB5BcBOrBBFIBIBBPFB7E4eBEQBEMBE5GBHLBFQQBKBF3BBJJBHnBBJdBDLBFBBPIBoB3KBJNBDMBEKBE4BBCFFBOBDLBFJBIyEBC7CBLAB", false)),
		Sc: () => new UnicodeRangeTable(decodeRanges("kB+D+DBCBqnB8D8DzPBBzPBBI2H2HoImSmS8sClmClmCBgBB37hBkuVkuVtD7E7E8GBBEBB3-HDB-4wBxtCxtC", false)),
		Sk: () => new UnicodeRangeTable(decodeRanges("+CCCoCHHFEEqQDBNNBGGBCCCBPB2DPPBjoBjoB15FCCBBBMCBOCBOCBOBB9kEBBkzdWBKBBoDBBxePPBniUniUBPB8bCCjF4g9B4g9BBDB", false)),
		Sm: () => new UnicodeRangeTable(decodeRanges("rBRRBBB+BCCuBFFmBgBgB-XwQwQBBB8xGOOoBCBOCBsEoBoBBDBHlClCBDBGBBFGDIgBgBBDDCgBgBBqIBhBBB7CffBXBpBFB2OKK3BHBwDxKxKBDBDeBLPBhIiEBX+BBFfBDhIBxBUBDFB9+zB5Z5ZCCBlFRRBBB+BCCkEHHBCBitDBBhrwBx+Bx+BagBgBagBgBagBgBagBgBat5Ft5FB-uC-uCBHB", false)),
		So: () => new UnicodeRangeTable(decodeRanges("mFDDFCCyerIrIBgEgEBvGvGLUUB4H4HkQ2L2LjEFBClElEwGqBqBoMCBQCCBBBDFBVECmEHBCFBCBBGDBmGBBxXJB0WzWzW+EhBBiLJBKIBksBBBCDBCBBLCCBHHBEBCECFMMBPPCBBC7B7BBKKBDBDDBCBBCBBCGBCeBDBBCCCBdBtIHBFTBDGBDwCBCdBanBBHnCBXKByCtCBX2FBCIBC1BBJuDBC3HBtBrBBhC-HBhQvBBWBBHmBBDpEBmHFBmLBBvBZBC4CBN1GBbPBFOOBNNWBBHBBxKBBFJBhBlBBKRRBdBMdBJQQBeBLmBBQ-JBhuG-BBx0V2BBibDBLBBC+R+RBBBqqUPBuLPBhCBB3BHBuBCBlPEEFBBOBB6JIB6BQBDCBCMBEwBwBBrBB7zBBBwSpgBpgBBGBnjC2kC2kCBGBFQBr6SDBG3qU3qUk7DvHBLCBEzNBHWBQPBhDzDB9B1HBLmBBD7BBGCBXBBIdBF8BBWhCBE7F7FB1CBqlB-PB4BDBzBHBCNBCBBp2B96C96CiEyWyWBqBBFjDBNOBDOBCOBCkBBYgFB5BcBOrBBFIBIBBPFB7E6HBG4WBEQBEMBE5GBHLBFQQBKBF3BBJJBHnBBJdBDLBFBB-B3KBJNBDMBEKBE4BBCFFBOBDLBFJBIyEBC7CBLAB", false)),
		Z: () => new UnicodeRangeTable(decodeRanges("gBgEgEgvFgsCgsCBJBeBBGwBwBh9DAB", false)),
		Zl: () => new UnicodeRangeTable(decodeRanges("ohIA", true)),
		Zp: () => new UnicodeRangeTable(decodeRanges("phIA", true)),
		Zs: () => new UnicodeRangeTable(decodeRanges("gBgEgEgvFgsCgsCBJBlBwBwBh9DAB", false)),
		ASCII_Hex_Digit: () => new UnicodeRangeTable(decodeRanges("wBJIFbF", true)),
		Alphabetic: () => new UnicodeRangeTable(decodeRanges("hCZBHZBwBLLFGGBVBCeBCpOBFLBPEBICC3CeeBQBCBBDDBCHHCCBCCCBSBCyCBCqEBJlFBClBBDHHBnBBoBNBCCCBCCBCCJaBFDBeKBG3BBCGBPlDBCHBFHBFCBLCBDRRBuBBOkDBZgBBKBBFGGBWBDSBUYBIKBGXBCGBIJJBoBBLLBEGBHrCBCPBCCBFOBOSBCHBDBBDVBCGBCEEBCBEHBDBBDBBCJJFBBCEBNBBLFFBBBCFBFBBDVBCGBCBBCBBCBBFEBFBBDBBFIIBCBCSSBEBMCBCIBCCBCVBCGBCBBCEBEIBCCBCBBEQQBCBWDBFCBCHBDBBDVBCGBCBBCEBEHBDBBDBBKBBFBBCEBORRBCCBEBECBCDBEBBCCCBEEBEEBBBELBFEBECBCCBEHHpBMBCCBCWBCPBEHBCCBCCBJBBCCBCBBDDBdDBCHBCCBCWBCJBCEBEHBCCBCCBJBBGCBCDBOCBNMBCCBCoBBDHBCCBCCBCGGBCBIEBXFBCCBCRBEXBCIBCDDBFBJFBCCCBGBTBBO5BBGGBH0B0BBECBDBCXBCCCBRBCCBDEBCHHPDBhBgCgCBGBCjBBFSBFPBCjBBkC2BBCDDBDBR-BBLDBDlBBCGGDqBBCsKBCDBDGBCCCBCBDoBBCDBDgBBCDBDGBCCCBCBDOBC4BBCDBDiCBmBPBR1CBDFBErTBDQBCZBGqCBEKBITBMUBNTBNMBCCBCBBNzBBDSBPFFkC4CBIqBBGlCBLeBCLBFIBYdBDEBMrBBFZB3BbBF+BBDTBzBYYBMMBBByBzBBCOBCHB0BpBBDDBLrBBCKBP2BBXCBLjBBDKBGqBBDCBqBDBCFBCBBEGGB+FBUhBBM1IBDFBDlBBDFBDHBCGCBdBD0BBCGBCEEBBBCGBEDBDFBFMBGCBCGB1DOORMBmDFFDJBCEEBDBHGCBCBCKBDDBGEBFSSBnBBuZzBB34BkHBHDBEBBNlBBCGGD3BBIRRBVBKGBCGBCGBCGBCGBCGBCGBCGBCfBwB2O2OBBBaIBIEBDEBF1CBHCBC5CBCDBGqBBC9CBSfBxBPBhQ-tGBhCs0VBkCtBBDsIBEPBLBBVuBBGHBEwDBoBIBDmDBDxCBVUBCgBBZzBBNjCBCtBtBBEBECCBBBLgBBGiBBOcBEyBBCLBQRRBOBLEBC2BBKNBTWBEkCBCCCZCBDPBDDBMFBDFBDFBKGBCGBCqBBCNBH6DBWj9KBNWBFwBBloItLBDpDBnBGBNEBGLBCMBCEBCCCBCCBCCBqDBiBqLBT-BBD1BBpBLB1DEBCmEBlBZBHZBM4CBEFBDFBDFBDCBkBLBCZBCSBCBBCOBDNBjB6DBmC0BBsIcBEwBBwBfBOdBGqBBGdBDjBBFHBCEBrB9EBTjBBFjBBFnBBJzBBNKBCOBCGBCBBCKBCOBCGBCBBEzBBN2JBKVBLHBZFBCpBBCIBmCFBDCCBqBBCBBEDDBVBLWBKeBiCSBCBBLVBLZBHZBnB3BBHBBhCDBCBBGHBCCBCcBrBcBEcBkBHBCbBc1BBLVBLSBORBvDoCB4ByBBOyBBOnBBjBbBEGGBVB7HpBBCBBEBBRFBzBCBEcBLJJBUBrBRBvBUBcWBKlCBsBEBL4BBKOOBXBYyBBSDBJiBBEKKB+BBCDBKBBLCCkBRBChBBDHHBCB-BGBCCCBCBCOBCJBI4BBYDBCHBDBBDVBCGBCBBCEBEHBDBBDBBEHHGGBdJBCDDClBBCJBCDDCDBCBBECCtBhCBCCBCDBVCBfhCBDBBC5F5FB0BBDGBaFBjB+BBCEE8B1BBDoCoCBZBDNBWGB6F4BBoD-BBgBHBDDDBGBCBBCdBCBBDBBDDB+CHBDtBBDFBCCCBccBxBBDJBSnCBGTTBnCBoDHB5CgBBgBIBCsBBCGBCyByBBcBDVBCNBqCGBCBBCrBBECCBCCBBBCDDBZZBEBCBBCkBBCBBCDBCYYBqBBlIWBKQBCoBBECBwDwCwCB4cBnDuDBSjGBtyCgDBQvhBBSFBa68DBGmSB61GuBBy2B4RBIeBSuCBSdBTvBBRDBgBUBGSBxNsBB0G-BBhBYBDYBtBqCBF4BBIQBhCBBCNNBFBK1mHBqBfBiDyDB+vIDBCGBCBBCiJBQeeBBBDPPBCBJrMBloCqDBGMBEIBIJBFi7Fi7FBzCBCmCBCBBDDDBDDBCBCLBCCCBFBCgCBCDBDHBCGBCbBCDBCEBCEEBFBCzKBDYBCYBCeBCYBCeBCYBCeBCYBCeBCYBCHB15BeBHFB2GGBCQBDGBCBBCEBG9BBiBxDxDBrBBLGBRiKiKBcBTrBBlPbBlHdBDwGwGBdBCVBJBBhHGBCDBCBBCOBCkGB8BjCBEEE1lBDBCaBCBBCDDCJBCDBCCCHFFCECBBBCBBCDDCICBCCDDBCGBCDBCDBCCCBIBCQBGCBCEBCQB1TZBHZBHZB3zD-2pBBhB9oEBDt0FBDwpHBQtTBjtC9QBjvBq6EBGppIB", false)),
		Dash: () => new UnicodeRangeTable(decodeRanges("tB9qB9qB0BiyDiyDmgBqgCqgCBEB+BoBoBQnMnMlgDDDgBBBFdd-NUUwDxszBxszBBmBmBLqFqFhzD-J-J", false)),
		Emoji: () => new UnicodeRangeTable(decodeRanges("jBHHGJBwDFFu8HNN5GXX7CFBQBBwLBBNnFnFaKBFCBoGoHoHBLLK7B7BBCBCEBKGDBDDFDDCBBDIEBJJBBBGCCGLBMBBDCCBCCTDDBTTBEBCCCBEEBGGDBBFBBMBBGBBDGGBECBVVBGGBEBCDBDFFDDDBEBCDDCCCHEEHLLBQQDFFCFFBBBCMMBxBxBBBBKeP1LBBwOCBUBB0BFF7mBNN6SCCrrvDrGrGhFBBNBBPDDBIBsCZBCBBYVVDIBWBBvFhBBDvDBDBBCCBDyCBDCBCmIBC+BBMFBCXBIBBDHBNDDBCBDFFBOOBDDJBBKGGBBBNCBJCBDCCFHHEHHB0CBxBlCBGHBDDBEJBECCBEEDJBkHLBF8I8IBtBBCJBC4FBxDMBEKBE4BBCFFBOBDLBFJB", false)),
		Emoji_Component: () => new UnicodeRangeTable(decodeRanges("jBHHGJB0+H2G2Gsp3B3+8B3+8BBYB8PEBxtBDBtzhY-CB", false)),
		Emoji_Modifier: () => new UnicodeRangeTable(decodeRanges("7-8DE", true)),
		Emoji_Modifier_Base: () => new UnicodeRangeTable(decodeRanges("9wJ8G8GRDB4jzD9B9BBBBDDDBBB2DBBDKBWSBEFFBBBCCBICCZqGqGBFFWFFBvFvFBBBEEB0CRRBBBKMMgSDDJHBHKKBIBDCB5B+B+BBCCBCCSCBCMBmHCBrBIB", false)),
		Emoji_Presentation: () => new UnicodeRangeTable(decodeRanges("64IBBuGDBEDDqQBBWBBzBLBsBUUOJJBSSBGGBJJGWWIBBCFFDIIFBBdkBkBCFFBBBC+B+BBBBZPP8aBB0BFFvlxDrGrG-FDDBIBsCZBCZZVDDBDBCCBWBBvFgBBNIBClCBCVBNqBBFEBNQBEEEBlCBCCCB5FBD+BBODBCXBTbbBOO3C0CBxBlCBHEEBBBDDBEDBMBBIIBkHLBF8I8IBtBBCJBC4FBxDMBEKBE4BBCFFBOBDLBFJB", false)),
		Extended_Pictographic: () => new UnicodeRangeTable(decodeRanges("pFFFu8HNN5GXX7CFBQBBwLBBNnFnFaKBFCBoGoHoHBLLK7B7BBCBCEBKGDBDDFDDCBBDIEBJJBBBGCCGLBMBBDCCBCCTDDBTTBEBCCCBEEBGGDBBFBBMBBGBBDGGBECBVVBGGBEBCDBDFFDDDBEBCDDCCCHEEHLLBQQDFFCFFBBBCMMBxBxBBBBKeP1LBBwOCBUBB0BFF7mBNN6SCCrrvDoBoBBCBlDLBQBBQPPBmBmBBIBxDBBNBBPDDBIBU3BBcOBLVVDIBCDBKWBH7FBDvDBDBBCCBDyCBDCBCDBG9HBC+BBMFBCXBIBBDHBNDDBCBDFFBOOBDDJBBKGGBBBNCBJCBDCCFHHEHHB0CBxBlCBGHBDQBECCBEBDMB7GlBBNDB5BHBLFBpBHBfBBNDBDNBKmBBNuBBCJBC4FB5CHBPxEBhI9fB", false)),
		Hex_Digit: () => new UnicodeRangeTable(decodeRanges("wBJIFbFq1-BJIFbF", true)),
		Lowercase: () => new UnicodeRangeTable(decodeRanges("hDZBwBLLFlBlBBWBCHBC2BCBQCBuBCDECBBBDCCDEEBFFDEEBBBDDDCCCDCCBCCDEECDDBDDBBBHGDCOCBSCBDDCEEC4BCBFBDDDBCCFICBjCBDiBBIBBfEBhDsBsBCEEDDBTccBhBBCBBECBCWCBDBCGDB0B0BBuBBCgBCK0BCDMCBgDCxBoBBo6CqBBCDB5XFBjkCIBC2D2DB+FBiC0ECBHBCgDCBHBJFBLHBJHBJFBLHBJHBJNBDHBJHBJHBJEBCBBHEEBBBCBBJDBDBBJHBLCBCBB6DOORMBuDEEBEEcKFDBBJDBFiBiBBOBFsasaBYBn6BvBBCEEBGCFCCBCCBGBEiDCBIICFFNlBBCGG0oesBCUaCBBBmEMCBBBC8BCBIBCCCDICFCCDCCBBBCSCGGGCMCFCCDOCWDBCCCBBB2ZqBBCNBHvCBh6TGBNEBqhBZBumBnBBpEjBB8EKBCOBCGBCBBkODDBBBCpBBCIBmoByBB+DVB75CfBhsVfB8BYBnqZZBbGBCRBbZBbDBCCCBFBCKBbZBbZBbZBbZBbZBbZBbZBbZBbbBdYBCFBbYBCFBbYBCFBbYBCFBbYBCFBC15B15BBIBCTBHFBmI9BB1lChBB", false)),
		Math: () => new UnicodeRangeTable(decodeRanges("rBRRBBBgBeeCuBuBFmBmBgB5W5WBBBDbbBDDBBBwQCBuwGccBBBMEEOPPBCBWEBMEBiCMBFEEBFFBDBTFFDJBCDDBEBHEEBDDBCCBBBCFBENBClClCBWBCFBCBBFBBFfBCHHBPPBqIBJDBVBB7CffBZBCZZMGB+NBBNJBFFBFBBDBBEEBPCCDFBMHBGBB6BCCeDBKCBxK-BBhI-PBxBUBDFB9+zB4Z4ZBEBCjFjFRCBeCCeCCkEHHBCBitDBBhrwBwoBwoBBzCBCmCBCBBDDDBDDBCBCLBCCCBFBCgCBCDBDHBCGBCbBCDBCEBCEEBFBCzKBDjJBDxBBhwFDBCaBCBBCDDCJBCDBCCCHFFCECBBBCBBCDDCICBCCDDBCGBCDBCDBCCCBIBCQBGCBCEBCQB1BBB-uCIB", false)),
		Quotation_Mark: () => new UnicodeRangeTable(decodeRanges("iBFFkEQQ96HHBaBBowDqOqOBCBOCBixzBDB+FFF7CBB", false)),
		Terminal_Punctuation: () => new UnicodeRangeTable(decodeRanges("hBLLCMMBEE-ZJJiQ6B6BpCPPCCB1FsBsBBJBCsHsHB3B3BBEBCHBgBmImIB1nB1nBBtFtFFFB4JBB2YHBmY9D9DBBBoCBB+ECBEoBoBBCBDBB7JBBjLDBjFBBLBBCCBeCB8FEB-BBBldYYBKKBBBwlDCBzJOOFLLCBBEBBtNBB8ndBBuICBkHEB-LBB3CBBgD4E4EBBB0ECBgERRB6H6HnxUDDB6B6BBBBCDBqFLLCMMBEEiCDD7hBxBxBnkBoGoG3JBB5EFBlCFB6CDB5dEBtBDB+FGBxDDBgECBiEBBHRRB5C5CBDBtDrJrJB2D2DBBBNBBnLDBEOBqDBB6HCBmQCC8HBB4CBBFBB-MCBuBmUmUBrCrCBspBspBBDB6vRBBmEiCiCBBBLqRqRBoJoJBnwTnwTovHDB", false)),
		Uppercase: () => new UnicodeRangeTable(decodeRanges("hCZBmDWBCGBiB2BCDOCDuBCBECEBBCCCBCCBBBDDBCBBCCBEBBCBBCECBCCDCCBCCBBBCCCBEEIJDCMCDQCDDDCCBC4BCIBBCBBDCCBCBCGCiJCCEJJHCCBBBCCCBCCBPBCIBkBDDBBBEWCGDDCBBDyBBxBgBCK2BCBMCD+CCDlBBq6ClBBCGGzW1CB0kCHHBpBBDCBhK0ECKgDCKHBJFBLHBJHBJFBMGCJHBpCDBNDBNDBNEBMDBnIFFECBDCBDEEBDBHGCBCBDDBLBBGbbBOBUzZzZBYBx5BvBBxBCCBBBDGCBCBCDDJCBCgDCJCCFuqeuqeCqBCUaCoEMCE8BCLECBICFCCDCCEUCBDBCEBCOCBCBCCCBQCZs5Vs5VBYBmmBnBBpEjBB9EKBCOBCGBCBBr3ByBB+EVB75CfBhsVfBhCYBoqZZBbZBbZBbCCBGDBDDBCBCHBbZBbBBCDBDHBCGBcBBCDBCEBCEEBFBcZBbZBbZBbZBbZBbZBfYBiBYBiBYBiBYBiBYBiB2pE2pEBgBBvgCZBHZBHZB", false)),
		White_Space: () => new UnicodeRangeTable(decodeRanges("JEBTlDlDbgvFgvFgsCKBeBBGwBwBh9DAB", false))
	});
	static SCRIPTS = new LazyMap({
		Adlam: () => new UnicodeRangeTable(decodeRanges("go6DrCFJFB", true)),
		Ahom: () => new UnicodeRangeTable(decodeRanges("g4lCaDOFW", true)),
		Anatolian_Hieroglyphs: () => new UnicodeRangeTable(decodeRanges("ggxCmS", true)),
		Arabic: () => new UnicodeRangeTable(decodeRanges("gwBEBCFBCNBCCBCfBCJBMZBCrDBChBBxCvBBxHhBBGqCBCcBxy8BtPBDvEBhBPBxDEBCmEBk7DeBkCFBJIBiBFBh43BDBCaBCBBCDDCJBCDBCCCHFFCECBBBCBBCDDCICBCCDDBCGBCDBCDBCCCBIBCQBGCBCEBCQB1BBB", false)),
		Armenian: () => new UnicodeRangeTable(decodeRanges("xpBlBDxBDCks9BE", true)),
		Avestan: () => new UnicodeRangeTable(decodeRanges("g4iC1BEG", true)),
		Balinese: () => new UnicodeRangeTable(decodeRanges("g4GsCCxB", true)),
		Bamum: () => new UnicodeRangeTable(decodeRanges("g1pB3CpowB4R", true)),
		Bassa_Vah: () => new UnicodeRangeTable(decodeRanges("w26CdDF", true)),
		Batak: () => new UnicodeRangeTable(decodeRanges("g+GzBJD", true)),
		Bengali: () => new UnicodeRangeTable(decodeRanges("gsCDBCHBDBBDVBCGBCEEBCBDIBDBBDDBJFFBCCBDBDYB", false)),
		Beria_Erfe: () => new UnicodeRangeTable(decodeRanges("g17CYDY", true)),
		Bhaiksuki: () => new UnicodeRangeTable(decodeRanges("ggnCICsBCNLc", true)),
		Bopomofo: () => new UnicodeRangeTable(decodeRanges("qXB6wLqBxDf", true)),
		Brahmi: () => new UnicodeRangeTable(decodeRanges("ggkCtCFjBKA", true)),
		Braille: () => new UnicodeRangeTable(decodeRanges("ggK-H", true)),
		Buginese: () => new UnicodeRangeTable(decodeRanges("gwGbDB", true)),
		Buhid: () => new UnicodeRangeTable(decodeRanges("g6FT", true)),
		Canadian_Aboriginal: () => new UnicodeRangeTable(decodeRanges("ggF-TxRlC7tgCP", true)),
		Carian: () => new UnicodeRangeTable(decodeRanges("g1gCwB", true)),
		Caucasian_Albanian: () => new UnicodeRangeTable(decodeRanges("wphCzBMA", true)),
		Chakma: () => new UnicodeRangeTable(decodeRanges("gokC0BCR", true)),
		Cham: () => new UnicodeRangeTable(decodeRanges("gwqB2BKNDJDD", true)),
		Cherokee: () => new UnicodeRangeTable(decodeRanges("g9E1CDFz7lBvC", true)),
		Chorasmian: () => new UnicodeRangeTable(decodeRanges("w9jCb", true)),
		Common: () => new UnicodeRangeTable(decodeRanges("AgCBbFBbuBBCOBCEBYgBgBiOmBBGEBDTB1DKKHCC+THHPEEhB9E9ElQiEiEB6mB6mB2MDBjJwvBwvBBBBoCBBsGBBCumBumBOIIBCBCFBCCBDmYmYBKBD2CBCKBEKBCOBShBB-BlBBCCBDFBCaBCQBqBCBF5UBXKBW-cBhIzTBDpEBhQ9CBzMUBCCCBXBQHBFDB8CBBE7C7CB0E0EBOBhBlBBKxBxBB+BBgBwCBwB5C5CBmFBhuG-BBhoWhBBnDCBmFJB1HhFhFsMPPBzuUzuUBxGxGBIBXiBBCSBCDB0ECCBeBbFBbKBLuBuBBhChCBFBCGBLEBjICBFsBBEIBxCMB0BsBBlHaBltuBDB96D8HBEzNBHWBQQBgDzDB9B1HBLmBBD9BBEQBJBBIdBF8BB2GTBNTBN2CBKYBoE0CBCmCBCBBDDDBDDBCBCLBCCCBFBCgCBCDBDHBCGBCbBCDBCEBCEEBFBCzKBDjJBDxBByjFjCBtC8BBjWrBBFjDBNOBDOBCOBCkBBLtFB5BZBCBBOrBBFIBIBBPFB7E4eBEQBEMBE5GBHLBFQQBKBF3BBJJBHnBBJdBDLBFBBPIBoB3KBJNBDMBEKBE4BBCFFBOBDLBFJBIyEBCmDBnghYffB+CB", false)),
		Coptic: () => new UnicodeRangeTable(decodeRanges("ifNxkKzDGG", true)),
		Cuneiform: () => new UnicodeRangeTable(decodeRanges("ggoC5cnDuDCEMjG", true)),
		Cypriot: () => new UnicodeRangeTable(decodeRanges("ggiCFBDCCBqBBCBBEDD", false)),
		Cypro_Minoan: () => new UnicodeRangeTable(decodeRanges("w8rCiD", true)),
		Cyrillic: () => new UnicodeRangeTable(decodeRanges("ggBkEBDoFBx6FKBhFtCtCojEfBhie-CBv8VBBhw4B9BBiBAB", false)),
		Deseret: () => new UnicodeRangeTable(decodeRanges("gghCvC", true)),
		Devanagari: () => new UnicodeRangeTable(decodeRanges("goCwCFODZh7nBfhwcJ", true)),
		Dives_Akuru: () => new UnicodeRangeTable(decodeRanges("gomCGBDDDBGBCBBCdBCBBDLBKJB", false)),
		Dogra: () => new UnicodeRangeTable(decodeRanges("ggmC7B", true)),
		Duployan: () => new UnicodeRangeTable(decodeRanges("ggvDqDGMEIIJDD", true)),
		Egyptian_Hieroglyphs: () => new UnicodeRangeTable(decodeRanges("ggsC1iBL68D", true)),
		Elbasan: () => new UnicodeRangeTable(decodeRanges("gohCnB", true)),
		Elymaic: () => new UnicodeRangeTable(decodeRanges("g-jCW", true)),
		Ethiopic: () => new UnicodeRangeTable(decodeRanges("gwEoCBCDBDGBCCCBCBDoBBCDBDgBBCDBDGBCCCBCBDOBC4BBCDBDiCBDfBEZBnvGWBKGBCGBCGBCGBCGBCGBCGBCGBjpfFBDFBDFBKGBCGBylvCGBCDBCBBCOB", false)),
		Garay: () => new UnicodeRangeTable(decodeRanges("gqjClBEcJB", true)),
		Georgian: () => new UnicodeRangeTable(decodeRanges("glElBBCGGDqBBCDBx8CqBBDCBhiElBBCGG", false)),
		Glagolitic: () => new UnicodeRangeTable(decodeRanges("ggL-Ch9sDGCQDGCBCE", true)),
		Gothic: () => new UnicodeRangeTable(decodeRanges("w5gCa", true)),
		Grantha: () => new UnicodeRangeTable(decodeRanges("g4kCDBCHBDBBDVBCGBCBBCEBDIBDBBDCBDHHGGBDGBEEB", false)),
		Greek: () => new UnicodeRangeTable(decodeRanges("wbDBCCBDDBCFFCCCBBBCCCBSBC+BBPPBnpGEBzBEBFEB1ChKhKBUBDFBDlBBDFBDHBCGCBdBD0BBCOBCNBDFBCSBDCBCIBoJ-xiB-xiB7uVuCBSgj0Bgj0BBkCB", false)),
		Gujarati: () => new UnicodeRangeTable(decodeRanges("h0CCBCIBCCBCVBCGBCBBCEBDJBCCBCCBDQQBCBDLBIGB", false)),
		Gunjala_Gondi: () => new UnicodeRangeTable(decodeRanges("grnCFCBCkBCBCFIJ", true)),
		Gurmukhi: () => new UnicodeRangeTable(decodeRanges("hwCCBCFBFBBDVBCGBCBBCBBCBBDCCBDBFBBDCBEIIBCBCIIBPB", false)),
		Gurung_Khema: () => new UnicodeRangeTable(decodeRanges("go4C5B", true)),
		Han: () => new UnicodeRangeTable(decodeRanges("g0LZBC4CBN1GBwBCCaIBPDBle-tGBhC-vUBhoWtLBDpDBpodBBNGBqgkB-2pBBhB9oEBDt0FBDwpHBQtTBjtC9QBjvBq6EBGppIB", false)),
		Hangul: () => new UnicodeRangeTable(decodeRanges("goE-HvxHBiI9CyDeiCei3dckUj9KNWFwBl9JeEFDFDFDC", true)),
		Hanifi_Rohingya: () => new UnicodeRangeTable(decodeRanges("gojCnBJJ", true)),
		Hanunoo: () => new UnicodeRangeTable(decodeRanges("g5FU", true)),
		Hatran: () => new UnicodeRangeTable(decodeRanges("gniCSCBGE", true)),
		Hebrew: () => new UnicodeRangeTable(decodeRanges("xsB2BBJaBFFBpp9BZBCEBCCCBCCBCCBIB", false)),
		Hiragana: () => new UnicodeRangeTable(decodeRanges("hiM1CBHCBi7-C+IBTeeBBBulQAB", false)),
		Imperial_Aramaic: () => new UnicodeRangeTable(decodeRanges("giiCVCI", true)),
		Inherited: () => new UnicodeRangeTable(decodeRanges("gYvDB2IBBlOKBbhXhXBCB8qEtBBDLBlPCBCMBCGBFHHEBBnG-BBtQBBjGgBB65DDBsDBBmrzBPBRNBwejHjH7iEl+uBl+uBBsBBDWBhRCBSHBDGBfDBz6rYvHB", false)),
		Inscriptional_Pahlavi: () => new UnicodeRangeTable(decodeRanges("g7iCSGH", true)),
		Inscriptional_Parthian: () => new UnicodeRangeTable(decodeRanges("g6iCVDH", true)),
		Javanese: () => new UnicodeRangeTable(decodeRanges("gsqBtCDJFB", true)),
		Kaithi: () => new UnicodeRangeTable(decodeRanges("gkkCiCLA", true)),
		Kannada: () => new UnicodeRangeTable(decodeRanges("gkDMCCCWCJCEDICCCDIBGCCDDJCC", true)),
		Katakana: () => new UnicodeRangeTable(decodeRanges("hlM5CBDCBxHPBxGuBBC3CBvgzBJBCsBBzisBDBCGBCBBCgJgJBBBzBPPBCB", false)),
		Kawi: () => new UnicodeRangeTable(decodeRanges("g4nCQCoBEc", true)),
		Kayah_Li: () => new UnicodeRangeTable(decodeRanges("goqBtBCA", true)),
		Kharoshthi: () => new UnicodeRangeTable(decodeRanges("gwiCDCBGHCCCcDCFJII", true)),
		Khitan_Small_Script: () => new UnicodeRangeTable(decodeRanges("k-7C84G84GB0OBqBAB", false)),
		Khmer: () => new UnicodeRangeTable(decodeRanges("g8F9CDJHJnPf", true)),
		Khojki: () => new UnicodeRangeTable(decodeRanges("gwkCRCuB", true)),
		Khudawadi: () => new UnicodeRangeTable(decodeRanges("w1kC6BGJ", true)),
		Kirat_Rai: () => new UnicodeRangeTable(decodeRanges("gq7C5B", true)),
		Lao: () => new UnicodeRangeTable(decodeRanges("h0DBBCCCBDBCXBCCCBVBDEBCCCBFBCJBDDB", false)),
		Latin: () => new UnicodeRangeTable(decodeRanges("hCZBHZBwBQQGWBCeBCgOBoBEB8wGlBBHwBBGDBGMBClCBiC-HByLOORMBuEBBHccSoBB42CfBj1elDBExCBVOBxZqBBCIBCDB38TGB7gBZBHZBmhCFBCpBBCIBm61BeBHFB", false)),
		Lepcha: () => new UnicodeRangeTable(decodeRanges("ggH3BEOEC", true)),
		Limbu: () => new UnicodeRangeTable(decodeRanges("goGeBCLBFLBFEEBKB", false)),
		Linear_A: () => new UnicodeRangeTable(decodeRanges("gwhC2JKVLH", true)),
		Linear_B: () => new UnicodeRangeTable(decodeRanges("gggCLCZCSCBCODNjB6D", true)),
		Lisu: () => new UnicodeRangeTable(decodeRanges("wmpBvBx1eA", true)),
		Lycian: () => new UnicodeRangeTable(decodeRanges("g0gCc", true)),
		Lydian: () => new UnicodeRangeTable(decodeRanges("gpiCZGA", true)),
		Mahajani: () => new UnicodeRangeTable(decodeRanges("wqkCmB", true)),
		Makasar: () => new UnicodeRangeTable(decodeRanges("g3nCY", true)),
		Malayalam: () => new UnicodeRangeTable(decodeRanges("goDMCCCyBCCCFFPDZ", true)),
		Mandaic: () => new UnicodeRangeTable(decodeRanges("giCbDA", true)),
		Manichaean: () => new UnicodeRangeTable(decodeRanges("g2iCmBFL", true)),
		Marchen: () => new UnicodeRangeTable(decodeRanges("wjnCfDVCN", true)),
		Masaram_Gondi: () => new UnicodeRangeTable(decodeRanges("gonCGBCBBCrBBECCBCCBHBJJB", false)),
		Medefaidrin: () => new UnicodeRangeTable(decodeRanges("gy7C6C", true)),
		Meetei_Mayek: () => new UnicodeRangeTable(decodeRanges("g3qBWqGtBDJ", true)),
		Mende_Kikakui: () => new UnicodeRangeTable(decodeRanges("gg6DkGDP", true)),
		Meroitic_Cursive: () => new UnicodeRangeTable(decodeRanges("gtiCXFTDtB", true)),
		Meroitic_Hieroglyphs: () => new UnicodeRangeTable(decodeRanges("gsiCf", true)),
		Miao: () => new UnicodeRangeTable(decodeRanges("g47CqCF4BIQ", true)),
		Modi: () => new UnicodeRangeTable(decodeRanges("gwlCkCMJ", true)),
		Mongolian: () => new UnicodeRangeTable(decodeRanges("ggGBBDCCBSBH4CBIqBB2t-BMB", false)),
		Mro: () => new UnicodeRangeTable(decodeRanges("gy6CeCJFB", true)),
		Multani: () => new UnicodeRangeTable(decodeRanges("g0kCGBCCCBCBCOBCKB", false)),
		Myanmar: () => new UnicodeRangeTable(decodeRanges("ggE-EhqmBeiDfxibT", true)),
		Nabataean: () => new UnicodeRangeTable(decodeRanges("gkiCeJI", true)),
		Nag_Mundari: () => new UnicodeRangeTable(decodeRanges("wm5DpB", true)),
		Nandinagari: () => new UnicodeRangeTable(decodeRanges("gtmCHDtBDK", true)),
		New_Tai_Lue: () => new UnicodeRangeTable(decodeRanges("gsGrBFZHKEB", true)),
		Newa: () => new UnicodeRangeTable(decodeRanges("gglC7CCE", true)),
		Nko: () => new UnicodeRangeTable(decodeRanges("g+B6BDC", true)),
		Nushu: () => new UnicodeRangeTable(decodeRanges("h-7CvsQvsQBqMB", false)),
		Nyiakeng_Puachue_Hmong: () => new UnicodeRangeTable(decodeRanges("go4DsBENDJFB", true)),
		Ogham: () => new UnicodeRangeTable(decodeRanges("g0Fc", true)),
		Ol_Chiki: () => new UnicodeRangeTable(decodeRanges("wiHvB", true)),
		Ol_Onal: () => new UnicodeRangeTable(decodeRanges("wu5DqBFA", true)),
		Old_Hungarian: () => new UnicodeRangeTable(decodeRanges("gkjCyBOyBIF", true)),
		Old_Italic: () => new UnicodeRangeTable(decodeRanges("g4gCjBKC", true)),
		Old_North_Arabian: () => new UnicodeRangeTable(decodeRanges("g0iCf", true)),
		Old_Permic: () => new UnicodeRangeTable(decodeRanges("w6gCqB", true)),
		Old_Persian: () => new UnicodeRangeTable(decodeRanges("g9gCjBFN", true)),
		Old_Sogdian: () => new UnicodeRangeTable(decodeRanges("g4jCnB", true)),
		Old_South_Arabian: () => new UnicodeRangeTable(decodeRanges("gziCf", true)),
		Old_Turkic: () => new UnicodeRangeTable(decodeRanges("ggjCoC", true)),
		Old_Uyghur: () => new UnicodeRangeTable(decodeRanges("w7jCZ", true)),
		Oriya: () => new UnicodeRangeTable(decodeRanges("h4CCCHDBDVCGCBCEDIDBDCICFBCEDR", true)),
		Osage: () => new UnicodeRangeTable(decodeRanges("wlhCjBFjB", true)),
		Osmanya: () => new UnicodeRangeTable(decodeRanges("gkhCdDJ", true)),
		Pahawh_Hmong: () => new UnicodeRangeTable(decodeRanges("g46ClCLJCGCUGS", true)),
		Palmyrene: () => new UnicodeRangeTable(decodeRanges("gjiCf", true)),
		Pau_Cin_Hau: () => new UnicodeRangeTable(decodeRanges("g2mC4B", true)),
		Phags_Pa: () => new UnicodeRangeTable(decodeRanges("giqB3B", true)),
		Phoenician: () => new UnicodeRangeTable(decodeRanges("goiCbEA", true)),
		Psalter_Pahlavi: () => new UnicodeRangeTable(decodeRanges("g8iCRIDNG", true)),
		Rejang: () => new UnicodeRangeTable(decodeRanges("wpqBjBMA", true)),
		Runic: () => new UnicodeRangeTable(decodeRanges("g1FqCEK", true)),
		Samaritan: () => new UnicodeRangeTable(decodeRanges("ggCtBDO", true)),
		Saurashtra: () => new UnicodeRangeTable(decodeRanges("gkqBlCJL", true)),
		Sharada: () => new UnicodeRangeTable(decodeRanges("gskC-ChsCH", true)),
		Shavian: () => new UnicodeRangeTable(decodeRanges("wihCvB", true)),
		Siddham: () => new UnicodeRangeTable(decodeRanges("gslC1BDlB", true)),
		Sidetic: () => new UnicodeRangeTable(decodeRanges("gqiCZ", true)),
		SignWriting: () => new UnicodeRangeTable(decodeRanges("gg2DrUQECO", true)),
		Sinhala: () => new UnicodeRangeTable(decodeRanges("hsDCBCRBEXBCIBCDDBFBEFFBEBCCCBGBHJBDCBt-gCTB", false)),
		Sogdian: () => new UnicodeRangeTable(decodeRanges("w5jCpB", true)),
		Sora_Sompeng: () => new UnicodeRangeTable(decodeRanges("wmkCYIJ", true)),
		Soyombo: () => new UnicodeRangeTable(decodeRanges("wymCyC", true)),
		Sundanese: () => new UnicodeRangeTable(decodeRanges("g8G-BhIH", true)),
		Sunuwar: () => new UnicodeRangeTable(decodeRanges("g+mChBPJ", true)),
		Syloti_Nagri: () => new UnicodeRangeTable(decodeRanges("ggqBsB", true)),
		Syriac: () => new UnicodeRangeTable(decodeRanges("g4BNC7BDCxIK", true)),
		Tagalog: () => new UnicodeRangeTable(decodeRanges("g4FVKA", true)),
		Tagbanwa: () => new UnicodeRangeTable(decodeRanges("g7FMCCCB", true)),
		Tai_Le: () => new UnicodeRangeTable(decodeRanges("wqGdDE", true)),
		Tai_Tham: () => new UnicodeRangeTable(decodeRanges("gxG+BCcDKHJHN", true)),
		Tai_Viet: () => new UnicodeRangeTable(decodeRanges("g0qBiCZE", true)),
		Tai_Yo: () => new UnicodeRangeTable(decodeRanges("g25DeCVJB", true)),
		Takri: () => new UnicodeRangeTable(decodeRanges("g0lC5BHJ", true)),
		Tamil: () => new UnicodeRangeTable(decodeRanges("i8CBBCFBECBCDBEBBCCCBEEBEEBBBELBFEBECBCDBDHHPUBm+kCxBBOAB", false)),
		Tangsa: () => new UnicodeRangeTable(decodeRanges("wz6CuCCJ", true)),
		Tangut: () => new UnicodeRangeTable(decodeRanges("g-7CgBgBB+3GBhQeBiDyDB", false)),
		Telugu: () => new UnicodeRangeTable(decodeRanges("ggDMCCCWCPDICCCDIBCCCBDDDJII", true)),
		Thaana: () => new UnicodeRangeTable(decodeRanges("g8BxB", true)),
		Thai: () => new UnicodeRangeTable(decodeRanges("hwD5BGb", true)),
		Tibetan: () => new UnicodeRangeTable(decodeRanges("g4DnCCjBFmBCjBCOCGFB", true)),
		Tifinagh: () => new UnicodeRangeTable(decodeRanges("wpL3BIBPA", true)),
		Tirhuta: () => new UnicodeRangeTable(decodeRanges("gklCnCJJ", true)),
		Todhri: () => new UnicodeRangeTable(decodeRanges("guhCzB", true)),
		Tolong_Siki: () => new UnicodeRangeTable(decodeRanges("wtnCrBFJ", true)),
		Toto: () => new UnicodeRangeTable(decodeRanges("w04De", true)),
		Tulu_Tigalari: () => new UnicodeRangeTable(decodeRanges("g8kCJBCDDClBBCJBCDDCDBCJBCBBJBB", false)),
		Ugaritic: () => new UnicodeRangeTable(decodeRanges("g8gCdCA", true)),
		Unknown: () => new UnicodeRangeTable(decodeRanges("4bBBHDBICCVuMuMnBBBzBBBE4B4BBGBcDBHKBvI9B9BBmDmDBMB8BBByBBBQddBCCMEBjBEBuHJJBDDBXXICCBBBFBBKBBDBBFHBCDBDGGBaaBEEHDBDBBXIIDGDBCCGDBDBBECBCGBFCCBFBSJBEKKEXXIDDGBBLIEBCCBNBFBBNGBIEEJBBDBBXIIDGGBKKBDDBEEBFBEDBDGGBTTBIBDHHBBBEFFBBBDCCDCBDCBECBNDBGCBEFFBCCBEBCNBWEBOEEYRRBKKEFFBFBDEEDBBFBBLGBXEEYLLGBBKEEFGBDEBEFFBLLELBOEE0BEEHDBRBBbEETCBZKKCBBICBCDBHCCJFBLBBELB7BDBekBBDCCGZZCYYBGGCIILBBFfBpClBlBBCBoBlBlBQOOBjBBnGCCBDBCBB6LFFBIICFFBqBqBFBBiBFFBIICFFBQQ6BFFBkCkCBhBhBBBBbFB3CBBHBB+UCB6CGBXIBZIBVLBOEEDLB-CBBLFBLFBbFB6CGBsBEBnCJBgBNNBCBNDBCCBrBBBGKBtBDBbFBMCB-BBBiCeeBMMBEBLFBPBBvBBBNTBuCnFnFBGB9BCBQCB-BEBsBBBMHBsBEB3QBBHBBnBBBHBBJGCgBBB2BQQPBBHUUBEEKmDmDNBBcOOBBBjBNBiBOBtEDB7UVBMUB14BBB-LEBuBCCBDBCBB5BGBDNBZIBI4BI-DhBBb6C6CBKB3GZBxC3C3CBoDoDBDBsB-C-C3CIBxBuzcuzcBBB4BIB9KTB5FHB+GTB9BCBLFB5BHBnCHBNFB1DKBfCBvCMMBCBiB4B4BBHBPBBLBBoDXBdJBHBBHBBHIBIII9BDB-DBBLFBl9KLBYDByBjoIBvLBBrDlBBILBGEBbGGCGDrUfBrBFB0BUUFDBGoEoEBCC-FCBHBBHBBHBBECBIIIBIBGBBNbbUDDQBBPhBB8DEBEDBuBCB5COOBBBCuBBvBhEBeCByBOBdDBlBIBfEBsBEBfmBmBBCBPpBB-EBBLFBlBDBlBDBpBHB1BKBNQQIDDMQQIDDBBB1BLB4JIBXJBJXBHrBrBKkCBHBBCtBtBDCBCBBYpCpCBGBKvBBUDDBDBiBCBcEBclBB5BDBVBBzBDDBDBJEEeBBEDBLGBKGBhCfBoBDBNIB3BCBeBBcEBbGBFLBIvCBqC2BB0BMB0BGBvBHBLFBnBCBeHBDvGBgBrBrBEBBDPBHHBKgBBvBHBrBVBblBBdTBYIBvCDBlBIBlCJBCBBaGBLFB2BTTBGBoBIBhDVVBJBTwBwBB8BBICCFQQMFB8BEBLFBFJJBDDBXXIDDGLLBDDBEEBCCBEBCEBIBBICBGKBLCCBCCnBLLCBBCFFLDDBGBDcB9CGGBcBpCHBLlFB3BBBnBhBBmCKBLFBOSB7BFBLFBVbBcBBQDBY4FB9BjDB0CLBJBBCBBJDDfDDBNNBHBLlCBJBBvBBBMaBpCHB0CMBqCGBL1CBJ3CBjBNBLFBKuBuBPJBeCBhBBBXPPBnCBIDDtBCBCDDKHBLFBHDDmBDDHGBLFBtBDBL1HBaGBSqBqBBBBe0CBCOBzBMB8clDBwDGGBJBlGryCBkDMB3iBJB88DEBoS41GB7Bl2BB6RGBgBLLBCByCLLBEBfBBHJBnCJBLIIWEBUvNB7BlGB8CEBaBBarBBsCDB6BGBS-BBGKBIIB3mHoBBhBgDB0D8vIBFIIDkJkJBNBCcBEBBCNBFHBtMjoCBsDEBOCBKGBLBBJ76DB+HCB1NFBYOBSOBvBBBYIB1D7BB3HJBoBBBjGUBnC5DBVLBVLB4CIBamEB2CoCoCDBBCBBDBBFNNCIIiCFFBJJIddFGGCCBI1K1KBlJlJB-V-VBNBGQQBuiBBgBFBH0GBISSBIIDGGBDB-BgBBCvDBuBCBPBBLDBD-JBgBQB7BEBCvOBrB1GBsBDBC-FBgBXXBGBD-GBIFFDQQmGBBRoBBtCDBLDBDwYBlCrCB+BhGBFccDCCBCCLFFCCCBEBCDBCECEDDCBBCICDCCBFFIKFCLLSEBEGGSzBBDtIBtBDBlDLBQBBQQQmBJBvF3BBeMBtBDBKGBDNBH5EB6eCBSCBOCB7GFBNDBCOBNDB5BHBLFBpBHBfBBNDBDNBKmBB5KHBPBBOCBMCB6BCCBCBRBBNDBLGB0EoDoDBjgBBh3pBfB-oEBBv0FBBypHOBvThtCB-QhvBBs6EEBrpIm8yVBCdBhD-DBxHvw-FB", false)),
		Vai: () => new UnicodeRangeTable(decodeRanges("gopBrJ", true)),
		Vithkuqi: () => new UnicodeRangeTable(decodeRanges("wrhCKCOCGCBCKCOCGCB", true)),
		Wancho: () => new UnicodeRangeTable(decodeRanges("g24D5BGA", true)),
		Warang_Citi: () => new UnicodeRangeTable(decodeRanges("glmCyCNA", true)),
		Yezidi: () => new UnicodeRangeTable(decodeRanges("g0jCpBCCDB", true)),
		Yi: () => new UnicodeRangeTable(decodeRanges("ggoBskBE2B", true)),
		Zanabazar_Square: () => new UnicodeRangeTable(decodeRanges("gwmCnC", true))
	});
	static FOLD_CATEGORIES = new LazyMap({
		L: () => new UnicodeRangeTable(decodeRanges("laA", true)),
		LC: () => new UnicodeRangeTable(decodeRanges("laA", true)),
		Ll: () => new UnicodeRangeTable(decodeRanges("hCZBmDWBCGBiBuBCEECDOCDuBCBECEBBCCCBCCBBBDDBCBBCCBEBBCBBCECBCCDCCBCCBBBCCCBEEIBBCBBCBBCOCDQCDBBCCCBBBC4BCIBBCBBDCCBCBCGC3HrBrBCEEJHHCCBCCCBCCBPBCIBkBJJCUCGDDCBBDyBBxBgBCK2BCBMCD+CCDlBBq6ClBBCGGzW1CB0kCHHBpBBDCBhK0ECKgDCKHBJFBLHBJHBJFBMGCJHBZHBJHBJHBJEBMEBMDBNEBMEBqJEEBHHxC9zC9zCBuBBxBCCBBBDGCBCBCDDJCBCgDCJCCFuqeuqeCqBCUaCoEMCE8BCLECBICFCCDCCEUCBDBCEBCOCBCBCCCBQCZs5Vs5VBYBmmBnBBpEjBB9EKBCOBCGBCBBr3ByBB+EVB75CfBhsVfBhCYBoyehBB", false)),
		Lt: () => new UnicodeRangeTable(decodeRanges("kOCCBCCBCClBCCtsHHBJHBJHBMQQwBAB", false)),
		Lu: () => new UnicodeRangeTable(decodeRanges("hDZB7BqBqBBWBCHBCuBCEECDOCDsBCDECBBBDCCDEEGDDECBDDDCCCDFFDEECDDECCGBBCBBCBBCOCBSCDBBCEECkBCEQCJDDBCCFICBEBCBBCCCBEEBCCBCBCEBDCCBDDIDDCBBEFBGLLBnFnFsBCCEEEBBBvBDBCdBCBBECBCWCBDBCGD1BvBBCgBCK0BCDMCBgDCyBlBBq6CqBBDCB5XFBjkCIBCvHvHERRzD0ECGGGC8CCBHBJFBLHBJHBJFBMGCJHBJNBzBBBNSSBPPBEEpL2B2Bs1CvBBCEEBGCHDDLiDCJCCFNNBkBBCGG0oesBCUaCoEMCE8BCLCCDICFFFCBBDSCMOCFCCDOCb9a9advCBi8UZBumBnBBpEjBB8EKBCOBCGBCBBk4ByBB+DVB75CfBhsVfB8BYBvyehBB", false)),
		M: () => new UnicodeRangeTable(decodeRanges("5cgBgBlgHAB", false)),
		Mn: () => new UnicodeRangeTable(decodeRanges("5cgBgBlgHAB", false)),
		Emoji: () => new UnicodeRangeTable(decodeRanges("8mJA", true)),
		Extended_Pictographic: () => new UnicodeRangeTable(decodeRanges("8mJA", true)),
		Lowercase: () => new UnicodeRangeTable(decodeRanges("hCZBmDWBCGBiBuBCEECDOCDuBCBECEBBCCCBCCBBBDDBCBBCCBEBBCBBCECBCCDCCBCCBBBCCCBEEIBBCBBCBBCOCDQCDBBCCCBBBC4BCIBBCBBDCCBCBCGCiJCCEJJHCCBBBCCCBCCBPBCIBkBJJCUCGDDCBBDyBBxBgBCK2BCBMCD+CCDlBBq6ClBBCGGzW1CB0kCHHBpBBDCBhK0ECKgDCKHBJFBLHBJHBJFBMGCJHBZHBJHBJHBJEBMEBMDBNEBMEBqJEEBHHuBPBUzZzZBYBx5BvBBxBCCBBBDGCBCBCDDJCBCgDCJCCFuqeuqeCqBCUaCoEMCE8BCLECBICFCCDCCEUCBDBCEBCOCBCBCCCBQCZs5Vs5VBYBmmBnBBpEjBB9EKBCOBCGBCBBr3ByBB+EVB75CfBhsVfBhCYBoyehBB", false)),
		Math: () => new UnicodeRangeTable(decodeRanges("ycGDCHHFMMDDDCHHFAB", false)),
		Uppercase: () => new UnicodeRangeTable(decodeRanges("hDZB7BqBqBBWBCHBCuBCEECDOCDsBCDECBBBDCCDEEGDDECBDDDCCCDFFDEECDDECCGBBCBBCBBCOCBSCDBBCEECkBCEQCJDDBCCFICBEBCBBCCCBEEBCCBCBCEBDCCBDDIDDCBBEFBGLLBnFnFsBCCEEEBBBvBDBCdBCBBECBCWCBDBCGD1BvBBCgBCK0BCDMCBgDCyBlBBq6CqBBDCB5XFBjkCIBCvHvHERRzD0ECGGGC8CCBHBJFBLHBJHBJFBMGCJHBJNBzBBBNSSBPPBEEpLiBiBBOBFsasaBYBn6BvBBCEEBGCHDDLiDCJCCFNNBkBBCGG0oesBCUaCoEMCE8BCLCCDICFFFCBBDSCMOCFCCDOCb9a9advCBi8UZBumBnBBpEjBB8EKBCOBCGBCBBk4ByBB+DVB75CfBhsVfB8BYBvyehBB", false))
	});
	static FOLD_SCRIPT = new LazyMap({
		Common: () => new UnicodeRangeTable(decodeRanges("8cgBgB", false)),
		Greek: () => new UnicodeRangeTable(decodeRanges("1FwUwU", false)),
		Inherited: () => new UnicodeRangeTable(decodeRanges("5cgBgBlgHAB", false))
	});
};
// src/Unicode.js
/**
* Utilities for dealing with Unicode better than JS does.
*/
var Unicode = class Unicode {
	static MAX_RUNE = 1114111;
	static RUNE_ERROR = 65533;
	static isUnsearchable(r) {
		return r === Unicode.RUNE_ERROR || r >= Unicode.MIN_HIGH_SURROGATE && r <= Unicode.MAX_LOW_SURROGATE;
	}
	static MAX_ASCII = 127;
	static MAX_LATIN1 = 255;
	static MAX_BMP = 65535;
	static MIN_FOLD = 65;
	static MAX_FOLD = 125251;
	static MIN_HIGH_SURROGATE = 55296;
	static MAX_HIGH_SURROGATE = 56319;
	static MIN_LOW_SURROGATE = 56320;
	static MAX_LOW_SURROGATE = 57343;
	static MIN_SUPPLEMENTARY_CODE_POINT = 65536;
	static is32(ranges, r) {
		let lo = 0;
		let hi = ranges.length;
		while (lo < hi) {
			const m = lo + Math.floor((hi - lo) / 2);
			const rlo = ranges.getLo(m);
			const rhi = ranges.getHi(m);
			if (rlo <= r && r <= rhi) {
				const stride = ranges.getStride(m);
				return (r - rlo) % stride === 0;
			}
			if (r < rlo) hi = m;
			else lo = m + 1;
		}
		return false;
	}
	static is(ranges, r) {
		if (r <= Unicode.MAX_LATIN1) {
			for (let i = 0; i < ranges.length; i++) {
				if (r > ranges.getHi(i)) continue;
				const rlo = ranges.getLo(i);
				if (r < rlo) return false;
				const stride = ranges.getStride(i);
				return (r - rlo) % stride === 0;
			}
			return false;
		}
		return ranges.length > 0 && r >= ranges.getLo(0) && Unicode.is32(ranges, r);
	}
	static isPrint(r) {
		if (r <= Unicode.MAX_LATIN1) return r >= 32 && r < Unicode.MAX_ASCII || r >= 161 && r !== 173;
		return Unicode.is(UnicodeTables.Print, r);
	}
	static simpleFold(r) {
		if (UnicodeTables.CASE_ORBIT.has(r)) return UnicodeTables.CASE_ORBIT.get(r);
		if (r <= Unicode.MAX_ASCII) {
			const l = Codepoint.toLowerCase(r);
			return l !== r ? l : Codepoint.toUpperCase(r);
		}
		return r;
	}
	static equalsIgnoreCase(r1, r2) {
		if (r1 === r2) return true;
		if (r1 < 0 || r2 < 0) return false;
		if (r1 <= Unicode.MAX_ASCII && r2 <= Unicode.MAX_ASCII) {
			if (65 <= r1 && r1 <= 90) r1 |= 32;
			if (65 <= r2 && r2 <= 90) r2 |= 32;
			return r1 === r2;
		}
		for (let r = Unicode.simpleFold(r1); r !== r1; r = Unicode.simpleFold(r)) if (r === r2) return true;
		return false;
	}
};
// src/exceptions.js
var RE2JSException = class extends Error {
	/** @param {string} message */
	constructor(message) {
		super(message);
		this.name = "RE2JSException";
	}
};
/**
* An exception thrown by the parser if the pattern was invalid.
*/
var RE2JSSyntaxException = class extends RE2JSException {
	/**
	* @param {string} error
	* @param {string|null} [input=null]
	*/
	constructor(error, input = null) {
		let message = `error parsing regexp: ${error}`;
		if (input) message += `: \`${input}\``;
		super(message);
		this.name = "RE2JSSyntaxException";
		this.message = message;
		/** @type {string} */
		this.error = error;
		/** @type {string|null} */
		this.input = input;
	}
	/**
	* Retrieves the description of the error.
	* @returns {string}
	*/
	getDescription() {
		return this.error;
	}
	/**
	* Retrieves the erroneous regular-expression pattern.
	* @returns {string|null}
	*/
	getPattern() {
		return this.input;
	}
};
/**
* An exception thrown by the compiler
*/
var RE2JSCompileException = class extends RE2JSException {
	/** @param {string} message */
	constructor(message) {
		super(message);
		this.name = "RE2JSCompileException";
	}
};
/**
* An exception thrown by using groups
*/
var RE2JSGroupException = class extends RE2JSException {
	/** @param {string} message */
	constructor(message) {
		super(message);
		this.name = "RE2JSGroupException";
	}
};
/**
* An exception thrown by flags
*/
var RE2JSFlagsException = class extends RE2JSException {
	/** @param {string} message */
	constructor(message) {
		super(message);
		this.name = "RE2JSFlagsException";
	}
};
/**
* An exception thrown for internal engine errors, such as corrupted bytecodes.
*/
var RE2JSInternalException = class extends RE2JSException {
	/** @param {string} message */
	constructor(message) {
		super(message);
		this.name = "RE2JSInternalException";
	}
};
// src/Utils.js
/**
* Size of the precomputed single-byte lookup table.
* Covers standard ASCII and Latin-1 characters for fast-path execution.
*/
const FAST_PATH_TABLE_SIZE = 256;
/**
* Precomputed lookup table for Word Boundary (\b, \B) assertions.
* * By precomputing the boolean results for standard ASCII word ranges
* ('a'-'z', 'A'-'Z', '0'-'9', '_'), we completely eliminate 4 logical
* branches from the NFA's hot execution loop. This prevents costly
* CPU branch mispredictions when scanning large strings.
*/
const WORD_RUNE_TABLE = new Uint8Array(FAST_PATH_TABLE_SIZE);
for (let i = 0; i < FAST_PATH_TABLE_SIZE; i++) WORD_RUNE_TABLE[i] = 97 <= i && i <= 122 || 65 <= i && i <= 90 || 48 <= i && i <= 57 || i === 95 ? 1 : 0;
let cachedNativeEncoder = null;
let cachedNativeDecoder = null;
/**
* Various constants and helper utilities.
*/
var Utils = class Utils {
	static METACHARACTERS = "\\.+*?()|[]{}^$";
	static EMPTY_BEGIN_LINE = 1;
	static EMPTY_END_LINE = 2;
	static EMPTY_BEGIN_TEXT = 4;
	static EMPTY_END_TEXT = 8;
	static EMPTY_WORD_BOUNDARY = 16;
	static EMPTY_NO_WORD_BOUNDARY = 32;
	static EMPTY_ALL = -1;
	static emptyInts() {
		return [];
	}
	static isString(value) {
		return typeof value === "string" || Object.prototype.toString.call(value) === "[object String]";
	}
	static typeName(value) {
		if (value === null || typeof value !== "object" && typeof value !== "function") return value === null ? "null" : typeof value;
		return Object.prototype.toString.call(value).slice(8, -1);
	}
	static checkPattern(pattern) {
		if (!Utils.isString(pattern)) throw new TypeError(`The pattern must be a string, not ${Utils.typeName(pattern)} (RE2JS.translateRegExp() converts a RegExp)`);
	}
	static checkInput(input) {
		if (!Utils.isString(input) && !Utils.isByteArray(input)) throw new TypeError(`The input must be a string or a byte array (Uint8Array or number[]), not ${Utils.typeName(input)}`);
	}
	static checkFlags(flags) {
		const known = PublicFlags.MULTILINE | PublicFlags.DOTALL | PublicFlags.CASE_INSENSITIVE | PublicFlags.DISABLE_UNICODE_GROUPS | PublicFlags.LONGEST_MATCH | PublicFlags.LOOKBEHINDS;
		if (!Number.isInteger(flags) || (flags & ~known) !== 0) throw new RE2JSFlagsException("Flags should only be a combination of MULTILINE, DOTALL, CASE_INSENSITIVE, DISABLE_UNICODE_GROUPS, LONGEST_MATCH, LOOKBEHINDS");
	}
	static isByteArray(input) {
		return Array.isArray(input) || Object.prototype.toString.call(input) === "[object Uint8Array]";
	}
	static isalnum(c) {
		return Codepoint.CODES["0"] <= c && c <= Codepoint.CODES["9"] || Codepoint.CODES["a"] <= c && c <= Codepoint.CODES["z"] || Codepoint.CODES["A"] <= c && c <= Codepoint.CODES["Z"];
	}
	static unhex(c) {
		if (Codepoint.CODES["0"] <= c && c <= Codepoint.CODES["9"]) return c - Codepoint.CODES["0"];
		if (Codepoint.CODES["a"] <= c && c <= Codepoint.CODES["f"]) return c - Codepoint.CODES["a"] + 10;
		if (Codepoint.CODES["A"] <= c && c <= Codepoint.CODES["F"]) return c - Codepoint.CODES["A"] + 10;
		return -1;
	}
	static escapeRune(rune) {
		let out = "";
		if (Unicode.isPrint(rune)) {
			if (Utils.METACHARACTERS.indexOf(String.fromCodePoint(rune)) >= 0) out += "\\";
			out += String.fromCodePoint(rune);
		} else switch (rune) {
			case Codepoint.CODES["\""]:
				out += "\\\"";
				break;
			case Codepoint.CODES["\\"]:
				out += "\\\\";
				break;
			case Codepoint.CODES["	"]:
				out += "\\t";
				break;
			case Codepoint.CODES["\n"]:
				out += "\\n";
				break;
			case Codepoint.CODES["\r"]:
				out += "\\r";
				break;
			case Codepoint.CODES["\b"]:
				out += "\\b";
				break;
			case Codepoint.CODES["\f"]:
				out += "\\f";
				break;
			default: {
				let s = rune.toString(16);
				if (rune < 256) {
					out += "\\x";
					if (s.length === 1) out += "0";
					out += s;
				} else out += `\\x{${s}}`;
				break;
			}
		}
		return out;
	}
	static stringToRunes(str) {
		const string = String(str);
		const runes = [];
		let i = 0;
		while (i < string.length) {
			const cp = string.codePointAt(i);
			runes.push(cp);
			i += cp > Unicode.MAX_BMP ? 2 : 1;
		}
		return new Int32Array(runes);
	}
	static runeToString(r) {
		return String.fromCodePoint(r);
	}
	static isWordRune(r) {
		return r < FAST_PATH_TABLE_SIZE ? WORD_RUNE_TABLE[r] === 1 : false;
	}
	static emptyOpContext(r1, r2) {
		let op = 0;
		if (r1 < 0) op |= Utils.EMPTY_BEGIN_TEXT | Utils.EMPTY_BEGIN_LINE;
		if (r1 === 10) op |= Utils.EMPTY_BEGIN_LINE;
		if (r2 < 0) op |= Utils.EMPTY_END_TEXT | Utils.EMPTY_END_LINE;
		if (r2 === 10) op |= Utils.EMPTY_END_LINE;
		if (Utils.isWordRune(r1) !== Utils.isWordRune(r2)) op |= Utils.EMPTY_WORD_BOUNDARY;
		else op |= Utils.EMPTY_NO_WORD_BOUNDARY;
		return op;
	}
	/**
	* Returns a string that quotes all regular expression metacharacters inside the argument text;
	* the returned string is a regular expression matching the literal text. For example,
	* {@code quoteMeta("[foo]").equals("\\[foo\\]")}.
	* @param {string} str
	* @returns {string}
	*/
	static quoteMeta(str) {
		return str.split("").map((s) => {
			if (Utils.METACHARACTERS.indexOf(s) >= 0) return `\\${s}`;
			return s;
		}).join("");
	}
	static charCount(codePoint) {
		return codePoint > Unicode.MAX_BMP ? 2 : 1;
	}
	/**
	* High-speed conversion from TypedArrays to standard JS Arrays.
	* Bypasses the expensive Symbol.iterator overhead of Array.from()
	*/
	static toArray(typedArray) {
		const len = typedArray.length;
		const res = new Array(len);
		for (let i = 0; i < len; i++) res[i] = typedArray[i];
		return res;
	}
	static stringToUtf8ByteArray(str) {
		if (globalThis.TextEncoder) {
			if (!cachedNativeEncoder) cachedNativeEncoder = new TextEncoder();
			return cachedNativeEncoder.encode(str);
		} else {
			let out = [], p = 0;
			for (let i = 0; i < str.length; i++) {
				let c = str.charCodeAt(i);
				if (c < 128) out[p++] = c;
				else if (c < 2048) {
					out[p++] = c >> 6 | 192;
					out[p++] = c & 63 | 128;
				} else if ((c & 64512) === Unicode.MIN_HIGH_SURROGATE && i + 1 < str.length && (str.charCodeAt(i + 1) & 64512) === Unicode.MIN_LOW_SURROGATE) {
					c = Unicode.MIN_SUPPLEMENTARY_CODE_POINT + ((c & 1023) << 10) + (str.charCodeAt(++i) & 1023);
					out[p++] = c >> 18 | 240;
					out[p++] = c >> 12 & 63 | 128;
					out[p++] = c >> 6 & 63 | 128;
					out[p++] = c & 63 | 128;
				} else {
					out[p++] = c >> 12 | 224;
					out[p++] = c >> 6 & 63 | 128;
					out[p++] = c & 63 | 128;
				}
			}
			return out;
		}
	}
	static utf8ByteArrayToString(bytes) {
		if (globalThis.TextDecoder) {
			if (!cachedNativeDecoder) cachedNativeDecoder = new TextDecoder("utf-8");
			const view = bytes instanceof Uint8Array ? bytes : new Uint8Array(bytes);
			return cachedNativeDecoder.decode(view);
		} else {
			let out = [], pos = 0, c = 0;
			while (pos < bytes.length) {
				let c1 = bytes[pos++];
				if (c1 < 128) out[c++] = String.fromCharCode(c1);
				else if (c1 > 191 && c1 < 224) {
					let c2 = bytes[pos++];
					out[c++] = String.fromCharCode((c1 & 31) << 6 | c2 & 63);
				} else if (c1 > 239 && c1 < 365) {
					let c2 = bytes[pos++];
					let c3 = bytes[pos++];
					let c4 = bytes[pos++];
					let u = ((c1 & 7) << 18 | (c2 & 63) << 12 | (c3 & 63) << 6 | c4 & 63) - Unicode.MIN_SUPPLEMENTARY_CODE_POINT;
					out[c++] = String.fromCharCode(Unicode.MIN_HIGH_SURROGATE + (u >> 10));
					out[c++] = String.fromCharCode(Unicode.MIN_LOW_SURROGATE + (u & 1023));
				} else {
					let c2 = bytes[pos++];
					let c3 = bytes[pos++];
					out[c++] = String.fromCharCode((c1 & 15) << 12 | (c2 & 63) << 6 | c3 & 63);
				}
			}
			return out.join("");
		}
	}
};
// src/helpers.js
const createEnum = (values = [], initNum = 0) => {
	const enumObject = Object.create(null);
	for (let i = 0; i < values.length; i++) {
		const val = values[i];
		const keyVal = initNum + i;
		enumObject[val] = keyVal;
		enumObject[keyVal] = val;
	}
	return Object.freeze(enumObject);
};
// src/MatcherInput.js
/**
* Abstract the representations of input text supplied to Matcher.
*/
var MatcherInputBase = class MatcherInputBase {
	static Encoding = createEnum(["UTF_16", "UTF_8"]);
	getEncoding() {
		throw Error("not implemented");
	}
	/** @returns {string} */
	asCharSequence() {
		throw Error("not implemented");
	}
	/** @returns {Uint8Array|number[]|null} */
	asBytes() {
		throw Error("not implemented");
	}
	/** @returns {number} */
	length() {
		throw Error("not implemented");
	}
	/**
	*
	* @returns {boolean}
	*/
	isUTF8Encoding() {
		return this.getEncoding() === MatcherInputBase.Encoding.UTF_8;
	}
	/**
	*
	* @returns {boolean}
	*/
	isUTF16Encoding() {
		return this.getEncoding() === MatcherInputBase.Encoding.UTF_16;
	}
};
var Utf8MatcherInput = class extends MatcherInputBase {
	/** @param {Uint8Array|number[]|null} bytes */
	constructor(bytes = null) {
		super();
		this.bytes = bytes;
	}
	getEncoding() {
		return MatcherInputBase.Encoding.UTF_8;
	}
	/**
	*
	* @returns {string}
	*/
	asCharSequence() {
		return Utils.utf8ByteArrayToString(this.bytes);
	}
	/**
	*
	* @returns {Uint8Array|number[]|null}
	*/
	asBytes() {
		return this.bytes;
	}
	/**
	*
	* @returns {number}
	*/
	length() {
		return this.bytes.length;
	}
};
var Utf16MatcherInput = class extends MatcherInputBase {
	/** @param {string|null} charSequence */
	constructor(charSequence = null) {
		super();
		this.charSequence = charSequence;
	}
	getEncoding() {
		return MatcherInputBase.Encoding.UTF_16;
	}
	/**
	*
	* @returns {string}
	*/
	asCharSequence() {
		return this.charSequence;
	}
	/**
	*
	* @returns {number[]}
	*/
	asBytes() {
		return Utils.stringToUtf8ByteArray(this.charSequence.toString());
	}
	/**
	*
	* @returns {number}
	*/
	length() {
		return this.charSequence.length;
	}
};
var MatcherInput = class {
	/**
	* Return the MatcherInput for UTF_16 encoding.
	* @returns {Utf16MatcherInput}
	*/
	static utf16(charSequence) {
		Utils.checkInput(charSequence);
		return new Utf16MatcherInput(charSequence);
	}
	/**
	* Return the MatcherInput for UTF_8 encoding.
	* @returns {Utf8MatcherInput}
	*/
	static utf8(input) {
		if (Utils.isByteArray(input)) return new Utf8MatcherInput(input);
		return new Utf8MatcherInput(Utils.stringToUtf8ByteArray(input));
	}
};
// src/MachineInput.js
/**
* MachineInput abstracts different representations of the input text supplied to the Machine. It
* provides one-character lookahead.
*/
var MachineInputBase = class {
	static EOF() {
		return -8;
	}
	constructor() {
		this.start = 0;
		this.end = 0;
	}
	canCheckPrefix() {
		return true;
	}
	endPos() {
		return this.end - this.start;
	}
	hasString() {
		return false;
	}
	hasAnyString() {
		return false;
	}
	prefixLength() {
		return 0;
	}
};
var MachineUTF8Input = class MachineUTF8Input extends MachineInputBase {
	static RUNE_ERROR_STEP = Unicode.RUNE_ERROR << 3 | 1;
	constructor(bytes, start = 0, end = bytes.length) {
		super();
		this.bytes = bytes;
		this.start = start;
		this.end = end;
	}
	hasString(prefilter, pos) {
		const target = prefilter.bytes;
		if (target.length === 0) return true;
		const idx = this.indexOf(this.bytes, target, this.start + pos);
		return idx !== -1 && idx <= this.end - target.length;
	}
	hasAnyString(prefilter, pos) {
		return prefilter.automaton8().searchUTF8(this.bytes, this.start + pos, this.end);
	}
	step(pos) {
		pos += this.start;
		if (pos >= this.end) return MachineInputBase.EOF();
		const c = this.bytes[pos] & 255;
		if (c < 128) return c << 3 | 1;
		let size;
		let rune;
		let lo = 128;
		let hi = 191;
		if (c >= 194 && c <= 223) {
			size = 2;
			rune = c & 31;
		} else if (c >= 224 && c <= 239) {
			size = 3;
			rune = c & 15;
			if (c === 224) lo = 160;
			else if (c === 237) hi = 159;
		} else if (c >= 240 && c <= 244) {
			size = 4;
			rune = c & 7;
			if (c === 240) lo = 144;
			else if (c === 244) hi = 143;
		} else return MachineUTF8Input.RUNE_ERROR_STEP;
		if (pos + size > this.end) return MachineUTF8Input.RUNE_ERROR_STEP;
		const c1 = this.bytes[pos + 1] & 255;
		if (c1 < lo || c1 > hi) return MachineUTF8Input.RUNE_ERROR_STEP;
		rune = rune << 6 | c1 & 63;
		if (size > 2) {
			const c2 = this.bytes[pos + 2] & 255;
			if ((c2 & 192) !== 128) return MachineUTF8Input.RUNE_ERROR_STEP;
			rune = rune << 6 | c2 & 63;
			if (size > 3) {
				const c3 = this.bytes[pos + 3] & 255;
				if ((c3 & 192) !== 128) return MachineUTF8Input.RUNE_ERROR_STEP;
				rune = rune << 6 | c3 & 63;
			}
		}
		return rune << 3 | size;
	}
	index(re2, pos) {
		pos += this.start;
		const i = this.indexOf(this.bytes, re2.prefixUTF8, pos);
		return i < 0 ? i : i - pos;
	}
	context(pos) {
		pos += this.start;
		let r1 = -1;
		if (pos > this.start && pos <= this.end) {
			let start = pos - 1;
			r1 = this.bytes[start--];
			if (r1 >= 128) {
				let lim = pos - 4;
				if (lim < this.start) lim = this.start;
				while (start >= lim && (this.bytes[start] & 192) === 128) start--;
				if (start < this.start) start = this.start;
				const r = this.step(start - this.start);
				r1 = start + (r & 7) === pos ? r >> 3 : Unicode.RUNE_ERROR;
			}
		}
		const r2 = pos < this.end ? this.step(pos - this.start) >> 3 : -1;
		return Utils.emptyOpContext(r1, r2);
	}
	indexOf(source, target, fromIndex = 0) {
		let targetLength = target.length;
		if (targetLength === 0) return fromIndex <= this.end ? fromIndex : -1;
		const firstByte = target[0];
		let limit = this.end - targetLength;
		const hasNativeIndexOf = typeof source.indexOf === "function";
		let i = fromIndex;
		while (i <= limit) {
			if (hasNativeIndexOf) {
				i = source.indexOf(firstByte, i);
				if (i === -1 || i > limit) return -1;
			} else {
				while (i <= limit && source[i] !== firstByte) i++;
				if (i > limit) return -1;
			}
			let match = true;
			for (let j = 1; j < targetLength; j++) if (source[i + j] !== target[j]) {
				match = false;
				break;
			}
			if (match) return i;
			i++;
		}
		return -1;
	}
	prefixLength(re2) {
		return re2.prefixUTF8.length;
	}
};
var MachineUTF16Input = class extends MachineInputBase {
	constructor(charSequence, start = 0, end = charSequence.length) {
		super();
		this.charSequence = charSequence;
		this.start = start;
		this.end = end;
	}
	hasString(prefilter, pos) {
		const idx = this.charSequence.indexOf(prefilter.str, this.start + pos);
		return idx !== -1 && idx <= this.end - prefilter.str.length;
	}
	hasAnyString(prefilter, pos) {
		return prefilter.automaton16().searchUTF16(this.charSequence, this.start + pos, this.end);
	}
	step(pos) {
		pos += this.start;
		if (pos >= this.end) return MachineInputBase.EOF();
		const c1 = this.charSequence.charCodeAt(pos);
		if (c1 < Unicode.MIN_HIGH_SURROGATE || c1 > Unicode.MAX_HIGH_SURROGATE || pos + 1 >= this.end) return c1 << 3 | 1;
		const c2 = this.charSequence.charCodeAt(pos + 1);
		if (c2 >= Unicode.MIN_LOW_SURROGATE && c2 <= Unicode.MAX_LOW_SURROGATE) return (c1 - Unicode.MIN_HIGH_SURROGATE) * 1024 + (c2 - Unicode.MIN_LOW_SURROGATE) + Unicode.MIN_SUPPLEMENTARY_CODE_POINT << 3 | 2;
		return c1 << 3 | 1;
	}
	index(re2, pos) {
		pos += this.start;
		const i = this.charSequence.indexOf(re2.prefix, pos);
		if (i < 0 || i > this.end - re2.prefix.length) return -1;
		return i - pos;
	}
	context(pos) {
		pos += this.start;
		const r1 = pos > this.start && pos <= this.end ? this.charSequence.charCodeAt(pos - 1) : -1;
		const r2 = pos < this.end ? this.charSequence.charCodeAt(pos) : -1;
		return Utils.emptyOpContext(r1, r2);
	}
	prefixLength(re2) {
		return re2.prefix.length;
	}
};
var MachineInput = class {
	static fromUTF8(bytes, start = 0, end = bytes.length) {
		return new MachineUTF8Input(bytes, start, end);
	}
	static fromUTF16(charSequence, start = 0, end = void 0) {
		Utils.checkInput(charSequence);
		return new MachineUTF16Input(charSequence, start, end ?? charSequence.length);
	}
};
// src/Matcher.js
/**
* A stateful iterator that interprets a regex {@code RE2JS} on a specific input.
*
* Conceptually, a Matcher consists of four parts:
* <ol>
* <li>A compiled regular expression {@code RE2JS}, set at construction and fixed for the lifetime
* of the matcher.</li>
*
* <li>The remainder of the input string, set at construction or {@link #reset()} and advanced by
* each match operation such as {@link #find}, {@link #matches} or {@link #lookingAt}.</li>
*
* <li>The current match information, accessible via {@link #start}, {@link #end}, and
* {@link #group}, and updated by each match operation.</li>
*
* <li>The append position, used and advanced by {@link #appendReplacement} and {@link #appendTail}
* if performing a search and replace from the input to an external {@code StringBuffer}.
*
* </ol>
*
*
* @author rsc@google.com (Russ Cox)
*/
var Matcher = class Matcher {
	/**
	* V8 and WebKit have historical hard limits on the number of arguments
	* that can be passed to a function. We cap replacer arguments to prevent
	* Call Stack Overflow (DoS) vulnerabilities on massive ASTs.
	*/
	static MAX_REPLACER_ARGS = 65535;
	/**
	* Quotes '\' and '$' in {@code s}, so that the returned string could be used in
	* {@link #appendReplacement} as a literal replacement of {@code s}.
	*
	* @param {string} str the string to be quoted
	* @param {boolean} [javaMode=false] whether the replacement will be used in javaMode
	* @returns {string} the quoted string
	*/
	static quoteReplacement(str, javaMode = false) {
		if (javaMode) {
			if (str.indexOf("\\") < 0 && str.indexOf("$") < 0) return str;
			return str.split("").map((s) => {
				const c = s.codePointAt(0);
				if (c === Codepoint.CODES["\\"] || c === Codepoint.CODES["$"]) return `\\${s}`;
				return s;
			}).join("");
		}
		if (str.indexOf("$") < 0) return str;
		return str.split("").map((s) => {
			if (s.codePointAt(0) === Codepoint.CODES["$"]) return "$$";
			return s;
		}).join("");
	}
	/**
	*
	* @param {import('./index.js').RE2JS} pattern
	* @param {string|number[]|Uint8Array|MatcherInputBase} input
	*/
	constructor(pattern, input) {
		if (pattern === null) throw new Error("pattern is null");
		/**
		* The pattern being matched.
		* @type {import('./index.js').RE2JS}
		*/
		this.patternInput = pattern;
		const re2 = this.patternInput.re2();
		/** @type {number} */
		this.patternGroupCount = re2.numberOfCapturingGroups();
		/** @type {number[]} */
		this.groups = [];
		/** @type {Record<string, number>} */
		this.namedGroups = re2.namedGroups;
		/** @type {boolean} */
		this.hasNamedGroups = Object.keys(this.namedGroups).length > 0;
		/** @type {number} */
		this.numberOfInstructions = re2.numberOfInstructions();
		/** @type {import('./Machine.js').LookbehindState|null} */
		this.lookbehindState = null;
		if (input instanceof MatcherInputBase) this.resetMatcherInput(input);
		else if (Utils.isByteArray(input)) this.resetMatcherInput(MatcherInput.utf8(input));
		else this.resetMatcherInput(MatcherInput.utf16(input));
	}
	/**
	* Returns the {@code RE2JS} associated with this {@code Matcher}.
	* @returns {import('./index.js').RE2JS}
	*/
	pattern() {
		return this.patternInput;
	}
	/**
	* Resets the {@code Matcher}, rewinding input and discarding any match information.
	*
	* @returns {Matcher} the {@code Matcher} itself, for chained method calls
	*/
	reset() {
		/** @type {number} */
		this.matcherInputLength = this.matcherInput.length();
		/** @type {number} */
		this.appendPos = 0;
		this.hasMatch = false;
		this.hasGroups = false;
		this.anchorFlag = 0;
		return this;
	}
	/**
	* Resets the {@code Matcher} and changes the input.
	* @param {string|number[]|Uint8Array|MatcherInputBase} input
	* @returns {Matcher} the {@code Matcher} itself, for chained method calls
	*/
	resetMatcherInput(input) {
		if (input === null) throw new Error("input is null");
		if (!(input instanceof MatcherInputBase)) {
			if (Utils.isByteArray(input)) input = MatcherInput.utf8(input);
			else input = MatcherInput.utf16(input);
		}
		this.matcherInput = input;
		if (this.lookbehindState !== null) this.lookbehindState.reset();
		else this.lookbehindState = this.patternInput.re2().createLookbehindState();
		this.reset();
		return this;
	}
	/**
	* Returns the start of the named group of the most recent match, or -1 if the group was not
	* matched.
	* @param {string|number} [group=0]
	* @returns {number}
	*/
	start(group = 0) {
		if (typeof group === "string") {
			const groupInt = this.namedGroups[group];
			if (!Number.isFinite(groupInt)) throw new RE2JSGroupException(`group '${group}' not found`);
			group = groupInt;
		}
		this.loadGroup(group);
		return this.groups[2 * group];
	}
	/**
	* Returns the end of the named group of the most recent match, or -1 if the group was not
	* matched.
	* @param {string|number} [group=0]
	* @returns {number}
	*/
	end(group = 0) {
		if (typeof group === "string") {
			const groupInt = this.namedGroups[group];
			if (!Number.isFinite(groupInt)) throw new RE2JSGroupException(`group '${group}' not found`);
			group = groupInt;
		}
		this.loadGroup(group);
		return this.groups[2 * group + 1];
	}
	/**
	* Returns the program size of this pattern.
	*
	* <p>
	* Similar to the C++ implementation, the program size is a very approximate measure of a regexp's
	* "cost". Larger numbers are more expensive than smaller numbers.
	* </p>
	*
	* @returns {number} the program size of this pattern
	*/
	programSize() {
		return this.numberOfInstructions;
	}
	/**
	* Returns the named group of the most recent match, or {@code null} if the group was not matched.
	* @param {string|number} [group=0]
	* @returns {string|null}
	*/
	group(group = 0) {
		if (typeof group === "string") {
			const groupInt = this.namedGroups[group];
			if (!Number.isFinite(groupInt)) throw new RE2JSGroupException(`group '${group}' not found`);
			group = groupInt;
		}
		const start = this.start(group);
		const end = this.end(group);
		if (start < 0 && end < 0) return null;
		return this.substring(start, end);
	}
	/**
	* Returns a dictionary map of all named capturing groups and their matched values.
	* If a group was not matched, its value will be `null`.
	* @returns {Record<string, string|null>}
	*/
	getNamedGroups() {
		if (!this.hasMatch) throw new RE2JSGroupException("perhaps no match attempted");
		const result = Object.create(null);
		for (const name of Object.keys(this.namedGroups)) result[name] = this.group(name);
		return result;
	}
	/**
	* Returns the number of subgroups in this pattern.
	*
	* @returns {number} the number of subgroups; the overall match (group 0) does not count
	*/
	groupCount() {
		return this.patternGroupCount;
	}
	/**
	* Helper: finds subgroup information if needed for group.
	* @param {number} group
	* @private
	*/
	loadGroup(group) {
		if (!Number.isInteger(group) || group < 0 || group > this.patternGroupCount) throw new RE2JSGroupException(`Group index out of bounds: ${group}`);
		if (!this.hasMatch) throw new RE2JSGroupException("perhaps no match attempted");
		if (group === 0 || this.hasGroups) return;
		const end = this.matcherInputLength;
		const res = this.patternInput.re2().matchMachineInput(this.matcherInput, this.groups[0], end, this.anchorFlag, 1 + this.patternGroupCount, this.lookbehindState);
		if (!res[0]) throw new RE2JSGroupException("inconsistency in matching group data");
		this.groups = res[1];
		this.hasGroups = true;
	}
	/**
	* Matches the entire input against the pattern (anchored start and end). If there is a match,
	* {@code matches} sets the match state to describe it.
	*
	* @returns {boolean} true if the entire input matches the pattern
	*/
	matches() {
		return this.genMatch(0, RE2Flags.ANCHOR_BOTH);
	}
	/**
	* Matches the beginning of input against the pattern (anchored start). If there is a match,
	* {@code lookingAt} sets the match state to describe it.
	*
	* @returns {boolean} true if the beginning of the input matches the pattern
	*/
	lookingAt() {
		return this.genMatch(0, RE2Flags.ANCHOR_START);
	}
	/**
	* Matches the input against the pattern (unanchored), starting at a specified position. If there
	* is a match, {@code find} sets the match state to describe it.
	*
	* @param {number|null} [start=null] the input position where the search begins
	* @returns {boolean} if it finds a match
	* @throws IndexOutOfBoundsException if start is not a valid input position
	*/
	find(start = null) {
		if (start !== null) {
			if (!Number.isInteger(start) || start < 0 || start > this.matcherInputLength) throw new RE2JSGroupException(`start index out of bounds: ${start}`);
			this.reset();
			return this.genMatch(start, 0);
		}
		start = 0;
		if (this.hasMatch) {
			start = this.groups[1];
			if (this.groups[0] === this.groups[1]) {
				const r = (this.matcherInput.isUTF16Encoding() ? MachineInput.fromUTF16(this.matcherInput.asCharSequence(), 0, this.matcherInputLength) : MachineInput.fromUTF8(this.matcherInput.asBytes(), 0, this.matcherInputLength)).step(start);
				if (r < 0) start++;
				else start += r & 7;
			}
		}
		return this.genMatch(start, RE2Flags.UNANCHORED);
	}
	/**
	* Helper: does match starting at start, with RE2 anchor flag.
	* @param {number} startByte
	* @param {number} anchor
	* @returns {boolean}
	* @private
	*/
	genMatch(startByte, anchor) {
		const res = this.patternInput.re2().matchMachineInput(this.matcherInput, startByte, this.matcherInputLength, anchor, 1, this.lookbehindState);
		if (!res[0]) {
			this.hasMatch = false;
			return false;
		}
		this.groups = res[1];
		this.hasMatch = true;
		this.hasGroups = this.patternGroupCount === 0;
		this.anchorFlag = anchor;
		return true;
	}
	/**
	* Helper: return substring for [start, end).
	* @param {number} start
	* @param {number} end
	* @returns {string}
	*/
	substring(start, end) {
		if (this.matcherInput.isUTF8Encoding()) return Utils.utf8ByteArrayToString(this.matcherInput.asBytes().slice(start, end));
		return this.matcherInput.asCharSequence().substring(start, end).toString();
	}
	/**
	* Helper for Pattern: return input length.
	* @returns {number}
	*/
	inputLength() {
		return this.matcherInputLength;
	}
	/**
	* Appends to result two strings: the text from the append position up to the beginning of the
	* most recent match, and then the replacement with submatch groups substituted for references to
	* them. It advances the append position to where the most recent match ended.
	*
	* By default the replacement is expanded as by String.prototype.replace (see
	* appendReplacementInternalJs). In Java mode it follows re2j / java.util.regex: $n takes as
	* many digits as still form a valid group number, ${name} is a named group, and a backslash
	* escapes the next character (so "\\$" in a JS string literal inserts a literal $).
	*
	* @param {string} replacement the replacement string
	* @param {boolean} [javaMode=false] activate java mode (different behaviour for capture groups and special characters)
	* @returns {string}
	* @throws IllegalStateException if there was no most recent match
	* @throws IndexOutOfBoundsException in Java mode, if replacement refers to an invalid group
	* @private
	*/
	appendReplacement(replacement, javaMode = false) {
		let res = "";
		const s = this.start();
		const e = this.end();
		if (this.appendPos < s) res += this.substring(this.appendPos, s);
		this.appendPos = e;
		res += javaMode ? this.appendReplacementInternalJava(replacement) : this.appendReplacementInternalJs(replacement);
		return res;
	}
	/**
	* @param {string} replacement - the replacement string
	* @returns {string}
	* @private
	*/
	appendReplacementInternalJava(replacement) {
		let res = "";
		let last = 0;
		const m = replacement.length;
		let i = 0;
		while (i < m) {
			const cCode = replacement.codePointAt(i);
			if (cCode === Codepoint.CODES["\\"]) {
				if (last < i) res += replacement.substring(last, i);
				i++;
				if (i >= m) throw new RE2JSGroupException("character to be escaped is missing");
				last = i;
				i++;
				continue;
			}
			if (cCode === Codepoint.CODES["$"]) {
				if (last < i) res += replacement.substring(last, i);
				if (i + 1 >= m) throw new RE2JSGroupException("Illegal group reference: group index is missing");
				const nextCode = replacement.codePointAt(i + 1);
				if (Codepoint.CODES["0"] <= nextCode && nextCode <= Codepoint.CODES["9"]) {
					let n = nextCode - Codepoint.CODES["0"];
					let j = i + 2;
					for (; j < m; j++) {
						const digit = replacement.codePointAt(j);
						if (digit < Codepoint.CODES["0"] || digit > Codepoint.CODES["9"] || n * 10 + digit - Codepoint.CODES["0"] > this.patternGroupCount) break;
						n = n * 10 + digit - Codepoint.CODES["0"];
					}
					if (n > this.patternGroupCount) throw new RE2JSGroupException(`n > number of groups: ${n}`);
					const group = this.group(n);
					if (group !== null) res += group;
					i = j;
					last = i;
				} else if (nextCode === Codepoint.CODES["{"]) {
					let j = i + 2;
					while (j < m && replacement.codePointAt(j) !== Codepoint.CODES["}"]) j++;
					if (j >= m) throw new RE2JSGroupException("named capture group is missing trailing '}'");
					const groupName = replacement.substring(i + 2, j);
					const groupVal = this.group(groupName);
					if (groupVal !== null) res += groupVal;
					i = j + 1;
					last = i;
				} else throw new RE2JSGroupException("Illegal group reference");
				continue;
			}
			i++;
		}
		if (last < m) res += replacement.substring(last, m);
		return res;
	}
	/**
	* Expands |replacement| for the current match by the rules of String.prototype.replace
	* (ECMAScript GetSubstitution): $$ is "$", $& the match, $` the text before it, $' the text
	* after it, $n and $nn a group (two digits only when they form a valid group number, so with
	* one group "$10" is group 1 then "0"; an unmatched group is empty), and $<name> a named group
	* (empty when no such group), only when the pattern has named groups. Anything else, such as
	* "$0" or "$<" without a closing ">", is kept as is.
	* @param {string} replacement - the replacement string
	* @returns {string}
	* @private
	*/
	appendReplacementInternalJs(replacement) {
		const isDigit = (c) => c >= 48 && c <= 57;
		const groupCount = this.patternGroupCount;
		let res = "";
		let i = 0;
		while (i < replacement.length) {
			const dollar = replacement.indexOf("$", i);
			if (dollar < 0) break;
			res += replacement.substring(i, dollar);
			i = dollar;
			const c = replacement.charCodeAt(i + 1);
			if (c === Codepoint.CODES["$"]) {
				res += "$";
				i += 2;
			} else if (c === Codepoint.CODES["&"]) {
				res += this.group(0);
				i += 2;
			} else if (c === Codepoint.CODES["`"]) {
				res += this.substring(0, this.start(0));
				i += 2;
			} else if (c === Codepoint.CODES["'"]) {
				res += this.substring(this.end(0), this.matcherInputLength);
				i += 2;
			} else if (isDigit(c)) {
				let digits = 1;
				let index = c - 48;
				const c2 = replacement.charCodeAt(i + 2);
				if (isDigit(c2) && index * 10 + c2 - 48 <= groupCount) {
					digits = 2;
					index = index * 10 + c2 - 48;
				}
				if (index >= 1 && index <= groupCount) {
					const group = this.group(index);
					if (group !== null) res += group;
				} else res += replacement.substring(i, i + 1 + digits);
				i += 1 + digits;
			} else if (c === Codepoint.CODES["<"] && this.hasNamedGroups) {
				const gt = replacement.indexOf(">", i + 2);
				if (gt < 0) {
					res += "$<";
					i += 2;
				} else {
					const name = replacement.substring(i + 2, gt);
					if (Object.hasOwn(this.namedGroups, name)) {
						const group = this.group(name);
						if (group !== null) res += group;
					}
					i = gt + 1;
				}
			} else {
				res += "$";
				i += 1;
			}
		}
		return res + replacement.substring(i);
	}
	/**
	* Return the substring of the input from the append position to the end of the
	* input.
	* @returns {string}
	*/
	appendTail() {
		return this.substring(this.appendPos, this.matcherInputLength);
	}
	/**
	* Returns the input with all matches replaced by {@code replacement}, interpreted as for
	* {@code appendReplacement}.
	*
	* @param {string|((...args: any[]) => string)} replacement - the replacement string or a replacer function
	* @param {boolean} [javaMode=false] - activate java mode (different behaviour for capture groups and special characters)
	* @returns {string} the input string with the matches replaced
	* @throws IndexOutOfBoundsException if replacement refers to an invalid group and javaMode is true
	*/
	replaceAll(replacement, javaMode = false) {
		return this.replace(replacement, true, javaMode);
	}
	/**
	* Returns the input with the first match replaced by {@code replacement}, interpreted as for
	* {@code appendReplacement}.
	*
	* @param {string|((...args: any[]) => string)} replacement - the replacement string or a replacer function
	* @param {boolean} [javaMode=false] - activate java mode (different behaviour for capture groups and special characters)
	* @returns {string} the input string with the first match replaced
	* @throws IndexOutOfBoundsException if replacement refers to an invalid group and javaMode is true
	*/
	replaceFirst(replacement, javaMode = false) {
		return this.replace(replacement, false, javaMode);
	}
	/**
	* Helper: replaceAll/replaceFirst hybrid.
	* @param {string|((...args: any[]) => string)} replacement - the replacement string or a replacer function
	* @param {boolean} [all=true] - replace all matches
	* @param {boolean} [javaMode=false] - activate java mode (different behaviour for capture groups and special characters)
	* @returns {string}
	* @private
	*/
	replace(replacement, all = true, javaMode = false) {
		let res = "";
		this.reset();
		const isFunc = typeof replacement === "function";
		let originalInput = null;
		if (isFunc) {
			if (this.groupCount() >= Matcher.MAX_REPLACER_ARGS) throw new RE2JSGroupException("Too many capture groups to safely invoke replacer function");
			originalInput = this.matcherInput.isUTF8Encoding() ? this.matcherInput.asBytes() : this.matcherInput.asCharSequence();
		}
		while (this.find()) {
			res += isFunc ? this.appendReplacementFunc(replacement, originalInput) : this.appendReplacement(replacement, javaMode);
			if (!all) break;
		}
		res += this.appendTail();
		return res;
	}
	/**
	* Evaluates a replacer function for the current match and appends the result,
	* along with any un-matched preceding text, advancing the append position.
	* @param {Function} replacer - the replacer function
	* @param {string|Uint8Array|number[]} originalInput - the cached original input reference
	* @returns {string} the evaluated string to append
	* @private
	*/
	appendReplacementFunc(replacer, originalInput) {
		let res = "";
		const s = this.start();
		const e = this.end();
		if (this.appendPos < s) res += this.substring(this.appendPos, s);
		this.appendPos = e;
		/** @type {unknown[]} */
		const args = this.matchArray();
		args.push(s, originalInput);
		if (this.hasNamedGroups) args.push(this.namedGroupsObject());
		res += String(replacer(...args));
		return res;
	}
	/**
	* The match and its groups, as the elements of a JS RegExpExecArray: undefined for a group that
	* did not take part in the match. Used by exec(), matchAll() and replacer functions.
	* @returns {Array<string|undefined>}
	* @private
	*/
	matchArray() {
		const result = [this.group(0)];
		for (let i = 1; i <= this.patternGroupCount; i++) {
			const group = this.group(i);
			result.push(group === null ? void 0 : group);
		}
		return result;
	}
	/**
	* The named groups, as the groups property of a JS RegExpExecArray: an object without a
	* prototype mapping each name to its group (undefined when it did not take part in the match),
	* or undefined when the pattern has no named groups.
	* @returns {Record<string, string|undefined>|undefined}
	* @private
	*/
	namedGroupsObject() {
		if (!this.hasNamedGroups) return;
		const result = this.getNamedGroups();
		for (const name in result) if (result[name] === null) result[name] = void 0;
		return result;
	}
};
// src/Inst.js
/**
* A single instruction in the regular expression virtual machine.
*
* @see http://swtch.com/~rsc/regexp/regexp2.html
*/
var Inst = class Inst {
	static ALT = 1;
	static ALT_MATCH = 2;
	static CAPTURE = 3;
	static EMPTY_WIDTH = 4;
	static FAIL = 5;
	static MATCH = 6;
	static NOP = 7;
	static RUNE = 8;
	static RUNE1 = 9;
	static RUNE_ANY = 10;
	static RUNE_ANY_NOT_NL = 11;
	static LB_WRITE = 12;
	static LB_CHECK = 13;
	static isRuneOp(op) {
		return Inst.RUNE <= op && op <= Inst.RUNE_ANY_NOT_NL;
	}
	static escapeRunes(runes) {
		let out = "\"";
		for (let rune of runes) out += Utils.escapeRune(rune);
		out += "\"";
		return out;
	}
	constructor(op) {
		this.op = op;
		this.out = 0;
		this.arg = 0;
		/** @type {Int32Array} */
		this.runes = /* @__PURE__ */ new Int32Array(0);
		/** @type {Uint32Array | number[] | null} */
		this.next = null;
	}
	matchRune(r) {
		if (this.runes.length === 1) {
			const r0 = this.runes[0];
			if ((this.arg & RE2Flags.FOLD_CASE) !== 0) return Unicode.equalsIgnoreCase(r0, r);
			return r === r0;
		}
		const len = this.runes.length;
		if (len === 0) return false;
		if (len === 2 || len === 4 || len === 6 || len === 8) {
			for (let j = 0; j < len; j += 2) {
				if (r < this.runes[j]) return false;
				if (r <= this.runes[j + 1]) return true;
			}
			return false;
		}
		let base = 0;
		let n = len >> 1;
		while (n > 1) {
			const half = n >> 1;
			base += this.runes[base + half << 1] <= r ? half : 0;
			n -= half;
		}
		base += this.runes[base << 1] <= r ? 1 : 0;
		const m = base - 1;
		return m >= 0 && r <= this.runes[m << 1 | 1];
	}
	matchRunePos(r) {
		if (this.runes.length === 1) {
			const r0 = this.runes[0];
			if ((this.arg & RE2Flags.FOLD_CASE) !== 0) return Unicode.equalsIgnoreCase(r0, r) ? 0 : -1;
			return r === r0 ? 0 : -1;
		}
		const len = this.runes.length;
		if (len === 0) return -1;
		if (len === 2 || len === 4 || len === 6 || len === 8) {
			for (let j = 0; j < len; j += 2) {
				if (r < this.runes[j]) return -1;
				if (r <= this.runes[j + 1]) return Math.floor(j / 2);
			}
			return -1;
		}
		let base = 0;
		let n = len >> 1;
		while (n > 1) {
			const half = n >> 1;
			base += this.runes[base + half << 1] <= r ? half : 0;
			n -= half;
		}
		base += this.runes[base << 1] <= r ? 1 : 0;
		const m = base - 1;
		return m >= 0 && r <= this.runes[m << 1 | 1] ? m : -1;
	}
	/**
	*
	* @returns {string}
	*/
	toString() {
		switch (this.op) {
			case Inst.ALT: return `alt -> ${this.out}, ${this.arg}`;
			case Inst.ALT_MATCH: return `altmatch -> ${this.out}, ${this.arg}`;
			case Inst.CAPTURE: return `cap ${this.arg} -> ${this.out}`;
			case Inst.EMPTY_WIDTH: return `empty ${this.arg} -> ${this.out}`;
			case Inst.MATCH: return `match${this.arg !== 0 ? ` ${this.arg}` : ""}`;
			case Inst.FAIL: return "fail";
			case Inst.NOP: return `nop -> ${this.out}`;
			case Inst.LB_WRITE: return `lbwrite ${this.arg} -> ${this.out}`;
			case Inst.LB_CHECK: return `lbcheck ${this.arg} -> ${this.out}`;
			case Inst.RUNE:
				if (this.runes === null) return "rune <null>";
				return [
					"rune ",
					Inst.escapeRunes(this.runes),
					(this.arg & RE2Flags.FOLD_CASE) !== 0 ? "/i" : "",
					" -> ",
					this.out
				].join("");
			case Inst.RUNE1: return `rune1 ${Inst.escapeRunes(this.runes)} -> ${this.out}`;
			case Inst.RUNE_ANY: return `any -> ${this.out}`;
			case Inst.RUNE_ANY_NOT_NL: return `anynotnl -> ${this.out}`;
			default: throw new Error("unhandled case in Inst.toString");
		}
	}
};
// src/Machine.js
var Queue = class Queue {
	constructor(numInst) {
		this.sparse = new Int32Array(numInst);
		this.densePcs = new Int32Array(numInst);
		this.denseCaps = null;
		this.size = 0;
		this.ncap = 0;
		this.mainThreads = 0;
	}
	static INITIAL_THREADS = 32;
	init(ncap) {
		this.ncap = ncap;
		const needed = Math.min(this.densePcs.length, Queue.INITIAL_THREADS) * ncap;
		if (!this.denseCaps || this.denseCaps.length < needed) this.denseCaps = new Int32Array(needed);
	}
	growCaps(needed) {
		const limit = this.densePcs.length * this.ncap;
		const grown = new Int32Array(Math.min(limit, Math.max(needed, 2 * this.denseCaps.length)));
		grown.set(this.denseCaps);
		this.denseCaps = grown;
	}
	contains(pc) {
		const j = this.sparse[pc];
		return j < this.size && this.densePcs[j] === pc;
	}
	isEmpty() {
		return this.size === 0;
	}
	add(pc) {
		const j = this.size++;
		this.sparse[pc] = j;
		this.densePcs[j] = pc;
		return j;
	}
	clear() {
		this.size = 0;
		this.mainThreads = 0;
	}
	toString() {
		let out = "{";
		for (let i = 0; i < this.size; i++) {
			if (i !== 0) out += ", ";
			out += this.densePcs[i];
		}
		out += "}";
		return out;
	}
};
var LookbehindState = class {
	constructor(prog) {
		this.pos = -1;
		this.pcs = new Int32Array(prog.numInst());
		this.size = 0;
		this.lbTable = new Int32Array(prog.numLb + 1);
	}
	reset() {
		this.pos = -1;
		this.size = 0;
	}
};
var Machine = class Machine {
	static fromRE2(re2) {
		const m = new Machine();
		m.prog = re2.prog;
		m.re2 = re2;
		m.q0 = new Queue(m.prog.numInst());
		m.q1 = new Queue(m.prog.numInst());
		m.addStack = new Int32Array(2 * (m.prog.numInst() + 1));
		m.matched = false;
		m.matchcap = new Int32Array(m.prog.numCap < 2 ? 2 : m.prog.numCap);
		m.ncap = 0;
		return m;
	}
	constructor() {
		this.prog = null;
		this.re2 = null;
		this.q0 = null;
		this.q1 = null;
		this.addStack = null;
		this.matched = false;
		this.matchcap = null;
		this.ncap = 0;
		this.lbTable = null;
	}
	init(ncap) {
		this.ncap = ncap;
		if (ncap > this.matchcap.length) this.matchcap = new Int32Array(ncap).fill(-1);
		else this.matchcap.fill(-1);
		this.q0.init(ncap);
		this.q1.init(ncap);
		if (this.prog.numLb > 0) {
			if (!this.lbTable || this.lbTable.length < this.prog.numLb + 1) this.lbTable = new Int32Array(this.prog.numLb + 1);
			this.lbTable.fill(-1);
		}
	}
	submatches() {
		if (this.ncap === 0) return Utils.emptyInts();
		return Utils.toArray(this.matchcap.subarray(0, this.ncap));
	}
	match(input, pos, anchor, lbState = null) {
		const startCond = this.re2.cond;
		if (startCond === Utils.EMPTY_ALL) return false;
		if ((anchor === RE2Flags.ANCHOR_START || anchor === RE2Flags.ANCHOR_BOTH) && pos !== 0) return false;
		this.matched = false;
		this.matchcap.fill(-1);
		const hasLookbehinds = this.prog.numLb > 0;
		const matchStartPos = pos;
		let currentPos = pos;
		let resumeLookbehinds = false;
		if (hasLookbehinds) {
			if (lbState !== null && lbState.pos >= 0 && lbState.pos <= pos) {
				currentPos = lbState.pos;
				resumeLookbehinds = true;
			} else currentPos = 0;
		}
		let saveLookbehinds = hasLookbehinds && lbState !== null;
		let runq = this.q0;
		let nextq = this.q1;
		let r = input.step(currentPos);
		let rune = r >> 3;
		let width = r & 7;
		let rune1 = -1;
		let width1 = 0;
		if (r !== MachineInputBase.EOF()) {
			r = input.step(currentPos + width);
			rune1 = r >> 3;
			width1 = r & 7;
		}
		let flag;
		if (currentPos === 0) flag = Utils.emptyOpContext(-1, rune);
		else flag = input.context(currentPos);
		if (hasLookbehinds) {
			if (resumeLookbehinds) this.restoreLookbehinds(lbState, runq, flag);
			else this.spawnLookbehinds(runq, currentPos, flag);
		}
		while (true) {
			if (runq.mainThreads === 0) {
				if ((startCond & Utils.EMPTY_BEGIN_TEXT) !== 0 && currentPos !== 0) break;
				if ((anchor === RE2Flags.ANCHOR_START || anchor === RE2Flags.ANCHOR_BOTH) && currentPos !== 0) break;
				if (this.matched) break;
				if (this.prog.numLb === 0 && runq.isEmpty() && !(this.re2.prefix.length === 0) && rune1 !== this.re2.prefixRune && input.canCheckPrefix()) {
					const advance = input.index(this.re2, currentPos);
					if (advance < 0) break;
					currentPos += advance;
					r = input.step(currentPos);
					rune = r >> 3;
					width = r & 7;
					r = input.step(currentPos + width);
					rune1 = r >> 3;
					width1 = r & 7;
					flag = input.context(currentPos);
				}
			}
			if (currentPos >= matchStartPos) {
				if (saveLookbehinds) {
					this.saveLookbehinds(lbState, runq, currentPos);
					saveLookbehinds = false;
				}
				if (!this.matched && (currentPos === 0 || anchor === RE2Flags.UNANCHORED)) {
					if (this.ncap > 0) this.matchcap[0] = currentPos;
					this.add(runq, this.prog.start, currentPos, this.matchcap, 0, flag);
				}
			}
			const nextPos = currentPos + width;
			flag = input.context(nextPos);
			this.step(runq, nextq, currentPos, nextPos, rune, flag, anchor, currentPos === input.endPos());
			if (width === 0) break;
			if (this.ncap === 0 && this.matched) break;
			currentPos += width;
			rune = rune1;
			width = width1;
			if (rune !== -1) {
				r = input.step(currentPos + width);
				rune1 = r >> 3;
				width1 = r & 7;
			}
			const tmpq = runq;
			runq = nextq;
			nextq = tmpq;
		}
		runq.clear();
		nextq.clear();
		return this.matched;
	}
	matchSet(input, pos, anchor) {
		const startCond = this.re2.cond;
		if (startCond === Utils.EMPTY_ALL) return [];
		if ((anchor === RE2Flags.ANCHOR_START || anchor === RE2Flags.ANCHOR_BOTH) && pos !== 0) return [];
		let currentPos = this.prog.numLb > 0 ? 0 : pos;
		let matchStartPos = pos;
		let runq = this.q0;
		let nextq = this.q1;
		let r = input.step(currentPos);
		let rune = r >> 3;
		let width = r & 7;
		let rune1 = -1;
		let width1 = 0;
		if (r !== MachineInputBase.EOF()) {
			r = input.step(currentPos + width);
			rune1 = r >> 3;
			width1 = r & 7;
		}
		let flag = currentPos === 0 ? Utils.emptyOpContext(-1, rune) : input.context(currentPos);
		const matches = /* @__PURE__ */ new Set();
		if (this.prog.numLb > 0) this.spawnLookbehinds(runq, currentPos, flag);
		while (true) {
			if (runq.mainThreads === 0) {
				if ((startCond & Utils.EMPTY_BEGIN_TEXT) !== 0 && currentPos !== 0) break;
				if ((anchor === RE2Flags.ANCHOR_START || anchor === RE2Flags.ANCHOR_BOTH) && currentPos !== 0) break;
			}
			if (currentPos === 0 || anchor === RE2Flags.UNANCHORED) {
				if (currentPos >= matchStartPos) this.add(runq, this.prog.start, currentPos, this.matchcap, 0, flag);
			}
			const nextPos = currentPos + width;
			flag = input.context(nextPos);
			for (let j = 0; j < runq.size; j++) {
				const pc = runq.densePcs[j];
				const i = this.prog.inst[pc];
				const capOffset = j * this.ncap;
				let add = false;
				switch (i.op) {
					case Inst.MATCH:
						if (anchor === RE2Flags.ANCHOR_BOTH && currentPos !== input.endPos()) break;
						matches.add(i.arg);
						break;
					case Inst.RUNE:
						add = i.matchRune(rune);
						break;
					case Inst.RUNE1:
						add = rune === i.runes[0];
						break;
					case Inst.RUNE_ANY:
						add = true;
						break;
					case Inst.RUNE_ANY_NOT_NL:
						add = rune !== 10;
						break;
					default: continue;
				}
				if (add) this.add(nextq, i.out, nextPos, runq.denseCaps, capOffset, flag);
			}
			runq.clear();
			if (width === 0) break;
			currentPos += width;
			rune = rune1;
			width = width1;
			if (rune !== -1) {
				r = input.step(currentPos + width);
				rune1 = r >> 3;
				width1 = r & 7;
			}
			const tmpq = runq;
			runq = nextq;
			nextq = tmpq;
		}
		nextq.clear();
		return Array.from(matches).sort((a, b) => a - b);
	}
	step(runq, nextq, pos, nextPos, c, nextCond, anchor, atEnd) {
		const longest = this.re2.longest;
		for (let j = 0; j < runq.size; j++) {
			const pc = runq.densePcs[j];
			const capOffset = j * this.ncap;
			if (longest && this.matched && this.ncap > 0 && this.matchcap[0] < runq.denseCaps[capOffset]) continue;
			const i = this.prog.inst[pc];
			let add = false;
			switch (i.op) {
				case Inst.MATCH:
					if (anchor === RE2Flags.ANCHOR_BOTH && !atEnd) break;
					if (this.ncap > 0 && (!longest || !this.matched || this.matchcap[1] < pos)) {
						runq.denseCaps[capOffset + 1] = pos;
						for (let k = 0; k < this.ncap; k++) this.matchcap[k] = runq.denseCaps[capOffset + k];
					}
					if (!longest) runq.size = 0;
					this.matched = true;
					break;
				case Inst.RUNE:
					add = i.matchRune(c);
					break;
				case Inst.RUNE1:
					add = c === i.runes[0];
					break;
				case Inst.RUNE_ANY:
					add = true;
					break;
				case Inst.RUNE_ANY_NOT_NL:
					add = c !== 10;
					break;
				default: continue;
			}
			if (add) this.add(nextq, i.out, nextPos, runq.denseCaps, capOffset, nextCond);
		}
		runq.clear();
	}
	spawnLookbehinds(q, pos, flag) {
		for (let i = 0; i < this.prog.lbStarts.length; i++) this.add(q, this.prog.lbStarts[i], pos, this.matchcap, 0, flag);
	}
	restoreLookbehinds(lbState, q, flag) {
		this.lbTable.set(lbState.lbTable);
		for (let j = 0; j < lbState.size; j++) this.add(q, lbState.pcs[j], lbState.pos, this.matchcap, 0, flag);
	}
	saveLookbehinds(lbState, q, pos) {
		let size = 0;
		for (let j = 0; j < q.size; j++) {
			const pc = q.densePcs[j];
			if (this.prog.lbInst[pc] === 1 && Inst.isRuneOp(this.prog.inst[pc].op)) lbState.pcs[size++] = pc;
		}
		lbState.size = size;
		lbState.pos = pos;
		lbState.lbTable.set(this.lbTable);
	}
	add(q, pc, pos, capArray, capOffset, cond) {
		const stk = this.addStack;
		let nstk = 0;
		for (;;) {
			while (pc !== 0 && !q.contains(pc)) {
				const d = q.add(pc);
				const inst = this.prog.inst[pc];
				switch (inst.op) {
					case Inst.FAIL:
						pc = 0;
						break;
					case Inst.ALT:
					case Inst.ALT_MATCH:
						stk[nstk++] = inst.arg;
						stk[nstk++] = 0;
						pc = inst.out;
						break;
					case Inst.EMPTY_WIDTH:
						pc = (inst.arg & ~cond) === 0 ? inst.out : 0;
						break;
					case Inst.NOP:
						pc = inst.out;
						break;
					case Inst.CAPTURE:
						if (inst.arg < this.ncap) {
							stk[nstk++] = -inst.arg - 1;
							stk[nstk++] = capArray[capOffset + inst.arg];
							capArray[capOffset + inst.arg] = pos;
						}
						pc = inst.out;
						break;
					case Inst.LB_WRITE:
						this.lbTable[Math.abs(inst.arg)] = pos;
						pc = inst.out;
						break;
					case Inst.LB_CHECK:
						if (inst.arg > 0) pc = this.lbTable[inst.arg] === pos ? inst.out : 0;
						else pc = this.lbTable[-inst.arg] !== pos ? inst.out : 0;
						break;
					case Inst.MATCH:
					case Inst.RUNE:
					case Inst.RUNE1:
					case Inst.RUNE_ANY:
					case Inst.RUNE_ANY_NOT_NL:
						if (this.prog.lbInst[pc] === 0) q.mainThreads++;
						if (this.ncap > 0) {
							const destOffset = d * this.ncap;
							if (destOffset + this.ncap > q.denseCaps.length) q.growCaps(destOffset + this.ncap);
							for (let c = 0; c < this.ncap; c++) q.denseCaps[destOffset + c] = capArray[capOffset + c];
						}
						pc = 0;
						break;
					default: throw new RE2JSInternalException("unhandled");
				}
			}
			if (nstk === 0) return;
			nstk -= 2;
			const entry = stk[nstk];
			if (entry < 0) {
				capArray[capOffset - entry - 1] = stk[nstk + 1];
				pc = 0;
			} else pc = entry;
		}
	}
};
// src/DFA.js
const hashState = (pcs, flag, ids) => {
	let h = -2128831035;
	for (let i = 0; i < pcs.length; i++) {
		h ^= pcs[i];
		h = Math.imul(h, 16777619);
	}
	h ^= flag;
	h = Math.imul(h, 16777619);
	for (let i = 0; i < ids.length; i++) {
		h ^= ids[i];
		h = Math.imul(h, 16777619);
	}
	return h;
};
const arraysEqual = (a, b) => {
	if (a.length !== b.length) return false;
	for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
	return true;
};
const isState = (state, pcs, flag, ids) => state.flag === flag && arraysEqual(state.nfaStates, pcs) && arraysEqual(state.matchIDs, ids);
const NO_IDS = [];
const END_TEXT = -1;
var DFAState = class {
	constructor(nfaStates, flag, matchIDs) {
		this.nfaStates = nfaStates;
		this.flag = flag;
		this.isMatch = (flag & DFA.FLAG_MATCH) !== 0;
		this.matchIDs = matchIDs;
		this.next = null;
		this.nextAnchored = null;
	}
};
var DFA = class DFA {
	static FLAG_EMPTY_MASK = 255;
	static FLAG_MATCH = 256;
	static FLAG_LAST_WORD = 512;
	static FLAG_NEED_SHIFT = 16;
	static STATE_OVERHEAD = 150;
	static ARRAY_OVERHEAD = 40;
	static ELEMENT_SIZE = 8;
	static TABLE_OVERHEAD = 48;
	static PROGRESS_PER_STATE = 10;
	constructor(prog, maxMem = 8388608) {
		this.prog = prog;
		this.maxMem = maxMem;
		this.stateCache = /* @__PURE__ */ new Map();
		this.stateCount = 0;
		this.startStates = /* @__PURE__ */ new Map();
		this.failed = false;
		for (let pc = 0; pc < prog.numInst(); pc++) {
			const op = prog.getInst(pc).op;
			if (op === Inst.LB_WRITE || op === Inst.LB_CHECK) {
				this.failed = true;
				break;
			}
		}
		this.computeRuneClasses();
		this.stateBudget = maxMem;
		this.memBudget = maxMem;
	}
	computeRuneClasses() {
		const bounds = /* @__PURE__ */ new Set();
		const addRange = (lo, hi) => {
			bounds.add(lo);
			bounds.add(hi + 1);
		};
		for (let pc = 0; pc < this.prog.numInst(); pc++) {
			const inst = this.prog.getInst(pc);
			switch (inst.op) {
				case Inst.RUNE:
				case Inst.RUNE1:
					if (inst.runes.length === 1) {
						addRange(inst.runes[0], inst.runes[0]);
						if ((inst.arg & RE2Flags.FOLD_CASE) !== 0) for (let f = Unicode.simpleFold(inst.runes[0]); f !== inst.runes[0]; f = Unicode.simpleFold(f)) addRange(f, f);
					} else for (let j = 0; j < inst.runes.length; j += 2) addRange(inst.runes[j], inst.runes[j + 1]);
					break;
				case Inst.RUNE_ANY_NOT_NL:
					addRange(10, 10);
					break;
				case Inst.EMPTY_WIDTH:
					if ((inst.arg & (Utils.EMPTY_BEGIN_LINE | Utils.EMPTY_END_LINE)) !== 0) addRange(10, 10);
					if ((inst.arg & (Utils.EMPTY_WORD_BOUNDARY | Utils.EMPTY_NO_WORD_BOUNDARY)) !== 0) {
						addRange(48, 57);
						addRange(65, 90);
						addRange(95, 95);
						addRange(97, 122);
					}
			}
		}
		bounds.delete(0);
		this.classBounds = Int32Array.from(bounds).sort();
		this.numClasses = this.classBounds.length + 1;
		const latin1Class = new Int32Array(Unicode.MAX_LATIN1 + 1);
		for (let r = 0; r <= Unicode.MAX_LATIN1; r++) latin1Class[r] = this.searchClass(r);
		this.latin1Class = latin1Class;
	}
	runeClass(r) {
		if (r <= Unicode.MAX_LATIN1) return this.latin1Class[r];
		return this.searchClass(r);
	}
	searchClass(r) {
		const bounds = this.classBounds;
		let lo = 0;
		let hi = bounds.length;
		while (lo < hi) {
			const mid = lo + hi >> 1;
			if (bounds[mid] <= r) lo = mid + 1;
			else hi = mid;
		}
		return lo;
	}
	closure(pcs, flag) {
		const closure = /* @__PURE__ */ new Set();
		const stack = Array.from(pcs);
		let needflags = 0;
		while (stack.length > 0) {
			const pc = stack.pop();
			if (pc === 0 || closure.has(pc)) continue;
			closure.add(pc);
			const inst = this.prog.getInst(pc);
			switch (inst.op) {
				case Inst.ALT:
				case Inst.ALT_MATCH:
					stack.push(inst.out);
					stack.push(inst.arg);
					break;
				case Inst.NOP:
				case Inst.CAPTURE:
					stack.push(inst.out);
					break;
				case Inst.EMPTY_WIDTH:
					needflags |= inst.arg;
					if ((inst.arg & ~flag) === 0) stack.push(inst.out);
			}
		}
		return {
			pcs: Array.from(closure).sort((a, b) => a - b),
			needflags
		};
	}
	getState(pcs, flag, ids) {
		const hash = hashState(pcs, flag, ids);
		const cached = this.stateCache.get(hash);
		if (cached instanceof DFAState) {
			if (isState(cached, pcs, flag, ids)) return cached;
		} else if (cached !== void 0) {
			for (let i = 0; i < cached.length; i++) if (isState(cached[i], pcs, flag, ids)) return cached[i];
		}
		const cost = DFA.stateCost(pcs, ids);
		if (this.memBudget < cost) return null;
		this.memBudget -= cost;
		const state = new DFAState(pcs, flag, ids);
		if (cached === void 0) this.stateCache.set(hash, state);
		else if (cached instanceof DFAState) this.stateCache.set(hash, [cached, state]);
		else cached.push(state);
		this.stateCount++;
		return state;
	}
	static stateCost(pcs, ids) {
		const idsCost = ids.length === 0 ? 0 : DFA.ARRAY_OVERHEAD + DFA.ELEMENT_SIZE * ids.length;
		return DFA.STATE_OVERHEAD + DFA.ELEMENT_SIZE * pcs.length + idsCost;
	}
	*cachedStates() {
		for (const cached of this.stateCache.values()) if (cached instanceof DFAState) yield cached;
		else yield* cached;
	}
	makeState(pcs, flag, ids) {
		const closure = this.closure(pcs, flag & DFA.FLAG_EMPTY_MASK);
		let stateFlag = flag;
		if (closure.needflags === 0) stateFlag &= DFA.FLAG_MATCH;
		stateFlag |= closure.needflags << DFA.FLAG_NEED_SHIFT;
		return this.getState(closure.pcs, stateFlag, ids);
	}
	allocTable(state, anchor) {
		const size = this.numClasses + 1;
		const cost = DFA.TABLE_OVERHEAD + DFA.ELEMENT_SIZE * size;
		if (this.memBudget < cost) return null;
		this.memBudget -= cost;
		const table = new Array(size).fill(null);
		if (anchor === RE2Flags.UNANCHORED) state.next = table;
		else state.nextAnchored = table;
		return table;
	}
	clearCache() {
		this.stateCache.clear();
		this.stateCount = 0;
		this.startStates.clear();
		this.memBudget = this.stateBudget;
	}
	resetCache(current) {
		this.clearCache();
		return this.getState(current.nfaStates, current.flag, current.matchIDs);
	}
	step(state, cls, rune, anchor) {
		let table = anchor === RE2Flags.UNANCHORED ? state.next : state.nextAnchored;
		if (table !== null) {
			const cached = table[cls];
			if (cached !== null) return cached;
		} else {
			table = this.allocTable(state, anchor);
			if (table === null) return null;
		}
		const needflag = state.flag >>> DFA.FLAG_NEED_SHIFT;
		const oldbeforeflag = state.flag & DFA.FLAG_EMPTY_MASK;
		let beforeflag = oldbeforeflag;
		let afterflag = 0;
		if (rune === 10) {
			beforeflag |= Utils.EMPTY_END_LINE;
			afterflag |= Utils.EMPTY_BEGIN_LINE;
		}
		if (rune === END_TEXT) beforeflag |= Utils.EMPTY_END_LINE | Utils.EMPTY_END_TEXT;
		const islastword = (state.flag & DFA.FLAG_LAST_WORD) !== 0;
		const isword = rune !== END_TEXT && Utils.isWordRune(rune);
		beforeflag |= isword === islastword ? Utils.EMPTY_NO_WORD_BOUNDARY : Utils.EMPTY_WORD_BOUNDARY;
		let pcs = state.nfaStates;
		if ((beforeflag & ~oldbeforeflag & needflag) !== 0) pcs = this.closure(pcs, beforeflag).pcs;
		const nextPCs = [];
		let ismatch = false;
		let ids = NO_IDS;
		for (let i = 0; i < pcs.length; i++) {
			const inst = this.prog.getInst(pcs[i]);
			if (inst.op === Inst.MATCH) {
				if (!ismatch) {
					ismatch = true;
					ids = [];
				}
				ids.push(inst.arg);
			} else if (rune !== END_TEXT && Inst.isRuneOp(inst.op) && inst.matchRune(rune)) nextPCs.push(inst.out);
		}
		if (ids.length > 1) ids.sort((a, b) => a - b);
		if (anchor === RE2Flags.UNANCHORED && rune !== END_TEXT) nextPCs.push(this.prog.start);
		let flag = afterflag;
		if (ismatch) flag |= DFA.FLAG_MATCH;
		if (isword) flag |= DFA.FLAG_LAST_WORD;
		const nextState = this.makeState(nextPCs, flag, ids);
		if (nextState === null) return null;
		table[cls] = nextState;
		return nextState;
	}
	start(input, pos) {
		const context = input.context(pos);
		let flags;
		if ((context & Utils.EMPTY_BEGIN_TEXT) !== 0) flags = Utils.EMPTY_BEGIN_TEXT | Utils.EMPTY_BEGIN_LINE;
		else if ((context & Utils.EMPTY_BEGIN_LINE) !== 0) flags = Utils.EMPTY_BEGIN_LINE;
		else {
			const r = input.step(pos);
			const nextIsWord = r >= 0 && Utils.isWordRune(r >> 3);
			flags = (context & Utils.EMPTY_WORD_BOUNDARY) !== 0 !== nextIsWord ? DFA.FLAG_LAST_WORD : 0;
		}
		let state = this.startStates.get(flags);
		if (state === void 0) {
			state = this.makeState([this.prog.start], flags, NO_IDS);
			if (state === null) {
				this.clearCache();
				state = this.makeState([this.prog.start], flags, NO_IDS);
				if (state === null) return null;
			}
			this.startStates.set(flags, state);
		}
		return state;
	}
	stepOrReset(state, cls, rune, anchor, pos, search) {
		let next = this.step(state, cls, rune, anchor);
		if (next !== null) return next;
		if (search.resetPos >= 0 && pos - search.resetPos < DFA.PROGRESS_PER_STATE * this.stateCount) return null;
		search.resetPos = pos;
		const restored = this.resetCache(state);
		if (restored === null) return null;
		next = this.step(restored, cls, rune, anchor);
		return next;
	}
	run(input, pos, anchor, state, onMatch) {
		const endPos = input.endPos();
		const latin1Class = this.latin1Class;
		const unanchored = anchor === RE2Flags.UNANCHORED;
		const search = { resetPos: -1 };
		let i = pos;
		while (i < endPos) {
			const r = input.step(i);
			const rune = r >> 3;
			const width = r & 7;
			if (width === 0) break;
			const cls = rune <= Unicode.MAX_LATIN1 ? latin1Class[rune] : this.runeClass(rune);
			let next = unanchored && state.next !== null ? state.next[cls] : null;
			if (next === null) {
				next = this.stepOrReset(state, cls, rune, anchor, i, search);
				if (next === null) return null;
			}
			state = next;
			if (state.isMatch && onMatch(state, false)) return true;
			if (!unanchored && state.nfaStates.length === 0) return false;
			i += width;
		}
		state = this.stepOrReset(state, this.numClasses, END_TEXT, anchor, i, search);
		if (state === null) return null;
		return state.isMatch && onMatch(state, true);
	}
	match(input, pos, anchor) {
		if (this.failed) return null;
		if ((anchor === RE2Flags.ANCHOR_START || anchor === RE2Flags.ANCHOR_BOTH) && pos !== 0) return false;
		const startState = this.start(input, pos);
		if (startState === null) return null;
		return this.run(input, pos, anchor, startState, (state, atEnd) => anchor !== RE2Flags.ANCHOR_BOTH || atEnd);
	}
	matchSet(input, pos, anchor) {
		if (this.failed) return null;
		if ((anchor === RE2Flags.ANCHOR_START || anchor === RE2Flags.ANCHOR_BOTH) && pos !== 0) return [];
		const startState = this.start(input, pos);
		if (startState === null) return null;
		const matches = /* @__PURE__ */ new Set();
		const collect = (state, atEnd) => {
			if (anchor !== RE2Flags.ANCHOR_BOTH || atEnd) for (let k = 0; k < state.matchIDs.length; k++) matches.add(state.matchIDs[k]);
			return false;
		};
		if (this.run(input, pos, anchor, startState, collect) === null) return null;
		return Array.from(matches).sort((a, b) => a - b);
	}
};
// src/Backtracker.js
const VISITED_BITS = 32;
const MAX_BACKTRACK_PROG = 500;
const INITIAL_JOB_CAPACITY = 256;
const MAX_BACKTRACK_VECTOR = 262144;
var BitState = class {
	constructor() {
		this.end = 0;
		this.cap = /* @__PURE__ */ new Int32Array(0);
		this.matchcap = /* @__PURE__ */ new Int32Array(0);
		this.ncap = 0;
		this.jobPc = new Int32Array(INITIAL_JOB_CAPACITY);
		this.jobArg = new Uint8Array(INITIAL_JOB_CAPACITY);
		this.jobPos = new Int32Array(INITIAL_JOB_CAPACITY);
		this.jobLen = 0;
		this.visited = /* @__PURE__ */ new Uint32Array(0);
	}
	reset(prog, end, ncap) {
		this.end = end;
		this.jobLen = 0;
		this.ncap = ncap;
		const visitedSize = prog.numInst() * (end + 1) + VISITED_BITS - 1 >>> 5;
		if (this.visited.length < visitedSize) this.visited = new Uint32Array(visitedSize);
		else this.visited.fill(0, 0, visitedSize);
		if (this.cap.length < ncap) this.cap = new Int32Array(ncap).fill(-1);
		else this.cap.fill(-1, 0, ncap);
		if (this.matchcap.length < ncap) this.matchcap = new Int32Array(ncap).fill(-1);
		else this.matchcap.fill(-1, 0, ncap);
	}
	shouldVisit(pc, pos) {
		const n = pc * (this.end + 1) + pos;
		const idx = n >>> 5;
		const mask = 1 << (n & 31);
		if ((this.visited[idx] & mask) !== 0) return false;
		this.visited[idx] |= mask;
		return true;
	}
	push(re2, pc, pos, arg) {
		if (re2.prog.getInst(pc).op !== Inst.FAIL && (arg || this.shouldVisit(pc, pos))) {
			if (this.jobLen >= this.jobPc.length) {
				const newSize = this.jobPc.length * 2;
				const newPc = new Int32Array(newSize);
				newPc.set(this.jobPc);
				this.jobPc = newPc;
				const newArg = new Uint8Array(newSize);
				newArg.set(this.jobArg);
				this.jobArg = newArg;
				const newPos = new Int32Array(newSize);
				newPos.set(this.jobPos);
				this.jobPos = newPos;
			}
			this.jobPc[this.jobLen] = pc;
			this.jobArg[this.jobLen] = arg ? 1 : 0;
			this.jobPos[this.jobLen] = pos;
			this.jobLen++;
		}
	}
	tryBacktrack(re2, input, pc, pos, anchor) {
		const longest = re2.longest;
		this.push(re2, pc, pos, false);
		while (this.jobLen > 0) {
			this.jobLen--;
			let currentPc = this.jobPc[this.jobLen];
			let arg = this.jobArg[this.jobLen] === 1;
			let currentPos = this.jobPos[this.jobLen];
			let skipShouldVisit = true;
			while (true) {
				if (!skipShouldVisit) {
					if (!this.shouldVisit(currentPc, currentPos)) break;
				}
				skipShouldVisit = false;
				const inst = re2.prog.getInst(currentPc);
				switch (inst.op) {
					case Inst.FAIL: break;
					case Inst.ALT: if (arg) {
						arg = false;
						currentPc = inst.arg;
						continue;
					} else {
						this.push(re2, currentPc, currentPos, true);
						currentPc = inst.out;
						continue;
					}
					case Inst.ALT_MATCH: {
						const outInst = re2.prog.getInst(inst.out);
						if (Inst.isRuneOp(outInst.op)) {
							this.push(re2, inst.arg, currentPos, false);
							currentPc = inst.arg;
							currentPos = this.end;
							continue;
						}
						this.push(re2, inst.out, this.end, false);
						currentPc = inst.out;
						continue;
					}
					case Inst.RUNE: {
						const r = input.step(currentPos);
						if (r === MachineInputBase.EOF()) break;
						if (!inst.matchRune(r >> 3)) break;
						currentPos += r & 7;
						currentPc = inst.out;
						continue;
					}
					case Inst.RUNE1: {
						const r = input.step(currentPos);
						if (r === MachineInputBase.EOF()) break;
						if (r >> 3 !== inst.runes[0]) break;
						currentPos += r & 7;
						currentPc = inst.out;
						continue;
					}
					case Inst.RUNE_ANY_NOT_NL: {
						const r = input.step(currentPos);
						if (r === MachineInputBase.EOF()) break;
						if (r >> 3 === 10) break;
						currentPos += r & 7;
						currentPc = inst.out;
						continue;
					}
					case Inst.RUNE_ANY: {
						const r = input.step(currentPos);
						if (r === MachineInputBase.EOF()) break;
						currentPos += r & 7;
						currentPc = inst.out;
						continue;
					}
					case Inst.CAPTURE: if (arg) {
						this.cap[inst.arg] = currentPos;
						break;
					} else {
						if (inst.arg < this.ncap) {
							this.push(re2, currentPc, this.cap[inst.arg], true);
							this.cap[inst.arg] = currentPos;
						}
						currentPc = inst.out;
						continue;
					}
					case Inst.EMPTY_WIDTH: {
						const flag = input.context(currentPos);
						if ((inst.arg & ~flag) !== 0) break;
						currentPc = inst.out;
						continue;
					}
					case Inst.NOP:
						currentPc = inst.out;
						continue;
					case Inst.MATCH: {
						if (anchor === RE2Flags.ANCHOR_BOTH && currentPos !== this.end) break;
						if (this.ncap === 0) return true;
						if (this.ncap > 1) this.cap[1] = currentPos;
						const old = this.matchcap[1];
						if (old === -1 || longest && currentPos > 0 && currentPos > old) this.matchcap.set(this.cap);
						if (!longest) return true;
						if (currentPos === this.end) return true;
						break;
					}
					case Inst.LB_WRITE:
					case Inst.LB_CHECK: throw new RE2JSInternalException("Backtracker cannot evaluate Lookbehind instructions");
					default: throw new RE2JSInternalException("bad inst");
				}
				break;
			}
		}
		return longest && this.matchcap.length > 1 && this.matchcap[1] >= 0;
	}
};
const bitStatePool = [];
var Backtracker = class Backtracker {
	static shouldBacktrack(prog) {
		return prog.numInst() <= MAX_BACKTRACK_PROG;
	}
	static maxBitStateLen(prog) {
		if (!Backtracker.shouldBacktrack(prog)) return 0;
		return Math.floor(MAX_BACKTRACK_VECTOR / prog.numInst());
	}
	static execute(re2, input, pos, anchor, ncap) {
		const startCond = re2.cond;
		if (startCond === Utils.EMPTY_ALL) return null;
		if ((anchor === RE2Flags.ANCHOR_START || anchor === RE2Flags.ANCHOR_BOTH) && pos !== 0) return null;
		if ((startCond & Utils.EMPTY_BEGIN_TEXT) !== 0 && pos !== 0) return null;
		const b = bitStatePool.length > 0 ? bitStatePool.pop() : new BitState();
		const end = input.endPos();
		b.reset(re2.prog, end, ncap);
		let matched = false;
		if ((startCond & Utils.EMPTY_BEGIN_TEXT) !== 0 || anchor === RE2Flags.ANCHOR_START || anchor === RE2Flags.ANCHOR_BOTH) {
			if (b.ncap > 0) b.cap[0] = pos;
			if (b.tryBacktrack(re2, input, re2.prog.start, pos, anchor)) matched = true;
		} else {
			let width = -1;
			for (; pos <= end && width !== 0; pos += width) {
				if (re2.prefix.length > 0) {
					const advance = input.index(re2, pos);
					if (advance < 0) break;
					pos += advance;
				}
				if (b.ncap > 0) b.cap[0] = pos;
				if (b.tryBacktrack(re2, input, re2.prog.start, pos, anchor)) {
					matched = true;
					break;
				}
				const r = input.step(pos);
				width = r === MachineInputBase.EOF() ? 0 : r & 7;
			}
		}
		if (!matched) {
			bitStatePool.push(b);
			return null;
		}
		const result = ncap === 0 ? [] : Utils.toArray(b.matchcap.subarray(0, ncap));
		bitStatePool.push(b);
		return result;
	}
};
// src/OnePass.js
var QueueOnePass = class {
	constructor(size) {
		this.sparse = new Uint32Array(size);
		this.dense = new Uint32Array(size);
		this.size = 0;
		this.nextIndex = 0;
	}
	empty() {
		return this.nextIndex >= this.size;
	}
	next() {
		return this.dense[this.nextIndex++];
	}
	clear() {
		this.size = 0;
		this.nextIndex = 0;
	}
	contains(u) {
		return u < this.sparse.length && this.sparse[u] < this.size && this.dense[this.sparse[u]] === u;
	}
	insert(u) {
		if (!this.contains(u)) this.insertNew(u);
	}
	insertNew(u) {
		if (u >= this.sparse.length) return;
		this.sparse[u] = this.size;
		this.dense[this.size] = u;
		this.size++;
	}
};
const mergeRuneSets = (leftRunes, rightRunes, leftPC, rightPC) => {
	const leftLen = leftRunes.length;
	const rightLen = rightRunes.length;
	let lx = 0, rx = 0;
	const merged = [];
	const next = [];
	let ok = true;
	let ix = -1;
	const extend = (isLeft) => {
		const newArray = isLeft ? leftRunes : rightRunes;
		const low = isLeft ? lx : rx;
		const pc = isLeft ? leftPC : rightPC;
		if (ix > 0 && newArray[low] <= merged[ix]) return false;
		merged.push(newArray[low], newArray[low + 1]);
		if (isLeft) lx += 2;
		else rx += 2;
		ix += 2;
		next.push(pc);
		return true;
	};
	while (lx < leftLen || rx < rightLen) {
		if (rx >= rightLen) ok = extend(true);
		else if (lx >= leftLen) ok = extend(false);
		else if (rightRunes[rx] < leftRunes[lx]) ok = extend(false);
		else ok = extend(true);
		if (!ok) return null;
	}
	return {
		merged,
		next
	};
};
var OnePassProg = class {
	constructor(prog) {
		this.start = prog.start;
		this.numCap = prog.numCap;
		this.inst = new Array(prog.inst.length);
		for (let i = 0; i < prog.inst.length; i++) {
			const orig = prog.inst[i];
			const inst = new Inst(orig.op);
			inst.out = orig.out;
			inst.arg = orig.arg;
			inst.runes = orig.runes ? new Int32Array(orig.runes) : /* @__PURE__ */ new Int32Array(0);
			inst.next = null;
			this.inst[i] = inst;
		}
	}
};
const onePassCopy = (prog) => {
	const p = new OnePassProg(prog);
	for (let pc = 0; pc < p.inst.length; pc++) {
		const inst = p.inst[pc];
		if (inst.op !== Inst.ALT && inst.op !== Inst.ALT_MATCH) continue;
		let pAOther = "out";
		let pAAlt = "arg";
		let instAlt = p.inst[inst[pAAlt]];
		if (instAlt.op !== Inst.ALT && instAlt.op !== Inst.ALT_MATCH) {
			pAOther = "arg";
			pAAlt = "out";
			instAlt = p.inst[inst[pAAlt]];
			if (instAlt.op !== Inst.ALT && instAlt.op !== Inst.ALT_MATCH) continue;
		}
		const instOther = p.inst[inst[pAOther]];
		if (instOther.op === Inst.ALT || instOther.op === Inst.ALT_MATCH) continue;
		let pBAlt = "out";
		let pBOther = "arg";
		let patch = false;
		if (instAlt.out === pc) patch = true;
		else if (instAlt.arg === pc) {
			patch = true;
			pBAlt = "arg";
			pBOther = "out";
		}
		if (patch) instAlt[pBAlt] = inst[pAOther];
		if (inst[pAOther] === instAlt[pBAlt]) inst[pAAlt] = instAlt[pBOther];
	}
	return p;
};
const makeOnePass = (p) => {
	if (p.inst.length >= 1e3) return null;
	const instQueue = new QueueOnePass(p.inst.length);
	const visitQueue = new QueueOnePass(p.inst.length);
	const onePassRunes = new Array(p.inst.length);
	const m = new Array(p.inst.length).fill(false);
	const check = (pc) => {
		let ok = true;
		const inst = p.inst[pc];
		if (visitQueue.contains(pc)) return true;
		visitQueue.insert(pc);
		switch (inst.op) {
			case Inst.ALT:
			case Inst.ALT_MATCH: {
				ok = check(inst.out) && check(inst.arg);
				let matchOut = m[inst.out];
				let matchArg = m[inst.arg];
				if (matchOut && matchArg) return false;
				if (matchArg) {
					const tempOut = inst.out;
					inst.out = inst.arg;
					inst.arg = tempOut;
					const tempMatch = matchOut;
					matchOut = matchArg;
					matchArg = tempMatch;
				}
				if (matchOut) {
					m[pc] = true;
					inst.op = Inst.ALT_MATCH;
				}
				const leftRunes = onePassRunes[inst.out] || [];
				const rightRunes = onePassRunes[inst.arg] || [];
				const mergeRes = mergeRuneSets(leftRunes, rightRunes, inst.out, inst.arg);
				if (!mergeRes) return false;
				onePassRunes[pc] = new Int32Array(mergeRes.merged);
				inst.next = new Uint32Array(mergeRes.next);
				break;
			}
			case Inst.CAPTURE:
			case Inst.EMPTY_WIDTH:
			case Inst.NOP:
				ok = check(inst.out);
				m[pc] = m[inst.out];
				onePassRunes[pc] = onePassRunes[inst.out] ? new Int32Array(onePassRunes[inst.out]) : /* @__PURE__ */ new Int32Array(0);
				inst.next = new Uint32Array(Math.floor(onePassRunes[pc].length / 2) + 1).fill(inst.out);
				break;
			case Inst.MATCH:
			case Inst.FAIL:
				m[pc] = inst.op === Inst.MATCH;
				break;
			case Inst.RUNE: {
				m[pc] = false;
				if (inst.next && inst.next.length > 0) break;
				instQueue.insert(inst.out);
				if (!inst.runes || inst.runes.length === 0) {
					onePassRunes[pc] = /* @__PURE__ */ new Int32Array(0);
					inst.next = new Uint32Array([inst.out]);
					break;
				}
				let runes = [];
				if (inst.runes.length === 1 && (inst.arg & RE2Flags.FOLD_CASE) !== 0) {
					const r0 = inst.runes[0];
					runes.push(r0, r0);
					for (let r1 = Unicode.simpleFold(r0); r1 !== r0; r1 = Unicode.simpleFold(r1)) runes.push(r1, r1);
					runes.sort((a, b) => a - b);
				} else for (let j = 0; j < inst.runes.length; j++) runes.push(inst.runes[j]);
				onePassRunes[pc] = new Int32Array(runes);
				inst.next = new Uint32Array(Math.floor(runes.length / 2) + 1).fill(inst.out);
				inst.op = Inst.RUNE;
				break;
			}
			case Inst.RUNE1: {
				m[pc] = false;
				if (inst.next && inst.next.length > 0) break;
				instQueue.insert(inst.out);
				let runes = [];
				if ((inst.arg & RE2Flags.FOLD_CASE) !== 0) {
					const r0 = inst.runes[0];
					runes.push(r0, r0);
					for (let r1 = Unicode.simpleFold(r0); r1 !== r0; r1 = Unicode.simpleFold(r1)) runes.push(r1, r1);
					runes.sort((a, b) => a - b);
				} else runes.push(inst.runes[0], inst.runes[0]);
				onePassRunes[pc] = new Int32Array(runes);
				inst.next = new Uint32Array(Math.floor(runes.length / 2) + 1).fill(inst.out);
				inst.op = Inst.RUNE;
				break;
			}
			case Inst.RUNE_ANY:
				m[pc] = false;
				if (inst.next && inst.next.length > 0) break;
				instQueue.insert(inst.out);
				onePassRunes[pc] = new Int32Array([0, Unicode.MAX_RUNE]);
				inst.next = new Uint32Array([inst.out]);
				break;
			case Inst.RUNE_ANY_NOT_NL:
				m[pc] = false;
				if (inst.next && inst.next.length > 0) break;
				instQueue.insert(inst.out);
				onePassRunes[pc] = new Int32Array([
					0,
					9,
					11,
					Unicode.MAX_RUNE
				]);
				inst.next = new Uint32Array(Math.floor(onePassRunes[pc].length / 2) + 1).fill(inst.out);
		}
		return ok;
	};
	instQueue.clear();
	instQueue.insert(p.start);
	while (!instQueue.empty()) {
		visitQueue.clear();
		if (!check(instQueue.next())) return null;
	}
	for (let i = 0; i < p.inst.length; i++) if (onePassRunes[i]) p.inst[i].runes = onePassRunes[i];
	return p;
};
const cleanupOnePass = (p, original) => {
	for (let ix = 0; ix < original.inst.length; ix++) {
		const instOriginal = original.inst[ix];
		switch (instOriginal.op) {
			case Inst.ALT:
			case Inst.ALT_MATCH:
			case Inst.RUNE: break;
			case Inst.CAPTURE:
			case Inst.EMPTY_WIDTH:
			case Inst.NOP:
			case Inst.MATCH:
			case Inst.FAIL:
				p.inst[ix].next = null;
				break;
			case Inst.RUNE1:
			case Inst.RUNE_ANY:
			case Inst.RUNE_ANY_NOT_NL:
				p.inst[ix].next = null;
				p.inst[ix].op = instOriginal.op;
				p.inst[ix].runes = instOriginal.runes ? new Int32Array(instOriginal.runes) : /* @__PURE__ */ new Int32Array(0);
		}
	}
};
var OnePass = class OnePass {
	static compile(prog) {
		if (prog.start === 0) return null;
		if (prog.numLb > 0) return null;
		const startInst = prog.inst[prog.start];
		if (startInst.op !== Inst.EMPTY_WIDTH || (startInst.arg & Utils.EMPTY_BEGIN_TEXT) === 0) return null;
		let hasAlt = false;
		for (let i = 0; i < prog.inst.length; i++) if (prog.inst[i].op === Inst.ALT || prog.inst[i].op === Inst.ALT_MATCH) {
			hasAlt = true;
			break;
		}
		for (let i = 0; i < prog.inst.length; i++) {
			const inst = prog.inst[i];
			const opOut = prog.inst[inst.out].op;
			switch (inst.op) {
				case Inst.ALT:
				case Inst.ALT_MATCH:
					if (opOut === Inst.MATCH || prog.inst[inst.arg].op === Inst.MATCH) return null;
					break;
				case Inst.EMPTY_WIDTH:
					if (opOut === Inst.MATCH) {
						if ((inst.arg & Utils.EMPTY_END_TEXT) === Utils.EMPTY_END_TEXT) continue;
						return null;
					}
					break;
				default: if (opOut === Inst.MATCH && hasAlt) return null;
			}
		}
		let p = onePassCopy(prog);
		p = makeOnePass(p);
		if (p !== null) cleanupOnePass(p, prog);
		return p;
	}
	static next(inst, r) {
		const nextIdx = inst.matchRunePos(r);
		if (nextIdx >= 0) return inst.next[nextIdx];
		if (inst.op === Inst.ALT_MATCH) return inst.out;
		return 0;
	}
	static execute(re2, input, pos, anchor, ncap) {
		const onepass = re2.onepass;
		if (!onepass) return null;
		const matchcap = new Int32Array(ncap).fill(-1);
		let matched = false;
		let r = input.step(pos);
		let rune = r >> 3;
		let width = r & 7;
		let r1 = MachineInputBase.EOF();
		let rune1 = -1;
		let width1 = 0;
		if (r !== MachineInputBase.EOF()) {
			r1 = input.step(pos + width);
			if (r1 !== MachineInputBase.EOF()) {
				rune1 = r1 >> 3;
				width1 = r1 & 7;
			}
		}
		let flag = pos === 0 ? Utils.emptyOpContext(-1, rune) : input.context(pos);
		let pc = onepass.start;
		let inst;
		while (true) {
			inst = onepass.inst[pc];
			pc = inst.out;
			switch (inst.op) {
				case Inst.MATCH:
					if (anchor === RE2Flags.ANCHOR_BOTH && pos !== input.endPos()) return null;
					matched = true;
					if (matchcap.length > 0) {
						matchcap[0] = 0;
						matchcap[1] = pos;
					}
					return ncap === 0 ? [] : Utils.toArray(matchcap);
				case Inst.RUNE:
					if (!inst.matchRune(rune)) return null;
					break;
				case Inst.RUNE1:
					if (rune !== inst.runes[0]) return null;
					break;
				case Inst.RUNE_ANY: break;
				case Inst.RUNE_ANY_NOT_NL:
					if (rune === 10) return null;
					break;
				case Inst.ALT:
				case Inst.ALT_MATCH:
					pc = OnePass.next(inst, rune);
					continue;
				case Inst.FAIL: return null;
				case Inst.NOP: continue;
				case Inst.EMPTY_WIDTH:
					if ((inst.arg & ~flag) !== 0) return null;
					continue;
				case Inst.CAPTURE:
					if (inst.arg < matchcap.length) matchcap[inst.arg] = pos;
					continue;
				default: throw new RE2JSInternalException("bad inst");
			}
			if (width === 0) break;
			flag = Utils.emptyOpContext(rune, rune1);
			pos += width;
			rune = rune1;
			width = width1;
			if (rune !== -1) {
				r1 = input.step(pos + width);
				if (r1 !== MachineInputBase.EOF()) {
					rune1 = r1 >> 3;
					width1 = r1 & 7;
				} else {
					rune1 = -1;
					width1 = 0;
				}
			}
		}
		if (!matched) return null;
		return ncap === 0 ? [] : Utils.toArray(matchcap);
	}
};
// src/Regexp.js
/**
* Regular expression abstract syntax tree. Produced by parser, used by compiler. NB, this
* corresponds to {@code syntax.regexp} in the Go implementation; Go's {@code regexp} is called
* {@code RE2} in Java.
*/
var Regexp = class Regexp {
	static Op = createEnum([
		"NO_MATCH",
		"EMPTY_MATCH",
		"LITERAL",
		"CHAR_CLASS",
		"ANY_CHAR_NOT_NL",
		"ANY_CHAR",
		"BEGIN_LINE",
		"END_LINE",
		"BEGIN_TEXT",
		"END_TEXT",
		"WORD_BOUNDARY",
		"NO_WORD_BOUNDARY",
		"CAPTURE",
		"STAR",
		"PLUS",
		"QUEST",
		"REPEAT",
		"CONCAT",
		"ALTERNATE",
		"PLB",
		"NLB",
		"LEFT_PAREN",
		"VERTICAL_BAR"
	]);
	static isPseudoOp(op) {
		return op >= Regexp.Op.LEFT_PAREN;
	}
	static emptySubs() {
		return [];
	}
	static quoteIfHyphen(rune) {
		if (rune === Codepoint.CODES["-"]) return "\\";
		return "";
	}
	static fromRegexp(re) {
		const regex = new Regexp(re.op);
		regex.flags = re.flags;
		regex.subs = re.subs;
		regex.runes = re.runes;
		regex.cap = re.cap;
		regex.min = re.min;
		regex.max = re.max;
		regex.name = re.name;
		regex.namedGroups = re.namedGroups;
		regex.lb = re.lb;
		return regex;
	}
	constructor(op) {
		this.op = op;
		this.flags = 0;
		this.subs = Regexp.emptySubs();
		this.runes = /* @__PURE__ */ new Int32Array(0);
		this.min = 0;
		this.max = 0;
		this.cap = 0;
		this.name = null;
		this.namedGroups = Object.create(null);
		this.lb = 0;
	}
	reinit() {
		this.flags = 0;
		this.subs = Regexp.emptySubs();
		this.runes = /* @__PURE__ */ new Int32Array(0);
		this.cap = 0;
		this.min = 0;
		this.max = 0;
		this.name = null;
		this.namedGroups = Object.create(null);
		this.lb = 0;
	}
	toString() {
		return this.appendTo();
	}
	appendTo() {
		let out = "";
		switch (this.op) {
			case Regexp.Op.NO_MATCH:
				out += "[^\\x00-\\x{10FFFF}]";
				break;
			case Regexp.Op.EMPTY_MATCH:
				out += "(?:)";
				break;
			case Regexp.Op.STAR:
			case Regexp.Op.PLUS:
			case Regexp.Op.QUEST:
			case Regexp.Op.REPEAT: {
				const sub = this.subs[0];
				if (sub.op > Regexp.Op.CAPTURE || sub.op === Regexp.Op.LITERAL && sub.runes.length > 1) out += `(?:${sub.appendTo()})`;
				else out += sub.appendTo();
				switch (this.op) {
					case Regexp.Op.STAR:
						out += "*";
						break;
					case Regexp.Op.PLUS:
						out += "+";
						break;
					case Regexp.Op.QUEST:
						out += "?";
						break;
					case Regexp.Op.REPEAT:
						out += `{${this.min}`;
						if (this.min !== this.max) {
							out += ",";
							if (this.max >= 0) out += this.max;
						}
						out += "}";
				}
				if ((this.flags & RE2Flags.NON_GREEDY) !== 0) out += "?";
				break;
			}
			case Regexp.Op.CONCAT:
				for (let sub of this.subs) if (sub.op === Regexp.Op.ALTERNATE) out += `(?:${sub.appendTo()})`;
				else out += sub.appendTo();
				break;
			case Regexp.Op.ALTERNATE: {
				let sep = "";
				for (let sub of this.subs) {
					out += sep;
					sep = "|";
					out += sub.appendTo();
				}
				break;
			}
			case Regexp.Op.LITERAL:
				if ((this.flags & RE2Flags.FOLD_CASE) !== 0) out += "(?i:";
				for (let rune of this.runes) out += Utils.escapeRune(rune);
				if ((this.flags & RE2Flags.FOLD_CASE) !== 0) out += ")";
				break;
			case Regexp.Op.ANY_CHAR_NOT_NL:
				out += "(?-s:.)";
				break;
			case Regexp.Op.ANY_CHAR:
				out += "(?s:.)";
				break;
			case Regexp.Op.PLB:
				out += `(?<=${this.subs[0].appendTo()})`;
				break;
			case Regexp.Op.NLB:
				out += `(?<!${this.subs[0].appendTo()})`;
				break;
			case Regexp.Op.CAPTURE:
				if (this.name === null || this.name.length === 0) out += "(";
				else out += `(?P<${this.name}>`;
				if (this.subs[0].op !== Regexp.Op.EMPTY_MATCH) out += this.subs[0].appendTo();
				out += ")";
				break;
			case Regexp.Op.BEGIN_TEXT:
				out += "\\A";
				break;
			case Regexp.Op.END_TEXT:
				if ((this.flags & RE2Flags.WAS_DOLLAR) !== 0) out += "(?-m:$)";
				else out += "\\z";
				break;
			case Regexp.Op.BEGIN_LINE:
				out += "^";
				break;
			case Regexp.Op.END_LINE:
				out += "$";
				break;
			case Regexp.Op.WORD_BOUNDARY:
				out += "\\b";
				break;
			case Regexp.Op.NO_WORD_BOUNDARY:
				out += "\\B";
				break;
			case Regexp.Op.CHAR_CLASS:
				if (this.runes.length % 2 !== 0) {
					out += "[invalid char class]";
					break;
				}
				out += "[";
				if (this.runes.length === 0) out += "^\\x00-\\x{10FFFF}";
				else if (this.runes[0] === 0 && this.runes[this.runes.length - 1] === Unicode.MAX_RUNE) {
					out += "^";
					for (let i = 1; i < this.runes.length - 1; i += 2) {
						const lo = this.runes[i] + 1;
						const hi = this.runes[i + 1] - 1;
						out += Regexp.quoteIfHyphen(lo);
						out += Utils.escapeRune(lo);
						if (lo !== hi) {
							out += "-";
							out += Regexp.quoteIfHyphen(hi);
							out += Utils.escapeRune(hi);
						}
					}
				} else for (let i = 0; i < this.runes.length; i += 2) {
					const lo = this.runes[i];
					const hi = this.runes[i + 1];
					out += Regexp.quoteIfHyphen(lo);
					out += Utils.escapeRune(lo);
					if (lo !== hi) {
						out += "-";
						out += Regexp.quoteIfHyphen(hi);
						out += Utils.escapeRune(hi);
					}
				}
				out += "]";
				break;
			default: out += this.op;
		}
		return out;
	}
	maxCap() {
		let m = 0;
		if (this.op === Regexp.Op.CAPTURE) m = this.cap;
		if (this.subs !== null) for (let sub of this.subs) {
			const n = sub.maxCap();
			if (m < n) m = n;
		}
		return m;
	}
	equals(that) {
		if (!(that !== null && that instanceof Regexp)) return false;
		if (this.op !== that.op) return false;
		switch (this.op) {
			case Regexp.Op.END_TEXT:
				if ((this.flags & RE2Flags.WAS_DOLLAR) !== (that.flags & RE2Flags.WAS_DOLLAR)) return false;
				break;
			case Regexp.Op.LITERAL:
			case Regexp.Op.CHAR_CLASS:
				if ((this.flags & RE2Flags.FOLD_CASE) !== (that.flags & RE2Flags.FOLD_CASE)) return false;
				if (this.runes === null && that.runes === null) break;
				if (this.runes === null || that.runes === null) return false;
				if (this.runes.length !== that.runes.length) return false;
				for (let i = 0; i < this.runes.length; i++) if (this.runes[i] !== that.runes[i]) return false;
				break;
			case Regexp.Op.ALTERNATE:
			case Regexp.Op.CONCAT:
				if (this.subs.length !== that.subs.length) return false;
				for (let i = 0; i < this.subs.length; ++i) if (!this.subs[i].equals(that.subs[i])) return false;
				break;
			case Regexp.Op.STAR:
			case Regexp.Op.PLUS:
			case Regexp.Op.QUEST:
				if ((this.flags & RE2Flags.NON_GREEDY) !== (that.flags & RE2Flags.NON_GREEDY) || !this.subs[0].equals(that.subs[0])) return false;
				break;
			case Regexp.Op.REPEAT:
				if ((this.flags & RE2Flags.NON_GREEDY) !== (that.flags & RE2Flags.NON_GREEDY) || this.min !== that.min || this.max !== that.max || !this.subs[0].equals(that.subs[0])) return false;
				break;
			case Regexp.Op.CAPTURE:
				if (this.cap !== that.cap || (this.name === null ? that.name !== null : this.name !== that.name) || !this.subs[0].equals(that.subs[0])) return false;
				break;
			case Regexp.Op.PLB:
			case Regexp.Op.NLB: if (this.lb !== that.lb || !this.subs[0].equals(that.subs[0])) return false;
		}
		return true;
	}
};
// src/RegexpWalker.js
/**
* Walks a Regexp tree without recursion, visiting nodes in the same order a recursive walk
* would (RE2: re2/walker-inl.h, "Helper class for traversing Regexps without recursion").
*
* The handler sees a node without subexpressions once, through `leaf(re)`, which returns its
* result. Any other node is seen up to three times:
* - `enter(re)` before its children. It returns the state kept for `re` while its children are
*   visited; a state whose `result` is already set skips the children.
* - `child(re, state, result, i)` after child `i` produced `result`. Setting `state.result`
*   stops visiting the remaining children.
* - `leave(re, state)` after the last child; it returns the result for `re`.
*
* Counted repetitions expand into one nesting level per copy, so the simplified tree can be
* thousands of levels deep; recursion over it would overflow the JS stack, which has no fixed
* relation to the parser's nesting limit. This walk keeps its frames on the heap instead.
*/
var RegexpWalker = class {
	static walk(root, handler) {
		const stack = [];
		let re = root;
		let result;
		for (;;) {
			if (re.subs.length === 0) result = handler.leaf(re);
			else {
				const state = handler.enter(re);
				if (state.result === void 0) {
					stack.push({
						re,
						state,
						i: 0
					});
					re = re.subs[0];
					continue;
				}
				result = state.result;
			}
			for (;;) {
				if (stack.length === 0) return result;
				const frame = stack[stack.length - 1];
				handler.child(frame.re, frame.state, result, frame.i);
				frame.i++;
				if (frame.state.result === void 0 && frame.i < frame.re.subs.length) {
					re = frame.re.subs[frame.i];
					break;
				}
				stack.pop();
				result = frame.state.result !== void 0 ? frame.state.result : handler.leave(frame.re, frame.state);
			}
		}
	}
};
// src/Prefilter.js
var AhoCorasick = class {
	constructor(words, alphabetSize) {
		const edges = /* @__PURE__ */ new Map();
		const parent = [0];
		const unit = [0];
		const depth = [0];
		const terminal = [0];
		for (const word of words) {
			let node = 0;
			for (let i = 0; i < word.length; i++) {
				const key = node * alphabetSize + word[i];
				let child = edges.get(key);
				if (child === void 0) {
					child = parent.length;
					edges.set(key, child);
					parent.push(node);
					unit.push(word[i]);
					depth.push(depth[node] + 1);
					terminal.push(0);
				}
				node = child;
			}
			terminal[node] = 1;
		}
		const numNodes = parent.length;
		const children = new Int32Array(numNodes - 1);
		for (let c = 1; c < numNodes; c++) children[c - 1] = c;
		children.sort((a, b) => parent[a] - parent[b] || unit[a] - unit[b]);
		const childStart = new Int32Array(numNodes + 1);
		for (let c = 1; c < numNodes; c++) childStart[parent[c] + 1]++;
		for (let n = 0; n < numNodes; n++) childStart[n + 1] += childStart[n];
		const childUnit = new Int32Array(numNodes - 1);
		for (let k = 0; k < children.length; k++) childUnit[k] = unit[children[k]];
		this.childStart = childStart;
		this.childUnit = childUnit;
		this.childNode = children;
		const byDepth = new Int32Array(numNodes);
		for (let n = 0; n < numNodes; n++) byDepth[n] = n;
		byDepth.sort((a, b) => depth[a] - depth[b]);
		const fail = new Int32Array(numNodes);
		const match = Uint8Array.from(terminal);
		for (let k = 1; k < numNodes; k++) {
			const c = byDepth[k];
			const p = parent[c];
			if (p !== 0) {
				let f = fail[p];
				let next = this.next(f, unit[c]);
				while (next < 0 && f !== 0) {
					f = fail[f];
					next = this.next(f, unit[c]);
				}
				fail[c] = next >= 0 ? next : 0;
			}
			match[c] |= match[fail[c]];
		}
		this.fail = fail;
		this.match = match;
	}
	next(node, u) {
		let lo = this.childStart[node];
		let hi = this.childStart[node + 1];
		const units = this.childUnit;
		while (lo < hi) {
			const mid = lo + hi >> 1;
			const m = units[mid];
			if (m === u) return this.childNode[mid];
			if (m < u) lo = mid + 1;
			else hi = mid;
		}
		return -1;
	}
	advance(node, u) {
		for (;;) {
			const next = this.next(node, u);
			if (next >= 0) return next;
			if (node === 0) return 0;
			node = this.fail[node];
		}
	}
	searchUTF16(charSeq, start, end) {
		let node = 0;
		for (let i = start; i < end; i++) {
			node = this.advance(node, charSeq.charCodeAt(i));
			if (this.match[node] === 1) return true;
		}
		return false;
	}
	searchUTF8(bytes, start, end) {
		let node = 0;
		for (let i = start; i < end; i++) {
			node = this.advance(node, bytes[i]);
			if (this.match[node] === 1) return true;
		}
		return false;
	}
};
var Prefilter = class Prefilter {
	static Type = {
		NONE: 0,
		EXACT: 1,
		AND: 2,
		OR: 3
	};
	static MAX_SCANS = 32;
	static MAX_AC_UNITS = 1 << 18;
	constructor(type) {
		this.type = type;
		this.subs = [];
		this.str = "";
		this.bytes = null;
		this.cost = type === Prefilter.Type.EXACT ? 1 : 0;
		this.allExact = false;
		this.ac16 = null;
		this.ac8 = null;
	}
	automaton16() {
		if (this.ac16 === null) {
			const words = this.subs.map((s) => {
				const arr = new Array(s.str.length);
				for (let i = 0; i < s.str.length; i++) arr[i] = s.str.charCodeAt(i);
				return arr;
			});
			this.ac16 = new AhoCorasick(words, 65536);
		}
		return this.ac16;
	}
	automaton8() {
		if (this.ac8 === null) this.ac8 = new AhoCorasick(this.subs.map((s) => s.bytes), 256);
		return this.ac8;
	}
	eval(input, pos) {
		switch (this.type) {
			case Prefilter.Type.NONE: return true;
			case Prefilter.Type.EXACT: return input.hasString(this, pos);
			case Prefilter.Type.AND:
				for (let i = 0; i < this.subs.length; i++) if (!this.subs[i].eval(input, pos)) return false;
				return true;
			case Prefilter.Type.OR:
				if (this.allExact) return input.hasAnyString(this, pos);
				for (let i = 0; i < this.subs.length; i++) if (this.subs[i].eval(input, pos)) return true;
				return false;
			default: return true;
		}
	}
};
var PrefilterTree = class PrefilterTree {
	static build(re) {
		if (!re) return new Prefilter(Prefilter.Type.NONE);
		return RegexpWalker.walk(re, PrefilterTree.WALKER);
	}
	static WALKER = {
		leaf: (re) => PrefilterTree.leaf(re),
		enter: (re) => PrefilterTree.enter(re),
		child: (re, state, result) => PrefilterTree.child(re, state, result),
		leave: (re, state) => PrefilterTree.leave(re, state)
	};
	static leaf(re) {
		if (re.op !== Regexp.Op.LITERAL) return new Prefilter(Prefilter.Type.NONE);
		if (re.runes.length === 0 || (re.flags & RE2Flags.FOLD_CASE) !== 0) return new Prefilter(Prefilter.Type.NONE);
		let str = "";
		for (let i = 0; i < re.runes.length; i++) {
			if (Unicode.isUnsearchable(re.runes[i])) return new Prefilter(Prefilter.Type.NONE);
			str += String.fromCodePoint(re.runes[i]);
		}
		const pf = new Prefilter(Prefilter.Type.EXACT);
		pf.str = str;
		pf.bytes = Utils.stringToUtf8ByteArray(pf.str);
		return pf;
	}
	static enter(re) {
		switch (re.op) {
			case Regexp.Op.CAPTURE:
			case Regexp.Op.PLUS: return { sub: null };
			case Regexp.Op.REPEAT:
				if (re.min >= 1) return { sub: null };
				return { result: new Prefilter(Prefilter.Type.NONE) };
			case Regexp.Op.CONCAT: return {
				pf: new Prefilter(Prefilter.Type.AND),
				subs: []
			};
			case Regexp.Op.ALTERNATE: return {
				pf: new Prefilter(Prefilter.Type.OR),
				subs: []
			};
			default: return { result: new Prefilter(Prefilter.Type.NONE) };
		}
	}
	static child(re, state, s) {
		if (state.subs === void 0) {
			state.sub = s;
			return;
		}
		if (state.pf.type === Prefilter.Type.AND) {
			if (s.type === Prefilter.Type.NONE) return;
			if (s.type === Prefilter.Type.AND) {
				for (let j = 0; j < s.subs.length; j++) state.subs.push(s.subs[j]);
				return;
			}
			state.subs.push(s);
			return;
		}
		if (s.type === Prefilter.Type.NONE) {
			state.result = new Prefilter(Prefilter.Type.NONE);
			return;
		}
		if (s.type === Prefilter.Type.OR) {
			for (let j = 0; j < s.subs.length; j++) state.subs.push(s.subs[j]);
			return;
		}
		state.subs.push(s);
	}
	static leave(re, state) {
		if (state.subs === void 0) return state.sub;
		const pf = state.pf;
		const seen = /* @__PURE__ */ new Set();
		const subs = [];
		for (const sub of state.subs) {
			if (sub.type === Prefilter.Type.EXACT) {
				if (seen.has(sub.str)) continue;
				seen.add(sub.str);
			}
			subs.push(sub);
		}
		if (pf.type === Prefilter.Type.AND) {
			const kept = [];
			let cost = 0;
			for (const sub of subs) {
				if (cost + sub.cost > Prefilter.MAX_SCANS) continue;
				kept.push(sub);
				cost += sub.cost;
			}
			if (kept.length === 0) return new Prefilter(Prefilter.Type.NONE);
			if (kept.length === 1) return kept[0];
			pf.subs = kept;
			pf.cost = cost;
			return pf;
		}
		if (subs.length === 0) return new Prefilter(Prefilter.Type.NONE);
		if (subs.length === 1) return subs[0];
		pf.subs = subs;
		let allExact = true;
		let cost = 0;
		let units = 0;
		for (const sub of subs) {
			if (sub.type !== Prefilter.Type.EXACT) allExact = false;
			else units += sub.bytes.length;
			cost += sub.cost;
		}
		if (allExact) {
			if (units > Prefilter.MAX_AC_UNITS) return new Prefilter(Prefilter.Type.NONE);
			pf.allExact = true;
			pf.cost = 1;
			return pf;
		}
		if (cost > Prefilter.MAX_SCANS) return new Prefilter(Prefilter.Type.NONE);
		pf.cost = cost;
		return pf;
	}
};
// src/Prog.js
/**
* A list of instruction pointers waiting to be patched.
* Tracks both `head` and `tail` to allow O(1) appending during compilation.
* * Values are encoded integers, not standard memory pointers:
* - Program instruction index: `l >> 1`
* - Patch `.out` field if: `(l & 1) === 0`
* - Patch `.arg` field if: `(l & 1) === 1`
* - `0` denotes an empty list.
* * @see https://swtch.com/~rsc/regexp/regexp1.html
*/
var PatchList = class {
	/**
	* @param {number} head - Encoded pointer to the start of the patch list.
	* @param {number} tail - Encoded pointer to the end of the patch list.
	*/
	constructor(head = 0, tail = 0) {
		this.head = head;
		this.tail = tail;
	}
};
/**
* A Prog is a compiled regular expression program.
*/
var Prog = class {
	constructor() {
		this.inst = [];
		this.start = 0;
		this.numCap = 2;
		this.lbStarts = [];
		this.numLb = 0;
		this.lbInst = null;
	}
	getInst(pc) {
		return this.inst[pc];
	}
	numInst() {
		return this.inst.length;
	}
	addInst(op) {
		this.inst.push(new Inst(op));
	}
	markLookbehindInsts() {
		const lbInst = new Uint8Array(this.inst.length);
		const pending = this.lbStarts.slice();
		while (pending.length > 0) {
			const pc = pending.pop();
			if (pc === 0 || lbInst[pc] === 1) continue;
			lbInst[pc] = 1;
			const i = this.inst[pc];
			switch (i.op) {
				case Inst.ALT:
				case Inst.ALT_MATCH:
					pending.push(i.out, i.arg);
					break;
				case Inst.MATCH:
				case Inst.FAIL: break;
				default: pending.push(i.out);
			}
		}
		this.lbInst = lbInst;
	}
	skipNop(pc) {
		let i = this.inst[pc];
		while (i.op === Inst.NOP || i.op === Inst.CAPTURE) {
			i = this.inst[pc];
			pc = i.out;
		}
		return i;
	}
	/** @returns {[boolean, string]} */
	prefix() {
		let prefix = "";
		let i = this.skipNop(this.start);
		if (!Inst.isRuneOp(i.op) || i.runes.length !== 1) return [i.op === Inst.MATCH, prefix];
		while (Inst.isRuneOp(i.op) && i.runes.length === 1 && (i.arg & RE2Flags.FOLD_CASE) === 0 && !Unicode.isUnsearchable(i.runes[0])) {
			prefix += String.fromCodePoint(i.runes[0]);
			i = this.skipNop(i.out);
		}
		return [i.op === Inst.MATCH, prefix];
	}
	startCond() {
		let flag = 0;
		let pc = this.start;
		loop: for (;;) {
			const i = this.inst[pc];
			switch (i.op) {
				case Inst.EMPTY_WIDTH:
					flag |= i.arg;
					break;
				case Inst.FAIL: return -1;
				case Inst.CAPTURE:
				case Inst.NOP: break;
				default: break loop;
			}
			pc = i.out;
		}
		return flag;
	}
	patch(l, val) {
		let head = l.head;
		while (head !== 0) {
			const i = this.inst[head >> 1];
			if ((head & 1) === 0) {
				head = i.out;
				i.out = val;
			} else {
				head = i.arg;
				i.arg = val;
			}
		}
	}
	append(l1, l2) {
		if (l1.head === 0) return l2;
		if (l2.head === 0) return l1;
		const i = this.inst[l1.tail >> 1];
		if ((l1.tail & 1) === 0) i.out = l2.head;
		else i.arg = l2.head;
		return new PatchList(l1.head, l2.tail);
	}
	/**
	*
	* @returns {string}
	*/
	toString() {
		let out = "";
		for (let pc = 0; pc < this.inst.length; pc++) {
			const len = out.length;
			out += pc;
			if (pc === this.start) out += "*";
			out += "        ".substring(out.length - len);
			out += this.inst[pc];
			out += "\n";
		}
		return out;
	}
};
// src/Compiler.js
const ANY_RUNE_NOT_NL = new Int32Array([
	0,
	Codepoint.CODES["\n"] - 1,
	Codepoint.CODES["\n"] + 1,
	Unicode.MAX_RUNE
]);
const ANY_RUNE = new Int32Array([0, Unicode.MAX_RUNE]);
/**
* A fragment of a compiled regular expression program.
*
* @see http://swtch.com/~rsc/regexp/regexp1.html
* @class
*/
var Frag = class {
	constructor(i = 0, out = new PatchList(), nullable = false) {
		this.i = i;
		this.out = out;
		this.nullable = nullable;
	}
};
/**
* Compiler from {@code Regexp} (RE2 abstract syntax) to {@code RE2} (compiled regular expression).
*
* The only entry point is {@link #compileRegexp}.
*/
var Compiler = class Compiler {
	static compileRegexp(re) {
		const c = new Compiler();
		const f = c.compile(re);
		c.prog.patch(f.out, c.newInst(Inst.MATCH).i);
		c.prog.start = f.i;
		c.prog.markLookbehindInsts();
		return c.prog;
	}
	static compileSet(regexps) {
		const c = new Compiler();
		if (regexps.length === 0) {
			c.prog.start = c.newInst(Inst.FAIL).i;
			c.prog.markLookbehindInsts();
			return c.prog;
		}
		let starts = [];
		for (let i = 0; i < regexps.length; i++) {
			c.lbOffset = c.prog.numLb;
			const f = c.compile(regexps[i]);
			const m = c.newInst(Inst.MATCH);
			c.prog.getInst(m.i).arg = i;
			c.prog.patch(f.out, m.i);
			starts.push(f.i);
		}
		let start = starts[0];
		for (let i = 1; i < starts.length; i++) {
			const f = c.newInst(Inst.ALT);
			const inst = c.prog.getInst(f.i);
			inst.out = start;
			inst.arg = starts[i];
			start = f.i;
		}
		c.prog.start = start;
		c.prog.markLookbehindInsts();
		return c.prog;
	}
	constructor() {
		this.prog = new Prog();
		this.newInst(Inst.FAIL);
		this.lbOffset = 0;
		this.runeCache = /* @__PURE__ */ new Map();
		this.walker = {
			leaf: (re) => this.leaf(re),
			enter: (re) => this.enter(re),
			child: (re, state, result) => this.child(re, state, result),
			leave: (re, state) => this.leave(re, state)
		};
	}
	newInst(op) {
		this.prog.addInst(op);
		return new Frag(this.prog.numInst() - 1, new PatchList(), true);
	}
	nop() {
		const f = this.newInst(Inst.NOP);
		f.out = new PatchList(f.i << 1, f.i << 1);
		return f;
	}
	fail() {
		return new Frag();
	}
	cap(arg) {
		const f = this.newInst(Inst.CAPTURE);
		f.out = new PatchList(f.i << 1, f.i << 1);
		this.prog.getInst(f.i).arg = arg;
		if (this.prog.numCap < arg + 1) this.prog.numCap = arg + 1;
		return f;
	}
	cat(f1, f2) {
		if (f1.i === 0 || f2.i === 0) {
			this.prog.patch(f1.out, 0);
			this.prog.patch(f2.out, 0);
			return this.fail();
		}
		this.prog.patch(f1.out, f2.i);
		return new Frag(f1.i, f2.out, f1.nullable && f2.nullable);
	}
	alt(f1, f2) {
		if (f1.i === 0) return f2;
		if (f2.i === 0) return f1;
		const f = this.newInst(Inst.ALT);
		const i = this.prog.getInst(f.i);
		i.out = f1.i;
		i.arg = f2.i;
		f.out = this.prog.append(f1.out, f2.out);
		f.nullable = f1.nullable || f2.nullable;
		return f;
	}
	loop(f1, nongreedy) {
		const f = this.newInst(Inst.ALT);
		const i = this.prog.getInst(f.i);
		if (nongreedy) {
			i.arg = f1.i;
			f.out = new PatchList(f.i << 1, f.i << 1);
		} else {
			i.out = f1.i;
			f.out = new PatchList(f.i << 1 | 1, f.i << 1 | 1);
		}
		this.prog.patch(f1.out, f.i);
		return f;
	}
	quest(f1, nongreedy) {
		if (f1.i === 0) return this.nop();
		const f = this.newInst(Inst.ALT);
		const i = this.prog.getInst(f.i);
		if (nongreedy) {
			i.arg = f1.i;
			f.out = new PatchList(f.i << 1, f.i << 1);
		} else {
			i.out = f1.i;
			f.out = new PatchList(f.i << 1 | 1, f.i << 1 | 1);
		}
		f.out = this.prog.append(f.out, f1.out);
		return f;
	}
	star(f1, nongreedy) {
		if (f1.i === 0) return this.nop();
		if (f1.nullable) return this.quest(this.plus(f1, nongreedy), nongreedy);
		return this.loop(f1, nongreedy);
	}
	plus(f1, nongreedy) {
		if (f1.i === 0) return this.fail();
		return new Frag(f1.i, this.loop(f1, nongreedy).out, f1.nullable);
	}
	empty(op) {
		const f = this.newInst(Inst.EMPTY_WIDTH);
		this.prog.getInst(f.i).arg = op;
		f.out = new PatchList(f.i << 1, f.i << 1);
		return f;
	}
	rune(runes, flags) {
		const f = this.newInst(Inst.RUNE);
		f.nullable = false;
		const i = this.prog.getInst(f.i);
		i.runes = runes;
		flags &= RE2Flags.FOLD_CASE;
		if (runes.length !== 1 || Unicode.simpleFold(runes[0]) === runes[0]) flags &= ~RE2Flags.FOLD_CASE;
		i.arg = flags;
		f.out = new PatchList(f.i << 1, f.i << 1);
		if ((flags & RE2Flags.FOLD_CASE) === 0 && runes.length === 1 || runes.length === 2 && runes[0] === runes[1]) i.op = Inst.RUNE1;
		else if (runes.length === 2 && runes[0] === 0 && runes[1] === Unicode.MAX_RUNE) i.op = Inst.RUNE_ANY;
		else if (runes.length === 4 && runes[0] === 0 && runes[1] === Codepoint.CODES["\n"] - 1 && runes[2] === Codepoint.CODES["\n"] + 1 && runes[3] === Unicode.MAX_RUNE) i.op = Inst.RUNE_ANY_NOT_NL;
		return f;
	}
	lookBehind(a, parsedLb) {
		const lb = Math.sign(parsedLb) * (Math.abs(parsedLb) + this.lbOffset);
		const id = this.newInst(Inst.LB_WRITE);
		this.prog.getInst(id.i).arg = lb;
		const any = this.rune(ANY_RUNE, 0);
		const dotStar = this.star(any, true);
		const lbAutomaton = this.cat(dotStar, a);
		this.prog.patch(lbAutomaton.out, id.i);
		const checkId = this.newInst(Inst.LB_CHECK);
		this.prog.getInst(checkId.i).arg = lb;
		this.prog.lbStarts.push(lbAutomaton.i);
		if (Math.abs(lb) > this.prog.numLb) this.prog.numLb = Math.abs(lb);
		checkId.out = new PatchList(checkId.i << 1, checkId.i << 1);
		return checkId;
	}
	compile(re) {
		return RegexpWalker.walk(re, this.walker);
	}
	leaf(re) {
		switch (re.op) {
			case Regexp.Op.NO_MATCH: return this.fail();
			case Regexp.Op.EMPTY_MATCH: return this.nop();
			case Regexp.Op.LITERAL: {
				if (re.runes.length === 0) return this.nop();
				let f = null;
				for (let r of re.runes) {
					let singleRune = this.runeCache.get(r);
					if (singleRune === void 0) {
						singleRune = new Int32Array([r]);
						this.runeCache.set(r, singleRune);
					}
					const f1 = this.rune(singleRune, re.flags);
					f = f === null ? f1 : this.cat(f, f1);
				}
				return f;
			}
			case Regexp.Op.CHAR_CLASS: return this.rune(re.runes, re.flags);
			case Regexp.Op.ANY_CHAR_NOT_NL: return this.rune(ANY_RUNE_NOT_NL, 0);
			case Regexp.Op.ANY_CHAR: return this.rune(ANY_RUNE, 0);
			case Regexp.Op.BEGIN_LINE: return this.empty(Utils.EMPTY_BEGIN_LINE);
			case Regexp.Op.END_LINE: return this.empty(Utils.EMPTY_END_LINE);
			case Regexp.Op.BEGIN_TEXT: return this.empty(Utils.EMPTY_BEGIN_TEXT);
			case Regexp.Op.END_TEXT: return this.empty(Utils.EMPTY_END_TEXT);
			case Regexp.Op.WORD_BOUNDARY: return this.empty(Utils.EMPTY_WORD_BOUNDARY);
			case Regexp.Op.NO_WORD_BOUNDARY: return this.empty(Utils.EMPTY_NO_WORD_BOUNDARY);
			case Regexp.Op.CONCAT:
			case Regexp.Op.ALTERNATE: return this.nop();
			default: throw new RE2JSCompileException("regexp: unhandled case in compile");
		}
	}
	enter(re) {
		switch (re.op) {
			case Regexp.Op.PLB:
			case Regexp.Op.NLB:
			case Regexp.Op.STAR:
			case Regexp.Op.PLUS:
			case Regexp.Op.QUEST: return { sub: null };
			case Regexp.Op.CAPTURE: return {
				bra: this.cap(re.cap << 1),
				sub: null
			};
			case Regexp.Op.CONCAT:
			case Regexp.Op.ALTERNATE: return { f: null };
			default: throw new RE2JSCompileException("regexp: unhandled case in compile");
		}
	}
	child(re, state, f1) {
		if (re.op === Regexp.Op.CONCAT) state.f = state.f === null ? f1 : this.cat(state.f, f1);
		else if (re.op === Regexp.Op.ALTERNATE) state.f = state.f === null ? f1 : this.alt(state.f, f1);
		else state.sub = f1;
	}
	leave(re, state) {
		switch (re.op) {
			case Regexp.Op.PLB:
			case Regexp.Op.NLB: return this.lookBehind(state.sub, re.lb);
			case Regexp.Op.CAPTURE: {
				const ket = this.cap(re.cap << 1 | 1);
				return this.cat(this.cat(state.bra, state.sub), ket);
			}
			case Regexp.Op.STAR: return this.star(state.sub, (re.flags & RE2Flags.NON_GREEDY) !== 0);
			case Regexp.Op.PLUS: return this.plus(state.sub, (re.flags & RE2Flags.NON_GREEDY) !== 0);
			case Regexp.Op.QUEST: return this.quest(state.sub, (re.flags & RE2Flags.NON_GREEDY) !== 0);
			case Regexp.Op.CONCAT:
			case Regexp.Op.ALTERNATE: return state.f;
			default: throw new RE2JSCompileException("regexp: unhandled case in compile");
		}
	}
};
// src/Simplify.js
var Simplify = class Simplify {
	static simplify(re) {
		if (re === null) return null;
		return RegexpWalker.walk(re, Simplify.WALKER);
	}
	static WALKER = {
		leaf: (re) => Simplify.leaf(re),
		enter: (re) => Simplify.enter(re),
		child: (re, state, result, i) => Simplify.child(re, state, result, i),
		leave: (re, state) => Simplify.leave(re, state)
	};
	static leaf(re) {
		if (re.op === Regexp.Op.CHAR_CLASS) {
			if (re.runes === null) return re;
			if (re.runes.length === 0) return new Regexp(Regexp.Op.NO_MATCH);
			if (re.runes.length === 2 && re.runes[0] === 0 && re.runes[1] === Unicode.MAX_RUNE) return new Regexp(Regexp.Op.ANY_CHAR);
			if (re.runes.length === 4 && re.runes[0] === 0 && re.runes[1] === Codepoint.CODES["\n"] - 1 && re.runes[2] === Codepoint.CODES["\n"] + 1 && re.runes[3] === Unicode.MAX_RUNE) return new Regexp(Regexp.Op.ANY_CHAR_NOT_NL);
		}
		return re;
	}
	static enter(re) {
		switch (re.op) {
			case Regexp.Op.PLB:
			case Regexp.Op.NLB:
			case Regexp.Op.CAPTURE:
			case Regexp.Op.STAR:
			case Regexp.Op.PLUS:
			case Regexp.Op.QUEST: return { sub: null };
			case Regexp.Op.CONCAT:
			case Regexp.Op.ALTERNATE: return {
				subs: [],
				changed: false
			};
			case Regexp.Op.REPEAT:
				if (re.min === 0 && re.max === 0) return { result: new Regexp(Regexp.Op.EMPTY_MATCH) };
				return { sub: null };
			default: return { result: re };
		}
	}
	static child(re, state, nsub, i) {
		if (state.subs === void 0) {
			state.sub = nsub;
			return;
		}
		if (nsub !== re.subs[i]) state.changed = true;
		if (re.op === Regexp.Op.CONCAT) {
			if (nsub.op === Regexp.Op.NO_MATCH) {
				state.result = new Regexp(Regexp.Op.NO_MATCH);
				return;
			}
			if (nsub.op === Regexp.Op.EMPTY_MATCH) {
				state.changed = true;
				return;
			}
			if (nsub.op === Regexp.Op.CONCAT) {
				state.changed = true;
				for (let j = 0; j < nsub.subs.length; j++) state.subs.push(nsub.subs[j]);
				return;
			}
		} else {
			if (nsub.op === Regexp.Op.NO_MATCH) {
				state.changed = true;
				return;
			}
			if (nsub.op === Regexp.Op.ALTERNATE) {
				state.changed = true;
				for (let j = 0; j < nsub.subs.length; j++) state.subs.push(nsub.subs[j]);
				return;
			}
		}
		state.subs.push(nsub);
	}
	static leave(re, state) {
		switch (re.op) {
			case Regexp.Op.PLB:
			case Regexp.Op.NLB:
			case Regexp.Op.CAPTURE: {
				const sub = state.sub;
				if (sub !== re.subs[0]) {
					const nre = Regexp.fromRegexp(re);
					nre.runes = /* @__PURE__ */ new Int32Array(0);
					nre.subs = [sub];
					return nre;
				}
				return re;
			}
			case Regexp.Op.CONCAT:
			case Regexp.Op.ALTERNATE:
				if (state.changed) {
					const newSubs = state.subs;
					if (newSubs.length === 0) return new Regexp(re.op === Regexp.Op.CONCAT ? Regexp.Op.EMPTY_MATCH : Regexp.Op.NO_MATCH);
					if (newSubs.length === 1) return newSubs[0];
					const nre = Regexp.fromRegexp(re);
					nre.runes = /* @__PURE__ */ new Int32Array(0);
					nre.subs = newSubs;
					return nre;
				}
				return re;
			case Regexp.Op.STAR:
			case Regexp.Op.PLUS:
			case Regexp.Op.QUEST: return Simplify.simplify1(re.op, re.flags, state.sub, re);
			case Regexp.Op.REPEAT: return Simplify.simplifyRepeat(re, state.sub);
			default: return re;
		}
	}
	static simplifyRepeat(re, sub) {
		if (re.max === -1) {
			if (re.min === 0) return Simplify.simplify1(Regexp.Op.STAR, re.flags, sub, null);
			if (re.min === 1) return Simplify.simplify1(Regexp.Op.PLUS, re.flags, sub, null);
			const subs = [];
			for (let i = 0; i < re.min - 1; i++) subs.push(sub);
			subs.push(Simplify.simplify1(Regexp.Op.PLUS, re.flags, sub, null));
			return Simplify.concat(subs);
		}
		if (re.min === 1 && re.max === 1) return sub;
		let prefixSubs = null;
		if (re.min > 0) {
			prefixSubs = [];
			for (let i = 0; i < re.min; i++) prefixSubs.push(sub);
		}
		if (re.max > re.min) {
			let suffix = Simplify.simplify1(Regexp.Op.QUEST, re.flags, sub, null);
			for (let i = re.min + 1; i < re.max; i++) suffix = Simplify.simplify1(Regexp.Op.QUEST, re.flags, Simplify.concat([sub, suffix]), null);
			if (prefixSubs === null) return suffix;
			prefixSubs.push(suffix);
		}
		if (prefixSubs !== null) return Simplify.concat(prefixSubs);
		return new Regexp(Regexp.Op.NO_MATCH);
	}
	static concat(subs) {
		const newSubs = [];
		for (let i = 0; i < subs.length; i++) {
			const sub = subs[i];
			if (sub.op === Regexp.Op.NO_MATCH) return new Regexp(Regexp.Op.NO_MATCH);
			if (sub.op === Regexp.Op.EMPTY_MATCH) continue;
			if (sub.op === Regexp.Op.CONCAT) {
				for (let j = 0; j < sub.subs.length; j++) newSubs.push(sub.subs[j]);
				continue;
			}
			newSubs.push(sub);
		}
		if (newSubs.length === 0) return new Regexp(Regexp.Op.EMPTY_MATCH);
		if (newSubs.length === 1) return newSubs[0];
		const nre = new Regexp(Regexp.Op.CONCAT);
		nre.subs = newSubs;
		return nre;
	}
	static simplify1(op, flags, sub, re) {
		if (sub.op === Regexp.Op.EMPTY_MATCH) return sub;
		if (sub.op === Regexp.Op.NO_MATCH) {
			if (op === Regexp.Op.PLUS) return sub;
			return new Regexp(Regexp.Op.EMPTY_MATCH);
		}
		if (op === sub.op && (flags & RE2Flags.NON_GREEDY) === (sub.flags & RE2Flags.NON_GREEDY)) return sub;
		if (re !== null && re.op === op && (re.flags & RE2Flags.NON_GREEDY) === (flags & RE2Flags.NON_GREEDY) && sub === re.subs[0]) return re;
		const nre = new Regexp(op);
		nre.flags = flags;
		nre.subs = [sub];
		return nre;
	}
};
// src/CharGroup.js
var CharGroup = class {
	constructor(sign, cls) {
		this.sign = sign;
		this.cls = cls;
	}
};
const code1 = [48, 57];
const code2 = [
	9,
	10,
	12,
	13,
	32,
	32
];
const code3 = [
	48,
	57,
	65,
	90,
	95,
	95,
	97,
	122
];
const PERL_GROUPS = /* @__PURE__ */ new Map([
	["\\d", new CharGroup(1, code1)],
	["\\D", new CharGroup(-1, code1)],
	["\\s", new CharGroup(1, code2)],
	["\\S", new CharGroup(-1, code2)],
	["\\w", new CharGroup(1, code3)],
	["\\W", new CharGroup(-1, code3)]
]);
const code4 = [
	48,
	57,
	65,
	90,
	97,
	122
];
const code5 = [
	65,
	90,
	97,
	122
];
const code6 = [0, 127];
const code7 = [
	9,
	9,
	32,
	32
];
const code8 = [
	0,
	31,
	127,
	127
];
const code9 = [48, 57];
const code10 = [33, 126];
const code11 = [97, 122];
const code12 = [32, 126];
const code13 = [
	33,
	47,
	58,
	64,
	91,
	96,
	123,
	126
];
const code14 = [
	9,
	13,
	32,
	32
];
const code15 = [65, 90];
const code16 = [
	48,
	57,
	65,
	90,
	95,
	95,
	97,
	122
];
const code17 = [
	48,
	57,
	65,
	70,
	97,
	102
];
const POSIX_GROUPS = /* @__PURE__ */ new Map([
	["[:alnum:]", new CharGroup(1, code4)],
	["[:^alnum:]", new CharGroup(-1, code4)],
	["[:alpha:]", new CharGroup(1, code5)],
	["[:^alpha:]", new CharGroup(-1, code5)],
	["[:ascii:]", new CharGroup(1, code6)],
	["[:^ascii:]", new CharGroup(-1, code6)],
	["[:blank:]", new CharGroup(1, code7)],
	["[:^blank:]", new CharGroup(-1, code7)],
	["[:cntrl:]", new CharGroup(1, code8)],
	["[:^cntrl:]", new CharGroup(-1, code8)],
	["[:digit:]", new CharGroup(1, code9)],
	["[:^digit:]", new CharGroup(-1, code9)],
	["[:graph:]", new CharGroup(1, code10)],
	["[:^graph:]", new CharGroup(-1, code10)],
	["[:lower:]", new CharGroup(1, code11)],
	["[:^lower:]", new CharGroup(-1, code11)],
	["[:print:]", new CharGroup(1, code12)],
	["[:^print:]", new CharGroup(-1, code12)],
	["[:punct:]", new CharGroup(1, code13)],
	["[:^punct:]", new CharGroup(-1, code13)],
	["[:space:]", new CharGroup(1, code14)],
	["[:^space:]", new CharGroup(-1, code14)],
	["[:upper:]", new CharGroup(1, code15)],
	["[:^upper:]", new CharGroup(-1, code15)],
	["[:word:]", new CharGroup(1, code16)],
	["[:^word:]", new CharGroup(-1, code16)],
	["[:xdigit:]", new CharGroup(1, code17)],
	["[:^xdigit:]", new CharGroup(-1, code17)]
]);
// src/CharClass.js
/**
* A "builder"-style helper class for manipulating character classes represented as an array of
* pairs of runes [lo, hi], each denoting an inclusive interval.
*
* All methods mutate the internal state and return {@code this}, allowing operations to be chained.
*/
var CharClass = class CharClass {
	static charClassToString(r, len) {
		let result = "[";
		for (let i = 0; i < len; i += 2) {
			if (i > 0) result += " ";
			const lo = r[i];
			const hi = r[i + 1];
			if (lo === hi) result += `0x${lo.toString(16)}`;
			else result += `0x${lo.toString(16)}-0x${hi.toString(16)}`;
		}
		result += "]";
		return result;
	}
	static sortRanges(array, len) {
		const n = len >> 1;
		const order = new Array(n);
		for (let i = 0; i < n; i++) order[i] = i;
		order.sort((a, b) => array[2 * a] - array[2 * b] || array[2 * b + 1] - array[2 * a + 1]);
		const sorted = array.slice(0, len);
		for (let i = 0; i < n; i++) {
			array[2 * i] = sorted[2 * order[i]];
			array[2 * i + 1] = sorted[2 * order[i] + 1];
		}
	}
	/**
	* @param {number[]|Int32Array} [r]
	*/
	constructor(r = Utils.emptyInts()) {
		/** @type {number[]|Int32Array} */
		this.r = r;
		this.len = r.length;
	}
	toArray() {
		if (this.r instanceof Int32Array) return this.len === this.r.length ? this.r : this.r.subarray(0, this.len);
		return new Int32Array(this.len === this.r.length ? this.r : this.r.slice(0, this.len));
	}
	toGrowableArray() {
		if (Array.isArray(this.r)) {
			this.r.length = this.len;
			return this.r;
		}
		return Array.from(this.r.subarray(0, this.len));
	}
	cleanClass() {
		if (this.len < 4) return this;
		CharClass.sortRanges(this.r, this.len);
		let w = 2;
		for (let i = 2; i < this.len; i += 2) {
			const lo = this.r[i];
			const hi = this.r[i + 1];
			if (lo <= this.r[w - 1] + 1) {
				if (hi > this.r[w - 1]) this.r[w - 1] = hi;
				continue;
			}
			this.r[w] = lo;
			this.r[w + 1] = hi;
			w += 2;
		}
		this.len = w;
		return this;
	}
	appendLiteral(x, flags) {
		return (flags & RE2Flags.FOLD_CASE) !== 0 ? this.appendFoldedRange(x, x) : this.appendRange(x, x);
	}
	appendRange(lo, hi) {
		if (this.len > 0) {
			for (let i = 2; i <= 4; i += 2) if (this.len >= i) {
				const rlo = this.r[this.len - i];
				const rhi = this.r[this.len - i + 1];
				if (lo <= rhi + 1 && rlo <= hi + 1) {
					if (lo < rlo) this.r[this.len - i] = lo;
					if (hi > rhi) this.r[this.len - i + 1] = hi;
					return this;
				}
			}
		}
		this.r[this.len++] = lo;
		this.r[this.len++] = hi;
		return this;
	}
	appendFoldedRange(lo, hi) {
		if (lo <= Unicode.MIN_FOLD && hi >= Unicode.MAX_FOLD) return this.appendRange(lo, hi);
		if (hi < Unicode.MIN_FOLD || lo > Unicode.MAX_FOLD) return this.appendRange(lo, hi);
		if (lo < Unicode.MIN_FOLD) {
			this.appendRange(lo, Unicode.MIN_FOLD - 1);
			lo = Unicode.MIN_FOLD;
		}
		if (hi > Unicode.MAX_FOLD) {
			this.appendRange(Unicode.MAX_FOLD + 1, hi);
			hi = Unicode.MAX_FOLD;
		}
		for (let c = lo; c <= hi; c++) {
			this.appendRange(c, c);
			for (let f = Unicode.simpleFold(c); f !== c; f = Unicode.simpleFold(f)) this.appendRange(f, f);
		}
		return this;
	}
	appendClass(x) {
		for (let i = 0; i < x.length; i += 2) this.appendRange(x[i], x[i + 1]);
		return this;
	}
	appendFoldedClass(x) {
		for (let i = 0; i < x.length; i += 2) this.appendFoldedRange(x[i], x[i + 1]);
		return this;
	}
	appendNegatedClass(x) {
		let nextLo = 0;
		for (let i = 0; i < x.length; i += 2) {
			const lo = x[i];
			const hi = x[i + 1];
			if (nextLo <= lo - 1) this.appendRange(nextLo, lo - 1);
			nextLo = hi + 1;
		}
		if (nextLo <= Unicode.MAX_RUNE) this.appendRange(nextLo, Unicode.MAX_RUNE);
		return this;
	}
	appendTable(table) {
		for (let i = 0; i < table.length; ++i) {
			const lo = table.getLo(i);
			const hi = table.getHi(i);
			const stride = table.getStride(i);
			if (stride === 1) {
				this.appendRange(lo, hi);
				continue;
			}
			for (let c = lo; c <= hi; c += stride) this.appendRange(c, c);
		}
		return this;
	}
	appendNegatedTable(table) {
		let nextLo = 0;
		for (let i = 0; i < table.length; ++i) {
			const lo = table.getLo(i);
			const hi = table.getHi(i);
			const stride = table.getStride(i);
			if (stride === 1) {
				if (nextLo <= lo - 1) this.appendRange(nextLo, lo - 1);
				nextLo = hi + 1;
				continue;
			}
			for (let c = lo; c <= hi; c += stride) {
				if (nextLo <= c - 1) this.appendRange(nextLo, c - 1);
				nextLo = c + 1;
			}
		}
		if (nextLo <= Unicode.MAX_RUNE) this.appendRange(nextLo, Unicode.MAX_RUNE);
		return this;
	}
	appendTableWithSign(table, sign) {
		return sign < 0 ? this.appendNegatedTable(table) : this.appendTable(table);
	}
	negateClass() {
		let nextLo = 0;
		let w = 0;
		for (let i = 0; i < this.len; i += 2) {
			const lo = this.r[i];
			const hi = this.r[i + 1];
			if (nextLo <= lo - 1) {
				this.r[w] = nextLo;
				this.r[w + 1] = lo - 1;
				w += 2;
			}
			nextLo = hi + 1;
		}
		this.len = w;
		if (nextLo <= Unicode.MAX_RUNE) {
			this.r[this.len++] = nextLo;
			this.r[this.len++] = Unicode.MAX_RUNE;
		}
		return this;
	}
	appendClassWithSign(x, sign) {
		return sign < 0 ? this.appendNegatedClass(x) : this.appendClass(x);
	}
	appendGroup(g, foldCase) {
		let cls = g.cls;
		if (foldCase) cls = new CharClass().appendFoldedClass(cls).cleanClass().toArray();
		return this.appendClassWithSign(cls, g.sign);
	}
	toString() {
		return CharClass.charClassToString(this.r, this.len);
	}
};
// src/Parser.js
var StringIterator = class {
	constructor(str) {
		this.str = str;
		this.position = 0;
	}
	pos() {
		return this.position;
	}
	rewindTo(pos) {
		this.position = pos;
	}
	more() {
		return this.position < this.str.length;
	}
	peek() {
		return this.str.codePointAt(this.position);
	}
	skip(n) {
		this.position += n;
	}
	skipString(s) {
		this.position += s.length;
	}
	pop() {
		const r = this.str.codePointAt(this.position);
		this.position += Utils.charCount(r);
		return r;
	}
	lookingAt(s) {
		return this.str.startsWith(s, this.position);
	}
	rest() {
		return this.str.substring(this.position);
	}
	from(beforePos) {
		return this.str.substring(beforePos, this.position);
	}
	toString() {
		return this.rest();
	}
};
/**
* A parser of regular expression patterns.
*
* The only public entry point is {@link #parse(String pattern, int flags)}.
*/
var Parser = class Parser {
	static ERR_INTERNAL_ERROR = "regexp/syntax: internal error";
	static ERR_INVALID_CHAR_RANGE = "invalid character class range";
	static ERR_INVALID_ESCAPE = "invalid escape sequence";
	static ERR_INVALID_NAMED_CAPTURE = "invalid named capture";
	static ERR_INVALID_PERL_OP = "invalid or unsupported Perl syntax";
	static ERR_INVALID_REPEAT_OP = "invalid nested repetition operator";
	static ERR_INVALID_REPEAT_SIZE = "invalid repeat count";
	static ERR_MISSING_BRACKET = "missing closing ]";
	static ERR_MISSING_PAREN = "missing closing )";
	static ERR_MISSING_REPEAT_ARGUMENT = "missing argument to repetition operator";
	static ERR_TRAILING_BACKSLASH = "trailing backslash at end of expression";
	static ERR_DUPLICATE_NAMED_CAPTURE = "duplicate capture group name";
	static ERR_UNEXPECTED_PAREN = "unexpected )";
	static ERR_NESTING_DEPTH = "expression nests too deeply";
	static ERR_LARGE = "expression too large";
	static ERR_INVALID_CAPTURE_IN_LOOKBEHIND = "invalid capture in lookbehind";
	static MAX_HEIGHT = 1e3;
	static MAX_SIZE = 1398101;
	static MAX_RUNES = 33554432;
	static ANY_TABLE = new UnicodeRangeTable(new Uint32Array([
		0,
		Unicode.MAX_RUNE,
		1
	]));
	static ASCII_TABLE = new UnicodeRangeTable(new Uint32Array([
		0,
		127,
		1
	]));
	static ASCII_FOLD_TABLE = new UnicodeRangeTable(new Uint32Array([
		0,
		127,
		1,
		383,
		383,
		1,
		8490,
		8490,
		1
	]));
	static unicodeTable(name) {
		if (name === "Any") return {
			tab: Parser.ANY_TABLE,
			fold: Parser.ANY_TABLE,
			sign: 1
		};
		if (name === "Ascii") return {
			tab: Parser.ASCII_TABLE,
			fold: Parser.ASCII_FOLD_TABLE,
			sign: 1
		};
		if (name === "Assigned") return {
			tab: UnicodeTables.CATEGORIES.get("Cn"),
			fold: UnicodeTables.CATEGORIES.get("Cn"),
			sign: -1
		};
		if (name === "Lc") return {
			tab: UnicodeTables.CATEGORIES.get("LC"),
			fold: UnicodeTables.FOLD_CATEGORIES.get("LC"),
			sign: 1
		};
		if (UnicodeTables.CATEGORIES.has(name)) return {
			tab: UnicodeTables.CATEGORIES.get(name),
			fold: UnicodeTables.FOLD_CATEGORIES.get(name),
			sign: 1
		};
		if (UnicodeTables.SCRIPTS.has(name)) return {
			tab: UnicodeTables.SCRIPTS.get(name),
			fold: UnicodeTables.FOLD_SCRIPT.get(name),
			sign: 1
		};
		return null;
	}
	static minFoldRune(r) {
		if (r < Unicode.MIN_FOLD || r > Unicode.MAX_FOLD) return r;
		let min = r;
		const r0 = r;
		for (r = Unicode.simpleFold(r); r !== r0; r = Unicode.simpleFold(r)) if (min > r) min = r;
		return min;
	}
	static leadingRegexp(re) {
		if (re.op === Regexp.Op.EMPTY_MATCH) return null;
		if (re.op === Regexp.Op.CONCAT && re.subs.length > 0) {
			const sub = re.subs[0];
			if (sub.op === Regexp.Op.EMPTY_MATCH) return null;
			return sub;
		}
		return re;
	}
	static literalRegexp(s, flags) {
		const re = new Regexp(Regexp.Op.LITERAL);
		re.flags = flags;
		re.runes = Utils.stringToRunes(s);
		return re;
	}
	/**
	* Parse regular expression pattern {@code pattern} with mode flags {@code flags}.
	* @param {string} pattern
	* @param {number} flags
	*/
	static parse(pattern, flags) {
		return new Parser(pattern, flags).parseInternal();
	}
	static parseRepeat(t) {
		const start = t.pos();
		if (!t.more() || !t.lookingAt("{")) return -1;
		t.skip(1);
		const min = Parser.parseInt(t);
		if (min === -1) return -1;
		if (!t.more()) return -1;
		let max;
		if (!t.lookingAt(",")) max = min;
		else {
			t.skip(1);
			if (!t.more()) return -1;
			if (t.lookingAt("}")) max = -1;
			else if ((max = Parser.parseInt(t)) === -1) return -1;
		}
		if (!t.more() || !t.lookingAt("}")) return -1;
		t.skip(1);
		if (min < 0 || min > 1e3 || max === -2 || max > 1e3 || max >= 0 && min > max) throw new RE2JSSyntaxException(Parser.ERR_INVALID_REPEAT_SIZE, t.from(start));
		return min << 16 | max & Unicode.MAX_BMP;
	}
	static isValidCaptureName(name) {
		if (name.length === 0) return false;
		for (let i = 0; i < name.length; i++) {
			const c = name.codePointAt(i);
			if (c !== Codepoint.CODES["_"] && !Utils.isalnum(c)) return false;
		}
		return true;
	}
	static parseInt(t) {
		const start = t.pos();
		while (t.more() && t.peek() >= Codepoint.CODES["0"] && t.peek() <= Codepoint.CODES["9"]) t.skip(1);
		const n = t.from(start);
		if (n.length === 0 || n.length > 1 && n.codePointAt(0) === Codepoint.CODES["0"]) return -1;
		if (n.length > 8) return -2;
		return parseInt(n, 10);
	}
	static isCharClass(re) {
		return re.op === Regexp.Op.LITERAL && re.runes.length === 1 || re.op === Regexp.Op.CHAR_CLASS || re.op === Regexp.Op.ANY_CHAR_NOT_NL || re.op === Regexp.Op.ANY_CHAR;
	}
	static matchRune(re, r) {
		switch (re.op) {
			case Regexp.Op.LITERAL: return re.runes.length === 1 && re.runes[0] === r;
			case Regexp.Op.CHAR_CLASS:
				for (let i = 0; i < re.runes.length; i += 2) if (re.runes[i] <= r && r <= re.runes[i + 1]) return true;
				return false;
			case Regexp.Op.ANY_CHAR_NOT_NL: return r !== Codepoint.CODES["\n"];
			case Regexp.Op.ANY_CHAR: return true;
		}
		return false;
	}
	static mergeCharClass(dst, src) {
		switch (dst.op) {
			case Regexp.Op.ANY_CHAR: break;
			case Regexp.Op.ANY_CHAR_NOT_NL:
				if (Parser.matchRune(src, Codepoint.CODES["\n"])) dst.op = Regexp.Op.ANY_CHAR;
				break;
			case Regexp.Op.CHAR_CLASS: {
				const cc = new CharClass(Array.isArray(dst.runes) ? dst.runes : Array.from(dst.runes));
				if (src.op === Regexp.Op.LITERAL) cc.appendLiteral(src.runes[0], src.flags);
				else cc.appendClass(src.runes);
				dst.runes = cc.toGrowableArray();
				break;
			}
			case Regexp.Op.LITERAL:
				if (src.runes[0] === dst.runes[0] && src.flags === dst.flags) break;
				dst.op = Regexp.Op.CHAR_CLASS;
				dst.runes = new CharClass().appendLiteral(dst.runes[0], dst.flags).appendLiteral(src.runes[0], src.flags).toGrowableArray();
		}
	}
	static parseEscape(t) {
		const startPos = t.pos();
		t.skip(1);
		if (!t.more()) throw new RE2JSSyntaxException(Parser.ERR_TRAILING_BACKSLASH);
		let c = t.pop();
		bigswitch: switch (c) {
			case Codepoint.CODES["1"]:
			case Codepoint.CODES["2"]:
			case Codepoint.CODES["3"]:
			case Codepoint.CODES["4"]:
			case Codepoint.CODES["5"]:
			case Codepoint.CODES["6"]:
			case Codepoint.CODES["7"]: if (!t.more() || t.peek() < Codepoint.CODES["0"] || t.peek() > Codepoint.CODES["7"]) break;
			case Codepoint.CODES["0"]: {
				let r = c - Codepoint.CODES["0"];
				for (let i = 1; i < 3; i++) {
					if (!t.more() || t.peek() < Codepoint.CODES["0"] || t.peek() > Codepoint.CODES["7"]) break;
					r = r * 8 + t.peek() - Codepoint.CODES["0"];
					t.skip(1);
				}
				return r;
			}
			case Codepoint.CODES["x"]: {
				if (!t.more()) break;
				c = t.pop();
				if (c === Codepoint.CODES["{"]) {
					let nhex = 0;
					let r = 0;
					while (true) {
						if (!t.more()) break bigswitch;
						c = t.pop();
						if (c === Codepoint.CODES["}"]) break;
						const v = Utils.unhex(c);
						if (v < 0) break bigswitch;
						r = r * 16 + v;
						if (r > Unicode.MAX_RUNE) break bigswitch;
						nhex++;
					}
					if (nhex === 0) break bigswitch;
					return r;
				}
				const x = Utils.unhex(c);
				if (!t.more()) break;
				c = t.pop();
				const y = Utils.unhex(c);
				if (x < 0 || y < 0) break;
				return x * 16 + y;
			}
			case Codepoint.CODES["a"]: return Codepoint.CODES["\x07"];
			case Codepoint.CODES["f"]: return Codepoint.CODES["\f"];
			case Codepoint.CODES["n"]: return Codepoint.CODES["\n"];
			case Codepoint.CODES["r"]: return Codepoint.CODES["\r"];
			case Codepoint.CODES["t"]: return Codepoint.CODES["	"];
			case Codepoint.CODES["v"]: return Codepoint.CODES["\v"];
			default: if (c <= Unicode.MAX_ASCII && !Utils.isalnum(c)) return c;
		}
		throw new RE2JSSyntaxException(Parser.ERR_INVALID_ESCAPE, t.from(startPos));
	}
	static parseClassChar(t, wholeClassPos) {
		if (!t.more()) throw new RE2JSSyntaxException(Parser.ERR_MISSING_BRACKET, t.from(wholeClassPos));
		if (t.lookingAt("\\")) return Parser.parseEscape(t);
		return t.pop();
	}
	static hasCapture(re) {
		if (re === null) return false;
		if (re.op === Regexp.Op.CAPTURE) return true;
		if (re.subs) {
			for (let sub of re.subs) if (Parser.hasCapture(sub)) return true;
		}
		return false;
	}
	constructor(wholeRegexp, flags = 0) {
		this.wholeRegexp = wholeRegexp;
		this.flags = flags;
		this.numCap = 0;
		this.namedGroups = Object.create(null);
		this.stack = [];
		this.free = null;
		this.numRegexp = 0;
		this.numRunes = 0;
		this.repeats = 0;
		this.height = null;
		this.size = null;
		this.nlb = 0;
	}
	newRegexp(op) {
		let re = this.free;
		if (re !== null && re.subs !== null && re.subs.length > 0) {
			this.free = re.subs[0];
			re.reinit();
			re.op = op;
		} else {
			re = new Regexp(op);
			this.numRegexp += 1;
		}
		return re;
	}
	reuse(re) {
		if (this.height !== null && this.height.has(re)) this.height.delete(re);
		if (re.subs !== null && re.subs.length > 0) re.subs[0] = this.free;
		this.free = re;
	}
	checkLimits(re) {
		if (this.numRunes > Parser.MAX_RUNES) throw new RE2JSSyntaxException(Parser.ERR_LARGE);
		this.checkSize(re);
		this.checkHeight(re);
	}
	checkSize(re) {
		if (this.size === null) {
			if (this.repeats === 0) this.repeats = 1;
			if (re.op === Regexp.Op.REPEAT) {
				let n = re.max;
				if (n === -1) n = re.min;
				if (n <= 0) n = 1;
				if (n > Math.floor(Parser.MAX_SIZE / this.repeats)) this.repeats = Parser.MAX_SIZE;
				else this.repeats *= n;
			}
			if (this.numRegexp < Math.floor(Parser.MAX_SIZE / this.repeats)) return;
			this.size = /* @__PURE__ */ new Map();
			for (let reEx of this.stack) this.checkSize(reEx);
		}
		if (this.calcSize(re, true) > Parser.MAX_SIZE) throw new RE2JSSyntaxException(Parser.ERR_LARGE);
	}
	calcSize(re, force = false) {
		if (!force && this.size !== null) {
			if (this.size.has(re)) return this.size.get(re);
		}
		let size = 0;
		switch (re.op) {
			case Regexp.Op.LITERAL:
				size = re.runes.length;
				break;
			case Regexp.Op.PLB:
			case Regexp.Op.NLB:
			case Regexp.Op.CAPTURE:
			case Regexp.Op.STAR:
				size = 2 + this.calcSize(re.subs[0]);
				break;
			case Regexp.Op.PLUS:
			case Regexp.Op.QUEST:
				size = 1 + this.calcSize(re.subs[0]);
				break;
			case Regexp.Op.CONCAT:
				for (let sub of re.subs) size = size + this.calcSize(sub);
				break;
			case Regexp.Op.ALTERNATE:
				for (let sub of re.subs) size = size + this.calcSize(sub);
				if (re.subs.length > 1) size = size + re.subs.length - 1;
				break;
			case Regexp.Op.REPEAT: {
				let sub = this.calcSize(re.subs[0]);
				if (re.max === -1) {
					if (re.min === 0) size = 2 + sub;
					else size = 1 + re.min * sub;
					break;
				}
				size = re.max * sub + (re.max - re.min);
				break;
			}
		}
		size = Math.max(1, size);
		if (this.size === null) this.size = /* @__PURE__ */ new Map();
		this.size.set(re, size);
		return size;
	}
	checkHeight(re) {
		if (this.numRegexp < Parser.MAX_HEIGHT) return;
		if (this.height === null) {
			this.height = /* @__PURE__ */ new Map();
			for (let reEx of this.stack) this.checkHeight(reEx);
		}
		if (this.calcHeight(re, true) > Parser.MAX_HEIGHT) throw new RE2JSSyntaxException(Parser.ERR_NESTING_DEPTH);
	}
	calcHeight(re, force = false) {
		if (!force && this.height !== null) {
			if (this.height.has(re)) return this.height.get(re);
		}
		let h = 1;
		for (let sub of re.subs) {
			const hsub = this.calcHeight(sub);
			if (h < 1 + hsub) h = 1 + hsub;
		}
		if (this.height === null) this.height = /* @__PURE__ */ new Map();
		this.height.set(re, h);
		return h;
	}
	pop() {
		return this.stack.pop();
	}
	popToPseudo() {
		const n = this.stack.length;
		let i = n;
		while (i > 0 && !Regexp.isPseudoOp(this.stack[i - 1].op)) i--;
		return this.stack.splice(i, n - i);
	}
	push(re) {
		this.numRunes += re.runes.length;
		if (re.op === Regexp.Op.CHAR_CLASS && re.runes.length === 2 && re.runes[0] === re.runes[1]) {
			if (this.maybeConcat(re.runes[0], this.flags & ~RE2Flags.FOLD_CASE)) return null;
			re.op = Regexp.Op.LITERAL;
			re.runes = [re.runes[0]];
			re.flags = this.flags & ~RE2Flags.FOLD_CASE;
		} else if (re.op === Regexp.Op.CHAR_CLASS && re.runes.length === 4 && re.runes[0] === re.runes[1] && re.runes[2] === re.runes[3] && Unicode.simpleFold(re.runes[0]) === re.runes[2] && Unicode.simpleFold(re.runes[2]) === re.runes[0] || re.op === Regexp.Op.CHAR_CLASS && re.runes.length === 2 && re.runes[0] + 1 === re.runes[1] && Unicode.simpleFold(re.runes[0]) === re.runes[1] && Unicode.simpleFold(re.runes[1]) === re.runes[0]) {
			if (this.maybeConcat(re.runes[0], this.flags | RE2Flags.FOLD_CASE)) return null;
			re.op = Regexp.Op.LITERAL;
			re.runes = [re.runes[0]];
			re.flags = this.flags | RE2Flags.FOLD_CASE;
		} else this.maybeConcat(-1, 0);
		this.stack.push(re);
		this.checkLimits(re);
		return re;
	}
	maybeConcat(r, flags) {
		const n = this.stack.length;
		if (n < 2) return false;
		const re1 = this.stack[n - 1];
		const re2 = this.stack[n - 2];
		if (re1.op !== Regexp.Op.LITERAL || re2.op !== Regexp.Op.LITERAL || (re1.flags & RE2Flags.FOLD_CASE) !== (re2.flags & RE2Flags.FOLD_CASE)) return false;
		if (!Array.isArray(re2.runes)) re2.runes = Array.from(re2.runes);
		for (let i = 0; i < re1.runes.length; i++) re2.runes.push(re1.runes[i]);
		if (r >= 0) {
			re1.runes = [r];
			re1.flags = flags;
			return true;
		}
		this.pop();
		this.reuse(re1);
		return false;
	}
	newLiteral(r, flags) {
		const re = this.newRegexp(Regexp.Op.LITERAL);
		re.flags = flags;
		if ((flags & RE2Flags.FOLD_CASE) !== 0) r = Parser.minFoldRune(r);
		re.runes = [r];
		return re;
	}
	literal(r) {
		this.push(this.newLiteral(r, this.flags));
	}
	op(op) {
		const re = this.newRegexp(op);
		re.flags = this.flags;
		return this.push(re);
	}
	repeat(op, min, max, beforePos, t, lastRepeatPos) {
		let flags = this.flags;
		if ((flags & RE2Flags.PERL_X) !== 0) {
			if (t.more() && t.lookingAt("?")) {
				t.skip(1);
				flags ^= RE2Flags.NON_GREEDY;
			}
			if (lastRepeatPos !== -1) throw new RE2JSSyntaxException(Parser.ERR_INVALID_REPEAT_OP, t.from(lastRepeatPos));
		}
		const n = this.stack.length;
		if (n === 0) throw new RE2JSSyntaxException(Parser.ERR_MISSING_REPEAT_ARGUMENT, t.from(beforePos));
		const sub = this.stack[n - 1];
		if (Regexp.isPseudoOp(sub.op)) throw new RE2JSSyntaxException(Parser.ERR_MISSING_REPEAT_ARGUMENT, t.from(beforePos));
		const re = this.newRegexp(op);
		re.min = min;
		re.max = max;
		re.flags = flags;
		re.subs = [sub];
		this.stack[n - 1] = re;
		this.checkLimits(re);
		if (op === Regexp.Op.REPEAT && (min >= 2 || max >= 2) && !this.repeatIsValid(re, 1e3)) throw new RE2JSSyntaxException(Parser.ERR_INVALID_REPEAT_SIZE, t.from(beforePos));
	}
	repeatIsValid(re, n) {
		if (re.op === Regexp.Op.REPEAT) {
			let m = re.max;
			if (m === 0) return true;
			if (m < 0) m = re.min;
			if (m > n) return false;
			if (m > 0) n = Math.trunc(n / m);
		}
		for (let sub of re.subs) if (!this.repeatIsValid(sub, n)) return false;
		return true;
	}
	concat() {
		this.maybeConcat(-1, 0);
		const subs = this.popToPseudo();
		if (subs.length === 0) return this.push(this.newRegexp(Regexp.Op.EMPTY_MATCH));
		return this.push(this.collapse(subs, Regexp.Op.CONCAT));
	}
	alternate() {
		const subs = this.popToPseudo();
		if (subs.length > 0) this.cleanAlt(subs[subs.length - 1]);
		if (subs.length === 0) return this.push(this.newRegexp(Regexp.Op.NO_MATCH));
		return this.push(this.collapse(subs, Regexp.Op.ALTERNATE));
	}
	cleanAlt(re) {
		if (re.op === Regexp.Op.CHAR_CLASS) {
			re.runes = new CharClass(Array.from(re.runes)).cleanClass().toArray();
			if (re.runes.length === 2 && re.runes[0] === 0 && re.runes[1] === Unicode.MAX_RUNE) {
				re.runes = /* @__PURE__ */ new Int32Array(0);
				re.op = Regexp.Op.ANY_CHAR;
			} else if (re.runes.length === 4 && re.runes[0] === 0 && re.runes[1] === Codepoint.CODES["\n"] - 1 && re.runes[2] === Codepoint.CODES["\n"] + 1 && re.runes[3] === Unicode.MAX_RUNE) {
				re.runes = /* @__PURE__ */ new Int32Array(0);
				re.op = Regexp.Op.ANY_CHAR_NOT_NL;
			}
		}
	}
	collapse(subs, op) {
		if (subs.length === 1) return subs[0];
		let len = 0;
		for (let sub of subs) len += sub.op === op ? sub.subs.length : 1;
		let newsubs = new Array(len).fill(null);
		let i = 0;
		for (let sub of subs) if (sub.op === op) {
			for (let j = 0; j < sub.subs.length; j++) newsubs[i++] = sub.subs[j];
			this.reuse(sub);
		} else newsubs[i++] = sub;
		let re = this.newRegexp(op);
		re.subs = newsubs;
		if (op === Regexp.Op.ALTERNATE) {
			re.subs = this.factor(re.subs);
			if (re.subs.length === 1) {
				const old = re;
				re = re.subs[0];
				this.reuse(old);
			}
		}
		return re;
	}
	factor(array) {
		if (array.length < 2) return array;
		let s = 0;
		let lensub = array.length;
		let lenout = 0;
		let str = null;
		let strlen = 0;
		let strflags = 0;
		let start = 0;
		for (let i = 0; i <= lensub; i++) {
			let istr = null;
			let istrlen = 0;
			let iflags = 0;
			if (i < lensub) {
				let re = array[s + i];
				if (re.op === Regexp.Op.CONCAT && re.subs.length > 0) re = re.subs[0];
				if (re.op === Regexp.Op.LITERAL) {
					istr = re.runes;
					istrlen = re.runes.length;
					iflags = re.flags & RE2Flags.FOLD_CASE;
				}
				if (iflags === strflags) {
					let same = 0;
					while (same < strlen && same < istrlen && str[same] === istr[same]) same++;
					if (same > 0) {
						strlen = same;
						continue;
					}
				}
			}
			if (i === start) {} else if (i === start + 1) array[lenout++] = array[s + start];
			else {
				const prefix = this.newRegexp(Regexp.Op.LITERAL);
				prefix.flags = strflags;
				prefix.runes = str.slice(0, strlen);
				for (let j = start; j < i; j++) {
					array[s + j] = this.removeLeadingString(array[s + j], strlen);
					this.checkLimits(array[s + j]);
				}
				const suffix = this.collapse(array.slice(s + start, s + i), Regexp.Op.ALTERNATE);
				const re = this.newRegexp(Regexp.Op.CONCAT);
				re.subs = [prefix, suffix];
				array[lenout++] = re;
			}
			start = i;
			str = istr;
			strlen = istrlen;
			strflags = iflags;
		}
		lensub = lenout;
		s = 0;
		start = 0;
		lenout = 0;
		let first = null;
		for (let i = 0; i <= lensub; i++) {
			let ifirst = null;
			if (i < lensub) {
				ifirst = Parser.leadingRegexp(array[s + i]);
				if (first !== null && first.equals(ifirst) && (Parser.isCharClass(first) || first.op === Regexp.Op.REPEAT && first.min === first.max && Parser.isCharClass(first.subs[0]))) continue;
			}
			if (i === start) {} else if (i === start + 1) array[lenout++] = array[s + start];
			else {
				const prefix = first;
				for (let j = start; j < i; j++) {
					const reuse = j !== start;
					array[s + j] = this.removeLeadingRegexp(array[s + j], reuse);
					this.checkLimits(array[s + j]);
				}
				const suffix = this.collapse(array.slice(s + start, s + i), Regexp.Op.ALTERNATE);
				const re = this.newRegexp(Regexp.Op.CONCAT);
				re.subs = [prefix, suffix];
				array[lenout++] = re;
			}
			start = i;
			first = ifirst;
		}
		lensub = lenout;
		s = 0;
		start = 0;
		lenout = 0;
		for (let i = 0; i <= lensub; i++) {
			if (i < lensub && Parser.isCharClass(array[s + i])) continue;
			if (i === start) {} else if (i === start + 1) array[lenout++] = array[s + start];
			else {
				let max = start;
				for (let j = start + 1; j < i; j++) {
					const subMax = array[s + max];
					const subJ = array[s + j];
					if (subMax.op < subJ.op || subMax.op === subJ.op && (subMax.runes !== null ? subMax.runes.length : 0) < (subJ.runes !== null ? subJ.runes.length : 0)) max = j;
				}
				const tmp = array[s + start];
				array[s + start] = array[s + max];
				array[s + max] = tmp;
				for (let j = start + 1; j < i; j++) {
					Parser.mergeCharClass(array[s + start], array[s + j]);
					this.reuse(array[s + j]);
				}
				this.cleanAlt(array[s + start]);
				array[lenout++] = array[s + start];
			}
			if (i < lensub) array[lenout++] = array[s + i];
			start = i + 1;
		}
		lensub = lenout;
		s = 0;
		start = 0;
		lenout = 0;
		for (let i = 0; i < lensub; ++i) {
			if (i + 1 < lensub && array[s + i].op === Regexp.Op.EMPTY_MATCH && array[s + i + 1].op === Regexp.Op.EMPTY_MATCH) continue;
			array[lenout++] = array[s + i];
		}
		lensub = lenout;
		s = 0;
		return array.slice(s, lensub);
	}
	removeLeadingString(re, n) {
		if (re.op === Regexp.Op.CONCAT && re.subs.length > 0) {
			const sub = this.removeLeadingString(re.subs[0], n);
			re.subs[0] = sub;
			if (sub.op === Regexp.Op.EMPTY_MATCH) {
				this.reuse(sub);
				switch (re.subs.length) {
					case 0:
					case 1:
						re.op = Regexp.Op.EMPTY_MATCH;
						re.subs = Regexp.emptySubs();
						break;
					case 2: {
						const old = re;
						re = re.subs[1];
						this.reuse(old);
						break;
					}
					default: re.subs = re.subs.slice(1, re.subs.length);
				}
			}
			return re;
		}
		if (re.op === Regexp.Op.LITERAL) {
			re.runes = re.runes.slice(n, re.runes.length);
			if (re.runes.length === 0) re.op = Regexp.Op.EMPTY_MATCH;
		}
		return re;
	}
	removeLeadingRegexp(re, reuse) {
		if (re.op === Regexp.Op.CONCAT && re.subs.length > 0) {
			if (reuse) this.reuse(re.subs[0]);
			re.subs = re.subs.slice(1, re.subs.length);
			switch (re.subs.length) {
				case 0:
					re.op = Regexp.Op.EMPTY_MATCH;
					re.subs = Regexp.emptySubs();
					break;
				case 1: {
					const old = re;
					re = re.subs[0];
					this.reuse(old);
					break;
				}
			}
			return re;
		}
		if (reuse) this.reuse(re);
		return this.newRegexp(Regexp.Op.EMPTY_MATCH);
	}
	parseInternal() {
		if ((this.flags & RE2Flags.LITERAL) !== 0) return Parser.literalRegexp(this.wholeRegexp, this.flags);
		let lastRepeatPos = -1;
		let min = -1;
		let max = -1;
		const t = new StringIterator(this.wholeRegexp);
		while (t.more()) {
			let repeatPos = -1;
			bigswitch: switch (t.peek()) {
				case Codepoint.CODES["("]:
					if ((this.flags & RE2Flags.LOOKBEHIND) !== 0) {
						if (t.lookingAt("(?<=")) {
							this.parsePosLookBehind();
							t.skip(4);
							break;
						}
						if (t.lookingAt("(?<!")) {
							this.parseNegLookBehind();
							t.skip(4);
							break;
						}
					}
					if ((this.flags & RE2Flags.PERL_X) !== 0 && t.lookingAt("(?")) {
						this.parsePerlFlags(t);
						break;
					}
					this.op(Regexp.Op.LEFT_PAREN).cap = ++this.numCap;
					t.skip(1);
					break;
				case Codepoint.CODES["|"]:
					this.parseVerticalBar();
					t.skip(1);
					break;
				case Codepoint.CODES[")"]:
					this.parseRightParen();
					t.skip(1);
					break;
				case Codepoint.CODES["^"]:
					if ((this.flags & RE2Flags.ONE_LINE) !== 0) this.op(Regexp.Op.BEGIN_TEXT);
					else this.op(Regexp.Op.BEGIN_LINE);
					t.skip(1);
					break;
				case Codepoint.CODES["$"]:
					if ((this.flags & RE2Flags.ONE_LINE) !== 0) this.op(Regexp.Op.END_TEXT).flags |= RE2Flags.WAS_DOLLAR;
					else this.op(Regexp.Op.END_LINE);
					t.skip(1);
					break;
				case Codepoint.CODES["."]:
					if ((this.flags & RE2Flags.DOT_NL) !== 0) this.op(Regexp.Op.ANY_CHAR);
					else this.op(Regexp.Op.ANY_CHAR_NOT_NL);
					t.skip(1);
					break;
				case Codepoint.CODES["["]:
					this.parseClass(t);
					break;
				case Codepoint.CODES["*"]:
				case Codepoint.CODES["+"]:
				case Codepoint.CODES["?"]: {
					repeatPos = t.pos();
					let op = null;
					switch (t.pop()) {
						case Codepoint.CODES["*"]:
							op = Regexp.Op.STAR;
							break;
						case Codepoint.CODES["+"]:
							op = Regexp.Op.PLUS;
							break;
						case Codepoint.CODES["?"]: op = Regexp.Op.QUEST;
					}
					this.repeat(op, min, max, repeatPos, t, lastRepeatPos);
					break;
				}
				case Codepoint.CODES["{"]: {
					const before = t.pos();
					const minMax = Parser.parseRepeat(t);
					if (minMax < 0) {
						t.rewindTo(before);
						this.literal(t.pop());
						break;
					}
					repeatPos = before;
					min = minMax >> 16;
					max = (minMax & Unicode.MAX_BMP) << 16 >> 16;
					this.repeat(Regexp.Op.REPEAT, min, max, repeatPos, t, lastRepeatPos);
					break;
				}
				case Codepoint.CODES["\\"]: {
					const savedPos = t.pos();
					t.skip(1);
					if ((this.flags & RE2Flags.PERL_X) !== 0 && t.more()) switch (t.pop()) {
						case Codepoint.CODES["A"]:
							this.op(Regexp.Op.BEGIN_TEXT);
							break bigswitch;
						case Codepoint.CODES["b"]:
							this.op(Regexp.Op.WORD_BOUNDARY);
							break bigswitch;
						case Codepoint.CODES["B"]:
							this.op(Regexp.Op.NO_WORD_BOUNDARY);
							break bigswitch;
						case Codepoint.CODES["C"]: throw new RE2JSSyntaxException(Parser.ERR_INVALID_ESCAPE, "\\C");
						case Codepoint.CODES["Q"]: {
							let lit = t.rest();
							const i = lit.indexOf("\\E");
							if (i >= 0) {
								lit = lit.substring(0, i);
								t.skipString(lit);
								t.skipString("\\E");
							} else t.skipString(lit);
							let j = 0;
							while (j < lit.length) {
								const codepoint = lit.codePointAt(j);
								this.literal(codepoint);
								j += Utils.charCount(codepoint);
							}
							break bigswitch;
						}
						case Codepoint.CODES["z"]:
							this.op(Regexp.Op.END_TEXT);
							break bigswitch;
						default: t.rewindTo(savedPos);
					}
					else t.rewindTo(savedPos);
					const re = this.newRegexp(Regexp.Op.CHAR_CLASS);
					re.flags = this.flags;
					if (t.lookingAt("\\p") || t.lookingAt("\\P")) {
						const cc = new CharClass();
						if (this.parseUnicodeClass(t, cc)) {
							re.runes = cc.toArray();
							this.push(re);
							break bigswitch;
						}
					}
					const cc = new CharClass();
					if (this.parsePerlClassEscape(t, cc)) {
						re.runes = cc.toArray();
						this.push(re);
						break bigswitch;
					}
					t.rewindTo(savedPos);
					this.reuse(re);
					this.literal(Parser.parseEscape(t));
					break;
				}
				default: this.literal(t.pop());
			}
			lastRepeatPos = repeatPos;
		}
		this.concat();
		if (this.swapVerticalBar()) this.pop();
		this.alternate();
		if (this.stack.length !== 1) throw new RE2JSSyntaxException(Parser.ERR_MISSING_PAREN, this.wholeRegexp);
		this.stack[0].namedGroups = this.namedGroups;
		return this.stack[0];
	}
	parsePerlFlags(t) {
		const startPos = t.pos();
		const s = t.rest();
		if (s.startsWith("(?P<") || s.startsWith("(?<")) {
			const begin = s.charAt(2) === "P" ? 4 : 3;
			const end = s.indexOf(">");
			if (end < 0) throw new RE2JSSyntaxException(Parser.ERR_INVALID_NAMED_CAPTURE, s);
			const name = s.substring(begin, end);
			t.skipString(name);
			t.skip(begin + 1);
			if (!Parser.isValidCaptureName(name)) throw new RE2JSSyntaxException(Parser.ERR_INVALID_NAMED_CAPTURE, s.substring(0, end + 1));
			const re = this.op(Regexp.Op.LEFT_PAREN);
			re.cap = ++this.numCap;
			if (this.namedGroups[name]) throw new RE2JSSyntaxException(Parser.ERR_DUPLICATE_NAMED_CAPTURE, name);
			this.namedGroups[name] = this.numCap;
			re.name = name;
			return;
		}
		t.skip(2);
		let flags = this.flags;
		let sign = 1;
		let sawFlag = false;
		loop: while (t.more()) {
			const c = t.pop();
			switch (c) {
				case Codepoint.CODES["i"]:
					flags |= RE2Flags.FOLD_CASE;
					sawFlag = true;
					break;
				case Codepoint.CODES["m"]:
					flags &= ~RE2Flags.ONE_LINE;
					sawFlag = true;
					break;
				case Codepoint.CODES["s"]:
					flags |= RE2Flags.DOT_NL;
					sawFlag = true;
					break;
				case Codepoint.CODES["U"]:
					flags |= RE2Flags.NON_GREEDY;
					sawFlag = true;
					break;
				case Codepoint.CODES["-"]:
					if (sign < 0) break loop;
					sign = -1;
					flags = ~flags;
					sawFlag = false;
					break;
				case Codepoint.CODES[":"]:
				case Codepoint.CODES[")"]:
					if (sign < 0) {
						if (!sawFlag) break loop;
						flags = ~flags;
					}
					if (c === Codepoint.CODES[":"]) this.op(Regexp.Op.LEFT_PAREN);
					this.flags = flags;
					return;
				default: break loop;
			}
		}
		throw new RE2JSSyntaxException(Parser.ERR_INVALID_PERL_OP, t.from(startPos));
	}
	parsePosLookBehind() {
		const re = this.newRegexp(Regexp.Op.LEFT_PAREN);
		re.flags = this.flags;
		re.lb = ++this.nlb;
		return this.push(re);
	}
	parseNegLookBehind() {
		const re = this.newRegexp(Regexp.Op.LEFT_PAREN);
		re.flags = this.flags;
		re.lb = -++this.nlb;
		return this.push(re);
	}
	parseVerticalBar() {
		this.concat();
		if (!this.swapVerticalBar()) this.op(Regexp.Op.VERTICAL_BAR);
	}
	swapVerticalBar() {
		const n = this.stack.length;
		if (n >= 3 && this.stack[n - 2].op === Regexp.Op.VERTICAL_BAR && Parser.isCharClass(this.stack[n - 1]) && Parser.isCharClass(this.stack[n - 3])) {
			let re1 = this.stack[n - 1];
			let re3 = this.stack[n - 3];
			if (re1.op > re3.op) {
				const tmp = re3;
				re3 = re1;
				re1 = tmp;
				this.stack[n - 3] = re3;
			}
			Parser.mergeCharClass(re3, re1);
			this.reuse(re1);
			this.pop();
			return true;
		}
		if (n >= 2) {
			const re1 = this.stack[n - 1];
			const re2 = this.stack[n - 2];
			if (re2.op === Regexp.Op.VERTICAL_BAR) {
				if (n >= 3) this.cleanAlt(this.stack[n - 3]);
				this.stack[n - 2] = re1;
				this.stack[n - 1] = re2;
				return true;
			}
		}
		return false;
	}
	parseRightParen() {
		this.concat();
		if (this.swapVerticalBar()) this.pop();
		this.alternate();
		if (this.stack.length < 2) throw new RE2JSSyntaxException(Parser.ERR_UNEXPECTED_PAREN, this.wholeRegexp);
		const re1 = this.pop();
		const re2 = this.pop();
		if (re2.op !== Regexp.Op.LEFT_PAREN) throw new RE2JSSyntaxException(Parser.ERR_UNEXPECTED_PAREN, this.wholeRegexp);
		this.flags = re2.flags;
		if (re2.lb !== 0) {
			if (Parser.hasCapture(re1)) throw new RE2JSSyntaxException(Parser.ERR_INVALID_CAPTURE_IN_LOOKBEHIND, this.wholeRegexp);
			if (re2.lb > 0) re2.op = Regexp.Op.PLB;
			else re2.op = Regexp.Op.NLB;
			re2.subs = [re1];
			this.push(re2);
			return;
		}
		if (re2.cap === 0) this.push(re1);
		else {
			re2.op = Regexp.Op.CAPTURE;
			re2.subs = [re1];
			this.push(re2);
		}
	}
	parsePerlClassEscape(t, cc) {
		const beforePos = t.pos();
		if ((this.flags & RE2Flags.PERL_X) === 0 || !t.more() || t.pop() !== Codepoint.CODES["\\"] || !t.more()) return false;
		t.pop();
		const p = t.from(beforePos);
		const g = PERL_GROUPS.has(p) ? PERL_GROUPS.get(p) : null;
		if (g === null) return false;
		cc.appendGroup(g, (this.flags & RE2Flags.FOLD_CASE) !== 0);
		return true;
	}
	parseNamedClass(t, cc) {
		const cls = t.rest();
		const i = cls.indexOf(":]");
		if (i < 0) return false;
		const name = cls.substring(0, i + 2);
		t.skipString(name);
		const g = POSIX_GROUPS.has(name) ? POSIX_GROUPS.get(name) : null;
		if (g === null) throw new RE2JSSyntaxException(Parser.ERR_INVALID_CHAR_RANGE, name);
		cc.appendGroup(g, (this.flags & RE2Flags.FOLD_CASE) !== 0);
		return true;
	}
	parseUnicodeClass(t, cc) {
		const startPos = t.pos();
		if ((this.flags & RE2Flags.UNICODE_GROUPS) === 0 || !t.lookingAt("\\p") && !t.lookingAt("\\P")) return false;
		t.skip(1);
		let sign = 1;
		let c = t.pop();
		if (c === Codepoint.CODES["P"]) sign = -1;
		if (!t.more()) {
			t.rewindTo(startPos);
			throw new RE2JSSyntaxException(Parser.ERR_INVALID_CHAR_RANGE, t.rest());
		}
		c = t.pop();
		let name;
		if (c !== Codepoint.CODES["{"]) name = Utils.runeToString(c);
		else {
			const rest = t.rest();
			const end = rest.indexOf("}");
			if (end < 0) {
				t.rewindTo(startPos);
				throw new RE2JSSyntaxException(Parser.ERR_INVALID_CHAR_RANGE, t.rest());
			}
			name = rest.substring(0, end);
			t.skipString(name);
			t.skip(1);
		}
		if (!(name.length === 0) && name.codePointAt(0) === Codepoint.CODES["^"]) {
			sign = 0 - sign;
			name = name.substring(1);
		}
		const pair = Parser.unicodeTable(name);
		if (pair === null) throw new RE2JSSyntaxException(Parser.ERR_INVALID_CHAR_RANGE, t.from(startPos));
		if (pair.sign < 0) sign = 0 - sign;
		const tab = pair.tab;
		const fold = pair.fold;
		if ((this.flags & RE2Flags.FOLD_CASE) === 0 || fold === null) cc.appendTableWithSign(tab, sign);
		else {
			const tmp = new CharClass().appendTable(tab).appendTable(fold).cleanClass().toArray();
			cc.appendClassWithSign(Array.from(tmp), sign);
		}
		return true;
	}
	parseClass(t) {
		const startPos = t.pos();
		t.skip(1);
		const re = this.newRegexp(Regexp.Op.CHAR_CLASS);
		re.flags = this.flags;
		const cc = new CharClass();
		let sign = 1;
		if (t.more() && t.lookingAt("^")) {
			sign = -1;
			t.skip(1);
			if ((this.flags & RE2Flags.CLASS_NL) === 0) cc.appendRange(Codepoint.CODES["\n"], Codepoint.CODES["\n"]);
		}
		let first = true;
		while (!t.more() || t.peek() !== Codepoint.CODES["]"] || first) {
			if (t.more() && t.lookingAt("-") && (this.flags & RE2Flags.PERL_X) === 0 && !first) {
				const s = t.rest();
				if (s === "-" || !s.startsWith("-]")) {
					t.rewindTo(startPos);
					throw new RE2JSSyntaxException(Parser.ERR_INVALID_CHAR_RANGE, t.rest());
				}
			}
			first = false;
			const beforePos = t.pos();
			if (t.lookingAt("[:")) {
				if (this.parseNamedClass(t, cc)) continue;
				t.rewindTo(beforePos);
			}
			if (this.parseUnicodeClass(t, cc)) continue;
			if (this.parsePerlClassEscape(t, cc)) continue;
			t.rewindTo(beforePos);
			const lo = Parser.parseClassChar(t, startPos);
			let hi = lo;
			if (t.more() && t.lookingAt("-")) {
				t.skip(1);
				if (t.more() && t.lookingAt("]")) t.skip(-1);
				else {
					hi = Parser.parseClassChar(t, startPos);
					if (hi < lo) throw new RE2JSSyntaxException(Parser.ERR_INVALID_CHAR_RANGE, t.from(beforePos));
				}
			}
			if ((this.flags & RE2Flags.FOLD_CASE) === 0) cc.appendRange(lo, hi);
			else cc.appendFoldedRange(lo, hi);
		}
		t.skip(1);
		cc.cleanClass();
		if (sign < 0) cc.negateClass();
		re.runes = cc.toArray();
		this.push(re);
	}
};
// src/RE2.js
/**
* An RE2 class instance is a compiled representation of an RE2 regular expression, independent of
* the public Java-like Pattern/Matcher API.
*
* This class also contains various implementation helpers for RE2 regular expressions.
*
* Use the {@link #quoteMeta(String)} utility function to quote all regular expression
* metacharacters in an arbitrary string.
*
*/
var RE2 = class RE2 {
	static initTest(expr) {
		const re2 = RE2.compile(expr);
		const res = new RE2(re2.expr, re2.prog, re2.numSubexp, re2.longest);
		res.cond = re2.cond;
		res.prefix = re2.prefix;
		res.prefixUTF8 = re2.prefixUTF8;
		res.prefixComplete = re2.prefixComplete;
		res.prefixRune = re2.prefixRune;
		res.prefilter = re2.prefilter;
		res.namedGroups = re2.namedGroups;
		return res;
	}
	/**
	* Parses a regular expression and returns, if successful, an {@code RE2} instance that can be
	* used to match against text.
	*
	* When matching against text, the regexp returns a match that begins as early as possible in the
	* input (leftmost), and among those it chooses the one that a backtracking search would have
	* found first. This so-called leftmost-first matching is the same semantics that Perl, Python,
	* and other implementations use, although this package implements it without the expense of
	* backtracking. For POSIX leftmost-longest matching, see {@link #compilePOSIX}.
	*/
	static compile(expr) {
		return RE2.compileImpl(expr, RE2Flags.PERL, false);
	}
	/**
	* {@code compilePOSIX} is like {@link #compile} but restricts the regular expression to POSIX ERE
	* (egrep) syntax and changes the match semantics to leftmost-longest.
	*
	* That is, when matching against text, the regexp returns a match that begins as early as
	* possible in the input (leftmost), and among those it chooses a match that is as long as
	* possible. This so-called leftmost-longest matching is the same semantics that early regular
	* expression implementations used and that POSIX specifies.
	*
	* However, there can be multiple leftmost-longest matches, with different submatch choices, and
	* here this package diverges from POSIX. Among the possible leftmost-longest matches, this
	* package chooses the one that a backtracking search would have found first, while POSIX
	* specifies that the match be chosen to maximize the length of the first subexpression, then the
	* second, and so on from left to right. The POSIX rule is computationally prohibitive and not
	* even well-defined. See http://swtch.com/~rsc/regexp/regexp2.html#posix
	*/
	static compilePOSIX(expr) {
		return RE2.compileImpl(expr, RE2Flags.POSIX, true);
	}
	static compileImpl(expr, mode, longest) {
		let re = Parser.parse(expr, mode);
		const maxCap = re.maxCap();
		const namedGroups = re.namedGroups;
		re = Simplify.simplify(re);
		const prefilter = PrefilterTree.build(re);
		const prog = Compiler.compileRegexp(re);
		const re2 = new RE2(expr, prog, maxCap, longest);
		re2.prefilter = prefilter.type === Prefilter.Type.NONE ? null : prefilter;
		const [prefixCompl, prefixStr] = prog.prefix();
		re2.prefixComplete = prefixCompl;
		re2.prefix = prefixStr;
		re2.prefixUTF8 = Utils.stringToUtf8ByteArray(re2.prefix);
		if (re2.prefix.length > 0) re2.prefixRune = re2.prefix.codePointAt(0);
		re2.namedGroups = namedGroups;
		return re2;
	}
	/**
	* Returns true iff textual regular expression {@code pattern} matches string {@code s}.
	*
	* More complicated queries need to use {@link #compile} and the full {@code RE2} interface.
	*/
	static match(pattern, s) {
		return RE2.compile(pattern).match(s);
	}
	constructor(expr, prog, numSubexp = 0, longest = 0) {
		this.expr = expr;
		this.prog = prog;
		this.numSubexp = numSubexp;
		this.longest = longest;
		this.cond = prog.startCond();
		this.prefix = null;
		this.prefixUTF8 = null;
		this.prefixComplete = false;
		this.prefixRune = 0;
		/** @type {Record<string, number>} */
		this.namedGroups = Object.create(null);
		this.machinePool = [];
		this.lazyDFA = null;
		this.onepass = OnePass.compile(this.prog);
		this.prefilter = null;
	}
	get dfa() {
		if (this.lazyDFA === null) this.lazyDFA = new DFA(this.prog);
		return this.lazyDFA;
	}
	matchPrefixComplete(input, pos, anchor, ncap) {
		if ((anchor === RE2Flags.ANCHOR_START || anchor === RE2Flags.ANCHOR_BOTH) && pos !== 0) return null;
		let matchStart = -1;
		let matchEnd = -1;
		const pLen = input.prefixLength(this);
		if (anchor === RE2Flags.UNANCHORED) {
			const idx = input.index(this, pos);
			if (idx < 0) return null;
			matchStart = pos + idx;
			matchEnd = matchStart + pLen;
		} else if (anchor === RE2Flags.ANCHOR_BOTH) {
			if (input.endPos() !== pLen) return null;
			if (input.index(this, 0) !== 0) return null;
			matchStart = 0;
			matchEnd = pLen;
		} else if (anchor === RE2Flags.ANCHOR_START) {
			if (input.index(this, 0) !== 0) return null;
			matchStart = 0;
			matchEnd = pLen;
		}
		if (matchStart < 0) return null;
		if (ncap > 0) {
			const matchcap = new Int32Array(ncap).fill(-1);
			matchcap[0] = matchStart;
			matchcap[1] = matchEnd;
			return Array.from(matchcap);
		}
		return [];
	}
	createLookbehindState() {
		return this.prog.numLb > 0 ? new LookbehindState(this.prog) : null;
	}
	executeEngine(input, pos, anchor, ncap, lbState = null) {
		if (this.prefixComplete && (ncap === 0 || this.numSubexp === 0)) return this.matchPrefixComplete(input, pos, anchor, ncap);
		if (this.prefilter !== null && anchor === RE2Flags.UNANCHORED) {
			if (!this.prefilter.eval(input, pos)) return null;
		}
		if (this.onepass !== null) return OnePass.execute(this, input, pos, anchor, ncap);
		if (ncap > 0) {
			if (this.prog.numLb === 0 && input.endPos() <= Backtracker.maxBitStateLen(this.prog)) return Backtracker.execute(this, input, pos, anchor, ncap);
			return this.doExecuteNFA(input, pos, anchor, ncap, lbState);
		}
		if (this.prog.numLb === 0) {
			const dfaResult = this.dfa.match(input, pos, anchor);
			if (dfaResult !== null) return dfaResult ? [] : null;
			if (input.endPos() <= Backtracker.maxBitStateLen(this.prog)) return Backtracker.execute(this, input, pos, anchor, ncap);
		}
		return this.doExecuteNFA(input, pos, anchor, ncap, lbState);
	}
	/**
	* Returns the number of parenthesized subexpressions in this regular expression.
	*/
	numberOfCapturingGroups() {
		return this.numSubexp;
	}
	/**
	* Returns the number of instructions in this compiled regular expression program.
	*/
	numberOfInstructions() {
		return this.prog.numInst();
	}
	get() {
		return this.machinePool.length > 0 ? this.machinePool.pop() : null;
	}
	reset() {
		this.machinePool.length = 0;
	}
	put(m) {
		this.machinePool.push(m);
	}
	toString() {
		return this.expr;
	}
	doExecuteNFA(input, pos, anchor, ncap, lbState = null) {
		let m = this.get();
		if (!m) m = Machine.fromRE2(this);
		m.init(ncap);
		const cap = m.match(input, pos, anchor, lbState) ? m.submatches() : null;
		this.put(m);
		return cap;
	}
	match(s) {
		return this.executeEngine(MachineInput.fromUTF16(s), 0, RE2Flags.UNANCHORED, 0) !== null;
	}
	/**
	* Matches the regular expression against input starting at position start and ending at position
	* end, with the given anchoring. Records the submatch boundaries in group, which is [start, end)
	* pairs of byte offsets. The number of boundaries needed is inferred from the size of the group
	* array. It is most efficient not to ask for submatch boundaries.
	*
	* @param input the input byte array
	* @param start the beginning position in the input
	* @param end the end position in the input
	* @param anchor the anchoring flag (UNANCHORED, ANCHOR_START, ANCHOR_BOTH)
	* @param group the array to fill with submatch positions
	* @param ngroup the number of array pairs to fill in
	* @param lbState optional state carried between successive matches over the same input (see
	*   createLookbehindState); omit it to evaluate lookbehinds from the beginning of the input
	* @returns true if a match was found
	*/
	matchWithGroup(input, start, end, anchor, ngroup, lbState = null) {
		if (!(input instanceof MatcherInputBase)) {
			if (Utils.isByteArray(input)) input = MatcherInput.utf8(input);
			else input = MatcherInput.utf16(input);
		}
		return this.matchMachineInput(input, start, end, anchor, ngroup, lbState);
	}
	matchMachineInput(input, start, end, anchor, ngroup, lbState = null) {
		if (start > end) return [false, null];
		const machineInput = input.isUTF16Encoding() ? MachineInput.fromUTF16(input.asCharSequence(), 0, end) : MachineInput.fromUTF8(input.asBytes(), 0, end);
		const groupMatch = this.executeEngine(machineInput, start, anchor, 2 * ngroup, lbState);
		if (groupMatch === null) return [false, null];
		return [true, groupMatch];
	}
	/**
	* Returns true iff this regexp matches the UTF-8 byte array {@code b}.
	*/
	matchUTF8(b) {
		return this.executeEngine(MachineInput.fromUTF8(b), 0, RE2Flags.UNANCHORED, 0) !== null;
	}
	/**
	* Returns a copy of {@code src} in which all matches for this regexp have been replaced by
	* {@code repl}. No support is provided for expressions (e.g. {@code \1} or {@code $1}) in the
	* replacement string.
	*/
	replaceAll(src, repl) {
		return this.replaceAllFunc(src, () => repl, 2 * src.length + 1);
	}
	/**
	* Returns a copy of {@code src} in which only the first match for this regexp has been replaced
	* by {@code repl}. No support is provided for expressions (e.g. {@code \1} or {@code $1}) in the
	* replacement string.
	*/
	replaceFirst(src, repl) {
		return this.replaceAllFunc(src, () => repl, 1);
	}
	/**
	* Returns a copy of {@code src} in which at most {@code maxReplaces} matches for this regexp have
	* been replaced by the return value of of function {@code repl} (whose first argument is the
	* matched string). No support is provided for expressions (e.g. {@code \1} or {@code $1}) in the
	* replacement string.
	*/
	replaceAllFunc(src, replFunc, maxReplaces) {
		let lastMatchEnd = 0;
		let searchPos = 0;
		let out = "";
		const input = MachineInput.fromUTF16(src);
		const lbState = this.createLookbehindState();
		let numReplaces = 0;
		while (searchPos <= src.length) {
			const a = this.executeEngine(input, searchPos, RE2Flags.UNANCHORED, 2, lbState);
			if (a === null || a.length === 0) break;
			out += src.substring(lastMatchEnd, a[0]);
			if (a[1] > lastMatchEnd || a[0] === 0) {
				out += replFunc(src.substring(a[0], a[1]));
				numReplaces++;
			}
			lastMatchEnd = a[1];
			const width = input.step(searchPos) & 7;
			if (searchPos + width > a[1]) searchPos += width;
			else if (searchPos + 1 > a[1]) searchPos++;
			else searchPos = a[1];
			if (numReplaces >= maxReplaces) break;
		}
		out += src.substring(lastMatchEnd);
		return out;
	}
	pad(a) {
		if (a === null) return null;
		let n = (1 + this.numSubexp) * 2;
		if (a.length < n) {
			let a2 = new Array(n).fill(-1);
			for (let i = 0; i < a.length; i++) a2[i] = a[i];
			a = a2;
		}
		return a;
	}
	allMatches(input, n, deliverFun = (v) => v) {
		let result = [];
		const end = input.endPos();
		if (n < 0) n = end + 1;
		let pos = 0;
		let i = 0;
		let prevMatchEnd = -1;
		const lbState = this.createLookbehindState();
		while (i < n && pos <= end) {
			const matches = this.executeEngine(input, pos, RE2Flags.UNANCHORED, this.prog.numCap, lbState);
			if (matches === null || matches.length === 0) break;
			let accept = true;
			if (matches[1] === pos) {
				if (matches[0] === prevMatchEnd) accept = false;
				const r = input.step(pos);
				if (r < 0) pos = end + 1;
				else pos += r & 7;
			} else pos = matches[1];
			prevMatchEnd = matches[1];
			if (accept) {
				result.push(deliverFun(this.pad(matches)));
				i++;
			}
		}
		return result;
	}
	/**
	* Returns an array holding the text of the leftmost match in {@code b} of this regular
	* expression.
	*
	* A return value of null indicates no match.
	*/
	findUTF8(b) {
		const a = this.executeEngine(MachineInput.fromUTF8(b), 0, RE2Flags.UNANCHORED, 2);
		if (a === null) return null;
		return b.slice(a[0], a[1]);
	}
	/**
	* Returns a two-element array of integers defining the location of the leftmost match in
	* {@code b} of this regular expression. The match itself is at {@code b[loc[0]...loc[1]]}.
	*
	* A return value of null indicates no match.
	*/
	findUTF8Index(b) {
		const a = this.executeEngine(MachineInput.fromUTF8(b), 0, RE2Flags.UNANCHORED, 2);
		if (a === null) return null;
		return a.slice(0, 2);
	}
	/**
	* Returns a string holding the text of the leftmost match in {@code s} of this regular
	* expression.
	*
	* If there is no match, the return value is an empty string, but it will also be empty if the
	* regular expression successfully matches an empty string. Use {@link #findIndex} or
	* {@link #findSubmatch} if it is necessary to distinguish these cases.
	*/
	find(s) {
		const a = this.executeEngine(MachineInput.fromUTF16(s), 0, RE2Flags.UNANCHORED, 2);
		if (a === null) return "";
		return s.substring(a[0], a[1]);
	}
	/**
	* Returns a two-element array of integers defining the location of the leftmost match in
	* {@code s} of this regular expression. The match itself is at
	* {@code s.substring(loc[0], loc[1])}.
	*
	* A return value of null indicates no match.
	*/
	findIndex(s) {
		return this.executeEngine(MachineInput.fromUTF16(s), 0, RE2Flags.UNANCHORED, 2);
	}
	/**
	* Returns an array of arrays the text of the leftmost match of the regular expression in
	* {@code b} and the matches, if any, of its subexpressions, as defined by the <a
	* href='#submatch'>Submatch</a> description above.
	*
	* A return value of null indicates no match.
	*/
	findUTF8Submatch(b) {
		const a = this.executeEngine(MachineInput.fromUTF8(b), 0, RE2Flags.UNANCHORED, this.prog.numCap);
		if (a === null) return null;
		const ret = new Array(1 + this.numSubexp).fill(null);
		for (let i = 0; i < ret.length; i++) if (2 * i < a.length && a[2 * i] >= 0) ret[i] = b.slice(a[2 * i], a[2 * i + 1]);
		return ret;
	}
	/**
	* Returns an array holding the index pairs identifying the leftmost match of this regular
	* expression in {@code b} and the matches, if any, of its subexpressions, as defined by the the
	* <a href='#submatch'>Submatch</a> and <a href='#index'>Index</a> descriptions above.
	*
	* A return value of null indicates no match.
	*/
	findUTF8SubmatchIndex(b) {
		return this.pad(this.executeEngine(MachineInput.fromUTF8(b), 0, RE2Flags.UNANCHORED, this.prog.numCap));
	}
	/**
	* Returns an array of strings holding the text of the leftmost match of the regular expression in
	* {@code s} and the matches, if any, of its subexpressions, as defined by the <a
	* href='#submatch'>Submatch</a> description above.
	*
	* A return value of null indicates no match.
	*/
	findSubmatch(s) {
		const a = this.executeEngine(MachineInput.fromUTF16(s), 0, RE2Flags.UNANCHORED, this.prog.numCap);
		if (a === null) return null;
		const ret = new Array(1 + this.numSubexp).fill(null);
		for (let i = 0; i < ret.length; i++) if (2 * i < a.length && a[2 * i] >= 0) ret[i] = s.substring(a[2 * i], a[2 * i + 1]);
		return ret;
	}
	/**
	* Returns an array holding the index pairs identifying the leftmost match of this regular
	* expression in {@code s} and the matches, if any, of its subexpressions, as defined by the <a
	* href='#submatch'>Submatch</a> description above.
	*
	* A return value of null indicates no match.
	*/
	findSubmatchIndex(s) {
		return this.pad(this.executeEngine(MachineInput.fromUTF16(s), 0, RE2Flags.UNANCHORED, this.prog.numCap));
	}
	/**
	* {@code findAllUTF8()} is the <a href='#all'>All</a> version of {@link #findUTF8}; it returns a
	* list of up to {@code n} successive matches of the expression, as defined by the <a
	* href='#all'>All</a> description above.
	*
	* A return value of null indicates no match.
	*
	* TODO(adonovan): think about defining a byte slice view class, like a read-only Go slice backed
	* by |b|.
	*/
	findAllUTF8(b, n) {
		const result = this.allMatches(MachineInput.fromUTF8(b), n, (match) => b.slice(match[0], match[1]));
		if (result.length === 0) return null;
		return result;
	}
	/**
	* {@code findAllUTF8Index} is the <a href='#all'>All</a> version of {@link #findUTF8Index}; it
	* returns a list of up to {@code n} successive matches of the expression, as defined by the <a
	* href='#all'>All</a> description above.
	*
	* A return value of null indicates no match.
	*/
	findAllUTF8Index(b, n) {
		const result = this.allMatches(MachineInput.fromUTF8(b), n, (match) => match.slice(0, 2));
		if (result.length === 0) return null;
		return result;
	}
	/**
	* {@code findAll} is the <a href='#all'>All</a> version of {@link #find}; it returns a list of up
	* to {@code n} successive matches of the expression, as defined by the <a href='#all'>All</a>
	* description above.
	*
	* A return value of null indicates no match.
	*/
	findAll(s, n) {
		const result = this.allMatches(MachineInput.fromUTF16(s), n, (match) => s.substring(match[0], match[1]));
		if (result.length === 0) return null;
		return result;
	}
	/**
	* {@code findAllIndex} is the <a href='#all'>All</a> version of {@link #findIndex}; it returns a
	* list of up to {@code n} successive matches of the expression, as defined by the <a
	* href='#all'>All</a> description above.
	*
	* A return value of null indicates no match.
	*/
	findAllIndex(s, n) {
		const result = this.allMatches(MachineInput.fromUTF16(s), n, (match) => match.slice(0, 2));
		if (result.length === 0) return null;
		return result;
	}
	/**
	* {@code findAllUTF8Submatch} is the <a href='#all'>All</a> version of {@link #findUTF8Submatch};
	* it returns a list of up to {@code n} successive matches of the expression, as defined by the <a
	* href='#all'>All</a> description above.
	*
	* A return value of null indicates no match.
	*/
	findAllUTF8Submatch(b, n) {
		const result = this.allMatches(MachineInput.fromUTF8(b), n, (match) => {
			let slice = new Array(match.length / 2 | 0).fill(null);
			for (let j = 0; j < slice.length; j++) if (match[2 * j] >= 0) slice[j] = b.slice(match[2 * j], match[2 * j + 1]);
			return slice;
		});
		if (result.length === 0) return null;
		return result;
	}
	/**
	* {@code findAllUTF8SubmatchIndex} is the <a href='#all'>All</a> version of
	* {@link #findUTF8SubmatchIndex}; it returns a list of up to {@code n} successive matches of the
	* expression, as defined by the <a href='#all'>All</a> description above.
	*
	* A return value of null indicates no match.
	*/
	findAllUTF8SubmatchIndex(b, n) {
		const result = this.allMatches(MachineInput.fromUTF8(b), n);
		if (result.length === 0) return null;
		return result;
	}
	/**
	* {@code findAllSubmatch} is the <a href='#all'>All</a> version of {@link #findSubmatch}; it
	* returns a list of up to {@code n} successive matches of the expression, as defined by the <a
	* href='#all'>All</a> description above.
	*
	* A return value of null indicates no match.
	*/
	findAllSubmatch(s, n) {
		const result = this.allMatches(MachineInput.fromUTF16(s), n, (match) => {
			let slice = new Array(match.length / 2 | 0).fill(null);
			for (let j = 0; j < slice.length; j++) if (match[2 * j] >= 0) slice[j] = s.substring(match[2 * j], match[2 * j + 1]);
			return slice;
		});
		if (result.length === 0) return null;
		return result;
	}
	/**
	* {@code findAllSubmatchIndex} is the <a href='#all'>All</a> version of
	* {@link #findSubmatchIndex}; it returns a list of up to {@code n} successive matches of the
	* expression, as defined by the <a href='#all'>All</a> description above.
	*
	* A return value of null indicates no match.
	*/
	findAllSubmatchIndex(s, n) {
		const result = this.allMatches(MachineInput.fromUTF16(s), n);
		if (result.length === 0) return null;
		return result;
	}
};
// src/Set.js
var RE2Set = class RE2Set {
	/** @type {number} */
	static UNANCHORED = RE2Flags.UNANCHORED;
	/** @type {number} */
	static ANCHOR_START = RE2Flags.ANCHOR_START;
	/** @type {number} */
	static ANCHOR_BOTH = RE2Flags.ANCHOR_BOTH;
	/**
	* Constructs a new RE2Set with the specified anchor mode and flags.
	* @param {number} [anchor=RE2Set.UNANCHORED] - The anchoring mode (e.g., RE2Set.UNANCHORED).
	* @param {number} [flags=0] - The public flags to apply to all patterns in the set.
	* @param {number} [maxMem=8388608] - The maximum memory in bytes to use for the DFA (default 8MB).
	*/
	constructor(anchor = RE2Set.UNANCHORED, flags = 0, maxMem = 8388608) {
		if (![
			RE2Set.UNANCHORED,
			RE2Set.ANCHOR_START,
			RE2Set.ANCHOR_BOTH
		].includes(anchor)) throw new RE2JSFlagsException("The anchor should be RE2Set.UNANCHORED, RE2Set.ANCHOR_START or RE2Set.ANCHOR_BOTH");
		Utils.checkFlags(flags);
		this.anchor = anchor;
		this.jsFlags = flags;
		this.maxMem = maxMem;
		let re2Flags = RE2Flags.PERL;
		if ((flags & PublicFlags.DISABLE_UNICODE_GROUPS) !== 0) re2Flags &= ~RE2Flags.UNICODE_GROUPS;
		if ((flags & PublicFlags.LOOKBEHINDS) !== 0) re2Flags |= RE2Flags.LOOKBEHIND;
		this.re2Flags = re2Flags;
		this.regexps = [];
		this.prog = null;
		this.dfa = null;
		this.dummyRe2 = null;
	}
	/**
	* Adds a new regular expression pattern to the set.
	* Patterns cannot be added after the set has been compiled.
	* @param {string} pattern - The regular expression pattern to add.
	* @returns {number} The integer index assigned to the added pattern.
	* @throws {RE2JSCompileException} If patterns are added after compilation.
	*/
	add(pattern) {
		if (this.prog) throw new RE2JSCompileException("Cannot add patterns after compile");
		Utils.checkPattern(pattern);
		let fregex = pattern;
		if ((this.jsFlags & PublicFlags.CASE_INSENSITIVE) !== 0) fregex = `(?i)${fregex}`;
		if ((this.jsFlags & PublicFlags.DOTALL) !== 0) fregex = `(?s)${fregex}`;
		if ((this.jsFlags & PublicFlags.MULTILINE) !== 0) fregex = `(?m)${fregex}`;
		const re = Parser.parse(fregex, this.re2Flags);
		this.regexps.push(Simplify.simplify(re));
		return this.regexps.length - 1;
	}
	/**
	* Compiles the added patterns into a single state machine.
	* This is automatically called on the first match if not called explicitly.
	* @returns {void}
	*/
	compile() {
		if (this.prog) return;
		const prog = Compiler.compileSet(this.regexps);
		if (prog.numInst() > Parser.MAX_SIZE) throw new RE2JSCompileException(`${Parser.ERR_LARGE}: the set compiles to ${prog.numInst()} instructions, more than ${Parser.MAX_SIZE}`);
		this.prog = prog;
		this.dfa = new DFA(this.prog, this.maxMem);
		this.dummyRe2 = {
			prog: this.prog,
			cond: this.prog.startCond(),
			prefix: "",
			prefixRune: 0,
			longest: false
		};
	}
	/**
	* Matches the input against the compiled set of regular expressions.
	* @param {string|number[]|Uint8Array} input - The input string or UTF-8 byte array to match against.
	* @returns {number[]} An array of indices representing the patterns that successfully matched the input.
	*/
	match(input) {
		if (!this.prog) this.compile();
		const machineInput = Utils.isByteArray(input) ? MachineInput.fromUTF8(input) : MachineInput.fromUTF16(input);
		let internalAnchor = RE2Flags.UNANCHORED;
		if (this.anchor === RE2Set.ANCHOR_START) internalAnchor = RE2Flags.ANCHOR_START;
		else if (this.anchor === RE2Set.ANCHOR_BOTH) internalAnchor = RE2Flags.ANCHOR_BOTH;
		const dfaResult = this.dfa.matchSet(machineInput, 0, internalAnchor);
		if (dfaResult !== null) return dfaResult;
		const machine = Machine.fromRE2(this.dummyRe2);
		machine.init(0);
		return machine.matchSet(machineInput, 0, internalAnchor);
	}
};
// src/TranslateRegExpString.js
/**
* Transform JS regex string to RE2 regex string
*/
var TranslateRegExpString = class TranslateRegExpString {
	static isHexadecimal(ch) {
		return "0" <= ch && ch <= "9" || "A" <= ch && ch <= "F" || "a" <= ch && ch <= "f";
	}
	static translate(data) {
		let prefixFlags = "";
		if (Object.prototype.toString.call(data) === "[object RegExp]") {
			if (data.ignoreCase) prefixFlags += "i";
			if (data.multiline) prefixFlags += "m";
			if (data.dotAll) prefixFlags += "s";
			data = data.source;
		}
		if (typeof data !== "string") return data;
		let result = "";
		let changed = false;
		let size = data.length;
		if (size === 0) {
			result = "(?:)";
			changed = true;
		}
		let inCharClass = false;
		let i = 0;
		while (i < size) {
			let ch = data[i];
			if (ch === "\\") {
				if (i + 1 < size) {
					ch = data[i + 1];
					switch (ch) {
						case "\\":
							result += "\\\\";
							i += 2;
							continue;
						case "c":
							if (i + 2 < size) {
								let code = data[i + 2].charCodeAt(0);
								if (code >= 65 && code <= 90 || code >= 97 && code <= 122) {
									let val = code % 32;
									result += "\\x";
									result += (val >> 4).toString(16).toUpperCase();
									result += (val & 15).toString(16).toUpperCase();
									i += 3;
									changed = true;
									continue;
								}
							}
							result += "c";
							i += 2;
							changed = true;
							continue;
						case "u":
							if (i + 2 < size) {
								if (data[i + 2] === "{") {
									let j = i + 3;
									let hasHex = false;
									let closed = false;
									while (j < size) {
										const hexChar = data[j];
										if (hexChar === "}") {
											closed = true;
											break;
										}
										if (!TranslateRegExpString.isHexadecimal(hexChar)) break;
										hasHex = true;
										j++;
									}
									if (closed && hasHex) {
										result += "\\x";
										i += 2;
										changed = true;
										continue;
									}
								} else if (i + 5 < size) {
									let isHex4 = true;
									for (let j = 0; j < 4; j++) if (!TranslateRegExpString.isHexadecimal(data[i + 2 + j])) {
										isHex4 = false;
										break;
									}
									if (isHex4) {
										result += "\\x{" + data.substring(i + 2, i + 6) + "}";
										i += 6;
										changed = true;
										continue;
									}
								}
							}
							result += "u";
							i += 2;
							changed = true;
							continue;
						case "x": {
							let isValidHex = false;
							if (i + 2 < size && data[i + 2] === "{") {
								let j = i + 3;
								let hasHex = false;
								let closed = false;
								while (j < size) {
									const hexChar = data[j];
									if (hexChar === "}") {
										closed = true;
										break;
									}
									if (!TranslateRegExpString.isHexadecimal(hexChar)) break;
									hasHex = true;
									j++;
								}
								if (closed && hasHex) isValidHex = true;
							} else if (i + 3 < size && TranslateRegExpString.isHexadecimal(data[i + 2]) && TranslateRegExpString.isHexadecimal(data[i + 3])) isValidHex = true;
							if (isValidHex) {
								result += "\\x";
								i += 2;
							} else {
								result += "x";
								i += 2;
								changed = true;
							}
							continue;
						}
						case "n":
						case "r":
						case "t":
						case "a":
						case "f":
						case "v":
						case "d":
						case "D":
						case "s":
						case "S":
						case "w":
						case "W":
						case "b":
						case "B":
						case "p":
						case "P":
						case "A":
						case "z":
						case "Q":
						case "E":
						case "0":
						case "1":
						case "2":
						case "3":
						case "4":
						case "5":
						case "6":
						case "7":
							result += "\\" + ch;
							i += 2;
							continue;
						default: {
							let cp = data.codePointAt(i + 1);
							if (cp >= 48 && cp <= 57 || cp >= 65 && cp <= 90 || cp >= 97 && cp <= 122) {
								let symSize = Utils.charCount(cp);
								result += data.substring(i + 1, i + 1 + symSize);
								i += symSize + 1;
								changed = true;
							} else {
								result += "\\";
								let symSize = Utils.charCount(cp);
								result += data.substring(i + 1, i + 1 + symSize);
								i += symSize + 1;
							}
							continue;
						}
					}
				}
			} else if (ch === "/") {
				result += "\\/";
				i += 1;
				changed = true;
				continue;
			} else if (ch === "[") {
				if (!inCharClass && data[i + 1] === "]") {
					result += "[^\\x00-\\x{10FFFF}]";
					i += 2;
					changed = true;
					continue;
				}
				if (!inCharClass && data[i + 1] === "^" && data[i + 2] === "]") {
					result += "[\\x00-\\x{10FFFF}]";
					i += 3;
					changed = true;
					continue;
				}
				inCharClass = true;
			} else if (ch === "]") inCharClass = false;
			else if (!inCharClass && ch === "(" && i + 2 < size && data[i + 1] === "?" && data[i + 2] === "<") {
				if (i + 3 < size && !"=!>)".includes(data[i + 3])) {
					result += "(?P<";
					i += 3;
					changed = true;
					continue;
				}
			}
			let cp = data.codePointAt(i);
			let symSize = Utils.charCount(cp);
			result += data.substring(i, i + symSize);
			i += symSize;
		}
		const finalResult = changed ? result : data;
		if (prefixFlags.length > 0) return `(?${prefixFlags})${finalResult}`;
		return finalResult;
	}
};
// src/index.js
const execResult = (m, input) => {
	const result = m.matchArray();
	result.index = m.start(0);
	result.input = input;
	result.groups = m.namedGroupsObject();
	return result;
};
/**
* A compiled representation of an RE2 regular expression
*
* The matching functions take {@code String} arguments instead of the more general Java
* {@code CharSequence} since the latter doesn't provide UTF-16 decoding.
*
*
* @author rsc@google.com (Russ Cox)
* @class
*/
var RE2JS = class RE2JS {
	/**
	* Flag: case insensitive matching.
	*/
	static CASE_INSENSITIVE = PublicFlags.CASE_INSENSITIVE;
	/**
	* Flag: dot ({@code .}) matches all characters, including newline.
	*/
	static DOTALL = PublicFlags.DOTALL;
	/**
	* Flag: multiline matching: {@code ^} and {@code $} match at beginning and end of line, not just
	* beginning and end of input.
	*/
	static MULTILINE = PublicFlags.MULTILINE;
	/**
	* Flag: Unicode groups (e.g. {@code \p\ Greek\} ) will be syntax errors.
	*/
	static DISABLE_UNICODE_GROUPS = PublicFlags.DISABLE_UNICODE_GROUPS;
	/**
	* Flag: matches longest possible string.
	*/
	static LONGEST_MATCH = PublicFlags.LONGEST_MATCH;
	/**
	* Flag: enable linear-time captureless lookbehinds.
	*/
	static LOOKBEHINDS = PublicFlags.LOOKBEHINDS;
	/**
	* Returns a literal pattern string for the specified string.
	*
	* This method produces a string that can be used to create a <code>RE2JS</code> that would
	* match the string <code>s</code> as if it were a literal pattern.
	*
	* Metacharacters or escape sequences in the input sequence will be given no special meaning.
	*
	* @param {string} str The string to be literalized
	* @returns {string} A literal string replacement
	*/
	static quote(str) {
		return Utils.quoteMeta(str);
	}
	/**
	* Quotes '\' and '$' in {@code str}, so that the returned string could be used in
	* replacement methods as a literal replacement of {@code str}.
	*
	* This is a convenience delegation to {@link Matcher.quoteReplacement}.
	*
	* @param {string} str the string to be quoted
	* @param {boolean} [javaMode=false] whether the replacement will be used in javaMode
	* @returns {string} the quoted string
	*/
	static quoteReplacement(str, javaMode = false) {
		return Matcher.quoteReplacement(str, javaMode);
	}
	/**
	* Translates a given regular expression string to ensure compatibility with RE2JS.
	*
	* This function preprocesses the input regex string by applying necessary transformations,
	* such as escaping special characters (e.g., `/`), converting named capture groups to
	* RE2JS-compatible syntax, and handling Unicode sequences properly. It ensures that the
	* resulting regex is safe and properly formatted before compilation.
	*
	* @param {string|RegExp} expr - The regular expression string to be translated.
	* @returns {string} - The transformed regular expression string, ready for compilation.
	*/
	static translateRegExp(expr) {
		return TranslateRegExpString.translate(expr);
	}
	/**
	* Helper: create new RE2JS with given regex and flags. Flregex is the regex with flags applied.
	* @param {string} regex
	* @param {number} [flags=0]
	* @returns {RE2JS}
	*/
	static compile(regex, flags = 0) {
		Utils.checkPattern(regex);
		Utils.checkFlags(flags);
		let fregex = regex;
		if ((flags & RE2JS.CASE_INSENSITIVE) !== 0) fregex = `(?i)${fregex}`;
		if ((flags & RE2JS.DOTALL) !== 0) fregex = `(?s)${fregex}`;
		if ((flags & RE2JS.MULTILINE) !== 0) fregex = `(?m)${fregex}`;
		let re2Flags = RE2Flags.PERL;
		if ((flags & RE2JS.DISABLE_UNICODE_GROUPS) !== 0) re2Flags &= ~RE2Flags.UNICODE_GROUPS;
		if ((flags & RE2JS.LOOKBEHINDS) !== 0) re2Flags |= RE2Flags.LOOKBEHIND;
		const p = new RE2JS(regex, flags);
		p.re2Input = RE2.compileImpl(fregex, re2Flags, (flags & RE2JS.LONGEST_MATCH) !== 0);
		return p;
	}
	/**
	* Matches a string against a regular expression.
	*
	* @param {string} regex the regular expression
	* @param {string|number[]|Uint8Array} input the input
	* @returns {boolean} true if the regular expression matches the entire input
	* @throws RE2JSSyntaxException if the regular expression is malformed
	*/
	static matches(regex, input) {
		return RE2JS.compile(regex).testExact(input);
	}
	/**
	* This is visible for testing.
	* @private
	*/
	static initTest(pattern, flags, re2) {
		if (pattern == null) throw new Error("pattern is null");
		if (re2 == null) throw new Error("re2 is null");
		const p = new RE2JS(pattern, flags);
		p.re2Input = re2;
		return p;
	}
	/**
	*
	* @param {string} pattern
	* @param {number} flags
	*/
	constructor(pattern, flags) {
		this.patternInput = pattern;
		this.flagsInput = flags;
		/** @type {import('./RE2.js').RE2} */
		this.re2Input = null;
	}
	/**
	* Releases memory used by internal caches associated with this pattern. Does not change the
	* observable behaviour. Useful for tests that detect memory leaks via allocation tracking.
	*/
	reset() {
		this.re2Input.reset();
	}
	/**
	* Returns the flags used in the constructor.
	* @returns {number}
	*/
	flags() {
		return this.flagsInput;
	}
	/**
	* Returns the pattern used in the constructor.
	* @returns {string}
	*/
	pattern() {
		return this.patternInput;
	}
	re2() {
		return this.re2Input;
	}
	/**
	* Matches a string against a regular expression.
	*
	* @param {string|number[]|Uint8Array} input the input
	* @returns {boolean} true if the regular expression matches the entire input
	*/
	matches(input) {
		return this.testExact(input);
	}
	/**
	* Creates a new {@code Matcher} matching the pattern against the input.
	*
	* @param {string|number[]|Uint8Array|MatcherInputBase} input the input string
	* @returns {Matcher}
	*/
	matcher(input) {
		if (Utils.isByteArray(input)) input = MatcherInput.utf8(input);
		return new Matcher(this, input);
	}
	/**
	* Tests whether the regular expression matches any part of the input string.
	* Performance Note: This method is highly optimized. Because it only returns
	* a boolean and does not extract capture groups, it bypasses the `Matcher` overhead
	* and guarantees execution on the high-speed DFA engine whenever possible.
	*
	* @param {string|number[]|Uint8Array} input - The input string or UTF-8 byte array to test against.
	* @returns {boolean} `true` if the pattern is found anywhere in the input, `false` otherwise.
	*/
	test(input) {
		if (Utils.isByteArray(input)) return this.re2Input.matchUTF8(input);
		return this.re2Input.match(input);
	}
	/**
	* Tests whether the regular expression matches the ENTIRE input string.
	* * **Performance Note:** This operates identically to `.matches()`, but is significantly
	* faster because it does not request capture group data. By requesting 0 capture groups,
	* it securely routes execution through the DFA fast-path.
	*
	* @param {string|number[]|Uint8Array} input - The input string or UTF-8 byte array to test against.
	* @returns {boolean} `true` if the exact input string fully matches the pattern, `false` otherwise.
	*/
	testExact(input) {
		const machineInput = Utils.isByteArray(input) ? MachineInput.fromUTF8(input) : MachineInput.fromUTF16(input);
		return this.re2Input.executeEngine(machineInput, 0, RE2Flags.ANCHOR_BOTH, 0) !== null;
	}
	/**
	* Executes a search for a match in a specified string.
	* Returns a result array, or null if no match is found.
	* The returned array perfectly mirrors standard JavaScript `RegExpExecArray`,
	* including `.index`, `.input`, and `.groups` properties.
	*
	* @param {string|number[]|Uint8Array} input the input string or byte array
	* @returns {Array|null} the match array with index, input, and groups properties, or null
	*/
	exec(input) {
		const m = this.matcher(input);
		return m.find() ? execResult(m, input) : null;
	}
	/**
	* Splits input around instances of the regular expression. It returns an array giving the strings
	* that occur before, between, and after instances of the regular expression.
	*
	* If {@code limit <= 0}, there is no limit on the size of the returned array. If
	* {@code limit == 0}, empty strings that would occur at the end of the array are omitted. If
	* {@code limit > 0}, at most limit strings are returned. The final string contains the remainder
	* of the input, possibly including additional matches of the pattern.
	*
	* @param {string} input the input string to be split
	* @param {number} [limit=0] the limit
	* @returns {string[]} the split strings
	*/
	split(input, limit = 0) {
		const m = this.matcher(input);
		const result = [];
		let emptiesSkipped = 0;
		let last = 0;
		while (m.find()) {
			if (last === 0 && m.end() === 0) {
				last = m.end();
				continue;
			}
			if (limit > 0 && result.length === limit - 1) break;
			if (last === m.start()) {
				if (limit === 0) {
					emptiesSkipped += 1;
					last = m.end();
					continue;
				}
			} else while (emptiesSkipped > 0) {
				result.push("");
				emptiesSkipped -= 1;
			}
			result.push(m.substring(last, m.start()));
			last = m.end();
		}
		if (limit === 0 && last !== m.inputLength()) {
			while (emptiesSkipped > 0) {
				result.push("");
				emptiesSkipped -= 1;
			}
			result.push(m.substring(last, m.inputLength()));
		}
		if (limit !== 0 || result.length === 0 && !(last === m.inputLength() && last > 0)) result.push(m.substring(last, m.inputLength()));
		return result;
	}
	/**
	* Returns an iterator of all results matching a string against the regular expression,
	* including capturing groups.
	*
	* @param {string|number[]|Uint8Array} input the input string or byte array
	* @returns {IterableIterator<RegExpMatchArray>}
	*/
	*matchAll(input) {
		const m = this.matcher(input);
		while (m.find()) yield execResult(m, input);
	}
	/**
	*
	* @returns {string}
	*/
	toString() {
		return this.patternInput;
	}
	/**
	* Returns the program size of this pattern.
	*
	* <p>
	* Similar to the C++ implementation, the program size is a very approximate measure of a regexp's
	* "cost". Larger numbers are more expensive than smaller numbers.
	* </p>
	*
	* @returns {number} the program size of this pattern
	*/
	programSize() {
		return this.re2Input.numberOfInstructions();
	}
	/**
	* Returns the number of capturing groups in this matcher's pattern. Group zero denotes the entire
	* pattern and is excluded from this count.
	*
	* @returns {number} the number of capturing groups in this pattern
	*/
	groupCount() {
		return this.re2Input.numberOfCapturingGroups();
	}
	/**
	* Return a map of the capturing groups in this matcher's pattern, where key is the name and value
	* is the index of the group in the pattern.
	* @returns {Record<string, number>}
	*/
	namedGroups() {
		return this.re2Input.namedGroups;
	}
	/**
	*
	* @param {*} other
	* @returns {boolean}
	*/
	equals(other) {
		if (this === other) return true;
		if (other === null || this.constructor !== other.constructor) return false;
		return this.flagsInput === other.flagsInput && this.patternInput === other.patternInput;
	}
};
/**
* Creates an RE2JS regex directly from a template literal.
* @overload
* @param {TemplateStringsArray} stringsOrFlags - The raw string segments of the template literal.
* @param {...any} values - The interpolated values.
* @returns {RE2JS}
*/
/**
* Creates a template literal tag function with specific RE2JS flags.
* @overload
* @param {number} stringsOrFlags - The RE2JS flags to apply (e.g., RE2JS.CASE_INSENSITIVE).
* @returns {(strings: TemplateStringsArray, ...tagValues: any[]) => RE2JS}
*/
/**
* Implementation signature
* @param {TemplateStringsArray | number} stringsOrFlags
* @param {...any} values
* @returns {RE2JS | ((strings: TemplateStringsArray, ...tagValues: any[]) => RE2JS)}
*/
function re(stringsOrFlags, ...values) {
	if (Array.isArray(stringsOrFlags) && "raw" in stringsOrFlags) {
		const pattern = String.raw(stringsOrFlags, ...values);
		return RE2JS.compile(pattern);
	}
	const flags = typeof stringsOrFlags === "number" ? stringsOrFlags : 0;
	return (strings, ...tagValues) => {
		const pattern = String.raw(strings, ...tagValues);
		return RE2JS.compile(pattern, flags);
	};
}



/***/ })

/******/ });
/************************************************************************/
/******/ // The module cache
/******/ var __webpack_module_cache__ = {};
/******/ 
/******/ // The require function
/******/ function __nccwpck_require__(moduleId) {
/******/ 	// Check if module is in cache
/******/ 	var cachedModule = __webpack_module_cache__[moduleId];
/******/ 	if (cachedModule !== undefined) {
/******/ 		return cachedModule.exports;
/******/ 	}
/******/ 	// Create a new module (and put it into the cache)
/******/ 	var module = __webpack_module_cache__[moduleId] = {
/******/ 		// no module.id needed
/******/ 		// no module.loaded needed
/******/ 		exports: {}
/******/ 	};
/******/ 
/******/ 	// Execute the module function
/******/ 	var threw = true;
/******/ 	try {
/******/ 		__webpack_modules__[moduleId].call(module.exports, module, module.exports, __nccwpck_require__);
/******/ 		threw = false;
/******/ 	} finally {
/******/ 		if(threw) delete __webpack_module_cache__[moduleId];
/******/ 	}
/******/ 
/******/ 	// Return the exports of the module
/******/ 	return module.exports;
/******/ }
/******/ 
/******/ // expose the modules object (__webpack_modules__)
/******/ __nccwpck_require__.m = __webpack_modules__;
/******/ 
/************************************************************************/
/******/ /* webpack/runtime/asset-relocator-loader */
/******/ if (typeof __nccwpck_require__ !== 'undefined') __nccwpck_require__.ab = decodeURIComponent(new URL('.', import.meta.url).pathname).slice(import.meta.url.match(/^file:\/\/\/\w:/) ? 1 : 0, -1) + "/";
/******/ 
/******/ /* webpack/runtime/compat get default export */
/******/ (() => {
/******/ 	// getDefaultExport function for compatibility with non-harmony modules
/******/ 	__nccwpck_require__.n = (module) => {
/******/ 		var getter = module && module.__esModule ?
/******/ 			() => (module['default']) :
/******/ 			() => (module);
/******/ 		__nccwpck_require__.d(getter, { a: getter });
/******/ 		return getter;
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/create fake namespace object */
/******/ (() => {
/******/ 	var getProto = Object.getPrototypeOf ? (obj) => (Object.getPrototypeOf(obj)) : (obj) => (obj.__proto__);
/******/ 	var leafPrototypes;
/******/ 	// create a fake namespace object
/******/ 	// mode & 1: value is a module id, require it
/******/ 	// mode & 2: merge all properties of value into the ns
/******/ 	// mode & 4: return value when already ns object
/******/ 	// mode & 16: return value when it's Promise-like
/******/ 	// mode & 8|1: behave like require
/******/ 	__nccwpck_require__.t = function(value, mode) {
/******/ 		if(mode & 1) value = this(value);
/******/ 		if(mode & 8) return value;
/******/ 		if(typeof value === 'object' && value) {
/******/ 			if((mode & 4) && value.__esModule) return value;
/******/ 			if((mode & 16) && typeof value.then === 'function') return value;
/******/ 		}
/******/ 		var ns = Object.create(null);
/******/ 		__nccwpck_require__.r(ns);
/******/ 		var def = {};
/******/ 		leafPrototypes = leafPrototypes || [null, getProto({}), getProto([]), getProto(getProto)];
/******/ 		for(var current = mode & 2 && value; typeof current == 'object' && !~leafPrototypes.indexOf(current); current = getProto(current)) {
/******/ 			Object.getOwnPropertyNames(current).forEach((key) => (def[key] = () => (value[key])));
/******/ 		}
/******/ 		def['default'] = () => (value);
/******/ 		__nccwpck_require__.d(ns, def);
/******/ 		return ns;
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/define property getters */
/******/ (() => {
/******/ 	// define getter functions for harmony exports
/******/ 	__nccwpck_require__.d = (exports, definition) => {
/******/ 		for(var key in definition) {
/******/ 			if(__nccwpck_require__.o(definition, key) && !__nccwpck_require__.o(exports, key)) {
/******/ 				Object.defineProperty(exports, key, { enumerable: true, get: definition[key] });
/******/ 			}
/******/ 		}
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/ensure chunk */
/******/ (() => {
/******/ 	__nccwpck_require__.f = {};
/******/ 	// This file contains only the entry chunk.
/******/ 	// The chunk loading function for additional chunks
/******/ 	__nccwpck_require__.e = (chunkId) => {
/******/ 		return Promise.all(Object.keys(__nccwpck_require__.f).reduce((promises, key) => {
/******/ 			__nccwpck_require__.f[key](chunkId, promises);
/******/ 			return promises;
/******/ 		}, []));
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/get javascript chunk filename */
/******/ (() => {
/******/ 	// This function allow to reference async chunks
/******/ 	__nccwpck_require__.u = (chunkId) => {
/******/ 		// return url for filenames based on template
/******/ 		return "" + chunkId + ".index.js";
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/hasOwnProperty shorthand */
/******/ (() => {
/******/ 	__nccwpck_require__.o = (obj, prop) => (Object.prototype.hasOwnProperty.call(obj, prop))
/******/ })();
/******/ 
/******/ /* webpack/runtime/make namespace object */
/******/ (() => {
/******/ 	// define __esModule on exports
/******/ 	__nccwpck_require__.r = (exports) => {
/******/ 		if(typeof Symbol !== 'undefined' && Symbol.toStringTag) {
/******/ 			Object.defineProperty(exports, Symbol.toStringTag, { value: 'Module' });
/******/ 		}
/******/ 		Object.defineProperty(exports, '__esModule', { value: true });
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/import chunk loading */
/******/ (() => {
/******/ 	// no baseURI
/******/ 	
/******/ 	// object to store loaded and loading chunks
/******/ 	// undefined = chunk not loaded, null = chunk preloaded/prefetched
/******/ 	// [resolve, Promise] = chunk loading, 0 = chunk loaded
/******/ 	var installedChunks = {
/******/ 		8792: 0
/******/ 	};
/******/ 	
/******/ 	var installChunk = (data) => {
/******/ 		var {ids, modules, runtime} = data;
/******/ 		// add "modules" to the modules object,
/******/ 		// then flag all "ids" as loaded and fire callback
/******/ 		var moduleId, chunkId, i = 0;
/******/ 		for(moduleId in modules) {
/******/ 			if(__nccwpck_require__.o(modules, moduleId)) {
/******/ 				__nccwpck_require__.m[moduleId] = modules[moduleId];
/******/ 			}
/******/ 		}
/******/ 		if(runtime) runtime(__nccwpck_require__);
/******/ 		for(;i < ids.length; i++) {
/******/ 			chunkId = ids[i];
/******/ 			if(__nccwpck_require__.o(installedChunks, chunkId) && installedChunks[chunkId]) {
/******/ 				installedChunks[chunkId][0]();
/******/ 			}
/******/ 			installedChunks[ids[i]] = 0;
/******/ 		}
/******/ 	
/******/ 	}
/******/ 	
/******/ 	__nccwpck_require__.f.j = (chunkId, promises) => {
/******/ 			// import() chunk loading for javascript
/******/ 			var installedChunkData = __nccwpck_require__.o(installedChunks, chunkId) ? installedChunks[chunkId] : undefined;
/******/ 			if(installedChunkData !== 0) { // 0 means "already installed".
/******/ 	
/******/ 				// a Promise means "currently loading".
/******/ 				if(installedChunkData) {
/******/ 					promises.push(installedChunkData[1]);
/******/ 				} else {
/******/ 					if(true) { // all chunks have JS
/******/ 						// setup Promise in chunk cache
/******/ 						var promise = import("./" + __nccwpck_require__.u(chunkId)).then(installChunk, (e) => {
/******/ 							if(installedChunks[chunkId] !== 0) installedChunks[chunkId] = undefined;
/******/ 							throw e;
/******/ 						});
/******/ 						var promise = Promise.race([promise, new Promise((resolve) => (installedChunkData = installedChunks[chunkId] = [resolve]))])
/******/ 						promises.push(installedChunkData[1] = promise);
/******/ 					}
/******/ 				}
/******/ 			}
/******/ 	};
/******/ 	
/******/ 	// no prefetching
/******/ 	
/******/ 	// no preloaded
/******/ 	
/******/ 	// no external install chunk
/******/ 	
/******/ 	// no on chunks loaded
/******/ })();
/******/ 
/************************************************************************/
var __webpack_exports__ = {};

// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  XI: () => (/* reexport */ action),
  sj: () => (/* binding */ answerQuestions),
  xw: () => (/* reexport */ cli),
  F4: () => (/* reexport */ codes/* codes */.F4),
  LD: () => (/* reexport */ decide),
  z6: () => (/* reexport */ endingOf),
  mm: () => (/* reexport */ inspectImage),
  ml: () => (/* reexport */ gate_clock/* systemClock */.m)
});

// EXTERNAL MODULE: ./src/inputs/parse.ts + 9 modules
var parse = __nccwpck_require__(25590);
// EXTERNAL MODULE: ./src/report/escape.ts
var report_escape = __nccwpck_require__(14031);
// EXTERNAL MODULE: ./src/evidence/statement.ts
var evidence_statement = __nccwpck_require__(63240);
// EXTERNAL MODULE: ./src/report/distinct.ts
var distinct = __nccwpck_require__(75652);
// EXTERNAL MODULE: ./src/report/near-misses.ts
var near_misses = __nccwpck_require__(84455);
// EXTERNAL MODULE: ./src/report/place.ts
var place = __nccwpck_require__(18141);
// EXTERNAL MODULE: ./src/report/statements.ts
var statements = __nccwpck_require__(92182);
// EXTERNAL MODULE: ./src/report/policy-results.ts
var policy_results = __nccwpck_require__(66645);
;// CONCATENATED MODULE: ./src/report/summary-policies.ts



const mostRows = 100;
const mostPlaces = 3;
const longestText = 300;
const longestMessage = 200;
/** Whole, a digest would push a row beyond the page. */
const digestHex = /\b([0-9a-f]{12})[0-9a-f]{52}\b/g;
const marks = {
    pass: '✅',
    fail: '❌',
    warn: '⚠️',
    error: '❔',
    skip: '➖',
};
/** What each rule says to each image, what matters first; a table that is cut leaves out passes. */
function policySection(rows) {
    if (rows.length === 0)
        return '';
    const lines = (0,policy_results/* worstFirst */.md)(rows)
        .slice(0, mostRows)
        .map(({ result, resource, image, message, ...rule }) => {
        const cells = [
            `${marks[result]}&nbsp;${result}`,
            (0,report_escape/* inCode */.pN)((0,place/* ruleText */.Y3)(rule)),
            // One cell for both: the message must stay on the page.
            [...(resource === undefined ? [] : [(0,place/* resourceText */.s8)(resource)]), image]
                .map((text) => (0,report_escape/* inCode */.pN)((0,report_escape/* shorten */.ml)(text, longestText)))
                .join('<br>'),
            result === 'pass' ? '–' : (0,report_escape/* inert */.tJ)((0,report_escape/* shorten */.ml)(message.replace(digestHex, '$1…'), longestMessage)),
        ];
        return `| ${cells.join(' | ')} |`;
    });
    const more = rows.length > mostRows ? `\n\n… and ${rows.length - mostRows} more in the result file` : '';
    const head = '| Result | Rule | Resource and image | What it says |\n| --- | --- | --- | --- |';
    return `### What the policies say\n\n${(0,policy_results/* countsText */.WN)((0,policy_results/* countOutcomes */.XF)(rows))}\n\n${head}\n${lines.join('\n')}${more}`;
}
/** The manifests that came out with digests. */
function pinnedSection(pinned, folder) {
    const lines = pinned.slice(0, mostRows).map(({ file, changed }) => {
        const said = changed === 0 ? 'no digest written' : `${changed} digest${changed === 1 ? '' : 's'} written`;
        return `- ${(0,report_escape/* inCode */.pN)(file)}: ${said}`;
    });
    const more = pinned.length > mostRows ? `\n- … and ${pinned.length - mostRows} more` : '';
    const note = 'Only verified images got their digest, and nothing else in them changed. An image that still has none is not verified.';
    return `### Manifests with digests\n\nIn ${(0,report_escape/* inCode */.pN)(folder)}. ${note}\n\n${lines.join('\n')}${more}`;
}
/** Where an image stands, for a table cell: the place, and below it the resource. */
function placesCell(origins) {
    if (origins.length === 0)
        return '–';
    const places = origins.slice(0, mostPlaces).map(({ file, line, resource, container }) => {
        const what = resource === undefined ? '' : `<br>${(0,report_escape/* inert */.tJ)((0,report_escape/* shorten */.ml)((0,place/* resourceText */.s8)(resource), longestText))}`;
        const own = container === undefined ? '' : ` (${(0,report_escape/* inert */.tJ)((0,report_escape/* shorten */.ml)(container, longestText))})`;
        return `${(0,report_escape/* inCode */.pN)(`${(0,report_escape/* shorten */.ml)(file, longestText)}:${line}`)}${what}${own}`;
    });
    const more = origins.length > mostPlaces ? [`… and ${origins.length - mostPlaces} more`] : [];
    return [...places, ...more].join('<br>');
}

;// CONCATENATED MODULE: ./src/report/words.ts
/** The verdict in two words for a title: which of the three, and what kind of failure. */
function title(verdict, failure) {
    if (verdict === 'verified')
        return 'Verified';
    if (verdict === 'rejected')
        return 'Rejected: supply chain';
    return failure?.class === 'configuration' ? 'Undetermined: configuration' : 'Undetermined: infrastructure';
}
const turns = {
    'supply-chain': 'The owner of the image: something about the image or its signature is wrong.',
    infrastructure: 'The owner of the pipeline: a service did not answer, so nothing is known about the image.',
    configuration: 'The owner of the pipeline: this step is set up wrongly, so nothing is known about the image.',
};
/** Whose turn it is, in one sentence. */
function turn(failure) {
    return failure ? turns[failure.class] : 'Nobody: the image may be promoted.';
}
/** One sentence about the whole run. */
function message({ verdict, failure, images, }) {
    if (failure === null) {
        const counted = images.filter(({ allowed }) => !allowed);
        const unchecked = images.length - counted.length;
        const beside = unchecked === 0
            ? ''
            : `; ${unchecked} that no policy covers ${unchecked === 1 ? 'is' : 'are'} not checked`;
        const [only, ...others] = counted;
        if (!only || others.length > 0)
            return `${unchecked === 0 ? 'all ' : ''}${counted.length} images are verified${beside}`;
        return only.digest === null
            ? `${only.reference} is admitted by a static policy: nothing was looked at${beside}`
            : `${only.reference} is verified: ${only.digest}${beside}`;
    }
    const about = images.length > 1
        ? images.find((image) => !image.allowed &&
            image.failure?.code === failure.code &&
            image.failure.message === failure.message)
        : undefined;
    return about ? `${verdict}: ${about.reference}: ${failure.message}` : `${verdict}: ${failure.message}`;
}

;// CONCATENATED MODULE: ./src/report/summary.ts








/** The runner drops a larger summary whole. */
const summaryLimit = 1024 * 1024;
const summary_mostRows = 100;
const mostStatements = 50;
const mostDetails = 20;
const summary_mostPlaces = 5;
const summary_longestText = 600;
const summary_marks = { verified: '✅', rejected: '❌', undetermined: '⚠️' };
const statusMarks = {
    met: '✅',
    unmet: '❌',
    unknown: '❔',
    exempt: '➖',
};
/**
 * The job summary: the verdict first and what nobody checked, then what to deploy, what failed and whose turn it is, then
 * how that is known. Everything from outside is escaped, the tables are bounded, and the whole stays within what the
 * runner shows.
 *
 * @param pinnedTo the folder that manifests with digests were written to
 */
function toSummary(result, ending, pinnedTo) {
    const parts = [
        heading(result, ending),
        failures(result),
        notChecked(result),
        deploy(result, ending),
        pinnedTo === undefined ? '' : pinnedSection(result.pinned ?? [], pinnedTo),
        table(result.images),
        policySection(result.policies ?? []),
        attested(result.images),
        ...result.images.slice(0, mostDetails).map(detail),
        footer(result),
    ].filter((part) => part !== '');
    const kept = [];
    let size = 0;
    for (const part of parts) {
        size += Buffer.byteLength(part) + 2;
        if (size > summaryLimit - 200) {
            kept.push('*This summary was cut; the result file has all of it.*');
            break;
        }
        kept.push(part);
    }
    return `${kept.join('\n\n')}\n`;
}
function heading({ verdict, failure, warnings }, ending) {
    const pass = ending.letPass
        ? '\n\n> [!WARNING]\n> The step passes because its inputs ask for that. **The image is not verified.**'
        : '';
    const said = warnings
        .slice(0, mostDetails)
        .map((warning) => `\n> - ${(0,report_escape/* inert */.tJ)((0,report_escape/* shorten */.ml)(warning, summary_longestText))}`)
        .join('');
    const more = warnings.length > mostDetails
        ? `\n> - … and ${warnings.length - mostDetails} more warnings in the result file`
        : '';
    const aloud = warnings.length === 0 ? '' : `\n\n> [!WARNING]${said}${more}`;
    return `## ${summary_marks[verdict]} ${title(verdict, failure)}${pass}${aloud}\n\n**Whose turn:** ${turn(failure)}`;
}
function deploy({ images }, { handOn }) {
    const verified = images.filter((image) => image.verdict === 'verified' && image.pinned !== null);
    if (verified.length === 0 || !handOn)
        return '';
    const rows = verified.slice(0, summary_mostRows).map((image) => (0,report_escape/* inert */.tJ)((0,report_escape/* shorten */.ml)(String(image.pinned), summary_longestText)));
    const more = verified.length > summary_mostRows ? `\n… and ${verified.length - summary_mostRows} more in the result file` : '';
    const note = images.length > verified.length ? ' (the verified ones only)' : '';
    return `### Deploy by digest${note}\n\n<pre><code>${rows.join('\n')}${more}</code></pre>`;
}
function failures({ images, failure }) {
    const all = images.filter((image) => image.failure !== null && !image.allowed);
    // What speaks for the run comes first.
    const failed = [
        ...all.filter(({ verdict }) => verdict === 'rejected'),
        ...all.filter(({ verdict }) => verdict !== 'rejected'),
    ];
    // A failure of the run itself: an input, a policy that cannot be read.
    const own = failure && !failed.some((image) => image.failure?.message === failure.message)
        ? [
            `\`${failure.code}\`: ${(0,report_escape/* inert */.tJ)((0,report_escape/* shorten */.ml)(failure.message, summary_longestText))}\n\n**Next:** ${(0,report_escape/* inert */.tJ)(failure.hint)}`,
        ]
        : [];
    const rows = failed.slice(0, mostDetails).map((image) => {
        const { origins = [] } = image;
        const places = origins
            .slice(0, summary_mostPlaces)
            .map((origin) => `\n  - At ${(0,report_escape/* inCode */.pN)((0,report_escape/* shorten */.ml)((0,place/* placeText */.Z9)(origin), summary_longestText))}`);
        if (origins.length > summary_mostPlaces)
            places.push(`\n  - … and at ${origins.length - summary_mostPlaces} more places`);
        const misses = (0,near_misses/* nearMissesOf */.i)(image.finding).map((miss) => `\n  - Near miss: ${(0,report_escape/* inert */.tJ)((0,report_escape/* shorten */.ml)(miss, summary_longestText))}`);
        const { code = '', message = '', hint = '' } = image.failure ?? {};
        return `- ${(0,report_escape/* inCode */.pN)(image.reference)} \`${code}\`: ${(0,report_escape/* inert */.tJ)((0,report_escape/* shorten */.ml)(message, summary_longestText))}${places.join('')}${misses.join('')}\n  - **Next:** ${(0,report_escape/* inert */.tJ)(hint)}`;
    });
    const more = failed.length > mostDetails ? [`- … and ${failed.length - mostDetails} more in the result file`] : [];
    const listed = rows.length === 0 ? [] : [[...rows, ...more].join('\n')];
    const said = [...own, ...listed];
    return said.length === 0 ? '' : `### What failed\n\n${said.join('\n\n')}`;
}
/** Images that nothing is demanded of, where that is allowed: they are not verified, and must not look as if they were. */
function notChecked({ images, policies = [] }) {
    const own = images.filter(({ allowed }) => allowed);
    if (own.length === 0)
        return '';
    const rows = own.slice(0, mostDetails).map((image) => {
        const [origin] = image.origins ?? [];
        const where = origin === undefined ? '' : ` at ${(0,report_escape/* inCode */.pN)((0,report_escape/* shorten */.ml)((0,place/* placeText */.Z9)(origin), summary_longestText))}`;
        return `- ${(0,report_escape/* inCode */.pN)(image.reference)}${where}: ${(0,report_escape/* inert */.tJ)((0,report_escape/* shorten */.ml)((0,place/* whyNotChecked */.P_)(image, policies), summary_longestText))}`;
    });
    const more = own.length > mostDetails ? [`- … and ${own.length - mostDetails} more in the result file`] : [];
    return `### Not checked\n\n${[...rows, ...more].join('\n')}`;
}
function table(images) {
    if (images.length === 0)
        return '';
    const isPlaced = images.some(({ origins }) => origins !== undefined);
    const rows = images.slice(0, summary_mostRows).map((image) => {
        const verified = image.signatures.filter((signature) => signature.verified);
        const signers = [...new Set(verified.map(signer))];
        const cells = [
            image.allowed ? '➖&nbsp;not&nbsp;checked' : `${summary_marks[image.verdict]}&nbsp;${image.verdict}`,
            (0,report_escape/* inCode */.pN)(image.reference),
            ...(isPlaced ? [placesCell(image.origins ?? [])] : []),
            signers.length === 0 ? '–' : signers.join('<br>'),
            // The whole one is above; where the places stand beside it, there is no room for it.
            ...(isPlaced ? [] : [image.digest === null ? '–' : (0,report_escape/* inCode */.pN)(shortDigest(image.digest))]),
        ];
        return `| ${cells.join(' | ')} |`;
    });
    const more = images.length > summary_mostRows ? `\n\n… and ${images.length - summary_mostRows} more in the result file` : '';
    const heads = ['Verdict', 'Image', ...(isPlaced ? ['Where', 'Signed by'] : ['Signed by', 'Digest'])];
    return `### Images\n\n| ${heads.join(' | ')} |\n| ${heads.map(() => '---').join(' | ')} |\n${rows.join('\n')}${more}`;
}
function signer({ keyRef, keyId, identity }) {
    if (identity !== undefined)
        return `${(0,report_escape/* inCode */.pN)(identity.subject)} (${(0,report_escape/* inCode */.pN)(identity.issuer)})`;
    return keyId === '' ? (0,report_escape/* inCode */.pN)(keyRef) : `${(0,report_escape/* inCode */.pN)(keyRef)} (${(0,report_escape/* inCode */.pN)(keyId)})`;
}
/** What verified attestations say. Who says it is proven; the page must not read as if the rest were. */
function attested(images) {
    const rows = images.flatMap(({ reference, signatures }) => signatures.flatMap((signature) => {
        const { verified, attests, statement } = signature;
        if (!verified || attests === undefined || statement === undefined)
            return [];
        const says = (0,report_escape/* inert */.tJ)((0,report_escape/* shorten */.ml)((0,statements/* sentence */.e)(statement), summary_longestText));
        // One image is named above; its name would push what they say beyond the page.
        const cells = [...(images.length > 1 ? [(0,report_escape/* inCode */.pN)(reference)] : []), (0,report_escape/* inCode */.pN)((0,evidence_statement/* shortNameOf */.PI)(attests))];
        return [`| ${[...cells, signer(signature), says].join(' | ')} |`];
    }));
    if (rows.length === 0)
        return '';
    const more = rows.length > mostStatements ? `\n\n… and ${rows.length - mostStatements} more in the result file` : '';
    const note = 'Who attested this is proven. What they say is their claim: it was read, and not checked.';
    const heads = [...(images.length > 1 ? ['Image'] : []), 'Type', 'Attested by', 'What they say'];
    const head = `| ${heads.join(' | ')} |\n| ${heads.map(() => '---').join(' | ')} |`;
    return `### What was attested\n\n${note}\n\n${head}\n${rows.slice(0, mostStatements).join('\n')}${more}`;
}
/** Enough to recognise; whole, it would push the table beyond the page. The whole one is above and below. */
function shortDigest(digest) {
    return `${digest.slice(0, 'sha256:'.length + 12)}…`;
}
function detail(image) {
    const claims = image.signatures.flatMap(({ claimed }) => claimed.signedAt
        ? [
            `<p>The record says it was signed at ${(0,report_escape/* inert */.tJ)((0,report_escape/* shorten */.ml)(claimed.signedAt, 100))}. That time is a claim: nothing signs it.</p>`,
        ]
        : []);
    return `<details><summary>How we know: ${(0,report_escape/* inert */.tJ)((0,report_escape/* shorten */.ml)(image.reference, 200))}</summary>\n\n<ul>${tree(image.finding, 0)}</ul>${claims.join('')}\n\n</details>`;
}
function tree(finding, depth) {
    const children = depth > 20 ? [] : (finding.children ?? []);
    const below = children.length === 0 ? '' : `<ul>${children.map((child) => tree(child, depth + 1)).join('')}</ul>`;
    return `<li>${statusMarks[finding.status]} <b>${(0,report_escape/* inert */.tJ)(finding.check)}</b>: ${(0,report_escape/* inert */.tJ)((0,report_escape/* shorten */.ml)(finding.message, summary_longestText))}${below}</li>`;
}
function footer({ keys, calls, trust, policyFiles = [] }) {
    const asked = (0,distinct/* distinct */.d)(keys).map(({ reference, id, type }) => `${(0,report_escape/* inCode */.pN)(reference)} (${(0,report_escape/* inert */.tJ)(type)}, ${(0,report_escape/* inCode */.pN)(id)})`);
    const read = policyFiles
        .slice(0, mostDetails)
        .map(({ file, sha256 }) => `${(0,report_escape/* inCode */.pN)(file)} (SHA-256 ${(0,report_escape/* inCode */.pN)(sha256.slice(0, 12))}…)`);
    if (policyFiles.length > mostDetails)
        read.push(`and ${policyFiles.length - mostDetails} more`);
    const hosts = calls.map(({ host, count }) => `${(0,report_escape/* inCode */.pN)(host)} ×${count}`);
    return [
        asked.length === 0 ? '' : `**Keys asked for:** ${asked.join(', ')}`,
        read.length === 0 ? '' : `**Policies read:** ${read.join(', ')}`,
        trust === undefined ? '' : trustLine(trust),
        `**Hosts contacted:** ${hosts.length === 0 ? 'none' : hosts.join(', ')}`,
    ]
        .filter((part) => part !== '')
        .join('<br>\n');
}
function trustLine({ name, sha256, newestPart, checkedAt, expires }) {
    const facts = [
        `SHA-256 ${(0,report_escape/* inCode */.pN)(sha256)}`,
        ...(newestPart === undefined ? [] : [`newest part of ${(0,report_escape/* inert */.tJ)(newestPart)}`]),
        ...(checkedAt === undefined ? [] : [`asked at ${(0,report_escape/* inert */.tJ)(checkedAt)}`]),
        ...(expires === undefined ? [] : [`holds until ${(0,report_escape/* inert */.tJ)(expires)}`]),
    ];
    return `**Trusted root:** ${(0,report_escape/* inCode */.pN)(name)} (${facts.join(', ')})`;
}

// EXTERNAL MODULE: ./src/report/text.ts
var report_text = __nccwpck_require__(65655);
// EXTERNAL MODULE: ./src/gate/clock.ts
var gate_clock = __nccwpck_require__(38553);
;// CONCATENATED MODULE: external "node:events"
const external_node_events_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:events");
// EXTERNAL MODULE: ./src/network/journal.ts
var network_journal = __nccwpck_require__(88353);
// EXTERNAL MODULE: ./src/policy/inputs.ts
var policy_inputs = __nccwpck_require__(15725);
// EXTERNAL MODULE: ./src/requirement/leaves.ts
var leaves = __nccwpck_require__(83459);
// EXTERNAL MODULE: ./src/stores/open.ts + 4 modules
var stores_open = __nccwpck_require__(78206);
// EXTERNAL MODULE: ./src/verdict/result.ts
var verdict_result = __nccwpck_require__(18364);
// EXTERNAL MODULE: ./src/reference/parse.ts + 2 modules
var reference_parse = __nccwpck_require__(40099);
// EXTERNAL MODULE: ./src/reference/reference.ts
var reference = __nccwpck_require__(71644);
// EXTERNAL MODULE: ./src/requirement/evaluate.ts
var evaluate = __nccwpck_require__(16548);
// EXTERNAL MODULE: ./src/verdict/algebra.ts
var algebra = __nccwpck_require__(46125);
// EXTERNAL MODULE: ./src/verdict/finding.ts
var verdict_finding = __nccwpck_require__(37120);
;// CONCATENATED MODULE: ./src/gate/count-once.ts


/**
 * One signature counts for one signer: two identities may describe the same certificate, and then need two signatures.
 * Each signer gets a signature of its own as far as there are enough (a maximum matching); one that is left without is
 * as good as not met, and open where some evidence could not be read.
 *
 * @returns the findings that change, by the id of the question
 */
function countOnce(asks, answerOf) {
    const changed = new Map();
    for (const group of groups(asks.filter(({ apart }) => apart))) {
        if (group.filter(({ by }) => by.kind === 'identity').length < 2)
            continue;
        const proven = group.filter((ask) => answerOf(ask)?.finding.status === 'met');
        const holders = match(proven, (ask) => signaturesOf(answerOf(ask)));
        const problem = group.map((ask) => answerOf(ask)?.unread).find((one) => one !== undefined);
        for (const ask of proven) {
            if ([...holders.values()].includes(ask))
                continue;
            const message = `expected a signature of its own by ${ask.by.reference}, got only one that counts for another signer`;
            const finding = problem ? (0,verdict_finding/* unknown */.L5)(ask.kind, problem) : (0,verdict_finding/* unmet */.iY)(ask.kind, 'unsigned', message);
            changed.set((0,leaves/* askId */.T)(ask), finding);
        }
    }
    return changed;
}
/** Signatures and attestations of each type are counted apart. */
function groups(asks) {
    const byKind = new Map();
    for (const ask of asks) {
        const kind = ask.kind === 'signed' ? 'signed' : `attested ${ask.type}`;
        byKind.set(kind, [...(byKind.get(kind) ?? []), ask]);
    }
    return [...byKind.values()];
}
function signaturesOf(answer) {
    return (answer?.signatures ?? []).filter(({ verified }) => verified).map(({ where }) => where);
}
/** Augmenting paths, in the order of the signers. @returns the signer of each signature that counts */
function match(asks, of) {
    const holder = new Map();
    const place = (ask, tried) => of(ask).some((signature) => {
        if (tried.has(signature))
            return false;
        tried.add(signature);
        const other = holder.get(signature);
        if (other !== undefined && !place(other, tried))
            return false;
        holder.set(signature, ask);
        return true;
    });
    for (const ask of asks)
        place(ask, new Set());
    return holder;
}

;// CONCATENATED MODULE: ./src/gate/known.ts





/** What the requirement comes to for the image and each of its manifests that is asked about. */
function findingOf(reference, image, trials, { requirement: demanded, asks }, answerOf, joint) {
    if (image.kind === 'failed')
        return (0,verdict_finding/* unknown */.L5)('image-found', image.problem);
    if (image.kind === 'absent') {
        const service = reference.kind === 'registry' ? 'registry' : 'storage';
        return (0,verdict_finding/* unknown */.L5)('image-found', { code: 'not-found', service, message: image.message });
    }
    const { digest, where } = image.value;
    const parts = trials.map((trial) => {
        const finding = (0,evaluate/* evaluate */._)(demanded, knownOf(digest, trial, asks, answerOf, joint, known_open(reference)));
        return trial.subject.name === '' ? finding : (0,algebra/* all */.Q7)(`platform ${trial.subject.name}`, [finding]);
    });
    // That the image is there, and as its reference says, proves nothing where nothing is demanded of it.
    if (parts.every((part) => part.status === 'exempt'))
        return (0,algebra/* all */.Q7)('image', parts);
    const bound = reference.digest === undefined ? [] : [judgeReference(reference.digest, digest)];
    return (0,algebra/* all */.Q7)('image', [(0,verdict_finding/* met */.BG)('image-found', `${digest} at ${where}`), ...bound, ...parts]);
}
/** Why a question has no answer. */
function known_open({ kind }) {
    return {
        code: 'timeout',
        service: kind === 'registry' ? 'registry' : 'storage',
        message: 'no answer within the time for this image',
    };
}
/** The answers about one manifest, as the evaluator asks for them. */
function knownOf(digest, trial, asks, answerOf, joint, unanswered) {
    const own = (ask) => answerOf(trial, ask);
    const counted = countOnce(asks, own);
    const answer = (ask) => counted.get((0,leaves/* askId */.T)(ask)) ?? own(ask)?.finding ?? (0,verdict_finding/* unknown */.L5)(ask.kind, unanswered);
    return { digest, signedBy: answer, attestedBy: answer, ...(joint && { joint }) };
}
function judgeReference(expected, got) {
    const none = () => (0,verdict_finding/* unknown */.L5)('reference', { code: 'internal-error', message: 'nobody asks here' });
    const requirement = { kind: 'digest', expected };
    return (0,evaluate/* evaluate */._)(requirement, { digest: got, signedBy: none, attestedBy: none });
}

// EXTERNAL MODULE: ./src/evidence/s3lo-record.ts + 1 modules
var s3lo_record = __nccwpck_require__(46794);
// EXTERNAL MODULE: ./src/gate/waiting.ts
var waiting = __nccwpck_require__(9348);
;// CONCATENATED MODULE: ./src/gate/near-misses.ts


/** Near misses only explain: they get little time and room. */
const nearMissMs = 5000;
const mostNearMisses = 10;
/** Who signed instead, where evidence lies under the ids of keys and only that of the keys asked for was seen. */
async function findNearMisses(place, image, keyring, call) {
    const signal = AbortSignal.any([call.signal, AbortSignal.timeout(nearMissMs)]);
    const asked = new Set(keyring.loaded().map(({ id }) => id));
    const listed = await Promise.race([
        place.evidence.list(image, mostNearMisses, { ...call, signal, retries: 0 }).catch(() => undefined),
        (0,waiting/* aborted */.Q)(signal),
    ]);
    // No near miss is no answer either way: what could not be listed is simply not mentioned.
    if (listed?.kind !== 'found')
        return [];
    return listed.value.flatMap((evidence) => nearMiss(evidence, asked));
}
function nearMiss(evidence, asked) {
    if (evidence.format !== 's3lo-record' || asked.has(evidence.keyId))
        return [];
    const { keyId, bytes } = evidence;
    const parsed = (0,s3lo_record/* parseRecord */.Hh)(bytes);
    const claim = parsed.kind === 'record' && parsed.record.keyRef !== '' ? `, which it calls ${parsed.record.keyRef}` : '';
    const message = `a record claims a signature by key ${keyId}${claim}; you asked for ${[...asked].join(', ')}`;
    return [{ message }];
}

;// CONCATENATED MODULE: ./src/gate/moved-tag.ts
/**
 * Resolves a tag once more. The verdict is about the digest that was judged, and so are the outputs: a tag that moved
 * meanwhile is only something to be told.
 *
 * @returns what is to be told, if anything
 */
async function recheck(reference, place, image, call) {
    if (image.kind !== 'found' || reference.digest !== undefined)
        return [];
    const again = await place.images.resolve(call, 'digest');
    const { digest } = image.value;
    switch (again.kind) {
        case 'found':
            return again.value.digest === digest
                ? []
                : [
                    `${reference.text}: the tag moved while it was verified: it names ${again.value.digest} now; what is said here is about ${digest}, use that`,
                ];
        case 'absent':
            return [
                `${reference.text}: the tag was taken away while it was verified; what is said here is about ${digest}`,
            ];
        case 'failed':
            return [`${reference.text}: whether the tag moved meanwhile is not known: ${again.problem.message}`];
    }
}

// EXTERNAL MODULE: ./src/gate/subjects.ts
var gate_subjects = __nccwpck_require__(28322);
// EXTERNAL MODULE: ./src/keys/inline.ts
var inline = __nccwpck_require__(80947);
;// CONCATENATED MODULE: ./src/gate/bounded-rule.ts

/** The same rule for one image, which waits for it no longer than its own time. */
function boundRule(rule, signal) {
    const problem = {
        code: 'timeout',
        service: 'engine',
        message: 'the policy was not evaluated within the time for this image',
    };
    const inTime = async (answer, late) => new Promise((resolve, reject) => {
        const stop = () => resolve(late);
        if (signal.aborted)
            stop();
        signal.addEventListener('abort', stop, { once: true });
        void answer.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
    });
    return {
        ...rule,
        problem: async () => inTime(rule.problem(), problem),
        judge: async (statement) => inTime(rule.judge(statement), (0,verdict_finding/* unknown */.L5)('attestation-policy', problem)),
    };
}

// EXTERNAL MODULE: ./src/verify/freshness.ts
var freshness = __nccwpck_require__(46042);
// EXTERNAL MODULE: ./src/verify/record.ts
var record = __nccwpck_require__(20912);
;// CONCATENATED MODULE: ./src/gate/vouched.ts
/**
 * What the checks of one piece of evidence established of its signer and its time, for reports. The certificate is
 * somebody's word only once it leads to a trusted authority.
 */
function vouchedBy(findings) {
    const isMet = (check) => findings.some((finding) => finding.check === check && finding.status === 'met');
    const facts = findings.find(({ check }) => check === 'identity')?.facts;
    const { identity: subject, issuer, ...claims } = facts ?? {};
    const times = ['log-entry', 'timestamp'].flatMap((by) => findings.flatMap(({ check, status, facts: { time: at } = {} }) => check === by && status === 'met' && at !== undefined ? [{ at, by }] : []));
    return {
        ...(subject !== undefined && issuer !== undefined && isMet('certificate')
            ? { identity: { subject, issuer, claims } }
            : {}),
        ...(times.length > 0 && { times }),
    };
}

;// CONCATENATED MODULE: ./src/gate/judge.ts





/** What an s3lo record comes to. */
async function judgeRecord(evidence, { ask, name, digest }, key, { acceptUnbound, maxAgeMs }) {
    if (ask.kind === 'attested')
        return { unrelated: 'an s3lo record' };
    const { bytes, location, where, keyId } = evidence;
    const check = await (0,record/* checkRecord */.E)({
        bytes,
        location,
        digest,
        key,
        where,
        keyRef: name,
        acceptUnbound,
    });
    // Nothing proves when a record was made: it only says so.
    const age = maxAgeMs === undefined ? [] : [(0,freshness/* ageless */.h)(maxAgeMs, where)];
    const finding = (0,algebra/* all */.Q7)(ask.kind, [...check.findings, ...age]);
    const { signedAt, keyRef } = check.record ?? {};
    const claimed = { ...(signedAt !== undefined && { signedAt }), ...(keyRef !== undefined && { keyRef }) };
    const { scheme } = check;
    const verified = finding.status === 'met';
    return {
        finding,
        signature: {
            format: 's3lo-record',
            where,
            verified,
            keyRef: name,
            keyId,
            ...(scheme && { scheme }),
            claimed,
        },
    };
}
/** What evidence in a format of cosign comes to. */
async function judgeCosign(evidence, { ask, name, digest }, key, matter) {
    const { formats } = ask.manner ?? {};
    if (formats && !formats.includes(evidence.format))
        return { unrelated: `evidence as ${evidence.format}` };
    // Only images in registries need it: the others start without.
    const { checkCosign, checkKeyless } = await __nccwpck_require__.e(/* import() */ 4623).then(__nccwpck_require__.bind(__nccwpck_require__, 84623));
    const demand = {
        keyRef: name,
        digest,
        log: matter.log,
        annotations: ask.kind === 'signed' ? (ask.annotations ?? {}) : {},
        ...(ask.kind === 'attested' && { predicateType: (0,evidence_statement/* predicateTypeOf */.T4)(ask.type) }),
        ...(ask.kind === 'attested' && ask.provenance && { provenance: ask.provenance }),
        ...(ask.kind === 'attested' && ask.rule && { rule: ask.rule }),
    };
    const needed = matter.log === 'require' || ask.by.kind === 'identity' || matter.maxAgeMs !== undefined;
    const vouching = needed ? await matter.vouching() : undefined;
    const check = key === undefined && vouching
        ? await checkKeyless(evidence, {
            ...demand,
            vouching: { ...vouching, ...(ask.by.kind === 'identity' && { identity: ask.by.identity }) },
        })
        : key === undefined
            ? undefined
            : await checkCosign(evidence, { ...demand, key, ...(vouching && { vouching }) });
    if (check === undefined)
        return { unrelated: 'nothing that can be checked' };
    if (check.kind === 'unrelated')
        return { unrelated: check.what };
    const { ruled } = check;
    const finding = (0,algebra/* all */.Q7)(ask.kind, [...check.findings, ...(ruled ? [ruled] : [])]);
    const { format, where } = evidence;
    const { scheme, payload, statement } = check;
    const verified = finding.status === 'met';
    return {
        finding,
        ...(ruled && { ruled }),
        signature: {
            format,
            where,
            verified,
            keyRef: name,
            keyId: key?.id ?? '',
            ...(ask.kind === 'attested' && { attests: (0,evidence_statement/* predicateTypeOf */.T4)(ask.type) }),
            ...(scheme !== undefined && { scheme }),
            ...vouchedBy(check.findings),
            claimed: {},
            ...(verified && payload && { payload }),
            ...(verified && statement && { statement }),
        },
    };
}

// EXTERNAL MODULE: ./src/gate/keyring.ts
var gate_keyring = __nccwpck_require__(34618);
;// CONCATENATED MODULE: ./src/gate/latch.ts
function newLatch() {
    let open = false;
    let tell = () => undefined;
    const whenOpen = new Promise((resolve) => (tell = resolve));
    return {
        open: () => {
            open = true;
            tell();
        },
        isOpen: () => open,
        whenOpen,
    };
}

;// CONCATENATED MODULE: ./src/gate/search.ts

/** Unlikely evidence may be large: it is left alone this long while likely evidence is still on its way. */
const unlikelyMs = 2000;
/** Once the question is settled, likely evidence that is just arriving is still taken, so that reports do not race. */
const settleMs = 1000;
/** Pieces of one channel that are read at the same time: each may be as large as the limit. */
const batch = 10;
/**
 * Reads evidence channel by channel, the likely pieces first, until one of them settles the question or all is read.
 * Channels do not wait for each other, so one that hangs delays no other for long.
 */
async function search({ channels, judge, settles, thorough, }) {
    const judged = new Map();
    const problems = new Map();
    const settled = newLatch();
    const likely = channels.map(() => newLatch());
    const readOne = async ({ read }, place) => {
        const reading = await read();
        for (const [index, problem] of reading.problems.entries())
            problems.set(`${place}.${order(index)}`, problem);
        for (const [index, evidence] of reading.evidence.entries()) {
            const one = await judge(evidence);
            judged.set(`${place}.${order(index)}`, one);
            if (settles(one))
                settled.open();
        }
    };
    const readRanks = async (offers, ranks, place) => {
        const chosen = ranks.flatMap((rank) => [...offers.entries()].filter(([, offer]) => offer.rank === rank));
        for (let at = 0; at < chosen.length; at += batch) {
            if (settled.isOpen() && !thorough)
                return;
            const some = chosen.slice(at, at + batch);
            await Promise.all(some.map(async ([index, offer]) => readOne(offer, `${place}.${order(index)}`)));
        }
    };
    const readChannel = async (channel, own, place) => {
        const offers = await channel;
        if (offers.kind === 'failed')
            problems.set(place, offers.problem);
        const listed = offers.kind === 'found' ? offers.value : [];
        await readRanks(listed, [1, 2], place);
        own.open();
        if (!listed.some(({ rank }) => rank === 3))
            return;
        await Promise.race([whenAll(likely), settled.whenOpen, pause(unlikelyMs)]);
        await readRanks(listed, [3], place);
    };
    const all = Promise.all(channels.map(async (channel, index) => readChannel(channel, likely[index] ?? settled, order(index))));
    const enough = settled.whenOpen.then(async () => Promise.race([whenAll(likely), pause(settleMs)]));
    await (thorough ? all : Promise.race([all, enough]));
    return { judged: inOrder(judged), problems: inOrder(problems) };
}
async function whenAll(latches) {
    return Promise.all(latches.map(({ whenOpen }) => whenOpen));
}
/** A number as a text that sorts like it. */
function order(index) {
    return String(index).padStart(6, '0');
}
function inOrder(values) {
    return [...values].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, value]) => value);
}
async function pause(ms) {
    return new Promise((resolve) => setTimeout(resolve, ms).unref());
}

;// CONCATENATED MODULE: ./src/gate/signer.ts








/** Has this key signed this image, or attested this of it? The evidence is asked for as soon as the key is known. */
async function askSigner(asked, keyring, matter) {
    const ask = asked.kind === 'attested' && asked.rule ? { ...asked, rule: boundRule(asked.rule, matter.signal) } : asked;
    const { by } = ask;
    const { reference } = by;
    const name = by.kind === 'key' ? (0,inline/* keyName */.x)(reference) : reference;
    const byKey = matter.byKey && !(ask.kind === 'attested' && matter.attestationsByAnyone === true);
    if (by.kind === 'identity' && byKey) {
        const message = 's3lo records are made with keys: no identity can have signed this image';
        return alone((0,verdict_finding/* unknown */.L5)('signer', { code: 'input-invalid', message }));
    }
    const pattern = by.kind === 'identity' ? await wrongPattern(by.identity) : undefined;
    if (pattern)
        return alone((0,verdict_finding/* unknown */.L5)('signer', pattern));
    const loaded = by.kind === 'key' ? await keyring.load(reference) : undefined;
    if (loaded?.kind === 'failed')
        return alone((0,verdict_finding/* unknown */.L5)('key-loaded', loaded.problem));
    const unusable = ask.kind === 'attested' ? await ask.rule?.problem() : undefined;
    if (unusable)
        return alone((0,verdict_finding/* unknown */.L5)('attestation-policy', unusable));
    const keys = loaded?.keys ?? [];
    const looked = byKey ? keys.map(({ key }) => key.id) : [keys[0]?.key.id ?? ''];
    const channels = looked.flatMap((keyId) => matter.look({
        keyId,
        ...(ask.kind === 'attested' && { predicateType: (0,evidence_statement/* predicateTypeOf */.T4)(ask.type) }),
        ...(ask.manner?.only && { only: ask.manner.only }),
    }));
    const resolved = await matter.image;
    // Without the image there is nothing that a signature could be about; that is said once, for the image.
    if (resolved.kind !== 'found')
        return alone((0,verdict_finding/* exempt */.Is)(ask.kind, 'the image was not found'));
    const { digest } = resolved.value;
    const named = (version) => ({ ask, digest, name: (0,gate_keyring/* versionName */.s)(name, version) });
    const judge = async (evidence) => {
        if (evidence.format !== 's3lo-record') {
            if (keys.length === 0)
                return judgeCosign(evidence, named(undefined), undefined, matter);
            return judgeByEach(keys, async ({ key, version }) => judgeCosign(evidence, named(version), key, matter));
        }
        const own = keys.find(({ key }) => key.id === evidence.keyId);
        return own ? judgeRecord(evidence, named(own.version), own.key, matter) : { unrelated: 'an s3lo record' };
    };
    const every = ask.kind === 'attested' && ask.rule?.over === 'every';
    const searched = await search({
        channels,
        judge,
        settles: every ? isDenied : ({ finding }) => finding?.status === 'met',
        thorough: matter.thorough,
    });
    // Asked late: by now most keys have loaded.
    const double = keys.length > 0 && ask.apart ? keyring.sameAs(reference) : undefined;
    if (double !== undefined) {
        return alone((0,verdict_finding/* exempt */.Is)(ask.kind, `${name} is the same key as ${(0,inline/* keyName */.x)(double)}: one signature counts once`));
    }
    const id = keys.map(({ key }) => key.id).join(', ');
    return conclude(ask, { name, id }, searched, { about: matter.about, byKey });
}
/** Any version of a key may have signed: the first that did, whatever a policy says then, else what the first comes to. */
async function judgeByEach(keys, judge) {
    let first;
    for (const key of keys) {
        const judged = await judge(key);
        if (judged.finding?.status === 'met' || judged.ruled)
            return judged;
        first ??= judged;
    }
    return first ?? { unrelated: 'nothing that can be checked' };
}
function conclude(ask, signer, { judged, problems }, { byKey, about }) {
    const verb = ask.kind === 'signed' ? 'signed' : `attested (${ask.type})`;
    const against = ask.kind === 'attested' && ask.rule?.over === 'every' ? exception(judged, problems) : undefined;
    if (against)
        return { ...against, signatures: judged.flatMap(({ signature }) => signature ?? []) };
    const proven = judged.find(({ finding }) => finding?.status === 'met');
    if (proven?.finding) {
        const { keyRef, keyId } = proven.signature ?? { keyRef: signer.name, keyId: signer.id };
        const finding = { ...proven.finding, message: `${verb} by ${spell({ name: keyRef, id: keyId })}` };
        return {
            finding,
            signatures: judged.flatMap(({ signature }) => (signature?.verified ? signature : [])),
            ...(problems[0] && { unread: problems[0] }),
        };
    }
    const signatures = judged.flatMap(({ signature }) => signature ?? []);
    const failed = judged.flatMap(({ finding }) => finding ?? []).sort((a, b) => progress(b) - progress(a));
    const parts = [
        ...failed,
        ...problems.map((problem) => (0,verdict_finding/* unknown */.L5)(byKey ? 'record-read' : 'evidence-read', problem)),
    ];
    const nearMisses = [...new Set(judged.flatMap(({ unrelated }) => unrelated ?? []))].map((what) => ({
        message: `beside the image lies ${what}, which is not what is asked for`,
    }));
    const [only, ...others] = parts;
    if (only === undefined) {
        const missing = { ...absentFinding(ask, signer, about), ...(nearMisses.length > 0 && { nearMisses }) };
        return { finding: missing, signatures, absent: true };
    }
    const finding = others.length === 0 ? only : (0,algebra/* any */.bz)(ask.kind, parts);
    const whole = nearMisses.length > 0 ? { ...finding, nearMisses } : finding;
    return {
        finding: whole,
        signatures,
        ...(!byKey && finding.status === 'unmet' && { absent: true }),
    };
}
function isDenied({ ruled }) {
    return ruled?.status === 'unmet';
}
/**
 * Where every statement must say so: one that says otherwise decides, and one that nobody could read or judge leaves it
 * open. Undefined: every statement that is proven says so, if there is one.
 */
function exception(judged, problems) {
    const denied = judged.find(isDenied);
    if (denied?.finding)
        return { finding: denied.finding };
    const open = judged.find(({ finding }) => finding?.status === 'unknown');
    if (open?.finding)
        return { finding: open.finding };
    const [problem] = problems;
    const proven = judged.some(({ finding }) => finding?.status === 'met');
    return problem && proven ? { finding: (0,verdict_finding/* unknown */.L5)('evidence-read', problem) } : undefined;
}
/** The piece that came nearest to a proof explains best. */
function progress(finding) {
    return (finding.children ?? []).filter(({ status }) => status === 'met').length;
}
function absentFinding(ask, signer, about) {
    const of = about === '' ? '' : ` of ${about}`;
    const facts = signer.id === '' ? { identity: signer.name } : { keyId: signer.id };
    if (ask.kind === 'attested') {
        const message = `expected an attestation${of} of type ${ask.type} by ${spell(signer)}, got none`;
        return (0,algebra/* all */.Q7)('attested', [(0,verdict_finding/* unmet */.iY)('attestation-found', 'attestation-missing', message, { facts })]);
    }
    const message = `expected a signature${of} by ${spell(signer)}, got none`;
    const peerReason = `no signature found for key ${signer.name}`;
    return (0,algebra/* all */.Q7)('signed', [(0,verdict_finding/* unmet */.iY)('record-found', 'unsigned', message, { peerReason, facts })]);
}
function alone(finding) {
    return { finding, signatures: [] };
}
async function wrongPattern({ subjectRegexp, issuerRegexp }) {
    const { patternProblem } = await Promise.resolve(/* import() */).then(__nccwpck_require__.bind(__nccwpck_require__, 28879));
    for (const pattern of [subjectRegexp, issuerRegexp]) {
        const why = pattern === undefined ? undefined : patternProblem(pattern);
        if (why === undefined)
            continue;
        return {
            code: 'input-invalid',
            message: `expected a pattern in RE2, got ${JSON.stringify(pattern)}: ${why}`,
        };
    }
    return undefined;
}
/** A key with its id; an identity speaks for itself. */
function spell({ name, id }) {
    return id === '' ? name : `${name} (${id})`;
}

;// CONCATENATED MODULE: ./src/gate/trial.ts



/** Looks that are taken within this time are one: what several signers need is read once. */
const lookMs = 500;
function openTrial(subject, places, bench, call) {
    const answers = new Map();
    const pending = new Map();
    const latest = new Map();
    const look = (place) => {
        const at = performance.now();
        const last = latest.get(place);
        if (last && at - last.at <= lookMs)
            return last.look;
        const taken = place.evidence.look(subject.image, call, subject.isChild);
        latest.set(place, { at, look: taken });
        return taken;
    };
    const askOne = async (one, answered) => {
        const { image } = subject;
        const manner = one.manner ?? {};
        const place = await places(manner);
        if ('code' in place) {
            answers.set((0,leaves/* askId */.T)(one), { finding: (0,verdict_finding/* unknown */.L5)('store-opened', place), signatures: [] });
            answered();
            return;
        }
        const { byKey, attestationsByAnyone } = place.evidence;
        answers.set((0,leaves/* askId */.T)(one), await askSigner(one, bench.keyring, {
            image,
            about: subject.name,
            look: look(place),
            signal: call.signal,
            log: manner.log ?? bench.log,
            acceptUnbound: bench.acceptUnbound,
            ...(bench.maxAgeMs !== undefined && { maxAgeMs: bench.maxAgeMs }),
            vouching: one.manner === undefined ? bench.vouching : (bench.manners?.vouching(one.manner) ?? bench.vouching),
            thorough: bench.thorough,
            byKey,
            ...(attestationsByAnyone && { attestationsByAnyone }),
        }));
        pending.delete((0,leaves/* askId */.T)(one));
        answered();
    };
    return {
        subject,
        answers,
        ask: async (open, answered) => {
            for (const one of open) {
                if (!pending.has((0,leaves/* askId */.T)(one)))
                    pending.set((0,leaves/* askId */.T)(one), askOne(one, answered));
            }
            await Promise.all(pending.values());
        },
    };
}

;// CONCATENATED MODULE: ./src/gate/image.ts















/** Nothing was asked, and no policy can change it. */
function image_closed(result) {
    const finding = () => result.finding;
    return {
        result,
        findingOf: finding,
        facts: { of: () => undefined, digestOf: () => result.digest ?? undefined, finding },
        conclude: async () => Promise.resolve(result),
    };
}
/** Judges one image; never throws. */
async function judgeImage(reference, bench) {
    const journal = (0,network_journal/* openJournal */._)();
    const ends = new AbortController();
    (0,external_node_events_namespaceObject.setMaxListeners)(0, ends.signal);
    const timer = setTimeout(() => ends.abort(), bench.patience.waitMs + bench.patience.timeoutMs);
    try {
        const call = { signal: ends.signal, retries: bench.patience.retries, journal };
        const warnings = [];
        return { ...(await judge(reference, bench, call, warnings)), journal, warnings };
    }
    catch (error) {
        const message = `while judging: ${error instanceof Error ? error.message : String(error)}`;
        const broken = (0,verdict_finding/* unknown */.L5)('image', { code: 'internal-error', message });
        return { ...image_closed(image_close(reference, undefined, broken, [], journal)), journal, warnings: [] };
    }
    finally {
        clearTimeout(timer);
        // Whatever still hangs is not needed any more.
        ends.abort();
    }
}
async function judge(text, bench, call, warnings) {
    const beforehand = decideBeforehand(text, bench, call);
    if (beforehand)
        return beforehand;
    const reference = (0,reference_parse/* parseReference */.F)(text);
    if (reference.kind === 'unreadable') {
        const problem = {
            code: 'reference-invalid',
            message: `invalid reference "${text}": ${reference.reason}`,
        };
        return image_closed(image_close(text, undefined, (0,verdict_finding/* unknown */.L5)('reference-read', problem), [], call.journal));
    }
    const place = await bench.stores(reference);
    if ('code' in place)
        return image_closed(image_close(text, undefined, (0,verdict_finding/* unknown */.L5)('store-opened', place), [], call.journal));
    const need = bench.platforms === 'index' && !bench.deep ? 'digest' : 'manifest';
    const service = reference.kind === 'registry' ? 'registry' : 'storage';
    const image = orTimeout(place.images.resolve(call, need), service, call);
    // What most evidence is held against comes while the registry answers; without evidence in cosign's formats, never.
    if (reference.kind === 'registry' && needsTrust(bench))
        void bench.vouching().catch(() => undefined);
    const subjects = await (0,gate_subjects/* findSubjects */.P)(reference, place, image, bench.platforms, call);
    if (!Array.isArray(subjects)) {
        const finding = (0,verdict_finding/* unknown */.L5)('platforms', subjects);
        return image_closed(image_close(text, pinned(await image, reference), finding, [], call.journal));
    }
    const places = (manner) => bench.manners?.stores(manner)(reference) ?? place;
    const elsewhere = (manner) => manner.signatureRepository !== undefined || manner.tagPrefix !== undefined;
    const trials = subjects.map((subject) => openTrial(subject, (manner) => (elsewhere(manner) ? places(manner) : place), bench, call));
    const judgeOn = async (answerOf, joint) => findingOf(reference, await image, trials, bench, answerOf, joint);
    await (0,waiting/* runTrials */.F)(trials, judgeOn, async () => (await image).kind !== 'found', bench, call);
    const answered = (trial, ask) => trial.answers.get((0,leaves/* askId */.T)(ask));
    const [first] = trials;
    const about = await image;
    const findingOfPart = (requirement, joint) => first && about.kind === 'found'
        ? (0,evaluate/* evaluate */._)(requirement, knownOf(about.value.digest, first, bench.asks, answered, joint, known_open(reference)))
        : findingOf(reference, about, trials, { ...bench, requirement }, answered, joint);
    const facts = {
        of: (ask) => first && answered(first, ask),
        digestOf: () => (about.kind === 'found' ? about.value.digest : undefined),
        finding: (requirement) => findingOfPart(requirement, (id) => joints.get(id)),
        configs: async () => (await __nccwpck_require__.e(/* import() */ 6384).then(__nccwpck_require__.bind(__nccwpck_require__, 66384))).readConfigs(place.images, about, call),
    };
    const joints = new Map();
    if (bench.joints) {
        const { runJoints } = await __nccwpck_require__.e(/* import() */ 7946).then(__nccwpck_require__.bind(__nccwpck_require__, 67946));
        const own = await runJoints(bench.joints.filter(({ across }) => !across), facts, call.signal);
        for (const [id, finding] of own)
            joints.set(id, finding);
    }
    const judged = await judgeOn(answered, (id) => joints.get(id));
    const { deep: turns } = bench;
    const deep = turns
        ? await deepPart(judged, about, async (resolved) => {
            const { readDeep } = await __nccwpck_require__.e(/* import() */ 6905).then(__nccwpck_require__.bind(__nccwpck_require__, 36905));
            return readDeep(resolved, { images: place.images, service, turns, call });
        })
        : undefined;
    const answers = trials.flatMap(({ answers: given }) => [...given.values()]);
    const missing = judged.status !== 'met' && answers.some(({ absent }) => absent);
    const nearMisses = missing && place.evidence.byKey ? await findNearMisses(place, image, bench.keyring, call) : [];
    if (bench.recheckTag === true)
        warnings.push(...(await recheck(reference, place, about, call)));
    const resolved = pinned(about, reference);
    const conclude = (finding) => {
        const parts = deep ? (0,algebra/* all */.Q7)(finding.check, [...(finding.children ?? []), deep]) : finding;
        const whole = nearMisses.length > 0 ? { ...parts, nearMisses } : parts;
        return image_close(text, resolved, whole, trials.flatMap(image_signaturesOf(bench.asks)), call.journal);
    };
    return {
        result: conclude(judged),
        facts,
        findingOf: (requirement, joint) => findingOfPart(requirement, (id) => joints.get(id) ?? joint?.(id)),
        conclude: async (joint) => conclude(await judgeOn(answered, (id) => joints.get(id) ?? joint(id))),
    };
}
/** What a static policy decides, before anything is asked of a store; undefined: it takes more than that. */
function decideBeforehand(text, { requirement, asks, mayBeStatic }, call) {
    if (mayBeStatic !== true)
        return undefined;
    const unasked = () => (0,verdict_finding/* unknown */.L5)('image', { code: 'timeout', message: 'not asked' });
    const finding = (0,evaluate/* evaluate */._)(requirement, { digest: '', signedBy: unasked, attestedBy: unasked });
    const isDecided = finding.status === 'met' || (finding.status === 'unmet' && asks.length === 0);
    return isDecided ? image_closed(image_close(text, undefined, (0,algebra/* all */.Q7)('image', [finding]), [], call.journal)) : undefined;
}
/** Nothing more is read of an image that is rejected already, or that nothing is demanded of. */
async function deepPart(finding, image, read) {
    if (image.kind !== 'found' || finding.status === 'exempt')
        return undefined;
    return finding.status === 'unmet' ? (0,verdict_finding/* exempt */.Is)('deep', 'not read: already rejected') : read(image.value);
}
function needsTrust({ log, asks, maxAgeMs }) {
    return asks.some(({ by, manner }) => manner?.trust === undefined &&
        ((manner?.log ?? log) === 'require' || maxAgeMs !== undefined || by.kind === 'identity'));
}
function image_signaturesOf(asks) {
    return ({ answers }) => asks.flatMap((ask) => answers.get((0,leaves/* askId */.T)(ask))?.signatures ?? []);
}
function pinned(image, reference) {
    return image.kind === 'found' ? { digest: image.value.digest, reference } : undefined;
}
function image_close(text, resolved, finding, signatures, journal) {
    return {
        reference: text,
        digest: resolved?.digest ?? null,
        pinned: resolved ? (0,reference/* pin */.y_)(resolved.reference, resolved.digest) : null,
        verdict: (0,verdict_result/* verdictOf */.Vj)(finding),
        failure: (0,verdict_result/* failureOf */.g5)(finding),
        signatures,
        finding,
        attempts: journal.attempts(),
    };
}
async function orTimeout(resolve, service, call) {
    const answer = await Promise.race([resolve, (0,waiting/* aborted */.Q)(call.signal)]);
    const message = 'the image did not resolve within the time for it';
    return answer ?? { kind: 'failed', problem: { code: 'timeout', service, message } };
}

// EXTERNAL MODULE: ./src/gate/vouching.ts + 1 modules
var vouching = __nccwpck_require__(19979);
;// CONCATENATED MODULE: ./src/gate/manners.ts
function openManners(log, usual, openStoresAt, openVoucherFor) {
    const stores = new Map();
    const vouchers = new Map();
    return {
        stores: ({ signatureRepository, tagPrefix }) => {
            if (signatureRepository === undefined && tagPrefix === undefined)
                return usual;
            const place = {
                ...(signatureRepository !== undefined && { signatureRepository }),
                ...(tagPrefix !== undefined && { tagPrefix }),
            };
            const id = JSON.stringify(place);
            const opened = stores.get(id) ?? openStoresAt(place);
            stores.set(id, opened);
            return opened;
        },
        vouching: ({ trust, log: own = log }) => {
            const id = JSON.stringify([trust, own]);
            const voucher = vouchers.get(id) ?? openVoucherFor(trust ?? { sct: 'require', signedTimestamps: false }, own);
            vouchers.set(id, voucher);
            return voucher.load;
        },
        trusted: () => [...vouchers.values()].flatMap((voucher) => voucher.trusted() ?? []),
        warnings: () => [...vouchers.values()].flatMap((voucher) => voucher.warnings()),
    };
}

// EXTERNAL MODULE: ./src/gate/target.ts
var gate_target = __nccwpck_require__(72990);
// EXTERNAL MODULE: ./src/network/fault.ts
var fault = __nccwpck_require__(8110);
;// CONCATENATED MODULE: ./src/gate/policy-engine.ts

/** A run may take longer than an image: the engine's own limits end an evaluation, and whoever asks waits no longer than its image. */
function lazyEngine() {
    const closing = new AbortController();
    let engine;
    return {
        ask: async (question) => {
            try {
                engine ??= __nccwpck_require__.e(/* import() */ 7586).then(__nccwpck_require__.bind(__nccwpck_require__, 67586)).then(({ openEngine }) => openEngine());
                return await (await engine).ask(question, closing.signal);
            }
            catch (error) {
                const message = `the policy engine did not start: ${(0,fault/* describe */.q0)(error)}`;
                return { kind: 'failed', problem: { code: 'internal-error', service: 'engine', message } };
            }
        },
        close: () => {
            closing.abort();
            engine?.then((one) => one.close()).catch(() => undefined);
        },
    };
}

// EXTERNAL MODULE: ./src/gate/statement-policy.ts + 1 modules
var statement_policy = __nccwpck_require__(84762);
;// CONCATENATED MODULE: ./src/gate/turns.ts
/** Parts of images that are read at the same time, in the whole run: each may hold a chunk in memory. */
const partsAtOnce = 4;
function openTurns(most) {
    const waiting = [];
    let running = 0;
    return async (run) => {
        if (running === most)
            await new Promise((resolve) => waiting.push(resolve));
        else
            running++;
        try {
            return await run();
        }
        finally {
            const next = waiting.shift();
            // The place is handed on, so that nobody who asks in between comes first.
            if (next)
                next();
            else
                running--;
        }
    };
}

;// CONCATENATED MODULE: ./src/gate/gate.ts















/**
 * The whole story: what must hold of which image is planned; each image is resolved once, its evidence is fetched and
 * checked, and what was found is held against the requirement. Answers for every image, whatever happens to the others.
 */
async function decide(request, outside = { clock: gate_clock/* systemClock */.m }) {
    const { clock } = outside;
    const startedAt = clock.now().toISOString();
    const { patience, signers, registry } = request;
    const journal = (0,network_journal/* openJournal */._)();
    const ends = new AbortController();
    // As many calls listen as a request has keys; Node 20 warns from the eleventh on.
    (0,external_node_events_namespaceObject.setMaxListeners)(0, ends.signal);
    const timer = setTimeout(() => ends.abort(), patience.waitMs + patience.timeoutMs);
    const engine = lazyEngine();
    const { policies } = request.demand ?? {};
    const statements = policies && (0,statement_policy/* openStatementPolicy */.Qx)(policies, engine);
    const inputs = signers && (0,policy_inputs/* compileInputs */.j)({ ...request, signers }, statements?.rule);
    const plan = await planOf(request, inputs, async () => (await Promise.all(/* import() */[__nccwpck_require__.e(8815), __nccwpck_require__.e(7337), __nccwpck_require__.e(5079), __nccwpck_require__.e(5866)]).then(__nccwpck_require__.bind(__nccwpck_require__, 95866))).makePlan(request, { ask: engine.ask, now: clock.now(), inputs }));
    const asks = plan.targets.map(({ requirement }) => (0,leaves/* asksOf */.A)(requirement));
    const keys = asks.flat().flatMap(({ by }) => (by.kind === 'key' ? by.reference : []));
    const keyring = (0,gate_keyring/* openKeyring */.u)([...(signers?.keys ?? []), ...keys], {
        signal: ends.signal,
        retries: patience.retries,
        journal,
    });
    const log = request.log ?? 'require';
    // Ends before the images do, so that what is said of them names who did not answer.
    const trustMs = Math.ceil((patience.waitMs + patience.timeoutMs) * 0.9);
    const trustCall = {
        signal: AbortSignal.any([ends.signal, AbortSignal.timeout(trustMs)]),
        retries: patience.retries,
        journal,
    };
    const voucher = (0,vouching/* openVoucher */.t)(request.trust, log, clock, trustCall);
    const settings = {
        ...(request.endpoint !== undefined && { endpoint: request.endpoint }),
        ...(registry && { registry }),
        ...(request.github && { github: request.github }),
        ...(request.records?.signedLocation && { signedLocation: request.records.signedLocation }),
    };
    const stores = (0,stores_open/* openStores */.j)(settings);
    const manners = openManners(log, stores, (place) => (0,stores_open/* openStores */.j)({
        ...settings,
        registry: { ...(registry ?? { allowHttp: 'none', allowInsecure: 'none', tagPrefix: '' }), ...place },
    }), (trust, own) => (0,vouching/* openVoucher */.t)({ ...request.trust, ...trust }, own, clock, trustCall));
    const bench = {
        keyring,
        stores,
        manners,
        patience,
        clock,
        log,
        vouching: voucher.load,
        acceptUnbound: request.records?.acceptUnbound ?? false,
        ...(request.trust?.maxAgeMs !== undefined && { maxAgeMs: request.trust.maxAgeMs }),
        recheckTag: request.recheckTag ?? false,
        platforms: request.platforms ?? 'index',
        ...(request.deep === true && { deep: openTurns(partsAtOnce) }),
        // Identities may overlap: which signature counts for which is known when all are.
        thorough: request.thorough === true || (signers?.identities?.length ?? 0) > 1,
    };
    const judged = await mapAtMost(patience.concurrency, plan.targets, async (target, index) => {
        const joints = target.parts.flatMap((part) => part.joints ?? []);
        const one = await judgeImage(target.reference, {
            ...bench,
            requirement: target.requirement,
            asks: asks[index] ?? [],
            ...(joints.length > 0 && { joints }),
            // A digest that is expected is not known before the image is.
            mayBeStatic: target.parts.length > 0 && request.expectedDigest === undefined,
        });
        if (!joints.some(({ across }) => across))
            outside.decided?.((0,gate_target/* withPlace */.q)(one.result, target));
        return one;
    });
    const { images, policies: rows } = await gate_conclude(plan, judged, outside.decided);
    clearTimeout(timer);
    ends.abort();
    engine.close();
    const trusted = voucher.trusted() ?? manners.trusted()[0];
    const policyFiles = [...(statements?.files() ?? []), ...plan.policyFiles];
    const verdict = (0,verdict_result/* verdictOfRun */.gV)(images, plan.problems);
    const pinned = plan.manifests.length > 0 ? await (await Promise.all(/* import() */[__nccwpck_require__.e(8815), __nccwpck_require__.e(5079), __nccwpck_require__.e(4328)]).then(__nccwpck_require__.bind(__nccwpck_require__, 64328))).pinVerified(plan, images) : undefined;
    return {
        ...verdict,
        images,
        keys: keyring.loaded(),
        ...(trusted && { trust: trusted }),
        ...(policyFiles.length > 0 && { policyFiles }),
        ...(rows.length > 0 && { policies: rows }),
        ...(pinned && { pinned: pinned.manifests }),
        calls: (0,network_journal/* sumCalls */.$)([journal, ...judged.map((one) => one.journal)]),
        warnings: [
            ...plan.warnings,
            // The first speaks for the run; the others are told too.
            ...plan.problems.map(({ message }) => message).filter((one) => one !== verdict.failure?.message),
            ...voucher.warnings(),
            ...manners.warnings(),
            ...judged.flatMap((one) => one.warnings),
            ...(pinned?.warnings ?? []),
        ],
        startedAt,
        finishedAt: clock.now().toISOString(),
    };
}
/** Without policies and manifests the plan is the list of images. */
async function planOf({ images, manifests = [], policies }, inputs, make) {
    if (policies || manifests.length > 0 || inputs === undefined)
        return make();
    const targets = images.map((reference) => ({
        reference,
        requirement: inputs,
        parts: [],
        origins: [],
        allowed: false,
    }));
    return { targets, manifests: [], places: [], skipped: [], policyFiles: [], warnings: [], problems: [] };
}
/** What policies over several images come to, and what each rule says to each image. */
async function gate_conclude(plan, judged, decided) {
    if (plan.targets.every(({ parts, origins, allowed }) => parts.length === 0 && origins.length === 0 && !allowed))
        return { images: judged.map(({ result }) => result), policies: [] };
    const { concludeAll } = await __nccwpck_require__.e(/* import() */ 5968).then(__nccwpck_require__.bind(__nccwpck_require__, 5968));
    return concludeAll(plan, judged, decided);
}
/** Runs over items in order, so many at the same time; answers in the order of the items. */
async function mapAtMost(most, items, run) {
    const out = new Array(items.length);
    const queue = items.entries();
    const work = async () => {
        for (const [index, item] of queue)
            out[index] = await run(item, index);
    };
    await Promise.all(Array.from({ length: Math.min(most, items.length) }, work));
    return out;
}

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __nccwpck_require__(77598);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __nccwpck_require__(73024);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __nccwpck_require__(51455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __nccwpck_require__(76760);
var external_node_path_default = /*#__PURE__*/__nccwpck_require__.n(external_node_path_);
;// CONCATENATED MODULE: ./src/files/write.ts





/**
 * Writes a report: whole or not at all (a new file, then a rename), and never through a symbolic link, which somebody
 * with a hand in the workspace may have put there.
 *
 * @returns the problem when it could not be written
 */
async function writeReport(file, text, input = 'result-file') {
    // Drawn, not the number of the process: in containers every run has the same one, and all may share a folder.
    const temporary = external_node_path_default().join(external_node_path_default().dirname(file), `.verify-image-${(0,external_node_crypto_.randomBytes)(8).toString('hex')}.tmp`);
    try {
        await (0,promises_.mkdir)(external_node_path_default().dirname(file), { recursive: true });
        const before = await (0,promises_.lstat)(file).catch(() => undefined);
        if (before && !before.isFile()) {
            return unwritable(file, before.isSymbolicLink() ? 'a symbolic link is there' : 'something else than a file is there', input);
        }
        const handle = await (0,promises_.open)(temporary, external_node_fs_.constants.O_WRONLY | external_node_fs_.constants.O_CREAT | external_node_fs_.constants.O_EXCL, 0o644);
        try {
            await handle.writeFile(text);
        }
        finally {
            await handle.close();
        }
        await (0,promises_.rename)(temporary, file);
        return undefined;
    }
    catch (error) {
        await (0,promises_.unlink)(temporary).catch(() => undefined);
        return unwritable(file, (0,fault/* describe */.q0)(error), input);
    }
}
function unwritable(file, why, input) {
    return { code: 'output-unwritable', message: `${input}: cannot write ${file}: ${why}` };
}
/**
 * Writes manifests below a folder, each under the name it was read by; one from elsewhere under its last part. Names
 * that meet are told, not overwritten.
 *
 * @returns the first problem; what was written before it stays
 */
async function writeManifests(folder, manifests) {
    const taken = new Set();
    for (const { file, text } of manifests) {
        const relative = external_node_path_default().relative('.', file);
        const isBelow = relative !== '' && !relative.startsWith('..') && !external_node_path_default().isAbsolute(relative);
        const name = file === 'standard input' ? 'manifests.yaml' : isBelow ? relative : external_node_path_default().basename(file);
        const target = external_node_path_default().join(folder, name);
        if (taken.has(target))
            return unwritable(target, 'two manifests would be written there', 'pinned-manifests');
        taken.add(target);
        const problem = await writeReport(target, text, 'pinned-manifests');
        if (problem)
            return problem;
    }
    return undefined;
}

// EXTERNAL MODULE: ./src/report/document.ts
var report_document = __nccwpck_require__(48101);
// EXTERNAL MODULE: ./src/report/redaction.ts
var redaction = __nccwpck_require__(27079);
;// CONCATENATED MODULE: ./src/verdict/ending.ts
function endingOf(result, leniency) {
    if (result.verdict === 'verified')
        return { exit: 0, letPass: false, handOn: true };
    const exit = result.verdict === 'rejected' ? 1 : 2;
    const counted = result.images.filter(({ allowed }) => allowed !== true);
    const failures = [result.failure, ...counted.map((image) => image.failure)];
    // Also where another image's rejection speaks for the run: a typing error must not switch the gate off.
    if (failures.some((failure) => failure?.class === 'configuration'))
        return { exit, letPass: false, handOn: true };
    const warnOnly = result.verdict === 'undetermined' && leniency.onInfrastructureError === 'warn';
    if (leniency.mode === 'audit')
        return { exit: 0, letPass: true, handOn: !warnOnly };
    const resolved = counted.length > 0 && counted.every((image) => image.digest !== null);
    if (warnOnly && resolved) {
        return { exit: 0, letPass: true, handOn: false };
    }
    return { exit, letPass: false, handOn: true };
}

;// CONCATENATED MODULE: ./src/run/version.ts
/** The version of the program; a test holds it to package.json. */
const version = '0.1.0';

;// CONCATENATED MODULE: ./src/run/program.ts




/**
 * What program gave the answer. The hash is over the name and the bytes of each of its files, in the order of the names:
 * `for f in $(ls dist | LC_ALL=C sort); do printf '%s\0' "$f"; cat "dist/$f"; done | sha256sum`.
 *
 * @param folder where the bundle lies; undefined when the program is used as a library
 */
function describeProgram(folder) {
    const tool = { name: 'verify-image', version: version };
    if (folder === undefined)
        return { ...tool, sha256: null };
    try {
        const hash = (0,external_node_crypto_.createHash)('sha256');
        // Twenty files that were just loaded: read one by one they cost a third of what promises for them would.
        for (const name of (0,external_node_fs_.readdirSync)(folder).sort()) {
            hash.update(`${name}\0`).update((0,external_node_fs_.readFileSync)(external_node_path_default().join(folder, name)));
        }
        return { ...tool, sha256: hash.digest('hex') };
    }
    catch {
        return { ...tool, sha256: null };
    }
}

// EXTERNAL MODULE: ./src/run/registry-config.ts
var registry_config = __nccwpck_require__(40373);
;// CONCATENATED MODULE: ./src/run/answer.ts









/** Answers the inputs of a face: decides, or says what is wrong with the inputs; the result file is written either way. */
async function answer(parsed, programFolder, decided) {
    const { signers, registry, github } = parsed.request ?? {};
    const config = await (0,registry_config/* secretsInConfig */.z)(registry);
    const wrong = 'code' in config ? [config] : [];
    const further = 'code' in config ? [] : config;
    const secrets = (0,redaction/* secretsOf */.F)(process.env, signers?.keys, registry?.login, github?.token, further);
    const deciding = parsed.request && wrong.length === 0
        ? decide(parsed.request, {
            clock: gate_clock/* systemClock */.m,
            ...(decided && { decided: (image) => decided((0,redaction/* redact */.E)(image, secrets)) }),
        })
        : refuse([...parsed.problems, ...wrong]);
    // Read while the first answers are on their way.
    const tool = describeProgram(programFolder);
    const raw = await deciding;
    const result = (0,redaction/* redact */.E)({ ...raw, warnings: [...parsed.warnings, ...raw.warnings] }, secrets);
    const inputs = (0,redaction/* redact */.E)(parsed.effective, secrets);
    const document = (0,report_document/* toDocument */.J)(result, inputs, tool);
    const { resultFile, policyReport } = parsed.reports;
    const problem = (resultFile === '' ? undefined : await writeReport(resultFile, toJson(document))) ??
        (policyReport === '' ? undefined : await writePolicyReport(policyReport, result));
    if (!problem) {
        const ending = endingOf(result, parsed.leniency);
        const folder = parsed.reports.pinnedManifests;
        if (folder === '' || !ending.handOn)
            return { result, document, ending };
        const unpinned = await writeManifests(folder, raw.pinned ?? []);
        if (!unpinned)
            return { result, document, ending, pinnedManifests: folder };
        const failed = withProblem(result, unpinned);
        return {
            result: failed,
            document: (0,report_document/* toDocument */.J)(failed, inputs, tool),
            ending: { ...ending, ...endingOf(failed, parsed.leniency), handOn: false },
        };
    }
    const unwritten = withProblem(result, problem);
    return {
        result: unwritten,
        document: (0,report_document/* toDocument */.J)(unwritten, inputs, tool),
        ending: { ...endingOf(unwritten, parsed.leniency), handOn: false },
    };
}
async function writePolicyReport(file, result) {
    const { openReportText } = await Promise.all(/* import() */[__nccwpck_require__.e(8815), __nccwpck_require__.e(6295)]).then(__nccwpck_require__.bind(__nccwpck_require__, 46295));
    const seconds = Math.floor(Date.parse(result.finishedAt) / 1000);
    return writeReport(file, openReportText(result, file, seconds), 'policy-report');
}
function toJson(document) {
    return `${JSON.stringify(document, null, 2)}\n`;
}
/** The result of inputs that cannot be used: undetermined, with every problem named. */
function refuse(problems) {
    const now = gate_clock/* systemClock */.m.now().toISOString();
    const [first] = problems;
    const message = problems.map((problem) => problem.message).join('; ');
    return {
        verdict: 'undetermined',
        failure: (0,verdict_result/* failure */.V2)(first?.code ?? 'nothing-to-verify', message),
        images: [],
        keys: [],
        calls: [],
        warnings: [],
        startedAt: now,
        finishedAt: now,
    };
}
/** A report that could not be written is no proof for anybody: a rejection stays one, all else is undetermined. */
function withProblem(result, problem) {
    if (result.verdict === 'rejected')
        return { ...result, warnings: [...result.warnings, problem.message] };
    return { ...result, verdict: 'undetermined', failure: (0,verdict_result/* failure */.V2)(problem.code, problem.message) };
}

;// CONCATENATED MODULE: ./src/action/annotations.ts




/** The runner keeps ten of a kind for a step and cuts a message at 4096 characters. */
const most = 10;
const longest = 4000;
const annotations_mostPlaces = 5;
/**
 * One annotation for each failed image, and, of policies and manifests, one for each warning: what nobody checked must
 * not be found in the log alone. The tenth of a kind speaks for the rest where there are more.
 */
function toAnnotations(result, ending) {
    const level = ending.letPass ? 'warning' : 'error';
    const failed = annotations_failures(result, level);
    const failing = cut(failed, most, (rest) => ({
        level,
        title: title(result.verdict, result.failure),
        message: `${rest} more images failed: see the job summary and the result file`,
    }));
    const room = level === 'warning' ? most - failing.length : most;
    const warned = cut(warnings(result), room, (rest) => ({
        level: 'warning',
        title: aloud,
        message: `${rest} more warnings: see the job summary and the result file`,
    }));
    return [...failing, ...warned];
}
function cut(items, room, forTheRest) {
    if (items.length <= room)
        return items;
    return room === 0 ? [] : [...items.slice(0, room - 1), forTheRest(items.length - room + 1)];
}
function annotations_failures(result, level) {
    const failed = result.images.filter((image) => image.failure !== null && !image.allowed);
    const annotate = (verdict, failure, about, more, origin) => ({
        level,
        title: title(verdict, failure),
        message: (0,report_escape/* shorten */.ml)([`${about}${failure.message}`, ...more, failure.hint].map(report_escape/* line */.n8).join('\n'), longest),
        ...(origin && placeOf(origin.file, origin.line)),
    });
    const own = result.failure;
    const whole = own && !failed.some(({ failure }) => failure?.code === own.code && failure.message === own.message)
        ? [annotate(result.verdict, own, '', [], located(own.message, result))]
        : [];
    const each = failed.flatMap(({ verdict, failure, reference, finding, origins = [] }) => failure
        ? [
            annotate(verdict, failure, `${reference}: `, [...(0,near_misses/* nearMissesOf */.i)(finding), ...places(origins)], origins[0]),
        ]
        : []);
    return [...whole, ...each];
}
function places(origins) {
    const lines = origins.slice(0, annotations_mostPlaces).map((origin) => `at ${(0,place/* placeText */.Z9)(origin)}`);
    return origins.length > annotations_mostPlaces ? [...lines, `and ${origins.length - annotations_mostPlaces} more places`] : lines;
}
const aloud = 'Policies and manifests';
/** Of runs without policies and manifests warnings stay in the log and the summary. */
function warnings(result) {
    if (!result.policyFiles && !result.pinned)
        return [];
    return result.warnings.map((warning) => {
        const origin = located(warning, result);
        return {
            level: 'warning',
            title: aloud,
            message: (0,report_escape/* shorten */.ml)((0,report_escape/* line */.n8)(warning), longest),
            ...(origin && placeOf(origin.file, origin.line)),
        };
    });
}
/** The file and the line that a message begins with, of a file that the run read. */
function located(text, { pinned = [], policyFiles = [] }) {
    for (const { file } of [...pinned, ...policyFiles]) {
        const number = text.startsWith(`${file}:`)
            ? /^(\d{1,9}):/.exec(text.slice(file.length + 1))?.[1]
            : undefined;
        if (number !== undefined)
            return { file, line: Number(number) };
    }
    return undefined;
}
/** A name that a runner or a page would show otherwise than it is names no file there. */
function placeOf(file, startLine) {
    return file === 'standard input' || (0,report_escape/* line */.n8)(file) !== file ? {} : { place: { file, startLine } };
}

// EXTERNAL MODULE: ./src/inputs/table.ts + 3 modules
var inputs_table = __nccwpck_require__(82231);
// EXTERNAL MODULE: ./src/inputs/nearest.ts
var nearest = __nccwpck_require__(13915);
;// CONCATENATED MODULE: ./src/action/inputs.ts



/** Reads the step's inputs; `getInput` is that of `@actions/core`. */
function readInputs(getInput) {
    const given = new Map();
    for (const { name } of inputs_table/* inputTable */.F) {
        const text = getInput(name);
        if (text !== '')
            given.set(name, [text]);
    }
    return given;
}
/**
 * Inputs that this version does not have. The runner only warns of them, but somebody who asked for a check that is
 * not made must not get a pass.
 */
function unknownInputs(environment) {
    const known = new Set(inputs_table/* inputTable */.F.map(({ name }) => name));
    return Object.entries(environment).flatMap(([variable, value = '']) => {
        const name = /^INPUT_(.+)$/.exec(variable)?.[1]?.toLowerCase();
        const text = value.trim();
        if (name === undefined || known.has(name) || text === '')
            return [];
        if (inputs_table/* reservedInputs */.k.has(name)) {
            // Switched off is what this version does anyway.
            if (text === 'false')
                return [];
            return [
                { code: 'unsupported', message: `${name}: this version cannot check it, so nothing was decided` },
            ];
        }
        const meant = (0,nearest/* nearest */.p)(name, known);
        const hint = meant === undefined ? '' : `; did you mean ${meant}?`;
        return [
            {
                code: 'input-invalid',
                message: `${name}: expected an input of this action, got an unknown name${hint}`,
            },
        ];
    });
}

;// CONCATENATED MODULE: ./src/action/outputs.ts


/** Most bytes of one output that holds JSON. */
const outputLimit = 64 * 1024;
const outputs_longestMessage = 4000;
/** The step's outputs; every one is set for every ending. */
function toOutputs({ result, document, ending, pinnedManifests }, resultFile) {
    const [first] = result.images;
    const pinned = result.images.flatMap((image) => image.verdict === 'verified' && image.pinned ? [image.pinned] : []);
    const images = ending.handOn ? fit(pinned) : { json: '[]', truncated: false };
    return {
        verdict: result.verdict,
        'failure-class': result.failure?.class ?? '',
        'failure-code': result.failure?.code ?? '',
        message: (0,report_escape/* shorten */.ml)((0,report_escape/* line */.n8)(message(result)), outputs_longestMessage),
        image: first ? (0,report_escape/* line */.n8)(first.reference) : '',
        digest: ending.handOn ? (first?.digest ?? '') : '',
        images: images.json,
        result: fitDocument(document, images.truncated),
        'result-file': resultFile,
        'pinned-manifests': pinnedManifests ?? '',
    };
}
/** As many items of a list as fit. */
function fit(items) {
    let size = 2;
    let count = 0;
    for (const item of items) {
        size += Buffer.byteLength(JSON.stringify(item)) + 1;
        if (size > outputLimit)
            break;
        count++;
    }
    return { json: JSON.stringify(items.slice(0, count)), truncated: count < items.length };
}
/** The document, without findings and then without the last images where it is too large; it says so itself. */
function fitDocument(document, truncated) {
    const whole = JSON.stringify(truncated ? { ...document, truncated } : document);
    if (Buffer.byteLength(whole) <= outputLimit)
        return whole;
    const brief = document.images.map(({ reference, digest, pinned, verdict, failure }) => ({
        reference,
        digest,
        pinned,
        verdict,
        failure: failure && { ...failure, message: (0,report_escape/* shorten */.ml)(failure.message, 300) },
    }));
    const { schemaVersion, verified, verdict, failure, tool, startedAt, finishedAt } = document;
    const head = {
        schemaVersion,
        truncated: true,
        verified,
        verdict,
        failure: failure && { ...failure, message: (0,report_escape/* shorten */.ml)(failure.message, outputs_longestMessage) },
        tool,
        startedAt,
        finishedAt,
    };
    for (let count = brief.length; count > 0; count = Math.floor(count / 2)) {
        const json = JSON.stringify({ ...head, images: brief.slice(0, count) });
        if (Buffer.byteLength(json) <= outputLimit)
            return json;
    }
    return JSON.stringify({ ...head, images: [] });
}

;// CONCATENATED MODULE: ./src/action/run.ts








/**
 * The action: inputs of the step in; outputs, annotations, job summary and result file out.
 *
 * @param programFolder where the bundle lies
 * @returns the exit code; nobody but the entry ends the process
 */
async function action(programFolder) {
    const core = await Promise.all(/* import() */[__nccwpck_require__.e(1659), __nccwpck_require__.e(5734)]).then(__nccwpck_require__.bind(__nccwpck_require__, 91659));
    const read = (0,parse/* parseInputs */.T)(readInputs((name) => core.getInput(name)), 'action');
    const strangers = unknownInputs(process.env);
    const parsed = strangers.length === 0
        ? read
        : { ...read, request: undefined, problems: [...strangers, ...read.problems] };
    // How many images manifests hold is known when they are read, not here.
    const { images = [], manifests = [] } = parsed.request ?? {};
    const total = manifests.length > 0 ? undefined : images.length;
    let count = 0;
    const answered = await answer(parsed, programFolder, ({ reference, verdict, allowed }) => {
        if (total === 1)
            return;
        const said = allowed === true ? 'not checked' : verdict;
        core.info((0,report_escape/* line */.n8)(`${++count}${total === undefined ? '' : ` of ${total}`}: ${said} ${reference}`));
    });
    const { result, ending, pinnedManifests } = answered;
    for (const [name, value] of Object.entries(toOutputs(answered, parsed.reports.resultFile)))
        core.setOutput(name, value);
    const text = (0,report_text/* toText */.f)(result, pinnedManifests);
    for (const one of [...text.stdout, ...text.stderr])
        core.info(one);
    for (const { level, title, message, place } of toAnnotations(result, ending))
        core[level](message, { title, ...place });
    if (parsed.reports.summary) {
        try {
            await core.summary.addRaw(toSummary(result, ending, pinnedManifests)).write();
        }
        catch (error) {
            // A report about the verdict never changes it: older servers and some containers have no summary.
            core.info((0,report_escape/* line */.n8)(`The job summary could not be written: ${error instanceof Error ? error.message : String(error)}`));
        }
    }
    return ending.exit;
}

// EXTERNAL MODULE: ./src/keys/pkcs11.ts
var keys_pkcs11 = __nccwpck_require__(27107);
;// CONCATENATED MODULE: ./src/cli/arguments.ts
/** Reads `--flag value`, `--flag=value`, `-o value`, switches, and `--` before words that look like flags. */
function readArguments(argv, specs) {
    const words = [];
    const flags = new Map();
    const queue = [...argv];
    for (let word = queue.shift(); word !== undefined; word = queue.shift()) {
        if (word === '--') {
            words.push(...queue);
            break;
        }
        const parts = /^--([^=]+)(?:=([\s\S]*))?$/.exec(word) ?? /^-([a-zA-Z])(?:=?([\s\S]+))?$/.exec(word);
        if (!parts) {
            words.push(word);
            continue;
        }
        const name = String(parts[1]);
        const spec = specs.find((one) => (word.startsWith('--') ? one.name === name : one.short === name));
        if (!spec)
            return { misuse: `unknown flag: ${word.startsWith('--') ? '--' : '-'}${name}`, unknown: name };
        const value = parts[2] ?? (spec.switch ? 'true' : queue.shift());
        if (value === undefined)
            return { misuse: `flag needs an argument: --${spec.name}` };
        flags.set(spec.name, [...(flags.get(spec.name) ?? []), value]);
    }
    return { words, flags };
}

;// CONCATENATED MODULE: ./src/cli/commands.ts

const switches = new Set(inputs_table/* inputTable */.F.flatMap((entry) => ('switch' in entry ? [entry.name] : [])));
/** Flags of every command. */
const general = [
    { name: 'bundle' },
    { name: 'staging', switch: true },
    { name: 'output', short: 'o' },
    { name: 'verbose', switch: true },
    { name: 'help', short: 'h', switch: true },
    { name: 'version', switch: true },
];
/** Inputs that are arguments on the command line. */
const asWords = new Set(['image']);
const flagSpecs = [
    ...inputs_table/* inputTable */.F
        .filter(({ name }) => !asWords.has(name))
        .map((entry) => ({
        name: entry.name,
        ...(switches.has(entry.name) && { switch: true }),
        ...('short' in entry && { short: entry.short }),
    })),
    ...general,
];
function helpText(version) {
    const flags = inputs_table/* inputTable */.F
        .filter(({ name }) => !asWords.has(name))
        .map((entry) => {
        const fallback = 'commandDefault' in entry ? entry.commandDefault : entry.default;
        return `  --${entry.name}\n      ${entry.description}${fallback === '' ? '' : ` (default ${fallback})`}`;
    });
    return `verify-image ${version}: may this container image be promoted?

Usage:
  verify-image verify REFERENCE… --key KEY [flags]
  verify-image verify [REFERENCE…] --policy FILE… --manifests FILE… [flags]
  verify-image inspect REFERENCE [--key KEY] [flags]
  verify-image verify-bundle --bundle FILE (--key KEY | --certificate-identity ID --certificate-oidc-issuer URL) FILE_OR_DIGEST

Exit: 0 verified, 1 rejected (supply chain), 2 undetermined (infrastructure or configuration)

Examples:
  verify-image verify local://store/app:v1 --key keys/release.pub
  verify-image verify s3://bucket/app:v1 --key awskms:///alias/release-signer --output json
  verify-image inspect s3://bucket/app:v1

Flags:
${flags.join('\n')}
  -o, --output
      text, json (the result document), cosign: what cosign verify prints, or kyverno: what kyverno apply prints
      (default text; of images in registries, where the output is no terminal and no policy is given, cosign)
  --verbose
      Also says which hosts were contacted and what was tried again
  -h, --help
  --version
`;
}

// EXTERNAL MODULE: ./src/cli/print.ts
var print = __nccwpck_require__(79381);
;// CONCATENATED MODULE: ./src/cli/verify.ts








/** `verify-image verify REFERENCE…`; returns the exit code. Without a format it is the one that `usualOutput` says. */
async function verify({ words, flags }, asked, problems, programFolder) {
    const given = new Map();
    for (const { name } of inputs_table/* inputTable */.F) {
        const values = flags.get(name);
        if (values)
            given.set(name, values);
    }
    const whole = (0,parse/* parseInputs */.T)(withImages(given, words), 'command');
    const output = asked ?? usualOutput(whole, process.stdout.isTTY);
    // cosign lists every signature that verifies; whoever did not ask for its list does not wait for all of it.
    const read = asked === 'cosign' && whole.request ? { ...whole, request: { ...whole.request, thorough: true } } : whole;
    const parsed = problems.length === 0 ? read : { ...read, request: undefined, problems: [...problems, ...read.problems] };
    const answered = await answer(parsed, output === 'json' || parsed.reports.resultFile !== '' ? programFolder : undefined);
    await report(answered, output, flags.has('verbose'), cosignQuestion(parsed));
    if (parsed.reports.summary) {
        await writeSummary(answered);
    }
    return answered.ending.exit;
}
/**
 * Text; but what is read by a program and is all about images in registries is printed as cosign prints it, so that a
 * line that ends with `| jq` goes on working with another name in front.
 */
function usualOutput({ request }, isTerminal) {
    if (request?.policies ?? request?.manifests)
        return 'text';
    const inRegistries = request?.images.every((image) => (0,reference_parse/* parseReference */.F)(image).kind === 'registry');
    return isTerminal !== true && inRegistries === true ? 'cosign' : 'text';
}
function cosignQuestion({ request }) {
    return {
        annotations: request?.demand?.annotations !== undefined,
        ignoresLog: request?.log === 'ignore',
        attestations: request?.demand?.attestationTypes !== undefined || request?.demand?.provenance !== undefined,
        keyless: request?.signers?.keys.length === 0,
    };
}
/** A report about the verdict never changes it. */
async function writeSummary({ result, ending, pinnedManifests }) {
    const { summary } = await Promise.all(/* import() */[__nccwpck_require__.e(1659), __nccwpck_require__.e(5734)]).then(__nccwpck_require__.bind(__nccwpck_require__, 91659));
    try {
        await summary.addRaw(toSummary(result, ending, pinnedManifests)).write();
    }
    catch (error) {
        const why = error instanceof Error ? error.message : String(error);
        await (0,print/* print */.y)(process.stderr, [`Warning: the job summary could not be written: ${(0,report_escape/* line */.n8)(why)}`]);
    }
}
/** Words are images as they are: a line feed in one is refused, not split at. */
function withImages(given, words) {
    return words.length === 0 ? given : new Map([...given, ['image', words]]);
}
async function report({ result, document, ending, pinnedManifests }, output, verbose, question) {
    const text = output === 'cosign'
        ? (await __nccwpck_require__.e(/* import() */ 6763).then(__nccwpck_require__.bind(__nccwpck_require__, 56763))).toCosign(result, question)
        : output === 'kyverno'
            ? (await __nccwpck_require__.e(/* import() */ 308).then(__nccwpck_require__.bind(__nccwpck_require__, 50308))).toKyverno(result)
            : (0,report_text/* toText */.f)(result, pinnedManifests);
    if (output === 'json') {
        await (0,print/* print */.y)(process.stdout, [toJson(document).trimEnd()]);
        // s3lo says an error on stderr in every format, and a rejection only in the document.
        if (result.verdict === 'undetermined')
            await (0,print/* print */.y)(process.stderr, text.stderr);
        else
            await (0,print/* print */.y)(process.stderr, result.warnings.map((warning) => `Warning: ${(0,report_escape/* line */.n8)(warning)}`));
    }
    else {
        await (0,print/* print */.y)(process.stdout, text.stdout);
        await (0,print/* print */.y)(process.stderr, text.stderr);
    }
    if (ending.letPass)
        await (0,print/* print */.y)(process.stderr, ['Warning: not verified; the exit code is 0 because the flags ask for that']);
    if (!verbose)
        return;
    await (0,print/* print */.y)(process.stderr, [
        ...result.calls.map(({ host, count }) => `called ${(0,report_escape/* line */.n8)(host)} ${count} times`),
        ...result.images.flatMap(({ attempts }) => attempts.map(({ call, attempt, ended }) => `attempt ${attempt} of ${(0,report_escape/* line */.n8)(call)} after ${(0,report_escape/* line */.n8)(ended)}`)),
    ]);
}

;// CONCATENATED MODULE: ./src/cli/run.ts









const formats = ['text', 'json', 'cosign', 'kyverno'];
const commands = ['verify', 'inspect', 'verify-bundle'];
/**
 * The command.
 *
 * @param argv arguments without program and script
 * @param programFolder where the bundle lies
 * @returns the exit code; nobody but the entry ends the process
 */
async function cli(argv, programFolder) {
    const read = readArguments(argv, flagSpecs);
    if ('misuse' in read) {
        // cosign's flags for a key on a hardware token.
        if (read.unknown === 'sk' || read.unknown === 'slot')
            return misuse(`--${read.unknown}: ${keys_pkcs11/* tokensUnsupported */.Q}`, 'unsupported');
        return misuse(`${read.misuse}${read.unknown === undefined ? '' : hint(read.unknown)}`);
    }
    const { words, flags } = read;
    if (flags.has('version')) {
        await (0,print/* print */.y)(process.stdout, [`verify-image ${version}`]);
        return 0;
    }
    const [command, ...rest] = words;
    if (command === undefined || command === 'help' || flags.has('help')) {
        await (0,print/* print */.y)(command === undefined && !flags.has('help') ? process.stderr : process.stdout, [
            helpText(version).trimEnd(),
        ]);
        return command === undefined && !flags.has('help') ? 2 : 0;
    }
    if (!commands.includes(command)) {
        const meant = (0,nearest/* nearest */.p)(command, commands);
        return misuse(`unknown command: ${command}${meant === undefined ? '' : `; did you mean ${meant}?`}`);
    }
    const asked = flags.get('output')?.at(-1) ?? '';
    const output = formats.find((format) => format === asked);
    const problems = asked !== '' && output === undefined
        ? [
            {
                code: 'input-invalid',
                message: `output: expected text, json, cosign or kyverno, got ${JSON.stringify(asked)}`,
            },
        ]
        : [];
    const args = { words: rest, flags };
    if (command === 'verify')
        return verify(args, output, problems, programFolder);
    if (command === 'verify-bundle') {
        const { verifyBundle } = await Promise.all(/* import() */[__nccwpck_require__.e(9654), __nccwpck_require__.e(4187), __nccwpck_require__.e(4491), __nccwpck_require__.e(1082)]).then(__nccwpck_require__.bind(__nccwpck_require__, 24231));
        return verifyBundle(args, output ?? 'text', problems);
    }
    const { inspect } = await Promise.all(/* import() */[__nccwpck_require__.e(4623), __nccwpck_require__.e(236)]).then(__nccwpck_require__.bind(__nccwpck_require__, 80236));
    return inspect(args, output ?? 'text', problems);
}
function hint(flag) {
    if (inputs_table/* reservedInputs */.k.has(flag))
        return ' (this version cannot check it yet, so nothing was decided)';
    const meant = (0,nearest/* nearest */.p)(flag, flagSpecs.map(({ name }) => name));
    return meant === undefined ? '' : `; did you mean --${meant}?`;
}
async function misuse(message, code = 'input-invalid') {
    await (0,print/* print */.y)(process.stderr, [
        `Error: ${(0,report_escape/* line */.n8)(message)}`,
        `  Verdict: undetermined (configuration, ${code})`,
        '  Next:    see verify-image --help',
    ]);
    return 2;
}

// EXTERNAL MODULE: ./src/verdict/codes.ts
var codes = __nccwpck_require__(24423);
;// CONCATENATED MODULE: ./src/library.ts




/** Lists every signature beside an image, and checks those whose key was given; loaded when it is called first. */
async function inspectImage(request) {
    return (await Promise.all(/* import() */[__nccwpck_require__.e(4623), __nccwpck_require__.e(7252)]).then(__nccwpck_require__.bind(__nccwpck_require__, 17252))).inspectImage(request);
}

;// CONCATENATED MODULE: ./src/main.ts
/** The one entry of the bundle; the stubs in dist/ start a face, programs import the library. */



/** What the thread runs in which policies are evaluated (dist/policy-engine.js). */
async function answerQuestions() {
    return (await __nccwpck_require__.e(/* import() */ 2929).then(__nccwpck_require__.bind(__nccwpck_require__, 62929))).answerQuestions();
}

var __webpack_exports__action = __webpack_exports__.XI;
var __webpack_exports__answerQuestions = __webpack_exports__.sj;
var __webpack_exports__cli = __webpack_exports__.xw;
var __webpack_exports__codes = __webpack_exports__.F4;
var __webpack_exports__decide = __webpack_exports__.LD;
var __webpack_exports__endingOf = __webpack_exports__.z6;
var __webpack_exports__inspectImage = __webpack_exports__.mm;
var __webpack_exports__systemClock = __webpack_exports__.ml;
export { __webpack_exports__action as action, __webpack_exports__answerQuestions as answerQuestions, __webpack_exports__cli as cli, __webpack_exports__codes as codes, __webpack_exports__decide as decide, __webpack_exports__endingOf as endingOf, __webpack_exports__inspectImage as inspectImage, __webpack_exports__systemClock as systemClock };
