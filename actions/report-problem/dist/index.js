import { createRequire as __WEBPACK_EXTERNAL_createRequire } from "module";
/******/ var __webpack_modules__ = ({

/***/ 414:
/***/ ((module, __unused_webpack___webpack_exports__, __nccwpck_require__) => {

__nccwpck_require__.a(module, async (__webpack_handle_async_dependencies__, __webpack_async_result__) => { try {
/* harmony import */ var _lib_action_index_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(545);
/* harmony import */ var _lib_github_index_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(795);
/* harmony import */ var _inputs_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(469);
/* harmony import */ var _run_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(125);




await (0,_lib_action_index_js__WEBPACK_IMPORTED_MODULE_0__/* .runAction */ .Cs)((0,_lib_action_index_js__WEBPACK_IMPORTED_MODULE_0__/* .defineAction */ .QP)({
    name: 'report-problem',
    inputs: _inputs_js__WEBPACK_IMPORTED_MODULE_2__/* .inputs */ .QL,
    check: _inputs_js__WEBPACK_IMPORTED_MODULE_2__/* .check */ .z6,
    ports: (base, given) => {
        const { http, clock, log, runner } = base;
        const { token } = given;
        return {
            ...base,
            github: (0,_lib_github_index_js__WEBPACK_IMPORTED_MODULE_1__/* .connectGitHub */ .UY)({ http, clock, log, signal: runner.signal, token, apiUrl: runner.apiUrl })
        };
    },
    run: _run_js__WEBPACK_IMPORTED_MODULE_3__/* .run */ .e
}));

__webpack_async_result__();
} catch(e) { __webpack_async_result__(e); } }, 1);

/***/ }),

/***/ 469:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   QL: () => (/* binding */ inputs),
/* harmony export */   W5: () => (/* binding */ isLogin),
/* harmony export */   z6: () => (/* binding */ check)
/* harmony export */ });
/* harmony import */ var _lib_action_index_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(545);
/* harmony import */ var _placeholders_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(406);
/** The inputs, as in action.yml. */


const RESULTS = ['success', 'failure', 'cancelled', 'skipped'];
/** Outputs of all jobs of a run: 50 MB are possible, nobody needs them here. */
const MOST_NEEDS_CHARACTERS = 4_000_000;
const JOB_ID = /^[A-Za-z_][A-Za-z0-9_-]{0,99}$/;
const inputs = {
    reports: (0,_lib_action_index_js__WEBPACK_IMPORTED_MODULE_0__/* .lines */ .Mn)({ allowed: 'paths or globs of reports, one per line', max: 100 }),
    needs: needs(),
    key: (0,_lib_action_index_js__WEBPACK_IMPORTED_MODULE_0__/* .text */ .Qq)({ default: '', allowed: 'text that names what is watched', maxLength: 500 }),
    title: (0,_lib_action_index_js__WEBPACK_IMPORTED_MODULE_0__/* .text */ .Qq)({
        default: '',
        pattern: /^[^\r\n]+$/,
        allowed: 'one line of text; {subject}, {problem}, {workflow} and {run} are replaced',
        maxLength: 250
    }),
    labels: (0,_lib_action_index_js__WEBPACK_IMPORTED_MODULE_0__/* .lines */ .Mn)({
        default: 'bug',
        allowed: 'names of labels, one per line',
        max: 20,
        refuse: (line) => line.length <= 50 && !line.includes(',') ? undefined : 'names of at most 50 characters'
    }),
    assignees: (0,_lib_action_index_js__WEBPACK_IMPORTED_MODULE_0__/* .lines */ .Mn)({
        allowed: 'logins, one per line',
        max: 10,
        refuse: (line) => (isLogin(line) ? undefined : 'a login of GitHub, without @')
    }),
    'mention-submitter': (0,_lib_action_index_js__WEBPACK_IMPORTED_MODULE_0__/* .flag */ .Jt)(false),
    threshold: (0,_lib_action_index_js__WEBPACK_IMPORTED_MODULE_0__/* .integer */ .nd)({ default: 1, min: 1, max: 100 }),
    'max-new': (0,_lib_action_index_js__WEBPACK_IMPORTED_MODULE_0__/* .integer */ .nd)({ default: 3, min: 1, max: 50 }),
    'close-on-recovery': (0,_lib_action_index_js__WEBPACK_IMPORTED_MODULE_0__/* .flag */ .Jt)(true),
    style: (0,_lib_action_index_js__WEBPACK_IMPORTED_MODULE_0__/* .choice */ .Yq)(['per-subject', 'per-run'], 'per-subject'),
    template: (0,_lib_action_index_js__WEBPACK_IMPORTED_MODULE_0__/* .text */ .Qq)({ default: '', allowed: 'the path of a Markdown file; empty for none', maxLength: 1024 }),
    'dispatch-workflow': (0,_lib_action_index_js__WEBPACK_IMPORTED_MODULE_0__/* .text */ .Qq)({
        default: '',
        pattern: /^[A-Za-z0-9._-]{1,200}\.ya?ml$/,
        allowed: 'the file name of a workflow, such as issue-investigator.lock.yml; empty for none'
    }),
    token: _lib_action_index_js__WEBPACK_IMPORTED_MODULE_0__/* .common */ .sh.token,
    'dry-run': _lib_action_index_js__WEBPACK_IMPORTED_MODULE_0__/* .common */ .sh['dry-run'],
    'report-path': _lib_action_index_js__WEBPACK_IMPORTED_MODULE_0__/* .common */ .sh['report-path']
};
/** Rules between inputs. */
function check(given) {
    const problems = [];
    const unknown = (0,_placeholders_js__WEBPACK_IMPORTED_MODULE_1__/* .unknownNames */ .b)(given.title, ['subject', 'problem', 'workflow', 'run']);
    if (unknown.length > 0) {
        problems.push({
            input: 'title',
            given: unknown.join(' '),
            allowed: '{subject}, {problem}, {workflow} and {run}'
        });
    }
    return problems;
}
/** Letters, digits and single hyphens, as GitHub has them; bots have brackets and are nobody to call. */
function isLogin(name) {
    return /^[A-Za-z\d](?:-?[A-Za-z\d]){0,38}$/.test(name);
}
/** `${{ toJSON(needs) }}`: https://docs.github.com/en/actions/reference/workflows-and-actions/contexts#needs-context */
function needs() {
    const allowed = '`${{ toJSON(needs) }}`: a JSON object with a `result` for each job';
    return {
        kind: 'needs',
        default: '',
        secret: false,
        allowed,
        parse: (raw) => {
            if (raw === '')
                return new Map();
            if (raw.length > MOST_NEEDS_CHARACTERS)
                throw (0,_lib_action_index_js__WEBPACK_IMPORTED_MODULE_0__/* .refuse */ .TR)(`${raw.length} characters`, `at most ${MOST_NEEDS_CHARACTERS} characters`);
            let value;
            try {
                value = JSON.parse(raw);
            }
            catch {
                // What was given is not repeated: the outputs of jobs are in it.
                throw (0,_lib_action_index_js__WEBPACK_IMPORTED_MODULE_0__/* .refuse */ .TR)(`${raw.length} characters that are no JSON`, allowed);
            }
            if (!isObject(value))
                throw (0,_lib_action_index_js__WEBPACK_IMPORTED_MODULE_0__/* .refuse */ .TR)('JSON that is no object', allowed);
            const found = new Map();
            for (const [id, need] of Object.entries(value)) {
                const given = isObject(need) ? need['result'] : undefined;
                const result = RESULTS.find((known) => known === given);
                if (!JOB_ID.test(id) || result === undefined)
                    throw (0,_lib_action_index_js__WEBPACK_IMPORTED_MODULE_0__/* .refuse */ .TR)(`${JSON.stringify(id.slice(0, 100))} without a result`, allowed);
                found.set(id, result);
            }
            return found;
        }
    };
}
function isObject(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}


/***/ }),

/***/ 406:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   G: () => (/* binding */ fill),
/* harmony export */   b: () => (/* binding */ unknownNames)
/* harmony export */ });
/** Names in braces, replaced by what they stand for. Pure. */
const NAME = /\{([a-z][a-z-]*)\}/g;
/** The names in a text that are none of those. */
function unknownNames(text, known) {
    return [...new Set([...text.matchAll(NAME)].map((match) => match[1] ?? ''))]
        .filter((name) => !known.includes(name))
        .map((name) => `{${name}}`);
}
/** Replaces in one pass: what is put in is not looked into again. */
function fill(text, values) {
    return text.replace(NAME, (whole, name) => values[name] ?? whole);
}


/***/ }),

/***/ 125:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  e: () => (/* binding */ run)
});

// EXTERNAL MODULE: ./lib/failure/index.ts
var failure = __nccwpck_require__(315);
// EXTERNAL MODULE: ./lib/github/index.ts + 11 modules
var github = __nccwpck_require__(795);
;// CONCATENATED MODULE: ./actions/report-problem/src/jobs.ts
const ENDED_BADLY = new Set(['failure', 'timed_out', 'cancelled', 'startup_failure']);
/** True for a job about which more has to be known. */
function endedBadly(job) {
    return ENDED_BADLY.has(job.conclusion ?? '');
}
/** `jobs` is undefined when the API could not be asked: then only `needs` tells. */
function judgeJobs(jobs, needs, reports) {
    const all = jobs ?? [];
    const bad = all
        .filter(({ job }) => endedBadly(job) && isWatched(job.name, all, needs))
        .map((seen) => ({ seen, told: describe(seen) }));
    const failed = bad.flatMap(({ told }) => (told === undefined ? [] : [told]));
    const explained = new Set(bad
        .filter(({ seen }) => reports.some((report) => explains(report, seen)))
        .map(({ seen }) => seen.job.name));
    const isSeen = (id) => all.some(({ job }) => isLegOf(job.name, id));
    const alone = [...needs].filter(([id, result]) => result === 'failure' && !isSeen(id));
    // Jobs with a name of their own stand for needs that no job is named after.
    const isCovered = bad.some(({ seen }) => ![...needs.keys()].some((id) => isLegOf(seen.job.name, id)));
    const unseen = isCovered ? [] : alone.map(([id]) => unknownJob(id));
    return {
        failed: [...failed, ...unseen],
        unexplained: [...failed.filter(({ name }) => !explained.has(name)), ...unexplainedNeeds(unseen, reports)],
        well: [
            ...all.filter(({ job }) => job.conclusion === 'success').map(({ job }) => job.name),
            ...failed.filter(({ name }) => explained.has(name)).map(({ name }) => name),
            ...[...needs].filter(([, result]) => result === 'success').map(([id]) => id)
        ],
        cancelled: [
            ...bad.filter(({ told }) => told === undefined).map(({ seen }) => seen.job.name),
            ...[...needs].filter(([id, result]) => result === 'cancelled' && !isSeen(id)).map(([id]) => id)
        ]
    };
}
/** `build`, `build (a, b)` of a matrix, `build / test` of a reusable workflow. */
function isLegOf(name, id) {
    return name === id || name.startsWith(`${id} (`) || name.startsWith(`${id} / `);
}
/**
 * With `needs`, what the caller waits for: a job that failed and was allowed to (its need says success) is no
 * problem. A job with a name of its own belongs to one of the needs that no job is named after.
 */
