import { isRecord, parseJson, recordField, textField } from '../../bytes/json.ts';
import { BUNDLES_FACT } from '../../detect/bundles.ts';
import type { DetectContext, FileView, Observation } from '../../detect/detector.ts';
import { databaseDamaged, packageFound } from '../../detect/observe.ts';
import type { SbomContent } from './parse-component.ts';
import { parseCyclonedx } from './parse-cyclonedx.ts';
import { parseSpdxJson, parseSpdxTags } from './parse-spdx.ts';
import { isBundledCopy, toPackage } from './to-package.ts';

/**
 * SBOMs that describe other places: apk's own (its database says the same) and those published with npm packages, which
 * list what built them; wheels that wait to be installed.
 */
const ELSEWHERE = /\/var\/lib\/db\/sbom\/|\/node_modules\/|\.whl!\//;
/** Names that promise an SBOM; others may be anything. */
const PROMISED = /\.(?:cdx|cyclonedx|spdx)\.json$/;
/** What a Python wheel carries beside its own code (https://peps.python.org/pep-0770/); pip keeps the list among the copies. */
const BUNDLED = /\.dist-info\/sboms\/|\/_vendor\/[^/]+$/;

export function* observeSbom(file: FileView, context: DetectContext): Generator<Observation> {
  if (ELSEWHERE.test(file.path)) return;
  const content = readSbom(file.text(), context.limits.jsonDepth);
  if (content === undefined) {
    if (PROMISED.test(file.path))
      yield databaseDamaged('neither CycloneDX nor SPDX: components it lists are not in this report');
    return;
  }
  const origin = { format: content.format, bundled: BUNDLED.test(file.path) };
  let lost = content.unnamed;
  for (const component of content.components) {
    const found = toPackage(component, origin);
    // what a wheel names without a version it wants installed beside it, where it is found by itself
    if (found === undefined) lost += origin.bundled ? 0 : 1;
    else if (isBundledCopy(found)) yield { kind: 'fact', name: BUNDLES_FACT, value: component.purl };
    else yield packageFound(found);
  }
  if (lost > 0) yield databaseDamaged(`${lost} components without a purl and version: they are not in this report`);
}

/** Fifty thousand components have a million. */
const VALUES = 3_000_000;

function readSbom(text: string, depth: number): SbomContent | undefined {
  const document = parseJson(text, depth, VALUES);
  if (isRecord(document)) return parseCyclonedx(document) ?? parseSpdxJson(document);
  return document === undefined ? parseSpdxTags(text) : undefined;
}

/** `{"postgresql": {"arch": "amd64", "distro": "debian-12", "version": "16.1.0-2"}, …}` */
export function* observeBitnamiComponents(file: FileView, context: DetectContext): Generator<Observation> {
  const list = parseJson(file.text(), context.limits.jsonDepth);
  if (!isRecord(list)) {
    yield databaseDamaged('no JSON object: Bitnami components are missing');
    return;
  }
  for (const name of Object.keys(list)) {
    const entry = recordField(list, name);
    const version = entry === undefined ? undefined : textField(entry, 'version');
    if (entry === undefined || version === undefined) {
      yield databaseDamaged(`component ${JSON.stringify(name.slice(0, 80))} has no version and is missing`);
      continue;
    }
    const arch = textField(entry, 'arch');
    yield packageFound({ type: 'bitnami', name, version, ...(arch === undefined ? {} : { arch }) });
  }
}
