export const id = 1232;
export const ids = [1232];
export const modules = {

/***/ 32957:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   k: () => (/* binding */ azureScope),
/* harmony export */   x: () => (/* binding */ azureAuthority)
/* harmony export */ });
/** Endpoints as Azure's documentation of national clouds lists them. */
const clouds = [
    {
        names: ['AZURECLOUD', 'AZUREPUBLICCLOUD', 'AZUREPUBLIC'],
        authority: 'https://login.microsoftonline.com',
        vaults: ['.vault.azure.net', '.managedhsm.azure.net'],
        blobs: '.blob.core.windows.net',
    },
    {
        names: ['AZUREUSGOVERNMENT', 'AZUREUSGOVERNMENTCLOUD'],
        authority: 'https://login.microsoftonline.us',
        vaults: ['.vault.usgovcloudapi.net', '.managedhsm.usgovcloudapi.net'],
        blobs: '.blob.core.usgovcloudapi.net',
    },
    {
        names: ['AZURECHINACLOUD', 'AZURECHINA'],
        authority: 'https://login.chinacloudapi.cn',
        vaults: ['.vault.azure.cn', '.managedhsm.azure.cn'],
        blobs: '.blob.core.chinacloudapi.cn',
    },
];
/**
 * Who gives out tokens for a vault or a storage account: `AZURE_AUTHORITY_HOST`, else the cloud that
 * `AZURE_ENVIRONMENT` names, else the one that the host belongs to, else the public one.
 */
function azureAuthority(host, environment) {
    const { AZURE_AUTHORITY_HOST: authority = '', AZURE_ENVIRONMENT: name = '' } = environment;
    if (authority !== '') {
        const url = authority.includes('://') ? authority : `https://${authority}`;
        return URL.canParse(url) && new URL(url).protocol === 'https:'
            ? { kind: 'authority', url: new URL(url).origin }
            : { kind: 'refused', reason: `AZURE_AUTHORITY_HOST: expected an https URL, got ${authority}` };
    }
    const named = clouds.find(({ names }) => names.includes(name.toUpperCase()));
    if (name !== '' && !named) {
        const known = clouds.map(({ names }) => names[0]).join(', ');
        return { kind: 'refused', reason: `AZURE_ENVIRONMENT: expected one of ${known}, got ${name}` };
    }
    const own = clouds.find(({ vaults, blobs }) => [...vaults, blobs].some((end) => host.endsWith(end)));
    return { kind: 'authority', url: (named ?? own ?? clouds[0])?.authority ?? '' };
}
/**
 * The scope of tokens for a vault: its own domain (`https://vault.azure.net/.default`). A token for one domain is never
 * sent to a host of another. A host without a domain above it stands for itself.
 */
function azureScope(host) {
    const name = host.replace(/:\d+$/, '');
    const parent = /^[^.[\]]+\.([^.]+\..+)$/.exec(name)?.[1];
    const isAddress = /^[\d.]+$/.test(name);
    return `https://${parent === undefined || isAddress ? host : parent}/.default`;
}


/***/ }),

/***/ 61232:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  openAzureBlobs: () => (/* binding */ openAzureBlobs)
});

// EXTERNAL MODULE: ./src/network/azure-cloud.ts
var azure_cloud = __webpack_require__(32957);
// EXTERNAL MODULE: ./src/network/exchange.ts
var exchange = __webpack_require__(69945);
// EXTERNAL MODULE: ./src/network/lookup.ts
var lookup = __webpack_require__(13130);
// EXTERNAL MODULE: ./src/network/relay.ts
var relay = __webpack_require__(6499);
// EXTERNAL MODULE: ./src/network/url.ts
var url = __webpack_require__(49263);
;// CONCATENATED MODULE: ./src/stores/s3lo/azure-account.ts

const accountName = /^[a-z0-9]{3,24}$/;
const suffixPattern = /^[a-z0-9-]+(\.[a-z0-9-]+)+$/;
const base64 = /^[A-Za-z0-9+/]+={0,2}$/;
const usualSuffix = 'core.windows.net';
/**
 * Reads the variables of Azure's own command line: `AZURE_STORAGE_CONNECTION_STRING`, else `AZURE_STORAGE_ACCOUNT` with
 * `AZURE_STORAGE_KEY` or `AZURE_STORAGE_SAS_TOKEN`. The account alone means a login, which is all that s3lo knows.
 *
 * @returns what is missing or wrong, without any secret
 */