function isWatched(name, jobs, needs) {
    if (needs.size === 0)
        return true;
    const own = [...needs].filter(([id]) => isLegOf(name, id));
    if (own.length > 0)
        return own.some(([, result]) => matters(result));
    const nameless = [...needs].filter(([id]) => !jobs.some(({ job }) => isLegOf(job.name, id)));
    return nameless.some(([, result]) => matters(result));
}
const matters = (result) => result === 'failure' || result === 'cancelled';
/** Without the API nobody can tell which job wrote which report: bad reports explain as many failed needs. */
function unexplainedNeeds(needs, reports) {
    const bad = reports.filter(({ verdict }) => verdict === 'failed' || verdict === 'unknown').length;
    return bad >= needs.length ? [] : needs;
}
/**
 * True when the report says why the job failed: its annotations have the report's words, as every action of the
 * suite writes them. Where annotations cannot be read, a bad report that was written while the job ran is taken.
 */
function explains(report, { job, annotations }) {
    if (report.verdict !== 'failed' && report.verdict !== 'unknown')
        return false;
    if (annotations === undefined)
        return ranDuring(report, job);
    const said = annotations.filter(({ level }) => level === 'failure').map(({ message }) => flat(message));
    const words = [
        report.headline,
        ...report.findings.map(({ subject, message }) => `${subject}: ${message}`)
    ].map(flat);
    return said.some((message) => words.some((word) => word.length >= 8 && message.includes(word)));
}
const flat = (text) => text.replace(/\s+/g, ' ').trim();
function ranDuring(report, job) {
    const [started, completed] = [Date.parse(job.startedAt ?? ''), Date.parse(job.completedAt ?? '')];
    return Date.parse(report.started) >= started - 60_000 && Date.parse(report.finished) <= completed + 60_000;
}
// The texts are the runner's own: https://github.com/actions/runner, and those of GitHub's service.
const LOST = /lost communication with the server|received a shutdown signal|runner .{0,80}(terminated|went offline)/i;
const TIMED_OUT = /exceeded the maximum execution time/i;
const NOT_TAKEN = /was not acquired by runner|no hosted parallelism|job was not started/i;
const DISK = /no space left on device/i;
/** undefined: it was cancelled on purpose, which is nobody's problem. */
function describe({ job, annotations }) {
    const said = (annotations ?? []).filter(({ level }) => level === 'failure').map(({ message }) => message);
    const steps = job.steps.filter(({ conclusion }) => conclusion === 'failure').map(({ name }) => name);
    const end = endOf(job, said, steps);
    if (end === undefined)
        return undefined;
    return {
        name: job.name,
        id: end,
        ...TEXTS[end](job, steps, said.some((message) => DISK.test(message))),
        runner: job.runner,
        conclusion: job.conclusion ?? '',
        failedSteps: steps,
        lastAnnotation: lastWord(said),
        url: job.url
    };
}
/** The runner's own last word, "Process completed with exit code 1.", says nothing where anything else was said. */
function lastWord(said) {
    const telling = said.filter((message) => !/^Process completed with exit code \d+\.?$/.test(message.trim()));
    return telling.at(-1) ?? said.at(-1) ?? '';
}
function endOf(job, said, steps) {
    const has = (pattern) => said.some((message) => pattern.test(message));
    if (job.conclusion === 'timed_out' || has(TIMED_OUT))
        return 'job-timed-out';
    if (has(LOST))
        return 'job-runner-lost';
    if (has(NOT_TAKEN) || (job.runner === undefined && job.conclusion !== 'cancelled'))
        return 'job-not-started';
    if (job.conclusion === 'cancelled')
        return undefined;
    if (steps.includes('Set up job') || steps.includes('Initialize containers'))
        return 'job-set-up-failed';
    // No step failed, and yet the job did: the runner went away without a word.
    return steps.length === 0 ? 'job-runner-lost' : 'job-failed';
}
const TEXTS = {
    'job-failed': (_, steps, diskFull) => ({
        message: `It failed at ${steps.map((step) => `"${step}"`).join(', ')} and left no report.`,
        hint: diskFull
            ? 'The disk was full: free space, or take a larger runner.'
            : 'Look at the log of that step.'
    }),
    'job-set-up-failed': (_, steps) => ({
        message: `It failed at ${steps.map((step) => `"${step}"`).join(', ')}, before any step of the workflow.`,
        hint: 'Run it again; when it fails again, look at the names and pins of its actions and images.'
    }),
    'job-timed-out': (job) => ({
        message: `It ran into its time limit${unfinished(job)}.`,
        hint: 'Look at what the step was waiting for, or raise `timeout-minutes`.'
    }),
    'job-runner-lost': (job) => ({
        message: `Its runner (${job.runner ?? 'unknown'}) went away${unfinished(job)}.`,
        hint: 'Run it again; when it happens at the same place, look at memory and disk.'
    }),
    'job-not-started': () => ({
        message: 'No runner took it.',
        hint: 'Look at the labels in `runs-on` and at the runners that are online.'
    })
};
function unfinished(job) {
    const step = job.steps.find(({ conclusion }) => conclusion === 'cancelled' || conclusion === undefined);
    return step === undefined ? '' : ` in "${step.name}"`;
}
function unknownJob(id) {
    return {
        name: id,
        id: 'job-unknown',
        message: 'It failed; no report and no details could be read.',
        hint: 'Give the job that reports `actions: read` and `checks: read`, and look at the run.',
        runner: undefined,
        conclusion: 'failure',
        failedSteps: [],
        lastAnnotation: '',
        url: ''
    };
}

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __nccwpck_require__(598);
;// CONCATENATED MODULE: external "node:zlib"
const external_node_zlib_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:zlib");
;// CONCATENATED MODULE: ./actions/report-problem/src/marker.ts
/**
 * What an issue carries in comments that nobody sees: whose it is, what it is about, and what was said last. The text
 * of people below the end mark is kept. Pure.
 */


/** Subject of the one issue for many. */
const FLEET = '*';
const END = '<!-- neurodesk-ci-end -->';
const STATE = /^<!-- neurodesk-ci-state: ([A-Za-z0-9_-]{1,60000}) -->$/m;
/** Characters of the 65,536 that an issue has. */
const MOST_STATE = 30_000;
/** What a state may grow to when it is unpacked. */
const MOST_STATE_BYTES = 1_000_000;
/** First line of the body: found by it, never by the title. */
function markerOf(key, subject) {
    return `<!-- neurodesk-ci-problem: key=${digest(key)} subject=${digest(subject)} -->`;
}
/** The marker of an issue, if it has one. */
function readMarker(body) {
    const line = /^<!-- neurodesk-ci-problem: key=([0-9a-f]{20}) subject=([0-9a-f]{20}) -->\r?(\n|$)/.exec(body);
    return line?.[1] === undefined || line[2] === undefined ? undefined : { key: line[1], subject: line[2] };
}
/** Short name of a text from outside: it can be put anywhere. */
function digest(text) {
    return (0,external_node_crypto_.createHash)('sha256').update(text).digest('hex').slice(0, 20);
}
/** The state with as many members as fit beside the text, whatever their names are made of. */
function fitting(state) {
    const { members, more } = state;
    if (members.length <= 1 || writeState(state).length <= MOST_STATE)
        return state;
    const kept = members.slice(0, Math.floor(members.length / 2));
    return fitting({ ...state, members: kept, more: more + members.length - kept.length });
}
function writeState(state) {
    const packed = (0,external_node_zlib_namespaceObject.deflateRawSync)(Buffer.from(JSON.stringify(state))).toString('base64url');
    return `<!-- neurodesk-ci-state: ${packed} -->`;
}
/** undefined when somebody took it out or broke it: then the issue is written anew. */
function readState(body) {
    const packed = STATE.exec(body)?.[1];
    if (packed === undefined)
        return undefined;
    try {
        const bytes = (0,external_node_zlib_namespaceObject.inflateRawSync)(Buffer.from(packed, 'base64url'), { maxOutputLength: MOST_STATE_BYTES });
        const value = JSON.parse(bytes.toString('utf8'));
        return isState(value) ? value : undefined;
    }
    catch {
        return undefined;
    }
}
/** The body of an issue: ours, and below it what people wrote there. */
function assemble(marker, state, text, old = '') {
    const at = old.indexOf(END);
    const theirs = at === -1 ? '' : old.slice(at + END.length);
    return `${marker}\n${writeState(state)}\n${text.trimEnd()}\n\n${END}${theirs}`;
}
function isState(value) {
    if (typeof value !== 'object' || value === null)
        return false;
    const one = value;
    return ([one.run, one.attempt, one.seen, one.more].every((number) => Number.isSafeInteger(number)) &&
        typeof one.since === 'string' &&
        !Number.isNaN(Date.parse(one.since)) &&
        typeof one.recovered === 'boolean' &&
        Array.isArray(one.members) &&
        one.members.every(isMember));
}
function isMember(value) {
    if (typeof value !== 'object' || value === null)
        return false;
    const one = value;
    const isTexts = (list) => Array.isArray(list) && list.every((item) => typeof item === 'string');
    return typeof one.subject === 'string' && isTexts(one.sources) && typeof one.print === 'string';
}

;// CONCATENATED MODULE: ./actions/report-problem/src/look.ts
/** What GitHub knows: the jobs of the run with what they said, and the issues that are ours. */




/** Annotations are one request for each job. */
const MOST_ANNOTATED_JOBS = 60;
/** Closed issues that are looked through for one that comes back. */
const MOST_CLOSED = 1000;
const CLOSED_SINCE_MS = 180 * 24 * 3_600_000;
const MOST_OPEN = 3000;
/** Where what was made a moment ago is looked for: the list begins with what changed last. */
const MOST_RECENT = 100;
/** The jobs of the run that are over. What cannot be read is unknown, never well. */
async function lookAtRun(repository, run, log) {
    try {
        const jobs = await repository.runs.jobs(run.id, run.attempt);
        const over = jobs.filter(({ status }) => status === 'completed');
        const bad = over.filter(endedBadly).slice(0, MOST_ANNOTATED_JOBS);
        const seen = new Map();
        for (const { id, name } of bad)
            seen.set(id, await annotationsOf(repository, id, name, log));
        return { jobs: over.map((job) => ({ job, annotations: seen.get(job.id) })), reason: '' };
    }
    catch (error) {
        if (!isRefusedOrDown(error))
            throw error;
        return { jobs: undefined, reason: firstLine((0,failure/* messageOf */.bD)(error)) };
    }
}
async function annotationsOf(repository, id, name, log) {
    try {
        return await repository.runs.annotations(id);
    }
    catch (error) {
        if (!isRefusedOrDown(error))
            throw error;
        log.info(`${name}: its annotations could not be read: ${firstLine((0,failure/* messageOf */.bD)(error))}`);
        return undefined;
    }
}
/** Open issues, and those that were closed in the last half year, of authors that can be ours; oldest first. */
async function listIssues(repository, wanted, now, log) {
    const since = new Date(now - CLOSED_SINCE_MS).toISOString();
    const open = await repository.issues.list({ state: 'open', max: MOST_OPEN });
    const closed = await repository.issues.list({ state: 'closed', since, max: MOST_CLOSED });
    return await ours([...open, ...closed].filter(wanted), repository, log);
}
/** Open ones among those that changed last, oldest first. */
async function listRecent(repository, wanted, log) {
    const recent = await repository.issues.list({ state: 'open', max: MOST_RECENT });
    return await ours(recent.filter(wanted), repository, log);
}
/** Every issue of this key. */
async function lookForIssues(repository, key, now, log) {
    const issues = await listIssues(repository, ({ body }) => readMarker(body)?.key === digest(key), now, log);
    const known = [];
    const twins = [];
    for (const issue of issues) {
        const subject = readMarker(issue.body)?.subject ?? '';
        const original = known.find((one) => one.subject === subject && one.issue.state === 'open' && issue.state === 'open');
        if (original === undefined)
            known.push({ issue, subject, state: readState(issue.body) ?? NOTHING });
        else
            twins.push({ issue, original: original.issue });
    }
    return { known, twins };
}
const NOTHING = {
    run: 0,
    attempt: 0,
    since: new Date(0).toISOString(),
    seen: 0,
    recovered: false,
    members: [],
    more: 0
};
/**
 * Anybody may open an issue with our marker in it. Only what a bot or a person with write access opened is ours: no
 * person's login has brackets.
 */
