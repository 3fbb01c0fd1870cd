import { createRequire as __WEBPACK_EXTERNAL_createRequire } from "module";
/******/ var __webpack_modules__ = ({

/***/ 826:
/***/ ((module, __unused_webpack___webpack_exports__, __nccwpck_require__) => {

__nccwpck_require__.a(module, async (__webpack_handle_async_dependencies__, __webpack_async_result__) => { try {
/* harmony import */ var node_dns_promises__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(553);
/* harmony import */ var node_dns_promises__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__nccwpck_require__.n(node_dns_promises__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(161);
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_1___default = /*#__PURE__*/__nccwpck_require__.n(node_os__WEBPACK_IMPORTED_MODULE_1__);
/* harmony import */ var _lib_action_index_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(22);
/* harmony import */ var _inputs_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(633);
/* harmony import */ var _run_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(567);





const network = {
    addresses: async (host) => {
        const all = await (0,node_dns_promises__WEBPACK_IMPORTED_MODULE_0__.lookup)(host, { all: true });
        return all.map(({ address, family }) => ({ address, family: family === 6 ? 6 : 4 }));
    },
    hasIpv6: () => Object.values((0,node_os__WEBPACK_IMPORTED_MODULE_1__.networkInterfaces)()).some((addresses) => addresses?.some(({ family, internal, address }) => family === 'IPv6' && !internal && !/^f[ce89ab]/i.test(address)))
};
await (0,_lib_action_index_js__WEBPACK_IMPORTED_MODULE_2__/* .runAction */ .Cs)((0,_lib_action_index_js__WEBPACK_IMPORTED_MODULE_2__/* .defineAction */ .QP)({ name: 'check-cvmfs', inputs: _inputs_js__WEBPACK_IMPORTED_MODULE_3__/* .inputs */ .Q, check: _inputs_js__WEBPACK_IMPORTED_MODULE_3__/* .check */ .z, ports: (base) => ({ ...base, network }), run: _run_js__WEBPACK_IMPORTED_MODULE_4__/* .run */ .e }));

__webpack_async_result__();
} catch(e) { __webpack_async_result__(e); } }, 1);

/***/ }),

/***/ 633:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Q: () => (/* binding */ inputs),
/* harmony export */   z: () => (/* binding */ check)
/* harmony export */ });
/* harmony import */ var _lib_action_index_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(22);
/* harmony import */ var _lib_cvmfs_index_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(481);
/* harmony import */ var _lib_failure_index_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(315);
/** The inputs, as in action.yml. */



/** Stands for the repository while a server's address is checked; the real name comes from another input. */
const ANY_FQRN = 'repository.example.org';
const inputs = {
    fqrn: (0,_lib_action_index_js__WEBPACK_IMPORTED_MODULE_0__/* .text */ .Qq)({
        default: 'neurodesk.ardc.edu.au',
        pattern: /^[a-z0-9][a-z0-9_-]*(\.[a-z0-9_-]+)+$/,
        allowed: 'the full name of a repository, such as neurodesk.ardc.edu.au',
        maxLength: 255
    }),
    servers: (0,_lib_action_index_js__WEBPACK_IMPORTED_MODULE_0__/* .entries */ .jO)({
        allowed: 'a host, host:port or http URL',
        keys: ['name', 'owner'],
        flags: ['required', 'stratum0', 'cdn', 'all-addresses'],
        refuse: ({ value }) => plausible(value) ? [] : ['a host, host:port, or an http URL that ends in the fqrn or in nothing']
    }),
    'servers-from': (0,_lib_action_index_js__WEBPACK_IMPORTED_MODULE_0__/* .lines */ .Mn)({ allowed: 'paths or globs of client configuration, one per line', max: 100 }),
    'public-key': (0,_lib_action_index_js__WEBPACK_IMPORTED_MODULE_0__/* .text */ .Qq)({
        default: 'neurodesk',
        allowed: '`neurodesk`, PEM text, or paths of PEM files, one per line',
        maxLength: 20_000
    }),
    catalogue: _lib_action_index_js__WEBPACK_IMPORTED_MODULE_0__/* .common */ .sh.catalogue,
    'catalogue-grace': (0,_lib_action_index_js__WEBPACK_IMPORTED_MODULE_0__/* .duration */ .p0)('36h'),
    'container-root': (0,_lib_action_index_js__WEBPACK_IMPORTED_MODULE_0__/* .text */ .Qq)({
        default: '/containers',
        pattern: /^(\/[A-Za-z0-9._-]+)+$/,
        allowed: 'an absolute path inside the repository',
        maxLength: 500
    }),
    'required-files': (0,_lib_action_index_js__WEBPACK_IMPORTED_MODULE_0__/* .lines */ .Mn)({
        allowed: 'absolute paths inside the repository, one per line',
        max: 1000,
        refuse: (line) => (line.startsWith('/') ? undefined : 'an absolute path inside the repository')
    }),
    'sample-objects': (0,_lib_action_index_js__WEBPACK_IMPORTED_MODULE_0__/* .integer */ .nd)({ default: 16, min: 0, max: 10_000 }),
    'snapshot-warning': (0,_lib_action_index_js__WEBPACK_IMPORTED_MODULE_0__/* .duration */ .p0)('8h'),
    'max-snapshot-age': (0,_lib_action_index_js__WEBPACK_IMPORTED_MODULE_0__/* .duration */ .p0)('24h'),
    'lag-warning': (0,_lib_action_index_js__WEBPACK_IMPORTED_MODULE_0__/* .duration */ .p0)('8h'),
    'max-lag': (0,_lib_action_index_js__WEBPACK_IMPORTED_MODULE_0__/* .duration */ .p0)('24h'),
    'whitelist-warning': (0,_lib_action_index_js__WEBPACK_IMPORTED_MODULE_0__/* .duration */ .p0)('72h'),
    'min-healthy': (0,_lib_action_index_js__WEBPACK_IMPORTED_MODULE_0__/* .countOrPercent */ .qJ)('1'),
    'fail-on': (0,_lib_action_index_js__WEBPACK_IMPORTED_MODULE_0__/* .choice */ .Yq)(['not-ok', 'any', 'none'], 'not-ok'),
    wait: (0,_lib_action_index_js__WEBPACK_IMPORTED_MODULE_0__/* .duration */ .p0)('0s'),
    'previous-report': (0,_lib_action_index_js__WEBPACK_IMPORTED_MODULE_0__/* .text */ .Qq)({ default: '', allowed: 'the path of an earlier report', maxLength: 1024 }),
    'geo-api': (0,_lib_action_index_js__WEBPACK_IMPORTED_MODULE_0__/* .flag */ .Jt)(true),
    proxy: (0,_lib_action_index_js__WEBPACK_IMPORTED_MODULE_0__/* .text */ .Qq)({
        default: '',
        pattern: /^http:\/\/[^\s/@]+\/?$/,
        allowed: 'http://host:port',
        maxLength: 500
    }),
    timeout: (0,_lib_action_index_js__WEBPACK_IMPORTED_MODULE_0__/* .duration */ .p0)('10s'),
    retries: (0,_lib_action_index_js__WEBPACK_IMPORTED_MODULE_0__/* .integer */ .nd)({ default: 1, min: 0, max: 10 }),
    'max-parallel': (0,_lib_action_index_js__WEBPACK_IMPORTED_MODULE_0__/* .integer */ .nd)({ default: 96, min: 1, max: 256 }),
    'max-parallel-per-server': (0,_lib_action_index_js__WEBPACK_IMPORTED_MODULE_0__/* .integer */ .nd)({ default: 6, min: 1, max: 32 }),
    'dry-run': _lib_action_index_js__WEBPACK_IMPORTED_MODULE_0__/* .common */ .sh['dry-run'],
    'report-path': _lib_action_index_js__WEBPACK_IMPORTED_MODULE_0__/* .common */ .sh['report-path'],
    'junit-path': _lib_action_index_js__WEBPACK_IMPORTED_MODULE_0__/* .common */ .sh['junit-path']
};
/** Rules between inputs. */
function check(given) {
    const problems = [];
    if (given.servers.length === 0 && given.serversFrom.length === 0) {
        problems.push({
            input: 'servers',
            given: '',
            allowed: 'at least one server here, or files that name some in `servers-from`'
        });
    }
    const ordered = [
        ['snapshot-warning', given.snapshotWarning, 'max-snapshot-age', given.maxSnapshotAge],
        ['lag-warning', given.lagWarning, 'max-lag', given.maxLag]
    ];
    for (const [name, warning, limit, max] of ordered) {
        if (warning > max) {
            problems.push({
                input: name,
                given: `${warning / 1000}s`,
                allowed: `at most ${limit} (${max / 1000}s)`
            });
        }
    }
    if (given.timeout === 0)
        problems.push({ input: 'timeout', given: '0s', allowed: 'more than 0s' });
    if (given.publicKey.includes('-----BEGIN')) {
        try {
            (0,_lib_cvmfs_index_js__WEBPACK_IMPORTED_MODULE_1__/* .readMasterKeys */ .n2)(given.publicKey);
        }
        catch (error) {
            problems.push({
                input: 'public-key',
                given: 'PEM text',
                allowed: `PEM public keys; ${(0,_lib_failure_index_js__WEBPACK_IMPORTED_MODULE_2__/* .messageOf */ .bD)(error)}`
            });
        }
    }
    return problems;
}
function plausible(value) {
    // The repository's name is another input: a URL may end in any name here, and must end in the right one later.
    return (0,_lib_cvmfs_index_js__WEBPACK_IMPORTED_MODULE_1__/* .serverBase */ .pT)(value, ANY_FQRN) !== undefined || /^https?:\/\/[^\s/?#@]+\/[^\s?#@]*$/.test(value);
}


/***/ }),

/***/ 567:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  e: () => (/* binding */ run)
});

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __nccwpck_require__(760);
var external_node_path_default = /*#__PURE__*/__nccwpck_require__.n(external_node_path_);
// EXTERNAL MODULE: ./node_modules/p-limit/index.js + 1 modules
var p_limit = __nccwpck_require__(370);
// EXTERNAL MODULE: ./lib/markdown/index.ts
var markdown = __nccwpck_require__(66);
// EXTERNAL MODULE: ./lib/failure/index.ts
var failure = __nccwpck_require__(315);
;// CONCATENATED MODULE: ./actions/check-cvmfs/src/changes.ts
function changesSince(previous, now) {
    const before = verdictsIn(previous);
    const after = new Map(now.servers.map(({ name, verdict }) => [name, verdict]));
    const oldFindings = new Set(previous.findings.map(({ id, subject }) => `${subject}: ${id}`));
    const findings = new Set(now.findings.map(({ id, subject }) => `${subject}: ${id}`));
    const from = previous.figures['revision'];
    const to = now.newest?.revision;
    return {
        since: previous.finished,
        servers: [...after].flatMap(([name, verdict]) => {
            const old = before.get(name);
            return old === undefined || old === verdict ? [] : [{ name, from: old, to: verdict }];
        }),
        added: [...after.keys()].filter((name) => !before.has(name)),
        removed: [...before.keys()].filter((name) => !after.has(name)),
        newFindings: [...findings].filter((finding) => !oldFindings.has(finding)),
        goneFindings: [...oldFindings].filter((finding) => !findings.has(finding)),
        revision: from === undefined || to === undefined || from === to ? undefined : { from, to }
    };
}
/** Nothing to tell. */
function isEmpty(changes) {
    const lists = [changes.servers, changes.added, changes.removed, changes.newFindings, changes.goneFindings];
    return changes.revision === undefined && lists.every((list) => list.length === 0);
}
function verdictsIn(report) {
    const servers = report.details?.['servers'];
    const verdicts = new Map();
    if (!Array.isArray(servers))
        return verdicts;
    for (const server of servers) {
        if (typeof server !== 'object' || server === null)
            continue;
        const { name, verdict } = server;
        if (typeof name === 'string' && typeof verdict === 'string')
            verdicts.set(name.slice(0, 300), verdict.slice(0, 40));
    }
    return verdicts;
}

// EXTERNAL MODULE: ./lib/cvmfs/index.ts + 21 modules
var cvmfs = __nccwpck_require__(481);
;// CONCATENATED MODULE: ./actions/check-cvmfs/src/fleet.ts