function readAzureAccount(environment = process.env) {
    const connection = environment['AZURE_STORAGE_CONNECTION_STRING'] ?? '';
    if (connection !== '')
        return readConnection(connection);
    const name = environment['AZURE_STORAGE_ACCOUNT'] ?? '';
    if (name === '')
        return 'AZURE_STORAGE_ACCOUNT environment variable not set';
    if (!accountName.test(name))
        return `AZURE_STORAGE_ACCOUNT: expected 3 to 24 lower-case letters and digits, got "${name}"`;
    const [key = '', sas = ''] = [environment['AZURE_STORAGE_KEY'], environment['AZURE_STORAGE_SAS_TOKEN']];
    const access = accessOf('AZURE_STORAGE_KEY', key, sas);
    if (typeof access === 'string')
        return access;
    return { name, endpoint: new URL(`https://${name}.blob.${usualSuffix}/`), access };
}
/** `Name=Value;…` ("Configure Azure Storage connection strings"). */
function readConnection(text) {
    const fields = new Map(text
        .split(';')
        .filter((one) => one.trim() !== '')
        .map((one) => {
        const equals = one.indexOf('=');
        return [one.slice(0, equals).trim().toLowerCase(), one.slice(equals + 1).trim()];
    }));
    const wrong = (why) => `AZURE_STORAGE_CONNECTION_STRING: ${why}`;
    const name = fields.get('accountname') ?? '';
    const blobs = fields.get('blobendpoint');
    const suffix = fields.get('endpointsuffix') ?? usualSuffix;
    if (name !== '' && !accountName.test(name))
        return wrong('AccountName: expected 3 to 24 lower-case letters and digits');
    if (name === '' && blobs === undefined)
        return wrong('expected AccountName or BlobEndpoint');
    if (!suffixPattern.test(suffix))
        return wrong('EndpointSuffix: expected a domain');
    const scheme = (fields.get('defaultendpointsprotocol') ?? 'https').toLowerCase();
    const written = blobs ?? `${scheme}://${name}.blob.${suffix}`;
    if (!URL.canParse(written))
        return wrong('BlobEndpoint: expected a URL');
    const given = new URL(written);
    const endpoint = new URL(given.pathname.replace(/\/*$/, '/'), given.origin);
    if (!(0,url/* mayCarry */.P5)(endpoint))
        return wrong(`expected https, or http on this machine, got ${(0,url/* shown */.SP)(endpoint)}`);
    const key = fields.get('accountkey') ?? '';
    if (key !== '' && name === '')
        return wrong('AccountKey without AccountName');
    const access = accessOf(wrong('AccountKey'), key, fields.get('sharedaccesssignature') ?? '');
    return typeof access === 'string' ? access : { name, endpoint, access };
}
function accessOf(keyName, key, sas) {
    if (key !== '')
        return base64.test(key) ? { kind: 'shared-key', key } : `${keyName}: expected base64`;
    if (sas === '')
        return { kind: 'login' };
    return { kind: 'sas', query: sas.replace(/^\?/, '') };
}

// EXTERNAL MODULE: ./src/network/status.ts
var network_status = __webpack_require__(54846);
;// CONCATENATED MODULE: ./src/stores/s3lo/azure-xml.ts
const entities = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
/** The text of the first element of this name that holds text only; undefined where there is none. */
function elementText(xml, name) {
    const open = `<${name}>`;
    const start = xml.indexOf(open);
    const end = start < 0 ? -1 : xml.indexOf('<', start + open.length);
    if (end < 0 || !xml.startsWith(`</${name}>`, end))
        return undefined;
    return decode(xml.slice(start + open.length, end));
}
/** The names in a page of List Blobs, and where the next page starts; undefined where it is no such page. */
function readBlobList(xml) {
    if (!xml.includes('<EnumerationResults') || !xml.trimEnd().endsWith('</EnumerationResults>'))
        return undefined;
    const names = xml
        .split('<Blob>')
        .slice(1)
        .flatMap((blob) => elementText(blob, 'Name') ?? []);
    return { names, next: elementText(xml, 'NextMarker') ?? '' };
}
function decode(text) {
    return text.replaceAll(/&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|(\w{2,4}));/g, (whole, decimal, hex, name) => {
        if (typeof name === 'string')
            return entities[name] ?? whole;
        const point = typeof decimal === 'string' ? Number(decimal) : Number.parseInt(String(hex), 16);
        return point <= 0x10ffff ? String.fromCodePoint(point) : whole;
    });
}

;// CONCATENATED MODULE: ./src/stores/s3lo/azure-fault.ts



const throttling = new Set([
    'ServerBusy',
    'TooManyRequests',
    'IngressOverLimit',
    'EgressOverLimit',
]);
/**
 * Errors that Azure says with another status than 401 and 403 although they mean that one may not ("Blob Storage error
 * codes", "Common REST API error codes").
 */