async function ours(issues, repository, log) {
    const people = new Set(issues.map(({ author }) => author).filter((author) => !author.endsWith('[bot]')));
    const strangers = new Set();
    for (const author of people) {
        try {
            if (!['admin', 'write'].includes(await repository.permissionOf(author)))
                strangers.add(author);
        }
        catch (error) {
            // A token that may not ask would otherwise open a new issue in every run.
            if (!(error instanceof github/* Refused */.Lw))
                throw error;
            log.debug(`permission of ${author}: ${(0,failure/* messageOf */.bD)(error)}`);
        }
    }
    return issues.filter(({ author }) => !strangers.has(author)).sort((a, b) => a.number - b.number);
}
function isRefusedOrDown(error) {
    return error instanceof github/* Refused */.Lw || error instanceof failure/* TransientError */.N_;
}
function firstLine(text) {
    return text.split('\n', 1)[0] ?? '';
}

;// CONCATENATED MODULE: ./actions/report-problem/src/history.ts



const TITLE = 'Bad runs in a row';
/** Earlier runs that are looked at: some were cancelled before they came to this job. */
const MOST_RUNS = 10;
/** What fits into an annotation; more than this waiting is no case for a threshold. */
const MOST_SUBJECTS = 1000;
/** Leaves the counts for the next run: by digest of the subject, this run included. */
function leaveStreaks(key, waiting, log) {
    const counts = [...waiting].slice(0, MOST_SUBJECTS).map(([subject, count]) => `${digest(subject)}=${count}`);
    log.notice([`key=${digest(key)}`, ...counts].join(' '), { file: '', title: TITLE });
}
/** The counts of the run before this one; undefined when nobody knows, `reason` says why. */
async function readStreaks(repository, key, runner, log) {
    const id = Number(runner.runId);
    try {
        const run = await repository.runs.get(id);
        if (run === undefined)
            return { streaks: undefined, reason: `GitHub does not know run ${id}` };
        const own = await ownName(repository, id, runner);
        if (own === undefined)
            return { streaks: undefined, reason: 'this job was not found in its run' };
        const before = (await repository.runs.of(run.path.split('/').at(-1) ?? '', run.branch))
            .filter((one) => one.id < id && one.status === 'completed')
            .slice(0, MOST_RUNS);
        for (const { id: earlier, attempt } of before) {
            const found = await streaksIn(repository, earlier, attempt, own, key);
            if (found !== undefined)
                return { streaks: found, reason: '' };
            log.debug(`run ${earlier} left no counts`);
        }
        return { streaks: new Map(), reason: '' };
    }
    catch (error) {
        if (!isRefusedOrDown(error))
            throw error;
        return { streaks: undefined, reason: firstLine((0,failure/* messageOf */.bD)(error)) };
    }
}
/** Name of this job as shown, which is not its id: the one that runs on this runner now. */
async function ownName(repository, id, runner) {
    const jobs = await repository.runs.jobs(id, runner.runAttempt);
    const here = jobs.filter((job) => job.status === 'in_progress');
    const job = here.find((one) => one.runner !== undefined && one.runner === runner.env['RUNNER_NAME']) ??
        here.find((one) => one.name === runner.env['GITHUB_JOB']);
    return job?.name;
}
async function streaksIn(repository, run, attempt, name, key) {
    const job = (await repository.runs.jobs(run, attempt)).find((one) => one.name === name);
    if (job === undefined)
        return undefined;
    const start = `key=${digest(key)}`;
    const left = (await repository.runs.annotations(job.id)).find(({ title, message }) => title === TITLE && (message === start || message.startsWith(`${start} `)));
    return left === undefined ? undefined : parseStreaks(left.message);
}
/** Pure. */
function parseStreaks(message) {
    const pairs = [...message.matchAll(/ ([0-9a-f]{20})=(\d{1,6})(?= |$)/g)];
    return new Map(pairs.map(([, subject = '', count = '0']) => [subject, Number(count)]));
}

// EXTERNAL MODULE: ./actions/report-problem/src/inputs.ts
var src_inputs = __nccwpck_require__(469);
// EXTERNAL MODULE: ./lib/markdown/index.ts
var markdown = __nccwpck_require__(66);
// EXTERNAL MODULE: ./actions/report-problem/src/placeholders.ts
var placeholders = __nccwpck_require__(406);
;// CONCATENATED MODULE: ./actions/report-problem/src/problems.ts
/** Source of what is known about a job. */
const JOB = 'job';
/** Characters: it stands in titles and in the state of an issue. */
const MOST_SUBJECT = 200;
const WORST = ['error', 'unknown', 'warning', 'notice'];
function jobSubject(name) {
    return `job ${name}`.slice(0, MOST_SUBJECT);
}
/** `doubts` are those of the reader: files that are missing or are no reports. */
function findProblems(found, jobs, doubts) {
    const complaints = new Map();
    const add = (subject, complaint) => {
        complaints.set(subject, [...(complaints.get(subject) ?? []), complaint]);
    };
    for (const { report } of found) {
        for (const finding of report.findings)
            add(nameOf(finding.subject, report), toComplaint(finding, report.action));
        if (hasUntold(report)) {
            add(report.action, {
                id: `${report.action}-${report.verdict}`,
                severity: report.verdict === 'unknown' ? 'unknown' : 'error',
                message: report.headline,
                hint: '',
                source: report.action
            });
        }
    }
    const problems = [];
    let remarks = 0;
    for (const [subject, all] of complaints) {
        if (all.some(isBad))
            problems.push({ subject, complaints: [...all].sort(worstFirst) });
        else
            remarks += all.length;
    }
    problems.push(...jobs.unexplained.map(toJobProblem));
    return {
        problems: problems.sort((a, b) => worstFirst(first(a), first(b)) || compare(a.subject, b.subject)),
        finished: new Set(finishedActions(found)),
        checked: checkedBy(found),
        wellJobs: new Set(jobs.well.map(jobSubject)),
        doubts: [...doubts, ...doubtsOf(jobs)],
        remarks
    };
}
/** An error, or what could not be measured: both need somebody. What may pass by itself is for `threshold`. */
function isBad({ severity }) {
    return severity === 'error' || severity === 'unknown';
}
/** Red, and no finding says why: a wrong input, a tool that failed, or `fail-on: any`. */
function hasUntold({ verdict, findings }) {
    return ((verdict === 'failed' || verdict === 'unknown') &&
        !findings.some(({ severity }) => severity === 'error' || severity === 'unknown'));
}
/** Every report of the action must have come to its end: a shard that did not may have had the subject. */
function finishedActions(found) {
    const isWhole = ({ verdict, findings }) => verdict === 'ok' || (verdict !== 'cancelled' && findings.length > 0);
    const actions = [...new Set(found.map(({ report }) => report.action))];
    return actions.filter((action) => found.every(({ report }) => report.action !== action || isWhole(report)));
}
/** Of an action with several reports only when each of them says it: another may have looked at anything. */
function checkedBy(found) {
    const checked = new Map();
    const silent = new Set();
    for (const { report } of found) {
        if (report.subjects === undefined)
            silent.add(report.action);
        const names = checked.get(report.action) ?? new Set();
        for (const subject of report.subjects ?? [])
            names.add(nameOf(subject, report));
        checked.set(report.action, names.add(report.action));
    }
    return new Map([...checked].filter(([action]) => !silent.has(action)));
}
/** A job that came to no report would have looked at something: what it was, nobody knows. */
function doubtsOf(jobs) {
    return [
        ...jobs.unexplained.map(({ name }) => `${name} left no report`),
        ...jobs.cancelled.map((name) => `${name} was cancelled`)
    ];
}
/** A subject as it stands in issues. */
function nameOf(subject, { action }) {
    const flat = subject.replace(/\s+/g, ' ').trim();
    return flat === '' ? action : flat.slice(0, MOST_SUBJECT);
}
function toComplaint({ id, severity, message, hint }, source) {
    return { id, severity, message, hint: hint ?? '', source };
}
function toJobProblem(job) {
    const { id, message, hint } = job;
    return {
        subject: jobSubject(job.name),
        complaints: [{ id, severity: 'error', message, hint, source: JOB }],
        job
    };
}
function worstFirst(a, b) {
    return WORST.indexOf(a.severity) - WORST.indexOf(b.severity) || compare(a.id, b.id);
}
function first({ complaints }) {
    return complaints[0] ?? { id: '', severity: 'notice', message: '', hint: '', source: '' };
}
function compare(a, b) {
    return a < b ? -1 : a > b ? 1 : 0;
}

;// CONCATENATED MODULE: ./actions/report-problem/src/plan.ts


