/** Where the public feeds are. Every address can be replaced by a mirror's. */
export const FEED_ADDRESSES = {
  /** OSV.dev's exports (https://google.github.io/osv.dev/data/#data-dumps): `<Ecosystem>/all.zip` below it. */
  osv: 'https://osv-vulnerabilities.storage.googleapis.com',
  /** CISA's catalog of known exploited vulnerabilities. */
  kev: 'https://www.cisa.gov/sites/default/files/feeds/known_exploited_vulnerabilities.json',
  /** FIRST's exploit prediction scores of today. */
  epss: 'https://epss.empiricalsecurity.com/epss_scores-current.csv.gz',
  /** End-of-life dates: `<product>.json` below it. */
  endoflife: 'https://endoflife.date/api',
} as const;

export type FeedName = keyof typeof FEED_ADDRESSES;

/** Exports fetched unless the caller names others. */
export const DEFAULT_ECOSYSTEMS: readonly string[] = [
  'AlmaLinux',
  'Alpine',
  'Bitnami',
  'Chainguard',
  'Debian',
  'Go',
  'Hex',
  'Maven',
  'NuGet',
  'Packagist',
  'Pub',
  'PyPI',
  'Red Hat',
  'Rocky Linux',
  'RubyGems',
  'SUSE',
  'Ubuntu',
  'Wolfi',
  'crates.io',
  'npm',
  'openSUSE',
];

/** Products whose end-of-life dates matter for images. */
export const END_OF_LIFE_PRODUCTS: readonly string[] = [
  'almalinux',
  'alpine-linux',
  'amazon-linux',
  'centos',
  'centos-stream',
  'debian',
  'dotnet',
  'fedora',
  'go',
  'nodejs',
  'opensuse',
  'oracle-linux',
  'php',
  'photon',
  'python',
  'rhel',
  'rocky-linux',
  'ruby',
  'sles',
  'ubuntu',
];
