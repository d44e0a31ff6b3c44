/** Files in which values stand without quotes: settings, scripts, and texts of no path such as the image configuration. */
const CONFIG_PATH =
  /(?:^|\/)(?:\.?env[^/]{0,255}|[^/]{0,255}\.(?:env|ini|conf|cfg|cnf|properties|ya?ml|toml|json|xml|tfvars|tfstate|tf|hcl|plist|reg|txt|sh|bat|cmd|ps1|ovpn|nmconnection|envrc|bash|zsh|profile|rc|config|credentials|service|htpasswd|sql|mk)|\.[a-z_]{1,255}(?:rc|profile|credentials|config)?|credentials?|creds|secrets?|config|hosts|inventory|user-data|[Mm]akefile|fstab|environment|Dockerfile[^/]{0,255})$|^$/i;

/** The last path asked for: a file is asked about many times in a row. */
let known = { path: '', isConfig: true };

/** Whether values in the file need no quotes. */
export function isConfigPath(path: string): boolean {
  if (known.path !== path) known = { path, isConfig: CONFIG_PATH.test(path) };
  return known.isConfig;
}