/** Objects picked from each catalog for the samples. */
const PICKED_PER_CATALOG = 4;
/** Larger ones are not taken as samples: most servers belong to others. */
const MAX_SAMPLE_BYTES = 32 * 1024 * 1024;
class Fleet {
    settings;
    ports;
    library;
    /** Servers whose manifest is proved: catalogs can be had from them. */
    trusted = [];
    /** Sizes as stored, of objects whose hash was seen to be right. */
    storedSizes = new Map();
    #lookups = new Map();
    #proved = new Map();
    #lacking = new Map();
    #picked = new Map();
    constructor(settings, ports, cacheFolder, tempFolder) {
        this.settings = settings;
        this.ports = ports;
        this.library = new cvmfs/* CatalogLibrary */.rm({ fs: ports.fs, clock: ports.clock, cacheFolder, tempFolder });
    }
    /** Each round meets the servers anew; what was proved stays proved. */
    startRound() {
        this.trusted.length = 0;
        this.#lacking.clear();
    }
    /** Objects that were right on a server, by path: kept while a run polls, so that only the rest is asked again. */
    provedOn(server) {
        let proved = this.#proved.get(server);
        if (proved === undefined)
            this.#proved.set(server, (proved = new Map()));
        return proved;
    }
    /** Lookups in a tree by path: the same for every server with that root. */
    lookupsIn(root) {
        const lookups = this.#lookups.get(root) ?? new Map();
        this.#lookups.set(root, lookups);
        return lookups;
    }
    /** Servers that were asked for a catalog and do not have it as it should be. */
    lacking(nested) {
        const key = (0,cvmfs/* formatHash */.ON)(nested.hash);
        const lacking = this.#lacking.get(key) ?? new Set();
        this.#lacking.set(key, lacking);
        return lacking;
    }
    /** Picks a few objects of an open catalog, at points of the key space that the day and the catalog decide. */
    pick(nested, catalog) {
        const key = (0,cvmfs/* formatHash */.ON)(nested.hash);
        if (this.settings.sampleObjects === 0 || this.#picked.has(key))
            return;
        const random = seeded(`${this.settings.sampleSeed} ${key}`);
        const byHash = new Map();
        for (let index = 0; index < PICKED_PER_CATALOG; index++) {
            const ref = catalog.objectAt(BigInt.asIntN(64, random()));
            if (ref !== undefined && ref.size <= MAX_SAMPLE_BYTES)
                byHash.set((0,cvmfs/* formatHash */.ON)(ref.hash), ref);
        }
        this.#picked.set(key, [...byHash.values()]);
    }
    /** What was picked of a catalog. */
    picked(nested) {
        return this.#picked.get((0,cvmfs/* formatHash */.ON)(nested.hash)) ?? [];
    }
}
/** Numbers of 64 bits that a text decides (splitmix64 over FNV-1a). */
function seeded(text) {
    let state = 0xcbf29ce484222325n;
    for (const byte of Buffer.from(text))
        state = BigInt.asUintN(64, (state ^ BigInt(byte)) * 0x100000001b3n);
    return () => {
        state = BigInt.asUintN(64, state + 0x9e3779b97f4a7c15n);
        let mixed = state;
        mixed = BigInt.asUintN(64, (mixed ^ (mixed >> 30n)) * 0xbf58476d1ce4e5b9n);
        mixed = BigInt.asUintN(64, (mixed ^ (mixed >> 27n)) * 0x94d049bb133111ebn);
        return mixed ^ (mixed >> 31n);
    };
}
/** Some of the items, which ones is decided by the text. */
function sample(items, count, seed) {
    const random = seeded(seed);
    const rest = [...items];
    const taken = [];
    while (taken.length < count && rest.length > 0) {
        const [item] = rest.splice(Number(random() % BigInt(rest.length)), 1);
        if (item !== undefined)
            taken.push(item);
    }
    return taken;
}

// EXTERNAL MODULE: external "node:zlib"
var external_node_zlib_ = __nccwpck_require__(522);
;// CONCATENATED MODULE: ./actions/check-cvmfs/src/judge-freshness.ts

/**
 * What the verified manifests of a fleet say about the publisher.
 * @param tags publishes that the publisher's own list names, and that no server has any more.
 */
function newestOf(all, tags = [], unpublished = new Set()) {
    const votes = new Map();
    const vote = (revision, rootHash, published, weight) => {
        const roots = votes.get(revision) ?? new Map();
        votes.set(revision, roots.set(rootHash, { published, votes: (roots.get(rootHash)?.votes ?? 0) + weight }));
    };
    for (const { identity, fresh, server } of all) {
        const { manifest, trusted } = identity;
        if (manifest === undefined || !trusted)
            continue;
        // Where two servers disagree about a revision, stratum 0 is right; without it, the greater number.
        vote(manifest.revision, manifest.rootCatalog.hex, manifest.published, server.stratum0 ? all.length : 1);
        if (fresh !== undefined)
            vote(fresh.revision, fresh.rootHash, fresh.published, 1);
    }
    const seen = [...votes]
        .map(([revision, roots]) => {
        const [[rootHash, { published }] = ['', { published: undefined }]] = [...roots].toSorted(([, one], [, other]) => other.votes - one.votes);
        return { revision, rootHash, published };
    })
        .toSorted((one, other) => one.revision - other.revision);
    const last = seen.at(-1);
    if (last === undefined)
        return undefined;
    const named = tags
        .filter(({ revision }) => revision < last.revision && !votes.has(revision))
        .map((tag) => ({ ...tag, rootHash: '' }));
    return { ...last, publishes: [...seen, ...named], unpublished };
}
/**
 * How long a server has been behind: since the oldest publish that it misses and that anybody knows of. A burst of
 * publishes in the last hour is an hour, whatever the count; a server that is stuck stays stuck while others go on.
 * @returns undefined when the time is not known, 0 when it misses nothing.
 */
function lagOf(revision, newest, now) {
    const missed = newest.publishes.filter((publish) => publish.revision > revision);
    if (missed.length === 0)
        return 0;
    const times = missed.map(({ published }) => published).filter((time) => time !== undefined);
    return times.length === 0 ? undefined : Math.max(0, now - Math.min(...times));
}
/** Lag and snapshot age, with their cause as one finding. */
function judgeFreshness(facts, newest, limits, now) {
    const { identity, snapshot, server } = facts;
    const snapshotAgeMs = snapshot.last === undefined ? undefined : Math.max(0, now - snapshot.last);
    if (identity.manifest === undefined || !identity.trusted)
        return { remarks: [], lagMs: undefined, snapshotAgeMs };
    const lagMs = lagOf(identity.manifest.revision, newest, now);
    const remarks = [];
    const late = lateness(lagMs, limits.lagWarning, limits.maxLag);
    const old = server.stratum0
        ? undefined
        : lateness(snapshotAgeMs, limits.snapshotWarning, limits.maxSnapshotAge);
    if (late !== undefined)
        remarks.push(explain(facts, newest, late, old !== undefined, lagMs ?? 0, snapshotAgeMs, now));
    else if (old !== undefined)
        remarks.push(deadCron(old, snapshotAgeMs ?? 0));
    if (lagMs === undefined) {
        remarks.push({
            id: 'lag-unknown',
            severity: 'unknown',
            message: `It has revision ${identity.manifest.revision}, others have ${newest.revision}, and no manifest says when that was published.`
        });
    }
    remarks.push(...judgeFork(facts, newest));
    if (!server.stratum0 && snapshot.unreadable !== undefined) {
        remarks.push({
            id: 'snapshot-date-unreadable',
            severity: 'warning',
            message: `Its time of the last snapshot cannot be understood: "${snapshot.unreadable.replace(/[^\x20-\x7e]/g, '?')}".`,
            hint: 'Run cvmfs_server with LC_ALL=C on that server.'
        });
    }
    if (snapshot.checkFailed) {
        remarks.push({
            id: 'replica-check-failed',
            severity: 'warning',
            message: 'Its own cvmfs_server check has failed.',
            hint: 'Ask its owner to repair the replica (cvmfs_server check -r).'
        });
    }
    return { remarks, lagMs, snapshotAgeMs };
}
function lateness(value, warning, max) {
    if (value === undefined)
        return undefined;
    return value > max ? 'error' : value > warning ? 'warning' : undefined;
}
/** Why a server is behind; one finding, whatever else is a consequence of the same cause. */
function explain(facts, newest, severity, snapshotOld, lagMs, snapshotAgeMs, now) {
    const { identity, fresh, snapshot, server } = facts;
    const revision = identity.manifest?.revision ?? 0;
    const behind = `It has missed what was published ${(0,markdown/* span */.Ln)(lagMs)} ago (it has revision ${revision}, the newest is ${newest.revision})`;
    if (fresh !== undefined && fresh.revision > revision) {
        const shown = Object.entries(identity.evidence).map(([name, value]) => `${name}: ${value}`);
        return {
            id: 'cache-serves-old',
            severity,
            message: `${behind}; past the cache it has revision ${fresh.revision}${shown.length === 0 ? '' : ` (${shown.join(', ')})`}.`,
            hint: 'Purge the manifest from the cache, and keep it there for a minute at most.'
        };
    }
    if (server.stratum0) {
        return {
            id: 'stratum0-behind',
            severity,
            message: `${behind}, and is said to be stratum 0.`,
            hint: 'See whether the address is still that of the publisher.'
        };
    }
    if (snapshot.runningSince !== undefined) {
        const since = snapshot.runningSince === 'unreadable' ? '' : `, running for ${(0,markdown/* span */.Ln)(now - snapshot.runningSince)}`;
        return {
            id: 'replica-snapshotting',
            severity,
            message: `${behind}; a snapshot is under way${since}.`,
            hint: 'Wait for it; when it does not move, its lock or a crash is in the way.'
        };
    }
    if (snapshotAgeMs === undefined) {
        return {
            id: 'replica-stale',
            severity,
            message: `${behind}; it does not say when its last snapshot was.`,
            hint: 'Ask its owner whether snapshots run.'
        };
    }
    if (snapshotOld) {
        return {
            id: 'replica-cron-dead',
            severity,
            message: `${behind}; its last snapshot was ${(0,markdown/* span */.Ln)(snapshotAgeMs)} ago.`,
            hint: 'Ask its owner to look at the cron job of cvmfs_server snapshot and at a lock that was left.'
        };
    }
    return {
        id: 'replica-upstream-stale',
        severity,
        message: `${behind}, although its last snapshot was only ${(0,markdown/* span */.Ln)(snapshotAgeMs)} ago: what it replicates from is behind.`,
        hint: 'Ask its owner from where it replicates (CVMFS_STRATUM0), and whether a cache stands between.'
    };
}
/** Nothing was published that it misses, but it would not notice if there were. */
function deadCron(severity, snapshotAgeMs) {
    return {
        id: 'replica-cron-dead',
        severity,
        message: `Its last snapshot was ${(0,markdown/* span */.Ln)(snapshotAgeMs)} ago; it has everything only because nothing was published since.`,
        hint: 'Ask its owner to look at the cron job of cvmfs_server snapshot and at a lock that was left.'
    };
}
/** The same revision with another root: two publishers, or a publisher that went back. */
function judgeFork({ identity }, newest) {
    const { manifest } = identity;
    const same = newest.publishes.find(({ revision }) => revision === manifest?.revision);
    if (manifest === undefined ||
        same === undefined ||
        same.rootHash === '' ||
        same.rootHash === manifest.rootCatalog.hex)
        return [];
    return [
        {
            id: 'manifest-fork',
            severity: 'error',
            message: `Its revision ${manifest.revision} has another root catalog than the same revision elsewhere.`,
            hint: 'Find out which of the two stratum 0 has; the other one was published twice or is forged.'
        }
    ];
}

// EXTERNAL MODULE: external "node:net"
var external_node_net_ = __nccwpck_require__(30);
;// CONCATENATED MODULE: ./actions/check-cvmfs/src/objects.ts
/** The objects of one server, each looked at once, and what they are for. */

/** Objects up to this size are read whole everywhere: that costs no more than asking whether they are there. */
const SMALL_BYTES = 64 * 1024;
class ServerObjects {
    #endpoint;
    #memory;
    #seen = new Map();
    #ofContainer = new Map();
    constructor(endpoint, memory) {
        this.#endpoint = endpoint;
        this.#memory = memory;
    }
    /**
     * Looks at an object: whether it is there, for a large one; whole, for a small one or when `whole` is set. What
     * is known already is not asked again.
     */
    async look(wanted, purpose, whole = false) {
        const path = (0,cvmfs/* objectPath */.du)(wanted.hash, wanted.kind);
        const small = wanted.kind !== 'catalog' && (wanted.plainSize ?? SMALL_BYTES + 1) <= SMALL_BYTES;
        const known = this.#memory.proved.get(path);
        const seen = this.#seen.get(path) ?? this.#note(path, wanted, purpose, known && Promise.resolve(known));
        if (whole || small) {
            const before = seen.state;
            seen.state = (async () => {
                const state = await before;
                return state === UNSEEN || (state.state === 'present' && !state.hashed)
                    ? await this.#read(path, wanted)
                    : state;
            })();
        }
        else {
            const before = seen.state;
            seen.state = (async () => {
                const state = await before;
                return state === UNSEEN ? await this.#prove(path, wanted) : state;
            })();
        }
        return await seen.state;
    }
    /** Takes over what a download has shown. */
    tell(wanted, purpose, state) {
        const path = (0,cvmfs/* objectPath */.du)(wanted.hash, wanted.kind);
        if (state.state === 'present')
            this.#memory.proved.set(path, state);
        const seen = this.#seen.get(path);
        if (seen === undefined)
            this.#note(path, wanted, purpose, Promise.resolve(state));
        else
            seen.state = Promise.resolve(state);
    }
    /** The container cannot be used without the object at this path. */
    needs(container, path) {
        const seen = this.#seen.get(path);
        if (seen === undefined || seen.containers.has(container))
            return;
        seen.containers.add(container);
        const all = this.#ofContainer.get(container) ?? new Set();
        this.#ofContainer.set(container, all.add(seen));
    }
    /** The worst that is known of what a container needs. */
    async stateOf(container) {
        const states = await Promise.all([...(this.#ofContainer.get(container) ?? [])].map(async ({ state }) => await state));
        if (states.some(({ state }) => state === 'bad'))
            return 'bad';
        return states.some(({ state }) => state === 'unknown') ? 'unknown' : 'present';
    }
    /** Everything that was not right, with the containers that suffer. */
    async troubles() {
        const troubles = [];
        for (const { state, wanted, purpose, containers } of this.#seen.values()) {
            const result = await state;
            if (result.state === 'present' || result === UNSEEN)
                continue;
            troubles.push({ ...purpose, state: result, stored: wanted.stored, containers: [...containers] });
        }
        return troubles;
    }
    #note(path, wanted, purpose, state) {
        const seen = { wanted, purpose, state: state ?? Promise.resolve(UNSEEN), containers: new Set() };
        this.#seen.set(path, seen);
        return seen;
    }
    async #read(path, wanted) {
        const state = await (0,cvmfs/* readObject */.Ag)(this.#endpoint, wanted);
        if (state.state !== 'present')
            return state;
        if (state.storedSize !== undefined)
            this.#memory.storedSizes.set(path, state.storedSize);
        // The body is let go: nothing here needs it any more.
        return this.#proved(path, { state: 'present', storedSize: state.storedSize, hashed: true });
    }
    async #prove(path, wanted) {
        const state = await (0,cvmfs/* proveObject */.eJ)(this.#endpoint, wanted, this.#memory.storedSizes.get(path));
        return state.state === 'present' ? this.#proved(path, state) : state;
    }
    #proved(path, state) {
        this.#memory.proved.set(path, state);
        return state;
    }
}
/** Not looked at yet. */
const UNSEEN = { state: 'unknown', url: '', reason: 'not looked at', timedOut: false };

;// CONCATENATED MODULE: ./actions/check-cvmfs/src/wanted.ts
/** What an object's state makes of a container that needs it. */
const CONTAINER_STATE = {
    present: 'present',
    bad: 'broken',
    unknown: 'unknown'
};
/** A catalog as an object. */
function asObject(nested) {
    return {
        wanted: { hash: nested.hash, kind: 'catalog', stored: 'zlib', plainSize: nested.size },
        purpose: { kind: 'catalog', what: `catalog of ${mountOf(nested)}`, isRoot: nested.path === '' }
    };
}
/** Where a catalog is mounted, for people. */
function mountOf(nested) {
    return nested.path === '' ? '/' : nested.path;
}
/** The objects that hold a file's bytes; none for what lies elsewhere. */
function objectsOf({ entry, chunks }) {
    if (entry === undefined || entry.external)
        return [];
    const { stored } = entry;
    if (chunks.length > 0) {
        return chunks.map(({ hash, size }) => ({ hash, kind: 'chunk', stored, plainSize: size }));
    }
    return entry.hash === undefined
        ? []
        : [{ hash: entry.hash, kind: 'file', stored, plainSize: entry.size }];
}

;// CONCATENATED MODULE: ./actions/check-cvmfs/src/content.ts
/** What one server holds: catalogs on the way to every container, the containers themselves, files and samples. */




/** The catalog cannot be had, neither here nor anywhere else. */
class Unreadable extends Error {
    unknown;
    constructor(unknown) {
        super('the catalog cannot be had');
        this.unknown = unknown;
    }
}
class ContentCheck {
    #fleet;
    #endpoint;
    #key;
    #root;
    #rotation;
    #objects;
    #lookups;
    #visits = new Map();
    #treeFaults = new Map();
    #containers = new Map();
    #absent = new Map();
    /**
     * @param key names the server among what was proved before.
     * @param rotation a share of 1: servers begin at different containers, so that they share the downloads.
     */
    constructor(fleet, endpoint, key, manifest, rotation) {
        this.#fleet = fleet;
        this.#endpoint = endpoint;
        this.#key = key;
        this.#root = { path: '', hash: manifest.rootCatalog, size: manifest.rootCatalogSize };
        this.#rotation = rotation;
        this.#lookups = fleet.lookupsIn((0,cvmfs/* formatHash */.ON)(manifest.rootCatalog));
        this.#objects = new ServerObjects(endpoint, {
            proved: fleet.provedOn(key),
            storedSizes: fleet.storedSizes
        });
    }
    async run() {
        const { containers, requiredFiles } = this.#fleet.settings;
        // The root catalog first: without it there is nothing to look up.
        try {
            await this.#read(this.#root, undefined, () => undefined);
        }
        catch (error) {
            this.#excuse(error, undefined);
        }
        const start = Math.floor(this.#rotation * containers.length);
        const rotated = [...containers.slice(start), ...containers.slice(0, start)];
        await this.#each(rotated, async (container) => await this.#container(container));
        const required = await Promise.all(requiredFiles.map(async (file) => await this.#required(file)));
        const sampled = await this.#sample();
        return {
            containers: this.#containers,
            absent: this.#absent,
            troubles: await this.#objects.troubles(),
            treeFaults: [...this.#treeFaults.values()].map(({ fault, containers: hit }) => ({
                fault,
                containers: [...hit]
            })),
            required,
            sampled
        };
    }
    async #container({ name, young }) {
        const folder = `${this.#fleet.settings.containerRoot}/${name}`;
        try {
            const commands = await this.#lookUp(`${folder}/commands.txt`, name);
            const image = await this.#lookUp(`${folder}/${name}.simg`, name);
            const absent = [];
            if (commands.entry === undefined || commands.entry.kind === 'directory')
                absent.push('commands.txt');
            if (image.entry?.kind !== 'directory' && image.entry?.kind !== 'symlink')
                absent.push('image directory');
            if (absent.length > 0) {
                this.#absent.set(name, absent);
                this.#containers.set(name, young ? 'pending' : 'missing');
                return;
            }
            const purpose = { kind: 'object', what: `${folder}/commands.txt`, isRoot: false };
            const looks = objectsOf(commands).map((wanted) => ({ wanted, purpose }));
            // What begins at the image directory has to be there, and is not needed to say so.
            if (image.begins !== undefined)
                looks.push(asObject(image.begins));
            await Promise.all(looks.map(async ({ wanted, purpose: why }) => {
                await this.#objects.look(wanted, why);
                this.#objects.needs(name, (0,cvmfs/* objectPath */.du)(wanted.hash, wanted.kind));
            }));
            this.#containers.set(name, CONTAINER_STATE[await this.#objects.stateOf(name)]);
        }
        catch (error) {
            this.#containers.set(name, this.#excuse(error, name));
        }
    }
    async #required(given) {
        const path = (0,cvmfs/* normalizePath */.Fd)(given);
        const file = { path: given, bytes: 0 };
        if (path === undefined)
            return { ...file, state: 'unresolvable', reason: 'it leads out of the repository' };
        try {
            const found = await (0,cvmfs/* follow */.e6)(this.#root, this.#fleet.settings.fqrn, path, this.#reader(undefined));
            const { entry } = found;
            if (entry === undefined)
                return { ...file, state: 'absent' };
            if (entry.kind !== 'file')
                return { ...file, state: 'unresolvable', reason: `it is a ${entry.kind}` };
            if (entry.external)
                return { ...file, state: 'external' };
            const parts = found.chunks.reduce((sum, { size }) => sum + size, 0);
            if (entry.chunked && parts !== entry.size) {
                throw new cvmfs/* Fault */.vC('catalog-invalid', `The chunks of ${given} have ${parts} bytes, the file has ${entry.size}.`);
            }
            const purpose = { kind: 'object', what: given, isRoot: false };
            const states = await Promise.all(objectsOf(found).map(async (wanted) => await this.#objects.look(wanted, purpose, true)));
            if (states.some(({ state }) => state === 'bad'))
                return { ...file, state: 'damaged' };
            if (states.some(({ state }) => state === 'unknown'))
                return { ...file, state: 'unknown' };
            return { ...file, state: 'verified', bytes: entry.size };
        }
        catch (error) {
            if (error instanceof cvmfs/* Unresolvable */.ro)
                return { ...file, state: 'unresolvable', reason: error.message };
            return { ...file, state: this.#excuse(error, undefined) === 'broken' ? 'damaged' : 'unknown' };
        }
    }
    /** Objects that nothing else reads: content of images, and catalogs of which only the length was compared. */
    async #sample() {
        const { sampleObjects, sampleSeed } = this.#fleet.settings;
        if (sampleObjects === 0)
            return 0;
        const readable = [...this.#visits.values()].filter((visit) => visit.readable);
        const candidates = readable.flatMap(({ nested, wanted, purpose, containers }) => {
            const picked = this.#fleet.picked(nested).map((ref) => ({
                wanted: { hash: ref.hash, kind: ref.kind, stored: ref.stored, plainSize: ref.size },
                purpose: { kind: 'object', what: `${ref.name} below ${mountOf(nested)}`, isRoot: false },
                containers
            }));
            return [{ wanted, purpose, containers }, ...picked];
        });
        const seed = `${sampleSeed} ${this.#key} ${(0,cvmfs/* formatHash */.ON)(this.#root.hash)}`;
        const taken = sample(candidates, sampleObjects, seed);
        await this.#each(taken, async ({ wanted, purpose, containers }) => {
            await this.#objects.look(wanted, purpose, true);
            for (const name of containers)
                this.#objects.needs(name, (0,cvmfs/* objectPath */.du)(wanted.hash, wanted.kind));
        });
        // A sampled catalog can be one that many containers need.
        for (const [name, state] of this.#containers) {
            if (state === 'present')
                this.#containers.set(name, CONTAINER_STATE[await this.#objects.stateOf(name)]);
        }
        return taken.length;
    }
    async #lookUp(path, container) {
        const known = this.#lookups.get(path);
        if (known !== undefined) {
            for (const nested of known.catalogs)
                await this.#have(nested, container);
            return known;
        }
        const found = await (0,cvmfs/* lookUp */.TE)(this.#root, path, this.#reader(container));
        this.#lookups.set(path, found);
        return found;
    }
    #reader(container) {
        return async (nested, look) => await this.#read(nested, container, look);
    }
    async #read(nested, container, look) {
        await this.#have(nested, container);
        return await this.#fleet.library.read(nested, (catalog) => {
            this.#fleet.pick(nested, catalog);
            return look(catalog);
        });
    }
    /** Makes a catalog known to the library, and sees to it that this server has it. */
    async #have(nested, container) {
        const key = nested.hash.hex;
        let visit = this.#visits.get(key);
        if (visit === undefined) {
            const object = asObject(nested);
            const obtained = this.#obtain(nested, object);
            const path = (0,cvmfs/* objectPath */.du)(nested.hash, 'catalog');
            visit = { nested, ...object, path, obtained, readable: false, containers: new Set() };
            this.#visits.set(key, visit);
        }
        try {
            if (!visit.readable)
                await visit.obtained;
            visit.readable = true;
        }
        finally {
            if (container !== undefined) {
                this.#objects.needs(container, visit.path);
                // Of the catalogs above all containers, a damaged object breaks none of them.
                if (nested.path.endsWith(`/${container}`))
                    visit.containers.add(container);
            }
        }
    }
    async #obtain(nested, { wanted, purpose }) {
        const { library, trusted, storedSizes } = this.#fleet;
        const obtained = await library.obtain(nested, this.#endpoint);
        if ('storedSize' in obtained) {
            storedSizes.set((0,cvmfs/* objectPath */.du)(nested.hash, 'catalog'), obtained.storedSize);
            if (obtained.state !== undefined)
                this.#objects.tell(wanted, purpose, obtained.state);
            // Known from elsewhere: it is enough to see that it is here and as long as it should be.
            else
                await this.#objects.look(wanted, purpose);
            return;
        }
        this.#objects.tell(wanted, purpose, obtained);
        // What is below it can still be named, when another server has it.
        const lacking = this.#fleet.lacking(nested).add(this.#endpoint);
        for (const other of trusted) {
            if (lacking.has(other))
                continue;
            if ('storedSize' in (await library.obtain(nested, other)))
                return;
            lacking.add(other);
        }
        throw new Unreadable(obtained.state === 'unknown');
    }
    /** What an exception says about a container. Our own bugs pass through. */
    #excuse(error, container) {
        if (error instanceof Unreadable)
            return error.unknown ? 'unknown' : 'broken';
        if (!(error instanceof cvmfs/* Fault */.vC))
            throw error;
        let known = this.#treeFaults.get(error.message);
        if (known === undefined)
            this.#treeFaults.set(error.message, (known = { fault: error, containers: new Set() }));
        if (container !== undefined)
            known.containers.add(container);
        return 'broken';
    }
    async #each(items, work) {
        const queue = items.values();
        const worker = async () => {
            for (const item of queue)
                await work(item);
        };
        await Promise.all(Array.from({ length: this.#endpoint.maxParallel }, worker));
    }
}

;// CONCATENATED MODULE: ./actions/check-cvmfs/src/probe.ts
/** One server, from its name to everything that is to be known about it. */




/** So many time-outs' worth of time a server gets in all; what is not asked by then stays unknown. */
const BUDGET_TIMEOUTS = 30;
const SMALL_FILE = 64 * 1024;
const NO_SNAPSHOT = {
    last: undefined,
    unreadable: undefined,
    runningSince: undefined,
    checkFailed: false
};
const NO_CONTENT = {
    containers: new Map(),
    absent: new Map(),
    troubles: [],
    treeFaults: [],
    required: [],
    sampled: 0
};
/** Looks at a server; at each of its addresses, when that is wanted. Never fails because of a server. */
async function probeServer(server, fleet, rotation) {
    const host = new URL(server.base).hostname.replace(/^\[|\]$/g, '');
    if (!server.allAddresses || (0,external_node_net_.isIP)(host) !== 0 || fleet.settings.proxy !== undefined) {
        return [await probeAddress(server, undefined, fleet, rotation)];
    }
    const { network } = fleet.ports;
    let addresses;
    try {
        const all = await network.addresses(host);
        addresses = all.filter(({ family }) => family === 4 || network.hasIpv6()).map(({ address }) => address);
    }
    catch {
        addresses = [];
    }
    // A name that leads nowhere fails in the same words as any other server's.
    if (addresses.length === 0)
        return [await probeAddress(server, undefined, fleet, rotation)];
    return await Promise.all(addresses.map(async (address) => await probeAddress(server, address, fleet, rotation)));
}
async function probeAddress(server, address, fleet, rotation) {
    const { clock } = fleet.ports;
    const started = clock.now();
    const endpoint = endpointFor(server, address, fleet);
    const identity = await (0,cvmfs/* identify */.ls)(endpoint, fleet.settings.fqrn, fleet.settings.keys, started);
    const skewMs = skewOf(identity, clock.now());
    const reached = identity.manifest !== undefined;
    if (identity.trusted)
        fleet.trusted.push(endpoint);
    const [snapshot, geo, info, ipv6, fresh, content] = await Promise.all([
        reached && !server.stratum0 ? readSnapshot(endpoint) : NO_SNAPSHOT,
        reached && !server.stratum0 && fleet.settings.geoApi ? askGeo(endpoint, fleet) : UNTESTED_GEO,
        reached ? readInfo(endpoint, fleet.settings.fqrn) : undefined,
        reached && address === undefined ? tryIpv6(server, fleet) : UNTESTED_IPV6,
        reached && (server.cdn || Object.keys(identity.evidence).length > 0)
            ? (0,cvmfs/* identifyFresh */.bE)(endpoint)
            : undefined,
        identity.trusted && identity.manifest !== undefined
            ? new ContentCheck(fleet, endpoint, `${server.base} ${address ?? ''}`, identity.manifest, rotation).run()
            : NO_CONTENT
    ]);
    return {
        server,
        address,
        identity,
        snapshot,
        fresh: fresh && { revision: fresh.revision, published: fresh.published, rootHash: fresh.rootCatalog.hex },
        skewMs,
        ipv6: ipv6.state,
        ipv6Error: ipv6.error,
        geo,
        info,
        ...content,
        latencyMs: percentiles(endpoint.latencies),
        requests: endpoint.requests,
        bytes: endpoint.bytes,
        elapsedMs: clock.now() - started
    };
}
/** A server as a client reaches it, with its own count of requests and its own time. */
function endpointFor(server, address, fleet) {
    return new cvmfs/* Endpoint */.yI(settingsFor(server, address, fleet));
}
function settingsFor(server, address, fleet) {
    const { proxy, timeoutMs, retries, maxParallelPerServer, everywhere } = fleet.settings;
    const { http, clock, runner } = fleet.ports;
    return {
        http,
        clock,
        base: server.base,
        address,
        proxy,
        cdn: server.cdn,
        timeoutMs,
        retries,
        maxParallel: maxParallelPerServer,
        everywhere,
        budgetMs: BUDGET_TIMEOUTS * timeoutMs,
        signal: runner.signal
    };
}
/** Text of a small file, or undefined when there is none or no answer: both say nothing against a server. */
async function readText(endpoint, path) {
    try {
        const reply = await endpoint.ask(path, { maxBytes: SMALL_FILE });
        return reply.status === 200 ? reply.body.toString('utf8') : undefined;
    }
    catch (error) {
        if (error instanceof cvmfs/* Unanswered */.XX)
            return undefined;
        throw error;
    }
}
/**
 * `.cvmfs_status.json` and its older twins. A status without a readable time falls back on the twin.
 */
async function readSnapshot(endpoint) {
    const [status, last, running] = await Promise.all([
        readText(endpoint, '.cvmfs_status.json'),
        readText(endpoint, '.cvmfs_last_snapshot'),
        readText(endpoint, '.cvmfs_is_snapshotting')
    ]);
    const fields = parseFields(status);
    const texts = [fields['last_snapshot'], firstLine(last)].filter((text) => text !== undefined && text !== '');
    const times = texts.map((text) => (0,cvmfs/* parseServerDate */.T_)(text ?? '')).filter((time) => time !== undefined);
    const start = firstLine(running);
    return {
        // The later one: a server without jq writes only the twin, and leaves an old status behind.
        last: times.length === 0 ? undefined : Math.max(...times),
        unreadable: times.length === 0 && texts[0] !== undefined ? texts[0].slice(0, 100) : undefined,
        runningSince: start === undefined ? undefined : ((0,cvmfs/* parseServerDate */.T_)(start) ?? 'unreadable'),
        checkFailed: fields['check_status'] === 'failed'
    };
}
function parseFields(json) {
    const value = parseJson(json);
    if (value === undefined)
        return {};
    return Object.fromEntries(Object.entries(value).filter((field) => typeof field[1] === 'string'));
}
function parseJson(json) {
    try {
        const value = JSON.parse(json ?? '');
        return typeof value === 'object' && value !== null ? value : undefined;
    }
    catch {
        return undefined;
    }
}
/** The first line, unless it is that of a web page. */
function firstLine(text) {
    const line = text?.split('\n', 1)[0]?.trim();
    return line === undefined || line.startsWith('<') ? undefined : line;
}
const UNTESTED_GEO = { state: 'untested', text: '' };
/** The order in which the server would send a client to the hosts: each of them once, whatever the order is. */
async function askGeo(endpoint, fleet) {
    const hosts = fleet.settings.geoHosts;
    if (hosts.length < 2)
        return UNTESTED_GEO;
    try {
        const reply = await endpoint.ask(`api/v1.0/geo/neurodesk-ci/${hosts.map(encodeURIComponent).join(',')}`);
        const text = reply.body
            .toString('latin1')
            .trim()
            .replace(/[^\x20-\x7e]/g, '?')
            .slice(0, 200);
        if (reply.status === 400 || reply.status >= 500)
            return { state: 'error', text: `HTTP ${reply.status}: ${text}` };
        // Stores without the API (S3) have no such path; nobody is told to ask them.
        if (reply.status !== 200)
            return { state: 'absent', text: `HTTP ${reply.status}` };
        const order = text
            .split(',')
            .map(Number)
            .toSorted((a, b) => a - b);
        const permutation = order.length === hosts.length && order.every((number, index) => number === index + 1);
        return { state: permutation ? 'ok' : 'wrong', text };
    }
    catch (error) {
        if (error instanceof cvmfs/* Unanswered */.XX)
            return { state: 'unanswered', text: error.message };
        throw error;
    }
}
async function readInfo(endpoint, fqrn) {
    const value = parseJson(await readText(endpoint, '/cvmfs/info/v1/repositories.json'));
    if (value === undefined)
        return undefined;
    const all = [value['repositories'], value['replicas']].flatMap((list) => Array.isArray(list) ? list : []);
    const { cvmfs_version: version, last_geodb_update: updated } = value;
    return {
        version: typeof version === 'string' ? version.slice(0, 40) : undefined,
        geoDatabase: typeof updated === 'string' ? (0,cvmfs/* parseServerDate */.T_)(updated) : undefined,
        listed: all.length === 0 ? undefined : all.some((entry) => nameIn(entry) === fqrn)
    };
}
function nameIn(entry) {
    return typeof entry === 'object' && entry !== null && 'name' in entry ? entry.name : undefined;
}
const UNTESTED_IPV6 = { state: 'untested', error: undefined };
/** Clients try both families: one that does not work costs them a time-out. */
async function tryIpv6(server, fleet) {
    const { network } = fleet.ports;
    const host = new URL(server.base).hostname;
    if ((0,external_node_net_.isIP)(host.replace(/^\[|\]$/g, '')) !== 0 || fleet.settings.proxy !== undefined)
        return UNTESTED_IPV6;
    if (!network.hasIpv6())
        return UNTESTED_IPV6;
    try {
        const all = await network.addresses(host);
        const address = all.find(({ family }) => family === 6)?.address;
        if (address === undefined)
            return { state: 'none', error: undefined };
        const endpoint = new cvmfs/* Endpoint */.yI({ ...settingsFor(server, address, fleet), family: 6, retries: 0 });
        const reply = await endpoint.ask('.cvmfspublished');
        if (reply.status === 200)
            return { state: 'works', error: undefined };
        return { state: 'fails', error: `HTTP ${reply.status} over ${address}` };
    }
    catch (error) {
        return error instanceof cvmfs/* Unanswered */.XX ? { state: 'fails', error: (0,failure/* messageOf */.bD)(error) } : UNTESTED_IPV6;
    }
}
/** How far the server's clock is ahead. An answer from a cache has the date of the original: its age is added. */
function skewOf({ head }, now) {
    const date = Date.parse(head?.headers['date'] ?? '');
    if (head === undefined || Number.isNaN(date))
        return undefined;
    const age = /^\d{1,9}$/.exec(head.headers['age'] ?? '')?.[0];
    return date + Number(age ?? 0) * 1000 - now;
}
function percentiles(latencies) {
    if (latencies.length === 0)
        return undefined;
    const sorted = latencies.toSorted((a, b) => a - b);
    const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
    return { median: Math.round(at(0.5)), p95: Math.round(at(0.95)) };
}

;// CONCATENATED MODULE: ./actions/check-cvmfs/src/history.ts
/** When the revisions were published that no server has any more: from the publisher's own list of tags. */






/** 10,000 tags have some megabytes. */
const MAX_HISTORY_BYTES = 64 * 1024 * 1024;
/** Servers that are asked for it before it is done without. */
const ATTEMPTS = 3;
/**
 * The tags behind the oldest revision that a server of the fleet has. Only asked for when a server is behind; without
 * an answer the times in the manifests have to do.
 */
async function learnHistory(all, fleet) {
    const newest = newestOf(all);
    const revisions = all
        .filter(({ identity }) => identity.trusted)
        .map(({ identity }) => identity.manifest?.revision ?? Infinity);
    const oldest = Math.min(...revisions);
    if (newest === undefined || oldest + 1 >= newest.revision)
        return [];
    const having = all.filter(({ identity }) => identity.trusted && identity.manifest?.rootCatalog.hex === newest.rootHash);
    for (const { server, address, identity } of having.slice(0, ATTEMPTS)) {
        const hash = identity.manifest?.history;
        if (hash === undefined)
            return [];
        const state = await (0,cvmfs/* readObject */.Ag)(endpointFor(server, address, fleet), {
            hash,
            kind: 'history',
            stored: 'zlib'
        });
        if (state.state !== 'present' || state.body === undefined)
            continue;
        return await tagsIn(state.body, oldest, fleet);
    }
    return [];
}
async function tagsIn(body, after, fleet) {
    const { fs, runner, log } = fleet.ports;
    const file = external_node_path_default().join(runner.temp, 'history.sqlite');
    try {
        await fs.mkdir(runner.temp, { recursive: true });
        await fs.writeFile(file, (0,external_node_zlib_.inflateSync)(body, { maxOutputLength: MAX_HISTORY_BYTES }), { mode: 0o600 });
        return (0,cvmfs/* tagsAfter */.Yc)(file, after);
    }
    catch (error) {
        // The hash was right, so this is what was published; the manifests' times are left to judge by.
        log.notice(`The list of tags cannot be read: ${(0,failure/* messageOf */.bD)(error)}`);
        if (error instanceof cvmfs/* Fault */.vC || isZlibError(error))
            return [];
        throw error;
    }
    finally {
        await fs.rm(file, { force: true });
    }
}
function isZlibError(error) {
    const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
    return code.startsWith('Z_') || code === 'ERR_BUFFER_TOO_LARGE';
}

;// CONCATENATED MODULE: ./actions/check-cvmfs/src/junit.ts
function toJunit(verdict, elapsedMs) {
    const suites = verdict.servers.flatMap(({ addresses }) => addresses.map(({ subject, facts, findings }) => {
        const own = findings
            .filter(({ severity }) => severity !== 'notice')
            .map(({ id, severity, message }) => ({
            name: id,
            // A warning is told and does not fail a test.
            outcome: severity === 'error' ? 'failed' : severity === 'unknown' ? 'error' : 'passed',
            message
        }));
        const answer = own.some(({ outcome }) => outcome !== 'passed')
            ? own
            : [...own, { name: 'server', outcome: 'passed', message: '' }];
        return suite(subject, [...answer, ...containerCases(facts)], facts.elapsedMs);
    }));
    const fleet = verdict.findings.filter(({ subject }) => !verdict.servers.some(({ addresses }) => addresses.some((one) => one.subject === subject)));
    if (fleet.length > 0) {
        const cases = fleet.map(({ id, severity, message }) => ({
            name: id,
            outcome: severity === 'error' ? 'failed' : 'passed',
            message
        }));
        suites.unshift(suite('fleet', cases, elapsedMs));
    }
    return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="check-cvmfs" time="${seconds(elapsedMs)}">\n${suites.join('')}</testsuites>\n`;
}
const OUTCOMES = {
    present: 'passed',
    pending: 'skipped',
    missing: 'failed',
    broken: 'failed',
    unknown: 'error'
};
function containerCases({ containers, absent }) {
    return [...containers].map(([name, state]) => ({
        name,
        outcome: OUTCOMES[state],
        message: state === 'present'
            ? ''
            : `${state}${absent.has(name) ? `: ${(absent.get(name) ?? []).join(', ')}` : ''}`
    }));
}
function suite(name, cases, elapsedMs) {
    const count = (outcome) => cases.filter((one) => one.outcome === outcome).length;
    const head = `<testsuite name="${xml(name)}" tests="${cases.length}" failures="${count('failed')}" errors="${count('error')}" skipped="${count('skipped')}" time="${seconds(elapsedMs)}">`;
    return `  ${head}\n${cases.map((one) => testCase(name, one)).join('')}  </testsuite>\n`;
}
function testCase(suiteName, { name, outcome, message }) {
    const open = `    <testcase classname="${xml(suiteName)}" name="${xml(name)}"`;
    switch (outcome) {
        case 'passed':
            return message === '' ? `${open}/>\n` : `${open}><system-out>${xml(message)}</system-out></testcase>\n`;
        case 'skipped':
            return `${open}><skipped message="${xml(message)}"/></testcase>\n`;
        case 'failed':
            return `${open}><failure message="${xml(message)}"/></testcase>\n`;
        case 'error':
            return `${open}><error message="${xml(message)}"/></testcase>\n`;
    }
}
/** Text for XML 1.0: what it cannot hold at all is replaced. */
function xml(text) {
    return text
        .replace(/[^\t\n\r\x20-\uD7FF\uE000-\uFFFD]/g, '\uFFFD')
        .replaceAll('&', '&amp;')
        .replaceAll('<', '&lt;')
        .replaceAll('>', '&gt;')
        .replaceAll('"', '&quot;');
}
function seconds(ms) {
    return (ms / 1000).toFixed(3);
}

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
function names_parseContainerName(id) {
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
function names_unsafeBecause(text) {
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
class collection_Collection {
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
function json_parseJson(text) {
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
        this.into = new collection_Collection(options);
    }
    read(text) {
        const document = json_parseJson(text);
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
        const unsafe = names_unsafeBecause(id);
        if (unsafe !== undefined)
            return this.into.refuse(id, 'catalogue-name-unsafe', unsafe, at);
        const parsed = app.includes(' ') ? names_parseContainerName(id) : undefined;
        if (parsed === undefined) {
            return this.into.refuse(id, 'catalogue-name-unsafe', 'its key is not "NAME VERSION"', at);
        }
        let image = parsed.image;
        let architecture = parsed.architecture;
        if (imageMember !== undefined) {
            const given = textOf(imageMember);
            const reason = given === undefined ? 'it is not a text' : names_unsafeBecause(given);
            if (given === undefined || reason !== undefined) {
                return this.into.refuse(id, 'catalogue-name-unsafe', `its "image" is not usable: ${reason ?? ''}`, imageMember.at);
            }
            image = given;
            architecture = names_parseContainerName(`${image}_${buildDate}`)?.architecture ?? architecture;
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

;// CONCATENATED MODULE: ./lib/catalogue/index.ts
/** NeuroDesk's catalogue: apps.json, the containers in it, and the files that are written from it. */







;// CONCATENATED MODULE: ./actions/check-cvmfs/src/plan.ts


/** The servers to probe: those of the input, or the union of what the files name. */
function planServers(given, configured, fqrn) {
    const problems = [];
    const servers = [];
    const entries = given.length > 0
        ? given
        : configured.map((value) => ({ value, attributes: {}, flags: new Set(), line: value }));
    for (const { value, attributes, flags, line } of entries) {
        const base = (0,cvmfs/* serverBase */.pT)(value, fqrn);
        if (base === undefined) {
            problems.push({
                input: 'servers',
                given: line,
                allowed: `a host, host:port, or a URL that ends in /${fqrn}`
            });
            continue;
        }
        const server = {
            name: attributes['name'] ?? hostOf(base),
            base,
            owner: attributes['owner'],
            required: flags.has('required'),
            stratum0: flags.has('stratum0'),
            cdn: flags.has('cdn'),
            allAddresses: flags.has('all-addresses')
        };
        const twin = servers.find(({ name, base: other }) => name === server.name || other === base);
        if (twin === undefined)
            servers.push(server);
        else
            problems.push({
                input: 'servers',
                given: line,
                allowed: `each server and each name once (see ${twin.name})`
            });
    }
    if (entries.length === 0 && problems.length === 0) {
        problems.push({
            input: 'servers-from',
            given: 'files without a server in them',
            allowed: 'files with CVMFS_SERVER_URL or http://host[:port] lines',
            fix: 'name the servers in `servers`, or other files'
        });
    }
    return { servers, problems };
}
/** Compares what is tested with what users are given. */
function compareServers(servers, configured) {
    const tested = new Set(servers.map(({ base }) => base));
    const given = new Set(configured);
    return {
        untested: configured.filter((base) => !tested.has(base)).map(hostOf),
        unconfigured: servers.filter(({ base }) => !given.has(base)).map(({ name }) => name)
    };
}
/** `host` or `host:port` of a base. */
function hostOf(base) {
    return new URL(base).host;
}
/**
 * The containers of a catalogue, log.txt or apps.json. One broken entry becomes a finding and does not stop the others.
 * @param now milliseconds since 1970; build dates count from their midnight, UTC.
 */
function planContainers(text, file, now, graceMs) {
    const { names, findings, broken } = text.trimStart().startsWith('{')
        ? fromApps(text, file, now)
        : fromLog(text, file);
    const containers = [...new Set(names)].map((name) => ({ name, young: isYoung(name, now, graceMs) }));
    const none = containers.length === 0 ? `${file}: there is no container in it` : undefined;
    return { containers, findings, broken: broken ?? none };
}
function fromApps(text, file, now) {
    const catalogue = readCatalogue(text, { file, now });
    const reason = catalogue.findings.map(({ message }) => message).join('; ');
    return {
        names: catalogue.containers.map(({ id }) => id),
        // What is odd about entries is for the check of the catalogue; here it counts what cannot be looked up.
        findings: catalogue.refused.map(({ id, reason: why }) => refused(id, why)),
        broken: catalogue.broken ? `${file}: ${reason}` : undefined
    };
}
function fromLog(text, file) {
    const names = [];
    const findings = [];
    for (const [index, line] of text.split(/\r?\n/).entries()) {
        const name = line.trim().split(/\s/, 1)[0] ?? '';
        if (name === '')
            continue;
        const unsafe = names_unsafeBecause(name) ??
            (names_parseContainerName(name) === undefined ? 'it is not NAME_VERSION_BUILDDATE' : undefined);
        if (unsafe === undefined)
            names.push(name);
        else
            findings.push(refused(name, `${unsafe} (${file}, line ${index + 1})`));
    }
    return { names, findings, broken: undefined };
}
function refused(name, reason) {
    return {
        id: 'catalogue-entry-refused',
        subject: name.replace(/[^\x21-\x7e]/g, '?').slice(0, 200),
        severity: 'warning',
        message: `The catalogue's entry is not looked up: ${reason}.`,
        hint: 'Correct the entry in the catalogue.'
    };
}
function isYoung(name, now, graceMs) {
    const date = names_parseContainerName(name)?.buildDate ?? '';
    if (!isDate(date))
        return false;
    const midnight = Date.UTC(Number(date.slice(0, 4)), Number(date.slice(4, 6)) - 1, Number(date.slice(6, 8)));
    return now - midnight < graceMs;
}

