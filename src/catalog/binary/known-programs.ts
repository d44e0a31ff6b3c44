import type { Classifier, VersionRule } from './classifier.ts';

const V3 = '\\d{1,4}\\.\\d{1,4}\\.\\d{1,4}';
/** With the prerelease forms of semantic versions. */
const V3P = `${V3}(?:-(?:alpha|beta|rc|dev|preview|test|snapshot)[0-9A-Za-z.]{0,16})?`;
const V23 = '\\d{1,4}\\.\\d{1,4}(?:\\.\\d{1,4})?';
/** Go and C++ linkers put texts between bytes that are no text. */
const EDGE = '[\\x00-\\x1f\\x7f-\\xff]';

/** A rule whose anchor is the fixed text before or after the version. */
const near = (anchor: string, pattern: string): VersionRule => ({ anchor, pattern });
/** A version that stands alone between bytes that are no text, believed only where the program has one such. */
const alone = (pattern: string): VersionRule => ({ pattern, pick: 'only' });

const PYTHON: readonly VersionRule[] = [
  near('<prefix>/lib/pythonX.X', '\\x00(\\d\\.\\d{1,2}\\.\\d{1,2}(?:(?:a|b|rc)\\d{1,2})?)\\+?\\x00{1,8}<prefix>'),
  near('%.80s (%.80s) %.', '\\x00(\\d\\.\\d{1,2}\\.\\d{1,2}(?:(?:a|b|rc)\\d{1,2})?)\\+?\\x00{1,8}%\\.80s'),
  near('<prefix>/lib/pythonX.X', '\\x00([23]\\.\\d{1,2}\\.\\d{1,2}(?:(?:a|b|rc)\\d{1,2})?)\\+?\\x00'),
  near('%.80s (%.80s) %.', '\\x00([23]\\.\\d{1,2}\\.\\d{1,2}(?:(?:a|b|rc)\\d{1,2})?)\\+?\\x00'),
];
const RUBY: readonly VersionRule[] = [
  near('ruby 1.', 'ruby (1\\.\\d\\.\\d{1,2}p\\d{1,4}) \\(\\d{4}'),
  near('ruby ', 'ruby (\\d\\.\\d{1,2}\\.\\d{1,2}(?:(?:preview|rc)\\d{1,2})?)(?:p\\d{1,4})? \\(\\d{4}'),
];
const JAVA_VERSION = '\\d{1,2}(?:\\.\\d{1,3}){0,5}(?:_\\d{1,4})?(?:[+-][0-9A-Za-z.+-]{1,30})?';
const JAVA: readonly VersionRule[] = [
  { pattern: `\\x00(?:0\\.0|1\\.\\d)\\x00{1,16}(${JAVA_VERSION})\\x00` },
  { pattern: `\\x00(${JAVA_VERSION})\\x00{1,8}0\\.0\\x00{1,8}java\\x00` },
];
const MYSQL_FILES = ['mysql', 'mysqld', 'mysqladmin', 'mysqldump', 'mysqld_safe', 'mysqlbinlog'];
const BEAT: readonly VersionRule[] = [
  near('Test ', `Test (${V3})(?:%|[a-z])`),
  near('enroll', `enroll(${V3})-?header`),
  near('globalclient', `[a-z](${V3})globalclient`),
  near('-9765625', `[a-z](${V3})-9765625`),
  near(':https', `[A-Za-z](${V3}):https`),
];
const ISTIO: readonly VersionRule[] = [
  { pattern: `(?:go1\\.[0-9.]{1,8}|Modified|Clean)\\x00{1,16}(${V3P}|\\d\\.\\d{1,3}-dev)\\x00` },
  { pattern: `\\x00\\d\\.\\d{1,3}\\.\\d{1,3}\\x00{1,4}(${V3P})\\x00` },
  alone(`${EDGE}(${V3P}|\\d\\.\\d{1,3}-dev)\\x00`),
];
const GO_VERSION = '1\\.\\d{1,3}(?:\\.\\d{1,3})?(?:(?:beta|rc)\\d{1,2})?';
const FFMPEG: readonly VersionRule[] = [
  near('%s version ', `%s version n?(${V23})[^\\x00]{0,60}\\x00{1,4} {0,2}Copyright`),
  near('FFmpeg version ', `FFmpeg version n?(${V23})`),
];

