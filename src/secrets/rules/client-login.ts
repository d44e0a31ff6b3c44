import type { AnchoredRule, SecretRule, Site } from '../rule.ts';
import { type CommandShape, commandRule, isPassword } from '../shapes/command.ts';
import { latin1 } from '../shapes/latin1.ts';

/** Programs that take a password as an argument, as scripts and shell histories keep them. */
const CLIENTS: readonly Omit<CommandShape, 'accepts'>[] = [
  {
    id: 'mysql-login',
    title: 'Password given to a MySQL client',
    specification: 'https://dev.mysql.com/doc/refman/8.4/en/password-security-user.html',
    anchors: ['mysql ', 'mysqldump ', 'mariadb '],
    pattern: /^[^\n|;&]{0,300}?(?:^|\s)-p["']?([^\s"'\\|;&]{6,100})/,
    hit: 'mysql -h db.intern -u shop -pq8Zm2xKd91 shop',
    miss: 'mysql -h db.intern -u shop -p shop1 -P3306',
  },
  {
    id: 'redis-login',
    title: 'Password given to redis-cli',
    specification: 'https://redis.io/docs/latest/develop/tools/cli/',
    anchors: ['redis-cli '],
    pattern: /^[^\n|;&]{0,300}?(?:^|\s)(?:-a|--pass)\s{1,4}["']?([^\s"'\\|;&]{6,100})/,
    hit: 'redis-cli -h cache.intern -a q8Zm2xKd91 ping',
    miss: 'redis-cli -h cache.intern -a "$REDIS_PASSWORD" ping',
  },
  {
    id: 'registry-login',
    title: 'Password given to a registry login',
    specification: 'https://docs.docker.com/reference/cli/docker/login/',
    anchors: ['docker login ', 'podman login '],
    pattern: /^[^\n|;&]{0,300}?(?:^|\s)(?:-p|--password)[ =]["']?([^\s"'\\|;&]{6,200})/,
    hit: 'docker login -u ci -p q8Zm2xKd91 registry.intern',
    miss: 'docker login -u ci --password-stdin registry.intern2',
  },
  {
    id: 'ldap-login',
    title: 'Password given to an LDAP client',
    specification: 'https://www.openldap.org/software/man.cgi?query=ldapsearch',
    anchors: ['ldapsearch ', 'ldapadd ', 'ldapmodify '],
    pattern: /^[^\n|;&]{0,300}?(?:^|\s)-w\s{0,4}["']?([^\s"'\\|;&]{6,100})/,
    hit: 'ldapsearch -x -D cn=admin,dc=intern -w q8Zm2xKd91 -b dc=intern',
    miss: 'ldapsearch -x -D cn=admin,dc=intern -W -b dc=intern1',
  },
  {
    id: 'mongodb-login',
    title: 'Password given to a MongoDB client',
    specification: 'https://www.mongodb.com/docs/mongodb-shell/reference/options/',
    anchors: ['mongosh ', 'mongo ', 'mongodump '],
    pattern: /^[^\n|;&]{0,300}?(?:^|\s)(?:-p|--password)[ =]?["']?([^\s"'\\|;&]{6,100})/,
    hit: 'mongosh --host db.intern -u admin -p q8Zm2xKd91',
    miss: 'mongosh --host db.intern -u admin -p --port 27017',
  },
  {
    id: 'sqlcmd-login',
    title: 'Password given to sqlcmd',
    specification: 'https://learn.microsoft.com/sql/tools/sqlcmd/sqlcmd-utility',
    anchors: ['sqlcmd '],
    pattern: /^[^\n|;&]{0,300}?(?:^|\s)-P\s{0,4}["']?([^\s"'\\|;&]{6,100})/,
    hit: 'sqlcmd -S db.intern -U sa -P q8Zm2xKd91 -Q "select 1"',
    miss: 'sqlcmd -S db.intern -U sa -P "$SA_PASSWORD"',
  },
  {
    id: 'sqlplus-login',
    title: 'Password given to sqlplus',
    anchors: ['sqlplus '],
    pattern: /^(?:-\w{1,8}\s{1,4})?["']?[\w$#.]{1,64}\/["']?([^\s"'@/\\|;&]{6,64})/,
    hit: 'sqlplus -S shop/q8Zm2xKd91@db.intern:1521/shop',
    miss: 'sqlplus / as sysdba1',
  },
  {
    id: 'smb-login',
    title: 'Password given to an SMB client',
    specification: 'https://www.samba.org/samba/docs/current/man-html/smbclient.1.html',
    anchors: ['smbclient '],
    pattern: /^[^\n|;&]{0,300}?(?:^|\s)-U\s{0,4}["']?[^\s%"']{1,64}%([^\s"'\\|;&]{6,100})/,
    hit: "smbclient //nas.intern/share -U 'ci%q8Zm2xKd91'",
    miss: "smbclient //nas.intern/share -U 'ci%$PASS1234'",
  },
  {
    id: 'azure-cli-login',
    title: 'Secret given to az login',
    specification: 'https://learn.microsoft.com/cli/azure/authenticate-azure-cli-service-principal',
    anchors: ['az login '],
    pattern: /^[^\n|;&]{0,300}?(?:^|\s)(?:-p|--password)[ =]["']?([^\s"'\\|;&]{6,100})/,
    hit: 'az login --service-principal -u 0a1b -p q8Zm2xKd91 --tenant x',
    miss: 'az login --service-principal -u 0a1b -p "$SECRET1" --tenant x',
  },
  {
    id: 'java-store-password',
    title: 'Password of a Java keystore on a command line',
    specification: 'https://docs.oracle.com/en/java/javase/21/docs/specs/man/keytool.html',
    anchors: ['storepass ', '-keypass '],
    pattern: /^["']?([^\s"'\\|;&]{6,100})/,
    hit: 'keytool -genkeypair -storepass q8Zm2xKd91 -alias a',
    miss: 'keytool -list -storepass changeit -alias a1',
  },
  {
    id: 'htpasswd-password',
    title: 'Password given to htpasswd',
    specification: 'https://httpd.apache.org/docs/current/programs/htpasswd.html',
    anchors: ['htpasswd -'],
    pattern: /^(?=\w{0,5}b)\w{1,6}\s(?:-\w{1,4}\s)?(?:[^\s|;&]{1,100}\s){1,2}["']?([^\s"'\\|;&]{6,100})/,
    hit: 'htpasswd -bc /etc/nginx/.htpasswd ci q8Zm2xKd91',
    miss: 'htpasswd -c /etc/nginx/.htpasswd ci user1name',
  },
  {
    id: 'npm-config-token',
    title: 'Token given to npm config',
    specification: 'https://docs.npmjs.com/cli/commands/npm-config',
    anchors: ['npm config set '],
    pattern: /^[^\s=]{0,120}_(?:authToken|password|auth)[ =]["']?([^\s"'\\|;&]{8,200})/,
    hit: 'npm config set //registry.intern/:_authToken q8Zm2xKd91',
    miss: 'npm config set //registry.intern/:_authToken ${NPM_TOKEN1}',
  },
  {
    id: 'sudo-password',
    title: 'Password piped to sudo',
    specification: 'https://www.sudo.ws/docs/man/sudo.man/#S',
    anchors: ['sudo -S'],
    behind: /(?:echo|printf)\s{1,4}["']?([^\s"'\\|;&]{6,60})(?:\\n)?["']?\s{0,4}\|\s{0,4}$/,
    hit: 'echo q8Zm2xKd91 | sudo -S apt-get update',
    miss: 'echo "$PASS1234" | sudo -S apt-get update',
  },
  {
    id: 'openssl-passphrase',
    title: 'Passphrase given to openssl',
    specification: 'https://docs.openssl.org/master/man1/openssl-passphrase-options/',
    anchors: ['-passin pass:', '-passout pass:', '-pass pass:'],
    pattern: /^["']?([^\s"'\\|;&]{6,100})/,
    hit: 'openssl pkcs12 -export -passout pass:q8Zm2xKd91 -in a.pem',
    miss: 'openssl pkcs12 -export -passout pass:$PASS1234 -in a.pem',
  },
  {
    id: 'rabbitmq-login',
    title: 'Password given to rabbitmqctl',
    specification: 'https://www.rabbitmq.com/docs/man/rabbitmqctl.8',
    anchors: ['rabbitmqctl '],
    pattern:
      /^[^\n|;&]{0,60}?(?:add_user|change_password)\s{1,4}["']?[\w.@-]{1,64}["']?\s{1,4}["']?([^\s"'\\|;&]{6,100})/,
    hit: 'rabbitmqctl add_user shop q8Zm2xKd91',
    miss: 'rabbitmqctl add_user shop "$RABBIT_PASS1"',
  },
  {
    id: 'net-use-login',
    title: 'Password given to net use',
    specification: 'https://learn.microsoft.com/windows-server/administration/windows-commands/net-use',
    anchors: ['net use ', 'NET USE '],
    pattern: /^[^\n|&]{0,200}?\/(?:user|USER):[^\s"]{1,64}\s{1,4}"?([^\s"'/\\|;&]{6,100})/,
    hit: 'net use \\\\nas\\share /user:ci q8Zm2xKd91',
    miss: 'net use \\\\nas\\share /user:ci %PASS1234%',
  },
  {
    id: 'netrc-login',
    title: 'Login in netrc form',
    specification: 'https://www.gnu.org/software/inetutils/manual/html_node/The-_002enetrc-file.html',
    anchors: ['machine '],
    pattern: /^[^\s"']{1,200}(?:\s|\\n){1,8}login\s{1,8}[^\s"']{1,128}(?:\s|\\n){1,8}password\s{1,8}([^\s"'\\]{6,200})/,
    hit: "printf 'machine git.intern login ci password q8Zm2xKd91' > ~/.netrc",
    miss: 'machine git.intern login ci password $GIT_PASSWORD1',
  },
];

export const rules: readonly SecretRule[] = [
  ...CLIENTS.map((shape) => commandRule({ ...shape, accepts: isPassword })),
  chpasswdRule(),
];

/** `echo user:password | chpasswd`: the password comes first. */
function chpasswdRule(): AnchoredRule {
  return {
    id: 'chpasswd-password',
    title: 'Password of a system account',
    severity: 'high',
    specification: 'https://manpages.debian.org/bookworm/passwd/chpasswd.8.en.html',
    anchors: ['chpasswd'],
    reach: { before: 160, after: 8 },
    inspect,
    samples: {
      hits: () => ["RUN echo 'root:q8Zm2xKd91' | chpasswd\n", 'printf "ci:q8Zm2xKd91\\n" | sudo chpasswd -c SHA512'],
      misses: () => ['echo "root:$ROOT_PASSWORD1" | chpasswd', 'echo root:password | chpasswd'],
    },
  };
}

function inspect(site: Site) {
  const lead = latin1(site.bytes, site.start, site.at);
  const piped =
    /(?:echo|printf)\s{1,4}(?:-\w\s)?["']?[\w.-]{1,32}:([^\s"'\\|]{6,100})(?:\\n)?["']?\s{0,4}\|\s{0,4}(?:sudo\s{1,4})?$/.exec(
      lead,
    );
  const value = piped?.[1];
  if (piped === null || value === undefined || !isPassword(value)) return undefined;
  const start = site.start + piped.index + piped[0].indexOf(`:${value}`) + 1;
  return { verdict: 'contextual' as const, start, end: start + value.length };
}