const refusals = new Set([
    'InvalidAuthenticationInfo',
    'NoAuthenticationInformation',
    'PublicAccessNotPermitted',
]);
const longestMessage = 300;
/**
 * What an answer of Azure Blob Storage other than 200 came to. Only `BlobNotFound`, said by the service itself in header
 * and document alike, is an absence.
 *
 * @param clean takes out what was sent to sign in
 */
function azureFault(reply, where, clean) {
    const { status, headers } = reply;
    const code = errorCode(reply);
    const say = (our, message) => {
        const pause = (0,network_status/* retryAfter */.P)(headers['retry-after']);
        return {
            ...(0,lookup/* failed */.gz)(our, `${where}: ${clean(message)}`, 'storage'),
            ...(pause !== undefined && { retryAfterMs: pause }),
        };
    };
    if (status === 404) {
        if (code === 'BlobNotFound')
            return (0,lookup/* absent */.Ge)(`object not found: ${where}`);
        if (code === 'ContainerNotFound')
            return say('not-found', 'the container does not exist (ContainerNotFound)');
        return say('response-invalid', `404${code === undefined ? ' that is not the word of Azure' : `, ${code}`}`);
    }
    if (status >= 300 && status < 400)
        return say('response-invalid', `${status}, a redirect: it is not followed`);
    const said = code === undefined ? `Azure answered ${status}` : `${code} (${status}): ${errorMessage(reply)}`;
    if (code !== undefined && throttling.has(code))
        return say('rate-limited', said);
    if (code !== undefined && refusals.has(code))
        return say('denied', said);
    return say((0,network_status/* statusCode */.s)(status), said);
}
/** The service says it twice; where the two differ, or there is no header, somebody else spoke. */
function errorCode({ headers, body }) {
    const code = headers['x-ms-error-code'];
    if (typeof code !== 'string' || !/^[A-Za-z]{1,80}$/.test(code))
        return undefined;
    const document = elementText(Buffer.from(body).toString('utf8'), 'Code');
    return document === undefined || document === code ? code : undefined;
}
function errorMessage({ body }) {
    const text = elementText(Buffer.from(body).toString('utf8'), 'Message') ?? '';
    // Behind the first line are the request's id and its time.
    return (text.split('\n')[0] ?? '').trim().slice(0, longestMessage);
}

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
;// CONCATENATED MODULE: ./src/stores/s3lo/azure-shared-key.ts

/**
 * The `Authorization` of a GET request without a body ("Authorize with Shared Key", version 2015-02-21 and later).
 *
 * @param headers as they are sent, their names in lower case; `x-ms-date` among them
 * @param key the account's key in base64
 */
function signSharedKey(url, headers, { name, key }) {
    // Content-Encoding, -Language, -Length, -MD5, -Type, Date, four conditions and Range: none of them is sent.
    const standard = Array(11).fill('');
    const ours = Object.entries(headers)
        .filter(([header]) => header.startsWith('x-ms-'))
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([header, value]) => `${header}:${value.trim()}`);
    const query = [...url.searchParams]
        .map(([parameter, value]) => `${parameter.toLowerCase()}:${value}`)
        .sort();
    const resource = [`/${name}${url.pathname}`, ...query].join('\n');
    const text = ['GET', ...standard, ...ours, resource].join('\n');
    const signature = (0,external_node_crypto_.createHmac)('sha256', Buffer.from(key, 'base64')).update(text, 'utf8').digest('base64');
    return `SharedKey ${name}:${signature}`;
}

// EXTERNAL MODULE: ./src/stores/s3lo/cloud-objects.ts + 1 modules
var cloud_objects = __webpack_require__(71173);
// EXTERNAL MODULE: ./src/stores/s3lo/sign-in.ts
var sign_in = __webpack_require__(95571);
;// CONCATENATED MODULE: ./src/stores/s3lo/azure-blob.ts