// EXTERNAL MODULE: ./lib/http/index.ts + 4 modules
var http = __nccwpck_require__(663);
// EXTERNAL MODULE: ./lib/report/types.ts
var types = __nccwpck_require__(944);
;// CONCATENATED MODULE: ./lib/report/read.ts
/** Reading a report that came from outside (an artifact of another job): checked, never trusted. */

const VERDICTS = ['ok', 'failed', 'unknown', 'cancelled'];
const SEVERITIES = ['notice', 'unknown', 'warning', 'error'];
const NAME = /^[a-z][a-z0-9-]{0,63}$/;
const DATE = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/;
/** Larger reports are refused: nobody reads them, and they are not ours. */
const MAX_REPORT_BYTES = 32 * 1024 * 1024;
/**
 * The report in `text`, or every reason why it is none.
 * docs/schemas/report.schema.json says the same; a test compares the two.
 */
function readReport(text) {
    if (Buffer.byteLength(text) > MAX_REPORT_BYTES)
        return { problems: [`larger than ${MAX_REPORT_BYTES} bytes`] };
    let value;
    try {
        value = JSON.parse(text);
    }
    catch (error) {
        return { problems: [`not JSON: ${error instanceof Error ? error.message : String(error)}`] };
    }
    const problems = check(value);
    return problems.length > 0 ? { problems } : { report: value };
}
function check(value) {
    if (!isObject(value))
        return ['not an object'];
    const problems = [];
    const expect = (condition, problem) => {
        if (!condition)
            problems.push(problem);
    };
    expect(value['schema'] === types/* REPORT_SCHEMA */.D, `schema is not ${types/* REPORT_SCHEMA */.D}`);
    expect(matches(value['action'], NAME), 'action is not a name');
    expect(matches(value['started'], DATE), 'started is not a UTC date');
    expect(matches(value['finished'], DATE), 'finished is not a UTC date');
    expect(VERDICTS.includes(value['verdict']), `verdict is none of ${VERDICTS.join(', ')}`);
    expect(typeof value['headline'] === 'string', 'headline is not text');
    expect(value['details'] === undefined || isObject(value['details']), 'details is not an object');
    const subjects = value['subjects'];
    expect(subjects === undefined ||
        (Array.isArray(subjects) && subjects.every((subject) => typeof subject === 'string')), 'subjects are not texts');
    const figures = value['figures'];
    expect(isObject(figures) &&
        Object.entries(figures).every(([name, figure]) => NAME.test(name) && typeof figure === 'number'), 'figures are not numbers by name');
    const known = new Set([
        'schema',
        'action',
        'started',
        'finished',
        'verdict',
        'headline',
        'details',
        'figures',
        'findings',
        'subjects'
    ]);
    for (const key of Object.keys(value))
        expect(known.has(key), `${key} is not known`);
    if (Array.isArray(value['findings'])) {
        value['findings'].forEach((finding, index) => expect(isFinding(finding), `findings[${index}] is not a finding`));
    }
    else
        problems.push('findings is not a list');
    return problems;
}
function isFinding(value) {
    if (!isObject(value))
        return false;
    const { id, subject, severity, message, hint, place, ...rest } = value;
    return (matches(id, NAME) &&
        typeof subject === 'string' &&
        SEVERITIES.includes(severity) &&
        typeof message === 'string' &&
        (hint === undefined || typeof hint === 'string') &&
        (place === undefined || isPlace(place)) &&
        Object.keys(rest).length === 0);
}
function isPlace(value) {
    if (!isObject(value))
        return false;
    const { file, line, column, ...rest } = value;
    const isCount = (number) => number === undefined || (Number.isInteger(number) && Number(number) >= 1);
    return typeof file === 'string' && isCount(line) && isCount(column) && Object.keys(rest).length === 0;
}
function isObject(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}
function matches(value, pattern) {
    return typeof value === 'string' && pattern.test(value);
}

// EXTERNAL MODULE: ./lib/retry/index.ts + 2 modules
var retry = __nccwpck_require__(751);
;// CONCATENATED MODULE: ./actions/check-cvmfs/src/neurodesk-key.ts
/**
 * The master key of neurodesk.ardc.edu.au, as NeuroDesk gives it to users
 * (neurodesktop: config/cvmfs/neurodesk.ardc.edu.au.pub).
 */
const NEURODESK_KEY = `-----BEGIN PUBLIC KEY-----
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAwUPEmxDp217SAtZxaBep
Bi2TQcLoh5AJ//HSIz68ypjOGFjwExGlHb95Frhu1SpcH5OASbV+jJ60oEBLi3sD
qA6rGYt9kVi90lWvEjQnhBkPb0uWcp1gNqQAUocybCzHvoiG3fUzAe259CrK09qR
pX8sZhgK3eHlfx4ycyMiIQeg66AHlgVCJ2fKa6fl1vnh6adJEPULmn6vZnevvUke
I6U1VcYTKm5dPMrOlY/fGimKlyWvivzVv1laa5TAR2Dt4CfdQncOz+rkXmWjLjkD
87WMiTgtKybsmMLb2yCGSgLSArlSWhbMA0MaZSzAwE9PJKCCMvTANo5644zc8jBe
NQIDAQAB
-----END PUBLIC KEY-----
`;

;// CONCATENATED MODULE: ./actions/check-cvmfs/src/read.ts
/** Reads what the inputs point at: keys, catalogue, client configuration, an earlier report. */







/** The real ones have 50 kB. */
const MAX_CATALOGUE_BYTES = 16 * 1024 * 1024;
const MAX_CONFIG_BYTES = 1024 * 1024;
const MAX_FILES = 1000;
const MAX_REDIRECTS = 5;
/** The master keys. A problem is added for each path that leads to none. */
async function readKeys(given, ports, problems) {
    if (given === 'neurodesk')
        return (0,cvmfs/* readMasterKeys */.n2)(NEURODESK_KEY);
    if (given.includes('-----BEGIN'))
        return (0,cvmfs/* readMasterKeys */.n2)(given);
    const keys = [];
    for (const line of given.split(/\r?\n/).map((text) => text.trim())) {
        if (line === '')
            continue;
        try {
            keys.push(...(0,cvmfs/* readMasterKeys */.n2)(await read_readText(line, MAX_CONFIG_BYTES, ports)));
        }
        catch (error) {
            problems.push({
                input: 'public-key',
                given: line,
                allowed: `a file with PEM public keys (${(0,failure/* messageOf */.bD)(error)})`
            });
        }
    }
    return keys;
}
/** The catalogue's text, from a path or a URL; undefined when none was given. */
async function readCatalogueText(given, timeoutMs, ports, problems) {
    if (given === '')
        return undefined;
    try {
        return /^https?:\/\//i.test(given)
            ? await download(given, timeoutMs, ports)
            : await read_readText(given, MAX_CATALOGUE_BYTES, ports);
    }
    catch (error) {
        // A catalogue on the network that does not answer is nobody's mistake in the inputs.
        if (error instanceof failure/* TransientError */.N_)
            throw error;
        problems.push({ input: 'catalogue', given, allowed: `a readable file or URL (${(0,failure/* messageOf */.bD)(error)})` });
        return undefined;
    }
}
/** Base addresses of all servers that the files name, each once. */
async function readConfigured(globs, fqrn, ports, problems) {
    const bases = new Set();
    for (const glob of globs) {
        const files = [];
        for await (const file of ports.fs.glob(glob, { cwd: ports.runner.workspace })) {
            const full = external_node_path_default().resolve(ports.runner.workspace, file);
            if ((await ports.fs.stat(full)).isFile())
                files.push(full);
            if (files.length > MAX_FILES)
                break;
        }
        if (files.length === 0 || files.length > MAX_FILES) {
            problems.push({
                input: 'servers-from',
                given: glob,
                allowed: files.length === 0 ? 'files that exist' : `at most ${MAX_FILES} files`
            });
            continue;
        }
        for (const file of files.toSorted()) {
            for (const base of (0,cvmfs/* serversInConfig */.ww)(await read_readText(file, MAX_CONFIG_BYTES, ports), fqrn))
                bases.add(base);
        }
    }
    return [...bases];
}
/** The earlier report. That there is none is normal for a first run; one that cannot be read is said and left. */
async function readPrevious(given, ports) {
    if (given === '')
        return undefined;
    let text;
    try {
        text = await read_readText(given, MAX_REPORT_BYTES, ports);
    }
    catch (error) {
        ports.log.notice(`previous-report: there is none to compare with (${(0,failure/* messageOf */.bD)(error)})`);
        return undefined;
    }
    const read = readReport(text);
    if ('report' in read && read.report.action === 'check-cvmfs')
        return read.report;
    const why = 'report' in read ? `it is one of ${read.report.action}` : read.problems.join('; ');
    ports.log.warning(`previous-report: ${given} is not used: ${why}`);
    return undefined;
}
/** @throws InputError when there are problems. */
function raise(problems) {
    if (problems.length > 0)
        throw new failure/* InputError */.dz(problems);
}
async function read_readText(file, maxBytes, ports) {
    const full = external_node_path_default().resolve(ports.runner.workspace, file);
    const { size } = await ports.fs.stat(full);
    if (size > maxBytes)
        throw new Error(`${file} has ${size} bytes, at most ${maxBytes} are read`);
    return await ports.fs.readFile(full, 'utf8');
}
async function download(url, timeoutMs, ports) {
    let target = url;
    for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
        const reply = await (0,retry/* retry */.L5)(`GET ${target}`, async () => {
            const response = await ports.http.request(target, { timeoutMs, maxBytes: MAX_CATALOGUE_BYTES });
            return response.status >= 300 && response.status < 400 ? response : (0,http/* expectStatus */.oi)(response);
        }, { classify: retry/* classifyHttp */.d3, clock: ports.clock, signal: ports.runner.signal });
        if (reply.status < 300)
            return reply.body.toString('utf8');
        const location = reply.headers['location'];
        if (location === undefined || !URL.canParse(location, target))
            throw new Error(`${target}: a redirect to nowhere`);
        target = new URL(location, target).href;
    }
    throw new Error(`${url}: more than ${MAX_REDIRECTS} redirects`);
}

// EXTERNAL MODULE: ./lib/action/index.ts + 18 modules
var action = __nccwpck_require__(22);
;// CONCATENATED MODULE: ./actions/check-cvmfs/src/judge-content.ts
/** What is missing or damaged on a server. Pure. */

/** Names in one message; the report has all. */
const NAMES = 10;
function judgeContent(facts, newest) {
    return [...judgeContainers(facts, newest), ...judgeTroubles(facts), ...judgeRequired(facts)];
}
/** Containers that are in the publisher's tree and not in this server's. */
function judgeContainers({ containers, absent, server }, newest) {
    const missing = [...containers]
        .filter(([name, state]) => state === 'missing' && !newest.unpublished.has(name))
        .map(([name]) => name)
        .toSorted();
    if (missing.length === 0)
        return [];
    const parts = new Set(missing.flatMap((name) => absent.get(name) ?? []));
    return [
        {
            id: 'container-missing',
            severity: 'error',
            message: `${count(missing.length, 'container is', 'containers are')} missing (${[...parts].join(', ')}): ${listed(missing)}.`,
            hint: server.stratum0
                ? 'Publish them.'
                : 'They come with the next snapshot; see why it has not happened.'
        }
    ];
}
/** Several objects with the same damage are one finding: one cause, one repair. */
function judgeTroubles({ troubles }) {
    const groups = new Map();
    for (const trouble of troubles) {
        const id = idOf(trouble);
        groups.set(id, [...(groups.get(id) ?? []), trouble]);
    }
    return [...groups].map(([id, group]) => describe(id, group));
}
function idOf({ state, kind, isRoot }) {
    if (state.state === 'unknown')
        return state.timedOut ? `${kind}-timeout` : `${kind}-unanswered`;
    if (state.onlyCached)
        return state.damage === 'missing' ? 'cache-serves-404' : 'cache-serves-damage';
    if (state.damage === 'missing' && isRoot)
        return 'root-catalog-missing';
    return `${kind}-${state.damage}`;
}
function describe(id, group) {
    const containers = [...new Set(group.flatMap((trouble) => trouble.containers))].toSorted();
    const broken = containers.length === 0 ? '' : ` Containers that need it: ${listed(containers)}.`;
    const first = group[0]?.state;
    const urls = group.map(({ state }) => state.url);
    const things = listed(group.map(({ what, state }) => `${what}${sizeOf(state)}`));
    if (first?.state !== 'bad') {
        return {
            id,
            severity: 'unknown',
            message: `There is no answer for ${things}: ${first?.reason ?? ''}.${broken}`,
            hint: `Ask for ${listed(urls)} from another network: a filter on the way can block a single object.`
        };
    }
    const evidence = Object.entries(first.evidence).map(([name, value]) => `${name}: ${value}`);
    const proof = evidence.length === 0 ? '' : ` (${evidence.join(', ')})`;
    if (first.onlyCached) {
        const wrong = first.damage === 'missing' ? 'as missing, an old answer' : first.damage;
        return {
            id,
            severity: 'error',
            message: `A cache gives ${things} ${wrong}; past it the object is right${proof}.${broken}`,
            hint: `Purge ${listed(urls)} from the cache.`
        };
    }
    const wrong = first.damage === 'missing' ? `not there (HTTP ${first.status})` : WORDS[first.damage];
    return {
        id,
        severity: 'error',
        message: `${capital(things)}: ${wrong}${proof}.${broken}`,
        hint: `Repair ${listed(urls)}; clients mount the repository all the same and fail on what lies below.`
    };
}
const WORDS = {
    empty: 'there with zero bytes',
    truncated: 'cut off',
    doubled: 'right at its beginning, with more bytes behind',
    altered: 'has another content than its hash says',
    oversized: 'longer than it can be'
};
function judgeRequired({ required }) {
    const remarks = [];
    const absent = required.filter(({ state }) => state === 'absent').map(({ path }) => path);
    if (absent.length > 0) {
        remarks.push({
            id: 'required-file-missing',
            severity: 'error',
            message: `${count(absent.length, 'required file is', 'required files are')} not in its tree: ${listed(absent)}.`
        });
    }
    // Damaged ones are told with the object, which names the URL to repair.
    for (const { path, state, reason } of required) {
        if (state === 'unresolvable') {
            remarks.push({
                id: 'required-file-unresolvable',
                severity: 'error',
                message: `${path} cannot be read as a file: ${reason ?? ''}.`
            });
        }
        if (state === 'external') {
            remarks.push({
                id: 'required-file-external',
                severity: 'notice',
                message: `${path} is not verified: its bytes are not kept in the repository.`
            });
        }
    }
    return remarks;
}
/** The first names, and how many more there are. */
function listed(names) {
    const more = names.length - NAMES;
    return names.slice(0, NAMES).join(', ') + (more > 0 ? ` and ${more} more` : '');
}
function count(number, one, many) {
    return `${number} ${number === 1 ? one : many}`;
}
function sizeOf(state) {
    return state.state === 'bad' && state.size !== undefined ? ` (${(0,markdown/* bytes */.ee)(state.size)})` : '';
}
function capital(text) {
    return text.slice(0, 1).toUpperCase() + text.slice(1);
}