/** `streaks` has, by digest of the subject, in how many runs before this one it was bad without an issue. */
function plan(findings, known, streaks, run, limits) {
    const open = known.filter(({ issue }) => issue.state === 'open');
    const closed = known.filter(({ issue }) => issue.state === 'closed');
    const newer = open.filter(({ state }) => isOlder(run, state));
    const ours = open.filter(({ state }) => !isOlder(run, state));
    const covered = new Map();
    for (const problem of findings.problems) {
        const one = open.find((issue) => covers(issue, problem.subject));
        if (one !== undefined)
            covered.set(problem.subject, one.issue.number);
    }
    const loose = findings.problems.filter(({ subject }) => !covered.has(subject));
    const muted = loose.filter(({ subject }) => closed.some((one) => isMuted(one) && covers(one, subject)));
    // An older run that ends late finds closed what a newer one has called well.
    const passed = loose.filter(({ subject }) => closed.some((one) => covers(one, subject) && isOlder(run, one.state)));
    const candidates = loose.filter((problem) => !muted.includes(problem) && !passed.includes(problem));
    const waiting = new Map();
    const fresh = candidates.filter(({ subject }) => {
        const count = (streaks.get(digest(subject)) ?? 0) + 1;
        if (count < limits.threshold)
            waiting.set(subject, count);
        return count >= limits.threshold;
    });
    const together = fresh.length > limits.maxNew;
    const fleet = ours.find(({ subject }) => subject === digest(FLEET));
    const changes = ours.flatMap((one) => changeOf(one, findings, together && one === fleet ? fresh : [], covered, limits));
    if (together && fleet === undefined)
        changes.push(toStart(FLEET, fresh, closed));
    if (!together)
        changes.push(...fresh.map((problem) => toStart(problem.subject, [problem], closed)));
    return {
        changes,
        waiting,
        muted: muted.map(({ subject }) => subject),
        newer: newer.map(({ issue }) => issue.number),
        covered
    };
}
/** Short name of all complaints of a problem, without what changes from run to run. */
function printOf({ complaints, job }) {
    const where = job === undefined ? '' : ` ${job.failedSteps.join(', ')}`;
    return digest([...new Set(complaints.map(({ severity, id }) => `${severity} ${id}${where}`))].sort().join('\n'));
}
function toMember(problem) {
    return {
        subject: problem.subject,
        sources: [...new Set(problem.complaints.map(({ source }) => source))].sort(),
        print: printOf(problem)
    };
}
function changeOf(one, findings, joining, covered, limits) {
    const before = new Map(one.state.members.map((member) => [member.subject, member]));
    const mine = findings.problems.filter(({ subject }) => covered.get(subject) === one.issue.number);
    const told = new Set(mine.map(({ subject }) => subject));
    const bad = new Set(findings.problems.map(({ subject }) => subject));
    const quiet = one.state.members.filter(({ subject }) => !told.has(subject));
    const well = quiet.filter((member) => !bad.has(member.subject) && isWell(member, findings));
    const unseen = quiet.filter((member) => !well.includes(member));
    const [dropped, recovered] = divide(one.state.recovered ? [] : well, (member) => isDropped(member, findings));
    const altered = mine.filter((problem) => {
        const print = before.get(problem.subject)?.print;
        return print !== undefined && print !== printOf(problem);
    });
    const change = {
        subject: one.subject === digest(FLEET) ? FLEET : (one.state.members[0]?.subject ?? ''),
        known: one,
        problems: [...mine, ...joining],
        unseen,
        joined: joining.map(({ subject }) => subject),
        recovered: recovered.map(({ subject }) => subject),
        dropped: dropped.map(({ subject }) => subject),
        altered: altered.map(({ subject }) => subject),
        again: one.state.recovered && mine.length + joining.length > 0
    };
    if (change.problems.length === 0 && unseen.length === 0) {
        // Somebody took the state out: what it was about is not known until it is bad again.
        if (before.size === 0)
            return [];
        if (limits.closeOnRecovery)
            return [{ ...change, kind: 'close' }];
        return one.state.recovered ? [] : [{ ...change, kind: 'recover' }];
    }
    // Nothing was learnt: nothing is said.
    if (change.problems.length === 0 && well.length === 0)
        return [];
    const { joined, altered: others, dropped: gone } = change;
    const isNews = change.again || [joined, change.recovered, gone, others].some(({ length }) => length > 0);
    return [{ ...change, kind: isNews ? 'tell' : 'refresh' }];
}
/** A new issue, or the old one again. */
function toStart(subject, problems, closed) {
    const known = closed
        .filter((one) => one.subject === digest(subject) && !isMuted(one))
        .sort((a, b) => b.issue.number - a.issue.number)[0];
    const names = problems.map((problem) => problem.subject);
    const common = {
        subject,
        known,
        problems,
        unseen: [],
        recovered: [],
        dropped: [],
        altered: [],
        joined: names
    };
    return known === undefined
        ? { ...common, kind: 'open', again: false }
        : { ...common, kind: 'reopen', again: known.state.recovered };
}
function covers({ subject, state }, name) {
    if (subject === digest(name))
        return true;
    if (subject !== digest(FLEET))
        return false;
    return state.more > 0 || state.members.some((member) => member.subject === name);
}
function isMuted({ issue }) {
    return issue.state === 'closed' && (issue.reason === 'not_planned' || issue.reason === 'duplicate');
}
/** Of those who had complained one says what it looks at, and that is not among it. */
function isDropped({ subject, sources }, { checked }) {
    return sources.some((source) => checked.get(source)?.has(subject) === false);
}
function divide(all, is) {
    return [all.filter(is), all.filter((one) => !is(one))];
}
/** Well again, or gone: only by those who had complained, when nothing speaks against it. */
function isWell({ subject, sources }, findings) {
    return sources.every((source) => source === JOB
        ? findings.wellJobs.has(subject)
        : findings.finished.has(source) && findings.doubts.length === 0);
}
function isOlder(run, state) {
    return run.id < state.run || (run.id === state.run && run.attempt < state.attempt);
}

;// CONCATENATED MODULE: ./actions/report-problem/src/text.ts
/** Titles, bodies and comments. Pure. Everything from outside is scrubbed, escaped and cut. */




/** GitHub's limit is 65,536 characters; the state of many subjects needs some of them. */
const MOST_BODY_BYTES = 65_000;
const MOST_TITLE = 200;
const MOST_CELL = 500;
/** Rows of a table: more is for the report. */
const MOST_ROWS = 100;
const MOST_MEMBERS = 150;
const SHOWN = {
    error: 'error',
    unknown: 'not measured',
    warning: 'warning',
    notice: 'notice'
};
function titleOf(change, style) {
    const { run, scrub } = style;
    const isFleet = change.subject === FLEET;
    const form = style.title !== '' ? style.title : isFleet ? '{subject} in {workflow}' : '{subject}: {problem}';
    const values = {
        subject: isFleet ? `${change.problems.length} problems at once` : change.subject,
        problem: isFleet ? namesOf(change.problems) : (change.problems[0]?.complaints[0]?.message ?? ''),
        workflow: run.workflow,
        run: String(run.id)
    };
    return oneLine(scrub((0,placeholders/* fill */.G)(form, values)));
}
/** A title shows as it is: no Markdown, but also no line breaks. */
function oneLine(text) {
    const flat = text.replace(/[\0-\x1f\x7f\s]+/g, ' ').trim();
    const cutAt = [...flat].slice(0, MOST_TITLE - 1);
    return cutAt.join('') === flat ? flat : `${cutAt.join('').trimEnd()}…`;
}
/** The whole body of an issue as it should be now, with what people wrote below. */
function bodyOf(change, style) {
    const marker = markerOf(style.key, change.subject);
    const state = fitting(stateOf(change, style));
    const old = change.known?.issue.body ?? '';
    const room = MOST_BODY_BYTES - Buffer.byteLength(assemble(marker, state, '', old));
    return assemble(marker, state, (0,markdown/* cut */.Jj)(textOf(change, state, style), Math.max(2000, room), noteOf(style)), old);
}
function stateOf(change, style) {
    const before = change.known?.state;
    const isOver = change.kind === 'close' || change.kind === 'recover';
    const goesOn = before !== undefined && change.kind !== 'reopen' && !change.again;
    const all = isOver ? (before?.members ?? []) : [...change.problems.map(toMember), ...change.unseen];
    return {
        run: style.run.id,
        attempt: style.run.attempt,
        since: goesOn ? before.since : new Date(style.now).toISOString(),
        seen: goesOn ? before.seen + (isOver ? 0 : 1) : 1,
        recovered: isOver,
        members: all.slice(0, MOST_MEMBERS),
        more: isOver ? 0 : Math.max(0, all.length - MOST_MEMBERS)
    };
}
function textOf(change, state, style) {
    const { run } = style;
    const details = change.kind === 'close' || change.kind === 'recover' ? text_endOf(change, style) : detailsOf(change, style);
    const values = {
        subject: outside(change.subject === FLEET ? `${change.problems.length} problems` : change.subject, style),
        problem: outside(change.problems[0]?.complaints[0]?.message ?? '', style),
        details,
        workflow: outside(run.workflow, style),
        run: String(run.id),
        'run-url': run.url,
        ref: (0,markdown/* code */.aY)(style.scrub(run.ref))
    };
    const since = `Since ${dateOf(state.since)}, seen in ${state.seen} ${state.seen === 1 ? 'run' : 'runs'}.`;
    const rule = style.closeOnRecovery
        ? 'it is closed when all is well again'
        : 'it says so when all is well again';
    const foot = [
        `${since} The whole report is among the artifacts of ${linkTo(style)}.`,
        '',
        `<sub>This text follows what the runs find, and ${rule}. What you write below it stays. Closed as "not planned" it is left alone.</sub>`
    ].join('\n');
    const head = style.template === undefined ? details : (0,placeholders/* fill */.G)(style.template, values);
    const mention = style.mention === undefined ? '' : `\n\ncc @${style.mention}`;
    return `${head.trimEnd()}${mention}\n\n${foot}`;
}
/** The complaints of one subject, or of each of many. */
function detailsOf(change, style) {
    if (change.subject !== FLEET) {
        const problem = change.problems[0];
        return problem === undefined
            ? ''
            : `${(0,markdown/* code */.aY)(style.scrub(problem.subject))} in ${linkTo(style)}:\n\n${complaintsOf(problem, style)}`;
    }
    const rows = change.problems
        .slice(0, MOST_ROWS)
        .map((problem) => [(0,markdown/* code */.aY)(style.scrub(problem.subject)), summaryOf(problem, style)]);
    const left = change.problems.length - rows.length;
    const unseen = change.unseen.map(({ subject }) => (0,markdown/* code */.aY)(style.scrub(subject)));
    return [
        `${change.problems.length} ${change.problems.length === 1 ? 'subject is' : 'subjects are'} bad in ${linkTo(style)}. Many came at once, so they may have one cause.`,
        '',
        (0,markdown/* table */.tp)(['Subject', 'What is the case'], rows),
        ...(left > 0 ? [`And ${left} more: they are in the report.`, ''] : []),
        ...(unseen.length > 0
            ? [`Bad before, and not measured by this run: ${unseen.slice(0, MOST_ROWS).join(', ')}`]
            : [])
    ].join('\n');
}
function summaryOf({ complaints }, style) {
    const first = complaints[0];
    if (first === undefined)
        return '';
    const more = complaints.length > 1 ? ` (and ${complaints.length - 1} more)` : '';
    return `${outside(first.message, style)} ${(0,markdown/* code */.aY)(first.id)}${more}`;
}
function complaintsOf({ complaints, job }, style) {
    const rows = complaints
        .slice(0, MOST_ROWS)
        .map(({ id, severity, message, hint, source }) => [
        SHOWN[severity],
        `${outside(message, style)} ${(0,markdown/* code */.aY)(id)}`,
        outside(hint, style),
        outside(source, style)
    ]);
    const left = complaints.length - rows.length;
    return [
        (0,markdown/* table */.tp)(['', 'What is the case', 'What to do', 'Found by'], rows),
        ...(left > 0 ? [`And ${left} more: they are in the report.`, ''] : []),
        ...(job === undefined ? [] : [jobTable([job], style)])
    ].join('\n');
}
/** One row for each leg: which runner, which step, and its last word. */
function jobTable(jobs, style) {
    const rows = jobs
        .slice(0, MOST_ROWS)
        .map((job) => [
        isLink(job.url) ? `[${outside(job.name, style)}](${job.url})` : outside(job.name, style),
        outside(job.conclusion, style),
        outside(job.runner ?? (job.id === 'job-unknown' ? 'unknown' : 'none took it'), style),
        outside(job.failedSteps.join(', '), style),
        outside(job.lastAnnotation, style)
    ]);
    const left = jobs.length - rows.length;
    return ((0,markdown/* table */.tp)(['Job', 'Result', 'Runner', 'Failed step', 'Last annotation'], rows) +
        (left > 0 ? `\nAnd ${left} more.\n` : ''));
}
/** The comment that goes with a change; undefined when there is nothing to say. */
function commentOf(change, style) {
    const text = newsOf(change, style);
    if (text === undefined)
        return undefined;
    const mention = change.kind === 'reopen' && style.mention !== undefined ? `\n\ncc @${style.mention}` : '';
    return `${commentMarker(style.run)}\n${(0,markdown/* cut */.Jj)(text, MOST_BODY_BYTES - 1000, noteOf(style))}${mention}`;
}
/** First line of a comment: by it a lost answer is told from a comment that was never made. */
function commentMarker({ id, attempt }) {
    return `<!-- neurodesk-ci-comment: run=${id} attempt=${attempt} -->`;
}
function newsOf(change, style) {
    const named = (names) => listed(names, style);
    switch (change.kind) {
        case 'open':
        case 'refresh':
            return undefined;
        case 'close':
        case 'recover':
            return text_endOf(change, style);
        case 'reopen':
            return `${change.again ? 'It is back' : 'It was closed, and it is still there'}. ${detailsOf(change, style)}`;
        case 'tell': {
            const lines = [
                ...(change.again ? ['It is back.'] : []),
                ...(change.joined.length > 0 ? [`New: ${named(change.joined)}.`] : []),
                ...(change.recovered.length > 0 ? [`Well again: ${named(change.recovered)}.`] : []),
                ...(change.dropped.length > 0 ? [`No longer checked: ${named(change.dropped)}.`] : []),
                ...(change.altered.length > 0 && change.subject === FLEET
                    ? [`Changed: ${named(change.altered)}.`]
                    : []),
                ...(change.altered.length > 0 && change.subject !== FLEET ? ['What is wrong has changed.'] : [])
            ];
            return `${lines.join(' ')}\n\n${detailsOf(change, style)}`;
        }
    }
}
/** All is well, or nobody looks at it any more: which of the two makes a difference to who relies on it. */
function text_endOf({ known, recovered, dropped }, style) {
    if (dropped.length > 0) {
        const well = recovered.length > 0 ? ` Well again: ${listed(recovered, style)}.` : '';
        const [is, are] = dropped.length === 1 ? ['is', 'it is'] : ['are', 'they are'];
        return `No longer checked: ${listed(dropped, style)} ${is} not among what was looked at in ${linkTo(style)}. Whether ${are} well is not known.${well}`;
    }
    const state = known?.state;
    const lasted = state === undefined || state.seen === 0
        ? ''
        : ` after ${(0,markdown/* span */.Ln)(style.now - Date.parse(state.since))} and ${state.seen} bad ${state.seen === 1 ? 'run' : 'runs'}`;
    return `Well again in ${linkTo(style)}${lasted}.`;
}
function listed(names, style) {
    const shown = names.slice(0, MOST_ROWS).map((name) => (0,markdown/* code */.aY)(style.scrub(name)));
    return shown.join(', ') + (names.length > MOST_ROWS ? ` and ${names.length - MOST_ROWS} more` : '');
}
/** Text from outside, for one line of Markdown. */
function outside(text, { scrub }) {
    const clean = scrub(text);
    return (0,markdown/* escape */.ih)(clean.length > MOST_CELL ? `${clean.slice(0, MOST_CELL)}…` : clean);
}
function linkTo(style) {
    const { run } = style;
    const attempt = run.attempt > 1 ? `, attempt ${run.attempt}` : '';
    return `[${outside(run.workflow, style)}, run ${run.id}${attempt}](${run.url}${run.attempt > 1 ? `/attempts/${run.attempt}` : ''})`;
}
function noteOf({ run }) {
    return `Cut here: the whole report is among the artifacts of ${run.url}`;
}
function namesOf(problems) {
    return problems.map(({ subject }) => subject).join(', ');
}
function dateOf(iso) {
    return `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;
}
function isLink(url) {
    return /^https?:\/\/[^\s()<>]+$/.test(url);
}

;// CONCATENATED MODULE: ./actions/report-problem/src/write.ts
/** Carrying the plan out: one issue after another, and one that cannot be written does not stop the others. */





/** GitHub's lists lag a little behind what was written. */
const SETTLE_MS = 1_000;
function nothingWritten() {
    return {
        opened: [],
        updated: [],
        closed: [],
        issueOf: new Map(),
        failures: [],
        warnings: [],
        readOnly: false
    };
}
async function writeChanges(plan, twins, style, desk) {
    const written = nothingWritten();
    const created = [];
    for (const { issue, original } of twins)
        await closeTwin(issue, original, desk, written);
    for (const change of plan.changes) {
        const goOn = await attempt(change.subject, desk, written, async () => {
            await (change.known === undefined
                ? writeNew(change, style, desk, written, created)
                : writeOld(change, change.known.issue.number, style, desk, written));
        });
        if (!goOn)
            break;
    }
    await settle(created, desk, written);
    for (const { issue } of created)
        if (written.opened.includes(issue.number))
            await dispatch(issue.number, desk, written);
    return written;
}
/** Notes a failure; false when the next one would fail the same way. */
async function attempt(subject, desk, written, write) {
    desk.signal.throwIfAborted();
    try {
        await write();
        return true;
    }
    catch (error) {
        if (desk.signal.aborted)
            throw error;
        // A bug of ours is not to be taken for a failure of GitHub's.
        if (!isFailureOfGitHub(error))
            throw error;
        written.failures.push({ subject, reason: firstLine((0,failure/* messageOf */.bD)(error)) });
        if (error instanceof github/* Refused */.Lw && error.status === 403)
            written.readOnly = true;
        return error instanceof github/* Rejected */.HE;
    }
}
/** A permission, a limit, no connection, a request that it does not like, issues that are switched off (410). */
function isFailureOfGitHub(error) {
    return (error instanceof github/* Refused */.Lw ||
        error instanceof github/* Rejected */.HE ||
        error instanceof failure/* TransientError */.N_ ||
        (error instanceof Error && 'status' in error && error.status === 410));
}
async function writeNew(change, style, desk, written, created) {
    const marker = markerOf(style.key, change.subject);
    const text = { title: titleOf(change, style), body: bodyOf(change, style) };
    const subjects = change.problems.map(({ subject }) => subject);
    const made = await write_open(text, marker, subjects, desk, written);
    if (made.isNew)
        created.push(made);
}
async function writeOld(change, number, style, desk, written) {
    const { issues } = desk.repository;
    for (const { subject } of change.problems)
        written.issueOf.set(subject, number);
    const body = bodyOf(change, style);
    const comment = commentOf(change, style);
    // A comment that is there twice is better than one that was never made: it goes first, where the issue is open.
    if (change.kind === 'reopen')
        await issues.update(number, { state: 'open', body });
    if (comment !== undefined)
        await say(number, comment, commentMarker(desk.run), desk);
    if (change.kind === 'close')
        await issues.update(number, { state: 'closed', reason: 'completed', body });
    else if (change.kind !== 'reopen')
        await issues.update(number, { body });
    desk.log.info(`${PAST[change.kind]} #${number} for ${change.subject}`);
    if (change.kind === 'close')
        written.closed.push(number);
    else if (change.kind === 'reopen')
        written.opened.push(number);
    else if (change.kind !== 'refresh')
        written.updated.push(number);
    if (change.kind === 'reopen')
        await dispatch(number, desk, written);
}
const PAST = {
    open: 'opened',
    reopen: 'reopened',
    tell: 'commented on',
    refresh: 'brought up to date',
    recover: 'called well',
    close: 'closed'
};
/**
 * Two runs may open the same issue at the same time, and GitHub has no way to ask for one only: each looks before,
 * and again afterwards (`settle`); the higher number goes.
 */
