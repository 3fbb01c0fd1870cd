/** Text on its way to an issue, which everybody can read: without secrets, without what steers how it is shown. Pure. */

/** Forms of secrets that tools print in passing. The runner masks what it knows; a report was written elsewhere. */
const SECRETS: readonly (readonly [RegExp, string])[] = [
  [/\bgh[pousr]_[A-Za-z0-9_]{16,}/g, '***'],
  [/\bgithub_pat_[A-Za-z0-9_]{16,}/g, '***'],
  [/\b(?:dckr_pat_|glpat-|hf_|sk-)[A-Za-z0-9_-]{16,}/g, '***'],
  [/\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/g, '***'],
  [/\beyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]*/g, '***'],
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g, '***'],
  [/(:\/\/)[^\s/:@]{1,200}:[^\s/@]{1,500}@/g, '$1***@'],
  [/\b(authorization\s*[:=]\s*(?:bearer|basic|token)?\s*)[A-Za-z0-9+/=._-]{8,}/gi, '$1***'],
  [/\b(access_token|token|password|passwd|secret|signature|x-amz-signature)=([^\s&]{4,})/gi, '$1=***']
]

/** Marks that turn the direction of text, and characters that nobody sees. */
const INVISIBLE = /[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/g

/** `known` are secrets of this run: the token. */
export function createScrub(known: readonly string[]): (text: string) => string {
  const own = known.filter((secret) => secret.length > 3)
  return (text) => {
    // Nothing from outside may look like one of our own marks, not even inside of code.
    const plain = text.replace(INVISIBLE, '').replaceAll('<!--', '<! --')
    const bare = own.reduce((rest, secret) => rest.replaceAll(secret, '***'), plain)
    return SECRETS.reduce((rest, [pattern, by]) => rest.replace(pattern, by), bare)
  }
}
