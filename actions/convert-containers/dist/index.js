import { createRequire as __WEBPACK_EXTERNAL_createRequire } from "module";
/******/ var __webpack_modules__ = ({

/***/ 8520:
/***/ ((module, __unused_webpack___webpack_exports__, __nccwpck_require__) => {

__nccwpck_require__.a(module, async (__webpack_handle_async_dependencies__, __webpack_async_result__) => { try {
/* harmony import */ var _lib_action_index_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(1182);
/* harmony import */ var _lib_http_index_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(7726);
/* harmony import */ var _inputs_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(7191);
/* harmony import */ var _run_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(8192);
/* harmony import */ var _workspace_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(5969);





await (0,_lib_action_index_js__WEBPACK_IMPORTED_MODULE_0__/* .runAction */ .Cs)((0,_lib_action_index_js__WEBPACK_IMPORTED_MODULE_0__/* .defineAction */ .QP)({
    name: 'convert-containers',
    inputs: _inputs_js__WEBPACK_IMPORTED_MODULE_2__/* .inputs */ .QL,
    check: _inputs_js__WEBPACK_IMPORTED_MODULE_2__/* .check */ .z6,
    ports: (base) => ({
        ...base,
        storeHttp: (0,_lib_http_index_js__WEBPACK_IMPORTED_MODULE_1__/* .createHttp */ .V0)({
            userAgent: 'neurodesk-ci/convert-containers (+https://github.com/neurodesk/ci)',
            maxSockets: 100,
            signal: base.runner.signal,
            proxyEnv: base.runner.env
        })
    }),
    run: _run_js__WEBPACK_IMPORTED_MODULE_3__/* .run */ .e,
    cleaners: { scratch: async (id, ports) => await (0,_workspace_js__WEBPACK_IMPORTED_MODULE_4__/* .removeScratch */ .ZU)(ports.fs, id) }
}));

__webpack_async_result__();
} catch(e) { __webpack_async_result__(e); } }, 1);

/***/ }),

/***/ 7191:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   QL: () => (/* binding */ inputs),
/* harmony export */   oi: () => (/* binding */ storesOf),
/* harmony export */   z6: () => (/* binding */ check)
/* harmony export */ });
/* unused harmony export MODES */
/* harmony import */ var _lib_action_index_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(1182);
/* harmony import */ var _lib_store_index_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(5177);
/* harmony import */ var _registries_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(1097);
/* harmony import */ var _select_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(6690);
/** What the action is told, and the rules between its inputs. */




const MODES = ['check', 'plan', 'convert', 'publish', 'all', 'retain'];
const relativePath = {
    pattern: /^(?!.*(?:^|\/)\.\.(?:\/|$))[^\n]+$/,
    allowed: 'a path without ".."',
    maxLength: 1024
};
const inputs = {
    catalogue: (0,_lib_action_index_js__WEBPACK_IMPORTED_MODULE_0__/* .text */ .Qq)({ allowed: 'a path or an http(s) URL', maxLength: 2048 }),
    'base-catalogue': (0,_lib_action_index_js__WEBPACK_IMPORTED_MODULE_0__/* .text */ .Qq)({ default: '', allowed: 'a path or an http(s) URL', maxLength: 2048 }),
    mode: (0,_lib_action_index_js__WEBPACK_IMPORTED_MODULE_0__/* .choice */ .Yq)(MODES, 'check'),
    only: (0,_lib_action_index_js__WEBPACK_IMPORTED_MODULE_0__/* .text */ .Qq)({ default: '', maxLength: 100_000 }),
    registries: (0,_lib_action_index_js__WEBPACK_IMPORTED_MODULE_0__/* .entries */ .jO)({ ..._lib_action_index_js__WEBPACK_IMPORTED_MODULE_0__/* .grammars */ .lN.registries, default: 'docker.io/vnmd', refuse: _registries_js__WEBPACK_IMPORTED_MODULE_2__/* .refuseRegistry */ .ur }),
    stores: (0,_lib_action_index_js__WEBPACK_IMPORTED_MODULE_0__/* .entries */ .jO)({
        ..._lib_action_index_js__WEBPACK_IMPORTED_MODULE_0__/* .grammars */ .lN.stores,
        refuse: ({ value, attributes, flags }) => (0,_lib_store_index_js__WEBPACK_IMPORTED_MODULE_1__/* .parseStore */ .Pv)(value, attributes, flags).problems,
        max: 16
    }),
    'cache-prefix': (0,_lib_action_index_js__WEBPACK_IMPORTED_MODULE_0__/* .text */ .Qq)({ default: 'temporary-builds-new', ...relativePath }),
    'local-cache': (0,_lib_action_index_js__WEBPACK_IMPORTED_MODULE_0__/* .text */ .Qq)({ default: '', maxLength: 1024 }),
    shards: (0,_lib_action_index_js__WEBPACK_IMPORTED_MODULE_0__/* .integer */ .nd)({ default: 8, min: 1, max: 256 }),
    'max-parallel': _lib_action_index_js__WEBPACK_IMPORTED_MODULE_0__/* .common */ .sh['max-parallel'],
    compression: (0,_lib_action_index_js__WEBPACK_IMPORTED_MODULE_0__/* .choice */ .Yq)(['gzip', 'zstd'], 'gzip'),
    'compression-level': (0,_lib_action_index_js__WEBPACK_IMPORTED_MODULE_0__/* .integer */ .nd)({ default: 0, min: 0, max: 22 }),
    'apptainer-version': (0,_lib_action_index_js__WEBPACK_IMPORTED_MODULE_0__/* .text */ .Qq)({
        default: '1.2.0',
        pattern: /^\d+\.\d+(\.\d+)?$/,
        allowed: 'a version such as 1.4.5'
    }),
    'tool-mirror': _lib_action_index_js__WEBPACK_IMPORTED_MODULE_0__/* .common */ .sh['tool-mirror'],
    'work-dir': (0,_lib_action_index_js__WEBPACK_IMPORTED_MODULE_0__/* .text */ .Qq)({ default: '', maxLength: 1024 }),
    'min-free': (0,_lib_action_index_js__WEBPACK_IMPORTED_MODULE_0__/* .size */ .Ej)(''),
    'log-file': (0,_lib_action_index_js__WEBPACK_IMPORTED_MODULE_0__/* .text */ .Qq)({ default: 'cvmfs/log.txt', ...relativePath }),
    'applist-file': (0,_lib_action_index_js__WEBPACK_IMPORTED_MODULE_0__/* .text */ .Qq)({ default: 'cvmfs/applist.json', ...relativePath }),
    'retention-days': (0,_lib_action_index_js__WEBPACK_IMPORTED_MODULE_0__/* .integer */ .nd)({ default: 30, min: 1, max: 3650 }),
    keep: (0,_lib_action_index_js__WEBPACK_IMPORTED_MODULE_0__/* .lines */ .Mn)({ allowed: 'a path or an http(s) URL, one per line', max: 20 }),
    'max-delete': (0,_lib_action_index_js__WEBPACK_IMPORTED_MODULE_0__/* .text */ .Qq)({ default: '', pattern: /^\d{1,6}$/, allowed: 'a whole number, or empty' }),
    delete: (0,_lib_action_index_js__WEBPACK_IMPORTED_MODULE_0__/* .flag */ .Jt)(false),
    'confirm-plan': (0,_lib_action_index_js__WEBPACK_IMPORTED_MODULE_0__/* .text */ .Qq)({ default: '', pattern: /^[0-9a-f]{64}$/, allowed: 'the 64 hex digits of a plan' }),
    commit: (0,_lib_action_index_js__WEBPACK_IMPORTED_MODULE_0__/* .flag */ .Jt)(false),
    'dispatch-to': (0,_lib_action_index_js__WEBPACK_IMPORTED_MODULE_0__/* .lines */ .Mn)({
        allowed: 'owner/name, one per line',
        max: 10,
        refuse: (line) => (/^[\w.-]{1,100}\/[\w.-]{1,100}$/.test(line) ? undefined : 'owner/name')
    }),
    'dispatch-event': (0,_lib_action_index_js__WEBPACK_IMPORTED_MODULE_0__/* .text */ .Qq)({
        default: 'NeuroDesk/neurocommand applist.json update',
        pattern: /^.{1,100}$/,
        allowed: 'at most 100 characters'
    }),
    token: _lib_action_index_js__WEBPACK_IMPORTED_MODULE_0__/* .common */ .sh.token,
    'dry-run': _lib_action_index_js__WEBPACK_IMPORTED_MODULE_0__/* .common */ .sh['dry-run'],
    'report-path': _lib_action_index_js__WEBPACK_IMPORTED_MODULE_0__/* .common */ .sh['report-path']
};
/** Rules between inputs. */
function check(given) {
    const problems = [];
    const stores = storesOf(given);
    const seen = new Set();
    for (const { name } of stores) {
        if (seen.has(name)) {
            problems.push({
                input: 'stores',
                given: name,
                allowed: 'a name of its own for each store',
                fix: 'add `name=…`'
            });
        }
        seen.add(name);
    }
    if (stores.length === 0)
        problems.push({ input: 'stores', given: '', allowed: 'at least one store' });
    const writes = given.mode === 'convert' || given.mode === 'all';
    for (const { name, remote, required } of stores) {
        if (writes && required && remote === undefined) {
            problems.push({
                input: 'stores',
                given: name,
                allowed: `an rclone remote path for a required store with mode ${given.mode}`,
                fix: 'give the remote, and its address as `public-url=…`'
            });
        }
    }
    const only = given.only === '' ? undefined : (0,_select_js__WEBPACK_IMPORTED_MODULE_3__/* .parseOnly */ .Q)(given.only);
    if (only !== undefined && 'problem' in only) {
        problems.push({
            input: 'only',
            given: given.only,
            allowed: `names, globs or one job of the matrix (${only.problem})`
        });
    }
    if (only !== undefined && (given.mode === 'publish' || given.mode === 'retain')) {
        problems.push({
            input: 'only',
            given: given.only,
            allowed: `nothing with mode ${given.mode}`,
            fix: 'it is always about the whole catalogue'
        });
    }
    if (given.mode !== 'retain' && (given.delete || given.confirmPlan !== '')) {
        const input = given.delete ? 'delete' : 'confirm-plan';
        problems.push({
            input,
            given: given.mode,
            allowed: 'only with mode retain',
            fix: 'deleting is a run of its own'
        });
    }
    if (given.compression === 'gzip' && given.compressionLevel > 9) {
        problems.push({
            input: 'compression-level',
            given: String(given.compressionLevel),
            allowed: '1 to 9 for gzip'
        });
    }
    if (given.commit && given.token === '') {
        problems.push({ input: 'token', given: '', allowed: 'a token that may write contents, for `commit`' });
    }
    return problems;
}
/** The stores; when none is marked as required, each of them is. */
function storesOf(given) {
    const stores = given.stores.map(({ value, attributes, flags }) => (0,_lib_store_index_js__WEBPACK_IMPORTED_MODULE_1__/* .parseStore */ .Pv)(value, attributes, flags).store);
    const any = stores.some(({ required }) => required);
    return any ? stores : stores.map((store) => ({ ...store, required: true }));
}


/***/ }),

/***/ 7833:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   TN: () => (/* binding */ keyOf),
/* harmony export */   hW: () => (/* binding */ lookAtStores),
/* harmony export */   n7: () => (/* binding */ findRclone)
/* harmony export */ });
/* harmony import */ var p_limit__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(370);
/* harmony import */ var _lib_failure_index_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7315);
/* harmony import */ var _lib_store_index_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(5177);
/* harmony import */ var _lib_tools_index_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(1227);
/** Looks into the stores: one listing each where that is allowed, and a GET without credentials for each object. */




/** rclone, from PATH or the tool cache; not looked for when no store needs it. */
async function findRclone(stores, mirror, ports) {
    const needed = stores.some(({ remote }) => remote !== undefined);
    const command = needed ? (await (0,_lib_tools_index_js__WEBPACK_IMPORTED_MODULE_2__/* .getTool */ .Ht)(_lib_tools_index_js__WEBPACK_IMPORTED_MODULE_2__/* .RCLONE */ .OT, ports, { mirror })).path : 'rclone';
    return (0,_lib_store_index_js__WEBPACK_IMPORTED_MODULE_1__/* .createRclone */ .up)({ ...ports, command, signal: ports.runner.signal });
}
/** The file name of a container in every store. */
function keyOf(object) {
    return `${object}.simg`;
}
/** Never throws for what a store does: what could not be seen is unknown. */
async function lookAtStores(containers, stores, options, ports) {
    return await Promise.all(stores.map(async (store) => await lookAtStore(containers, store, options, ports)));
}
async function lookAtStore(containers, store, options, ports) {
    const [root, cache] = await Promise.all([
        list(store, '', ports),
        options.cachePrefix === ''
            ? Promise.resolve({ sizes: new Map(), error: undefined })
            : list(store, options.cachePrefix, ports)
    ]);
    if (root.error !== undefined && store.remote !== undefined) {
        ports.log.info(`${store.name} cannot be listed, each object is asked for: ${root.error}`);
    }
    const limit = (0,p_limit__WEBPACK_IMPORTED_MODULE_3__/* ["default"] */ .A)(options.requests);
    const fuse = createFuse();
    const sightings = new Map();
    await Promise.all(containers.map(async ({ object }) => {
        const key = keyOf(object);
        const bytes = root.sizes?.get(key);
        const listed = root.sizes === undefined ? undefined : bytes === undefined ? 'absent' : { bytes };
        // What the listing does not have, no address can give.
        const url = listed === 'absent' ? undefined : (0,_lib_store_index_js__WEBPACK_IMPORTED_MODULE_1__/* .publicPath */ .Zd)(store, key);
        const seen = url === undefined
            ? undefined
            : await limit(async () => await fuse(async () => await ask(url, options, ports)));
        sightings.set(object, {
            listed,
            probe: seen,
            cached: cache.sizes?.get(key),
            ...(root.error === undefined ? {} : { reason: root.error })
        });
    }));
    const leftovers = [...(root.sizes?.keys() ?? [])].filter((key) => key.includes(`.simg${_lib_store_index_js__WEBPACK_IMPORTED_MODULE_1__/* .PART */ .s3}`));
    return { store, sightings, listingError: root.error, leftovers };
}
/** So many objects in a row without an answer, and never one: the store is down, and asking on would take hours. */
const FUSE = 20;
function createFuse() {
    let silent = 0;
    let reason = '';
    let answered = false;
    return async (ask) => {
        if (!answered && silent >= FUSE)
            return { state: 'unknown', reason: `the store gives no answers: ${reason}` };
        const seen = await ask();
        if (seen.state !== 'unknown')
            answered = true;
        else {
            silent++;
            reason = seen.reason;
        }
        return seen;
    };
}
async function ask(url, options, ports) {
    const { http, clock, log, signal } = ports;
    return await (0,_lib_store_index_js__WEBPACK_IMPORTED_MODULE_1__/* .probe */ .dy)(url, { http, clock, log, signal, timeoutMs: options.timeoutMs });
}
async function list(store, folder, ports) {
    if (store.remote === undefined)
        return { sizes: undefined, error: 'it is given by its address only' };
    try {
        const objects = await ports.rclone.list(store, folder === '' ? {} : { folder });
        return { sizes: new Map(objects.map(({ key, bytes }) => [key, bytes])), error: undefined };
    }
    catch (error) {
        ports.signal.throwIfAborted();
        return { sizes: undefined, error: firstLines((0,_lib_failure_index_js__WEBPACK_IMPORTED_MODULE_0__/* .messageOf */ .bD)(error)) };
    }
}
function firstLines(text) {
    return text.split('\n').slice(0, 3).join(' ').slice(0, 400);
}


/***/ }),

/***/ 1097:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Ho: () => (/* binding */ registriesOf),
/* harmony export */   Og: () => (/* binding */ credentialsFor),
/* harmony export */   ur: () => (/* binding */ refuseRegistry)
/* harmony export */ });
/* unused harmony export parseNamespace */
/* harmony import */ var _lib_failure_index_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7315);
/* harmony import */ var _lib_registry_index_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(9172);


/**
 * `docker.io/vnmd` or `ghcr.io/neurodesk`.
 * @throws BadReference
 */
function parseNamespace(text) {
    // With an image's name behind it: alone, Docker Hub's `vnmd` would be read as an image of its own.
    const whole = (0,_lib_registry_index_js__WEBPACK_IMPORTED_MODULE_1__/* .parseRepository */ .SU)(`${text}/image`, text);
    return { host: whole.host, path: whole.path.slice(0, -'/image'.length) };
}
/** The registries in their order; one without a namespace (`docker.io/`, as on a fork) is left out. */
function registriesOf(entries) {
    return entries
        .filter((entry) => !isEmpty(entry))
        .map(({ value, attributes, flags }) => {
        const { 'username-env': usernameEnv, 'password-env': passwordEnv } = attributes;
        return {
            namespace: parseNamespace(value),
            optional: flags.has('optional'),
            login: usernameEnv === undefined || passwordEnv === undefined ? undefined : { usernameEnv, passwordEnv }
        };
    });
}
/** Every reason why an entry is refused. */
function refuseRegistry(entry) {
    const problems = [];
    const { 'username-env': user, 'password-env': password, image } = entry.attributes;
    if (image !== undefined) {
        problems.push('no image= here: every container has an image of its own, NAMESPACE/NAME_VERSION:BUILDDATE');
    }
    if ((user === undefined) !== (password === undefined)) {
        problems.push('username-env= and password-env= together, or neither');
    }
    for (const name of [user, password]) {
        if (name !== undefined && !/^[A-Za-z_][A-Za-z0-9_]*$/.test(name))
            problems.push(`the name of a variable instead of ${name}`);
    }
    if (isEmpty(entry))
        return problems;
    try {
        parseNamespace(entry.value);
    }
    catch (error) {
        if (!(error instanceof _lib_registry_index_js__WEBPACK_IMPORTED_MODULE_1__/* .BadReference */ .pi))
            throw error;
        problems.push(error.message);
    }
    return problems;
}
/**
 * Logins from the variables that the input names, then what `docker login` has left.
 * @throws InputError for a variable of two that is empty. Both empty is a fork: nobody is logged in.
 */
function credentialsFor(registries, ports) {
    const byHost = {};
    const problems = [];
    for (const { namespace, login } of registries) {
        if (login === undefined)
            continue;
        const [username = '', password = ''] = [login.usernameEnv, login.passwordEnv].map((name) => ports.runner.env[name]);
        if (password !== '')
            ports.log.mask(password);
        if (username !== '' && password !== '')
            byHost[namespace.host] = { username, password };
        else if (username !== password) {
            const empty = username === '' ? login.usernameEnv : login.passwordEnv;
            problems.push({
                input: 'registries',
                given: `${empty} is empty`,
                allowed: 'both variables of a login, or neither'
            });
        }
    }
    if (problems.length > 0)
        throw new _lib_failure_index_js__WEBPACK_IMPORTED_MODULE_0__/* .InputError */ .dz(problems);
    return (0,_lib_registry_index_js__WEBPACK_IMPORTED_MODULE_1__/* .firstOf */ .Ku)((0,_lib_registry_index_js__WEBPACK_IMPORTED_MODULE_1__/* .given */ .gI)(byHost), (0,_lib_registry_index_js__WEBPACK_IMPORTED_MODULE_1__/* .dockerCredentials */ .d8)(ports));
}
function isEmpty({ value }) {
    return /^[^/]+\/$/.test(value);
}


/***/ }),

/***/ 8192:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  e: () => (/* binding */ run)
});

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __nccwpck_require__(6760);
var external_node_path_default = /*#__PURE__*/__nccwpck_require__.n(external_node_path_);
;// CONCATENATED MODULE: ./lib/catalogue/names.ts
/**
 * Names of containers: NAME_VERSION_BUILDDATE. Always read from the right, because since 2026 a NAME may hold
 * underscores and hyphens (neurodesktop-lite_arm64_20260428_20260813). A name ends up in paths, URLs, shell
 * scripts and in file names on CVMFS, so what is not plain is refused here, once.
 */
/** Longest id: with `.simg` and the suffix of a temp file it must fit the 255 bytes of a file name. */
const MAX_NAME_LENGTH = 200;
/** Build dates that are no dates and have been in the catalogue for years; new ones are refused. */
const GRANDFATHERED = ['mrtrix3src_latest_latest'];
const ARCHITECTURES = new Map([
    ['arm64', 'arm64'],
    ['aarch64', 'arm64'],
    ['amd64', 'amd64']
]);
/** Takes `NAME_VERSION_BUILDDATE` apart; undefined when there are not at least three parts. */
function parseContainerName(id) {
    const [image, buildDate] = cutRight(id);
    if (image === '' || buildDate === '')
        return undefined;
    const [before, last] = cutRight(image);
    if (before === '' || last === '')
        return undefined;
    // amico_2.1.0_arm64: the architecture behind the version is a suffix of the image, not a version.
    const suffix = ARCHITECTURES.get(last);
    const [name, version] = suffix === undefined ? [before, last] : cutRight(before);
    if (name === '' || version === '')
        return undefined;
    const [, nameSuffix] = cutRight(name);
    return {
        id,
        image,
        name,
        version,
        buildDate,
        architecture: suffix ?? ARCHITECTURES.get(nameSuffix) ?? 'amd64'
    };
}
/** Why a text must not become part of a path, a URL or a command; undefined when it is plain. */
function unsafeBecause(text) {
    if (text === '')
        return 'it is empty';
    if (text.length > MAX_NAME_LENGTH)
        return `it has ${text.length} characters, at most ${MAX_NAME_LENGTH} are allowed`;
    const strange = /[^A-Za-z0-9._-]/u.exec(text);
    if (strange !== null) {
        const code = strange[0].codePointAt(0) ?? 0;
        const printable = code > 0x20 && code < 0x7f;
        const shown = printable
            ? `"${strange[0]}"`
            : `the character U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
        return `it has ${shown}; only letters, digits, ".", "_" and "-" are safe in a path, a URL and a shell`;
    }
    if (!/^[A-Za-z0-9]/.test(text))
        return `it begins with "${text[0] ?? ''}"`;
    if (text.includes('..'))
        return 'it has ".."';
    return undefined;
}
/** Why a text cannot be the name of a repository in a registry (OCI distribution, `name`), or undefined. */
function notAnImageBecause(image) {
    if (/[A-Z]/.test(image))
        return 'a registry knows no upper-case names';
    if (!/^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/.test(image)) {
        return 'a registry wants letters and digits, parted by single ".", "_", "__" or "-"';
    }
    return undefined;
}
/** True for YYYYMMDD that is a day of the calendar. */
function isDate(text) {
    const match = /^(\d{4})(\d{2})(\d{2})$/.exec(text);
    if (match === null)
        return false;
    const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
    const date = new Date(Date.UTC(year, month - 1, day));
    return date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}
function cutRight(text) {
    const index = text.lastIndexOf('_');
    return index === -1 ? ['', text] : [text.slice(0, index), text.slice(index + 1)];
}

;// CONCATENATED MODULE: ./lib/catalogue/show.ts
function textOf(member) {
    if (member?.value.kind !== 'scalar' || typeof member.value.value !== 'string')
        return undefined;
    return member.value.value;
}
function isNull(member) {
    return member.value.kind === 'scalar' && member.value.value === null;
}
function isFalse(member) {
    return member?.value.kind === 'scalar' && member.value.value === false;
}
/** A hostile name must not write lines of its own into a log, nor fill it. */
function printable(text) {
    const plain = text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, (character) => {
        return `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`;
    });
    return plain.length > 120 ? `${plain.slice(0, 117)}...` : plain;
}
function quote(text) {
    return `"${printable(text)}"`;
}

;// CONCATENATED MODULE: ./lib/catalogue/collection.ts


const DAY = 86_400_000;
class Collection {
    options;
    containers = [];
    refused = [];
    findings = [];
    byObject = new Map();
    constructor(options) {
        this.options = options;
    }
    add(container) {
        const other = this.byObject.get(container.object);
        if (other !== undefined) {
            const reason = `it is the same container as ${quote(other.app)} in line ${other.at.line}`;
            return this.refuse(container.id, 'catalogue-duplicate-container', reason, container.at);
        }
        this.remark(container);
        this.byObject.set(container.object, container);
        this.containers.push(container);
    }
    result(broken) {
        const order = (finding) => (finding.place?.line ?? 0) * 1e6 + (finding.place?.column ?? 0);
        return {
            file: this.options.file,
            containers: this.containers,
            refused: this.refused,
            findings: this.findings.toSorted((a, b) => order(a) - order(b)),
            broken
        };
    }
    refuse(id, kind, reason, at, hint) {
        const shown = printable(id);
        this.refused.push({ id: shown, reason });
        this.find(kind, shown, 'error', `${quote(id)} is refused: ${reason}`, at, hint === undefined ? {} : { hint });
    }
    structure(subject, message, at) {
        this.find('catalogue-structure', printable(subject), 'error', message, at, {});
    }
    find(id, subject, severity, message, at, more) {
        const place = { file: this.options.file, line: at.line, column: at.column };
        this.findings.push({ id, subject: printable(subject), severity, message, ...more, place });
    }
    /** What is odd, but works. */
    remark(container) {
        const { id, image, app, at, buildDate } = container;
        const noImage = notAnImageBecause(image);
        if (noImage !== undefined) {
            const message = `${quote(image)} cannot be the name of an image: ${noImage}`;
            this.find('catalogue-name-no-image', id, 'warning', message, at, {
                hint: 'It can be copied, never converted.'
            });
        }
        const now = this.options.now;
        if (now !== undefined && isDate(buildDate) && buildDate > yyyymmdd(now + 2 * DAY)) {
            this.find('catalogue-date-future', id, 'warning', `its build date ${buildDate} is in the future`, at, {});
        }
        if (/ {2}|^ | $/.test(app)) {
            this.find('catalogue-name-spaces', id, 'warning', `the key ${quote(app)} has more than one space`, at, {});
        }
    }
}
/** Milliseconds since 1970 -> YYYYMMDD, UTC. */
function yyyymmdd(time) {
    return new Date(time).toISOString().slice(0, 10).replaceAll('-', '');
}

;// CONCATENATED MODULE: ./lib/catalogue/json.ts
/**
 * JSON (RFC 8259) with the place of every value, because a finding without a line is a hunt through 4000 lines.
 * It goes on after the mistakes that people make by hand (a comma too few or too many, a key left out), so that one run shows
 * them all; and it sees what JSON.parse hides: keys that stand twice. Key order is kept also for keys that look
 * like numbers, since the order of apps.json is the order of log.txt.
 */
const MAX_DEPTH = 64;
class Broken extends Error {
    at;
    constructor(at, message) {
        super(message);
        this.at = at;
    }
}
/** Reads the whole text; never throws for what the text says. */
function parseJson(text) {
    return new Reader(text).document();
}
/** The plain value of a node. Keys that stand twice: the last value at the first key's position, as in Python. */
function plain(node) {
    if (node.kind === 'scalar')
        return node.value;
    if (node.kind === 'array')
        return node.items.map(plain);
    return Object.fromEntries([...node.members].map(([key, member]) => [key, plain(member.value)]));
}
class Reader {
    text;
    lineStarts = [0];
    position = 0;
    problems = [];
    duplicateKeys = [];
    constructor(text) {
        this.text = text;
        for (let index = text.indexOf('\n'); index !== -1; index = text.indexOf('\n', index + 1)) {
            this.lineStarts.push(index + 1);
        }
    }
    document() {
        let root;
        try {
            if (this.text.startsWith('\uFEFF')) {
                this.problem(0, 'the file begins with a byte order mark, which JSON readers refuse');
                this.position = 1;
            }
            root = this.value(0);
            this.space();
            if (this.position < this.text.length) {
                throw new Broken(this.position, `${this.found()} after the end of the document`);
            }
        }
        catch (error) {
            if (!(error instanceof Broken))
                throw error;
            this.problem(error.at, error.message);
            root = undefined;
        }
        return { root, problems: this.problems, duplicateKeys: this.duplicateKeys };
    }
    value(depth) {
        this.space();
        const start = this.position;
        const at = this.at(start);
        const character = this.text[start];
        if (depth > MAX_DEPTH)
            throw new Broken(start, `nested more than ${MAX_DEPTH} deep`);
        if (character === '{')
            return { kind: 'object', at, members: this.members(depth) };
        if (character === '[')
            return { kind: 'array', at, items: this.items(depth) };
        if (character === '"')
            return { kind: 'scalar', at, value: this.string() };
        for (const [word, value] of [
            ['true', true],
            ['false', false],
            ['null', null]
        ]) {
            if (this.text.startsWith(word, start)) {
                this.position += word.length;
                return { kind: 'scalar', at, value };
            }
        }
        const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
        number.lastIndex = start;
        const match = number.exec(this.text);
        if (match !== null) {
            this.position += match[0].length;
            return { kind: 'scalar', at, value: Number(match[0]) };
        }
        throw new Broken(start, `expected a value, found ${this.found()}`);
    }
    members(depth) {
        const members = new Map();
        this.position++;
        this.sequence('}', 'member of the object', () => {
            if (this.text[this.position] === '{') {
                // A pasted entry whose key was left out: note it, and go on behind it.
                this.problem(this.position, 'a key is missing before this object');
                this.value(depth + 1);
                return;
            }
            if (this.text[this.position] !== '"') {
                throw new Broken(this.position, `expected a key in double quotes, found ${this.found()}`);
            }
            const at = this.at(this.position);
            const key = this.string();
            this.space();
            if (this.text[this.position] !== ':') {
                throw new Broken(this.position, `expected ':' after the key ${JSON.stringify(key)}, found ${this.found()}`);
            }
            this.position++;
            const value = this.value(depth + 1);
            const first = members.get(key);
            if (first !== undefined)
                this.duplicateKeys.push({ key, at, first: first.at });
            members.set(key, { at, value });
        });
        return members;
    }
    items(depth) {
        const items = [];
        this.position++;
        this.sequence(']', 'item of the list', () => items.push(this.value(depth + 1)));
        return items;
    }
    /** One element after the other up to `close`; a comma too few or too many is noted and passed over. */
    sequence(close, element, read) {
        let afterComma;
        let any = false;
        for (;;) {
            this.space();
            const character = this.text[this.position];
            if (character === close) {
                if (afterComma !== undefined)
                    this.problem(afterComma, `a comma before the closing '${close}'`);
                this.position++;
                return;
            }
            if (character === undefined)
                throw new Broken(this.position, `the text ends before the closing '${close}'`);
            if (character === ',') {
                throw new Broken(this.position, `expected ${element === 'item of the list' ? 'an' : 'a'} ${element}, found ','`);
            }
            if (any && afterComma === undefined) {
                if (!/["{[\w-]/.test(character)) {
                    throw new Broken(this.position, `expected ',' or '${close}', found ${this.found()}`);
                }
                this.problem(this.position, `a comma is missing before this ${element}`);
            }
            read();
            any = true;
            this.space();
            afterComma = this.text[this.position] === ',' ? this.position++ : undefined;
        }
    }
    string() {
        const start = this.position;
        let result = '';
        let from = start + 1;
        for (let index = from;; index++) {
            const code = this.text.charCodeAt(index);
            if (Number.isNaN(code))
                throw new Broken(start, 'a string that is never closed');
            if (code === 0x22) {
                this.position = index + 1;
                return result + this.text.slice(from, index);
            }
            if (code < 0x20) {
                throw new Broken(index, `a ${code === 0x0a ? 'line break' : 'control character'} inside a string`);
            }
            if (code === 0x5c) {
                result += this.text.slice(from, index);
                const [character, length] = this.escape(index);
                result += character;
                index += length - 1;
                from = index + 1;
            }
        }
    }
    escape(index) {
        const letter = this.text[index + 1] ?? '';
        const simple = { '"': '"', '\\': '\\', '/': '/', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' }[letter];
        if (simple !== undefined)
            return [simple, 2];
        const hex = this.text.slice(index + 2, index + 6);
        if (letter === 'u' && /^[0-9a-fA-F]{4}$/.test(hex))
            return [String.fromCharCode(Number.parseInt(hex, 16)), 6];
        throw new Broken(index, `an escape that JSON does not know: \\${letter}`);
    }
    space() {
        while (/[ \t\r\n]/.test(this.text[this.position] ?? ''))
            this.position++;
    }
    found() {
        const character = this.text.codePointAt(this.position);
        if (character === undefined)
            return 'the end of the text';
        return JSON.stringify(String.fromCodePoint(character));
    }
    problem(position, message) {
        this.problems.push({ at: this.at(position), message });
    }
    at(position) {
        let low = 0;
        let high = this.lineStarts.length - 1;
        while (low < high) {
            const middle = (low + high + 1) >> 1;
            if ((this.lineStarts[middle] ?? 0) <= position)
                low = middle;
            else
                high = middle - 1;
        }
        return { line: low + 1, column: position - (this.lineStarts[low] ?? 0) + 1 };
    }
}

;// CONCATENATED MODULE: ./lib/catalogue/read.ts
/**
 * apps.json -> containers. Reads every apps.json of 2025 and 2026: `{tool: {apps: {"NAME VERSION": {version:
 * YYYYMMDD, exec, …}}, categories: […]|null, …}}`; keys that nobody here knows pass. One broken entry is refused
 * by its name and does not stop the others; all that is wrong is told at once, with its line.
 */




function readCatalogue(text, options) {
    return new CatalogueReader(options).read(text);
}
/** The rule of NeuroDesk's own generator of that year. */
function isPrimary(tool, app, rules) {
    if (!app.includes('-'))
        return true;
    if (rules === '2025')
        return false;
    const space = app.lastIndexOf(' ');
    return space !== -1 && app.slice(0, space) === tool;
}
class CatalogueReader {
    options;
    rules;
    into;
    constructor(options) {
        this.options = options;
        this.rules = options.rules ?? '2026';
        this.into = new Collection(options);
    }
    read(text) {
        const document = parseJson(text);
        for (const problem of document.problems) {
            this.into.find('catalogue-syntax', this.options.file, 'error', `not JSON: ${problem.message}`, problem.at, {
                hint: 'Correct the file; nothing is published or deleted by a catalogue that other readers refuse.'
            });
        }
        for (const { key, at, first } of document.duplicateKeys) {
            const message = `the key ${quote(key)} stands twice; the first is in line ${first.line}, readers see only the last`;
            this.into.find('catalogue-duplicate-key', key, 'error', message, at, {
                hint: 'Merge the two or remove one.'
            });
        }
        if (document.root !== undefined)
            this.root(document.root);
        return this.into.result(document.problems.length > 0);
    }
    root(root) {
        if (root.kind !== 'object') {
            this.into.structure(this.options.file, 'the catalogue is not an object of tools', root.at);
            return;
        }
        for (const [tool, member] of root.members)
            this.tool(tool, member);
    }
    tool(tool, { at, value }) {
        if (value.kind !== 'object')
            return this.into.structure(tool, `the tool ${quote(tool)} is not an object`, at);
        const apps = value.members.get('apps');
        if (apps === undefined)
            return this.into.structure(tool, `the tool ${quote(tool)} has no "apps"`, at);
        if (apps.value.kind !== 'object') {
            return this.into.structure(tool, `"apps" of ${quote(tool)} is not an object`, apps.at);
        }
        const categories = this.categories(tool, value.members.get('categories'));
        const hidden = isFalse(value.members.get('show_in_applist'));
        for (const [app, entry] of apps.value.members)
            this.app(tool, app, entry, categories, hidden);
    }
    categories(tool, member) {
        // Null and absent are old habits that the generators accept.
        if (member === undefined || isNull(member))
            return [];
        if (member.value.kind !== 'array') {
            this.into.structure(tool, `"categories" of ${quote(tool)} is not a list`, member.at);
            return [];
        }
        return member.value.items.flatMap((item) => {
            if (item.kind !== 'scalar' || typeof item.value !== 'string') {
                this.into.structure(tool, `a category of ${quote(tool)} is not a text`, item.at);
                return [];
            }
            const bad = /[,\p{Cc}[\]]/u.exec(item.value);
            if (bad === null && item.value.trim() === item.value && item.value !== '')
                return [item.value];
            // log.txt parts categories by commas and lines by line breaks, and loses brackets and edges.
            this.into.find('catalogue-category', tool, 'error', `the category ${quote(item.value)} of ${quote(tool)} cannot be written to log.txt`, item.at, { hint: 'No commas, brackets, control characters or spaces at its ends, and not empty.' });
            return [];
        });
    }
    app(tool, app, entry, categories, toolHidden) {
        const { at, value } = entry;
        if (value.kind !== 'object') {
            return this.into.refuse(app, 'catalogue-structure', 'its entry is not an object', at);
        }
        const exec = value.members.get('exec');
        const version = value.members.get('version');
        const execText = textOf(exec);
        if (exec !== undefined && execText === undefined)
            this.into.structure(app, `"exec" of ${quote(app)} is not a text`, exec.at);
        const primary = isPrimary(tool, app, this.rules);
        this.comparePrimary(app, primary, execText, at);
        if (!primary) {
            if (version === undefined || textOf(version) === undefined) {
                this.into.structure(app, `${quote(app)} has no "version" (its build date)`, at);
            }
            return;
        }
        const buildDate = textOf(version);
        if (buildDate === undefined) {
            return this.into.refuse(app, 'catalogue-structure', 'it has no "version" (its build date, YYYYMMDD, as a text)', at);
        }
        const ownHidden = value.members.get('show_in_applist');
        const hidden = ownHidden === undefined ? toolHidden : isFalse(ownHidden);
        this.container({ tool, app, buildDate, categories, hidden, at }, value.members.get('image'));
    }
    container(entry, imageMember) {
        const { app, buildDate, at } = entry;
        const id = `${app.replaceAll(' ', '_')}_${buildDate}`;
        const unsafe = unsafeBecause(id);
        if (unsafe !== undefined)
            return this.into.refuse(id, 'catalogue-name-unsafe', unsafe, at);
        const parsed = app.includes(' ') ? parseContainerName(id) : undefined;
        if (parsed === undefined) {
            return this.into.refuse(id, 'catalogue-name-unsafe', 'its key is not "NAME VERSION"', at);
        }
        let image = parsed.image;
        let architecture = parsed.architecture;
        if (imageMember !== undefined) {
            const given = textOf(imageMember);
            const reason = given === undefined ? 'it is not a text' : unsafeBecause(given);
            if (given === undefined || reason !== undefined) {
                return this.into.refuse(id, 'catalogue-name-unsafe', `its "image" is not usable: ${reason ?? ''}`, imageMember.at);
            }
            image = given;
            architecture = parseContainerName(`${image}_${buildDate}`)?.architecture ?? architecture;
        }
        if (!isDate(buildDate) && !GRANDFATHERED.includes(id)) {
            const hint = 'The build date is YYYYMMDD, a day of the calendar.';
            return this.into.refuse(id, 'catalogue-date', `its build date ${quote(buildDate)} is no date`, at, hint);
        }
        const container = {
            ...parsed,
            ...entry,
            id,
            image,
            architecture,
            object: `${image}_${buildDate}`
        };
        this.into.add(container);
    }
    /** `exec: ""` marks a container in all real catalogues; where the rule by name says otherwise, one is wrong. */
    comparePrimary(app, primary, exec, at) {
        if (exec === undefined || primary === (exec === ''))
            return;
        const message = primary
            ? `${quote(app)} counts as a container by its name, but has an "exec" like a menu item`
            : `${quote(app)} has no "exec" like a container, but its hyphen makes it a menu item: it is not in log.txt`;
        this.into.find('catalogue-primary-unclear', app, 'warning', message, at, {
            hint: 'Menu items are "LABEL-TOOL VERSION" with an exec; containers are "TOOL VERSION" with an empty one.'
        });
    }
}

;// CONCATENATED MODULE: ./lib/catalogue/log.ts
/** log.txt -> containers: names and categories are all that it has. */


/**
 * The same out of a log.txt, which has names and categories only. What is no line of it is refused by its number.
 */
function readCatalogueLog(text, options) {
    const into = new Collection(options);
    text.split('\n').forEach((line, index) => {
        const at = { line: index + 1, column: 1 };
        const [, id = '', categories = ''] = /^\s*(\S+)(?:\s+categories:(.*))?$/.exec(line) ?? [];
        if (line.trim() === '')
            return;
        const parsed = parseContainerName(id);
        const unsafe = unsafeBecause(id) ?? (parsed === undefined ? 'it is not NAME_VERSION_BUILDDATE' : undefined);
        if (parsed === undefined || unsafe !== undefined) {
            into.refuse(id === '' ? line : id, 'catalogue-name-unsafe', unsafe ?? '', at);
            return;
        }
        const names = categories.split(',').map((name) => name.trim());
        const entry = {
            tool: parsed.name,
            app: `${parsed.name} ${parsed.version}`,
            categories: names.filter((name) => name !== ''),
            hidden: false,
            at
        };
        into.add({ ...parsed, ...entry, object: id });
    });
    return into.result(false);
}
/** A log.txt by its first line; everything else is read as apps.json. */
function isLog(text) {
    return /^\s*[\w.-]+_[\w.-]+ categories:/.test(text);
}

;// CONCATENATED MODULE: ./lib/catalogue/write.ts
/** `NAME_VERSION_BUILDDATE categories:(CATEGORY,)*`, one line a container, in the order of the catalogue. */
function writeLog(containers) {
    return (containers
        .map(({ id, categories }) => `${id} categories:${categories.map((category) => `${category},`).join('')}`)
        // sed strips the edges, so a last category ends with its comma and an empty list with the colon.
        .map((line) => `${line.trim()}\n`)
        .join(''));
}
/** json.dump(sort_keys, indent=4, ensure_ascii), no line break at the end. */
function writeAppList(containers) {
    const list = containers
        .filter(({ hidden }) => !hidden)
        .map(({ id, categories }) => ({
        application: id,
        // The generator splits at white space and joins with one space, and splits an empty text into [""].
        categories: categories.length === 0 ? [''] : categories.map((category) => category.split(/\s+/).join(' '))
    }));
    return ascii(JSON.stringify({ list }, undefined, 4));
}
/** Names in a log.txt, in its order; empty lines pass. Throws with the line's number for what is no such line. */
function readLog(text, file) {
    return text.split('\n').flatMap((line, index) => {
        const trimmed = line.trim();
        if (trimmed === '')
            return [];
        const match = /^([^\s]+_[^\s_]+)(?:\s+categories:.*)?$/.exec(trimmed);
        if (match?.[1] === undefined) {
            throw new Error(`${file}, line ${index + 1}: expected "NAME_VERSION_BUILDDATE categories:…"`);
        }
        return [match[1]];
    });
}
function ascii(json) {
    return json.replace(/[\u007f-\uffff]/g, (unit) => {
        // Python leaves DEL alone.
        return unit === '\u007f' ? unit : `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
    });
}

;// CONCATENATED MODULE: ./lib/catalogue/compare.ts
/** More than the greater of 10 containers and 5 % gone at once is an accident until somebody says otherwise. */
const SHRINK_COUNT = 10;
const SHRINK_SHARE = 0.05;
function compareCatalogues(base, now) {
    const before = newest(base.containers);
    const after = newest(now.containers);
    const place = { file: now.file };
    const findings = [];
    const rebuilt = [];
    for (const [key, to] of after) {
        const from = before.get(key);
        if (from === undefined || from.buildDate === to.buildDate)
            continue;
        if (to.buildDate < from.buildDate) {
            findings.push({
                id: 'catalogue-date-regression',
                subject: to.id,
                severity: 'error',
                message: `its build date goes back from ${from.buildDate} to ${to.buildDate}`,
                hint: 'Take the newer date, or say in the pull request why the older build is wanted.',
                place: { ...place, line: to.at.line, column: to.at.column }
            });
        }
        else {
            rebuilt.push({ from, to });
        }
    }
    const removed = [...before].filter(([key]) => !after.has(key)).map(([, container]) => container);
    for (const container of removed) {
        findings.push({
            id: 'catalogue-removed',
            subject: container.id,
            severity: 'warning',
            message: `${container.id} is no longer in the catalogue; its object is deleted when the retention is over`,
            hint: 'Put it back, or list it in the retention’s `keep` when somebody cites it.',
            place
        });
    }
    const shrunken = removed.length > Math.max(SHRINK_COUNT, before.size * SHRINK_SHARE);
    if (shrunken) {
        findings.push({
            id: 'catalogue-shrunken',
            subject: now.file,
            severity: 'error',
            message: `${removed.length} of ${before.size} containers are gone at once`,
            hint: 'Look whether the file was cut off or badly merged.',
            place
        });
    }
    const added = [...after].filter(([key]) => !before.has(key)).map(([, container]) => container);
    return { added, removed, rebuilt, findings, shrunken };
}
function newest(containers) {
    const result = new Map();
    for (const container of containers) {
        const other = result.get(container.image);
        if (other === undefined || other.buildDate < container.buildDate)
            result.set(container.image, container);
    }
    return result;
}

;// CONCATENATED MODULE: ./lib/catalogue/index.ts
/** NeuroDesk's catalogue: apps.json, the containers in it, and the files that are written from it. */







// EXTERNAL MODULE: ./lib/failure/index.ts
var failure = __nccwpck_require__(7315);
// EXTERNAL MODULE: ./lib/sif/index.ts + 6 modules
var lib_sif = __nccwpck_require__(3487);
;// CONCATENATED MODULE: ./actions/convert-containers/src/availability.ts

const NOTHING = {
    listed: undefined,
    probe: undefined,
    cached: undefined,
    reason: 'it was not looked at'
};
/** Best first: the verdict is the last of those that required stores have. */
const ORDER = [
    'present',
    'unknown',
    'pending',
    'size-differs',
    'unreadable',
    'damaged',
    'missing'
];
function judge(containers, views) {
    return containers.map((container) => {
        const alone = views.map((view) => standing(view, container));
        const standings = comparePeers(alone);
        const required = standings.filter(({ store }) => store.required);
        const verdict = required.map(({ state }) => state).reduce(worse, 'present');
        return { container, standings, verdict };
    });
}
function worse(a, b) {
    return ORDER.indexOf(a) >= ORDER.indexOf(b) ? a : b;
}
function standing(view, container) {
    const { listed, probe, cached, reason } = view.sightings.get(container.object) ?? NOTHING;
    const base = { store: view.store, cached };
    const told = probe?.state === 'present' && probe.sha256 !== undefined ? { sha256: probe.sha256 } : {};
    const say = (state, bytes, detail) => ({
        ...base,
        ...told,
        state,
        bytes,
        detail
    });
    if (listed === 'absent')
        return say('missing', undefined, 'not in the listing');
    if (probe === undefined) {
        if (listed === undefined)
            return say('unknown', undefined, reason ?? view.listingError ?? 'it could not be asked');
        return listed.bytes === 0 ? say('damaged', 0, 'it is empty') : say('present', listed.bytes, '');
    }
    switch (probe.state) {
        case 'present':
            return present(probe, listed?.bytes, container.architecture, say);
        case 'missing':
            if (listed === undefined)
                return say('missing', undefined, 'its address says 404');
            return say('unreadable', listed.bytes, 'the store lists it, its public address says 404');
        case 'unreadable': {
            const also = listed === undefined ? 'it is private or not there' : 'the object or its segments are private';
            return say('unreadable', listed?.bytes, `a GET without credentials says ${probe.status}: ${also}`);
        }
        case 'unknown':
            return say('unknown', listed?.bytes, probe.reason);
    }
}
function present(probe, listedBytes, wanted, say) {
    const bytes = probe.bytes ?? listedBytes;
    if (probe.bytes !== undefined && listedBytes !== undefined && probe.bytes !== listedBytes) {
        return say('damaged', probe.bytes, `the store lists ${listedBytes} bytes, its public address gives ${probe.bytes}`);
    }
    try {
        const { fileBytes, architecture } = (0,lib_sif/* parseHeader */.RW)(probe.head);
        if (bytes !== undefined && bytes < fileBytes) {
            return say('damaged', bytes, `it was cut off: ${bytes} of the ${fileBytes} bytes that its header promises`);
        }
        // Anything else is what an old builder left out.
        if ((architecture === 'amd64' || architecture === 'arm64') && architecture !== wanted)
            return say('damaged', bytes, `it is for ${architecture}, wanted is ${wanted}`);
    }
    catch (error) {
        if (!(error instanceof lib_sif/* SifError */.ty))
            throw error;
        return say('damaged', bytes, error.message);
    }
    return say('present', bytes, '');
}
/** What only shows when the stores are seen side by side: other sizes, and bytes that lie elsewhere. */
function comparePeers(standings) {
    const there = standings.filter(({ state }) => state === 'present');
    const differ = (values) => new Set(values.filter((value) => value !== undefined)).size > 1;
    const sizes = differ(there.map(({ bytes }) => bytes));
    const digests = differ(there.map(({ sha256 }) => sha256));
    const elsewhere = there[0];
    const waiting = standings.find(({ cached }) => cached !== undefined);
    return standings.map((own) => {
        if (own.state === 'present' && (sizes || digests)) {
            const fact = (one) => sizes ? `${one.bytes ?? '?'} bytes` : `SHA-256 ${one.sha256?.slice(0, 12) ?? '?'}`;
            const others = there
                .filter(({ store }) => store !== own.store)
                .map((one) => `${one.store.name} has ${fact(one)}`);
            return { ...own, state: 'size-differs', detail: `${fact(own)}, ${others.join(', ')}` };
        }
        if (own.state === 'missing' && own.cached !== undefined) {
            return { ...own, state: 'pending', detail: 'it waits in the cache of this store' };
        }
        if (own.state === 'missing' && elsewhere !== undefined) {
            return { ...own, state: 'pending', detail: `${elsewhere.store.name} has it` };
        }
        if (own.state === 'missing' && waiting !== undefined) {
            return { ...own, state: 'pending', detail: `it waits in the cache of ${waiting.store.name}` };
        }
        return own;
    });
}

// EXTERNAL MODULE: ./actions/convert-containers/src/inputs.ts
var src_inputs = __nccwpck_require__(7191);
// EXTERNAL MODULE: ./lib/http/index.ts + 3 modules
var http = __nccwpck_require__(7726);
// EXTERNAL MODULE: ./lib/retry/index.ts + 2 modules
var retry = __nccwpck_require__(2751);
;// CONCATENATED MODULE: ./lib/github/failures.ts
/** GitHub's refusals, told to people: what was asked, why not, and which permission is missing. */



/** GitHub said no: the token, a permission, an unknown name. The caller's mistake, with what to do about it. */
class Refused extends failure/* InputError */.dz {
    status;
    constructor(status, problem) {
        super([problem]);
        this.status = status;
    }
}
/** GitHub found the request itself wrong (409, 422). `details` is what it said, field by field. */
class Rejected extends Error {
    name = 'Rejected';
    status;
    details;
    constructor(what, status, details) {
        super(`${what}: GitHub answered ${status}: ${details}`);
        this.status = status;
        this.details = details;
    }
}
/** A branch is no longer where it was when the change was planned. */
class Moved extends Error {
    name = 'Moved';
}
/** A file that is no text of ours: larger than what is read. */
class TooLarge extends Error {
    name = 'TooLarge';
}
function isRequestFailure(error) {
    return (error instanceof Error &&
        'status' in error &&
        typeof error.status === 'number' &&
        !(error instanceof failure/* InputError */.dz));
}
/**
 * Transient or not. `repeatable`: doing it twice is the same as doing it once; otherwise only a failure that surely
 * had no effect (a limit, no connection) is tried again.
 */
function failures_judge(error, now, repeatable) {
    const transport = transportError(error);
    if (transport !== undefined) {
        const judgement = (0,retry/* classifyGitHub */.Id)(transport, now);
        return repeatable || transport.kind === 'refused' || transport.kind === 'dns'
            ? judgement
            : { kind: 'final' };
    }
    const judgement = (0,retry/* classifyGitHub */.Id)(error, now);
    if (repeatable || !isRequestFailure(error) || error.status < 500)
        return judgement;
    return { kind: 'final' };
}
/** True when nobody can know whether the request had its effect. */
function isUnclear(error) {
    const transport = transportError(error);
    if (transport !== undefined)
        return ['reset', 'timeout', 'protocol'].includes(transport.kind);
    return isRequestFailure(error) && error.status >= 500;
}
/** octokit wraps what its fetch threw, and calls it a 500. */
function transportError(error) {
    if (error instanceof http/* HttpError */.j$)
        return error;
    return error instanceof Error && error.cause instanceof http/* HttpError */.j$ ? error.cause : undefined;
}
/** The failure in the house's kinds. */
function explain(what, error) {
    const transport = transportError(error);
    if (transport !== undefined) {
        return transport.kind === 'cancelled' ? transport : new failure/* TransientError */.N_(what, 1, 0, transport);
    }
    if (!isRequestFailure(error))
        return error;
    const headers = error.response?.headers ?? {};
    const said = (0,failure/* messageOf */.bD)(error).replace(/ - https:\/\/docs\.github\.com\S*$/, '');
    const { status } = error;
    if (status === 401) {
        return new Refused(401, {
            input: 'token',
            given: '***',
            allowed: 'a token that GitHub accepts',
            fix: `${what} was answered 401 (${said}); the token is wrong, revoked or expired`
        });
    }
    if ((status === 403 || status === 429) &&
        (headers['x-ratelimit-remaining'] === '0' || headers['retry-after'] !== undefined)) {
        const reset = Number(headers['x-ratelimit-reset']);
        const until = Number.isFinite(reset) ? `, until ${new Date(reset * 1000).toISOString()}` : '';
        return new failure/* TransientError */.N_(what, 1, 0, new Error(`rate limit of GitHub${until}: ${said}`));
    }
    if (status === 403) {
        const needed = headers['x-accepted-github-permissions'];
        const permissions = needed === undefined ? 'the permission for it' : needed.replaceAll('=', ': ');
        return new Refused(403, {
            input: 'token',
            given: '***',
            allowed: `a token with ${permissions}`,
            fix: `${what} was answered 403 (${said}); add it to \`permissions:\` of the job, or give a token that has it`
        });
    }
    if (status === 404) {
        return new Refused(404, {
            input: 'token',
            given: '***',
            allowed: 'a token that sees the repository, and names that exist in it',
            fix: `${what} was answered 404`
        });
    }
    if (status === 409 || status === 422)
        return new Rejected(what, status, said);
    if (status >= 500)
        return new failure/* TransientError */.N_(what, 1, 0, error);
    return error;
}

;// CONCATENATED MODULE: ./lib/github/connect.ts




/** A secondary limit asks for a minute and more: this is how long a request may take in all. */
const LIMITS = { ...retry/* DEFAULT_LIMITS */.dR, attempts: 5, totalMs: 20 * 60_000 };
/** Times after which something that was just written is looked for again. */
const SETTLE_LIMITS = { attempts: 5, totalMs: 30_000, basePauseMs: 500, maxPauseMs: 5_000 };
function connect(options) {
    let loaded;
    const octokit = () => (loaded ??= load(options));
    const limits = { ...LIMITS, ...options.limits };
    const ask = async (what, request) => {
        try {
            return await request(await octokit());
        }
        catch (error) {
            throw explain(what, error);
        }
    };
    const find = async (what, request) => {
        try {
            return await request(await octokit());
        }
        catch (error) {
            if (isMissing(error))
                return undefined;
            throw explain(what, error);
        }
    };
    return {
        ask,
        find,
        askWritten: async (what, request) => {
            try {
                return await (0,retry/* retry */.L5)(what, async () => await request(await octokit()), {
                    classify: (error) => (isMissing(error) ? { kind: 'retry' } : { kind: 'final' }),
                    clock: options.clock,
                    limits: SETTLE_LIMITS,
                    log: options.log,
                    ...(options.signal === undefined ? {} : { signal: options.signal })
                });
            }
            catch (error) {
                throw explain(what, error instanceof failure/* TransientError */.N_ && isMissing(error.cause) ? error.cause : error);
            }
        },
        make: async (what, request, lookAgain) => {
            for (let attempt = 1;; attempt++) {
                try {
                    return await request(await octokit());
                }
                catch (error) {
                    if (!isUnclear(error) || attempt >= limits.attempts)
                        throw explain(what, error);
                    options.log.debug(`${what}: the answer was lost; looking whether it was done`);
                    await options.clock.sleep(Math.min(limits.maxPauseMs, limits.basePauseMs * 2 ** attempt), options.signal);
                    const made = await lookAgain();
                    if (made !== undefined)
                        return made;
                }
            }
        }
    };
}
const isMissing = (error) => error instanceof Error && 'status' in error && error.status === 404;
async function load(options) {
    const [{ Octokit }, { throttling }] = await Promise.all([
        __nccwpck_require__.e(/* import() */ 891).then(__nccwpck_require__.bind(__nccwpck_require__, 891)),
        __nccwpck_require__.e(/* import() */ 856).then(__nccwpck_require__.bind(__nccwpck_require__, 6856))
    ]);
    const octokit = new (Octokit.plugin(throttling))({
        auth: options.token === '' ? undefined : options.token,
        baseUrl: options.apiUrl.replace(/\/+$/, ''),
        userAgent: 'neurodesk-ci (+https://github.com/neurodesk/ci)',
        request: { fetch: fetchOver(options) },
        log: {
            debug: () => undefined,
            info: () => undefined,
            warn: (text) => options.log.debug(text),
            error: (text) => options.log.debug(text)
        },
        throttle: {
            // One write a second, one every three where people are notified.
            enabled: options.isPaced ?? isPaced(options.apiUrl),
            // Whoever is told to wait waits in the loop below, on the clock of the house.
            onRateLimit: () => false,
            onSecondaryRateLimit: () => false
        }
    });
    const limits = { ...LIMITS, ...options.limits };
    octokit.hook.wrap('request', async (request, parameters) => {
        const repeatable = isRepeatable(parameters.method, parameters.url);
        return await (0,retry/* retry */.L5)(`${parameters.method} ${parameters.url}`, async () => {
            const response = await request(parameters);
            refuseHtml(response);
            return response;
        }, {
            classify: (error, now) => failures_judge(error, now, repeatable),
            clock: options.clock,
            limits,
            log: options.log,
            ...(options.signal === undefined ? {} : { signal: options.signal })
        });
    });
    return octokit;
}
/**
 * True where GitHub asks everybody to space writes: github.com, and ghe.com for data that must stay in a region. An
 * Enterprise server of one's own has no such limits unless its owner sets them, and then it says so with Retry-After.
 * https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api#pause-between-mutative-requests
 */
function isPaced(apiUrl) {
    const host = new URL(apiUrl).hostname;
    return host === 'api.github.com' || host.endsWith('.ghe.com');
}
/** Doing it twice is doing it once: reads, writes that say what shall be, and objects that are named by their content. */
function isRepeatable(method, route) {
    return method !== 'POST' || /\/git\/(blobs|trees|commits|tags)$/.test(route);
}
/** A proxy's login page with status 200 is no answer of GitHub's. */
function refuseHtml(response) {
    const type = response.headers['content-type'];
    if (typeof type === 'string' && type.startsWith('text/html'))
        throw new http/* HttpError */.j$('protocol', response.url, 'a web page instead of an answer of the API');
}
const METHODS = new Set(['GET', 'HEAD', 'PUT', 'POST', 'PATCH', 'DELETE']);
const MAX_REDIRECTS = 3;
/** The HTTP port in the form of fetch, as far as octokit uses it. */
function fetchOver(options) {
    return async (first, init) => {
        let url = first;
        let headers = init.headers ?? {};
        for (let hop = 0;; hop++) {
            const method = init.method ?? 'GET';
            if (!METHODS.has(method))
                throw new http/* HttpError */.j$('unsupported', url, `method ${method}`);
            const answer = await options.http.request(url, {
                method: method,
                headers,
                ...(init.body === undefined || init.body === null ? {} : { body: init.body }),
                ...(options.signal === undefined ? {} : { signal: options.signal })
            });
            const location = answer.headers['location'];
            // A renamed repository answers with its new address, an asset with that of the storage. The token stays here.
            if ([301, 302, 307, 308].includes(answer.status) && location !== undefined && hop < MAX_REDIRECTS) {
                const target = new URL(location, url);
                if (target.host !== new URL(url).host) {
                    if (method !== 'GET' || target.protocol !== new URL(url).protocol)
                        throw new http/* HttpError */.j$('protocol', url, `redirected to ${target.protocol}//${target.host}`);
                    headers = Object.fromEntries(Object.entries(headers).filter(([name]) => name.toLowerCase() !== 'authorization'));
                }
                url = target.href;
                continue;
            }
            const empty = answer.status === 204 || answer.status === 205 || answer.status === 304;
            const response = new Response(empty ? null : new Uint8Array(answer.body), {
                status: answer.status,
                headers: answer.headers
            });
            // octokit's pages are counted from the address; a Response that is made by hand has none.
            return Object.defineProperty(response, 'url', { value: url });
        }
    };
}

;// CONCATENATED MODULE: ./lib/github/git.ts

/** Commits in one page of a comparison, GitHub's most. */
const PAGE = 100;
/** A comparison with more is refused: nobody reads such notes, and it would be hundreds of requests. */
const MOST_COMMITS = 20_000;
function createGit(connection, at) {
    return {
        resolve: async (name) => {
            // Asked for its SHA alone the commit comes without its files; an unknown name is a 422 here.
            try {
                return await connection.find(`commit ${name}`, async (octokit) => {
                    const answer = await octokit.rest.repos.getCommit({ ...at, ref: name, per_page: 1 });
                    return answer.data.sha;
                });
            }
            catch (error) {
                if (error instanceof Rejected && error.status === 422)
                    return undefined;
                throw error;
            }
        },
        branch: async (name) => await connection.find(`branch ${name}`, async (octokit) => {
            const answer = await octokit.rest.git.getRef({ ...at, ref: `heads/${name}` });
            return answer.data.object.sha;
        }),
        tags: async (prefix = '') => {
            const refs = await connection.ask('tags', async (octokit) => await octokit.paginate(octokit.rest.git.listMatchingRefs, { ...at, ref: `tags/${prefix}` }));
            const found = new Map();
            for (const ref of refs) {
                const name = ref.ref.slice('refs/tags/'.length);
                found.set(name, ref.object.type === 'tag' ? await peel(connection, at, ref.object.sha) : ref.object.sha);
            }
            return found;
        },
        tag: async (name) => await findTag(connection, at, name),
        setTag: async (name, sha, expected) => await setTag(connection, at, name, sha, expected),
        mark: async (name) => await findMark(connection, at, name),
        setMark: async (name, sha) => await setMark(connection, at, name, sha),
        compare: async (base, head) => await compare(connection, at, base, head),
        changedPaths: async (sha) => await connection.ask(`files of ${sha}`, async (octokit) => {
            const answer = await octokit.rest.repos.getCommit({ ...at, ref: sha });
            return (answer.data.files ?? []).map((file) => file.filename);
        }),
        file: async (path, ref) => await connection.find(`file ${path}`, async (octokit) => {
            const { data } = await octokit.rest.repos.getContent({ ...at, path, ref });
            if (Array.isArray(data) || data.type !== 'file')
                return undefined;
            if (data.encoding !== 'base64')
                throw new TooLarge(`${path} has ${data.size} bytes: more than 1 MB is not read as text`);
            return Buffer.from(data.content, 'base64').toString('utf8');
        }),
        commitFiles: async (plan) => await commitFiles(connection, at, plan)
    };
}
async function findTag(connection, at, name) {
    const object = await connection.find(`tag ${name}`, async (octokit) => (await octokit.rest.git.getRef({ ...at, ref: `tags/${name}` })).data.object);
    if (object === undefined)
        return undefined;
    return object.type === 'tag' ? await peel(connection, at, object.sha) : object.sha;
}
/** A ref that is made or moved; after a lost answer the ref itself says whether it was done. */
async function setTag(connection, at, name, sha, expected) {
    const now = await findTag(connection, at, name);
    if (now === sha)
        return;
    if (now !== expected)
        throw new Moved(`tag ${name} is at ${now ?? 'no commit'}, not at ${expected ?? 'none'}`);
    if (expected === undefined) {
        await connection.make(`tag ${name}`, async (octokit) => (await octokit.rest.git.createRef({ ...at, ref: `refs/tags/${name}`, sha })).data.object.sha, async () => await findTag(connection, at, name));
        return;
    }
    await connection.askWritten(`tag ${name}`, async (octokit) => await octokit.rest.git.updateRef({ ...at, ref: `tags/${name}`, sha, force: true }));
}
const MARKS = 'neurodesk-ci';
async function findMark(connection, at, name) {
    return await connection.find(`mark ${name}`, async (octokit) => (await octokit.rest.git.getRef({ ...at, ref: `${MARKS}/${name}` })).data.object.sha);
}
async function setMark(connection, at, name, sha) {
    const now = await findMark(connection, at, name);
    if (now === sha)
        return;
    const ref = `${MARKS}/${name}`;
    if (now === undefined) {
        await connection.make(`mark ${name}`, async (octokit) => (await octokit.rest.git.createRef({ ...at, ref: `refs/${ref}`, sha })).data.object.sha, async () => await findMark(connection, at, name));
        return;
    }
    await connection.askWritten(`mark ${name}`, async (octokit) => await octokit.rest.git.updateRef({ ...at, ref, sha, force: true }));
}
/** The commit behind an annotated tag. */
async function peel(connection, at, tag) {
    return await connection.ask(`tag ${tag}`, async (octokit) => {
        const answer = await octokit.rest.git.getTag({ ...at, tag_sha: tag });
        return answer.data.object.sha;
    });
}
async function compare(connection, at, base, head) {
    const commits = [];
    for (let page = 1;; page++) {
        const { data } = await connection.ask(`comparison ${base}...${head}`, async (octokit) => await octokit.rest.repos.compareCommitsWithBasehead({
            ...at,
            basehead: `${base}...${head}`,
            per_page: PAGE,
            page
        }));
        if (data.total_commits > MOST_COMMITS)
            throw new TooLarge(`${data.total_commits} commits between ${base} and ${head}: at most ${MOST_COMMITS} are read`);
        for (const one of data.commits) {
            commits.push({
                sha: one.sha,
                message: one.commit.message,
                parents: one.parents.map((parent) => parent.sha ?? ''),
                author: one.author !== null && 'login' in one.author && typeof one.author.login === 'string'
                    ? one.author.login
                    : undefined,
                authorName: one.commit.author?.name ?? '',
                date: one.commit.committer?.date ?? one.commit.author?.date ?? '',
                url: one.html_url
            });
        }
        if (data.commits.length === 0 || commits.length >= data.total_commits) {
            return {
                status: data.status,
                commits,
                behindBy: data.behind_by,
                mergeBase: data.merge_base_commit.sha,
                url: data.html_url
            };
        }
    }
}
/** Blobs by content in the tree itself, one commit, one ref: either all of it is there afterwards, or nothing. */
async function commitFiles(connection, at, plan) {
    const baseTree = await connection.ask(`commit ${plan.parent}`, async (octokit) => {
        const answer = await octokit.rest.git.getCommit({ ...at, commit_sha: plan.parent });
        return answer.data.tree.sha;
    });
    const tree = await connection.askWritten('tree', async (octokit) => {
        const entries = [...plan.files].map(([path, content]) => ({
            path,
            mode: '100644',
            type: 'blob',
            ...(content === null ? { sha: null } : { content })
        }));
        const answer = await octokit.rest.git.createTree({ ...at, base_tree: baseTree, tree: entries });
        return answer.data.sha;
    });
    // The files are already so: an empty commit would only make noise.
    if (tree === baseTree && plan.expected === plan.parent)
        return plan.parent;
    const commit = await connection.askWritten('commit', async (octokit) => {
        const answer = await octokit.rest.git.createCommit({
            ...at,
            message: plan.message,
            tree,
            parents: [plan.parent]
        });
        return answer.data.sha;
    });
    await setBranch(connection, at, plan, commit);
    return commit;
}
async function setBranch(connection, at, plan, commit) {
    const now = async () => await connection.find(`branch ${plan.branch}`, async (octokit) => (await octokit.rest.git.getRef({ ...at, ref: `heads/${plan.branch}` })).data.object.sha);
    try {
        if (plan.expected === undefined) {
            await connection.make(`branch ${plan.branch}`, async (octokit) => (await octokit.rest.git.createRef({ ...at, ref: `refs/heads/${plan.branch}`, sha: commit })).data
                .object.sha, async () => ((await now()) === commit ? commit : undefined));
            return;
        }
        if (plan.force === true && (await now()) !== plan.expected)
            throw new Moved(`${plan.branch} is no longer at ${plan.expected}`);
        await connection.askWritten(`branch ${plan.branch}`, async (octokit) => await octokit.rest.git.updateRef({
            ...at,
            ref: `heads/${plan.branch}`,
            sha: commit,
            force: plan.force ?? false
        }));
    }
    catch (error) {
        if (!(error instanceof Rejected))
            throw error;
        // Either somebody moved the branch, or the first of two answers was lost and the branch is where it should be.
        if ((await now()) === commit)
            return;
        throw new Moved(`${plan.branch} was moved by somebody else: ${error.details}`, { cause: error });
    }
}

;// CONCATENATED MODULE: ./lib/github/issues.ts
const MOST_ISSUES = 1000;
function createIssues(connection, at) {
    return {
        list: async (query) => await connection.ask('issues', async (octokit) => {
            const found = [];
            const pages = octokit.paginate.iterator(octokit.rest.issues.listForRepo, {
                ...at,
                state: query.state,
                sort: 'updated',
                direction: 'desc',
                per_page: 100,
                ...(query.labels === undefined || query.labels.length === 0
                    ? {}
                    : { labels: query.labels.join(',') }),
                ...(query.creator === undefined ? {} : { creator: query.creator }),
                ...(query.since === undefined ? {} : { since: query.since })
            });
            const most = query.max ?? MOST_ISSUES;
            for await (const page of pages) {
                found.push(...page.data.filter((one) => one.pull_request === undefined).map(toIssue));
                if (found.length >= most)
                    break;
            }
            return found.slice(0, most);
        }),
        get: async (number) => await connection.find(`issue ${number}`, async (octokit) => toIssue((await octokit.rest.issues.get({ ...at, issue_number: number })).data)),
        create: async (issue, lookAgain) => await connection.make(`issue "${issue.title}"`, async (octokit) => toIssue((await octokit.rest.issues.create({
            ...at,
            title: issue.title,
            body: issue.body,
            labels: [...issue.labels],
            assignees: [...issue.assignees]
        })).data), lookAgain),
        update: async (number, change) => await connection.ask(`issue ${number}`, async (octokit) => {
            const { reason, labels, ...rest } = change;
            const answer = await octokit.rest.issues.update({
                ...at,
                issue_number: number,
                ...rest,
                ...(reason === undefined ? {} : { state_reason: reason }),
                ...(labels === undefined ? {} : { labels: [...labels] })
            });
            return toIssue(answer.data);
        }),
        comments: async (number) => await connection.ask(`comments of issue ${number}`, async (octokit) => (await octokit.paginate(octokit.rest.issues.listComments, {
            ...at,
            issue_number: number,
            per_page: 100
        })).map(toComment)),
        comment: async (number, body, lookAgain) => await connection.make(`comment on issue ${number}`, async (octokit) => toComment((await octokit.rest.issues.createComment({ ...at, issue_number: number, body })).data), lookAgain),
        editComment: async (id, body) => {
            await connection.ask(`comment ${id}`, async (octokit) => await octokit.rest.issues.updateComment({ ...at, comment_id: id, body }));
        }
    };
}
function createPulls(connection, at) {
    const from = async (head, base, state) => await connection.ask(`pull request of ${head}`, async (octokit) => {
        const answer = await octokit.rest.pulls.list({
            ...at,
            head: `${at.owner}:${head}`,
            base,
            state,
            sort: 'created',
            direction: 'desc',
            per_page: 1
        });
        return answer.data[0] === undefined ? undefined : toPull(answer.data[0]);
    });
    return {
        merged: async (since) => await connection.ask('merged pull requests', async (octokit) => {
            const found = new Map();
            const pages = octokit.paginate.iterator(octokit.rest.pulls.list, {
                ...at,
                state: 'closed',
                sort: 'updated',
                direction: 'desc',
                per_page: 100
            });
            for await (const page of pages) {
                for (const one of page.data)
                    if (one.merged_at !== null && one.merge_commit_sha !== null)
                        found.set(one.merge_commit_sha, toPull(one));
                // What was merged since then was changed since then, and the list goes back in time.
                const last = page.data.at(-1);
                if (last === undefined || last.updated_at < since)
                    break;
            }
            return found;
        }),
        from,
        open: async (pull) => await connection.make(`pull request of ${pull.head}`, async (octokit) => toPull((await octokit.rest.pulls.create({ ...at, ...pull })).data), async () => await from(pull.head, pull.base, 'open')),
        update: async (number, change) => await connection.ask(`pull request ${number}`, async (octokit) => toPull((await octokit.rest.pulls.update({ ...at, pull_number: number, ...change })).data))
    };
}
function namesOf(labels) {
    return labels
        .map((label) => (typeof label === 'string' ? label : (label.name ?? '')))
        .filter((name) => name !== '');
}
function toIssue(one) {
    return {
        number: one.number,
        title: one.title,
        body: one.body ?? '',
        state: one.state === 'closed' ? 'closed' : 'open',
        reason: one.state_reason ?? undefined,
        labels: namesOf(one.labels),
        author: one.user?.login ?? '',
        url: one.html_url,
        createdAt: one.created_at,
        updatedAt: one.updated_at,
        closedAt: one.closed_at ?? undefined
    };
}
function toComment(one) {
    return {
        id: one.id,
        body: one.body ?? '',
        author: one.user?.login ?? '',
        url: one.html_url,
        createdAt: one.created_at
    };
}
function toPull(one) {
    return {
        number: one.number,
        title: one.title,
        body: one.body ?? '',
        state: one.state === 'closed' ? 'closed' : 'open',
        labels: namesOf(one.labels),
        author: one.user?.login ?? '',
        url: one.html_url,
        mergedAt: one.merged_at ?? undefined,
        mergeCommit: one.merge_commit_sha ?? undefined
    };
}

;// CONCATENATED MODULE: ./lib/github/releases.ts

/** Most releases that are looked at; GitHub itself lists no more than 10,000. */
const MOST = 1000;
const MAX_ASSET = 8 * 1024 * 1024;
function createReleases(connection, at) {
    const text = (given) => ({
        tag_name: given.tag,
        name: given.title,
        body: given.body
    });
    return {
        list: async () => await connection.ask('releases', async (octokit) => {
            const found = [];
            for await (const page of octokit.paginate.iterator(octokit.rest.repos.listReleases, {
                ...at,
                per_page: 100
            })) {
                found.push(...page.data.map(toRelease));
                if (found.length >= MOST)
                    break;
            }
            return found.slice(0, MOST);
        }),
        get: async (id) => await connection.find(`release ${id}`, async (octokit) => toRelease((await octokit.rest.repos.getRelease({ ...at, release_id: id })).data)),
        ofTag: async (tag) => await connection.find(`release ${tag}`, async (octokit) => toRelease((await octokit.rest.repos.getReleaseByTag({ ...at, tag })).data)),
        createDraft: async (draft, lookAgain) => await connection.make(`draft release ${draft.tag}`, async (octokit) => toRelease((await octokit.rest.repos.createRelease({
            ...at,
            ...text(draft),
            target_commitish: draft.target,
            draft: true
        })).data), lookAgain),
        update: async (id, change) => await connection.askWritten(`release ${change.tag}`, async (octokit) => {
            const target = change.target === undefined ? {} : { target_commitish: change.target };
            return toRelease((await octokit.rest.repos.updateRelease({ ...at, release_id: id, ...text(change), ...target })).data);
        }),
        deleteDraft: async (id) => {
            await connection.find(`draft ${id}`, async (octokit) => await octokit.rest.repos.deleteRelease({ ...at, release_id: id }));
        },
        publish: async (id, tag) => await connection.askWritten(`publishing ${tag}`, async (octokit) => toRelease((await octokit.rest.repos.updateRelease({ ...at, release_id: id, tag_name: tag, draft: false }))
            .data)),
        download: async (asset, maxBytes = MAX_ASSET) => {
            if (asset.size > maxBytes)
                throw new TooLarge(`${asset.name} has ${asset.size} bytes, at most ${maxBytes} are read`);
            return await connection.ask(`asset ${asset.name}`, async (octokit) => {
                const answer = await octokit.request('GET /repos/{owner}/{repo}/releases/assets/{asset_id}', {
                    ...at,
                    asset_id: asset.id,
                    headers: { accept: 'application/octet-stream' },
                    // As it is: octokit would read JSON and text in its own way.
                    request: { parseSuccessResponseBody: false }
                });
                return Buffer.from(await new Response(answer.data).arrayBuffer());
            });
        },
        upload: async (release, file) => {
            const old = release.assets.find((asset) => asset.name === file.name);
            if (old !== undefined)
                await connection.find(`asset ${file.name}`, async (octokit) => await octokit.rest.repos.deleteReleaseAsset({ ...at, asset_id: old.id }));
            const there = async () => {
                const assets = await connection.askWritten(`assets of ${release.tag}`, async (octokit) => await octokit.paginate(octokit.rest.repos.listReleaseAssets, {
                    ...at,
                    release_id: release.id,
                    per_page: 100
                }));
                return assets.some((asset) => asset.name === file.name && asset.size === file.bytes.length)
                    ? true
                    : undefined;
            };
            await connection.make(`asset ${file.name}`, async (octokit) => {
                // The host differs from the API's: GitHub names it with the release.
                const url = release.uploadUrl.replace(/\{[^}]*\}$/, '');
                await octokit.request(`POST ${url}?name=${encodeURIComponent(file.name)}`, {
                    data: file.bytes,
                    headers: { 'content-type': file.contentType }
                });
                return true;
            }, there);
        }
    };
}
function toRelease(one) {
    return {
        id: one.id,
        tag: one.tag_name,
        title: one.name ?? '',
        body: one.body ?? '',
        isDraft: one.draft,
        isPrerelease: one.prerelease,
        isImmutable: one.immutable ?? false,
        target: one.target_commitish,
        url: one.html_url,
        uploadUrl: one.upload_url,
        createdAt: one.created_at,
        publishedAt: one.published_at ?? undefined,
        assets: one.assets.map((asset) => ({
            id: asset.id,
            name: asset.name,
            size: asset.size,
            digest: asset.digest ?? undefined
        }))
    };
}

;// CONCATENATED MODULE: ./lib/github/runs.ts
function createRuns(connection, at) {
    return {
        at: async (sha, workflow) => {
            const query = { ...at, head_sha: sha, per_page: 100 };
            const found = await connection.find(`runs of ${workflow ?? 'all workflows'} at ${sha}`, async (octokit) => workflow === undefined
                ? await octokit.paginate(octokit.rest.actions.listWorkflowRunsForRepo, query)
                : await octokit.paginate(octokit.rest.actions.listWorkflowRuns, {
                    ...query,
                    workflow_id: workflow
                }));
            // A workflow that is not there has no runs.
            return (found ?? []).map(toRun);
        },
        of: async (workflow, branch) => ((await connection.find(`runs of ${workflow} on ${branch}`, async (octokit) => {
            const query = { ...at, workflow_id: workflow, branch, per_page: 100 };
            return (await octokit.rest.actions.listWorkflowRuns(query)).data.workflow_runs;
        })) ?? []).map(toRun),
        get: async (id) => await connection.find(`run ${id}`, async (octokit) => toRun((await octokit.rest.actions.getWorkflowRun({ ...at, run_id: id })).data)),
        jobs: async (run, attempt) => await connection.ask(`jobs of run ${run}`, async (octokit) => {
            const jobs = await octokit.paginate(octokit.rest.actions.listJobsForWorkflowRunAttempt, {
                ...at,
                run_id: run,
                attempt_number: attempt,
                per_page: 100
            });
            return jobs.map((job) => ({
                id: job.id,
                name: job.name,
                status: job.status,
                conclusion: job.conclusion ?? undefined,
                runner: job.runner_name === null || job.runner_name === '' ? undefined : job.runner_name,
                url: job.html_url ?? '',
                startedAt: job.started_at,
                completedAt: job.completed_at ?? undefined,
                steps: (job.steps ?? []).map((step) => ({
                    name: step.name,
                    status: step.status,
                    conclusion: step.conclusion ?? undefined
                }))
            }));
        }),
        annotations: async (job) => (await connection.find(`annotations of job ${job}`, async (octokit) => {
            const answer = await octokit.rest.checks.listAnnotations({ ...at, check_run_id: job, per_page: 100 });
            return answer.data.map((one) => ({
                level: one.annotation_level ?? '',
                title: one.title ?? '',
                message: one.message ?? '',
                path: one.path,
                line: one.start_line
            }));
        })) ?? [],
        dispatch: async (workflow, ref, inputs) => {
            // Nobody can see whether it had its effect: after a lost answer it is not sent a second time.
            await connection.ask(`dispatch of ${workflow}`, async (octokit) => await octokit.rest.actions.createWorkflowDispatch({
                ...at,
                workflow_id: workflow,
                ref,
                inputs: { ...inputs }
            }));
        }
    };
}
function toRun(one) {
    return {
        id: one.id,
        name: one.name ?? '',
        path: one.path,
        sha: one.head_sha,
        branch: one.head_branch ?? '',
        event: one.event,
        status: one.status ?? '',
        conclusion: one.conclusion ?? undefined,
        attempt: one.run_attempt ?? 1,
        actor: one.triggering_actor?.login ?? one.actor?.login ?? '',
        url: one.html_url,
        createdAt: one.created_at
    };
}

;// CONCATENATED MODULE: ./lib/github/github.ts
/** GitHub as the actions see it. */






/**
 * Ready at once; octokit is loaded with the first request. Methods throw Refused (token, permission, unknown name),
 * Rejected (409, 422), Moved (a branch), TransientError (GitHub kept failing, or a rate limit that ends too late).
 */
function connectGitHub(options) {
    const connection = connect(options);
    return {
        repository: (name) => {
            const [owner = '', repo = '', ...rest] = name.split('/');
            if (!isName(owner) || !isName(repo) || rest.length > 0)
                throw new failure/* InputError */.dz([{ input: 'repository', given: name, allowed: 'owner/name' }]);
            const at = { owner, repo };
            return {
                name,
                git: createGit(connection, at),
                releases: createReleases(connection, at),
                pulls: createPulls(connection, at),
                issues: createIssues(connection, at),
                runs: createRuns(connection, at),
                about: async () => await connection.ask(`repository ${name}`, async (octokit) => {
                    const { data } = await octokit.rest.repos.get(at);
                    return { defaultBranch: data.default_branch, isPrivate: data.private, isArchived: data.archived };
                }),
                permissionOf: async (login) => (await connection.find(`permission of ${login}`, async (octokit) => {
                    const { data } = await octokit.rest.repos.getCollaboratorPermissionLevel({
                        ...at,
                        username: login
                    });
                    return data.permission === 'admin' || data.permission === 'write' || data.permission === 'read'
                        ? data.permission
                        : 'none';
                })) ?? 'none',
                roleOf: async (login) => (await connection.find(`role of ${login}`, async (octokit) => {
                    const { data } = await octokit.rest.repos.getCollaboratorPermissionLevel({
                        ...at,
                        username: login
                    });
                    // Older Enterprise servers have no role_name; an organisation's own role falls back to its base.
                    const role = ROLES.find((known) => known === data.role_name);
                    return role ?? ROLES.find((known) => known === data.permission) ?? 'none';
                })) ?? 'none',
                dispatchEvent: async (type, payload) => {
                    await connection.ask(`event ${type}`, async (octokit) => await octokit.rest.repos.createDispatchEvent({
                        ...at,
                        event_type: type,
                        client_payload: { ...payload }
                    }));
                }
            };
        }
    };
}
const ROLES = ['admin', 'maintain', 'write', 'triage', 'read', 'none'];
/** Letters, digits, `.`, `_`, `-`; never a path of its own. */
function isName(text) {
    return /^[A-Za-z0-9._-]{1,100}$/.test(text) && text !== '.' && text !== '..';
}

;// CONCATENATED MODULE: ./lib/github/types.ts
/** GitHub's limits, in characters. */
const types_LIMITS = { releaseBody: 125_000, issueBody: 65_536, title: 256 };

;// CONCATENATED MODULE: ./lib/github/index.ts
/** GitHub: commits, files, releases, pull requests, issues, workflow runs. The only room that knows octokit. */




// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __nccwpck_require__(7598);
;// CONCATENATED MODULE: ./actions/convert-containers/src/tell.ts
/**
 * The event for other repositories. It is sent at least once for every content of the lists: a run that dies between
 * the commit and the event, or whose event is refused, leaves no mark, and the next run sends it.
 */


/** One repository that cannot be told does not keep the others. */
async function tellAll(files, news, ports) {
    const dispatched = [];
    const findings = [];
    for (const name of news.dispatch.to) {
        try {
            if (!(await isNews(name, files, news)))
                continue;
            await news.dispatch.github.repository(name).dispatchEvent(news.dispatch.event, {});
            dispatched.push(name);
        }
        catch (error) {
            ports.runner.signal.throwIfAborted();
            findings.push({
                id: 'dispatch-failed',
                subject: name,
                severity: 'error',
                message: `it was not told of the lists: ${firstLine(error)}`,
                hint: 'The next run tells it. The token needs `contents: write` in that repository.'
            });
            continue;
        }
        const noted = await note(name, news, ports);
        if (noted !== undefined)
            findings.push(noted);
    }
    return { dispatched, findings };
}
/** Whether this repository has not been told of these contents yet. */
async function isNews(name, files, news) {
    // Nothing is committed here: the files in the workspace stay new until somebody commits them.
    if (news.commit === undefined || news.branch === undefined)
        return news.changed.length > 0;
    if (news.branch.made)
        return true;
    const { git } = news.commit.github.repository(news.commit.repository);
    const told = await git.mark(markOf(news.commit.branch, name));
    if (told === undefined)
        return true;
    return told !== news.branch.sha && !(await hasContents(git, told, files));
}
async function hasContents(git, at, files) {
    for (const [file, text] of files)
        if ((await git.file(file, at)) !== text)
            return false;
    return true;
}
async function note(name, { commit, branch }, ports) {
    if (commit === undefined || branch === undefined)
        return undefined;
    try {
        await commit.github.repository(commit.repository).git.setMark(markOf(commit.branch, name), branch.sha);
        return undefined;
    }
    catch (error) {
        ports.runner.signal.throwIfAborted();
        return {
            id: 'dispatch-not-noted',
            subject: name,
            severity: 'warning',
            message: `it was told, and that could not be noted in ${commit.repository}: the next run tells it again. ${firstLine(error)}`
        };
    }
}
/** Names of refs may not have everything that names of repositories have: they are readable, and unique by the hash. */
function markOf(branch, repository) {
    const unique = (0,external_node_crypto_.createHash)('sha256').update(`${branch}\n${repository}`).digest('hex').slice(0, 12);
    return `told/${repository.toLowerCase().replace(/[^a-z0-9]+/g, '-')}-${unique}`;
}
function firstLine(error) {
    return (0,failure/* messageOf */.bD)(error).split('\n', 1)[0] ?? '';
}

;// CONCATENATED MODULE: ./actions/convert-containers/src/publish.ts
/**
 * log.txt and applist.json, written for what users can really get. The stores are looked at again just before: what
 * jobs of a matrix said about themselves counts for nothing.
 */




/** More lines than this may not go from log.txt at once while their containers are still in the catalogue. */
const DROP_COUNT = 10;
const DROP_SHARE = 0.05;
/**
 * What to write. Pure.
 * @param before the log.txt that is there now; undefined when there is none.
 */
function planPublication(catalogue, available, before) {
    const findings = [];
    const listed = available.filter(({ verdict }) => verdict === 'present' || verdict === 'size-differs');
    const left = available.filter((entry) => !listed.includes(entry));
    const unknown = left.filter(({ verdict }) => verdict === 'unknown');
    if (unknown.length > 0) {
        findings.push({
            id: 'publish-unknown',
            subject: catalogue.file,
            severity: 'unknown',
            message: `nothing is published: of ${unknown.length} containers it is not known whether the stores have them`,
            hint: 'Run again when the stores answer.'
        });
    }
    const known = new Set(before === undefined ? [] : readLog(before, 'log.txt'));
    const dropped = left.filter(({ container, verdict }) => verdict !== 'unknown' && known.has(container.id));
    if (dropped.length > Math.max(DROP_COUNT, known.size * DROP_SHARE)) {
        findings.push({
            id: 'publish-shrunken',
            subject: 'log.txt',
            severity: 'error',
            message: `nothing is published: ${dropped.length} of ${known.size} lines would go, though the catalogue has their containers`,
            hint: 'Look whether the stores are the right ones and whether their listings are whole.'
        });
    }
    const containers = listed.map(({ container }) => container);
    return {
        log: writeLog(containers),
        appList: writeAppList(containers),
        listed: containers,
        left,
        findings,
        refused: findings.length > 0
    };
}
/** Writes the files that differ, commits them through the API, and tells other repositories. */
async function publish(publication, target, ports) {
    const files = new Map([
        [target.logFile, publication.log],
        [target.appListFile, publication.appList]
    ]);
    const changed = [];
    for (const [file, text] of files) {
        const absolute = external_node_path_default().resolve(ports.runner.workspace, file);
        if ((await readIfThere(ports, absolute)) === text)
            continue;
        changed.push(file);
        if (!target.dryRun)
            await writeWhole(ports, absolute, text);
    }
    if (target.dryRun)
        return { changed, commit: undefined, dispatched: [], findings: [] };
    const branch = target.commit === undefined ? undefined : await publish_commitFiles(files, target.commit, ports);
    const told = target.dispatch === undefined
        ? { dispatched: [], findings: [] }
        : await tellAll(files, { ...target, dispatch: target.dispatch, changed, branch }, ports);
    return { changed, commit: branch?.made === true ? branch.sha : undefined, ...told };
}
/** The log.txt that is there, or undefined. */
async function readIfThere(ports, file) {
    try {
        return await ports.fs.readFile(file, 'utf8');
    }
    catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
            return undefined;
        throw error;
    }
}
async function writeWhole(ports, file, text) {
    await ports.fs.mkdir(external_node_path_default().dirname(file), { recursive: true });
    const temporary = `${file}.${external_node_path_default().basename(ports.runner.temp)}.tmp`;
    try {
        await ports.fs.writeFile(temporary, text);
        await ports.fs.rename(temporary, file);
    }
    finally {
        await ports.fs.rm(temporary, { force: true });
    }
}
const COMMIT_ATTEMPTS = 5;
/** One commit on the tip of the branch, or the tip itself when the branch has these contents already. */
async function publish_commitFiles(files, target, ports) {
    const { git } = target.github.repository(target.repository);
    for (let attempt = 1;; attempt++) {
        const tip = await git.branch(target.branch);
        if (tip === undefined)
            throw new Error(`${target.repository} has no branch ${target.branch}`);
        const news = new Map();
        for (const [file, text] of files)
            if ((await git.file(file, tip)) !== text)
                news.set(file, text);
        if (news.size === 0)
            return { sha: tip, made: false };
        try {
            const sha = await git.commitFiles({
                branch: target.branch,
                message: 'Update the lists of containers that the stores have',
                files: news,
                parent: tip,
                expected: tip
            });
            return { sha, made: true };
        }
        catch (error) {
            // Somebody pushed meanwhile: look at the new tip, and write on top of it.
            if (!(error instanceof Moved) || attempt === COMMIT_ATTEMPTS)
                throw error;
            ports.log.info(`${target.branch} has moved, trying again`);
        }
    }
}

;// CONCATENATED MODULE: ./actions/convert-containers/src/lists.ts
/** log.txt and applist.json: the run's fifth step. */




/** Plans the lists for what the stores have, writes them, and commits and tells where that is wanted. */
async function writeLists(catalogue, available, inputs, ports) {
    const before = await readIfThere(ports, external_node_path_default().resolve(ports.runner.workspace, inputs.logFile));
    const publication = planPublication(catalogue, available, before);
    if (publication.refused)
        return { publication, written: undefined };
    const needsGitHub = !inputs.dryRun && (inputs.commit || inputs.dispatchTo.length > 0);
    const github = needsGitHub
        ? connectGitHub({
            token: inputs.token,
            apiUrl: ports.runner.apiUrl,
            http: ports.http,
            clock: ports.clock,
            log: ports.log,
            signal: ports.runner.signal
        })
        : undefined;
    const written = await publish(publication, {
        logFile: inputs.logFile,
        appListFile: inputs.applistFile,
        dryRun: inputs.dryRun,
        commit: github !== undefined && inputs.commit
            ? { github, repository: ports.runner.repository, branch: branchOf(ports.runner.ref) }
            : undefined,
        dispatch: github !== undefined && inputs.dispatchTo.length > 0
            ? { github, to: inputs.dispatchTo, event: inputs.dispatchEvent }
            : undefined
    }, ports);
    return { publication, written };
}
function branchOf(ref) {
    const match = /^refs\/heads\/(.+)$/.exec(ref);
    if (match?.[1] === undefined)
        throw new failure/* FindingError */.Yv(`a commit needs a branch, and this run is on "${ref}"`);
    return match[1];
}
/** Seconds from the push that changed the catalogue until now. */
function lagSeconds(ports) {
    const commit = ports.runner.event['head_commit'];
    if (typeof commit !== 'object' || commit === null || !('timestamp' in commit))
        return undefined;
    const time = Date.parse(String(commit.timestamp));
    return Number.isNaN(time) ? undefined : Math.max(0, (ports.clock.now() - time) / 1000);
}

// EXTERNAL MODULE: ./actions/convert-containers/src/look.ts
var src_look = __nccwpck_require__(7833);
// EXTERNAL MODULE: ./lib/markdown/index.ts
var markdown = __nccwpck_require__(8066);
;// CONCATENATED MODULE: ./actions/convert-containers/src/summary.ts

const MAX_ROWS = 200;
/** Totals first, then what was done, then what is missing where. */
function summaryOf(result, headline) {
    const parts = [`## Containers\n\n${(0,markdown/* escape */.ih)(headline)}\n`];
    if (result.dryRun)
        parts.push('_Dry run: nothing was changed._\n');
    parts.push(storeTable(result));
    const away = result.available.filter(({ verdict }) => verdict !== 'present');
    if (away.length > 0)
        parts.push((0,markdown/* details */.zH)(`Not available (${away.length})`, awayTable(away)));
    if (result.carried.length > 0) {
        const moved = result.carried.reduce((sum, { movedBytes }) => sum + movedBytes, 0);
        parts.push(`### Done\n\n${carriedTable(result.carried)}\n${(0,markdown/* bytes */.ee)(moved)} moved over the network.\n`);
    }
    const jobs = result.plan?.jobs ?? [];
    if (jobs.length > 0 && result.carried.length === 0) {
        parts.push((0,markdown/* details */.zH)(`Plan: ${jobs.length} containers, about ${(0,markdown/* bytes */.ee)(total(jobs))}`, planTable(jobs)));
    }
    if (result.shards.length > 1)
        parts.push((0,markdown/* details */.zH)(`Jobs (${result.shards.length})`, shardTable(result.shards)));
    if (result.publication !== undefined)
        parts.push(publicationText(result));
    if (result.lagSeconds !== undefined) {
        parts.push(`From the commit of the catalogue to the end of this run: ${(0,markdown/* span */.Ln)(result.lagSeconds * 1000)}.\n`);
    }
    return parts.join('\n');
}
function storeTable({ views, available }) {
    const states = [
        'present',
        'pending',
        'missing',
        'unreadable',
        'damaged',
        'size-differs',
        'unknown'
    ];
    const rows = views.map(({ store }) => {
        const own = available.flatMap(({ standings }) => standings.filter((standing) => standing.store.name === store.name));
        const counts = states.map((state) => String(own.filter((standing) => standing.state === state).length));
        return [`${(0,markdown/* escape */.ih)(store.name)}${store.required ? ' (required)' : ''}`, ...counts];
    });
    return (0,markdown/* table */.tp)(['Store', ...states], rows);
}
function awayTable(away) {
    const rows = away.slice(0, MAX_ROWS).map(({ container, standings }) => [
        (0,markdown/* code */.aY)(container.id),
        standings
            .filter(({ state }) => state !== 'present')
            .map(({ store, state, detail }) => (0,markdown/* escape */.ih)(`${store.name}: ${state}${detail === '' ? '' : `, ${detail}`}`))
            .join('<br>')
    ]);
    return (0,markdown/* table */.tp)(['Container', 'Where'], rows) + rest(away.length);
}
function carriedTable(carried) {
    const rows = carried.map((one) => [
        (0,markdown/* code */.aY)(one.id),
        one.failures.length > 0
            ? `**failed**: ${(0,markdown/* escape */.ih)(one.failures.map(({ message }) => message).join('; '))}`
            : one.from,
        (0,markdown/* bytes */.ee)(one.bytes),
        (0,markdown/* span */.Ln)(one.ms),
        one.deliveries
            .map(({ store, assurance, readable }) => (0,markdown/* escape */.ih)(`${store} (${assurance}${readable === true ? ', public' : ''})`))
            .join('<br>'),
        one.image === undefined ? '' : (0,markdown/* code */.aY)(one.image.slice(0, 19)),
        one.sha256 === undefined ? '' : (0,markdown/* code */.aY)(one.sha256.slice(0, 12))
    ]);
    return (0,markdown/* table */.tp)(['Container', 'How', 'Size', 'Time', 'Stores', 'Image', 'SHA-256'], rows);
}
function planTable(jobs) {
    const rows = jobs
        .slice(0, MAX_ROWS)
        .map(({ container, inside, upload, source, bytes: size }) => [
        (0,markdown/* code */.aY)(container.id),
        [...inside.map(({ store }) => `copied within ${store.name}`), ...upload.map(({ name }) => `to ${name}`)]
            .map(markdown/* escape */.ih)
            .join('<br>'),
        (0,markdown/* escape */.ih)(source === undefined ? '' : source.kind === 'store' ? `from ${source.store.name}` : source.kind),
        (0,markdown/* bytes */.ee)(size)
    ]);
    return (0,markdown/* table */.tp)(['Container', 'Stores', 'Bytes from', 'About'], rows) + rest(jobs.length);
}
function shardTable(shards) {
    return (0,markdown/* table */.tp)(['Job', 'Containers', 'About', 'Architecture', 'Runner'], shards.map((shard) => [
        shard.shard,
        String(shard.names.length),
        (0,markdown/* bytes */.ee)(shard.bytes),
        shard.arch,
        shard.runner
    ]));
}
function publicationText({ publication, written }) {
    if (publication === undefined)
        return '';
    const lines = [`log.txt and applist.json list ${publication.listed.length} containers.`];
    if (publication.refused)
        lines.push('They were **not** written, see the findings.');
    else if (written !== undefined) {
        lines.push(written.changed.length === 0 ? 'Nothing changed.' : `Changed: ${written.changed.map(markdown/* code */.aY).join(', ')}.`);
        if (written.commit !== undefined)
            lines.push(`Committed as ${(0,markdown/* code */.aY)(written.commit.slice(0, 12))}.`);
        if (written.dispatched.length > 0)
            lines.push(`Told: ${written.dispatched.map(markdown/* code */.aY).join(', ')}.`);
    }
    return `### Published\n\n${lines.join(' ')}\n`;
}
function rest(count) {
    return count > MAX_ROWS ? `\nAnd ${count - MAX_ROWS} more, in the report.\n` : '';
}
function total(jobs) {
    return jobs.reduce((sum, { bytes: size }) => sum + size, 0);
}

;// CONCATENATED MODULE: ./actions/convert-containers/src/report.ts

function report(result) {
    const findings = [
        // A job of a matrix answers for its own containers; the job that publishes answers for the catalogue.
        ...(result.limited ? [] : result.catalogue.findings),
        ...result.baseFindings,
        ...storeFindings(result),
        ...availabilityFindings(result),
        ...workFindings(result),
        ...(result.publication?.findings ?? []),
        ...(result.written?.findings ?? [])
    ];
    const absent = result.available.filter(({ verdict }) => !['present', 'unknown', 'size-differs'].includes(verdict));
    const unknown = result.available.filter(({ verdict }) => verdict === 'unknown');
    const failed = result.carried.filter(hasFailed);
    const done = result.carried.filter((one) => !hasFailed(one));
    const errors = findings.filter(({ severity }) => severity === 'error');
    const verdict = errors.length > 0 ? 'failed' : findings.some(({ severity }) => severity === 'unknown') ? 'unknown' : 'ok';
    const headline = headlineOf(result, absent.length, unknown.length, failed.length);
    const outcome = {
        verdict,
        headline,
        findings,
        figures: figuresOf(result, absent.length, unknown.length, done, failed),
        details: detailsOf(result),
        outputs: {
            missing: JSON.stringify(absent.map(({ container }) => container.id)),
            unknown: JSON.stringify(unknown.map(({ container }) => container.id)),
            converted: JSON.stringify(done.map(({ id }) => id)),
            failed: JSON.stringify(failed.map(({ id }) => id)),
            matrix: JSON.stringify({ include: result.shards }),
            'has-work': String((result.plan?.jobs.length ?? 0) > 0),
            'log-changed': String((result.written?.changed.length ?? 0) > 0)
        },
        summary: summaryOf(result, headline)
    };
    // A plan is what the next jobs work by: it must not stop them for the one entry that cannot be helped.
    const tells = result.mode === 'plan' || verdict === 'ok';
    return tells ? outcome : { ...outcome, failure: failureOf(headline, findings) };
}
/** A store that is not required does not fail the job. */
function hasFailed({ failures }) {
    return failures.some(({ required }) => required);
}
function headlineOf(result, absent, unknown, failed) {
    const total = result.available.length;
    const parts = [`${total - absent - unknown} of ${total} containers are in every required store`];
    if (absent > 0)
        parts.push(`${absent} are not`);
    if (unknown > 0)
        parts.push(`${unknown} could not be checked`);
    if (result.carried.length > 0)
        parts.push(`${result.carried.length - failed} brought there by this run`);
    if (failed > 0)
        parts.push(`${failed} failed`);
    if (result.catalogue.refused.length > 0 && !result.limited)
        parts.push(`${result.catalogue.refused.length} entries refused`);
    return `${parts.join(', ')}.`;
}
function failureOf(headline, findings) {
    const bad = findings.filter(({ severity }) => severity === 'error' || severity === 'unknown');
    const first = bad.slice(0, 5).map(({ subject, message }) => `${subject}: ${message}`);
    const more = bad.length > 5 ? [`and ${bad.length - 5} more, see the summary`] : [];
    return [headline, ...first, ...more].join('\n');
}
function storeFindings({ views }) {
    return views.flatMap(({ store, listingError }) => {
        if (listingError === undefined || store.remote === undefined)
            return [];
        const seen = store.publicUrl === undefined ? 'nothing is known of it' : 'its public address was asked instead';
        return [
            {
                id: 'store-not-listed',
                subject: store.name,
                severity: store.publicUrl === undefined && store.required ? 'unknown' : 'warning',
                message: `it could not be listed, ${seen}: ${listingError}`,
                hint: 'Look at the remote in rclone’s configuration and at its credentials.'
            }
        ];
    });
}
const HINTS = {
    present: '',
    missing: 'Run the action with mode convert, or look why the last conversion failed.',
    pending: 'Run the action with mode convert: its bytes only have to be copied.',
    unreadable: 'Let everybody read the container of the segments as well (Swift: X-Container-Read .r:*).',
    damaged: 'Run the action with mode convert: it is replaced.',
    'size-differs': 'Compare their SHA-256 with the docker image, and delete the wrong one.',
    unknown: 'Nothing is known; run again when the store answers.'
};
function availabilityFindings({ available, catalogue, mode, plan }) {
    const planned = new Set(mode === 'plan' ? plan?.jobs.map(({ container }) => container.id) : []);
    return available.flatMap(({ container, standings, verdict }) => {
        if (verdict === 'present')
            return [];
        const stores = standings
            .filter(({ state, store }) => store.required && state !== 'present')
            .map(({ store, state, detail }) => `${store.name}: ${state}${detail === '' ? '' : ` (${detail})`}`);
        return [
            {
                id: `container-${verdict}`,
                subject: container.id,
                severity: planned.has(container.id)
                    ? 'notice'
                    : verdict === 'unknown'
                        ? 'unknown'
                        : 'error',
                message: stores.join('; '),
                hint: HINTS[verdict],
                place: { file: catalogue.file, line: container.at.line, column: container.at.column }
            }
        ];
    });
}
function workFindings({ carried, plan, mode, rateLimits }) {
    const findings = carried.flatMap(({ id, failures }) => failures.map(({ message, required }) => ({
        id: 'convert-failed',
        subject: id,
        severity: required ? 'error' : 'warning',
        message
    })));
    if (mode === 'convert' || mode === 'all' || mode === 'plan') {
        for (const { container, kind, reason } of plan?.blocked ?? []) {
            // What is wrong with these is told by their state already.
            if (kind === 'differs' || kind === 'no-target')
                continue;
            findings.push({
                id: { 'no-image': 'image-missing', limited: 'registry-limit', unknown: 'image-unknown' }[kind],
                subject: container.id,
                severity: kind === 'unknown' ? 'unknown' : 'error',
                message: reason,
                ...(kind === 'limited'
                    ? { hint: 'Log in to the registry, name a mirror first in `registries`, or run again later.' }
                    : {}),
                ...(kind === 'no-image'
                    ? { hint: 'Push the image, or correct its build date in the catalogue.' }
                    : {})
            });
        }
    }
    for (const { assurance, id } of carried.flatMap((one) => one.deliveries.map((own) => ({ ...own, id: one.id })))) {
        if (assurance !== 'size only')
            continue;
        findings.push({
            id: 'object-unverified',
            subject: id,
            severity: 'notice',
            message: 'only its size could be compared after the upload: the store tells no MD5'
        });
    }
    for (const { host, remaining, limit } of rateLimits) {
        if (remaining * 10 > limit)
            continue;
        findings.push({
            id: 'registry-limit-near',
            subject: host,
            severity: 'warning',
            message: `${remaining} of ${limit} pulls are left`,
            hint: 'Log in to the registry, or name a mirror first in `registries`.'
        });
    }
    return findings;
}
function figuresOf(result, absent, unknown, done, failed) {
    const sum = (values) => values.reduce((total, value) => total + value, 0);
    return {
        'container-count': result.available.length,
        'missing-count': absent,
        'unknown-count': unknown,
        'refused-count': result.catalogue.refused.length,
        'planned-count': result.plan?.jobs.length ?? 0,
        'planned-bytes': sum((result.plan?.jobs ?? []).map((job) => job.bytes)),
        'converted-count': done.length,
        'failed-count': failed.length,
        'moved-bytes': sum(result.carried.map(({ movedBytes }) => movedBytes)),
        'look-ms': Math.round(result.lookMs),
        ...(result.lagSeconds === undefined ? {} : { 'availability-lag-seconds': Math.round(result.lagSeconds) })
    };
}
function detailsOf(result) {
    return {
        stores: result.views.map(({ store, listingError }) => ({
            name: store.name,
            required: store.required,
            ...(listingError === undefined ? {} : { listingError })
        })),
        containers: result.available
            .filter(({ standings }) => standings.some(({ state }) => state !== 'present'))
            .map(({ container, standings, verdict }) => ({
            name: container.id,
            verdict,
            stores: Object.fromEntries(standings.map(({ store, state, bytes: size, detail }) => [
                store.name,
                { state, bytes: size, detail }
            ]))
        })),
        carried: result.carried
    };
}

;// CONCATENATED MODULE: ./actions/convert-containers/src/source.ts
/** Texts that are given by path or URL. */




const MAX_BYTES = 16 * 1024 * 1024;
const MAX_HOPS = 5;
/** @throws InputError for a file that cannot be read, TransientError or HttpStatusError for a URL. */
async function readSource(input, source, ports) {
    if (/^https?:\/\//i.test(source))
        return { text: await download(source, ports), file: source };
    const absolute = external_node_path_default().resolve(ports.runner.workspace, source);
    try {
        const { size } = await ports.fs.stat(absolute);
        if (size > MAX_BYTES)
            throw new Error(`${size} bytes, at most ${MAX_BYTES} are read`);
        const text = await ports.fs.readFile(absolute, 'utf8');
        const relative = external_node_path_default().relative(ports.runner.workspace, absolute);
        return { text, file: relative.startsWith('..') ? absolute : relative };
    }
    catch (error) {
        throw new failure/* InputError */.dz([
            { input, given: source, allowed: 'a file that can be read', fix: (0,failure/* messageOf */.bD)(error) }
        ]);
    }
}
async function download(source, ports) {
    const { clock, log } = ports;
    const response = await (0,retry/* retry */.L5)(`GET ${source}`, async () => await follow(source, ports), {
        classify: retry/* classifyHttp */.d3,
        clock,
        log,
        signal: ports.runner.signal
    });
    return response;
}
async function follow(source, ports) {
    let url = source;
    for (let hop = 0; hop < MAX_HOPS; hop++) {
        const response = await ports.http.request(url, { maxBytes: MAX_BYTES, signal: ports.runner.signal });
        const location = response.headers['location'];
        if (response.status < 300 || response.status > 399 || location === undefined) {
            return (0,http/* expectStatus */.oi)(response).body.toString('utf8');
        }
        const next = new URL(location, url);
        if (url.startsWith('https:') && next.protocol !== 'https:')
            throw new Error(`${url} redirects to plain HTTP`);
        url = next.href;
    }
    throw new Error(`${source} redirects more than ${MAX_HOPS} times`);
}

;// CONCATENATED MODULE: ./actions/convert-containers/src/keep.ts
/**
 * What the input `keep` names: files like log.txt, lists of names, and folders with NeuroDesk's release files
 * (`releases/TOOL/VERSION.json`). Somebody cites these containers; a list that cannot be read whole stops everything.
 */




/** Names of objects, without `.simg`. @throws InputError with every list that cannot be read. */
async function readKeep(sources, ports) {
    const names = new Set();
    const problems = [];
    for (const source of sources) {
        try {
            const found = await readOne(source, ports);
            if (found.length === 0)
                throw new Error('it names no container');
            for (const name of found)
                names.add(name);
        }
        catch (error) {
            const fix = (0,failure/* messageOf */.bD)(error);
            problems.push({
                input: 'keep',
                given: source,
                allowed: 'a list or a folder of releases that can be read whole',
                fix
            });
        }
    }
    if (problems.length > 0)
        throw new failure/* InputError */.dz(problems);
    return names;
}
async function readOne(source, ports) {
    if (!/^https?:/i.test(source)) {
        const folder = external_node_path_default().resolve(ports.runner.workspace, source);
        const stat = await ports.fs.stat(folder);
        if (stat.isDirectory())
            return await readReleases(folder, ports);
    }
    const { text } = await readSource('keep', source, ports);
    return parseNames(text);
}
/** One name a line, with or without `.simg`, with or without what log.txt has behind it; `#` begins a comment. */
function parseNames(text) {
    return text.split(/\r?\n/).flatMap((line, index) => {
        const [word = ''] = line.replace(/#.*$/, '').trim().split(/\s+/);
        if (word === '')
            return [];
        const name = word.replace(/\.simg$/, '');
        const reason = unsafeBecause(name);
        if (reason !== undefined)
            throw new Error(`line ${index + 1} is no name of a container: ${reason}`);
        return [name];
    });
}
async function readReleases(folder, ports) {
    const names = [];
    for (const tool of await ports.fs.readdir(folder, { withFileTypes: true })) {
        if (!tool.isDirectory())
            continue;
        for (const file of await ports.fs.readdir(external_node_path_default().join(folder, tool.name))) {
            if (!file.endsWith('.json'))
                continue;
            const text = await ports.fs.readFile(external_node_path_default().join(folder, tool.name, file), 'utf8');
            names.push(...namesOfRelease(text, tool.name, file.slice(0, -'.json'.length), `${tool.name}/${file}`));
        }
    }
    return names;
}
/**
 * The objects that a release file stands for: its `image`, the name of the file, and the key of the app, each with
 * the build date. One of them is the object; protecting a name that nobody has costs nothing.
 */
function namesOfRelease(text, tool, version, file) {
    const { root, problems } = parseJson(text);
    if (root === undefined || problems.length > 0)
        throw new Error(`${file} is no JSON`);
    const release = plain(root);
    const apps = typeof release === 'object' ? release.apps : undefined;
    if (typeof apps !== 'object' || apps === null || Object.keys(apps).length === 0)
        throw new Error(`${file} has no apps`);
    return Object.entries(apps).flatMap(([key, app]) => {
        const { version: date, image } = (app ?? {});
        if (typeof date !== 'string' || date === '')
            throw new Error(`${file}: ${JSON.stringify(key)} has no version`);
        const images = [
            `${tool}_${version}`,
            key.trim().replaceAll(/\s+/g, '_'),
            ...(typeof image === 'string' ? [image] : [])
        ];
        return images.map((name) => `${name}_${date}`);
    });
}

;// CONCATENATED MODULE: ./actions/convert-containers/src/retain.ts
/**
 * What may be deleted from the stores: containers that left the catalogue long ago, builds that waited too long in
 * the cache, and segments whose object is gone. Everything speaks for keeping: what is not surely old and surely
 * unwanted stays. Pure.
 */


const retain_DAY = 86_400_000;
/** Finished builds wait for a release this long. */
const CACHE_DAYS = 30;
/** An upload of 30 GB may still be under way. */
const SEGMENT_DAYS = 7;
const LIMIT_COUNT = 25;
const LIMIT_SHARE = 0.05;
/** @param protectedObjects names without `.simg`. */
function planRetention(contents, protectedObjects, rules) {
    const kept = { protected: 0, young: 0, foreign: 0 };
    const deletions = [];
    for (const { store, objects, cached, segments, manifests } of contents) {
        const there = new Set(objects.map(({ key }) => key));
        const waiting = new Set(cached.map(({ key }) => key));
        const used = new Set([...(manifests?.values() ?? [])].flatMap((sets) => [...sets]));
        // Whatever its name, a set that an object is made of stays; one that told nothing keeps every set with its name.
        const inUse = ({ object, set }) => manifests === undefined ||
            used.has(set) ||
            ((there.has(object) || waiting.has(object)) && !manifests.has(object));
        const consider = (kind, object, days) => {
            if (object.modified === undefined || rules.now - object.modified < days * retain_DAY)
                kept.young++;
            else
                deletions.push({ store, kind, key: object.key, bytes: object.bytes, modified: object.modified });
        };
        for (const object of objects) {
            const name = containerOf(object.key);
            if (name === undefined)
                kept.foreign++;
            else if (protectedObjects.has(name))
                kept.protected++;
            else
                consider('object', object, rules.retentionDays);
        }
        for (const object of cached) {
            const file = object.key.split('/').at(-1) ?? '';
            const name = containerOf(file);
            if (name === undefined)
                kept.foreign++;
            // The next run copies it from here to its final name.
            else if (protectedObjects.has(name) && !there.has(file))
                kept.protected++;
            else
                consider('cached', object, CACHE_DAYS);
        }
        for (const segment of segments) {
            const owner = segmentSet(segment.key);
            if (owner === undefined)
                kept.foreign++;
            else if (inUse(owner))
                kept.protected++;
            else
                consider('segment', segment, SEGMENT_DAYS);
        }
    }
    deletions.sort((a, b) => retain_compare(lineOf(a), lineOf(b)));
    const listed = contents.reduce((sum, { objects, cached }) => sum + objects.length + cached.length, 0);
    return {
        deletions,
        hash: (0,external_node_crypto_.createHash)('sha256').update(deletions.map(lineOf).join('')).digest('hex'),
        limit: rules.maxDelete ?? Math.max(LIMIT_COUNT, Math.floor(listed * LIMIT_SHARE)),
        counted: deletions.filter(({ kind }) => kind !== 'segment').length,
        kept
    };
}
/** Why nothing may be deleted, whatever the plan says. */
function objections(catalogue, base, plan, given) {
    const findings = [];
    const object = (id, message, hint, severity = 'error') => {
        findings.push({ id, subject: catalogue.file, severity, message, hint });
    };
    if (catalogue.broken) {
        object('retain-catalogue-broken', 'the catalogue is no JSON: nothing is deleted by it', 'Correct the file.');
    }
    else if (catalogue.containers.length === 0) {
        object('retain-catalogue-empty', 'the catalogue has no containers: nothing is deleted by it', 'Look whether it is the right file.');
    }
    else if (catalogue.findings.some(({ severity }) => severity === 'error')) {
        const names = catalogue.findings
            .filter(({ severity }) => severity === 'error')
            .slice(0, 5)
            .map(({ subject }) => subject)
            .join(', ');
        object('retain-catalogue-faulty', `the catalogue has faults (${names}): nothing is deleted by it`, 'Correct them first.');
    }
    if (base?.shrunken === true) {
        object('retain-catalogue-shrunken', 'the catalogue has lost many containers at once: nothing is deleted by it', 'Look whether it was cut off.');
    }
    if (plan === undefined)
        return findings;
    if (given.confirmPlan !== '' && given.confirmPlan !== plan.hash) {
        const message = `the plan that was confirmed is not the plan of now: ${given.confirmPlan} is confirmed, ${plan.hash} would be carried out`;
        object('retain-plan-changed', message, 'Look at the plan again, and confirm its hash.');
    }
    else if (plan.counted > plan.limit && given.confirmPlan === '') {
        object('retain-too-many', `${plan.counted} objects would go, at most ${plan.limit} may go without a confirmation`, `When they shall go: confirm-plan: ${plan.hash}`, given.delete ? 'error' : 'warning');
    }
    return findings;
}
/** The container that an object holds, by its name; undefined for what is no container's. */
function containerOf(key) {
    const name = /^([^/]+)\.simg$/.exec(key)?.[1];
    if (name === undefined || unsafeBecause(name) !== undefined)
        return undefined;
    return parseContainerName(name) === undefined ? undefined : name;
}
/**
 * rclone's segments are `OBJECT/MTIME/SIZE/NUMBER`, since 1.69 `OBJECT/DATE-TIME-RANDOM/NUMBER` (rclone,
 * backend/swift); what is named otherwise is not known and stays.
 */
function segmentSet(key) {
    const match = /^((.+\.simg)\/(?:\d+\.\d+\/\d+|\d{4}-\d\d-\d\d-\d{6}-[\w-]{16,32}))\/\d+$/.exec(key);
    return match?.[1] === undefined || match[2] === undefined ? undefined : { object: match[2], set: match[1] };
}
function lineOf({ store, kind, key, bytes, modified }) {
    return `${kind}\t${store}\t${key}\t${bytes}\t${modified}\n`;
}
function retain_compare(a, b) {
    return a < b ? -1 : a > b ? 1 : 0;
}

// EXTERNAL MODULE: ./node_modules/p-limit/index.js + 1 modules
var p_limit = __nccwpck_require__(370);
// EXTERNAL MODULE: ./lib/store/index.ts + 3 modules
var lib_store = __nccwpck_require__(5177);
;// CONCATENATED MODULE: ./actions/convert-containers/src/sweep.ts
/** Lists everything in the stores for the retention, and deletes what its plan names. */




/** A store that cannot be listed whole is left out, and told. */
async function listContents(stores, cachePrefix, rclone, ports) {
    const contents = [];
    const findings = [];
    for (const store of stores) {
        if (store.remote === undefined)
            continue;
        try {
            const objects = await rclone.list(store, { modified: true });
            const cached = cachePrefix === ''
                ? []
                : (await rclone.list(store, { folder: cachePrefix, modified: true })).map(inFolder(cachePrefix));
            const segments = await listSegments(store, rclone);
            const manifests = await readManifests(store, [...objects, ...cached], segments, ports);
            if (manifests === undefined) {
                findings.push({
                    id: 'retain-segments-unknown',
                    subject: store.name,
                    severity: 'notice',
                    message: `its ${segments.length} segments stay: not every object tells which of them it is made of`,
                    hint: 'Give the store its public-url=, and let everybody read its objects.'
                });
            }
            contents.push({ store: store.name, objects, cached, segments, manifests });
        }
        catch (error) {
            ports.runner.signal.throwIfAborted();
            findings.push({
                id: 'retain-store-unknown',
                subject: store.name,
                severity: 'unknown',
                message: `it could not be listed, nothing is deleted in it: ${(0,failure/* messageOf */.bD)(error).split('\n', 1)[0] ?? ''}`
            });
        }
    }
    return { contents, findings };
}
function inFolder(folder) {
    return (object) => ({ ...object, key: `${folder}/${object.key}` });
}
async function listSegments(store, rclone) {
    const segments = (0,lib_store/* segmentStore */.RN)(store);
    if (segments === undefined || !(await rclone.features(store)).buckets)
        return [];
    return await rclone.listAll(segments);
}
/** HEAD requests at once. */
const REQUESTS = 32;
/**
 * The sets of segments that each object is made of. Undefined when one of them could not be asked, or when the
 * address hides it: then nobody knows which segments are needed.
 */
async function readManifests(store, objects, segments, ports) {
    const manifests = new Map();
    if (segments.length === 0)
        return manifests;
    const { http, clock, log, runner } = ports;
    const options = { http, clock, log, timeoutMs: 30_000, signal: runner.signal };
    const owners = new Set(segments.map(({ key }) => segmentSet(key)?.object));
    const limit = (0,p_limit/* default */.A)(REQUESTS);
    let complete = true;
    await Promise.all(objects.map(async ({ key }) => await limit(async () => {
        const url = (0,lib_store/* publicPath */.Zd)(store, key);
        if (url === undefined)
            complete = false;
        if (url === undefined || !complete)
            return;
        const parts = await (0,lib_store/* segmentsOf */.OD)(url, options);
        if (parts === undefined)
            complete = false;
        else if (parts.length > 0)
            manifests.set(key, new Set(parts.map(setOf)));
    })));
    const large = objects.filter(({ key }) => owners.has(key));
    const hidden = large.length > 0 && large.every(({ key }) => !manifests.has(key));
    return complete && !hidden ? manifests : undefined;
}
/** `CONTAINER/SET` or `CONTAINER/SET/NUMBER`; a name of another form is a set of its own. */
function setOf(part) {
    const key = part.slice(part.indexOf('/') + 1);
    return segmentSet(key)?.set ?? key;
}
/** Deletes one by one; what changed since it was listed stays. */
async function sweep(deletions, stores, rclone, ports, parallel) {
    const byName = new Map(stores.map((store) => [store.name, store]));
    const deleted = [];
    const findings = [];
    const limit = (0,p_limit/* default */.A)(parallel);
    await Promise.all(deletions.map(async (deletion) => await limit(async () => {
        ports.runner.signal.throwIfAborted();
        const store = byName.get(deletion.store);
        const place = store === undefined ? undefined : deletion.kind === 'segment' ? (0,lib_store/* segmentStore */.RN)(store) : store;
        if (place === undefined)
            throw new Error(`no store is called ${deletion.store}`);
        try {
            const now = await rclone.stat(place, deletion.key, { modified: true });
            if (now === undefined)
                return;
            if (now.bytes !== deletion.bytes || now.modified !== deletion.modified) {
                ports.log.info(`${deletion.store}: ${deletion.key} was written anew and stays`);
                return;
            }
            await rclone.remove(place, deletion.key);
            ports.log.info(`${deletion.store}: ${deletion.key} deleted`);
            deleted.push(deletion);
        }
        catch (error) {
            ports.runner.signal.throwIfAborted();
            findings.push({
                id: 'retain-failed',
                subject: `${deletion.store}: ${deletion.key}`,
                severity: 'error',
                message: (0,failure/* messageOf */.bD)(error).split('\n', 1)[0] ?? ''
            });
        }
    })));
    return { deleted, findings };
}

;// CONCATENATED MODULE: ./actions/convert-containers/src/retention.ts






const retention_MAX_ROWS = 200;
async function runRetention(catalogue, comparison, inputs, ports) {
    const { log } = ports;
    const confirm = { delete: inputs.delete && !inputs.dryRun, confirmPlan: inputs.confirmPlan };
    // 1. What must stay: a list that cannot be read ends it here.
    const kept = await log.group('What is kept', async () => await readKeep(inputs.keep, ports));
    const objects = new Set([
        ...catalogue.containers.map(({ object }) => object),
        ...catalogue.containers.map(({ id }) => id),
        ...kept
    ]);
    const early = objections(catalogue, comparison, undefined, confirm);
    if (early.length > 0)
        return outcome(undefined, [], early, inputs);
    // 2. What there is.
    const stores = (0,src_inputs/* storesOf */.oi)(inputs);
    const rclone = await (0,src_look/* findRclone */.n7)(stores, inputs.toolMirror, ports);
    const listed = await log.group('Stores', async () => await listContents(stores, inputs.cachePrefix, rclone, ports));
    // 3. What may go, and who would have to agree.
    const plan = planRetention(listed.contents, objects, {
        now: ports.clock.now(),
        retentionDays: inputs.retentionDays,
        maxDelete: inputs.maxDelete === '' ? undefined : Number(inputs.maxDelete)
    });
    const findings = [...listed.findings, ...objections(catalogue, comparison, plan, confirm)];
    for (const { store, key, bytes: size } of plan.deletions.slice(0, retention_MAX_ROWS))
        log.info(`${store}: ${key} (${(0,markdown/* bytes */.ee)(size)})`);
    log.info(`plan ${plan.hash}: ${plan.deletions.length} objects`);
    if (!confirm.delete || findings.some(({ severity }) => severity === 'error'))
        return outcome(plan, [], findings, inputs);
    // 4. Delete it.
    const swept = await log.group(`Delete ${plan.deletions.length} objects`, async () => await sweep(plan.deletions, stores, rclone, ports, inputs.maxParallel));
    return outcome(plan, swept.deleted, [...findings, ...swept.findings], inputs);
}
function outcome(plan, deleted, findings, inputs) {
    const deletions = plan?.deletions ?? [];
    const freed = deleted.reduce((sum, { bytes: size }) => sum + size, 0);
    const errors = findings.filter(({ severity }) => severity === 'error');
    const unknown = findings.filter(({ severity }) => severity === 'unknown');
    const verdict = errors.length > 0 ? 'failed' : unknown.length > 0 ? 'unknown' : 'ok';
    const headline = plan === undefined
        ? 'Nothing was deleted.'
        : deleted.length > 0
            ? `${deleted.length} of ${deletions.length} objects deleted, ${(0,markdown/* bytes */.ee)(freed)} freed.`
            : `${deletions.length} objects may go, none was deleted.`;
    const bad = [...errors, ...unknown].map(({ subject, message, hint }) => hint === undefined ? `${subject}: ${message}` : `${subject}: ${message}. ${hint}`);
    return {
        verdict,
        headline,
        findings,
        figures: {
            'planned-count': deletions.length,
            'planned-bytes': deletions.reduce((sum, { bytes: size }) => sum + size, 0),
            'deleted-count': deleted.length,
            'deleted-bytes': freed,
            'protected-count': plan?.kept.protected ?? 0,
            'young-count': plan?.kept.young ?? 0,
            'foreign-count': plan?.kept.foreign ?? 0
        },
        details: { deletions, deleted: deleted.map(({ store, key }) => `${store}: ${key}`) },
        outputs: { 'plan-hash': plan?.hash ?? '', 'has-work': String(deletions.length > 0) },
        summary: summary(plan, deleted, headline, inputs),
        ...(verdict === 'ok' ? {} : { failure: [headline, ...bad].join('\n') })
    };
}
function summary(plan, deleted, headline, inputs) {
    const parts = [`## Retention\n\n${(0,markdown/* escape */.ih)(headline)}\n`];
    if (plan === undefined)
        return parts.join('\n');
    const { kept, limit, hash } = plan;
    parts.push(`Kept: ${kept.protected} that are wanted, ${kept.young} that are younger than ${inputs.retentionDays} days (or their limit), ` +
        `${kept.foreign} that are no containers. At most ${limit} go without a confirmation.\n`, `Plan: ${(0,markdown/* code */.aY)(hash)}\n`);
    if (plan.deletions.length > 0) {
        const gone = new Set(deleted);
        const rows = plan.deletions
            .slice(0, retention_MAX_ROWS)
            .map((one) => [
            (0,markdown/* escape */.ih)(one.store),
            one.kind,
            (0,markdown/* code */.aY)(one.key),
            (0,markdown/* bytes */.ee)(one.bytes),
            new Date(one.modified).toISOString().slice(0, 10),
            gone.has(one) ? 'deleted' : ''
        ]);
        const more = plan.deletions.length > retention_MAX_ROWS
            ? `\nAnd ${plan.deletions.length - retention_MAX_ROWS} more, in the report.\n`
            : '';
        parts.push((0,markdown/* details */.zH)(`Objects (${plan.deletions.length})`, (0,markdown/* table */.tp)(['Store', 'What', 'Name', 'Size', 'Written', ''], rows) + more));
    }
    return parts.join('\n');
}

// EXTERNAL MODULE: ./actions/convert-containers/src/select.ts
var src_select = __nccwpck_require__(6690);
;// CONCATENATED MODULE: ./actions/convert-containers/src/shards.ts
/** Most jobs that GitHub makes of one matrix. */
const MAX_JOBS = 256;
/** Free disk that GitHub promises on a standard runner, and what its larger ones have. */
const STANDARD_DISK = 14e9;
const LARGE_DISK = 130e9;
/**
 * Longest job first, each to the shard that has the least so far; architectures stay apart, since each wants its
 * own machine. The result is the same for the same plan.
 */
function makeShards(jobs, wanted) {
    const groups = new Map();
    for (const job of jobs) {
        const group = groups.get(job.container.architecture) ?? [];
        group.push(job);
        groups.set(job.container.architecture, group);
    }
    const limit = Math.max(groups.size, Math.min(wanted, MAX_JOBS));
    const counts = spread([...groups.values()].map((group) => ({ jobs: group.length, bytes: shards_total(group) })), limit);
    const bins = [...groups].flatMap(([arch, group], index) => fill(group, counts[index] ?? 1).map((bin) => ({ arch, jobs: bin })));
    return bins.map(({ arch, jobs: own }, index) => {
        const disk = Math.max(...own.map(({ diskBytes }) => diskBytes));
        return {
            shard: `${index + 1}/${bins.length}`,
            names: own.map(({ container }) => container.id),
            bytes: shards_total(own),
            'disk-bytes': disk,
            arch,
            runner: disk <= STANDARD_DISK ? 'standard' : disk <= LARGE_DISK ? 'large' : 'self-hosted'
        };
    });
}
/** How many shards each group gets: one each, the rest where there is most to do for one shard. */
function spread(groups, limit) {
    const counts = groups.map(() => 1);
    for (let left = limit - groups.length; left > 0; left--) {
        let best = -1;
        let load = -1;
        groups.forEach(({ jobs, bytes }, index) => {
            const count = counts[index] ?? 1;
            if (count < jobs && bytes / count > load) {
                load = bytes / count;
                best = index;
            }
        });
        if (best === -1)
            break;
        counts[best] = (counts[best] ?? 1) + 1;
    }
    return counts;
}
function fill(jobs, count) {
    const bins = Array.from({ length: Math.min(count, jobs.length) }, () => ({ bytes: 0, jobs: [] }));
    const longest = [...jobs].sort((a, b) => b.bytes - a.bytes || shards_compare(a.container.id, b.container.id));
    for (const job of longest) {
        const lightest = bins.reduce((a, b) => b.bytes < a.bytes || (b.bytes === a.bytes && b.jobs.length < a.jobs.length) ? b : a);
        lightest.bytes += job.bytes;
        lightest.jobs.push(job);
    }
    return bins.map((bin) => bin.jobs);
}
function shards_compare(a, b) {
    return a < b ? -1 : a > b ? 1 : 0;
}
function shards_total(jobs) {
    return jobs.reduce((sum, { bytes }) => sum + bytes, 0);
}

// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __nccwpck_require__(8161);
var external_node_os_default = /*#__PURE__*/__nccwpck_require__.n(external_node_os_);
;// CONCATENATED MODULE: external "node:process"
const external_node_process_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:process");
var external_node_process_default = /*#__PURE__*/__nccwpck_require__.n(external_node_process_namespaceObject);
// EXTERNAL MODULE: ./lib/registry/index.ts + 10 modules
var lib_registry = __nccwpck_require__(9172);
;// CONCATENATED MODULE: ./actions/convert-containers/src/images.ts
/** Docker images of containers: which of the registries has one, under which digest, how large. */






/**
 * Asks the registries in order; the first that has the image for the container's architecture is taken.
 * @param limits.refused registries that have refused further requests in this run, and why: they are not asked again.
 */
async function findImage(container, registries, registry, limits = {
    refused: new Map(),
    now: () => 0
}) {
    const unfit = notAnImageBecause(container.image) ??
        ((0,lib_registry/* isTag */.dz)(container.buildDate) ? undefined : 'its build date is no tag');
    if (unfit !== undefined)
        return { kind: 'absent', reason: `${container.image}:${container.buildDate}: ${unfit}` };
    const unknown = [];
    const absent = [];
    const limited = [];
    for (const { namespace, optional } of registries) {
        const reference = referenceOf(container, namespace);
        const refused = limits.refused.get(reference.host);
        if (refused !== undefined) {
            if (!optional)
                limited.push(refused);
            continue;
        }
        try {
            const found = await registry.image(reference, { os: 'linux', architecture: container.architecture });
            if (found === undefined) {
                absent.push((0,lib_registry/* formatReference */.FH)(reference));
                continue;
            }
            const { digest } = found.descriptor;
            const image = {
                reference: (0,lib_registry/* formatReference */.FH)((0,lib_registry.at)(reference, digest)),
                digest,
                layerCount: found.manifest.layers.length,
                compressedBytes: found.compressedSize,
                insecure: (0,lib_registry/* isLoopback */.U9)(reference.host)
            };
            return { kind: 'image', image };
        }
        catch (error) {
            const reason = (0,failure/* messageOf */.bD)(error).split('\n', 1)[0] ?? '';
            const limit = refusalOf(error, reference.host, limits.now());
            if (limit !== undefined)
                limits.refused.set(reference.host, limit);
            if (limit !== undefined && !optional)
                limited.push(limit);
            else if (optional)
                absent.push(`${(0,lib_registry/* formatReference */.FH)(reference)} (optional: ${reason})`);
            else
                unknown.push(reason);
        }
    }
    if (unknown.length > 0)
        return { kind: 'unknown', reason: [...unknown, ...limited].join('; ') };
    if (limited.length > 0)
        return { kind: 'limited', reason: limited.join('; ') };
    return { kind: 'absent', reason: `no registry has it for ${container.architecture}: ${absent.join(', ')}` };
}
function referenceOf(container, namespace) {
    return {
        host: namespace.host,
        path: `${namespace.path}/${container.image}`,
        tag: container.buildDate,
        digest: undefined
    };
}
/** What a registry said when it refuses because there were too many requests; undefined for everything else. */
function refusalOf(error, host, now) {
    const cause = error instanceof failure/* TransientError */.N_ ? error.cause : error;
    if (!(cause instanceof http/* HttpStatusError */.F9))
        return undefined;
    if (cause.status !== 429 && !/"code"\s*:\s*"TOOMANYREQUESTS"/i.test(cause.body))
        return undefined;
    const wait = (0,retry/* retryAfterMs */.Vs)(cause.headers, now);
    const asks = wait === undefined ? '' : `, and asks to wait ${(0,markdown/* span */.Ln)(wait)}`;
    return `${host} gives no more pulls for now${asks} (HTTP ${cause.status})`;
}
/** The same HTTP, and the last rate limit that each host told. */
function watchRateLimit(http) {
    const limits = new Map();
    const note = (response) => {
        const limit = quota(response.headers['ratelimit-limit']);
        const remaining = quota(response.headers['ratelimit-remaining']);
        if (limit !== undefined && remaining !== undefined) {
            const host = new URL(response.url).host;
            const before = limits.get(host);
            // Answers overtake each other: the lowest count is the newest.
            const left = Math.min(remaining.count, before?.limit === limit.count ? before.remaining : Infinity);
            limits.set(host, { host, limit: limit.count, remaining: left, windowSeconds: limit.window });
        }
        return response;
    };
    return {
        limits,
        http: {
            request: async (url, options) => note(await http.request(url, options)),
            stream: async (url, options) => note(await http.stream(url, options))
        }
    };
}
/** `100;w=21600` */
function quota(header) {
    const match = /^(\d{1,9})(?:;w=(\d{1,9}))?$/.exec(header?.trim() ?? '');
    if (match === null)
        return undefined;
    return { count: Number(match[1]), window: Number(match[2] ?? 0) };
}
/** A build reads the manifest once or twice more. */
const PULLS_PER_BUILD = 2;
/**
 * Which of these images may be built before the registries' limits are used up, in the order given. A host that
 * told no limit has none. Pure.
 */
function withinLimits(images, limits) {
    const left = new Map(limits.map((limit) => [hubOf(limit.host), { limit, pulls: limit.remaining }]));
    const within = [];
    const beyond = [];
    for (const image of images) {
        const account = left.get(hubOf(image.reference.split('/', 1)[0] ?? ''));
        if (account === undefined)
            within.push(image);
        else if (account.pulls >= PULLS_PER_BUILD) {
            account.pulls -= PULLS_PER_BUILD;
            within.push(image);
        }
        else
            beyond.push({ image, limit: account.limit });
    }
    return { within, beyond };
}
/** Docker Hub answers under another name than the one in references. */
function hubOf(host) {
    return host.endsWith('.docker.io') ? 'docker.io' : host;
}

;// CONCATENATED MODULE: ./actions/convert-containers/src/plan.ts

/**
 * Disk that Apptainer takes for an image of `compressed` bytes: the layers, the unpacked tree (about 2.2 times as
 * large), the squashfs and the SIF. Measured at 3.7 to 4.8 times the layers for images of 0.5 GB.
 */
const DISK_FACTOR = 4.8;
const DISK_BASE = 64 * 1024 * 1024;
/** SIF bytes per byte of layers, both gzip: 0.86 for an image of 0.5 GB. */
const SIF_FACTOR = 0.9;
/** Object stores copy at most 5 GB by themselves. */
const MAX_SERVER_COPY = 5_000_000_000;
/** Containers for which the registries have to be asked: nobody has their bytes. */
function needingImages(available, local) {
    return available
        .filter((entry) => {
        const targets = targetsOf(entry);
        const fromCache = targets.every(({ cached }) => cached !== undefined);
        return (targets.length > 0 &&
            !fromCache &&
            !local.has(entry.container.object) &&
            storeWithBytes(entry) === undefined);
    })
        .map(({ container }) => container);
}
function makePlan(available, facts) {
    const jobs = [];
    const blocked = [];
    for (const entry of available) {
        const planned = planOne(entry, facts);
        if (planned === undefined)
            continue;
        if ('kind' in planned)
            blocked.push(planned);
        else
            jobs.push(planned);
    }
    return { jobs, blocked };
}
function planOne(entry, facts) {
    const { container } = entry;
    const targets = targetsOf(entry);
    if (targets.length === 0)
        return nothingToDo(entry);
    const inside = targets.flatMap(({ store, cached }) => cached !== undefined && cached <= MAX_SERVER_COPY ? [{ store, bytes: cached }] : []);
    const upload = targets
        .filter(({ store }) => !inside.some((other) => other.store === store))
        .map(({ store }) => store);
    const insideBytes = inside.reduce((sum, { bytes }) => sum + bytes, 0);
    if (upload.length === 0)
        return { container, inside, upload, source: undefined, bytes: insideBytes, diskBytes: 0 };
    const local = facts.local.get(container.object);
    const job = (source, sourceBytes, uploadBytes, diskBytes) => ({
        container,
        inside,
        upload,
        source,
        bytes: insideBytes + sourceBytes + uploadBytes * upload.length,
        diskBytes
    });
    if (local !== undefined)
        return job({ kind: 'local', file: local.file }, 0, local.bytes, 0);
    const elsewhere = storeWithBytes(entry);
    if (elsewhere !== undefined) {
        const { bytes, ...where } = elsewhere;
        return job({ kind: 'store', ...where }, bytes, bytes, bytes);
    }
    const found = facts.images.get(container.object);
    if (found?.kind !== 'image') {
        const kind = found?.kind === 'absent' ? 'no-image' : found?.kind === 'limited' ? 'limited' : 'unknown';
        return { container, kind, reason: found?.reason ?? 'the registries were not asked' };
    }
    const { compressedBytes } = found.image;
    const sif = Math.round(compressedBytes * SIF_FACTOR);
    const disk = Math.round(compressedBytes * DISK_FACTOR) + DISK_BASE;
    return job({ kind: 'convert', image: found.image }, compressedBytes, sif, disk);
}
/** Leaves out what the registries would refuse before it is done: half of it would be pulled for nothing. */
function respectLimits(plan, limits) {
    const builds = plan.jobs.flatMap((job) => job.source?.kind === 'convert' ? [{ job, reference: job.source.image.reference }] : []);
    const { beyond } = withinLimits(builds, limits);
    const left = new Set(beyond.map(({ image }) => image.job));
    return {
        jobs: plan.jobs.filter((job) => !left.has(job)),
        blocked: [
            ...plan.blocked,
            ...beyond.map(({ image: { job }, limit }) => ({
                container: job.container,
                kind: 'limited',
                reason: `${limit.host} gives only ${limit.remaining} more of its ${limit.limit} pulls in ${limit.windowSeconds / 3600} h`
            }))
        ]
    };
}
/** Stores without the container that can be written to. */
function targetsOf({ standings }) {
    return standings.filter(({ state, store }) => store.remote !== undefined && (state === 'missing' || state === 'pending' || state === 'damaged'));
}
function nothingToDo({ container, standings, verdict }) {
    const required = standings.filter(({ store }) => store.required);
    const say = (kind, state) => {
        const first = required.find((own) => own.state === state);
        return { container, kind, reason: `${first?.store.name ?? ''}: ${first?.detail ?? ''}` };
    };
    if (verdict === 'present')
        return undefined;
    if (verdict === 'unknown')
        return say('unknown', 'unknown');
    if (verdict === 'size-differs')
        return say('differs', 'size-differs');
    return say('no-target', verdict);
}
/** A store that gives the bytes: under the final name, else out of its cache. */
function storeWithBytes({ standings }) {
    const candidates = standings.flatMap(({ store, state, bytes, cached, sha256 }) => {
        if (store.remote === undefined)
            return [];
        if (state === 'present' && bytes !== undefined) {
            return [{ store, bytes, cached: false, ...(sha256 === undefined ? {} : { sha256 }) }];
        }
        if (cached !== undefined)
            return [{ store, bytes: cached, cached: true }];
        return [];
    });
    return candidates.find(({ cached }) => !cached) ?? candidates[0];
}

;// CONCATENATED MODULE: ./actions/convert-containers/src/deliver.ts
/** One finished SIF into one store: put there or copied within it, and compared afterwards. */






/** What lies in the store now is not what was put there. */
class WrongBytes extends Error {
    name = 'WrongBytes';
}
/** Up to this size an object is read back when the store tells no MD5. */
const READ_BACK_BYTES = 64 * 1024 * 1024;
/** Some stores show a new object to the public a moment later. */
const SHOW_ATTEMPTS = 5;
const SHOW_PAUSE_MS = 2000;
/** Nobody may find bytes under a final name that are known to be wrong. */
async function orRemove(store, key, context, verify) {
    try {
        return await verify();
    }
    catch (error) {
        if (error instanceof WrongBytes)
            await context.rclone.remove(store, key);
        throw error;
    }
}
function deliver_failureOf(store, error) {
    return { message: `${store.name}: ${(0,failure/* messageOf */.bD)(error)}`, required: store.required };
}
/** Uploads to several stores at once; what one of them refuses does not keep the others. */
async function put(job, stores, got, context, deliveries, failures) {
    const key = (0,src_look/* keyOf */.TN)(job.container.object);
    const results = await Promise.allSettled(stores.map(async (store) => {
        const started = context.ports.clock.now();
        const facts = { sha256: got.digests.sha256, ...(got.image === undefined ? {} : { digest: got.image }) };
        await context.rclone.put(store, got.file, key, facts);
        const assurance = await orRemove(store, key, context, async () => {
            return await verifyObject(store, key, got.digests, context, got.file);
        });
        const readable = await isReadable(store, key, got.digests.bytes, context);
        deliveries.push({
            store: store.name,
            how: 'uploaded',
            bytes: got.digests.bytes,
            ms: context.ports.clock.now() - started,
            assurance,
            readable
        });
    }));
    context.signal.throwIfAborted();
    results.forEach((result, index) => {
        const store = stores[index];
        if (result.status === 'rejected' && store !== undefined)
            failures.push(deliver_failureOf(store, result.reason));
    });
}
/** Copies from the store's cache by the store itself; undefined when the bytes have to travel after all. */
async function copyInside(job, store, context) {
    const { rclone, ports } = context;
    const started = ports.clock.now();
    const from = cacheKey(context, job.container.object);
    const to = (0,src_look/* keyOf */.TN)(job.container.object);
    const [features, cached] = await Promise.all([rclone.features(store), rclone.stat(store, from)]);
    // Without an MD5 it is a list of segments: a copy of that would point to what the cache's clean-up takes away.
    if (!features.copy || cached?.md5 === undefined || cached.bytes > MAX_SERVER_COPY)
        return undefined;
    const { bytes: size, md5 } = cached;
    await inspectPublic(store, from, size, job.container.architecture, context);
    await rclone.copy(store, from, to);
    const assurance = await orRemove(store, to, context, async () => {
        return await verifyObject(store, to, { bytes: size, md5, sha256: undefined }, context);
    });
    const readable = await isReadable(store, to, cached.bytes, context);
    return {
        store: store.name,
        how: 'copied in the store',
        bytes: cached.bytes,
        ms: ports.clock.now() - started,
        assurance,
        readable
    };
}
/** Looks into an object where it lies, by ranges of its public address. @throws SifError */
async function inspectPublic(store, key, bytes, architecture, context) {
    const url = (0,lib_store/* publicPath */.Zd)(store, key);
    if (url === undefined)
        return;
    const { http, clock, log } = context.ports;
    const read = (0,lib_store/* rangeReader */.n3)(url, { http, clock, log, timeoutMs: context.timeoutMs, signal: context.signal });
    await (0,lib_sif/* inspectSif */.lj)(read, bytes, { architecture });
}
/** @throws Error when the object is not what was put there. */
async function verifyObject(store, key, expected, context, file) {
    const object = await context.rclone.stat(store, key);
    if (object === undefined)
        throw new Error(`${key} is not there after the upload`);
    if (object.bytes !== expected.bytes) {
        throw new WrongBytes(`${key} has ${object.bytes} bytes after the upload of ${expected.bytes}`);
    }
    if (object.md5 !== undefined) {
        if (object.md5 !== expected.md5)
            throw new WrongBytes(`${key} has MD5 ${object.md5} after the upload of ${expected.md5}`);
        return 'md5';
    }
    if (file !== undefined && (await verifySegments(store, key, file, context)))
        return 'md5 of its segments';
    if (expected.sha256 === undefined || object.bytes > READ_BACK_BYTES)
        return 'size only';
    const sha256 = await context.rclone.sha256(store, key);
    if (sha256 !== expected.sha256)
        throw new WrongBytes(`${key} reads back as SHA-256 ${sha256}, ${expected.sha256} was put`);
    return 'sha256';
}
/**
 * A large object of Swift has no MD5 of its own, but each of its segments has: what was just uploaded is the newest
 * set of them. False when the store keeps none.
 * @throws Error when they are other bytes.
 */
async function verifySegments(store, key, file, context) {
    const place = (0,lib_store/* segmentStore */.RN)(store);
    if (place === undefined || (await context.rclone.features(store)).api !== 'swift')
        return false;
    const segments = await context.rclone.listAll(place, { folder: key, hash: true });
    const newest = segments
        .map((one) => external_node_path_default().posix.dirname(one.key))
        .sort()
        .at(-1);
    const own = segments
        .filter((one) => external_node_path_default().posix.dirname(one.key) === newest)
        .sort((a, b) => (a.key < b.key ? -1 : 1));
    if (own.length === 0 || own.some(({ md5 }) => md5 === undefined))
        return false;
    const digests = await (0,lib_sif/* md5OfParts */.eC)(context.ports.fs, file, own.map(({ bytes }) => bytes), context.signal);
    // Sets of an earlier upload may be newer by name only: then nothing is said by them.
    if (digests === undefined)
        return false;
    const wrong = own.findIndex(({ md5 }, index) => md5 !== digests[index]);
    if (wrong !== -1)
        throw new WrongBytes(`segment ${own[wrong]?.key ?? ''} of ${key} has other bytes after the upload`);
    return true;
}
/** @throws Error when the public address does not give it. */
async function isReadable(store, key, bytes, context) {
    const url = (0,lib_store/* publicPath */.Zd)(store, key);
    if (url === undefined)
        return undefined;
    const { http, clock, log } = context.ports;
    for (let attempt = 1;; attempt++) {
        const seen = await (0,lib_store/* probe */.dy)(url, { http, clock, log, timeoutMs: context.timeoutMs, signal: context.signal });
        if (seen.state === 'present' && (seen.bytes === undefined || seen.bytes === bytes))
            return true;
        if (attempt < SHOW_ATTEMPTS) {
            await clock.sleep(SHOW_PAUSE_MS, context.signal);
            continue;
        }
        const reasons = {
            present: `gives ${seen.state === 'present' ? (seen.bytes ?? 0) : 0} bytes instead of ${bytes}`,
            missing: 'says 404',
            unreadable: `says ${seen.state === 'unreadable' ? seen.status : ''}: the object or its segments are private`,
            unknown: `gives no answer: ${seen.state === 'unknown' ? seen.reason : ''}`
        };
        throw new Error(`it was uploaded, but its public address ${url} ${reasons[seen.state]}`);
    }
}
/** Where a finished build waits. */
function cacheKey(context, object) {
    return `${context.cachePrefix}/${(0,src_look/* keyOf */.TN)(object)}`;
}

// EXTERNAL MODULE: ./actions/convert-containers/src/workspace.ts
var workspace = __nccwpck_require__(5969);
;// CONCATENATED MODULE: ./actions/convert-containers/src/carry.ts
/** One container from its source into every store that lacks it: get the bytes, verify them, put them, verify again. */








/** Never throws for what tools and stores do: it is in `failures`. A cancel is thrown on. */
async function carry(job, context) {
    const started = context.ports.clock.now();
    const failures = [];
    const anyRequired = [...job.inside.map(({ store }) => store), ...job.upload].some(({ required }) => required);
    const deliveries = [];
    let upload = [...job.upload];
    let source = job.source;
    let movedBytes = 0;
    for (const { store } of job.inside) {
        try {
            const delivery = await copyInside(job, store, context);
            if (delivery === undefined) {
                upload.push(store);
                source ??= { kind: 'store', store, cached: true };
            }
            else
                deliveries.push(delivery);
        }
        catch (error) {
            context.signal.throwIfAborted();
            failures.push(deliver_failureOf(store, error));
        }
    }
    let got;
    if (upload.length > 0 && source !== undefined) {
        const giveBack = await roomFor(job, source, context, (message) => {
            failures.push({ message, required: anyRequired });
        });
        if (giveBack === undefined)
            upload = [];
        else {
            try {
                got = await get(job, source, context);
                movedBytes += got.movedBytes;
                const digests = await (0,lib_sif/* digestsOfFile */.Lx)(context.ports.fs, got.file, context.signal);
                got = { ...got, digests };
                await put(job, upload, { ...got, digests }, context, deliveries, failures);
                if (failures.length === 0)
                    await got.discard();
            }
            catch (error) {
                context.signal.throwIfAborted();
                failures.push({ message: (0,failure/* messageOf */.bD)(error), required: anyRequired });
            }
            finally {
                giveBack();
            }
        }
    }
    movedBytes += deliveries.reduce((sum, { how, bytes }) => sum + (how === 'uploaded' ? bytes : 0), 0);
    return {
        id: job.container.id,
        object: job.container.object,
        from: source?.kind === 'convert' ? 'converted' : source?.kind === 'local' ? 'local' : 'copied',
        deliveries,
        bytes: got?.digests?.bytes ?? deliveries[0]?.bytes ?? 0,
        sha256: got?.digests?.sha256,
        image: got?.image,
        getMs: got?.ms ?? 0,
        ms: context.ports.clock.now() - started,
        movedBytes,
        failures
    };
}
async function roomFor(job, source, context, fail) {
    // A local file is used where it lies.
    if (source.kind === 'local')
        return () => undefined;
    const need = job.diskBytes === 0 ? job.bytes : job.diskBytes;
    try {
        return await context.disk.take(need, job.container.id);
    }
    catch (error) {
        context.signal.throwIfAborted();
        fail((0,failure/* messageOf */.bD)(error));
        return undefined;
    }
}
async function get(job, source, context) {
    const { ports } = context;
    const started = ports.clock.now();
    const { architecture, object } = job.container;
    const finished = external_node_path_default().join(context.workFolder, (0,src_look/* keyOf */.TN)(object));
    const done = (file, sif, movedBytes) => ({
        file,
        image: (0,lib_sif/* digestInDefinition */.B7)(sif.definition),
        ms: ports.clock.now() - started,
        movedBytes,
        discard: async () => {
            if (external_node_path_default().dirname(file) === external_node_path_default().resolve(context.workFolder))
                await ports.fs.rm(file, { force: true });
        }
    });
    if (source.kind === 'local') {
        return done(source.file, await (0,lib_sif/* inspectFile */.Xp)(ports.fs, source.file, { architecture }), 0);
    }
    const folder = external_node_path_default().join(context.scratch, object);
    await ports.fs.mkdir(folder, { recursive: true, mode: 0o700 });
    try {
        const file = external_node_path_default().join(folder, 'out.sif');
        let movedBytes;
        let sif;
        if (source.kind === 'store') {
            const key = source.cached ? cacheKey(context, object) : (0,src_look/* keyOf */.TN)(object);
            await context.rclone.get(source.store, key, file);
            sif = await (0,lib_sif/* inspectFile */.Xp)(ports.fs, file, { architecture });
            if (source.sha256 !== undefined)
                await expectSha256(file, source.sha256, `${key} from ${source.store.name}`, context);
            movedBytes = (await ports.fs.stat(file)).size;
        }
        else {
            await context.build(async () => await convert(job, source, folder, file, context));
            sif = await (0,lib_sif/* inspectFile */.Xp)(ports.fs, file, { architecture, digest: source.image.digest });
            movedBytes = source.image.compressedBytes;
        }
        // From here on the file is whole and says so by its name: a run after a kill goes on with it.
        await ports.fs.rename(file, finished);
        return done(external_node_path_default().resolve(finished), sif, movedBytes);
    }
    finally {
        await (0,workspace/* removeTree */.dM)(ports.fs, folder);
    }
}
async function expectSha256(file, expected, what, context) {
    const { sha256 } = await (0,lib_sif/* digestsOfFile */.Lx)(context.ports.fs, file, context.signal);
    if (sha256 !== expected)
        throw new Error(`${what} has SHA-256 ${sha256}, ${expected} was written with it`);
}
async function convert(job, source, folder, output, context) {
    const { ports, signal } = context;
    const apptainer = await context.apptainer();
    const credential = await context.credentials((0,lib_registry/* parseReference */.F2)(source.image.reference).host);
    ports.log.info(`${job.container.id}: converting ${source.image.reference}`);
    await (0,retry/* retry */.L5)(`build ${job.container.id}`, async () => {
        const scratch = external_node_path_default().join(folder, 'scratch');
        await (0,workspace/* removeTree */.dM)(ports.fs, scratch);
        await ports.fs.rm(output, { force: true });
        await ports.fs.mkdir(scratch, { mode: 0o700 });
        await apptainer.build({
            image: source.image.reference,
            output,
            scratch,
            architecture: job.container.architecture,
            compression: context.compression,
            ...(context.level === undefined ? {} : { level: context.level }),
            insecure: source.image.insecure,
            ...(credential !== undefined && 'username' in credential ? { login: credential } : {}),
            timeoutMs: context.buildTimeoutMs,
            signal,
            onLine: (line) => ports.log.debug(`${job.container.id}: ${line}`)
        });
    }, {
        classify: retry/* classifyTool */.Xp,
        clock: ports.clock,
        log: ports.log,
        limits: { attempts: 3, totalMs: 3 * 3_600_000 },
        signal
    });
}

;// CONCATENATED MODULE: ./actions/convert-containers/src/disk.ts

/** There will never be enough room for this, whoever finishes. */
class NoRoom extends Error {
    name = 'NoRoom';
}
/** @param minFree bytes that must be left free on top of every need. */
function createDisk(fs, folder, minFree) {
    let taken = 0;
    let holders = 0;
    let atRest = Number.NaN;
    let waiting = [];
    const free = async () => {
        const { bavail, bsize } = await fs.statfs(folder);
        return bavail * bsize;
    };
    const wake = () => {
        const others = waiting;
        waiting = [];
        for (const resolve of others)
            resolve();
    };
    return {
        take: async (need, what) => {
            for (;;) {
                const now = await free();
                if (holders === 0)
                    atRest = now;
                // What others have used of their share is gone from `now` already: the smaller of the two views counts.
                const have = Math.min(now, atRest - taken);
                if (need + minFree <= have)
                    break;
                if (holders === 0) {
                    const wanted = minFree === 0 ? (0,markdown/* bytes */.ee)(need) : `${(0,markdown/* bytes */.ee)(need)} and ${(0,markdown/* bytes */.ee)(minFree)} to be left free`;
                    throw new NoRoom(`${what} needs ${wanted}, ${folder} has ${(0,markdown/* bytes */.ee)(now)}`);
                }
                await new Promise((resolve) => waiting.push(resolve));
            }
            taken += need;
            holders++;
            return () => {
                taken -= need;
                holders--;
                wake();
            };
        }
    };
}

// EXTERNAL MODULE: ./actions/convert-containers/src/registries.ts
var src_registries = __nccwpck_require__(1097);
;// CONCATENATED MODULE: ./actions/convert-containers/src/work.ts
/** Planning and carrying out: what the run's third and fourth step do. */















const REQUEST_TIMEOUT_MS = 30_000;
/**
 * Where packing harder stops to pay. A tree of 360 MB, level and size and CPU time: gzip 9 140.1 MB 11.5 s, 6 140.3 MB
 * 6.6 s; zstd 15 is mksquashfs' default and takes longer than gzip 9, 12 138.0 MB 11.5 s, 9 138.4 MB 3.1 s.
 */
const LEVELS = { gzip: 6, zstd: 9 };
const BUILD_TIMEOUT_MS = 3 * 3_600_000;
/** Local files, images and their sizes, and from all of that the plan. */
async function planWork(available, workFolder, inputs, ports) {
    const incomplete = available.filter(({ standings }) => standings.some(({ state }) => state !== 'present'));
    const folders = [
        ...(inputs.workDir === '' ? [] : [{ folder: workFolder, own: true }]),
        ...(inputs.localCache === ''
            ? []
            : [{ folder: external_node_path_default().resolve(ports.runner.workspace, inputs.localCache), own: false }])
    ];
    const local = await (0,workspace/* findLocal */.l8)(incomplete.map(({ container }) => container), folders, ports);
    const registries = (0,src_registries/* registriesOf */.Ho)(inputs.registries);
    const credentials = (0,src_registries/* credentialsFor */.Og)(registries, ports);
    const { http, limits } = watchRateLimit(ports.http);
    const registry = (0,lib_registry/* createRegistry */.Iq)({
        http,
        clock: ports.clock,
        log: ports.log,
        credentials,
        signal: ports.runner.signal
    });
    const limit = (0,p_limit/* default */.A)(inputs.maxParallel);
    const images = new Map();
    const limitsTold = { refused: new Map(), now: () => ports.clock.now() };
    await Promise.all(needingImages(available, local).map(async (container) => await limit(async () => images.set(container.object, await findImage(container, registries, registry, limitsTold)))));
    const whole = makePlan(available, { local, images });
    // Jobs of a matrix run elsewhere, each with a limit of its own.
    const plan = inputs.mode === 'plan' ? whole : respectLimits(whole, [...limits.values()]);
    ports.log.info(`${plan.jobs.length} containers to bring into stores, ${plan.blocked.length} cannot be brought now`);
    return { plan, rateLimits: [...limits.values()] };
}
/** Carries the jobs out, several at once, and says how each went. */
async function carryOut(jobs, views, workFolder, rclone, inputs, ports) {
    await removeLeftovers(jobs, views, rclone, ports);
    const { scratch, close } = await (0,workspace/* openScratch */.jd)(ports, workFolder, (external_node_process_default()).pid);
    let apptainer;
    const needApptainer = async () => {
        apptainer ??= (0,lib_sif/* findApptainer */.yZ)(ports, inputs.apptainerVersion, inputs.toolMirror);
        const found = await apptainer;
        ports.log.debug(`Apptainer ${found.version} (${found.command})`);
        return found;
    };
    const builds = (0,p_limit/* default */.A)(Math.max(2, Math.floor(external_node_os_default().availableParallelism() / 2)));
    const context = {
        ports: { fs: ports.fs, clock: ports.clock, log: ports.log, http: ports.storeHttp },
        signal: ports.runner.signal,
        rclone,
        apptainer: needApptainer,
        credentials: (0,src_registries/* credentialsFor */.Og)((0,src_registries/* registriesOf */.Ho)(inputs.registries), ports),
        disk: createDisk(ports.fs, workFolder, inputs.minFree ?? 0),
        build: async (work) => await builds(work),
        workFolder,
        scratch,
        cachePrefix: inputs.cachePrefix,
        compression: inputs.compression,
        level: inputs.compressionLevel === 0 ? LEVELS[inputs.compression] : inputs.compressionLevel,
        timeoutMs: REQUEST_TIMEOUT_MS,
        buildTimeoutMs: BUILD_TIMEOUT_MS
    };
    const progress = ports.log.progress('containers', {
        items: jobs.length,
        bytes: jobs.reduce((sum, { bytes }) => sum + bytes, 0)
    });
    const limit = (0,p_limit/* default */.A)(inputs.maxParallel);
    try {
        return await Promise.all(jobs.map(async (job) => await limit(async () => {
            const done = await carry(job, context);
            progress.add({ items: 1, bytes: job.bytes });
            tell(done, ports);
            return done;
        })));
    }
    finally {
        progress.end();
        await close().catch((error) => ports.log.warning((0,failure/* messageOf */.bD)(error)));
    }
}
function tell(done, ports) {
    for (const { message } of done.failures)
        ports.log.info(`${done.id}: failed: ${message}`);
    if (done.failures.length > 0)
        return;
    ports.log.info(`${done.id}: ${done.from}, ${done.deliveries.map(({ store, assurance }) => `${store} (${assurance})`).join(', ')}`);
}
/** What a killed run has left half uploaded under a name of its own, for the containers of this run. */
async function removeLeftovers(jobs, views, rclone, ports) {
    const mine = new Set(jobs.map(({ container }) => (0,src_look/* keyOf */.TN)(container.object)));
    for (const { store, leftovers = [] } of views) {
        for (const key of leftovers) {
            if (!mine.has(key.slice(0, key.indexOf(lib_store/* PART */.s3))))
                continue;
            ports.log.info(`${store.name}: removing ${key}, which an ended run has left`);
            await rclone.remove(store, key);
        }
    }
}

;// CONCATENATED MODULE: ./actions/convert-containers/src/run.ts
/** The story of a run; the README tells it in the same steps. */













/** Requests under way at once for each store; one of them is 128 bytes. */
const run_REQUESTS = 100;
async function run(inputs, ports) {
    const { log, clock } = ports;
    const stores = (0,src_inputs/* storesOf */.oi)(inputs);
    const rclone = await (0,src_look/* findRclone */.n7)(stores, inputs.toolMirror, ports);
    // 1. Read the catalogue; what is wrong with an entry stops that entry.
    const { catalogue, comparison } = await log.group('Catalogue', async () => await readCatalogues(inputs, ports));
    const changes = !inputs.dryRun && (inputs.mode === 'convert' || inputs.mode === 'all' || inputs.mode === 'publish');
    if (inputs.mode === 'retain')
        return await runRetention(catalogue, comparison, inputs, ports);
    if (catalogue.broken && changes)
        throw new failure/* FindingError */.Yv(broken(catalogue));
    const wanted = chosen(catalogue, inputs, log);
    // 2. Look into every store, as its owner and as its users.
    const lookStarted = clock.now();
    const look = async (containers) => await (0,src_look/* lookAtStores */.hW)(containers, stores, { cachePrefix: inputs.cachePrefix, timeoutMs: REQUEST_TIMEOUT_MS, requests: run_REQUESTS }, {
        http: ports.storeHttp,
        clock,
        log,
        rclone,
        signal: ports.runner.signal
    });
    let views = await log.group(`Stores: ${stores.map(({ name }) => name).join(', ')}`, async () => await look(wanted));
    const lookMs = clock.now() - lookStarted;
    let available = judge(wanted, views);
    // 3. Plan the cheapest way for everything that a store lacks.
    const workFolder = inputs.workDir === ''
        ? external_node_path_default().join(ports.runner.temp, 'sif')
        : external_node_path_default().resolve(ports.runner.workspace, inputs.workDir);
    let plan;
    let rateLimits = [];
    if (inputs.mode === 'plan' || inputs.mode === 'convert' || inputs.mode === 'all') {
        ;
        ({ plan, rateLimits } = await log.group('Plan', async () => await planWork(available, workFolder, inputs, ports)));
    }
    const shards = plan === undefined ? [] : makeShards(plan.jobs, inputs.shards);
    // 4. Carry it out, several containers at once.
    let carried = [];
    if (plan !== undefined && plan.jobs.length > 0 && !inputs.dryRun && inputs.mode !== 'plan') {
        const { jobs } = plan;
        carried = await log.group(`Convert ${jobs.length} containers`, async () => await carryOut(jobs, views, workFolder, rclone, inputs, ports));
        available = judge(wanted, await log.group('Stores again', async () => (views = await look(wanted))));
    }
    // 5. Publish what every required store has.
    let publication;
    let written;
    if (inputs.mode === 'publish' || inputs.mode === 'all') {
        ;
        ({ publication, written } = await log.group('Publish', async () => {
            const whole = inputs.only === '' ? available : judge(catalogue.containers, await look(catalogue.containers));
            return await writeLists(catalogue, whole, inputs, ports);
        }));
    }
    // 6. Tell.
    return report({
        mode: inputs.mode,
        dryRun: inputs.dryRun,
        limited: inputs.only !== '',
        catalogue,
        baseFindings: comparison?.findings ?? [],
        views,
        available,
        plan,
        shards,
        carried,
        publication,
        written,
        rateLimits,
        lookMs,
        lagSeconds: written === undefined ? undefined : lagSeconds(ports)
    });
}
async function readCatalogues(inputs, ports) {
    const { text, file } = await readSource('catalogue', inputs.catalogue, ports);
    const named = isLog(text);
    if (named && (inputs.mode === 'publish' || inputs.mode === 'all' || inputs.mode === 'retain')) {
        const allowed = `apps.json with mode ${inputs.mode}`;
        throw new failure/* InputError */.dz([{ input: 'catalogue', given: `${file}, a log.txt`, allowed }]);
    }
    const options = { file, now: ports.clock.now() };
    const catalogue = named ? readCatalogueLog(text, options) : readCatalogue(text, options);
    ports.log.info(`${file}: ${catalogue.containers.length} containers, ${catalogue.refused.length} entries refused`);
    if (inputs.baseCatalogue === '')
        return { catalogue, comparison: undefined };
    const base = await readSource('base-catalogue', inputs.baseCatalogue, ports);
    const comparison = compareCatalogues(readCatalogue(base.text, { file: base.file }), catalogue);
    ports.log.info(`against ${base.file}: ${comparison.added.length} new, ${comparison.rebuilt.length} rebuilt, ${comparison.removed.length} gone`);
    return { catalogue, comparison };
}
function broken(catalogue) {
    const places = catalogue.findings
        .filter(({ id }) => id === 'catalogue-syntax')
        .map(({ place, message }) => `${catalogue.file}:${place?.line ?? 0}:${place?.column ?? 0}: ${message}`);
    return ['the catalogue is no JSON, nothing is changed by it', ...places].join('\n');
}
function chosen(catalogue, inputs, log) {
    if (inputs.only === '')
        return catalogue.containers;
    const only = (0,src_select/* parseOnly */.Q)(inputs.only);
    const selection = (0,src_select/* select */.L)('patterns' in only ? only.patterns : []);
    const unmatched = selection.unmatched(catalogue.containers);
    if (unmatched.length > 0)
        throw new failure/* FindingError */.Yv(`the catalogue has nothing that \`only\` names: ${unmatched.join(', ')}`);
    const containers = catalogue.containers.filter((container) => selection.matches(container));
    log.info(`${containers.length} of them are meant`);
    return containers;
}


/***/ }),

/***/ 6690:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   L: () => (/* binding */ select),
/* harmony export */   Q: () => (/* binding */ parseOnly)
/* harmony export */ });
/** @returns the patterns, or why they cannot be read. */
function parseOnly(text) {
    const trimmed = text.trim();
    if (!trimmed.startsWith('{') && !trimmed.startsWith('[')) {
        const patterns = trimmed.split(/[\s,]+/).filter((part) => part !== '');
        const bad = patterns.find((pattern) => !/^[\w.*?-]+$/.test(pattern));
        return bad === undefined
            ? { patterns }
            : { problem: `"${bad}" has more than letters, digits, ".", "_", "-", "*", "?"` };
    }
    let value;
    try {
        value = JSON.parse(trimmed);
    }
    catch {
        return { problem: 'it begins like JSON and is none' };
    }
    const names = Array.isArray(value) ? value : value.names;
    if (!Array.isArray(names) || !names.every((name) => typeof name === 'string')) {
        return { problem: 'JSON must be a list of names, or a job of the matrix with its `names`' };
    }
    return { patterns: names.map((name) => name.replaceAll('*', '').replaceAll('?', '')) };
}
/** A container is meant by its name, with or without the build date, or by the name of its tool. No pattern: all. */
function select(patterns) {
    const tests = patterns.map((pattern) => ({ pattern, test: glob(pattern) }));
    const hit = (container, test) => [container.id, container.object, container.image, container.tool].some((name) => test.test(name));
    return {
        matches: (container) => tests.length === 0 || tests.some(({ test }) => hit(container, test)),
        unmatched: (containers) => tests
            .filter(({ test }) => !containers.some((container) => hit(container, test)))
            .map(({ pattern }) => pattern)
    };
}
function glob(pattern) {
    const source = pattern
        .replace(/[.+^${}()|[\]\\-]/g, '\\$&')
        .replaceAll('*', '.*')
        .replaceAll('?', '.');
    return new RegExp(`^${source}$`);
}


/***/ }),

/***/ 5969:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   ZU: () => (/* binding */ removeScratch),
/* harmony export */   dM: () => (/* binding */ removeTree),
/* harmony export */   jd: () => (/* binding */ openScratch),
/* harmony export */   l8: () => (/* binding */ findLocal)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7598);
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__nccwpck_require__.n(node_crypto__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(6760);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1___default = /*#__PURE__*/__nccwpck_require__.n(node_path__WEBPACK_IMPORTED_MODULE_1__);
/* harmony import */ var _lib_failure_index_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(7315);
/* harmony import */ var _lib_sif_index_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(3487);
/* harmony import */ var _look_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(7833);
/**
 * The folder in which SIFs are made. A finished one has its final name (`NAME_VERSION_DATE.simg`), so that a run
 * after a kill goes on with it; everything half done lies in a scratch folder that names its process.
 */





const SCRATCH = /^\.neurodesk-convert-(\d+)-[0-9a-f]{8}$/;
/** Makes this run's scratch folder below `folder`, and removes those of processes that are gone. */
async function openScratch(ports, folder, pid) {
    await ports.fs.mkdir(folder, { recursive: true });
    await sweep(ports, folder);
    const scratch = node_path__WEBPACK_IMPORTED_MODULE_1___default().join(folder, `.neurodesk-convert-${pid}-${(0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.randomBytes)(4).toString('hex')}`);
    const resource = { kind: 'scratch', id: scratch };
    ports.cleanup.register(resource);
    await ports.fs.mkdir(scratch, { mode: 0o700 });
    return {
        scratch,
        close: async () => {
            await removeScratch(ports.fs, scratch);
            ports.cleanup.release(resource);
        }
    };
}
/** Removes a scratch folder, and nothing that is none. */
async function removeScratch(fs, scratch) {
    if (!SCRATCH.test(node_path__WEBPACK_IMPORTED_MODULE_1___default().basename(scratch)))
        throw new Error(`${scratch} is no scratch folder`);
    await removeTree(fs, scratch);
}
/** Images hold folders that not even their owner may enter. */
async function removeTree(fs, folder) {
    try {
        await fs.rm(folder, { recursive: true, force: true });
    }
    catch {
        await unlock(fs, folder);
        await fs.rm(folder, { recursive: true, force: true });
    }
}
async function unlock(fs, folder) {
    await fs.chmod(folder, 0o700);
    for (const entry of await fs.readdir(folder, { withFileTypes: true })) {
        if (entry.isDirectory())
            await unlock(fs, node_path__WEBPACK_IMPORTED_MODULE_1___default().join(folder, entry.name));
    }
}
async function sweep(ports, folder) {
    for (const name of await ports.fs.readdir(folder)) {
        const pid = SCRATCH.exec(name)?.[1];
        if (pid === undefined || (await exists(ports.fs, `/proc/${pid}`)))
            continue;
        ports.log.info(`removing ${name}, which an ended run has left`);
        await removeTree(ports.fs, node_path__WEBPACK_IMPORTED_MODULE_1___default().join(folder, name));
    }
}
/** Whole SIFs of these containers in the work folder and the local cache. What is broken is told and left alone. */
async function findLocal(containers, folders, ports) {
    const found = new Map();
    for (const { folder, own } of folders) {
        for (const container of containers) {
            if (found.has(container.object))
                continue;
            const file = node_path__WEBPACK_IMPORTED_MODULE_1___default().join(folder, (0,_look_js__WEBPACK_IMPORTED_MODULE_4__/* .keyOf */ .TN)(container.object));
            const stat = await ports.fs.stat(file).catch(() => undefined);
            if (stat?.isFile() !== true)
                continue;
            try {
                await (0,_lib_sif_index_js__WEBPACK_IMPORTED_MODULE_3__/* .inspectFile */ .Xp)(ports.fs, file, { architecture: container.architecture });
                found.set(container.object, { file, bytes: stat.size, own });
            }
            catch (error) {
                const reason = error instanceof _lib_sif_index_js__WEBPACK_IMPORTED_MODULE_3__/* .SifError */ .ty ? error.message : (0,_lib_failure_index_js__WEBPACK_IMPORTED_MODULE_2__/* .messageOf */ .bD)(error);
                ports.log.warning(`${file} is not used: ${reason}`);
            }
        }
    }
    return found;
}
async function exists(fs, file) {
    return await fs.access(file).then(() => true, () => false);
}


/***/ }),

/***/ 1182:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  Yq: () => (/* reexport */ choice),
  sh: () => (/* reexport */ common),
  QP: () => (/* reexport */ defineAction),
  jO: () => (/* reexport */ entries),
  Jt: () => (/* reexport */ flag),
  lN: () => (/* reexport */ grammars),
  nd: () => (/* reexport */ integer),
  Mn: () => (/* reexport */ lines),
  Cs: () => (/* reexport */ runAction),
  Ej: () => (/* reexport */ size),
  Qq: () => (/* reexport */ fields_text)
});

// UNUSED EXPORTS: Refusal, atLeast, commonDescriptions, countOrPercent, duration, parseEntry, readInputs, refuse, secret, splitLines

;// CONCATENATED MODULE: ./lib/action/grammar.ts
/** Lines, comments and entries: the text forms of list inputs. Pure. */
/** Lines without comments (`#` at the start or after a blank) and without empty ones. */
function splitLines(raw) {
    return raw
        .split(/\r\n|\n|\r/)
        .map((line, index) => ({ text: withoutComment(line).trim(), number: index + 1 }))
        .filter((line) => line.text !== '');
}
/** Cuts a comment; a `#` within double quotes or inside a word stays. */
function withoutComment(line) {
    let quoted = false;
    for (let index = 0; index < line.length; index++) {
        const character = line[index];
        if (character === '"')
            quoted = !quoted;
        const startsWord = index === 0 || /\s/.test(line[index - 1] ?? '');
        if (character === '#' && !quoted && startsWord)
            return line.slice(0, index);
    }
    return line;
}
/** Reads `value key=… flag`. Says all that is wrong with it. */
function parseEntry(line, keys, flags) {
    const problems = [];
    const { words, unclosed } = splitWords(line.text);
    if (unclosed)
        problems.push('a closing double quote');
    const attributes = {};
    const given = new Set();
    for (const word of words.slice(1)) {
        const at = word.indexOf('=');
        const name = at === -1 ? word : word.slice(0, at);
        if (name in attributes || given.has(name))
            problems.push(`attribute ${name} only once`);
        else if (at === -1 && flags.includes(name))
            given.add(name);
        else if (at !== -1 && keys.includes(name) && word.length > at + 1)
            attributes[name] = word.slice(at + 1);
        else
            problems.push(`${describeAttributes(keys, flags)} instead of ${JSON.stringify(word)}`);
    }
    return { entry: { value: words[0] ?? '', attributes, flags: given, line: line.text }, problems };
}
function describeAttributes(keys, flags) {
    const known = [...keys.map((key) => `${key}=…`), ...flags];
    return known.length === 0 ? 'one value without attributes' : `attributes ${known.join(' ')}`;
}
function splitWords(text) {
    const words = [];
    let word = '';
    let quoted = false;
    let started = false;
    for (const character of text) {
        if (character === '"') {
            quoted = !quoted;
            started = true;
        }
        else if (/\s/.test(character) && !quoted) {
            if (started)
                words.push(word);
            word = '';
            started = false;
        }
        else {
            word += character;
            started = true;
        }
    }
    if (started)
        words.push(word);
    return { words, unclosed: quoted };
}

;// CONCATENATED MODULE: ./lib/action/fields.ts
/**
 * The kinds of input, and the one grammar that all actions share: durations `90s` `15m` `2h` `7d`, sizes `500MB`
 * `20GB`, booleans as YAML 1.2 writes them, lists one per line with `#` comments, and entries
 * `value key=… flag` where a quoted "…" may hold spaces.
 */

/** What a field's parse throws: all that is wrong with the value. */
class Refusal extends Error {
    name = 'Refusal';
    parts;
    constructor(parts) {
        super(parts.map((part) => `${part.given}: ${part.allowed}`).join('; '));
        this.parts = parts;
    }
}
const CONTROL = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f]/;
/** One line or block of text. With a default of '' the action gets '' when nothing is given. */
function fields_text(options = {}) {
    const allowed = options.allowed ?? 'text without control characters';
    const maxLength = options.maxLength ?? 4096;
    return {
        kind: 'text',
        default: options.default,
        secret: false,
        allowed,
        parse: (raw) => {
            if (raw === '')
                return '';
            if (raw.length > maxLength)
                throw refuse(`${raw.length} characters`, `at most ${maxLength} characters`);
            if (CONTROL.test(raw))
                throw refuse(raw, 'text without control characters');
            if (options.pattern !== undefined && !options.pattern.test(raw))
                throw refuse(raw, allowed, options.fix);
            return raw;
        }
    };
}
/** A secret: masked in everything that is shown, never part of a message. */
function secret(options = {}) {
    return {
        kind: 'secret',
        default: options.default ?? '',
        secret: true,
        allowed: 'a secret without line breaks',
        parse: (raw) => {
            if (/[\0\r\n]/.test(raw))
                throw refuse('***', 'a secret without line breaks');
            return raw;
        }
    };
}
/** A boolean of YAML 1.2's core schema. */
function flag(byDefault) {
    const allowed = 'true or false';
    return {
        kind: 'boolean',
        default: String(byDefault),
        secret: false,
        allowed,
        parse: (raw) => {
            if (/^(true|True|TRUE)$/.test(raw))
                return true;
            if (/^(false|False|FALSE)$/.test(raw))
                return false;
            throw refuse(raw, allowed);
        }
    };
}
/** A whole number within bounds, both included. */
function integer(options) {
    const allowed = `a whole number from ${options.min} to ${options.max}`;
    return {
        kind: 'integer',
        default: String(options.default),
        secret: false,
        allowed,
        parse: (raw) => {
            const value = /^-?\d{1,15}$/.test(raw) ? Number(raw) : Number.NaN;
            if (!(value >= options.min && value <= options.max))
                throw refuse(raw, allowed);
            return value;
        }
    };
}
const SECONDS = { s: 1, m: 60, h: 3600, d: 86_400 };
/** A span of time; the action gets milliseconds. */
function duration(byDefault) {
    const allowed = 'a number with s, m, h or d, such as 90s, 15m, 2h or 7d';
    return {
        kind: 'duration',
        default: byDefault,
        secret: false,
        allowed,
        parse: (raw) => {
            const match = /^(\d{1,9}(?:\.\d{1,3})?)(s|m|h|d)$/.exec(raw);
            if (match === null)
                throw refuse(raw, allowed);
            return Number(match[1]) * (SECONDS[match[2] ?? ''] ?? Number.NaN) * 1000;
        }
    };
}
const BYTES = {
    B: 1,
    kB: 1e3,
    KB: 1e3,
    MB: 1e6,
    GB: 1e9,
    TB: 1e12,
    KiB: 2 ** 10,
    MiB: 2 ** 20,
    GiB: 2 ** 30,
    TiB: 2 ** 40
};
/** A number of bytes; undefined when '' is given or the default. */
function size(byDefault) {
    const allowed = 'a number with B, kB, MB, GB, TB, KiB, MiB, GiB or TiB, such as 20GB';
    return {
        kind: 'size',
        default: byDefault,
        secret: false,
        allowed,
        parse: (raw) => {
            if (raw === '')
                return undefined;
            const match = /^(\d{1,12}(?:\.\d{1,3})?) ?([A-Za-z]{1,3})$/.exec(raw);
            const unit = BYTES[match?.[2] ?? ''];
            if (match === null || unit === undefined)
                throw refuse(raw, allowed);
            return Math.round(Number(match[1]) * unit);
        }
    };
}
/** One of a few words. */
function choice(values, byDefault) {
    const allowed = `one of ${values.join(', ')}`;
    return {
        kind: `choice(${values.join(' ')})`,
        default: byDefault,
        secret: false,
        allowed,
        parse: (raw) => {
            const found = values.find((value) => value === raw);
            if (found === undefined)
                throw refuse(raw, allowed);
            return found;
        }
    };
}
/** One text per line; empty lines and comments left out. */
function lines(options = {}) {
    const allowed = options.allowed ?? 'one value per line';
    const max = options.max ?? 10_000;
    return {
        kind: 'lines',
        default: options.default ?? '',
        secret: false,
        allowed,
        parse: (raw) => {
            const all = splitLines(raw).map((line) => line.text);
            if (all.length > max)
                throw refuse(`${all.length} lines`, `at most ${max} lines`);
            const parts = all.flatMap((line) => {
                const reason = CONTROL.test(line) ? 'text without control characters' : options.refuse?.(line);
                return reason === undefined ? [] : [{ given: line, allowed: reason }];
            });
            if (parts.length > 0)
                throw new Refusal(parts);
            return all;
        }
    };
}
/** Entries `value key=… flag`, one per line. */
function entries(options) {
    const keys = options.keys ?? [];
    const flags = options.flags ?? [];
    return {
        kind: 'entries',
        default: options.default ?? '',
        secret: false,
        allowed: options.allowed,
        parse: (raw) => {
            const all = splitLines(raw);
            const max = options.max ?? 1000;
            if (all.length > max)
                throw refuse(`${all.length} entries`, `at most ${max} entries`);
            const parts = [];
            const parsed = [];
            for (const line of all) {
                const { entry, problems } = parseEntry(line, keys, flags);
                const reasons = problems.length > 0 ? problems : (options.refuse?.(entry) ?? []);
                for (const reason of reasons)
                    parts.push({ given: line.text, allowed: reason });
                parsed.push(entry);
            }
            if (parts.length > 0)
                throw new Refusal(parts);
            return parsed;
        }
    };
}
/** A number of things, or a percentage of them. */
function countOrPercent(byDefault) {
    const allowed = 'a whole number, or a percentage from 0% to 100%';
    return {
        kind: 'count-or-percent',
        default: byDefault,
        secret: false,
        allowed,
        parse: (raw) => {
            if (/^\d{1,9}$/.test(raw))
                return { count: Number(raw) };
            const match = /^(\d{1,3}(?:\.\d+)?)%$/.exec(raw);
            const percent = Number(match?.[1] ?? Number.NaN);
            if (!(percent <= 100))
                throw refuse(raw, allowed);
            return { percent };
        }
    };
}
/** How many of `total` that is at the least: a percentage is rounded up. */
function atLeast(wanted, total) {
    return 'count' in wanted ? wanted.count : Math.ceil((wanted.percent / 100) * total);
}
/** Shorthand for a refusal with one part. */
function refuse(given, allowed, fix) {
    return new Refusal([fix === undefined ? { given, allowed } : { given, allowed, fix }]);
}

;// CONCATENATED MODULE: ./lib/action/common.ts
/**
 * Inputs that several actions have: one field and one description each, so that a name means the same everywhere.
 * A test compares the descriptions with every action.yml.
 */

/** What an entry may have, for inputs that several actions have; an action adds what it refuses. */
const grammars = {
    registries: {
        allowed: 'a registry with its namespace, such as ghcr.io/neurodesk or docker.io/vnmd',
        keys: ['image', 'username-env', 'password-env'],
        flags: ['optional']
    },
    stores: {
        allowed: 'an rclone remote path or a public http(s) URL',
        keys: ['name', 'public-url', 'prefix'],
        flags: ['required']
    }
};
const common = {
    'dry-run': flag(false),
    'report-path': fields_text({ default: '', allowed: 'a path; empty for one below RUNNER_TEMP', maxLength: 1024 }),
    token: secret(),
    timeout: duration('30s'),
    'max-parallel': integer({ default: 8, min: 1, max: 64 }),
    catalogue: fields_text({ default: '', allowed: 'a path or an http(s) URL', maxLength: 2048 }),
    'tool-mirror': fields_text({
        default: '',
        pattern: /^https?:\/\/[^\s/?#@]+(?:\/[^\s?#@]*)?$/i,
        allowed: 'an http(s) URL without user, query and fragment',
        maxLength: 2048
    }),
    registries: entries(grammars.registries),
    stores: entries(grammars.stores),
    'junit-path': fields_text({ default: '', allowed: 'a path; empty for none', maxLength: 1024 })
};
const commonDescriptions = {
    'dry-run': 'Say what would be done, and change nothing outside of this machine.',
    'report-path': 'Where the report (JSON) is written. Default: a file below RUNNER_TEMP, named by the output `report`.',
    token: "Token for GitHub's API.",
    registries: 'Registries with their namespace, such as `docker.io/vnmd`, one per line, the first one first. A line without a namespace (`docker.io/`) is skipped, as on forks. Attributes: `image=` another name there (where one image is meant), `username-env=` and `password-env=` variables with a login, `optional` it may fail.',
    stores: 'Object stores, one per line: an rclone remote path (`nectar:neurodesk`, `:local:/srv/store`), or the public URL of one that is only read. Attributes: `name=`, `public-url=` where users read it, `prefix=` before every name, `required`. When none is required, all are.',
    catalogue: "Path or http(s) URL of the catalogue: NeuroDesk's apps.json, or its log.txt where names are enough.",
    'tool-mirror': 'URL of a folder with the same files that the vendors publish, for machines that cannot reach them. Their SHA-256 is compared all the same. Empty for the vendors.',
    timeout: 'Longest time for one request, or for one call of a command.',
    'max-parallel': 'How much is under way at once, at most.',
    'smoke-file': 'Path of a YAML file that says what must work; the README tells its form. Empty for none.',
    labels: 'Labels for what is made, one per line: `name=value` on an image, a name on an issue.',
    'min-free': 'Disk space that has to be free, on top of what the work itself is known to need.',
    'junit-path': 'Path of a JUnit file for the results. Empty for none.'
};

// EXTERNAL MODULE: ./lib/failure/index.ts
var failure = __nccwpck_require__(7315);
;// CONCATENATED MODULE: ./lib/action/read.ts
/** From INPUT_* to one readonly object, with every problem reported at once. Pure: the environment is an argument. */


/**
 * Reads every input of the schema.
 * @throws InputError with all problems, those of `check` (rules between inputs) included.
 */
function readInputs(schema, env, check) {
    const problems = [];
    const values = {};
    for (const [name, field] of Object.entries(schema)) {
        const raw = (env[variableOf(name)] ?? '').trim();
        const given = raw === '' ? field.default : raw;
        if (given === undefined) {
            problems.push({ input: name, given: '', allowed: field.allowed, fix: `add \`${name}:\` to \`with:\`` });
            continue;
        }
        try {
            values[camel(name)] = field.parse(given);
        }
        catch (error) {
            if (!(error instanceof Refusal))
                throw error;
            problems.push(...error.parts.map((part) => ({
                input: name,
                ...part,
                given: field.secret ? '***' : cut(part.given)
            })));
        }
    }
    const inputs = values;
    // Rules between inputs only make sense when each of them could be read.
    if (problems.length === 0)
        problems.push(...(check?.(inputs) ?? []));
    if (problems.length > 0)
        throw new failure/* InputError */.dz(problems);
    return inputs;
}
/** The values of secret inputs, to be masked before anything else happens. */
function secretsOf(schema, env) {
    return Object.entries(schema)
        .filter(([, field]) => field.secret)
        .map(([name]) => env[variableOf(name)]?.trim() ?? '')
        .filter((value) => value !== '');
}
/** One sentence for each INPUT_* that no input has, with the nearest name that there is. */
function unknownInputs(schema, env) {
    const known = new Map(Object.keys(schema).map((name) => [variableOf(name), name]));
    return Object.keys(env)
        .filter((variable) => variable.startsWith('INPUT_') && !known.has(variable))
        .map((variable) => {
        const given = variable.slice('INPUT_'.length).toLowerCase();
        const near = nearest(given, [...known.values()]);
        const hint = near === undefined ? '' : `; did you mean \`${near}\`?`;
        return `unknown input \`${given}\` is ignored${hint}`;
    });
}
/** The variable in which the runner passes an input (it keeps hyphens, and upper-cases). */
function variableOf(name) {
    return `INPUT_${name.replaceAll(' ', '_').toUpperCase()}`;
}
/** `max-parallel` -> `maxParallel`. */
function camel(name) {
    return name.replace(/-(.)/g, (_, character) => character.toUpperCase());
}
function nearest(given, names) {
    const ranked = names
        .map((name) => ({ name, distance: editDistance(given.replaceAll('_', '-'), name) }))
        .sort((a, b) => a.distance - b.distance);
    const best = ranked[0];
    return best !== undefined && best.distance <= Math.max(2, Math.floor(best.name.length / 3))
        ? best.name
        : undefined;
}
function editDistance(a, b) {
    let row = Array.from({ length: b.length + 1 }, (_, index) => index);
    for (let i = 1; i <= a.length; i++) {
        const next = [i];
        for (let j = 1; j <= b.length; j++) {
            const swap = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
            next.push(Math.min(swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
        }
        row = next;
    }
    return row[b.length] ?? 0;
}
function cut(given) {
    return given.length > 200 ? `${given.slice(0, 200)}…` : given;
}

;// CONCATENATED MODULE: external "node:fs/promises"
const promises_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs/promises");
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __nccwpck_require__(6760);
var external_node_path_default = /*#__PURE__*/__nccwpck_require__.n(external_node_path_);
// EXTERNAL MODULE: ./lib/http/index.ts + 3 modules
var lib_http = __nccwpck_require__(7726);
;// CONCATENATED MODULE: external "node:child_process"
const external_node_child_process_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:child_process");
;// CONCATENATED MODULE: external "node:fs"
const external_node_fs_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs");
;// CONCATENATED MODULE: ./lib/shell/advice.ts
/** Texts that tools print, and what helps. One line each; the first match wins. */
const ADVICE = [
    [
        /no space left on device|disk quota exceeded/i,
        'Free space or give a larger folder: `df -h` on the runner shows what is left.'
    ],
    [
        /failed to create user namespace|creating user namespace|user namespaces? (is|are) (disabled|restricted)|unshare.*operation not permitted/i,
        'User namespaces are blocked. On Ubuntu 24.04: `sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0` in a step before.'
    ],
    [
        /toomanyrequests|pull rate limit|too many requests/i,
        'The registry limits anonymous pulls: log in first, or name a mirror.'
    ],
    [
        /cannot connect to the docker daemon|is the docker daemon running/i,
        'Start Docker Engine, or set DOCKER_HOST to one that runs.'
    ],
    [/permission denied.*docker\.sock/i, 'Add the user to the group `docker`, or run as root.'],
    [
        /fuse: device not found|\/dev\/fuse|fusermount.*not found|squashfuse.*not found/i,
        'Mounting as an ordinary user needs squashfuse, fuse3 and a readable /dev/fuse.'
    ],
    [/GLIBC_2\.\d+' not found/i, 'The program was built for a newer C library than this system has.'],
    [/exec format error/i, 'The program is for another CPU architecture.'],
    [
        /unauthorized|authentication required|denied: requested access/i,
        'Log in to the registry with an account that may do this.'
    ],
    [
        /x509|certificate (signed by unknown authority|has expired)/i,
        'The TLS certificate is not trusted here: check the clock and the CA bundle.'
    ],
    [
        /no such host|could not resolve host|temporary failure in name resolution/i,
        'The host name does not resolve from this machine.'
    ]
];
/** Advice for known texts in a tool's output, or undefined. */
function adviceFor(output) {
    return ADVICE.find(([pattern]) => pattern.test(output))?.[1];
}

;// CONCATENATED MODULE: ./lib/shell/tracking.ts
/**
 * Every child carries one variable in its environment. Killed with -9, an action cannot end its children; its post
 * step finds them by that variable (Linux: /proc) and ends them with their process groups and their children.
 */

const TRACKING_VARIABLE = 'NEURODESK_CI_TRACKING_ID';
/**
 * Kills (KILL) every process that carries `id`, its process group and its descendants.
 * @returns how many processes were signalled; 0 where there is no /proc.
 */
async function endTracked(id) {
    const processes = await listProcesses(id);
    const own = processes.find((candidate) => candidate.pid === process.pid);
    const doomed = new Set(processes.filter((candidate) => candidate.tracked).map((candidate) => candidate.pid));
    const groups = new Set(processes.filter((candidate) => doomed.has(candidate.pid)).map((candidate) => candidate.group));
    for (let size = -1; size !== doomed.size;) {
        size = doomed.size;
        for (const candidate of processes) {
            if (doomed.has(candidate.parent) || groups.has(candidate.group))
                doomed.add(candidate.pid);
        }
    }
    let count = 0;
    for (const pid of doomed) {
        if (pid === process.pid || pid === own?.parent || pid <= 1)
            continue;
        try {
            process.kill(pid, 'SIGKILL');
            count++;
        }
        catch {
            // It ended by itself in between.
        }
    }
    return count;
}
async function listProcesses(id) {
    let names;
    try {
        names = await (0,promises_namespaceObject.readdir)('/proc');
    }
    catch {
        return [];
    }
    const own = await readGroup(String(process.pid));
    const found = await Promise.all(names.filter((name) => /^\d+$/.test(name)).map((name) => readProcess(name, id)));
    // Our own group is the runner's step: never a target.
    return found.filter((candidate) => candidate !== undefined).filter((candidate) => candidate.group !== own);
}
async function readGroup(pid) {
    return (await readProcess(pid, '\0'))?.group;
}
async function readProcess(pid, id) {
    try {
        const stat = await (0,promises_namespaceObject.readFile)(`/proc/${pid}/stat`, 'utf8');
        // The name in parentheses may hold anything; the fields after the last ")" are state, parent, group.
        const [, parent, group] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
        const environment = await (0,promises_namespaceObject.readFile)(`/proc/${pid}/environ`, 'utf8').catch(() => '');
        const tracked = environment.split('\0').includes(`${TRACKING_VARIABLE}=${id}`);
        return { pid: Number(pid), parent: Number(parent), group: Number(group), tracked };
    }
    catch {
        return undefined;
    }
}

;// CONCATENATED MODULE: ./lib/shell/exec.ts
/**
 * Running tools. Never through a shell; each in a process group of its own, which is ended as a whole when time is
 * up or the run is cancelled. (@actions/exec has neither a time limit nor a handle on the process.)
 */







const DEFAULT_TIMEOUT_MS = 10 * 60_000;
const DEFAULT_MAX_OUTPUT = 16 * 1024 * 1024;
/** TERM first; KILL when that did not help. */
const GRACE_MS = 5_000;
const DETAIL_LINES = 12;
/** The real Exec port. */
function createExec(settings) {
    return {
        run: async (command, args, options = {}) => await run(settings, command, args, options),
        which: async (command) => await which(command, settings.env)
    };
}
async function run(settings, command, args, options) {
    const redact = settings.redact ?? ((text) => text);
    const shown = redact(showCommand(command, args));
    const signals = [options.signal, settings.signal].filter((signal) => signal !== undefined);
    const cancelled = signals.find((signal) => signal.aborted);
    if (cancelled !== undefined)
        throw exec_failure(shown, 'cancelled', null, '', cancelled.reason);
    const started = performance.now();
    if (options.echo === true)
        settings.print?.(`$ ${shown}`);
    const child = (0,external_node_child_process_namespaceObject.spawn)(command, [...args], {
        cwd: options.cwd,
        env: environment(settings, options),
        detached: process.platform !== 'win32',
        windowsHide: true,
        stdio: ['pipe', 'pipe', 'pipe']
    });
    const output = collect(child, options, redact, settings.print);
    const ending = supervise(child, options.timeoutMs ?? DEFAULT_TIMEOUT_MS, signals, {
        overflow: output.overflow,
        broken: breakOf(options.stdoutTo)
    });
    child.stdin.on('error', () => undefined); // a program may close its stdin unread
    child.stdin.end(options.stdin ?? '');
    const { code, reason, cause } = await ending;
    const stderr = output.stderr();
    const stdout = output.stdout();
    if (reason !== undefined)
        throw exec_failure(shown, reason, code, redact(tail(stderr, stdout)), cause);
    const exitCode = code ?? -1;
    const accept = options.accept ?? [0];
    if (accept !== 'any' && !accept.includes(exitCode)) {
        throw exec_failure(shown, 'exit', exitCode, redact(tail(stderr, stdout)));
    }
    return { exitCode, stdout, stderr, durationMs: performance.now() - started };
}
function environment(settings, options) {
    const merged = { ...(options.inheritEnv === false ? {} : settings.env), ...options.env };
    if (settings.trackingId !== undefined)
        merged[TRACKING_VARIABLE] = settings.trackingId;
    return Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== undefined));
}
function supervise(child, timeoutMs, signals, trouble) {
    return new Promise((resolve) => {
        let reason;
        let cause;
        let killer;
        const end = (why, because) => {
            if (reason !== undefined)
                return;
            reason = why;
            cause = because;
            signalGroup(child, 'SIGTERM');
            killer = setTimeout(() => {
                signalGroup(child, 'SIGKILL');
                // A grandchild in another group can hold the pipes open: do not wait for it.
                child.stdout?.destroy();
                child.stderr?.destroy();
            }, GRACE_MS);
        };
        const timer = setTimeout(() => end('timeout'), timeoutMs);
        const onAbort = () => end('cancelled', signals.find((signal) => signal.aborted)?.reason);
        for (const signal of signals)
            signal.addEventListener('abort', onAbort);
        void trouble.overflow.then(() => end('output-limit'));
        // Nobody takes its output any more: it would wait for ever.
        void trouble.broken.then((because) => end('cancelled', because));
        const finish = (ending) => {
            clearTimeout(timer);
            clearTimeout(killer);
            for (const signal of signals)
                signal.removeEventListener('abort', onAbort);
            resolve(ending);
        };
        child.on('error', (error) => finish({ code: null, reason: 'not-found', cause: error }));
        child.on('close', (code, killedBy) => {
            // The leader is gone; whatever it left in its group goes too when the end was ours.
            if (reason !== undefined)
                signalGroup(child, 'SIGKILL');
            if (reason !== undefined)
                finish({ code, reason, cause });
            else if (killedBy !== null)
                finish({ code, reason: 'signal', cause: killedBy });
            else
                finish({ code });
        });
    });
}
/** Resolves, with the reason, when a stream that a program writes to breaks; never otherwise. */
function breakOf(stream) {
    return new Promise((resolve) => {
        stream?.once('error', resolve);
        stream?.once('close', () => {
            if (!stream.writableFinished)
                resolve(new Error('its output was no longer read'));
        });
    });
}
function signalGroup(child, signal) {
    if (child.pid === undefined)
        return;
    try {
        if (process.platform === 'win32')
            child.kill(signal);
        else
            process.kill(-child.pid, signal);
    }
    catch {
        // Already gone.
    }
}
function collect(child, options, redact, print) {
    const limit = options.maxOutput ?? DEFAULT_MAX_OUTPUT;
    const kept = { stdout: [], stderr: [] };
    const size = { stdout: 0, stderr: 0 };
    const { promise: overflow, resolve: overflowed } = Promise.withResolvers();
    const streams = { stdout: child.stdout, stderr: child.stderr };
    if (options.stdoutTo !== undefined)
        child.stdout?.pipe(options.stdoutTo);
    for (const name of ['stdout', 'stderr']) {
        if (name === 'stdout' && options.stdoutTo !== undefined)
            continue;
        const lines = lineSplitter((line) => {
            options.onLine?.(line, name);
            if (options.echo === true)
                print?.(redact(line));
        });
        streams[name]?.on('data', (chunk) => {
            lines.push(chunk);
            kept[name].push(chunk);
            size[name] += chunk.length;
            if (size[name] <= limit)
                return;
            if (name === 'stdout')
                overflowed(undefined);
            // Of stderr the end is what matters: the cause stands there.
            while (size[name] > limit && kept[name].length > 1)
                size[name] -= kept[name].shift()?.length ?? 0;
        });
        streams[name]?.on('end', () => lines.end());
    }
    return {
        stdout: () => Buffer.concat(kept.stdout).toString('utf8'),
        stderr: () => Buffer.concat(kept.stderr).toString('utf8'),
        overflow
    };
}
/** Splits at \n and \r (progress bars), and never holds more than 64 KiB of an endless line. */
function lineSplitter(onLine) {
    const decoder = new TextDecoder();
    let rest = '';
    return {
        push: (chunk) => {
            const parts = (rest + decoder.decode(chunk, { stream: true })).split(/\r\n|\n|\r/);
            rest = parts.pop() ?? '';
            for (const line of parts)
                onLine(line);
            if (rest.length > 65_536) {
                onLine(rest);
                rest = '';
            }
        },
        end: () => {
            if (rest !== '')
                onLine(rest);
            rest = '';
        }
    };
}
/** The last lines of stderr; of stdout when stderr is silent. */
function tail(stderr, stdout) {
    const text = stderr.trim() === '' ? stdout : stderr;
    const lines = text.split(/[\r\n]+/).filter((line) => line.trim() !== '');
    return lines
        .slice(-DETAIL_LINES)
        .map((line) => (line.length > 500 ? `${line.slice(0, 500)}…` : line))
        .join('\n');
}
function exec_failure(command, reason, exitCode, detail, cause) {
    const program = command.split(' ', 1)[0] ?? command;
    const summaries = {
        exit: `${command} ended with exit code ${exitCode}`,
        signal: `${command} was ended by ${String(cause)}`,
        timeout: `${command} took too long and was ended`,
        cancelled: `${command} was cancelled`,
        'not-found': `${program} could not be started: ${cause instanceof Error ? cause.message : 'not found'}`,
        'output-limit': `${command} printed more than is accepted and was ended`
    };
    return new failure/* ToolError */.v4({
        command,
        exitCode,
        reason,
        summary: summaries[reason],
        detail,
        advice: adviceFor(detail),
        cause
    });
}
/** The command as a person would type it, for messages only. */
function showCommand(command, args) {
    const shown = [command, ...args].map((word) => /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`);
    const line = shown.join(' ');
    return line.length > 1000 ? `${line.slice(0, 1000)}…` : line;
}
async function which(command, env) {
    const candidates = command.includes((external_node_path_default()).sep)
        ? [external_node_path_default().resolve(command)]
        : (env['PATH'] ?? '')
            .split((external_node_path_default()).delimiter)
            .filter((folder) => folder !== '')
            .map((folder) => external_node_path_default().join(folder, command));
    const endings = process.platform === 'win32' ? ['.exe', '.cmd', ''] : [''];
    for (const candidate of candidates) {
        for (const ending of endings) {
            try {
                await (0,promises_namespaceObject.access)(candidate + ending, external_node_fs_namespaceObject.constants.X_OK);
                // A folder is "executable" too.
                if ((await (0,promises_namespaceObject.stat)(candidate + ending)).isFile())
                    return candidate + ending;
            }
            catch {
                // Not here: the next folder.
            }
        }
    }
    return undefined;
}

;// CONCATENATED MODULE: ./lib/shell/session.ts
/** The processes of one session, as Linux tells about them in /proc. A session outlives the process that began it. */

/**
 * Live processes of the session, zombies left out. [] where there is no /proc. Reads without waiting: /proc never
 * waits for a disk, and a hundred small reads through the thread pool cost six times as much.
 */
function session_sessionProcesses(session) {
    return attempt(() => readdirSync('/proc'), [])
        .filter((name) => /^\d+$/.test(name))
        .map((name) => look(name, session))
        .filter((process) => process !== undefined);
}
/** Ends (KILL) all that is left of a session. */
function session_endSession(session) {
    // Twice: a process may have been born while the first list was read.
    for (let round = 0; round < 2; round++) {
        for (const { pid } of session_sessionProcesses(session))
            attempt(() => process.kill(pid, 'SIGKILL'), false);
    }
}
function look(pid, session) {
    const stat = attempt(() => readFileSync(`/proc/${pid}/stat`, 'utf8'), '');
    // The name in parentheses may hold anything; behind the last ")" come state, parent, group, session.
    const [state, , , own] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (Number(own) !== session || state === 'Z' || state === 'X')
        return undefined;
    const command = attempt(() => readFileSync(`/proc/${pid}/cmdline`, 'utf8'), '');
    const program = attempt(() => readlinkSync(`/proc/${pid}/exe`), undefined);
    return { pid: Number(pid), command: command.split('\0').slice(0, -1), program };
}
/** A process may end, or belong to somebody else, at any moment. */
function attempt(body, otherwise) {
    try {
        return body();
    }
    catch {
        return otherwise;
    }
}

;// CONCATENATED MODULE: ./lib/shell/call.ts
/**
 * Calls a command as a person's shell does: by its name through PATH, in a session of its own, so that everything
 * it starts can be seen and nothing of it stays. Unlike Exec, which ends a whole group at once, this is for testing
 * a command: what its exit is like, and what a signal to it alone does.
 */


const call_DEFAULT_MAX_OUTPUT = (/* unused pure expression or super */ null && (2 ** 20));
/** From TERM to KILL. */
const call_GRACE_MS = 3000;
/** How long a session may outlive its leader: squashfuse ends itself a moment after the container. */
const AFTERMATH_MS = 2000;
const LOOK_EVERY_MS = 50;
/** @param tracking variables that let a later step find what a killed run left (lib/shell's tracking). */
function createCaller(clock, tracking = {}) {
    return {
        call: (command, args, options) => callOnce(clock, command, args, { ...options, env: { ...options.env, ...tracking } })
    };
}
async function callOnce(clock, command, args, options) {
    options.signal?.throwIfAborted();
    const started = performance.now();
    const child = spawn(command, [...args], {
        cwd: options.cwd,
        env: { ...options.env },
        // A session of its own: its number stays with all that is started in it.
        detached: true,
        stdio: ['pipe', 'pipe', 'pipe']
    });
    const stdout = keep(child.stdout, options.maxOutput ?? call_DEFAULT_MAX_OUTPUT);
    const stderr = keep(child.stderr, options.maxOutput ?? call_DEFAULT_MAX_OUTPUT);
    child.stdin.on('error', () => undefined); // it may end without reading
    child.stdin.end(options.stdin ?? '');
    if (options.onStdout !== undefined)
        child.stdout.on('data', () => options.onStdout?.(stdout.text()));
    const session = child.pid;
    let ended = false;
    const end = new Promise((resolve) => {
        child.once('exit', (code, signal) => resolve({ code, signal }));
        child.once('error', (error) => resolve({ code: null, signal: null, error: 'code' in error ? String(error.code) : error.message }));
    }).then((value) => {
        ended = true;
        return value;
    });
    let running = [];
    let timedOut = false;
    let settled = false;
    const terminate = async () => {
        if (session === undefined || ended)
            return;
        running = sessionProcesses(session);
        send(session, 'SIGTERM');
        await waitFor(clock, end, call_GRACE_MS);
        if (!ended)
            endSession(session);
    };
    const watch = async () => {
        const limit = started + options.timeoutMs;
        let look = options.settled === undefined ? limit : started + options.settled.afterMs;
        while (!ended) {
            const wait = options.terminateWhen === undefined ? Math.min(limit, look) - performance.now() : LOOK_EVERY_MS;
            await waitFor(clock, end, Math.max(wait, 1), options.signal);
            if (ended || session === undefined)
                return;
            if (options.signal?.aborted === true)
                return endSession(session);
            if (performance.now() >= look && look < limit) {
                look = limit;
                settled = options.settled?.when(sessionProcesses(session)) === true;
            }
            if (performance.now() >= limit)
                timedOut = true;
            if (timedOut || settled || options.terminateWhen?.(stdout.text()) === true)
                return await terminate();
        }
    };
    const watching = watch();
    const { code, signal, error } = await end;
    const durationMs = performance.now() - started;
    await watching;
    const left = session === undefined ? [] : await aftermath(clock, session);
    // With the session ended nobody holds the pipes any more; what was written is read to its end.
    await waitFor(clock, Promise.all([stdout.done, stderr.done]), 1000);
    child.stdout.destroy();
    child.stderr.destroy();
    options.signal?.throwIfAborted();
    return {
        exitCode: code,
        signal,
        startError: error,
        timedOut,
        settled,
        stdout: stdout.bytes(),
        stderr: stderr.text(),
        durationMs,
        running,
        left
    };
}
/** Until `event`, `ms` later, or the cancellation. No timer stays: it would keep the whole action from ending. */
async function waitFor(clock, event, ms, signal) {
    const done = new AbortController();
    const cancelled = signal === undefined ? done.signal : AbortSignal.any([signal, done.signal]);
    const cancellation = new Promise((resolve) => {
        cancelled.addEventListener('abort', () => resolve(), { once: true });
        if (cancelled.aborted)
            resolve();
    });
    await Promise.race([event, clock.sleep(ms, cancelled).catch(() => undefined), cancellation]);
    done.abort();
}
async function aftermath(clock, session) {
    const limit = performance.now() + AFTERMATH_MS;
    let left = sessionProcesses(session);
    while (left.length > 0 && performance.now() < limit) {
        await clock.sleep(LOOK_EVERY_MS);
        left = sessionProcesses(session);
    }
    if (left.length > 0)
        endSession(session);
    return left;
}
function send(pid, signal) {
    try {
        process.kill(pid, signal);
    }
    catch {
        // It ended in between.
    }
}
function keep(stream, limit) {
    const chunks = [];
    let size = 0;
    stream.on('data', (chunk) => {
        if (size >= limit)
            return;
        chunks.push(chunk.subarray(0, limit - size));
        size += chunk.length;
    });
    const done = new Promise((resolve) => {
        stream.once('close', resolve);
        stream.once('error', () => resolve());
    });
    const bytes = () => Buffer.concat(chunks);
    return { bytes, text: () => bytes().toString('utf8'), done };
}

;// CONCATENATED MODULE: ./lib/shell/index.ts






// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __nccwpck_require__(7598);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __nccwpck_require__(8161);
;// CONCATENATED MODULE: ./lib/action/commands.ts
/**
 * What a step says to its runner: commands on stdout, values in files.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
 *
 * Own code, because @actions/core brings an HTTP client for OIDC, which no action uses and which takes as long to
 * load as all the rest of a bundle. A test holds every byte to what the toolkit writes.
 */



/** A line of the log. Text from outside that looks like a command stays text. */
function info(message) {
    print(message.replace(/^(\s*)(::|##\[)/gm, '$1\u200B$2'));
}
function debug(message) {
    issue('debug', message);
}
function annotate(kind, message, properties = {}) {
    issue(kind, message, properties);
}
function startGroup(title) {
    issue('group', title);
}
function endGroup() {
    issue('endgroup', '');
}
/** From here on the runner shows *** in its place. */
function setSecret(secret) {
    issue('add-mask', secret);
}
function setOutput(name, value) {
    if (!append('GITHUB_OUTPUT', keyed(name, value)))
        issue('set-output', value, { name });
}
/** The post step gets it from getState; the last value of a name counts. */
function saveState(name, value) {
    if (!append('GITHUB_STATE', keyed(name, value)))
        issue('save-state', value, { name });
}
function getState(name) {
    return process.env[`STATE_${name}`] ?? '';
}
/** Adds Markdown to the summary of the step. False where there is none, as in a run by hand. */
function addSummary(markdown) {
    const file = fileOf('GITHUB_STEP_SUMMARY');
    if (file === undefined)
        return false;
    (0,external_node_fs_namespaceObject.appendFileSync)(file, markdown);
    return true;
}
function issue(command, message, properties = {}) {
    const given = Object.entries(properties).filter(([, value]) => value !== undefined && value !== '');
    const pairs = given.map(([name, value]) => `${name}=${escapeProperty(String(value))}`);
    print(`::${command}${pairs.length === 0 ? '' : ` ${pairs.join(',')}`}::${escapeData(message)}`);
}
function print(line) {
    process.stdout.write(line + external_node_os_.EOL);
}
function escapeData(text) {
    return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}
function escapeProperty(text) {
    return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
/** `name<<delimiter`, the value, the delimiter: nobody can know it, so no value can end early and set another name. */
function keyed(name, value) {
    const delimiter = `ghadelimiter_${(0,external_node_crypto_.randomUUID)()}`;
    if (name.includes(delimiter) || value.includes(delimiter))
        throw new Error(`the value of ${name} holds the delimiter that was drawn for it`);
    return `${name}<<${delimiter}${external_node_os_.EOL}${value}${external_node_os_.EOL}${delimiter}`;
}
function append(variable, text) {
    const file = fileOf(variable);
    if (file === undefined)
        return false;
    // The runner made it. One that is not there is somebody's mistake, and a new one would be read by nobody.
    (0,external_node_fs_namespaceObject.accessSync)(file, external_node_fs_namespaceObject.constants.W_OK);
    (0,external_node_fs_namespaceObject.appendFileSync)(file, text + external_node_os_.EOL);
    return true;
}
function fileOf(variable) {
    const file = process.env[variable];
    return file === undefined || file === '' ? undefined : file;
}

;// CONCATENATED MODULE: ./lib/action/cleanup.ts
/**
 * What must be gone afterwards is written to the step's state before it exists, so that the post step can remove
 * it, also when main was killed. GITHUB_STATE is a file that is appended to: the last value of a name counts.
 */





const STATE_NAME = 'resources';
/** The cleanup port of main: keeps the state up to date. */
function createCleanup(save = saveState) {
    const open = [];
    return {
        open,
        register: (resource) => {
            open.push({ kind: resource.kind, id: resource.id });
            save(STATE_NAME, JSON.stringify(open));
        },
        release: (resource) => {
            const index = open.findIndex((other) => other.kind === resource.kind && other.id === resource.id);
            if (index === -1)
                return;
            open.splice(index, 1);
            save(STATE_NAME, JSON.stringify(open));
        }
    };
}
/** What main left in the state, newest first: a container goes before the folder that it was given. */
function resourcesIn(state) {
    if (state === undefined || state === '')
        return [];
    const value = JSON.parse(state);
    if (!Array.isArray(value))
        return [];
    return value.filter(isResource).reverse();
}
/**
 * Removes the resources one after another; a failure does not stop the others.
 * @returns one sentence for each that is still there.
 */
async function removeAll(resources, cleaners, ports) {
    const failures = [];
    for (const { kind, id } of resources) {
        const cleaner = cleaners[kind];
        try {
            if (cleaner === undefined)
                throw new Error('nothing here knows how to remove it');
            await cleaner(id, ports);
            ports.log.debug(`removed ${kind} ${id}`);
        }
        catch (error) {
            failures.push(`${kind} ${id} is still there: ${(0,failure/* messageOf */.bD)(error)}`);
        }
    }
    return failures;
}
/** The kinds that every action has: a folder below RUNNER_TEMP, and processes by their tracking id. */
function builtInCleaners(runnerTemp, log) {
    return {
        folder: async (id) => {
            const inside = external_node_path_default().relative(external_node_path_default().resolve(runnerTemp), external_node_path_default().resolve(id));
            if (inside === '' || inside.startsWith('..') || external_node_path_default().isAbsolute(inside)) {
                throw new Error('it does not lie below RUNNER_TEMP');
            }
            await (0,promises_namespaceObject.rm)(id, { recursive: true, force: true, maxRetries: 3 });
        },
        process: async (id) => {
            const count = await endTracked(id);
            if (count > 0)
                log.debug(`ended ${count} processes that were left`);
        }
    };
}
function isResource(value) {
    return (typeof value === 'object' &&
        value !== null &&
        'kind' in value &&
        typeof value.kind === 'string' &&
        'id' in value &&
        typeof value.id === 'string');
}

// EXTERNAL MODULE: ./lib/markdown/index.ts
var markdown = __nccwpck_require__(8066);
;// CONCATENATED MODULE: ./lib/action/log.ts
/** The log port over the runner's commands: groups, progress, masking, and at most ten annotations of a kind. */


/** The runner drops what is above ten of a kind and step without a word. */
const MAX_ANNOTATIONS = 10;
const PROGRESS_EVERY_MS = 5_000;
/** The log of one step. */
function createLog(clock) {
    const secrets = [];
    const redact = (text) => secrets.reduce((shown, secret) => shown.replaceAll(secret, '***'), text);
    const held = {
        notice: [],
        warning: [],
        error: []
    };
    const shown = { notice: 0, warning: 0, error: 0 };
    const annotate = (kind, message, place) => {
        const text = redact(message);
        // The tenth waits: it is either itself, or the line that says how many more there are.
        if (shown[kind] < MAX_ANNOTATIONS - 1) {
            shown[kind]++;
            emit(kind, text, place);
        }
        else {
            held[kind].push({ message: text, place });
            info(`${kind}: ${text}`);
        }
    };
    return {
        debug: (message) => debug(redact(message)),
        info: (message) => info(redact(message)),
        notice: (message, place) => annotate('notice', message, place),
        warning: (message, place) => annotate('warning', message, place),
        error: (message, place) => annotate('error', message, place),
        group: async (title, body) => await group(redact(title), clock, body),
        mask: (secret) => {
            for (const form of formsOf(secret)) {
                if (secrets.includes(form))
                    continue;
                setSecret(form);
                secrets.push(form);
            }
        },
        progress: (label, total) => createProgress(redact(label), total, clock, (line) => info(line)),
        redact,
        flush: () => {
            for (const kind of ['error', 'warning', 'notice']) {
                const [first, ...rest] = held[kind].splice(0);
                if (first === undefined)
                    continue;
                if (rest.length === 0)
                    emit(kind, first.message, first.place);
                else
                    emit(kind, `and ${rest.length + 1} more of this kind: see the log and the summary`, undefined);
            }
        }
    };
}
/** A secret in the forms in which tools repeat it: as it is, line by line, base64, URL-encoded. */
function formsOf(secret) {
    const whole = secret.trim();
    if (whole === '')
        return [];
    const parts = whole.split(/\r?\n/).map((line) => line.trim());
    const encoded = [Buffer.from(whole).toString('base64'), encodeURIComponent(whole)];
    // A text of one or two characters stands everywhere: masking it would hide the log.
    return [...new Set([whole, ...parts, ...encoded])].filter((form) => form.length > 2);
}
function emit(kind, message, place) {
    const { title, file, line, column } = place ?? {};
    annotate(kind, message, { title, file, line, col: column });
}
async function group(title, clock, body) {
    startGroup(title);
    const started = clock.now();
    try {
        return await body();
    }
    finally {
        info(`(${title}: ${(0,markdown/* span */.Ln)(clock.now() - started)})`);
        endGroup();
    }
}
function createProgress(label, total, clock, print) {
    const started = clock.now();
    let last = started;
    let items = 0;
    let moved = 0;
    return {
        add: (done) => {
            items += done.items ?? 0;
            moved += done.bytes ?? 0;
            const now = clock.now();
            if (now - last < PROGRESS_EVERY_MS)
                return;
            last = now;
            print(progressLine(label, total, { items, bytes: moved }, now - started));
        },
        end: () => {
            const elapsed = clock.now() - started;
            if (elapsed >= PROGRESS_EVERY_MS)
                print(progressLine(label, total, { items, bytes: moved }, elapsed));
        }
    };
}
/** One line of progress: items, bytes, rate and the time that is left. Pure. */
function progressLine(label, total, done, elapsedMs) {
    const parts = [];
    if (total.items !== undefined)
        parts.push(`${done.items}/${total.items}`);
    const seconds = elapsedMs / 1000;
    if (total.bytes !== undefined || done.bytes > 0) {
        parts.push(total.bytes === undefined ? (0,markdown/* bytes */.ee)(done.bytes) : `${(0,markdown/* bytes */.ee)(done.bytes)} of ${(0,markdown/* bytes */.ee)(total.bytes)}`);
        if (seconds > 0)
            parts.push(`${(0,markdown/* bytes */.ee)(done.bytes / seconds)}/s`);
    }
    const share = total.bytes ? done.bytes / total.bytes : total.items ? done.items / total.items : 0;
    if (share > 0 && share < 1)
        parts.push(`${(0,markdown/* span */.Ln)((elapsedMs * (1 - share)) / share)} left`);
    else
        parts.push((0,markdown/* span */.Ln)(elapsedMs));
    return `${label}: ${parts.join(', ')}`;
}

;// CONCATENATED MODULE: ./lib/report/types.ts
/**
 * The one report that every action writes and others read. Published as docs/schemas/report.schema.json; a test
 * holds the two together.
 */
const REPORT_SCHEMA = 'https://neurodesk.org/ci/report-1.json';

;// CONCATENATED MODULE: ./lib/action/runner.ts
/** The one place that reads the runner's environment. */




/** What the runner says about this run; with neutral values where an action is run by hand. */
function readRunner(action, env, signal) {
    const text = (name, otherwise = '') => {
        const value = env[name];
        return value === undefined || value === '' ? otherwise : value;
    };
    return {
        temp: external_node_path_default().join(runnerTemp(env), `neurodesk-ci-${action}-${(0,external_node_crypto_.randomBytes)(6).toString('hex')}`),
        workspace: text('GITHUB_WORKSPACE', process.cwd()),
        toolCache: text('RUNNER_TOOL_CACHE', external_node_path_default().join(runnerTemp(env), 'tool-cache')),
        repository: text('GITHUB_REPOSITORY'),
        sha: text('GITHUB_SHA'),
        ref: text('GITHUB_REF'),
        workflow: text('GITHUB_WORKFLOW'),
        runId: text('GITHUB_RUN_ID'),
        runAttempt: Number(text('GITHUB_RUN_ATTEMPT', '1')),
        eventName: text('GITHUB_EVENT_NAME'),
        event: readEvent(text('GITHUB_EVENT_PATH')),
        actor: text('GITHUB_ACTOR'),
        triggeringActor: text('GITHUB_TRIGGERING_ACTOR', text('GITHUB_ACTOR')),
        apiUrl: text('GITHUB_API_URL', 'https://api.github.com'),
        serverUrl: text('GITHUB_SERVER_URL', 'https://github.com'),
        env: withoutInputs(env),
        signal
    };
}
/** RUNNER_TEMP, or the system's folder where there is no runner. */
function runnerTemp(env) {
    const given = env['RUNNER_TEMP'];
    return given === undefined || given === '' ? (0,external_node_os_.tmpdir)() : given;
}
/** Children must not see inputs, some of which are secrets, nor the files that speak to the runner. */
function withoutInputs(env) {
    const files = new Set(['GITHUB_OUTPUT', 'GITHUB_STATE', 'GITHUB_ENV', 'GITHUB_PATH', 'GITHUB_STEP_SUMMARY']);
    return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('INPUT_') && !name.startsWith('STATE_') && !files.has(name)));
}
function readEvent(file) {
    if (file === '')
        return {};
    try {
        const value = JSON.parse((0,external_node_fs_namespaceObject.readFileSync)(file, 'utf8'));
        return typeof value === 'object' && value !== null ? value : {};
    }
    catch {
        // No event is known: what needs one says so.
        return {};
    }
}

;// CONCATENATED MODULE: ./lib/action/outcome.ts
/** What an action found, and how people and other jobs get to see it. */






/** GitHub drops a summary above 1 MiB as a whole, and close to it without a word. */
const MAX_SUMMARY_BYTES = 900 * 1024;
const ORDER = ['error', 'warning', 'unknown', 'notice'];
/** Writes report, outputs, summary and annotations, then sets the exit code. A part that fails does not stop the others. */
async function publish(action, outcome, run, ports, log) {
    const problems = [];
    const part = async (what, write) => {
        try {
            await write();
        }
        catch (error) {
            problems.push(`${what} could not be written: ${(0,failure/* messageOf */.bD)(error)}`);
        }
    };
    const file = run.reportPath === '' ? defaultReportPath(action) : external_node_path_default().resolve(ports.runner.workspace, run.reportPath);
    // First of all: setFailed is an annotation as well, and the reason must not be the eleventh.
    if (outcome.failure !== undefined) {
        log.error(outcome.failure);
        process.exitCode = 1;
    }
    await part('the report', async () => await writeReport(file, log.redact(JSON.stringify(toReport(action, outcome, run), null, 2)), ports));
    await part('the outputs', async () => {
        const outputs = { ok: String(outcome.verdict === 'ok'), report: file, ...outcome.outputs };
        for (const [name, value] of Object.entries(outputs))
            setOutput(name, log.redact(value));
        await Promise.resolve();
    });
    await part('the summary', async () => {
        // Run by hand there is no file for it; the report and the log say the same.
        addSummary((0,markdown/* cut */.Jj)(`${log.redact(toSummary(action, outcome)).trimEnd()}\n\n`, MAX_SUMMARY_BYTES));
        await Promise.resolve();
    });
    outcome_annotate(outcome.findings, log);
    for (const problem of problems) {
        log.error(problem);
        process.exitCode = 1;
    }
    log.info(outcome.headline);
    log.flush();
}
function toReport(action, outcome, run) {
    return {
        schema: REPORT_SCHEMA,
        action,
        started: new Date(run.started).toISOString(),
        finished: new Date(run.finished).toISOString(),
        verdict: outcome.verdict,
        headline: outcome.headline,
        findings: outcome.findings,
        ...(outcome.subjects === undefined ? {} : { subjects: outcome.subjects }),
        figures: outcome.figures,
        ...(outcome.details === undefined ? {} : { details: outcome.details })
    };
}
function toSummary(action, outcome) {
    if (outcome.summary !== '')
        return outcome.summary;
    const lines = (outcome.failure ?? outcome.headline).split('\n').filter((line) => line.trim() !== '');
    return `## ${action}\n\n${lines.map((line) => `> ${(0,markdown/* escape */.ih)(line)}`).join('\n>\n')}\n`;
}
async function writeReport(file, json, ports) {
    await ports.fs.mkdir(external_node_path_default().dirname(file), { recursive: true });
    const temporary = `${file}.${process.pid}.tmp`;
    try {
        await ports.fs.writeFile(temporary, `${json}\n`);
        await ports.fs.rename(temporary, file);
    }
    finally {
        await ports.fs.rm(temporary, { force: true });
    }
}
function outcome_annotate(findings, log) {
    const sorted = [...findings].sort((a, b) => ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity));
    for (const finding of sorted) {
        const sentences = [finding.message, finding.hint].filter((sentence) => sentence !== undefined).map(ended);
        const message = `${finding.subject}: ${sentences.join(' ')}`;
        if (finding.severity === 'error')
            log.error(message, finding.place);
        else if (finding.severity === 'notice')
            log.notice(message, finding.place);
        else
            log.warning(message, finding.place);
    }
}
function ended(sentence) {
    return /[.!?:)\]]$/.test(sentence) ? sentence : `${sentence}.`;
}
function defaultReportPath(action) {
    return external_node_path_default().join(runnerTemp(process.env), 'neurodesk-ci-reports', `${action}.json`);
}

;// CONCATENATED MODULE: ./lib/action/run-action.ts
/** The shell of every action: inputs, ports, run, report, outputs, summary, annotations, and only then the failure. */











/** How long a cancelled run gets to come to its end before it is left behind. The runner kills after 10 s. */
const CANCEL_GRACE_MS = 6_000;
const LEAVE_AFTER_MS = 5_000;
/** Ties the types of an action together. */
function defineAction(action) {
    return action;
}
/**
 * Runs main, or post when main of the same step has run. Never throws: the exit code is set, everything else is
 * in the log, the report, the outputs and the summary.
 */
async function runAction(action) {
    const cancel = new AbortController();
    const clock = realClock();
    const log = createLog(clock);
    const runner = readRunner(action.name, process.env, cancel.signal);
    const http = (0,lib_http/* createHttp */.V0)({
        userAgent: `neurodesk-ci/${action.name} (+https://github.com/neurodesk/ci)`,
        signal: cancel.signal,
        proxyEnv: runner.env
    });
    const cleanup = createCleanup();
    const exec = createExec({
        env: runner.env,
        redact: log.redact,
        print: (line) => info(line),
        signal: cancel.signal,
        trackingId: external_node_path_default().basename(runner.temp)
    });
    const base = { exec, http, clock, fs: promises_namespaceObject, log, cleanup, runner };
    const cleaners = { ...builtInCleaners(runnerTemp(process.env), log), ...action.cleaners };
    if (getState('isPost') === 'true') {
        await post(base, cleaners);
    }
    else {
        saveState('isPost', 'true');
        await main(action, base, log, cancel);
        if (cancel.signal.aborted || process.env['GITHUB_ACTIONS'] !== 'true') {
            for (const failure of await removeAll([...cleanup.open].reverse(), cleaners, base))
                log.warning(failure);
        }
    }
    http.close();
    leave(cancel.signal.aborted ? 0 : LEAVE_AFTER_MS);
}
/**
 * The process ends by itself when nothing is left to do. What a cancelled run left open, or a handle that was
 * forgotten, must not hold the job: the timer fires only when something else keeps the process alive.
 */
function leave(afterMs) {
    // eslint-disable-next-line no-restricted-properties -- everything is written; this is the way out
    setTimeout(() => process.exit(), afterMs).unref();
}
async function main(action, base, log, cancel) {
    const started = base.clock.now();
    let reportPath = '';
    const stopListening = listenForCancel(cancel, log);
    let outcome;
    try {
        for (const secret of secretsOf(action.inputs, process.env))
            log.mask(secret);
        for (const sentence of unknownInputs(action.inputs, process.env))
            log.warning(sentence);
        const inputs = readInputs(action.inputs, process.env, action.check);
        reportPath = 'reportPath' in inputs && typeof inputs.reportPath === 'string' ? inputs.reportPath : '';
        base.cleanup.register({ kind: 'folder', id: base.runner.temp });
        base.cleanup.register({ kind: 'process', id: external_node_path_default().basename(base.runner.temp) });
        await base.fs.mkdir(base.runner.temp, { recursive: true, mode: 0o700 });
        outcome = await orCancelled(action.run(inputs, action.ports(base, inputs)), cancel.signal);
    }
    catch (error) {
        outcome = cancel.signal.aborted ? cancelled() : failed(error, log);
    }
    await publish(action.name, outcome, { started, finished: base.clock.now(), reportPath }, base, log);
    stopListening();
}
async function post(base, cleaners) {
    const failures = await removeAll(resourcesIn(getState('resources')), cleaners, base);
    // What stays behind on a self-hosted runner costs the next job: say it, but do not turn a good run red.
    for (const failure of failures)
        base.log.warning(failure);
}
function listenForCancel(cancel, log) {
    const onSignal = (signal) => {
        if (cancel.signal.aborted)
            return;
        log.info(`${signal}: stopping`);
        cancel.abort(new Error(`cancelled by ${signal}`));
    };
    process.on('SIGINT', onSignal);
    process.on('SIGTERM', onSignal);
    return () => {
        process.off('SIGINT', onSignal);
        process.off('SIGTERM', onSignal);
    };
}
async function orCancelled(run, signal) {
    const { promise: timeUp, reject } = Promise.withResolvers();
    let timer;
    const onAbort = () => {
        timer = setTimeout(() => reject(new Error('the run did not stop in time')), CANCEL_GRACE_MS);
    };
    signal.addEventListener('abort', onAbort);
    try {
        return await Promise.race([run, timeUp]);
    }
    finally {
        clearTimeout(timer);
        signal.removeEventListener('abort', onAbort);
    }
}
function cancelled() {
    const headline = 'Cancelled before it was done.';
    return {
        verdict: 'cancelled',
        headline,
        findings: [],
        figures: {},
        outputs: {},
        summary: '',
        failure: headline
    };
}
function failed(error, log) {
    const message = (0,failure/* messageOf */.bD)(error);
    if (!(0,failure/* isExpected */.Dn)(error)) {
        const stack = error instanceof Error ? (error.stack ?? '') : '';
        log.info(`This is a bug of the action. Please report it with the following: https://github.com/neurodesk/ci/issues\n${stack}`);
    }
    const headline = message.split('\n', 1)[0] ?? '';
    const verdict = error instanceof Error && error.name === 'TransientError' ? 'unknown' : 'failed';
    return { verdict, headline, findings: [], figures: {}, outputs: {}, summary: '', failure: message };
}
function realClock() {
    return {
        now: () => Date.now(),
        sleep: (ms, signal) => new Promise((resolve, reject) => {
            signal?.throwIfAborted();
            const onAbort = () => {
                clearTimeout(timer);
                reject(signal?.reason instanceof Error ? signal.reason : new Error('aborted'));
            };
            const timer = setTimeout(() => {
                signal?.removeEventListener('abort', onAbort);
                resolve();
            }, ms);
            signal?.addEventListener('abort', onAbort, { once: true });
        })
    };
}

;// CONCATENATED MODULE: ./lib/action/index.ts







/***/ }),

/***/ 7315:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Dn: () => (/* binding */ isExpected),
/* harmony export */   N_: () => (/* binding */ TransientError),
/* harmony export */   Yv: () => (/* binding */ FindingError),
/* harmony export */   bD: () => (/* binding */ messageOf),
/* harmony export */   dz: () => (/* binding */ InputError),
/* harmony export */   v4: () => (/* binding */ ToolError)
/* harmony export */ });
/**
 * The kinds of failure. A kind says who has to act: the caller (InputError), the person who owns what was
 * inspected (FindingError), the owner of a tool (ToolError), nobody yet (TransientError). Anything else that
 * is thrown is a bug of ours, and is shown with its stack.
 */
/** The caller's mistake. Thrown before any effect, with every problem at once. */
class InputError extends Error {
    name = 'InputError';
    problems;
    constructor(problems) {
        super(problems.map(describeProblem).join('\n'));
        this.problems = problems;
    }
}
/** The action did its job and found a fault. */
class FindingError extends Error {
    name = 'FindingError';
}
/** An external tool failed. The message has no secrets; `detail` is the end of what the tool said. */
class ToolError extends Error {
    name = 'ToolError';
    command;
    exitCode;
    reason;
    detail;
    advice;
    constructor(fields) {
        const lines = [fields.summary];
        if (fields.detail !== '')
            lines.push(fields.detail);
        if (fields.advice !== undefined)
            lines.push(`Advice: ${fields.advice}`);
        super(lines.join('\n'), fields.cause === undefined ? undefined : { cause: fields.cause });
        this.command = fields.command;
        this.exitCode = fields.exitCode;
        this.reason = fields.reason;
        this.detail = fields.detail;
        this.advice = fields.advice;
    }
}
/** Still failing after the retries. It says what was tried, how often and for how long; it is no verdict. */
class TransientError extends Error {
    name = 'TransientError';
    attempts;
    elapsedMs;
    constructor(what, attempts, elapsedMs, cause) {
        const tries = attempts === 1 ? '1 attempt' : `${attempts} attempts`;
        super(`${what}: still failing after ${tries} in ${(elapsedMs / 1000).toFixed(1)} s: ${messageOf(cause)}`, { cause });
        this.attempts = attempts;
        this.elapsedMs = elapsedMs;
    }
}
/** The message of anything that was thrown. */
function messageOf(error) {
    if (error instanceof AggregateError && error.message === '')
        return error.errors.map(messageOf).join('; ');
    if (error instanceof Error)
        return error.message === '' ? error.name : error.message;
    return String(error);
}
/** True for the kinds above: a message is enough, a stack would only hide it. */
function isExpected(error) {
    return (error instanceof InputError ||
        error instanceof FindingError ||
        error instanceof ToolError ||
        error instanceof TransientError);
}
function describeProblem(problem) {
    const fix = problem.fix === undefined ? '' : ` Fix: ${problem.fix}`;
    return `${problem.input}: given ${problem.given === '' ? 'nothing' : JSON.stringify(problem.given)}; allowed: ${problem.allowed}.${fix}`;
}


/***/ }),

/***/ 7726:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  j$: () => (/* reexport */ HttpError),
  F9: () => (/* reexport */ HttpStatusError),
  V0: () => (/* reexport */ createHttp),
  oi: () => (/* reexport */ expectStatus)
});

// EXTERNAL MODULE: external "node:http"
var external_node_http_ = __nccwpck_require__(7067);
var external_node_http_default = /*#__PURE__*/__nccwpck_require__.n(external_node_http_);
;// CONCATENATED MODULE: external "node:https"
const external_node_https_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:https");
var external_node_https_default = /*#__PURE__*/__nccwpck_require__.n(external_node_https_namespaceObject);
// EXTERNAL MODULE: external "node:net"
var external_node_net_ = __nccwpck_require__(7030);
// EXTERNAL MODULE: external "node:stream"
var external_node_stream_ = __nccwpck_require__(7075);
;// CONCATENATED MODULE: ./lib/http/errors.ts
/** There was no usable answer. What that means is for the caller to say; it never means "not there". */
class HttpError extends Error {
    name = 'HttpError';
    kind;
    url;
    constructor(kind, url, message, cause) {
        super(`${withoutSecrets(url)}: ${message}`, cause === undefined ? undefined : { cause });
        this.kind = kind;
        this.url = url;
    }
}
/** There was an answer, with a status that the caller does not take. */
class HttpStatusError extends Error {
    name = 'HttpStatusError';
    url;
    status;
    headers;
    /** The first 2,000 characters of the body: servers say why. */
    body;
    constructor(head, method, body) {
        const said = body.replace(/\s+/g, ' ').trim().slice(0, 200);
        super(`${method} ${withoutSecrets(head.url)}: HTTP ${head.status}${said === '' ? '' : `: ${said}`}`);
        this.url = head.url;
        this.status = head.status;
        this.headers = head.headers;
        this.body = body.slice(0, 2000);
    }
}
/**
 * The response itself when its status is one of `accepted` (default: any 2xx).
 * @throws HttpStatusError otherwise.
 */
function expectStatus(response, accepted, method = 'GET') {
    const fine = accepted === undefined
        ? response.status >= 200 && response.status < 300
        : accepted.includes(response.status);
    if (fine)
        return response;
    throw new HttpStatusError(response, method, response.body.subarray(0, 4000).toString('utf8'));
}
/** The URL without user, password and query: those can hold secrets (signed URLs, tokens). */
function withoutSecrets(url) {
    try {
        const parsed = new URL(url);
        return `${parsed.protocol}//${parsed.host}${parsed.pathname}${parsed.search === '' ? '' : '?…'}`;
    }
    catch {
        return '(not a URL)';
    }
}
const CODES = {
    ENOTFOUND: 'dns',
    EAI_AGAIN: 'dns',
    ECONNREFUSED: 'refused',
    EHOSTUNREACH: 'refused',
    ENETUNREACH: 'refused',
    EADDRNOTAVAIL: 'refused',
    ECONNRESET: 'reset',
    EPIPE: 'reset',
    ETIMEDOUT: 'timeout',
    ABORT_ERR: 'cancelled'
};
/** Sorts what node:http throws into the kinds above. */
function toHttpError(url, error) {
    if (error instanceof HttpError)
        return error;
    // Happy eyeballs gives one error per address: the first says as much as all.
    const first = error instanceof AggregateError && error.errors.length > 0 ? error.errors[0] : error;
    const code = partOf(first, 'code');
    const message = partOf(first, 'message') || code;
    if (code === 'ERR_PROXY_TUNNEL')
        return new HttpError(kindOfTunnel(message), url, message, error);
    if (code in CODES)
        return new HttpError(CODES[code] ?? 'protocol', url, message, error);
    if (/CERT|TLS|SSL|SELF_SIGNED|UNABLE_TO_VERIFY/.test(code))
        return new HttpError('tls', url, message, error);
    return new HttpError('protocol', url, message, error);
}
/** The proxy's own no (403, 407) stays a no; 502 to 504 say that it did not reach the other side. */
function kindOfTunnel(message) {
    if (/timed out/.test(message))
        return 'timeout';
    return /HTTP\/1\.\d 50[234]/.test(message) ? 'refused' : 'proxy';
}
function partOf(error, name) {
    if (typeof error !== 'object' || error === null || !(name in error))
        return '';
    return String(error[name]);
}

;// CONCATENATED MODULE: ./lib/http/client.ts
/**
 * HTTP over node:http, with agents of our own: which address was used, how long it took and how many connections
 * a server gets are part of what the actions measure, and fetch hides all three.
 */





const DEFAULT_TIMEOUT_MS = 30_000;
/** Agents of Node speak to proxies since 24.5; before, they would go past them without a word. */
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
const KNOWS_PROXIES = major > 24 || (major === 24 && minor >= 5);
const DEFAULT_MAX_BYTES = 16 * 1024 * 1024;
/** A client that keeps connections alive. `close()` ends them, so that the process can. */
function createHttp(settings) {
    const agents = new Map();
    // An agent pools by host name; with a fixed address the pool must be another one, or a later request
    // would travel over a connection to the wrong machine.
    const agentFor = (secure, { address, family, proxy }) => {
        const key = `${secure ? 'https' : 'http'} ${address ?? ''} ${family ?? ''} ${proxy ?? ''}`;
        let agent = agents.get(key);
        if (agent === undefined) {
            // Who asks for one address or family wants to know about that way, and a proxy has its own.
            const isDirect = address !== undefined || family !== undefined;
            const environment = isDirect ? undefined : settings.proxyEnv;
            const proxyEnv = proxy === undefined ? environment : { HTTP_PROXY: proxy, HTTPS_PROXY: proxy };
            const options = {
                keepAlive: true,
                maxSockets: settings.maxSockets ?? 16,
                ...(proxyEnv === undefined ? {} : { proxyEnv })
            };
            agent = secure ? new (external_node_https_default()).Agent(options) : new (external_node_http_default()).Agent(options);
            agents.set(key, agent);
        }
        return agent;
    };
    const open = async (url, options) => {
        const target = parse(url);
        const secure = target.protocol === 'https:';
        if (options.proxy !== undefined && !KNOWS_PROXIES)
            throw new HttpError('unsupported', url, `Node ${process.versions.node} knows no proxies, 24.5 does`);
        const timeoutMs = options.timeoutMs ?? DEFAULT_TIMEOUT_MS;
        const signals = [options.signal, settings.signal].filter((signal) => signal !== undefined);
        const started = performance.now();
        return await new Promise((resolve, reject) => {
            const request = (secure ? (external_node_https_default()) : (external_node_http_default())).request({
                protocol: target.protocol,
                host: target.hostname.replace(/^\[|\]$/g, ''),
                port: target.port,
                method: options.method ?? 'GET',
                path: `${target.pathname}${target.search}`,
                // A proxy that is silent while it connects: until then there is no socket that could be destroyed.
                timeout: timeoutMs,
                auth: target.username === ''
                    ? undefined
                    : `${decodeURIComponent(target.username)}:${decodeURIComponent(target.password)}`,
                headers: {
                    host: target.host,
                    'user-agent': settings.userAgent,
                    ...lowerCased(options.headers),
                    ...bodyLength(options)
                },
                agent: agentFor(secure, options),
                family: options.family,
                ...(options.address === undefined ? {} : { lookup: fixedLookup(options.address) }),
                ...(secure ? { servername: target.hostname } : {}),
                signal: signals.length === 0 ? undefined : AbortSignal.any(signals)
            });
            const timer = setTimeout(() => {
                request.destroy(new HttpError('timeout', url, `no answer within ${timeoutMs / 1000} s`));
            }, timeoutMs);
            request.on('error', (error) => {
                clearTimeout(timer);
                reject(toHttpError(url, error));
            });
            request.on('response', (response) => {
                clearTimeout(timer);
                // From here on the time between two reads counts: a large body may take long, a silent one may not.
                response.setTimeout(timeoutMs, () => {
                    response.destroy(new HttpError('timeout', url, `the body stalled for ${timeoutMs / 1000} s`));
                });
                resolve({
                    url,
                    status: response.statusCode ?? 0,
                    headers: flatten(response.headers),
                    latencyMs: performance.now() - started,
                    remoteAddress: response.socket.remoteAddress,
                    body: response
                });
            });
            send(request, options.body);
        });
    };
    return {
        stream: async (url, options = {}) => await open(url, options),
        request: async (url, options = {}) => await readWhole(url, options, open),
        close: () => {
            for (const agent of agents.values())
                agent.destroy();
        }
    };
}
async function readWhole(url, options, open) {
    const timeoutMs = options.timeoutMs ?? DEFAULT_TIMEOUT_MS;
    const maxBytes = options.maxBytes ?? DEFAULT_MAX_BYTES;
    const started = performance.now();
    const stream = await open(url, options);
    // A body that drips one byte a second never stalls: the whole exchange has its own limit.
    const timer = setTimeout(() => stream.body.destroy(new HttpError('timeout', url, `the body took longer than ${timeoutMs / 1000} s`)), Math.max(1, timeoutMs - (performance.now() - started)));
    const chunks = [];
    let size = 0;
    try {
        for await (const chunk of stream.body) {
            size += chunk.length;
            if (size > maxBytes)
                throw new HttpError('too-large', url, `the body is larger than ${maxBytes} bytes`);
            chunks.push(chunk);
        }
    }
    catch (error) {
        stream.body.destroy();
        throw toHttpError(url, error);
    }
    finally {
        clearTimeout(timer);
    }
    const head = stream;
    return { ...head, body: Buffer.concat(chunks) };
}
function send(request, body) {
    if (body instanceof external_node_stream_.Readable) {
        body.on('error', (error) => request.destroy(error));
        request.on('close', () => body.destroy());
        body.pipe(request);
    }
    else {
        request.end(body);
    }
}
function parse(url) {
    let parsed;
    try {
        parsed = new URL(url);
    }
    catch (error) {
        throw new HttpError('unsupported', url, 'not a URL', error);
    }
    if (parsed.protocol !== 'http:' && parsed.protocol !== 'https:') {
        throw new HttpError('unsupported', url, `${parsed.protocol} is neither http: nor https:`);
    }
    return parsed;
}
function bodyLength(options) {
    if (options.body === undefined || options.body instanceof external_node_stream_.Readable)
        return {};
    return { 'content-length': String(Buffer.byteLength(options.body)) };
}
function lowerCased(headers) {
    return Object.fromEntries(Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]));
}
function flatten(headers) {
    const flat = {};
    for (const [name, value] of Object.entries(headers)) {
        if (value !== undefined)
            flat[name] = Array.isArray(value) ? value.join(', ') : value;
    }
    return flat;
}
function fixedLookup(address) {
    const family = (0,external_node_net_.isIPv6)(address) ? 6 : 4;
    return (_host, options, callback) => {
        if (options.all === true)
            callback(null, [{ address, family }]);
        else
            callback(null, address, family);
    };
}

;// CONCATENATED MODULE: ./lib/http/index.ts




/***/ }),

/***/ 8066:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Jj: () => (/* binding */ cut),
/* harmony export */   Ln: () => (/* binding */ span),
/* harmony export */   aY: () => (/* binding */ code),
/* harmony export */   ee: () => (/* binding */ bytes),
/* harmony export */   ih: () => (/* binding */ escape),
/* harmony export */   tp: () => (/* binding */ table),
/* harmony export */   zH: () => (/* binding */ details)
/* harmony export */ });
/* unused harmony exports block, list */
/** Markdown as GitHub shows it in summaries, issues and releases. Everything from outside goes through `escape` or `code`. */
/**
 * Text that shows as itself: no HTML, no links, no mentions, no line breaks. A zero-width space after `@` and `#`
 * keeps GitHub from notifying people and from linking numbers of another repository.
 */
function escape(text) {
    return text
        .replace(/[\0-\x08\x0b\x0c\x0e-\x1f\x7f]/g, '\uFFFD')
        .replace(/\s*[\r\n]+\s*/g, ' ')
        .replaceAll('&', '&amp;')
        .replaceAll('<', '&lt;')
        .replaceAll('>', '&gt;')
        .replace(/[\\`*_[\]|~!]/g, '\\$&')
        .replace(/@(?=[\w-])/g, '@\u200B')
        .replace(/#(?=\d)/g, '#\u200B')
        .replace(/\b(https?):\/\//gi, '$1:\u200B//');
}
/** Inline code: the fence is longer than any run of backticks inside. */
function code(text) {
    const flat = text.replace(/[\0-\x1f\x7f]+/g, ' ');
    if (flat.trim() === '')
        return '``` ```';
    const fence = '`'.repeat(longestRun(flat) + 1);
    const pad = flat.startsWith('`') || flat.endsWith('`') ? ' ' : '';
    return `${fence}${pad}${flat}${pad}${fence}`;
}
/** A fenced block; its fence is longer than any run of backticks inside. */
function block(text, language = '') {
    const fence = '`'.repeat(Math.max(3, longestRun(text) + 1));
    return `${fence}${language}\n${text.replace(/\n$/, '')}\n${fence}\n`;
}
/** A table. Cells are Markdown (use `escape` or `code` on text from outside); only line breaks and bare pipes are made safe here. */
function table(headers, rows) {
    const line = (cells) => `| ${cells.map(cell).join(' | ')} |`;
    return [line(headers), `|${' --- |'.repeat(headers.length)}`, ...rows.map(line)].join('\n') + '\n';
}
/** A fold-out with a title. */
function details(title, body) {
    return `<details><summary>${escape(title)}</summary>\n\n${body.trimEnd()}\n\n</details>\n`;
}
/** A bulleted list of Markdown lines. */
function list(items) {
    return items.map((item) => `- ${item.replace(/[\r\n]+/g, ' ')}\n`).join('');
}
/**
 * The text, at most `bytes` long in UTF-8, cut at a line with a note that says so. GitHub drops a step summary
 * above 1 MiB as a whole.
 */
function cut(text, bytes, note = 'Cut here: the whole is in the report.') {
    if (Buffer.byteLength(text) <= bytes)
        return text;
    const tail = `\n\n_${note}_\n`;
    const room = Math.max(0, bytes - Buffer.byteLength(tail));
    // fatal: false drops a character that the cut has split.
    const head = new TextDecoder().decode(Buffer.from(text).subarray(0, room)).replace(/\uFFFD+$/, '');
    const atLine = head.lastIndexOf('\n');
    return closeFolds(atLine > 0 ? head.slice(0, atLine) : head) + tail;
}
/** `1.2 GB`: decimal units, as registries and object stores show them. */
function bytes(count) {
    const units = ['B', 'kB', 'MB', 'GB', 'TB'];
    let value = count;
    let unit = 0;
    while (value >= 999.5 && unit < units.length - 1) {
        value /= 1000;
        unit++;
    }
    return `${unit === 0 || value >= 100 ? Math.round(value) : Number(value.toFixed(1))} ${units[unit]}`;
}
/** `45 s`, `3 min 20 s`, `2 h 5 min`, `3 d 4 h`: two units at most. */
function span(ms) {
    const seconds = Math.round(Math.abs(ms) / 1000);
    if (Math.abs(ms) < 950)
        return `${Math.round(Math.abs(ms))} ms`;
    const parts = [
        [Math.floor(seconds / 86_400), 'd'],
        [Math.floor(seconds / 3600) % 24, 'h'],
        [Math.floor(seconds / 60) % 60, 'min'],
        [seconds % 60, 's']
    ];
    const first = parts.findIndex(([count]) => count > 0);
    const shown = parts.slice(first, first + 2).filter(([count]) => count > 0);
    return shown.map(([count, unit]) => `${count} ${unit}`).join(' ');
}
function cell(text) {
    return text.replace(/[\r\n]+/g, ' ').replace(/(?<!\\)\|/g, '\\|');
}
function longestRun(text) {
    return Math.max(0, ...[...text.matchAll(/`+/g)].map((match) => match[0].length));
}
function closeFolds(text) {
    const open = (text.match(/<details>/g)?.length ?? 0) - (text.match(/<\/details>/g)?.length ?? 0);
    const fences = text.match(/^(`{3,})/gm)?.length ?? 0;
    return text + (fences % 2 === 1 ? '\n```\n' : '') + '\n\n</details>\n'.repeat(Math.max(0, open));
}


/***/ }),

/***/ 9172:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  pi: () => (/* reexport */ BadReference),
  at: () => (/* reexport */ at),
  Iq: () => (/* reexport */ createRegistry),
  d8: () => (/* reexport */ dockerCredentials),
  Ku: () => (/* reexport */ firstOf),
  FH: () => (/* reexport */ formatReference),
  gI: () => (/* reexport */ given),
  U9: () => (/* reexport */ isLoopback),
  dz: () => (/* reexport */ isTag),
  F2: () => (/* reexport */ parseReference),
  SU: () => (/* reexport */ parseRepository)
});

// UNUSED EXPORTS: CONTENT_DIGEST, ManifestError, anonymous, bytesSource, compareImages, digestOf, formatPlatform, formatRepository, isDigest, isOnlyTimes, isRefusal, mediaTypes, normalPlatform, parseConfig, parseManifest, parsePlatform, runnable, samePlatform

// EXTERNAL MODULE: ./lib/http/index.ts + 3 modules
var lib_http = __nccwpck_require__(7726);
;// CONCATENATED MODULE: ./lib/registry/reference.ts
/**
 * Names of images: `[host/]repository[:tag][@digest]`, as Docker reads them. Grammar: OCI Distribution
 * Specification 1.1, "Pulling manifests", and the reference grammar of distribution/reference.
 */
const HOST = /^(?:localhost|[a-z0-9-]+(?:\.[a-z0-9-]+)+|\[[0-9a-f:]+\]|[a-z0-9-]+(?=:))(?::\d{1,5})?$/i;
const PATH = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*$/;
const TAG = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/;
const DIGEST = /^sha(?:256:[0-9a-f]{64}|512:[0-9a-f]{128})$/;
/** A text that is no reference; the message says which part is wrong and what is allowed. */
class BadReference extends Error {
    name = 'BadReference';
}
/**
 * Reads a reference. Without tag and digest the tag is `latest`.
 * @throws BadReference
 */
function parseReference(text) {
    let rest = text.trim();
    let digest;
    const at = rest.indexOf('@');
    if (at >= 0) {
        digest = rest.slice(at + 1);
        rest = rest.slice(0, at);
        if (!isDigest(digest))
            throw new BadReference(`${text}: "${digest}" is no digest (sha256: and 64 hex digits)`);
    }
    let tag;
    const colon = rest.lastIndexOf(':');
    if (colon > rest.lastIndexOf('/')) {
        tag = rest.slice(colon + 1);
        rest = rest.slice(0, colon);
        if (!isTag(tag))
            throw new BadReference(`${text}: "${tag}" is no tag (letters, digits, _ . -, at most 128)`);
    }
    const { host, path } = parseRepository(rest, text);
    if (tag === undefined && digest === undefined)
        tag = 'latest';
    return { host, path, tag, digest };
}
/**
 * Reads `[host/]path`, without tag or digest.
 * @throws BadReference
 */
function parseRepository(text, shown = text) {
    const slash = text.indexOf('/');
    const first = slash < 0 ? '' : text.slice(0, slash);
    const hasHost = first !== '' && HOST.test(first);
    const host = hasHost ? normalHost(first) : 'docker.io';
    let path = hasHost ? text.slice(slash + 1) : text;
    if (host === 'docker.io' && !path.includes('/') && path !== '')
        path = `library/${path}`;
    if (!PATH.test(path) || path.length > 255) {
        throw new BadReference(`${shown}: "${path}" is no repository name (lower-case letters, digits, single separators . _ -, parts joined by /)`);
    }
    return { host, path };
}
/** The text of a reference; a digest wins over the tag, since it is what was meant. */
function formatReference(reference) {
    const suffix = reference.digest !== undefined ? `@${reference.digest}` : `:${reference.tag ?? 'latest'}`;
    return `${formatRepository(reference)}${suffix}`;
}
/** `host/path`. */
function formatRepository(repository) {
    return `${repository.host}/${repository.path}`;
}
/** The same repository under a tag or a digest. */
function at(repository, tagOrDigest) {
    const digest = isDigest(tagOrDigest) ? tagOrDigest : undefined;
    if (digest === undefined && !isTag(tagOrDigest)) {
        throw new BadReference(`${formatRepository(repository)}: "${tagOrDigest}" is neither a tag nor a digest`);
    }
    return {
        host: repository.host,
        path: repository.path,
        tag: digest === undefined ? tagOrDigest : undefined,
        digest
    };
}
function isDigest(text) {
    return DIGEST.test(text);
}
function isTag(text) {
    return TAG.test(text);
}
/** Where the registry's API answers. Loopback registries speak plain http, as the Docker Engine treats them. */
function endpointOf(host) {
    if (host === 'docker.io')
        return 'https://registry-1.docker.io';
    return `${isLoopback(host) ? 'http' : 'https'}://${host}`;
}
/** localhost, 127.0.0.0/8 and [::1], with or without a port. */
function isLoopback(host) {
    const name = host.replace(/:\d+$/, '').toLowerCase();
    return name === 'localhost' || name === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(name);
}
function normalHost(host) {
    const lower = host.toLowerCase();
    const hub = ['docker.io', 'index.docker.io', 'registry-1.docker.io', 'registry.hub.docker.com'];
    return hub.includes(lower) ? 'docker.io' : lower;
}

;// CONCATENATED MODULE: ./lib/registry/auth.ts
/**
 * How a registry is convinced: Basic, or the token dance of Docker's registry (distribution, docs/spec/auth/token.md
 * and oauth.md; challenges by RFC 9110, section 11.6.1).
 */


/** A token is renewed this long before it ends: a request that starts with it should also end with it. */
const RENEW_EARLY_MS = 15_000;
/** What a registry means that does not say how long its token is good for (token.md). */
const DEFAULT_LIFE_S = 60;
function createAuth(options) {
    const { http, clock, log } = options;
    const challenges = new Map();
    const tokens = new Map();
    const basic = (credential) => credential === undefined || 'identityToken' in credential
        ? undefined
        : `Basic ${Buffer.from(`${credential.username}:${credential.password}`).toString('base64')}`;
    const tokenFor = async (host, scopes, challenge, renew) => {
        const key = `${host} ${[...scopes].sort().join(' ')}`;
        const held = renew ? undefined : await tokens.get(key);
        if (held !== undefined && held.expiresAt > clock.now() + RENEW_EARLY_MS)
            return held.header;
        const fetching = fetchToken(host, scopes, challenge);
        tokens.set(key, fetching);
        try {
            return (await fetching).header;
        }
        catch (error) {
            tokens.delete(key);
            throw error;
        }
    };
    const fetchToken = async (host, scopes, challenge) => {
        const realm = checkedRealm(host, challenge.parameters['realm']);
        const service = challenge.parameters['service'] ?? '';
        const credential = await options.credentials(host);
        let method = 'GET';
        let body;
        const headers = {};
        const url = new URL(realm);
        if (credential !== undefined && 'identityToken' in credential) {
            method = 'POST';
            headers['content-type'] = 'application/x-www-form-urlencoded';
            body = new URLSearchParams({
                grant_type: 'refresh_token',
                service,
                client_id: 'neurodesk-ci',
                scope: scopes.join(' '),
                refresh_token: credential.identityToken
            }).toString();
        }
        else {
            if (service !== '')
                url.searchParams.set('service', service);
            for (const scope of scopes)
                url.searchParams.append('scope', scope);
            const header = basic(credential);
            if (header !== undefined)
                headers['authorization'] = header;
        }
        const asked = clock.now();
        const response = await http.request(url.href, {
            method,
            headers,
            ...(body === undefined ? {} : { body }),
            maxBytes: 1024 * 1024
        });
        if (response.status !== 200)
            throw new lib_http/* HttpStatusError */.F9(response, method, response.body.subarray(0, 4000).toString('utf8'));
        const answer = parseToken(response.body);
        if (answer === undefined)
            throw new Error(`${host}: the token service at ${url.host} gave no token`);
        log.mask(answer.token);
        return { header: `Bearer ${answer.token}`, expiresAt: asked + answer.lifeSeconds * 1000 };
    };
    return {
        async known(host, scopes) {
            const challenge = challenges.get(host);
            if (challenge === undefined)
                return undefined;
            if (challenge.scheme === 'basic')
                return basic(await options.credentials(host));
            return await tokenFor(host, scopes, challenge, false);
        },
        async answer(host, scopes, wwwAuthenticate) {
            const challenge = chooseChallenge(parseChallenges(wwwAuthenticate));
            if (challenge === undefined)
                return undefined;
            challenges.set(host, challenge);
            if (challenge.scheme === 'basic')
                return basic(await options.credentials(host));
            return await tokenFor(host, scopes, challenge, true);
        },
        async loggedIn(host) {
            return (await options.credentials(host)) !== undefined;
        }
    };
}
/** Reads a WWW-Authenticate header, also several challenges in one line. Unknown schemes are left out. */
function parseChallenges(header) {
    const found = [];
    const part = /\s*(?:([A-Za-z][A-Za-z0-9-]*)\s+(?=[A-Za-z_-]+\s*=)|([A-Za-z_-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s",]+))\s*,?|([A-Za-z][A-Za-z0-9-]*)\s*,?)/y;
    part.lastIndex = 0;
    for (let match = part.exec(header); match !== null && match[0] !== ''; match = part.exec(header)) {
        const [, scheme, name, quoted, plain, bare] = match;
        if (scheme !== undefined || bare !== undefined) {
            found.push({ scheme: (scheme ?? bare ?? '').toLowerCase(), parameters: {} });
        }
        else if (name !== undefined) {
            const value = quoted === undefined ? (plain ?? '') : quoted.replace(/\\(.)/g, '$1');
            const current = found.at(-1);
            if (current !== undefined)
                current.parameters[name.toLowerCase()] = value;
        }
    }
    return found.flatMap(({ scheme, parameters }) => scheme === 'basic' || scheme === 'bearer' ? [{ scheme, parameters }] : []);
}
function chooseChallenge(challenges) {
    return challenges.find((challenge) => challenge.scheme === 'bearer') ?? challenges[0];
}
/**
 * The realm is a URL that the registry chose and that the password is sent to: it has to be https, except where
 * the registry itself is on loopback and everything is plain http.
 */
function checkedRealm(host, realm) {
    let url;
    try {
        url = new URL(realm ?? '');
    }
    catch {
        throw new Error(`${host}: the registry asks for a token without naming a usable realm`);
    }
    const plainAllowed = endpointOf(host).startsWith('http:') && isLoopback(url.host);
    if (url.protocol !== 'https:' && !(url.protocol === 'http:' && plainAllowed)) {
        throw new Error(`${host}: the registry asks to send credentials to ${url.protocol}//${url.host}, which is not https`);
    }
    return url.href;
}
function parseToken(body) {
    let json;
    try {
        json = JSON.parse(body.toString('utf8'));
    }
    catch {
        return undefined;
    }
    if (typeof json !== 'object' || json === null)
        return undefined;
    const { token, access_token: accessToken, expires_in: life } = json;
    const text = typeof token === 'string' && token !== '' ? token : accessToken;
    if (typeof text !== 'string' || text === '')
        return undefined;
    return { token: text, lifeSeconds: typeof life === 'number' && life > 0 ? life : DEFAULT_LIFE_S };
}

// EXTERNAL MODULE: ./node_modules/p-limit/index.js + 1 modules
var p_limit = __nccwpck_require__(370);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __nccwpck_require__(7598);
;// CONCATENATED MODULE: ./lib/registry/manifest.ts
/**
 * What a registry keeps: manifests, indexes and image configurations, in OCI's and in Docker's types. Protocol
 * sources: OCI Image Specification 1.1 (manifest.md, image-index.md, config.md) and Docker's Image Manifest
 * Version 2, Schema 2. Everything that comes from a registry is checked here before it is believed.
 */


const mediaTypes = {
    ociManifest: 'application/vnd.oci.image.manifest.v1+json',
    ociIndex: 'application/vnd.oci.image.index.v1+json',
    ociConfig: 'application/vnd.oci.image.config.v1+json',
    ociLayer: 'application/vnd.oci.image.layer.v1.tar',
    ociLayerGzip: 'application/vnd.oci.image.layer.v1.tar+gzip',
    ociLayerZstd: 'application/vnd.oci.image.layer.v1.tar+zstd',
    dockerManifest: 'application/vnd.docker.distribution.manifest.v2+json',
    dockerIndex: 'application/vnd.docker.distribution.manifest.list.v2+json',
    dockerConfig: 'application/vnd.docker.container.image.v1+json',
    dockerLayerGzip: 'application/vnd.docker.image.rootfs.diff.tar.gzip',
    inToto: 'application/vnd.in-toto+json'
};
/** Sent as Accept with every question for a manifest. */
const acceptManifests = [
    mediaTypes.ociIndex,
    mediaTypes.ociManifest,
    mediaTypes.dockerIndex,
    mediaTypes.dockerManifest
].join(', ');
/** What a registry gave is not what the specification allows. Never retried: it would come again. */
class ManifestError extends Error {
    name = 'ManifestError';
}
function digestOf(bytes) {
    return `sha256:${(0,external_node_crypto_.createHash)('sha256').update(bytes).digest('hex')}`;
}
/**
 * Reads a manifest or an index.
 * @throws ManifestError also for Docker's schema 1, which has neither config nor diff_ids.
 */
function parseManifest(body, contentType) {
    const json = parseObject(body, 'manifest');
    const mediaType = typeof json['mediaType'] === 'string' ? json['mediaType'] : (contentType.split(';')[0] ?? '').trim();
    if (json['schemaVersion'] !== 2) {
        throw new ManifestError(`manifest has schemaVersion ${JSON.stringify(json['schemaVersion'])}; only 2 is supported`);
    }
    const annotations = readTexts(json['annotations']);
    if (Array.isArray(json['manifests'])) {
        return {
            kind: 'index',
            mediaType,
            annotations,
            manifests: json['manifests'].map((item) => readDescriptor(item))
        };
    }
    if (!Array.isArray(json['layers'])) {
        throw new ManifestError(`${mediaType === '' ? 'document' : mediaType} has neither layers nor manifests`);
    }
    return {
        kind: 'image',
        mediaType,
        annotations,
        config: readDescriptor(json['config']),
        layers: json['layers'].map((item) => readDescriptor(item))
    };
}
/**
 * Reads an image configuration.
 * @throws ManifestError
 */
function parseConfig(body) {
    const json = parseObject(body, 'image configuration');
    const rootfs = isRecord(json['rootfs']) ? json['rootfs'] : {};
    const diffIds = rootfs['diff_ids'];
    if (!Array.isArray(diffIds) ||
        !diffIds.every((id) => typeof id === 'string' && isDigest(id))) {
        throw new ManifestError('image configuration has no usable rootfs.diff_ids');
    }
    return {
        os: textOr(json['os'], 'linux'),
        architecture: textOr(json['architecture'], ''),
        variant: typeof json['variant'] === 'string' && json['variant'] !== '' ? json['variant'] : undefined,
        created: typeof json['created'] === 'string' ? json['created'] : undefined,
        settings: isRecord(json['config']) ? json['config'] : {},
        diffIds,
        raw: json
    };
}
/**
 * `os/architecture[/variant]`, in the words of Go: `linux/amd64`, `linux/arm64`.
 * @throws ManifestError
 */
function parsePlatform(text) {
    const parts = text.trim().toLowerCase().split('/');
    const [os, architecture, variant] = parts;
    const usable = parts.length <= 3 && parts.every((part) => /^[a-z0-9][a-z0-9_.-]*$/.test(part));
    if (!usable || os === undefined || architecture === undefined) {
        throw new ManifestError(`"${text}" is no platform: os/architecture or os/architecture/variant`);
    }
    return normalPlatform({ os, architecture, ...(variant === undefined ? {} : { variant }) });
}
function formatPlatform(platform) {
    return [platform.os, platform.architecture, platform.variant].filter((part) => part !== undefined).join('/');
}
/** arm64 is v8 whether it says so or not; x86_64 and aarch64 are uname's words for amd64 and arm64. */
function normalPlatform(platform) {
    const names = { x86_64: 'amd64', aarch64: 'arm64' };
    const architecture = names[platform.architecture] ?? platform.architecture;
    const implied = architecture === 'arm64' && platform.variant === 'v8';
    const variant = implied || platform.variant === '' ? undefined : platform.variant;
    return { os: platform.os, architecture, ...(variant === undefined ? {} : { variant }) };
}
function samePlatform(one, other) {
    return formatPlatform(normalPlatform(one)) === formatPlatform(normalPlatform(other));
}
/** The images of an index that a machine can run: attestations have the platform unknown/unknown. */
function runnable(index) {
    return index.manifests.filter((item) => item.annotations?.['vnd.docker.reference.type'] === undefined &&
        item.platform !== undefined &&
        item.platform.os !== 'unknown');
}
function readDescriptor(value) {
    if (!isRecord(value))
        throw new ManifestError('descriptor is missing');
    const { mediaType, digest, size, platform } = value;
    if (typeof digest !== 'string' || !isDigest(digest))
        throw new ManifestError('descriptor has no usable digest');
    if (typeof size !== 'number' || !Number.isSafeInteger(size) || size < 0) {
        throw new ManifestError(`descriptor ${digest} has no usable size`);
    }
    return {
        mediaType: textOr(mediaType, ''),
        digest,
        size,
        ...(isRecord(platform)
            ? {
                platform: normalPlatform({
                    os: textOr(platform['os'], 'unknown'),
                    architecture: textOr(platform['architecture'], 'unknown'),
                    ...(typeof platform['variant'] === 'string' ? { variant: platform['variant'] } : {})
                })
            }
            : {}),
        ...(isRecord(value['annotations']) ? { annotations: readTexts(value['annotations']) } : {})
    };
}
function parseObject(body, what) {
    let value;
    try {
        value = JSON.parse(Buffer.from(body).toString('utf8'));
    }
    catch (error) {
        throw new ManifestError(`${what} is no JSON`, { cause: error });
    }
    if (!isRecord(value))
        throw new ManifestError(`${what} is no JSON object`);
    return value;
}
function readTexts(value) {
    if (!isRecord(value))
        return {};
    return Object.fromEntries(Object.entries(value).filter((entry) => typeof entry[1] === 'string'));
}
function isRecord(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}
function textOr(value, otherwise) {
    return typeof value === 'string' && value !== '' ? value : otherwise;
}

;// CONCATENATED MODULE: ./lib/registry/copy.ts
/** Copying an image between repositories, byte for byte, so that its digest stays the same. */



/**
 * Copies what `from` points at: for an index all its entries, attestations included. Blobs that are there stay,
 * blobs of the same registry are mounted, the others are streamed. Manifests come after their blobs, the top last,
 * so that a copy that broke off leaves nothing that points at something missing.
 */
async function copyImage(registry, from, to, options) {
    const limit = (0,p_limit/* default */.A)(options.parallel ?? 3);
    const counts = { there: 0, mounted: 0, uploaded: 0 };
    let bytes = 0;
    const copied = new Map();
    const copyBlob = (descriptor) => {
        const running = copied.get(descriptor.digest);
        if (running !== undefined)
            return running;
        const work = limit(async () => {
            const outcome = await registry.pushBlob(to, {
                digest: descriptor.digest,
                size: descriptor.size,
                open: async (offset) => await registry.openBlob(from, descriptor, offset)
            }, [from]);
            counts[outcome]++;
            if (outcome === 'uploaded')
                bytes += descriptor.size;
            options.onBlob?.(descriptor, outcome);
        });
        copied.set(descriptor.digest, work);
        return work;
    };
    const copyManifest = async (found) => {
        if (found.manifest.kind === 'image') {
            // Foreign layers are not the registry's to give: their descriptors carry a URL of somebody else.
            const own = found.manifest.layers.filter((layer) => !layer.mediaType.includes('.foreign.'));
            await settleAll([found.manifest.config, ...own].map(copyBlob));
        }
        else {
            for (const entry of found.manifest.manifests) {
                const child = await registry.manifest(at(from, entry.digest));
                if (child === undefined) {
                    throw new Error(`${formatReference(from)}: its index names ${entry.digest}, which is not in ${formatRepository(from)}`);
                }
                await copyManifest(child);
            }
        }
        await registry.pushManifest(to, found.body, found.descriptor.mediaType);
    };
    const top = await registry.manifest(from);
    if (top === undefined)
        throw new Error(`${formatReference(from)} is not there, so it cannot be copied`);
    await copyManifest(top);
    return {
        descriptor: { ...top.descriptor, mediaType: top.descriptor.mediaType || mediaTypes.ociManifest },
        counts,
        bytes
    };
}
/** Waits for all before it throws: nothing may still be uploading when the caller learns of a failure. */
async function settleAll(work) {
    const results = await Promise.allSettled(work);
    const failed = results.find((result) => result.status === 'rejected');
    if (failed !== undefined)
        throw failed.reason;
}

;// CONCATENATED MODULE: ./lib/registry/paths.ts


function pull(repository) {
    return [`repository:${repository.path}:pull`];
}
function push(repository) {
    return [`repository:${repository.path}:pull,push`];
}
function blobPath(repository, digest) {
    return `/v2/${repository.path}/blobs/${digest}`;
}
function manifestPath(reference) {
    return `/v2/${reference.path}/manifests/${reference.digest ?? reference.tag ?? 'latest'}`;
}
function typeOf(answer) {
    return (answer.headers['content-type'] ?? '').split(';')[0]?.trim() ?? '';
}
function wrongDigest(reference, got) {
    return new ManifestError(`${formatReference(reference)}: the registry answers with ${got}`);
}

// EXTERNAL MODULE: external "node:stream"
var external_node_stream_ = __nccwpck_require__(7075);
;// CONCATENATED MODULE: ./lib/registry/read.ts
/** Reading from a registry: every answer is verified against its digest before it is believed. */





const MAX_MANIFEST = 4 * 1024 * 1024;
/** Also the default for any small blob. */
const MAX_CONFIG = 8 * 1024 * 1024;
async function resolve(transport, reference) {
    const answer = await transport.request({
        host: reference.host,
        target: manifestPath(reference),
        method: 'HEAD',
        scopes: pull(reference),
        headers: { accept: acceptManifests },
        accepted: [200, 404]
    });
    if (answer.status === 404)
        return undefined;
    const digest = answer.headers['docker-content-digest'] ?? reference.digest;
    const size = Number(answer.headers['content-length']);
    const mediaType = typeOf(answer);
    // Some registries leave one of these out of a HEAD: then the manifest itself has to tell.
    if (digest === undefined || !Number.isSafeInteger(size) || size <= 0 || mediaType === '') {
        return (await getManifest(transport, reference))?.descriptor;
    }
    if (reference.digest !== undefined && digest !== reference.digest)
        throw wrongDigest(reference, digest);
    return { mediaType, digest, size };
}
async function getManifest(transport, reference) {
    const answer = await transport.request({
        host: reference.host,
        target: manifestPath(reference),
        method: 'GET',
        scopes: pull(reference),
        headers: { accept: acceptManifests },
        accepted: [200, 404],
        maxBytes: MAX_MANIFEST
    });
    if (answer.status === 404)
        return undefined;
    const digest = digestOf(answer.body);
    const expected = reference.digest ?? answer.headers['docker-content-digest'];
    if (expected !== undefined && expected.startsWith('sha256:') && expected !== digest)
        throw wrongDigest(reference, digest);
    const manifest = parseManifest(answer.body, typeOf(answer));
    return {
        manifest,
        body: answer.body,
        descriptor: { mediaType: manifest.mediaType, digest, size: answer.body.length }
    };
}
async function getImage(transport, reference, platform) {
    const top = await getManifest(transport, reference);
    if (top === undefined)
        return undefined;
    let chosen = top;
    if (top.manifest.kind === 'index') {
        const entry = runnable(top.manifest).find((item) => item.platform !== undefined && samePlatform(item.platform, platform));
        if (entry === undefined)
            return undefined;
        chosen = await getManifest(transport, at(reference, entry.digest));
        if (chosen === undefined) {
            throw new ManifestError(`${formatReference(reference)}: its index names ${entry.digest}, which the registry does not have`);
        }
    }
    if (chosen.manifest.kind !== 'image') {
        throw new ManifestError(`${formatReference(reference)}: an index inside an index`);
    }
    const manifest = chosen.manifest;
    const config = parseConfig(await getBlob(transport, reference, manifest.config, MAX_CONFIG));
    const own = {
        os: config.os,
        architecture: config.architecture,
        ...(config.variant === undefined ? {} : { variant: config.variant })
    };
    if (!samePlatform(own, platform)) {
        if (top.manifest.kind === 'image')
            return undefined;
        throw new ManifestError(`${formatReference(reference)}: the index promises ${formatPlatform(platform)}, the image says ${formatPlatform(own)}`);
    }
    if (config.diffIds.length !== manifest.layers.length) {
        throw new ManifestError(`${formatReference(reference)}: ${manifest.layers.length} layers, but ${config.diffIds.length} diff_ids`);
    }
    return {
        top: top.descriptor,
        descriptor: chosen.descriptor,
        manifest,
        config,
        platform: own,
        compressedSize: manifest.layers.reduce((sum, layer) => sum + layer.size, 0)
    };
}
async function getBlob(transport, repository, descriptor, maxBytes) {
    if (descriptor.size > maxBytes) {
        throw new ManifestError(`${formatRepository(repository)}@${descriptor.digest}: ${descriptor.size} bytes, at most ${maxBytes} are read`);
    }
    const answer = await transport.request({
        host: repository.host,
        target: blobPath(repository, descriptor.digest),
        method: 'GET',
        scopes: pull(repository),
        accepted: [200],
        maxBytes: descriptor.size
    });
    const digest = digestOf(answer.body);
    if (digest !== descriptor.digest)
        throw wrongDigest(at(repository, descriptor.digest), digest);
    return answer.body;
}
async function openBlob(transport, repository, descriptor, from) {
    const answer = await transport.stream({
        host: repository.host,
        target: blobPath(repository, descriptor.digest),
        method: 'GET',
        scopes: pull(repository),
        headers: from === 0 ? {} : { range: `bytes=${from}-` },
        accepted: from === 0 ? [200] : [200, 206],
        timeoutMs: 60_000
    });
    const checked = new BlobCheck(descriptor, answer.status === 206 ? 0 : from, from === 0);
    answer.body.on('error', (error) => checked.destroy(error));
    checked.on('close', () => answer.body.destroy());
    return answer.body.pipe(checked);
}
async function hasBlob(transport, repository, digest) {
    const answer = await transport.request({
        host: repository.host,
        target: blobPath(repository, digest),
        method: 'HEAD',
        // Asked only before a push: with the push scope the token serves the upload as well.
        scopes: push(repository),
        accepted: [200, 404]
    });
    return answer.status === 200;
}
async function listTags(transport, repository, limit) {
    const tags = [];
    let target = `/v2/${repository.path}/tags/list?n=1000`;
    while (tags.length < limit) {
        const answer = await transport.request({
            host: repository.host,
            target,
            method: 'GET',
            scopes: pull(repository),
            accepted: [200, 404]
        });
        if (answer.status === 404)
            return [];
        const page = JSON.parse(answer.body.toString('utf8'));
        const names = Array.isArray(page.tags)
            ? page.tags.filter((name) => typeof name === 'string')
            : [];
        tags.push(...names);
        const next = /<([^>]+)>\s*;\s*rel="?next"?/.exec(answer.headers['link'] ?? '')?.[1];
        if (next === undefined || names.length === 0)
            break;
        target = next;
    }
    return tags.slice(0, limit);
}
/** Leaves out the first `skip` bytes (a registry that ignored Range) and checks length and digest at the end. */
class BlobCheck extends external_node_stream_.Transform {
    #hash = (0,external_node_crypto_.createHash)('sha256');
    #descriptor;
    #whole;
    #skip;
    #seen = 0;
    constructor(descriptor, skip, whole) {
        super();
        this.#descriptor = descriptor;
        this.#skip = skip;
        this.#whole = whole;
    }
    _transform(chunk, _encoding, done) {
        this.#seen += chunk.length;
        if (this.#whole)
            this.#hash.update(chunk);
        if (this.#whole && this.#seen > this.#descriptor.size) {
            done(new ManifestError(`${this.#descriptor.digest}: more than the ${this.#descriptor.size} bytes that were promised`));
            return;
        }
        const skipped = Math.min(this.#skip, chunk.length);
        this.#skip -= skipped;
        done(null, skipped === 0 ? chunk : chunk.subarray(skipped));
    }
    _flush(done) {
        if (!this.#whole) {
            done();
            return;
        }
        const digest = `sha256:${this.#hash.digest('hex')}`;
        const right = digest === this.#descriptor.digest && this.#seen === this.#descriptor.size;
        done(right
            ? null
            : new ManifestError(`${this.#descriptor.digest}: the registry sent other bytes (${this.#seen} of ${this.#descriptor.size}, ${digest})`));
    }
}

// EXTERNAL MODULE: ./lib/retry/index.ts + 2 modules
var retry = __nccwpck_require__(2751);
;// CONCATENATED MODULE: ./lib/registry/transport.ts
/**
 * One request to a registry: authorised, redirected, retried. The rest of the room speaks in terms of manifests
 * and blobs and leaves this to the transport.
 */



const MAX_REDIRECTS = 5;
function createTransport(options) {
    const { http, clock, log, auth, signal } = options;
    const exchange = async (call, perform, discard) => {
        const endpoint = endpointOf(call.host);
        let url = absolute(endpoint, call.target);
        let renewed = false;
        for (let redirects = 0;;) {
            const own = new URL(url).origin === new URL(endpoint).origin;
            const header = own ? await auth.known(call.host, call.scopes) : undefined;
            let answer = await perform(url, withAuthorization(call, header));
            if (answer.status === 401 && own && !renewed && isReplayable(call)) {
                renewed = true;
                const challenge = answer.headers['www-authenticate'] ?? '';
                const better = await auth.answer(call.host, call.scopes, challenge);
                if (better !== undefined) {
                    discard(answer);
                    answer = await perform(url, withAuthorization(call, better));
                }
            }
            const location = answer.headers['location'];
            const redirected = [301, 302, 303, 307, 308].includes(answer.status) && location !== undefined;
            if (!redirected || (call.method !== 'GET' && call.method !== 'HEAD'))
                return answer;
            discard(answer);
            if (++redirects > MAX_REDIRECTS)
                throw new Error(`${call.host}: more than ${MAX_REDIRECTS} redirects`);
            const next = new URL(location, url);
            // A blob may well come from a content network, yet never in the clear when the registry is not.
            if (url.startsWith('https:') && next.protocol !== 'https:') {
                throw new Error(`${call.host}: redirects from https to ${next.protocol}//${next.host}`);
            }
            url = next.href;
        }
    };
    const once = async (call) => {
        const answer = await exchange(call, (url, request) => http.request(url, request), () => undefined);
        if (!call.accepted.includes(answer.status))
            throw await refusal(call, answer);
        return answer;
    };
    const open = async (call) => {
        const answer = await exchange(call, (url, request) => http.stream(url, request), (unused) => void unused.body.destroy());
        if (call.accepted.includes(answer.status))
            return answer;
        throw await refusal(call, { ...answer, body: await beginningOf(answer) });
    };
    const withAuthorization = (call, header) => ({
        method: call.method,
        headers: { ...call.headers, ...(header === undefined ? {} : { authorization: header }) },
        ...(call.body === undefined ? {} : { body: call.body }),
        ...(call.maxBytes === undefined ? {} : { maxBytes: call.maxBytes }),
        ...(call.timeoutMs === undefined ? {} : { timeoutMs: call.timeoutMs }),
        ...(signal === undefined ? {} : { signal })
    });
    const retried = async (call, attempt) => await (0,retry/* retry */.L5)(`${call.method} ${call.host}${shown(call.target)}`, attempt, {
        classify: retry/* classifyRegistry */.Oq,
        clock,
        log,
        ...(options.limits === undefined ? {} : { limits: options.limits }),
        ...(signal === undefined ? {} : { signal })
    });
    return {
        request: async (call) => (isReplayable(call) ? await retried(call, () => once(call)) : await once(call)),
        stream: async (call) => await retried(call, () => open(call)),
        requestOnce: once
    };
}
/** The URL that a registry's Location means: relative to its endpoint, and never less secure than that. */
function absolute(endpoint, target) {
    const base = new URL(endpoint);
    const url = new URL(target, base);
    // A registry behind a proxy that ends TLS names itself with http.
    if (base.protocol === 'https:' && url.protocol === 'http:' && url.hostname === base.hostname)
        url.protocol = 'https:';
    if (base.protocol === 'https:' && url.protocol !== 'https:') {
        throw new Error(`${base.host}: asks to continue at ${url.protocol}//${url.host}, which is not https`);
    }
    return url.href;
}
function isReplayable(call) {
    return call.body === undefined || typeof call.body === 'string' || call.body instanceof Uint8Array;
}
async function refusal(call, answer) {
    return await Promise.resolve(new lib_http/* HttpStatusError */.F9(answer, call.method, answer.body.subarray(0, 4000).toString('utf8')));
}
async function beginningOf(answer) {
    const chunks = [];
    let size = 0;
    try {
        for await (const chunk of answer.body) {
            chunks.push(chunk);
            size += chunk.length;
            if (size > 4000)
                break;
        }
    }
    catch {
        // The status is what counts; the text that goes with it is a comfort.
    }
    answer.body.destroy();
    return Buffer.concat(chunks);
}
/** Without the query: upload locations carry state there. */
function shown(target) {
    const path = target.startsWith('/') ? target : new URL(target).pathname;
    return path.split('?')[0] ?? path;
}

;// CONCATENATED MODULE: ./lib/registry/upload.ts
/**
 * Pushing one blob: not at all when it is there, by mounting where the registry has it elsewhere, else as one
 * stream that goes on where it broke. OCI Distribution Specification 1.1, "Pushing blobs".
 */







/** A blob that is in memory. */
function bytesSource(digest, bytes) {
    return {
        digest,
        size: bytes.length,
        open: (from) => Readable.from([Buffer.from(bytes.subarray(from))], { objectMode: false })
    };
}
/** An upload is given this much time for the whole, and more by its size: 256 KiB/s is slow, not stuck. */
const BASE_TIMEOUT_MS = 120_000;
const SLOWEST_BYTES_PER_MS = 256;
async function pushBlob(context, repository, source, mountFrom) {
    if (await hasBlob(context.transport, repository, source.digest))
        return 'there';
    for (const other of mountFrom) {
        if (other.host !== repository.host || other.path === repository.path)
            continue;
        if (await mount(context.transport, repository, source.digest, other))
            return 'mounted';
    }
    const session = { location: undefined, offset: 0 };
    await (0,retry/* retry */.L5)(`upload of ${source.digest} to ${formatRepository(repository)}`, async () => {
        try {
            await attempt(context, repository, source, session);
        }
        catch (error) {
            await recover(context, repository, session, error);
            throw error;
        }
    }, {
        classify: (error, now) => (isLostSession(error) ? { kind: 'retry' } : (0,retry/* classifyRegistry */.Oq)(error, now)),
        clock: context.clock,
        log: context.log,
        limits: { totalMs: 60 * 60_000, attempts: 6, ...context.limits },
        ...(context.signal === undefined ? {} : { signal: context.signal })
    });
    return 'uploaded';
}
async function attempt(context, repository, source, session) {
    const { transport } = context;
    const scopes = push(repository);
    if (session.location === undefined) {
        const started = await transport.request({
            host: repository.host,
            target: `/v2/${repository.path}/blobs/uploads/`,
            method: 'POST',
            scopes,
            headers: { 'content-length': '0' },
            accepted: [202]
        });
        session.location = locationOf(repository, started);
        session.offset = 0;
    }
    if (session.offset < source.size || source.size === 0) {
        const rest = source.size - session.offset;
        const body = await source.open(session.offset);
        try {
            const patched = await transport.requestOnce({
                host: repository.host,
                target: session.location,
                method: 'PATCH',
                scopes,
                headers: {
                    'content-type': 'application/octet-stream',
                    'content-length': String(rest),
                    ...(session.offset === 0 ? {} : { 'content-range': `${session.offset}-${source.size - 1}` })
                },
                body,
                accepted: [202, 204],
                timeoutMs: BASE_TIMEOUT_MS + Math.ceil(rest / SLOWEST_BYTES_PER_MS)
            });
            session.location = locationOf(repository, patched);
            session.offset = source.size;
        }
        finally {
            body.destroy();
        }
    }
    const url = new URL(session.location);
    url.searchParams.set('digest', source.digest);
    await transport.requestOnce({
        host: repository.host,
        target: url.href,
        method: 'PUT',
        scopes,
        headers: { 'content-length': '0' },
        accepted: [201, 204],
        // The registry hashes the whole blob before it answers.
        timeoutMs: BASE_TIMEOUT_MS + Math.ceil(source.size / SLOWEST_BYTES_PER_MS)
    });
}
/** After a break: asks how much the registry has, and starts anew when it no longer knows the upload. */
async function recover(context, repository, session, error) {
    const { location } = session;
    session.location = undefined;
    const broke = error instanceof lib_http/* HttpError */.j$ || (error instanceof lib_http/* HttpStatusError */.F9 && error.status >= 500);
    if (location === undefined || !broke || context.signal?.aborted === true)
        return;
    try {
        const status = await context.transport.requestOnce({
            host: repository.host,
            target: location,
            method: 'GET',
            scopes: push(repository),
            accepted: [204]
        });
        const range = /^(?:bytes=)?0-(\d+)$/.exec(status.headers['range'] ?? '');
        if (range === null)
            return;
        session.location = locationOf(repository, status);
        // An empty upload is 0-0, and so is one of a single byte: sending that byte again is the safe reading.
        const last = Number(range[1]);
        session.offset = last === 0 ? 0 : last + 1;
        if (session.offset === 0)
            session.location = undefined;
        context.log.debug(`the registry has ${session.offset} bytes of the upload; going on from there`);
    }
    catch {
        // It does not know: the next attempt starts a new upload.
    }
}
/** The registry dropped the upload (it was too old, or its state and ours differ): a new one is to be started. */
function isLostSession(error) {
    return (error instanceof lib_http/* HttpStatusError */.F9 &&
        ((error.status === 404 && /BLOB_UPLOAD_UNKNOWN/i.test(error.body)) ||
            (error.status === 400 && /BLOB_UPLOAD_INVALID|DIGEST_INVALID/i.test(error.body)) ||
            error.status === 416 ||
            // The token ended while the upload ran; the next attempt gets a new one.
            error.status === 401));
}
async function mount(transport, repository, digest, from) {
    const query = new URLSearchParams({ mount: digest, from: from.path });
    const answer = await transport.request({
        host: repository.host,
        target: `/v2/${repository.path}/blobs/uploads/?${query.toString()}`,
        method: 'POST',
        scopes: [...push(repository), `repository:${from.path}:pull`],
        headers: { 'content-length': '0' },
        // 202: the registry would rather have the bytes. Refusing to look into the other repository is no failure.
        accepted: [201, 202, 401, 403, 404, 405]
    });
    return answer.status === 201;
}
/** Starts an upload and gives it up: the only question that a registry answers about rights to write. */
async function canPush(transport, repository) {
    const scopes = push(repository);
    let started;
    try {
        started = await transport.request({
            host: repository.host,
            target: `/v2/${repository.path}/blobs/uploads/`,
            method: 'POST',
            scopes,
            headers: { 'content-length': '0' },
            accepted: [202]
        });
    }
    catch (error) {
        // Also from the token service, which refuses the scope.
        if (error instanceof lib_http/* HttpStatusError */.F9 && [401, 403].includes(error.status))
            return false;
        throw error;
    }
    try {
        await transport.requestOnce({
            host: repository.host,
            target: locationOf(repository, started),
            method: 'DELETE',
            scopes,
            accepted: [200, 202, 204]
        });
    }
    catch {
        // An upload that nobody goes on with is dropped by the registry in time.
    }
    return true;
}
function locationOf(repository, answer) {
    const location = answer.headers['location'];
    if (location === undefined)
        throw new lib_http/* HttpError */.j$('protocol', answer.url, 'the registry names no Location for the upload');
    return absolute(endpointOf(repository.host), location);
}

;// CONCATENATED MODULE: ./lib/registry/client.ts









/**
 * A client for any registry that speaks the OCI Distribution Specification 1.1. Every method throws
 * HttpStatusError for a refusal, TransientError when the registry kept failing, ManifestError for an answer that
 * makes no sense. Only a plain 404 counts as "not there".
 */
function createRegistry(options) {
    const auth = createAuth(options);
    const transport = createTransport({ ...options, auth });
    const registry = {
        resolve: async (reference) => await resolve(transport, reference),
        manifest: async (reference) => await getManifest(transport, reference),
        image: async (reference, platform) => await getImage(transport, reference, platform),
        blob: async (repository, descriptor, maxBytes = MAX_CONFIG) => await getBlob(transport, repository, descriptor, maxBytes),
        openBlob: async (repository, descriptor, from = 0) => await openBlob(transport, repository, descriptor, from),
        hasBlob: async (repository, digest) => await hasBlob(transport, repository, digest),
        pushBlob: async (repository, source, mountFrom = []) => await pushBlob({ transport, ...options }, repository, source, mountFrom),
        pushManifest: async (repository, body, mediaType, tag) => await putManifest(transport, repository, Buffer.from(body), mediaType, tag),
        copy: async (from, to, copyOptions = {}) => await copyImage(registry, from, to, copyOptions),
        tag: async (reference, tag) => {
            const found = await registry.manifest(reference);
            if (found === undefined)
                throw new Error(`${formatReference(reference)} is not there, so it cannot be tagged ${tag}`);
            return await putManifest(transport, reference, found.body, found.descriptor.mediaType, tag);
        },
        tags: async (repository, limit = 10_000) => await listTags(transport, repository, limit),
        canPush: async (repository) => await canPush(transport, repository),
        loggedIn: async (host) => await auth.loggedIn(host)
    };
    return registry;
}
async function putManifest(transport, repository, body, mediaType, tag) {
    const digest = digestOf(body);
    const answer = await transport.request({
        host: repository.host,
        target: manifestPath(at(repository, tag ?? digest)),
        method: 'PUT',
        scopes: push(repository),
        headers: { 'content-type': mediaType },
        body,
        accepted: [200, 201, 202],
        timeoutMs: 120_000
    });
    const stored = answer.headers['docker-content-digest'];
    if (stored !== undefined && stored !== digest)
        throw wrongDigest(at(repository, digest), stored);
    // A 201 is a promise; that the bytes are there under this name is what the caller builds on.
    const found = await resolve(transport, at(repository, tag ?? digest));
    if (found === undefined || found.digest !== digest) {
        throw new ManifestError(`${formatRepository(repository)}: stored ${digest}${tag === undefined ? '' : ` as ${tag}`}, but the registry answers ${found?.digest ?? 'that it is not there'}`);
    }
    return { mediaType, digest, size: body.length };
}
/** True for a refusal that only a login (or another one) can change. */
function isRefusal(error) {
    return error instanceof HttpStatusError && (error.status === 401 || error.status === 403);
}

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __nccwpck_require__(6760);
;// CONCATENATED MODULE: ./lib/registry/credentials.ts
/**
 * Where a registry's user and password come from. Docker's own file is read the way Docker reads it: `auths`,
 * `credHelpers` and `credsStore` of config.json (docker/cli, cli/config/configfile).
 */

/** Nobody is logged in anywhere. */
const anonymous = () => Promise.resolve(undefined);
/** The first source that knows the host. */
function firstOf(...sources) {
    return async (host) => {
        for (const source of sources) {
            const credential = await source(host);
            if (credential !== undefined)
                return credential;
        }
        return undefined;
    };
}
/** Users and passwords that the caller has, by host. */
function given(byHost) {
    return (host) => Promise.resolve(byHost[host]);
}
/**
 * What `docker login` left on this machine: `$DOCKER_CONFIG/config.json`, else `~/.docker/config.json`. A file
 * that is missing means that nobody logged in; one that cannot be read is an error, since a silent fall back to
 * anonymous access would show up as a puzzling refusal much later.
 */
function dockerCredentials(ports) {
    let file;
    return async (host) => {
        file ??= readDockerConfig(ports);
        const config = await file;
        const keys = keysOf(host);
        for (const key of keys) {
            const helper = config.credHelpers[key];
            if (helper !== undefined)
                return await askHelper(ports, helper, key);
        }
        for (const key of keys) {
            const entry = config.auths[key];
            const credential = entry === undefined ? undefined : readEntry(entry);
            if (credential !== undefined)
                return credential;
        }
        if (config.credsStore === undefined)
            return undefined;
        for (const key of keys) {
            const credential = await askHelper(ports, config.credsStore, key);
            if (credential !== undefined)
                return credential;
        }
        return undefined;
    };
}
async function readDockerConfig(ports) {
    const { env } = ports.runner;
    const folder = env['DOCKER_CONFIG'] || (0,external_node_path_.join)(env['HOME'] ?? '/root', '.docker');
    const path = (0,external_node_path_.join)(folder, 'config.json');
    let text;
    try {
        text = await ports.fs.readFile(path, 'utf8');
    }
    catch (error) {
        if (error.code === 'ENOENT')
            return { auths: {}, credHelpers: {}, credsStore: undefined };
        throw new Error(`the Docker configuration ${path} cannot be read`, { cause: error });
    }
    let json;
    try {
        json = JSON.parse(text);
    }
    catch {
        // The parser's message quotes the text, and the text has passwords.
        throw new Error(`the Docker configuration ${path} is no JSON`);
    }
    const root = recordOf(json);
    const auths = Object.entries(recordOf(root['auths'])).map(([key, value]) => [key, recordOf(value)]);
    const helpers = Object.entries(recordOf(root['credHelpers'])).filter((entry) => typeof entry[1] === 'string');
    const store = root['credsStore'];
    return {
        auths: Object.fromEntries(auths),
        credHelpers: Object.fromEntries(helpers),
        credsStore: typeof store === 'string' && store !== '' ? store : undefined
    };
}
/** `docker login` files Docker Hub under its API of 2014, and others with or without https://. */
function keysOf(host) {
    if (host === 'docker.io') {
        return [
            'https://index.docker.io/v1/',
            'docker.io',
            'index.docker.io',
            'registry-1.docker.io',
            'https://index.docker.io/v1'
        ];
    }
    return [
        host,
        `https://${host}`,
        `https://${host}/`,
        `https://${host}/v1/`,
        `https://${host}/v2/`,
        `http://${host}`
    ];
}
function readEntry(entry) {
    const { identitytoken, auth, username, password } = entry;
    if (typeof identitytoken === 'string' && identitytoken !== '')
        return { identityToken: identitytoken };
    if (typeof username === 'string' && typeof password === 'string' && username !== '')
        return { username, password };
    if (typeof auth !== 'string' || auth === '')
        return undefined;
    const text = Buffer.from(auth, 'base64').toString('utf8');
    const colon = text.indexOf(':');
    if (colon <= 0)
        return undefined;
    // Docker pads some passwords with NUL bytes.
    return { username: text.slice(0, colon), password: text.slice(colon + 1).replace(/\0+$/, '') };
}
/** Asks `docker-credential-NAME get`, which reads the server from stdin and answers in JSON. */
async function askHelper(ports, helper, server) {
    if (!/^[a-z0-9-]+$/i.test(helper))
        throw new Error(`"${helper}" is no name of a Docker credential helper`);
    const result = await ports.exec.run(`docker-credential-${helper}`, ['get'], {
        stdin: server,
        accept: 'any',
        timeoutMs: 30_000
    });
    if (result.exitCode !== 0) {
        // Helpers say this on stdout when nothing is stored for the server; anything else is a failure of theirs.
        if (/credentials not found|no credentials|not found in native keychain/i.test(result.stdout + result.stderr)) {
            return undefined;
        }
        throw new Error(`docker-credential-${helper} failed with exit code ${result.exitCode} for ${server}`);
    }
    let answer;
    try {
        answer = recordOf(JSON.parse(result.stdout));
    }
    catch {
        throw new Error(`docker-credential-${helper} did not answer in JSON`);
    }
    const { Username, Secret } = answer;
    if (typeof Username !== 'string' || typeof Secret !== 'string' || Secret === '')
        return undefined;
    return Username === '<token>' ? { identityToken: Secret } : { username: Username, password: Secret };
}
function recordOf(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value)
        ? value
        : {};
}

;// CONCATENATED MODULE: ./lib/registry/index.ts
/** OCI distribution: what the actions may know of registries. */








/***/ }),

/***/ 2751:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  dR: () => (/* reexport */ DEFAULT_LIMITS),
  Id: () => (/* reexport */ classifyGitHub),
  d3: () => (/* reexport */ classifyHttp),
  Oq: () => (/* reexport */ classifyRegistry),
  Xp: () => (/* reexport */ classifyTool),
  L5: () => (/* reexport */ retry),
  Vs: () => (/* reexport */ retryAfterMs)
});

// EXTERNAL MODULE: ./lib/failure/index.ts
var failure = __nccwpck_require__(7315);
;// CONCATENATED MODULE: ./lib/retry/retry.ts
/** One loop for everything that can fail for a moment. What is transient is for a classifier to say (classify.ts). */

const DEFAULT_LIMITS = {
    attempts: 4,
    totalMs: 120_000,
    basePauseMs: 500,
    maxPauseMs: 20_000
};
/** Who looks at a log that stands still for longer wants to know why. */
const TOLD_PAUSE_MS = 5000;
/**
 * Runs `attempt` until it succeeds, its error is final, or a limit is reached.
 * @param what names the work in messages: "GET manifest of x".
 * @throws the error itself when it is final; TransientError when the limits ended it.
 */
async function retry(what, attempt, options) {
    const limits = { ...DEFAULT_LIMITS, ...options.limits };
    const random = options.random ?? Math.random;
    const started = options.clock.now();
    for (let number = 1;; number++) {
        options.signal?.throwIfAborted();
        try {
            return await limited(number, attempt, limits, options);
        }
        catch (error) {
            if (options.signal?.aborted === true)
                throw error;
            const now = options.clock.now();
            const judgement = options.classify(error, now);
            if (judgement.kind === 'final')
                throw error;
            const elapsed = now - started;
            const pause = pauseBefore(number, judgement, limits, random);
            if (number >= limits.attempts || elapsed + pause > limits.totalMs) {
                throw new failure/* TransientError */.N_(what, number, elapsed, error);
            }
            options.log?.debug(`${what}: attempt ${number} of ${limits.attempts}: ${(0,failure/* messageOf */.bD)(error)}; again in ${pause} ms`);
            if (pause >= TOLD_PAUSE_MS) {
                const asked = judgement.afterMs === undefined ? '' : ', as it was asked to';
                options.log?.info?.(`${what}: waits ${Math.round(pause / 1000)} s${asked}: ${(0,failure/* messageOf */.bD)(error)}`);
            }
            await options.clock.sleep(pause, options.signal);
        }
    }
}
/** Milliseconds to wait after attempt `number`: what the other side asked for, else a jittered power of two. */
function pauseBefore(number, judgement, limits, random) {
    const ceiling = Math.min(limits.maxPauseMs, limits.basePauseMs * 2 ** (number - 1));
    // Half fixed, half random: callers that failed together do not come back together.
    const own = Math.round(ceiling / 2 + (ceiling / 2) * random());
    return judgement.afterMs === undefined ? own : Math.max(judgement.afterMs, 0);
}
async function limited(number, attempt, limits, options) {
    if (limits.attemptMs === undefined)
        return await attempt(number, options.signal);
    const timer = new AbortController();
    const done = new AbortController();
    const limit = options.clock
        .sleep(limits.attemptMs, done.signal)
        .then(() => timer.abort(new Error(`no result within ${limits.attemptMs} ms`)))
        .catch(() => undefined);
    const signal = options.signal === undefined ? timer.signal : AbortSignal.any([options.signal, timer.signal]);
    try {
        return await attempt(number, signal);
    }
    finally {
        done.abort();
        await limit;
    }
}

// EXTERNAL MODULE: ./lib/http/index.ts + 3 modules
var http = __nccwpck_require__(7726);
;// CONCATENATED MODULE: ./lib/retry/classify.ts
/** What is transient, protocol by protocol. A bare 401, 403, 404 or 422 is an answer; with Retry-After it is a request to wait. */


const FINAL = { kind: 'final' };
const RETRY = { kind: 'retry' };
/** Longest wait that a server may ask for: more is a failure, told with the time that it named. */
const MAX_RETRY_AFTER_MS = 15 * 60_000;
const TRANSIENT_STATUS = new Set([408, 425, 429, 500, 502, 503, 504]);
/** Plain HTTP (RFC 9110, section 10.2.3 for Retry-After). */
const classifyHttp = (error, now) => {
    if (error instanceof http/* HttpStatusError */.F9)
        return classifyStatus(error, now);
    if (error instanceof http/* HttpError */.j$)
        return classifyTransport(error);
    return FINAL;
};
/**
 * OCI distribution: the same, and Docker Hub's way to say "too many requests" in a body.
 * https://github.com/opencontainers/distribution-spec/blob/main/spec.md#error-codes
 */
const classifyRegistry = (error, now) => {
    if (error instanceof http/* HttpStatusError */.F9 && /"code"\s*:\s*"TOOMANYREQUESTS"/i.test(error.body)) {
        return waitFor(error, now) ?? RETRY;
    }
    // Docker Hub's edge answers 400 and 520-524 in passing when an origin is down.
    if (error instanceof http/* HttpStatusError */.F9 && error.status >= 520 && error.status <= 524)
        return RETRY;
    return classifyHttp(error, now);
};
/**
 * GitHub's API: primary and secondary rate limits come as 403 or 429.
 * https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api
 * Reads octokit's RequestError by shape, so that this room does not load octokit.
 */
const classifyGitHub = (error, now) => {
    const response = asGitHubError(error);
    if (response === undefined)
        return classifyHttp(error, now);
    const { status, headers, message } = response;
    const wait = retryAfterMs(headers, now);
    if (wait !== undefined)
        return bounded(wait);
    if ((status === 403 || status === 429) && headers['x-ratelimit-remaining'] === '0') {
        const reset = Number(headers['x-ratelimit-reset']);
        return Number.isFinite(reset) ? bounded(Math.max(0, reset * 1000 - now) + 1000) : RETRY;
    }
    // Without a header GitHub asks for "at least one minute" after a secondary limit.
    if ((status === 403 || status === 429) && /secondary rate limit|abuse detection/i.test(message))
        return bounded(60_000);
    return TRANSIENT_STATUS.has(status) ? RETRY : FINAL;
};
const TRANSIENT_OUTPUT = /\b(timed? ?out|timeout|connection (reset|refused)|temporary failure|temporarily unavailable|too many requests|toomanyrequests|unexpected eof|tls handshake|i\/o timeout|no such host|bad gateway|service unavailable|gateway time-?out|internal server error|HTTP[ /][\d.]* ?(429|500|502|503|504)|status(?: code)?:? ?(429|500|502|503|504))\b/i;
const FINAL_OUTPUT = /\b(unauthorized|authentication required|access denied|denied: |permission denied|no space left on device|manifest unknown|not found: manifest)\b/i;
/** Tool output: the last lines of stderr say whether the network or the request was at fault. */
const classifyTool = (error) => {
    if (!(error instanceof failure/* ToolError */.v4))
        return FINAL;
    if (error.reason === 'timeout')
        return RETRY;
    if (error.reason !== 'exit')
        return FINAL;
    if (FINAL_OUTPUT.test(error.detail))
        return FINAL;
    return TRANSIENT_OUTPUT.test(error.detail) ? RETRY : FINAL;
};
/** Milliseconds that `retry-after` asks for (seconds or an HTTP date), or undefined. */
function retryAfterMs(headers, now) {
    const value = headers['retry-after']?.trim();
    if (value === undefined || value === '')
        return undefined;
    if (/^\d{1,9}$/.test(value))
        return Number(value) * 1000;
    const date = Date.parse(value);
    return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
function classifyStatus(error, now) {
    const wait = waitFor(error, now);
    if (wait !== undefined)
        return wait;
    return TRANSIENT_STATUS.has(error.status) ? RETRY : FINAL;
}
function waitFor(error, now) {
    if (error.status < 400)
        return undefined;
    const wait = retryAfterMs(error.headers, now);
    return wait === undefined ? undefined : bounded(wait);
}
function bounded(afterMs) {
    return afterMs > MAX_RETRY_AFTER_MS ? FINAL : { kind: 'retry', afterMs };
}
function classifyTransport(error) {
    switch (error.kind) {
        case 'dns':
        case 'refused':
        case 'reset':
        case 'timeout':
        case 'protocol':
            return RETRY;
        case 'tls':
        case 'proxy':
        case 'unsupported':
        case 'too-large':
        case 'cancelled':
            return FINAL;
    }
}
function asGitHubError(error) {
    if (!(error instanceof Error) || !('status' in error) || typeof error.status !== 'number')
        return undefined;
    if (error instanceof http/* HttpStatusError */.F9)
        return { status: error.status, headers: error.headers, message: error.body };
    const response = 'response' in error ? error.response : undefined;
    const headers = typeof response === 'object' && response !== null && 'headers' in response ? response.headers : {};
    return {
        status: error.status,
        headers: headers,
        message: error.message
    };
}

;// CONCATENATED MODULE: ./lib/retry/index.ts




/***/ }),

/***/ 3487:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  ty: () => (/* reexport */ SifError),
  B7: () => (/* reexport */ digestInDefinition),
  Lx: () => (/* reexport */ digestsOfFile),
  yZ: () => (/* reexport */ findApptainer),
  Xp: () => (/* reexport */ inspectFile),
  lj: () => (/* reexport */ inspectSif),
  eC: () => (/* reexport */ md5OfParts),
  RW: () => (/* reexport */ parseHeader)
});

// UNUSED EXPORTS: HEADER_BYTES

;// CONCATENATED MODULE: ./lib/sif/format.ts
/**
 * The SIF container format, version 01, as Apptainer writes it: a header of 128 bytes, a table of descriptors of
 * 585 bytes each, and the data. All numbers are little endian. Layout: https://github.com/apptainer/sif
 * (pkg/sif/sif.go, `header` and `rawDescriptor`). Pure: bytes in, facts or a SifError out.
 */
const HEADER_BYTES = 128;
const DESCRIPTOR_BYTES = 585;
/** Apptainer reserves 48; a table far larger is no table. */
const MAX_DESCRIPTORS = 4096;
/** The bytes are no SIF, or one that was cut off or damaged. `what` is stable, the message is for people. */
class SifError extends Error {
    name = 'SifError';
    what;
    constructor(what, message) {
        super(message);
        this.what = what;
    }
}
const ARCHITECTURES = {
    '00': 'unknown',
    '01': '386',
    '02': 'amd64',
    '03': 'arm',
    '04': 'arm64',
    '05': 'ppc64',
    '06': 'ppc64le',
    '07': 'mips',
    '08': 'mipsle',
    '09': 'mips64',
    '10': 'mips64le',
    '11': 's390x',
    '12': 'riscv64'
};
const KINDS = {
    0x4001: 'definition',
    0x4002: 'environment',
    0x4003: 'labels',
    0x4004: 'partition',
    0x4005: 'signature',
    0x4006: 'json'
};
/**
 * Reads the first 128 bytes.
 * @throws SifError `not-sif` when the magic is missing, `damaged` when its numbers make no sense.
 */
function parseHeader(bytes) {
    if (bytes.length < HEADER_BYTES) {
        throw new SifError('truncated', `only ${bytes.length} bytes, the header alone has ${HEADER_BYTES}`);
    }
    if (!bytes.subarray(0, 2).equals(Buffer.from('#!')) || cString(bytes, 32, 10) !== 'SIF_MAGIC') {
        throw new SifError('not-sif', `no SIF: it begins with ${JSON.stringify(printable(bytes.subarray(0, 40)))}`);
    }
    const version = cString(bytes, 42, 3);
    if (version !== '01')
        throw new SifError('not-sif', `SIF version ${JSON.stringify(version)} is unknown, 01 is read`);
    const descriptorCount = number(bytes, 88);
    const descriptorOffset = number(bytes, 96);
    const descriptorBytes = number(bytes, 104);
    const dataOffset = number(bytes, 112);
    const dataBytes = number(bytes, 120);
    if (descriptorCount < 1 || descriptorCount > MAX_DESCRIPTORS) {
        throw new SifError('damaged', `a table of ${descriptorCount} descriptors`);
    }
    if (descriptorBytes !== descriptorCount * DESCRIPTOR_BYTES) {
        throw new SifError('damaged', `a table of ${descriptorBytes} bytes for ${descriptorCount} descriptors`);
    }
    if (descriptorOffset < HEADER_BYTES || dataOffset < descriptorOffset + descriptorBytes || dataBytes < 1) {
        throw new SifError('damaged', `header, table (${descriptorOffset}) and data (${dataOffset}) overlap`);
    }
    return {
        architecture: architectureOf(cString(bytes, 45, 3)),
        descriptorCount,
        descriptorOffset,
        dataOffset,
        dataBytes,
        fileBytes: dataOffset + dataBytes,
        created: number(bytes, 64)
    };
}
/**
 * Reads the descriptor table; unused places are left out.
 * @throws SifError `damaged` when an object lies outside of the file.
 */
function parseObjects(table, header) {
    const objects = [];
    for (let index = 0; index < header.descriptorCount; index++) {
        const raw = table.subarray(index * DESCRIPTOR_BYTES, (index + 1) * DESCRIPTOR_BYTES);
        if (raw.length < DESCRIPTOR_BYTES)
            throw new SifError('truncated', 'the file ends within its descriptor table');
        if (raw[4] === 0)
            continue;
        const kind = KINDS[raw.readInt32LE(0)] ?? 'other';
        const id = raw.readUInt32LE(5);
        const offset = number(raw, 17);
        const bytes = number(raw, 25);
        if (offset < header.dataOffset || offset + bytes > header.fileBytes) {
            throw new SifError('damaged', `object ${id} (${kind}) lies at ${offset}+${bytes}, outside of the data`);
        }
        const object = { id, kind, name: cString(raw, 73, 128), offset, bytes };
        objects.push(kind === 'partition' ? { ...object, partition: partitionOf(raw.subarray(201)) } : object);
    }
    return objects;
}
function partitionOf(extra) {
    const fileSystem = extra.readInt32LE(0);
    return {
        fileSystem: fileSystem === 1 ? 'squashfs' : fileSystem === 2 ? 'ext3' : 'other',
        primary: extra.readInt32LE(4) === 2,
        architecture: architectureOf(cString(extra, 8, 3))
    };
}
function architectureOf(code) {
    return ARCHITECTURES[code] ?? `code ${JSON.stringify(code)}`;
}
/** A 64-bit number that a file can have; anything else counts as damage. */
function number(bytes, offset) {
    const value = bytes.readBigInt64LE(offset);
    if (value < 0n || value > BigInt(Number.MAX_SAFE_INTEGER)) {
        throw new SifError('damaged', `the number ${value} at byte ${offset}`);
    }
    return Number(value);
}
function cString(bytes, offset, length) {
    const field = bytes.subarray(offset, offset + length);
    const end = field.indexOf(0);
    return field.subarray(0, end === -1 ? length : end).toString('latin1');
}
function printable(bytes) {
    return bytes.toString('latin1').replace(/[^\x20-\x7e]/g, '.');
}

// EXTERNAL MODULE: external "node:util"
var external_node_util_ = __nccwpck_require__(7975);
// EXTERNAL MODULE: external "node:zlib"
var external_node_zlib_ = __nccwpck_require__(8522);
var external_node_zlib_default = /*#__PURE__*/__nccwpck_require__.n(external_node_zlib_);
;// CONCATENATED MODULE: ./lib/sif/inodes.ts
/**
 * The unpacked inode table of SquashFS 4.0, walked from its first to its last entry. Not every compression has a
 * checksum (zstd's blocks have none): that the entries add up is what tells a whole table from one that only
 * unpacks. Layout: https://docs.kernel.org/filesystems/squashfs.html and squashfs_fs.h; little endian.
 */

const HEADER = 16;
const NO_FRAGMENT = 0xffff_ffff;
const UNCOMPRESSED = 1 << 24;
const WALKS = {
    1: () => 16, // folder
    2: (table, at, facts) => 16 +
        blocks(table, at + 16, facts, {
            start: table.readUInt32LE(at),
            size: table.readUInt32LE(at + 12),
            fragment: table.readUInt32LE(at + 4)
        }),
    3: (table, at) => 8 + bounded(table.readUInt32LE(at + 4), 65_536, 'a link'),
    4: () => 8, // devices
    5: () => 8,
    6: () => 4, // pipes and sockets
    7: () => 4,
    8: (table, at) => 24 + folderIndex(table, at + 24, table.readUInt16LE(at + 16)),
    9: (table, at, facts) => 40 +
        blocks(table, at + 40, facts, {
            start: Number(table.readBigUInt64LE(at)),
            size: Number(table.readBigUInt64LE(at + 8)),
            fragment: table.readUInt32LE(at + 28)
        }),
    10: (table, at) => 12 + bounded(table.readUInt32LE(at + 4), 65_536, 'a link'),
    11: () => 12,
    12: () => 12,
    13: () => 8,
    14: () => 8
};
/** @throws SifError `damaged` at the first entry that cannot be, or when they are not as many as the superblock says. */
function checkInodes(table, facts) {
    let at = 0;
    let seen = 0;
    const numbers = new Uint8Array(facts.count + 1);
    try {
        while (at < table.length && seen < facts.count) {
            const walk = WALKS[table.readUInt16LE(at)];
            if (walk === undefined)
                throw damaged(`inode ${seen} is of type ${table.readUInt16LE(at)}`);
            const number = table.readUInt32LE(at + 12);
            if (number === 0 || number > facts.count || numbers[number] === 1) {
                throw damaged(`inode ${seen} calls itself ${number}`);
            }
            numbers[number] = 1;
            at += HEADER + walk(table, at + HEADER, facts);
            seen++;
        }
    }
    catch (error) {
        if (error instanceof RangeError)
            throw damaged(`inode ${seen} ends behind the table`);
        throw error;
    }
    if (seen !== facts.count || at !== table.length) {
        throw damaged(`${seen} inodes in ${at} of ${table.length} bytes, ${facts.count} are promised`);
    }
}
/** Bytes of a file's list of blocks. @throws SifError when its data cannot lie where it says. */
function blocks(table, at, { blockBytes, dataEnd }, file) {
    const whole = file.size / blockBytes;
    const count = file.fragment === NO_FRAGMENT ? Math.ceil(whole) : Math.floor(whole);
    let end = file.start;
    for (let index = 0; index < count; index++) {
        const stored = table.readUInt32LE(at + index * 4);
        const bytes = stored & (UNCOMPRESSED - 1);
        if (stored > UNCOMPRESSED + blockBytes || bytes > blockBytes)
            throw damaged(`a block of ${bytes} bytes`);
        end += bytes;
    }
    if (end > dataEnd)
        throw damaged(`a file's data ends at ${end}, behind all data`);
    return count * 4;
}
function folderIndex(table, at, count) {
    let length = 0;
    for (let index = 0; index < count; index++) {
        length += 12 + bounded(table.readUInt32LE(at + length + 8), 255, 'a name') + 1;
    }
    return length;
}
function bounded(length, most, what) {
    if (length > most)
        throw damaged(`${what} of ${length} bytes`);
    return length;
}
function damaged(message) {
    return new SifError('damaged', `the inode table of the squashfs is damaged: ${message}`);
}

;// CONCATENATED MODULE: ./lib/sif/squashfs.ts
/**
 * SquashFS 4.0, as far as it takes to know that an image can be read: the superblock, and every metadata block of
 * the tables of inodes and folders. A cut-off or overwritten image fails here in milliseconds, without a mount.
 * Format: https://docs.kernel.org/filesystems/squashfs.html and squashfs-tools' squashfs_fs.h. Little endian.
 */




const SUPER_BYTES = 96;
const METADATA_BYTES = 8192;
/** Says "there is no such table". */
const NONE = 0xffffffffffffffffn;
const COMPRESSIONS = ['', 'gzip', 'lzma', 'lzo', 'xz', 'lz4', 'zstd'];
/**
 * Reads the superblock.
 * @throws SifError when it is none, or when its tables lie outside of the partition of `available` bytes.
 */
function parseSuperBlock(bytes, available) {
    if (bytes.length < SUPER_BYTES)
        throw new SifError('truncated', 'the squashfs has no superblock');
    if (bytes.readUInt32LE(0) !== 0x7371_7368)
        throw new SifError('damaged', 'the partition holds no squashfs');
    const version = `${bytes.readUInt16LE(28)}.${bytes.readUInt16LE(30)}`;
    if (version !== '4.0')
        throw new SifError('damaged', `squashfs ${version}; 4.0 is what kernels mount`);
    const position = (offset) => {
        const value = bytes.readBigUInt64LE(offset);
        return value === NONE ? -1 : Number(value);
    };
    const block = {
        inodes: bytes.readUInt32LE(4),
        created: bytes.readUInt32LE(8),
        blockBytes: bytes.readUInt32LE(12),
        fragments: bytes.readUInt32LE(16),
        compression: COMPRESSIONS[bytes.readUInt16LE(20)] ?? 'unknown',
        bytes: position(40),
        idTable: position(48),
        inodeTable: position(64),
        directoryTable: position(72),
        fragmentTable: position(80),
        exportTable: position(88)
    };
    if (block.bytes > available) {
        throw new SifError('truncated', `the squashfs has ${block.bytes} bytes, its partition ${available}`);
    }
    const ordered = SUPER_BYTES <= block.inodeTable && block.inodeTable < block.directoryTable;
    if (!ordered || block.directoryTable > block.bytes || block.idTable > block.bytes || block.inodes === 0) {
        throw new SifError('damaged', 'the tables of the squashfs lie outside of it');
    }
    return block;
}
/**
 * Decompresses every metadata block of the inode and directory tables.
 * @returns their unpacked sizes; undefined for a compression that cannot be read here (lzma, lzo, xz, lz4).
 * @throws SifError `damaged` at the first block that does not unpack, with its place.
 */
async function checkTables(read, block) {
    const unpack = decompressor(block.compression);
    if (unpack === undefined)
        return undefined;
    const end = await directoryEnd(read, block);
    const inodes = await unpackTable(read, block.inodeTable, block.directoryTable, unpack, 'inode table');
    const directories = await unpackTable(read, block.directoryTable, end, unpack, 'directory table');
    checkInodes(inodes, { blockBytes: block.blockBytes, count: block.inodes, dataEnd: block.inodeTable });
    return { inodeBytes: inodes.length, directoryBytes: directories.length };
}
/** The next table's first metadata block; its index tells where that is. */
async function directoryEnd(read, block) {
    for (const [index, used] of [
        [block.fragmentTable, block.fragments > 0],
        [block.exportTable, block.exportTable !== -1],
        [block.idTable, true]
    ]) {
        if (!used || index === -1)
            continue;
        const pointer = await read(index, 8);
        if (pointer.length < 8)
            throw new SifError('truncated', `the squashfs ends before its table at ${index}`);
        const first = Number(pointer.readBigUInt64LE(0));
        if (first < block.directoryTable || first > block.bytes) {
            throw new SifError('damaged', `a table of the squashfs points to ${first}`);
        }
        return first;
    }
    return block.idTable;
}
function decompressor(compression) {
    const options = { maxOutputLength: METADATA_BYTES };
    if (compression === 'gzip')
        return async (bytes) => await (0,external_node_util_.promisify)((external_node_zlib_default()).inflate)(bytes, options);
    if (compression === 'zstd')
        return async (bytes) => await (0,external_node_util_.promisify)((external_node_zlib_default()).zstdDecompress)(bytes, options);
    return undefined;
}
async function unpackTable(read, start, end, unpack, table) {
    // One read of the whole table: it is small beside the image (a few MB for 100,000 files).
    const bytes = await read(start, end - start);
    if (bytes.length < end - start)
        throw new SifError('truncated', `the image ends within the ${table}`);
    const parts = [];
    let position = 0;
    while (position + 2 <= bytes.length) {
        const head = bytes.readUInt16LE(position);
        const length = head & 0x7fff;
        const packed = bytes.subarray(position + 2, position + 2 + length);
        if (length === 0 || length > METADATA_BYTES || packed.length < length) {
            throw new SifError('damaged', `the ${table} has a block of ${length} bytes at ${start + position}`);
        }
        try {
            parts.push((head & 0x8000) === 0 ? await unpack(packed) : packed);
        }
        catch {
            throw new SifError('damaged', `the ${table} cannot be unpacked at ${start + position}`);
        }
        position += 2 + length;
    }
    return Buffer.concat(parts);
}

;// CONCATENATED MODULE: ./lib/sif/verify.ts
/** Looks into a SIF, on disk or behind any other way to read ranges, and says what is wrong with it. */


const MAX_DEFINITION = 1024 * 1024;
/**
 * Reads header, objects, primary partition and the tables of its squashfs.
 * @param size length of the file in bytes.
 * @throws SifError for the first thing that is wrong; whatever `read` throws.
 */
async function inspectSif(read, size, expected = {}) {
    const header = parseHeader(await read(0, HEADER_BYTES));
    if (size < header.fileBytes) {
        throw new SifError('truncated', `${size} bytes, its header promises ${header.fileBytes}`);
    }
    const table = await read(header.descriptorOffset, header.descriptorCount * DESCRIPTOR_BYTES);
    const objects = parseObjects(table, header);
    const root = objects.find(({ partition }) => partition?.primary === true);
    if (root?.partition === undefined)
        throw new SifError('damaged', 'it has no primary partition');
    if (root.partition.fileSystem !== 'squashfs') {
        throw new SifError('damaged', `its primary partition is ${root.partition.fileSystem}, not squashfs`);
    }
    const readRoot = async (offset, length) => await read(root.offset + offset, length);
    const squashfs = parseSuperBlock(await readRoot(0, 96), root.bytes);
    const tablesRead = (await checkTables(readRoot, squashfs)) !== undefined;
    const architecture = root.partition.architecture;
    if (expected.architecture !== undefined && architecture !== expected.architecture) {
        throw new SifError('wrong-architecture', `it is for ${architecture}, wanted is ${expected.architecture}`);
    }
    const definition = await definitionOf(read, objects);
    if (expected.digest !== undefined && !definition.includes(expected.digest)) {
        throw new SifError('wrong-definition', `its definition does not name ${expected.digest}`);
    }
    return { header, objects, root, architecture, squashfs, tablesRead, definition };
}
/** The digest that a definition names (`from: …@sha256:…`), or undefined. */
function digestInDefinition(definition) {
    return /@(sha256:[0-9a-f]{64})\b/.exec(definition)?.[1];
}
async function definitionOf(read, objects) {
    const object = objects.find(({ kind }) => kind === 'definition');
    if (object === undefined)
        return '';
    return (await read(object.offset, Math.min(object.bytes, MAX_DEFINITION))).toString('utf8');
}

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __nccwpck_require__(7598);
;// CONCATENATED MODULE: ./lib/sif/file.ts
/** A SIF in a local file: inspection, and its SHA-256 and MD5 in one reading. */


/** @throws SifError; the error of the file system when it cannot be read. */
async function inspectFile(fs, path, expected = {}) {
    const handle = await fs.open(path, 'r');
    try {
        const { size } = await handle.stat();
        const read = async (offset, length) => {
            const wanted = Math.max(0, Math.min(length, size - offset));
            const buffer = Buffer.alloc(wanted);
            const { bytesRead } = await handle.read(buffer, 0, wanted, offset);
            return buffer.subarray(0, bytesRead);
        };
        return await inspectSif(read, size, expected);
    }
    finally {
        await handle.close();
    }
}
/** Reads the whole file once; object stores answer with MD5, people compare SHA-256. */
async function digestsOfFile(fs, path, signal) {
    const sha256 = (0,external_node_crypto_.createHash)('sha256');
    const md5 = (0,external_node_crypto_.createHash)('md5');
    let bytes = 0;
    const handle = await fs.open(path, 'r');
    try {
        const buffer = Buffer.allocUnsafe(4 * 1024 * 1024);
        for (;;) {
            signal?.throwIfAborted();
            const { bytesRead } = await handle.read(buffer, 0, buffer.length, null);
            if (bytesRead === 0)
                break;
            bytes += bytesRead;
            const part = buffer.subarray(0, bytesRead);
            sha256.update(part);
            md5.update(part);
        }
    }
    finally {
        await handle.close();
    }
    return { bytes, sha256: sha256.digest('hex'), md5: md5.digest('hex') };
}
/** MD5 of consecutive parts of these sizes; undefined when the file is not as long as they are together. */
async function md5OfParts(fs, path, sizes, signal) {
    const handle = await fs.open(path, 'r');
    try {
        const { size } = await handle.stat();
        if (sizes.reduce((sum, part) => sum + part, 0) !== size)
            return undefined;
        const buffer = Buffer.allocUnsafe(4 * 1024 * 1024);
        const digests = [];
        for (const part of sizes) {
            const md5 = (0,external_node_crypto_.createHash)('md5');
            for (let left = part; left > 0;) {
                signal?.throwIfAborted();
                const { bytesRead } = await handle.read(buffer, 0, Math.min(left, buffer.length), null);
                if (bytesRead === 0)
                    return undefined;
                md5.update(buffer.subarray(0, bytesRead));
                left -= bytesRead;
            }
            digests.push(md5.digest('hex'));
        }
        return digests;
    }
    finally {
        await handle.close();
    }
}

// EXTERNAL MODULE: ./lib/failure/index.ts
var failure = __nccwpck_require__(7315);
// EXTERNAL MODULE: ./lib/tools/index.ts + 3 modules
var tools = __nccwpck_require__(1227);
;// CONCATENATED MODULE: ./lib/sif/apptainer.ts
/** Apptainer, the tool that makes a SIF out of a docker image. */


/**
 * Apptainer, or SingularityCE, which takes the same arguments: on PATH when it is new enough, else from the tool
 * cache, its publisher or `mirror`.
 * @throws what getTool throws where it cannot be had.
 */
async function findApptainer(ports, minimum, mirror = '') {
    for (const name of ['apptainer', 'singularity']) {
        const command = await ports.exec.which(name);
        if (command === undefined)
            continue;
        const { stdout } = await ports.exec.run(command, ['--version'], { timeoutMs: 30_000 });
        const version = /\d+\.\d+(?:\.\d+)?/.exec(stdout)?.[0];
        if (version === undefined || !(0,tools/* isAtLeast */.du)(version, minimum)) {
            ports.log.info(`${command} is ${version ?? stdout.trim()}; at least ${minimum} is wanted`);
            continue;
        }
        return { version, command, build: (request) => build(ports, command, request) };
    }
    const { path, version } = await (0,tools/* getTool */.Ht)(tools/* APPTAINER */.Pw, ports, { minimum, mirror });
    return { version, command: path, build: (request) => build(ports, path, request) };
}
/** The arguments of one build. Exported for its test. */
function buildArguments(request) {
    const level = request.level === undefined ? '' : ` -Xcompression-level ${request.level}`;
    return [
        'build',
        '--arch',
        request.architecture,
        // The cache would keep every layer twice on a disk that is too small already.
        '--disable-cache',
        ...(request.insecure ? ['--no-https'] : []),
        '--mksquashfs-args',
        `-comp ${request.compression}${level}`,
        request.output,
        `docker://${request.image}`
    ];
}
async function build(ports, command, request) {
    try {
        await run(ports.exec, command, request);
    }
    catch (error) {
        if (!(error instanceof failure/* ToolError */.v4) || error.reason !== 'exit')
            throw error;
        const advice = await namespaceAdvice(ports.fs, error.detail);
        if (advice === undefined)
            throw error;
        throw new failure/* ToolError */.v4({
            command: error.command,
            exitCode: error.exitCode,
            reason: error.reason,
            summary: error.message.split('\n', 1)[0] ?? '',
            detail: error.detail,
            advice,
            cause: error
        });
    }
}
async function run(exec, command, request) {
    await exec.run(command, buildArguments(request), {
        env: {
            ...loginVariables(request.login),
            APPTAINER_TMPDIR: request.scratch,
            SINGULARITY_TMPDIR: request.scratch,
            TMPDIR: request.scratch,
            APPTAINER_CACHEDIR: `${request.scratch}/cache`,
            SINGULARITY_CACHEDIR: `${request.scratch}/cache`,
            // Names of variables that would bind the host's folders or set a target into the build.
            APPTAINER_BIND: undefined,
            APPTAINER_BINDPATH: undefined,
            SINGULARITY_BIND: undefined,
            SINGULARITY_BINDPATH: undefined
        },
        timeoutMs: request.timeoutMs,
        ...(request.signal === undefined ? {} : { signal: request.signal }),
        ...(request.onLine === undefined ? {} : { onLine: request.onLine })
    });
}
function loginVariables(login) {
    if (login === undefined)
        return {};
    const { username, password } = login;
    return {
        APPTAINER_DOCKER_USERNAME: username,
        APPTAINER_DOCKER_PASSWORD: password,
        SINGULARITY_DOCKER_USERNAME: username,
        SINGULARITY_DOCKER_PASSWORD: password
    };
}
/** Ubuntu 24.04 lets only programs with an AppArmor profile make user namespaces; the tool's message hides that. */
async function namespaceAdvice(fs, detail) {
    if (!/namespace|newuidmap|operation not permitted|permission denied.*unshare/i.test(detail))
        return undefined;
    for (const [file, blocked, advice] of [
        [
            '/proc/sys/kernel/apparmor_restrict_unprivileged_userns',
            '1',
            'AppArmor restricts user namespaces on this machine (kernel.apparmor_restrict_unprivileged_userns = 1): ' +
                'run `sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0` in a step before this one.'
        ],
        [
            '/proc/sys/user/max_user_namespaces',
            '0',
            'User namespaces are off on this machine (user.max_user_namespaces = 0): `sudo sysctl -w user.max_user_namespaces=15000`.'
        ],
        [
            '/proc/sys/kernel/unprivileged_userns_clone',
            '0',
            'User namespaces are off on this machine: `sudo sysctl -w kernel.unprivileged_userns_clone=1`.'
        ]
    ]) {
        const value = await fs.readFile(file, 'utf8').catch(() => '');
        if (value.trim() === blocked)
            return advice;
    }
    return undefined;
}

;// CONCATENATED MODULE: ./lib/sif/index.ts
/** SIF images: making them with Apptainer, and looking into them without it. */






/***/ }),

/***/ 5177:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  s3: () => (/* reexport */ PART),
  up: () => (/* reexport */ createRclone),
  Pv: () => (/* reexport */ parseStore),
  dy: () => (/* reexport */ probe),
  Zd: () => (/* reexport */ publicPath),
  n3: () => (/* reexport */ rangeReader),
  RN: () => (/* reexport */ segmentStore),
  OD: () => (/* reexport */ segmentsOf)
});

// UNUSED EXPORTS: remotePath

;// CONCATENATED MODULE: ./lib/store/store.ts
/**
 * What a store is: a place in an object store as rclone names it (`nectar:neurodesk`), a folder (`:local:/srv`),
 * or a public address alone, which can be looked at and not written to.
 */
/** Reads what stands in the input `stores`. Says every reason why it is refused. */
function parseStore(value, attributes, flags) {
    const problems = [];
    const prefix = (attributes['prefix'] ?? '').replace(/^\/+|\/+$/g, '');
    if (!isPlainPath(prefix))
        problems.push('a prefix without ".." and control characters');
    const isUrl = /^https?:\/\//i.test(value);
    const remote = isUrl ? undefined : trimSlash(value);
    const publicUrl = attributes['public-url'] ?? (isUrl ? value : undefined);
    if (publicUrl !== undefined && !isPublicUrl(publicUrl)) {
        problems.push('public-url as http(s):// without user, password, query and fragment');
    }
    if (remote !== undefined)
        problems.push(...remoteProblems(remote));
    const name = attributes['name'] ?? nameOf(value);
    if (problems.length === 0 && !/^[\w.@ -]{1,64}$/.test(name))
        problems.push('a name of at most 64 letters, digits, ".", "_", "-"');
    const store = {
        name,
        remote,
        prefix,
        publicUrl: publicUrl === undefined ? undefined : trimSlash(publicUrl),
        required: flags.has('required')
    };
    return { store, problems };
}
/** The remote path of a key. Keys are names of containers or `prefix/name`, checked before they come here. */
function remotePath(store, key) {
    if (store.remote === undefined)
        throw new Error(`${store.name} has no remote`);
    return join(join(store.remote, store.prefix), key);
}
/** The public address of a key. */
function publicPath(store, key) {
    if (store.publicUrl === undefined)
        return undefined;
    const encoded = join(store.prefix, key).split('/').map(encodeURIComponent).join('/');
    return `${store.publicUrl}/${encoded}`;
}
/**
 * Where rclone keeps the segments of large objects in Swift: a container beside the store's, `NAME_segments`
 * (rclone, backend/swift). Undefined where the store is no container's top level or has a prefix.
 */
function segmentStore(store) {
    const match = /^([^:]+:)\/?([^/]+)$/.exec(store.remote ?? '');
    if (match === null || store.prefix !== '')
        return undefined;
    return {
        ...store,
        name: `${store.name} (segments)`,
        remote: `${match[1] ?? ''}${match[2] ?? ''}_segments`,
        publicUrl: undefined
    };
}
/** Why rclone must not get this as a remote. Its options belong into rclone's own configuration, never on argv. */
function remoteProblems(remote) {
    const match = /^(:?[A-Za-z0-9_][\w.+@ -]*)((?:,[^:]*)?):(.*)$/s.exec(remote);
    if (match === null)
        return ['an rclone remote path such as nectar:neurodesk or :local:/srv/store'];
    const [, , options = '', path = ''] = match;
    const problems = [];
    if (/secret|pass|token|key|credential|auth/i.test(options)) {
        problems.push('no secrets in the remote: put them into RCLONE_CONFIG or RCLONE_CONFIG_<REMOTE>_<OPTION>');
    }
    if (!isPlainPath(path))
        problems.push('a path without ".." and control characters');
    return problems;
}
function isPlainPath(path) {
    return !/\p{Cc}/u.test(path) && !path.split('/').includes('..');
}
function isPublicUrl(text) {
    if (!URL.canParse(text))
        return false;
    const url = new URL(text);
    const web = url.protocol === 'http:' || url.protocol === 'https:';
    return web && url.username === '' && url.password === '' && url.search === '' && url.hash === '';
}
function nameOf(value) {
    if (URL.canParse(value) && /^https?:/i.test(value))
        return new URL(value).hostname;
    const remote = /^:?([^:,]*)/.exec(value)?.[1] ?? value;
    return remote === '' ? 'store' : remote;
}
function trimSlash(text) {
    return text.replace(/(?<=[^:/])\/+$/, '');
}
function join(left, right) {
    if (left === '' || right === '')
        return left + right;
    return left.endsWith('/') || left.endsWith(':') ? left + right : `${left}/${right}`;
}

// EXTERNAL MODULE: ./lib/failure/index.ts
var failure = __nccwpck_require__(7315);
// EXTERNAL MODULE: ./lib/retry/index.ts + 2 modules
var retry = __nccwpck_require__(2751);
;// CONCATENATED MODULE: ./lib/store/rclone.ts
/**
 * rclone, the one client for every kind of store. It takes its remotes from its own configuration (RCLONE_CONFIG,
 * RCLONE_CONFIG_*, OS_*, AWS_* of the environment, which pass through); nothing secret is ever on its command line.
 * Exit codes: https://rclone.org/docs/#exit-code
 */



const DIRECTORY_NOT_FOUND = 3;
const FILE_NOT_FOUND = 4;
const TEMPORARY = 5;
/** Behind the name of a file that is not whole yet, in stores that can rename; the process follows. */
const PART = '.part-';
/** rclone says 5 for "try again"; for all else its last lines decide. */
const classify = (error, now) => {
    if (error instanceof failure/* ToolError */.v4 && error.exitCode === TEMPORARY)
        return { kind: 'retry' };
    return (0,retry/* classifyTool */.Xp)(error, now);
};
/** @throws TransientError after the retries, ToolError for what no retry helps. Neither ever means "missing". */
function createRclone(options) {
    return new CommandLine(options);
}
class CommandLine {
    options;
    known = new Map();
    constructor(options) {
        this.options = options;
    }
    async version() {
        const { stdout } = await this.options.exec.run(this.options.command ?? 'rclone', ['version'], {
            timeoutMs: 30_000
        });
        return /rclone v([\w.-]+)/.exec(stdout)?.[1] ?? 'unknown';
    }
    async features(store) {
        const remote = remotePath(store, '');
        const asked = this.known.get(remote) ?? this.askFeatures(store);
        this.known.set(remote, asked);
        try {
            return await asked;
        }
        catch (error) {
            this.known.delete(remote);
            throw error;
        }
    }
    async askFeatures(store) {
        const { stdout } = await this.run(`features of ${store.name}`, [
            'backend',
            'features',
            remotePath(store, '')
        ]);
        const told = JSON.parse(stdout);
        const api = /^(Swift|S3) /.exec(told.String ?? '')?.[1]?.toLowerCase();
        return {
            rename: told.Features?.['Move'] === true,
            copy: told.Features?.['Copy'] === true,
            md5: told.Hashes?.includes('md5') === true,
            buckets: told.Features?.['BucketBased'] === true,
            api: api === 'swift' || api === 's3' ? api : 'other'
        };
    }
    async list(store, options = {}) {
        const path = remotePath(store, options.folder ?? '');
        const args = ['lsjson', '--files-only', '--max-depth', '1', '--no-mimetype'];
        // A time from the object's own metadata costs one request per object.
        args.push(options.modified === true ? '--use-server-modtime' : '--no-modtime');
        if (options.hash === true)
            args.push('--hash', '--hash-type', 'md5');
        const what = `list ${store.name}${options.folder === undefined ? '' : `/${options.folder}`}`;
        const result = await this.run(what, [...args, path], [0, DIRECTORY_NOT_FOUND]);
        if (result.exitCode === DIRECTORY_NOT_FOUND) {
            await this.expectRoot(store, result.stderr);
            return [];
        }
        return parseListing(result.stdout);
    }
    async listAll(store, options = {}) {
        const args = ['lsjson', '--files-only', '--recursive', '--no-mimetype', '--use-server-modtime'];
        if (options.hash === true)
            args.push('--hash', '--hash-type', 'md5');
        args.push(remotePath(store, options.folder ?? ''));
        const result = await this.run(`list ${store.name}`, args, [0, DIRECTORY_NOT_FOUND]);
        return result.exitCode === DIRECTORY_NOT_FOUND ? [] : parseListing(result.stdout);
    }
    /** "Directory not found" of a folder in an object store means empty; of the store itself, that it is wrong. */
    async expectRoot(store, said) {
        const root = { ...store, prefix: '' };
        const path = remotePath(root, '');
        const result = await this.run(`look at ${store.name}`, ['lsjson', '--max-depth', '1', '--no-modtime', path], 'any');
        if (result.exitCode === 0)
            return;
        throw new failure/* ToolError */.v4({
            command: `rclone lsjson ${path}`,
            exitCode: result.exitCode,
            reason: 'exit',
            summary: `the store ${store.name} (${path}) is not there`,
            detail: lastLine(said),
            advice: 'Create the bucket, container or folder, or correct the line in `stores`.'
        });
    }
    async stat(store, key, options = {}) {
        const args = ['lsjson', '--stat', '--no-mimetype'];
        if (options.modified === true)
            args.push('--use-server-modtime');
        else
            args.push('--no-modtime', '--hash', '--hash-type', 'md5');
        args.push(remotePath(store, key));
        const missing = [0, DIRECTORY_NOT_FOUND, FILE_NOT_FOUND];
        const result = await this.run(`look at ${key} in ${store.name}`, args, missing);
        const text = result.stdout.trim();
        if (result.exitCode !== 0 || text === '' || text === 'null')
            return undefined;
        const [object] = parseListing(`[${text}]`);
        return object === undefined ? undefined : { ...object, key };
    }
    async put(store, file, key, facts) {
        const { rename, api } = await this.features(store);
        // A folder is not an object store: there, the name is given last, by a rename.
        const target = rename ? `${key}${PART}${process.pid}` : key;
        await this.transfer(`upload ${key} to ${store.name}`, [
            'copyto',
            '--no-check-dest',
            ...factArguments(facts, api),
            file,
            remotePath(store, target)
        ]);
        if (rename)
            await this.run(`name ${key} in ${store.name}`, [
                'moveto',
                remotePath(store, target),
                remotePath(store, key)
            ]);
    }
    async get(store, key, file) {
        await this.transfer(`download ${key} from ${store.name}`, ['copyto', remotePath(store, key), file]);
    }
    async copy(store, from, to) {
        const args = ['copyto', '--no-check-dest', '--metadata', remotePath(store, from), remotePath(store, to)];
        await this.transfer(`copy ${from} to ${to} in ${store.name}`, args);
    }
    async sha256(store, key) {
        const args = ['hashsum', 'sha256', '--download', remotePath(store, key)];
        const result = await this.run(`read ${key} back from ${store.name}`, args, [0], this.transferMs);
        const digest = /^[0-9a-f]{64}/.exec(result.stdout.trim())?.[0];
        if (digest === undefined)
            throw new Error(`rclone gave no SHA-256 of ${key} in ${store.name}`);
        return digest;
    }
    async remove(store, key) {
        const gone = [0, DIRECTORY_NOT_FOUND, FILE_NOT_FOUND];
        await this.run(`delete ${key} from ${store.name}`, ['deletefile', remotePath(store, key)], gone);
    }
    async transfer(what, args) {
        await this.run(what, args, [0], this.transferMs);
    }
    get transferMs() {
        return this.options.transferTimeoutMs ?? 6 * 3_600_000;
    }
    async run(what, args, accept = [0], timeoutMs = 5 * 60_000) {
        const { exec, command = 'rclone', clock, log, signal } = this.options;
        // rclone retries single requests by itself; whole commands are repeated here, where it is told.
        const all = ['--retries', '1', '--ask-password=false', ...args];
        return await (0,retry/* retry */.L5)(what, async () => await exec.run(command, all, { accept, timeoutMs, maxOutput: 256 * 1024 * 1024 }), { classify, clock, log, ...(signal === undefined ? {} : { signal }) });
    }
}
/** Swift and S3 keep facts as headers of the upload; rclone's own way would add the file's owner and mode to them. */
function factArguments(facts, api) {
    const known = Object.entries(facts).filter(([, value]) => value !== undefined);
    if (api === 'other')
        return ['--metadata', ...known.flatMap(([name, value]) => ['--metadata-set', `${name}=${value}`])];
    const prefix = api === 'swift' ? 'X-Object-Meta-' : 'x-amz-meta-';
    return known.flatMap(([name, value]) => ['--header-upload', `${prefix}${name}: ${value}`]);
}
function parseListing(text) {
    const items = JSON.parse(text);
    return items
        .filter((item) => !item.IsDir)
        .map((item) => {
        const modified = Date.parse(item.ModTime ?? '');
        const md5 = item.Hashes?.['md5'] ?? item.Hashes?.['MD5'];
        return {
            key: item.Path,
            bytes: item.Size,
            ...(Number.isNaN(modified) ? {} : { modified }),
            ...(md5 === undefined || md5 === '' ? {} : { md5 })
        };
    });
}
function lastLine(text) {
    return text.trim().split('\n').at(-1) ?? '';
}

// EXTERNAL MODULE: ./lib/http/index.ts + 3 modules
var lib_http = __nccwpck_require__(7726);
;// CONCATENATED MODULE: ./lib/store/public.ts
/**
 * A store as its users see it: by its public address, without credentials. Only a GET counts. A large object is a
 * list of segments, and when those lie in a private place HEAD says 200 while GET says 401 or 409.
 */



/** First bytes that are read: the header of a SIF. */
const HEAD_BYTES = 128;
/** 1,000 segments, 300 bytes each: Swift's own limits are about that. */
const MAX_MANIFEST_BYTES = 8 * 1024 * 1024;
/** Reads the first 128 bytes of a URL. Never throws for what the other side does. */
async function probe(url, options) {
    try {
        return await (0,retry/* retry */.L5)(`GET ${url}`, async () => await attempt(url, options), {
            classify: retry/* classifyHttp */.d3,
            clock: options.clock,
            log: options.log,
            limits: { attempts: options.attempts ?? 4 },
            ...(options.signal === undefined ? {} : { signal: options.signal })
        });
    }
    catch (error) {
        options.signal?.throwIfAborted();
        const cause = error instanceof failure/* TransientError */.N_ ? error.cause : error;
        return { state: 'unknown', reason: (0,failure/* messageOf */.bD)(cause) };
    }
}
async function attempt(url, options) {
    const response = await options.http.stream(url, {
        headers: { range: `bytes=0-${HEAD_BYTES - 1}`, 'accept-encoding': 'identity' },
        timeoutMs: options.timeoutMs,
        ...(options.signal === undefined ? {} : { signal: options.signal })
    });
    const { status, headers } = response;
    const head = await firstBytes(response.body, HEAD_BYTES);
    const told = headers['x-object-meta-sha256'] ?? headers['x-amz-meta-sha256'] ?? '';
    const facts = /^[0-9a-f]{64}$/.test(told) ? { sha256: told } : {};
    if (status === 206)
        return { state: 'present', bytes: totalOf(headers['content-range']), head, ...facts };
    if (status === 200) {
        const length = Number(headers['content-length']);
        return { state: 'present', bytes: Number.isSafeInteger(length) ? length : undefined, head, ...facts };
    }
    // An empty object has no byte 0.
    if (status === 416)
        return { state: 'present', bytes: totalOf(headers['content-range']) ?? 0, head: Buffer.alloc(0) };
    if (status === 404 || status === 410)
        return { state: 'missing' };
    if (status === 401 || status === 403 || status === 409)
        return { state: 'unreadable', status };
    throw new lib_http/* HttpStatusError */.F9(response, 'GET', head.toString('utf8'));
}
/** Up to `count` bytes, then the connection is given back or, when more would come, closed. */
async function firstBytes(body, count) {
    const chunks = [];
    let size = 0;
    for await (const chunk of body) {
        chunks.push(chunk);
        size += chunk.length;
        if (size > count) {
            body.destroy();
            break;
        }
    }
    return Buffer.concat(chunks).subarray(0, count);
}
/** `bytes 0-127/3080192` or, for 416, `bytes *\/0`. */
function totalOf(range) {
    const total = /\/(\d{1,15})$/.exec(range ?? '')?.[1];
    return total === undefined ? undefined : Number(total);
}
/**
 * What a large object of Swift is made of, as its address tells the public: `CONTAINER/PREFIX` of a dynamic one,
 * `CONTAINER/OBJECT` of each segment of a static one, nothing for what is no large object or not there (any more).
 * Undefined when that could not be told.
 * https://docs.openstack.org/swift/latest/overview_large_objects.html
 */
async function segmentsOf(url, options) {
    const { http, clock, log, timeoutMs, signal } = options;
    const cancel = signal === undefined ? {} : { signal };
    const ask = async (method, target) => await (0,retry/* retry */.L5)(`${method} ${target}`, async () => (0,lib_http/* expectStatus */.oi)(await http.request(target, { method, timeoutMs, maxBytes: MAX_MANIFEST_BYTES, ...cancel }), [200, 404], method), { classify: retry/* classifyHttp */.d3, clock, log, limits: { attempts: options.attempts ?? 4 }, ...cancel });
    try {
        const { status, headers } = await ask('HEAD', url);
        if (status === 404)
            return [];
        const prefix = headers['x-object-manifest'];
        if (prefix !== undefined)
            return [decodeURIComponent(prefix).replace(/^\/|\/$/g, '')];
        if (headers['x-static-large-object']?.toLowerCase() !== 'true')
            return [];
        const { body } = await ask('GET', `${url}?multipart-manifest=get`);
        const parts = JSON.parse(body.toString('utf8'));
        return parts.map(({ name }) => String(name).replace(/^\//, ''));
    }
    catch {
        signal?.throwIfAborted();
        return undefined;
    }
}
/**
 * Reads ranges of a public object, so that its inside can be looked at without downloading it.
 * @throws HttpStatusError, TransientError; a store that ignores Range is an HttpStatusError with status 200.
 */
function rangeReader(url, options) {
    const { http, clock, log, timeoutMs } = options;
    const signal = options.signal === undefined ? {} : { signal: options.signal };
    return async (offset, length) => {
        if (length <= 0)
            return Buffer.alloc(0);
        const range = `bytes=${offset}-${offset + length - 1}`;
        return await (0,retry/* retry */.L5)(`GET ${url} ${range}`, async () => {
            const headers = { range, 'accept-encoding': 'identity' };
            const response = await http.request(url, { headers, timeoutMs, maxBytes: length, ...signal });
            return (0,lib_http/* expectStatus */.oi)(response, [206]).body;
        }, { classify: retry/* classifyHttp */.d3, clock, log, ...signal });
    };
}

;// CONCATENATED MODULE: ./lib/store/index.ts
/** Object stores: through rclone to change them, by their public address as users see them. */





/***/ }),

/***/ 1227:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  Pw: () => (/* reexport */ APPTAINER),
  OT: () => (/* reexport */ RCLONE),
  Ht: () => (/* reexport */ getTool),
  du: () => (/* reexport */ isAtLeast)
});

;// CONCATENATED MODULE: ./lib/tools/pins.ts
const RCLONE = {
    name: 'rclone',
    version: '1.73.1',
    minimum: '1.60.0',
    versionArgs: ['version'],
    versionPattern: /^rclone v(\d+\.\d+\.\d+)/m,
    bin: 'rclone-v1.73.1-linux-{arch}',
    archive: 'zip',
    files: {
        x64: {
            arch: 'amd64',
            url: 'https://downloads.rclone.org/v1.73.1/rclone-v1.73.1-linux-amd64.zip',
            sha256: 'e9bad0be2ed85128e0d977bf36c165dd474a705ea950d18e1005cef98119407b'
        },
        arm64: {
            arch: 'arm64',
            url: 'https://downloads.rclone.org/v1.73.1/rclone-v1.73.1-linux-arm64.zip',
            sha256: '8d40785a789612301aa27e5c6eaf8b4c6e7b9af93b3993280f6aab6f42bc1955'
        }
    },
    source: 'https://downloads.rclone.org/v1.73.1/SHA256SUMS'
};
const APPTAINER = {
    name: 'apptainer',
    version: '1.4.5',
    minimum: '1.2.0',
    versionArgs: ['version'],
    versionPattern: /^(\d+\.\d+\.\d+)/m,
    bin: 'usr/bin',
    archive: 'deb',
    files: {
        x64: {
            arch: 'amd64',
            url: 'https://github.com/apptainer/apptainer/releases/download/v1.4.5/apptainer_1.4.5_amd64.deb',
            sha256: '70f19af846501acfbc2e42e7cfeee9ee11ddbbfa1c3502d0d99cde34e8e0af05'
        }
    },
    source: 'https://github.com/apptainer/apptainer/releases/tag/v1.4.5'
};

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __nccwpck_require__(7598);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __nccwpck_require__(6760);
var external_node_path_default = /*#__PURE__*/__nccwpck_require__.n(external_node_path_);
// EXTERNAL MODULE: external "node:stream"
var external_node_stream_ = __nccwpck_require__(7075);
;// CONCATENATED MODULE: external "node:stream/promises"
const promises_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:stream/promises");
// EXTERNAL MODULE: ./lib/failure/index.ts
var failure = __nccwpck_require__(7315);
// EXTERNAL MODULE: ./lib/http/index.ts + 3 modules
var http = __nccwpck_require__(7726);
// EXTERNAL MODULE: ./lib/retry/index.ts + 2 modules
var retry = __nccwpck_require__(2751);
;// CONCATENATED MODULE: ./lib/tools/get.ts
/**
 * Getting a tool: the one on PATH when its version will do, else the runner's tool cache, else a download whose
 * SHA-256 is pinned here. Nothing is run before its checksum was right.
 */







/** Larger than any of the tools; an endless body ends here. */
const MAX_DOWNLOAD_BYTES = 500 * 1024 * 1024;
const REDIRECTS = 5;
/**
 * Path and version of the tool.
 * @throws InputError where it is neither there nor published for this machine; ToolError when a download is not
 *   what was pinned; TransientError when the server did not answer.
 */
async function getTool(tool, ports, options = {}) {
    const minimum = options.minimum ?? tool.minimum;
    const onPath = await ports.exec.which(tool.name);
    if (onPath !== undefined) {
        const version = await versionOf(tool, onPath, ports);
        if (version !== undefined && isAtLeast(version, minimum))
            return { path: onPath, version, origin: 'path' };
        ports.log.info(`${onPath} is ${version ?? 'of no known version'}; at least ${minimum} is needed`);
    }
    const file = tool.files[(options.architecture ?? process.arch)];
    if (file === undefined || (options.platform ?? process.platform) !== 'linux')
        throw notPublished(tool, minimum);
    // Loaded late: most runs find the tool on PATH and never need it.
    const toolCache = await __nccwpck_require__.e(/* import() */ 991).then(__nccwpck_require__.bind(__nccwpck_require__, 5991));
    const bin = tool.bin.replaceAll('{arch}', file.arch);
    const cached = toolCache.find(tool.name, tool.version, file.arch);
    if (cached !== '')
        return { path: external_node_path_default().join(cached, bin, tool.name), version: tool.version, origin: 'cache' };
    const name = external_node_path_default().posix.basename(new URL(file.url).pathname);
    const { mirror = '' } = options;
    const url = mirror === '' ? file.url : `${mirror.replace(/\/+$/, '')}/${name}`;
    const folder = external_node_path_default().join(ports.runner.temp, `${tool.name}-${tool.version}`);
    await ports.fs.mkdir(folder, { recursive: true });
    try {
        const archive = external_node_path_default().join(folder, name);
        await fetchArchive(tool, url, archive, file.sha256, ports);
        const unpacked = external_node_path_default().join(folder, 'unpacked');
        await unpack(tool, archive, unpacked, ports, toolCache);
        const target = await toolCache.cacheDir(unpacked, tool.name, tool.version, file.arch);
        return { path: external_node_path_default().join(target, bin, tool.name), version: tool.version, origin: 'download' };
    }
    finally {
        await ports.fs.rm(folder, { recursive: true, force: true });
    }
}
/** @throws ToolError when it is not what was pinned. */
async function fetchArchive(tool, url, archive, wanted, ports) {
    ports.log.info(`${tool.name} ${tool.version} is fetched from ${url}`);
    const sum = await (0,retry/* retry */.L5)(`GET ${url}`, async () => await download(url, archive, ports), {
        classify: retry/* classifyHttp */.d3,
        clock: ports.clock,
        log: ports.log,
        signal: ports.runner.signal,
        limits: { totalMs: 600_000 }
    });
    if (sum !== wanted)
        throw wrongSum(tool, url, wanted, sum);
}
/** Compares dotted versions number by number; what follows a `-` or `+` does not count. */
function isAtLeast(version, minimum) {
    const numbers = (text) => (text.split(/[-+]/)[0] ?? '').split('.').map(Number);
    const [have, need] = [numbers(version), numbers(minimum)];
    for (let index = 0; index < Math.max(have.length, need.length); index++) {
        const difference = (have[index] ?? 0) - (need[index] ?? 0);
        if (difference !== 0)
            return difference > 0;
    }
    return true;
}
async function versionOf(tool, program, ports) {
    try {
        const { stdout } = await ports.exec.run(program, tool.versionArgs, { timeoutMs: 30_000 });
        return tool.versionPattern.exec(stdout)?.[1];
    }
    catch (error) {
        if (error instanceof failure/* ToolError */.v4)
            return undefined;
        throw error;
    }
}
/** Streams to disk and hashes on the way. Follows redirects: releases are served from another host. */
async function download(from, to, ports) {
    let url = from;
    for (let hop = 0; hop <= REDIRECTS; hop++) {
        const response = await ports.http.stream(url, { timeoutMs: 60_000, signal: ports.runner.signal });
        if ([301, 302, 303, 307, 308].includes(response.status)) {
            response.body.destroy();
            url = new URL(response.headers['location'] ?? '', url).href;
            continue;
        }
        if (response.status !== 200) {
            response.body.destroy();
            (0,http/* expectStatus */.oi)({ ...response, body: Buffer.alloc(0) }, [200]);
        }
        return await save(response.body, to, ports);
    }
    throw new http/* HttpStatusError */.F9({ url, status: 310, headers: {}, latencyMs: 0, remoteAddress: undefined }, 'GET', 'too many redirects');
}
async function save(body, to, ports) {
    const hash = (0,external_node_crypto_.createHash)('sha256');
    let size = 0;
    const meter = new external_node_stream_.Transform({
        transform: (chunk, _encoding, done) => {
            size += chunk.length;
            hash.update(chunk);
            done(size > MAX_DOWNLOAD_BYTES ? new Error(`larger than ${MAX_DOWNLOAD_BYTES} bytes`) : null, chunk);
        }
    });
    const handle = await ports.fs.open(to, 'w');
    await (0,promises_namespaceObject.pipeline)(body, meter, handle.createWriteStream());
    return hash.digest('hex');
}
async function unpack(tool, archive, to, ports, toolCache) {
    await ports.fs.mkdir(to, { recursive: true });
    if (tool.archive === 'zip')
        await toolCache.extractZip(archive, to);
    else if (tool.archive === 'tar')
        await toolCache.extractTar(archive, to);
    else
        await ports.exec.run('dpkg-deb', ['--extract', archive, to]);
}
function notPublished(tool, minimum) {
    return new failure/* InputError */.dz([
        {
            input: 'runner',
            given: `${process.platform} ${process.arch} without ${tool.name}`,
            allowed: `${tool.name} ${minimum} or newer on PATH`,
            fix: `install it in a step before (there is no pinned file for this system)`
        }
    ]);
}
function wrongSum(tool, url, wanted, got) {
    return new failure/* ToolError */.v4({
        command: `GET ${url}`,
        exitCode: null,
        reason: 'exit',
        summary: `${tool.name} ${tool.version} from ${url} is not the file that was published`,
        detail: `SHA-256 is ${got}, published is ${wanted} (${tool.source})`,
        advice: 'Nothing was run or kept. A mirror may have another file under this name; if the vendor replaced it, ask why.'
    });
}

;// CONCATENATED MODULE: ./lib/tools/index.ts




/***/ }),

/***/ 2613:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("assert");

/***/ }),

/***/ 5317:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("child_process");

/***/ }),

/***/ 6982:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("crypto");

/***/ }),

/***/ 4434:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("events");

/***/ }),

/***/ 9896:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("fs");

/***/ }),

/***/ 8611:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("http");

/***/ }),

/***/ 5692:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("https");

/***/ }),

/***/ 9278:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("net");

/***/ }),

/***/ 4589:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:assert");

/***/ }),

/***/ 6698:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:async_hooks");

/***/ }),

/***/ 4573:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:buffer");

/***/ }),

/***/ 7540:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:console");

/***/ }),

/***/ 7598:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:crypto");

/***/ }),

/***/ 3053:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:diagnostics_channel");

/***/ }),

/***/ 610:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:dns");

/***/ }),

/***/ 8474:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:events");

/***/ }),

/***/ 7067:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:http");

/***/ }),

/***/ 2467:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:http2");

/***/ }),

/***/ 7030:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:net");

/***/ }),

/***/ 8161:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:os");

/***/ }),

/***/ 6760:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:path");

/***/ }),

/***/ 643:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:perf_hooks");

/***/ }),

/***/ 1792:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:querystring");

/***/ }),

/***/ 7075:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:stream");

/***/ }),

/***/ 1692:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:tls");

/***/ }),

/***/ 3136:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:url");

/***/ }),

/***/ 7975:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:util");

/***/ }),

/***/ 3429:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:util/types");

/***/ }),

/***/ 5919:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:worker_threads");

/***/ }),

/***/ 8522:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:zlib");

/***/ }),

/***/ 857:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("os");

/***/ }),

/***/ 6928:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("path");

/***/ }),

/***/ 2203:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("stream");

/***/ }),

/***/ 3193:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("string_decoder");

/***/ }),

/***/ 3557:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("timers");

/***/ }),

/***/ 4756:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("tls");

/***/ }),

/***/ 9023:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("util");

/***/ }),

/***/ 370:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  A: () => (/* binding */ pLimit)
});

// UNUSED EXPORTS: limitFunction

;// CONCATENATED MODULE: ./node_modules/yocto-queue/index.js
/*
How it works:
`this.#head` is an instance of `Node` which keeps track of its current value and nests another instance of `Node` that keeps the value that comes after it. When a value is provided to `.enqueue()`, the code needs to iterate through `this.#head`, going deeper and deeper to find the last value. However, iterating through every single item is slow. This problem is solved by saving a reference to the last value as `this.#tail` so that it can reference it to add a new value.
*/

class Node {
	value;
	next;

	constructor(value) {
		this.value = value;
	}
}

class Queue {
	#head;
	#tail;
	#size;

	constructor() {
		this.clear();
	}

	enqueue(value) {
		const node = new Node(value);

		if (this.#head) {
			this.#tail.next = node;
			this.#tail = node;
		} else {
			this.#head = node;
			this.#tail = node;
		}

		this.#size++;
	}

	dequeue() {
		const current = this.#head;
		if (!current) {
			return;
		}

		this.#head = this.#head.next;
		this.#size--;

		// Clean up tail reference when queue becomes empty
		if (!this.#head) {
			this.#tail = undefined;
		}

		return current.value;
	}

	peek() {
		if (!this.#head) {
			return;
		}

		return this.#head.value;

		// TODO: Node.js 18.
		// return this.#head?.value;
	}

	clear() {
		this.#head = undefined;
		this.#tail = undefined;
		this.#size = 0;
	}

	get size() {
		return this.#size;
	}

	* [Symbol.iterator]() {
		let current = this.#head;

		while (current) {
			yield current.value;
			current = current.next;
		}
	}

	* drain() {
		while (this.#head) {
			yield this.dequeue();
		}
	}
}

;// CONCATENATED MODULE: ./node_modules/p-limit/index.js


function pLimit(concurrency) {
	let rejectOnClear = false;

	if (typeof concurrency === 'object') {
		({concurrency, rejectOnClear = false} = concurrency);
	}

	validateConcurrency(concurrency);

	if (typeof rejectOnClear !== 'boolean') {
		throw new TypeError('Expected `rejectOnClear` to be a boolean');
	}

	const queue = new Queue();
	let activeCount = 0;

	const resumeNext = () => {
		// Process the next queued function if we're under the concurrency limit
		if (activeCount < concurrency && queue.size > 0) {
			activeCount++;
			queue.dequeue().run();
		}
	};

	const next = () => {
		activeCount--;
		resumeNext();
	};

	const run = async (function_, resolve, arguments_) => {
		// Execute the function and capture the result promise
		const result = (async () => function_(...arguments_))();

		// Resolve immediately with the promise (don't wait for completion)
		resolve(result);

		// Wait for the function to complete (success or failure)
		// We catch errors here to prevent unhandled rejections,
		// but the original promise rejection is preserved for the caller
		try {
			await result;
		} catch {}

		// Decrement active count and process next queued function
		next();
	};

	const enqueue = (function_, resolve, reject, arguments_) => {
		const queueItem = {reject};

		// Queue the internal resolve function instead of the run function
		// to preserve the asynchronous execution context.
		new Promise(internalResolve => { // eslint-disable-line promise/param-names
			queueItem.run = internalResolve;
			queue.enqueue(queueItem);
		}).then(run.bind(undefined, function_, resolve, arguments_)); // eslint-disable-line promise/prefer-await-to-then

		// Start processing immediately if we haven't reached the concurrency limit
		if (activeCount < concurrency) {
			resumeNext();
		}
	};

	const generator = (function_, ...arguments_) => new Promise((resolve, reject) => {
		enqueue(function_, resolve, reject, arguments_);
	});

	Object.defineProperties(generator, {
		activeCount: {
			get: () => activeCount,
		},
		pendingCount: {
			get: () => queue.size,
		},
		clearQueue: {
			value() {
				if (!rejectOnClear) {
					queue.clear();
					return;
				}

				const abortError = AbortSignal.abort().reason;

				while (queue.size > 0) {
					queue.dequeue().reject(abortError);
				}
			},
		},
		concurrency: {
			get: () => concurrency,

			set(newConcurrency) {
				validateConcurrency(newConcurrency);
				concurrency = newConcurrency;

				queueMicrotask(() => {
					// eslint-disable-next-line no-unmodified-loop-condition
					while (activeCount < concurrency && queue.size > 0) {
						resumeNext();
					}
				});
			},
		},
		map: {
			async value(iterable, function_) {
				const promises = [];

				try {
					Array.from(iterable, (value, index) => {
						const promise = generator(function_, value, index);
						promises.push(promise);
						return promise;
					});
				} catch (error) {
					// The iterable threw, so `Promise.all` never observes the already scheduled promises. Observe them here to avoid unhandled rejections.
					for (const promise of promises) {
						promise.catch(() => {}); // eslint-disable-line promise/prefer-await-to-then
					}

					throw error;
				}

				return Promise.all(promises);
			},
		},
	});

	return generator;
}

function limitFunction(function_, options) {
	const limit = pLimit(options);

	const limitedFunction = (...arguments_) => limit(() => function_(...arguments_));
	Object.defineProperty(limitedFunction, 'clearQueue', {
		value: limit.clearQueue,
	});

	return limitedFunction;
}

function validateConcurrency(concurrency) {
	if (!((Number.isInteger(concurrency) || concurrency === Number.POSITIVE_INFINITY) && concurrency > 0)) {
		throw new TypeError('Expected `concurrency` to be a number from 1 and up');
	}
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
/******/ /* webpack/runtime/async module */
/******/ (() => {
/******/ 	var webpackQueues = typeof Symbol === "function" ? Symbol("webpack queues") : "__webpack_queues__";
/******/ 	var webpackExports = typeof Symbol === "function" ? Symbol("webpack exports") : "__webpack_exports__";
/******/ 	var webpackError = typeof Symbol === "function" ? Symbol("webpack error") : "__webpack_error__";
/******/ 	var resolveQueue = (queue) => {
/******/ 		if(queue && queue.d < 1) {
/******/ 			queue.d = 1;
/******/ 			queue.forEach((fn) => (fn.r--));
/******/ 			queue.forEach((fn) => (fn.r-- ? fn.r++ : fn()));
/******/ 		}
/******/ 	}
/******/ 	var wrapDeps = (deps) => (deps.map((dep) => {
/******/ 		if(dep !== null && typeof dep === "object") {
/******/ 			if(dep[webpackQueues]) return dep;
/******/ 			if(dep.then) {
/******/ 				var queue = [];
/******/ 				queue.d = 0;
/******/ 				dep.then((r) => {
/******/ 					obj[webpackExports] = r;
/******/ 					resolveQueue(queue);
/******/ 				}, (e) => {
/******/ 					obj[webpackError] = e;
/******/ 					resolveQueue(queue);
/******/ 				});
/******/ 				var obj = {};
/******/ 				obj[webpackQueues] = (fn) => (fn(queue));
/******/ 				return obj;
/******/ 			}
/******/ 		}
/******/ 		var ret = {};
/******/ 		ret[webpackQueues] = x => {};
/******/ 		ret[webpackExports] = dep;
/******/ 		return ret;
/******/ 	}));
/******/ 	__nccwpck_require__.a = (module, body, hasAwait) => {
/******/ 		var queue;
/******/ 		hasAwait && ((queue = []).d = -1);
/******/ 		var depQueues = new Set();
/******/ 		var exports = module.exports;
/******/ 		var currentDeps;
/******/ 		var outerResolve;
/******/ 		var reject;
/******/ 		var promise = new Promise((resolve, rej) => {
/******/ 			reject = rej;
/******/ 			outerResolve = resolve;
/******/ 		});
/******/ 		promise[webpackExports] = exports;
/******/ 		promise[webpackQueues] = (fn) => (queue && fn(queue), depQueues.forEach(fn), promise["catch"](x => {}));
/******/ 		module.exports = promise;
/******/ 		body((deps) => {
/******/ 			currentDeps = wrapDeps(deps);
/******/ 			var fn;
/******/ 			var getResult = () => (currentDeps.map((d) => {
/******/ 				if(d[webpackError]) throw d[webpackError];
/******/ 				return d[webpackExports];
/******/ 			}))
/******/ 			var promise = new Promise((resolve) => {
/******/ 				fn = () => (resolve(getResult));
/******/ 				fn.r = 0;
/******/ 				var fnQueue = (q) => (q !== queue && !depQueues.has(q) && (depQueues.add(q), q && !q.d && (fn.r++, q.push(fn))));
/******/ 				currentDeps.map((dep) => (dep[webpackQueues](fnQueue)));
/******/ 			});
/******/ 			return fn.r ? promise : getResult();
/******/ 		}, (err) => ((err ? reject(promise[webpackError] = err) : outerResolve(exports)), resolveQueue(queue)));
/******/ 		queue && queue.d < 0 && (queue.d = 0);
/******/ 	};
/******/ })();
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
/******/ 		792: 0
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
/******/ 
/******/ // startup
/******/ // Load entry module and return exports
/******/ // This entry module used 'module' so it can't be inlined
/******/ var __webpack_exports__ = __nccwpck_require__(8520);
/******/ __webpack_exports__ = await __webpack_exports__;
/******/ 