async function write_open(text, marker, subjects, desk, written) {
    const find = async () => (await listRecent(desk.repository, ({ body }) => body.startsWith(marker), desk.log))[0];
    const before = await find();
    const issue = before ?? (await create(text, find, desk, written));
    for (const subject of subjects)
        written.issueOf.set(subject, issue.number);
    if (before === undefined) {
        desk.log.info(`opened #${issue.number}: ${text.title}`);
        written.opened.push(issue.number);
    }
    return { issue, marker, subjects, isNew: before === undefined };
}
/** Closes what another run has opened before: the number that counts instead, by the one that is gone. */
async function settle(created, desk, written) {
    const replaced = new Map();
    if (created.length === 0)
        return replaced;
    const { repository, clock, log, signal } = desk;
    await attempt('issues', desk, written, async () => {
        await clock.sleep(SETTLE_MS, signal);
        const recent = await listRecent(repository, ({ body }) => created.some(({ marker }) => body.startsWith(marker)), log);
        for (const { issue, marker, subjects } of created) {
            const original = recent.find(({ body }) => body.startsWith(marker));
            if (original === undefined || original.number >= issue.number)
                continue;
            await closeTwin(issue, original, desk, written);
            replaced.set(issue.number, original.number);
            written.opened.splice(written.opened.indexOf(issue.number), 1);
            for (const subject of subjects)
                written.issueOf.set(subject, original.number);
        }
    });
    return replaced;
}
async function create(text, lookAgain, { repository, labels, assignees }, written) {
    try {
        return await repository.issues.create({ ...text, labels, assignees }, lookAgain);
    }
    catch (error) {
        if (!(error instanceof github/* Rejected */.HE) || assignees.length === 0)
            throw error;
        // Somebody who left the organisation must not keep the problem from being told.
        written.warnings.push(`The issue could not be assigned to ${assignees.join(', ')}: ${error.details}`);
        return await repository.issues.create({ ...text, labels, assignees: [] }, lookAgain);
    }
}
/** The marker, which is the first line, goes as well: a twin is nobody's issue any more. */
async function closeTwin(issue, original, desk, written) {
    try {
        const rest = issue.body.slice(issue.body.indexOf('\n') + 1);
        await desk.repository.issues.update(issue.number, {
            state: 'closed',
            reason: 'duplicate',
            body: `Duplicate of #${original.number}: two runs opened them at the same time.\n\n${rest}`
        });
        desk.log.info(`closed #${issue.number}: #${original.number} is the same`);
    }
    catch (error) {
        if (!isFailureOfGitHub(error))
            throw error;
        const reason = firstLine((0,failure/* messageOf */.bD)(error));
        written.warnings.push(`#${issue.number} is the same as #${original.number} and could not be closed: ${reason}`);
    }
}
/** A comment whose first line is `mark`: by it a lost answer is told from a comment that was never made. */
async function say(number, body, mark, { repository }) {
    await repository.issues.comment(number, body, async () => (await repository.issues.comments(number)).find((one) => one.body.startsWith(mark)));
}
/** Starts the workflow that looks into issues; only for runs of the default branch, since that is what it works on. */
async function dispatch(number, desk, written) {
    const { repository, dispatchWorkflow, log, run } = desk;
    if (dispatchWorkflow === '')
        return false;
    try {
        const { defaultBranch } = await repository.about();
        if (run.ref !== `refs/heads/${defaultBranch}`) {
            log.info(`${dispatchWorkflow} is started for runs of ${defaultBranch} only`);
            return false;
        }
        await repository.runs.dispatch(dispatchWorkflow, defaultBranch, { 'issue-number': String(number) });
        log.info(`started ${dispatchWorkflow} for #${number}`);
        return true;
    }
    catch (error) {
        if (!isFailureOfGitHub(error))
            throw error;
        const reason = firstLine((0,failure/* messageOf */.bD)(error));
        written.warnings.push(`${dispatchWorkflow} could not be started for #${number}: ${reason}`);
        return false;
    }
}

;// CONCATENATED MODULE: ./actions/report-problem/src/per-run.ts