;// CONCATENATED MODULE: ./actions/check-cvmfs/src/facts.ts
/** `name`, or `name (address)` for one address of several. */
function subjectOf({ server, address }) {
    return address === undefined ? server.name : `${server.name} (${address})`;
}

;// CONCATENATED MODULE: ./actions/check-cvmfs/src/judge.ts
/** What the facts about one server mean: its findings and its verdict. Pure. */




const MAX_SKEW = 5 * 60_000;
const MAX_GEO_DATABASE_AGE = 30 * 86_400_000;
/**
 * @param newest what the fleet knows of the publisher's revisions.
 * @param now milliseconds since 1970.
 * @param commonSkewMs what all clocks differ from ours by: then it is ours that is wrong.
 */
function judgeServer(facts, newest, limits, now, commonSkewMs) {
    const subject = subjectOf(facts);
    const { remarks: freshness, lagMs, snapshotAgeMs } = judgeFreshness(facts, newest, limits, now);
    const remarks = [
        ...judgeReach(facts),
        ...judgeIdentity(facts, limits, now),
        ...freshness,
        ...judgeContent(facts, newest),
        ...judgeManners(facts, now, commonSkewMs)
    ];
    const expires = facts.identity.whitelist?.expiresForClients;
    return {
        facts,
        subject,
        verdict: verdictOf(remarks),
        findings: remarks.map((remark) => addressed(remark, subject, facts.server.owner)),
        lagMs,
        snapshotAgeMs,
        whitelistLeftMs: expires === undefined ? undefined : expires - now
    };
}
/** Who has to act is told with what is to be done. */
function addressed(remark, subject, owner) {
    if (owner === undefined || remark.hint === undefined)
        return { ...remark, subject };
    return { ...remark, subject, hint: `${remark.hint} Owner: ${owner}.` };
}
/** The worst of what was found: a fault, then what could not be measured, then a warning. */
function verdictOf(remarks) {
    const has = (severity) => remarks.some((remark) => remark.severity === severity);
    if (has('error'))
        return 'unhealthy';
    if (has('unknown'))
        return 'unknown';
    return has('warning') ? 'degraded' : 'healthy';
}
const WORST = ['healthy', 'degraded', 'unknown', 'unhealthy'];
/** Of several addresses of one name, the worst one counts. */
function worst(verdicts) {
    return verdicts.reduce((a, b) => (WORST.indexOf(b) > WORST.indexOf(a) ? b : a), 'healthy');
}
const SLOW = new Set(['timeout', 'too-slow']);
function judgeReach({ identity, server }) {
    const none = identity.manifestNotRead;
    if (none === undefined)
        return [];
    switch (none.why) {
        case 'unanswered': {
            const { kind, message } = none.error;
            const id = SLOW.has(kind) ? 'server-timeout' : 'server-unreachable';
            return [
                {
                    id,
                    severity: 'unknown',
                    message: `There is no answer: ${message}.`,
                    hint: 'Ask its owner, unless the network of this runner is at fault.'
                }
            ];
        }
        case 'redirect':
            return [
                {
                    id: 'server-redirect',
                    severity: 'error',
                    message: `It redirects (HTTP ${none.status}) to ${none.location}, and clients do not follow redirects.`,
                    hint: 'Serve the repository over plain HTTP, or set CVMFS_FOLLOW_REDIRECTS=yes at every client.'
                }
            ];
        case 'page':
            return [
                {
                    id: 'server-captive-page',
                    severity: 'error',
                    message: 'It answers with a web page where the manifest should be.',
                    hint: 'A login page of the network, or a web server that serves something else under this name.'
                }
            ];
        case 'status':
            if (none.status === 404 || none.status === 403 || none.status === 410) {
                return [
                    {
                        id: 'repository-absent',
                        severity: 'error',
                        message: `It does not have the repository (HTTP ${none.status} for ${server.base}/.cvmfspublished).`,
                        hint: 'Take the server off the list, or ask its owner to replicate the repository.'
                    }
                ];
            }
            if (none.status === 429) {
                return [
                    {
                        id: 'server-rate-limit',
                        severity: 'unknown',
                        message: 'It answers HTTP 429: it has had too many requests from this network.',
                        hint: 'Look again later, with a smaller max-parallel-per-server.'
                    }
                ];
            }
            return [
                {
                    id: 'server-error',
                    severity: 'error',
                    message: `It answers HTTP ${none.status} for the manifest.`,
                    hint: 'Ask its owner to look at the web server.'
                }
            ];
    }
}
const HINTS = {
    'manifest-signature': 'Do not use this server until its owner has explained where its manifest comes from.',
    'whitelist-signature': 'Compare the input public-key with the key of the repository; if it is right, do not use this server.',
    'whitelist-expired': 'Sign the whitelist again on stratum 0 and replicate it; clients refuse the repository until then.',
    'certificate-not-listed': 'Wait for the next snapshot, or purge the cache that serves the old one of the two.',
    'whitelist-unsupported': 'Check this repository with a client.'
};
function judgeIdentity({ identity, server }, limits, now) {
    const remarks = identity.faults.map(({ code, message }) => ({
        id: code,
        severity: code === 'whitelist-unsupported' ? 'unknown' : 'error',
        message,
        hint: HINTS[code] ?? 'Ask the owner of the server to take a new snapshot.'
    }));
    const { certificateBad: bad, certificateUnknown, whitelistNotRead, whitelist } = identity;
    if (bad !== undefined) {
        const missing = bad.damage === 'missing';
        remarks.push({
            id: missing ? 'certificate-missing' : 'certificate-altered',
            severity: 'error',
            message: missing
                ? `The certificate that signs the manifest is not there (HTTP ${bad.status}).`
                : `The certificate that signs the manifest is ${bad.damage}.`,
            hint: `Repair ${bad.url}; no client can verify the repository without it.`
        });
    }
    if (certificateUnknown !== undefined) {
        remarks.push({
            id: 'certificate-unanswered',
            severity: 'unknown',
            message: `There is no answer for the certificate: ${certificateUnknown}.`
        });
    }
    if (whitelistNotRead?.why === 'unanswered') {
        remarks.push({
            id: 'whitelist-unanswered',
            severity: 'unknown',
            message: `There is no answer for the whitelist: ${whitelistNotRead.error.message}.`
        });
    }
    else if (whitelistNotRead !== undefined) {
        const how = whitelistNotRead.why === 'page' ? 'a web page in its place' : `HTTP ${whitelistNotRead.status}`;
        remarks.push({
            id: 'whitelist-missing',
            severity: 'error',
            message: `The whitelist is not there (${how}).`,
            hint: `Repair ${server.base}/.cvmfswhitelist; clients refuse the repository without it.`
        });
    }
    const left = whitelist === undefined ? undefined : whitelist.expiresForClients - now;
    if (whitelist !== undefined && left !== undefined && left > 0 && left < limits.whitelistWarning) {
        remarks.push({
            id: 'whitelist-expiring',
            severity: 'warning',
            message: `The whitelist expires in ${(0,markdown/* span */.Ln)(left)}, at ${new Date(whitelist.expiresForClients).toISOString()}.`,
            hint: 'Sign the whitelist again on stratum 0, and see that the replicas take it over.'
        });
    }
    return remarks;
}
/** What does not keep a client from its files. */
function judgeManners(facts, now, commonSkewMs) {
    const remarks = [];
    const { skewMs, geo, info, ipv6 } = facts;
    const skew = (skewMs ?? 0) - commonSkewMs;
    if (Math.abs(skew) > MAX_SKEW) {
        remarks.push({
            id: 'server-clock-skew',
            severity: 'warning',
            message: `Its clock is ${(0,markdown/* span */.Ln)(skew)} ${skew > 0 ? 'ahead' : 'behind'}.`,
            hint: 'Its times of snapshots are off by as much; ask its owner to run NTP.'
        });
    }
    if (ipv6 === 'fails') {
        remarks.push({
            id: 'server-ipv6',
            severity: 'warning',
            message: `It has an IPv6 address that does not answer: ${facts.ipv6Error ?? ''}.`,
            hint: 'Repair it or take the AAAA record away: clients lose time with it.'
        });
    }
    if (geo.state === 'error' || geo.state === 'wrong') {
        remarks.push({
            id: geo.state === 'error' ? 'geo-api-error' : 'geo-api-wrong',
            severity: 'warning',
            message: geo.state === 'error'
                ? `The geo API fails: ${geo.text}.`
                : `The geo API's answer is not an order of the servers asked for: ${geo.text}.`,
            hint: 'Clients with CVMFS_USE_GEOAPI=yes go to servers at random meanwhile.'
        });
    }
    if (geo.state === 'unanswered') {
        remarks.push({
            id: 'geo-api-unanswered',
            severity: 'notice',
            message: `The geo API gave no answer: ${geo.text}.`
        });
    }
    if (info?.listed === false) {
        remarks.push({
            id: 'info-unlisted',
            severity: 'notice',
            message: 'Its list of repositories (info/v1) does not name this one.',
            hint: 'Ask its owner to run cvmfs_server update-info.'
        });
    }
    if (info?.geoDatabase !== undefined && now - info.geoDatabase > MAX_GEO_DATABASE_AGE) {
        remarks.push({
            id: 'geo-database-old',
            severity: 'notice',
            message: `Its geo database is ${(0,markdown/* span */.Ln)(now - info.geoDatabase)} old.`
        });
    }
    return remarks;
}

;// CONCATENATED MODULE: ./actions/check-cvmfs/src/verdict.ts
/** The whole fleet: findings that belong to no single server, and whether a deployment may go ahead. Pure. */




/** Subject of what is wrong with the machine that asks. */
const RUNNER = 'this runner';
const verdict_MAX_SKEW = 5 * 60_000;
/**
 * @param all what was seen, one list per server.
 * @param other findings that were made before a server was asked.
 * @param tags publishes that the publisher's own list names.
 */
function judgeFleet(all, limits, drift, other, now, tags = []) {
    const flat = all.flat();
    const unpublished = unpublishedOf(flat, newestOf(flat));
    const newest = newestOf(flat, tags, unpublished);
    const skewMs = commonSkew(flat);
    const ofPublisher = publisherFindings(flat, unpublished, limits.fqrn);
    const fallback = { revision: 0, published: undefined, rootHash: '', publishes: [], unpublished };
    const servers = all.flatMap((addresses) => {
        const judged = addresses.map((facts) => judgeServer(facts, newest ?? fallback, limits, now, skewMs));
        const [first] = addresses;
        if (first === undefined)
            return [];
        const { name, required, stratum0 } = first.server;
        // What the publisher lacks is the publisher's fault: it is told once, and counts against stratum 0 alone.
        const blamed = stratum0 ? ofPublisher : [];
        const own = blamed.length > 0 ? 'unhealthy' : 'healthy';
        const verdict = worst([own, ...judged.map((one) => one.verdict)]);
        return [{ name, required, verdict, blamed, addresses: judged }];
    });
    return {
        ...decide(servers, limits),
        servers,
        newest,
        findings: [
            ...other,
            ...ofPublisher,
            ...clockFinding(skewMs),
            ...driftFindings(drift, limits.fqrn),
            ...servers.flatMap(({ addresses }) => addresses.flatMap(({ findings }) => findings))
        ]
    };
}
/** `ok`: every required server serves, enough servers serve, and something was measured at all. */
function decide(servers, limits) {
    const serving = servers.filter(serves);
    const wanted = (0,action/* atLeast */.jZ)(limits.minHealthy, servers.length);
    const failing = servers.filter((server) => server.required && !serves(server));
    const reasons = [];
    if (servers.every(({ verdict }) => verdict === 'unknown'))
        reasons.push('no server could be measured');
    else {
        for (const { name, verdict, blamed, addresses } of failing) {
            const told = [...addresses.flatMap(({ findings }) => findings), ...blamed];
            const why = told.find(({ severity }) => severity === (verdict === 'unknown' ? 'unknown' : 'error'));
            reasons.push(`the required server ${name} is ${verdict}${why === undefined ? '' : ` (${why.id})`}`);
        }
        if (serving.length < wanted)
            reasons.push(`${serving.length} of ${servers.length} servers are healthy, ${wanted} are wanted`);
    }
    if (reasons.length === 0) {
        const degraded = serving.filter(({ verdict }) => verdict === 'degraded').length;
        const remark = degraded === 0 ? '' : `, ${degraded} of them with warnings`;
        return {
            ok: true,
            unmeasured: false,
            because: `${serving.length} of ${servers.length} servers serve${remark}`
        };
    }
    const known = servers.filter(({ verdict }) => verdict === 'unhealthy');
    const possible = serving.length + servers.filter(({ verdict }) => verdict === 'unknown').length;
    const decided = failing.some((server) => known.includes(server)) || possible < wanted;
    return { ok: false, unmeasured: !decided, because: reasons.join('; ') };
}
/** A warning is no reason to wait. */
function serves({ verdict }) {
    return verdict === 'healthy' || verdict === 'degraded';
}
/** What the newest signed tree lacks: it is stratum 0's own tree, whichever server gave it. */
function unpublishedOf(all, newest) {
    const names = new Set();
    for (const { identity, containers } of all) {
        if (!identity.trusted || identity.manifest?.rootCatalog.hex !== newest?.rootHash)
            continue;
        for (const [name, state] of containers)
            if (state === 'missing')
                names.add(name);
    }
    return names;
}
function publisherFindings(all, unpublished, fqrn) {
    const findings = [];
    if (unpublished.size > 0) {
        const names = [...unpublished].toSorted();
        const are = names.length === 1 ? 'container of the catalogue is' : 'containers of the catalogue are';
        findings.push({
            id: 'container-unpublished',
            subject: fqrn,
            severity: 'error',
            message: `${names.length} ${are} not published: ${listed(names)}.`,
            hint: 'See why stratum 0 has not taken them in; no replica can have them before.'
        });
    }
    const faults = new Map();
    for (const { fault, containers } of all.flatMap(({ treeFaults }) => treeFaults)) {
        const hit = faults.get(fault.message) ?? new Set();
        faults.set(fault.message, hit);
        for (const name of containers)
            hit.add(name);
    }
    for (const [message, hit] of faults) {
        const broken = hit.size === 0 ? '' : ` Containers that need it: ${listed([...hit].toSorted())}.`;
        findings.push({
            id: 'catalog-invalid',
            subject: fqrn,
            severity: 'error',
            message: `A catalog is signed and still no good. ${message}${broken}`,
            hint: 'Publish it again on stratum 0; replicas have copied it as it is.'
        });
    }
    return findings;
}
/** When most clocks agree with each other and not with ours, ours is wrong. */
function commonSkew(all) {
    const skews = all.map(({ skewMs }) => skewMs).filter((skew) => skew !== undefined);
    if (skews.length < 3)
        return 0;
    const median = skews.toSorted((a, b) => a - b)[Math.floor(skews.length / 2)] ?? 0;
    const agreeing = skews.filter((skew) => Math.abs(skew - median) < verdict_MAX_SKEW);
    return Math.abs(median) > verdict_MAX_SKEW && agreeing.length * 2 > skews.length ? median : 0;
}
function clockFinding(skewMs) {
    if (skewMs === 0)
        return [];
    const minutes = Math.round(Math.abs(skewMs) / 60_000);
    return [
        {
            id: 'runner-clock-skew',
            subject: RUNNER,
            severity: 'warning',
            message: `Most servers' clocks are ${minutes} min ${skewMs > 0 ? 'ahead of' : 'behind'} this runner's: ages and expiries here are off by as much.`,
            hint: 'Set the clock of the runner.'
        }
    ];
}
function driftFindings(drift, fqrn) {
    const findings = [];
    if (drift !== undefined && drift.untested.length > 0) {
        findings.push({
            id: 'drift-untested',
            subject: fqrn,
            severity: 'warning',
            message: `Users are given ${drift.untested.length} servers that are not checked: ${listed(drift.untested)}.`,
            hint: 'Add them to the input servers, or take them out of the client configuration.'
        });
    }
    if (drift !== undefined && drift.unconfigured.length > 0) {
        findings.push({
            id: 'drift-unconfigured',
            subject: fqrn,
            severity: 'notice',
            message: `${drift.unconfigured.length} servers are checked that no user is given: ${listed(drift.unconfigured)}.`,
            hint: 'Add them to the client configuration, or take them out of the input servers.'
        });
    }
    return findings;
}

;// CONCATENATED MODULE: ./actions/check-cvmfs/src/summary.ts
/** The Markdown of the step summary. Pure. */



const STATES = ['present', 'pending', 'missing', 'broken', 'unknown'];
const MARK = {
    healthy: '✅',
    degraded: '⚠️',
    unhealthy: '❌',
    unknown: '❓'
};
function toSummary(result, headline, fqrn) {
    const { verdict, drift, changes } = result;
    const { newest } = verdict;
    const seen = newest === undefined
        ? 'No revision could be verified.'
        : `The newest revision is ${newest.revision}${newest.published === undefined ? '' : `, published ${minute(newest.published)}`}.`;
    return [
        `## CVMFS: ${(0,markdown/* escape */.ih)(fqrn)}\n`,
        `${verdict.ok ? '✅' : verdict.unmeasured ? '❓' : '❌'} **${(0,markdown/* escape */.ih)(headline)}**\n`,
        `${seen}\n`,
        serverTable(verdict),
        findingSection(verdict),
        missingSection(verdict, fqrn),
        driftSection(drift),
        changeSection(changes)
    ]
        .filter((part) => part !== '')
        .join('\n');
}
function serverTable({ servers }) {
    const headers = [
        'server',
        'verdict',
        'lag',
        'snapshot age',
        'whitelist',
        'present / pending / missing',
        'latency'
    ];
    const rows = servers.flatMap(({ required, blamed, addresses }) => addresses.map(({ facts, subject, verdict, lagMs, snapshotAgeMs, whitelistLeftMs }) => [
        `${(0,markdown/* escape */.ih)(subject)}${required ? ' (required)' : ''}${facts.server.stratum0 ? ' (stratum 0)' : ''}`,
        marked(blamed.length > 0 ? worst([verdict, 'unhealthy']) : verdict),
        lagMs === undefined ? '–' : lagMs === 0 ? 'none' : (0,markdown/* span */.Ln)(lagMs),
        snapshotAgeMs === undefined ? '–' : (0,markdown/* span */.Ln)(snapshotAgeMs),
        whitelistLeftMs === undefined ? '–' : whitelistLeftMs > 0 ? `${(0,markdown/* span */.Ln)(whitelistLeftMs)} left` : 'expired',
        containerCell(facts.containers),
        facts.latencyMs === undefined ? '–' : `${facts.latencyMs.median} ms, p95 ${facts.latencyMs.p95} ms`
    ]));
    return (0,markdown/* table */.tp)(headers, rows);
}
function marked(verdict) {
    return `${MARK[verdict]} ${verdict}`;
}
/** `2026-01-31 17:10 UTC` */
function minute(time) {
    return `${new Date(time).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
/** One line of the log for each server: who reads the log first needs no table. */
function verdictLines({ servers }) {
    return servers.map(({ name, required, verdict, blamed, addresses }) => {
        const ids = new Set([...addresses.flatMap(({ findings }) => findings), ...blamed].map(({ id }) => id));
        const why = ids.size === 0 ? '' : `: ${[...ids].join(', ')}`;
        return `${MARK[verdict]} ${name}${required ? ' (required)' : ''} is ${verdict}${why}`;
    });
}
function containerCell(containers) {
    if (containers.size === 0)
        return '–';
    const [present, pending, missing, broken, unknown] = STATES.map((state) => countOf(containers, state));
    const rest = [broken === 0 ? '' : `${broken} broken`, unknown === 0 ? '' : `${unknown} not measured`];
    return [`${present} / ${pending} / ${missing}`, ...rest.filter((text) => text !== '')].join(', ');
}
function findingSection({ findings }) {
    if (findings.length === 0)
        return '';
    const lines = findings.map(({ id, subject, severity, message, hint }) => `**${severity}** ${(0,markdown/* escape */.ih)(subject)}: ${prose(message)}${hint === undefined ? '' : ` ${prose(hint)}`} (${(0,markdown/* code */.aY)(id)})`);
    return `### Findings\n\n${(0,markdown/* list */.p_)(lines)}`;
}
/** Text with its addresses as code: they are there to be copied, and `escape` keeps GitHub from linking them. */
function prose(text) {
    return text
        .split(/(https?:\/\/[^\s,;]*[^\s,;.:)])/)
        .map((part, index) => (index % 2 === 1 ? (0,markdown/* code */.aY)(part) : (0,markdown/* escape */.ih)(part)))
        .join('');
}
function missingSection(verdict, fqrn) {
    const missing = Object.entries(missingByServer(verdict, fqrn));
    if (missing.length === 0)
        return '';
    const parts = missing.map(([server, names]) => (0,markdown/* details */.zH)(`${server}: ${names.length}`, (0,markdown/* list */.p_)(names.map(markdown/* code */.aY))));
    return `### Missing or broken containers\n\n${parts.join('\n')}`;
}
function driftSection(drift) {
    if (drift === undefined || (drift.untested.length === 0 && drift.unconfigured.length === 0))
        return '';
    const lines = [
        ...drift.untested.map((server) => `${(0,markdown/* code */.aY)(server)}: given to users, not checked`),
        ...drift.unconfigured.map((server) => `${(0,markdown/* code */.aY)(server)}: checked, not given to users`)
    ];
    return `### Drift between checked and configured servers\n\n${(0,markdown/* list */.p_)(lines)}`;
}
function changeSection(changes) {
    if (changes === undefined)
        return '';
    const title = `### Since ${(0,markdown/* escape */.ih)(changes.since)}\n\n`;
    if (isEmpty(changes))
        return `${title}Nothing has changed.\n`;
    const { revision } = changes;
    return (title +
        (0,markdown/* list */.p_)([
            ...(revision === undefined ? [] : [`revision ${revision.from} → ${revision.to}`]),
            ...changes.servers.map(({ name, from, to }) => `${(0,markdown/* escape */.ih)(name)}: ${(0,markdown/* escape */.ih)(from)} → ${to}`),
            ...changes.added.map((name) => `${(0,markdown/* escape */.ih)(name)}: new`),
            ...changes.removed.map((name) => `${(0,markdown/* escape */.ih)(name)}: no longer checked`),
            ...changes.newFindings.map((finding) => `new: ${(0,markdown/* escape */.ih)(finding)}`),
            ...changes.goneFindings.map((finding) => `gone: ${(0,markdown/* escape */.ih)(finding)}`)
        ]));
}
/** Containers that users cannot have, by server; what no server can have stands under the repository's name. */
function missingByServer({ servers, newest }, fqrn) {
    const missing = {};
    const unpublished = [...(newest?.unpublished ?? [])].toSorted();
    if (unpublished.length > 0)
        missing[fqrn] = unpublished;
    for (const { subject, facts } of servers.flatMap(({ addresses }) => addresses)) {
        const names = [...facts.containers]
            .filter(([name, state]) => (state === 'missing' || state === 'broken') && !newest?.unpublished.has(name))
            .map(([name]) => name);
        if (names.length > 0)
            missing[subject] = names.toSorted();
    }
    return missing;
}
/** Containers of a server in one state. */
function countOf(containers, wanted) {
    let count = 0;
    for (const state of containers.values())
        if (state === wanted)
            count++;
    return count;
}

