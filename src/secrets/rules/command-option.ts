import { isDrawn, isPublished } from '../plausible.ts';
import type { SecretRule } from '../rule.ts';
import { type CommandShape, commandRule, isPassword } from '../shapes/command.ts';

const OPTIONS: readonly CommandShape[] = [
  {
    id: 'option-secret',
    title: 'Secret given as an option',
    anchors: [
      '--passphrase',
      '--http-password',
      '--ftp-password',
      '--proxy-password',
      '--oauth2-bearer',
      '--requirepass',
      '--account-key',
    ],
    words: [' -password '],
    pattern: /^(?:=|\s{0,2})["']?([!#-&(-+\x2d-:=?-Z^-z~]{6,200})(?=["'\s\\,;)]|$)/,
    accepts: (value) => isPassword(value) && !isPublished(value),
    hit: 'gpg --batch --passphrase q8Zm2xKd91 --decrypt a.gpg',
    miss: 'gpg --batch --passphrase "$PASSPHRASE1" --decrypt a.gpg',
  },
  {
    id: 'option-token',
    title: 'Token given as an option',
    words: [' -token '],
    pattern: /^["']?([A-Za-z0-9._~+/=-]{16,300})(?=["'\s\\,;)]|$)/,
    accepts: isDrawn,
    hit: 'Connect-Service -Token k3Jf9sLq0Zx7Vb2Nw8Tc5Hd1',
    miss: 'the -token option2 takes one of them',
  },
  {
    id: 'secure-string-argument',
    title: 'Plain text made a SecureString, not quoted or with a dollar sign',
    specification: 'https://learn.microsoft.com/powershell/module/microsoft.powershell.security/convertto-securestring',
    anchors: ['ConvertTo-SecureString'],
    pattern:
      /^(?:\s{1,2}-(?:String|Force|AsPlainText)){0,3}\s{1,2}["']?([^\s"'$(<{\\-][^\s"'\\]{5,100})(?=["'\s\\)]|$)/i,
    accepts: (value) => isPassword(value) && /[0-9]/.test(value) && /[A-Za-z]/.test(value),
    hit: 'ConvertTo-SecureString -String -Force q8Zm2xKd91',
    miss: 'ConvertTo-SecureString -String $env:PASS1 -AsPlainText -Force',
  },
  {
    id: 'authorization-token',
    title: 'Token in an Authorization header of a scheme of its own or of none',
    words: ['authorization'],
    pattern:
      /^["'\]]{0,2}\s{0,4}(?:[:,=]|=>)\s{0,4}["'`]?(?:(?:token|apikey|api-?token|key|geniekey|bot|sso-key|ntlm)\s{1,4})?(?:token=["']?)?([A-Za-z0-9._~+/:-]{20,600}={0,2})(?=["'\s\\`,;)]|$)/i,
    accepts: isDrawn,
    hit: 'curl -H "Authorization: token k3Jf9sLq0Zx7Vb2Nw8Tc5Hd1" https://git.intern',
    miss: 'Authorization: token <token-of-the-current-user>',
  },
  {
    id: 'authorization-header-value',
    title: 'Token or login given to a header of .NET',
    specification: 'https://learn.microsoft.com/dotnet/api/system.net.http.headers.authenticationheadervalue',
    anchors: ['ticationHeaderValue('],
    pattern: /^\s{0,4}"[\w-]{1,24}"\s{0,4},\s{0,40}"([A-Za-z0-9._~+/-]{20,600}={0,2})"/,
    accepts: isDrawn,
    hit: 'new AuthenticationHeaderValue("Bearer", "k3Jf9sLq0Zx7Vb2Nw8Tc5Hd1")',
    miss: 'new AuthenticationHeaderValue("Bearer", accessToken1)',
  },
];

export const rules: readonly SecretRule[] = OPTIONS.map(commandRule);
