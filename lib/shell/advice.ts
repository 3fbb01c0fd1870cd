/** Texts that tools print, and what helps. One line each; the first match wins. */
export const ADVICE: readonly (readonly [RegExp, string])[] = [
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
]

/** Advice for known texts in a tool's output, or undefined. */
export function adviceFor(output: string): string | undefined {
  return ADVICE.find(([pattern]) => pattern.test(output))?.[1]
}
