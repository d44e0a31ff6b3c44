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
const INSTALLED =
  /\/(?:node_modules|site-packages|dist-packages|gems\/[^/]+|go\/pkg\/mod|\.cargo\/registry|\.m2\/repository|vendor\/bundle|vendor\/[^/]+\/[^/]+|usr\/share\/doc|usr\/share\/man|usr\/share\/perl\w*|usr\/lib\/ruby|usr\/lib\/go\w*|usr\/local\/go|usr\/lib\/python[\d.]+|usr\/local\/lib\/python[\d.]+|usr\/local\/lib\/ruby)\//;

const PUBLISHED =
  /(?:\.(?:md|markdown|rst|adoc|html?|txt|pod|[1-9]|d\.ts)|\/METADATA|\/PKG-INFO|\/README[^/]*|\/CHANGELOG[^/]*)$|\/(?:docs?|tests?|testdata|test_data|testing|spec|specs|__tests__|examples?|samples?|fixtures?|cookbook|demos?)\/|\/[^/]*(?:_test|\.test|\.spec|_spec)\.[a-z]+$|\/test_[^/]*$/i;