;// CONCATENATED MODULE: ./actions/check-cvmfs/src/report.ts



function toOutcome(result, inputs) {
    const { verdict } = result;
    const headline = verdict.ok
        ? `A deployment may go ahead: ${verdict.because}.`
        : `A deployment must wait: ${verdict.because}.`;
    const named = (...wanted) => JSON.stringify(verdict.servers.filter((server) => wanted.includes(server.verdict)).map(({ name }) => name));
    const serious = verdict.findings.filter(({ severity }) => severity !== 'notice');
    const fails = inputs.failOn === 'none' ? false : !verdict.ok || (inputs.failOn === 'any' && serious.length > 0);
    const findings = `${serious.length} ${serious.length === 1 ? 'finding' : 'findings'}`;
    return {
        verdict: verdict.ok ? 'ok' : verdict.unmeasured ? 'unknown' : 'failed',
        headline,
        findings: verdict.findings,
        subjects: [inputs.fqrn, RUNNER, ...verdict.servers.flatMap(subjectsOf)],
        figures: figuresOf(result),
        details: detailsOf(result, inputs.fqrn),
        outputs: {
            healthy: named('healthy'),
            degraded: named('degraded'),
            unhealthy: named('unhealthy'),
            unknown: named('unknown'),
            'finding-count': String(verdict.findings.length),
            missing: JSON.stringify(missingByServer(verdict, inputs.fqrn)),
            revision: verdict.newest === undefined ? '' : String(verdict.newest.revision)
        },
        summary: toSummary(result, headline, inputs.fqrn),
        ...(fails
            ? { failure: verdict.ok ? `${headline} There are ${findings}, and \`fail-on\` is \`any\`.` : headline }
            : {})
    };
}
/** Says what would be asked, and asks nothing. */
function toDryRun(servers, containers, drift, findings, inputs) {
    const headline = `Dry run: ${servers.length} servers would be checked for ${containers.length} containers. Nothing was asked.`;
    const rows = servers.map((server) => [
        (0,markdown/* escape */.ih)(server.name),
        (0,markdown/* code */.aY)(server.base),
        (0,markdown/* escape */.ih)(server.owner ?? ''),
        [
            server.required ? 'required' : '',
            server.stratum0 ? 'stratum 0' : '',
            server.cdn ? 'CDN' : '',
            server.allAddresses ? 'all addresses' : ''
        ]
            .filter((word) => word !== '')
            .join(', ')
    ]);
    return {
        verdict: 'unknown',
        headline,
        findings,
        figures: { 'server-count': servers.length, 'container-count': containers.length },
        details: { servers, containers: containers.map(({ name }) => name), drift: drift ?? null },
        outputs: {
            healthy: '[]',
            degraded: '[]',
            unhealthy: '[]',
            unknown: JSON.stringify(servers.map(({ name }) => name)),
            'finding-count': String(findings.length),
            missing: '{}',
            revision: ''
        },
        summary: [
            `## CVMFS: ${(0,markdown/* escape */.ih)(inputs.fqrn)}\n`,
            `**${(0,markdown/* escape */.ih)(headline)}**\n`,
            (0,markdown/* table */.tp)(['server', 'address', 'owner', ''], rows),
            `${containers.length} containers, ${inputs.requiredFiles.length} required files, ${inputs.sampleObjects} sampled objects per server.\n`,
            driftSection(drift)
        ].join('\n')
    };
}
/** A server's own name too: it may be asked at all its addresses since yesterday. */
function subjectsOf({ name, addresses }) {
    return [...new Set([name, ...addresses.map(({ subject }) => subject)])];
}
function figuresOf({ verdict, containers, downloads, rounds, elapsedMs }) {
    const judged = verdict.servers.flatMap(({ addresses }) => addresses);
    const sum = (of) => judged.reduce((total, one) => total + of(one), 0);
    const lags = judged.map(({ lagMs }) => lagMs).filter((lag) => lag !== undefined);
    return {
        'server-count': verdict.servers.length,
        'container-count': containers.length,
        ...(verdict.newest === undefined ? {} : { revision: verdict.newest.revision }),
        ...(lags.length === 0 ? {} : { 'max-lag-ms': Math.max(...lags) }),
        'request-count': sum(({ facts }) => facts.requests),
        'received-bytes': sum(({ facts }) => facts.bytes),
        'catalog-download-count': downloads,
        'sampled-object-count': sum(({ facts }) => facts.sampled),
        'round-count': rounds,
        'elapsed-ms': elapsedMs
    };
}
function detailsOf({ verdict, drift, changes, sampleSeed }, fqrn) {
    return {
        fqrn,
        because: verdict.because,
        newest: verdict.newest === undefined
            ? null
            : { revision: verdict.newest.revision, published: iso(verdict.newest.published) },
        unpublished: [...(verdict.newest?.unpublished ?? [])].toSorted(),
        drift: drift ?? null,
        changes: changes ?? null,
        sampleSeed,
        servers: verdict.servers.map(({ name, required, verdict: own, addresses }) => ({
            name,
            required,
            verdict: own,
            addresses: addresses.map(addressDetails)
        }))
    };
}
function addressDetails({ facts, verdict, lagMs, snapshotAgeMs, whitelistLeftMs }) {
    const { identity, snapshot, server, info } = facts;
    return {
        url: server.base,
        address: facts.address ?? null,
        owner: server.owner ?? null,
        verdict,
        revision: identity.manifest?.revision ?? null,
        published: iso(identity.manifest?.published),
        verified: identity.trusted,
        freshRevision: facts.fresh?.revision ?? null,
        lagMs: lagMs ?? null,
        lastSnapshot: iso(snapshot.last),
        snapshotAgeMs: snapshotAgeMs ?? null,
        whitelistExpires: iso(identity.whitelist?.expires),
        whitelistExpiresForClients: iso(identity.whitelist?.expiresForClients),
        whitelistLeftMs: whitelistLeftMs ?? null,
        containers: Object.fromEntries(STATES.map((state) => [state, countOf(facts.containers, state)])),
        missing: namesOf(facts.containers, 'missing'),
        pending: namesOf(facts.containers, 'pending'),
        broken: namesOf(facts.containers, 'broken'),
        notMeasured: namesOf(facts.containers, 'unknown'),
        troubles: facts.troubles.map(({ state, what, containers }) => ({
            what,
            url: state.url,
            problem: state.state === 'bad' ? state.damage : state.reason,
            onlyCached: state.state === 'bad' && state.onlyCached,
            containers
        })),
        requiredFiles: facts.required,
        sampled: facts.sampled,
        latencyMs: facts.latencyMs ?? null,
        clockSkewMs: facts.skewMs ?? null,
        ipv6: facts.ipv6,
        geoApi: facts.geo.state,
        cacheHeaders: identity.evidence,
        cvmfsVersion: info?.version ?? null,
        requests: facts.requests,
        receivedBytes: facts.bytes,
        elapsedMs: facts.elapsedMs
    };
}
function namesOf(containers, wanted) {
    return [...containers]
        .filter(([, state]) => state === wanted)
        .map(([name]) => name)
        .toSorted();
}
function iso(time) {
    return time === undefined ? null : new Date(time).toISOString();
}

;// CONCATENATED MODULE: ./actions/check-cvmfs/src/run.ts
/** The story: read, plan, look, judge, tell. */














/** Between two rounds of waiting; longer each time, since most servers belong to others. */
const FIRST_PAUSE_MS = 15_000;
const LONGEST_PAUSE_MS = 120_000;
async function run(inputs, ports) {
    const started = ports.clock.now();
    // 1. Read what the inputs point at; every problem is told at once.
    const problems = [];
    const keys = await readKeys(inputs.publicKey, ports, problems);
    const configured = await readConfigured(inputs.serversFrom, inputs.fqrn, ports, problems);
    const catalogue = await readCatalogueText(inputs.catalogue, inputs.timeout, ports, problems);
    const previous = await readPrevious(inputs.previousReport, ports);
    // 2. Plan: which servers, which containers, and which servers users have that nobody checks.
    raise(problems);
    const { servers, problems: wrongServers } = planServers(inputs.servers, configured, inputs.fqrn);
    const wanted = catalogue === undefined
        ? { containers: [], findings: [], broken: undefined }
        : planContainers(catalogue, inputs.catalogue, started, inputs.catalogueGrace);
    const broken = wanted.broken === undefined ? [] : [wrongCatalogue(inputs.catalogue, wanted.broken)];
    raise([...wrongServers, ...broken]);
    const drift = inputs.servers.length > 0 && inputs.serversFrom.length > 0
        ? compareServers(servers, configured)
        : undefined;
    if (inputs.dryRun)
        return toDryRun(servers, wanted.containers, drift, wanted.findings, inputs);
    // 3. Look at all servers at once; again and again while the caller waits for them to be ready.
    const settings = settingsOf(inputs, keys, wanted.containers, servers, started);
    const fleet = new Fleet(settings, ports, await cacheFolder(ports), external_node_path_default().join(ports.runner.temp, 'catalogs'));
    let verdict;
    let rounds = 0;
    try {
        for (let pause = FIRST_PAUSE_MS;; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
            rounds++;
            const facts = await look(servers, fleet, rounds);
            // 4. Judge: each server, then the fleet.
            const tags = await learnHistory(facts.flat(), fleet);
            verdict = judgeFleet(facts, inputs, drift, wanted.findings, ports.clock.now(), tags);
            const left = inputs.wait - (ports.clock.now() - started);
            if (verdict.ok || left <= 0)
                break;
            ports.log.info(`Not yet: ${verdict.because}. Looking again in ${(0,markdown/* span */.Ln)(Math.min(pause, left))}.`);
            await ports.clock.sleep(Math.min(pause, left), ports.runner.signal);
        }
    }
    finally {
        await fleet.library.close();
    }
    // 5. Tell: outputs, summary, report, and JUnit for those who want it.
    const elapsedMs = ports.clock.now() - started;
    for (const line of verdictLines(verdict))
        ports.log.info(line);
    if (inputs.junitPath !== '')
        await writeJunit(inputs.junitPath, toJunit(verdict, elapsedMs), ports);
    const changes = previous === undefined ? undefined : changesSince(previous, verdict);
    const { containers } = wanted;
    const { downloads } = fleet.library;
    const { sampleSeed } = settings;
    return toOutcome({ verdict, drift, changes, containers, sampleSeed, downloads, rounds, elapsedMs }, inputs);
}
/** Where catalogs are kept between runs; the private folder of this one where that cannot be written. */
async function cacheFolder({ fs, runner, log }) {
    const folder = external_node_path_default().join(runner.toolCache, 'neurodesk-ci', 'cvmfs-catalogs');
    try {
        await fs.mkdir(folder, { recursive: true });
        await fs.access(folder, fs.constants.W_OK);
        return folder;
    }
    catch (error) {
        log.notice(`Catalogs are not kept for the next run: ${(0,failure/* messageOf */.bD)(error)}`);
        return external_node_path_default().join(runner.temp, 'kept-catalogs');
    }
}
async function look(servers, fleet, round) {
    const { log } = fleet.ports;
    fleet.startRound();
    return await log.group(`Looking at ${servers.length} servers${round > 1 ? `, round ${round}` : ''}`, async () => {
        const progress = log.progress('servers', { items: servers.length });
        try {
            return await Promise.all(servers.map(async (server, index) => {
                const facts = await probeServer(server, fleet, index / servers.length);
                progress.add({ items: 1 });
                for (const { identity, elapsedMs, requests } of facts) {
                    const revision = identity.manifest === undefined ? 'no manifest' : `revision ${identity.manifest.revision}`;
                    log.info(`${server.name}: ${revision}, ${requests} requests in ${(0,markdown/* span */.Ln)(elapsedMs)}`);
                }
                return facts;
            }));
        }
        finally {
            progress.end();
        }
    });
}
function settingsOf(inputs, keys, containers, servers, now) {
    return {
        fqrn: inputs.fqrn,
        keys,
        containers,
        containerRoot: inputs.containerRoot,
        requiredFiles: inputs.requiredFiles,
        sampleObjects: inputs.sampleObjects,
        geoApi: inputs.geoApi,
        proxy: inputs.proxy === '' ? undefined : inputs.proxy,
        timeoutMs: inputs.timeout,
        retries: inputs.retries,
        maxParallelPerServer: inputs.maxParallelPerServer,
        everywhere: (0,p_limit/* default */.A)(inputs.maxParallel),
        geoHosts: geoHosts(servers),
        sampleSeed: new Date(now).toISOString().slice(0, 10)
    };
}
/** Well-known stratum 1 servers, so that there is an order to ask for when the fleet has but one name. */
const KNOWN_HOSTS = ['cvmfs-stratum-one.cern.ch', 'cvmfs-s1fnal.opensciencegrid.org'];
const MAX_GEO_HOSTS = 5;
function geoHosts(servers) {
    const own = [...new Set(servers.map(({ base }) => new URL(base).hostname))];
    return [...own, ...KNOWN_HOSTS].slice(0, Math.max(2, Math.min(own.length, MAX_GEO_HOSTS)));
}
function wrongCatalogue(given, reason) {
    return { input: 'catalogue', given, allowed: `a log.txt or apps.json with containers (${reason})` };
}
async function writeJunit(given, xml, { fs, runner }) {
    const file = external_node_path_default().resolve(runner.workspace, given);
    await fs.mkdir(external_node_path_default().dirname(file), { recursive: true });
    await fs.writeFile(file, xml);
}


/***/ }),

/***/ 22:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  jZ: () => (/* reexport */ atLeast),
  Yq: () => (/* reexport */ choice),
  sh: () => (/* reexport */ common),
  qJ: () => (/* reexport */ countOrPercent),
  QP: () => (/* reexport */ defineAction),
  p0: () => (/* reexport */ duration),
  jO: () => (/* reexport */ entries),
  Jt: () => (/* reexport */ flag),
  nd: () => (/* reexport */ integer),
  Mn: () => (/* reexport */ lines),
  Cs: () => (/* reexport */ runAction),
  Qq: () => (/* reexport */ fields_text)
});

// UNUSED EXPORTS: Refusal, commonDescriptions, grammars, parseEntry, readInputs, refuse, secret, size, splitLines

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
    registries: entries(grammars.registries),
    stores: entries(grammars.stores),
    'junit-path': fields_text({ default: '', allowed: 'a path; empty for none', maxLength: 1024 })
};
const commonDescriptions = {
    'dry-run': 'Say what would be done, and change nothing outside of this machine.',
    'report-path': 'Where the report (JSON) is written. Default: a file below RUNNER_TEMP, named by the output `report`.',
    token: "Token for GitHub's API.",
    registries: 'Registries with their namespace, such as `docker.io/vnmd`, one per line, the first one first. A line without a namespace (`docker.io/`) is skipped, as on forks. Attributes: `image=` another name there, `username-env=` and `password-env=` variables with a login, `optional` it may fail.',
    stores: 'Object stores, one per line: an rclone remote path (`nectar:neurodesk`, `:local:/srv/store`), or the public URL of one that is only read. Attributes: `name=`, `public-url=` where users read it, `prefix=` before every name, `required`. When none is required, all are.',
    catalogue: "Path or http(s) URL of the catalogue: NeuroDesk's apps.json, or its log.txt where names are enough.",
    timeout: 'Longest time for one request, or for one call of a command.',
    'max-parallel': 'How much is under way at once, at most.',
    'smoke-file': 'Path of a YAML file that says what must work; the README tells its form. Empty for none.',
    labels: 'Labels for what is made, one per line: `name=value` on an image, a name on an issue.',
    'min-free': 'Disk space that has to be free, on top of what the work itself is known to need.',
    'junit-path': 'Path of a JUnit file for the results. Empty for none.'
};

// EXTERNAL MODULE: ./lib/failure/index.ts
var failure = __nccwpck_require__(315);
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
var external_node_path_ = __nccwpck_require__(760);
var external_node_path_default = /*#__PURE__*/__nccwpck_require__.n(external_node_path_);
// EXTERNAL MODULE: ./lib/http/index.ts + 4 modules
var lib_http = __nccwpck_require__(663);
;// CONCATENATED MODULE: external "node:child_process"
const external_node_child_process_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:child_process");
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __nccwpck_require__(24);
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
                await (0,promises_namespaceObject.access)(candidate + ending, external_node_fs_.constants.X_OK);
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
var external_node_crypto_ = __nccwpck_require__(598);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __nccwpck_require__(161);
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
    (0,external_node_fs_.appendFileSync)(file, markdown);
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
    (0,external_node_fs_.accessSync)(file, external_node_fs_.constants.W_OK);
    (0,external_node_fs_.appendFileSync)(file, text + external_node_os_.EOL);
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
var markdown = __nccwpck_require__(66);
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

// EXTERNAL MODULE: ./lib/report/types.ts
var types = __nccwpck_require__(944);
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
        const value = JSON.parse((0,external_node_fs_.readFileSync)(file, 'utf8'));
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
    if (outcome.headline !== outcome.failure)
        log.info(outcome.headline);
    log.flush();
}
function toReport(action, outcome, run) {
    return {
        schema: types/* REPORT_SCHEMA */.D,
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
        // The id is what the runbook is sorted by.
        const at = { file: '', ...finding.place, title: finding.id };
        if (finding.severity === 'error')
            log.error(message, at);
        else if (finding.severity === 'notice')
            log.notice(message, at);
        else
            log.warning(message, at);
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

/***/ 481:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  rm: () => (/* reexport */ CatalogLibrary),
  yI: () => (/* reexport */ Endpoint),
  vC: () => (/* reexport */ Fault),
  XX: () => (/* reexport */ Unanswered),
  ro: () => (/* reexport */ Unresolvable),
  e6: () => (/* reexport */ follow),
  ON: () => (/* reexport */ hash_formatHash),
  ls: () => (/* reexport */ identify),
  bE: () => (/* reexport */ identifyFresh),
  TE: () => (/* reexport */ lookUp),
  Fd: () => (/* reexport */ normalizePath),
  du: () => (/* reexport */ objectPath),
  T_: () => (/* reexport */ parseServerDate),
  eJ: () => (/* reexport */ proveObject),
  n2: () => (/* reexport */ readMasterKeys),
  Ag: () => (/* reexport */ readObject),
  pT: () => (/* reexport */ serverBase),
  ww: () => (/* reexport */ serversInConfig),
  Yc: () => (/* reexport */ tagsAfter)
});

// UNUSED EXPORTS: Catalog, MAX_MANIFEST_BYTES, MAX_WHITELIST_BYTES, cacheEvidence, createHasher, damageOf, hashBytes, nameOf, parentOf, parseCertificate, parseHash, parseManifest, parseWhitelist, pathKey, verifyListed, verifyManifest, verifyWhitelist

;// CONCATENATED MODULE: ./lib/cvmfs/client-config.ts
/** Which servers users are given: client configuration, and the lists of servers in shell scripts. */
/**
 * Addresses of servers in a file: `CVMFS_SERVER_URL="http://a/cvmfs/@fqrn@;http://b/cvmfs/@fqrn@"`, bare
 * `http://host[:port]` lines, and the same inside of shell lists. Comments are passed over, and so is every address
 * that leads to something else than this repository.
 * @returns base addresses in the form `http://host[:port]/cvmfs/<fqrn>`, each once, in the order of the file.
 */