const apiVersion = '2023-11-03';
const scope = 'https://storage.azure.com/.default';
/** Names that a container can have ("Naming and referencing containers, blobs, and metadata"). */
const containerName = /^(\$root|\$web|(?=.{3,63}$)[a-z0-9]+(-[a-z0-9]+)*)$/;
/** Most bytes of one page of a list, and most pages. */
const pageLimit = 8 * 1024 * 1024;
const mostPages = 20;
/** Opens the Blob Storage of the account that the environment names (REST: Get Blob and List Blobs). */
function openAzureBlobs(environment) {
    const account = readAzureAccount(environment);
    if (typeof account === 'string')
        return { code: 'input-invalid', message: account };
    const { endpoint } = account;
    const requests = openRequests(account);
    return {
        container: (name) => {
            if (!containerName.test(name)) {
                return { code: 'reference-invalid', message: `az://${name}: no name that a container can have` };
            }
            const where = (key) => `az://${name}/${key}`;
            const container = `${endpoint.pathname}${encodeURIComponent(name)}`;
            return (0,cloud_objects/* openCloudObjects */.g)({
                where,
                request: async (key, how, call) => {
                    const path = key.split('/').map(encodeURIComponent).join('/');
                    return requests.send(`${container}/${path}`, {}, how, call);
                },
                refuse: async (reply, key) => Promise.resolve(azureFault(reply, where(key), requests.clean)),
                stored: ({ headers }) => {
                    const md5 = headers['content-md5'];
                    return typeof md5 === 'string' ? { md5 } : {};
                },
                names: async (prefix, most, call) => {
                    const names = [];
                    let marker = '';
                    for (let page = 0; page < mostPages && names.length < most; page++) {
                        const query = {
                            restype: 'container',
                            comp: 'list',
                            prefix,
                            delimiter: '/',
                            maxresults: String(most - names.length),
                            ...(marker !== '' && { marker }),
                        };
                        const answer = await requests.send(container, query, { limit: pageLimit }, call);
                        if (answer.kind !== 'found')
                            return answer;
                        if (answer.value.status !== 200) {
                            const fault = azureFault(answer.value, where(prefix), requests.clean);
                            return fault.kind === 'absent' ? (0,lookup/* failed */.gz)('response-invalid', fault.message, 'storage') : fault;
                        }
                        const list = readBlobList(Buffer.from(answer.value.body).toString('utf8'));
                        if (!list) {
                            const message = `${where(prefix)}: expected a list of blobs, got something else`;
                            return (0,lookup/* failed */.gz)('response-invalid', message, 'storage');
                        }
                        names.push(...list.names.map((one) => one.slice(prefix.length)));
                        marker = list.next;
                        if (marker === '')
                            break;
                    }
                    return (0,lookup/* found */.F9)(names
                        .filter((one) => one !== '')
                        .sort()
                        .slice(0, most));
                },
            });
        },
    };
}
/** Sends GET requests to an account in the way in which one signs in there. */
function openRequests({ name, endpoint, access }) {
    const secrets = new Set(access.kind === 'sas' ? secretsIn(access.query) : []);
    const signIn = (0,sign_in/* openSignIn */.V)(async (call) => logIn(endpoint, call));
    return {
        send: async (path, query, how, call) => {
            const own = new URLSearchParams(query).toString();
            const search = [own, access.kind === 'sas' ? access.query : ''].filter((part) => part !== '').join('&');
            const url = new URL(search === '' ? path : `${path}?${search}`, endpoint);
            const headers = { 'x-ms-version': apiVersion, 'x-ms-date': new Date().toUTCString() };
            const question = { url, headers, service: 'storage', ...how };
            switch (access.kind) {
                case 'login':
                    return signIn.send(question, call);
                case 'sas':
                    return (0,exchange/* exchange */.c)(question, call);
                case 'shared-key': {
                    const authorization = signSharedKey(url, headers, { name, key: access.key });
                    secrets.add(authorization.slice(authorization.lastIndexOf(':') + 1));
                    return (0,exchange/* exchange */.c)({ ...question, headers: { ...headers, authorization } }, call);
                }
            }
        },
        clean: (text) => [...secrets].reduce((rest, secret) => rest.replaceAll(secret, '***'), signIn.clean(text)),
    };
}
/** A shared access signature as a whole and its `sig`, as it is written and as it is meant. */
function secretsIn(query) {
    const written = /(?:^|&)sig=([^&]+)/.exec(query)?.[1] ?? '';
    const meant = new URLSearchParams(query).get('sig') ?? '';
    return [query, written, meant].filter((one) => one !== '');
}
/** A token of Microsoft Entra ID; s3lo asks in the same way. */
async function logIn(endpoint, call) {
    const authority = (0,azure_cloud/* azureAuthority */.x)(endpoint.host, process.env);
    if (authority.kind === 'refused')
        return (0,lookup/* failed */.gz)('input-invalid', `az://: ${authority.reason}`);
    // The library is loaded for such logins only.
    const { logInToAzure } = await Promise.all(/* import() */[__webpack_require__.e(2830), __webpack_require__.e(3324), __webpack_require__.e(2088), __webpack_require__.e(1566), __webpack_require__.e(8143), __webpack_require__.e(4847)]).then(__webpack_require__.bind(__webpack_require__, 44847));
    const purpose = { what: 'az://', scope, service: 'storage', authority: authority.url };
    const token = await logInToAzure(purpose, (0,relay/* openRelay */.W)('storage'), call);
    if (token.kind === 'absent')
        return (0,lookup/* failed */.gz)('denied', token.message, 'storage');
    return token.kind === 'found' ? (0,lookup/* found */.F9)({ authorization: `Bearer ${token.value}` }) : token;
}


/***/ })

};
