/**
 * Whether a path is the documentation, the tests or the examples of an installed third-party package. What stands
 * there was published with the package; the owner of the image did not put it there.
 */
export function isDocumentation(path: string): boolean {
  return INSTALLED.test(path) && PUBLISHED.test(path.slice(path.search(INSTALLED)));
}

/** Whether a package manager put the path there: its code is published, so a mere name and value in it is no secret. */
export function isInstalled(path: string): boolean {
  return INSTALLED.test(path);
}

/** Folders that package managers fill. */
const INSTALLED = new RegExp(
  `/(?:${[
    'node_modules',
    'site-packages',
    'dist-packages',
    'lib(?:64)?/python[\\d.]{1,255}',
    'gems/[^/]{1,255}',
    'lib/ruby',
    '(?:lib|share)(?:/[\\w-]{1,64})?/perl\\w{0,255}',
    'lib/R/(?:site-)?library',
    'go/pkg/mod',
    'usr/lib/go\\w{0,255}',
    'usr/local/go',
    '\\.cargo/registry',
    '\\.rustup/toolchains',
    '\\.m2/repository',
    '\\.gradle/caches',
    '\\.nuget/packages',
    'vendor/bundle',
    'vendor/[^/]{1,255}/[^/]{1,255}',
    'google-cloud-sdk/(?:lib|platform)',
    'usr/(?:local/)?share/(?:doc|man)',
  ].join('|')})/`,
);

const PUBLISHED =
  /(?:\.(?:md|markdown|rst|adoc|html?|txt|pod|[1-9]|d\.ts)|\/METADATA|\/PKG-INFO|\/README[^/]{0,255}|\/CHANGELOG[^/]{0,255})$|\/(?:docs?|tests?|testdata|test_data|testing|spec|specs|__tests__|examples?|samples?|fixtures?|cookbook|demos?)\/|\/[^/]{0,255}(?:_test|\.test|\.spec|_spec)\.[a-z]{1,255}$|\/test_[^/]{0,255}$/i;