const program = (name: string, files: readonly string[], rules: readonly VersionRule[]): Classifier => ({
  id: name,
  name,
  files,
  rules,
});
/** One package told by several kinds of file. */
const partOf = (name: string, id: string, files: readonly string[], rules: readonly VersionRule[]): Classifier => ({
  id,
  name,
  files,
  rules,
});
const beat = (name: string): Classifier => program(name, [name], BEAT);

/** Programs that are often installed without a package manager. Names follow the advisories they are looked up in. */
export const KNOWN_PROGRAMS: readonly Classifier[] = [
  program('python', ['python', 'python2*', 'python3*'], PYTHON),
  partOf('python', 'libpython', ['libpython*.so*', 'libpython*.dylib'], PYTHON),
  program('pypy', ['pypy*', 'libpypy*.so*'], [near('[PyPy ', `\\[PyPy (${V3})`)]),
  partOf(
    'golang',
    'go',
    ['go', 'go.exe'],
    [near('panicnil=1', `go(${GO_VERSION})\\x00{1,16}panicnil=1`), alone(`\\x00go(${GO_VERSION})\\x00`)],
  ),
  {
    ...partOf(
      'golang',
      'go-version-file',
      ['VERSION'],
      [{ pattern: `^(?:devel )?go(${GO_VERSION}(?:-[0-9a-f]{7,12})?)(?:\\s|$)` }],
    ),
    maxSize: 512,
  },
  program(
    'julia',
    ['libjulia-internal*.so*', 'libjulia-internal*.dylib'],
    [
      near('julia version %s', `\\x00(${V3P})\\x00{1,4}julia version`),
      near('GIT_VERSION_INFO', `GIT_VERSION_INFO\\x00(?:[A-Za-z_]{1,40}\\x00){0,4}(${V3P})\\x00`),
      near('Task cannot be serialized', `serialized\\x00(${V3P})\\x00`),
    ],
  ),
  program('helm', ['helm'], [alone(`(?:${EDGE}|@)v(${V3P})\\x00`)]),
  program(
    'redis',
    ['redis-server'],
    [
      near('Redis version ', `Redis version (${V3})`),
      near('buildkitsandbox-', `(?:^|[^0-9.])(\\d{1,2}\\.\\d{1,2}\\.\\d{1,3})buildkitsandbox-\\d{10}`),
      { pattern: '(?:^|[^0-9.])(\\d{1,2}\\.\\d{1,2}\\.\\d{1,2})[0-9a-f]{12}-1\\d{9}' },
    ],
  ),
  program(
    'valkey',
    ['valkey-server'],
    [
      near('buildkitsandbox-', `valkey(${V3})buildkitsandbox-`),
      { pattern: 'valkey(\\d{1,2}\\.\\d{1,2}\\.\\d{1,2})[0-9a-f]{12}-1\\d{9}' },
    ],
  ),
  program(
    'node',
    ['node', 'nodejs'],
    [
      near('node.js/v', `node\\.js/v(${V3})`),
      near('node v', `node v(${V3})`),
      near('--debug-port=', `\\x00v(0\\.\\d{1,2}\\.\\d{1,2})\\x00`),
    ],
  ),
  program('busybox', ['busybox'], [near('BusyBox v', `BusyBox v(${V3})`)]),
  program('util-linux', ['getopt'], [near('util-linux', `util-linux (${V23})`)]),
  program(
    'haproxy',
    ['haproxy'],
    [
      near('HA-Proxy version ', `HA-Proxy version (${V3})`),
      near(', released ', ` version (${V3}(?:-dev\\d{1,3})?)(?:[-+~][0-9A-Za-z.+~-]{1,40})?, released`),
      near(
        'HAProx',
        '\\x00(\\d\\.\\d{1,2}(?:\\.\\d{1,3}|-dev\\d{1,3}))(?:-[0-9a-f]{6,10})?(?:-\\d{1,4})?\\x00{1,40}HAProx',
      ),
    ],
  ),
  program(
    'perl',
    ['perl', 'perl5*', 'libperl.so*'],
    [
      near('/perl/5.', '/perl/(5\\.\\d{1,2}\\.\\d{1,2})'),
      near('/perl5/', '/perl5/(?:[a-z_]{1,20}/)?(5\\.\\d{1,2}\\.\\d{1,2})'),
    ],
  ),
  program(
    'composer',
    ['composer', 'composer.phar'],
    [near("const VERSION = '", `const VERSION = '(${V3}(?:-[A-Za-z0-9]{1,12})?)'`)],
  ),
  program('apache', ['httpd', 'apache2'], [near('Apache/2', 'Apache/(2\\.\\d{1,2}\\.\\d{1,3})')]),
  program('memcached', ['memcached'], [near('memcached ', `memcached (${V3})`)]),
  program('traefik', ['traefik'], [alone(`${EDGE}v?(${V3P})\\x00`)]),
  program(
    'arangodb',
    ['arangosh', 'arangod'],
    [near('[linux]', `\\x00(${V3}(?:-\\d{1,3})?)(?: enterprise)? \\[linux\\]`)],
  ),
  program(
    'postgresql',
    ['postgres'],
    [near('PostgreSQL ', 'PostgreSQL (\\d{1,2}(?:\\.\\d{1,2}){0,2}(?:(?:alpha|beta|rc)\\d{1,2})?) (?:on |\\()')],
  ),
  program('mysql', MYSQL_FILES, [near('/mysql-', `/mysql-(${V3})/`)]),
  program(
    'mysql-cluster',
    ['mysqld', 'ndb_mgmd', 'ndbd', 'ndbmtd', 'ndb_mgm', 'ndb_*'],
    [near('-ndb-', `\\d-ndb-(${V3})\\x00`), near('mysql-cluster-', `mysql-cluster-[a-z]{2,12}-(${V3})`)],
  ),
  program('percona-server', MYSQL_FILES, [near('percona-server-', `percona-server-(${V3})`)]),
  program('percona-xtradb-cluster', MYSQL_FILES, [near('Percona-XtraDB-Cluster-', `Percona-XtraDB-Cluster-(${V3})`)]),
  program('percona-xtrabackup', ['xtrabackup'], [near('percona-xtrabackup-', `percona-xtrabackup-(${V3})`)]),
  program(
    'mariadb',
    ['mariadb', 'mariadbd', 'mariadb-admin', ...MYSQL_FILES],
    [near('-MariaDB', `(?:^|[^0-9.])(${V3})-MariaDB`), near('/mariadb-', `/mariadb-(${V3})[-/]`)],
  ),
  partOf(
    'rust',
    'rust-libstd',
    ['libstd-*.so', 'libstd-*.dylib'],
    [near('rustc version ', `rustc version (${V3P})`), { pattern: `(${V3P}) \\([0-9a-f]{9} \\d{4}-\\d{2}-\\d{2}\\)` }],
  ),
  program('ruby', ['ruby', 'ruby[0-9]*', 'libruby*.so*'], RUBY),
  program(
    'erlang',
    ['erlexec', 'beam.smp', 'beam', 'liberts_internal.a'],
    [
      near('otp_src_', 'otp_src_(\\d{1,2}(?:\\.\\d{1,2}){1,4})/'),
      near('[kernel-poll:%s]', '\\[kernel-poll:%s\\]\\n\\x00{1,8}(\\d{2}(?:\\.\\d{1,2}){1,4})\\x00'),
    ],
  ),
  program(
    'swipl',
    ['swipl'],
    [near('swipl-', `swipl-(${V3})`), near('SWI-Prolog ', `SWI-Prolog (?:version )?(${V3})`)],
  ),
  program('dart', ['dart'], [{ pattern: `\\x00(${V3P}) \\((?:stable|beta|dev)\\)` }]),
  program(
    'deno',
    ['deno'],
    [
      near('Deno/', `Deno/(${V3})`),
      near('canary/', 'canary/[0-9a-f]{40}(\\d\\.\\d{1,2}\\.\\d{1,2})'),
      near(' already installed\n', ' already installed\\n(\\d\\.\\d{1,2}\\.\\d{1,2}?)[0-9a-f]{20}'),
    ],
  ),
  program('bun', ['bun'], [near('Bun v', `Bun v(${V3})`), near('bun-v', `bun-v(${V3})`)]),
  program('ghc', ['ghc', 'ghc-*'], [near('libHSghc-', `libHSghc-(${V3})-`)]),
  program('cabal', ['cabal'], [near('cabal-install-', 'cabal-install-(\\d{1,2}(?:\\.\\d{1,3}){1,3})-')]),
  program('stack', ['stack'], [near('stack-', `/stack-(${V3})[-/]`)]),
  program('consul', ['consul'], [alone(`${EDGE}v(${V3P})\\x00`), alone(`${EDGE}(1\\.\\d{1,2}\\.\\d{1,2})\\x00`)]),
  program(
    'vault',
    ['vault'],
    [
      near('0x%016x', '0x%016x(1\\.\\d{1,2}\\.\\d{1,2})\\n?123-abc'),
      near('revoke', 'revoke(1\\.\\d{1,2}\\.\\d{1,2})\\)\\(nil\\)'),
      alone(`${EDGE}(1\\.\\d{1,2}\\.\\d{1,2})\\x00`),
    ],
  ),
  program(
    'nginx',
    ['nginx', 'openresty'],
    [
      near('nginx version: nginx/', `nginx version: nginx/(${V3})`),
      near('nginx version: openresty/', `nginx version: openresty/(${V3})`),
    ],
  ),
  program('openresty', ['nginx', 'openresty'], [near('openresty/', `openresty/(${V3}\\.\\d{1,3}(?:rc\\d)?)`)]),
  program('bash', ['bash'], [near('@(#)Bash version ', `Bash version (${V3})`)]),
  program(
    'openssl',
    ['openssl', 'libcrypto.so*'],
    [
      near(
        'OpenSSL ',
        'OpenSSL (\\d\\.\\d{1,2}\\.\\d{1,2}[a-z]{0,2}(?:-(?:alpha|beta)\\d{1,2})?) {1,2}\\d{1,2} [A-Z][a-z]{2} \\d{4}',
      ),
    ],
  ),
  program('aws-lc', ['openssl', 'bssl', 'libcrypto.so*'], [near('AWS-LC ', `AWS-LC (${V3})`)]),
  program('openldap', ['ldapsearch', 'slapd'], [near('$OpenLDAP: ', `\\$OpenLDAP: [a-z]{1,20} (${V3})`)]),
  program(
    'qt',
    ['libQt*Core*.so*'],
    [
      near('QtCore library version ', `QtCore library version (?:Qt )?(${V3})`),
      near('_endian-', `Qt (${V3}) \\([0-9a-z_]{1,20}-(?:little|big)_endian-`),
    ],
  ),
  program(
    'gcc',
    ['gcc', 'x86_64-linux-gnu-gcc', 'aarch64-linux-gnu-gcc'],
    [near('GCC: (', `GCC: \\([^)]{1,60}\\) (${V3})`)],
  ),
  program(
    'fluent-bit',
    ['fluent-bit'],
    [near('Fluent Bit v%s', `\\x00(${V3})\\x00{1,8}(?:\\x1b\\[1m\\x00{1,4})?(?:%s)?Fluent Bit v%s`)],
  ),
  program(
    'wp-cli',
    ['wp', 'wp-cli.phar'],
    [
      near("'wp-cli/wp-cli' =>", `'wp-cli/wp-cli' => [^']{1,40}'pretty_version' => 'v?(${V3})'`),
      near('WP_CLI_VERSION', `WP_CLI_VERSION', '(${V3})'`),
    ],
  ),
  program('curl', ['curl'], [near('curl ', `curl (${V3})(?:-DEV)? \\(`)]),
  program('lighttpd', ['lighttpd'], [near('lighttpd/', `lighttpd/(${V3})`)]),
  program('proftpd', ['proftpd'], [near('ProFTPD ', 'ProFTPD (?:Version )?(\\d\\.\\d{1,2}\\.\\d{1,2}[a-z]?)')]),
  program(
    'zstd',
    ['zstd'],
    [
      near('Zstandard CLI', `\\x00v(${V3})\\x00{1,8}Zstandard CLI`),
      near('zstd command line', `\\x00v(${V3})\\x00{1,8}zstd command line`),
    ],
  ),
  program(
    'xz',
    ['xz'],
    [near('XZ Utils', `XZ Utils\\) (${V3})`), near('XZ Utils', '\\x00(5\\.\\d\\.\\d{1,2}(?:alpha|beta)?)\\x00')],
  ),
  program(
    'gzip',
    ['gzip'],
    [
      near('bad pack level', 'bad pack level\\x00{1,4}(1\\.\\d{1,2}(?:\\.\\d{1,2})?)\\x00'),
      near('(NULL)', '\\x00(1\\.\\d{1,2}(?:\\.\\d{1,2})?)\\x00{1,4}\\(NULL\\)\\x00'),
    ],
  ),
  program('sqlcipher', ['sqlcipher'], [near('community', `community\\x00{1,4}(${V3})\\x00`)]),
  program(
    'jq',
    ['jq'],
    [
      near('DEBUG:', '\\x00(1\\.\\d(?:\\.\\d)?(?:rc\\d)?)\\x00{1,4}DEBUG:'),
      near('jq-1.', 'jq-(1\\.\\d(?:\\.\\d)?(?:rc\\d)?)\\x00'),
    ],
  ),
  program(
    'chrome',
    ['chrome', 'chromium', 'chromium-browser'],
    [near('Default', '\\x00(\\d{2,3}\\.\\d\\.\\d{2,5}\\.\\d{1,4})\\x00{1,4}Default')],
  ),
  {
    ...program(
      'firefox',
      ['application.ini'],
      [near('Name=Firefox', '\\nVersion=(\\d{1,3}(?:\\.\\d{1,3}){1,3}(?:esr|[ab]\\d{1,2})?)')],
    ),
    maxSize: 65_536,
  },
  program(
    'ffmpeg',
    [
      'ffmpeg',
      'ffprobe',
      'libavcodec*',
      'libavformat*',
      'libavutil*',
      'libavfilter*',
      'libavdevice*',
      'libswscale*',
      'libswresample*',
    ],
    FFMPEG,
  ),
  { ...program('elixir', ['elixir'], [near('ELIXIR_VERSION=', `ELIXIR_VERSION=(${V3P})`)]), maxSize: 65_536 },
  partOf('istio', 'istio-pilot', ['pilot-discovery', 'pilot-agent'], ISTIO),
  program(
    'grafana',
    ['grafana', 'grafana-server', 'grafana-cli'],
    [alone(`${EDGE}(${V3}(?:-(?:(?:alpha|beta|preview|test|pre)\\d{0,3}|\\d{5,9}))?)\\x00`)],
  ),
  program(
    'envoy',
    ['envoy'],
    [
      {
        pattern:
          '\\x00(1\\.\\d{1,2}\\.\\d{1,2})\\x00(?:envoy|source/common|external/|\\. This configuration|No recorded|RELEASE)',
      },
      alone('\\x00(1\\.\\d{1,2}\\.\\d{1,2})\\x00'),
    ],
  ),
  program('mongodb', ['mongod', 'mongos'], [near('tcmalloc', `\\x00(${V3}(?:-rc\\d{1,2})?)\\x00{1,8}tcmalloc`)]),
  program(
    'nginx-ingress-controller',
    ['nginx-ingress-controller'],
    [alone(`(?:${EDGE}|[^0-9A-Za-z._/+-]|L)v(${V3P})\\x00`), alone(`${EDGE}(0\\.\\d{1,3}\\.\\d{1,3})\\x00`)],
  ),
  ...['filebeat', 'metricbeat', 'packetbeat', 'heartbeat', 'auditbeat', 'winlogbeat', 'elastic-agent'].map(beat),
  program('krb5', ['libkrb5.so*'], [near('KRB5_BRAND: ', `KRB5_BRAND: krb5-(${V23})-`)]),
  program('heimdal', ['libkrb5.so*', 'kinit'], [near('Heimdal ', `Heimdal (${V3})`)]),
  { ...program('java', ['java', 'jdb', 'java.exe'], JAVA), maxSize: 8_388_608 },
  program(
    'php',
    ['php', 'php[0-9]*', 'php-fpm*', 'php-cgi*', 'libphp*.so'],
    [near('X-Powered-By: PHP/', `X-Powered-By: PHP/(${V3})`)],
  ),
];