function serversInConfig(text, fqrn) {
    const found = new Set();
    for (const line of text.split(/\r?\n/)) {
        const code = line.replace(/(^|\s)#.*$/, '');
        // A setting of the client is read for what it says; elsewhere only what looks like a server counts.
        const setting = /\bCVMFS_SERVER_URL=\s*(?:"([^"]*)"|'([^']*)'|(\S*))/.exec(code);
        const given = setting === null ? undefined : (setting[1] ?? setting[2] ?? setting[3] ?? '');
        for (const candidate of candidatesIn(given ?? code)) {
            const base = serverBase(candidate, fqrn);
            if (base !== undefined)
                found.add(base);
        }
    }
    return [...found];
}
function candidatesIn(text) {
    return text.match(/https?:\/\/[A-Za-z0-9.-]+(?::\d{1,5})?(?:\/[^\s"';,|()<>`]*)?/g) ?? [];
}
/**
 * The repository's base on a server that a person or a file names: a host, host:port, or URL. `@fqrn@`, `@org@` and
 * `$fqrn` stand for the repository's name and its first part.
 * @returns the base without a slash at its end, or undefined when this is no server of the repository.
 */
function serverBase(given, fqrn) {
    const text = /^https?:\/\//i.test(given) ? given : `http://${given}`;
    if (text.length > 500 || /[\s\\]/.test(text))
        return undefined;
    const named = text
        .replaceAll('@fqrn@', fqrn)
        .replaceAll('@org@', fqrn.split('.')[0] ?? '')
        .replace(/\$\{?fqrn\}?/gi, fqrn);
    if (!URL.canParse(named))
        return undefined;
    const url = new URL(named);
    if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '')
        return undefined;
    const path = url.pathname.replace(/\/+$/, '');
    if (path === '' || path === '/cvmfs')
        return `${url.origin}/cvmfs/${fqrn}`;
    return path.endsWith(`/${fqrn}`) && !/[@$%]/.test(path) ? `${url.origin}${path}` : undefined;
}

;// CONCATENATED MODULE: ./lib/cvmfs/faults.ts
/** The content is not what the protocol asks for. It is an answer about the content, never about the transport. */
class Fault extends Error {
    name = 'Fault';
    code;
    constructor(code, message, cause) {
        super(message, cause === undefined ? undefined : { cause });
        this.code = code;
    }
}

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __nccwpck_require__(598);
;// CONCATENATED MODULE: ./lib/cvmfs/hash.ts
/** Content hashes and where an object with that hash lies. */

const TAGS = { sha1: '', rmd160: '-rmd160', shake128: '-shake128' };
const SUFFIXES = {
    file: '',
    chunk: 'P',
    catalog: 'C',
    certificate: 'X',
    history: 'H',
    meta: 'M'
};
const BY_TAG = new Map(Object.entries(TAGS).map(([name, tag]) => [tag, name]));
/** 40 lower-case hex digits and the algorithm's tag (nothing for SHA-1); undefined for anything else. */
function parseHash(text) {
    const match = /^([0-9a-f]{40})(-[a-z0-9]{1,12})?$/.exec(text);
    const hex = match?.[1];
    const algorithm = BY_TAG.get(match?.[2] ?? '');
    return hex === undefined || algorithm === undefined ? undefined : { algorithm, hex };
}
/** The form of manifests and catalogs: hex digits and tag, without the object's suffix. */
function hash_formatHash(hash) {
    return hash.hex + TAGS[hash.algorithm];
}
/** Path below the repository's base: `data/ab/cdef…C`. The tag stands before the suffix. */
function objectPath(hash, kind) {
    return `data/${hash.hex.slice(0, 2)}/${hash.hex.slice(2)}${TAGS[hash.algorithm]}${SUFFIXES[kind]}`;
}
/** A running hash; its result is read by `digest('hex')`. SHAKE-128 is cut to 20 bytes like the others. */
function createHasher(algorithm) {
    return algorithm === 'shake128' ? (0,external_node_crypto_.createHash)('shake128', { outputLength: 20 }) : (0,external_node_crypto_.createHash)(algorithm);
}
/** Hash of bytes as hex digits. The protocol hashes objects AS STORED: the compressed bytes. */
function hashBytes(algorithm, bytes) {
    return createHasher(algorithm).update(bytes).digest('hex');
}

;// CONCATENATED MODULE: ./lib/cvmfs/letter.ts
/**
 * The signed form of manifest and whitelist: payload, a line `--`, the payload's hash as text, and a raw signature
 * over that text. cvmfs/signature.cc, SignatureManager::CutLetter and VerifyLetter.
 */

const CUT = Buffer.from('\n--\n');
/** Longest hash text: 40 digits and the longest tag. */
const MAX_HASH_TEXT = 64;
/** An RSA key of 8192 bits signs with 1024 bytes. */
const MAX_SIGNATURE = 1024;
/**
 * Cuts a letter. The signature is binary and may hold newlines and `--`: nothing is decoded as text before the cut.
 * @returns the letter, or what is wrong with its form.
 */
function cutLetter(bytes) {
    const at = bytes.indexOf(CUT);
    if (at < 0)
        return { problem: 'there is no line "--" that ends the signed text' };
    const payload = bytes.subarray(0, at + 1);
    const rest = bytes.subarray(at + CUT.length);
    const end = rest.subarray(0, MAX_HASH_TEXT + 1).indexOf(0x0a);
    if (end < 0)
        return { problem: 'no hash stands behind the line "--"' };
    const hashText = rest.subarray(0, end).toString('latin1');
    const hash = parseHash(hashText);
    if (hash === undefined)
        return { problem: 'what stands behind the line "--" is not a hash' };
    const signature = rest.subarray(end + 1);
    if (signature.length === 0)
        return { problem: 'there is no signature' };
    if (signature.length > MAX_SIGNATURE)
        return { problem: `the signature has ${signature.length} bytes` };
    return { payload, hashText, intact: hashBytes(hash.algorithm, payload) === hash.hex, signature };
}

;// CONCATENATED MODULE: ./lib/cvmfs/manifest.ts
/** `.cvmfspublished`: one key letter and its value per line, in a signed letter. cvmfs/manifest.cc. */



/** No manifest comes near it: real ones have half a kilobyte. */
const MAX_MANIFEST_BYTES = 64 * 1024;
/** MD5 of the empty path: the only root that a repository may have. */
const ROOT_PATH = 'd41d8cd98f00b204e9800998ecf8427e';
const MAX_LINES = 1000;
/** The reference client reads 64 bit; a year of one publish per second stays far below 15 digits. */
const NUMBER = /^\d{1,15}$/;
/**
 * Reads a manifest. Unknown letters and empty values are passed over, the order of lines is free.
 * Its signature is NOT checked here.
 * @throws Fault manifest-format with everything that is wrong, manifest-altered when the text has not the hash that
 *   stands below it, manifest-root-path for another root than "".
 */
function parseManifest(bytes) {
    const letter = cutLetter(bytes);
    if ('problem' in letter)
        throw new Fault('manifest-format', `The manifest is not one: ${letter.problem}.`);
    if (!letter.intact) {
        throw new Fault('manifest-altered', 'The manifest is altered: its text has not the hash that stands below it.');
    }
    const problems = [];
    const fields = readFields(letter.payload, problems);
    const hash = (key) => {
        const text = fields.get(key);
        if (text === undefined || text === '')
            return undefined;
        const parsed = parseHash(text);
        if (parsed === undefined)
            problems.push(`${key} is not a hash`);
        return parsed;
    };
    const integer = (key) => {
        const text = fields.get(key);
        if (text === undefined || text === '')
            return undefined;
        if (!NUMBER.test(text))
            problems.push(`${key} is not a number`);
        return NUMBER.test(text) ? Number(text) : undefined;
    };
    const need = (key, value) => {
        if (value === undefined && !problems.some((problem) => problem.startsWith(`${key} `))) {
            problems.push(`${key} is not given`);
        }
        return value;
    };
    const rootCatalog = need('C', hash('C'));
    const certificate = need('X', hash('X'));
    const revision = need('S', integer('S'));
    const ttl = need('D', integer('D'));
    const name = need('N', fields.get('N'));
    const rootPath = need('R', fields.get('R'));
    const published = integer('T');
    const rootCatalogSize = integer('B');
    const history = hash('H');
    const metaInfo = hash('M');
    if (rootCatalog === undefined ||
        certificate === undefined ||
        revision === undefined ||
        ttl === undefined ||
        name === undefined ||
        problems.length > 0) {
        throw new Fault('manifest-format', `The manifest is not one: ${problems.join('; ')}.`);
    }
    if (rootPath !== ROOT_PATH) {
        throw new Fault('manifest-root-path', `The manifest names the root path ${rootPath}; it must be ${ROOT_PATH}.`);
    }
    return {
        name,
        revision,
        rootCatalog,
        rootCatalogSize: rootCatalogSize === 0 ? undefined : rootCatalogSize,
        certificate,
        ttl,
        published: published === undefined || published === 0 ? undefined : published * 1000,
        history,
        metaInfo,
        alternativeNames: fields.get('A') === 'yes',
        letter
    };
}
function readFields(payload, problems) {
    const fields = new Map();
    const lines = payload.toString('latin1').split('\n');
    if (lines.length > MAX_LINES)
        problems.push(`it has more than ${MAX_LINES} lines`);
    for (const line of lines.slice(0, MAX_LINES)) {
        const key = line.slice(0, 1);
        if (key === '')
            continue;
        // Z, the channel tips, is the one key that may come more than once.
        if (fields.has(key) && key !== 'Z')
            problems.push(`${shown(key)} comes twice`);
        fields.set(key, line.slice(1));
    }
    return fields;
}
/** A key from outside, fit for a message. */
function shown(key) {
    return /^[A-Za-z]$/.test(key) ? key : `the key with code ${key.charCodeAt(0)}`;
}

;// CONCATENATED MODULE: ./lib/cvmfs/dates.ts
/** Times as servers write them. */
/** `YYYYMMDDhhmmss`, UTC, as milliseconds since 1970; undefined for anything else. */
function parseStamp(text) {
    const match = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(text);
    if (match === null)
        return undefined;
    const [year, month, day, hour, minute, second] = match.slice(1).map(Number);
    return timeOf({ year, month, day, hour, minute, second });
}
/**
 * The output of `date --utc` in whatever language a server speaks, ISO 8601, or seconds since 1970:
 * `Fri Jun 21 17:40:02 UTC 2024`, `Fri 21 Jun 2024 05:40:02 PM UTC`, `ven. 21 juin 2024 17:40:02 UTC`,
 * `2024年 06月 21日 金曜日 17:40:02 UTC`, `2024-06-21T17:40:02Z`, `1718991602`.
 * @returns milliseconds since 1970, or undefined when the text says no single time (another zone than UTC by name
 *   included: a guess would be hours off).
 */
function parseServerDate(text) {
    const line = text.trim();
    if (line === '' || line.length > 120)
        return undefined;
    if (/^\d{9,11}$/.test(line))
        return Number(line) * 1000;
    const iso = /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,]\d{1,9})?)? ?(Z|UTC|GMT|[+-]\d\d:?\d\d)?$/i.exec(line);
    if (iso !== null) {
        const [year, month, day, hour, minute, second = 0] = iso.slice(1, 7).map((part) => Number(part ?? 0));
        return shifted(timeOf({ year, month, day, hour, minute, second }), iso[7] ?? 'UTC');
    }
    return parseSpelled(line);
}
function parseSpelled(line) {
    const clock = /(\d{1,2})[:.](\d\d)[:.](\d\d)/.exec(line);
    if (clock === null)
        return undefined;
    const before = wordsIn(line.slice(0, clock.index));
    const after = wordsIn(line.slice(clock.index + clock[0].length));
    const words = [...before, ...after];
    // Before the clock stands a weekday in whatever language; behind it an unknown word can be another time zone or
    // half of the day.
    if (after.some(({ kind }) => kind === 'other') || words.some(({ kind }) => kind === 'ambiguous'))
        return undefined;
    const numbers = (wanted) => words.flatMap((word) => (word.kind === wanted ? [word.value] : []));
    const years = numbers('year');
    const months = numbers('month');
    const days = numbers('day');
    if (years.length !== 1 || days.length !== 1 || months.length > 2)
        return undefined;
    let hour = Number(clock[1]);
    const half = words.find(({ kind }) => kind === 'am' || kind === 'pm');
    if (half !== undefined) {
        if (hour < 1 || hour > 12)
            return undefined;
        hour = (hour % 12) + (half.kind === 'pm' ? 12 : 0);
    }
    const zone = words.find((word) => word.kind === 'zone')?.zone ?? 'UTC';
    // Where a weekday looks like a month ("mar." is mardi and mars), the weekday stands first.
    const [year, month, day] = [years[0], months.at(-1), days[0]];
    return shifted(timeOf({ year, month, day, hour, minute: Number(clock[2]), second: Number(clock[3]) }), zone);
}
function wordsIn(text) {
    return (text
        // "2024. 06. 21." of Korean and Hungarian servers.
        .replace(/^\s*(\d{4})\. ?(\d{1,2})\. ?(\d{1,2})\./, '$1年 $2月 $3日 ')
        .replace(/(\d)([年月日년월일])/gu, '$1$2 ')
        .toLowerCase()
        .split(/[\s,]+/u)
        .filter((word) => word !== '')
        .map((word) => wordOf(word.replace(/\.$/, ''))));
}
function wordOf(word) {
    const counted = /^(\d{1,4})([年月日년월일])?$/u.exec(word);
    if (counted?.[1] !== undefined) {
        const isMonth = counted[2] === '月' || counted[2] === '월';
        const kind = isMonth ? 'month' : counted[1].length === 4 ? 'year' : 'day';
        return { kind, value: Number(counted[1]) };
    }
    if (/^(a\.?m|πμ|上午|午前|오전)$/u.test(word))
        return { kind: 'am' };
    if (/^(p\.?m|μμ|下午|午後|오후)$/u.test(word))
        return { kind: 'pm' };
    if (/^(utc|gmt|z|[+-]\d\d:?\d\d)$/.test(word))
        return { kind: 'zone', zone: word };
    const month = monthOf(plainLetters(word));
    if (month === 'ambiguous')
        return { kind: 'ambiguous' };
    return month === undefined ? { kind: 'other' } : { kind: 'month', value: month };
}
/** Accents off: "févr." and "fevr." are the same month. */
function plainLetters(text) {
    return text.normalize('NFD').replace(/\p{M}/gu, '');
}
/** A time that exists in the calendar, from 1970 to 9999; a leap second counts as the second before it. */
function timeOf({ year, month, day, hour, minute, second }) {
    if (year === undefined || month === undefined || day === undefined)
        return undefined;
    if (hour === undefined || minute === undefined || second === undefined)
        return undefined;
    if (year < 1970 || year > 9999 || month < 1 || month > 12 || day < 1)
        return undefined;
    if (hour > 23 || minute > 59 || second > 60)
        return undefined;
    const time = Date.UTC(year, month - 1, day, hour, minute, Math.min(second, 59));
    return new Date(time).getUTCDate() === day ? time : undefined;
}
function shifted(time, zone) {
    const offset = /^([+-])(\d\d):?(\d\d)$/.exec(zone);
    if (time === undefined || offset === null)
        return time;
    const minutes = Number(offset[2]) * 60 + Number(offset[3]);
    return time - (offset[1] === '-' ? -minutes : minutes) * 60_000;
}
/** Languages of servers seen or likely; each further one adds months that can collide. */
const LANGUAGES = [
    'en',
    'de',
    'fr',
    'es',
    'it',
    'pt',
    'nl',
    'pl',
    'cs',
    'sv',
    'da',
    'nb',
    'fi',
    'ru',
    'uk',
    'hu',
    'tr',
    'ro',
    'el'
];
/** What glibc's locales shorten in another way than Unicode's. */
const OTHER_FORMS = [
    ['mrz', 3],
    ['mar', 3],
    ['ene', 1],
    ['avr', 4],
    ['jui', 6],
    ['cen', 6],
    ['cec', 7],
    ['sept', 9]
];
const ENGLISH = 'january february march april may june july august september october november december'.split(' ');
let monthNames;
/** Number of a month by its name or by three letters or more of it. */
function monthOf(word) {
    if (word.length < 3)
        return undefined;
    // Nearly every server speaks English: the names of all other languages are only made for one that does not.
    const english = ENGLISH.findIndex((name) => name === word || name.slice(0, 3) === word);
    if (english >= 0)
        return english + 1;
    monthNames ??= collectMonths();
    const exact = monthNames.get(word);
    const found = exact ??
        new Set([...monthNames].filter(([name]) => name.startsWith(word)).flatMap(([, numbers]) => [...numbers]));
    if (found.size > 1)
        return 'ambiguous';
    return [...found][0];
}
function collectMonths() {
    const names = new Map();
    const add = (name, month) => {
        const key = plainLetters(name).toLowerCase().replace(/\.$/, '');
        if (key.length >= 3)
            names.set(key, (names.get(key) ?? new Set()).add(month));
    };
    for (const language of LANGUAGES) {
        for (const style of ['short', 'long']) {
            // With a day the genitive is given, as `date` prints it in Slavic languages; without, the nominative.
            const forms = [new Intl.DateTimeFormat(language, { month: style, day: 'numeric', timeZone: 'UTC' })];
            forms.push(new Intl.DateTimeFormat(language, { month: style, timeZone: 'UTC' }));
            for (const form of forms) {
                for (let month = 1; month <= 12; month++) {
                    const part = form.formatToParts(Date.UTC(2024, month - 1, 15)).find(({ type }) => type === 'month');
                    if (part !== undefined && /\p{L}/u.test(part.value))
                        add(part.value, month);
                }
            }
        }
    }
    for (const [name, month] of OTHER_FORMS)
        names.set(name, new Set([month]));
    return names;
}

;// CONCATENATED MODULE: ./lib/cvmfs/whitelist.ts
/** `.cvmfswhitelist`: which certificates may sign, until when; signed by a master key. cvmfs/whitelist.cc. */



const MAX_WHITELIST_BYTES = 1024 * 1024;
const whitelist_MAX_LINES = 20_000;
const HOUR = 3_600_000;
/**
 * Reads a whitelist. Its signature and its expiry are NOT checked here.
 * @throws Fault whitelist-format, whitelist-altered, or whitelist-unsupported for one that is to be verified by
 *   PKCS#7 or by a certificate authority.
 */