/** Subjects that are spelled out in a comment. */
const MOST_SPELLED_OUT = 20;
async function lookForRunIssues(style, desk) {
    const { run, key } = style;
    const isOwn = ({ body }) => firstLineOf(body) === runMarker(run.id);
    const isEarlier = ({ body, state }) => state === 'open' && runOf(body) < run.id && body.split('\n', 2)[1]?.trim() === keyMarker(key);
    const found = await listIssues(desk.repository, (issue) => isOwn(issue) || isEarlier(issue), style.now, desk.log);
    return { own: found.find(isOwn), earlier: found.filter((issue) => !isOwn(issue)) };
}
/** Opens the issue of this run, or tells the one that is there about this attempt. */
async function reportRun(problem, issues, style, desk) {
    const written = nothingWritten();
    await attempt(`run ${style.run.id}`, desk, written, async () => {
        const { repository } = desk;
        const subjects = problem.problems.map(({ subject }) => subject);
        let number = issues.own?.number;
        let author = issues.own?.author;
        if (number === undefined) {
            const text = { title: runTitle(problem, style), body: runBody(problem, style) };
            const made = await write_open(text, runMarker(style.run.id), subjects, desk, written);
            const replaced = made.isNew ? await settle([made], desk, written) : new Map();
            number = replaced.get(made.issue.number) ?? made.issue.number;
            author = made.issue.author;
        }
        else if (issues.own?.state === 'closed') {
            await repository.issues.update(number, { state: 'open' });
            written.opened.push(number);
        }
        for (const subject of subjects)
            written.issueOf.set(subject, number);
        const comments = await repository.issues.comments(number);
        // Anybody may write our marker into a comment.
        const has = (marker) => comments.some((one) => one.author === author && firstLineOf(one.body) === marker);
        const mark = attemptMarker(style);
        if (!has(mark)) {
            await say(number, attemptText(problem, style), mark, desk);
            if (!written.opened.includes(number))
                written.updated.push(number);
        }
        const dispatched = marker('workflow-failure-dispatched', style);
        if (!has(dispatched) && (await dispatch(number, desk, written)))
            await say(number, `${dispatched}\nStarted ${desk.dispatchWorkflow} for attempt ${style.run.attempt}.`, dispatched, desk);
    });
    return written;
}
/** The run is well: its own issue (an earlier attempt failed) and those of earlier runs are closed. */
async function closeRuns(issues, style, desk) {
    const written = nothingWritten();
    const open = [...(issues.own?.state === 'open' ? [issues.own] : []), ...issues.earlier];
    for (const { number } of open) {
        const goOn = await attempt(`issue ${number}`, desk, written, async () => {
            const mark = marker('workflow-recovered', style);
            await say(number, `${mark}\nWell again in ${linkTo(style)}.`, mark, desk);
            await desk.repository.issues.update(number, { state: 'closed', reason: 'completed' });
            written.closed.push(number);
        });
        if (!goOn)
            break;
    }
    return written;
}
/** True for an issue that somebody closed as not planned: left alone. */
function isLeftAlone(issue) {
    return issue?.state === 'closed' && (issue.reason === 'not_planned' || issue.reason === 'duplicate');
}
function runTitle({ jobs, problems }, style) {
    const { run, title, scrub } = style;
    const values = {
        workflow: run.workflow,
        run: String(run.id),
        subject: jobs[0]?.name ?? problems[0]?.subject ?? '',
        problem: jobs[0]?.message ?? problems[0]?.complaints[0]?.message ?? ''
    };
    return oneLine(scrub((0,placeholders/* fill */.G)(title === '' ? 'Job failure - {workflow} - run {run}' : title, values)));
}
function runBody(problem, style) {
    const { run, template } = style;
    const details = `Workflow **${outside(run.workflow, style)}** failed.\n\n${run.url}\n\nRef: ${outside(run.ref, style)}. Each attempt is told in a comment.`;
    const values = {
        details,
        subject: outside(problem.jobs[0]?.name ?? '', style),
        problem: outside(problem.jobs[0]?.message ?? '', style),
        workflow: outside(run.workflow, style),
        run: String(run.id),
        'run-url': run.url,
        ref: outside(run.ref, style)
    };
    const mention = style.mention === undefined ? '' : `\n\ncc @${style.mention}`;
    const text = (0,markdown/* cut */.Jj)(template === undefined ? details : (0,placeholders/* fill */.G)(template, values), MOST_BODY_BYTES - 1000);
    return `${runMarker(run.id)}\n${keyMarker(style.key)}\n${text.trimEnd()}${mention}\n`;
}
function attemptText({ jobs, problems }, style) {
    const { run } = style;
    const spelledOut = problems
        .filter(({ job }) => job === undefined)
        .slice(0, MOST_SPELLED_OUT)
        .map((problem) => `**${outside(problem.subject, style)}**\n\n${complaintsOf(problem, style)}`);
    const told = problems.filter(({ job }) => job === undefined).length;
    const text = [
        `Attempt ${run.attempt}: ${jobs.length} failed or timed-out ${jobs.length === 1 ? 'job' : 'jobs'}.`,
        `${run.url}/attempts/${run.attempt}`,
        '',
        ...(jobs.length > 0 ? [jobTable(jobs, style)] : []),
        ...spelledOut,
        ...(told > spelledOut.length
            ? [`And ${told - spelledOut.length} more subjects: they are in the reports.`]
            : [])
    ].join('\n');
    // The line that the older form of the automation looks for.
    const older = `<!-- neurodesktop-job-failure-report: run=${run.id} attempt=${run.attempt} -->`;
    const note = `Cut here: the whole report is among the artifacts of ${run.url}`;
    return `${attemptMarker(style)}\n${older}\n${(0,markdown/* cut */.Jj)(text, MOST_BODY_BYTES - 1000, note)}`;
}
function runMarker(run) {
    return `<!-- neurodesktop-workflow-failure: run=${run} -->`;
}
function attemptMarker(style) {
    return marker('workflow-failure-attempt', style);
}
function marker(name, { run }) {
    return `<!-- neurodesktop-${name}: run=${run.id} attempt=${run.attempt} -->`;
}
/** Not part of the older form: by it a later run finds what it may close. */
function keyMarker(key) {
    return `<!-- neurodesk-ci-key: ${digest(key)} -->`;
}
function runOf(body) {
    const match = /^<!-- neurodesktop-workflow-failure: run=(\d{1,16}) -->$/.exec(firstLineOf(body));
    return match === null ? Number.NaN : Number(match[1]);
}
function firstLineOf(body) {
    return (body.split('\n', 1)[0] ?? '').trim();
}

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __nccwpck_require__(760);
var external_node_path_default = /*#__PURE__*/__nccwpck_require__.n(external_node_path_);
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

;// CONCATENATED MODULE: ./actions/report-problem/src/read.ts
/** Reports and the template, read from files that other jobs left: checked, never trusted. */




/** More files than this are a pattern that means something else. */
const MOST_FILES = 500;
/** Of all reports together. */
const MOST_BYTES = 128 * 1024 * 1024;
const MOST_TEMPLATE_BYTES = 60_000;
/** @throws InputError when the patterns name far too many files */
async function readReports(patterns, ports) {
    const files = new Set();
    const missing = [];
    for (const pattern of patterns) {
        let count = 0;
        for await (const file of ports.fs.glob(pattern, { cwd: ports.runner.workspace })) {
            count++;
            files.add(external_node_path_default().resolve(ports.runner.workspace, file));
            if (files.size > MOST_FILES)
                throw new failure/* InputError */.dz([
                    { input: 'reports', given: pattern, allowed: `patterns that name at most ${MOST_FILES} files` }
                ]);
        }
        if (count === 0)
            missing.push(pattern);
    }
    const found = [];
    const unreadable = [];
    let left = MOST_BYTES;
    for (const full of [...files].sort()) {
        const file = external_node_path_default().relative(ports.runner.workspace, full);
        const read = await readOne(full, Math.min(left, MAX_REPORT_BYTES), ports);
        if (typeof read === 'string')
            unreadable.push({ file, reason: read });
        else {
            left -= read.size;
            found.push({ file, report: read.report });
        }
    }
    return { found, missing, unreadable };
}
async function readOne(full, mostBytes, { fs }) {
    try {
        const { size } = await fs.stat(full);
        if (size > mostBytes)
            return `${size} bytes are too many`;
        const read = readReport(await fs.readFile(full, 'utf8'));
        return 'report' in read ? { report: read.report, size } : read.problems.slice(0, 3).join('; ');
    }
    catch (error) {
        return (0,failure/* messageOf */.bD)(error);
    }
}
const TEMPLATE_NAMES = ['subject', 'problem', 'details', 'workflow', 'run', 'run-url', 'ref'];
/** @throws InputError when it is not there, too long, or names what there is not */
async function readTemplate(given, ports) {
    if (given === '')
        return undefined;
    const refused = (allowed) => new failure/* InputError */.dz([{ input: 'template', given, allowed }]);
    let text;
    try {
        const file = external_node_path_default().resolve(ports.runner.workspace, given);
        if ((await ports.fs.stat(file)).size > MOST_TEMPLATE_BYTES)
            throw refused(`a file of at most ${MOST_TEMPLATE_BYTES} bytes`);
        text = await ports.fs.readFile(file, 'utf8');
    }
    catch (error) {
        if (error instanceof failure/* InputError */.dz)
            throw error;
        throw refused(`the path of a file that can be read (${(0,failure/* messageOf */.bD)(error)})`);
    }
    const unknown = (0,placeholders/* unknownNames */.b)(text, TEMPLATE_NAMES);
    if (unknown.length > 0)
        throw refused(`the names ${TEMPLATE_NAMES.map((name) => `{${name}}`).join(', ')}; it has ${unknown.join(', ')}`);
    if (!text.includes('{details}'))
        throw refused('a file with {details}, where the findings go');
    return text;
}

;// CONCATENATED MODULE: ./actions/report-problem/src/report.ts

