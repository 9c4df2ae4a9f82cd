export const id = 685;
export const ids = [685,8879];
export const modules = {

/***/ 23712:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   l: () => (/* binding */ findFiles)
/* harmony export */ });
/* unused harmony export splitPattern */
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(51455);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_fs_promises__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(76760);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1___default = /*#__PURE__*/__webpack_require__.n(node_path__WEBPACK_IMPORTED_MODULE_1__);
/* harmony import */ var _network_fault_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8110);



/** Folders and files that are looked at for one pattern: a pattern over a whole disk is a typing error. */
const mostEntries = 200_000;
/**
 * Files that a pattern means, in the order of their names: `*` and `?` within a name, `**` for any folders, `[…]` is
 * text. A pattern without any of them is a file as it is named, whether it is there or not. Folders that links lead to
 * are entered only by their own names, and `**` leaves out what begins with a dot.
 *
 * @returns a text that says what is wrong
 */
async function findFiles(pattern, most = mostEntries) {
    if (!/[*?]/.test(pattern))
        return [pattern];
    const { top, segments } = splitPattern(pattern);
    const found = new Set();
    let entries = 0;
    // A folder that nobody may look into may hold what the pattern means.
    const closed = [];
    const unread = (why) => void closed.push(why);
    // Several `**` lead to a folder in many ways, each of which finds the same.
    const walked = new Set();
    const walk = async (folder, at) => {
        const state = `${at} ${folder}`;
        if (walked.has(state))
            return true;
        walked.add(state);
        if (++entries > most)
            return false;
        const segment = segments[at];
        if (segment === undefined)
            return true;
        if (!/[*?]/.test(segment)) {
            const next = node_path__WEBPACK_IMPORTED_MODULE_1___default().join(folder, segment);
            if (at < segments.length - 1)
                return walk(next, at + 1);
            if (await isThere(folder, segment, unread))
                found.add(next);
            return true;
        }
        const isLast = at === segments.length - 1;
        if (segment === '**' && !isLast && !(await walk(folder, at + 1)))
            return false;
        for (const { name, kind } of await listFolder(folder, unread)) {
            if (++entries > most)
                return false;
            const next = node_path__WEBPACK_IMPORTED_MODULE_1___default().join(folder, name);
            if (segment === '**') {
                if (name.startsWith('.'))
                    continue;
                if (kind === 'folder' && !(await walk(next, at)))
                    return false;
                if (kind === 'file' && isLast)
                    found.add(next);
            }
            else if (matches(segment, name)) {
                if (kind === 'file' && isLast)
                    found.add(next);
                if (kind === 'folder' && !isLast && !(await walk(next, at + 1)))
                    return false;
            }
        }
        return true;
    };
    const whole = await walk(top, 0);
    if (closed[0] !== undefined)
        return closed[0];
    return whole ? [...found].sort() : `more than ${most} files and folders are in its way`;
}
/**
 * The folder that a pattern begins at, and the names below it. A drive belongs to the folder: `C:` is no name below it.
 *
 * @param rules of another system than this one
 */
function splitPattern(pattern, rules = (node_path__WEBPACK_IMPORTED_MODULE_1___default())) {
    const root = rules.isAbsolute(pattern) ? rules.parse(pattern).root : '';
    return {
        top: root === '' ? '.' : rules.parse(rules.resolve(root)).root,
        segments: pattern
            .slice(root.length)
            .split(/[/\\]/)
            .filter((segment) => segment !== '' && segment !== '.'),
    };
}
async function isThere(folder, name, unread) {
    return (await listFolder(folder, unread)).some((entry) => entry.name === name && entry.kind === 'file');
}
async function listFolder(folder, unread) {
    const out = [];
    try {
        for await (const entry of await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.opendir)(folder === '' ? '.' : folder)) {
            const isFile = entry.isFile() || (entry.isSymbolicLink() && (await leadsToFile(node_path__WEBPACK_IMPORTED_MODULE_1___default().join(folder, entry.name))));
            const kind = entry.isDirectory() ? 'folder' : isFile ? 'file' : 'other';
            out.push({ name: entry.name, kind });
            if (out.length > mostEntries)
                break;
        }
    }
    catch (error) {
        // What is not there, or is no folder, holds no file.
        const code = error instanceof Error && 'code' in error ? error.code : undefined;
        if (code !== 'ENOENT' && code !== 'ENOTDIR')
            unread(`${folder}: ${(0,_network_fault_js__WEBPACK_IMPORTED_MODULE_2__/* .describe */ .q0)(error)}`);
    }
    return out.sort((a, b) => (a.name < b.name ? -1 : 1));
}
/** A link that leads nowhere counts as a file: whoever reads it says what is wrong. */
async function leadsToFile(link) {
    return (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.stat)(link).then((target) => target.isFile(), () => true);
}
/** Linear in the length of the name for each star, one after the other. */
function matches(pattern, name) {
    if (name.startsWith('.') && !pattern.startsWith('.'))
        return false;
    let [at, from, star, after] = [0, 0, -1, 0];
    while (from < name.length) {
        if (at < pattern.length && pattern[at] === '*') {
            star = at++;
            after = from;
        }
        else if (at < pattern.length && (pattern[at] === '?' || pattern[at] === name[from])) {
            at++;
            from++;
        }
        else if (star >= 0) {
            at = star + 1;
            from = ++after;
        }
        else
            return false;
    }
    while (pattern[at] === '*')
        at++;
    return at === pattern.length;
}


/***/ }),

/***/ 60685:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  makePlan: () => (/* binding */ makePlan)
});

// EXTERNAL MODULE: external "node:zlib"
var external_node_zlib_ = __webpack_require__(38522);
;// CONCATENATED MODULE: ./src/policy/jmespath/decimal.ts
function powerOfTen(exponent) {
    return 10n ** BigInt(exponent);
}
/** Both on the larger scale. */
function aligned(one, other) {
    const scale = Math.max(one.scale, other.scale);
    const raise = ({ unscaled, scale: own }) => unscaled * powerOfTen(scale - own);
    return [raise(one), raise(other), scale];
}
function addDecimals(one, other) {
    const [left, right, scale] = aligned(one, other);
    return { unscaled: left + right, scale };
}
function multiplyDecimals(one, other) {
    return { unscaled: one.unscaled * other.unscaled, scale: one.scale + other.scale };
}
/** Cut, not rounded, at the given scale. */
function divideDecimals(one, other, scale) {
    const shift = scale - one.scale + other.scale;
    const unscaled = shift >= 0
        ? (one.unscaled * powerOfTen(shift)) / other.unscaled
        : one.unscaled / (other.unscaled * powerOfTen(-shift));
    return { unscaled, scale };
}
function compareDecimals(one, other) {
    const [left, right] = aligned(one, other);
    return left === right ? 0 : left < right ? -1 : 1;
}
/** Away from zero, to at most `scale` digits behind the point. */
function roundUp(value, scale) {
    if (value.scale <= scale)
        return { unscaled: value.unscaled * powerOfTen(scale - value.scale), scale };
    const divisor = powerOfTen(value.scale - scale);
    const rest = value.unscaled % divisor;
    const step = rest === 0n ? 0n : rest > 0n ? 1n : -1n;
    return { unscaled: value.unscaled / divisor + step, scale };
}
/** The value where it is a whole number. */
function wholeNumber({ unscaled, scale }) {
    if (scale <= 0)
        return unscaled * powerOfTen(-scale);
    const divisor = powerOfTen(scale);
    return unscaled % divisor === 0n ? unscaled / divisor : undefined;
}
function approximate({ unscaled, scale }) {
    return scale === 0 ? Number(unscaled) : Number(unscaled) * Number(`1e${-scale}`);
}

;// CONCATENATED MODULE: ./src/policy/jmespath/duration.ts
const nanoseconds = new Map([
    ['ns', 1n],
    ['us', 1000n],
    ['\u00b5s', 1000n],
    ['\u03bcs', 1000n],
    ['ms', 1000000n],
    ['s', 1000000000n],
    ['m', 60000000000n],
    ['h', 3600000000000n],
]);
const part = /(\d*)(?:\.(\d*))?(ns|us|\u00b5s|\u03bcs|ms|s|m|h)/y;
const longest = 1000;
const largestDuration = 2n ** 63n - 1n;
/** Go's time.ParseDuration: `1h30m`, `-1.5s`, `0`; undefined for anything else. @returns nanoseconds */
function parseDuration(text) {
    if (text.length > longest)
        return undefined;
    const bare = text.replace(/^[+-]/, '');
    if (bare === '0')
        return 0n;
    let total = 0n;
    let at = 0;
    if (bare === '')
        return undefined;
    while (at < bare.length) {
        part.lastIndex = at;
        const [all, whole = '', fraction = '', unit = ''] = part.exec(bare) ?? [];
        if (all === undefined || (whole === '' && fraction === ''))
            return undefined;
        const size = nanoseconds.get(unit) ?? 0n;
        total += BigInt(whole || '0') * size;
        // Go multiplies the fraction in floating point and cuts; beyond 18 digits it reads no more of them.
        const digits = fraction.slice(0, 18);
        if (digits !== '')
            total += BigInt(Math.trunc(Number(digits) * (Number(size) / 10 ** digits.length)));
        at += all.length;
    }
    const isNegative = text.startsWith('-');
    if (total > largestDuration + (isNegative ? 1n : 0n))
        return undefined;
    return isNegative ? -total : total;
}
/** Go's Duration.String: `180h10m0s`, `1.5s`, `2ms`, `0s`. */
function printDuration(duration) {
    if (duration === 0n)
        return '0s';
    const sign = duration < 0n ? '-' : '';
    const size = duration < 0n ? -duration : duration;
    if (size < 1000n)
        return `${sign}${size}ns`;
    if (size < 1000000n)
        return `${sign}${withFraction(size, 1000n)}\u00b5s`;
    if (size < 1000000000n)
        return `${sign}${withFraction(size, 1000000n)}ms`;
    const minutes = size / 60000000000n;
    const seconds = `${withFraction(size % 60000000000n, 1000000000n)}s`;
    if (minutes === 0n)
        return sign + seconds;
    const hours = minutes / 60n;
    return hours === 0n ? `${sign}${minutes}m${seconds}` : `${sign}${hours}h${minutes % 60n}m${seconds}`;
}
function withFraction(size, unit) {
    const width = String(unit).length - 1;
    const fraction = String(size % unit)
        .padStart(width, '0')
        .replace(/0+$/, '');
    return fraction === '' ? String(size / unit) : `${size / unit}.${fraction}`;
}
/** Go's Duration.Seconds. */
function inSeconds(duration) {
    return Number(duration / 1000000000n) + Number(duration % 1000000000n) / 1e9;
}
/** A number of seconds as a duration, cut to nanoseconds; undefined beyond what Go can hold (some 292 years). */
function fromSeconds(seconds) {
    const size = Math.trunc(seconds * 1e9);
    if (!Number.isFinite(size))
        return undefined;
    const duration = BigInt(size);
    return duration > largestDuration || duration < -largestDuration ? undefined : duration;
}

;// CONCATENATED MODULE: ./src/policy/jmespath/quantity.ts

const shape = /^([+-]?)(\d*)(?:\.(\d*))?((?:[eEinumkKMGTP]*[+-]?\d*))$/;
const decimalSuffixes = new Map([
    ['n', -9],
    ['u', -6],
    ['m', -3],
    ['', 0],
    ['k', 3],
    ['M', 6],
    ['G', 9],
    ['T', 12],
    ['P', 15],
    ['E', 18],
]);
const binarySuffixes = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];
const quantity_longest = 1000;
const largestExponent = 10_000;
const largestInteger = 2n ** 63n - 1n;
/**
 * @returns undefined for what is no quantity. A suffix without a digit (`M`) is none, other than in Kubernetes, which
 *   reads it as zero: as the key of a condition, two such texts would be equal whatever they are
 */
function parseQuantity(text) {
    if (text.length > quantity_longest)
        return undefined;
    const [, sign = '', whole = '', fraction = '', suffix = ''] = shape.exec(text) ?? [];
    if (whole === '' && fraction === '')
        return undefined;
    const digits = whole.replace(/^0+/, '') || '0';
    const unscaled = BigInt(`${sign === '-' ? '-' : ''}${digits}${fraction}`);
    const binary = binarySuffixes.indexOf(suffix);
    if (suffix !== '' && binary > 0)
        return binaryQuantity(unscaled, digits, fraction, binary);
    const exponent = decimalSuffixes.get(suffix) ?? exponentOf(suffix);
    if (exponent === undefined)
        return undefined;
    const format = decimalSuffixes.has(suffix) ? 'decimal' : 'exponent';
    const amount = { unscaled, scale: fraction.length - exponent };
    const isShort = digits.length + fraction.length <= 18 && amount.scale <= 9;
    return { amount: isShort || unscaled === 0n ? amount : roundUp(amount, 9), format };
}
function exponentOf(suffix) {
    if (!/^[eE][+-]?\d+$/.test(suffix))
        return undefined;
    const exponent = Number(suffix.slice(1));
    return Math.abs(exponent) <= largestExponent ? exponent : undefined;
}
function binaryQuantity(unscaled, digits, fraction, power) {
    const exact = { unscaled: unscaled * 1024n ** BigInt(power), scale: fraction.length };
    const magnitude = exact.unscaled < 0n ? -exact.unscaled : exact.unscaled;
    const precision = 15 - digits.length - Math.trunc(power * 3) - 1;
    if (fraction === '' && precision >= 0 && magnitude <= largestInteger)
        return { amount: exact, format: 'binary' };
    const rounded = exact.unscaled === 0n ? exact : roundUp(exact, 9);
    const cap = { unscaled: unscaled < 0n ? -largestInteger : largestInteger, scale: 0 };
    const one = { unscaled: unscaled < 0n ? -1n : 1n, scale: 0 };
    const side = unscaled < 0n ? -1 : 1;
    const amount = compareDecimals(rounded, cap) * side > 0 ? cap : rounded;
    const isBelowOne = amount.unscaled !== 0n && compareDecimals(amount, one) * side < 0;
    return { amount, format: isBelowOne ? 'decimal' : 'binary' };
}
function compareQuantities(one, other) {
    return compareDecimals(one.amount, other.amount);
}
function addQuantities(one, other, side) {
    const added = { unscaled: other.amount.unscaled * side, scale: other.amount.scale };
    return {
        amount: addDecimals(one.amount, added),
        format: one.amount.unscaled === 0n ? other.format : one.format,
    };
}
function multiplyQuantity(one, factor) {
    return { amount: multiplyDecimals(one.amount, factor), format: one.format };
}
/** Cut at the finer scale of the two as they were written. */
function divideQuantity(one, divisor) {
    const scale = Math.max(one.amount.scale, divisor.scale);
    return { amount: divideDecimals(one.amount, divisor, scale), format: one.format };
}
/** The canonical text: no fraction, the largest suffix that needs none. */
function printQuantity({ amount, format }) {
    if (amount.unscaled === 0n)
        return '0';
    if (format === 'binary') {
        const whole = wholeNumber(amount);
        if (whole !== undefined && (whole <= -1024n || whole >= 1024n))
            return printBinary(whole);
    }
    let { unscaled } = amount;
    let exponent = -amount.scale;
    while (unscaled % 10n === 0n) {
        unscaled /= 10n;
        exponent++;
    }
    const most = format === 'exponent' ? exponent : Math.min(exponent, 18);
    const shown = Math.floor(most / 3) * 3;
    const number = String(unscaled * powerOfTen(exponent - shown));
    if (shown === 0)
        return number;
    const suffix = format === 'exponent' ? undefined : [...decimalSuffixes].find(([, power]) => power === shown)?.[0];
    return `${number}${suffix ?? `e${shown}`}`;
}
function printBinary(whole) {
    let rest = whole;
    let power = 0;
    while (rest % 1024n === 0n && power < binarySuffixes.length - 1) {
        rest /= 1024n;
        power++;
    }
    return `${rest}${binarySuffixes[power] ?? ''}`;
}

;// CONCATENATED MODULE: ./src/policy/jmespath/stop.ts
/** The end of an evaluation, thrown inside this room only. */
class Stop extends Error {
    code;
    at;
    constructor(code, message, at) {
        super(message);
        this.code = code;
        this.at = at;
    }
}
/**
 * Stands in the data for a part that could not be found out yet. Whatever touches it is open, unless the expression
 * is decided before it comes to it.
 */
class OpenPart {
    name;
    constructor(name) {
        this.name = name;
    }
}
/** Thrown where an evaluation touches an open part. */
class Open extends Error {
    part;
    constructor(part) {
        super(`${part} is not known`);
        this.part = part;
    }
}

;// CONCATENATED MODULE: ./src/policy/jmespath/value.ts


/** An expression as an argument (`&name`): no JSON value, and never part of a result. */
class ExpressionReference {
    node;
    constructor(node) {
        this.node = node;
    }
}
/** @throws {@link Open} when asked of a part that is not known */
function typeOf(value) {
    if (value === null || value === undefined)
        return 'null';
    if (value instanceof OpenPart)
        throw new Open(value.name);
    if (value instanceof ExpressionReference)
        return 'expref';
    if (Array.isArray(value))
        return 'array';
    const type = typeof value;
    if (type === 'boolean' || type === 'number' || type === 'string')
        return type;
    return 'object';
}
function isList(value) {
    return typeOf(value) === 'array';
}
function isMap(value) {
    return typeOf(value) === 'object';
}
/** What counts as false: null, false and whatever is empty. The number 0 is true. */
function isFalse(value) {
    if (isList(value))
        return value.length === 0;
    if (isMap(value))
        return Object.keys(value).length === 0;
    return value === null || value === undefined || value === false || value === '';
}
function areEqual(left, right, meter, depth = 0) {
    meter.step();
    if (depth > meter.depth)
        throw tooDeep(meter);
    const type = typeOf(left);
    if (type !== typeOf(right))
        return false;
    if (isList(left) && isList(right)) {
        return (left.length === right.length &&
            left.every((one, index) => areEqual(one, right[index], meter, depth + 1)));
    }
    if (isMap(left) && isMap(right)) {
        const names = Object.keys(left);
        return (names.length === Object.keys(right).length &&
            names.every((name) => Object.hasOwn(right, name) && areEqual(left[name], right[name], meter, depth + 1)));
    }
    return type === 'null' || left === right;
}
/** Walks a result that is about to be given out: bounded, and no open part may leave unseen. */
function checkResult(value, meter) {
    let count = 0;
    const walk = (one, depth) => {
        if (++count > meter.values)
            throw new Stop('limit-exceeded', `a result of more than ${meter.values} values`);
        meter.step();
        if (depth > meter.depth)
            throw tooDeep(meter);
        const type = typeOf(one);
        if (type === 'expref')
            throw new Stop('type', 'expected a value, got an expression reference');
        if (isList(one))
            for (const element of one)
                walk(element, depth + 1);
        else if (isMap(one))
            for (const member of Object.values(one))
                walk(member, depth + 1);
    };
    walk(value, 0);
}
function tooDeep(meter) {
    return new Stop('limit-exceeded', `values nested deeper than ${meter.depth}`);
}
/** By code point, as Go compares the bytes of UTF-8: UTF-16 units would put some signs elsewhere. */
function compareText(left, right) {
    const length = Math.min(left.length, right.length);
    for (let index = 0; index < length; index++) {
        const one = left.charCodeAt(index);
        const other = right.charCodeAt(index);
        if (one === other)
            continue;
        const isPair = one >= 0xd800 && one <= 0xdfff;
        const isOtherPair = other >= 0xd800 && other <= 0xdfff;
        if (isPair !== isOtherPair)
            return isPair ? 1 : -1;
        return one < other ? -1 : 1;
    }
    return left.length === right.length ? 0 : left.length < right.length ? -1 : 1;
}

;// CONCATENATED MODULE: ./src/policy/jmespath/print.ts



const escapes = {
    '<': '\\u003c',
    '>': '\\u003e',
    '&': '\\u0026',
    '\u2028': '\\u2028',
    '\u2029': '\\u2029',
};
/** A value as Go's encoding/json writes it: members sorted, `<`, `>` and `&` escaped. */
function printJson(value, meter, depth = 0) {
    if (depth > meter.depth)
        throw tooDeep(meter);
    meter.text(8);
    if (isList(value))
        return `[${value.map((one) => printJson(one, meter, depth + 1)).join(',')}]`;
    if (isMap(value)) {
        const members = sortedNames(value).map((name) => `${quote(name, meter)}:${printJson(value[name], meter, depth + 1)}`);
        return `{${members.join(',')}}`;
    }
    if (typeof value === 'string')
        return quote(value, meter);
    const type = typeOf(value);
    if (type === 'expref')
        throw new Stop('type', 'expected a value, got an expression reference');
    if (type === 'number' && !Number.isFinite(value)) {
        throw new Stop('invalid-value', `${String(value)} cannot be written as JSON`);
    }
    return type === 'null' ? 'null' : Object.is(value, -0) ? '-0' : String(value);
}
function quote(text, meter) {
    meter.text(text.length);
    return JSON.stringify(text).replace(/[<>&\u2028\u2029]/g, (sign) => escapes[sign] ?? sign);
}
/** A value as Go's fmt prints it with %v, which Kyverno compares the members of lists by. */
function printPlain(value, meter, depth = 0) {
    if (depth > meter.depth)
        throw tooDeep(meter);
    if (isList(value))
        return `[${value.map((one) => printPlain(one, meter, depth + 1)).join(' ')}]`;
    if (isMap(value)) {
        const members = sortedNames(value).map((name) => `${name}:${printPlain(value[name], meter, depth + 1)}`);
        return `map[${members.join(' ')}]`;
    }
    const text = typeof value === 'string'
        ? value
        : typeof value === 'number'
            ? printNumber(value)
            : typeOf(value) === 'null'
                ? '<nil>'
                : String(value);
    meter.text(text.length);
    return text;
}
/** Go's %v of a float64: an exponent (of two digits at least) below -4 and from 6 on, so that a million is 1e+06. */
function printNumber(value) {
    if (!Number.isFinite(value))
        return value === Infinity ? '+Inf' : value === -Infinity ? '-Inf' : 'NaN';
    if (value === 0)
        return Object.is(value, -0) ? '-0' : '0';
    const exponent = Number(value.toExponential().split('e')[1]);
    if (exponent >= -4 && exponent < 6)
        return printDecimal(value);
    return value.toExponential().replace(/e([+-])(\d)$/, 'e$10$2');
}
/** A number without an exponent, however long. */
function printDecimal(value) {
    const [mantissa = '', exponent = '0'] = value.toExponential().split('e');
    const sign = mantissa.startsWith('-') || Object.is(value, -0) ? '-' : '';
    const digits = mantissa.replace(/[-.]/g, '');
    const point = Number(exponent) + 1;
    if (point <= 0)
        return `${sign}0.${'0'.repeat(-point)}${digits}`;
    if (point >= digits.length)
        return sign + digits + '0'.repeat(point - digits.length);
    return `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
}
function sortedNames(map) {
    return Object.keys(map).sort(compareText);
}

;// CONCATENATED MODULE: ./src/policy/jmespath/semver.ts

/** What blang gives for a text that is no version, and Kyverno goes on with. */
const zeroVersion = { numbers: [0n, 0n, 0n], prerelease: [] };
const number = '(0|[1-9]\\d*)';
const semver_shape = new RegExp(`^${number}\\.${number}\\.${number}(?:-([0-9A-Za-z.-]+))?(?:\\+([0-9A-Za-z.-]+))?$`);
const largest = 2n ** 64n - 1n;
const semver_longest = 1000;
function parseVersion(text) {
    if (text.length > semver_longest)
        return undefined;
    const [all, major = '', minor = '', patch = '', pre, build] = semver_shape.exec(text) ?? [];
    if (all === undefined || build?.split('.').includes('') === true)
        return undefined;
    const prerelease = pre?.split('.') ?? [];
    if (prerelease.some((one) => one === '' || /^0\d+$/.test(one)))
        return undefined;
    const numbers = [BigInt(major), BigInt(minor), BigInt(patch)];
    if (numbers.some((one) => one > largest))
        return undefined;
    return { numbers, prerelease: prerelease.map((one) => (/^\d+$/.test(one) ? BigInt(one) : one)) };
}
function compareVersions(one, other) {
    for (const index of [0, 1, 2]) {
        const left = one.numbers[index];
        const right = other.numbers[index];
        if (left !== right)
            return left < right ? -1 : 1;
    }
    if (one.prerelease.length === 0 || other.prerelease.length === 0) {
        if (one.prerelease.length === other.prerelease.length)
            return 0;
        return one.prerelease.length === 0 ? 1 : -1;
    }
    const length = Math.min(one.prerelease.length, other.prerelease.length);
    for (let index = 0; index < length; index++) {
        const order = comparePrerelease(one.prerelease[index] ?? '', other.prerelease[index] ?? '');
        if (order !== 0)
            return order;
    }
    return one.prerelease.length === other.prerelease.length
        ? 0
        : one.prerelease.length < other.prerelease.length
            ? -1
            : 1;
}
function comparePrerelease(one, other) {
    if (typeof one === 'bigint' && typeof other === 'bigint')
        return one === other ? 0 : one < other ? -1 : 1;
    if (typeof one === 'bigint')
        return -1;
    if (typeof other === 'bigint')
        return 1;
    return compareText(one, other);
}
/**
 * A range of versions in blang's language: comparators side by side must all hold, `||` is or, `x` stands for any
 * minor or patch number (`>=4.1.x`, `!4.x.x`).
 *
 * @returns undefined for what is no range
 */
function parseVersionRange(text) {
    if (text.length > semver_longest)
        return undefined;
    // A space behind a comparator belongs to it; other spaces part comparators.
    const parts = text
        .replace(/([<>=!])\s+/g, '$1')
        .split(' ')
        .filter((one) => one !== '');
    const groups = [[]];
    for (const one of parts) {
        if (one === '||') {
            if (groups.at(-1)?.length === 0)
                return undefined;
            groups.push([]);
            continue;
        }
        const test = parseComparator(one);
        if (test === undefined)
            return undefined;
        groups.at(-1)?.push(test);
    }
    if (groups.at(-1)?.length === 0)
        return undefined;
    return (version) => groups.some((group) => group.every((test) => test(version)));
}
const comparators = new Set(['', '=', '==', '!', '!=', '<', '<=', '>', '>=']);
function parseComparator(text) {
    const start = text.search(/\d/);
    if (start < 0)
        return undefined;
    const sign = text.slice(0, start);
    if (!comparators.has(sign))
        return undefined;
    const wild = /^(\d+)\.(?:x|x\.x|(\d+)\.x)$/.exec(text.slice(start));
    if (wild === null) {
        const bound = parseVersion(text.slice(start));
        if (bound === undefined)
            return undefined;
        return (version) => holds(sign, compareVersions(version, bound));
    }
    const [, major = '', minor] = wild;
    // blang takes `4.x.x` for `4.0.x`, and `4.x` for all of 4.
    const isOfMajor = minor === undefined && !text.endsWith('.x.x');
    const low = parseVersion(`${major}.${minor ?? '0'}.0`);
    const high = parseVersion(isOfMajor ? `${BigInt(major) + 1n}.0.0` : `${major}.${BigInt(minor ?? '0') + 1n}.0`);
    if (low === undefined || high === undefined)
        return undefined;
    const isBelow = (version) => compareVersions(version, low) < 0;
    const isAbove = (version) => compareVersions(version, high) >= 0;
    switch (sign) {
        case '>':
            return isAbove;
        case '>=':
            return (version) => !isBelow(version);
        case '<':
            return isBelow;
        case '<=':
            return (version) => !isAbove(version);
        case '!':
        case '!=':
            // What blang makes of it is below and above at once, so that nothing meets it; in a cluster neither.
            return () => false;
        default:
            return (version) => !isBelow(version) && !isAbove(version);
    }
}
function holds(sign, order) {
    switch (sign) {
        case '<':
            return order < 0;
        case '<=':
            return order <= 0;
        case '>':
            return order > 0;
        case '>=':
            return order >= 0;
        case '!':
        case '!=':
            return order !== 0;
        default:
            return order === 0;
    }
}

;// CONCATENATED MODULE: ./src/policy/jmespath/arithmetic-functions.ts







const anyTwo = [['any'], ['any']];
/** Kyverno's arithmetic on numbers, quantities and durations (pkg/engine/jmespath/arithmetic.go), and versions. */
const arithmeticFunctions = {
    add: { takes: anyTwo, run: ([one, other], { name }) => add(name, one, other, 1n) },
    subtract: { takes: anyTwo, run: ([one, other], { name }) => add(name, one, other, -1n) },
    sum: {
        takes: [['array']],
        run: ([list], { name, meter }) => {
            const [first, ...rest] = list;
            if (first === undefined)
                throw new Stop('invalid-value', 'sum() expected at least one element, got none');
            meter.step(rest.length * 16);
            return rest.reduce((sum, one) => add(name, sum, one, 1n), first);
        },
    },
    multiply: { takes: anyTwo, run: ([one, other], { name }) => multiply(name, one, other) },
    divide: { takes: anyTwo, run: ([one, other], { name }) => divide(name, one, other) },
    modulo: { takes: anyTwo, run: ([one, other], { name }) => modulo(name, one, other) },
    round: {
        takes: [['number'], ['number']],
        run: ([value, places]) => {
            const digits = places;
            if (!Number.isSafeInteger(digits) || digits < 0)
                throw new Stop('invalid-value', `round() expected a whole number of places from 0 on, got ${digits}`);
            const shift = 10 ** digits;
            const shifted = value * shift;
            // Go rounds half away from zero; past the range of a float nothing is left to round.
            if (!Number.isFinite(shifted) || !Number.isFinite(shift))
                return value;
            return (Math.sign(shifted) * Math.round(Math.abs(shifted))) / shift;
        },
    },
    semver_compare: {
        takes: [['string'], ['string']],
        run: ([version, range]) => {
            const test = parseVersionRange(range);
            if (test === undefined)
                throw new Stop('invalid-value', `semver_compare() expected a range of versions, got ${JSON.stringify(range)}`);
            return test(parseVersion(version) ?? zeroVersion);
        },
    },
};
/** A text is a quantity before it is a duration: `5m` is five thousandths, unless the other operand is a duration only. */
function operands(name, one, other) {
    const readings = [one, other].map((given) => {
        if (typeof given === 'number')
            return { number: given };
        if (typeof given !== 'string')
            throw new Stop('type', `${name}() expected numbers, quantities or durations, got ${typeOf(given)}`);
        const quantity = parseQuantity(given);
        const duration = parseDuration(given);
        if (quantity === undefined && duration === undefined) {
            throw new Stop('invalid-value', `${name}() expected a number, a quantity or a duration, got ${JSON.stringify(given.slice(0, 200))}`);
        }
        return { quantity, duration };
    });
    const isOfTime = readings.some(({ quantity, duration }) => duration !== undefined && quantity === undefined);
    const [left, right] = readings.map(({ number, quantity, duration }) => {
        if (number !== undefined)
            return { kind: 'number', value: number };
        if (duration !== undefined && (isOfTime || quantity === undefined))
            return { kind: 'duration', value: duration };
        if (quantity !== undefined)
            return { kind: 'quantity', value: quantity };
        throw new Stop('type', `${name}() expected operands`);
    });
    if (left === undefined || right === undefined)
        throw new Stop('type', `${name}() expected two operands`);
    return [left, right];
}
function mismatch(name, one, other) {
    return new Stop('type', `${name}() has no meaning for a ${one.kind} and a ${other.kind}`);
}
function finite(name, value) {
    if (Number.isFinite(value))
        return value;
    throw new Stop('invalid-value', `${name}() gives no finite number`);
}
function duration(name, nanoseconds) {
    if (nanoseconds === undefined || nanoseconds !== BigInt.asIntN(64, nanoseconds))
        throw new Stop('invalid-value', `${name}() gives a duration of more than 292 years`);
    return printDuration(nanoseconds);
}
/** A number as a factor of a quantity: through its text, as Kyverno does it. */
function factor(name, value) {
    const read = parseQuantity(printNumber(value));
    if (read === undefined)
        throw new Stop('invalid-value', `${name}() expected a finite number, got ${value}`);
    return read.amount;
}
function add(name, one, other, side) {
    const [left, right] = operands(name, one, other);
    if (left.kind === 'number' && right.kind === 'number')
        return finite(name, left.value + Number(side) * right.value);
    if (left.kind === 'quantity' && right.kind === 'quantity')
        return printQuantity(addQuantities(left.value, right.value, side));
    if (left.kind === 'duration' && right.kind === 'duration')
        return duration(name, left.value + side * right.value);
    throw mismatch(name, left, right);
}
function multiply(name, one, other) {
    const [left, right] = operands(name, one, other);
    if (left.kind === 'number' && right.kind === 'number')
        return finite(name, left.value * right.value);
    const scalar = left.kind === 'number' ? left : right;
    const scaled = left.kind === 'number' ? right : left;
    if (scalar.kind !== 'number')
        throw mismatch(name, left, right);
    if (scaled.kind === 'quantity')
        return printQuantity(multiplyQuantity(scaled.value, factor(name, scalar.value)));
    if (scaled.kind === 'duration')
        return duration(name, fromSeconds(inSeconds(scaled.value) * scalar.value));
    throw mismatch(name, left, right);
}
function divide(name, one, other) {
    const [left, right] = operands(name, one, other);
    const isZero = right.kind === 'quantity' ? right.value.amount.unscaled === 0n : Number(right.value) === 0;
    if (left.kind === 'number' && right.kind !== 'number')
        throw mismatch(name, left, right);
    if (right.kind !== 'number' && right.kind !== left.kind)
        throw mismatch(name, left, right);
    if (isZero)
        throw new Stop('invalid-value', `${name}() by zero`);
    if (left.kind === 'number')
        return finite(name, left.value / Number(right.value));
    if (left.kind === 'quantity') {
        return right.kind === 'quantity'
            ? finite(name, approximate(left.value.amount) / approximate(right.value.amount))
            : printQuantity(divideQuantity(left.value, factor(name, Number(right.value))));
    }
    return right.kind === 'duration'
        ? finite(name, inSeconds(left.value) / inSeconds(right.value))
        : duration(name, fromSeconds(inSeconds(left.value) / Number(right.value)));
}
function modulo(name, one, other) {
    const [left, right] = operands(name, one, other);
    if (left.kind !== right.kind)
        throw mismatch(name, left, right);
    if (left.kind === 'duration' && right.kind === 'duration') {
        if (right.value === 0n)
            throw new Stop('invalid-value', `${name}() by zero`);
        return printDuration(left.value % right.value);
    }
    const dividend = whole(left);
    const divisor = whole(right);
    if (dividend === undefined || divisor === undefined)
        throw new Stop('invalid-value', `${name}() expected whole numbers`);
    if (divisor === 0n)
        throw new Stop('invalid-value', `${name}() by zero`);
    const rest = dividend % divisor;
    return left.kind === 'quantity'
        ? printQuantity({ amount: { unscaled: rest, scale: 0 }, format: left.value.format })
        : Number(rest);
}
function whole(operand) {
    if (operand.kind === 'quantity')
        return wholeNumber(operand.value.amount);
    return Number.isInteger(operand.value) ? BigInt(operand.value) : undefined;
}

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
;// CONCATENATED MODULE: ./src/policy/jmespath/address.ts
/**
 * Whether a URL whose host is an address points out of the private networks: Go's IsLoopback and IsPrivate.
 *
 * @returns undefined for a host that is a name, or for what is no URL
 */
function isExternalAddress(url) {
    const authority = /^[A-Za-z][A-Za-z0-9+.-]*:\/\/(?:[^/?#@]*@)?(\[[0-9A-Fa-f:.]+\]|[^/?#:]*)/.exec(url)?.[1];
    if (authority === undefined)
        return undefined;
    const four = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(authority);
    if (four !== null) {
        const [first = 0, second = 0, ...rest] = four.slice(1).map(Number);
        if ([first, second, ...rest].some((one) => one > 255))
            return undefined;
        const isPrivate = first === 10 || (first === 172 && second >= 16 && second < 32) || (first === 192 && second === 168);
        return !(isPrivate || first === 127);
    }
    // Of IPv6 only what needs no full reading: ::1 is the loopback, fc00::/7 private, 4-in-6 is left alone.
    const six = /^\[([0-9A-Fa-f:]+)\]$/.exec(authority)?.[1]?.toLowerCase();
    if (six === undefined)
        return undefined;
    if (/^[0:]*:0*1$/.test(six))
        return false;
    if (/^f[cd][0-9a-f]{2}:/.test(six))
        return false;
    return /^[23][0-9a-f]{3}:/.test(six) ? true : undefined;
}

;// CONCATENATED MODULE: ./src/policy/jmespath/json-text.ts
/** As deep as JSON in a policy or an evidence is nested; JSON.parse itself has no bound that can be relied on. */
const deepest = 500;
/** JSON.parse with a bound on nesting and an answer instead of an exception. */
function parseJson(text) {
    if (nesting(text) > deepest)
        return { kind: 'wrong', message: `nested deeper than ${deepest}`, isLimit: true };
    try {
        return { kind: 'parsed', value: JSON.parse(text) };
    }
    catch (error) {
        return { kind: 'wrong', message: error instanceof Error ? error.message : String(error) };
    }
}
/** The deepest nesting of brackets outside strings; for what is no JSON any number will do. */
function nesting(text) {
    let depth = 0;
    let most = 0;
    let isText = false;
    for (let at = 0; at < text.length; at++) {
        const sign = text.charCodeAt(at);
        if (isText) {
            if (sign === 0x5c)
                at++;
            else if (sign === 0x22)
                isText = false;
        }
        else if (sign === 0x22)
            isText = true;
        else if (sign === 0x5b || sign === 0x7b)
            most = Math.max(most, ++depth);
        else if (sign === 0x5d || sign === 0x7d)
            depth--;
    }
    return most;
}

// EXTERNAL MODULE: ./node_modules/yaml/dist/index.js
var dist = __webpack_require__(38815);
;// CONCATENATED MODULE: ./src/kubernetes/yaml-depth.ts

/** What the parser keeps open for a level: some. */
const openForLevel = 4;
/**
 * Whether a text nests deeper than so many levels, or may. The library nests as deep as a text does, on the stack, which
 * ends where it pleases; this only reads token by token.
 */
function isNestedDeeper(text, levels) {
    const parser = new dist/* Parser */.iX();
    for (const lexeme of new dist/* Lexer */.JG().lex(text)) {
        Array.from(parser.next(lexeme));
        if (parser.stack.length > levels * openForLevel)
            return true;
    }
    return false;
}

;// CONCATENATED MODULE: ./src/policy/jmespath/yaml-text.ts


/** Signs that build something: the library takes time by their square, and nests as deep as it is told. */
const building = /[[\]{},:?&*!%#|>\n\r-]/g;
const mostBuilding = 10_000;
const widestIndent = 1000;
const yaml_text_deepest = 100;
/**
 * The first document of a YAML text as Kyverno reads it (sigs.k8s.io/yaml: YAML 1.1, so that `on` is true; dates stay
 * texts, keys become texts).
 */
function parseYaml(text) {
    if ((text.match(building)?.length ?? 0) > mostBuilding || text.includes(' '.repeat(widestIndent)))
        return { kind: 'wrong', message: 'more YAML than an expression may read', isLimit: true };
    try {
        if (isNestedDeeper(text, yaml_text_deepest))
            return { kind: 'wrong', message: 'YAML that is nested too deeply', isLimit: true };
        const documents = (0,dist/* parseAllDocuments */.hR)(text, {
            version: '1.1',
            logLevel: 'silent',
            prettyErrors: false,
            customTags: (tags) => tags.filter((one) => typeof one === 'string' || !/:(?:timestamp|binary|set|omap|pairs)$/.test(one.tag)),
        });
        const [first] = Array.isArray(documents) ? documents : [];
        if (first === undefined)
            return { kind: 'parsed', value: null };
        const [problem] = first.errors;
        if (problem !== undefined)
            return { kind: 'wrong', message: `expected YAML: ${problem.message}` };
        const value = first.toJS({ maxAliasCount: 100 });
        // Through JSON, so that nothing but JSON comes out.
        return { kind: 'parsed', value: JSON.parse(JSON.stringify(value ?? null)) };
    }
    catch (error) {
        return {
            kind: 'wrong',
            message: `expected YAML: ${error instanceof Error ? error.message : String(error)}`,
        };
    }
}

;// CONCATENATED MODULE: ./src/policy/jmespath/encoding-functions.ts





const hash = (algorithm) => ({
    takes: [['string']],
    run: ([text], { meter }) => {
        meter.text(text.length);
        return (0,external_node_crypto_.createHash)(algorithm)
            .update(text)
            .digest('hex');
    },
});
/** Kyverno's functions that read and write encodings. */
const encodingFunctions = {
    sha256: hash('sha256'),
    sha1: hash('sha1'),
    md5: hash('md5'),
    base64_encode: {
        takes: [['string']],
        run: ([text], { meter }) => {
            meter.text(text.length * 2);
            return Buffer.from(text).toString('base64');
        },
    },
    base64_decode: {
        takes: [['string']],
        run: ([text], { meter }) => {
            meter.text(text.length);
            // Go's decoder takes line feeds and nothing else that is no base64; Node's would take anything.
            const bare = text.replace(/[\r\n]/g, '');
            if (bare.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(bare))
                throw new Stop('invalid-value', 'base64_decode() expected base64 with its padding');
            return Buffer.from(bare, 'base64').toString('utf8');
        },
    },
    parse_json: {
        takes: [['string']],
        run: ([text], { meter, name }) => {
            meter.text(text.length * 4);
            return parsed(name, parseJson(text));
        },
    },
    parse_yaml: {
        takes: [['string']],
        run: ([text], { meter, name }) => {
            meter.text(text.length * 16);
            return parsed(name, parseYaml(text));
        },
    },
    is_external_url: {
        takes: [['string']],
        run: ([url]) => {
            const answer = isExternalAddress(url);
            if (answer === undefined)
                throw new Stop('unsupported-function', 'is_external_url() of a host name is not supported: it would ask the name servers');
            return answer;
        },
    },
};
function parsed(name, read) {
    if (read.kind === 'parsed')
        return read.value;
    throw new Stop(read.isLimit === true ? 'limit-exceeded' : 'invalid-value', `${name}() ${read.message}`);
}

;// CONCATENATED MODULE: ./src/policy/jmespath/list-functions.ts


/** The standard functions on lists and numbers (JMESPath specification, Built-in Functions). */
const listFunctions = {
    abs: { takes: [['number']], run: ([one]) => Math.abs(one) },
    ceil: { takes: [['number']], run: ([one]) => Math.ceil(one) },
    floor: { takes: [['number']], run: ([one]) => Math.floor(one) },
    avg: {
        takes: [['numbers']],
        run: ([list]) => {
            const numbers = list;
            return numbers.length === 0 ? null : numbers.reduce((sum, one) => sum + one, 0) / numbers.length;
        },
    },
    contains: {
        takes: [['array', 'string'], ['any']],
        run: ([search, wanted], { meter }) => {
            if (isList(search))
                return search.some((one) => areEqual(one, wanted, meter));
            meter.text(search.length);
            return typeof wanted === 'string' && search.includes(wanted);
        },
    },
    length: {
        takes: [['string', 'array', 'object']],
        run: ([one], { meter }) => {
            if (isList(one))
                return one.length;
            if (isMap(one))
                return Object.keys(one).length;
            meter.text(one.length);
            return Array.from(one).length;
        },
    },
    map: {
        takes: [['expref'], ['array']],
        run: ([reference, list], call) => list.map((one) => call.apply(reference, one)),
    },
    max: { takes: [['numbers', 'texts']], run: ([list], { meter }) => extreme(list, 1, meter) },
    min: { takes: [['numbers', 'texts']], run: ([list], { meter }) => extreme(list, -1, meter) },
    max_by: {
        takes: [['array'], ['expref']],
        run: ([list, reference], call) => extremeBy(list, reference, 1, call),
    },
    min_by: {
        takes: [['array'], ['expref']],
        run: ([list, reference], call) => extremeBy(list, reference, -1, call),
    },
    not_null: {
        takes: [['any']],
        isVariadic: true,
        run: (given) => given.find((one) => one !== null && one !== undefined) ?? null,
    },
    reverse: {
        takes: [['array', 'string']],
        run: ([one], { meter }) => {
            if (isList(one))
                return [...one].reverse();
            meter.text(one.length);
            return Array.from(one)
                .reverse()
                .join('');
        },
    },
    sort: {
        takes: [['numbers', 'texts']],
        run: ([list], { meter }) => {
            chargeSort(list.length, meter);
            return [...list].sort(order);
        },
    },
    sort_by: {
        takes: [['array'], ['expref']],
        run: ([list, reference], call) => {
            const pairs = keyed(list, reference, call);
            chargeSort(pairs.length, call.meter);
            return pairs.sort((one, other) => order(one.key, other.key)).map(({ element }) => element);
        },
    },
    to_array: { takes: [['any']], run: ([one]) => (isList(one) ? one : [one]) },
    type: { takes: [['any']], run: ([one]) => typeOf(one) },
};
function order(one, other) {
    if (typeof one === 'string' && typeof other === 'string')
        return compareText(one, other);
    return Number(one) - Number(other);
}
function chargeSort(length, meter) {
    meter.step(length * Math.ceil(Math.log2(length + 2)));
}
function extreme(list, side, meter) {
    meter.step(list.length);
    let best;
    for (const one of list)
        if (best === undefined || order(one, best) * side > 0)
            best = one;
    return best ?? null;
}
function extremeBy(list, reference, side, call) {
    const pairs = keyed(list, reference, call);
    let best = pairs[0];
    for (const one of pairs)
        if (best !== undefined && order(one.key, best.key) * side > 0)
            best = one;
    return best?.element ?? null;
}
/** Elements with what they are ordered by: all numbers or all texts. */
function keyed(list, reference, call) {
    const pairs = [];
    for (const element of list) {
        const key = call.apply(reference, element);
        const type = typeOf(key);
        if (type !== 'number' && type !== 'string')
            throw new Stop('type', `${call.name}() expected numbers or strings to order by, got ${type}`);
        const first = pairs[0];
        if (first !== undefined && typeof first.key !== type)
            throw new Stop('type', `${call.name}() expected ${typeof first.key}s to order by, got a ${type}`);
        pairs.push({ key: key, element });
    }
    return pairs;
}

;// CONCATENATED MODULE: ./src/policy/jmespath/scalar-text.ts

/**
 * Numbers and booleans as texts, for functions that take either. All digits of a number are kept, as in Kyverno from
 * 1.19 on; before, it lost those that a 32-bit float has no place for.
 */
function scalarText(value) {
    if (typeof value === 'string')
        return value;
    if (typeof value === 'boolean')
        return String(value);
    return typeof value === 'number' ? printDecimal(value) : undefined;
}

;// CONCATENATED MODULE: ./src/policy/jmespath/object-functions.ts





/** Functions on objects: the standard ones, and Kyverno's label_match, lookup, items and object_from_lists. */
const objectFunctions = {
    keys: { takes: [['object']], run: ([map]) => Object.keys(map) },
    values: { takes: [['object']], run: ([map]) => Object.values(map) },
    merge: {
        takes: [['object']],
        isVariadic: true,
        run: (given, { meter }) => {
            const entries = given.flatMap((one) => Object.entries(one));
            meter.step(entries.length);
            return Object.fromEntries(entries);
        },
    },
    label_match: {
        takes: [['object'], ['object']],
        run: ([wanted, labels], { meter }) => Object.entries(wanted).every(([name, value]) => Object.hasOwn(labels, name) && areEqual(value, labels[name], meter)),
    },
    lookup: {
        takes: [
            ['object', 'array'],
            ['string', 'number'],
        ],
        run: ([from, key]) => {
            if (isMap(from)) {
                if (typeof key !== 'string')
                    throw new Stop('type', `lookup() in an object expected string as argument 2, got ${typeOf(key)}`);
                return Object.hasOwn(from, key) ? from[key] : null;
            }
            if (typeof key !== 'number')
                throw new Stop('type', `lookup() in an array expected number as argument 2, got ${typeOf(key)}`);
            if (!Number.isSafeInteger(key))
                throw new Stop('invalid-value', `lookup() expected an integer number, got ${key}`);
            return key < 0 ? null : (from[key] ?? null);
        },
    },
    items: {
        takes: [['object', 'array'], ['string'], ['string']],
        run: ([from, keyName, valueName], { meter }) => {
            const pair = (key, value) => {
                meter.step(2);
                return Object.fromEntries([
                    [keyName, key],
                    [valueName, value],
                ]);
            };
            if (isList(from))
                return from.map((value, index) => pair(index, value));
            return sortedNames(from).map((name) => pair(name, from[name]));
        },
    },
    object_from_lists: {
        takes: [['array'], ['array']],
        run: ([keys, values], { meter, name }) => Object.fromEntries(keys.map((key, index) => {
            meter.step();
            const text = scalarText(key);
            if (text === undefined)
                throw new Stop('type', `${name}() expected strings as keys, got ${typeOf(key)}`);
            return [text, values[index] ?? null];
        })),
    },
};

;// CONCATENATED MODULE: ./src/policy/jmespath/image-name.ts
const component = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*';
const path = new RegExp(`^${component}(?:/${component})*$`);
const registry = /^(?:[a-zA-Z0-9](?:[a-zA-Z0-9.-]*[a-zA-Z0-9])?|\[[0-9a-fA-F:]+\])(?::[0-9]+)?$/;
const tag = /^\w[\w.-]{0,127}$/;
const digest = /^[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}$/;
/**
 * An image's name as Kyverno writes it (pkg/utils/image/infos.go): the registry docker.io when none is named, no
 * `library/`, the tag `latest` when neither tag nor digest is named, and the digest instead of the tag when both are.
 */
function imageName(text) {
    const wrong = { wrong: `expected the name of an image, got ${JSON.stringify(text.slice(0, 200))}` };
    if (text.length > 1000)
        return wrong;
    const [named = '', ...digests] = text.split('@');
    const [first = '', ...rest] = named.split('/');
    const isRegistry = rest.length > 0 && (/[.:]/.test(first) || first === 'localhost' || first.toLowerCase() !== first);
    const host = isRegistry ? first : 'docker.io';
    const repository = isRegistry ? rest.join('/') : named;
    const [name = '', ...tags] = repository.split(':');
    if (digests.length > 1 || tags.length > 1 || !path.test(name) || !registry.test(host))
        return wrong;
    const [version] = tags;
    const [sum] = digests;
    if (version !== undefined && !tag.test(version))
        return wrong;
    if (sum !== undefined && !digest.test(sum))
        return wrong;
    return sum === undefined ? `${host}/${name}:${version ?? 'latest'}` : `${host}/${name}@${sum}`;
}

;// CONCATENATED MODULE: ./src/policy/jmespath/path.ts
/** Go's filepath.Join of one path on Linux: the shortest equal path; the empty one stays empty. */
function cleanPath(path) {
    if (path === '')
        return '';
    const isRooted = path.startsWith('/');
    const kept = [];
    for (const part of path.split('/')) {
        if (part === '' || part === '.')
            continue;
        if (part !== '..')
            kept.push(part);
        else if (kept.length > 0 && kept.at(-1) !== '..')
            kept.pop();
        else if (!isRooted)
            kept.push(part);
    }
    const clean = kept.join('/');
    return isRooted ? `/${clean}` : clean === '' ? '.' : clean;
}

// EXTERNAL MODULE: ./node_modules/re2js/build/index.js
var build = __webpack_require__(2856);
;// CONCATENATED MODULE: ./src/policy/jmespath/regex.ts


/** A longer pattern is nobody's work; its program would be large. */
const longestPattern = 2000;
function compile(pattern, text, meter) {
    if (pattern.length > longestPattern)
        throw new Stop('limit-exceeded', `a pattern of more than ${longestPattern} characters`);
    // RE2 is linear in the text, with the pattern as the factor.
    meter.text(pattern.length * 16);
    meter.step(Math.ceil((text.length * (1 + pattern.length)) / 16));
    try {
        return build/* RE2JS */.L3.compile(pattern);
    }
    catch (error) {
        throw new Stop('invalid-value', `expected an RE2 pattern, got ${JSON.stringify(pattern)}: ${error instanceof Error ? error.message : String(error)}`);
    }
}
/** Go's regexp.Match: anywhere in the text. */
function searchPattern(pattern, text, meter) {
    return compile(pattern, text, meter).matcher(text).find();
}
function replaceLiterally(pattern, text, fresh, meter) {
    return replaceEach(pattern, text, meter, () => fresh);
}
/** Go's Regexp.ReplaceAll: `$1`, `$name` (as long as it goes) and `${name}` are groups, `$$` is a dollar. */
function expandMatches(pattern, text, template, meter) {
    return replaceEach(pattern, text, meter, (group) => {
        meter.step(1 + template.length);
        return template.replace(/\$(?:\$|\{(\w+)\}|(\w+))/g, (_, braced, bare) => {
            const name = braced ?? bare;
            return name === undefined ? '$' : group(name);
        });
    });
}
function replaceEach(pattern, text, meter, replacement) {
    const compiled = compile(pattern, text, meter);
    const matcher = compiled.matcher(text);
    const names = compiled.namedGroups();
    const parts = [];
    let done = 0;
    let lastEnd = -1;
    while (matcher.find()) {
        const start = matcher.start();
        const end = matcher.end();
        // Go takes no empty match right behind another match.
        if (start === end && start === lastEnd)
            continue;
        const fresh = replacement((name) => {
            const index = /^\d+$/.test(name) ? Number(name) : Object.hasOwn(names, name) ? (names[name] ?? -1) : -1;
            return index < 0 || index > matcher.groupCount() ? '' : (matcher.group(index) ?? '');
        });
        meter.text(start - done + fresh.length);
        parts.push(text.slice(done, start), fresh);
        done = end;
        lastEnd = end;
    }
    parts.push(text.slice(done));
    return parts.join('');
}

;// CONCATENATED MODULE: ./src/policy/jmespath/float.ts
const decimal = /^[+-]?(?:\d[\d_]*(?:\.[\d_]*)?|\.\d[\d_]*)(?:[eE][+-]?\d[\d_]*)?$/;
const infinite = /^([+-]?)inf(?:inity)?$/i;
/** Go's strconv.ParseFloat, hexadecimal numbers aside: no spaces, and what is too large is no number. */
function parseFloatText(text) {
    if (text.length > 2000)
        return undefined;
    const sign = infinite.exec(text)?.[1];
    if (sign !== undefined)
        return sign === '-' ? -Infinity : Infinity;
    if (/^nan$/i.test(text))
        return NaN;
    if (!decimal.test(text) || /_(?!\d)|(?<!\d)_/.test(text))
        return undefined;
    const value = Number(text.replaceAll('_', ''));
    return Number.isFinite(value) ? value : undefined;
}

;// CONCATENATED MODULE: ./src/policy/jmespath/wildcard.ts
/**
 * Kyverno's wildcards (ext/wildcard): `*` is any run of characters, `/` included, `?` exactly one; all else is
 * itself, the case counts, and the whole text must match. Goes back to the last star only, so never exponential.
 */
function matchesWildcard(pattern, text, meter) {
    const signs = Array.from(pattern);
    const characters = Array.from(text);
    let at = 0;
    let next = 0;
    let star = -1;
    let resumed = 0;
    while (next < characters.length) {
        meter?.step();
        const sign = signs[at];
        if (sign === '*') {
            star = at++;
            resumed = next;
        }
        else if (sign !== undefined && (sign === '?' || sign === characters[next])) {
            at++;
            next++;
        }
        else if (star >= 0) {
            at = star + 1;
            next = ++resumed;
        }
        else
            return false;
    }
    while (signs[at] === '*')
        at++;
    return at === signs.length;
}

;// CONCATENATED MODULE: ./src/policy/jmespath/text-functions.ts









const textOrNumber = ['string', 'number'];
/** Functions on texts: the standard ones and Kyverno's (pkg/engine/jmespath/functions.go; Go's strings package). */
const textFunctions = {
    starts_with: {
        takes: [['string'], ['string']],
        run: ([text, start]) => text.startsWith(start),
    },
    ends_with: {
        takes: [['string'], ['string']],
        run: ([text, end]) => text.endsWith(end),
    },
    join: {
        takes: [['string'], ['texts']],
        run: ([glue, list], { meter }) => {
            const texts = list;
            meter.text(texts.reduce((sum, one) => sum + one.length + glue.length, 0));
            return texts.join(glue);
        },
    },
    to_string: {
        takes: [['any']],
        run: ([one], { meter }) => (typeof one === 'string' ? one : printJson(one, meter)),
    },
    to_number: {
        takes: [['any']],
        run: ([one]) => typeof one === 'number' ? one : typeof one === 'string' ? (parseFloatText(one) ?? null) : null,
    },
    // In Kyverno the result is a Go int, which no other number of an expression is equal to; here it is a number.
    compare: {
        takes: [['string'], ['string']],
        run: ([one, other], { meter }) => {
            meter.text(one.length);
            return compareText(one, other);
        },
    },
    equal_fold: {
        takes: [['string'], ['string']],
        run: ([one, other], { meter }) => eachCase(one, meter, fold) === eachCase(other, meter, fold),
    },
    to_upper: {
        takes: [['string']],
        run: ([text], { meter }) => eachCase(text, meter, (one) => one.toUpperCase()),
    },
    to_lower: {
        takes: [['string']],
        run: ([text], { meter }) => eachCase(text, meter, (one) => one.toLowerCase()),
    },
    replace: {
        takes: [['string'], ['string'], ['string'], ['number']],
        run: ([text, old, fresh, count], { meter }) => replace(text, old, fresh, Math.trunc(count), meter),
    },
    replace_all: {
        takes: [['string'], ['string'], ['string']],
        run: ([text, old, fresh], { meter }) => replace(text, old, fresh, -1, meter),
    },
    trim: {
        takes: [['string'], ['string']],
        run: ([text, cutset], { meter }) => {
            meter.text(text.length);
            const characters = Array.from(text);
            const cut = new Set(cutset);
            let start = 0;
            let end = characters.length;
            while (start < end && cut.has(characters[start] ?? ''))
                start++;
            while (end > start && cut.has(characters[end - 1] ?? ''))
                end--;
            return characters.slice(start, end).join('');
        },
    },
    trim_prefix: {
        takes: [['string'], ['string']],
        run: ([text, prefix]) => text.startsWith(prefix)
            ? text.slice(prefix.length)
            : text,
    },
    split: {
        takes: [['string'], ['string']],
        run: ([text, mark], { meter }) => {
            meter.text(text.length);
            return mark === '' ? Array.from(text) : text.split(mark);
        },
    },
    truncate: {
        takes: [['string'], ['number']],
        run: ([text, length], { meter }) => {
            meter.text(text.length);
            return Array.from(text)
                .slice(0, Math.max(0, Math.trunc(length)))
                .join('');
        },
    },
    to_boolean: {
        takes: [['string']],
        run: ([text]) => {
            const lower = text.toLowerCase();
            if (lower !== 'true' && lower !== 'false')
                throw new Stop('invalid-value', `to_boolean() expected true or false, got ${JSON.stringify(text)}`);
            return lower === 'true';
        },
    },
    regex_match: {
        takes: [['string'], textOrNumber],
        run: ([pattern, text], { meter }) => searchPattern(pattern, scalarText(text) ?? '', meter),
    },
    regex_replace_all: {
        takes: [['string'], textOrNumber, textOrNumber],
        run: ([pattern, text, fresh], { meter }) => expandMatches(pattern, scalarText(text) ?? '', scalarText(fresh) ?? '', meter),
    },
    regex_replace_all_literal: {
        takes: [['string'], textOrNumber, textOrNumber],
        run: ([pattern, text, fresh], { meter }) => replaceLiterally(pattern, scalarText(text) ?? '', scalarText(fresh) ?? '', meter),
    },
    pattern_match: {
        takes: [['string'], textOrNumber],
        run: ([pattern, text], { meter }) => matchesWildcard(pattern, scalarText(text) ?? '', meter),
    },
    path_canonicalize: {
        takes: [['string']],
        run: ([path], { meter }) => {
            meter.text(path.length);
            return cleanPath(path);
        },
    },
    image_normalize: {
        takes: [['string']],
        run: ([image]) => {
            const name = imageName(image);
            if (isMap(name))
                throw new Stop('invalid-value', `image_normalize() ${name.wrong}`);
            return name;
        },
    },
};
/** Go maps each character to one character; JavaScript makes two of some (ß), which are left alone. */
function eachCase(text, meter, change) {
    meter.text(text.length);
    return Array.from(text, (one) => {
        const changed = change(one);
        return Array.from(changed).length === 1 ? changed : one;
    }).join('');
}
function fold(character) {
    return character.toUpperCase().toLowerCase();
}
/** strings.Replace: an empty `old` stands before each character and at the end; a negative count is no bound. */
function replace(text, old, fresh, count, meter) {
    const from = text;
    const marks = old === '' ? Array.from(from) : from.split(old);
    const most = old === '' ? marks.length + 1 : marks.length - 1;
    const done = count < 0 ? most : Math.min(count, most);
    meter.text(from.length + done * fresh.length);
    if (old === '') {
        const parts = marks.map((one, index) => (index < done ? `${fresh}${one}` : one));
        return parts.join('') + (done > marks.length ? fresh : '');
    }
    return (marks.slice(0, done + 1).join(fresh) +
        marks
            .slice(done + 1)
            .map((one) => `${old}${one}`)
            .join(''));
}

;// CONCATENATED MODULE: ./src/policy/jmespath/instant.ts
const daySeconds = 86_400;
/** Days since 1970 of a date of the Gregorian calendar, after and before its beginning. */
function daysOf(year, month, day) {
    const shifted = month <= 2 ? year - 1 : year;
    const era = Math.floor(shifted / 400);
    const yearOfEra = shifted - era * 400;
    const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
    return (era * 146_097 +
        yearOfEra * 365 +
        Math.floor(yearOfEra / 4) -
        Math.floor(yearOfEra / 100) +
        dayOfYear -
        719_468);
}
function daysIn(year, month) {
    const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
    return month === 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
}
/** The date and time that a clock at the instant's offset shows. */
function civilOf({ seconds, offset }) {
    const local = seconds + offset;
    const days = Math.floor(local / daySeconds);
    const rest = local - days * daySeconds;
    const shifted = days + 719_468;
    const era = Math.floor(shifted / 146_097);
    const dayOfEra = shifted - era * 146_097;
    const yearOfEra = Math.floor((dayOfEra -
        Math.floor(dayOfEra / 1460) +
        Math.floor(dayOfEra / 36_524) -
        Math.floor(dayOfEra / 146_096)) /
        365);
    const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
    const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
    const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
    return {
        year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
        month,
        day: dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1,
        hour: Math.floor(rest / 3600),
        minute: Math.floor((rest % 3600) / 60),
        second: rest % 60,
    };
}
function instantOf(civil, nanoseconds, offset) {
    const days = daysOf(civil.year, civil.month, civil.day);
    return {
        seconds: days * daySeconds + civil.hour * 3600 + civil.minute * 60 + civil.second - offset,
        nanoseconds,
        offset,
    };
}
/** Sunday is 0. */
function weekdayOf(instant) {
    const days = Math.floor((instant.seconds + instant.offset) / daySeconds);
    return (((days + 4) % 7) + 7) % 7;
}
const nanosecondsOf = ({ seconds, nanoseconds }) => BigInt(seconds) * 1000000000n + BigInt(nanoseconds);
function fromNanoseconds(total, offset) {
    const rest = ((total % 1000000000n) + 1000000000n) % 1000000000n;
    return { seconds: Number((total - rest) / 1000000000n), nanoseconds: Number(rest), offset };
}
function fromMilliseconds(milliseconds) {
    return fromNanoseconds(BigInt(Math.trunc(milliseconds)) * 1000000n, 0);
}
function addDuration(instant, duration) {
    return fromNanoseconds(nanosecondsOf(instant) + duration, instant.offset);
}
/** From one to the other, in nanoseconds; at the ends of what Go can hold it stays there. */
function between(from, to) {
    const largest = 2n ** 63n - 1n;
    const difference = nanosecondsOf(to) - nanosecondsOf(from);
    return difference > largest ? largest : difference < -largest - 1n ? -largest - 1n : difference;
}
/** Down to a multiple of the duration, counted from the year 1, as Go's Time.Truncate. */
function truncate(instant, duration) {
    if (duration <= 0n)
        return instant;
    const zero = BigInt(daysOf(1, 1, 1) * daySeconds) * 1000000000n;
    const since = nanosecondsOf(instant) - zero;
    const rest = ((since % duration) + duration) % duration;
    return fromNanoseconds(zero + since - rest, instant.offset);
}
/** RFC 3339 without a fraction, as Go's Format(time.RFC3339). */
function printInstant(instant) {
    const { year, month, day, hour, minute, second } = civilOf(instant);
    const two = (value) => String(value).padStart(2, '0');
    const years = year < 0 ? `-${String(-year).padStart(4, '0')}` : String(year).padStart(4, '0');
    const size = Math.floor(Math.abs(instant.offset) / 60);
    const zone = instant.offset === 0
        ? 'Z'
        : `${instant.offset < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
    return `${years}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}:${two(second)}${zone}`;
}

;// CONCATENATED MODULE: ./src/policy/jmespath/time-layout.ts

const rfc3339 = '2006-01-02T15:04:05Z07:00';
const months = 'January February March April May June July August September October November December'.split(' ');
const days = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' ');
const time_layout_longest = 500;
const digits = (pattern, put) => (text, parts) => {
    const found = pattern.exec(text)?.[0];
    if (found === undefined)
        return undefined;
    put(Number(found.trim()), parts);
    return text.slice(found.length);
};
const time_layout_name = (names, length, put) => (text, parts) => {
    const index = names.findIndex((one) => {
        const wanted = one.slice(0, length);
        return text.slice(0, wanted.length).toLowerCase() === wanted.toLowerCase();
    });
    if (index < 0)
        return undefined;
    put(index, parts);
    return text.slice((names[index] ?? '').slice(0, length).length);
};
const offset = (pattern, takesZulu) => (text, parts) => {
    if (takesZulu && text.startsWith('Z')) {
        parts.offset = 0;
        return text.slice(1);
    }
    const [all, sign, hours = '0', minutes = '0', seconds = '0'] = pattern.exec(text) ?? [];
    if (all === undefined || Number(hours) > 24 || Number(minutes) >= 60 || Number(seconds) >= 60)
        return undefined;
    parts.offset = (sign === '-' ? -1 : 1) * (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds));
    return text.slice(all.length);
};
/** An abbreviation says nothing of the offset but for UTC and GMT+n: Go makes up a zone with the offset 0. */
const zoneName = (text, parts) => {
    const all = /^(?:UTC|GMT(?:[+-]\d{1,2})?|[A-Z]{3,5}|[+-]0*(?:2[0-3]|1?\d)(?!\d))/.exec(text)?.[0];
    if (all === undefined)
        return undefined;
    parts.offset = all.startsWith('GMT') ? Number(all.slice(3) || '0') * 3600 : 0;
    return text.slice(all.length);
};
const fraction = (count) => {
    const pattern = new RegExp(`^[.,](\\d{${count}})`);
    return (text, parts) => {
        const [all, found = ''] = pattern.exec(text) ?? [];
        if (all === undefined)
            return undefined;
        parts.nanoseconds = Number(found.slice(0, 9).padEnd(9, '0'));
        return text.slice(all.length);
    };
};
const anyFraction = (text, parts) => {
    const [all = '', found = ''] = /^[.,](\d+)/.exec(text) ?? [];
    if (all !== '')
        parts.nanoseconds = Number(found.slice(0, 9).padEnd(9, '0'));
    return text.slice(all.length);
};
const seconds = (pattern) => (text, parts) => digits(pattern, (value) => (parts.second = value))(text, parts);
/** The pieces of Go's layouts (time/format.go), the longer of two that begin alike first. */
const pieces = [
    ['January', time_layout_name(months, undefined, (index, parts) => (parts.month = index + 1))],
    ['Jan', time_layout_name(months, 3, (index, parts) => (parts.month = index + 1))],
    ['Monday', time_layout_name(days, undefined, () => undefined)],
    ['Mon', time_layout_name(days, 3, () => undefined)],
    ['MST', zoneName],
    ['2006', digits(/^\d{4}/, (value, parts) => (parts.year = value))],
    ['__2', digits(/^ {0,2}\d{1,3}/, (value, parts) => (parts.dayOfYear = value))],
    ['002', digits(/^\d{3}/, (value, parts) => (parts.dayOfYear = value))],
    ['01', digits(/^\d{2}/, (value, parts) => (parts.month = value))],
    ['02', digits(/^\d{2}/, (value, parts) => (parts.day = value))],
    ['03', digits(/^\d{2}/, (value, parts) => (parts.hour = value))],
    ['04', digits(/^\d{2}/, (value, parts) => (parts.minute = value))],
    ['05', seconds(/^\d{2}/)],
    ['06', digits(/^\d{2}/, (value, parts) => (parts.year = value >= 69 ? 1900 + value : 2000 + value))],
    ['15', digits(/^\d{1,2}/, (value, parts) => (parts.hour = value))],
    ['_2', digits(/^ ?\d{1,2}/, (value, parts) => (parts.day = value))],
    ['PM', time_layout_name(['AM', 'PM'], undefined, (index, parts) => (parts.half = index === 0 ? 'am' : 'pm'))],
    ['pm', time_layout_name(['am', 'pm'], undefined, (index, parts) => (parts.half = index === 0 ? 'am' : 'pm'))],
    ['Z07:00:00', offset(/^([+-])(\d{2}):(\d{2}):(\d{2})/, true)],
    ['Z070000', offset(/^([+-])(\d{2})(\d{2})(\d{2})/, true)],
    ['Z07:00', offset(/^([+-])(\d{2}):(\d{2})/, true)],
    ['Z0700', offset(/^([+-])(\d{2})(\d{2})/, true)],
    ['Z07', offset(/^([+-])(\d{2})/, true)],
    ['-07:00:00', offset(/^([+-])(\d{2}):(\d{2}):(\d{2})/, false)],
    ['-070000', offset(/^([+-])(\d{2})(\d{2})(\d{2})/, false)],
    ['-07:00', offset(/^([+-])(\d{2}):(\d{2})/, false)],
    ['-0700', offset(/^([+-])(\d{2})(\d{2})/, false)],
    ['-07', offset(/^([+-])(\d{2})/, false)],
    ['1', digits(/^\d{1,2}/, (value, parts) => (parts.month = value))],
    ['2', digits(/^\d{1,2}/, (value, parts) => (parts.day = value))],
    ['3', digits(/^\d{1,2}/, (value, parts) => (parts.hour = value))],
    ['4', digits(/^\d{1,2}/, (value, parts) => (parts.minute = value))],
    ['5', seconds(/^\d{1,2}/)],
];
/** Go's time.Parse. @returns undefined for a text that is not of the layout, or no time there is */
function parseTime(layout, text) {
    if (layout.length > time_layout_longest || text.length > time_layout_longest)
        return undefined;
    const parts = {
        year: 0,
        month: 1,
        day: 1,
        dayOfYear: 0,
        hour: 0,
        minute: 0,
        second: 0,
        nanoseconds: 0,
        half: undefined,
        offset: 0,
    };
    let rest = text;
    let at = 0;
    while (at < layout.length) {
        const fractionPiece = /^[.,](?:0+|9+)(?!\d)/.exec(layout.slice(at))?.[0];
        const found = fractionPiece !== undefined
            ? [
                fractionPiece,
                fractionPiece.charAt(1) === '0' ? fraction(fractionPiece.length - 1) : anyFraction,
            ]
            : pieces.find(([piece]) => startsPiece(layout, at, piece));
        if (found === undefined) {
            const sign = layout.charAt(at);
            // Spaces of a layout stand for any number of them.
            if (sign === ' ')
                rest = rest.replace(/^ +/, '');
            else if (rest.startsWith(sign))
                rest = rest.slice(1);
            else
                return undefined;
            at++;
            continue;
        }
        const [piece, reader] = found;
        const after = reader(rest, parts);
        if (after === undefined)
            return undefined;
        rest = after;
        at += piece.length;
        // A fraction behind the seconds is read though the layout has none.
        if ((piece === '05' || piece === '5') && !/^[.,][09]/.test(layout.slice(at)))
            rest = anyFraction(rest, parts) ?? rest;
    }
    return rest === '' ? instantFrom(parts) : undefined;
}
/** Go takes `Jan` for a month only where no small letter goes on with another word. */
function startsPiece(layout, at, piece) {
    if (!layout.startsWith(piece, at))
        return false;
    return !['Jan', 'Mon'].includes(piece) || !/[a-z]/.test(layout.charAt(at + 3));
}
function instantFrom(parts) {
    let { month, day, hour } = parts;
    if (parts.half === 'pm' && hour < 12)
        hour += 12;
    if (parts.half === 'am' && hour === 12)
        hour = 0;
    if (parts.dayOfYear > 0) {
        day = parts.dayOfYear;
        for (month = 1; month <= 12 && day > daysIn(parts.year, month); month++)
            day -= daysIn(parts.year, month);
    }
    if (month < 1 || month > 12 || day < 1 || day > daysIn(parts.year, month))
        return undefined;
    if (hour > 23 || parts.minute > 59 || parts.second > 59)
        return undefined;
    const civil = { year: parts.year, month, day, hour, minute: parts.minute, second: parts.second };
    return instantOf(civil, parts.nanoseconds, parts.offset);
}

;// CONCATENATED MODULE: ./src/policy/jmespath/time-functions.ts




const oneText = [['string']];
const twoTexts = [['string'], ['string']];
const threeTexts = [['string'], ['string'], ['string']];
/**
 * Kyverno's functions on time (pkg/engine/jmespath/time.go). The present is what the caller says it is; time_now
 * shows it in UTC, as a Kyverno whose container has no time zone does.
 */
const timeFunctions = {
    time_since: {
        takes: threeTexts,
        run: ([layout, from, to], { name, now }) => {
            const form = layout === '' ? rfc3339 : layout;
            const end = to === '' ? fromMilliseconds(now) : time(name, to, form);
            return printDuration(between(time(name, from, form), end));
        },
    },
    time_now: { takes: [], run: (_, { now }) => printInstant(fromMilliseconds(now)) },
    time_now_utc: { takes: [], run: (_, { now }) => printInstant(fromMilliseconds(now)) },
    time_add: {
        takes: twoTexts,
        run: ([at, by], { name }) => printInstant(addDuration(time(name, at), time_functions_duration(name, by))),
    },
    time_parse: {
        takes: twoTexts,
        run: ([layout, text], { name }) => {
            if (!/^[+-]?\d{1,18}$/.test(layout))
                return printInstant(time(name, text, layout));
            // A layout that is a number stands for seconds since 1970.
            if (!/^[+-]?\d{1,12}$/.test(text))
                throw new Stop('invalid-value', `${name}() expected seconds since 1970, got ${quoted(text)}`);
            return printInstant({ seconds: Number(text), nanoseconds: 0, offset: 0 });
        },
    },
    time_to_cron: {
        takes: oneText,
        run: ([at], { name }) => {
            const instant = time(name, at);
            const { minute, hour, day, month } = civilOf(instant);
            return [minute, hour, day, month, weekdayOf(instant)].join(' ');
        },
    },
    time_utc: { takes: oneText, run: ([at], { name }) => printInstant({ ...time(name, at), offset: 0 }) },
    time_diff: {
        takes: twoTexts,
        run: ([from, to], { name }) => printDuration(between(time(name, from), time(name, to))),
    },
    time_before: {
        takes: twoTexts,
        run: ([one, other], { name }) => between(time(name, one), time(name, other)) > 0n,
    },
    time_after: {
        takes: twoTexts,
        run: ([one, other], { name }) => between(time(name, one), time(name, other)) < 0n,
    },
    time_between: {
        takes: threeTexts,
        run: ([at, start, end], { name }) => {
            const instant = time(name, at);
            return between(time(name, start), instant) > 0n && between(instant, time(name, end)) > 0n;
        },
    },
    time_truncate: {
        takes: twoTexts,
        run: ([at, by], { name }) => printInstant(truncate(time(name, at), time_functions_duration(name, by))),
    },
};
function time(name, text, layout = rfc3339) {
    const read = parseTime(layout, text);
    if (read !== undefined)
        return read;
    const form = layout === rfc3339 ? 'RFC 3339' : `the form ${quoted(layout)}`;
    throw new Stop('invalid-value', `${name}() expected a time of ${form}, got ${quoted(text)}`);
}
function time_functions_duration(name, text) {
    const read = parseDuration(text);
    if (read !== undefined)
        return read;
    throw new Stop('invalid-value', `${name}() expected a duration such as 1h30m, got ${quoted(text)}`);
}
function quoted(text) {
    return JSON.stringify(String(text).slice(0, 200));
}

;// CONCATENATED MODULE: ./src/policy/jmespath/functions.ts








const table = new Map([
    listFunctions,
    objectFunctions,
    textFunctions,
    arithmeticFunctions,
    encodingFunctions,
    timeFunctions,
].flatMap((one) => Object.entries(one)));
/** Functions of Kyverno that an answer which is the same for the same input cannot have, or that are not written yet. */
const unsupported = new Map([
    ['random', 'it gives another answer each time'],
    ['x509_decode', 'certificates are not decoded in expressions here'],
]);
/** The names of all functions there are, for documentation. */
const functionNames = [...table.keys()].sort();
function functions_functionNamed(name) {
    const definition = table.get(name);
    if (definition !== undefined)
        return { kind: 'function', definition };
    const reason = unsupported.get(name);
    if (reason !== undefined)
        return { kind: 'unsupported-function', message: `${name}() is not supported: ${reason}` };
    return { kind: 'unknown-function', message: `there is no function ${name}()` };
}
/** @throws {@link Stop} with the code `type`, naming function and argument */
function checkArguments(name, { takes, isVariadic = false }, given) {
    if (given.length < takes.length || (given.length > takes.length && !isVariadic)) {
        const wanted = `${isVariadic ? 'at least ' : ''}${takes.length} argument${takes.length === 1 ? '' : 's'}`;
        throw new Stop('type', `${name}() expected ${wanted}, got ${given.length}`);
    }
    given.forEach((argument, index) => {
        const types = takes[Math.min(index, takes.length - 1)] ?? [];
        if (types.some((type) => isOf(type, argument)))
            return;
        throw new Stop('type', `${name}() expected ${types.join(' or ')} as argument ${index + 1}, got ${describe(argument)}`);
    });
}
function isOf(type, value) {
    const got = typeOf(value);
    if (type === 'any')
        return got !== 'expref';
    if (type === 'numbers')
        return isList(value) && value.every((one) => typeOf(one) === 'number');
    if (type === 'texts')
        return isList(value) && value.every((one) => typeOf(one) === 'string');
    return type === got;
}
function describe(value) {
    if (!isList(value))
        return typeOf(value);
    const types = new Set(value.map(typeOf));
    return types.size === 0 ? 'an empty array' : `an array of ${[...types].join(', ')}`;
}

;// CONCATENATED MODULE: ./src/policy/jmespath/meter.ts

/** A bill of materials with some 100 000 components passes; nothing takes longer than seconds. */
const usualLimits = { steps: 5_000_000, values: 2_000_000, characters: 16_777_216, depth: 500 };
function startMeter(limits) {
    let steps = 0;
    let characters = 0;
    const step = (count = 1) => {
        steps += count;
        if (steps > limits.steps)
            throw new Stop('limit-exceeded', `more than ${limits.steps} steps`);
    };
    return {
        depth: limits.depth,
        values: limits.values,
        step,
        text(length) {
            characters += length;
            if (characters > limits.characters) {
                throw new Stop('limit-exceeded', `more than ${limits.characters} characters of text`);
            }
            step(1 + (length >> 4));
        },
    };
}

;// CONCATENATED MODULE: ./src/policy/jmespath/lexer.ts


const letter = /[A-Za-z_]/;
const word = /[A-Za-z0-9_]*/y;
const integer = /-?[0-9]+/y;
const signs = ['[?', '[]', '||', '&&', '==', '!=', '<=', '>=', ...Array.from('.*[](){},:|&!<>@')];
/**
 * The tokens of an expression (the JMESPath grammar of 2015, with Go's lexer where that is stricter: a raw string
 * ends at the first quote that has no backslash before it, and a literal must be JSON).
 */
function readTokens(text) {
    const tokens = [];
    let at = 0;
    while (at < text.length) {
        const sign = text.charAt(at);
        if (' \t\n\r'.includes(sign)) {
            at++;
            continue;
        }
        const start = at;
        if (letter.test(sign)) {
            const name = match(word, text, at);
            tokens.push({ kind: 'name', text: name, quoted: false, at });
            at += name.length;
        }
        else if (/[0-9-]/.test(sign)) {
            const digits = match(integer, text, at);
            if (digits === '')
                throw new Stop('syntax', 'expected a digit after "-"', at);
            const value = Number(digits);
            if (!Number.isSafeInteger(value))
                throw new Stop('syntax', `the index ${digits} is too large`, at);
            tokens.push({ kind: 'number', value, at });
            at += digits.length;
        }
        else if (sign === '"') {
            const end = closing(text, at, '"');
            tokens.push({ kind: 'name', text: unquote(text.slice(at, end), at), quoted: true, at: start });
            at = end;
        }
        else if (sign === "'") {
            const end = closingRaw(text, at);
            tokens.push({ kind: 'literal', value: text.slice(at + 1, end - 1).replaceAll("\\'", "'"), at: start });
            at = end;
        }
        else if (sign === '`') {
            const end = closing(text, at, '`');
            tokens.push({ kind: 'literal', value: readLiteral(text.slice(at + 1, end - 1), at), at: start });
            at = end;
        }
        else {
            const found = signs.find((one) => text.startsWith(one, start));
            if (found === undefined)
                throw new Stop('syntax', `unexpected ${JSON.stringify(sign)}`, at);
            tokens.push({ kind: 'sign', text: found, at });
            at += found.length;
        }
    }
    tokens.push({ kind: 'end', at: text.length });
    return tokens;
}
function match(pattern, text, at) {
    pattern.lastIndex = at;
    return pattern.exec(text)?.[0] ?? '';
}
/** Behind the end of what `mark` opens; a backslash takes the sign after it along. */
function closing(text, start, mark) {
    for (let at = start + 1; at < text.length; at++) {
        if (text.charAt(at) === '\\')
            at++;
        else if (text.charAt(at) === mark)
            return at + 1;
    }
    throw new Stop('syntax', `no closing ${mark}`, start);
}
/** In a raw string only a quote can be escaped: a backslash before anything else is itself. */
function closingRaw(text, start) {
    for (let at = start + 1; at < text.length; at++) {
        if (text.charAt(at) === "'" && text.charAt(at - 1) !== '\\')
            return at + 1;
    }
    throw new Stop('syntax', "no closing '", start);
}
function unquote(text, at) {
    const value = parseJson(text);
    if (value.kind === 'parsed' && typeof value.value === 'string')
        return value.value;
    throw new Stop('syntax', 'expected a quoted name with the escapes of JSON', at);
}
function readLiteral(text, at) {
    const value = parseJson(text.replaceAll('\\`', '`').trim());
    if (value.kind === 'parsed')
        return value.value;
    throw new Stop('syntax', `expected JSON between the backticks: ${value.message}`, at);
}

;// CONCATENATED MODULE: ./src/policy/jmespath/parse.ts


/** Longer than any expression that somebody writes, short enough that all work on it is quick. */
const parse_longest = 32_768;
/** Levels of a tree; each `.name` and each bracket is one. */
const parse_deepest = 250;
/** How strongly a sign binds what stands before it (go-jmespath and the reference implementation agree). */
const bindings = {
    '|': 1,
    '||': 2,
    '&&': 3,
    '==': 5,
    '!=': 5,
    '<': 5,
    '<=': 5,
    '>': 5,
    '>=': 5,
    '[]': 9,
    '*': 20,
    '[?': 21,
    '.': 40,
    '!': 45,
    '{': 50,
    '[': 55,
    '(': 60,
};
/** What binds weaker than this ends a projection. */
const projectionEnd = 10;
/**
 * Reads a JMESPath expression. Functions are looked up when they are called: what is never reached is never asked for.
 *
 * @returns the code `syntax` or `limit-exceeded`, with the place, for what is no expression
 */
function parseExpression(text) {
    if (text.length > parse_longest)
        return failure('limit-exceeded', `an expression longer than ${parse_longest} characters`, 0);
    try {
        const tokens = readTokens(text);
        return { kind: 'parsed', expression: { text, root: readAll(tokens) } };
    }
    catch (error) {
        if (error instanceof Stop)
            return failure(error.code, error.message, error.at ?? 0);
        throw error;
    }
}
function failure(code, message, at) {
    return { kind: 'failed', code, message, at };
}
function readAll(tokens) {
    let position = 0;
    let level = 0;
    const peek = (ahead = 0) => tokens[position + ahead] ?? { kind: 'end', at: 0 };
    const isSign = (text, ahead = 0) => {
        const token = peek(ahead);
        return token.kind === 'sign' && token.text === text;
    };
    const take = () => {
        const token = peek();
        position++;
        return token;
    };
    const expect = (text) => {
        if (!isSign(text))
            throw unexpected(peek(), `"${text}"`);
        return take();
    };
    const power = () => {
        const token = peek();
        return token.kind === 'sign' ? (bindings[token.text] ?? 0) : 0;
    };
    const expression = (above) => {
        if (++level > parse_deepest)
            throw new Stop('limit-exceeded', `nested deeper than ${parse_deepest}`, peek().at);
        let left = prefix();
        while (above < power())
            left = infix(left);
        level--;
        return left;
    };
    const prefix = () => {
        const token = take();
        const { at } = token;
        if (token.kind === 'literal')
            return node({ kind: 'literal', value: token.value, at });
        if (token.kind === 'name') {
            if (!isSign('('))
                return node({ kind: 'field', name: token.text, at });
            if (token.quoted)
                throw new Stop('syntax', 'a quoted name is no name of a function', at);
            return call(token.text, at);
        }
        if (token.kind === 'sign') {
            switch (token.text) {
                case '@':
                    return current(at);
                case '*':
                    return node({ kind: 'members', left: current(at), each: projected(20), at });
                case '!':
                    return node({ kind: 'not', of: expression(45), at });
                case '&':
                    return node({ kind: 'reference', to: expression(0), at });
                case '(': {
                    const inner = expression(0);
                    expect(')');
                    return inner;
                }
                case '{':
                    return hash(at);
                case '[]':
                    return flattened(current(at), at);
                case '[?':
                    return filtered(current(at), at);
                case '[':
                    return isSign('*') && isSign(']', 1) ? bracket(current(at), at) : listOrBracket(at);
            }
        }
        throw unexpected(token, 'an expression');
    };
    const listOrBracket = (at) => {
        const token = peek();
        return token.kind === 'number' || isSign(':') ? bracket(current(at), at) : list(at);
    };
    const infix = (left) => {
        const token = take();
        const { at } = token;
        const sign = token.kind === 'sign' ? token.text : '';
        switch (sign) {
            case '.':
                if (isSign('*')) {
                    take();
                    return node({ kind: 'members', left, each: projected(20), at });
                }
                return node({ kind: 'chain', left, right: member(40), at });
            case '|':
                return node({ kind: 'pipe', left, right: expression(1), at });
            case '||':
                return node({ kind: 'or', left, right: expression(2), at });
            case '&&':
                return node({ kind: 'and', left, right: expression(3), at });
            case '==':
            case '!=':
            case '<':
            case '<=':
            case '>':
            case '>=':
                return node({ kind: 'compare', by: sign, left, right: expression(5), at });
            case '[]':
                return flattened(left, at);
            case '[?':
                return filtered(left, at);
            case '[':
                return bracket(left, at);
        }
        throw unexpected(token, 'an operator or the end');
    };
    /** What may stand behind a dot. */
    const member = (above) => {
        const token = peek();
        if (token.kind === 'name' || isSign('*'))
            return expression(above);
        if (isSign('[')) {
            take();
            return list(token.at);
        }
        if (isSign('{')) {
            take();
            return hash(token.at);
        }
        throw unexpected(token, 'a name, "*", "[" or "{"');
    };
    /** What a projection is followed by: it applies to each element. */
    const projected = (above) => {
        const { at } = peek();
        if (power() < projectionEnd)
            return current(at);
        if (isSign('[') || isSign('[?'))
            return expression(above);
        if (isSign('.')) {
            take();
            return member(above);
        }
        throw unexpected(peek(), '".", "[" or the end of a projection');
    };
    const flattened = (left, at) => node({ kind: 'elements', left: node({ kind: 'flatten', left, at }), each: projected(9), at });
    const filtered = (left, at) => {
        const condition = expression(0);
        expect(']');
        return node({ kind: 'filter', left, condition, each: isSign('[]') ? current(at) : projected(21), at });
    };
    /** An index, a slice or a star; the bracket has been taken. */
    const bracket = (left, at) => {
        if (isSign('*')) {
            take();
            expect(']');
            return node({ kind: 'elements', left, each: projected(20), at });
        }
        const parts = [undefined];
        while (!isSign(']')) {
            const token = take();
            if (token.kind === 'number' && parts.at(-1) === undefined)
                parts[parts.length - 1] = token.value;
            else if (token.kind === 'sign' && token.text === ':' && parts.length < 3)
                parts.push(undefined);
            else
                throw unexpected(token, 'an index, ":" or "]"');
        }
        take();
        const [start, stop, step = 1] = parts;
        if (parts.length === 1) {
            if (start === undefined)
                throw new Stop('syntax', 'expected an index', at);
            const index = node({ kind: 'index', index: start, at });
            return left.kind === 'current' ? index : node({ kind: 'chain', left, right: index, at });
        }
        if (step === 0)
            throw new Stop('syntax', 'the step of a slice may not be 0', at);
        const slice = node({ kind: 'slice', start, stop, step, at });
        return node({
            kind: 'elements',
            left: left.kind === 'current' ? slice : node({ kind: 'chain', left, right: slice, at }),
            each: projected(20),
            at,
        });
    };
    const list = (at) => {
        const of = [expression(0)];
        while (isSign(',')) {
            take();
            of.push(expression(0));
        }
        expect(']');
        return node({ kind: 'list', of, at });
    };
    const hash = (at) => {
        const of = [];
        do {
            if (of.length > 0)
                take();
            const name = take();
            if (name.kind !== 'name')
                throw unexpected(name, 'a name');
            expect(':');
            of.push([name.text, expression(0)]);
        } while (isSign(','));
        expect('}');
        return node({ kind: 'hash', of, at });
    };
    const call = (name, at) => {
        expect('(');
        const of = [];
        while (!isSign(')')) {
            if (of.length > 0)
                expect(',');
            of.push(expression(0));
        }
        take();
        return node({ kind: 'call', name, of, at });
    };
    const whole = expression(0);
    if (peek().kind !== 'end')
        throw unexpected(peek(), 'an operator or the end');
    return whole;
}
function current(at) {
    return node({ kind: 'current', at });
}
function node(bare) {
    const depth = 1 + parse_childrenOf(bare).reduce((most, one) => Math.max(most, one.depth), 0);
    if (depth > parse_deepest)
        throw new Stop('limit-exceeded', `more than ${parse_deepest} levels`, bare.at);
    return { ...bare, depth };
}
/** What a node is made of, in the order of the text. */
function parse_childrenOf(node) {
    switch (node.kind) {
        case 'chain':
        case 'compare':
        case 'or':
        case 'and':
        case 'pipe':
            return [node.left, node.right];
        case 'elements':
        case 'members':
            return [node.left, node.each];
        case 'filter':
            return [node.left, node.condition, node.each];
        case 'flatten':
            return [node.left];
        case 'not':
            return [node.of];
        case 'list':
        case 'call':
            return node.of;
        case 'hash':
            return node.of.map(([, value]) => value);
        case 'reference':
            return [node.to];
        case 'current':
        case 'field':
        case 'index':
        case 'slice':
        case 'literal':
            return [];
    }
}
function unexpected(token, wanted) {
    const got = token.kind === 'end'
        ? 'the end'
        : token.kind === 'sign' || token.kind === 'name'
            ? JSON.stringify(token.text)
            : token.kind === 'number'
                ? String(token.value)
                : 'a literal';
    return new Stop('syntax', `expected ${wanted}, got ${got}`, token.at);
}

;// CONCATENATED MODULE: ./src/policy/jmespath/evaluate.ts





/** A key that an object does not have: no value, and no error yet, for most nodes take it for null. */
class Missing {
    key;
    at;
    constructor(key, at) {
        this.key = key;
        this.at = at;
    }
}
/**
 * Evaluates an expression on JSON data, as Kyverno's fork of go-jmespath does: a key that is missing at the end of a
 * path is `not-found`, not null; it becomes null as an operand, an argument, an element of a list or of a projection,
 * and on either side of `||`. An index outside a list and a field of what is no object are null.
 *
 * Never throws and always ends: the data and the expression may be anybody's.
 */
function evaluate(expression, data, options) {
    const meter = options.meter ?? startMeter(options.limits ?? usualLimits);
    try {
        const value = visit(expression.root, data, { meter, now: options.now });
        if (value instanceof Missing) {
            return {
                kind: 'failed',
                code: 'not-found',
                message: `Unknown key ${JSON.stringify(value.key)} in path`,
                at: value.at,
            };
        }
        checkResult(value, meter);
        return { kind: 'value', value };
    }
    catch (error) {
        if (error instanceof Open)
            return { kind: 'open', name: error.part };
        if (error instanceof Stop)
            return { kind: 'failed', code: error.code, message: error.message, at: error.at ?? 0 };
        // Deep nesting is bounded everywhere; should a bound be missed, it is still no crash.
        if (error instanceof RangeError)
            return { kind: 'failed', code: 'limit-exceeded', message: error.message, at: 0 };
        throw error;
    }
}
/** The functions that an expression names and that there are not, or not here: what a policy should not rest on. */
function functionProblems(expression) {
    const problems = [];
    const search = (node) => {
        if (node.kind === 'call') {
            const found = functionNamed(node.name);
            if (found.kind !== 'function')
                problems.push({ kind: 'failed', code: found.kind, message: found.message, at: node.at });
        }
        for (const child of childrenOf(node))
            search(child);
    };
    search(expression.root);
    return problems;
}
function visit(node, value, scope) {
    scope.meter.step();
    const result = resolve(node, value, scope);
    if (result instanceof OpenPart)
        throw new Open(result.name);
    return result;
}
/** Where a missing key is as good as null. */
function soft(node, value, scope) {
    const result = visit(node, value, scope);
    return result instanceof Missing ? null : result;
}
function resolve(node, value, scope) {
    switch (node.kind) {
        case 'current':
            return value;
        case 'literal':
            return node.value;
        case 'field':
            if (!isMap(value))
                return null;
            return Object.hasOwn(value, node.name) ? value[node.name] : new Missing(node.name, node.at);
        case 'index':
            return isList(value) ? (value.at(node.index) ?? null) : null;
        case 'slice':
            return isList(value) ? slice(value, node, scope.meter) : null;
        case 'chain': {
            const left = visit(node.left, value, scope);
            return left instanceof Missing ? left : visit(node.right, left, scope);
        }
        case 'pipe':
            return soft(node.right, soft(node.left, value, scope), scope);
        case 'elements': {
            const list = soft(node.left, value, scope);
            return isList(list) ? project(list, node.each, scope) : null;
        }
        case 'members': {
            const map = soft(node.left, value, scope);
            return isMap(map) ? project(Object.values(map), node.each, scope) : null;
        }
        case 'flatten': {
            const list = soft(node.left, value, scope);
            return isList(list) ? flatten(list, scope.meter) : null;
        }
        case 'filter': {
            const list = soft(node.left, value, scope);
            if (!isList(list))
                return null;
            return project(list.filter((one) => !isFalse(soft(node.condition, one, scope))), node.each, scope);
        }
        case 'compare':
            return compare(node.by, soft(node.left, value, scope), soft(node.right, value, scope), scope.meter);
        case 'or': {
            const left = soft(node.left, value, scope);
            return isFalse(left) ? soft(node.right, value, scope) : left;
        }
        case 'and': {
            const left = soft(node.left, value, scope);
            return isFalse(left) ? left : visit(node.right, value, scope);
        }
        case 'not':
            return isFalse(soft(node.of, value, scope));
        case 'list':
            return value === null || value === undefined ? null : node.of.map((one) => soft(one, value, scope));
        case 'hash':
            if (value === null || value === undefined)
                return null;
            return Object.fromEntries(node.of.map(([name, one]) => [name, soft(one, value, scope)]));
        case 'reference':
            return new ExpressionReference(node.to);
        case 'call':
            return call(node, value, scope);
    }
}
function call(node, value, scope) {
    const found = functions_functionNamed(node.name);
    if (found.kind !== 'function')
        throw new Stop(found.kind, found.message, node.at);
    const given = node.of.map((one) => soft(one, value, scope));
    const context = {
        name: node.name,
        meter: scope.meter,
        now: scope.now,
        apply: (reference, element) => soft(reference.node, element, scope),
    };
    try {
        checkArguments(node.name, found.definition, given);
        return found.definition.run(given, context);
    }
    catch (error) {
        if (error instanceof Stop && error.at === undefined)
            throw new Stop(error.code, error.message, node.at);
        throw error;
    }
}
function project(list, each, scope) {
    const results = [];
    for (const element of list) {
        const result = soft(each, element, scope);
        if (result !== null && result !== undefined)
            results.push(result);
    }
    return results;
}
/** One level: what is a list gives its elements, the rest stays as it is. */
function flatten(list, meter) {
    const results = [];
    for (const element of list) {
        const inner = isList(element) ? element : [element];
        meter.step(inner.length);
        for (const one of inner)
            results.push(one);
    }
    return results;
}
function compare(by, left, right, meter) {
    if (by === '==')
        return areEqual(left, right, meter);
    if (by === '!=')
        return !areEqual(left, right, meter);
    if (typeof left !== 'number' || typeof right !== 'number')
        return null;
    if (by === '<')
        return left < right;
    if (by === '<=')
        return left <= right;
    return by === '>' ? left > right : left >= right;
}
function slice(list, { start, stop, step }, meter) {
    const { length } = list;
    const bound = (index, whole) => {
        if (index === undefined)
            return whole;
        const from = index < 0 ? index + length : index;
        return step > 0 ? Math.min(Math.max(from, 0), length) : Math.min(Math.max(from, -1), length - 1);
    };
    const first = bound(start, step > 0 ? 0 : length - 1);
    const last = bound(stop, step > 0 ? length : -1);
    const results = [];
    for (let at = first; step > 0 ? at < last : at > last; at += step)
        results.push(list[at]);
    meter.step(results.length);
    return results;
}

;// CONCATENATED MODULE: ./src/policy/extract.ts


/** What the `jmesPath` of an image extractor makes of a text. */
function extractWith(now) {
    return (expression, value) => {
        const parsed = parseExpression(expression);
        if (parsed.kind !== 'parsed')
            return { problem: parsed.message };
        const found = evaluate(parsed.expression, value, { now });
        if (found.kind === 'open')
            return { problem: `${found.name} is not known` };
        if (found.kind === 'failed')
            return { problem: found.message };
        return typeof found.value === 'string' ? found.value : { problem: `${expression} gives no text` };
    };
}

// EXTERNAL MODULE: ./src/evidence/json.ts
var json = __webpack_require__(49839);
;// CONCATENATED MODULE: ./src/policy/kyverno/resource.ts

const noSurroundings = { namespaceLabels: new Map(), operation: 'CREATE' };
/** The namespace that a resource is in, or is. */
function namespaceOf(resource) {
    return resource.kind === 'Namespace' ? nameOf(resource) : (resource.namespace ?? 'default');
}
function nameOf({ name, generateName }) {
    return (name ?? '') || (generateName ?? '');
}
function annotationsOf({ value }) {
    return new Map(Object.entries((0,json/* texts */.Te)((0,json/* objectField */.qV)((0,json/* objectField */.qV)(value, 'metadata'), 'annotations'))));
}
/** The resource in one line, as Kyverno's reports have it: `Pod/default/app`. */
function titleOf(resource) {
    return `${resource.kind}/${resource.namespace ?? 'default'}/${nameOf(resource)}`;
}

// EXTERNAL MODULE: ./src/kubernetes/node.ts
var kubernetes_node = __webpack_require__(63806);
// EXTERNAL MODULE: ./src/kubernetes/yaml-text.ts + 2 modules
var yaml_text = __webpack_require__(57583);
;// CONCATENATED MODULE: ./src/policy/documents.ts


/** Far above the 1.5 MiB that a cluster keeps of one object. */
const longestText = 4 * 1024 * 1024;
/** Policies of a whole company fit. */
const limits = { documents: 1000, nodes: 100_000, levels: 200, lexemes: 400_000 };
/**
 * Reads the documents of a policy file (YAML or JSON) as Kubernetes' tools do, with their lines. A text with a problem
 * has no documents.
 */
function readDocuments(file, text) {
    const refuse = (line, message) => ({ file, line, field: '', message });
    if (text.length > longestText) {
        const message = `expected at most ${longestText} characters, got ${text.length}`;
        return { documents: [], problems: [refuse(1, message)] };
    }
    const starts = (0,kubernetes_node/* lineStarts */._$)(text);
    const lineAt = (offset) => (0,kubernetes_node/* positionAt */.t$)(starts, offset).line;
    const names = new Map();
    const read = (0,yaml_text/* readYaml */.g)(text, limits, names);
    const all = 'message' in read ? [{ faults: [read] }] : read;
    const problems = all.flatMap((one) => ('faults' in one ? one.faults : []));
    if (problems.length > 0)
        return { documents: [], problems: problems.map(({ offset, message }) => refuse(lineAt(offset), message)) };
    const locate = locator(text, names, lineAt);
    return { documents: all.flatMap((one) => ('root' in one ? [locate(one.root)] : [])), problems: [] };
}
/** What an alias repeats is one value in several places, here as in the tree. */
function locator(text, names, lineAt) {
    const made = new Map();
    const entriesOf = (node) => {
        const offsets = names.get(node);
        return new Map([...node.entries].map(([name, value]) => [
            name,
            { line: lineAt(offsets?.get(name) ?? value.start), value: locate(value) },
        ]));
    };
    const make = (node) => {
        const line = lineAt(node.start);
        if (node.kind === 'map')
            return { kind: 'map', line, entries: entriesOf(node) };
        if (node.kind === 'list')
            return { kind: 'list', line, items: node.items.map(locate) };
        const written = text.slice(node.start, node.tail);
        const isOdd = typeof node.value === 'boolean' && !/^(?:true|false)$/i.test(written);
        return { kind: 'scalar', line, value: node.value, ...(isOdd && { written }) };
    };
    const locate = (node) => {
        const known = made.get(node) ?? make(node);
        made.set(node, known);
        return known;
    };
    return locate;
}

;// CONCATENATED MODULE: ./src/policy/located.ts
/** The value without its lines. `__proto__` becomes a member like any other. */
function plain(located) {
    switch (located.kind) {
        case 'map':
            return Object.fromEntries([...located.entries].map(([name, { value }]) => [name, plain(value)]));
        case 'list':
            return located.items.map(plain);
        case 'scalar':
            return located.value;
    }
}
/** What a value is, in words for a message. */
function located_describe(located) {
    if (located.kind !== 'scalar')
        return located.kind === 'map' ? 'a mapping' : 'a list';
    const { value, written } = located;
    if (value === null)
        return 'nothing';
    if (written !== undefined)
        return `${String(value)} (YAML 1.1 reads ${written} so: quote it if a text is meant)`;
    if (typeof value !== 'string')
        return `the ${typeof value} ${String(value)}`;
    return `the text ${JSON.stringify(value.length > 80 ? `${value.slice(0, 80)}…` : value)}`;
}
/** The text of a member of a document, `kind` for one; undefined where it has none. */
function topText(document, name) {
    const value = document.kind === 'map' ? document.entries.get(name)?.value : undefined;
    return value?.kind === 'scalar' && typeof value.value === 'string' ? value.value : undefined;
}

// EXTERNAL MODULE: ./src/policy/problem.ts
var policy_problem = __webpack_require__(94673);
;// CONCATENATED MODULE: ./src/policy/kyverno/values.ts




const noValues = { global: {}, rules: new Map(), namespaces: new Map() };
const known = new Set([
    'apiVersion',
    'kind',
    'metadata',
    'globalValues',
    'policies',
    'namespaceSelector',
    'spec',
]);
/**
 * Reads a values file: `globalValues`, `policies[].rules[].values` and `namespaceSelector[]`. Values for single
 * resources and mocked calls are no part of it here, and a field of that kind is a problem.
 *
 * @returns a text that says what is wrong
 */
function readPolicyValues(file, text) {
    const { documents, problems } = readDocuments(file, text);
    const [problem] = problems;
    if (problem)
        return (0,policy_problem/* problemText */.f)(problem);
    const rules = new Map();
    const namespaces = new Map();
    let global = {};
    for (const document of documents) {
        const whole = plain(document);
        if (!(0,json/* isObject */.Gv)(whole))
            return `${file}:${document.line}: expected an object with values`;
        const strange = Object.keys(whole).find((name) => !known.has(name));
        if (strange !== undefined)
            return `${file}:${document.line}: unknown field ${strange}: ${[...known].join(', ')} are read`;
        const body = (0,json/* isObject */.Gv)(whole['spec']) ? { ...whole, ...whole['spec'] } : whole;
        if ((0,json/* isObject */.Gv)(body['globalValues']))
            global = { ...global, ...body['globalValues'] };
        for (const policy of list(body['policies'])) {
            const name = (0,json/* textField */.M8)(policy, 'name') ?? '';
            if (policy['resources'] !== undefined)
                return `${file}: values for single resources are not read (policy ${name}): give them for its rules`;
            for (const rule of list(policy['rules'])) {
                if (rule['foreachValues'] !== undefined)
                    return `${file}: foreachValues are not read (policy ${name})`;
                const values = rule['values'];
                if ((0,json/* isObject */.Gv)(values))
                    rules.set(`${name}/${(0,json/* textField */.M8)(rule, 'name') ?? ''}`, values);
            }
        }
        for (const one of list(body['namespaceSelector']))
            namespaces.set((0,json/* textField */.M8)(one, 'name') ?? '', new Map(Object.entries((0,json/* texts */.Te)((0,json/* isObject */.Gv)(one['labels']) ? one['labels'] : {}))));
    }
    return { global, rules, namespaces };
}
/** The variables for a rule; a generated one has those of the rule that it comes from. */
function valuesFor({ global, rules }, policy, rule) {
    const source = rule.replace(/^autogen-(?:cronjob-)?/, '');
    return { ...global, ...rules.get(`${policy}/${source}`), ...rules.get(`${policy}/${rule}`) };
}
function list(value) {
    return Array.isArray(value) ? value.filter(json/* isObject */.Gv) : [];
}

// EXTERNAL MODULE: ./src/kubernetes/place.ts
var kubernetes_place = __webpack_require__(53295);
;// CONCATENATED MODULE: ./src/kubernetes/read-image.ts


/** The image at a place, as it is written; a blank one is absent, as for Kubernetes and Kyverno. */
function readImage(place, transform) {
    const { node, resource } = place;
    if (node === undefined || (node.kind === 'scalar' && (node.value === null || node.value === '')))
        return (0,kubernetes_place/* odd */.ST)('absent', place, 'an image', 'none');
    if (node.kind !== 'scalar' || typeof node.value !== 'string')
        return (0,kubernetes_place/* odd */.ST)('unusable', place, 'an image as text', (0,kubernetes_node/* nameOf */.Vb)(node));
    const made = transform ? transform(node.value) : node.value;
    if (typeof made !== 'string')
        return (0,kubernetes_place/* odd */.ST)('unusable', place, 'an image', made.problem);
    const wrong = wrongIn(made);
    if (wrong !== undefined)
        return (0,kubernetes_place/* odd */.ST)('unusable', place, 'an image', `${wrong}: ${JSON.stringify(shortened(made))}`);
    return {
        kind: 'image',
        text: made,
        isWritten: transform === undefined,
        origin: (0,kubernetes_place/* originOf */.yv)(place),
        node,
        resource,
    };
}
/** The API server refuses surrounding spaces; some tools pass over the whole resource then. */
function wrongIn(text) {
    if (text.includes('{{'))
        return 'a template that is not rendered';
    if (text.trim() === '')
        return 'white space alone';
    if (/^\s|\s$/.test(text))
        return 'one with white space around it';
    if (/\s/.test(text))
        return 'one with white space in it';
    return undefined;
}
function shortened(text) {
    return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}

;// CONCATENATED MODULE: ./src/kubernetes/extractor.ts



/**
 * The images that an extractor finds (Kyverno, pkg/utils/api/image.go). What is not there is passed by, as there;
 * what has another shape is odd, where Kyverno gives up on the whole resource.
 */
function extractedImages(resource, extractor, evaluate) {
    const steps = extractor.path
        .split('/')
        .map((step) => step.trim())
        .filter((step) => step !== '');
    const value = extractor.value ?? steps.pop();
    const list = extractor.name ?? 'custom';
    const { jmesPath } = extractor;
    const whole = {
        resource,
        list,
        container: undefined,
        path: [],
        node: resource.node,
        parent: resource.node,
    };
    if (value === undefined || value === '' || value === '*') {
        const got = JSON.stringify(extractor.path);
        return [(0,kubernetes_place/* odd */.ST)('unusable', whole, 'an image extractor whose path ends with the key of the image', got)];
    }
    const transform = jmesPath === undefined || jmesPath === ''
        ? undefined
        : (text) => evaluate ? evaluate(jmesPath, text) : { problem: 'a jmesPath, which is not evaluated here' };
    const found = [];
    const key = extractor.key === '' ? undefined : extractor.key;
    follow({ resource, list, key, value, transform, found }, resource.node, resource.node, [], steps);
    return found;
}
function follow(walk, node, parent, path, steps) {
    if (node === undefined || (node.kind === 'scalar' && node.value === null))
        return;
    const { resource, list, key, value, transform, found } = walk;
    const place = { resource, list, container: undefined, path, node, parent };
    const [step, ...rest] = steps;
    if (step === '*') {
        if (node.kind === 'scalar')
            found.push((0,kubernetes_place/* odd */.ST)('unusable', place, 'a list or a mapping', (0,kubernetes_node/* nameOf */.Vb)(node)));
        else if (node.kind === 'list')
            node.items.forEach((item, index) => follow(walk, item, node, [...path, index], rest));
        else
            for (const [name, item] of node.entries)
                follow(walk, item, node, [...path, name], rest);
        return;
    }
    if (node.kind !== 'map') {
        found.push((0,kubernetes_place/* odd */.ST)('unusable', place, 'a mapping', (0,kubernetes_node/* nameOf */.Vb)(node)));
        return;
    }
    if (step !== undefined) {
        follow(walk, node.entries.get(step), node, [...path, step], rest);
        return;
    }
    const container = key === undefined ? undefined : (0,kubernetes_node/* textOf */.b6)((0,kubernetes_node/* entry */.f_)(node, key));
    const image = {
        ...place,
        container,
        path: [...path, value],
        node: node.entries.get(value),
        parent: node,
    };
    found.push(readImage(image, transform));
}

// EXTERNAL MODULE: ./src/kubernetes/image-reference.ts
var image_reference = __webpack_require__(94905);
;// CONCATENATED MODULE: ./src/kubernetes/workload.ts



const template = ['spec', 'template', 'spec'];
/** Where the kinds of Kubernetes that run containers have their Pod (core/v1, apps/v1, batch/v1 and their betas). */
const pods = new Map([
    ['Pod', { groups: [''], path: ['spec'] }],
    ['ReplicationController', { groups: [''], path: template }],
    ['PodTemplate', { groups: [''], path: ['template', 'spec'] }],
    ['Deployment', { groups: ['apps', 'extensions'], path: template }],
    ['ReplicaSet', { groups: ['apps', 'extensions'], path: template }],
    ['DaemonSet', { groups: ['apps', 'extensions'], path: template }],
    ['StatefulSet', { groups: ['apps'], path: template }],
    ['Job', { groups: ['batch'], path: template }],
    ['CronJob', { groups: ['batch'], path: ['spec', 'jobTemplate', 'spec', 'template', 'spec'] }],
]);
const containerLists = ['initContainers', 'containers', 'ephemeralContainers'];
/** The API group of an apiVersion, empty for the core. */
function groupOf(apiVersion) {
    return apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
}
/** Whether Kubernetes itself says where the images of the kind are: a `Job` of another group may have more. */
function isWorkload({ apiVersion, kind }) {
    return pods.get(kind)?.groups.includes(groupOf(apiVersion)) === true;
}
/**
 * The images of the kinds that run containers: the containers of all lists, and image volumes. A kind of another
 * group with such a name (Kyverno goes by the name alone) is read where it has the same fields.
 */
function workloadImages(resource) {
    const pod = pods.get(resource.kind);
    if (pod === undefined)
        return [];
    const spec = (0,kubernetes_node/* nodeAt */.oB)(resource.node, pod.path);
    const place = {
        resource,
        list: 'containers',
        container: undefined,
        path: pod.path,
        node: spec,
        parent: resource.node,
    };
    if (spec?.kind !== 'map')
        return isWorkload(resource) ? [(0,kubernetes_place/* odd */.ST)('unusable', place, 'a Pod', spec ? (0,kubernetes_node/* nameOf */.Vb)(spec) : 'nothing')] : [];
    const images = containerLists.flatMap((list) => listImages(resource, spec, pod.path, list, (item, path) => ({
        list,
        path: [...path, 'image'],
        node: (0,kubernetes_node/* entry */.f_)(item, 'image'),
    })));
    const volumes = listImages(resource, spec, pod.path, 'volumes', (item, path) => {
        const image = (0,kubernetes_node/* entry */.f_)(item, 'image');
        if (image === undefined || (image.kind === 'scalar' && image.value === null))
            return undefined;
        return image.kind === 'map'
            ? { list: 'volumes', path: [...path, 'image', 'reference'], node: (0,kubernetes_node/* entry */.f_)(image, 'reference') }
            : { list: 'volumes', path: [...path, 'image'], node: image };
    });
    if ((0,kubernetes_node/* entry */.f_)(spec, 'containers') === undefined && isWorkload(resource))
        return [
            ...images,
            ...volumes,
            (0,kubernetes_place/* odd */.ST)('absent', { ...place, node: undefined, parent: spec }, 'containers', 'none'),
        ];
    return [...images, ...volumes];
}
function listImages(resource, spec, podPath, list, find) {
    const node = (0,kubernetes_node/* entry */.f_)(spec, list);
    const path = [...podPath, list];
    if (node === undefined || (node.kind === 'scalar' && node.value === null))
        return [];
    const whole = { resource, list, container: undefined, path, node, parent: spec };
    if (node.kind !== 'list')
        return [(0,kubernetes_place/* odd */.ST)('unusable', whole, 'a list', (0,kubernetes_node/* nameOf */.Vb)(node))];
    return node.items.flatMap((item, index) => {
        const here = [...path, index];
        if (item.kind !== 'map')
            return [(0,kubernetes_place/* odd */.ST)('unusable', { ...whole, path: here, node: item }, 'a mapping', (0,kubernetes_node/* nameOf */.Vb)(item))];
        const found = find(item, here);
        return found
            ? [readImage({ resource, container: (0,kubernetes_node/* textOf */.b6)((0,kubernetes_node/* entry */.f_)(item, 'name')), parent: item, ...found })]
            : [];
    });
}

;// CONCATENATED MODULE: ./src/kubernetes/suspect.ts




/** As many as a report can show. */
const mostSuspects = 100;
/**
 * Groups whose kinds run no image but the workloads: those of Kubernetes itself, and policies, which write image
 * names down to ask about them.
 */
const quiet = new Set([
    ...['', 'apps', 'batch', 'extensions', 'policy', 'autoscaling'],
    ...[
        ...['rbac.authorization', 'authentication', 'authorization', 'networking', 'storage', 'scheduling'],
        ...['coordination', 'discovery', 'node', 'certificates', 'apiextensions', 'admissionregistration'],
        ...['apiregistration', 'events', 'flowcontrol.apiserver', 'resource', 'storagemigration'],
    ].map((name) => `${name}.k8s.io`),
    ...['kyverno.io', 'policies.kyverno.io', 'cli.kyverno.io', 'policy.sigstore.dev'],
]);
/**
 * Searches a resource for images that no list of places names: a custom kind with a Pod template, an operator's
 * `image:` or `baseImage:`, the `repository` and `tag` of Helm values.
 *
 * @param listed the paths at which images are known, as JSON
 */
function suspects(resource, listed) {
    if (isWorkload(resource) || quiet.has(groupOf(resource.apiVersion)))
        return [];
    const found = [];
    const visit = (node, path) => {
        if (node.kind === 'scalar' || found.length >= mostSuspects)
            return;
        if (node.kind === 'list') {
            node.items.forEach((item, index) => visit(item, [...path, index]));
            return;
        }
        for (const [key, value] of node.entries) {
            const here = [...path, key];
            const text = imageText(key, value);
            if (text !== undefined && found.length < mostSuspects && !listed.has(JSON.stringify(here))) {
                const place = {
                    resource,
                    list: key,
                    container: (0,kubernetes_node/* textOf */.b6)((0,kubernetes_node/* entry */.f_)(node, 'name')),
                    path: here,
                    node: value,
                    parent: node,
                };
                found.push({ text, origin: (0,kubernetes_place/* originOf */.yv)(place) });
            }
            visit(value, here);
        }
    };
    visit(resource.node, []);
    return found;
}
function imageText(key, value) {
    if (key === 'image') {
        const named = (0,kubernetes_node/* textOf */.b6)(value) ?? (0,kubernetes_node/* textOf */.b6)((0,kubernetes_node/* entry */.f_)(value, 'reference')) ?? (0,kubernetes_node/* textOf */.b6)((0,kubernetes_node/* entry */.f_)(value, 'repository'));
        return named === '' ? undefined : named;
    }
    const text = key.endsWith('Image') ? (0,kubernetes_node/* textOf */.b6)(value) : undefined;
    if (text === undefined || !/[/:]/.test(text))
        return undefined;
    return 'reference' in (0,image_reference/* readManifestReference */.p)(text) ? text : undefined;
}

;// CONCATENATED MODULE: ./src/kubernetes/images.ts



/**
 * The images of a resource, in the order of its places.
 *
 * @param extractors of a policy's rule: for a kind that they name they take the place of what is known of it
 */
function imagesOf(resource, extractors = new Map(), evaluate) {
    const own = extractors.get(resource.kind);
    const known = workloadImages(resource);
    const found = own ? own.flatMap((extractor) => extractedImages(resource, extractor, evaluate)) : known;
    const images = found.filter((one) => one.kind === 'image');
    const listed = new Set(found.map((one) => JSON.stringify(one.origin.path)));
    const passedBy = own ? known.filter((one) => one.kind === 'image') : [];
    return {
        images,
        odd: found.filter((one) => one.kind !== 'image'),
        knownFrom: own ? 'extractors' : isWorkload(resource) ? 'kubernetes' : 'nobody',
        unlisted: [
            ...(isWorkload(resource)
                ? passedBy.filter(({ origin }) => !listed.has(JSON.stringify(origin.path)))
                : []),
            ...suspects(resource, listed),
        ].map(({ text, origin }) => ({ text, origin })),
    };
}

// EXTERNAL MODULE: ./src/kubernetes/manifest.ts + 1 modules
var manifest = __webpack_require__(1966);
// EXTERNAL MODULE: ./src/policy/inputs.ts
var inputs = __webpack_require__(15725);
// EXTERNAL MODULE: ./src/engine/question.ts
var question = __webpack_require__(55564);
// EXTERNAL MODULE: ./src/verdict/finding.ts
var verdict_finding = __webpack_require__(37120);
;// CONCATENATED MODULE: ./src/policy/cluster-image/evaluated-rule.ts


/** policy-controller's rule (cosign, pkg/cosign/rego): `package sigstore`, `isCompliant`. */
const query = 'data.sigstore.isCompliant';
const evaluated_rule_longest = 300;
/** A policy about statements of one attestation: one that satisfies it is enough. */
function ruleOf(name, policy, ask) {
    const text = textOf(policy);
    if (typeof text !== 'string')
        return text;
    const judge = async (input, where) => evaluatePolicy(`policy of attestation ${name}`, policy.type, text, input, where, ask);
    let loaded;
    return {
        id: `${policy.type} ${text}`,
        over: 'some',
        problem: async () => (loaded ??= loadProblem(policy.type, text, ask)),
        judge: async ({ payload, where }) => judge(Buffer.from(payload).toString(), `the statement at ${where}`),
    };
}
/** The text of a policy where it is at hand. */
function textOf({ source }) {
    switch (source.kind) {
        case 'data':
            return source.text;
        case 'remote':
            return {
                code: 'unsupported',
                message: `a policy at ${source.url} is not fetched: put its text into the policy as data`,
            };
        case 'configMap':
            return {
                code: 'unsupported',
                message: `the policy lies in ConfigMap ${source.name}, which only a cluster has: put its text into the policy as data (policy-tester would let everything pass)`,
            };
    }
}
async function loadProblem(type, text, ask) {
    const answer = await ask(questionOf(type, text, []));
    return answer.kind === 'answered' ? undefined : problemOf(answer);
}
/** What a policy in Rego or CUE says of an input in JSON. */
async function evaluatePolicy(name, type, text, input, about, ask) {
    const answer = await ask(questionOf(type, text, [input]));
    // A constraint that names what the input does not have fails in CUE before it is held against anything.
    if (answer.kind === 'refused' && answer.faults.every(({ code }) => code === 'cue_compile_error'))
        return judgeCue(name, { faults: answer.faults.map((fault) => ({ ...fault, code: 'cue_unmet' })) }, about);
    if (answer.kind !== 'answered')
        return (0,verdict_finding/* unknown */.L5)(name, problemOf(answer));
    const [result = {}] = answer.results;
    return type === 'cue' ? judgeCue(name, result, about) : judgeRego(name, result, about);
}
function questionOf(type, text, inputs) {
    if (type === 'cue')
        return { language: 'cue', files: [{ name: 'policy.cue', text }], inputs };
    return {
        language: 'rego',
        files: [{ name: 'sigstore.rego', text }],
        inputs,
        rego: { version: 'v0', queries: [query], strict: false },
    };
}
function judgeCue(name, { faults = [] }, about) {
    if (faults.some(({ code }) => code !== 'cue_unmet'))
        return (0,verdict_finding/* unknown */.L5)(name, invalid(faults));
    if (faults.length === 0)
        return (0,verdict_finding/* met */.BG)(name, `${about} satisfies it`);
    return (0,verdict_finding/* unmet */.iY)(name, 'policy-denied', `expected ${about} to satisfy the policy in CUE, got ${evaluated_rule_list(faults)}`, {
        peerReason: `failed evaluating cue policy: ${faults[0]?.message ?? ''}`,
    });
}
/** true; or objects with `result`, `error` and `warning`, all of whose results are true. */
function judgeRego(name, { values: [value] = [], faults = [] }, about) {
    if (value === undefined || faults.length > 0)
        return (0,verdict_finding/* unknown */.L5)(name, invalid(faults));
    const said = Array.isArray(value.value) ? value.value : [value.value];
    const responses = said.map(readResponse);
    const warnings = responses.flatMap(({ warning }) => warning ?? []);
    const also = warnings.length === 0 ? '' : `; it warns: ${warnings.join('; ').slice(0, evaluated_rule_longest)}`;
    if (value.defined && responses.length > 0 && responses.every(({ result }) => result)) {
        return (0,verdict_finding/* met */.BG)(name, `${about} is compliant${also}`);
    }
    const errors = responses.flatMap(({ result, error }) => (result ? [] : (error ?? [])));
    const got = !value.defined
        ? 'undefined'
        : errors.length > 0
            ? errors.join('; ').slice(0, evaluated_rule_longest)
            : JSON.stringify(value.value).slice(0, evaluated_rule_longest);
    return (0,verdict_finding/* unmet */.iY)(name, 'policy-denied', `expected ${query} of ${about} to be true, got ${got}${also}`, {
        peerReason: `policy is not compliant for query 'isCompliant = ${query}'${errors.length > 0 ? ` with errors: ${got}` : ''}`,
    });
}
function readResponse(value) {
    if (typeof value !== 'object' || value === null)
        return { result: value === true };
    const { result, error, warning } = value;
    return {
        result: result === true,
        ...(typeof error === 'string' && error !== '' && { error }),
        ...(typeof warning === 'string' && warning !== '' && { warning }),
    };
}
function problemOf(answer) {
    return answer.kind === 'failed' ? answer.problem : invalid(answer.faults);
}
function invalid(faults = []) {
    return { code: 'policy-invalid', message: `the policy does not come to an answer: ${evaluated_rule_list(faults)}` };
}
function evaluated_rule_list(faults) {
    return faults
        .slice(0, 3)
        .map((fault) => (0,question/* describeFault */.Q)(fault).slice(0, evaluated_rule_longest))
        .join('; ');
}

;// CONCATENATED MODULE: ./src/policy/cluster-image/mirror.ts
const mostBytes = 32 * 1024 * 1024;
const mostFiles = 1000;
const block = 512;
/**
 * Reads the TUF repository of a TrustRoot (`mirrorFS`): a tar (POSIX.1-1988, ustar) in gzip. Nothing is written
 * anywhere; the names are keys of a map. Only files count, and no name may lead out of the folder.
 *
 * @returns a text that says what is wrong
 */
function readMirror(mirrorFs, gunzip) {
    const tar = gunzip(mirrorFs, mostBytes);
    if (tar === undefined)
        return `expected gzip of at most ${mostBytes} bytes`;
    const files = new Map();
    for (let at = 0; at + block <= tar.length;) {
        const header = tar.subarray(at, at + block);
        if (header.every((byte) => byte === 0))
            return files;
        const size = parseInt(mirror_text(header, 124, 12).trim() || '0', 8);
        if (!Number.isSafeInteger(size) || size < 0 || at + block + size > tar.length) {
            return `expected a tar, got an entry of ${mirror_text(header, 124, 12)} bytes that ends behind it`;
        }
        if (!isHeader(header))
            return 'expected a tar, got a header whose sum is wrong';
        const body = tar.subarray(at + block, at + block + size);
        at += block + Math.ceil(size / block) * block;
        const kind = mirror_text(header, 156, 1);
        if (kind !== '' && kind !== '0')
            continue;
        const prefix = mirror_text(header, 345, 155);
        const path = (prefix === '' ? mirror_text(header, 0, 100) : `${prefix}/${mirror_text(header, 0, 100)}`).replace(/^\.?\//, '');
        if (path.split('/').some((part) => part === '..' || part === ''))
            return `an illegal name is in it: "${path}"`;
        if (files.size >= mostFiles)
            return `more than ${mostFiles} files are in it`;
        files.set(path.replace(/^repository\//, ''), body);
    }
    return files;
}
/** A text field ends at its first zero byte. */
function mirror_text(header, start, length) {
    const bytes = Buffer.from(header.subarray(start, start + length));
    const zero = bytes.indexOf(0);
    return bytes.toString('utf8', 0, zero < 0 ? length : zero);
}
/** The sum of all bytes of a header, its own field taken as blanks. */
function isHeader(header) {
    const sum = header.reduce((total, byte, index) => total + (index >= 148 && index < 156 ? 32 : byte), 0);
    return parseInt(mirror_text(header, 148, 8).trim(), 8) === sum;
}

// EXTERNAL MODULE: ./src/evidence/statement.ts
var statement = __webpack_require__(63240);
// EXTERNAL MODULE: ./src/requirement/leaves.ts
var leaves = __webpack_require__(83459);
;// CONCATENATED MODULE: ./src/policy/cluster-image/top-policy.ts






/** A policy over the authorities that passed, as `authorityMatches`. */
function topPolicyOf({ name, file }, policy, authorities, { ask, resource }) {
    const title = `policy over the authorities of ${name}`;
    const id = (0,external_node_crypto_.createHash)('sha256')
        .update(JSON.stringify([file, name, policy, resource?.value]))
        .digest('hex');
    const needs = authorities.map(({ requirement }) => requirement);
    return {
        requirement: { kind: 'joint', name: title, id, needs },
        joint: {
            id,
            evaluate: async (facts) => {
                const text = textOf(policy);
                if (typeof text !== 'string')
                    return (0,verdict_finding/* unknown */.L5)(title, text);
                const config = policy.fetchConfigFile ? await facts.configs?.() : undefined;
                if (policy.fetchConfigFile && (config === undefined || 'code' in config)) {
                    return (0,verdict_finding/* unknown */.L5)(title, config ?? { code: 'unsupported', message: 'the configuration of the image is not at hand' });
                }
                const open = authorities
                    .map(({ requirement }) => facts.finding(requirement))
                    .find(({ status }) => status === 'unknown');
                // What could not be found out of one authority may be what the policy asks for.
                if (open?.status === 'unknown')
                    return (0,verdict_finding/* unknown */.L5)(title, open);
                const input = { ...matchesOf(authorities, facts), ...config, ...partsOf(policy, resource) };
                return evaluatePolicy(title, policy.type, text, JSON.stringify(input), 'what the authorities found', ask);
            },
        },
    };
}
function partsOf(policy, resource) {
    const value = resource?.value;
    const object = (0,json/* isObject */.Gv)(value) ? value : undefined;
    return {
        ...(policy.includeSpec && object?.['spec'] !== undefined && { spec: object['spec'] }),
        ...(policy.includeObjectMeta && object?.['metadata'] !== undefined && { metadata: object['metadata'] }),
        ...(policy.includeTypeMeta &&
            resource && { typemeta: { apiVersion: resource.apiVersion, kind: resource.kind } }),
    };
}
/** An entry for each authority that passed: its signatures, its attestations by name, or that it is static. */
function matchesOf(authorities, facts) {
    const matches = [];
    for (const { authority, requirement } of authorities) {
        if (facts.finding(requirement).status !== 'met')
            continue;
        if (authority.kind === 'static') {
            matches.push([authority.name, { static: true }]);
            continue;
        }
        const asks = (0,leaves/* asksOf */.A)(requirement);
        const found = (type) => asks
            .filter((ask) => (ask.kind === 'attested' ? ask.type : undefined) === type)
            .flatMap((ask) => facts.of(ask)?.signatures ?? []);
        matches.push([
            authority.name,
            authority.attestations.length === 0
                ? { signatures: found().map(top_policy_describe) }
                : {
                    attestations: Object.fromEntries(authority.attestations.map(({ name, predicateType }) => [
                        name,
                        found(predicateType).map((one) => ({
                            ...top_policy_describe(one),
                            predicateType: (0,statement/* predicateTypeOf */.T4)(predicateType),
                        })),
                    ])),
                },
        ]);
    }
    return { authorityMatches: Object.fromEntries(matches) };
}
function top_policy_describe({ where, identity }) {
    const claim = (ours, theirs) => {
        const value = identity?.claims[ours];
        return value === undefined ? {} : { [theirs]: value };
    };
    return {
        id: (0,external_node_crypto_.createHash)('sha256').update(where).digest('hex'),
        ...(identity && { subject: identity.subject, issuer: identity.issuer }),
        ...claim('github-workflow-trigger', 'githubWorkflowTrigger'),
        ...claim('github-workflow-sha', 'githubWorkflowSha'),
        ...claim('github-workflow-name', 'githubWorkflowName'),
        ...claim('github-workflow-repository', 'githubWorkflowRepo'),
        ...claim('github-workflow-ref', 'githubWorkflowRef'),
    };
}

;// CONCATENATED MODULE: ./src/policy/cluster-image/trusted-root.ts

/** A TrustRoot says nothing of times, so everything in it holds from the beginning, as in policy-controller. */
const always = { start: '1970-01-01T00:00:00Z' };
/** The `trusted_root.json` (protobuf-specs, sigstore_trustroot.proto) that says the same as the keys of a TrustRoot. */
function trustedRootOf(keys) {
    return JSON.stringify({
        mediaType: 'application/vnd.dev.sigstore.trustedroot+json;version=0.1',
        tlogs: keys.tLogs.map(logOf),
        certificateAuthorities: keys.certificateAuthorities.map(authorityOf),
        ctlogs: keys.ctLogs.map(logOf),
        timestampAuthorities: keys.timestampAuthorities.map(authorityOf),
    });
}
function authorityOf({ organization, commonName, uri, certificates }) {
    return {
        subject: { organization, commonName },
        uri,
        certChain: { certificates: certificates.map((der) => ({ rawBytes: base64(der) })) },
        validFor: always,
    };
}
function logOf({ baseUrl, hashAlgorithm, spki, keyDetails }) {
    return {
        baseUrl,
        hashAlgorithm,
        publicKey: { rawBytes: base64(spki), keyDetails, validFor: always },
        // RFC 6962, 3.2: a log is known by the hash of its key.
        logId: { keyId: (0,external_node_crypto_.createHash)('sha256').update(spki).digest('base64') },
    };
}
function base64(bytes) {
    return Buffer.from(bytes).toString('base64');
}

;// CONCATENATED MODULE: ./src/policy/cluster-image/compile.ts





/** A policy over one image: any of its authorities, and its own policy over those that passed. */
function compileClusterImagePolicy(policy, around) {
    const authorities = policy.authorities.map((authority) => ({
        authority,
        requirement: requirementOf(authority, around),
    }));
    const name = `ClusterImagePolicy ${policy.name}`;
    const any = { kind: 'any', name, of: authorities.map(({ requirement }) => requirement) };
    const top = policy.policy && topPolicyOf(policy, policy.policy, authorities, around);
    const requirement = top ? { kind: 'all', name, of: [any, top.requirement] } : any;
    return {
        policy: policy.name,
        rule: '',
        requirement: policy.mode === 'warn' ? { ...requirement, enforcement: 'warn' } : requirement,
        ...(top && { joints: [top.joint] }),
    };
}
function requirementOf(authority, around) {
    const name = `authority ${authority.name}`;
    if (authority.kind === 'static') {
        const said = authority.message === undefined ? '' : `: ${authority.message}`;
        return authority.action === 'pass'
            ? {
                kind: 'decide',
                name,
                verdict: 'met',
                message: `admitted by static policy, nothing verified${said}`,
            }
            : { kind: 'decide', name, verdict: 'policy-denied', message: `disallowed by static policy${said}` };
    }
    const manner = mannerOf(authority, around);
    if ('code' in manner)
        return { kind: 'open', name, problem: manner };
    const signers = signersOf(authority);
    if ('code' in signers)
        return { kind: 'open', name, problem: signers };
    const each = (by) => authority.attestations.length === 0
        ? { kind: 'signed', by, manner }
        : {
            kind: 'all',
            name,
            of: authority.attestations.map((demand) => attested(demand, by, manner, around)),
        };
    const [only, ...others] = signers.map(each);
    return only && others.length === 0 ? only : { kind: 'any', name, of: signers.map(each) };
}
function attested({ name, predicateType, policy }, by, manner, { ask }) {
    const rule = policy && ruleOf(name, policy, ask);
    if (rule && 'code' in rule)
        return { kind: 'open', name, problem: rule };
    return { kind: 'attested', type: predicateType, by, manner, ...(rule && { rule }) };
}
/** A policy may name several identities; one of them must have signed. */
function signersOf(authority) {
    if (authority.kind === 'key') {
        const reference = referenceOf(authority.key);
        return typeof reference === 'string' ? [{ kind: 'key', reference }] : reference;
    }
    return authority.identities.map(({ issuer, issuerRegExp, subject, subjectRegExp }) => {
        const identity = {
            ...(issuer !== undefined && { issuer }),
            ...(issuerRegExp !== undefined && { issuerRegexp: issuerRegExp }),
            ...(subject !== undefined && { subject }),
            ...(subjectRegExp !== undefined && { subjectRegexp: subjectRegExp }),
        };
        return { kind: 'identity', reference: (0,inputs/* nameOfIdentity */.L)(identity), identity };
    });
}
function referenceOf(key) {
    if (key.kind === 'data')
        return key.pem;
    if (key.kind === 'kms')
        return key.reference;
    if (key.pem !== undefined)
        return key.pem;
    const message = `expected the key of Secret ${key.namespace}/${key.name}, which only a cluster has: put the Secret into a policy file, or the key into the policy`;
    return { code: 'unsupported', message };
}
function mannerOf(authority, around) {
    const { source, log, signatureFormat } = authority;
    const trust = trustOf(authority, around);
    if (trust && 'code' in trust)
        return trust;
    return {
        log: log === 'required' ? 'require' : 'ignore',
        ...(trust && { trust }),
        ...(source?.oci !== undefined && { signatureRepository: source.oci }),
        ...(source?.tagPrefix !== undefined && { tagPrefix: source.tagPrefix }),
        ...(signatureFormat === 'legacy' && { formats: ['simple-signing', 'dsse-envelope'] }),
        ...(signatureFormat === 'bundle' && { formats: ['sigstore-bundle'] }),
    };
}
/** Undefined: as the run trusts. */
function trustOf(authority, { trustRoots, gunzip }) {
    const { ctlog, timestamp } = authority;
    const keyless = authority.kind === 'keyless' ? authority : undefined;
    const names = [keyless?.trustRootRef, ctlog?.trustRootRef, timestamp?.trustRootRef].filter((name) => name !== undefined);
    const [name, ...others] = [...new Set(names)];
    if (others.length > 0) {
        const message = `expected one TrustRoot for an authority, got ${names.join(', ')}: evidence is held against one at a time`;
        return { code: 'unsupported', message };
    }
    const demand = {
        sct: keyless?.insecureIgnoreSct === true ? 'ignore' : 'require',
        signedTimestamps: timestamp !== undefined,
    };
    const own = keyless?.caCert && referenceOf(keyless.caCert);
    if (own !== undefined && typeof own !== 'string')
        return own;
    const authorities = own === undefined ? {} : { caRoots: { name: 'ca-cert of the policy', text: own } };
    if (name === undefined)
        return keyless === undefined ? undefined : { ...demand, ...authorities };
    const root = trustRoots.find((one) => one.name === name);
    if (root === undefined) {
        return {
            code: 'policy-invalid',
            message: `trustRootRef ${name}: no TrustRoot of that name is in the policy files`,
        };
    }
    const { source } = root;
    switch (source.kind) {
        case 'sigstoreKeys':
            return {
                ...demand,
                ...authorities,
                root: { name: `TrustRoot ${name}`, text: trustedRootOf(source.keys) },
            };
        case 'remote':
            return {
                ...demand,
                ...authorities,
                tufMirror: source.mirror,
                tufRoot: { name: `TrustRoot ${name}`, text: Buffer.from(source.root).toString() },
            };
        case 'repository': {
            const text = rootInMirror(source, gunzip);
            if (typeof text !== 'string')
                return { code: 'trust-root-invalid', message: `TrustRoot ${name}: ${text.problem}` };
            return { ...demand, ...authorities, root: { name: `TrustRoot ${name}`, text } };
        }
    }
}
/** The repository lies in the policy, and is trusted as the policy is: its target is read as it stands there. */
function rootInMirror({ mirrorFs, targets }, gunzip) {
    const files = readMirror(mirrorFs, gunzip);
    if (typeof files === 'string')
        return { problem: files };
    for (const [path, bytes] of files) {
        const parts = path.split('/');
        const last = parts.at(-1) ?? '';
        // With consistent snapshots a target stands under its hash (TUF specification, 6.2).
        const isTarget = last === targets.trustedRoot || last.replace(/^[0-9a-f]{64,128}\./, '') === targets.trustedRoot;
        if (isTarget && parts.at(-2) === targets.folder)
            return Buffer.from(bytes).toString();
    }
    return { problem: `expected ${targets.folder}/${targets.trustedRoot} in its mirrorFS, found none` };
}

;// CONCATENATED MODULE: ./src/policy/cluster-image/glob.ts
const allowed = /^[a-zA-Z0-9\-_:/*.@]+$/;
const glob_longest = 2048;
/** What two patterns mean that would match nothing by themselves. */
const meant = {
    '*': 'index.docker.io/library/*',
    '*/*': 'index.docker.io/*/*',
};
/**
 * Reads a glob of a ClusterImagePolicy (policy-controller, pkg/apis/glob).
 *
 * @returns a text that says what is wrong
 */
function readGlob(text) {
    if (!allowed.test(text)) {
        return 'expected letters, digits and - _ : / * . @ only; ? and [ ] are no wildcards here';
    }
    if (text.length > glob_longest)
        return `longer than ${glob_longest} characters`;
    const full = Object.hasOwn(meant, text) ? (meant[text] ?? text) : text;
    // From left to right: three stars are `**` and `*`.
    return { text, parts: full.match(/\*\*|\*|[^*]+/g) ?? [] };
}
/**
 * Whether a glob matches a whole name. Time is at most the length of the name times that of the glob: every place in
 * the glob that could have been reached is kept, nothing is tried twice.
 */
function matchesGlob({ parts }, name) {
    let reached = new Uint8Array(name.length + 1);
    reached[0] = 1;
    for (const part of parts) {
        const next = new Uint8Array(name.length + 1);
        if (part === '*' || part === '**') {
            let open = false;
            for (let at = 0; at <= name.length; at++) {
                if (part === '*' && at > 0 && name[at - 1] === '/')
                    open = false;
                if (reached[at] === 1)
                    open = true;
                if (open)
                    next[at] = 1;
            }
        }
        else {
            for (let at = name.indexOf(part); at >= 0; at = name.indexOf(part, at + 1)) {
                if (reached[at] === 1)
                    next[at + part.length] = 1;
            }
        }
        reached = next;
    }
    return reached[name.length] === 1;
}

// EXTERNAL MODULE: ./src/reference/reference.ts
var reference = __webpack_require__(71644);
;// CONCATENATED MODULE: ./src/policy/cluster-image/image-name.ts

const dockerHub = 'index.docker.io';
const dockerHubAlias = 'docker.io';
const repositoryLetters = /^[a-z0-9_\-./]{2,255}$/;
const tagLetters = /^[A-Za-z0-9_\-.]{1,128}$/;
/** What `url.Parse` of Go takes for an authority and nothing more. */
const authority = /^(?:\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9\-._~!$&'()*+,;=]*)(?::[0-9]*)?$/;
const image_name_longest = 2048;
/**
 * Reads a reference by go-containerregistry's rules with weak validation, as policy-controller and Kyverno's CEL
 * library do. They differ from docker's: `localhost/app` is an image of Docker Hub, `a_/b` is a name.
 *
 * @returns a text that says what is wrong
 */
function readImageName(text) {
    if (text.length > image_name_longest)
        return `longer than ${image_name_longest} characters`;
    const tagged = readTagged(text);
    if (typeof tagged !== 'string')
        return finish(tagged);
    const [base = '', digest, ...more] = text.split('@');
    if (digest === undefined || more.length > 0)
        return tagged;
    if (!(0,reference/* isDigest */.Bc)(digest))
        return `malformed digest "${digest}": expected sha256: and 64 lower-case hex digits`;
    const inner = readTagged(base);
    // A tag that cannot be one is part of the name, which then cannot be one either.
    if (typeof inner === 'string')
        return inner;
    return finish({ ...inner, digest });
}
function finish(parts) {
    const { registry, repository, tag = 'latest', digest } = parts;
    return { ...parts, name: `${registry}/${repository}${digest === undefined ? `:${tag}` : `@${digest}`}` };
}
function readTagged(text) {
    const colon = text.lastIndexOf(':');
    const isTagged = colon >= 0 && !text.slice(colon).includes('/');
    const tag = isTagged ? text.slice(colon + 1) : undefined;
    if (tag !== undefined && !tagLetters.test(tag))
        return `illegal tag "${tag}"`;
    const repository = readRepository(isTagged ? text.slice(0, colon) : text);
    return typeof repository === 'string' ? repository : { ...repository, ...(tag !== undefined && { tag }) };
}
/** A registry with a repository, as in `source.oci`. */
function readRepository(text) {
    const slash = text.indexOf('/');
    const first = slash < 0 ? '' : text.slice(0, slash);
    const isRegistry = /[.:]/.test(first);
    const repository = isRegistry ? text.slice(slash + 1) : text;
    if (!repositoryLetters.test(repository)) {
        return `illegal name "${repository}": 2 to 255 of a-z, 0-9, _, -, . and / are allowed`;
    }
    if (isRegistry && !authority.test(first))
        return `"${first}" is not a registry host`;
    const registry = !isRegistry || first === dockerHubAlias ? dockerHub : first;
    const official = registry === dockerHub && !repository.includes('/');
    return { registry, repository: official ? `library/${repository}` : repository };
}
/** A registry without a repository. */
function isRegistryName(text) {
    return text !== '' && authority.test(text);
}

// EXTERNAL MODULE: ./src/reference/nearest.ts
var reference_nearest = __webpack_require__(24179);
;// CONCATENATED MODULE: ./src/policy/cluster-image/fields.ts

function startReading(file) {
    return { file, problems: [], warnings: [] };
}
/** Opens an object; every name that is not known is a problem, with the known one that it most likely means. */
function openFields(reading, { node, path }, known) {
    if (node.kind !== 'map') {
        reading.problems.push({
            file: reading.file,
            line: node.line,
            field: path,
            message: `expected an object, got ${nameOfKind(node)}`,
        });
        return undefined;
    }
    for (const [name, { line }] of node.entries) {
        if (known.includes(name))
            continue;
        const nearest = (0,reference_nearest/* nearestName */.q)(name, known);
        reading.problems.push({
            file: reading.file,
            line,
            field: within(path, name),
            message: `unknown field "${name}"${nearest === undefined ? `: expected one of ${known.join(', ')}` : `; did you mean "${nearest}"?`}`,
            ...(nearest !== undefined && { nearest }),
            peerReason: `unable to unmarshal: json: unknown field ${JSON.stringify(name)}`,
        });
    }
    return { reading, path, node };
}
/** Opens a resource of a cluster, as the apiserver keeps it. */
function openResource(reading, node) {
    return openFields(reading, { node, path: '' }, ['apiVersion', 'kind', 'metadata', 'spec', 'status']);
}
/** The value of a field; `key:` without a value is as good as no field. */
function fields_valueOf({ node }, name) {
    const value = node.entries.get(name)?.value;
    return value?.kind === 'scalar' && value.value === null ? undefined : value;
}
function has(fields, name) {
    return fields_valueOf(fields, name) !== undefined;
}
function objectOf(fields, name, known) {
    const node = fields_valueOf(fields, name);
    return node && openFields(fields.reading, { node, path: within(fields.path, name) }, known);
}
/** An empty text is as good as none, as in the peers that these documents are written for. */
function fields_textOf(fields, name) {
    const value = scalarOf(fields, name, 'text');
    return typeof value === 'string' && value !== '' ? value : undefined;
}
function flagOf(fields, name) {
    const value = scalarOf(fields, name, 'flag');
    return typeof value === 'boolean' ? value : undefined;
}
function listOf(fields, name) {
    const value = ofKind(fields, name, 'list');
    const path = within(fields.path, name);
    return value?.kind === 'list' ? value.items.map((node, index) => ({ node, path: `${path}[${index}]` })) : [];
}
/** A list of texts; what else stands in it is a problem. */
function textsOf(fields, name) {
    return listOf(fields, name).flatMap(({ node, path }) => {
        if (kindOf(node) === 'text')
            return [textIn(node)];
        fields.reading.problems.push(wrongKind(fields.reading.file, path, 'text', node));
        return [];
    });
}
/** An object whose values are all texts: labels, say. */
function textMapOf(fields, name) {
    const value = ofKind(fields, name, 'map');
    const texts = new Map();
    if (value?.kind !== 'map')
        return texts;
    for (const [key, { value: node }] of value.entries) {
        if (kindOf(node) === 'text')
            texts.set(key, textIn(node));
        else
            fields.reading.problems.push(wrongKind(fields.reading.file, within(within(fields.path, name), key), 'text', node));
    }
    return texts;
}
function kindOf(node) {
    if (node.kind !== 'scalar')
        return node.kind;
    if (node.value === null)
        return 'nothing';
    return typeof node.value === 'string' ? 'text' : typeof node.value === 'boolean' ? 'flag' : 'number';
}
function textIn(node) {
    return node.kind === 'scalar' && typeof node.value === 'string' ? node.value : '';
}
function scalarOf(fields, name, kind) {
    const value = ofKind(fields, name, kind);
    return value?.kind === 'scalar' ? value.value : undefined;
}
function ofKind(fields, name, kind) {
    const value = fields_valueOf(fields, name);
    if (value === undefined || kindOf(value) === kind)
        return value;
    fields.reading.problems.push(wrongKind(fields.reading.file, within(fields.path, name), kind, value));
    return undefined;
}
const names = {
    text: 'a text',
    flag: 'a boolean',
    number: 'a number',
    nothing: 'nothing',
    list: 'a list',
    map: 'an object',
};
function nameOfKind(node) {
    return names[kindOf(node)];
}
function wrongKind(file, field, kind, node) {
    const got = kindOf(node);
    const quote = kind === 'text' && (got === 'flag' || got === 'number') ? ': put it in quotes' : '';
    return {
        file,
        line: node.line,
        field,
        message: `expected ${kind === 'flag' ? 'true or false' : names[kind]}, got ${nameOfKind(node)}${quote}`,
    };
}
/** Says what is wrong with a field, or with the object itself. */
function refuse(fields, name, said) {
    fields.reading.problems.push(note(fields, name, said));
}
/** Says what its author should know of a field that is in order. */
function warn(fields, name, said) {
    fields.reading.warnings.push(note(fields, name, said));
}
function note({ reading, path, node }, name, said) {
    const line = (name === undefined ? undefined : node.entries.get(name)?.line) ?? node.line;
    return { file: reading.file, line, field: name === undefined ? path : within(path, name), ...said };
}
function lineOf({ node }, name) {
    return node.entries.get(name)?.line ?? node.line;
}
function within(path, name) {
    return path === '' ? name : `${path}.${name}`;
}

;// CONCATENATED MODULE: ./src/policy/cluster-image/label-selector.ts

const operators = ['In', 'NotIn', 'Exists', 'DoesNotExist'];
/** Reads a field that holds a selector. */
function readLabelSelector(fields, name) {
    const selector = objectOf(fields, name, ['matchLabels', 'matchExpressions']);
    if (selector === undefined)
        return undefined;
    const expressions = listOf(selector, 'matchExpressions').flatMap((item) => {
        const expression = openFields(selector.reading, item, ['key', 'operator', 'values']);
        return expression === undefined ? [] : readExpression(expression);
    });
    return { labels: textMapOf(selector, 'matchLabels'), expressions };
}
function readExpression(fields) {
    const key = fields_textOf(fields, 'key');
    const said = fields_textOf(fields, 'operator');
    const operator = operators.find((one) => one === said);
    const values = textsOf(fields, 'values');
    if (key === undefined)
        refuse(fields, undefined, { message: 'expected the key of a label in "key"' });
    if (operator === undefined) {
        refuse(fields, 'operator', { message: `expected one of ${operators.join(', ')}, got ${said ?? 'none'}` });
        return [];
    }
    const wantsValues = operator === 'In' || operator === 'NotIn';
    if (wantsValues !== values.length > 0) {
        refuse(fields, 'values', {
            message: `${operator} goes with ${wantsValues ? 'at least one value' : 'no values'}, got ${values.length}`,
        });
        return [];
    }
    return key === undefined ? [] : [{ key, operator, values }];
}
function selects(selector, labels) {
    for (const [key, value] of selector.labels)
        if (labels.get(key) !== value)
            return false;
    return selector.expressions.every(({ key, operator, values }) => {
        const value = labels.get(key);
        switch (operator) {
            case 'In':
                return value !== undefined && values.includes(value);
            case 'NotIn':
                return value === undefined || !values.includes(value);
            case 'Exists':
                return value !== undefined;
            case 'DoesNotExist':
                return value === undefined;
        }
    });
}

;// CONCATENATED MODULE: ./src/policy/cluster-image/resource.ts
/** The plural of a kind as Kubernetes guesses it (apimachinery, UnsafeGuessKindToResource). */
function nameOfResource({ apiVersion, kind }) {
    const slash = apiVersion.indexOf('/');
    return {
        group: slash < 0 ? '' : apiVersion.slice(0, slash),
        version: apiVersion.slice(slash + 1),
        resource: pluralOf(kind.toLowerCase()),
    };
}
function pluralOf(kind) {
    if (kind === '' || kind === 'endpoints')
        return kind;
    if (kind.endsWith('s'))
        return `${kind}es`;
    if (kind.endsWith('y'))
        return `${kind.slice(0, -1)}ies`;
    return `${kind}s`;
}

;// CONCATENATED MODULE: ./src/policy/cluster-image/coverage.ts




/**
 * Finds the policies for an image. Globs are compared with the whole name as policy-tester does: with the digest when
 * the reference has one, else with the tag. In a cluster only the form with the digest is ever seen; where the two
 * differ, a warning says so.
 *
 * @param resource what the image stands in; policies with `match` cover nothing without it
 */
function coverageOf(policies, image, resource) {
    const read = readImageName(image.written);
    if (typeof read === 'string')
        return { kind: 'unreadable', reason: read };
    const pinned = `${read.registry}/${read.repository}@${read.digest ?? image.digest ?? `sha256:${'0'.repeat(64)}`}`;
    const warnings = [];
    const covering = [];
    const names = new Set();
    for (const policy of policies) {
        const label = `ClusterImagePolicy ${policy.name}`;
        const matched = matchOf(policy.images, read.name);
        const inCluster = matchOf(policy.images, pinned);
        const raw = matched || inCluster ? undefined : matchOf(policy.images, image.written);
        if (raw !== undefined) {
            warnings.push(`${label} does not cover ${image.written}: "${raw}" would have to match ${read.name}`);
        }
        if (matched === undefined && inCluster === undefined)
            continue;
        if (policy.match.length > 0 && !policy.match.some((one) => matchesResource(one, resource))) {
            if (resource === undefined) {
                warnings.push(`${label} is for images in certain resources only and covers none that is given by itself`);
            }
            continue;
        }
        if (matched === undefined) {
            warnings.push(`${label} covers ${image.written} only where it is pinned: "${String(inCluster)}" does not match ${read.name}`);
            continue;
        }
        if (inCluster === undefined) {
            warnings.push(`${label} covers ${image.written} by its tag: where policy-controller enforces, "${matched}" never matches, because images arrive as ${pinned}`);
        }
        if (names.has(policy.name)) {
            warnings.push(`two ClusterImagePolicies are called ${policy.name}: a cluster keeps one of them, here both must hold`);
        }
        names.add(policy.name);
        covering.push({ policy, glob: matched });
    }
    const [first, ...more] = covering;
    if (first)
        return { kind: 'covered', policies: [first, ...more], warnings };
    return { kind: 'uncovered', warnings, peerReason: `${image.written} is uncovered by policy` };
}
function matchOf(globs, name) {
    return globs.find((glob) => matchesGlob(glob, name))?.text;
}
/** Group, resource and version must be the same; `*` stands for any version, and for nothing else. */
function matchesResource(match, resource) {
    const { group, version, resource: plural } = nameOfResource(resource ?? { apiVersion: '', kind: '' });
    if (match.resource !== plural || match.group !== group)
        return false;
    if (match.version !== version && match.version !== '*')
        return false;
    return match.selector === undefined || selects(match.selector, resource?.labels ?? new Map());
}

// EXTERNAL MODULE: ./src/requirement/requirement.ts
var requirement_requirement = __webpack_require__(82040);
;// CONCATENATED MODULE: ./src/policy/cel/budget.ts

/** Thrown where an expression asks for more than is computed for anybody: nothing is found out then. */
class LimitExceeded extends requirement_requirement/* OpenQuestion */.R {
    constructor(message) {
        super({ code: 'limit-exceeded', service: 'engine', message });
    }
}
/** Steps that one expression may take: a second or two. A policy over an SBOM of 20 000 components takes a tenth. */
const mostSteps = 3_000_000;
/** Longest text and list that an expression may build. What it is given may be longer. */
const budget_longestText = 1024 * 1024;
const longestList = 100_000;
function newBudget(steps = mostSteps) {
    let left = steps;
    let doubts = { count: 0 };
    return {
        doubt: (question) => {
            doubts = { count: doubts.count + 1, last: question };
        },
        doubts: () => doubts,
        spend: (count) => {
            left -= count;
            if (left < 0)
                throw new LimitExceeded(`the expression takes more than ${steps} steps`);
        },
    };
}
/** What looking at a value costs: its length, or with `deep` that of all parts of it. */
function weightOf(value, deep, most = mostSteps) {
    if (typeof value === 'string')
        return value.length;
    if (value instanceof Uint8Array)
        return value.length;
    const isList = Array.isArray(value);
    if (!isList && !(value instanceof Map))
        return 1;
    const size = isList ? value.length : value.size;
    if (!deep)
        return size;
    let weight = size;
    const parts = isList ? value : value.values();
    for (const part of parts) {
        weight += weightOf(part, true, most - weight);
        if (weight > most)
            break;
    }
    return weight;
}
/** Refuses what an expression built and nobody needs. */
function checkSize(value) {
    if (typeof value === 'string' && value.length > budget_longestText) {
        throw new LimitExceeded(`the expression builds a text of more than ${budget_longestText} characters`);
    }
    if (Array.isArray(value) && value.length > longestList) {
        throw new LimitExceeded(`the expression builds a list of more than ${longestList} elements`);
    }
}

;// CONCATENATED MODULE: ./src/policy/cel/functions.ts
/** An error of the expression, not of the program: a wrong argument. */
class CelError extends Error {
    name = 'CelError';
}

;// CONCATENATED MODULE: ./src/policy/cel/value.ts

const value_deepest = 200;
/** The same as JSON says it, for CEL. Throws LimitExceeded for what is nested deeper than anybody nests. */
function celValue(json, depth = 0) {
    if (depth > value_deepest)
        throw new LimitExceeded(`a value is nested deeper than ${value_deepest} levels`);
    switch (typeof json) {
        case 'string':
        case 'boolean':
        case 'bigint':
            return json;
        case 'number':
            return Number.isSafeInteger(json) ? BigInt(json) : json;
        case 'object':
            if (json === null)
                return null;
            if (Array.isArray(json))
                return json.map((item) => celValue(item, depth + 1));
            if (json instanceof Map) {
                return new Map([...json].map(([name, value]) => [
                    String(name),
                    celValue(value, depth + 1),
                ]));
            }
            return new Map(Object.entries(json).map(([name, value]) => [name, celValue(value, depth + 1)]));
        case 'function':
        case 'symbol':
        case 'undefined':
            return null;
    }
}
/**
 * An object whose fields are computed when they are first asked for.
 *
 * @param read may throw: what it throws is what using the field throws
 */
function lazyObject(names, read) {
    // The engine knows maps by their constructor, so a map it stays.
    const object = new Map([...names].map((name) => [name, null]));
    object.get = (name) => (object.has(name) ? read(name) : undefined);
    return object;
}

// EXTERNAL MODULE: ./node_modules/@marcbachmann/cel-js/lib/index.js + 13 modules
var lib = __webpack_require__(47337);
;// CONCATENATED MODULE: ./src/policy/cel/image-functions.ts


/** A reference that was read (Kyverno's image library): go-containerregistry's rules, so `index.docker.io/library/…`. */
class CelImage {
    name;
    constructor(name) {
        this.name = name;
    }
}
function parse(text) {
    const name = readImageName(text);
    if (typeof name === 'string')
        throw new CelError(`could not parse reference: ${text}`);
    return new CelImage(name);
}
const tagOf = ({ name }) => (name.digest === undefined ? (name.tag ?? 'latest') : '');
const digestOf = ({ name }) => name.digest ?? '';
/** A reference with a digest has no tag in go-containerregistry, whatever was written. */
const imageFunctions = [
    { signature: 'image(string): Image', run: parse },
    { signature: 'parseImageReference(string): Image', run: parse },
    { signature: 'isImage(string): bool', run: (text) => typeof readImageName(text) !== 'string' },
    { signature: 'Image.containsDigest(): bool', run: ({ name }) => name.digest !== undefined },
    { signature: 'Image.registry(): string', run: ({ name }) => name.registry },
    { signature: 'Image.repository(): string', run: ({ name }) => name.repository },
    { signature: 'Image.identifier(): string', run: (image) => digestOf(image) || tagOf(image) },
    { signature: 'Image.tag(): string', run: tagOf },
    { signature: 'Image.digest(): string', run: digestOf },
];

;// CONCATENATED MODULE: ./src/policy/cel/list-functions.ts

/** Values that can be put in order, in CEL's sense of it: of one type. */
function list_functions_compare(one, other) {
    const isNumber = (value) => typeof value === 'bigint' || typeof value === 'number';
    if (isNumber(one) && isNumber(other))
        return one < other ? -1 : one > other ? 1 : 0;
    if (typeof one === 'string' && typeof other === 'string')
        return Buffer.compare(Buffer.from(one), Buffer.from(other));
    if (typeof one === 'boolean' && typeof other === 'boolean')
        return Number(one) - Number(other);
    throw new CelError('the elements of the list cannot be put in order');
}
function list_functions_extreme(list, sign, name) {
    if (list.length === 0)
        throw new CelError(`${name} called on empty list`);
    return list.reduce((best, one) => (list_functions_compare(one, best) * sign > 0 ? one : best));
}
function sum(list) {
    if (list.every((one) => typeof one === 'bigint'))
        return list.reduce((total, one) => total + one, 0n);
    if (list.every((one) => typeof one === 'number'))
        return list.reduce((total, one) => total + one, 0);
    throw new CelError('sum: expected numbers of one type');
}
function isSorted(list) {
    return list.every((one, index) => index === 0 || list_functions_compare(list[index - 1], one) <= 0);
}
/** What makes two simple values the same; others are never the same as another. */
function keyOf(value) {
    if (typeof value === 'bigint')
        return Number.isSafeInteger(Number(value)) ? Number(value) : value;
    if (['string', 'number', 'boolean'].includes(typeof value) || value === null)
        return value;
    throw new CelError('only lists of texts, numbers and booleans can be compared as sets here');
}
const keysOf = (list) => new Set(list.map(keyOf));
const contains = (list, part) => {
    const keys = keysOf(list);
    return part.every((one) => keys.has(keyOf(one)));
};
function distinct(list) {
    const seen = new Set();
    return list.filter((one) => {
        const key = keyOf(one);
        return !seen.has(key) && seen.add(key);
    });
}
function indexOf(list, value) {
    const key = keyOf(value);
    return BigInt(list.findIndex((one) => keyOf(one) === key));
}
function lastIndexOf(list, value) {
    const key = keyOf(value);
    return BigInt(list.findLastIndex((one) => keyOf(one) === key));
}
function list_functions_slice(list, from, to) {
    if (from < 0n || from > to || to > BigInt(list.length))
        throw new CelError(`cannot slice(${from}, ${to}), list is length ${list.length}`);
    return list.slice(Number(from), Number(to));
}
/** Functions on lists: Kubernetes' list library and cel-go's list extensions. */
const list_functions_listFunctions = [
    { signature: 'list.isSorted(): bool', run: isSorted },
    { signature: 'list.sum(): dyn', run: sum },
    { signature: 'list.min(): dyn', run: (list) => list_functions_extreme(list, -1, 'min') },
    { signature: 'list.max(): dyn', run: (list) => list_functions_extreme(list, 1, 'max') },
    { signature: 'list.indexOf(dyn): int', run: indexOf },
    { signature: 'list.lastIndexOf(dyn): int', run: lastIndexOf },
    { signature: 'list.distinct(): list', run: distinct },
    { signature: 'list.flatten(): list', run: (list) => list.flat() },
    { signature: 'list.reverse(): list', run: (list) => list.toReversed() },
    { signature: 'list.slice(int, int): list', run: list_functions_slice },
    { signature: 'list.sort(): list', run: (list) => list.toSorted(list_functions_compare) },
    {
        signature: 'SetsLibrary.contains(list, list): bool',
        run: (_, list, part) => contains(list, part),
    },
    {
        signature: 'SetsLibrary.equivalent(list, list): bool',
        run: (_, one, other) => contains(one, other) && contains(other, one),
    },
    {
        signature: 'SetsLibrary.intersects(list, list): bool',
        run: (_, one, other) => {
            const keys = keysOf(one);
            return other.some((value) => keys.has(keyOf(value)));
        },
    },
];
/** What `sets` is in an expression. */
class SetsLibrary {
    kind = 'sets';
}

;// CONCATENATED MODULE: ./src/policy/cel/text-functions.ts



const text_functions_longestPattern = 2000;
/** Patterns are RE2 and not anchored, as in cel-go; the engine's own `matches` has neither of its properties. */
function text_functions_compile(pattern) {
    if (pattern.length > text_functions_longestPattern)
        throw new LimitExceeded(`a pattern is longer than ${text_functions_longestPattern} characters`);
    try {
        return build/* RE2JS */.L3.compile(pattern);
    }
    catch (error) {
        throw new CelError(`error parsing regexp: ${error instanceof Error ? error.message : String(error)}`);
    }
}
function matches(text, pattern) {
    return text_functions_compile(pattern).matcher(text).find();
}
function find(text, pattern) {
    const matcher = text_functions_compile(pattern).matcher(text);
    return matcher.find() ? (matcher.group() ?? '') : '';
}
function findAll(text, pattern, most = -1n) {
    const matcher = text_functions_compile(pattern).matcher(text);
    const found = [];
    while ((most < 0n || found.length < Number(most)) && matcher.find()) {
        found.push(matcher.group() ?? '');
        if (found.length > longestList)
            throw new LimitExceeded(`a pattern is found more than ${longestList} times`);
    }
    return found;
}
const lettersOf = (text) => Array.from(text);
/** Places in a text count code points, as in cel-go. */
function substring(text, start, end) {
    const letters = lettersOf(text);
    const to = end ?? BigInt(letters.length);
    if (start < 0n || start > to || to > BigInt(letters.length)) {
        throw new CelError(`index out of range: ${start}`);
    }
    return letters.slice(Number(start), Number(to)).join('');
}
function charAt(text, at) {
    const letters = lettersOf(text);
    if (at < 0n || at > BigInt(letters.length))
        throw new CelError(`index out of range: ${at}`);
    return letters[Number(at)] ?? '';
}
function text_functions_indexOf(text, part, from = 0n) {
    if (from < 0n || from > BigInt(text.length))
        throw new CelError(`index out of range: ${from}`);
    const start = from === 0n ? 0 : lettersOf(text).slice(0, Number(from)).join('').length;
    return place(text, text.indexOf(part, start));
}
function text_functions_lastIndexOf(text, part) {
    return place(text, text.lastIndexOf(part));
}
function place(text, at) {
    return at < 0 ? -1n : BigInt(lettersOf(text.slice(0, at)).length);
}
function text_functions_replace(text, from, to, most = -1n) {
    const parts = from === '' ? ['', ...lettersOf(text), ''] : text.split(from);
    const count = most < 0n ? parts.length - 1 : Math.min(Number(most), parts.length - 1);
    if (text.length + count * to.length > budget_longestText)
        tooLong();
    const head = parts.slice(0, count + 1).join(to);
    const tail = parts.slice(count + 1);
    return tail.length === 0 ? head : [head, ...tail].join(from);
}
function split(text, by, most = -1n) {
    if (most === 0n)
        return [];
    const parts = by === '' ? lettersOf(text) : text.split(by);
    const count = Number(most);
    if (most < 0n || parts.length <= count)
        return parts;
    return [...parts.slice(0, count - 1), parts.slice(count - 1).join(by)];
}
function join(texts, by = '') {
    let length = 0;
    for (const text of texts) {
        if (typeof text !== 'string')
            throw new CelError('join: expected a list of texts');
        length += text.length + by.length;
        if (length > budget_longestText)
            tooLong();
    }
    return texts.join(by);
}
/** `%s`, `%d`, `%f` with digits, `%x`, `%X`, `%o`, `%b` and `%%` (cel-go, ext.Strings). */
function format(pattern, values) {
    let next = 0;
    const text = pattern.replaceAll(/%(?:\.(\d{1,2}))?([a-zA-Z%]?)/g, (whole, digits, verb) => {
        if (verb === '%')
            return '%';
        if (next >= values.length)
            throw new CelError(`index ${next} out of range`);
        const value = values[next++];
        switch (verb) {
            case 's':
                return show(value);
            case 'd':
                if (typeof value === 'bigint')
                    return String(value);
                throw new CelError('decimal clause can only be used on integers');
            case 'f':
                if (typeof value === 'number' || typeof value === 'bigint')
                    return Number(value).toFixed(Number(digits ?? 6));
                throw new CelError('fixed-point clause can only be used on doubles');
            case 'x':
            case 'X':
            case 'o':
            case 'b': {
                if (typeof value !== 'bigint')
                    throw new CelError(`%${verb} can only be used on integers here`);
                const written = value.toString(verb === 'o' ? 8 : verb === 'b' ? 2 : 16);
                return verb === 'X' ? written.toUpperCase() : written;
            }
            default:
                throw new CelError(`unrecognized formatting clause "${whole}"`);
        }
    });
    if (text.length > budget_longestText)
        tooLong();
    return text;
}
function show(value) {
    if (Array.isArray(value))
        return `[${value.map(show).join(', ')}]`;
    if (value instanceof Map) {
        return `{${[...value].map(([name, one]) => `${name}: ${show(one)}`).join(', ')}}`;
    }
    if (typeof value === 'string' || typeof value === 'bigint' || typeof value === 'boolean')
        return String(value);
    if (typeof value === 'number')
        return String(value);
    if (value === null)
        return 'null';
    throw new CelError('%s cannot show this value');
}
function tooLong() {
    throw new LimitExceeded(`the expression builds a text of more than ${budget_longestText} characters`);
}
const lower = (text) => text.replaceAll(/[A-Z]+/g, (letters) => letters.toLowerCase());
const upper = (text) => text.replaceAll(/[a-z]+/g, (letters) => letters.toUpperCase());
/** Functions on texts: cel-go's own, its string extensions, and Kubernetes' regular expressions. */
const text_functions_textFunctions = [
    { signature: 'matches(string, string): bool', run: matches },
    { signature: 'string.matches(string): bool', run: matches },
    { signature: 'string.find(string): string', run: find },
    { signature: 'string.findAll(string): list<string>', run: findAll },
    { signature: 'string.findAll(string, int): list<string>', run: findAll },
    { signature: 'string.lowerAscii(): string', run: lower },
    { signature: 'string.upperAscii(): string', run: upper },
    { signature: 'string.substring(int): string', run: substring },
    { signature: 'string.substring(int, int): string', run: substring },
    { signature: 'string.charAt(int): string', run: charAt },
    { signature: 'string.indexOf(string): int', run: text_functions_indexOf },
    { signature: 'string.indexOf(string, int): int', run: text_functions_indexOf },
    { signature: 'string.lastIndexOf(string): int', run: text_functions_lastIndexOf },
    { signature: 'string.replace(string, string): string', run: text_functions_replace },
    { signature: 'string.replace(string, string, int): string', run: text_functions_replace },
    { signature: 'string.split(string): list<string>', run: split },
    { signature: 'string.split(string, int): list<string>', run: split },
    { signature: 'string.reverse(): string', run: (text) => lettersOf(text).reverse().join('') },
    { signature: 'string.format(list): string', run: format },
    { signature: 'list.join(): string', run: join },
    { signature: 'list.join(string): string', run: join },
];

;// CONCATENATED MODULE: ./src/policy/cel/language.ts




/** Put behind the name of a function of ours that the engine has too and that it would not let us replace. */
const ownSuffix = '__re2';
const language_limits = {
    maxAstNodes: 5000,
    maxDepth: 100,
    maxListElements: 1000,
    maxMapEntries: 1000,
    maxCallArguments: 32,
};
/**
 * Makes the language of the expressions of one place: Kubernetes' CEL with optional syntax, its functions on texts and
 * lists, Kyverno's on images, and what the place adds. A list may hold elements of several types: a type that is only
 * known when it is evaluated is no error here.
 */
function makeLanguage(variables, functions) {
    const environment = new lib/* Environment */.OH({
        unlistedVariablesAreDyn: false,
        homogeneousAggregateLiterals: false,
        enableOptionalTypes: true,
        limits: language_limits,
    });
    environment.registerType('Image', CelImage);
    environment.registerType('SetsLibrary', SetsLibrary);
    environment.registerConstant('sets', 'SetsLibrary', new SetsLibrary());
    const replaced = new Set();
    for (const { signature, run } of [...text_functions_textFunctions, ...list_functions_listFunctions, ...imageFunctions, ...functions]) {
        const own = nameInEngine(signature);
        if (own !== signature)
            replaced.add(language_nameOf(signature));
        environment.registerFunction(own, run, { async: false });
    }
    for (const { name, type } of variables)
        environment.registerVariable(name, type);
    return { environment, variables: new Set(variables.map(({ name }) => name)), replaced };
}
const inEngine = new Set('matches lowerAscii upperAscii substring indexOf lastIndexOf split join'.split(' '));
const language_nameOf = (signature) => /(\w+)\(/.exec(signature)?.[1] ?? '';
function nameInEngine(signature) {
    const name = language_nameOf(signature);
    return inEngine.has(name) ? signature.replace(`${name}(`, `${name}${ownSuffix}(`) : signature;
}

;// CONCATENATED MODULE: ./src/policy/cel/syntax-tree.ts
function nodeOf(ast) {
    return ast;
}
/** The nodes below a node, in the order of the text. */
function syntax_tree_childrenOf({ args }) {
    return nodesIn(args);
}
function nodesIn(args) {
    if (Array.isArray(args))
        return args.flatMap(nodesIn);
    return isNode(args) ? [args] : [];
}
function isNode(value) {
    return typeof value === 'object' && value !== null && 'op' in value && 'args' in value && 'start' in value;
}
/** All nodes of a tree. The engine has bounded their number and depth. */
function* nodesOf(root) {
    yield root;
    for (const child of syntax_tree_childrenOf(root))
        yield* nodesOf(child);
}
function isCall(node) {
    return ((node.op === 'call' || node.op === 'rcall') &&
        Array.isArray(node.args) &&
        typeof node.args[0] === 'string');
}
/** What a method is called on. */
function receiverOf(call) {
    return call.op === 'rcall' && isNode(call.args[1]) ? call.args[1] : undefined;
}
function argumentsOf(call) {
    return nodesIn(call.args.at(-1));
}

;// CONCATENATED MODULE: ./src/policy/cel/metering.ts




/** Macros evaluate their arguments many times, and each time those count for themselves. */
const macros = new Set(['all', 'exists', 'exists_one', 'map', 'filter', 'has', 'bind', 'or', 'orValue']);
const deepOperators = new Set(['==', '!=', 'in']);
/** How much of a value is looked at in the time of one step. */
const perStep = 16;
/** A pattern is tried at each letter: a text costs more there. */
const patterns = new Set(['matches', 'find', 'findAll'].flatMap((name) => [name, name + ownSuffix]));
/**
 * Makes every step of an expression count. The engine has no limit of its own on steps, and asks each node for its
 * `evaluate`: that is where each is counted, with what it looked at and what it built.
 */
function meter(root, budget) {
    for (const node of nodesOf(root)) {
        const counts = isCall(node) ? !macros.has(node.args[0]) : node.op === '+' || deepOperators.has(node.op);
        wrap(node, budget, counts ? syntax_tree_childrenOf(node) : []);
    }
}
/** The last value of each node; a node is evaluated and its value used before it is evaluated again. */
const lastValue = new WeakMap();
function wrap(node, budget, operands) {
    const original = Reflect.get(node, 'evaluate');
    const builds = isCall(node) || ['+', 'list', 'map'].includes(node.op);
    const deep = deepOperators.has(node.op);
    const price = isCall(node) && patterns.has(node.args[0]) ? 1 : perStep;
    let inner = original;
    const metered = (...args) => {
        const { spend, doubt } = budget();
        spend(1);
        let value;
        try {
            value = inner.apply(node, args);
        }
        catch (error) {
            if (error instanceof requirement_requirement/* OpenQuestion */.R)
                doubt(error);
            throw error;
        }
        for (const operand of operands)
            spend(Math.floor(weightOf(lastValue.get(operand), deep) / price));
        if (builds) {
            checkSize(value);
            spend(Math.floor(weightOf(value, false) / perStep));
        }
        lastValue.set(node, value);
        return value;
    };
    // On its first call the engine puts a faster function in the place of the general one.
    Object.defineProperty(node, 'evaluate', {
        get: () => metered,
        set: (faster) => {
            inner = faster;
        },
    });
}

;// CONCATENATED MODULE: ./src/policy/cel/unsupported.ts

/** Functions of Kubernetes' and Kyverno's libraries that are not computed here, and where they are from. */
const functions = new Map([
    ...['quantity', 'isQuantity', 'ip', 'isIP', 'cidr', 'isCIDR', 'url', 'isURL', 'semver', 'isSemver'].map((name) => [name, 'Kubernetes']),
    ...[
        'parseServiceAccount',
        'metric',
        'random',
        'sha1',
        'sha256',
        'md5',
        'x509',
        'listObjToMap',
        'parseYAML',
    ].map((name) => [name, 'Kyverno']),
]);
/** Objects with functions of their own that need a cluster, the network or a clock. */
const libraries = new Map([
    ...[
        'resource',
        'http',
        'globalContext',
        'user',
        'generator',
        'mutate',
        'time',
        'hash',
        'json',
        'yaml',
        'gzip',
    ].map((name) => [name, 'Kyverno']),
    ...['authorizer', 'format'].map((name) => [name, 'Kubernetes']),
]);
const twoVariables = new Set([
    'all',
    'exists',
    'existsOne',
    'exists_one',
    'transformList',
    'transformMap',
    'transformMapEntry',
]);
/**
 * Finds what is good CEL where a policy is enforced and cannot be computed here. It is named aloud: a condition that
 * is not evaluated must not look like one that failed.
 *
 * @param declared names that are variables of the expression, not libraries
 */
function findUnsupported(root, declared) {
    for (const node of nodesOf(root)) {
        if (!isCall(node))
            continue;
        const [name] = node.args;
        const receiver = receiverOf(node);
        const from = receiver === undefined ? functions.get(name) : undefined;
        if (from !== undefined)
            return { message: `the function ${name}() of ${from} is not supported here`, start: node.start };
        if (receiver?.op === 'id' && typeof receiver.args === 'string' && !declared.has(receiver.args)) {
            const library = libraries.get(receiver.args);
            if (library !== undefined) {
                return {
                    message: `${receiver.args}.${name}() of ${library} is not supported here`,
                    start: node.start,
                };
            }
        }
        const transforms = name.startsWith('transform') && argumentsOf(node).length >= 3;
        if (twoVariables.has(name) && receiver !== undefined && (argumentsOf(node).length === 3 || transforms)) {
            return { message: `${name}() with two variables is not supported here`, start: node.start };
        }
    }
    return undefined;
}

;// CONCATENATED MODULE: ./src/policy/cel/expression.ts






/** Longest expression; Kubernetes takes no more of a whole policy than this many times ten. */
const longestExpression = 16_384;
/** @returns what is wrong, with its place, for an expression that cannot be used */
function expression_compile(text, language, wanted = []) {
    if (text.length > longestExpression) {
        return problem(text, 0, `longer than the ${longestExpression} characters that an expression may have`);
    }
    try {
        const program = language.environment.parse(text);
        const root = nodeOf(program.ast);
        const unsupported = findUnsupported(root, language.variables);
        if (unsupported)
            return { ...problem(text, unsupported.start, unsupported.message), code: 'unsupported' };
        useOwnFunctions(root, language);
        const checked = program.check();
        if (!checked.valid)
            return expression_problemOf(text, checked.error);
        const type = checked.type ?? 'dyn';
        if (wanted.length > 0 && type !== 'dyn' && !wanted.includes(type)) {
            return problem(text, 0, `must evaluate to ${wanted.join(' or ')}, got ${type}`);
        }
        let current = newBudget(0);
        meter(root, () => current);
        const evaluate = (variables, budget = newBudget()) => {
            const outer = current;
            current = budget;
            try {
                return run(() => program(variables), budget);
            }
            finally {
                current = outer;
            }
        };
        return { text, type, evaluate };
    }
    catch (error) {
        return expression_problemOf(text, error);
    }
}
/** The engine does not let its functions be replaced, so calls of them are sent to ours by name. */
function useOwnFunctions(root, { replaced }) {
    for (const node of nodesOf(root)) {
        if (isCall(node) && replaced.has(node.args[0]))
            node.args[0] += ownSuffix;
    }
}
/**
 * An error beside an open question decides nothing: `open || error` is true once the question is answered so. Hence
 * an evaluation in which a question was met is open, unless it has a value all the same.
 */
function run(evaluate, budget) {
    const before = budget.doubts().count;
    try {
        return { kind: 'value', value: evaluate() };
    }
    catch (error) {
        if (error instanceof requirement_requirement/* OpenQuestion */.R)
            return { kind: 'open', problem: error.problem };
        // A text longer than the machine holds, or a deeper stack than it has.
        if (error instanceof RangeError)
            return { kind: 'open', problem: new LimitExceeded(error.message).problem };
        const { count, last } = budget.doubts();
        if (last && count > before)
            return { kind: 'open', problem: last.problem };
        return { kind: 'error', message: summaryOf(error) };
    }
}
/** The first line, in cel-go's words where they are known from runs of it. */
function summaryOf(error) {
    const message = error instanceof Error ? error.message : String(error);
    const [line = ''] = message.replaceAll(ownSuffix, '').split('\n');
    return line.replace(/^No such key: /, 'no such key: ');
}
function expression_problemOf(text, error) {
    const start = typeof error === 'object' && error !== null && 'range' in error ? startOf(error.range) : 0;
    return problem(text, start, summaryOf(error));
}
function startOf(range) {
    return typeof range === 'object' && range !== null && 'start' in range && typeof range.start === 'number'
        ? range.start
        : 0;
}
function problem(text, start, message) {
    const before = text.slice(0, start).split('\n');
    return { code: 'policy-invalid', message, line: before.length, column: (before.at(-1) ?? '').length + 1 };
}
function isProblem(value) {
    return 'code' in value;
}

;// CONCATENATED MODULE: ./src/policy/image-validating/compile.ts


/** An attestor as a value of expressions. */
class CelAttestor {
    attestor;
    constructor(attestor) {
        this.attestor = attestor;
    }
}
/** What keeps a policy from being evaluated. */
function problemsOf(policy) {
    const compiled = compileAll(policy, 'itself', noCalls);
    return 'problems' in compiled ? compiled.problems : [];
}
const never = () => {
    throw new Error('nothing is called while compiling');
};
const noCalls = {
    verifyImage: never,
    verifyAttestation: never,
    extractPayload: never,
    imageData: never,
};
function compileAll(policy, matched, calls) {
    const languages = languagesOf(calls);
    const expressions = new Map();
    const problems = [];
    for (const { field, line, expression, place, types } of wantedOf(policy)) {
        const compiled = expression_compile(shifted(expression, matched), languages[place], types);
        if (isProblem(compiled)) {
            const { message, line: row, column } = compiled;
            problems.push({ field, line, message: `${message} (line ${row}, column ${column} of the expression)` });
        }
        else
            expressions.set(field, compiled);
    }
    if (problems.length > 0)
        return { problems };
    return {
        expressionOf: ({ field }) => {
            const expression = expressions.get(field);
            if (expression === undefined)
                throw new Error(`${field} was not compiled`);
            return expression;
        },
    };
}
const bool = ['bool'];
const compile_text = ['string'];
function wantedOf(policy) {
    const as = (place, types) => (placed) => ({ ...placed, place, types });
    const references = policy.matchImageReferences.flatMap((one) => (one.kind === 'expression' ? [one] : []));
    const texts = policy.attestors
        .flatMap(textsOfAttestor)
        .flatMap((one) => (one.kind === 'expression' ? [one] : []));
    return [
        ...policy.matchConditions.map(as('condition', bool)),
        ...references.map(as('image', bool)),
        ...policy.variables.map(as('validation', [])),
        ...policy.images.map(as('extractor', ['list', 'list<string>'])),
        ...texts.map(as('validation', compile_text)),
        ...policy.validations.map(as('validation', bool)),
        ...policy.validations.flatMap(({ messageExpression: one }) => (one ? [as('validation', compile_text)(one)] : [])),
    ];
}
function textsOfAttestor(attestor) {
    if (attestor.kind === 'notary')
        return [attestor.certs, attestor.tsaCerts].filter((one) => one !== undefined);
    const { by, trustedRoot } = attestor.cosign;
    const own = by.kind === 'key' ? [by.key] : by.kind === 'certificate' ? [by.cert, by.certChain] : [];
    return [...own, trustedRoot].filter((one) => one !== undefined);
}
const paths = {
    template: 'spec.template',
    'cronjob-template': 'spec.jobTemplate.spec.template',
};
/**
 * Kyverno makes the policy for a controller out of the one for Pods by its text: `object.spec` becomes the path to the
 * template's, `object.metadata` too, but for the name and the namespace.
 */
function shifted(expression, matched) {
    if (matched === 'itself')
        return expression;
    return expression.replaceAll(/(object|oldObject)\.(spec|metadata)(?!\.(?:name|namespace)(?!\w))/g, (_, root, field) => `${root}.${paths[matched]}.${field}`);
}
function languagesOf(calls) {
    const dyn = (name) => ({ name, type: 'dyn' });
    const object = ['object', 'oldObject', 'request', 'namespaceObject'].map(dyn);
    const functions = [
        { signature: 'verifyImageSignatures(string, list): int', run: calls.verifyImage },
        { signature: 'verifyAttestationSignatures(string, string, list): int', run: calls.verifyAttestation },
        { signature: 'extractPayload(string, string): dyn', run: calls.extractPayload },
        { signature: 'getImageData(string): dyn', run: calls.imageData },
    ];
    const validation = makeLanguage([
        ...object,
        dyn('variables'),
        { name: 'images', type: 'map<string, list<string>>' },
        { name: 'attestors', type: 'map<string, dyn>' },
        { name: 'attestations', type: 'map<string, string>' },
    ], functions);
    validation.environment.registerType('Attestor', CelAttestor);
    return {
        condition: makeLanguage(object, []),
        image: makeLanguage([{ name: 'ref', type: 'string' }], []),
        extractor: makeLanguage([...object, dyn('variables')], []),
        validation,
    };
}

;// CONCATENATED MODULE: ./src/policy/image-validating/match-constraints.ts



const fieldsOfRule = ['apiGroups', 'apiVersions', 'operations', 'resources', 'resourceNames', 'scope'];
const operations = ['CREATE', 'UPDATE', 'DELETE', 'CONNECT', '*'];
function readMatchConstraints(spec) {
    const fields = objectOf(spec, 'matchConstraints', [
        'resourceRules',
        'excludeResourceRules',
        'namespaceSelector',
        'objectSelector',
        'matchPolicy',
    ]);
    if (fields === undefined)
        return undefined;
    const namespaceSelector = readLabelSelector(fields, 'namespaceSelector');
    const objectSelector = readLabelSelector(fields, 'objectSelector');
    const policy = fields_textOf(fields, 'matchPolicy');
    if (policy !== undefined && policy !== 'Exact' && policy !== 'Equivalent') {
        refuse(fields, 'matchPolicy', { message: `expected Exact or Equivalent, got "${policy}"` });
    }
    return {
        resourceRules: readRules(fields, 'resourceRules'),
        excludeResourceRules: readRules(fields, 'excludeResourceRules'),
        ...(namespaceSelector && { namespaceSelector }),
        ...(objectSelector && { objectSelector }),
    };
}
function readRules(owner, name) {
    return listOf(owner, name).flatMap((item) => {
        const fields = openFields(owner.reading, item, fieldsOfRule);
        if (fields === undefined)
            return [];
        const rule = {
            groups: textsOf(fields, 'apiGroups'),
            versions: textsOf(fields, 'apiVersions'),
            resources: textsOf(fields, 'resources'),
            operations: textsOf(fields, 'operations'),
            names: textsOf(fields, 'resourceNames'),
        };
        const strange = rule.operations.find((one) => !operations.includes(one));
        if (strange !== undefined) {
            refuse(fields, 'operations', { message: `expected ${operations.join(', ')}, got "${strange}"` });
        }
        return [rule];
    });
}
/** `undefined`: not at all; `open`: it takes the labels of a namespace that are not known here. */
function match_constraints_matchOf(constraints, autogen, resource) {
    if (constraints === undefined)
        return undefined;
    const direct = constraints.resourceRules.some((rule) => isForRule(rule, resource));
    const generated = direct ? undefined : generatedFor(constraints, autogen, resource);
    if (!direct && generated === undefined)
        return undefined;
    if (constraints.excludeResourceRules.some((rule) => isForRule(rule, resource)))
        return undefined;
    const { objectSelector, namespaceSelector } = constraints;
    if (objectSelector && !selects(objectSelector, resource.labels))
        return undefined;
    if (namespaceSelector && !isEmpty(namespaceSelector)) {
        if (resource.namespaceLabels === undefined)
            return 'open';
        if (!selects(namespaceSelector, resource.namespaceLabels))
            return undefined;
    }
    return generated ?? 'itself';
}
function isForRule(rule, resource) {
    const { group, version, resource: plural } = nameOfResource(resource);
    const has = (list, wanted) => list.includes(wanted) || list.includes('*');
    return (has(rule.groups, group) &&
        has(rule.versions, version) &&
        (has(rule.resources, plural) || rule.resources.includes('*/*')) &&
        // A resource in a pipeline is about to be created.
        (has(rule.operations, 'CREATE') || rule.operations.includes('UPDATE')) &&
        (rule.names.length === 0 || rule.names.includes(resource.name)));
}
/** Controllers of Pods, by plural, with their groups. */
const controllers = new Map([
    ['daemonsets', 'apps'],
    ['deployments', 'apps'],
    ['replicasets', 'apps'],
    ['statefulsets', 'apps'],
    ['jobs', 'batch'],
    ['cronjobs', 'batch'],
]);
const knownControllers = [...controllers.keys()];
function generatedFor(constraints, autogen, resource) {
    const { group, version, resource: plural } = nameOfResource(resource);
    if (!canGenerate(constraints) || controllers.get(plural) !== group || version !== 'v1')
        return undefined;
    if (autogen !== undefined && !autogen.includes(plural))
        return undefined;
    return plural === 'cronjobs' ? 'cronjob-template' : 'template';
}
/** Kyverno makes rules for controllers of a rule for Pods and nothing else, without selectors, names and excludes. */
function canGenerate({ resourceRules, excludeResourceRules, namespaceSelector, objectSelector, }) {
    const [rule, ...more] = resourceRules;
    return (rule !== undefined &&
        more.length === 0 &&
        excludeResourceRules.length === 0 &&
        isEmpty(namespaceSelector) &&
        isEmpty(objectSelector) &&
        rule.names.length === 0 &&
        isOnly(rule.groups, '') &&
        isOnly(rule.versions, 'v1') &&
        isOnly(rule.resources, 'pods'));
}
function isOnly(list, one) {
    return list.length === 1 && list[0] === one;
}
function isEmpty(selector) {
    return selector === undefined || (selector.labels.size === 0 && selector.expressions.length === 0);
}

;// CONCATENATED MODULE: ./src/policy/image-validating/resolve-attestor.ts
/** The attestor with texts where it has expressions. */
function resolveAttestor(attestor, evaluate) {
    const resolve = (one) => (one.kind === 'text' ? one : { kind: 'text', text: evaluate(one) });
    if (attestor.kind === 'notary') {
        const { certs, tsaCerts } = attestor;
        return {
            ...attestor,
            ...(certs && { certs: resolve(certs) }),
            ...(tsaCerts && { tsaCerts: resolve(tsaCerts) }),
        };
    }
    const { cosign } = attestor;
    const { trustedRoot } = cosign;
    return {
        ...attestor,
        cosign: {
            ...cosign,
            by: resolveBy(cosign.by, resolve),
            ...(trustedRoot && { trustedRoot: resolve(trustedRoot) }),
        },
    };
}
function resolveBy(by, resolve) {
    switch (by.kind) {
        case 'key':
            return { ...by, key: resolve(by.key) };
        case 'certificate':
            return {
                ...by,
                ...(by.cert && { cert: resolve(by.cert) }),
                ...(by.certChain && { certChain: resolve(by.certChain) }),
            };
        case 'kms':
        case 'keyless':
            return by;
    }
}

;// CONCATENATED MODULE: ./src/policy/image-validating/evaluate.ts








/** A question or an error that ends the evaluation of a policy. */
class Ended extends Error {
    answer;
    constructor(message, answer) {
        super(message);
        this.answer = answer;
    }
}
/**
 * Evaluates one policy in Kyverno's order: match conditions, images, digests, validations. `required` is decided after
 * all policies, by `answersOf`.
 *
 * @param document a JSON document for policies of mode JSON, else a resource
 */
function evaluateOne(policy, subject, lists, host, evidence) {
    const label = policy.namespace === undefined ? policy.name : `${policy.namespace}/${policy.name}`;
    const none = (reason) => ({ result: 'none', policy: label, reason });
    const open = (problem) => ({
        result: 'open',
        policy: label,
        rule: policy.name,
        problem,
    });
    const isJson = 'json' in subject;
    if (isJson !== (policy.mode === 'JSON'))
        return none(`the policy is evaluated in mode ${policy.mode}`);
    if (!isJson && policy.namespace !== undefined && policy.namespace !== subject.resource.namespace) {
        return none(`the policy is for the namespace ${policy.namespace}`);
    }
    const matched = isJson ? 'itself' : match_constraints_matchOf(policy.matchConstraints, policy.autogen, subject.resource);
    if (matched === undefined)
        return none('matchConstraints do not match the resource');
    if (matched === 'open') {
        return open({
            code: 'unsupported',
            message: 'namespaceSelector: the labels of the namespace are not known here',
        });
    }
    try {
        const object = celValue(isJson ? subject.json : subject.resource.object);
        const calls = evidence.callsFor(policy, host, (image) => isForImage(image));
        const compiled = compileAll(policy, matched, calls);
        if ('problems' in compiled) {
            const message = `failed to compile policy: ${compiled.problems.map((one) => one.message).join('; ')}`;
            return { result: 'error', policy: label, rule: 'evaluation', message };
        }
        const isForImage = imageMatcher(policy, compiled);
        return evaluateCompiled(policy, label, compiled, object, isJson ? new Map() : lists, isForImage);
    }
    catch (error) {
        if (error instanceof requirement_requirement/* OpenQuestion */.R)
            return open(error.problem);
        if (error instanceof Ended && error.answer !== 'error')
            return open(error.answer.problem);
        if (!(error instanceof Ended || error instanceof CelError))
            throw error;
        return {
            result: 'error',
            policy: label,
            rule: 'evaluation',
            message: `failed to evaluate policy: ${error.message}`,
        };
    }
}
function evaluateCompiled(policy, label, compiled, object, lists, isForImage) {
    const budget = newBudget();
    const data = new Map([
        ['object', object],
        ['oldObject', null],
        ['request', requestOf(object)],
        ['namespaceObject', null],
    ]);
    const valueOf = (placed) => compiled.expressionOf(placed).evaluate(data, budget);
    const must = (placed) => valueOrEnd(valueOf(placed));
    const condition = conditionsOf(policy, valueOf);
    if (condition !== undefined)
        return { result: 'none', policy: label, reason: condition };
    data.set('variables', variablesOf(policy, must));
    const images = new Map([...lists, ...policy.images.map((one) => [one.name, textsIn(must(one), one.name)])].map(([name, list]) => [name, list.filter(isForImage)]));
    const all = [...new Set([...images.values()].flat())];
    const answer = (result, message) => ({
        result,
        policy: label,
        rule: policy.name,
        message,
        images: all,
    });
    if (policy.verifyDigest) {
        for (const image of all) {
            const name = readImageName(image);
            if (typeof name === 'string')
                throw new Ended(`failed to parse image reference ${image}: ${name}`, 'error');
            if (name.digest === undefined)
                return answer('fail', `image ${image} does not have a digest`);
        }
    }
    data.set('images', images);
    data.set('attestations', new Map(policy.attestations.map(({ name }) => [name, name])));
    data.set('attestors', lazyObject(policy.attestors.map(({ name }) => name), (name) => {
        const attestor = policy.attestors.find((one) => one.name === name);
        if (attestor === undefined)
            return null;
        return new CelAttestor(resolveAttestor(attestor, (placed) => textOrThrow(valueOf(placed))));
    }));
    let question;
    for (const [index, validation] of policy.validations.entries()) {
        const outcome = valueOf(validation);
        if (outcome.kind === 'open')
            question ??= outcome.problem;
        // What stands behind an open one may still be false, and then it does not matter how the open one turns out.
        else if (outcome.kind === 'value' && outcome.value === false)
            return answer('fail', messageOf(validation, index, valueOf));
        else if (question === undefined && outcome.kind === 'error')
            throw new Ended(outcome.message, 'error');
        else if (question === undefined && outcome.kind === 'value' && outcome.value !== true) {
            throw new Ended(`expected a boolean from ${validation.field}`, 'error');
        }
    }
    if (question)
        throw new Ended(question.message, { problem: question });
    return answer('pass', 'success');
}
/** @returns why the policy is not for the resource; undefined when it is */
function conditionsOf(policy, valueOf) {
    const outcomes = policy.matchConditions.map((one) => ({ name: one.name, outcome: valueOf(one) }));
    const isFalse = outcomes.find(({ outcome }) => outcome.kind === 'value' && outcome.value === false);
    if (isFalse)
        return `the match condition ${isFalse.name} is false`;
    const errors = [];
    for (const { name, outcome } of outcomes) {
        if (outcome.kind === 'open')
            throw new Ended(outcome.problem.message, { problem: outcome.problem });
        if (outcome.kind === 'error')
            errors.push(outcome.message);
        else if (outcome.value !== true)
            errors.push(`the match condition ${name} is no boolean`);
    }
    if (errors.length === 0)
        return undefined;
    if (policy.failurePolicy === 'Ignore')
        return `a match condition failed and failurePolicy is Ignore: ${errors.join('; ')}`;
    throw new Ended(errors.join('; '), 'error');
}
function imageMatcher(policy, compiled) {
    const known = new Map();
    return (image) => {
        const before = known.get(image);
        if (before !== undefined)
            return before;
        const { matchImageReferences: matches } = policy;
        const isMatch = matches.length === 0 ||
            matches.some((one) => {
                if (one.kind === 'glob')
                    return one.glob.matches(image);
                return valueOrThrow(compiled.expressionOf(one).evaluate(new Map([['ref', image]]))) === true;
            });
        known.set(image, isMatch);
        return isMatch;
    };
}
function valueOrEnd(outcome) {
    if (outcome.kind === 'value')
        return outcome.value;
    if (outcome.kind === 'open')
        throw new Ended(outcome.problem.message, { problem: outcome.problem });
    throw new Ended(outcome.message, 'error');
}
/** For use inside another expression, which absorbs what is thrown as its own. */
function valueOrThrow(outcome) {
    if (outcome.kind === 'value')
        return outcome.value;
    if (outcome.kind === 'open')
        throw new requirement_requirement/* OpenQuestion */.R(outcome.problem);
    throw new CelError(outcome.message);
}
function textOrThrow(outcome) {
    const value = valueOrThrow(outcome);
    if (typeof value === 'string')
        return value;
    throw new CelError('expected a text from the expression of an attestor');
}
/** Each is computed when it is first used, and once. A variable that uses itself has no value. */
function variablesOf(policy, evaluate) {
    const known = new Map();
    return lazyObject(policy.variables.map(({ name }) => name), (name) => {
        const ready = known.get(name);
        if (ready)
            return ready();
        known.set(name, () => {
            throw new CelError(`the variable ${name} uses itself`);
        });
        const variable = policy.variables.find((one) => one.name === name);
        let read;
        try {
            const value = variable === undefined ? null : evaluate(variable);
            read = () => value;
        }
        catch (error) {
            const thrown = inExpression(error);
            read = () => {
                throw thrown;
            };
        }
        known.set(name, read);
        return read();
    });
}
function inExpression(error) {
    if (!(error instanceof Ended))
        return error instanceof Error ? error : new CelError(String(error));
    return error.answer === 'error' ? new CelError(error.message) : new requirement_requirement/* OpenQuestion */.R(error.answer.problem);
}
function textsIn(value, name) {
    if (Array.isArray(value) && value.every((one) => typeof one === 'string'))
        return value;
    throw new Ended(`images.${name}: expected a list of texts`, 'error');
}
function messageOf({ message, messageExpression }, index, valueOf) {
    const outcome = messageExpression && valueOf(messageExpression);
    if (outcome?.kind === 'error')
        return `failed to evaluate message expression: ${outcome.message}`;
    const said = outcome?.kind === 'value' && typeof outcome.value === 'string' ? outcome.value : message;
    return said === undefined || said === '' ? `CEL expression validation failed at index ${index}` : said;
}
/** What is known of the request in which a resource would be created. */
function requestOf(object) {
    const field = (value, name) => value instanceof Map ? value.get(name) : undefined;
    const metadata = field(object, 'metadata');
    return new Map([
        ['operation', 'CREATE'],
        ['name', field(metadata, 'name') ?? ''],
        ['namespace', field(metadata, 'namespace') ?? ''],
        ['object', object],
        ['oldObject', null],
        ['dryRun', true],
    ]);
}

;// CONCATENATED MODULE: ./src/policy/image-validating/evidence.ts




function newEvidence() {
    const verified = new Set();
    const tried = new Set();
    const questions = new Map();
    /** Verified attestations, and those of which it is not known. */
    const payloads = new Map();
    const ask = (image, count, question) => {
        if (count === 0)
            return BigInt(question());
        try {
            const found = question();
            tried.add(image);
            if (found > 0)
                verified.add(image);
            return BigInt(found);
        }
        catch (error) {
            if (error instanceof requirement_requirement/* OpenQuestion */.R && !questions.has(image))
                questions.set(image, error);
            throw error;
        }
    };
    return {
        of: (image) => {
            if (verified.has(image))
                return 'verified';
            return questions.get(image) ?? (tried.has(image) ? 'failed' : 'untried');
        },
        callsFor: (policy, host, isFor) => ({
            verifyImage: (image, list) => {
                const attestors = attestorsIn(list);
                if (!isFor(image))
                    return 0n;
                return ask(image, attestors.length, () => host.verifyImageSignatures(image, attestors));
            },
            verifyAttestation: (image, name, list) => {
                const attestors = attestorsIn(list);
                if (!isFor(image))
                    return 0n;
                const attestation = attestationOf(policy, name);
                const key = JSON.stringify([image, attestation.kind, attestation.type]);
                try {
                    const found = ask(image, attestors.length, () => host.verifyAttestationSignatures(image, attestation, attestors));
                    if (found > 0n)
                        payloads.set(key, true);
                    return found;
                }
                catch (error) {
                    if (error instanceof requirement_requirement/* OpenQuestion */.R && !payloads.has(key))
                        payloads.set(key, error);
                    throw error;
                }
            },
            extractPayload: (image, name) => {
                const attestation = attestationOf(policy, name);
                const known = payloads.get(JSON.stringify([image, attestation.kind, attestation.type]));
                if (known instanceof requirement_requirement/* OpenQuestion */.R)
                    throw known;
                if (known === undefined && attestation.kind === 'intoto') {
                    throw new CelError('failed to get payload: intoto attestation payload cannot be fetch before verifying intoto attestation');
                }
                return celValue(host.extractPayload(image, attestation));
            },
            imageData: (image) => {
                const data = host.getImageData(image);
                const object = lazyObject(Object.keys(data), (name) => celValue(data[name]));
                const get = object.get.bind(object);
                return Object.assign(object, {
                    get: (name) => {
                        if (object.has(name))
                            return get(name);
                        throw new CelError(`no such field: ${name}`);
                    },
                });
            },
        }),
    };
}
function attestorsIn(list) {
    return list.map((one) => {
        if (one instanceof CelAttestor)
            return one.attestor;
        throw new CelError('expected a list of attestors: [attestors.name]');
    });
}
function attestationOf({ attestations }, name) {
    const attestation = attestations.find((one) => one.name === name);
    if (attestation)
        return attestation;
    throw new CelError(`attestation not found in policy: ${name}`);
}

;// CONCATENATED MODULE: ./src/policy/image-validating/answers.ts



/**
 * What all policies say of one resource (or JSON document), in their order. An image that one policy verified is
 * verified for the others too: `required` is decided at the end, over what all of them did.
 */
function answersOf(policies, subject, lists, host) {
    const evidence = newEvidence();
    const answers = policies.map((policy) => ({
        policy,
        answer: evaluateOne(policy, subject, lists, host, evidence),
    }));
    const isOpen = answers.some(({ answer }) => answer.result === 'open');
    return answers.map(({ policy, answer }) => policy.required ? withRequired(answer, evidence, isOpen) : answer);
}
function withRequired(answer, evidence, isOpen) {
    if (answer.result !== 'pass')
        return answer;
    let question;
    for (const image of answer.images) {
        const state = evidence.of(image);
        if (state instanceof requirement_requirement/* OpenQuestion */.R)
            question ??= state;
        else if (state === 'failed' && !isOpen) {
            return {
                ...answer,
                result: 'fail',
                message: `image ${image} failed signature or attestation verification`,
            };
        }
        else if (state === 'untried' && !isOpen) {
            const message = `image ${image} is not verified: no policy performed a signature or attestation check on it`;
            return { ...answer, result: 'fail', message };
        }
        else if (state !== 'verified') {
            // A policy that is not decided may still verify it.
            question ??= new requirement_requirement/* OpenQuestion */.R({
                code: 'nothing-to-verify',
                message: `whether ${image} is verified depends on a policy that is not decided`,
            });
        }
    }
    if (question === undefined)
        return answer;
    return { result: 'open', policy: answer.policy, rule: answer.rule, problem: question.problem };
}

;// CONCATENATED MODULE: ./src/policy/pem-blocks.ts
const begin = '-----BEGIN ';
const end = '-----END ';
const dashes = '-----';
/**
 * The blocks of PEM in a text whose labels end so, `PUBLIC KEY` say, in their order; what stands around them is left out.
 * Goes through the text once: a policy may be nothing but beginnings.
 */
function pemBlocks(text, label) {
    const blocks = [];
    for (let from = text.indexOf(begin); from >= 0;) {
        const named = text.indexOf(dashes, from + begin.length);
        const ends = named < 0 ? -1 : text.indexOf(end, named);
        const close = ends < 0 ? -1 : text.indexOf(dashes, ends + end.length);
        if (close < 0)
            break;
        const past = close + dashes.length;
        if (text.slice(from + begin.length, named).endsWith(label))
            blocks.push(text.slice(from, past));
        from = text.indexOf(begin, past);
    }
    return blocks;
}

;// CONCATENATED MODULE: ./src/policy/authorities.ts


/** Certificates in a policy: what signs itself is a root, the others lie between; without a root all are trusted as they are. */
function authoritiesOf(pem, name) {
    const blocks = pemBlocks(pem, 'CERTIFICATE');
    if (pem.trim() === '')
        return {};
    const isRoot = (block) => {
        try {
            const certificate = new external_node_crypto_.X509Certificate(block);
            return certificate.checkIssued(certificate);
        }
        catch {
            // Whoever reads the authorities says what is wrong with it.
            return true;
        }
    };
    const roots = blocks.filter(isRoot);
    const between = blocks.filter((block) => !isRoot(block));
    if (roots.length === 0)
        return { caRoots: { name: `roots of ${name}`, text: pem } };
    return {
        caRoots: { name: `roots of ${name}`, text: roots.join('\n') },
        ...(between.length > 0 && { caIntermediates: { name: `roots of ${name}`, text: between.join('\n') } }),
    };
}

;// CONCATENATED MODULE: ./src/policy/image-validating/attestor-demand.ts



/** What it takes that an attestor has signed an image, or attested it; any of its identities will do. */
function demandOf(attestor, attestation) {
    const name = `attestor ${attestor.name}`;
    const open = (problem) => ({ kind: 'open', name, problem });
    if (attestor.kind === 'notary')
        return open({ code: 'unsupported', message: `${name}: notation's signatures are not checked here` });
    if (attestation?.kind === 'referrer')
        return open({
            code: 'unsupported',
            message: `attestation ${attestation.name}: referrers of a type of their own are not checked here`,
        });
    const { cosign } = attestor;
    const manner = attestor_demand_mannerOf(cosign, name);
    if ('code' in manner)
        return open(manner);
    const signers = attestor_demand_signersOf(cosign, name);
    if ('code' in signers)
        return open(signers);
    const annotations = Object.fromEntries(cosign.annotations);
    const of = signers.map((by) => attestation
        ? { kind: 'attested', type: attestation.type, by, manner }
        : { kind: 'signed', by, manner, ...(cosign.annotations.size > 0 && { annotations }) });
    const [only, ...others] = of;
    return only && others.length === 0 ? only : { kind: 'any', name, of };
}
function attestor_demand_signersOf({ by }, name) {
    switch (by.kind) {
        case 'kms':
            return [{ kind: 'key', reference: by.reference }];
        case 'key':
            return by.key.kind === 'text' ? [{ kind: 'key', reference: by.key.text.trim() }] : unresolved(name);
        case 'certificate': {
            if (by.cert === undefined)
                return [anybody];
            if (by.cert.kind !== 'text')
                return unresolved(name);
            try {
                const key = new external_node_crypto_.X509Certificate(by.cert.text).publicKey.export({ type: 'spki', format: 'pem' });
                return [{ kind: 'key', reference: String(key) }];
            }
            catch (error) {
                const why = error instanceof Error ? error.message : String(error);
                return { code: 'policy-invalid', message: `${name}: expected a certificate in PEM: ${why}` };
            }
        }
        case 'keyless': {
            if (by.additionalExtensions.size > 0)
                return { code: 'unsupported', message: `${name}: additionalExtensions are not compared here` };
            return by.identities.length === 0 ? [anybody] : by.identities.map(signerOf);
        }
    }
}
const anybody = {
    kind: 'identity',
    reference: 'anybody with a certificate of these authorities',
    identity: {},
};
/** Compared letter by letter; expressions are RE2 and not anchored. */
function signerOf({ issuer, issuerRegExp, subject, subjectRegExp, }) {
    const identity = {
        ...(issuer !== undefined && { issuer }),
        ...(issuerRegExp !== undefined && { issuerRegexp: issuerRegExp }),
        ...(subject !== undefined && { subject }),
        ...(subjectRegExp !== undefined && { subjectRegexp: subjectRegExp }),
    };
    return { kind: 'identity', reference: (0,inputs/* nameOfIdentity */.L)(identity), identity };
}
function attestor_demand_mannerOf({ by, source, ctlog, tuf, trustedRoot }, name) {
    if ((ctlog.rekorPubKey ?? ctlog.ctLogPubKey ?? ctlog.tsaCertChain) !== undefined)
        return {
            code: 'unsupported',
            message: `${name}: keys of logs and authorities of timestamps inside of a policy are not read: give them as trustedRoot`,
        };
    if (tuf?.path !== undefined)
        return {
            code: 'unsupported',
            message: `${name}: tuf.root.path is a file of the cluster: give the root as data`,
        };
    if (trustedRoot !== undefined && trustedRoot.kind !== 'text')
        return unresolved(name);
    const roots = by.kind === 'keyless' ? by.roots : by.kind === 'certificate' ? attestor_demand_textOf(by.certChain) : undefined;
    const trust = {
        sct: ctlog.insecureIgnoreSct ? 'ignore' : 'require',
        signedTimestamps: false,
        ...(trustedRoot && { root: { name: `trustedRoot of ${name}`, text: trustedRoot.text } }),
        ...(tuf?.mirror !== undefined && { tufMirror: tuf.mirror }),
        ...(tuf?.data !== undefined && {
            tufRoot: { name: `root of ${name}`, text: Buffer.from(tuf.data, 'base64').toString() },
        }),
        ...authoritiesOf(roots ?? '', name),
    };
    return {
        log: ctlog.insecureIgnoreTlog ? 'ignore' : 'require',
        ...(by.kind !== 'key' && by.kind !== 'kms' && { trust }),
        ...(source?.repository !== undefined && { signatureRepository: source.repository }),
        ...(source?.tagPrefix !== undefined && { tagPrefix: source.tagPrefix }),
    };
}
function attestor_demand_textOf(text) {
    return text?.kind === 'text' ? text.text : undefined;
}
function unresolved(name) {
    return {
        code: 'internal-error',
        service: 'engine',
        message: `${name}: an expression of it was not evaluated`,
    };
}

;// CONCATENATED MODULE: ./src/policy/cluster-image/read-metadata.ts

/** Kubernetes' ObjectMeta. */
const fieldsOfMetadata = [
    'name',
    'generateName',
    'namespace',
    'selfLink',
    'uid',
    'resourceVersion',
    'generation',
    'creationTimestamp',
    'deletionTimestamp',
    'deletionGracePeriodSeconds',
    'labels',
    'annotations',
    'ownerReferences',
    'finalizers',
    'managedFields',
];
/** Opens `metadata`, which must have a name. */
function readMetadata(document) {
    const fields = objectOf(document, 'metadata', fieldsOfMetadata);
    const name = fields && fields_textOf(fields, 'name');
    if (fields !== undefined && name !== undefined)
        return { fields, name };
    refuse(fields ?? document, undefined, {
        message: 'expected a name in metadata.name',
        peerReason: 'missing field(s): metadata.name',
    });
    return undefined;
}

;// CONCATENATED MODULE: ./src/policy/image-validating/exception.ts






const language = makeLanguage(['object', 'oldObject', 'request', 'namespaceObject'].map((name) => ({ name, type: 'dyn' })), []);
/** What narrows an exception beyond its conditions is refused: to leave it out would exempt more than is meant. */
function readExpressionException(reading, node) {
    const before = reading.problems.length;
    const document = openResource(reading, node);
    const metadata = document && readMetadata(document);
    const spec = document &&
        objectOf(document, 'spec', ['policyRefs', 'matchConditions', 'images', 'allowedValues', 'reportResult']);
    if (!document || !spec)
        return undefined;
    for (const name of ['images', 'allowedValues'])
        if (has(spec, name))
            refuse(spec, name, { message: `${name} of an exception are not applied here` });
    const policies = readList(spec, 'policyRefs', ['name', 'kind'], (fields) => ({
        name: fields_textOf(fields, 'name') ?? '',
        kind: fields_textOf(fields, 'kind') ?? '',
    }));
    const conditions = readList(spec, 'matchConditions', ['name', 'expression'], (fields) => {
        const expression = expression_compile(fields_textOf(fields, 'expression') ?? '', language, ['bool']);
        if (!isProblem(expression))
            return expression;
        refuse(fields, 'expression', { message: expression.message });
        return undefined;
    }).filter((one) => one !== undefined);
    if (policies.length === 0)
        refuse(spec, 'policyRefs', { message: 'expected at least one policy, got none' });
    if (reading.problems.length > before)
        return undefined;
    const namespace = (metadata && fields_textOf(metadata.fields, 'namespace')) ?? 'default';
    return { name: `${namespace}/${metadata?.name ?? ''}`, policies, conditions };
}
function readList(owner, name, known, read) {
    return listOf(owner, name).flatMap((item) => {
        const fields = openFields(owner.reading, item, known);
        return fields ? [read(fields)] : [];
    });
}
/**
 * The exception that takes a policy off a resource, by name; `{ problem }` where a condition cannot be worked out.
 * Undefined: none does.
 */
function exceptionFor(exceptions, policy, object) {
    const budget = newBudget();
    const data = new Map([
        ['object', celValue(object)],
        ['oldObject', null],
        ['request', new Map([['operation', 'CREATE']])],
        ['namespaceObject', null],
    ]);
    for (const { name, policies, conditions } of exceptions) {
        if (!policies.some((one) => one.name === policy.name && one.kind === policy.kind))
            continue;
        const outcomes = conditions.map((one) => one.evaluate(data, budget));
        if (outcomes.some((one) => one.kind === 'value' && one.value !== true))
            continue;
        const broken = outcomes.find((one) => one.kind !== 'value');
        if (broken === undefined)
            return name;
        return {
            problem: `exception ${name}: ${broken.kind === 'error' ? broken.message : 'a condition is open'}`,
        };
    }
    return undefined;
}

;// CONCATENATED MODULE: ./src/policy/image-validating/joint-policy.ts








/** Statements of one type about one image, by how many the evaluations grow. */
const mostStatements = 20;
/**
 * Policies in CEL are evaluated twice as they are looked at: as if everybody had signed and as if nobody had. What they
 * ask for then is asked of the images, and once it is known they are evaluated for good. An image's part waits for that.
 *
 * @param referenceOf how an image is called that is written so
 */
function coverByExpressions(given, exceptions, subject, lists, referenceOf) {
    const none = [];
    const problems = [];
    const object = 'json' in subject ? subject.json : subject.resource.object;
    const policies = given.filter((policy) => {
        const exempted = exceptionFor(exceptions, policy, object);
        if (exempted === undefined)
            return true;
        if (typeof exempted === 'string')
            none.push({ policy: policy.name, reason: `rule is skipped due to policy exception ${exempted}` });
        else
            problems.push(exempted.problem);
        return typeof exempted !== 'string';
    });
    const needs = new Map();
    const note = (image, requirement) => {
        const own = needs.get(image) ?? new Map();
        own.set(JSON.stringify(requirement), requirement);
        needs.set(image, own);
    };
    const everybody = answersOf(policies, subject, lists, trying(note, (attestors) => attestors.length));
    const nobody = answersOf(policies, subject, lists, trying(note, () => 0));
    const warnings = [];
    const parts = new Map();
    const all = [...new Set([...lists.values()].flat())];
    const evaluated = onceFor(policies, subject, lists, referenceOf);
    for (const [index, policy] of policies.entries()) {
        const [first, second] = [everybody[index], nobody[index]];
        if (!first || !second)
            continue;
        if (first.result === 'none' && second.result === 'none') {
            none.push({ policy: first.policy, reason: first.reason });
            continue;
        }
        const images = joint_policy_imagesOf(first) ?? joint_policy_imagesOf(second) ?? all;
        if (images.length === 0) {
            warnings.push(`policy ${first.policy} (${policy.file}:${policy.line}): none of its images is in the resource: Kyverno calls that a pass, and nothing is checked`);
        }
        const id = (0,external_node_crypto_.createHash)('sha256')
            .update(JSON.stringify([policy.file, policy.line, policy.name, subject, [...lists]]))
            .digest('hex');
        const joint = {
            id,
            across: true,
            evaluate: async (facts) => Promise.resolve(findingOf(policy, evaluated(facts)[index])),
        };
        for (const image of images) {
            const requirement = {
                kind: 'joint',
                name: `ImageValidatingPolicy ${policy.name}`,
                id,
                needs: [...(needs.get(image)?.values() ?? [])],
            };
            parts.set(image, [
                ...(parts.get(image) ?? []),
                { policy: policy.name, rule: policy.name, requirement, joints: [joint] },
            ]);
        }
    }
    return { parts, warnings, problems, none };
}
function joint_policy_imagesOf(answer) {
    return 'images' in answer ? answer.images : undefined;
}
/** A world in which so many of the attestors have signed; it notes what is asked. */
function trying(note, count) {
    return {
        verifyImageSignatures: (image, attestors) => {
            for (const attestor of attestors)
                note(image, demandOf(attestor));
            return count(attestors);
        },
        verifyAttestationSignatures: (image, attestation, attestors) => {
            for (const attestor of attestors)
                note(image, demandOf(attestor, attestation));
            return count(attestors);
        },
        extractPayload: () => {
            throw new requirement_requirement/* OpenQuestion */.R({ code: 'nothing-to-verify', message: 'no statement was looked at yet' });
        },
        getImageData: () => ({}),
    };
}
/** All policies of a resource are evaluated together, once. */
function onceFor(policies, subject, lists, referenceOf) {
    let known;
    return (facts) => {
        if (known)
            return known;
        const counts = { statements: 1 };
        known = answersOf(policies, subject, lists, knowing(facts, referenceOf, 0, counts));
        // Of several statements of a type Kyverno looks at one of them: here every one must do.
        for (let pick = 1; pick < Math.min(counts.statements, mostStatements); pick++) {
            const other = answersOf(policies, subject, lists, knowing(facts, referenceOf, pick, counts));
            known = known.map((answer, index) => worse(answer, other[index]));
        }
        return known;
    };
}
const joint_policy_order = ['pass', 'none', 'open', 'error', 'fail'];
function worse(one, other) {
    return other && joint_policy_order.indexOf(other.result) > joint_policy_order.indexOf(one.result) ? other : one;
}
/** The world as it was found. */
function knowing(facts, referenceOf, pick, counts) {
    const holds = (image, requirement) => {
        const finding = facts.finding(requirement, referenceOf(image));
        if (finding.status === 'met')
            return true;
        if (finding.status === 'unmet')
            return false;
        throw new requirement_requirement/* OpenQuestion */.R(finding.status === 'unknown'
            ? {
                code: finding.code,
                message: finding.message,
                ...(finding.service && { service: finding.service }),
            }
            : { code: 'not-found', service: 'registry', message: finding.message });
    };
    const types = new Map();
    const key = (image, { type }) => JSON.stringify([image, type]);
    return {
        verifyImageSignatures: (image, attestors) => attestors.filter((attestor) => holds(image, demandOf(attestor))).length,
        verifyAttestationSignatures: (image, attestation, attestors) => {
            const demands = attestors.map((attestor) => demandOf(attestor, attestation));
            types.set(key(image, attestation), [...(types.get(key(image, attestation)) ?? []), ...demands]);
            return demands.filter((demand) => holds(image, demand)).length;
        },
        extractPayload: (image, attestation) => {
            const found = (types.get(key(image, attestation)) ?? [])
                .flatMap((demand) => (0,leaves/* asksOf */.A)(demand))
                .flatMap((ask) => facts.of(ask, referenceOf(image))?.signatures ?? [])
                .filter(({ verified }) => verified);
            const statements = [...new Map(found.map((one) => [one.where, one])).values()];
            counts.statements = Math.max(counts.statements, statements.length);
            const chosen = statements[pick % Math.max(statements.length, 1)];
            const statement = statementOf(chosen?.payload?.envelope ?? '');
            if (statement !== undefined)
                return statement;
            throw new requirement_requirement/* OpenQuestion */.R({
                code: 'nothing-to-verify',
                message: `no statement of ${attestation.type} can be read`,
            });
        },
        getImageData: (image) => {
            const digest = facts.digestOf(referenceOf(image));
            return digest === undefined ? {} : { image, digest };
        },
    };
}
function statementOf(envelope) {
    try {
        const parsed = JSON.parse(envelope);
        const payload = (0,json/* isObject */.Gv)(parsed) ? parsed['payload'] : undefined;
        return typeof payload === 'string' ? JSON.parse(Buffer.from(payload, 'base64').toString()) : undefined;
    }
    catch {
        return undefined;
    }
}
function findingOf(policy, answer) {
    const name = `ImageValidatingPolicy ${policy.name}`;
    switch (answer?.result) {
        case undefined:
            return (0,verdict_finding/* unknown */.L5)(name, {
                code: 'internal-error',
                service: 'engine',
                message: 'the policy was not evaluated',
            });
        case 'none':
            return (0,verdict_finding/* exempt */.Is)(name, answer.reason);
        case 'pass':
            return answer.images.length === 0
                ? (0,verdict_finding/* exempt */.Is)(name, 'none of its images is here')
                : (0,verdict_finding/* met */.BG)(name, answer.message);
        case 'fail':
            return (0,verdict_finding/* unmet */.iY)(name, 'policy-denied', `${name}: ${answer.message}`, { peerReason: answer.message });
        case 'error':
            return (0,verdict_finding/* unknown */.L5)(name, { code: 'policy-invalid', message: `${name}: ${answer.message}` });
        case 'open':
            return (0,verdict_finding/* unknown */.L5)(name, answer.problem);
    }
}

;// CONCATENATED MODULE: ./src/policy/conditions/duration-pair.ts

/**
 * Key and value in seconds, where at least one is a text such as `1h` and the other is one too or a number, which
 * counts whole seconds (operator/operator.go, parseDuration). The text `0` alone makes nothing a duration.
 */
function durationPair(key, value) {
    const left = durationText(key);
    const right = durationText(value);
    if (left === undefined && right === undefined)
        return undefined;
    const one = left ?? wholeSeconds(key);
    const other = right ?? wholeSeconds(value);
    return one === undefined || other === undefined ? undefined : [one, other];
}
function durationText(value) {
    if (typeof value !== 'string' || value === '0')
        return undefined;
    const duration = parseDuration(value);
    return duration === undefined ? undefined : inSeconds(duration);
}
function wholeSeconds(value) {
    return typeof value === 'number' ? Math.trunc(value) : undefined;
}

;// CONCATENATED MODULE: ./src/policy/conditions/equality.ts





/**
 * Equals, of Kyverno (operator/equal.go): texts as durations, then as quantities, then with the value as a wildcard;
 * a number and a text by number; anything else by type and content.
 *
 * @returns undefined for a key that has no equal and no unequal: null
 */
function isEqual(key, value, meter) {
    if (typeof key === 'string')
        return isEqualText(key, value, meter);
    if (typeof key === 'number') {
        if (typeof value === 'string')
            return parseFloatText(value) === key;
        return value === key;
    }
    if (typeof key === 'boolean')
        return value === key;
    if (isList(key))
        return isList(value) && areEqual(key, value, meter);
    if (isMap(key))
        return isMap(value) && areEqual(key, value, meter);
    return undefined;
}
function isEqualText(key, value, meter) {
    const durations = durationPair(key, value);
    if (durations !== undefined)
        return durations[0] === durations[1];
    if (typeof value !== 'string')
        return false;
    const quantity = parseQuantity(key);
    if (quantity !== undefined) {
        const other = parseQuantity(value);
        return other !== undefined && compareQuantities(quantity, other) === 0;
    }
    return matchesWildcard(value, key, meter);
}

;// CONCATENATED MODULE: ./src/policy/conditions/range.ts


const range_shape = /^([-+]?\d+(?:\.\d+)?[A-Za-z]*)-([-+]?\d+(?:\.\d+)?[A-Za-z]*)$/;
function parseRange(text) {
    const [, low, high] = text.length > 1000 ? [] : (range_shape.exec(text) ?? []);
    return low === undefined || high === undefined ? undefined : { low, high };
}
/** Each end by itself, as durations or as quantities, whichever holds (pkg/engine/pattern). */
function isInside(text, { low, high }) {
    return range_holds(text, low, (order) => order >= 0) && range_holds(text, high, (order) => order <= 0);
}
/** Not the opposite of {@link isInside}: what cannot be compared is neither. */
function isOutside(text, { low, high }) {
    return range_holds(text, low, (order) => order < 0) || range_holds(text, high, (order) => order > 0);
}
function range_holds(text, end, test) {
    const duration = parseDuration(text);
    const endDuration = parseDuration(end);
    if (duration !== undefined &&
        endDuration !== undefined &&
        test(inSeconds(duration) - inSeconds(endDuration)))
        return true;
    const quantity = parseQuantity(text);
    const endQuantity = parseQuantity(end);
    return quantity !== undefined && endQuantity !== undefined && test(compareQuantities(quantity, endQuantity));
}

;// CONCATENATED MODULE: ./src/policy/conditions/membership.ts





/**
 * AnyIn, AllIn, AnyNotIn and AllNotIn of Kyverno (operator/{any,all}{,not}in.go). A value is a list, a text that is a
 * wildcard, a range such as `1-10`, a list as JSON in a text, or itself the only member. Wildcards count on both
 * sides. Where key or value is of no type that can be in something, no operator holds, the negative ones neither.
 */
function isMember(how, key, value, meter) {
    if (isList(key)) {
        const keys = key.map((one) => printPlain(one, meter));
        // Kyverno's own table: a list is asked about a value that is one number or boolean.
        const given = how === 'any-not-in' && isScalar(value) ? [value] : value;
        const [only] = keys;
        if (typeof given === 'string' && keys.length === 1 && only === given)
            return how === 'any-in' || how === 'all-in';
        const members = membersOf(given, meter);
        return members !== undefined && holdsFor(how, keys, members, meter);
    }
    if (typeof key !== 'string' && !isScalar(key))
        return false;
    const text = printPlain(key, meter);
    const isIn = isTextIn(text, value, meter);
    if (isIn === undefined)
        return false;
    return how === 'any-in' || how === 'all-in' ? isIn : !isIn;
}
function isScalar(value) {
    return typeof value === 'number' || typeof value === 'boolean';
}
/** For one key; the members of a list in JSON are no wildcards then. */
function isTextIn(key, value, meter) {
    if (typeof value === 'string' && matchesWildcard(value, key, meter))
        return true;
    const members = membersOf(value, meter);
    if (members === undefined)
        return undefined;
    return isIn(key, typeof value === 'string' && members.kind === 'texts' ? { ...members, isExact: true } : members, meter);
}
function membersOf(value, meter) {
    if (isList(value))
        return { kind: 'texts', texts: value.map((one) => printPlain(one, meter)), isExact: false };
    if (typeof value !== 'string')
        return undefined;
    const range = parseRange(value);
    if (range !== undefined)
        return { kind: 'range', range };
    meter.text(value.length);
    const read = parseJson(value);
    if (read.kind === 'wrong')
        return { kind: 'texts', texts: [value], isExact: false };
    // JSON that is no list of texts, as `64`: Kyverno takes the value for one of a wrong type.
    if (!isList(read.value))
        return undefined;
    const texts = read.value.filter((one) => typeof one === 'string');
    return texts.length === read.value.length ? { kind: 'texts', texts, isExact: false } : undefined;
}
function isIn(key, members, meter) {
    if (members.kind === 'range')
        return isInside(key, members.range);
    return members.texts.some((one) => {
        meter.step();
        if (members.isExact)
            return key === one;
        return matchesWildcard(one, key, meter) || matchesWildcard(key, one, meter);
    });
}
function holdsFor(how, keys, members, meter) {
    switch (how) {
        case 'any-in':
            return keys.some((key) => isIn(key, members, meter));
        case 'all-in':
            return keys.every((key) => isIn(key, members, meter));
        case 'any-not-in':
            return keys.some((key) => members.kind === 'range' ? isOutside(key, members.range) : !isIn(key, members, meter));
        case 'all-not-in':
            return !keys.some((key) => isIn(key, members, meter));
    }
}
/** The deprecated In and NotIn: a list of keys by equality, all of them; one key as above, a text only as JSON. */
function isMemberOld(key, value, isNegative, meter) {
    if (isList(key)) {
        if (!key.every((one) => typeof one === 'string'))
            return false;
        if (typeof value === 'string' && key.length === 1 && key[0] === value)
            return !isNegative;
        const members = membership_textsOf(value, meter);
        if (members === undefined)
            return false;
        const known = new Set(members);
        return key.every((one) => known.has(one)) !== isNegative;
    }
    if (typeof key !== 'string' && typeof key !== 'number')
        return false;
    const text = printPlain(key, meter);
    if (isList(value))
        return isTextIn(text, value, meter) !== isNegative;
    if (typeof value !== 'string')
        return false;
    if (matchesWildcard(value, text, meter))
        return !isNegative;
    const members = membership_textsOf(value, meter);
    return members !== undefined && members.includes(text) !== isNegative;
}
function membership_textsOf(value, meter) {
    let list = value;
    if (typeof value === 'string') {
        meter.text(value.length);
        const read = parseJson(value);
        list = read.kind === 'parsed' ? read.value : undefined;
    }
    if (!isList(list))
        return undefined;
    const texts = list.filter((one) => typeof one === 'string');
    return texts.length === list.length ? texts : undefined;
}

;// CONCATENATED MODULE: ./src/policy/conditions/ordering.ts





/**
 * How a key stands to a value (operator/numeric.go): as durations, as quantities when both are texts, as numbers, and
 * at last as versions.
 *
 * @returns undefined for what cannot be compared: no order holds then
 */
function orderOf(key, value) {
    const durations = durationPair(key, value);
    if (durations !== undefined)
        return ordering_order(...durations);
    if (typeof key === 'number') {
        const other = numberOf(value);
        return other === undefined ? undefined : ordering_order(key, other);
    }
    if (typeof key !== 'string')
        return undefined;
    const quantity = parseQuantity(key);
    const otherQuantity = typeof value === 'string' ? parseQuantity(value) : undefined;
    if (quantity !== undefined && otherQuantity !== undefined)
        return compareQuantities(quantity, otherQuantity);
    const number = parseFloatText(key);
    if (number !== undefined) {
        const other = numberOf(value);
        return other === undefined ? undefined : ordering_order(number, other);
    }
    const version = parseVersion(key);
    const otherVersion = typeof value === 'string' ? parseVersion(value) : undefined;
    return version === undefined || otherVersion === undefined
        ? undefined
        : compareVersions(version, otherVersion);
}
/** For the deprecated Duration operators: texts must be durations, numbers are whole seconds. */
function durationOrder(key, value) {
    const left = ordering_seconds(key);
    const right = ordering_seconds(value);
    return left === undefined || right === undefined ? undefined : ordering_order(left, right);
}
function ordering_seconds(value) {
    if (typeof value !== 'string')
        return wholeSeconds(value);
    const duration = parseDuration(value);
    return duration === undefined ? undefined : inSeconds(duration);
}
function numberOf(value) {
    return typeof value === 'number' ? value : typeof value === 'string' ? parseFloatText(value) : undefined;
}
function ordering_order(one, other) {
    if (Number.isNaN(one) || Number.isNaN(other))
        return undefined;
    return one === other ? 0 : one < other ? -1 : 1;
}

;// CONCATENATED MODULE: ./src/policy/conditions/operators.ts



const ordered = (name, by, test, instead) => ({
    name,
    holds: (key, value) => {
        const order = by(key, value);
        return order !== undefined && test(order);
    },
    ...(instead !== undefined && { instead }),
});
const equals = (key, value, meter) => isEqual(key, value, meter) === true;
const differs = (key, value, meter) => isEqual(key, value, meter) === false;
const orders = [
    ['GreaterThan', (order) => order > 0],
    ['GreaterThanOrEquals', (order) => order >= 0],
    ['LessThan', (order) => order < 0],
    ['LessThanOrEquals', (order) => order <= 0],
];
const operators_all = [
    { name: 'Equals', holds: equals },
    { name: 'Equal', holds: equals },
    { name: 'NotEquals', holds: differs },
    { name: 'NotEqual', holds: differs },
    { name: 'AnyIn', holds: (key, value, meter) => isMember('any-in', key, value, meter) },
    { name: 'AllIn', holds: (key, value, meter) => isMember('all-in', key, value, meter) },
    { name: 'AnyNotIn', holds: (key, value, meter) => isMember('any-not-in', key, value, meter) },
    { name: 'AllNotIn', holds: (key, value, meter) => isMember('all-not-in', key, value, meter) },
    {
        name: 'In',
        holds: (key, value, meter) => isMemberOld(key, value, false, meter),
        instead: 'AllIn or AnyIn',
    },
    {
        name: 'NotIn',
        holds: (key, value, meter) => isMemberOld(key, value, true, meter),
        instead: 'AllNotIn or AnyNotIn',
    },
    ...orders.map(([name, test]) => ordered(name, orderOf, test)),
    ...orders.map(([name, test]) => ordered(`Duration${name}`, durationOrder, test, name)),
];
const byName = new Map(operators_all.map((one) => [one.name, one]));
const operatorNames = [...byName.keys()];
/**
 * The operator of a name. Kyverno's API takes the exact names only; its engine would take others in any case, and
 * then answer false for those that order, whatever they are given.
 */
function operatorNamed(name) {
    return byName.get(name);
}

;// CONCATENATED MODULE: ./src/policy/conditions/template.ts

const template_longest = 100_000;
const mostVariables = 1000;
const template_deepest = 20;
/** Stands in a text for a variable that was found; nobody writes these signs. */
const opening = '\ue000';
const template_closing = '\ue001';
/**
 * Finds the variables of a text as Kyverno does: the innermost first, so that one may stand in another; a single pair
 * of braces may stand in one (a hash); `\{{ x }}` is none, and is `{{ x }}` in the end.
 *
 * An expression that is wrong is told at once, not when it is reached.
 */
function readTemplate(text) {
    if (!text.includes('{{'))
        return { kind: 'read', template: text === '' ? [] : [{ kind: 'text', text }] };
    if (text.length > template_longest)
        return { kind: 'wrong', message: `a text longer than ${template_longest} characters` };
    if (/[\ue000\ue001]/.test(text))
        return { kind: 'wrong', message: 'signs of the private use area (U+E000)' };
    const found = [];
    let rest = text;
    for (let pass = 0;; pass++) {
        const next = replaceInnermost(rest, found);
        if (typeof next !== 'string')
            return next;
        if (next === rest)
            break;
        if (pass === template_deepest)
            return { kind: 'wrong', message: `variables nested deeper than ${template_deepest}` };
        rest = next;
    }
    return { kind: 'read', template: template_pieces(rest, found, true) };
}
/** Whether a text has a variable. */
function hasVariables(text) {
    const read = readTemplate(text);
    return read.kind === 'wrong' || read.template.some(({ kind }) => kind === 'variable');
}
function replaceInnermost(text, found) {
    const parts = [];
    let done = 0;
    for (let at = text.indexOf('{{'); at >= 0; at = text.indexOf('{{', at)) {
        const end = text.charAt(at - 1) === '\\' ? undefined : endOfVariable(text, at);
        if (end === undefined) {
            at++;
            continue;
        }
        const variable = readVariable(text.slice(at, end), found);
        if (variable.kind === 'wrong')
            return variable;
        if (found.push(variable.piece) > mostVariables)
            return { kind: 'wrong', message: `more than ${mostVariables} variables` };
        parts.push(text.slice(done, at), `${opening}${found.length - 1}${template_closing}`);
        done = at = end;
    }
    parts.push(text.slice(done));
    return parts.join('');
}
/** Behind the `}}` of a variable that begins here; single braces in it must be pairs, and not nest. */
function endOfVariable(text, start) {
    for (let at = start + 2; at < text.length; at++) {
        const sign = text.charAt(at);
        if (sign === '}')
            return text.charAt(at + 1) === '}' ? at + 2 : undefined;
        if (sign !== '{')
            continue;
        const pair = /[{}]/g;
        pair.lastIndex = at + 1;
        const close = pair.exec(text);
        if (close?.[0] !== '}')
            return undefined;
        at = close.index;
    }
    return undefined;
}
function readVariable(text, found) {
    // `{{-` asks that the value is not searched for variables again, which it never is here.
    const bare = text.slice(2, -2).replace(/^-/, '').trim();
    const inner = template_pieces(bare, found, false);
    const written = writtenAs(inner);
    if (inner.some(({ kind }) => kind === 'variable') || written === '@')
        return { kind: 'found', piece: { kind: 'variable', written, inner } };
    const read = parseExpression(written);
    if (read.kind === 'failed') {
        return {
            kind: 'wrong',
            message: `in {{ ${written} }} at ${read.at}: ${read.message}`,
        };
    }
    return { kind: 'found', piece: { kind: 'variable', written, inner, expression: read.expression } };
}
function template_pieces(text, found, isOutermost) {
    return text
        .split(/\ue000(\d+)\ue001/)
        .map((part, index) => index % 2 === 1
        ? found[Number(part)]
        : { kind: 'text', text: isOutermost ? withoutEscapes(part) : part })
        .filter((piece) => piece !== undefined)
        .filter((piece) => piece.kind === 'variable' || piece.text !== '');
}
/** The backslash goes where what it stands before would have been a variable. */
function withoutEscapes(text) {
    const parts = [];
    let done = 0;
    for (let at = text.indexOf('\\{{'); at >= 0; at = text.indexOf('\\{{', at + 1)) {
        const end = endOfVariable(text, at + 1);
        if (end === undefined)
            continue;
        parts.push(text.slice(done, at), text.slice(at + 1, end));
        done = end;
        at = end - 1;
    }
    parts.push(text.slice(done));
    return parts.join('');
}
function writtenAs(template) {
    return template.map((piece) => (piece.kind === 'text' ? piece.text : `{{ ${piece.written} }}`)).join('');
}

;// CONCATENATED MODULE: ./src/policy/conditions/condition.ts



const mostConditions = 1000;
const condition_deepest = 50;
/**
 * Reads the conditions of a policy: one `{any, all}`, a list of such blocks, or the old list of conditions, which is
 * one block of `all`. Expressions are parsed here, so that a policy is refused when it is loaded.
 */
function readConditions(given) {
    const problems = [];
    const warnings = [];
    let count = 0;
    const condition = (one, path) => {
        if (++count > mostConditions) {
            if (count === mostConditions + 1)
                problems.push({ path, message: `more than ${mostConditions} conditions` });
            return [];
        }
        if (!(0,json/* isObject */.Gv)(one)) {
            problems.push({ path, message: `expected a condition, got ${condition_kindOf(one)}` });
            return [];
        }
        const name = (0,json/* field */.ZZ)(one, 'operator');
        const operator = typeof name === 'string' ? operatorNamed(name) : undefined;
        const message = (0,json/* field */.ZZ)(one, 'message');
        if (operator === undefined)
            problems.push({
                path: `${path}/operator`,
                message: `expected ${operatorNames.join(', ')}, got ${typeof name === 'string' ? JSON.stringify(name) : condition_kindOf(name)}`,
            });
        else if (operator.instead !== undefined)
            warnings.push({
                path: `${path}/operator`,
                message: `${operator.name} is deprecated, use ${operator.instead}`,
            });
        for (const unknown of Object.keys(one).filter((key) => !['key', 'operator', 'value', 'message'].includes(key)))
            problems.push({
                path: `${path}/${unknown}`,
                message: 'a condition has key, operator, value and message only',
            });
        if (message !== undefined && typeof message !== 'string')
            problems.push({ path: `${path}/message`, message: `expected a text, got ${condition_kindOf(message)}` });
        checkTexts((0,json/* field */.ZZ)(one, 'key'), `${path}/key`, 0, problems);
        checkTexts((0,json/* field */.ZZ)(one, 'value'), `${path}/value`, 0, problems);
        if (operator === undefined)
            return [];
        return [
            {
                key: (0,json/* field */.ZZ)(one, 'key') ?? null,
                operator,
                value: (0,json/* field */.ZZ)(one, 'value') ?? null,
                ...(typeof message === 'string' && { message }),
                path,
            },
        ];
    };
    const conditions = (list, path) => {
        if (list === undefined || list === null)
            return [];
        if (!Array.isArray(list)) {
            problems.push({ path, message: `expected a list of conditions, got ${condition_kindOf(list)}` });
            return [];
        }
        return list.flatMap((one, index) => condition(one, `${path}/${index}`));
    };
    const block = (one, path) => {
        if (!(0,json/* isObject */.Gv)(one)) {
            problems.push({ path, message: `expected {any, all}, got ${condition_kindOf(one)}` });
            return [];
        }
        for (const unknown of Object.keys(one).filter((key) => key !== 'any' && key !== 'all'))
            problems.push({ path: `${path}/${unknown}`, message: 'expected any or all' });
        const any = (0,json/* field */.ZZ)(one, 'any');
        return [
            {
                ...(any !== undefined && any !== null && { any: conditions(any, `${path}/any`) }),
                all: conditions((0,json/* field */.ZZ)(one, 'all'), `${path}/all`),
            },
        ];
    };
    const isOld = Array.isArray(given) && given.length > 0 && given.every((one) => (0,json/* isObject */.Gv)(one) && 'operator' in one);
    const blocks = isOld
        ? [{ all: conditions(given, '') }]
        : Array.isArray(given)
            ? given.flatMap((one, index) => block(one, `/${index}`))
            : block(given, '');
    return problems.length > 0 ? { kind: 'wrong', problems } : { kind: 'read', blocks, warnings };
}
function checkTexts(value, path, depth, problems) {
    if (depth > condition_deepest) {
        problems.push({ path, message: `nested deeper than ${condition_deepest}` });
        return;
    }
    if (typeof value === 'string') {
        const read = readTemplate(value);
        if (read.kind === 'wrong')
            problems.push({ path, message: read.message });
    }
    else if (Array.isArray(value)) {
        value.forEach((one, index) => checkTexts(one, `${path}/${index}`, depth + 1, problems));
    }
    else if ((0,json/* isObject */.Gv)(value)) {
        for (const [name, member] of Object.entries(value)) {
            checkTexts(name, `${path}/${name}`, depth + 1, problems);
            checkTexts(member, `${path}/${name}`, depth + 1, problems);
        }
    }
}
function condition_kindOf(value) {
    if (value === undefined)
        return 'nothing';
    return value === null ? 'null' : Array.isArray(value) ? 'a list' : `a ${typeof value}`;
}

;// CONCATENATED MODULE: ./src/policy/conditions/fill.ts




/**
 * The value of a text with variables: of any type when the text is one variable, else a text, in which values that
 * are no texts stand as JSON.
 *
 * A value is never searched for variables again, other than in Kyverno: there, data could make a policy work out
 * what it likes, or never end.
 */
function fill(template, scope) {
    const [first] = template;
    if (template.length === 1 && first?.kind === 'variable')
        return fill_resolve(first, scope);
    const parts = [];
    for (const piece of template) {
        if (piece.kind === 'text') {
            parts.push(piece.text);
            continue;
        }
        const resolved = fill_resolve(piece, scope);
        if (resolved.kind !== 'value')
            return resolved;
        const text = asText(resolved.value, scope.meter);
        if (typeof text !== 'string')
            return text;
        parts.push(text);
    }
    return { kind: 'value', value: parts.join('') };
}
function fill_resolve(piece, scope) {
    if (piece.expression !== undefined)
        return evaluate(piece.expression, scope.data, scope);
    if (piece.written === '@') {
        return failed('unsupported-function', '{{@}} is the place of a pattern in the resource, and there is none here');
    }
    let text = '';
    for (const part of piece.inner) {
        if (part.kind === 'text') {
            text += part.text;
            continue;
        }
        const resolved = fill_resolve(part, scope);
        if (resolved.kind !== 'value')
            return resolved;
        const inserted = insertable(resolved.value, text, scope.meter);
        if (typeof inserted !== 'string')
            return inserted;
        text += inserted;
    }
    const read = parseExpression(text);
    return read.kind === 'failed' ? read : evaluate(read.expression, scope.data, scope);
}
function failed(code, message) {
    return { kind: 'failed', code, message, at: 0 };
}
function asText(value, meter) {
    try {
        if (typeof value !== 'string')
            return printJson(value, meter);
        meter.text(value.length);
        return value;
    }
    catch (error) {
        if (error instanceof Stop)
            return { kind: 'failed', code: error.code, message: error.message, at: 0 };
        throw error;
    }
}
const endsInBackslash = failed('invalid-value', 'a value that ends with a backslash cannot stand in a text or a literal');
/**
 * A value as it goes into an expression. Kyverno puts it in as it is, so that a quote in the data could end a text of
 * the policy and go on with an expression of its own; here it stays what it is, within the quotes it stands in.
 */
function insertable(value, before, meter) {
    const text = asText(value, meter);
    if (typeof text !== 'string')
        return text;
    switch (openQuote(before)) {
        case "'":
            return text.endsWith('\\') ? endsInBackslash : text.replaceAll("'", "\\'");
        case '"':
            return JSON.stringify(text).slice(1, -1);
        case '`':
            return text.endsWith('\\') ? endsInBackslash : text.replaceAll('`', '\\`');
        case '`"':
            return JSON.stringify(text).slice(1, -1).replaceAll('`', '\\`');
        case undefined:
            if (/^[A-Za-z0-9_.-]*$/.test(text))
                return text;
            return failed('invalid-value', `expected a name or a number to put into an expression outside quotes, got ${JSON.stringify(text.slice(0, 100))}`);
    }
}
/** In which quotes the end of an expression's beginning stands. */
function openQuote(text) {
    let open;
    for (let at = 0; at < text.length; at++) {
        const sign = text.charAt(at);
        if (sign === '\\' && open !== undefined) {
            // In a raw string a backslash takes only a quote along.
            if (open !== "'" || text.charAt(at + 1) === "'")
                at++;
        }
        else if (open === undefined) {
            if (sign === "'" || sign === '"' || sign === '`')
                open = sign;
        }
        else if (open === '`"') {
            if (sign === '"')
                open = '`';
            else if (sign === '`')
                open = undefined;
        }
        else if (sign === open)
            open = undefined;
        else if (open === '`' && sign === '"')
            open = '`"';
    }
    return open;
}

;// CONCATENATED MODULE: ./src/policy/conditions/reference.ts

/** At the beginning, or behind a sign other than a backslash; as far as the last `)` before a space. */
const reference_reference = /(^|[^\\])\$\(([^ ]+)\)/g;
const escaped = /\\(\$\([^ ]+\))/g;
const reference_comparators = ['>=', '<=', '>', '<', '!'];
const mostReferences = 100;
/**
 * Kyverno's references within a document: `$(../key)` is the text at that path, from the place where it stands or
 * from the root; `\$(…)` is none.
 */
function resolveReferences(text, document, path) {
    if (!text.includes('$('))
        return { kind: 'text', text };
    let message;
    let count = 0;
    const refer = (whole, before, inner) => {
        if (++count > mostReferences)
            message ??= `more than ${mostReferences} references`;
        const operator = reference_comparators.find((one) => inner.startsWith(one)) ?? '';
        const wanted = absolute(inner.slice(operator.length), path);
        const value = leafAt(document, wanted);
        if (typeof value === 'string')
            return `${before}${operator}${value}`;
        if (typeof value === 'number' && operator !== '')
            return `${before}${operator}${value.toFixed(6)}`;
        message ??= `expected a text at ${wanted.join('/')} for the reference $(${inner.slice(0, 100)}), got ${value === undefined ? 'nothing' : typeof value}`;
        return whole;
    };
    const referred = inWords(text, (word) => word.replace(reference_reference, refer));
    if (message !== undefined)
        return { kind: 'wrong', message };
    return { kind: 'text', text: inWords(referred, (word) => word.replace(escaped, '$1')) };
}
/** No reference holds a space or goes on behind the last `)` of a word: so none is looked for there, again and again. */
function inWords(text, change) {
    const words = text.split(' ').map((word) => {
        const end = word.lastIndexOf(')') + 1;
        return change(word.slice(0, end)) + word.slice(end);
    });
    return words.join(' ');
}
function absolute(reference, from) {
    const parts = [];
    for (const part of (reference.startsWith('/') ? reference : `${from}/${reference}`).split('/')) {
        if (part === '..')
            parts.pop();
        else if (part !== '' && part !== '.')
            parts.push(part);
    }
    return parts;
}
function leafAt(document, path) {
    let value = document;
    for (const part of path) {
        if (isList(value) && /^\d{1,9}$/.test(part))
            value = value[Number(part)];
        else if (isMap(value) && Object.hasOwn(value, part))
            value = value[part];
        else
            return undefined;
    }
    return isList(value) || isMap(value) ? undefined : value;
}

;// CONCATENATED MODULE: ./src/policy/conditions/substitute.ts





const substitute_deepest = 100;
/**
 * A JSON document with the variables in all its texts and names worked out, after its references `$(…)`. It ends at
 * the first that cannot be; what failed comes before what is open, wherever each stands, for it fails whatever the
 * open part turns out to be.
 */
function substitute(document, scope) {
    let open;
    const walk = (value, path, depth) => {
        if (depth > substitute_deepest)
            return wrong('limit-exceeded', `nested deeper than ${substitute_deepest}`, path);
        if (typeof value === 'string') {
            const result = substituteText(value, document, path, scope);
            if (result.kind === 'open')
                open ??= result;
            return result.kind === 'open' ? { kind: 'value', value: null } : result;
        }
        if (isList(value)) {
            const elements = [];
            for (const [index, element] of value.entries()) {
                const result = walk(element, `${path}/${index}`, depth + 1);
                if (result.kind !== 'value')
                    return result;
                elements.push(result.value);
            }
            return { kind: 'value', value: elements };
        }
        if (!isMap(value))
            return { kind: 'value', value };
        const entries = [];
        for (const [name, member] of Object.entries(value)) {
            const key = walk(name, `${path}/${name}`, depth + 1);
            if (key.kind !== 'value')
                return key;
            const result = walk(member, `${path}/${name}`, depth + 1);
            if (result.kind !== 'value')
                return result;
            if (typeof key.value !== 'string' && open === undefined)
                return wrong('type', `expected a text as a name, got ${typeof key.value}`, `${path}/${name}`);
            entries.push([typeof key.value === 'string' ? key.value : name, result.value]);
        }
        return { kind: 'value', value: Object.fromEntries(entries) };
    };
    const result = walk(document, '', 0);
    return result.kind === 'value' && open !== undefined ? open : result;
}
function substituteText(text, document, path, scope) {
    const referred = resolveReferences(text, document, path);
    if (referred.kind === 'wrong')
        return wrong('not-found', referred.message, path);
    const read = readTemplate(referred.text);
    if (read.kind === 'wrong')
        return wrong('syntax', read.message, path);
    const filled = fill(read.template, scope);
    switch (filled.kind) {
        case 'value':
            return read.template.length === 0 ? { kind: 'value', value: '' } : filled;
        case 'open':
            return { kind: 'open', name: filled.name, path };
        case 'failed':
            return wrong(filled.code, `${JSON.stringify(text.slice(0, 200))}: ${filled.message}`, path);
    }
}
function wrong(code, message, path) {
    return { kind: 'failed', code, message, path };
}

;// CONCATENATED MODULE: ./src/policy/conditions/evaluate.ts




/**
 * Judges conditions: every block must hold. Never throws; a hostile policy or document ends with `failed` and the
 * code `limit-exceeded`.
 *
 * A condition that rests on an open part may turn out to hold, not to hold, or to fail (the part may lack what is
 * asked for); the whole is open only when that makes a difference, and says what it can still be.
 */
function evaluateConditions(blocks, options) {
    const meter = startMeter(options.limits ?? usualLimits);
    const results = new Map();
    const judged = (condition) => {
        const known = results.get(condition) ?? judge(condition, options, meter);
        results.set(condition, known);
        return known;
    };
    if (options.substitution === 'whole') {
        const whole = blocks.flatMap(({ any = [], all }) => [...any, ...all]).map(judged);
        const failed = whole.find((one) => one.kind === 'failed');
        if (failed !== undefined)
            return failed;
    }
    const ends = endsOfBlocks(blocks, judged);
    const seen = [...results.values()];
    const open = seen.find((one) => one.kind === 'open');
    // Where everything is worked out first, a part that is open can fail the whole though nothing else rests on it.
    if (options.substitution === 'whole' && open !== undefined)
        ends.add('failed');
    if (open !== undefined && ends.size > 1) {
        return {
            kind: 'open',
            name: open.name,
            message: `the condition at ${open.path} rests on ${open.name}, which is not known`,
            possible: ['pass', 'fail', 'failed'].filter((one) => ends.has(one)),
        };
    }
    if (ends.has('failed'))
        return seen.find((one) => one.kind === 'failed') ?? lost;
    return ends.has('fail') ? evaluate_failure(blocks, judged) : { kind: 'pass', messages: passMessages(seen) };
}
/** No way leads here: an end is `failed` only where a condition is. */
const lost = {
    kind: 'failed',
    code: 'invalid-value',
    message: 'the conditions could not be judged',
    path: '',
};
const allEnds = new Set(['pass', 'fail', 'failed']);
function endsOf(judged) {
    return judged.kind === 'open' ? allEnds : new Set([judged.kind]);
}
/** What can come of conditions in a row: `goOn` leads to the next, the other two end it. */
function endsOfRow(conditions, goOn, judged) {
    const ends = new Set();
    for (const condition of conditions) {
        const possible = endsOf(judged(condition));
        for (const end of possible)
            if (end !== goOn)
                ends.add(end);
        if (!possible.has(goOn))
            return ends;
    }
    return ends.add(goOn);
}
function endsOfBlocks(blocks, judged) {
    const ends = new Set();
    for (const { any, all } of blocks) {
        const ofAny = any === undefined ? new Set(['pass']) : endsOfRow(any, 'fail', judged);
        if (ofAny.has('failed'))
            ends.add('failed');
        if (!ofAny.has('pass') && !ofAny.has('fail'))
            return ends;
        // Kyverno asks for `all` even when no `any` holds, so that it may fail there.
        const ofAll = endsOfRow(all, 'pass', judged);
        if (ofAll.has('failed'))
            ends.add('failed');
        if (ofAll.has('fail') || (ofAny.has('fail') && ofAll.has('pass')))
            ends.add('fail');
        if (!ofAny.has('pass') || !ofAll.has('pass'))
            return ends;
    }
    return ends.add('pass');
}
function evaluate_failure(blocks, judged) {
    for (const { any, all } of blocks) {
        const ofAny = (any ?? []).map(judged);
        const unmet = ofAny.some(({ kind }) => kind === 'pass') ? [] : ofAny;
        const firstOfAll = all.map(judged).find(({ kind }) => kind === 'fail');
        const failed = [...unmet, ...(firstOfAll === undefined ? [] : [firstOfAll])].filter((one) => one.kind === 'fail');
        if (failed.length === 0 && !(any?.length === 0))
            continue;
        return {
            kind: 'fail',
            message: failed.length === 0
                ? 'an empty any never holds'
                : failed.map(({ decided }) => tell(decided)).join('; '),
            messages: failed.flatMap(({ said }) => (said === undefined ? [] : [said])),
            decided: failed.map(({ decided }) => decided),
        };
    }
    return lost;
}
function passMessages(seen) {
    return seen.flatMap((one) => (one.kind === 'pass' && one.said !== undefined ? [one.said] : []));
}
function tell({ path, key, operator, value, got }) {
    const asked = key === got ? key : `${key} (${got})`;
    return `the condition at ${path} does not hold: ${asked} ${operator} ${value}`;
}
function judge(condition, options, meter) {
    const { operator, path } = condition;
    const scope = { data: options.data, now: options.now, meter };
    // Kyverno works out the message only where it works out everything.
    const isWhole = options.substitution === 'whole';
    const document = {
        key: condition.key,
        value: condition.value,
        message: isWhole ? (condition.message ?? '') : '',
    };
    const substituted = substitute(document, scope);
    if (substituted.kind === 'failed')
        return {
            ...substituted,
            path: path + substituted.path,
            message: `at ${path}${substituted.path}: ${substituted.message}`,
        };
    if (substituted.kind === 'open')
        return { ...substituted, path: path + substituted.path };
    const { key, value, message } = substituted.value;
    const said = condition.message === undefined || !isWhole || typeof message !== 'string' ? condition.message : message;
    try {
        if (operator.holds(key, value, meter))
            return { kind: 'pass', said };
        const decided = {
            path,
            key: shown(condition.key),
            operator: operator.name,
            value: shown(value),
            got: shown(key),
        };
        return { kind: 'fail', said, decided };
    }
    catch (error) {
        if (error instanceof Open)
            return { kind: 'open', name: error.part, path };
        if (error instanceof Stop)
            return { kind: 'failed', code: error.code, message: `at ${path}: ${error.message}`, path };
        throw error;
    }
}
const longestShown = 200;
function shown(value) {
    let text;
    try {
        text = printJson(value, startMeter({ ...usualLimits, characters: 10_000 }));
    }
    catch {
        text = Array.isArray(value) ? '[…]' : '{…}';
    }
    return text.length > longestShown ? `${text.slice(0, longestShown)}…` : text;
}

;// CONCATENATED MODULE: ./src/policy/kyverno/pattern.ts
/** A wildcard pattern of Kyverno (`*` any text, `?` one character) as RE2 that means the same, anchored. */
function wildcardAsRe2(pattern) {
    const parts = Array.from(pattern).map((letter) => {
        if (letter === '*')
            return '.*';
        if (letter === '?')
            return '.';
        return /[A-Za-z0-9_]/.test(letter) ? letter : `\\x{${letter.codePointAt(0)?.toString(16) ?? '0'}}`;
    });
    return `(?s)\\A${parts.join('')}\\z`;
}

;// CONCATENATED MODULE: ./src/policy/kyverno/attestor.ts





/** All sets must be met; Kyverno names them by their path in messages. */
function requireSets(sets, entry, leaf, 
/** Of a PEM with several keys: one entry for each, or the first alone (attestations of Kyverno). */
keys) {
    const of = sets.map((set) => requireSet(set, entry, leaf, keys));
    const [only, ...others] = of;
    return only && others.length === 0 ? only : { kind: 'all', name: 'attestors', of };
}
function requireSet({ path, count, entries }, entry, leaf, keys) {
    const of = entries.flatMap((one) => requireAttestor(one, entry, leaf, keys));
    // Kyverno holds the count against the entries as they are written, and then splits the keys of a PEM.
    return count === undefined || count >= of.length
        ? { kind: 'all', name: path, of }
        : { kind: 'atLeast', name: path, count, of };
}
function requireAttestor(attestor, entry, leaf, keys) {
    const open = (problem) => [{ kind: 'open', name: attestor.path, problem }];
    if (attestor.kind === 'nested')
        return [requireSet(attestor.attestor, entry, leaf, keys)];
    if (entry.type === 'Notary')
        return open({
            code: 'unsupported',
            message: `${attestor.path}: type Notary: notation's signatures are not checked here`,
        });
    const annotations = attestor.annotations.size > 0 ? attestor.annotations : entry.annotations;
    const manner = attestor_mannerOf(attestor, entry);
    if ('code' in manner)
        return open(manner);
    const ask = (by) => leaf(by, manner, annotations);
    switch (attestor.kind) {
        case 'keys': {
            const references = attestor_keysOf(attestor);
            if ('code' in references)
                return open(references);
            const chosen = keys === 'each' ? references : references.slice(0, 1);
            return chosen.map((reference) => ask({ kind: 'key', reference }));
        }
        case 'certificates': {
            if (attestor.cert === undefined)
                return [ask(anyIdentity())];
            const key = keyOfCertificate(attestor.cert, attestor.certChain);
            return typeof key === 'string'
                ? [ask({ kind: 'key', reference: key })]
                : open({ ...key, message: `${attestor.path}: ${key.message}` });
        }
        case 'keyless': {
            const identities = identitiesOf(attestor);
            // Anybody may have a certificate of the public authorities; of a policy's own, whom they choose to certify.
            if (!('code' in identities) && attestor.roots === undefined && identities.some(isAnybody))
                return open({
                    code: 'policy-invalid',
                    message: `${attestor.path}: expected subject or issuer, got neither: anybody could have signed`,
                });
            if ('code' in identities)
                return open({ ...identities, message: `${attestor.path}: ${identities.message}` });
            const of = identities.map((identity) => ask(identitySigner(identity)));
            const [only, ...others] = of;
            return [only && others.length === 0 ? only : { kind: 'any', name: attestor.path, of }];
        }
    }
}
function attestor_keysOf({ path, publicKeys = '', kms, secret, }) {
    if (kms !== undefined && kms !== '')
        return [kms];
    if (secret !== undefined)
        return [`k8s://${secret.namespace}/${secret.name}`];
    const text = publicKeys.trim();
    if (!text.startsWith('-----BEGIN')) {
        if (/^[a-z0-9]+:\/\//.test(text))
            return [text];
        return {
            code: 'policy-invalid',
            message: `${path}.keys.publicKeys: expected PEM or a reference to a key, got ${JSON.stringify(text.slice(0, 80))}`,
        };
    }
    const blocks = pemBlocks(text, 'PUBLIC KEY');
    return blocks.length > 0 ? blocks : [text];
}
/** Kyverno's own limit. */
const longestChain = 11;
/** The key of a certificate, as PEM; with a chain the certificate must have been issued by it. */
function keyOfCertificate(pem, chain) {
    try {
        const certificate = new external_node_crypto_.X509Certificate(pem);
        const blocks = pemBlocks(chain ?? '', 'CERTIFICATE');
        if (blocks.length > longestChain)
            return {
                code: 'policy-invalid',
                message: `expected at most ${longestChain} certificates in a chain, got ${blocks.length}`,
            };
        const issuers = blocks.map((one) => new external_node_crypto_.X509Certificate(one));
        let current = certificate;
        for (let step = 0; chain !== undefined && !issuers.some(({ raw }) => raw.equals(current.raw)); step++) {
            const issuer = step < issuers.length
                ? issuers.find((one) => current.checkIssued(one) && current.verify(one.publicKey))
                : undefined;
            if (issuer === undefined)
                return { code: 'policy-invalid', message: 'the certificate was not issued by the chain beside it' };
            current = issuer;
        }
        return String(certificate.publicKey.export({ type: 'spki', format: 'pem' }));
    }
    catch (error) {
        const why = error instanceof Error ? error.message : String(error);
        return { code: 'policy-invalid', message: `expected certificates in PEM: ${why}` };
    }
}
function anyIdentity() {
    return { kind: 'identity', reference: 'anybody with a certificate of these authorities', identity: {} };
}
function isAnybody(identity) {
    return Object.keys(identity).length === 0;
}
function identitySigner(identity) {
    return isAnybody(identity)
        ? anyIdentity()
        : { kind: 'identity', reference: (0,inputs/* nameOfIdentity */.L)(identity), identity };
}
/** Either form of a subject is enough; of an issuer both must hold. Values are wildcard patterns. */
function identitiesOf({ issuer, issuerRegExp, subject, subjectRegExp, roots, additionalExtensions, }) {
    // A field that is there was not empty: its variables are, and an empty one would let more signers pass.
    for (const [name, value] of Object.entries({ issuer, issuerRegExp, subject, subjectRegExp, roots }))
        if (value?.trim() === '')
            return { code: 'policy-invalid', message: `${name} is empty once its variables are worked out` };
    const extensions = [];
    for (const [name, value] of additionalExtensions) {
        const number = extensionNumber(name);
        if (number === undefined)
            return { code: 'policy-invalid', message: `invalid certificate extension ${name}` };
        extensions.push({ number, pattern: wildcardAsRe2(value) });
    }
    const issuers = issuerOf(issuer, issuerRegExp);
    if ('code' in issuers)
        return issuers;
    const common = {
        ...issuers,
        ...(extensions.length > 0 && { extensions }),
    };
    const subjects = [
        ...(subject === undefined || subject === '' ? [] : [subjectOf(subject)]),
        ...(subjectRegExp === undefined || subjectRegExp === '' ? [] : [{ subjectRegexp: subjectRegExp }]),
    ];
    return subjects.length === 0 ? [common] : subjects.map((one) => ({ ...one, ...common }));
}
function subjectOf(subject) {
    return /[*?]/.test(subject) ? { subjectRegexp: wildcardAsRe2(subject) } : { subject };
}
function issuerOf(issuer = '', issuerRegExp = '') {
    const isPattern = /[*?]/.test(issuer);
    if (isPattern && issuerRegExp !== '') {
        if (/^\*+$/.test(issuer))
            return { issuerRegexp: issuerRegExp };
        // Both must hold, and there is room for one pattern.
        const message = 'an issuer with wildcards beside issuerRegExp is not supported: say it all in issuerRegExp';
        return { code: 'unsupported', message };
    }
    return {
        ...(issuer !== '' && (isPattern ? { issuerRegexp: wildcardAsRe2(issuer) } : { issuer })),
        ...(issuerRegExp !== '' && { issuerRegexp: issuerRegExp }),
    };
}
const named = {
    githubWorkflowTrigger: 2,
    githubWorkflowSha: 3,
    githubWorkflowName: 4,
    githubWorkflowRepository: 5,
    githubWorkflowRef: 6,
};
/** cosign's names of the older claims, or an object identifier of Fulcio's. */
function extensionNumber(name) {
    if (Object.hasOwn(named, name))
        return named[name];
    const [, number] = /^1\.3\.6\.1\.4\.1\.57264\.1\.(\d{1,3})$/.exec(name) ?? [];
    return number === undefined ? undefined : Number(number);
}
function attestor_mannerOf(attestor, { type, repository, cosignOCI11 }) {
    const { rekor, ctlog, path } = attestor;
    const place = attestor.repository ?? repository;
    const roots = attestor.kind === 'keyless'
        ? attestor.roots
        : attestor.kind === 'certificates' && attestor.cert === undefined
            ? attestor.certChain
            : undefined;
    if ((rekor?.pubkey ?? ctlog?.pubkey ?? ctlog?.tsaCertChain) !== undefined && rekor?.ignoreTlog !== true)
        return {
            code: 'unsupported',
            message: `${path}: keys of logs and authorities of timestamps inside of a policy are not read: give them as trusted-root`,
        };
    const trust = {
        sct: ctlog?.ignoreSCT === true || attestor.kind === 'keys' ? 'ignore' : 'require',
        signedTimestamps: false,
        ...authoritiesOf(roots ?? '', path),
    };
    return {
        log: rekor?.ignoreTlog === true ? 'ignore' : 'require',
        ...(attestor.kind !== 'keys' && { trust }),
        ...(place !== undefined && place !== '' && { signatureRepository: place }),
        formats: type === 'SigstoreBundle' ? ['sigstore-bundle'] : ['simple-signing', 'dsse-envelope'],
        ...(type === 'SigstoreBundle' && { only: 'referrers' }),
        ...(type === 'Cosign' && !cosignOCI11 && { only: 'tags' }),
    };
}

;// CONCATENATED MODULE: ./src/policy/kyverno/attestation.ts





const check = 'attestation-conditions';
/**
 * What an attestation demands: its attestors, and its conditions of every statement of the type (Kyverno asks all of
 * them). One without attestors of its own is asked of the rule's: Kyverno would take anybody's.
 */
function requireAttestation(attestation, entry, data, outside) {
    const { path, type, conditions } = attestation;
    const sets = attestation.attestors.length > 0 ? attestation.attestors : entry.attestors;
    if (sets.length === 0) {
        const message = `${path}: expected attestors, got none: an attestation that anybody may have made proves nothing`;
        return { kind: 'open', name: path, problem: { code: 'policy-invalid', message } };
    }
    const rule = conditions.length === 0 ? undefined : conditionsRule(attestation, data, outside);
    if (rule && 'code' in rule)
        return { kind: 'open', name: path, problem: rule };
    return requireSets(sets, entry, (by, manner) => ({ kind: 'attested', type, by, manner, ...(rule && { rule }) }), 'first');
}
function conditionsRule({ path, conditions }, data, outside) {
    const read = readConditions(conditions);
    if (read.kind === 'wrong') {
        const [first] = read.problems;
        return {
            code: 'policy-invalid',
            message: `${path}.conditions${first?.path ?? ''}: ${first?.message ?? ''}`,
        };
    }
    return {
        id: JSON.stringify([path, conditions, data]),
        over: 'every',
        problem: async () => Promise.resolve(undefined),
        judge: async ({ payload, where }) => Promise.resolve(attestation_judge(read.blocks, payload, where, data, outside)),
    };
}
function attestation_judge(blocks, payload, where, data, { now }) {
    const predicate = predicateOf(payload);
    // The fields of the predicate are variables of their own, beside all others.
    const result = evaluateConditions(blocks, { data: { ...data, ...predicate }, now, substitution: 'whole' });
    return attestation_findingOf(result, `the statement at ${where}`);
}
function attestation_findingOf(result, about) {
    switch (result.kind) {
        case 'pass':
            return (0,verdict_finding/* met */.BG)(check, `${about} satisfies the conditions`);
        case 'fail': {
            const said = result.messages.length > 0 ? `: ${result.messages.join('; ')}` : '';
            return (0,verdict_finding/* unmet */.iY)(check, 'policy-denied', `${about} does not satisfy the conditions${said} (${result.message})`);
        }
        case 'failed':
            return result.code === 'limit-exceeded'
                ? (0,verdict_finding/* unknown */.L5)(check, { code: 'limit-exceeded', service: 'engine', message: result.message })
                : (0,verdict_finding/* unmet */.iY)(check, 'policy-denied', `the conditions cannot be held against ${about}: ${result.path}: ${result.message}`, {
                    peerReason: 'failed to check attestations: failed to substitute variables in attestation conditions',
                });
        case 'open':
            return (0,verdict_finding/* unknown */.L5)(check, { code: 'unsupported', message: result.message });
    }
}
function predicateOf(payload) {
    try {
        const statement = JSON.parse(Buffer.from(payload).toString());
        const predicate = (0,json/* isObject */.Gv)(statement) ? statement['predicate'] : undefined;
        return (0,json/* isObject */.Gv)(predicate) ? predicate : {};
    }
    catch {
        return {};
    }
}

;// CONCATENATED MODULE: ./src/policy/kyverno/variables.ts





/** The variables of a resource (pkg/engine/context); a creation is what a manifest asks for. */
function resourceData(resource, images) {
    const { apiVersion, kind } = resource;
    const slash = apiVersion.indexOf('/');
    const namespace = resource.namespace ?? 'default';
    return {
        request: {
            object: resource.value,
            operation: 'CREATE',
            name: resource.name ?? '',
            namespace,
            kind: {
                group: slash < 0 ? '' : apiVersion.slice(0, slash),
                version: apiVersion.slice(slash + 1),
                kind,
            },
            userInfo: {},
        },
        images,
    };
}
function imageData(image) {
    const { registry, path, name, tag = '', digest = '' } = image;
    const withTag = `${registry}/${path}:${tag}`;
    return {
        registry,
        path,
        name,
        tag,
        digest,
        reference: digest === '' ? withTag : `${registry}/${path}@${digest}`,
        referenceWithTag: withTag,
    };
}
/** Adds the variables of a rule's context, one after the other. */
function loadContext(policy, rule, base, outside) {
    const given = outside.values(policy, rule.name);
    let data = base;
    for (const [name, value] of Object.entries(given))
        data = put(data, name.split('.'), value);
    for (const entry of rule.context) {
        const name = (0,json/* isObject */.Gv)(entry) && typeof entry['name'] === 'string' ? entry['name'] : '';
        if (Object.keys(given).some((key) => key === name || key.startsWith(`${name}.`)))
            continue;
        const value = entryValue(entry, data, outside);
        if (value.kind !== 'value')
            return value.kind === 'missing' ? value : { ...value, message: `context ${name}: ${value.message}` };
        data = { ...data, [name]: value.value };
    }
    return { kind: 'data', data };
}
function entryValue(entry, data, outside) {
    if (!(0,json/* isObject */.Gv)(entry))
        return { kind: 'failed', message: 'expected an object' };
    const { configMap, variable } = entry;
    if ((0,json/* isObject */.Gv)(configMap)) {
        const place = variables_fill({ name: configMap['name'], namespace: configMap['namespace'] ?? 'default' }, data, outside);
        if (place.kind !== 'value')
            return place;
        const { name, namespace } = place.value;
        const key = `${String(namespace)}/${String(name)}`;
        const found = outside.configMaps.get(key);
        if (found)
            return { kind: 'value', value: found };
        return {
            kind: 'missing',
            message: `ConfigMap ${key} is in no manifest and no value stands for it: give it among the manifests`,
        };
    }
    if ((0,json/* isObject */.Gv)(variable))
        return variableValue(variable, data, outside);
    const what = Object.keys(entry).find((key) => key !== 'name') ?? 'nothing';
    return {
        kind: 'missing',
        message: `a context entry of kind ${what} is of a cluster: no value stands for it`,
    };
}
function variableValue(variable, data, outside) {
    const filled = variables_fill({ value: variable['value'] ?? null, path: variable['jmesPath'] ?? '' }, data, outside);
    if (filled.kind !== 'value')
        return 'default' in variable ? { kind: 'value', value: variable['default'] } : filled;
    const { value, path } = filled.value;
    if (typeof path !== 'string' || path === '')
        return { kind: 'value', value: value ?? variable['default'] ?? null };
    const expression = parseExpression(path);
    if (expression.kind !== 'parsed')
        return { kind: 'failed', message: expression.message };
    const found = evaluate(expression.expression, variable['value'] === undefined ? data : value, {
        now: outside.now,
    });
    if (found.kind === 'value' && found.value !== null)
        return found;
    if ('default' in variable)
        return { kind: 'value', value: variable['default'] };
    if (found.kind === 'value')
        return found;
    return { kind: 'failed', message: found.kind === 'failed' ? found.message : `${found.name} is not known` };
}
/** A document with its variables worked out. */
function variables_fill(document, data, { now }) {
    const filled = substitute(document, { data, now, meter: startMeter(usualLimits) });
    switch (filled.kind) {
        case 'value':
            return filled;
        case 'failed':
            return { kind: 'failed', message: filled.message };
        case 'open':
            return { kind: 'missing', message: `${filled.name} is not known here` };
    }
}
/** `a.b: 1` of a values file is put into what `a` holds already. */
function put(data, [first = '', ...rest], value) {
    if (rest.length === 0 || rest.length > deepestName)
        return { ...data, [[first, ...rest].join('.')]: value };
    const before = Object.hasOwn(data, first) ? data[first] : undefined;
    return { ...data, [first]: put((0,json/* isObject */.Gv)(before) ? before : {}, rest, value) };
}
const deepestName = 64;

;// CONCATENATED MODULE: ./src/policy/kyverno/compile.ts







/** What a duty demands of its image, with the variables of its rule worked out. */
function compileDuty(duty, image, resource, images, outside, warns) {
    const { policy, rule } = duty;
    const title = `${policy.name}/${rule.name}`;
    const named = { policy: policy.name, rule: rule.name };
    const open = (message, code = 'policy-invalid') => ({
        ...named,
        requirement: { kind: 'open', name: title, problem: { code, message: `${title}: ${message}` } },
    });
    const skip = (reason) => ({
        ...named,
        skipped: reason,
        requirement: { kind: 'exempt', name: title, reason },
    });
    if (duty.unknown !== undefined)
        return open(`whether it is about the resource is not known: ${duty.unknown}`, 'unsupported');
    const loaded = loadContext(policy.name, rule, resourceData(resource, images), outside);
    if (loaded.kind !== 'data')
        return open(loaded.message, loaded.kind === 'missing' ? 'unsupported' : 'policy-invalid');
    const data = { ...loaded.data, image: imageData(image) };
    const preconditions = compile_holds(rule.preconditions, data, outside);
    if (typeof preconditions === 'string')
        return open(`preconditions: ${preconditions}`);
    if (!preconditions)
        return skip('preconditions not met');
    for (const { name, conditions, unknown: why } of duty.exemptIf) {
        if (why !== undefined)
            return open(`whether exception ${name} holds is not known: ${why}`, 'unsupported');
        const exempt = compile_holds(conditions, data, outside);
        if (typeof exempt === 'string')
            return open(`exception ${name}: ${exempt}`);
        if (exempt)
            return skip(`rule is skipped due to policy exception ${name}`);
    }
    const filled = fillEntry(duty.entry, data, outside);
    if (typeof filled === 'string')
        return open(filled);
    const { requirement, joints } = requireEntry(duty, filled, title, data, outside);
    return {
        ...named,
        requirement: warns ? { ...requirement, enforcement: 'warn' } : requirement,
        ...(joints && { joints }),
    };
}
function requireEntry({ missingDigest }, entry, name, data, outside) {
    const of = [];
    if (missingDigest)
        of.push({
            kind: 'decide',
            name: 'verifyDigest',
            verdict: 'policy-denied',
            message: `${name}: missing digest: verifyDigest wants one, and mutateDigest adds none`,
        });
    if (entry.attestors.length > 0)
        of.push(requireSets(entry.attestors, entry, (by, manner, annotations) => ({
            kind: 'signed',
            by,
            manner,
            ...(annotations.size > 0 && { annotations: Object.fromEntries(annotations) }),
        }), 'each'));
    const attestations = entry.attestations.map((one) => requireAttestation(one, entry, data, outside));
    of.push(...attestations);
    if (entry.attestors.length === 0 && entry.attestations.length === 0 && entry.required)
        of.push({
            kind: 'decide',
            name: 'required',
            verdict: 'policy-denied',
            message: `${name}: unverified image: the entry names neither attestors nor attestations`,
        });
    if (entry.validate === undefined)
        return { requirement: { kind: 'all', name, of } };
    const denied = denyPart(entry, entry.validate, attestations, name, data, outside);
    return { requirement: { kind: 'all', name, of: [...of, denied.requirement] }, joints: denied.joints };
}
/** `validate.deny` over the first statements of named attestations. */
function denyPart(entry, validate, attestations, name, data, outside) {
    const title = `${name} validate`;
    const id = JSON.stringify([title, entry.path, validate, data]);
    const requirement = { kind: 'joint', name: title, id, needs: attestations };
    return {
        requirement,
        joints: [
            {
                id,
                evaluate: async (facts) => {
                    let named = data;
                    for (const [index, { name: own }] of entry.attestations.entries()) {
                        const need = attestations[index];
                        if (own === undefined || need === undefined)
                            continue;
                        const finding = facts.finding(need);
                        if (finding.status === 'unknown')
                            return Promise.resolve((0,verdict_finding/* unknown */.L5)(title, finding));
                        const [first] = (0,leaves/* asksOf */.A)(need).flatMap((ask) => facts.of(ask)?.signatures ?? []);
                        if (first === undefined)
                            return Promise.resolve((0,verdict_finding/* unmet */.iY)(title, 'attestation-missing', `${title}: no statement stands for ${own}`));
                        named = { ...named, [own]: predicateOf(payloadOf(first.payload?.envelope ?? '')) };
                    }
                    const conditions = validate.deny?.['conditions'] ?? validate.deny;
                    const denied = compile_holds(conditions, named, outside);
                    if (typeof denied === 'string')
                        return Promise.resolve((0,verdict_finding/* unmet */.iY)(title, 'policy-denied', `${title}: ${denied}`));
                    if (!denied)
                        return Promise.resolve((0,verdict_finding/* met */.BG)(title, 'validation in verifyImages passed'));
                    const message = variables_fill(validate.message ?? '', named, outside);
                    const said = message.kind === 'value' && typeof message.value === 'string'
                        ? message.value
                        : (validate.message ?? '');
                    return Promise.resolve((0,verdict_finding/* unmet */.iY)(title, 'policy-denied', `validation in verifyImages failed: ${said}`));
                },
            },
        ],
    };
}
function payloadOf(envelope) {
    try {
        const { payload } = JSON.parse(envelope);
        return Buffer.from(typeof payload === 'string' ? payload : '', 'base64');
    }
    catch {
        return new Uint8Array();
    }
}
/** @returns a text that says why it cannot be told */
function compile_holds(conditions, data, { now }) {
    if (conditions === undefined || conditions === null)
        return true;
    const read = readConditions(conditions);
    if (read.kind === 'wrong')
        return `${read.problems[0]?.path ?? ''}: ${read.problems[0]?.message ?? ''}`;
    const result = evaluateConditions(read.blocks, { data, now, substitution: 'each' });
    switch (result.kind) {
        case 'pass':
            return true;
        case 'fail':
            return false;
        case 'failed':
        case 'open':
            return result.message;
    }
}
/** Attestors may hold variables; conditions are worked out later, statement by statement. */
function fillEntry(entry, data, outside) {
    const filled = variables_fill(JSON.parse(JSON.stringify([entry.attestors, entry.attestations.map(({ attestors }) => attestors)], mapsAsObjects)), data, outside);
    if (filled.kind !== 'value')
        return `its variables cannot be worked out: ${filled.message}`;
    const [attestors, theirs] = revive(filled.value);
    return {
        ...entry,
        attestors,
        attestations: entry.attestations.map((one, index) => ({ ...one, attestors: theirs[index] ?? [] })),
    };
}
const mark = '\u0000map';
function mapsAsObjects(_name, value) {
    return value instanceof Map ? { [mark]: [...value] } : value;
}
function revive(value) {
    if (Array.isArray(value))
        return value.map(revive);
    if (typeof value !== 'object' || value === null)
        return value;
    const entries = Object.entries(value);
    const [first] = entries;
    if (first?.[0] === mark)
        return new Map(first[1]);
    return Object.fromEntries(entries.map(([name, member]) => [name, revive(member)]));
}

;// CONCATENATED MODULE: ./src/policy/kyverno/wildcard.ts
/** Longer patterns are a problem where a policy is read. */
const wildcard_longestPattern = 1024;
function hasWildcard(text) {
    return text.includes('*') || text.includes('?');
}
/**
 * Kyverno's wildcards (go-wildcard v1.0.3): `*` is any run of characters, none and `/` included, `?` exactly one; all
 * else is literal, capitals count, and the whole text must match. Takes at most pattern times text steps.
 */
function wildcard_matchesWildcard(pattern, text) {
    if (!hasWildcard(pattern))
        return pattern === text;
    const wanted = Array.from(pattern);
    const got = Array.from(text);
    let at = 0;
    let next = 0;
    // The last star seen, and how far the text had come: where to go back to.
    let star = -1;
    let resume = 0;
    while (next < got.length) {
        if (wanted[at] === '*') {
            star = at++;
            resume = next;
        }
        else if (at < wanted.length && (wanted[at] === '?' || wanted[at] === got[next])) {
            at++;
            next++;
        }
        else if (star >= 0) {
            at = star + 1;
            next = ++resume;
        }
        else
            return false;
    }
    while (wanted[at] === '*')
        at++;
    return at === wanted.length;
}
function matchesAny(patterns, text) {
    return patterns.some((pattern) => wildcard_matchesWildcard(pattern, text));
}

;// CONCATENATED MODULE: ./src/policy/kyverno/label-selector.ts

/** Whether labels meet a selector; keys and values in matchLabels may have wildcards (engine/wildcards). */
function label_selector_selects({ matchLabels, matchExpressions }, labels) {
    const answers = [
        ...[...matchLabels].map(([key, value]) => hasLabel(key, value, labels)),
        ...matchExpressions.map(({ key, operator, values }) => {
            const got = labels.known.get(key);
            if (got === undefined && !labels.complete)
                return undefined;
            switch (operator) {
                case 'In':
                    return got !== undefined && values.includes(got);
                case 'NotIn':
                    return got === undefined || !values.includes(got);
                case 'Exists':
                    return got !== undefined;
                case 'DoesNotExist':
                    return got === undefined;
            }
        }),
    ];
    if (answers.includes(false))
        return false;
    return answers.includes(undefined) ? undefined : true;
}
function hasLabel(key, value, { known, complete }) {
    if (!hasWildcard(key) && !hasWildcard(value)) {
        const got = known.get(key);
        return got === undefined && !complete ? undefined : got === value;
    }
    for (const [name, got] of known)
        if (wildcard_matchesWildcard(key, name) && wildcard_matchesWildcard(value, got))
            return true;
    return complete || (!hasWildcard(key) && known.has(key)) ? false : undefined;
}

;// CONCATENATED MODULE: ./src/policy/kyverno/kind-selector.ts

const version = /^(?:v\d+(?:(?:alpha|beta)\d+)?|\*)$/;
/** Reads `Kind`, `version/Kind`, `group/version/Kind`, each with `/subresource` or `.subresource` (pkg/utils/kube). */
function parseKindSelector(text) {
    const slashed = text.split('/');
    const parts = [...slashed.slice(0, -1), ...(slashed.at(-1) ?? '').split('.')];
    const [first = '', second = '', third = '', fourth = ''] = parts;
    const any = { group: '*', version: '*' };
    switch (parts.length) {
        case 1:
            return { ...any, kind: first, subresource: '' };
        case 2:
            if (first === '*' && (second === '*' || second.toLowerCase() === second))
                return { ...any, kind: '*', subresource: second };
            if (version.test(first))
                return { group: '*', version: first, kind: second, subresource: '' };
            return { ...any, kind: first, subresource: second };
        case 3:
            if (version.test(first))
                return { group: '*', version: first, kind: second, subresource: third };
            return { group: first, version: second, kind: third, subresource: '' };
        case 4:
            return { group: first, version: second, kind: third, subresource: fourth };
        default:
            return undefined;
    }
}
/** Whether a whole resource (no subresource of one) is of the kind that a selector means. */
function isOfKind(selector, apiVersion, kind) {
    const wanted = parseKindSelector(selector);
    if (wanted === undefined)
        return false;
    const slash = apiVersion.indexOf('/');
    const group = slash < 0 ? '' : apiVersion.slice(0, slash);
    return (wildcard_matchesWildcard(wanted.group, group) &&
        wildcard_matchesWildcard(wanted.version, apiVersion.slice(slash + 1)) &&
        wildcard_matchesWildcard(wanted.kind, kind) &&
        (wanted.subresource === '' || wildcard_matchesWildcard(wanted.subresource, '')));
}
/** Whether one of the selectors names the kind itself, without wildcards (kubeutils.ContainsKind). */
function namesKind(selectors, kind) {
    return selectors.some((selector) => {
        const parts = selector.split('/');
        const [first = '', second = '', third = ''] = parts;
        const bare = (text) => text.replace('.', '/').split('/')[0] ?? '';
        switch (parts.length) {
            case 1:
                return bare(first) === kind;
            case 2:
                return (version.test(first) ? bare(second) : first) === kind;
            case 3:
                return (version.test(first) ? second : bare(third)) === kind;
            case 4:
                return third === kind;
            default:
                return false;
        }
    });
}

;// CONCATENATED MODULE: ./src/policy/kyverno/match.ts




const applies = { kind: 'applies' };
/** A filter that says nothing matches nothing, as in Kyverno. */
function isEmptyFilter(filter) {
    return Object.values(filter).every((value) => value === undefined || (Array.isArray(value) && value.length === 0));
}
/** Whether match asks for the resource and exclude does not take it out (pkg/engine/utils/match.go). */
function matchResource(policy, rule, resource, surroundings) {
    if (policy.kind === 'Policy' && policy.namespace !== (resource.namespace ?? 'default'))
        return no(`the policy is for namespace ${policy.namespace ?? 'default'}, not ${resource.namespace ?? 'default'}`);
    const asked = matchBlock(rule.match, resource, surroundings);
    if (asked.kind === 'does-not-apply' || rule.exclude === undefined)
        return asked;
    const excluded = excludeBlock(rule.exclude, resource, surroundings);
    if (excluded.kind === 'applies')
        return no('it is excluded');
    return excluded.kind === 'unknown' ? excluded : asked;
}
/** Whether a block of match asks for the resource; users and roles are not known and count as fitting. */
function matchBlock(block, resource, surroundings) {
    const fits = block.filters.map((filter) => isEmptyFilter(withoutUser(filter))
        ? no('the filter is empty')
        : fitsFilter(withoutUser(filter), resource, surroundings));
    if (fits.length === 0)
        return no('match is empty');
    return block.form === 'any' ? anyOf(fits) : allOf(fits);
}
/** Whether exclude takes the resource out; a filter on users or roles never does, for nobody is known. */
function excludeBlock(block, resource, surroundings) {
    const fits = block.filters.map((filter) => {
        if (isEmptyFilter(filter))
            return no('the filter is empty');
        if (filter.roles.length + filter.clusterRoles.length + filter.subjects.length > 0)
            return no('who asks is not known');
        return fitsFilter(filter, resource, surroundings);
    });
    if (fits.length === 0)
        return no('exclude is empty');
    return block.form === 'any' ? anyOf(fits) : allOf(fits);
}
function withoutUser(filter) {
    return { ...filter, roles: [], clusterRoles: [], subjects: [] };
}
function fitsFilter(filter, resource, { namespaceLabels, operation }) {
    const { kinds, names, namespaces, annotations, selector, namespaceSelector, operations } = filter;
    const { apiVersion, kind } = resource;
    if (operations.length > 0 && !operations.includes(operation))
        return no(`it is for ${operations.join(', ')}`);
    if (kinds.length > 0 && !kinds.some((one) => isOfKind(one, apiVersion, kind)))
        return no(`it is for ${match_shown(kinds)}, not ${kind} (${apiVersion})`);
    if (names.length > 0 && !matchesAny(names, nameOf(resource)))
        return no(`it is for the names ${match_shown(names)}`);
    const namespace = namespaceOf(resource);
    if (namespaces.length > 0 && !matchesAny(namespaces, namespace))
        return no(`it is for the namespaces ${match_shown(namespaces)}, not ${namespace}`);
    for (const [key, value] of annotations ?? []) {
        const has = [...annotationsOf(resource)].some(([other, got]) => wildcard_matchesWildcard(key, other) && wildcard_matchesWildcard(value, got));
        if (!has)
            return no(`it is for resources with the annotation ${key}: ${value}`);
    }
    if (selector &&
        label_selector_selects(selector, { known: new Map(Object.entries(resource.labels)), complete: true }) !== true)
        return no('its labels do not fit the selector');
    if (!namespaceSelector)
        return applies;
    if (kind === 'Namespace')
        return no('a namespaceSelector is never about a Namespace itself');
    switch (selectsNamespace(namespaceSelector, namespace, namespaceLabels)) {
        case true:
            return applies;
        case false:
            return no(`the labels of namespace ${namespace} do not fit the namespaceSelector`);
        case undefined:
            return {
                kind: 'unknown',
                why: `the labels of namespace ${namespace} are not known, and a namespaceSelector asks for them`,
            };
    }
}
/** Every namespace bears its name as a label; the rest only the cluster or the user knows. */
function selectsNamespace(selector, namespace, given) {
    const labels = given.get(namespace);
    const known = new Map([['kubernetes.io/metadata.name', namespace], ...(labels ?? [])]);
    return label_selector_selects(selector, { known, complete: labels !== undefined });
}
function anyOf(fits) {
    return (fits.find(({ kind }) => kind === 'applies') ??
        fits.find(({ kind }) => kind === 'unknown') ??
        no(fits
            .flatMap((fit) => (fit.kind === 'does-not-apply' ? fit.why : []))
            .slice(0, 5)
            .join('; ')));
}
function allOf(fits) {
    return (fits.find(({ kind }) => kind === 'does-not-apply') ??
        fits.find(({ kind }) => kind === 'unknown') ??
        applies);
}
function no(why) {
    return { kind: 'does-not-apply', why };
}
function match_shown(texts) {
    return texts.length > 5 ? `${texts.slice(0, 5).join(', ')} …` : texts.join(', ');
}

;// CONCATENATED MODULE: ./src/policy/kyverno/action.ts


/**
 * What a failure of a rule does in a namespace: Enforce if any entry of the rule says so, else the first action an
 * entry says, else the policy's override for the namespace, else the policy's action. An override that depends on
 * labels that are not known does not count.
 */
function failureActionOf(policy, rule, namespace, { namespaceLabels }) {
    const said = rule.verifyImages.flatMap(({ failureAction }) => failureAction ?? []);
    if (said.includes('Enforce'))
        return 'Enforce';
    const [first] = said;
    if (first !== undefined)
        return first;
    const override = policy.failureActionOverrides.find(({ namespaces, namespaceSelector }) => (namespaces.length > 0 || namespaceSelector !== undefined) &&
        (namespaces.length === 0 || matchesAny(namespaces, namespace)) &&
        (namespaceSelector === undefined ||
            selectsNamespace(namespaceSelector, namespace, namespaceLabels) === true));
    return override?.action ?? policy.failureAction;
}

;// CONCATENATED MODULE: ./src/policy/kyverno/shift.ts
const shift_template = { controller: 'spec.template', cronjob: 'spec.jobTemplate.spec.template' };
/**
 * Rewrites the variables of a rule for pods to where a controller has its pod: the text `request.object.spec` wherever
 * it stands, and three like it, as Kyverno does on the rule's JSON (pkg/autogen/v1/rule.go).
 */
function shiftRule(rule, form) {
    const { name, path, origin, operation, ...rest } = rule;
    return { ...shift(rest, shift_template[form]), name, path, origin, operation };
}
function shift(value, pod) {
    if (typeof value === 'string') {
        return ['object', 'oldObject'].reduce((text, object) => text
            .replaceAll(`request.${object}.spec`, `request.${object}.${pod}.spec`)
            .replaceAll(`request.${object}.metadata`, `request.${object}.${pod}.metadata`), value);
    }
    if (Array.isArray(value))
        return value.map((item) => shift(item, pod));
    if (value instanceof Map)
        return new Map([...value].map(([key, item]) => [shift(key, pod), shift(item, pod)]));
    if (typeof value === 'object' && value !== null)
        return Object.fromEntries(Object.entries(value).map(([key, item]) => [shift(key, pod), shift(item, pod)]));
    return value;
}

;// CONCATENATED MODULE: ./src/policy/kyverno/autogen.ts


const autogenAnnotation = 'pod-policies.kyverno.io/autogen-controllers';
/** The controllers of pods with the kinds that generated rules ask for. */
const autogen_controllers = new Map([
    ['DaemonSet', 'apps/v1/DaemonSet'],
    ['Deployment', 'apps/v1/Deployment'],
    ['Job', 'batch/v1/Job'],
    ['StatefulSet', 'apps/v1/StatefulSet'],
    ['ReplicaSet', 'apps/v1/ReplicaSet'],
    ['ReplicationController', 'v1/ReplicationController'],
    ['CronJob', 'batch/v1/CronJob'],
]);
const longestName = 63;
/**
 * The rules of a policy for resources of a kind: its own, and for a controller of pods those that Kyverno generates
 * from the ones for pods (pkg/autogen/v1 at v1.19).
 */
function effectiveRules(policy, kind) {
    const own = policy.rules.map((rule) => ({ rule }));
    const selector = autogen_controllers.get(kind);
    if (selector === undefined)
        return { rules: own };
    const off = whyOff(policy, kind);
    if (off !== undefined)
        return { rules: own, off };
    const form = kind === 'CronJob' ? 'cronjob' : 'controller';
    const generated = policy.rules.flatMap((rule) => generate(rule, selector, form));
    if (generated.length === 0)
        return { rules: own, off: `no rule of it is for pods alone` };
    return { rules: [...own.filter(({ rule }) => !rule.name.startsWith('autogen-')), ...generated] };
}
/** Controllers in the annotation that Kyverno does not know: it generates nothing for them and says nothing. */
function unknownControllers(policy) {
    const text = policy.annotations.get(autogenAnnotation);
    if (text === undefined || text === 'none' || text === 'all')
        return [];
    return text.split(',').filter((name) => !autogen_controllers.has(name));
}
function whyOff(policy, kind) {
    let needed = false;
    for (const { name, operation, body, match, exclude } of policy.rules) {
        if (operation === 'generate')
            return `rule ${name} generates resources`;
        if (operation === 'mutate' && patchesByJson(body))
            return `rule ${name} has patchesJson6902`;
        for (const block of [match, exclude]) {
            const where = block === match ? 'match' : 'exclude';
            for (const filter of block?.filters ?? []) {
                const field = hinders(filter);
                if (field !== undefined)
                    return `rule ${name} has ${field} in ${where}`;
                needed ||= filter.kinds.some((one) => one === 'Pod' || autogen_controllers.has(one));
            }
        }
    }
    if (!needed)
        return 'no rule of it names the kind Pod';
    const asked = policy.annotations.get(autogenAnnotation);
    // The word is in Kyverno's documents; v1.19 looks for a kind of that name.
    if (asked === undefined || asked === 'all')
        return undefined;
    return asked.split(',').includes(kind)
        ? undefined
        : `its annotation ${autogenAnnotation} is ${JSON.stringify(asked)}`;
}
function hinders({ names, selector, annotations, kinds }) {
    if (names.length > 0)
        return 'names';
    if (selector !== undefined)
        return 'a selector';
    if (annotations !== undefined)
        return 'annotations';
    return kinds.length > 1 && namesKind(kinds, 'Pod') ? 'Pod together with other kinds' : undefined;
}
function patchesByJson(body) {
    if (typeof body !== 'object' || body === null)
        return false;
    const has = (value) => typeof value === 'object' &&
        value !== null &&
        Object.hasOwn(value, 'patchesJson6902') &&
        value.patchesJson6902 !== '';
    const { foreach } = body;
    return has(body) || (Array.isArray(foreach) && foreach.some(has));
}
function generate(rule, selector, form) {
    const kinds = rule.match.filters.flatMap((filter) => filter.kinds);
    const excluded = rule.exclude?.filters.flatMap((filter) => filter.kinds) ?? [];
    if (rule.name.startsWith('autogen-') || !namesKind(kinds, 'Pod'))
        return [];
    if (excluded.length > 0 && !namesKind(excluded, 'Pod'))
        return [];
    const prefix = form === 'cronjob' ? 'autogen-cronjob-' : 'autogen-';
    const { exclude } = rule;
    return [
        {
            autogen: form,
            rule: {
                ...shiftRule(rule, form),
                name: `${prefix}${rule.name}`.slice(0, longestName),
                match: forController(rule.match, selector, form, 'match'),
                exclude: exclude && forController(exclude, selector, form, 'exclude'),
                // A generated rule has none: the usual places count.
                imageExtractors: undefined,
            },
        },
    ];
}
/** The kinds of pods become the controller's; for CronJob those of every filter do. */
function forController(block, selector, form, where) {
    const filters = block.filters.map((filter) => {
        const replaced = block.form === 'direct'
            ? where === 'match' || filter.kinds.length > 0
            : form === 'cronjob' || namesKind(filter.kinds, 'Pod');
        return replaced ? { ...filter, kinds: [selector] } : filter;
    });
    return { ...block, filters };
}

;// CONCATENATED MODULE: ./src/policy/kyverno/exceptions.ts


/**
 * The exceptions for a rule and a resource (pkg/engine/utils/exceptions.go). The rule's name is the one that takes
 * effect: an exception for `check` is none for `autogen-check`. Users and roles are nobody's outside a cluster, so an
 * exception for them is none.
 */
function exceptionsFor(exceptions, policy, ruleName, resource, surroundings) {
    const policyName = policy.namespace === undefined ? policy.name : `${policy.namespace}/${policy.name}`;
    return exceptions.flatMap((exception) => {
        const named = exception.exceptions.some((one) => wildcard_matchesWildcard(one.policyName, policyName) && matchesAny(one.ruleNames, ruleName));
        if (!named)
            return [];
        const { form, filters } = exception.match;
        const nobody = filters.filter(({ roles, clusterRoles, subjects }) => roles.length + clusterRoles.length + subjects.length === 0);
        if (form === 'all' && nobody.length < filters.length)
            return [];
        const matched = matchBlock({ form, filters: nobody }, resource, surroundings);
        if (matched.kind === 'does-not-apply')
            return [];
        return {
            exception,
            name: exception.namespace === undefined ? exception.name : `${exception.namespace}/${exception.name}`,
            conditions: exception.conditions,
            ...(matched.kind === 'unknown' && { unknown: matched.why }),
        };
    });
}

;// CONCATENATED MODULE: ./src/policy/kyverno/near-miss.ts

/**
 * Why a pattern that seems to mean an image does not cover it. Kyverno says nothing about these: the image is simply
 * not checked.
 *
 * @param text the image as it is written in the manifest
 */
function nearMissOf(pattern, image, text) {
    const { registry, path, tag, digest, matched } = image;
    if (wildcard_matchesWildcard(pattern, matched))
        return undefined;
    const name = `${registry}/${path}`;
    const { repository, tagged } = splitTag(pattern);
    if (digest !== undefined) {
        const withTag = tag === undefined ? wildcard_matchesWildcard(repository, name) : wildcard_matchesWildcard(pattern, `${name}:${tag}`);
        if (tagged && (withTag || wildcard_matchesWildcard(repository, name)))
            return `its pattern ${pattern} asks for a tag, and an image with a digest has none for Kyverno; ${repository}* would cover both`;
    }
    else if (wildcard_matchesWildcard(pattern.replace(/@[^@/]*$/, ''), name) && pattern.includes('@'))
        return `its pattern ${pattern} asks for a digest, and the image is named by a tag`;
    if (!tagged && wildcard_matchesWildcard(pattern, name))
        return `its pattern ${pattern} has neither a tag nor a wildcard for one, so it covers no image at all; ${pattern}* would`;
    const forms = hubForms(image, text);
    if (forms.some((form) => wildcard_matchesWildcard(pattern, form)))
        return `its pattern ${pattern} is written for another form of the name; Kyverno compares ${matched}`;
    if (wildcard_matchesWildcard(pattern.toLowerCase(), matched.toLowerCase()))
        return `its pattern ${pattern} differs in capitals`;
    return undefined;
}
/** The pattern's part before its tag. */
function splitTag(pattern) {
    const colon = pattern.lastIndexOf(':');
    const tagged = colon > pattern.lastIndexOf('/') && !pattern.includes('@');
    return { repository: tagged ? pattern.slice(0, colon) : pattern, tagged };
}
/** Other names of an image of Docker Hub, and the name as it is written. */
function hubForms({ registry, path, tag, digest }, text) {
    const end = digest === undefined ? `:${String(tag)}` : `@${digest}`;
    if (registry !== 'docker.io' && registry !== 'index.docker.io')
        return [text];
    const short = path.replace(/^library\//, '');
    const paths = short.includes('/') ? [short] : [short, `library/${short}`];
    return [
        text,
        ...paths.flatMap((one) => ['', 'docker.io/', 'index.docker.io/'].map((host) => `${host}${one}${end}`)),
    ];
}

;// CONCATENATED MODULE: ./src/policy/kyverno/unchecked.ts



/** As many notes of a kind about one resource as somebody reads; the images themselves are all listed. */
const mostNotes = 50;
/** A note that belongs in front of everybody. */
function noteOf(kind, message, origin) {
    return { kind, loud: true, message, ...(origin && { origin }) };
}
/** What a rule that is about a resource leaves unchecked in it, where Kyverno says nothing. */
function notesOnRule(policy, rule, resource, { images, looks, faults }) {
    const who = `rule ${policy.name}/${rule.name}`;
    const what = titleOf(resource);
    const say = (message) => noteOf('unchecked', `${who}: ${message}`, rule.origin);
    if (!looks)
        return [
            say(`it is about ${what}, but Kyverno finds no image in a ${resource.kind} without imageExtractors`),
        ];
    return [
        ...faults
            .slice(0, mostNotes)
            .map((fault) => say(`${fault}; Kyverno would leave out ${what} or part of it, here the rest is checked`)),
        ...explained(rule, images).map((message) => say(`${message} (${what})`)),
        ...rule.verifyImages
            .filter(({ attestors, attestations }) => attestors.length + attestations.length === 0)
            .map(({ path }) => say(`${path} has neither attestors nor attestations: it checks no signature`)),
        ...rule.verifyImages.flatMap(({ skipImageReferences }) => skipImageReferences
            .filter((pattern) => pattern.includes('{{'))
            .map((pattern) => say(`the variables of the skipped reference ${pattern} are not known: it skips nothing`))),
    ];
}
/** Explaining costs more than matching, so that it ends with what is shown. */
function explained(rule, images) {
    const messages = [];
    for (const viewed of images.slice(0, 10 * mostNotes)) {
        if (messages.length >= mostNotes)
            break;
        messages.push(...notesOnImage(rule, viewed));
    }
    return messages;
}
function notesOnImage(rule, { image: { text, origin }, reference, seen }) {
    if (reference.kind === 'unreadable')
        return [];
    const patterns = rule.verifyImages.flatMap(({ imageReferences }) => imageReferences);
    if (matchesAny(patterns, reference.matched))
        return seen ? [] : [`${text} is not checked: Kyverno does not look at ${origin.list}`];
    const misses = patterns.flatMap((pattern) => nearMissOf(pattern, reference, text) ?? []);
    return misses.slice(0, 1).map((miss) => `${text} is not checked: ${miss}`);
}
/** Images that nothing at all is about. */
function notesOnResource(resource, images, rules, unlisted) {
    const what = titleOf(resource);
    const texts = [...images.map(({ image }) => image.text), ...unlisted.map(({ text }) => text)];
    if (texts.length === 0)
        return [];
    const unreadable = images
        .slice(0, 10 * mostNotes)
        .flatMap(({ image, reference }) => reference.kind === 'unreadable'
        ? noteOf('unchecked', `${JSON.stringify(image.text)} of ${what} is no image that a policy could be asked about: ${reference.reason}`)
        : []);
    if (rules.every(({ matched }) => matched.kind === 'does-not-apply'))
        return [
            ...unreadable,
            noteOf('unchecked', `no rule is about ${what}: ${unchecked_shown(texts)} would run unchecked`),
        ];
    const alone = images.filter(({ duties, skips, reference }) => duties.length + skips.length === 0 && reference.kind === 'image');
    if (alone.length === 0)
        return unreadable;
    return [
        ...unreadable,
        noteOf('unchecked', `no rule covers ${unchecked_shown(alone.map(({ image }) => image.text))} of ${what}`),
    ];
}
function unchecked_shown(texts) {
    return texts.length > 5 ? `${texts.slice(0, 5).join(', ')} and ${texts.length - 5} more` : texts.join(', ');
}

;// CONCATENATED MODULE: ./src/policy/kyverno/image.ts
const defaultRegistry = 'docker.io';
const longestPath = 255;
const image_longestText = 2048;
/** The grammar of distribution/reference, which Kyverno parses with. */
const host = /^(?:\[[0-9a-fA-F:]+\]|[a-zA-Z0-9](?:[a-zA-Z0-9.-]*[a-zA-Z0-9])?)(?::[0-9]+)?$/;
const image_component = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/;
const tagForm = /^\w[\w.-]{0,127}$/;
const digestForm = /^(?:sha256:[0-9a-f]{64}|sha384:[0-9a-f]{96}|sha512:[0-9a-f]{128})$/;
function parseImage(text) {
    const no = (reason) => ({ kind: 'unreadable', reason });
    if (text.length > image_longestText)
        return no(`longer than ${image_longestText} characters`);
    if (text !== text.trim())
        return no('spaces around it');
    const first = text.includes('/') ? text.slice(0, text.indexOf('/')) : '';
    const hasRegistry = /[.:]/.test(first) || first === 'localhost' || first.toLowerCase() !== first;
    const registry = hasRegistry ? first : defaultRegistry;
    const rest = hasRegistry ? text.slice(first.length + 1) : text;
    if (!host.test(registry) || registry.split('.').some((part) => /^-|-$/.test(part)))
        return no(`${JSON.stringify(registry)} is no registry`);
    const at = rest.indexOf('@');
    const digest = at < 0 ? undefined : rest.slice(at + 1);
    if (digest !== undefined && !digestForm.test(digest))
        return no(`${JSON.stringify(digest)} is no digest`);
    const named = at < 0 ? rest : rest.slice(0, at);
    const colon = named.indexOf(':', named.lastIndexOf('/') + 1);
    const path = colon < 0 ? named : named.slice(0, colon);
    const tag = colon < 0 ? undefined : named.slice(colon + 1);
    if (tag !== undefined && !tagForm.test(tag))
        return no(`${JSON.stringify(tag)} is no tag`);
    if (path.length > longestPath)
        return no(`its name is longer than ${longestPath} characters`);
    for (const part of path.split('/'))
        if (!image_component.test(part))
            return no(part.toLowerCase() !== part && image_component.test(part.toLowerCase())
                ? `${JSON.stringify(part)} has capitals`
                : `${JSON.stringify(part)} is no part of a name`);
    const shownTag = tag ?? (digest === undefined ? 'latest' : undefined);
    return {
        kind: 'image',
        registry,
        path,
        name: path.slice(path.lastIndexOf('/') + 1),
        ...(shownTag !== undefined && { tag: shownTag }),
        ...(digest !== undefined && { digest }),
        matched: digest === undefined ? `${registry}/${path}:${String(shownTag)}` : `${registry}/${path}@${digest}`,
    };
}

;// CONCATENATED MODULE: ./src/policy/kyverno/view.ts

const kinds = new Set([
    'Pod',
    'DaemonSet',
    'Deployment',
    'ReplicaSet',
    'ReplicationController',
    'StatefulSet',
    'CronJob',
    'Job',
]);
const lists = new Set(['initContainers', 'containers', 'ephemeralContainers']);
/** The images of a resource as a rule sees them (pkg/utils/api/image.go). */
function viewImages(rule, resource, find) {
    const own = rule.imageExtractors?.has(resource.kind) === true;
    const found = find(own ? rule.imageExtractors : undefined);
    const images = found.images.map((image) => ({
        image,
        reference: parseImage(image.text),
        seen: own || (kinds.has(resource.kind) && lists.has(image.origin.list)),
    }));
    return {
        images,
        looks: own || kinds.has(resource.kind),
        unlisted: found.unlisted,
        faults: [
            ...found.odd.flatMap(({ kind, message }) => (kind === 'unusable' ? message : [])),
            ...images.flatMap(({ image, reference, seen }) => seen && reference.kind === 'unreadable' ? `${JSON.stringify(image.text)}: ${reference.reason}` : []),
            ...(own ? [] : namelessAndTwins(images)),
        ],
    };
}
/** Kyverno keeps containers by name: without one it gives up, and of two with one name it sees the last. */
function namelessAndTwins(images) {
    const names = new Set();
    return images.flatMap(({ image: { text, origin }, seen }) => {
        if (!seen)
            return [];
        if (origin.container === undefined)
            return `the container with ${text} has no name`;
        const name = `${origin.list} ${origin.container}`;
        if (names.has(name))
            return `two of the ${origin.list} are called ${origin.container}`;
        names.add(name);
        return [];
    });
}

;// CONCATENATED MODULE: ./src/policy/kyverno/coverage.ts








/**
 * Which rules and entries must verify which images of a resource, which leave them out, and what nobody looks at.
 * Preconditions and the conditions of exceptions are left to whoever can evaluate them.
 */
function coverage_coverageOf(policies, exceptions, resource, find, surroundings) {
    const gathered = new Map();
    const of = (viewed) => {
        const key = JSON.stringify([viewed.image.origin.path, viewed.image.text]);
        const before = gathered.get(key);
        if (before !== undefined)
            return before;
        const fresh = { viewed, duties: [], skips: [] };
        gathered.set(key, fresh);
        return fresh;
    };
    // All images are listed, also those that no rule is about.
    const usual = viewImages({ imageExtractors: undefined }, resource, find);
    usual.images.forEach(of);
    const rules = [];
    const mutating = [];
    const notes = [];
    for (const policy of policies) {
        const unknown = unknownControllers(policy);
        if (unknown.length > 0)
            notes.push(noteOf('unchecked', `policy ${policy.name}: its annotation asks for auto-gen for ${JSON.stringify(unknown.join(','))}, which Kyverno does not know`, policy.origin));
        const { rules: effective, off } = effectiveRules(policy, resource.kind);
        const applied = [];
        for (const { rule, autogen } of effective) {
            const matched = matchResource(policy, rule, resource, surroundings);
            if (rule.operation === 'mutate' && rule.touchesImages && matched.kind !== 'does-not-apply')
                mutating.push({ policy, rule });
            if (rule.operation !== 'verifyImages')
                continue;
            const exempted = matched.kind === 'does-not-apply'
                ? []
                : exceptionsFor(exceptions, policy, rule.name, resource, surroundings);
            rules.push({
                policy,
                rule,
                ...(autogen && { autogen }),
                matched,
                failureAction: failureActionOf(policy, rule, namespaceOf(resource), surroundings),
                exempted,
            });
            if (matched.kind === 'does-not-apply')
                continue;
            const view = rule.imageExtractors?.has(resource.kind) === true ? viewImages(rule, resource, find) : usual;
            notes.push(...notesOnRule(policy, rule, resource, view));
            const before = policy.applyRules === 'One' ? [...applied] : [];
            const duties = view.images
                .filter(({ seen }) => seen)
                .flatMap((viewed) => {
                const { duties, skips } = coverage_assign(policy, rule, viewed, exempted, matched, before);
                of(viewed).duties.push(...duties);
                of(viewed).skips.push(...skips);
                return duties;
            });
            if (duties.length > 0)
                applied.push(rule.name);
        }
        if (off !== undefined)
            notes.push(...notesOnAutogen(policy, resource, usual.images, off));
    }
    const images = [...gathered.values()].map(({ viewed, duties, skips }) => ({
        image: viewed.image,
        reference: viewed.reference,
        duties,
        skips,
    }));
    notes.push(...mutating.map(({ policy, rule }) => noteOf('not-evaluated', `rule ${policy.name}/${rule.name} may change the images of ${titleOf(resource)}, and is not run here`, rule.origin)), ...notesOnResource(resource, images, rules, usual.unlisted));
    return { images, rules, mutating, notes };
}
/** What the entries of a rule say to an image; nothing when it is none of the rule's. */
function coverage_assign(policy, rule, { reference }, exempted, matched, unlessApplied) {
    const duties = [];
    const skips = [];
    if (reference.kind === 'unreadable')
        return { duties, skips };
    const own = rule.verifyImages.filter((entry) => matchesAny(entry.imageReferences, reference.matched));
    if (own.length === 0)
        return { duties, skips };
    const certain = exempted.find(({ conditions, unknown }) => conditions === undefined && unknown === undefined);
    for (const entry of rule.verifyImages) {
        const skip = (reason, by, missingDigest = false) => {
            skips.push({ policy, rule, entry, reason, by, missingDigest });
        };
        const missingDigest = entry.verifyDigest && !entry.mutateDigest && reference.digest === undefined;
        const skipped = entry.skipImageReferences.find((pattern) => matchesAny([pattern], reference.matched));
        if (certain !== undefined)
            skip('exception', certain.name);
        else if (!own.includes(entry))
            skip('other-entry', own.map(({ path }) => path).join(', '));
        else if (skipped !== undefined)
            skip('skip-reference', skipped, missingDigest);
        else
            duties.push({
                policy,
                rule,
                entry,
                exemptIf: exempted,
                ...(matched.kind === 'unknown' && { unknown: matched.why }),
                unlessApplied,
                missingDigest,
            });
    }
    return { duties, skips };
}
/** A controller of pods that a policy for pods does not look at, with images that it would ask about. */
function notesOnAutogen(policy, resource, images, off) {
    if (policy.kind === 'Policy' && policy.namespace !== (resource.namespace ?? 'default'))
        return [];
    const rule = policy.rules.find(({ match, verifyImages }) => match.filters.some(({ kinds }) => kinds.some((kind) => /(?:^|\/)Pod$/.test(kind))) &&
        images.some(({ reference }) => reference.kind === 'image' &&
            verifyImages.some((entry) => matchesAny(entry.imageReferences, reference.matched))));
    if (rule === undefined)
        return [];
    return [
        noteOf('unchecked', `policy ${policy.name} is for pods and does not look at ${titleOf(resource)}, because ${off}`, rule.origin),
    ];
}

// EXTERNAL MODULE: ./src/verify/identity.ts
var verify_identity = __webpack_require__(28879);
// EXTERNAL MODULE: ./src/keys/pem.ts
var keys_pem = __webpack_require__(92722);
;// CONCATENATED MODULE: ./src/policy/cluster-image/read-key.ts


/** Where policy-controller runs and its Secrets are, unless it was told otherwise. */
const controllerNamespace = 'cosign-system';
const fieldsOfKey = ['secretRef', 'data', 'kms', 'hashAlgorithm'];
const schemes = ['awskms://', 'azurekms://', 'hashivault://', 'gcpkms://'];
const algorithms = ['sha224', 'sha256', 'sha384', 'sha512'];
/** Reads `key` or `ca-cert`: exactly one of data, kms and secretRef. */
function readKey(owner, name, secrets) {
    const fields = objectOf(owner, name, fieldsOfKey);
    if (fields === undefined)
        return undefined;
    const pem = fields_textOf(fields, 'data');
    const kms = fields_textOf(fields, 'kms');
    const forms = [pem !== undefined, kms !== undefined, has(fields, 'secretRef')].filter(Boolean).length;
    const paths = ['data', 'kms', 'secretref'].map((one) => within(fields.path, one)).join(', ');
    if (forms !== 1) {
        const got = forms === 0 ? 'neither' : 'both';
        refuse(fields, undefined, {
            message: `expected exactly one of data, kms and secretRef, got ${forms === 0 ? 'none' : String(forms)}`,
            peerReason: `expected exactly one, got ${got}: ${paths}`,
        });
    }
    const hashAlgorithm = readHashAlgorithm(fields);
    const reference = pem !== undefined
        ? readData(fields, pem, name)
        : kms !== undefined
            ? readKms(fields, kms)
            : readSecretReference(fields, secrets);
    return reference && { reference, hashAlgorithm };
}
function readHashAlgorithm(fields) {
    const said = fields_textOf(fields, 'hashAlgorithm');
    const found = algorithms.find((one) => one === said?.trim().toLowerCase());
    if (said !== undefined && found === undefined) {
        refuse(fields, 'hashAlgorithm', {
            message: `expected one of ${algorithms.join(', ')}, got "${said}"`,
            peerReason: `invalid value: ${said}: ${within(fields.path, 'hashAlgorithm')}`,
        });
    }
    return found ?? 'sha256';
}
const endOfBlock = '-----END ';
function readData(fields, pem, name) {
    // policy-controller reads `ca-cert` as a public key, so that no certificate is accepted there; ours are certificates.
    if (name === 'ca-cert') {
        if (!pem.includes('-----BEGIN CERTIFICATE-----')) {
            refuse(fields, 'data', { message: 'expected certificates in PEM, got none' });
        }
        else {
            warn(fields, 'data', {
                message: 'policy-controller up to 0.15 refuses certificates here; give them in a TrustRoot to be enforced',
            });
        }
        return { kind: 'data', pem };
    }
    const outcome = (0,keys_pem/* readPem */.J)(pem);
    if (outcome.kind !== 'key') {
        refuse(fields, 'data', {
            message: outcome.kind === 'refused'
                ? outcome.reason
                : 'expected a public key in PEM, got an encrypted private key',
            peerReason: `invalid value: ${pem}: ${within(fields.path, 'data')}`,
        });
    }
    else if (pem.indexOf(endOfBlock) !== pem.lastIndexOf(endOfBlock)) {
        warn(fields, 'data', { message: 'only the first PEM block is read; the others are never tried' });
    }
    return { kind: 'data', pem };
}
function readKms(fields, reference) {
    if (!schemes.some((scheme) => reference.startsWith(scheme))) {
        refuse(fields, 'kms', {
            message: `expected a reference that starts with one of ${schemes.join(', ')}, got "${reference}"`,
            peerReason: `invalid value: ${reference}: ${within(fields.path, 'kms')}`,
        });
    }
    else if (reference.startsWith('awskms://')) {
        const wrong = problemOfAws(reference);
        if (wrong !== undefined) {
            refuse(fields, 'kms', {
                message: wrong,
                peerReason: `invalid value: ${reference}: ${within(fields.path, 'kms')}`,
            });
        }
    }
    return { kind: 'kms', reference };
}
const arn = /^arn:aws(?:-us-gov|-cn)?:kms:[a-z0-9-]+:\d{12}:(?:key\/(?:mrk-)?[A-Fa-f0-9]{8}-?(?:[A-Fa-f0-9]{4}-?){3}[A-Fa-f0-9]{12}|alias\/.+)$/;
/** policy-controller takes key and alias ARNs only, behind an endpoint or a third slash. */
function problemOfAws(reference) {
    const rest = reference.slice('awskms://'.length);
    const slash = rest.indexOf('/');
    const expected = 'expected awskms://[ENDPOINT]/ARN, the ARN of a key or an alias';
    if (slash < 0 || /^(?:arn|alias)/.test(rest))
        return `${expected}, got "${reference}"`;
    const endpoint = rest.slice(0, slash);
    if (endpoint !== '' && !/^[^:]+:\d+$/.test(endpoint))
        return `${expected}, got the endpoint "${endpoint}" without a port`;
    return arn.test(rest.slice(slash + 1)) ? undefined : `${expected}, got "${rest.slice(slash + 1)}"`;
}
function readSecretReference(fields, secrets) {
    const reference = objectOf(fields, 'secretRef', ['name', 'namespace']);
    if (reference === undefined)
        return undefined;
    const name = fields_textOf(reference, 'name');
    const namespace = fields_textOf(reference, 'namespace') ?? controllerNamespace;
    if (name === undefined) {
        refuse(reference, undefined, { message: 'expected the name of a Secret' });
        return undefined;
    }
    if (namespace !== controllerNamespace) {
        refuse(reference, 'namespace', {
            message: `expected ${controllerNamespace}, where policy-controller reads Secrets, got "${namespace}"`,
            peerReason: `invalid value: ${namespace}: ${within(fields.path, 'secretref.namespace')}`,
        });
    }
    const secret = secrets.get(name);
    if (secret && 'problem' in secret)
        refuse(reference, 'name', { message: secret.problem });
    return { kind: 'secret', name, namespace, ...(secret && 'pem' in secret && { pem: secret.pem }) };
}

;// CONCATENATED MODULE: ./src/policy/cluster-image/read-evaluated-policy.ts

const fieldsOfPolicy = [
    'type',
    'data',
    'remote',
    'configMapRef',
    'fetchConfigFile',
    'includeSpec',
    'includeObjectMeta',
    'includeTypeMeta',
];
const includes = ['fetchConfigFile', 'includeSpec', 'includeObjectMeta', 'includeTypeMeta'];
/** Reads the policy of an attestation. What is included of the resource can be asked for at the top only. */
function readAttestationPolicy(owner) {
    const fields = objectOf(owner, 'policy', fieldsOfPolicy);
    if (fields === undefined)
        return undefined;
    for (const name of includes) {
        if (!has(fields, name))
            continue;
        refuse(fields, name, {
            message: `"${name}" belongs to the policy of the whole ClusterImagePolicy (spec.policy)`,
            peerReason: `must not set the field(s): ${within(fields.path, name)}`,
        });
    }
    return readEvaluated(fields, lineOf(owner, 'policy'));
}
/** Reads `spec.policy`. */
function readTopPolicy(spec) {
    const fields = objectOf(spec, 'policy', fieldsOfPolicy);
    if (fields === undefined)
        return undefined;
    const flags = {
        fetchConfigFile: flagOf(fields, 'fetchConfigFile') ?? false,
        includeSpec: flagOf(fields, 'includeSpec') ?? false,
        includeObjectMeta: flagOf(fields, 'includeObjectMeta') ?? false,
        includeTypeMeta: flagOf(fields, 'includeTypeMeta') ?? false,
    };
    const policy = readEvaluated(fields, lineOf(spec, 'policy'));
    return policy && { ...policy, ...flags };
}
function readEvaluated(fields, line) {
    const said = fields_textOf(fields, 'type');
    const type = said === 'cue' || said === 'rego' ? said : undefined;
    if (type === undefined) {
        refuse(fields, 'type', {
            message: `expected cue or rego, got ${said === undefined ? 'none' : `"${said}"`}`,
            peerReason: `invalid value: ${said ?? ''}: ${within(fields.path, 'type')}`,
        });
    }
    const source = readSource(fields);
    return type && source && { type, source, line };
}
function readSource(fields) {
    const text = fields_textOf(fields, 'data');
    const given = [text !== undefined, has(fields, 'remote'), has(fields, 'configMapRef')].filter(Boolean).length;
    const paths = ['configMapRef', 'data', 'remote'].map((one) => within(fields.path, one)).join(', ');
    if (given !== 1) {
        refuse(fields, undefined, {
            message: `expected exactly one of data, remote and configMapRef, got ${given === 0 ? 'none' : String(given)}`,
            peerReason: given === 0 ? `missing field(s): ${paths}` : `expected exactly one, got both: ${paths}`,
        });
    }
    if (text !== undefined)
        return { kind: 'data', text };
    return has(fields, 'remote') ? readRemote(fields) : readConfigMap(fields);
}
const sha256 = /^[0-9a-fA-F]{64}$/;
function readRemote(owner) {
    const fields = objectOf(owner, 'remote', ['url', 'sha256sum']);
    if (fields === undefined)
        return undefined;
    const url = fields_textOf(fields, 'url');
    const sum = fields_textOf(fields, 'sha256sum');
    const good = url !== undefined && isHttps(url);
    if (!good) {
        refuse(fields, 'url', {
            message: `expected an address that starts with https:// and names a host, got ${url === undefined ? 'none' : `"${url}"`}`,
            peerReason: `invalid value: ${url ?? ''}: ${within(fields.path, 'url')}`,
        });
    }
    if (sum === undefined) {
        refuse(fields, undefined, {
            message: 'expected the SHA-256 of the policy in "sha256sum"',
            peerReason: `missing field(s): ${within(fields.path, 'sha256sum')}`,
        });
    }
    else if (!sha256.test(sum)) {
        refuse(fields, 'sha256sum', {
            message: `expected 64 hex digits, got "${sum}"; nothing has such a SHA-256`,
        });
    }
    return good && sum !== undefined ? { kind: 'remote', url, sha256: sum.toLowerCase() } : undefined;
}
function isHttps(text) {
    const url = URL.canParse(text) ? new URL(text) : undefined;
    return url?.protocol === 'https:' && url.hostname !== '';
}
function readConfigMap(owner) {
    const fields = objectOf(owner, 'configMapRef', ['name', 'namespace', 'key']);
    if (fields === undefined)
        return undefined;
    const name = fields_textOf(fields, 'name');
    const namespace = fields_textOf(fields, 'namespace');
    const key = fields_textOf(fields, 'key');
    for (const [field, value] of [
        ['name', name],
        ['key', key],
    ]) {
        if (value !== undefined)
            continue;
        refuse(fields, undefined, {
            message: `expected the ${field} in "${field}"`,
            peerReason: `missing field(s): ${within(fields.path, field)}`,
        });
    }
    if (name === undefined || key === undefined)
        return undefined;
    warn(owner, 'configMapRef', {
        message: `the policy is in a ConfigMap of the cluster (${name}, key ${key}) and cannot be read here; policy-tester takes it for passed`,
    });
    return { kind: 'configMap', name, key, ...(namespace !== undefined && { namespace }) };
}

;// CONCATENATED MODULE: ./src/policy/cluster-image/read-verifying.ts



/** Reads what an authority has besides its key or its identities. */
function readVerifying(fields) {
    const source = read_verifying_readSource(fields);
    const ctlog = readLog(fields);
    const timestamp = readTimestamp(fields);
    const signatureFormat = readFormat(fields);
    return {
        attestations: readAttestations(fields),
        ...(source && { source }),
        ...(ctlog && { ctlog }),
        ...(timestamp && { timestamp }),
        ...(signatureFormat && { signatureFormat }),
    };
}
function read_verifying_readSource(owner) {
    const [item, ...more] = listOf(owner, 'source');
    if (item === undefined)
        return undefined;
    if (more.length > 0) {
        refuse(owner, 'source', {
            message: `expected one source, got ${more.length + 1}`,
            peerReason: `invalid value: source: ${within(owner.path, 'source')}`,
        });
    }
    const fields = openFields(owner.reading, item, ['oci', 'signaturePullSecrets', 'tagPrefix']);
    if (fields === undefined)
        return undefined;
    const oci = fields_textOf(fields, 'oci');
    const tagPrefix = fields_textOf(fields, 'tagPrefix');
    if (oci !== undefined && !isRegistryName(oci) && typeof readRepository(oci) === 'string') {
        refuse(fields, 'oci', {
            message: `expected a registry or a repository in one, got "${oci}"`,
            peerReason: `invalid value: ${oci}: ${within(fields.path, 'oci')}`,
        });
    }
    const pullSecrets = listOf(fields, 'signaturePullSecrets').flatMap((secret) => {
        const entry = openFields(owner.reading, secret, ['name']);
        const name = entry && fields_textOf(entry, 'name');
        if (entry && name === undefined) {
            refuse(entry, undefined, {
                message: 'expected the name of a Secret',
                peerReason: `missing field(s): ${within(secret.path, 'name')}`,
            });
        }
        return name ?? [];
    });
    if (pullSecrets.length > 0) {
        warn(fields, 'signaturePullSecrets', {
            message: `the Secrets ${pullSecrets.join(', ')} are in the cluster: the credentials of this step are used instead`,
        });
    }
    return { pullSecrets, ...(oci !== undefined && { oci }), ...(tagPrefix !== undefined && { tagPrefix }) };
}
function readLog(owner) {
    const fields = objectOf(owner, 'ctlog', ['url', 'trustRootRef']);
    if (fields === undefined)
        return undefined;
    const url = fields_textOf(fields, 'url');
    const trustRootRef = fields_textOf(fields, 'trustRootRef');
    if (url !== undefined && !URL.canParse(url))
        refuse(fields, 'url', { message: `expected an address, got "${url}"` });
    if (url === undefined) {
        warn(owner, 'ctlog', {
            message: 'without a url policy-controller loses this field when it converts between v1beta1 and v1alpha1, and does not look at the log; here a log entry is demanded',
        });
    }
    return { ...(url !== undefined && { url }), ...(trustRootRef !== undefined && { trustRootRef }) };
}
function readTimestamp(owner) {
    const fields = objectOf(owner, 'rfc3161timestamp', ['trustRootRef']);
    if (fields === undefined)
        return undefined;
    const trustRootRef = fields_textOf(fields, 'trustRootRef');
    if (trustRootRef !== undefined)
        return { trustRootRef };
    warn(owner, 'rfc3161timestamp', {
        message: 'without a trustRootRef policy-controller asks for no timestamp',
    });
    return undefined;
}
function readFormat(fields) {
    const said = fields_textOf(fields, 'signatureFormat');
    if (said === undefined || said === 'legacy' || said === 'bundle')
        return said;
    // policy-controller accepts any text and then looks for the legacy format.
    refuse(fields, 'signatureFormat', { message: `expected legacy or bundle, got "${said}"` });
    return undefined;
}
/** cosign's names of predicate types that policy-controller knows, and warns of. */
const shortNames = ['custom', 'slsaprovenance', 'spdx', 'spdxjson', 'cyclonedx', 'link', 'vuln'];
const requestUri = /^(?:[a-zA-Z][a-zA-Z0-9+.-]*:|\/)/;
function readAttestations(owner) {
    return listOf(owner, 'attestations').flatMap((item) => {
        const fields = openFields(owner.reading, item, ['name', 'predicateType', 'policy']);
        if (fields === undefined)
            return [];
        const name = fields_textOf(fields, 'name');
        const predicateType = fields_textOf(fields, 'predicateType');
        for (const [field, value] of [
            ['name', name],
            ['predicateType', predicateType],
        ]) {
            if (value !== undefined)
                continue;
            refuse(fields, undefined, {
                message: `expected the ${field === 'name' ? 'name' : 'predicate type'} of the attestation in "${field}"`,
                peerReason: `missing field(s): ${within(within(owner.path, 'attestations'), field)}`,
            });
        }
        if (predicateType !== undefined &&
            (shortNames.includes(predicateType) || !requestUri.test(predicateType))) {
            warn(fields, 'predicateType', {
                message: `"${predicateType}" is a short name; policy-controller asks for the whole type`,
                peerReason: 'deprecated value, please use RFC 3986 conformant values',
            });
        }
        const policy = readAttestationPolicy(fields);
        const broken = has(fields, 'policy') && policy === undefined;
        if (name === undefined || predicateType === undefined || broken)
            return [];
        return [{ name, predicateType, line: item.node.line, ...(policy && { policy }) }];
    });
}

;// CONCATENATED MODULE: ./src/policy/cluster-image/read-authority.ts




const fieldsOfAuthority = [
    'name',
    'key',
    'keyless',
    'static',
    'source',
    'ctlog',
    'attestations',
    'rfc3161timestamp',
    'signatureFormat',
];
const read_authority_forms = ['key', 'keyless', 'static'];
const publicFulcio = 'https://fulcio.sigstore.dev';
/** Reads one of `spec.authorities`: exactly one of key, keyless and static. */
function readAuthority(reading, item, index, secrets) {
    const fields = openFields(reading, item, fieldsOfAuthority);
    if (fields === undefined)
        return undefined;
    const given = read_authority_forms.filter((form) => has(fields, form));
    const [form] = given;
    if (form === undefined || given.length > 1) {
        const paths = read_authority_forms.map((one) => within(fields.path, one)).join(', ');
        refuse(fields, undefined, {
            message: `expected exactly one of ${read_authority_forms.join(', ')}, got ${given.length === 0 ? 'none' : given.join(' and ')}`,
            peerReason: `expected exactly one, got ${given.length === 0 ? 'neither' : 'both'}: ${paths}`,
        });
        return undefined;
    }
    const common = { name: fields_textOf(fields, 'name') ?? `authority-${index}`, line: item.node.line };
    switch (form) {
        case 'key':
            return readKeyed(fields, common, secrets);
        case 'keyless':
            return readKeyless(fields, common, secrets);
        case 'static':
            return readStatic(fields, common);
    }
}
function readKeyed(fields, common, secrets) {
    const key = readKey(fields, 'key', secrets);
    const verifying = readVerifying(fields);
    if (verifying.signatureFormat === 'bundle') {
        warn(fields, 'signatureFormat', {
            message: 'policy-controller takes bundles of keyless signers only and will refuse every image here',
            peerReason: 'when using the new bundle format, the authority must be keyless',
        });
    }
    if (key === undefined)
        return undefined;
    const log = verifying.timestamp === undefined && verifying.ctlog !== undefined ? 'required' : 'ignored';
    return { ...common, kind: 'key', key: key.reference, hashAlgorithm: key.hashAlgorithm, ...verifying, log };
}
function readKeyless(owner, common, secrets) {
    const fields = objectOf(owner, 'keyless', [
        'url',
        'identities',
        'ca-cert',
        'trustRootRef',
        'insecureIgnoreSCT',
    ]);
    if (fields === undefined)
        return undefined;
    const url = fields_textOf(fields, 'url');
    const caCert = readKey(fields, 'ca-cert', secrets)?.reference;
    if (url !== undefined && has(fields, 'ca-cert')) {
        refuse(fields, undefined, {
            message: 'expected one of url and ca-cert, got both',
            peerReason: `expected exactly one, got both: ${within(fields.path, 'ca-cert')}, ${within(fields.path, 'url')}`,
        });
    }
    if (url !== undefined && !URL.canParse(url))
        refuse(fields, 'url', { message: `expected an address, got "${url}"` });
    const items = listOf(fields, 'identities');
    if (items.length === 0) {
        refuse(fields, undefined, {
            message: 'expected at least one identity in "identities": without one anybody could have signed',
            peerReason: `missing field(s): ${within(fields.path, 'identities')}`,
        });
    }
    const identities = items.flatMap((item) => readIdentity(fields.reading, item) ?? []);
    const trustRootRef = fields_textOf(fields, 'trustRootRef');
    const insecureIgnoreSct = flagOf(fields, 'insecureIgnoreSCT') ?? false;
    const verifying = readVerifying(owner);
    const bundled = verifying.signatureFormat === 'bundle';
    const refs = [verifying.ctlog, verifying.timestamp].filter((one) => one !== undefined);
    if (bundled && refs.some((one) => one.trustRootRef !== trustRootRef)) {
        warn(owner, 'signatureFormat', {
            message: 'with bundles policy-controller wants one trustRootRef for keyless, ctlog and rfc3161timestamp, and will refuse every image here',
        });
    }
    const logged = verifying.timestamp === undefined &&
        (bundled || verifying.ctlog !== undefined || trustRootRef === undefined);
    if (!logged && verifying.timestamp === undefined) {
        warn(owner, 'keyless', {
            message: 'with trustRootRef and no ctlog the transparency log is not looked at, so nothing proves when the certificate was used',
        });
    }
    if (identities.length === 0)
        return undefined;
    return {
        ...common,
        kind: 'keyless',
        identities,
        ...(caCert === undefined && { url: url ?? publicFulcio }),
        ...(caCert !== undefined && { caCert }),
        ...(trustRootRef !== undefined && { trustRootRef }),
        insecureIgnoreSct,
        ...verifying,
        log: logged ? 'required' : 'ignored',
    };
}
function readIdentity(reading, item) {
    const fields = openFields(reading, item, ['issuer', 'issuerRegExp', 'subject', 'subjectRegExp']);
    if (fields === undefined)
        return undefined;
    const issuer = oneForm(fields, 'issuer', 'issuerRegExp');
    const subject = oneForm(fields, 'subject', 'subjectRegExp');
    return issuer && subject && { ...issuer, ...subject };
}
/** Exactly one of a plain form and a regular expression (RE2). */
function oneForm(fields, plain, pattern) {
    const text = fields_textOf(fields, plain);
    const expression = fields_textOf(fields, pattern);
    const paths = `${within(fields.path, plain)}, ${within(fields.path, pattern)}`;
    if (text !== undefined && expression !== undefined) {
        refuse(fields, pattern, {
            message: `expected one of ${plain} and ${pattern}, got both`,
            peerReason: `expected exactly one, got both: ${paths}`,
        });
        return undefined;
    }
    if (text !== undefined) {
        if (text.includes('*')) {
            warn(fields, plain, {
                message: `compared letter by letter: the * in "${text}" is no wildcard; use ${pattern}`,
            });
        }
        return { [plain]: text };
    }
    if (expression === undefined) {
        refuse(fields, undefined, {
            message: `expected ${plain} or ${pattern}, got none`,
            peerReason: `missing field(s): ${paths}`,
        });
        return undefined;
    }
    const wrong = (0,verify_identity.patternProblem)(expression);
    if (wrong !== undefined) {
        refuse(fields, pattern, {
            message: `expected a regular expression (RE2), got "${expression}": ${wrong}`,
            peerReason: `invalid value: ${expression}: ${within(fields.path, pattern)}`,
        });
        return undefined;
    }
    if (!expression.startsWith('^') || !expression.endsWith('$')) {
        warn(fields, pattern, {
            message: `not anchored: "${expression}" may match any part of the ${plain}; write ^…$`,
        });
    }
    return { [pattern]: expression };
}
const excluded = ['attestations', 'source', 'ctlog', 'rfc3161timestamp'];
function readStatic(owner, common) {
    const fields = objectOf(owner, 'static', ['action', 'message']);
    if (fields === undefined)
        return undefined;
    for (const name of excluded) {
        const isList = name === 'attestations' || name === 'source';
        if (isList ? listOf(owner, name).length === 0 : !has(owner, name))
            continue;
        refuse(owner, name, {
            message: `a static authority verifies nothing: "${name}" has no meaning here`,
            peerReason: `expected exactly one, got both: ${within(owner.path, name)}, ${within(owner.path, 'static')}`,
        });
    }
    const said = fields_textOf(fields, 'action');
    const message = fields_textOf(fields, 'message');
    if (said === undefined) {
        refuse(fields, undefined, {
            message: 'expected pass or fail in "action"',
            peerReason: `missing field(s): ${within(fields.path, 'action')}`,
        });
        return undefined;
    }
    if (said !== 'pass' && said !== 'fail') {
        refuse(fields, 'action', {
            message: `expected pass or fail, got "${said}"`,
            peerReason: `invalid value: ${said}: ${within(fields.path, 'action')}`,
        });
        return undefined;
    }
    return { ...common, kind: 'static', action: said, ...(message !== undefined && { message }) };
}

;// CONCATENATED MODULE: ./src/policy/cluster-image/read-policy.ts






/**
 * Reads a ClusterImagePolicy, as strictly as policy-controller's webhook with its default configuration (which wants
 * authorities), and with every unknown field a problem.
 *
 * @returns undefined for a document with a problem; what it is stands in the reading
 */
function readClusterImagePolicy(reading, node, version, secrets) {
    const before = reading.problems.length;
    const document = openResource(reading, node);
    if (document === undefined)
        return undefined;
    const metadata = readMetadata(document);
    const spec = objectOf(document, 'spec', ['images', 'authorities', 'policy', 'mode', 'match']);
    if (spec === undefined) {
        refuse(document, undefined, {
            message: 'expected a spec',
            peerReason: 'missing field(s): spec.authorities, spec.images',
        });
        return undefined;
    }
    const images = readImages(spec);
    const mode = readMode(spec);
    const match = listOf(spec, 'match').flatMap((item) => readMatch(spec, item) ?? []);
    const items = listOf(spec, 'authorities');
    if (items.length === 0) {
        refuse(spec, undefined, {
            message: 'expected at least one authority: without one nothing is demanded of an image',
            peerReason: 'missing field(s): spec.authorities',
        });
    }
    const authorities = items.flatMap((item, index) => readAuthority(reading, item, index, secrets) ?? []);
    const policy = readTopPolicy(spec);
    warnOfSilence(spec, authorities, mode, policy?.type === 'cue');
    if (metadata === undefined || reading.problems.length > before)
        return undefined;
    return {
        kind: 'ClusterImagePolicy',
        version,
        name: metadata.name,
        file: reading.file,
        line: node.line,
        images,
        mode,
        match,
        authorities,
        ...(policy && { policy }),
    };
}
function readImages(spec) {
    const items = listOf(spec, 'images');
    if (items.length === 0) {
        refuse(spec, undefined, {
            message: 'expected at least one glob in "images"',
            peerReason: 'missing field(s): spec.images',
        });
    }
    return items.flatMap((item) => {
        const fields = openFields(spec.reading, item, ['glob']);
        if (fields === undefined)
            return [];
        const text = fields_textOf(fields, 'glob');
        if (text === undefined) {
            refuse(fields, undefined, {
                message: 'expected a glob in "glob"',
                peerReason: `missing field(s): ${within(fields.path, 'glob')}`,
            });
            return [];
        }
        const glob = readGlob(text);
        if (typeof glob !== 'string') {
            warnOfGlob(fields, text);
            return [glob];
        }
        refuse(fields, 'glob', {
            message: `"${text}" is no glob: ${glob}`,
            peerReason: `invalid value: ${text}: ${within(fields.path, 'glob')}`,
        });
        return [];
    });
}
/** In a cluster a reference has lost its tag when it is compared. */
function warnOfGlob(fields, text) {
    const last = text.slice(text.lastIndexOf('/') + 1);
    if (last.includes(':') && !last.includes('@')) {
        warn(fields, 'glob', {
            message: `"${text}" ends in a tag: where policy-controller enforces, images are compared as name@sha256:… and this never matches`,
        });
    }
}
function readMode(spec) {
    const said = fields_textOf(spec, 'mode') ?? 'enforce';
    if (said === 'enforce' || said === 'warn')
        return said;
    refuse(spec, 'mode', {
        message: `expected enforce or warn, got "${said}"`,
        peerReason: `invalid value: ${said}: spec.mode`,
    });
    return 'enforce';
}
/** The resources that policy-controller looks into. */
const resources = ['pods', 'replicasets', 'deployments', 'statefulsets', 'daemonsets', 'jobs', 'cronjobs'];
function readMatch(spec, item) {
    const fields = openFields(spec.reading, item, ['group', 'version', 'resource', 'selector']);
    if (fields === undefined)
        return undefined;
    const group = fields_textOf(fields, 'group') ?? '';
    const version = fields_textOf(fields, 'version') ?? '';
    const resource = fields_textOf(fields, 'resource') ?? '';
    if (has(fields, 'selector') && group === '' && version === '' && resource === '') {
        refuse(fields, 'selector', {
            message: 'a selector needs the resource whose labels it selects by',
            peerReason: `invalid value: : ${within(fields.path, 'selector')}`,
        });
    }
    else if (resource === '' || version === '') {
        warn(fields, undefined, {
            message: `without a ${resource === '' ? 'resource' : 'version'} this matches no resource at all`,
        });
    }
    if (resource !== '' && !resources.includes(resource)) {
        refuse(fields, 'resource', {
            message: `expected one of ${resources.join(', ')}, got "${resource}"`,
            peerReason: `invalid value: ${resource}: ${within(fields.path, 'resource')}`,
        });
    }
    const selector = readLabelSelector(fields, 'selector');
    return { group, version, resource, ...(selector && { selector }) };
}
function warnOfSilence(spec, authorities, mode, cue) {
    if (mode === 'warn') {
        warn(spec, 'mode', { message: 'mode warn: a failure is listed and keeps no image from being promoted' });
    }
    const pass = authorities.find((one) => one.kind === 'static' && one.action === 'pass');
    if (pass) {
        const others = authorities.length > 1 ? '; the other authorities are never needed' : '';
        warn(spec, 'authorities', { message: `authority ${pass.name} passes every image unchecked${others}` });
    }
    const seen = new Set();
    for (const { name } of authorities) {
        if (seen.has(name)) {
            warn(spec, 'authorities', {
                message: `two authorities are called "${name}": the policy over them sees one`,
            });
        }
        seen.add(name);
    }
    if (cue && authorities.length > 1) {
        warn(spec, 'policy', {
            message: 'a CUE policy of policy-controller holds when an authority it speaks of did not pass and is absent; say so in Rego, or in one policy for each',
        });
    }
}

;// CONCATENATED MODULE: ./src/policy/cluster-image/read-secret.ts




const read_secret_base64 = /^[A-Za-z0-9+/\s]*={0,2}\s*$/;
/**
 * Reads a Secret that holds a public key. policy-controller uses the only value of a Secret, whatever its name is; the
 * one in `stringData` goes before that in `data`, as in Kubernetes.
 */
function readSecret(reading, node) {
    const document = openFields(reading, { node, path: '' }, [
        'apiVersion',
        'kind',
        'metadata',
        'type',
        'immutable',
        'data',
        'stringData',
    ]);
    const metadata = document && readMetadata(document);
    if (document === undefined || metadata === undefined)
        return undefined;
    const namespace = fields_textOf(metadata.fields, 'namespace');
    if (namespace !== controllerNamespace) {
        refuse(metadata.fields, 'namespace', {
            message: `expected ${controllerNamespace}, where policy-controller reads Secrets, got ${namespace ?? 'none'}`,
            peerReason: `invalid value: ${namespace ?? ''}: metadata.namespace`,
        });
        return undefined;
    }
    const values = new Map();
    for (const [key, value] of textMapOf(document, 'data')) {
        if (!read_secret_base64.test(value))
            refuse(document, 'data', { message: `"${key}" is not in base64` });
        values.set(key, Buffer.from(value, 'base64').toString('utf8'));
    }
    for (const [key, value] of textMapOf(document, 'stringData'))
        values.set(key, value);
    const [pem, ...more] = values.values();
    const content = pem === undefined
        ? { problem: `the Secret "${metadata.name}" holds nothing: expected one public key` }
        : more.length > 0
            ? {
                problem: `the Secret "${metadata.name}" holds ${more.length + 1} values: expected one public key`,
            }
            : (0,keys_pem/* readPem */.J)(pem).kind === 'key'
                ? { pem }
                : { problem: `the Secret "${metadata.name}" holds no public key in PEM` };
    return { name: metadata.name, content };
}

;// CONCATENATED MODULE: ./src/policy/cluster-image/bytes.ts

const bytes_base64 = /^[A-Za-z0-9+/]*={0,2}$/;
/** A field of bytes, which Kubernetes writes as base64; line feeds in it are passed over. */
function bytesOf(fields, name) {
    const text = fields_textOf(fields, name)?.replaceAll(/[\r\n]/g, '');
    if (text === undefined)
        return undefined;
    if (bytes_base64.test(text) && text.length % 4 === 0)
        return new Uint8Array(Buffer.from(text, 'base64'));
    refuse(fields, name, { message: 'expected base64, got other text' });
    return undefined;
}

;// CONCATENATED MODULE: ./src/policy/cluster-image/read-sigstore-keys.ts



/** Reads keys and certificates that stand in the TrustRoot itself. */
function readSigstoreKeys(spec) {
    const fields = objectOf(spec, 'sigstoreKeys', [
        'certificateAuthorities',
        'tLogs',
        'ctLogs',
        'timestampAuthorities',
    ]);
    if (fields === undefined)
        return undefined;
    const authorities = (name) => listOf(fields, name).flatMap((item) => read_sigstore_keys_readAuthority(fields, item) ?? []);
    const logs = (name) => listOf(fields, name).flatMap((item) => read_sigstore_keys_readLog(fields, item) ?? []);
    const before = fields.reading.problems.length;
    const keys = {
        certificateAuthorities: authorities('certificateAuthorities'),
        timestampAuthorities: authorities('timestampAuthorities'),
        tLogs: logs('tLogs'),
        ctLogs: logs('ctLogs'),
    };
    if (fields.reading.problems.length > before)
        return undefined;
    if (keys.certificateAuthorities.length + keys.timestampAuthorities.length > 0)
        return keys;
    refuse(fields, undefined, {
        message: 'expected at least one of certificateAuthorities and timestampAuthorities',
        peerReason: `expected exactly one, got neither: ${within(fields.path, 'certificateAuthority')}, ${within(fields.path, 'timestampAuthorities')}`,
    });
    return undefined;
}
function read_sigstore_keys_readAuthority(owner, item) {
    const fields = openFields(owner.reading, item, ['subject', 'uri', 'certChain']);
    if (fields === undefined)
        return undefined;
    const subject = objectOf(fields, 'subject', ['organization', 'commonName']);
    const organization = (subject && fields_textOf(subject, 'organization')) ?? demand(subject ?? fields, 'organization');
    const commonName = (subject && fields_textOf(subject, 'commonName')) ?? demand(subject ?? fields, 'commonName');
    const uri = fields_textOf(fields, 'uri') ?? demand(fields, 'uri');
    const chain = bytesOf(fields, 'certChain');
    const certificates = chain === undefined ? [] : certificatesOf(Buffer.from(chain).toString('latin1'));
    if (certificates.length === 0) {
        refuse(fields, undefined, {
            message: 'expected certificates in PEM, in base64, in "certChain"',
            peerReason: `missing field(s): ${within(fields.path, 'certchain')}`,
        });
    }
    return { organization, commonName, uri, certificates };
}
const certificateBlock = /-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]+)-----END CERTIFICATE-----/g;
function certificatesOf(pem) {
    return [...pem.matchAll(certificateBlock)].map(([, body = '']) => new Uint8Array(Buffer.from(body, 'base64')));
}
const hashes = new Map([
    ['sha256', 'SHA2_256'],
    ['sha-256', 'SHA2_256'],
    ['sha384', 'SHA2_384'],
    ['sha-384', 'SHA2_384'],
    ['sha512', 'SHA2_512'],
    ['sha-512', 'SHA2_512'],
]);
function read_sigstore_keys_readLog(owner, item) {
    const fields = openFields(owner.reading, item, ['baseURL', 'hashAlgorithm', 'publicKey']);
    if (fields === undefined)
        return undefined;
    const baseUrl = fields_textOf(fields, 'baseURL') ?? demand(fields, 'baseURL');
    const said = fields_textOf(fields, 'hashAlgorithm') ?? demand(fields, 'hashAlgorithm');
    const hashAlgorithm = hashes.get(said);
    if (hashAlgorithm === undefined) {
        refuse(fields, 'hashAlgorithm', {
            message: `expected one of ${[...hashes.keys()].join(', ')}, got "${said}"`,
        });
    }
    const pem = bytesOf(fields, 'publicKey');
    if (pem === undefined) {
        demand(fields, 'publicKey');
        return undefined;
    }
    const outcome = (0,keys_pem/* readPem */.J)(Buffer.from(pem).toString('latin1'));
    if (outcome.kind !== 'key') {
        const reason = outcome.kind === 'refused' ? outcome.reason : 'expected a public key, got an encrypted private key';
        refuse(fields, 'publicKey', { message: reason });
        return undefined;
    }
    return (hashAlgorithm && { baseUrl, hashAlgorithm, spki: outcome.key.spki, keyDetails: detailsOf(outcome.key) });
}
/** protobuf-specs' name for how a log signs with such a key. */
function detailsOf({ type, bits = 0 }) {
    switch (type) {
        case 'ecdsa-p256':
            return 'PKIX_ECDSA_P256_SHA_256';
        case 'ecdsa-p384':
            return 'PKIX_ECDSA_P384_SHA_384';
        case 'ecdsa-p521':
            return 'PKIX_ECDSA_P521_SHA_512';
        case 'ed25519':
            return 'PKIX_ED25519';
        case 'rsa':
            // Logs sign with PKCS#1 v1.5; policy-controller notes PSS and then does not look at the note.
            return bits <= 2048
                ? 'PKIX_RSA_PKCS1V15_2048_SHA256'
                : bits <= 3072
                    ? 'PKIX_RSA_PKCS1V15_3072_SHA256'
                    : 'PKIX_RSA_PKCS1V15_4096_SHA256';
    }
}
/** Says that a field is missing. */
function demand(fields, name) {
    refuse(fields, undefined, {
        message: `expected "${name}", got none`,
        peerReason: `missing field(s): ${within(fields.path, name)}`,
    });
    return '';
}

;// CONCATENATED MODULE: ./src/policy/cluster-image/read-trust-root.ts





const read_trust_root_forms = ['remote', 'repository', 'sigstoreKeys'];
/** Reads a TrustRoot: exactly one of remote, repository and sigstoreKeys. */
function readTrustRoot(reading, node) {
    const before = reading.problems.length;
    const document = openResource(reading, node);
    if (document === undefined)
        return undefined;
    const metadata = readMetadata(document);
    const spec = objectOf(document, 'spec', read_trust_root_forms);
    const given = spec === undefined ? [] : read_trust_root_forms.filter((form) => has(spec, form));
    const [form] = given;
    if (spec === undefined || form === undefined || given.length > 1) {
        const paths = ['remote', 'repository', 'sigstoreKeys'].map((one) => `spec.${one}`).join(', ');
        refuse(spec ?? document, undefined, {
            message: `expected exactly one of ${read_trust_root_forms.join(', ')}, got ${given.length === 0 ? 'none' : given.join(' and ')}`,
            peerReason: `expected exactly one, got ${given.length === 0 ? 'neither' : 'both'}: ${paths}`,
        });
        return undefined;
    }
    const source = read_trust_root_readSource(spec, form);
    if (metadata === undefined || source === undefined || reading.problems.length > before)
        return undefined;
    return { kind: 'TrustRoot', name: metadata.name, file: reading.file, line: node.line, source };
}
function read_trust_root_readSource(spec, form) {
    switch (form) {
        case 'remote':
            return read_trust_root_readRemote(spec);
        case 'repository':
            return read_trust_root_readRepository(spec);
        case 'sigstoreKeys': {
            const keys = readSigstoreKeys(spec);
            return keys && { kind: 'sigstoreKeys', keys };
        }
    }
}
function read_trust_root_readRemote(spec) {
    const fields = objectOf(spec, 'remote', ['root', 'mirror', 'targets', 'trustedRootTarget']);
    if (fields === undefined)
        return undefined;
    const mirror = fields_textOf(fields, 'mirror');
    if (mirror === undefined)
        missing(fields, 'mirror', 'the address of the TUF repository');
    else if (!URL.canParse(mirror))
        refuse(fields, 'mirror', { message: `expected an address, got "${mirror}"` });
    const root = readRoot(fields);
    const targets = readTargets(fields);
    return mirror === undefined ? undefined : root && targets && { kind: 'remote', mirror, root, targets };
}
function read_trust_root_readRepository(spec) {
    const fields = objectOf(spec, 'repository', ['root', 'mirrorFS', 'targets', 'trustedRootTarget']);
    if (fields === undefined)
        return undefined;
    const root = readRoot(fields);
    const mirrorFs = bytesOf(fields, 'mirrorFS');
    if (!has(fields, 'mirrorFS'))
        missing(fields, 'mirrorFS', 'a TUF repository as tar, gzip and base64');
    else if (mirrorFs && !(mirrorFs[0] === 0x1f && mirrorFs[1] === 0x8b)) {
        refuse(fields, 'mirrorFS', { message: 'expected gzip of a tar in base64, got other bytes' });
    }
    const targets = readTargets(fields);
    return root && mirrorFs && targets && { kind: 'repository', root, mirrorFs, targets };
}
const plainName = /^[A-Za-z0-9._-]+(?:\/[A-Za-z0-9._-]+)*$/;
function readTargets(fields) {
    const folder = fields_textOf(fields, 'targets') ?? 'targets';
    const trustedRoot = fields_textOf(fields, 'trustedRootTarget') ?? 'trusted_root.json';
    for (const [name, value] of [
        ['targets', folder],
        ['trustedRootTarget', trustedRoot],
    ]) {
        const isPlain = plainName.test(value) && !value.split('/').some((part) => part === '.' || part === '..');
        if (isPlain)
            continue;
        refuse(fields, name, { message: `expected a plain name or path, got "${value}"` });
        return undefined;
    }
    return { folder, trustedRoot };
}
function readRoot(fields) {
    if (!has(fields, 'root')) {
        missing(fields, 'root', 'the root.json to start from, in base64');
        return undefined;
    }
    const bytes = bytesOf(fields, 'root');
    if (bytes === undefined)
        return undefined;
    const root = (0,json/* readObject */.Ag)(bytes);
    if (root !== undefined && (0,json/* field */.ZZ)(root, 'signatures') !== undefined)
        return bytes;
    refuse(fields, 'root', {
        message: root === undefined
            ? 'expected a root.json in base64, got other bytes'
            : 'expected a root.json with signatures, got none',
        peerReason: `invalid value: ${root === undefined ? 'failed to unmarshal' : 'missing signatures in root.json'}: ${within(fields.path, 'root')}`,
    });
    return undefined;
}
function missing(fields, name, what) {
    refuse(fields, undefined, {
        message: `expected ${what} in "${name}"`,
        peerReason: `missing field(s): ${within(fields.path, name)}`,
    });
}

;// CONCATENATED MODULE: ./src/policy/cluster-image/read.ts






const group = 'policy.sigstore.dev';
/**
 * Reads the documents of a file of ClusterImagePolicies and TrustRoots, and of the Secrets that they name. A Secret beside none of the
 * two belongs to somebody else.
 */
function readClusterImageFile(file, nodes) {
    const reading = startReading(file);
    const documents = nodes.map((node) => ({ node, ...headOf(node) }));
    const isOurs = documents.some(({ apiVersion }) => isOfGroup(apiVersion));
    const isSecret = ({ apiVersion, kind }) => isOurs && apiVersion === 'v1' && kind === 'Secret';
    const secrets = readSecrets(reading, documents.filter(isSecret).map(({ node }) => node));
    const policies = [];
    const trustRoots = [];
    const others = [];
    for (const document of documents) {
        const { apiVersion, kind, node } = document;
        if (isSecret(document))
            continue;
        if (!isOfGroup(apiVersion)) {
            others.push({ apiVersion, kind, line: node.line });
            continue;
        }
        const version = apiVersion.slice(group.length + 1);
        if (kind === 'ClusterImagePolicy' && (version === 'v1alpha1' || version === 'v1beta1')) {
            const policy = readClusterImagePolicy(reading, node, version, secrets);
            if (policy)
                policies.push(policy);
        }
        else if (kind === 'TrustRoot' && version === 'v1alpha1') {
            const root = readTrustRoot(reading, node);
            if (root)
                trustRoots.push(root);
        }
        else
            refuseType(reading, document);
    }
    const { problems, warnings } = reading;
    if (problems.length > 0)
        return { policies: [], trustRoots: [], others, problems, warnings };
    return { policies, trustRoots, others, problems, warnings };
}
function headOf(node) {
    return { apiVersion: topText(node, 'apiVersion') ?? '', kind: topText(node, 'kind') ?? '' };
}
function isOfGroup(apiVersion) {
    return apiVersion === group || apiVersion.startsWith(`${group}/`);
}
function refuseType(reading, { apiVersion, kind, node }) {
    const nearest = (0,reference_nearest/* nearestName */.q)(kind, ['ClusterImagePolicy', 'TrustRoot']);
    reading.problems.push({
        file: reading.file,
        line: node.line,
        field: 'kind',
        message: `expected a ClusterImagePolicy of ${group}/v1alpha1 or v1beta1, or a TrustRoot of ${group}/v1alpha1, got ${kind === '' ? 'no kind' : kind} of ${apiVersion}`,
        ...(nearest !== undefined && nearest !== kind && { nearest }),
        peerReason: `unknown type: ${apiVersion}, Kind=${kind}`,
    });
}
function readSecrets(reading, nodes) {
    const secrets = new Map();
    for (const node of nodes) {
        const secret = readSecret(reading, node);
        if (secret === undefined)
            continue;
        const twice = secrets.has(secret.name);
        secrets.set(secret.name, twice ? { problem: `two Secrets in this file are called "${secret.name}"` } : secret.content);
    }
    return secrets;
}

;// CONCATENATED MODULE: ./src/policy/fields.ts


function placeOf(reading, node) {
    return { reading, path: '', line: node.line, node };
}
function problemAt({ reading, path, line }, message) {
    reading.problems.push({ file: reading.file, line, field: path, message });
}
function isThere(place) {
    return place.node !== undefined;
}
/**
 * The fields of a mapping by their names. A name outside the list is a problem, told with the nearest right one; so is
 * anything else than a mapping. An absent mapping has absent fields.
 */
function fieldsOf(place, names) {
    const { reading, path, line, node } = place;
    const at = (name) => (path === '' ? name : `${path}.${name}`);
    if (node !== undefined && node.kind !== 'map')
        wrongType(place, 'a mapping');
    const entries = node?.kind === 'map' ? node.entries : undefined;
    const known = names;
    for (const [name, entry] of entries ?? []) {
        if (known.includes(name))
            continue;
        const meant = (0,reference_nearest/* nearestName */.q)(name, known);
        const hint = meant === undefined ? `expected ${listed(known)}` : `did you mean ${meant}?`;
        problemAt({ ...place, line: entry.line, path: at(name) }, `unknown field ${at(name)}; ${hint}`);
    }
    return (name) => {
        const entry = entries?.get(name);
        const absent = entry === undefined || (entry.value.kind === 'scalar' && entry.value.value === null);
        return { reading, path: at(name), line: entry?.line ?? line, node: absent ? undefined : entry.value };
    };
}
/** Reports a field that is not there. @returns whether it is */
function required(place) {
    if (place.node !== undefined)
        return true;
    problemAt(place, `missing field ${place.path}`);
    return false;
}
/** Reports when not exactly one of the fields is there. @returns the one */
function exactlyOne(whole, places) {
    const given = places.filter(isThere);
    if (given.length === 1)
        return given[0];
    const names = listed(places.map(({ path }) => path.slice(path.lastIndexOf('.') + 1)));
    const got = given.length === 0 ? 'none' : listed(given.map(({ path }) => path.slice(path.lastIndexOf('.') + 1)));
    problemAt(whole, `${whole.path}: expected exactly one of ${names}, got ${got}`);
    return undefined;
}
function readText(place) {
    const { node } = place;
    if (node === undefined)
        return undefined;
    if (node.kind === 'scalar' && typeof node.value === 'string')
        return node.value;
    wrongType(place, 'a text');
    return undefined;
}
function readChoice(place, options) {
    const text = readText(place);
    if (text === undefined)
        return undefined;
    const found = options.find((option) => option === text);
    if (found !== undefined)
        return found;
    const meant = (0,reference_nearest/* nearestName */.q)(text, options);
    problemAt(place, `${place.path}: expected ${listed(options, 'or')}, got ${JSON.stringify(text)}${meant === undefined ? '' : `; did you mean ${meant}?`}`);
    return undefined;
}
function readFlag(place) {
    const { node } = place;
    if (node === undefined)
        return undefined;
    if (node.kind === 'scalar' && typeof node.value === 'boolean')
        return node.value;
    wrongType(place, 'true or false');
    return undefined;
}
function readWhole(place, least, most) {
    const { node } = place;
    if (node === undefined)
        return undefined;
    if (node.kind !== 'scalar' || typeof node.value !== 'number' || !Number.isSafeInteger(node.value)) {
        wrongType(place, 'a whole number');
        return undefined;
    }
    if (node.value >= least && node.value <= most)
        return node.value;
    problemAt(place, `${place.path}: expected a number from ${least} to ${most}, got ${node.value}`);
    return undefined;
}
/** The items of a list; nothing for an absent one. */
function fields_readList(place) {
    const { node, reading, path } = place;
    if (node === undefined)
        return [];
    if (node.kind !== 'list') {
        wrongType(place, 'a list');
        return [];
    }
    return node.items.map((item, index) => ({
        reading,
        path: `${path}[${index}]`,
        line: item.line,
        node: item,
    }));
}
function readTexts(place) {
    return fields_readList(place).flatMap((item) => readText(item) ?? []);
}
/** The members of a mapping with any names. */
function readMembers(place) {
    const { node, reading, path } = place;
    if (node === undefined)
        return [];
    if (node.kind !== 'map') {
        wrongType(place, 'a mapping');
        return [];
    }
    return [...node.entries].map(([name, { line, value }]) => [
        name,
        { reading, line, path: `${path}[${JSON.stringify(name)}]`, node: value },
    ]);
}
function readTextMap(place) {
    return new Map(readMembers(place).flatMap(([name, value]) => {
        const text = readText(value);
        return text === undefined ? [] : [[name, text]];
    }));
}
/** The value as it is, for what another part reads; undefined when it is absent. */
function readRaw({ node }) {
    return node === undefined ? undefined : plain(node);
}
function wrongType(place, expected) {
    const got = place.node ? located_describe(place.node) : 'nothing';
    problemAt(place, `${place.path || 'the document'}: expected ${expected}, got ${got}`);
}
function listed(names, word = 'and') {
    const last = names.at(-1) ?? '';
    return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} ${word} ${last}`;
}

;// CONCATENATED MODULE: ./src/policy/kyverno/detect.ts

const detect_group = 'kyverno.io/';
const policyKinds = ['ClusterPolicy', 'Policy', 'PolicyException'];
const otherKinds = new Set([
    'CleanupPolicy',
    'ClusterCleanupPolicy',
    'GlobalContextEntry',
    'UpdateRequest',
    'GenerateRequest',
    'AdmissionReport',
    'ClusterAdmissionReport',
    'BackgroundScanReport',
    'ClusterBackgroundScanReport',
]);
/** Tells Kyverno's documents by apiVersion and kind; their version is checked when they are read. */
function detect(document) {
    const apiVersion = topText(document, 'apiVersion');
    const kind = topText(document, 'kind');
    if (kind === 'List' && apiVersion === 'v1')
        return 'list';
    if (!apiVersion?.startsWith(detect_group))
        return 'none';
    if (kind === 'ClusterPolicy' || kind === 'Policy')
        return 'policy';
    if (kind === 'PolicyException')
        return 'exception';
    if (kind === 'ClusterPolicyList' || kind === 'PolicyList' || kind === 'PolicyExceptionList')
        return 'list';
    return kind !== undefined && otherKinds.has(kind) ? 'other-kyverno' : 'unknown-kind';
}
/** The items of a list of documents. */
function itemsOf(document) {
    const items = document.kind === 'map' ? document.entries.get('items')?.value : undefined;
    return items?.kind === 'list' ? items.items : [];
}

;// CONCATENATED MODULE: ./src/policy/kyverno/read-conditions.ts

/**
 * Checks the shape of conditions, not what they say: a list of `{key, operator, value, message}` (the old form), one
 * block `{any, all}`, or a list of blocks. Misspelt fields would otherwise be conditions that always hold.
 */
function checkConditions(place, form) {
    if (!isThere(place))
        return;
    if (form === 'block' || (form === 'list-or-block' && place.node?.kind === 'map')) {
        checkBlock(place);
        return;
    }
    for (const item of fields_readList(place)) {
        const isBlock = form === 'blocks' ||
            (item.node?.kind === 'map' && (item.node.entries.has('any') || item.node.entries.has('all')));
        if (isBlock)
            checkBlock(item);
        else
            checkCondition(item);
    }
}
function checkBlock(place) {
    const at = fieldsOf(place, ['any', 'all']);
    for (const name of ['any', 'all'])
        fields_readList(at(name)).forEach(checkCondition);
}
function checkCondition(place) {
    const at = fieldsOf(place, ['key', 'operator', 'value', 'message']);
    required(at('operator'));
}

;// CONCATENATED MODULE: ./src/policy/kyverno/read-match.ts


const userFields = ['roles', 'clusterRoles', 'subjects'];
const resourceFields = [
    'kinds',
    'name',
    'names',
    'namespaces',
    'annotations',
    'selector',
    'namespaceSelector',
    'operations',
];
/** Reads `match` or `exclude` (api/kyverno/v1 MatchResources). */
function read_match_readMatch(place, around) {
    const direct = around.oldForms ? ['resources', ...userFields] : [];
    const at = fieldsOf(place, ['any', 'all', ...direct]);
    const any = fields_readList(at('any'));
    const all = fields_readList(at('all'));
    const isDirect = around.oldForms && ['resources', ...userFields].some((name) => isThere(at(name)));
    if ([any.length > 0, all.length > 0, isDirect].filter(Boolean).length > 1)
        problemAt(place, `${place.path}: expected either any, all or resources alone; Kyverno would read one of them`);
    if (any.length > 0)
        return { form: 'any', filters: any.map((filter) => readFilter(filter, around)) };
    if (all.length > 0)
        return { form: 'all', filters: all.map((filter) => readFilter(filter, around)) };
    return { form: 'direct', filters: isDirect ? [readParts(at, around)] : [] };
}
function readFilter(place, around) {
    return readParts(fieldsOf(place, ['resources', ...userFields]), around);
}
function readParts(at, { namespaced }) {
    const of = fieldsOf(at('resources'), resourceFields);
    const name = readText(of('name')) ?? '';
    const names = readTexts(of('names'));
    if (name !== '' && names.length > 0)
        problemAt(of('name'), `${of('name').path}: expected name or names, got both`);
    if (namespaced && fields_readList(of('namespaces')).length > 0)
        problemAt(of('namespaces'), `${of('namespaces').path}: a Policy covers its own namespace and cannot choose others`);
    for (const field of ['kinds', 'names', 'namespaces'])
        checkPatterns(of(field));
    for (const kind of fields_readList(of('kinds'))) {
        const text = readText(kind) ?? '';
        if (text === '' || text.split('/').length > 4)
            problemAt(kind, `${kind.path}: expected [group/][version/]Kind[/subresource], got ${JSON.stringify(text)}`);
        if (text.includes('{{'))
            problemAt(kind, `${kind.path}: a rule should not have variables in its match, got ${JSON.stringify(text)}`);
    }
    return {
        kinds: readTexts(of('kinds')),
        names: name === '' ? names : [name],
        namespaces: readTexts(of('namespaces')),
        annotations: isThere(of('annotations')) ? readTextMap(of('annotations')) : undefined,
        selector: readSelector(of('selector'), true),
        namespaceSelector: readSelector(of('namespaceSelector')),
        operations: fields_readList(of('operations')).flatMap((one) => readChoice(one, ['CREATE', 'UPDATE', 'DELETE', 'CONNECT']) ?? []),
        roles: readTexts(at('roles')),
        clusterRoles: readTexts(at('clusterRoles')),
        subjects: fields_readList(at('subjects')).map(readRaw),
    };
}
/** Patterns have a length that keeps matching cheap. */
function checkPatterns(place) {
    for (const item of fields_readList(place)) {
        const { node } = item;
        if (node?.kind === 'scalar' && typeof node.value === 'string' && node.value.length > wildcard_longestPattern)
            problemAt(item, `${item.path}: expected at most ${wildcard_longestPattern} characters, got ${node.value.length}`);
    }
}
const labelName = /^[A-Za-z0-9](?:[\w.-]{0,61}[A-Za-z0-9])?$/;
const labelPrefix = /^(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*$/;
const longestLabel = 63;
/** Reads a label selector; labels in `matchLabels` may have wildcards. `asks`: whether it must ask for something. */
function readSelector(place, asks = false) {
    if (!isThere(place))
        return undefined;
    const at = fieldsOf(place, ['matchLabels', 'matchExpressions']);
    const matchLabels = readTextMap(at('matchLabels'));
    const matchExpressions = fields_readList(at('matchExpressions')).map(read_match_readExpression);
    if (asks && matchLabels.size === 0 && matchExpressions.length === 0)
        problemAt(place, `${place.path}: expected matchLabels or matchExpressions, got an empty selector`);
    // Kyverno looks at the labels' form only where no wildcard makes it another language.
    const wild = [...matchLabels].some(([key, value]) => hasWildcard(key) || hasWildcard(value));
    for (const [key, value] of matchLabels) {
        if (key.length > wildcard_longestPattern || value.length > wildcard_longestPattern)
            problemAt(at('matchLabels'), `${at('matchLabels').path}: expected at most ${wildcard_longestPattern} characters in a label`);
        else if (!wild) {
            checkKey(at('matchLabels'), key);
            checkValue(at('matchLabels'), value);
        }
    }
    return { matchLabels, matchExpressions };
}
function read_match_readExpression(place) {
    const at = fieldsOf(place, ['key', 'operator', 'values']);
    required(at('key'));
    required(at('operator'));
    const key = readText(at('key')) ?? '';
    const operator = readChoice(at('operator'), ['In', 'NotIn', 'Exists', 'DoesNotExist']) ?? 'In';
    const values = readTexts(at('values'));
    if (isThere(at('key')))
        checkKey(at('key'), key);
    for (const value of values)
        checkValue(at('values'), value);
    const takesValues = operator === 'In' || operator === 'NotIn';
    if (isThere(at('operator')) && takesValues !== values.length > 0)
        problemAt(place, `${place.path}: ${operator} ${takesValues ? 'needs values' : 'takes no values'}, got ${values.length}`);
    return { key, operator, values };
}
function checkKey(place, key) {
    const slash = key.indexOf('/');
    const fine = labelName.test(key.slice(slash + 1)) &&
        (slash < 0 || (slash <= 253 && labelPrefix.test(key.slice(0, slash))));
    if (!fine)
        problemAt(place, `${place.path}: ${JSON.stringify(key.slice(0, 300))} is no name of a label`);
}
function checkValue(place, value) {
    if (value !== '' && (value.length > longestLabel || !labelName.test(value)))
        problemAt(place, `${place.path}: ${JSON.stringify(value.slice(0, 300))} is no value of a label`);
}

;// CONCATENATED MODULE: ./src/policy/kyverno/read-metadata.ts

const fields = [
    'name',
    'generateName',
    'namespace',
    'annotations',
    'labels',
    'uid',
    'resourceVersion',
    'generation',
    'creationTimestamp',
    'deletionTimestamp',
    'deletionGracePeriodSeconds',
    'finalizers',
    'ownerReferences',
    'managedFields',
    'selfLink',
];
/** The metadata of a document (Kubernetes' ObjectMeta), of which name, namespace and annotations count. */
function read_metadata_readMetadata(place) {
    required(place);
    const at = fieldsOf(place, fields);
    const name = readText(at('name')) ?? '';
    if (name === '' && place.node !== undefined)
        problemAt(at('name'), `missing field ${at('name').path}`);
    readTextMap(at('labels'));
    // Written by a cluster, kept by an export.
    readRaw(at('managedFields'));
    return {
        name,
        namespace: readText(at('namespace')) ?? undefined,
        annotations: readTextMap(at('annotations')),
    };
}

;// CONCATENATED MODULE: ./src/policy/kyverno/read-exception.ts





const versions = ['kyverno.io/v2', 'kyverno.io/v2beta1', 'kyverno.io/v2alpha1'];
/** Reads a PolicyException (api/kyverno/v2 at v1.19). */
function readException(reading, document) {
    const top = fieldsOf(placeOf(reading, document), ['apiVersion', 'kind', 'metadata', 'spec']);
    if (document.kind !== 'map')
        return undefined;
    readChoice(top('apiVersion'), versions);
    const metadata = read_metadata_readMetadata(top('metadata'));
    const spec = top('spec');
    required(spec);
    const at = fieldsOf(spec, ['background', 'match', 'conditions', 'exceptions', 'podSecurity']);
    const background = readFlag(at('background')) ?? true;
    required(at('match'));
    const match = read_match_readMatch(at('match'), { oldForms: false, namespaced: false });
    if (isThere(at('match')) && match.filters.length === 0)
        problemAt(at('match'), `${at('match').path}: expected any or all with at least one filter`);
    const user = match.filters.some(({ roles, clusterRoles, subjects }) => roles.length + clusterRoles.length + subjects.length > 0);
    if (background && user)
        problemAt(at('match'), `${at('match').path}: roles and subjects need background: false`);
    checkConditions(at('conditions'), 'block');
    required(at('exceptions'));
    const exceptions = fields_readList(at('exceptions')).map((item) => {
        const of = fieldsOf(item, ['policyName', 'ruleNames']);
        required(of('policyName'));
        required(of('ruleNames'));
        checkPatterns(of('ruleNames'));
        const policyName = readText(of('policyName')) ?? '';
        if (policyName.length > wildcard_longestPattern)
            problemAt(of('policyName'), `${of('policyName').path}: expected at most ${wildcard_longestPattern} characters`);
        return { policyName, ruleNames: readTexts(of('ruleNames')) };
    });
    const origin = { file: reading.file, line: document.line };
    const exception = {
        name: metadata.name,
        ...(metadata.namespace !== undefined && { namespace: metadata.namespace }),
        origin,
        match,
        conditions: readRaw(at('conditions')),
        exceptions,
    };
    const notes = isThere(at('podSecurity'))
        ? [
            {
                kind: 'not-evaluated',
                loud: false,
                message: `exception ${metadata.name}: podSecurity is about something else than signatures`,
                origin,
            },
        ]
        : [];
    return { exception, notes };
}

;// CONCATENATED MODULE: ./src/policy/kyverno/read-attestor.ts

const publicRekor = 'https://rekor.sigstore.dev';
const read_attestor_algorithms = ['sha256', 'sha224', 'sha384', 'sha512'];
const deepestNesting = 10;
const mostEntries = 1000;
/** Reads the attestors of an entry or of an attestation. `path` is how messages call them. */
function readAttestors(place, path) {
    return fields_readList(place).map((set, index) => readSet(set, `${path}[${index}]`, 0));
}
function readSet(place, path, depth) {
    const at = fieldsOf(place, ['count', 'entries']);
    const list = fields_readList(at('entries'));
    if (list.length === 0)
        problemAt(place, `${place.path}: expected an entry, got none`);
    if (list.length > mostEntries)
        problemAt(at('entries'), `${at('entries').path}: expected at most ${mostEntries} entries, got ${list.length}`);
    const count = readWhole(at('count'), 1, Number.MAX_SAFE_INTEGER);
    // Counted before a value with several keys becomes several entries, as Kyverno does.
    if (count !== undefined && count > list.length)
        problemAt(at('count'), `${at('count').path}: expected at most the number of entries (${list.length}), got ${count}`);
    return {
        path,
        count,
        entries: list.slice(0, mostEntries).flatMap((entry, index) => {
            const read = readEntry(entry, `${path}.entries[${index}]`, depth);
            return read ? [read] : [];
        }),
    };
}
function readEntry(place, path, depth) {
    const at = fieldsOf(place, [
        'keys',
        'certificates',
        'keyless',
        'attestor',
        'annotations',
        'repository',
        'signatureAlgorithm',
    ]);
    const one = exactlyOne(place, [at('keys'), at('certificates'), at('keyless'), at('attestor')]);
    const repository = readText(at('repository'));
    const algorithm = readAlgorithm(at('signatureAlgorithm'));
    const annotations = readTextMap(at('annotations'));
    const common = { annotations, ...(repository && { repository }) };
    if (one === undefined)
        return undefined;
    if (isThere(at('keys')))
        return { ...common, path: `${path}.keys`, ...readKeys(at('keys'), algorithm) };
    const named = { ...common, signatureAlgorithm: algorithm ?? 'sha256' };
    if (isThere(at('certificates')))
        return { ...named, path: `${path}.certificates`, ...readCertificates(at('certificates')) };
    if (isThere(at('keyless')))
        return { ...named, path: `${path}.keyless`, ...read_attestor_readKeyless(at('keyless')) };
    if (depth >= deepestNesting) {
        problemAt(at('attestor'), `${at('attestor').path}: expected at most ${deepestNesting} nested attestors`);
        return undefined;
    }
    const nested = `${path}.attestor`;
    return { ...named, path: nested, kind: 'nested', attestor: readSet(at('attestor'), nested, depth + 1) };
}
function readKeys(place, entryAlgorithm) {
    const at = fieldsOf(place, ['publicKeys', 'signatureAlgorithm', 'kms', 'secret', 'rekor', 'ctlog']);
    const publicKeys = readText(at('publicKeys'));
    const kms = readText(at('kms'));
    const of = fieldsOf(at('secret'), ['name', 'namespace']);
    const hasSecret = isThere(at('secret'));
    if (hasSecret)
        required(of('name'));
    if (hasSecret)
        required(of('namespace'));
    if (!publicKeys && !kms && !hasSecret)
        problemAt(place, `${place.path}: expected publicKeys, kms or secret, got none of them`);
    return {
        kind: 'keys',
        signatureAlgorithm: readAlgorithm(at('signatureAlgorithm')) ?? entryAlgorithm ?? 'sha256',
        ...(publicKeys && { publicKeys }),
        ...(kms && { kms }),
        ...(hasSecret && {
            secret: { name: readText(of('name')) ?? '', namespace: readText(of('namespace')) ?? '' },
        }),
        ...readLogs(at('rekor'), at('ctlog')),
    };
}
function readCertificates(place) {
    const at = fieldsOf(place, ['cert', 'certChain', 'rekor', 'ctlog']);
    const cert = readText(at('cert'));
    const certChain = readText(at('certChain'));
    if (!cert && !certChain)
        problemAt(place, `${place.path}: expected cert or certChain, got neither`);
    return {
        kind: 'certificates',
        ...(cert && { cert }),
        ...(certChain && { certChain }),
        ...readLogs(at('rekor'), at('ctlog')),
    };
}
const identity = ['issuer', 'issuerRegExp', 'subject', 'subjectRegExp', 'roots'];
function read_attestor_readKeyless(place) {
    const at = fieldsOf(place, [...identity, 'additionalExtensions', 'rekor', 'ctlog']);
    const texts = Object.fromEntries(identity.flatMap((name) => {
        const text = readText(at(name));
        return text ? [[name, text]] : [];
    }));
    if (!isThere(at('rekor')) && texts['roots'] === undefined)
        problemAt(place, `${place.path}: expected rekor or roots, got neither`);
    return {
        kind: 'keyless',
        ...texts,
        additionalExtensions: readTextMap(at('additionalExtensions')),
        ...readLogs(at('rekor'), at('ctlog'), 'url-needed'),
    };
}
function readAlgorithm(place) {
    if (place.node?.kind === 'scalar' && place.node.value === '')
        return undefined;
    return readChoice(place, read_attestor_algorithms);
}
function readLogs(rekor, ctlog, url) {
    const at = fieldsOf(rekor, ['url', 'pubkey', 'ignoreTlog']);
    const address = readText(at('url'));
    if (address === '' && url)
        problemAt(at('url'), `${at('url').path}: expected a URL, got an empty text`);
    const pubkey = readText(at('pubkey'));
    const of = fieldsOf(ctlog, ['ignoreSCT', 'pubkey', 'tsaCertChain']);
    const ctKey = readText(of('pubkey'));
    const tsaCertChain = readText(of('tsaCertChain'));
    return {
        ...(isThere(rekor) && {
            rekor: {
                url: address === undefined || address === '' ? publicRekor : address,
                ignoreTlog: readFlag(at('ignoreTlog')) ?? false,
                ...(pubkey && { pubkey }),
            },
        }),
        ...(isThere(ctlog) && {
            ctlog: {
                ignoreSCT: readFlag(of('ignoreSCT')) ?? false,
                ...(ctKey && { pubkey: ctKey }),
                ...(tsaCertChain && { tsaCertChain }),
            },
        }),
    };
}

;// CONCATENATED MODULE: ./src/policy/kyverno/old-form.ts


/**
 * Puts an old key or identity among the attestors; with attestations it signs those, as Kyverno's conversion means to
 * (v1.19 loses it there: an attestation of anybody would do).
 *
 * - `key`: Kyverno 1.4 to 1.6 asked no transparency log about keys, so neither is one asked here. (v1.19 asks the
 *   public Rekor, and the form has no way to switch that off.)
 * - `issuer`, `subject`, `roots`: a keyless signature with an entry in the public Rekor, as 1.6 asked.
 */
function translateOldForm(old, current, notes) {
    const keyless = old.issuer !== '' || old.subject !== '';
    const roots = old.roots !== '' || old.additionalExtensions.size > 0;
    if (old.key === '' && !keyless && !roots)
        return { ...current, annotations: old.annotations };
    const origin = { file: old.place.reading.file, line: old.place.line };
    const note = (message) => {
        notes.push({ kind: 'old-form', loud: false, message: `${old.place.path}: ${message}`, origin });
    };
    if (old.key !== '' && (keyless || roots))
        problemAt(old.place, `${old.place.path}: expected key or issuer, subject and roots, got both`);
    if (old.key === '' && !keyless && current.attestors.length > 0) {
        note('roots and additionalExtensions hold for the keyless attestors that name none');
        const complete = (set) => completeSet(set, old);
        return {
            attestors: current.attestors.map(complete),
            attestations: current.attestations.map((one) => ({ ...one, attestors: one.attestors.map(complete) })),
            annotations: old.annotations,
        };
    }
    note(old.key === ''
        ? 'issuer, subject and roots are read as a keyless attestor with an entry in the public Rekor'
        : 'key is read as an attestor; its signatures are accepted without a transparency-log entry, as Kyverno 1.4 did');
    const add = (sets, path) => {
        const at = `${path}[${sets.length}]`;
        return [...sets, { path: at, count: undefined, entries: [attestorOf(old, `${at}.entries[0]`)] }];
    };
    if (current.attestations.length === 0)
        return { ...current, attestors: add(current.attestors, '.attestors'), annotations: new Map() };
    note('with attestations, the attestor is theirs');
    return {
        ...current,
        attestations: current.attestations.map((one) => ({
            ...one,
            attestors: add(one.attestors, `${one.path}.attestors`),
        })),
        annotations: new Map(),
    };
}
function attestorOf(old, path) {
    const common = { annotations: old.annotations, signatureAlgorithm: 'sha256' };
    if (old.key !== '')
        return {
            ...common,
            kind: 'keys',
            path: `${path}.keys`,
            publicKeys: old.key,
            rekor: { url: publicRekor, ignoreTlog: true },
            ctlog: { ignoreSCT: true },
        };
    return {
        ...common,
        kind: 'keyless',
        path: `${path}.keyless`,
        ...(old.issuer && { issuer: old.issuer }),
        ...(old.subject && { subject: old.subject }),
        ...(old.roots && { roots: old.roots }),
        additionalExtensions: old.additionalExtensions,
        rekor: { url: publicRekor, ignoreTlog: false },
    };
}
function completeSet(set, old) {
    const entries = set.entries.map((entry) => {
        if (entry.kind === 'nested')
            return { ...entry, attestor: completeSet(entry.attestor, old) };
        if (entry.kind !== 'keyless')
            return entry;
        return {
            ...entry,
            ...(entry.roots === undefined && old.roots !== '' && { roots: old.roots }),
            ...(entry.additionalExtensions.size === 0 && { additionalExtensions: old.additionalExtensions }),
        };
    });
    return { ...set, entries };
}

;// CONCATENATED MODULE: ./src/policy/kyverno/read-verification.ts





const read_verification_fields = [
    'type',
    'imageReferences',
    'skipImageReferences',
    'attestors',
    'attestations',
    'repository',
    'mutateDigest',
    'verifyDigest',
    'required',
    'imageRegistryCredentials',
    'useCache',
    'validate',
    'failureAction',
];
/** Of kyverno.io/v1 alone. */
const olderFields = [
    'image',
    'key',
    'roots',
    'subject',
    'issuer',
    'additionalExtensions',
    'annotations',
    'cosignOCI11',
];
/** Reads an item of verifyImages in any form since Kyverno 1.4 (api/kyverno/v1 ImageVerification). */
function readVerification(place, index, around) {
    const at = fieldsOf(place, around.oldForms ? [...read_verification_fields, ...olderFields] : read_verification_fields);
    const older = (name) => around.oldForms ? at(name) : { ...place, path: `${place.path}.${name}`, node: undefined };
    const origin = { file: place.reading.file, line: place.line };
    const type = readChoice(at('type'), ['Cosign', 'SigstoreBundle', 'Notary']) ?? 'Cosign';
    const references = readTexts(at('imageReferences'));
    const image = readText(older('image')) ?? '';
    const imageReferences = image === '' ? references : [...references, image];
    if (imageReferences.length === 0)
        problemAt(place, `${place.path}: expected an image reference, got none; which images are meant?`);
    for (const name of ['imageReferences', 'skipImageReferences'])
        checkPatterns(at(name));
    for (const reference of [...fields_readList(at('imageReferences')), older('image')]) {
        const text = reference.node?.kind === 'scalar' ? reference.node.value : undefined;
        if (typeof text === 'string' && text.includes('{{'))
            problemAt(reference, `${reference.path}: a rule should not have variables in its image references, got ${JSON.stringify(text)}`);
    }
    const failureAction = readChoice(at('failureAction'), ['Audit', 'Enforce']);
    const mutateDigest = readFlag(at('mutateDigest')) ?? true;
    if (mutateDigest && (failureAction ?? around.failureAction) === 'Audit')
        problemAt(isThere(at('mutateDigest')) ? at('mutateDigest') : place, `${place.path}.mutateDigest: must be set to false for the failure action Audit (which is the default)`);
    const translated = translateOldForm({
        place,
        key: readText(older('key')) ?? '',
        issuer: readText(older('issuer')) ?? '',
        subject: readText(older('subject')) ?? '',
        roots: readText(older('roots')) ?? '',
        additionalExtensions: readTextMap(older('additionalExtensions')),
        annotations: readTextMap(older('annotations')),
    }, {
        attestors: readAttestors(at('attestors'), '.attestors'),
        attestations: fields_readList(at('attestations')).map(readAttestation),
    }, around.notes);
    const { attestors, attestations } = translated;
    if (type === 'Notary')
        checkNotary(at('attestors'), attestors);
    const repository = readText(at('repository'));
    const credentials = readCredentials(at('imageRegistryCredentials'));
    const validate = readValidate(at('validate'));
    return {
        index,
        path: place.path,
        origin,
        type,
        imageReferences,
        skipImageReferences: readTexts(at('skipImageReferences')),
        attestors,
        attestations,
        annotations: translated.annotations,
        ...(repository && { repository }),
        mutateDigest,
        verifyDigest: readFlag(at('verifyDigest')) ?? true,
        required: readFlag(at('required')) ?? true,
        useCache: readFlag(at('useCache')) ?? true,
        cosignOCI11: readFlag(older('cosignOCI11')) ?? false,
        ...(credentials && { imageRegistryCredentials: credentials }),
        ...(failureAction && { failureAction }),
        ...(validate && { validate }),
    };
}
function readAttestation(place, index) {
    const at = fieldsOf(place, ['type', 'predicateType', 'name', 'attestors', 'conditions']);
    const named = [readText(at('type')), readText(at('predicateType'))];
    const type = named.find((text) => text !== undefined && text !== '');
    // Kyverno loads it, and every image fails with "missing type".
    if (!type)
        required({ ...at('type'), node: undefined });
    const name = readText(at('name'));
    checkConditions(at('conditions'), 'blocks');
    const path = `.attestations[${index}]`;
    return {
        path,
        type: type ?? '',
        ...(name && { name }),
        attestors: readAttestors(at('attestors'), `${path}.attestors`),
        conditions: fields_readList(at('conditions')).map(readRaw),
    };
}
function checkNotary(place, sets) {
    for (const { path, kind } of sets.flatMap(({ entries }) => entries))
        if (kind === 'keys' || kind === 'keyless')
            problemAt(place, `${place.path}: type Notary takes certificates only, got ${kind} at ${path}`);
}
function readCredentials(place) {
    if (!isThere(place))
        return undefined;
    const at = fieldsOf(place, ['allowInsecureRegistry', 'providers', 'secrets']);
    return {
        allowInsecureRegistry: readFlag(at('allowInsecureRegistry')) ?? false,
        providers: fields_readList(at('providers')).flatMap((one) => readChoice(one, ['default', 'google', 'azure', 'amazon', 'github']) ?? []),
        secrets: readTexts(at('secrets')),
    };
}
function readValidate(place) {
    if (!isThere(place))
        return undefined;
    const at = fieldsOf(place, ['message', 'deny']);
    const of = fieldsOf(at('deny'), ['conditions']);
    checkConditions(of('conditions'), 'list-or-block');
    const message = readText(at('message'));
    return { deny: readRaw(of('conditions')), ...(message && { message }) };
}

;// CONCATENATED MODULE: ./src/policy/kyverno/read-rule.ts





const read_rule_operations = ['verifyImages', 'mutate', 'validate', 'generate'];
const read_rule_fields = [
    'name',
    'context',
    'match',
    'exclude',
    'imageExtractors',
    'preconditions',
    'celPreconditions',
    'skipBackgroundRequests',
    'reportProperties',
    ...read_rule_operations,
];
/** A rule's name ends up in labels (+kubebuilder:validation:MaxLength). */
const read_rule_longestName = 63;
function readRule(place, around) {
    const at = fieldsOf(place, read_rule_fields);
    required(at('name'));
    const name = readText(at('name')) ?? '';
    if (name.length > read_rule_longestName)
        problemAt(at('name'), `${at('name').path}: expected at most ${read_rule_longestName} characters, got ${name.length}`);
    const given = read_rule_operations.filter((one) => isThere(at(one)));
    const [operation = 'verifyImages'] = given;
    if (given.length !== 1) {
        const got = given.length === 0 ? 'none' : listed(given);
        problemAt(place, `${place.path}: expected exactly one of ${listed(read_rule_operations)}, got ${got}`);
    }
    const origin = { file: place.reading.file, line: place.line };
    const match = read_match_readMatch(at('match'), around);
    const exclude = isThere(at('exclude')) ? read_match_readMatch(at('exclude'), around) : undefined;
    required(at('match'));
    if (isThere(at('match')) && match.filters.every(isEmptyFilter))
        problemAt(at('match'), `${at('match').path} is empty: it matches nothing`);
    if (exclude && matchesNothing(match, exclude))
        problemAt(at('exclude'), `${at('exclude').path}: excludes what match asks for: the rule is matching an empty set`);
    if (isThere(at('celPreconditions')))
        problemAt(at('celPreconditions'), `${at('celPreconditions').path}: only a validate.cel rule may have them`);
    const extractors = at('imageExtractors');
    if (isThere(extractors) && operation !== 'verifyImages')
        problemAt(extractors, `${extractors.path}: only a verifyImages rule may have them`);
    checkConditions(at('preconditions'), 'list-or-block');
    readFlag(at('skipBackgroundRequests'));
    readTextMap(at('reportProperties'));
    const body = readRaw(at(operation));
    const touchesImages = operation === 'mutate' && mayTouchImages(body);
    if (given.length === 1 && operation !== 'verifyImages')
        around.notes.push(notEvaluated(name, operation, touchesImages, origin));
    const list = operation === 'verifyImages' ? fields_readList(at('verifyImages')) : [];
    if (given[0] === 'verifyImages' && list.length === 0)
        problemAt(at('verifyImages'), `${at('verifyImages').path}: expected at least one entry`);
    return {
        name,
        path: place.path,
        origin,
        operation,
        match,
        exclude,
        preconditions: readRaw(at('preconditions')),
        context: fields_readList(at('context')).map(readRaw),
        imageExtractors: isThere(extractors)
            ? new Map(readMembers(extractors).map(([kind, configs]) => [kind, fields_readList(configs).map(readExtractor)]))
            : undefined,
        verifyImages: list.map((item, index) => readVerification(item, index, around)),
        body: operation === 'verifyImages' ? undefined : body,
        touchesImages,
    };
}
function notEvaluated(name, operation, touchesImages, origin) {
    return {
        kind: 'not-evaluated',
        loud: touchesImages,
        message: touchesImages
            ? `rule ${name} may change which images run (mutate): a cluster applies it before it verifies`
            : `rule ${name} (${operation}) is about something else than signatures`,
        origin,
    };
}
/** Whether a mutate rule's text speaks of images or containers; one for existing resources changes none of ours. */
function mayTouchImages(body) {
    if (typeof body === 'object' && body !== null && Object.hasOwn(body, 'targets'))
        return false;
    return /image|container/i.test(JSON.stringify(body ?? ''));
}
function readExtractor(place) {
    const at = fieldsOf(place, ['path', 'value', 'name', 'key', 'jmesPath']);
    required(at('path'));
    const path = readText(at('path')) ?? '';
    if (isThere(at('path')) && path.split('/').every((part) => part.trim() === ''))
        problemAt(at('path'), `${at('path').path}: expected a path such as /spec/steps/*/image`);
    const value = readText(at('value'));
    const key = readText(at('key'));
    const jmesPath = readText(at('jmesPath'));
    return {
        path,
        name: readText(at('name')) ?? 'custom',
        ...(value !== undefined && value !== '' && { value }),
        ...(key !== undefined && key !== '' && { key }),
        ...(jmesPath !== undefined && jmesPath !== '' && { jmesPath }),
    };
}
/** Kyverno refuses a rule whose `any` or direct filter is excluded word for word. */
function matchesNothing(match, exclude) {
    if (match.form === 'all' || exclude.form === 'all' || match.form !== exclude.form)
        return false;
    const excluded = new Set(exclude.filters.filter((filter) => !isEmptyFilter(filter)).map(filterText));
    return match.filters.some((filter) => excluded.has(filterText(filter)));
}
function filterText(filter) {
    return JSON.stringify(filter, (_, value) => (value instanceof Map ? [...value].sort() : value));
}

;// CONCATENATED MODULE: ./src/policy/kyverno/read-policy.ts




const read_policy_versions = ['kyverno.io/v1', 'kyverno.io/v2beta1'];
const specFields = [
    'rules',
    'applyRules',
    'failurePolicy',
    'validationFailureAction',
    'validationFailureActionOverrides',
    'emitWarning',
    'auditWarning',
    'admission',
    'background',
    'schemaValidation',
    'webhookTimeoutSeconds',
    'webhookConfiguration',
    'mutateExistingOnPolicyUpdate',
    'generateExistingOnPolicyUpdate',
    'generateExisting',
    'useServerSideApply',
];
/**
 * Reads a ClusterPolicy or Policy by Kyverno's schema and its checks at load (api/kyverno/v1 at v1.19). What Kyverno's
 * CLI drops in silence, an unknown field or value, is a problem here.
 *
 * @returns undefined when the document is no mapping; else a policy that counts only without problems
 */
function readPolicy(reading, document) {
    const whole = placeOf(reading, document);
    const top = fieldsOf(whole, ['apiVersion', 'kind', 'metadata', 'spec', 'status']);
    if (document.kind !== 'map')
        return undefined;
    const version = readChoice(top('apiVersion'), read_policy_versions);
    const kind = readChoice(top('kind'), ['ClusterPolicy', 'Policy']) ?? 'ClusterPolicy';
    const metadata = read_metadata_readMetadata(top('metadata'));
    const notes = [];
    const origin = { file: reading.file, line: document.line };
    const spec = top('spec');
    required(spec);
    const at = fieldsOf(spec, specFields);
    const failureAction = readAction(at('validationFailureAction')) ?? 'Audit';
    const webhook = readWebhook(at('webhookConfiguration'), notes);
    const timeout = readWhole(at('webhookTimeoutSeconds'), 1, 30);
    const failurePolicy = readChoice(at('failurePolicy'), ['Fail', 'Ignore']);
    if (timeout !== undefined && webhook.timeout !== undefined)
        problemAt(at('webhookTimeoutSeconds'), 'spec.webhookTimeoutSeconds: given in spec.webhookConfiguration too');
    if (failurePolicy !== undefined && webhook.failurePolicy !== undefined)
        problemAt(at('failurePolicy'), 'spec.failurePolicy: given in spec.webhookConfiguration too');
    if (readFlag(at('admission')) === false)
        notes.push({
            kind: 'not-evaluated',
            loud: true,
            message: `policy ${metadata.name} has admission: false, so a cluster only reports with it; here it counts`,
            origin,
        });
    readFlag(at('background'));
    for (const name of ['emitWarning', 'auditWarning', 'schemaValidation'])
        readFlag(at(name));
    const overrides = at('validationFailureActionOverrides');
    if (kind === 'Policy' && isThere(overrides))
        problemAt(overrides, `${overrides.path}: only a ClusterPolicy may have overrides`);
    const rules = fields_readList(at('rules')).map((rule) => readRule(rule, {
        oldForms: version !== 'kyverno.io/v2beta1',
        namespaced: kind === 'Policy',
        failureAction,
        notes,
    }));
    const names = new Set();
    for (const rule of rules) {
        if (names.has(rule.name))
            problemAt({ reading, path: `${rule.path}.name`, line: rule.origin.line, node: undefined }, `${rule.path}.name: another rule of the policy is called ${JSON.stringify(rule.name)}`);
        names.add(rule.name);
    }
    const actionTimeout = webhook.timeout ?? timeout;
    return {
        kind,
        name: metadata.name,
        ...(kind === 'Policy' && { namespace: metadata.namespace ?? 'default' }),
        origin,
        annotations: metadata.annotations,
        rules,
        applyRules: readChoice(at('applyRules'), ['All', 'One']) ?? 'All',
        failureAction,
        failureActionOverrides: fields_readList(overrides).map(readOverride),
        failurePolicy: webhook.failurePolicy ?? failurePolicy ?? 'Fail',
        ...(actionTimeout !== undefined && { timeoutSeconds: actionTimeout }),
        scored: metadata.annotations.get('policies.kyverno.io/scored') !== 'false',
        notes,
    };
}
/** `enforce` and `audit` are older spellings. */
function readAction(place) {
    const text = readChoice(place, ['Audit', 'Enforce', 'audit', 'enforce']);
    if (text === undefined)
        return undefined;
    return text.toLowerCase() === 'enforce' ? 'Enforce' : 'Audit';
}
function readOverride(place) {
    const at = fieldsOf(place, ['action', 'namespaces', 'namespaceSelector']);
    const namespaceSelector = readSelector(at('namespaceSelector'));
    return {
        action: readAction(at('action')) ?? 'Audit',
        namespaces: readTexts(at('namespaces')),
        ...(namespaceSelector && { namespaceSelector }),
    };
}
function readWebhook(place, notes) {
    const at = fieldsOf(place, ['failurePolicy', 'timeoutSeconds', 'matchConditions']);
    for (const condition of fields_readList(at('matchConditions'))) {
        const of = fieldsOf(condition, ['name', 'expression']);
        notes.push({
            kind: 'not-evaluated',
            loud: true,
            message: `${condition.path} ${readText(of('name')) ?? ''}: a cluster calls the policy only where this CEL condition holds; here the policy covers the rest too`,
            origin: { file: place.reading.file, line: condition.line },
        });
        readRaw(of('expression'));
    }
    return {
        timeout: readWhole(at('timeoutSeconds'), 1, 30),
        failurePolicy: readChoice(at('failurePolicy'), ['Fail', 'Ignore']),
    };
}

;// CONCATENATED MODULE: ./src/policy/kyverno/read.ts





const topFields = ['apiVersion', 'kind', 'metadata', 'spec', 'status'];
/** Reads Kyverno's policies and exceptions among the documents of a file. One with a problem is not handed on. */
function readKyverno(file, documents) {
    const policies = [];
    const exceptions = [];
    const problems = [];
    const notes = [];
    const others = [];
    const one = (document, inList) => {
        const reading = { file, problems: [] };
        switch (detect(document)) {
            case 'policy': {
                const policy = readPolicy(reading, document);
                if (policy && reading.problems.length === 0)
                    policies.push(policy);
                break;
            }
            case 'exception': {
                const read = readException(reading, document);
                if (read && reading.problems.length === 0)
                    exceptions.push(read.exception);
                if (read)
                    notes.push(...read.notes);
                break;
            }
            case 'list':
                if (inList)
                    others.push(document);
                else
                    itemsOf(document).forEach((item) => one(item, true));
                break;
            case 'other-kyverno':
                notes.push({
                    kind: 'not-evaluated',
                    loud: false,
                    message: `${topText(document, 'kind') ?? 'a document without kind'} (${topText(document, 'apiVersion') ?? ''}) says nothing about image verification here`,
                    origin: { file, line: document.line },
                });
                break;
            case 'unknown-kind': {
                // A misspelt policy must not be taken for something else.
                readChoice(fieldsOf(placeOf(reading, document), topFields)('kind'), policyKinds);
                if (topText(document, 'kind') === undefined && reading.problems.length === 0)
                    problemAt(placeOf(reading, document), 'missing field kind');
                break;
            }
            case 'none':
                others.push(document);
        }
        problems.push(...reading.problems);
    };
    documents.forEach((document) => one(document, false));
    return { policies, exceptions, problems, notes, others };
}

;// CONCATENATED MODULE: ./src/policy/image-validating/read-attestor.ts



function read_attestor_readAttestors(spec) {
    return listOf(spec, 'attestors').flatMap((item) => {
        const fields = openFields(spec.reading, item, ['name', 'cosign', 'notary']);
        if (fields === undefined)
            return [];
        const name = fields_textOf(fields, 'name');
        if (name === undefined)
            refuse(fields, undefined, { message: 'expected the name of the attestor in "name"' });
        if (has(fields, 'cosign') === has(fields, 'notary')) {
            const got = has(fields, 'cosign') ? 'both' : 'none';
            refuse(fields, undefined, { message: `expected exactly one of cosign and notary, got ${got}` });
            return [];
        }
        const line = item.node.line;
        if (has(fields, 'cosign')) {
            const cosign = readCosign(fields);
            return name !== undefined && cosign ? [{ kind: 'cosign', name, line, cosign }] : [];
        }
        const notary = objectOf(fields, 'notary', ['certs', 'tsaCerts']);
        if (name === undefined || notary === undefined)
            return [];
        const certs = read_attestor_readText(notary, 'certs');
        const tsaCerts = read_attestor_readText(notary, 'tsaCerts');
        return [{ kind: 'notary', name, line, ...(certs && { certs }), ...(tsaCerts && { tsaCerts }) }];
    });
}
const fieldsOfCosign = [
    'key',
    'keyless',
    'certificate',
    'source',
    'ctlog',
    'tuf',
    'trustedRoot',
    'annotations',
];
function readCosign(owner) {
    const fields = objectOf(owner, 'cosign', fieldsOfCosign);
    if (fields === undefined)
        return undefined;
    const given = ['key', 'keyless', 'certificate'].filter((name) => has(fields, name));
    if (given.length !== 1) {
        refuse(fields, undefined, {
            message: `expected exactly one of key, keyless and certificate, got ${given.length === 0 ? 'none' : given.join(' and ')}`,
        });
        return undefined;
    }
    const by = read_attestor_readKey(fields) ?? image_validating_read_attestor_readKeyless(fields) ?? readCertificate(fields);
    const ctlog = objectOf(fields, 'ctlog', [
        'url',
        'rekorPubKey',
        'ctLogPubKey',
        'tsaCertChain',
        'insecureIgnoreTlog',
        'insecureIgnoreSCT',
    ]);
    const source = read_attestor_readSource(fields);
    const tuf = readTuf(fields);
    const trustedRoot = read_attestor_readText(fields, 'trustedRoot');
    return (by && {
        by,
        ctlog: {
            ...optional(ctlog, ['url', 'rekorPubKey', 'ctLogPubKey', 'tsaCertChain']),
            insecureIgnoreTlog: (ctlog && flagOf(ctlog, 'insecureIgnoreTlog')) ?? false,
            insecureIgnoreSct: (ctlog && flagOf(ctlog, 'insecureIgnoreSCT')) ?? false,
        },
        ...(source && { source }),
        ...(tuf && { tuf }),
        ...(trustedRoot && { trustedRoot }),
        annotations: textMapOf(fields, 'annotations'),
    });
}
function optional(fields, names) {
    const texts = {};
    for (const name of names) {
        const text = fields && fields_textOf(fields, name);
        if (text !== undefined)
            texts[name] = text;
    }
    return texts;
}
const image_validating_read_attestor_algorithms = ['sha224', 'sha256', 'sha384', 'sha512'];
function read_attestor_readKey(owner) {
    const fields = objectOf(owner, 'key', ['data', 'kms', 'expression', 'hashAlgorithm']);
    if (fields === undefined)
        return undefined;
    const said = fields_textOf(fields, 'hashAlgorithm');
    const found = image_validating_read_attestor_algorithms.find((one) => one === said);
    if (said !== undefined && found === undefined) {
        refuse(fields, 'hashAlgorithm', { message: `expected one of ${image_validating_read_attestor_algorithms.join(', ')}, got "${said}"` });
    }
    const hashAlgorithm = found ?? 'sha256';
    const given = ['data', 'kms', 'expression'].filter((name) => fields_textOf(fields, name) !== undefined);
    if (given.length !== 1) {
        refuse(fields, undefined, {
            message: `expected exactly one of data, kms and expression, got ${given.length === 0 ? 'none' : given.join(' and ')}`,
        });
        return undefined;
    }
    const reference = fields_textOf(fields, 'kms');
    if (reference !== undefined)
        return { kind: 'kms', reference, hashAlgorithm };
    const expression = fields_textOf(fields, 'expression');
    if (expression !== undefined)
        return { kind: 'key', key: placed(fields, 'expression', expression), hashAlgorithm };
    const text = fields_textOf(fields, 'data') ?? '';
    const outcome = (0,keys_pem/* readPem */.J)(text);
    if (outcome.kind !== 'key') {
        const reason = outcome.kind === 'refused' ? outcome.reason : 'expected a public key, got an encrypted private key';
        refuse(fields, 'data', { message: reason });
    }
    return { kind: 'key', key: { kind: 'text', text }, hashAlgorithm };
}
function image_validating_read_attestor_readKeyless(owner) {
    const fields = objectOf(owner, 'keyless', ['identities', 'roots', 'additionalExtensions']);
    if (fields === undefined)
        return undefined;
    const names = ['issuer', 'subject', 'issuerRegExp', 'subjectRegExp'];
    const identities = listOf(fields, 'identities').flatMap((item) => {
        const identity = openFields(owner.reading, item, [...names, 'subjectExpression']);
        if (identity === undefined)
            return [];
        if (has(identity, 'subjectExpression')) {
            refuse(identity, 'subjectExpression', { message: 'subjectExpression is not supported here' });
        }
        const read = optional(identity, names);
        for (const name of ['issuerRegExp', 'subjectRegExp']) {
            const wrong = read[name] === undefined ? undefined : (0,verify_identity.patternProblem)(read[name]);
            if (wrong !== undefined)
                refuse(identity, name, { message: `expected a regular expression (RE2): ${wrong}` });
        }
        for (const name of ['issuer', 'subject']) {
            if (read[name]?.includes('*') === true) {
                warn(identity, name, {
                    message: `compared letter by letter: the * in "${read[name]}" is no wildcard`,
                });
            }
        }
        return [read];
    });
    if (identities.length === 0)
        warn(fields, undefined, { message: 'no identities: whoever has a certificate counts' });
    const roots = fields_textOf(fields, 'roots');
    return {
        kind: 'keyless',
        identities,
        additionalExtensions: textMapOf(fields, 'additionalExtensions'),
        ...(roots !== undefined && { roots }),
    };
}
function readCertificate(owner) {
    const fields = objectOf(owner, 'certificate', ['cert', 'certChain']);
    if (fields === undefined)
        return undefined;
    const cert = read_attestor_readText(fields, 'cert');
    const certChain = read_attestor_readText(fields, 'certChain');
    if (cert === undefined && certChain === undefined) {
        refuse(fields, undefined, { message: 'expected cert, certChain or both, got none' });
        return undefined;
    }
    return { kind: 'certificate', ...(cert && { cert }), ...(certChain && { certChain }) };
}
function read_attestor_readSource(owner) {
    const fields = objectOf(owner, 'source', ['repository', 'PullSecrets', 'tagPrefix']);
    if (fields === undefined)
        return undefined;
    const pullSecrets = listOf(fields, 'PullSecrets').flatMap((item) => {
        const secret = openFields(owner.reading, item, ['name']);
        return (secret && fields_textOf(secret, 'name')) ?? [];
    });
    return { ...optional(fields, ['repository', 'tagPrefix']), pullSecrets };
}
function readTuf(owner) {
    const fields = objectOf(owner, 'tuf', ['root', 'mirror']);
    const root = fields && objectOf(fields, 'root', ['path', 'data']);
    return fields && { ...optional(root, ['path', 'data']), ...optional(fields, ['mirror']) };
}
/** A field that holds a value or an expression for one. */
function read_attestor_readText(owner, name) {
    const fields = objectOf(owner, name, ['value', 'expression']);
    if (fields === undefined)
        return undefined;
    const text = fields_textOf(fields, 'value');
    const expression = fields_textOf(fields, 'expression');
    if ((text === undefined) === (expression === undefined)) {
        refuse(fields, undefined, {
            message: `expected exactly one of value and expression, got ${text === undefined ? 'none' : 'both'}`,
        });
        return undefined;
    }
    return text === undefined ? placed(fields, 'expression', expression ?? '') : { kind: 'text', text };
}
function placed(fields, name, expression) {
    return { kind: 'expression', expression, field: within(fields.path, name), line: lineOf(fields, name) };
}
function read_attestor_readAttestations(spec) {
    return listOf(spec, 'attestations').flatMap((item) => {
        const fields = openFields(spec.reading, item, ['name', 'intoto', 'referrer']);
        if (fields === undefined)
            return [];
        const name = fields_textOf(fields, 'name');
        const given = ['intoto', 'referrer'].filter((one) => has(fields, one));
        const [kind] = given;
        const inner = kind && objectOf(fields, kind, ['type']);
        const type = inner && fields_textOf(inner, 'type');
        if (name === undefined)
            refuse(fields, undefined, { message: 'expected the name of the attestation in "name"' });
        if (kind === undefined || given.length > 1) {
            refuse(fields, undefined, {
                message: `expected exactly one of intoto and referrer, got ${given.length === 0 ? 'none' : 'both'}`,
            });
            return [];
        }
        if (inner !== undefined && type === undefined)
            refuse(inner, undefined, { message: 'expected the type in "type"' });
        return name === undefined || type === undefined ? [] : [{ name, kind, type }];
    });
}

;// CONCATENATED MODULE: ./src/policy/image-validating/glob.ts

const image_validating_glob_longest = 1000;
const mostAlternatives = 20;
/**
 * Reads a glob: `*`, `?`, `[abc]`, `[!a-z]`, `{one,other}` and `\` before a letter that means itself. It becomes a
 * regular expression of RE2, so matching takes linear time.
 *
 * @returns a text that says what is wrong
 */
function readImageGlob(text) {
    if (text.length > image_validating_glob_longest)
        return `longer than ${image_validating_glob_longest} characters`;
    const translated = translate(text);
    if ('problem' in translated)
        return translated.problem;
    const pattern = build/* RE2JS */.L3.compile(`^(?:${translated.pattern})$`, build/* RE2JS */.L3.DOTALL);
    return { text, matches: (reference) => pattern.matcher(reference).find() };
}
function translate(text) {
    let pattern = '';
    let open = 0;
    for (let at = 0; at < text.length; at++) {
        const letter = text[at] ?? '';
        if (letter === '\\') {
            at++;
            if (at >= text.length)
                return { problem: 'unexpected end of input' };
            pattern += build/* RE2JS */.L3.quote(text[at] ?? '');
        }
        else if (letter === '*')
            pattern += '.*';
        else if (letter === '?')
            pattern += '.';
        else if (letter === '[') {
            const end = text.indexOf(']', at + 1);
            const set = end < 0 ? undefined : glob_readSet(text.slice(at + 1, end));
            if (set === undefined)
                return { problem: end < 0 ? 'unexpected end of input' : `an empty or illegal set at ${at + 1}` };
            pattern += set;
            at = end;
        }
        else if (letter === '{') {
            if (++open > mostAlternatives)
                return { problem: `more than ${mostAlternatives} alternatives in each other` };
            pattern += '(?:';
        }
        else if (letter === '}' && open > 0) {
            open--;
            pattern += ')';
        }
        else
            pattern += letter === ',' && open > 0 ? '|' : build/* RE2JS */.L3.quote(letter);
    }
    return open > 0 ? { problem: 'unexpected end of input' } : { pattern };
}
/** A range has one letter on each side of its dash; in a list the dash means itself. */
function glob_readSet(body) {
    const negated = body.startsWith('!');
    const letters = Array.from(negated ? body.slice(1) : body);
    const [low = '', dash, high = ''] = letters;
    if (letters.length === 0)
        return undefined;
    const isRange = letters.length === 3 && dash === '-';
    if (isRange && low > high)
        return undefined;
    const inside = isRange ? `${glob_escaped(low)}-${glob_escaped(high)}` : letters.map(glob_escaped).join('');
    return `[${negated ? '^' : ''}${inside}]`;
}
function glob_escaped(letter) {
    return /[\\\]^[-]/.test(letter) ? `\\${letter}` : letter;
}

;// CONCATENATED MODULE: ./src/policy/image-validating/read-expressions.ts


/** Variables, images and conditions: each name once. */
function readNamed(spec, list) {
    const seen = new Set();
    return listOf(spec, list).flatMap((item) => {
        const fields = openFields(spec.reading, item, ['name', 'expression']);
        if (fields === undefined)
            return [];
        const name = fields_textOf(fields, 'name');
        const expression = expressionOf(fields);
        if (name === undefined || expression === undefined) {
            refuse(fields, undefined, { message: 'expected "name" and "expression"' });
            return [];
        }
        if (seen.has(name))
            refuse(fields, 'name', { message: `"${name}" is in the list a second time` });
        seen.add(name);
        return [{ name, ...expression }];
    });
}
/** What the images must be like: exactly one of glob and expression. */
function readImageMatches(spec) {
    return listOf(spec, 'matchImageReferences').flatMap((item) => {
        const fields = openFields(spec.reading, item, ['glob', 'expression']);
        if (fields === undefined)
            return [];
        const text = fields_textOf(fields, 'glob');
        const expression = expressionOf(fields);
        if ((text === undefined) === (expression === undefined)) {
            refuse(fields, undefined, {
                message: `expected exactly one of glob and expression, got ${text === undefined ? 'none' : 'both'}`,
            });
            return [];
        }
        if (expression !== undefined)
            return [{ kind: 'expression', ...expression }];
        const glob = readImageGlob(text ?? '');
        if (typeof glob !== 'string')
            return [{ kind: 'glob', glob }];
        refuse(fields, 'glob', { message: `"${text ?? ''}" is no glob: ${glob}` });
        return [];
    });
}
function readValidations(spec) {
    return listOf(spec, 'validations').flatMap((item) => {
        const fields = openFields(spec.reading, item, ['expression', 'message', 'messageExpression', 'reason']);
        if (fields === undefined)
            return [];
        const expression = expressionOf(fields);
        if (expression === undefined) {
            refuse(fields, undefined, { message: 'expected an expression in "expression"' });
            return [];
        }
        const message = fields_textOf(fields, 'message');
        const messageExpression = expressionOf(fields, 'messageExpression');
        return [
            {
                ...expression,
                ...(message !== undefined && { message }),
                ...(messageExpression && { messageExpression }),
            },
        ];
    });
}
function expressionOf(fields, name = 'expression') {
    const expression = fields_textOf(fields, name);
    return expression === undefined
        ? undefined
        : { expression, field: within(fields.path, name), line: lineOf(fields, name) };
}

;// CONCATENATED MODULE: ./src/policy/image-validating/read.ts








const read_group = 'policies.kyverno.io';
const read_kinds = ['ImageValidatingPolicy', 'NamespacedImageValidatingPolicy'];
const read_versions = ['v1', 'v1beta1', 'v1alpha1'];
/** Reads the ImageValidatingPolicies of a file; every expression of them must compile. */
function readImageValidatingFile(file, documents) {
    const reading = startReading(file);
    const policies = [];
    const exceptions = [];
    const others = [];
    for (const node of documents) {
        const apiVersion = topText(node, 'apiVersion') ?? '';
        const said = topText(node, 'kind') ?? '';
        const kind = read_kinds.find((one) => one === said);
        if (said === 'PolicyException' && apiVersion.startsWith(`${read_group}/`)) {
            const exception = readExpressionException(reading, node);
            if (exception)
                exceptions.push(exception);
            continue;
        }
        if (kind === undefined || !apiVersion.startsWith(`${read_group}/`)) {
            others.push({ apiVersion, kind: said, line: node.line });
            continue;
        }
        const version = read_versions.find((one) => apiVersion === `${read_group}/${one}`);
        if (version === undefined) {
            const message = `expected ${read_versions.map((one) => `${read_group}/${one}`).join(', ')}, got ${apiVersion}`;
            reading.problems.push({ file, line: node.line, field: 'apiVersion', message });
            continue;
        }
        const policy = read_readPolicy(reading, node, kind, version);
        if (policy)
            policies.push(policy);
    }
    const { problems, warnings } = reading;
    const isWhole = problems.length === 0;
    return {
        policies: isWhole ? policies : [],
        exceptions: isWhole ? exceptions : [],
        others,
        problems,
        warnings,
    };
}
const fieldsOfSpec = [
    'matchConstraints',
    'matchConditions',
    'variables',
    'validationActions',
    'failurePolicy',
    'validationConfigurations',
    'matchImageReferences',
    'credentials',
    'images',
    'attestors',
    'attestations',
    'validations',
    'auditAnnotations',
    'autogen',
    'evaluation',
    'webhookConfiguration',
];
function read_readPolicy(reading, node, kind, version) {
    const before = reading.problems.length;
    const document = openResource(reading, node);
    if (document === undefined)
        return undefined;
    const metadata = readMetadata(document);
    const spec = objectOf(document, 'spec', fieldsOfSpec);
    if (spec === undefined) {
        if (!has(document, 'spec'))
            refuse(document, undefined, { message: 'expected a spec' });
        return undefined;
    }
    if (metadata === undefined)
        return undefined;
    for (const name of ['attestors', 'validations']) {
        if (fields_valueOf(spec, name) === undefined)
            refuse(spec, undefined, { message: `expected "${name}", got none` });
    }
    const configurations = objectOf(spec, 'validationConfigurations', [
        'mutateDigest',
        'verifyDigest',
        'required',
    ]);
    const flag = (name) => (configurations && flagOf(configurations, name)) ?? true;
    const evaluation = objectOf(spec, 'evaluation', ['mode', 'admission', 'background']);
    const matchConstraints = readMatchConstraints(spec);
    const autogen = readAutogen(spec);
    const credentials = read_readCredentials(spec);
    const namespace = kind === 'NamespacedImageValidatingPolicy'
        ? (fields_textOf(metadata.fields, 'namespace') ?? 'default')
        : undefined;
    const policy = {
        kind,
        version,
        name: metadata.name,
        ...(namespace !== undefined && { namespace }),
        file: reading.file,
        line: node.line,
        mode: (evaluation && choice(evaluation, 'mode', ['Kubernetes', 'JSON'])) ?? 'Kubernetes',
        ...(matchConstraints && { matchConstraints }),
        matchConditions: readNamed(spec, 'matchConditions'),
        variables: readNamed(spec, 'variables'),
        validationActions: readActions(spec),
        failurePolicy: choice(spec, 'failurePolicy', ['Fail', 'Ignore']) ?? 'Fail',
        mutateDigest: flag('mutateDigest'),
        verifyDigest: flag('verifyDigest'),
        required: flag('required'),
        matchImageReferences: readImageMatches(spec),
        images: readNamed(spec, 'images'),
        attestors: read_attestor_readAttestors(spec),
        attestations: read_attestor_readAttestations(spec),
        validations: readValidations(spec),
        ...(autogen && { autogen }),
        ...(credentials && { credentials }),
    };
    read_warnOfSilence(spec, policy);
    if (reading.problems.length === before) {
        for (const { field, line, message } of problemsOf(policy)) {
            reading.problems.push({
                file: reading.file,
                line,
                field,
                message,
                peerReason: `failed to compile policy: ${message}`,
            });
        }
    }
    return reading.problems.length > before ? undefined : policy;
}
function choice(fields, name, of) {
    const said = fields_textOf(fields, name);
    const found = of.find((one) => one === said);
    if (said !== undefined && found === undefined)
        refuse(fields, name, { message: `expected ${of.join(' or ')}, got "${said}"` });
    return found;
}
function readActions(spec) {
    const known = ['Deny', 'Audit', 'Warn'];
    const said = textsOf(spec, 'validationActions');
    for (const one of said) {
        if (!known.some((action) => action === one)) {
            refuse(spec, 'validationActions', { message: `expected Deny, Audit or Warn, got "${one}"` });
        }
    }
    return said.length === 0 ? ['Deny'] : known.filter((action) => said.includes(action));
}
function readAutogen(spec) {
    const autogen = objectOf(spec, 'autogen', ['podControllers']);
    const controllers = autogen && objectOf(autogen, 'podControllers', ['controllers']);
    if (controllers === undefined || !has(controllers, 'controllers'))
        return undefined;
    const names = textsOf(controllers, 'controllers');
    for (const name of names) {
        if (!knownControllers.includes(name)) {
            refuse(controllers, 'controllers', {
                message: `expected some of ${knownControllers.join(', ')}, got "${name}"`,
            });
        }
    }
    return names;
}
function read_readCredentials(spec) {
    const fields = objectOf(spec, 'credentials', ['allowInsecureRegistry', 'providers', 'secrets']);
    if (fields === undefined)
        return undefined;
    const secrets = textsOf(fields, 'secrets');
    if (secrets.length > 0) {
        warn(fields, 'secrets', {
            message: 'the Secrets are in the cluster: the credentials of this step are used instead',
        });
    }
    return {
        allowInsecureRegistry: flagOf(fields, 'allowInsecureRegistry') ?? false,
        providers: textsOf(fields, 'providers'),
        secrets,
    };
}
function read_warnOfSilence(spec, policy) {
    const { matchConstraints, validations, required, validationActions } = policy;
    if (!required) {
        warn(spec, 'validationConfigurations', {
            message: 'required is off: an image that no expression verifies passes',
        });
    }
    if (validations.length === 0)
        warn(spec, 'validations', { message: 'without validations nothing is verified' });
    if (!validationActions.includes('Deny')) {
        warn(spec, 'validationActions', { message: 'without Deny a cluster admits what fails' });
    }
    if (has(spec, 'auditAnnotations'))
        warn(spec, 'auditAnnotations', { message: 'not evaluated here: nothing is audited' });
    if (policy.mode === 'Kubernetes' && matchConstraints === undefined) {
        warn(spec, undefined, { message: 'without matchConstraints the policy is for no resource' });
    }
    const pods = matchConstraints?.resourceRules.some(({ resources }) => resources.includes('pods')) === true;
    if (matchConstraints && pods && !canGenerate(matchConstraints)) {
        warn(spec, 'matchConstraints', {
            message: 'no rules are made for Deployments and other controllers of Pods: the match is more than Pods, or selects',
        });
    }
}

;// CONCATENATED MODULE: ./src/policy/policy-set.ts






/** Reads policies strictly: a document that nobody here knows, or a field that is misspelt, is a problem. */
function readPolicySet(files) {
    const clusterImage = [];
    const trustRoots = [];
    const kyverno = [];
    const exceptions = [];
    const imageValidating = [];
    const expressionExceptions = [];
    const problems = [];
    const warnings = [];
    for (const { file, text } of files) {
        const read = readDocuments(file, text);
        const theirs = readKyverno(file, read.documents);
        kyverno.push(...theirs.policies);
        exceptions.push(...theirs.exceptions);
        problems.push(...[...read.problems, ...theirs.problems].map(policy_problem/* problemText */.f));
        warnings.push(...theirs.notes.map(noteText));
        for (const policy of theirs.policies)
            warnings.push(...policy.notes.map(noteText));
        if (read.problems.length > 0)
            continue;
        const rest = theirs.others.map((document) => ({
            apiVersion: topText(document, 'apiVersion') ?? '',
            kind: topText(document, 'kind') ?? '',
            line: document.line,
        }));
        if (rest.some(({ apiVersion }) => apiVersion.startsWith('policy.sigstore.dev'))) {
            const ours = readClusterImageFile(file, read.documents);
            clusterImage.push(...ours.policies);
            trustRoots.push(...ours.trustRoots);
            problems.push(...ours.problems.map(policy_problem/* describeNote */.M));
            warnings.push(...ours.warnings.map(policy_problem/* describeNote */.M));
        }
        const isExpressions = ({ apiVersion, kind }) => apiVersion.startsWith('policies.kyverno.io/') &&
            (/ImageValidating/i.test(kind) || kind === 'PolicyException');
        if (rest.some(isExpressions)) {
            const ours = readImageValidatingFile(file, read.documents);
            imageValidating.push(...ours.policies);
            expressionExceptions.push(...ours.exceptions);
            problems.push(...ours.problems.map(policy_problem/* describeNote */.M));
            warnings.push(...ours.warnings.map(policy_problem/* describeNote */.M));
        }
        for (const { apiVersion, kind, line } of rest) {
            if (isExpressions({ apiVersion, kind }))
                continue;
            if (apiVersion.startsWith('policy.sigstore.dev') || (apiVersion === 'v1' && kind === 'Secret'))
                continue;
            const got = apiVersion === '' ? 'a document without apiVersion' : `${kind} of ${apiVersion}`;
            problems.push(`${file}:${line}: expected a policy of Kyverno (kyverno.io, policies.kyverno.io) or of sigstore's policy-controller (policy.sigstore.dev), got ${got}`);
        }
    }
    const count = clusterImage.length + kyverno.length + imageValidating.length;
    if (count === 0 && problems.length === 0)
        problems.push(`expected a policy in ${files.map(({ file }) => file).join(', ')}, got none`);
    return {
        clusterImage,
        trustRoots,
        kyverno,
        exceptions,
        imageValidating,
        expressionExceptions,
        problems,
        warnings,
    };
}
/** A note in one line, with its place. */
function noteText({ message, origin }) {
    return origin ? `${origin.file}:${origin.line}: ${message}` : message;
}

;// CONCATENATED MODULE: ./src/policy/cover.ts








/** What the policies demand of the images of one resource. */
function coverResource(set, resource, find, settings) {
    const warnings = [];
    const problems = [];
    const covered = new Map();
    const of = (image) => {
        const key = JSON.stringify([image.origin.path, image.text]);
        const before = covered.get(key);
        if (before)
            return before;
        const fresh = { image, parts: [], skips: [], by: [] };
        covered.set(key, fresh);
        return fresh;
    };
    find(undefined).images.forEach(of);
    if (set.kyverno.length > 0)
        coverByKyverno(set, resource, find, settings, of, warnings, problems);
    const further = coverWithExpressions(set, resource, covered, warnings, problems);
    if (set.clusterImage.length > 0)
        for (const one of [...covered.values()])
            coverByClusterImage(set, resource, settings, one, warnings);
    return {
        images: [...covered.values()].map(({ image, parts, skips, by }) => ({
            image,
            parts,
            skips,
            uncoveredBy: by,
        })),
        further,
        warnings,
        problems,
    };
}
function coverByClusterImage({ clusterImage, trustRoots }, resource, { ask, gunzip }, { image, parts, by }, warnings) {
    const labels = new Map(Object.entries(resource?.labels ?? {}));
    const found = coverageOf(clusterImage, { written: image.text }, resource && { apiVersion: resource.apiVersion, kind: resource.kind, labels });
    if (found.kind === 'unreadable') {
        by.push('deny');
        return;
    }
    warnings.push(...found.warnings);
    if (found.kind === 'uncovered') {
        by.push('deny');
        return;
    }
    for (const { policy } of found.policies)
        parts.push(compileClusterImagePolicy(policy, { trustRoots, ask, gunzip, ...(resource && { resource }) }));
}
/** @returns the images that only the policies know of */
function coverWithExpressions({ imageValidating, expressionExceptions }, resource, covered, warnings, problems) {
    if (imageValidating.length === 0)
        return [];
    const lists = new Map(['containers', 'initContainers', 'ephemeralContainers'].map((name) => [name, []]));
    for (const { image } of covered.values()) {
        const { list } = image.origin;
        if (/^(?:init|ephemeral)?[cC]ontainers$/.test(list))
            lists.set(list, [...(lists.get(list) ?? []), image.text]);
    }
    const { apiVersion, kind, name, generateName, namespace, labels, value } = resource;
    const found = coverByExpressions(imageValidating, expressionExceptions, {
        resource: {
            apiVersion,
            kind,
            name: name ?? generateName ?? '',
            namespace: namespace ?? 'default',
            labels: new Map(Object.entries(labels)),
            object: value,
        },
    }, lists, nameOfImage);
    warnings.push(...found.warnings);
    problems.push(...found.problems);
    const known = new Set();
    for (const one of covered.values()) {
        const parts = found.parts.get(one.image.text);
        known.add(one.image.text);
        if (parts)
            one.parts.push(...parts);
        else {
            one.by.push('allow');
            one.skips.push(...found.none.map(({ policy, reason }) => ({ policy, rule: policy, reason })));
        }
    }
    return [...found.parts].filter(([text]) => !known.has(text)).map(([text, parts]) => ({ text, parts }));
}
/** What policies in CEL demand of a JSON document that is no resource. */
function coverDocument({ imageValidating, expressionExceptions }, json) {
    const own = imageValidating.filter(({ mode }) => mode === 'JSON');
    if (own.length === 0)
        return { further: [], warnings: [] };
    const found = coverByExpressions(own, expressionExceptions, { json }, new Map(), nameOfImage);
    return { further: [...found.parts].map(([text, parts]) => ({ text, parts })), warnings: found.warnings };
}
/** As an image is resolved that is written so. */
function nameOfImage(text) {
    const read = (0,image_reference/* readManifestReference */.p)(text);
    return 'kind' in read ? text : read.reference.text;
}
function coverByKyverno({ kyverno, exceptions }, resource, find, { outside, surroundings, auditWarns }, of, warnings, problems) {
    const found = coverage_coverageOf(kyverno, exceptions, resource, find, surroundings);
    warnings.push(...found.notes.filter(({ loud }) => loud).map(noteText));
    for (const { policy, rule } of found.mutating)
        problems.push(`rule ${policy.name}/${rule.name} may change which images run (${rule.origin.file}:${rule.origin.line}): mutate rules are not run here; give the manifests as they come out of it, and the policy without it`);
    const images = imagesData(found.images);
    for (const { image, reference, duties, skips } of found.images) {
        const own = of(image);
        own.skips.push(...skips.map(({ policy, rule, reason, by }) => ({
            policy: policy.name,
            rule: rule.name,
            reason: reason === 'exception'
                ? `rule is skipped due to policy exception ${by}`
                : `skipping image reference (${by})`,
        })));
        for (const { policy, rule, missingDigest } of skips)
            if (missingDigest)
                own.parts.push({
                    policy: policy.name,
                    rule: rule.name,
                    requirement: {
                        kind: 'decide',
                        name: 'verifyDigest',
                        verdict: 'policy-denied',
                        message: `missing digest for ${image.text}`,
                    },
                });
        if (reference.kind === 'unreadable')
            continue;
        const applied = new Set();
        for (const duty of duties) {
            if (duty.unlessApplied.some((name) => applied.has(name))) {
                own.skips.push({
                    policy: duty.policy.name,
                    rule: duty.rule.name,
                    reason: 'applyRules is One, and another rule was applied',
                });
                continue;
            }
            const action = found.rules.find(({ rule }) => rule === duty.rule)?.failureAction;
            const warns = !duty.policy.scored || (auditWarns && action === 'Audit');
            const part = compileDuty(duty, reference, resource, images, outside, warns);
            if (part.skipped === undefined) {
                applied.add(duty.rule.name);
                own.parts.push(part);
            }
            else
                own.skips.push({ policy: part.policy, rule: part.rule, reason: part.skipped });
        }
        if (own.parts.length === 0)
            own.by.push(own.skips.length > 0 ? 'exempt' : 'allow');
    }
}
function imagesData(images) {
    const lists = new Map();
    for (const { image, reference } of images) {
        const { list, container } = image.origin;
        if (reference.kind === 'unreadable' || container === undefined)
            continue;
        lists.set(list, [...(lists.get(list) ?? []), [container, imageData(reference)]]);
    }
    return Object.fromEntries([...lists].map(([list, entries]) => [list, Object.fromEntries(entries)]));
}

;// CONCATENATED MODULE: ./src/gate/gathering.ts




/** policy-controller refuses what it does not cover; a rule that leaves an image out on purpose covers it. */
function uncoveredAt({ parts, uncoveredBy }) {
    const strictest = ['deny', 'exempt', 'allow'].find((by) => uncoveredBy.includes(by));
    return parts.length > 0 || strictest === undefined ? [] : [strictest];
}
function newGathering() {
    return { targets: new Map(), places: [], skipped: [], warnings: [], problems: [], unsupported: [] };
}
function gatherResource(gathering, resource, set, settings) {
    const found = imagesOf(resource);
    const title = `${resource.kind}/${resource.namespace ?? 'default'}/${resource.name ?? resource.generateName ?? ''}`;
    for (const { kind, message, origin } of found.odd) {
        const said = `${origin.file}:${origin.line}: ${title}: ${message}`;
        if (kind === 'unusable')
            gathering.problems.push(said);
        else
            gathering.warnings.push(said);
    }
    for (const { text, origin } of found.unlisted)
        gathering.warnings.push(`${origin.file}:${origin.line}: ${title}: ${JSON.stringify(text)} looks like an image that nobody checks here`);
    const covered = set && settings
        ? coverResource(set, resource, (extractors) => imagesOf(resource, extractors, settings.extract), settings)
        : {
            images: found.images.map((image) => ({ image, parts: [], skips: [], uncoveredBy: [] })),
            further: [],
            warnings: [],
            problems: [],
        };
    gathering.warnings.push(...covered.warnings);
    gathering.unsupported.push(...covered.problems);
    const name = {
        kind: resource.kind,
        namespace: resource.namespace ?? 'default',
        name: resource.name ?? resource.generateName ?? '',
    };
    for (const { text, parts } of covered.further)
        gatherFurther(gathering, text, parts, { file: resource.file, line: resource.line, resource: name });
    for (const { image, parts, skips, uncoveredBy } of covered.images) {
        const read = (0,image_reference/* readManifestReference */.p)(image.text);
        const { origin } = image;
        if ('kind' in read) {
            gathering.problems.push(`${origin.file}:${origin.line}: ${title}: ${JSON.stringify(image.text)} is no image: ${read.reason}`);
            continue;
        }
        if (read.warning !== undefined)
            gathering.warnings.push(`${origin.file}:${origin.line}: ${read.warning}`);
        const reference = read.reference.text;
        gathering.places.push({ image, reference });
        const target = targetFor(gathering, reference);
        target.parts.push(...parts.map((part) => ({ ...part, resource: name })));
        target.origins.push({
            file: origin.file,
            line: origin.line,
            resource: name,
            ...(origin.container !== undefined && { container: origin.container }),
        });
        target.uncovered.push(...uncoveredAt({ parts, uncoveredBy }));
        gathering.skipped.push(...skips.map(({ policy, rule, reason }) => ({
            policy,
            rule,
            resource: name,
            image: image.text,
            result: 'skip',
            message: reason,
        })));
    }
}
/** A document that is no resource may still be what a policy in CEL is about. */
function gatherDocument(gathering, { value, file, line }, set) {
    const { further, warnings } = coverDocument(set, value);
    gathering.warnings.push(...warnings);
    for (const { text, parts } of further)
        gatherFurther(gathering, text, parts, { file, line });
    return further.length > 0;
}
function gatherFurther(gathering, text, parts, { file, line, resource, }) {
    const read = (0,image_reference/* readManifestReference */.p)(text);
    if ('kind' in read) {
        gathering.problems.push(`${file}:${line}: ${JSON.stringify(text)} is no image: ${read.reason}`);
        return;
    }
    const target = targetFor(gathering, read.reference.text);
    target.parts.push(...parts.map((part) => ({ ...part, ...(resource && { resource }) })));
    target.origins.push({ file, line, ...(resource && { resource }) });
}
/** An image that stands in no manifest is judged as the one container of a pod. */
function gatherReference(gathering, reference, set, settings) {
    const target = targetFor(gathering, reference);
    if (!set || !settings)
        return;
    const pod = {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name: 'image' },
        spec: { containers: [{ name: 'image', image: reference }] },
    };
    const [resource] = (0,manifest/* parseManifest */.N)('', JSON.stringify(pod)).resources;
    if (!resource)
        return;
    const covered = coverResource(set, resource, (extractors) => imagesOf(resource, extractors, settings.extract), settings);
    gathering.warnings.push(...covered.warnings);
    gathering.unsupported.push(...covered.problems);
    for (const { parts, skips, uncoveredBy } of covered.images) {
        target.parts.push(...parts);
        target.uncovered.push(...uncoveredAt({ parts, uncoveredBy }));
        gathering.skipped.push(...skips.map(({ policy, rule, reason }) => ({
            policy,
            rule,
            image: reference,
            result: 'skip',
            message: reason,
        })));
    }
}
function targetFor({ targets }, reference) {
    const before = targets.get(reference);
    if (before)
        return before;
    const fresh = { parts: [], origins: [], uncovered: [] };
    targets.set(reference, fresh);
    return fresh;
}

// EXTERNAL MODULE: ./src/files/find.ts
var files_find = __webpack_require__(23712);
// EXTERNAL MODULE: ./src/files/read.ts
var read = __webpack_require__(49823);
// EXTERNAL MODULE: ./src/policy/witness/containers.ts
var containers = __webpack_require__(16432);
// EXTERNAL MODULE: ./src/gate/statement-policy.ts + 1 modules
var statement_policy = __webpack_require__(84762);
;// CONCATENATED MODULE: ./src/gate/policy-sources.ts







const mostManifestBytes = 16 * 1024 * 1024;
/** @param buildsWanted somebody says how policies about builds are signed: whatever is no resource of a cluster is one */
async function readPolicies(patterns, buildsWanted, files, problems) {
    const texts = [];
    const signed = [];
    for (const pattern of patterns)
        for (const file of await expand(pattern, 'policy', problems)) {
            const bytes = await (0,statement_policy/* readPolicy */.T4)(file);
            if ('code' in bytes) {
                problems.push(bytes);
                continue;
            }
            const text = Buffer.from(bytes).toString();
            const isBuild = (0,containers/* isSignedDocument */.YN)(bytes) || (buildsWanted && !/\bapiVersion\b/.test(text));
            if (isBuild)
                signed.push({ file, bytes });
            else
                texts.push({ file, text });
            files.push((0,statement_policy/* fileOf */.W7)(file, isBuild ? 'build-policy' : 'policy', bytes));
        }
    if (texts.length === 0)
        return { set: undefined, signed };
    const set = readPolicySet(texts);
    problems.push(...set.problems.map((message) => ({ code: 'policy-invalid', message })));
    return { set, signed };
}
async function readManifests(patterns, problems) {
    const manifests = [];
    for (const pattern of patterns) {
        if (pattern === '-') {
            const text = await readStandardInput();
            if (text !== undefined)
                manifests.push((0,manifest/* parseManifest */.N)('standard input', text));
            else
                problems.push({
                    code: 'limit-exceeded',
                    message: `manifests: expected at most ${mostManifestBytes} bytes on standard input, got more`,
                });
            continue;
        }
        for (const file of await expand(pattern, 'manifests', problems)) {
            const bytes = await (0,read/* readWhole */.oD)(file, mostManifestBytes, 'engine');
            if (bytes.kind === 'found')
                manifests.push((0,manifest/* parseManifest */.N)(file, decode(bytes.value)));
            else
                problems.push({
                    code: 'input-invalid',
                    message: bytes.kind === 'absent' ? `manifests: no file ${file}` : `manifests: ${bytes.problem.message}`,
                });
        }
    }
    return manifests;
}
/** What is no UTF-8 becomes a character that no manifest may hold where it matters. */
function decode(bytes) {
    return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}
async function expand(pattern, input, problems) {
    const found = await (0,files_find/* findFiles */.l)(pattern);
    if (typeof found === 'string')
        problems.push({ code: 'input-invalid', message: `${input}: ${pattern}: ${found}` });
    else if (found.length === 0)
        problems.push({
            code: 'input-invalid',
            message: `${input}: ${pattern}: expected at least one file, got none`,
        });
    return typeof found === 'string' ? [] : found;
}
/** Undefined: there is more than is read, and half of it must not pass for the whole. */
async function readStandardInput() {
    const parts = [];
    let size = 0;
    for await (const part of process.stdin) {
        parts.push(part);
        size += part.length;
        if (size > mostManifestBytes)
            return undefined;
    }
    return decode(Buffer.concat(parts));
}
async function readValues(file, files, problems) {
    if (file === undefined)
        return noValues;
    const bytes = await (0,statement_policy/* readPolicy */.T4)(file);
    if ('code' in bytes) {
        problems.push(bytes);
        return noValues;
    }
    files.push((0,statement_policy/* fileOf */.W7)(file, 'values', bytes));
    const values = readPolicyValues(file, Buffer.from(bytes).toString());
    if (typeof values !== 'string')
        return values;
    problems.push({ code: 'policy-invalid', message: values });
    return noValues;
}

;// CONCATENATED MODULE: ./src/gate/plan.ts






/** Which images are judged, and what must hold of each: by the step's inputs, by policies, by both. */
async function makePlan(request, sources) {
    const problems = [];
    const warnings = [];
    const policyFiles = [];
    const { set, signed } = request.policies
        ? await readPolicies(request.policies.files, request.build !== undefined, policyFiles, problems)
        : { set: undefined, signed: [] };
    if (set)
        warnings.push(...set.warnings);
    const builds = await openBuilds(signed, request.build, sources);
    warnings.push(...builds.warnings);
    problems.push(...builds.problems);
    const values = await readValues(request.policies?.values, policyFiles, problems);
    const about = signerless(request);
    if (about)
        problems.push(about);
    const [unread] = problems;
    const inputs = sources.inputs ?? expectedOf(request);
    const manifests = await readManifests(request.manifests ?? [], problems);
    const gathering = newGathering();
    const resources = manifests.flatMap((manifest) => manifest.resources);
    for (const manifest of manifests)
        for (const problem of manifest.problems) {
            if (set && problem.kind === 'no-resource' && gatherDocument(gathering, problem, set))
                continue;
            problems.push({ code: 'input-invalid', message: `${problem.file}:${problem.line}: ${problem.message}` });
        }
    const settings = set && coverSettings(request.policies, values, resources, sources);
    for (const resource of resources)
        gatherResource(gathering, resource, set, settings);
    for (const reference of request.images)
        gatherReference(gathering, reference, set, settings);
    for (const { parts } of gathering.targets.values())
        parts.push(...builds.parts);
    problems.push(...gathering.problems.map((message) => ({ code: 'input-invalid', message })));
    problems.push(...gathering.unsupported.map((message) => ({ code: 'unsupported', message })));
    const { noMatch } = request.policies ?? {};
    if (noMatch === 'warn')
        for (const [reference, { uncovered }] of gathering.targets)
            if (uncovered.some((by) => by !== 'exempt'))
                warnings.push(`${reference} is covered by no policy`);
    return {
        targets: [
            ...[...gathering.targets].map(([reference, found]) => targetOf(reference, found, inputs, noMatch, unread)),
            ...('subjects' in request ? [targetOfSubjects(request.subjects, builds.parts, unread)] : []),
        ],
        manifests,
        places: gathering.places,
        skipped: gathering.skipped,
        policyFiles,
        warnings: [...new Set([...warnings, ...gathering.warnings])],
        problems,
    };
}
/** What is demanded of signers is nothing without one: policies say by themselves what they want. */
function signerless({ demand, signers }) {
    if (demand === undefined || signers !== undefined)
        return undefined;
    const message = 'annotations, attestation-type, attestation-policy, require-signature and what provenance must say are about a signer: expected a key or an identity beside them, got policies alone';
    return { code: 'input-invalid', message };
}
function expectedOf({ expectedDigest }) {
    return expectedDigest === undefined ? undefined : { kind: 'digest', expected: expectedDigest };
}
function targetOf(reference, { parts, origins, uncovered }, inputs, noMatch, 
/** A policy that was not read may demand anything of any image. */
unread) {
    const demanded = [...(inputs ? [inputs] : []), ...parts.map(({ requirement }) => requirement)];
    const denied = uncovered.some((by) => by !== 'exempt' && (noMatch ?? by) === 'deny');
    const nobodys = { code: 'uncovered', message: `${reference} is covered by no policy` };
    const problem = unread ?? (denied ? nobodys : undefined);
    const of = problem ? [...demanded, { kind: 'open', name: 'policies', problem }] : demanded;
    const [only, ...others] = of;
    const allowed = of.length === 0 && uncovered.length > 0;
    const none = allowed
        ? { kind: 'exempt', name: 'policies', reason: `no policy covers ${reference}, and that is allowed` }
        : {
            kind: 'open',
            name: 'image',
            problem: {
                code: 'nothing-to-verify',
                message: `nothing is demanded of ${reference}: give a key, an identity or a policy`,
            },
        };
    return {
        reference,
        parts,
        origins,
        allowed,
        requirement: only === undefined ? none : others.length === 0 ? only : { kind: 'all', name: 'policies', of },
    };
}
/** Policies about builds, where there are any or somebody says how they are signed. */
async function openBuilds(signed, demand, { ask, loadKey, now }) {
    if (signed.length === 0 && demand === undefined)
        return { parts: [], problems: [], warnings: [] };
    const { noBuildDemand, openBuildPolicies } = await __webpack_require__.e(/* import() */ 8681).then(__webpack_require__.bind(__webpack_require__, 88681));
    return openBuildPolicies(signed, demand ?? noBuildDemand, { ask, loadKey, now });
}
/** Digests without an image: only policies about builds can say anything of them. */
function targetOfSubjects(subjects, parts, unread) {
    const name = subjects.join(', ');
    const gathered = { parts: [...parts], origins: [], uncovered: [] };
    return { ...targetOf(name, gathered, undefined, undefined, unread), isSubjects: true };
}
function coverSettings(demand, given, resources, { ask, now }) {
    const configMaps = new Map(resources
        .filter(({ kind, apiVersion }) => kind === 'ConfigMap' && apiVersion === 'v1')
        .map(({ namespace = 'default', name = '', value }) => [`${namespace}/${name}`, value]));
    return {
        ask,
        gunzip: (bytes, most) => {
            try {
                return (0,external_node_zlib_.gunzipSync)(bytes, { maxOutputLength: most });
            }
            catch {
                return undefined;
            }
        },
        surroundings: { ...noSurroundings, namespaceLabels: given.namespaces },
        auditWarns: demand?.auditWarns ?? false,
        extract: extractWith(now.getTime()),
        outside: { configMaps, values: (policy, rule) => valuesFor(given, policy, rule), now: now.getTime() },
    };
}


/***/ }),

/***/ 94673:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   M: () => (/* binding */ describeNote),
/* harmony export */   f: () => (/* binding */ problemText)
/* harmony export */ });
/** A note in one line, for logs and reports. */
function describeNote({ file, line, field, message }) {
    return `${file}:${line}: ${field === '' ? '' : `${field}: `}${message}`;
}
/** The problem in one line, as a compiler would say it. */
function problemText({ file, line, message }) {
    return `${file}:${line}: ${message}`;
}


/***/ }),

/***/ 16432:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   AO: () => (/* binding */ unwrapBundle),
/* harmony export */   Bo: () => (/* binding */ readBundle),
/* harmony export */   SX: () => (/* binding */ unwrapAttached),
/* harmony export */   Se: () => (/* binding */ readLines),
/* harmony export */   YN: () => (/* binding */ isSignedDocument)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(77598);
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_crypto__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var _evidence_json_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(49839);


const mostLines = 100_000;
const newline = 0x0a;
/** The envelopes of a `.jsonl` file, one a line. */
function readLines(bytes, where, origin) {
    const sources = [];
    let line = 1;
    for (let start = 0; start < bytes.length; line++) {
        const found = bytes.indexOf(newline, start);
        const end = found < 0 ? bytes.length : found;
        const part = bytes.subarray(start, end);
        if (part.some((byte) => byte > 0x20))
            sources.push({ bytes: part, where: `${where}:${line}`, origin });
        if (sources.length > mostLines)
            return { sources: [], problems: [`${where}: more than ${mostLines} lines`] };
        start = end + 1;
    }
    return sources.length > 0
        ? { sources, problems: [] }
        : { sources, problems: [`${where}: it holds no envelope`] };
}
/**
 * The envelopes of a cilock bundle (rookery, attestation/bundle): a tar with `bundle.json`, which lists them by their
 * SHA-256, and `attestations.jsonl`.
 *
 * @param tar without its gzip
 */
function readBundle(tar, where) {
    const failed = (problem) => ({ sources: [], problems: [`${where}: ${problem}`] });
    const files = readTar(tar);
    if (typeof files === 'string')
        return failed(`expected a cilock bundle: ${files}`);
    const [lines, index] = [files.get('attestations.jsonl'), files.get('bundle.json')];
    const listed = index && (0,_evidence_json_js__WEBPACK_IMPORTED_MODULE_1__/* .listField */ .FZ)((0,_evidence_json_js__WEBPACK_IMPORTED_MODULE_1__/* .readObject */ .Ag)(index), 'envelopes');
    if (!lines || !listed)
        return failed('expected a cilock bundle with bundle.json and attestations.jsonl, got another archive');
    const read = readLines(lines, where, 'given');
    const got = read.sources.map(({ bytes }) => (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').update(bytes).digest('hex'));
    const held = new Set(got);
    const wanted = listed.map((one) => ((0,_evidence_json_js__WEBPACK_IMPORTED_MODULE_1__/* .isObject */ .Gv)(one) ? ((0,_evidence_json_js__WEBPACK_IMPORTED_MODULE_1__/* .textField */ .M8)(one, 'sha256') ?? '') : ''));
    if (wanted.length === 0)
        return failed('it lists no envelope: cilock writes such a bundle for a subject that it does not find');
    const absent = wanted.find((one) => !held.has(one));
    if (absent !== undefined)
        return failed(`expected the envelope ${absent} that bundle.json lists, got none of that digest`);
    if (got.length !== wanted.length)
        return failed(`expected ${wanted.length} envelopes, got ${got.length}`);
    return read;
}
const block = 512;
const mostFiles = 100;
/** @returns a text that says what is wrong */
function readTar(tar) {
    const files = new Map();
    const bytes = Buffer.from(tar.buffer, tar.byteOffset, tar.length);
    for (let at = 0; at + block <= bytes.length;) {
        const header = bytes.subarray(at, at + block);
        if (header.every((byte) => byte === 0))
            break;
        const text = (start, end) => header.subarray(start, end).toString('latin1').replace(/\0.*$/s, '').trim();
        const size = text(124, 136);
        if (!/^[0-7]{1,11}$/.test(size) || text(257, 262) !== 'ustar')
            return 'it is no tar';
        const end = at + block + parseInt(size, 8);
        if (end > bytes.length)
            return 'it is cut off';
        const name = text(0, 100);
        if (files.has(name))
            return `${name} is in it twice`;
        if (files.size === mostFiles)
            return `more than ${mostFiles} files are in it`;
        files.set(name, bytes.subarray(at + block, end));
        at = block * Math.ceil(end / block);
    }
    return files;
}
/**
 * The envelope inside a statement that `cosign attest` made of an envelope's file: the predicate itself, or the text of
 * its `Data` under cosign's custom type. What counts is the signature of the inner one; undefined for others.
 */
function unwrapAttached(payload) {
    const statement = (0,_evidence_json_js__WEBPACK_IMPORTED_MODULE_1__/* .readObject */ .Ag)(payload);
    const predicate = (0,_evidence_json_js__WEBPACK_IMPORTED_MODULE_1__/* .objectField */ .qV)(statement, 'predicate');
    const isEnvelope = (value) => (0,_evidence_json_js__WEBPACK_IMPORTED_MODULE_1__/* .textField */ .M8)(value, 'payload') !== undefined && (0,_evidence_json_js__WEBPACK_IMPORTED_MODULE_1__/* .listField */ .FZ)(value, 'signatures') !== undefined;
    if (isEnvelope(predicate))
        return Buffer.from(JSON.stringify(predicate));
    const data = (0,_evidence_json_js__WEBPACK_IMPORTED_MODULE_1__/* .textField */ .M8)(predicate, 'Data');
    const inner = data === undefined ? undefined : Buffer.from(data);
    return inner && isEnvelope((0,_evidence_json_js__WEBPACK_IMPORTED_MODULE_1__/* .readObject */ .Ag)(inner)) ? inner : undefined;
}
/** The envelope inside a sigstore bundle; undefined for what is no bundle of one. */
function unwrapBundle(bytes) {
    const bundle = (0,_evidence_json_js__WEBPACK_IMPORTED_MODULE_1__/* .readObject */ .Ag)(bytes);
    if ((0,_evidence_json_js__WEBPACK_IMPORTED_MODULE_1__/* .textField */ .M8)(bundle, 'mediaType')?.startsWith('application/vnd.dev.sigstore.bundle') !== true)
        return undefined;
    const envelope = (0,_evidence_json_js__WEBPACK_IMPORTED_MODULE_1__/* .objectField */ .qV)(bundle, 'dsseEnvelope');
    return envelope && Buffer.from(JSON.stringify(envelope));
}
/** Whether a file looks like a signed policy: an envelope, which policies of clusters never are. */
function isSignedDocument(bytes) {
    const object = (0,_evidence_json_js__WEBPACK_IMPORTED_MODULE_1__/* .readObject */ .Ag)(bytes);
    return (0,_evidence_json_js__WEBPACK_IMPORTED_MODULE_1__/* .textField */ .M8)(object, 'payload') !== undefined && (0,_evidence_json_js__WEBPACK_IMPORTED_MODULE_1__/* .listField */ .FZ)(object, 'signatures') !== undefined;
}


/***/ }),

/***/ 28879:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   claimedIdentity: () => (/* binding */ claimedIdentity),
/* harmony export */   claimsOf: () => (/* binding */ claimsOf),
/* harmony export */   cosignClaims: () => (/* binding */ cosignClaims),
/* harmony export */   mismatch: () => (/* binding */ mismatch),
/* harmony export */   patternProblem: () => (/* binding */ patternProblem),
/* harmony export */   readIdentity: () => (/* binding */ readIdentity)
/* harmony export */ });
/* harmony import */ var _sigstore_core__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(83917);
/* harmony import */ var _sigstore_core__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(_sigstore_core__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var re2js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(2856);
/* harmony import */ var _verdict_request_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(54620);



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
        // Stryker disable next-line OptionalChaining,StringLiteral: no extension is empty in a certificate that was read
        const oid = extension.subs[0]?.toOID() ?? '';
        if (!oid.startsWith(`${fulcio}.`))
            continue;
        const number = Number(oid.slice(fulcio.length + 1));
        // Stryker disable next-line OptionalChaining: the same
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
/** @returns a text that says what is wrong with a pattern */
function patternProblem(pattern) {
    if (pattern.length > _verdict_request_js__WEBPACK_IMPORTED_MODULE_1__/* .longestPattern */ .X)
        return `it is longer than ${_verdict_request_js__WEBPACK_IMPORTED_MODULE_1__/* .longestPattern */ .X} characters`;
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


/***/ })

};