function parseWhitelist(bytes) {
    const letter = cutLetter(bytes);
    if ('problem' in letter)
        throw new Fault('whitelist-format', `The whitelist is not one: ${letter.problem}.`);
    if (!letter.intact) {
        throw new Fault('whitelist-altered', 'The whitelist is altered: its text has not the hash that stands below it.');
    }
    const lines = letter.payload.toString('latin1').split('\n');
    if (lines.length > whitelist_MAX_LINES) {
        throw new Fault('whitelist-format', `The whitelist has more than ${whitelist_MAX_LINES} lines.`);
    }
    const [issuedText = '', expiresText = '', nameText = '', ...rest] = lines;
    const issued = parseStamp(issuedText);
    const expires = expiresText.startsWith('E') ? parseStamp(expiresText.slice(1)) : undefined;
    const problems = [];
    if (issued === undefined)
        problems.push('line 1 is not a time of issue (YYYYMMDDhhmmss)');
    if (expires === undefined)
        problems.push('line 2 is not an expiry (EYYYYMMDDhhmmss)');
    if (!/^N./.test(nameText))
        problems.push('line 3 does not name the repository (N…)');
    const fingerprints = [];
    for (const line of rest) {
        if (line === 'Vpkcs7' || line === 'Wcachain') {
            throw new Fault('whitelist-unsupported', `The whitelist is to be verified by ${line === 'Vpkcs7' ? 'PKCS#7 (.cvmfswhitelist.pkcs7)' : 'a certificate authority'} (its line ${line}), which this check cannot do: nothing of this server could be trusted.`);
        }
        const fingerprint = parseFingerprint(line);
        if (fingerprint !== undefined)
            fingerprints.push(fingerprint);
    }
    if (fingerprints.length === 0)
        problems.push('it lists no certificate');
    if (issued === undefined || expires === undefined || problems.length > 0) {
        throw new Fault('whitelist-format', `The whitelist is not one: ${problems.join('; ')}.`);
    }
    return {
        name: nameText.slice(1),
        issued,
        expires,
        expiresForClients: expires - (expires % HOUR),
        fingerprints,
        letter
    };
}
/** `AB:CD:…`, with `-RMD160` or `-SHAKE128` for other algorithms than SHA-1, and perhaps a comment behind it. */
function parseFingerprint(line) {
    const match = /^((?:[0-9A-Fa-f]{2}:){19}[0-9A-Fa-f]{2})(-RMD160|-SHAKE128)?(?:[ \t#].*)?$/.exec(line);
    if (match?.[1] === undefined)
        return undefined;
    return {
        algorithm: match[2] === undefined ? 'sha1' : match[2] === '-RMD160' ? 'rmd160' : 'shake128',
        hex: match[1].replaceAll(':', '').toLowerCase()
    };
}

// EXTERNAL MODULE: ./lib/failure/index.ts
var failure = __nccwpck_require__(315);
;// CONCATENATED MODULE: ./lib/cvmfs/trust.ts
/** The chain of trust: master key -> whitelist -> certificate -> manifest -> root catalog. */




const BLOCK = /-----BEGIN (?:RSA )?PUBLIC KEY-----[\s\S]{1,20000}?-----END (?:RSA )?PUBLIC KEY-----/g;
/**
 * The master keys in a text: one or more PEM blocks.
 * @throws Error when there is none, or one that is not an RSA key.
 */
function readMasterKeys(text) {
    const blocks = text.match(BLOCK) ?? [];
    if (blocks.length === 0)
        throw new Error('there is no PEM block "PUBLIC KEY" in it');
    return blocks.map((block) => {
        let key;
        try {
            key = (0,external_node_crypto_.createPublicKey)(block);
        }
        catch (error) {
            throw new Error(`the PEM block is not a public key: ${(0,failure/* messageOf */.bD)(error)}`, { cause: error });
        }
        if (key.asymmetricKeyType !== 'rsa')
            throw new Error(`the key is ${key.asymmetricKeyType ?? 'of no known type'}, not RSA`);
        return key;
    });
}
/**
 * The certificate object, inflated: a PEM.
 * @throws Fault certificate-format
 */
function parseCertificate(pem) {
    try {
        return new external_node_crypto_.X509Certificate(pem);
    }
    catch (error) {
        throw new Fault('certificate-format', `The certificate cannot be read: ${(0,failure/* messageOf */.bD)(error)}`, error);
    }
}
/**
 * Raw RSA with PKCS#1 type 1 padding around the hash text, without DigestInfo; one matching key is enough.
 * @throws Fault whitelist-signature
 */
function verifyWhitelist(whitelist, keys) {
    const wanted = Buffer.from(whitelist.letter.hashText, 'latin1');
    for (const key of keys) {
        try {
            const opened = (0,external_node_crypto_.publicDecrypt)({ key, padding: external_node_crypto_.constants.RSA_PKCS1_PADDING }, whitelist.letter.signature);
            if (opened.equals(wanted))
                return;
        }
        catch {
            // Not signed by this key: the next one may fit.
        }
    }
    throw new Fault('whitelist-signature', 'The whitelist is not signed by any of the master keys.');
}
/**
 * The hash text signed by RSASSA-PKCS1-v1_5 with SHA-1, whatever algorithm the repository uses.
 * @throws Fault manifest-signature
 */
function verifyManifest(manifest, certificate) {
    let valid = false;
    try {
        const text = Buffer.from(manifest.letter.hashText, 'latin1');
        valid = (0,external_node_crypto_.verify)('RSA-SHA1', text, certificate.publicKey, manifest.letter.signature);
    }
    catch {
        // A key of another kind than RSA: not a signature of this protocol.
    }
    if (!valid)
        throw new Fault('manifest-signature', "The manifest's signature does not belong to its certificate.");
}
/**
 * The certificate must stand in the whitelist, by the hash of its DER form.
 * @throws Fault certificate-not-listed
 */
function verifyListed(whitelist, certificate) {
    const der = certificate.raw;
    const listed = whitelist.fingerprints.some((print) => hashBytes(print.algorithm, der) === print.hex);
    if (!listed) {
        throw new Fault('certificate-not-listed', 'The certificate that signed the manifest does not stand in the whitelist: the two are out of step.');
    }
}

;// CONCATENATED MODULE: ./lib/cvmfs/paths.ts
/** Paths inside a repository: absolute, without a trailing slash, the root is "". */

/** Deeper than any real tree; a longer path is refused rather than walked. */
const MAX_DEPTH = 128;
const MAX_LENGTH = 4096;
/** Key of a path in `catalog`. cvmfs/shortstring.h and catalog_sql.cc: the digest's bytes as they lie in memory. */
function pathKey(path) {
    const digest = (0,external_node_crypto_.createHash)('md5').update(path).digest();
    return { first: digest.readBigInt64LE(0), second: digest.readBigInt64LE(8) };
}
/**
 * One form for a path given by a person or by a symlink: `.` and `..` resolved, no double slash, no trailing slash.
 * @returns undefined when it leaves the root, holds a NUL, or is absurdly long or deep.
 */
function normalizePath(path) {
    if (path.length > MAX_LENGTH || path.includes('\0'))
        return undefined;
    const parts = [];
    for (const part of path.split('/')) {
        if (part === '' || part === '.')
            continue;
        if (part !== '..')
            parts.push(part);
        else if (parts.pop() === undefined)
            return undefined;
    }
    if (parts.length > MAX_DEPTH)
        return undefined;
    return parts.map((part) => `/${part}`).join('');
}
/** The path itself and all above it that are longer than `base`, the longest first. */
function prefixesBelow(path, base) {
    const prefixes = [];
    for (let end = path.length; end > base.length; end = path.lastIndexOf('/', end - 1))
        prefixes.push(path.slice(0, end));
    return prefixes;
}
/** The directory that holds a path; of the root, the root. */
function parentOf(path) {
    return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

;// CONCATENATED MODULE: external "node:sqlite"
const external_node_sqlite_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:sqlite");
;// CONCATENATED MODULE: ./lib/cvmfs/sqlite.ts
/**
 * SQLite files from the network: opened from a file of ours, read only, and nothing may happen in them but reading
 * the tables of the schema.
 */



/**
 * Opens a database that must have these tables and may have no code.
 * @throws Fault catalog-invalid
 */
function openTables(file, tables) {
    return guarded(() => openReadOnly(file, tables));
}
function openReadOnly(file, wanted) {
    const database = new external_node_sqlite_namespaceObject.DatabaseSync(file, { readOnly: true, allowExtension: false });
    try {
        // A view or a virtual or generated column would run what the file's author wrote.
        const present = database
            .prepare('SELECT name, sql FROM sqlite_master WHERE type <> ? AND name NOT LIKE ? LIMIT 100')
            .all('index', 'sqlite_%');
        const names = new Set();
        for (const { name, sql } of present) {
            const text = textOf(sql);
            if (!/^\s*create\s+table\b/i.test(text) || /\b(generated|as\s*\()/i.test(text)) {
                throw new Fault('catalog-invalid', 'The database holds something else than plain tables.');
            }
            names.add(textOf(name));
        }
        const absent = wanted.filter((table) => !names.has(table));
        if (absent.length > 0)
            throw new Fault('catalog-invalid', `The database has no table ${absent.join(', ')}.`);
        restrict(database, wanted);
        return database;
    }
    catch (error) {
        database.close();
        throw error;
    }
}
/** Nothing but reading the known tables. Older Node 24 has no authorizer; the check of the schema stands alone then. */
function restrict(database, tables) {
    if (typeof database.setAuthorizer !== 'function')
        return;
    database.setAuthorizer((action, first, second) => {
        if (action === external_node_sqlite_namespaceObject.constants.SQLITE_SELECT)
            return external_node_sqlite_namespaceObject.constants.SQLITE_OK;
        if (action === external_node_sqlite_namespaceObject.constants.SQLITE_READ && tables.includes(first ?? ''))
            return external_node_sqlite_namespaceObject.constants.SQLITE_OK;
        if (action === external_node_sqlite_namespaceObject.constants.SQLITE_FUNCTION && second === 'count')
            return external_node_sqlite_namespaceObject.constants.SQLITE_OK;
        return external_node_sqlite_namespaceObject.constants.SQLITE_DENY;
    });
}
/** Runs a read. @throws Fault catalog-invalid for whatever SQLite has against it. */
function guarded(read) {
    try {
        return read();
    }
    catch (error) {
        if (error instanceof Fault)
            throw error;
        throw new Fault('catalog-invalid', `The database cannot be read: ${(0,failure/* messageOf */.bD)(error)}`, error);
    }
}
/** Text of a column, '' for anything else. */
function textOf(value) {
    return typeof value === 'string' ? value : '';
}
/** Number of a column; 0 for what is none or has more than 53 bits. */
function numberOf(value) {
    if (typeof value === 'bigint')
        return Number(BigInt.asIntN(53, value) === value ? value : 0n);
    return typeof value === 'number' ? value : 0;
}

;// CONCATENATED MODULE: ./lib/cvmfs/catalog.ts




const FLAG = { directory: 1, transition: 2, file: 4, symlink: 8, special: 16, chunked: 64, external: 128 };
const ALGORITHMS = ['sha1', 'rmd160', 'shake128'];
const STORAGE = ['zlib', 'plain'];
const TABLES = ['catalog', 'chunks', 'nested_catalogs', 'properties'];
/** 4 GiB in chunks of 64 KiB. */
const MAX_CHUNKS = 65_536;
const MAX_SYMLINK = 4096;
/** An open catalog. Every read throws Fault catalog-invalid when the file is no catalog or a damaged one. */
class Catalog {
    /** Where it is mounted: '' for the root catalog. */
    mountpoint;
    #database;
    #statements = new Map();
    /** Opens an inflated catalog file. @param mountpoint where the parent says that it belongs. */
    constructor(file, mountpoint) {
        this.mountpoint = mountpoint;
        this.#database = openTables(file, TABLES);
        try {
            const prefix = this.#properties().get('root_prefix') ?? '';
            if (prefix !== mountpoint) {
                throw new Fault('catalog-invalid', `The catalog says that it belongs to "${prefix}", not to "${mountpoint}".`);
            }
        }
        catch (error) {
            this.#database.close();
            throw error;
        }
    }
    [Symbol.dispose]() {
        this.#database.close();
    }
    /** The entry of a path of this catalog; undefined when it has none. */
    entry(path) {
        const { first, second } = pathKey(path);
        const row = this.#get(`SELECT name, hash, size, flags, symlink FROM catalog WHERE md5path_1 = ? AND md5path_2 = ?`, first, second);
        return row === undefined ? undefined : toEntry(row);
    }
    /** The nested catalog that is responsible for a path: the longest one that is the path or lies above it. */
    nestedFor(path) {
        for (const prefix of prefixesBelow(path, this.mountpoint)) {
            const row = this.#get('SELECT * FROM nested_catalogs WHERE path = ?', prefix);
            if (row === undefined)
                continue;
            const hash = parseHash(textOf(row.sha1));
            if (hash === undefined)
                throw new Fault('catalog-invalid', `The nested catalog ${prefix} has no readable hash.`);
            const size = numberOf(row.size);
            return { path: prefix, hash, size: size > 0 ? size : undefined };
        }
        return undefined;
    }
    /** The parts of a chunked file in their order. */
    chunks(path) {
        const { first, second } = pathKey(path);
        const rows = this.#all(`SELECT c.offset AS offset, c.size AS size, c.hash AS hash, e.flags AS flags
       FROM chunks c JOIN catalog e ON e.md5path_1 = c.md5path_1 AND e.md5path_2 = c.md5path_2
       WHERE c.md5path_1 = ? AND c.md5path_2 = ? ORDER BY c.offset LIMIT ${MAX_CHUNKS + 1}`, first, second);
        if (rows.length > MAX_CHUNKS)
            throw new Fault('catalog-invalid', `A file has more than ${MAX_CHUNKS} chunks.`);
        return rows.map((row) => {
            const hash = hashOf(row.hash, numberOf(row.flags));
            if (hash === undefined)
                throw new Fault('catalog-invalid', 'A chunk has no readable hash.');
            return { offset: numberOf(row.offset), size: numberOf(row.size), hash };
        });
    }
    /**
     * The first object at or behind a point of the key space. Keys are MD5 sums: a random point picks a random object
     * without reading the table.
     */
    objectAt(point) {
        const columns = 'md5path_1, md5path_2, name, hash, size, flags';
        const files = `SELECT ${columns} FROM catalog WHERE md5path_1 >= ? AND (flags & 4) = 4 AND (flags & 8) = 0
                   AND (flags & 16) = 0 AND (flags & 128) = 0 ORDER BY md5path_1 LIMIT 1`;
        const row = this.#get(files, point) ?? this.#get(files, -(2n ** 63n));
        if (row === undefined)
            return undefined;
        const flags = numberOf(row.flags);
        const common = { stored: storageOf(flags), name: textOf(row.name) };
        const hash = hashOf(row.hash, flags);
        if (hash !== undefined)
            return { ...common, hash, kind: 'file', size: numberOf(row.size) };
        const keys = [row.md5path_1, row.md5path_2].filter((key) => typeof key === 'bigint');
        const count = numberOf(this.#get('SELECT count(*) AS count FROM chunks WHERE md5path_1 = ? AND md5path_2 = ?', ...keys)?.count);
        if (count === 0)
            return undefined;
        const nth = BigInt.asUintN(63, point) % BigInt(count);
        const chunk = this.#get('SELECT size, hash FROM chunks WHERE md5path_1 = ? AND md5path_2 = ? ORDER BY offset LIMIT 1 OFFSET ?', ...keys, nth);
        const chunkHash = hashOf(chunk?.hash, flags);
        if (chunkHash === undefined)
            return undefined;
        return { ...common, hash: chunkHash, kind: 'chunk', size: numberOf(chunk?.size) };
    }
    #properties() {
        const rows = this.#all('SELECT key, value FROM properties LIMIT 1000');
        return new Map(rows.map((row) => [textOf(row.key), textOf(row.value)]));
    }
    #get(sql, ...values) {
        return guarded(() => this.#prepare(sql).get(...values));
    }
    #all(sql, ...values) {
        return guarded(() => this.#prepare(sql).all(...values));
    }
    #prepare(sql) {
        let statement = this.#statements.get(sql);
        if (statement === undefined) {
            statement = this.#database.prepare(sql);
            // Keys and sizes pass 2^53.
            statement.setReadBigInts(true);
            this.#statements.set(sql, statement);
        }
        return statement;
    }
}
function toEntry(row) {
    const flags = numberOf(row.flags);
    const has = (flag) => (flags & flag) !== 0;
    return {
        name: textOf(row.name),
        kind: has(FLAG.directory)
            ? 'directory'
            : has(FLAG.symlink)
                ? 'symlink'
                : has(FLAG.special)
                    ? 'special'
                    : 'file',
        transition: has(FLAG.transition),
        size: numberOf(row.size),
        hash: hashOf(row.hash, flags),
        stored: storageOf(flags),
        chunked: has(FLAG.chunked),
        external: has(FLAG.external),
        symlink: textOf(row.symlink).slice(0, MAX_SYMLINK)
    };
}
/** Bits 8 to 10 hold the algorithm, counted from SHA-1. */
function hashOf(value, flags) {
    if (!(value instanceof Uint8Array) || value.length !== 20)
        return undefined;
    const algorithm = ALGORITHMS[(flags >> 8) & 7];
    return algorithm === undefined ? undefined : { algorithm, hex: Buffer.from(value).toString('hex') };
}
/** Bits 11 to 13 hold the compression. */
function storageOf(flags) {
    return STORAGE[(flags >> 11) & 7] ?? 'unknown';
}

// EXTERNAL MODULE: external "node:zlib"
var external_node_zlib_ = __nccwpck_require__(522);
;// CONCATENATED MODULE: ./lib/cvmfs/content.ts
/** Whether stored bytes are the object that its name promises, and if not, how they went wrong. */


/**
 * Compares a body with the hash of its name. The hash is over the bytes as stored.
 * @param stored how the object lies on servers; `plainSize` its size when inflated.
 * @returns undefined when the body is right.
 */
function damageOf(body, hash, stored, plainSize) {
    if (hashBytes(hash.algorithm, body) === hash.hex)
        return undefined;
    if (body.length === 0)
        return 'empty';
    if (beginsWithObject(body, hash, stored === 'zlib' ? undefined : plainSize))
        return 'doubled';
    if (stored === 'zlib')
        return cutOff(body) ? 'truncated' : 'altered';
    return plainSize !== undefined && body.length < plainSize ? 'truncated' : 'altered';
}
/** Halves and thirds cover the usual repetition; a known length or the end of the zlib stream covers other tails. */
function beginsWithObject(body, hash, plainSize) {
    const lengths = new Set([body.length / 2, body.length / 3, plainSize ?? zlibLength(body) ?? 0]);
    for (const length of lengths) {
        if (!Number.isInteger(length) || length <= 0 || length >= body.length)
            continue;
        if (createHasher(hash.algorithm).update(body.subarray(0, length)).digest('hex') === hash.hex)
            return true;
    }
    return false;
}
/** Bytes that the zlib stream at the start of the body takes; undefined when it does not end well. */
function zlibLength(body) {
    try {
        const result = (0,external_node_zlib_.inflateSync)(body, { info: true, maxOutputLength: MAX_PROBE });
        return result.engine.bytesWritten;
    }
    catch {
        return undefined;
    }
}
/** What is inflated only to say how a body is damaged. */
const MAX_PROBE = 64 * 1024 * 1024;
/** A zlib stream that is sound as far as it goes but does not end. */
function cutOff(body) {
    try {
        (0,external_node_zlib_.inflateSync)(body, { maxOutputLength: MAX_PROBE });
        return false;
    }
    catch (error) {
        return typeof error === 'object' && error !== null && 'code' in error && error.code === 'Z_BUF_ERROR';
    }
}

// EXTERNAL MODULE: ./node_modules/p-limit/index.js + 1 modules
var p_limit = __nccwpck_require__(370);
// EXTERNAL MODULE: ./lib/http/index.ts + 4 modules
var http = __nccwpck_require__(663);
// EXTERNAL MODULE: ./lib/retry/index.ts + 2 modules
var retry = __nccwpck_require__(751);
;// CONCATENATED MODULE: ./lib/cvmfs/endpoint.ts
/** One server as a client reaches it: a few requests at once, retried, measured; nothing is understood here. */




/** No usable answer: refused, reset, no answer in time, the server's budget used up. Says nothing about content. */
class Unanswered extends Error {
    name = 'Unanswered';
    url;
    kind;
    constructor(url, kind, message, cause) {
        super(message, cause === undefined ? undefined : { cause });
        this.url = url;
        this.kind = kind;
    }
}
/** After so many requests in a row without an answer the server is left alone. */
const GIVE_UP_AFTER = 5;
/** Slower than this, over the time-out, is a stall: the reference client's low-speed limit. */
const MIN_BYTES_PER_SECOND = 1000;
class Endpoint {
    base;
    #settings;
    #slots;
    #started;
    /** Milliseconds until the headers of each answer came. */
    latencies = [];
    requests = 0;
    bytes = 0;
    #silent = 0;
    #cacheSeen = false;
    #unique = 0;
    constructor(settings) {
        this.base = settings.base;
        this.#settings = settings;
        this.#slots = (0,p_limit/* default */.A)(settings.maxParallel);
        this.#started = settings.clock.now();
    }
    /** A cache stands before the server: it is said to be a CDN, or its answers have shown it. */
    get cached() {
        return this.#settings.cdn === true || this.#cacheSeen;
    }
    get maxParallel() {
        return this.#settings.maxParallel;
    }
    /** Address of what lies at a path below the base; a path that begins with "/" is the server's own. */
    url(path) {
        return path.startsWith('/') ? new URL(path, this.base).href : `${this.base}/${path}`;
    }
    /**
     * Asks, and gives the answer whatever its status is.
     * @throws Unanswered when there was none, after the retries.
     */
    async ask(path, ask = {}) {
        return await this.#try(path, ask, async (url, options) => {
            const response = await this.#settings.http.request(url, {
                ...options,
                maxBytes: ask.maxBytes ?? 65_536
            });
            this.bytes += response.body.length;
            return response;
        });
    }
    /**
     * The same for a large body: `consume` gets its pieces. Called anew for each attempt.
     * @throws Unanswered; what `consume` throws passes through.
     */
    async pour(path, ask, consume) {
        return (await this.#try(path, ask, async (url, options) => {
            const stream = await this.#settings.http.stream(url, options);
            try {
                return { ...stream, result: await consume(stream, this.#watched(url, stream)) };
            }
            finally {
                stream.body.destroy();
            }
        })).result;
    }
    async *#watched(url, stream) {
        const { clock, timeoutMs } = this.#settings;
        const started = clock.now();
        let received = 0;
        const pieces = stream.body[Symbol.asyncIterator]();
        for (;;) {
            const { value: piece, done } = await pieces.next().catch((error) => {
                // A body that breaks off is no answer, whatever node calls it.
                throw error instanceof http/* HttpError */.j$ ? error : new http/* HttpError */.j$('reset', url, (0,failure/* messageOf */.bD)(error), error);
            });
            if (done === true)
                return;
            received += piece.length;
            this.bytes += piece.length;
            const elapsed = clock.now() - started;
            if (elapsed > timeoutMs && (received * 1000) / elapsed < MIN_BYTES_PER_SECOND) {
                throw new http/* HttpError */.j$('timeout', url, `the body came with less than ${MIN_BYTES_PER_SECOND} bytes a second`);
            }
            yield piece;
        }
    }
    async #try(path, ask, attempt) {
        const { clock, timeoutMs, retries, signal, everywhere } = this.#settings;
        const url = this.url(path);
        let refused;
        return await this.#slots(async () => {
            this.#check(url);
            try {
                const answer = await (0,retry/* retry */.L5)(`${ask.method ?? 'GET'} ${url}`, async () => await everywhere(async () => {
                    this.requests++;
                    const reply = await attempt(ask.fresh === true ? this.#past(url) : url, this.#options(ask));
                    this.latencies.push(reply.latencyMs);
                    if (Object.keys(cacheEvidence(reply.headers)).length > 0)
                        this.#cacheSeen = true;
                    if (reply.status === 429 || reply.status >= 500) {
                        refused = reply;
                        throw new http/* HttpStatusError */.F9(reply, ask.method ?? 'GET', '');
                    }
                    return reply;
                }), {
                    classify: retry/* classifyHttp */.d3,
                    clock,
                    limits: {
                        attempts: retries + 1,
                        totalMs: timeoutMs * (retries + 2),
                        basePauseMs: 250,
                        maxPauseMs: 4000
                    },
                    ...(signal === undefined ? {} : { signal })
                });
                this.#silent = 0;
                return answer;
            }
            catch (error) {
                const cause = error instanceof failure/* TransientError */.N_ ? error.cause : error;
                if (cause instanceof http/* HttpStatusError */.F9 && refused !== undefined) {
                    this.#silent = 0;
                    return refused;
                }
                if (!(cause instanceof http/* HttpError */.j$))
                    throw error;
                // Too large is an answer, and one path only: the server itself is there.
                if (cause.kind !== 'too-large')
                    this.#silent++;
                throw new Unanswered(url, cause.kind, cause.message, cause);
            }
        });
    }
    /** A dead server must not cost a time-out per object, nor a slow one hours. */
    #check(url) {
        const { clock, budgetMs, signal } = this.#settings;
        signal?.throwIfAborted();
        if (this.#silent >= GIVE_UP_AFTER) {
            throw new Unanswered(url, 'gave-up', `not asked: ${GIVE_UP_AFTER} requests in a row had no answer`);
        }
        if (clock.now() - this.#started > budgetMs) {
            throw new Unanswered(url, 'too-slow', `not asked: the server's time of ${budgetMs / 1000} s was used up`);
        }
    }
    #past(url) {
        return this.cached ? `${url}?fresh=${this.#started.toString(36)}-${this.#unique++}` : url;
    }
    #options(ask) {
        const { address, family, proxy, timeoutMs, signal } = this.#settings;
        return {
            method: ask.method ?? 'GET',
            timeoutMs,
            ...(ask.fresh === true ? { headers: { 'cache-control': 'no-cache', pragma: 'no-cache' } } : {}),
            ...(address === undefined ? {} : { address }),
            ...(family === undefined ? {} : { family }),
            ...(proxy === undefined ? {} : { proxy }),
            ...(signal === undefined ? {} : { signal })
        };
    }
}
/** Headers that say that a cache answered, for people. */
function cacheEvidence(headers) {
    const telling = Object.entries(headers).filter(([name]) => /^(age|via|x-cache.*|x-served-by|cf-.*)$/.test(name));
    return Object.fromEntries(telling.map(([name, value]) => [name, value.slice(0, 200)]));
}

;// CONCATENATED MODULE: ./lib/cvmfs/history.ts
/** The history database: named revisions with the times of their publishing. cvmfs/history_sqlite.cc. */

/** More than a publish every hour for a year. */
const MAX_TAGS = 10_000;
/**
 * The publishes after a revision that the history knows, the oldest first. Publishers tag each revision unless they
 * are told not to, and drop old tags; what is not tagged is not known.
 * @param file the inflated history database.
 * @throws Fault catalog-invalid
 */
function tagsAfter(file, revision) {
    const database = openTables(file, ['tags']);
    try {
        const rows = guarded(() => {
            const statement = database.prepare('SELECT revision, timestamp FROM tags WHERE revision > ? ORDER BY revision LIMIT ?');
            statement.setReadBigInts(true);
            return statement.all(revision, MAX_TAGS);
        });
        return rows
            .map((row) => ({ revision: numberOf(row['revision']), published: numberOf(row['timestamp']) * 1000 }))
            .filter(({ published }) => published > 0);
    }
    finally {
        database.close();
    }
}

;// CONCATENATED MODULE: ./lib/cvmfs/objects.ts



/** Bodies up to this size have to come whole within one time-out. */
const LARGE_BYTES = 1024 * 1024;
/** Bodies up to this size are held in memory, to tell how they are damaged. */
const KEPT_BYTES = 32 * 1024 * 1024;
/**
 * Reads an object whole and compares its hash. A bad one is asked for once more past the caches, as the real
 * client does. The body is given when it is right.
 */
async function readObject(endpoint, wanted) {
    return await secondLook(endpoint, async (fresh) => await readOnce(endpoint, wanted, fresh));
}
/**
 * Proves without downloading that an object is there and as long as it is elsewhere. Another length is looked at
 * again, whole.
 * @param storedSize its length as stored, from a server where the hash was right.
 */
async function proveObject(endpoint, wanted, storedSize) {
    const head = await answered(endpoint, wanted, async (path) => await endpoint.ask(path, { method: 'HEAD' }));
    if ('state' in head)
        return head;
    if (head.status === 405 || head.status === 501)
        return await readObject(endpoint, wanted);
    const length = /^\d{1,15}$/.exec(head.headers['content-length'] ?? '')?.[0];
    const right = head.status === 200 &&
        length !== '0' &&
        (length === undefined || storedSize === undefined || Number(length) === storedSize);
    if (right)
        return { state: 'present', storedSize: length === undefined ? storedSize : Number(length), hashed: false };
    // Whatever is odd about it, the body tells more than the head.
    return await readObject(endpoint, wanted);
}
/** Name of an object for people and reports: hash with tag. */
function nameOf(wanted) {
    return formatHash(wanted.hash);
}
async function secondLook(endpoint, look) {
    const first = await look(false);
    if (first.state !== 'bad')
        return first;
    // A 404 without a sign of a cache is the server's own word; asking twice would only double the load.
    const cacheable = endpoint.cached || Object.keys(first.evidence).length > 0;
    if (first.damage === 'missing' && !cacheable)
        return first;
    const second = await look(true);
    return second.state === 'present' ? { ...first, onlyCached: true } : first;
}
async function readOnce(endpoint, wanted, fresh) {
    const maxBytes = bound(wanted);
    const fetch = maxBytes > LARGE_BYTES ? fetchLarge : fetchSmall;
    const got = await answered(endpoint, wanted, async (path) => await fetch(endpoint, path, wanted, { maxBytes, fresh }));
    if ('state' in got)
        return got;
    if (got.status !== 200)
        return bad(endpoint, wanted, got, 'missing', undefined);
    const { body, size, hex } = got;
    if (hex === wanted.hash.hex) {
        return { state: 'present', storedSize: size, hashed: true, ...(body === undefined ? {} : { body }) };
    }
    const damage = body === undefined
        ? damageBySize(size, wanted)
        : damageOf(body, wanted.hash, wanted.stored, wanted.plainSize);
    return bad(endpoint, wanted, got, damage ?? 'altered', size);
}
async function fetchSmall(endpoint, path, { hash }, limits) {
    const { body, ...head } = await endpoint.ask(path, limits);
    return { ...head, body, size: body.length, hex: hashBytes(hash.algorithm, body) };
}
/** A large body may take longer than a time-out, as long as it moves; a very large one is not held in memory. */
async function fetchLarge(endpoint, path, { hash }, { maxBytes, fresh }) {
    return await endpoint.pour(path, { fresh }, async (head, pieces) => {
        const hasher = createHasher(hash.algorithm);
        let kept = [];
        let size = 0;
        for await (const piece of pieces) {
            size += piece.length;
            if (size > maxBytes) {
                throw new Unanswered(head.url, 'too-large', `the body is larger than ${maxBytes} bytes`);
            }
            hasher.update(piece);
            if (size > KEPT_BYTES)
                kept = undefined;
            kept?.push(piece);
        }
        return { ...head, size, hex: hasher.digest('hex'), body: kept && Buffer.concat(kept) };
    });
}
/** How an object is damaged of which only the length is known. */
function damageBySize(size, { stored, plainSize = 0 }) {
    if (stored === 'plain' && size < plainSize)
        return 'truncated';
    return stored === 'plain' && size > plainSize ? 'doubled' : 'altered';
}
/** The answer, or the state that follows from there being none. */
async function answered(endpoint, wanted, ask) {
    const path = objectPath(wanted.hash, wanted.kind);
    const url = endpoint.url(path);
    try {
        const reply = await ask(path);
        if (reply.status === 429 || reply.status >= 500) {
            return { state: 'unknown', url, reason: `HTTP ${reply.status}`, timedOut: false };
        }
        return reply;
    }
    catch (error) {
        if (!(error instanceof Unanswered))
            throw error;
        if (error.kind === 'too-large') {
            const empty = { url, status: 200, headers: {}, latencyMs: 0, remoteAddress: undefined };
            return bad(endpoint, wanted, empty, 'oversized', undefined);
        }
        return { state: 'unknown', url, reason: error.message, timedOut: error.kind === 'timeout' };
    }
}
function bad(endpoint, wanted, head, damage, size) {
    return {
        state: 'bad',
        damage,
        url: endpoint.url(objectPath(wanted.hash, wanted.kind)),
        status: head.status,
        size,
        onlyCached: false,
        evidence: cacheEvidence(head.headers)
    };
}
/** Most bytes that a body may have: twice what zlib can make of the size, so that a doubled object is still seen as one. */
function bound({ plainSize, kind }) {
    if (plainSize === undefined)
        return kind === 'certificate' ? 64 * 1024 : KEPT_BYTES;
    const stored = plainSize + Math.ceil(plainSize / 1000) + 1024;
    return 2 * stored;
}

;// CONCATENATED MODULE: ./lib/cvmfs/identity.ts








const MAX_CERTIFICATE = 256 * 1024;
/**
 * Reads and verifies. Independent faults are all told; one that follows from another is not.
 * @param now milliseconds since 1970, for the whitelist's expiry as clients take it.
 */
async function identify(endpoint, fqrn, keys, now) {
    const [published, listed] = await Promise.all([
        readFile(endpoint, '.cvmfspublished', MAX_MANIFEST_BYTES, 'manifest-format'),
        readFile(endpoint, '.cvmfswhitelist', MAX_WHITELIST_BYTES, 'whitelist-format')
    ]);
    const faults = [];
    const { value: manifest, notRead: manifestNotRead } = parsed(published, parseManifest, faults);
    // Of a server that serves something else altogether, the whitelist is no news.
    const { value: whitelist, notRead: whitelistNotRead } = manifestNotRead === undefined ? parsed(listed, parseWhitelist, faults) : EMPTY;
    if (manifest !== undefined && manifest.name !== fqrn) {
        faults.push(new Fault('manifest-name', `The manifest is that of ${identity_shown(manifest.name)}, not of ${fqrn}.`));
    }
    if (whitelist !== undefined)
        faults.push(...whitelistFaults(whitelist, fqrn, keys, now));
    const certificate = manifest === undefined ? {} : await fetchCertificate(endpoint, manifest, faults);
    const { value: signer } = certificate;
    const signed = manifest !== undefined && signer !== undefined && collect(faults, () => verifyManifest(manifest, signer));
    const listSigned = !faults.some(({ code }) => code === 'whitelist-signature' || code === 'whitelist-name');
    // Only two valid signatures can be out of step with each other.
    const inStep = signed && listSigned && whitelist !== undefined && collect(faults, () => verifyListed(whitelist, signer));
    return {
        manifest,
        whitelist,
        faults,
        manifestNotRead,
        whitelistNotRead,
        certificateBad: certificate.bad,
        certificateUnknown: certificate.unknown,
        trusted: inStep && !faults.some(({ code }) => code === 'manifest-name'),
        head: 'status' in published ? published : undefined,
        evidence: 'status' in published ? cacheEvidence(published.headers) : {}
    };
}
/**
 * The manifest once more, past every cache.
 * @returns it when it could be read and its signature is that of the certificate it names; undefined otherwise.
 */
async function identifyFresh(endpoint) {
    try {
        const reply = await endpoint.ask('.cvmfspublished', { maxBytes: MAX_MANIFEST_BYTES, fresh: true });
        if (reply.status !== 200)
            return undefined;
        const manifest = parseManifest(reply.body);
        const { value } = await fetchCertificate(endpoint, manifest, []);
        if (value === undefined)
            return undefined;
        verifyManifest(manifest, value);
        return manifest;
    }
    catch (error) {
        if (error instanceof Unanswered || error instanceof Fault)
            return undefined;
        throw error;
    }
}
async function readFile(endpoint, path, maxBytes, tooLarge) {
    try {
        return await endpoint.ask(path, { maxBytes });
    }
    catch (error) {
        if (!(error instanceof Unanswered))
            throw error;
        return error.kind === 'too-large'
            ? new Fault(tooLarge, `${path} is larger than ${maxBytes} bytes.`)
            : error;
    }
}
const EMPTY = { value: undefined, notRead: undefined };
function parsed(read, parse, faults) {
    if (read instanceof Unanswered)
        return { value: undefined, notRead: { why: 'unanswered', error: read } };
    if (read instanceof Fault) {
        faults.push(read);
        return EMPTY;
    }
    const { status, headers, body } = read;
    if (status >= 300 && status < 400) {
        const location = identity_shown(headers['location'] ?? '');
        return { value: undefined, notRead: { why: 'redirect', status, location } };
    }
    if (status !== 200)
        return { value: undefined, notRead: { why: 'status', status } };
    if (/^\s*<(!doctype|html|head|body|\?xml)/i.test(body.subarray(0, 200).toString('latin1'))) {
        return { value: undefined, notRead: { why: 'page' } };
    }
    let value;
    collect(faults, () => {
        value = parse(body);
    });
    return { value, notRead: undefined };
}
function whitelistFaults(whitelist, fqrn, keys, now) {
    const faults = [];
    if (whitelist.name !== fqrn) {
        faults.push(new Fault('whitelist-name', `The whitelist is that of ${identity_shown(whitelist.name)}, not of ${fqrn}.`));
    }
    collect(faults, () => verifyWhitelist(whitelist, keys));
    if (now >= whitelist.expiresForClients) {
        const literal = new Date(whitelist.expires).toISOString();
        const rounded = now < whitelist.expires ? ' (clients compare whole hours: for them it has expired)' : '';
        faults.push(new Fault('whitelist-expired', `The whitelist expires at ${literal}${rounded}.`));
    }
    return faults;
}
async function fetchCertificate(endpoint, manifest, faults) {
    const state = await readObject(endpoint, {
        hash: manifest.certificate,
        kind: 'certificate',
        stored: 'zlib'
    });
    if (state.state === 'bad')
        return { bad: state };
    if (state.state === 'unknown')
        return { unknown: state.reason };
    const read = {};
    collect(faults, () => {
        read.value = parseCertificate(inflated(state.body ?? Buffer.alloc(0)));
    });
    return read;
}
function inflated(body) {
    try {
        return (0,external_node_zlib_.inflateSync)(body, { maxOutputLength: MAX_CERTIFICATE });
    }
    catch (error) {
        throw new Fault('certificate-format', `The certificate cannot be inflated: ${(0,failure/* messageOf */.bD)(error)}`, error);
    }
}
/** True when nothing was thrown; a fault is kept. */
function collect(faults, check) {
    try {
        check();
        return true;
    }
    catch (error) {
        if (!(error instanceof Fault))
            throw error;
        faults.push(error);
        return false;
    }
}
/** Text from outside, fit for a message. */
function identity_shown(text) {
    return text.replace(/[^\x20-\x7e]/g, '?').slice(0, 200);
}

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __nccwpck_require__(24);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __nccwpck_require__(760);
var external_node_path_default = /*#__PURE__*/__nccwpck_require__.n(external_node_path_);
// EXTERNAL MODULE: external "node:stream"
var external_node_stream_ = __nccwpck_require__(75);
;// CONCATENATED MODULE: external "node:stream/promises"
const promises_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:stream/promises");
;// CONCATENATED MODULE: ./lib/cvmfs/catalog-files.ts
/** A catalog as a file: downloaded and hashed as it comes, inflated within a limit. */







/** A catalog as stored may have this many bytes; the largest known ones have some tens of MB. */
const MAX_STORED = 512 * 1024 * 1024;
/** Larger ones are not read again to say how they are damaged. */
const MAX_EXAMINED = 64 * 1024 * 1024;
/**
 * Downloads a catalog's stored bytes to a file.
 * @returns their number when the hash is right, else what is wrong.
 */
async function downloadCatalog(endpoint, nested, file, { fresh, fs, moved }) {
    const object = objectPath(nested.hash, 'catalog');
    const url = endpoint.url(object);
    const limit = nested.size === undefined ? MAX_STORED : Math.min(MAX_STORED, 2 * nested.size + 4096);
    try {
        const result = await endpoint.pour(object, { fresh }, async (head, pieces) => {
            if (head.status !== 200)
                return catalog_files_bad(url, head, 'missing');
            const hasher = createHasher(nested.hash.algorithm);
            let size = 0;
            await (0,promises_namespaceObject.pipeline)(async function* () {
                for await (const piece of pieces) {
                    size += piece.length;
                    moved();
                    if (size > limit)
                        return;
                    hasher.update(piece);
                    yield piece;
                }
            }, (0,external_node_fs_.createWriteStream)(file));
            if (size > limit)
                return catalog_files_bad(url, head, 'oversized');
            if (hasher.digest('hex') === nested.hash.hex)
                return { size };
            const examined = size > MAX_EXAMINED ? undefined : damageOf(await fs.readFile(file), nested.hash, 'zlib');
            return catalog_files_bad(url, head, examined ?? 'altered', size);
        });
        // Where the server failed, its answer says nothing about the catalog.
        const failed = 'state' in result && (result.status === 429 || result.status >= 500);
        return failed ? { state: 'unknown', url, reason: `HTTP ${result.status}`, timedOut: false } : result;
    }
    catch (error) {
        if (!(error instanceof Unanswered))
            throw error;
        return { state: 'unknown', url, reason: error.message, timedOut: error.kind === 'timeout' };
    }
}
/** Inflates a file. Its hash was right, so this is what the publisher signed; it still gets a limit. */
async function inflateFile(from, to, limit) {
    let size = 0;
    const counter = new external_node_stream_.Transform({
        transform: (piece, _encoding, done) => {
            size += piece.length;
            if (size > limit)
                done(new Error(`it has more than ${limit} bytes`));
            else
                done(null, piece);
        }
    });
    await (0,promises_namespaceObject.pipeline)((0,external_node_fs_.createReadStream)(from), (0,external_node_zlib_.createInflate)(), counter, (0,external_node_fs_.createWriteStream)(to, { mode: 0o600 }));
}
function catalog_files_bad(url, head, damage, size) {
    const evidence = cacheEvidence(head.headers);
    return { state: 'bad', damage, url, status: head.status, size, onlyCached: false, evidence };
}

;// CONCATENATED MODULE: ./lib/cvmfs/library.ts
/**
 * The catalogs of a fleet: one copy per hash, whichever server gave it. Stored bytes lie in a folder that outlives
 * the run (their hash is checked at every reading), inflated ones in the run's private folder.
 */







const MAX_INFLATED = 2 * 1024 * 1024 * 1024;
/** When another server's download has not moved for so long, one's own is started. */
const PATIENCE_MS = 2_000;
const UNUSED_DAYS = 30;
/** Inflated catalogs kept at hand; the largest have some hundred MB. */
const MAX_OPEN = 12;
class CatalogLibrary {
    #settings;
    /** Stored copies whose hash was checked in this run, by hash; with their size. */
    #stored = new Map();
    #running = new Map();
    #open = new Map();
    #opening = new Map();
    #folders;
    #number = 0;
    /** Downloads that gave a new catalog. */
    downloads = 0;
    constructor(settings) {
        this.#settings = settings;
    }
    /**
     * Has the stored bytes of a catalog at hand, from the library or from this server.
     * @returns their size, or what is wrong with them on this server.
     */
    async obtain(nested, endpoint) {
        const key = hash_formatHash(nested.hash);
        for (;;) {
            const storedSize = this.#stored.get(key);
            if (storedSize !== undefined)
                return { storedSize, state: undefined };
            const running = this.#running.get(key);
            if (running === undefined || !(await this.#waitFor(running)))
                break;
        }
        const job = { done: Promise.resolve(undefined), touched: this.#settings.clock.now() };
        const work = this.#cachedOrDownloaded(key, nested, endpoint, job);
        job.done = work;
        this.#running.set(key, job);
        try {
            return await work;
        }
        finally {
            if (this.#running.get(key) === job)
                this.#running.delete(key);
        }
    }
    /**
     * Reads in a catalog that was obtained before. `look` gets it open and must be done with it when it returns.
     * @throws Fault catalog-invalid when its hash is right and it is still no catalog, or too large.
     */
    async read(nested, look) {
        const key = `${hash_formatHash(nested.hash)} ${nested.path}`;
        for (;;) {
            const open = this.#open.get(key);
            if (open !== undefined) {
                // The one used last is the last to go.
                this.#open.delete(key);
                this.#open.set(key, open);
                return look(open.catalog);
            }
            let opening = this.#opening.get(key);
            if (opening === undefined) {
                opening = this.#inflateAndOpen(key, nested).finally(() => this.#opening.delete(key));
                this.#opening.set(key, opening);
            }
            await opening;
        }
    }
    /** Closes what is open, and removes from the cache what no run has used for a month. */
    async close() {
        const { fs, clock, cacheFolder } = this.#settings;
        await this.#closeDownTo(0);
        const before = clock.now() - UNUSED_DAYS * 86_400_000;
        for (const name of await fs.readdir(cacheFolder).catch(() => [])) {
            const file = external_node_path_default().join(cacheFolder, name);
            try {
                if (!this.#stored.has(name) && (await fs.stat(file)).mtimeMs < before)
                    await fs.rm(file, { force: true });
            }
            catch {
                // Another run has taken it away, or it is not ours to remove.
            }
        }
    }
    /** True when the other one's download has ended; false when it does not move. */
    async #waitFor(running) {
        const { clock } = this.#settings;
        const ended = running.done.then(() => true, () => true);
        for (;;) {
            const enough = new AbortController();
            const pause = clock.sleep(PATIENCE_MS, enough.signal).then(() => false, () => false);
            const over = await Promise.race([ended, pause]);
            enough.abort();
            if (over)
                return true;
            if (clock.now() - running.touched >= PATIENCE_MS)
                return false;
        }
    }
    async #cachedOrDownloaded(key, nested, endpoint, job) {
        const storedSize = await this.#cached(key, nested);
        if (storedSize !== undefined)
            return { storedSize, state: undefined };
        const first = await this.#fetch(key, nested, endpoint, false, job);
        if ('storedSize' in first || first.state !== 'bad')
            return first;
        const cacheable = endpoint.cached || Object.keys(first.evidence).length > 0;
        if (first.damage === 'missing' && !cacheable)
            return first;
        const second = await this.#fetch(key, nested, endpoint, true, job);
        // The catalog is known now; what users get from this server is still the bad one.
        return 'storedSize' in second ? { ...second, state: { ...first, onlyCached: true } } : first;
    }
    /** Size of a copy that an earlier run has left, when its hash is still right. */
    async #cached(key, nested) {
        const { fs, clock, cacheFolder } = this.#settings;
        const file = external_node_path_default().join(cacheFolder, key);
        const hasher = createHasher(nested.hash.algorithm);
        let size = 0;
        try {
            for await (const piece of (0,external_node_fs_.createReadStream)(file)) {
                hasher.update(piece);
                size += piece.length;
            }
        }
        catch {
            return undefined;
        }
        if (hasher.digest('hex') !== nested.hash.hex) {
            await fs.rm(file, { force: true });
            return undefined;
        }
        const now = new Date(clock.now());
        await fs.utimes(file, now, now).catch(() => undefined);
        this.#stored.set(key, size);
        return size;
    }
    async #fetch(key, nested, endpoint, fresh, job) {
        const { fs, clock, cacheFolder, tempFolder } = this.#settings;
        await this.#makeFolders();
        // In the run's own folder: whatever ends the run, nothing half done stays in the cache.
        const part = external_node_path_default().join(tempFolder, `${key}-${this.#number++}.part`);
        try {
            const moved = () => {
                job.touched = clock.now();
            };
            const result = await downloadCatalog(endpoint, nested, part, { fresh, fs, moved });
            if ('state' in result)
                return result;
            await this.#keep(part, external_node_path_default().join(cacheFolder, key));
            this.#stored.set(key, result.size);
            this.downloads++;
            return { storedSize: result.size, state: { state: 'present', storedSize: result.size, hashed: true } };
        }
        finally {
            // After a success it is no longer there.
            await fs.unlink(part).catch(() => undefined);
        }
    }
    async #makeFolders() {
        const { fs, cacheFolder, tempFolder } = this.#settings;
        this.#folders ??= Promise.all([cacheFolder, tempFolder].map((folder) => fs.mkdir(folder, { recursive: true })));
        await this.#folders;
    }
    async #keep(part, file) {
        const { fs } = this.#settings;
        try {
            await fs.rename(part, file);
        }
        catch (error) {
            if (!(typeof error === 'object' && error !== null && 'code' in error && error.code === 'EXDEV'))
                throw error;
            // Another file system. A copy that breaks off is found by its hash when it is used.
            await fs.copyFile(part, file);
        }
    }
    async #inflateAndOpen(key, nested) {
        const { cacheFolder, tempFolder, fs } = this.#settings;
        const hash = hash_formatHash(nested.hash);
        if (!this.#stored.has(hash))
            throw new Error('a catalog is opened that was not obtained');
        await this.#makeFolders();
        const file = external_node_path_default().join(tempFolder, `${hash}-${this.#number++}.sqlite`);
        try {
            await inflateFile(external_node_path_default().join(cacheFolder, hash), file, Math.min(MAX_INFLATED, nested.size ?? MAX_INFLATED));
            const catalog = new Catalog(file, nested.path);
            await this.#closeDownTo(MAX_OPEN - 1);
            this.#open.set(key, { file, catalog });
        }
        catch (error) {
            await fs.rm(file, { force: true });
            if (error instanceof Fault)
                throw error;
            const where = nested.path === '' ? '/' : nested.path;
            throw new Fault('catalog-invalid', `The catalog of ${where} cannot be inflated: ${(0,failure/* messageOf */.bD)(error)}.`, error);
        }
    }
    async #closeDownTo(count) {
        for (const [key, { file, catalog }] of this.#open) {
            if (this.#open.size <= count)
                break;
            this.#open.delete(key);
            catalog[Symbol.dispose]();
            await this.#settings.fs.unlink(file);
        }
    }
}

