import { plausibility } from '../plausible.ts';
import type { AnchoredRule, Found, SecretRule, Site } from '../rule.ts';
import { assignedRule } from '../shapes/assigned.ts';
import { BASE64, charSet, HEX } from '../shapes/char-set.ts';
import { latin1 } from '../shapes/latin1.ts';
import { run } from '../shapes/parts.ts';
import { sampleOf } from '../shapes/sample.ts';

const SALT = charSet('salt', '!-&(-~ ');
const DJANGO = charSet('django', 'a-z0-9!@#$%^&*()_=+-');
const drawn = sampleOf([run(SALT, 64)], 'wordpress');

/** Keys that web frameworks sign sessions with. */
export const rules: readonly SecretRule[] = [
  assignedRule({
    id: 'laravel-app-key',
    title: 'Laravel application key',
    specification: 'https://laravel.com/docs/encryption',
    words: ['app_key', 'app_previous_keys', "'key'"],
    names: [],
    value: ['base64:', run(BASE64, 43), '='],
    verdict: 'structured',
    severity: 'high',
  }),
  assignedRule({
    id: 'rails-secret-key-base',
    title: 'Rails secret_key_base',
    specification: 'https://guides.rubyonrails.org/security.html',
    words: ['secret_key_base', 'secret_token'],
    names: [],
    value: [run(HEX, 64, 160)],
  }),
  assignedRule({
    id: 'symfony-app-secret',
    title: 'Symfony APP_SECRET',
    words: ['app_secret', 'kernel.secret'],
    names: [],
    value: [run(HEX, 32, 40)],
  }),
  assignedRule({
    id: 'wireguard-private-key',
    title: 'WireGuard private key',
    specification: 'https://www.wireguard.com/',
    words: ['privatekey'],
    names: [],
    value: [run(BASE64, 43), '='],
    severity: 'high',
  }),
  assignedRule({
    id: 'wireguard-preshared-key',
    title: 'WireGuard preshared key',
    words: ['presharedkey'],
    names: [],
    value: [run(BASE64, 43), '='],
  }),
  djangoRule(),
  wordpressRule(),
];

function djangoRule(): AnchoredRule {
  return {
    id: 'django-secret-key',
    title: 'Django SECRET_KEY',
    severity: 'medium',
    specification: 'https://docs.djangoproject.com/en/stable/ref/settings/#secret-key',
    anchors: ['SECRET_KEY'],
    reach: { before: 24, after: 160 },
    inspect: (site) =>
      quoted(site, /^["']?\]?\s{0,4}[=:]\s{0,4}[ru]?["']((?:django-insecure-)?[a-z0-9!@#$%^&*(\-_=+)]{50})["']/) ??
      quoted(site, /^\s{0,4}[=:]\s{0,4}(django-insecure-[a-z0-9!@#$%^&*(\-_=+)]{50})(?=\s|$)/),
    samples: {
      hits: () => [`SECRET_KEY = '${sampleOf([run(DJANGO, 50)], 'django')}'\n`],
      misses: () => ["SECRET_KEY = os.environ['SECRET_KEY']\n", "SECRET_KEY = 'changeme'\n"],
    },
  };
}

/** The eight keys and salts of wp-config.php: 64 printable characters each. */
function wordpressRule(): AnchoredRule {
  return {
    id: 'wordpress-salt',
    title: 'WordPress key or salt',
    severity: 'medium',
    specification: 'https://api.wordpress.org/secret-key/1.1/salt/',
    anchors: ["AUTH_KEY'", "LOGGED_IN_KEY'", "NONCE_KEY'", "AUTH_SALT'", "LOGGED_IN_SALT'", "NONCE_SALT'"],
    reach: { before: 32, after: 160 },
    inspect: (site) => quoted(site, /^,\s{0,16}["']([\x21-\x26\x28-\x7e ]{60,64})["']\s?\)/),
    samples: {
      hits: () => [`define('AUTH_KEY',         '${drawn}');\n`, `define('NONCE_SALT', '${drawn}');\n`],
      misses: () => [
        "define('AUTH_KEY', 'put your unique phrase here');\n",
        "define('AUTH_KEY', getenv('AUTH_KEY'));\n",
      ],
    },
  };
}

function quoted(site: Site, pattern: RegExp): Found | undefined {
  const from = site.at + site.length;
  const match = pattern.exec(latin1(site.bytes, from, site.end));
  const value = match?.[1];
  if (match === null || value === undefined) return undefined;
  const start = from + match[0].lastIndexOf(value);
  return { verdict: plausibility(value) === 'plausible' ? 'contextual' : 'generic', start, end: start + value.length };
}