function toOutcome(result) {
    const { problems, jobs, written, unsure } = result;
    const isBad = problems.length > 0 || jobs.length > 0;
    const silent = written.failures.length > 0 && !(written.readOnly && result.isUntrusted);
    const headline = headlineOf(result);
    const numbers = [...new Set([...written.issueOf.values(), ...written.opened, ...written.updated])];
    return {
        verdict: isBad ? 'failed' : silent || unsure.length > 0 ? 'unknown' : 'ok',
        headline,
        findings: findingsOf(result),
        figures: {
            'problem-count': problems.length,
            'failed-job-count': jobs.length,
            'opened-count': written.opened.length,
            'updated-count': written.updated.length,
            'closed-count': written.closed.length,
            'waiting-count': result.waiting.size
        },
        outputs: {
            'issue-numbers': JSON.stringify(numbers.sort((a, b) => a - b)),
            'opened-count': String(written.opened.length),
            'updated-count': String(written.updated.length),
            'closed-count': String(written.closed.length)
        },
        summary: report_summaryOf(result, headline),
        ...(silent ? { failure: failureOf(result) } : {})
    };
}
function headlineOf({ problems, jobs, written, wouldDo, unsure }) {
    const bad = Math.max(problems.length, jobs.length > 0 ? 1 : 0);
    const what = bad > 0
        ? `${count(problems.length, 'problem')} in ${count(jobs.length, 'failed job')} and the reports`
        : unsure.length > 0
            ? 'Nothing is known to be bad, but not everything could be seen'
            : 'All is well';
    if (wouldDo !== undefined)
        return `Dry run: ${what}; ${count(wouldDo.length, 'issue')} would be written. Nothing was.`;
    const done = [
        ...(written.opened.length > 0 ? [`opened ${numbersOf(written.opened)}`] : []),
        ...(written.updated.length > 0 ? [`updated ${numbersOf(written.updated)}`] : []),
        ...(written.closed.length > 0 ? [`closed ${numbersOf(written.closed)}`] : [])
    ];
    return `${what}${done.length > 0 ? `: ${done.join(', ')}` : ''}.`;
}
/** The failure to report must not hide what was to be reported. */
function failureOf({ written, problems, scrub }) {
    const reasons = [...new Set(written.failures.map(({ reason }) => scrub(reason)))].join('; ');
    const bad = problems
        .slice(0, 10)
        .map(({ subject, complaints }) => scrub(`${subject}: ${complaints[0]?.message ?? ''}`));
    const told = bad.length === 0 ? '' : ` What was to be reported: ${bad.join(' | ')}.`;
    return `GitHub's issues could not be brought up to date: ${reasons}.${told} The summary of this job has all of it.`;
}
function findingsOf(result) {
    const { problems, written, scrub, waiting, threshold } = result;
    const findings = result.warnings.map(({ id, subject, message }) => ({
        id,
        subject: scrub(subject),
        severity: 'warning',
        message: scrub(message)
    }));
    for (const warning of written.warnings)
        findings.push({
            id: 'problem-partly-reported',
            subject: 'issues',
            severity: 'warning',
            message: sentence(scrub(warning))
        });
    for (const { subject, reason } of written.failures) {
        const isExpected = written.readOnly && result.isUntrusted;
        findings.push({
            id: isExpected ? 'problem-token-read-only' : 'problem-not-reported',
            subject: subject === '*' ? 'issues' : scrub(subject),
            severity: isExpected ? 'notice' : 'error',
            message: isExpected
                ? 'The token of this run can only read, as on forks: it is told in the summary alone.'
                : sentence(scrub(reason)),
            hint: isExpected
                ? 'Nothing has to be done.'
                : 'Give this job `permissions: issues: write`, and run it again.'
        });
    }
    for (const { subject, complaints } of problems) {
        const number = written.issueOf.get(subject);
        const runs = waiting.get(subject);
        const where = number !== undefined
            ? `It is told in #${number}.`
            : runs !== undefined
                ? `It is bad in ${runs} of ${threshold} runs; no issue yet.`
                : result.muted.includes(subject)
                    ? 'Its issue was closed as not planned; it is left alone.'
                    : 'It is told in no issue.';
        findings.push({
            id: number !== undefined ? 'problem-reported' : runs !== undefined ? 'problem-waits' : 'problem-untold',
            subject: scrub(subject),
            severity: 'notice',
            message: `${sentence(scrub(complaints[0]?.message ?? ''))} ${where}`
        });
    }
    return findings;
}
function report_summaryOf(result, headline) {
    const { problems, jobs, written, scrub, waiting, threshold, wouldDo } = result;
    const shown = (text) => (0,markdown/* escape */.ih)(scrub(text));
    const stateOf = (subject) => {
        const number = written.issueOf.get(subject);
        if (number !== undefined)
            return `#${number}`;
        const runs = waiting.get(subject);
        if (runs !== undefined)
            return `waits: ${runs} of ${threshold} runs`;
        return result.muted.includes(subject) ? 'left alone' : 'none';
    };
    const rows = problems.map(({ subject, complaints }) => [
        (0,markdown/* code */.aY)(scrub(subject)),
        shown(complaints[0]?.message ?? ''),
        String(complaints.length),
        stateOf(subject)
    ]);
    const jobRows = jobs.map((job) => [
        shown(job.name),
        shown(job.conclusion),
        shown(job.runner ?? 'none'),
        shown(job.failedSteps.join(', ')),
        shown(job.lastAnnotation)
    ]);
    const notes = [
        ...written.failures.map(({ subject, reason }) => `**Not written** (${shown(subject)}): ${shown(reason)}`),
        ...written.warnings.map(shown),
        ...result.warnings.map(({ subject, message }) => `${(0,markdown/* code */.aY)(scrub(subject))}: ${shown(message)}`),
        ...(result.unsure.length > 0
            ? [
                `Nothing is called well again, because of: ${result.unsure.map((reason) => shown(reason)).join('; ')}.`
            ]
            : []),
        ...(result.newer.length > 0 ? [`A newer run has written ${numbersOf(result.newer)} already.`] : []),
        ...(result.remarks > 0
            ? [`${count(result.remarks, 'warning or notice', 'warnings and notices')} besides.`]
            : [])
    ];
    return [
        '## Problems',
        '',
        shown(headline).replace(/#\u200B/g, '#'),
        '',
        ...(rows.length > 0 ? [(0,markdown/* table */.tp)(['Subject', 'What is the case', 'Findings', 'Issue'], rows)] : []),
        ...(jobRows.length > 0
            ? ['### Failed jobs', '', (0,markdown/* table */.tp)(['Job', 'Result', 'Runner', 'Failed step', 'Last annotation'], jobRows)]
            : []),
        ...(wouldDo !== undefined && wouldDo.length > 0
            ? ['### What would be written', '', (0,markdown/* list */.p_)(wouldDo.map(shown))]
            : []),
        ...(notes.length > 0 ? [(0,markdown/* list */.p_)(notes)] : [])
    ].join('\n');
}
function sentence(text) {
    const flat = text.replace(/\s+/g, ' ').trim();
    return flat === '' || /[.!?]$/.test(flat) ? flat : `${flat}.`;
}
function numbersOf(numbers) {
    return numbers.map((number) => `#${number}`).join(', ');
}
function count(number, one, many = `${one}s`) {
    return `${number} ${number === 1 ? one : many}`;
}

;// CONCATENATED MODULE: ./actions/report-problem/src/scrub.ts
/** Text on its way to an issue, which everybody can read: without secrets, without what steers how it is shown. Pure. */
/** Forms of secrets that tools print in passing. The runner masks what it knows; a report was written elsewhere. */
const SECRETS = [
    [/\bgh[pousr]_[A-Za-z0-9_]{16,}/g, '***'],
    [/\bgithub_pat_[A-Za-z0-9_]{16,}/g, '***'],
    [/\b(?:dckr_pat_|glpat-|hf_|sk-)[A-Za-z0-9_-]{16,}/g, '***'],
    [/\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/g, '***'],
    [/\beyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]*/g, '***'],
    [/-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g, '***'],
    [/(:\/\/)[^\s/:@]{1,200}:[^\s/@]{1,500}@/g, '$1***@'],
    [/\b(authorization\s*[:=]\s*(?:bearer|basic|token)?\s*)[A-Za-z0-9+/=._-]{8,}/gi, '$1***'],
    [/\b(access_token|token|password|passwd|secret|signature|x-amz-signature)=([^\s&]{4,})/gi, '$1=***']
];
/** Marks that turn the direction of text, and characters that nobody sees. */
const INVISIBLE = /[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/g;
/** `known` are secrets of this run: the token. */
function createScrub(known) {
    const own = known.filter((secret) => secret.length > 3);
    return (text) => {
        // Nothing from outside may look like one of our own marks, not even inside of code.
        const plain = text.replace(INVISIBLE, '').replaceAll('<!--', '<! --');
        const bare = own.reduce((rest, secret) => rest.replaceAll(secret, '***'), plain);
        return SECRETS.reduce((rest, [pattern, by]) => rest.replace(pattern, by), bare);
    };
}

;// CONCATENATED MODULE: ./actions/report-problem/src/subject.ts
/** Reads it off the runner; undefined outside of a run. */
function subjectOf(runner) {
    const followed = runner.eventName === 'workflow_run' ? fromEvent(runner, at(runner.event, 'workflow_run')) : undefined;
    if (followed !== undefined)
        return followed;
    const id = Number(runner.runId);
    if (!Number.isSafeInteger(id) || id <= 0)
        return undefined;
    return {
        id,
        attempt: runner.runAttempt,
        workflow: runner.workflow,
        ref: runner.ref,
        url: urlOf(runner, id),
        own: true,
        untrusted: isFork(runner) || runner.actor === 'dependabot[bot]',
        submitter: submitterOf(runner)
    };
}
function fromEvent(runner, run) {
    const id = at(run, 'id');
    const attempt = at(run, 'run_attempt');
    if (!isCount(id) || !isCount(attempt))
        return undefined;
    const branch = textAt(run, 'head_branch') ?? '';
    const head = textAt(run, 'head_repository', 'full_name');
    const isForeign = head?.toLowerCase() !== runner.repository.toLowerCase();
    return {
        id,
        attempt,
        workflow: textAt(run, 'name') ?? runner.workflow,
        // A branch of a fork may be called main as well.
        ref: isForeign ? `${head ?? 'a repository that is gone'}:${branch}` : `refs/heads/${branch}`,
        url: urlOf(runner, id),
        own: false,
        // The token of a workflow_run is that of the default branch.
        untrusted: false,
        submitter: textAt(run, 'event') === 'schedule' ? undefined : textAt(run, 'triggering_actor', 'login')
    };
}
/** https://docs.github.com/en/webhooks/webhook-events-and-payloads: who stands behind each event. */
function submitterOf({ event, eventName, triggeringActor }) {
    switch (eventName) {
        case 'pull_request':
        case 'pull_request_target':
            return textAt(event, 'pull_request', 'user', 'login');
        case 'issues':
        case 'issue_comment':
            return textAt(event, 'issue', 'user', 'login');
        case 'push':
            return textAt(event, 'head_commit', 'author', 'username') ?? textAt(event, 'sender', 'login');
        case 'workflow_dispatch':
            return triggeringActor === '' ? undefined : triggeringActor;
        default:
            return undefined;
    }
}
function isFork({ event, eventName, repository }) {
    if (eventName !== 'pull_request')
        return false;
    const head = textAt(event, 'pull_request', 'head', 'repo', 'full_name');
    // Null when the fork is gone.
    return head?.toLowerCase() !== repository.toLowerCase();
}
function urlOf({ serverUrl, repository }, id) {
    return `${serverUrl.replace(/\/+$/, '')}/${repository}/actions/runs/${id}`;
}
function at(value, ...path) {
    return path.reduce((inner, name) => typeof inner === 'object' && inner !== null ? inner[name] : undefined, value);
}
function textAt(value, ...path) {
    const found = at(value, ...path);
    return typeof found === 'string' && found !== '' ? found : undefined;
}
function isCount(value) {
    return Number.isSafeInteger(value) && value > 0;
}

;// CONCATENATED MODULE: ./actions/report-problem/src/run.ts















async function run(inputs, ports) {
    const { log, runner, clock } = ports;
    const subject = subjectOf(runner);
    if (subject === undefined)
        throw new failure/* InputError */.dz([
            { input: 'GITHUB_RUN_ID', given: runner.runId, allowed: 'the number of a run: this runs in a workflow' }
        ]);
    const scrub = createScrub([inputs.token]);
    const key = inputs.key === '' ? `${subject.workflow} ${subject.ref}` : inputs.key;
    // 1. Read what the jobs left.
    const template = await readTemplate(inputs.template, ports);
    const reports = await readReports(inputs.reports, ports);
    // 2. See what became of the jobs: one that was killed left nothing.
    const repository = ports.github.repository(runner.repository);
    const seen = await log.group('Jobs of the run', async () => await lookAtRun(repository, subject, log));
    const jobs = judgeJobs(seen.jobs, inputs.needs, reports.found.map(({ report }) => report));
    const findings = findProblems(reports.found, jobs, run_doubtsOf(reports));
    const facts = { subject, key, scrub, reports, jobs, findings, jobsUnknown: seen.reason };
    // 3. Bring the issues up to date, each about one subject or about the run.
    const desk = {
        repository,
        clock,
        log,
        signal: runner.signal,
        labels: inputs.labels,
        assignees: inputs.assignees,
        dispatchWorkflow: inputs.dispatchWorkflow,
        run: subject
    };
    const style = {
        run: subject,
        key,
        now: clock.now(),
        title: inputs.title,
        template,
        mention: inputs.mentionSubmitter && (0,src_inputs/* isLogin */.W5)(subject.submitter ?? '') ? subject.submitter : undefined,
        closeOnRecovery: inputs.closeOnRecovery,
        scrub
    };
    let result;
    try {
        result =
            inputs.style === 'per-run'
                ? await perRun(inputs, facts, style, desk, ports)
                : await perSubject(inputs, facts, style, desk, ports);
    }
    catch (error) {
        // The issues could not even be read. What was found must be told all the same.
        if (runner.signal.aborted || !isFailureOfGitHub(error))
            throw error;
        const reason = firstLine((0,failure/* messageOf */.bD)(error));
        result = {
            ...base(facts, inputs),
            written: { ...nothingWritten(), failures: [{ subject: 'issues', reason }] }
        };
    }
    // 4. Tell.
    return toOutcome(result);
}
async function perSubject(inputs, facts, style, desk, ports) {
    const { findings, key } = facts;
    const { known, twins } = await desk.log.group('Issues', async () => await lookForIssues(desk.repository, key, style.now, desk.log));
    const history = await countRuns(findings.problems.map(({ subject }) => subject), inputs, facts, desk, ports);
    const planned = plan(findings, known, history.streaks, facts.subject, inputs);
    if (inputs.threshold > 1)
        leaveStreaks(key, planned.waiting, desk.log);
    const common = {
        ...base(facts, inputs),
        waiting: planned.waiting,
        muted: planned.muted,
        newer: planned.newer
    };
    const warnings = [...common.warnings, ...history.warnings];
    if (inputs.dryRun) {
        const wouldDo = [
            ...twins.map(({ issue }) => `close #${issue.number}, a duplicate`),
            ...planned.changes.map((change) => run_describe(change, style))
        ];
        return { ...common, warnings, wouldDo };
    }
    const written = await desk.log.group('Writing', async () => await writeChanges(planned, twins, style, desk));
    for (const [subject, number] of planned.covered)
        if (!written.issueOf.has(subject))
            written.issueOf.set(subject, number);
    return { ...common, warnings, written };
}
async function perRun(inputs, facts, style, desk, ports) {
    const { jobs, findings, reports, key, subject } = facts;
    const isRed = reports.found.some(({ report }) => ['failed', 'unknown'].includes(report.verdict));
    const isBad = jobs.failed.length > 0 || isRed;
    const isSure = findings.doubts.length === 0 && (jobs.well.length > 0 || reports.found.length > 0);
    const issues = await lookForRunIssues(style, desk);
    const name = `run of ${key}`;
    const history = await countRuns(isBad ? [name] : [], inputs, facts, desk, ports);
    const runs = (history.streaks.get(digest(name)) ?? 0) + 1;
    const waits = isBad && issues.own === undefined && runs < inputs.threshold;
    if (inputs.threshold > 1)
        leaveStreaks(key, new Map(isBad ? [[name, runs]] : []), desk.log);
    const alone = isBad && isLeftAlone(issues.own);
    const subjects = findings.problems.map((problem) => problem.subject);
    const common = {
        ...base(facts, inputs),
        waiting: new Map(waits ? subjects.map((one) => [one, runs]) : []),
        muted: alone ? subjects : []
    };
    const warnings = [...common.warnings, ...history.warnings];
    const problem = { jobs: jobs.failed, problems: findings.problems };
    const reportIt = isBad && !waits && !alone;
    const closeIt = !isBad && isSure && inputs.closeOnRecovery;
    if (inputs.dryRun) {
        const wouldClose = [...(issues.own?.state === 'open' ? [issues.own] : []), ...issues.earlier];
        const wouldDo = [
            ...(reportIt
                ? [
                    issues.own === undefined
                        ? `open "${runTitle(problem, style)}"`
                        : `comment on #${issues.own.number}: attempt ${subject.attempt}`
                ]
                : []),
            ...(closeIt ? wouldClose.map(({ number }) => `close #${number}`) : [])
        ];
        return { ...common, warnings, wouldDo };
    }
    const written = reportIt
        ? await reportRun(problem, issues, style, desk)
        : closeIt
            ? await closeRuns(issues, style, desk)
            : nothingWritten();
    return { ...common, warnings, written };
}
/** Nobody waits when nobody can count: reported too early is better than never. */
async function countRuns(bad, inputs, { key }, desk, { runner }) {
    if (inputs.threshold === 1 || bad.length === 0)
        return { streaks: new Map(), warnings: [] };
    const { streaks, reason } = await readStreaks(desk.repository, key, runner, desk.log);
    if (streaks !== undefined)
        return { streaks, warnings: [] };
    const message = `Earlier runs could not be counted, so it is reported at once: ${reason}.`;
    return {
        streaks: new Map(bad.map((subject) => [digest(subject), inputs.threshold])),
        warnings: [{ id: 'problem-history-unknown', subject: 'threshold', message }]
    };
}
function base(facts, inputs) {
    const { reports, jobs, findings, scrub, subject, jobsUnknown } = facts;
    return {
        problems: findings.problems,
        jobs: jobs.failed,
        unsure: [...findings.doubts, ...(jobsUnknown === '' ? [] : ['the jobs of the run could not be read'])],
        reports,
        remarks: findings.remarks,
        written: nothingWritten(),
        waiting: new Map(),
        threshold: inputs.threshold,
        muted: [],
        newer: [],
        warnings: [
            ...reports.missing.map((pattern) => ({
                id: 'problem-report-missing',
                subject: pattern,
                message: 'No report is there.'
            })),
            ...reports.unreadable.map(({ file, reason }) => ({
                id: 'problem-report-unreadable',
                subject: file,
                message: `It is no report: ${reason}.`
            })),
            ...(jobsUnknown === ''
                ? []
                : [
                    {
                        id: 'problem-jobs-unknown',
                        subject: `run ${subject.id}`,
                        message: `Its jobs could not be read: ${jobsUnknown}.`
                    }
                ])
        ],
        wouldDo: undefined,
        isUntrusted: subject.untrusted,
        scrub
    };
}
function run_doubtsOf({ missing, unreadable }) {
    return [
        ...missing.map((pattern) => `no report is at ${pattern}`),
        ...unreadable.map(({ file }) => `${file} is no report`)
    ];
}
function run_describe(change, style) {
    const number = change.known?.issue.number;
    return number === undefined ? `open "${titleOf(change, style)}"` : `${WOULD[change.kind]} #${number}`;
}
const WOULD = {
    open: 'open',
    reopen: 'reopen',
    tell: 'comment on',
    refresh: 'bring up to date, without a comment,',
    recover: 'call well, without closing,',
    close: 'close'
};


/***/ }),