;// CONCATENATED MODULE: ./lib/cvmfs/tree.ts



/** As many catalogs below each other as no real repository has. */
const MAX_NESTING = 64;
/** The kernel's limit. */
const MAX_SYMLINKS = 40;
/** Why a symlink leads nowhere that can be looked at. */
class Unresolvable extends Error {
    name = 'Unresolvable';
}
/**
 * Looks up a path. The catalog in which an entry stands as a transition point is enough: one that begins there is
 * named, not opened.
 * @throws what `read` throws; Fault catalog-invalid for a tree that leads in circles or too deep.
 */
async function lookUp(root, path, read) {
    const catalogs = [root];
    for (let nested = root;;) {
        const step = await read(nested, (catalog) => {
            const next = catalog.nestedFor(path);
            if (next !== undefined && next.path !== path)
                return { next };
            const entry = catalog.entry(path);
            return { found: { entry, chunks: entry?.chunked === true ? catalog.chunks(path) : [], begins: next } };
        });
        if (step.found !== undefined)
            return { path, catalogs, ...step.found };
        nested = step.next;
        const hash = hash_formatHash(nested.hash);
        if (catalogs.length >= MAX_NESTING || catalogs.some((above) => hash_formatHash(above.hash) === hash)) {
            throw new Fault('catalog-invalid', `The catalogs above ${nested.path} lead in a circle or too deep.`);
        }
        catalogs.push(nested);
    }
}
/**
 * The same through symbolic links, also in the middle of the path.
 * @throws Unresolvable for a link that leaves the repository, needs a variable, or leads in circles.
 */
async function follow(root, fqrn, path, read) {
    let wanted = path;
    const catalogs = new Map();
    for (let links = 0; links <= MAX_SYMLINKS; links++) {
        const found = await lookUp(root, wanted, read);
        for (const nested of found.catalogs)
            catalogs.set(nested.path, nested);
        if (found.entry !== undefined && found.entry.kind !== 'symlink') {
            return { ...found, catalogs: [...catalogs.values()] };
        }
        const link = found.entry === undefined ? await linkAbove(root, wanted, read) : { at: wanted, entry: found.entry };
        if (link === undefined)
            return { ...found, catalogs: [...catalogs.values()] };
        wanted = targetOf(link.at, link.entry, fqrn) + wanted.slice(link.at.length);
        const normal = normalizePath(wanted);
        if (normal === undefined)
            throw new Unresolvable(`${path} leads out of the repository`);
        wanted = normal;
    }
    throw new Unresolvable(`${path} leads through more than ${MAX_SYMLINKS} symbolic links`);
}
async function linkAbove(root, path, read) {
    const above = [];
    for (let at = parentOf(path); at !== ''; at = parentOf(at))
        above.unshift(at);
    for (const at of above) {
        const { entry } = await lookUp(root, at, read);
        if (entry?.kind === 'symlink')
            return { at, entry };
        if (entry === undefined)
            return undefined;
    }
    return undefined;
}
function targetOf(at, entry, fqrn) {
    const target = entry.symlink.replace(/\$\(([A-Za-z_]\w*)(?::-([^)]*))?\)/g, (whole, _name, otherwise) => {
        if (otherwise === undefined)
            throw new Unresolvable(`${at} is a symbolic link with the variable ${String(whole)}`);
        return otherwise;
    });
    if (!target.startsWith('/'))
        return `${parentOf(at)}/${target}`;
    const own = `/cvmfs/${fqrn}`;
    if (target === own || target.startsWith(`${own}/`))
        return target.slice(own.length);
    throw new Unresolvable(`${at} is a symbolic link to ${target}, outside of the repository`);
}

;// CONCATENATED MODULE: ./lib/cvmfs/index.ts


















/***/ }),

/***/ 315:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Dn: () => (/* binding */ isExpected),
/* harmony export */   N_: () => (/* binding */ TransientError),
/* harmony export */   bD: () => (/* binding */ messageOf),
/* harmony export */   dz: () => (/* binding */ InputError),
/* harmony export */   v4: () => (/* binding */ ToolError)
/* harmony export */ });
/* unused harmony export FindingError */
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

/***/ 663:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  j$: () => (/* reexport */ HttpError),
  F9: () => (/* reexport */ HttpStatusError),
  V0: () => (/* reexport */ createHttp),
  oi: () => (/* reexport */ expectStatus)
});

;// CONCATENATED MODULE: external "node:http"
const external_node_http_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:http");
var external_node_http_default = /*#__PURE__*/__nccwpck_require__.n(external_node_http_namespaceObject);
;// CONCATENATED MODULE: external "node:https"
const external_node_https_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:https");
var external_node_https_default = /*#__PURE__*/__nccwpck_require__.n(external_node_https_namespaceObject);
// EXTERNAL MODULE: external "node:net"
var external_node_net_ = __nccwpck_require__(30);
// EXTERNAL MODULE: external "node:stream"
var external_node_stream_ = __nccwpck_require__(75);
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

/***/ 66:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Jj: () => (/* binding */ cut),
/* harmony export */   Ln: () => (/* binding */ span),
/* harmony export */   aY: () => (/* binding */ code),
/* harmony export */   ee: () => (/* binding */ bytes),
/* harmony export */   ih: () => (/* binding */ escape),
/* harmony export */   p_: () => (/* binding */ list),
/* harmony export */   tp: () => (/* binding */ table),
/* harmony export */   zH: () => (/* binding */ details)
/* harmony export */ });
/* unused harmony export block */
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

/***/ 944:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   D: () => (/* binding */ REPORT_SCHEMA)
/* harmony export */ });
/**
 * The one report that every action writes and others read. Published as docs/schemas/report.schema.json; a test
 * holds the two together.
 */
const REPORT_SCHEMA = 'https://neurodesk.org/ci/report-1.json';


/***/ }),

/***/ 751:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  d3: () => (/* reexport */ classifyHttp),
  L5: () => (/* reexport */ retry)
});

// UNUSED EXPORTS: DEFAULT_LIMITS, classifyGitHub, classifyRegistry, classifyTool, retryAfterMs

// EXTERNAL MODULE: ./lib/failure/index.ts
var failure = __nccwpck_require__(315);
;// CONCATENATED MODULE: ./lib/retry/retry.ts
/** One loop for everything that can fail for a moment. What is transient is for a classifier to say (classify.ts). */

const DEFAULT_LIMITS = {
    attempts: 4,
    totalMs: 120_000,
    basePauseMs: 500,
    maxPauseMs: 20_000
};
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

// EXTERNAL MODULE: ./lib/http/index.ts + 4 modules
var http = __nccwpck_require__(663);
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
    if (error instanceof HttpStatusError && /"code"\s*:\s*"TOOMANYREQUESTS"/i.test(error.body)) {
        return waitFor(error, now) ?? RETRY;
    }
    // Docker Hub's edge answers 400 and 520-524 in passing when an origin is down.
    if (error instanceof HttpStatusError && error.status >= 520 && error.status <= 524)
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
    if (!(error instanceof ToolError))
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
    if (error instanceof HttpStatusError)
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

/***/ 598:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:crypto");

/***/ }),

/***/ 553:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:dns/promises");

/***/ }),

/***/ 24:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs");

/***/ }),

/***/ 30:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:net");

/***/ }),

/***/ 161:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:os");

/***/ }),

/***/ 760:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:path");

/***/ }),

/***/ 75:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:stream");

/***/ }),

/***/ 522:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:zlib");

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
/******/ 		__webpack_modules__[moduleId](module, module.exports, __nccwpck_require__);
/******/ 		threw = false;
/******/ 	} finally {
/******/ 		if(threw) delete __webpack_module_cache__[moduleId];
/******/ 	}
/******/ 
/******/ 	// Return the exports of the module
/******/ 	return module.exports;
/******/ }
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
/******/ /* webpack/runtime/hasOwnProperty shorthand */
/******/ (() => {
/******/ 	__nccwpck_require__.o = (obj, prop) => (Object.prototype.hasOwnProperty.call(obj, prop))
/******/ })();
/******/ 
/************************************************************************/
/******/ 
/******/ // startup
/******/ // Load entry module and return exports
/******/ // This entry module used 'module' so it can't be inlined
/******/ var __webpack_exports__ = __nccwpck_require__(826);
/******/ __webpack_exports__ = await __webpack_exports__;
/******/ 
