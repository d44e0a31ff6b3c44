import { damaged } from '../../detect/damaged.ts';
import type { DetectContext, FileView, Observation } from '../../detect/detector.ts';
import { parseInstalled } from './parse-installed.ts';
import { parseRegistry } from './parse-registry.ts';
import { toComposerDraft, toPearDraft } from './to-package.ts';

/** The packages of an installed.json. */
export function* detectComposer(file: FileView, context: DetectContext): Iterable<Observation> {
  if (isSample(file.path)) return;
  const installed = parseInstalled(file.text(), context.limits.jsonDepth);
  if (installed === undefined) {
    yield damaged('not a list of installed packages: the PHP packages below this vendor directory are not listed');
    return;
  }
  for (const found of installed.packages) yield { kind: 'package', package: toComposerDraft(found) };
  if (installed.lost > 0)
    yield damaged(`${installed.lost} entries have no name or version: those PHP packages are not listed`);
}

/** The package of a registry record. */
export function* detectPear(file: FileView): Iterable<Observation> {
  const found = parseRegistry(file.bytes());
  if (found === undefined) yield damaged('names no package and version: this PEAR package is not listed');
  else yield { kind: 'package', package: toPearDraft(found) };
}

/** Packages ship whole sites as samples for their own tests (`core/modules/package_manager/tests/fixtures/fake_site` of Drupal): nothing in them was installed. */
function isSample(path: string): boolean {
  const tests = path.search(/\/tests?\//i);
  return tests >= 0 && /\/fixtures?\//i.test(path.slice(tests + 1));
}