/***/ 545:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  Yq: () => (/* reexport */ choice),
  sh: () => (/* reexport */ common),
  QP: () => (/* reexport */ defineAction),
  Jt: () => (/* reexport */ flag),
  nd: () => (/* reexport */ integer),
  Mn: () => (/* reexport */ lines),
  TR: () => (/* reexport */ refuse),
  Cs: () => (/* reexport */ runAction),
  Qq: () => (/* reexport */ fields_text)
});

// UNUSED EXPORTS: Refusal, atLeast, commonDescriptions, countOrPercent, duration, entries, grammars, parseEntry, readInputs, secret, size, splitLines

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
// EXTERNAL MODULE: ./lib/http/index.ts + 6 modules
var lib_http = __nccwpck_require__(386);
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
var external_node_crypto_ = __nccwpck_require__(598);
;// CONCATENATED MODULE: external "node:os"
const external_node_os_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:os");
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
    process.stdout.write(line + external_node_os_namespaceObject.EOL);
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
    return `${name}<<${delimiter}${external_node_os_namespaceObject.EOL}${value}${external_node_os_namespaceObject.EOL}${delimiter}`;
}
function append(variable, text) {
    const file = fileOf(variable);
    if (file === undefined)
        return false;
    // The runner made it. One that is not there is somebody's mistake, and a new one would be read by nobody.
    (0,external_node_fs_namespaceObject.accessSync)(file, external_node_fs_namespaceObject.constants.W_OK);
    (0,external_node_fs_namespaceObject.appendFileSync)(file, text + external_node_os_namespaceObject.EOL);
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
    return given === undefined || given === '' ? (0,external_node_os_namespaceObject.tmpdir)() : given;
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

/***/ 795:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  Lw: () => (/* reexport */ Refused),
  HE: () => (/* reexport */ Rejected),
  UY: () => (/* reexport */ connectGitHub)
});

// UNUSED EXPORTS: LIMITS, Moved, TooLarge

// EXTERNAL MODULE: ./lib/failure/index.ts
var failure = __nccwpck_require__(315);
// EXTERNAL MODULE: ./lib/http/index.ts + 6 modules
var http = __nccwpck_require__(386);
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
function judge(error, now, repeatable) {
    const transport = transportError(error);
    if (transport !== undefined) {
        const judgement = classifyGitHub(transport, now);
        return repeatable || transport.kind === 'refused' || transport.kind === 'dns'
            ? judgement
            : { kind: 'final' };
    }
    const judgement = classifyGitHub(error, now);
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
const LIMITS = { ...DEFAULT_LIMITS, attempts: 5, totalMs: 20 * 60_000 };
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
                return await retry(what, async () => await request(await octokit()), {
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
        __nccwpck_require__.e(/* import() */ 856).then(__nccwpck_require__.bind(__nccwpck_require__, 856))
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
        return await retry(`${parameters.method} ${parameters.url}`, async () => {
            const response = await request(parameters);
            refuseHtml(response);
            return response;
        }, {
            classify: (error, now) => judge(error, now, repeatable),
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





/***/ }),

/***/ 386:
/***/ ((__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  j$: () => (/* reexport */ HttpError),
  F9: () => (/* reexport */ HttpStatusError),
  V0: () => (/* reexport */ createHttp)
});

// UNUSED EXPORTS: expectStatus

;// CONCATENATED MODULE: external "node:http"
const external_node_http_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:http");
var external_node_http_default = /*#__PURE__*/__nccwpck_require__.n(external_node_http_namespaceObject);
;// CONCATENATED MODULE: external "node:https"
const external_node_https_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:https");
var external_node_https_default = /*#__PURE__*/__nccwpck_require__.n(external_node_https_namespaceObject);
;// CONCATENATED MODULE: external "node:net"
const external_node_net_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:net");
;// CONCATENATED MODULE: external "node:stream"
const external_node_stream_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:stream");
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
    if (body instanceof external_node_stream_namespaceObject.Readable) {
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
    if (options.body === undefined || options.body instanceof external_node_stream_namespaceObject.Readable)
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
    const family = (0,external_node_net_namespaceObject.isIPv6)(address) ? 6 : 4;
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
/* harmony export */   tp: () => (/* binding */ table)
/* harmony export */ });
/* unused harmony exports block, details */
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

/***/ 598:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:crypto");

/***/ }),

/***/ 760:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:path");

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
/******/ var __webpack_exports__ = __nccwpck_require__(414);
/******/ __webpack_exports__ = await __webpack_exports__;
/******/ 
