import { describe, expect, it } from 'vitest';
import { DETECTORS } from '../../src/detect/registry.generated.ts';
import type { Package, PackageIdentity } from '../../src/model/package.ts';

const FOUND = { type: 'x', namespace: 'example.com/x', name: 'name', version: '1:2.0-3' };

describe('textFolders', () => {
  it.each<readonly [string, string, readonly string[]]>([
    ['apk/installed', '/usr/lib/apk/db/installed', ['/usr/share/licenses/name']],
    ['apk/installed', '/srv/root/lib/apk/db/installed', ['/srv/root/usr/share/licenses/name']],
    ['conan/conaninfo', '/c/p/x/conaninfo.txt', ['/c/p/x']],
    ['conda/record', '/opt/conda/conda-meta/z-1-h0.json', ['/opt/conda/pkgs/z-1-h0/info']],
    ['conda/record', '/opt/conda/envs/e/conda-meta/z-1-h0.json', ['/opt/conda/pkgs/z-1-h0/info']],
    ['dpkg/status', '/var/lib/dpkg/status', ['/usr/share/doc/name']],
    ['dpkg/status', '/srv/root/var/lib/dpkg/status.d/name', ['/srv/root/usr/share/doc/name']],
    ['erlang/app', '/erl/lib/name-1.0/ebin/name.app', ['/erl/lib/name-1.0']],
    ['golang/binary', '/bin/program', ['example.com/x/name', 'example.com/x/name@1:2.0-3']],
    ['homebrew/formula', '/brew/Cellar/name/2.0/.brew/name.rb', ['/brew/Cellar/name/2.0']],
    ['java/archive', '/a.war!/lib/b.jar', ['/a.war!/lib/b.jar!']],
    ['java/exploded', '/srv/app/META-INF/maven/g/a/pom.properties', ['/srv/app/META-INF']],
    ['julia/depot', '/depot/packages/Name/aB3d/Project.toml', ['/depot/packages/Name/aB3d']],
    ['jvm/release', '/opt/jdk/release', ['/opt/jdk']],
    ['lua/rockspec', '/lib/rocks/name/2.0-1/name-2.0-1.rockspec', ['/lib/rocks/name/2.0-1']],
    ['nix/store', '/nix/store/hash-name', ['/nix/store/hash-name']],
    ['npm/package-json', '/m/node_modules/@s/name/package.json', ['/m/node_modules/@s/name']],
    ['pacman/desc', '/var/lib/pacman/local/name-2.0-3/desc', ['/usr/share/licenses/name']],
    ['php/composer', '/w/vendor/composer/installed.json', ['/w/vendor/example.com/x/name']],
    ['php/pear', '/usr/share/php/.registry/name.reg', ['/usr/share/php/doc/name']],
    ['python/metadata', '/site-packages/name-2.dist-info/METADATA', ['/site-packages/name-2.dist-info']],
    ['python/metadata', '/site-packages/name-2.egg-info', []],
    ['r/description', '/usr/lib/R/library/name/DESCRIPTION', ['/usr/lib/R/library/name']],
    ['rpm/database', '/var/lib/rpm/Packages', ['/usr/share/licenses/name', '/usr/share/licenses/name-2.0']],
    [
      'rpm/manifest',
      '/r/var/lib/rpmmanifest/container-manifest-2',
      ['/r/usr/share/licenses/name', '/r/usr/share/licenses/name-2.0'],
    ],
    ['ruby/gemspec', '/g/specifications/name-2.0.gemspec', ['/g/gems/name-2.0']],
    ['ruby/gemspec', '/g/specifications/default/name-2.0.gemspec', ['/g/gems/name-2.0']],
    ['ruby/gemspec', '/g/bundler/gems/name-0a1b/name.gemspec', ['/g/bundler/gems/name-0a1b']],
    ['wordpress/extension', '/w/wp-includes/version.php', ['/w']],
    ['wordpress/extension', '/w/wp-content/plugins/name/name.php', ['/w/wp-content/plugins/name']],
  ])('of %s, which reads %s, are %j', (id, path, folders) => {
    expect(textFolders(id, path, FOUND)).toEqual(folders);
  });

  it('of golang/binary are those of the module cache, where capitals are escaped', () => {
    const found = { type: 'golang', namespace: 'github.com/BurntSushi', name: 'TOML', version: 'v1.2.0' };
    expect(textFolders('golang/binary', '/bin/program', found)).toEqual([
      'github.com/BurntSushi/TOML',
      'github.com/!burnt!sushi/!t!o!m!l@v1.2.0',
    ]);
  });

  it('of what was shaded into an archive are those of an archive of its own name', () => {
    const found = { type: 'maven', name: 'guava', version: '24.1-jre', properties: { shaded: 'true' } };
    const folders = ['/lib/tool.jar', '/lib/guava-24.1-jre.jar'].map((path) =>
      textFolders('java/archive', path, found),
    );
    expect(folders).toEqual([[], ['/lib/guava-24.1-jre.jar!']]);
  });

  it.each(['golang/binary', 'php/composer'])('of %s are none for a name without a maker', (id) => {
    expect(textFolders(id, '/x/composer/installed.json', { type: 'x', name: 'name', version: '1' })).toEqual([]);
  });
});

function textFolders(
  id: string,
  path: string,
  found: Pick<Package, keyof PackageIdentity | 'properties'>,
): readonly string[] | undefined {
  return DETECTORS.find((detector) => detector.id === id)?.textFolders?.(path, found);
}
