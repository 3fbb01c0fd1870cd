/** The credentials that rclone and its backends read from the environment: what must never be shown. Pure. */

/** https://docs.openstack.org/python-openstackclient/latest/cli/man/openstack.html#environment-variables, and AWS's own. */
const NAMED =
  /^(?:OS_(?:PASSWORD|TOKEN|AUTH_TOKEN|APPLICATION_CREDENTIAL_SECRET)|AWS_(?:SECRET_ACCESS_KEY|SESSION_TOKEN)|RCLONE_CONFIG_PASS)$/
/** Any option of any backend whose name says so; `_AUTH` is a flag or an address. */
const OF_REMOTE =
  /^RCLONE_(?:CONFIG_)?\w*(?:PASS|PASSWORD|SECRET|SECRET_ACCESS_KEY|TOKEN|KEY|KEY_PEM|SAS_URL)$/

/** Values of the environment that are secrets. Short ones are left out: masking them would hide the log. */
export function secretsIn(env: Readonly<Record<string, string | undefined>>): readonly string[] {
  return Object.entries(env).flatMap(([name, value = '']) =>
    (NAMED.test(name) || OF_REMOTE.test(name)) && value.length > 3 && !/^(?:true|false)$/i.test(value)
      ? [value]
      : []
  )
}
