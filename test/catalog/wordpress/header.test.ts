import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { detectors } from '../../../src/catalog/wordpress/detector.ts';
import { parseHeader } from '../../../src/catalog/wordpress/parse-header.ts';
import { packagesOf, runDetectors } from '../../support/detector-harness.ts';

const ROOT = '/var/www/html';
const scan = (path: string, text: string) => packagesOf(runDetectors(detectors, { [`${ROOT}${path}`]: text }));

describe('WordPress', () => {
  it('reads a plugin by its header and directory', () => {
    const text =
      '<?php\n/**\n * Plugin Name: Akismet Anti-spam\n * Version: 5.3\n * Author: Automattic\n * License: GPLv2 or later\n */\n';
    expect(scan('/wp-content/plugins/akismet/akismet.php', text)).toEqual([
      {
        type: 'wordpress-plugin',
        name: 'akismet',
        version: '5.3',
        licenses: ['GPL-2.0-or-later'],
        properties: { title: 'Akismet Anti-spam', author: 'Automattic' },
      },
    ]);
  });

  it('reads a theme and WordPress itself', () => {
    expect(scan('/wp-content/themes/twenty/style.css', '/*\nTheme Name: Twenty\nVersion: 1.2 */\n')).toEqual([
      { type: 'wordpress-theme', name: 'twenty', version: '1.2', properties: { title: 'Twenty' } },
    ]);
    expect(scan('/wp-includes/version.php', "<?php\n$wp_version = '6.4.2';\n")).toEqual([
      { type: 'generic', name: 'wordpress', version: '6.4.2' },
    ]);
  });

  it('finds nothing in files without such a header, or with it too far down', () => {
    expect(scan('/wp-content/plugins/akismet/class.php', '<?php\nclass Akismet {}\n')).toEqual([]);
    expect(scan('/wp-content/plugins/akismet/akismet.php', '')).toEqual([]);
    expect(
      scan('/wp-content/plugins/akismet/akismet.php', `${' '.repeat(8192)}\nPlugin Name: x\nVersion: 1\n`),
    ).toEqual([]);
    expect(scan('/wp-includes/version.php', '<?php $wp_version = ')).toEqual([]);
  });

  it('reads any text without a throw', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => void parseHeader(`Plugin Name:${text}`, 'Plugin Name')),
    );
  });
});
